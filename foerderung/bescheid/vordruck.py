"""The form that comes with a notice: receipt, and waiver of remedies (Muster 1c, enclosures)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from asskomm.dokumente import bloecke
from asskomm.formate import tag

TITEL = "Empfangsbestätigung und Verzicht auf Rechtsbehelf"
WIRKUNG = (
    "Mit dem Verzicht wird der Bescheid bestandskräftig, ohne dass die Frist für die Klage abläuft. "
    "Danach können Sie nicht mehr gegen ihn klagen. Ohne Verzicht wird er bestandskräftig, wenn die "
    "Frist abgelaufen ist."
)


def inhalt(
    bescheid: str,
    *,
    aktenzeichen: str,
    vom: date,
    vorhaben: str,
    kommune: Sequence[str],
    behoerde: Sequence[str],
    marke: str | None,
) -> Mapping:
    """The data of the form for the template `schreiben`; the Kommune is its sender."""
    return bloecke.schreiben(
        TITEL,
        [
            bloecke.angaben([("Bescheid", bescheid), ("Vom", tag(vom)), ("Vorhaben", vorhaben)]),
            bloecke.ueberschrift(2, "Empfang"),
            bloecke.kaestchen("Wir bestätigen, dass wir diesen Bescheid erhalten haben."),
            bloecke.linien("Erhalten am"),
            bloecke.ueberschrift(2, "Verzicht auf Rechtsbehelf (freiwillig)"),
            bloecke.absatz(WIRKUNG),
            bloecke.kaestchen("Wir verzichten auf Rechtsbehelfe gegen diesen Bescheid."),
            bloecke.absatz(
                "Es unterschreibt eine Person, die die Kommune vertreten darf. Im Portal geht "
                "beides ohne diesen Vordruck."
            ),
            bloecke.linien("Ort, Datum", "Unterschrift, Dienstsiegel"),
        ],
        absender=kommune,
        empfaenger=behoerde,
        bezug=[("Aktenzeichen", aktenzeichen)],
        fusszeile=f"{aktenzeichen} · {TITEL}",
        marke=marke,
    )
