import pytest

from kommunen import einlesen
from kommunen.einlesen import Einlesefehler, Fehlerliste, Tabelle
from kommunen.zeitangabe import Zeitangabe

STAEDTE = Tabelle(
    "staedte.csv",
    {"name": einlesen.kurztext(20), "seit": einlesen.zeitangabe, "zahl": einlesen.ganze_zahl},
    eindeutig=("name",),
)
GUT = "name,seit,zahl\nZittau,2021-02-05,3\n"


def lies(tmp_path, inhalt):
    roh = inhalt if isinstance(inhalt, bytes) else inhalt.encode()
    (tmp_path / STAEDTE.datei).write_bytes(roh)
    fehler = Fehlerliste()
    zeilen = STAEDTE.lies(tmp_path, fehler)
    fehler.pruefe()
    return zeilen


def test_values_are_read_in_their_own_type(tmp_path):
    [zeile] = lies(tmp_path, GUT)
    assert (zeile["name"], zeile["seit"], zeile["zahl"]) == ("Zittau", Zeitangabe(2021, 2, 5), 3)


@pytest.mark.parametrize(
    "inhalt",
    [
        GUT.encode("utf-8-sig"),
        GUT.replace("\n", "\r\n"),
        GUT + "\n\n",
        "seit,zahl,name\n2021-02-05,3,Zittau",
        'name,seit,zahl\n" Zittau ",05.02.2021,3\n',
    ],
    ids=["BOM", "Windows line ends", "blank lines", "other order", "space and German date"],
)
def test_what_does_no_harm_is_accepted(tmp_path, inhalt):
    [zeile] = lies(tmp_path, inhalt)
    assert (zeile["name"], zeile["seit"]) == ("Zittau", Zeitangabe(2021, 2, 5))


def test_text_becomes_nfc(tmp_path):
    [zeile] = lies(tmp_path, "name,seit,zahl\nGo\u0308rlitz,2021,3\n")
    assert zeile["name"] == "Görlitz"


@pytest.mark.parametrize(
    ("inhalt", "satz"),
    [
        ("", "staedte.csv: Die Datei ist leer."),
        (" \n\n", "staedte.csv: Die Datei ist leer."),
        (
            "name,seit,zahl\nZittau,2021,1\nGörlitz,2021,2\n".encode("latin-1"),
            "staedte.csv, Zeile 3: Die Datei ist nicht in UTF-8 gespeichert.",
        ),
        ("name,seit\nZittau,2021\n", "staedte.csv, Zeile 1: Die Spalte „zahl“ fehlt."),
        ("name,seit,zahl,ort\n", "staedte.csv, Zeile 1: Die Spalte „ort“ ist unbekannt."),
        ("name,seit,zahl,zahl\n", "staedte.csv, Zeile 1: Die Spalte „zahl“ ist doppelt."),
        ("name;seit;zahl\n", "staedte.csv, Zeile 1: Die Felder sind nicht mit Komma getrennt."),
        (
            "name,seit,zahl\nZittau,2021-02-30,3\n",
            "staedte.csv, Zeile 2, Spalte „seit“: „2021-02-30“ ist kein Datum.",
        ),
        ("name,seit,zahl\nZittau,bald,3\n", "Spalte „seit“: „bald“ ist kein Datum."),
        ("name,seit,zahl\n,2021,3\n", "Zeile 2, Spalte „name“: Die Angabe fehlt."),
        (
            f"name,seit,zahl\n{'Z' * 21},2021,3\n",
            "Zeile 2, Spalte „name“: Länger als 20 Zeichen (21).",
        ),
        ("name,seit,zahl\nZittau,2021,-3\n", "Spalte „zahl“: „-3“ ist keine ganze Zahl ab 0."),
        ("name,seit,zahl\nZittau,2021,٣\n", "Spalte „zahl“: „٣“ ist keine ganze Zahl ab 0."),
        ("name,seit,zahl\nZittau,2021\n", "staedte.csv, Zeile 2: 2 Felder statt 3."),
        ("name,seit,zahl\nZittau,2021,3,4\n", "staedte.csv, Zeile 2: 4 Felder statt 3."),
        (
            "name,seit,zahl\nZit\0tau,2021,3\n",
            "Zeile 2, Spalte „name“: Enthält ein unsichtbares Steuerzeichen.",
        ),
        (
            'name,seit,zahl\n"Zittau,2021,3\n',
            "staedte.csv, Zeile 2: Ein Anführungszeichen wird nicht geschlossen.",
        ),
        (
            'name,seit,zahl\n"Zittau" am,2021,3\n',
            "Zeile 2: Nach einem schließenden Anführungszeichen muss ein Komma folgen.",
        ),
        (
            "name,seit,zahl\nZittau,2021,3\nPirna,2021,3\nZittau,2022,4\n",
            "staedte.csv, Zeile 4, Spalte „name“: Doppelt: name wie in Zeile 2.",
        ),
        (
            f"name,seit,zahl\nZittau,2021,{'3' * 200_000}\n",
            "staedte.csv, Zeile 2: Ein Feld hat mehr als 131072 Zeichen.",
        ),
    ],
)
def test_a_bad_file_is_told_with_line_column_and_reason(tmp_path, inhalt, satz):
    with pytest.raises(Einlesefehler) as fehler:
        lies(tmp_path, inhalt)
    assert satz in str(fehler.value)


def test_a_missing_file_or_a_folder_in_its_place_is_a_sentence(tmp_path):
    fehler = Fehlerliste()
    STAEDTE.lies(tmp_path, fehler)
    (tmp_path / "staedte.csv").mkdir()
    STAEDTE.lies(tmp_path, fehler)
    with pytest.raises(Einlesefehler, match=r"fehlt in .*\n.*lässt sich nicht öffnen"):
        fehler.pruefe()


def test_a_row_is_named_by_the_line_it_begins_in(tmp_path):
    inhalt = 'name,seit,zahl\n"Zittau\nSüd",2021,3\nPirna,bald,4\n'
    with pytest.raises(Einlesefehler, match="Zeile 4, Spalte „seit“"):
        lies(tmp_path, inhalt)


def test_all_mistakes_are_counted_and_twenty_are_listed(tmp_path):
    zeilen = "".join(f"Stadt {nummer},bald,3\n" for nummer in range(25))
    with pytest.raises(Einlesefehler) as fehler:
        lies(tmp_path, "name,seit,zahl\n" + zeilen)
    text = str(fehler.value)
    assert text.startswith("25 Fehler, nichts wurde geändert.")
    assert text.count("Zeile ") == 20
    assert text.endswith("… und 5 weitere")


@pytest.mark.parametrize(
    ("lies_wert", "gut", "schlecht"),
    [
        (einlesen.gemeindeschluessel, "14524330", "15524330"),
        (einlesen.gemeindeschluessel, "14524330", "1452433"),
        (einlesen.kreisschluessel, "14524", "145240"),
        (einlesen.tag, "2021-02-06", "2021-02"),
        (einlesen.dezimalzahl, "21150.00", "21.150,00"),
        (einlesen.ja_nein, "ja", "vielleicht"),
        (einlesen.zeitpunkt, "2026-09-17 10:00", "2026-09-17 25:00"),
    ],
)
def test_a_column_takes_what_it_says_and_nothing_else(lies_wert, gut, schlecht):
    lies_wert(gut)
    with pytest.raises(einlesen.Unlesbar, match=schlecht):
        lies_wert(schlecht)
