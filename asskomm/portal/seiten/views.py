"""The text pages: programme, funding, training, help and legal texts."""

from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from asskomm.oeffentlich import oeffentlich
from asskomm.quellen import lies_quellen
from foerderung.regelwerk.auskunft import fenster

from ..markdown import rendere
from ..models import Seite

INHALT_AB_ABSCHNITTEN = 4
LEICHTE_SPRACHE = "leichte-sprache"
# What stands below it is the plain version of the page with the rest of its address.
LEICHTE_FASSUNG = f"{LEICHTE_SPRACHE}/"
FOERDERUNG = "foerderung"


@oeffentlich
@require_safe
def seite(request, pfad):
    seite = get_object_or_404(Seite.objects.oeffentlich(), pfad=pfad)
    nachbarn, fassung = _andere_seiten(seite)
    text = rendere(seite.text)
    mit_inhalt = len(text.abschnitte) >= INHALT_AB_ABSCHNITTEN
    return render(
        request,
        "portal/seiten/seite.html",
        {
            "pfad": [
                *[(n.titel, n.get_absolute_url()) for n in nachbarn if n.pfad == _oben(pfad)],
                (seite.titel, ""),
            ],
            "seite": seite,
            "text": text.html,
            "abschnitte": text.abschnitte if mit_inhalt else [],
            "leicht": _ist_leicht(pfad),
            "fassung": fassung,
            # The deadline comes from the rounds, not from the text.
            "fenster": fenster(timezone.now()) if pfad == FOERDERUNG else None,
            "nachbarn": nachbarn,
            "quellen": lies_quellen(seite.quellen.splitlines()),
        },
    )


def _andere_seiten(seite):
    """The pages to go on to, and the same page in plain or in usual language, if it is there.

    Pages in plain language go together, whatever their section: from there nobody is sent to
    others without a word, and the section does not repeat its pages.
    """
    leicht = _ist_leicht(seite.pfad)
    andere_fassung = _andere_fassung(seite.pfad)
    verwandt = Q(rubrik=seite.rubrik)
    if leicht:
        verwandt = Q(pfad=LEICHTE_SPRACHE) | Q(pfad__startswith=LEICHTE_FASSUNG)
    seiten = Seite.objects.oeffentlich().filter(verwandt | Q(pfad=andere_fassung))
    seiten = list(seiten.exclude(pk=seite.pk).only("pfad", "titel"))
    fassung = next((andere for andere in seiten if andere.pfad == andere_fassung), None)
    nachbarn = [
        andere
        for andere in seiten
        if andere != fassung and (leicht or not andere.pfad.startswith(LEICHTE_FASSUNG))
    ]
    return nachbarn, fassung


def _ist_leicht(pfad):
    return pfad == LEICHTE_SPRACHE or pfad.startswith(LEICHTE_FASSUNG)


def _andere_fassung(pfad):
    """foerderung for leichte-sprache/foerderung, and the other way round."""
    if pfad == LEICHTE_SPRACHE:
        return ""
    return pfad.removeprefix(LEICHTE_FASSUNG) if _ist_leicht(pfad) else f"{LEICHTE_FASSUNG}{pfad}"


def _oben(pfad):
    """The address one step up: programm/coaching lies below programm."""
    return LEICHTE_SPRACHE if pfad.startswith(LEICHTE_FASSUNG) else pfad.rpartition("/")[0]
