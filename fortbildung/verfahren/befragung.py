"""Asking the participants about a module, and what they answer (F45).

    frage -> antworte, until the survey ends -> ergebnisse, all at once

Results that were shown while answers still come in would tell by subtraction what the next
person said. So they are shown once, when nobody can answer any more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Avg, Count, Max

from asskomm.schritt import SchrittNichtMoeglich

from ..anmeldung import vorlagen
from ..models import (
    OHNE_PERSON,
    Antwort,
    Anwesenheit,
    Befragungszugang,
    Durchgang,
    Kurstag,
    Modul,
)
from .anmeldung import schreibe

# F45: results are shown from five answers on.
MINDESTENS = 5
FRAGEN = ("inhalt", "vermittlung", "organisation")
# So long after the last day of the module people are asked and can answer.
OFFEN = timedelta(days=28)


@dataclass(frozen=True)
class Ergebnis:
    """`bis` is the last day of the survey, `laeuft` whether it is still to come or today.

    `noten` are means by question, `freitexte` in no order; both empty until the survey has ended,
    and below five answers.
    """

    modul: Modul
    bis: date | None
    laeuft: bool
    anzahl: int
    noten: Mapping[str, float]
    freitexte: list[str]


@transaction.atomic
def frage(heute: date) -> int:
    """Ask everybody who was there on a day of a module that ended before `heute`, once each.

    Whoever broke off and had their data deleted cannot be asked any more. Returns how many were asked now.
    """
    beendet = (
        Kurstag.objects.order_by()
        .values("durchgang", "modul")
        .annotate(letzter=Max("tag"))
        .filter(letzter__lt=heute, letzter__gte=heute - OFFEN)
    )
    gefragt = 0
    for eines in beendet:
        da = (
            Anwesenheit.objects.anwesend()
            .filter(kurstag__durchgang=eines["durchgang"], kurstag__modul=eines["modul"])
            .exclude(anmeldung__email=OHNE_PERSON["email"])
        )
        for nummer in da.values_list("anmeldung", flat=True).distinct():
            zugang, neu = Befragungszugang.objects.get_or_create(
                anmeldung_id=nummer, durchgang_id=eines["durchgang"], modul_id=eines["modul"]
            )
            if neu:
                anmeldung = zugang.anmeldung
                schreibe(vorlagen.BEFRAGUNG, anmeldung, gegenstand=zugang, modul=str(zugang.modul))
                gefragt += 1
    return gefragt


@transaction.atomic
def antworte(
    zugang: Befragungszugang, noten: Mapping[str, int], freitext: str, *, heute: date
) -> None:
    """Keep the answer without the person.

    Raises SchrittNichtMoeglich for a second one, and once the survey has ended.
    """
    if not laeuft(offen_bis(zugang), heute):
        raise SchrittNichtMoeglich("Die Befragung ist beendet.")
    offen = Befragungszugang.objects.filter(pk=zugang.pk, benutzt=False)
    if not offen.update(benutzt=True):
        raise SchrittNichtMoeglich("Sie haben schon geantwortet. Vielen Dank.")
    Antwort.objects.create(
        durchgang_id=zugang.durchgang_id, modul_id=zugang.modul_id, freitext=freitext, **noten
    )


def offen_bis(zugang: Befragungszugang) -> date | None:
    """The last day on which the questions can be answered; None once the module has no days."""
    return _enden(zugang.durchgang_id).get(zugang.modul_id)


def laeuft(bis: date | None, heute: date) -> bool:
    """Whether a survey with this last day can still be answered."""
    return bis is not None and heute <= bis


def _enden(durchgang: int) -> dict[int, date]:
    """The last day of the survey, by module."""
    tage = Kurstag.objects.filter(durchgang=durchgang).order_by().values_list("modul")
    return {modul: letzter + OFFEN for modul, letzter in tage.annotate(letzter=Max("tag"))}


def ergebnisse(durchgang: Durchgang, heute: date) -> list[Ergebnis]:
    """Of each module with answers; what fewer than five people say is not shown."""
    antworten = Antwort.objects.filter(durchgang=durchgang)
    werte = {
        zeile["modul"]: zeile
        for zeile in antworten.order_by()
        .values("modul")
        .annotate(anzahl=Count("pk"), **{f"{name}_mittel": Avg(name) for name in FRAGEN})
    }
    texte: dict[int, list[str]] = {}
    for modul, text in (
        antworten.exclude(freitext="").order_by("pk").values_list("modul", "freitext")
    ):
        texte.setdefault(modul, []).append(text)
    gezeigt, enden = [], _enden(durchgang.pk)
    for modul in Modul.objects.filter(pk__in=werte).order_by("nummer"):
        zeile = werte[modul.pk]
        bis = enden.get(modul.pk)
        noch_offen = laeuft(bis, heute)
        genug = not noch_offen and zeile["anzahl"] >= MINDESTENS
        gezeigt.append(
            Ergebnis(
                modul,
                bis,
                noch_offen,
                zeile["anzahl"],
                {name: zeile[f"{name}_mittel"] for name in FRAGEN} if genug else {},
                texte.get(modul.pk, []) if genug else [],
            )
        )
    return gezeigt
