"""Two people have saved the plan: both texts side by side, a choice for each field and table (F4)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence

from django.http import QueryDict

from asskomm.formate import FEST

from ..antrag.getippt import als_felder, gelesener_abdruck, hat_abdruck, verschieden, wert
from ..models import Abschnitt
from .eingaben import Eingaben
from .lesen import ist_leer
from .spalten import AUSNAHMEBEGRUENDUNG, AUSNAHMEGRUND, GRUPPEN, JE_JAHR

MEINE, ANDERE = "meine", "andere"
LEER = "keine Angabe"
TITEL = {
    AUSNAHMEGRUND: "Einzelfall einer kleinen Zuwendung",
    AUSNAHMEBEGRUENDUNG: "Begründung der kleinen Zuwendung",
}


def titel(name: str) -> str:
    """How people call the field or table of that name."""
    if name in GRUPPEN:
        return GRUPPEN[name].titel
    for spalte in JE_JAHR:
        if name.startswith(f"{spalte.name}_"):
            return f"{spalte.titel} für {name.removeprefix(f'{spalte.name}_')}"
    return TITEL.get(name, name)


def konflikt(post: QueryDict, meine: Eingaben, jetzt: Abschnitt, offen: Sequence[str] = ()) -> dict:
    """Context of the page; what only one of the two has changed is chosen already."""
    abdruck = gelesener_abdruck(post.get("abdruck", ""))
    stellen = []
    for name in verschieden(meine, jetzt.eingaben):
        if hat_abdruck(meine, name, abdruck):
            wahl = ANDERE
        elif hat_abdruck(jetzt.eingaben, name, abdruck):
            wahl = MEINE
        else:
            wahl = post.get(f"wahl_{name}", "")
        stellen.append(
            {
                "name": name,
                "titel": titel(name),
                "meine": _als_text(name, meine),
                "andere": _als_text(name, jetzt.eingaben),
                "wahl": wahl,
                "fehler": name in offen,
            }
        )
    return {
        "stellen": stellen,
        "felder": list(als_felder(meine)),
        "jetzt": jetzt,
        "gesehen": jetzt.version,
        "marke": uuid.uuid4(),
        "abdruck": post.get("abdruck", ""),
        "fehlerliste": [
            {"text": f"{titel(name)}: Wählen Sie einen Text.", "ziel": f"id_wahl_{name}_0"}
            for name in offen
        ],
    }


def mit_wahl(post: QueryDict, meine: Eingaben, andere: Mapping) -> tuple[Eingaben, list[str]]:
    """The inputs with what was chosen on that page, and where a choice is missing."""
    felder, zeilen = dict(meine["felder"]), dict(meine["zeilen"])
    offen = []
    for name in post.getlist("strittig"):
        wahl = post.get(f"wahl_{name}")
        if wahl not in (MEINE, ANDERE):
            offen.append(name)
        elif wahl == ANDERE and name in GRUPPEN:
            zeilen[name] = wert(andere, name) or []
        elif wahl == ANDERE and name not in GRUPPEN:
            felder[name] = wert(andere, name)
    return {"felder": felder, "zeilen": zeilen}, offen


def _als_text(name, eingaben):
    inhalt = wert(eingaben, name)
    if name not in GRUPPEN:
        return inhalt or LEER
    zeilen = [
        f"{nummer}. {_zeilentext(GRUPPEN[name], zeile)}"
        for nummer, zeile in enumerate(inhalt or [], start=1)
        if not ist_leer(zeile)
    ]
    return "\n".join(zeilen) or LEER


def _zeilentext(gruppe, zeile):
    worte = []
    for spalte in gruppe.spalten:
        if text := zeile.get(spalte.name):
            wort = (spalte.wahl or {}).get(text, text)
            hat_einheit = not spalte.einheit or text.endswith(spalte.einheit)
            worte.append(wort if hat_einheit else f"{wort}{FEST}{spalte.einheit}")
    return "; ".join(worte)
