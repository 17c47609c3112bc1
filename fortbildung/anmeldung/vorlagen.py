"""Mails about registrations. The texts stand in templates/post/."""

from django.conf import settings

from asskomm.post.vorlagen import Vorlage

from ..models import BEENDET, Anmeldung, Befragungszugang, Stand
from . import link


def _anmeldung(nachricht):
    return Anmeldung.objects.filter(pk=nachricht.gegenstand_nummer).first()


def _zur_anmeldung(nachricht) -> str | None:
    """The personal page; None when the registration is deleted."""
    anmeldung = _anmeldung(nachricht)
    return settings.BASE_URL + link.adresse(anmeldung) if anmeldung else None


def _zum_bestaetigen(nachricht) -> str | None:
    """The same page, as long as there is something to confirm."""
    anmeldung = _anmeldung(nachricht)
    if anmeldung is None or anmeldung.stand != Stand.UNBESTAETIGT:
        return None
    return settings.BASE_URL + link.adresse(anmeldung)


def _zur_zustimmung(nachricht) -> str | None:
    """The employer's page, unless the question is settled or the registration over."""
    anmeldung = _anmeldung(nachricht)
    if anmeldung is None or anmeldung.stand in BEENDET or anmeldung.arbeitgeber_bestaetigt_um:
        return None
    return settings.BASE_URL + link.adresse_der_zustimmung(anmeldung)


def _zur_befragung(nachricht) -> str | None:
    """The questions; None once they are answered."""
    zugang = Befragungszugang.objects.filter(pk=nachricht.gegenstand_nummer, benutzt=False).first()
    return settings.BASE_URL + link.adresse_der_befragung(zugang) if zugang else None


# angaben of all: kurs, anmeldung; of some: bis (a moment in words)
BESTAETIGEN = Vorlage("kurs_bestaetigen", "Anmeldung zum Lehrgang bestätigen", _zum_bestaetigen)
SCHON_ANGEMELDET = Vorlage("kurs_schon_angemeldet", "Ihre Anmeldung zum Lehrgang", _zur_anmeldung)
ANGEMELDET = Vorlage("kurs_angemeldet", "Anmeldung zum Lehrgang eingegangen", _zur_anmeldung)
AUF_WARTELISTE = Vorlage(
    "kurs_warteliste", "Lehrgang: Sie stehen auf der Warteliste", _zur_anmeldung
)
PLATZ_ANGEBOTEN = Vorlage("kurs_platz_angeboten", "Lehrgang: Ein Platz ist frei", _zur_anmeldung)
ANGEBOT_VERFALLEN = Vorlage(
    "kurs_angebot_verfallen", "Lehrgang: Das Angebot ist abgelaufen", _zur_anmeldung
)
# angaben: platz as well, whether another person gets one by it
ABGEMELDET = Vorlage("kurs_abgemeldet", "Abmeldung vom Lehrgang", _zur_anmeldung)
ZUGELASSEN = Vorlage("kurs_zugelassen", "Zulassung zum Lehrgang", _zur_anmeldung)
ABGELEHNT = Vorlage("kurs_abgelehnt", "Ihre Anmeldung zum Lehrgang", _zur_anmeldung)
ZERTIFIKAT = Vorlage("kurs_zertifikat", "Ihr Zertifikat ist da", _zur_anmeldung)
ZERTIFIKAT_WIDERRUFEN = Vorlage(
    "kurs_zertifikat_widerrufen", "Ihr Zertifikat ist widerrufen", _zur_anmeldung
)
# angaben: erneut as well, whether they agreed before
ZUSTIMMUNG = Vorlage("kurs_zustimmung", "Zustimmung zu einer Fortbildung", _zur_zustimmung)
# angaben: modul as well
BEFRAGUNG = Vorlage("kurs_befragung", "Wie war das Modul?", _zur_befragung)
