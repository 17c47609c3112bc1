"""Personal links of a registration: one for the person, one for the employer.

They are signed and hold no personal data. What they may do depends on the state of the
registration, so an old link never does more than the page it opens.
"""

from __future__ import annotations

from django.core import signing
from django.urls import reverse

from ..models import Anmeldung

PERSON, ARBEITGEBER = "fortbildung.anmeldung", "fortbildung.zustimmung"


class LinkGiltNicht(Exception):
    """No such link, or a newer one was sent (`veraltet`)."""

    def __init__(self, veraltet: bool = False):
        super().__init__()
        self.veraltet = veraltet


def adresse(anmeldung: Anmeldung) -> str:
    """Path of the page on which the person sees and changes the registration."""
    return _adresse("fortbildung:anmeldung-link", anmeldung, PERSON, anmeldung.folge)


def adresse_der_zustimmung(anmeldung: Anmeldung) -> str:
    """Path of the page on which the employer agrees with a button."""
    folge = anmeldung.arbeitgeber_folge
    return _adresse("fortbildung:zustimmung", anmeldung, ARBEITGEBER, folge)


def _adresse(name, anmeldung, salz, folge):
    return reverse(name, args=[signing.dumps([anmeldung.pk.hex, folge], salt=salz)])


def lies(zeichen: str) -> Anmeldung:
    """The registration of a person's link. Raises LinkGiltNicht."""
    return _lies(zeichen, PERSON, "folge")


def lies_zustimmung(zeichen: str) -> Anmeldung:
    """The registration an employer is asked about. Raises LinkGiltNicht."""
    return _lies(zeichen, ARBEITGEBER, "arbeitgeber_folge")


def _lies(zeichen, salz, feld):
    try:
        nummer, folge = signing.loads(zeichen, salt=salz)
    except (signing.BadSignature, ValueError, TypeError):
        raise LinkGiltNicht from None
    menge = Anmeldung.objects.select_related("durchgang__lehrgang", "kommune")
    anmeldung = menge.filter(pk=nummer).first()
    if anmeldung is None:
        raise LinkGiltNicht
    if getattr(anmeldung, feld) != folge:
        raise LinkGiltNicht(veraltet=True)
    return anmeldung
