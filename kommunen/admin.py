"""Admin pages of the official data, the agreements and the prevention councils."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Case, Value, When
from django.db.models.lookups import Exact, StartsWith
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from asskomm.pflege import Pflege, PflegeForm, PflegeFormSet, PflegeInline
from asskomm.texteingabe import bereinigt

from . import bestellungen_admin  # noqa: F401  has a module of its own
from .befugnisse import kommunen_ohne_verwaltung
from .faltung import Falte, Sortierform, falte
from .mitglieder import admin as mitglieder_admin  # noqa: F401  has a page of its own here
from .models import (
    VERBUNDARTEN,
    Gremium,
    Kommune,
    Kooperationsvereinbarung,
    Kreis,
    Mitgliedschaft,
    Modellkommune,
    Polizeidirektion,
    Praeventionsrat,
    Ratsmitglied,
    Ratssitzung,
    Ratszustand,
    Verbundmitgliedschaft,
)
from .puls import admin as puls_admin  # noqa: F401  has pages of its own here
from .tatsachen import Tatsache
from .tatsachen_admin import (
    TATSACHENFILTER,
    GefalteteSuche,
    TatsachenAdmin,
    Veroeffentlichung,
    VorgeladeneInline,
    VorgeladenesFormSet,
    jahresfilter,
    kommunen_spalte,
    zeitspalte,
)
from .zeitangabe import LetzterTag
from .zustandsfolge import lege_beiseite, pruefe_zustandsfolge

# --- Councils -----------------------------------------------------------------


class ZustandForm(PflegeForm):
    nicht_in_zukunft = ("von",)

    def has_changed(self):
        """The state offered in a new row is an entry: only a row without any is empty."""
        if self.instance.pk:
            return super().has_changed()
        return any(self[name].data for name in ("zustand", "von", "bis", "grundlage"))

    def nicht_pruefbar(self):
        """Rules about several states of a council are checked for all rows together."""
        return {*super().nicht_pruefbar(), "rat"}


class ZustandFormSet(PflegeFormSet):
    def clean(self):
        super().clean()
        if any(self.errors):
            return
        pruefe_zustandsfolge(
            form.instance
            for form in self.forms
            if form not in self.deleted_forms and (form.instance.pk or form.has_changed())
        )

    def save(self, commit=True):
        if commit:
            lege_beiseite(form.instance.pk for form in self.initial_forms if form.has_changed())
        return super().save(commit)


class ZustandInline(PflegeInline, admin.TabularInline):
    model = Ratszustand
    form = ZustandForm
    formset = ZustandFormSet
    verbose_name_plural = "Zustände: seit wann arbeitet der Rat?"

    def get_extra(self, request, obj=None, **kwargs):
        """A new council has at least one state; so the row is there, with the usual value."""
        return 0 if obj else 1

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.base_fields["zustand"].initial = Ratszustand.Zustand.AKTIV
        return formset


class GremiumInline(PflegeInline, admin.TabularInline):
    model = Gremium


class MitgliedInline(PflegeInline, admin.TabularInline):
    model = Ratsmitglied


class SitzungInline(PflegeInline, admin.StackedInline):
    model = Ratssitzung
    classes = ["collapse"]


class ZustandHeute(admin.SimpleListFilter):
    title = "Zustand heute"
    parameter_name = "zustand"

    def lookups(self, request, model_admin):
        return Ratszustand.Zustand.choices

    def queryset(self, request, queryset):
        if self.value() not in Ratszustand.Zustand.values:
            return queryset
        heute = timezone.localdate()
        return queryset.filter(pk__in=Praeventionsrat.objects.im_zustand(self.value(), heute))


class Luecken(admin.SimpleListFilter):
    title = "Was fehlt"
    parameter_name = "fehlt"

    def lookups(self, request, model_admin):
        return [("kontakt", "Kontakt"), ("zustand", "Zustand")]

    def queryset(self, request, queryset):
        if self.value() == "kontakt":
            return queryset.ohne_kontakt()
        if self.value() == "zustand":
            return queryset.ohne_zustand()
        return queryset


@admin.register(Praeventionsrat)
class PraeventionsratAdmin(TatsachenAdmin):
    fakten = ["name", "kommunen", "entstehung"]
    list_display = ["name", kommunen_spalte, "zustand", "entstehung", "sichtbarkeit"]
    list_filter = [
        ZustandHeute, Luecken, *TATSACHENFILTER, "entstehung", ("kommunen__kreis", admin.RelatedFieldListFilter)
    ]  # fmt: skip
    search_fields = ["name", "kommunen__suchname", "schwerpunkte", "quelle"]
    autocomplete_fields = ["kommunen"]
    inlines = [ZustandInline, GremiumInline, MitgliedInline, SitzungInline]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("kommunen", "zustaende")

    def get_fieldsets(self, request, obj=None):
        return [
            *super().get_fieldsets(request, obj),
            (
                "Kontakt",
                {"fields": ["kontakt_stelle", "kontakt_email", "kontakt_telefon",
                            "kontakt_anschrift", "webseite"], "classes": ["collapse"]},
            ),
            ("Arbeit", {"fields": ["schwerpunkte", "beschreibung"], "classes": ["collapse"]}),
        ]  # fmt: skip

    @admin.display(description="letzter Zustand")
    def zustand(self, obj):
        zustaende = obj.zustaende.all()
        return str(zustaende[len(zustaende) - 1]) if zustaende else "fehlt"

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if not form.instance.zustaende.exists():
            self.message_user(
                request,
                "Ohne Zustand zählt der Präventionsrat in keiner Kennzahl. "
                "Tragen Sie ein, seit wann er besteht.",
                messages.WARNING,
            )


@admin.register(Ratssitzung)
class RatssitzungAdmin(GefalteteSuche, Veroeffentlichung, Pflege):
    list_display = ["am", "thema", "rat", "veroeffentlicht"]
    list_display_links = ["thema"]
    list_filter = ["veroeffentlicht", "am"]
    list_select_related = ["rat"]
    search_fields = ["thema", "rat__name", "rat__kommunen__suchname"]
    autocomplete_fields = ["rat"]
    date_hierarchy = "am"
    fields = ["rat", "am", "thema", "beschluesse", "oeffentlicher_teil", "veroeffentlicht"]

    def seite_auf_der_website(self, obj):
        sitzung = Ratssitzung.objects.oeffentlich().filter(pk=obj.pk).first()
        return sitzung.rat.get_absolute_url() if sitzung else None


# --- Agreements ---------------------------------------------------------------


class VereinbarungForm(PflegeForm):
    nicht_in_zukunft = ("unterzeichnet_am",)


@admin.register(Kooperationsvereinbarung)
class KooperationsvereinbarungAdmin(TatsachenAdmin):
    form = VereinbarungForm
    dateien = ["dokument"]
    fakten = [
        "art", "kommunen", "bezeichnung", "unterzeichnet_am", "form", "laufende_nummer",
        "polizeidirektion", "dokument", "inhalt", "ende_am",
    ]  # fmt: skip
    list_display = [
        zeitspalte("unterzeichnet_am", "unterzeichnet am"), "__str__", kommunen_spalte,
        "laufende_nummer", "art", "sichtbarkeit",
    ]  # fmt: skip
    list_display_links = ["__str__"]
    list_filter = [
        *TATSACHENFILTER, "art", jahresfilter("unterzeichnet_am", "Jahr"),
        ("kommunen__kreis", admin.RelatedFieldListFilter), "polizeidirektion",
    ]  # fmt: skip
    ordering = [LetzterTag("unterzeichnet_am").desc(), "pk"]
    search_fields = ["bezeichnung", "inhalt", "quelle", "kommunen__suchname"]
    autocomplete_fields = ["kommunen"]
    readonly_fields = [*TatsachenAdmin.readonly_fields, "zum_dokument"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("kommunen")

    def get_fieldsets(self, request, obj=None):
        """Who may only look gets a link in place of the field for a new file."""
        fakten, quelle = super().get_fieldsets(request, obj)
        if obj and not self.has_change_permission(request, obj):
            felder = ["zum_dokument" if feld == "dokument" else feld for feld in self.fakten]
            fakten = (None, {"fields": felder})
        return [fakten, quelle]

    @admin.display(description="Dokument")
    def zum_dokument(self, obj):
        if not obj.dokument:
            return "–"
        ziel = reverse("admin:kommunen_kooperationsvereinbarung_dokument", args=[obj.pk])
        return format_html('<a href="{}">Dokument öffnen</a>', ziel)


class ModellkommuneForm(PflegeForm):
    nicht_in_zukunft = ("seit",)


@admin.register(Modellkommune)
class ModellkommuneAdmin(TatsachenAdmin):
    form = ModellkommuneForm
    fakten = ["kommune", "seit"]
    list_display = ["kommune", zeitspalte("seit", "seit"), "sichtbarkeit"]
    list_filter = [*TATSACHENFILTER, ("kommune__kreis", admin.RelatedFieldListFilter)]
    list_select_related = ["kommune"]
    search_fields = ["kommune__suchname", "quelle"]
    autocomplete_fields = ["kommune"]


# --- Official data ------------------------------------------------------------


class VerbundmitgliedschaftForm(PflegeForm):
    def clean(self):
        daten = super().clean()
        verbund = self.cleaned_data.get("verbund")
        if verbund and verbund.art not in VERBUNDARTEN:
            self.add_error("verbund", "Wählen Sie einen Verband oder einen Städtebund.")
        return daten


class VerbundmitgliedschaftFormSet(VorgeladenesFormSet):
    """No membership may be open twice, also not among the rows of one form."""

    def clean(self):
        super().clean()
        if any(self.errors):
            return
        offene = [
            (form.instance.verbund_id, form.instance.mitglied_id)
            for form in self.forms
            if form not in self.deleted_forms
            and (form.instance.pk or form.has_changed())
            and form.instance.bis is None
        ]
        if len(offene) > len(set(offene)):
            raise ValidationError("Diese Mitgliedschaft steht zweimal in der Liste.")


class VerbundmitgliedschaftInline(VorgeladeneInline, admin.TabularInline):
    model = Verbundmitgliedschaft
    form = VerbundmitgliedschaftForm
    formset = VerbundmitgliedschaftFormSet
    vorgeladen = ["verbund", "mitglied"]


class VerbuendeInline(VerbundmitgliedschaftInline):
    """To which Verbünde a Kommune belongs."""

    fk_name = "mitglied"
    autocomplete_fields = ["verbund"]
    verbose_name_plural = "Gehört zu diesen Verbünden"


class MitgliederInline(VerbundmitgliedschaftInline):
    """Which Kommunen belong to a Verbund."""

    fk_name = "verbund"
    autocomplete_fields = ["mitglied"]
    verbose_name_plural = "Mitglieder dieses Verbunds"


class OhneVerwaltung(admin.SimpleListFilter):
    title = "Verwaltung im Portal"
    parameter_name = "verwaltung"

    def lookups(self, request, model_admin):
        return [("fehlt", "fehlt")]

    def queryset(self, request, queryset):
        if self.value() == "fehlt":
            return queryset.filter(pk__in=kommunen_ohne_verwaltung(timezone.localdate()))
        return queryset


class Bestehen(admin.SimpleListFilter):
    title = "Bestehen"
    parameter_name = "bestehen"

    def lookups(self, request, model_admin):
        return [("ja", "besteht heute"), ("nein", "besteht heute nicht")]

    def queryset(self, request, queryset):
        heutige = Kommune.objects.gueltig(timezone.localdate())
        if self.value() == "ja":
            return queryset.filter(pk__in=heutige)
        if self.value() == "nein":
            return queryset.exclude(pk__in=heutige)
        return queryset


@admin.register(Kommune)
class KommuneAdmin(Pflege):
    """Official data comes from the import; staff keep Städtebünde and correct what is wrong."""

    list_display = ["name_eindeutig", "art", "kennung", "kreis", "einwohner", "gueltig_bis"]
    list_filter = [
        "art",
        Bestehen,
        OhneVerwaltung,
        "kreis",
        ("kreis__polizeidirektion", admin.RelatedFieldListFilter),
    ]
    list_select_related = ["kreis"]
    search_fields = ["suchname"]
    autocomplete_fields = ["kreis", "nachfolger"]
    unveraenderlich = ["ags", "ars", "verbandsschluessel", "kuerzel"]
    readonly_fields = ["polizeidirektion", "kartenblatt"]
    inlines = [VerbuendeInline, MitgliederInline]
    fieldsets = [
        (None, {"fields": ["art", "name", "name_eindeutig", "name_amtlich", "name_sorbisch"]}),
        ("Schlüssel", {"fields": ["ags", "ars", "verbandsschluessel", "kuerzel"]}),
        ("Lage", {"fields": ["kreis", "polizeidirektion", "plz", "plz_mehrere", "breite",
                             "laenge", "kartenblatt"]}),
        ("Zahlen", {"fields": ["einwohner", "flaeche_km2", "zahlen_stand"]}),
        ("Bestehen", {"fields": ["gueltig_von", "gueltig_bis", "nachfolger"]}),
        ("Quelle", {"fields": ["quelle"]}),
    ]  # fmt: skip

    def get_search_results(self, request, queryset, search_term):
        """By any name as on the website, by postcode and also by the keys."""
        try:
            eingabe = bereinigt(search_term).strip()
        except ValidationError:
            return queryset.none(), False
        return (
            queryset.namens_treffer(eingabe) | queryset.filter(kennung__startswith=eingabe)
        ), False

    def get_inlines(self, request, obj):
        if obj is None:
            return []
        return [MitgliederInline if obj.art in VERBUNDARTEN else VerbuendeInline]

    def rangfolge(self, eingabe):
        """In lists to choose from: the exact name, then names that begin so, then the others."""
        try:
            eingabe = falte(bereinigt(eingabe).strip())
        except ValidationError:
            return self.get_ordering(None)
        name = Falte("name")
        rang = Case(
            When(Exact(name, Value(eingabe)), then=0),
            When(StartsWith(name, Value(eingabe)), then=1),
            default=2,
        )
        return [rang, Sortierform("name_eindeutig"), "pk"]

    def auswahltext(self, obj):
        """In lists to choose from, a merged Kommune must not be taken for its successor."""
        return f"{obj} (bis {obj.gueltig_bis:%d.%m.%Y})" if obj.gueltig_bis else str(obj)

    @admin.display(description="Polizeidirektion")
    def polizeidirektion(self, obj):
        return obj.polizeidirektion or "–"

    @admin.display(description="Kartenfläche")
    def kartenblatt(self, obj):
        return "vorhanden" if hasattr(obj, "kartenflaeche") else "fehlt: nicht auf der Karte"

    def render_change_form(self, request, context, obj=None, **kwargs):
        context["bekannt"] = self._bekannt(request, obj) if obj else []
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def _bekannt(self, request, kommune):
        """Which facts and members the Kommune has, of those that this person may see."""
        zeilen = []
        for beziehung in Kommune._meta.related_objects:
            modell = beziehung.related_model
            seite = self.admin_site._registry.get(modell)
            if (
                not (issubclass(modell, Tatsache) or modell is Mitgliedschaft)
                or seite is None
                or not seite.has_view_permission(request)
            ):
                continue
            filter_ = f"{beziehung.field.name}__id__exact"
            anzahl = modell._default_manager.filter(**{filter_: kommune.pk}).count()
            if anzahl:
                liste = reverse(
                    f"admin:{modell._meta.app_label}_{modell._meta.model_name}_changelist"
                )
                zeilen.append(
                    {
                        "titel": modell._meta.verbose_name_plural,
                        "anzahl": anzahl,
                        "adresse": f"{liste}?{filter_}={kommune.pk}",
                    }
                )
        return zeilen


@admin.register(Polizeidirektion)
class PolizeidirektionAdmin(GefalteteSuche, Pflege):
    list_display = ["name"]
    search_fields = ["name"]
    unveraenderlich = ["name"]


@admin.register(Kreis)
class KreisAdmin(GefalteteSuche, Pflege):
    list_display = ["name", "ags", "kreisfrei", "verwaltungssitz", "polizeidirektion"]
    list_filter = ["polizeidirektion", "kreisfrei"]
    list_select_related = ["polizeidirektion"]
    search_fields = ["name", "ags"]
    unveraenderlich = ["ags", "kreisfrei"]
