"""Every page type of the portal, each form once with errors. The checks go through this table."""

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO

from openpyxl import load_workbook
from playwright.sync_api import Page

# Logins of the Beispieldaten.
PASSWORT = "asskomm-beispiel-2026"
REDAKTION = "redaktion@example.org"
ADMINISTRATION = "administration@example.org"
SACHBEARBEITUNG = "sachbearbeitung@example.org"
PRUEFUNG = "pruefung@example.org"
LEITUNG = "leitung@example.org"
VERWALTUNG_DER_KOMMUNE = "verwaltung@example.org"
IN_ZWEI_KOMMUNEN = "bearbeitung@example.org"
ZEICHNUNG = "zeichnung@example.org"
COACH = "coach@example.org"
RATHAUS = "rathaus-bearbeitung@example.org"

BERATUNG_DER_LPR = "/beratung/koordination/"
COACHING_DER_LPR = "/coaching/koordination/"
LANDKREIS = "landkreis@example.org"
RATHAUS = "rathaus-bearbeitung@example.org"

# What is sent within three seconds comes from a robot.
NICHT_ZU_SCHNELL_MS = 3100

PORTAL = (("body > header", 1), ("main#inhalt", 1), ("main", 1), ("body > footer", 1))
VERWALTUNG = (("header#header", 1), ("main", 1))
STOERUNG = (("body > header", 1), ("main", 1))


@dataclass(frozen=True)
class Seite:
    """`titel` is what the page's title begins with; `druckseiten` how much paper it may take."""

    name: str
    adresse: str
    titel: str
    schritte: tuple[Callable[[Page], None], ...] = ()  # what it takes to see it
    konto: str = ""
    status: int = 200
    landmarken: tuple[tuple[str, int], ...] = PORTAL
    druckseiten: int = 2

    def __str__(self):
        return self.name


def Verwaltungsseite(name, adresse, titel, schritte=(), konto=REDAKTION):
    """A page of the admin: it is not made for paper."""
    return Seite(
        name, f"/admin/{adresse}", titel, schritte, konto, landmarken=VERWALTUNG, druckseiten=0
    )


def Mitgliederseite(name, adresse, titel, schritte=(), konto=VERWALTUNG_DER_KOMMUNE, **weiteres):
    """A page of the Kommune of the demo accounts."""
    return Seite(name, f"/mein-bereich/14522080/{adresse}", titel, schritte, konto, **weiteres)


def Aktenseite(
    name, reiter="", titel="", schritte=(), konto=SACHBEARBEITUNG, stand="eingereicht", suche="",
    **weiteres,
):  # fmt: skip
    """A page of the first case in this state that `suche` finds; `reiter` ends its address."""
    return Seite(
        f"akte-{name}", f"/vorgaenge/?ansicht=alle&status={stand}&q={suche}", titel,
        (folge("main .assk-vorrat tbody th a"), weiter_zu(reiter), *schritte), konto, **weiteres,
    )  # fmt: skip


def Antragsseite(
    name, ende="", titel="", schritte=(), liste="entwuerfe", wort="Entwurf", **weiteres
):
    """A page of the first application of the demo Kommune with this word (a|b) on its chip."""
    zum_fall = folge(
        f"section[aria-labelledby='{liste}'] li:has(.assk-chip:text-matches('^({wort})$')) h3 a"
    )
    return Mitgliederseite(
        f"antrag-{name}", "", titel, (zum_fall, weiter_zu(ende), *schritte),
        **{"konto": IN_ZWEI_KOMMUNEN, **weiteres},
    )  # fmt: skip


def folge(wahl: str):
    """Go on to where the first link that `wahl` finds leads."""

    def schritt(page):
        page.goto(page.locator(wahl).first.evaluate("link => link.href"))

    return schritt


ANALYSE = folge("main li:has(time[datetime='2022-03-16']) h2 a")
EMPFEHLUNG = folge("main tbody th a")


def sende_ab(page):
    """Send the form as it stands; the first button of a private page would sign out."""
    with page.expect_navigation():
        page.locator("main form [type=submit]:not(.assk-kontoleiste *)").first.click()


def erfasse_leere_sitzung(page):
    """Send the form of a session with nothing in it but a step for nobody."""
    page.locator("#id_schritt-1-was").fill("Etwas tun")
    with page.expect_navigation():
        page.get_by_role("button", name="Sitzung erfassen").last.click()


def mit_falschem_ende(page):
    """Agree on an end that there is not."""
    page.locator("#id_ende_geplant").fill("31.02.2027")
    sende_ab(page)


def lade_ein(page):
    """Invite somebody; the list of the members says so."""
    page.locator("#id_email").fill(f"neu{next(_nummern)}@example.org")
    page.locator("#id_rollen_3").check()
    sende_ab(page)


def folge_dem_vorschlag_nicht(page):
    """Refuse the proposal without a reason."""
    with page.expect_navigation():
        page.get_by_role("button", name="Vorschlag ablehnen").click()


def oeffne_alles(page):
    page.evaluate("document.querySelectorAll('main details').forEach(d => (d.open = true))")


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


def weiter_zu(ende):
    """Go to a page below the present one."""

    def schritt(page):
        page.goto(page.url.partition("?")[0] + ende)

    return schritt


def lehne_ohne_grund_ab(page):
    with page.expect_navigation():
        page.get_by_role("button", name="Anfrage ablehnen").click()


def mit_neun_punkten(page):
    """More than the scale has."""
    page.locator("#id_punkte_1").fill("9")
    sende_ab(page)


