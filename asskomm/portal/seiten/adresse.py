"""Whether an address is free for a text page."""

from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve

ANSICHT = "portal:seite"


def pruefe_adresse(pfad: str) -> None:
    """Refuse an address that leads elsewhere: the page would be kept and never shown.

    What is no address at all is left to the constraint of the database.
    """
    try:
        ziel = resolve(f"/{pfad}/")
    except Resolver404:
        return
    if ziel.view_name != ANSICHT:
        raise ValidationError(
            f"Unter /{pfad}/ steht schon etwas anderes. Wählen Sie eine andere Adresse."
        )
