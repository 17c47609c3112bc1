"""The Postausgang for staff: every mail to read, to hold, to release, to send again."""

import re

from django.apps import apps
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from asskomm.formate import zeitpunkt
from asskomm.pflege import Pflege, kennzeichen, lies_seite, recht
from asskomm.protokoll.models import Eintrag

from . import briefkasten, verfahren
from .models import Lebenszeichen, Nachricht, Tageslauf
from .vorlagen import vorlagen

Zustand = Nachricht.Zustand


class NurLesen(Pflege):
    """A page without any field to fill in."""

    def get_readonly_fields(self, request, obj=None):
        return self.fields

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def history_view(self, request, object_id, extra_context=None):
        """Django looks the record up before it asks who may see it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)


class Lage(admin.SimpleListFilter):
    title = "Was zu tun ist"
    parameter_name = "lage"
    MENGEN = {"offen": "nicht_zugestellt", "ueberfaellig": "ueberfaellig"}

    def lookups(self, request, model_admin):
        return [("offen", "kam nicht an, noch offen"), ("ueberfaellig", "wartet zu lange")]

    def queryset(self, request, queryset):
        menge = self.MENGEN.get(self.value())
        return getattr(queryset, menge)() if menge else queryset


class Vorlagenfilter(admin.SimpleListFilter):
    title = "Vorlage"
    parameter_name = "vorlage"

    def lookups(self, request, model_admin):
        worte = [(schluessel, vorlage.wort) for schluessel, vorlage in vorlagen().items()]
        return sorted(worte, key=lambda paar: paar[1].casefold())

    def queryset(self, request, queryset):
        return queryset.filter(vorlage=self.value()) if self.value() else queryset


@admin.register(Nachricht)
class NachrichtAdmin(NurLesen):
    """Nothing is edited here: a step changes the state, and leaves an entry in the Protokoll."""

    list_display = [
        "betreff",
        "adresse",
        "lage",
        "eingestellt_um",
        "gesendet_um",
        "naechster_versuch_um",
        "zum_gegenstand",
        "vorlage",
    ]
    list_filter = [Lage, "zustand", Vorlagenfilter, "eingestellt_um"]
    date_hierarchy = "eingestellt_um"
    search_fields = ["adresse"]
    search_help_text = "Suche nach der Adresse"
    actions = [
        "aktion_anhalten",
        "aktion_freigeben",
        "aktion_erneut",
        "aktion_zurueck",
        "aktion_erledigt",
    ]
    fields = [
        "betreff",
        "adresse",
        "konto",
        "lage",
        "wortlaut",
        "vorlage",
        "zum_gegenstand",
        "eingestellt_um",
        "versuche",
        "naechster_versuch_um",
        "gesendet_um",
        "fehler",
        "message_id",
        "vorgaenger",
        "nachfolger",
        "erledigt_um",
        "erledigt_durch",
        "schritte",
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("konto", "erledigt_durch")

    def has_change_permission(self, request, obj=None):
        """The steps need it; there is no field to change."""
        return request.user.has_perm(recht("change", Nachricht))

    # --- Columns and fields -------------------------------------------------------------------

    @admin.display(description="Zustand", ordering="zustand")
    def lage(self, obj):
        farbe = "erledigt" if obj.erledigt_um else obj.zustand
        zusatz = ", erledigt" if obj.erledigt_um else ""
        return kennzeichen(farbe, f"{obj.get_zustand_display()}{zusatz}")

    @admin.display(description="Text")
    def wortlaut(self, obj):
        return format_html('<pre class="brieftext">{}</pre>', obj.lesbarer_text())

    @admin.display(description="Gegenstand")
    def zum_gegenstand(self, obj):
        """The record the mail is about; a link where the admin has a page for it."""
        if not obj.gegenstand_art:
            return "–"
        try:
            meta = apps.get_model(obj.gegenstand_art)._meta
        except LookupError:
            return f"{obj.gegenstand_art} {obj.gegenstand_nummer}"
        wort = f"{meta.verbose_name} {obj.gegenstand_nummer}"
        try:
            seite = f"admin:{meta.app_label}_{meta.model_name}_change"
            adresse = reverse(seite, args=[obj.gegenstand_nummer])
        except NoReverseMatch:
            return wort
        return format_html('<a href="{}">{}</a>', adresse, wort)

    @admin.display(description="Message-ID")
    def message_id(self, obj):
        return obj.message_id

    @admin.display(description="Erneut gesendet von")
    def vorgaenger(self, obj):
        return _links([obj.erneut_von] if obj.erneut_von else [])

    @admin.display(description="Erneut gesendet als")
    def nachfolger(self, obj):
        return _links(obj.erneut.all())

    @admin.display(description="Schritte")
    def schritte(self, obj):
        eintraege = Eintrag.objects.filter(
            gegenstand_art=Nachricht._meta.label_lower, gegenstand_nummer=str(obj.pk)
        ).select_related("durch")
        zeilen = format_html_join(
            "",
            "<li>{}: {}, {}</li>",
            ((zeitpunkt(e.zeit), e.handlung_wort, e.durch_wort) for e in eintraege),
        )
        return format_html("<ul>{}</ul>", zeilen) if zeilen else "–"

    # --- Steps --------------------------------------------------------------------------------

    @admin.action(description="Ausgewählte anhalten", permissions=["change"])
    def aktion_anhalten(self, request, queryset):
        self._gehe(request, queryset, verfahren.halte_an, "angehalten")

    @admin.action(description="Ausgewählte freigeben", permissions=["change"])
    def aktion_freigeben(self, request, queryset):
        self._gehe(request, queryset, verfahren.gib_frei, "freigegeben")

    @admin.action(description="Ausgewählte erneut senden", permissions=["change"])
    def aktion_erneut(self, request, queryset):
        """Asks first where somebody may get the same mail twice."""
        schon_gesendet = [n for n in queryset if n.zustand == Zustand.GESENDET]
        if schon_gesendet and "bestaetigt" not in request.POST:
            return self._frage_nach(request, list(queryset), len(schon_gesendet))
        self._gehe(request, queryset, verfahren.sende_erneut, "erneut eingestellt")
        return None

    @admin.action(description="Ausgewählte als zurückgekommen vermerken", permissions=["change"])
    def aktion_zurueck(self, request, queryset):
        self._gehe(request, queryset, verfahren.melde_zurueck, "als zurückgekommen vermerkt")

    @admin.action(description="Ausgewählte als erledigt vermerken", permissions=["change"])
    def aktion_erledigt(self, request, queryset):
        self._gehe(request, queryset, verfahren.vermerke_erledigt, "als erledigt vermerkt")

    def _gehe(self, request, nachrichten, schritt, ergebnis):
        erledigt = 0
        for nachricht in nachrichten:
            try:
                schritt(nachricht, durch=request.user)
                erledigt += 1
            except verfahren.SchrittNichtMoeglich as fehler:
                self.message_user(request, f"{nachricht}: {fehler}", messages.WARNING)
        if erledigt:
            wort = "E-Mail" if erledigt == 1 else "E-Mails"
            self.message_user(request, f"{erledigt} {wort} {ergebnis}.", messages.SUCCESS)

    def _frage_nach(self, request, nachrichten, schon_gesendet):
        request.current_app = self.admin_site.name
        return TemplateResponse(
            request,
            "admin/post/erneut.html",
            {
                **self.admin_site.each_context(request),
                "title": "Erneut senden",
                "subtitle": None,
                "opts": self.opts,
                "nachrichten": nachrichten,
                "schon_gesendet": schon_gesendet,
                "auswahl": ACTION_CHECKBOX_NAME,
            },
        )

    # A step from the page of one mail

    SCHRITTE = {
        "_anhalten": (verfahren.halte_an, "angehalten"),
        "_freigeben": (verfahren.gib_frei, "freigegeben"),
        "_erneut": (verfahren.sende_erneut, "erneut eingestellt"),
        "_zurueck": (verfahren.melde_zurueck, "als zurückgekommen vermerkt"),
        "_erledigt": (verfahren.vermerke_erledigt, "als erledigt vermerkt"),
    }
    KNOEPFE = {
        Zustand.WARTET: ["_anhalten"],
        Zustand.ANGEHALTEN: ["_freigeben"],
        Zustand.GESENDET: ["_erneut", "_zurueck"],
        Zustand.FEHLGESCHLAGEN: ["_erneut", "_erledigt"],
        Zustand.ZURUECKGEKOMMEN: ["_erneut", "_erledigt"],
    }
    WORTE = {
        "_anhalten": "Anhalten",
        "_freigeben": "Freigeben",
        "_erneut": "Erneut senden",
        "_zurueck": "Als zurückgekommen vermerken",
        "_erledigt": "Als erledigt vermerken",
    }

    def render_change_form(self, request, context, obj=None, **kwargs):
        knoepfe = [
            k for k in self.KNOEPFE[obj.zustand] if not (k == "_erledigt" and obj.erledigt_um)
        ]
        context |= {
            "show_save": False,
            "show_save_and_continue": False,
            "schritte": [(name, self.WORTE[name]) for name in knoepfe],
        }
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def save_model(self, request, obj, form, change):
        """The page has buttons and no field: nothing is saved but the step, see response_change."""

    def log_change(self, request, obj, message):
        """The Protokoll has an entry for each step."""

    def response_change(self, request, obj):
        name = next((name for name in self.SCHRITTE if name in request.POST), None)
        if name == "_erneut" and obj.zustand == Zustand.GESENDET:
            return self._frage_nach(request, [obj], 1)
        if name:
            schritt, ergebnis = self.SCHRITTE[name]
            self._gehe(request, [obj], schritt, ergebnis)
        return HttpResponseRedirect(reverse("admin:post_nachricht_changelist"))

    # --- The local mailbox --------------------------------------------------------------------

    def get_urls(self):
        sicht = self.admin_site.admin_view
        return [
            path("briefkasten/", sicht(self.briefkasten_view), name="post_briefkasten"),
            path("briefkasten/<uuid:kennung>/", sicht(self.brief_view), name="post_brief"),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        kontext = {"briefkasten": briefkasten.in_gebrauch(), **(extra_context or {})}
        return super().changelist_view(request, kontext)

    def briefkasten_view(self, request):
        self._pruefe_briefkasten(request)
        seiten = Paginator(briefkasten.kennungen(), self.list_per_page)
        seite = seiten.get_page(lies_seite(request))
        briefe = [brief for brief in map(_lies, seite) if brief]
        return self._briefkasten(
            request, "admin/post/briefkasten.html", {"briefe": briefe, "seite": seite}
        )

    def brief_view(self, request, kennung):
        self._pruefe_briefkasten(request)
        brief = _lies(kennung)
        if brief is None:
            raise Http404
        return self._briefkasten(
            request,
            "admin/post/brief.html",
            {"brief": brief, "text": mit_eigenen_links(brief.text), "title": brief.betreff},
        )

    def _pruefe_briefkasten(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        if not briefkasten.in_gebrauch():
            raise Http404

    def _briefkasten(self, request, vorlage, kontext):
        request.current_app = self.admin_site.name
        return TemplateResponse(
            request,
            vorlage,
            {
                **self.admin_site.each_context(request),
                "title": "Lokaler Briefkasten",
                "subtitle": None,
                "opts": self.opts,
                **kontext,
            },
        )


def mit_eigenen_links(text: str) -> str:
    """The text of a mail for a page: addresses of this portal can be followed, no others."""
    muster = re.compile(rf"({re.escape(settings.BASE_URL)}/[^\s<>\"']*)")
    stuecke = muster.split(text)
    return format_html_join(
        "",
        "{}",
        (
            (format_html('<a href="{0}">{0}</a>', stueck) if nummer % 2 else stueck,)
            for nummer, stueck in enumerate(stuecke)
        ),
    )


def _lies(kennung):
    try:
        return briefkasten.lies(kennung)
    except FileNotFoundError:
        return None


def _links(nachrichten):
    verweise = format_html_join(
        mark_safe("<br>"),
        '<a href="{}">{}</a>',
        (
            (reverse("admin:post_nachricht_change", args=[n.pk]), zeitpunkt(n.eingestellt_um))
            for n in nachrichten
        ),
    )
    return verweise or "–"


@admin.register(Tageslauf)
class TageslaufAdmin(NurLesen):
    list_display = ["aufgabe", "tag", "lage", "versuche", "fehler", "naechster_versuch_um"]
    list_filter = ["aufgabe", ("fertig_um", admin.EmptyFieldListFilter)]
    date_hierarchy = "tag"
    fields = ["aufgabe", "tag", "fertig_um", "versuche", "fehler", "naechster_versuch_um"]

    @admin.display(description="Stand", ordering="fertig_um")
    def lage(self, obj):
        if obj.fertig_um:
            return kennzeichen("erledigt", f"fertig {zeitpunkt(obj.fertig_um)}")
        return kennzeichen("wartet", "noch nicht fertig")


class Stillefilter(admin.SimpleListFilter):
    title = "Meldet sich"
    parameter_name = "meldung"

    def lookups(self, request, model_admin):
        return [("keine", "seit einer Viertelstunde nicht")]

    def queryset(self, request, queryset):
        return queryset.verstummt() if self.value() == "keine" else queryset


@admin.register(Lebenszeichen)
class LebenszeichenAdmin(NurLesen):
    list_display = ["arbeiter", "gemeldet_um", "stoerung", "pause_bis"]
    list_filter = [Stillefilter]
    fields = ["arbeiter", "gemeldet_um", "stoerung", "pause_bis"]
