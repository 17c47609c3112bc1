"""What people meet on the pages: every step, every refusal, nothing typed lost."""

import re
from datetime import date, timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from asskomm.konten import einladungslink
from asskomm.konten.models import Einladung, Konto
from asskomm.post.models import Nachricht
from kommunen.mitglieder import verfahren
from kommunen.models import Mitgliedschaft, Rolle
from tests.factories import make_kommune, make_konto, make_mitglied

from .hilfen import angemeldet, lade_ein, nummer, rollen_von

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
LANGE_HER = date(2020, 1, 5)


@pytest.fixture
def kommune():
    return make_kommune(name="Musterstadt")


@pytest.fixture
def verwaltung(kommune):
    return make_mitglied(kommune, Rolle.VERWALTUNG, name="Vera Verwaltung")


@pytest.fixture
def client(verwaltung):
    return angemeldet(verwaltung)


@pytest.fixture
def bereich(kommune):
    return f"/mein-bereich/{kommune.kennung}/"


@pytest.fixture
def mitglieder(bereich):
    return f"{bereich}mitglieder/"


def text(antwort, status=200):
    assert antwort.status_code == status, antwort
    return unescape(re.sub(r"\s+", " ", antwort.content.decode()))


def feld(html, name):
    return re.search(rf'name="{name}" value="([^"]*)"', html)[1]


# --- Mein Bereich --------------------------------------------------------------


def test_a_person_in_one_kommune_goes_straight_to_it(client, bereich):
    antwort = client.get("/mein-bereich/")
    assert (antwort.status_code, antwort.url) == (302, bereich)


def test_a_person_in_several_kommunen_chooses_and_switches_on_every_page(kommune, bereich):
    konto = make_mitglied(kommune, Rolle.VERWALTUNG)
    andere = make_kommune(name="Anderswo")
    Mitgliedschaft.objects.create(
        konto=konto, kommune=andere, rolle="lesen",
        gegeben_um=timezone.now(), bestaetigt_am=timezone.localdate(),
    )  # fmt: skip
    client = angemeldet(konto)
    auswahl = text(client.get("/mein-bereich/"))
    assert auswahl.index("Anderswo") < auswahl.index("Musterstadt")
    seiten = ["", "mitglieder/", "mitglieder/einladen/", "mitglieder/verlassen/"]
    seiten += ["mitglieder/pruefen/", f"mitglieder/{nummer(konto, kommune)}/"]
    for seite in seiten:
        html = text(client.get(bereich + seite))
        assert "Sie handeln für <strong>Musterstadt</strong>" in html
        assert f'<a href="/mein-bereich/{andere.kennung}/">Anderswo</a>' in html


def test_a_person_in_no_kommune_learns_whom_to_ask():
    html = text(angemeldet(make_konto()).get("/mein-bereich/"))
    assert "gehört zurzeit zu keiner Kommune" in html
    assert "mailto:lpr@smi.sachsen.de" in html
    assert "Zur Verwaltung" not in html
    personal = angemeldet(make_konto(rollen=["Redaktion"]))
    assert 'href="/admin/"' in text(personal.get("/mein-bereich/"))


def test_the_navigation_leads_to_mein_bereich_on_public_pages_without_a_cookie(client):
    for besuch in (Client(), client):
        antwort = besuch.get("/kommunen/")
        assert 'href="/mein-bereich/"' in antwort.content.decode()
        assert not antwort.cookies


def test_mein_bereich_is_honest_about_what_there_is_not(client, bereich):
    html = text(client.get(bereich))
    assert "Zurzeit liegt nichts bei Ihnen." in html
    assert "Es gibt noch keine Vorgänge Ihrer Kommune." in html
    assert "Entwürfe" not in html


