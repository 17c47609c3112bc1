"""Sign in, sign out."""

from allauth.account.views import LoginView, LogoutView
from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from asskomm.oeffentlich import oeffentlich

from ..forms import AnmeldeForm, PasskeyAnmelden

WARTEN_S = 300


def mit_status(antwort, form):
    """The page with the form again; as 429 where the errors are too many attempts."""
    fehler = {einzeln.code for alle in form.errors.as_data().values() for einzeln in alle}
    if fehler & {"too_many_login_attempts", "rate_limited"}:
        antwort.status_code = 429
        antwort["Retry-After"] = str(WARTEN_S)
    return antwort


class Anmelden(LoginView):
    form_class = AnmeldeForm
    template_name = "konten/anmelden.html"
    extra_context = {"pfad": [("Anmelden", "")]}

    def form_invalid(self, form):
        return mit_status(super().form_invalid(form), form)

    def get_context_data(self, **kwargs):
        ziel = self.get_next_url()
        anhang = f"?{urlencode({'next': ziel})}" if ziel else ""
        zentral = reverse("openid_connect_login") + anhang if settings.OIDC_SERVER_URL else ""
        return super().get_context_data(**kwargs) | {
            "passkey_adresse": reverse("mfa_login_webauthn") + anhang,
            "zentral_adresse": zentral,
            "zentral_name": settings.OIDC_NAME,
            "passkey_form": PasskeyAnmelden(),
        }


class Abmelden(LogoutView):
    template_name = "konten/abmelden.html"
    extra_context = {"pfad": [("Abmelden", "")]}


anmelden = Anmelden.as_view()
abmelden = Abmelden.as_view()


@oeffentlich
@require_safe
def abgemeldet(request):
    return render(request, "konten/abgemeldet.html", {"pfad": [("Abgemeldet", "")]})
