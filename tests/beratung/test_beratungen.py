"""Pages of advice: what a Kommune sees and does, what staff see and do, and that nobody sees more."""

import re
import uuid
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from asskomm.portal.aufgaben import aufgaben
from asskomm.portal.bereich import inhalt
from beratung.beratungen.forms import FesthaltenOhneAnfrage, Terminformular
from beratung.models import Beratung, Beratungsanfrage, Beratungsschritt, Beratungsstand
from beratung.verfahren import beratung as verfahren
from beratung.verfahren.beratung import Termin
from foerderung.antrag.maengel import maengel
from foerderung.antrag.umfeld import Umfeld
from kommunen.befugnisse import zugaenge
from kommunen.models import Rolle
from tests.factories import (
    make_antrag,
    make_beratung,
    make_kommune,
    make_konto,
    make_kreis,
    make_mitglied,
)

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
LISTE = "/beratung/koordination/"


@pytest.fixture
def kommune():
    return make_kommune(name="Döbeln")


@pytest.fixture
def mitglied(client, kommune):
    """Signed in."""
    konto = make_mitglied(kommune, Rolle.BEARBEITUNG, name="Kim Muster")
    client.force_login(konto)
    return konto


@pytest.fixture
def lpr():
    return make_konto(rollen=["Sachbearbeitung"])


def bereich(kommune, ende=""):
    return f"/mein-bereich/{kommune.kennung}/beratung/{ende}"


def make_anfrage(kommune=None, **felder):
    kommune = kommune or make_kommune()
    felder.setdefault("gestellt_um", timezone.now() - timedelta(days=3))
    if "gestellt_von" not in felder:
        felder["gestellt_von"] = make_mitglied(kommune, Rolle.BEARBEITUNG)
    return Beratungsanfrage.objects.create(kommune=kommune, anliegen="Vandalismus", **felder)


def make_geplant(kommune=None, *, um=None, ort="", **felder):
    """With an appointment in a week, as a rule."""
    return make_anfrage(
        kommune, stand=Beratungsstand.GEPLANT, version=2, termin_minuten=60, termin_form="video",
        termin_um=um or timezone.now() + timedelta(days=7), termin_ort=ort,
        geplant_um=timezone.now() - timedelta(days=2), geplant_von=make_konto(), **felder,
    )  # fmt: skip


def marke(html):
    return re.search(r'name="marke" value="([^"]+)"', html)[1]


def tag(tage):
    return f"{timezone.localdate() + timedelta(days=tage):%d.%m.%Y}"


def termin(anfrage, **felder):
    daten = {
        "version": anfrage.version, "tag": tag(14), "zeit": "9.30", "minuten": "60",
        "form": "video", "ort": "", "hinweis": "", **felder,
    }  # fmt: skip
    return {"termin": "x", **{f"termin-{name}": wert for name, wert in daten.items()}}


def gehalten(version=1, **felder):
    daten = {
        "version": version, "am": tag(0), "form": "telefon", "teilnehmende": "Bürgermeisterin",
        "thema": "Vandalismus am Bahnhof", "bemerkung": "streng intern", "schritt_1": "rat",
        "bis_1": tag(30), "worte_1": "Gründung vorbereiten", **felder,
    }  # fmt: skip
    return {"festhalten": "x", **{f"festhalten-{name}": wert for name, wert in daten.items()}}


# --- The Kommune ----------------------------------------------------------------------


def test_the_kommune_asks_once_with_its_own_words(client, kommune, mitglied):
    adresse = bereich(kommune)
    daten = {"marke": marke(client.get(adresse).text), "anliegen": "Wir planen etwas."}
    for _ in range(2):
        assert client.post(adresse, daten).status_code == 302
    assert Beratungsanfrage.objects.get().anliegen == "Wir planen etwas."
    html = client.get(adresse).text
    assert "noch ohne Termin" in html
    assert 'name="anliegen"' not in html
    nochmal = client.post(adresse, {"marke": uuid.uuid4(), "anliegen": "Noch eine."})
    assert nochmal.status_code == 409
    assert "Noch eine." in nochmal.text


