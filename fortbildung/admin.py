"""Admin pages of the courses, their cohorts and who took part."""

from dataclasses import replace

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html

from asskomm.formate import tag
from asskomm.pflege import Pflege, PflegeForm, PflegeFormSet, PflegeInline
from kommunen.tatsachen_admin import (
    TATSACHENFILTER,
    GefalteteSuche,
    TatsachenAdmin,
    VorgeladeneInline,
    jahresfilter,
    zeitspalte,
)
from kommunen.zeitangabe import LetzterTag

from .belegung import belegung
from .models import Durchgang, Gruppe, Kurstag, Lehrgang, Modul, Teilnahme, Zertifikat
from .verfahren.anmeldung import ruecke_nach

KONTINGENTE = {
    Gruppe.KOMMUNE: "kontingent_kommune",
    Gruppe.POLIZEI: "kontingent_polizei",
    Gruppe.SOZIALES: "kontingent_soziales",
}

ABGESCHLOSSEN = "Dieser Kurstag ist abgeschlossen. Er bleibt, wie er ist."

MIT_ANWESENHEIT = "Zu diesem Kurstag ist Anwesenheit erfasst."


class JeZeileEinmal(PflegeFormSet):
    """Two rows must differ in the field `einmal`; the later one of two alike says so."""

    einmal, satz = "", ""

    def validate_unique(self):
        gesehen = set()
        for form in self.forms:
            wert = getattr(form, "cleaned_data", {}).get(self.einmal)
            if wert is None or form in self.deleted_forms:
                continue
            if wert in gesehen:
                form.add_error(self.einmal, self.satz)
            gesehen.add(wert)


class ModulFormSet(JeZeileEinmal):
    einmal, satz = "nummer", "Diese Nummer hat schon ein anderes Modul."


class ModulInline(PflegeInline, admin.StackedInline):
    model = Modul
    formset = ModulFormSet
    fields = ["nummer", "titel", "inhalt"]


@admin.register(Lehrgang)
class LehrgangAdmin(GefalteteSuche, Pflege):
    list_display = ["name", "kuerzel", "abschluss", "traeger", "durchgaenge"]
    search_fields = ["name", "kuerzel", "traeger"]
    unveraenderlich = ["kuerzel"]
    inlines = [ModulInline]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(_durchgaenge=Count("durchgaenge"))

    @admin.display(description="Durchgänge", ordering="_durchgaenge")
    def durchgaenge(self, obj):
        return obj._durchgaenge


class TeilnahmeForm(PflegeForm):
    nicht_in_zukunft = ("abgeschlossen_am", "abgebrochen_am")

    def clean(self):
        """The end of what a valid certificate confirms comes with its revocation only."""
        daten = super().clean()
        gueltig = Zertifikat.objects.filter(teilnahme=self.instance.pk, widerrufen_um__isnull=True)
        geaendert = {"abgeschlossen_am", "durchgang"} & set(self.changed_data)
        if self.instance.pk and geaendert and gueltig.exists():
            for feld in geaendert & set(self.fields):
                self.add_error(
                    feld,
                    "Zu dieser Teilnahme gibt es ein gültiges Zertifikat. Widerrufen Sie es zuerst.",
                )
        return daten


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


class DurchgangForm(PflegeForm):
    def clean(self):
        daten = super().clean()
        ab, bis = self.cleaned_data.get("anmeldung_ab"), self.cleaned_data.get("anmeldung_bis")
        if ab and bis and bis < ab:
            self.add_error("anmeldung_bis", "Die Anmeldung endet vor ihrem Beginn.")
        beginn = self.cleaned_data.get("beginn")
        if bis and beginn and bis > beginn.letzter_tag:
            self.add_error("anmeldung_bis", f"Die Anmeldung endet nach dem Beginn: {beginn}.")
        if not {"plaetze", *KONTINGENTE.values()} & set(self.errors):
            self._pruefe_plaetze()
        return daten

    def _pruefe_plaetze(self):
        plaetze = self.cleaned_data["plaetze"] or 0
        kontingente = {
            gruppe: self.cleaned_data.get(feld) or 0 for gruppe, feld in KONTINGENTE.items()
        }
        if sum(kontingente.values()) > plaetze:
            self.add_error("plaetze", "Die Kontingente sind zusammen mehr als die Plätze.")
        elif self.instance.pk:
            neu = replace(belegung(self.instance), plaetze=plaetze, kontingente=kontingente)
            if not neu.reicht:
                vergeben = sum(neu.belegt.values())
                self.add_error(
                    "plaetze",
                    f"{vergeben} Plätze sind schon vergeben. Dafür reichen diese Plätze und "
                    "Kontingente nicht.",
                )


