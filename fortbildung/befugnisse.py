"""Who may open the pages of the coordinators."""

from __future__ import annotations

from functools import wraps

from django.http import Http404

from asskomm.konten.eingaben import bewahrt_eingaben

from .verfahren.zulassung import RECHT


def verlangt_koordination(view):
    """Anonymous people go to the login; whoever does not coordinate courses gets a 404."""

    @wraps(view)
    @bewahrt_eingaben
    def geprueft(request, **argumente):
        if not (request.user.is_staff and request.user.has_perm(RECHT)):
            raise Http404
        return view(request, **argumente)

    return geprueft
