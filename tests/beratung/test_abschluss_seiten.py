"""The pages of the end of an engagement, as coach, Kommune, coordinators and others meet them."""

import re
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from beratung.abschluss.bereich import faelliges
from beratung.models import Kontingenterweiterung, Mandat, Mandatsstand, Wirkung
from beratung.verfahren import abschluss
from kommunen.befugnisse import zugaenge
from kommunen.models import Rolle
from tests.factories import (
    make_coach,
    make_kontingenterweiterung,
    make_konto,
    make_mandat,
    make_mitglied,
    make_wirkung,
)

from .test_grenzen import make_sitzung

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
UM = datetime(2026, 9, 15, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def uhr(monkeypatch):
    """What the pages take for now; a test sets `moment`."""

    class Uhr:
        moment = UM

    monkeypatch.setattr("django.utils.timezone.now", lambda: Uhr.moment)
    return Uhr


def angemeldet(konto):
    client = Client()
    client.force_login(konto)
    return client


@pytest.fixture
def koordination():
    return make_konto(rollen=["Sachbearbeitung"])


def coach_von(mandat):
    return mandat.einsaetze.get(rolle="coach").coach.konto


def felder(antwort):
    """The hidden fields of the form as the page shows them."""
    paare = re.findall(
        r'<input type="hidden" name="(\w+)" value="([^"]*)"', antwort.content.decode()
    )
    return {name: wert for name, wert in paare if name not in ("csrfmiddlewaretoken",)}


def schliesse(mandat, durch):
    return abschluss.schliesse_ab(
        mandat, am=date(2026, 9, 10), bericht="Der Rat arbeitet.",
        wirkungen={"rat": "Beschluss 7"}, durch=durch, um=UM, gesehen=mandat.version,
    )  # fmt: skip


# --- The end -----------------------------------------------------------------------


def test_the_coach_closes_on_the_page():
    mandat = make_mandat()
    client, adresse = angemeldet(coach_von(mandat)), f"/coaching/{mandat.pk}/abschluss/"
    seite = client.get(adresse)
    eingaben = {
        "am": "10.09.2026", "bericht": "Der Rat arbeitet.", "arten": ["rat", "antrag"],
        "beleg_rat": "Beschluss 7", "beleg_antrag": "Antrag 2027-0001", **felder(seite),
    }  # fmt: skip
    antwort = client.post(adresse, eingaben)
    assert (antwort.status_code, antwort.url) == (302, f"/coaching/{mandat.pk}/#inhalt")
    assert Mandat.objects.get().stand == Mandatsstand.ABGESCHLOSSEN
    assert client.post(adresse, eingaben).status_code == 302  # the second of two clicks
    assert Wirkung.objects.count() == 2
    text = client.get(f"/coaching/{mandat.pk}/").content.decode()
    assert "Der Rat arbeitet." in text
    assert "Antrag 2027-0001" in text


def test_an_ended_engagement_names_who_led_it_last_and_no_phase_beside_its_state(koordination):
    mandat, neuer = make_mandat(), make_coach()
    client, adresse = angemeldet(koordination), f"/coaching/{mandat.pk}/"
    assert "<span>Auftrag klären</span>" in client.get(adresse).content.decode()
    erster = mandat.einsaetze.get().coach
    mandat.einsaetze.update(bis=date(2026, 8, 31))
    mandat.einsaetze.create(coach=neuer, rolle="coach", von=date(2026, 9, 1))
    schliesse(mandat, koordination)
    text = client.get(adresse).content.decode()
    assert f'<dd>{neuer}, bis <time datetime="2026-09-10">' in text
    assert str(erster) not in text
    assert "zurzeit niemand" not in text
    assert "<span>Auftrag klären</span>" not in text
    assert "Auftrag klären" not in client.get("/coaching/").content.decode()


def test_everything_typed_is_kept_and_errors_stand_at_their_fields(koordination):
    mandat = make_mandat()
    make_sitzung(mandat)
    adresse = f"/coaching/{mandat.pk}/abschluss/"
    client = angemeldet(koordination)
    eingaben = felder(client.get(adresse)) | {
        "am": "30.03.2026", "bericht": "Bericht", "arten": ["strategie", "keine"],
        "beleg_rat": "Beschluss 7",
    }  # fmt: skip
    antwort = client.post(adresse, eingaben)
    form = antwort.context["form"]
    assert antwort.status_code == 200
    assert set(form.errors) == {"arten", "beleg_strategie"}
    antwort = client.post(adresse, eingaben | {"arten": ["rat"]})
    assert "31.03.2026" in antwort.context["form"].errors["am"][0]
    assert ">\nBericht</textarea>" in antwort.content.decode()
    assert Mandat.objects.get().stand == Mandatsstand.LAUFEND


def test_who_comes_second_keeps_the_report(koordination):
    mandat = make_mandat()
    client, adresse = angemeldet(coach_von(mandat)), f"/coaching/{mandat.pk}/abschluss/"
    eingaben = felder(client.get(adresse))
    schliesse(mandat, koordination)
    eingaben |= {"am": "12.09.2026", "bericht": "Mein langer Bericht", "arten": ["keine"]}
    antwort = client.post(adresse, eingaben)
    assert antwort.status_code == 409
    assert "Mein langer Bericht" in antwort.content.decode()


def test_an_overtaken_form_is_shown_with_the_new_version(koordination):
    mandat = make_mandat()
    client, adresse = angemeldet(koordination), f"/coaching/{mandat.pk}/abschluss/"
    eingaben = felder(client.get(adresse))
    Mandat.objects.update(version=5)
    eingaben |= {"am": "12.09.2026", "bericht": "Bericht", "arten": ["keine"]}
    antwort = client.post(adresse, eingaben)
    assert antwort.status_code == 409
    assert client.post(adresse, eingaben | felder(antwort)).status_code == 302


def test_a_coach_whose_access_is_over_with_the_end_is_led_to_the_list():
    mandat = make_mandat()
    client, adresse = angemeldet(coach_von(mandat)), f"/coaching/{mandat.pk}/abschluss/"
    eingaben = felder(client.get(adresse)) | {
        "am": "01.05.2026", "bericht": "Bericht", "arten": ["keine"],
    }  # fmt: skip
    assert client.post(adresse, eingaben).url == "/coaching/#inhalt"


# --- More days ---------------------------------------------------------------------


def test_the_coach_asks_the_coordinator_proposes_the_leitung_decides(koordination):
    mandat = make_mandat()
    adresse = f"/coaching/{mandat.pk}/erweiterung/"
    coach = angemeldet(coach_von(mandat))
    assert "Erweiterung erbitten" in coach.get(adresse).content.decode()
    assert coach.post(adresse, felder(coach.get(adresse))).status_code == 302
    assert "Erweiterung erbitten" not in coach.get(adresse).content.decode()
    lpr = angemeldet(koordination)
    seite = lpr.get(adresse)
    assert "Bitte ablehnen" in seite.content.decode()
    eingaben = felder(seite) | {
        "viertel": "8",
        "begruendung": "Es fehlt noch viel.",
        "absenden": "x",
    }
    assert lpr.post(adresse, eingaben).status_code == 302
    assert lpr.post(adresse, eingaben).status_code == 302
    vorschlag = Kontingenterweiterung.objects.get()
    leitung = angemeldet(make_konto(rollen=["Leitung"]))
    liste = "/admin/beratung/kontingenterweiterung/"
    name = mandat.coaching.kommunen.get().name.upper()
    assert list(leitung.get(liste, {"q": name}).context["cl"].result_list) == [vorschlag]
    ziel = f"{liste}{vorschlag.pk}/genehmigen/"
    assert leitung.post(ziel).status_code == 302
    assert Mandat.objects.get().kontingent == 48
    assert "8 Vierteltage mehr: genehmigt" in coach.get(adresse).content.decode()


def test_the_proposer_cannot_decide_in_the_admin():
    beides = make_konto(rollen=["Sachbearbeitung", "Leitung"])
    vorschlag = make_kontingenterweiterung(vorgeschlagen_von=beides)
    ziel = f"/admin/beratung/kontingenterweiterung/{vorschlag.pk}/genehmigen/"
    assert angemeldet(beides).post(ziel).status_code == 403
    assert Mandat.objects.get().kontingent == 40


def test_more_than_possible_is_said_at_the_field_and_kept(koordination):
    mandat = make_mandat(kontingent=396)
    client, adresse = angemeldet(koordination), f"/coaching/{mandat.pk}/erweiterung/"
    eingaben = felder(client.get(adresse)) | {"viertel": "5", "begruendung": "Mein Grund"}
    antwort = client.post(adresse, eingaben)
    assert antwort.context["form"].errors["viertel"] == [
        "Das Kontingent ist 396 Vierteltage und höchstens 400. Möglich sind noch 4."
    ]
    assert "Mein Grund" in antwort.content.decode()
    make_kontingenterweiterung(mandat=mandat, viertel=1)
    antwort = client.post(adresse, eingaben | {"viertel": "4"})
    assert "schon eine Erweiterung vorgeschlagen" in antwort.content.decode()
    assert "Mein Grund" in antwort.content.decode()


def test_the_coordinator_refuses_the_request(koordination):
    mandat = make_mandat(erweiterung_erbeten_um=UM)
    client, adresse = angemeldet(koordination), f"/coaching/{mandat.pk}/erweiterung/"
    assert client.post(adresse, {"ablehnen": "x"}).status_code == 302
    assert Mandat.objects.get().erweiterung_erbeten_um is None


# --- Another coach -----------------------------------------------------------------


def test_the_coordinator_changes_the_coach(koordination):
    mandat, neuer = make_mandat(), make_coach()
    belegt = make_coach(kapazitaet=1)
    make_mandat(coach=belegt)
    client, adresse = angemeldet(koordination), f"/coaching/{mandat.pk}/wechsel/"
    seite = client.get(adresse)
    gewaehlt = set(seite.context["form"].fields["coach"].queryset)
    assert neuer in gewaehlt
    assert belegt not in gewaehlt
    eingaben = felder(seite) | {"coach": neuer.pk, "ab": "15.09.2026"}
    assert client.post(adresse, eingaben | {"ab": "16.09.2026"}).context["form"].errors["ab"]
    for _ in range(2):  # the second time from the same page
        assert client.post(adresse, eingaben).status_code == 302
    assert mandat.einsaetze.get(bis=None).coach == neuer
    anders = client.post(adresse, eingaben | felder(client.get(adresse)) | {"ab": "14.09.2026"})
    assert "leitet die Begleitung schon" in str(anders.context["form"].errors["coach"])


# --- Effects -----------------------------------------------------------------------


def test_the_kommune_finds_and_answers_the_question(koordination, uhr):
    mandat = make_mandat()
    schliesse(mandat, koordination)
    konto = mandat.ansprechperson
    (zugang,) = zugaenge(konto)
    assert list(faelliges(zugang, UM)) == []
    uhr.moment = datetime(2027, 3, 10, 9, tzinfo=UTC)
    (faellig,) = faelliges(zugang, uhr.moment)
    client = angemeldet(konto)
    seite = client.get(faellig.adresse)
    assert "rat" not in dict(seite.context["form"].fields["arten"].choices)
    antwort = client.post(faellig.adresse, {"arten": ["strategie"]})
    assert antwort.context["form"].errors["beleg_strategie"]
    eingaben = {"arten": ["strategie"], "beleg_strategie": "Beschluss 12"}
    assert client.post(faellig.adresse, eingaben).status_code == 302
    assert client.post(faellig.adresse, eingaben).status_code == 302
    assert Wirkung.objects.filter(art="strategie").count() == 1
    assert list(faelliges(zugang, uhr.moment)) == []
    assert client.get(faellig.adresse).status_code == 302


def test_no_effect_says_when_that_was_reported(koordination):
    mandat = make_mandat()
    abschluss.schliesse_ab(
        mandat, am=date(2026, 9, 10), bericht="Der Rat arbeitet.",
        wirkungen={"keine": ""}, durch=koordination, um=UM, gesehen=mandat.version,
    )  # fmt: skip
    seite = strip_tags(angemeldet(koordination).get(f"/coaching/{mandat.pk}/").content.decode())
    assert "Keine dieser Wirkungen\n    Gemeldet am 15.09.2026." in seite


def test_a_reader_of_the_kommune_sees_no_task(koordination):
    mandat = make_mandat()
    schliesse(mandat, koordination)
    leser = make_mitglied(mandat.coaching.kommunen.get(), Rolle.LESEN)
    (zugang,) = zugaenge(leser)
    assert list(faelliges(zugang, datetime(2027, 3, 10, 9, tzinfo=UTC))) == []


def test_effects_are_confirmed_or_declined(koordination):
    mandat = make_mandat()
    schliesse(mandat, coach_von(mandat))
    client, wirkung = angemeldet(koordination), Wirkung.objects.get()
    liste = strip_tags(client.get("/coaching/wirkungen/").content.decode())
    assert "Präventionsrat" in liste
    assert f"{mandat.beginn:%d.%m.%Y} bis 10.09.2026" in liste
    assert f"ab {mandat.beginn:%d.%m.%Y}" not in liste
    adresse = f"/coaching/wirkungen/{wirkung.pk}/"
    antwort = client.post(adresse, {"verwerfen": "x", "grund": ""})
    assert antwort.context["verwerfung"].errors["grund"]
    assert client.post(adresse, {"bestaetigen": "x"}).status_code == 302
    assert Wirkung.objects.get().bestaetigt_von == koordination
    antwort = client.post(adresse, {"verwerfen": "x", "grund": "Doch nicht"})
    assert antwort.status_code == 409
    assert client.get("/coaching/wirkungen/?ansicht=bestaetigt").context["zeilen"]


def test_a_reason_survives_the_end_of_the_session(koordination):
    client, wirkung = angemeldet(koordination), make_wirkung(bestaetigt_um=None)
    adresse = f"/coaching/wirkungen/{wirkung.pk}/"
    marke = felder(client.get(adresse))["eingabemarke"]
    Client().post(
        adresse, {"verwerfen": "x", "grund": "Der Beschluss fehlt", "eingabemarke": marke}
    )
    assert "Der Beschluss fehlt" in client.get(f"{adresse}?eingaben=1").content.decode()
    wirkung.refresh_from_db()
    assert wirkung.verworfen_um is None


def test_who_reported_does_not_confirm(koordination):
    wirkung = make_wirkung(gemeldet_von=koordination, bestaetigt_um=None)
    client, adresse = angemeldet(koordination), f"/coaching/wirkungen/{wirkung.pk}/"
    assert "Wirkung bestätigen" not in client.get(adresse).content.decode()
    assert client.post(adresse, {"bestaetigen": "x"}).status_code == 403


@pytest.mark.parametrize("ansicht", ["", "bestaetigt", "verworfen", "nachfragen", "bitten"])
def test_the_list_asks_the_same_number_of_questions_for_any_number(
    ansicht, koordination, uhr, django_assert_num_queries
):
    uhr.moment = datetime(2027, 3, 10, 9, tzinfo=UTC)
    client = angemeldet(koordination)
    adresse = f"/coaching/wirkungen/?ansicht={ansicht}"

    def mehr():
        make_wirkung(bestaetigt_um=None)
        make_wirkung()
        make_wirkung(bestaetigt_um=None, verworfen=True)
        make_mandat(erweiterung_erbeten_um=UM)
        schliesse(make_mandat(ansprechperson=None), koordination)

    mehr()
    client.get(adresse)
    with CaptureQueriesContext(connection) as gezaehlt:
        client.get(adresse)
    mehr()
    mehr()
    with django_assert_num_queries(len(gezaehlt)):
        assert len(client.get(adresse).context["zeilen"]) >= 3


# --- Who sees what -----------------------------------------------------------------


def test_pages_of_others_are_not_there():
    mandat = make_mandat()
    fremde = [
        coach_von(make_mandat()),
        make_mandat().ansprechperson,
        make_konto(rollen=["Leitung"]),
    ]
    for konto in fremde:
        for seite in ("erweiterung", "wechsel", "abschluss"):
            antwort = angemeldet(konto).get(f"/coaching/{mandat.pk}/{seite}/")
            assert antwort.status_code == 404, (konto, seite)


def test_the_kommune_may_not_steer():
    mandat = make_mandat()
    for seite in ("erweiterung", "wechsel", "abschluss"):
        antwort = angemeldet(mandat.ansprechperson).get(f"/coaching/{mandat.pk}/{seite}/")
        assert antwort.status_code == 403


def test_the_kommune_reads_report_and_effects_and_nothing_of_the_steering(koordination):
    mandat = make_mandat(erweiterung_erbeten_um=UM)
    make_kontingenterweiterung(mandat=mandat, begruendung="Nur für das LPR")
    client = angemeldet(mandat.ansprechperson)
    text = client.get(f"/coaching/{mandat.pk}/").content.decode()
    assert "Erweiterung" not in text
    assert "Nur für das LPR" not in text
    schliesse(mandat, koordination)
    abschluss.verwirf(
        Wirkung.objects.get(), "Der Beschluss fehlt.",
        durch=make_konto(rollen=["Sachbearbeitung"]), um=UM,
    )  # fmt: skip
    text = client.get(f"/coaching/{mandat.pk}/").content.decode()
    for wort in ("Der Rat arbeitet.", "Beschluss 7", "Der Beschluss fehlt."):
        assert wort in text


def test_own_notes_are_nowhere_in_the_admin(koordination):
    mandat = make_mandat()
    sitzung = make_sitzung(mandat)
    for stufe, wort in (("geteilt", "Apfel"), ("lpr", "Birne"), ("eigen", "Zwetschge")):
        sitzung.niederschriften.create(
            stufe=stufe, text=wort, verfasst_von=sitzung.erfasst_von, verfasst_um=UM
        )
    client = angemeldet(koordination)
    text = client.get(f"/admin/beratung/sitzung/{sitzung.pk}/change/").content.decode()
    assert "Apfel" in text
    assert "Birne" in text
    assert "Zwetschge" not in text
    for suche in ("Zwetschge", "Apfel"):
        liste = client.get(f"/admin/beratung/sitzung/?q={suche}").content.decode()
        assert str(sitzung.pk) not in liste


@pytest.mark.parametrize(
    "modell", ["mandat", "sitzung", "wirkung", "nachfrage", "kontingenterweiterung"]
)
def test_the_lists_of_the_admin_are_read_with_few_queries(
    modell, koordination, django_assert_num_queries
):
    client = angemeldet(koordination)

    def mehr():
        make_sitzung(make_mandat())
        make_wirkung()
        make_kontingenterweiterung()
        schliesse(make_mandat(), koordination)

    mehr()
    client.get(f"/admin/beratung/{modell}/")
    with CaptureQueriesContext(connection) as gezaehlt:
        client.get(f"/admin/beratung/{modell}/")
    mehr()
    with django_assert_num_queries(len(gezaehlt)):
        assert client.get(f"/admin/beratung/{modell}/?q=").status_code == 200
