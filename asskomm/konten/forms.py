"""Forms of the sign-in pages, in the portal's form style."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as MfaReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.forms import GenerateRecoveryCodesForm
from allauth.mfa.totp.forms import ActivateTOTPForm, DeactivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from asskomm.texteingabe import TextFeld

from . import zweitfaktor
from .anmeldung import vermerke_fehlversuch
from .models import Konto

IHR_PASSWORT = "Geben Sie Ihr Passwort ein."


class KernForm:
    """Rendered by {% crispy form %}; with errors the focus goes to their list without a script."""

    knopf = "Speichern"

    @property
    def helper(self):
        helper = FormHelper()
        helper.form_action = "#fehler"
        helper.form_class = "assk-formular"
        helper.attrs = {"novalidate": True}
        helper.add_input(Submit("", self.knopf))
        return helper


def passwortfeld(label, autocomplete, aufforderung="Geben Sie ein Passwort ein.", **wahl):
    return forms.CharField(
        label=label,
        strip=False,
        error_messages={"required": aufforderung},
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        **wahl,
    )


def eigene_adresse():
    """By which an account is looked up. What can be no account's finds nobody, like any other."""
    return forms.EmailField(
        label="E-Mail-Adresse",
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        error_messages={"required": "Geben Sie Ihre E-Mail-Adresse ein."},
    )


class AnmeldeForm(KernForm, LoginForm):
    knopf = "Anmelden"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"] = eigene_adresse()
        self.fields["password"] = passwortfeld("Passwort", "current-password", IHR_PASSWORT)


class NeuesPasswort(KernForm, forms.Form):
    """A password typed twice, checked against the rules for `konto`."""

    passwort = passwortfeld(
        "Neues Passwort", "new-password",
        help_text="Mindestens 12 Zeichen. Gut sind mehrere Wörter hintereinander.",
    )  # fmt: skip
    wiederholung = passwortfeld(
        "Neues Passwort wiederholen",
        "new-password",
        "Geben Sie hier dasselbe Passwort noch einmal ein.",
    )
    knopf = "Passwort speichern"

    def __init__(self, *args, konto, **kwargs):
        super().__init__(*args, **kwargs)
        self.konto = konto

    def clean(self):
        daten = super().clean()
        passwort = daten.get("passwort")
        if passwort and "wiederholung" in daten and passwort != daten["wiederholung"]:
            self.add_error("wiederholung", "Geben Sie hier dasselbe Passwort ein wie darüber.")
        elif passwort:
            try:
                validate_password(passwort, self.konto)
            except ValidationError as fehler:
                self.add_error("passwort", fehler)
        return daten


class PasswortAendern(NeuesPasswort):
    altes = passwortfeld(
        "Jetziges Passwort", "current-password", "Geben Sie Ihr jetziges Passwort ein."
    )
    field_order = ["altes", "passwort", "wiederholung"]

    def clean_altes(self):
        altes = self.cleaned_data["altes"]
        if not get_adapter().reauthenticate(self.konto, altes):
            raise get_adapter().validation_error("incorrect_password")
        return altes


class PasswortVergessen(KernForm, forms.Form):
    email = eigene_adresse()
    knopf = "Link anfordern"


class EinladungAnnehmen(NeuesPasswort):
    """Name and password of a new person."""

    name = TextFeld(
        label="Vorname und Name",
        max_length=Konto._meta.get_field("name").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["name", "passwort", "wiederholung"]
    knopf = "Einladung annehmen"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["passwort"].label = "Passwort"
        self.fields["wiederholung"].label = "Passwort wiederholen"


class NameForm(KernForm, forms.Form):
    name = TextFeld(
        label="Vorname und Name",
        max_length=Konto._meta.get_field("name").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    knopf = "Namen speichern"


class BestaetigungMitPasswort(KernForm, ReauthenticateForm):
    knopf = "Bestätigen"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"] = passwortfeld("Passwort", "current-password", IHR_PASSWORT)


# --- Second factors ------------------------------------------------------------


def codefeld(**wahl):
    return forms.CharField(
        label="Code",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": "Geben Sie den Code ein."},
        **wahl,
    )


class EinmalCode(KernForm):
    """A code of the app counts once, and a wrong one is logged."""

    hinweis = "Sechs Ziffern aus Ihrer Authenticator-App. Ein Notfallcode geht auch."

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"] = codefeld(help_text=self.hinweis)

    def clean_code(self):
        code = super().clean_code()
        app = Authenticator.Type.TOTP
        if self.authenticator.type == app and not zweitfaktor.verbrauche(self.user, code):
            self._emit_authentication_failed(self.authenticator)
            raise get_mfa_adapter().validation_error("incorrect_code")
        return code

    def _emit_authentication_failed(self, authenticator):
        vermerke_fehlversuch(self.user.email, stufe="zweitfaktor")


class CodeEingeben(EinmalCode, AuthenticateForm):
    knopf = "Anmelden"


class BestaetigungMitCode(EinmalCode, MfaReauthenticateForm):
    knopf = "Bestätigen"


class AppEinrichten(KernForm, ActivateTOTPForm):
    knopf = "Authenticator-App einrichten"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"] = codefeld(help_text="Sechs Ziffern, die Ihre App jetzt anzeigt.")

    def clean_code(self):
        """The first code is used up, too: it does not sign in as well."""
        code = super().clean_code()
        if not zweitfaktor.verbrauche(self.user, code):
            raise get_mfa_adapter().validation_error("incorrect_code")
        return code


class AppEntfernen(KernForm, DeactivateTOTPForm):
    knopf = "Authenticator-App entfernen"


class NotfallcodesErzeugen(KernForm, GenerateRecoveryCodesForm):
    knopf = "Neue Notfallcodes erzeugen"


class Passkeyfeld(forms.JSONField):
    """What the browser's passkey dialog answered. It comes from a script, so it may be anything."""

    widget = forms.HiddenInput(attrs={"data-passkey-antwort": True})
    hoechstens = 30_000  # characters; answers with a chain of certificates take a third of it

    def to_python(self, value):
        """An object with the parts that fido2 takes for granted."""
        try:
            wert = super().to_python(value) if len(value or "") <= self.hoechstens else None
        except (RecursionError, ValidationError, ValueError):  # the last for a number too long
            wert = None
        if not isinstance(wert, dict) or not isinstance(wert.get("response"), dict):
            raise get_mfa_adapter().validation_error("incorrect_code")
        return wert

    def bound_data(self, data, initial):
        """An answer counts once, so the page never shows it again."""
        return


class Passkeyantwort:
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["credential"] = Passkeyfeld()


class PasskeyEinrichten(Passkeyantwort, KernForm, AddWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["passwordless"]
        self.fields["name"] = TextFeld(
            label="Name des Passkeys", max_length=60, required=False,
            help_text="Damit Sie ihn wiedererkennen, zum Beispiel „Diensthandy“.",
        )  # fmt: skip

    def clean(self):
        try:
            return super().clean()
        except (KeyError, TypeError, ValueError):  # fido2, over an answer it cannot read
            raise get_mfa_adapter().validation_error("incorrect_code") from None


class PasskeyPruefen(Passkeyantwort, AuthenticateWebAuthnForm):
    pass


class PasskeyAnmelden(Passkeyantwort, LoginWebAuthnForm):
    pass


class BestaetigungMitPasskey(Passkeyantwort, ReauthenticateWebAuthnForm):
    pass


class PasskeyUmbenennen(KernForm, EditWebAuthnForm):
    knopf = "Namen speichern"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"] = TextFeld(label="Name des Passkeys", max_length=60)
