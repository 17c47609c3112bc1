"""Attachments of one case; below /antraege/<uuid>/anlagen/."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.schritt, name="antrag-anlagen"),
    path("<uuid:anlage>/", views.herunterladen, name="anlage"),
    path("<uuid:anlage>/entfernen/", views.entfernen, name="anlage-entfernen"),
    path("<uuid:anlage>/zurueckholen/", views.zurueckholen, name="anlage-zurueckholen"),
]
