from django.urls import path

from . import views

urlpatterns = [
    path("", views.zahlen, name="zahlen"),
    path("veroeffentlicht/", views.veroeffentlicht, name="veroeffentlichte-zahlen"),
    path("<slug:schluessel>/", views.kennzahl, name="kennzahl"),
    path("<slug:schluessel>.csv", views.kennzahl_csv, name="kennzahl-csv"),
    path("<slug:schluessel>.json", views.kennzahl_json, name="kennzahl-json"),
]
