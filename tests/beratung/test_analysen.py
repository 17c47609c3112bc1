"""Phases, return and recommendations of an analysis, as its Kommunen see and change them (F37)."""

from copy import copy
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection

from asskomm.protokoll.models import Eintrag
from asskomm.schritt import SchrittNichtMoeglich, Ueberholt
from beratung.analysen.lage import phasenlage
from beratung.models import Analysephase, Handlungsempfehlung, Sicherheitsanalyse
from beratung.verfahren import analyse as verfahren
from kommunen.models import Rolle
from kommunen.tatsachen import Herkunft
from tests.factories import make_analyse, make_empfehlung, make_kommune, make_konto, make_mitglied
from tests.vieraugen.hilfen import verboten

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
UM = datetime(2026, 11, 23, 9, tzinfo=UTC)
HEUTE = date(2026, 11, 23)


def geht_nicht(regel, tat):
    def tat_und_ende():
        tat()
        connection.check_constraints()

    verboten(regel, tat_und_ende)


def make_phase(analyse, art, **tage):
    return Analysephase.objects.create(analyse=analyse, art=art, **tage)


@pytest.fixture
def kommune():
    return make_kommune()


@pytest.fixture
def bearbeitung(kommune):
    return make_mitglied(kommune, Rolle.BEARBEITUNG, name="Kim Muster")


@pytest.fixture
def empfehlung(kommune):
    return make_empfehlung(kommune=kommune)


def wie(empfehlung, durch):
    return {"durch": durch, "um": UM, "gesehen": empfehlung.version}


# --- What the database keeps -----------------------------------------------------------


def test_no_phase_begins_before_an_earlier_one():
    analyse = make_analyse()
    make_phase(analyse, "auftakt", von=date(2026, 3, 2), bis=date(2026, 3, 2))
    geht_nicht(
        "analysephase_reihenfolge",
        lambda: make_phase(analyse, "gebietsprofil", von=date(2026, 3, 1)),
    )
    make_phase(analyse, "gebietsprofil", von=date(2026, 3, 9))
    make_phase(analyse, "befragung", von=date(2026, 3, 9))  # side by side they may run
    connection.check_constraints()


@pytest.mark.parametrize(
    ("regel", "tage"),
    [
        ("analysephase_mit_tagen", {}),
        ("analysephase_plan", {"geplant_von": date(2026, 3, 1)}),
        ("analysephase_plan", {"geplant_von": date(2026, 3, 2), "geplant_bis": date(2026, 3, 1)}),
        ("analysephase_verlauf", {"von": date(2026, 3, 2), "bis": date(2026, 3, 1)}),
    ],
)
def test_a_phase_has_days_that_fit(regel, tage):
    geht_nicht(regel, lambda: make_phase(make_analyse(), "befragung", **tage))


def test_a_recommendation_is_for_a_kommune_of_its_analysis():
    analyse = make_analyse()
    geht_nicht(
        "handlungsempfehlung_kommune_der_analyse",
        lambda: make_empfehlung(analyse=analyse, kommune=make_kommune()),
    )
    eine = make_empfehlung(analyse=analyse)
    geht_nicht(
        "handlungsempfehlung_kommune_der_analyse", lambda: analyse.kommunen.set([make_kommune()])
    )
    geht_nicht(
        "handlungsempfehlung_bleibt",
        lambda: Handlungsempfehlung.objects.filter(pk=eine.pk).update(kommune=make_kommune()),
    )


@pytest.mark.parametrize(
    ("regel", "felder"),
    [
        ("handlungsempfehlung_geplant_mit_jahr", {"stand": "geplant"}),
        ("handlungsempfehlung_geplant_mit_jahr", {"geplant_jahr": 2027}),
        ("handlungsempfehlung_erlaeutert", {"stand": "verworfen"}),
        ("handlungsempfehlung_erlaeutert", {"erlaeuterung": "Weil"}),
        ("handlungsempfehlung_stand_und_faelle", {"stand": "foerderung"}),
        ("handlungsempfehlung_stand_und_faelle", {"faelle": 1}),
        ("handlungsempfehlung_faelle_stimmt", {"stand": "foerderung", "faelle": 1}),
    ],
)
def test_the_state_has_what_belongs_to_it(regel, felder):
    eine = make_empfehlung()
    geht_nicht(regel, lambda: Handlungsempfehlung.objects.filter(pk=eine.pk).update(**felder))


