"""What staff can do about one request now: each step with its form and its act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from asskomm.konten.models import Konto

from ..models import Beratungsanfrage, Beratungsstand
from ..verfahren import beratung as verfahren
from ..verfahren import festhalten
from . import forms


@dataclass(frozen=True)
class Moegliches:
    """A step: heading, what it brings about, its form."""

    titel: str
    folge: str
    form: forms.Schrittformular

    @property
    def schluessel(self) -> str:
        return self.form.schluessel


TERMIN = (
    "Termin festlegen",
    "Die Kommune erhält eine E-Mail mit Tag, Uhrzeit, Form und Ort.",
    forms.Terminformular,
)
VERLEGUNG = (
    "Termin ändern",
    "Die Kommune erhält eine E-Mail mit dem neuen Termin.",
    forms.Verlegung,
)
ABSAGE = (
    "Termin absagen",
    "Die Anfrage bleibt offen. Die Kommune erhält eine E-Mail.",
    forms.Absage,
)
FESTHALTEN = (
    "Beratung festhalten",
    "Damit ist die Anfrage beantwortet. Die Kommune kann einen Förderantrag einreichen.",
    forms.Festhalten,
)
SCHLUSS = (
    "Ohne Beratung schließen",
    "Die Kommune erhält eine E-Mail und liest den Grund im Portal.",
    forms.Schluss,
)
OEFFNUNG = (
    "Anfrage wieder öffnen",
    "Sie wartet dann wieder auf einen Termin. Eine festgehaltene Beratung bleibt bestehen; "
    "war sie falsch, berichtigen Sie sie in der Verwaltung.",
    forms.Oeffnung,
)


def moegliche(anfrage: Beratungsanfrage, um: datetime) -> list[Moegliches]:
    """In the order in which they come up: the first one is the next step."""
    return [
        Moegliches(titel, folge, formular(anfrage=anfrage, um=um))
        for titel, folge, formular in _passende(anfrage, um)
    ]


def gesendetes(anfrage: Beratungsanfrage, eingaben, um: datetime) -> Moegliches | None:
    """The step whose form was sent, bound, whether or not it is possible now."""
    for titel, folge, formular in (
        VERLEGUNG if anfrage.termin_um else TERMIN, ABSAGE, FESTHALTEN, SCHLUSS, OEFFNUNG,
    ):  # fmt: skip
        if formular.schluessel in eingaben:
            return Moegliches(titel, folge, formular(eingaben, anfrage=anfrage, um=um))
    return None


def _passende(anfrage, um):
    match anfrage.stand:
        case Beratungsstand.NEU:
            return TERMIN, FESTHALTEN, SCHLUSS
        case Beratungsstand.GEPLANT if anfrage.termin_um <= um:
            return FESTHALTEN, VERLEGUNG, ABSAGE, SCHLUSS
        case Beratungsstand.GEPLANT:
            return VERLEGUNG, ABSAGE, FESTHALTEN, SCHLUSS
        case Beratungsstand.BERATEN | Beratungsstand.GESCHLOSSEN:
            return (OEFFNUNG,)
    return ()


def tue(
    anfrage: Beratungsanfrage, form: forms.Schrittformular, *, durch: Konto, um: datetime
) -> str:
    """Take the step of the valid form; returns what the page says then. Raises as the step does."""
    wer = {"durch": durch, "gesehen": form.gesehen}
    match form:
        case forms.Verlegung():
            verfahren.plane(anfrage, form.termin, um=um, **wer)
            return "Der Termin ist geändert."
        case forms.Terminformular():
            verfahren.plane(anfrage, form.termin, um=um, **wer)
            return "Der Termin steht fest."
        case forms.Festhalten():
            festhalten.halte_fest(anfrage, form.gehalten, um=um, **wer)
            return "Die Beratung ist festgehalten. Die Anfrage ist beantwortet."
        case forms.Absage():
            verfahren.sage_ab(anfrage, form.cleaned_data["grund"], um=um, **wer)
            return "Der Termin ist abgesagt. Die Anfrage wartet auf einen neuen Termin."
        case forms.Schluss():
            verfahren.schliesse(anfrage, form.cleaned_data["grund"], um=um, **wer)
            return "Die Anfrage ist ohne Beratung geschlossen."
    verfahren.oeffne_wieder(anfrage, form.cleaned_data["grund"], **wer)
    return "Die Anfrage ist wieder offen."
