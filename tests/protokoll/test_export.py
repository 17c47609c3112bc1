"""The log as a file: complete or not at all, readable for everybody, and itself an entry."""

import csv
import io
from datetime import datetime

import pypdf
import pytest
from django.utils import timezone

from asskomm.dokumente import satz
from asskomm.protokoll import export
from asskomm.protokoll.export import Format
from asskomm.protokoll.models import Eintrag
from asskomm.protokoll.pruefung import pruefe
from tests.factories import make_konto
from tests.verwaltung.personal import angemeldet, make_personal

from .hilfen import GEPRUEFT, schreibe, verkette

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
EXPORT = "/admin/protokoll/eintrag/export/"


@pytest.fixture
def leitung():
    return angemeldet(make_personal("Leitung"))


def hole(client, format_, query=""):
    antwort = client.post(f"{EXPORT}{query}", {"format": format_})
    verkette()
    return antwort


def zeilen(antwort):
    text = antwort.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def text(antwort):
    dokument = pypdf.PdfReader(io.BytesIO(antwort.content))
    inhalt = " ".join(seite.extract_text() for seite in dokument.pages)
    return " ".join(inhalt.replace("\u200b", "").split())


def test_csv_holds_the_filtered_entries_with_their_hashes(leitung):
    anna = make_konto(name="=Anna")
    schreibe()
    eintrag = schreibe(handlung=GEPRUEFT, durch=anna, gegenstand=anna, grund="Größe; geprüft")[0]
    antwort = hole(leitung, "csv", "?handlung=probe.geprueft")
    assert antwort.content.startswith(b"\xef\xbb\xbf")
    assert antwort["Content-Disposition"].startswith('attachment; filename="protokoll-')
    assert {"private", "no-store"} <= set(antwort["Cache-Control"].split(", "))
    (zeile,) = zeilen(antwort)
    assert zeile["Nummer"] == "2"
    assert zeile["Person"] == "'=Anna", "no cell is a formula"
    assert zeile["Konto"] == zeile["Nummer des Gegenstands"] == str(anna.pk)
    assert zeile["Begründung"] == "Größe; geprüft"
    assert zeile["Hash"] == eintrag.hash
    assert datetime.fromisoformat(zeile["Zeit"]) == eintrag.zeit


@pytest.mark.parametrize("format_", ["csv", "pdf"])
def test_every_export_is_an_entry(leitung, format_):
    letzter = schreibe(3)[-1]
    hole(leitung, format_, "?handlung=probe.getan&von=01.02.2026&person=")
    eintrag = Eintrag.objects.get(handlung="protokoll.exportiert")
    assert eintrag.durch == leitung.konto
    assert eintrag.angaben == {
        "format": format_,
        "anzahl": 3,
        "bis_nummer": 3,
        "bis_hash": letzter.hash,
        "filter_handlung": "probe.getan",
        "filter_von": "2026-02-01",
    }
    assert pruefe().bruch is None


@pytest.mark.parametrize("format_", ["csv", "pdf"])
def test_an_export_without_entries_is_one_too(leitung, format_):
    schreibe()
    antwort = hole(leitung, format_, "?person=999999")
    assert antwort.status_code == 200
    eintrag = Eintrag.objects.get(handlung="protokoll.exportiert")
    assert eintrag.angaben == {"format": format_, "anzahl": 0, "filter_person": 999999}


def test_an_address_that_was_filtered_is_an_account_number_in_the_log(leitung):
    anna = make_konto(email="anna@example.org")
    hole(leitung, "csv", f"?person={anna.pk}")
    assert Eintrag.objects.get().angaben["filter_person"] == anna.pk


@pytest.mark.parametrize("format_", list(Format))
def test_an_export_is_complete_or_is_not_made(leitung, format_, monkeypatch):
    monkeypatch.setitem(export.HOECHSTENS, format_, 2)
    schreibe(2)
    assert hole(leitung, format_).status_code == 200
    antwort = leitung.post(f"{EXPORT}?handlung=", {"format": format_}, follow=True)
    assert f"Als {format_.label} lassen sich höchstens 2 Einträge" in antwort.content.decode()
    assert antwort.redirect_chain == [("/admin/protokoll/eintrag/?handlung=", 302)]
    assert Eintrag.objects.filter(handlung="protokoll.exportiert").count() == 1


