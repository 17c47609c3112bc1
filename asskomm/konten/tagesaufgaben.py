"""What happens by itself about signing in."""

from datetime import date

from django.conf import settings
from django.db import connection

from asskomm.post.tagesaufgaben import tagesaufgabe


@tagesaufgabe("konten.zwischenspeicher")
def leere_zwischenspeicher(heute: date) -> None:
    """Delete limits and typed text that have run out; the cache would keep them until it is full."""
    tabelle = connection.ops.quote_name(settings.CACHES["default"]["LOCATION"])
    with connection.cursor() as zeiger:
        zeiger.execute(f"DELETE FROM {tabelle} WHERE expires < now()")
