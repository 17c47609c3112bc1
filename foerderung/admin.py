"""Admin page of the granted Zuwendungen."""

from django.contrib import admin

from asskomm.formate import euro
from asskomm.pflege import PflegeForm
from kommunen.tatsachen_admin import TATSACHENFILTER, TatsachenAdmin, zahlenfilter, zeitspalte
from kommunen.zeitangabe import LetzterTag

from .fallakte import admin as fallakte_admin  # noqa: F401  has a room of its own
from .models import Zuwendung
from .regelwerk import admin as regelwerk_admin  # noqa: F401  has a room of its own


class ZuwendungForm(PflegeForm):
    nicht_in_zukunft = ("bewilligt_am",)


@admin.register(Zuwendung)
class ZuwendungAdmin(TatsachenAdmin):
    form = ZuwendungForm
    fakten = [
        "kommune", "titel", "kurzbeschreibung", "foerderjahr", "betrag_euro", "bewilligt_am",
        "durchfuehrung_von", "durchfuehrung_bis",
    ]  # fmt: skip
    list_display = [
        "titel", "kommune", "jahr", "betrag", zeitspalte("bewilligt_am", "bewilligt am"),
        "sichtbarkeit",
    ]  # fmt: skip
    list_filter = [
        *TATSACHENFILTER, zahlenfilter("foerderjahr", "Förderjahr"),
        ("kommune__kreis", admin.RelatedFieldListFilter),
    ]  # fmt: skip
    list_select_related = ["kommune"]
    ordering = ["-foerderjahr", LetzterTag("bewilligt_am").desc(), "pk"]
    search_fields = ["titel", "kurzbeschreibung", "kommune__suchname", "quelle"]
    autocomplete_fields = ["kommune"]

    @admin.display(description="Förderjahr", ordering="foerderjahr")
    def jahr(self, obj):
        return str(obj.foerderjahr)

    @admin.display(description="Zuwendung", ordering="betrag_euro")
    def betrag(self, obj):
        return "nicht veröffentlicht" if obj.betrag_euro is None else euro(obj.betrag_euro)
