"""What a Kommune corrects about its council."""

import re
from datetime import date

from crispy_forms.layout import Fieldset
from django import forms
from django.core.exceptions import ValidationError

from asskomm.knopfformular import Knopfformular
from asskomm.mailadresse import MailadressFormfeld
from asskomm.pflege import UrlFeld
from asskomm.texteingabe import LangtextFeld, TextFeld

from ..models import Praeventionsrat, Ratskorrektur, Ratszustand
from ..zeitangabe import ZeitangabeFormField
from .angaben import KONTAKT, VORSITZ, Ratsangaben

TELEFON = re.compile(r"(?=(?:.*[0-9]){5})\+?[0-9(][0-9 ()/.\-]{4,38}", re.ASCII)
# One of them must lead to the council.
WEGE = ("kontakt_email", "kontakt_telefon")
OHNE_VORSITZ = (
    "Ist der Vorsitz nicht besetzt, lassen Sie die bisherige Angabe stehen und schreiben Sie es "
    "in das letzte Feld."
)
BLEIBT = {
    "zustand": "Wählen Sie, welchen Zustand der Präventionsrat hat.",
    "zustand_seit": "Geben Sie an, seit wann dieser Zustand gilt.",
    "vorsitz_funktion": OHNE_VORSITZ,
    "vorsitz_institution": OHNE_VORSITZ,
}


def _hoechstens(modell, feld):
    return modell._meta.get_field(feld).max_length


