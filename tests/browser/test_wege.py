"""What people come for, done as they do it: with and without scripts, where it counts by keyboard only."""

import re
import time

import pytest
from playwright.sync_api import expect

from asskomm import beispielcode

from .aufruf import SCHMAL
from .seiten.schritte import NICHT_ZU_SCHNELL_MS
from .seiten.zugaenge import PASSWORT, REDAKTION

pytestmark = pytest.mark.browser

HOECHSTENS_TABS = 80


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def page(request, oeffne_kontext):
    with oeffne_kontext(java_script_enabled=request.param) as context:
        yield context.new_page()


@pytest.fixture
def redaktion(oeffne_kontext):
    with oeffne_kontext(REDAKTION) as context:
        yield context.new_page()


def tabbe_zu(page, ziel):
    """Press Tab until `ziel` has the focus."""
    for _ in range(HOECHSTENS_TABS):
        page.keyboard.press("Tab")
        if ziel.evaluate("ziel => ziel === document.activeElement"):
            return
    pytest.fail(f"{ziel} is not reached with {HOECHSTENS_TABS} times Tab", pytrace=False)


def druecke_enter(page):
    with page.expect_navigation():
        page.keyboard.press("Enter")


def hat_fokus(page, kennung):
    return page.evaluate("document.activeElement.id") == kennung


def anzahl_kommunen(page):
    return int(re.match(r"\d+", page.locator("#treffer").inner_text())[0])


