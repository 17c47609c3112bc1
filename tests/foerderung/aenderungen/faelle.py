"""A grant of 27.000 euros (90 %) that is final and runs in 2027: 20.000 rent and 10.000 fees."""

import uuid
from datetime import UTC, date, datetime
from decimal import Decimal

from foerderung.kanonisch import pruefsumme
from foerderung.models import Aenderung, Aenderungsart, Fassung, Status
from foerderung.verfahren import aenderung as verfahren
from foerderung.verfahren import bekanntgabe, weiterleitung
from tests.foerderung.entscheidung.akten import UM, Akte
from tests.foerderung.plan import plaene

A = Aenderungsart
JETZT = datetime(2027, 2, 1, 9, tzinfo=UTC)
PLAN = plaene.eingaben(
    {
        "sach": [
            plaene.sach(einzelbetrag="20.000,00"),
            plaene.sach(art="honorare", einzelbetrag="10.000,00"),
        ]
    },
    eigenmittel="3.000,00",
    zuwendung="27.000,00",
)


def euro(**betraege):
    return {art: Decimal(betrag) for art, betrag in betraege.items()}


# 2.000 euros from rent to fees are 20 % more fees: the limit itself.
AN_DER_GRENZE = euro(miete="18000.00", honorare="12000.00")
DARUEBER = euro(miete="17999.99", honorare="12000.01")


class Laufend(Akte):
    """Steps are taken by the procedure, at `JETZT` unless another moment is given."""

    def __init__(self, regelwerk, ansatz, **felder):
        super().__init__(regelwerk, ansatz, **felder)
        inhalt = {
            "abschnitte": {"plan": PLAN, "vorhaben": {"felder": {"weiterleitung": "ja"}}},
        }
        Fassung.objects.create(
            antrag=self.antrag, nummer=2, art=Fassung.Art.ANTRAG, inhalt=inhalt,
            pruefsumme=pruefsumme(inhalt), eingegangen_um=self.antrag.eingereicht_um,
            vorbereitet_von=self.bearbeitung, gezeichnet_von=self.zeichnung,
        )  # fmt: skip
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

    def melde(self, art=A.MITTEILUNG, *, durch=None, um=JETZT, marke=None, **felder):
        if art == A.MITTEILUNG:
            felder.setdefault("anlass", "umstaende")
        felder.setdefault("begruendung", "Die Halle ist bis Mai gesperrt.")
        return verfahren.melde(
            self.antrag, verfahren.Meldung(art, **felder), durch=durch or self.zeichnung, um=um,
            marke=marke or uuid.uuid4(),
        )  # fmt: skip

    def verschiebe(self, neu=AN_DER_GRENZE, **weiteres):
        return self.melde(A.UMSCHICHTUNG, neu=neu, **weiteres)

    def verlaengere(self, bis=date(2028, 3, 31), **weiteres):
        return self.melde(A.VERLAENGERUNG, bis_neu=bis, **weiteres)

    def nimm_zur_kenntnis(self, aenderung, *, durch=None, um=JETZT, **felder):
        felder.setdefault("antwort", "Vielen Dank für die Meldung.")
        verfahren.nimm_zur_kenntnis(
            frisch(aenderung), durch=durch or self.sachbearbeitung, um=um,
            gesehen=felder.pop("gesehen", frisch(aenderung).version), **felder,
        )  # fmt: skip
        return frisch(aenderung)

    def schlage_antwort_vor(self, aenderung, *, zustimmen=True, durch=None, marke=None, **felder):
        werte = {"antwort": "Einverstanden.", "begruendung": "Nachvollziehbar."} | felder
        return verfahren.schlage_antwort_vor(
            frisch(aenderung), zustimmen=zustimmen, durch=durch or self.sachbearbeitung, um=JETZT,
            gesehen=frisch(aenderung).version, marke=marke or uuid.uuid4(), **werte,
        )  # fmt: skip

    def entscheide(self, aenderung, *, durch=None, um=JETZT):
        jetzt = frisch(aenderung)
        verfahren.genehmige_antwort(
            verfahren.offener_vorschlag(jetzt), durch=durch or self.leitung, um=um,
            gesehen=jetzt.version,
        )  # fmt: skip
        return frisch(aenderung)

    def stimme_zu(self, aenderung):
        self.schlage_antwort_vor(aenderung)
        return self.entscheide(aenderung)

    def leite_weiter(self, *, durch=None, um=JETZT, marke=None, **felder):
        werte = {
            "organisation": "Jugendring Musterstadt e. V.",
            "rechtsform": "verein",
            "sitz": "Musterstadt",
            "betrag": Decimal("20000.00"),
            "vereinbart_am": date(2027, 1, 15),
            "vereinbarung": "Az. 51.2-7",
        } | felder
        return weiterleitung.trage_ein(
            self.antrag, weiterleitung.Empfaenger(**werte), durch=durch or self.bearbeitung,
            um=um, marke=marke or uuid.uuid4(),
        )  # fmt: skip


def frisch(aenderung):
    """As another request reads it."""
    return Aenderung.objects.select_related("antrag__kommune").get(pk=aenderung.pk)