def test_the_share_comes_from_the_numbers_or_from_the_source():
    analyse = make_analyse(stichprobe=1000, ruecklauf=397)
    assert analyse.ruecklauf_anteil == Decimal("39.7")
    assert make_analyse(ruecklauf_prozent=Decimal("28.9")).ruecklauf_anteil == Decimal("28.9")
    assert make_analyse().ruecklauf_anteil is None
    eine = Sicherheitsanalyse.objects.filter(pk=analyse.pk)
    geht_nicht("sicherheitsanalyse_ruecklauf_einmal", lambda: eine.update(ruecklauf_prozent=39))
    for werte in ({"ruecklauf": 1001}, {"stichprobe": None}):
        geht_nicht(
            "sicherheitsanalyse_ruecklauf_aus_stichprobe", lambda werte=werte: eine.update(**werte)
        )


# --- Phases ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tage", "wort", "satz"),
    [
        (
            {"von": date(2026, 3, 2), "bis": date(2026, 3, 2)},
            "beendet", "02.03.2026.",
        ),
        (
            {"von": date(2026, 11, 2), "geplant_von": date(2026, 11, 2), "geplant_bis": date(2026, 12, 4)},
            "läuft", "Läuft seit 02.11.2026, geplant bis 04.12.2026.",
        ),
        (
            {"von": date(2026, 11, 2), "geplant_von": date(2026, 11, 2), "geplant_bis": date(2026, 11, 20)},
            "überfällig", "Läuft seit 02.11.2026, sollte bis 20.11.2026 enden.",
        ),
        (
            {"geplant_von": date(2026, 11, 20), "geplant_bis": date(2026, 12, 4)},
            "noch nicht begonnen", "Geplant: 20.11.2026 bis 04.12.2026.",
        ),
        (
            {"geplant_von": date(2026, 11, 23), "geplant_bis": date(2026, 12, 4)},
            "geplant", "Geplant: 23.11.2026 bis 04.12.2026.",
        ),
    ],
)  # fmt: skip
def test_a_phase_says_what_it_is_at(tage, wort, satz):
    phase = make_phase(make_analyse(), "befragung", **tage)
    lage = phasenlage(phase, HEUTE)
    assert (lage.wort, lage.satz) == (wort, satz)
    assert bool(lage.aufgaben) == (wort != "beendet")
    ueberfaellig = wort in ("überfällig", "noch nicht begonnen")
    assert Sicherheitsanalyse.objects.mit_ueberfaelliger_phase(HEUTE).exists() == ueberfaellig


def test_a_report_without_recommendations_is_a_task_after_eight_weeks():
    felder = {"stand": "abgeschlossen", "abschluss_am": "2026-09-27"}
    offen = make_analyse(**felder)
    make_analyse(**felder | {"abschluss_am": "2026-09-28"})
    make_analyse(**felder, herkunft=Herkunft.PROGRAMMDATEN)
    make_empfehlung(analyse=make_analyse(**felder))
    assert list(Sicherheitsanalyse.objects.ohne_empfehlungen(HEUTE)) == [offen]


# --- What the Kommune says ------------------------------------------------------------


def test_a_recommendation_is_planned_done_and_opened_again(empfehlung, bearbeitung):
    verfahren.plane(empfehlung, 2027, **wie(empfehlung, bearbeitung))
    assert (empfehlung.stand, empfehlung.geplant_jahr) == ("geplant", 2027)
    verfahren.erledige(empfehlung, "Mehr Körbe", **wie(empfehlung, bearbeitung))
    assert (empfehlung.stand, empfehlung.geplant_jahr) == ("erledigt", None)
    assert (empfehlung.erlaeuterung, empfehlung.geaendert_von) == ("Mehr Körbe", bearbeitung)
    verfahren.oeffne(empfehlung, **wie(empfehlung, bearbeitung))
    assert (empfehlung.stand, empfehlung.erlaeuterung, empfehlung.version) == ("offen", "", 4)
    eintraege = Eintrag.objects.filter(handlung__startswith="empfehlung.")
    assert [e.handlung for e in eintraege.order_by("pk")] == [
        "empfehlung.geplant", "empfehlung.erledigt", "empfehlung.geoeffnet",
    ]  # fmt: skip
    assert empfehlung.history.count() == 4


def test_sent_twice_it_is_done_once(empfehlung, bearbeitung):
    gesehen, zugleich = wie(empfehlung, bearbeitung), copy(empfehlung)
    for eine in (empfehlung, zugleich):
        verfahren.verwirf(eine, "Zu teuer", **gesehen)
        assert (eine.stand, eine.version) == ("verworfen", 2)
    assert Eintrag.objects.filter(handlung="empfehlung.verworfen").count() == 1


