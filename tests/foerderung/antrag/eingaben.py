"""A complete draft, section by section, as people would type it."""

from datetime import date

from foerderung.beccaria import IM_ANTRAG
from foerderung.models import Erklaerung
from tests.factories import gib_frei, make_antrag, make_beratung, make_regelwerk, make_runde

ANTRAGSTELLER = {
    "felder": {
        "ansprech_name": "Kim Muster",
        "ansprech_funktion": "Koordination Prävention",
        "ansprech_email": "praevention@stadt.example.org",
        "ansprech_telefon": "03431 5790",
        "vertretung_name": "Alex Beispiel",
        "vertretung_funktion": "Oberbürgermeister",
        "gemeinsam": "nein",
        "federfuehrend": "",
    },
    "zeilen": {"beteiligte": []},
}
VORHABEN = {
    "felder": {
        "titel": "Nachtwanderer in der Innenstadt",
        "kurzbeschreibung": "Geschulte Erwachsene sind am Wochenende abends unterwegs.",
        "ort": "Innenstadt",
        "beginn": "01.02.2027",
        "ende": "31.12.2027",
        "praeventionsrat": "keiner",
        "prioritaeten": ["1", "3"],
        "handlungsfelder": ["jugend"],
        "sicherheitsanalyse": "keiner",
        "handlungsempfehlung": "",
        "weiterleitung": "nein",
        "weiterleitung_an": "",
        "weiterfuehrung": "",
    },
    "zeilen": {
        "zielgruppen": [
            {"wer": "Jugendliche", "groesse": "250 im Jahr", "art": "direkt"},
        ],
        "zeitplan": [{"von": "01.02.2027", "bis": "31.03.2027", "was": "Schulung"}],
        "partner": [],
    },
}
BECCARIA = {
    standard.schluessel: {
        "felder": {
            f"frage_{frage.schluessel}": f"Antwort auf {frage.schluessel}."
            for frage in standard.teilfragen
        }
    }
    for standard in IM_ANTRAG
}
PLAN = {
    "felder": {"eigenmittel_2027": "2.000,00", "zuwendung_2027": "18.000,00"},
    "zeilen": {
        "personal": [],
        "sach": [
            {
                "wofuer": "Schulung und Ausrüstung",
                "art": "material",
                "jahr": "2027",
                "anzahl": "1",
                "einzelbetrag": "20.000,00",
            }
        ],
        "eigenleistung": [],
        "drittmittel": [],
    },
}
ERKLAERUNGEN = {
    "felder": {
        "beginn": "on",
        "beginn_am": "01.02.2027",
        "zustimmung_am": "",
        "andere_foerderung": "nein",
        "elektronische_bekanntgabe": "",
    }
}
VOLLSTAENDIG = {
    "antragsteller": ANTRAGSTELLER,
    "vorhaben": VORHABEN,
    **BECCARIA,
    "plan": PLAN,
    "erklaerungen": ERKLAERUNGEN,
}


def mit(eingaben, *, zeilen=None, **felder):
    """The same section with other fields or rows."""
    return {
        **eingaben,
        "felder": {**eingaben["felder"], **felder},
        "zeilen": {**eingaben.get("zeilen", {}), **(zeilen or {})},
    }


def make_runde_mit_erklaerungen():
    """A round whose rule set asks for three declarations, one of each kind."""
    regelwerk = make_regelwerk(freigegeben=False)
    for schluessel, art in [
        ("beginn", Erklaerung.Art.BESTAETIGUNG),
        ("andere_foerderung", Erklaerung.Art.JA_NEIN),
        ("elektronische_bekanntgabe", Erklaerung.Art.FREIWILLIG),
    ]:
        Erklaerung.objects.create(
            regelwerk=regelwerk,
            schluessel=schluessel,
            art=art,
            titel=schluessel.capitalize(),
            text=f"Wortlaut von {schluessel}.",
            quelle="Test",
        )
    return make_runde(regelwerk=gib_frei(regelwerk))


def make_vollstaendig(*, beraten=True, **abschnitte):
    """A draft without an open point; keywords replace sections ("beccaria_1" for "beccaria-1")."""
    eingaben = VOLLSTAENDIG | {name.replace("_", "-"): wert for name, wert in abschnitte.items()}
    antrag = make_antrag(runde=make_runde_mit_erklaerungen(), eingaben=eingaben)
    if beraten:
        make_beratung(kommune=antrag.kommune, am=str(date(2026, 6, 1)))
    return antrag
