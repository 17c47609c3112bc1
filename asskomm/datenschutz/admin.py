"""The pages of data protection: register, periods, holds, deletion runs, access requests."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone

from asskomm.csvausgabe import csv_antwort
from asskomm.formate import tag, zahl, zeitpunkt
from asskomm.konten.schritte_admin import MitProtokoll, MitSchritten, Schritt
from asskomm.konten.vieraugen_admin import VierAugenAdmin
from asskomm.pflege import EINTRAEGE_JE_SEITE, Pflege, kennzeichen
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import SchrittNichtMoeglich

from . import handlungen, verfahren, verzeichnis
from .auskunft import erstelle
from .forms import AuskunftForm, FristForm, LoeschlaufForm, SperreForm
from .models import (
    Aufbewahrungsfrist,
    Aufbewahrungssperre,
    Auskunft,
    Faelligkeit,
    Loeschlauf,
    Loeschposten,
    Verzeichnis,
)
from .views import als_datei


class NurSeite(admin.ModelAdmin):
    """A page without records: nothing to add, change or delete."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        """The page itself and no pages of records, which would ask for a table."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_changelist"
        return [path("", self.admin_site.admin_view(self.changelist_view), name=name)]

    def seite(self, request, template, status=200, **kontext):
        request.current_app = self.admin_site.name
        rahmen = {
            **self.admin_site.each_context(request),
            "title": str(self.opts.verbose_name),
            "subtitle": None,
            "opts": self.opts,
        }
        return TemplateResponse(request, template, {**rahmen, **kontext}, status=status)


@admin.register(Verzeichnis)
class VerzeichnisAdmin(NurSeite):
    def get_urls(self):
        export = path(
            "export/",
            self.admin_site.admin_view(self.export_view),
            name="datenschutz_verzeichnis_export",
        )
        return [export, *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        am = timezone.localdate()
        return self.seite(
            request,
            "admin/datenschutz/verzeichnis.html",
            am=am,
            gruppen=verzeichnis.gruppen(am),
            harmlose=verzeichnis.harmlose(),
        )

    def export_view(self, request):
        """The lines as CSV. A POST, because it leaves an entry in the log."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_view_permission(request):
            raise PermissionDenied
        am = timezone.localdate()
        protokolliere(handlungen.VERZEICHNIS_EXPORTIERT, durch=request.user)
        return csv_antwort(
            f"verzeichnis-personenbezogener-daten-{am:%Y-%m-%d}.csv",
            verzeichnis.KOPF,
            [zeile.als_tupel() for zeile in verzeichnis.zeilen(am)],
        )


@admin.register(Auskunft)
class AuskunftAdmin(NurSeite):
    def changelist_view(self, request, extra_context=None):
        """For a person who asks by letter; the file is handed out only with a reason."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = AuskunftForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            um = timezone.now()
            inhalt = erstelle(
                form.konto, durch=request.user, um=um, grund=form.cleaned_data["grund"]
            )
            return als_datei(inhalt, timezone.localdate(um))
        return self.seite(request, "admin/datenschutz/auskunft.html", form=form)


@admin.register(Faelligkeit)
class FaelligkeitAdmin(Pflege):
    """What the daily job has counted; the way from here is to propose a run."""

    list_display = ["daten", "anzahl", "gezaehlt_am"]
    list_display_links = None
    change_list_template = "admin/datenschutz/faelligkeiten.html"

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="Daten", ordering="regel")
    def daten(self, obj):
        return obj.regel_wort


