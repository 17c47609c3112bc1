"""From the check to the receipt, corrections, withdrawal; of one case each."""

from django.urls import path

from . import views

urlpatterns = [
    path("antraege/<uuid:pk>/pruefen/", views.pruefen, name="antrag-pruefen"),
    path("antraege/<uuid:pk>/erklaerung.pdf", views.erklaerung_pdf, name="antrag-erklaerung-pdf"),
    path("antraege/<uuid:pk>/zeichnen/", views.zeichnen, name="antrag-zeichnen"),
    path(
        "antraege/<uuid:pk>/zeichnen/ablehnen/",
        views.zeichnung_ablehnen,
        name="antrag-zeichnung-ablehnen",
    ),
    path("antraege/<uuid:pk>/zurueckholen/", views.zurueckholen, name="antrag-zurueckholen"),
    path("antraege/<uuid:pk>/eingang/", views.eingang, name="antrag-eingang"),
    path(
        "antraege/<uuid:pk>/fassung/<int:nummer>/eingang.pdf",
        views.eingang_pdf,
        name="antrag-eingang-pdf",
    ),
    path("antraege/<uuid:pk>/fassung/<int:nummer>/antrag.pdf", views.antrag_pdf, name="antrag-pdf"),
    path("antraege/<uuid:pk>/vergleich/<int:nummer>/", views.vergleich, name="antrag-vergleich"),
    path("antraege/<uuid:pk>/nachforderung/", views.nachforderung, name="antrag-nachforderung"),
    path("antraege/<uuid:pk>/zurueckziehen/", views.zurueckziehen, name="antrag-zurueckziehen"),
    path("antraege/<uuid:pk>/einwilligung/", views.einwilligung, name="antrag-einwilligung"),
    path(
        "vorgaenge/<uuid:pk>/vergleich/<int:nummer>/",
        views.akte_vergleich,
        name="fallakte-vergleich",
    ),
    path(
        "vorgaenge/<uuid:pk>/fassung/<int:nummer>/antrag.pdf",
        views.akte_antrag_pdf,
        name="fallakte-antrag-pdf",
    ),
]
