"""Steps on a record in the admin: a button on its page, a page that asks, a POST that acts."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models import Q
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse

from asskomm.pflege import EINTRAEGE_JE_SEITE, lies_seite, satz_zum_fehler
from asskomm.protokoll.models import Eintrag
from asskomm.schritt import SchrittNichtMoeglich
from asskomm.texteingabe import TextFeld

# In the address of a step and in its form.
GESEHEN = "gesehen"


@dataclass(frozen=True)
class Schritt:
    """What staff can do with a record apart from editing it.

    Each function gets the admin page, the request and the record. `darf` is about the right of
    the person, `hindernis` about why the step is not possible now, if so; `tue` gets the reason
    as well and calls the procedure, which has the last word on both. With `stand` it gets the
    state of the record that its page showed when the person chose the step (`GESEHEN` in the form).
    """

    pfad: str
    knopf: str
    frage: str
    erledigt: str
    darf: Callable[..., bool]
    hindernis: Callable[..., SchrittNichtMoeglich | None]
    tue: Callable[..., None]
    grund: str = ""  # label of the field for the reason; without it none is asked for
    grund_hilfe: str = "Die Begründung steht im Protokoll."
    grund_hoechstens: int | None = None  # characters
    stand: Callable[..., str] | None = None


@dataclass(frozen=True)
class Knopf:
    titel: str
    adresse: str


class SchrittForm(forms.Form):
    def __init__(self, *args, schritt, **kwargs):
        super().__init__(*args, **kwargs)
        if schritt.stand:
            self.fields[GESEHEN] = forms.CharField(required=False, widget=forms.HiddenInput)
        if schritt.grund:
            self.fields["grund"] = TextFeld(
                label=schritt.grund,
                widget=forms.Textarea({"rows": 4, "class": "vLargeTextField"}),
                help_text=schritt.grund_hilfe,
                max_length=schritt.grund_hoechstens,
            )


class MitSchritten:
    """For the admin page of a model; `schritte` are its steps.

    The page of a record shows the buttons of those that are possible for the person now. A
    step that is refused answers 403 where the person may not, else 409, with the sentence. A new
    record is made under the heading `titel_neu` with the button `absenden_neu`.
    """

    change_form_template = "admin/schritte_change_form.html"
    schritte = ()
    titel_neu = ""
    absenden_neu = ""

    def get_urls(self):
        eigene = [
            path(
                f"<int:nummer>/{schritt.pfad}/",
                self.admin_site.admin_view(self.schritt_view),
                {"schritt": schritt},
                name=self._name(schritt.pfad),
            )
            for schritt in self.schritte
        ]
        return eigene + super().get_urls()

    def knoepfe(self, request, objekt) -> list[Knopf]:
        return [
            Knopf(schritt.knopf, self._adresse(schritt, request, objekt))
            for schritt in self.schritte
            if schritt.darf(self, request, objekt) and not schritt.hindernis(self, request, objekt)
        ]

    def _adresse(self, schritt, request, objekt):
        stand = {GESEHEN: schritt.stand(self, request, objekt)} if schritt.stand else None
        return reverse(f"admin:{self._name(schritt.pfad)}", args=[objekt.pk], query=stand)

    def hinweise_zum_schritt(self, request, objekt) -> list[str]:
        """What a person should know before any step on this record."""
        return []

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if add:
            context |= {"title": self.titel_neu, "absenden": self.absenden_neu}
        context |= {"show_save_and_add_another": False, "show_save_and_continue": False}
        if obj:
            context["knoepfe"] = self.knoepfe(request, obj)
            context["hinweise"] = self.hinweise_zum_schritt(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def schritt_view(self, request, nummer, schritt):
        if request.method not in ("GET", "POST"):
            return HttpResponseNotAllowed(["GET", "POST"])
        objekt = get_object_or_404(self.get_queryset(request), pk=nummer)
        if not schritt.darf(self, request, objekt):
            raise PermissionDenied
        form = SchrittForm(
            request.POST if request.method == "POST" else None,
            schritt=schritt,
            initial={GESEHEN: request.GET.get(GESEHEN, "")},
        )
        if request.method == "GET":
            fehler = schritt.hindernis(self, request, objekt)
        elif form.is_valid():
            fehler = self._tue(request, objekt, schritt, form.cleaned_data.get("grund", ""))
            if fehler is None:
                self.message_user(request, schritt.erledigt, messages.SUCCESS)
                return HttpResponseRedirect(self._ziel(objekt))
        else:
            fehler = None
        request.current_app = self.admin_site.name
        context = {
            **self.admin_site.each_context(request),
            "title": schritt.knopf,
            "subtitle": str(objekt),
            "opts": self.opts,
            "objekt": objekt,
            "schritt": schritt,
            "form": form,
            "fehler": str(fehler or ""),
            "hinweise": self.hinweise_zum_schritt(request, objekt),
            "zurueck": self._ziel(objekt),
        }
        return TemplateResponse(request, "admin/schritt.html", context, status=_status(fehler))

    def _tue(self, request, objekt, schritt, grund) -> SchrittNichtMoeglich | None:
        """Outside of a transaction, so that the log entry about a refusal outlives it."""
        try:
            schritt.tue(self, request, objekt, grund)
        except SchrittNichtMoeglich as fehler:
            return fehler
        except IntegrityError as fehler:
            return SchrittNichtMoeglich(satz_zum_fehler(fehler, [self.model]))
        return None

    def _ziel(self, objekt):
        return reverse(f"admin:{self._name('change')}", args=[objekt.pk])


def _status(fehler) -> int:
    return 200 if fehler is None else fehler.status


class MitProtokoll:
    """For the admin page of a model whose changes are entries in the log and nothing else."""

    def eintraege(self, objekt):
        """What the log says about the record, the newest first."""
        return eintraege_zu({self.model: [objekt.pk]})

    def history_view(self, request, object_id, extra_context=None):
        objekt = self.get_object(request, unquote(object_id))
        if objekt is None:
            raise Http404
        if not self.has_view_or_change_permission(request, objekt):
            raise PermissionDenied
        seite = lies_seite(request)
        ab = (seite - 1) * EINTRAEGE_JE_SEITE
        eintraege = list(self.eintraege(objekt)[ab : ab + EINTRAEGE_JE_SEITE + 1])
        request.current_app = self.admin_site.name
        context = {
            **self.admin_site.each_context(request),
            "title": f"Verlauf: {objekt}",
            "subtitle": None,
            "object": objekt,
            "opts": self.opts,
            "eintraege": eintraege[:EINTRAEGE_JE_SEITE],
            "seite": seite,
            "weitere": len(eintraege) > EINTRAEGE_JE_SEITE,
        }
        return TemplateResponse(request, "admin/vieraugen/verlauf.html", context)

    def log_addition(self, request, obj, message):
        """Nothing: the procedure has written into the Protokoll."""

    def log_change(self, request, obj, message):
        """Nothing: the procedure has written into the Protokoll."""


def eintraege_zu(gegenstaende):
    """The log about these records: {model: their keys}."""
    bedingung = Q()
    for modell, nummern in gegenstaende.items():
        bedingung |= Q(
            gegenstand_art=modell._meta.label_lower,
            gegenstand_nummer__in=[str(nummer) for nummer in nummern],
        )
    return Eintrag.objects.filter(bedingung).mit_personen()
