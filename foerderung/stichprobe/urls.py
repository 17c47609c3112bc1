"""Samples of proofs of use; below /vorgaenge/stichproben/."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.stichproben, name="stichproben"),
    path("<uuid:marke>/", views.stichprobe, name="stichprobe"),
    path("<uuid:marke>/ziehung.csv", views.ziehung_csv, name="stichprobe-csv"),
]
