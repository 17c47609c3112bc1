"""Admin pages of the website: news, dates, pages, figures and what citizens write."""

from django import forms
from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.template.defaultfilters import truncatewords
from django.urls import reverse
from django.utils.html import format_html

from asskomm.formate import zahl
from asskomm.pflege import Pflege, PflegeForm, PflegeInline, kennzeichen
from kommunen.tatsachen_admin import (
    TATSACHENFILTER,
    GefalteteSuche,
    TatsachenAdmin,
    Veroeffentlichung,
    jahresfilter,
    kommunen_spalte,
    zeitspalte,
)
from kommunen.zeitangabe import LetzterTag

from .aktuelles import verfahren as moderation
from .bilder import neu_geschrieben, pruefe_bild
from .models import (
    Begriff,
    Begriffsverweis,
    Kommentar,
    Meldung,
    Rueckmeldung,
    Seite,
    Stand,
    Veranstaltung,
    VeroeffentlichteZahl,
)
from .zahlen.kennzahlen import KENNZAHLEN, PROGRAMMSTART
from .zahlen.staende import halte_fest

# --- News ---------------------------------------------------------------------


class MeldungForm(PflegeForm):
    nicht_in_zukunft = ("datum",)

    def clean_bild(self):
        """A new picture is kept only as we have written it: smaller, and without its metadata."""
        bild = self.cleaned_data.get("bild")
        if not bild or "bild" not in self.changed_data:
            return bild
        pruefe_bild(bild)
        return neu_geschrieben(bild)


class KommentarInline(PflegeInline, admin.TabularInline):
    """To read only: comments are decided on in their own list."""

    model = Kommentar
    vorgeladen = ["meldung"]
    fields = readonly_fields = ["eingegangen_um", "name", "text", "zustand", "zur_pruefung"]
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    @admin.display(description="Prüfung")
    def zur_pruefung(self, obj):
        ziel = reverse("admin:portal_kommentar_change", args=[obj.pk])
        return format_html('<a href="{}">Kommentar öffnen</a>', ziel)


@admin.register(Meldung)
class MeldungAdmin(TatsachenAdmin):
    form = MeldungForm
    dateien = ["bild"]
    fakten = [
        "titel",
        "datum",
        "zusammenfassung",
        "text",
        "adresse",
        "kommunen",
        "kommentare_erlaubt",
    ]
    readonly_fields = [*TatsachenAdmin.readonly_fields, "vorschau"]
    list_display = [zeitspalte("datum", "Datum"), "titel", kommunen_spalte, "sichtbarkeit"]
    list_display_links = ["titel"]
    list_filter = [*TATSACHENFILTER, jahresfilter("datum", "Jahr"), "kommentare_erlaubt"]
    search_fields = ["titel", "zusammenfassung", "text", "kommunen__suchname"]
    autocomplete_fields = ["kommunen"]
    inlines = [KommentarInline]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("kommunen")

    def get_fieldsets(self, request, obj=None):
        fakten, quelle = super().get_fieldsets(request, obj)
        felder = ["bild_beschreibung", "bild_nachweis"]
        if obj is None or self.has_change_permission(request, obj):
            felder.insert(0, "bild")
        if obj and obj.bild:
            felder.insert(0, "vorschau")
        return [fakten, ("Bild", {"fields": felder}), quelle]

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    @admin.display(description="Jetziges Bild")
    def vorschau(self, obj):
        adresse = reverse("admin:portal_meldung_bild", args=[obj.pk])
        return format_html(
            '<img class="vorschau" src="{}" alt="{}">', adresse, obj.bild_beschreibung
        )


@admin.register(Kommentar)
class KommentarAdmin(Pflege):
    """Moderation. What citizens wrote is never edited, only shown, kept back or deleted."""

    list_display = ["eingegangen_um", "name_oder_leer", "wortlaut", "zur_meldung", "entscheidung"]
    list_display_links = ["eingegangen_um"]
    list_filter = ["zustand", "eingegangen_um"]
    list_select_related = ["meldung"]
    ordering = ["-eingegangen_um", "pk"]
    search_fields = ["name", "text", "meldung__titel"]
    fields = readonly_fields = ["meldung", "name", "text", "eingegangen_um", "zustand"]
    actions = ["aktion_freigeben", "aktion_ablehnen"]

    def has_add_permission(self, request):
        return False

    @admin.display(description="Name", ordering="name")
    def name_oder_leer(self, obj):
        return obj.name or "ohne Name"

    @admin.display(description="Kommentar")
    def wortlaut(self, obj):
        return truncatewords(obj.text, 60)

    @admin.display(description="Meldung", ordering="meldung__titel")
    def zur_meldung(self, obj):
        return obj.meldung

    @admin.display(description="Zustand", ordering="zustand")
    def entscheidung(self, obj):
        return kennzeichen(obj.zustand, obj.get_zustand_display())

    @admin.action(description="Ausgewählte freigeben", permissions=["change"])
    def aktion_freigeben(self, request, queryset):
        self._entscheide(request, queryset, moderation.freigeben, "freigegeben")

    @admin.action(description="Ausgewählte ablehnen", permissions=["change"])
    def aktion_ablehnen(self, request, queryset):
        self._entscheide(request, queryset, moderation.ablehnen, "abgelehnt")

    def _entscheide(self, request, kommentare, schritt, ergebnis):
        erledigt = 0
        for kommentar in kommentare:
            try:
                schritt(kommentar, durch=request.user)
                erledigt += 1
            except moderation.SchrittNichtMoeglich as fehler:
                self.message_user(request, f"{kommentar}: {fehler}", messages.WARNING)
        if erledigt:
            wort = "Kommentar" if erledigt == 1 else "Kommentare"
            self.message_user(request, f"{erledigt} {wort} {ergebnis}.", messages.SUCCESS)

    def render_change_form(self, request, context, **kwargs):
        context |= {"show_save": False, "show_save_and_continue": False}
        return super().render_change_form(request, context, **kwargs)

    def response_change(self, request, obj):
        return HttpResponseRedirect(reverse("admin:portal_kommentar_changelist"))

    def save_model(self, request, obj, form, change):
        """The page has two buttons and no field: nothing is saved but the decision."""
        kommentar = Kommentar.objects.filter(pk=obj.pk)
        if "_freigeben" in request.POST:
            self._entscheide(request, kommentar, moderation.freigeben, "freigegeben")
        elif "_ablehnen" in request.POST:
            self._entscheide(request, kommentar, moderation.ablehnen, "abgelehnt")


