"""The LPR checks the substance: one or more reviews (F13).

Each function is one act: guard, rows and log entry in one transaction. `gesehen` is the version
of the case (of a review: its own) on the page; if that is past, Ueberholt.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from asskomm.konten.models import Konto
from asskomm.protokoll.handlungen import Handlung
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import SchrittNichtMoeglich, Ueberholt

from ..beccaria import IM_ANTRAG, STANDARDS
from ..befugnisse import Handelnde
from ..models import Bewertung, Foerderantrag, Gutachten, Regel, Status
from ..regelwerk.werte import ganzer_wert
from .formalpruefung import stand_vom
from .pruefung import handelnd, verlange_status, zaehle_weiter
from .schritte import SCHRITTE, gehe, pruefe_recht, schon_gegangen, sperre

GUTACHTEN_ABGEGEBEN = Handlung("antrag.gutachten", "Fachliche Prüfung abgegeben")
GUTACHTEN_NEU = Handlung("antrag.gutachten_neu", "Eigene fachliche Prüfung neu begonnen")


@dataclass(frozen=True)
class Wertung:
    """Score and words for one of the Beccaria standards; no score is not decided yet."""

    punkte: int | None = None
    text: str = ""


def punkte_hoechstens(antrag: Foerderantrag) -> int:
    """Where the scale of scores ends; the rule set says so."""
    return ganzer_wert(antrag.geltendes_regelwerk, Regel.Schluessel.PUNKTE_HOECHSTENS)


@transaction.atomic
def speichere_gutachten(
    antrag: Foerderantrag,
    wertungen: Mapping[int, Wertung],
    votum: str,
    begruendung: str,
    *,
    durch: Konto,
    um: datetime,
    gesehen: int,
) -> Gutachten:
    """Keep the own review as a draft; `gesehen` is its version on the page, 0 for none yet.

    After a new version of the application it is a new one. Raises SchrittNichtMoeglich for a
    score outside the scale and once it is handed in.
    """
    handelnd(antrag, durch, Handelnde.PRUEFUNG)
    jetzt = sperre(antrag)
    verlange_status(jetzt, Status.FORMELL_GEPRUEFT)
    return _speichere_gutachten(
        jetzt, wertungen, votum, begruendung, durch=durch, um=um, gesehen=gesehen
    )


@transaction.atomic
def gib_gutachten_ab(
    antrag: Foerderantrag,
    wertungen: Mapping[int, Wertung],
    votum: str,
    begruendung: str,
    *,
    durch: Konto,
    um: datetime,
    gesehen: int,
) -> Gutachten:
    """Save the review and hand it in: now the others' can be seen, and it cannot be changed.

    Sent twice it is done once. Raises SchrittNichtMoeglich where a score, the vote or its reasons
    are missing, and for another review than the one that is handed in already.
    """
    fuer = handelnd(antrag, durch, Handelnde.PRUEFUNG)
    jetzt = sperre(antrag)
    verlange_status(jetzt, Status.FORMELL_GEPRUEFT)
    vorhanden = eigenes_gutachten(jetzt, durch)
    if (
        vorhanden
        and gilt_noch(jetzt, vorhanden)
        and _sagt(vorhanden, wertungen, votum, begruendung)
    ):
        return vorhanden  # the same form sent twice
    ohne = [
        standard.nummer
        for standard in IM_ANTRAG
        if wertungen.get(standard.nummer, Wertung()).punkte is None
    ]
    if ohne:
        raise SchrittNichtMoeglich(
            f"Geben Sie Punkte für diese Schritte an: {', '.join(map(str, ohne))}."
        )
    if votum not in Gutachten.Votum.values or not begruendung.strip():
        raise SchrittNichtMoeglich("Wählen Sie ein Votum und begründen Sie es.")
    gutachten = _speichere_gutachten(
        jetzt, wertungen, votum, begruendung, durch=durch, um=um, gesehen=gesehen
    )
    gutachten.abgegeben_um = um
    gutachten.save(update_fields=["abgegeben_um"])
    zaehle_weiter(antrag, jetzt.version)
    protokolliere(
        GUTACHTEN_ABGEGEBEN, antrag, durch=durch, fuer=fuer, angaben={"gutachten": gutachten.pk}
    )
    return gutachten


@transaction.atomic
def fasse_gutachten_neu(
    antrag: Foerderantrag, *, durch: Konto, um: datetime, grund: str
) -> Gutachten:
    """The own review was handed in by mistake: a new draft with the same text takes its place.

    The first one stays as a record and counts no more; the log keeps the reason. Sent twice it is
    done once.
    """
    fuer = handelnd(antrag, durch, Handelnde.PRUEFUNG)
    jetzt = sperre(antrag)
    verlange_status(jetzt, Status.FORMELL_GEPRUEFT)
    if not grund.strip():
        raise SchrittNichtMoeglich("Geben Sie einen Grund an.")
    altes = eigenes_gutachten(jetzt, durch)
    if altes is None:
        raise Ueberholt("Sie haben noch keine fachliche Prüfung abgegeben.")
    if altes.abgegeben_um is None:
        return altes
    neues = Gutachten.objects.create(
        antrag=antrag,
        von=durch,
        votum=altes.votum,
        begruendung=altes.begruendung,
        version=1,
        begonnen_um=um,
    )
    Bewertung.objects.bulk_create(
        Bewertung(
            gutachten=neues,
            standard=bewertung.standard,
            punkte=bewertung.punkte,
            hoechstens=bewertung.hoechstens,
            text=bewertung.text,
        )
        for bewertung in altes.bewertungen.all()
    )
    zaehle_weiter(antrag, jetzt.version)
    protokolliere(
        GUTACHTEN_NEU,
        antrag,
        durch=durch,
        fuer=fuer,
        grund=grund,
        angaben={"gutachten": neues.pk, "ersetzt": altes.pk},
    )
    return neues


def eigenes_gutachten(antrag: Foerderantrag, konto: Konto) -> Gutachten | None:
    """The newest review of `konto`, draft or handed in."""
    return antrag.gutachten.filter(von=konto).order_by("pk").last()


def gilt_noch(antrag: Foerderantrag, gutachten: Gutachten) -> bool:
    """Handed in, and on the version of the application that is the newest."""
    return gutachten.abgegeben_um is not None and gutachten.abgegeben_um >= stand_vom(antrag)


def _sagt(gutachten, wertungen, votum, begruendung):
    """Whether the review is this one."""
    gegeben = {nummer: wertung for nummer, wertung in wertungen.items() if wertung != Wertung()}
    bewertungen = gutachten.bewertungen.all()
    return (gutachten.votum, gutachten.begruendung) == (votum, begruendung) and gegeben == {
        bewertung.standard: Wertung(bewertung.punkte, bewertung.text) for bewertung in bewertungen
    }


def _speichere_gutachten(antrag, wertungen, votum, begruendung, *, durch, um, gesehen):
    hoechstens = punkte_hoechstens(antrag)
    for nummer, wertung in wertungen.items():
        if wertung.punkte is not None and not 0 <= wertung.punkte <= hoechstens:
            raise SchrittNichtMoeglich(f"Schritt {nummer}: Möglich sind 0 bis {hoechstens} Punkte.")
    if votum and votum not in Gutachten.Votum.values:
        raise SchrittNichtMoeglich("Dieses Votum gibt es nicht.")
    gutachten = eigenes_gutachten(antrag, durch)
    if gutachten and gilt_noch(antrag, gutachten):
        raise SchrittNichtMoeglich("Ihre fachliche Prüfung ist abgegeben.")
    if gutachten and gutachten.abgegeben_um:
        gutachten = None  # on an older version: it stays as it is, this is a new one
    if (gutachten.version if gutachten else 0) != gesehen:
        raise Ueberholt(
            "Sie haben diese Prüfung inzwischen in einem anderen Fenster gespeichert. "
            "Prüfen Sie Ihre Eingaben und speichern Sie noch einmal."
        )
    if gutachten is None:
        gutachten = Gutachten(antrag=antrag, von=durch, begonnen_um=um)
    gutachten.votum, gutachten.begruendung = votum, begruendung
    gutachten.version += 1
    gutachten.save()
    gutachten.bewertungen.all().delete()
    Bewertung.objects.bulk_create(
        Bewertung(
            gutachten=gutachten,
            standard=standard.nummer,
            punkte=wertung.punkte,
            hoechstens=hoechstens,
            text=wertung.text,
        )
        for standard in STANDARDS
        if (wertung := wertungen.get(standard.nummer, Wertung())) != Wertung()
    )
    return gutachten


@transaction.atomic
def schliesse_fachliche_pruefung_ab(
    antrag: Foerderantrag, *, durch: Konto, um: datetime, gesehen: int
) -> None:
    """Enough reviews on the newest version; those of biased people do not count.

    Sent twice it is done once.
    """
    pruefe_recht(antrag, SCHRITTE["fachlich_pruefen"], durch)
    jetzt = sperre(antrag)
    if schon_gegangen(jetzt, "fachlich_pruefen", durch, gesehen):
        return
    noetig = ganzer_wert(jetzt.regelwerk, Regel.Schluessel.GUTACHTEN_MINDESTENS)
    nummern = list(jetzt.gutachten.zaehlt().order_by("pk").values_list("pk", flat=True))
    if jetzt.status == Status.FORMELL_GEPRUEFT and len(nummern) < noetig:
        raise SchrittNichtMoeglich(
            f"Nötig {'ist eine fachliche Prüfung' if noetig == 1 else f'sind {noetig} fachliche Prüfungen'} "
            f"ohne Befangenheit, abgegeben {'ist' if len(nummern) == 1 else 'sind'} {len(nummern)}."
        )
    gehe(
        antrag,
        "fachlich_pruefen",
        durch=durch,
        um=um,
        gesehen=gesehen,
        angaben={"gutachten": nummern},
    )


@transaction.atomic
def oeffne_fachliche_pruefung(
    antrag: Foerderantrag, *, durch: Konto, um: datetime, gesehen: int, grund: str
) -> None:
    """A step back (F26); the reviews stay, their authors can open their own.

    Sent twice it is done once.
    """
    if schon_gegangen(sperre(antrag), "fachliche_pruefung_oeffnen", durch, gesehen):
        return
    gehe(antrag, "fachliche_pruefung_oeffnen", durch=durch, um=um, gesehen=gesehen, grund=grund)
