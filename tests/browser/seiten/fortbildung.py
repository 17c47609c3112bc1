"""Courses: the catalogue, the registration, one's own place."""

from .schritte import folge, sende_ab
from .seite import Seite
from .zugaenge import IN_ZWEI_KOMMUNEN

LEHRGANG = folge("main .assk-meldungen a")

SEITEN = [
    Seite("lehrgaenge", "/fortbildung/kurse/", "Lehrgänge"),
    Seite("lehrgang", "/fortbildung/kurse/", "Beccaria-Qualifizierung", (LEHRGANG,)),
    Seite(
        "lehrgang-anmelden-fehler",
        "/fortbildung/kurse/",
        "Fehler: Anmeldung",
        (LEHRGANG, folge("main a.kern-btn--primary"), sende_ab),
        druckseiten=4,
    ),
    Seite(
        "lehrgang-meine",
        "/fortbildung/meine/",
        "Ihre Anmeldung",
        (folge("main .assk-meldungen li:has(.assk-chip:text-is('Platz angeboten')) a"),),
        konto=IN_ZWEI_KOMMUNEN,
        druckseiten=4,
    ),
]
