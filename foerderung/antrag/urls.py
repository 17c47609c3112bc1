"""The application of a Kommune: begin, overview, sections, read view."""

from django.urls import path, register_converter

from . import abschnittsseite, views
from .adressen import Abschnittswandler

register_converter(Abschnittswandler, "abschnitt")

urlpatterns = [
    path("antraege/<uuid:pk>/", views.antrag, name="antrag"),
    path(
        "antraege/<uuid:pk>/<abschnitt:schluessel>/", abschnittsseite.schritt, name="antrag-schritt"
    ),
]
