"""Money that goes back: the page of the Kommune, and the Fallakte."""

from django.urls import path

from . import akte, views

_AKTE = "vorgaenge/<uuid:pk>/rueckforderung/"

urlpatterns = [
    path("antraege/<uuid:pk>/rueckzahlung/", views.rueckforderung, name="rueckforderung"),
    path(_AKTE, akte.rueckforderung, name="akte-rueckforderung"),
    path(f"{_AKTE}<uuid:marke>/stornieren/", akte.stornieren, name="akte-rueckzahlung-stornieren"),
]
