"""Rule sets, rounds, budgets and extensions in the admin (F1)."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from asskomm.formate import euro, tag, zeitpunkt, zeitraum
from asskomm.konten.schritte_admin import (
    GESEHEN,
    MitProtokoll,
    MitSchritten,
    Schritt,
    eintraege_zu,
)
from asskomm.pflege import Pflege, PflegeForm, PflegeInline, kennzeichen
from asskomm.schritt import SchrittNichtMoeglich
from kommunen.tatsachen_admin import zahlenfilter

from .. import haushalt
from ..anlagen.inhaltspruefung import PDF, pruefe
from ..models import (
    UNEINGEREICHT,
    Anlagenart,
    Ausnahmegrund,
    Bescheidanlage,
    Checklistenpunkt,
    Erklaerung,
    Foerderantrag,
    Foerderrunde,
    Fristverlaengerung,
    Haushaltsansatz,
    Personalobergrenze,
    Regel,
    Regelwerk,
    Textbaustein,
)
from . import verfahren
from .bausteine import verwendung
from .platzhalter import PLATZHALTER, unbekannte

NICHT_BESTAETIGT = "nicht bestätigt"


@admin.display(description="Herkunft", ordering="ist_beispiel")
def herkunft(obj):
    return kennzeichen("beispiel", "Beispieldaten") if obj.ist_beispiel else "erfasst"


@admin.display(description="Beleg")
def beleg(obj):
    """Whether a readable source says so: never only by a box without a tick."""
    if obj.bestaetigt:
        return kennzeichen("erledigt", "bestätigt")
    return kennzeichen("erschlossen", NICHT_BESTAETIGT)


class Loeschhindernis:
    """For records that stay once they are used: whoever deletes reads why, wherever they click."""

    def loeschhindernis(self, obj) -> str:
        raise NotImplementedError

    def delete_view(self, request, object_id, extra_context=None):
        objekt = self.get_object(request, object_id)
        darf = objekt is not None and self.has_delete_permission(request, objekt)
        if darf and (satz := self.loeschhindernis(objekt)):
            self.message_user(request, satz, messages.ERROR)
            ziel = reverse(f"admin:{self._name('change')}", args=[objekt.pk])
            return HttpResponseRedirect(ziel)
        return super().delete_view(request, object_id, extra_context)

    def get_deleted_objects(self, objs, request):
        """The reasons alone: what rests on the records is not for everybody who may delete them."""
        if saetze := [f"{obj}: {satz}" for obj in objs if (satz := self.loeschhindernis(obj))]:
            return [], {}, set(), saetze
        return super().get_deleted_objects(objs, request)


class NurGelesen:
    """Fields that look otherwise where they cannot be changed: a year is no quantity with a dot."""

    nur_gelesen = {}

    def get_fields(self, request, obj=None):
        felder = super().get_fields(request, obj)
        if self.has_change_permission(request, obj):
            return felder
        return [self.nur_gelesen.get(feld, feld) for feld in felder if feld != "bestaetigt"]

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), *self.nur_gelesen.values()]


# --- Rows of a rule set -------------------------------------------------------


def ist_aenderbar(request, regelwerk) -> bool:
    """Whether the form has fields: of a draft, and of one that was a draft when it was opened.

    What somebody typed while somebody else released it is shown again with the reason.
    """
    if regelwerk is None or not regelwerk.ist_freigegeben:
        return True
    return request.method == "POST" and "bezeichnung" in request.POST


class TeilInline(NurGelesen, PflegeInline, admin.StackedInline):
    """One below the other: a table with so much text would be wider than any screen."""

    classes = ["collapse"]

    def has_add_permission(self, request, obj=None):
        return super().has_add_permission(request, obj) and ist_aenderbar(request, obj)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and ist_aenderbar(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and ist_aenderbar(request, obj)


class RegelForm(PflegeForm):
    def clean(self):
        daten = super().clean()
        satz = verfahren.mangel(
            daten.get("schluessel"), daten.get("wert"), daten.get("einheit", "")
        )
        if satz and not {"schluessel", "wert", "einheit"} & set(self.errors):
            self.add_error("wert", satz)
        return daten


class RegelInline(TeilInline):
    model = Regel
    form = RegelForm
    fields = [
        "nummer", "schluessel", "titel", "text", "wert", "einheit", "quelle", "bestaetigt", "beleg",
    ]  # fmt: skip
    readonly_fields = ["beleg"]
    beleg = staticmethod(beleg)


class AusnahmegrundInline(TeilInline):
    model = Ausnahmegrund


class PersonalobergrenzeInline(TeilInline):
    model = Personalobergrenze
    fields = [
        "jahr", "qualifikation", "entgeltgruppe", "stufe", "jahresbetrag_euro", "quelle",
        "bestaetigt", "beleg",
    ]  # fmt: skip
    readonly_fields = ["beleg"]
    nur_gelesen = {"jahr": "jahreszahl"}
    beleg = staticmethod(beleg)

    @admin.display(description="Jahr")
    def jahreszahl(self, obj):
        return str(obj.jahr)


class ChecklistenpunktInline(TeilInline):
    model = Checklistenpunkt


class AnlagenartInline(TeilInline):
    model = Anlagenart


class ErklaerungInline(TeilInline):
    model = Erklaerung


class TextbausteinForm(PflegeForm):
    def clean_text(self):
        text = self.cleaned_data["text"]
        if fremde := unbekannte(text):
            genannt = ", ".join(f"{{{name}}}" for name in fremde)
            raise ValidationError(
                f"Kein Platzhalter: {genannt}. Möglich sind: "
                f"{', '.join(f'{{{name}}}' for name in PLATZHALTER)}."
            )
        return text


class TextbausteinInline(TeilInline):
    model = Textbaustein
    form = TextbausteinForm
    fields = ["schluessel", "verwendet", "ueberschrift", "text", "quelle", "bestaetigt", "beleg"]
    readonly_fields = ["verwendet", "beleg"]
    verbose_name_plural = "Textbausteine der Bescheide"
    beleg = staticmethod(beleg)

    @admin.display(description="steht in")
    def verwendet(self, obj):
        return verwendung(obj.schluessel)


class BescheidanlageForm(PflegeForm):
    """The file is taken apart from the row: what is in it is no field to type into."""

    datei = forms.FileField(
        label="Datei",
        required=False,
        help_text="PDF, höchstens 5 MB. Eine neue Datei ersetzt die bisherige.",
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
    )

    def clean_datei(self):
        datei = self.cleaned_data["datei"]
        if datei is None:
            if not self.instance.pk:
                raise ValidationError("Wählen Sie eine PDF-Datei aus.")
            return None
        if datei.size > Bescheidanlage.HOECHSTENS_BYTES:
            raise ValidationError("Die Datei ist größer als 5 MB. Wählen Sie eine kleinere aus.")
        pruefe(datei, datei.name, [PDF])
        self.instance.nimm(datei.read())
        return datei


class BescheidanlageInline(TeilInline):
    model = Bescheidanlage
    form = BescheidanlageForm
    fields = ["schluessel", "datei", "groesse", "sha256", "quelle"]
    readonly_fields = ["groesse", "sha256"]

    def get_fields(self, request, obj=None):
        felder = super().get_fields(request, obj)
        if self.has_change_permission(request, obj):
            return felder
        return [name for name in felder if name != "datei"]


# --- Rule sets ----------------------------------------------------------------


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


# --- Rounds -------------------------------------------------------------------


BLEIBT_WEGEN_ANTRAEGEN = (
    "Zu dieser Runde sind Anträge eingereicht, und Bescheide nennen ihre Förderjahre. Sie bleiben."
)


class FoerderrundeForm(PflegeForm):
    def clean(self):
        daten = super().clean()
        jahr_von = daten.get("jahr_von")
        if jahr_von is not None and jahr_von < 2018:
            self.add_error("jahr_von", "Die Richtlinie gibt es seit 2018. Prüfen Sie das Jahr.")
        eingereicht = self.instance.pk and self.instance.antraege.eingereicht().exists()
        for feld in {"jahr_von", "jahr_bis"}.intersection(self.changed_data) if eingereicht else ():
            self.add_error(feld, f"{BLEIBT_WEGEN_ANTRAEGEN} Bisher: {self.initial[feld]}.")
        beginn, schluss = daten.get("beginn"), daten.get("schluss")
        if beginn and schluss and schluss < beginn:
            # Said here: for days in the wrong order the rule about overlapping has no range.
            self.add_error("schluss", "Der letzte Tag der Frist liegt vor dem ersten.")
        elif beginn and schluss:
            andere = Foerderrunde.objects.exclude(pk=self.instance.pk)
            andere = andere.filter(beginn__lte=schluss, schluss__gte=beginn).first()
            if andere:
                self.add_error(
                    "beginn",
                    f"In dieser Zeit läuft schon die Frist der Runde „{andere}“ "
                    f"({zeitraum(andere.beginn, andere.schluss)}).",
                )
        return daten


@admin.register(Foerderrunde)
class FoerderrundeAdmin(Loeschhindernis, NurGelesen, Pflege):
    form = FoerderrundeForm
    list_display = [
        "__str__", "beginn", "schluss", "stand", "regelwerk", "entwuerfe", "eingereichte",
        herkunft,
    ]  # fmt: skip
    list_select_related = ["regelwerk"]
    search_fields = ["hinweis", "quelle"]
    fields = [
        "jahr_von", "jahr_bis", "beginn", "schluss", "regelwerk", "ersatzzeichnung",
        "erinnerungen", "hinweis", "quelle", "entwuerfe", "eingereichte",
    ]  # fmt: skip
    readonly_fields = ["entwuerfe", "eingereichte"]
    nur_gelesen = {"jahr_von": "von", "jahr_bis": "bis"}

    def get_queryset(self, request):
        """Drafts are counted, never shown: they belong to the Kommunen."""
        return (
            super()
            .get_queryset(request)
            .annotate(
                entwurf_zahl=Count("antraege", Q(antraege__status__in=UNEINGEREICHT)),
                antrag_zahl=Count("antraege", Q(antraege__eingereicht_um__isnull=False)),
            )
        )

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "regelwerk":
            kwargs["queryset"] = Regelwerk.objects.freigegeben()
            kwargs["help_text"] = "Zur Wahl stehen freigegebene Regelwerke."
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        feld = super().formfield_for_dbfield(db_field, request, **kwargs)
        if feld and db_field.name in ("beginn", "schluss"):
            feld.help_text = "Beide Tage zählen ganz, in der Zeit von Berlin."
        return feld

    def loeschhindernis(self, obj):
        anzahl = obj.antraege.count()
        if not anzahl:
            return ""
        wort = "einen Antrag oder Entwurf" if anzahl == 1 else f"{anzahl} Anträge und Entwürfe"
        return f"Löschen ist nicht möglich: Zu dieser Runde gibt es {wort}."

    @admin.display(description="Förderjahr von")
    def von(self, obj):
        return str(obj.jahr_von)

    @admin.display(description="Förderjahr bis")
    def bis(self, obj):
        return str(obj.jahr_bis)

    @admin.display(description="Frist")
    def stand(self, obj):
        heute = timezone.localdate()
        if heute < obj.beginn:
            return kennzeichen("entwurf", "noch nicht offen")
        if heute > obj.schluss:
            return kennzeichen("entwurf", "beendet")
        return kennzeichen("offen", "offen")

    @admin.display(description="Entwürfe", ordering="entwurf_zahl")
    def entwuerfe(self, obj):
        return getattr(obj, "entwurf_zahl", 0)

    @admin.display(description="eingereicht", ordering="antrag_zahl")
    def eingereichte(self, obj):
        return getattr(obj, "antrag_zahl", 0)


# --- Extensions ---------------------------------------------------------------


class EntwurfFeld(forms.ModelChoiceField):
    """Whose draft it is and when it was begun; what is in it belongs to the Kommune."""

    def label_from_instance(self, obj):
        begonnen = tag(obj.angelegt_um)
        return f"{obj.kommune}: {obj.runde}, Frist bis {tag(obj.runde.schluss)}, Entwurf vom {begonnen}"


@admin.register(Fristverlaengerung)
class FristverlaengerungAdmin(MitProtokoll, MitSchritten, Pflege):
    """Given once, never changed: another day is another extension."""

    titel_neu = "Frist verlängern"
    absenden_neu = "Frist verlängern"
    fields = ["antrag", "bis", "begruendung"]
    list_display = ["kommune", "runde", "bis", "gegeben_um", "gegeben_von"]
    list_select_related = ["antrag__kommune", "antrag__runde", "gegeben_von"]
    search_fields = ["antrag__kommune__suchname", "begruendung"]

    def get_fields(self, request, obj=None):
        if obj is None:
            return self.fields
        return ["kommune", "runde", "bis", "begruendung", "gegeben_um", "gegeben_von"]

    def get_readonly_fields(self, request, obj=None):
        return ["kommune", "runde"] if obj is None else self.get_fields(request, obj)

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "antrag":
            offene = Foerderantrag.objects.filter(status__in=UNEINGEREICHT)
            kwargs["queryset"] = offene.select_related("kommune", "runde").order_by(
                "kommune__name", "angelegt_um"
            )
            kwargs["form_class"] = EntwurfFeld
            kwargs["label"] = "Entwurf"
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        verlaengerung = verfahren.verlaengere_frist(
            obj.antrag,
            bis=obj.bis,
            begruendung=obj.begruendung,
            durch=request.user,
            um=timezone.now(),
        )
        obj.pk, obj.gegeben_um = verlaengerung.pk, verlaengerung.gegeben_um
        obj.gegeben_von = request.user

    def eintraege(self, objekt):
        return eintraege_zu({Foerderantrag: [objekt.antrag_id]})

    @admin.display(description="Kommune", ordering="antrag__kommune__name")
    def kommune(self, obj):
        return obj.antrag.kommune

    @admin.display(description="Förderrunde", ordering="antrag__runde__beginn")
    def runde(self, obj):
        return obj.antrag.runde


# --- Budget -------------------------------------------------------------------


class Bindung(admin.SimpleListFilter):
    """Budgets on which somebody has written past the procedure."""

    title = "Bindung"
    parameter_name = "bindung"

    def lookups(self, request, model_admin):
        return [("weicht_ab", "weicht von den Bewilligungen ab")]

    def queryset(self, request, queryset):
        return queryset.filter(pk__in=haushalt.abweichende()) if self.value() else queryset


def ist_verwendet(ansatz) -> bool:
    """Whether decisions bind the budget or propose to."""
    return bool(ansatz.gebunden_euro) or ansatz.mittelbindungen.exists()


class HaushaltsansatzForm(PflegeForm):
    def clean(self):
        daten = super().clean()
        jahr = daten.get("haushaltsjahr")
        if jahr is not None and not 2018 <= jahr <= 2199:
            self.add_error("haushaltsjahr", "Geben Sie ein Jahr von 2018 bis 2199 an.")
        verwendet = self.instance.pk and ist_verwendet(self.instance)
        ort = {"haushaltsjahr", "haushaltsstelle"} if verwendet else set()
        for feld in ort.intersection(self.changed_data):
            self.add_error(
                feld,
                "Entscheidungen nennen diesen Ansatz mit Jahr und Stelle. Beides bleibt. "
                f"Bisher: {self.initial[feld]}. Legen Sie für anderes einen neuen Ansatz an.",
            )
        return daten


@admin.register(Haushaltsansatz)
class HaushaltsansatzAdmin(Loeschhindernis, NurGelesen, Pflege):
    form = HaushaltsansatzForm
    list_display = ["jahr", "haushaltsstelle", "ansatz", "gebunden", "frei", herkunft]
    list_display_links = ["jahr", "haushaltsstelle"]
    list_filter = [zahlenfilter("haushaltsjahr", "Haushaltsjahr"), Bindung]
    search_fields = ["haushaltsstelle", "quelle"]
    fields = ["haushaltsjahr", "haushaltsstelle", "betrag_euro", "quelle", "gebunden", "frei"]
    readonly_fields = ["gebunden", "frei"]
    nur_gelesen = {"haushaltsjahr": "jahr", "betrag_euro": "ansatz"}

    def loeschhindernis(self, obj):
        if ist_verwendet(obj):
            return "Löschen ist nicht möglich: Entscheidungen oder Vorschläge nennen diesen Ansatz."
        return ""

    @admin.display(description="Haushaltsjahr", ordering="haushaltsjahr")
    def jahr(self, obj):
        return str(obj.haushaltsjahr)

    @admin.display(description="Ansatz", ordering="betrag_euro")
    def ansatz(self, obj):
        return euro(obj.betrag_euro)

    @admin.display(description="davon gebunden", ordering="gebunden_euro")
    def gebunden(self, obj):
        return euro(obj.gebunden_euro)

    @admin.display(description="frei")
    def frei(self, obj):
        return euro(obj.frei_euro) if obj.pk else "–"