def test_the_form_of_a_withdrawn_request_says_so_and_asks_anew(client, kommune, mitglied):
    adresse = bereich(kommune)
    daten = {"marke": marke(client.get(adresse).text), "anliegen": "Wir planen etwas."}
    client.post(adresse, daten)
    Beratungsanfrage.objects.update(
        stand="zurueckgezogen", erledigt_um=timezone.now(), erledigt_von=mitglied
    )
    antwort = client.post(adresse, daten)
    assert antwort.status_code == 409
    assert "Der Stand dieser Anfrage: zurückgezogen." in antwort.text
    assert "Wir planen etwas." in antwort.text
    neu = antwort.context["form"]["marke"].value()
    assert client.post(adresse, {**daten, "marke": neu}).status_code == 302
    assert Beratungsanfrage.objects.filter(stand="neu").count() == 1


def test_an_empty_request_is_refused_at_the_field(client, kommune, mitglied):
    antwort = client.post(bereich(kommune), {"marke": uuid.uuid4()})
    assert antwort.status_code == 200
    assert "worum es geht" in antwort.text


def test_the_page_of_an_application_asks_by_the_same_rule(client, kommune, mitglied):
    anfrage, antrag = make_geplant(kommune), make_antrag(kommune=kommune)
    seite = f"/antraege/{antrag.pk}/beratung/"
    assert bereich(kommune, f"{anfrage.pk}/") in client.get(seite).text
    daten = {"marke": uuid.uuid4(), "anliegen": "Noch eine."}
    assert client.post(seite, daten).status_code == 409


def test_the_records_are_shown_without_what_is_internal(client, kommune, mitglied):
    beratung = make_beratung(
        kommune=kommune, am="2026-06-01", form="vor_ort", thema="Angsträume",
        teilnehmende="Leiter Ordnungsamt", bemerkung="streng intern", quelle="Akte 4711",
        beraten_von=make_konto(name="Toni Geheim"),
    )  # fmt: skip
    beratung.schritte.create(schritt="beschluss", bis=date(2026, 12, 1), worte="Im Hauptausschuss")
    html = client.get(bereich(kommune)).text
    for wort in ("01.06.2026", "vor Ort", "Angsträume", "Ordnungsamt", "Hauptausschuss"):
        assert wort in html
    for wort in ("streng intern", "4711", "Geheim"):
        assert wort not in html


def test_who_only_reads_has_no_form_and_no_button(client, kommune):
    anfrage = make_geplant(kommune)
    schritt = make_beratung(kommune=kommune).schritte.create(schritt="rat")
    client.force_login(make_mitglied(kommune, Rolle.LESEN))
    html = client.get(bereich(kommune)).text
    assert "Als erledigt" not in html
    assert "zurückziehen" not in client.get(bereich(kommune, f"{anfrage.pk}/")).text
    for ende in ("", f"{anfrage.pk}/", f"schritte/{schritt.pk}/"):
        assert client.post(bereich(kommune, ende), {}).status_code == 403


def test_nothing_of_another_kommune_under_any_address(client, kommune, mitglied):
    fremde = make_geplant()
    schritt = make_beratung(kommune=fremde.kommune).schritte.create(schritt="rat")
    for wo in (kommune, fremde.kommune):
        for ende in (f"{fremde.pk}/", f"{fremde.pk}/termin.ics"):
            assert client.get(bereich(wo, ende)).status_code == 404
        assert client.post(bereich(wo, f"schritte/{schritt.pk}/")).status_code == 404
        assert client.post(bereich(wo, f"{fremde.pk}/"), {"version": 2}).status_code == 404
    assert client.get(f"{LISTE}{fremde.pk}/").status_code == 404


def test_the_appointment_can_be_saved_as_a_calendar_file(client, kommune, mitglied):
    um = datetime(2030, 7, 1, 8, tzinfo=UTC)
    anfrage = make_geplant(kommune, um=um, ort="Raum 4")
    seite = bereich(kommune, f"{anfrage.pk}/")
    html = client.get(seite).text
    assert "01.07.2030 um 10:00 Uhr" in html
    assert f"{seite}termin.ics" in html
    antwort = client.get(f"{seite}termin.ics")
    (ereignis,) = icalendar.Calendar.from_ical(antwort.content).walk("VEVENT")
    assert ereignis.decoded("dtstart") == um
    assert ereignis.decoded("dtend") == um + timedelta(hours=1)
    assert "Raum 4" in ereignis["location"]
    Beratungsanfrage.objects.update(
        stand="zurueckgezogen", erledigt_um=timezone.now(), erledigt_von=mitglied
    )
    assert client.get(f"{seite}termin.ics").status_code == 404


