"""Begin a draft: only while a round is open, once per click, empty or from an earlier case."""

import re
import uuid
from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from asskomm.schritt import SchrittNichtMoeglich
from beratung.models import Beratungsanfrage
from foerderung.antrag.fassung import inhalt
from foerderung.antrag.maengel import maengel
from foerderung.antrag.umfeld import Umfeld
from foerderung.kanonisch import pruefsumme
from foerderung.models import Fassung, Foerderantrag, Foerderrunde, Status
from foerderung.verfahren import antragstellung
from foerderung.verfahren.schritte import KeinRecht
from kommunen.models import Rolle
from tests.factories import (
    make_antrag,
    make_beratung,
    make_kommune,
    make_konto,
    make_mitglied,
    make_runde,
)

from .eingaben import ERKLAERUNGEN, make_vollstaendig

pytestmark = pytest.mark.django_db
UM = datetime(2026, 9, 15, 8, tzinfo=UTC)


@pytest.fixture
def kommune():
    return make_kommune()


@pytest.fixture
def seite(client, kommune):
    client.force_login(make_mitglied(kommune, Rolle.BEARBEITUNG))
    return f"/mein-bereich/{kommune.kennung}/antraege/neu/"


@pytest.fixture
def offene_runde():
    """Pages look at the clock: a round around today."""
    heute = timezone.localdate()
    return make_runde(jahr_von=heute.year + 1, beginn=heute, schluss=heute)


def marke(html):
    return re.search(r'name="marke" value="([^"]+)"', html)[1]


def beginne(kommune, **weiteres):
    weiteres.setdefault("durch", make_mitglied(kommune, Rolle.BEARBEITUNG))
    weiteres.setdefault("um", UM)
    weiteres.setdefault("marke", uuid.uuid4())
    return antragstellung.lege_an(kommune, make_runde(), **weiteres)


# --- The page ------------------------------------------------------------------------


def test_a_draft_begins_once_however_often_the_button_is_pressed(
    client, kommune, seite, offene_runde
):
    daten = {"marke": marke(client.get(seite).text), "vorlage": "leer"}
    ziele = {client.post(seite, daten)["Location"] for _ in range(3)}
    (antrag,) = Foerderantrag.objects.filter(kommune=kommune)
    assert ziele == {f"/antraege/{antrag.pk}/"}
    assert antrag.runde == offene_runde


def test_existing_drafts_are_offered_first(client, kommune, seite, offene_runde):
    make_antrag(kommune=kommune, titel="Angefangenes Vorhaben", runde=offene_runde)
    make_antrag(titel="Vorhaben einer anderen Kommune", runde=offene_runde)
    html = client.get(seite).text
    assert html.index("Angefangenes Vorhaben") < html.index("Neuen Antrag beginnen")
    assert "einer anderen Kommune" not in html


def test_without_an_open_round_the_page_names_the_next_one(client, kommune, seite):
    kommend = timezone.localdate().year + 1
    make_runde(jahr_von=kommend + 1, beginn=date(kommend, 8, 31), schluss=date(kommend, 10, 15))
    html = client.get(seite).text
    assert f"31.08.{kommend}" in html
    assert "Neuen Antrag beginnen" not in html
    antwort = client.post(seite, {"marke": uuid.uuid4(), "vorlage": "leer"})
    assert antwort.status_code == 409
    assert not Foerderantrag.objects.exists()


def test_a_round_that_closed_while_the_page_was_open_takes_no_draft(
    client, kommune, seite, offene_runde
):
    daten = {"marke": marke(client.get(seite).text), "vorlage": "leer"}
    Foerderrunde.objects.all().delete()
    antwort = client.post(seite, daten)
    assert antwort.status_code == 409
    assert "Zurzeit lässt sich kein Antrag beginnen." in antwort.text


