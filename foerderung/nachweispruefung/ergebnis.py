"""What a frozen proof comes to with the cuts of the LPR, and what about it calls for a look (F22)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from asskomm.formate import tag

from .. import kasse
from ..bemessung import NULL
from ..models import Belegkuerzung, Foerderantrag, Nachweisfassung, Regel
from ..nachweis.rechnung import Abrechnung, Angaben, Ergebnis, Grundlage, rechne, rechne_ab
from ..regelwerk.werte import regeln


@dataclass(frozen=True)
class Stand:
    """The proof as it counts now; `gekuerzt` is what of the receipts is not recognised."""

    ergebnis: Ergebnis
    abrechnung: Abrechnung
    gekuerzt: Decimal


def fassung(antrag: Foerderantrag) -> Nachweisfassung | None:
    """The proof that was handed in last."""
    return (
        antrag.nachweisfassungen.select_related("vorbereitet_von", "gezeichnet_von")
        .order_by("-nummer")
        .first()
    )


def stand(antrag: Foerderantrag, nachweis: Nachweisfassung) -> Stand:
    """Reckoned as the Kommune does, from the frozen figures, less the cuts."""
    gefroren, konto = nachweis.inhalt["zahlen"], kasse.konto(antrag)
    belege = sum((Decimal(beleg["betrag_euro"]) for beleg in nachweis.inhalt["belege"]), NULL)
    angegeben = Decimal(gefroren["ergebnis"]["ausgaben"]) - belege
    anerkannte_leistung = Decimal(gefroren["ergebnis"]["eigenleistung"])
    gekuerzt = gekuerzt_euro(antrag)
    eigenanteil = regeln(antrag.regelwerk, Regel.Schluessel.EIGENANTEIL).get(
        Regel.Schluessel.EIGENANTEIL
    )
    ergebnis = rechne(
        Grundlage(
            bewilligt=konto.bewilligt,
            foerdersatz=Decimal(nachweis.inhalt["bescheid"]["foerdersatz_prozent"]),
            eigenanteil=eigenanteil.wert if eigenanteil else NULL,
            eigenleistung_geplant=anerkannte_leistung,
        ),
        Angaben(
            belege=belege,
            eigenleistung=angegeben,
            drittmittel=_ist(gefroren["einnahmen"], "drittmittel"),
            gekuerzt=gekuerzt,
        ),
    )
    abrechnung = rechne_ab(
        ergebnis.zuwendung,
        bewilligt=konto.bewilligt,
        gezahlt=konto.gezahlt,
        zurueckgezahlt=konto.zurueckgezahlt,
    )
    return Stand(ergebnis, abrechnung, gekuerzt)


def gekuerzt_euro(antrag: Foerderantrag) -> Decimal:
    kuerzungen = Belegkuerzung.objects.filter(beleg__antrag=antrag)
    return kuerzungen.aggregate(summe=Sum("betrag_euro"))["summe"] or NULL


def _ist(positionen, schluessel):
    return sum((Decimal(p["ist"]) for p in positionen if p["schluessel"] == schluessel), NULL)


def positionen(nachweis: Nachweisfassung) -> Iterator[tuple[str, Decimal | None, Decimal]]:
    """Planned and spent by category; None where the signed plan could not be read."""
    for zeile in nachweis.inhalt["zahlen"]["ausgaben"]:
        yield (
            zeile["titel"],
            Decimal(zeile["soll"]) if zeile["soll"] else None,
            Decimal(zeile["ist"]),
        )


def auffaelligkeiten(nachweis: Nachweisfassung) -> Iterator[str]:
    """What the figures themselves say; whoever checks decides what it means."""
    bescheid, zahlen = nachweis.inhalt["bescheid"], nachweis.inhalt["zahlen"]
    if zahlen["verschoben"]:
        yield (
            "Mehr ausgegeben als ohne Zustimmung verschoben werden darf: "
            f"{', '.join(zahlen['verschoben'])}."
        )
    von, bis = bescheid["bewilligung_von"], bescheid["bewilligung_bis"]
    for beleg in nachweis.inhalt["belege"]:
        if not von <= beleg["bezahlt_am"] <= bis:
            bezahlt = tag(date.fromisoformat(beleg["bezahlt_am"]))
            yield (
                f"Beleg {beleg['belegnummer']} ist am {bezahlt} bezahlt, also nicht im "
                "Bewilligungszeitraum."
            )
