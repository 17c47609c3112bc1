"""A Kommune asks for advice: one open request, twice sent is once, and who closes it."""

import uuid
from datetime import UTC, datetime

import pytest

from asskomm.post.models import Nachricht
from asskomm.protokoll.models import Eintrag
from asskomm.schritt import SchrittNichtMoeglich
from beratung.models import Beratung, Beratungsanfrage
from beratung.verfahren import beratung as verfahren
from kommunen.models import Rolle
from tests.factories import make_kommune, make_konto, make_mitglied

pytestmark = pytest.mark.django_db
UM = datetime(2026, 9, 1, 8, tzinfo=UTC)


@pytest.fixture
def kommune(settings):
    settings.LPR_POSTFACH = "geschaeftsstelle@example.org"
    return make_kommune(name="Döbeln")


def frage_an(kommune, durch=None, marke=None, anliegen="Wir planen ein Vorhaben."):
    durch = durch or make_mitglied(kommune, Rolle.BEARBEITUNG)
    return verfahren.frage_an(kommune, anliegen, durch=durch, um=UM, marke=marke or uuid.uuid4())


def test_the_office_gets_one_mail_without_what_was_written(kommune):
    frage_an(kommune)
    nachricht = Nachricht.objects.get()
    assert nachricht.adresse == "geschaeftsstelle@example.org"
    assert "Döbeln" in nachricht.betreff
    assert "Wir planen" not in nachricht.text


def test_the_same_form_twice_is_one_request(kommune):
    durch, marke = make_mitglied(kommune, Rolle.BEARBEITUNG), uuid.uuid4()
    assert frage_an(kommune, durch, marke) == frage_an(kommune, durch, marke)
    assert Nachricht.objects.count() == 1


def test_there_is_one_open_request_of_a_kommune(kommune):
    anfrage = frage_an(kommune)
    with pytest.raises(SchrittNichtMoeglich, match="schon eine Beratung angefragt"):
        frage_an(kommune)
    verfahren.erledige(anfrage, durch=make_konto(), um=UM)
    frage_an(kommune)
    assert Beratungsanfrage.objects.offen().count() == 1


@pytest.mark.parametrize("rolle", [Rolle.LESEN, Rolle.ZEICHNUNG, Rolle.VERWALTUNG])
def test_only_bearbeitung_asks(kommune, rolle):
    with pytest.raises(SchrittNichtMoeglich):
        frage_an(kommune, make_mitglied(kommune, rolle))
    assert not Beratungsanfrage.objects.exists()


def test_closing_twice_is_refused_and_logged_once(kommune):
    anfrage, staff = frage_an(kommune), make_konto(rollen=["Sachbearbeitung"])
    verfahren.erledige(anfrage, durch=staff, um=UM)
    with pytest.raises(SchrittNichtMoeglich):
        verfahren.erledige(anfrage, durch=staff, um=UM)
    assert Eintrag.objects.filter(handlung="beratung.anfrage_erledigt").count() == 1


def test_recording_the_consultation_closes_the_request(kommune, client):
    anfrage = frage_an(kommune)
    client.force_login(make_konto(rollen=["Sachbearbeitung"]))
    seite = client.get("/admin/beratung/beratung/add/")
    daten = {
        "kommune": kommune.pk, "am": "01.09.2026", "form": "video", "thema": "Antrag",
        "quelle": "Gespräch", "_marke": seite.context["adminform"].form["_marke"].value()
        if "_marke" in seite.context["adminform"].form.fields else "",
    }  # fmt: skip
    client.post("/admin/beratung/beratung/add/", daten)
    assert Beratung.objects.filter(kommune=kommune).exists()
    anfrage.refresh_from_db()
    assert anfrage.erledigt_um is not None


def test_staff_see_the_request_as_a_task_and_close_it_by_hand(kommune, client):
    anfrage = frage_an(kommune)
    client.force_login(make_konto(rollen=["Sachbearbeitung"]))
    assert "Kommunen möchten beraten werden" in client.get("/admin/").text
    adresse = f"/admin/beratung/beratungsanfrage/{anfrage.pk}/"
    assert "Döbeln" in client.get("/admin/beratung/beratungsanfrage/?q=doebeln").text
    assert "Als erledigt kennzeichnen" in client.get(f"{adresse}change/").text
    assert client.post(f"{adresse}erledigen/").status_code == 302
    assert client.post(f"{adresse}erledigen/").status_code == 409
