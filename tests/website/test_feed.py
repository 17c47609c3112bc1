"""The Atom feed."""

from xml.etree import ElementTree

import pytest

from asskomm.portal.models import Meldung
from kommunen.tatsachen import Herkunft
from tests.factories import make_meldung

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def feed(client, settings):
    settings.BASE_URL = "https://asskomm.example.org"

    def lies():
        antwort = client.get("/aktuelles/feed.atom", headers={"host": "localhost"})
        assert antwort["Content-Type"] == "application/atom+xml; charset=utf-8"
        return ElementTree.fromstring(antwort.content)

    return lies


def test_addresses_come_from_the_setting_and_not_from_the_request(feed):
    meldung = make_meldung()
    wurzel = feed()
    links = [link.get("href") for link in wurzel.iter(f"{ATOM}link")]
    assert set(links) == {
        "https://asskomm.example.org/aktuelles/",
        "https://asskomm.example.org/aktuelles/feed.atom",
        f"https://asskomm.example.org{meldung.get_absolute_url()}",
    }


def test_ids_are_tag_uris_that_do_not_change(feed):
    meldung = make_meldung()
    wurzel = feed()
    assert wurzel.findtext(f"{ATOM}id") == "tag:asskomm.sachsen.de,2026:aktuelles"
    eintrag = wurzel.find(f"{ATOM}entry")
    assert eintrag.findtext(f"{ATOM}id") == f"tag:asskomm.sachsen.de,2026:aktuelles/{meldung.pk}"


@pytest.mark.parametrize(
    ("titel", "gezeigt"),
    [
        ("Stadtfest", "Beispieldaten: Stadtfest"),
        ("Beispiel: Stadtfest", "Beispieldaten: Stadtfest"),
        ("Stadtfest (Beispieldaten)", "Stadtfest (Beispieldaten)"),
    ],
)
def test_invented_news_say_so_whatever_their_words(feed, settings, titel, gezeigt):
    settings.BEISPIELDATEN = True
    make_meldung(titel=titel, herkunft=Herkunft.BEISPIEL)
    eintrag = feed().find(f"{ATOM}entry")
    assert eintrag.findtext(f"{ATOM}title") == gezeigt
    assert eintrag.find(f"{ATOM}category").get("term") == "Beispieldaten"


def test_real_news_carry_no_mark(feed):
    make_meldung(titel="Beispiel: Stadtfest")
    eintrag = feed().find(f"{ATOM}entry")
    assert eintrag.findtext(f"{ATOM}title") == "Beispiel: Stadtfest"
    assert eintrag.find(f"{ATOM}category") is None


def test_feed_says_language_author_and_time_of_the_last_change(feed):
    meldung = make_meldung()
    wurzel = feed()
    assert wurzel.get("{http://www.w3.org/XML/1998/namespace}lang") == "de"
    assert wurzel.findtext(f"{ATOM}author/{ATOM}name") == "Landespräventionsrat Sachsen"
    eintrag = wurzel.find(f"{ATOM}entry")
    assert eintrag.findtext(f"{ATOM}updated")[:19] == meldung.geaendert_um.isoformat()[:19]


@pytest.mark.parametrize(
    ("datum", "erwartet"),
    [("2021-02-05", "2021-02-05T00:00:00+01:00"), ("2021-02", None), ("2021", None)],
)
def test_only_a_known_day_is_a_moment(feed, datum, erwartet):
    make_meldung(datum=datum)
    assert feed().find(f"{ATOM}entry").findtext(f"{ATOM}published") == erwartet


def test_special_characters_arrive_as_typed(feed):
    make_meldung(titel="A & B <C>", zusammenfassung="1 < 2 & „3“")
    Meldung.objects.update(zusammenfassung="1 < 2 & „3“\x0b")
    eintrag = feed().find(f"{ATOM}entry")
    assert eintrag.findtext(f"{ATOM}title") == "A & B <C>"
    assert eintrag.findtext(f"{ATOM}summary") == "1 &lt; 2 &amp; „3“"  # declared as HTML


def test_drafts_stay_out(feed):
    make_meldung(veroeffentlicht=False)
    assert feed().find(f"{ATOM}entry") is None


@pytest.mark.parametrize("anzahl", [1, 4])
def test_the_feed_asks_the_database_once(feed, django_assert_num_queries, anzahl):
    for _ in range(anzahl):
        make_meldung()
    with django_assert_num_queries(1):
        feed()
