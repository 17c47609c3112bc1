"""The Kommune asks for money of its grant: what it can ask for, and the request (F19).

One request of a case is decided after the other, and each comes out of one budget: the oldest one
that the case has bound, that is not of a later year than the money is needed in, and that has
money of the case left. A request over two budgets is two requests, each with its own order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from asskomm.formate import FEST, euro, tag
from asskomm.formularfelder import zahl_text
from asskomm.konten.models import Konto
from asskomm.monate import monate_nach
from asskomm.protokoll.handlungen import Handlung
from asskomm.schritt import KeinRecht, SchrittNichtMoeglich

from .. import kasse, kenntnis
from ..auszahlung import vorlagen
from ..befugnisse import Handelnde, handelt_als
from ..bemessung import CENT, NULL
from ..bescheid.inhalt import geltender
from ..models import (
    Auszahlung,
    Bankverbindung,
    Beleg,
    Buchungsart,
    Foerderantrag,
    Haushaltsansatz,
    Mittelbindung,
    Regel,
    Status,
)
from ..regelwerk.werte import ganzer_wert
from .aktenfuehrung import personal
from .auszahlungsschritt import benachrichtige, vermerke
from .bankverbindung import gueltige
from .entscheidung import Unzulaessig
from .schritte import neue_marke, sperre
from .zeichnung import beteiligte

Verfahren = Auszahlung.Verfahren
ANGEFORDERT = Handlung("auszahlung.angefordert", "Auszahlung angefordert")
# When money can be asked for; what was spent also after the proof of use is in.
ANFORDERBAR = {
    Verfahren.ABRUF: (Status.BESTANDSKRAEFTIG, Status.IN_DURCHFUEHRUNG),
    Verfahren.ERSTATTUNG: (
        Status.BESTANDSKRAEFTIG,
        Status.IN_DURCHFUEHRUNG,
        Status.NACHWEIS_EINGEREICHT,
    ),
}
NEUER_BESCHEID = (
    "Zu diesem Antrag gibt es einen Bescheid, den Ihre Kommune noch nicht kennt. Rufen Sie ihn "
    "zuerst ab, oder warten Sie auf den Brief."
)
ERST_BESTANDSKRAFT = (
    "Geld lässt sich erst anfordern, wenn der Bescheid bestandskräftig ist. Schneller geht es, wenn "
    "Ihre Kommune auf Rechtsbehelfe verzichtet."
)
NICHT_MEHR = "Zu diesem Antrag lässt sich zurzeit kein Geld anfordern."
EINE_OFFEN = (
    "Über Ihre letzte Anforderung ist noch nicht entschieden. Eine neue ist danach möglich."
)
OHNE_BANKVERBINDUNG = (
    "Ihre Kommune hat noch keine nutzbare Bankverbindung. Eine Person trägt sie ein, eine zweite "
    "bestätigt sie, danach läuft eine kurze Wartezeit."
)
OHNE_BELEGLISTE = "Ohne Belegliste ist keine Erstattung möglich. Wählen Sie die bezahlten Belege."


@dataclass(frozen=True)
class Grundlage:
    """What the notice in force says about paying, and the account of the case today."""

    verfahren: str
    foerdersatz: Decimal
    von: date
    bis: date
    bewilligt: Decimal
    angefordert: Decimal
    gezahlt: Decimal
    verfuegbar: Decimal

    @property
    def ist_abruf(self) -> bool:
        return self.verfahren == Verfahren.ABRUF

    @property
    def offen(self) -> Decimal:
        """Asked for and not paid yet."""
        return self.angefordert - self.gezahlt

    @property
    def hoechstausgaben(self) -> Decimal:
        """The most spending whose share is still available."""
        ausgaben = (self.verfuegbar * 100 / self.foerdersatz).quantize(CENT, ROUND_DOWN)
        return (
            ausgaben if anteil(ausgaben, self.foerdersatz) <= self.verfuegbar else ausgaben - CENT
        )


def anteil(ausgaben: Decimal, foerdersatz: Decimal) -> Decimal:
    """The share of the grant in this spending, rounded half up to the cent."""
    return (ausgaben * foerdersatz / 100).quantize(CENT, ROUND_HALF_UP)


def grundlage(antrag: Foerderantrag) -> Grundlage | None:
    """None where no notice grants anything."""
    bescheid = geltender(antrag)
    if bescheid is None:
        return None
    inhalt, konto = bescheid.inhalt["zuwendung"], kasse.konto(antrag)
    return Grundlage(
        verfahren=Verfahren(inhalt["auszahlung"]).value,
        foerdersatz=Decimal(inhalt["foerdersatz_prozent"]),
        von=date.fromisoformat(inhalt["bewilligung_von"]),
        bis=date.fromisoformat(inhalt["bewilligung_bis"]),
        bewilligt=konto.bewilligt,
        angefordert=konto.angefordert,
        gezahlt=konto.gezahlt,
        verfuegbar=konto.verfuegbar,
    )


def hindernis(
    antrag: Foerderantrag,
    stand: Grundlage | None,
    bank: Bankverbindung | None,
    heute: date,
) -> str:
    """Why the Kommune cannot ask for money at all today; empty where it can."""
    if kenntnis.kenntnis(antrag, heute).unbekannt:
        return NEUER_BESCHEID
    if antrag.status == Status.BEWILLIGT:
        return ERST_BESTANDSKRAFT
    if stand is None or antrag.status not in ANFORDERBAR[Verfahren(stand.verfahren)]:
        return NICHT_MEHR
    if antrag.auszahlungen.unentschieden().exists():
        return EINE_OFFEN
    if stand.verfuegbar <= 0:
        return "Der bewilligte Betrag ist vollständig angefordert."
    return "" if bank else OHNE_BANKVERBINDUNG


def offene_belege(antrag: Foerderantrag):
    """Receipts of the case that no request claims."""
    return Beleg.objects.filter(antrag=antrag, auszahlung__isnull=True)


@dataclass(frozen=True)
class Anforderung:
    """What is asked for: the spending, in advance by a day, or what the chosen receipts add up to."""

    ausgaben: Decimal
    bedarf_bis: date | None = None
    erlaeuterung: str = ""
    belege: tuple[Beleg, ...] = ()


def anforderung(
    antrag: Foerderantrag,
    stand: Grundlage,
    *,
    ausgaben: Decimal | None = None,
    bedarf_bis: date | None = None,
    erlaeuterung: str = "",
    belege: Collection[int] = (),
) -> Anforderung:
    """As the form says it; receipts of other cases and claimed ones are left out."""
    if stand.ist_abruf:
        return Anforderung(ausgaben or NULL, bedarf_bis, erlaeuterung.strip())
    gewaehlt = tuple(offene_belege(antrag).filter(pk__in=belege).order_by("pk"))
    summe = sum((beleg.betrag_euro for beleg in gewaehlt), NULL)
    return Anforderung(summe, None, erlaeuterung.strip(), gewaehlt)


def maengel(
    antrag: Foerderantrag, stand: Grundlage, gewollt: Anforderung, heute: date
) -> Iterator[tuple[str, str]]:
    """Everything about a request that breaks a rule: field and sentence."""
    feld = "ausgaben" if stand.ist_abruf else "belege"
    if stand.ist_abruf:
        yield from _maengel_des_bedarfs(antrag, stand, gewollt, heute)
        if not gewollt.erlaeuterung:
            yield "erlaeuterung", "Geben Sie an, welche Zahlungen anstehen."
        if gewollt.ausgaben <= 0:
            yield feld, "Geben Sie Ausgaben über 0 Euro an."
            return
    elif not gewollt.belege:
        yield feld, OHNE_BELEGLISTE
        return
    betrag = anteil(gewollt.ausgaben, stand.foerdersatz)
    if betrag <= 0:
        yield feld, "Der Anteil der Zuwendung daran ist kleiner als ein Cent."
    elif betrag > stand.verfuegbar:
        yield feld, _zu_viel(stand, gewollt.ausgaben, betrag)
    elif satz := _ansatz(antrag, betrag, _jahr(gewollt, heute))[1]:
        yield feld, satz


def _zu_viel(stand, ausgaben, betrag):
    return (
        f"{euro(ausgaben)} mal {zahl_text(stand.foerdersatz)}{FEST}% sind {euro(betrag)}. Verfügbar "
        f"sind noch {euro(stand.verfuegbar)}. Das sind Ausgaben von höchstens "
        f"{euro(stand.hoechstausgaben)}."
    )


def _maengel_des_bedarfs(antrag, stand, gewollt, heute):
    monate = ganzer_wert(antrag.regelwerk, Regel.Schluessel.BEDARF_MONATE)
    spaetestens = monate_nach(heute, monate)
    if gewollt.bedarf_bis is None:
        yield "bedarf_bis", "Geben Sie den Tag an, bis zu dem Sie das Geld brauchen."
    elif gewollt.bedarf_bis < heute:
        yield "bedarf_bis", "Dieser Tag liegt in der Vergangenheit."
    elif gewollt.bedarf_bis > spaetestens:
        yield (
            "bedarf_bis",
            "Im Voraus gibt es Geld nur für Zahlungen innerhalb von "
            f"{monate} Monaten, heute also bis zum {tag(spaetestens)}.",
        )
    elif not stand.von <= gewollt.bedarf_bis <= stand.bis:
        yield (
            "bedarf_bis",
            f"Der Bewilligungszeitraum reicht vom {tag(stand.von)} bis zum {tag(stand.bis)}.",
        )


def _jahr(gewollt, heute):
    return (gewollt.bedarf_bis or heute).year


def _ansatz(antrag, betrag, jahr) -> tuple[Haushaltsansatz | None, str]:
    """The budget from which the amount comes, or why there is none."""
    zeilen = (
        Mittelbindung.objects.wirksam()
        .filter(entscheidung__antrag=antrag)
        .select_related("ansatz")
        .order_by("ansatz__haushaltsjahr", "ansatz")
    )
    verbraucht = dict(
        antrag.auszahlungen.laufend()
        .order_by()
        .values("ansatz")
        .annotate(summe=Sum(Coalesce("auszuzahlen_euro", "betrag_euro")))
        .values_list("ansatz", "summe")
    )
    spaeter = None
    for zeile in zeilen:
        rest = zeile.betrag_euro - verbraucht.get(zeile.ansatz_id, NULL)
        if rest <= 0:
            continue
        if zeile.ansatz.haushaltsjahr > jahr:
            spaeter = zeile.ansatz.haushaltsjahr
            break
        if betrag <= rest:
            return zeile.ansatz, ""
        return None, (
            f"Aus dem Haushaltsjahr {zeile.ansatz.haushaltsjahr} sind noch {euro(rest)} verfügbar. "
            "Fordern Sie zuerst höchstens diesen Betrag an und den Rest danach mit einer zweiten "
            "Anforderung."
        )
    if spaeter:
        return None, f"Die restlichen Mittel gehören zum Haushaltsjahr {spaeter}."
    return None, "Im Haushalt ist für diesen Antrag nichts mehr gebunden."


@transaction.atomic
def fordere_an(
    antrag: Foerderantrag, *, durch: Konto, um: datetime, marke: UUID, **eingaben
) -> Auszahlung:
    """Ask for money; `eingaben` as in `anforderung`. The same form sent twice is one request.

    Raises KeinRecht; SchrittNichtMoeglich where nothing can be asked for now; Unzulaessig with a
    sentence for each field, that of the amount with the calculation.
    """
    jetzt = sperre(antrag)
    vorhanden = Auszahlung.objects.filter(marke=marke, antrag=antrag, angefordert_von=durch).first()
    if vorhanden:
        return vorhanden
    if Handelnde.ZEICHNUNG not in handelt_als(durch, jetzt):
        raise KeinRecht(f"Geld fordert {Handelnde.ZEICHNUNG.value} an.")
    heute, stand = timezone.localdate(um), grundlage(jetzt)
    bank = gueltige(jetzt.kommune, heute)
    if satz := hindernis(jetzt, stand, bank, heute):
        raise SchrittNichtMoeglich(satz)
    gewollt = anforderung(jetzt, stand, **eingaben)
    if felder := dict(maengel(jetzt, stand, gewollt, heute)):
        raise Unzulaessig(felder)
    betrag = anteil(gewollt.ausgaben, stand.foerdersatz)
    nummer = (jetzt.auszahlungen.aggregate(letzte=Max("nummer"))["letzte"] or 0) + 1
    with neue_marke():
        auszahlung = Auszahlung.objects.create(
            antrag=jetzt,
            marke=marke,
            nummer=nummer,
            verfahren=stand.verfahren,
            referenz=f"{jetzt.nummer}-A{nummer}",
            ansatz=_ansatz(jetzt, betrag, _jahr(gewollt, heute))[0],
            bankverbindung=bank,
            ausgaben_euro=gewollt.ausgaben,
            foerdersatz=stand.foerdersatz,
            betrag_euro=betrag,
            bedarf_bis=gewollt.bedarf_bis,
            erlaeuterung=gewollt.erlaeuterung,
            angefordert_um=um,
            angefordert_von=durch,
        )
    offene_belege(jetzt).filter(pk__in=[b.pk for b in gewollt.belege]).update(auszahlung=auszahlung)
    kasse.buche(jetzt, Buchungsart.ANGEFORDERT, betrag, um=um, durch=durch, auszahlung=auszahlung)
    vermerke(ANGEFORDERT, auszahlung, durch=durch, um=um)
    benachrichtige(vorlagen.ANGEFORDERT, beteiligte(jetzt.kommune), auszahlung)
    zustaendig = personal(Handelnde.SACHBEARBEITUNG, jetzt)
    if jetzt.zustaendig_id and zustaendig.filter(pk=jetzt.zustaendig_id).exists():
        zustaendig = zustaendig.filter(pk=jetzt.zustaendig_id)
    benachrichtige(vorlagen.WARTET, zustaendig, auszahlung)
    return auszahlung
