"""The yearly confirmation in the admin: plan, confirmations, corrections to decide."""

from django import forms
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from asskomm.konten.schritte_admin import Knopf, MitProtokoll, MitSchritten, Schritt
from asskomm.pflege import Pflege, PflegeForm, recht
from asskomm.schritt import SchrittNichtMoeglich

from ..models import Ratsabfrage, Ratsbestaetigung, Ratskorrektur
from ..tatsachen_admin import GefalteteSuche, zahlenfilter
from . import angaben, verfahren
from .stand import im_gang, nach_erinnerungen, ohne_zugang, zu_bestaetigen


@admin.register(Ratsabfrage)
class RatsabfrageAdmin(Pflege):
    """The days of each year; the daily job writes those of the next one in autumn."""

    list_display = [
        "__str__", "beginn", "neue_bis", "erste_erinnerung_nach", "zweite_erinnerung_nach",
        "nachfrist",
    ]  # fmt: skip
    fields = [
        "jahr", "beginn", "neue_bis", "erste_erinnerung_nach", "zweite_erinnerung_nach",
        "nachfrist",
    ]  # fmt: skip

    def get_fields(self, request, obj=None):
        """The year is in the title of a record and stays."""
        return self.fields[1:] if obj else self.fields

    def has_delete_permission(self, request, obj=None):
        return False


# --- Confirmations ---------------------------------------------------------------


class Stand(admin.SimpleListFilter):
    """Those that staff have to call, those whose reminders were in vain, and the others."""

    title = "Stand"
    parameter_name = "stand"
    MENGEN = {"telefon": ohne_zugang, "fehlt": nach_erinnerungen, "laeuft": im_gang}

    def lookups(self, request, model_admin):
        return [
            ("bestaetigt", "bestätigt"),
            ("laeuft", "gefragt oder erinnert"),
            ("fehlt", "nach den Erinnerungen nicht bestätigt"),
            ("telefon", "am Telefon zu bestätigen: niemand kann sich anmelden"),
        ]

    def queryset(self, request, queryset):
        if self.value() == "bestaetigt":
            return queryset.bestaetigt()
        if menge := self.MENGEN.get(self.value()):
            return queryset.filter(pk__in=menge(timezone.localdate()).order_by().values("pk"))
        return queryset


