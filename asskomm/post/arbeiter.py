"""The worker: sends the mails and runs the daily jobs. One is enough, several may run."""

from __future__ import annotations

import logging
import os
import signal
import socket
import time
from collections.abc import Callable
from datetime import datetime

from django.db import Error, connections
from django.db.models.functions import Now
from django.utils import timezone

from . import tageslauf, taktaufgaben
from .models import Lebenszeichen
from .versand import Versand

logger = logging.getLogger(__name__)

TAKT = 2  # seconds between two looks into the Postausgang
MELDETAKT = 60  # seconds between two signs of life, and two looks at the jobs
NACH_FEHLER = 5


class Arbeiter:
    def __init__(self, name: str, uhr: Callable[[], datetime] = timezone.now):
        self.name = name
        self.uhr = uhr
        self.versand = Versand()
        self._soll_enden = False
        self._elternprozess = None
        self._naechste_meldung = self._naechste_tagesaufgaben = 0

    def einmal(self) -> None:
        """Deal with everything that is due now."""
        self._melde()
        tageslauf.fuehre_aus(self.uhr(), self._weiter)
        taktaufgaben.fuehre_aus(self._weiter)
        self.versand.sende_faellige(self.uhr, self._weiter)
        self._melde()

    def laufe(self, elternprozess: int | None = None) -> None:
        """Work until a signal comes, or the process `elternprozess` that started this one is gone.

        The mail or job in hand is finished first.
        """
        self._elternprozess = elternprozess
        for zeichen in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(zeichen, self._ende)
        fehler_in_folge = 0
        while not self._am_ende():
            try:
                self._runde()
                fehler_in_folge = 0
                self._warte(TAKT)
            except Error as fehler:
                # Its text may hold a row. A moment without the database is part of life, and no reason for many lines.
                fehler_in_folge += 1
                if fehler_in_folge == 3:
                    logger.warning("Die Datenbank antwortet nicht (%s).", type(fehler).__name__)
                connections.close_all()
                self._warte(NACH_FEHLER)

    def _runde(self):
        if self._weiter() and time.monotonic() >= self._naechste_tagesaufgaben:
            tageslauf.fuehre_aus(self.uhr(), self._weiter)
            taktaufgaben.fuehre_aus(self._weiter)
            self._naechste_tagesaufgaben = time.monotonic() + MELDETAKT
        self.versand.sende_faellige(self.uhr, self._weiter)

    def _weiter(self):
        if time.monotonic() >= self._naechste_meldung:
            self._melde()
        return not self._am_ende()

    def _am_ende(self):
        verwaist = self._elternprozess is not None and os.getppid() != self._elternprozess
        return self._soll_enden or verwaist

    def _melde(self):
        """Leave a sign of life, and clear away those of workers that are gone."""
        Lebenszeichen.objects.update_or_create(
            arbeiter=self.name,
            defaults={
                "gemeldet_um": Now(),
                "stoerung": self.versand.stoerung,
                "pause_bis": self.versand.pause_bis,
            },
        )
        Lebenszeichen.objects.verstummt().delete()
        self._naechste_meldung = time.monotonic() + MELDETAKT

    def _ende(self, *_):
        self._soll_enden = True

    def _warte(self, sekunden):
        ende = time.monotonic() + sekunden
        while not self._am_ende() and time.monotonic() < ende:
            time.sleep(0.1)


def eigener_name() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"
