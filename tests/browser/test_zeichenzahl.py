"""The counter below a text area and the server count alike."""

import pytest
from playwright.sync_api import expect

from .seiten.schritte import NICHT_ZU_SCHNELL_MS

pytestmark = pytest.mark.browser

GENAU_VIERTAUSEND = "Zeile\n" * 666 + "Ende"


def test_a_line_break_counts_once_below_the_field_and_on_the_server(oeffne_kontext):
    with oeffne_kontext() as context:
        page = context.new_page()
        page.goto("/barrierefreiheit/melden/")
        feld = page.get_by_label("Was funktioniert nicht?")
        feld.fill(GENAU_VIERTAUSEND + "x")
        expect(page.locator(".assk-zeichenzahl")).to_have_text("1 Zeichen zu viel")
        page.wait_for_timeout(NICHT_ZU_SCHNELL_MS)
        page.get_by_role("button", name="Barriere melden").click()
        expect(page.locator("#fehler")).to_contain_text(
            "höchstens 4000 Zeichen. Jetzt sind es 4001"
        )
        feld.fill(GENAU_VIERTAUSEND)
        expect(page.locator(".assk-zeichenzahl")).to_have_text("noch 0 Zeichen")
        page.get_by_role("button", name="Barriere melden").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Ihre Meldung ist eingegangen")
        assert page.url.endswith("#inhalt")
