"""The receipt list as spreadsheet: the same back again, every wrong cell named, nothing executed."""

import io
import time
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from openpyxl import Workbook, load_workbook

from foerderung.models import Beleg
from foerderung.nachweis import tabelle
from foerderung.nachweis.grundlagen import Bewilligung
from foerderung.nachweis.tabelle import SPALTEN, lies_datei, schreibe
from foerderung.verfahren.belege import Belegangaben

from .faelle import HEUTE, angaben

GRUNDLAGE = Bewilligung(
    von=date(2027, 1, 1),
    bis=date(2027, 12, 31),
    nachweis_bis=date(2028, 6, 30),
    betrag=Decimal("27000.00"),
    zuwendungsfaehig=Decimal("30000.00"),
    foerdersatz=Decimal("90.00"),
    verfahren="abruf",
    aktenzeichen="KP-2027-0042-B1",
    erlassen_am=date(2026, 12, 1),
)
ZEILE = ["R-1", "Miete", "Raum", "Vermietung", "01.03.2027", "05.03.2027", "1.234,56"]


def datei(*zeilen, kopf=None, blatt="Belege"):
    mappe = Workbook()
    mappe.active.title = blatt
    mappe.active.append(kopf or list(SPALTEN.values()))
    for zeile in zeilen:
        mappe.active.append(zeile)
    puffer = io.BytesIO()
    mappe.save(puffer)
    return puffer


def zeile(**anders):
    werte = dict(zip(SPALTEN, ZEILE, strict=True)) | anders
    return list(werte.values())


def lies(*zeilen, vorhandene=(), **weitere):
    return lies_datei(datei(*zeilen, **weitere), "belege.xlsx", vorhandene, GRUNDLAGE, HEUTE)


def saetze(*zeilen, **weitere):
    return [str(fehler) for fehler in lies(*zeilen, **weitere).fehler]


def test_a_row_becomes_a_receipt():
    (beleg,) = lies(ZEILE).neue
    assert beleg == angaben(
        "R-1", zweck="Raum", zahlungsempfaenger="Vermietung", betrag_euro=Decimal("1234.56")
    )


def test_numbers_and_days_of_the_format_are_read():
    gelesen = lies(zeile(belegnummer=17, bezahlt_am=datetime(2027, 3, 5), betrag_euro=1234.56))
    assert gelesen.neue[0].belegnummer == "17"
    assert gelesen.neue[0].bezahlt_am == date(2027, 3, 5)
    assert gelesen.neue[0].betrag_euro == Decimal("1234.56")


@pytest.mark.parametrize(
    ("anders", "satz"),
    [
        ({"belegnummer": None}, "Zeile 2, Belegnummer: Geben Sie die Belegnummer an."),
        ({"ausgabenart": "Auto"}, "Zeile 2, Ausgabenart: Diese Ausgabenart gibt es nicht."),
        ({"ausgabenart": "investiv"}, "Zeile 2, Ausgabenart: Diese Ausgabenart gibt es nicht."),
        ({"zweck": None}, "Zeile 2, Wofür: Geben Sie an, wofür Sie bezahlt haben."),
        ({"zahlungsempfaenger": "x" * 141}, "Zeile 2, Zahlungsempfängerin: "),
        ({"rechnung_am": "irgendwann"}, "Zeile 2, Datum der Rechnung: Geben Sie ein Datum an"),
        ({"bezahlt_am": "31.12.2026"}, "Zeile 2, Bezahlt am: Bezahlt sein muss die Rechnung im"),
        ({"bezahlt_am": "01.03.2028"}, "Zeile 2, Bezahlt am: Dieser Tag liegt in der Zukunft."),
        ({"betrag_euro": -5}, "Zeile 2, Betrag in Euro: "),
        ({"betrag_euro": 0}, "Zeile 2, Betrag in Euro: "),
        ({"betrag_euro": 1.005}, "Zeile 2, Betrag in Euro: Geben Sie höchstens 2 Stellen"),
        ({"betrag_euro": "=1+1"}, "Zeile 2, Betrag in Euro: Die Zelle enthält eine Formel."),
        ({"zweck": '=HYPERLINK("http://x")'}, "Zeile 2, Wofür: Die Zelle enthält eine Formel."),
        ({"belegnummer": "=1"}, "Zeile 2, Belegnummer: Die Zelle enthält eine Formel."),
        ({"betrag_euro": "#REF!"}, "Zeile 2, Betrag in Euro: Die Zelle zeigt einen Fehler."),
    ],
)
def test_each_wrong_cell_is_named_once_by_row_and_column(anders, satz):
    gelesen = lies(zeile(**anders), zeile(belegnummer="R-2"))
    (fehler,) = gelesen.fehler
    assert satz in str(fehler)


def test_doubles_in_the_file_and_against_the_list():
    assert "steht schon in Zeile 2" in saetze(ZEILE, zeile(belegnummer="r-1"))[0]
    anderer = Beleg(**angaben("R-1").__dict__)
    assert (
        "Belegnummer: Diese Belegnummer steht schon in der Liste."
        in saetze(ZEILE, vorhandene=[anderer])[0]
    )


