"""Papers about a signed version: receipt, the whole application, the declaration to sign by hand.

They are made when somebody asks for one, from what is frozen; never while something is submitted.
The same version gives the same file every time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils import timezone

from asskomm.dokumente import bloecke
from asskomm.dokumente.bloecke import Block
from asskomm.dokumente.satz import Einbettung, Norm, setze

from ..antrag import fassung as inhalte
from ..antrag.umfeld import Umfeld
from ..bescheid import planteil
from ..kanonisch import kanonisch, pruefsumme
from ..models import Erklaerung, Fassung, Foerderantrag
from .inhalt import ohne_unterschrift

PRUEFZEICHEN = 12
# What does not fit beside a label gets a heading of its own; so does all of a part that is told
# rather than listed.
LANG, KURZ = 160, 60
BEISPIEL = "Beispieldaten: Diesen Antrag gibt es nicht."


def sekundengenau(um: datetime) -> str:
    """15.10.2026 um 23:59:59 Uhr, in Europe/Berlin."""
    ortszeit = timezone.localtime(um)
    return f"{ortszeit:%d.%m.%Y} um {ortszeit:%H:%M:%S} Uhr"


def pruefzeichen(summe: str) -> str:
    """The beginning of a hash in groups of four, to compare by eye."""
    return " ".join(summe[stelle : stelle + 4] for stelle in range(0, PRUEFZEICHEN, 4))


def eingangsbestaetigung(fassung: Fassung) -> bytes:
    antrag = fassung.antrag
    ist_antrag = fassung.art == Fassung.Art.ANTRAG
    was = "Ihr Förderantrag" if ist_antrag else "Ihre Nachreichung"
    return _setze(
        f"Eingangsbestätigung {antrag.nummer}",
        [
            bloecke.absatz(
                f"{was} ist am {sekundengenau(fassung.eingegangen_um)} im Portal ASSKomm eingegangen."
            ),
            bloecke.angaben(
                [
                    ("Aktenzeichen", antrag.nummer),
                    ("Antragstellerin", str(antrag.kommune)),
                    ("Förderung", str(antrag.runde)),
                    ("Eingang", sekundengenau(fassung.eingegangen_um)),
                    ("Fassung", f"{fassung.nummer} ({fassung.get_art_display()})"),
                    ("Vorbereitet von", str(fassung.vorbereitet_von)),
                    ("Gezeichnet von", _gezeichnet(fassung)),
                    ("Prüfsumme (SHA-256)", fassung.pruefsumme),
                ]
            ),
            bloecke.ueberschrift(2, "Was der Eingang bedeutet"),
            bloecke.absatz(
                "Als Eingang zählt der Zeitpunkt, zu dem Ihre Sendung das Portal erreicht hat, in der "
                "Zeit von Berlin. Wie lange das Portal sie danach bearbeitet hat, spielt keine Rolle."
            ),
            bloecke.absatz(
                "Die Prüfsumme gehört zu genau dieser Fassung. Wäre an ihr ein Zeichen anders, wäre "
                "auch die Prüfsumme eine andere."
            ),
            bloecke.ueberschrift(2, "Wie es weitergeht"),
            bloecke.absatz(
                "Die Geschäftsstelle des Landespräventionsrates prüft den Antrag. Fehlt etwas, fordert "
                "sie es im Portal nach. Mit dem Vorhaben darf vor dem Bescheid nicht begonnen "
                "werden, wenn die Bewilligungsbehörde nicht vorher zugestimmt hat."
            ),
        ],
        antrag,
        am=fassung.eingegangen_um,
    )


def antrag(fassung: Fassung) -> bytes:
    """The whole application as it was signed, fit for the file, with its content as JSON inside."""
    fall = fassung.antrag
    titel = f"Förderantrag {fall.nummer}"
    return _setze(
        titel if fassung.nummer == 1 else f"{titel}, Fassung {fassung.nummer}",
        [
            bloecke.angaben(
                [
                    ("Eingang", sekundengenau(fassung.eingegangen_um)),
                    ("Vorbereitet von", str(fassung.vorbereitet_von)),
                    ("Gezeichnet von", _gezeichnet(fassung)),
                    ("Prüfsumme (SHA-256)", fassung.pruefsumme),
                ]
            ),
            *_gruppen(fassung),
        ],
        fall,
        am=fassung.eingegangen_um,
        norm=Norm.AKTE,
        einbettungen=[
            Einbettung(
                "antrag.json",
                kanonisch(fassung.inhalt),
                "application/json",
                "Inhalt des Antrags, zu dem die Prüfsumme gehört",
            )
        ],
    )


def erklaerung(fall: Foerderantrag, *, am: datetime) -> bytes:
    """What the representative of the Kommune signs by hand where nobody else can sign here."""
    inhalt = ohne_unterschrift(inhalte.inhalt(Umfeld(fall, timezone.localdate(am))))
    return _setze(
        "Erklärung zum Förderantrag",
        [
            bloecke.angaben(
                [
                    ("Antragstellerin", str(fall.kommune)),
                    ("Förderung", str(fall.runde)),
                    ("Vorhaben", fall.titel),
                    ("Stand", sekundengenau(am)),
                    ("Prüfzeichen", pruefzeichen(pruefsumme(inhalt))),
                ]
            ),
            bloecke.absatz(
                f"Für {fall.kommune} stelle ich den Förderantrag mit diesem Prüfzeichen. Ich habe "
                "ihn gelesen und gebe die folgenden Erklärungen ab."
            ),
            *(
                block
                for eine in fall.geltendes_regelwerk.erklaerungen.filter(
                    art=Erklaerung.Art.BESTAETIGUNG
                )
                for block in (bloecke.ueberschrift(2, eine.titel), bloecke.absatz(eine.text))
            ),
            bloecke.linien("Ort, Datum", "Unterschrift, Name und Amt"),
            bloecke.hinweis(
                "Ändern Sie den Antrag nach der Unterschrift nicht mehr: Das Prüfzeichen wäre dann "
                "ein anderes, und die Erklärung gälte nicht."
            ),
        ],
        fall,
        am=am,
    )


def _setze(titel, inhalt, fall, *, am, **weiteres):
    daten = bloecke.unterlage(
        titel,
        inhalt,
        fusszeile=fall.nummer or f"{fall.kommune}, {fall.runde}",
        marke=BEISPIEL if fall.ist_beispiel else None,
    )
    return setze("unterlage", daten, am=timezone.localtime(am), **weiteres)


def _gezeichnet(fassung):
    if fassung.zeichnung == Fassung.Zeichnung.DOKUMENT:
        zeichen = pruefzeichen(pruefsumme(ohne_unterschrift(fassung.inhalt)))
        return f"auf Papier; hochgeladene Erklärung mit dem Prüfzeichen {zeichen}"
    return str(fassung.gezeichnet_von)


def _gruppen(fassung: Fassung) -> Iterator[Block]:
    """In the order of the read view: facts and texts, the plan as its tables."""
    plan = planteil.aus_fassung(fassung)
    for gruppe in fassung.inhalt["gruppen"]:
        yield bloecke.ueberschrift(2, gruppe["titel"])
        if gruppe["abschnitt"] == "plan" and plan:
            yield from plan.bloecke
        else:
            yield from angaben_bloecke(gruppe["angaben"])


def angaben_bloecke(paare: Iterable[tuple[str, str]]) -> Iterator[Block]:
    """Short facts as a table, long texts under headings."""
    paare = list(paare)
    erzaehlt = sum(len(text) > KURZ for _, text in paare) * 2 > len(paare)
    kurze: list[tuple[str, str]] = []
    for angabe, text in paare:
        if not erzaehlt and max(len(text), len(angabe)) <= LANG and "\n" not in text:
            kurze.append((angabe, text))
            continue
        if kurze:
            yield bloecke.angaben(kurze)
            kurze = []
        yield bloecke.ueberschrift(3, angabe)
        yield bloecke.absatz(text)
    if kurze:
        yield bloecke.angaben(kurze)
