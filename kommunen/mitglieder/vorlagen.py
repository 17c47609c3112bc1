"""Mails about members of a Kommune. The texts stand in templates/post/."""

from django.conf import settings
from django.urls import reverse

from asskomm.post.vorlagen import Vorlage


def _mein_bereich(nachricht):
    return settings.BASE_URL + reverse("bereich:start")


MITGLIED_BEENDET = Vorlage(
    "mitglied_beendet", "[ASSKomm] Ihre Rolle in einer Kommune ist beendet", _mein_bereich
)
MITGLIED_ROLLE = Vorlage(
    "mitglied_rolle", "[ASSKomm] Ihre Rollen in einer Kommune haben sich geändert", _mein_bereich
)
ROLLEN_PRUEFEN = Vorlage(
    "rollen_pruefen", "[ASSKomm] Prüfen Sie, wer für Ihre Kommune handelt", _mein_bereich
)
