"""One open point of an application; every room names its own, `maengel` puts them together."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Mangel:
    """What keeps an application from being handed to the signature.

    `abschnitt` is the key of a section, or of a step that has none ("beratung", "anlagen"); `feld`
    the name of the field there, if it is about one; `satz` says what to do and names the field;
    `adresse` leads to it. `fehlt` is True where nothing was given yet.
    """

    abschnitt: str
    feld: str
    satz: str
    adresse: str
    fehlt: bool = False
