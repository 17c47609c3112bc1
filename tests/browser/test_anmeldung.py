"""Signing in as people do it: invited, with a passkey or a code, with and without scripts.

Passkeys are real ones, in Chromium's virtual authenticator. They are bound to a name, so the
portal is opened as localhost here.
"""

import contextlib
import hmac
import itertools
import re
import time
from base64 import b32decode

import pytest
from playwright.sync_api import expect

from .aufruf import AXE_LAUF, AXE_REGELN, AXE_SCRIPT, BREIT, SCHMAL
from .einladen import lade_ein

pytestmark = pytest.mark.browser
PASSWORT = "ein-langes-passwort"
GERAET = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
_personen = itertools.count(1)


@pytest.fixture
def email():
    return f"neu{next(_personen)}@example.org"


@pytest.fixture
def lokal(portal):
    """The portal by its name."""
    return portal.replace("127.0.0.1", "localhost")


@pytest.fixture
def person(oeffne_kontext):
    """Open a browser of one person; `person(java_script_enabled=False)` has no scripts."""
    with contextlib.ExitStack() as offene:
        yield lambda **wahl: offene.enter_context(oeffne_kontext(**wahl)).new_page()


def stecke_schluessel_ein(page):
    """A device that makes passkeys; returns the connection and the device's name in it."""
    verbindung = page.context.new_cdp_session(page)
    verbindung.send("WebAuthn.enable")
    schluessel = verbindung.send("WebAuthn.addVirtualAuthenticator", {"options": GERAET})
    return verbindung, schluessel["authenticatorId"]


def code(geheimnis, schritte=0):
    """What an authenticator app shows, `schritte` times 30 seconds from now."""
    zaehler = int(time.time()) // 30 + schritte
    summe = hmac.digest(b32decode(geheimnis), zaehler.to_bytes(8, "big"), "sha1")
    anfang = summe[-1] & 15
    zahl = int.from_bytes(summe[anfang : anfang + 4], "big") & 0x7FFFFFFF
    return f"{zahl % 1_000_000:06}"


def knopf(page, name):
    return page.locator("main").get_by_role("button", name=name, exact=True)


def ueberschrift(page, text):
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def pruefe_seite(page):
    """No findings of axe and no sideways scrolling, wide and narrow."""
    befunde = []
    for groesse in (SCHMAL, BREIT):
        page.set_viewport_size(groesse)
        if not page.evaluate("() => 'axe' in globalThis"):
            page.evaluate(AXE_SCRIPT)
        befunde += page.evaluate(AXE_LAUF, AXE_REGELN)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            befunde.append(f"{page.url} scrolls sideways at {groesse['width']} px")
    assert befunde == []


def nimm_an(page, adresse):
    page.goto(adresse)
    ueberschrift(page, "Einladung annehmen")
    page.get_by_label("Vorname und Name").fill("Kim Muster")
    page.get_by_label("Passwort", exact=True).fill(PASSWORT)
    page.get_by_label("Passwort wiederholen").fill(PASSWORT)
    knopf(page, "Einladung annehmen").click()
    ueberschrift(page, "Zweiter Faktor")
    expect(page.locator("main")).to_contain_text("Ihre Rolle verlangt einen zweiten Faktor")


def richte_app_ein(page):
    """Set up the authenticator app; returns its secret and the code that is used up by it."""
    page.get_by_role("link", name="Authenticator-App einrichten").click()
    geheimnis = page.locator(".assk-schluessel").inner_text()
    verbraucht = code(geheimnis)
    page.get_by_label("Code", exact=True).fill(verbraucht)
    knopf(page, "Authenticator-App einrichten").click()
    ueberschrift(page, "Notfallcodes")
    return geheimnis, verbraucht


def melde_an(page, lokal, email, passwort=PASSWORT):
    page.goto(f"{lokal}/anmelden/")
    page.get_by_label("E-Mail-Adresse").fill(email)
    page.get_by_label("Passwort", exact=True).fill(passwort)
    knopf(page, "Anmelden").click()


def melde_ab(page):
    page.get_by_role("button", name="Abmelden").first.click()
    ueberschrift(page, "Sie sind abgemeldet")


