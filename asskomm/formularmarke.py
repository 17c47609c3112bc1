"""The mark of a public form: proves without a cookie that the form was shown by the portal.

It carries the UUID under which the entry will be stored, so that sending the same form twice
gives one record, and the moment at which the form was shown.
"""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core import signing

MINDESTENS = timedelta(seconds=3)
HOECHSTENS = timedelta(hours=24)


class MarkeUngueltig(Exception):
    """Missing, forged or made for another form."""


@dataclass(frozen=True)
class Formularmarke:
    kennung: uuid.UUID
    gezeigt_um: datetime

    def zu_frueh(self, um: datetime) -> bool:
        """Sent faster than a person types; exactly three seconds are enough."""
        return um - self.gezeigt_um < MINDESTENS

    def abgelaufen(self, um: datetime) -> bool:
        """Older than 24 hours; exactly 24 hours still count."""
        return um - self.gezeigt_um > HOECHSTENS


def neu(zweck: str, um: datetime) -> str:
    """A new mark for the form `zweck`, shown at the moment `um`."""
    inhalt = [uuid.uuid4().hex, int(um.timestamp())]
    return _unterschrift(zweck).sign_object(inhalt)


def lies(zweck: str, marke: str) -> Formularmarke:
    """Read a mark made for the form `zweck`. Raises MarkeUngueltig."""
    try:
        kennung, sekunden = _unterschrift(zweck).unsign_object(marke)
    except signing.BadSignature as fehler:
        raise MarkeUngueltig from fehler
    return Formularmarke(uuid.UUID(kennung), datetime.fromtimestamp(sekunden, UTC))


def _unterschrift(zweck):
    return signing.Signer(salt=f"formularmarke.{zweck}")
