"""The pool of coaches in the admin: who is in it, contracts, skills, conflicts (F31)."""

import uuid

from django import forms
from django.contrib import admin, messages
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.utils import timezone

from asskomm.formate import tag, zeitpunkt
from asskomm.konten.models import Konto
from asskomm.konten.schritte_admin import MitSchritten, Schritt
from asskomm.mailadresse import MailadressFormfeld
from asskomm.pflege import Pflege, PflegeForm, PflegeFormSet, PflegeInline, kennzeichen
from asskomm.schritt import SchrittNichtMoeglich
from asskomm.texteingabe import TextFeld
from kommunen.tatsachen_admin import GefalteteSuche

from ..models import Ausschluss, Coach, Coachinganfrage, Coachvertrag, Faehigkeit
from ..verfahren import coach as verfahren
from .pool import pool

OHNE_EINLADUNG = "Es gibt keine offene Einladung."
DOPPELT = "Für einen Teil dieser Tage gibt es schon einen Vertrag."


class EinladungForm(PflegeForm):
    """`formularmarke` is one form in one browser: sent twice, it stays one invitation."""

    email = MailadressFormfeld(
        label="E-Mail-Adresse",
        help_text="Dorthin geht die Einladung. Der Link gilt 14 Tage.",
        error_messages={"required": "Geben Sie die E-Mail-Adresse an."},
    )
    name = TextFeld(
        label="Name",
        max_length=Konto._meta.get_field("name").max_length,
        help_text="Die Person kann ihn ändern, wenn sie die Einladung annimmt.",
        error_messages={"required": "Geben Sie den Namen an."},
    )
    formularmarke = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def clean_email(self):
        email = self.cleaned_data["email"]
        if satz := verfahren.spricht_gegen_einladung(email):
            raise forms.ValidationError(satz)
        return email


class VertragForm(PflegeForm):
    def nicht_pruefbar(self):
        """Whether two contracts share a day is asked for all rows together, as they will be."""
        return super().nicht_pruefbar() | {"coach"}


class VertragFormSet(PflegeFormSet):
    def clean(self):
        super().clean()
        bisher = []
        for form in self.forms:
            daten = getattr(form, "cleaned_data", {})
            von, bis = daten.get("von"), daten.get("bis")
            if not von or not bis or form in self.deleted_forms:
                continue
            if any(
                von <= anderes_bis and anderes_von <= bis for anderes_von, anderes_bis in bisher
            ):
                form.add_error("von", DOPPELT)
            bisher.append((von, bis))


class VertragInline(PflegeInline, admin.TabularInline):
    model = Coachvertrag
    form = VertragForm
    formset = VertragFormSet
    fields = ["von", "bis", "aktenzeichen"]


class Zustand(admin.SimpleListFilter):
    title = "Zustand"
    parameter_name = "zustand"
    # By what the pool says of each.
    BEDINGUNGEN = {
        "aktiv": Q(nicht_angenommen=False, deaktiviert=False),
        "eingeladen": Q(
            nicht_angenommen=True, einladung__isnull=False, einladung__widerrufen_um__isnull=True,
            deaktiviert=False,
        ),
        "deaktiviert": Q(deaktiviert=True),
    }  # fmt: skip

    def lookups(self, request, model_admin):
        return [(name, name) for name in self.BEDINGUNGEN]

    def queryset(self, request, queryset):
        return queryset.filter(self.BEDINGUNGEN.get(self.value(), Q()))


def _darf(seite, request, coach) -> bool:
    return seite.has_change_permission(request, coach)


def _hindernis(seite, request, coach):
    return None if coach.einladung_ist_offen else SchrittNichtMoeglich(OHNE_EINLADUNG)


SCHRITTE = (
    Schritt(
        "einladung-erneut",
        "Einladung noch einmal schicken",
        "Die Person bekommt einen neuen Link. Frühere Links gelten nicht mehr.",
        "Die Einladung wird noch einmal geschickt.",
        _darf,
        _hindernis,
        lambda seite, request, coach, grund: verfahren.lade_coach_erneut_ein(
            coach, durch=request.user, um=timezone.now()
        ),
    ),
    Schritt(
        "einladung-widerrufen",
        "Einladung widerrufen",
        "Der Link in der E-Mail gilt dann nicht mehr. Später können Sie die Person neu einladen.",
        "Die Einladung ist widerrufen.",
        _darf,
        _hindernis,
        lambda seite, request, coach, grund: verfahren.widerrufe_coach(
            coach, durch=request.user, um=timezone.now()
        ),
    ),
)


