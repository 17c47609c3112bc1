"""What can be done, in words: each app declares its acts as constants in its own `handlungen.py`."""

from dataclasses import dataclass


class DoppelteHandlung(Exception):
    """Two acts share a key; entries could not tell them apart."""


@dataclass(frozen=True)
class Handlung:
    """A kind of act. To create one is to register it; the key stays in entries for ever.

    `schluessel` is "<area>.<what happened>", `wort` what staff read.
    """

    schluessel: str
    wort: str

    def __post_init__(self):
        if self.schluessel in _handlungen:
            raise DoppelteHandlung(self.schluessel)
        _handlungen[self.schluessel] = self

    def __str__(self):
        return self.wort


_handlungen: dict[str, Handlung] = {}


def wort(schluessel: str) -> str:
    """The word for a key; a key that no code declares any more stands for itself."""
    handlung = _handlungen.get(schluessel)
    return handlung.wort if handlung else schluessel


EXPORTIERT = Handlung("protokoll.exportiert", "Protokoll exportiert")
GRUND_GELOESCHT = Handlung("protokoll.grund_geloescht", "Begründung im Protokoll gelöscht")
