"""Whether a text that is to name an organisation names a person instead (F25, F53).

Told by what people write around names: a form of address, a title, a role in a firm of one
person, an address or a number to reach somebody. A bare name cannot be told from that of a firm;
for this there are the legal forms (`models.weiterleitung.Rechtsform`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

GROSS = "[A-ZÄÖÜ]"
MERKMALE = (
    ("eine E-Mail-Adresse", re.compile(r"\S+@\S+")),
    ("eine Anrede", re.compile(rf"\b(?:Herrn?|Frau)\s+(?:{GROSS}\S*\s?)+")),
    (
        "ein Titel",
        re.compile(rf"\b(?:Prof|Dr|Dipl\.?-?[A-Z][a-z]+|Mag)\.\s?(?:[a-z]+\.\s?)*{GROSS}\S*"),
    ),
    ("eine Einzelperson", re.compile(r"\b(?:Inh\.|Inhaberin\b|Inhaber\b|e\.\s?K\.|e\.\s?Kfm\.|e\.\s?Kfr\.)")),
    ("eine Telefonnummer", re.compile(r"(?:\+|\b0)[0-9][0-9 /()-]{5,}[0-9]")),
)  # fmt: skip


@dataclass(frozen=True)
class Personennennung:
    """What was found, and where: the characters from `von` up to `bis`, counted from 0."""

    merkmal: str
    stelle: str
    von: int
    bis: int

    @property
    def satz(self) -> str:
        return (
            f"Hier steht {self.merkmal}: „{self.stelle}“. Tragen Sie nur den Namen der "
            "Organisation ein, keine Person."
        )


def nennt_person(text: str) -> Personennennung | None:
    """The first place in the text that names a person; None where nothing looks like one."""
    funde = [(m, fund) for m, muster in MERKMALE if (fund := muster.search(text))]
    if not funde:
        return None
    merkmal, fund = min(funde, key=lambda paar: paar[1].start())
    stelle = fund[0].strip()
    von = fund.start() + fund[0].index(stelle)
    return Personennennung(merkmal, stelle, von, von + len(stelle))
