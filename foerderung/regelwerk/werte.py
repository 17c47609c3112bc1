"""What the rules of a version are worth: the one place where code asks for a value.

A released version has every value the portal reckons with (`verfahren.luecken`), so the code
knows none of them by itself. The plan reads all it needs at once: `plan.regeln`.
"""

from __future__ import annotations

from decimal import Decimal

from django.db.models import OuterRef, Subquery

from asskomm.schritt import SchrittNichtMoeglich

from ..models import Regel, Regelwerk


def regeln(regelwerk: Regelwerk, *schluessel: str) -> dict[str, Regel]:
    """Those of the named rules that have a value, by key, in one query."""
    menge = regelwerk.regeln.filter(schluessel__in=schluessel, wert__isnull=False)
    return {regel.schluessel: regel for regel in menge}


def werte(regelwerk: Regelwerk) -> dict[str, Decimal]:
    """All values by key, in one query."""
    mit_wert = regelwerk.regeln.filter(wert__isnull=False)
    return dict(mit_wert.values_list("schluessel", "wert"))


def wert(regelwerk: Regelwerk, schluessel: str) -> Decimal:
    """Raises SchrittNichtMoeglich where the version does not say."""
    regel = regeln(regelwerk, schluessel).get(schluessel)
    if regel is None:
        raise SchrittNichtMoeglich(fehlt(schluessel))
    return regel.wert


def ganzer_wert(regelwerk: Regelwerk, schluessel: str) -> int:
    """A number of days, months or pieces. Raises SchrittNichtMoeglich like `wert`."""
    return int(wert(regelwerk, schluessel))


def wert_zeile(schluessel: str) -> Subquery:
    """The value for each row with a `regelwerk`; NULL where the version does not say."""
    menge = Regel.objects.filter(regelwerk=OuterRef("regelwerk"), schluessel=schluessel)
    return Subquery(menge.values("wert")[:1])


def fehlt(schluessel: str) -> str:
    return f"Im Regelwerk fehlt der Wert der Regel „{Regel.Schluessel(schluessel).label}“."
