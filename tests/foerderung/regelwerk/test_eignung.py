"""The eligibility check: a clear answer to each question, nothing kept, never a dead end (F2)."""

import logging
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from foerderung.models import Regel
from foerderung.regelwerk import eignung
from foerderung.regelwerk.auskunft import Zustand, fenster, massgebend, runde_fuer, wertangabe
from foerderung.regelwerk.eignung import Urteil
from tests.factories import (
    gib_frei,
    make_kommune,
    make_konto,
    make_regelwerk,
    make_runde,
    make_seite,
)

ADRESSE = "/foerderung/eignung/"
AM = date(2026, 11, 22)
GUT = {
    "wer": "gemeinde", "wo": "sachsen", "wofuer": "laufend", "wann": "2028",
    "eigenanteil": "ja", "beratung": "ja",
}  # fmt: skip
P, K, N = Urteil


def urteil(regelwerk, frage, antwort, am=AM):
    namen = [f.schluessel for f in eignung.fragen(regelwerk, am)]
    return pruefe(regelwerk, {frage: antwort}, am).auskuenfte[namen.index(frage)].urteil


def pruefe(regelwerk, andere, am=AM):
    return eignung.pruefe(GUT | andere, eignung.fragen(regelwerk, am), regelwerk)


# --- What the rules say -------------------------------------------------------


@pytest.mark.parametrize(
    ("frage", "antwort", "soll"),
    [
        ("wer", "gemeinde", P), ("wer", "landkreis", P), ("wer", "eigenbetrieb", P),
        ("wer", "verband", K), ("wer", "buendnis", K), ("wer", "verein", N), ("wer", "andere", N),
        ("wo", "sachsen", P), ("wo", "teils", K), ("wo", "ausserhalb", N),
        ("wofuer", "laufend", P), ("wofuer", "teils", K), ("wofuer", "investition", N),
        ("wann", "begonnen", N), ("wann", "2026", N), ("wann", "2027", N), ("wann", "2028", P),
        ("wann", "spaeter", K),
        ("eigenanteil", "ja", P), ("eigenanteil", "unklar", K), ("eigenanteil", "nein", N),
        ("beratung", "ja", P), ("beratung", "termin", K), ("beratung", "nein", K),
    ],
)  # fmt: skip
def test_each_answer_has_its_meaning(geliefert, frage, antwort, soll):
    assert urteil(geliefert, frage, antwort) == soll


def test_every_answer_has_a_reason_and_every_question_a_rule(geliefert):
    regeln = set(geliefert.regeln.values_list("schluessel", flat=True))
    for frage in eignung.fragen(geliefert, AM):
        assert frage.regel in regeln
        for antwort in frage.antworten.values():
            assert antwort.satz.endswith(".")


@pytest.mark.parametrize(
    ("andere", "soll"),
    [({}, P), ({"beratung": "nein"}, K), ({"beratung": "nein", "wofuer": "investition"}, N)],
)
def test_the_worst_answer_decides(geliefert, andere, soll):
    assert pruefe(geliefert, andere).urteil == soll


@pytest.mark.parametrize(
    ("am", "soll"),
    [
        (date(2026, 8, 30), (P, "nehmen wir in dieser Zeit an: 31.08.2026 bis 15.10.2026.")),
        (date(2026, 8, 31), (P, "nehmen wir bis 15.10.2026, 24:00 Uhr, an.")),
        (date(2026, 10, 15), (P, "nehmen wir bis 15.10.2026, 24:00 Uhr, an.")),
        (date(2026, 10, 16), (N, "endete am 15.10.2026.")),
    ],
)
def test_the_year_is_judged_by_its_round_on_each_day(geliefert, am, soll):
    auskunft = pruefe(geliefert, {"wann": "2027"}, am).auskuenfte[3]
    assert auskunft.urteil == soll[0]
    assert soll[1] in auskunft.satz


def test_a_year_without_a_round_is_to_be_asked_about(geliefert):
    assert urteil(geliefert, "wann", "2029", am=date(2027, 1, 1)) == K


def test_an_extra_round_for_the_running_year_counts(geliefert):
    make_runde(
        jahr_von=2027, jahr_bis=2027, beginn=date(2027, 6, 1), schluss=date(2027, 6, 30),
        regelwerk=geliefert,
    )  # fmt: skip
    assert runde_fuer(2027, date(2027, 5, 1)).beginn == date(2027, 6, 1)
    assert urteil(geliefert, "wann", "2027", am=date(2027, 5, 1)) == P
    assert urteil(geliefert, "wann", "2027", am=date(2027, 7, 1)) == N


