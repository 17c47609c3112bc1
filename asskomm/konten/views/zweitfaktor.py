"""Second factors: confirm the sign-in, set up, rename, remove; confirm that it is still you.

The views are allauth's; what is ours stands in one transaction with the change it is about.
"""

import json
from urllib.parse import quote

from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import ReauthenticateView
from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.base.views import ReauthenticateView as MfaReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.mfa.webauthn.internal import flows
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    EditWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy

from .. import forms, handlungen, zugang
from ..middleware import ZIEL
from ..zweitfaktor import darf_entfernt_werden, ist_pflicht
from .anmeldung import mit_status

APP, PASSKEY = Authenticator.Type.TOTP.value, Authenticator.Type.WEBAUTHN.value
KONTO = ("Mein Konto", reverse_lazy("konten:konto"))
FAKTOREN = ("Zweiter Faktor", reverse_lazy("mfa_index"))


def _pfad(titel):
    return [KONTO, FAKTOREN, (titel, "")]


# --- While signing in ----------------------------------------------------------


class Bestaetigen(AuthenticateView):
    """Second step of the sign-in: code of the app, recovery code or passkey."""

    form_class = forms.CodeEingeben
    webauthn_form_class = forms.PasskeyPruefen
    template_name = "konten/zweitfaktor/anmelden.html"
    extra_context = {"pfad": [("Anmeldung bestätigen", "")]}

    def form_valid(self, form):
        antwort = super().form_valid(form)
        if form.fields.get("code") and form.authenticator.type not in (APP, PASSKEY):
            rest = zugang.uebrige_notfallcodes(self.request.user)
            messages.warning(
                self.request,
                f"Sie haben einen Notfallcode benutzt. Es bleiben Ihnen {rest}."
                if rest
                else "Das war Ihr letzter Notfallcode. Erzeugen Sie neue.",
            )
        return antwort

    def form_invalid(self, form):
        return mit_status(super().form_invalid(form), form)

    def get_context_data(self, **kwargs):
        daten = super().get_context_data(**kwargs)
        daten |= self.extra_context
        konto = self.stage.login.user
        daten["passkey"] = is_mfa_enabled(konto, [PASSKEY])
        daten["optionen"] = json.dumps(daten["js_data"]["request_options"])
        return daten


class MitPasskeyAnmelden(LoginWebAuthnView):
    """A passkey instead of the password: it is two factors at once."""

    form_class = forms.PasskeyAnmelden

    @transaction.atomic
    def form_valid(self, form):
        passkey = form.cleaned_data["credential"]
        anmeldung = Login(user=passkey.user, redirect_url=get_next_redirect_url(self.request))
        return flows.perform_passwordless_login(self.request, passkey, anmeldung)

    def form_invalid(self, form):
        messages.error(
            self.request,
            "Mit diesem Passkey hat die Anmeldung nicht geklappt. "
            "Melden Sie sich mit E-Mail-Adresse und Passwort an.",
        )
        return redirect("account_login")


# --- Still the same person ------------------------------------------------------


class MitPasswort(ReauthenticateView):
    form_class = forms.BestaetigungMitPasswort
    template_name = "konten/zweitfaktor/bestaetigen.html"
    extra_context = {"pfad": _pfad("Bestätigen")}

    def form_invalid(self, form):
        return mit_status(super().form_invalid(form), form)


class MitCode(MfaReauthenticateView):
    form_class = forms.BestaetigungMitCode
    template_name = "konten/zweitfaktor/bestaetigen.html"
    extra_context = {"pfad": _pfad("Bestätigen")}

    def form_invalid(self, form):
        return mit_status(super().form_invalid(form), form)


class MitPasskey(ReauthenticateWebAuthnView):
    form_class = forms.BestaetigungMitPasskey
    template_name = "konten/zweitfaktor/bestaetigen_passkey.html"
    extra_context = {"pfad": _pfad("Bestätigen")}

    def form_invalid(self, form):
        messages.error(self.request, "Mit diesem Passkey hat es nicht geklappt.")
        return redirect(self.request.get_full_path())

    def get_context_data(self, **kwargs):
        daten = super().get_context_data(**kwargs)
        return daten | {"optionen": json.dumps(daten["js_data"]["request_options"])}


# --- Factors of the own account --------------------------------------------------


class Uebersicht(IndexView):
    template_name = "konten/zweitfaktor/uebersicht.html"
    extra_context = {"pfad": [KONTO, ("Zweiter Faktor", "")]}

    def get_context_data(self, **kwargs):
        daten = super().get_context_data(**kwargs)
        faktoren = daten["authenticators"]
        return daten | {
            "app": faktoren.get(APP),
            "passkeys": faktoren.get(PASSKEY, []),
            "notfallcodes": zugang.uebrige_notfallcodes(self.request.user),
            "pflicht": ist_pflicht(self.request.user),
        }


