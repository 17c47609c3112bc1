"""The gunicorn worker: its threads are for visitors, not for those who never finish asking.

And what gunicorn itself writes into the log: lines like those of the portal.
"""

import contextlib
import selectors
import socket
import time
from functools import partial

from gunicorn.glogging import Logger
from gunicorn.workers.gthread import ThreadWorker

from asskomm.eingangszeit import BEGINN
from asskomm.logzeilen import Zeilenformat
from asskomm.rumpf import ABGELAUFEN, GELESEN


class Webprotokoll(Logger):
    """gunicorn writes addresses into its lines, of requests it cannot read or that broke off."""

    def setup(self, cfg):
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(Zeilenformat(self.error_fmt, self.datefmt))


class Webarbeiter(ThreadWorker):
    """A thread worker that waits for a request, head and body together, for `frist` seconds only.

    gunicorn itself waits without end. When the time is up, the reading side of the connection is
    closed: the waiting thread sees the request end and can still answer. What arrived in time is
    worked on for as long as it takes. A large body gets more time as long as it flows: at least
    `rate` bytes in each further second. While more than half of the threads are busy, the slow
    get less time.

    A new connection waits for its first bytes in the main loop, as one kept alive does, and takes
    no thread until then. So their moment is known, however long the request waits for a thread
    (asskomm.eingangszeit).
    """

    frist = 15
    frist_im_andrang = 3
    rate = 32_000
    rate_im_andrang = 256_000
    # No form is larger; what comes beyond buys no more time.
    groesster_rumpf = 22_000_000

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.beginne = {}

    def enqueue_req(self, conn):
        """Called by the main loop: when a connection is accepted, and when a request begins."""
        if conn.initialized or conn.data_ready:
            conn.eingang = time.time()
            super().enqueue_req(conn)
            return
        conn.sock.setblocking(False)
        conn.timeout = time.monotonic() + self.frist
        self.pending_conns.append(conn)
        self.poller.register(
            conn.sock, selectors.EVENT_READ, partial(self.on_pending_socket_readable, conn)
        )

    def handle(self, conn):
        GELESEN.pop(conn.sock, None)
        self.beginne[conn] = time.monotonic()
        BEGINN.set(conn.eingang)
        try:
            return super().handle(conn)
        finally:
            del self.beginne[conn]

    def murder_pending(self):
        """Called by the main loop at least once a second."""
        super().murder_pending()
        beginne = self.beginne.copy()
        andrang = len(beginne) > self.cfg.threads / 2
        frist = self.frist_im_andrang if andrang else self.frist
        rate = self.rate_im_andrang if andrang else self.rate
        jetzt = time.monotonic()
        for conn, beginn in beginne.items():
            gelesen = min(GELESEN.get(conn.sock, 0), self.groesster_rumpf)
            if beginn + frist + gelesen / rate < jetzt:
                ABGELAUFEN.add(conn.sock)
                with contextlib.suppress(OSError):
                    conn.sock.shutdown(socket.SHUT_RD)