def test_what_stands_in_the_list_as_it_is_is_no_error():
    vorhanden = Beleg(**lies(ZEILE).neue[0].__dict__)
    gelesen = lies(ZEILE, zeile(belegnummer="R-2"), vorhandene=[vorhanden])
    assert (gelesen.schon_da, len(gelesen.neue), gelesen.fehler) == (1, 1, ())


def test_the_sum_is_optional_and_must_be_right():
    summe = ["Summe", *[None] * 5, "2.469,12"]
    assert saetze(ZEILE, zeile(belegnummer="R-2"), summe) == []
    falsch = ["Summe", *[None] * 5, 2469.13]
    (satz,) = saetze(ZEILE, zeile(belegnummer="R-2"), falsch)
    assert satz.endswith(
        "Als Summe stehen 2.469,13\xa0€ da, die Zeilen darüber ergeben 2.469,12\xa0€."
    )
    assert (
        "Nach der Summe in Zeile 3" in saetze(ZEILE, ["Summe", *[None] * 5, "1.234,56"], ZEILE)[0]
    )


def test_a_sheet_or_column_that_is_missing_is_named():
    assert "Das Blatt fehlt." in saetze(ZEILE, blatt="Tabelle1")[0]
    (satz,) = saetze(ZEILE, kopf=[*list(SPALTEN.values())[:-1], "Preis"])
    assert "In der ersten Zeile fehlt: „Betrag in Euro“" in satz
    assert "In der Tabelle steht kein Beleg." in saetze()[0]


def test_something_beside_the_columns_is_refused():
    assert "Spalte H gehört nicht dazu" in saetze([*ZEILE, "Notiz"])[0]


def test_the_order_of_columns_does_not_matter():
    assert lies(ZEILE[::-1], kopf=list(SPALTEN.values())[::-1]).neue == lies(ZEILE).neue


@pytest.mark.parametrize(
    ("inhalt", "name"),
    [(b"x" * 100, "belege.xlsx"), (b"PK\x03\x04kaputt", "belege.xlsx"), (b"", "belege.xlsx")],
)
def test_what_is_no_spreadsheet_is_refused(inhalt, name):
    with pytest.raises(ValidationError):
        lies_datei(io.BytesIO(inhalt), name, [], GRUNDLAGE, HEUTE)


def test_a_file_that_is_too_large_is_refused():
    gross = io.BytesIO(b"PK\x03\x04" + b"x" * tabelle.DATEI_HOECHSTENS)
    with pytest.raises(ValidationError, match="zu groß"):
        lies_datei(gross, "belege.xlsx", [], GRUNDLAGE, HEUTE)


def test_the_export_is_read_back_and_holds_no_formula():
    boese = [
        angaben("=1+1", zweck="+49 341", zahlungsempfaenger="-Firma", betrag_euro=Decimal("1.10")),
        angaben("@R", zweck='=HYPERLINK("x")', zahlungsempfaenger="=cmd|' /C calc'!A0"),
    ]
    inhalt = schreibe([Beleg(**eine.__dict__) for eine in boese])
    mappe = load_workbook(io.BytesIO(inhalt))
    for blatt in mappe:
        assert not [z for reihe in blatt.iter_rows() for z in reihe if z.data_type == "f"]
    gelesen = lies_datei(io.BytesIO(inhalt), "belege.xlsx", [], GRUNDLAGE, HEUTE)
    assert gelesen.fehler == ()
    assert list(gelesen.neue) == boese


def test_the_template_has_every_column_and_no_row():
    mappe = load_workbook(io.BytesIO(schreibe([])))
    assert [z.value for z in mappe["Belege"][1]] == list(SPALTEN.values())
    assert mappe["Belege"].max_row == 1


def viele(anzahl):
    tag = date(2027, 1, 1)
    return [
        zeile(
            belegnummer=f"R-{n}", bezahlt_am=tag + timedelta(days=n % 365), betrag_euro=n + 0.5,
            zweck=f"Ausgabe Nummer {n} für die Arbeit in den Gruppen", rechnung_am=tag,
        )
        for n in range(anzahl)
    ]  # fmt: skip


@pytest.mark.thorough
def test_a_thousand_receipts_are_read_and_one_more_is_not(record_property):
    gross = datei(*viele(1_000))
    beginn = time.perf_counter()
    gelesen = lies_datei(gross, "belege.xlsx", [], GRUNDLAGE, HEUTE)
    record_property("sekunden", round(time.perf_counter() - beginn, 2))
    assert (len(gelesen.neue), gelesen.fehler) == (1_000, ())
    assert all(isinstance(beleg, Belegangaben) for beleg in gelesen.neue)
    assert "höchstens 1.000 Belege" in saetze(*viele(1_001))[0]


@pytest.mark.thorough
def test_a_thousand_wrong_rows_are_counted():
    gelesen = lies(*(z[:-1] + ["falsch"] for z in viele(1_000)))
    assert (len(gelesen.fehler), gelesen.weitere_fehler) == (100, 900)
