"""The admin of what two people decide: one proposes, another approves or refuses."""

import uuid
from functools import cache

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets
from django.db.models import Case, Value, When
from django.db.models.fields.related import ForeignKey
from django.http import HttpResponseRedirect
from django.utils import timezone

from asskomm.formate import zeitpunkt
from asskomm.pflege import Pflege, PflegeForm, kennzeichen, recht
from asskomm.schritt import SchrittNichtMoeglich

from . import vertretung, vieraugen
from .schritte_admin import MitProtokoll, MitSchritten, Schritt
from .vieraugen import SCHON_ENTSCHIEDEN, EigeneFreigabe, VierAugen


class VorschlagForm(PflegeForm):
    """A proposal, checked as the person's who makes it: `durch` and `fuer` are set by the admin.

    `formularmarke` is one form in one browser: sent twice, it stays one proposal.
    """

    durch = fuer = None
    formularmarke = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def _post_clean(self):
        self.instance.vorgeschlagen_von = self.durch
        self.instance.vorgeschlagen_fuer = self.fuer
        self.instance.vorgeschlagen_um = timezone.now()
        self.instance.marke = self.cleaned_data.get("formularmarke") or uuid.uuid4()
        super()._post_clean()


class Wartet(admin.SimpleListFilter):
    title = "Zuständigkeit"
    parameter_name = "wartet"

    def lookups(self, request, model_admin):
        return [("mich", "Ich kann entscheiden")]

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        dafuer = recht("entscheiden", queryset.model)
        return queryset.entscheidbar_durch(
            request.user, vertretung.vertretene(request.user, dafuer)
        )


def darf_entscheiden(seite, request, objekt) -> bool:
    return request.user.has_perm(recht("entscheiden", seite.model))


def hat_vorgeschlagen(seite, request, objekt) -> bool:
    return objekt.vorgeschlagen_von_id == request.user.pk


def _nur_offen(seite, request, objekt):
    if objekt.ergebnis != VierAugen.Ergebnis.OFFEN:
        return SchrittNichtMoeglich(SCHON_ENTSCHIEDEN)
    return None


def _nur_als_zweite_person(seite, request, objekt):
    if satz := seite.einwand(request, objekt, vieraugen.beteiligte(objekt)):
        return EigeneFreigabe(satz)
    return _nur_offen(seite, request, objekt)


def _nur_fremdes(seite, request, objekt):
    if satz := seite.einwand(request, objekt, vieraugen.vorschlagende(objekt)):
        return EigeneFreigabe(satz)
    return _nur_offen(seite, request, objekt)


def _genehmige(seite, request, objekt, grund):
    fuer = seite.entscheidet_fuer(request, objekt)
    seite.genehmige(objekt, durch=request.user, um=timezone.now(), fuer=fuer)


def _lehne_ab(seite, request, objekt, grund):
    fuer = seite.entscheidet_fuer(request, objekt)
    vieraugen.lehne_ab(objekt, durch=request.user, um=timezone.now(), grund=grund, fuer=fuer)


def _ziehe_zurueck(seite, request, objekt, grund):
    vieraugen.ziehe_zurueck(objekt, durch=request.user, um=timezone.now())


GENEHMIGEN = Schritt(
    "genehmigen",
    "Genehmigen",
    "Haben Sie den Vorschlag und seine Begründung geprüft? Mit der Genehmigung gilt er sofort.",
    "Genehmigt.",
    darf_entscheiden,
    _nur_als_zweite_person,
    _genehmige,
)
ABLEHNEN = Schritt(
    "ablehnen",
    "Ablehnen",
    "Der Vorschlag ist damit erledigt. Er kann neu gemacht werden.",
    "Abgelehnt.",
    darf_entscheiden,
    _nur_fremdes,
    _lehne_ab,
    grund="Begründung",
)
ZURUECKZIEHEN = Schritt(
    "zurueckziehen",
    "Vorschlag zurückziehen",
    "Der Vorschlag ist damit erledigt.",
    "Zurückgezogen.",
    hat_vorgeschlagen,
    _nur_offen,
    _ziehe_zurueck,
)