class KurstagForm(PflegeForm):
    def clean(self):
        daten = super().clean()
        if self.instance.geschlossen_um and self.has_changed():
            self.add_error(None, ABGESCHLOSSEN)
        tag_ = self.cleaned_data.get("tag")
        kommt_erst = self.instance.pk and "tag" in self.changed_data and tag_ and tag_ > self.heute
        if kommt_erst and self.instance.anwesenheiten.exists():
            self.add_error("tag", f"{MIT_ANWESENHEIT} Er kann nicht erst bevorstehen.")
        return daten

    def _feld_der_meldung(self, constraint):
        von_vor_bis = constraint.name == "kurstag_von_vor_bis"
        return "bis" if von_vor_bis else super()._feld_der_meldung(constraint)


class KurstagFormSet(JeZeileEinmal):
    einmal, satz = "tag", "Dieser Durchgang hat an diesem Tag schon ein Modul."

    @cached_property
    def module(self):
        """The choices of all rows, read once."""
        module = Modul.objects.select_related("lehrgang")
        return [("", "---------"), *((modul.pk, f"{modul} ({modul.lehrgang})") for modul in module)]

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if "modul" in form.fields:
            form.fields["modul"].choices = self.module

    def clean(self):
        super().clean()
        bleibende = [form for form in self.forms if form not in self.deleted_forms]
        for form in bleibende:
            modul = getattr(form, "cleaned_data", {}).get("modul")
            if modul and modul.lehrgang_id != self.instance.lehrgang_id:
                form.add_error("modul", "Das Modul gehört zu einem anderen Lehrgang.")
        self._pruefe_tage(bleibende)
        if haelt := [satz for form in self.deleted_forms if (satz := _was_haelt(form.instance))]:
            raise ValidationError(haelt)

    def _pruefe_tage(self, forms):
        """Each within the time of the cohort, none before the registration has ended."""
        beginn, ende = self.instance.beginn, self.instance.ende
        if not beginn:
            return
        zeitraum = f"dauert von {beginn} bis {ende}" if ende else f"beginnt erst: {beginn}"
        for form in forms:
            tag_ = getattr(form, "cleaned_data", {}).get("tag")
            if tag_ is None:
                continue
            if tag_ < beginn.erster_tag or (ende and tag_ > ende.letzter_tag):
                form.add_error("tag", f"Der Durchgang {zeitraum}.")
            elif self.instance.anmeldung_bis and tag_ < self.instance.anmeldung_bis:
                form.add_error(
                    "tag", f"Die Anmeldung endet erst am {tag(self.instance.anmeldung_bis)}."
                )


def _was_haelt(kurstag) -> str:
    """Why the day cannot be deleted; empty when it can."""
    if kurstag.geschlossen_um:
        return f"{kurstag}: {ABGESCHLOSSEN}"
    if kurstag.pk and (anzahl := kurstag.anwesenheiten.count()):
        eintraege = "1 Eintrag" if anzahl == 1 else f"{anzahl} Einträge"
        return f"{kurstag}: {MIT_ANWESENHEIT} Er bleibt ({eintraege})."
    return ""


class KurstagInline(PflegeInline, admin.TabularInline):
    model = Kurstag
    form = KurstagForm
    formset = KurstagFormSet
    fields = ["tag", "von", "bis", "modul", "ort"]
    vorgeladen = ["modul__lehrgang", "durchgang__lehrgang"]


@admin.register(Durchgang)
class DurchgangAdmin(TatsachenAdmin):
    form = DurchgangForm
    fakten = ["lehrgang", "bezeichnung", "beginn", "ende"]
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
    inlines = [KurstagInline, TeilnahmeInline]

    def get_fieldsets(self, request, obj=None):
        fakten, quelle = super().get_fieldsets(request, obj)
        return [
            fakten,
            ("Plätze", {"fields": ["plaetze", *KONTINGENTE.values()]}),
            (
                "Anmeldung im Portal",
                {"fields": ["anmeldung_ab", "anmeldung_bis", "ankuendigung", "kontakt_email"]},
            ),
            quelle,
        ]

    def save_related(self, request, form, formsets, change):
        """More places, fewer kept ones or a later first day: those who wait get what is free."""
        super().save_related(request, form, formsets, change)
        if angeboten := ruecke_nach(form.instance, um=timezone.now()):
            wer = "1 Person" if angeboten == 1 else f"{angeboten} Personen"
            self.message_user(
                request,
                f"{wer} von der Warteliste haben wir einen freien Platz angeboten.",
                messages.SUCCESS,
            )

    def seite_auf_der_website(self, obj):
        """Former cohorts have no page of their own."""
        return super().seite_auf_der_website(obj) if obj.anmeldung_ab else None

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
