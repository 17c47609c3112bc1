"""The register as the data protection officer reads it: by app, one line for each declaration."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from django.apps import apps

from asskomm.personendaten import (
    ANDERE,
    Loeschregel,
    Personendaten,
    personendaten,
    unbedenklich,
    weitere_ablagen,
)

from .fristen import gueltige_fristen
from .models import Aufbewahrungsfrist

KOPF = (
    "Bereich",
    "Daten",
    "Felder",
    "Wessen",
    "Zweck",
    "Rechtsgrundlage",
    "Aufbewahrung",
    "Danach",
    "Stand der Frist",
)
# The log of changes of each model says the same each time; it is one line.
VERLAUF = "Verläufe aller Datensätze"


@dataclass(frozen=True)
class Zeile:
    bereich: str
    daten: str
    felder: str
    wessen: str
    zweck: str
    rechtsgrundlage: str
    dauer: str
    danach: str = ""
    stand: str = ""

    def als_tupel(self) -> tuple[str, ...]:
        return (
            self.bereich,
            self.daten,
            self.felder,
            self.wessen,
            self.zweck,
            self.rechtsgrundlage,
            self.dauer,
            self.danach,
            self.stand,
        )


@dataclass(frozen=True)
class Gruppe:
    bereich: str
    zeilen: list[Zeile]


def dauer(
    erklaerung: Personendaten, am: date, fristen: dict[str, Aufbewahrungsfrist] | None = None
) -> str:
    """How long, from when; in words where no period runs."""
    regel = erklaerung.ende
    if isinstance(regel, str):
        return regel
    frist = (gueltige_fristen(am) if fristen is None else fristen).get(regel.schluessel)
    if frist is None:
        return f"noch keine Frist festgelegt, {regel.beginn}"
    return f"{frist.dauer} {regel.beginn}"


def gruppen(am: date) -> list[Gruppe]:
    """All lines, grouped by app in the order of the settings; what lies elsewhere comes last."""
    je_bereich: dict[str, list[Zeile]] = {}
    for zeile in zeilen(am):
        je_bereich.setdefault(zeile.bereich, []).append(zeile)
    return [Gruppe(bereich, liste) for bereich, liste in je_bereich.items()]


def zeilen(am: date) -> list[Zeile]:
    fristen = gueltige_fristen(am)
    reihenfolge = [config.label for config in apps.get_app_configs()]
    erklaerungen = sorted(
        personendaten(),
        key=lambda e: (reihenfolge.index(apps.get_model(e.modell)._meta.app_label), e.modell),
    )
    eigene = [e for e in erklaerungen if not _ist_verlauf(e)]
    verlaeufe = [e for e in erklaerungen if _ist_verlauf(e)][:1]
    return [
        *(_zeile(erklaerung, am, fristen) for erklaerung in eigene),
        *(_zeile(erklaerung, am, fristen, daten=VERLAUF) for erklaerung in verlaeufe),
        *_ausserhalb(),
    ]


def harmlose() -> list[tuple[str, str, str]]:
    """What holds no personal data: table, fields, reason."""
    return [
        (_name(e.modell), _felder(e.modell, e.felder), e.grund)
        for e in unbedenklich()
        if not _ist_verlauf(e)
    ]


def _ist_verlauf(erklaerung) -> bool:
    return hasattr(apps.get_model(erklaerung.modell), "instance_type")


def _zeile(erklaerung, am, fristen, daten=None) -> Zeile:
    regel = erklaerung.ende
    frist = fristen.get(regel.schluessel) if isinstance(regel, Loeschregel) else None
    bereich = erklaerung.bereich or apps.get_model(erklaerung.modell)._meta.app_config.verbose_name
    return Zeile(
        bereich=VERLAUF if daten else str(bereich),
        daten=daten or bezeichnung(erklaerung),
        felder=_felder(erklaerung.modell, erklaerung.felder, erklaerung.feldnamen),
        wessen=_wessen(erklaerung),
        zweck=erklaerung.zweck,
        rechtsgrundlage=erklaerung.rechtsgrundlage,
        dauer=dauer(erklaerung, am, fristen),
        danach=regel.ende.value if isinstance(regel, Loeschregel) else "",
        stand=_stand(frist),
    )


def _stand(frist) -> str:
    if frist is None:
        return ""
    return "noch zu bestätigen" if frist.zu_bestaetigen else f"Quelle: {frist.quelle}"


def _ausserhalb() -> Iterator[Zeile]:
    for ablage in weitere_ablagen():
        yield Zeile(
            bereich="Außerhalb der Datenbanktabellen",
            daten=ablage.ort,
            felder=ablage.inhalt,
            wessen="Personen mit und ohne Konto",
            zweck=ablage.zweck,
            rechtsgrundlage=ablage.rechtsgrundlage,
            dauer=ablage.dauer,
        )


def _wessen(erklaerung) -> str:
    return "andere Personen" if erklaerung.wessen is ANDERE else "die Person mit dem Konto"


def bezeichnung(erklaerung: Personendaten) -> str:
    """What the table of the declaration is called."""
    return erklaerung.bezeichnung or _name(erklaerung.modell)


def _name(modell) -> str:
    return str(apps.get_model(modell)._meta.verbose_name_plural)


def _felder(modell, felder, namen=MappingProxyType({})) -> str:
    meta = apps.get_model(modell)._meta
    return ", ".join(namen.get(feld) or str(meta.get_field(feld).verbose_name) for feld in felder)