class VierAugenAdmin(MitProtokoll, MitSchritten, Pflege):
    """Propose in a form, decide on the page of the proposal. Nothing is edited or deleted.

    A subclass names the `vorschlagsfelder` and the procedure `genehmige(vorschlag, durch, um,
    fuer)`, which has to raise EigeneFreigabe. Who may propose has the right "add", who may
    decide the right "entscheiden".
    """

    form = VorschlagForm
    absenden_neu = "Vorschlagen"
    vorschlagsfelder = ()
    detailfelder = ()  # shown on the page of a proposal in addition
    schritte = (GENEHMIGEN, ABLEHNEN, ZURUECKZIEHEN)
    list_display = ["vorschlag", "stand", "vorgeschlagen", "entschieden"]
    list_filter = [Wartet, "ergebnis"]
    ordering = [
        Case(When(ergebnis=VierAugen.Ergebnis.OFFEN, then=Value(0)), default=Value(1)),
        "-vorgeschlagen_um",
        "-pk",
    ]

    def genehmige(self, vorschlag, *, durch, um, fuer):
        raise NotImplementedError

    def fuer(self, request, art="entscheiden", beteiligt=()):
        """In whose deputyship the person uses the right here, if so."""
        return vertretung.fuer(request.user, recht(art, self.model), beteiligt)

    def entscheidet_fuer(self, request, objekt):
        return self.fuer(request, beteiligt=vieraugen.beteiligte(objekt))

    def einwand(self, request, objekt, beteiligt) -> str:
        fuer = self.entscheidet_fuer(request, objekt)
        return vieraugen.einwand(beteiligt, durch=request.user, fuer=fuer)

    def get_queryset(self, request):
        beziehungen = [f.name for f in self.opts.fields if isinstance(f, ForeignKey)]
        return super().get_queryset(request).select_related(*beziehungen)

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return [(None, {"fields": [*self.vorschlagsfelder, "begruendung", "formularmarke"]})]
        felder = [self._lesbar(request, name) for name in self.vorschlagsfelder]
        return [
            (None, {"fields": [*felder, *self.detailfelder, "begruendung"]}),
            ("Entscheidung", {"fields": ["stand", "vorgeschlagen", "entschieden"]}),
        ]

    def _lesbar(self, request, name):
        """The field; without Django's link where the person may not see what it leads to."""
        ziel = self.opts.get_field(name).related_model
        if ziel is None or request.user.has_perm(recht("view", ziel)):
            return name
        return _ohne_link(self.model, name)

    def get_readonly_fields(self, request, obj=None):
        return flatten_fieldsets(self.get_fieldsets(request, obj)) if obj else ()

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.durch = request.user
        form.fuer = None if obj else self.fuer(request, "add")
        return form

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def add_view(self, request, form_url="", extra_context=None):
        """The second of two clicks finds the proposal that the first has made."""
        if request.method == "POST" and (vorhanden := self._schon_gemacht(request)):
            return self.response_add(request, vorhanden)
        return super().add_view(request, form_url, extra_context)

    def _schon_gemacht(self, request):
        try:
            marke = uuid.UUID(request.POST.get("formularmarke", ""))
        except ValueError:
            return None
        return self.model.objects.filter(marke=marke, vorgeschlagen_von=request.user).first()

    def save_model(self, request, obj, form, change):
        vieraugen.schlage_vor(
            obj, durch=request.user, um=timezone.now(), fuer=self.fuer(request, "add")
        )

    def response_add(self, request, obj, post_url_continue=None):
        self.message_user(
            request, "Vorgeschlagen. Jetzt muss eine zweite Person entscheiden.", messages.SUCCESS
        )
        return HttpResponseRedirect(self._ziel(obj))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj:
            context["eintraege"] = self.eintraege(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def hinweise_zum_schritt(self, request, objekt):
        if objekt.ergebnis != VierAugen.Ergebnis.OFFEN or not darf_entscheiden(
            self, request, objekt
        ):
            return []
        if satz := self.einwand(request, objekt, vieraugen.beteiligte(objekt)):
            return [satz]
        fuer = self.entscheidet_fuer(request, objekt)
        return [f"Sie entscheiden in Vertretung für {fuer}."] if fuer else []

    @admin.display(description="Vorschlag")
    def vorschlag(self, obj):
        return str(obj)

    @admin.display(description="Stand", ordering="ergebnis")
    def stand(self, obj):
        return kennzeichen(obj.ergebnis, obj.get_ergebnis_display())

    @admin.display(description="vorgeschlagen", ordering="vorgeschlagen_um")
    def vorgeschlagen(self, obj):
        return _wann_und_wer(obj.vorgeschlagen_um, obj.vorgeschlagen_von, obj.vorgeschlagen_fuer)

    @admin.display(description="entschieden", ordering="entschieden_um")
    def entschieden(self, obj):
        if not obj.entschieden_von:
            return "–"
        return _wann_und_wer(obj.entschieden_um, obj.entschieden_von, obj.entschieden_fuer)


def _wann_und_wer(um, person, fuer):
    in_vertretung = f", in Vertretung für {fuer}" if fuer else ""
    return f"{zeitpunkt(um)}, {person}{in_vertretung}"


@cache
def _ohne_link(modell, name):
    """The same function for the same field, so that Django finds it again."""

    @admin.display(description=modell._meta.get_field(name).verbose_name)
    def wort(obj):
        return str(getattr(obj, name))

    return wort
