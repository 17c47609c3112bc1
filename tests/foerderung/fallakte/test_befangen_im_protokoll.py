"""Who declared a conflict of interest reads nothing about the case in the log, whatever their role."""

import csv
import io

import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from asskomm.protokoll.models import Eintrag
from asskomm.protokoll.verfahren import protokolliere
from foerderung.anlagen import handlungen
from foerderung.verfahren import aktenfuehrung
from tests.factories import make_anlage, make_entscheidung
from tests.protokoll.hilfen import GEPRUEFT, verkette

from .hilfen import UM, angemeldet, leitung, make_vorgang, pruefende, text

pytestmark = pytest.mark.django_db
LISTE = "/admin/protokoll/eintrag/"
EXPORT = f"{LISTE}export/"
GRUND = "Streng vertraulich"
SATZ = "Einträge zu Förderanträgen, zu denen Sie Befangenheit erklärt haben"


@pytest.fixture
def vorgang():
    """A case with an entry about itself, its attachment and a proposal, each with a reason."""
    vorgang = make_vorgang()
    andere = leitung()
    for gegenstand in (vorgang, make_anlage(vorgang), make_entscheidung(antrag=vorgang)):
        protokolliere(GEPRUEFT, gegenstand, durch=andere, grund=GRUND)
    protokolliere(handlungen.ENTFERNT, make_anlage(vorgang), durch=andere)
    verkette()
    return vorgang


@pytest.fixture
def befangen(vorgang):
    konto = pruefende()
    aktenfuehrung.erklaere_befangenheit(vorgang, durch=konto, um=UM, grund="Verwandt")
    verkette()
    return konto


def im_protokoll(vorgang):
    ihre = [str(vorgang.pk), *(str(a.pk) for a in vorgang.anlagen.all())]
    ihre += [str(e.pk) for e in vorgang.entscheidungen.all()]
    arten = ["foerderung.foerderantrag", "foerderung.anlage", "foerderung.entscheidung"]
    return Eintrag.objects.filter(gegenstand_art__in=arten, gegenstand_nummer__in=ihre)


def test_the_list_and_its_filters_leave_the_case_out(vorgang, befangen):
    fremd = make_vorgang()
    protokolliere(GEPRUEFT, fremd, durch=befangen, grund="Anderer Fall")
    verkette()
    assert im_protokoll(vorgang).count() == 5
    for query in (
        {},
        {"handlung": GEPRUEFT.schluessel},
        {"art": "foerderung.foerderantrag", "nummer": str(vorgang.pk)},
        {"person": befangen.pk},
    ):
        antwort = angemeldet(befangen).get(LISTE, query)
        gezeigt = {eintrag.pk for eintrag in antwort.context["eintraege"]}
        assert not gezeigt & {eintrag.pk for eintrag in im_protokoll(vorgang)}, query
        assert SATZ in text(antwort)
    assert str(fremd.pk) in text(angemeldet(befangen).get(LISTE))


def test_the_entry_is_not_there_by_its_address(vorgang, befangen):
    client = angemeldet(befangen)
    for eintrag in im_protokoll(vorgang):
        adresse = reverse("admin:protokoll_eintrag_change", args=[eintrag.pk])
        antwort = client.get(adresse)
        assert antwort.status_code == 302
        assert GRUND not in text(client.get(antwort["Location"]))


def test_the_files_leave_it_out_and_say_so(vorgang, befangen):
    protokolliere(GEPRUEFT, make_vorgang(), durch=leitung(), grund="Anderer Fall")
    verkette()
    client = angemeldet(befangen)
    csv_ = client.post(EXPORT, {"format": "csv"})
    zeilen = list(csv.DictReader(io.StringIO(csv_.content.decode("utf-8-sig")), delimiter=";"))
    assert [zeile["Begründung"] for zeile in zeilen] == ["Anderer Fall"]
    assert GRUND not in csv_.content.decode()
    assert str(vorgang.pk) not in csv_.content.decode()
    pdf = client.post(EXPORT, {"format": "pdf"})
    seiten = pypdf.PdfReader(io.BytesIO(pdf.content)).pages
    inhalt = " ".join(" ".join(seite.extract_text() for seite in seiten).split())
    assert GRUND not in inhalt
    assert "Nicht enthalten" in inhalt
    exportiert = Eintrag.objects.filter(handlung="protokoll.exportiert")
    assert [eintrag.angaben["mit_ausnahmen"] for eintrag in exportiert] == [True, True]


def test_others_of_the_same_role_read_it(vorgang, befangen):
    client = angemeldet(pruefende())
    seite = client.get(LISTE)
    assert len(seite.context["eintraege"]) == Eintrag.objects.count()
    assert SATZ not in text(seite)
    assert GRUND in client.post(EXPORT, {"format": "csv"}).content.decode()


def test_the_number_of_queries_does_not_grow_with_the_cases(vorgang, befangen):
    client = angemeldet(befangen)

    def anfragen():
        with CaptureQueriesContext(connection) as gezaehlt:
            assert client.get(LISTE).status_code == 200
        return len(gezaehlt)

    client.get(LISTE)
    vorher = anfragen()
    for _ in range(3):
        aktenfuehrung.erklaere_befangenheit(make_vorgang(), durch=befangen, um=UM, grund="Verwandt")
    verkette()
    assert anfragen() == vorher
