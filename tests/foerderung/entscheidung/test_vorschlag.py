"""Proposing a decision: what it must hold, who may, and in which state."""

import uuid
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from asskomm.post.models import Nachricht
from asskomm.schritt import SchrittNichtMoeglich, Ueberholt
from foerderung.bescheid.inhalt import BescheidUnvollstaendig
from foerderung.models import Befangenheit, Entscheidung, Mittelbindung, Regel, Status
from foerderung.verfahren import entscheidung as verfahren
from foerderung.verfahren.schritte import KeinRecht
from tests.factories import make_ansatz, make_konto, make_vertretung
from tests.protokoll.hilfen import sql

from .akten import UM, Art

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


def test_a_proposal_binds_nothing_yet_and_leaves_the_case(reif):
    vorschlag = reif.schlage_vor()
    assert vorschlag.ergebnis == "offen"
    assert reif.status == Status.ENTSCHEIDUNGSREIF
    assert reif.gebunden == 0
    assert [z.betrag_euro for z in vorschlag.mittelbindungen.all()] == [Decimal("27000.00")]


def test_the_leitung_is_told(reif):
    befangen = make_konto(["Leitung"])
    Befangenheit.objects.create(antrag=reif.antrag, konto=befangen, erklaert_um=UM)
    reif.schlage_vor()
    mails = Nachricht.objects.filter(vorlage="entscheidung_vorgeschlagen")
    assert [mail.konto for mail in mails] == [reif.leitung]
    assert str(reif.antrag.pk) in mails[0].text


def test_it_may_differ_from_the_recommendation(reif):
    vorschlag = reif.schlage_vor(
        Art.TEILBEWILLIGUNG, betrag_euro=Decimal("20000.00"), foerdersatz=Decimal("66.67")
    )
    assert vorschlag.betrag_euro == Decimal("20000.00")


FALSCH = [
    ({"zuwendungsfaehig_euro": Decimal("30000.01")}, "zuwendungsfaehig_euro"),
    ({"foerdersatz": Decimal("90.01")}, "foerdersatz"),
    ({"foerdersatz": None}, "foerdersatz"),
    ({"betrag_euro": Decimal("27000.01")}, "betrag_euro"),
    ({"betrag_euro": None, "mittel": {}}, "betrag_euro"),
    ({"betrag_euro": Decimal("26000.00")}, "betrag_euro"),
    ({"art": Art.TEILBEWILLIGUNG}, "betrag_euro"),
    (
        {"art": Art.TEILBEWILLIGUNG, "betrag_euro": Decimal("20000.00"), "gruende": " "},
        "gruende",
    ),
    ({"bewilligung_von": None}, "bewilligung_von"),
    ({"bewilligung_bis": None}, "bewilligung_bis"),
    ({"bewilligung_bis": date(2026, 12, 31)}, "bewilligung_bis"),
    ({"mittel": {}}, "mittel"),
    ({"mittel": {1_000_000: Decimal("27000.00")}}, "mittel"),
    ({"begruendung": ""}, "begruendung"),
    ({"art": Art.ABLEHNUNG, "gruende": ""}, "gruende"),
    ({"art": Art.ABLEHNUNG, "angehoert_am": None}, "angehoert_am"),
    ({"art": Art.ABLEHNUNG, "angehoert_am": None, "anhoerung_entbehrlich": " "}, "angehoert_am"),
    ({"art": Art.ABLEHNUNG, "anhoerung_entbehrlich": "Verzichtet."}, "anhoerung_entbehrlich"),
    ({"art": Art.ABLEHNUNG, "angehoert_am": date(2026, 12, 2)}, "angehoert_am"),
    ({"art": Art.ABLEHNUNG, "angehoert_am": date(2026, 9, 29)}, "angehoert_am"),
]


@pytest.mark.parametrize(("werte", "feld"), FALSCH)
def test_what_breaks_a_rule_is_refused_at_its_field_and_nothing_is_stored(reif, werte, feld):
    with pytest.raises(verfahren.Unzulaessig) as fehler:
        reif.schlage_vor(**werte)
    assert feld in fehler.value.felder
    assert not Entscheidung.objects.exists()
    assert not Mittelbindung.objects.exists()


@pytest.mark.parametrize(
    "werte",
    [
        {"angehoert_am": date(2026, 12, 1)},
        {"angehoert_am": date(2026, 9, 30)},
        {"angehoert_am": None, "anhoerung_entbehrlich": "Die Kommune hat darauf verzichtet."},
    ],
)
def test_a_refusal_names_the_hearing_or_why_there_is_none(reif, werte):
    assert reif.schlage_vor(Art.ABLEHNUNG, **werte).art == Art.ABLEHNUNG


def test_a_refusal_binds_no_money(reif):
    with pytest.raises(verfahren.Unzulaessig) as fehler:
        reif.schlage_vor(Art.ABLEHNUNG, mittel={reif.ansatz.pk: Decimal("1.00")})
    assert "mittel" in fehler.value.felder


