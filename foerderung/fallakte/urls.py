"""The pages of the LPR: the worklist and the Fallakte of each case; below /vorgaenge/."""

from django.urls import path

from .views import akte, liste

urlpatterns = [
    path("", liste.arbeitsvorrat, name="arbeitsvorrat"),
    path("<uuid:pk>/", akte.uebersicht, name="fallakte"),
]
