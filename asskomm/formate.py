"""Numbers, amounts and dates as the portal writes them; the templates use the filters of the same names."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

# No line break between a value and its unit.
FEST = "\N{NO-BREAK SPACE}"


def zahl(wert: int | Decimal, stellen: int = 0) -> str:
    """1234.5 with one place -> 1.234,5; rounds half up, as people do."""
    gerundet = Decimal(str(wert)).quantize(Decimal(1).scaleb(-stellen), rounding=ROUND_HALF_UP)
    return f"{gerundet:,f}".translate(str.maketrans(",.", ".,")).replace("-", "\N{MINUS SIGN}")


def euro(betrag: Decimal) -> str:
    """1234.5 -> 1.234,50 €, for cases and tables."""
    return zahl(betrag, 2) + FEST + "€"


def euro_ganz(betrag: Decimal) -> str:
    """420000.00 -> 420.000 €, for figures, where Cent would only distract."""
    return zahl(betrag) + FEST + "€"


def summe(betrag: Decimal, unvollstaendig: bool, schreibe=euro) -> str:
    """A sum that leaves unknown amounts out is a minimum; of unknown ones alone there is none."""
    if not unvollstaendig:
        return schreibe(betrag)
    return f"mehr als {schreibe(betrag)}" if betrag else "nicht veröffentlicht"


def prozent(anteil: Decimal) -> str:
    """88.5 -> 88,5 %."""
    return zahl(anteil, 1) + FEST + "%"


def tag(wert: date) -> str:
    """The day of a date; a datetime is first brought to Europe/Berlin."""
    if isinstance(wert, datetime):
        wert = timezone.localtime(wert).date() if timezone.is_aware(wert) else wert.date()
    return f"{wert:%d.%m.%Y}"


def zeitpunkt(wert: datetime) -> str:
    """12.09.2026 um 14:32 Uhr, in Europe/Berlin."""
    ortszeit = timezone.localtime(wert)
    return f"{ortszeit:%d.%m.%Y} um {ortszeit:%H:%M} Uhr"


def zeitraum(beginn: date, ende: date) -> str:
    """01.01.2027 bis 31.12.2027; a single day is written once."""
    if beginn == ende:
        return tag(beginn)
    return f"{tag(beginn)} bis {tag(ende)}"
