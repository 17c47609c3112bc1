"""A mail server on this machine that takes mails, refuses them, and can be switched off and on."""

import logging
import socket
import threading

from aiosmtpd.controller import Controller

logging.getLogger("mail.log").setLevel(logging.WARNING)  # else a line for each connection


class Empfang:
    """What the mail server took, and the answers it was told to give.

    `antworten` maps "MAIL", "RCPT" or "DATA" to an answer for every mail until it is removed, or an
    address to the answer to its RCPT.
    """

    def __init__(self):
        self.mails = []
        self.antworten = {}
        self.schloss = threading.Lock()

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        if "MAIL" in self.antworten:
            return self.antworten["MAIL"]
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if antwort := self.antworten.get(address, self.antworten.get("RCPT")):
            return antwort
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if "DATA" in self.antworten:
            return self.antworten["DATA"]
        with self.schloss:
            self.mails.append(envelope)
        return "250 OK"


class Mailserver:
    """A mail server on a port of its own that can be switched off and on again."""

    def __init__(self):
        self.empfang = Empfang()
        self._controller = None
        self.port = 0
        self.an()

    def an(self):
        self._controller = Controller(self.empfang, hostname="127.0.0.1", port=self.port)
        self._controller.port = self.port or _freier_port()
        self.port = self._controller.port
        self._controller.start()

    def aus(self):
        if self._controller:
            self._controller.stop()
            self._controller = None

    @property
    def mails(self):
        return self.empfang.mails

    @property
    def antworten(self):
        return self.empfang.antworten


def _freier_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]
