"""What the proof of a case needs to know around it, each thing read once and only if needed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db.models import Count, Sum

from .. import kasse
from ..aenderungen.ansaetze import ansaetze
from ..bescheid import planteil
from ..models import Auszahlung, Fassung, Foerderantrag, Foerderkonto, Regel, Verwendungsnachweis
from ..plan.spalten import PERSONAL
from ..regelwerk.werte import regeln
from .grundlagen import Bewilligung, bewilligung


class Nachweisumfeld:
    """The case around its proof on the day `am`."""

    def __init__(self, antrag: Foerderantrag, am: date):
        self.antrag, self.am = antrag, am

    @cached_property
    def bewilligung(self) -> Bewilligung | None:
        return bewilligung(self.antrag)

    @cached_property
    def nachweis(self) -> Verwendungsnachweis:
        """The draft; not stored yet where nobody has begun it."""
        entwurf = Verwendungsnachweis.objects.select_related("geaendert_von", "bereit_von")
        return entwurf.filter(antrag=self.antrag).first() or Verwendungsnachweis(antrag=self.antrag)

    @cached_property
    def fassung(self) -> Fassung | None:
        """The application as it was signed last."""
        return self.antrag.fassungen.order_by("-nummer").first()

    @cached_property
    def plan(self) -> planteil.Planteil | None:
        """None where the signed plan cannot be read."""
        if self.fassung is None:
            return None
        self.fassung.antrag = self.antrag
        return planteil.aus_fassung(self.fassung)

    @cached_property
    def gemeldet(self) -> Mapping[str, Decimal]:
        """The plan by kind of expenditure, with every shift that the LPR has accepted."""
        return ansaetze(self.antrag).gemeldet

    def im_antrag(self, schluessel: str) -> Mapping[str, str]:
        """The fields of a section of the signed application."""
        abschnitte = self.fassung.inhalt.get("abschnitte", {}) if self.fassung else {}
        return abschnitte.get(schluessel, {}).get("felder", {})

    @cached_property
    def belegsummen(self) -> Mapping[str, Decimal]:
        """Sum of the receipts by kind of expenditure."""
        return {zeile["ausgabenart"]: zeile["summe"] for zeile in self._belege}

    @cached_property
    def beleganzahl(self) -> int:
        return sum(zeile["anzahl"] for zeile in self._belege)

    @cached_property
    def _belege(self):
        return list(
            self.antrag.belege.order_by()
            .values("ausgabenart")
            .annotate(summe=Sum("betrag_euro"), anzahl=Count("pk"))
        )

    @cached_property
    def konto(self) -> Foerderkonto:
        return kasse.konto(self.antrag)

    @cached_property
    def regeln(self) -> Mapping[str, Regel]:
        gesucht = Regel.Schluessel.EIGENANTEIL, Regel.Schluessel.UMSCHICHTUNG_PROZENT
        return regeln(self.antrag.geltendes_regelwerk, *gesucht)

    @cached_property
    def hat_personal(self) -> bool:
        """Whether staff was paid for, by the plan or by a receipt."""
        return PERSONAL.schluessel in self.belegsummen or bool(self.plan and self.plan.hat_personal)

    @cached_property
    def offener_abruf(self) -> Auszahlung | None:
        """A request in advance that nobody has decided about: it must be settled before the proof.

        Who is reimbursed may ask for the last money together with it.
        """
        abrufe = self.antrag.auszahlungen.filter(verfahren=Auszahlung.Verfahren.ABRUF)
        return abrufe.unentschieden().first()
