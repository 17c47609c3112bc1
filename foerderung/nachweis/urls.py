"""Receipts and proof of use of one case."""

from django.urls import path

from . import belegseiten, bericht, views

_ANTRAG = "antraege/<uuid:pk>"

urlpatterns = [
    path(f"{_ANTRAG}/belege/", belegseiten.belege, name="nachweis-belege"),
    path(f"{_ANTRAG}/belege/neu/", belegseiten.neu, name="nachweis-beleg-neu"),
    path(f"{_ANTRAG}/belege/<int:nummer>/", belegseiten.beleg, name="nachweis-beleg"),
    path(
        f"{_ANTRAG}/belege/<int:nummer>/loeschen/",
        belegseiten.loeschen,
        name="nachweis-beleg-loeschen",
    ),
    path(f"{_ANTRAG}/belege/belege.xlsx", belegseiten.herunterladen, name="nachweis-belege-xlsx"),
    path(f"{_ANTRAG}/belege/tabelle/", belegseiten.tabelle, name="nachweis-belegtabelle"),
    path(
        f"{_ANTRAG}/belege/tabelle/uebernehmen/",
        belegseiten.uebernehmen,
        name="nachweis-belege-uebernehmen",
    ),
    path(f"{_ANTRAG}/nachweis/", views.nachweis, name="nachweis"),
    path(f"{_ANTRAG}/nachweis/bericht/", bericht.bericht, name="nachweis-bericht"),
    path(
        f"{_ANTRAG}/nachweis/fassung/<int:nummer>/eingang.pdf",
        views.eingang_pdf,
        name="nachweis-eingang-pdf",
    ),
    path(
        f"{_ANTRAG}/nachweis/fassung/<int:nummer>/nachweis.pdf",
        views.nachweis_pdf,
        name="nachweis-pdf",
    ),
]
