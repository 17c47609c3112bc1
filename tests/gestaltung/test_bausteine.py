"""Components and tags show what they are given."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory

from asskomm import formate
from kommunen.zeitangabe import Zeitangabe


def zeige(quelltext, request=None, **kontext):
    kopf = "{% load gestaltung formate %}"
    return engines["django"].from_string(kopf + quelltext).render(kontext, request)


def seite(nummer, adresse="/", anzahl=200):
    request = RequestFactory().get(adresse)
    page_obj = Paginator(range(anzahl), 10).page(nummer)
    html = engines["django"].from_string(
        '{% include "components/seiten.html" with page_obj=page_obj request=request only %}'
    )
    return html.render({"page_obj": page_obj, "request": request})


@pytest.mark.parametrize(
    ("funktion", "wert", "text"),
    [
        (formate.zahl, 1234567, "1.234.567"),
        (formate.zahl, Decimal("-1234.5"), "−1.235"),
        (formate.euro, Decimal("1234.5"), "1.234,50\xa0€"),
        (formate.euro_ganz, Decimal("420000.00"), "420.000\xa0€"),
        (formate.prozent, Decimal("88.45"), "88,5\xa0%"),
        (formate.tag, date(2026, 9, 1), "01.09.2026"),
        (formate.tag, datetime(2026, 9, 1, 22, 30, tzinfo=UTC), "02.09.2026"),
        (formate.zeitpunkt, datetime(2026, 9, 12, 12, 32, tzinfo=UTC), "12.09.2026 um 14:32 Uhr"),
    ],
)
def test_values_are_written_the_german_way(funktion, wert, text):
    assert funktion(wert) == text


def test_period_of_one_day_is_written_once():
    assert formate.zeitraum(date(2027, 1, 1), date(2027, 12, 31)) == "01.01.2027 bis 31.12.2027"
    assert formate.zeitraum(date(2027, 1, 1), date(2027, 1, 1)) == "01.01.2027"


@pytest.mark.parametrize(
    ("wert", "html"),
    [
        (date(2026, 9, 1), '<time datetime="2026-09-01">01.09.2026</time>'),
        (Zeitangabe(2021, 5), '<time datetime="2021-05">05/2021</time>'),
        (Zeitangabe(2021), '<time datetime="2021">2021</time>'),
        (None, ""),
    ],
)
def test_date_keeps_its_precision_inside_time(wert, html):
    assert zeige("{% datum wert %}", wert=wert) == html


def test_missing_value_prints_nothing():
    assert zeige("{{ wert|euro }}{{ wert|zahl }}", wert=None) == ""


def test_pages_keep_the_other_parameters_and_the_first_page_has_no_number():
    html = seite(2, "/kommunen/?kreis=14524&m=rat&m=kv&seite=2")
    adressen = re.findall(r'href="([^"]+)"', html)
    assert adressen[0] == "?kreis=14524&amp;m=rat&amp;m=kv"
    assert "?kreis=14524&amp;m=rat&amp;m=kv&amp;seite=3" in adressen
    assert html.count('aria-current="page"') == 1


def test_many_pages_have_gaps_but_first_and_last():
    html = seite(10)
    assert re.findall(r'aria-label="Seite (\d+)"', html) == ["1", "8", "9", "10", "11", "12", "20"]
    assert html.count("…") == 2


def test_page_numbers_are_plain_numbers():
    html = seite(1001, anzahl=20_000)
    assert "seite=1002" in html
    assert "seite=1.002" not in html


def test_single_page_has_no_pagination():
    assert seite(1, anzahl=5).strip() == ""


@pytest.mark.parametrize(
    ("status", "farbe", "zeichen"),
    [
        ("aktiv", "erfolg", "haken-kreis"),
        ("in_gruendung", "info", "uhr"),
        ("gibt es nicht", "neutral", "kreis"),
    ],
)
def test_chip_has_sign_and_word(status, farbe, zeichen):
    html = zeige(
        '{% include "components/status.html" with status=status label="Wort" only %}', status=status
    )
    assert f"assk-chip--{farbe}" in html
    assert f'icons.svg#{zeichen}"' in html
    assert "Wort</span>" in html


def reihe(*werte):
    punkte = [{"name": str(i), "wert": wert, "text": str(wert)} for i, wert in enumerate(werte)]
    return zeige(
        '{% include "components/zahlenreihe.html" with titel="T" spalte="Jahr" wertspalte="Zahl" punkte=punkte only %}',
        punkte=punkte,
    )


def test_bars_start_at_zero_and_the_largest_fills_the_width():
    html = reihe(Decimal("50"), Decimal("100"), 0)
    assert re.findall(r'<rect width="([\d.]+)" height="10"/>', html) == ["50.0", "100.0", "0.0"]


def test_zero_has_no_column():
    html = reihe(0, 0)
    assert html.count('class="assk-reihe__wert"') == 2
    assert "assk-reihe__senkrecht" not in html


def test_year_as_a_label_has_no_point():
    html = zeige(
        '{% include "components/zahlenreihe.html" with titel="T" spalte="J" wertspalte="Z" punkte=punkte only %}',
        punkte=[{"name": 2026, "wert": 1, "text": "1"}],
    )
    assert ">2026<" in html


def test_provisional_value_is_said_in_words():
    html = zeige(
        '{% include "components/zahlenreihe.html" with titel="T" spalte="J" wertspalte="Z" punkte=punkte only %}',
        punkte=[{"name": "2024", "wert": 1, "text": "1", "vorlaeufig": True}],
    )
    assert "(Zwischenstand)" in html


def test_map_without_links_of_its_own_is_still_named():
    karte = {
        "kennung": "lage",
        "ebene": "lage",
        "viewbox": "0 0 9000 6720",
        "titel": "Lage von Zwickau",
        "beschreibung": "Zwickau liegt im Westen.",
        "flaechen": [{"pfad": "M0 0z", "titel": "Landkreis <Zwickau>", "klasse": "rest"}],
        "linien": ["M1 1z"],
    }
    html = zeige('{% include "components/karte.html" with karte=karte only %}', karte=karte)
    assert 'viewBox="0 0 9000 6720"' in html
    assert 'aria-labelledby="lage-titel"' in html
    assert "&lt;Zwickau&gt;" in html
    assert "dl-de/by-2-0" in html
    assert "<ul" not in html
