"""Changes during a project and money passed on: pages of the Kommune and of the Fallakte."""

from django.urls import path

from . import akte, empfaengerseiten, views

_FALL = "antraege/<uuid:pk>/aenderungen/"
_WEITER = "antraege/<uuid:pk>/weiterleitungen/"
_AKTE = "vorgaenge/<uuid:pk>/aenderungen/"

urlpatterns = [
    path(_FALL, views.aenderungen, name="aenderungen"),
    path(f"{_FALL}melden/<slug:art>/", views.melden, name="aenderung-melden"),
    path(
        f"{_FALL}<uuid:aenderung>/zurueckziehen/",
        views.zurueckziehen,
        name="aenderung-zurueckziehen",
    ),
    path(_WEITER, empfaengerseiten.weiterleitungen, name="weiterleitungen"),
    path(
        f"{_WEITER}<uuid:weiterleitung>/beenden/",
        empfaengerseiten.beenden,
        name="weiterleitung-beenden",
    ),
    path(_AKTE, akte.aenderungen, name="akte-aenderungen"),
    path(f"{_AKTE}<uuid:aenderung>/", akte.aenderung, name="akte-aenderung"),
    path(f"{_AKTE}<uuid:aenderung>/<slug:schritt>/", akte.schritt, name="akte-aenderung-schritt"),
]