def test_mein_bereich_shows_what_is_due_to_the_verwaltung_only(kommune, verwaltung, bereich):
    mitglied = make_mitglied(kommune)
    Mitgliedschaft.objects.filter(konto=mitglied).update(bestaetigt_am=LANGE_HER)
    jetzt = timezone.now()
    for email, tage in [("bald@example.org", 3), ("vorbei@example.org", 0), ("spaet@x.org", 4)]:
        einladung = lade_ein(kommune, email, durch=verwaltung, um=jetzt)
        Einladung.objects.filter(pk=einladung.pk).update(
            eingeladen_um=jetzt - timedelta(days=14), gueltig_bis=jetzt + timedelta(days=tage)
        )
    html = text(angemeldet(verwaltung).get(bereich))
    assert "Die Rollen einer Person sind seit über einem Jahr nicht bestätigt." in html
    assert "Die Einladung an bald@example.org ist noch nicht angenommen." in html
    assert "Die Einladung an vorbei@example.org ist abgelaufen." in html
    assert "spaet@x.org" not in html
    assert "3 Einladungen sind offen" in html
    assert "Zurzeit liegt nichts bei Ihnen." in text(angemeldet(mitglied).get(bereich))


def test_a_kommune_without_verwaltung_says_so(kommune, bereich):
    html = text(angemeldet(make_mitglied(kommune)).get(bereich))
    assert "Zurzeit hat niemand die Rolle Verwaltung." in html


# --- The list ------------------------------------------------------------------


def test_everybody_reads_who_is_there_and_an_invited_person_is_an_address(
    kommune, verwaltung, mitglieder
):
    make_konto(email="neu@example.org", name="Geheimer Name")
    lade_ein(kommune, "neu@example.org", durch=verwaltung, um=timezone.now())
    html = text(angemeldet(make_mitglied(kommune, name="Lea Lesend")).get(mitglieder))
    for wort in ("Vera Verwaltung", "Lea Lesend (Sie)", "neu@example.org", "eingeladen"):
        assert wort in html
    assert "Geheimer Name" not in html
    assert f"{mitglieder}einladen/" not in html


@pytest.mark.parametrize(
    ("seite", "hoechstens"), [("", 15), ("mitglieder/", 9), ("mitglieder/pruefen/", 9)]
)
def test_the_number_of_queries_does_not_grow_with_the_members(
    kommune, verwaltung, bereich, seite, hoechstens, django_assert_max_num_queries
):
    client = angemeldet(verwaltung)
    text(client.get(bereich + seite))

    def zaehle():
        with django_assert_max_num_queries(hoechstens) as abfragen:
            text(client.get(bereich + seite))
        return len(abfragen)

    Mitgliedschaft.objects.update(bestaetigt_am=LANGE_HER)
    eine = zaehle()
    for _ in range(3):
        make_mitglied(kommune, Rolle.LESEN, Rolle.BEARBEITUNG)
    lade_ein(kommune, "neu@example.org", durch=verwaltung)
    Mitgliedschaft.objects.update(bestaetigt_am=LANGE_HER)
    assert zaehle() == eine


# --- Inviting ------------------------------------------------------------------


def test_inviting_from_the_form(client, kommune, mitglieder):
    marke = feld(text(client.get(f"{mitglieder}einladen/")), "marke")
    daten = {"email": "Neu@example.org", "rollen": ["lesen", "bearbeitung"], "marke": marke}
    for _ in range(2):
        antwort = client.post(f"{mitglieder}einladen/", daten)
        assert (antwort.status_code, antwort.url) == (302, mitglieder)
    assert "Die Einladung ist unterwegs." in text(client.get(mitglieder))
    neu = Konto.objects.get(email="neu@example.org")
    assert rollen_von(neu, kommune) == {"lesen", "bearbeitung"}
    assert Nachricht.objects.filter(vorlage="einladung").count() == 1


@pytest.mark.parametrize(
    ("daten", "satz"),
    [
        ({"email": ""}, "Geben Sie die E-Mail-Adresse der Person an."),
        ({"email": "neu"}, "zum Beispiel name@stadt.de"),
        ({"email": "neu\x00@example.org"}, "Fehler: "),
        ({"rollen": []}, "Wählen Sie mindestens eine Rolle."),
        ({"rollen": ["leitung"]}, "Fehler: "),
        ({"marke": "unsinn"}, "Das Formular war nicht vollständig."),
        ({"marke": ""}, "Das Formular war nicht vollständig."),
    ],
)
def test_a_wrong_form_keeps_what_was_typed(client, mitglieder, daten, satz):
    daten = {"email": "neu@example.org", "rollen": ["lesen"], "marke": str(uuid4())} | daten
    html = text(client.post(f"{mitglieder}einladen/", daten))
    assert satz in html
    assert "<title>Fehler: " in html
    if daten["rollen"] == ["lesen"]:
        assert re.search(r'value="lesen"[^>]* checked', html)
    if daten["email"] == "neu@example.org":
        assert 'value="neu@example.org"' in html
    assert not Einladung.objects.exists()


