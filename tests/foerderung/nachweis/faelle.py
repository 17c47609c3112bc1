"""A grant of 27.000 euros (90 % of 30.000) that runs in 2027, its receipts and its proof."""

from datetime import UTC, date, datetime
from decimal import Decimal

from foerderung.antrag.formular import JA, NEIN
from foerderung.kanonisch import pruefsumme
from foerderung.models import Foerderantrag, Status
from foerderung.nachweis.fassung import inhalt
from foerderung.nachweis.formular import DRITTMITTEL, LEISTUNGEN, ZIELE, Nachweisformular
from foerderung.nachweis.umfeld import Nachweisumfeld
from foerderung.verfahren import bekanntgabe, belege, nachweis
from foerderung.verfahren.belege import Belegangaben
from kommunen.models import Rolle
from tests.factories import make_mitglied
from tests.foerderung.entscheidung.akten import UM, Akte

HEUTE = date(2028, 2, 1)
JETZT = datetime(2028, 2, 1, 9, tzinfo=UTC)
ZIEL = {
    "ziel": "Zwölf Gruppen",
    "umgesetzt": "14 Gruppen haben getagt.",
    "merkmal": "14 statt 12",
    "erkenntnis": "Früher beginnen",
}


def angaben(nummer="R-1", **anders):
    werte = {
        "belegnummer": nummer,
        "ausgabenart": "miete",
        "zweck": "Raum für die Gruppen",
        "zahlungsempfaenger": "Vermietung Muster",
        "rechnung_am": date(2027, 3, 1),
        "bezahlt_am": date(2027, 3, 5),
        "betrag_euro": Decimal("10000.00"),
    }
    return Belegangaben(**(werte | anders))


def eingaben(felder=None, **zeilen):
    """A complete proof as it is typed."""
    texte = dict.fromkeys(Nachweisformular.base_fields, "Das steht hier.")
    texte |= {
        "drittmittel_erhalten": NEIN,
        "notwendig": "on",
        "wirtschaftlich": "on",
        "buecher": "on",
    }
    return {
        "felder": texte | (felder or {}),
        "zeilen": {ZIELE: [ZIEL], LEISTUNGEN: [], DRITTMITTEL: []} | zeilen,
    }


def dritte(betrag):
    mittel = {"von_wem": "Sparkasse", "betrag": betrag}
    return eingaben({"drittmittel_erhalten": JA}, drittmittel=[mittel])


class Nachweisfall(Akte):
    """Steps are taken by the procedure, at `JETZT`, when the period is over."""

    def __init__(self, regelwerk, ansatz, **felder):
        super().__init__(regelwerk, ansatz, **felder)
        self.zweite = make_mitglied(self.kommune, Rolle.BEARBEITUNG, name="Bea Zweite")
        self.empfiehl()
        self.schlage_vor()
        self.genehmige()
        bescheid = self.antrag.bescheide.get()
        bekanntgabe.rufe_ab(bescheid, durch=self.bearbeitung, um=UM)
        verzicht = datetime(2026, 12, 3, 9, tzinfo=UTC)
        bekanntgabe.verzichte(bescheid, durch=self.zeichnung, um=verzicht)
        bescheid.bekanntgabe.refresh_from_db()
        bekanntgabe.werde_bestandskraeftig(bescheid.bekanntgabe, um=verzicht)
        self.antrag.refresh_from_db()
        bekanntgabe.beginne_durchfuehrung(self.antrag, um=datetime(2027, 1, 1, 5, tzinfo=UTC))
        self.antrag.refresh_from_db()
        assert self.antrag.status == Status.IN_DURCHFUEHRUNG

    @property
    def frisch(self):
        """The case as another request reads it."""
        return Foerderantrag.objects.select_related("kommune", "runde", "zustaendig").get(
            pk=self.antrag.pk
        )

    @property
    def umfeld(self):
        return Nachweisumfeld(self.frisch, HEUTE)

    @property
    def entwurf(self):
        return self.umfeld.nachweis

    def erfasse(self, nummer="R-1", *, durch=None, um=JETZT, **anders):
        return belege.erfasse(
            self.frisch, angaben(nummer, **anders), durch=durch or self.bearbeitung, um=um
        )

    def speichere(self, getippt=None, *, durch=None, gesehen=None, um=JETZT, seite=None):
        return nachweis.speichere(
            self.frisch,
            getippt or eingaben(),
            durch=durch or self.bearbeitung,
            um=um,
            gesehen=gesehen or self.entwurf.version,
            seite=seite,
        )

    def melde_bereit(self, *, durch=None, um=JETZT):
        antrag = self.frisch
        nachweis.melde_bereit(
            antrag,
            durch=durch or self.bearbeitung,
            um=um,
            gesehen=antrag.version,
            stand=self.entwurf.version,
        )

    def mache_bereit(self):
        self.erfasse()
        self.speichere()
        self.melde_bereit()

    def wie_gesehen(self):
        return {"gesehen": self.frisch.version, "pruefsumme": pruefsumme(inhalt(self.umfeld))}

    def reiche_ein(self, *, durch=None, eingang=JETZT, **anders):
        return nachweis.reiche_ein(
            self.frisch,
            **(
                {"durch": durch or self.zeichnung, "eingang": eingang} | self.wie_gesehen() | anders
            ),
        )

    def gib_zurueck(self, bis=date(2028, 3, 1)):
        """As the LPR does it; put there by hand."""
        Foerderantrag.objects.filter(pk=self.antrag.pk).update(status=Status.IN_DURCHFUEHRUNG)
        self.antrag.nachweis.__class__.objects.filter(antrag=self.antrag).update(
            ergaenzen="Die Teilnahmelisten fehlen.", ergaenzen_bis=bis
        )