def test_an_incomplete_form_is_answered_with_a_sentence(client, kommune, seite, offene_runde):
    for daten in (
        {},
        {"marke": "keine", "vorlage": "leer"},
        {"marke": uuid.uuid4(), "vorlage": "x"},
    ):
        antwort = client.post(seite, daten)
        assert antwort.status_code == 200
        assert "assk-fehler" in antwort.text
    assert not Foerderantrag.objects.exists()


@pytest.mark.parametrize("rolle", [Rolle.LESEN, Rolle.ZEICHNUNG, Rolle.VERWALTUNG])
def test_other_roles_begin_nothing(client, kommune, offene_runde, rolle):
    client.force_login(make_mitglied(kommune, rolle))
    assert client.get(f"/mein-bereich/{kommune.kennung}/antraege/neu/").status_code == 403
    with pytest.raises(SchrittNichtMoeglich):
        beginne(kommune, durch=make_mitglied(kommune, rolle))


def test_a_mark_of_somebody_else_opens_nothing(kommune):
    fremder = beginne(make_kommune())
    with pytest.raises(SchrittNichtMoeglich):
        beginne(kommune, marke=fremder.marke)
    assert not Foerderantrag.objects.filter(kommune=kommune).exists()


@pytest.mark.parametrize(
    ("um", "offen"),
    [
        (datetime(2026, 8, 30, 21, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 8, 30, 22, 0, tzinfo=UTC), True),
        (datetime(2026, 10, 15, 21, 59, 59, tzinfo=UTC), True),
        (datetime(2026, 10, 15, 22, 0, tzinfo=UTC), False),
    ],
)
def test_first_and_last_moment_of_the_window(kommune, um, offen):
    if offen:
        assert beginne(kommune, um=um).status == Status.ENTWURF
    else:
        with pytest.raises(SchrittNichtMoeglich):
            beginne(kommune, um=um)


# --- Again next year (F27) -------------------------------------------------------------


@pytest.fixture
def alter_fall():
    """Submitted for 2027, so a new draft of 2028 can take it over."""
    antrag = make_vollstaendig()
    fest = inhalt(Umfeld(antrag, timezone.localdate(UM)))
    Foerderantrag.objects.filter(pk=antrag.pk).update(
        status=Status.EINGEREICHT, eingereicht_um=UM, nummer="KP-2027-0042",
        regelwerk=antrag.runde.regelwerk,
    )  # fmt: skip
    Fassung.objects.create(
        antrag=antrag, nummer=1, art=Fassung.Art.ANTRAG, inhalt=fest, pruefsumme=pruefsumme(fest),
        eingegangen_um=UM, vorbereitet_von=make_konto(), gezeichnet_von=make_konto(),
    )  # fmt: skip
    antrag.refresh_from_db()
    return antrag


@pytest.fixture
def kopie(alter_fall):
    runde = make_runde(jahr_von=2028, regelwerk=alter_fall.runde.regelwerk)
    return antragstellung.lege_an(
        alter_fall.kommune, runde, durch=make_mitglied(alter_fall.kommune, Rolle.BEARBEITUNG),
        um=datetime(2027, 9, 15, 8, tzinfo=UTC), marke=uuid.uuid4(), vorlage=alter_fall,
    )  # fmt: skip


def test_nothing_comes_along_from_another_kommune(alter_fall):
    andere = make_kommune()
    with pytest.raises(KeinRecht, match="eigenen Kommune"):
        beginne(andere, vorlage=alter_fall)
    assert not Foerderantrag.objects.filter(kommune=andere).exists()


def test_content_comes_along_marked_but_no_declarations(alter_fall, kopie):
    alt, neu = (
        {a.schluessel: a for a in antrag.abschnitte.all()} for antrag in (alter_fall, kopie)
    )
    assert neu["vorhaben"].eingaben == alt["vorhaben"].eingaben
    assert {"titel", "zielgruppen"} <= set(neu["vorhaben"].uebernommen)
    assert "handlungsempfehlung" not in neu["vorhaben"].uebernommen
    assert neu["erklaerungen"].eingaben == {}
    assert not neu["erklaerungen"].ist_begonnen
    assert (kopie.titel, kopie.vorgaenger) == (alter_fall.titel, alter_fall)
    assert alt["erklaerungen"].eingaben == ERKLAERUNGEN


