"""A page in the browser, with everything that happened while it came."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, Page, Response

from .seiten.seite import Seite

MESSEN = Path(__file__).with_name("messen.js").read_text()
BREIT = {"width": 1280, "height": 900}
SCHMAL = {"width": 390, "height": 844}
WARTEN_MS = 15_000

AXE_REGELN = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Those of them that look at colours.
AXE_FARBREGELN = ["color-contrast", "link-in-text-block"]
AXE_LAUF = """regeln => axe.run({runOnly: regeln, preload: false, resultTypes: ["violations"]}).then(ergebnis =>
    ergebnis.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(" ")} ${n.html.slice(0, 120)}`)))"""


@dataclass
class Aufruf:
    page: Page
    seite: Seite
    dokument: Response | None = None
    fremde_anfragen: list[str] = field(default_factory=list)
    konsole: list[str] = field(default_factory=list)
    eingebracht: set[str] = field(default_factory=set)

    def messe(self, name, *argumente):
        """Run a function of messen.js in the page. Works under the policy, which binds the page only."""
        self._bringe_ein(MESSEN)
        return self.page.evaluate(f"argumente => messen.{name}(...argumente)", list(argumente))

    def axe(self, regeln=AXE_REGELN):
        """Findings of axe, one line for each element."""
        self._bringe_ein(AXE_SCRIPT)
        # Django's admin fades from one colour to another; in between no contrast is right.
        self.page.wait_for_function(
            "() => document.getAnimations().every(bewegung => bewegung.playState === 'finished')"
        )
        return self.page.evaluate(AXE_LAUF, regeln)

    def _bringe_ein(self, skript):
        """Run it in the page unless that has been done; the checks stay on the page."""
        if skript not in self.eingebracht:
            self.page.evaluate(skript)
            self.eingebracht.add(skript)

    def setze_zurueck(self):
        """Back to a wide, light screen without extra styles."""
        self.page.emulate_media(color_scheme="light", forced_colors="none", media="screen")
        self.page.set_viewport_size(BREIT)
        self.page.evaluate("() => { document.adoptedStyleSheets = [] }")


def oeffne(context: BrowserContext, portal: str, seite: Seite) -> Aufruf:
    """Open `seite` and do what it takes to see it."""
    page = context.new_page()
    page.set_default_timeout(WARTEN_MS)
    aufruf = Aufruf(page, seite)
    eigene = urlsplit(portal).netloc

    def merke_anfrage(request):
        ziel = urlsplit(request.url)
        if ziel.scheme not in ("data", "about") and ziel.netloc != eigene:
            aufruf.fremde_anfragen.append(request.url)

    def merke_antwort(response):
        if response.request.is_navigation_request() and response.frame == page.main_frame:
            aufruf.dokument = response

    def merke_meldung(meldung):
        # That an error page has its status is no surprise; the browser mentions it all the same.
        if not (meldung.location["url"] == page.url and seite.status >= 400):
            aufruf.konsole.append(f"{meldung.type}: {meldung.text}")

    page.on("request", merke_anfrage)
    page.on("response", merke_antwort)

    def merke_fehler(fehler):
        aufruf.konsole.append(str(fehler))

    page.on("console", merke_meldung)
    page.on("pageerror", merke_fehler)
    page.goto(portal + seite.adresse)
    for schritt in seite.schritte:
        schritt(page)
    page.wait_for_load_state()
    # What the checks do from here on is not the page's doing.
    page.remove_listener("console", merke_meldung)
    page.remove_listener("pageerror", merke_fehler)
    return aufruf
