"""The whole way of a coaching in a real browser, from the request to the effect a year later."""

import contextlib
import re

import pytest
from playwright.sync_api import expect

from .coachinggang import KOMMUNE, Coachinggang
from .portal import datenbankadresse
from .uhr import verstellbar

pytestmark = pytest.mark.browser


@pytest.fixture
def gang(oeffne_kontext, portal):
    with contextlib.ExitStack() as stapel:
        stelle = stapel.enter_context(verstellbar(datenbankadresse()))
        yield Coachinggang(oeffne_kontext, stapel, stelle)


def steht_da(page, *worte):
    for wort in worte:
        expect(page.locator("main")).to_contain_text(wort)


def test_from_the_request_to_the_effect_a_year_later(gang):
    # request, match, both agree
    gang.frage_an()
    gang.schlage_vor("Beispiel Coach", kontingent=4)
    page = gang.als("bearbeitung")
    page.goto(f"/mein-bereich/{KOMMUNE}/")
    vorschlag = page.get_by_role("link", name="Ansehen und antworten").get_attribute("href")
    gang.stimme_zu("bearbeitung", vorschlag)
    page = gang.stimme_zu("coach", vorschlag)
    gang.adresse = page.get_by_role("link", name="Zur Begleitung").get_attribute("href")

    # a session: what is shared, what is not, and whether it was read
    gang.erfasse(
        3,
        geteilt="Wir haben die Aufgaben verteilt.",
        lpr="Der Rat ist zerstritten.",
        eigen="Nachfragen beim nächsten Mal",
        schritt="Einladung zum Rat verschicken",
    )
    steht_da(gang.begleitung("coach"), "von der Kommune noch nicht geöffnet", "Einladung zum Rat")
    page = gang.begleitung("sachbearbeitung")
    page.get_by_role("link", name="Sitzung am").first.click()
    steht_da(page, "Wir haben die Aufgaben verteilt.", "Der Rat ist zerstritten.")
    expect(page.locator("main")).not_to_contain_text("Nachfragen beim nächsten Mal")

    # one reminder after two weeks, and no second one the day after
    for tage, erinnert in [(13, 0), (2, 1), (1, 1)]:
        gang.gehe_vor(tage)
        assert gang.erinnerungen() == erinnert

    # the Kommune reads and ticks
    page = gang.begleitung("bearbeitung")
    page.get_by_role("link", name="Sitzung am").first.click()
    steht_da(page, "Wir haben die Aufgaben verteilt.")
    expect(page.locator("main")).not_to_contain_text("zerstritten")
    expect(page.locator("main")).not_to_contain_text("Nachfragen beim")
    page.get_by_role("button", name="Als erledigt abhaken").click()
    steht_da(gang.begleitung("coach"), "von der Kommune geöffnet am")
    expect(gang.als("coach").locator("main")).not_to_contain_text("noch nicht geöffnet")

    # the contingent is used up; two people extend it
    page = gang.erfasse(2, geteilt="Zweites Treffen")
    steht_da(page, "Es ist noch 1 Vierteltag frei")
    assert page.locator("[name=geteilt]").input_value() == "Zweites Treffen"
    page = gang.begleitung("sachbearbeitung")
    page.get_by_role("link", name=re.compile("erweitern")).click()
    page.get_by_label("Zusätzliche Vierteltage").fill("4")
    page.get_by_label("Begründung").fill("Der Rat braucht ein zweites Treffen.")
    page.get_by_role("button", name="Erweiterung vorschlagen").click()
    page = gang.als("leitung")
    page.goto("/admin/beratung/kontingenterweiterung/?wartet=mich")
    page.locator("#result_list tbody th a").first.click()
    page.get_by_role("link", name="Genehmigen").click()
    page.get_by_role("button", name="Genehmigen").click()
    gang.erfasse(2, geteilt="Zweites Treffen")
    steht_da(gang.begleitung("coach"), "5 von 8 Vierteltagen")

    # the end, with a report and an effect that a second person confirms
    page = gang.begleitung("coach")
    page.get_by_role("link", name=re.compile("abschließen")).click()
    page.get_by_label("Letzter Tag der Begleitung").fill(f"{gang.heute:%d.%m.%Y}")
    page.get_by_label("Abschlussbericht").fill("Der Rat arbeitet wieder.")
    page.get_by_label("Präventionsstrategie beschlossen", exact=True).check()
    page.get_by_label("Beleg: Präventionsstrategie beschlossen").fill("Beschluss des Stadtrats")
    page.get_by_role("button", name="Begleitung abschließen").click()
    steht_da(gang.begleitung("bearbeitung"), "Der Rat arbeitet wieder.", "noch nicht bestätigt")
    page = gang.als("sachbearbeitung")
    page.goto("/coaching/wirkungen/")
    page.get_by_role(
        "link", name=re.compile("Präventionsstrategie beschlossen.*Döbeln")
    ).first.click()
    page.get_by_role("button", name="Wirkung bestätigen").click()
    steht_da(gang.begleitung("bearbeitung"), "Bestätigt am")

    # half a year later the Kommune is asked again, and the coach is out
    gang.gehe_vor(31)
    assert gang.als("coach").goto(gang.adresse).status == 404
    gang.gehe_vor(155)
    page = gang.als("bearbeitung")
    page.goto(f"/mein-bereich/{KOMMUNE}/")
    page.get_by_role("link", name="Frage beantworten").click()
    page.get_by_label("Förderung beantragt", exact=True).check()
    page.get_by_label("Beleg: Förderung beantragt").fill("Antrag ist eingereicht")
    page.get_by_role("button", name="Antwort senden").click()
    steht_da(gang.begleitung("sachbearbeitung"), "nach sechs Monaten ist seit dem")
