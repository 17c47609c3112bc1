"""Rounds, extensions and budgets in the admin: what does not fit is named at its field."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from asskomm.protokoll.models import Eintrag
from asskomm.schritt import SchrittNichtMoeglich
from foerderung.models import Foerderrunde, Fristverlaengerung, Haushaltsansatz, Status
from foerderung.regelwerk.verfahren import verlaengere_frist
from tests.factories import (
    make_ansatz,
    make_antrag,
    make_kommune,
    make_konto,
    make_regelwerk,
    make_runde,
)
from tests.verwaltung.formulare import adresse, fehler, meldungen, sende

pytestmark = pytest.mark.thorough

UM = datetime(2026, 10, 20, 9, tzinfo=UTC)
NEU = {
    "jahr_von": "2028", "jahr_bis": "2028", "beginn": "31.08.2027", "schluss": "15.10.2027",
    "quelle": "RL KommPräv Ziff. VI Nr. 2",
}  # fmt: skip


@pytest.fixture
def neue_runde(sachbearbeitung):
    regelwerk = make_regelwerk()
    return lambda **felder: sende(
        sachbearbeitung, Foerderrunde, **(NEU | {"regelwerk": regelwerk.pk} | felder)
    )


# --- Rounds -------------------------------------------------------------------


def test_a_round_is_stored(neue_runde):
    assert neue_runde().status_code == 302
    assert str(Foerderrunde.objects.get()) == "Förderung 2028"


@pytest.mark.parametrize(
    ("bis", "jahre"), [(2027, "2027"), (2028, "2027 und 2028"), (2029, "2027 bis 2029")]
)
def test_a_round_names_its_years(bis, jahre):
    assert str(Foerderrunde(jahr_von=2027, jahr_bis=bis)) == f"Förderung {jahre}"


def test_one_day_is_a_window_too(neue_runde):
    assert neue_runde(beginn="15.10.2027").status_code == 302


@pytest.mark.parametrize(
    ("felder", "wo", "satz"),
    [
        ({"schluss": "30.08.2027"}, "schluss", "Der letzte Tag der Frist liegt vor dem ersten."),
        ({"jahr_bis": "2027"}, "jahr_bis", "Das letzte Förderjahr liegt vor dem ersten."),
        ({"jahr_von": "2017"}, "jahr_von", "Die Richtlinie gibt es seit 2018. Prüfen Sie das Jahr."),
        ({"beginn": "31.06.2027"}, "beginn", "Geben Sie ein Datum an, zum Beispiel 01.09.2026."),
        ({"quelle": " "}, "quelle", "Geben Sie hier etwas an."),
        ({"erinnerungen": "14; 7"}, "erinnerungen",
         "Geben Sie Zahlen von 1 bis 99 mit Komma an, zum Beispiel 14, 7, 2."),
        ({"regelwerk": ""}, "regelwerk", "Wählen Sie eine der Möglichkeiten aus."),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named_at_its_field(neue_runde, felder, wo, satz):
    antwort = neue_runde(**felder)
    assert fehler(antwort)[wo] == [satz]
    assert 'value="RL KommPräv Ziff. VI Nr. 2"' in antwort.content.decode() or wo == "quelle"
    assert not Foerderrunde.objects.exists()


@pytest.mark.parametrize(
    ("beginn", "schluss"),
    [("15.10.2026", "30.11.2026"), ("01.08.2026", "31.08.2026"), ("01.09.2026", "02.09.2026"),
     ("01.01.2026", "31.12.2026")],
)  # fmt: skip
def test_overlapping_windows_are_refused_and_the_other_round_is_named(neue_runde, beginn, schluss):
    make_runde()
    antwort = neue_runde(beginn=beginn, schluss=schluss)
    assert fehler(antwort) == {
        "beginn": [
            "In dieser Zeit läuft schon die Frist der Runde „Förderung 2027“ "
            "(31.08.2026 bis 15.10.2026)."
        ]
    }
    assert Foerderrunde.objects.count() == 1


def test_the_day_after_is_free(neue_runde):
    make_runde()
    assert neue_runde(beginn="16.10.2026", schluss="30.11.2026").status_code == 302


def test_the_database_refuses_overlapping_windows_too(db):
    erste = make_runde()
    with pytest.raises(IntegrityError, match="ohne_ueberschneidung"), transaction.atomic():
        Foerderrunde.objects.create(
            jahr_von=2028, jahr_bis=2028, beginn=erste.schluss, schluss=date(2026, 12, 1),
            regelwerk=erste.regelwerk, quelle="Test",
        )  # fmt: skip


def test_only_released_rule_sets_can_be_chosen(neue_runde):
    entwurf = make_regelwerk(freigegeben=False)
    assert "regelwerk" in fehler(neue_runde(regelwerk=entwurf.pk))


def test_whoever_may_only_look_reads_years_without_a_dot(leitung):
    runde = make_runde()
    inhalt = leitung.get(adresse(Foerderrunde, "change", runde.pk)).content.decode()
    assert ">2027<" in inhalt
    assert "2.027" not in inhalt


def test_the_list_counts_drafts_and_shows_none(sachbearbeitung):
    make_antrag(titel="Geheimes Vorhaben")
    make_antrag(status=Status.IN_ZEICHNUNG, titel="Geheimes Vorhaben")
    make_antrag(status=Status.EINGEREICHT)
    antwort = sachbearbeitung.get(adresse(Foerderrunde))
    runde = antwort.context["cl"].result_list[0]
    assert (runde.entwurf_zahl, runde.antrag_zahl) == (2, 1)
    assert "Geheimes" not in antwort.content.decode()


def test_a_round_with_submitted_applications_keeps_its_years(sachbearbeitung):
    runde = make_antrag(status=Status.EINGEREICHT).runde
    vorher = (runde.jahr_von, runde.jahr_bis)
    antwort = sende(sachbearbeitung, Foerderrunde, runde.pk, jahr_von="2031", jahr_bis="2031")
    assert set(fehler(antwort)) == {"jahr_von", "jahr_bis"}
    runde.refresh_from_db()
    assert (runde.jahr_von, runde.jahr_bis) == vorher


def test_a_round_with_drafts_alone_can_be_corrected(sachbearbeitung):
    runde = make_antrag().runde
    antwort = sende(sachbearbeitung, Foerderrunde, runde.pk, jahr_von="2031", jahr_bis="2031")
    assert antwort.status_code == 302


@pytest.mark.parametrize("weg", ["seite", "aktion"])
def test_a_used_round_is_not_deleted_and_the_sentence_says_why(sachbearbeitung, weg):
    antrag = make_antrag(titel="Geheimes Vorhaben")
    if weg == "seite":
        ziel, daten = adresse(Foerderrunde, "delete", antrag.runde_id), {"post": "yes"}
    else:
        ziel = adresse(Foerderrunde)
        daten = {"action": "delete_selected", "_selected_action": [antrag.runde_id], "post": "yes"}
    inhalt = sachbearbeitung.post(ziel, daten, follow=True).content.decode()
    assert "Löschen ist nicht möglich: Zu dieser Runde gibt es einen Antrag oder Entwurf." in inhalt
    assert "Geheimes" not in inhalt
    assert Foerderrunde.objects.filter(pk=antrag.runde_id).exists()


def test_an_unused_round_can_be_deleted(sachbearbeitung):
    runde = make_runde()
    sachbearbeitung.post(adresse(Foerderrunde, "delete", runde.pk), {"post": "yes"})
    assert not Foerderrunde.objects.exists()


# --- Extensions ---------------------------------------------------------------


def test_sachbearbeitung_extends_the_deadline_of_one_draft(sachbearbeitung):
    antrag = make_antrag(kommune=make_kommune(name="Zittau"), titel="Geheimes Vorhaben")
    formular = sachbearbeitung.get(adresse(Fristverlaengerung, "add")).content.decode()
    assert "Zittau: Förderung 2027, Frist bis 15.10.2026" in formular
    assert "Geheimes" not in formular
    antwort = sende(
        sachbearbeitung, Fristverlaengerung, antrag=antrag.pk, bis="31.12.2099",
        begruendung="Hochwasser im Rathaus",
    )  # fmt: skip
    assert antwort.status_code == 302
    verlaengerung = antrag.verlaengerungen.get()
    assert (verlaengerung.bis, verlaengerung.gegeben_von) == (
        date(2099, 12, 31), sachbearbeitung.konto,
    )  # fmt: skip
    eintrag = Eintrag.objects.get(handlung="antrag.frist_verlaengert")
    assert eintrag.gegenstand_nummer == str(antrag.pk)
    assert eintrag.angaben == {"bis": "2099-12-31"}
    seite = sachbearbeitung.get(adresse(Fristverlaengerung, "change", verlaengerung.pk))
    assert seite.status_code == 200
    assert "Hochwasser" in seite.content.decode()


def test_without_a_reason_nothing_is_extended(sachbearbeitung):
    antrag = make_antrag()
    antwort = sende(
        sachbearbeitung, Fristverlaengerung, antrag=antrag.pk, bis="31.12.2099", begruendung=" "
    )
    assert fehler(antwort)["begruendung"]
    assert not Fristverlaengerung.objects.exists()


def test_a_day_that_extends_nothing_is_refused_and_what_was_typed_stays(sachbearbeitung):
    antrag = make_antrag()
    antwort = sende(
        sachbearbeitung, Fristverlaengerung, antrag=antrag.pk, bis="15.10.2026",
        begruendung="Hochwasser",
    )  # fmt: skip
    assert "Die Frist endet schon am 15.10.2026." in " ".join(fehler(antwort)[""])
    assert "Hochwasser" in antwort.content.decode()


@pytest.mark.parametrize(
    ("um", "bis", "geht"),
    [
        (datetime(2026, 10, 1, tzinfo=UTC), date(2026, 10, 16), True),  # before the end
        (UM, date(2026, 10, 20), True),  # after it, until tonight
        (UM, date(2026, 10, 19), False),
        (datetime(2026, 10, 1, tzinfo=UTC), date(2026, 10, 15), False),
    ],
)
def test_before_and_after_the_end(db, um, bis, geht):
    antrag, wer = make_antrag(), make_konto(["Sachbearbeitung"])
    if geht:
        verlaengere_frist(antrag, bis=bis, begruendung="Hochwasser", durch=wer, um=um)
    else:
        with pytest.raises(SchrittNichtMoeglich):
            verlaengere_frist(antrag, bis=bis, begruendung="Hochwasser", durch=wer, um=um)
    assert antrag.verlaengerungen.count() == geht


def test_a_second_extension_goes_beyond_the_first(db):
    antrag, wer = make_antrag(), make_konto(["Sachbearbeitung"])
    verlaengere_frist(antrag, bis=date(2026, 11, 10), begruendung="Erste", durch=wer, um=UM)
    with pytest.raises(SchrittNichtMoeglich, match="10.11.2026"):
        verlaengere_frist(antrag, bis=date(2026, 11, 10), begruendung="Zweite", durch=wer, um=UM)
    verlaengere_frist(antrag, bis=date(2026, 11, 11), begruendung="Zweite", durch=wer, um=UM)


@pytest.mark.parametrize("status", [Status.EINGEREICHT, Status.ZURUECKGEZOGEN, Status.BEWILLIGT])
def test_only_drafts_have_a_deadline_to_extend(db, status):
    antrag, wer = make_antrag(status=status), make_konto(["Sachbearbeitung"])
    with pytest.raises(SchrittNichtMoeglich):
        verlaengere_frist(antrag, bis=date(2026, 11, 10), begruendung="x", durch=wer, um=UM)


@pytest.mark.parametrize("rolle", ["Leitung", "Prüfung", "Redaktion"])
def test_other_roles_extend_nothing(anmelden, rolle):
    antrag, client = make_antrag(), anmelden(rolle)
    assert client.get(adresse(Fristverlaengerung, "add")).status_code == 403
    with pytest.raises(SchrittNichtMoeglich):
        verlaengere_frist(
            antrag, bis=date(2026, 11, 10), begruendung="x", durch=client.konto, um=UM
        )


# --- Budget -------------------------------------------------------------------


@pytest.fixture
def ansatz(db):
    ansatz = make_ansatz(betrag_euro=Decimal("100000.00"))
    Haushaltsansatz.objects.filter(pk=ansatz.pk).update(gebunden_euro=Decimal("60000.00"))
    return ansatz


def test_a_budget_below_what_is_bound_is_refused_at_the_amount(sachbearbeitung, ansatz):
    antwort = sende(sachbearbeitung, Haushaltsansatz, ansatz.pk, betrag_euro="59.999,99")
    assert fehler(antwort) == {
        "betrag_euro": [
            "Der Ansatz ist kleiner als das, was durch Bewilligungen schon gebunden ist."
        ]
    }
    ansatz.refresh_from_db()
    assert ansatz.betrag_euro == Decimal("100000.00")


def test_exactly_what_is_bound_is_enough_and_stays_bound(sachbearbeitung, ansatz):
    antwort = sende(sachbearbeitung, Haushaltsansatz, ansatz.pk, betrag_euro="60.000,00")
    assert antwort.status_code == 302
    ansatz.refresh_from_db()
    assert (ansatz.betrag_euro, ansatz.gebunden_euro) == (Decimal("60000.00"),) * 2


@pytest.mark.parametrize(
    ("feld", "wert"), [("haushaltsjahr", "2031"), ("haushaltsstelle", "99 99/999 99")]
)
def test_a_bound_budget_keeps_year_and_line_that_notices_name(sachbearbeitung, ansatz, feld, wert):
    antwort = sende(sachbearbeitung, Haushaltsansatz, ansatz.pk, **{feld: wert})
    assert f"Bisher: {getattr(ansatz, feld)}." in fehler(antwort)[feld][0]
    vorher = getattr(ansatz, feld)
    ansatz.refresh_from_db()
    assert getattr(ansatz, feld) == vorher


@pytest.mark.parametrize("jahr", ["0", "2017", "2200"])
def test_a_budget_belongs_to_a_year_of_the_directive(sachbearbeitung, jahr):
    ansatz = make_ansatz()
    antwort = sende(sachbearbeitung, Haushaltsansatz, ansatz.pk, haushaltsjahr=jahr)
    assert fehler(antwort) == {"haushaltsjahr": ["Geben Sie ein Jahr von 2018 bis 2199 an."]}


def test_a_budget_that_nobody_uses_can_move_to_another_year(sachbearbeitung):
    ansatz = make_ansatz()
    assert (
        sende(sachbearbeitung, Haushaltsansatz, ansatz.pk, haushaltsjahr="2031").status_code == 302
    )


def test_what_is_bound_cannot_be_smuggled_in(sachbearbeitung, ansatz):
    sende(sachbearbeitung, Haushaltsansatz, ansatz.pk, betrag_euro="90.000,00", gebunden_euro="0")
    ansatz.refresh_from_db()
    assert ansatz.gebunden_euro == Decimal("60000.00")


def test_a_bound_budget_is_not_deleted(sachbearbeitung, ansatz):
    antwort = sachbearbeitung.post(
        adresse(Haushaltsansatz, "delete", ansatz.pk), {"post": "yes"}, follow=True
    )
    assert "Entscheidungen oder Vorschläge nennen diesen Ansatz" in meldungen(antwort)[0]
    assert Haushaltsansatz.objects.exists()


def test_leitung_reads_the_budget_with_what_is_free(leitung, ansatz):
    inhalt = leitung.get(adresse(Haushaltsansatz, "change", ansatz.pk)).content.decode()
    assert "40.000,00" in inhalt
    assert ">2027<" in inhalt
    assert "_save" not in inhalt
