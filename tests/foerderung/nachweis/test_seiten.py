"""The pages of receipts and proof: what they show, what they keep, who may, how often they ask."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from foerderung.models import Beleg, Nachweisfassung, Status, Verwendungsnachweis
from tests.factories import make_kommune, make_mitglied
from tests.foerderung.entscheidung.akten import UM, Akte

from .faelle import JETZT, ZIEL, eingaben
from .test_tabelle import datei, viele, zeile

pytestmark = pytest.mark.django_db
BELEG = {
    "belegnummer": "R-1",
    "ausgabenart": "miete",
    "zweck": "Raum",
    "zahlungsempfaenger": "Vermietung",
    "rechnung_am": "01.03.2027",
    "bezahlt_am": "05.03.2027",
    "betrag_euro": "1.234,56",
}


@pytest.fixture(autouse=True)
def im_februar(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: JETZT)


def als(konto):
    client = Client()
    client.force_login(konto)
    return client


@pytest.fixture
def client(fall):
    return als(fall.bearbeitung)


def adresse(fall, rest=""):
    return f"/antraege/{fall.antrag.pk}/{rest}"


def getippt(**anders):
    """The report as a browser sends it."""
    werte = eingaben()
    post = dict(werte["felder"]) | {f"ziele-0-{name}": text for name, text in ZIEL.items()}
    return post | {"gesehen": "1", "weiter": "1"} | anders


# --- Receipts ----------------------------------------------------------------------


def test_a_receipt_is_typed_and_stands_in_the_list(fall, client):
    antwort = client.post(adresse(fall, "belege/neu/"), BELEG)
    assert antwort.url == adresse(fall, "belege/")
    seite = client.get(adresse(fall, "belege/")).text
    assert "R-1" in seite
    assert "1.234,56\xa0€" in seite


def test_what_is_wrong_is_said_at_the_field_and_everything_typed_is_kept(fall, client):
    antwort = client.post(adresse(fall, "belege/neu/"), BELEG | {"bezahlt_am": "01.01.2026"})
    assert "im Bewilligungszeitraum vom" in antwort.context["form"].errors["bezahlt_am"][0]
    assert 'value="01.01.2026"' in antwort.text
    assert 'value="Vermietung"' in antwort.text
    assert not Beleg.objects.exists()


def test_a_receipt_is_changed_and_deleted(fall, client):
    beleg = fall.erfasse()
    wohin = adresse(fall, f"belege/{beleg.pk}/")
    stand = client.get(wohin).context["form"]["stand"].value()
    client.post(wohin, BELEG | {"stand": stand})
    assert Beleg.objects.get().betrag_euro == Decimal("1234.56")
    # The page from before is overtaken: all that was typed stays, the new state comes along.
    antwort = client.post(wohin, BELEG | {"stand": stand, "zweck": "Anders"})
    assert antwort.status_code == 409
    assert 'value="Anders"' in antwort.text
    weg = adresse(fall, f"belege/{beleg.pk}/loeschen/")
    client.post(weg, {"stand": client.get(weg).context["form"]["stand"].value()})
    assert not Beleg.objects.exists()


def test_the_list_has_pages_and_asks_always_the_same(
    fall, client, django_assert_num_queries, django_assert_max_num_queries
):
    fall.erfasse()
    client.get(adresse(fall, "belege/"))
    with CaptureQueriesContext(connection) as eine:
        client.get(adresse(fall, "belege/"))
    for nummer in range(2, 26):
        fall.erfasse(f"R-{nummer}")
    with django_assert_num_queries(len(eine)):
        antwort = client.get(adresse(fall, "belege/?seite=2"))
    assert len(antwort.context["page_obj"]) == 5
    with django_assert_max_num_queries(len(eine) + 12):
        client.get(adresse(fall, "nachweis/"))


def test_another_kommune_meets_nothing(fall):
    beleg = fall.erfasse()
    fremd = als(make_mitglied(make_kommune(), "bearbeitung"))
    for rest in (
        "belege/", "belege/neu/", f"belege/{beleg.pk}/", f"belege/{beleg.pk}/loeschen/",
        "belege/belege.xlsx", "belege/tabelle/", "belege/tabelle/uebernehmen/", "nachweis/",
        "nachweis/bericht/", "nachweis/fassung/1/eingang.pdf", "nachweis/fassung/1/nachweis.pdf",
    ):  # fmt: skip
        assert fremd.get(adresse(fall, rest)).status_code == 404, rest


def test_a_receipt_that_is_not_there_is_a_404(fall, client):
    beleg = fall.erfasse()
    assert client.get(adresse(fall, f"belege/{beleg.pk + 1}/")).status_code == 404


def test_who_only_reads_sees_the_list_and_changes_nothing(fall):
    beleg = fall.erfasse()
    liest = als(fall.lesen)
    seite = liest.get(adresse(fall, "belege/"))
    assert "Beleg erfassen" not in seite.text
    for rest in ("belege/neu/", f"belege/{beleg.pk}/", f"belege/{beleg.pk}/loeschen/"):
        assert liest.post(adresse(fall, rest), BELEG).status_code == 403
    assert liest.post(adresse(fall, "belege/tabelle/")).status_code == 403
    assert liest.post(adresse(fall, "nachweis/bericht/"), getippt()).status_code == 403


def test_a_case_without_a_known_grant_has_no_proof(regelwerk, ansatz, monkeypatch):
    """Decided, but the notice is not fetched: it has no page that would tell the result."""
    akte = Akte(regelwerk, ansatz)
    akte.empfiehl()
    akte.schlage_vor()
    akte.genehmige()
    monkeypatch.setattr("django.utils.timezone.now", lambda: UM)
    for rest in ("nachweis/", "belege/", "nachweis/bericht/"):
        wohin = f"/antraege/{akte.antrag.pk}/{rest}"
        assert als(akte.bearbeitung).get(wohin).status_code == 404


# --- The spreadsheet -----------------------------------------------------------------


def lade(client, fall, inhalt):
    inhalt.seek(0)
    inhalt.name = "belege.xlsx"
    return client.post(adresse(fall, "belege/tabelle/"), {"datei": inhalt})


def test_a_file_is_previewed_taken_over_and_taken_over_once(fall, client):
    antwort = lade(client, fall, datei(zeile(), zeile(belegnummer="R-2")))
    assert "Noch ist nichts übernommen" in antwort.text
    assert not Beleg.objects.exists()
    for _ in range(2):
        client.post(
            adresse(fall, "belege/tabelle/uebernehmen/"), {"inhalt": antwort.context["inhalt"]}
        )
    assert Beleg.objects.count() == 2
    export = client.get(adresse(fall, "belege/belege.xlsx"))
    assert load_workbook(io.BytesIO(export.content))["Belege"].max_row == 4


def test_a_file_with_an_error_takes_over_nothing(fall, client):
    antwort = lade(client, fall, datei(zeile(), zeile(belegnummer="R-2", betrag_euro="=9")))
    assert antwort.status_code == 422
    assert "Zeile 3, Betrag in Euro: Die Zelle enthält eine Formel." in antwort.text
    assert not Beleg.objects.exists()


def test_a_preview_of_another_case_or_made_up_is_refused(fall, client):
    for inhalt in ("", "gefälscht", "x" * 5_000):
        antwort = client.post(adresse(fall, "belege/tabelle/uebernehmen/"), {"inhalt": inhalt})
        assert antwort.url == adresse(fall, "belege/tabelle/")
    assert not Beleg.objects.exists()


def test_if_the_list_changed_since_the_preview_nothing_is_taken_over(fall, client):
    antwort = lade(client, fall, datei(zeile(), zeile(belegnummer="R-2")))
    fall.erfasse("R-2", bezahlt_am=date(2027, 5, 5))
    antwort = client.post(
        adresse(fall, "belege/tabelle/uebernehmen/"),
        {"inhalt": antwort.context["inhalt"]},
        follow=True,
    )
    assert "Nichts ist übernommen" in antwort.text
    assert Beleg.objects.count() == 1


@pytest.mark.thorough
def test_a_thousand_receipts_are_previewed_and_taken_over(fall, client):
    antwort = lade(client, fall, datei(*viele(1_000)))
    assert "Und 950 weitere." in antwort.text
    client.post(adresse(fall, "belege/tabelle/uebernehmen/"), {"inhalt": antwort.context["inhalt"]})
    assert Beleg.objects.count() == 1_000


# --- The report ----------------------------------------------------------------------


def test_the_report_is_saved_incomplete_and_complete(fall, client):
    assert client.get(adresse(fall, "nachweis/bericht/")).status_code == 200
    client.post(
        adresse(fall, "nachweis/bericht/"), {"gesehen": "1", "frage_6a": "Teil", "entwurf": "1"}
    )
    assert Verwendungsnachweis.objects.get().eingaben["felder"]["frage_6a"] == "Teil"
    antwort = client.post(adresse(fall, "nachweis/bericht/"), getippt(gesehen="2"))
    assert antwort.url == adresse(fall, "nachweis/#inhalt")


def test_saved_by_itself_it_answers_in_short(fall, client):
    antwort = client.post(adresse(fall, "nachweis/bericht/"), getippt(automatisch="1"))
    assert antwort["X-Stand"] == "2"
    assert antwort.text.startswith("Zuletzt gespeichert am")


def test_two_people_at_once_choose_between_their_texts(fall, client):
    fall.speichere(eingaben({"frage_6a": "Von der anderen"}), durch=fall.zweite)
    antwort = client.post(adresse(fall, "nachweis/bericht/"), getippt(frage_6a="Von mir"))
    assert antwort.status_code == 409
    assert "Von der anderen" in antwort.text
    assert "Von mir" in antwort.text
    gewaehlt = getippt(frage_6a="Von mir", gesehen="2", strittig="frage_6a", wahl_frage_6a="meine")
    client.post(adresse(fall, "nachweis/bericht/"), gewaehlt)
    assert fall.entwurf.eingaben["felder"]["frage_6a"] == "Von mir"


def test_a_row_is_added_and_deleted(fall, client):
    antwort = client.post(adresse(fall, "nachweis/bericht/"), getippt(neu="ziele"))
    assert "neu=ziele" in antwort.url
    client.post(adresse(fall, "nachweis/bericht/"), getippt(gesehen="2", loeschen="ziele-0"))
    assert fall.entwurf.eingaben["zeilen"]["ziele"] == []


# --- Ready, sign -------------------------------------------------------------------------


def test_every_gap_is_a_link_to_its_place(fall, client):
    seite = client.get(adresse(fall, "nachweis/"))
    assert f'href="{adresse(fall, "belege/")}"' in seite.text
    assert f'href="{adresse(fall, "nachweis/bericht/?pruefen=1#id_frage_6a")}"' in seite.text
    assert seite.context["form"] is None


def test_one_declares_it_ready_another_signs_and_gets_papers(fall, client):
    fall.erfasse()
    fall.speichere()
    formular = client.get(adresse(fall, "nachweis/")).context["form"]
    post = {name: formular[name].value() for name in ("gesehen", "stand")}
    client.post(adresse(fall, "nachweis/"), post)
    zeichnet = als(fall.zeichnung)
    formular = zeichnet.get(adresse(fall, "nachweis/")).context["form"]
    post = {name: formular[name].value() for name in ("gesehen", "pruefsumme")}
    ohne = zeichnet.post(adresse(fall, "nachweis/"), post)
    assert "Bestätigen Sie" in ohne.text
    for _ in range(2):
        antwort = zeichnet.post(adresse(fall, "nachweis/"), post | {"bestaetigt": "on"})
        assert antwort.status_code == 302
    assert Nachweisfassung.objects.count() == 1
    assert fall.frisch.status == Status.NACHWEIS_EINGEREICHT
    for datei_ in ("eingang.pdf", "nachweis.pdf"):
        papier = zeichnet.get(adresse(fall, f"nachweis/fassung/1/{datei_}"))
        assert papier.content.startswith(b"%PDF")
    assert zeichnet.get(adresse(fall, "nachweis/fassung/2/eingang.pdf")).status_code == 404
    seite = client.get(adresse(fall, "nachweis/")).text
    assert "Fassung 1, eingegangen am" in seite
    assert "Speichern" not in client.get(adresse(fall, "nachweis/bericht/")).text


def test_a_signature_of_what_nobody_sees_any_more_is_refused(fall):
    fall.mache_bereit()
    zeichnet = als(fall.zeichnung)
    formular = zeichnet.get(adresse(fall, "nachweis/")).context["form"]
    post = {name: formular[name].value() for name in ("gesehen", "pruefsumme")}
    fall.erfasse("R-2")
    antwort = zeichnet.post(adresse(fall, "nachweis/"), post | {"bestaetigt": "on"})
    assert antwort.status_code == 409
    assert not Nachweisfassung.objects.exists()


def test_what_is_to_be_completed_is_shown(fall, client):
    fall.mache_bereit()
    fall.reiche_ein()
    fall.gib_zurueck()
    for rest in ("nachweis/", "nachweis/bericht/", "belege/"):
        assert "Die Teilnahmelisten fehlen." in client.get(adresse(fall, rest)).text
