"""What the LPR fills in to recommend and to propose a decision."""

from __future__ import annotations

import uuid
from decimal import Decimal

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset
from django import forms

from asskomm.formate import euro, zahl
from asskomm.formularfelder import DatumFeld, GeldFeld, ProzentFeld
from asskomm.knopfformular import UNVOLLSTAENDIG, Knopfformular
from asskomm.texteingabe import TextFeld

from ..bemessung import NULL, Bemessung, Grenzen
from ..models import Entscheidung, Foerderantrag, Rueckforderung, Status
from ..verfahren import rueckforderung
from ..verfahren.aenderung import vorgabe as gemeldete_vorgabe
from ..verfahren.entscheidung import Unzulaessig, ansaetze, gebunden_durch, mittelfeld
from ..verfahren.entscheidung import empfehlung as geltende_empfehlung
from .beurteilung import Beurteilung
from .forms import langtext

JA, NEIN = "ja", "nein"
HOEHE = ("zuwendungsfaehig_euro", "foerdersatz", "betrag_euro")
NUR_BEI_BEWILLIGUNG = "Nur nötig, wenn Sie die Bewilligung empfehlen."


def absatz(label, hoechstens, hilfe, **weiteres):
    grenze = f"Höchstens {zahl(hoechstens)} Zeichen."
    return langtext(label, hoechstens, help_text=f"{hilfe} {grenze}", **{"zeilen": 5, **weiteres})


def bedingt(feld: forms.Field) -> forms.Field:
    """Needed in a case that its hint names: the label says neither this nor "freiwillig"."""
    feld.required, feld.bedingt = False, True
    return feld


class Entscheidungsformular(Knopfformular):
    """Sent twice (`marke`) it acts once, and only on the case that was seen."""

    marke = forms.UUIDField(widget=forms.HiddenInput)
    gesehen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, antrag: Foerderantrag):
        self.antrag = antrag
        super().__init__(data)
        self.ergaenze()
        if not self.is_bound:
            self.initial |= {"marke": uuid.uuid4(), "gesehen": antrag.version, **self.vorgabe()}

    def ergaenze(self):
        """Add the fields that depend on the case."""

    def vorgabe(self) -> dict:
        return {}

    def clean(self):
        daten = super().clean()
        if not {"marke", "gesehen"} <= daten.keys():
            self.setze("marke", uuid.uuid4())
            self.setze("gesehen", self.antrag.version)
            self.add_error(None, UNVOLLSTAENDIG)
        return daten

    def nimm_fehler(self, fehler: Exception):
        """Show at its place why the step was refused."""
        if not isinstance(fehler, Unzulaessig):
            self.add_error(None, str(fehler))
            return
        for name, satz in fehler.felder.items():
            self.add_error(self._stelle(name), satz)

    def _stelle(self, name):
        if name == "mittel":
            name = next((feld for feld in self.fields if feld.startswith("mittel_")), "")
        return name if name in self.fields else None


def _hoehe_felder():
    return {
        "zuwendungsfaehig_euro": GeldFeld(label="Zuwendungsfähige Ausgaben in Euro"),
        "foerdersatz": ProzentFeld(label="Fördersatz in Prozent"),
        "betrag_euro": GeldFeld(label="Zuwendung in Euro"),
    }


