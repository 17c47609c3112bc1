"""Cases, decisions and notices in the admin: to find and to read. Every step is in the Fallakte."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html

from asskomm.formate import euro, zeitraum
from asskomm.post.admin import NurLesen
from kommunen.tatsachen_admin import GefalteteSuche

from ..models import (
    Abschluss,
    Aenderungsentscheidung,
    Auszahlung,
    Bescheid,
    Entscheidung,
    Foerderantrag,
)
from .vorrat import STATUS


class Standfilter(admin.SimpleListFilter):
    """The states of submitted cases; what is with the municipalities is not shown here."""

    title = "Stand"
    parameter_name = "stand"

    def lookups(self, request, model_admin):
        return [(status.value, status.label) for status in STATUS]

    def queryset(self, request, queryset):
        return queryset.filter(status=self.value()) if self.value() else queryset


def _zur_akte(antrag):
    adresse = reverse("foerderung:fallakte", args=[antrag.pk])
    return format_html('<a href="{}">Akte {}</a>', adresse, antrag.nummer)


@admin.register(Foerderantrag)
class FoerderantragAdmin(GefalteteSuche, NurLesen):
    """Submitted cases without an own conflict of interest, as everywhere for the LPR."""

    list_display = [
        "nummer", "zur_akte", "kommune", "titel", "status", "beantragt", "eingereicht_um",
        "zustaendig",
    ]  # fmt: skip
    list_filter = [
        Standfilter,
        "runde",
        ("kommune__kreis", admin.RelatedFieldListFilter),
        "eingereicht_um",
    ]
    list_select_related = ["kommune", "zustaendig"]
    ordering = ["-eingereicht_um", "pk"]
    search_fields = ["nummer", "titel", "kommune__suchname"]
    search_help_text = "Suche nach Aktenzeichen, Vorhaben oder Kommune"
    fields = [
        "zur_akte", "nummer", "kommune", "titel", "status", "runde", "regelwerk", "durchfuehrung",
        "ausgaben", "beantragt", "praeventionsrat", "sicherheitsanalyse", "eingereicht_um",
        "entschieden_um", "beendet_um", "zustaendig", "wiedervorlage_am",
    ]  # fmt: skip

    def get_queryset(self, request):
        return Foerderantrag.objects.fuer_lpr(request.user)

    def seite_auf_der_website(self, obj):
        """None: the page of a case is its Kommune's; staff have the Fallakte."""

    @admin.display(description="Akte")
    def zur_akte(self, obj):
        return _zur_akte(obj)

    @admin.display(description="beantragte Zuwendung", ordering="zuwendung_beantragt_euro")
    def beantragt(self, obj):
        return euro(obj.zuwendung_beantragt_euro)

    @admin.display(description="Ausgaben")
    def ausgaben(self, obj):
        return euro(obj.ausgaben_euro)

    @admin.display(description="Durchführung")
    def durchfuehrung(self, obj):
        return zeitraum(obj.durchfuehrung_von, obj.durchfuehrung_bis)


VORSCHLAG = [
    "begruendung", "vorgeschlagen_von", "vorgeschlagen_fuer", "vorgeschlagen_um", "ergebnis",
    "entschieden_von", "entschieden_fuer", "entschieden_um",
]  # fmt: skip


class ZumAntrag(GefalteteSuche, NurLesen):
    """A record of a case: as visible as the case."""

    list_select_related = ["antrag__kommune"]
    list_filter = ["antrag__runde", ("antrag__kommune__kreis", admin.RelatedFieldListFilter)]
    search_fields = ["antrag__nummer", "antrag__titel", "antrag__kommune__suchname"]
    search_help_text = "Suche nach Aktenzeichen, Vorhaben oder Kommune"

    def get_queryset(self, request):
        sichtbar = Foerderantrag.objects.fuer_lpr(request.user)
        return super().get_queryset(request).filter(antrag__in=sichtbar)

    @admin.display(description="Kommune", ordering="antrag__kommune__sortiername")
    def kommune(self, obj):
        return obj.antrag.kommune

    @admin.display(description="Akte", ordering="antrag__nummer")
    def zur_akte(self, obj):
        return _zur_akte(obj.antrag)


