"""The plan as spreadsheet over its pages: down, up, preview, take over."""

import html
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from asskomm.dokumente import abruf
from foerderung.models import Abschnitt, Status
from foerderung.plan import tabelle
from kommunen.models import Rolle
from tests.factories import make_antrag, make_kommune, make_mitglied

from .plaene import ausgeglichen, eingaben, gerechnet, sach
from .test_seiten import fehlerliste, gespeichert

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]

NEU = ausgeglichen("20.000,00", "2.000,00", "18.000,00")


def datei(angaben, name="plan.xlsx"):
    inhalt = tabelle.schreibe(angaben, (2027,), gerechnet(angaben))
    return SimpleUploadedFile(name, inhalt)


def hochgeladen(client, seite, angaben=NEU):
    return client.post(f"{seite}tabelle/", {"datei": datei(angaben)})


def inhalt(antwort):
    return html.unescape(re.search(r'name="inhalt" value="([^"]+)"', antwort.text)[1])


def test_download_is_a_spreadsheet_of_the_plan(client, seite):
    antwort = client.get(f"{seite}tabelle/herunterladen/")
    assert antwort["Content-Type"] == abruf.XLSX
    assert antwort["Content-Disposition"] == 'attachment; filename="plan-2027.xlsx"'
    assert antwort["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in antwort["Cache-Control"]
    mappe = load_workbook(io.BytesIO(antwort.content))
    assert mappe["Sachausgaben"]["E2"].value == 30000


def test_the_preview_changes_nothing_and_taking_over_does(client, seite, antrag):
    vorher = gespeichert(antrag)
    antwort = hochgeladen(client, seite)
    assert antwort.status_code == 200
    text = antwort.text.replace("\u00a0", " ")
    assert "Noch ist nichts übernommen." in text
    assert "18.000,00 €" in text
    assert gespeichert(antrag) == vorher
    antwort = client.post(f"{seite}tabelle/uebernehmen/", {"inhalt": inhalt(antwort)})
    assert antwort.url == f"{seite}#inhalt"
    assert gespeichert(antrag)["zeilen"]["sach"] == [sach(einzelbetrag="20000")]
    assert gespeichert(antrag)["felder"]["zuwendung_2027"] == "18000"


def test_the_preview_says_what_is_open_afterwards(client, seite):
    angaben = eingaben({"sach": [sach(wofuer="", art="investiv")]}, zuwendung="5,00")
    text = hochgeladen(client, seite, angaben).text
    assert (
        "Blatt „Sachausgaben“, Zeile 2, Wofür? Geben Sie an, wofür Sie das Geld ausgeben." in text
    )
    assert (
        "Sachausgaben, Zeile 1, Ausgabenart: Regel R5: Investitionen sind nicht zuwendungsfähig."
        in text
    )


def test_broken_cells_are_listed_and_nothing_is_taken_over(client, seite, antrag):
    vorher = gespeichert(antrag)
    angaben = eingaben({"sach": [sach(), sach(einzelbetrag="viel"), sach(art="bau")]})
    antwort = hochgeladen(client, seite, angaben)
    assert antwort.status_code == 422
    assert "Blatt „Sachausgaben“, Zeile 4, Ausgabenart" in antwort.text
    assert "Zeile 4, Ausgabenart: „bau“ gibt es nicht." in antwort.text
    assert [ziel for ziel, _ in fehlerliste(antwort)] == ["id_datei"]
    assert 'name="inhalt"' not in antwort.text
    assert gespeichert(antrag) == vorher


@pytest.mark.parametrize(
    ("gesendet", "status", "satz"),
    [
        ({}, 422, "Wählen Sie die ausgefüllte Tabelle aus."),
        ({"datei": SimpleUploadedFile("plan.xlsx", b"")}, 422, "Die Datei ist leer."),
        ({"datei": SimpleUploadedFile("plan.xlsx", b"<html>")}, 422, "Der Inhalt ist kein XLSX"),
        ({"datei": SimpleUploadedFile("plan.pdf", b"%PDF-1.7")}, 422, "Diese Art von Datei"),
        (
            {"datei": SimpleUploadedFile("plan.xlsx", b"PK\x03\x04" + b"x" * 2_000_000)},
            422,
            tabelle.ZU_GROSS,
        ),
    ],
)
def test_files_that_are_no_plan(client, seite, gesendet, status, satz):
    antwort = client.post(f"{seite}tabelle/", gesendet)
    assert antwort.status_code == status
    assert satz in antwort.text
    assert "<title>Fehler: " in antwort.text
    assert [ziel for ziel, _ in fehlerliste(antwort)] == ["id_datei"]


def test_a_body_that_is_far_too_large_is_not_read(client, seite):
    antwort = client.post(
        f"{seite}tabelle/",
        b"",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(90 * 1024 * 1024),
    )
    assert antwort.status_code == 413
    assert tabelle.ZU_GROSS in antwort.text


def test_a_plan_changed_meanwhile_is_not_overwritten(client, seite, antrag):
    vorschau = inhalt(hochgeladen(client, seite))
    Abschnitt.objects.filter(antrag=antrag, schluessel="plan").update(
        version=2, eingaben=eingaben({"sach": [sach(wofuer="von Kim")]})
    )
    antwort = client.post(f"{seite}tabelle/uebernehmen/", {"inhalt": vorschau}, follow=True)
    assert "Die Tabelle ist nicht übernommen." in antwort.text
    assert gespeichert(antrag)["zeilen"]["sach"][0]["wofuer"] == "von Kim"


def test_taking_over_twice_is_no_conflict(client, seite, antrag):
    vorschau = {"inhalt": inhalt(hochgeladen(client, seite))}
    for _ in range(2):
        assert client.post(f"{seite}tabelle/uebernehmen/", vorschau).url == f"{seite}#inhalt"


@pytest.mark.parametrize("faelsche", [lambda s: "", lambda s: s[:-3] + "abc", lambda s: "{}"])
def test_a_forged_preview_is_refused(client, seite, antrag, faelsche):
    vorschau = faelsche(inhalt(hochgeladen(client, seite)))
    antwort = client.post(f"{seite}tabelle/uebernehmen/", {"inhalt": vorschau}, follow=True)
    assert "Die Vorschau gilt nicht mehr." in antwort.text
    assert gespeichert(antrag)["zeilen"]["sach"] == [sach(einzelbetrag="30.000,00")]


def test_a_preview_of_another_case_is_refused(client, seite, antrag, kommune):
    anderer = make_antrag(kommune=kommune, runde=antrag.runde, eingaben={"plan": eingaben()})
    vorschau = inhalt(hochgeladen(client, seite))
    adresse = f"/antraege/{anderer.pk}/plan/tabelle/uebernehmen/"
    assert "gilt nicht mehr" in client.post(adresse, {"inhalt": vorschau}, follow=True).text
    assert gespeichert(anderer) == eingaben()


def test_a_plan_that_is_closed_meanwhile_stays(client, seite, antrag):
    vorschau = inhalt(hochgeladen(client, seite))
    type(antrag).objects.filter(pk=antrag.pk).update(status=Status.IN_ZEICHNUNG)
    antwort = client.post(f"{seite}tabelle/uebernehmen/", {"inhalt": vorschau}, follow=True)
    assert "Dieser Abschnitt lässt sich nicht ändern." in antwort.text
    assert 'type="file"' not in antwort.text


@pytest.mark.parametrize(
    ("rolle", "lesen", "schreiben"),
    [(Rolle.BEARBEITUNG, 200, 422), (Rolle.LESEN, 200, 403), (None, 404, 404)],
)
def test_who_may_download_and_upload(client, antrag, kommune, rolle, lesen, schreiben):
    wo = kommune if rolle else make_kommune()
    client.force_login(make_mitglied(wo, rolle or Rolle.BEARBEITUNG))
    adresse = f"/antraege/{antrag.pk}/plan/tabelle/"
    assert client.get(adresse).status_code == lesen
    assert client.get(f"{adresse}herunterladen/").status_code == lesen
    assert client.post(adresse).status_code == schreiben
    assert client.post(f"{adresse}uebernehmen/").status_code == (
        302 if schreiben == 422 else schreiben
    )
    ohne_vorschau = 302 if schreiben == 422 else schreiben
    assert client.get(f"{adresse}uebernehmen/").status_code == ohne_vorschau


def test_an_empty_plan_can_be_downloaded(client, bearbeitung, kommune):
    antrag = make_antrag(kommune=kommune)
    client.force_login(bearbeitung)
    assert client.get(f"/antraege/{antrag.pk}/plan/tabelle/herunterladen/").status_code == 200
