"""Access requests: everything that is one's own, nothing that is anybody else's."""

import io
import json
import zipfile

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from asskomm.datenschutz import auskunft
from asskomm.datenschutz.schwaerzung import Schwaerzung
from asskomm.personendaten import ANDERE, personendaten
from asskomm.post.models import Nachricht
from asskomm.post.vorlagen import LINK
from asskomm.post.vorlagen import NAME as NAME_MARKE
from asskomm.protokoll.models import Eintrag
from asskomm.schritt import SchrittNichtMoeglich
from beratung.models import Stufe
from tests.beratung.begleitungen import coach_von, erfasse
from tests.factories import make_konto, make_mandat, make_zweitfaktor

from .person import EMAIL, HEUTE, JETZT, KOLLEGE, KOLLEGE_EMAIL, NAME, fuelle, make_person

pytestmark = pytest.mark.thorough

GEHEIM = ("geheimer-schluessel", "geheime-saat", "f" * 64)


@pytest.fixture
def person(db):
    return fuelle(make_person())


def dateien(inhalt):
    with zipfile.ZipFile(io.BytesIO(inhalt)) as archiv:
        assert archiv.testzip() is None
        return {name: archiv.read(name).decode() for name in archiv.namelist()}


def test_every_declaration_with_a_path_to_the_account_is_in_the_file(person):
    """A new declaration fails here until `fuelle` makes a row for it."""
    erwartet = [
        (erklaerung.modell, erklaerung.felder)
        for erklaerung in personendaten()
        if erklaerung.wessen is not ANDERE and erklaerung.modell not in OHNE_ZEILE
    ]
    abschnitte = auskunft.sammle(person, HEUTE)
    assert [(a.erklaerung.modell, a.erklaerung.felder) for a in abschnitte] == erwartet
    for abschnitt in abschnitte:
        for zeile in abschnitt.zeilen:
            genannt = {angabe.feld for angabe in zeile}
            assert genannt >= set(abschnitt.erklaerung.felder)


# Only where a state identity provider is set up.
OHNE_ZEILE = ("socialaccount.SocialAccount", "socialaccount.SocialToken")


def test_every_row_in_the_file_is_the_persons(person):
    for abschnitt in auskunft.sammle(person, HEUTE):
        modell = apps.get_model(abschnitt.erklaerung.modell)
        eigene = modell._base_manager.filter(abschnitt.erklaerung.von(person))
        assert len(abschnitt.zeilen) == eigene.count()


def test_somebody_else_gets_none_of_it(person):
    fremd = make_konto(name="Carla Fremd")
    alles = dateien(auskunft.erstelle(fremd, durch=fremd, um=JETZT))
    for inhalt in alles.values():
        assert NAME not in inhalt
        assert EMAIL not in inhalt
    tabellen = {a["tabelle"] for a in json.loads(alles["auskunft.json"])["abschnitte"]}
    assert tabellen == {"konten.Konto", "protokoll.Eintrag"}


def test_the_file_can_be_read_by_people_and_programs(person):
    alles = dateien(auskunft.erstelle(person, durch=person, um=JETZT))
    assert set(alles) == {"LIESMICH.txt", "auskunft.html", "auskunft.json"}
    assert NAME in alles["auskunft.html"]
    assert EMAIL in alles["auskunft.html"]
    assert "Stand: 22.11.2026" in alles["LIESMICH.txt"]
    assert "<" not in alles["LIESMICH.txt"]
    abschnitte = json.loads(alles["auskunft.json"])["abschnitte"]
    konto = next(a for a in abschnitte if a["tabelle"] == "konten.Konto")
    assert konto["zeilen"][0]["email"] == EMAIL


def test_no_secret_leaves_the_portal(person):
    alles = dateien(auskunft.erstelle(person, durch=person, um=JETZT))
    for inhalt in alles.values():
        for geheimnis in (*GEHEIM, person.password):
            assert geheimnis not in inhalt
    assert auskunft.HINTERLEGT in alles["auskunft.html"]