def ohne_bemerkung(page):
    """A point that is not fulfilled, without saying why."""
    page.locator("#id_ergebnis_1_1").check()
    sende_ab(page)


def mit_falschem_kontakt(page):
    """No mailbox, no telephone number, a state whose day lies ahead."""
    page.locator("#id_kontakt_email").fill("unsinn")
    page.locator("#id_kontakt_telefon").fill("im Rathaus")
    page.locator("#id_zustand_2").check()
    page.locator("#id_zustand_seit").fill("2199")
    sende_ab(page)


def ohne_rolle(page):
    for kasten in page.locator("main input:checked").all():
        kasten.uncheck()
    sende_ab(page)


def beantworte(**antworten):
    """Answer the six questions; what is not named here suits the rules or is still to be settled."""
    antworten = {
        "wo": "sachsen", "wann": "spaeter", "eigenanteil": "ja", "beratung": "nein", **antworten
    }  # fmt: skip

    def schritt(page):
        for frage, antwort in antworten.items():
            page.locator(f"input[name={frage}][value={antwort}]").check()
        sende_ab(page)

    return schritt


def sende_zu_oft(page):
    """Send the form until the portal has had enough of this connection."""
    formulare = [page.request.get(page.url).text() for _ in range(5)]
    page.locator("textarea").fill("Die Karte lässt sich nicht vergrößern.")
    page.wait_for_timeout(NICHT_ZU_SCHNELL_MS)
    for formular in formulare:
        marke = re.search(r'name="marke" value="([^"]+)"', formular)[1]
        page.request.post(page.url, form={"text": "Noch eine Barriere.", "marke": marke})
    sende_ab(page)


def schlage_vertretung_vor(page):
    """One that nobody has decided yet."""
    page.locator("#id_vertretener").select_option(label="Beispiel Prüfung")
    page.locator("#id_vertreter").select_option(label="Beispiel Redaktion")
    morgen = date.today() + timedelta(days=1)
    page.locator("#id_beginn").fill(f"{morgen:%d.%m.%Y}")
    page.locator("#id_ende").fill(f"{morgen + timedelta(days=300):%d.%m.%Y}")
    page.locator("#id_begruendung").fill("Elternzeit")
    sende_ab(page)


def sende_ohne_keks(page):
    """Send the form from a browser that refuses the cookie belonging to it."""
    page.context.clear_cookies()
    sende_ab(page)


_nummern = itertools.count(1)
MITGLIED = folge("main tr:has-text('Beispiel Zeichnung') a")
EINGELADEN = folge("main tr:has-text('eingeladen') a")
ENDE = folge("main a[href$='/beenden/']")
ENTWURF = folge("main a:has-text('Weiter bearbeiten')")
ZEICHNEN = folge("main a:has-text('Lesen und zeichnen')")
EINGEREICHT = folge("main li:has(.assk-chip:has-text('eingereicht')) a")
LEHRGANG = folge("main .assk-meldungen a")
BEGLEITUNG = folge("main tbody th a")
SITZUNG = folge("section[aria-labelledby='sitzungen'] tbody th a")
MELDUNG = folge("main .assk-meldungen a:has-text('Abendrundgang')")
# The Kommune reads which decision it is once it has fetched the notice.
ENTSCHIEDEN = "entschieden|bewilligt"
BESCHEID = folge("section[aria-labelledby='bescheide'] a")
KOMMENTIEREN = folge("main a[href$='/kommentieren/']")

COACHINGANFRAGE = folge("section[aria-labelledby='bisher'] h3 a")
COACHVORSCHLAG = folge("section[aria-labelledby='vorschlaege'] h3 a")
ZUM_RAT = folge("main .assk-treffer a")
ERSTER = folge("#result_list tbody a")

