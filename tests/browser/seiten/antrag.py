"""The application of a Kommune, from the draft to the notice."""

import itertools
from io import BytesIO

from openpyxl import load_workbook

from .schritte import folge, sende_ab, weiter_zu
from .seite import Antragsseite, Mitgliederseite
from .zugaenge import IN_ZWEI_KOMMUNEN, ZEICHNUNG

_nummern = itertools.count(1)


def mit_falschem_beginn(page):
    """Save a day that there is not."""
    page.locator("#id_beginn").fill("31.02.2027")
    with page.expect_navigation():
        page.get_by_role("button", name="Speichern und weiter").last.click()


def mit_falschen_betraegen(page):
    """An amount with a point, another one without an amount."""
    page.locator("[name=personal-0-aufgabe]").fill("Koordination")
    page.locator("[name=personal-0-betrag]").fill("31450.00")
    page.locator("[name=sach-0-wofuer]").fill("Fortbildungen für Ehrenamtliche")
    page.locator("[name=sach-0-einzelbetrag]").fill("viel")
    with page.expect_navigation():
        page.get_by_role("button", name="Speichern und weiter").last.click()


def mit_leerer_datei(page):
    _lade_hoch(page, "leer.pdf", b"")


def mit_formel(page):
    """The table of the plan as it was downloaded, with a formula in its first row."""
    mappe = load_workbook(BytesIO(_tabelle(page)))
    mappe.worksheets[0]["A2"] = "=1+1"
    datei = BytesIO()
    mappe.save(datei)
    _lade_hoch(page, "plan.xlsx", datei.getvalue())


def mit_anderem_plan(page):
    """The table of the case that waits for its signature, for a draft."""
    hier = page.url
    page.goto("/mein-bereich/14522080/")
    folge("main li:has(.assk-chip:text-is('in Zeichnung')) h3 a")(page)
    weiter_zu("plan/tabelle/")(page)
    tabelle = _tabelle(page)
    page.goto(hier)
    _lade_hoch(page, "plan.xlsx", tabelle)


def _tabelle(page):
    return page.request.get(f"{page.url}herunterladen/").body()


def _lade_hoch(page, name, inhalt):
    page.locator("main input[type=file]").first.set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": inhalt}
    )
    with page.expect_navigation():
        page.locator("main form:has(input[type=file]) [type=submit]").first.click()


def rufe_ab(page):
    """Fetch the notice, unless that has happened before."""
    knopf = page.get_by_role("button", name="Bescheid abrufen")
    if knopf.count():
        with page.expect_navigation():
            knopf.click()


def gleichzeitig_geaendert(page):
    """Save an answer after another window has saved another one."""
    anderes = page.context.new_page()
    anderes.goto(page.url)
    for seite, text in ((anderes, f"Anderer Text {next(_nummern)}"), (page, "Mein Text")):
        seite.locator("#id_frage_2b").fill(text)
        with seite.expect_navigation():
            seite.get_by_role("button", name="Als Entwurf speichern").click()
    anderes.close()


ENTWURF = folge("main a:has-text('Weiter bearbeiten')")
ZEICHNEN = folge("main a:has-text('Lesen und zeichnen')")
EINGEREICHT = folge("main li:has(.assk-chip:has-text('eingereicht')) a")
# The Kommune reads which decision it is once it has fetched the notice.
ENTSCHIEDEN = "entschieden|bewilligt"
BESCHEID = folge("section[aria-labelledby='bescheide'] a")

