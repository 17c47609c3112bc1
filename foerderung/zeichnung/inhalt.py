"""What is read from the content of an application when it is signed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..abschnitte import ANLAGEN
from ..antrag.angaben import FORMULARE
from ..antrag.formular import Abschnittseingabe
from ..antrag.umfeld import Umfeld
from ..models import Foerderantrag

# The slot for the signed declaration where nobody else in the town hall can sign here.
UNTERSCHRIFT = "unterschrift"
# The declaration on which the consent to electronic notices stands (§ 41 Abs. 2a VwVfG).
EINWILLIGUNG = "elektronische_bekanntgabe"


def spalten(antrag: Foerderantrag, umfeld: Umfeld) -> dict[str, Any]:
    """The columns of the case that repeat content of the version, for lists and for the decision."""
    vorhaben, erklaerungen = (_werte(umfeld, name) for name in ("vorhaben", "erklaerungen"))
    gesamt = umfeld.rechnung.gesamt
    return {
        "titel": vorhaben["titel"],
        "durchfuehrung_von": vorhaben["beginn"],
        "durchfuehrung_bis": vorhaben["ende"],
        "ausgaben_euro": gesamt.ausgaben,
        "zuwendung_beantragt_euro": gesamt.zuwendung,
        "elektronische_bekanntgabe": bool(erklaerungen.get(EINWILLIGUNG)),
        "praeventionsrat": umfeld.raete.get(vorhaben["praeventionsrat"]),
        "sicherheitsanalyse": umfeld.analysen.get(vorhaben["sicherheitsanalyse"]),
    }


def empfehlungen(umfeld: Umfeld) -> list[int]:
    """The recommendations of an analysis that the content takes up."""
    return [int(nummer) for nummer in _werte(umfeld, "vorhaben").get("empfehlungen", [])]


def _werte(umfeld, schluessel):
    return Abschnittseingabe(FORMULARE[schluessel], umfeld.eingaben(schluessel), umfeld).werte


def willigt_ein(inhalt: Mapping) -> bool:
    """Whether the content of a version declares the consent."""
    erklaerungen = inhalt["abschnitte"].get("erklaerungen", {})
    return bool(erklaerungen.get("felder", {}).get(EINWILLIGUNG))


def geaendert(alt: Mapping, neu: Mapping) -> set[str]:
    """The sections whose typed text differs between two contents, and "anlagen"."""
    vorher, nachher = alt["abschnitte"], neu["abschnitte"]
    anders = {name for name in nachher if vorher.get(name) != nachher[name]}
    if alt["anlagen"] != neu["anlagen"]:
        anders.add(ANLAGEN)
    return anders


def ohne_unterschrift(inhalt: Mapping) -> dict:
    """What the paper is signed for: all that the applicant says, without the signed paper itself.

    Consultations are left out as well, because the LPR records them at any time.
    """
    return {
        **{name: inhalt[name] for name in inhalt if name not in ("gruppen", "beratungen")},
        "anlagen": [anlage for anlage in inhalt["anlagen"] if anlage["art"] != UNTERSCHRIFT],
    }
