"""Near names, for a search without result and for addresses that do not exist."""

import re
from datetime import date

from rapidfuzz import fuzz

from kommunen.faltung import falte

from ..kommunen.aehnlich import aehnliche
from ..models import Seite

HOECHSTENS_KOMMUNEN, HOECHSTENS_SEITEN = 5, 3
HOECHSTENS_ZEICHEN = 60
MINDESTENS_BUCHSTABEN = 4
MINDESTENS_PROZENT = 75
LANGER_ANFANG = 6


def nahe_kommunen(text: str, heute: date) -> list[dict]:
    """Kommunen that may have been meant, as {titel, url}; one query, or two when there are any."""
    return aehnliche(text[:HOECHSTENS_ZEICHEN], heute, HOECHSTENS_KOMMUNEN)


def nahe_namen(text: str, heute: date) -> list[dict]:
    """Kommunen and text pages that may have been meant; one more query."""
    return [*nahe_kommunen(text, heute), *_nahe_seiten(text[:HOECHSTENS_ZEICHEN])]


def nahe_adressen(pfad: str, heute: date) -> list[dict]:
    """The same for an unknown address, judged by its last part; nothing for files and numbers."""
    letzter = pfad.rstrip("/").rpartition("/")[2].removesuffix(".html")
    worte = " ".join(re.split(r"[-_\s]+", letzter)).strip()
    if "." in worte or len(re.findall(r"[^\W\d_]", worte)) < MINDESTENS_BUCHSTABEN:
        return []
    return nahe_namen(worte, heute)


def _nahe_seiten(text):
    """Pages in whose title or address a word resembles a typed word, the nearest first."""
    gesucht = _lange_worte(text)
    if not gesucht:
        return []
    bewertet = []
    for seite in Seite.objects.oeffentlich().only("titel", "pfad"):
        naehe = max(
            (
                _naehe(wort, anderes)
                for wort in gesucht
                for anderes in _lange_worte(seite.titel) | _lange_worte(_adresse(seite))
            ),
            default=0,
        )
        if naehe >= MINDESTENS_PROZENT:
            bewertet.append((-naehe, seite.titel, seite.get_absolute_url()))
    return [{"titel": titel, "url": url} for _, titel, url in sorted(bewertet)[:HOECHSTENS_SEITEN]]


def _adresse(seite):
    """The last part of the address, with and without hyphens: leichte-sprache leichtesprache."""
    letzter = seite.pfad.rpartition("/")[2]
    return f"{letzter} {letzter.replace('-', '')}"


def _naehe(wort, anderes):
    """How alike two words are, 0 to 100; a long beginning counts as much as the whole."""
    kurz, lang = sorted((wort, anderes), key=len)
    if len(kurz) >= LANGER_ANFANG and lang.startswith(kurz):
        return 100
    return fuzz.ratio(wort, anderes)


def _lange_worte(text):
    return {w for w in re.findall(r"[^\W\d_]+", falte(text)) if len(w) >= MINDESTENS_BUCHSTABEN}
