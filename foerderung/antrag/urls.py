"""The application of a Kommune: begin, overview, sections, read view."""

from django.urls import path, register_converter

from . import abschnittsseite, views
from .adressen import Abschnittswandler

register_converter(Abschnittswandler, "abschnitt")

urlpatterns = [
    path("mein-bereich/<slug:kennung>/antraege/neu/", views.neu, name="antrag-neu"),
    path("antraege/<uuid:pk>/", views.antrag, name="antrag"),
    path("antraege/<uuid:pk>/ansehen/", views.ansehen, name="antrag-ansehen"),
    path("antraege/<uuid:pk>/beratung/", views.beratung, name="antrag-beratung"),
    path(
        "antraege/<uuid:pk>/<abschnitt:schluessel>/", abschnittsseite.schritt, name="antrag-schritt"
    ),
]
