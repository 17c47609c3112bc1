"""What every procedure says when a step is not possible."""


class SchrittNichtMoeglich(Exception):
    """The rules or the present state do not allow the step. The German text may be shown."""


class Ueberholt(SchrittNichtMoeglich):
    """Somebody else acted after the person saw the page: it is shown again as it is now (409)."""
