"""Rule sets in the admin: drafts, their release, new versions (F1)."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from asskomm.formate import zeitpunkt
from asskomm.konten.schritte_admin import GESEHEN, MitSchritten, Schritt
from asskomm.pflege import Pflege, PflegeForm, kennzeichen
from asskomm.schritt import SchrittNichtMoeglich

from ...models import Foerderrunde, Personalobergrenze, Regel, Regelwerk, Textbaustein
from .. import verfahren
from .anzeige import NICHT_BESTAETIGT, Loeschhindernis
from .teile import (
    AnlagenartInline,
    AusnahmegrundInline,
    BescheidanlageInline,
    ChecklistenpunktInline,
    ErklaerungInline,
    PersonalobergrenzeInline,
    RegelInline,
    TextbausteinInline,
    ist_aenderbar,
)


class RegelwerkForm(PflegeForm):
    def clean(self):
        daten = super().clean()
        if self.instance.ist_freigegeben and "bezeichnung" in self.fields:
            raise ValidationError(
                f"{verfahren.BLEIBT} Es wurde freigegeben, während Sie daran gearbeitet haben. "
                "Ihre Eingaben stehen noch hier, sind aber nicht gespeichert."
            )
        return daten


class Freigabe(admin.SimpleListFilter):
    title = "Freigabe"
    parameter_name = "freigabe"

    def lookups(self, request, model_admin):
        return [("ja", "freigegeben"), ("nein", "Entwurf")]

    def queryset(self, request, queryset):
        if self.value() == "ja":
            return queryset.freigegeben()
        if self.value() == "nein":
            return queryset.filter(freigegeben_um__isnull=True)
        return queryset


def _hindernis_der_freigabe(seite, request, regelwerk):
    if regelwerk.ist_freigegeben:
        return SchrittNichtMoeglich(verfahren.SCHON_FREIGEGEBEN)
    saetze = verfahren.luecken(regelwerk)
    return SchrittNichtMoeglich(" ".join(saetze)) if saetze else None


def _gib_frei(seite, request, regelwerk, grund):
    gesehen = request.POST.get(GESEHEN, "")
    verfahren.gib_frei(regelwerk, durch=request.user, um=timezone.now(), gesehen=gesehen)


def _stand(seite, request, regelwerk):
    return verfahren.stand(regelwerk)


def _hindernis_der_version(seite, request, regelwerk):
    if not regelwerk.ist_freigegeben:
        return SchrittNichtMoeglich("Dieses Regelwerk ist noch ein Entwurf: Ändern Sie es hier.")
    if entwurf := verfahren.entwurf_daraus(regelwerk):
        return SchrittNichtMoeglich(f"Eine neue Version ist schon angelegt: „{entwurf}“.")
    return None


def _neue_version(seite, request, regelwerk, grund):
    verfahren.neue_version(regelwerk, durch=request.user)


def _anzahl(modell, **bedingung):
    """How many rows of `modell` a rule set has; one subquery each, so that they do not multiply."""
    zeilen = modell.objects.filter(regelwerk=OuterRef("pk"), **bedingung).order_by()
    gezaehlt = zeilen.values("regelwerk").annotate(anzahl=Count("pk")).values("anzahl")
    return Coalesce(Subquery(gezaehlt), 0)


@admin.register(Regelwerk)
class RegelwerkAdmin(Loeschhindernis, MitSchritten, Pflege):
    """A new one begins as a copy; once released it can only be read, apart from the remark."""

    form = RegelwerkForm
    list_display = ["bezeichnung", "gilt_ab", "stand", "offene_belege", "zahl_der_runden"]
    list_filter = [Freigabe]
    list_select_related = ["freigegeben_von"]
    search_fields = ["bezeichnung", "quelle", "regeln__text"]
    fields = [
        "bezeichnung", "gilt_ab", "quelle", "bemerkung", "stand", "versionen", "offene_belege",
    ]  # fmt: skip
    readonly_fields = ["stand", "versionen", "offene_belege"]
    inlines = [
        RegelInline,
        AusnahmegrundInline,
        PersonalobergrenzeInline,
        ChecklistenpunktInline,
        AnlagenartInline,
        ErklaerungInline,
        TextbausteinInline,
        BescheidanlageInline,
    ]
    schritte = (
        Schritt(
            "freigeben",
            "Freigeben",
            "Danach lässt sich an diesem Regelwerk nichts mehr ändern, und Förderrunden können "
            "darauf beruhen. Angaben, die nicht bestätigt sind, bleiben überall so gekennzeichnet.",
            "Das Regelwerk ist freigegeben. Wählen Sie es jetzt bei der Förderrunde aus.",
            lambda seite, request, obj: request.user.has_perm("foerderung.freigeben_regelwerk"),
            _hindernis_der_freigabe,
            _gib_frei,
            stand=_stand,
        ),
        Schritt(
            "neue-version",
            "Neue Version",
            "Alle Angaben werden in einen Entwurf kopiert, den Sie ändern können. Dieses Regelwerk "
            "bleibt, wie es ist.",
            "Die neue Version ist als Entwurf angelegt. Sie finden sie unter „Versionen“.",
            lambda seite, request, obj: request.user.has_perm("foerderung.add_regelwerk"),
            _hindernis_der_version,
            _neue_version,
        ),
    )

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .annotate(
                runden_zahl=_anzahl(Foerderrunde),
                regeln_offen=_anzahl(Regel, bestaetigt=False),
                grenzen_offen=_anzahl(Personalobergrenze, bestaetigt=False),
                texte_offen=_anzahl(Textbaustein, bestaetigt=False),
            )
        )

    def has_add_permission(self, request):
        """A rule set from nothing would be full of gaps: it begins as a copy."""
        return False

    def get_readonly_fields(self, request, obj=None):
        felder = super().get_readonly_fields(request, obj)
        if ist_aenderbar(request, obj):
            return felder
        return [*felder, "bezeichnung", "gilt_ab", "quelle"]

    def hinweise_zum_schritt(self, request, objekt):
        if objekt.ist_freigegeben:
            return [verfahren.BLEIBT]
        saetze = verfahren.luecken(objekt)
        return [f"Vor der Freigabe fehlt noch: {' '.join(saetze)}"] if saetze else []

    def loeschhindernis(self, obj):
        if obj.ist_freigegeben:
            return "Löschen ist nicht möglich: Ein freigegebenes Regelwerk bleibt, wie es ist."
        return ""

    @admin.display(description="Stand", ordering="freigegeben_um")
    def stand(self, obj):
        if not obj.ist_freigegeben:
            return kennzeichen("entwurf", "Entwurf")
        von = f" von {obj.freigegeben_von}" if obj.freigegeben_von else " mit dem Portal"
        return format_html(
            "{} am {}{}",
            kennzeichen("freigegeben", "freigegeben"),
            zeitpunkt(obj.freigegeben_um),
            von,
        )

    @admin.display(description="Versionen")
    def versionen(self, obj):
        """Where this version comes from, and what came of it."""
        andere = [("entstanden aus", obj.vorgaenger)] if obj.vorgaenger else []
        andere += [("daraus entstanden", nachfolger) for nachfolger in obj.nachfolger.all()]
        zeilen = (
            (wort, reverse("admin:foerderung_regelwerk_change", args=[version.pk]), version)
            for wort, version in andere
        )
        return format_html_join(" ", '{}: <a href="{}">{}</a>.', zeilen) or "keine anderen"

    @admin.display(description=NICHT_BESTAETIGT)
    def offene_belege(self, obj):
        """How much of it no source confirms."""
        teile = [
            f"{zahl} {wort}"
            for zahl, wort in [
                (obj.regeln_offen, "Regeln"),
                (obj.grenzen_offen, "Obergrenzen"),
                (obj.texte_offen, "Textbausteine"),
            ]
            if zahl
        ]
        return ", ".join(teile) or "nichts"

    @admin.display(description="Runden", ordering="runden_zahl")
    def zahl_der_runden(self, obj):
        return obj.runden_zahl
