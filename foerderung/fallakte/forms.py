"""What the LPR fills in about cases."""

from django import forms

from asskomm.formate import tag, zahl
from asskomm.formularfelder import DatumFeld, GanzzahlFeld
from asskomm.knopfformular import EinmalFormular, Knopfformular
from asskomm.schritt import gesehene_version
from asskomm.texteingabe import LangtextFeld, TextFeld

from ..abschnitte import OEFFENBAR
from ..beccaria import IM_ANTRAG, STANDARDS
from ..models import Formalpruefung, Gutachten, Status
from ..verfahren.fachpruefung import Wertung
from ..verfahren.formalpruefung import Antwort
from .vorrat import NIEMAND, STATUS, SUCHTEXT_LAENGE


class Vorratsfilter(forms.Form):
    """The form above the worklist; the list reads the address itself (vorrat.py)."""

    q = TextFeld(
        label="Aktenzeichen, Kommune oder Vorhaben", required=False, max_length=SUCHTEXT_LAENGE
    )
    runde = forms.ChoiceField(label="Förderrunde", required=False)
    status = forms.ChoiceField(label="Stand", required=False)
    kreis = forms.ChoiceField(label="Landkreis oder kreisfreie Stadt", required=False)
    zustaendig = forms.ChoiceField(label="Zuständig", required=False)
    ansicht = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, auswahl, runden, kreise, personen):
        super().__init__(
            initial={
                "q": auswahl.suchtext,
                "runde": auswahl.runde.pk if auswahl.runde else "",
                "status": auswahl.status,
                "kreis": auswahl.kreis.ags if auswahl.kreis else "",
                "zustaendig": NIEMAND if auswahl.niemand else getattr(auswahl.zustaendig, "pk", ""),
                "ansicht": auswahl.ansicht.schluessel,
            }
        )
        alle = [("", "Alle")]
        felder = self.fields
        felder["runde"].choices = [*alle, *((runde.pk, str(runde)) for runde in runden)]
        felder["status"].choices = [*alle, *((s.value, Status(s).label) for s in STATUS)]
        felder["kreis"].choices = [*alle, *((kreis.ags, kreis.name) for kreis in kreise)]
        felder["zustaendig"].choices = [
            *alle, (NIEMAND, "Niemand"), *((konto.pk, str(konto)) for konto in personen),
        ]  # fmt: skip


class Aktenformular(Knopfformular):
    """`gesehen` is the version of the case on the page."""

    gesehen = forms.CharField(widget=forms.HiddenInput, required=False)

    @property
    def version(self) -> int:
        """What was seen; 0, which no case has, for anything but a number."""
        return gesehene_version(self.cleaned_data.get("gesehen", ""))


class MitMarke(EinmalFormular, Aktenformular):
    """Sending the form twice writes one record."""


def langtext(label, hoechstens, **weiteres):
    return LangtextFeld(
        label=label,
        max_length=hoechstens,
        widget=forms.Textarea(attrs={"rows": weiteres.pop("zeilen", 4)}),
        error_messages={
            "required": weiteres.pop("leer", ""),
            "max_length": f"Kürzen Sie den Text auf höchstens {zahl(hoechstens)} Zeichen.",
        },
        **weiteres,
    )


class Grundformular(Aktenformular):
    """A step that needs a reason and nothing else."""

    grund = langtext("Grund", 2_000, leer="Geben Sie einen Grund an.")

    def __init__(self, *args, knopf, ziel, hinweis="", **kwargs):
        self.knopf, self.ziel = knopf, ziel
        super().__init__(*args, **kwargs)
        self.fields["grund"].help_text = hinweis or "Steht im Verlauf der Akte."


class Abschlussformular(Aktenformular):
    """A step that needs nothing but the click."""

    def __init__(self, *args, knopf, ziel, **kwargs):
        self.knopf, self.ziel = knopf, ziel
        super().__init__(*args, **kwargs)


