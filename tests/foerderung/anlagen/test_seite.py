"""Step 5 as a browser without JavaScript sees and sends it."""

import errno
import io
import os
import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from asskomm.rumpf import VollstaendigerRumpf
from foerderung.anlagen import annahme
from foerderung.anlagen.inhaltspruefung import HOECHSTENS_BYTES
from foerderung.models import Anlage, Status
from kommunen.models import Rolle
from tests.factories import make_mitglied
from tests.mitglieder.hilfen import angemeldet

from . import clamd, dateien
from .hilfen import PERSONAL, UM, lade, lade_hoch, make_anlage, make_bearbeitung, make_fall, seite

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


@pytest.fixture
def fall():
    return make_fall(eingaben=PERSONAL)


@pytest.fixture
def kim(fall):
    return make_bearbeitung(fall)


@pytest.fixture
def browser(kim):
    return angemeldet(kim)


def text(antwort):
    """What the page says, without tags."""
    ohne = re.sub(r"<[^>]+>", " ", antwort.content.decode())
    return re.sub(r"\s+", " ", unescape(ohne))


def platz(antwort, schluessel):
    """The HTML of one slot."""
    html = antwort.content.decode()
    return html.split(f'id="anlage-{schluessel}"')[1].split("</section>")[0]


def verweise(antwort):
    """Where the list of errors leads."""
    return re.findall(r'<li><a href="#([^"]+)"', antwort.content.decode())


def test_every_slot_says_what_and_why_and_takes_a_file(fall, browser):
    antwort = browser.get(seite(fall))
    assert antwort.status_code == 200
    personal = platz(antwort, "bildungsabschluss")
    assert "Nötig, weil Ihr Plan Personalausgaben enthält." in personal
    assert "freiwillig" not in personal
    assert "PDF, JPG, PNG, DOCX, XLSX oder ODT, höchstens 20 MB" in personal
    assert 'accept=".pdf,.jpg,.jpeg,.png,.docx,.xlsx,.odt"' in personal
    assert 'enctype="multipart/form-data"' in personal
    weiterleitung = platz(antwort, "vereinbarung_dritte")
    assert "Nur nötig, wenn Ihr Plan Weiterleitungen enthält." in weiterleitung
    assert "freiwillig" in weiterleitung


def test_an_upload_stands_in_its_slot_at_once(fall, browser):
    antwort = lade(browser, fall, dateien.pdf())
    anlage = Anlage.objects.get()
    assert antwort.status_code == 302
    assert antwort["Location"] == f"{seite(fall)}?neu={anlage.pk}#anlage-ratsbeschluss"
    slot = platz(browser.get(antwort["Location"]), "ratsbeschluss")
    assert "Gespeichert: Beschluss.pdf" in slot
    assert reverse("foerderung:anlage", args=[fall.pk, anlage.pk]) in slot
    assert "1\N{NO-BREAK SPACE}kB, hochgeladen am" in slot
    for wort in ("ungeprüft", "Ersetzen", "Entfernen"):
        assert wort in slot
    assert "Hochladen" not in slot  # one file is all it takes


def test_a_slot_for_several_keeps_its_upload(fall, browser):
    lade(browser, fall, dateien.pdf(), schluessel="bildungsabschluss")
    slot = platz(browser.get(seite(fall)), "bildungsabschluss")
    assert "Ersetzen" in slot
    assert "Hochladen" in slot


