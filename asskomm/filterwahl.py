"""Filters of a list as they stand in its address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict


class Filterwahl:
    """Looks up what each filter says. Never fails: `unbekannt` names those that mean nothing."""

    def __init__(self, parameter: QueryDict):
        self.parameter = parameter
        self._unbekannt: list[str] = []

    def lies(self, name: str, wort: str, werte: Mapping[str, Any], sonst: Any = None) -> Any:
        """What the parameter `name` stands for; `wort` is the label that people know it by."""
        wert = self.parameter.get(name, "")
        if wert and wert not in werte:
            self.melde(wort)
        return werte.get(wert, sonst)

    def melde(self, wort: str) -> None:
        """Say that this filter means nothing."""
        self._unbekannt.append(wort)

    @property
    def unbekannt(self) -> tuple[str, ...]:
        return tuple(self._unbekannt)
