"""The page of the glossary."""

import gzip

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from asskomm.portal.models import Begriff, Begriffsverweis
from tests.factories import make_begriff

pytestmark = pytest.mark.django_db


@pytest.fixture
def seite(client):
    return lambda: " ".join(client.get("/glossar/").content.decode().split())


def test_a_term_stands_there_with_all_that_belongs_to_it(seite):
    begriff = make_begriff(
        kennung="eigenanteil", wort="Eigenanteil", synonyme="Eigenbeteiligung\nIhr Teil",
        erklaerung="Das tragen Sie selbst.\n\nAuch Arbeit zählt.",
        quellen="§ 44 SäHO\nASSKomm, https://asskomm.sachsen.de/1",
    )  # fmt: skip
    begriff.verweise.create(ziel=make_begriff(kennung="drittmittel", wort="Drittmittel"))
    inhalt = seite()
    assert 'id="begriff-eigenanteil"' in inhalt
    assert '<h3 id="begriff-eigenanteil-wort">Eigenanteil</h3>' in inhalt
    assert "Auch: Eigenbeteiligung, Ihr Teil" in inhalt
    assert "<p>Das tragen Sie selbst.</p> <p>Auch Arbeit zählt.</p>" in inhalt
    assert 'Siehe auch: <a href="#begriff-drittmittel">Drittmittel</a>' in inhalt
    assert (
        'Quelle: § 44 SäHO; <a href="https://asskomm.sachsen.de/1">ASSKomm (auf asskomm' in inhalt
    )


def test_terms_stand_from_a_to_z_below_letters_to_jump_to(seite):
    for wort in ("Zuwendung", "Änderungsantrag", "abruf", "Bescheid", "3. Abruf", "Öffnung"):
        make_begriff(wort=wort)
    inhalt = seite()
    worte = ["3. Abruf", "abruf", "Änderungsantrag", "Bescheid", "Öffnung", "Zuwendung"]
    stellen = [inhalt.index(f">{wort}</h3>") for wort in worte]
    assert stellen == sorted(stellen)
    for kennung, titel in [("0", "0–9"), ("a", "A"), ("b", "B"), ("o", "O"), ("z", "Z")]:
        assert inhalt.count(f'<a href="#buchstabe-{kennung}">{titel}</a>') == 1
        assert inhalt.count(f'<h2 id="buchstabe-{kennung}">{titel}</h2>') == 1
    assert 'href="#buchstabe-c"' not in inhalt


def test_what_is_not_published_is_neither_shown_nor_linked(seite):
    begriff = make_begriff(wort="Eigenanteil")
    begriff.verweise.create(ziel=make_begriff(wort="Geheimes", veroeffentlicht=False))
    inhalt = seite()
    assert "Eigenanteil" in inhalt
    assert "Geheimes" not in inhalt
    assert "Siehe auch" not in inhalt


def test_an_empty_glossary_says_so(seite):
    make_begriff(veroeffentlicht=False)
    assert "Das Glossar ist noch leer." in seite()


def test_what_was_typed_is_text(seite):
    make_begriff(wort="<b>fett</b>", erklaerung="<script>alert(1)</script>", synonyme="<i>x</i>")
    inhalt = seite()
    assert "&lt;b&gt;fett&lt;/b&gt;" in inhalt
    assert "<script>alert" not in inhalt
    assert "<i>x" not in inhalt


@pytest.mark.parametrize("anzahl", [1, 4])
def test_the_number_of_queries_does_not_grow(client, django_assert_num_queries, anzahl):
    begriffe = [make_begriff() for _ in range(anzahl + 1)]
    for begriff in begriffe[1:]:
        begriffe[0].verweise.create(ziel=begriff)
    with django_assert_num_queries(2):
        client.get("/glossar/")


def test_the_delivered_glossary_keeps_within_the_weight_of_a_page(client):
    call_command("importiere_glossar", verbosity=0)
    antwort = client.get("/glossar/", headers={"accept-encoding": "gzip"})
    assert len(antwort.content) <= 20_000
    assert gzip.decompress(antwort.content).count(b"<article") == Begriff.objects.count()


@pytest.mark.parametrize("q", ["Eigenanteil", "eigenanteile", "Selbstbeteiligung", "Rathauskasse"])
def test_the_search_finds_terms_by_word_synonym_and_explanation(client, q):
    make_begriff(
        kennung="eigenanteil", wort="Eigenanteil", synonyme="Selbstbeteiligung\nBeteiligung",
        erklaerung="Was aus der Rathauskasse kommt.",
    )  # fmt: skip
    make_begriff(wort="Eigenanteil (alt)", synonyme=q, veroeffentlicht=False)
    abschnitt = client.get("/suche/", {"q": q}).context["abschnitte"][0]
    assert abschnitt["titel"] == "Begriffe im Glossar"
    assert [treffer.url for treffer in abschnitt["treffer"]] == ["/glossar/#begriff-eigenanteil"]


@pytest.mark.parametrize(
    "kennung", ["", "Eigenanteil", "eigen anteil", "-eigen", "eigen--anteil", "ä"]
)
def test_a_kennung_that_is_no_address_is_refused(kennung):
    with pytest.raises(IntegrityError, match="begriff_kennung_lesbar"), transaction.atomic():
        make_begriff(kennung=kennung)


def test_a_term_does_not_refer_to_itself_or_twice_to_another():
    begriff, anderer = make_begriff(), make_begriff()
    Begriffsverweis.objects.create(begriff=begriff, ziel=anderer)
    for ziel, regel in ((begriff, "nicht_auf_sich"), (anderer, "eindeutig")):
        with pytest.raises(IntegrityError, match=regel), transaction.atomic():
            Begriffsverweis.objects.create(begriff=begriff, ziel=ziel)
