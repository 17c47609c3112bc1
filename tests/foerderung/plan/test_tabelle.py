"""The plan as spreadsheet: the same back again, nothing executed, nothing half taken over."""

import io
import re
import zipfile
from datetime import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from openpyxl import Workbook, load_workbook

from foerderung import tabellendatei
from foerderung.anlagen import inhaltspruefung
from foerderung.plan import tabelle
from foerderung.plan.tabelle import lies_datei, schreibe

from .plaene import drittmittel, eigenleistung, eingaben, gerechnet, personal, sach

pytestmark = pytest.mark.thorough

JAHRE = (2027, 2028)
VOLL = eingaben(
    {
        "personal": [personal(), personal(jahr="2028", entgeltgruppe="9b", stellenanteil="62,5")],
        "sach": [
            sach(anzahl="12"),
            sach(wofuer="Druck, „Flyer“", art="oeffentlichkeitsarbeit", einzelbetrag="0,18"),
        ],
        "eigenleistung": [
            eigenleistung(),
            eigenleistung(art="arbeit", stunden="40,5", betrag="", bewertung=""),
        ],
        "drittmittel": [drittmittel()],
    },
    eigenmittel="1.234,56",
    zuwendung="28.910,00",
    eigenmittel_2028="0,00",
    zuwendung_2028="5,00",
    ausnahmegrund="bedarf",
    ausnahmebegruendung="Weil es eilt.",
)


def exportiert(angaben=VOLL, jahre=JAHRE):
    return schreibe(angaben, jahre, gerechnet(angaben, jahre))


def eingelesen(inhalt, bisher=None, jahre=JAHRE, name="plan.xlsx"):
    return lies_datei(io.BytesIO(inhalt), name, bisher or {}, jahre)


def geaendert(aendere, angaben=VOLL, jahre=JAHRE):
    """The exported file after somebody has worked on it."""
    mappe = load_workbook(io.BytesIO(exportiert(angaben, jahre)))
    aendere(mappe)
    puffer = io.BytesIO()
    mappe.save(puffer)
    return puffer.getvalue()


def saetze(einlesung):
    return [str(fehler) for fehler in einlesung.fehler]


def test_what_is_written_is_read_again():
    einlesung = eingelesen(exportiert())
    assert einlesung.fehler == ()
    assert einlesung.offen == ()
    assert gerechnet(einlesung.eingaben, JAHRE) == gerechnet(VOLL, JAHRE)
    assert einlesung.eingaben["zeilen"]["personal"][1] == personal(
        jahr="2028", entgeltgruppe="9b", stellenanteil="62,50", betrag="31450"
    )


def test_fields_that_are_not_in_the_file_stay():
    einlesung = eingelesen(exportiert(), {"felder": {"ausnahmegrund": "bedarf", "fremd": "x"}})
    assert einlesung.eingaben["felder"] == {
        "ausnahmegrund": "bedarf",
        "fremd": "x",
        "eigenmittel_2027": "1.234,56",
        "zuwendung_2027": "28910",
        "eigenmittel_2028": "0",
        "zuwendung_2028": "5",
    }


def test_sheets_and_columns_are_those_of_the_page():
    mappe = load_workbook(io.BytesIO(exportiert()))
    assert mappe.sheetnames == [
        "Personalausgaben", "Sachausgaben", "Eigenleistung", "Mittel von Dritten",
        "Finanzierung", "Summen", "Auswahl",
    ]  # fmt: skip
    zeilen = list(mappe["Sachausgaben"].values)
    assert zeilen[0] == ("Wofür?", "Ausgabenart", "Jahr", "Anzahl", "Einzelbetrag in Euro")
    assert zeilen[1] == ("Raummiete", "Miete", "2027", 12, 1000)
    summen = {zeile[0]: zeile[1:] for zeile in mappe["Summen"].values}
    assert summen["Sachausgaben"] == (12000.18, 0, 12000.18)
    assert summen["Vergleich"][0].startswith("Es fehlen")


def test_an_empty_plan_is_a_template_to_fill_in():
    mappe = load_workbook(io.BytesIO(exportiert({}, (2027,))))
    assert len(list(mappe["Sachausgaben"].values)) == 1
    assert list(mappe["Finanzierung"].values)[1] == (2027, None, None)
    wahl = {
        str(pruefung.sqref): pruefung.formula1
        for pruefung in mappe["Sachausgaben"].data_validations.dataValidation
    }
    liste, bereich = wahl["B2:B400"].split("!")
    werte = [z[0].value for z in mappe[liste][bereich.replace("$", "")]]
    assert werte[0] == "Honorare"
    assert len(werte) == 10