@admin.register(Loeschlauf)
class LoeschlaufAdmin(VierAugenAdmin):
    form = LoeschlaufForm
    vorschlagsfelder = ("am",)
    detailfelder = ("umfang",)
    list_display = ["vorschlag", "stand", "umfang", "vorgeschlagen", "entschieden"]
    change_form_template = "admin/datenschutz/loeschlauf.html"

    def genehmige(self, vorschlag, *, durch, um, fuer):
        verfahren.genehmige(vorschlag, durch=durch, um=um, fuer=fuer)

    def get_queryset(self, request):
        stand = Loeschposten.Stand
        return (
            super()
            .get_queryset(request)
            .annotate(
                anzahl_vorgesehen=Count("posten", filter=Q(posten__stand=stand.VORGESEHEN)),
                anzahl_erledigt=Count("posten", filter=Q(posten__stand=stand.ERLEDIGT)),
                anzahl_ausgelassen=Count("posten", filter=Q(posten__stand=stand.AUSGELASSEN)),
            )
        )

    def get_changeform_initial_data(self, request):
        return {"am": timezone.localdate(), **super().get_changeform_initial_data(request)}

    def save_model(self, request, obj, form, change):
        verfahren.schlage_loeschlauf_vor(
            obj, durch=request.user, um=timezone.now(), fuer=self.fuer(request, "add")
        )

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj:
            posten = obj.posten.select_related("frist").order_by("stand", "regel", "pk")
            blaetter = Paginator(posten, EINTRAEGE_JE_SEITE)
            context["blatt"] = blaetter.get_page(request.GET.get("seite"))
            context["regeln"] = _nach_regeln(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    @admin.display(description="Umfang")
    def umfang(self, obj):
        teile = [
            f"{zahl(anzahl)} {wort}"
            for anzahl, wort in (
                (obj.anzahl_vorgesehen, "vorgesehen"),
                (obj.anzahl_erledigt, "gelöscht oder unkenntlich gemacht"),
                (obj.anzahl_ausgelassen, "ausgelassen"),
                (obj.spaeter, "für den nächsten Lauf"),
            )
            if anzahl
        ]
        return ", ".join(teile) or "nichts"


def _nach_regeln(lauf):
    """Counts by rule and state, with the period and whether it is confirmed."""
    fristen = {frist.pk: frist for frist in _fristen_von(lauf)}
    zeilen = lauf.posten.order_by().values("regel", "frist", "stand").annotate(anzahl=Count("pk"))
    tabelle = {}
    for zeile in zeilen.order_by("regel", "stand"):
        eintrag = tabelle.setdefault(zeile["regel"], {"frist": fristen[zeile["frist"]]})
        eintrag[zeile["stand"]] = zeile["anzahl"]
    return list(tabelle.values())


def _fristen_von(lauf):
    return Aufbewahrungsfrist.objects.filter(pk__in=lauf.posten.order_by().values("frist"))


AUFHEBEN = Schritt(
    "aufheben",
    "Sperre aufheben",
    "Der Datensatz kann danach mit dem nächsten Löschlauf gelöscht werden.",
    "Die Sperre ist aufgehoben.",
    lambda seite, request, objekt: request.user.has_perm("datenschutz.change_aufbewahrungssperre"),
    lambda seite, request, objekt: (
        SchrittNichtMoeglich("Diese Sperre ist schon aufgehoben.") if objekt.aufgehoben_um else None
    ),
    lambda seite, request, objekt, grund: verfahren.hebe_sperre_auf(
        objekt, grund=grund, durch=request.user, um=timezone.now()
    ),
    grund="Begründung",
)


@admin.register(Aufbewahrungssperre)
class AufbewahrungssperreAdmin(MitProtokoll, MitSchritten, Pflege):
    form = SperreForm
    schritte = (AUFHEBEN,)
    list_display = ["sperre", "stand", "gesetzt", "aufgehoben"]
    list_filter = [("aufgehoben_um", admin.EmptyFieldListFilter), "gegenstand_art"]
    list_select_related = ["gesetzt_von", "aufgehoben_von"]
    search_fields = ["gegenstand_nummer"]

    def get_fields(self, request, obj=None):
        if obj is None:
            return ["gegenstand_art", "gegenstand_nummer", "grund"]
        return ["sperre", "grund", "stand", "gesetzt", "aufgehoben"]

    def get_readonly_fields(self, request, obj=None):
        return self.get_fields(request, obj) if obj else ()

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        gespeichert = verfahren.sperre(
            obj.gegenstand_art,
            obj.gegenstand_nummer,
            grund=obj.grund,
            durch=request.user,
            um=timezone.now(),
        )
        obj.pk, obj.gegenstand_nummer = gespeichert.pk, gespeichert.gegenstand_nummer

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj:
            context["eintraege"] = self.eintraege(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    @admin.display(description="Datensatz", ordering="gegenstand_art")
    def sperre(self, obj):
        return obj.gegenstand

    @admin.display(description="Stand", ordering="aufgehoben_um")
    def stand(self, obj):
        if obj.aufgehoben_um:
            return kennzeichen("zurueckgezogen", "aufgehoben")
        return kennzeichen("offen", "in Kraft")

    @admin.display(description="gesetzt", ordering="gesetzt_um")
    def gesetzt(self, obj):
        return f"{zeitpunkt(obj.gesetzt_um)}, {obj.gesetzt_von}"

    @admin.display(description="aufgehoben", ordering="aufgehoben_um")
    def aufgehoben(self, obj):
        if not obj.aufgehoben_um:
            return "–"
        return f"{zeitpunkt(obj.aufgehoben_um)}, {obj.aufgehoben_von}"


@admin.register(Aufbewahrungsfrist)
class AufbewahrungsfristAdmin(Pflege):
    """A new period is a new row; what was in force stays readable."""

    form = FristForm
    list_display = ["daten", "dauer_wort", "ab", "quelle", "bestaetigt"]
    list_filter = ["zu_bestaetigen"]
    fields = ["regel", "gueltig_ab", "anzahl", "einheit", "quelle", "zu_bestaetigen"]

    def get_readonly_fields(self, request, obj=None):
        return ["daten", "gueltig_ab", "dauer_wort", "quelle", "bestaetigt"] if obj else ()

    def get_fields(self, request, obj=None):
        return self.get_readonly_fields(request, obj) if obj else self.fields

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        um = timezone.now()
        verfahren.lege_frist_fest(obj, durch=request.user, um=um)
        if anzahl := verfahren.sofort_faellig(obj, timezone.localdate(um)):
            self.message_user(
                request,
                f"Am {tag(obj.gueltig_ab)} nach dieser Frist schon fällig: {zahl(anzahl)}. "
                "Gelöscht wird erst mit einem Löschlauf, den eine zweite Person genehmigt.",
                messages.WARNING,
            )

    @admin.display(description="Daten", ordering="regel")
    def daten(self, obj):
        return obj.regel_wort

    @admin.display(description="Dauer")
    def dauer_wort(self, obj):
        return obj.dauer

    @admin.display(description="gilt ab", ordering="gueltig_ab")
    def ab(self, obj):
        return tag(obj.gueltig_ab)

    @admin.display(description="Stand", ordering="zu_bestaetigen")
    def bestaetigt(self, obj):
        if obj.zu_bestaetigen:
            return kennzeichen("offen", "noch zu bestätigen")
        return kennzeichen("genehmigt", "bestätigt")
