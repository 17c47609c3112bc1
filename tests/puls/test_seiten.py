"""What a Kommune meets on its pages: two minutes when all is right, nothing typed lost when not."""

import re
from html import unescape

import pytest
from django.utils import timezone

from kommunen.models import (
    Gremium,
    Ratsbestaetigung,
    Ratskorrektur,
    Ratsmitglied,
    Ratszustand,
    Rolle,
)
from kommunen.puls import verfahren
from tests.factories import (
    make_kommune,
    make_konto,
    make_mitglied,
    make_rat,
    make_ratsabfrage,
    make_ratsbestaetigung,
    make_ratskorrektur,
    make_ratszustand,
)
from tests.mitglieder.hilfen import angemeldet

from .hilfen import bestaetige, gesehen, korrigiere, make_fall, werte

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


@pytest.fixture
def fall():
    return make_fall(kontakt_telefon="03431 5790", kontakt_stelle="Ordnungsamt")


@pytest.fixture
def client(fall):
    return angemeldet(fall[2])


@pytest.fixture
def liste(fall):
    return f"/mein-bereich/{fall[1].kennung}/praeventionsraete/"


@pytest.fixture
def seite(liste, fall):
    return f"{liste}{fall[0].pk}/"


@pytest.fixture
def formular(seite):
    return f"{seite}korrigieren/"


def text(antwort, status=200):
    assert antwort.status_code == status, antwort
    return unescape(re.sub(r"\s+", " ", antwort.content.decode()))