@pytest.mark.parametrize("anfang", ["=", "+", "-", "@", "\t=", "\r="])
def test_texts_that_look_like_formulas_are_neutralised_and_come_back(anfang):
    text = f"{anfang}cmd|' /C calc'!A0"
    angaben = eingaben({"sach": [sach(wofuer=text, einzelbetrag=text)]})
    inhalt = exportiert(angaben)
    zeile = load_workbook(io.BytesIO(inhalt))["Sachausgaben"][2]
    for zelle in (zeile[0], zeile[4]):
        assert zelle.data_type == "s"
        assert zelle.value.startswith("'")
    with zipfile.ZipFile(io.BytesIO(inhalt)) as archiv:
        for name in archiv.namelist():
            assert b"<f>" not in archiv.read(name) or b"dataValidation" in archiv.read(name)
    zurueck = eingelesen(inhalt).eingaben["zeilen"]["sach"][0]
    assert zurueck["wofuer"] == text.strip()


def test_control_characters_do_not_stop_the_export():
    mappe = load_workbook(io.BytesIO(exportiert(eingaben({"sach": [sach(wofuer="a\x00b\x0bc")]}))))
    assert mappe["Sachausgaben"]["A2"].value == "abc"


def setze(blatt, zelle, wert, zahlenformat=None):
    def aendere(mappe):
        mappe[blatt][zelle] = wert
        if zahlenformat:
            mappe[blatt][zelle].number_format = zahlenformat

    return aendere


@pytest.mark.sample(5)
@pytest.mark.parametrize(
    ("zelle", "wert", "satz"),
    [
        ("A2", "=cmd()", "Zeile 2, Wofür? Die Zelle enthält eine Formel."),
        ("E2", "=B2*2", "Zeile 2, Einzelbetrag in Euro: Die Zelle enthält eine Formel."),
        ("E3", "#DIV/0!", "Zeile 3, Einzelbetrag in Euro: Die Zelle zeigt einen Fehler."),
        ("E2", datetime(2027, 1, 1), "Zeile 2, Einzelbetrag in Euro: Die Zelle enthält ein Datum."),
        ("E2", "1234.56", "Zeile 2, Einzelbetrag in Euro: Schreiben Sie Cent mit Komma"),
        ("E2", "1,234.56", "Zeile 2, Einzelbetrag in Euro: Schreiben Sie Cent mit Komma"),
        ("E2", "1e9", "Zeile 2, Einzelbetrag in Euro: Geben Sie den Betrag in Euro an"),
        ("E2", "１２", "Zeile 2, Einzelbetrag in Euro: Schreiben Sie die Zahl mit den Ziffern"),
        ("E2", -5, "Zeile 2, Einzelbetrag in Euro: Geben Sie mindestens 0,01 an."),
        ("E2", 0, "Zeile 2, Einzelbetrag in Euro: Geben Sie mindestens 0,01 an."),
        ("E2", 1.005, "Zeile 2, Einzelbetrag in Euro: Geben Sie höchstens 2 Stellen"),
        ("E2", 1e12, "Zeile 2, Einzelbetrag in Euro: Geben Sie höchstens 999.999.999,99 an."),
        ("D2", True, "Zeile 2, Anzahl: Geben Sie eine Zahl an"),
        ("B3", "Bau", "Zeile 3, Ausgabenart: „Bau“ gibt es nicht. Möglich ist: Honorare, "),
        ("C2", 2031, "Zeile 2, Jahr: „2031“ gibt es nicht. Möglich ist: 2027, 2028."),
        ("A2", "x" * 201, "Zeile 2, Wofür? Kürzen Sie den Text auf höchstens 200 Zeichen."),
        ("G2", "Notiz", "Zeile 2: Spalte G gehört nicht zum Plan."),
        ("A1", "Was?", "Zeile 1: In der ersten Zeile fehlt: „Wofür?“."),
    ],
)
def test_cells_that_cannot_be_taken_over_are_listed(zelle, wert, satz):
    gefunden = saetze(eingelesen(geaendert(setze("Sachausgaben", zelle, wert))))
    assert len(gefunden) == 1
    assert gefunden[0].startswith(f"Blatt „Sachausgaben“, {satz}")