SEITEN = [
    Seite("start", "/", "Gemeinsam für sichere Kommunen"),
    # Kommunen and councils
    Seite("kommunen", "/kommunen/", "Beteiligte Kommunen", druckseiten=5),
    Seite("kommunen-kreis", "/kommunen/?kreis=14524", "Beteiligte Kommunen", druckseiten=4),
    Seite(
        "kommunen-gefiltert",
        "/kommunen/?q=stadt&m=rat&m=vereinbarung",
        "Beteiligte Kommunen",
        druckseiten=4,
    ),
    Seite("kommunen-alle", "/kommunen/?alle=1&seite=3", "Beteiligte Kommunen", druckseiten=5),
    Seite("kommunen-leer", "/kommunen/?q=Dresdn", "Beteiligte Kommunen"),
    Seite(
        "kommunen-unbekannt",
        "/kommunen/?kreis=99999&seite=999",
        "Beteiligte Kommunen",
        druckseiten=5,
    ),
    Seite("kommune", "/kommunen/14524330/", "Zwickau", druckseiten=4),
    Seite("kommune-beispiel", "/kommunen/14625020/", "Bautzen", druckseiten=5),
    Seite("kommune-nicht-beteiligt", "/kommunen/14521010/", "Amtsberg"),
    Seite("praeventionsraete", "/praeventionsraete/", "Präventionsräte", druckseiten=4),
    Seite(
        "praeventionsrat",
        "/praeventionsraete/?kreis=14524",
        "Präventionsrat",
        (folge(".assk-treffer a"),),
    ),
    Seite("projekte", "/projekte/", "Geförderte Projekte", druckseiten=5),
    Seite("projekte-leer", "/projekte/?jahr=2021&kreis=14713", "Geförderte Projekte"),
    # May we apply?
    Seite("eignung", "/foerderung/eignung/", "Passt Ihr Vorhaben?", druckseiten=4),
    Seite(
        "eignung-ergebnis",
        "/foerderung/eignung/",
        "Ergebnis: Passt Ihr Vorhaben?",
        (beantworte(wer="gemeinde", wofuer="laufend"),),
        druckseiten=5,
    ),
    Seite(
        "eignung-nein",
        "/foerderung/eignung/",
        "Ergebnis: Passt Ihr Vorhaben?",
        (beantworte(wer="verein", wofuer="investition"),),
        druckseiten=5,
    ),
    Seite("eignung-fehler", "/foerderung/eignung/", "Fehler: Passt", (sende_ab,), druckseiten=4),
    Seite("regeln", "/foerderung/regeln/", "Die Regeln der Förderung", druckseiten=8),
    # Figures
    Seite("zahlen", "/zahlen/", "Zahlen", druckseiten=8),
    Seite("zahlen-damals", "/zahlen/?stichtag=2021-02-06", "Zahlen", druckseiten=8),
    Seite("zahlen-unsinn", "/zahlen/?stichtag=31.02.2021", "Zahlen", druckseiten=8),
    Seite(
        "kennzahl",
        "/zahlen/kommunen-beraten/?stichtag=2021-02-06",
        "Kommunen wurden beraten",
        druckseiten=4,
    ),
    Seite("kennzahl-geld", "/zahlen/mittel-bewilligt/", "Fördermittel", druckseiten=4),
    Seite(
        "veroeffentlichte-zahlen",
        "/zahlen/veroeffentlicht/",
        "Veröffentlichte Zahlen",
        druckseiten=10,
    ),
    # News and dates
    Seite("aktuelles", "/aktuelles/", "Aktuelles", druckseiten=4),
    Seite("aktuelles-jahr", "/aktuelles/?jahr=2021", "Aktuelles 2021", druckseiten=4),
    Seite("meldung", "/aktuelles/?jahr=2026", "Beispiel: Döbeln", (MELDUNG,)),
    Seite("kommentieren", "/aktuelles/?jahr=2026", "Kommentar schreiben", (MELDUNG, KOMMENTIEREN)),
    Seite(
        "kommentieren-fehler",
        "/aktuelles/?jahr=2026",
        "Fehler: Kommentar",
        (MELDUNG, KOMMENTIEREN, sende_ab),
    ),
    Seite("termine", "/termine/", "Termine"),
    Seite("termine-jahr", "/termine/?jahr=2026", "Vergangene Termine 2026"),
    Seite("termin", "/termine/?jahr=2026", "Beispiel: ", (folge("main .assk-meldungen a"),)),
    # Text pages
    Seite("programm", "/programm/", "Das Programm", druckseiten=4),
    Seite("weg", "/programm/weg/", "", druckseiten=5),
    Seite("foerderung", "/foerderung/", "Förderung", druckseiten=7),
    Seite("foerderung-personal", "/foerderung/personal/", "", druckseiten=5),
    Seite("fortbildung", "/fortbildung/", "Fortbildung", druckseiten=4),
    Seite("lehrgaenge", "/fortbildung/kurse/", "Lehrgänge"),
    Seite("lehrgang", "/fortbildung/kurse/", "Beccaria-Qualifizierung", (LEHRGANG,)),
    Seite(
        "lehrgang-anmelden-fehler",
        "/fortbildung/kurse/",
        "Fehler: Anmeldung",
        (LEHRGANG, folge("main a.kern-btn--primary"), sende_ab),
        druckseiten=4,
    ),
    Seite(
        "lehrgang-meine",
        "/fortbildung/meine/",
        "Ihre Anmeldung",
        (folge("main .assk-meldungen li:has(.assk-chip:text-is('Platz angeboten')) a"),),
        konto=IN_ZWEI_KOMMUNEN,
        druckseiten=4,
    ),
    Seite("hilfe", "/hilfe/", "", druckseiten=5),
    Seite("impressum", "/impressum/", "Impressum"),
    Seite("datenschutz", "/datenschutz/", "Datenschutz", druckseiten=5),
    Seite(
        "barrierefreiheit", "/barrierefreiheit/", "Erklärung zur Barrierefreiheit", druckseiten=4
    ),
    Seite("leichte-sprache", "/leichte-sprache/", "", druckseiten=4),
    Seite("gebaerdensprache", "/gebaerdensprache/", ""),
    Seite("kontakt", "/kontakt/", "Kontakt"),
    # Report a barrier
    Seite("barriere-melden", "/barrierefreiheit/melden/", "Barriere melden"),
    Seite(
        "barriere-melden-fehler",
        "/barrierefreiheit/melden/",
        "Fehler: Barriere melden",
        (sende_ab,),
    ),
    # Search
    Seite("suche", "/suche/", "Suche"),
    Seite("suche-treffer", "/suche/?q=Präventionsrat", "Suche", druckseiten=6),
    Seite("suche-nichts", "/suche/?q=Dresdn", "Suche"),
    # Mein Bereich and the members of a Kommune
    Mitgliederseite("mein-bereich", "", "Döbeln – Mein Bereich", druckseiten=3),
    Seite("mein-bereich-auswahl", "/mein-bereich/", "Mein Bereich", konto=IN_ZWEI_KOMMUNEN),
    Seite(
        "mein-bereich-ohne-kommune",
        "/mein-bereich/",
        "Mein Bereich",
        konto="ohne-kommune@example.org",
    ),
    Mitgliederseite("mitglieder", "mitglieder/", "Mitglieder: Döbeln"),
    Mitgliederseite("mitglieder-lesen", "mitglieder/", "Mitglieder", konto=IN_ZWEI_KOMMUNEN),
    Mitgliederseite("mitglied-einladen", "mitglieder/einladen/", "Mitglied einladen"),
    Mitgliederseite(
        "mitglied-einladen-fehler", "mitglieder/einladen/", "Fehler: Mitglied", (sende_ab,)
    ),
    Mitgliederseite("mitglied-eingeladen", "mitglieder/einladen/", "Mitglieder", (lade_ein,)),
    Mitgliederseite("einladung-ansehen", "mitglieder/einladen/", "neu", (lade_ein, EINGELADEN)),
    Mitgliederseite("mitglied-rollen", "mitglieder/", "Beispiel Zeichnung", (MITGLIED,)),
    Mitgliederseite(
        "mitglied-rollen-fehler",
        "mitglieder/",
        "Fehler: Beispiel Zeichnung",
        (MITGLIED, ohne_rolle),
    ),
    Mitgliederseite("mitglied-beenden", "mitglieder/", "Mitgliedschaft beenden", (MITGLIED, ENDE)),
    Mitgliederseite("rollen-pruefen", "mitglieder/pruefen/", "Rollen prüfen"),
    Mitgliederseite("mitglieder-verlassen", "mitglieder/verlassen/", "Eigene Mitgliedschaft"),
    Mitgliederseite(
        "403-mitglieder",
        "mitglieder/einladen/",
        "Kein Zugriff",
        konto=IN_ZWEI_KOMMUNEN,
        status=403,
    ),
    # The yearly confirmation of a council
    Mitgliederseite(
        "raete-der-kommune", "praeventionsraete/", "Präventionsrat: Döbeln", konto=IN_ZWEI_KOMMUNEN
    ),
    Mitgliederseite(
        "rat-bestaetigen",
        "praeventionsraete/",
        "Präventionsrat Döbeln",
        (ZUM_RAT,),
        konto=IN_ZWEI_KOMMUNEN,
        druckseiten=3,
    ),
    Mitgliederseite(
        "rat-korrigieren-fehler",
        "praeventionsraete/",
        "Fehler: Angaben korrigieren",
        (ZUM_RAT, weiter_zu("korrigieren/"), mit_falschem_kontakt),
        konto=IN_ZWEI_KOMMUNEN,
        druckseiten=5,
    ),
    # Analyses of a Kommune and what becomes of their recommendations
    Mitgliederseite("analysen", "analysen/", "Sicherheitsanalysen", konto=IN_ZWEI_KOMMUNEN),
    Mitgliederseite(
        "analyse",
        "analysen/",
        "Sicherheitsanalyse ab 16.03.2022",
        (ANALYSE,),
        konto=IN_ZWEI_KOMMUNEN,
        druckseiten=4,
    ),
    Mitgliederseite(
        "empfehlung", "analysen/", "Empfehlung 1", (ANALYSE, EMPFEHLUNG), konto=IN_ZWEI_KOMMUNEN
    ),
    Mitgliederseite(
        "empfehlung-fehler",
        "analysen/",
        "Fehler: Empfehlung 1",
        (ANALYSE, EMPFEHLUNG, sende_ab),
        konto=IN_ZWEI_KOMMUNEN,
    ),
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
    # Advice
    Mitgliederseite("beratungen", "beratung/", "Beratung", konto=IN_ZWEI_KOMMUNEN, druckseiten=3),
    Mitgliederseite(
        "beratungen-fehler",
        "beratung/",
        "Fehler: Beratung",
        (sende_ab,),
        konto=IN_ZWEI_KOMMUNEN,
        druckseiten=3,
    ),
    Seite(
        "beratungsanfrage",
        "/mein-bereich/14625020/beratung/",
        "Anfrage nach Beratung",
        (folge("section[aria-labelledby='anfrage'] a"),),
        IN_ZWEI_KOMMUNEN,
    ),
    Seite("beratung-vorrat", BERATUNG_DER_LPR, "Beratung der Kommunen", konto=SACHBEARBEITUNG),
    Seite(
        "beratung-anfrage-fehler",
        BERATUNG_DER_LPR,
        "Fehler: Anfrage nach Beratung",
        (folge("main tbody th a"), sende_ab),
        SACHBEARBEITUNG,
        druckseiten=3,
    ),
    Seite(
        "beratung-festhalten-fehler",
        f"{BERATUNG_DER_LPR}?ansicht=vorbei",
        "Fehler: Anfrage nach Beratung",
        (folge("main tbody th a"), sende_ab),
        SACHBEARBEITUNG,
        druckseiten=4,
    ),
    Seite(
        "beratung-aufnehmen-fehler",
        f"{BERATUNG_DER_LPR}anfrage/",
        "Fehler: Anfrage aufnehmen",
        (sende_ab,),
        SACHBEARBEITUNG,
    ),
    Seite(
        "beratung-ohne-anfrage-fehler",
        f"{BERATUNG_DER_LPR}beratung/",
        "Fehler: Beratung ohne Anfrage festhalten",
        (sende_ab,),
        SACHBEARBEITUNG,
        druckseiten=4,
    ),
    # Coaching: the request of a Kommune, the match, the answers
    Mitgliederseite(
        "coaching-anfragen", "coaching/anfragen/", "Coaching anfragen", konto=IN_ZWEI_KOMMUNEN
    ),
    Mitgliederseite(
        "coaching-anfragen-fehler",
        "coaching/anfragen/",
        "Fehler: Coaching anfragen",
        (sende_ab,),
        konto=IN_ZWEI_KOMMUNEN,
    ),
    Seite(
        "coachinganfrage",
        "/mein-bereich/14522000/coaching/anfragen/",
        "Anfrage nach Coaching",
        (COACHINGANFRAGE,),
        LANDKREIS,
    ),
    Seite(
        "coachvorschlag",
        "/mein-bereich/14521390/coaching/anfragen/",
        "Ein Coach für Ihre Kommune",
        (COACHINGANFRAGE, COACHVORSCHLAG),
        RATHAUS,
    ),
    Seite(
        "coachvorschlag-fehler",
        "/mein-bereich/14521390/coaching/anfragen/",
        "Fehler: Ein Coach für Ihre Kommune",
        (COACHINGANFRAGE, COACHVORSCHLAG, sende_ab),
        RATHAUS,
    ),
    Seite(
        "coaching-tafel",
        COACHING_DER_LPR,
        "Coaching koordinieren",
        konto=SACHBEARBEITUNG,
        druckseiten=4,
    ),
    Seite(
        "coaching-tafel-eine-art",
        f"{COACHING_DER_LPR}?ansicht=frei&seite=9",
        "Coaching koordinieren",
        konto=SACHBEARBEITUNG,
    ),
    Seite(
        "coaches", f"{COACHING_DER_LPR}coaches/", "Coaches", konto=SACHBEARBEITUNG, druckseiten=3
    ),
    Seite(
        "coaches-keiner",
        f"{COACHING_DER_LPR}coaches/?frei=ja&ab=2099-01-01&kreis=1",
        "Coaches",
        konto=SACHBEARBEITUNG,
    ),
    Seite(
        "vermitteln",
        f"{COACHING_DER_LPR}?ansicht=wartend",
        "Coach für",
        (folge("main tbody td a"),),
        SACHBEARBEITUNG,
        druckseiten=4,
    ),
    Seite(
        "vermitteln-fehler",
        f"{COACHING_DER_LPR}?ansicht=wartend",
        "Fehler: Coach für",
        (folge("main tbody td a"), lehne_ohne_grund_ab),
        SACHBEARBEITUNG,
        druckseiten=4,
    ),
    Seite(
        "vermitteln-vorgeschlagen",
        f"{COACHING_DER_LPR}?ansicht=ohne-antwort",
        "Coach für",
        (folge("main tbody td a"),),
        SACHBEARBEITUNG,
    ),
    Seite(
        "coach-vorschlagen-fehler",
        f"{COACHING_DER_LPR}?ansicht=wartend",
        "Fehler: Beispiel Coach",
        (folge("main tbody td a"), folge("main tbody td a:has-text('Vorschlagen')"), sende_ab),
        SACHBEARBEITUNG,
        druckseiten=3,
    ),
    Verwaltungsseite("coach-liste", "beratung/coach/", "Coach", konto=SACHBEARBEITUNG),
    Verwaltungsseite(
        "coach-einladen-fehler",
        "beratung/coach/add/",
        "Fehler: Coach einladen",
        (sende_ab,),
        konto=SACHBEARBEITUNG,
    ),
    Verwaltungsseite(
        "coach", "beratung/coach/", "", (folge("#result_list tbody a"),), konto=SACHBEARBEITUNG
    ),
    # The application of a Kommune
    Mitgliederseite("antrag-neu", "antraege/neu/", "Förderung beantragen", konto=IN_ZWEI_KOMMUNEN),
    Antragsseite("uebersicht", "", "Aufsuchende Jugendarbeit", druckseiten=3),
    # Engagements, for the coach, the coordinators and the Kommune
    Seite("begleitungen", "/coaching/", "Begleitungen", konto=COACH),
    Seite(
        "begleitungen-koordination",
        "/coaching/?stand=laufend",
        "Begleitungen",
        konto=SACHBEARBEITUNG,
    ),
    Seite("begleitung", "/coaching/", "Begleitung ", (BEGLEITUNG,), COACH, druckseiten=4),
    Seite("begleitung-kommune", "/coaching/", "Begleitung ", (BEGLEITUNG,), RATHAUS, druckseiten=4),
    Seite(
        "begleitung-kontakt", "/coaching/", "Kontakt: ", (BEGLEITUNG, weiter_zu("kontakt/")), COACH
    ),
    Seite(
        "begleitung-vereinbarung-fehler",
        "/coaching/",
        "Fehler: Vereinbarung",
        (BEGLEITUNG, weiter_zu("vereinbarung/"), mit_falschem_ende),
        COACH,
        druckseiten=3,
    ),
    Seite(
        "begleitung-vertretung",
        "/coaching/?stand=laufend",
        "Vertretung",
        (BEGLEITUNG, weiter_zu("vertretung/")),
        SACHBEARBEITUNG,
    ),
    Seite(
        "sitzung-erfassen-fehler",
        "/coaching/",
        "Fehler: Sitzung erfassen",
        (BEGLEITUNG, weiter_zu("sitzungen/neu/"), erfasse_leere_sitzung),
        COACH,
        druckseiten=4,
    ),
    Seite("sitzung", "/coaching/", "Sitzung am ", (BEGLEITUNG, SITZUNG), COACH, druckseiten=3),
    Seite(
        "sitzung-aendern",
        "/coaching/",
        "Sitzung am ",
        (BEGLEITUNG, SITZUNG, weiter_zu("aendern/")),
        COACH,
        druckseiten=4,
    ),
    Seite(
        "sitzung-stornieren-fehler",
        "/coaching/",
        "Fehler: Sitzung am ",
        (BEGLEITUNG, SITZUNG, weiter_zu("stornieren/"), sende_ab),
        COACH,
    ),
    Seite(
        "begleitung-abschliessen-fehler",
        "/coaching/",
        "Fehler: Begleitung abschließen",
        (BEGLEITUNG, weiter_zu("abschluss/"), sende_ab),
        COACH,
        druckseiten=4,
    ),
    Seite(
        "kontingent-erbitten",
        "/coaching/",
        "Kontingent erweitern",
        (BEGLEITUNG, weiter_zu("erweiterung/")),
        COACH,
    ),
    Seite(
        "kontingent-erweitern-fehler",
        "/coaching/?stand=laufend",
        "Fehler: Kontingent erweitern",
        (BEGLEITUNG, weiter_zu("erweiterung/"), sende_ab),
        SACHBEARBEITUNG,
    ),
    Seite(
        "coach-wechseln-fehler",
        "/coaching/?stand=laufend",
        "Fehler: Coach wechseln",
        (BEGLEITUNG, weiter_zu("wechsel/"), sende_ab),
        SACHBEARBEITUNG,
    ),
    Seite(
        "begleitung-abgeschlossen",
        "/coaching/?stand=abgeschlossen",
        "Begleitung ",
        (BEGLEITUNG,),
        SACHBEARBEITUNG,
        druckseiten=4,
    ),
    Seite("wirkungen", "/coaching/wirkungen/", "Wirkungen des Coachings", konto=SACHBEARBEITUNG),
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
    # Signing in and one's own account
    Seite("anmelden", "/anmelden/", "Anmelden"),
    Seite("anmelden-fehler", "/anmelden/", "Fehler: Anmelden", (sende_ab,)),
    Seite("passwort-vergessen", "/anmelden/passwort-vergessen/", "Passwort vergessen"),
    Seite("konto", "/konto/", "Mein Konto", konto=VERWALTUNG_DER_KOMMUNE),
    Seite("zweiter-faktor", "/konto/zweiter-faktor/", "Zweiter", konto=VERWALTUNG_DER_KOMMUNE),
    # Pages nobody wants to see
    Seite(
        "403-formular",
        "/anmelden/",
        "Das Formular ist abgelaufen",
        (sende_ohne_keks,),
        status=403,
    ),
    Seite(
        "403-verwaltung",
        "/admin/foerderung/zuwendung/",
        "Kein Zugriff",
        konto=REDAKTION,
        status=403,
    ),
    Seite("404", "/kommunen/doebelm/", "Diese Seite gibt es nicht", status=404),
    Seite("410", "/kommunen/14522450/", "Ostrau", status=410),
    Seite("429", "/barrierefreiheit/melden/", "", (sende_zu_oft,), status=429),
    Seite("500", "/stoerung/", "Das hat leider nicht geklappt", status=500, landmarken=STOERUNG),
    Seite(
        "503",
        "/wartung/",
        "Das Portal ist gerade nicht erreichbar",
        status=503,
        landmarken=STOERUNG,
    ),
    # The LPR: worklist and Fallakte
    Seite(
        "vorgaenge",
        "/vorgaenge/?ansicht=alle",
        "Vorgänge",
        (oeffne_alles,),
        SACHBEARBEITUNG,
        druckseiten=14,
    ),
    Seite("vorgaenge-meine", "/vorgaenge/", "Vorgänge", (), PRUEFUNG, druckseiten=9),
    Seite(
        "vorgaenge-leer",
        "/vorgaenge/?ansicht=alle&q=Dresdn&kreis=99999",
        "Vorgänge",
        (),
        SACHBEARBEITUNG,
    ),
    Aktenseite("uebersicht", schritte=(oeffne_alles,), druckseiten=4),
    Aktenseite("antrag", "antrag/", "Antrag", druckseiten=12),
    Aktenseite("plan", "plan/", "Ausgaben und Finanzierung", druckseiten=4),
    Aktenseite("unterlagen", "unterlagen/", "Unterlagen"),
    Aktenseite("formal", "formal/", "Formale Prüfung", druckseiten=9),
    Aktenseite(
        "formal-fehler", "formal/", "Fehler: Formale Prüfung", (ohne_bemerkung,), druckseiten=9
    ),
    Aktenseite("formal-lesen", "formal/", "Formale Prüfung", stand="bewilligt", druckseiten=5),
    Aktenseite(
        "fachlich",
        "fachlich/",
        "Fachliche Prüfung",
        (oeffne_alles,),
        PRUEFUNG,
        "formell_geprueft",
        druckseiten=14,
    ),
    Aktenseite(
        "fachlich-fehler",
        "fachlich/",
        "Fehler: Fachliche Prüfung",
        (mit_neun_punkten,),
        PRUEFUNG,
        "formell_geprueft",
        druckseiten=9,
    ),
    Aktenseite(
        "fachlich-lesen",
        "fachlich/",
        "Fachliche Prüfung",
        stand="fachlich_geprueft",
        druckseiten=4,
    ),
    Aktenseite("nachforderung", "nachforderung/", "Nachforderung", druckseiten=3),
    Aktenseite(
        "nachforderung-fehler",
        "nachforderung/",
        "Fehler: Nachforderung",
        (sende_ab,),
        druckseiten=3,
    ),
    Aktenseite(
        "nachforderung-offen",
        "nachforderung/",
        "Nachforderung",
        stand="nachforderung",
        druckseiten=3,
    ),
    Aktenseite("bescheide", "bescheide/", "Bescheide", stand="bestandskraeftig", druckseiten=4),
    Seite(
        "akte-bescheid-post-fehler",
        "/vorgaenge/",
        "Fehler: Bescheid zur Post geben",
        (folge("[aria-labelledby=zu-versenden] a"), sende_ab),
        SACHBEARBEITUNG,
        druckseiten=3,
    ),
    Aktenseite(
        "bescheid-zugang-fehler",
        "bescheide/",
        "Fehler: Späteren Zugang vermerken",
        (folge("main a[href$='/zugang/']"), sende_ab),
        stand="abgelehnt",
        suche="KP-2025",
        druckseiten=3,
    ),
    Aktenseite(
        "bescheid-zugang-bestritten-fehler",
        "bescheide/",
        "Fehler: Zugang bestritten",
        (folge("main a[href$='/zugang/bestritten/']"), sende_ab),
        stand="abgelehnt",
        suche="KP-2025",
        druckseiten=3,
    ),
    Aktenseite(
        "bescheid-klage-fehler",
        "bescheide/",
        "Fehler: Rechtsbehelf vermerken",
        (folge("main a[href$='/klage/']"), sende_ab),
        stand="abgelehnt",
        suche="KP-2025",
        druckseiten=3,
    ),
    Aktenseite("vermerke", "vermerke/", "Vermerke"),
    Aktenseite("vermerke-fehler", "vermerke/", "Fehler: Vermerke", (sende_ab,)),
    Aktenseite("verlauf", "verlauf/", "Verlauf", stand="bewilligt", druckseiten=4),
    Aktenseite("zustaendigkeit", "zustaendigkeit/", "Zuständigkeit"),
    Aktenseite("wiedervorlage", "wiedervorlage/", "Wiedervorlage"),
    Aktenseite("befangenheit", "befangenheit/", "Befangenheit erklären"),
    Aktenseite(
        "befangenheit-fehler", "befangenheit/", "Fehler: Befangenheit erklären", (sende_ab,)
    ),
    # Recommendation, decision and budgets
    Seite("haushalt", "/vorgaenge/haushalt/", "Haushalt", konto=LEITUNG),
    Aktenseite("empfehlung", "empfehlung/", "Empfehlung", stand="fachlich_geprueft", druckseiten=3),
    Aktenseite(
        "empfehlung-fehler",
        "empfehlung/",
        "Fehler: Empfehlung",
        (sende_ab,),
        stand="fachlich_geprueft",
        druckseiten=3,
    ),
    Aktenseite(
        "vorschlagen", "entscheidung/", "Entscheidung", stand="entscheidungsreif", druckseiten=3
    ),
    Aktenseite(
        "bewilligung-fehler",
        "entscheidung/vorschlagen/bewilligung/",
        "Fehler: Bewilligung vorschlagen",
        (sende_ab,),
        stand="entscheidungsreif",
        druckseiten=4,
    ),
    Aktenseite(
        "ablehnung-fehler",
        "entscheidung/vorschlagen/ablehnung/",
        "Fehler: Ablehnung vorschlagen",
        (sende_ab,),
        stand="entscheidungsreif",
        druckseiten=3,
    ),
    Aktenseite(
        "empfehlung-zuruecknehmen",
        "empfehlung/zuruecknehmen/",
        "Empfehlung zurücknehmen",
        stand="entscheidungsreif",
    ),
    Seite(
        "akte-entscheiden",
        "/vorgaenge/",
        "Entscheidung",
        (folge("main .assk-vorrat tbody th a"), weiter_zu("entscheidung/")),
        LEITUNG,
        druckseiten=4,
    ),
    Seite(
        "akte-entscheiden-fehler",
        "/vorgaenge/",
        "Fehler: Entscheidung",
        (
            folge("main .assk-vorrat tbody th a"),
            weiter_zu("entscheidung/"),
            folge_dem_vorschlag_nicht,
        ),
        LEITUNG,
        druckseiten=4,
    ),
    Aktenseite(
        "aenderung",
        "entscheidung/vorschlagen/aenderung/",
        "Änderung vorschlagen",
        stand="in_durchfuehrung",
        druckseiten=4,
    ),
    Aktenseite(
        "widerruf",
        "entscheidung/vorschlagen/widerruf/",
        "Widerruf vorschlagen",
        stand="in_durchfuehrung",
        druckseiten=3,
    ),
    # Admin
    Verwaltungsseite("verwaltung", "", "Übersicht"),
    Verwaltungsseite("verwaltung-liste", "portal/meldung/?q=Zwickau", "Meldung"),
    Verwaltungsseite("verwaltung-kommentare", "portal/kommentar/", "Kommentar"),
    Verwaltungsseite(
        "verwaltung-kommune", "kommunen/kommune/?q=Döbeln", "", (folge("#result_list tbody a"),)
    ),
    Verwaltungsseite(
        "verwaltung-rat",
        "kommunen/praeventionsrat/?q=Bautzen",
        "",
        (folge("#result_list tbody a"),),
    ),
    Verwaltungsseite(
        "verwaltung-meldung",
        "portal/meldung/?q=Abendrundgang",
        "",
        (folge("#result_list tbody a"),),
    ),
    Verwaltungsseite("verwaltung-meldung-neu", "portal/meldung/add/", "Meldung hinzufügen"),
    Verwaltungsseite(
        "verwaltung-meldung-fehler", "portal/meldung/add/", "Fehler: Meldung", (sende_ab,)
    ),
    Verwaltungsseite(
        "verwaltung-verlauf",
        "portal/meldung/?q=Abendrundgang",
        "",
        (folge("#result_list tbody a"), folge(".historylink")),
    ),
    Verwaltungsseite(
        "verwaltung-loeschen",
        "portal/meldung/?q=Abendrundgang",
        "",
        (folge("#result_list tbody a"), folge(".deletelink")),
    ),
    Verwaltungsseite("verwaltung-aenderungen", "aenderungen/", "Änderungen"),
    # The yearly confirmation of the councils
    Verwaltungsseite(
        "verwaltung-bestaetigungen",
        "kommunen/ratsbestaetigung/?stand=telefon",
        "",
        konto=SACHBEARBEITUNG,
    ),
    Verwaltungsseite(
        "verwaltung-bestaetigung",
        "kommunen/ratsbestaetigung/?stand=fehlt",
        "",
        (ERSTER,),
        konto=SACHBEARBEITUNG,
    ),
    Verwaltungsseite(
        "verwaltung-bestaetigung-fehler",
        "kommunen/ratsbestaetigung/add/",
        "Fehler: Bestätigung am Telefon",
        (sende_ab,),
        konto=SACHBEARBEITUNG,
    ),
    Verwaltungsseite(
        "verwaltung-korrektur", "kommunen/ratskorrektur/", "", (ERSTER,), konto=SACHBEARBEITUNG
    ),
    Verwaltungsseite(
        "verwaltung-korrektur-ablehnen-fehler",
        "kommunen/ratskorrektur/",
        "Fehler: ",
        (ERSTER, folge("a[href$='/ablehnen/']"), sende_ab),
        konto=SACHBEARBEITUNG,
    ),
    # Rule sets and rounds
    Verwaltungsseite(
        "verwaltung-regelwerke", "foerderung/regelwerk/", "Regelwerk", konto=SACHBEARBEITUNG
    ),
    Verwaltungsseite(
        "verwaltung-regelwerk",
        "foerderung/regelwerk/",
        "Richtlinie",
        (ERSTER, oeffne_alles),
        konto=SACHBEARBEITUNG,
    ),
    Verwaltungsseite(
        "verwaltung-regelwerk-neue-version",
        "foerderung/regelwerk/",
        "Richtlinie",
        (ERSTER, folge("a[href$='/neue-version/']")),
        konto=SACHBEARBEITUNG,
    ),
    Verwaltungsseite(
        "verwaltung-runde-fehler",
        "foerderung/foerderrunde/add/",
        "Fehler: ",
        (sende_ab,),
        konto=SACHBEARBEITUNG,
    ),
    Verwaltungsseite(
        "verwaltung-frist-verlaengern",
        "foerderung/fristverlaengerung/add/",
        "Frist verlängern",
        konto=SACHBEARBEITUNG,
    ),
    Verwaltungsseite(
        "verwaltung-ansatz-fehler",
        "foerderung/haushaltsansatz/add/",
        "Fehler: ",
        (sende_ab,),
        konto=SACHBEARBEITUNG,
    ),
    # Accounts, and what two people decide
    Verwaltungsseite("verwaltung-konten", "konten/konto/", "Konto", konto=ADMINISTRATION),
    Verwaltungsseite(
        "verwaltung-konto",
        "konten/konto/?q=redaktion",
        "Beispiel Redaktion",
        (ERSTER,),
        konto=ADMINISTRATION,
    ),
    Verwaltungsseite(
        "verwaltung-konto-deaktivieren",
        "konten/konto/?q=redaktion",
        "Beispiel Redaktion",
        (ERSTER, folge("a[href$='/deaktivieren/']")),
        konto=ADMINISTRATION,
    ),
    Verwaltungsseite(
        "verwaltung-konto-deaktivieren-fehler",
        "konten/konto/?q=redaktion",
        "Fehler: ",
        (ERSTER, folge("a[href$='/deaktivieren/']"), sende_ab),
        konto=ADMINISTRATION,
    ),
    Verwaltungsseite(
        "verwaltung-konto-verlauf",
        "konten/konto/?q=redaktion",
        "Verlauf: ",
        (ERSTER, folge(".historylink")),
        konto=ADMINISTRATION,
    ),
    Verwaltungsseite(
        "verwaltung-einladen", "konten/konto/add/", "Person einladen", konto=ADMINISTRATION
    ),
    Verwaltungsseite(
        "verwaltung-einladen-fehler",
        "konten/konto/add/",
        "Fehler: Person",
        (sende_ab,),
        konto=ADMINISTRATION,
    ),
    Verwaltungsseite(
        "verwaltung-vorschlagen",
        "kommunen/bestellung/add/",
        "Verwaltung einer Kommune",
        konto=ADMINISTRATION,
    ),
    Verwaltungsseite(
        "verwaltung-vorschlag",
        "konten/vertretung/add/",
        "Beispiel Redaktion vertritt",
        (schlage_vertretung_vor,),
        konto=ADMINISTRATION,
    ),
    Verwaltungsseite(
        "verwaltung-vorschlag-zurueckziehen",
        "konten/vertretung/add/",
        "Beispiel Redaktion vertritt",
        (schlage_vertretung_vor, folge("a[href$='/zurueckziehen/']")),
        konto=ADMINISTRATION,
    ),
    Verwaltungsseite(
        "verwaltung-vorschlaege", "konten/vertretung/", "Vertretung", konto=ADMINISTRATION
    ),
]
