"""What every procedure says when a step is not possible."""


class SchrittNichtMoeglich(Exception):
    """The rules or the present state do not allow the step. The German text may be shown.

    `status` is the one with which a page answers that shows it.
    """

    status = 409


class Ueberholt(SchrittNichtMoeglich):
    """Somebody else acted after the person saw the page: it is shown again as it is now."""
