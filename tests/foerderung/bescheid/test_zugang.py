"""A letter that arrived later than it counts as known, or never: days, finality, what follows."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from asskomm.protokoll.models import Eintrag
from asskomm.schritt import SchrittNichtMoeglich, Ueberholt
from beratung.verfahren import analyse
from foerderung.kenntnis import ist_lesbar
from foerderung.models import (
    Aufgriff,
    Bekanntgabe,
    Bescheid,
    Foerderantrag,
    Regelwerk,
    Status,
    Zuwendung,
)
from foerderung.verfahren import bekanntgabe, rechtsbehelf
from foerderung.verfahren import zugang as verfahren
from foerderung.verfahren.rechtsbehelf import VERMERKE
from foerderung.verfahren.schritte import KeinRecht
from tests.factories import make_empfehlung, make_zuwendung

from .faelle import UM, Art, Fall, handlungen, jetzt, taeglich, um

pytestmark = pytest.mark.django_db
TAG = timedelta(days=1)
AUFGABE = date(2026, 11, 24)
FIKTIV = date(2026, 11, 28)
ALTES_ENDE = date(2026, 12, 28)
SPAETER = date(2026, 12, 3)
NEUES_ENDE = date(2027, 1, 4)  # the third is a Sunday
WANN = date(2026, 12, 10)


@pytest.fixture
def brief(per_post):
    """Posted on 24 November: counts as known on the 28th, to be taken to court until 28 December."""
    return zur_post(per_post)


def zur_post(fall, am=AUFGABE):
    bekanntgabe.gib_zur_post(fall.bescheid, am, durch=fall.sachbearbeitung, um=um(am))
    return fall.bescheid


def spaeter(fall, am=SPAETER, heute=WANN, gesehen=None, grund="Umschlag mit Stempel", durch=None):
    return verfahren.erfasse_zugang(
        fall.bescheid,
        am,
        grund=grund,
        durch=durch or fall.sachbearbeitung,
        um=um(heute),
        gesehen=jetzt(fall.bescheid).version if gesehen is None else gesehen,
    )


def verloren(fall, heute=WANN, gesehen=None, grund="Der Brief kam zurück", durch=None):
    return verfahren.erfasse_verlust(
        fall.bescheid,
        grund=grund,
        durch=durch or fall.sachbearbeitung,
        um=um(heute),
        gesehen=jetzt(fall.bescheid).version if gesehen is None else gesehen,
    )


def streiche(fall, was, heute=WANN):
    return rechtsbehelf.streiche(
        fall.bescheid,
        VERMERKE[was],
        grund="Verwechselt",
        durch=fall.sachbearbeitung,
        um=um(heute),
        gesehen=jetzt(fall.bescheid).version,
    )


def status(fall):
    return Foerderantrag.objects.get(pk=fall.antrag.pk).status


def tage(bescheid):
    nachher = jetzt(bescheid)
    return nachher.bekannt_am, nachher.rechtsbehelf_bis


# --- Later -------------------------------------------------------------------------


def test_the_period_runs_from_the_day_on_which_the_letter_arrived(per_post, brief):
    assert tage(brief) == (FIKTIV, ALTES_ENDE)
    spaeter(per_post)
    assert tage(brief) == (SPAETER, NEUES_ENDE)
    taeglich(ALTES_ENDE + TAG)
    assert jetzt(brief).bestandskraft_am is None
    taeglich(NEUES_ENDE)
    assert jetzt(brief).bestandskraft_am is None
    taeglich(NEUES_ENDE + TAG)
    assert jetzt(brief).bestandskraft_am == NEUES_ENDE + TAG
    eintrag = Eintrag.objects.get(handlung="bescheid.zugang_spaeter")
    assert (eintrag.grund_wort, eintrag.durch) == ("Umschlag mit Stempel", per_post.sachbearbeitung)
    assert eintrag.angaben["bekannt"] == SPAETER.isoformat()
    worte = {ereignis.wort: ereignis.wann for ereignis in bekanntgabe.ereignisse(jetzt(brief))}
    assert worte["Später angekommen und damit bekannt gegeben"] == SPAETER
    assert worte["Zur Post gegeben"] == AUFGABE


def test_a_suit_after_the_old_period_and_within_the_new_one_is_in_time(per_post, brief):
    werte = {"durch": per_post.sachbearbeitung, "um": um(NEUES_ENDE)}
    with pytest.raises(SchrittNichtMoeglich, match="abgelaufen"):
        rechtsbehelf.erfasse_klage(brief, NEUES_ENDE, "", **werte)
    spaeter(per_post)
    rechtsbehelf.erfasse_klage(brief, NEUES_ENDE, "", **werte)
    assert jetzt(brief).rechtsbehelf_am == NEUES_ENDE


@pytest.mark.parametrize(
    ("am", "satz"),
    [
        (AUFGABE - TAG, r"erst am 24\.11\.2026 zur Post"),
        (AUFGABE, r"gilt der Bescheid am 28\.11\.2026 als bekannt gegeben\. Dieser Tag bleibt"),
        (FIKTIV, "Dieser Tag bleibt"),
        (WANN + TAG, "in der Zukunft"),
    ],
)
def test_only_a_later_day_that_has_been_counts(per_post, brief, am, satz):
    with pytest.raises(SchrittNichtMoeglich, match=satz):
        spaeter(per_post, am)
    assert tage(brief) == (FIKTIV, ALTES_ENDE)


@pytest.mark.parametrize("am", [FIKTIV + TAG, WANN])
def test_the_day_after_the_fictitious_one_and_today_count(per_post, brief, am):
    spaeter(per_post, am)
    assert jetzt(brief).bekannt_am == am


def test_noted_twice_is_once_another_day_and_what_was_not_seen_are_refused(per_post, brief):
    with pytest.raises(SchrittNichtMoeglich, match="Grund"):
        spaeter(per_post, grund=" ")
    with pytest.raises(Ueberholt, match="haben sich geändert"):
        spaeter(per_post, gesehen=7)
    for _ in range(2):
        spaeter(per_post, gesehen=1)
    with pytest.raises(Ueberholt, match=r"am 03\.12\.2026 ankam"):
        spaeter(per_post, SPAETER + TAG)
    assert handlungen().count("bescheid.zugang_spaeter") == 1


def test_only_the_sachbearbeitung_notes_it(per_post, brief):
    for konto in (per_post.leitung, per_post.zeichnung):
        for tat in (spaeter, verloren):
            with pytest.raises(KeinRecht):
                tat(per_post, durch=konto)


def test_a_final_notice_is_not_final_while_the_new_period_runs(per_post, brief):
    zuwendung = make_zuwendung(bescheid=brief, kommune=per_post.kommune, veroeffentlicht=False)
    taeglich(ALTES_ENDE + TAG)
    assert status(per_post) == Status.BESTANDSKRAEFTIG
    spaeter(per_post, heute=NEUES_ENDE)
    assert jetzt(brief).bestandskraft_am is None
    assert status(per_post) == Status.BEWILLIGT
    assert not Zuwendung.objects.get(pk=zuwendung.pk).veroeffentlicht
    schritt = Eintrag.objects.get(handlung="antrag.bestandskraft_zuruecknehmen")
    assert schritt.grund_wort == "Umschlag mit Stempel"
    taeglich(NEUES_ENDE + TAG)
    assert status(per_post) == Status.IN_DURCHFUEHRUNG
    assert Zuwendung.objects.get(pk=zuwendung.pk).veroeffentlicht


def test_once_the_new_period_is_over_too_only_the_day_of_finality_moves(per_post, brief):
    taeglich(ALTES_ENDE + TAG)
    spaeter(per_post, heute=NEUES_ENDE + TAG)
    assert jetzt(brief).bestandskraft_am == NEUES_ENDE + TAG
    assert "antrag.bestandskraft_zuruecknehmen" not in Eintrag.objects.values_list(
        "handlung", flat=True
    )


def test_the_daily_task_has_not_run_yet(per_post, brief):
    spaeter(per_post, heute=NEUES_ENDE + TAG)
    assert jetzt(brief).bestandskraft_am == NEUES_ENDE + TAG


def test_after_a_confirmation_the_letter_was_there(per_post, brief):
    bekanntgabe.bestaetige_empfang(brief, durch=per_post.bearbeitung, um=um(SPAETER))
    with pytest.raises(SchrittNichtMoeglich, match=r"Am 03\.12\.2026 hat die Kommune bestätigt"):
        spaeter(per_post, SPAETER + TAG)
    with pytest.raises(SchrittNichtMoeglich, match="bestätigt, dass sie den Bescheid hat"):
        verloren(per_post)
    spaeter(per_post, SPAETER)
    assert jetzt(brief).bekannt_am == SPAETER


def test_after_a_waiver_or_a_suit_the_day_does_not_matter(per_post, brief):
    klage = date(2026, 12, 1)
    rechtsbehelf.erfasse_klage(brief, klage, "", durch=per_post.sachbearbeitung, um=um(klage))
    for tat in (spaeter, verloren):
        with pytest.raises(SchrittNichtMoeglich, match="prüft das Gericht"):
            tat(per_post)
    streiche(per_post, "klage")
    bekanntgabe.verzichte(brief, durch=per_post.zeichnung, um=um(WANN))
    for tat in (spaeter, verloren):
        with pytest.raises(SchrittNichtMoeglich, match="verzichtet"):
            tat(per_post)


def test_a_waiver_by_letter_comes_after_the_notice(per_post, brief):
    spaeter(per_post)
    werte = {"durch": per_post.sachbearbeitung, "um": um(WANN)}
    with pytest.raises(SchrittNichtMoeglich, match=r"erst seit dem 03\.12\.2026"):
        rechtsbehelf.erfasse_verzicht(brief, SPAETER - TAG, "Akte 1", **werte)
    rechtsbehelf.erfasse_verzicht(brief, SPAETER, "Akte 1", **werte)
    assert jetzt(brief).bestandskraft_am == SPAETER


def test_struck_the_letter_counts_from_its_posting_again(per_post, brief):
    spaeter(per_post)
    assert rechtsbehelf.streichbar(jetzt(brief)) == VERMERKE["zugang"]
    streiche(per_post, "zugang")
    nachher = jetzt(brief)
    assert tage(brief) == (FIKTIV, ALTES_ENDE)
    assert (nachher.zugang_am, nachher.zugang_grund) == (None, "")
    spaeter(per_post)
    streiche(per_post, "zugang", heute=ALTES_ENDE + TAG)
    assert jetzt(brief).bestandskraft_am == ALTES_ENDE + TAG


def test_a_fetched_notice_has_no_letter(fall, abgerufen):
    fall.bescheid = abgerufen
    for tat in (spaeter, verloren):
        with pytest.raises(SchrittNichtMoeglich, match="nicht zur Post gegeben"):
            tat(fall)


# --- Never -------------------------------------------------------------------------


def test_what_never_arrived_is_not_known_and_is_posted_anew(per_post, brief):
    for _ in range(2):
        verloren(per_post, gesehen=1)
    nachher = jetzt(brief)
    assert nachher.post_aufgegeben_am is nachher.bekannt_am is nachher.rechtsbehelf_bis is None
    assert nachher.vergeblich_am == AUFGABE
    assert not ist_lesbar(nachher, WANN)
    assert brief in bekanntgabe.zu_versenden(per_post.sachbearbeitung)
    taeglich(ALTES_ENDE + TAG)
    assert jetzt(brief).bestandskraft_am is None
    with pytest.raises(SchrittNichtMoeglich, match=r"Brief vom 24\.11\.2026 kam nicht an"):
        zur_post(per_post)
    zur_post(per_post, WANN)
    assert jetzt(brief).bekannt_am == WANN + 4 * TAG
    worte = [ereignis.wort for ereignis in bekanntgabe.ereignisse(jetzt(brief))]
    assert worte[1:3] == ["Zur Post gegeben, nicht angekommen", "Zur Post gegeben"]
    eintrag = Eintrag.objects.get(handlung="bescheid.zugang_bestritten")
    assert eintrag.grund_wort == "Der Brief kam zurück"
    assert eintrag.angaben["aufgegeben"] == AUFGABE.isoformat()


def test_a_form_about_the_first_letter_says_nothing_about_the_second(per_post, brief):
    verloren(per_post, gesehen=1)
    zur_post(per_post, WANN)
    with pytest.raises(Ueberholt):
        verloren(per_post, gesehen=1, heute=WANN + TAG)
    assert jetzt(brief).post_aufgegeben_am == WANN


def test_a_letter_may_come_back_before_it_counts_as_known(per_post, brief):
    verloren(per_post, heute=AUFGABE + TAG)
    assert jetzt(brief).bekannt_am is None


def test_what_is_final_by_a_letter_that_never_arrived_is_not_any_more(per_post, brief):
    zuwendung = make_zuwendung(bescheid=brief, kommune=per_post.kommune, veroeffentlicht=False)
    taeglich(NEUES_ENDE)
    assert status(per_post) == Status.IN_DURCHFUEHRUNG
    with pytest.raises(SchrittNichtMoeglich, match="Grund"):
        verloren(per_post, grund="")
    verloren(per_post, heute=NEUES_ENDE)
    assert jetzt(brief).bestandskraft_am is None
    assert status(per_post) == Status.BEWILLIGT
    assert not Zuwendung.objects.get(pk=zuwendung.pk).veroeffentlicht


def test_struck_the_letter_has_arrived_after_all(per_post, brief):
    verloren(per_post)
    assert rechtsbehelf.streichbar(jetzt(brief)) == VERMERKE["verlust"]
    streiche(per_post, "verlust", heute=ALTES_ENDE + TAG)
    nachher = jetzt(brief)
    assert (nachher.post_aufgegeben_am, nachher.vergeblich_am) == (AUFGABE, None)
    assert nachher.bestandskraft_am == ALTES_ENDE + TAG


def test_the_second_letter_can_be_late_too(per_post, brief):
    verloren(per_post)
    zur_post(per_post, WANN)
    spaeter(per_post, WANN + 10 * TAG, heute=WANN + 12 * TAG)
    assert jetzt(brief).bekannt_am == WANN + 10 * TAG


def test_recommendations_of_a_refusal_that_never_arrived_are_taken_up_again(regelwerk):
    fall = Fall(regelwerk, elektronische_bekanntgabe=False)
    empfehlung = make_empfehlung(kommune=fall.kommune)
    analyse.greife_auf([empfehlung.pk], durch=fall.zeichnung, um=UM)
    Aufgriff.objects.create(antrag=fall.antrag, empfehlung=empfehlung, seit=UM)
    fall.bescheid = fall.erlasse(Art.ABLEHNUNG)
    bekanntgabe.stelle_bereit(fall.bescheid, um=UM)
    zur_post(fall)
    taeglich(NEUES_ENDE)
    empfehlung.refresh_from_db()
    assert (empfehlung.stand, empfehlung.faelle) == ("offen", 0)
    verloren(fall, heute=NEUES_ENDE)
    empfehlung.refresh_from_db()
    assert (empfehlung.stand, empfehlung.faelle) == ("foerderung", 1)
    assert status(fall) == Status.ABGELEHNT


# --- Notices about a grant that is there already -----------------------------------


@pytest.fixture
def aenderung(per_post, brief):
    """A change of a final, public grant; its letter counts as known on 1 February 2027."""
    make_zuwendung(bescheid=brief, kommune=per_post.kommune, veroeffentlicht=False)
    taeglich(NEUES_ENDE)
    per_post.bescheid = per_post.erlasse(Art.AENDERUNG, betrag_euro=Decimal("20000.00"))
    Foerderantrag.objects.filter(pk=per_post.antrag.pk).update(status=Status.IN_DURCHFUEHRUNG)
    bekanntgabe.stelle_bereit(per_post.bescheid, um=um(date(2027, 1, 25)))
    return zur_post(per_post, date(2027, 1, 28))


def betrag(am):
    return Zuwendung.objects.bewilligt(am).summe_euro()


def test_a_change_counts_from_the_day_on_which_it_arrived(per_post, aenderung):
    vorher = betrag(date(2027, 1, 31))
    assert betrag(date(2027, 2, 1)) == Decimal("20000.00")
    spaeter(per_post, date(2027, 2, 5), heute=date(2027, 2, 6))
    assert betrag(date(2027, 2, 4)) == vorher
    assert betrag(date(2027, 2, 5)) == Decimal("20000.00")


def test_a_change_that_never_arrived_never_counted_until_it_does(per_post, aenderung):
    vorher = betrag(date(2027, 1, 31))
    taeglich(date(2027, 3, 10))
    verloren(per_post, heute=date(2027, 3, 10))
    for am in (date(2027, 2, 1), date(2027, 3, 10)):
        assert betrag(am) == vorher
    assert status(per_post) == Status.IN_DURCHFUEHRUNG, "the award is final all the same"
    zur_post(per_post, date(2027, 3, 11))
    assert betrag(date(2027, 3, 14)) == vorher
    assert betrag(date(2027, 3, 15)) == Decimal("20000.00")


def test_a_revocation_that_never_arrived_ends_nothing(per_post, brief):
    make_zuwendung(bescheid=brief, kommune=per_post.kommune, veroeffentlicht=False)
    vorher = betrag(FIKTIV)
    per_post.bescheid = per_post.erlasse(Art.WIDERRUF)
    bekanntgabe.stelle_bereit(per_post.bescheid, um=UM)
    zur_post(per_post)
    assert betrag(FIKTIV) == 0
    verloren(per_post)
    assert betrag(WANN) == vorher


def test_an_award_that_never_arrived_waits_although_its_change_is_final(per_post, aenderung):
    taeglich(date(2027, 3, 10))
    erster = per_post.antrag.bescheide.get(nummer=1)
    per_post.bescheid = erster
    verloren(per_post, heute=date(2027, 3, 10))
    assert status(per_post) == Status.BEWILLIGT
    assert jetzt(aenderung).bestandskraft_am


# --- What can never be -------------------------------------------------------------


@pytest.mark.parametrize(
    "felder",
    [
        {"zugang_am": SPAETER, "zugang_grund": "x"},
        {"zugang_am": SPAETER, "bekannt_am": SPAETER},
        {"zugang_grund": "x"},
        {"zugang_am": AUFGABE, "bekannt_am": AUFGABE, "zugang_grund": "x"},
        {
            "zugang_am": SPAETER,
            "bekannt_am": None,
            "rechtsbehelf_bis": None,
            "zugang_grund": "x",
        },
        {
            "zugang_am": SPAETER,
            "bekannt_am": SPAETER,
            "zugang_grund": "x",
            "post_aufgegeben_am": None,
        },
        {"vergeblich_am": AUFGABE, "vergeblich_grund": "x"},
        {"vergeblich_am": AUFGABE - TAG},
        {"vergeblich_grund": "x"},
        {"vergeblich_am": AUFGABE - TAG, "vergeblich_grund": "x", "post_aufgegeben_am": None},
        {"vergeblich_am": AUFGABE - TAG, "vergeblich_grund": "x", "weg": "abruf"},
    ],
)
def test_the_database_refuses_what_can_never_be(brief, felder):
    with pytest.raises(IntegrityError), transaction.atomic():
        Bekanntgabe.objects.filter(bescheid=brief).update(**felder)


@pytest.mark.thorough
@pytest.mark.django_db(transaction=True)
def test_of_many_who_note_at_once_one_counts():
    call_command("importiere_regelwerk", verbosity=0)
    fall = Fall(Regelwerk.objects.get(), elektronische_bekanntgabe=False)
    fall.bescheid = fall.erlasse()
    bekanntgabe.stelle_bereit(fall.bescheid, um=UM)
    zur_post(fall)
    nummer = fall.bescheid.pk

    def einer(stelle):
        bescheid = Bescheid.objects.select_related("antrag").get(pk=nummer)
        werte = {
            "grund": "x", "durch": fall.sachbearbeitung, "um": um(WANN), "gesehen": 1,
        }  # fmt: skip
        try:
            with suppress(SchrittNichtMoeglich):
                if stelle % 2:
                    verfahren.erfasse_zugang(bescheid, SPAETER, **werte)
                else:
                    verfahren.erfasse_verlust(bescheid, **werte)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as faeden:
        list(faeden.map(einer, range(6)))
    vermerkt = Eintrag.objects.filter(
        handlung__in=["bescheid.zugang_spaeter", "bescheid.zugang_bestritten"]
    )
    assert vermerkt.count() == 1
    assert Bekanntgabe.objects.get().version == 2