def test_a_request_is_withdrawn_once_and_not_past_others(client, kommune, mitglied):
    anfrage = make_geplant(kommune)
    seite = bereich(kommune, f"{anfrage.pk}/")
    alt = client.post(seite, {"version": 1, "grund": "Erledigt sich"})
    assert alt.status_code == 409
    assert "Erledigt sich" in alt.text
    assert 'name="version" value="2"' in alt.text
    for _ in range(2):
        assert client.post(seite, {"version": 2, "grund": "Erledigt sich"}).status_code == 302
    html = client.get(seite).text
    assert "Zurückgezogen am" in html
    assert "Erledigt sich" in html
    assert 'name="grund"' not in html


def test_agreed_steps_are_ticked_off(client, kommune, mitglied):
    schritt = make_beratung(kommune=kommune).schritte.create(schritt="rat")
    seite = bereich(kommune, f"schritte/{schritt.pk}/")
    assert client.get(seite).status_code == 405
    assert client.post(seite, {"erledigt": ""}).url == f"{bereich(kommune)}#schritt-{schritt.pk}"
    schritt.refresh_from_db()
    assert schritt.erledigt_von == mitglied
    client.post(seite, {"offen": ""})
    schritt.refresh_from_db()
    assert schritt.erledigt_um is None


def test_mein_bereich_names_the_appointment_and_the_steps_that_are_due(kommune, mitglied):
    make_geplant(kommune, um=datetime(2030, 7, 1, 8, tzinfo=UTC))
    heute = timezone.localdate()
    for name, bis in (("rat", 5), ("beschluss", 60), ("analyse", None)):
        tag_ = heute + timedelta(days=bis) if bis else None
        make_beratung(kommune=kommune).schritte.create(schritt=name, bis=tag_)
    erledigt = {"erledigt_um": timezone.now(), "erledigt_von": mitglied}
    make_beratung(kommune=kommune).schritte.create(schritt="coaching", bis=heute, **erledigt)
    (zugang,) = zugaenge(mitglied)
    saetze = [e.titel for e in inhalt.faelliges(zugang, timezone.now())]
    assert sum("In der Beratung vereinbart" in satz for satz in saetze) == 1
    assert any("01.07.2030 um 10:00 Uhr" in satz for satz in saetze)
    _, laufende = inhalt.vorgaenge(zugang, timezone.now())
    assert [v.zustand for v in laufende] == ["geplant"]
    (nur_lesend,) = zugaenge(make_mitglied(kommune, Rolle.LESEN))
    assert inhalt.faelliges(nur_lesend, timezone.now()) == []


# --- Staff ----------------------------------------------------------------------------


def test_the_worklist_has_a_view_for_each_thing_to_do(client, lpr):
    jetzt = timezone.now()
    make_anfrage(make_kommune(name="Neustadt"))
    make_geplant(make_kommune(name="Planitz"))
    make_geplant(make_kommune(name="Vorbeck"), um=jetzt - timedelta(hours=1))
    make_anfrage(
        make_kommune(name="Altstadt"), stand="zurueckgezogen", erledigt_um=jetzt, erledigt_von=lpr
    )
    client.force_login(lpr)
    for ansicht, namen in (
        ("", {"Neustadt"}),
        ("geplant", {"Planitz"}),
        ("vorbei", {"Vorbeck"}),
        ("alle", {"Neustadt", "Planitz", "Vorbeck", "Altstadt"}),
    ):
        seite = client.get(LISTE, {"ansicht": ansicht}).context["page_obj"]
        assert {a.kommune.name for a in seite} == namen, ansicht
    titel = {a.titel: a for a in aufgaben(lpr, jetzt)}
    vorbei = "Beratungen festhalten: Der Termin ist vorbei"
    assert titel[vorbei].adresse == f"{LISTE}?ansicht=vorbei"
    assert vorbei not in {a.titel for a in aufgaben(lpr, jetzt - timedelta(hours=2))}
    assert "Kommunen möchten beraten werden und haben noch keinen Termin" in titel
    assert LISTE in client.get("/admin/").text