def test_the_plan_moves_to_the_new_year(kopie):
    plan = kopie.abschnitte.get(schluessel="plan").eingaben
    assert set(plan["felder"]) == {"eigenmittel_2028", "zuwendung_2028"}
    assert plan["zeilen"]["sach"][0]["jahr"] == "2028"


def test_marks_are_shown_and_go_by_the_box_or_by_editing(client, kopie):
    client.force_login(make_mitglied(kopie.kommune, Rolle.BEARBEITUNG))
    adresse = f"/antraege/{kopie.pk}/beccaria-1/"
    assert "aus 2027, bitte prüfen" in client.get(adresse).text

    def offen():
        return kopie.abschnitte.get(schluessel="beccaria-1").uebernommen

    getippt = dict(kopie.abschnitte.get(schluessel="beccaria-1").eingaben["felder"])
    client.post(adresse, {**getippt, "frage_1a": "Neu geschrieben", "gesehen": "1"})
    assert offen() == [f"frage_1{b}" for b in "bcdef"]
    assert any(
        m.adresse.endswith("#uebernommen") for m in maengel(Umfeld(kopie, timezone.localdate(UM)))
    )
    client.post(
        adresse, {**getippt, "frage_1a": "Neu geschrieben", "gesehen": "2", "bestaetigt": "1"}
    )
    assert offen() == []


def test_only_a_submitted_case_of_the_own_kommune_is_offered(client, kommune, seite, offene_runde):
    html = client.get(seite).text
    assert "Angaben aus" not in html
    fremd = make_antrag(runde=offene_runde, status=Status.EINGEREICHT)
    daten = {"marke": marke(html), "vorlage": str(fremd.pk)}
    assert client.post(seite, daten).status_code == 200
    assert not Foerderantrag.objects.filter(kommune=kommune).exists()


# --- Step 1: advice ----------------------------------------------------------------------


def test_recorded_consultations_are_shown_without_internal_remarks(client, kommune):
    make_beratung(
        kommune=kommune, am="2026-06-01", thema="Fragen zum Antrag", bemerkung="streng intern"
    )
    antrag = make_antrag(kommune=kommune)
    client.force_login(make_mitglied(kommune, Rolle.LESEN))
    html = client.get(f"/antraege/{antrag.pk}/beratung/").text
    assert "Fragen zum Antrag" in html
    assert "streng intern" not in html
    assert "Beratung anfragen" not in html
    assert client.post(f"/antraege/{antrag.pk}/beratung/", {}).status_code == 403


def test_a_consultation_is_asked_for_with_a_button_once(client, kommune):
    antrag = make_antrag(kommune=kommune)
    client.force_login(make_mitglied(kommune, Rolle.BEARBEITUNG, name="Kim Muster"))
    adresse = f"/antraege/{antrag.pk}/beratung/"
    daten = {"marke": marke(client.get(adresse).text), "anliegen": "Wir planen etwas."}
    for _ in range(2):
        assert client.post(adresse, daten).status_code == 302
    assert Beratungsanfrage.objects.count() == 1
    html = client.get(adresse).text
    assert "Kim Muster" in html
    assert "Beratung anfragen</span>" not in html
    antwort = client.post(adresse, {"marke": uuid.uuid4(), "anliegen": "Noch eine."})
    assert antwort.status_code == 409
    assert "schon eine Beratung angefragt" in antwort.text
    assert "Noch eine." in antwort.text


def test_an_empty_request_is_refused_at_the_field(client, kommune):
    antrag = make_antrag(kommune=kommune)
    client.force_login(make_mitglied(kommune, Rolle.BEARBEITUNG))
    antwort = client.post(f"/antraege/{antrag.pk}/beratung/", {"marke": uuid.uuid4()})
    assert antwort.status_code == 200
    assert "worum es geht" in antwort.text
