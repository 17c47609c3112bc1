"""The daily jobs of data protection."""

from datetime import date
from importlib import import_module

from django.conf import settings

from asskomm.konten import geraete
from asskomm.konten.personendaten import GERAET
from asskomm.post import briefkasten
from asskomm.post.models import Nachricht
from asskomm.post.tagesaufgaben import tagesaufgabe

from .verfahren import loesche_ohne_lauf, zaehle_faellige


@tagesaufgabe("datenschutz.faellige")
def melde_faellige(heute: date) -> None:
    """Count what is due, so that the start page of the admin can say so."""
    zaehle_faellige(heute)


@tagesaufgabe("datenschutz.sitzungen")
def loesche_abgelaufene_sitzungen(heute: date) -> None:
    """Sessions that have ended give no access any more; nobody needs to decide about them."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


@tagesaufgabe("konten.geraete")
def vergiss_unbenutzte_geraete(heute: date) -> None:
    """A device whose cookie has run out is of no use any more, but a hold on it counts."""
    loesche_ohne_lauf(GERAET, geraete.unbenutzte(heute))


@tagesaufgabe("datenschutz.briefkasten")
def leere_briefkasten(heute: date) -> None:
    """A mail that is deleted goes from the local mailbox, too."""
    abgelegt = briefkasten.kennungen()
    vorhanden = set(Nachricht.objects.filter(pk__in=abgelegt).values_list("pk", flat=True))
    for kennung in abgelegt:
        if kennung not in vorhanden:
            briefkasten.loesche(kennung)
