"""Pages on which the LPR reads a case: what was submitted is what counts, never the draft."""

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ...anlagen.views import kennzeichen, umfang
from ...antrag.fassung import gruppen
from ...antrag.verlauf import verlauf as lies_verlauf
from ...befugnisse import Handelnde, verlangt_akte
from ...models import Anlage
from ...plan.ansicht import Planansicht
from ...plan.regeln import planjahre, planregeln
from ..lage import rechte
from ..rahmen import zeige

NEUESTE_EREIGNISSE = 5


@require_safe
@verlangt_akte()
def uebersicht(request, antrag):
    return zeige_uebersicht(request, antrag)


def zeige_uebersicht(request, antrag, *, fehler="", status=200):
    """The case on one page; `fehler` says why a step from the list was refused."""
    als = rechte(request.user)
    ereignisse = lies_verlauf(antrag)
    return zeige(
        request,
        antrag,
        "foerderung/fallakte/uebersicht.html",
        titel=antrag.titel,
        status=status,
        fehler=fehler,
        weist_zu=bool(als & {Handelnde.SACHBEARBEITUNG, Handelnde.LEITUNG}),
        bearbeitet=bool(als),
        heute=timezone.localdate(),
        ereignisse=ereignisse[:NEUESTE_EREIGNISSE],
        weitere=max(0, len(ereignisse) - NEUESTE_EREIGNISSE),
    )


@require_safe
@verlangt_akte()
def antrag(request, antrag, nummer=None):
    """The newest version, or an earlier one by its number, as the town hall signed it."""
    fassungen = list(
        antrag.fassungen.select_related("vorbereitet_von", "gezeichnet_von").order_by("-nummer")
    )
    gezeigte = next((f for f in fassungen if nummer in (None, f.nummer)), None)
    if nummer is not None and gezeigte is None:
        raise Http404
    ist_neueste = gezeigte is None or gezeigte == fassungen[0]
    return zeige(
        request,
        antrag,
        "foerderung/fallakte/antrag.html",
        titel="Antrag" if ist_neueste else f"Antrag, Fassung {nummer}",
        fassungen=fassungen,
        fassung=gezeigte,
        ist_neueste=ist_neueste,
        gruppen=gruppen(gezeigte.inhalt) if gezeigte else [],
    )


@require_safe
@verlangt_akte()
def plan(request, antrag):
    """The plan of the newest version, computed again under the rule set of the submission."""
    fassung = antrag.fassungen.last()
    ansicht = None
    if fassung:
        ansicht = Planansicht(
            fassung.inhalt["abschnitte"].get("plan", {}),
            planjahre(antrag),
            planregeln(antrag.regelwerk),
        )
    return zeige(
        request,
        antrag,
        "foerderung/fallakte/plan.html",
        titel="Ausgaben und Finanzierung",
        fassung=fassung,
        plan=ansicht,
    )


@require_safe
@verlangt_akte()
def unterlagen(request, antrag):
    """The files of the newest version; what is being exchanged in a Nachforderung is not in it yet."""
    fassung = antrag.fassungen.last()
    nummern = [anlage["id"] for anlage in fassung.inhalt["anlagen"]] if fassung else []
    arten = {art.schluessel: art.bezeichnung for art in antrag.regelwerk.anlagenarten.all()}
    anlagen = Anlage.objects.filter(antrag=antrag, pk__in=nummern).order_by("art", "hochgeladen_um")
    return zeige(
        request,
        antrag,
        "foerderung/fallakte/unterlagen.html",
        titel="Unterlagen",
        fassung=fassung,
        dateien=[
            {
                "anlage": anlage,
                "art": arten.get(anlage.art, "Weitere Unterlagen"),
                "umfang": umfang(anlage.groesse),
                "kennzeichen": kennzeichen(anlage),
                "adresse": reverse("foerderung:anlage", args=[antrag.pk, anlage.pk]),
            }
            for anlage in anlagen
        ],
    )


@require_safe
@verlangt_akte()
def verlauf(request, antrag):
    """Everything in the log of the case, with names and reasons."""
    return zeige(
        request,
        antrag,
        "foerderung/fallakte/verlauf.html",
        titel="Verlauf",
        ereignisse=lies_verlauf(antrag),
    )
