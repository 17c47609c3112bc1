"""Pages nobody wants to see."""

import re

from .schritte import NICHT_ZU_SCHNELL_MS, sende_ab
from .seite import STOERUNG, Seite
from .zugaenge import REDAKTION


def sende_zu_oft(page):
    """Send the form until the portal has had enough of this connection."""
    formulare = [page.request.get(page.url).text() for _ in range(5)]
    page.locator("textarea").fill("Die Karte lässt sich nicht vergrößern.")
    page.wait_for_timeout(NICHT_ZU_SCHNELL_MS)
    for formular in formulare:
        marke = re.search(r'name="marke" value="([^"]+)"', formular)[1]
        page.request.post(page.url, form={"text": "Noch eine Barriere.", "marke": marke})
    sende_ab(page)


def sende_ohne_keks(page):
    """Send the form from a browser that refuses the cookie belonging to it."""
    page.context.clear_cookies()
    sende_ab(page)


SEITEN = [
    # Pages nobody wants to see
    Seite(
        "403-formular",
        "/anmelden/",
        "Das Formular ist abgelaufen",
        (sende_ohne_keks,),
        status=403,
    ),
    Seite(
        "403-verwaltung",
        "/admin/foerderung/zuwendung/",
        "Kein Zugriff",
        konto=REDAKTION,
        status=403,
    ),
    Seite("404", "/kommunen/doebelm/", "Diese Seite gibt es nicht", status=404),
    Seite("410", "/kommunen/14522450/", "Ostrau", status=410),
    Seite("429", "/barrierefreiheit/melden/", "", (sende_zu_oft,), status=429),
    Seite("500", "/stoerung/", "Das hat leider nicht geklappt", status=500, landmarken=STOERUNG),
    Seite(
        "503",
        "/wartung/",
        "Das Portal ist gerade nicht erreichbar",
        status=503,
        landmarken=STOERUNG,
    ),
]
