"""The portal's addresses, and two that fail in ways in which no other page should."""

from django.db import OperationalError
from django.urls import path

from asskomm.urls import handler403, handler404, handler500, urlpatterns

__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]


def stoerung(request):
    raise RuntimeError("Raised on purpose, to see the page for it.")


def ohne_datenbank(request):
    raise OperationalError("Raised on purpose, to see the page for it.")


urlpatterns = [path("stoerung/", stoerung), path("wartung/", ohne_datenbank), *urlpatterns]
