"""What it takes to see a page: steps that the pages of several areas share."""

# What is sent within three seconds comes from a robot.
NICHT_ZU_SCHNELL_MS = 3100


def folge(wahl: str):
    """Go on to where the first link that `wahl` finds leads."""

    def schritt(page):
        page.goto(page.locator(wahl).first.evaluate("link => link.href"))

    return schritt


def sende_ab(page):
    """Send the form as it stands; the first button of a private page would sign out."""
    with page.expect_navigation():
        page.locator("main form [type=submit]:not(.assk-kontoleiste *)").first.click()


def oeffne_alles(page):
    page.evaluate("document.querySelectorAll('main details').forEach(d => (d.open = true))")


def weiter_zu(ende):
    """Go to a page below the present one."""

    def schritt(page):
        page.goto(page.url.partition("?")[0] + ende)

    return schritt
