"""What staff note about a letter that arrived later than it counts as known, or never (F18).

    gib_zur_post -> the notice counts as known some days later
                 -> erfasse_zugang   it arrived later: known on that day
                 -> erfasse_verlust  it never arrived: not known, and it is posted anew

§ 41 Abs. 2 Satz 3 VwVfG: a letter that did not arrive, or later, does not count as known before it
does, and in doubt the authority has to prove arrival and day. With either note the period runs
anew, and what was final is not while it runs. `rechtsbehelf.streiche` takes back a note that was a
mistake. Every act locks the case first, then the Bekanntgabe, and counts its `version` up.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from asskomm.formate import tag
from asskomm.konten.models import Konto
from asskomm.protokoll.handlungen import Handlung
from asskomm.schritt import SchrittNichtMoeglich, Ueberholt

from .. import fristen
from ..models import Bekanntgabe, Bescheid
from . import zuwendung
from .bekanntgabe import (
    bekannt_und_frist,
    gilt_als_bekannt_am,
    nimm_bestandskraft_zurueck,
    protokolliere_zum_bescheid,
    sperre_bekanntgabe,
    verlange,
    werde_bestandskraeftig,
)
from .rechtsbehelf import SACHBEARBEITUNG, UEBERHOLT, schreibe

SPAETER = Handlung("bescheid.zugang_spaeter", "Späterer Zugang eines Bescheids vermerkt")
BESTRITTEN = Handlung(
    "bescheid.zugang_bestritten", "Zugang eines Bescheids bestritten, Aufgabe zur Post hinfällig"
)


@transaction.atomic
def erfasse_zugang(
    bescheid: Bescheid, am: date, *, grund: str, durch: Konto, um: datetime, gesehen: int
) -> Bekanntgabe:
    """Note that the letter arrived on the day `am`, later than it counts as known.

    The period runs from that day. What is final already stays so only if that period is over, too,
    from a later day on. `gesehen` is the version of the delivery the person saw; the same day
    again changes nothing. Raises Ueberholt, and SchrittNichtMoeglich for a day that is not later,
    in the future, or after the Kommune has confirmed that it has the notice.
    """
    bekanntgabe = sperre_bekanntgabe(bescheid)
    verlange(SACHBEARBEITUNG, bescheid, durch)
    if bekanntgabe.zugang_am == am:
        return bekanntgabe
    if bekanntgabe.zugang_am:
        raise Ueberholt(
            f"Vermerkt ist schon, dass der Brief am {tag(bekanntgabe.zugang_am)} ankam."
        )
    _verlange(warum_nicht_spaeter(bekanntgabe), grund)
    heute = timezone.localdate(um)
    _verlange_spaeteren_tag(bekanntgabe, bescheid, am, heute)
    tage = bekannt_und_frist(bescheid, am)
    bis = tage["rechtsbehelf_bis"]
    if bekanntgabe.bestandskraft_am and bis < heute:
        tage["bestandskraft_am"] = fristen.bestandskraft_am(am, bis)
    elif bekanntgabe.bestandskraft_am:
        nimm_bestandskraft_zurueck(bekanntgabe, bescheid, grund=grund, durch=durch, um=um)
    schreibe(bekanntgabe, gesehen, zugang_am=am, zugang_grund=grund.strip(), **tage)
    protokolliere_zum_bescheid(
        SPAETER,
        bescheid,
        durch=durch,
        grund=grund,
        bekannt=am.isoformat(),
        rechtsbehelf_bis=bis.isoformat(),
    )
    zuwendung.schreibe_fort(bescheid.antrag)
    werde_bestandskraeftig(bekanntgabe, um=um)
    bekanntgabe.refresh_from_db()
    return bekanntgabe


def _verlange_spaeteren_tag(bekanntgabe, bescheid, am, heute):
    aufgabe, bestaetigt = bekanntgabe.post_aufgegeben_am, bekanntgabe.empfang_bestaetigt_um
    if am > heute:
        raise SchrittNichtMoeglich("Dieser Tag liegt in der Zukunft.")
    if am < aufgabe:
        raise SchrittNichtMoeglich(f"Der Brief ging erst am {tag(aufgabe)} zur Post.")
    if am <= (fiktiv := gilt_als_bekannt_am(bescheid, aufgabe)):
        raise SchrittNichtMoeglich(
            f"Auch wenn der Brief früher ankam, gilt der Bescheid am {tag(fiktiv)} als bekannt "
            "gegeben. Dieser Tag bleibt. Vermerken Sie nur einen späteren Tag."
        )
    if bestaetigt and am > (tag_davon := timezone.localdate(bestaetigt)):
        raise SchrittNichtMoeglich(
            f"Am {tag(tag_davon)} hat die Kommune bestätigt, dass sie den Bescheid hat."
        )


@transaction.atomic
def erfasse_verlust(
    bescheid: Bescheid, *, grund: str, durch: Konto, um: datetime, gesehen: int
) -> Bekanntgabe:
    """Note that the letter never arrived: its posting is void, and staff post the notice anew.

    What became final by it is not any more. `gesehen` is the version of the delivery the person
    saw; sent twice it is one note. Raises Ueberholt, and SchrittNichtMoeglich where the Kommune
    has the notice.
    """
    bekanntgabe = sperre_bekanntgabe(bescheid)
    verlange(SACHBEARBEITUNG, bescheid, durch)
    aufgabe = bekanntgabe.post_aufgegeben_am
    if bekanntgabe.vergeblich_am and aufgabe is None and bekanntgabe.version == gesehen + 1:
        return bekanntgabe
    if bekanntgabe.version != gesehen:
        raise Ueberholt(UEBERHOLT)
    _verlange(warum_nicht_verloren(bekanntgabe), grund)
    if bekanntgabe.bestandskraft_am:
        nimm_bestandskraft_zurueck(bekanntgabe, bescheid, grund=grund, durch=durch, um=um)
    schreibe(
        bekanntgabe,
        gesehen,
        vergeblich_am=aufgabe,
        vergeblich_grund=grund.strip(),
        post_aufgegeben_am=None,
        bekannt_am=None,
        rechtsbehelf_bis=None,
    )
    protokolliere_zum_bescheid(
        BESTRITTEN, bescheid, durch=durch, grund=grund, aufgegeben=aufgabe.isoformat()
    )
    zuwendung.schreibe_fort(bescheid.antrag)
    return bekanntgabe


# --- When there is nothing to note -------------------------------------------------


def warum_nicht_spaeter(bekanntgabe: Bekanntgabe) -> str:
    """Why no later arrival can be noted, in a sentence; empty where it can."""
    if bekanntgabe.post_aufgegeben_am is None:
        return "Dieser Bescheid ist nicht zur Post gegeben."
    if bekanntgabe.verzichtet_um:
        return (
            f"Die Kommune hat am {tag(bekanntgabe.verzichtet_am)} auf Rechtsbehelfe verzichtet. "
            "Auf den Zugang kommt es nicht mehr an."
        )
    if bekanntgabe.rechtsbehelf_am:
        return (
            "Gegen diesen Bescheid ist ein Rechtsbehelf vermerkt. Ob und wann der Brief ankam, "
            "prüft das Gericht."
        )
    if bekanntgabe.zugang_am:
        return f"Vermerkt ist schon, dass der Brief am {tag(bekanntgabe.zugang_am)} ankam."
    return ""


def warum_nicht_verloren(bekanntgabe: Bekanntgabe) -> str:
    """Why it cannot be noted that the letter never arrived; empty where it can."""
    if satz := warum_nicht_spaeter(bekanntgabe):
        return satz
    if bestaetigt := bekanntgabe.empfang_bestaetigt_um:
        return f"Die Kommune hat am {tag(bestaetigt)} bestätigt, dass sie den Bescheid hat."
    return ""


def _verlange(hindernis, grund):
    if hindernis:
        raise SchrittNichtMoeglich(hindernis)
    if not grund.strip():
        raise SchrittNichtMoeglich("Geben Sie einen Grund an.")