def test_own_notes_are_read_by_their_writer_and_nobody_who_fetches_the_file(db):
    mandat = make_mandat()
    coach = coach_von(mandat)
    erfasse(mandat, texte={Stufe.EIGEN: "Nur für mich", Stufe.LPR: "Für den LPR"})
    for durch, liest in ((coach, True), (make_konto(["Administration"]), False)):
        alles = dateien(auskunft.erstelle(coach, durch=durch, um=JETZT, grund="Brief"))
        for name in ("auskunft.html", "auskunft.json"):
            assert ("Nur für mich" in alles[name]) == liest
            assert (auskunft.NUR_SELBST in alles[name]) != liest
            assert "Für den LPR" in alles[name]


def test_other_people_are_named_by_their_function(person):
    alles = dateien(auskunft.erstelle(person, durch=person, um=JETZT))
    for inhalt in alles.values():
        assert KOLLEGE not in inhalt
        assert KOLLEGE_EMAIL not in inhalt
    assert "[eine Person des Landespräventionsrates]" in alles["auskunft.html"]


@pytest.mark.parametrize(
    ("text", "ergebnis"),
    [
        ("Rückruf bei Burkhard Quendel.", "Rückruf bei [eine Person des Landespräventionsrates]."),
        ("BURKHARD QUENDEL sagt", "[eine Person des Landespräventionsrates] sagt"),
        ("Burkhard Quendelmann", "Burkhard Quendelmann"),
        (f"an {KOLLEGE_EMAIL},", "an [eine Person des Landespräventionsrates],"),
        ("an unbekannt@example.org", "an [E-Mail-Adresse]"),
        (f"{NAME}, {EMAIL}", f"{NAME}, {EMAIL}"),
        ("ÄRGER mit İ und Quendel", "ÄRGER mit İ und Quendel"),
    ],
)
def test_names_and_addresses_in_free_text_give_way(text, ergebnis, db):
    konto = make_person()
    make_konto(name=KOLLEGE, email=KOLLEGE_EMAIL, is_staff=True)
    assert Schwaerzung(konto)(text) == ergebnis


def test_staff_need_a_reason_to_fetch_it_for_somebody(person):
    wer = make_konto(["Administration"])
    with pytest.raises(SchrittNichtMoeglich):
        auskunft.erstelle(person, durch=wer, um=JETZT, grund=" ")
    assert not Eintrag.objects.filter(handlung="datenschutz.auskunft_erteilt").exists()


def test_the_page_explains_and_the_button_fetches_ones_own(person):
    make_zweitfaktor(person)  # who is a coach needs one
    client = Client(enforce_csrf_checks=True)
    adresse = reverse("datenschutz:auskunft")
    assert adresse == "/konto/auskunft/"
    assert client.get(adresse).status_code == 302
    client.force_login(person)
    seite = client.get(adresse)
    assert "Artikel 15" in seite.content.decode()
    assert not Eintrag.objects.filter(handlung="datenschutz.auskunft_abgerufen").exists()
    assert client.post(adresse).status_code == 403
    marke = client.get(adresse).context["csrf_token"]
    antwort = client.post(f"{adresse}?konto=1", {"csrfmiddlewaretoken": marke, "konto": "1"})
    assert antwort["Content-Type"] == "application/zip"
    assert antwort["Cache-Control"] == "private, no-store"
    assert NAME in dateien(antwort.content)["auskunft.html"]
    eintrag = Eintrag.objects.get(handlung="datenschutz.auskunft_abgerufen")
    assert (eintrag.durch, eintrag.gegenstand_nummer) == (person, str(person.pk))


def test_marks_in_a_mail_are_words_in_the_file(person):
    Nachricht.objects.create(
        vorlage="einladung",
        konto=person,
        adresse=person.email,
        betreff="Einladung",
        text=f"Guten Tag{NAME_MARKE},\n\n{LINK}\n",
        zustand="gesendet",
        gesendet_um=JETZT,
    )
    alles = dateien(auskunft.erstelle(person, durch=person, um=JETZT))
    for name in ("auskunft.html", "auskunft.json"):
        assert "Guten Tag [Name]," in alles[name]
        assert "[persönlicher Link]" in alles[name]
        assert not {NAME_MARKE, LINK} & set(alles[name])
