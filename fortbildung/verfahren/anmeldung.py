"""How people register, wait, get a place and leave (F40).

    melde_an -> (without an account: bestaetige) -> a place, or the waiting list
    a place becomes free -> ruecke_nach offers it in order -> nimm_an | 72 hours -> verfalle

Every function locks the cohort first, then its registrations: of two at once for the last place
one gets it. After each of them nobody waits who could have a free place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core.cache import cache
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from asskomm import formularmarke
from asskomm.eingang import SchonAbgesendet
from asskomm.formate import tag, zeitpunkt
from asskomm.konten.models import Konto
from asskomm.post.verfahren import stelle_ein
from asskomm.post.vorlagen import Vorlage
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import SchrittNichtMoeglich, Ueberholt

from .. import handlungen
from ..anmeldung import vorlagen
from ..belegung import belegung
from ..models import BEENDET, LAUFEND, MIT_PLATZ, Anmeldung, Bedarf, Durchgang, Stand

# How long somebody without an account has for the button in the mail.
BESTAETIGEN_BINNEN = timedelta(hours=48)
# F40: a freed place is offered in order for 72 hours.
ANGEBOT_GILT = timedelta(hours=72)


@dataclass(frozen=True)
class Angemeldet:
    """The registration, also where it was there before.

    `zaehlt` is whether it did anything that strangers could do too often: not for a form that
    was sent before, nor where an account is shown the registration it has.
    """

    anmeldung: Anmeldung
    zaehlt: bool


@transaction.atomic
def melde_an(
    durchgang: Durchgang,
    angaben: Mapping,
    *,
    formular: UUID,
    konto: Konto | None,
    um: datetime,
) -> Angemeldet:
    """Register somebody; a second registration of the same address shows the first.

    With an account it counts at once, in its own address. Without one a mail asks for a button
    within 48 hours; who has a registration already gets a mail about it instead, so that nobody
    learns from the page who takes part. Raises SchrittNichtMoeglich outside of the window, and
    SchonAbgesendet when the same form was sent before with other words.
    """
    durchgang = _sperre(durchgang)
    angaben = {**angaben, "email": konto.email} if konto else dict(angaben)
    if gesendet := durchgang.anmeldungen.filter(formular=formular).first():
        if any(getattr(gesendet, name) != wert for name, wert in angaben.items()):
            raise SchonAbgesendet
        return Angemeldet(gesendet, zaehlt=False)
    _verlange_offen(durchgang, um)
    ist_dieselbe = Q(email=angaben["email"])
    if konto:
        ist_dieselbe |= Q(konto=konto)  # also under an address that the account had before
    # The daily task has not come by yet; its link no longer works.
    unbestaetigte(um).filter(ist_dieselbe, durchgang=durchgang).delete()
    if konto:
        # Nobody knows who typed it: what the owner of the address types counts.
        durchgang.anmeldungen.filter(ist_dieselbe, stand=Stand.UNBESTAETIGT).delete()
    vorhanden = durchgang.anmeldungen.laufend().filter(ist_dieselbe).first()
    if vorhanden:
        return _zeige_erste(vorhanden, konto, formular, um)
    anmeldung = Anmeldung.objects.create(
        durchgang=durchgang,
        formular=formular,
        konto=konto,
        eingegangen_um=um,
        herkunft=durchgang.herkunft,
        **angaben,
    )
    protokolliere(handlungen.EINGEGANGEN, anmeldung, durch=konto)
    if konto:
        _reihe_ein(anmeldung, durchgang, durch=konto, um=um)
    else:
        schreibe(vorlagen.BESTAETIGEN, anmeldung, bis=zeitpunkt(um + BESTAETIGEN_BINNEN))
    return Angemeldet(anmeldung, zaehlt=True)


def _verlange_offen(durchgang, um):
    heute = timezone.localdate(um)
    if not durchgang.veroeffentlicht or durchgang.anmeldung_ab is None:
        raise SchrittNichtMoeglich("Zu diesem Durchgang können Sie sich nicht anmelden.")
    if heute < durchgang.anmeldung_ab:
        raise SchrittNichtMoeglich(f"Die Anmeldung beginnt am {tag(durchgang.anmeldung_ab)}.")
    if heute > durchgang.anmeldung_bis:
        raise SchrittNichtMoeglich(
            f"Die Anmeldung war bis zum {tag(durchgang.anmeldung_bis)} möglich."
        )


def _zeige_erste(vorhanden, konto, formular, um):
    """To the account on its page, to everybody else by a mail: one for each form that was sent."""
    if konto is None:
        gesendet = f"kursanmeldung:{formular}:{vorhanden.pk}"
        if not cache.add(gesendet, 1, formularmarke.HOECHSTENS.total_seconds()):
            return Angemeldet(vorhanden, zaehlt=False)
        vorlage = (
            vorlagen.BESTAETIGEN
            if vorhanden.stand == Stand.UNBESTAETIGT
            else vorlagen.SCHON_ANGEMELDET
        )
        bis = zeitpunkt(vorhanden.eingegangen_um + BESTAETIGEN_BINNEN)
        schreibe(vorlage, vorhanden, bis=bis)
        return Angemeldet(vorhanden, zaehlt=True)
    if vorhanden.konto_id is None:
        # The same address without an account before: the account's owner reads its mail.
        vorhanden.konto = konto
        vorhanden.save(update_fields=["konto"])
    return Angemeldet(vorhanden, zaehlt=False)


@transaction.atomic
def bestaetige(anmeldung: Anmeldung, *, um: datetime) -> Anmeldung:
    """The button of the mail: from now on the registration counts, in the order of arrival here.

    Pressed again it changes nothing. Raises SchrittNichtMoeglich after 48 hours. That the window
    has closed meanwhile does no harm: the person had registered in time.
    """
    durchgang, anmeldung = sperre_beide(anmeldung)
    if anmeldung.stand != Stand.UNBESTAETIGT:
        return anmeldung
    if um > anmeldung.eingegangen_um + BESTAETIGEN_BINNEN:
        raise SchrittNichtMoeglich("Der Link galt 48 Stunden. Melden Sie sich noch einmal an.")
    _reihe_ein(anmeldung, durchgang, durch=None, um=um)
    return anmeldung


def _reihe_ein(anmeldung, durchgang, *, durch, um):
    """Give it its number, and a place if there is one for its group."""
    hoechster = durchgang.anmeldungen.aggregate(hoechster=Max("rang"))["hoechster"] or 0
    frei = belegung(durchgang).frei_fuer(anmeldung.gruppe)
    anmeldung.rang, anmeldung.bestaetigt_um = hoechster + 1, um
    anmeldung.stand = Stand.ANGEMELDET if frei else Stand.WARTELISTE
    anmeldung.version += 1
    anmeldung.save()
    protokolliere(
        handlungen.BESTAETIGT,
        anmeldung,
        durch=durch,
        angaben={"stand": anmeldung.stand, "rang": anmeldung.rang},
    )
    schreibe(vorlagen.ANGEMELDET if frei else vorlagen.AUF_WARTELISTE, anmeldung)
    bitte_um_zustimmung(anmeldung)


@transaction.atomic
def ruecke_nach(durchgang: Durchgang, *, um: datetime) -> int:
    """Offer the free places to those who wait, in their order, each for 72 hours at most.

    Whoever waits for a place of a group that has none is passed over, not forgotten. Nothing is
    offered once the first day has begun. Returns how many were offered.
    """
    durchgang = _sperre(durchgang)
    bis = _angebot_bis(durchgang, um)
    if bis is None:
        return 0
    stand, angeboten = belegung(durchgang), 0
    for anmeldung in durchgang.anmeldungen.wartend():
        if not stand.frei:
            break
        if not stand.frei_fuer(anmeldung.gruppe):
            continue
        anmeldung.stand, anmeldung.angebot_bis = Stand.ANGEBOTEN, bis
        anmeldung.version += 1
        anmeldung.save()
        protokolliere(handlungen.ANGEBOTEN, anmeldung, durch=None)
        schreibe(vorlagen.PLATZ_ANGEBOTEN, anmeldung, bis=zeitpunkt(bis))
        stand, angeboten = belegung(durchgang), angeboten + 1
    return angeboten


def _angebot_bis(durchgang, um):
    """72 hours, cut off where the first day begins; None when it has begun."""
    if hat_begonnen(durchgang, um):
        return None
    beginn = _beginn(durchgang)
    return min(um + ANGEBOT_GILT, beginn) if beginn else um + ANGEBOT_GILT


def hat_begonnen(durchgang: Durchgang, um: datetime) -> bool:
    """Whether the first day has begun: from then on no place is offered any more."""
    beginn = _beginn(durchgang)
    return beginn is not None and um >= beginn


def _beginn(durchgang):
    """Of the first day; None while no day is set. Days that were read before are not read again."""
    erster = min(durchgang.kurstage.all(), key=lambda tag: (tag.tag, tag.von), default=None)
    return erster and timezone.make_aware(datetime.combine(erster.tag, erster.von))


@transaction.atomic
def nimm_an(anmeldung: Anmeldung, *, durch: Konto | None, um: datetime, gesehen: int) -> Anmeldung:
    """Take the offered place; the end of the offer counts to the second.

    Raises SchrittNichtMoeglich after its end, Ueberholt when the registration has moved on.
    """
    _, anmeldung = sperre_beide(anmeldung)
    if (anmeldung.stand, anmeldung.version) == (Stand.ANGEMELDET, gesehen + 1):
        return anmeldung
    verlange(anmeldung, (Stand.ANGEBOTEN,), gesehen)
    if um > anmeldung.angebot_bis:
        raise SchrittNichtMoeglich(
            f"Das Angebot galt bis {zeitpunkt(anmeldung.angebot_bis)}. "
            "Der Platz geht an die nächste Person."
        )
    gehe(anmeldung, Stand.ANGEMELDET, handlungen.ANGENOMMEN, durch=durch)
    schreibe(vorlagen.ANGEMELDET, anmeldung)
    return anmeldung


@transaction.atomic
def melde_ab(anmeldung: Anmeldung, *, durch: Konto | None, um: datetime, gesehen: int) -> Anmeldung:
    """The person leaves, from the waiting list or from a place; the next one moves up at once.

    Raises SchrittNichtMoeglich once the course has begun for them, Ueberholt as above.
    """
    durchgang, anmeldung = sperre_beide(anmeldung)
    if (anmeldung.stand, anmeldung.version) == (Stand.ABGEMELDET, gesehen + 1):
        return anmeldung
    verlange(anmeldung, LAUFEND, gesehen)
    if hasattr(anmeldung, "teilnahme"):
        raise SchrittNichtMoeglich(
            "Der Lehrgang hat für Sie schon begonnen. "
            "Wenden Sie sich an die Koordination, wenn Sie abbrechen möchten."
        )
    platz_geht_weiter = gibt_platz_weiter(anmeldung, um)
    gehe(anmeldung, Stand.ABGEMELDET, handlungen.ABGEMELDET, durch=durch, beendet_um=um)
    schreibe(vorlagen.ABGEMELDET, anmeldung, platz=platz_geht_weiter)
    ruecke_nach(durchgang, um=um)
    return anmeldung


@transaction.atomic
def verfalle(anmeldung: Anmeldung, *, um: datetime) -> bool:
    """An offer that nobody took ends, and the place goes to the next person.

    Returns whether it did end: somebody may have taken it at the last moment.
    """
    durchgang, anmeldung = sperre_beide(anmeldung)
    if anmeldung.stand != Stand.ANGEBOTEN or anmeldung.angebot_bis >= um:
        return False
    gehe(anmeldung, Stand.VERFALLEN, handlungen.VERFALLEN, durch=None, beendet_um=um)
    schreibe(vorlagen.ANGEBOT_VERFALLEN, anmeldung)
    ruecke_nach(durchgang, um=um)
    return True


@transaction.atomic
def stimme_zu(anmeldung: Anmeldung, *, um: datetime, gesehen: int) -> Anmeldung:
    """The employer agrees, by the button of the mail; again it changes nothing.

    Raises Ueberholt when the registration is another one than the page showed: the person may
    have corrected the name meanwhile.
    """
    _, anmeldung = sperre_beide(anmeldung)
    if anmeldung.arbeitgeber_bestaetigt_um:
        return anmeldung
    if anmeldung.stand in BEENDET:
        raise SchrittNichtMoeglich("Diese Anmeldung besteht nicht mehr. Sie müssen nichts tun.")
    if anmeldung.version != gesehen:
        raise Ueberholt("Die Anmeldung hat sich geändert. Prüfen Sie die Angaben noch einmal.")
    anmeldung.arbeitgeber_bestaetigt_um = um
    anmeldung.save(update_fields=["arbeitgeber_bestaetigt_um"])
    protokolliere(handlungen.ZUGESTIMMT, anmeldung, durch=None)
    return anmeldung


def gibt_platz_weiter(anmeldung: Anmeldung, um: datetime) -> bool:
    """Whether somebody else can get the place when this person leaves."""
    return anmeldung.stand in MIT_PLATZ and not hat_begonnen(anmeldung.durchgang, um)


def warteplatz(anmeldung: Anmeldung) -> int:
    """The place in the waiting list, from 1 on, over all groups."""
    davor = Anmeldung.objects.wartend().filter(
        durchgang=anmeldung.durchgang_id, rang__lt=anmeldung.rang
    )
    return davor.count() + 1


def abgelaufene_angebote(um: datetime):
    """Offers whose end has passed, the oldest first."""
    abgelaufen = Anmeldung.objects.filter(stand=Stand.ANGEBOTEN, angebot_bis__lt=um)
    return abgelaufen.order_by("angebot_bis")


def unbestaetigte(um: datetime):
    """Registrations whose button was not pressed within 48 hours: they are deleted."""
    return Anmeldung.objects.filter(
        stand=Stand.UNBESTAETIGT, eingegangen_um__lt=um - BESTAETIGEN_BINNEN
    )


def mit_freiem_platz():
    """Cohorts in which somebody waits; whether a place fits is found by `ruecke_nach`."""
    return Durchgang.objects.filter(anmeldungen__stand=Stand.WARTELISTE).distinct()


def bitte_um_zustimmung(anmeldung: Anmeldung, *, erneut: bool = False) -> None:
    """Ask the employer, if there is one; the link of an earlier question no longer works.

    `erneut` says that they had agreed and the words about the person have changed since.
    """
    if anmeldung.arbeitgeber_email:
        stelle_ein(
            vorlagen.ZUSTIMMUNG,
            an=anmeldung.arbeitgeber_email,
            gegenstand=anmeldung,
            angaben={**_angaben(anmeldung), "erneut": erneut},
        )


# --- What the steps are made of ----------------------------------------------------


def _sperre(durchgang) -> Durchgang:
    """The cohort as it is now; nobody else shares out its places until the end."""
    return Durchgang.objects.select_for_update(of=("self",)).get(pk=durchgang.pk)


def sperre_beide(anmeldung: Anmeldung) -> tuple[Durchgang, Anmeldung]:
    """Cohort and registration as they are now, in this order, until the end."""
    durchgang = _sperre(anmeldung.durchgang)
    jetzt = Anmeldung.objects.select_for_update(of=("self",)).get(pk=anmeldung.pk)
    jetzt.durchgang = durchgang
    return durchgang, jetzt


def verlange(anmeldung: Anmeldung, aus, gesehen: int) -> None:
    """Raises Ueberholt when it is in another state or version than the person saw."""
    if anmeldung.stand not in aus or anmeldung.version != gesehen:
        raise Ueberholt(
            "Die Anmeldung hat sich geändert, während Sie sie vor sich hatten. "
            f"Jetzt ist sie: {anmeldung.get_stand_display()}."
        )


def gehe(anmeldung, stand, handlung, *, durch, grund="", **felder):
    """Take the step. The guard is the lock of the caller: nobody has changed the row since.

    The reason of a decision stays when the person leaves later; what they need on the days goes.
    """
    anmeldung.stand, anmeldung.angebot_bis = stand, None
    anmeldung.grund = grund or anmeldung.grund
    if stand in BEENDET:
        Bedarf.objects.filter(anmeldung=anmeldung).delete()
    anmeldung.version += 1
    for name, wert in felder.items():
        setattr(anmeldung, name, wert)
    anmeldung.save()
    protokolliere(handlung, anmeldung, durch=durch, grund=grund)


def _angaben(anmeldung):
    return {"kurs": str(anmeldung.durchgang), "anmeldung": str(anmeldung.pk)}


def schreibe(vorlage: Vorlage, anmeldung: Anmeldung, gegenstand=None, **weiteres) -> None:
    """Mail the person, at the account's address or the typed one; `gegenstand` is what it is about."""
    stelle_ein(
        vorlage,
        an=anmeldung.konto or anmeldung.email,
        gegenstand=gegenstand or anmeldung,
        angaben={**_angaben(anmeldung), **weiteres},
    )
