"""Admin pages of advice, coaching and security analyses."""

from datetime import timedelta

from django.contrib import admin

from asskomm.pflege import PflegeForm
from kommunen.tatsachen_admin import (
    TATSACHENFILTER,
    TatsachenAdmin,
    jahresfilter,
    kommunen_spalte,
    zeitspalte,
)
from kommunen.zeitangabe import LetzterTag

from .models import Beratung, Coaching, Sicherheitsanalyse


class BeratungForm(PflegeForm):
    nicht_in_zukunft = ("am",)


@admin.register(Beratung)
class BeratungAdmin(TatsachenAdmin):
    form = BeratungForm
    fakten = ["kommune", "am", "form", "thema", "teilnehmende"]
    list_display = [zeitspalte("am", "Datum"), "kommune", "form", "sichtbarkeit"]
    list_display_links = ["kommune"]
    list_filter = [
        *TATSACHENFILTER, jahresfilter("am", "Jahr"), "form",
        ("kommune__kreis", admin.RelatedFieldListFilter),
    ]  # fmt: skip
    list_select_related = ["kommune"]
    ordering = [LetzterTag("am").desc(), "pk"]
    search_fields = ["kommune__suchname", "thema", "quelle"]
    autocomplete_fields = ["kommune"]


class CoachingForm(PflegeForm):
    def clean(self):
        """A coaching may be arranged for the coming months, not for years ahead."""
        daten = super().clean()
        beginn = self.cleaned_data.get("beginn")
        if beginn and beginn.erster_tag > self.heute + timedelta(days=366):
            self.add_error("beginn", "Der Beginn liegt über ein Jahr voraus. Prüfen Sie das Datum.")
        return daten


@admin.register(Coaching)
class CoachingAdmin(TatsachenAdmin):
    form = CoachingForm
    fakten = ["kommunen", "beginn", "ende", "zuletzt_belegt", "anliegen"]
    list_display = [
        kommunen_spalte, zeitspalte("beginn", "Beginn"), zeitspalte("ende", "Ende"),
        zeitspalte("zuletzt_belegt", "zuletzt belegt"), "sichtbarkeit",
    ]  # fmt: skip
    list_filter = [
        *TATSACHENFILTER, jahresfilter("beginn", "Jahr des Beginns"),
        ("kommunen__kreis", admin.RelatedFieldListFilter),
    ]  # fmt: skip
    ordering = [LetzterTag("beginn").desc(), "pk"]
    search_fields = ["kommunen__suchname", "anliegen", "quelle"]
    autocomplete_fields = ["kommunen"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("kommunen")


class AnalyseForm(PflegeForm):
    def vergangen(self):
        """Only an announced analysis has its beginning ahead."""
        angekuendigt = self.cleaned_data.get("stand") == Sicherheitsanalyse.Stand.ANGEKUENDIGT
        return ("abschluss_am",) if angekuendigt else ("beginn", "abschluss_am")


@admin.register(Sicherheitsanalyse)
class SicherheitsanalyseAdmin(TatsachenAdmin):
    form = AnalyseForm
    fakten = [
        "kommunen", "bezeichnung", "stand", "beginn", "abschluss_am", "stichprobe",
        "ruecklauf_prozent", "bericht_url",
    ]  # fmt: skip
    list_display = [
        "__str__", kommunen_spalte, "stand", zeitspalte("beginn", "Auftakt"),
        zeitspalte("abschluss_am", "Abschlussbericht"), "sichtbarkeit",
    ]  # fmt: skip
    list_filter = [
        *TATSACHENFILTER, "stand", jahresfilter("beginn", "Jahr des Auftakts"),
        ("kommunen__kreis", admin.RelatedFieldListFilter),
    ]  # fmt: skip
    ordering = [LetzterTag("beginn").desc(), "pk"]
    search_fields = ["bezeichnung", "kommunen__suchname", "quelle"]
    autocomplete_fields = ["kommunen"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("kommunen")
