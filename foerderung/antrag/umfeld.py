"""What the forms of an application need to know of its case, each thing read once and only if needed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from django.db.models import Prefetch

from beratung.models import Handlungsempfehlung, Sicherheitsanalyse
from kommunen.models import Kommune, Praeventionsrat

from ..models import Abschnitt, Erklaerung, Foerderantrag
from ..plan.lesen import Gelesen, lies
from ..plan.rechnung import Planregeln, Rechnung, rechne
from ..plan.regeln import planjahre, planregeln


class Umfeld:
    """The case around a section on the day `am`."""

    def __init__(self, antrag: Foerderantrag, am: date):
        self.antrag, self.am = antrag, am

    @cached_property
    def abschnitte(self) -> dict[str, Abschnitt]:
        menge = self.antrag.abschnitte.select_related("geaendert_von")
        return {abschnitt.schluessel: abschnitt for abschnitt in menge}

    def eingaben(self, schluessel: str) -> Mapping:
        abschnitt = self.abschnitte.get(schluessel)
        return abschnitt.eingaben if abschnitt else {}

    @cached_property
    def kommunen(self) -> dict[str, Kommune]:
        """Those that can take part beside the applicant, by name in lower case."""
        menge = Kommune.objects.gueltig(self.am).exclude(pk=self.antrag.kommune_id)
        return {
            kommune.name_eindeutig.casefold(): kommune for kommune in menge.order_by("sortiername")
        }

    @cached_property
    def raete(self) -> dict[str, Praeventionsrat]:
        return {str(rat.pk): rat for rat in self.antrag.kommune.raete.all()}

    @cached_property
    def analysen(self) -> dict[str, Sicherheitsanalyse]:
        eigene = Handlungsempfehlung.objects.filter(kommune=self.antrag.kommune_id)
        menge = self.antrag.kommune.analysen.prefetch_related(Prefetch("empfehlungen", eigene))
        return {str(analyse.pk): analyse for analyse in menge}

    @cached_property
    def empfehlungen(self) -> dict[str, Handlungsempfehlung]:
        """Those of all analyses for the applicant, whatever became of them."""
        return {
            str(empfehlung.pk): empfehlung
            for analyse in self.analysen.values()
            for empfehlung in analyse.empfehlungen.all()
        }

    @cached_property
    def aufgegriffen(self) -> set[str]:
        """The recommendations in the valid version of a submitted case."""
        return {
            str(nummer) for nummer in self.antrag.aufgriffe.values_list("empfehlung", flat=True)
        }

    @cached_property
    def erklaerungen(self) -> list[Erklaerung]:
        return list(self.antrag.geltendes_regelwerk.erklaerungen.all())

    @cached_property
    def plan(self) -> Gelesen:
        return lies(self.eingaben("plan"), planjahre(self.antrag))

    @cached_property
    def planregeln(self) -> Planregeln:
        return planregeln(self.antrag.geltendes_regelwerk)

    @cached_property
    def rechnung(self) -> Rechnung:
        return rechne(self.plan.plan, self.planregeln)
