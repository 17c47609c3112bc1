"""Access request (Art. 15 DSGVO): everything stored about one person, as one file.

What belongs to a person is what the register says. Other people appear by their function only,
secrets such as the hash of the password are named and not given out.
"""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.template.loader import render_to_string
from django.utils import timezone

from asskomm.formate import tag, zeitpunkt
from asskomm.konten.models import Konto
from asskomm.personendaten import ANDERE, Personendaten, personendaten
from asskomm.post.vorlagen import lesbar
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import SchrittNichtMoeglich

from . import handlungen
from .schwaerzung import Schwaerzung, funktion
from .verzeichnis import bezeichnung, dauer

HINTERLEGT = "hinterlegt, wird nicht ausgegeben"
NUR_SELBST = "hinterlegt, steht nur in der Auskunft, die Sie selbst abrufen"
SELBST = "Sie selbst"


@dataclass(frozen=True)
class Angabe:
    feld: str
    bezeichnung: str
    wert: Any
    text: str


@dataclass(frozen=True)
class Abschnitt:
    """What one declaration of the register says about the person."""

    erklaerung: Personendaten
    daten: str
    dauer: str
    zeilen: list[list[Angabe]]


def sammle(konto: Konto, am: date, *, fuer_sich: bool = True) -> list[Abschnitt]:
    """The sections with at least one row, in the order of the register.

    Without `fuer_sich` somebody else holds the file, too: what only the person reads is left out.
    """
    schwaerze = Schwaerzung(konto)
    abschnitte = []
    for erklaerung in personendaten():
        if erklaerung.wessen is ANDERE:
            continue
        modell = apps.get_model(erklaerung.modell)
        zeilen = [
            [
                _angabe(zeile, name, erklaerung, konto, schwaerze, fuer_sich)
                for name in dict.fromkeys((*erklaerung.felder, *erklaerung.begleitend))
            ]
            for zeile in _zeilen(modell, erklaerung, konto)
        ]
        if zeilen:
            dauer_ = dauer(erklaerung, am)
            abschnitte.append(Abschnitt(erklaerung, bezeichnung(erklaerung), dauer_, zeilen))
    return abschnitte


def _zeilen(modell, erklaerung, konto):
    namen = (*erklaerung.felder, *erklaerung.begleitend)
    beziehungen = [name for name in namen if modell._meta.get_field(name).is_relation]
    zeilen = modell._base_manager.filter(erklaerung.von(konto)).order_by("pk")
    return zeilen.select_related(*beziehungen) if beziehungen else zeilen


def _angabe(zeile, name, erklaerung, konto, schwaerze, fuer_sich):
    feld = zeile._meta.get_field(name)
    bezeichnet = erklaerung.feldnamen.get(name) or str(feld.verbose_name)
    roh = getattr(zeile, feld.attname)
    if name in erklaerung.geheim:
        text = HINTERLEGT if roh else ""
        return Angabe(name, bezeichnet, text, text)
    if name in erklaerung.vertraulich and not fuer_sich:
        text = NUR_SELBST if roh else ""
        return Angabe(name, bezeichnet, text, text)
    if feld.is_relation and issubclass(feld.related_model, Konto):
        text = _person(getattr(zeile, name) if roh else None, roh, konto)
        return Angabe(name, bezeichnet, text, text)
    if feld.is_relation:
        text = schwaerze(str(getattr(zeile, name))) if roh else ""
        return Angabe(name, bezeichnet, roh, text)
    if isinstance(roh, str):
        roh = lesbar(roh)
        wort = getattr(zeile, f"{name}_wort", None) or (
            getattr(zeile, f"get_{name}_display")() if feld.choices else roh
        )
        return Angabe(name, bezeichnet, schwaerze(roh), schwaerze(str(wort)))
    if isinstance(feld, models.JSONField):
        text = schwaerze(json.dumps(roh, ensure_ascii=False, default=str))
        return Angabe(name, bezeichnet, json.loads(text), text)
    return Angabe(name, bezeichnet, roh, _als_text(feld, roh, zeile))


def _person(wer, nummer, konto):
    if nummer is None:
        return ""
    if nummer == konto.pk:
        return SELBST
    return funktion(wer) if wer else "[eine andere Person]"


def _als_text(feld, roh, zeile):
    if roh is None:
        return ""
    if feld.choices:
        return str(getattr(zeile, f"get_{feld.name}_display")())
    if isinstance(roh, bool):
        return "ja" if roh else "nein"
    if isinstance(roh, datetime):
        return zeitpunkt(roh)
    if isinstance(roh, date):
        return tag(roh)
    return str(roh)


@transaction.atomic
def erstelle(konto: Konto, *, durch: Konto, um: datetime, grund: str = "") -> bytes:
    """The ZIP file for `konto`, and the entry in the log.

    A person fetches it about themselves; somebody else of the staff needs a reason, e.g. the
    letter that asked for it. Whether they have the right to is the page's concern.
    """
    if durch.pk == konto.pk:
        protokolliere(handlungen.AUSKUNFT_ABGERUFEN, konto, durch=durch)
    elif not grund.strip():
        raise SchrittNichtMoeglich("Geben Sie an, worum die Person wann gebeten hat.")
    else:
        protokolliere(handlungen.AUSKUNFT_ERTEILT, konto, durch=durch, grund=grund)
    am = timezone.localdate(um)
    rahmen = {"konto": konto, "am": am, "portal": settings.BASE_URL}
    abschnitte = sammle(konto, am, fuer_sich=durch.pk == konto.pk)
    puffer = io.BytesIO()
    with zipfile.ZipFile(puffer, "w", zipfile.ZIP_DEFLATED) as archiv:
        archiv.writestr("LIESMICH.txt", render_to_string("datenschutz/liesmich.txt", rahmen))
        archiv.writestr(
            "auskunft.html",
            render_to_string("datenschutz/auskunft.html", {**rahmen, "abschnitte": abschnitte}),
        )
        archiv.writestr("auskunft.json", _als_json(abschnitte, am))
    return puffer.getvalue()


def dateiname(am: date) -> str:
    return f"auskunft-{am:%Y-%m-%d}.zip"


def _als_json(abschnitte, am):
    inhalt = {
        "stand": am.isoformat(),
        "abschnitte": [
            {
                "tabelle": abschnitt.erklaerung.modell,
                "daten": abschnitt.daten,
                "zweck": abschnitt.erklaerung.zweck,
                "rechtsgrundlage": abschnitt.erklaerung.rechtsgrundlage,
                "aufbewahrung": abschnitt.dauer,
                "zeilen": [
                    {angabe.feld: angabe.wert for angabe in zeile} for zeile in abschnitt.zeilen
                ],
            }
            for abschnitt in abschnitte
        ],
    }
    return json.dumps(inhalt, ensure_ascii=False, indent=2, default=_json_wert)


def _json_wert(wert):
    return wert.isoformat() if isinstance(wert, (date, datetime)) else str(wert)