@admin.register(Entscheidung)
class EntscheidungAdmin(ZumAntrag):
    list_display = [
        "art", "zur_akte", "kommune", "betrag", "ergebnis", "vorgeschlagen_um", "entschieden_um",
    ]  # fmt: skip
    list_filter = [
        "art", "ergebnis", "antrag__runde",
        ("antrag__kommune__kreis", admin.RelatedFieldListFilter), "entschieden_um",
    ]  # fmt: skip
    ordering = ["-vorgeschlagen_um", "pk"]
    fields = [
        "zur_akte", "kommune", "art", "zuwendungsfaehig_euro", "foerdersatz", "betrag",
        "bewilligung_von", "bewilligung_bis", "abweichungen", "auflagen", "gruende",
        "angehoert_am", "anhoerung_entbehrlich", "veroeffentlichen", *VORSCHLAG,
    ]  # fmt: skip

    @admin.display(description="Zuwendung", ordering="betrag_euro")
    def betrag(self, obj):
        return "" if obj.betrag_euro is None else euro(obj.betrag_euro)


@admin.register(Bescheid)
class BescheidAdmin(ZumAntrag):
    list_display = ["art", "zur_akte", "kommune", "nummer", "erlassen_um"]
    list_filter = [
        "art", "antrag__runde", ("antrag__kommune__kreis", admin.RelatedFieldListFilter),
        "erlassen_um",
    ]  # fmt: skip
    ordering = ["-erlassen_um", "pk"]
    fields = [
        "zur_akte", "kommune", "art", "nummer", "erlassen_um", "entscheidung", "ersetzt",
        "regelwerk", "pruefsumme",
    ]  # fmt: skip


@admin.register(Auszahlung)
class AuszahlungAdmin(ZumAntrag):
    """Without the account: who needs its number asks for it in the Fallakte."""

    list_display = [
        "referenz", "zur_akte", "kommune", "betrag", "stand", "angefordert_um", "gezahlt_am",
    ]  # fmt: skip
    list_filter = ["stand", "verfahren", *ZumAntrag.list_filter, "angefordert_um"]
    ordering = ["-angefordert_um", "pk"]
    search_fields = ["referenz", *ZumAntrag.search_fields]
    fields = [
        "zur_akte", "kommune", "referenz", "verfahren", "stand", "ausgaben_euro", "foerdersatz",
        "betrag", "bedarf_bis", "anerkannt_euro", "auszuzahlen_euro", "ansatz", "angefordert_um",
        "geprueft_um", "geprueft_von", "genehmigt_um", "genehmigt_von", "freigegeben_um",
        "freigegeben_von", "zahlungsdatei", "angeordnet_um", "gezahlt_am", "beendet_um",
    ]  # fmt: skip

    @admin.display(description="angefordert", ordering="betrag_euro")
    def betrag(self, obj):
        return euro(obj.betrag_euro)


@admin.register(Abschluss)
class AbschlussAdmin(ZumAntrag):
    list_display = ["zur_akte", "kommune", "ergebnis", "vorgeschlagen_um", "entschieden_um"]
    list_filter = ["ergebnis", *ZumAntrag.list_filter]
    ordering = ["-vorgeschlagen_um", "pk"]
    fields = ["zur_akte", "kommune", *VORSCHLAG]


@admin.register(Aenderungsentscheidung)
class AenderungsentscheidungAdmin(GefalteteSuche, NurLesen):
    list_display = ["aenderung", "zur_akte", "ergebnis", "vorgeschlagen_um", "entschieden_um"]
    list_filter = ["ergebnis", "aenderung__antrag__runde"]
    list_select_related = ["aenderung__antrag"]
    ordering = ["-vorgeschlagen_um", "pk"]
    search_fields = ["aenderung__antrag__nummer", "aenderung__antrag__kommune__suchname"]
    search_help_text = "Suche nach Aktenzeichen oder Kommune"
    fields = ["zur_akte", "aenderung", *VORSCHLAG]

    def get_queryset(self, request):
        sichtbar = Foerderantrag.objects.fuer_lpr(request.user)
        return super().get_queryset(request).filter(aenderung__antrag__in=sichtbar)

    @admin.display(description="Akte", ordering="aenderung__antrag__nummer")
    def zur_akte(self, obj):
        return _zur_akte(obj.aenderung.antrag)
