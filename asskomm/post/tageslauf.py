"""Runs the daily jobs: each once a day over all workers, one that fails again an hour later."""

import logging
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from .models import Tageslauf
from .stoerung import kurz
from .tagesaufgaben import Tagesaufgabe, tagesaufgaben

logger = logging.getLogger(__name__)

BEGINN = time(6)  # Europe/Berlin
NACH_FEHLER = timedelta(hours=1)


def fuehre_aus(jetzt: datetime, weiter: Callable[[], bool] = lambda: True) -> None:
    """Run what is due at the moment `jetzt` and not done, unless `weiter` says no."""
    ortszeit = timezone.localtime(jetzt)
    if ortszeit.time() < BEGINN:
        return
    heute = ortszeit.date()
    spaeter = Q(fertig_um__isnull=False) | Q(naechster_versuch_um__gt=jetzt)
    ruht = set(Tageslauf.objects.filter(spaeter, tag=heute).values_list("aufgabe", flat=True))
    for schluessel, aufgabe in tagesaufgaben().items():
        if schluessel not in ruht and weiter():
            _versuche(schluessel, aufgabe, heute, jetzt)


def _versuche(schluessel: str, aufgabe: Tagesaufgabe, heute: date, jetzt: datetime) -> None:
    neu = Tageslauf(aufgabe=schluessel, tag=heute, naechster_versuch_um=jetzt)
    Tageslauf.objects.bulk_create([neu], ignore_conflicts=True)
    offen = Tageslauf.objects.filter(aufgabe=schluessel, tag=heute, naechster_versuch_um__lte=jetzt)
    try:
        with transaction.atomic():
            lauf = offen.select_for_update(skip_locked=True).first()
            if lauf is None:
                return
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL idle_in_transaction_session_timeout = '10min'")
            aufgabe(heute)
            lauf.naechster_versuch_um, lauf.fertig_um, lauf.fehler = None, jetzt, ""
            lauf.versuche += 1
            lauf.save()
    except Exception as fehler:  # noqa: BLE001  one job's failure is not the next one's
        logger.error("Tagesaufgabe %s ist gescheitert: %s", schluessel, kurz(fehler))
        offen.update(
            versuche=F("versuche") + 1,
            naechster_versuch_um=jetzt + NACH_FEHLER,
            fehler=type(fehler).__name__[:60],
        )