def test_a_refused_invitation_keeps_the_text_and_can_be_sent_again(
    client, kommune, verwaltung, mitglieder
):
    marke = uuid4()
    lade_ein(kommune, "eine@example.org", durch=verwaltung, marke=marke)
    daten = {"email": "zweite@example.org", "rollen": ["lesen"], "marke": str(marke)}
    html = text(client.post(f"{mitglieder}einladen/", daten), 409)
    assert "Aus diesem Formular haben Sie schon eine Person eingeladen." in html
    daten["marke"] = feld(html, "marke")
    assert client.post(f"{mitglieder}einladen/", daten).status_code == 302
    assert Konto.objects.filter(email="zweite@example.org").exists()


def test_an_extinct_kommune_says_who_takes_in_instead():
    nachfolger = make_kommune(name="Neustadt")
    alt = make_kommune(name="Altstadt", gueltig_bis="2025-12-31", nachfolger=nachfolger)
    client = angemeldet(make_mitglied(alt, Rolle.VERWALTUNG))
    adresse = f"/mein-bereich/{alt.kennung}/"
    assert "Diese Kommune besteht nicht mehr" in text(client.get(adresse))
    html = text(client.get(f"{adresse}mitglieder/einladen/"))
    assert "Neustadt" in html
    assert "Einladung senden" not in html
    daten = {"email": "neu@example.org", "rollen": ["lesen"], "marke": str(uuid4())}
    antwort = client.post(f"{adresse}mitglieder/einladen/", daten)
    assert antwort.status_code == 409
    assert not Einladung.objects.exists()


def test_a_text_typed_while_the_session_ended_comes_back_after_the_login(
    client, verwaltung, mitglieder
):
    html = text(client.get(f"{mitglieder}einladen/"))
    daten = {
        "email": "neu@example.org", "rollen": ["zeichnung"],
        "marke": feld(html, "marke"), "eingabemarke": feld(html, "eingabemarke"),
    }  # fmt: skip
    client.logout()
    antwort = client.post(f"{mitglieder}einladen/", daten)
    assert antwort.status_code == 302
    assert antwort.url.startswith("/anmelden/?next=")
    wieder = angemeldet(verwaltung)
    html = text(wieder.get(f"{mitglieder}einladen/?eingaben=1"))
    assert 'value="neu@example.org"' in html
    assert re.search(r'value="zeichnung"[^>]* checked', html)
    assert not Einladung.objects.exists()


def test_sending_again_from_the_page_of_the_person(client, kommune, verwaltung, mitglieder):
    vorhin = timezone.now() - timedelta(days=1)
    konto = lade_ein(kommune, "neu@example.org", durch=verwaltung, um=vorhin).konto
    adresse = f"{mitglieder}{nummer(konto, kommune)}/"
    assert client.post(adresse, {"erneut": "1"}).url == mitglieder
    assert client.post(adresse, {"erneut": "1"}).url == adresse
    assert "Warten Sie zehn Minuten" in text(client.get(adresse))
    assert Nachricht.objects.filter(vorlage="einladung").count() == 2


# --- Changing and ending -------------------------------------------------------


def test_changing_roles(client, kommune, mitglieder):
    konto = make_mitglied(kommune)
    adresse = f"{mitglieder}{nummer(konto, kommune)}/"
    gesehen = feld(text(client.get(adresse)), "gesehen")
    for _ in range(2):  # a double click is no conflict
        antwort = client.post(adresse, {"rollen": ["bearbeitung"], "gesehen": gesehen})
        assert antwort.url == mitglieder
    assert rollen_von(konto, kommune) == {"bearbeitung"}
    assert Nachricht.objects.count() == 1
    assert client.get(adresse).status_code == 200  # the old number still finds the person


