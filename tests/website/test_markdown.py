"""Markdown of the editors: structure, links, tables, and nothing dangerous."""

import pytest

from asskomm.portal.markdown import rechnername, rendere


def html(text):
    return rendere(text).html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[Klick](javascript:alert(1))",
        "[Klick](data:text/html,<script>alert(1)</script>)",
        "[Klick](vbscript:x)",
        "<javascript:alert(1)>",
        '<a href="/" style="color:red" onclick="x()">a</a>',
    ],
)
def test_nothing_dangerous_gets_through(text):
    ergebnis = html(text)
    assert "<script" not in ergebnis
    assert "<img" not in ergebnis
    for stelle in ("javascript:", "data:", "vbscript:"):
        assert f'href="{stelle}' not in ergebnis
    assert "<a " not in ergebnis.replace("&lt;a ", "")


def test_pictures_of_others_are_not_loaded():
    assert "<img" not in html("![Bild](https://example.org/bild.png)")


@pytest.mark.parametrize(
    ("text", "stufen"),
    [
        ("# Eins\n\n## Zwei", ["h2", "h2"]),
        ("## Zwei\n\n#### Vier", ["h2", "h3"]),
        ("### Drei", ["h2"]),
        ("## Zwei\n\n### Drei\n\n#### Vier\n\n##### Fünf", ["h2", "h3", "h4", "h4"]),
    ],
)
def test_headings_start_at_h2_and_skip_nothing(text, stufen):
    ergebnis = html(text)
    gefunden = [
        ergebnis[i + 1 : i + 3] for i in range(len(ergebnis)) if ergebnis[i : i + 2] == "<h"
    ]
    assert gefunden == stufen


def test_ids_are_readable_and_unique_and_leave_the_page_its_own():
    text = rendere("## Größe & Übung\n\n## Größe & Übung\n\n## Quellen\n\n## 漢字")
    assert [a["kennung"] for a in text.abschnitte] == [
        "groesse-uebung",
        "groesse-uebung-2",
        "quellen-2",
        "abschnitt",
    ]
    assert text.abschnitte[0]["titel"] == "Größe & Übung"


def test_contents_name_only_the_second_level_without_markup():
    text = rendere("## Ein *betonter* Titel\n\n### Darunter")
    assert text.abschnitte == [{"kennung": "ein-betonter-titel", "titel": "Ein betonter Titel"}]


@pytest.mark.parametrize(
    ("text", "erwartet"),
    [
        ("[Gesetz](https://www.revosax.sachsen.de/1)", ">Gesetz (auf revosax.sachsen.de)</a>"),
        ("[auf dzblesen.de](https://dzblesen.de/x)", ">auf dzblesen.de</a>"),
        ("[**fett**](https://example.org)", "<strong>fett</strong> (auf example.org)</a>"),
        ("[intern](/kontakt/)", ">intern</a>"),
        ("[intern](http://testserver/kontakt/)", ">intern</a>"),
        ("[Post](mailto:lpr@smi.sachsen.de)", 'href="mailto:lpr@smi.sachsen.de">Post</a>'),
        ("<https://example.org/a>", ">https://example.org/a</a>"),
        ("[fremd](//example.org/a)", ">fremd (auf example.org)</a>"),
        ("[a](https://a.example) [b](https://b.example)", ">b (auf b.example)</a>"),
    ],
)
def test_links_that_leave_the_portal_say_where_they_lead(text, erwartet):
    assert erwartet in html(text)


@pytest.mark.parametrize(
    ("adresse", "name"),
    [
        ("https://www.lpr.sachsen.de/x", "lpr.sachsen.de"),
        ("https://www.ministerpräsident.sachsen.de/x", "ministerpräsident.sachsen.de"),
        ("https://xn--ministerprsident-4nb.sachsen.de/", "ministerpräsident.sachsen.de"),
        ("https://[kaputt", ""),
        ("/kontakt/", ""),
        ("", ""),
    ],
)
def test_a_host_is_written_as_people_write_it(adresse, name):
    assert rechnername(adresse) == name


TABELLE = "## Werte\n\n| | Betrag |\n|---|--:|\n| Sachkosten | 1,00 € |\n"


def test_tables_have_scope_a_named_box_and_no_style():
    ergebnis = html(TABELLE)
    assert '<th scope="col" class="zahl">Betrag</th>' in ergebnis
    assert '<th scope="row">Sachkosten</th>' in ergebnis
    assert '<td class="zahl">1,00 €</td>' in ergebnis
    assert "<td></td>" in ergebnis  # the empty corner is no head
    assert 'aria-label="Tabelle: Werte"' in ergebnis
    assert 'role="region"' in ergebnis
    assert 'tabindex="0"' in ergebnis
    assert "style=" not in ergebnis
    assert ergebnis.count("<div") == ergebnis.count("</div>") == 1


def test_two_tables_below_one_heading_have_different_names():
    ergebnis = html(TABELLE + "\nText\n\n| a |\n|---|\n| b |\n")
    assert 'aria-label="Tabelle: Werte (2)"' in ergebnis


def test_hard_breaks_of_plain_language_stay():
    assert "Eins.<br>\nZwei." in html("Eins.\\\nZwei.")


def test_empty_text_gives_nothing():
    assert html("") == ""
