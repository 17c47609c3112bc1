from django.urls import path

from . import sitzungsseiten, views

urlpatterns = [
    path("", views.begleitungen, name="begleitungen"),
    path("<uuid:pk>/", views.begleitung, name="begleitung"),
    path("<uuid:pk>/vereinbarung/", views.vereinbarung, name="vereinbarung"),
    path("<uuid:pk>/vertretung/", views.vertretung, name="vertretung"),
    path("<uuid:pk>/kontakt/", views.kontakt, name="kontakt"),
    path("<uuid:pk>/sitzungen/neu/", sitzungsseiten.neu, name="sitzung-neu"),
    path("sitzungen/<uuid:pk>/", sitzungsseiten.sitzung, name="sitzung"),
    path("sitzungen/<uuid:pk>/aendern/", sitzungsseiten.aendern, name="sitzung-aendern"),
    path("sitzungen/<uuid:pk>/stornieren/", sitzungsseiten.stornieren, name="sitzung-stornieren"),
    path("schritte/<uuid:pk>/", sitzungsseiten.schritt, name="schritt"),
]
