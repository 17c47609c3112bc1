"""Money that comes back from a Kommune: booked on what is owed, or taken without a claim (F24)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from asskomm.formate import euro, tag
from asskomm.konten.models import Konto
from asskomm.protokoll.handlungen import Handlung
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import SchrittNichtMoeglich

from .. import kasse
from ..befugnisse import RECHTE, Handelnde, handelt_als
from ..models import Buchung, Buchungsart, Foerderantrag, Rueckforderung, Rueckzahlung
from ..rueckforderung.zinsen import NULL
from .entscheidung import Unzulaessig
from .rueckforderung import offen
from .schritte import KeinRecht, neue_marke, sperre

ERFASST = Handlung("rueckzahlung.erfasst", "Rückzahlung erfasst")
STORNIERT = Handlung("rueckzahlung.storniert", "Rückzahlung zurückgebucht")
RECHT = RECHTE[Handelnde.HAUSHALT]


def naechste(antrag: Foerderantrag) -> Rueckforderung | None:
    """The oldest claim that is not paid in full."""
    wirksam = Rueckforderung.objects.wirksam().filter(entscheidung__antrag=antrag)
    return next((r for r in wirksam.order_by("pk") if sum(offen(r)) > 0), None)


@transaction.atomic
def erfasse(
    antrag: Foerderantrag,
    *,
    am: date,
    betrag: Decimal,
    referenz: str,
    marke: UUID,
    durch: Konto,
    um: datetime,
) -> Rueckzahlung:
    """Book what came in on the day `am`: on the oldest open claim, without one as voluntary.

    The same form sent twice (`marke`) books it once. Raises KeinRecht, and Unzulaessig for a day
    on which nothing can have come back and for more than is owed.
    """
    jetzt = sperre(antrag)
    vorhanden = Rueckzahlung.objects.filter(marke=marke, antrag=antrag).first()
    if vorhanden:
        return vorhanden
    _verlange_haushalt(jetzt, durch)
    forderung = naechste(jetzt)
    zinsen, haupt = offen(forderung) if forderung else (NULL, kasse.konto(jetzt).behalten)
    felder = dict(_maengel(jetzt, forderung, am, betrag, zinsen + haupt, timezone.localdate(um)))
    if felder:
        raise Unzulaessig(felder)
    zahlung = Rueckzahlung(
        marke=marke,
        antrag=jetzt,
        rueckforderung=forderung,
        am=am,
        betrag_euro=betrag,
        zinsen_euro=min(betrag, zinsen),
        referenz=referenz,
        erfasst_um=um,
        erfasst_von=durch,
    )
    with neue_marke():
        zahlung.save(force_insert=True)
    _buche(zahlung, 1, durch=durch, um=um)
    _protokolliere(ERFASST, zahlung, durch=durch)
    return zahlung


def _maengel(antrag, forderung, am, betrag, hoechstens, heute):
    erste = Buchung.objects.filter(antrag=antrag, art=Buchungsart.GEZAHLT).aggregate(am=Min("am"))[
        "am"
    ]
    if am > heute:
        yield "am", "Dieser Tag liegt in der Zukunft."
    elif erste is None:
        yield "am", "Zu diesem Antrag ist noch nichts gezahlt. Es kann nichts zurückkommen."
    elif am < erste:
        yield "am", f"Gezahlt wurde erst am {tag(erste)}."
    if betrag <= 0:
        yield "betrag_euro", "Geben Sie einen Betrag über 0 Euro an."
    elif betrag > hoechstens:
        woran = "Offen sind" if forderung else "Ohne Rückforderung zurückkommen können"
        yield (
            "betrag_euro",
            f"{woran} höchstens {euro(hoechstens)}. Mehr lässt sich nicht verbuchen. Klären Sie "
            "mit der Kommune, wofür der Rest bestimmt ist.",
        )


@transaction.atomic
def storniere(zahlung: Rueckzahlung, *, grund: str, durch: Konto, um: datetime) -> None:
    """Book it back: it was a mistake, or the money went to the Kommune again. Twice is once."""
    antrag = sperre(zahlung.antrag)
    _verlange_haushalt(antrag, durch)
    if not grund.strip():
        raise SchrittNichtMoeglich("Geben Sie einen Grund an.")
    gueltig = Rueckzahlung.objects.gueltig().filter(pk=zahlung.pk)
    if not gueltig.update(storniert_um=um, storniert_von=durch, storno_grund=grund):
        return
    _buche(zahlung, -1, durch=durch, um=um)
    _protokolliere(STORNIERT, zahlung, durch=durch, grund=grund)


def _verlange_haushalt(antrag, durch):
    if Handelnde.HAUSHALT not in handelt_als(durch, antrag):
        raise KeinRecht(f"Das macht {Handelnde.HAUSHALT.value}.")


def _buche(zahlung, zeichen, *, durch, um):
    for art, betrag in (
        (Buchungsart.ZINSEN_GEZAHLT, zahlung.zinsen_euro),
        (Buchungsart.ZURUECKGEZAHLT, zahlung.hauptbetrag_euro),
    ):
        kasse.buche(
            zahlung.antrag,
            art,
            zeichen * betrag,
            um=um,
            am=zahlung.am,
            durch=durch,
            rueckzahlung=zahlung,
        )


def _protokolliere(handlung, zahlung, *, durch, grund=""):
    protokolliere(
        handlung,
        zahlung.antrag,
        durch=durch,
        grund=grund,
        angaben={"betrag": str(zahlung.betrag_euro), "am": zahlung.am.isoformat()},
    )
