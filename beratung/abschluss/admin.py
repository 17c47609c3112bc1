"""Coaching in the admin: to find and to read. Every step is at the pages of the engagement."""

from django.contrib import admin
from django.db.models import Prefetch
from django.urls import reverse
from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import mark_safe
from django.utils.text import Truncator

from asskomm.konten.schritte_admin import MitProtokoll
from asskomm.konten.vieraugen_admin import VierAugenAdmin
from asskomm.post.admin import NurLesen
from kommunen.tatsachen_admin import GefalteteSuche

from ..begleitung.rahmen import namen
from ..models import (
    Coachinganfrage,
    Coachvorschlag,
    Kontingenterweiterung,
    Mandat,
    Nachfrage,
    Niederschrift,
    Sitzung,
    Stufe,
    Wirkung,
)
from ..verfahren import kontingent


class ImCoaching(MitProtokoll, GefalteteSuche, NurLesen):
    """A record of an engagement; `zum_mandat` is the path from it to there, with its end."""

    zum_mandat = "mandat__"
    search_help_text = "Suche nach Kommune"

    def get_queryset(self, request):
        menge = super().get_queryset(request)
        return menge.prefetch_related(f"{self.zum_mandat}coaching__kommunen")

    def mandat_von(self, obj):
        return obj.mandat

    @admin.display(description="Kommunen")
    def kommunen(self, obj):
        return namen(self.mandat_von(obj))

    @admin.display(description="Seite der Begleitung")
    def begleitung(self, obj):
        mandat = self.mandat_von(obj)
        adresse = reverse("beratung:begleitung", args=[mandat.pk])
        return format_html('<a href="{}">{}</a>', adresse, mandat)


@admin.register(Mandat)
class MandatAdmin(ImCoaching):
    zum_mandat = ""
    list_display = [
        "kommunen", "stand", "phase", "beginn", "ende_geplant", "beendet_am", "gebuchte",
    ]  # fmt: skip
    list_filter = [
        "stand", "phase", "beginn", ("coaching__kommunen__kreis", admin.RelatedFieldListFilter),
    ]  # fmt: skip
    ordering = ["-beginn", "pk"]
    search_fields = ["coaching__kommunen__suchname", "ziele", "bericht"]
    search_help_text = "Suche nach Kommune, Zielen oder Bericht"
    fields = [
        "begleitung", "kommunen", "einsaetze", "ansprechperson", "ziele", "phase", "beginn",
        "ende_geplant", "gebuchte", "stand", "erinnert_am", "erweiterung_erbeten_um",
        "beendet_am", "bericht",
    ]  # fmt: skip

    def mandat_von(self, obj):
        return obj

    @admin.display(description="Vierteltage", ordering="gebucht")
    def gebuchte(self, obj):
        return f"{obj.gebucht} von {obj.kontingent} gebucht"

    @admin.display(description="Coaches")
    def einsaetze(self, obj):
        einsaetze = obj.einsaetze.select_related("coach__konto").order_by("von", "pk")
        zeilen = (
            (e, f"ab {e.von:%d.%m.%Y}" + (f" bis {e.bis:%d.%m.%Y}" if e.bis else ""))
            for e in einsaetze
        )
        return format_html_join(mark_safe("<br>"), "{}, {}", zeilen) or "–"


@admin.register(Sitzung)
class SitzungAdmin(ImCoaching):
    """With what is shared and what is for the LPR; own notes are nowhere to be read but by their writer."""

    list_display = ["am", "kommunen", "form", "viertel", "erfasst_von", "geoeffnet_um"]
    list_filter = [
        "form", "am", ("geoeffnet_um", admin.EmptyFieldListFilter),
        ("storniert_um", admin.EmptyFieldListFilter),
        ("mandat__coaching__kommunen__kreis", admin.RelatedFieldListFilter),
    ]  # fmt: skip
    list_select_related = ["mandat__coaching", "erfasst_von"]
    ordering = ["-am", "pk"]
    search_fields = ["mandat__coaching__kommunen__suchname", "teilnehmende"]
    search_help_text = "Suche nach Kommune oder Teilnehmenden nach Funktion"
    fields = [
        "begleitung", "kommunen", "am", "form", "viertel", "teilnehmende", "texte", "schritte",
        "erfasst_um", "erfasst_von", "geoeffnet_um", "geoeffnet_von", "storniert_um",
        "storno_grund",
    ]  # fmt: skip

    def get_queryset(self, request):
        lesbar = Niederschrift.objects.exclude(stufe=Stufe.EIGEN)
        menge = super().get_queryset(request)
        return menge.prefetch_related(Prefetch("niederschriften", lesbar, to_attr="lesbare"))

    @admin.display(description="Texte")
    def texte(self, obj):
        return format_html_join(
            "", "<p><strong>{}</strong></p>{}",
            ((text.get_stufe_display(), linebreaks(text.text, autoescape=True))
             for text in obj.lesbare),
        ) or "–"  # fmt: skip

    @admin.display(description="Nächste Schritte")
    def schritte(self, obj):
        zeilen = ((s.was, s.get_wer_display()) for s in obj.schritte.all())
        return format_html_join(mark_safe("<br>"), "{} ({})", zeilen) or "–"


