"""Public pages: Kommunen, funding, figures, news, texts, search."""

from .schritte import folge, sende_ab
from .seite import Seite


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


MELDUNG = folge("main .assk-meldungen a:has-text('Abendrundgang')")
KOMMENTIEREN = folge("main a[href$='/kommentieren/']")

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
    # Open data
    Seite("daten", "/daten/", "Offene Daten", druckseiten=3),
    Seite("datensatz", "/daten/kommunen/", "Kommunen und ihre Beteiligung", druckseiten=6),
    Seite(
        "datensatz-damals",
        "/daten/zuwendungen/?stichtag=2021-02-06",
        "Zuwendungen nach der Richtlinie",
        druckseiten=5,
    ),
    Seite(
        "datensatz-unsinn",
        "/daten/kennzahlen/?stichtag=31.02.2021",
        "Kennzahlen des Programms",
        druckseiten=5,
    ),
    Seite(
        "datensatz-zukunft",
        "/daten/lehrgaenge/v1/2199-01-01.csv",
        "Lehrgänge zur Kriminalprävention",
        status=404,
        druckseiten=5,
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
    Seite("hilfe", "/hilfe/", "", druckseiten=5),
    Seite("impressum", "/impressum/", "Impressum"),
    Seite("datenschutz", "/datenschutz/", "Datenschutz", druckseiten=5),
    Seite(
        "barrierefreiheit", "/barrierefreiheit/", "Erklärung zur Barrierefreiheit", druckseiten=4
    ),
    Seite("leichte-sprache", "/leichte-sprache/", "", druckseiten=5),
    Seite(
        "leichte-sprache-foerderung",
        "/leichte-sprache/foerderung/",
        "Geld für Projekte in Leichter Sprache",
        druckseiten=5,
    ),
    Seite("gebaerdensprache", "/gebaerdensprache/", ""),
    Seite("kontakt", "/kontakt/", "Kontakt"),
    Seite("glossar", "/glossar/", "Glossar", druckseiten=25),
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
]
