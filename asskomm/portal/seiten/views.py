"""The text pages: programme, funding, training, help and legal texts."""

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
FOERDERUNG = "foerderung"


@oeffentlich
@require_safe
def seite(request, pfad):
    seite = get_object_or_404(Seite.objects.oeffentlich(), pfad=pfad)
    nachbarn = Seite.objects.oeffentlich().filter(rubrik=seite.rubrik).exclude(pk=seite.pk)
    nachbarn = list(nachbarn.only("pfad", "titel"))
    text = rendere(seite.text)
    mit_inhalt = len(text.abschnitte) >= INHALT_AB_ABSCHNITTEN
    leicht = pfad == LEICHTE_SPRACHE
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
            "leicht": leicht,
            # The deadline comes from the rounds, not from the text.
            "fenster": fenster(timezone.now()) if pfad == FOERDERUNG else None,
            # They are not in plain language, so nobody is sent there from a page that is.
            "nachbarn": [] if leicht else nachbarn,
            "quellen": lies_quellen(seite.quellen.splitlines()),
        },
    )


def _oben(pfad):
    """The address one step up: programm/coaching lies below programm."""
    return pfad.rpartition("/")[0]