class TelefonForm(PflegeForm):
    """What staff were told. The row of the year may be there already; the procedure finds it."""

    class Meta:
        model = Ratsbestaetigung
        fields = ["rat", "bestaetigt_am", "quelle"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.fields:  # the page of a record has only words
            return
        self.fields["rat"].queryset = zu_bestaetigen(self.heute)
        for feld in ("bestaetigt_am", "quelle"):
            self.fields[feld].required = True
        self.fields["bestaetigt_am"].label = "Tag des Anrufs oder Schreibens"

    def clean_bestaetigt_am(self):
        am = self.cleaned_data["bestaetigt_am"]
        if am > self.heute:
            raise forms.ValidationError("Dieser Tag liegt in der Zukunft. Prüfen Sie das Datum.")
        return am

    def _pruefe_constraints(self):
        """The row is written by the procedure; what is typed here is only a part of it."""


@admin.register(Ratsbestaetigung)
class RatsbestaetigungAdmin(MitSchritten, MitProtokoll, GefalteteSuche, Pflege):
    """To find and to read; what is new here is a confirmation by telephone."""

    form = TelefonForm
    titel_neu = "Bestätigung am Telefon erfassen"
    absenden_neu = "Bestätigung erfassen"
    list_display = ["rat", "jahr_", "stand", "bestaetigt_am", "weg", "kommune", "gefragt_am"]
    list_filter = [zahlenfilter("jahr", "Jahr"), Stand, "weg"]
    list_select_related = ["rat", "kommune"]
    search_fields = ["rat__name", "rat__kommunen__suchname"]
    autocomplete_fields = ["rat"]
    ordering = ["-jahr", "rat__name", "pk"]
    vorgangsfelder = [
        "rat", "kontakt", "jahr_", "stand", "vorgemerkt_am", "gefragt_am", "erinnert_am",
        "erneut_erinnert_am", "offen_ab", "bestaetigt_am", "weg", "kommune", "quelle",
        "erfasst_um", "erfasst_von",
    ]  # fmt: skip

    def get_fields(self, request, obj=None):
        return self.vorgangsfelder if obj else TelefonForm.Meta.fields

    def get_readonly_fields(self, request, obj=None):
        return self.vorgangsfelder if obj else []

    def get_changeform_initial_data(self, request):
        return {
            "bestaetigt_am": timezone.localdate(),
            **super().get_changeform_initial_data(request),
        }

    def has_delete_permission(self, request, obj=None):
        return False

    def knoepfe(self, request, objekt):
        waehlbar = zu_bestaetigen(timezone.localdate()).filter(pk=objekt.rat_id)
        if objekt.bestaetigt_am or not self.has_add_permission(request) or not waehlbar.exists():
            return []
        adresse = reverse(f"admin:{self._name('add')}", query={"rat": objekt.rat_id})
        return [Knopf("Bestätigung am Telefon erfassen", adresse)]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if not add:
            context |= {"show_save": False}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_model(self, request, obj, form, change):
        """The row of the year is the record that is shown next."""
        zeile = verfahren.bestaetige_am_telefon(
            obj.rat,
            am=obj.bestaetigt_am,
            quelle=obj.quelle,
            durch=request.user,
            um=timezone.now(),
        )
        obj.pk, obj.jahr = zeile.pk, zeile.jahr

    @admin.display(description="Jahr", ordering="jahr")
    def jahr_(self, obj):
        return str(obj.jahr)

    @admin.display(description="Stand")
    def stand(self, obj):
        if obj.bestaetigt_am:
            return "bestätigt"
        if obj.erneut_erinnert_am:
            return "zweimal erinnert"
        if obj.erinnert_am:
            return "einmal erinnert"
        return "gefragt" if obj.gefragt_am else "noch nicht angeschrieben"

    @admin.display(description="Kontakt")
    def kontakt(self, obj):
        rat = obj.rat
        return (
            ", ".join(filter(None, [rat.kontakt_stelle, rat.kontakt_telefon, rat.kontakt_email]))
            or "–"
        )


# --- Corrections -----------------------------------------------------------------


def _darf_entscheiden(seite, request, korrektur):
    return request.user.has_perm(recht("change", Ratskorrektur))


def _hindernis(seite, request, korrektur):
    satz = verfahren.warum_nicht_zu_entscheiden(korrektur)
    return SchrittNichtMoeglich(satz) if satz else None


@admin.register(Ratskorrektur)
class RatskorrekturAdmin(MitSchritten, MitProtokoll, GefalteteSuche, Pflege):
    """What a Kommune wrote stays as it is; staff take it over or say why not."""

    list_display = ["rat", "kommune", "worum", "gestellt_um", "ergebnis"]
    list_filter = ["ergebnis", "gestellt_um", "zustand"]
    list_select_related = ["rat", "kommune"]
    search_fields = ["rat__name", "kommune__suchname"]
    ordering = ["-gestellt_um", "-pk"]
    fields = [
        "rat_", "kommune", "bisher", "soll", "hinweis", "gestellt_um", "gestellt_von", "ergebnis",
        "grund", "entschieden_um", "entschieden_von",
    ]  # fmt: skip
    readonly_fields = fields
    schritte = (
        Schritt(
            "uebernehmen",
            "Übernehmen",
            "Übernehmen Sie Name, Entstehung, Zustand und Vorsitz so, wie die Kommune sie angibt? "
            "Steht etwas im Hinweis, tragen Sie es selbst beim Präventionsrat ein. Die Kommune "
            "erhält eine E-Mail.",
            "Die Korrektur ist übernommen.",
            darf=_darf_entscheiden,
            hindernis=_hindernis,
            tue=lambda seite, request, korrektur, grund: verfahren.uebernimm(
                korrektur, durch=request.user, um=timezone.now()
            ),
        ),
        Schritt(
            "ablehnen",
            "Nicht übernehmen",
            "Warum übernehmen Sie die Korrektur nicht? Nennen Sie keine Namen.",
            "Die Kommune ist benachrichtigt.",
            darf=_darf_entscheiden,
            hindernis=_hindernis,
            tue=lambda seite, request, korrektur, grund: verfahren.lehne_ab(
                korrektur, grund, durch=request.user, um=timezone.now()
            ),
            grund="Begründung",
            grund_hilfe="Die Kommune liest sie. Höchstens 2.000 Zeichen.",
            grund_hoechstens=Ratskorrektur._meta.get_field("grund").max_length,
        ),
    )

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        """The steps need it; there is no field to change."""
        return _darf_entscheiden(self, request, obj)

    def has_delete_permission(self, request, obj=None):
        return False

    def render_change_form(self, request, context, *args, **kwargs):
        context |= {"show_save": False}
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description="Präventionsrat")
    def rat_(self, obj):
        return obj.rat

    @admin.display(description="Angabe der Kommune")
    def worum(self, obj):
        return ", ".join(titel for titel, _ in obj.angaben)

    @admin.display(description="Bisher")
    def bisher(self, obj):
        return angaben.bisher(obj) or "–"

    @admin.display(description="Angabe der Kommune")
    def soll(self, obj):
        return (
            "; ".join(f"{titel}: {wert}" for titel, wert in obj.angaben if titel != "Hinweis")
            or "–"
        )
