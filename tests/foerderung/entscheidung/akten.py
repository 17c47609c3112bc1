"""A case between the expert check and its revocation, and the steps that lead through it."""

import uuid
from datetime import UTC, date, datetime
from decimal import Decimal

from foerderung.bemessung import Bemessung
from foerderung.models import Entscheidung, Status
from foerderung.verfahren import entscheidung as verfahren
from tests.foerderung.bescheid.faelle import Fall
from tests.foerderung.plan import plaene

Art = Entscheidung.Art
UM = datetime(2026, 12, 1, 9, tzinfo=UTC)
GANZ = Bemessung(Decimal("30000.00"), Decimal("90.00"), Decimal("27000.00"))
# 30.000 euros in all, 27.000 of them asked for.
PLAN = plaene.eingaben(
    {"sach": [plaene.sach(einzelbetrag="30.000,00")]},
    eigenmittel="3.000,00",
    zuwendung="27.000,00",
)
BETRAG = (Art.BEWILLIGUNG, Art.TEILBEWILLIGUNG, Art.AENDERUNG)


class Akte(Fall):
    """Steps are taken by the procedure; each uses the version of the case as it is now."""

    def __init__(self, regelwerk, ansatz, **felder):
        werte = {
            "status": Status.FACHLICH_GEPRUEFT,
            "ausgaben_euro": Decimal("30000.00"),
            "zuwendung_beantragt_euro": Decimal("27000.00"),
        }
        super().__init__(regelwerk, plan=PLAN, **(werte | felder))
        self.ansatz = ansatz

    @property
    def version(self):
        self.antrag.refresh_from_db()
        return self.antrag.version

    def empfiehl(self, bemessung=GANZ, **felder):
        argumente = {
            "haushaltsstelle": self.ansatz.haushaltsstelle,
            "begruendung": "Das Vorhaben passt zu den Prioritäten.",
            "durch": self.sachbearbeitung,
            "um": UM,
            "gesehen": self.version,
            "marke": uuid.uuid4(),
        }
        return verfahren.empfiehl(self.antrag, bemessung=bemessung, **(argumente | felder))

    def vorschlag(self, art=Art.BEWILLIGUNG, **felder):
        """Not stored yet."""
        if art in BETRAG:
            felder = {
                "zuwendungsfaehig_euro": GANZ.zuwendungsfaehig_euro,
                "foerdersatz": GANZ.foerdersatz,
                "betrag_euro": GANZ.betrag_euro,
                "bewilligung_von": date(2027, 1, 1),
                "bewilligung_bis": date(2027, 12, 31),
            } | felder
        if art in (Art.ABLEHNUNG, Art.WIDERRUF):
            felder = {"angehoert_am": date(2026, 11, 2)} | felder
        if art != Art.BEWILLIGUNG:
            felder = {"gruende": "Die Mittel reichen nicht für alle Anträge."} | felder
        return Entscheidung(
            **({"antrag": self.antrag, "art": art, "begruendung": "Wie empfohlen."} | felder)
        )

    def schlage_vor(
        self, art=Art.BEWILLIGUNG, *, mittel=None, durch=None, um=UM, gesehen=None, **felder
    ):
        vorschlag = self.vorschlag(art, **felder)
        if mittel is None:
            mittel = {self.ansatz.pk: vorschlag.betrag_euro} if vorschlag.betrag_euro else {}
        return verfahren.schlage_vor(
            vorschlag,
            mittel,
            durch=durch or self.sachbearbeitung,
            um=um,
            gesehen=gesehen or self.version,
        )

    @property
    def offen(self):
        return self.antrag.entscheidungen.offen().get()

    def genehmige(self, *, durch=None, um=UM, gesehen=None):
        return verfahren.genehmige(
            self.offen, durch=durch or self.leitung, um=um, gesehen=gesehen or self.version
        )

    @property
    def status(self):
        self.antrag.refresh_from_db()
        return self.antrag.status

    @property
    def gebunden(self):
        self.ansatz.refresh_from_db()
        return self.ansatz.gebunden_euro
