"""Documents: accessible, fit for the file, and typed text is text in them."""

import json
import tracemalloc
from datetime import UTC, datetime, timedelta, timezone

import pytest

from asskomm.dokumente import bloecke
from asskomm.dokumente.satz import Beziehung, Einbettung, Norm, setze

from . import struktur

AM = datetime(2026, 11, 22, 18, 0, tzinfo=timezone(timedelta(hours=1)))
BOESE = '#panic("x") #read("/etc/passwd") $x^2$ *fett* _k_ \\ "]) // <a> @b [c] = d'


def setze_schreiben(*inhalt, marke=None, **weiteres):
    daten = bloecke.schreiben(
        "Zuwendungsbescheid",
        inhalt or [bloecke.absatz("Guten Tag")],
        absender=["Freistaat Sachsen", "Landespräventionsrat"],
        empfaenger=["Stadt Musterstadt", "Markt 1"],
        bezug=[("Datum", "22.11.2026")],
        fusszeile="KP-2027-0042",
        marke=marke,
    )
    return setze("schreiben", daten, am=AM, **weiteres)


ALLE = [
    bloecke.ueberschrift(2, "1 Entscheidung"),
    bloecke.absatz("Erster Absatz\nmit zwei Zeilen.\n\nZweiter Absatz."),
    bloecke.ueberschrift(3, "1.1 Angaben"),
    bloecke.angaben([("Betrag", "40.000,00 €")]),
    bloecke.liste(["eins", "zwei"]),
    bloecke.tabelle(
        ["Nr.", "Ausgabe", "2027"],
        [["1", "Personal", "31.450,00 €"]],
        breiten=[None, 1, None],
        rechts=[2],
        summen=[["", "Summe", "31.450,00 €"]],
    ),
    bloecke.hinweis("Wichtig"),
    bloecke.kaestchen("Ich verzichte."),
    bloecke.linien("Ort, Datum", "Unterschrift"),
    bloecke.neue_seite(),
    bloecke.absatz("Nach § 44 SäHO."),
]


def test_every_block_is_tagged():
    pdf = setze_schreiben(*ALLE)
    struktur.pruefe(pdf, "Zuwendungsbescheid")
    rollen = {element["/S"] for element in struktur.elemente(pdf)}
    assert len(struktur.lies(pdf).pages) == 2
    assert {"/H1", "/H2", "/H3", "/P", "/L", "/LI", "/Table", "/THead", "/TH", "/TD"} <= rollen


def test_a_paper_of_the_file_needs_no_letterhead():
    pdf = setze("unterlage", bloecke.unterlage("Antrag", ALLE, fusszeile="KP"), am=AM)
    struktur.pruefe(pdf, "Antrag")
    assert "Freistaat" not in struktur.text(pdf)


def test_a_document_for_the_file_claims_both_standards_and_holds_its_data():
    inhalt = json.dumps({"titel": "😀 \x00 „Größe“"}).encode()
    anlage = bytes(range(256))
    pdf = setze_schreiben(
        norm=Norm.AKTE,
        einbettungen=[
            Einbettung("fall.json", inhalt, "application/json", "Daten des Bescheids"),
            Einbettung("anbest-k.pdf", anlage, "application/pdf", "ANBest-K", Beziehung.ERGAENZUNG),
        ],
    )
    struktur.pruefe(pdf, "Zuwendungsbescheid", akte=True)
    assert struktur.eingebettet(pdf) == {"fall.json": inhalt, "anbest-k.pdf": anlage}
    dateien = [datei.get_object() for datei in struktur.lies(pdf).trailer["/Root"]["/AF"]]
    assert {datei["/UF"]: datei["/AFRelationship"] for datei in dateien} == {
        "fall.json": "/Data",
        "anbest-k.pdf": "/Supplement",
    }


def test_a_large_file_is_embedded_without_many_copies_of_it():
    anlage = bytes(range(256)) * 8_000
    tracemalloc.start()
    try:
        pdf = setze_schreiben(
            norm=Norm.AKTE, einbettungen=[Einbettung("a.bin", anlage, "application/pdf", "Anlage")]
        )
        hoechstens = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert struktur.eingebettet(pdf) == {"a.bin": anlage}
    assert hoechstens < 3 * len(anlage)