def worte(antwort, status=200):
    """What is read, without the markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", text(antwort, status)).split())


def getippt(rat, **anders):
    """What the browser sends: the form as it is shown, with `anders` typed over it."""
    daten = {feld: str(wert or "") for feld, wert in werte(rat).items()}
    return {**daten, "gesehen": gesehen(rat), **anders}


def fehler(antwort, status=200):
    assert antwort.status_code == status, antwort
    return {feld: " ".join(saetze) for feld, saetze in antwort.context["form"].errors.items()}


# --- Seeing and confirming -------------------------------------------------------


def test_the_page_shows_what_the_public_reads(client, fall, seite):
    rat = fall[0]
    Ratsmitglied.objects.create(rat=rat, funktion="Leitung", institution="Amt", vorsitz=True)
    Ratsmitglied.objects.create(rat=rat, funktion="Schulleitung", institution="Gymnasium")
    Gremium.objects.create(rat=rat, art="arbeitsgruppe", name="Jugend")
    Gremium.objects.create(rat=rat, art="arbeitsgruppe", name="Beendet", bis="2020")
    html = worte(client.get(seite))
    for wort in (
        "Präventionsrat Musterstadt", "aktiv seit 01.05.2020", "konstituiert", "Leitung, Amt",
        "Schulleitung, Gymnasium", "Arbeitsgruppe Jugend", "Ordnungsamt", "03431 5790",
        rat.kontakt_email, "Die Angaben wurden noch nie bestätigt.", "Stimmt alles",
    ):  # fmt: skip
        assert wort in html
    assert "Beendet" not in html


def test_one_click_confirms_and_says_so(client, fall, seite):
    antwort = client.post(seite, {"gesehen": gesehen(fall[0])}, follow=True)
    jahr = timezone.localdate().year
    assert f"„Präventionsrat Musterstadt“ ist für {jahr} bestätigt." in text(antwort)
    html = worte(client.get(seite))
    assert "Stimmt alles" not in html
    assert f"Für {jahr} sind die Angaben bestätigt" in html
    assert "Angaben korrigieren" in html


def test_the_form_sent_twice_is_no_error(client, fall, seite):
    daten = {"gesehen": gesehen(fall[0])}
    for _ in range(2):
        assert client.post(seite, daten).status_code == 302
    assert Ratsbestaetigung.objects.count() == 1


def test_what_changed_meanwhile_is_shown_first(client, fall, seite):
    daten = {"gesehen": gesehen(fall[0])}
    make_ratskorrektur(rat=fall[0])
    antwort = client.post(seite, daten)
    html = text(antwort, 409)
    assert "Nichts wurde geändert" in html
    assert f'name="gesehen" value="{gesehen(fall[0])}"' in html


@pytest.mark.parametrize("unsinn", ["", "x", "1-2-3", "\x00", "9" * 500])
def test_a_form_that_saw_nothing_confirms_nothing(client, seite, unsinn):
    assert client.post(seite, {"gesehen": unsinn}).status_code == 409
    assert not Ratsbestaetigung.objects.exists()


@pytest.mark.parametrize("rolle", [Rolle.LESEN, Rolle.ZEICHNUNG, Rolle.VERWALTUNG])
def test_other_roles_read_and_cannot_act(fall, seite, formular, rolle):
    client = angemeldet(make_mitglied(fall[1], rolle))
    html = worte(client.get(seite))
    assert "eine Person mit der Rolle Bearbeitung" in html
    assert "Stimmt alles" not in html
    for ziel in (seite, formular):
        assert client.post(ziel, {"gesehen": gesehen(fall[0])}).status_code == 403
    assert client.get(formular).status_code == 403


def test_a_council_of_another_kommune_is_not_there(client, liste):
    fremd = make_rat(name="Fremder Rat").pk
    for ende in (f"{fremd}/", f"{fremd}/korrigieren/", "999999/", "0/"):
        assert client.get(liste + ende).status_code == 404
        assert client.post(liste + ende).status_code == 404


@pytest.mark.parametrize("felder", [{"veroeffentlicht": False}, {"herkunft": "beispiel"}])
def test_what_is_not_public_is_not_there(client, fall, liste, felder):
    rat = make_rat(name="Geheim", kommunen=[fall[1]], **felder)
    assert "Geheim" not in text(client.get(liste))
    assert client.get(f"{liste}{rat.pk}/").status_code == 404


def test_other_people_see_nothing(fall, liste, seite):
    for konto in (make_konto(), make_mitglied(make_kommune(name="Fremdstadt"))):
        for ziel in (liste, seite):
            assert angemeldet(konto).get(ziel).status_code == 404


def test_a_dissolved_council_has_nothing_to_confirm(client, fall, seite, formular):
    rat = fall[0]
    rat.zustaende.update(bis="2024-12-31")
    make_ratszustand(rat=rat, zustand=Ratszustand.Zustand.AUFGELOEST, von="2024-12-31")
    html = worte(client.get(seite))
    assert "Der Präventionsrat ist aufgelöst." in html
    assert "Stimmt alles" not in html
    assert client.get(formular).url == seite
    assert "aufgelöst" in text(client.post(seite, {"gesehen": gesehen(rat)}), 409)
    assert "aufgelöst" in text(client.post(formular, getippt(rat, name="Neu")), 409)


def test_a_kommune_that_is_no_more_names_its_successor(client, fall, seite):
    kommune = fall[1]
    kommune.gueltig_bis, kommune.nachfolger = "2020-12-31", make_kommune(name="Neustadt")
    kommune.save()
    html = worte(client.get(seite))
    assert "die Rechtsnachfolge: Neustadt" in html
    assert "Stimmt alles" not in html
    assert "Neustadt" in text(client.post(seite, {"gesehen": gesehen(fall[0])}), 409)


def test_the_successor_of_a_successor_acts_for_both(client, fall, seite):
    kommune, zwischen = fall[1], make_kommune(name="Zwischenstadt")
    zwischen.gueltig_bis, zwischen.nachfolger = "2021-12-31", make_kommune(name="Neustadt")
    zwischen.save()
    kommune.gueltig_bis, kommune.nachfolger = "2020-12-31", zwischen
    kommune.save()
    assert "die Rechtsnachfolge: Neustadt" in worte(client.get(seite))


def test_a_kommune_without_a_council_learns_whom_to_write_to():
    kommune = make_kommune(name="Ohnerat")
    client = angemeldet(make_mitglied(kommune))
    html = worte(client.get(f"/mein-bereich/{kommune.kennung}/praeventionsraete/"))
    assert "ist kein Präventionsrat veröffentlicht" in html


# --- Mein Bereich ----------------------------------------------------------------


def faellig(client, kommune):
    return worte(client.get(f"/mein-bereich/{kommune.kennung}/"))


SATZ = "Stimmen die öffentlichen Angaben zu „Präventionsrat Musterstadt“ noch?"


@pytest.fixture
def gefragt(fall):
    """Asked today, in a round that began this year."""
    heute = timezone.localdate()
    make_ratsabfrage(jahr=heute.year, neue_bis=heute)
    verfahren.frage(heute)
    return heute


def test_who_can_answer_finds_the_question_in_mein_bereich(client, fall, gefragt):
    assert SATZ in faellig(client, fall[1])
    assert SATZ not in faellig(angemeldet(make_mitglied(fall[1])), fall[1])
    bestaetige(*fall, um=timezone.now())
    assert SATZ not in faellig(client, fall[1])


def test_nobody_is_asked_outside_of_the_round(client, fall):
    assert SATZ not in faellig(client, fall[1])


def test_the_list_says_until_when(client, fall, liste, gefragt):
    html = worte(client.get(liste))
    assert "zu bestätigen" in html
    assert "Noch nie bestätigt. Bestätigen Sie bis zum" in html


def test_after_the_last_day_the_page_says_what_the_public_reads(client, fall, seite, gefragt):
    Ratsbestaetigung.objects.update(offen_ab=gefragt)
    html = worte(client.get(seite))
    assert "Bestätigung fehlt" in html
    assert "Mit Ihrer Bestätigung verschwindet der Hinweis." in html
    assert SATZ in faellig(client, fall[1])


# --- Correcting ------------------------------------------------------------------


def test_the_form_begins_with_what_the_portal_says(client, formular):
    html = text(client.get(formular))
    for wert in ("Präventionsrat Musterstadt", "01.05.2020", "Ordnungsamt", "03431 5790"):
        assert f'value="{wert}"' in html
    assert re.search(r'value="aktiv"[^>]*checked', html)


def test_a_correction_says_what_becomes_of_it(client, fall, formular):
    antwort = client.post(
        formular, getippt(fall[0], name="Neuer Name", kontakt_stelle="Bürgeramt"), follow=True
    )
    html = worte(antwort)
    assert "Die Geschäftsstelle prüft, was sie eintragen muss." in html
    assert "wartet auf die Geschäftsstelle" in html
    assert "Name Neuer Name" in html
    assert "Bürgeramt" in html
    assert 'value="Neuer Name"' in text(client.get(formular))


def test_a_new_contact_is_public_at_once(client, fall, formular):
    antwort = client.post(
        formular, getippt(fall[0], kontakt_telefon="+49 3431 579-12"), follow=True
    )
    assert "Die Angaben stehen jetzt so auf der Website." in text(antwort)
    assert "+49 3431 579-12" in text(client.get(fall[0].get_absolute_url()))


def test_nothing_changed_says_what_to_do_instead(client, fall, formular):
    antwort = client.post(formular, getippt(fall[0]))
    assert "Sie haben nichts geändert." in fehler(antwort)["__all__"]
    assert not Ratsbestaetigung.objects.exists()


@pytest.mark.parametrize(
    ("feld", "wert", "satz"),
    [
        ("kontakt_email", "unsinn", "vollständige E-Mail-Adresse"),
        ("kontakt_email", "müller@stadt.de", "ohne Umlaute"),
        ("kontakt_email", "a@b.de, c@d.de", "vollständige E-Mail-Adresse"),
        ("kontakt_telefon", "ruf mich an", "mit Vorwahl"),
        ("kontakt_telefon", "12", "mit Vorwahl"),
        ("kontakt_telefon", "((((((", "mit Vorwahl"),
        ("kontakt_telefon", "0" * 41, "höchstens 40"),
        ("webseite", "javascript:alert(1)", "vollständig"),
        ("webseite", "kein link", "vollständig"),
        ("name", "", "wie der Präventionsrat heißt"),
        ("name", "\u200b", "wie der Präventionsrat heißt"),
        ("name", "x" * 201, "200"),
        ("kontakt_stelle", "Amt\x00", "Steuerzeichen"),
        ("zustand", "tot", "Möglichkeiten"),
        ("zustand_seit", "31.02.2020", "zum Beispiel"),
        ("zustand_seit", "2199", "Zukunft"),
        ("zustand_seit", "", "seit wann"),
        ("entstehung", "", "Möglichkeiten"),
        ("vorsitz_funktion", "Leitung", ""),
        ("hinweis", "x" * 2_001, "2000"),
    ],
)
def test_what_cannot_be_is_said_at_the_field_and_everything_typed_stays(
    client, fall, formular, feld, wert, satz
):
    antwort = client.post(formular, getippt(fall[0], **{"schwerpunkte": "x", feld: wert}))
    ziel = "vorsitz_institution" if feld == "vorsitz_funktion" else feld
    saetze = fehler(antwort)
    assert list(saetze) == [ziel]
    assert satz in saetze[ziel]
    assert antwort.context["form"][feld].value() == wert
    assert 'id="fehler"' in antwort.content.decode()
    assert not Ratsbestaetigung.objects.exists()


def test_a_new_state_needs_its_own_day(client, fall, formular):
    antwort = client.post(formular, getippt(fall[0], zustand="ruhend"))
    assert "Der bisherige gilt seit 01.05.2020" in fehler(antwort)["zustand_seit"]
    antwort = client.post(formular, getippt(fall[0], zustand="ruhend", zustand_seit="03/2026"))
    assert antwort.status_code == 302


def test_a_council_that_is_being_founded_needs_no_day(client, fall, formular):
    Ratszustand.objects.all().delete()
    make_ratszustand(rat=fall[0], zustand="in_gruendung", von=None)
    daten = getippt(fall[0], zustand="aktiv")
    assert "seit wann" in fehler(client.post(formular, daten))["zustand_seit"]
    assert client.post(formular, getippt(fall[0], name="Neu")).status_code == 302


def test_the_errors_stand_in_the_order_of_the_page(client, fall, formular):
    antwort = client.post(formular, getippt(fall[0], name="", kontakt_email="x"))
    html = text(antwort)
    assert html.index('href="#id_kontakt_email"') < html.index('href="#id_name"')
    assert "freiwillig - freiwillig" not in worte(antwort)


def test_the_contact_does_not_get_lost_by_a_slip(client, fall, formular):
    antwort = client.post(formular, getippt(fall[0], kontakt_email="", kontakt_telefon=""))
    assert "nicht zu erreichen" in fehler(antwort)["kontakt_email"]


def test_an_old_telephone_number_that_nobody_touched_is_no_error(client, fall, formular):
    rat = fall[0]
    type(rat).objects.update(kontakt_telefon="03431/5790 oder 5791")
    rat.refresh_from_db()
    assert client.post(formular, getippt(rat, kontakt_stelle="Amt")).status_code == 302


def test_a_chair_is_not_emptied_but_described(client, fall, formular):
    Ratsmitglied.objects.create(rat=fall[0], funktion="Leitung", institution="Amt", vorsitz=True)
    leer = {"vorsitz_funktion": "", "vorsitz_institution": ""}
    antwort = client.post(formular, getippt(fall[0], **leer))
    assert "nicht besetzt" in fehler(antwort)["vorsitz_funktion"]


def test_two_chairs_are_corrected_by_a_hint(client, fall, formular):
    for funktion in ("Erste", "Zweite"):
        Ratsmitglied.objects.create(rat=fall[0], funktion=funktion, institution="Amt", vorsitz=True)
    html = text(client.get(formular))
    assert "Der Vorsitz ist mehrfach besetzt: Erste, Amt; Zweite, Amt." in html
    assert "vorsitz_funktion" not in html
    assert client.post(formular, getippt(fall[0], hinweis="Zweite geht")).status_code == 302


def test_a_form_sent_twice_ends_well_and_once(client, fall, formular):
    daten = getippt(fall[0], name="Neuer Name")
    for _ in range(2):
        assert client.post(formular, daten).status_code == 302
    assert Ratskorrektur.objects.count() == 1


def test_of_two_people_the_second_keeps_what_was_typed_and_sees_the_new_state(
    client, fall, formular
):
    rat, kommune, _ = fall
    daten = getippt(rat, kontakt_stelle="Mein Amt")
    andere = make_mitglied(kommune, Rolle.BEARBEITUNG)
    korrigiere(rat, kommune, andere, um=timezone.now(), kontakt_stelle="Ihr Amt")
    antwort = client.post(formular, daten)
    html = text(antwort, 409)
    assert 'value="Mein Amt"' in html
    assert "Ihr Amt" in html
    assert "Vergleichen Sie es mit dem neuen Stand" in fehler(antwort, 409)["__all__"]
    daten["gesehen"] = antwort.context["form"]["gesehen"].value()
    assert client.post(formular, daten).status_code == 302


def test_the_kommune_reads_why_a_correction_was_not_taken_over(client, fall, seite):
    korrigiere(*fall, um=timezone.now(), name="Neuer Name")
    personal = make_konto(rollen=["Sachbearbeitung"])
    verfahren.lehne_ab(
        Ratskorrektur.objects.get(), "Der Beschluss fehlt.", durch=personal, um=timezone.now()
    )
    html = worte(client.get(seite))
    assert "nicht übernommen" in html
    assert "Der Beschluss fehlt." in html


def test_after_the_end_of_the_session_the_typed_text_comes_back(client, fall, formular):
    marke = re.search(r'name="eingabemarke" value="([^"]+)"', text(client.get(formular)))[1]
    daten = {**getippt(fall[0], hinweis="Drei neue Mitglieder"), "eingabemarke": marke}
    client.logout()
    assert client.post(formular, daten).status_code == 302
    html = text(angemeldet(fall[2]).get(f"{formular}?eingaben=1"))
    assert "Drei neue Mitglieder" in html


# --- Cost ------------------------------------------------------------------------


def test_the_number_of_queries_does_not_grow(client, fall, liste, seite, django_assert_num_queries):
    rat, kommune, _ = fall

    def zaehle(anzahl, ziel):
        client.get(ziel)
        with django_assert_num_queries(anzahl):
            client.get(ziel)

    jahr = timezone.localdate().year
    make_ratsbestaetigung(rat=rat)
    zaehle(9, liste)
    zaehle(17, seite)
    for nummer in range(3):
        weiterer = make_rat(name=f"Rat {nummer}", kommunen=[kommune, make_kommune(name="Mit")])
        make_ratsbestaetigung(rat=weiterer, am=None, jahr=jahr, vorgemerkt_am=timezone.localdate())
        Ratsmitglied.objects.create(rat=rat, funktion=f"F{nummer}", institution="Amt")
        make_ratskorrektur(rat=weiterer)
    zaehle(9, liste)
    zaehle(17, seite)