def test_more_than_is_free_is_refused_at_the_year(reif):
    type(reif.ansatz).objects.update(betrag_euro=Decimal("26999.99"))
    with pytest.raises(verfahren.Unzulaessig) as fehler:
        reif.schlage_vor()
    satz = fehler.value.felder[verfahren.mittelfeld(reif.ansatz.pk)]
    assert "nur 26.999,99\xa0€ frei" in satz
    type(reif.ansatz).objects.update(betrag_euro=Decimal("27000.00"))
    assert reif.schlage_vor()


def test_several_years_share_the_amount(reif):
    spaeter = make_ansatz(haushaltsjahr=2028)
    mittel = {reif.ansatz.pk: Decimal("17000.00"), spaeter.pk: Decimal("10000.00")}
    with pytest.raises(verfahren.Unzulaessig):
        reif.schlage_vor(mittel=mittel | {spaeter.pk: Decimal("10000.01")})
    vorschlag = reif.schlage_vor(mittel=mittel)
    gebunden = dict(vorschlag.mittelbindungen.values_list("ansatz", "betrag_euro"))
    assert gebunden == mittel


def test_no_year_gives_back_what_another_takes(reif):
    spaeter = make_ansatz(haushaltsjahr=2028)
    mittel = {reif.ansatz.pk: Decimal("28000.00"), spaeter.pk: Decimal("-1000.00")}
    with pytest.raises(verfahren.Unzulaessig) as fehler:
        reif.schlage_vor(mittel=mittel)
    assert set(fehler.value.felder) == {verfahren.mittelfeld(spaeter.pk)}


def test_what_a_proposal_binds_stays_as_it_is(reif):
    zeilen = reif.schlage_vor().mittelbindungen.all()
    for tat in (lambda: zeilen.update(betrag_euro=1), zeilen.delete):
        with pytest.raises(IntegrityError, match="Mittelbindung bleibt"), transaction.atomic():
            tat()


def test_nothing_is_bound_by_a_decision_that_is_made(bewilligt):
    entscheidung = bewilligt.antrag.entscheidungen.get()
    anderer = make_ansatz(haushaltsjahr=2028)
    with pytest.raises(IntegrityError, match="Mittelbindung bleibt"), transaction.atomic():
        Mittelbindung.objects.create(
            entscheidung=entscheidung, ansatz=anderer, betrag_euro=Decimal("1.00")
        )


# --- The notice must build -------------------------------------------------------


def test_a_notice_with_gaps_is_listed_and_nothing_is_proposed(reif):
    sql("ALTER TABLE foerderung_regel DISABLE TRIGGER regelwerk_bleibt")
    Regel.objects.filter(schluessel=Regel.Schluessel.RECHTSBEHELF_MONATE).delete()
    with pytest.raises(BescheidUnvollstaendig) as fehler:
        reif.schlage_vor()
    assert any("Frist für den Rechtsbehelf" in luecke for luecke in fehler.value.luecken)
    assert not Entscheidung.objects.exists()


# --- Who, when, how often ---------------------------------------------------------


@pytest.mark.parametrize("rolle", ["Leitung", "Prüfung", "Redaktion", "Administration"])
def test_only_the_sachbearbeitung_proposes(reif, rolle):
    with pytest.raises(KeinRecht):
        reif.schlage_vor(durch=make_konto([rolle]))


def test_a_deputy_proposes_in_the_name_of_the_represented(reif):
    vertretung = make_konto(is_staff=True)
    heute = UM.date()
    make_vertretung(
        vertreter=vertretung, vertretener=reif.sachbearbeitung, beginn=heute.replace(month=1)
    )
    vorschlag = reif.schlage_vor(durch=vertretung)
    assert vorschlag.vorgeschlagen_fuer == reif.sachbearbeitung


def test_the_same_form_sent_twice_is_one_proposal(reif):
    marke, gesehen = uuid.uuid4(), reif.version
    erster = reif.schlage_vor(marke=marke, gesehen=gesehen)
    assert reif.schlage_vor(marke=marke, gesehen=gesehen) == erster
    assert Mittelbindung.objects.count() == 1


def test_a_second_proposal_waits_for_the_first(reif):
    reif.schlage_vor()
    with pytest.raises(SchrittNichtMoeglich, match="schon ein Vorschlag"):
        reif.schlage_vor(Art.ABLEHNUNG)


def test_who_saw_an_older_case_is_told_so(reif):
    with pytest.raises(Ueberholt):
        reif.schlage_vor(gesehen=reif.version - 1)


@pytest.mark.parametrize("art", [Art.AENDERUNG, Art.WIDERRUF])
def test_before_the_award_there_is_nothing_to_change(reif, art):
    with pytest.raises(Ueberholt):
        reif.schlage_vor(art)


@pytest.mark.parametrize("art", [Art.BEWILLIGUNG, Art.ABLEHNUNG])
def test_after_the_award_nothing_is_awarded_anew(bewilligt, art):
    with pytest.raises(Ueberholt):
        bewilligt.schlage_vor(art)


def test_who_proposed_takes_it_back_and_nobody_else(reif):
    vorschlag = reif.schlage_vor()
    with pytest.raises(SchrittNichtMoeglich):
        verfahren.ziehe_vorschlag_zurueck(vorschlag, durch=reif.leitung, um=UM)
    verfahren.ziehe_vorschlag_zurueck(vorschlag, durch=reif.sachbearbeitung, um=UM)
    assert reif.schlage_vor(Art.ABLEHNUNG)
