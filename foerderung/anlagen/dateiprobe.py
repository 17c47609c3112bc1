"""Looks into one uploaded file, in a process of its own that the system ends when it asks too much.

`inhaltspruefung` runs this file as a script with the kind of file as its argument and the file on
standard input; the answer is one word of `Fund` on standard output. A hostile file can make this
process slow, large or dead, and nothing else. It imports nothing of the portal, so it starts within a
tenth of a second.
"""

import io
import re
import resource
import sys
from enum import StrEnum
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

SEKUNDEN = 10  # of computing
SPEICHER = 768 * 1024 * 1024
HOECHSTENS_EINTRAEGE = 2000
HOECHSTENS_ENTPACKT = 100 * 1024 * 1024
HOECHSTES_VERHAELTNIS = 200
HOECHSTENS_PIXEL = 50_000_000  # A4 at 600 dpi has 35 million
STUECK = 1024 * 1024

OOXML = "application/vnd.openxmlformats-officedocument"
# The kind of a package, and the content type of the part that makes it one.
HAUPTTEIL = {
    "docx": f"{OOXML}.wordprocessingml.document.main+xml",
    "xlsx": f"{OOXML}.spreadsheetml.sheet.main+xml",
}
MAKRO_TYP = re.compile(r"macroenabled|vbaproject|macrosheet|vbadata", re.IGNORECASE)
MAKRO_NAME = re.compile(r"(^|/)(vbaproject\.bin$|vbadata\.xml$|macrosheets/)", re.IGNORECASE)
ODT_TYP = b"application/vnd.oasis.opendocument.text"
ODF_SKRIPT_NAME = re.compile(r"^(basic|scripts)/", re.IGNORECASE)
ODF_SKRIPT = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}script"
ODF_SKRIPTE = "{urn:oasis:names:tc:opendocument:xmlns:script:1.0}"
UNSICHERER_NAME = re.compile(r"^/|^[A-Za-z]:|\\|[\x00-\x1f]|(^|/)\.\.(/|$)")


class Fund(StrEnum):
    GUT = "gut"
    ANDERE_ART = "andere_art"
    BESCHAEDIGT = "beschaedigt"
    VERSCHLUESSELT = "verschluesselt"
    MAKROS = "makros"
    UNSICHERE_PFADE = "unsichere_pfade"
    ENTPACKT_ZU_GROSS = "entpackt_zu_gross"
    ZU_VIELE_BILDPUNKTE = "zu_viele_bildpunkte"
    ZU_AUFWENDIG = "zu_aufwendig"


class Abgelehnt(Exception):
    """Carries the Fund that ends the look into a file."""


def untersuche(art: str, inhalt: bytes) -> Fund:
    """What is wrong with `inhalt` as a file of the kind `art`, or GUT."""
    probe = {"pdf": _pdf, "jpg": _jpg, "png": _png, "odt": _odt}.get(art, _ooxml)
    try:
        probe(art, io.BytesIO(inhalt))
    except Abgelehnt as ablehnung:
        return ablehnung.args[0]
    except MemoryError:
        return Fund.ZU_AUFWENDIG
    except ImportError:
        raise
    except Exception:  # noqa: BLE001  a broken file may raise anything in any library
        return Fund.BESCHAEDIGT
    return Fund.GUT


# The probes import what they need themselves: each process looks into one kind of file.


def _pdf(art, strom):
    from pypdf import PdfReader

    try:
        leser = PdfReader(strom)
        verschluesselt = leser.is_encrypted
    except Exception as fehler:
        # The library knows a few ways to encrypt and gives up at the others.
        if b"/Encrypt" in strom.getvalue():
            raise Abgelehnt(Fund.VERSCHLUESSELT) from fehler
        raise
    if verschluesselt:
        raise Abgelehnt(Fund.VERSCHLUESSELT)
    leser.pages[0].mediabox  # noqa: B018  reading it proves that there is a first page


