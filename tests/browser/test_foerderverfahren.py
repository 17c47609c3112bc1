"""The whole way of a grant case in a real browser: award, refusal, withdrawal."""

import contextlib
import re

import pytest
from playwright.sync_api import expect

from .foerdergang import Foerdergang

pytestmark = pytest.mark.browser


@pytest.fixture
def gang(oeffne_kontext, request):
    with contextlib.ExitStack() as stapel:
        yield Foerdergang(oeffne_kontext, stapel, java_script_enabled=request.param)


mit_und_ohne = pytest.mark.parametrize(
    "gang", [True, False], ids=["with scripts", "without scripts"], indirect=True
)
mit_skripten = pytest.mark.parametrize("gang", [True], ids=["with scripts"], indirect=True)


def steht_auf(page, wort):
    """The chip of the case says its state."""
    expect(page.locator("main .assk-chip").first).to_have_text(wort)


@mit_und_ohne
def test_from_the_first_sentence_to_the_final_notice(gang, request):
    gang.titel = f"Nachtschlichter {request.node.callspec.id}"
    page = gang.beginne()
    steht_auf(page, "Entwurf")
    gang.schreibe_alles()
    gang.gib_zur_zeichnung()
    page.goto(gang.adresse)
    steht_auf(page, "in Zeichnung")

    page = gang.zeichne()
    expect(page.locator("main")).to_contain_text(re.compile(r"KP-\d{4}-\d{4}"))
    page.goto(gang.adresse)
    steht_auf(page, "eingereicht")

    gang.fordere_nach()
    page.goto(gang.adresse)
    steht_auf(page, "Nachforderung")
    gang.aendere_plan()
    gang.zeichne("Zeichnen und nachreichen", "nachforderung")
    page.goto(f"{gang.adresse}vergleich/2/")
    expect(page.locator("main")).to_contain_text("Schulung und Supervision")

    gang.pruefe_formal()
    gang.pruefe_fachlich()
    gang.empfiehl("Bewilligen")
    gang.schlage_bewilligung_vor()
    akte = gang.genehmige()
    steht_auf(akte, "bewilligt")

    page = gang.bescheid("zeichnung")
    with page.expect_navigation():
        page.get_by_role("button", name="Bescheid abrufen").click()
    with page.expect_download() as geladen:
        page.get_by_role("link", name="Bescheid herunterladen (PDF, barrierefrei)").click()
    assert geladen.value.path().read_bytes().startswith(b"%PDF-")
    gang.lasse_einen_tag_vergehen()
    gang.verzichte()
    page.goto(gang.adresse)
    steht_auf(page, "bestandskräftig")
    expect(page.locator("main")).to_contain_text("Der Bescheid ist bestandskräftig")


@mit_skripten
def test_a_case_copied_from_last_year_ends_in_a_refusal(gang):
    gang.titel = "Koordinierungsstelle des Präventionsrates"
    gang.beginne(vorlage=re.compile("Angaben aus 2026 übernehmen: Sicherheitsberatung"))
    gang.bestaetige_uebernommenes()
    gang.erklaere()
    gang.gib_zur_zeichnung()
    page = gang.zeichne()
    gang.pruefe_formal()
    gang.pruefe_fachlich()
    gang.empfiehl("Ablehnen")
    gang.schlage_ablehnung_vor()
    steht_auf(gang.genehmige(), "abgelehnt")
    page.goto(gang.adresse)
    steht_auf(page, "entschieden")
    expect(page.get_by_role("link", name=re.compile("^Bescheid"))).to_be_visible()


@mit_skripten
def test_an_application_is_withdrawn_before_the_decision(gang):
    gang.titel = "Zurückgezogen"
    gang.beginne(vorlage=re.compile("Angaben aus 2026 übernehmen: Sicherheitsberatung"))
    gang.bestaetige_uebernommenes()
    gang.erklaere()
    gang.gib_zur_zeichnung()
    page = gang.zeichne()
    gang.ziehe_zurueck()
    page.goto(gang.adresse)
    steht_auf(page, "zurückgezogen")
    akte = gang.als("sachbearbeitung")
    akte.goto(gang.akte)
    steht_auf(akte, "zurückgezogen")
