"""Which files the portal takes, and what it says about the others."""

import io
import os
import struct
import sys
import time
import unicodedata
import zipfile

import pytest
from django.core.exceptions import ValidationError

from foerderung.anlagen import dateiprobe, inhaltspruefung
from foerderung.anlagen.dateiprobe import Fund
from foerderung.anlagen.inhaltspruefung import ARTEN, DOCX, HOECHSTENS_BYTES, PDF, XLSX, pruefe

from . import dateien

pytestmark = pytest.mark.thorough

MB = 1024 * 1024


@pytest.fixture
def untersuchung():
    """Here every look is one of its own."""


def befund(name, inhalt, arten=ARTEN):
    """The code and the sentence of the refusal."""
    with pytest.raises(ValidationError) as fehler:
        pruefe(io.BytesIO(inhalt), name, arten)
    return fehler.value.code, fehler.value.message


@pytest.mark.parametrize("name", dateien.GUTE)
def test_each_kind_is_taken_by_its_content(name):
    datei = io.BytesIO(dateien.GUTE[name]())
    art = pruefe(datei, name)
    assert name.lower().rpartition(".")[2] in art.endungen
    assert datei.tell() == 0


@pytest.mark.parametrize(
    ("inhalt", "code"),
    [
        (b"", "leer"),
        (b"<html><script>alert(1)</script></html>", "andere_art"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "andere_art"),
        (b"MZ" + bytes(100), "andere_art"),
        (b" " + dateien.pdf(), "andere_art"),
        (b"%PDF-1.7 und sonst nichts", "beschaedigt"),
        (dateien.pdf(passwort="geheim"), "verschluesselt"),
        (dateien.pdf(passwort=""), "verschluesselt"),
    ],
)
def test_what_is_no_open_pdf_is_refused_as_pdf(inhalt, code):
    assert befund("antrag.pdf", inhalt)[0] == code


def test_a_pdf_encrypted_in_a_way_the_library_does_not_know_is_encrypted():
    unbekannt = dateien.pdf(passwort="x").replace(b"/Standard", b"/Unbekant")
    assert befund("antrag.pdf", unbekannt)[0] == "verschluesselt"


def test_the_sentence_names_what_the_file_really_is():
    code, satz = befund("antrag.pdf", dateien.bild("PNG"))
    assert code == "andere_art"
    assert satz == (
        "Der Inhalt ist PNG, der Name endet aber auf .pdf. Ändern Sie die Endung in .png "
        "oder wählen Sie eine andere Datei."
    )


@pytest.mark.parametrize(
    "name", ["antrag", "antrag.exe", "seite.html", "bild.svg", "alt.doc", "a.docm", "pdf"]
)
def test_other_endings_are_refused_whatever_is_inside(name):
    code, satz = befund(name, dateien.pdf())
    assert code == "endung"
    assert satz.endswith("Speichern Sie sie als PDF, JPG, PNG, DOCX, XLSX oder ODT.")


def test_a_caller_may_take_fewer_kinds():
    assert befund("antrag.pdf", dateien.pdf(), [XLSX])[1].endswith("Speichern Sie sie als XLSX.")


def test_20_mb_are_taken_and_one_byte_more_is_not():
    gerade_noch = dateien.pdf().ljust(HOECHSTENS_BYTES, b"\n")
    assert pruefe(io.BytesIO(gerade_noch), "a.pdf") == PDF
    code, satz = befund("a.pdf", gerade_noch + b"\n")
    assert code == "zu_gross"
    assert "größer als 20 MB" in satz


