"""What staff see and do: tasks, plan, confirmations by telephone, corrections."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from asskomm.protokoll.models import Eintrag
from kommunen.models import Mitgliedschaft, Ratsabfrage, Ratsbestaetigung, Ratskorrektur
from kommunen.puls import verfahren
from tests.factories import (
    make_kommune,
    make_rat,
    make_ratsabfrage,
    make_ratsbestaetigung,
    make_ratskorrektur,
)
from tests.verwaltung.formulare import adresse, fehler, sende
from tests.verwaltung.personal import angemeldet, make_personal

from .hilfen import make_fall

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


@pytest.fixture
def heute():
    return timezone.localdate()


@pytest.fixture
def client():
    return angemeldet(make_personal("Sachbearbeitung"))


def aufgaben(client):
    return {a.titel: (a.anzahl, a.adresse) for a in client.get("/admin/").context["aufgaben"]}


def gelistet(client, ziel):
    antwort = client.get(ziel)
    assert antwort.status_code == 200
    return {str(objekt) for objekt in antwort.context["cl"].result_list}


def make_offene(rat, heute, **felder):
    return make_ratsbestaetigung(
        rat=rat, am=None, jahr=heute.year, vorgemerkt_am=heute - timedelta(days=1), **felder
    )


# --- Tasks -----------------------------------------------------------------------


def test_every_task_leads_to_the_list_it_counts(client, heute):
    ohne, _, konto = make_fall("Ohnezugang")
    Mitgliedschaft.objects.filter(konto=konto).delete()
    verstrichen, laufend, fertig = (make_fall(name)[0] for name in ("Spät", "Läuft", "Fertig"))
    make_offene(ohne, heute)
    make_offene(verstrichen, heute, offen_ab=heute)
    make_offene(laufend, heute, offen_ab=heute + timedelta(days=1))
    make_ratsbestaetigung(rat=fertig, am=heute)
    make_ratskorrektur(rat=fertig)
    erwartet = {
        "Präventionsräte am Telefon bestätigen: Niemand kann sich anmelden": f"{ohne}, {heute.year}",
        "Präventionsräte, nach den Erinnerungen nicht bestätigt": f"{verstrichen}, {heute.year}",
        "Korrekturen von Kommunen zu ihrem Präventionsrat": str(Ratskorrektur.objects.get()),
    }
    offen = aufgaben(client)
    for titel, gegenstand in erwartet.items():
        anzahl, ziel = offen[titel]
        assert (anzahl, gelistet(client, ziel)) == (1, {gegenstand})
    liste = adresse(Ratsbestaetigung)
    assert gelistet(client, f"{liste}?stand=laeuft") == {f"{laufend}, {heute.year}"}
    assert gelistet(client, f"{liste}?stand=bestaetigt") == {f"{fertig}, {heute.year}"}


def test_those_without_the_right_have_no_such_task(heute):
    make_ratskorrektur()
    for rolle in ("Redaktion", "Leitung", "Prüfung"):
        assert not any("Korrektur" in titel for titel in aufgaben(angemeldet(make_personal(rolle))))


def test_confirmations_are_filtered_by_year_and_found_by_any_kommune(client, heute):
    kommunen = [make_kommune(name="Döbeln"), make_kommune(name="Dobel")]
    rat = make_rat(name="Gemeinsamer Rat", kommunen=kommunen)
    make_ratsbestaetigung(rat=rat, am=date(2025, 3, 1))
    make_ratsbestaetigung(rat=rat, am=date(2026, 3, 1))
    liste = adresse(Ratsbestaetigung)
    assert gelistet(client, f"{liste}?jahr=2025") == {"Gemeinsamer Rat, 2025"}
    antwort = client.get(f"{liste}?q=dob")
    assert antwort.context["cl"].result_count == 2
    assert "Unbekannter Wert im Filter „Stand“" in client.get(f"{liste}?stand=x").content.decode()


# --- Plan ------------------------------------------------------------------------


def test_staff_see_and_change_the_days_of_a_year(client):
    abfrage = make_ratsabfrage()
    assert client.get(adresse(Ratsabfrage)).status_code == 200
    antwort = sende(client, Ratsabfrage, abfrage.pk, beginn="11.01.2027", nachfrist="21")
    assert antwort.status_code == 302
    abfrage.refresh_from_db()
    assert (abfrage.beginn, abfrage.nachfrist) == (date(2027, 1, 11), 21)


@pytest.mark.parametrize(
    ("feld", "wert", "satz"),
    [
        ("beginn", "31.12.2026", "in dem Jahr"),
        ("neue_bis", "01.01.2028", "in dem Jahr"),
        ("erste_erinnerung_nach", "13", "höchstens alle 14 Tage"),
        ("zweite_erinnerung_nach", "27", "mindestens 14 Tage"),
        ("zweite_erinnerung_nach", "181", "in das nächste Jahr"),
        ("nachfrist", "-1", ""),
    ],
)
def test_a_plan_that_cannot_be_is_refused_at_the_field(client, feld, wert, satz):
    abfrage = make_ratsabfrage()
    saetze = fehler(sende(client, Ratsabfrage, abfrage.pk, **{feld: wert}))
    assert satz in " ".join(" ".join(texte) for texte in saetze.values())
    assert "" not in saetze


# --- By telephone ----------------------------------------------------------------


def test_a_call_is_recorded_from_the_row_that_waits(client, heute):
    rat = make_fall()[0]
    eine = make_offene(rat, heute)
    seite = client.get(adresse(Ratsbestaetigung, "change", eine.pk))
    (knopf,) = seite.context["knoepfe"]
    assert knopf.titel == "Bestätigung am Telefon erfassen"
    assert client.get(knopf.adresse).context["adminform"].form["rat"].value() == str(rat.pk)
    antwort = sende(client, Ratsbestaetigung, rat=rat.pk, quelle="Leitung des Ordnungsamts")
    assert antwort.status_code == 302
    eine.refresh_from_db()
    assert (eine.bestaetigt_am, eine.weg, eine.erfasst_von) == (heute, "telefon", client.konto)
    seite = client.get(adresse(Ratsbestaetigung, "change", eine.pk))
    assert seite.context["knoepfe"] == []
    assert "Leitung des Ordnungsamts" in seite.content.decode()
    assert Eintrag.objects.get(handlung="rat.bestaetigt").durch == client.konto


def test_a_call_about_a_council_that_was_never_asked(client, heute):
    rat = make_fall()[0]
    assert sende(client, Ratsbestaetigung, rat=rat.pk, quelle="Amt").status_code == 302
    assert Ratsbestaetigung.objects.get().jahr == heute.year


@pytest.mark.parametrize(
    ("felder", "feld"),
    [
        ({"quelle": ""}, "quelle"),
        ({"quelle": "\u200b"}, "quelle"),
        ({"bestaetigt_am": "01.01.2199"}, "bestaetigt_am"),
        ({"bestaetigt_am": "unsinn"}, "bestaetigt_am"),
        ({"bestaetigt_am": "01.01.2020"}, "__all__"),
        ({"rat": "999999"}, "rat"),
        ({"rat": ""}, "rat"),
    ],
)
def test_a_call_without_its_facts_is_refused(client, felder, feld):
    rat = make_fall()[0]
    antwort = sende(client, Ratsbestaetigung, **{"rat": rat.pk, "quelle": "Amt", **felder})
    saetze = fehler(antwort)
    assert {name or "__all__" for name in saetze} == {feld}
    assert not Ratsbestaetigung.objects.exists()


def test_a_confirmed_year_says_so(client, heute):
    rat = make_fall()[0]
    make_ratsbestaetigung(rat=rat, am=heute)
    antwort = sende(client, Ratsbestaetigung, rat=rat.pk, quelle="Amt")
    assert f"für {heute.year} schon bestätigt" in str(fehler(antwort))


def test_the_same_call_sent_twice_leads_to_the_first(client):
    rat = make_fall()[0]
    seite = client.get(adresse(Ratsbestaetigung, "add"))
    daten = {"rat": rat.pk, "quelle": "Amt", "bestaetigt_am": f"{timezone.localdate():%d.%m.%Y}",
             "_marke": seite.context["marke"]}  # fmt: skip
    ziele = {client.post(adresse(Ratsbestaetigung, "add"), daten).status_code for _ in range(2)}
    assert ziele == {302}
    assert Ratsbestaetigung.objects.count() == 1


# --- Corrections -----------------------------------------------------------------


def schritt(korrektur, name):
    return f"/admin/kommunen/ratskorrektur/{korrektur.pk}/{name}/"


def test_a_correction_shows_what_is_and_what_shall_be(client):
    rat = make_fall()[0]
    korrektur = make_ratskorrektur(rat=rat, zustand="ruhend", zustand_seit="2027-01-04")
    html = client.get(adresse(Ratskorrektur, "change", korrektur.pk)).content.decode()
    assert "Name: Präventionsrat Musterstadt; Zustand: aktiv seit 01.05.2020" in html
    assert "Name: Präventionsrat der Stadt; Zustand: ruhend seit 04.01.2027" in html


@pytest.mark.parametrize("entschieden", ["uebernehmen", "ablehnen"])
def test_what_was_stays_to_be_read_after_the_decision(client, entschieden):
    rat = make_fall()[0]
    korrektur = make_ratskorrektur(rat=rat, zustand="ruhend", zustand_seit="2027-01-04")
    client.post(schritt(korrektur, entschieden), {"grund": "Der Beschluss fehlt."})
    rat.refresh_from_db()
    rat.name = "Wieder anders"
    rat.save()
    html = client.get(adresse(Ratskorrektur, "change", korrektur.pk)).content.decode()
    assert "Name: Präventionsrat Musterstadt; Zustand: aktiv seit 01.05.2020" in html
    assert "Wieder anders;" not in html


def test_taken_over_in_one_step(client):
    korrektur = make_ratskorrektur(rat=make_fall()[0])
    assert "Übernehmen" in client.get(schritt(korrektur, "uebernehmen")).content.decode()
    assert client.post(schritt(korrektur, "uebernehmen")).status_code == 302
    korrektur.rat.refresh_from_db()
    assert korrektur.rat.name == "Präventionsrat der Stadt"
    assert client.post(schritt(korrektur, "uebernehmen")).status_code == 409


def test_declined_with_a_reason(client):
    korrektur = make_ratskorrektur()
    ziel = schritt(korrektur, "ablehnen")
    assert "Die Kommune liest sie." in client.get(ziel).content.decode()
    for unsinn in ("", " ", "x" * 2_001):
        assert client.post(ziel, {"grund": unsinn}).status_code == 200
    assert client.post(ziel, {"grund": "Der Beschluss fehlt."}).status_code == 302
    korrektur.refresh_from_db()
    assert korrektur.grund == "Der Beschluss fehlt."


def test_a_state_that_cannot_follow_is_said_on_the_page(client):
    korrektur = make_ratskorrektur(rat=make_fall()[0], zustand="ruhend", zustand_seit="2019")
    html = client.post(schritt(korrektur, "uebernehmen"))
    assert html.status_code == 409
    assert "von Hand" in html.content.decode()


def test_who_may_only_look_decides_nothing():
    korrektur = make_ratskorrektur()
    client = angemeldet(make_personal("Leitung"))
    seite = client.get(adresse(Ratskorrektur, "change", korrektur.pk))
    assert seite.status_code == 200
    assert seite.context["knoepfe"] == []
    assert client.post(schritt(korrektur, "uebernehmen")).status_code == 403


def test_the_lists_cost_the_same_with_many_rows(client, heute, django_assert_max_num_queries):
    for modell, mache in (
        (Ratsbestaetigung, lambda: make_offene(make_rat(), heute)),
        (Ratskorrektur, make_ratskorrektur),
    ):
        mache()
        client.get(adresse(modell))
        with django_assert_max_num_queries(12) as eine:
            client.get(adresse(modell))
        for _ in range(3):
            mache()
        with django_assert_max_num_queries(len(eine)):
            client.get(adresse(modell))


def test_the_history_of_a_confirmation_is_its_log(client, heute):
    rat, kommune, konto = make_fall()
    make_ratsabfrage(jahr=heute.year, neue_bis=heute)
    verfahren.frage(heute)
    eine = Ratsbestaetigung.objects.get()
    html = client.get(adresse(Ratsbestaetigung, "history", eine.pk)).content.decode()
    assert "Um Bestätigung eines Präventionsrats gebeten" in html
