"""Sign in, sign out."""

from allauth.account.views import LoginView, LogoutView
from django.shortcuts import render
from django.views.decorators.http import require_safe

from asskomm.oeffentlich import oeffentlich

from ..forms import AnmeldeForm

ZU_VIELE = "too_many_login_attempts"
WARTEN_S = 300


class Anmelden(LoginView):
    form_class = AnmeldeForm
    template_name = "konten/anmelden.html"

    def form_invalid(self, form):
        antwort = super().form_invalid(form)
        if form.has_error("__all__", ZU_VIELE):
            antwort.status_code = 429
            antwort["Retry-After"] = str(WARTEN_S)
        return antwort


class Abmelden(LogoutView):
    template_name = "konten/abmelden.html"


anmelden = Anmelden.as_view()
abmelden = Abmelden.as_view()


@oeffentlich
@require_safe
def abgemeldet(request):
    return render(request, "konten/abgemeldet.html")
