"""The steps of a case from the checked proof to the last repayment."""

import uuid
from datetime import date, timedelta
from decimal import Decimal

from foerderung import kasse
from foerderung.models import Buchungsart, Entscheidung, Foerderantrag, Rueckforderung, Status
from foerderung.verfahren import entscheidung as verfahren
from foerderung.verfahren import rueckforderung, rueckzahlung
from tests.foerderung.entscheidung.akten import UM
from tests.verwaltung.personal import make_personal

GEZAHLT_AM = date(2025, 5, 16)
ZAHLBAR_BIS = date(2027, 1, 15)
ZINSEN_BIS = date(2025, 9, 30)
SPAETER = UM + timedelta(days=60)
EINGANG = SPAETER.date()


class Rueckfall:
    def __init__(self, akte):
        self.akte, self.antrag = akte, akte.antrag
        self.haushalt = make_personal("Haushalt")
        self.zahle("12000.00")
        self.setze(Status.NACHWEIS_GEPRUEFT)

    def setze(self, status, **felder):
        Foerderantrag.objects.filter(pk=self.antrag.pk).update(status=status, **felder)
        self.antrag.refresh_from_db()

    def zahle(self, betrag, am=GEZAHLT_AM):
        for art in (
            Buchungsart.ANGEFORDERT,
            Buchungsart.FREIGEGEBEN,
            Buchungsart.ANGEORDNET,
            Buchungsart.GEZAHLT,
        ):
            kasse.buche(
                self.antrag, art, Decimal(betrag), um=UM, am=am, durch=self.akte.sachbearbeitung
            )

    def entwirf(self, betrag="12000.00", **felder):
        werte = {
            "betrag_euro": Decimal(betrag),
            "anlass": Rueckforderung.Anlass.NACHWEIS,
            "zahlbar_bis": ZAHLBAR_BIS,
            "zinsen_bis": ZINSEN_BIS,
        }
        return rueckforderung.entwirf(self.antrag, **(werte | felder))

    def schlage_vor(self, betrag="12000.00", *, vorschlag=None, **felder):
        return verfahren.schlage_vor(
            vorschlag
            or self.akte.vorschlag(
                Entscheidung.Art.RUECKFORDERUNG,
                gruende="Nachgewiesen ist weniger, als gezahlt wurde.",
                angehoert_am=UM.date(),
            ),
            {},
            durch=self.akte.sachbearbeitung,
            um=UM,
            gesehen=self.akte.version,
            rueckforderung=self.entwirf(betrag, **felder),
        )

    def fordere(self, betrag="12000.00", **felder):
        """Proposed and approved; returns the notice."""
        self.schlage_vor(betrag, **felder)
        return self.akte.genehmige()

    def erstatte(self, betrag, am=EINGANG, **felder):
        werte = {"referenz": "Erstattung", "marke": uuid.uuid4(), "durch": self.haushalt}
        return rueckzahlung.erfasse(
            self.antrag, am=am, betrag=Decimal(betrag), um=SPAETER, **(werte | felder)
        )

    @property
    def forderung(self):
        return Rueckforderung.objects.latest("pk")

    @property
    def konto(self):
        return kasse.konto(self.antrag)
