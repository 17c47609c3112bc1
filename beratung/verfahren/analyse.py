"""What becomes of a recommendation of an analysis (F37): the Kommune says it, or its grant cases do.

open or planned -> done, dropped; a planned, done or dropped one can be opened again. While a
grant case that takes it up runs, it is "in Förderung": the Kommune can say that it is done, but
not drop it. Several cases may take up the same one, as a project goes on for years or has several
parts; when the last of them ends without success, the recommendation is what it was before.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from asskomm.konten.models import Konto
from asskomm.protokoll.handlungen import Handlung
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import SchrittNichtMoeglich, Ueberholt
from kommunen.befugnisse import Befugnis, darf

from .. import handlungen
from ..models import AUFGREIFBAR, Empfehlungsstand, Handlungsempfehlung

JAHRE_VORAUS = 15
S = Empfehlungsstand


@dataclass(frozen=True)
class Schritt:
    """What the Kommune can say of a recommendation, from which states; `verb` names it to people."""

    schluessel: str
    aus: tuple[Empfehlungsstand, ...]
    verb: str
    handlung: Handlung


PLANEN = Schritt(
    "planen",
    (S.OFFEN, S.GEPLANT),
    "Wir planen sie für ein Jahr",
    handlungen.EMPFEHLUNG_GEPLANT,
)
ERLEDIGEN = Schritt(
    "erledigen",
    (S.OFFEN, S.GEPLANT, S.FOERDERUNG),
    "Sie ist erledigt",
    handlungen.EMPFEHLUNG_ERLEDIGT,
)
VERWERFEN = Schritt(
    "verwerfen",
    (S.OFFEN, S.GEPLANT),
    "Wir setzen sie nicht um",
    handlungen.EMPFEHLUNG_VERWORFEN,
)
OEFFNEN = Schritt(
    "oeffnen",
    (S.GEPLANT, S.ERLEDIGT, S.VERWORFEN),
    "Sie ist wieder offen",
    handlungen.EMPFEHLUNG_GEOEFFNET,
)
SCHRITTE = {schritt.schluessel: schritt for schritt in (PLANEN, ERLEDIGEN, VERWERFEN, OEFFNEN)}


def moegliche_schritte(empfehlung: Handlungsempfehlung) -> list[Schritt]:
    return [schritt for schritt in SCHRITTE.values() if empfehlung.stand in schritt.aus]


# --- The Kommune ---------------------------------------------------------------------


def jahre(um: datetime) -> range:
    """The years for which a recommendation can be planned now."""
    heute = timezone.localdate(um)
    return range(heute.year, heute.year + JAHRE_VORAUS + 1)


def plane(
    empfehlung: Handlungsempfehlung, jahr: int, *, durch: Konto, um: datetime, gesehen: int
) -> None:
    if jahr not in jahre(um):
        raise SchrittNichtMoeglich(
            f"Möglich sind die Jahre von {jahre(um)[0]} bis {jahre(um)[-1]}."
        )
    _gehe(empfehlung, PLANEN, durch, um, gesehen, stand=S.GEPLANT, geplant_jahr=jahr)


def erledige(
    empfehlung: Handlungsempfehlung, was: str, *, durch: Konto, um: datetime, gesehen: int
) -> None:
    """`was` is what was done; grant cases that take it up go on."""
    if not was.strip():
        raise SchrittNichtMoeglich("Schreiben Sie, was getan wurde.")
    _gehe(empfehlung, ERLEDIGEN, durch, um, gesehen, stand=S.ERLEDIGT, erlaeuterung=was)


def verwirf(
    empfehlung: Handlungsempfehlung, grund: str, *, durch: Konto, um: datetime, gesehen: int
) -> None:
    if not grund.strip():
        raise SchrittNichtMoeglich("Schreiben Sie, warum Sie die Empfehlung nicht umsetzen.")
    _gehe(empfehlung, VERWERFEN, durch, um, gesehen, stand=S.VERWORFEN, erlaeuterung=grund)


def oeffne(empfehlung: Handlungsempfehlung, *, durch: Konto, um: datetime, gesehen: int) -> None:
    """Open again; where a grant case takes it up still, that is in Förderung."""
    _gehe(empfehlung, OEFFNEN, durch, um, gesehen)


@transaction.atomic
def _gehe(empfehlung, schritt, durch, um, gesehen, stand=None, **felder):
    """Take the step from the version the person saw. Sent twice it is done once.

    Raises SchrittNichtMoeglich without the role Bearbeitung, Ueberholt where somebody was faster.
    """
    if not darf(durch, Befugnis.BEARBEITEN, empfehlung.kommune):
        raise SchrittNichtMoeglich("Das ändert eine Person mit der Rolle Bearbeitung.")
    jetzt = _gesperrt([empfehlung.pk])[0]
    neu = stand or (S.FOERDERUNG if jetzt.faelle else S.OFFEN)
    danach = {"stand": neu, "version": gesehen + 1, "geaendert_von": durch, **felder}
    if all(getattr(jetzt, name) == wert for name, wert in danach.items()):
        empfehlung.refresh_from_db()
        return
    if jetzt.version != gesehen:
        raise Ueberholt(
            "Der Stand der Empfehlung hat sich geändert, während Sie sie vor sich hatten. "
            f"Jetzt ist sie: {jetzt.get_stand_display()}."
        )
    if jetzt.stand not in schritt.aus:
        raise SchrittNichtMoeglich(
            "Diese Empfehlung greift ein Förderantrag auf. Nicht umsetzen können Sie sie erst, "
            "wenn er zurückgezogen oder bestandskräftig abgelehnt ist."
            if jetzt.stand == S.FOERDERUNG and schritt is VERWERFEN
            else f"Das geht nicht: Die Empfehlung ist {jetzt.get_stand_display()}."
        )
    _setze(jetzt, neu, durch, um, **felder)
    protokolliere(
        schritt.handlung,
        jetzt,
        durch=durch,
        angaben={"um": um.isoformat(timespec="seconds"), "nach": neu.value},
    )
    empfehlung.refresh_from_db()


# --- Grant cases ---------------------------------------------------------------------


@transaction.atomic
def greife_auf(
    nummern: Collection[int], *, durch: Konto | None, um: datetime, wieder: bool = False
) -> None:
    """A grant case that takes up these recommendations runs from now on.

    Raises SchrittNichtMoeglich where one is done or dropped. With `wieder` the case had been ended
    and was opened again: then a dropped one is in Förderung again, and a done one stays done.
    """
    for empfehlung in _gesperrt(nummern):
        if not wieder and empfehlung.stand not in AUFGREIFBAR:
            raise SchrittNichtMoeglich(
                f"Die Empfehlung {empfehlung.nummer} ist {empfehlung.get_stand_display()} und "
                "lässt sich nicht mehr aufgreifen."
            )
        empfehlung.faelle += 1
        erledigt = empfehlung.stand == S.ERLEDIGT
        _setze_durch_fall(empfehlung, S.ERLEDIGT if erledigt else S.FOERDERUNG, durch, um)


@transaction.atomic
def gib_frei(nummern: Collection[int], *, durch: Konto | None, um: datetime) -> None:
    """A grant case that took up these recommendations has ended; without another they are as before."""
    for empfehlung in _gesperrt(nummern):
        empfehlung.faelle -= 1
        stand = Empfehlungsstand(empfehlung.stand)
        if stand == S.FOERDERUNG and not empfehlung.faelle:
            stand = S.GEPLANT if empfehlung.geplant_jahr else S.OFFEN
        _setze_durch_fall(empfehlung, stand, durch, um)


def _setze_durch_fall(empfehlung, stand, durch, um):
    """Another case changes the state only if it is the first or the last."""
    if stand == empfehlung.stand:
        empfehlung.save()
        return
    felder = {} if stand == S.ERLEDIGT else {"geplant_jahr": empfehlung.geplant_jahr}
    _setze(empfehlung, stand, durch, um, **felder)
    protokolliere(
        handlungen.EMPFEHLUNG_DURCH_ANTRAG,
        empfehlung,
        durch=durch,
        angaben={"um": um.isoformat(timespec="seconds"), "nach": stand.value},
    )


def _setze(empfehlung, stand, durch, um, geplant_jahr=None, erlaeuterung=""):
    empfehlung.stand = stand
    empfehlung.geplant_jahr, empfehlung.erlaeuterung = geplant_jahr, erlaeuterung
    empfehlung.version += 1
    empfehlung.geaendert_um, empfehlung.geaendert_von = um, durch
    empfehlung.save()


def _gesperrt(nummern):
    """Always in the same order, so that two at once do not wait for each other."""
    zeilen = Handlungsempfehlung.objects.filter(pk__in=nummern).order_by("pk")
    return list(zeilen.select_for_update())
