"""The content of a proof as it is frozen when it is signed, and as people read it.

    {
        "format": 1, "antrag": {…}, "bescheid": {…}, "eingaben": {…},
        "gruppen": [{"titel": "…", "angaben": [[label, text], …]}, …],
        "zahlen": {"ausgaben": [{"titel": "…", "soll": "…", "ist": "…"}], …},
        "belege": [{"id": 1, "belegnummer": "…", …}, …]
    }

Amounts are text, numbers whole (see `kanonisch`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict

from ..antrag import lesbar
from ..antrag.formular import Abschnittseingabe
from ..models import Beleg, Verwendungsnachweis
from ..plan.ausgabenarten import art_wort
from ..verfahren.belege import Belegangaben
from .formular import Nachweisformular, vorgabe
from .umfeld import Nachweisumfeld
from .zahlen import Position, Zahlen, zahlen

FORMAT = 1


def eingaben(umfeld: Nachweisumfeld, nachweis: Verwendungsnachweis | None = None) -> Mapping:
    """What is typed by now; before anybody has saved, what a proof begins with."""
    nachweis = nachweis or umfeld.nachweis
    return nachweis.eingaben if nachweis.geaendert_um else vorgabe(umfeld)


def eingabe(umfeld: Nachweisumfeld) -> Abschnittseingabe:
    return Abschnittseingabe(Nachweisformular, eingaben(umfeld), umfeld)


def inhalt(umfeld: Nachweisumfeld) -> dict:
    """Everything the proof says now, complete or not; the same for the same input."""
    antrag, form, bewilligung = umfeld.antrag, eingabe(umfeld), umfeld.bewilligung
    return {
        "format": FORMAT,
        "antrag": {
            "nummer": antrag.nummer,
            "titel": antrag.titel,
            "kommune": str(antrag.kommune),
            "runde": str(antrag.runde),
        },
        "bescheid": {
            "aktenzeichen": bewilligung.aktenzeichen,
            "erlassen_am": bewilligung.erlassen_am.isoformat(),
            "bewilligung_von": bewilligung.von.isoformat(),
            "bewilligung_bis": bewilligung.bis.isoformat(),
            "betrag_euro": str(bewilligung.betrag),
            "zuwendungsfaehig_euro": str(bewilligung.zuwendungsfaehig),
            "foerdersatz_prozent": str(bewilligung.foerdersatz),
        },
        "eingaben": form.eingaben,
        "gruppen": [
            {"titel": titel, "angaben": [list(paar) for paar in paare]}
            for titel, paare in _gruppen(form)
        ],
        "zahlen": _zahlen(zahlen(umfeld, form.werte)),
        "belege": [_beleg(beleg) for beleg in antrag.belege.order_by("bezahlt_am", "pk")],
    }


def gruppen(inhalt: Mapping) -> list[tuple[str, list[lesbar.Paar]]]:
    return [
        (gruppe["titel"], [(name, text) for name, text in gruppe["angaben"]])
        for gruppe in inhalt["gruppen"]
    ]


def _gruppen(form) -> Iterator[tuple[str, list[lesbar.Paar]]]:
    """The form under its headings, as text."""
    titel, paare, texte = "", [], lesbar.texte(form)
    for art, teil in form.teile:
        if art == "ueberschrift":
            if paare:
                yield titel, paare
            titel, paare = teil, []
        elif art == "feld":
            paare.append(texte[teil.name])
        else:
            paare.extend(_zeilen(teil))
    yield titel, paare


def _zeilen(gruppe) -> Iterator[lesbar.Paar]:
    """Each field of a row for itself: these rows hold texts of several lines."""
    gefuellt = [zeile for zeile in gruppe.zeilen if not zeile.ist_leer]
    if not gefuellt:
        yield gruppe.art.titel, lesbar.LEER
    for nummer, zeile in enumerate(gefuellt, start=1):
        for feld in zeile.visible_fields():
            yield f"{gruppe.art.eine} {nummer}: {feld.label}", lesbar.feldtext(feld) or lesbar.LEER


def _zahlen(stand: Zahlen) -> dict:
    return {
        "ausgaben": [_position(p) for p in (*stand.ausgaben, stand.summe)],
        "einnahmen": [_position(p) for p in (*stand.einnahmen, stand.einnahmensumme)],
        "ergebnis": {
            name: wert.name.lower() if name == "grenze" else str(wert)
            for name, wert in asdict(stand.ergebnis).items()
        },
        "abrechnung": {name: str(wert) for name, wert in asdict(stand.abrechnung).items()},
        "verschoben": [position.titel for position in stand.verschoben],
    }


def _position(position: Position) -> dict:
    return {
        "schluessel": position.schluessel,
        "titel": position.titel,
        "soll": "" if position.soll is None else str(position.soll),
        "ist": str(position.ist),
    }


def _beleg(beleg: Beleg) -> dict:
    werte = asdict(Belegangaben.von(beleg))
    return {
        "id": beleg.pk,
        **{name: str(wert) for name, wert in werte.items()},
        "ausgabenart_wort": art_wort(beleg.ausgabenart),
    }
