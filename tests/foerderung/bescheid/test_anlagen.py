"""Files that go with every grant: they lie in the rule set and come inside the notice."""

import io

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from foerderung.bescheid import dokument
from foerderung.models import Bescheidanlage, Regelwerk
from foerderung.regelwerk import verfahren as regelwerke
from foerderung.verfahren import bekanntgabe as verfahren
from tests.dokumente import struktur
from tests.factories import gib_frei
from tests.verwaltung.formulare import adresse, formulardaten
from tests.verwaltung.personal import angemeldet, make_personal

from .faelle import Art, Fall

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
ANBEST = Bescheidanlage.Schluessel.ANBEST_K


def ein_pdf():
    strom = io.BytesIO()
    schreiber = pypdf.PdfWriter()
    schreiber.add_blank_page(200, 200)
    schreiber.write(strom)
    return strom.getvalue()


@pytest.fixture
def entwurf(regelwerk):
    """A version that is not released yet."""
    return regelwerke.neue_version(regelwerk, durch=make_personal("Sachbearbeitung"))


@pytest.fixture
def mit_datei(entwurf):
    anlage = Bescheidanlage(regelwerk=entwurf, schluessel=ANBEST, quelle="Anlage 3a")
    anlage.nimm(ein_pdf())
    anlage.save()
    return gib_frei(entwurf)


def test_the_general_conditions_are_inside_the_notice(mit_datei):
    bescheid = Fall(mit_datei).erlasse()
    pdf = dokument.pdf(bescheid)
    struktur.pruefe(pdf, "Zuwendungsbescheid", akte=True)
    assert struktur.eingebettet(pdf)["anbest-k.pdf"] == ein_pdf()
    assert (
        "ANBest-K, beigefügt (elektronisch als Datei „anbest-k.pdf“ in diesem Dokument"
        in struktur.text(pdf)
    ), "true on paper as well"
    assert dokument.pdf(bescheid) == pdf


def test_a_refusal_has_no_conditions(mit_datei):
    bescheid = Fall(mit_datei).erlasse(Art.ABLEHNUNG)
    assert list(struktur.eingebettet(dokument.pdf(bescheid))) == [dokument.DATEN]


def test_a_released_version_keeps_its_files_and_the_next_one_has_them_too(mit_datei):
    anlage = mit_datei.bescheidanlagen.get()
    for tue in (anlage.save, anlage.delete):
        with pytest.raises(IntegrityError, match="freigegebenes Regelwerk"), transaction.atomic():
            tue()
    neu = regelwerke.neue_version(mit_datei, durch=make_personal("Sachbearbeitung"))
    assert bytes(neu.bescheidanlagen.get().inhalt) == ein_pdf()


def test_the_files_can_be_downloaded_beside_the_notice(mit_datei):
    fall = Fall(mit_datei)
    bescheid = fall.erlasse(um=timezone.now())
    verfahren.stelle_bereit(bescheid, um=timezone.now())
    client = angemeldet(fall.lesen)

    def hole(client, raum, name):
        return client.get(
            reverse(f"foerderung:{raum}", args=[bescheid.antrag_id, bescheid.pk, name])
        )

    assert hole(client, "bescheid-anlage", "anbest-k").status_code == 404, "not fetched yet"
    verfahren.rufe_ab(bescheid, durch=fall.zeichnung, um=timezone.now())
    seite = client.get(reverse("foerderung:bescheid", args=[bescheid.antrag_id, bescheid.pk]))
    assert "Allgemeine Nebenbestimmungen (ANBest-K) (PDF)" in seite.content.decode()
    assert hole(client, "bescheid-anlage", "anbest-k").content == ein_pdf()
    vordruck = hole(client, "bescheid-anlage", "vordruck")
    struktur.pruefe(vordruck.content, "Empfangsbestätigung und Verzicht auf Rechtsbehelf")
    assert hole(client, "bescheid-anlage", "unfug").status_code == 404
    akte = angemeldet(fall.leitung)
    assert hole(akte, "akte-bescheid-anlage", "anbest-k").content == ein_pdf()
    assert hole(client, "akte-bescheid-anlage", "anbest-k").status_code == 404


# --- In the admin ------------------------------------------------------------------


@pytest.fixture
def sende(entwurf):
    client = angemeldet(make_personal("Sachbearbeitung"))
    seite = adresse(Regelwerk, "change", entwurf.pk)

    def _sende(datei, **felder):
        daten = formulardaten(client.get(seite))
        daten |= {
            "bescheidanlagen-TOTAL_FORMS": "1",
            "bescheidanlagen-0-schluessel": ANBEST.value,
            "bescheidanlagen-0-quelle": "Anlage 3a",
            "bescheidanlagen-0-datei": datei,
        } | felder
        return client.post(seite, daten)

    return _sende


def test_staff_put_a_file_into_a_draft(sende, entwurf):
    antwort = sende(SimpleUploadedFile("ANBest.pdf", ein_pdf()))
    assert antwort.status_code == 302
    anlage = entwurf.bescheidanlagen.get()
    assert bytes(anlage.inhalt) == ein_pdf()
    assert anlage.groesse == len(ein_pdf())


@pytest.mark.parametrize(
    ("datei", "satz"),
    [
        (SimpleUploadedFile("a.pdf", b"<html>"), "PDF"),
        (SimpleUploadedFile("a.docx", b"PK\x03\x04"), "PDF"),
        (SimpleUploadedFile("a.pdf", b"%PDF-" + b"x" * 5_000_000), "größer als 5 MB"),
        ("", "Wählen Sie eine PDF-Datei aus."),
    ],
    ids=["HTML", "DOCX", "too large", "none"],
)
def test_anything_but_a_small_pdf_is_refused_at_the_place(sende, entwurf, datei, satz):
    antwort = sende(datei)
    assert antwort.status_code == 200
    assert satz in antwort.content.decode()
    assert not entwurf.bescheidanlagen.exists()