class Korrekturformular(Knopfformular):
    """Begins with what the portal says, or with the correction that still waits."""

    knopf = "Korrektur senden"

    name = TextFeld(
        label="Name des Präventionsrats",
        max_length=_hoechstens(Ratskorrektur, "name"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Geben Sie an, wie der Präventionsrat heißt."},
    )
    entstehung = forms.ChoiceField(
        label="Entstehung",
        choices=Praeventionsrat.Entstehung.choices,
        widget=forms.RadioSelect,
        help_text="Reaktiviert heißt: Ein früheres Gremium arbeitet wieder.",
    )
    zustand = forms.ChoiceField(
        label="Zustand",
        choices=Ratszustand.Zustand.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    zustand_seit = ZeitangabeFormField(
        label="Seit wann gilt dieser Zustand?",
        required=False,
        help_text="TT.MM.JJJJ, MM/JJJJ oder JJJJ, so genau wie bekannt",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    vorsitz_funktion = TextFeld(
        label="Vorsitz: Funktion",
        required=False,
        max_length=_hoechstens(Ratskorrektur, "vorsitz_funktion"),
        help_text="Zum Beispiel Oberbürgermeisterin oder Amtsleitung Ordnung. Kein Name.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    vorsitz_institution = TextFeld(
        label="Vorsitz: Institution",
        required=False,
        max_length=_hoechstens(Ratskorrektur, "vorsitz_institution"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    kontakt_stelle = TextFeld(
        label="Kontaktstelle",
        required=False,
        max_length=_hoechstens(Praeventionsrat, "kontakt_stelle"),
        help_text="Zum Beispiel Koordinierungsstelle Prävention. Kein Name.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    kontakt_anschrift = LangtextFeld(
        label="Anschrift",
        required=False,
        max_length=_hoechstens(Praeventionsrat, "kontakt_anschrift"),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )
    kontakt_email = MailadressFormfeld(
        label="Funktionspostfach",
        required=False,
        help_text="Die E-Mail-Adresse der Stelle, nicht die einer einzelnen Person.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "invalid": (
                "Geben Sie eine vollständige E-Mail-Adresse an, zum Beispiel praevention@stadt.de."
            )
        },
    )
    kontakt_telefon = TextFeld(
        label="Telefon der Stelle",
        required=False,
        max_length=_hoechstens(Praeventionsrat, "kontakt_telefon"),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    webseite = UrlFeld(
        label="Website",
        required=False,
        assume_scheme="https",
        max_length=_hoechstens(Praeventionsrat, "webseite"),
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
        error_messages={
            "invalid": "Geben Sie die Adresse vollständig an, zum Beispiel https://www.stadt.de."
        },
    )
    hinweis = LangtextFeld(
        label="Was stimmt sonst nicht?",
        required=False,
        max_length=_hoechstens(Ratskorrektur, "hinweis"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=(
            "Zum Beispiel andere Mitglieder, Arbeitsgruppen oder Schwerpunkte. Höchstens 2.000 "
            "Zeichen, keine Namen von Personen. Der Hinweis wird nicht veröffentlicht."
        ),
    )
    gesehen = forms.CharField(widget=forms.HiddenInput, required=False)
    field_order = [*KONTAKT]

    def __init__(self, *args, stand: Ratsangaben, heute: date, **kwargs):
        self.stand, self.heute = stand, heute
        super().__init__(*args, initial={**stand.gewuenscht, "gesehen": stand.gesehen}, **kwargs)
        if not stand.nennt_vorsitz:
            for feld in VORSITZ:
                del self.fields[feld]
        for feld in ("zustand", "zustand_seit", *WEGE):
            self.fields[feld].bedingt = True
        # What the portal knows is corrected, not emptied.
        for feld, satz in BLEIBT.items():
            if feld in self.fields and stand.ist[feld]:
                self.fields[feld].required = True
                self.fields[feld].error_messages["required"] = satz

    def anordnung(self):
        vorsitz = [feld for feld in VORSITZ if feld in self.fields]
        return [
            Fieldset("Kontakt", *KONTAKT),
            Fieldset(
                "Präventionsrat",
                "name",
                "entstehung",
                "zustand",
                "zustand_seit",
                *vorsitz,
                "hinweis",
            ),
            "gesehen",
        ]

    @property
    def werte(self):
        """What the person wants, by field."""
        return {feld: wert for feld, wert in self.cleaned_data.items() if feld != "gesehen"}

    def clean_kontakt_telefon(self):
        telefon = self.cleaned_data["kontakt_telefon"]
        if (
            telefon
            and telefon != self.stand.ist["kontakt_telefon"]
            and not TELEFON.fullmatch(telefon)
        ):
            raise ValidationError(
                "Geben Sie die Nummer mit Vorwahl und in Ziffern an, zum Beispiel 03431 5790."
            )
        return telefon

    def clean(self):
        daten = super().clean()
        self._pruefe_zustand()
        self._pruefe_vorsitz()
        self._pruefe_kontakt()
        return daten

    def _pruefe_zustand(self):
        if {"zustand", "zustand_seit"} & self.errors.keys():
            return
        ist = self.stand.ist
        zustand, seit = self.cleaned_data["zustand"], self.cleaned_data["zustand_seit"]
        if (zustand, seit) == (ist["zustand"], ist["zustand_seit"]):
            return
        if not zustand:
            self.add_error("zustand", BLEIBT["zustand"])
        elif seit is None and zustand != Ratszustand.Zustand.IN_GRUENDUNG:
            self.add_error("zustand_seit", BLEIBT["zustand_seit"])
        elif seit and seit.erster_tag > self.heute:
            self.add_error(
                "zustand_seit", "Dieses Datum liegt in der Zukunft. Prüfen Sie die Angabe."
            )
        elif (
            zustand != ist["zustand"]
            and seit
            and ist["zustand_seit"]
            and (seit.letzter_tag <= ist["zustand_seit"].letzter_tag)
        ):
            self.add_error(
                "zustand_seit",
                "Geben Sie an, seit wann der neue Zustand gilt. "
                f"Der bisherige gilt seit {ist['zustand_seit']}.",
            )

    def _pruefe_vorsitz(self):
        if not self.stand.nennt_vorsitz or set(VORSITZ) & self.errors.keys():
            return
        leer = [feld for feld in VORSITZ if not self.cleaned_data[feld]]
        if len(leer) == 1:
            self.add_error(leer[0], "Geben Sie zum Vorsitz die Funktion und die Institution an.")

    def _pruefe_kontakt(self):
        """What a citizen could write to or call must not get lost by a slip."""
        if set(WEGE) & self.errors.keys():
            return
        if any(self.stand.ist[feld] for feld in WEGE) and not any(
            self.cleaned_data[feld] for feld in WEGE
        ):
            self.add_error(
                "kontakt_email",
                "Geben Sie ein Postfach oder eine Telefonnummer an. Sonst ist der Präventionsrat "
                "nicht zu erreichen.",
            )
