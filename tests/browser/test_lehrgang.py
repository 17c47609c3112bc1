"""The whole way of a course in a real browser, from the registration to the checked certificate."""

import contextlib
import re
from datetime import date

import pytest
from playwright.sync_api import expect

from .kursgang import Kursgang
from .portal import lasse_takt_laufen

pytestmark = pytest.mark.browser


@pytest.fixture
def gang(oeffne_kontext):
    with contextlib.ExitStack() as stapel:
        yield Kursgang(oeffne_kontext, stapel)


def steht_auf(page, wort):
    expect(page.locator("main p > .assk-chip").first).to_have_text(wort)


def test_from_the_registration_to_the_certificate(gang):
    kurs = gang.lege_an("Erprobung eins", plaetze=1)
    spaeter = gang.lege_an("Erprobung zwei", plaetze=5)

    # one place, two who wait; it is offered in order, expires, and goes to the next
    steht_auf(gang.melde_an("lesen", kurs), "angemeldet")
    steht_auf(gang.melde_an("landkreis", kurs), "auf der Warteliste")
    page = gang.melde_an("ohne-kommune", kurs)
    expect(page.locator("main")).to_contain_text("Sie stehen an 2. Stelle der Warteliste.")
    gang.seite("lesen").get_by_role("button", name="Vom Lehrgang abmelden").click()
    steht_auf(gang.seite("landkreis"), "Platz angeboten")
    gang.lasse_angebote_ablaufen(kurs)
    lasse_takt_laufen()
    steht_auf(gang.seite("landkreis"), "verfallen")
    page = gang.seite("ohne-kommune")
    steht_auf(page, "Platz angeboten")
    page.get_by_role("button", name="Platz annehmen").click()
    steht_auf(page, "angemeldet")

    # admission with a reason that the person can read, then the second form
    akte = gang.akte("ohne-kommune")
    akte.get_by_label("Begründung").fill("Ein Platz für das Ehrenamt")
    akte.get_by_role("button", name="Zulassen", exact=True).click()
    steht_auf(akte, "zugelassen")
    page = gang.seite("ohne-kommune")
    expect(page.locator("main")).to_contain_text("Ein Platz für das Ehrenamt")
    page.get_by_label("Was sollen wir beim Essen beachten?").fill("ohne Nüsse")
    page.get_by_role("button", name="Angaben speichern").last.click()
    expect(page.locator("main")).to_contain_text("Ihre Angaben sind gespeichert.")

    # attendance over two cohorts
    gang.lasse_die_kurstage_vergehen(kurs)
    gang.erfasse(kurs, {1: "anwesend", 2: "gefehlt", 3: "anwesend", 4: "anwesend"})
    akte = gang.akte("ohne-kommune")
    expect(akte.locator("main")).to_contain_text("ist nicht vollständig besucht.")
    akte.get_by_label("Modul", exact=True).select_option(index=2)
    akte.get_by_label("Mit welchem Durchgang").select_option(str(spaeter))
    akte.get_by_role("button", name="Nachholen vereinbaren").click()
    expect(akte.locator("main")).to_contain_text("Das Nachholen ist vereinbart.")
    gang.lasse_die_kurstage_vergehen(spaeter)
    gang.erfasse(spaeter, {2: "anwesend"})

    # project work and certificate
    akte = gang.akte("ohne-kommune")
    akte.get_by_label("Thema").fill("Licht am Bahnhof")
    akte.get_by_label("Angenommen am").fill(f"{date.today():%d.%m.%Y}")
    akte.get_by_role("button", name="Projektarbeit speichern").click()
    akte.get_by_role("button", name="Zertifikat ausstellen").click()
    expect(akte.locator("main")).to_contain_text("Das Zertifikat ist ausgestellt.")
    page = gang.seite("ohne-kommune")
    with page.expect_download() as geladen:
        page.get_by_role("link", name="Ihr Zertifikat (PDF)").click()
    assert geladen.value.path().read_bytes().startswith(b"%PDF-")
    code = re.search(r"[2-9A-Z]{4}(-[2-9A-Z]{4}){2}", geladen.value.suggested_filename)[0]

    # anybody checks it, without learning the name
    fremd = gang.als("", java_script_enabled=False)
    fremd.goto("/fortbildung/zertifikat/")
    fremd.get_by_label("Prüfcode").fill(code.lower())
    fremd.get_by_role("button", name="Zertifikat prüfen").click()
    expect(fremd.locator("main")).to_contain_text("Dieses Zertifikat ist gültig.")
    expect(fremd.locator("main")).not_to_contain_text("Kim Ohne")
    fremd.get_by_label("Name auf dem Zertifikat").fill("kim ohne-kommune")
    fremd.get_by_role("button", name="Zertifikat prüfen").click()
    expect(fremd.locator("main")).to_contain_text("auf den eingegebenen Namen ausgestellt")
