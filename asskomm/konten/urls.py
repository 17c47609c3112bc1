"""Addresses of accounts and sign-in. Names without a namespace are those allauth asks for."""

from django.urls import include, path

from .views import anmeldung, konto

eigene = [
    path("abgemeldet/", anmeldung.abgemeldet, name="abgemeldet"),
    path("konto/", konto.konto, name="konto"),
]

urlpatterns = [
    path("", include((eigene, "konten"))),
    path("anmelden/", anmeldung.anmelden, name="account_login"),
    path("abmelden/", anmeldung.abmelden, name="account_logout"),
]
