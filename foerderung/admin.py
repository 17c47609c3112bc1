"""Admin page of the granted Zuwendungen."""

from django.contrib import admin, messages

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

    def has_change_permission(self, request, obj=None):
        """What was decided here changes by a decision alone."""
        return super().has_change_permission(request, obj) and not (obj and obj.bescheid_id)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and obj.bescheid_id)

    @admin.action(description="Ausgewählte veröffentlichen", permissions=["change"])
    def aktion_veroeffentlichen(self, request, queryset):
        self._nur_aus_quellen(super().aktion_veroeffentlichen, request, queryset)

    @admin.action(description="Ausgewählte von der Website nehmen", permissions=["change"])
    def aktion_zurueckziehen(self, request, queryset):
        self._nur_aus_quellen(super().aktion_zurueckziehen, request, queryset)

    def _nur_aus_quellen(self, aktion, request, queryset):
        if beschieden := queryset.filter(bescheid__isnull=False).count():
            self.message_user(
                request,
                f"Ausgelassen: {beschieden}. Was mit einem Bescheid kam, wird mit der "
                "Bestandskraft veröffentlicht.",
                messages.WARNING,
            )
        aktion(request, queryset.filter(bescheid__isnull=True))

    @admin.display(description="Förderjahr", ordering="foerderjahr")
    def jahr(self, obj):
        return str(obj.foerderjahr)

    @admin.display(description="Zuwendung", ordering="betrag_euro")
    def betrag(self, obj):
        return "nicht veröffentlicht" if obj.betrag_euro is None else euro(obj.betrag_euro)
