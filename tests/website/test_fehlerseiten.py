"""Error pages, with and without a database."""

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, ProgrammingError, connection
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path
from django.urls.base import clear_url_caches

from tests.factories import make_kommune, make_konto, make_seite


def text(antwort):
    return antwort.content.decode()


def wirf(fehler):
    def ansicht(request):
        raise fehler

    return ansicht


def aendere_sitzung(request):
    request.session["neu"] = "1"
    return HttpResponse()


def beende_sitzung_daneben(request):
    Session.objects.all().delete()
    return aendere_sitzung(request)


class Adressen:
    """The addresses of the portal and some that fail in a known way."""

    handler400 = "asskomm.portal.fehlerseiten.nicht_lesbar"
    handler403 = "asskomm.portal.fehlerseiten.kein_zugriff"
    handler404 = "asskomm.portal.fehlerseiten.nicht_gefunden"
    handler500 = "asskomm.portal.fehlerseiten.stoerung"
    urlpatterns = [
        path("verboten/", wirf(PermissionDenied)),
        path("kaputt/", wirf(ValueError("geheim"))),
        path("tabelle-fehlt/", wirf(ProgrammingError)),
        path("keine-datenbank/", wirf(OperationalError)),
        path("sitzung-aendern/", aendere_sitzung),
        path("sitzung-beenden/", beende_sitzung_daneben),
        path("", include("asskomm.urls")),
    ]


@pytest.fixture
def kunde(settings):
    """Sees answers as a browser does, without exceptions coming through."""
    settings.ROOT_URLCONF = Adressen
    clear_url_caches()
    yield Client(raise_request_exception=False)
    clear_url_caches()


@pytest.mark.django_db
def test_404_offers_the_search_and_near_names(client):
    kommune = make_kommune(name="Zittau")
    make_seite(pfad="foerderung", titel="Förderung verstehen")
    antwort = client.get("/kommunen/zitau/")
    assert antwort.status_code == 404
    assert "<h1>Diese Seite gibt es nicht</h1>" in text(antwort)
    assert 'role="search"' in text(antwort)
    assert f'href="{kommune.get_absolute_url()}">Zittau</a>' in text(antwort)
    assert ">Förderung verstehen</a>" in text(client.get("/foerderungen/"))
    assert "Förderung verstehen" in text(client.get("/alt/foerdrung.html"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "adresse",
    [
        "/wp-login.php/", "/.env", "/123456789/", "/a/", "/%00/", "/%ff/", "/" + "x" * 3000 + "/",
        "/%0d%0aSet-Cookie:x/", "/../../etc/passwd", "/%F0%9F%98%80%F0%9F%98%80/", "/zitt\u0308au/",
    ],
)  # fmt: skip
def test_strange_addresses_are_an_ordinary_404(client, adresse):
    make_kommune(name="Zittau")
    antwort = client.get(adresse, follow=True)
    assert antwort.status_code == 404
    assert not antwort.cookies


@pytest.mark.django_db
def test_addresses_of_robots_cost_no_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/wp-includes/wlwmanifest.xml")


@pytest.mark.django_db
@pytest.mark.parametrize("anzahl", [1, 6])
def test_near_names_cost_the_same_however_many_there_are(client, django_assert_num_queries, anzahl):
    for nummer in range(anzahl):
        make_kommune(name=f"Zittau {nummer}")
        make_seite(titel=f"Zittau {nummer}")
    with django_assert_num_queries(4):
        client.get("/kommunen/verein/zittau-9/")


@pytest.mark.django_db
def test_without_a_database_404_names_nothing_and_pages_are_out_of_reach(kunde):
    def ausgefallen(*_):
        raise OperationalError

    with connection.execute_wrapper(ausgefallen):
        unbekannt, seite = kunde.get("/Zittau.html/"), kunde.get("/impressum/")
    assert unbekannt.status_code == 404
    assert "Meinten Sie" not in text(unbekannt)
    assert seite.status_code == 503


@pytest.mark.django_db
def test_a_database_lost_while_the_session_is_saved_is_out_of_reach_too(kunde):
    """The step is done by then; nothing is wrong with the request."""

    def ausgefallen(execute, sql, *rest):
        if sql.startswith("UPDATE") and "django_session" in sql:
            raise OperationalError
        return execute(sql, *rest)

    kunde.force_login(make_konto())
    with connection.execute_wrapper(ausgefallen):
        antwort = kunde.get("/sitzung-aendern/")
    assert antwort.status_code == 503
    assert "<h1>Das Portal ist gerade nicht erreichbar</h1>" in text(antwort)
    assert "vielleicht schon angekommen" in text(antwort)
    assert antwort["Retry-After"] == "60"


@pytest.mark.django_db
def test_a_session_that_has_ended_meanwhile_is_no_fault_of_the_database(kunde):
    kunde.force_login(make_konto())
    antwort = kunde.get("/sitzung-beenden/")
    assert antwort.status_code == 400


def test_403_says_who_to_ask(kunde):
    antwort = kunde.get("/verboten/")
    assert antwort.status_code == 403
    assert "<h1>Kein Zugriff auf diese Seite</h1>" in text(antwort)
    assert "lpr@smi.sachsen.de" in text(antwort)


@pytest.mark.parametrize(
    ("adresse", "status", "titel"),
    [
        ("/kaputt/", 500, "Das hat leider nicht geklappt"),
        ("/tabelle-fehlt/", 500, "Das hat leider nicht geklappt"),
        ("/keine-datenbank/", 503, "Das Portal ist gerade nicht erreichbar"),
    ],
)
def test_a_broken_portal_answers_without_asking_the_database(kunde, adresse, status, titel):
    antwort = kunde.get(adresse)
    assert antwort.status_code == status
    assert f"<h1>{titel}</h1>" in text(antwort)
    assert "geheim" not in text(antwort)
    assert "Traceback" not in text(antwort)
    assert (antwort.get("Retry-After") == "60") == (status == 503)
    assert not antwort.cookies


@pytest.mark.parametrize(
    ("anfrage", "status", "titel"),
    [
        (
            lambda kunde: kunde.get("/", headers={"host": "boese.example"}),
            400,
            "Diese Anfrage können wir nicht lesen",
        ),
        (
            lambda kunde: kunde.post(
                "/barrierefreiheit/melden/", b"--x", content_type="multipart/form-data; boundary=ä"
            ),
            400,
            "Diese Anfrage können wir nicht lesen",
        ),
        (
            lambda kunde: kunde.post("/barrierefreiheit/melden/", {"text": "x" * 2_600_000}),
            413,
            "Das ist zu viel auf einmal",
        ),
    ],
)
def test_what_cannot_be_read_is_said_in_german(kunde, anfrage, status, titel):
    antwort = anfrage(kunde)
    assert antwort.status_code == status
    assert f"<h1>{titel}</h1>" in text(antwort)


@pytest.mark.django_db
def test_a_form_of_the_admin_without_its_cookie_explains_itself():
    antwort = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x"})
    assert antwort.status_code == 403
    assert "Das Formular ist abgelaufen" in text(antwort)
