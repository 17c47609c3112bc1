from django.urls import path

from . import views

urlpatterns = [
    path("zertifikat/", views.pruefen, name="zertifikat-pruefen"),
    path("meine/<uuid:pk>/zertifikat.pdf", views.eigenes, name="zertifikat"),
    path("anmeldung/<str:zeichen>/zertifikat.pdf", views.mit_link, name="zertifikat-link"),
    path(
        "koordination/anmeldungen/<uuid:pk>/zertifikat.pdf",
        views.fuer_koordination,
        name="koordination-zertifikat",
    ),
]
