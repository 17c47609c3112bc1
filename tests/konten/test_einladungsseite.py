"""The page behind the link of an invitation."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from asskomm.konten import einladungslink, verfahren
from asskomm.konten.models import Einladung, Konto
from asskomm.post.models import Nachricht
from asskomm.protokoll.models import Eintrag
from kommunen.mitglieder import verfahren as mitglieder
from kommunen.models import Rolle
from tests.factories import make_kommune, make_konto

from .schritte import NEUES, angemeldetes_konto, ist_angemeldet, melde_an

pytestmark = pytest.mark.django_db
ANGABEN = {"name": "Alex Beispiel", "passwort": NEUES, "wiederholung": NEUES}


def make_einladung(email="alex@example.org", vor=timedelta(0)):
    um = timezone.now() - vor
    return verfahren.lade_ein(email, durch=None, um=um, marke=uuid4())


def test_a_new_person_gives_name_and_password_and_is_signed_in(client):
    einladung = make_einladung()
    adresse = einladungslink.adresse(einladung)
    seite = client.get(adresse).content.decode()
    assert "Einladung annehmen" in seite
    assert "alex@example.org" not in seite
    antwort = client.post(adresse, ANGABEN)
    assert antwort["Location"] == "/mein-bereich/"
    konto = angemeldetes_konto(client)
    assert (konto.email, konto.name, konto.is_active) == ("alex@example.org", "Alex Beispiel", True)
    assert Eintrag.objects.filter(handlung="konto.einladung_angenommen", durch=konto).exists()
    assert not Nachricht.objects.filter(vorlage="neues_geraet").exists()


def test_opening_the_link_uses_nothing_up(client):
    adresse = einladungslink.adresse(make_einladung())
    for _ in range(5):
        assert Client().get(adresse).status_code == 200
    assert client.post(adresse, ANGABEN).status_code == 302


def test_the_page_says_what_for(client):
    zwickau = make_kommune(name="Zwickau", name_eindeutig="Zwickau")
    einladung = mitglieder.lade_ein(
        zwickau,
        "alex@example.org",
        [Rolle.BEARBEITUNG],
        durch=None,
        um=timezone.now(),
        marke=uuid4(),
    )
    assert (
        "Bearbeitung für Zwickau" in client.get(einladungslink.adresse(einladung)).content.decode()
    )
    lpr = make_einladung("lpr@example.org")
    Konto.objects.filter(pk=lpr.konto_id).update(is_staff=True)
    lpr.konto.groups.add(Group.objects.get(name="Redaktion"))
    assert (
        "Redaktion beim Landespräventionsrat"
        in client.get(einladungslink.adresse(lpr)).content.decode()
    )


def test_who_has_an_account_signs_in_first_and_then_accepts_with_a_button(client, kim):
    adresse = einladungslink.adresse(make_einladung(kim.email))
    seite = client.get(adresse).content.decode()
    assert "/anmelden/?next=/einladung/" in seite.replace("%2F", "/")
    assert client.post(adresse, ANGABEN).status_code == 200  # still the page; nothing accepted
    assert not ist_angemeldet(client)
    assert melde_an(client, kim.email, ziel=adresse)["Location"] == adresse
    assert client.get(adresse).status_code == 200
    assert client.post(adresse)["Location"] == "/mein-bereich/"
    kim.refresh_from_db()
    assert kim.name == "Kim Muster"
    assert Eintrag.objects.filter(handlung="konto.einladung_angenommen", durch=kim).exists()


def test_somebody_else_who_is_signed_in_learns_nothing_and_may_sign_out(client, kim):
    adresse = einladungslink.adresse(make_einladung())
    melde_an(client, kim.email)
    for antwort in (client.get(adresse), client.post(adresse, ANGABEN)):
        assert antwort.status_code == 403
        assert "Die Einladung gilt für eine andere Person" in antwort.content.decode()
        assert "alex@example.org" not in antwort.content.decode()
    assert client.post("/abmelden/", {"next": adresse})["Location"] == adresse
    assert client.post(adresse, ANGABEN).status_code == 302


def abgelaufen():
    return einladungslink.adresse(make_einladung(vor=timedelta(days=14, seconds=1)))


def widerrufen():
    einladung = make_einladung()
    verfahren.widerrufe(einladung, durch=make_konto(), um=timezone.now())
    return einladungslink.adresse(einladung)


def benutzt():
    einladung = make_einladung()
    verfahren.nimm_an(einladung, um=timezone.now(), name="Alex", passwort=NEUES)
    return einladungslink.adresse(einladung)


def veraltet():
    einladung = make_einladung()
    adresse = einladungslink.adresse(einladung)
    verfahren.lade_erneut_ein(einladung, durch=make_konto(), um=timezone.now())
    return adresse


def geloescht():
    adresse = abgelaufen()
    Einladung.objects.all().delete()
    return adresse


def deaktiviert():
    konto = make_konto(is_active=False, deaktiviert_um=timezone.now())
    return einladungslink.adresse(make_einladung(konto.email))


@pytest.mark.parametrize(
    ("link", "status", "titel"),
    [
        (abgelaufen, 410, "Die Einladung ist abgelaufen"),
        (geloescht, 410, "Die Einladung ist abgelaufen"),
        (widerrufen, 410, "Die Einladung wurde zurückgezogen"),
        (benutzt, 410, "Die Einladung ist schon angenommen"),
        (veraltet, 410, "Es gibt eine neuere Einladung"),
        (deaktiviert, 403, "Ihr Konto ist deaktiviert"),
        (lambda: "/einladung/erfunden/", 404, "Diesen Link gibt es nicht"),
    ],
)
def test_a_link_that_no_longer_counts_says_why_and_whom_to_ask(client, link, status, titel):
    adresse = link()
    for antwort in (client.get(adresse), client.post(adresse, ANGABEN)):
        assert antwort.status_code == status
        assert f"<h1>{titel}</h1>" in antwort.content.decode()
        assert "lpr@smi.sachsen.de" in antwort.content.decode()
    assert not ist_angemeldet(client)


def test_the_last_moment_counts_no_more(client):
    assert (
        client.get(
            einladungslink.adresse(make_einladung(vor=timedelta(days=13, hours=23)))
        ).status_code
        == 200
    )


def test_two_clicks_at_once_make_one_account(client):
    adresse = einladungslink.adresse(make_einladung())
    client.post(adresse, ANGABEN)
    zweiter = Client().post(adresse, ANGABEN | {"passwort": "ganz-anderes-passwort"})
    assert zweiter.status_code == 410
    assert angemeldetes_konto(client).check_password(NEUES)


def test_a_weak_password_accepts_nothing(client):
    adresse = einladungslink.adresse(make_einladung())
    antwort = client.post(adresse, ANGABEN | {"passwort": "kurz", "wiederholung": "kurz"})
    assert "Fehler: " in antwort.content.decode()
    assert "Alex Beispiel" in antwort.content.decode()
    assert not Konto.objects.get(email="alex@example.org").is_active


def test_staff_go_on_to_the_second_factor(client):
    einladung = make_einladung("lpr@example.org")
    Konto.objects.filter(pk=einladung.konto_id).update(is_staff=True)
    antwort = client.post(einladungslink.adresse(einladung), ANGABEN, follow=True)
    assert antwort.request["PATH_INFO"] == "/konto/zweiter-faktor/"
    assert "Ihre Rolle verlangt einen zweiten Faktor" in antwort.content.decode()
