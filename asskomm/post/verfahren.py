"""Every change of a Nachricht. No other module writes `zustand`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from asskomm.protokoll.handlungen import Handlung
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import SchrittNichtMoeglich

from . import handlungen
from .models import Nachricht
from .vorlagen import Vorlage

Zustand = Nachricht.Zustand


def stelle_ein(
    vorlage: Vorlage,
    *,
    an: models.Model | str,
    gegenstand: models.Model | None = None,
    angaben: Mapping | None = None,
) -> Nachricht:
    """Write a mail into the Postausgang, as part of the transaction that causes it.

    `an` is an account, greeted by its name, or the bare address of an office or of somebody who may
    have no account. `angaben` hold numbers, dates, codes and names of public bodies, no personal
    data. Nothing is sent if the transaction is rolled back.
    """
    konto = an if isinstance(an, get_user_model()) else None
    angaben = dict(angaben or {})
    betreff, text = vorlage.schreibe(angaben, mit_name=konto is not None)
    jetzt = timezone.now()
    return Nachricht.objects.create(
        vorlage=vorlage.schluessel,
        konto=konto,
        adresse=konto.email if konto else an,
        gegenstand_art=gegenstand._meta.label_lower if gegenstand else "",
        gegenstand_nummer=str(gegenstand.pk) if gegenstand else "",
        angaben=angaben,
        betreff=betreff,
        text=text,
        eingestellt_um=jetzt,
        naechster_versuch_um=jetzt,
    )


# --- Steps of staff -----------------------------------------------------------


def halte_an(nachricht: Nachricht, *, durch: models.Model) -> None:
    """Keep a waiting mail back. One that is being sent at this moment cannot be held."""
    _gehe(
        nachricht,
        [Zustand.WARTET],
        Zustand.ANGEHALTEN,
        handlungen.ANGEHALTEN,
        "Anhalten lässt sich nur eine E-Mail, die wartet und nicht gerade gesendet wird.",
        durch=durch,
        naechster_versuch_um=None,
    )


def gib_frei(nachricht: Nachricht, *, durch: models.Model) -> None:
    """Let a held mail go, at once."""
    _gehe(
        nachricht,
        [Zustand.ANGEHALTEN],
        Zustand.WARTET,
        handlungen.FREIGEGEBEN,
        "Freigeben lässt sich nur eine angehaltene E-Mail.",
        durch=durch,
        naechster_versuch_um=timezone.now(),
    )


def melde_zurueck(nachricht: Nachricht, *, durch: models.Model | None, fehler: str = "") -> None:
    """Note that a sent mail came back; `durch` is None for a report of a mail server."""
    _gehe(
        nachricht,
        [Zustand.GESENDET],
        Zustand.ZURUECKGEKOMMEN,
        handlungen.ZURUECKGEKOMMEN,
        "Zurückkommen kann nur eine gesendete E-Mail.",
        durch=durch,
        fehler=fehler,
    )


@transaction.atomic
def sende_erneut(nachricht: Nachricht, *, durch: models.Model) -> Nachricht:
    """Queue the same mail once more, to the present address of the account; return the new one.

    The new mail has its own Message-ID, else the mail server at the other end could take it for
    a repetition and drop it. The old one stays what it was, and is dealt with.
    """
    alt = _sperre(nachricht, [Zustand.GESENDET, *Nachricht.NICHT_ZUGESTELLT])
    if alt is None:
        raise SchrittNichtMoeglich(
            "Erneut senden lässt sich nur eine E-Mail, die gesendet wurde oder nicht ankam."
        )
    jetzt = timezone.now()
    try:
        with transaction.atomic():
            neu = Nachricht.objects.create(
                vorlage=alt.vorlage,
                konto=alt.konto,
                adresse=alt.konto.email if alt.konto else alt.adresse,
                gegenstand_art=alt.gegenstand_art,
                gegenstand_nummer=alt.gegenstand_nummer,
                angaben=alt.angaben,
                betreff=alt.betreff,
                text=alt.text,
                eingestellt_um=jetzt,
                naechster_versuch_um=jetzt,
                erneut_von=alt,
            )
    except IntegrityError as fehler:
        raise SchrittNichtMoeglich("Diese E-Mail wird schon erneut gesendet.") from fehler
    if alt.zustand in Nachricht.NICHT_ZUGESTELLT and alt.erledigt_um is None:
        Nachricht.objects.filter(pk=alt.pk).update(erledigt_um=jetzt, erledigt_durch=durch)
    protokolliere(
        handlungen.ERNEUT_GESENDET, alt, durch=durch, angaben={"neue_nachricht": str(neu.pk)}
    )
    nachricht.refresh_from_db()
    return neu


def vermerke_erledigt(nachricht: Nachricht, *, durch: models.Model) -> None:
    """Close the task that a mail not delivered has become."""
    with transaction.atomic():
        offen = Nachricht.objects.nicht_zugestellt().filter(pk=nachricht.pk)
        if not offen.update(erledigt_um=timezone.now(), erledigt_durch=durch):
            raise SchrittNichtMoeglich(
                "Erledigen lässt sich nur eine E-Mail, die nicht ankam und noch offen ist."
            )
        nachricht.refresh_from_db()
        protokolliere(handlungen.ERLEDIGT, nachricht, durch=durch)


# --- Steps of the worker, which holds the lock on the row ----------------------


def vermerke_gesendet(nachricht: Nachricht, *, um: datetime) -> None:
    nachricht.zustand, nachricht.gesendet_um = Zustand.GESENDET, um
    nachricht.naechster_versuch_um, nachricht.fehler = None, ""
    nachricht.versuche += 1
    nachricht.save()


def verschiebe(nachricht: Nachricht, *, bis: datetime, fehler: str) -> None:
    """Count a try that failed for now."""
    nachricht.naechster_versuch_um, nachricht.fehler = bis, fehler
    nachricht.versuche += 1
    nachricht.save()


def gib_auf(nachricht: Nachricht, *, fehler: str) -> None:
    """Stop trying; the mail becomes a task for staff."""
    nachricht.zustand, nachricht.fehler = Zustand.FEHLGESCHLAGEN, fehler
    nachricht.naechster_versuch_um = None
    nachricht.versuche += 1
    nachricht.save()
    protokolliere(handlungen.FEHLGESCHLAGEN, nachricht, durch=None, angaben={"fehler": fehler})


def verwirf(nachricht: Nachricht) -> None:
    """Remove a mail that is no longer due, as if it had never been asked for."""
    nachricht.delete()


@transaction.atomic
def _gehe(
    nachricht: Nachricht,
    aus: list[Zustand],
    ziel: Zustand,
    handlung: Handlung,
    sonst: str,
    *,
    durch: models.Model | None,
    **felder,
) -> None:
    """Write the new state and its log entry: both or neither."""
    if _sperre(nachricht, aus) is None:
        raise SchrittNichtMoeglich(sonst)
    Nachricht.objects.filter(pk=nachricht.pk).update(zustand=ziel, **felder)
    nachricht.refresh_from_db()
    fehler = felder.get("fehler")
    protokolliere(handlung, nachricht, durch=durch, angaben={"fehler": fehler} if fehler else None)


def _sperre(nachricht, aus):
    """The row, locked, if its state is one of `aus` and the worker does not hold it just now."""
    return (
        Nachricht.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(pk=nachricht.pk, zustand__in=aus)
        .first()
    )