@admin.register(Nachfrage)
class NachfrageAdmin(ImCoaching):
    list_display = ["kommunen", "monate", "faellig_am", "gestellt_am", "beantwortet_um"]
    list_filter = ["monate", "faellig_am", ("beantwortet_um", admin.EmptyFieldListFilter)]
    list_select_related = ["mandat__coaching"]
    ordering = ["-faellig_am", "pk"]
    search_fields = ["mandat__coaching__kommunen__suchname"]
    fields = [
        "begleitung", "kommunen", "monate", "faellig_am", "gestellt_am", "erinnert_am",
        "beantwortet_um", "beantwortet_von",
    ]  # fmt: skip


@admin.register(Wirkung)
class WirkungAdmin(ImCoaching):
    list_display = ["kommunen", "art", "gemeldet_um", "bestaetigt_um", "verworfen_um"]
    list_filter = [
        "art", "gemeldet_um", ("bestaetigt_um", admin.EmptyFieldListFilter),
        ("verworfen_um", admin.EmptyFieldListFilter),
        ("mandat__coaching__kommunen__kreis", admin.RelatedFieldListFilter),
    ]  # fmt: skip
    list_select_related = ["mandat__coaching"]
    ordering = ["-gemeldet_um", "pk"]
    search_fields = ["mandat__coaching__kommunen__suchname", "beleg"]
    search_help_text = "Suche nach Kommune oder Beleg"
    fields = [
        "begleitung", "kommunen", "art", "beleg", "nachfrage", "gemeldet_um", "gemeldet_von",
        "gemeldet_fuer", "bestaetigt_um", "bestaetigt_von", "bestaetigt_fuer", "verworfen_um",
        "verworfen_von", "verworfen_grund",
    ]  # fmt: skip


@admin.register(Coachinganfrage)
class CoachinganfrageAdmin(MitProtokoll, GefalteteSuche, NurLesen):
    list_display = ["kommune", "worum", "stand", "gestellt_um", "beendet_um"]
    list_filter = ["stand", "gestellt_um", ("kommune__kreis", admin.RelatedFieldListFilter)]
    list_select_related = ["kommune"]
    ordering = ["-gestellt_um", "pk"]
    search_fields = ["kommune__suchname", "anliegen"]
    search_help_text = "Suche nach Kommune oder Anliegen"
    fields = [
        "vermitteln", "kommune", "anliegen", "gewuenscht", "stand", "gestellt_um",
        "gestellt_von", "beendet_um", "grund",
    ]  # fmt: skip

    @admin.display(description="Anliegen")
    def worum(self, obj):
        return Truncator(obj.anliegen).words(20)

    @admin.display(description="Womit der Coach helfen soll")
    def gewuenscht(self, obj):
        return ", ".join(str(faehigkeit) for faehigkeit in obj.faehigkeiten.all()) or "–"

    @admin.display(description="Vermittlung")
    def vermitteln(self, obj):
        adresse = reverse("beratung:vermitteln", args=[obj.pk])
        return format_html('<a href="{}">Anfrage bearbeiten</a>', adresse)


@admin.register(Coachvorschlag)
class CoachvorschlagAdmin(MitProtokoll, GefalteteSuche, NurLesen):
    list_display = [
        "kommune", "coach", "vorgeschlagen_um", "kommune_antwort", "coach_antwort", "beendet_um",
    ]  # fmt: skip
    list_filter = [
        "kommune_antwort", "coach_antwort", "vorgeschlagen_um",
        ("beendet_um", admin.EmptyFieldListFilter),
    ]  # fmt: skip
    list_select_related = ["anfrage__kommune", "coach__konto"]
    ordering = ["-vorgeschlagen_um", "pk"]
    search_fields = ["anfrage__kommune__suchname"]
    search_help_text = "Suche nach Kommune"
    fields = [
        "kommune", "weitere", "coach", "beginn", "ende", "kontingent", "hinweis",
        "vorgeschlagen_um", "vorgeschlagen_von", "kommune_antwort", "kommune_um", "kommune_von",
        "kommune_grund", "coach_antwort", "coach_um", "coach_von", "coach_grund", "beendet_um",
    ]  # fmt: skip

    @admin.display(description="Kommune", ordering="anfrage__kommune__sortiername")
    def kommune(self, obj):
        return obj.anfrage.kommune

    @admin.display(description="Weitere Kommunen")
    def weitere(self, obj):
        return ", ".join(str(kommune) for kommune in obj.weitere_kommunen.all()) or "–"


@admin.register(Kontingenterweiterung)
class KontingenterweiterungAdmin(GefalteteSuche, VierAugenAdmin):
    """Proposed at the page of the engagement, decided here by a second person."""

    vorschlagsfelder = ["mandat", "viertel"]
    detailfelder = ["kommunen", "bisher"]
    search_fields = ["mandat__coaching__kommunen__suchname"]
    search_help_text = "Suche nach Kommune"
    list_display = ["vorschlag", "kommunen", "stand", "vorgeschlagen", "entschieden"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("mandat__coaching__kommunen")

    def has_add_permission(self, request):
        return False

    def genehmige(self, vorschlag, *, durch, um, fuer):
        kontingent.genehmige(vorschlag, durch=durch, um=um, fuer=fuer)

    @admin.display(description="Kommunen")
    def kommunen(self, obj):
        return namen(obj.mandat)

    @admin.display(description="Bisheriges Kontingent")
    def bisher(self, obj):
        """Whoever decides should know what is booked, and how much it would become."""
        return f"{obj.mandat.gebucht} von {obj.mandat.kontingent} Vierteltagen gebucht"