def test_the_worklist_is_narrowed_to_a_kreis(client, lpr):
    kreis = make_kreis(ags="14525", name="Nordkreis")
    make_anfrage(make_kommune(name="Hier", kreis=kreis))
    make_anfrage(make_kommune(name="Dort"))
    client.force_login(lpr)
    antwort = client.get(LISTE, {"kreis": kreis.ags})
    assert [a.kommune.name for a in antwort.context["page_obj"]] == ["Hier"]
    assert "Neu (1)" in antwort.text
    falsch = client.get(LISTE, {"kreis": "99999", "ansicht": "unsinn", "seite": "7"})
    assert falsch.status_code == 200
    assert "Unbekannter Wert" in falsch.text


def test_the_number_of_queries_does_not_grow(client, lpr, kommune):
    def zaehle(adresse):
        with CaptureQueriesContext(connection) as anfragen:
            assert client.get(adresse).status_code == 200
        return len(anfragen)

    anfrage = make_geplant(kommune)
    make_beratung(kommune=kommune, beraten_von=lpr).schritte.create(schritt="rat")
    client.force_login(lpr)
    seiten = [f"{LISTE}?ansicht=alle", f"{LISTE}{anfrage.pk}/"]
    zaehle(seiten[0])  # the first page of a session does more
    wenige = [zaehle(seite) for seite in seiten]
    for _ in range(4):
        make_anfrage()
        make_beratung(kommune=kommune, beraten_von=make_konto()).schritte.create(schritt="rat")
    assert [zaehle(seite) for seite in seiten] == wenige
    client.force_login(make_mitglied(kommune, Rolle.BEARBEITUNG))
    zaehle(bereich(kommune))
    vorher = zaehle(bereich(kommune))
    for _ in range(4):
        make_beratung(kommune=kommune).schritte.create(schritt="rat")
    assert zaehle(bereich(kommune)) == vorher


@pytest.mark.parametrize("rolle", [[], ["Redaktion"], ["Prüfung"], ["Leitung"], ["Fortbildung"]])
def test_the_pages_of_staff_are_for_coordinators(client, rolle):
    anfrage = make_anfrage()
    client.force_login(make_konto(rolle))
    for ende in ("", "anfrage/", "beratung/", f"{anfrage.pk}/"):
        assert client.get(f"{LISTE}{ende}").status_code == 404


def test_an_appointment_is_set_moved_and_cancelled_on_the_page(client, lpr):
    anfrage = make_anfrage()
    client.force_login(lpr)
    seite = f"{LISTE}{anfrage.pk}/"
    assert "Termin festlegen" in client.get(seite).text
    for _ in range(2):
        assert client.post(seite, termin(anfrage)).status_code == 302
    anfrage.refresh_from_db()
    assert (anfrage.stand, anfrage.version) == ("geplant", 2)
    assert f"{timezone.localtime(anfrage.termin_um):%H:%M}" == "09:30"
    assert client.post(seite, termin(anfrage, zeit="14")).status_code == 302
    anfrage.refresh_from_db()
    assert client.get(seite, {"schritt": "absage"}).text.count("Termin absagen</span>") == 1
    absage = {"absage": "x", "absage-version": anfrage.version, "absage-grund": "Erkrankt"}
    assert client.post(seite, absage).status_code == 302
    anfrage.refresh_from_db()
    assert (anfrage.stand, anfrage.absage_grund) == ("neu", "Erkrankt")


