"""Weight budget of a first visit as it comes over the wire (GESTALTUNG sections 10 and 11, item 11)."""

import gzip

import pytest

pytestmark = pytest.mark.browser

KB = 1000
# Letters that only Sorbian names need, fetched by pages that have some: GESTALTUNG allows 100 kB.
SORBISCH = "latin-ext"


@pytest.fixture
def besuch(oeffne_kontext):
    """Visit addresses one after the other; give (type, address, bytes) of each transfer of the last."""

    def besuche(*adressen):
        anfragen, groessen = {}, {}

        def merke_antwort(ereignis):
            if not ereignis["response"].get("fromDiskCache"):
                anfragen[ereignis["requestId"]] = (ereignis["type"], ereignis["response"]["url"])

        def merke_groesse(ereignis):
            groessen[ereignis["requestId"]] = ereignis["encodedDataLength"]

        with oeffne_kontext() as context:
            page = context.new_page()
            cdp = context.new_cdp_session(page)
            cdp.on("Network.responseReceived", merke_antwort)
            cdp.on("Network.loadingFinished", merke_groesse)
            cdp.on("Network.requestServedFromCache", lambda e: groessen.update({e["requestId"]: 0}))
            cdp.send("Network.enable")
            for adresse in adressen:
                anfragen.clear()
                groessen.clear()
                page.goto(adresse, wait_until="networkidle")
            html = page.content()
        return html, [
            (art, url, groessen[nummer])
            for nummer, (art, url) in anfragen.items()
            if groessen.get(nummer)
        ]

    return besuche


def bytes_von(posten, *arten, ohne=()):
    return sum(
        groesse
        for art, url, groesse in posten
        if (not arten or art in arten) and not any(teil in url for teil in ohne)
    )


@pytest.mark.parametrize("adresse", ["/", "/kommunen/", "/kommunen/?kreis=14524", "/zahlen/"])
def test_first_visit_stays_within_its_budget(besuch, adresse):
    _, posten = besuch(adresse)
    assert bytes_von(posten, "Document") <= 20 * KB
    assert bytes_von(posten, "Stylesheet") <= 45 * KB
    assert bytes_von(posten, "Script") <= 8 * KB
    assert bytes_von(posten, "Font", ohne=[SORBISCH]) <= 51 * KB  # 50 and the heads of two answers
    assert bytes_von(posten, "Font") <= 150 * KB
    assert bytes_von(posten, ohne=[SORBISCH]) <= 130 * KB
    assert len(posten) <= 30


def test_next_page_brings_its_html_only(besuch):
    _, posten = besuch("/", "/zahlen/")
    assert [art for art, _, _ in posten] == ["Document"]


def test_page_comes_compressed(besuch):
    html, posten = besuch("/kommunen/")
    assert bytes_von(posten, "Document") <= len(gzip.compress(html.encode())) * 1.2
