"""Markdown of the editors as safe, accessible HTML.

Headings start at H2 and never skip a level, tables carry scope and a named scroll box, links
that leave the portal say where they lead. The result has passed an allow-list (nh3), so
templates may print it as it is.
"""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

import nh3
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

# Ids that the page frame and its components use themselves.
VERGEBENE_KENNUNGEN = ("inhalt", "inhalt-titel", "quellen", "fehler", "unterseiten", "suche-menue")
TIEFSTE_UEBERSCHRIFT = 4
UMSCHRIFT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
ERLAUBTE_ELEMENTE = {
    "a", "blockquote", "br", "code", "div", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre",
    "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ERLAUBTE_ATTRIBUTE = {
    "a": {"href"},
    "div": {"class", "role", "tabindex", "aria-label"},
    "h2": {"id"},
    "h3": {"id"},
    "h4": {"id"},
    "ol": {"start"},
    "table": {"class"},
    "td": {"class"},
    "th": {"class", "scope"},
}

_LESER = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


@dataclass
class Text:
    """Rendered text and its H2 headings, for a list of contents."""

    html: SafeString
    abschnitte: list[dict[str, str]] = field(default_factory=list)


def rechnername(adresse: str) -> str:
    """The host a link leads to, as people write it: without www., with umlauts; else ""."""
    try:
        name = urlsplit(adresse).hostname or ""
    except ValueError:
        return ""
    if "xn--" in name:
        try:
            name = name.encode("ascii").decode("idna")
        except UnicodeError:
            return name
    return name.removeprefix("www.")


def ist_fremd(adresse: str) -> bool:
    """Whether a link leaves the portal."""
    name = rechnername(adresse)
    return bool(name) and name != rechnername(settings.BASE_URL)


def rendere(text: str) -> Text:
    """Turn Markdown into HTML. Anything that is not plain text structure is shown as typed."""
    zeichen = _LESER.parse(text)
    abschnitte = _ordne_ueberschriften(zeichen)
    _beschreibe_tabellen(zeichen)
    for teil in zeichen:
        if teil.type == "inline":
            _beschreibe_links(teil.children)
    html = nh3.clean(
        _LESER.renderer.render(zeichen, _LESER.options, {}),
        tags=ERLAUBTE_ELEMENTE,
        attributes=ERLAUBTE_ATTRIBUTE,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
    return Text(mark_safe(html), abschnitte)


def _ordne_ueberschriften(zeichen):
    """Set level and id of every heading; return the H2 as list of {kennung, titel}."""
    abschnitte, vergeben, stufe = [], set(VERGEBENE_KENNUNGEN), 1
    for nummer, teil in enumerate(zeichen):
        if teil.type != "heading_open":
            continue
        stufe = min(max(int(teil.tag[1]), 2), stufe + 1, TIEFSTE_UEBERSCHRIFT)
        titel = _klartext(zeichen[nummer + 1])
        kennung = _freie_kennung(titel, vergeben)
        vergeben.add(kennung)
        teil.tag = zeichen[nummer + 2].tag = f"h{stufe}"
        teil.attrSet("id", kennung)
        if stufe == 2:
            abschnitte.append({"kennung": kennung, "titel": titel})
    return abschnitte


def _freie_kennung(titel, vergeben):
    stamm = slugify(titel.lower().translate(UMSCHRIFT))[:60].strip("-") or "abschnitt"
    kennung, nummer = stamm, 2
    while kennung in vergeben:
        kennung, nummer = f"{stamm}-{nummer}", nummer + 1
    return kennung


def _klartext(inline):
    """The words of an inline token without its markup."""
    return "".join(
        " " if teil.type in ("softbreak", "hardbreak") else teil.content for teil in inline.children
    ).strip()


def _beschreibe_tabellen(zeichen):
    """Scope for head cells and first cells, a named box that scrolls, no inline style."""
    ueberschrift, namen, im_kopf, erste = "", set(), False, False
    for nummer, teil in enumerate(zeichen):
        if teil.type == "heading_open":
            ueberschrift = _klartext(zeichen[nummer + 1])
        elif teil.type == "table_open":
            name = _freier_name(f"Tabelle: {ueberschrift}" if ueberschrift else "Tabelle", namen)
            teil.attrSet("class", "assk-tab")
            teil.meta["rolle"] = name
        elif teil.type in ("thead_open", "tbody_open"):
            im_kopf = teil.type == "thead_open"
        elif teil.type == "tr_open":
            erste = True
        elif teil.type in ("th_open", "td_open"):
            _beschreibe_zelle(zeichen, nummer, im_kopf, erste)
            erste = False


def _beschreibe_zelle(zeichen, nummer, im_kopf, erste):
    zelle, leer = zeichen[nummer], not _klartext(zeichen[nummer + 1])
    rechts = "right" in str(zelle.attrs.pop("style", ""))
    ist_kopf = (im_kopf or erste) and not leer
    zelle.tag = zeichen[nummer + 2].tag = "th" if ist_kopf else "td"
    if ist_kopf:
        zelle.attrSet("scope", "col" if im_kopf else "row")
    if rechts:
        zelle.attrSet("class", "zahl")


def _freier_name(name, namen):
    frei, nummer = name, 2
    while frei in namen:
        frei, nummer = f"{name} ({nummer})", nummer + 1
    namen.add(frei)
    return frei


def _tabelle_auf(leser, zeichen, nummer, optionen, umgebung):
    kasten = Token("kasten_open", "div", 1, attrs={
        "class": "assk-tab-rolle", "role": "region", "tabindex": "0",
        "aria-label": zeichen[nummer].meta["rolle"],
    })  # fmt: skip
    return leser.renderToken([kasten], 0, optionen, umgebung) + leser.renderToken(
        zeichen, nummer, optionen, umgebung
    )


def _tabelle_zu(leser, zeichen, nummer, optionen, umgebung):
    return leser.renderToken(zeichen, nummer, optionen, umgebung) + "</div>\n"


_LESER.add_render_rule("table_open", _tabelle_auf)
_LESER.add_render_rule("table_close", _tabelle_zu)


def _beschreibe_links(teile):
    """Put the host behind the words of a link that leaves the portal, unless they name it."""
    anfang = None
    for nummer in range(len(teile) - 1, -1, -1):
        if teile[nummer].type == "link_close":
            anfang = nummer
        elif teile[nummer].type == "link_open" and anfang is not None:
            name = _genannt_werden_muss(teile[nummer], teile[nummer + 1 : anfang])
            if name:
                teile.insert(anfang, Token("text", "", 0, content=f" (auf {name})"))
            anfang = None


def _genannt_werden_muss(link, worte):
    adresse = str(link.attrs.get("href", ""))
    name = rechnername(adresse)
    genannt = "".join(teil.content for teil in worte).casefold()
    return name if ist_fremd(adresse) and name not in genannt else ""
