"""The cut-off date of a page, as asked for in its address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kommunen.zeitangabe import Zeitangabe

from .kennzahlen import PROGRAMMSTART


@dataclass(frozen=True)
class Stichtag:
    """The day that a page answers for, and what to say when another day was asked for."""

    tag: date
    hinweis: str = ""
    eingabe: str = ""

    @property
    def deutsch(self) -> str:
        return f"{self.tag:%d.%m.%Y}"


def lies_stichtag(eingabe: str | None, heute: date) -> Stichtag:
    """Read ?stichtag=. Accepts 2021-02-06, 06.02.2021, 02/2021 and 2021.

    A month or a year means its last day, but never a day after today. What cannot be
    answered (nonsense, the future, a day before the programme) gives today and a sentence.
    """
    eingabe = (eingabe or "").strip()[:40]
    if not eingabe:
        return Stichtag(heute)
    try:
        angabe = Zeitangabe.lies(eingabe)
    except ValueError:
        grund = "Diesen Stichtag gibt es nicht. Schreiben Sie ihn so: 06.02.2021."
        return Stichtag(heute, grund, eingabe)
    if angabe.erster_tag > heute:
        return Stichtag(heute, "Dieser Stichtag liegt in der Zukunft.", eingabe)
    if angabe.letzter_tag < PROGRAMMSTART:
        grund = f"Dieser Stichtag liegt vor dem Beginn des Programms am {PROGRAMMSTART:%d.%m.%Y}."
        return Stichtag(heute, grund, eingabe)
    return Stichtag(min(angabe.letzter_tag, heute))