def test_citizen_finds_a_town_by_keyboard_only(page):
    page.goto("/")
    tabbe_zu(page, page.locator("header").get_by_role("link", name="Suche", exact=True))
    druecke_enter(page)
    tabbe_zu(page, page.locator("main").get_by_role("searchbox"))
    page.keyboard.type("Doebeln")
    druecke_enter(page)
    tabbe_zu(page, page.locator("main").get_by_role("link", name="Döbeln", exact=True))
    druecke_enter(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Döbeln")


def test_menu_of_small_screens_opens_by_enter(page):
    page.set_viewport_size(SCHMAL)
    page.goto("/")
    tabbe_zu(page, page.locator("header summary"))
    page.keyboard.press("Enter")
    tabbe_zu(page, page.locator("header details").get_by_role("link", name="Kommunen"))
    druecke_enter(page)
    expect(page).to_have_url(re.compile("/kommunen/$"))


def test_map_leads_to_a_kreis_a_kommune_and_back(page):
    page.goto("/kommunen/")
    alle = page.locator("#treffer").inner_text()
    kreis = page.locator("svg").get_by_role("link", name=re.compile("^Landkreis Zwickau"))
    kreis.focus()
    druecke_enter(page)
    gefiltert = page.locator("#treffer").inner_text()
    assert gefiltert != alle
    assert page.locator("#id_kreis").input_value() == "14524"
    page.locator("svg").get_by_role("link", name=re.compile("^Zwickau")).focus()
    druecke_enter(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Zwickau")
    page.go_back()
    expect(page.locator("#treffer")).to_have_text(gefiltert)
    page.locator("main").get_by_role("link", name="Ganz Sachsen zeigen").click()
    expect(page.locator("#treffer")).to_have_text(alle)


def test_filter_narrows_the_list_and_its_pills_widen_it(page):
    page.goto("/kommunen/")
    page.get_by_label("Name oder Postleitzahl").fill("stadt")
    page.get_by_label("Präventionsrat", exact=True).check()
    page.get_by_role("button", name="Filtern").click()
    expect(page).to_have_url(re.compile(r"q=stadt.*m=rat"))
    vorher = anzahl_kommunen(page)
    page.locator(".assk-aktive").get_by_role("link", name=re.compile("stadt")).click()
    expect(page).not_to_have_url(re.compile("q=stadt"))
    assert anzahl_kommunen(page) > vorher


def test_every_figure_of_a_day_leads_to_its_records(page):
    page.goto("/zahlen/")
    page.get_by_label("Stichtag", exact=True).fill("06.02.2021")
    page.get_by_role("button", name="Zahlen zeigen").click()
    expect(page).to_have_url(re.compile("stichtag="))
    abschnitt = page.get_by_role("region", name="Kommunale Präventionsräte arbeiten")
    expect(abschnitt).to_contain_text("19 Präventionsräte")
    expect(abschnitt).to_contain_text("06.02.2021")
    abschnitt.get_by_role("link", name=re.compile("Liste hinter dieser Zahl")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Präventionsräte")
    expect(page.locator("main")).to_contain_text("Stand: 06.02.2021")
    assert page.locator("main tbody").first.locator("tr").count() == 19


def test_comment_with_an_error_first_appears_after_moderation(page, redaktion, request):
    text = f"Ich komme gern mit, auch am Wochenende ({request.node.callspec.id})."
    page.goto("/aktuelles/?jahr=2026")
    page.get_by_role("link", name=re.compile("Abendrundgang")).click()
    meldung = page.url
    page.get_by_role("link", name="Kommentar schreiben").click()
    page.get_by_label("Name").fill("Kim")
    page.wait_for_timeout(NICHT_ZU_SCHNELL_MS)
    page.get_by_role("button", name="Kommentar absenden").click()
    page.wait_for_url(re.compile("#fehler$"))
    assert hat_fokus(page, "fehler")
    assert page.title().startswith("Fehler: ")
    assert page.get_by_label("Name").input_value() == "Kim"
    page.locator("#fehler a").first.click()
    assert hat_fokus(page, "id_text")
    page.keyboard.type(text)
    page.get_by_role("button", name="Kommentar absenden").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ihr Kommentar ist eingegangen")
    page.goto(meldung)
    expect(page.locator("main")).not_to_contain_text(text)

    redaktion.goto("/admin/")
    redaktion.get_by_role("link", name=re.compile("Kommentare warten")).click()
    redaktion.locator("tr", has_text=text).get_by_role("checkbox").check()
    redaktion.get_by_label("Aktion:").select_option(label="Ausgewählte freigeben")
    redaktion.get_by_role("button", name="Ausführen").click()
    expect(redaktion.locator(".messagelist")).to_be_visible()
    page.goto(meldung)
    expect(page.locator("main")).to_contain_text(text)


def test_barrier_report_keeps_what_was_typed_and_gets_a_number(page):
    page.goto("/kommunen/")
    page.get_by_role("link", name="Barriere melden").click()
    page.get_by_label("E-Mail-Adresse für die Antwort").fill("kim.example.org")
    page.get_by_label("Was funktioniert nicht?").fill("Die Karte ist zu klein.")
    page.wait_for_timeout(NICHT_ZU_SCHNELL_MS)
    page.get_by_role("button", name="Barriere melden").click()
    page.wait_for_url(re.compile("#fehler$"))
    assert hat_fokus(page, "fehler")
    assert page.get_by_label("Was funktioniert nicht?").input_value() == "Die Karte ist zu klein."
    page.get_by_label("E-Mail-Adresse für die Antwort").fill("kim@example.org")
    page.get_by_role("button", name="Barriere melden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihre Meldung ist eingegangen")
    expect(page.locator("main")).to_contain_text("Ihre Nummer ist")


def test_editor_signs_in_writes_a_meldung_and_publishes_it(oeffne_kontext):
    titel = "Präventionsrat lädt zur Sprechstunde"
    with oeffne_kontext() as context:
        page = context.new_page()
        page.goto("/admin/")
        page.get_by_label("E-Mail-Adresse").fill(REDAKTION)
        page.get_by_label("Passwort").fill(PASSWORT)
        page.keyboard.press("Enter")
        page.get_by_label("Code").fill(beispielcode.code(time.time()))
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Übersicht")
        expect(page.locator("#content")).not_to_contain_text("Zuwendung")
        page.goto("/admin/portal/meldung/add/")
        page.get_by_label("Titel").fill(titel)
        page.get_by_label("Datum").fill("05.10.2026")
        page.get_by_label("Zusammenfassung").fill("Immer am ersten Montag im Monat.")
        page.get_by_role("textbox", name="Quelle:").fill("Mitteilung der Stadt")
        page.get_by_role("button", name="Speichern", exact=True).click()
        expect(page.locator(".messagelist .success")).to_be_visible()
        with oeffne_kontext() as anderer:
            besuch = anderer.new_page()
            besuch.goto("/aktuelles/?jahr=2026")
            expect(besuch.locator("main")).not_to_contain_text(titel)
            page.locator("tr", has_text=titel).get_by_role("checkbox").check()
            page.get_by_label("Aktion:").select_option(label="Ausgewählte veröffentlichen")
            page.get_by_role("button", name="Ausführen").click()
            expect(page.locator(".messagelist .success")).to_be_visible()
            besuch.goto("/aktuelles/?jahr=2026")
            besuch.get_by_role("link", name=titel).click()
            expect(besuch.get_by_role("heading", level=1)).to_have_text(titel)
        page.goto("/admin/aenderungen/")
        expect(page.locator("#content")).to_contain_text(titel)
        expect(page.locator("#content")).to_contain_text("Beispiel Redaktion")
