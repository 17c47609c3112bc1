"""How an engagement ends, and what came of it (F35).

schliesse_ab -> frage_nach (after 6 and 12 months), erinnere_an -> beantworte
each reported effect: bestaetige, by another person, or verwirf
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from asskomm.formate import tag, zeitpunkt
from asskomm.konten import vertretung, vieraugen
from asskomm.konten.models import Konto
from asskomm.monate import monate_nach
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import SchrittNichtMoeglich, Ueberholt
from kommunen.zeitangabe import Zeitangabe

from .. import handlungen, vorlagen
from ..befugnisse import KOORDINIEREN, koordiniert
from ..models import Coaching, Mandat, Mandatsstand, Nachfrage, Wirkung
from .begleitung import UEBERHOLT, KeinRecht, Unzulaessig, sperre, verlange_sicht
from .erinnerung import ABSTAND
from .mitteilung import schreibe_ansprechperson

Art = Wirkung.Art
KEINE_ODER_WELCHE = "Wählen Sie entweder „keine dieser Wirkungen“ oder die Wirkungen, die es gab."
BELEG_FEHLT = "Geben Sie an, woran die Wirkung zu sehen ist."
SELBST_GEMELDET = (
    "Das muss eine zweite Person bestätigen: Sie oder Ihre Vertretung haben die Wirkung gemeldet."
)
FUER_MELDENDE = (
    "Das muss eine zweite Person bestätigen: Das Recht dazu haben Sie nur in Vertretung für eine "
    "Person, die an der Meldung beteiligt ist."
)


class SchonAbgeschlossen(SchrittNichtMoeglich):
    """Somebody has closed the engagement before, with other words."""


# --- The end -----------------------------------------------------------------------


@transaction.atomic
def schliesse_ab(
    mandat: Mandat,
    *,
    am: date,
    bericht: str,
    wirkungen: Mapping[str, str],
    durch: Konto,
    um: datetime,
    gesehen: int,
) -> Mandat:
    """Close with a report and the effects: the kind of each with its evidence.

    The public fact ends on the day `am`, all assignments too; open proposals for more days are
    closed, and the questions for 6 and 12 months later are laid down. The same form sent twice is
    one end. Raises KeinRecht, SchonAbgeschlossen, Ueberholt, and Unzulaessig without a report, for
    effects that do not fit, and for a day ahead, before the beginning or before the last session.
    """
    mandat = sperre(mandat)
    eine = verlange_sicht(mandat, durch, um)
    bericht = bericht.strip()
    if mandat.stand == Mandatsstand.ABGESCHLOSSEN:
        if (mandat.beendet_am, mandat.bericht) == (am, bericht):
            return mandat
        raise SchonAbgeschlossen("Diese Begleitung ist schon abgeschlossen.")
    if not (eine.leitet or eine.koordiniert):
        raise KeinRecht(
            "Eine Begleitung schließen der Coach, der sie leitet, oder die Koordination."
        )
    if mandat.version != gesehen:
        raise Ueberholt(UEBERHOLT)
    _verlange_letzten_tag(mandat, am, timezone.localdate(um))
    if not bericht:
        raise Unzulaessig("Schreiben Sie den Abschlussbericht.", "bericht")
    _verlange_wirkungen(wirkungen)
    _schliesse_vorschlaege(mandat, durch=durch, um=um)
    mandat.stand, mandat.beendet_am, mandat.bericht = Mandatsstand.ABGESCHLOSSEN, am, bericht
    mandat.erweiterung_erbeten_um = None
    mandat.version += 1
    mandat.save()
    _beende_einsaetze(mandat, am)
    _beende_coaching(mandat, am, durch)
    fuer = None if eine.leitet else vertretung.fuer(durch, KOORDINIEREN)
    _melde(mandat, wirkungen, None, durch=durch, fuer=fuer, um=um)
    Nachfrage.objects.bulk_create(
        Nachfrage(mandat=mandat, monate=monate, faellig_am=monate_nach(am, monate))
        for monate in Nachfrage.Monate
    )
    protokolliere(
        handlungen.ABGESCHLOSSEN, mandat, durch=durch,
        angaben={"am": am.isoformat(), "wirkungen": sorted(wirkungen)},
    )  # fmt: skip
    schreibe_ansprechperson(vorlagen.COACHING_ABGESCHLOSSEN, mandat)
    return mandat


def _verlange_letzten_tag(mandat, am, heute):
    if am > heute:
        raise Unzulaessig(
            "Dieser Tag liegt in der Zukunft. Geben Sie den letzten Tag der Begleitung an.", "am"
        )
    erster = max(mandat.beginn, mandat.coaching.beginn.erster_tag)
    if am < erster:
        raise Unzulaessig(f"Die Begleitung begann erst am {tag(erster)}.", "am")
    letzte = mandat.sitzungen.gueltig().filter(am__gt=am).order_by("-am").first()
    if letzte:
        raise Unzulaessig(
            f"Am {tag(letzte.am)} war noch eine Sitzung. Das Ende liegt nicht davor.", "am"
        )


def _verlange_wirkungen(wirkungen):
    """At least one choice, none of them beside „keine“, each with its evidence."""
    if not wirkungen:
        raise Unzulaessig("Wählen Sie mindestens eine Möglichkeit aus.", "arten")
    if Art.KEINE in wirkungen and len(wirkungen) > 1:
        raise Unzulaessig(KEINE_ODER_WELCHE, "arten")
    for art, beleg in wirkungen.items():
        if art != Art.KEINE and not beleg.strip():
            raise Unzulaessig(BELEG_FEHLT, f"beleg_{art}")


def _schliesse_vorschlaege(mandat, *, durch, um):
    """An end leaves nothing to be decided about more days."""
    for erweiterung in mandat.erweiterungen.offen():
        if erweiterung.vorgeschlagen_von_id == durch.pk:
            vieraugen.ziehe_zurueck(erweiterung, durch=durch, um=um)
            continue
        try:
            vieraugen.lehne_ab(
                erweiterung, durch=durch, um=um, grund="Die Begleitung ist abgeschlossen."
            )
        except vieraugen.EigeneFreigabe as fehler:
            raise SchrittNichtMoeglich(
                "In Ihrer Vertretung ist eine Erweiterung vorgeschlagen. Erst muss sie die Person "
                "zurückziehen, die sie vorgeschlagen hat, oder die Leitung muss sie ablehnen."
            ) from fehler


def _beende_einsaetze(mandat, am):
    """On the last day; one that began later, because the end was noted afterwards, on its first."""
    for einsatz in mandat.einsaetze.laufend():
        einsatz.bis = max(am, einsatz.von)
        einsatz.save(update_fields=["bis"])


def _beende_coaching(mandat, am, durch):
    coaching = Coaching.objects.select_for_update(of=("self",)).get(pk=mandat.coaching_id)
    coaching.ende, coaching.zuletzt_belegt = Zeitangabe.vom_tag(am), None
    coaching._history_user = durch
    coaching.save()
    mandat.coaching = coaching


def _melde(mandat, wirkungen, nachfrage, *, durch, fuer, um):
    Wirkung.objects.bulk_create(
        Wirkung(
            mandat=mandat, nachfrage=nachfrage, art=art, beleg=beleg.strip(),
            gemeldet_um=um, gemeldet_von=durch, gemeldet_fuer=fuer,
        )
        for art, beleg in wirkungen.items()
    )  # fmt: skip


# --- The questions later -----------------------------------------------------------


@transaction.atomic
def frage_nach(nachfrage: Nachfrage, heute: date) -> bool:
    """Ask the contact person once the day has come; False where nobody is there, or it was done."""
    gesperrt = _sperre_offene(nachfrage, heute)
    if gesperrt is None or gesperrt.gestellt_am:
        return False
    return _schreibe_nachfrage(gesperrt, vorlagen.COACHING_NACHFRAGE, "gestellt_am", heute)


@transaction.atomic
def erinnere_an(nachfrage: Nachfrage, heute: date) -> bool:
    """The one reminder, 14 days after the question at the earliest."""
    gesperrt = _sperre_offene(nachfrage, heute)
    if (
        gesperrt is None
        or gesperrt.erinnert_am
        or gesperrt.gestellt_am is None
        or gesperrt.gestellt_am > heute - ABSTAND
    ):
        return False
    return _schreibe_nachfrage(
        gesperrt, vorlagen.COACHING_NACHFRAGE_ERINNERUNG, "erinnert_am", heute
    )


def _sperre_offene(nachfrage, heute):
    sperre(nachfrage.mandat)
    offen = Nachfrage.objects.offen(heute).filter(pk=nachfrage.pk)
    return offen.select_for_update(of=("self",)).select_related("mandat__coaching").first()


def _schreibe_nachfrage(nachfrage, vorlage, spalte, heute):
    if not schreibe_ansprechperson(
        vorlage, nachfrage.mandat, nachfrage=str(nachfrage.pk), monate=nachfrage.monate
    ):
        return False
    Nachfrage.objects.filter(pk=nachfrage.pk).update(**{spalte: heute})
    protokolliere(
        handlungen.NACHGEFRAGT, nachfrage.mandat, durch=None, angaben={"monate": nachfrage.monate}
    )
    return True


def noch_moeglich(mandat: Mandat) -> list[Art]:
    """The effects that nobody has reported yet, or that were declined; each counts once."""
    gemeldet = set(mandat.wirkungen.gemeldet().values_list("art", flat=True))
    return [art for art in Art if art == Art.KEINE or art not in gemeldet]


@transaction.atomic
def beantworte(
    nachfrage: Nachfrage, wirkungen: Mapping[str, str], *, durch: Konto, um: datetime
) -> Nachfrage:
    """What has come of the engagement since; the Kommune says it, or a coordinator who heard it.

    The same answer sent twice is one. Raises KeinRecht, SchrittNichtMoeglich before the day and when
    it is answered, Unzulaessig for effects that do not fit or were reported before.
    """
    mandat = sperre(nachfrage.mandat)
    eine = verlange_sicht(mandat, durch, um)
    nachfrage = Nachfrage.objects.select_for_update(of=("self",)).get(pk=nachfrage.pk)
    if not (eine.kommune_bearbeitet or eine.koordiniert):
        raise KeinRecht("Diese Frage beantwortet eine Person mit der Rolle Bearbeitung.")
    if nachfrage.beantwortet_um:
        gegeben = {w.art: w.beleg for w in nachfrage.wirkungen.all()}
        if gegeben == {art: beleg.strip() for art, beleg in wirkungen.items()}:
            return nachfrage
        raise SchrittNichtMoeglich(
            f"Diese Frage ist seit dem {zeitpunkt(nachfrage.beantwortet_um)} beantwortet."
        )
    if timezone.localdate(um) < nachfrage.faellig_am:
        raise SchrittNichtMoeglich(f"Diese Frage stellt sich erst am {tag(nachfrage.faellig_am)}.")
    _verlange_wirkungen(wirkungen)
    moeglich = noch_moeglich(mandat)
    for art in wirkungen:
        if art not in moeglich:
            raise Unzulaessig(f"Schon gemeldet ist: {Art(art).label}.", "arten")
    fuer = None if eine.kommune_bearbeitet else vertretung.fuer(durch, KOORDINIEREN)
    _melde(mandat, wirkungen, nachfrage, durch=durch, fuer=fuer, um=um)
    nachfrage.beantwortet_um, nachfrage.beantwortet_von = um, durch
    nachfrage.save(update_fields=["beantwortet_um", "beantwortet_von"])
    protokolliere(
        handlungen.NACHFRAGE_BEANTWORTET, mandat, durch=durch,
        angaben={"monate": nachfrage.monate, "wirkungen": sorted(wirkungen)},
    )  # fmt: skip
    return nachfrage


# --- What counts -------------------------------------------------------------------


def bestaetige(wirkung: Wirkung, *, durch: Konto, um: datetime) -> Wirkung:
    """The effect counts in the public figure from today on. Confirmed twice is once.

    Raises KeinRecht, EigeneFreigabe for who reported it, also by a deputyship, and logs the
    attempt, and SchrittNichtMoeglich when it is declined.
    """
    _verlange_koordination(durch)
    fuer = vertretung.fuer(durch, KOORDINIEREN, wirkung.beteiligte)
    if wirkung.ist_offen and (satz := einwand_gegen_bestaetigung(wirkung, durch)):
        vieraugen.weise_ab(wirkung, satz, durch=durch, fuer=fuer)
    return _bestaetige(wirkung, durch=durch, fuer=fuer, um=um)


def einwand_gegen_bestaetigung(wirkung: Wirkung, konto: Konto) -> str:
    """Why `konto` is no second person for the effect; empty where it is one."""
    if konto.pk in wirkung.beteiligte:
        return SELBST_GEMELDET
    fuer = vertretung.fuer(konto, KOORDINIEREN, wirkung.beteiligte)
    return FUER_MELDENDE if fuer and fuer.pk in wirkung.beteiligte else ""


@transaction.atomic
def _bestaetige(wirkung, *, durch, fuer, um):
    wirkung = _sperre(wirkung)
    if wirkung.bestaetigt_um:
        return wirkung
    _verlange_offen(wirkung)
    wirkung.bestaetigt_um, wirkung.bestaetigt_von, wirkung.bestaetigt_fuer = um, durch, fuer
    wirkung.save(update_fields=["bestaetigt_um", "bestaetigt_von", "bestaetigt_fuer"])
    protokolliere(
        handlungen.WIRKUNG_BESTAETIGT, wirkung, durch=durch, fuer=fuer,
        angaben={"art": wirkung.art},
    )  # fmt: skip
    return wirkung


@transaction.atomic
def verwirf(wirkung: Wirkung, grund: str, *, durch: Konto, um: datetime) -> Wirkung:
    """The evidence does not show the effect; the Kommune can read the reason. Declined twice is once.

    Raises KeinRecht, and SchrittNichtMoeglich without a reason and when it is confirmed.
    """
    _verlange_koordination(durch)
    wirkung = _sperre(wirkung)
    grund = grund.strip()
    if wirkung.verworfen_um and wirkung.verworfen_grund == grund:
        return wirkung
    _verlange_offen(wirkung)
    if not grund:
        raise SchrittNichtMoeglich("Geben Sie an, warum die Wirkung nicht bestätigt wird.")
    wirkung.verworfen_um, wirkung.verworfen_von, wirkung.verworfen_grund = um, durch, grund
    wirkung.save(update_fields=["verworfen_um", "verworfen_von", "verworfen_grund"])
    protokolliere(
        handlungen.WIRKUNG_VERWORFEN, wirkung, durch=durch,
        fuer=vertretung.fuer(durch, KOORDINIEREN), angaben={"art": wirkung.art},
    )  # fmt: skip
    return wirkung


def _verlange_koordination(konto):
    if not koordiniert(konto):
        raise KeinRecht("Über Wirkungen entscheidet die Koordination.")


def _sperre(wirkung) -> Wirkung:
    sperre(wirkung.mandat)
    return Wirkung.objects.select_for_update(of=("self",)).get(pk=wirkung.pk)


def _verlange_offen(wirkung):
    if wirkung.art == Art.KEINE:
        raise SchrittNichtMoeglich("Hier ist nichts zu bestätigen: Gemeldet ist keine Wirkung.")
    if not wirkung.ist_offen:
        raise SchrittNichtMoeglich("Über diese Wirkung ist schon entschieden.")