@pytest.mark.sample(3)
@pytest.mark.parametrize(
    ("inhalt", "name", "satz"),
    [
        (b"<html></html>", "Beschluss.pdf", "Der Inhalt ist kein PDF"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "Beschluss.pdf", "Der Inhalt ist kein PDF"),
        (dateien.pdf(passwort="x"), "Beschluss.pdf", "Die Datei ist mit einem Passwort"),
        (b"", "Beschluss.pdf", "Die Datei ist leer."),
        (dateien.pdf(), "Beschluss.exe", "Diese Art von Datei nimmt das Portal nicht an."),
        (dateien.docx(("n", bytes(9_000_000))), "Beschluss.docx", "Die Datei ist entpackt zu groß"),
        (None, "", "Wählen Sie eine Datei aus."),
    ],
)
def test_an_error_stands_at_its_slot_and_all_else_stays(
    inhalt, name, satz, fall, kim, browser, dateien_auf_platte
):
    andere = make_anlage(fall, durch=kim, schluessel="bildungsabschluss")
    antwort = lade(browser, fall, inhalt, name)
    assert antwort.status_code == 422
    assert (f"„{name}“: " if name else "") + satz in platz(antwort, "ratsbeschluss")
    assert satz not in platz(antwort, "bildungsabschluss")
    assert "Beschluss.pdf" in platz(antwort, "bildungsabschluss")
    assert verweise(antwort) == ["id_ratsbeschluss-datei"]
    assert "Bitte prüfen Sie eine Angabe" in text(antwort)
    assert "<title>Fehler: " in antwort.content.decode()
    assert dateien_auf_platte() == [andere.pfad]


def test_after_an_error_the_form_can_be_sent_again(fall, browser):
    marke = str(uuid4())
    antwort = lade(browser, fall, b"<html>", marke=marke)
    (neue,) = re.findall(r'name="ratsbeschluss-marke" value="([^"]+)"', antwort.content.decode())
    assert neue != marke
    assert lade(browser, fall, dateien.pdf(), marke=neue).status_code == 302


def test_another_file_sent_with_a_used_form_does_not_get_lost(fall, browser, dateien_auf_platte):
    """Back in the browser, another file chosen, sent: the page says so, and keeps the first."""
    marke = uuid4()
    lade(browser, fall, dateien.pdf(), marke=marke)
    (erste,) = Anlage.objects.aktuell()
    antwort = lade(browser, fall, dateien.bild("PNG"), name="anders.png", marke=marke)
    assert antwort.status_code == 409
    assert "Dieses Formular ist schon verbraucht." in antwort.content.decode()
    browser.post(reverse("foerderung:anlage-entfernen", args=[fall.pk, erste.pk]))
    assert lade(browser, fall, dateien.pdf(), marke=marke).status_code == 409


def test_the_same_form_twice_is_one_file(fall, browser, dateien_auf_platte):
    marke = uuid4()
    eins = lade(browser, fall, dateien.pdf(), marke=marke)
    zwei = lade(browser, fall, dateien.pdf(), marke=marke)
    assert eins["Location"] == zwei["Location"]
    assert Anlage.objects.count() == len(dateien_auf_platte()) == 1


def test_a_form_without_its_mark_asks_again(fall, browser):
    antwort = browser.post(f"{seite(fall)}?art=ratsbeschluss", {})
    assert antwort.status_code == 422
    assert "Wählen Sie eine Datei aus." in platz(antwort, "ratsbeschluss")


def test_replacing_has_its_own_field_and_error(fall, browser, kim):
    alte = make_anlage(fall, durch=kim)
    antwort = lade(browser, fall, b"<html>", ersetzt=alte)
    assert antwort.status_code == 422
    slot = platz(antwort, "ratsbeschluss")
    assert "<details open>" in slot
    assert verweise(antwort) == [f"id_ersetzt-{alte.pk}-datei"]
    antwort = lade(browser, fall, dateien.bild(), "Foto.jpg", ersetzt=alte)
    slot = platz(browser.get(antwort["Location"]), "ratsbeschluss")
    assert "Gespeichert: Foto.jpg" in slot
    assert "Beschluss.pdf" not in slot


def test_removing_can_be_undone_on_the_page(fall, browser, kim):
    anlage = make_anlage(fall, durch=kim, um=UM)
    antwort = browser.post(reverse("foerderung:anlage-entfernen", args=[fall.pk, anlage.pk]))
    antwort = browser.get(antwort["Location"])
    slot = platz(antwort, "ratsbeschluss")
    assert "Entfernt: Beschluss.pdf" in slot
    zurueck = reverse("foerderung:anlage-zurueckholen", args=[fall.pk, anlage.pk])
    assert zurueck in slot
    antwort = browser.post(zurueck)
    assert "Gespeichert: Beschluss.pdf" in platz(browser.get(antwort["Location"]), "ratsbeschluss")


