"""Papers about a proof that was handed in: the receipt and the whole proof, made from what is frozen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from django.utils import timezone

from asskomm.dokumente import bloecke
from asskomm.dokumente.bloecke import Block
from asskomm.dokumente.satz import Einbettung, Norm, setze
from asskomm.formate import euro, tag

from ..kanonisch import kanonisch
from ..models import Nachweisfassung
from ..zeichnung.papiere import BEISPIEL, angaben_bloecke, sekundengenau
from .fassung import gruppen


def eingangsbestaetigung(fassung: Nachweisfassung) -> bytes:
    antrag = fassung.antrag
    return _setze(
        f"Eingangsbestätigung zum Verwendungsnachweis {antrag.nummer}",
        [
            bloecke.absatz(
                f"Ihr Verwendungsnachweis ist am {sekundengenau(fassung.eingegangen_um)} im Portal "
                "ASSKomm eingegangen."
            ),
            bloecke.angaben(_kopf(fassung)),
            bloecke.ueberschrift(2, "Wie es weitergeht"),
            bloecke.absatz(
                "Die Geschäftsstelle des Landespräventionsrates prüft den Nachweis. Fehlt etwas, gibt "
                "sie ihn im Portal zur Ergänzung zurück. Heben Sie die Belege auf."
            ),
        ],
        fassung,
    )


def nachweis(fassung: Nachweisfassung) -> bytes:
    """The whole proof as it was signed, fit for the file, with its content as JSON inside."""
    return _setze(
        f"Verwendungsnachweis {fassung.antrag.nummer}, Fassung {fassung.nummer}",
        [bloecke.angaben(_kopf(fassung)), *_inhalt(fassung.inhalt)],
        fassung,
        norm=Norm.AKTE,
        einbettungen=[
            Einbettung(
                "nachweis.json",
                kanonisch(fassung.inhalt),
                "application/json",
                "Inhalt des Verwendungsnachweises, zu dem die Prüfsumme gehört",
            )
        ],
    )


def _kopf(fassung):
    antrag, bescheid = fassung.antrag, fassung.inhalt["bescheid"]
    return [
        ("Aktenzeichen", antrag.nummer),
        ("Zuwendungsempfängerin", str(antrag.kommune)),
        ("Bescheid", bescheid["aktenzeichen"]),
        ("Eingang", sekundengenau(fassung.eingegangen_um)),
        ("Fassung", str(fassung.nummer)),
        ("Vorbereitet von", str(fassung.vorbereitet_von)),
        ("Gezeichnet von", str(fassung.gezeichnet_von)),
        ("Prüfsumme (SHA-256)", fassung.pruefsumme),
    ]


def _inhalt(inhalt: Mapping) -> Iterator[Block]:
    for titel, paare in gruppen(inhalt):
        yield bloecke.ueberschrift(2, titel)
        yield from angaben_bloecke(paare)
    for titel, seite in (("Ausgaben", "ausgaben"), ("Einnahmen", "einnahmen")):
        yield bloecke.ueberschrift(2, titel)
        yield _positionen(inhalt["zahlen"][seite])
    yield bloecke.ueberschrift(2, "Was sich daraus ergibt")
    ergebnis, abrechnung = inhalt["zahlen"]["ergebnis"], inhalt["zahlen"]["abrechnung"]
    yield bloecke.angaben(
        [
            ("Anerkennungsfähige Ausgaben", _euro(ergebnis["anerkannt"])),
            ("Zuwendung danach", _euro(ergebnis["zuwendung"])),
            ("Nicht gebraucht", _euro(abrechnung["ungenutzt"])),
            ("Zurückzuzahlen", _euro(abrechnung["zurueck"])),
            ("Noch auszuzahlen", _euro(abrechnung["offen"])),
        ]
    )
    yield bloecke.ueberschrift(2, "Belegliste")
    yield _belege(inhalt["belege"])


def _positionen(positionen):
    zeilen = [[p["titel"], _euro(p["soll"]), _euro(p["ist"]), _abweichung(p)] for p in positionen]
    return bloecke.tabelle(
        ["Position", "Soll", "Ist", "Abweichung"],
        zeilen[:-1],
        breiten=[1, None, None, None],
        rechts=[1, 2, 3],
        summen=zeilen[-1:],
    )


def _belege(belege):
    return bloecke.tabelle(
        ["Nummer", "Ausgabenart", "Wofür", "An", "Bezahlt", "Betrag"],
        [
            [
                b["belegnummer"],
                b["ausgabenart_wort"],
                b["zweck"],
                b["zahlungsempfaenger"],
                tag(date.fromisoformat(b["bezahlt_am"])),
                _euro(b["betrag_euro"]),
            ]
            for b in belege
        ],
        breiten=[None, 1, 2, 1, None, None],
        rechts=[5],
    )


def _euro(text):
    return euro(Decimal(text)) if text else ""


def _abweichung(position):
    if not position["soll"]:
        return ""
    return euro(Decimal(position["ist"]) - Decimal(position["soll"]))


def _setze(titel, inhalt, fassung, **weiteres):
    antrag = fassung.antrag
    daten = bloecke.unterlage(
        titel,
        inhalt,
        fusszeile=antrag.nummer,
        marke=BEISPIEL if antrag.ist_beispiel else None,
    )
    return setze("unterlage", daten, am=timezone.localtime(fassung.eingegangen_um), **weiteres)
