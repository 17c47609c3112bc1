"""The pages of the check: forms keep what was typed, the Kommune reads the result and no notes."""

import pytest

from foerderung.models import Status
from foerderung.verfahren.nachweispruefung import geltende
from tests.foerderung.fallakte.hilfen import angemeldet, feld, text

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


def akte(fall, ende=""):
    return f"/vorgaenge/{fall.antrag.pk}/{ende}"


def test_from_the_proof_to_the_end_of_the_case(gezogen):
    client = angemeldet(gezogen.pruefung)
    html = text(client.get(akte(gezogen, "nachweis/")))
    assert "Verwendungsnachweis prüfen" in html
    assert "Die Belege werden geprüft." in html
    beleg = gezogen.antrag.belege.get(belegnummer="R-1")
    seite = akte(gezogen, f"nachweis/belege/{beleg.pk}/")
    html = text(client.post(seite, {"betrag": "100", "grund": ""}))
    assert "Begründen Sie die Kürzung." in html
    assert 'value="100"' in html
    assert client.post(seite, {"betrag": "100", "grund": "Skonto"}).status_code == 302
    client.post(seite, {"betrag": "0", "grund": ""})
    seite = akte(gezogen, "nachweis/pruefen/")
    gesehen = feld(text(client.get(seite)), "gesehen")
    html = text(client.post(seite, {"gesehen": gesehen, "vermerk": "Intern: geht so"}))
    assert "Bestätigen Sie, dass Ihnen die Belege vorlagen" in html
    assert "Intern: geht so" in html
    daten = {"gesehen": gesehen, "vermerk": "Intern: geht so", "belege_lagen_vor": "on"}
    assert client.post(seite, daten).status_code == 302
    assert geltende(gezogen.antrag).zuwendung_euro == 9000
    html = text(angemeldet(gezogen.lesen).get(f"/antraege/{gezogen.antrag.pk}/nachweis/ergebnis/"))
    assert "9.000,00" in html
    assert "Intern" not in html
    client = angemeldet(gezogen.sachbearbeitung)
    html = text(client.get(akte(gezogen, "abschluss/")))
    daten = {
        "vorschlagen-gesehen": feld(html, "vorschlagen-gesehen"),
        "vorschlagen-marke": feld(html, "vorschlagen-marke"),
    }
    seite = akte(gezogen, "abschluss/vorschlagen/")
    assert "Begründen Sie den Vorschlag." in text(client.post(seite, daten))
    assert client.post(seite, daten | {"vorschlagen-begruendung": "Fertig"}).status_code == 302
    client = angemeldet(gezogen.leitung)
    html = text(client.get(akte(gezogen, "abschluss/")))
    daten = {"genehmigen-gesehen": feld(html, "genehmigen-gesehen")}
    assert client.post(akte(gezogen, "abschluss/genehmigen/"), daten).status_code == 302
    assert gezogen.status == Status.ABGESCHLOSSEN


def test_giving_a_drawn_case_back_begins_with_the_request_for_receipts(gezogen):
    client = angemeldet(gezogen.sachbearbeitung)
    seite = akte(gezogen, "nachweis/zurueckgeben/")
    html = text(client.get(seite))
    assert "gehört zur Stichprobe. Bitte senden Sie uns Kopien aller Belege" in html
    daten = {"gesehen": feld(html, "gesehen"), "was": "Belege bitte", "bis": "01.01.2020"}
    html = text(client.post(seite, daten))
    assert "Geben Sie einen Tag nach dem" in html
    assert "Belege bitte" in html
    assert client.post(seite, daten | {"bis": "01.01.2190"}).status_code == 302
    assert gezogen.status == Status.IN_DURCHFUEHRUNG


def test_what_calls_for_a_look_stands_on_the_page(fall):
    fall.reiche_nachweis_ein("100.00", verschoben=["Honorare"], bezahlt_am="2028-01-02")
    html = text(angemeldet(fall.pruefung).get(akte(fall, "nachweis/")))
    assert "darf: Honorare." in html
    assert "am 02.01.2028 bezahlt, also nicht im Bewilligungszeitraum" in html
    assert "noch in keiner" in html


def test_the_case_of_the_kommune_leads_to_its_proof_and_to_the_result(gezogen):
    client, adresse = angemeldet(gezogen.lesen), f"/antraege/{gezogen.antrag.pk}/"
    html = text(client.get(adresse))
    assert f'href="{adresse}nachweis/"' in html
    assert "nachweis/ergebnis" not in html
    gezogen.schliesse_pruefung_ab()
    assert f'href="{adresse}nachweis/ergebnis/"' in text(client.get(adresse))


def test_without_a_valid_check_the_kommune_has_no_result(gezogen):
    adresse = f"/antraege/{gezogen.antrag.pk}/nachweis/ergebnis/"
    assert angemeldet(gezogen.lesen).get(adresse).status_code == 404


def test_more_receipts_take_no_more_queries(fall, django_assert_max_num_queries):
    client = angemeldet(fall.pruefung)
    fall.reiche_nachweis_ein(*["1.00"] * 15)
    client.get(akte(fall, "nachweis/"))
    with django_assert_max_num_queries(25):
        client.get(akte(fall, "nachweis/"))
