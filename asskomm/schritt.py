"""What every procedure says when a step is not possible."""


class SchrittNichtMoeglich(Exception):
    """The rules or the present state do not allow the step. The German text may be shown.

    `status` is the one with which a page answers that shows it.
    """

    status = 409


class KeinRecht(SchrittNichtMoeglich):
    """The person is not (or no longer) one of those who take this step."""

    status = 403


class Ueberholt(SchrittNichtMoeglich):
    """Somebody else acted after the person saw the page: it is shown again as it is now."""


def gesehene_version(getippt: str) -> int:
    """Which version of a record a page showed, as its form sends it back.

    0, which no record has, for anything but a number: such a form has seen nothing.
    """
    ist_zahl = getippt.isascii() and getippt.isdecimal() and len(getippt) < 10
    return int(getippt) if ist_zahl else 0
