"""Pages for staff outside of the admin."""

from __future__ import annotations

from functools import wraps

from django.http import Http404

from asskomm.konten.eingaben import bewahrt_eingaben


def nur_personal_mit(recht: str):
    """For views: anonymous people go to the login; staff without the right, and others, get a 404."""

    def fuer(view):
        @wraps(view)
        @bewahrt_eingaben
        def geprueft(request, **argumente):
            if not (request.user.is_staff and request.user.has_perm(recht)):
                raise Http404
            return view(request, **argumente)

        return geprueft

    return fuer
