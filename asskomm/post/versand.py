"""Sending: what is due goes to the mail server, one mail at a time.

A mail is sent while its row is locked, and noted as sent in the same transaction. A worker killed
between the server's OK and the commit, or an OK lost on the way, leaves the row waiting: the mail
goes out again, under the same Message-ID. That is the only way to get a mail twice.
"""

from __future__ import annotations

import contextlib
import logging
import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import connection, transaction
from django.utils import timezone

from . import verfahren
from .models import Nachricht
from .stoerung import kurz
from .vorlagen import fuelle, vorlagen

logger = logging.getLogger(__name__)

# 1, 2, 4 … 32 minutes, then every hour: the last try comes about two days after the first.
HOECHSTPAUSE = timedelta(hours=1)
VERSUCHE = 54
JE_VERBINDUNG = 50  # mail servers end a connection that brings too many
# One mail takes the server's answer to MAIL, RCPT, DATA and the text, each up to EMAIL_TIMEOUT.
SENDEZEIT = f"{5 * settings.EMAIL_TIMEOUT}s"


class Ausfall(Exception):
    """The mail server does not work for any mail; the text is a code."""


def pause(versuch: int) -> timedelta:
    """How long to wait after the failed try number `versuch`, counted from 1."""
    return min(timedelta(minutes=2 ** min(versuch - 1, 10)), HOECHSTPAUSE)


class Versand:
    """The sending of one worker: its connection to the mail server, and its pause while that is down.

    A server that is down costs no mail a try.
    """

    def __init__(self):
        self.ausfaelle = 0
        self.stoerung = ""
        self.pause_bis = None
        self._verbindung = None
        self._gesendet = 0

    def sende_faellige(
        self,
        uhr: Callable[[], datetime] = timezone.now,
        weiter: Callable[[], bool] = lambda: True,
    ) -> int:
        """Send until nothing is due, the server is down or `weiter` says no; return how many rows
        were dealt with."""
        anzahl = 0
        try:
            while weiter() and not self._pausiert(uhr()) and self._sende_naechste(uhr):
                anzahl += 1
        finally:
            self._trenne()
        return anzahl

    def _pausiert(self, jetzt):
        return self.pause_bis is not None and jetzt < self.pause_bis

    def _sende_naechste(self, uhr):
        if not Nachricht.objects.faellig(uhr()).exists():
            return False
        try:
            self._verbinde()
            with transaction.atomic():
                return self._sende_gesperrte(uhr)
        except Ausfall as ausfall:
            self._pausiere(uhr(), str(ausfall))
            return False

    def _sende_gesperrte(self, uhr):
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL idle_in_transaction_session_timeout = '{SENDEZEIT}'")
        faellig = Nachricht.objects.faellig(uhr()).select_related("konto")
        nachricht = faellig.select_for_update(skip_locked=True, of=("self",)).first()
        if nachricht is None:
            return False
        try:
            with transaction.atomic():
                link = einmallink(nachricht)
        except Exception as fehler:  # noqa: BLE001  whatever an app's function raises
            logger.error("Nachricht %s ohne ihren Link: %s", nachricht.pk, kurz(fehler))
            self._verschiebe(nachricht, uhr(), type(fehler).__name__[:60])
            return True
        if link is None:
            verfahren.verwirf(nachricht)
        else:
            self._uebergib(nachricht, link, uhr)
        return True

    def _uebergib(self, nachricht, link, uhr):
        try:
            self._verbindung.send_messages([brief(nachricht, link)])
        except smtplib.SMTPSenderRefused as fehler:
            raise Ausfall(str(fehler.smtp_code)) from fehler
        except smtplib.SMTPRecipientsRefused as fehler:
            code, _ = next(iter(fehler.recipients.values()))
            self._nach_antwort(nachricht, code, uhr())
        except smtplib.SMTPResponseException as fehler:
            self._nach_antwort(nachricht, fehler.smtp_code, uhr())
        except (smtplib.SMTPNotSupportedError, ValueError) as fehler:
            # An address that cannot be written into a mail at all.
            verfahren.gib_auf(nachricht, fehler=type(fehler).__name__)
        except (smtplib.SMTPException, OSError) as fehler:
            # The connection broke over this mail; the next one tries a new connection.
            self._trenne()
            self._verschiebe(nachricht, uhr(), type(fehler).__name__)
        else:
            self._laeuft_wieder()
            verfahren.vermerke_gesendet(nachricht, um=uhr())

    def _nach_antwort(self, nachricht, code, jetzt):
        """The server works and does not take this mail: for ever (5xx) or for now."""
        self._laeuft_wieder()
        if code == 421:
            self._trenne()
        if 500 <= code < 600:
            verfahren.gib_auf(nachricht, fehler=str(code))
        else:
            self._verschiebe(nachricht, jetzt, str(code))

    def _verschiebe(self, nachricht, jetzt, fehler):
        versuch = nachricht.versuche + 1
        if versuch >= VERSUCHE:
            verfahren.gib_auf(nachricht, fehler=fehler)
        else:
            verfahren.verschiebe(nachricht, bis=jetzt + pause(versuch), fehler=fehler)

    # --- The server ---------------------------------------------------------------------------

    def _verbinde(self):
        if self._verbindung is not None and self._gesendet < JE_VERBINDUNG:
            self._gesendet += 1
            return
        self._trenne()
        verbindung = get_connection()
        try:
            verbindung.open()
        except smtplib.SMTPResponseException as fehler:
            raise Ausfall(str(fehler.smtp_code)) from fehler
        except (smtplib.SMTPException, OSError) as fehler:
            raise Ausfall(type(fehler).__name__) from fehler
        self._verbindung, self._gesendet = verbindung, 1

    def _trenne(self):
        if self._verbindung is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                self._verbindung.close()
            self._verbindung = None

    def _pausiere(self, jetzt, code):
        self.ausfaelle += 1
        self.stoerung = code
        self.pause_bis = jetzt + pause(self.ausfaelle)
        logger.warning("Der Mailserver nimmt nichts an (%s); nächster Versuch später.", code)

    def _laeuft_wieder(self):
        self.ausfaelle, self.stoerung, self.pause_bis = 0, "", None


def einmallink(nachricht: Nachricht) -> str | None:
    """The fresh one-time link, "" for a mail without one, None for a mail no longer due."""
    vorlage = vorlagen()[nachricht.vorlage]
    return vorlage.einmallink(nachricht) if vorlage.einmallink else ""


def brief(nachricht: Nachricht, link: str) -> EmailMessage:
    """The mail as it goes out."""
    name = nachricht.konto.name if nachricht.konto else ""
    return EmailMessage(
        subject=nachricht.betreff,
        body=fuelle(nachricht.text, name=name, link=link),
        to=[nachricht.adresse],
        headers={"Message-ID": nachricht.message_id, "Auto-Submitted": "auto-generated"},
    )
