"""The ledger of a case: booking, and whether everything agrees (`models.kasse` says what it holds)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import DecimalField, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from asskomm.formate import euro
from asskomm.konten.models import Konto
from asskomm.schritt import SchrittNichtMoeglich

from .models import (
    LAUFENDE_AUSZAHLUNG,
    Auszahlung,
    Auszahlungsstand,
    Buchung,
    Buchungsart,
    Foerderantrag,
    Foerderkonto,
    Mittelbindung,
    Nachweispruefung,
    Rueckforderung,
    Rueckzahlung,
)

NULL = Decimal("0.00")
# The states in which a payout counts in the sum of a kind of booking.
ZAEHLT = {
    Buchungsart.ANGEFORDERT: LAUFENDE_AUSZAHLUNG,
    Buchungsart.FREIGEGEBEN: (
        Auszahlungsstand.FREIGEGEBEN,
        Auszahlungsstand.ANGEORDNET,
        Auszahlungsstand.GEZAHLT,
    ),
    Buchungsart.ANGEORDNET: (Auszahlungsstand.ANGEORDNET, Auszahlungsstand.GEZAHLT),
    Buchungsart.GEZAHLT: (Auszahlungsstand.GEZAHLT,),
}


class NichtGedeckt(SchrittNichtMoeglich):
    """The ledger does not allow this booking: more than granted, or out of order."""


def buche(
    antrag: Foerderantrag,
    art: Buchungsart,
    betrag: Decimal,
    *,
    um: datetime,
    durch: Konto | None,
    am: date | None = None,
    **anlass,
) -> Buchung | None:
    """Add `betrag` (euro, negative to take back) to the ledger; nothing for an amount of 0.

    Called in the transaction of the step that causes it. `am` is the day for which it counts,
    without it the day of `um` in Europe/Berlin; `anlass` names the row that causes it. The sums
    and their bounds are the database's: raises NichtGedeckt where it refuses.
    """
    if not betrag:
        return None
    try:
        with transaction.atomic():
            return Buchung.objects.create(
                antrag=antrag,
                art=art,
                betrag_euro=betrag,
                am=am or timezone.localdate(um),
                gebucht_um=um,
                gebucht_von=durch,
                **anlass,
            )
    except IntegrityError as fehler:
        raise NichtGedeckt(_satz(antrag, art, betrag)) from fehler


def _satz(antrag, art, betrag):
    stand = konto(antrag)
    return (
        f"{euro(abs(betrag))} können nicht als „{Buchungsart(art).label}“ gebucht werden. Bewilligt "
        f"sind {euro(stand.bewilligt)}, angefordert {euro(stand.angefordert)}, gezahlt "
        f"{euro(stand.gezahlt)}."
    )


def konto(antrag: Foerderantrag) -> Foerderkonto:
    """The sums of the case as they are now; all 0 before the first award."""
    return Foerderkonto.objects.filter(antrag=antrag).first() or Foerderkonto(antrag=antrag)


def buche_bewilligung(antrag: Foerderantrag, betrag: Decimal, *, um, durch, bescheid) -> None:
    """From this notice on `betrag` is granted; the difference to what was is booked."""
    differenz = betrag - konto(antrag).bewilligt
    buche(antrag, Buchungsart.BEWILLIGT, differenz, um=um, durch=durch, bescheid=bescheid)


# --- Whether everything agrees -------------------------------------------------------


def _je_antrag(menge: QuerySet, summe: str = "betrag_euro", antrag: str = "antrag") -> Coalesce:
    """The sum for each ledger of the outer query."""
    zeilen = menge.filter(**{antrag: OuterRef("pk")}).order_by().values(antrag)
    return Coalesce(
        Subquery(zeilen.annotate(gesamt=Sum(summe)).values("gesamt")),
        NULL,
        output_field=DecimalField(max_digits=12, decimal_places=2),
    )


def _soll() -> Iterator[tuple[str, str, Coalesce]]:
    """For each kind of sum: column of the ledger, where else it stands, and what stands there."""
    for art in Buchungsart.values:
        yield art, "den Buchungen", _je_antrag(Buchung.objects.filter(art=art))
    yield (
        Buchungsart.BEWILLIGT,
        "den gebundenen Mitteln",
        _je_antrag(Mittelbindung.objects.wirksam(), antrag="entscheidung__antrag"),
    )
    geprueft = Nachweispruefung.objects.filter(geoeffnet_um__isnull=True)
    yield (
        Buchungsart.NACHGEWIESEN,
        "den Prüfungen der Nachweise",
        _je_antrag(geprueft, summe="zuwendung_euro"),
    )
    gilt = Coalesce("auszuzahlen_euro", "betrag_euro")
    for art, staende in ZAEHLT.items():
        auszahlungen = Auszahlung.objects.filter(stand__in=staende).annotate(gilt=gilt)
        yield art, "den Auszahlungen", _je_antrag(auszahlungen, summe="gilt")
    gefordert = Rueckforderung.objects.wirksam()
    eingegangen = Rueckzahlung.objects.gueltig().annotate(haupt=F("betrag_euro") - F("zinsen_euro"))
    for art, menge, summe in (
        (Buchungsart.GEFORDERT, gefordert, "betrag_euro"),
        (Buchungsart.ZINSEN_GEFORDERT, gefordert, "zinsen_euro"),
    ):
        yield art, "den Rückforderungen", _je_antrag(menge, summe, "entscheidung__antrag")
    for art, summe in (
        (Buchungsart.ZURUECKGEZAHLT, "haupt"),
        (Buchungsart.ZINSEN_GEZAHLT, "zinsen_euro"),
    ):
        yield art, "den Rückzahlungen", _je_antrag(eingegangen, summe)


def abweichende() -> QuerySet[Foerderkonto]:
    """Ledgers with a sum that is not what bookings, awards, payouts or claims add up to.

    There are none unless somebody has written past the procedure.
    """
    anders, menge = Q(), Foerderkonto.objects.all()
    for nummer, (art, _, soll) in enumerate(_soll()):
        menge = menge.alias(**{f"soll_{nummer}": soll})
        anders |= ~Q(**{art: F(f"soll_{nummer}")})
    return menge.filter(anders)