SEITEN = [
    # From the check of an application to the receipt, and what follows
    Mitgliederseite(
        "antrag-pruefen",
        "",
        "Prüfen und zur Zeichnung geben",
        (ENTWURF, weiter_zu("pruefen/")),
        konto=IN_ZWEI_KOMMUNEN,
        druckseiten=12,
    ),
    Mitgliederseite(
        "antrag-zeichnen", "", "Antrag zeichnen", (ZEICHNEN,), konto=ZEICHNUNG, druckseiten=12
    ),
    Mitgliederseite(
        "antrag-zeichnen-fehler",
        "",
        "Fehler: Antrag zeichnen",
        (ZEICHNEN, sende_ab),
        konto=ZEICHNUNG,
        druckseiten=12,
    ),
    Mitgliederseite(
        "antrag-nicht-zeichnen-fehler",
        "",
        "Fehler: Nicht zeichnen",
        (ZEICHNEN, folge("main a[href$='/ablehnen/']"), sende_ab),
        konto=ZEICHNUNG,
        druckseiten=4,
    ),
    Mitgliederseite(
        "antrag-eingang",
        "",
        "Eingangsbestätigung",
        (EINGEREICHT, folge("main a[href$='/eingang/']")),
        konto=ZEICHNUNG,
        druckseiten=3,
    ),
    Mitgliederseite(
        "antrag-zurueckziehen-fehler",
        "",
        "Fehler: Antrag zurückziehen",
        (EINGEREICHT, folge("main a[href$='/zurueckziehen/']"), sende_ab),
        konto=ZEICHNUNG,
    ),
    Mitgliederseite(
        "antrag-nachforderung",
        "",
        "Nachforderung",
        (folge("main a:has-text('Nachforderung beantworten')"),),
        konto=IN_ZWEI_KOMMUNEN,
        druckseiten=3,
    ),
    # The application of a Kommune
    Mitgliederseite("antrag-neu", "antraege/neu/", "Förderung beantragen", konto=IN_ZWEI_KOMMUNEN),
    Antragsseite("uebersicht", "", "Aufsuchende Jugendarbeit", druckseiten=3),
    Antragsseite("beratung", "beratung/", "Beratung", druckseiten=3),
    Antragsseite("antragsteller", "antragsteller/", "Antragsteller", druckseiten=5),
    Antragsseite("vorhaben", "vorhaben/", "Vorhaben im Überblick", druckseiten=10),
    Antragsseite(
        "vorhaben-pruefen", "vorhaben/?pruefen=1", "Vorhaben im Überblick", druckseiten=12
    ),
    Antragsseite(
        "vorhaben-fehler",
        "vorhaben/",
        "Fehler: Vorhaben",
        (mit_falschem_beginn,),
        druckseiten=12,
    ),
    Antragsseite("beccaria", "beccaria-2/", "Analyse der Entstehungsbedingungen", druckseiten=5),
    Antragsseite(
        "konflikt",
        "beccaria-2/",
        "Analyse der Entstehungsbedingungen",
        (gleichzeitig_geaendert,),
        status=409,
        druckseiten=3,
    ),
    Antragsseite(
        "plan-fehler", "plan/", "Fehler: Ausgaben", (mit_falschen_betraegen,), druckseiten=5
    ),
    Antragsseite(
        "plan-tabelle-fehler",
        "plan/tabelle/",
        "Fehler: Plan als Tabelle",
        (mit_formel,),
        status=422,
    ),
    Antragsseite(
        "plan-vorschau", "plan/tabelle/", "Vorschau der Tabelle", (mit_anderem_plan,), druckseiten=4
    ),
    Antragsseite("anlagen", "anlagen/", "Anlagen", wort="in Zeichnung", druckseiten=3),
    Antragsseite(
        "anlagen-fehler",
        "anlagen/",
        "Fehler: Anlagen",
        (mit_leerer_datei,),
        status=422,
        druckseiten=4,
    ),
    Antragsseite("erklaerungen", "erklaerungen/", "Erklärungen", druckseiten=6),
    Antragsseite("ansehen", "ansehen/", "Aufsuchende Jugendarbeit", druckseiten=12),
    Antragsseite("lesen", "vorhaben/", "Vorhaben", wort="in Zeichnung", druckseiten=4),
    Antragsseite(
        "nachforderung-fall",
        "",
        "Kommunale",
        liste="vorgaenge",
        wort="Nachforderung",
        druckseiten=3,
    ),
    Antragsseite(
        "entschieden", "", "Konfliktlotsen", liste="vorgaenge", wort=ENTSCHIEDEN, druckseiten=3
    ),
    Antragsseite(
        "vergleich",
        "",
        "Fassung 2 im Vergleich",
        (folge("main a:has-text('Alt und neu vergleichen')"),),
        liste="vorgaenge",
        wort="eingereicht",
        druckseiten=3,
    ),
    # A notice: waiting to be fetched, to be waived, final
    Antragsseite(
        "bescheid-abrufen", "", "Bescheid: KP-", (BESCHEID,), liste="vorgaenge", wort="entschieden"
    ),
    Antragsseite(
        "verzicht-fehler",
        "",
        "Fehler: Auf Rechtsbehelf verzichten",
        (BESCHEID, rufe_ab, folge("main a[href$='/verzicht/']"), sende_ab),
        liste="vorgaenge",
        wort=ENTSCHIEDEN,
        konto=ZEICHNUNG,
    ),
    Antragsseite(
        "bescheid",
        "",
        "Zuwendungsbescheid",
        (BESCHEID,),
        liste="vorgaenge",
        wort="bestandskräftig",
        druckseiten=3,
    ),
]
