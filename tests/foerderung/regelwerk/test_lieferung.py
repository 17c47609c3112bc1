"""The delivered rule set: complete, marked where unconfirmed, and never over what staff decided."""

import shutil
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError

from asskomm.portal.seiten import lieferung as textseiten
from foerderung import beccaria
from foerderung.models import (
    TEILE,
    Bescheidanlage,
    Entscheidung,
    Foerderrunde,
    Personalobergrenze,
    Regel,
    Regelwerk,
    Textbaustein,
)
from foerderung.regelwerk import lieferung, platzhalter, verfahren
from foerderung.regelwerk.bausteine import BESCHEIDE, SCHLUESSEL, Fall, bausteine, verwendung
from tests.factories import make_runde

S = Regel.Schluessel


def werte(regelwerk):
    return {regel.schluessel: regel for regel in regelwerk.regeln.all()}


def test_it_comes_released_and_without_gaps(geliefert):
    assert geliefert.ist_freigegeben
    assert verfahren.luecken(geliefert) == []
    for teil in {*TEILE} - {Bescheidanlage}:
        assert teil.objects.filter(regelwerk=geliefert).exists(), teil


def test_values_that_sources_name(geliefert):
    regeln = werte(geliefert)
    assert regeln[S.HOECHSTSATZ].wert == Decimal("90")
    assert regeln[S.EIGENANTEIL].wert == Decimal("10")
    assert regeln[S.UNTERGRENZE].wert == Decimal("10000")
    assert regeln[S.ERSTATTUNG_UNTER].wert == Decimal("20000")
    assert regeln[S.ABRUF_TAGE].wert == Decimal("10")
    assert geliefert.ausnahmegruende.count() == 3
    for schluessel in (S.HOECHSTSATZ, S.EIGENANTEIL, S.UNTERGRENZE, S.ERSTATTUNG_UNTER):
        assert regeln[schluessel].bestaetigt, schluessel


@pytest.mark.parametrize(
    "schluessel",
    [
        S.STUNDENSATZ_EIGENLEISTUNG,
        S.RECHTSBEHELF_MONATE,
        S.VERWENDUNGSNACHWEIS_MONATE,
        S.WEITERFUEHRUNG,
        S.KEIN_VORZEITIGER_BEGINN,
        S.GUTACHTEN_MINDESTENS,
    ],
)
def test_what_no_source_confirms_says_so(geliefert, schluessel):
    assert not werte(geliefert)[schluessel].bestaetigt


def test_every_rule_has_its_own_number_in_order_and_a_source(geliefert):
    regeln = list(geliefert.regeln.all())
    assert [regel.nummer for regel in regeln] == [f"R{n}" for n in range(1, len(regeln) + 1)]
    assert all(regel.quelle for regel in regeln)


def test_ceilings_hold_the_groups_of_the_directive_and_no_confirmed_amount(geliefert):
    Q = Personalobergrenze.Qualifikation
    gruppen = {Q.BERUF: 7, Q.FACHHOCHSCHULE: 11, Q.HOCHSCHULE: 14, Q.FUEHRUNG: 15}
    for jahr in range(2024, 2029):
        grenzen = geliefert.personalobergrenzen.filter(jahr=jahr)
        assert {g.qualifikation: g.entgeltgruppe for g in grenzen} == gruppen
        assert {grenze.stufe for grenze in grenzen} == {3}
    assert not geliefert.personalobergrenzen.filter(bestaetigt=True).exists()
    assert all("Annahme" in g.quelle for g in geliefert.personalobergrenzen.all())


def test_rounds_follow_the_window_of_the_directive(geliefert):
    runden = {runde.jahr_von: runde for runde in Foerderrunde.objects.all()}
    assert {2025, 2026, 2027} <= set(runden)
    for jahr, runde in runden.items():
        assert (runde.beginn, runde.schluss) == (date(jahr - 1, 8, 31), date(jahr - 1, 10, 15))
        assert runde.regelwerk == geliefert


def test_text_blocks_use_known_placeholders_only(geliefert):
    for baustein in geliefert.textbausteine.all():
        assert platzhalter.unbekannte(baustein.text) == [], baustein.schluessel
    benutzt = {n for b in geliefert.textbausteine.all() for n in platzhalter.verwendete(b.text)}
    assert {"betrag", "betrag_in_worten", "gruende", "nachweis_bis"} <= benutzt


def test_text_blocks_are_those_that_notices_are_made_of(geliefert):
    vorhanden = set(geliefert.textbausteine.values_list("schluessel", flat=True))
    assert vorhanden == set(SCHLUESSEL)


def test_every_kind_of_notice_ends_with_the_remedies():
    assert set(BESCHEIDE) == set(Entscheidung.Art)
    for art in Entscheidung.Art:
        assert bausteine(art, [])[-1] == "rechtsbehelf"


def test_a_notice_has_the_payment_block_of_its_mode_only():
    abruf = bausteine(Entscheidung.Art.BEWILLIGUNG, [Fall.ABRUF])
    assert "auszahlung_abruf" in abruf
    assert "auszahlung_erstattung" not in abruf
    assert "nebenbestimmungen_personal" not in abruf
    assert "nebenbestimmungen_personal" in bausteine(
        Entscheidung.Art.BEWILLIGUNG, [Fall.ERSTATTUNG, Fall.PERSONAL]
    )
    assert verwendung("auszahlung_erstattung") == "Bewilligung, Teilbewilligung (bei Erstattung)"
    assert verwendung("eigener") == "in keinem Bescheid"


