"""Entries a person must not read although their role may read the log.

The log knows nothing of what entries are about. An app that keeps somebody away from a matter
says so here, when apps are ready (foerderung.befangenheit):

    @nimmt_aus
    def in_eigener_sache(konto) -> Ausnahme | None: ...
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q


@dataclass(frozen=True)
class Ausnahme:
    """Which entries the person must not read, and which these are in words for a file without them."""

    bedingung: Q
    wort: str


Regel = Callable[[AbstractBaseUser], Ausnahme | None]
_regeln: list[Regel] = []


def nimmt_aus(regel: Regel) -> Regel:
    """Register a rule; it answers None for an account that is kept away from nothing."""
    _regeln.append(regel)
    return regel


def ausnahmen(konto: AbstractBaseUser) -> list[Ausnahme]:
    return [ausnahme for regel in _regeln if (ausnahme := regel(konto))]
