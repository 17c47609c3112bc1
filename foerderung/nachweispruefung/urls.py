"""Check of the proof and closing in the Fallakte, the result for the Kommune."""

from django.urls import path

from . import abschlussseite, akte, ergebnisseite

_NACHWEIS = "vorgaenge/<uuid:pk>/nachweis/"
_ABSCHLUSS = "vorgaenge/<uuid:pk>/abschluss/"

urlpatterns = [
    path(_NACHWEIS, akte.nachweis, name="akte-nachweis"),
    path(f"{_NACHWEIS}belege/<int:beleg>/", akte.kuerzen, name="akte-nachweis-beleg"),
    path(f"{_NACHWEIS}pruefen/", akte.pruefen, name="akte-nachweis-pruefen"),
    path(f"{_NACHWEIS}zurueckgeben/", akte.zurueckgeben, name="akte-nachweis-zurueckgeben"),
    path(f"{_NACHWEIS}oeffnen/", akte.oeffnen, name="akte-nachweis-oeffnen"),
    path(_ABSCHLUSS, abschlussseite.abschluss, name="akte-abschluss"),
    path(f"{_ABSCHLUSS}<slug:schritt>/", abschlussseite.schritt, name="akte-abschluss-schritt"),
    path("antraege/<uuid:pk>/nachweis/ergebnis/", ergebnisseite.ergebnis, name="nachweis-ergebnis"),
]
