"""Dates: what is shown when, how times are written, and calendar files."""

from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from asskomm.portal.models import Veranstaltung
from asskomm.portal.termine.zeiten import Zeit
from kommunen.tatsachen import Herkunft
from tests.factories import make_kommune, make_veranstaltung

pytestmark = pytest.mark.django_db


def text(antwort):
    return antwort.content.decode()


def utc(*teile):
    return datetime(*teile, tzinfo=UTC)


@pytest.mark.parametrize(
    ("beginn", "ende", "erwartet"),
    [
        # summer time: two hours ahead of UTC
        (utc(2030, 9, 11, 8), utc(2030, 9, 11, 15), "11.09.2030, 10:00 bis 17:00 Uhr"),
        # winter time: one hour
        (utc(2030, 1, 11, 13, 32), utc(2030, 1, 11, 13, 32), "11.01.2030, 14:32 Uhr"),
        (
            utc(2030, 9, 11, 8),
            utc(2030, 9, 12, 13),
            "11.09.2030, 10:00 Uhr bis 12.09.2030, 15:00 Uhr",
        ),
        # half past eleven at night in UTC is the next day in Berlin
        (utc(2030, 1, 10, 23, 30), utc(2030, 1, 11, 1), "11.01.2030, 00:30 bis 02:00 Uhr"),
        (utc(2030, 1, 10, 23), utc(2030, 1, 11, 22, 59), "11.01.2030"),
        (utc(2030, 1, 10, 23), utc(2030, 1, 12, 22, 59), "11.01.2030 bis 12.01.2030"),
    ],
)
def test_times_are_written_as_in_berlin(beginn, ende, erwartet):
    assert str(Zeit.von(Veranstaltung(beginn=beginn, ende=ende))) == erwartet


@pytest.fixture
def jetzt():
    return timezone.now()


def test_what_is_coming_stands_in_order_and_what_is_over_does_not(client, jetzt):
    tag = timedelta(days=1)
    make_veranstaltung(titel="Später", beginn=jetzt + 2 * tag, ende=jetzt + 3 * tag)
    make_veranstaltung(titel="Bald", beginn=jetzt + tag, ende=jetzt + tag)
    make_veranstaltung(titel="Läuft gerade", beginn=jetzt - tag, ende=jetzt + tag)
    make_veranstaltung(titel="Vorbei", beginn=jetzt - 2 * tag, ende=jetzt - tag)
    seite = text(client.get("/termine/"))
    assert seite.index("Läuft gerade") < seite.index("Bald") < seite.index("Später")
    assert "Vorbei" not in seite


def test_past_dates_are_found_by_their_year_in_berlin(client):
    make_veranstaltung(
        titel="Neujahrsempfang", beginn=utc(2020, 12, 31, 23, 30), ende=utc(2021, 1, 1, 2)
    )
    make_veranstaltung(titel="Fachtag 2020", beginn=utc(2020, 5, 1, 8), ende=utc(2020, 5, 1, 9))
    seite = text(client.get("/termine/?jahr=2021"))
    assert "Neujahrsempfang" in seite
    assert "Fachtag 2020" not in seite
    assert "1 Termin im Jahr 2021" in seite


@pytest.mark.parametrize("jahr", ["1999", "x", "\x00", "2030"])
def test_a_year_without_past_dates_gives_a_notice(client, jahr):
    make_veranstaltung(titel="Kommt noch")
    seite = text(client.get("/termine/", {"jahr": jahr}))
    assert "Aus diesem Jahr gibt es keine vergangenen Termine." in seite
    assert "Kommt noch" in seite


def test_without_dates_the_page_says_so(client):
    assert "Zurzeit sind keine Termine angekündigt." in text(client.get("/termine/"))


def test_a_date_shows_what_is_known(client):
    termin = make_veranstaltung(
        veranstalter="LPR", webseite="https://www.example.org/fachtag", beschreibung="Mit <Imbiss>."
    )
    termin.kommunen.add(kommune := make_kommune(name="Zittau"))
    seite = text(client.get(termin.get_absolute_url()))
    assert (
        '<time datetime="2030-09-11T10:00:00+02:00">11.09.2030, 10:00 bis 17:00 Uhr</time>' in seite
    )
    assert "Website der Veranstaltung auf example.org" in seite
    assert "Mit &lt;Imbiss&gt;." in seite
    assert f'href="{kommune.get_absolute_url()}"' in seite
    assert "Dieser Termin ist vorbei." not in seite


def test_a_past_date_says_that_it_is_over(client):
    termin = make_veranstaltung(beginn=utc(2020, 5, 1, 8), ende=utc(2020, 5, 1, 9))
    assert "Dieser Termin ist vorbei." in text(client.get(termin.get_absolute_url()))