@admin.register(Coach)
class CoachAdmin(GefalteteSuche, MitSchritten, Pflege):
    """The account is the person's own; a coach leaves the pool with the last contract."""

    schritte = SCHRITTE
    titel_neu = "Coach einladen"
    absenden_neu = "Einladung senden"
    inlines = [VertragInline]
    list_display = ["name", "zustand", "plaetze", "vertrag", "koennen"]
    list_filter = [
        Zustand,
        ("faehigkeiten", admin.RelatedFieldListFilter),
        ("kreise", admin.RelatedFieldListFilter),
    ]
    search_fields = ["konto__name", "konto__email"]
    ordering = ["konto__name", "pk"]

    def get_queryset(self, request):
        bekannte = pool([], timezone.localdate()).filter(konto__in=Konto.objects.kenntlich())
        return bekannte.prefetch_related("faehigkeiten")

    def get_fields(self, request, obj=None):
        person = ["name", "email", "zustand"] if obj else ["email", "name", "formularmarke"]
        return [*person, "kapazitaet", "faehigkeiten", "kreise", "bemerkung"]

    def get_readonly_fields(self, request, obj=None):
        return ["name", "email", "zustand"] if obj else []

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is None:
            kwargs["form"] = EinladungForm
        return super().get_form(request, obj, change=change, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        return super().formfield_for_manytomany(
            db_field, request, widget=forms.CheckboxSelectMultiple, **kwargs
        )

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        if change:
            super().save_model(request, obj, form, change)
            return
        coach = verfahren.lade_coach_ein(
            form.cleaned_data["email"],
            form.cleaned_data["name"],
            kapazitaet=obj.kapazitaet,
            durch=request.user,
            um=timezone.now(),
            marke=form.cleaned_data["formularmarke"],
        )
        coach.bemerkung = obj.bemerkung
        coach.save(update_fields=["bemerkung"])
        obj.pk, obj.konto, obj.einladung = coach.pk, coach.konto, coach.einladung

    def response_add(self, request, obj, post_url_continue=None):
        self.message_user(request, "Die Einladung wird verschickt.", messages.SUCCESS)
        return HttpResponseRedirect(self._ziel(obj))

    @admin.display(description="Name", ordering="konto__name")
    def name(self, obj):
        return str(obj.konto)

    @admin.display(description="E-Mail-Adresse")
    def email(self, obj):
        return obj.konto.email

    @admin.display(description="Zustand")
    def zustand(self, obj):
        if obj.konto.deaktiviert_um:
            return kennzeichen(
                "deaktiviert", f"deaktiviert seit {zeitpunkt(obj.konto.deaktiviert_um)}"
            )
        if not obj.nicht_angenommen:
            return kennzeichen("aktiv", "aktiv")
        if not obj.einladung_ist_offen:
            return kennzeichen("deaktiviert", "Einladung widerrufen")
        wort = "gilt bis" if obj.einladung.gueltig_bis > timezone.now() else "abgelaufen seit"
        return kennzeichen("neu", f"eingeladen, {wort} {zeitpunkt(obj.einladung.gueltig_bis)}")

    @admin.display(description="Plätze", ordering="vergeben")
    def plaetze(self, obj):
        return f"{obj.vergeben} von {obj.kapazitaet} vergeben"

    @admin.display(description="Vertrag", ordering="vertrag_bis")
    def vertrag(self, obj):
        return f"bis {tag(obj.vertrag_bis)}" if obj.vertrag_bis else "–"

    @admin.display(description="Fähigkeiten")
    def koennen(self, obj):
        return ", ".join(map(str, obj.faehigkeiten.all())) or "–"


@admin.register(Faehigkeit)
class FaehigkeitAdmin(GefalteteSuche, Pflege):
    """A skill that somebody has or wishes stays."""

    list_display = ["name"]
    search_fields = ["name"]

    def has_delete_permission(self, request, obj=None):
        darf = super().has_delete_permission(request, obj)
        return darf and not (obj and _wird_gebraucht(obj))


def _wird_gebraucht(faehigkeit):
    gewuenscht = Coachinganfrage.objects.filter(faehigkeiten=faehigkeit)
    return faehigkeit.coaches.exists() or gewuenscht.exists()


@admin.register(Ausschluss)
class AusschlussAdmin(GefalteteSuche, Pflege):
    """Internal: neither the coach nor the Kommune learns of it."""

    list_display = ["coach", "kommune", "grund"]
    list_select_related = ["coach__konto", "kommune"]
    search_fields = ["coach__konto__name", "kommune__suchname"]
    autocomplete_fields = ["coach", "kommune"]
    unveraenderlich = ["coach", "kommune"]
    ordering = ["coach__konto__name", "kommune__sortiername", "pk"]
