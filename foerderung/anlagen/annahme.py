"""How the bytes of an upload come in: straight to their place, never more than allowed.

A view that takes files is decorated with `@nimmt_dateien(zu_gross=…)`. Its files are `Eingang`s:
already beside their place in the storage, or with a `fehler` that says why not. What the view
does not take over is gone when it ends, broken off or not.
"""

from __future__ import annotations

import contextlib
from functools import wraps

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from .ablage import STUECK, NichtAbgelegt, Rohling
from .inhaltspruefung import HOECHSTENS_BYTES, ZU_GROSS

# One file and the fields of its form.
HOECHSTENS_RUMPF = HOECHSTENS_BYTES + 1024 * 1024
# A browser shows an answer only when it could send to the end. Beyond this nobody waits for that.
HOECHSTENS_VERWORFEN = 4 * HOECHSTENS_BYTES


class Eingang(UploadedFile):
    """An uploaded file: `rohling` is what there is of it, None where there is a `fehler`."""

    def __init__(self, rohling, name, groesse, fehler):
        super().__init__(
            file=rohling.strom if rohling else None, name=name, size=groesse, content_type=""
        )
        self.rohling, self.fehler = rohling, fehler

    def close(self):
        """Left to what took it in: there may be no file, or one that is in its place already."""


class Annahme(FileUploadHandler):
    """Writes each file beside its place and drops it as soon as it is too large or fails."""

    chunk_size = STUECK

    def __init__(self, request=None):
        super().__init__(request)
        self.rohlinge = []

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.rohling = self.fehler = None
        try:
            self.rohling = Rohling()
        except NichtAbgelegt as fehler:
            self.fehler = nicht_gespeichert(fehler)
        else:
            self.rohlinge.append(self.rohling)

    def receive_data_chunk(self, raw_data, start):
        if self.fehler:
            return
        try:
            self.rohling.schreibe(raw_data)
        except NichtAbgelegt as fehler:
            self._gib_auf(nicht_gespeichert(fehler))
        else:
            if self.rohling.groesse > HOECHSTENS_BYTES:
                self._gib_auf(ValidationError(ZU_GROSS, code="zu_gross"))

    def file_complete(self, file_size):
        return Eingang(self.rohling, self.file_name, file_size, self.fehler)

    def close(self):
        for rohling in self.rohlinge:
            rohling.close()

    def _gib_auf(self, fehler):
        self.rohling.close()
        self.rohling, self.fehler = None, fehler


class KeineAnnahme(FileUploadHandler):
    """For people who are not signed in: reads past every file."""

    def new_file(self, *args, **kwargs):
        raise SkipFile

    def receive_data_chunk(self, raw_data, start):
        """Nothing comes: each file is skipped before."""

    def file_complete(self, file_size):
        """Likewise."""

    def close(self):
        """Likewise."""


def nicht_gespeichert(fehler: NichtAbgelegt) -> ValidationError:
    """What the disk refused, as an error of the file."""
    return ValidationError(str(fehler), code="nicht_gespeichert")


def nimmt_dateien(zu_gross):
    """For views that take files. `zu_gross` is the view that answers where the body is too large.

    It gets the request with an empty POST, before any check of the form: it must change nothing.
    """

    def fuer(view):
        # The check reads the form, and the way files come in must be chosen before that.
        geschuetzt = csrf_protect(view)

        @wraps(view)
        def annehmend(request, *args, **kwargs):
            if request.method != "POST":
                return geschuetzt(request, *args, **kwargs)
            if _angekuendigt(request) > HOECHSTENS_RUMPF:
                _verwirf_rumpf(request)
                return zu_gross(request, *args, **kwargs)
            annahme = Annahme(request) if request.user.is_authenticated else KeineAnnahme(request)
            request.upload_handlers = [annahme]
            # Django closes what came in whole; what broke off half-way nobody else knows of.
            with contextlib.closing(annahme):
                return geschuetzt(request, *args, **kwargs)

        return csrf_exempt(annehmend)

    return fuer


def _angekuendigt(request):
    laenge = request.META.get("CONTENT_LENGTH") or "0"
    return int(laenge) if laenge.isdecimal() else 0


def _verwirf_rumpf(request):
    """Read past the body without keeping it; from then on `request.POST` is empty."""
    request.read(0)
    if _angekuendigt(request) <= HOECHSTENS_VERWORFEN:
        while request.read(STUECK):
            pass
