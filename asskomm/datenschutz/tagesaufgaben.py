"""The daily jobs of data protection."""

from datetime import date
from importlib import import_module

from django.conf import settings

from asskomm.post.tagesaufgaben import tagesaufgabe

from .verfahren import zaehle_faellige


@tagesaufgabe("datenschutz.faellige")
def melde_faellige(heute: date) -> None:
    """Count what is due, so that the start page of the admin can say so."""
    zaehle_faellige(heute)


@tagesaufgabe("datenschutz.sitzungen")
def loesche_abgelaufene_sitzungen(heute: date) -> None:
    """Sessions that have ended give no access any more; nobody needs to decide about them."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
