"""What cannot wait for the next day: files that came while the virus scanner was away."""

import logging

from django.utils import timezone

from asskomm.post.taktaufgaben import taktaufgabe

from ..models import Anlage
from . import virenscanner
from .verfahren import scanne_nach
from .virenscanner import Befund

logger = logging.getLogger(__name__)

# After so many without a verdict in a row the scanner is left alone until the next time.
VERSUCHE = 3


@taktaufgabe("anlagen.nachscannen")
def scanne_wartende(weiter) -> None:
    """Oldest first; files from the time before there was a scanner, too."""
    if not virenscanner.ist_eingerichtet():
        return
    vergeblich = 0
    for anlage in Anlage.objects.ungeprueft().order_by("hochgeladen_um"):
        if vergeblich == VERSUCHE or not weiter():
            return
        try:
            befund = scanne_nach(anlage, um=timezone.now())
        except OSError:
            logger.error("Die Datei der Anlage %s ist nicht lesbar.", anlage.pk)
            continue
        vergeblich = vergeblich + 1 if befund == Befund.NICHT_ERREICHBAR else 0
