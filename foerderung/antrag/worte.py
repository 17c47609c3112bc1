"""The states of a case in the words of its applicant."""

from __future__ import annotations

from dataclasses import dataclass

from ..models import Foerderantrag, Status


@dataclass(frozen=True)
class Lage:
    """`zustand` and `wort` are the chip, `satz` what happens next."""

    zustand: str
    wort: str
    satz: str


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
    Status.ABGELEHNT: "Der Antrag ist abgelehnt. Die Gründe stehen im Bescheid.",
    Status.ZURUECKGEZOGEN: "Ihre Kommune hat den Antrag zurückgezogen. Er bleibt hier lesbar.",
    Status.WIDERRUFEN: "Die Bewilligung ist widerrufen. Die Gründe stehen im Bescheid.",
}


def lage(antrag: Foerderantrag) -> Lage:
    status = Status(antrag.status)
    if status in _IN_PRUEFUNG:
        wort = "eingereicht" if status == Status.EINGEREICHT else "in Prüfung"
        zustand = status.value if status == Status.EINGEREICHT else "in_pruefung"
        return Lage(zustand, wort, _IN_PRUEFUNG[status])
    return Lage(status.value, status.label, _SAETZE[status])
