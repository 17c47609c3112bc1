"""Dark and forced colours change colours and borders, nothing that a page is built of.

So the browser tests look for colours only in them, and for everything else in light ones.
"""

import re

import pytest

from .quellen import eigene_stile, kennung, ohne_kommentare

ANFRAGE = re.compile(r"@media[^{]*\((?:prefers-color-scheme|forced-colors)[^{]*\{")
ERLAUBT = re.compile(r"--[\w-]+|(?:[\w-]*-)?color|color-scheme|background|fill|stroke|border(?:-[\w-]+)?"
                     r"|outline(?:-[\w-]+)?|forced-color-adjust")  # fmt: skip


def eigenschaften(css):
    """The properties set below a question for the colour scheme, each once."""
    css = ohne_kommentare(css)
    gefunden = set()
    for treffer in ANFRAGE.finditer(css):
        offen, ende = 1, treffer.end()
        while offen:
            offen += {"{": 1, "}": -1}.get(css[ende], 0)
            ende += 1
        gefunden |= set(
            re.findall(r"[{;}]\s*([\w-]+)\s*:(?=[^{}]*[;}])", css[treffer.end() - 1 : ende])
        )
    return gefunden


@pytest.mark.parametrize("pfad", eigene_stile(), ids=kennung)
def test_other_colours_change_nothing_else(pfad):
    assert [e for e in eigenschaften(pfad.read_text()) if not ERLAUBT.fullmatch(e)] == []


def test_a_hidden_element_would_be_found():
    css = "@media (forced-colors: active) { a:hover { color: LinkText } .x { display: none; } }"
    assert eigenschaften(css) == {"color", "display"}