@pytest.mark.parametrize(
    ("zelle", "wert", "zahlenformat", "feld", "eingabe"),
    [
        ("E2", "1.234,56", None, "einzelbetrag", "1.234,56"),
        ("E2", 1234.5, None, "einzelbetrag", "1.234,50"),
        ("E2", 0.1 + 0.2, None, "einzelbetrag", "0,30"),
        ("C2", 2028.0, None, "jahr", "2028"),
        ("B2", "honorare", None, "art", "honorare"),
        ("B2", " Evaluation ", None, "art", "evaluation"),
        ("A2", 2027, None, "wofuer", "2027"),
        ("A2", "zwei\nZeilen", None, "wofuer", "zwei Zeilen"),
        ("A2", "Stra\u0308uße", None, "wofuer", "Sträuße"),
    ],
)
def test_cells_are_read_as_if_they_were_typed(zelle, wert, zahlenformat, feld, eingabe):
    einlesung = eingelesen(geaendert(setze("Sachausgaben", zelle, wert, zahlenformat)))
    assert saetze(einlesung) == []
    assert einlesung.eingaben["zeilen"]["sach"][0][feld] == eingabe


def test_a_share_may_be_formatted_as_percent():
    einlesung = eingelesen(geaendert(setze("Personalausgaben", "E2", 0.285, "0.0%")))
    assert einlesung.eingaben["zeilen"]["personal"][0]["stellenanteil"] == "28,50"


def test_what_is_missing_does_not_stop_the_file():
    einlesung = eingelesen(geaendert(setze("Sachausgaben", "A3", None)))
    assert saetze(einlesung) == []
    assert [str(offen) for offen in einlesung.offen] == [
        "Blatt „Sachausgaben“, Zeile 3, Wofür? Geben Sie an, wofür Sie das Geld ausgeben."
    ]


def test_rows_may_leave_gaps_and_the_numbers_are_those_of_the_file():
    def aendere(mappe):
        mappe["Sachausgaben"].insert_rows(2, 500)
        mappe["Sachausgaben"]["E503"] = "viel"

    einlesung = eingelesen(geaendert(aendere))
    assert len(einlesung.eingaben["zeilen"]["sach"]) == 2
    assert [fehler.zeile for fehler in einlesung.fehler] == [503]


def test_columns_may_change_places():
    def aendere(mappe):
        blatt = mappe["Sachausgaben"]
        for zeile in (1, 2, 3):
            blatt.cell(zeile, 1).value, blatt.cell(zeile, 2).value = (
                blatt.cell(zeile, 2).value,
                blatt.cell(zeile, 1).value,
            )

    assert eingelesen(geaendert(aendere)).eingaben["zeilen"]["sach"][0]["art"] == "miete"


def test_a_sheet_that_is_gone_is_named():
    def aendere(mappe):
        del mappe["Eigenleistung"]

    assert saetze(eingelesen(geaendert(aendere))) == [
        "Blatt „Eigenleistung“: Das Blatt fehlt. Laden Sie die Vorlage neu herunter."
    ]


@pytest.mark.parametrize(
    ("jahr", "satz"),
    [(2026, "Möglich ist nur: 2027, 2028."), (2027, "Dieses Jahr steht schon weiter oben.")],
)
def test_years_of_the_financing(jahr, satz):
    einlesung = eingelesen(geaendert(setze("Finanzierung", "A3", jahr)))
    assert saetze(einlesung) == [f"Blatt „Finanzierung“, Zeile 3, Jahr: {satz}"]


def test_more_rows_than_a_plan_needs():
    angaben = eingaben({"sach": [sach() for _ in range(301)]})
    gefunden = saetze(eingelesen(exportiert(angaben), jahre=(2027, 2028)))
    assert gefunden == ["Blatt „Sachausgaben“: Lassen Sie höchstens 300 Zeilen stehen."]


def test_all_errors_of_a_file_are_in_one_list():
    angaben = eingaben(
        {
            "personal": [personal(monate="13")],
            "sach": [sach(art="bau", einzelbetrag="viel"), sach(wofuer="")],
        }
    )
    einlesung = eingelesen(
        geaendert(setze("Sachausgaben", "E3", "=1"), angaben, (2027,)), jahre=(2027,)
    )
    assert [(f.blatt, f.zeile, f.spalte) for f in einlesung.fehler] == [
        ("Personalausgaben", 2, "Monate"),
        ("Sachausgaben", 2, "Ausgabenart"),
        ("Sachausgaben", 2, "Einzelbetrag in Euro"),
        ("Sachausgaben", 3, "Einzelbetrag in Euro"),
    ]