# --- Who, and when ---------------------------------------------------------------------


@pytest.mark.parametrize("rolle", [Rolle.LESEN, Rolle.ZEICHNUNG, Rolle.VERWALTUNG])
def test_other_members_see_files_and_change_nothing(rolle, fall, kim):
    anlage = make_anlage(fall, durch=kim)
    client = angemeldet(make_mitglied(fall.kommune, rolle))
    html = client.get(seite(fall)).content.decode()
    assert "Beschluss.pdf" in html
    assert 'type="file"' not in html
    assert "Entfernen" not in html
    assert lade(client, fall, dateien.pdf(), schluessel="bildungsabschluss").status_code == 403
    for was in ("entfernen", "zurueckholen"):
        adresse = reverse(f"foerderung:anlage-{was}", args=[fall.pk, anlage.pk])
        assert client.post(adresse).status_code == 403
    assert Anlage.objects.aktuell().get() == anlage


def test_a_foreign_case_is_not_there(fall, kim, dateien_auf_platte):
    anlage = make_anlage(fall, durch=kim)
    fremd = angemeldet(make_bearbeitung(make_fall()))
    assert fremd.get(seite(fall)).status_code == 404
    antwort = lade(fremd, fall, dateien.pdf(), schluessel="bildungsabschluss")
    assert antwort.status_code == 404
    for was in ("entfernen", "zurueckholen"):
        adresse = reverse(f"foerderung:anlage-{was}", args=[fall.pk, anlage.pk])
        assert fremd.post(adresse).status_code == 404
    assert dateien_auf_platte() == [anlage.pfad]


def test_a_file_of_another_own_case_is_not_there(fall, kim, browser):
    anderer = make_fall(kommune=fall.kommune)
    anlage = make_anlage(anderer, durch=kim)
    adresse = reverse("foerderung:anlage-entfernen", args=[fall.pk, anlage.pk])
    assert browser.post(adresse).status_code == 404
    assert lade(browser, fall, dateien.pdf(), ersetzt=anlage).status_code == 409
    assert [*Anlage.objects.aktuell()] == [anlage]


@pytest.mark.parametrize("was", ["entfernen", "zurueckholen"])
def test_steps_are_no_links(was, fall, kim, browser):
    anlage = make_anlage(fall, durch=kim)
    adresse = reverse(f"foerderung:anlage-{was}", args=[fall.pk, anlage.pk])
    assert browser.get(adresse)["Location"] == f"{seite(fall)}#anlage-{anlage.art}"
    anlage.refresh_from_db()
    assert anlage.entfernt_um is None


def test_a_draft_that_was_handed_over_meanwhile_says_so(fall, browser, dateien_auf_platte):
    type(fall).objects.update(status=Status.IN_ZEICHNUNG)
    html = browser.get(seite(fall)).content.decode()
    assert 'type="file"' not in html
    antwort = lade(browser, fall, dateien.pdf())
    assert antwort.status_code == 409
    assert "Der Antrag ist: in Zeichnung." in text(antwort)
    assert dateien_auf_platte() == []


def test_what_somebody_else_replaced_meanwhile_shows_the_new_state(fall, kim, browser):
    alte = make_anlage(fall, durch=kim)
    make_anlage(fall, durch=kim, ersetzt=alte.pk, name="Neu.pdf")
    antwort = lade(browser, fall, dateien.pdf(), ersetzt=alte)
    assert antwort.status_code == 409
    assert "inzwischen ersetzt oder entfernt" in text(antwort)
    assert "Neu.pdf" in platz(antwort, "ratsbeschluss")


@pytest.mark.parametrize("angabe", ["art=gibt-es-nicht", "", "art=ratsbeschluss&ersetzt=quatsch"])
def test_an_address_that_was_typed_does_no_harm(angabe, fall, browser):
    assert browser.get(f"{seite(fall)}?{angabe}&neu=x&entfernt=y").status_code == 200
    assert browser.post(f"{seite(fall)}?{angabe}", {}).status_code == 409


