"""The portal's addresses, and two whose pages nobody should ever see."""

from django.shortcuts import render
from django.urls import path

from asskomm.urls import urlpatterns as portal


def fehler_500(request):
    raise RuntimeError("Raised on purpose, to see the page for it.")


def fehler_503(request):
    return render(request, "503.html", status=503)


urlpatterns = [
    path("fehler/500/", fehler_500),
    path("fehler/503/", fehler_503),
    *portal,
]
