"""The files of a notice: set from its frozen content whenever somebody asks, always the same."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from asskomm.dokumente import bloecke
from asskomm.dokumente.satz import Beziehung, Einbettung, Norm, setze
from asskomm.formate import tag

from ..kanonisch import kanonisch
from ..models import Bescheid, Bescheidanlage
from .inhalt import GESCHAEFTSSTELLE

PDF = "application/pdf"
DATEN = "bescheid.json"
VORDRUCK = "empfangsbestaetigung-und-verzicht.pdf"


def dateiname(bescheid: Bescheid) -> str:
    return f"bescheid-{bescheid.inhalt['aktenzeichen'].lower()}.pdf"


def name_des_anschriftenblatts(bescheid: Bescheid) -> str:
    return f"anschrift-{bescheid.inhalt['aktenzeichen'].lower()}.pdf"


def pdf(bescheid: Bescheid) -> bytes:
    """The notice as PDF/UA-1 and PDF/A-3a with its data as JSON inside."""
    einbettungen = [
        Einbettung(DATEN, kanonisch(bescheid.inhalt), "application/json", "Daten dieses Bescheides")
    ]
    if bescheid.inhalt["vordruck"]:
        beschreibung = bescheid.inhalt["vordruck"]["titel"]
        einbettungen.append(
            Einbettung(VORDRUCK, vordruck(bescheid), PDF, beschreibung, Beziehung.ERGAENZUNG)
        )
    for anlage in anlagen(bescheid):
        einbettungen.append(
            Einbettung(
                anlage.dateiname, bytes(anlage.inhalt), PDF, str(anlage), Beziehung.ERGAENZUNG
            )
        )
    return setze(
        "schreiben",
        bescheid.inhalt["schreiben"],
        am=timezone.localtime(bescheid.erlassen_um),
        norm=Norm.AKTE,
        einbettungen=einbettungen,
    )


def anlagen(bescheid: Bescheid) -> list[Bescheidanlage]:
    """The files that go with the notice, as they were when it was issued."""
    summen = [anlage["sha256"] for anlage in bescheid.inhalt["anlagen"]]
    return list(bescheid.regelwerk.bescheidanlagen.filter(sha256__in=summen))


def vordruck(bescheid: Bescheid) -> bytes:
    """The form by which the Kommune confirms receipt and may waive remedies, on paper.

    Only a notice that grants money has one (`inhalt["vordruck"]`).
    """
    return setze(
        "schreiben", bescheid.inhalt["vordruck"], am=timezone.localtime(bescheid.erlassen_um)
    )


def anschriftenblatt(bescheid: Bescheid, beilagen: Iterable[str]) -> bytes:
    """The first sheet of a letter: the address for a window envelope, and what is enclosed.

    Street or post box are written on it by hand, because the portal does not know them.
    """
    schreiben, aktenzeichen = bescheid.inhalt["schreiben"], bescheid.inhalt["aktenzeichen"]
    name, *ort = schreiben["empfaenger"]
    vom = tag(timezone.localdate(bescheid.erlassen_um))
    return setze(
        "anschrift",
        bloecke.anschrift(
            f"{schreiben['titel']} {aktenzeichen}",
            [
                bloecke.absatz("Mit diesem Brief erhalten Sie:"),
                bloecke.liste([f"{schreiben['titel']} vom {vom}", *beilagen]),
            ],
            ruecksendung=GESCHAEFTSSTELLE,
            name=name,
            ort="".join(ort),
            fusszeile=aktenzeichen,
            marke=schreiben["marke"],
        ),
        am=timezone.localtime(bescheid.erlassen_um),
    )
