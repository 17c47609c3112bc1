"""The second person: what an approval brings about, and what it refuses."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from asskomm.konten import handlungen
from asskomm.konten.vieraugen import EigeneFreigabe
from asskomm.post.models import Nachricht
from asskomm.protokoll.models import Eintrag
from asskomm.schritt import SchrittNichtMoeglich, Ueberholt
from foerderung.bescheid.inhalt import BescheidUnvollstaendig
from foerderung.models import (
    Befangenheit,
    Bekanntgabe,
    Bescheid,
    Foerderantrag,
    Haushaltsansatz,
    Regel,
    Status,
    Zuwendung,
)
from foerderung.verfahren import entscheidung as verfahren
from foerderung.verfahren.schritte import KeinRecht, gehe
from tests.factories import make_ansatz, make_konto, make_vertretung
from tests.protokoll.hilfen import sql

from .akten import UM, Art

pytestmark = pytest.mark.django_db
TAG_DES_BESCHEIDS = datetime(2026, 12, 3, 9, tzinfo=UTC)


def nichts_ist_geschehen(akte):
    assert akte.status == Status.ENTSCHEIDUNGSREIF
    assert akte.gebunden == 0
    assert akte.offen
    assert not Bescheid.objects.exists()
    assert not Zuwendung.objects.exists()


def test_an_award_is_everything_at_once(reif):
    reif.schlage_vor()
    bescheid = reif.genehmige(um=TAG_DES_BESCHEIDS)
    assert reif.status == Status.BEWILLIGT
    assert reif.antrag.entschieden_um == TAG_DES_BESCHEIDS
    assert reif.antrag.beendet_um is None
    assert reif.gebunden == Decimal("27000.00")
    assert Bekanntgabe.objects.get().bescheid == bescheid
    zuwendung = Zuwendung.objects.get()
    assert zuwendung.bescheid == bescheid
    assert zuwendung.betrag_euro == Decimal("27000.00")
    assert str(zuwendung.bewilligt_am) == "03.12.2026"
    assert zuwendung.foerderjahr == 2027
    assert not zuwendung.veroeffentlicht, "only a final one is"
    entscheidung = bescheid.entscheidung
    assert (entscheidung.ergebnis, entscheidung.entschieden_von) == ("genehmigt", reif.leitung)
    eintrag = Eintrag.objects.get(handlung="antrag.bewilligen")
    assert (eintrag.durch, eintrag.angaben["betrag"]) == (reif.leitung, "27000.00")
    assert Nachricht.objects.filter(vorlage__contains="bescheid", konto=reif.zeichnung).exists()


def test_a_refusal_binds_nothing_and_ends_the_case(reif):
    reif.schlage_vor(Art.ABLEHNUNG)
    bescheid = reif.genehmige()
    assert reif.status == Status.ABGELEHNT
    assert bescheid.art == Art.ABLEHNUNG
    assert (reif.antrag.entschieden_um, reif.antrag.beendet_um) == (UM, UM)
    assert reif.gebunden == 0
    assert not Zuwendung.objects.exists()


def test_part_of_the_amount_binds_that_part(reif):
    reif.schlage_vor(
        Art.TEILBEWILLIGUNG, betrag_euro=Decimal("20000.00"), foerdersatz=Decimal("66.67")
    )
    assert reif.genehmige().art == Art.TEILBEWILLIGUNG
    assert reif.status == Status.BEWILLIGT
    assert reif.gebunden == Decimal("20000.00")


def test_commitments_bind_the_budget_of_their_year(reif):
    spaeter = make_ansatz(haushaltsjahr=2028)
    reif.schlage_vor(mittel={reif.ansatz.pk: Decimal("17000.00"), spaeter.pk: Decimal("10000.00")})
    reif.genehmige()
    spaeter.refresh_from_db()
    assert (reif.gebunden, spaeter.gebunden_euro) == (Decimal("17000.00"), Decimal("10000.00"))


# --- The budget ---------------------------------------------------------------------


def test_exactly_the_free_budget_is_enough_and_one_cent_less_is_not(reif):
    reif.schlage_vor()
    Haushaltsansatz.objects.update(betrag_euro=Decimal("26999.99"))
    with pytest.raises(verfahren.MittelReichenNicht, match="26.999,99"):
        reif.genehmige()
    nichts_ist_geschehen(reif)
    Haushaltsansatz.objects.update(betrag_euro=Decimal("27000.00"))
    reif.genehmige()
    assert reif.gebunden == Decimal("27000.00")


def test_when_a_later_year_is_short_the_first_is_not_bound_either(reif):
    spaeter = make_ansatz(haushaltsjahr=2028)
    reif.schlage_vor(mittel={reif.ansatz.pk: Decimal("17000.00"), spaeter.pk: Decimal("10000.00")})
    Haushaltsansatz.objects.filter(pk=spaeter.pk).update(betrag_euro=Decimal("9999.99"))
    with pytest.raises(verfahren.MittelReichenNicht, match="2028"):
        reif.genehmige()
    nichts_ist_geschehen(reif)


# --- Checked again ------------------------------------------------------------------


@pytest.mark.parametrize(
    "felder",
    [
        {"zuwendung_beantragt_euro": Decimal("26000.00")},
        {"ausgaben_euro": Decimal("29000.00")},
    ],
)
def test_amounts_are_held_against_the_application_as_it_is_now(reif, felder):
    reif.schlage_vor()
    Foerderantrag.objects.filter(pk=reif.antrag.pk).update(**felder)
    with pytest.raises(verfahren.Unzulaessig):
        reif.genehmige()
    nichts_ist_geschehen(reif)


def test_a_notice_that_no_longer_builds_is_not_issued(reif):
    reif.schlage_vor()
    sql("ALTER TABLE foerderung_regel DISABLE TRIGGER regelwerk_bleibt")
    Regel.objects.filter(schluessel=Regel.Schluessel.RECHTSBEHELF_MONATE).delete()
    with pytest.raises(BescheidUnvollstaendig):
        reif.genehmige()
    nichts_ist_geschehen(reif)


def test_who_saw_an_older_case_is_told_so(reif):
    reif.schlage_vor()
    with pytest.raises(Ueberholt):
        reif.genehmige(gesehen=reif.version - 1)
    nichts_ist_geschehen(reif)


def test_a_replayed_approval_changes_nothing(reif):
    vorschlag = reif.schlage_vor()
    reif.genehmige()
    with pytest.raises(SchrittNichtMoeglich, match="schon entschieden"):
        verfahren.genehmige(vorschlag, durch=reif.leitung, um=UM, gesehen=reif.version)
    assert reif.gebunden == Decimal("27000.00")
    assert Bescheid.objects.count() == 1


# --- Overtaken ----------------------------------------------------------------------


def ueberholt(akte, vorschlag, satz):
    with pytest.raises(verfahren.VorschlagUeberholt, match=satz):
        verfahren.genehmige(vorschlag, durch=akte.leitung, um=UM, gesehen=akte.version)
    vorschlag.refresh_from_db()
    assert vorschlag.ergebnis == "abgelehnt", "and closed"
    assert akte.gebunden == 0
    assert not Bescheid.objects.exists()


def test_a_withdrawn_case_is_not_decided_and_its_proposal_closed(reif):
    vorschlag = reif.schlage_vor()
    gehe(
        reif.antrag, "zurueckziehen", durch=reif.zeichnung, um=UM, gesehen=reif.version, grund="Aus"
    )
    ueberholt(reif, vorschlag, "zurückgezogen")


def test_a_case_that_was_stepped_back_and_recommended_anew_needs_a_new_proposal(reif):
    vorschlag = reif.schlage_vor()
    gehe(
        reif.antrag, "empfehlung_zuruecknehmen", durch=reif.sachbearbeitung, um=UM,
        gesehen=reif.version, grund="Neu prüfen",
    )  # fmt: skip
    reif.empfiehl(um=TAG_DES_BESCHEIDS)
    ueberholt(reif, vorschlag, "neue Empfehlung")


def test_the_proposal_of_somebody_biased_does_not_count(reif):
    vorschlag = reif.schlage_vor()
    Befangenheit.objects.create(antrag=reif.antrag, konto=reif.sachbearbeitung, erklaert_um=UM)
    ueberholt(reif, vorschlag, "Befangenheit")


# --- Two people ---------------------------------------------------------------------


def versuche():
    return Eintrag.objects.filter(handlung=handlungen.EIGENE_FREIGABE_VERSUCHT.schluessel).count()


def test_nobody_approves_the_own_proposal_whatever_their_roles(reif):
    beides = make_konto(["Sachbearbeitung", "Leitung"])
    reif.schlage_vor(durch=beides)
    with pytest.raises(EigeneFreigabe):
        reif.genehmige(durch=beides)
    assert versuche() == 1
    nichts_ist_geschehen(reif)
    reif.genehmige()
    assert reif.status == Status.BEWILLIGT


def test_nor_as_a_deputy_in_the_name_of_the_leitung(reif):
    make_vertretung(vertreter=reif.sachbearbeitung, vertretener=reif.leitung)
    reif.schlage_vor()
    with pytest.raises(EigeneFreigabe):
        reif.genehmige(durch=reif.sachbearbeitung)
    assert versuche() == 1
    nichts_ist_geschehen(reif)


def test_nor_does_a_deputy_approve_what_the_represented_proposed(reif):
    beides, vertretung = make_konto(["Sachbearbeitung", "Leitung"]), make_konto(is_staff=True)
    make_vertretung(vertreter=vertretung, vertretener=beides)
    reif.schlage_vor(durch=beides)
    with pytest.raises(EigeneFreigabe):
        reif.genehmige(durch=vertretung)
    eintrag = Eintrag.objects.get(handlung=handlungen.EIGENE_FREIGABE_VERSUCHT.schluessel)
    assert (eintrag.durch, eintrag.fuer) == (vertretung, beides)


def test_a_deputy_of_the_leitung_decides_as_the_own_person(reif):
    vertretung = make_konto(is_staff=True)
    make_vertretung(vertreter=vertretung, vertretener=reif.leitung)
    reif.schlage_vor()
    entscheidung = reif.genehmige(durch=vertretung).entscheidung
    assert (entscheidung.entschieden_von, entscheidung.entschieden_fuer) == (
        vertretung,
        reif.leitung,
    )


@pytest.mark.parametrize("rolle", ["Sachbearbeitung", "Prüfung", "Administration", "Redaktion"])
def test_without_the_right_nobody_decides(reif, rolle):
    vorschlag, andere = reif.schlage_vor(), make_konto([rolle])
    with pytest.raises(KeinRecht):
        reif.genehmige(durch=andere)
    with pytest.raises(KeinRecht):
        verfahren.lehne_vorschlag_ab(vorschlag, durch=andere, um=UM, grund="Nein")
    nichts_ist_geschehen(reif)


def test_nobody_decides_with_a_conflict_of_interest(reif):
    reif.schlage_vor()
    Befangenheit.objects.create(antrag=reif.antrag, konto=reif.leitung, erklaert_um=UM)
    with pytest.raises(KeinRecht):
        reif.genehmige()
    nichts_ist_geschehen(reif)


# --- Not followed -------------------------------------------------------------------


def test_a_proposal_that_is_not_followed_leaves_the_case_for_another(reif):
    vorschlag = reif.schlage_vor()
    with pytest.raises(SchrittNichtMoeglich):
        verfahren.lehne_vorschlag_ab(vorschlag, durch=reif.leitung, um=UM, grund=" ")
    verfahren.lehne_vorschlag_ab(vorschlag, durch=reif.leitung, um=UM, grund="Zu viel.")
    assert reif.status == Status.ENTSCHEIDUNGSREIF
    mail = Nachricht.objects.get(vorlage="entscheidung_nicht_gefolgt")
    assert mail.konto == reif.sachbearbeitung
    assert "Zu viel" not in mail.text
    reif.schlage_vor(Art.ABLEHNUNG)
    assert reif.genehmige().art == Art.ABLEHNUNG