@pytest.mark.parametrize("felder", [{"veroeffentlicht": False}, {"herkunft": Herkunft.BEISPIEL}])
def test_what_is_not_public_does_not_exist(client, felder):
    termin = make_veranstaltung(**felder)
    assert client.get(termin.get_absolute_url()).status_code == 404
    assert client.get(f"{termin.get_absolute_url()}termin.ics").status_code == 404
    assert b"VEVENT" not in client.get("/termine/termine.ics").content


@pytest.mark.parametrize("anzahl", [1, 4])
def test_the_number_of_queries_does_not_grow(client, django_assert_num_queries, anzahl):
    for _ in range(anzahl):
        termin = make_veranstaltung()
        termin.kommunen.set([make_kommune() for _ in range(anzahl)])
    with django_assert_num_queries(3):
        client.get("/termine/")
    with django_assert_num_queries(2):
        client.get(termin.get_absolute_url())
    with django_assert_num_queries(1):
        client.get("/termine/termine.ics")


def test_an_end_before_the_beginning_is_refused_by_the_database():
    with (
        pytest.raises(IntegrityError, match="veranstaltung_ende_nach_beginn"),
        transaction.atomic(),
    ):
        make_veranstaltung(beginn=utc(2030, 1, 2), ende=utc(2030, 1, 1))


def lies(antwort):
    return icalendar.Calendar.from_ical(antwort.content)


def ereignis(client, termin):
    return lies(client.get(f"{termin.get_absolute_url()}termin.ics")).walk("VEVENT")[0]


def test_the_calendar_file_is_one_for_programs(client):
    antwort = client.get(f"{make_veranstaltung().get_absolute_url()}termin.ics")
    assert antwort["Content-Type"] == "text/calendar; charset=utf-8"
    assert antwort["Content-Disposition"].startswith("attachment; filename=")
    kalender = lies(antwort)
    assert kalender["version"] == "2.0"
    assert "ASSKomm" in kalender["prodid"]
    assert antwort.content.endswith(b"END:VCALENDAR\r\n")
    assert all(len(zeile) <= 75 for zeile in antwort.content.split(b"\r\n"))


def test_invented_dates_say_so_whatever_their_words(client, settings):
    settings.BEISPIELDATEN = True
    erfunden = ereignis(client, make_veranstaltung(titel="Fest", herkunft=Herkunft.BEISPIEL))
    assert erfunden["summary"] == "Beispieldaten: Fest"
    assert erfunden["categories"].cats == ["Beispieldaten"]
    echt = ereignis(client, make_veranstaltung(titel="Fest"))
    assert echt["summary"] == "Fest"
    assert "categories" not in echt


def test_times_are_in_utc_and_the_stamp_is_the_last_change(client):
    termin = make_veranstaltung()
    inhalt = client.get(f"{termin.get_absolute_url()}termin.ics").content.decode()
    assert "DTSTART:20300911T080000Z" in inhalt
    assert "DTEND:20300911T150000Z" in inhalt
    assert f"DTSTAMP:{termin.geaendert_um:%Y%m%dT%H%M%SZ}" in inhalt


def test_the_same_date_gives_the_same_file_and_a_change_keeps_the_uid(client):
    termin = make_veranstaltung()
    adresse = f"{termin.get_absolute_url()}termin.ics"
    vorher = client.get(adresse).content
    assert client.get(adresse).content == vorher
    kennung = ereignis(client, termin)["uid"]
    termin.titel = "Verlegt"
    termin.save()
    assert ereignis(client, termin)["uid"] == kennung == f"{termin.kalender_kennung}@asskomm"


def test_special_characters_survive(client):
    titel = "Rat; Tat, \\ und „Kaffee“ – 漢字"
    termin = make_veranstaltung(
        titel=titel, beschreibung="Zeile 1\r\nZeile 2\x0b", ort="Saal 1, 2. OG"
    )
    gelesen = ereignis(client, termin)
    assert gelesen["summary"] == titel
    assert gelesen["description"] == "Zeile 1\nZeile 2"
    assert gelesen["location"] == "Saal 1, 2. OG"


def test_a_line_break_in_a_title_cannot_add_a_property(client):
    termin = make_veranstaltung(titel="Fachtag\r\nATTENDEE:mailto:x@example.org")
    assert "attendee" not in ereignis(client, termin)


def test_a_moment_without_length_has_no_end(client):
    termin = make_veranstaltung(beginn=utc(2030, 1, 1, 8), ende=utc(2030, 1, 1, 8))
    assert "dtend" not in ereignis(client, termin)


def test_links_in_the_calendar_start_with_the_configured_address(client, settings):
    settings.BASE_URL = "https://asskomm.example.org"
    termin = make_veranstaltung()
    assert (
        ereignis(client, termin)["url"] == f"https://asskomm.example.org{termin.get_absolute_url()}"
    )


def test_the_whole_calendar_holds_past_dates_too(client):
    make_veranstaltung()
    make_veranstaltung(beginn=utc(2020, 5, 1, 8), ende=utc(2020, 5, 1, 9))
    assert len(lies(client.get("/termine/termine.ics")).walk("VEVENT")) == 2
