"""How a Kommune asks, wherever the form stands: its own page and the page of an application."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest

from asskomm.schritt import SchrittNichtMoeglich
from kommunen.models import Kommune

from ..verfahren import beratung as verfahren
from .forms import Anfrageformular


def stelle_anfrage(
    request: HttpRequest, kommune: Kommune, formular: Anfrageformular, um: datetime
) -> int | None:
    """Ask as the sent form says; None when it is done, else the status of the page with the form."""
    if not formular.is_valid():
        return 200
    try:
        verfahren.frage_an(
            kommune,
            formular.cleaned_data["anliegen"],
            durch=request.user,
            um=um,
            marke=formular.cleaned_data["marke"],
        )
    except SchrittNichtMoeglich as fehler:
        if isinstance(fehler, verfahren.FormularVerbraucht):
            formular.setze("marke", uuid4())
        formular.add_error(None, str(fehler))
        return fehler.status
    messages.success(
        request, "Ihre Anfrage ist bei der Geschäftsstelle. Sie meldet sich bei Ihnen."
    )
    return None