def test_invitation_account_passkey_own_area(person, lokal, email):
    page = person()
    stecke_schluessel_ein(page)
    page.goto(lokal + lade_ein(email))
    expect(page.locator("main")).to_contain_text("Zeichnung für")
    pruefe_seite(page)
    nimm_an(page, page.url)
    pruefe_seite(page)
    page.goto(f"{lokal}/mein-bereich/")  # no way round
    ueberschrift(page, "Zweiter Faktor")
    page.get_by_role("link", name="Passkey einrichten").click()
    pruefe_seite(page)
    page.get_by_label("Name des Passkeys").fill("Diensthandy")
    knopf(page, "Passkey einrichten").click()
    ueberschrift(page, "Notfallcodes")
    expect(page.locator(".assk-notfallcodes li")).to_have_count(10)
    pruefe_seite(page)
    with page.expect_download() as datei:
        page.get_by_role("link", name="Als Textdatei speichern").click()
    assert datei.value.suggested_filename == "asskomm-notfallcodes.txt"
    page.get_by_role("link", name="Codes sind notiert, weiter").click()
    expect(page).to_have_url(re.compile("/mein-bereich/"))
    page.goto(f"{lokal}/konto/zweiter-faktor/")
    expect(page.locator("main")).to_contain_text("Diensthandy")
    pruefe_seite(page)

    melde_ab(page)
    page.goto(f"{lokal}/anmelden/?next=/konto/")
    pruefe_seite(page)
    knopf(page, "Mit Passkey anmelden").click()
    ueberschrift(page, "Mein Konto")
    expect(page.locator("main")).to_contain_text("Zeichnung für")
    pruefe_seite(page)

    melde_ab(page)
    melde_an(page, lokal, email)
    ueberschrift(page, "Anmeldung bestätigen")
    pruefe_seite(page)
    knopf(page, "Mit Passkey bestätigen").click()
    expect(page).to_have_url(re.compile("/mein-bereich/"))


def test_a_passkey_that_the_person_refuses_opens_nothing(person, lokal, email):
    page = person()
    verbindung, schluessel = stecke_schluessel_ein(page)
    nimm_an(page, lokal + lade_ein(email))
    page.get_by_role("link", name="Passkey einrichten").click()
    verbindung.send(
        "WebAuthn.setUserVerified", {"authenticatorId": schluessel, "isUserVerified": False}
    )
    knopf(page, "Passkey einrichten").click()
    expect(page.get_by_role("alert")).to_contain_text("Das hat nicht geklappt")
    page.goto(f"{lokal}/mein-bereich/")
    ueberschrift(page, "Zweiter Faktor")


@pytest.mark.parametrize("skripte", [True, False], ids=["with scripts", "without scripts"])
def test_invitation_account_app_own_area(person, lokal, email, skripte):
    page = person(java_script_enabled=skripte)
    nimm_an(page, lokal + lade_ein(email))
    if not skripte:
        expect(knopf(page, "Passkey einrichten")).to_have_count(0)
    geheimnis, verbraucht = richte_app_ein(page)
    notfallcode = page.locator(".assk-notfallcodes code").first.inner_text()
    melde_ab(page)

    melde_an(page, lokal, email, "ein-falsches-passwort")
    expect(page.locator("#fehler")).to_contain_text("Prüfen Sie E-Mail-Adresse und Passwort")
    melde_an(page, lokal, email)
    eingabe = page.get_by_label("Code", exact=True)
    eingabe.fill("000000")
    knopf(page, "Anmelden").click()
    expect(page.locator("#fehler")).to_contain_text("Dieser Code stimmt nicht")
    eingabe.fill(verbraucht)
    knopf(page, "Anmelden").click()
    expect(page.locator("#fehler")).to_contain_text("Dieser Code stimmt nicht oder wurde schon")
    if skripte:
        pruefe_seite(page)
    eingabe.fill(code(geheimnis, 1))
    knopf(page, "Anmelden").click()
    expect(page).to_have_url(re.compile("/mein-bereich/"))

    melde_ab(page)
    melde_an(page, lokal, email)
    eingabe.fill(notfallcode)
    knopf(page, "Anmelden").click()
    expect(page.locator("main")).to_contain_text("Es bleiben Ihnen 9.")


def test_set_up_of_the_app_is_accessible(person, lokal, email):
    page = person()
    nimm_an(page, lokal + lade_ein(email))
    page.get_by_role("link", name="Authenticator-App einrichten").click()
    pruefe_seite(page)
    page.get_by_label("Code", exact=True).fill("000000")
    knopf(page, "Authenticator-App einrichten").click()
    expect(page.locator("#fehler")).to_be_visible()
    pruefe_seite(page)


