"""The slots for documents of an application: what is asked for, what is there, what is missing."""

from __future__ import annotations

from dataclasses import dataclass

from asskomm.formate import FEST, zahl

from ..models import Anlage, Anlagenart, Foerderantrag
from ..plan.lesen import lies
from ..plan.regeln import planjahre
from . import virenscanner

Pflicht = Anlagenart.Pflicht
WARTET_NOCH = (
    "Die Prüfung auf Schadprogramme läuft noch. Versuchen Sie es in einigen Minuten noch einmal."
)


@dataclass(frozen=True)
class Platz:
    """One kind of document with its present files, and those that were removed.

    `befallen` is the file the scanner took away last, as long as nothing has come in its place.
    """

    art: Anlagenart
    ist_pflicht: bool
    anlagen: tuple[Anlage, ...]
    entfernte: tuple[Anlage, ...]
    befallen: Anlage | None

    @property
    def kennung(self) -> str:
        return f"anlage-{self.art.schluessel}"

    @property
    def ist_frei(self) -> bool:
        return len(self.anlagen) < self.art.hoechstens


@dataclass(frozen=True)
class OffenerPlatz:
    """What keeps the application from being handed over; `anker` is the slot on the page."""

    anker: str
    text: str


def plaetze(antrag: Foerderantrag) -> list[Platz]:
    """All slots of the rule set in its order, then those of files it does not name any more."""
    je_art: dict[str, list[Anlage]] = {}
    for anlage in antrag.anlagen.select_related("hochgeladen_von"):
        je_art.setdefault(anlage.art, []).append(anlage)
    arten = list(antrag.geltendes_regelwerk.anlagenarten.all())
    bekannt = {art.schluessel for art in arten}
    for schluessel, anlagen in je_art.items():
        if schluessel not in bekannt and any(a.entfernt_um is None for a in anlagen):
            arten.append(_frueher_verlangt(schluessel))
    verlangt = verlangt_im_fall(antrag)
    return [_platz(art, art.pflicht in verlangt, je_art.get(art.schluessel, [])) for art in arten]


def maengel(antrag: Foerderantrag) -> list[OffenerPlatz]:
    """What is missing or not known to be clean, in the order of the page."""
    offen = []
    for platz in plaetze(antrag):
        if platz.ist_pflicht and not platz.anlagen:
            text = f"{platz.art.bezeichnung}: Laden Sie die Datei hoch."
            offen.append(OffenerPlatz(platz.kennung, text))
        offen += [
            OffenerPlatz(platz.kennung, f"{anlage.dateiname}: {WARTET_NOCH}")
            for anlage in platz.anlagen
            if virenscanner.ist_eingerichtet() and anlage.pruefstand == Anlage.Pruefstand.UNGEPRUEFT
        ]
    return offen


def fuer_fassung(antrag: Foerderantrag) -> list[dict]:
    """The present files as a signed version names them. The id keeps each from being deleted."""
    return [
        {
            "id": str(anlage.pk),
            "art": anlage.art,
            "dateiname": anlage.dateiname,
            "groesse": anlage.groesse,
            "sha256": anlage.sha256,
        }
        for anlage in antrag.anlagen.aktuell().order_by("hochgeladen_um", "pk")
    ]


def umfang(groesse: int) -> str:
    """Bytes as people count them: 240 kB, 1,3 MB; never none."""
    if groesse < 1_000_000:
        return f"{zahl(max(1, round(groesse / 1000)))}{FEST}kB"
    return f"{zahl(groesse / 1_000_000, 1)}{FEST}MB"


def verlangt_im_fall(antrag: Foerderantrag) -> frozenset[str]:
    """Which kinds of `Anlagenart.pflicht` apply, going by what the plan says now."""
    abschnitt = antrag.abschnitte.filter(schluessel="plan").first()
    verlangt = {Pflicht.IMMER}
    if abschnitt:
        plan = lies(abschnitt.eingaben, planjahre(antrag)).plan
        if plan.hat_personal:
            verlangt.add(Pflicht.BEI_PERSONAL)
        if plan.leitet_weiter:
            verlangt.add(Pflicht.BEI_WEITERLEITUNG)
    return frozenset(verlangt)


def _frueher_verlangt(schluessel):
    """For files that came while another version of the rule set asked for them."""
    return Anlagenart(
        schluessel=schluessel,
        bezeichnung="Weitere Unterlagen",
        warum="Das Regelwerk verlangt diese Dateien nicht mehr. Sie können sie entfernen.",
        pflicht=Pflicht.FREIWILLIG,
        hoechstens=0,
    )


def _platz(art, ist_pflicht, anlagen):
    letzte = anlagen[-1] if anlagen else None
    return Platz(
        art,
        ist_pflicht,
        anlagen=tuple(anlage for anlage in anlagen if anlage.entfernt_um is None),
        entfernte=tuple(anlage for anlage in anlagen if anlage.entfernt_um is not None),
        befallen=letzte if letzte and letzte.pruefstand == Anlage.Pruefstand.BEFALLEN else None,
    )
