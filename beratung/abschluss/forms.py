"""What coaches, coordinators and Kommunen fill in at the end of an engagement, and before it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from crispy_forms.layout import Layout, Submit
from django import forms

from asskomm.formularfelder import DatumFeld, GanzzahlFeld
from asskomm.knopfformular import EinmalFormular, Knopfformular, MitVersion
from asskomm.texteingabe import LangtextFeld, hoechstlaenge

from ..models import HOECHSTES_KONTINGENT, Mandat, Wirkung
from ..verfahren.abschluss import BELEG_FEHLT, KEINE_ODER_WELCHE, Art

BEGRUENDUNG_HOECHSTENS = 2_000


def zeige_fehler(formular: forms.Form, feld: str | None, satz: str) -> None:
    """What a procedure says, at its field; above the form where it has none."""
    formular.add_error(feld if feld in formular.fields else None, satz)


# --- More days ---------------------------------------------------------------------


class Bitte(Knopfformular):
    """The coach asks the coordinators."""

    knopf = "Erweiterung erbitten"


class Ablehnung(Knopfformular):
    """The coordinators will not propose more days."""

    knopf = "Bitte ablehnen"

    @property
    def helper(self):
        helfer = super().helper
        knopf = Submit("ablehnen", self.knopf)
        knopf.field_classes = "btn"
        helfer.layout = Layout(knopf)
        return helfer


class Erweiterungsvorschlag(EinmalFormular):
    knopf = "Erweiterung vorschlagen"

    viertel = GanzzahlFeld(
        label="Zusätzliche Vierteltage", min_value=1, max_value=HOECHSTES_KONTINGENT,
        help_text="Vier Vierteltage sind ein Tag.",
        error_messages={"required": "Geben Sie die Zahl der Vierteltage an, zum Beispiel 8."},
    )  # fmt: skip
    begruendung = LangtextFeld(
        label="Begründung", max_length=BEGRUENDUNG_HOECHSTENS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Die zweite Person entscheidet danach. Nennen Sie keine Namen. "
        "Höchstens 2.000 Zeichen.",
        error_messages={"required": "Begründen Sie den Vorschlag."},
    )  # fmt: skip


# --- Another coach -----------------------------------------------------------------


class Coachwahl(forms.ModelChoiceField):
    def label_from_instance(self, coach):
        return f"{coach} – {coach.vergeben} von {coach.kapazitaet} Plätzen vergeben"


class Wechselformular(MitVersion):
    knopf = "Coach wechseln"

    coach = Coachwahl(
        label="Neuer Coach", queryset=None, empty_label="nicht gewählt",
        help_text="Zur Wahl stehen Coaches mit Vertrag und freiem Platz, die für die Kommune "
        "nicht ausgeschlossen sind und ihr nicht angehören.",
        error_messages={
            "required": "Wählen Sie den neuen Coach.",
            "invalid_choice": "Dieser Coach kann die Begleitung nicht übernehmen. Wählen Sie "
            "einen anderen.",
        },
    )  # fmt: skip
    ab = DatumFeld(
        label="Ab welchem Tag",
        help_text="Heute oder ein Tag davor: TT.MM.JJJJ, zum Beispiel 01.09.2026",
    )

    def __init__(self, *args, mandat: Mandat, coaches, heute, **kwargs):
        super().__init__(*args, initial={"version": mandat.version, "ab": heute}, **kwargs)
        self.fields["coach"].queryset = coaches


# --- The end and its effects -------------------------------------------------------


class Wirkungsfelder(forms.Form):
    """Which effects there are, and one field for the evidence of each."""

    arten = forms.MultipleChoiceField(
        label="Was hat die Begleitung bewirkt?",
        widget=forms.CheckboxSelectMultiple,
        help_text="Eine Wirkung zählt öffentlich, wenn der Landespräventionsrat sie bestätigt.",
    )

    def __init__(self, *args, moeglich: Collection[str] = tuple(Art), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["arten"].choices = [(a, label) for a, label in Art.choices if a in moeglich]
        self.belege = {}
        for art in Art:
            if art != Art.KEINE and art in moeglich:
                self.belege[f"beleg_{art}"] = art
                self.fields[f"beleg_{art}"] = LangtextFeld(
                    label=f"Beleg: {art.label}", required=False,
                    max_length=hoechstlaenge(Wirkung, "beleg"),
                    widget=forms.Textarea(attrs={"rows": 2}),
                    help_text="Woran ist es zu sehen? Zum Beispiel ein Beschluss mit Datum oder "
                    "ein Aktenzeichen. Funktionen, keine Namen. Höchstens 1.000 Zeichen.",
                )  # fmt: skip
                self.fields[f"beleg_{art}"].bedingt = True  # needed with the choice above
        self.order_fields([*_davor(self), "arten", *self.belege])

    @property
    def wirkungen(self) -> Mapping[str, str]:
        return {
            art: self.cleaned_data.get(f"beleg_{art}", "") for art in self.cleaned_data["arten"]
        }

    def clean(self):
        daten = super().clean()
        if "arten" not in daten:
            return daten
        gewaehlt = daten["arten"]
        if Art.KEINE in gewaehlt and len(gewaehlt) > 1:
            self.add_error("arten", KEINE_ODER_WELCHE)
        for name, art in self.belege.items():
            if art in gewaehlt and not daten.get(name) and name not in self.errors:
                self.add_error(name, BELEG_FEHLT)
            elif daten.get(name) and art not in gewaehlt:
                self.add_error(
                    "arten", f"Sie haben einen Beleg angegeben. Wählen Sie auch: {art.label}."
                )
        return daten


def _davor(formular):
    """Everything of the form that is no question about effects."""
    return [n for n in formular.fields if n != "arten" and n not in formular.belege]


class Abschlussformular(Wirkungsfelder, MitVersion):
    knopf = "Begleitung abschließen"

    am = DatumFeld(label="Letzter Tag der Begleitung")
    bericht = LangtextFeld(
        label="Abschlussbericht", max_length=hoechstlaenge(Mandat, "bericht"),
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Was war das Ziel, was ist erreicht, wie geht es weiter? Die Kommune liest den "
        "Bericht. Funktionen, keine Namen. Höchstens 10.000 Zeichen.",
        error_messages={"required": "Schreiben Sie den Abschlussbericht."},
    )  # fmt: skip

    def __init__(self, *args, mandat: Mandat, **kwargs):
        super().__init__(*args, initial={"version": mandat.version}, **kwargs)


class Nachfrageformular(Wirkungsfelder, Knopfformular):
    knopf = "Antwort senden"


class Bestaetigung(Knopfformular):
    knopf = "Wirkung bestätigen"

    @property
    def helper(self):
        helfer = super().helper
        helfer.layout = Layout(Submit("bestaetigen", self.knopf))
        return helfer


class Verwerfung(Knopfformular):
    knopf = "Nicht bestätigen"

    grund = LangtextFeld(
        label="Grund", max_length=hoechstlaenge(Wirkung, "verworfen_grund"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Die Kommune und der Coach können ihn lesen. Höchstens 1.000 Zeichen.",
        error_messages={"required": "Geben Sie an, warum Sie die Wirkung nicht bestätigen."},
    )  # fmt: skip

    @property
    def helper(self):
        helfer = super().helper
        knopf = Submit("verwerfen", self.knopf)
        knopf.field_classes = "btn"
        helfer.layout = Layout("grund", knopf)
        return helfer
