"""What is agreed about an engagement, and who stands in for its coach (F32, F36).

vereinbare, setze_vertretung, vermerke_kontakteinsicht
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from asskomm.formate import tag
from asskomm.konten.models import Konto
from asskomm.post.verfahren import stelle_ein
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import KeinRecht, SchrittNichtMoeglich, Ueberholt
from kommunen.models import Mitgliedschaft, Rolle

from .. import handlungen, vorlagen
from ..befugnisse import Sicht, koordiniert, sicht
from ..models import Coach, Einsatz, Einsatzrolle, Mandat, Mandatsstand
from ..vermittlung.pool import freie, pool

UEBERHOLT = (
    "Jemand anderes hat die Begleitung inzwischen geändert. Prüfen Sie den neuen Stand und senden "
    "Sie Ihre Angaben noch einmal ab."
)


class Unzulaessig(SchrittNichtMoeglich):
    """One of the things typed does not fit; `feld` is the one to correct."""

    status = 200

    def __init__(self, text: str, feld: str):
        super().__init__(text)
        self.feld = feld


@dataclass(frozen=True)
class Vereinbarung:
    """What coach and Kommune agree on and may agree on anew while the engagement runs."""

    ziele: str
    phase: str
    ende_geplant: date
    ansprechperson: Konto | None


def sperre(mandat: Mandat) -> Mandat:
    """The engagement as it is now, locked until the end of the transaction."""
    return (
        Mandat.objects.select_for_update(no_key=True, of=("self",))
        .select_related("coaching")
        .get(pk=mandat.pk)
    )


def verlange_sicht(mandat: Mandat, durch: Konto, um: datetime) -> Sicht:
    """What `durch` may do in it at this moment; raises KeinRecht for those who may not see it."""
    eine = sicht(durch, mandat, timezone.localdate(um))
    if eine is None:
        raise KeinRecht("Sie haben auf diese Begleitung keinen Zugriff mehr.")
    return eine


def verlange_laufend(mandat: Mandat) -> None:
    if mandat.stand != Mandatsstand.LAUFEND:
        raise SchrittNichtMoeglich("Die Begleitung ist beendet.")


def moegliche_ansprechpersonen(mandat: Mandat):
    """Active members of the Kommunen of the engagement, each once, by name."""
    aktiv = Mitgliedschaft.objects.aktiv().filter(kommune__coachings=mandat.coaching_id)
    return Konto.objects.filter(pk__in=aktiv.values("konto")).order_by("name", "email")


def weitere_bearbeitende(mandat: Mandat):
    """Who else writes for the Kommunen of the engagement."""
    aktiv = Mitgliedschaft.objects.aktiv().filter(
        kommune__coachings=mandat.coaching_id, rolle=Rolle.BEARBEITUNG
    )
    return (
        Konto.objects.filter(pk__in=aktiv.values("konto"))
        .exclude(pk=mandat.ansprechperson_id)
        .order_by("name", "email")
    )


def erreichbare_ansprechperson(mandat: Mandat) -> Konto | None:
    """The contact person, unless that is nobody or somebody who is no longer a member (F34)."""
    return moegliche_ansprechpersonen(mandat).filter(pk=mandat.ansprechperson_id).first()


@transaction.atomic
def vereinbare(
    mandat: Mandat, vereinbarung: Vereinbarung, *, version: int, durch: Konto, um: datetime
) -> Mandat:
    """Write down what is agreed now. What is stored already changes nothing.

    Raises KeinRecht for everybody but the leading coach and coordinators, Ueberholt when somebody
    else wrote after `version`, Unzulaessig for an end before a session and for a contact person
    who is no member, SchrittNichtMoeglich once the engagement has ended.
    """
    mandat = sperre(mandat)
    eine = verlange_sicht(mandat, durch, um)
    verlange_laufend(mandat)
    if not (eine.leitet or eine.koordiniert):
        raise KeinRecht("Die Vereinbarung ändern der Coach und die Koordination.")
    if vereinbarung == vereinbarung_von(mandat):
        return mandat
    if mandat.version != version:
        raise Ueberholt("Eine andere Person hat die Vereinbarung inzwischen geändert.")
    _pruefe(mandat, vereinbarung)
    passt = Mandat.objects.laufend().filter(pk=mandat.pk, version=version)
    passt.update(
        ziele=vereinbarung.ziele,
        phase=vereinbarung.phase,
        ende_geplant=vereinbarung.ende_geplant,
        ansprechperson=vereinbarung.ansprechperson,
        version=F("version") + 1,
    )
    geaendert = [
        name
        for name in ("ziele", "phase", "ende_geplant", "ansprechperson")
        if getattr(vereinbarung, name) != getattr(mandat, name)
    ]
    mandat.refresh_from_db()
    protokolliere(handlungen.VEREINBART, mandat, durch=durch, angaben={"felder": geaendert})
    return mandat


def vereinbarung_von(mandat: Mandat) -> Vereinbarung:
    """What is agreed as it is stored."""
    return Vereinbarung(mandat.ziele, mandat.phase, mandat.ende_geplant, mandat.ansprechperson)


def _pruefe(mandat, vereinbarung):
    ende = vereinbarung.ende_geplant
    if ende < mandat.beginn:
        raise Unzulaessig(
            f"Die Begleitung beginnt am {tag(mandat.beginn)}. Das Ende liegt nicht davor.",
            "ende_geplant",
        )
    letzte = mandat.sitzungen.gueltig().filter(am__gt=ende).order_by("-am").first()
    if letzte:
        raise Unzulaessig(
            f"Am {tag(letzte.am)} war noch eine Sitzung. Das Ende liegt nicht davor.",
            "ende_geplant",
        )
    wer = vereinbarung.ansprechperson
    if wer and not moegliche_ansprechpersonen(mandat).filter(pk=wer.pk).exists():
        raise Unzulaessig(
            "Diese Person ist kein Mitglied der Kommune mehr. Wählen Sie eine andere.",
            "ansprechperson",
        )


def moegliche_vertretungen(mandat: Mandat, am: date):
    """Coaches against whom nothing speaks from the day `am` on, but not the one who leads."""
    leitend = mandat.einsaetze.laufend().filter(rolle=Einsatzrolle.COACH)
    return (
        freie(pool(mandat.coaching.kommunen.all(), am), fuer_vertretung=True)
        .exclude(pk__in=leitend.values("coach"))
        .order_by("konto__name", "pk")
    )


@transaction.atomic
def setze_vertretung(
    mandat: Mandat, coach: Coach | None, *, durch: Konto, um: datetime, gesehen: int
) -> Einsatz | None:
    """From the day of `um` on `coach` stands in and is told, or nobody. Who stands in already stays.

    Raises KeinRecht for everybody but coordinators, SchrittNichtMoeglich once the engagement has
    ended, Ueberholt when somebody changed it after `gesehen`, Unzulaessig for a coach who cannot.
    """
    if not koordiniert(durch):
        raise KeinRecht("Die Vertretung bestimmt die Koordination.")
    mandat = sperre(mandat)
    verlange_laufend(mandat)
    heute = timezone.localdate(um)
    laufend = mandat.einsaetze.laufend().filter(rolle=Einsatzrolle.VERTRETUNG)
    bisher = laufend.select_related("coach").first()
    if (bisher.coach if bisher else None) == coach:
        return bisher
    if mandat.version != gesehen:
        raise Ueberholt(UEBERHOLT)
    if coach:
        # Nobody ends the contract while it is asked for.
        Coach.objects.select_for_update(of=("self",)).get(pk=coach.pk)
    if coach and not moegliche_vertretungen(mandat, heute).filter(pk=coach.pk).exists():
        raise Unzulaessig(
            "Dieser Coach kann die Vertretung nicht übernehmen. Wählen Sie einen anderen.", "coach"
        )
    if bisher:
        # One that is agreed for a later day ends on that day: none ends before it began.
        laufend.update(bis=max(heute, bisher.von))
    neuer = None
    if coach:
        neuer = Einsatz.objects.create(
            mandat=mandat, coach=coach, rolle=Einsatzrolle.VERTRETUNG, von=heute
        )
        stelle_ein(
            vorlagen.COACHING_VERTRETUNG,
            an=coach.konto,
            gegenstand=mandat,
            angaben={"mandat": str(mandat.pk)},
        )
    mandat.version += 1
    mandat.save(update_fields=["version"])
    protokolliere(
        handlungen.VERTRETUNG_BESTIMMT,
        mandat,
        durch=durch,
        angaben={"coach": coach.pk if coach else 0},
    )
    return neuer


def vermerke_kontakteinsicht(eine: Sicht) -> None:
    """Log that contact data of the Kommune are shown to a coach or a coordinator (F36).

    The entry says who, of which engagement and when, and holds none of the data.
    """
    als = "coach" if eine.einsatz else "koordination"
    protokolliere(handlungen.KONTAKT_ANGESEHEN, eine.mandat, durch=eine.konto, angaben={"als": als})
