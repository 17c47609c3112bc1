"""The measurements find what they are there to find."""

import pytest

from .aufruf import BREIT, Aufruf, oeffne
from .seiten.seite import Seite
from .test_seiten import EINGEBETTETES, GESTRECKT

pytestmark = pytest.mark.browser

GERUEST = """<!doctype html><html lang="de"><head><title>Probe</title><style>
body { margin: 0; font: 18px/1.5 sans-serif }
a, button, label { display: inline-block; min-height: 24px; min-width: 24px }
:focus-visible { outline: 4px solid navy }
</style></head><body><header>Kopf</header>
<nav aria-label="Hauptnavigation"><a href="/a">Kommunen</a> <a href="/b">Projekte</a></nav>
<main><h1>Überschrift</h1><form><label for="feld">Name</label> <input id="feld"> <button>Suchen</button></form>
%s</main><footer>Fuß</footer></body></html>"""


@pytest.fixture(scope="module")
def seite(browser):
    with browser.new_context(viewport=BREIT) as context:
        yield context.new_page()


@pytest.fixture
def probe(seite):
    """Show the sound page with `html` added to it."""

    def zeige(html=""):
        seite.set_viewport_size(BREIT)
        seite.set_content(GERUEST % html)
        return Aufruf(seite, Seite("probe", "", "Probe"))

    return zeige


def tabbe(aufruf):
    reihe = aufruf.messe("beginneTabben")
    befunde, besuche = [], []
    for _ in reihe:
        aufruf.page.keyboard.press("Tab")
        fokus = aufruf.messe("fokus")
        besuche.append(fokus["name"])
        befunde += fokus["befunde"]
    return besuche == reihe, befunde


def test_sound_page_passes_everything(probe):
    aufruf = probe()
    assert aufruf.messe("ueberlauf") == []
    assert aufruf.messe("ziele") == []
    assert aufruf.messe("aufbau", {"main": 1}) == []
    assert aufruf.axe() == []
    assert tabbe(aufruf) == (True, [])


def test_axe_misses_a_removed_label(oeffne_kontext, portal):
    with oeffne_kontext() as context:
        aufruf = oeffne(context, portal, Seite("melden", "/barrierefreiheit/melden/", "Barriere"))
        vorher = aufruf.axe()
        aufruf.page.evaluate("document.querySelector('label[for=id_text]').remove()")
        nachher = aufruf.axe()
    assert vorher == []
    assert [befund for befund in nachher if befund.startswith("label: #id_text")]


@pytest.mark.parametrize(
    ("html", "worte"),
    [
        ('<div style="width: 400px">breit</div>', "page is 400 px wide"),
        (
            '<p style="width: 5rem; overflow: hidden; white-space: nowrap">Präventionsräte</p>',
            "cut off",
        ),
        ('<p style="height: 1rem; overflow: hidden">Zwei<br>Zeilen</p>', "cut off"),
        (
            '<div style="overflow-x: auto"><p style="width: 50rem">Tabelle</p></div>',
            "not by keyboard",
        ),
        ('<p style="margin-left: -4rem">Anfang</p>', "sticks out of the page"),
        ('<button style="width: 2rem">Zurücksetzen</button>', "sticks out of its box"),
        (
            '<p style="line-height: .5">Eine<br><a href="/c" style="min-height: 0">andere</a></p>',
            "text on text",
        ),
    ],
)
def test_overflow_is_found(probe, html, worte):
    aufruf = probe(html)
    aufruf.page.set_viewport_size({"width": 320, "height": 256})
    assert worte in "\n".join(aufruf.messe("ueberlauf"))


def test_overflow_of_spaced_text_is_found(probe):
    aufruf = probe(
        # Letters of a fixed width take the same room with every machine's fonts.
        '<p style="font: 16px monospace; width: 9.5rem; overflow: hidden; white-space: nowrap">'
        "Präventionsrat</p>"
    )
    vorher = aufruf.messe("ueberlauf")
    aufruf.page.add_style_tag(content=GESTRECKT)
    assert vorher == []
    assert aufruf.messe("ueberlauf") != []


def test_what_only_readers_hear_is_no_overflow(probe):
    aufruf = probe(
        '<p style="position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%)">leise</p>'
    )
    assert aufruf.messe("ueberlauf") == []


@pytest.mark.parametrize(
    ("html", "worte"),
    [
        ('<a href="/c" style="outline: 0">Ziel</a>', "no focus ring"),
        ('<a href="/c" style="outline: 1px solid">Ziel</a>', "no focus ring"),
        ('<a href="/c" style="outline: 4px solid transparent">Ziel</a>', "no focus ring"),
        ('<a href="/c" style="position: absolute; left: -99rem">Ziel</a>', "outside the viewport"),
        (
            '<a href="/c">Ziel</a><div style="position: fixed; inset: 0; background: white">Hinweis</div>',
            "focus covered",
        ),
    ],
)
def test_hidden_focus_is_found(probe, html, worte):
    _, befunde = tabbe(probe(html))
    assert worte in "\n".join(befunde)


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/c" tabindex="1">Zuerst</a>',
        """<button id="falle">Falle</button><a href="/c">Danach</a>
        <script>falle.onkeydown = (e) => e.key === "Tab" && e.preventDefault()</script>""",
    ],
)
def test_wrong_order_and_traps_are_found(probe, html):
    in_ordnung, _ = tabbe(probe(html))
    assert not in_ordnung


def test_small_targets_are_found_but_not_in_running_text(probe):
    aufruf = probe(
        """<ul><li><a href="/c" style="display: inline">Alle Meldungen</a></li></ul>
        <p>Das steht in der <a href="/d" style="display: inline">Richtlinie</a> des Freistaats.</p>
        <button style="min-width: 0; width: 20px; padding: 0">x</button>"""
    )
    befunde = aufruf.messe("ziele")
    assert len(befunde) == 2
    assert "Alle Meldungen" in befunde[0]
    assert "„x“" in befunde[1]


@pytest.mark.parametrize(
    ("html", "worte"),
    [
        ("<h1>Zweite</h1>", "2 headings of level 1"),
        ("<h3>Zu tief</h3>", "level skipped"),
        ('<p id="feld">doppelt</p>', "id twice"),
        ('<nav><a href="/c">Seiten</a></nav>', "nav without a name"),
        ('<nav aria-label="Hauptnavigation"><a href="/c">Seiten</a></nav>', "two navs"),
        ('<a href="#fehlt">Sprung</a>', "link leads nowhere"),
        ('<input aria-label="Ort" aria-describedby="fehlt">', "leads nowhere"),
        ("<script>document.documentElement.lang = 'en'</script>", "lang is"),
        ("<footer>Zweiter</footer>", "footer: 2 instead of 1"),
    ],
)
def test_flaws_of_structure_are_found(probe, html, worte):
    assert worte in "\n".join(probe(html).messe("aufbau", {"footer": 1}))


@pytest.mark.parametrize(
    "html",
    [
        '<p style="color: red">',
        '<a href="/" onclick="x()">',
        "<style>",
        "<script>x()</script>",
        '<script type="module">x()</script>',
    ],
)
def test_inline_blocks_are_found(html):
    assert EINGEBETTETES.search(html)


@pytest.mark.parametrize(
    "html",
    [
        '<script src="/x.js"></script>',
        '<script type="application/json">{}</script>',
        '<p data-style="x">',
    ],
)
def test_what_the_policy_allows_is_no_inline_block(html):
    assert not EINGEBETTETES.search(html)
