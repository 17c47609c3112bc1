"""GESTALTUNG section 11, items 1 to 5, 7, 8, 10 and 12, for every page type."""

import io
import re

import pytest
from pypdf import PdfReader

from .aufruf import AXE_FARBREGELN, AXE_REGELN, BREIT, SCHMAL, oeffne
from .djangotexte import DJANGOTEXTE
from .seiten import SEITEN
from .seiten.seite import STOERUNG

pytestmark = pytest.mark.browser

SCHRIFT_PX = 16
# Both widths have the same colours, so one of them is enough for dark and forced ones; and those
# change colours and borders only (tests/gestaltung/test_farbschemata.py).
DARSTELLUNGEN = [
    (BREIT, "light", {}, AXE_REGELN),
    (BREIT, "dark", {"color_scheme": "dark"}, AXE_FARBREGELN),
    (SCHMAL, "light", {}, AXE_REGELN),
    (SCHMAL, "forced colours", {"forced_colors": "active"}, AXE_FARBREGELN),
]
GESTRECKT = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-block-end: 2em !important }"""
# Attributes and elements that the policy would block, as they stand in the document.
EINGEBETTETES = re.compile(
    r"""<[a-z][^>]*\s(?:style|on[a-z]+)\s*=|<style\b|<script\b(?![^>]*\bsrc=)(?![^>]*\btype="application/json")""",
    re.IGNORECASE,
)


def pruefe(befunde):
    """Fail with one line for each finding and nothing else."""
    if befunde:
        pytest.fail("\n".join(befunde), pytrace=False)


@pytest.fixture(scope="module", params=SEITEN, ids=str)
def offen(request, oeffne_kontext, portal):
    """One page of the table, loaded once for all its checks."""
    seite = request.param
    with oeffne_kontext(seite.konto) as context:
        yield oeffne(context, portal, seite)


@pytest.fixture
def aufruf(offen):
    """For checks that change how the page is shown; the others take `offen`."""
    yield offen
    offen.setze_zurueck()


def test_page_comes_with_its_title_status_and_language(offen):
    seite, titel, status = offen.seite, offen.page.title(), offen.dokument.status
    assert (seite.name, status) == (seite.name, seite.status)
    assert titel.startswith(seite.titel)
    assert titel.endswith(("– ASSKomm", "– ASSKomm-Verwaltung"))


def test_structure(offen):
    befunde = offen.messe("aufbau", dict(offen.seite.landmarken))
    # Django's scripts build some buttons of the admin as links to "#".
    pruefe([b for b in befunde if offen.seite.druckseiten or not b.endswith("to „#“")])


def test_axe_finds_nothing_wide_and_narrow_in_all_colours(aufruf):
    befunde = []
    for groesse, name, medien, regeln in DARSTELLUNGEN:
        aufruf.page.set_viewport_size(groesse)
        aufruf.page.emulate_media(color_scheme="light", forced_colors="none")
        aufruf.page.emulate_media(**medien)
        befunde += [f"{groesse['width']} px, {name}: {befund}" for befund in aufruf.axe(regeln)]
    pruefe(befunde)


def test_page_reflows_when_small_or_enlarged(aufruf):
    befunde = []
    for breite, hoehe in [(1280, 900), (960, 700), (768, 700), (390, 844), (320, 256)]:
        aufruf.page.set_viewport_size({"width": breite, "height": hoehe})
        befunde += [f"{breite} px: {befund}" for befund in aufruf.messe("ueberlauf")]
    verdoppelt = {"width": 640, "height": 450, "deviceScaleFactor": 2, "mobile": False}
    cdp = aufruf.page.context.new_cdp_session(aufruf.page)
    cdp.send("Emulation.setDeviceMetricsOverride", verdoppelt)
    befunde += [f"640 px at 200 %: {befund}" for befund in aufruf.messe("ueberlauf")]
    cdp.send("Emulation.clearDeviceMetricsOverride")
    cdp.detach()
    pruefe(befunde)


def test_page_reflows_with_letters_twice_the_size(aufruf):
    """As for people who set their browser's letters to twice the size."""
    befunde = []
    cdp = aufruf.page.context.new_cdp_session(aufruf.page)
    cdp.send("Page.setFontSizes", {"fontSizes": {"standard": 2 * SCHRIFT_PX}})
    for breite in (1280, 640):
        aufruf.page.set_viewport_size({"width": breite, "height": 900})
        befunde += [f"{breite} px: {befund}" for befund in aufruf.messe("ueberlauf")]
    schrift = aufruf.page.evaluate("getComputedStyle(document.documentElement).fontSize")
    cdp.send("Page.setFontSizes", {"fontSizes": {"standard": SCHRIFT_PX}})
    cdp.detach()
    assert schrift == f"{2 * SCHRIFT_PX}px"
    pruefe(befunde)


