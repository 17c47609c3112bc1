"""The states of a case in the words of its applicant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from asskomm.formate import tag

from ..kenntnis import bescheide, ist_lesbar, kenntnis
from ..models import VOR_ENTSCHEIDUNG, Bekanntgabe, Foerderantrag, Status

ENTSCHIEDEN = "entschieden"
IN_PRUEFUNG = "in_pruefung"


@dataclass(frozen=True)
class Lage:
    """`zustand` and `wort` are the chip, `satz` what happens next; `bescheid` leads to the notice
    that the Kommune does not know yet."""

    zustand: str
    wort: str
    satz: str
    bescheid: str = ""

    @property
    def wird_geprueft(self) -> bool:
        """Whether the LPR has not decided yet, as far as the Kommune knows."""
        return self.zustand in (Status.EINGEREICHT, IN_PRUEFUNG, Status.NACHFORDERUNG)


# While the LPR checks, applicants see one state; which of the three inner ones it is, the words say.
_IN_PRUEFUNG = {
    Status.EINGEREICHT: "Die Geschäftsstelle prüft zuerst, ob der Antrag formal vollständig ist.",
    Status.FORMELL_GEPRUEFT: "Der Antrag ist formal in Ordnung. Jetzt wird er fachlich geprüft.",
    Status.FACHLICH_GEPRUEFT: "Der Antrag ist fachlich geprüft. Die Entscheidung wird vorbereitet.",
    Status.ENTSCHEIDUNGSREIF: "Die Entscheidung wird vorbereitet. Sie erhalten einen Bescheid.",
}
_SAETZE = {
    Status.ENTWURF: "Füllen Sie die Schritte aus, und geben Sie den Antrag dann zur Zeichnung.",
    Status.IN_ZEICHNUNG: (
        "Der Antrag liegt zur Zeichnung. Eingereicht ist er erst, wenn er gezeichnet ist."
    ),
    Status.NACHFORDERUNG: (
        "Die Geschäftsstelle braucht noch etwas. Ergänzen Sie die geöffneten Abschnitte."
    ),
    Status.BEWILLIGT: "Die Zuwendung ist bewilligt. Lesen Sie den Bescheid und seine Auflagen.",
    Status.BESTANDSKRAEFTIG: (
        "Der Bescheid ist bestandskräftig. Das Vorhaben beginnt mit dem Bewilligungszeitraum."
    ),
    Status.IN_DURCHFUEHRUNG: "Das Vorhaben läuft im Bewilligungszeitraum.",
    Status.NACHWEIS_EINGEREICHT: (
        "Der Verwendungsnachweis ist eingereicht. Die Geschäftsstelle prüft ihn."
    ),
    Status.NACHWEIS_GEPRUEFT: (
        "Der Verwendungsnachweis ist geprüft. Die Geschäftsstelle schließt den Vorgang ab."
    ),
    Status.RUECKFORDERUNG: "Ein Teil der Zuwendung ist zurückzuzahlen. Das steht im Bescheid.",
    Status.ABGESCHLOSSEN: "Der Vorgang ist abgeschlossen. Er bleibt hier lesbar.",
    Status.ABGELEHNT: "Der Antrag ist abgelehnt. Die Gründe stehen im Bescheid.",
    Status.ZURUECKGEZOGEN: "Ihre Kommune hat den Antrag zurückgezogen. Er bleibt hier lesbar.",
    Status.WIDERRUFEN: "Die Bewilligung ist widerrufen. Die Gründe stehen im Bescheid.",
}
_AUFGEHOBEN = (
    "Das Gericht hat den letzten Bescheid aufgehoben. Die Geschäftsstelle entscheidet, wie es "
    "weitergeht."
)


def lage(antrag: Foerderantrag, heute: date) -> Lage:
    """The state as the Kommune knows it on the day `heute`; a result comes with its notice."""
    stand = kenntnis(antrag, heute)
    kommt = _wie_er_kommt(stand.unbekannt.bekanntgabe, heute) if stand.unbekannt else ""
    wohin = _seite(stand.unbekannt) if stand.unbekannt else ""
    if stand.status is None:
        satz = f"Der Bescheid {kommt}." if kommt else "Sie erhalten einen Bescheid."
        satz = f"Über den Antrag ist entschieden. {satz}"
        return Lage(ENTSCHIEDEN, ENTSCHIEDEN, satz, wohin)
    if stand.status in _IN_PRUEFUNG:
        zustand = Status.EINGEREICHT.value if stand.status == Status.EINGEREICHT else IN_PRUEFUNG
        return Lage(zustand, wort(antrag), _IN_PRUEFUNG[stand.status])
    satz = _AUFGEHOBEN if _ist_aufgehoben(antrag, heute) else _SAETZE[stand.status]
    if kommt:
        satz = f"{satz} Ein weiterer Bescheid {kommt}."
    return Lage(stand.status.value, stand.status.label, satz, wohin)


def wort(antrag: Foerderantrag) -> str:
    """The state in passing, without any result of a decision and without the steps of the check."""
    status = Status(antrag.status)
    if status in _IN_PRUEFUNG and status != Status.EINGEREICHT:
        return "in Prüfung"
    if status in VOR_ENTSCHEIDUNG or status == Status.ZURUECKGEZOGEN:
        return status.label
    return ENTSCHIEDEN


def _ist_aufgehoben(antrag, heute):
    """Whether a court has quashed the last notice that the Kommune may read."""
    if antrag.status in VOR_ENTSCHEIDUNG or antrag.status == Status.ZURUECKGEZOGEN:
        return False
    lesbar = [b.bekanntgabe for b in bescheide(antrag) if ist_lesbar(b.bekanntgabe, heute)]
    return bool(lesbar) and lesbar[-1].rechtsbehelf_ausgang == Bekanntgabe.Ausgang.STATTGEGEBEN


def _wie_er_kommt(bekanntgabe, heute):
    if bekanntgabe.weg == Bekanntgabe.Weg.ABRUF and heute <= bekanntgabe.abrufbar_bis:
        return f"liegt bis zum {tag(bekanntgabe.abrufbar_bis)} um 24:00 Uhr zum Abruf bereit"
    return "kommt mit der Post"


def _seite(bescheid):
    return reverse("foerderung:bescheid", args=[bescheid.antrag_id, bescheid.pk])