@pytest.mark.parametrize(
    ("felder", "feld", "wort"),
    [
        ({"tag": ""}, "tag", "Geben Sie den Tag an."),
        ({"tag": "31.02.2027"}, "tag", "Diesen Tag gibt es nicht."),
        ({"tag": "01.01.2020"}, "tag", "Vergangenheit"),
        ({"tag": tag(400)}, "tag", "über ein Jahr voraus"),
        ({"zeit": "25:00"}, "zeit", "14:30"),
        ({"zeit": "²"}, "zeit", "Ziffern 0 bis 9"),
        ({"minuten": "5"}, "minuten", "mindestens 15"),
        ({"form": "vor_ort"}, "ort", "wo die Beratung stattfindet"),
        ({"form": "brief"}, "form", "Wählen Sie die Form."),
        ({"ort": "x" * 301}, "ort", "300"),
        ({"form": "vor_ort", "ort": "x" * 301}, "ort", "300"),
    ],
)
def test_what_is_wrong_with_an_appointment_stands_at_its_field(lpr, felder, feld, wort):
    anfrage = make_anfrage()
    form = Terminformular(termin(anfrage, **felder), anfrage=anfrage, um=timezone.now())
    assert not form.is_valid()
    assert wort in str(form.errors[feld])
    assert len(form.errors[feld]) == 1


def test_the_place_says_when_it_is_needed():
    form = Terminformular(anfrage=make_anfrage(), um=timezone.now())
    assert "Vor Ort und bei einer Veranstaltung nötig." in form["ort"].help_text


def test_the_hour_that_the_clock_leaves_out_is_refused():
    anfrage, um = make_anfrage(), datetime(2027, 1, 10, 8, tzinfo=UTC)
    daten = termin(anfrage, tag="28.03.2027", zeit="2:30")
    form = Terminformular(daten, anfrage=anfrage, um=um)
    assert "gibt es am 28.03.2027 nicht" in str(form.errors["zeit"])


def test_the_record_opens_the_gate_of_the_application_at_once(client, lpr, kommune):
    antrag, anfrage = make_antrag(kommune=kommune), make_geplant(kommune)

    def offen():
        umfeld = Umfeld(type(antrag).objects.get(pk=antrag.pk), timezone.localdate())
        return [mangel for mangel in maengel(umfeld) if mangel.abschnitt == "beratung"]

    assert offen()
    client.force_login(lpr)
    seite = f"{LISTE}{anfrage.pk}/"
    for _ in range(2):
        assert client.post(seite, gehalten(version=2)).status_code == 302
    assert offen() == []
    beratung = Beratung.objects.get()
    assert beratung.bemerkung == "streng intern"
    assert beratung.schritte.get().worte == "Gründung vorbereiten"
    assert "Anfrage wieder öffnen" in client.get(seite).text


def test_whoever_was_slower_keeps_what_was_typed_and_sees_the_new_state(client, lpr):
    anfrage = make_geplant()
    client.force_login(lpr)
    seite = f"{LISTE}{anfrage.pk}/"
    Beratungsanfrage.objects.filter(pk=anfrage.pk).update(version=3)
    antwort = client.post(seite, gehalten(version=2))
    assert antwort.status_code == 409
    assert "inzwischen jemand gehandelt" in antwort.text
    assert "Vandalismus am Bahnhof" in antwort.text
    assert 'name="festhalten-version" value="3"' in antwort.text
    assert not Beratung.objects.exists()


@pytest.mark.parametrize(
    ("felder", "feld", "wort"),
    [
        ({"am": tag(1)}, "am", "Zukunft"),
        ({"am": tag(-30)}, "am", "erst am"),
        ({"am": "01.01.1990", "vor_der_anfrage": "on"}, "am", "seit 2018"),
        ({"thema": ""}, "thema", "worüber Sie gesprochen haben"),
        ({"schritt_1": ""}, "schritt_1", "Wählen Sie den Schritt."),
        ({"bis_1": tag(-1)}, "bis_1", "liegt vor der Beratung"),
    ],
)
def test_what_is_wrong_with_a_record_stands_at_its_field(client, lpr, felder, feld, wort):
    anfrage = make_anfrage()
    client.force_login(lpr)
    antwort = client.post(f"{LISTE}{anfrage.pk}/", gehalten(**felder))
    assert antwort.status_code == 200
    assert wort in str(antwort.context["gewaehlt"].form.errors[feld])
    assert not Beratung.objects.exists()


def test_a_form_of_nothing_is_answered_with_a_sentence(client, lpr):
    client.force_login(lpr)
    antwort = client.post(f"{LISTE}{make_anfrage().pk}/", {"unsinn": "x"})
    assert antwort.status_code == 200
    assert "nicht vollständig" in antwort.text


