"""Steps of people who sign in, for the tests of the sign-in pages."""

from asskomm import beispielcode
from asskomm.konten.models import Konto

PASSWORT = "ein-langes-passwort"
NEUES = "noch-ein-langes-passwort"


def melde_an(client, email, passwort=PASSWORT, ziel="", **kopf):
    adresse = f"/anmelden/?next={ziel}" if ziel else "/anmelden/"
    return client.post(adresse, {"login": email, "password": passwort}, **kopf)


def ist_angemeldet(client):
    return "_auth_user_id" in client.session


def angemeldetes_konto(client):
    return Konto.objects.get(pk=client.session["_auth_user_id"])


def code(sekunden):
    return beispielcode.code(sekunden)
