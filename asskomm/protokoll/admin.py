"""The log to read, to filter and to take along; nobody writes here."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from asskomm.formate import zahl
from asskomm.pflege import EINTRAEGE_JE_SEITE, lies_seite

from .ausnahmen import ausnahmen
from .auswahl import Protokollfilter
from .export import HOECHSTENS, ExportNichtMoeglich, Format, exportiere
from .models import Eintrag

ZAEHLGRENZE = max(HOECHSTENS.values())


@admin.register(Eintrag)
class EintragAdmin(admin.ModelAdmin):
    fields = readonly_fields = [
        "laufende_nummer",
        "genaue_zeit",
        "was",
        "gegenstand",
        "wer",
        "vertretung",
        "details",
        "begruendung",
        "hash_vorher",
        "hash",
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).mit_personen().ohne(ausnahmen(request.user))

    def get_urls(self):
        export = path(
            "export/", self.admin_site.admin_view(self.export_view), name="protokoll_eintrag_export"
        )
        return [export, *super().get_urls()]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def darf_exportieren(self, request) -> bool:
        return self.has_view_permission(request) and request.user.has_perm("protokoll.exportieren")

    def changelist_view(self, request, extra_context=None):
        if request.method != "GET" or not self.has_view_permission(request):
            raise PermissionDenied
        filter_ = Protokollfilter(request.GET)
        ausgenommen = ausnahmen(request.user)
        auswahl = filter_.auswahl().ohne(ausgenommen)
        anzahl = auswahl.order_by()[: ZAEHLGRENZE + 1].count()
        seite = lies_seite(request)
        ab = (seite - 1) * EINTRAEGE_JE_SEITE
        eintraege = list(auswahl[ab : ab + EINTRAEGE_JE_SEITE + 1])
        request.current_app = self.admin_site.name
        return TemplateResponse(
            request,
            "admin/protokoll/liste.html",
            {
                **self.admin_site.each_context(request),
                "title": "Protokoll",
                "subtitle": None,
                "opts": self.opts,
                "filter": filter_,
                "anzahl": zahl(anzahl)
                if anzahl <= ZAEHLGRENZE
                else f"mehr als {zahl(ZAEHLGRENZE)}",
                "eintraege": eintraege[:EINTRAEGE_JE_SEITE],
                "ausgenommen": ausgenommen,
                "seite": seite,
                "weitere": len(eintraege) > EINTRAEGE_JE_SEITE,
                "formate": Format if self.darf_exportieren(request) else (),
                **(extra_context or {}),
            },
        )

    def export_view(self, request):
        """The filtered list as a file. A POST, because it leaves an entry in the log."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.darf_exportieren(request):
            raise PermissionDenied
        try:
            format_ = Format(request.POST.get("format"))
        except ValueError as fehler:
            raise Http404 from fehler
        try:
            return exportiere(
                Protokollfilter(request.GET), format_, durch=request.user, am=timezone.localtime()
            )
        except ExportNichtMoeglich as fehler:
            self.message_user(request, str(fehler), messages.ERROR)
        liste = reverse("admin:protokoll_eintrag_changelist", current_app=self.admin_site.name)
        return HttpResponseRedirect(f"{liste}?{request.GET.urlencode()}")

    def history_view(self, request, object_id, extra_context=None):
        """An entry never changes, so it has no history."""
        raise Http404

    @admin.display(description="Nummer")
    def laufende_nummer(self, obj):
        """Without the dots of a quantity."""
        return str(obj.nummer or "–")

    @admin.display(description="Zeit")
    def genaue_zeit(self, obj):
        return f"{timezone.localtime(obj.zeit):%d.%m.%Y um %H:%M:%S} Uhr"

    @admin.display(description="Handlung")
    def was(self, obj):
        return f"{obj.handlung_wort} ({obj.handlung})"

    @admin.display(description="Gegenstand")
    def gegenstand(self, obj):
        return obj.gegenstand_wort or "–"

    @admin.display(description="Wer")
    def wer(self, obj):
        return obj.durch_wort

    @admin.display(description="In Vertretung für")
    def vertretung(self, obj):
        return obj.fuer_wort or "–"

    @admin.display(description="Angaben")
    def details(self, obj):
        return obj.angaben_wort or "–"

    @admin.display(description="Begründung")
    def begruendung(self, obj):
        return obj.grund_wort or "–"