def test_placeholders_are_filled_once_and_never_read_again():
    assert platzhalter.setze_ein("{titel} {betrag}", {"titel": "{betrag}", "betrag": "1 €"}) == (
        "{betrag} 1 €"
    )
    with pytest.raises(KeyError):
        platzhalter.setze_ein("{gruende}", {})
    assert platzhalter.unbekannte("{titel} {konto.password} {0}") == ["konto.password", "0"]


# --- Running again ------------------------------------------------------------


def test_a_second_run_changes_nothing(geliefert, rufe):
    assert "nichts geändert" in rufe()
    assert Regelwerk.objects.count() == 1


def test_a_dry_run_stores_nothing(db, rufe):
    rufe(trockenlauf=True)
    assert not Regelwerk.objects.exists()


def test_a_round_that_staff_moved_stays_moved(geliefert, rufe):
    runde = Foerderrunde.objects.get(jahr_von=2028)
    runde.schluss = date(2027, 11, 30)
    runde.save()
    assert "von Hand geändert, bleibt" in rufe()
    runde.refresh_from_db()
    assert runde.schluss == date(2027, 11, 30)


def test_a_round_that_staff_deleted_stays_away(geliefert, rufe):
    Foerderrunde.objects.get(jahr_von=2028).delete()
    assert "von Hand gelöscht, bleibt weg" in rufe()
    assert not Foerderrunde.objects.filter(jahr_von=2028).exists()


def test_a_round_of_staff_in_the_same_weeks_counts_and_the_start_goes_on(db, rufe):
    make_runde(jahr_von=2028, jahr_bis=2028, beginn=date(2027, 9, 1), schluss=date(2027, 9, 30))
    ausgabe = rufe()
    assert "Förderrunde 2028: nicht eingefügt" in ausgabe
    assert Foerderrunde.objects.filter(jahr_von=2028).count() == 1


def test_a_released_version_is_never_touched_by_a_newer_file(geliefert, rufe, tmp_path):
    ordner = tmp_path / "daten"
    shutil.copytree(lieferung.ORDNER, ordner)
    regeln = ordner / "regeln.csv"
    regeln.write_text(regeln.read_text().replace(",90,prozent", ",80,prozent"))
    assert "nichts geändert" in rufe(ordner=ordner)
    assert werte(geliefert)[S.HOECHSTSATZ].wert == Decimal("90")


def test_a_mistake_in_a_file_is_named_and_nothing_is_stored(db, rufe, tmp_path):
    ordner = tmp_path / "daten"
    shutil.copytree(lieferung.ORDNER, ordner)
    regeln = ordner / "regeln.csv"
    regeln.write_text(regeln.read_text().replace(",90,prozent", ",neunzig,prozent"))
    with pytest.raises(CommandError) as fehler:
        rufe(ordner=ordner)
    assert "regeln.csv, Zeile 8, Spalte „wert“" in str(fehler.value)
    assert not Regelwerk.objects.exists()


def test_a_rate_over_100_is_refused_by_the_database_too(db, rufe, tmp_path):
    ordner = tmp_path / "daten"
    shutil.copytree(lieferung.ORDNER, ordner)
    regeln = ordner / "regeln.csv"
    regeln.write_text(regeln.read_text().replace(",90,prozent", ",101,prozent"))
    with pytest.raises(CommandError, match="höchstens 100 Prozent"):
        rufe(ordner=ordner)


# --- Beccaria -----------------------------------------------------------------


def test_seven_standards_six_of_them_in_the_application():
    assert [s.nummer for s in beccaria.STANDARDS] == [1, 2, 3, 4, 5, 6, 7]
    assert [s.nummer for s in beccaria.IM_ANTRAG] == [1, 2, 3, 4, 5, 6]
    assert [s.nummer for s in beccaria.IM_NACHWEIS] == [6, 7]


def test_questions_are_lettered_and_have_help_and_a_length():
    for standard in beccaria.STANDARDS:
        schluessel = [frage.schluessel for frage in standard.teilfragen]
        assert schluessel == [
            f"{standard.nummer}{buchstabe}" for buchstabe in "abcdefgh"[: len(schluessel)]
        ]
        assert all(f.frage.endswith("?") and f.hilfe and f.hoechstens for f in standard.teilfragen)


def test_the_public_page_names_the_same_steps():
    """Its headings are those of the form; "Evaluation" stands there in a sentence."""
    seite = (textseiten.TEXTE / "foerderung-beccaria-standards.md").read_text()
    for standard in beccaria.STANDARDS:
        titel = standard.titel.removesuffix(" (Evaluation)")
        assert f"\n## {standard.nummer}. {titel}\n" in seite


def test_texts_of_notices_are_marked_unless_a_source_has_them(geliefert):
    offen = Textbaustein.objects.filter(bestaetigt=False)
    assert offen.filter(schluessel="rechtsbehelf").exists()