def test_after_the_end_of_a_session_the_page_asks_for_the_file_again(
    fall, browser, dateien_auf_platte
):
    antwort = lade(Client(), fall, dateien.pdf())
    assert antwort.status_code == 302
    assert antwort["Location"].startswith("/anmelden/?next=")
    slot = platz(browser.get(f"{seite(fall)}?art=ratsbeschluss"), "ratsbeschluss")
    assert "Die Datei ist nicht angekommen. Wählen Sie sie noch einmal aus." in slot
    assert dateien_auf_platte() == []


def test_forms_of_other_sites_are_refused(fall, kim, dateien_auf_platte):
    client = Client(enforce_csrf_checks=True)
    client.force_login(kim, backend="asskomm.konten.anmeldung.PasswortAnmeldung")
    antwort = lade(client, fall, dateien.pdf())
    assert antwort.status_code == 403
    assert dateien_auf_platte() == []
    zeichen = client.get(seite(fall)).context["csrf_token"]
    antwort = client.post(
        f"{seite(fall)}?art=ratsbeschluss",
        {"csrfmiddlewaretoken": str(zeichen), "ratsbeschluss-marke": uuid4()},
    )
    assert antwort.status_code == 422


# --- Large, broken off, no room ---------------------------------------------------------


def test_20_mb_come_in(fall, browser):
    inhalt = dateien.pdf().ljust(HOECHSTENS_BYTES, b"\n")
    antwort = lade(browser, fall, inhalt)
    assert antwort.status_code == 302
    assert Anlage.objects.get().groesse == HOECHSTENS_BYTES
    slot = platz(browser.get(antwort["Location"]), "ratsbeschluss")
    assert "21,0\N{NO-BREAK SPACE}MB" in slot


@pytest.mark.parametrize("zuviel", [1, 2 * 1024 * 1024, 4 * HOECHSTENS_BYTES])
def test_more_is_refused_at_its_slot(zuviel, fall, browser, dateien_auf_platte):
    """One byte too many is read, more than a form may have is not, or not even to its end."""
    antwort = lade(browser, fall, bytes(HOECHSTENS_BYTES + zuviel))
    assert antwort.status_code == 413
    assert "Die Datei ist größer als 20 MB." in platz(antwort, "ratsbeschluss")
    assert verweise(antwort) == ["id_ratsbeschluss-datei"]
    assert dateien_auf_platte() == []


def test_too_much_for_no_slot_is_refused_above_them(fall, browser):
    antwort = browser.post(seite(fall), {"x": "y" * (annahme.HOECHSTENS_RUMPF + 1)})
    assert antwort.status_code == 413
    assert "Die Datei ist größer als 20 MB." in text(antwort)


def test_too_much_from_strangers_is_no_way_in(fall, client):
    gross = "y" * (annahme.HOECHSTENS_RUMPF + 1)
    antwort = client.post(seite(fall), {"x": gross})
    assert antwort["Location"].startswith("/anmelden/")
    fremd = angemeldet(make_bearbeitung(make_fall()))
    assert fremd.post(seite(fall), {"x": gross}).status_code == 404


@pytest.mark.parametrize(("fehlend", "status"), [(0, 422), (1000, 400)])
def test_an_upload_that_breaks_off_leaves_nothing(
    fehlend, status, fall, browser, dateien_auf_platte, monkeypatch
):
    """In the middle of a file: bytes are missing at the end, or were announced and never came."""
    inhalt = (
        b'--grenze\r\nContent-Disposition: form-data; name="ratsbeschluss-datei"; '
        b'filename="Beschluss.pdf"\r\n\r\n' + dateien.pdf() + bytes(300_000)
    )
    waehrend = []
    lies = annahme.Annahme.receive_data_chunk

    def merke(self, raw_data, start):
        waehrend.extend(dateien_auf_platte())
        return lies(self, raw_data, start)

    monkeypatch.setattr(annahme.Annahme, "receive_data_chunk", merke)
    laenge = str(len(inhalt) + fehlend)
    umgebung = {"wsgi.input": io.BytesIO(inhalt), "CONTENT_LENGTH": laenge}
    VollstaendigerRumpf(lambda *_: None)(umgebung, None)
    antwort = browser.generic(
        "POST",
        f"{seite(fall)}?art=ratsbeschluss",
        inhalt,
        "multipart/form-data; boundary=grenze",
        **umgebung,
    )
    assert waehrend[0].endswith(".teil")
    assert antwort.status_code == status
    assert dateien_auf_platte() == []
    assert not Anlage.objects.exists()


