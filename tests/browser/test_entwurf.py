"""A draft saves itself: what the line says, with and without connection, and never against itself."""

import pytest
from playwright.sync_api import expect

from .seiten.schritte import folge
from .seiten.zugaenge import IN_ZWEI_KOMMUNEN

pytestmark = pytest.mark.browser
ENTWURF = folge("section[aria-labelledby='entwuerfe'] li:has(.assk-chip:text-is('Entwurf')) h3 a")
GESPEICHERT = "Zuletzt gespeichert am"


@pytest.fixture
def page(oeffne_kontext):
    """The third Beccaria standard of the draft of the demo Kommune."""
    with oeffne_kontext(IN_ZWEI_KOMMUNEN) as context:
        page = context.new_page()
        page.goto("/mein-bereich/14522080/")
        ENTWURF(page)
        page.goto(f"{page.url}beccaria-3/")
        yield page


def stand(page):
    return int(page.locator("main [name=gesehen]").input_value())


def test_leaving_a_field_saves_it_and_going_on_typing_is_no_conflict(page):
    vorher = stand(page)
    for text in ("Weniger Streit", "Weniger Streit am Bahnhof"):
        page.locator("#id_frage_3a").fill(text)
        page.locator("#id_frage_3b").focus()
        expect(page.locator("[data-entwurf-stand]")).to_contain_text(GESPEICHERT)
    expect(page.locator("main [name=gesehen]")).to_have_value(str(vorher + 2))
    page.locator("#id_frage_3b").fill("Bis Juni sind drei Abende geplant.")
    page.get_by_role("button", name="Als Entwurf speichern").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Jugendarbeit")


def test_without_a_connection_the_line_says_so_and_the_text_stays(page):
    page.context.set_offline(True)
    page.locator("#id_frage_3c").fill("Zahl der Einsätze")
    page.locator("#id_frage_3b").focus()
    expect(page.locator("[data-entwurf-stand]")).to_have_text(
        "Nicht gespeichert – keine Verbindung. Ihre Eingaben bleiben auf dieser Seite."
    )
    expect(page.locator("#id_frage_3c")).to_have_value("Zahl der Einsätze")
    page.context.set_offline(False)
    page.locator("#id_frage_3c").fill("Zahl der Einsätze im Monat")
    page.locator("#id_frage_3b").focus()
    expect(page.locator("[data-entwurf-stand]")).to_contain_text(GESPEICHERT)


def test_what_somebody_else_saved_is_said_and_both_texts_are_shown(page):
    andere = page.context.new_page()
    andere.goto(page.url)
    andere.locator("#id_frage_3d").fill("Jugendliche ab 14")
    andere.get_by_role("button", name="Als Entwurf speichern").click()
    expect(andere.get_by_role("heading", level=1)).to_contain_text("Jugendarbeit")
    page.locator("#id_frage_3d").fill("Jugendliche ab 12")
    page.locator("#id_frage_3b").focus()
    expect(page.locator("[data-entwurf-stand]")).to_contain_text("um beide Texte zu vergleichen")
    page.get_by_role("button", name="Speichern und weiter").last.click()
    expect(page.locator("main")).to_contain_text("Jugendliche ab 14")
    expect(page.locator("main")).to_contain_text("Jugendliche ab 12")
    page.get_by_label("Der Text aus diesem Fenster gilt").check()
    page.get_by_role("button", name="Auswahl speichern").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Jugendarbeit")
