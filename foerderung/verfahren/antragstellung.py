"""A draft begins, grows section by section, and belongs to the Kommune (F4)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from asskomm.konten.models import Konto
from asskomm.protokoll.handlungen import Handlung
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import SchrittNichtMoeglich, Ueberholt
from kommunen.befugnisse import Befugnis, darf
from kommunen.models import Kommune
from kommunen.tatsachen import Herkunft

from ..abschnitte import SCHLUESSEL
from ..antrag.worte import wort
from ..models import Abschnitt, Foerderantrag, Foerderrunde, Status
from .schritte import KeinRecht, sperre

# Declarations are given anew for each application.
NICHT_UEBERNOMMEN = ("erklaerungen",)
ENTWURF_ANGELEGT = Handlung("antrag.angelegt", "Entwurf angelegt")


class EntwurfUeberholt(Ueberholt):
    """Somebody else saved the same thing after the person saw it; `jetzt` is what they saved."""

    def __init__(self, satz: str, jetzt):
        super().__init__(satz)
        self.jetzt = jetzt


class AbschnittUeberholt(EntwurfUeberholt):
    """The same for a section of an application."""

    def __init__(self, jetzt: Abschnitt):
        super().__init__("Eine andere Person hat diesen Abschnitt inzwischen gespeichert.", jetzt)


def lege_an(
    kommune: Kommune,
    runde: Foerderrunde,
    *,
    durch: Konto,
    um: datetime,
    marke: UUID,
    vorlage: Foerderantrag | None = None,
) -> Foerderantrag:
    """Begin a draft. The same form sent twice (`marke`) gives the first draft again.

    What a demo account begins is Beispieldaten. With `vorlage`, a submitted case of the same
    Kommune, its content comes along with marks (F27); declarations and documents do not.

    Raises KeinRecht without the role Bearbeitung and for a case of another Kommune,
    SchrittNichtMoeglich while the round is closed.
    """
    if not darf(durch, Befugnis.BEARBEITEN, kommune):
        raise KeinRecht("Entwürfe legt eine Person mit der Rolle Bearbeitung an.")
    if vorlage and vorlage.kommune_id != kommune.pk:
        raise KeinRecht("Übernehmen lässt sich nur ein Antrag der eigenen Kommune.")
    schon_da = Foerderantrag.objects.filter(marke=marke, angelegt_von=durch, kommune=kommune)
    if vorhanden := schon_da.first():
        return vorhanden
    if not Foerderrunde.objects.offen(um).filter(pk=runde.pk).exists():
        raise SchrittNichtMoeglich("Die Antragsfrist dieser Runde ist nicht offen.")
    try:
        return _beginne(kommune, runde, durch, um, marke, vorlage)
    except IntegrityError as fehler:  # the same click at the same moment
        if vorhanden := schon_da.first():
            return vorhanden
        raise SchrittNichtMoeglich("Laden Sie die Seite neu und beginnen Sie dort.") from fehler


@transaction.atomic
def _beginne(kommune, runde, durch, um, marke, vorlage):
    eingaben = uebernommene_eingaben(vorlage, runde) if vorlage else {}
    antrag = Foerderantrag.objects.create(
        marke=marke,
        kommune=kommune,
        runde=runde,
        herkunft=Herkunft.BEISPIEL if durch.ist_beispiel else Herkunft.ERFASST,
        vorgaenger=vorlage,
        titel=_titel(eingaben.get("vorhaben", {})),
        angelegt_um=um,
        angelegt_von=durch,
        geaendert_um=um,
        geaendert_von=durch,
    )
    Abschnitt.objects.bulk_create(
        Abschnitt(antrag=antrag, schluessel=schluessel, **_uebernommen(eingaben, schluessel, um))
        for schluessel in SCHLUESSEL
    )
    protokolliere(
        ENTWURF_ANGELEGT, antrag, durch=durch, angaben={"um": um.isoformat(timespec="seconds")}
    )
    return antrag


def _uebernommen(eingaben, schluessel, um):
    """What comes along counts as begun and is marked field by field."""
    if schluessel not in eingaben:
        return {}
    teile = (eingaben[schluessel].get("felder", {}), eingaben[schluessel].get("zeilen", {}))
    namen = [name for teil in teile for name, inhalt in teil.items() if inhalt]
    return {
        "eingaben": eingaben[schluessel],
        "uebernommen": namen,
        "version": 1,
        "geaendert_um": um,
    }


def uebernommene_eingaben(vorlage: Foerderantrag, runde: Foerderrunde) -> dict[str, Mapping]:
    """The typed content of the last submitted version by section, its plan moved to the new years."""
    fassung = vorlage.fassungen.last()
    if fassung is None:
        raise SchrittNichtMoeglich("Übernehmen lässt sich nur ein Antrag, der eingereicht wurde.")
    abschnitte = fassung.inhalt["abschnitte"]
    mit = {
        schluessel: abschnitte[schluessel]
        for schluessel in SCHLUESSEL
        if schluessel in abschnitte and schluessel not in NICHT_UEBERNOMMEN
    }
    if "plan" in mit:
        mit["plan"] = _in_neuen_jahren(mit["plan"], runde.jahr_von - vorlage.runde.jahr_von)
    return mit


def _in_neuen_jahren(plan, versatz):
    """Amounts of 2026 become amounts of 2027; what cannot be read as a year stays as it is."""

    def verschoben(jahr):
        return str(int(jahr) + versatz) if jahr.isdecimal() and jahr.isascii() else jahr

    felder = {}
    for name, inhalt in plan.get("felder", {}).items():
        vorn, strich, jahr = name.rpartition("_")
        felder[f"{vorn}{strich}{verschoben(jahr)}"] = inhalt
    zeilen = {
        gruppe: [{**zeile, "jahr": verschoben(zeile.get("jahr", ""))} for zeile in zeilen]
        for gruppe, zeilen in plan.get("zeilen", {}).items()
    }
    return {**plan, "felder": felder, "zeilen": zeilen}


def offene_abschnitte(antrag: Foerderantrag) -> frozenset[str]:
    """Which sections (and "anlagen") can be edited now: all of a draft, those asked for again."""
    if antrag.status == Status.ENTWURF:
        return frozenset([*SCHLUESSEL, "anlagen"])
    if antrag.status == Status.NACHFORDERUNG:
        offen = antrag.nachforderungen.offen().first()
        return frozenset(offen.abschnitte) if offen else frozenset()
    return frozenset()


@transaction.atomic
def speichere(
    antrag: Foerderantrag,
    schluessel: str,
    eingaben: Mapping,
    *,
    durch: Konto,
    um: datetime,
    gesehen: int,
    bestaetigt: tuple[str, ...] = (),
    seite: UUID | None = None,
) -> Abschnitt:
    """Store what was typed in one section, right or wrong; `gesehen` is its version on the page.

    The same text again changes nothing and is no conflict. `bestaetigt` names carried-over fields
    that the person has looked at (F27); those that are changed count as looked at. `seite` marks the page in the
    browser: what that page itself saved in between is no conflict. Raises KeinRecht,
    SchrittNichtMoeglich where the section is not open, AbschnittUeberholt.
    """
    if not darf(durch, Befugnis.BEARBEITEN, antrag.kommune):
        raise KeinRecht("Entwürfe ändert eine Person mit der Rolle Bearbeitung.")
    jetzt = sperre(antrag)
    if schluessel not in offene_abschnitte(jetzt):
        warum = f"Der Antrag ist: {wort(jetzt)}."
        if jetzt.status == Status.NACHFORDERUNG:
            warum = "Die Nachforderung betrifft ihn nicht."
        raise SchrittNichtMoeglich(f"Dieser Abschnitt lässt sich nicht ändern. {warum}")
    abschnitt = Abschnitt.objects.select_for_update().get(antrag=antrag, schluessel=schluessel)
    uebernommen = [
        name
        for name in abschnitt.uebernommen
        if name not in bestaetigt and _angabe(eingaben, name) == _angabe(abschnitt.eingaben, name)
    ]
    if abschnitt.eingaben == eingaben and abschnitt.ist_begonnen:
        if uebernommen != abschnitt.uebernommen:
            abschnitt.uebernommen = uebernommen
            abschnitt.save(update_fields=["uebernommen"])
        return abschnitt
    selbst_gespeichert = seite is not None and abschnitt.seite == seite
    if abschnitt.version != gesehen and not selbst_gespeichert:
        raise AbschnittUeberholt(abschnitt)
    abschnitt.eingaben, abschnitt.uebernommen = eingaben, uebernommen
    abschnitt.version += 1
    abschnitt.seite, abschnitt.geaendert_um, abschnitt.geaendert_von = seite, um, durch
    abschnitt.save()
    # The row is locked: nobody else counts meanwhile.
    felder = {"version": jetzt.version + 1, "geaendert_um": um, "geaendert_von": durch}
    if schluessel == "vorhaben" and jetzt.eingereicht_um is None:
        felder["titel"] = _titel(eingaben)
    Foerderantrag.objects.filter(pk=antrag.pk).update(**felder)
    for name, wert in felder.items():
        setattr(antrag, name, wert)
    return abschnitt


def _titel(vorhaben):
    return str(vorhaben.get("felder", {}).get("titel", ""))[:200].strip()


def _angabe(eingaben, name):
    """A field, or the rows of a group."""
    return eingaben.get("felder", {}).get(name) or eingaben.get("zeilen", {}).get(name)