class NachDemEinrichten:
    """To the recovery codes where they are new, else to where the person wanted to go."""

    def get_success_url(self):
        if self.did_generate_recovery_codes:
            return reverse("mfa_view_recovery_codes")
        return self.request.session.pop(ZIEL, "") or reverse("mfa_index")


class AppEinrichten(NachDemEinrichten, ActivateTOTPView):
    form_class = forms.AppEinrichten
    template_name = "konten/zweitfaktor/app_einrichten.html"
    extra_context = {"pfad": _pfad("Authenticator-App einrichten")}

    def form_valid(self, form):
        try:
            with transaction.atomic():
                antwort = super().form_valid(form)
                zugang.vermerke_faktor(self.request, handlungen.ZWEITFAKTOR_EINGERICHTET, APP)
        except IntegrityError:
            return redirect("mfa_index")  # the second of two clicks
        return antwort


class AppEntfernen(DeactivateTOTPView):
    form_class = forms.AppEntfernen
    template_name = "konten/zweitfaktor/app_entfernen.html"
    extra_context = {"pfad": _pfad("Authenticator-App entfernen")}

    @transaction.atomic
    def post(self, request, *args, **kwargs):
        zugang.sperre(request.user)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        antwort = super().form_valid(form)
        zugang.vermerke_faktor(self.request, handlungen.ZWEITFAKTOR_ENTFERNT, APP)
        return antwort


class PasskeyEinrichten(NachDemEinrichten, AddWebAuthnView):
    """Every passkey can sign in alone, so the device checks the person (PIN, finger, face)."""

    form_class = forms.PasskeyEinrichten
    template_name = "konten/zweitfaktor/passkey_einrichten.html"
    extra_context = {"pfad": _pfad("Passkey einrichten")}

    def get_context_data(self, **kwargs):
        daten = super().get_context_data(**kwargs)
        optionen = webauthn.begin_registration(self.request.user, passwordless=True)
        return daten | self.extra_context | {"optionen": json.dumps(optionen)}

    @transaction.atomic
    def form_valid(self, form):
        antwort = super().form_valid(form)
        zugang.vermerke_faktor(self.request, handlungen.ZWEITFAKTOR_EINGERICHTET, PASSKEY)
        return antwort


class PasskeyUmbenennen(EditWebAuthnView):
    form_class = forms.PasskeyUmbenennen
    template_name = "konten/zweitfaktor/passkey_umbenennen.html"
    success_url = reverse_lazy("mfa_index")
    extra_context = {"pfad": _pfad("Passkey umbenennen")}


class PasskeyEntfernen(RemoveWebAuthnView):
    template_name = "konten/zweitfaktor/passkey_entfernen.html"
    success_url = reverse_lazy("mfa_index")
    extra_context = {"pfad": _pfad("Passkey entfernen")}

    def get_context_data(self, **kwargs):
        daten = super().get_context_data(**kwargs)
        return daten | {"erlaubt": darf_entfernt_werden(self.object)}

    @transaction.atomic
    def form_valid(self, form):
        zugang.sperre(self.request.user)
        if not darf_entfernt_werden(self.object):
            return redirect(self.request.path)
        antwort = super().form_valid(form)
        zugang.vermerke_faktor(self.request, handlungen.ZWEITFAKTOR_ENTFERNT, PASSKEY)
        return antwort


class Notfallcodes(ViewRecoveryCodesView):
    """Shown once. The file is part of the page, because the server does not show them again."""

    template_name = "konten/zweitfaktor/notfallcodes.html"
    extra_context = {"pfad": _pfad("Notfallcodes")}

    def get_context_data(self, **kwargs):
        daten = super().get_context_data(**kwargs)
        zeilen = ["Notfallcodes für ASSKomm, jeder gilt einmal:", "", *daten["unused_codes"], ""]
        return daten | {
            "datei": "data:text/plain;charset=utf-8," + quote("\r\n".join(zeilen)),
            "weiter": self.request.session.pop(ZIEL, "") or reverse("mfa_index"),
        }


class NotfallcodesErzeugen(GenerateRecoveryCodesView):
    form_class = forms.NotfallcodesErzeugen
    template_name = "konten/zweitfaktor/notfallcodes_erzeugen.html"
    extra_context = {"pfad": _pfad("Neue Notfallcodes")}

    @transaction.atomic
    def form_valid(self, form):
        antwort = super().form_valid(form)
        zugang.vermerke_notfallcodes(self.request.user)
        return antwort
