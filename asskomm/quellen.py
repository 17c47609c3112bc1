"""Sources as people wrote them, turned into links that say where they lead."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

ADRESSE = re.compile(r"https?://[^\s<>\"»]+")
SATZENDE = ".,;)"


@dataclass(frozen=True)
class Quelle:
    """One source: what it is called, and its address if it has one on the web."""

    titel: str
    url: str = ""


def lies_quelle(text: str) -> Quelle:
    """Split "LPR-Newsletter 12 | 18.12.2020, https://…" into name and address.

    The last address counts. A link that leaves the site names its host, without "www.":
    an address alone becomes "medienservice.sachsen.de". Without an address it is only text.
    """
    text = " ".join(text.split())
    treffer = list(ADRESSE.finditer(text))
    if not treffer:
        return Quelle(text)
    url = treffer[-1].group().rstrip(SATZENDE)
    anfang = treffer[-1].start()
    rest = " ".join(f"{text[:anfang]} {text[anfang + len(url) :]}".split()).strip(" ,;:–-")
    if rest.startswith("(") and rest.endswith(")"):
        rest = rest[1:-1]
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    if not rest:
        return Quelle(host, url)
    return Quelle(rest if host in rest else f"{rest} (auf {host})", url)


def lies_quellen(texte) -> list[Quelle]:
    """The distinct sources of several records, in the order of their first appearance."""
    return list(dict.fromkeys(lies_quelle(text) for text in texte if text and text.strip()))