def test_of_two_people_at_once_the_second_sees_the_new_state(client, kommune, mitglieder):
    konto = make_mitglied(kommune)
    adresse = f"{mitglieder}{nummer(konto, kommune)}/"
    gesehen = feld(text(client.get(adresse)), "gesehen")
    zweite = make_mitglied(kommune, Rolle.VERWALTUNG)
    verfahren.setze_rollen(kommune, konto, ["zeichnung"], durch=zweite, um=timezone.now())
    html = text(client.post(adresse, {"rollen": ["bearbeitung"], "gesehen": gesehen}), 409)
    assert "Jemand anderes hat die Rollen dieser Person inzwischen geändert." in html
    assert "Rollen für Musterstadt: Zeichnung." in html
    assert re.search(r'value="bearbeitung"[^>]* checked', html)
    client.post(adresse, {"rollen": ["bearbeitung"], "gesehen": feld(html, "gesehen")})
    assert rollen_von(konto, kommune) == {"bearbeitung"}


def test_somebody_who_has_left_meanwhile_is_a_message_not_an_error(client, kommune, mitglieder):
    konto = make_mitglied(kommune)
    person = nummer(konto, kommune)
    gesehen = feld(text(client.get(f"{mitglieder}{person}/")), "gesehen")
    verfahren.verlasse(kommune, durch=konto, um=timezone.now())
    for seite, daten in [("", {"rollen": ["lesen"], "gesehen": gesehen}), ("beenden/", {})]:
        antwort = client.post(f"{mitglieder}{person}/{seite}", daten)
        assert antwort.url == mitglieder
        assert "gehört nicht mehr zu Ihrer Kommune" in text(client.get(mitglieder))


def test_the_own_roles_are_explained_not_changed(client, kommune, verwaltung, mitglieder):
    adresse = f"{mitglieder}{nummer(verwaltung, kommune)}/"
    html = text(client.get(adresse))
    assert "Das sind Ihre eigenen Rollen." in html
    assert "Rollen speichern" not in html
    html = text(client.post(adresse, {"rollen": list(Rolle)}), 409)
    assert rollen_von(verwaltung, kommune) == {"verwaltung"}
    html = text(client.post(f"{adresse}beenden/"), 409)
    assert "eine andere Person der Verwaltung" in html
    assert rollen_von(verwaltung, kommune) == {"verwaltung"}


def test_the_own_address_is_refused_at_its_field(client, kommune, verwaltung, mitglieder):
    adresse = f"{mitglieder}einladen/"
    marke = client.get(adresse).context["form"]["marke"].value()
    daten = {"email": verwaltung.email.upper(), "rollen": ["zeichnung"], "marke": marke}
    antwort = client.post(adresse, daten)
    assert antwort.status_code == 409
    assert "eine andere Person" in " ".join(antwort.context["form"].errors["email"])
    assert rollen_von(verwaltung, kommune) == {"verwaltung"}


def test_ending_asks_first_and_then_ends_everything(client, kommune, mitglieder):
    konto = make_mitglied(kommune, Rolle.LESEN, Rolle.BEARBEITUNG)
    adresse = f"{mitglieder}{nummer(konto, kommune)}/beenden/"
    html = text(client.get(adresse))
    assert rollen_von(konto, kommune)
    assert client.post(adresse, {"gesehen": "0"}).status_code == 409
    assert rollen_von(konto, kommune)
    assert client.post(adresse, {"gesehen": feld(html, "gesehen")}).url == mitglieder
    assert not rollen_von(konto, kommune)


def test_an_invitation_is_withdrawn_on_the_same_page(client, kommune, verwaltung, mitglieder):
    konto = lade_ein(kommune, "neu@example.org", durch=verwaltung).konto
    adresse = f"{mitglieder}{nummer(konto, kommune)}/beenden/"
    html = text(client.get(adresse))
    assert "<h1>Einladung zurückziehen</h1>" in html
    client.post(adresse, {"gesehen": feld(html, "gesehen")})
    assert not rollen_von(konto, kommune)


def test_the_last_of_the_verwaltung_is_warned_before_leaving(
    client, kommune, verwaltung, mitglieder
):
    adresse = f"{mitglieder}verlassen/"
    html = text(client.get(adresse))
    assert "Sie sind die letzte Person der Verwaltung" in html
    assert "eine neue Verwaltung bestellen" in html
    # The page was opened while there was another one.
    assert "Sie sind die letzte Person" in text(client.post(adresse), 409)
    assert rollen_von(verwaltung, kommune)
    antwort = client.post(adresse, {"auch_letzte": "1"})
    assert antwort.url == "/mein-bereich/"
    assert not rollen_von(verwaltung, kommune)
    assert client.get(adresse).status_code == 404