def test_other_words_from_an_older_page_are_not_lost_in_silence(empfehlung, bearbeitung):
    erst = wie(empfehlung, bearbeitung)
    verfahren.plane(empfehlung, 2028, **erst)
    with pytest.raises(Ueberholt, match="Jetzt ist sie: geplant"):
        verfahren.plane(empfehlung, 2029, **erst)
    empfehlung.refresh_from_db()
    assert (empfehlung.geplant_jahr, empfehlung.version) == (2028, 2)


def test_somebody_else_was_faster(empfehlung, bearbeitung):
    gesehen = wie(empfehlung, bearbeitung)
    zweite = make_mitglied(empfehlung.kommune, Rolle.BEARBEITUNG)
    verfahren.plane(empfehlung, 2027, **wie(empfehlung, zweite))
    with pytest.raises(Ueberholt, match="Jetzt ist sie: geplant"):
        verfahren.verwirf(empfehlung, "Zu teuer", **gesehen)


def test_only_bearbeitung_of_the_kommune_changes_it(empfehlung):
    for konto in (
        make_mitglied(empfehlung.kommune, Rolle.LESEN, Rolle.ZEICHNUNG),
        make_mitglied(make_kommune(), Rolle.BEARBEITUNG),
        make_konto(["Sachbearbeitung"]),
    ):
        with pytest.raises(SchrittNichtMoeglich):
            verfahren.plane(empfehlung, 2027, **wie(empfehlung, konto))


def test_a_year_in_the_past_and_empty_words_are_refused(empfehlung, bearbeitung):
    werte = wie(empfehlung, bearbeitung)
    with pytest.raises(SchrittNichtMoeglich, match="von 2026 bis 2041"):
        verfahren.plane(empfehlung, 2025, **werte)
    with pytest.raises(SchrittNichtMoeglich):
        verfahren.erledige(empfehlung, " ", **werte)
    with pytest.raises(SchrittNichtMoeglich):
        verfahren.verwirf(empfehlung, "", **werte)
    with pytest.raises(SchrittNichtMoeglich, match="Die Empfehlung ist offen"):
        verfahren.oeffne(empfehlung, **werte)


# --- Pages ----------------------------------------------------------------------------


@pytest.fixture
def als(client, kommune):
    def melde_an(*rollen):
        client.force_login(make_mitglied(kommune, *rollen))
        return client

    return melde_an


def adresse(kommune, ende=""):
    return f"/mein-bereich/{kommune.kennung}/analysen/{ende}"


def test_a_joint_analysis_shows_only_the_own_recommendations(als, kommune):
    andere = make_kommune(name="Nachbarstadt")
    analyse = make_analyse(kommunen=[kommune, andere], stichprobe=1000, ruecklauf=397)
    eigene = make_empfehlung(analyse=analyse, kommune=kommune, text="Bänke am Bahnhof")
    fremde = make_empfehlung(analyse=analyse, kommune=andere, text="Licht im Park")
    make_phase(analyse, "befragung", geplant_von=date(2026, 1, 5), geplant_bis=date(2026, 2, 6))
    client = als(Rolle.LESEN)
    seite = client.get(adresse(kommune, f"{analyse.pk}/")).text
    assert "Bänke am Bahnhof" in seite
    assert "Licht im Park" not in seite
    assert "397 Fragebögen, 39,7" in seite
    assert "Auszug aus dem Melderegister" in seite
    assert "Gemeinsam mit" in seite
    assert client.get(adresse(kommune, f"empfehlungen/{eigene.pk}/")).status_code == 200
    assert client.get(adresse(kommune, f"empfehlungen/{fremde.pk}/")).status_code == 404
    assert client.get(adresse(andere, f"{analyse.pk}/")).status_code == 404
    fremd = make_analyse(kommunen=[andere])
    assert client.get(adresse(kommune, f"{fremd.pk}/")).status_code == 404


def test_the_list_counts_the_states(als, empfehlung, kommune):
    make_empfehlung(analyse=empfehlung.analyse)
    assert "Ihre Empfehlungen: 2 offen" in als(Rolle.LESEN).get(adresse(kommune)).text


def test_whoever_reads_changes_nothing(als, empfehlung, kommune):
    client, ort = als(Rolle.LESEN), adresse(kommune, f"empfehlungen/{empfehlung.pk}/")
    assert "Stand speichern" not in client.get(ort).text
    assert client.post(ort, {"schritt": "planen", "jahr": "2030"}).status_code == 403


