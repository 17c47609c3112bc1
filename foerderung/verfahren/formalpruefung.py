"""The LPR checks the form (F13).

Each function is one act: guard, rows and log entry in one transaction. `gesehen` is the version
of the case on the page; if that is past, Ueberholt.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from asskomm.konten.models import Konto
from asskomm.protokoll.handlungen import Handlung
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import SchrittNichtMoeglich

from ..befugnisse import Handelnde
from ..models import Foerderantrag, Formalpruefung, Status
from .pruefung import handelnd, verlange_status, zaehle_weiter
from .schritte import SCHRITTE, gehe, pruefe_recht, schon_gegangen, sperre

FORMAL_GEPRUEFT = Handlung("antrag.formalpruefung", "Formale Prüfung gespeichert")


@dataclass(frozen=True)
class Antwort:
    """What was answered to one point of the formal check."""

    ergebnis: str
    bemerkung: str = ""


def stand_vom(antrag: Foerderantrag) -> datetime:
    """When the newest version arrived: what was checked before has to be checked again."""
    neueste = antrag.fassungen.order_by("-nummer").values_list("eingegangen_um", flat=True).first()
    return neueste or antrag.eingereicht_um


@transaction.atomic
def speichere_formale_pruefung(
    antrag: Foerderantrag,
    antworten: Mapping[int, Antwort],
    *,
    durch: Konto,
    um: datetime,
    gesehen: int,
) -> int:
    """Store the answers by number of the point, some or all; returns how many changed.

    Raises SchrittNichtMoeglich where the list is not open, a point is unknown, or "nicht
    erfüllt" or "entfällt" comes without a remark.
    """
    fuer = handelnd(antrag, durch, Handelnde.SACHBEARBEITUNG)
    jetzt = sperre(antrag)
    verlange_status(jetzt, Status.EINGEREICHT)
    punkte = {punkt.nummer: punkt for punkt in jetzt.regelwerk.checkliste.all()}
    if antworten.keys() - punkte.keys():
        raise SchrittNichtMoeglich("Diesen Punkt gibt es in der Prüfliste nicht.")
    for nummer, antwort in antworten.items():
        if antwort.ergebnis not in Formalpruefung.Ergebnis.values:
            raise SchrittNichtMoeglich(f"Punkt {nummer}: Wählen Sie ein Ergebnis.")
        if antwort.ergebnis != Formalpruefung.Ergebnis.ERFUELLT and not antwort.bemerkung.strip():
            raise SchrittNichtMoeglich(
                f"Punkt {nummer}: Begründen Sie, warum der Punkt nicht erfüllt ist oder entfällt."
            )
    vorhanden = {
        pruefung.punkt.nummer: pruefung
        for pruefung in jetzt.formalpruefungen.select_related("punkt")
    }
    ab = stand_vom(jetzt)
    geaendert = {
        nummer: antwort
        for nummer, antwort in antworten.items()
        if nummer not in vorhanden
        or vorhanden[nummer].geprueft_um < ab
        or (vorhanden[nummer].ergebnis, vorhanden[nummer].bemerkung)
        != (antwort.ergebnis, antwort.bemerkung)
    }
    if not geaendert:
        return 0
    zaehle_weiter(antrag, gesehen)
    Formalpruefung.objects.bulk_create(
        [
            Formalpruefung(
                antrag=antrag,
                punkt=punkte[nummer],
                ergebnis=antwort.ergebnis,
                bemerkung=antwort.bemerkung,
                geprueft_um=um,
                geprueft_von=durch,
            )
            for nummer, antwort in geaendert.items()
        ],
        update_conflicts=True,
        unique_fields=["antrag", "punkt"],
        update_fields=["ergebnis", "bemerkung", "geprueft_um", "geprueft_von"],
    )
    protokolliere(
        FORMAL_GEPRUEFT, antrag, durch=durch, fuer=fuer, angaben={"punkte": sorted(geaendert)}
    )
    return len(geaendert)


@transaction.atomic
def schliesse_formale_pruefung_ab(
    antrag: Foerderantrag, *, durch: Konto, um: datetime, gesehen: int, trotzdem: str = ""
) -> None:
    """Every point of the rule set has an answer to the newest version.

    Points that are not fulfilled hold the case back, unless `trotzdem` says why it goes on; the
    log keeps that. Raises SchrittNichtMoeglich with the numbers of the points.
    """
    pruefe_recht(antrag, SCHRITTE["formell_pruefen"], durch)
    jetzt = sperre(antrag)
    ergebnisse = {
        pruefung.punkt_id: pruefung.ergebnis
        for pruefung in jetzt.formalpruefungen.filter(geprueft_um__gte=stand_vom(jetzt))
    }
    punkte = list(jetzt.regelwerk.checkliste.all())
    offen = [punkt.nummer for punkt in punkte if punkt.pk not in ergebnisse]
    unerfuellt = [
        punkt.nummer
        for punkt in punkte
        if ergebnisse.get(punkt.pk) == Formalpruefung.Ergebnis.NICHT_ERFUELLT
    ]
    if jetzt.status == Status.EINGEREICHT and offen:
        raise SchrittNichtMoeglich(f"Beantworten Sie zuerst: {_punkte_in_worten(offen)}.")
    if jetzt.status == Status.EINGEREICHT and unerfuellt and not trotzdem.strip():
        raise SchrittNichtMoeglich(
            f"Nicht erfüllt: {_punkte_in_worten(unerfuellt)}. Fordern Sie nach oder begründen Sie, "
            "warum der Antrag trotzdem weitergeht."
        )
    gehe(
        antrag,
        "formell_pruefen",
        durch=durch,
        um=um,
        gesehen=gesehen,
        grund=trotzdem if unerfuellt else "",
        angaben={"nicht_erfuellt": unerfuellt},
    )


@transaction.atomic
def oeffne_formale_pruefung(
    antrag: Foerderantrag, *, durch: Konto, um: datetime, gesehen: int, grund: str
) -> None:
    """A step back (F26); the answers stay and can be changed. Sent twice it is done once."""
    if schon_gegangen(sperre(antrag), "formelle_pruefung_oeffnen", durch, gesehen):
        return
    gehe(antrag, "formelle_pruefung_oeffnen", durch=durch, um=um, gesehen=gesehen, grund=grund)


def _punkte_in_worten(nummern):
    return ("Punkt " if len(nummern) == 1 else "Punkte ") + ", ".join(map(str, nummern))