# --- Dates and pages ----------------------------------------------------------


@admin.register(Veranstaltung)
class VeranstaltungAdmin(TatsachenAdmin):
    fakten = [
        "titel", "beginn", "ende", "ort", "beschreibung", "veranstalter", "webseite", "kommunen"
    ]  # fmt: skip
    list_display = ["titel", "beginn", "ende", "ort", "sichtbarkeit"]
    list_filter = [*TATSACHENFILTER, "beginn"]
    ordering = ["-beginn", "pk"]
    date_hierarchy = "beginn"
    search_fields = ["titel", "ort", "beschreibung", "kommunen__suchname"]
    autocomplete_fields = ["kommunen"]


@admin.register(Seite)
class SeiteAdmin(GefalteteSuche, Veroeffentlichung, Pflege):
    list_display = ["titel", "pfad", "rubrik", "stand", "veroeffentlicht"]
    list_filter = ["rubrik", "veroeffentlicht"]
    search_fields = ["titel", "pfad", "einleitung", "text"]
    fields = [
        "titel", "pfad", "rubrik", "reihenfolge", "einleitung", "text", "quellen", "stand",
        "veroeffentlicht",
    ]  # fmt: skip


class VerweisInline(PflegeInline, admin.TabularInline):
    model = Begriffsverweis
    fk_name = "begriff"
    autocomplete_fields = ["ziel"]
    vorgeladen = ["begriff", "ziel"]


@admin.register(Begriff)
class BegriffAdmin(GefalteteSuche, Veroeffentlichung, Pflege):
    list_display = ["wort", "kennung", "andere", "veroeffentlicht"]
    list_filter = ["veroeffentlicht"]
    search_fields = ["wort", "kennung", "synonyme", "erklaerung"]
    fields = ["wort", "kennung", "synonyme", "erklaerung", "quellen", "veroeffentlicht"]
    unveraenderlich = ["kennung"]
    inlines = [VerweisInline]

    @admin.display(description="Andere Wörter")
    def andere(self, obj):
        return ", ".join(obj.andere_woerter)


# --- Figures ------------------------------------------------------------------


class VeroeffentlichteZahlForm(PflegeForm):
    nicht_in_zukunft = ("stichtag",)


@admin.register(VeroeffentlichteZahl)
class VeroeffentlichteZahlAdmin(TatsachenAdmin):
    form = VeroeffentlichteZahlForm
    fakten = ["reihe", "stichtag", "wert", "ist_mindestwert", "einheit", "beschreibung"]
    list_display = [
        "reihe", zeitspalte("stichtag", "Stichtag"), "wert_mit_einheit", "beschreibung", "sichtbarkeit"
    ]  # fmt: skip
    list_filter = [*TATSACHENFILTER, jahresfilter("stichtag", "Jahr"), "reihe"]
    ordering = ["reihe", LetzterTag("stichtag").desc(), "pk"]
    search_fields = ["reihe", "beschreibung", "quelle"]

    @admin.display(description="Wert", ordering="wert")
    def wert_mit_einheit(self, obj):
        vorsatz = "mehr als " if obj.ist_mindestwert else ""
        return f"{vorsatz}{zahlwort(obj.wert)} {obj.einheit}"


class StandForm(PflegeForm):
    """Which figure of which day is to be kept; everything else is computed."""

    welche = forms.ChoiceField(
        label="Kennzahl",
        choices=[(kennzahl.schluessel, kennzahl.titel) for kennzahl in KENNZAHLEN.values()],
    )

    def clean_stichtag(self):
        stichtag = self.cleaned_data["stichtag"]
        if stichtag > self.heute:
            raise forms.ValidationError(
                "Der Stichtag liegt in der Zukunft. Wählen Sie einen früheren."
            )
        if stichtag < PROGRAMMSTART:
            raise forms.ValidationError(
                f"Das Programm begann am {PROGRAMMSTART:%d.%m.%Y}. Wählen Sie einen späteren Tag."
            )
        return stichtag


