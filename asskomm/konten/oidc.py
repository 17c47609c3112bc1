"""Sign-in with a central account (OpenID Connect), where OIDC_SERVER_URL is set.

The provider says who somebody is; whether there is an account is up to invitations, as ever. At the
first sign-in an account is found by its e-mail address, which the provider must have verified,
and is bound to the provider's `sub`; from then on only the `sub` counts. Of what the provider
says nothing else is stored.

The second factor stays ours, unless the provider asserts one: an `acr` or `amr` of its signed token
that is listed in OIDC_ZWEITFAKTOR. The portal's role rules demand it in either case.
"""

from __future__ import annotations

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect

from .models import Konto

KEIN_ZUGANG = (
    "Mit diesem zentralen Konto können Sie sich nicht anmelden. Nutzen Sie E-Mail-Adresse und "
    "Passwort, oder fragen Sie bei der Geschäftsstelle nach."
)


class Anmeldedienst(OpenIDConnectOAuth2Adapter):
    """Checks every token's signature, whatever way it came, and keeps none of its data."""

    def complete_login(self, request, app, token, **kwargs):
        if not kwargs["response"].get("id_token"):
            raise OAuth2Error("The provider sent no id_token.")
        anmeldung = super().complete_login(request, app, token, **kwargs)
        angaben = anmeldung.account.extra_data
        if angaben["userinfo"].get("sub") != angaben["id_token"].get("sub"):
            raise OAuth2Error("Token and userinfo are about different people.")
        request.zweitfaktor_belegt = _belegt_zweitfaktor(angaben["id_token"])
        request.oidc_angaben = angaben["userinfo"]
        anmeldung.account.extra_data = {}
        return anmeldung

    def _decode_id_token(self, app, id_token):
        konfiguration = self.openid_config
        return jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=konfiguration["jwks_uri"],
            issuer=konfiguration["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )


class OidcAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request, sociallogin):
        return False

    def pre_social_login(self, request, sociallogin):
        """Bind the account at its first sign-in; nobody else gets any further."""
        if sociallogin.is_existing:
            return
        konto = _konto(request.oidc_angaben)
        if konto is None:
            self.on_authentication_error(request, None)
        sociallogin.account.user = sociallogin.user = konto
        sociallogin.account.save()

    def on_authentication_error(
        self, request, provider, error=None, exception=None, extra_context=None
    ):
        messages.error(request, KEIN_ZUGANG)
        raise ImmediateHttpResponse(redirect("account_login"))


class Zweitfaktorstufe(AuthenticateStage):
    """The second step of the sign-in, left out where the provider has done it."""

    def _should_handle(self, request):
        return not getattr(request, "zweitfaktor_belegt", False) and super()._should_handle(request)


def anmelden(request: HttpRequest):
    """To the provider. Only to sign in: `process` could bind a stranger's identity."""
    parameter = request.GET.copy()
    parameter.pop("process", None)
    request.GET = parameter
    return OAuth2LoginView.adapter_view(Anmeldedienst(request, settings.OIDC_KENNUNG))(request)


def zurueck(request: HttpRequest, provider_id: str):
    return OAuth2CallbackView.adapter_view(Anmeldedienst(request, provider_id))(request)


def _konto(angaben: dict) -> Konto | None:
    """The account with the e-mail address that the provider has verified."""
    if angaben.get("email_verified") is not True:
        return None
    email = angaben.get("email")
    if not isinstance(email, str):
        return None
    return Konto.objects.filter(email=email, is_active=True).first()


def _belegt_zweitfaktor(token: dict) -> bool:
    amr = token.get("amr")
    werte = {token.get("acr"), *(amr if isinstance(amr, list) else [])}
    return bool(werte & set(settings.OIDC_ZWEITFAKTOR))
