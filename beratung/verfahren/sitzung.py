"""Sessions of an engagement, their texts and their steps (F33, F34).

erfasse -> korrigiere -> storniere; what comes after stands in `sitzungsschritte`

Who writes locks the engagement first, then the session: two at once come after one another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from asskomm.formate import tag
from asskomm.knopfformular import UNVOLLSTAENDIG
from asskomm.konten.models import Konto
from asskomm.post.verfahren import stelle_ein
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import SchrittNichtMoeglich, Ueberholt

from .. import handlungen, vorlagen
from ..models import (
    Coachingschritt,
    Coachvertrag,
    Mandat,
    Niederschrift,
    Sitzung,
    Stufe,
)
from ..vierteltage import in_tagen, vierteltage
from .begleitung import (
    KeinRecht,
    Unzulaessig,
    erreichbare_ansprechperson,
    sperre,
    verlange_laufend,
    verlange_sicht,
)

OHNE_TEXT = "Schreiben Sie mindestens einen der drei Texte."


@dataclass(frozen=True)
class Sitzungsangaben:
    """A session as it was held; `texte` by level (Stufe), an empty text is none."""

    am: date
    form: str
    viertel: int
    teilnehmende: str
    texte: Mapping[str, str]


@dataclass(frozen=True)
class Schrittangabe:
    """A next step; `wer` is one of Zustaendig."""

    was: str
    wer: str
    funktion: str = ""
    bis: date | None = None


# --- Record, correct, cancel ---------------------------------------------------


@transaction.atomic
def erfasse(
    mandat: Mandat,
    angaben: Sitzungsangaben,
    schritte: Sequence[Schrittangabe] = (),
    *,
    durch: Konto,
    um: datetime,
    marke: UUID,
) -> Sitzung:
    """Record a session and book its quarter days. The same form twice (`marke`) is one session.

    The contact person gets a mail when there is something for the Kommune in it. Raises KeinRecht
    for everybody but the coach and the deputy, SchrittNichtMoeglich once the engagement has ended,
    Unzulaessig for a day outside of it or after the contract, without any text and over the
    contingent.
    """
    mandat = sperre(mandat)
    vorhanden = Sitzung.objects.filter(marke=marke, mandat=mandat, erfasst_von=durch).first()
    if vorhanden:
        return vorhanden
    _verlange_begleitend(mandat, durch, um)
    _pruefe_tag(mandat, angaben.am, timezone.localdate(um), durch=durch)
    if not any(angaben.texte.values()):
        raise Unzulaessig(OHNE_TEXT, "geteilt")
    _buche(mandat, angaben.viertel)
    try:
        with transaction.atomic():
            sitzung = Sitzung.objects.create(
                mandat=mandat,
                marke=marke,
                am=angaben.am,
                form=angaben.form,
                viertel=angaben.viertel,
                teilnehmende=angaben.teilnehmende,
                erfasst_um=um,
                erfasst_von=durch,
            )
    except IntegrityError as fehler:
        if not Sitzung.objects.filter(marke=marke).exists():
            raise
        # The mark of another form: nobody can correct that.
        raise SchrittNichtMoeglich(UNVOLLSTAENDIG) from fehler
    stufen = _schreibe_texte(sitzung, angaben.texte, durch, um)
    _lege_schritte_an(sitzung, schritte, um)
    protokolliere(
        handlungen.SITZUNG_ERFASST,
        sitzung,
        durch=durch,
        angaben={"viertel": angaben.viertel, "stufen": stufen, "schritte": len(schritte)},
    )
    if Stufe.GETEILT in stufen or schritte:
        _melde(sitzung)
    return sitzung


@transaction.atomic
def korrigiere(
    sitzung: Sitzung,
    angaben: Sitzungsangaben,
    schritte: Sequence[Schrittangabe] = (),
    *,
    version: int,
    durch: Konto,
    um: datetime,
    zuruecknehmen: bool = False,
) -> Sitzung:
    """Correct a session, add steps to it; another length books the difference.

    `texte` holds what the person sees of the three levels: a text left out is taken back. A shared
    one only with `zuruecknehmen`, and not once the Kommune has opened it. A shared text that is
    new is unread again, and the contact person gets a mail. Raises as `erfasse`, and Ueberholt
    when the session has another version.
    """
    mandat = sperre(sitzung.mandat)
    sitzung = _gesehen(sitzung, version)
    _verlange_begleitend(mandat, durch, um)
    erfasst_am = timezone.localdate(sitzung.erfasst_um)
    _pruefe_tag(mandat, angaben.am, erfasst_am, durch=durch, sitzung=sitzung)
    if not any(angaben.texte.values()):
        raise Unzulaessig(OHNE_TEXT, "geteilt")
    _pruefe_ruecknahme(sitzung, angaben.texte, zuruecknehmen)
    _buche(mandat, angaben.viertel - sitzung.viertel, bisher=sitzung.viertel)
    hatte_geteilten = sitzung.niederschriften.filter(stufe=Stufe.GETEILT).exists()
    stufen = _schreibe_texte(sitzung, angaben.texte, durch, um)
    neu_geteilt = Stufe.GETEILT in stufen and not hatte_geteilten
    werte = {"am": angaben.am, "form": angaben.form, "viertel": angaben.viertel}
    ungelesen = {"geoeffnet_um": None, "geoeffnet_von": None} if neu_geteilt else {}
    passt = Sitzung.objects.gueltig().filter(pk=sitzung.pk, version=version)
    passt.update(**werte, **ungelesen, teilnehmende=angaben.teilnehmende, version=F("version") + 1)
    _lege_schritte_an(sitzung, schritte, um)
    sitzung.refresh_from_db()
    protokolliere(
        handlungen.SITZUNG_KORRIGIERT,
        sitzung,
        durch=durch,
        angaben={"viertel": angaben.viertel, "stufen": stufen, "schritte": len(schritte)},
    )
    if neu_geteilt or schritte:
        _melde(sitzung)
    return sitzung


@transaction.atomic
def storniere(sitzung: Sitzung, grund: str, *, version: int, durch: Konto, um: datetime) -> Sitzung:
    """Cancel a session recorded by mistake: its quarter days are free again, its steps are off.

    Raises KeinRecht for everybody but the coach and the deputy, Unzulaessig without a reason,
    SchrittNichtMoeglich once the engagement has ended, Ueberholt for another version.
    """
    mandat = sperre(sitzung.mandat)
    sitzung = _gesehen(sitzung, version)
    _verlange_begleitend(mandat, durch, um)
    if not grund.strip():
        raise Unzulaessig("Geben Sie den Grund an.", "grund")
    _buche(mandat, -sitzung.viertel)
    passt = Sitzung.objects.gueltig().filter(pk=sitzung.pk, version=version)
    passt.update(storniert_um=um, storno_grund=grund.strip(), version=F("version") + 1)
    sitzung.refresh_from_db()
    protokolliere(
        handlungen.SITZUNG_STORNIERT, sitzung, durch=durch, angaben={"viertel": sitzung.viertel}
    )
    return sitzung


def tag_passt_nicht(
    mandat: Mandat, am: date, spaetestens: date, *, durch: Konto, sitzung: Sitzung | None = None
) -> str:
    """Why a session cannot have been on the day `am`; empty when it can. Both ends count.

    `spaetestens` is today, or for a later correction of `sitzung` the day on which it was recorded.
    What was held within the contract can be recorded after its end, but nothing held after it.
    """
    if am > spaetestens:
        if sitzung:
            return f"Die Sitzung ist am {tag(spaetestens)} erfasst. Sie war nicht danach."
        return "Das Datum liegt in der Zukunft. Erfassen Sie die Sitzung, wenn sie war."
    if am < mandat.beginn:
        return f"Die Begleitung beginnt erst am {tag(mandat.beginn)}."
    if am > mandat.ende_geplant:
        return (
            f"Die Begleitung endet am {tag(mandat.ende_geplant)}. "
            "Vereinbaren Sie zuerst ein späteres Ende."
        )
    if sitzung is None or am != sitzung.am:
        return _nach_dem_vertrag(sitzung.erfasst_von if sitzung else durch, am)
    return ""


def _nach_dem_vertrag(konto, am):
    """That the contract of who held the session had ended by the day `am`; empty while it holds."""
    vertraege = Coachvertrag.objects.filter(coach__konto=konto, von__lte=am)
    letzter = vertraege.order_by("-bis").first()
    if letzter is None or am <= letzter.bis:
        return ""
    return (
        f"Der Vertrag des Coaches endete am {tag(letzter.bis)}. Eine Sitzung danach lässt sich "
        "nicht erfassen. Wenden Sie sich an die Koordination."
    )


def _pruefe_tag(mandat, am, spaetestens, **wahl):
    if satz := tag_passt_nicht(mandat, am, spaetestens, **wahl):
        raise Unzulaessig(satz, "am")


def _verlange_begleitend(mandat, durch, um):
    eine = verlange_sicht(mandat, durch, um)
    verlange_laufend(mandat)
    if not eine.begleitet:
        raise KeinRecht("Sitzungen erfassen der Coach und die Vertretung.")


def _gesehen(sitzung, version):
    """The session, locked; raises unless it is still the one that the person saw."""
    sitzung = Sitzung.objects.select_for_update(no_key=True).get(pk=sitzung.pk)
    if sitzung.storniert_um:
        raise SchrittNichtMoeglich("Die Sitzung ist storniert.")
    if sitzung.version != version:
        raise Ueberholt("Eine andere Person hat die Sitzung inzwischen geändert.")
    return sitzung


def _buche(mandat, viertel, bisher=0):
    """Book so many quarter days more, or less; `bisher` of them the session has already."""
    passt = Mandat.objects.laufend().filter(pk=mandat.pk, kontingent__gte=F("gebucht") + viertel)
    if passt.update(gebucht=F("gebucht") + viertel):
        return
    rest = Mandat.objects.get(pk=mandat.pk).rest + bisher
    if not rest:
        satz = "Das Kontingent ist ausgeschöpft."
    elif bisher:
        satz = f"Für diese Sitzung sind höchstens {vierteltage(rest)} möglich ({in_tagen(rest)})."
    else:
        ist = "Es ist noch" if rest == 1 else "Es sind noch"
        satz = f"{ist} {vierteltage(rest)} frei ({in_tagen(rest)})."
    raise Unzulaessig(f"{satz} Die Koordination kann das Kontingent erweitern.", "viertel")


def _pruefe_ruecknahme(sitzung, texte, zuruecknehmen):
    geteilt = sitzung.niederschriften.filter(stufe=Stufe.GETEILT)
    if texte.get(Stufe.GETEILT) or not geteilt.exists():
        return
    if sitzung.geoeffnet_um:
        raise Unzulaessig(
            f"Die Kommune hat den geteilten Text am {tag(sitzung.geoeffnet_um)} geöffnet. "
            "Sie können ihn ändern, aber nicht mehr zurücknehmen.",
            "geteilt",
        )
    if not zuruecknehmen:
        raise Unzulaessig(
            "Der geteilte Text ist leer. Soll die Kommune ihn nicht mehr lesen, bestätigen Sie, "
            "dass Sie ihn zurücknehmen.",
            "zuruecknehmen",
        )


def _schreibe_texte(sitzung, texte, durch, um):
    """Store the texts that the person can write; returns the levels that are new or changed.

    An own note is that of `durch`: notes of others are never touched.
    """
    geaendert = []
    for stufe in Stufe:
        text = texte.get(stufe, "")
        dort = sitzung.niederschriften.filter(stufe=stufe)
        if stufe == Stufe.EIGEN:
            dort = dort.filter(verfasst_von=durch)
        vorhanden = dort.first()
        if (vorhanden.text if vorhanden else "") == text:
            continue
        if not text:
            dort.delete()
        elif vorhanden:
            dort.update(text=text, geaendert_um=um)
        else:
            Niederschrift.objects.create(
                sitzung=sitzung, stufe=stufe, text=text, verfasst_von=durch, verfasst_um=um
            )
        geaendert.append(stufe.value)
    return geaendert


def _lege_schritte_an(sitzung, schritte, um):
    Coachingschritt.objects.bulk_create(
        Coachingschritt(
            sitzung=sitzung,
            was=schritt.was,
            wer=schritt.wer,
            funktion=schritt.funktion,
            bis=schritt.bis,
            angelegt_um=um,
        )
        for schritt in schritte
    )


def _melde(sitzung):
    """Tell the contact person that there is something to read; the mail holds only the link."""
    wer = erreichbare_ansprechperson(sitzung.mandat)
    if wer:
        stelle_ein(
            vorlagen.COACHING_NEUES,
            an=wer,
            gegenstand=sitzung,
            angaben={"sitzung": str(sitzung.pk)},
        )
