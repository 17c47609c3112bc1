"""The gunicorn worker: its threads are for visitors, not for those who never finish asking."""

import contextlib
import socket
import time

from gunicorn.workers.gthread import ThreadWorker

from asskomm.rumpf import ABGELAUFEN


class Arbeiter(ThreadWorker):
    """A thread worker that waits for a request, head and body together, for `frist` seconds only.

    gunicorn itself waits without end. When the time is up, the reading side of the connection is
    closed: the waiting thread sees the request end and can still answer. What arrived in time is
    worked on for as long as it takes.
    """

    frist = 15

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fristen = {}

    def handle(self, conn):
        self.fristen[conn] = time.monotonic() + self.frist
        try:
            return super().handle(conn)
        finally:
            del self.fristen[conn]

    def murder_pending(self):
        """Called by the main loop at least once a second."""
        super().murder_pending()
        jetzt = time.monotonic()
        for conn, ende in self.fristen.copy().items():
            if ende < jetzt:
                ABGELAUFEN.add(conn.sock)
                with contextlib.suppress(OSError):
                    conn.sock.shutdown(socket.SHUT_RD)
