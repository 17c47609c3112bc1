"""What a PDF must have so that everybody can read it: the structure check of the tests."""

import io
from collections.abc import Iterator

import pypdf

UEBERSCHRIFTEN = [f"/H{ebene}" for ebene in range(1, 7)]


def lies(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def text(pdf: bytes) -> str:
    """What the pages show, in one line."""
    inhalt = " ".join(seite.extract_text() for seite in lies(pdf).pages)
    return " ".join(inhalt.replace("\u200b", "").split())


def elemente(pdf: bytes) -> list[dict]:
    """The elements of the structure tree in reading order."""
    return list(_elemente(lies(pdf).trailer["/Root"]["/StructTreeRoot"]))


def _elemente(teil) -> Iterator[dict]:
    teil = teil.get_object()
    if isinstance(teil, list):
        for kind in teil:
            yield from _elemente(kind)
    elif isinstance(teil, dict):
        if "/S" in teil:
            yield teil
        if "/K" in teil:
            yield from _elemente(teil["/K"])


def eingebettet(pdf: bytes) -> dict[str, bytes]:
    """The embedded files by name."""
    return {name: inhalte[0] for name, inhalte in lies(pdf).attachments.items()}


def pruefe(pdf: bytes, titel: str, *, akte: bool = False) -> None:
    """Assert PDF/UA-1, with `akte` PDF/A-3a as well, as far as structure shows it."""
    dokument = lies(pdf)
    wurzel = dokument.trailer["/Root"]
    metadaten = wurzel["/Metadata"].get_data().decode()
    assert dokument.metadata.title == titel
    assert wurzel["/ViewerPreferences"]["/DisplayDocTitle"]
    assert wurzel["/Lang"] in ("de", "de-DE")
    assert wurzel["/MarkInfo"]["/Marked"]
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadaten
    assert ("<pdfaid:part>3</pdfaid:part>" in metadaten) == akte
    assert ("<pdfaid:conformance>A</pdfaid:conformance>" in metadaten) == akte
    assert ("/OutputIntents" in wurzel) == akte
    _pruefe_schriften(dokument)
    _pruefe_ueberschriften(pdf)
    _pruefe_tabellen(pdf)
    for element in elemente(pdf):
        assert element["/S"] not in ("/Figure", "/Formula") or element.get("/Alt"), "alt text"
    for datei in wurzel.get("/AF", []):
        angaben = datei.get_object()
        assert angaben["/AFRelationship"] in ("/Data", "/Supplement")
        assert angaben["/Desc"]
        assert angaben["/EF"]["/F"].get_object()["/Subtype"]


def _pruefe_schriften(dokument):
    """Every font is our own, and in the file."""
    schriften = [
        schrift.get_object()
        for seite in dokument.pages
        for schrift in seite["/Resources"]["/Font"].values()
    ]
    assert schriften
    for schrift in schriften:
        assert str(schrift["/BaseFont"]).partition("+")[2].startswith("FiraSans")
        assert "/ToUnicode" in schrift


def _pruefe_ueberschriften(pdf):
    """One H1, and no level is left out on the way down."""
    ebenen = [
        UEBERSCHRIFTEN.index(element["/S"]) + 1
        for element in elemente(pdf)
        if element["/S"] in UEBERSCHRIFTEN
    ]
    assert ebenen[0] == 1
    assert ebenen.count(1) == 1
    assert all(ebene <= vorher + 1 for vorher, ebene in zip(ebenen, ebenen[1:], strict=False))


def _pruefe_tabellen(pdf):
    """Every table has a head of column titles, and every cell is tied to one."""
    for tabelle in (element for element in elemente(pdf) if element["/S"] == "/Table"):
        teile = list(_elemente(tabelle["/K"]))
        assert any(teil["/S"] == "/THead" for teil in teile)
        for teil in teile:
            if teil["/S"] == "/TH":
                assert _angabe(teil, "/Scope") == "/Column"
            if teil["/S"] == "/TD":
                assert _angabe(teil, "/Headers")


def _angabe(element, name):
    saetze = element["/A"] if isinstance(element["/A"], list) else [element["/A"]]
    return next((satz.get_object()[name] for satz in saetze if name in satz.get_object()), None)
