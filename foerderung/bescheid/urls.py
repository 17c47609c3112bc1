"""Notices: what the Kommune does with them, and their place in the Fallakte."""

from django.urls import path

from . import akte, views

urlpatterns = [
    path("antraege/<uuid:pk>/bescheide/<uuid:bescheid>/", views.bescheid, name="bescheid"),
    path(
        "antraege/<uuid:pk>/bescheide/<uuid:bescheid>/abrufen/",
        views.abrufen,
        name="bescheid-abrufen",
    ),
    path("antraege/<uuid:pk>/bescheide/<uuid:bescheid>/pdf/", views.pdf, name="bescheid-pdf"),
    path(
        "antraege/<uuid:pk>/bescheide/<uuid:bescheid>/empfang/",
        views.empfang,
        name="bescheid-empfang",
    ),
    path(
        "antraege/<uuid:pk>/bescheide/<uuid:bescheid>/verzicht/",
        views.verzicht,
        name="bescheid-verzicht",
    ),
    path(
        "antraege/<uuid:pk>/bescheide/<uuid:bescheid>/anlagen/<slug:name>/",
        views.anlage,
        name="bescheid-anlage",
    ),
    path("vorgaenge/<uuid:pk>/bescheide/", akte.bescheide, name="akte-bescheide"),
    path("vorgaenge/<uuid:pk>/bescheide/<uuid:bescheid>/pdf/", akte.pdf, name="akte-bescheid-pdf"),
    path(
        "vorgaenge/<uuid:pk>/bescheide/<uuid:bescheid>/anlagen/<slug:name>/",
        akte.anlage,
        name="akte-bescheid-anlage",
    ),
    path(
        "vorgaenge/<uuid:pk>/bescheide/<uuid:bescheid>/post/",
        akte.post,
        name="akte-bescheid-post",
    ),
    path(
        "vorgaenge/<uuid:pk>/bescheide/<uuid:bescheid>/anschrift/",
        akte.anschrift,
        name="akte-bescheid-anschrift",
    ),
    path(
        "vorgaenge/<uuid:pk>/bescheide/<uuid:bescheid>/zugang/",
        akte.zugang_spaeter,
        name="akte-bescheid-zugang",
    ),
    path(
        "vorgaenge/<uuid:pk>/bescheide/<uuid:bescheid>/zugang/bestritten/",
        akte.zugang_bestritten,
        name="akte-bescheid-zugang-bestritten",
    ),
    path(
        "vorgaenge/<uuid:pk>/bescheide/<uuid:bescheid>/klage/",
        akte.klage,
        name="akte-bescheid-klage",
    ),
    path(
        "vorgaenge/<uuid:pk>/bescheide/<uuid:bescheid>/klage/ausgang/",
        akte.ausgang,
        name="akte-bescheid-ausgang",
    ),
    path(
        "vorgaenge/<uuid:pk>/bescheide/<uuid:bescheid>/verzicht/",
        akte.verzicht,
        name="akte-bescheid-verzicht",
    ),
    path(
        "vorgaenge/<uuid:pk>/bescheide/<uuid:bescheid>/streichen/<slug:was>/",
        akte.streichen,
        name="akte-bescheid-streichen",
    ),
    path("vorgaenge/<uuid:pk>/neu-entscheiden/", akte.neu_entscheiden, name="akte-neu-entscheiden"),
]
