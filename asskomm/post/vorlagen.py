"""The mails the portal can write. Each app declares its own in its `vorlagen.py`.

The text of a Vorlage is `templates/post/<schluessel>.txt`; it extends `post/rahmen.txt` and fills
the blocks `text` and, unless the mail carries a one-time link, `link`. Lines are broken here,
at 72 columns. It gets the `angaben` and `basis`, the address of the portal:

    {% extends "post/rahmen.txt" %}
    {% block text %}
    Ihr Antrag {{ nummer }} ist eingegangen.

    - Eine Aufzählung beginnt jede Zeile mit einem Strich.
    {% endblock text %}
    {% block link %}{{ basis }}{% url "bereich:start" %}{% endblock link %}
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string

if TYPE_CHECKING:
    from .models import Nachricht

BREITE = 72
BETREFF = 200
# Stand for what is known only at sending; private characters, so that no text holds them by chance.
NAME, LINK = "\ue000", "\ue001"
_MARKEN = str.maketrans("", "", NAME + LINK)
_AUFZAEHLUNG = "- "


class DoppelteVorlage(Exception):
    """Two mails share a key."""


@dataclass(frozen=True)
class Vorlage:
    """A kind of mail. To create one is to register it.

    `betreff` is filled with the `angaben` (str.format) and gets "[ASSKomm] " in front of it.
    `einmallink` is called at the moment of sending and returns the full address with a fresh
    signed token, or None when the mail is no longer due: then its row is deleted unsent.
    """

    schluessel: str
    betreff: str
    einmallink: Callable[[Nachricht], str | None] | None = None

    def __post_init__(self):
        if self.schluessel in _vorlagen:
            raise DoppelteVorlage(self.schluessel)
        _vorlagen[self.schluessel] = self

    @property
    def wort(self) -> str:
        """The subject without what differs from mail to mail: the name of this kind for staff."""
        return " ".join(re.sub(r"\{[^}]*\}", "…", self.betreff).split())

    @property
    def datei(self) -> str:
        return f"post/{self.schluessel}.txt"

    def schreibe(self, angaben: Mapping, *, mit_name: bool) -> tuple[str, str]:
        """Subject and text, with marks where name and one-time link will stand."""
        angaben = {name: _ohne_marken(wert) for name, wert in angaben.items()}
        betreff = " ".join(f"[ASSKomm] {self.betreff.format(**angaben)}".split())
        betreff = textwrap.shorten(betreff, BETREFF, placeholder=" …")
        text = render_to_string(
            self.datei,
            {
                **angaben,
                "basis": settings.BASE_URL,
                "anrede": f"Guten Tag{NAME if mit_name else ''},",
                "einmallink": LINK if self.einmallink else "",
            },
        )
        return betreff, re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


_vorlagen: dict[str, Vorlage] = {}


def vorlagen() -> dict[str, Vorlage]:
    """All registered mails by key."""
    return dict(_vorlagen)


def lesbar(text: str) -> str:
    """The text of a mail as staff see it: what is personal is named, not shown."""
    return text.replace(NAME, " [Name]").replace(LINK, "[persönlicher Link]")


def fuelle(text: str, *, name: str, link: str) -> str:
    """The text as it is sent. A name is one line, whatever was typed."""
    name = " ".join(name.translate(_MARKEN).split())
    return text.replace(NAME, f" {name}" if name else "").replace(LINK, link)


def umbrochen(text: str) -> str:
    """The paragraphs of `text` with lines of 72 columns at most; a longer address stays whole."""
    absaetze = re.split(r"\n\s*\n", text.strip())
    return "\n\n".join("\n".join(_zeilen(absatz)) for absatz in absaetze)


def _zeilen(absatz):
    for stueck in re.split(rf"\n\s*(?={_AUFZAEHLUNG})", absatz):
        worte = " ".join(stueck.split())
        einzug = " " * len(_AUFZAEHLUNG) if worte.startswith(_AUFZAEHLUNG) else ""
        yield from textwrap.wrap(
            worte,
            BREITE,
            subsequent_indent=einzug,
            break_long_words=False,
            break_on_hyphens=False,
        )


def _ohne_marken(wert):
    return wert.translate(_MARKEN) if isinstance(wert, str) else wert
