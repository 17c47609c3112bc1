"""Admin pages of advice, coaching and security analyses."""

from contextlib import suppress
from datetime import timedelta

from django.contrib import admin, messages
from django.utils import timezone
from django.utils.text import Truncator

from asskomm.konten.schritte_admin import MitSchritten, Schritt
from asskomm.pflege import Pflege, PflegeForm, recht
from asskomm.schritt import SchrittNichtMoeglich
from kommunen.tatsachen_admin import (
    TATSACHENFILTER,
    GefalteteSuche,
    TatsachenAdmin,
    jahresfilter,
    kommunen_spalte,
    zeitspalte,
)
from kommunen.zeitangabe import LetzterTag

from .models import Beratung, Beratungsanfrage, Coaching, Sicherheitsanalyse
from .verfahren import beratung as verfahren
from .vermittlung.coach_admin import AusschlussAdmin, CoachAdmin, FaehigkeitAdmin

__all__ = ["AusschlussAdmin", "CoachAdmin", "FaehigkeitAdmin"]


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

    def save_model(self, request, obj, form, change):
        """A new Beratung is the answer to the open request of the Kommune."""
        super().save_model(request, obj, form, change)
        anfrage = None if change else obj.kommune.beratungsanfragen.offen().first()
        if anfrage:
            # Somebody may have closed it by hand this moment: then it is closed all the same.
            with suppress(SchrittNichtMoeglich):
                verfahren.erledige(anfrage, durch=request.user, um=timezone.now())
            self.message_user(request, "Die Anfrage der Kommune ist damit erledigt.", messages.INFO)


@admin.register(Beratungsanfrage)
class BeratungsanfrageAdmin(GefalteteSuche, MitSchritten, Pflege):
    """What a Kommune wrote stays as it is; it is closed by recording the Beratung, or by hand."""

    list_display = ["kommune", "worum", "gestellt_um", "erledigt_um"]
    list_filter = [("erledigt_um", admin.EmptyFieldListFilter), "gestellt_um"]
    list_select_related = ["kommune"]
    search_fields = ["kommune__suchname"]
    fields = ["kommune", "anliegen", "gestellt_um", "gestellt_von", "erledigt_um", "erledigt_von"]
    readonly_fields = fields
    schritte = (
        Schritt(
            "erledigen",
            "Als erledigt kennzeichnen",
            "Ist die Anfrage erledigt? Haben Sie die Kommune beraten, erfassen Sie die Beratung: "
            "Ohne sie kann die Kommune keinen Antrag einreichen.",
            "Die Anfrage ist erledigt.",
            darf=lambda seite, request, anfrage: seite.has_change_permission(request, anfrage),
            hindernis=lambda seite, request, anfrage: (
                SchrittNichtMoeglich("Diese Anfrage ist schon erledigt.")
                if anfrage.erledigt_um
                else None
            ),
            tue=lambda seite, request, anfrage, grund: verfahren.erledige(
                anfrage, durch=request.user, um=timezone.now()
            ),
        ),
    )

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        """The step needs it; there is no field to change."""
        return request.user.has_perm(recht("change", Beratungsanfrage))

    def has_delete_permission(self, request, obj=None):
        return False

    def render_change_form(self, request, context, *args, **kwargs):
        context |= {"show_save": False}
        return super().render_change_form(request, context, *args, **kwargs)

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
