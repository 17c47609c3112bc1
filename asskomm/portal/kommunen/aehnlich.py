"""Near names, for when nothing was found."""

from __future__ import annotations

from datetime import date

from rapidfuzz import fuzz, process

from kommunen.faltung import Falte, falte
from kommunen.models import Kommune

MINDESTENS_PROZENT = 70
STELLEN_DER_PLZ = 3


def aehnliche(eingabe: str, am: date, hoechstens: int = 5) -> list[dict]:
    """Existing Kommunen whose German or Sorbian name resembles `eingabe`, the nearest first.

    For a postcode these are Kommunen of the same region. Reads the names of all Kommunen,
    so it is for pages that found nothing. Returns {titel, url}.
    """
    eingabe = eingabe.strip()
    bestehend = Kommune.objects.gueltig(am)
    if eingabe.isascii() and eingabe.isdigit():
        nahe = bestehend.filter(plz__startswith=eingabe[:STELLEN_DER_PLZ]).order_by("plz", "pk")
        kommunen = nahe[:hoechstens] if len(eingabe) >= STELLEN_DER_PLZ else []
    else:
        kommunen = _nach_namen(falte(eingabe.replace("-", " ")), bestehend, hoechstens)
    return [
        {"titel": kommune.name_eindeutig, "url": kommune.get_absolute_url()} for kommune in kommunen
    ]


def _nach_namen(gesucht, bestehend, hoechstens):
    """Compares with whole names and with their first words: "Aue" means Aue-Bad Schlema."""
    namen = {}
    for pk, *beide in bestehend.values_list("pk", Falte("name"), Falte("name_sorbisch")):
        for name in filter(None, beide):
            worte = name.replace("-", " ")
            namen[pk, worte] = worte
            namen[pk, worte.split()[0]] = worte.split()[0]
    treffer = process.extract(
        gesucht, namen, scorer=fuzz.ratio, score_cutoff=MINDESTENS_PROZENT, limit=4 * hoechstens
    )
    rangfolge = list(dict.fromkeys(pk for _, _, (pk, _) in treffer))[:hoechstens]
    kommunen = Kommune.objects.in_bulk(rangfolge)
    return [kommunen[pk] for pk in rangfolge]