class Empfehlungsformular(Entscheidungsformular):
    knopf = "Empfehlung abgeben"

    bewilligen = forms.ChoiceField(
        label="Empfehlung",
        choices=[(JA, "Bewilligen"), (NEIN, "Ablehnen")],
        widget=forms.RadioSelect,
        error_messages={"required": "Wählen Sie, ob Sie die Bewilligung empfehlen."},
    )
    begruendung = absatz(
        "Begründung",
        5_000,
        "Nur für die Akte. Was die Kommune liest, steht im Vorschlag für die Entscheidung.",
        leer="Begründen Sie die Empfehlung.",
    )

    def ergaenze(self):
        felder = _hoehe_felder()
        for feld in felder.values():
            bedingt(feld).help_text = NUR_BEI_BEWILLIGUNG
        stellen = (
            ansaetze(self.antrag).order_by("haushaltsstelle").values_list(
                "haushaltsstelle", flat=True
            ).distinct()
        )  # fmt: skip
        felder["haushaltsstelle"] = bedingt(
            forms.ChoiceField(
                label="Haushaltsstelle",
                choices=[(stelle, stelle) for stelle in stellen],
                widget=forms.RadioSelect,
                help_text=NUR_BEI_BEWILLIGUNG,
            )
        )
        begruendung = self.fields.pop("begruendung")
        self.fields |= felder | {"begruendung": begruendung}

    def vorgabe(self):
        vorschlag = Grenzen.von(self.antrag).vorschlag
        stellen = self.fields["haushaltsstelle"].choices
        return {
            **{name: getattr(vorschlag, name) for name in HOEHE},
            "haushaltsstelle": stellen[0][0] if len(stellen) == 1 else None,
        }

    def clean(self):
        daten = super().clean()
        if daten.get("bewilligen") != JA:
            return daten
        for name in HOEHE:
            if name not in self.errors and daten.get(name) is None:
                self.add_error(name, self.fields[name].leer)
        if "haushaltsstelle" not in self.errors and not daten.get("haushaltsstelle"):
            self.add_error("haushaltsstelle", "Wählen Sie eine Haushaltsstelle.")
        return daten

    def bemessung(self) -> Bemessung | None:
        if self.cleaned_data["bewilligen"] == NEIN:
            return None
        return Bemessung(*(self.cleaned_data[name] for name in HOEHE))


class Ruecknahmeformular(Entscheidungsformular):
    knopf = "Empfehlung zurücknehmen"

    grund = absatz(
        "Grund",
        2_000,
        "Steht im Verlauf der Akte.",
        leer="Geben Sie einen Grund an.",
    )


