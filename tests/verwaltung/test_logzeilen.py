"""The log: one event is one line, and nobody can write a line of their own into it."""

import io
import logging
import logging.config
import runpy
import time
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core import signing
from django.test import Client
from gunicorn.config import Config

from asskomm.kopfanfrage import OhneRumpf
from asskomm.logzeilen import ohne_links
from asskomm.webarbeiter import Webprotokoll
from asskomm.wsgi import application


@pytest.fixture
def zeilen():
    """What the log of the portal says, line by line."""
    format_der_zeile = settings.LOGGING["formatters"]["zeile"]
    strom = io.StringIO()
    handler = logging.StreamHandler(strom)
    handler.setFormatter(
        logging.config.DictConfigurator({}).configure_formatter(dict(format_der_zeile))
    )
    wurzel = logging.getLogger()
    wurzel.addHandler(handler)
    yield lambda: strom.getvalue().splitlines()
    wurzel.removeHandler(handler)


@pytest.mark.django_db
def test_an_address_writes_no_line_of_its_own(redaktion, zeilen):
    antwort = redaktion.get(
        "/admin/kommunen/kreis/add/?_to_field=x%0a2026-01-01%20ERROR%20fake%1b[2J"
    )
    assert antwort.status_code == 400
    assert len(zeilen()) == 1
    assert r"x\x0a2026-01-01 ERROR fake\x1b[2J" in zeilen()[0]


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["fremd.example", "a b", "x\x85y"])
def test_a_wrong_host_is_one_line(client, zeilen, host):
    assert client.get("/", headers={"host": host}).status_code == 400
    assert len(zeilen()) == 1
    assert "django.security.DisallowedHost" in zeilen()[0]


@pytest.mark.django_db
def test_a_body_too_large_is_one_line(client, zeilen):
    daten = {"text": "a" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)}
    antwort = client.post("/anmelden/", daten, content_type="application/x-www-form-urlencoded")
    assert antwort.status_code == 413
    assert "Das ist zu viel auf einmal" in antwort.text
    assert len(zeilen()) == 1
    assert "django.security.RequestDataTooBig" in zeilen()[0]


def test_a_traceback_is_kept_and_no_line_of_it_looks_like_an_event(zeilen):
    try:
        raise ValueError("kaputt\n2026-01-01 12:00:00 ERROR fake\r\x1b[31m")
    except ValueError:
        logging.getLogger("asskomm").exception("Fehler bei\n%s", "x\u2028y")
    kopf, *weitere = zeilen()
    assert kopf.endswith(r"ERROR asskomm Fehler bei\x0ax\u2028y")
    assert len(weitere) > 3
    assert all(zeile.startswith("    | ") for zeile in weitere)
    assert "    | ValueError: kaputt" in weitere
    assert r"    | 2026-01-01 12:00:00 ERROR fake\x0d\x1b[31m" in weitere


PERSOENLICH = {
    "link": signing.dumps(["0f8fad5bd9cb469fa16570867728950e", 1], salt="fortbildung.anmeldung"),
    "knapp": signing.dumps("x", salt="y"),
    "gepackt": signing.dumps(["a" * 100], compress=True),
    "kodiert": quote(signing.dumps([1, 2], salt="konten.einladung"), safe=""),
    "passwort": "1z-cu5m3a-5d41402abc4b2a76b9719d911017c592",
}


@pytest.mark.parametrize("zeichen", PERSOENLICH.values(), ids=PERSOENLICH)
def test_no_personal_link_stands_in_a_line(zeilen, zeichen):
    try:
        raise ValueError(f"https://x.example/fortbildung/anmeldung/{zeichen}/ geht nicht")
    except ValueError:
        logging.getLogger("asskomm").exception("Fehler: /fortbildung/anmeldung/%s/?a=1", zeichen)
    assert zeilen()[0].endswith("Fehler: /fortbildung/anmeldung/[Link]/?a=1")
    assert (
        "    | ValueError: https://x.example/fortbildung/anmeldung/[Link]/ geht nicht" in zeilen()
    )
    assert not [zeile for zeile in zeilen() if zeichen[-20:] in zeile]


@pytest.mark.parametrize(
    "text",
    ["2026-01-01 12:00:00,123 ERROR asskomm", "0f8fad5b-d9cb-469f-a165-70867728950e", "a:b:c",
     "/kommunen/zittau/", "psycopg.errors.LockNotAvailable: canceling statement"],
)  # fmt: skip
def test_other_words_stay(text):
    assert ohne_links(text) == text


def test_a_long_line_takes_no_time():
    for text in ("a" * 100_000, "a-" * 50_000, "a:" * 50_000, "a.b:1234" * 10_000):
        beginn = time.monotonic()
        ohne_links(text)
        assert time.monotonic() - beginn < 1


@pytest.mark.django_db
def test_a_refused_post_does_not_write_its_link(zeilen):
    zeichen = PERSOENLICH["link"]
    antwort = Client(enforce_csrf_checks=True).post(f"/fortbildung/anmeldung/{zeichen}/")
    assert antwort.status_code == 403
    assert "/fortbildung/anmeldung/[Link]/" in zeilen()[0]
    assert zeichen not in "".join(zeilen())


def test_gunicorn_writes_the_same_lines():
    datei = Path(settings.BASE_DIR) / "gunicorn.conf.py"
    assert runpy.run_path(str(datei))["logger_class"] == "asskomm.webarbeiter.Webprotokoll"
    (handler,) = Webprotokoll(Config()).error_log.handlers
    zeile = handler.format(
        logging.LogRecord("gunicorn.error", logging.ERROR, "", 0, "GET /einladung/%s/\n",
                          (PERSOENLICH["link"],), None)
    )  # fmt: skip
    assert zeile.endswith(r"GET /einladung/[Link]/\x0a")


def test_nobody_but_the_one_handler_writes_about_requests():
    assert logging.getLogger("django").handlers == []
    assert logging.getLogger("django.security").handlers == []


# --- HEAD ---------------------------------------------------------------------


class Antwort(list):
    geschlossen = False

    def close(self):
        self.geschlossen = True


@pytest.mark.parametrize(("art", "bleibt"), [("HEAD", []), ("GET", [b"Seite"])])
def test_an_answer_to_head_has_no_body(art, bleibt):
    antwort = Antwort([b"Seite"])
    rumpf = OhneRumpf(lambda environ, start_response: antwort)({"REQUEST_METHOD": art}, None)
    assert list(rumpf) == bleibt
    assert antwort.geschlossen == (art == "HEAD")


def test_the_portal_is_served_that_way():
    assert isinstance(application.anwendung, OhneRumpf)
