"""A request body arrives whole or not at all.

gunicorn hands a body that broke off half-way to the application as if it were complete, and
Django would store what it got. This layer counts.
"""

import weakref

from django.core.exceptions import BadRequest

# Connections on which the time for a request ran out; see asskomm.webarbeiter.
ABGELAUFEN = weakref.WeakSet()
STUECK = 64 * 1024
# Bytes of the present body that have come over each connection.
GELESEN = weakref.WeakKeyDictionary()


class AbgebrochenerRumpf(BadRequest):
    """The client announced more bytes than it sent. Django answers 400."""


class VollstaendigerRumpf:
    """WSGI layer: reading a body with fewer bytes than announced raises AbgebrochenerRumpf.

    A body without Content-Length (chunked) is left alone: Django reads nothing from it.
    Where the client was too slow, Django's 400 goes out as 408.
    """

    def __init__(self, anwendung):
        self.anwendung = anwendung

    def __call__(self, environ, start_response):
        laenge = environ.get("CONTENT_LENGTH") or ""
        if laenge.isdecimal():
            leitung = environ.get("gunicorn.socket")
            environ["wsgi.input"] = _Rumpf(environ["wsgi.input"], int(laenge), leitung)

        def antworte(status, *rest):
            if status.startswith("400") and environ.get("gunicorn.socket") in ABGELAUFEN:
                status = "408 Request Timeout"
            return start_response(status, *rest)

        return self.anwendung(environ, antworte)


class _Rumpf:
    """The part of a WSGI input stream that PEP 3333 promises, with its end checked."""

    def __init__(self, strom, laenge, leitung):
        self.strom = strom
        self.fehlend = self.laenge = laenge
        self.leitung = leitung

    def read(self, size=-1):
        """As a file's read; waits for all `size` bytes, because a short answer means the end."""
        rest = self.fehlend if size is None or size < 0 else min(size, self.fehlend)
        teile = []
        while rest:
            teil = self._hole(self.strom.read, min(rest, STUECK))
            teile.append(teil)
            rest -= len(teil)
        return b"".join(teile)

    def readline(self, size=-1):
        rest = self.fehlend if size is None or size < 0 else min(size, self.fehlend)
        return self._hole(self.strom.readline, rest) if rest else b""

    def readlines(self, hint=None):
        return list(self)

    def __iter__(self):
        return iter(self.readline, b"")

    def _hole(self, lies, hoechstens):
        try:
            teil = lies(hoechstens)
        except OSError as fehler:
            raise AbgebrochenerRumpf("Die Verbindung brach ab.") from fehler
        if not teil:
            raise AbgebrochenerRumpf(f"Es fehlen {self.fehlend} Bytes.")
        self.fehlend -= len(teil)
        if self.leitung is not None:
            GELESEN[self.leitung] = self.laenge - self.fehlend
        return teil
