"""Pages of the Kommune and of the Fallakte: what each sees, what is refused where, query counts."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from foerderung.aenderungen.bereich import faelliges
from foerderung.fallakte.lage import lage, rechte
from foerderung.fallakte.pruefstand import pruefstand
from foerderung.fallakte.vorrat import MEINE, vorrat_von
from foerderung.models import Aenderung, Weiterleitung
from kommunen.befugnisse import zugaenge
from tests.factories import make_kommune, make_konto, make_mitglied

from .faelle import DARUEBER, A, frisch

pytestmark = pytest.mark.django_db


@pytest.fixture
def als(client):
    def melde_an(konto):
        client.force_login(konto)
        return client

    return melde_an


def url(name, fall, *weitere):
    return reverse(f"foerderung:{name}", args=[fall.antrag.pk, *weitere])


def inhalt(antwort):
    return antwort.content.decode()


def umschichtung(**betraege):
    felder = {"miete": "20.000,00", "honorare": "10.000,00"} | betraege
    return {
        "marke": uuid.uuid4(),
        "begruendung": "Die Miete ist gesunken.",
        **{f"neu_{art}": betrag for art, betrag in felder.items()},
    }


# --- The Kommune ---------------------------------------------------------------------


def test_the_kommune_reports_a_shift_and_reads_what_it_needs(fall, als):
    client = als(fall.zeichnung)
    seite = url("aenderung-melden", fall, "umschichtung")
    assert "nicht bestätigt" in inhalt(client.get(seite))
    daten = umschichtung(miete="17.000,00", honorare="13.000,00")
    antwort = client.post(seite, daten | {"berechnen": "1"})
    assert "Das braucht die Zustimmung" in inhalt(antwort)
    assert not Aenderung.objects.exists()
    assert client.post(seite, daten).status_code == 302
    assert client.post(seite, daten).status_code == 302
    assert Aenderung.objects.get().braucht_zustimmung
    assert "braucht Zustimmung" in inhalt(client.get(url("aenderungen", fall)))


def test_a_refusal_stands_at_its_field_and_keeps_what_was_typed(fall, als):
    antwort = als(fall.zeichnung).post(
        url("aenderung-melden", fall, "umschichtung"), umschichtung(honorare="10.000,01")
    )
    assert "Die Summe muss gleich bleiben" in inhalt(antwort)
    assert 'value="10.000,01"' in inhalt(antwort)
    assert "Die Miete ist gesunken." in inhalt(antwort)


def test_without_the_right_to_sign_a_consent_is_refused_with_the_form_kept(fall, als):
    antwort = als(fall.bearbeitung).post(
        url("aenderung-melden", fall, "umschichtung"),
        umschichtung(miete="17.000,00", honorare="13.000,00"),
    )
    assert antwort.status_code == 403
    assert "Rolle Zeichnung" in inhalt(antwort)
    assert 'value="13.000,00"' in inhalt(antwort)


@pytest.mark.parametrize(
    ("art", "daten"),
    [
        ("verlaengerung", {"bis_neu": "31.03.2028"}),
        ("minderausgaben", {"ausgaben_neu": "20.000"}),
        ("finanzierung", {"geldgeber": "Sparkasse", "betrag": "500"}),
        ("mitteilung", {"anlass": "zweck"}),
    ],
)
def test_every_kind_has_its_form(fall, als, art, daten):
    client = als(fall.zeichnung)
    seite = url("aenderung-melden", fall, art)
    leer = client.post(seite, {"marke": uuid.uuid4()})
    assert leer.status_code == 200
    assert not Aenderung.objects.exists()
    daten = {"marke": uuid.uuid4(), "begruendung": "Grund"} | daten
    assert client.post(seite, daten).status_code == 302
    assert Aenderung.objects.get().art == art


def test_lesen_sees_the_list_and_no_form(fall, als):
    fall.melde()
    client = als(fall.lesen)
    assert "Rolle Bearbeitung oder Zeichnung" in inhalt(client.get(url("aenderungen", fall)))
    assert client.get(url("aenderung-melden", fall, "mitteilung")).status_code == 302
    antwort = client.post(
        url("aenderung-melden", fall, "mitteilung"),
        {"marke": uuid.uuid4(), "begruendung": "Grund", "anlass": "zweck"},
    )
    assert antwort.status_code == 403


def test_other_kommunen_and_unknown_kinds_are_absent(fall, als):
    eine, weiter = fall.melde(), fall.leite_weiter()
    assert als(fall.zeichnung).get(url("aenderung-melden", fall, "wetter")).status_code == 404
    for konto in (make_mitglied(make_kommune(), "zeichnung"), make_konto()):
        client = als(konto)
        for adresse in (
            url("aenderungen", fall),
            url("aenderung-melden", fall, "mitteilung"),
            url("aenderung-zurueckziehen", fall, eine.pk),
            url("weiterleitungen", fall),
            url("weiterleitung-beenden", fall, weiter.pk),
            url("akte-aenderungen", fall),
            url("akte-aenderung", fall, eine.pk),
            url("akte-aenderung-schritt", fall, eine.pk, "kenntnis"),
        ):
            assert client.get(adresse).status_code == 404
            assert client.post(adresse).status_code in (404, 405)


def test_the_kommune_reads_the_answer_and_never_the_remark(fall, als):
    eine = fall.melde()
    fall.nimm_zur_kenntnis(eine, antwort="Danke, das passt.", vermerk="Geheimer Satz")
    andere = fall.verlaengere()
    fall.schlage_antwort_vor(andere, antwort="Noch nicht zu lesen", begruendung="Interner Satz")
    text = inhalt(als(fall.zeichnung).get(url("aenderungen", fall)))
    assert "Danke, das passt." in text
    for geheim in ("Geheimer Satz", "Interner Satz", "Noch nicht zu lesen"):
        assert geheim not in text
    fall.entscheide(andere)
    text = inhalt(als(fall.lesen).get(url("aenderungen", fall)))
    assert "Noch nicht zu lesen" in text
    assert "Interner Satz" not in text
    assert "Es folgt ein Bescheid." in text


def test_taking_back_on_the_page(fall, als):
    eine, client = fall.melde(), als(fall.bearbeitung)
    adresse = url("aenderung-zurueckziehen", fall, eine.pk)
    assert client.get(adresse).status_code == 302
    veraltet = client.post(adresse, {"gesehen": "7"})
    assert veraltet.status_code == 409
    assert client.post(adresse, {"gesehen": "1"}).status_code == 302
    assert frisch(eine).stand == "zurueckgezogen"


def test_the_case_page_leads_to_the_changes(fall, als):
    assert url("aenderungen", fall) in inhalt(als(fall.lesen).get(fall.antrag.get_absolute_url()))


# --- Money passed on -----------------------------------------------------------------


def test_the_kommune_enters_and_ends_a_recipient(fall, als):
    client, seite = als(fall.bearbeitung), url("weiterleitungen", fall)
    daten = {
        "marke": uuid.uuid4(), "organisation": "Frau Muster", "rechtsform": "verein",
        "sitz": "Musterstadt", "betrag": "27.000,01", "vereinbart_am": "15.01.2026",
        "vereinbarung": "Az. 1",
    }  # fmt: skip
    text = inhalt(client.post(seite, daten))
    assert "„Frau Muster“" in text
    assert "bewilligt sind" in text
    assert 'value="27.000,01"' in text
    daten |= {"organisation": "Jugendring e. V.", "betrag": "20.000"}
    assert client.post(seite, daten).status_code == 302
    eine = Weiterleitung.objects.get()
    ende = url("weiterleitung-beenden", fall, eine.pk)
    assert client.post(ende, {}).status_code == 200
    assert client.post(ende, {"grund": "Betrag geändert"}).status_code == 302
    assert client.get(ende).status_code == 404
    assert "Betrag geändert" in inhalt(client.get(seite))


def test_natural_persons_are_no_choice(fall, als):
    daten = {
        "marke": uuid.uuid4(), "organisation": "Muster", "rechtsform": "einzelperson",
        "sitz": "Musterstadt", "betrag": "1", "vereinbart_am": "", "vereinbarung": "",
    }  # fmt: skip
    text = inhalt(als(fall.bearbeitung).post(url("weiterleitungen", fall), daten))
    assert "Personen lassen sich nicht eintragen" in text
    assert "Ohne Vereinbarung ist keine Weiterleitung möglich." in text


def test_mein_bereich_asks_for_the_recipients_until_there_is_one(fall):
    zugang = zugaenge(fall.bearbeitung)[0]
    assert len(list(faelliges(zugang, timezone.now()))) == 1
    assert not list(faelliges(zugaenge(fall.lesen)[0], timezone.now()))
    fall.leite_weiter()
    assert not list(faelliges(zugaenge(fall.bearbeitung)[0], timezone.now()))


# --- The Fallakte ----------------------------------------------------------------------


def schritt(fall, eine, name, **daten):
    daten = {"gesehen": frisch(eine).version} | daten
    return url("akte-aenderung-schritt", fall, eine.pk, name), {
        f"{name}-{feld}": wert for feld, wert in daten.items()
    }


def test_the_sachbearbeitung_notes_on_the_page(fall, als):
    eine, client = (
        fall.melde(A.FINANZIERUNG, geldgeber="Sparkasse", betrag=1),
        als(fall.sachbearbeitung),
    )
    leer = client.post(*schritt(fall, eine, "kenntnis", antwort="", vermerk="Bleibt stehen"))
    assert "Schreiben Sie, was die Kommune liest." in inhalt(leer)
    assert "Bleibt stehen" in inhalt(leer)
    daten = {"antwort": "Danke.", "bescheid_aendern": "on"}
    assert client.post(*schritt(fall, eine, "kenntnis", **daten)).status_code == 302
    text = inhalt(client.get(url("akte-aenderung", fall, eine.pk)))
    assert reverse("foerderung:vorschlagen", args=[fall.antrag.pk, "aenderung"]) in text


def test_two_people_on_the_page_and_the_change_of_the_grant_is_filled_in(fall, als):
    eine = fall.verlaengere()
    daten = {
        "marke": uuid.uuid4(), "zustimmen": "ja", "antwort": "Gern.", "begruendung": "Gut",
    }  # fmt: skip
    client = als(fall.sachbearbeitung)
    assert client.post(*schritt(fall, eine, "vorschlagen", **daten)).status_code == 302
    assert client.post(*schritt(fall, eine, "genehmigen")).status_code == 403
    assert "genehmigen-gesehen" not in inhalt(client.get(url("akte-aenderung", fall, eine.pk)))
    client = als(fall.leitung)
    ohne_grund = client.post(*schritt(fall, eine, "ablehnen", grund=""))
    assert "Geben Sie einen Grund an." in inhalt(ohne_grund)
    assert client.post(*schritt(fall, eine, "genehmigen", gesehen=7)).status_code == 409
    assert client.post(*schritt(fall, eine, "genehmigen")).status_code == 302
    assert frisch(eine).stand == "zugestimmt"
    assert client.post(*schritt(fall, eine, "genehmigen")).status_code == 409
    formular = als(fall.sachbearbeitung).get(
        reverse("foerderung:vorschlagen", args=[fall.antrag.pk, "aenderung"])
    )
    assert 'value="31.03.2028"' in inhalt(formular)


def test_reviewers_read_and_do_nothing(fall, als):
    eine = fall.melde()
    client = als(make_konto(["Prüfung"]))
    text = inhalt(client.get(url("akte-aenderung", fall, eine.pk)))
    assert "kenntnis-antwort" not in text
    assert client.post(*schritt(fall, eine, "kenntnis", antwort="Ja")).status_code == 403


def test_the_worklist_says_whose_turn_it_is(fall):
    def naechstes(konto):
        return lage(pruefstand(fall.antrag, konto), konto, rechte(konto))

    def meine(konto):
        vorrat = vorrat_von(konto, rechte(konto), timezone.now())
        return fall.antrag in vorrat.vorgaenge(MEINE)

    eine = fall.verlaengere()
    assert naechstes(fall.sachbearbeitung).was == "Gemeldete Änderung beantworten"
    assert meine(fall.sachbearbeitung)
    assert not meine(fall.leitung)
    fall.schlage_antwort_vor(eine)
    assert naechstes(fall.leitung).adresse == url("akte-aenderung", fall, eine.pk)
    assert meine(fall.leitung)
    assert not meine(fall.sachbearbeitung)
    fall.entscheide(eine)
    assert not meine(fall.leitung)


def test_more_rows_ask_no_more_questions(fall, als):
    def zaehle(konto, name):
        client = als(konto)
        client.get(url(name, fall))
        with CaptureQueriesContext(connection) as gezaehlt:
            assert client.get(url(name, fall)).status_code == 200
        return len(gezaehlt)

    seiten = [
        (fall.zeichnung, "aenderungen"),
        (fall.zeichnung, "weiterleitungen"),
        (fall.sachbearbeitung, "akte-aenderungen"),
    ]
    fall.nimm_zur_kenntnis(fall.verschiebe())
    fall.leite_weiter(betrag=1)
    vorher = [zaehle(*seite) for seite in seiten]
    fall.stimme_zu(fall.verschiebe(DARUEBER))
    for nummer in range(3):
        fall.melde()
        fall.leite_weiter(organisation=f"Verein {nummer} e. V.", betrag=1)
    assert [zaehle(*seite) for seite in seiten] == vorher
