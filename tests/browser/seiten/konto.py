"""Signing in and one's own account."""

from .schritte import sende_ab
from .seite import Seite
from .zugaenge import VERWALTUNG_DER_KOMMUNE

SEITEN = [
    # Signing in and one's own account
    Seite("anmelden", "/anmelden/", "Anmelden"),
    Seite("anmelden-fehler", "/anmelden/", "Fehler: Anmelden", (sende_ab,)),
    Seite("passwort-vergessen", "/anmelden/passwort-vergessen/", "Passwort vergessen"),
    Seite("konto", "/konto/", "Mein Konto", konto=VERWALTUNG_DER_KOMMUNE),
    Seite("zweiter-faktor", "/konto/zweiter-faktor/", "Zweiter", konto=VERWALTUNG_DER_KOMMUNE),
]