def test_the_state_is_set_on_the_page(als, empfehlung, kommune):
    client, ort = als(Rolle.BEARBEITUNG), adresse(kommune, f"empfehlungen/{empfehlung.pk}/")
    antwort = client.post(
        ort, {"schritt": "erledigen", "text": "Mehr Körbe", "gesehen": "1"}, follow=True
    )
    assert antwort.redirect_chain == [(f"{ort}#inhalt", 302)]
    assert "Die Empfehlung ist erledigt." in antwort.text
    assert "Mehr Körbe" in antwort.text
    assert "Empfehlung wieder öffnen" in antwort.text
    antwort = client.post(ort, {"schritt": "oeffnen", "gesehen": "2"}, follow=True)
    assert "Die Empfehlung ist wieder offen." in antwort.text


@pytest.mark.parametrize(
    ("getippt", "satz"),
    [
        ({}, "Wählen Sie, was aus der Empfehlung wird."),
        ({"schritt": "planen"}, "Wählen Sie das Jahr, für das Sie sie planen."),
        ({"schritt": "planen", "jahr": "1999"}, "Wählen Sie eines der Jahre."),
        ({"schritt": "erledigen"}, "Schreiben Sie, was getan wurde."),
        ({"schritt": "verwerfen"}, "Schreiben Sie, warum Sie die Empfehlung nicht umsetzen."),
        ({"schritt": "verschenken"}, "Wählen Sie, was aus der Empfehlung wird."),
        ({"schritt": "erledigen", "text": "x" * 1001}, "1001"),
    ],
)
def test_what_is_missing_is_said_at_its_place(als, empfehlung, kommune, getippt, satz):
    client, ort = als(Rolle.BEARBEITUNG), adresse(kommune, f"empfehlungen/{empfehlung.pk}/")
    antwort = client.post(ort, {**getippt, "gesehen": "1"})
    assert antwort.status_code == 200
    assert satz in antwort.text
    assert "Fehler: " in antwort.text
    empfehlung.refresh_from_db()
    assert empfehlung.stand == "offen"


def test_what_a_step_needs_is_not_called_voluntary(als, empfehlung, kommune):
    client, ort = als(Rolle.BEARBEITUNG), adresse(kommune, f"empfehlungen/{empfehlung.pk}/")
    assert "freiwillig" not in client.get(ort).text


def test_an_overtaken_form_keeps_what_was_typed(als, empfehlung, kommune, bearbeitung):
    verfahren.plane(empfehlung, 2027, **wie(empfehlung, bearbeitung))
    client, ort = als(Rolle.BEARBEITUNG), adresse(kommune, f"empfehlungen/{empfehlung.pk}/")
    antwort = client.post(ort, {"schritt": "verwerfen", "text": "Zu teuer", "gesehen": "1"})
    assert antwort.status_code == 409
    assert "Jetzt ist sie: geplant" in antwort.text
    assert "Zu teuer" in antwort.text
    assert 'name="gesehen" value="2"' in antwort.text


def test_a_form_sent_twice_says_what_was_saved(als, empfehlung, kommune):
    client, ort = als(Rolle.BEARBEITUNG), adresse(kommune, f"empfehlungen/{empfehlung.pk}/")
    for gesehen, getippt in enumerate(
        [{"schritt": "erledigen", "text": "Mehr Körbe"}, {"schritt": "oeffnen"}], start=1
    ):
        for _ in range(2):
            antwort = client.post(ort, {**getippt, "gesehen": str(gesehen)})
            assert antwort.status_code == 302
    empfehlung.refresh_from_db()
    assert (empfehlung.stand, empfehlung.version) == ("offen", 3)


def test_a_step_that_is_possible_no_longer_keeps_its_words_and_says_why(
    als, empfehlung, kommune, bearbeitung
):
    verfahren.erledige(empfehlung, "Mehr Körbe", **wie(empfehlung, bearbeitung))
    client, ort = als(Rolle.BEARBEITUNG), adresse(kommune, f"empfehlungen/{empfehlung.pk}/")
    for gesehen, satz in (("1", "Jetzt ist sie: erledigt"), ("2", "Die Empfehlung ist erledigt")):
        antwort = client.post(ort, {"schritt": "verwerfen", "text": "Zu teuer", "gesehen": gesehen})
        assert antwort.status_code == 409
        assert satz in antwort.text
        assert "Zu teuer" in antwort.text
        assert "Sie ist wieder offen" in antwort.text
    assert client.post(ort, {"schritt": "oeffnen", "gesehen": "2"}).status_code == 302


