"""Where the tests of the design find their files."""

import re
from pathlib import Path

WURZEL = Path(__file__).resolve().parents[2]
STATIC = WURZEL / "static"
CSS = STATIC / "css"
VORLAGEN = WURZEL / "templates"
KERN = STATIC / "vendor" / "kern" / "2.7.2"
SCHRIFT = STATIC / "vendor" / "fira-sans"

# Style sheets that stand outside the page frame.
OHNE_RAHMEN = {
    "admin.css",
    "anlagen.css",
    "antrag.css",
    "fallakte.css",
    "glossar.css",
    "intern.css",
    "kommunenwahl.css",
    "plan.css",
    "stoerung.css",
    "verwaltung.css",
    "verzeichnis.css",
}


def vorlagen():
    return sorted(VORLAGEN.rglob("*.html"))


def eigene_stile():
    return sorted(CSS.glob("*.css"))


def ohne_kommentare(css):
    return re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)


def kennung(pfad):
    """Readable test id: the path below the project folder."""
    return str(pfad.relative_to(WURZEL))
