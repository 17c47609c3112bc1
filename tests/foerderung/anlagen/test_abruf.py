"""Who gets a file, and how it is handed out."""

from uuid import uuid4

import pytest
from django.urls import reverse

from foerderung.anlagen import ablage
from foerderung.anlagen.plaetze import fuer_fassung
from foerderung.models import Anlage, Befangenheit, Fassung, Status
from kommunen.models import Rolle
from tests.factories import make_konto, make_mitglied
from tests.mitglieder.hilfen import angemeldet

from . import dateien
from .hilfen import UM, lade_hoch, make_anlage, make_bearbeitung, make_fall, setze_status, strom

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


def adresse(anlage, antrag=None):
    return reverse("foerderung:anlage", args=[(antrag or anlage.antrag).pk, anlage.pk])


def reiche_ein(antrag):
    """By hand, with a version that names the files of the moment."""
    setze_status(antrag, Status.EINGEREICHT)
    Fassung.objects.create(
        antrag=antrag, nummer=1, art=Fassung.Art.ANTRAG, pruefsumme="0" * 64, eingegangen_um=UM,
        inhalt={"anlagen": fuer_fassung(antrag)},
        vorbereitet_von=make_konto(), gezeichnet_von=make_konto(),
    )  # fmt: skip


@pytest.fixture
def eingereicht():
    antrag = make_fall()
    anlage = make_anlage(antrag)
    reiche_ein(antrag)
    return anlage


def test_the_file_comes_as_it_went_in():
    antrag = make_fall()
    kim = make_bearbeitung(antrag)
    inhalt = dateien.docx()
    anlage = lade_hoch(antrag, inhalt, durch=kim, name="Übersicht \u201e1\u201c; a=b.docx")
    antwort = angemeldet(kim).get(adresse(anlage))
    assert strom(antwort) == inhalt
    assert antwort["Content-Type"] == anlage.inhaltstyp
    assert int(antwort["Content-Length"]) == len(inhalt)
    assert antwort["Content-Disposition"] == (
        "attachment; filename*=utf-8''%C3%9Cbersicht%20%E2%80%9E1%E2%80%9C%3B%20a%3Db.docx"
    )


def test_a_browser_neither_shows_nor_keeps_nor_guesses_it():
    anlage = make_anlage(make_fall())
    antwort = angemeldet(anlage.hochgeladen_von).get(adresse(anlage))
    assert antwort["Content-Disposition"] == 'attachment; filename="Beschluss.pdf"'
    assert antwort["X-Content-Type-Options"] == "nosniff"
    assert antwort["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert antwort["Cache-Control"] == "private, no-store"
    assert antwort["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("rolle", Rolle)
def test_every_member_of_the_kommune_reads_it(rolle):
    anlage = make_anlage(make_fall())
    client = angemeldet(make_mitglied(anlage.antrag.kommune, rolle))
    assert client.get(adresse(anlage)).status_code == 200


def test_foreign_and_absent_look_the_same(client):
    anlage = make_anlage(make_fall())
    anderer = make_fall()
    fremd = angemeldet(make_bearbeitung(anderer))
    eigene = angemeldet(anlage.hochgeladen_von)
    assert fremd.get(adresse(anlage)).status_code == 404
    assert fremd.get(adresse(anlage, anderer)).status_code == 404
    assert eigene.get(adresse(anlage, anderer)).status_code == 404
    gibt_es_nicht = reverse("foerderung:anlage", args=[anlage.antrag.pk, uuid4()])
    assert eigene.get(gibt_es_nicht).status_code == 404
    assert client.get(adresse(anlage))["Location"].startswith("/anmelden/")


@pytest.mark.parametrize("art", ["post", "put", "delete"])
def test_the_address_only_hands_out(art):
    anlage = make_anlage(make_fall())
    client = angemeldet(anlage.hochgeladen_von)
    assert getattr(client, art)(adresse(anlage)).status_code == 405


def test_staff_read_what_was_submitted(eingereicht):
    client = angemeldet(make_konto(["Sachbearbeitung"]))
    assert client.get(adresse(eingereicht)).status_code == 200
    nachgereicht = Anlage.objects.get()
    nachgereicht.pk, nachgereicht.marke, nachgereicht.pfad = uuid4(), uuid4(), "anderer"
    nachgereicht.save(force_insert=True)
    assert client.get(adresse(nachgereicht)).status_code == 404


def test_staff_read_no_drafts():
    anlage = make_anlage(make_fall())
    client = angemeldet(make_konto(["Sachbearbeitung"]))
    assert client.get(adresse(anlage)).status_code == 404


def test_staff_still_read_what_was_replaced_after_the_submission(eingereicht):
    Anlage.objects.update(entfernt_um=UM)
    client = angemeldet(make_konto(["Sachbearbeitung"]))
    assert client.get(adresse(eingereicht)).status_code == 200


def test_whoever_declared_a_conflict_of_interest_reads_nothing(eingereicht):
    konto = make_konto(["Sachbearbeitung"])
    Befangenheit.objects.create(antrag=eingereicht.antrag, konto=konto, erklaert_um=UM)
    assert angemeldet(konto).get(adresse(eingereicht)).status_code == 404


def test_staff_of_other_tasks_read_nothing(eingereicht):
    client = angemeldet(make_konto(["Redaktion"]))
    assert client.get(adresse(eingereicht)).status_code == 404


# --- The scanner ---------------------------------------------------------------------


def test_with_a_scanner_only_the_uploader_opens_what_is_not_clean(eingereicht, settings):
    settings.CLAMD = "127.0.0.1:1"
    kim = angemeldet(eingereicht.hochgeladen_von)
    andere = angemeldet(make_bearbeitung(eingereicht.antrag))
    lpr = angemeldet(make_konto(["Sachbearbeitung"]))
    assert kim.get(adresse(eingereicht)).status_code == 200
    for client in (andere, lpr):
        antwort = client.get(adresse(eingereicht))
        assert antwort.status_code == 409
        assert "wartet noch auf die Prüfung auf Schadprogramme" in antwort.content.decode()
    Anlage.objects.update(pruefstand=Anlage.Pruefstand.SAUBER)
    for client in (andere, lpr):
        assert client.get(adresse(eingereicht)).status_code == 200


def test_nobody_opens_what_is_infected(eingereicht):
    Anlage.objects.update(pruefstand=Anlage.Pruefstand.BEFALLEN, entfernt_um=UM)
    for konto in (eingereicht.hochgeladen_von, make_konto(["Sachbearbeitung"])):
        antwort = angemeldet(konto).get(adresse(eingereicht))
        assert antwort.status_code == 410
        assert "steckte ein Schadprogramm" in antwort.content.decode()


def test_a_file_that_is_missing_is_a_page_and_an_error_in_the_log(caplog):
    anlage = make_anlage(make_fall())
    ablage.entferne(anlage.pfad)
    antwort = angemeldet(anlage.hochgeladen_von).get(adresse(anlage))
    assert antwort.status_code == 503
    assert "liegt zurzeit nicht vor" in antwort.content.decode()
    assert f"Die Datei der Anlage {anlage.pk} fehlt." in caplog.text