def test_of_the_lpr_no_name_is_shown(als, empfehlung, kommune):
    leitung = make_konto(["Leitung"], name="Lea Leitung")
    empfehlung.stand, empfehlung.geplant_jahr = "geplant", 2027
    empfehlung.geaendert_von, empfehlung.geaendert_um, empfehlung.version = leitung, UM, 2
    empfehlung.save()
    seite = als(Rolle.LESEN).get(adresse(kommune, f"empfehlungen/{empfehlung.pk}/")).text
    assert "Geplant für 2027" in seite
    assert "Geschäftsstelle" in seite
    assert "Lea Leitung" not in seite


def test_recommendations_are_never_public(client, empfehlung, kommune):
    seite = client.get(kommune.get_absolute_url()).text
    assert "Sicherheitsanalyse" in seite
    assert empfehlung.text not in seite


def test_the_number_of_queries_does_not_grow(als, kommune, django_assert_num_queries):
    client = als(Rolle.LESEN)
    analyse = make_analyse(kommunen=[kommune])
    client.get(adresse(kommune))
    for _ in range(2):
        make_empfehlung(analyse=analyse)
        make_empfehlung(kommune=kommune)
        with django_assert_num_queries(7):
            client.get(adresse(kommune))
        with django_assert_num_queries(9):
            client.get(adresse(kommune, f"{analyse.pk}/"))


# --- The LPR --------------------------------------------------------------------------


def im_admin(client, analyse, **felder):
    """What the form of the analysis sends, with one new row of each kind."""
    kopf = {}
    for name in ("phasen", "empfehlungen"):
        kopf |= {f"{name}-TOTAL_FORMS": "0", f"{name}-INITIAL_FORMS": "0"}
    ort = f"/admin/beratung/sicherheitsanalyse/{analyse.pk}/change/"
    stand = client.get(ort).context["bearbeitungsstand"]
    return client.post(
        ort,
        {
            "kommunen": [k.pk for k in analyse.kommunen.all()], "stand": "begonnen",
            "beginn": "18.02.2021", "quelle": "Test", "_stand": str(stand), **kopf, **felder,
        },
    )  # fmt: skip


@pytest.fixture
def sachbearbeitung(client):
    client.force_login(make_konto(["Sachbearbeitung"]))
    return client


def zeile(name, nummer, /, **felder):
    return {f"{name}-{nummer}-{feld}": wert for feld, wert in felder.items()}


def test_phases_and_recommendations_are_kept_in_the_admin(sachbearbeitung):
    analyse = make_analyse()
    (kommune,) = analyse.kommunen.all()
    antwort = im_admin(
        sachbearbeitung, analyse,
        **{"phasen-TOTAL_FORMS": "1", "empfehlungen-TOTAL_FORMS": "1"},
        **zeile("phasen", 0, art="auftakt", von="18.02.2021", bis="18.02.2021"),
        **zeile("empfehlungen", 0, kommune=kommune.pk, nummer="1", text="Mehr Licht"),
    )  # fmt: skip
    assert antwort.status_code == 302
    assert analyse.phasen.get().bis == date(2021, 2, 18)
    assert analyse.empfehlungen.get().text == "Mehr Licht"


@pytest.mark.parametrize(
    ("felder", "satz"),
    [
        (zeile("phasen", 0, art="auftakt", von="18.02.2099"), "Dieses Datum liegt in der Zukunft."),
        (zeile("phasen", 0, art="auftakt"), "wann die Phase geplant ist"),
        (
            zeile("phasen", 0, art="befragung", von="18.02.2021")
            | zeile("phasen", 1, art="auswertung", von="01.02.2021"),
            "Diese Phase wäre vor der Phase Bürgerbefragung begonnen.",
        ),
    ],
)
def test_phases_that_cannot_be_are_said_at_their_place(sachbearbeitung, felder, satz):
    analyse = make_analyse()
    zeilen = len({name.split("-")[1] for name in felder})
    antwort = im_admin(sachbearbeitung, analyse, **felder, **{"phasen-TOTAL_FORMS": str(zeilen)})
    assert antwort.status_code == 200
    assert satz in antwort.text
    assert not analyse.phasen.exists()


@pytest.mark.parametrize("rueckstand", ["phase", "empfehlungen"])
def test_the_tasks_list_what_they_count(sachbearbeitung, rueckstand):
    analyse = make_analyse(
        bezeichnung="Analyse A", stand="abgeschlossen", abschluss_am="2021-09-01"
    )
    make_phase(analyse, "workshop", geplant_von=date(2021, 9, 1), geplant_bis=date(2021, 9, 2))
    adresse = f"/admin/beratung/sicherheitsanalyse/?rueckstand={rueckstand}"
    assert adresse in sachbearbeitung.get("/admin/").text
    assert "Analyse A" in sachbearbeitung.get(adresse).text
