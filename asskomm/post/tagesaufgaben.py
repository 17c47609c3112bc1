"""The daily jobs of all apps. `manage.py arbeiter` runs each once a day, after 06:00.

An app declares them in its own `tagesaufgaben.py`:

    @tagesaufgabe("konten.rollenpruefung")
    def erinnere_an_rollenpruefung(heute: date) -> None: ...

A job runs in one transaction with the note that it is done: what it wrote when it failed or was
killed is gone, and it starts again within the hour. It only ever gets the day it is run on.
"""

from collections.abc import Callable
from datetime import date

Tagesaufgabe = Callable[[date], None]


class DoppelteAufgabe(Exception):
    """Two daily jobs share a key."""


_aufgaben: dict[str, Tagesaufgabe] = {}


def tagesaufgabe(schluessel: str) -> Callable[[Tagesaufgabe], Tagesaufgabe]:
    """Register the function below it as a daily job."""

    def merke(aufgabe):
        if schluessel in _aufgaben:
            raise DoppelteAufgabe(schluessel)
        _aufgaben[schluessel] = aufgabe
        return aufgabe

    return merke


def tagesaufgaben() -> dict[str, Tagesaufgabe]:
    """All registered daily jobs by key."""
    return dict(_aufgaben)
