"""Budgets in the admin."""

from django.contrib import admin

from asskomm.formate import euro
from asskomm.pflege import Pflege, PflegeForm
from kommunen.tatsachen_admin import zahlenfilter

from ... import haushalt
from ...models import Haushaltsansatz
from .anzeige import Loeschhindernis, NurGelesen, herkunft


class Bindung(admin.SimpleListFilter):
    """Budgets on which somebody has written past the procedure."""

    title = "Bindung"
    parameter_name = "bindung"

    def lookups(self, request, model_admin):
        return [("weicht_ab", "weicht von den Bewilligungen ab")]

    def queryset(self, request, queryset):
        return queryset.filter(pk__in=haushalt.abweichende()) if self.value() else queryset


def ist_verwendet(ansatz) -> bool:
    """Whether decisions bind the budget or propose to."""
    return bool(ansatz.gebunden_euro) or ansatz.mittelbindungen.exists()


class HaushaltsansatzForm(PflegeForm):
    def clean(self):
        daten = super().clean()
        jahr = daten.get("haushaltsjahr")
        if jahr is not None and not 2018 <= jahr <= 2199:
            self.add_error("haushaltsjahr", "Geben Sie ein Jahr von 2018 bis 2199 an.")
        verwendet = self.instance.pk and ist_verwendet(self.instance)
        ort = {"haushaltsjahr", "haushaltsstelle"} if verwendet else set()
        for feld in ort.intersection(self.changed_data):
            self.add_error(
                feld,
                "Entscheidungen nennen diesen Ansatz mit Jahr und Stelle. Beides bleibt. "
                f"Bisher: {self.initial[feld]}. Legen Sie für anderes einen neuen Ansatz an.",
            )
        return daten


@admin.register(Haushaltsansatz)
class HaushaltsansatzAdmin(Loeschhindernis, NurGelesen, Pflege):
    form = HaushaltsansatzForm
    list_display = ["jahr", "haushaltsstelle", "ansatz", "gebunden", "frei", herkunft]
    list_display_links = ["jahr", "haushaltsstelle"]
    list_filter = [zahlenfilter("haushaltsjahr", "Haushaltsjahr"), Bindung]
    search_fields = ["haushaltsstelle", "quelle"]
    fields = ["haushaltsjahr", "haushaltsstelle", "betrag_euro", "quelle", "gebunden", "frei"]
    readonly_fields = ["gebunden", "frei"]
    nur_gelesen = {"haushaltsjahr": "jahr", "betrag_euro": "ansatz"}

    def loeschhindernis(self, obj):
        if ist_verwendet(obj):
            return "Löschen ist nicht möglich: Entscheidungen oder Vorschläge nennen diesen Ansatz."
        return ""

    @admin.display(description="Haushaltsjahr", ordering="haushaltsjahr")
    def jahr(self, obj):
        return str(obj.haushaltsjahr)

    @admin.display(description="Ansatz", ordering="betrag_euro")
    def ansatz(self, obj):
        return euro(obj.betrag_euro)

    @admin.display(description="davon gebunden", ordering="gebunden_euro")
    def gebunden(self, obj):
        return euro(obj.gebunden_euro)

    @admin.display(description="frei")
    def frei(self, obj):
        return euro(obj.frei_euro) if obj.pk else "–"
