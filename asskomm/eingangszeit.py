"""When a request came in: the moment that counts for a deadline.

It is the moment at which the first bytes of the request reached the portal. Whatever waits after
it, for a free thread, for the rest of the body or for a lock in the database, costs the sender
nothing. A connection that was opened earlier and stayed silent gains nothing: every request on it
has its own beginning.

- `asskomm.webarbeiter` notes the moment before the request waits for a thread.
- Under any other server it is the moment at which the server calls the application.
- A proxy that holds requests back until they are complete says in X-Request-Start when one began.
  It is believed only with PROXY_BEGINN=1, where the operator promises that the proxy writes
  the header itself, and never for more than `HOECHSTENS_VORHER` before the portal's own moment.

Views read it with `eingang_um(request)`.
"""

import re
import time
from contextvars import ContextVar
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest

# Seconds since 1970, noted by the worker for the request that the thread works on.
BEGINN: ContextVar[float | None] = ContextVar("beginn", default=None)
SCHLUESSEL = "asskomm.eingang"  # in the WSGI environment; a header can never have this name
# As long as a proxy may take to receive one request. A later one is counted from its arrival here.
HOECHSTENS_VORHER = 60
# nginx: t=1792101599.999 (seconds), Apache: t=1792101599999000 (microseconds), others in
# milliseconds. Seconds have ten digits until the year 2286; what follows is their fraction.
ANGABE = re.compile(r"(?:t=)?([0-9]{10})\.?([0-9]{0,6})")


class Eingangszeit:
    """WSGI layer: puts the moment into the environment, before anything of the body is read."""

    def __init__(self, anwendung):
        self.anwendung = anwendung

    def __call__(self, environ, start_response):
        eigener = BEGINN.get()
        if eigener is None:
            eigener = time.time()
        environ[SCHLUESSEL] = beginn(
            datetime.fromtimestamp(eigener, UTC), environ.get("HTTP_X_REQUEST_START", "")
        )
        return self.anwendung(environ, start_response)


def beginn(eigener: datetime, angabe: str) -> datetime:
    """The beginning according to the proxy, where it may be believed; else the portal's own."""
    if not (settings.TRUSTED_PROXIES and settings.PROXY_BEGINN):
        return eigener
    treffer = ANGABE.fullmatch(angabe.strip())
    if treffer is None:
        return eigener
    sekunden, bruchteil = treffer.groups()
    genannt = datetime.fromtimestamp(int(sekunden), UTC).replace(
        microsecond=int(bruchteil.ljust(6, "0"))
    )
    vorher = (eigener - genannt).total_seconds()
    return genannt if 0 <= vorher <= HOECHSTENS_VORHER else eigener


def eingang_um(request: HttpRequest) -> datetime:
    """The moment at which the request arrived, with time zone UTC."""
    return request.META.get(SCHLUESSEL) or datetime.now(UTC)
