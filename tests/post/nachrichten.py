"""Mails that only the tests write; their texts are in tests/post/vorlagen."""

from datetime import timedelta

from django.utils import timezone

from asskomm.post.models import Nachricht
from asskomm.post.vorlagen import Vorlage

SCHLICHT = Vorlage("test_schlicht", "Antrag {nummer}: eingegangen")
# address: the link that a mail to it gets; without one the mail is not due any more
LINKS = {}
MIT_LINK = Vorlage(
    "test_mit_link", "Neues Passwort", lambda nachricht: LINKS.get(nachricht.adresse)
)


def make_nachricht(**felder):
    jetzt = timezone.now()
    felder.setdefault("vorlage", "test_schlicht")
    felder.setdefault("adresse", "amt@example.org")
    felder.setdefault("betreff", "[ASSKomm] Probe")
    felder.setdefault("text", "Guten Tag,\n\nes gibt eine Neuigkeit.\n")
    felder.setdefault("eingestellt_um", jetzt - timedelta(minutes=1))
    zustand = felder.setdefault("zustand", Nachricht.Zustand.WARTET)
    if zustand == Nachricht.Zustand.WARTET:
        felder.setdefault("naechster_versuch_um", felder["eingestellt_um"])
    if zustand in (Nachricht.Zustand.GESENDET, Nachricht.Zustand.ZURUECKGEKOMMEN):
        felder.setdefault("gesendet_um", jetzt)
    return Nachricht.objects.create(**felder)
