"""A grant of 27.000 euros (90 %) that is final and runs in 2027, with people, account and steps."""

import uuid
from datetime import UTC, date, datetime
from decimal import Decimal

from foerderung import kasse
from foerderung.auszahlung.rueckmeldung import Lesung, Zahlung
from foerderung.models import Auszahlung, Beleg, Status
from foerderung.verfahren import (
    auszahlung,
    auszahlungsende,
    auszahlungspruefung,
    bankverbindung,
    bekanntgabe,
    zahlung,
)
from tests.factories import make_konto
from tests.foerderung.entscheidung.akten import UM, Akte
from tests.protokoll.hilfen import als_verwalter_des_servers, sql

BEWILLIGT = Decimal("27000.00")
HEUTE = date(2027, 2, 1)
JETZT = datetime(2027, 2, 1, 9, tzinfo=UTC)
IBAN, BIC = "DE89370400440532013000", "COBADEFFXXX"
ANDERE_IBAN = "DE02120300000000202051"


def frisch(auszahlung_):
    """As another request reads it."""
    return Auszahlung.objects.select_related("antrag__kommune").get(pk=auszahlung_.pk)


class Zahlfall(Akte):
    """Steps are taken by the procedure, at `JETZT` unless another moment is given."""

    def __init__(self, regelwerk, ansatz, *, mit_bank=True, erstattung=False, **felder):
        super().__init__(regelwerk, ansatz, **felder)
        self.haushalt = make_konto(["Haushalt"], name="Hanna Haushalt")
        self.empfiehl()
        self.schlage_vor()
        self.genehmige()
        self.werde_bestandskraeftig()
        if erstattung:
            self.setze_erstattung()
        if mit_bank:
            self.richte_bank_ein()

    def werde_bestandskraeftig(self):
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

    def setze_erstattung(self):
        """As notices below the limit say it; written past the trigger that keeps notices."""
        with als_verwalter_des_servers():
            sql(
                "UPDATE foerderung_bescheid SET inhalt = "
                "jsonb_set(inhalt, '{zuwendung,auszahlung}', '\"erstattung\"')"
            )

    def trage_bank_ein(self, iban=IBAN, um=UM, durch=None):
        return bankverbindung.trage_ein(
            self.kommune, kontoinhaber="Stadtkasse Musterstadt", iban=iban, bic=BIC,
            durch=durch or self.bearbeitung, um=um, marke=uuid.uuid4(),
        )  # fmt: skip

    def richte_bank_ein(self, iban=IBAN, um=UM):
        neu = self.trage_bank_ein(iban, um)
        bankverbindung.bestaetige(neu, durch=self.zeichnung, um=um)
        return neu

    def beleg(self, betrag, nummer, **felder):
        return Beleg.objects.create(
            antrag=self.antrag, belegnummer=nummer, ausgabenart="sach", zweck="Flyer",
            zahlungsempfaenger="Druckerei Muster", rechnung_am=HEUTE, bezahlt_am=HEUTE,
            betrag_euro=Decimal(betrag), erfasst_um=JETZT, erfasst_von=self.bearbeitung, **felder,
        )  # fmt: skip

    def fordere_an(self, ausgaben="10000.00", *, durch=None, um=JETZT, marke=None, **felder):
        eingaben = {
            "ausgaben": ausgaben and Decimal(ausgaben),
            "bedarf_bis": date(2027, 3, 15),
            "erlaeuterung": "Honorare für die Monate Februar und März",
        } | felder
        return auszahlung.fordere_an(
            self.antrag, durch=durch or self.zeichnung, um=um, marke=marke or uuid.uuid4(),
            **eingaben,
        )  # fmt: skip

    def pruefe(self, eine, anerkannt=None, *, durch=None, um=JETZT, kuerzung=""):
        jetzt = frisch(eine)
        auszahlungspruefung.pruefe(
            jetzt, anerkannt=Decimal(anerkannt) if anerkannt else jetzt.ausgaben_euro,
            kuerzung=kuerzung, durch=durch or self.sachbearbeitung, um=um, gesehen=jetzt.version,
        )  # fmt: skip

    def genehmige_auszahlung(self, eine, *, durch=None, um=JETZT):
        jetzt = frisch(eine)
        auszahlungspruefung.genehmige(
            jetzt, durch=durch or self.leitung, um=um, gesehen=jetzt.version
        )

    def gib_frei(self, eine, *, durch=None, um=JETZT):
        jetzt = frisch(eine)
        auszahlungspruefung.gib_frei(
            jetzt, durch=durch or self.haushalt, um=um, gesehen=jetzt.version
        )

    def gib_zurueck(self, eine, *, durch=None, grund="Bitte noch einmal prüfen", um=JETZT):
        jetzt = frisch(eine)
        auszahlungspruefung.gib_zurueck(
            jetzt, grund=grund, durch=durch or self.leitung, um=um, gesehen=jetzt.version
        )

    def lehne_ab(self, eine, *, durch=None, grund="Die Zahlung steht noch nicht an.", um=JETZT):
        jetzt = frisch(eine)
        auszahlungsende.lehne_ab(
            jetzt, grund=grund, durch=durch or self.sachbearbeitung, um=um, gesehen=jetzt.version
        )

    def ziehe_zurueck(self, eine, *, durch=None, um=JETZT):
        jetzt = frisch(eine)
        auszahlungsende.ziehe_zurueck(
            jetzt, durch=durch or self.zeichnung, um=um, gesehen=jetzt.version
        )

    def freigegeben(self, ausgaben="10000.00", **felder):
        eine = self.fordere_an(ausgaben, **felder)
        self.pruefe(eine)
        self.genehmige_auszahlung(eine)
        self.gib_frei(eine)
        return frisch(eine)

    def ordne_an(self, *auszahlungen, durch=None, um=JETZT, marke=None):
        return zahlung.ordne_an(
            [a.pk for a in auszahlungen], durch=durch or self.haushalt, um=um,
            marke=marke or uuid.uuid4(),
        )  # fmt: skip

    def lies_ein(self, *zeilen, sha256=None, um=JETZT, durch=None):
        """Rows of (reference, amount, day)."""
        lesung = Lesung(
            sha256 or uuid.uuid4().hex * 2,
            tuple(
                Zahlung(nummer, referenz, Decimal(betrag), am)
                for nummer, (referenz, betrag, am) in enumerate(zeilen, start=2)
            ),
            (),
        )
        return zahlung.lies_ein(lesung, "kasse.csv", durch=durch or self.haushalt, um=um)

    @property
    def konto(self):
        return kasse.konto(self.antrag)

    def summen(self):
        konto = self.konto
        return tuple(
            f"{getattr(konto, art):.2f}"
            for art in ("angefordert", "freigegeben", "angeordnet", "gezahlt")
        )