def test_the_same_data_give_the_same_bytes():
    assert setze_schreiben(*ALLE, norm=Norm.AKTE) == setze_schreiben(*ALLE, norm=Norm.AKTE)


def test_the_date_of_creation_is_what_was_asked_for():
    erstellt = struktur.lies(setze_schreiben()).metadata.creation_date
    assert erstellt.astimezone(UTC) == AM.astimezone(UTC)


@pytest.mark.parametrize(
    "norm", [Norm.BARRIEREFREI, pytest.param(Norm.AKTE, marks=pytest.mark.thorough)]
)
@pytest.mark.parametrize(
    "typ",
    [
        bloecke.absatz,
        bloecke.hinweis,
        bloecke.kaestchen,
        lambda text: bloecke.liste([text]),
        lambda text: bloecke.angaben([(text, text)]),
        lambda text: bloecke.tabelle([text], [[text]], summen=[[text]]),
        lambda text: bloecke.linien(text),
        lambda text: bloecke.ueberschrift(2, text.strip() or "Überschrift"),
    ],
)
@pytest.mark.parametrize(
    "text",
    [
        pytest.param(BOESE, id="markup"),
        *(
            pytest.param(text, id=name, marks=pytest.mark.thorough)
            for name, text in {
                "emoji": "😀 👩‍👩‍👧 אבג \u202eבא",
                "NUL": "null\x00byte \x07",
                "long word": "x" * 20_000,
                "empty": "",
                "white space": "\n\n \n",
                "list marks": "- Strich\n+ Plus\n1. Zahl\n/ Wort: Wert",
            }.items()
        ),
    ],
)
def test_odd_text_is_text(norm, typ, text):
    pdf = setze_schreiben(typ(text), norm=norm)
    struktur.pruefe(pdf, "Zuwendungsbescheid", akte=norm == Norm.AKTE)
    if text == BOESE:
        assert BOESE in struktur.text(pdf)


def test_odd_text_in_the_letterhead_is_text():
    daten = bloecke.schreiben(
        BOESE,
        [],
        absender=[BOESE, BOESE],
        empfaenger=[BOESE, "x" * 300],
        bezug=[(BOESE, BOESE)],
        fusszeile=BOESE,
        marke=BOESE,
    )
    struktur.pruefe(setze("schreiben", daten, am=AM), BOESE)


def test_what_the_font_has_not_gets_a_plain_form():
    pdf = setze_schreiben(bloecke.absatz("z.\u202fB. 12\u2011jährig ☃"))
    assert "z. B. 12-jährig ?" in struktur.text(pdf)


def test_invented_data_are_marked_on_every_page():
    lang = bloecke.absatz("\n\n".join(["Absatz"] * 100))
    marke = "Beispieldaten: frei erfunden."
    dokument = struktur.lies(setze_schreiben(lang, marke=marke))
    assert len(dokument.pages) > 1
    assert all(marke in seite.extract_text() for seite in dokument.pages)
    mit, ohne = (
        [element["/S"] for element in struktur.elemente(setze_schreiben(marke=marke))]
        for marke in (marke, None)
    )
    assert mit.count("/Strong") == ohne.count("/Strong") + 1, "read out, not only painted"


def test_the_head_of_a_long_table_is_on_every_page():
    zeilen = [[str(nummer), "Ausgabe", "1,00 €"] for nummer in range(120)]
    dokument = struktur.lies(setze_schreiben(bloecke.tabelle(["Nr.", "Wofür", "2027"], zeilen)))
    assert len(dokument.pages) > 2
    assert all("Wofür" in seite.extract_text() for seite in dokument.pages)


def test_a_row_with_a_cell_too_few_is_refused():
    with pytest.raises(ValueError, match="Zellen"):
        bloecke.tabelle(["a", "b"], [["1"]])


def test_text_becomes_paragraphs_and_lists():
    assert bloecke.text_in_bloecken("Teilen Sie mit, wenn\n\n- eins,\n- zwei.\n\n\n\nEnde\n") == [
        bloecke.absatz("Teilen Sie mit, wenn"),
        bloecke.liste(["eins,", "zwei."]),
        bloecke.absatz("Ende"),
    ]