class Nachforderungsformular(MitMarke):
    knopf = "Nachforderung senden"

    abschnitte = forms.MultipleChoiceField(
        label="Was soll die Kommune ändern?",
        choices=list(OEFFENBAR.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text="Nur diese Abschnitte lassen sich ändern. Für alles andere gilt die eingereichte Fassung.",
        error_messages={
            "required": "Wählen Sie mindestens einen Abschnitt.",
            "invalid_choice": "Diesen Abschnitt gibt es nicht. Wählen Sie noch einmal.",
        },
    )
    text = langtext(
        "Was fehlt oder ist zu ändern?",
        5_000,
        zeilen=8,
        help_text="Der Text steht bei der Kommune im Portal, nicht in der E-Mail. Höchstens 5.000 Zeichen.",
        leer="Schreiben Sie, was fehlt oder zu ändern ist.",
    )
    frist = DatumFeld(label="Frist bis")

    def __init__(self, *args, heute, **kwargs):
        super().__init__(*args, **kwargs)
        self.heute = heute

    def clean_frist(self):
        frist = self.cleaned_data["frist"]
        if frist <= self.heute:
            raise forms.ValidationError(f"Geben Sie einen Tag nach dem {tag(self.heute)} an.")
        return frist


class Vermerkformular(MitMarke):
    knopf = "Vermerk speichern"

    text = langtext(
        "Neuer Vermerk",
        5_000,
        zeilen=6,
        help_text="Nur für die Geschäftsstelle. Die Kommune sieht ihn nie. Höchstens 5.000 Zeichen.",
        leer="Schreiben Sie den Vermerk.",
    )


class Zuweisungsformular(Aktenformular):
    knopf = "Zuständigkeit speichern"

    konto = forms.ModelChoiceField(
        queryset=None,
        label="Zuständige Person",
        required=False,
        empty_label="Niemand",
        help_text="Personen der Sachbearbeitung, die in diesem Vorgang nicht befangen sind.",
        error_messages={"invalid_choice": "Wählen Sie eine Person aus der Liste."},
    )

    def __init__(self, *args, personen, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["konto"].queryset = personen


class Wiedervorlageformular(Aktenformular):
    knopf = "Wiedervorlage speichern"

    am = DatumFeld(
        label="Wiedervorlage am",
        required=False,
        help_text="TT.MM.JJJJ, zum Beispiel 01.09.2026. Lassen Sie das Feld leer, um sie zu beenden.",
    )
    grund = TextFeld(
        label="Grund",
        required=False,
        max_length=200,
        error_messages={"max_length": "Kürzen Sie den Grund auf höchstens 200 Zeichen."},
    )

    def __init__(self, *args, heute, **kwargs):
        super().__init__(*args, **kwargs)
        self.heute = heute

    def clean_am(self):
        am = self.cleaned_data["am"]
        if am and am <= self.heute:
            raise forms.ValidationError(f"Geben Sie einen Tag nach dem {tag(self.heute)} an.")
        return am


class Formalformular(Aktenformular):
    """One answer and one remark for each point of the rule set; what is left open stays open."""

    trotzdem = langtext(
        "Warum der Antrag trotzdem weitergeht",
        2_000,
        required=False,
        help_text="Nur nötig, wenn Sie abschließen und ein Punkt nicht erfüllt ist.",
    )

    def __init__(self, *args, punkte, antworten, **kwargs):
        """`antworten` by number of the point: those to the newest version."""
        super().__init__(*args, **kwargs)
        self.punkte = list(punkte)
        for punkt in self.punkte:
            antwort = antworten.get(punkt.nummer)
            self.fields[f"ergebnis_{punkt.nummer}"] = forms.ChoiceField(
                label=f"{punkt.nummer}. {punkt.frage}",
                help_text=punkt.hinweis,
                choices=Formalpruefung.Ergebnis.choices,
                widget=forms.RadioSelect,
                required=False,
                initial=antwort.ergebnis if antwort else None,
                error_messages={"invalid_choice": "Wählen Sie ein Ergebnis aus der Liste."},
            )
            self.fields[f"bemerkung_{punkt.nummer}"] = langtext(
                f"Bemerkung zu Punkt {punkt.nummer}",
                2_000,
                zeilen=2,
                required=False,
                initial=antwort.bemerkung if antwort else "",
            )

    def clean(self):
        daten = super().clean()
        for punkt in self.punkte:
            ergebnis = daten.get(f"ergebnis_{punkt.nummer}")
            bemerkung = f"bemerkung_{punkt.nummer}"
            if bemerkung in self.errors:
                continue
            if not ergebnis and daten[bemerkung] and f"ergebnis_{punkt.nummer}" not in self.errors:
                self.add_error(f"ergebnis_{punkt.nummer}", "Wählen Sie ein Ergebnis.")
            elif ergebnis and ergebnis != Formalpruefung.Ergebnis.ERFUELLT and not daten[bemerkung]:
                self.add_error(
                    bemerkung, "Begründen Sie, warum der Punkt nicht erfüllt ist oder entfällt."
                )
        return daten

    def antworten(self) -> dict[int, Antwort]:
        return {
            punkt.nummer: Antwort(
                self.cleaned_data[f"ergebnis_{punkt.nummer}"],
                self.cleaned_data[f"bemerkung_{punkt.nummer}"],
            )
            for punkt in self.punkte
            if self.cleaned_data[f"ergebnis_{punkt.nummer}"]
        }

    def zeilen(self):
        """(point, field of the result, field of the remark) for the template."""
        for punkt in self.punkte:
            yield punkt, self[f"ergebnis_{punkt.nummer}"], self[f"bemerkung_{punkt.nummer}"]


class Gutachtenformular(Aktenformular):
    """Scores and words along the seven Beccaria standards, vote and reasons; `gesehen` is its own.

    Saved as a draft it may have gaps, `abgabe` needs everything.
    """

    votum = forms.ChoiceField(
        label="Votum",
        choices=Gutachten.Votum.choices,
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": "Wählen Sie ein Votum aus der Liste."},
    )
    begruendung = langtext(
        "Begründung des Votums",
        5_000,
        zeilen=6,
        required=False,
        help_text="Höchstens 5.000 Zeichen.",
    )

    def __init__(self, *args, hoechstens, abgabe=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.abgabe = abgabe
        for standard in STANDARDS:
            self.fields[f"punkte_{standard.nummer}"] = GanzzahlFeld(
                label=f"Punkte zu Schritt {standard.nummer}",
                required=False,
                max_value=hoechstens,
                help_text=f"0 bis {hoechstens}",
            )
            self.fields[f"text_{standard.nummer}"] = langtext(
                f"Bewertung zu Schritt {standard.nummer}",
                3_000,
                required=False,
                help_text="Höchstens 3.000 Zeichen.",
            )

    def clean(self):
        daten = super().clean()
        if not self.abgabe:
            return daten
        for standard in IM_ANTRAG:
            feld = f"punkte_{standard.nummer}"
            if feld not in self.errors and daten[feld] is None:
                self.add_error(feld, "Geben Sie Punkte an, damit Sie abgeben können.")
        if "votum" not in self.errors and not daten["votum"]:
            self.add_error("votum", "Wählen Sie ein Votum.")
        if "begruendung" not in self.errors and not daten["begruendung"]:
            self.add_error("begruendung", "Begründen Sie das Votum.")
        return daten

    def wertungen(self) -> dict[int, Wertung]:
        return {
            standard.nummer: Wertung(
                self.cleaned_data[f"punkte_{standard.nummer}"],
                self.cleaned_data[f"text_{standard.nummer}"],
            )
            for standard in STANDARDS
        }

    def zeilen(self):
        for standard in STANDARDS:
            yield standard, self[f"punkte_{standard.nummer}"], self[f"text_{standard.nummer}"]