def test_no_file_leaves_the_house_when_the_entry_cannot_be_written(leitung, monkeypatch):
    def scheitert(*args, **kwargs):
        raise ValueError("Kein Eintrag")

    monkeypatch.setattr(export, "protokolliere", scheitert)
    with pytest.raises(ValueError, match="Kein Eintrag"):
        leitung.post(EXPORT, {"format": "csv"})


def test_an_unknown_format_is_not_found(leitung):
    for daten in ({}, {"format": "xml"}):
        assert leitung.post(EXPORT, daten).status_code == 404
    assert not Eintrag.objects.exists()


def test_the_pdf_is_accessible(leitung):
    schreibe(60)
    antwort = hole(leitung, "pdf")
    assert antwort["Content-Type"] == "application/pdf"
    dokument = pypdf.PdfReader(io.BytesIO(antwort.content))
    wurzel = dokument.trailer["/Root"]
    assert dokument.metadata.title == f"Protokoll, Stand {timezone.localdate():%d.%m.%Y}"
    assert wurzel["/Lang"] in ("de", "de-DE")
    assert wurzel["/MarkInfo"]["/Marked"]
    assert wurzel["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in wurzel["/Metadata"].get_data()
    rollen = _rollen(wurzel["/StructTreeRoot"])
    assert {"/H1", "/Table", "/THead", "/TH", "/TR", "/TD"} <= rollen
    schriften = {
        str(schrift.get_object()["/BaseFont"]).partition("+")[2]
        for seite in dokument.pages
        for schrift in seite["/Resources"]["/Font"].values()
    }
    assert schriften
    assert all(name.startswith("FiraSans") for name in schriften)
    anzahl = len(dokument.pages)
    assert anzahl > 1
    assert f"Seite 1 von {anzahl}" in dokument.pages[0].extract_text()
    assert "Handlung" in dokument.pages[1].extract_text(), "the head of the table on every page"


def _rollen(element):
    """All kinds of elements in the structure tree."""
    gefunden, offen = set(), [element]
    while offen:
        teil = offen.pop().get_object()
        if isinstance(teil, list):
            offen += teil
        elif isinstance(teil, dict):
            gefunden.add(teil.get("/S"))
            offen.append(teil.get("/K", pypdf.generic.ArrayObject()))
    return gefunden


def test_the_pdf_shows_what_was_asked_for_and_up_to_where(leitung):
    eintrag = schreibe(durch=make_konto(name="Anna"), fuer=make_konto(name="Berta"))[0]
    inhalt = text(hole(leitung, "pdf", "?handlung=probe.getan"))
    assert "Auswahl Handlung: Probe getan" in inhalt
    assert "von Leitung" in inhalt
    assert "Anna, in Vertretung für Berta" in inhalt
    assert eintrag.hash in inhalt.replace(" ", "")
    assert f"{timezone.localtime(eintrag.zeit):%d.%m.%Y um %H:%M} Uhr" in inhalt


def test_typed_text_is_no_command_for_the_typesetter(leitung):
    boese = '#panic("x") #read("/etc/passwd") $x^2$ *fett* \\ "]) // <a> @b 😀 \u202e'
    schreibe(grund=boese)
    antwort = hole(leitung, "pdf")
    assert antwort.status_code == 200
    inhalt = text(antwort)
    assert '#panic("x") #read("/etc/passwd") $x^2$ *fett* \\ "]) // <a> @b ?' in inhalt


def test_the_font_has_the_letters_of_saxony():
    vorrat = satz._vorrat()
    assert set("ÄÖÜäöüßẞ€„“–…§ŁłŃńŘřŠšŽžĆćĚěÓó²³½") <= vorrat
    assert "😀" not in vorrat
    assert "☃" not in vorrat


@pytest.mark.parametrize(
    "query", ["person=%00", "nummer=%00", "von=%00", "art=gibtesnicht", "person=x"]
)
def test_an_unreadable_filter_is_refused_as_in_the_list(leitung, query):
    schreibe(2)
    adresse = f"{EXPORT}?von=01.01.2000&bis=31.12.2099&{query}"
    antwort = leitung.post(adresse, {"format": "csv"}, follow=True)
    assert "Prüfen Sie erst die Filter." in antwort.content.decode()
    assert not Eintrag.objects.filter(handlung="protokoll.exportiert").exists()
