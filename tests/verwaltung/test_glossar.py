"""The Redaktion keeps the glossary."""

import pytest

from asskomm.portal.models import Begriff
from tests.factories import make_begriff

from .formulare import adresse, fehler, meldungen, sende

pytestmark = pytest.mark.django_db


def test_a_new_term_is_at_once_in_the_glossary_with_its_relations(redaktion, client):
    anderer = make_begriff(wort="Zuwendung")
    antwort = sende(
        redaktion, Begriff, kennung="eigenanteil", wort="Eigenanteil", erklaerung="Ihr Teil.",
        **{"verweise-TOTAL_FORMS": "1", "verweise-0-ziel": anderer.pk},
    )  # fmt: skip
    assert antwort.status_code == 302
    assert f'Siehe auch: <a href="#{anderer.anker}">Zuwendung</a>' in client.get("/glossar/").text


def test_the_kennung_stays_so_that_links_stay(redaktion):
    begriff = make_begriff(kennung="eigenanteil")
    assert sende(redaktion, Begriff, begriff.pk, kennung="anders", wort="Neu").status_code == 302
    begriff.refresh_from_db()
    assert (begriff.kennung, begriff.wort) == ("eigenanteil", "Neu")


def test_a_term_taken_off_the_website_leaves_its_related_terms_whole(redaktion, client):
    begriff, anderer = make_begriff(wort="Eigenanteil"), make_begriff(wort="Zuwendung")
    anderer.verweise.create(ziel=begriff)
    auswahl = {"action": "aktion_zurueckziehen", "_selected_action": [begriff.pk]}
    assert meldungen(redaktion.post(adresse(Begriff), auswahl, follow=True))
    inhalt = client.get("/glossar/").text
    assert "Zuwendung" in inhalt
    assert "Eigenanteil" not in inhalt


@pytest.mark.parametrize(
    ("felder", "feld", "satz"),
    [
        ({"kennung": "Eigen Anteil"}, "kennung", "Die Kennung hat nur kleine Buchstaben"),
        ({"kennung": "schon-da"}, "kennung", "Das gibt es schon."),
        ({"wort": "Schon da"}, "wort", "Das gibt es schon."),
        ({"erklaerung": ""}, "erklaerung", "Geben Sie hier etwas an."),
        ({"erklaerung": "x" * 1501}, "erklaerung", "Kürzen Sie den Text auf höchstens 1500"),
        ({"wort": "a\x00b"}, "wort", "Steuerzeichen"),
    ],
)
def test_mistakes_are_said_at_the_field(redaktion, felder, feld, satz):
    make_begriff(kennung="schon-da", wort="Schon da")
    angaben = {"kennung": "neu", "wort": "Neu", "erklaerung": "Text."} | felder
    assert satz in fehler(sende(redaktion, Begriff, **angaben))[feld][0]


def test_a_term_cannot_refer_to_itself(redaktion):
    begriff = make_begriff()
    zeile = {"verweise-TOTAL_FORMS": "1", "verweise-0-ziel": begriff.pk}
    gefunden = fehler(sende(redaktion, Begriff, begriff.pk, **zeile))
    assert gefunden["verweise-0-ziel"] == ["Ein Begriff verweist nicht auf sich selbst."]