class Ablehnungsgrund(forms.Form):
    """Why the second person does not follow the proposal; the button stands in the template."""

    grund = absatz(
        "Grund",
        2_000,
        "Die Person, die den Vorschlag gemacht hat, liest ihn in der Akte.",
        leer="Begründen Sie, warum Sie dem Vorschlag nicht folgen.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False


class Vorschlagsformular(Entscheidungsformular):
    """A proposal of one kind; which kinds there are says `FORMULARE`."""

    art = ""
    titel = ""
    zur_forderung: tuple[str, ...] = ()  # fields that belong to the claim, not to the decision

    begruendung = absatz(
        "Begründung des Vorschlags",
        2_000,
        "Nur für die Akte und die Person, die entscheidet.",
        leer="Begründen Sie den Vorschlag.",
    )

    def vorschlag(self) -> tuple[Entscheidung, dict[int, Decimal]]:
        """The proposal, not stored yet, and what it binds by the numbers of the budgets."""
        daten = self.cleaned_data
        felder = {
            name: daten[name]
            for name in self.fields
            if name not in ("marke", "gesehen", *self.zur_forderung)
            and not name.startswith("mittel_")
        }
        entscheidung = Entscheidung(
            antrag=self.antrag, marke=daten["marke"], art=self._art(), **felder
        )
        return entscheidung, {
            ansatz.pk: daten.get(mittelfeld(ansatz.pk)) or NULL for ansatz in self.mittel()
        }

    def forderung(self) -> dict | None:
        """What `rueckforderung.entwirf` asks for, of a claim alone."""
        return None

    def _art(self):
        return self.art

    def mittel(self):
        return ()


def _anhoerung_felder():
    return {
        "angehoert_am": bedingt(
            DatumFeld(
                label="Kommune angehört am",
                help_text="TT.MM.JJJJ, zum Beispiel 01.09.2026. Der Tag steht im Bescheid.",
            )
        ),
        "anhoerung_entbehrlich": bedingt(
            TextFeld(
                label="Anhörung entbehrlich, weil",
                max_length=500,
                help_text="Nur ausfüllen, wenn Sie keinen Tag angeben.",
                error_messages={"max_length": "Kürzen Sie den Text auf höchstens 500 Zeichen."},
            )
        ),
    }


IM_BESCHEID = "Dieser Text steht wörtlich im Bescheid."


def _gruende(hinweis=IM_BESCHEID):
    return absatz(
        "Gründe für den Bescheid",
        10_000,
        hinweis,
        zeilen=8,
        leer="Nennen Sie die Gründe, die im Bescheid stehen.",
    )


class _MitGruenden(Vorschlagsformular):
    gruende = _gruende()

    def ergaenze(self):
        begruendung = self.fields.pop("begruendung")
        self.fields |= _anhoerung_felder() | {"begruendung": begruendung}


class Ablehnungsformular(_MitGruenden):
    art, titel = Entscheidung.Art.ABLEHNUNG, "Ablehnung vorschlagen"
    knopf = "Ablehnung vorschlagen"


class Widerrufsformular(_MitGruenden):
    art, titel = Entscheidung.Art.WIDERRUF, "Widerruf vorschlagen"
    knopf = "Widerruf vorschlagen"


class Rueckforderungsformular(_MitGruenden):
    art, titel = Entscheidung.Art.RUECKFORDERUNG, "Rückforderung vorschlagen"
    knopf = "Rückforderung vorschlagen"
    zur_forderung = ("forderung_euro", "anlass", "zahlbar_bis", "zinsen_bis")

    forderung_euro = GeldFeld(label="Rückforderung in Euro")
    anlass = forms.ChoiceField(
        label="Anlass",
        choices=Rueckforderung.Anlass.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Wählen Sie, warum Geld zurückgefordert wird."},
    )
    zahlbar_bis = DatumFeld(
        label="Zahlbar bis",
        help_text="TT.MM.JJJJ. Der Bescheid muss vorher angekommen sein.",
        error_messages={"required": "Geben Sie an, bis wann zu zahlen ist."},
    )
    zinsen_bis = DatumFeld(
        label="Zinsen berechnen bis",
        help_text="Letzter Tag mit Zinsen, höchstens der Tag, bis zu dem zu zahlen ist.",
        error_messages={"required": "Geben Sie an, bis wann Zinsen zu berechnen sind."},
    )
    # Typed before the text of the notice; the base class brings it first.
    field_order = ("marke", "gesehen", *zur_forderung, "gruende")

    def ergaenze(self):
        super().ergaenze()
        self.fields[
            "forderung_euro"
        ].help_text = f"Höchstens {euro(rueckforderung.hoechstens(self.antrag))}."

    def vorgabe(self):
        widerrufen = self.antrag.status == Status.WIDERRUFEN
        anlass = Rueckforderung.Anlass.WIDERRUF if widerrufen else Rueckforderung.Anlass.NACHWEIS
        return {
            "forderung_euro": rueckforderung.vorgeschlagen(self.antrag) or None,
            "anlass": anlass.value,
        }

    def forderung(self):
        daten = self.cleaned_data
        return {
            "betrag_euro": daten["forderung_euro"],
            **{name: daten[name] for name in ("anlass", "zahlbar_bis", "zinsen_bis")},
        }


class Bewilligungsformular(Vorschlagsformular):
    """The full amount is a Bewilligung, less a Teilbewilligung: nobody chooses that."""

    art, titel = Entscheidung.Art.BEWILLIGUNG, "Bewilligung vorschlagen"
    knopf = "Bewilligung vorschlagen"

    def gruende(self):
        return bedingt(_gruende(f"{IM_BESCHEID} Bei einer Teilbewilligung nötig."))

    def ergaenze(self):
        begruendung = self.fields.pop("begruendung")
        self.fields |= _hoehe_felder() | {
            "bewilligung_von": DatumFeld(label="Bewilligungszeitraum, erster Tag"),
            "bewilligung_bis": DatumFeld(label="Bewilligungszeitraum, letzter Tag"),
        }
        self._ansaetze = list(ansaetze(self.antrag).order_by("haushaltsjahr", "haushaltsstelle"))
        self._gebunden = gebunden_durch(self.antrag)
        for ansatz in self._ansaetze:
            frei = ansatz.frei_euro + self._gebunden.get(ansatz.pk, NULL)
            self.fields[mittelfeld(ansatz.pk)] = bedingt(
                GeldFeld(
                    label=f"{ansatz.haushaltsjahr}, {ansatz.haushaltsstelle}, in Euro",
                    help_text=f"Frei: {euro(frei)}. Leer, wenn dieses Jahr nichts trägt.",
                )
            )
        self.fields |= {
            "abweichungen": absatz(
                "Abweichungen vom Antrag", 5_000, "Steht im Bescheid.", required=False
            ),
            "auflagen": absatz(
                "Besondere Nebenbestimmungen", 5_000, "Steht im Bescheid.", required=False
            ),
            "gruende": self.gruende(),
            **self.weitere(),
            "veroeffentlichen": forms.BooleanField(
                label="Die Zuwendung nach der Bestandskraft veröffentlichen", required=False
            ),
            "begruendung": begruendung,
        }

    def weitere(self) -> dict:
        return {}

    def mittel(self):
        return self._ansaetze

    def anordnung(self):
        mittel = [name for name in self.fields if name.startswith("mittel_")]
        vorher = ["marke", "gesehen", *HOEHE, "bewilligung_von", "bewilligung_bis"]
        nachher = [name for name in self.fields if name not in {*vorher, *mittel}]
        gruppe = [Fieldset("Haushaltsmittel: Welches Jahr trägt wie viel?", *mittel)]
        return [*vorher, *(gruppe if mittel else []), *nachher]

    def vorgabe(self):
        empfohlen, antrag = geltende_empfehlung(self.antrag), self.antrag
        werte = {
            "bewilligung_von": antrag.durchfuehrung_von,
            "bewilligung_bis": antrag.durchfuehrung_bis,
            "veroeffentlichen": True,
        }
        if empfohlen and empfohlen.bewilligen:
            werte |= {name: getattr(empfohlen, name) for name in HOEHE}
            werte |= self._verteilung(empfohlen)
        return werte

    def _verteilung(self, empfohlen) -> dict:
        """The recommended sum by years: as planned, or all in the only year; else it is typed."""
        je_jahr = {
            ansatz.haushaltsjahr: mittelfeld(ansatz.pk)
            for ansatz in self._ansaetze
            if ansatz.haushaltsstelle == empfohlen.haushaltsstelle
        }
        rechnung = Beurteilung.von(self.antrag).rechnung
        geplant = {s.jahr: s.zuwendung for s in rechnung.jahre if s.zuwendung} if rechnung else {}
        if len(geplant) == 1:
            geplant = dict.fromkeys(geplant, empfohlen.betrag_euro)
        if (
            sum(geplant.values(), NULL) != empfohlen.betrag_euro
            or not geplant.keys() <= je_jahr.keys()
        ):
            return {}
        return {je_jahr[jahr]: betrag for jahr, betrag in geplant.items()}

    def _art(self):
        voll = self.cleaned_data["betrag_euro"] == self.antrag.zuwendung_beantragt_euro
        arten = Entscheidung.Art
        return arten.BEWILLIGUNG if voll else arten.TEILBEWILLIGUNG


class Aenderungsformular(Bewilligungsformular):
    art, titel = Entscheidung.Art.AENDERUNG, "Änderung vorschlagen"
    knopf = "Änderung vorschlagen"

    def gruende(self):
        return _gruende()

    def weitere(self):
        felder = _anhoerung_felder()
        felder["angehoert_am"].help_text += " Nötig, wenn die Zuwendung geringer wird."
        return felder

    def vorgabe(self):
        bescheid = geltende_bewilligung(self.antrag)
        werte = {
            name: getattr(bescheid, name)
            for name in (*HOEHE, "bewilligung_von", "bewilligung_bis", "veroeffentlichen")
        }
        werte |= {mittelfeld(nummer): betrag for nummer, betrag in self._gebunden.items()}
        return werte | gemeldete_vorgabe(self.antrag)

    def _art(self):
        return self.art


def geltende_bewilligung(antrag: Foerderantrag) -> Entscheidung | None:
    """The approved decision that says what is granted now."""
    genehmigt = antrag.entscheidungen.genehmigt().filter(art__in=Entscheidung.MIT_BETRAG)
    return genehmigt.order_by("-pk").first()


FORMULARE = {
    formular.art.value: formular
    for formular in (
        Bewilligungsformular,
        Ablehnungsformular,
        Aenderungsformular,
        Widerrufsformular,
        Rueckforderungsformular,
    )
}