@pytest.mark.parametrize("name", ["antrag-uebersicht", "akte-uebersicht", "akte-plan"])
def test_large_letters_on_a_narrow_screen_break_before_the_page_scrolls(
    oeffne_kontext, portal, name
):
    seite = next(seite for seite in SEITEN if seite.name == name)
    with oeffne_kontext(seite.konto) as context:
        page = oeffne(context, portal, seite).page
        cdp = context.new_cdp_session(page)
        cdp.send("Page.setFontSizes", {"fontSizes": {"standard": 2 * SCHRIFT_PX}})
        page.set_viewport_size({"width": 320, "height": 800})
        assert page.evaluate("document.scrollingElement.scrollWidth") == 320


def test_text_may_be_spaced_out(aufruf):
    aufruf.page.evaluate(
        """css => {
            const blatt = new CSSStyleSheet();
            blatt.replaceSync(css);
            document.adoptedStyleSheets = [blatt];
        }""",
        GESTRECKT,
    )
    befunde = []
    for breite, hoehe in [(1280, 900), (320, 256)]:
        aufruf.page.set_viewport_size({"width": breite, "height": hoehe})
        befunde += [f"{breite} px: {befund}" for befund in aufruf.messe("ueberlauf")]
    pruefe(befunde)


def test_tab_visits_every_control_in_order_and_shows_where_it_is(aufruf):
    besuche, befunde = [], []
    reihe = aufruf.messe("beginneTabben")
    for _ in reihe:
        aufruf.page.keyboard.press("Tab")
        fokus = aufruf.messe("fokus")
        besuche.append(fokus["name"])
        befunde += fokus["befunde"]
    aufruf.page.keyboard.press("Tab")
    nach_dem_letzten = aufruf.messe("fokus")["nummer"]
    assert besuche == reihe
    assert nach_dem_letzten in (None, 0), "the focus does not leave the page"
    pruefe(befunde)


def test_skip_link_comes_first_and_leads_to_the_content(aufruf):
    if aufruf.seite.landmarken == STOERUNG:
        pytest.skip("a page with nothing to skip")
    aufruf.messe("beginneTabben")
    aufruf.page.keyboard.press("Tab")
    assert aufruf.page.evaluate("document.activeElement.textContent").startswith("Zum ")
    aufruf.page.keyboard.press("Enter")
    assert aufruf.page.evaluate("document.activeElement.localName") == "main"


def test_targets_are_large_enough_for_a_finger(aufruf):
    aufruf.page.set_viewport_size(SCHMAL)
    pruefe(aufruf.messe("ziele"))


def test_nothing_foreign_nothing_inline_nothing_on_the_console(offen):
    richtlinie = offen.dokument.headers["content-security-policy"]
    assert "default-src 'none'" in richtlinie
    assert "unsafe" not in richtlinie
    pruefe(offen.fremde_anfragen + offen.konsole + EINGEBETTETES.findall(offen.dokument.text()))


def test_public_page_sets_no_cookie(offen):
    if offen.seite.konto or offen.seite.adresse.startswith(("/admin/", "/anmelden/")):
        pytest.skip("private pages and the way to them need them")
    assert offen.page.context.cookies() == []


def test_error_links_lead_to_their_fields(aufruf):
    """Of our own forms; the admin shows its errors at the fields only."""
    links = aufruf.page.locator("#fehler a").all()
    for link in links:
        link.click()
        ziel = link.get_attribute("href").removeprefix("#")
        assert aufruf.page.evaluate("document.activeElement.id") == ziel
    assert links or not aufruf.seite.titel.startswith("Fehler: ") or not aufruf.seite.druckseiten


def test_print_keeps_the_content_and_drops_the_navigation(aufruf):
    if not aufruf.seite.druckseiten:
        pytest.skip("not made for paper")
    aufruf.page.emulate_media(media="print")
    druckbild = aufruf.messe("druckbild")
    papier = PdfReader(io.BytesIO(aufruf.page.pdf(prefer_css_page_size=True)))
    text = _nur_zeichen("".join(seite.extract_text() for seite in papier.pages))
    befunde = [f"on paper: {rest}" for rest in druckbild["navigation"]]
    befunde += [
        f"not on paper: {worte}"
        for worte in [druckbild["h1"], *druckbild["koepfe"]]
        if _nur_zeichen(worte) not in text
    ]
    if "zuminhaltspringen" in text:
        befunde.append("on paper: the skip link")
    if len(papier.pages) > aufruf.seite.druckseiten:
        befunde.append(f"{len(papier.pages)} sheets instead of {aufruf.seite.druckseiten}")
    pruefe(befunde)


def _nur_zeichen(text):
    """Letters and digits only: on paper, words are hyphenated and lines broken elsewhere."""
    return re.sub(r"[\W_]", "", text).casefold()


def test_words_are_the_portals_own(offen):
    text = offen.page.inner_text("body")
    pruefe([fremd for fremd in DJANGOTEXTE if fremd in text])
