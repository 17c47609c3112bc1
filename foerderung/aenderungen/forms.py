"""What is filled in about changes during a project and about money passed on."""

from __future__ import annotations

from decimal import Decimal

from django import forms

from asskomm.formate import euro
from asskomm.formularfelder import DatumFeld, GeldFeld
from asskomm.knopfformular import EinmalFormular
from asskomm.texteingabe import TextFeld

from ..bemessung import NULL
from ..fallakte.forms import Aktenformular, MitMarke, langtext
from ..models import Aenderung, Aenderungsart, Anlass, Rechtsform, Weiterleitung
from ..plan.ausgabenarten import ARTEN
from ..verfahren.aenderung import MIT_BESCHEID, Meldung
from ..verfahren.weiterleitung import Empfaenger
from .ansaetze import Ansaetze

OHNE_PERSONEN = "Nennen Sie keine Personen."


def _begruendung(label, hilfe=OHNE_PERSONEN):
    return langtext(label, 5_000, leer="Schreiben Sie, was sich ändert und warum.", help_text=hilfe)


class Meldungsformular(EinmalFormular):
    """A report of one kind; which kinds there are says `FORMULARE`."""

    art: Aenderungsart
    knopf = "Melden"
    hinweis = ""

    begruendung = _begruendung("Was ändert sich, und warum?")

    def __init__(self, *args, ansaetze: Ansaetze | None = None, **kwargs):
        super().__init__(*args, **kwargs)

    def anordnung(self):
        """The reason last, behind what it is about."""
        namen = super().anordnung()
        return [*(n for n in namen if n != "begruendung"), "begruendung"]

    def meldung(self) -> Meldung:
        werte = {n: w for n, w in self.cleaned_data.items() if n != "marke"}
        return Meldung(self.art, **werte)


class Umschichtungsformular(Meldungsformular):
    art = Aenderungsart.UMSCHICHTUNG
    hinweis = (
        "Tragen Sie für jede Ausgabenart den Betrag ein, den Sie jetzt erwarten. Die Summe bleibt "
        "gleich. Leere Felder zählen als 0 Euro."
    )

    def __init__(self, *args, ansaetze, **kwargs):
        super().__init__(*args, ansaetze=ansaetze, **kwargs)
        for art, titel in ARTEN.items():
            plan = ansaetze.plan.get(art, NULL)
            self.fields[f"neu_{art}"] = GeldFeld(
                label=f"{titel}, in Euro", required=False, help_text=f"Im Plan: {euro(plan)}"
            )
            self.fields[f"neu_{art}"].bedingt = True
            if not self.is_bound:
                self.initial[f"neu_{art}"] = ansaetze.gemeldet.get(art, NULL)

    def neu(self) -> dict[str, Decimal]:
        return {art: self.cleaned_data.get(f"neu_{art}") or NULL for art in ARTEN}

    def meldung(self):
        return Meldung(self.art, self.cleaned_data.get("begruendung", ""), neu=self.neu())


class Verlaengerungsformular(Meldungsformular):
    art, knopf = Aenderungsart.VERLAENGERUNG, "Verlängerung beantragen"
    hinweis = (
        "Eine Verlängerung braucht immer die Zustimmung der Geschäftsstelle. Sie gilt erst mit "
        "einem neuen Bescheid."
    )

    bis_neu = DatumFeld(label="Neues Ende")


class Minderausgabenformular(Meldungsformular):
    art = Aenderungsart.MINDERAUSGABEN
    hinweis = "Sinken die Ausgaben, kann auch die Zuwendung im gleichen Verhältnis sinken."

    ausgaben_neu = GeldFeld(label="Ausgaben, die Sie jetzt erwarten, in Euro")


class Finanzierungsformular(Meldungsformular):
    art = Aenderungsart.FINANZIERUNG
    hinweis = (
        "Weitere Mittel können die Zuwendung verringern. Darüber entscheidet die Geschäftsstelle."
    )

    geldgeber = TextFeld(
        label="Von wem kommen die Mittel?",
        max_length=Aenderung._meta.get_field("geldgeber").max_length,
        help_text="Eine Organisation. Bei Privatpersonen schreiben Sie „private Spende“.",
        error_messages={
            "required": "Geben Sie an, von wem die Mittel kommen.",
            "max_length": "Kürzen Sie den Text auf höchstens 200 Zeichen.",
        },
    )
    betrag = GeldFeld(label="Betrag in Euro")


class Mitteilungsformular(Meldungsformular):
    art = Aenderungsart.MITTEILUNG

    anlass = forms.ChoiceField(
        label="Worum geht es?",
        choices=Anlass.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Wählen Sie, worum es geht.",
            "invalid_choice": "Wählen Sie, worum es geht.",
        },
    )


