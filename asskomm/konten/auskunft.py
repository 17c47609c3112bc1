"""Lines that higher apps add to pages of accounts: what an invitation is for, whose roles one has,
and where one goes from every page behind the login.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .models import Einladung, Konto

_ZWECKE: list[Callable[[Einladung], Iterable[str]]] = []
_ROLLEN: list[Callable[[Konto], Iterable[str]]] = []
_WEGE: list[Callable[[Konto], Iterable[tuple[str, str]]]] = []


def nenne_zwecke(zwecke: Callable[[Einladung], Iterable[str]]) -> None:
    """Let an app say what an invitation is for, e.g. „Bearbeitung für Stadt Zwickau“."""
    _ZWECKE.append(zwecke)


def nenne_rollen(rollen: Callable[[Konto], Iterable[str]]) -> None:
    """Let an app say which roles an account has in it."""
    _ROLLEN.append(rollen)


def nenne_wege(wege: Callable[[Konto], Iterable[tuple[str, str]]]) -> None:
    """Let an app add links (title, address) to the bar with the person's name."""
    _WEGE.append(wege)


def zwecke(einladung: Einladung) -> list[str]:
    """What the person is invited to; roles of the LPR where no app knows anything else."""
    aus_apps = [zeile for nenne in _ZWECKE for zeile in nenne(einladung)]
    return aus_apps or _rollen_beim_lpr(einladung.konto)


def rollen(konto: Konto) -> list[str]:
    return [*_rollen_beim_lpr(konto), *(zeile for nenne in _ROLLEN for zeile in nenne(konto))]


def wege(konto: Konto) -> list[tuple[str, str]]:
    return [weg for nenne in _WEGE for weg in nenne(konto)]


def _rollen_beim_lpr(konto):
    return [f"{gruppe} beim Landespräventionsrat" for gruppe in konto.groups.order_by("name")]