def test_a_picture_that_ends_early_is_broken():
    foto = dateien.bild(groesse=(400, 400))
    assert befund("foto.jpg", foto[: len(foto) // 2])[0] == "beschaedigt"
    plakat = dateien.bild("PNG", groesse=(400, 400))
    assert befund("foto.png", plakat[: len(plakat) // 2])[0] == "beschaedigt"


def test_a_small_picture_of_many_dots_is_refused_unpacked():
    bombe = dateien.bild("PNG", (10, 10)).replace(
        struct.pack(">II", 10, 10), struct.pack(">II", 50_000, 50_000)
    )
    code, satz = befund("foto.png", mit_neuer_pruefsumme(bombe))
    assert code == "zu_viele_bildpunkte"
    assert "Verkleinern Sie es" in satz


def mit_neuer_pruefsumme(png):
    kopf = png[12:29]
    return png[:29] + struct.pack(">I", zipfile.crc32(kopf)) + png[33:]


# --- Archives ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inhalt", "code"),
    [
        # Of another kind
        (dateien.xlsx(), "andere_art"),
        (dateien.odt(), "andere_art"),
        (dateien.archiv([("readme.txt", "Text")]), "andere_art"),
        (dateien.docx(typ="application/vnd.ms-word.template"), "andere_art"),
        # Macros
        (dateien.docx(("word/vbaProject.bin", b"x")), "makros"),
        (dateien.docx(typ="application/vnd.ms-word.document.macroEnabled.main+xml"), "makros"),
        (dateien.docx(("xl/macrosheets/sheet1.xml", "<x/>")), "makros"),
        (
            dateien.docx(zusatz='<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'),
            "makros",
        ),
        # Paths that lead out
        (dateien.docx(("../../etc/passwd", "x")), "unsichere_pfade"),
        (dateien.docx(("/etc/passwd", "x")), "unsichere_pfade"),
        (dateien.docx(("word/../../x", "x")), "unsichere_pfade"),
        (dateien.docx(("C:\\x", "x")), "unsichere_pfade"),
        # Broken
        (dateien.docx()[:-30], "beschaedigt"),
        (b"PK\x03\x04" + bytes(200), "beschaedigt"),
    ],
)  # fmt: skip
def test_archives_that_are_no_honest_docx_are_refused(inhalt, code):
    assert befund("brief.docx", inhalt)[0] == code


@pytest.mark.parametrize(
    ("inhalt", "code"),
    [
        (dateien.docx(), "andere_art"),
        (dateien.odt(typ=b"application/vnd.oasis.opendocument.spreadsheet"), "andere_art"),
        (dateien.odt(("Basic/Standard/Modul1.xml", "<x/>")), "makros"),
        (dateien.odt(("Scripts/python/x.py", "x")), "makros"),
        (dateien.odt(inhalt="<o:scripts><o:script>x</o:script></o:scripts>"), "makros"),
        (dateien.odt(inhalt='<s:event-listener s:language="ooo:script"/>'), "makros"),
        (dateien.odt(("encrypted-package", b"x")), "verschluesselt"),
        (
            dateien.odt(manifest="<m:file-entry><m:encryption-data/></m:file-entry>"),
            "verschluesselt",
        ),
        (dateien.odt(inhalt="<o:offen>"), "beschaedigt"),
    ],
)
def test_archives_that_are_no_honest_odt_are_refused(inhalt, code):
    assert befund("brief.odt", inhalt)[0] == code


def test_an_empty_element_for_scripts_is_no_macro():
    """LibreOffice writes it into every document."""
    inhalt = io.BytesIO(dateien.odt(inhalt="<o:scripts/>"))
    assert pruefe(inhalt, "brief.odt").name == "ODT"


def test_an_encrypted_office_file_and_an_old_one_are_told_apart():
    verschluesselt = dateien.CFB + "EncryptedPackage".encode("utf-16-le")
    code, satz = befund("brief.docx", verschluesselt)
    assert code == "verschluesselt"
    assert "Speichern Sie sie ohne Schutz" in satz
    code, satz = befund("liste.xlsx", dateien.CFB)
    assert code == "altes_format"
    assert satz == "Die Datei hat ein altes Office-Format. Speichern Sie sie als XLSX."


def test_entities_in_the_list_of_parts_are_not_expanded():
    bombe = '<!DOCTYPE t [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><Types>&b;</Types>'
    assert (
        befund("brief.docx", dateien.archiv([("[Content_Types].xml", bombe)]))[0] == "beschaedigt"
    )


@pytest.mark.parametrize(
    "teile",
    [
        [(f"t{nummer}", "") for nummer in range(2000)],  # 2002 entries
        [("gross", bytes(101 * MB))],
        [("nullen", bytes(3 * MB))],  # 3 MB in 4 kB
    ],
)
def test_archives_over_the_bounds_are_refused(teile):
    code, satz = befund("brief.docx", dateien.docx(*teile))
    assert code == "entpackt_zu_gross"
    assert "entpackt zu groß" in satz


def test_an_archive_at_the_bounds_is_taken():
    rauschen = os.urandom(MB)
    assert (
        pruefe(io.BytesIO(dateien.docx(("bild", rauschen), ("nullen", bytes(98 * MB)))), "b.docx")
        == DOCX
    )
    viele = [(f"t{nummer}", b"x") for nummer in range(1998)]
    assert pruefe(io.BytesIO(dateien.docx(*viele)), "b.docx") == DOCX


def test_an_archive_that_lies_about_its_size_is_broken():
    """What is unpacked ends where the archive says it does, so the lie shows in the checksum."""
    ehrlich = dateien.docx(("nullen", bytes(150 * MB)))
    gelogen = ehrlich.replace(struct.pack("<I", 150 * MB), struct.pack("<I", 1000))
    assert befund("brief.docx", gelogen)[0] == "beschaedigt"


def test_two_entries_of_one_name_are_ambiguous():
    with pytest.warns(UserWarning, match="Duplicate name"):
        doppelt = dateien.docx(("word/document.xml", "<d>Anderes</d>"))
    assert befund("brief.docx", doppelt)[0] == "beschaedigt"


# --- The process that looks ------------------------------------------------------------


def test_a_look_that_never_ends_is_ended(tmp_path, monkeypatch):
    probe = tmp_path / "probe.py"
    probe.write_text("while True: pass")
    monkeypatch.setattr(dateiprobe, "__file__", str(probe))
    monkeypatch.setattr(inhaltspruefung, "FRIST_S", 0.5)
    beginn = time.monotonic()
    code, satz = befund("antrag.pdf", dateien.pdf())
    assert code == "zu_aufwendig"
    assert "Drucken Sie sie in eine neue PDF-Datei" in satz
    assert time.monotonic() - beginn < 5


@pytest.mark.parametrize(
    "tat", ["bytearray(2 * 1024**3)", "open('x', 'wb', 0).write(b'x')", "exec('while True: pass')"]
)
def test_the_process_gets_little_memory_no_file_and_little_time(tat, tmp_path, monkeypatch):
    probe = tmp_path / "probe.py"
    ordner = os.path.dirname(dateiprobe.__file__)
    probe.write_text(
        f"import sys; sys.path.insert(0, {ordner!r}); import dateiprobe, os\n"
        f"os.chdir({str(tmp_path)!r}); dateiprobe.SEKUNDEN = 1; dateiprobe.begrenze_prozess()\n"
        f"{tat}\nprint('gut')"
    )
    monkeypatch.setattr(dateiprobe, "__file__", str(probe))
    assert befund("antrag.pdf", dateien.pdf())[0] == "zu_aufwendig"


def test_a_missing_library_is_an_error_in_the_log_and_not_a_broken_file(
    tmp_path, monkeypatch, caplog
):
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(ImportError):
        dateiprobe.untersuche("pdf", dateien.pdf())
    probe = tmp_path / "probe.py"
    probe.write_text("raise ImportError('pypdf')")
    monkeypatch.setattr(dateiprobe, "__file__", str(probe))
    assert befund("antrag.pdf", dateien.pdf())[0] == "zu_aufwendig"
    assert "ließ sich nicht prüfen" in caplog.text


def test_every_finding_has_its_sentence():
    ohne_satz = set(Fund) - set(inhaltspruefung.SAETZE)
    assert ohne_satz == {Fund.GUT, Fund.ANDERE_ART}


# --- Names ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("roh", "sauber"),
    [
        ("Antrag 2027.pdf", "Antrag 2027.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\kim\\Nachweis.pdf", "Nachweis.pdf"),
        ("rechnung\u202efdp.exe.pdf", "rechnungfdp.exe.pdf"),
        ("a\u200bb\u00adc\x00\x07.pdf", "abc.pdf"),
        ("Zeile\nzwei\t.pdf", "Zeile zwei.pdf"),
        ('a<b>:"c|d?*.pdf', "a_b___c_d__.pdf"),
        ("  ..leise.. .pdf. ", "leise.pdf"),
        (".pdf", "Anlage.pdf"),
        ("pdf", "pdf"),
        ("", "Anlage"),
        ("///", "Anlage"),
        ("a.tar.gz", "a.tar.gz"),
    ],
)
def test_names_are_cleaned(roh, sauber):
    assert inhaltspruefung.dateiname(roh) == sauber


def test_names_are_the_same_however_umlauts_were_typed():
    nfc = "Übersicht Ängste.pdf"
    assert inhaltspruefung.dateiname(unicodedata.normalize("NFD", nfc)) == nfc


@pytest.mark.parametrize("stamm", ["a" * 300, "ü" * 300, "🎉" * 100])
@pytest.mark.parametrize("endung", ["pdf", "e" * 300])
def test_long_names_are_cut_before_the_ending(stamm, endung):
    name = inhaltspruefung.dateiname(f"{stamm}.{endung}")
    assert len(name.encode()) <= 150
    assert name.startswith(stamm[:20])
    assert name.endswith(f".{endung[:20]}")
