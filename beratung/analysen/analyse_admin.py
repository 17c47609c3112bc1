"""Security analyses in the admin: facts, phases, recommendations (F37)."""

from __future__ import annotations

from itertools import pairwise

from django.contrib import admin
from django.utils import timezone

from asskomm.pflege import PflegeForm, PflegeFormSet, PflegeInline
from kommunen.tatsachen_admin import (
    TATSACHENFILTER,
    TatsachenAdmin,
    jahresfilter,
    kommunen_spalte,
    zeitspalte,
)
from kommunen.zeitangabe import LetzterTag

from ..models import Analysephase, Handlungsempfehlung, Phasenart, Sicherheitsanalyse

ZUKUNFT = "Dieses Datum liegt in der Zukunft. Prüfen Sie die Angabe."


class AnalyseForm(PflegeForm):
    def vergangen(self):
        """Only an announced analysis has its beginning ahead."""
        angekuendigt = self.cleaned_data.get("stand") == Sicherheitsanalyse.Stand.ANGEKUENDIGT
        return ("abschluss_am",) if angekuendigt else ("beginn", "abschluss_am")


class PhaseForm(PflegeForm):
    def clean(self):
        """What was planned may lie ahead, what has happened may not."""
        daten = super().clean()
        for feld in ("von", "bis"):
            if (tag := self.cleaned_data.get(feld)) and tag > self.heute:
                self.add_error(feld, ZUKUNFT)
        return daten


class PhaseFormSet(PflegeFormSet):
    """No phase begins before an earlier one; said at the phase that does."""

    def clean(self):
        super().clean()
        if any(self.errors):
            return
        formulare = [
            form
            for form in self.forms
            if form not in self.deleted_forms and (form.instance.pk or form.has_changed())
        ]
        formulare.sort(key=lambda form: Phasenart.values.index(form.instance.art))
        for feld, verb in (("geplant_von", "geplant"), ("von", "begonnen")):
            mit_tag = [form for form in formulare if getattr(form.instance, feld)]
            for vorher, form in pairwise(mit_tag):
                if getattr(form.instance, feld) < getattr(vorher.instance, feld):
                    form.add_error(
                        feld,
                        f"Diese Phase wäre vor der Phase {vorher.instance} {verb}. "
                        "Prüfen Sie beide Tage.",
                    )


class PhaseInline(PflegeInline, admin.TabularInline):
    model = Analysephase
    form = PhaseForm
    formset = PhaseFormSet
    verbose_name_plural = "Phasen: was geplant ist und was war"


class EmpfehlungForm(PflegeForm):
    """The Kommune is chosen once: a recommendation stays with it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "kommune" in self.fields and self.instance.pk:
            self.fields["kommune"].disabled = True


class EmpfehlungInline(PflegeInline, admin.TabularInline):
    """What becomes of a recommendation, the Kommune says, or its grant cases do."""

    model = Handlungsempfehlung
    form = EmpfehlungForm
    vorgeladen = ["kommune"]
    fields = ["kommune", "nummer", "text", "thema", "stand_in_worten"]
    readonly_fields = ["stand_in_worten"]

    @admin.display(description="Stand")
    def stand_in_worten(self, obj):
        if not obj.pk:
            return "offen"
        jahr = f" ({obj.geplant_jahr})" if obj.geplant_jahr else ""
        return f"{obj.get_stand_display()}{jahr}"

    def get_formset(self, request, obj=None, **kwargs):
        """Only Kommunen of the analysis can be chosen."""
        formset = super().get_formset(request, obj, **kwargs)
        if obj and (feld := formset.form.base_fields.get("kommune")):
            feld.queryset = obj.kommunen.order_by("sortiername")
        return formset


class Rueckstand(admin.SimpleListFilter):
    title = "Rückstand"
    parameter_name = "rueckstand"

    def lookups(self, request, model_admin):
        return [("phase", "Phase überfällig"), ("empfehlungen", "Bericht ohne Empfehlungen")]

    def queryset(self, request, queryset):
        heute = timezone.localdate()
        if self.value() == "phase":
            return queryset.mit_ueberfaelliger_phase(heute)
        if self.value() == "empfehlungen":
            return queryset.ohne_empfehlungen(heute)
        return queryset


@admin.register(Sicherheitsanalyse)
class SicherheitsanalyseAdmin(TatsachenAdmin):
    form = AnalyseForm
    fakten = [
        "kommunen", "bezeichnung", "stand", "beginn", "abschluss_am", "auftragnehmer",
        "stichprobe", "ruecklauf", "ruecklauf_prozent", "bericht_url",
    ]  # fmt: skip
    list_display = [
        "__str__", kommunen_spalte, "stand", zeitspalte("beginn", "Auftakt"),
        zeitspalte("abschluss_am", "Abschlussbericht"), "sichtbarkeit",
    ]  # fmt: skip
    list_filter = [
        Rueckstand, *TATSACHENFILTER, "stand", jahresfilter("beginn", "Jahr des Auftakts"),
        ("kommunen__kreis", admin.RelatedFieldListFilter),
    ]  # fmt: skip
    ordering = [LetzterTag("beginn").desc(), "pk"]
    search_fields = ["bezeichnung", "kommunen__suchname", "quelle"]
    autocomplete_fields = ["kommunen"]
    inlines = [PhaseInline, EmpfehlungInline]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("kommunen")

    def get_inlines(self, request, obj):
        """Recommendations come when the Kommunen of the analysis are known."""
        return self.inlines if obj else [PhaseInline]