def test_expired_invitation_and_one_for_an_account_that_exists(person, lokal, email):
    page = person()
    page.goto(lokal + lade_ein(f"spaet-{email}", vor_tagen=15))
    ueberschrift(page, "Die Einladung ist abgelaufen")
    pruefe_seite(page)
    erste = lade_ein(email, rolle="lesen")
    page.goto(lokal + erste)
    page.get_by_label("Vorname und Name").fill("Kim Muster")
    page.get_by_label("Passwort", exact=True).fill(PASSWORT)
    page.get_by_label("Passwort wiederholen").fill(PASSWORT)
    knopf(page, "Einladung annehmen").click()
    expect(page).to_have_url(re.compile("/mein-bereich/"))  # reading needs no second factor
    page.goto(lokal + erste)
    ueberschrift(page, "Die Einladung ist schon angenommen")

    zweite = lade_ein(email, rolle="bearbeitung")
    anderer = person()
    anderer.goto(lokal + zweite)
    anderer.locator("main").get_by_role("link", name="Anmelden", exact=True).click()
    anderer.get_by_label("E-Mail-Adresse").fill(email)
    anderer.get_by_label("Passwort", exact=True).fill(PASSWORT)
    knopf(anderer, "Anmelden").click()
    ueberschrift(anderer, "Einladung annehmen")
    pruefe_seite(anderer)
    knopf(anderer, "Einladung annehmen").click()
    expect(anderer).to_have_url(re.compile("/mein-bereich/"))


def test_text_typed_after_the_session_ended_is_back_after_the_sign_in(person, lokal, email):
    page = person()
    page.goto(lokal + lade_ein(email, rolle="lesen"))
    page.get_by_label("Vorname und Name").fill("Kim Muster")
    page.get_by_label("Passwort", exact=True).fill(PASSWORT)
    page.get_by_label("Passwort wiederholen").fill(PASSWORT)
    knopf(page, "Einladung annehmen").click()
    page.goto(f"{lokal}/konto/")
    page.get_by_label("Vorname und Name").fill("Kim Neuername")
    page.context.clear_cookies(name="sitzung")
    knopf(page, "Namen speichern").click()
    ueberschrift(page, "Anmelden")
    page.get_by_label("E-Mail-Adresse").fill(email)
    page.get_by_label("Passwort", exact=True).fill(PASSWORT)
    knopf(page, "Anmelden").click()
    ueberschrift(page, "Mein Konto")
    expect(page.get_by_label("Vorname und Name")).to_have_value("Kim Neuername")
    expect(page.locator("main")).to_contain_text("Ihre Sitzung war abgelaufen")
    knopf(page, "Namen speichern").click()
    expect(page.locator("main")).to_contain_text("Ihr Name ist gespeichert.")


def test_the_dialog_asks_before_the_session_ends(person, lokal, email):
    page = person()
    page.clock.install()
    page.goto(lokal + lade_ein(email, rolle="lesen"))
    page.get_by_label("Vorname und Name").fill("Kim Muster")
    page.get_by_label("Passwort", exact=True).fill(PASSWORT)
    page.get_by_label("Passwort wiederholen").fill(PASSWORT)
    knopf(page, "Einladung annehmen").click()
    page.goto(f"{lokal}/konto/")
    dialog = page.get_by_role("dialog", name="Möchten Sie angemeldet bleiben?")

    with page.expect_response("**/konto/sitzung/"):
        page.clock.fast_forward("25:00")  # the server's clock knows that there is time left
    page.wait_for_timeout(500)
    expect(dialog).to_have_count(0)
    page.route("**/konto/sitzung/", lambda weg: weg.fulfill(json={"sekunden": 290}), times=1)
    page.clock.fast_forward("25:00")
    expect(dialog).to_contain_text("Ihre Sitzung endet in 5 Minuten.")
    expect(dialog.get_by_role("button", name="Angemeldet bleiben")).to_be_focused()
    pruefe_seite(page)
    with page.expect_response("**/konto/sitzung/"):
        dialog.get_by_role("button", name="Angemeldet bleiben").click()
    expect(dialog).to_have_count(0)
    page.route("**/konto/sitzung/", lambda weg: weg.fulfill(json={"sekunden": 0}))
    page.clock.fast_forward("25:00")
    expect(dialog).to_contain_text("Ihre Sitzung ist beendet.")
    expect(dialog.get_by_role("button", name="Angemeldet bleiben")).to_have_count(0)
    pruefe_seite(page)
