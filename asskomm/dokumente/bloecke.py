"""What a document says, block by block, for the templates `schreiben`, `anschrift` and `unterlage`.

Each function gives a piece of data fit for JSON; `vorlagen/bloecke.typ` sets it. Amounts and dates
are the text that is read (asskomm.formate). Whatever is typed stays text.
"""

from collections.abc import Iterable, Mapping, Sequence

Block = dict
# No heading is longer; PDF/A knows no title of more than 32 767 bytes.
UEBERSCHRIFT = 500


def ueberschrift(ebene: int, text: str) -> Block:
    """Levels 2 to 4; the title of the document is level 1, and none may be left out."""
    return {"art": "ueberschrift", "ebene": ebene, "text": _gekuerzt(text)}


def absatz(text: str, *, stark: bool = False) -> Block:
    """Running text; an empty line begins a new paragraph."""
    return {"art": "absatz", "text": text, "stark": stark}


def liste(punkte: Iterable[str]) -> Block:
    return {"art": "liste", "punkte": list(punkte)}


def angaben(zeilen: Iterable[tuple[str, str]]) -> Block:
    """Facts as a table of word and value."""
    return {"art": "angaben", "zeilen": [list(zeile) for zeile in zeilen]}


def tabelle(
    kopf: Sequence[str],
    zeilen: Iterable[Sequence[str]],
    *,
    breiten: Sequence[float | None] | None = None,
    rechts: Sequence[int] = (),
    summen: Iterable[Sequence[str]] = (),
) -> Block:
    """A table with a head, repeated on every page; every row has as many cells as the head.

    `breiten` are shares of the width, None for as much as the text needs; the columns `rechts`
    (from 0) hold numbers; `summen` are the last rows.
    """
    block = {
        "art": "tabelle",
        "kopf": list(kopf),
        "zeilen": [list(zeile) for zeile in zeilen],
        "spalten": list(breiten or [1] * len(kopf)),
        "rechts": list(rechts),
        "summen": [list(zeile) for zeile in summen],
    }
    if any(len(zeile) != len(kopf) for zeile in (*block["zeilen"], *block["summen"])):
        raise ValueError("Jede Zeile braucht so viele Zellen wie der Kopf.")
    return block


def hinweis(text: str) -> Block:
    return {"art": "hinweis", "text": text}


def kaestchen(text: str) -> Block:
    """A sentence to tick on paper."""
    return {"art": "kaestchen", "text": text}


def linien(*texte: str) -> Block:
    """Lines to write on, side by side, each with what belongs there."""
    return {"art": "linien", "texte": list(texte)}


def neue_seite() -> Block:
    """What follows begins on a page of its own."""
    return {"art": "neue_seite"}


def text_in_bloecken(text: str) -> list[Block]:
    """A text of several paragraphs; lines that begin with "- " become a list."""
    bloecke: list[Block] = []
    for absatz_ in text.strip().split("\n\n"):
        zeilen = absatz_.strip().split("\n")
        if all(zeile.startswith("- ") for zeile in zeilen):
            bloecke.append(liste(zeile.removeprefix("- ") for zeile in zeilen))
        elif absatz_.strip():
            bloecke.append(absatz(absatz_.strip()))
    return bloecke


def schreiben(
    titel: str,
    bloecke: Iterable[Block],
    *,
    absender: Sequence[str],
    empfaenger: Sequence[str],
    bezug: Iterable[tuple[str, str]],
    fusszeile: str,
    marke: str | None = None,
) -> Mapping:
    """The data of the template `schreiben`. `marke`: what the reader must know of all of it."""
    return {
        **unterlage(titel, bloecke, fusszeile=fusszeile, marke=marke),
        "absender": list(absender),
        "empfaenger": list(empfaenger),
        "bezug": [list(zeile) for zeile in bezug],
    }


def anschrift(
    titel: str,
    bloecke: Iterable[Block],
    *,
    ruecksendung: str,
    name: str,
    ort: str,
    fusszeile: str,
    marke: str | None = None,
) -> Mapping:
    """The data of the template `anschrift`; where `ort` is empty, it is written by hand, too."""
    return {
        **unterlage(titel, bloecke, fusszeile=fusszeile, marke=marke),
        "ruecksendung": ruecksendung,
        "name": name,
        "ort": ort,
    }


def unterlage(
    titel: str, bloecke: Iterable[Block], *, fusszeile: str, marke: str | None = None
) -> Mapping:
    """The data of the template `unterlage`."""
    return {
        "titel": _gekuerzt(titel),
        "bloecke": list(bloecke),
        "fusszeile": fusszeile,
        "marke": marke,
    }


def _gekuerzt(text):
    return text if len(text) <= UEBERSCHRIFT else text[: UEBERSCHRIFT - 1] + "…"