def test_the_list_of_errors_is_bounded():
    angaben = eingaben({"sach": [sach(art="bau") for _ in range(300)]})
    assert len(saetze(eingelesen(exportiert(angaben)))) == tabellendatei.FEHLER_HOECHSTENS


# --- Files that are no plan -----------------------------------------------------


def zip_mit(**teile):
    """The exported file with parts of it replaced."""
    puffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(exportiert())) as alt,
        zipfile.ZipFile(puffer, "w", zipfile.ZIP_DEFLATED) as neu,
    ):
        for name in alt.namelist():
            ersatz = next((t for muster, t in teile.items() if muster in name), None)
            neu.writestr(name, alt.read(name) if ersatz is None else ersatz)
    return puffer.getvalue()


NULLBYTES = b"<x>" + b" " * 6_000_000 + b"</x>"
LACHEN = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">
<c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>"""

FREMDER_TEXT = b"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<sheetData><row r="1"><c r="A1" t="s"><v>999</v></c></row></sheetData></worksheet>"""


@pytest.mark.parametrize(
    ("name", "inhalt", "satz"),
    [
        ("plan.xlsx", b"", inhaltspruefung.LEER),
        ("plan.xlsx", b"Jahr;Betrag\n2027;5", "Der Inhalt ist kein XLSX"),
        ("plan.csv", b"Jahr;Betrag\n2027;5", "Diese Art von Datei nimmt das Portal nicht an."),
        ("plan.xlsx", b"PK\x03\x04" + b"x" * 500, "Die Datei ist beschädigt."),
        ("plan.xlsx", b"PK\x03\x04" + b"x" * 2_000_000, tabelle.ZU_GROSS),
        ("plan.xlsx", inhaltspruefung.ALTES_OFFICE + b"x" * 900, "altes Office-Format"),
    ],
)
def test_files_that_are_no_spreadsheet(name, inhalt, satz):
    with pytest.raises(ValidationError, match=re.escape(satz)):
        eingelesen(inhalt, name=name)


@pytest.mark.parametrize(
    ("teile", "satz"),
    [
        ({"sheet2": NULLBYTES}, "entpackt zu groß"),
        ({"sheet2": LACHEN}, tabellendatei.UNLESBAR),
        ({"sheet2": b"<worksheet><sheetData><row r='1'>"}, tabellendatei.UNLESBAR),
        ({"sheet2": FREMDER_TEXT}, tabellendatei.UNLESBAR),
    ],
)
def test_archives_that_are_bombs_or_broken(teile, satz):
    with pytest.raises(ValidationError, match=re.escape(satz)):
        eingelesen(zip_mit(**teile))


def test_what_is_unpacked_is_bounded_also_when_it_hardly_shrinks():
    zeilen = "".join(f"<!-- {nummer % 500} -->" for nummer in range(450_000))
    inhalt = zip_mit(sheet7=f"<x>{zeilen}</x>".encode())
    assert len(inhalt) < tabelle.DATEI_HOECHSTENS
    assert len(zeilen) < 200 * len(inhalt)
    with pytest.raises(ValidationError, match=re.escape(tabelle.ZU_GROSS)):
        eingelesen(inhalt)


def test_a_row_at_the_end_of_the_sheet_is_found_in_time():
    def aendere(mappe):
        mappe["Sachausgaben"]["E1048576"] = "viel"

    assert [fehler.zeile for fehler in eingelesen(geaendert(aendere)).fehler] == [1_048_576]


def test_another_spreadsheet_is_no_plan():
    mappe = Workbook()
    mappe.active["A1"] = "Einkauf"
    puffer = io.BytesIO()
    mappe.save(puffer)
    einlesung = eingelesen(puffer.getvalue())
    assert len(einlesung.fehler) == 5
    assert all("Das Blatt fehlt" in satz for satz in saetze(einlesung))


def test_amounts_are_exact_after_the_way_through_a_file():
    angaben = eingaben({"sach": [sach(einzelbetrag="999.999.899,99"), sach(einzelbetrag="0,07")]})
    einlesung = eingelesen(exportiert(angaben))
    assert gerechnet(einlesung.eingaben, JAHRE).gesamt.sach == Decimal("999999900.06")
