"""What staff note about suits against notices, and about waivers that come as letters (F18).

Here they also strike what they have noted by mistake, also the day of posting and whether the
letter arrived (`zugang`).

    erfasse_klage    -> beende_klage: withdrawn or dismissed, the notice is final after all
                     -> quashed by the court: a change or a revocation, or entscheide_neu
    erfasse_verzicht -> final
    streiche         the last note was a mistake: as if it had not been written

Of a suit filed in time staff may learn when the notice counts as final already; noting it takes
that back. Every act locks the case first, then the Bekanntgabe, and counts its `version` up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from asskomm.formate import tag
from asskomm.konten.models import Konto
from asskomm.protokoll.handlungen import Handlung
from asskomm.schritt import SchrittNichtMoeglich, Ueberholt

from ..befugnisse import Handelnde
from ..models import (
    VOR_ENTSCHEIDUNG,
    Bekanntgabe,
    Bescheid,
    Entscheidung,
    Foerderantrag,
    Status,
)
from . import aufgriff, rueckforderung, zuwendung
from .bekanntgabe import (
    bekannt_und_frist,
    gilt_als_bekannt_am,
    nimm_bestandskraft_zurueck,
    protokolliere_zum_bescheid,
    setze_fort,
    setze_zurueck,
    sperre_bekanntgabe,
    verlange,
    werde_bestandskraeftig,
)
from .schritte import SCHRITTE, gehe, pruefe_recht, schon_gegangen, sperre

Ausgang = Bekanntgabe.Ausgang
SACHBEARBEITUNG = frozenset([Handelnde.SACHBEARBEITUNG])

KLAGE = Handlung("bescheid.rechtsbehelf", "Rechtsbehelf gegen einen Bescheid vermerkt")
BEENDET = {
    Ausgang.ZURUECKGENOMMEN: Handlung(
        "bescheid.klage_zurueckgenommen", "Klage gegen einen Bescheid zurückgenommen"
    ),
    Ausgang.ABGEWIESEN: Handlung(
        "bescheid.klage_abgewiesen", "Klage gegen einen Bescheid rechtskräftig abgewiesen"
    ),
    Ausgang.STATTGEGEBEN: Handlung("bescheid.aufgehoben", "Bescheid vom Gericht aufgehoben"),
}
VERZICHT = Handlung("bescheid.verzicht_erfasst", "Verzicht auf Rechtsbehelf mit Brief vermerkt")
UEBERHOLT = (
    "Die Vermerke zu diesem Bescheid haben sich geändert, während Sie ihn vor sich hatten. "
    "Sehen Sie sich den neuen Stand an."
)


@dataclass(frozen=True)
class Vermerk:
    """A note that can be struck; `leer` is what its own columns hold without it."""

    schluessel: str
    wort: str
    leer: Mapping[str, object]
    handlung: Handlung


_VERMERKE = (
    Vermerk(
        "klage",
        "Rechtsbehelf",
        {"rechtsbehelf_am": None, "rechtsbehelf_vermerk": ""},
        Handlung("bescheid.rechtsbehelf_gestrichen", "Vermerk über einen Rechtsbehelf gestrichen"),
    ),
    Vermerk(
        "ausgang",
        "Ausgang der Klage",
        {"rechtsbehelf_ausgang": "", "rechtsbehelf_ende_am": None},
        Handlung("bescheid.ausgang_gestrichen", "Vermerk über den Ausgang einer Klage gestrichen"),
    ),
    Vermerk(
        "verzicht",
        "Verzicht mit Brief",
        {
            "verzichtet_um": None,
            "verzicht_eingang_am": None,
            "verzicht_ablage": "",
            "verzicht_erfasst_von": None,
        },
        Handlung(
            "bescheid.verzicht_gestrichen", "Vermerk über einen Verzicht mit Brief gestrichen"
        ),
    ),
    Vermerk(
        "zugang",
        "Späterer Zugang",
        {"zugang_am": None, "zugang_grund": ""},
        Handlung("bescheid.zugang_gestrichen", "Vermerk über den späteren Zugang gestrichen"),
    ),
    Vermerk(
        "verlust",
        "Brief nicht angekommen",
        {"vergeblich_am": None, "vergeblich_grund": ""},
        Handlung(
            "bescheid.bestreiten_gestrichen",
            "Vermerk gestrichen, dass der Brief mit dem Bescheid nicht ankam",
        ),
    ),
    Vermerk(
        "post",
        "Tag der Aufgabe zur Post",
        {"post_aufgegeben_am": None, "bekannt_am": None, "rechtsbehelf_bis": None},
        Handlung("bescheid.posttag_gestrichen", "Tag der Aufgabe zur Post gestrichen"),
    ),
)
VERMERKE = {vermerk.schluessel: vermerk for vermerk in _VERMERKE}


# --- A suit ------------------------------------------------------------------------


@transaction.atomic
def erfasse_klage(
    bescheid: Bescheid, am: date, vermerk: str, *, durch: Konto, um: datetime, grund: str = ""
) -> Bekanntgabe:
    """Note that the Kommune has gone to court on the day `am`: the notice does not become final.

    Where it counts as final already, that is taken back, for which `grund` says why the suit is
    noted so late. The same day again changes nothing. Raises SchrittNichtMoeglich after a waiver,
    before the notice is known, and for a day outside of the period.
    """
    bekanntgabe = sperre_bekanntgabe(bescheid)
    verlange(SACHBEARBEITUNG, bescheid, durch)
    if bekanntgabe.rechtsbehelf_am == am:
        return bekanntgabe
    if bekanntgabe.rechtsbehelf_am:
        raise Ueberholt(
            f"Vermerkt ist schon ein Rechtsbehelf vom {tag(bekanntgabe.rechtsbehelf_am)}."
        )
    if bekanntgabe.verzichtet_um:
        raise SchrittNichtMoeglich(
            f"Die Kommune hat am {tag(bekanntgabe.verzichtet_am)} auf Rechtsbehelfe verzichtet. "
            "Danach ist keine Klage mehr möglich."
        )
    _verlange_tag_der_frist(bekanntgabe, bescheid, am, um)
    if bekanntgabe.bestandskraft_am:
        if not grund.strip():
            raise SchrittNichtMoeglich(
                f"Der Bescheid ist seit dem {tag(bekanntgabe.bestandskraft_am)} bestandskräftig. "
                "Geben Sie an, warum Sie die Klage erst jetzt vermerken."
            )
        nimm_bestandskraft_zurueck(bekanntgabe, bescheid, grund=grund, durch=durch, um=um)
    bekanntgabe.rechtsbehelf_am, bekanntgabe.rechtsbehelf_vermerk = am, vermerk.strip()
    bekanntgabe.version += 1
    bekanntgabe.save(update_fields=["rechtsbehelf_am", "rechtsbehelf_vermerk", "version"])
    protokolliere_zum_bescheid(KLAGE, bescheid, durch=durch, grund=vermerk, am=am.isoformat())
    return bekanntgabe


def _verlange_tag_der_frist(bekanntgabe, bescheid, am, um):
    """On the day `am`, not later than now, the known notice could be taken to court."""
    if bekanntgabe.bekannt_am is None:
        raise SchrittNichtMoeglich("Der Bescheid ist noch nicht bekannt gegeben.")
    if am > timezone.localdate(um):
        raise SchrittNichtMoeglich("Dieser Tag liegt in der Zukunft.")
    if am < timezone.localdate(bescheid.erlassen_um):
        raise SchrittNichtMoeglich("An diesem Tag war der Bescheid noch nicht erlassen.")
    if am > bekanntgabe.rechtsbehelf_bis:
        raise SchrittNichtMoeglich(
            f"Die Frist für den Rechtsbehelf ist am {tag(bekanntgabe.rechtsbehelf_bis)} abgelaufen."
        )


@transaction.atomic
def beende_klage(
    bescheid: Bescheid, ausgang: Ausgang, am: date, *, durch: Konto, um: datetime, gesehen: int
) -> Bekanntgabe:
    """Note how the suit ended, and on which day it was withdrawn or the judgment became final.

    Without success the notice becomes final, and the case goes on as after the period; quashed it
    never does, and a change never counted in public. `gesehen` is the version of the delivery the
    person saw. The same again changes nothing. Raises Ueberholt, and SchrittNichtMoeglich for a
    day before the suit or in the future.
    """
    bekanntgabe = sperre_bekanntgabe(bescheid)
    verlange(SACHBEARBEITUNG, bescheid, durch)
    if (bekanntgabe.rechtsbehelf_ausgang, bekanntgabe.rechtsbehelf_ende_am) == (ausgang, am):
        return bekanntgabe
    if bekanntgabe.rechtsbehelf_ausgang:
        raise Ueberholt(
            f"Vermerkt ist schon: am {tag(bekanntgabe.rechtsbehelf_ende_am)} "
            f"{bekanntgabe.get_rechtsbehelf_ausgang_display()}."
        )
    if bekanntgabe.rechtsbehelf_am is None:
        raise SchrittNichtMoeglich("Gegen diesen Bescheid ist kein Rechtsbehelf vermerkt.")
    if am > timezone.localdate(um):
        raise SchrittNichtMoeglich("Dieser Tag liegt in der Zukunft.")
    if am < bekanntgabe.rechtsbehelf_am:
        raise SchrittNichtMoeglich(
            f"Die Klage ging erst am {tag(bekanntgabe.rechtsbehelf_am)} ein."
        )
    schreibe(bekanntgabe, gesehen, rechtsbehelf_ausgang=ausgang, rechtsbehelf_ende_am=am)
    protokolliere_zum_bescheid(BEENDET[ausgang], bescheid, durch=durch, am=am.isoformat())
    if ausgang == Ausgang.STATTGEGEBEN:
        rueckforderung.hebe_auf(bescheid, durch=durch, um=um)
    zuwendung.schreibe_fort(bescheid.antrag)
    werde_bestandskraeftig(bekanntgabe, um=um)
    setze_fort(sperre(bescheid.antrag), um=um)
    bekanntgabe.refresh_from_db()
    return bekanntgabe


@transaction.atomic
def entscheide_neu(
    antrag: Foerderantrag, *, grund: str, durch: Konto, um: datetime, gesehen: int
) -> None:
    """A court has quashed the refusal or the revocation: the case is ready for decision again.

    A grant that was revoked is awarded anew, so that money is bound and the figures count it.
    """
    jetzt, schritt = sperre(antrag), SCHRITTE["neu_entscheiden"]
    pruefe_recht(jetzt, schritt, durch)
    if schon_gegangen(jetzt, schritt.schluessel, durch, gesehen):
        return
    if jetzt.status in schritt.aus and not ist_aufgehoben(jetzt):
        raise SchrittNichtMoeglich(
            "Neu entschieden wird nur, wenn ein Gericht den Bescheid aufgehoben hat."
        )
    gehe(
        antrag, schritt.schluessel, durch=durch, um=um, gesehen=gesehen, grund=grund,
        beendet_um=None,
    )  # fmt: skip
    aufgriff.nimm_wieder_auf(antrag, durch=durch, um=um)


def ist_aufgehoben(antrag: Foerderantrag) -> bool:
    """Whether a court has quashed the last notice about the grant of the case."""
    bekanntgaben = Bekanntgabe.objects.filter(bescheid__antrag=antrag)
    letzter = bekanntgaben.exclude(bescheid__art=Entscheidung.Art.RUECKFORDERUNG).order_by(
        "-bescheid__nummer"
    )
    ausgaenge = letzter.values_list("rechtsbehelf_ausgang", flat=True)
    return ausgaenge.first() == Ausgang.STATTGEGEBEN


# --- A waiver on paper -------------------------------------------------------------


@transaction.atomic
def erfasse_verzicht(
    bescheid: Bescheid, am: date, ablage: str, *, durch: Konto, um: datetime
) -> Bekanntgabe:
    """Note a waiver of the Kommune by letter: as if declared on the day `am` of its arrival.

    `ablage` says where the letter is kept. The same day again changes nothing. Raises
    SchrittNichtMoeglich for a final notice, with a suit noted, before the notice went out and
    after the period.
    """
    bekanntgabe = sperre_bekanntgabe(bescheid)
    verlange(SACHBEARBEITUNG, bescheid, durch)
    if bekanntgabe.verzicht_eingang_am == am:
        return bekanntgabe
    if bekanntgabe.verzichtet_um:
        raise Ueberholt(f"Vermerkt ist schon ein Verzicht vom {tag(bekanntgabe.verzichtet_am)}.")
    if bekanntgabe.rechtsbehelf_am:
        raise SchrittNichtMoeglich("Gegen diesen Bescheid ist ein Rechtsbehelf vermerkt.")
    if bekanntgabe.bestandskraft_am:
        raise SchrittNichtMoeglich(
            f"Der Bescheid ist seit dem {tag(bekanntgabe.bestandskraft_am)} bestandskräftig. "
            "Ein Verzicht ist nicht mehr nötig."
        )
    _verlange_tag_der_frist(bekanntgabe, bescheid, am, um)
    if am < (hinaus := _bei_der_kommune_ab(bekanntgabe)):
        raise SchrittNichtMoeglich(f"Die Kommune hat den Bescheid erst seit dem {tag(hinaus)}.")
    bekanntgabe.verzichtet_um, bekanntgabe.verzicht_eingang_am = um, am
    bekanntgabe.verzicht_ablage, bekanntgabe.verzicht_erfasst_von = ablage.strip(), durch
    bekanntgabe.empfang_bestaetigt_um = bekanntgabe.empfang_bestaetigt_um or um
    bekanntgabe.version += 1
    bekanntgabe.save()
    protokolliere_zum_bescheid(VERZICHT, bescheid, durch=durch, grund=ablage, am=am.isoformat())
    werde_bestandskraeftig(bekanntgabe, um=um)
    bekanntgabe.refresh_from_db()
    return bekanntgabe


def _bei_der_kommune_ab(bekanntgabe):
    """The first day on which the Kommune could hold the notice in its hands."""
    if bekanntgabe.post_aufgegeben_am:
        return bekanntgabe.zugang_am or bekanntgabe.post_aufgegeben_am
    return timezone.localdate(bekanntgabe.abgerufen_um)


# --- Mistakes ----------------------------------------------------------------------


def streichbar(bekanntgabe: Bekanntgabe) -> Vermerk | None:
    """The last note of staff; what the Kommune has declared itself stays."""
    if bekanntgabe.rechtsbehelf_ausgang:
        return VERMERKE["ausgang"]
    if bekanntgabe.rechtsbehelf_am:
        return VERMERKE["klage"]
    if bekanntgabe.verzicht_erfasst_von_id:
        return VERMERKE["verzicht"]
    if bekanntgabe.verzichtet_um:
        return None
    if bekanntgabe.zugang_am:
        return VERMERKE["zugang"]
    if bekanntgabe.post_aufgegeben_am:
        return VERMERKE["post"]
    return VERMERKE["verlust"] if bekanntgabe.vergeblich_am else None


def was_am_posttag_haengt(bescheid: Bescheid) -> str:
    """Why the day of posting of this notice stays, in a sentence; empty where it can be struck."""
    if bescheid.art not in Entscheidung.UEBER_ANTRAG:
        return (
            "Der Bescheid betrifft eine Bewilligung, die es schon gab. Der Tag der Aufgabe zur "
            "Post bleibt."
        )
    if bescheid.antrag.bescheide.filter(nummer__gt=bescheid.nummer).exists():
        return (
            "Zu diesem Antrag gibt es schon einen späteren Bescheid. Der Tag der Aufgabe zur Post "
            "bleibt."
        )
    return ""


@transaction.atomic
def streiche(
    bescheid: Bescheid, vermerk: Vermerk, *, grund: str, durch: Konto, um: datetime, gesehen: int
) -> Bekanntgabe:
    """Strike a note that was a mistake; the period counts as if it had not been written.

    What followed from it goes back, and what follows without it happens at once. `gesehen` is the
    version of the delivery the person saw; sent twice it is struck once. Raises Ueberholt, and
    SchrittNichtMoeglich once there is a new decision after a judgment, and for a day of posting on
    which other notices depend.
    """
    bekanntgabe = sperre_bekanntgabe(bescheid)
    verlange(SACHBEARBEITUNG, bescheid, durch)
    if bekanntgabe.version == gesehen + 1 and _steht_nicht(bekanntgabe, vermerk):
        return bekanntgabe
    if bekanntgabe.version != gesehen or streichbar(bekanntgabe) != vermerk:
        raise Ueberholt(UEBERHOLT)
    if not grund.strip():
        raise SchrittNichtMoeglich("Geben Sie einen Grund an.")
    antrag = sperre(bescheid.antrag)
    war_aufgehoben = bekanntgabe.rechtsbehelf_ausgang == Ausgang.STATTGEGEBEN
    if war_aufgehoben and _ist_neu_entschieden(antrag, bescheid, bekanntgabe):
        raise SchrittNichtMoeglich(
            "Nach dem Urteil geht das Verfahren schon weiter. Der Vermerk bleibt."
        )
    if vermerk == VERMERKE["post"] and (satz := was_am_posttag_haengt(bescheid)):
        raise SchrittNichtMoeglich(satz)
    felder = {**vermerk.leer, **_tage_danach(bekanntgabe, bescheid, vermerk)}
    if "verzichtet_um" in felder and bekanntgabe.empfang_bestaetigt_um == bekanntgabe.verzichtet_um:
        felder["empfang_bestaetigt_um"] = None
    if bekanntgabe.bestandskraft_am:
        nimm_bestandskraft_zurueck(bekanntgabe, bescheid, grund=grund, durch=durch, um=um)
    schreibe(bekanntgabe, gesehen, **felder)
    protokolliere_zum_bescheid(vermerk.handlung, bescheid, durch=durch, grund=grund)
    zuwendung.schreibe_fort(antrag)
    if war_aufgehoben:
        rueckforderung.setze_wieder_ein(bescheid, durch=durch, um=um)
        setze_zurueck(sperre(antrag), grund=grund, durch=durch, um=um)
    werde_bestandskraeftig(bekanntgabe, um=um)
    bekanntgabe.refresh_from_db()
    return bekanntgabe


def _tage_danach(bekanntgabe, bescheid, vermerk):
    """Without a note about its arrival the letter counts from its posting again."""
    aufgabe = {
        "zugang": bekanntgabe.post_aufgegeben_am,
        "verlust": bekanntgabe.vergeblich_am,
    }.get(vermerk.schluessel)
    if aufgabe is None:
        return {}
    tage = bekannt_und_frist(bescheid, gilt_als_bekannt_am(bescheid, aufgabe))
    return {"post_aufgegeben_am": aufgabe, **tage}


def _steht_nicht(bekanntgabe, vermerk):
    return all(getattr(bekanntgabe, name) == wert for name, wert in vermerk.leer.items())


def _ist_neu_entschieden(antrag, bescheid, bekanntgabe):
    """Whether the case is open again, or a notice of the time after the judgment is there."""
    if antrag.status in VOR_ENTSCHEIDUNG or antrag.status == Status.ZURUECKGEZOGEN:
        return True
    spaeter = antrag.bescheide.filter(
        nummer__gt=bescheid.nummer, erlassen_um__date__gte=bekanntgabe.rechtsbehelf_ende_am
    )
    return spaeter.exists()


def schreibe(bekanntgabe: Bekanntgabe, gesehen: int, **felder) -> None:
    """Write a note into a locked delivery whose version the person saw. Raises Ueberholt.

    The guard is part of the UPDATE, so of two at once only one writes.
    """
    passend = Bekanntgabe.objects.filter(pk=bekanntgabe.pk, version=gesehen)
    if not passend.update(version=gesehen + 1, **felder):
        raise Ueberholt(UEBERHOLT)
    bekanntgabe.refresh_from_db()