@admin.register(Stand)
class StandAdmin(GefalteteSuche, Veroeffentlichung, Pflege):
    """Freeze a figure. Afterwards only its occasion and its publication can change."""

    list_display = [
        "titel", "stichtag", "wert_mit_einheit", "anlass", "eingefroren_um", "eingefroren_durch",
        "veroeffentlicht",
    ]  # fmt: skip
    list_filter = ["veroeffentlicht", "mit_beispieldaten", "kennzahl", "stichtag"]
    list_select_related = ["eingefroren_durch"]
    search_fields = ["titel", "anlass", "definition"]
    add_fieldsets = [(None, {"fields": ["welche", "stichtag", "anlass", "veroeffentlicht"]})]
    fieldsets = [
        (None, {"fields": ["anlass", "veroeffentlicht"]}),
        (
            "Festgehalten",
            {"fields": ["titel", "stichtag", "wert_mit_einheit", "definition", "mit_beispieldaten",
                        "eingefroren_um", "eingefroren_durch"]},
        ),
    ]  # fmt: skip
    readonly_fields = [
        "titel", "wert_mit_einheit", "definition", "mit_beispieldaten", "eingefroren_um",
        "eingefroren_durch",
    ]  # fmt: skip
    unveraenderlich = ["stichtag"]

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is None:
            kwargs["form"] = StandForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fieldsets(self, request, obj=None):
        return self.fieldsets if obj else self.add_fieldsets

    def has_delete_permission(self, request, obj=None):
        """A published Stand may be quoted somewhere: it is first taken off the website."""
        erlaubt = super().has_delete_permission(request, obj)
        return erlaubt and (obj is None or not obj.veroeffentlicht)

    def save_model(self, request, obj, form, change):
        if change:
            super().save_model(request, obj, form, change)
        else:
            halte_fest(obj, form.cleaned_data["welche"], stichtag=obj.stichtag, durch=request.user)

    def seite_auf_der_website(self, obj):
        stand = Stand.objects.oeffentlich().filter(pk=obj.pk).first()
        if stand is None or stand.kennzahl not in KENNZAHLEN:
            return None
        adresse = reverse("portal:kennzahl", args=[stand.kennzahl])
        return f"{adresse}?stichtag={stand.stichtag:%Y-%m-%d}"

    @admin.display(description="Wert", ordering="wert")
    def wert_mit_einheit(self, obj):
        vorsatz = "mehr als " if obj.ist_mindestwert else ""
        return f"{vorsatz}{zahlwort(obj.wert)} {obj.einheit}"


def zahlwort(wert) -> str:
    """Cents only where there are some."""
    return zahl(wert, 0 if wert == wert.to_integral_value() else 2)


# --- Reports of barriers ------------------------------------------------------


@admin.register(Rueckmeldung)
class RueckmeldungAdmin(GefalteteSuche, Pflege):
    """What citizens wrote stays as it is; staff move it on and note what they did."""

    list_display = [
        "nummer",
        "eingegangen_um",
        "wortlaut",
        "adresse",
        "kontakt",
        "bearbeitungsstand",
    ]
    list_filter = ["zustand", "eingegangen_um"]
    search_fields = ["text", "adresse", "kontakt", "bemerkung"]
    readonly_fields = ["nummer", "eingegangen_um", "adresse", "text", "kontakt"]
    fields = [*readonly_fields, "zustand", "bemerkung"]
    actions = ["aktion_bearbeiten", "aktion_erledigen"]

    def has_add_permission(self, request):
        return False

    @admin.display(description="Nummer", ordering="formular")
    def nummer(self, obj):
        return obj.nummer

    @admin.display(description="Beschreibung")
    def wortlaut(self, obj):
        return truncatewords(obj.text, 40)

    @admin.display(description="Zustand", ordering="zustand")
    def bearbeitungsstand(self, obj):
        return kennzeichen(obj.zustand, obj.get_zustand_display())

    @admin.action(description="Ausgewählte in Bearbeitung nehmen", permissions=["change"])
    def aktion_bearbeiten(self, request, queryset):
        self._bringe_in(request, queryset, Rueckmeldung.Zustand.IN_BEARBEITUNG)

    @admin.action(description="Ausgewählte als erledigt kennzeichnen", permissions=["change"])
    def aktion_erledigen(self, request, queryset):
        self._bringe_in(request, queryset, Rueckmeldung.Zustand.ERLEDIGT)

    def _bringe_in(self, request, queryset, zustand):
        """One by one, so that each gets its entry in the history."""
        erledigt = 0
        for rueckmeldung in queryset.exclude(zustand=zustand):
            rueckmeldung.zustand = zustand
            rueckmeldung.save()
            erledigt += 1
        self.message_user(
            request, f"{erledigt} Rückmeldungen: jetzt „{zustand.label}“.",
            messages.SUCCESS if erledigt else messages.INFO,
        )  # fmt: skip
