"""A step taken by a form: it goes through, or the form says why not and keeps what was typed."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest
from django.views.decorators.http import require_http_methods

from asskomm.schritt import SchrittNichtMoeglich

from ...models import Foerderantrag

FORMULAR = require_http_methods(["GET", "HEAD", "POST"])


def nimm_entgegen(
    request: HttpRequest,
    antrag: Foerderantrag,
    formular,
    handeln: Callable[[], object],
    erfolg: str,
) -> int | None:
    """None where the step went through; else the status with which the page is shown (again).

    After a refusal the form knows the reason and the case is read again, so that the page shows
    it as it is now and the form can be sent once more from there.
    """
    if request.method != "POST" or not formular.is_valid():
        return 200
    try:
        handeln()
    except SchrittNichtMoeglich as fehler:
        antrag.refresh_from_db(fields=["status", "version", "zustaendig", "wiedervorlage_am"])
        formular.add_error(None, str(fehler))
        formular.setze("gesehen", antrag.version)
        return fehler.status
    messages.success(request, erfolg)
    return None