# --- Yearly review -------------------------------------------------------------


def test_the_review_saves_what_is_decided_and_keeps_the_rest(client, kommune, mitglieder):
    personen = [make_mitglied(kommune) for _ in range(3)]
    Mitgliedschaft.objects.filter(konto__in=personen).update(bestaetigt_am=LANGE_HER)
    adresse = f"{mitglieder}pruefen/"
    html = text(client.get(adresse))
    wahl = {}
    for konto, was in zip(personen, ["bestaetigen", "beenden", "spaeter"], strict=True):
        person = nummer(konto, kommune)
        wahl |= {f"person_{person}": was, f"gesehen_{person}": feld(html, f"gesehen_{person}")}
    assert client.post(adresse, wahl).url == adresse
    html = text(client.get(adresse))
    assert "2 Personen geprüft" in html
    assert [str(konto) in html for konto in personen] == [False, False, True]
    bestaetigt = Mitgliedschaft.objects.get(konto=personen[0])
    assert (bestaetigt.bestaetigt_am, bestaetigt.beendet_um) == (timezone.localdate(), None)
    assert not rollen_von(personen[1], kommune)


def test_a_review_of_something_that_changed_is_shown_anew_and_the_others_are_saved(
    client, kommune, mitglieder
):
    personen = [make_mitglied(kommune, name=name) for name in ("Anna Alt", "Bert Bleibt")]
    Mitgliedschaft.objects.filter(konto__in=personen).update(bestaetigt_am=LANGE_HER)
    adresse = f"{mitglieder}pruefen/"
    html = text(client.get(adresse))
    wahl = {}
    for konto in personen:
        person = nummer(konto, kommune)
        wahl |= {f"person_{person}": "bestaetigen"}
        wahl |= {f"gesehen_{person}": feld(html, f"gesehen_{person}")}
    zweite = make_mitglied(kommune, Rolle.VERWALTUNG)
    rollen = ["lesen", "zeichnung"]
    verfahren.setze_rollen(kommune, personen[0], rollen, durch=zweite, um=timezone.now())
    html = text(client.post(adresse, wahl), 409)
    assert "inzwischen geändert" in html
    assert "Anna Alt" in html
    assert "Bert Bleibt" not in html
    assert Mitgliedschaft.objects.get(konto=personen[1]).bestaetigt_am == timezone.localdate()


def test_the_review_does_not_end_the_own_membership(client, kommune, verwaltung, mitglieder):
    Mitgliedschaft.objects.update(bestaetigt_am=LANGE_HER)
    adresse = f"{mitglieder}pruefen/"
    html = text(client.get(adresse))
    assert "Mitgliedschaft beenden" not in html
    person = nummer(verwaltung, kommune)
    html = text(client.post(adresse, {f"person_{person}": "beenden"}))
    assert "Fehler" in html
    assert rollen_von(verwaltung, kommune)


def test_without_anything_due_the_review_says_so(client, mitglieder):
    assert "Zurzeit ist nichts zu prüfen." in text(client.get(f"{mitglieder}pruefen/"))


# --- What accounts say ---------------------------------------------------------


def test_the_account_page_names_the_roles_in_all_kommunen(client):
    assert "Verwaltung für Musterstadt" in text(client.get("/konto/"))


def test_the_page_of_the_invitation_says_what_it_is_for_and_leads_to_mein_bereich(
    kommune, verwaltung, bereich
):
    einladung = lade_ein(
        kommune, "neu@example.org", Rolle.LESEN, durch=verwaltung, um=timezone.now()
    )
    besuch = Client()
    link = einladungslink.adresse(einladung)
    assert "Lesen für Musterstadt" in text(besuch.get(link))
    passwort = "ein langes passwort 1"
    daten = {"name": "Nora Neu", "passwort": passwort, "wiederholung": passwort}
    antwort = besuch.post(link, daten, follow=True)
    assert antwort.redirect_chain[-1][0] == bereich
    assert "Angemeldet als <strong>Nora Neu</strong>" in text(antwort)
