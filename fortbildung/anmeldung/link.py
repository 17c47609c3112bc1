"""Personal links of a registration: for the person, for the employer, for each survey.

They are signed and hold no personal data. What they may do depends on the state of the
registration, so an old link never does more than the page it opens.
"""

from __future__ import annotations

from django.core import signing
from django.urls import reverse

from ..models import Anmeldung, Befragungszugang

PERSON, ARBEITGEBER = "fortbildung.anmeldung", "fortbildung.zustimmung"
BEFRAGUNG = "fortbildung.befragung"


class LinkGiltNicht(Exception):
    """No such link, nobody it is about any more, or a newer one was sent (`veraltet`)."""

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
    anmeldung = _lies(zeichen, ARBEITGEBER, "arbeitgeber_folge")
    if anmeldung.ist_geloescht:
        raise LinkGiltNicht
    return anmeldung


def _lies(zeichen, salz, feld):
    try:
        nummer, folge = signing.loads(zeichen, salt=salz)
    except (signing.BadSignature, ValueError, TypeError):
        raise LinkGiltNicht from None
    menge = Anmeldung.objects.select_related("durchgang__lehrgang", "kommune", "teilnahme")
    anmeldung = menge.prefetch_related("teilnahme__zertifikate").filter(pk=nummer).first()
    if anmeldung is None:
        raise LinkGiltNicht
    if getattr(anmeldung, feld) != folge:
        raise LinkGiltNicht(veraltet=True)
    return anmeldung


def adresse_der_befragung(zugang: Befragungszugang) -> str:
    """Path of the page with the questions about a module."""
    zeichen = signing.dumps(zugang.pk.hex, salt=BEFRAGUNG)
    return reverse("fortbildung:befragung", args=[zeichen])


def lies_befragung(zeichen: str) -> Befragungszugang:
    """What somebody is asked about, answered or not. Raises LinkGiltNicht."""
    try:
        nummer = signing.loads(zeichen, salt=BEFRAGUNG)
    except (signing.BadSignature, ValueError):
        raise LinkGiltNicht from None
    menge = Befragungszugang.objects.select_related("modul", "durchgang__lehrgang")
    zugang = menge.filter(pk=nummer).first()
    if zugang is None:
        raise LinkGiltNicht
    return zugang
