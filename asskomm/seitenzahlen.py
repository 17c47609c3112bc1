"""Lists in pages of 20: a page number that does not exist is no dead end."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator

JE_SEITE = 20


@dataclass(frozen=True)
class Seitenwahl:
    """The page to show and, when another one was asked for, a sentence about it."""

    seite: Page
    hinweis: str = ""


def blaettere(objekte, nummer: str | None) -> Seitenwahl:
    """The page `nummer` (text from the address; nothing means the first).

    What is no number gives the first page, a number past the end the last one, both with
    a notice and never a 404: the list may have become shorter since the link was set.
    """
    seiten = Paginator(objekte, JE_SEITE)
    try:
        return Seitenwahl(seiten.page(nummer or 1))
    except PageNotAnInteger:
        return Seitenwahl(
            seiten.page(1), "Diese Seitenzahl gibt es nicht. Sie sehen die erste Seite."
        )
    except EmptyPage:
        letzte = seiten.get_page(nummer)
        if letzte.number == 1:
            return Seitenwahl(
                letzte, "Diese Seitenzahl gibt es nicht. Die Liste hat nur eine Seite."
            )
        return Seitenwahl(letzte, "Diese Seitenzahl gibt es nicht. Sie sehen die letzte Seite.")
