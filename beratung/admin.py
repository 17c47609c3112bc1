"""Admin pages of advice, coaching and security analyses."""

from datetime import timedelta

from django.contrib import admin, messages
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator

from asskomm.konten.schritte_admin import MitProtokoll
from asskomm.pflege import PflegeForm, PflegeInline
from asskomm.post.admin import NurLesen
from kommunen.tatsachen_admin import (
    TATSACHENFILTER,
    GefalteteSuche,
    TatsachenAdmin,
    jahresfilter,
    kommunen_spalte,
    zeitspalte,
)
from kommunen.zeitangabe import LetzterTag

from .abschluss import admin as abschluss_admin  # noqa: F401  has a room of its own
from .analysen.analyse_admin import SicherheitsanalyseAdmin
from .models import Beratung, Beratungsanfrage, Beratungsschritt, Coaching
from .verfahren import festhalten
from .vermittlung.coach_admin import AusschlussAdmin, CoachAdmin, FaehigkeitAdmin

__all__ = ["AusschlussAdmin", "CoachAdmin", "FaehigkeitAdmin", "SicherheitsanalyseAdmin"]


class BeratungForm(PflegeForm):
    nicht_in_zukunft = ("am",)


class SchrittInline(PflegeInline, admin.TabularInline):
    model = Beratungsschritt
    vorgeladen = ["erledigt_von"]
    fields = ["schritt", "bis", "worte", "erledigt_um", "erledigt_von"]
    readonly_fields = ["erledigt_um", "erledigt_von"]


@admin.register(Beratung)
class BeratungAdmin(TatsachenAdmin):
    form = BeratungForm
    fakten = ["kommune", "am", "form", "thema", "teilnehmende", "beraten_von"]
    readonly_fields = [*TatsachenAdmin.readonly_fields, "beraten_von"]
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
    inlines = [SchrittInline]

    def get_readonly_fields(self, request, obj=None):
        """The answer to a request stays with the Kommune that asked."""
        fest = ["kommune"] if obj and hasattr(obj, "anfrage") else []
        return [*super().get_readonly_fields(request, obj), *fest]

    def save_model(self, request, obj, form, change):
        """A new Beratung is the answer to the open request of the Kommune."""
        super().save_model(request, obj, form, change)
        if not change and festhalten.ordne_zu(obj, durch=request.user, um=timezone.now()):
            self.message_user(request, "Die Anfrage der Kommune ist damit erledigt.", messages.INFO)


@admin.register(Beratungsanfrage)
class BeratungsanfrageAdmin(MitProtokoll, GefalteteSuche, NurLesen):
    """To find and to read; it is worked on at its page outside of the admin."""

    list_display = ["kommune", "worum", "stand", "gestellt_um", "termin_um", "erledigt_um"]
    list_filter = ["stand", "weg", "gestellt_um", ("kommune__kreis", admin.RelatedFieldListFilter)]
    list_select_related = ["kommune"]
    search_fields = ["kommune__suchname"]
    fields = [
        "bearbeiten", "kommune", "weg", "anliegen", "gestellt_um", "gestellt_von", "stand",
        "termin_um", "termin_minuten", "termin_form", "termin_ort", "termin_hinweis",
        "geplant_um", "geplant_von", "erinnert_am", "absage_grund", "erledigt_um",
        "erledigt_von", "beratung", "grund",
    ]  # fmt: skip

    @admin.display(description="Termin und Ergebnis")
    def bearbeiten(self, obj):
        adresse = reverse("beratung:beratung-anfrage", args=[obj.pk])
        return format_html('<a href="{}">Anfrage bearbeiten</a>', adresse)

    @admin.display(description="Anliegen")
    def worum(self, obj):
        return Truncator(obj.anliegen).words(20)


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
