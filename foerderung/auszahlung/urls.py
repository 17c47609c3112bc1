"""Money: bank data and requests of the Kommune, payouts in the Fallakte, payments of the LPR."""

from django.urls import path

from . import akte, bankseite, views, zahlungsseiten

_BANK = "mein-bereich/<slug:kennung>/bankverbindung/"
_FALL = "antraege/<uuid:pk>/auszahlungen/"
_AKTE = "vorgaenge/<uuid:pk>/auszahlungen/"
_ZAHLUNGEN = "vorgaenge/zahlungen/"

urlpatterns = [
    path(_BANK, bankseite.bankverbindung, name="bankverbindung"),
    path(
        f"{_BANK}<uuid:verbindung>/bestaetigen/",
        bankseite.bestaetigen,
        name="bankverbindung-bestaetigen",
    ),
    path(
        f"{_BANK}<uuid:verbindung>/verwerfen/",
        bankseite.verwerfen,
        name="bankverbindung-verwerfen",
    ),
    path(_FALL, views.auszahlungen, name="auszahlungen"),
    path(f"{_FALL}anfordern/", views.anfordern, name="auszahlung-anfordern"),
    path(
        f"{_FALL}<uuid:auszahlung>/zurueckziehen/",
        views.zurueckziehen,
        name="auszahlung-zurueckziehen",
    ),
    path(_AKTE, akte.auszahlungen, name="akte-auszahlungen"),
    path(f"{_AKTE}<uuid:auszahlung>/", akte.auszahlung, name="akte-auszahlung"),
    path(f"{_AKTE}<uuid:auszahlung>/bankdaten/", akte.bankdaten, name="akte-auszahlung-bankdaten"),
    path(f"{_AKTE}<uuid:auszahlung>/<slug:schritt>/", akte.schritt, name="akte-auszahlung-schritt"),
    path(_ZAHLUNGEN, zahlungsseiten.zahlungen, name="zahlungen"),
    path(f"{_ZAHLUNGEN}anordnen/", zahlungsseiten.anordnen, name="zahlungen-anordnen"),
    path(f"{_ZAHLUNGEN}datei/<slug:nummer>/", zahlungsseiten.datei, name="zahlungsdatei"),
    path(f"{_ZAHLUNGEN}einlesen/", zahlungsseiten.einlesen, name="zahlungen-einlesen"),
    path(f"{_ZAHLUNGEN}uebernehmen/", zahlungsseiten.uebernehmen, name="zahlungen-uebernehmen"),
    path(f"{_ZAHLUNGEN}klaeren/<int:nummer>/", zahlungsseiten.klaeren, name="zahlung-klaeren"),
]
