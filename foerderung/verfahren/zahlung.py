"""Between portal and treasury: order what is released, take over what was paid (F20).

A payment is matched by its reference and its amount, nothing is guessed: what fits no order, is
reported twice or has another amount stays in a list until somebody notes how it was settled.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from asskomm.konten import vertretung
from asskomm.konten.models import Konto
from asskomm.protokoll.handlungen import Handlung
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import KeinRecht, SchrittNichtMoeglich, Ueberholt
from kommunen.tatsachen import Herkunft

from ..auszahlung import vorlagen, zahlungsdatei
from ..auszahlung.rueckmeldung import Lesung, Zahlung
from ..befugnisse import RECHTE, Handelnde
from ..models import (
    Auszahlung,
    Auszahlungsstand,
    Foerderantrag,
    Zahlungsdatei,
    Zahlungsrueckmeldung,
    Zahlungszeile,
)
from .auszahlungspruefung import BANK_GEWECHSELT, hat_gueltige_bank
from .auszahlungsschritt import (
    ZAHLBAR,
    benachrichtige,
    schreibe,
    sperre_auszahlung,
    verlange_zahlbar,
    vermerke,
)
from .zeichnung import beteiligte

S, Stand = Auszahlungsstand, Zahlungszeile.Stand
ANGEORDNET = Handlung("auszahlung.angeordnet", "Auszahlung zur Zahlung angeordnet")
GEZAHLT = Handlung("auszahlung.gezahlt", "Auszahlung gezahlt")
DATEI_ERSTELLT = Handlung("zahlung.datei_erstellt", "Zahlungsdatei erstellt")
DATEI_GELADEN = Handlung("zahlung.datei_geladen", "Zahlungsdatei heruntergeladen")
EINGELESEN = Handlung("zahlung.eingelesen", "Rückmeldung der Kasse eingelesen")
GEKLAERT = Handlung("zahlung.geklaert", "Gemeldete Zahlung geklärt")
RECHT = RECHTE[Handelnde.HAUSHALT]
SCHON_EINGELESEN = "Diese Datei ist schon eingelesen. Nichts ist noch einmal übernommen."


def anzuordnen(konto: Konto) -> QuerySet[Auszahlung]:
    """What is released and whose grant is still final, without cases of an own conflict."""
    return (
        Auszahlung.objects.filter(stand=S.FREIGEGEBEN, antrag__status__in=ZAHLBAR)
        .filter(antrag__in=Foerderantrag.objects.fuer_lpr(konto))
        .order_by("freigegeben_um", "pk")
    )


def schon_angeordnet(marke: UUID, durch: Konto) -> Zahlungsdatei | None:
    """The file that the same form has made before: a double click sends it twice."""
    return Zahlungsdatei.objects.filter(marke=marke, erstellt_von=durch).first()


@transaction.atomic
def ordne_an(
    auszahlungen: Collection[UUID], *, durch: Konto, um: datetime, marke: UUID
) -> Zahlungsdatei:
    """One file with these payouts, which are ordered with it; the same form sent twice is one.

    Raises SchrittNichtMoeglich, and orders nothing, where one of them cannot be paid any more.
    """
    _verlange_recht(durch)
    if vorhanden := schon_angeordnet(marke, durch):
        return vorhanden
    gewaehlt = anzuordnen(durch).filter(pk__in=auszahlungen).select_related("antrag")
    if not auszahlungen:
        raise SchrittNichtMoeglich("Wählen Sie mindestens eine Auszahlung.")
    # In one order, so that two people who order at once do not wait for each other in a circle.
    gesperrt = [sperre_auszahlung(a) for a in gewaehlt.order_by("antrag", "pk")]
    if len(gesperrt) != len(set(auszahlungen)):
        raise Ueberholt(
            "Mindestens eine der Auszahlungen ist inzwischen angeordnet oder angehalten. Prüfen Sie "
            "die Auswahl."
        )
    beispiele = {a.antrag.herkunft == Herkunft.BEISPIEL for a in gesperrt}
    if len(beispiele) > 1:
        raise SchrittNichtMoeglich("Echte und erfundene Zahlungen gehören nicht in eine Datei.")
    for auszahlung in gesperrt:
        verlange_zahlbar(auszahlung.antrag)
        if not hat_gueltige_bank(auszahlung, um):
            raise SchrittNichtMoeglich(f"{auszahlung.referenz}: {BANK_GEWECHSELT}")
    zeilen = [zahlungsdatei.zeile(auszahlung) for auszahlung in gesperrt]
    datei = Zahlungsdatei.objects.create(
        nummer=_naechste_nummer(timezone.localdate(um).year),
        marke=marke,
        inhalt=zeilen,
        anzahl=len(zeilen),
        summe_euro=sum(auszahlung.gilt_euro for auszahlung in gesperrt),
        pruefsumme=hashlib.sha256(zahlungsdatei.schreibe(zeilen)).hexdigest(),
        ist_beispiel=beispiele.pop(),
        erstellt_um=um,
        erstellt_von=durch,
    )
    fuer = vertretung.fuer(durch, RECHT)
    for auszahlung in gesperrt:
        schreibe(
            auszahlung, [S.FREIGEGEBEN], S.ANGEORDNET, gesehen=auszahlung.version, durch=durch,
            um=um, zahlungsdatei=datei, angeordnet_um=um,
        )  # fmt: skip
        vermerke(ANGEORDNET, auszahlung, durch=durch, fuer=fuer, um=um)
    protokolliere(
        DATEI_ERSTELLT, datei, durch=durch, fuer=fuer,
        angaben={"anzahl": datei.anzahl, "pruefsumme": datei.pruefsumme},
    )  # fmt: skip
    return datei


def _naechste_nummer(jahr: int) -> str:
    """ZA-2027-0001: the next one of the year, without gaps."""
    anfang = f"ZA-{jahr}-"
    with connection.cursor() as zeiger:
        zeiger.execute("SELECT pg_advisory_xact_lock(hashtext('foerderung.zahlungsdatei'))")
    vergeben = Zahlungsdatei.objects.filter(nummer__startswith=anfang).values_list(
        "nummer", flat=True
    )
    letzte = max((int(nummer.removeprefix(anfang)) for nummer in vergeben), default=0)
    return f"{anfang}{letzte + 1:04}"


@transaction.atomic
def lade(datei: Zahlungsdatei, *, durch: Konto) -> bytes:
    """The bytes of the file, always the same; that somebody took it stands in the log."""
    _verlange_recht(durch)
    inhalt = zahlungsdatei.schreibe(datei.inhalt)
    if hashlib.sha256(inhalt).hexdigest() != datei.pruefsumme:
        raise SchrittNichtMoeglich(
            "Diese Datei stimmt nicht mehr mit ihrer Prüfsumme überein und lässt sich nicht "
            "herunterladen. Wenden Sie sich an die Administration."
        )
    protokolliere(DATEI_GELADEN, datei, durch=durch, fuer=vertretung.fuer(durch, RECHT))
    return inhalt


# --- What the treasury reports ------------------------------------------------------


@dataclass(frozen=True)
class Zuordnung:
    """A reported payment and what it belongs to."""

    zahlung: Zahlung
    stand: Stand
    auszahlung: Auszahlung | None


def ordne_zu(zahlungen: Iterable[Zahlung]) -> list[Zuordnung]:
    """What each of the payments would be taken for now. Two queries."""
    zahlungen = list(zahlungen)
    bekannt = {
        auszahlung.referenz: auszahlung
        for auszahlung in Auszahlung.objects.filter(
            referenz__in={zahlung.referenz for zahlung in zahlungen}
        ).select_related("antrag__kommune")
    }
    vergeben, zuordnungen = set(), []
    for zahlung in zahlungen:
        auszahlung = bekannt.get(zahlung.referenz)
        stand = _stand(zahlung, auszahlung, vergeben)
        if stand == Stand.ZUGEORDNET:
            vergeben.add(auszahlung.pk)
        zuordnungen.append(Zuordnung(zahlung, stand, auszahlung))
    return zuordnungen


def _stand(zahlung, auszahlung, vergeben):
    if auszahlung is None or auszahlung.stand not in (S.ANGEORDNET, S.GEZAHLT):
        return Stand.OHNE_TREFFER
    if auszahlung.stand == S.GEZAHLT or auszahlung.pk in vergeben:
        return Stand.DOPPELT
    if zahlung.gezahlt_am < timezone.localdate(auszahlung.angeordnet_um):
        return Stand.OHNE_TREFFER
    if zahlung.betrag_euro != auszahlung.gilt_euro:
        return Stand.ANDERER_BETRAG
    return Stand.ZUGEORDNET


@transaction.atomic
def lies_ein(lesung: Lesung, dateiname: str, *, durch: Konto, um: datetime) -> Zahlungsrueckmeldung:
    """Take over a file without errors: matched payouts are paid, the rest is to be settled.

    Raises Ueberholt for a file that was taken over before.
    """
    _verlange_recht(durch)
    if lesung.fehler:
        raise SchrittNichtMoeglich("Berichtigen Sie zuerst die Zeilen mit Fehlern.")
    try:
        with transaction.atomic():
            rueckmeldung = Zahlungsrueckmeldung.objects.create(
                dateiname=dateiname[:200],
                sha256=lesung.sha256,
                eingelesen_um=um,
                eingelesen_von=durch,
            )
    except IntegrityError as fehler:
        raise Ueberholt(SCHON_EINGELESEN) from fehler
    betroffen = [z.auszahlung for z in ordne_zu(lesung.zahlungen) if z.auszahlung]
    gesperrt = {
        auszahlung.pk: sperre_auszahlung(auszahlung)
        for auszahlung in sorted({a.pk: a for a in betroffen}.values(), key=lambda a: a.antrag_id)
    }
    zeilen = []
    for zuordnung in ordne_zu(lesung.zahlungen):
        zahlung = zuordnung.zahlung
        zeilen.append(
            Zahlungszeile(
                rueckmeldung=rueckmeldung,
                nummer=zahlung.nummer,
                referenz=zahlung.referenz,
                betrag_euro=zahlung.betrag_euro,
                gezahlt_am=zahlung.gezahlt_am,
                stand=zuordnung.stand,
                auszahlung=zuordnung.auszahlung,
            )
        )
        if zuordnung.stand == Stand.ZUGEORDNET:
            _zahle(gesperrt[zuordnung.auszahlung.pk], zahlung, durch=durch, um=um)
    Zahlungszeile.objects.bulk_create(zeilen)
    protokolliere(
        EINGELESEN, rueckmeldung, durch=durch, fuer=vertretung.fuer(durch, RECHT),
        angaben={
            "zeilen": len(zeilen),
            "zugeordnet": sum(zeile.stand == Stand.ZUGEORDNET for zeile in zeilen),
            "sha256": lesung.sha256,
        },
    )  # fmt: skip
    return rueckmeldung


def _zahle(auszahlung, zahlung, *, durch, um):
    """Booked on the day of its value."""
    schreibe(
        auszahlung, [S.ANGEORDNET], S.GEZAHLT, gesehen=auszahlung.version, durch=durch, um=um,
        gezahlt_am=zahlung.gezahlt_am,
    )  # fmt: skip
    vermerke(GEZAHLT, auszahlung, durch=durch, um=um)
    benachrichtige(vorlagen.GEZAHLT, beteiligte(auszahlung.antrag.kommune), auszahlung)


@transaction.atomic
def klaere(zeile: Zahlungszeile, vermerk: str, *, durch: Konto, um: datetime) -> None:
    """Note how a payment that fitted nothing was settled. Sent twice it is done once."""
    _verlange_recht(durch)
    if not vermerk.strip():
        raise SchrittNichtMoeglich("Schreiben Sie, wie sich die Zeile geklärt hat.")
    offen = Zahlungszeile.objects.zu_klaeren().filter(pk=zeile.pk)
    if not offen.update(
        stand=Stand.ERLEDIGT, vermerk=vermerk.strip(), geklaert_um=um, geklaert_von=durch
    ):
        zeile.refresh_from_db()
        if zeile.geklaert_von_id == durch.pk and zeile.vermerk == vermerk.strip():
            return
        raise Ueberholt("Diese Zeile ist inzwischen geklärt.")
    protokolliere(GEKLAERT, zeile, durch=durch, fuer=vertretung.fuer(durch, RECHT))


def _verlange_recht(durch):
    if not (durch.is_active and durch.is_staff and durch.has_perm(RECHT)):
        raise KeinRecht(f"Das macht {Handelnde.HAUSHALT.value}.")
