"""An add form sent twice makes one record; a copy of a record is no way round the checks."""

import threading

import pytest
from django.db import connection

from asskomm.portal.models import Veranstaltung
from beratung.models import Beratung
from kommunen.models import Praeventionsrat
from kommunen.tatsachen import Herkunft
from tests.factories import make_kommune, make_rat

from .formulare import adresse, fehler, formulardaten, meldungen, sende
from .personal import angemeldet, make_personal

pytestmark = pytest.mark.thorough

NEU = adresse(Praeventionsrat, "add")


def ausgefuellt(client, **felder):
    angaben = {
        "name": "Rat A",
        "kommunen": [make_kommune().pk],
        "quelle": "Akte",
        "zustaende-0-von": "05/2021",
    }
    return formulardaten(client.get(NEU)) | angaben | felder


@pytest.mark.django_db
def test_the_second_post_of_a_form_leads_to_the_first_record(redaktion):
    daten = ausgefuellt(redaktion)
    assert redaktion.post(NEU, daten).status_code == 302
    rat = Praeventionsrat.objects.get()
    antwort = redaktion.post(NEU, daten | {"name": "Rat B"}, follow=True)
    assert antwort.redirect_chain == [(adresse(Praeventionsrat, "change", rat.pk), 302)]
    assert "schon abgeschickt" in meldungen(antwort)[-1]
    assert list(Praeventionsrat.objects.values_list("name", flat=True)) == ["Rat A"]


@pytest.mark.django_db
def test_a_form_that_was_refused_keeps_its_mark_and_can_be_sent(redaktion):
    daten = ausgefuellt(redaktion)
    antwort = redaktion.post(NEU, daten | {"name": ""})
    assert "name" in fehler(antwort)
    assert formulardaten(antwort)["_marke"] == daten["_marke"]
    assert redaktion.post(NEU, daten).status_code == 302
    assert Praeventionsrat.objects.count() == 1


@pytest.mark.django_db
def test_every_opened_form_makes_a_record_of_its_own(redaktion, sachbearbeitung):
    daten = ausgefuellt(redaktion)
    redaktion.post(NEU, daten)
    redaktion.post(NEU, ausgefuellt(redaktion))
    angemeldet(make_personal("Redaktion", name="Kim")).post(NEU, daten)
    assert Praeventionsrat.objects.count() == 3


@pytest.mark.django_db
def test_a_form_whose_record_is_deleted_makes_no_second(redaktion):
    daten = ausgefuellt(redaktion)
    redaktion.post(NEU, daten)
    Praeventionsrat.objects.all().delete()
    assert "inzwischen gelöscht" in meldungen(redaktion.post(NEU, daten, follow=True))[-1]
    assert not Praeventionsrat.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("modell", [Praeventionsrat, Veranstaltung, Beratung])
def test_every_add_form_has_a_mark_of_its_own(anmelden, modell):
    client = anmelden()
    marken = {formulardaten(client.get(adresse(modell, "add")))["_marke"] for _ in range(2)}
    assert len(marken) == 2


@pytest.mark.django_db(transaction=True)
def test_of_posts_at_once_only_one_makes_a_record():
    person = make_personal("Redaktion")
    clients = [angemeldet(person) for _ in range(4)]
    daten = ausgefuellt(clients[0])
    start, antworten = threading.Barrier(len(clients)), []

    def schicke(client):
        start.wait()
        try:
            antworten.append(client.post(NEU, daten).status_code)
        finally:
            connection.close()

    faeden = [threading.Thread(target=schicke, args=[client]) for client in clients]
    for faden in faeden:
        faden.start()
    for faden in faeden:
        faden.join()
    assert antworten == [302] * 4
    assert Praeventionsrat.objects.count() == 1
    assert Praeventionsrat.history.filter(history_type="+").count() == 1


@pytest.mark.django_db
def test_no_copy_is_made_of_a_record(redaktion):
    rat = make_rat(name="Alt", herkunft=Herkunft.BEISPIEL)
    daten = formulardaten(redaktion.get(adresse(Praeventionsrat, "change", rat.pk)))
    rat.name = "Zwischendurch"
    rat.save()
    ziel = adresse(Praeventionsrat, "change", rat.pk)
    antwort = redaktion.post(ziel, daten | {"name": "Kopie", "_saveasnew": "1"})
    assert "Während Sie an diesem Formular" in fehler(antwort)[""][0]
    assert sende(redaktion, Praeventionsrat, rat.pk, name="Neu", _saveasnew="1").status_code == 302
    assert Praeventionsrat.objects.get().name == "Neu"