def test_a_call_becomes_a_request_and_the_second_one_is_refused_at_the_kommune(
    client, lpr, kommune
):
    client.force_login(lpr)
    seite = f"{LISTE}anfrage/"
    daten = {
        "marke": marke(client.get(seite).text), "kommune": kommune.pk, "weg": "telefon",
        "anliegen": "Möchte beraten werden",
    }  # fmt: skip
    for _ in range(2):
        antwort = client.post(seite, daten)
    anfrage = Beratungsanfrage.objects.get()
    assert antwort.url == f"{LISTE}{anfrage.pk}/#inhalt"
    assert "Niemand erhält E-Mails" in client.get(f"{LISTE}{anfrage.pk}/").text
    zweite = client.post(seite, {**daten, "marke": uuid.uuid4()})
    assert zweite.status_code == 409
    assert "offene Anfrage" in str(zweite.context["form"].errors["kommune"])
    portal = client.post(seite, {**daten, "marke": uuid.uuid4(), "weg": "portal"})
    assert portal.status_code == 200


def test_an_advice_without_a_request_is_recorded_once(client, lpr, kommune):
    client.force_login(lpr)
    seite = f"{LISTE}beratung/"
    html = client.get(seite).text
    assert "vor der Anfrage" not in html
    daten = {name.removeprefix("festhalten-"): wert for name, wert in gehalten().items()}
    daten |= {"marke": marke(html), "kommune": kommune.pk, "oeffentlich": "on"}
    for _ in range(2):
        assert client.post(seite, daten).status_code == 302
    beratung = Beratung.objects.get()
    assert (beratung.kommune, beratung.veroeffentlicht) == (kommune, True)
    assert Beratungsschritt.objects.count() == 1


def test_the_kommune_comes_first_in_the_form_without_a_request():
    form = FesthaltenOhneAnfrage(um=timezone.now())
    assert next(iter(form.fields)) == "kommune"


# --- The admin ------------------------------------------------------------------------


def erfasse(client, kommune, am):
    seite = client.get("/admin/beratung/beratung/add/")
    felder = seite.context["adminform"].form.fields
    daten = {
        "kommune": kommune.pk, "am": am, "form": "video", "thema": "Antrag", "quelle": "Gespräch",
        "schritte-TOTAL_FORMS": 1, "schritte-INITIAL_FORMS": 0, "schritte-0-schritt": "rat",
        "_marke": seite.context["adminform"].form["_marke"].value() if "_marke" in felder else "",
    }  # fmt: skip
    assert client.post("/admin/beratung/beratung/add/", daten).status_code == 302


def test_a_record_entered_in_the_admin_answers_the_request_and_keeps_its_kommune(
    client, lpr, kommune
):
    anfrage = make_anfrage(kommune, gestellt_um=datetime(2026, 9, 1, 8, tzinfo=UTC))
    client.force_login(lpr)
    erfasse(client, kommune, "31.08.2026")
    anfrage.refresh_from_db()
    assert anfrage.stand == Beratungsstand.NEU  # that one was before
    erfasse(client, kommune, "01.09.2026")
    anfrage.refresh_from_db()
    assert anfrage.stand == Beratungsstand.BERATEN
    assert anfrage.beratung.schritte.get().schritt == "rat"
    html = client.get(f"/admin/beratung/beratung/{anfrage.beratung_id}/change/").text
    assert 'name="kommune"' not in html


def test_the_admin_shows_the_request_and_leads_to_its_page(client, lpr, kommune):
    anfrage = make_geplant(kommune)
    client.force_login(lpr)
    liste = "/admin/beratung/beratungsanfrage/"
    assert "Döbeln" in client.get(f"{liste}?q=doebeln").text
    html = client.get(f"{liste}{anfrage.pk}/change/").text
    assert f"{LISTE}{anfrage.pk}/" in html
    assert "_save" not in html
    verfahren.plane(
        anfrage, Termin(timezone.now() + timedelta(days=3), 60, "video"), durch=lpr,
        um=timezone.now(), gesehen=2,
    )  # fmt: skip
    assert "verlegt" in client.get(f"{liste}{anfrage.pk}/history/").text