# --- Windows and rule sets ----------------------------------------------------


@pytest.mark.parametrize(
    ("um", "zustand", "jahr"),
    [
        (datetime(2026, 8, 30, 21, 59, 59, tzinfo=UTC), Zustand.KOMMT, 2027),
        (datetime(2026, 8, 30, 22, 0, tzinfo=UTC), Zustand.OFFEN, 2027),  # midnight in Berlin
        (datetime(2026, 10, 15, 21, 59, 59, tzinfo=UTC), Zustand.OFFEN, 2027),
        (datetime(2026, 10, 15, 22, 0, tzinfo=UTC), Zustand.KOMMT, 2028),
    ],
)
def test_the_window_by_the_second(geliefert, um, zustand, jahr):
    jetzt = fenster(um)
    assert (jetzt.zustand, jetzt.runde.jahr_von) == (zustand, jahr)


def test_without_a_round_ahead_none_is_planned(db):
    make_runde()
    spaeter = datetime(2027, 1, 1, tzinfo=UTC)
    assert fenster(spaeter).zustand == Zustand.KEINES
    assert massgebend(spaeter).runden.exists() is True


def test_a_draft_is_never_what_counts(db):
    make_regelwerk(freigegeben=False)
    assert massgebend(datetime(2026, 11, 22, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    ("wert", "einheit", "text"),
    [
        ("90", "prozent", "90\N{NO-BREAK SPACE}%"),
        ("87.50", "prozent", "87,5\N{NO-BREAK SPACE}%"),
        ("10000", "euro", "10.000,00\N{NO-BREAK SPACE}€"),
        ("1", "monate", "1\N{NO-BREAK SPACE}Monat"),
        ("10", "tage", "10\N{NO-BREAK SPACE}Tage"),
        ("5", "anzahl", "5"),
        (None, "", ""),
    ],
)
def test_values_are_written_with_their_unit(wert, einheit, text):
    assert wertangabe(Regel(wert=wert and Decimal(wert), einheit=einheit)) == text


# --- The page -----------------------------------------------------------------


@pytest.fixture
def seiten(geliefert):
    for pfad in ("foerderung", "foerderung/beccaria-standards"):
        make_seite(pfad=pfad, titel=pfad)


@pytest.fixture
def heute(monkeypatch, seiten):
    """The day on which the pages look at the clock."""

    def am(jahr, monat, tag):
        monkeypatch.setattr(timezone, "now", lambda: datetime(jahr, monat, tag, 9, tzinfo=UTC))

    am(2026, 11, 22)
    return am


def test_it_asks_six_questions(client, heute):
    inhalt = client.get(ADRESSE).content.decode()
    assert inhalt.count("<fieldset") == 6
    assert "Kann die Kommune mindestens 10\N{NO-BREAK SPACE}% der Ausgaben selbst tragen?" in inhalt
    assert "Das nächste Antragsfenster beginnt am Dienstag" in inhalt


def test_good_answers_lead_on(client, heute):
    inhalt = client.post(ADRESSE, GUT).content.decode()
    assert "Eine Förderung kommt in Betracht</h2>" in inhalt
    assert inhalt.count("assk-chip--erfolg") == 6
    assert "mailto:lpr@smi.sachsen.de" in inhalt
    assert "Regel R8, Eigenanteil" in inhalt


def test_while_the_window_is_open_the_next_step_is_a_draft(client, heute):
    heute(2026, 9, 15)
    inhalt = client.post(ADRESSE, GUT | {"wann": "2027"}).content.decode()
    assert "Die Antragsfrist läuft." in inhalt
    assert 'href="/mein-bereich/"' in inhalt


@pytest.mark.parametrize(
    ("antwort", "regel"),
    [
        ({"wofuer": "investition"}, "Regel R5, Keine Investitionen"),
        ({"wer": "verein"}, "Regel R16, Weiterleitung an Dritte"),
        ({"wer": "andere"}, "Regel R1, Wer Anträge stellen kann"),
        ({"wann": "begonnen"}, "Regel R14, Kein Beginn vor dem Bescheid"),
    ],
)
def test_a_no_names_the_rule_and_whom_to_ask(client, heute, antwort, regel):
    inhalt = client.post(ADRESSE, GUT | antwort).content.decode()
    assert "So ist keine Förderung möglich</h2>" in inhalt
    assert regel in inhalt
    assert "welcher Weg Ihnen offensteht" in inhalt
    assert "mailto:lpr@smi.sachsen.de" in inhalt
    assert ("Suchen Sie Ihre Kommune" in inhalt) == (
        "wer" in antwort and antwort["wer"] == "verein"
    )


def test_an_unconfirmed_rule_is_marked(client, heute):
    assert "nicht bestätigt" not in client.post(ADRESSE, GUT).content.decode()
    inhalt = client.post(ADRESSE, GUT | {"wann": "begonnen"}).content.decode()
    assert "nicht bestätigt" in inhalt


def test_the_value_is_that_of_the_rule_set(client, db):
    regelwerk = make_regelwerk(freigegeben=False)
    regelwerk.regeln.filter(schluessel="eigenanteil").update(wert=25)
    gib_frei(regelwerk)
    inhalt = client.get(ADRESSE).content.decode()
    assert "mindestens 25\N{NO-BREAK SPACE}% der Ausgaben" in inhalt


@pytest.mark.parametrize(
    "falsch", [{"wer": ""}, {"wer": "x' OR 1=1"}, {"wer": "\x00"}, {"wer": ["a", "b"]}]
)
def test_odd_input_is_an_error_at_its_question_and_the_rest_stays(client, heute, falsch):
    antwort = client.post(ADRESSE, GUT | falsch)
    assert antwort.status_code == 200
    assert list(antwort.context["form"].errors) == ["wer"]
    inhalt = antwort.content.decode()
    assert "<title>Fehler: " in inhalt
    assert "Wer stellt den Antrag? Wählen Sie eine der Möglichkeiten aus." in inhalt
    assert inhalt.count(" checked") == 5
    assert "Eine Förderung kommt" not in inhalt


def test_nothing_chosen_is_six_errors(client, heute):
    assert "Bitte prüfen Sie 6 Angaben" in client.post(ADRESSE).content.decode()


def test_the_answers_are_kept_nowhere(client, heute, caplog):
    with caplog.at_level(logging.DEBUG):
        antwort = client.post(ADRESSE, GUT | {"wer": "landkreis"})
    assert not antwort.cookies
    assert "no-store" in antwort["Cache-Control"]
    assert "Cookie" not in antwort.get("Vary", "")
    for eintrag in caplog.records:
        if not eintrag.name.startswith("django.db"):
            assert "landkreis" not in eintrag.getMessage()


def test_it_writes_nothing(client, heute):
    with CaptureQueriesContext(connection) as abfragen:
        client.post(ADRESSE, GUT)
    assert all(a["sql"].lstrip().upper().startswith("SELECT") for a in abfragen.captured_queries)
    assert len(abfragen) <= 12


def test_it_needs_no_csrf_token_and_is_the_same_for_everybody(heute):
    client = Client(enforce_csrf_checks=True)
    vorher = client.post(ADRESSE, GUT)
    assert vorher.status_code == 200
    client.force_login(make_konto())
    assert client.post(ADRESSE, GUT).content == vorher.content


def test_without_any_rule_set_it_still_answers(client, db):
    make_kommune()
    for pfad in ("foerderung", "foerderung/beccaria-standards"):
        make_seite(pfad=pfad)
    jahr = str(timezone.localdate().year)
    antwort = client.post(ADRESSE, GUT | {"wann": jahr})
    assert antwort.status_code == 200
    assert "den Mindestanteil" in antwort.content.decode()
    assert "noch nicht hinterlegt" in client.get("/foerderung/regeln/").content.decode()


# --- Rules and deadline on the public pages -----------------------------------


def test_the_rules_page_lists_every_rule_with_its_mark(client, heute, geliefert):
    inhalt = client.get("/foerderung/regeln/").content.decode()
    for regel in geliefert.regeln.all():
        assert f'id="{regel.nummer}"' in inhalt
        assert regel.titel in inhalt
    offen = geliefert.regeln.filter(bestaetigt=False).count()
    grenzen = geliefert.personalobergrenzen.count()
    assert inhalt.count("nicht bestätigt</span>") == offen + grenzen + 1  # and the explanation
    assert "2024: abgeschlossene Berufsausbildung" in inhalt


def test_the_rules_page_costs_the_same_for_any_number_of_rules(
    client, heute, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8):
        client.get("/foerderung/regeln/")


def test_the_funding_page_shows_the_deadline_from_the_rounds(client, heute):
    heute(2026, 10, 1)
    inhalt = client.get("/foerderung/").content.decode()
    assert "Die Antragsfrist läuft." in inhalt
    assert "Donnerstag, <time" in inhalt
    assert f'href="{ADRESSE}"' in inhalt
    assert "Die Antragsfrist läuft" not in client.get("/foerderung/beccaria-standards/").content.decode()  # fmt: skip
