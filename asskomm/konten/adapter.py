"""What allauth asks the portal: texts, addresses, who may sign in, what is logged."""

from __future__ import annotations

import time

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context, ratelimit
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import salted_hmac

from asskomm.herkunft import absender
from asskomm.mailadresse import normalform

from . import anmeldung, geraete, sitzung, ziele, zweitfaktor

ANGABEN_PRUEFEN = "Prüfen Sie E-Mail-Adresse und Passwort, auch Groß- und Kleinschreibung."
ZU_VIELE_VERSUCHE = (
    "Das waren zu viele Versuche. Warten Sie fünf Minuten und versuchen Sie es dann noch einmal."
)
# The few of allauth's messages that say something the page itself does not show.
MELDUNGEN = {
    "mfa/messages/totp_activated.txt": "Ihre Authenticator-App ist eingerichtet.",
    "mfa/messages/totp_deactivated.txt": "Ihre Authenticator-App ist entfernt.",
    "mfa/messages/webauthn_added.txt": "Ihr Passkey ist eingerichtet.",
    "mfa/messages/webauthn_removed.txt": "Ihr Passkey ist entfernt.",
}


class KontoAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": ANGABEN_PRUEFEN,
        "incorrect_password": "Prüfen Sie Ihr Passwort, auch Groß- und Kleinschreibung.",
        "too_many_login_attempts": ZU_VIELE_VERSUCHE,
        "rate_limited": ZU_VIELE_VERSUCHE,
    }

    def is_open_for_signup(self, request):
        """Accounts come from invitations only."""
        return False

    def is_safe_url(self, url):
        return ziele.ist_eigene_seite(url)

    def get_login_redirect_url(self, request):
        return ziele.nach_der_anmeldung(request.user)

    def get_logout_redirect_url(self, request):
        return reverse("konten:abgemeldet")

    def add_message(
        self, request, level, message_template=None, message_context=None, extra_tags="",
        message=None,
    ):  # fmt: skip
        if text := message or MELDUNGEN.get(message_template):
            messages.add_message(request, level, text, extra_tags=extra_tags)

    # --- Limits ----------------------------------------------------------------

    def get_client_ip(self, request):
        """A mark that stands for the connection; the limits need no address itself."""
        return salted_hmac("konten.herkunft", absender(request)).hexdigest()

    def _get_login_attempts_cache_key(self, request, **credentials):
        """By account only: the host name in the request is the client's to choose."""
        return normalform(credentials.get("email", ""))

    def vergiss_fehlversuche(self, request, email):
        """A new password by mail proves more than the wrong ones before it."""
        ratelimit.clear(request, action="login_failed", key=email)

    # --- Sign-in and sign-out ---------------------------------------------------

    def authentication_failed(self, request, **credentials):
        anmeldung.vermerke_fehlversuch(credentials.get("email", ""))

    def pre_login(self, request, user, **kwargs):
        """A passkey or an identity provider opens no more than the password does."""
        if not anmeldung.darf_sich_anmelden(user):
            return self.respond_user_inactive(request, user)
        return None

    def respond_user_inactive(self, request, user):
        messages.error(request, ANGABEN_PRUEFEN)
        return redirect("account_login")

    def get_login_stages(self):
        """Of allauth's steps only the second factor; addresses are proved by invitations."""
        if settings.OIDC_SERVER_URL:
            return ["asskomm.konten.oidc.Zweitfaktorstufe"]
        return ["allauth.mfa.stages.AuthenticateStage"]

    def login(self, request, user):
        geraete.merke_ob_erste_anmeldung(request, user)
        with transaction.atomic():
            super().login(request, user)
            anmeldung.vermerke_anmeldung(request, user)
        sitzung.verlaengere(request.session)
        if getattr(request, "zweitfaktor_belegt", False):
            request.session[zweitfaktor.EINGERICHTET] = True

    def post_login(self, request, user, **kwargs):
        antwort = super().post_login(request, user, **kwargs)
        geraete.erkenne(request, antwort, user)
        return antwort

    def logout(self, request):
        with transaction.atomic():
            anmeldung.vermerke_abmeldung(request.user)
            super().logout(request)

    def set_password(self, user, password):
        raise NotImplementedError("asskomm.konten.zugang sets passwords")

    # --- Confirming that it is still the same person ------------------------------

    def is_reauthentication_required(self, *, app, **kwargs):
        """Not within five minutes of the sign-in, or of the last confirmation."""
        belege = get_authentication_records(context.request, context.request.user)
        zuletzt = max((beleg["at"] for beleg in belege), default=0)
        return time.time() - zuletzt >= app_settings.REAUTHENTICATION_TIMEOUT

    def get_reauthentication_methods(self, user):
        """With the second factor where there is one: the password alone is the weaker proof."""
        wege = super().get_reauthentication_methods(user)
        staerkere = [weg for weg in wege if weg["id"] != "reauthenticate"]
        return staerkere or wege
