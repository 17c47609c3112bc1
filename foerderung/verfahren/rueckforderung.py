"""Claiming money back with interest: what can be claimed, its interest, and its booking (F24, § 49a VwVfG).

    entwirf -> entscheidung.schlage_vor (Sachbearbeitung) -> entscheidung.genehmige (Leitung)
            -> buche_forderung, a notice
            -> quashed by a court: hebe_auf; that note struck: setze_wieder_ein

What comes in stands in `rueckzahlung`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from django.db.models import F, Sum

from asskomm.formate import euro, tag
from asskomm.konten.models import Konto
from asskomm.post.models import Nachricht
from asskomm.post.verfahren import stelle_ein
from asskomm.schritt import SchrittNichtMoeglich

from .. import kasse
from ..befugnisse import Handelnde
from ..models import (
    Basiszins,
    Bescheid,
    Buchung,
    Buchungsart,
    Foerderantrag,
    Nachweispruefung,
    Regel,
    Rueckforderung,
    Rueckzahlung,
    Status,
)
from ..regelwerk import werte as regelwerte
from ..rueckforderung.zinsen import (
    NULL,
    Bewegung,
    ZinsFehlt,
    halbjahr,
    juengste,
    summe,
    zinstabelle,
)
from . import vorlagen
from .aktenfuehrung import personal

Anlass = Rueckforderung.Anlass
ZINSEN_GEAENDERT = (
    "Seit dem Vorschlag hat sich geändert, worauf die Zinsen beruhen: eine Zahlung, eine "
    "Rückzahlung oder ein Basiszinssatz. Schlagen Sie die Rückforderung neu vor."
)


# --- What can be claimed -----------------------------------------------------------


def hoechstens(antrag: Foerderantrag) -> Decimal:
    """What was paid, has not come back and is not claimed already."""
    konto = kasse.konto(antrag)
    erfuellt = _haupt(antrag.rueckzahlungen.gueltig().filter(rueckforderung__isnull=False))
    return konto.gezahlt - konto.zurueckgezahlt - (konto.gefordert - erfuellt)


def vorgeschlagen(antrag: Foerderantrag) -> Decimal:
    """What the check of the proof says, as far as it can be claimed; without one all of it."""
    moeglich = hoechstens(antrag)
    pruefungen = Nachweispruefung.objects.filter(antrag=antrag, geoeffnet_um__isnull=True)
    if antrag.status != Status.WIDERRUFEN and (letzte := pruefungen.last()):
        return min(letzte.zurueck_euro, moeglich)
    return moeglich


def maengel(
    antrag: Foerderantrag, rueckforderung: Rueckforderung, heute: date
) -> Iterator[tuple[str, str]]:
    """What about a claim breaks a rule: field and sentence; asked again when it is approved."""
    moeglich = hoechstens(antrag)
    if rueckforderung.betrag_euro <= 0:
        yield "forderung_euro", "Geben Sie einen Betrag über 0 Euro an."
    elif rueckforderung.betrag_euro > moeglich:
        yield (
            "forderung_euro",
            f"Zurückfordern können Sie höchstens {euro(moeglich)}: So viel ist gezahlt, nicht "
            "zurückgezahlt und noch nicht gefordert.",
        )
    if rueckforderung.zahlbar_bis <= heute:
        yield "zahlbar_bis", "Dieser Tag muss in der Zukunft liegen."
    if rueckforderung.zinsen_bis > rueckforderung.zahlbar_bis:
        yield (
            "zinsen_bis",
            f"Die Zinsen enden spätestens am {tag(rueckforderung.zahlbar_bis)}, bis zu dem zu "
            "zahlen ist.",
        )
    widerrufen = antrag.status == Status.WIDERRUFEN
    if widerrufen != (rueckforderung.anlass == Anlass.WIDERRUF):
        yield (
            "anlass",
            "Die Bewilligung ist widerrufen. Wählen Sie diesen Anlass."
            if widerrufen
            else "Die Bewilligung ist nicht widerrufen. Wählen Sie einen anderen Anlass.",
        )


# --- Interest ----------------------------------------------------------------------


def entwirf(
    antrag: Foerderantrag,
    *,
    betrag_euro: Decimal,
    anlass: str,
    zahlbar_bis: date,
    zinsen_bis: date,
) -> Rueckforderung:
    """The claim with its interest, not stored yet. Raises ZinsFehlt."""
    aufschlag = regelwerte.wert(antrag.regelwerk, Regel.Schluessel.ZINSAUFSCHLAG)
    gezahlt, zurueck = _bewegungen(antrag, betrag_euro)
    teile = zinstabelle(
        gezahlt,
        zurueck,
        saetze=dict(
            Basiszins.objects.filter(ab__lte=halbjahr(zinsen_bis)).values_list("ab", "prozent")
        ),
        aufschlag=aufschlag,
        bis=zinsen_bis,
    )
    return Rueckforderung(
        anlass=anlass,
        betrag_euro=betrag_euro,
        zahlbar_bis=zahlbar_bis,
        zinsen_von=teile[0].von if teile else None,
        zinsen_bis=zinsen_bis,
        aufschlag_prozent=aufschlag,
        zinsen_euro=summe(teile),
        tabelle=[
            {
                "von": teil.von.isoformat(),
                "bis": teil.bis.isoformat(),
                "tage": teil.tage,
                "betrag": str(teil.betrag),
                "satz": f"{teil.satz:.2f}",
                "zinsen": str(teil.zinsen),
            }
            for teil in teile
        ],
    )


def ist_ueberholt(antrag: Foerderantrag, rueckforderung: Rueckforderung) -> bool:
    """Whether the interest would come out otherwise now than when the claim was proposed."""
    neu = entwirf(
        antrag,
        betrag_euro=rueckforderung.betrag_euro,
        anlass=rueckforderung.anlass,
        zahlbar_bis=rueckforderung.zahlbar_bis,
        zinsen_bis=rueckforderung.zinsen_bis,
    )
    return neu.tabelle != rueckforderung.tabelle


def hinweise(rueckforderung: Rueckforderung) -> Iterator[str]:
    """What the second person has to know: rates that nobody has read in their announcement."""
    halbjahre = {halbjahr(teil["von"]) for teil in rueckforderung.zinsteile}
    for zins in Basiszins.objects.filter(ab__in=halbjahre, bestaetigt=False).order_by("ab"):
        yield f"Der Basiszinssatz ab dem {tag(zins.ab)} ist nicht bestätigt."


def _bewegungen(antrag, betrag):
    """What bears interest: the newest payouts up to the claim, and what came back without one.

    What a former claim took up, with the voluntary repayments before it, is left to it.
    """
    gezahlt = [
        Bewegung(am, summe_)
        for am, summe_ in Buchung.objects.filter(antrag=antrag, art=Buchungsart.GEZAHLT)
        .order_by("am", "pk")
        .values_list("am", "betrag_euro")
    ]
    fruehere = Rueckforderung.objects.wirksam().filter(entscheidung__antrag=antrag)
    letzte = fruehere.order_by("entscheidung__entschieden_um").last()
    freiwillig = antrag.rueckzahlungen.gueltig().filter(rueckforderung__isnull=True)
    neu = freiwillig
    if letzte:
        neu = neu.filter(erfasst_um__gt=letzte.entscheidung.entschieden_um)
    zurueck = [Bewegung(am, zahlung) for am, zahlung in neu.values_list("am", "betrag_euro")]
    summe_neu = sum((b.betrag for b in zurueck), NULL)
    gefordert = fruehere.aggregate(summe=Sum("betrag_euro"))["summe"] or NULL
    ohne = gefordert + _haupt(freiwillig) - summe_neu
    return juengste(gezahlt, betrag + summe_neu, ohne=ohne), zurueck


def _haupt(rueckzahlungen):
    summe_ = rueckzahlungen.aggregate(summe=Sum(F("betrag_euro") - F("zinsen_euro")))["summe"]
    return summe_ or NULL


def melde_fehlenden_zins(antrag: Foerderantrag, fehler: ZinsFehlt) -> None:
    """Tell whoever is in charge of the case, else all who could be: once for each half-year."""
    angaben = {"nummer": antrag.nummer, "antrag": str(antrag.pk), "ab": tag(fehler.ab)}
    schon = Nachricht.objects.filter(
        vorlage=vorlagen.ZINS_FEHLT.schluessel,
        gegenstand_nummer=str(antrag.pk),
        angaben__ab=angaben["ab"],
    )
    if schon.exists():
        return
    zustaendig = [antrag.zustaendig] if antrag.zustaendig else []
    for konto in zustaendig or personal(Handelnde.SACHBEARBEITUNG, antrag):
        stelle_ein(vorlagen.ZINS_FEHLT, an=konto, gegenstand=antrag, angaben=angaben)


# --- Booking -----------------------------------------------------------------------


def buche_forderung(
    rueckforderung: Rueckforderung, antrag: Foerderantrag, *, durch: Konto, um: datetime
) -> None:
    """In the transaction of the approval."""
    _buche(rueckforderung, antrag, 1, durch=durch, um=um)


def hebe_auf(bescheid: Bescheid, *, durch: Konto, um: datetime) -> None:
    """A court has quashed the notice of a claim: it is owed no more. Others are left alone.

    Raises SchrittNichtMoeglich while there is money booked on it, which is due back.
    """
    rueckforderung = Rueckforderung.objects.filter(entscheidung=bescheid.entscheidung_id).first()
    if rueckforderung is None or rueckforderung.aufgehoben_um:
        return
    if rueckforderung.rueckzahlungen.gueltig().exists():
        raise SchrittNichtMoeglich(
            "Auf diese Rückforderung ist schon Geld eingegangen. Die Haushaltssachbearbeitung "
            "bucht es zuerst zurück."
        )
    Rueckforderung.objects.filter(pk=rueckforderung.pk).update(aufgehoben_um=um)
    _buche(rueckforderung, bescheid.antrag, -1, durch=durch, um=um)


def setze_wieder_ein(bescheid: Bescheid, *, durch: Konto, um: datetime) -> None:
    """The note that a court quashed it was a mistake."""
    rueckforderung = Rueckforderung.objects.filter(entscheidung=bescheid.entscheidung_id).first()
    if rueckforderung is None or rueckforderung.aufgehoben_um is None:
        return
    Rueckforderung.objects.filter(pk=rueckforderung.pk).update(aufgehoben_um=None)
    _buche(rueckforderung, bescheid.antrag, 1, durch=durch, um=um)


def _buche(rueckforderung, antrag, zeichen, *, durch, um):
    for art, betrag in (
        (Buchungsart.GEFORDERT, rueckforderung.betrag_euro),
        (Buchungsart.ZINSEN_GEFORDERT, rueckforderung.zinsen_euro),
    ):
        kasse.buche(
            antrag, art, zeichen * betrag, um=um, durch=durch, rueckforderung=rueckforderung
        )


def offen(rueckforderung: Rueckforderung) -> tuple[Decimal, Decimal]:
    """What is still owed on it: interest, and what was claimed."""
    gezahlt = Rueckzahlung.objects.gueltig().filter(rueckforderung=rueckforderung)
    zinsen = gezahlt.aggregate(summe=Sum("zinsen_euro"))["summe"] or NULL
    return rueckforderung.zinsen_euro - zinsen, rueckforderung.betrag_euro - _haupt(gezahlt)
