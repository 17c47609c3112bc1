"""One browser and one portal for the whole package; contexts and pages for each test."""

import contextlib
import itertools
import os
import re
import time

import pytest
from playwright.sync_api import expect, sync_playwright

from asskomm import beispielcode

from .aufruf import BREIT, WARTEN_MS
from .portal import laufendes_portal
from .seiten.zugaenge import PASSWORT

SCHALTER = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_nummern = itertools.count(1)
expect.set_options(timeout=WARTEN_MS)


@pytest.fixture(scope="package")
def chromium():
    """Where Debian's chromium lies. Absent it may be on a developer's machine, never in CI."""
    pfad = os.environ.get("CHROMIUM", "")
    if not os.access(pfad, os.X_OK):
        grund = "CHROMIUM names no browser; `make test` sets it up"
        if os.environ.get("CI") == "true":
            pytest.fail(grund, pytrace=False)
        pytest.skip(grund)
    return pfad


@pytest.fixture(scope="package")
def playwright(chromium):
    with sync_playwright() as laufendes:
        yield laufendes


@pytest.fixture(scope="package")
def browser(playwright, chromium):
    with playwright.chromium.launch(executable_path=chromium, args=SCHALTER) as laufender:
        yield laufender


@pytest.fixture(scope="package")
def portal(chromium):
    with laufendes_portal() as adresse:
        yield adresse


@pytest.fixture(scope="package")
def oeffne_kontext(browser, portal, anmeldung):
    """Open a context: a visitor with an internet address and, where wanted, a login."""

    @contextlib.contextmanager
    def oeffne(konto="", **wahl):
        context = browser.new_context(
            viewport=wahl.pop("viewport", BREIT),
            locale="de-DE",
            base_url=portal,
            storage_state=anmeldung(konto),
            extra_http_headers={"X-Forwarded-For": f"203.0.113.{next(_nummern) % 250 + 1}"},
            **wahl,
        )
        context.set_default_timeout(WARTEN_MS)
        try:
            yield context
        finally:
            context.close()

    return oeffne


@pytest.fixture(scope="package")
def anmeldung(browser, portal):
    """Sign in once per account; the answer is what the browser keeps of it."""
    gemerkt = {"": None}

    def melde_an(konto):
        if konto not in gemerkt:
            with browser.new_context(base_url=portal) as context:
                page = context.new_page()
                page.goto("/anmelden/")
                page.locator("#id_login").fill(konto)
                page.locator("#id_password").fill(PASSWORT)
                page.locator("#id_password").press("Enter")
                page.locator("#id_code").fill(beispielcode.code(time.time()))
                page.locator("#id_code").press("Enter")
                page.wait_for_url(re.compile("/(admin|mein-bereich|coaching)/"))
                gemerkt[konto] = context.storage_state()
        return gemerkt[konto]

    return melde_an
