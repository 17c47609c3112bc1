"""The members of all Kommunen, to look up: by Kommune, by person, by state."""

from django.contrib import admin
from django.db.models import Q

from asskomm.formate import tag
from asskomm.pflege import Pflege

from ..models import Mitgliedschaft


class Stand(admin.SimpleListFilter):
    title = "Stand"
    parameter_name = "stand"

    def lookups(self, request, model_admin):
        return [("aktiv", "aktiv"), ("offen", "Einladung offen"), ("beendet", "beendet")]

    def queryset(self, request, queryset):
        if self.value() == "aktiv":
            return queryset.aktiv()
        if self.value() == "offen":
            return queryset.laufend().filter(
                einladung__isnull=False, einladung__angenommen_um__isnull=True
            )
        if self.value() == "beendet":
            return queryset.filter(
                Q(beendet_um__isnull=False) | Q(einladung__widerrufen_um__isnull=False)
            )
        return queryset


@admin.register(Mitgliedschaft)
class MitgliedschaftAdmin(Pflege):
    """Only to read: roles change on the pages of the Kommune (`mitglieder.verfahren`)."""

    list_display = ["konto", "email", "kommune", "rolle", "stand", "bestaetigt_am"]
    list_filter = [Stand, "rolle"]
    list_select_related = ["konto", "kommune", "einladung"]
    search_fields = ["konto__email", "konto__name", "kommune__suchname"]
    ordering = ["kommune__sortiername", "konto__email", "rolle", "pk"]
    fields = [
        "konto", "email", "kommune", "rolle", "stand", "einladung", "gegeben_um", "gegeben_von",
        "bestaetigt_am", "beendet_um", "beendet_von",
    ]  # fmt: skip
    readonly_fields = fields

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="E-Mail-Adresse", ordering="konto__email")
    def email(self, obj):
        return obj.konto.email

    @admin.display(description="Stand")
    def stand(self, obj):
        if obj.beendet_um:
            return f"beendet am {tag(obj.beendet_um)}"
        if not obj.offen:
            return "aktiv" if obj.konto.is_active else "Konto deaktiviert"
        return "Einladung widerrufen" if obj.einladung.widerrufen_um else "Einladung offen"
