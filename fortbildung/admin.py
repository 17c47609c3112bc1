"""Admin pages of the courses, their cohorts and who took part."""

from django.contrib import admin
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from asskomm.pflege import Pflege, PflegeForm
from kommunen.tatsachen_admin import (
    TATSACHENFILTER,
    GefalteteSuche,
    TatsachenAdmin,
    VorgeladeneInline,
    jahresfilter,
    zeitspalte,
)
from kommunen.zeitangabe import LetzterTag

from .models import Durchgang, Lehrgang, Teilnahme


@admin.register(Lehrgang)
class LehrgangAdmin(GefalteteSuche, Pflege):
    list_display = ["name", "kuerzel", "abschluss", "traeger", "durchgaenge"]
    search_fields = ["name", "kuerzel", "traeger"]
    unveraenderlich = ["kuerzel"]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(_durchgaenge=Count("durchgaenge"))

    @admin.display(description="Durchgänge", ordering="_durchgaenge")
    def durchgaenge(self, obj):
        return obj._durchgaenge


class TeilnahmeForm(PflegeForm):
    nicht_in_zukunft = ("abgeschlossen_am", "abgebrochen_am")


class TeilnahmeInline(VorgeladeneInline, admin.TabularInline):
    model = Teilnahme
    form = TeilnahmeForm
    autocomplete_fields = ["kommune"]
    vorgeladen = ["durchgang__lehrgang", "kommune"]


class Abrechnung(admin.SimpleListFilter):
    title = "Was fehlt"
    parameter_name = "fehlt"

    def lookups(self, request, model_admin):
        return [("ergebnis", "Ergebnisse nach dem Ende")]

    def queryset(self, request, queryset):
        if self.value() == "ergebnis":
            return queryset.nicht_abgerechnet(timezone.localdate())
        return queryset


@admin.register(Durchgang)
class DurchgangAdmin(TatsachenAdmin):
    fakten = ["lehrgang", "bezeichnung", "beginn", "ende", "plaetze"]
    list_display = [
        "bezeichnung", "lehrgang", zeitspalte("beginn", "Beginn"), zeitspalte("ende", "Ende"),
        "teilnahmen", "abschluesse", "sichtbarkeit",
    ]  # fmt: skip
    list_filter = [
        *TATSACHENFILTER,
        Abrechnung,
        "lehrgang",
        jahresfilter("beginn", "Jahr des Beginns"),
    ]
    list_select_related = ["lehrgang"]
    ordering = [LetzterTag("beginn").desc(), "pk"]
    search_fields = ["bezeichnung", "lehrgang__name", "quelle"]
    autocomplete_fields = ["lehrgang"]
    inlines = [TeilnahmeInline]

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .annotate(
                _teilnahmen=Count("teilnahmen"),
                _abschluesse=Count(
                    "teilnahmen", filter=Q(teilnahmen__abgeschlossen_am__isnull=False)
                ),
            )
        )

    @admin.display(description="Teilnahmen", ordering="_teilnahmen")
    def teilnahmen(self, obj):
        liste = reverse("admin:fortbildung_teilnahme_changelist")
        return format_html('<a href="{}?durchgang={}">{}</a>', liste, obj.pk, obj._teilnahmen)

    @admin.display(description="mit Zertifikat", ordering="_abschluesse")
    def abschluesse(self, obj):
        return obj._abschluesse


class Ergebnis(admin.SimpleListFilter):
    title = "Ergebnis"
    parameter_name = "ergebnis"

    def lookups(self, request, model_admin):
        return [
            ("offen", "noch offen"),
            ("zertifikat", "mit Zertifikat abgeschlossen"),
            ("abbruch", "abgebrochen"),
        ]

    def queryset(self, request, queryset):
        if self.value() == "offen":
            return queryset.offen()
        if self.value() == "zertifikat":
            return queryset.filter(abgeschlossen_am__isnull=False)
        if self.value() == "abbruch":
            return queryset.filter(abgebrochen_am__isnull=False)
        return queryset


class DurchgangFilter(admin.SimpleListFilter):
    title = "Durchgang"
    parameter_name = "durchgang"

    def lookups(self, request, model_admin):
        return [
            (str(nummer), bezeichnung)
            for nummer, bezeichnung in Durchgang.objects.values_list("pk", "bezeichnung")
        ]

    def queryset(self, request, queryset):
        if self.value() not in dict(self.lookup_choices):
            return queryset
        return queryset.filter(durchgang=int(self.value()))


@admin.register(Teilnahme)
class TeilnahmeAdmin(GefalteteSuche, Pflege):
    form = TeilnahmeForm
    list_display = [
        "__str__", "kommune", "gruppe", zeitspalte("begonnen_am", "begonnen"),
        zeitspalte("abgeschlossen_am", "abgeschlossen"), zeitspalte("abgebrochen_am", "abgebrochen"),
    ]  # fmt: skip
    list_filter = [
        Ergebnis, "gruppe", jahresfilter("begonnen_am", "Jahr des Beginns"),
        DurchgangFilter,
        ("kommune__kreis", admin.RelatedFieldListFilter),
    ]  # fmt: skip
    list_select_related = ["durchgang__lehrgang", "kommune"]
    ordering = [LetzterTag("begonnen_am").desc(), "pk"]
    search_fields = ["durchgang__bezeichnung", "kommune__suchname"]
    autocomplete_fields = ["durchgang", "kommune"]
