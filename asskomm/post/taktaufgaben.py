"""Jobs of all apps that cannot wait for the next day. `manage.py arbeiter` runs each about once a minute.

An app declares them in its own `taktaufgaben.py`:

    @taktaufgabe("foerderung.anlagen_scannen")
    def scanne(weiter: Callable[[], bool]) -> None: ...

Several workers may run a job at the same time, so it guards what it writes. A long one asks
`weiter` between two pieces of work and stops at a no. Nothing is noted: what is left to do is
found in the data, the next time.
"""

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError

from .stoerung import kurz
from .tagesaufgaben import DoppelteAufgabe

logger = logging.getLogger(__name__)

Taktaufgabe = Callable[[Callable[[], bool]], None]

_aufgaben: dict[str, Taktaufgabe] = {}


def taktaufgabe(schluessel: str) -> Callable[[Taktaufgabe], Taktaufgabe]:
    """Register the function below it."""

    def merke(aufgabe):
        if schluessel in _aufgaben:
            raise DoppelteAufgabe(schluessel)
        _aufgaben[schluessel] = aufgabe
        return aufgabe

    return merke


def fuehre_aus(weiter: Callable[[], bool] = lambda: True) -> None:
    """Run each job, unless `weiter` says no; what one of them fails at is not the next one's."""
    for schluessel, aufgabe in _aufgaben.items():
        if not weiter():
            return
        try:
            aufgabe(weiter)
        except (InterfaceError, OperationalError):
            raise  # the worker knows how to wait for the database
        except Exception as fehler:  # noqa: BLE001
            logger.error("Taktaufgabe %s ist gescheitert: %s", schluessel, kurz(fehler))