FORMULARE = {
    formular.art.value: formular
    for formular in (
        Umschichtungsformular,
        Verlaengerungsformular,
        Minderausgabenformular,
        Finanzierungsformular,
        Mitteilungsformular,
    )
}


def _antwort():
    return langtext(
        "Antwort an die Kommune",
        5_000,
        leer="Schreiben Sie, was die Kommune liest.",
        help_text=f"Steht bei der Kommune im Portal, nicht in der E-Mail. {OHNE_PERSONEN}",
    )


class Kenntnisformular(Aktenformular):
    knopf = "Zur Kenntnis nehmen"

    antwort = _antwort()
    bescheid_aendern = forms.BooleanField(
        label="Die Bewilligung ist deshalb zu ändern", required=False
    )
    vermerk = langtext(
        "Vermerk",
        5_000,
        required=False,
        help_text="Nur für die Geschäftsstelle. Die Kommune sieht ihn nie.",
    )

    def __init__(self, *args, art, ziel, **kwargs):
        self.ziel = ziel
        super().__init__(*args, **kwargs)
        if art not in MIT_BESCHEID:
            del self.fields["bescheid_aendern"]


class Antwortformular(MitMarke):
    knopf = "Antwort vorschlagen"

    zustimmen = forms.TypedChoiceField(
        label="Vorschlag",
        choices=[("ja", "Zustimmen"), ("nein", "Ablehnen")],
        coerce=lambda wahl: wahl == "ja",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Wählen Sie, ob Sie zustimmen.",
            "invalid_choice": "Wählen Sie, ob Sie zustimmen.",
        },
    )
    antwort = _antwort()
    begruendung = langtext(
        "Begründung des Vorschlags",
        5_000,
        leer="Begründen Sie den Vorschlag.",
        help_text="Nur für die Geschäftsstelle. Die Kommune sieht sie nie.",
    )

    def __init__(self, *args, ziel, **kwargs):
        self.ziel = ziel
        super().__init__(*args, **kwargs)


def _name(feld):
    return Weiterleitung._meta.get_field(feld).max_length


class Weiterleitungsformular(EinmalFormular):
    knopf = "Weiterleitung eintragen"

    organisation = TextFeld(
        label="Organisation",
        max_length=_name("organisation"),
        help_text="Der Name, wie er im Register steht. Er wird mit der Zuwendung veröffentlicht.",
        error_messages={
            "required": "Geben Sie den Namen der Organisation an.",
            "max_length": "Kürzen Sie den Namen auf höchstens 200 Zeichen.",
        },
    )
    rechtsform = forms.ChoiceField(
        label="Rechtsform",
        choices=[("", "Bitte wählen"), *Rechtsform.choices],
        help_text="An Einzelpersonen lässt sich nichts weiterleiten.",
        error_messages={
            "required": "Wählen Sie die Rechtsform.",
            "invalid_choice": "Wählen Sie die Rechtsform. Personen lassen sich nicht eintragen.",
        },
    )
    sitz = TextFeld(
        label="Sitz",
        max_length=_name("sitz"),
        help_text="Der Ort, zum Beispiel Musterstadt",
        error_messages={
            "required": "Geben Sie den Ort an, an dem die Organisation ihren Sitz hat.",
            "max_length": "Kürzen Sie den Ort auf höchstens 100 Zeichen.",
        },
    )
    betrag = GeldFeld(label="Betrag in Euro")
    vereinbart_am = DatumFeld(
        label="Vereinbarung vom",
        error_messages={"required": "Ohne Vereinbarung ist keine Weiterleitung möglich."},
    )
    vereinbarung = TextFeld(
        label="Wo ist die Vereinbarung abgelegt?",
        max_length=_name("vereinbarung"),
        help_text=f"Zum Beispiel Ihr Aktenzeichen. {OHNE_PERSONEN}",
        error_messages={
            "required": "Ohne Vereinbarung ist keine Weiterleitung möglich.",
            "max_length": "Kürzen Sie die Angabe auf höchstens 200 Zeichen.",
        },
    )

    def empfaenger(self) -> Empfaenger:
        return Empfaenger(**{n: w for n, w in self.cleaned_data.items() if n != "marke"})


class Endeformular(Aktenformular):
    knopf = "Weiterleitung beenden"

    grund = TextFeld(
        label="Grund",
        max_length=_name("grund"),
        help_text=f"Zum Beispiel: Betrag geändert, neu eingetragen. {OHNE_PERSONEN}",
        error_messages={
            "required": "Geben Sie an, warum die Weiterleitung endet.",
            "max_length": "Kürzen Sie den Grund auf höchstens 500 Zeichen.",
        },
    )
