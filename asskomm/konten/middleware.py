"""What holds for every page behind the login: the end of a session, the second factor."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect

from . import sitzung, zweitfaktor

ZIEL = "zweitfaktor_ziel"
AUFFORDERUNG = "Ihre Rolle verlangt einen zweiten Faktor. Richten Sie ihn ein, dann geht es weiter."
# Pages that must work while the second factor is missing.
OHNE_ZWEITFAKTOR = {
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_view_recovery_codes",
    "konten:abgemeldet",
    "konten:einladung",
    "konten:passwort-vergessen",
    "konten:passwort-neu",
    "konten:sitzung",
}


class KontoMiddleware:
    """Only for requests that bring a session, so that public pages stay free of it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        if not request.user.is_authenticated:
            return None
        name = request.resolver_match.view_name
        if name != "konten:sitzung":
            sitzung.verlaengere(request.session)
        if name not in OHNE_ZWEITFAKTOR and zweitfaktor.fehlt(request):
            if request.method == "GET":
                request.session[ZIEL] = request.get_full_path()
            messages.warning(request, AUFFORDERUNG)
            return redirect("mfa_index")
        return None
