"""Files to upload: one good one of each kind, made here, and archives to go wrong with."""

import io
import zipfile

from openpyxl import Workbook
from PIL import Image
from pypdf import PdfWriter

TYPEN = "http://schemas.openxmlformats.org/package/2006/content-types"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
ODT = b"application/vnd.oasis.opendocument.text"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
SCRIPT = "urn:oasis:names:tc:opendocument:xmlns:script:1.0"
CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def pdf(*, passwort=None):
    schreiber = PdfWriter()
    schreiber.add_blank_page(200, 200)
    if passwort is not None:
        schreiber.encrypt(passwort, algorithm="RC4-128")
    return _bytes(schreiber.write)


def bild(form="JPEG", groesse=(20, 10)):
    return _bytes(lambda strom: Image.new("RGB", groesse, "green").save(strom, form))


def archiv(teile, *, verfahren=zipfile.ZIP_DEFLATED):
    """A ZIP of `teile`, pairs of name and content."""

    def schreibe(strom):
        with zipfile.ZipFile(strom, "w", verfahren) as ziel:
            for name, inhalt in teile:
                ziel.writestr(name, inhalt)

    return _bytes(schreibe)


def docx(*weitere, typ=WORD, zusatz=""):
    typen = (
        f'<Types xmlns="{TYPEN}"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{typ}"/>{zusatz}</Types>'
    )
    return archiv([("[Content_Types].xml", typen), ("word/document.xml", "<d>Text</d>"), *weitere])


def xlsx():
    return _bytes(Workbook().save)


def odt(*weitere, typ=ODT, inhalt="", manifest=""):
    content = (
        f'<o:document-content xmlns:o="{OFFICE}" xmlns:s="{SCRIPT}">{inhalt}</o:document-content>'
    )
    return archiv(
        [
            ("mimetype", typ),
            ("content.xml", content),
            ("META-INF/manifest.xml", f'<m:manifest xmlns:m="urn:m">{manifest}</m:manifest>'),
            *weitere,
        ]
    )


GUTE = {
    "antrag.pdf": pdf,
    "foto.jpg": bild,
    "foto.jpeg": bild,
    "plakat.PNG": lambda: bild("PNG"),
    "brief.docx": docx,
    "liste.xlsx": xlsx,
    "brief.odt": odt,
}


def _bytes(schreibe):
    strom = io.BytesIO()
    schreibe(strom)
    return strom.getvalue()
