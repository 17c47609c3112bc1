"""What the Kommune of an invented case typed into its application, and what it enclosed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import ROUND_DOWN, Decimal
from functools import cache

from django.utils import timezone

from asskomm.dokumente import bloecke
from asskomm.dokumente.satz import setze
from beratung.models import Handlungsempfehlung
from foerderung.beccaria import IM_ANTRAG
from foerderung.models import Foerderrunde
from kommunen.models import Kommune

from .gemeinsam import QUELLE

FOERDERSATZ = Decimal("88")


def eingaben(
    kommune: Kommune,
    runde: Foerderrunde,
    thema: dict,
    antworten: dict[str, str],
    empfehlungen: Sequence[Handlungsempfehlung],
) -> dict[str, dict]:
    """By section. `thema` and `antworten` are those of antragsthemen.json."""
    jahr = runde.jahr_von
    return {
        "antragsteller": {
            "felder": {
                "ansprech_name": "Kim Beispiel",
                "ansprech_funktion": "Fachdienst Ordnung",
                "ansprech_email": "ordnung@example.org",
                "ansprech_telefon": "0351 000000",
                "vertretung_name": "Alex Beispiel",
                "vertretung_funktion": "Leitung der Verwaltung",
                "gemeinsam": "nein",
            },
            "zeilen": {},
        },
        "vorhaben": _vorhaben(kommune, jahr, thema, empfehlungen),
        **{
            standard.schluessel: {
                "felder": {
                    f"frage_{frage.schluessel}": antworten[frage.schluessel].format(**thema)
                    for frage in standard.teilfragen
                },
                "zeilen": {},
            }
            for standard in IM_ANTRAG
        },
        "plan": _plan(jahr, thema),
        "erklaerungen": {"felder": _erklaerungen(runde, jahr), "zeilen": {}},
    }


def _vorhaben(kommune, jahr, thema, empfehlungen):
    return {
        "felder": {
            "titel": thema["titel"],
            "kurzbeschreibung": thema["kurz"],
            "ort": f"{kommune}: {thema['orte']}",
            "beginn": f"01.01.{jahr}",
            "ende": f"31.12.{jahr}",
            "praeventionsrat": "keiner",
            "prioritaeten": thema["prioritaeten"],
            "handlungsfelder": thema["handlungsfelder"],
            "sicherheitsanalyse": str(empfehlungen[0].analyse_id) if empfehlungen else "keiner",
            **(
                {"empfehlungen": [str(empfehlung.pk) for empfehlung in empfehlungen]}
                if empfehlungen
                else {}
            ),
            "weiterleitung": "nein",
            "weiterfuehrung": (
                "Die Kommune plant die Stelle ab dem folgenden Jahr im eigenen Stellenplan ein. "
                "Der Beschluss dazu wird im Frühjahr vorbereitet."
                if thema["personal"]
                else ""
            ),
        },
        "zeilen": {
            "zielgruppen": [
                {"wer": thema["zielgruppe"], "groesse": thema["groesse"], "art": "direkt"}
            ],
            "zeitplan": [
                {"von": f"01.01.{jahr}", "bis": f"31.03.{jahr}", "was": "Absprachen und Ausgangslage"},
                {"von": f"01.04.{jahr}", "bis": f"31.10.{jahr}", "was": "Maßnahmen"},
                {"von": f"01.11.{jahr}", "bis": f"31.12.{jahr}", "was": "Auswertung und Bericht"},
            ],
            "partner": [{"wer": "Polizeirevier", "aufgabe": "Lagebild und Beratung"}],
        },
    }  # fmt: skip


def _plan(jahr, thema):
    stellen = [
        {
            "aufgabe": aufgabe,
            "qualifikation": qualifikation,
            "entgeltgruppe": gruppe,
            "stufe": stufe,
            "stellenanteil": anteil,
            "jahr": str(jahr),
            "monate": "12",
            "betrag": betrag,
        }
        for aufgabe, qualifikation, gruppe, stufe, anteil, betrag in thema["personal"]
    ]
    sachen = [
        {
            "wofuer": wofuer,
            "art": art,
            "jahr": str(jahr),
            "anzahl": anzahl,
            "einzelbetrag": einzelbetrag,
        }
        for wofuer, art, anzahl, einzelbetrag in thema["sach"]
    ]
    summe = sum(
        (_zahl(zeile["betrag"]) for zeile in stellen),
        sum((_zahl(z["anzahl"]) * _zahl(z["einzelbetrag"]) for z in sachen), Decimal(0)),
    )
    zuwendung = (summe * FOERDERSATZ / 100).quantize(Decimal(1), rounding=ROUND_DOWN)
    return {
        "felder": {
            f"zuwendung_{jahr}": _geld(zuwendung),
            f"eigenmittel_{jahr}": _geld(summe - zuwendung),
        },
        "zeilen": {"personal": stellen, "sach": sachen, "eigenleistung": [], "drittmittel": []},
    }


def _erklaerungen(runde, jahr):
    felder = {
        erklaerung.schluessel: "nein" if erklaerung.art == erklaerung.Art.JA_NEIN else "on"
        for erklaerung in runde.regelwerk.erklaerungen.all()
    }
    return {**felder, "beginn_am": f"01.01.{jahr}"}


@cache
def nachweis() -> bytes:
    """A document that says of itself that it is invented."""
    inhalt = [bloecke.absatz("Beispieldaten: Dieser Nachweis ist erfunden.")]
    unterlage = bloecke.unterlage(
        "Nachweis des Berufsabschlusses", inhalt, fusszeile=QUELLE, marke="Beispieldaten"
    )
    return setze("unterlage", unterlage, am=timezone.make_aware(datetime(2024, 9, 1)))


def _zahl(text: str) -> Decimal:
    return Decimal(text.replace(".", "").replace(",", "."))


def _geld(betrag: Decimal) -> str:
    return f"{betrag:.2f}".replace(".", ",")
