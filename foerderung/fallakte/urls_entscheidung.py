"""Recommendation, decision and budgets; below /vorgaenge/ as well."""

from django.urls import path

from .views import entscheidung

urlpatterns = [
    path("haushalt/", entscheidung.haushaltsuebersicht, name="haushalt"),
    path("<uuid:pk>/empfehlung/", entscheidung.empfehlung, name="empfehlung"),
    path(
        "<uuid:pk>/empfehlung/zuruecknehmen/",
        entscheidung.empfehlung_zuruecknehmen,
        name="empfehlung-zuruecknehmen",
    ),
    path("<uuid:pk>/entscheidung/", entscheidung.entscheidung, name="entscheidung"),
    path(
        "<uuid:pk>/entscheidung/vorschlagen/<slug:art>/",
        entscheidung.vorschlagen,
        name="vorschlagen",
    ),
    path(
        "<uuid:pk>/entscheidung/vorschau/",
        entscheidung.bescheidvorschau,
        name="bescheidvorschau",
    ),
    path(
        "<uuid:pk>/entscheidung/genehmigen/",
        entscheidung.genehmigen,
        name="entscheidung-genehmigen",
    ),
    path("<uuid:pk>/entscheidung/ablehnen/", entscheidung.ablehnen, name="entscheidung-ablehnen"),
    path(
        "<uuid:pk>/entscheidung/zurueckziehen/",
        entscheidung.zurueckziehen,
        name="entscheidung-zurueckziehen",
    ),
]