def _jpg(art, strom):
    """Decoded at an eighth of its size: that finds every gap and needs little room."""
    with _bild("JPEG", strom) as bild:
        bild.draft(None, (max(1, bild.width // 8), max(1, bild.height // 8)))
        bild.load()


def _png(art, strom):
    """Read without unpacking the picture; every part carries a checksum."""
    with _bild("PNG", strom) as bild:
        bild.verify()


def _bild(name, strom):
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # our own bound comes before the picture is unpacked
    bild = Image.open(strom, formats=[name])
    if bild.width * bild.height > HOECHSTENS_PIXEL:
        raise Abgelehnt(Fund.ZU_VIELE_BILDPUNKTE)
    return bild


def _ooxml(art, strom):
    from defusedxml.ElementTree import fromstring

    with _archiv(strom) as archiv:
        if "[Content_Types].xml" not in archiv.namelist():
            raise Abgelehnt(Fund.ANDERE_ART)
        teile = fromstring(archiv.read("[Content_Types].xml"), forbid_dtd=True)
        typen = {teil.get("ContentType", "") for teil in teile}
        if any(MAKRO_TYP.search(typ) for typ in typen):
            raise Abgelehnt(Fund.MAKROS)
        if any(MAKRO_NAME.search(name) for name in archiv.namelist()):
            raise Abgelehnt(Fund.MAKROS)
        hauptteile = {
            teil.get("PartName") for teil in teile if teil.get("ContentType") == HAUPTTEIL[art]
        }
        if not hauptteile & {f"/{name}" for name in archiv.namelist()}:
            raise Abgelehnt(Fund.ANDERE_ART)


def _odt(art, strom):
    with _archiv(strom) as archiv:
        namen = archiv.namelist()
        if "mimetype" not in namen or archiv.read("mimetype").strip() != ODT_TYP:
            raise Abgelehnt(Fund.ANDERE_ART)
        if "encrypted-package" in namen or any(
            marke.endswith("}encryption-data") for marke in _marken(archiv, "META-INF/manifest.xml")
        ):
            raise Abgelehnt(Fund.VERSCHLUESSELT)
        if any(ODF_SKRIPT_NAME.search(name) for name in namen):
            raise Abgelehnt(Fund.MAKROS)
        for teil in ("content.xml", "styles.xml"):
            if teil == "styles.xml" and teil not in namen:
                continue
            for marke in _marken(archiv, teil):
                if marke == ODF_SKRIPT or marke.startswith(ODF_SKRIPTE):
                    raise Abgelehnt(Fund.MAKROS)


def _marken(archiv, teil):
    """The names of all elements in one part, without keeping the part."""
    from defusedxml.ElementTree import iterparse

    with archiv.open(teil) as strom:
        for _, element in iterparse(strom):
            yield element.tag
            element.clear()


def _archiv(strom):
    """The archive, once every entry has been unpacked within the bounds and its checksum holds."""
    try:
        archiv = ZipFile(strom)
    except BadZipFile as fehler:
        raise Abgelehnt(Fund.BESCHAEDIGT) from fehler
    eintraege = archiv.infolist()
    entpackt = sum(eintrag.file_size for eintrag in eintraege)
    if (
        len(eintraege) > HOECHSTENS_EINTRAEGE
        or entpackt > HOECHSTENS_ENTPACKT
        or entpackt > HOECHSTES_VERHAELTNIS * strom.getbuffer().nbytes
    ):
        raise Abgelehnt(Fund.ENTPACKT_ZU_GROSS)
    if any(UNSICHERER_NAME.search(eintrag.orig_filename) for eintrag in eintraege):
        raise Abgelehnt(Fund.UNSICHERE_PFADE)
    if len({eintrag.filename for eintrag in eintraege}) < len(eintraege):
        raise Abgelehnt(Fund.BESCHAEDIGT)
    for eintrag in eintraege:
        if eintrag.flag_bits & 0x1:
            raise Abgelehnt(Fund.VERSCHLUESSELT)
        if eintrag.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise Abgelehnt(Fund.BESCHAEDIGT)
        # The library stops at the size the archive names for the entry, so the sum above holds.
        with archiv.open(eintrag) as teil:
            while teil.read(STUECK):
                pass
    return archiv


def begrenze_prozess() -> None:
    """From here on the system allows this process little: time, memory, no file, no child."""
    for grenze, wert in (
        (resource.RLIMIT_CPU, SEKUNDEN),
        (resource.RLIMIT_AS, SPEICHER),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(grenze, (wert, wert))


if __name__ == "__main__":
    begrenze_prozess()
    print(untersuche(sys.argv[1], sys.stdin.buffer.read()))
