"""Public pages: a view opts in here, the middleware in asskomm/portal/oeffentlich.py delivers it."""


def oeffentlich(view):
    """Mark a view whose answer depends on nothing but the address and the data."""
    view.oeffentlich = True
    return view