@pytest.mark.parametrize("stelle", ["open", "fsync"])
def test_a_full_disk_is_a_sentence_at_the_slot(
    stelle, fall, browser, kim, monkeypatch, dateien_auf_platte
):
    andere = make_anlage(fall, durch=kim, schluessel="bildungsabschluss")
    oeffne = os.open

    def voll(pfad, *args, **kwargs):
        if stelle == "open" and not str(pfad).endswith(".teil"):
            return oeffne(pfad, *args, **kwargs)
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as flicken:
        flicken.setattr(os, stelle, voll)
        antwort = lade(browser, fall, dateien.pdf())
    assert antwort.status_code == 507
    slot = platz(antwort, "ratsbeschluss")
    assert "Auf dem Server ist kein Platz mehr. Die Datei ist nicht gespeichert" in slot
    assert dateien_auf_platte() == [andere.pfad]


# --- The scanner ---------------------------------------------------------------------


def test_an_infected_file_is_an_error_at_its_slot(fall, browser, kim, scanner, dateien_auf_platte):
    andere = make_anlage(fall, durch=kim, schluessel="bildungsabschluss")
    scanner.antwort = clamd.BEFALLEN
    antwort = lade(browser, fall, dateien.pdf())
    assert antwort.status_code == 422
    assert "In der Datei steckt ein Schadprogramm." in platz(antwort, "ratsbeschluss")
    assert "geprüft" in platz(antwort, "bildungsabschluss")
    assert dateien_auf_platte() == [andere.pfad]


def test_the_chip_says_what_is_known(fall, browser, settings, scanner):
    lade(browser, fall, dateien.pdf())
    assert "geprüft" in platz(browser.get(seite(fall)), "ratsbeschluss")
    Anlage.objects.update(pruefstand=Anlage.Pruefstand.UNGEPRUEFT)
    assert "wird geprüft" in platz(browser.get(seite(fall)), "ratsbeschluss")
    settings.CLAMD = ""
    assert "ungeprüft" in platz(browser.get(seite(fall)), "ratsbeschluss")


def test_a_file_the_scanner_took_away_later_is_named(fall, browser):
    lade(browser, fall, dateien.pdf())
    Anlage.objects.update(
        pruefstand=Anlage.Pruefstand.BEFALLEN, entfernt_um=UM + timedelta(hours=1)
    )
    slot = platz(browser.get(seite(fall)), "ratsbeschluss")
    assert "steckte ein Schadprogramm, sie ist entfernt: Beschluss.pdf" in slot
    assert "Hochladen" in slot


def test_names_are_text_on_the_page(fall, browser, kim):
    lade_hoch(fall, dateien.pdf(), durch=kim, name="<b>&amp;'x'.pdf")
    slot = platz(browser.get(seite(fall)), "ratsbeschluss")
    assert "_b_&amp;amp;&#x27;x&#x27;.pdf" in slot


def test_more_files_cost_no_more_queries(fall, browser, kim):
    """Also where different people brought them."""

    def anfragen():
        with CaptureQueriesContext(connection) as gezaehlt:
            browser.get(seite(fall))
        return len(gezaehlt)

    make_anlage(fall, durch=kim, schluessel="bildungsabschluss")
    anfragen()
    eine = anfragen()
    for _ in range(3):
        make_anlage(fall, schluessel="bildungsabschluss")
    assert anfragen() == eine
