"""Suits and waivers on paper as staff note them: what follows, and how mistakes are put right (F18)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from asskomm.protokoll.models import Eintrag
from asskomm.schritt import SchrittNichtMoeglich, Ueberholt
from foerderung.models import Bekanntgabe, Foerderantrag, Status, Zuwendung
from foerderung.verfahren import bekanntgabe
from foerderung.verfahren import rechtsbehelf as verfahren
from foerderung.verfahren.rechtsbehelf import VERMERKE, Ausgang
from foerderung.verfahren.schritte import KeinRecht
from tests.factories import make_konto, make_zuwendung

from .faelle import ABRUF, UM, Art, handlungen, jetzt, taeglich, um

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
TAG = timedelta(days=1)
KLAGE, LETZTER, DANACH = date(2026, 12, 9), date(2026, 12, 28), date(2026, 12, 29)
URTEIL = date(2027, 3, 15)


def klage(bescheid, fall, am=KLAGE, heute=None, **weiteres):
    return verfahren.erfasse_klage(
        bescheid, am, "VG Leipzig", durch=fall.sachbearbeitung, um=um(heute or am), **weiteres
    )


def beende(bescheid, fall, ausgang, am=URTEIL, heute=None, gesehen=None):
    return verfahren.beende_klage(
        bescheid,
        ausgang,
        am,
        durch=fall.sachbearbeitung,
        um=um(heute or am),
        gesehen=jetzt(bescheid).version if gesehen is None else gesehen,
    )


def streiche(bescheid, fall, was, heute=URTEIL, gesehen=None, grund="Verwechselt"):
    return verfahren.streiche(
        bescheid,
        VERMERKE[was],
        grund=grund,
        durch=fall.sachbearbeitung,
        um=um(heute),
        gesehen=jetzt(bescheid).version if gesehen is None else gesehen,
    )


def brief(bescheid, fall, am=date(2026, 12, 1), heute=None):
    return verfahren.erfasse_verzicht(
        bescheid, am, "Papierakte 12", durch=fall.sachbearbeitung, um=um(heute or am)
    )


def status(fall):
    return Foerderantrag.objects.get(pk=fall.antrag.pk).status


def schritte(fall):
    eintraege = Eintrag.objects.filter(
        gegenstand_nummer=str(fall.antrag.pk), handlung__startswith="antrag."
    )
    return list(eintraege.order_by("zeit", "pk").values_list("handlung", flat=True))


def nach_urteil(fall, art):
    """A notice of this kind, fetched, taken to court and quashed."""
    if art == Art.WIDERRUF:
        fall.erlasse()
    bescheid = fall.erlasse(art)
    bekanntgabe.stelle_bereit(bescheid, um=UM)
    bekanntgabe.rufe_ab(bescheid, durch=fall.bearbeitung, um=ABRUF)
    klage(bescheid, fall)
    beende(bescheid, fall, Ausgang.STATTGEGEBEN)
    return bescheid


# --- Noting a suit -----------------------------------------------------------------


def test_an_objection_keeps_the_notice_from_becoming_final(fall, abgerufen):
    klage(abgerufen, fall, LETZTER)
    taeglich(DANACH)
    assert jetzt(abgerufen).bestandskraft_am is None
    assert status(fall) == Status.BEWILLIGT
    with pytest.raises(SchrittNichtMoeglich, match="Rechtsbehelf vermerkt"):
        bekanntgabe.verzichte(abgerufen, durch=fall.zeichnung, um=um(LETZTER))


def test_an_objection_noted_twice_is_one(fall, abgerufen):
    klage(abgerufen, fall)
    klage(abgerufen, fall)
    with pytest.raises(Ueberholt, match=r"09\.12\.2026"):
        klage(abgerufen, fall, KLAGE + TAG)
    assert handlungen().count("bescheid.rechtsbehelf") == 1


@pytest.mark.parametrize(
    ("am", "heute", "satz"),
    [
        (date(2026, 12, 11), date(2026, 12, 10), "in der Zukunft"),
        (date(2026, 11, 22), date(2026, 12, 10), "noch nicht erlassen"),
        (DANACH, DANACH, "abgelaufen"),
    ],
)
def test_the_day_of_an_objection_lies_in_the_period(fall, abgerufen, am, heute, satz):
    with pytest.raises(SchrittNichtMoeglich, match=satz):
        klage(abgerufen, fall, am, heute)


def test_after_a_waiver_nobody_sues(fall, abgerufen):
    bekanntgabe.verzichte(abgerufen, durch=fall.zeichnung, um=um(date(2026, 12, 1)))
    with pytest.raises(SchrittNichtMoeglich, match=r"am 01\.12\.2026 auf Rechtsbehelfe verzichtet"):
        klage(abgerufen, fall, grund="Spät erfahren")
    assert status(fall) == Status.BESTANDSKRAEFTIG


def test_only_the_office_notes(fall, abgerufen):
    for konto in (fall.zeichnung, fall.leitung, make_konto()):
        werte = {"durch": konto, "um": um(KLAGE)}
        with pytest.raises(KeinRecht):
            verfahren.erfasse_klage(abgerufen, KLAGE, "", **werte)
        with pytest.raises(KeinRecht):
            verfahren.erfasse_verzicht(abgerufen, KLAGE, "Akte", **werte)
        with pytest.raises(KeinRecht):
            verfahren.beende_klage(abgerufen, Ausgang.ABGEWIESEN, KLAGE, **werte, gesehen=1)
        with pytest.raises(KeinRecht):
            verfahren.streiche(abgerufen, VERMERKE["klage"], grund="x", **werte, gesehen=1)


# --- A suit learned of late --------------------------------------------------------


@pytest.mark.parametrize(
    ("heute", "vorher"),
    [(DANACH, Status.BESTANDSKRAEFTIG), (date(2027, 1, 4), Status.IN_DURCHFUEHRUNG)],
)
def test_a_suit_in_time_that_is_learned_of_late_takes_the_finality_back(
    fall, abgerufen, heute, vorher
):
    zuwendung = make_zuwendung(bescheid=abgerufen, kommune=fall.kommune, veroeffentlicht=False)
    taeglich(heute)
    assert status(fall) == vorher
    assert Zuwendung.objects.get(pk=zuwendung.pk).veroeffentlicht
    klage(abgerufen, fall, LETZTER, heute, grund="Das Gericht schrieb erst heute.")
    assert status(fall) == Status.BEWILLIGT
    assert jetzt(abgerufen).bestandskraft_am is None
    assert jetzt(abgerufen).rechtsbehelf_am == LETZTER
    assert not Zuwendung.objects.get(pk=zuwendung.pk).veroeffentlicht
    schritt = Eintrag.objects.get(handlung="antrag.bestandskraft_zuruecknehmen")
    assert schritt.grund_wort == "Das Gericht schrieb erst heute."
    assert schritt.durch == fall.sachbearbeitung
    taeglich(heute + TAG)
    assert status(fall) == Status.BEWILLIGT


def test_a_late_suit_needs_a_reason_and_a_day_in_the_period(fall, abgerufen):
    taeglich(DANACH)
    with pytest.raises(SchrittNichtMoeglich, match=r"seit dem 29\.12\.2026 bestandskräftig"):
        klage(abgerufen, fall, LETZTER, DANACH)
    with pytest.raises(SchrittNichtMoeglich, match="abgelaufen"):
        klage(abgerufen, fall, DANACH, DANACH, grund="Spät")
    assert status(fall) == Status.BESTANDSKRAEFTIG


def test_of_a_refusal_only_the_finality_goes(fall):
    bescheid = fall.erlasse(Art.ABLEHNUNG)
    bekanntgabe.stelle_bereit(bescheid, um=UM)
    bekanntgabe.rufe_ab(bescheid, durch=fall.bearbeitung, um=ABRUF)
    taeglich(DANACH)
    assert jetzt(bescheid).bestandskraft_am
    klage(bescheid, fall, LETZTER, DANACH, grund="Spät erfahren")
    assert jetzt(bescheid).bestandskraft_am is None
    assert status(fall) == Status.ABGELEHNT
    assert "antrag.bestandskraft_zuruecknehmen" not in schritte(fall)


def test_a_late_suit_against_a_change_leaves_the_final_award(fall, abgerufen):
    """The change replaces a grant that is public, so it stays public."""
    erste = make_zuwendung(bescheid=abgerufen, kommune=fall.kommune, veroeffentlicht=False)
    taeglich(DANACH)
    aenderung = fall.erlasse(Art.AENDERUNG, betrag_euro=Decimal("20000.00"))
    Foerderantrag.objects.filter(pk=fall.antrag.pk).update(status=Status.BESTANDSKRAEFTIG)
    bekanntgabe.stelle_bereit(aenderung, um=um(date(2027, 1, 4)))
    bekanntgabe.rufe_ab(aenderung, durch=fall.bearbeitung, um=um(date(2027, 1, 4)))
    zweite = Zuwendung.objects.get(bescheid=aenderung)
    taeglich(date(2027, 3, 1))
    klage(aenderung, fall, date(2027, 1, 20), date(2027, 3, 1), grund="Spät erfahren")
    assert jetzt(aenderung).bestandskraft_am is None
    assert status(fall) == Status.IN_DURCHFUEHRUNG
    oeffentlich = Zuwendung.objects.filter(pk__in=[erste.pk, zweite.pk], veroeffentlicht=True)
    assert oeffentlich.count() == 2


# --- How it ends -------------------------------------------------------------------


@pytest.mark.parametrize("ausgang", Bekanntgabe.OHNE_ERFOLG)
def test_without_success_the_notice_is_final_on_the_day_of_the_end(fall, abgerufen, ausgang):
    zuwendung = make_zuwendung(bescheid=abgerufen, kommune=fall.kommune, veroeffentlicht=False)
    klage(abgerufen, fall)
    beende(abgerufen, fall, ausgang, heute=URTEIL + TAG)
    assert jetzt(abgerufen).bestandskraft_am == URTEIL
    assert status(fall) == Status.IN_DURCHFUEHRUNG
    assert Zuwendung.objects.get(pk=zuwendung.pk).veroeffentlicht
    worte = [ereignis.wort for ereignis in bekanntgabe.ereignisse(jetzt(abgerufen))]
    assert worte[-1] == "Bestandskräftig"
    assert worte[-2].startswith("Klage ")


def test_withdrawn_within_the_period_the_rest_of_it_runs(fall, abgerufen):
    klage(abgerufen, fall)
    beende(abgerufen, fall, Ausgang.ZURUECKGENOMMEN, KLAGE + TAG)
    taeglich(LETZTER)
    assert jetzt(abgerufen).bestandskraft_am is None
    taeglich(DANACH)
    assert jetzt(abgerufen).bestandskraft_am == DANACH
    assert status(fall) == Status.BESTANDSKRAEFTIG


def test_quashed_it_never_becomes_final(fall, abgerufen):
    klage(abgerufen, fall)
    beende(abgerufen, fall, Ausgang.STATTGEGEBEN)
    taeglich(URTEIL + TAG)
    assert jetzt(abgerufen).bestandskraft_am is None
    assert status(fall) == Status.BEWILLIGT


def test_after_a_quashed_award_the_case_goes_on_with_the_final_change(fall, abgerufen):
    klage(abgerufen, fall)
    beende(abgerufen, fall, Ausgang.STATTGEGEBEN)
    aenderung = fall.erlasse(Art.AENDERUNG, um=um(URTEIL))
    bekanntgabe.stelle_bereit(aenderung, um=um(URTEIL))
    bekanntgabe.rufe_ab(aenderung, durch=fall.bearbeitung, um=um(URTEIL))
    assert status(fall) == Status.BEWILLIGT
    bekanntgabe.verzichte(aenderung, durch=fall.zeichnung, um=um(URTEIL + TAG))
    assert status(fall) == Status.IN_DURCHFUEHRUNG


def test_a_change_that_is_final_already_carries_the_case_on_when_the_award_is_quashed(
    fall, abgerufen
):
    klage(abgerufen, fall)
    aenderung = fall.erlasse(Art.AENDERUNG)
    bekanntgabe.stelle_bereit(aenderung, um=UM)
    bekanntgabe.rufe_ab(aenderung, durch=fall.bearbeitung, um=ABRUF)
    bekanntgabe.verzichte(aenderung, durch=fall.zeichnung, um=ABRUF + TAG)
    assert status(fall) == Status.BEWILLIGT
    beende(abgerufen, fall, Ausgang.STATTGEGEBEN)
    assert status(fall) == Status.IN_DURCHFUEHRUNG
    streiche(abgerufen, fall, "ausgang")
    assert status(fall) == Status.BEWILLIGT


def test_the_end_noted_twice_is_one_and_another_one_is_refused(fall, abgerufen):
    klage(abgerufen, fall)
    gesehen = jetzt(abgerufen).version
    for _ in range(2):
        beende(abgerufen, fall, Ausgang.ABGEWIESEN, gesehen=gesehen)
    with pytest.raises(Ueberholt, match=r"15\.03\.2027 abgewiesen"):
        beende(abgerufen, fall, Ausgang.ZURUECKGENOMMEN, gesehen=gesehen)
    assert handlungen().count("bescheid.klage_abgewiesen") == 1


@pytest.mark.parametrize(
    ("am", "heute", "satz"),
    [(URTEIL + TAG, URTEIL, "in der Zukunft"), (KLAGE - TAG, URTEIL, "erst am 09.12.2026 ein")],
)
def test_the_end_lies_between_the_suit_and_today(fall, abgerufen, am, heute, satz):
    klage(abgerufen, fall)
    with pytest.raises(SchrittNichtMoeglich, match=satz):
        beende(abgerufen, fall, Ausgang.ABGEWIESEN, am, heute)


def test_without_a_suit_none_ends_and_another_one_than_seen_is_not_ended(fall, abgerufen):
    with pytest.raises(SchrittNichtMoeglich, match="kein Rechtsbehelf vermerkt"):
        beende(abgerufen, fall, Ausgang.ABGEWIESEN)
    klage(abgerufen, fall)
    gesehen = jetzt(abgerufen).version
    streiche(abgerufen, fall, "klage", heute=KLAGE)
    klage(abgerufen, fall, KLAGE + TAG)
    with pytest.raises(Ueberholt, match="haben sich geändert"):
        beende(abgerufen, fall, Ausgang.ABGEWIESEN, gesehen=gesehen)


# --- Deciding anew -----------------------------------------------------------------


@pytest.mark.parametrize("art", [Art.ABLEHNUNG, Art.WIDERRUF])
def test_a_quashed_refusal_or_revocation_is_decided_anew(fall, art):
    nach_urteil(fall, art)
    antrag = Foerderantrag.objects.get(pk=fall.antrag.pk)
    werte = {
        "grund": "Urteil vom 15.03.2027", "durch": fall.sachbearbeitung, "um": um(URTEIL),
        "gesehen": antrag.version,
    }  # fmt: skip
    for _ in range(2):
        verfahren.entscheide_neu(antrag, **werte)
    antrag.refresh_from_db()
    assert antrag.status == Status.ENTSCHEIDUNGSREIF
    assert antrag.beendet_um is None
    assert schritte(fall).count("antrag.neu_entscheiden") == 1


def test_without_a_judgment_nothing_is_decided_anew(fall):
    bescheid = fall.erlasse(Art.ABLEHNUNG)
    bekanntgabe.stelle_bereit(bescheid, um=UM)
    antrag = Foerderantrag.objects.get(pk=fall.antrag.pk)
    werte = {"grund": "x", "um": UM, "gesehen": antrag.version}
    with pytest.raises(SchrittNichtMoeglich, match="Gericht den Bescheid aufgehoben"):
        verfahren.entscheide_neu(antrag, durch=fall.sachbearbeitung, **werte)
    with pytest.raises(KeinRecht):
        verfahren.entscheide_neu(antrag, durch=fall.leitung, **werte)


# --- Mistakes ----------------------------------------------------------------------


def test_a_struck_suit_counts_as_never_noted(fall, abgerufen):
    klage(abgerufen, fall)
    streiche(abgerufen, fall, "klage", heute=LETZTER)
    nachher = jetzt(abgerufen)
    assert (nachher.rechtsbehelf_am, nachher.rechtsbehelf_vermerk) == (None, "")
    taeglich(DANACH)
    assert jetzt(abgerufen).bestandskraft_am == DANACH


def test_struck_after_the_period_the_notice_is_final_at_once(fall, abgerufen):
    klage(abgerufen, fall)
    streiche(abgerufen, fall, "klage", heute=date(2026, 12, 30))
    assert jetzt(abgerufen).bestandskraft_am == DANACH
    assert status(fall) == Status.BESTANDSKRAEFTIG


def test_striking_twice_is_once_and_needs_a_reason_and_what_was_seen(fall, abgerufen):
    klage(abgerufen, fall)
    gesehen = jetzt(abgerufen).version
    with pytest.raises(SchrittNichtMoeglich, match="Grund"):
        streiche(abgerufen, fall, "klage", gesehen=gesehen, grund=" ")
    for _ in range(2):
        streiche(abgerufen, fall, "klage", heute=KLAGE, gesehen=gesehen)
    assert handlungen().count("bescheid.rechtsbehelf_gestrichen") == 1
    eintrag = Eintrag.objects.get(handlung="bescheid.rechtsbehelf_gestrichen")
    assert (eintrag.grund_wort, eintrag.durch) == ("Verwechselt", fall.sachbearbeitung)
    klage(abgerufen, fall, KLAGE + TAG)
    with pytest.raises(Ueberholt):
        streiche(abgerufen, fall, "klage", gesehen=gesehen)
    assert jetzt(abgerufen).rechtsbehelf_am == KLAGE + TAG


def test_a_suit_that_has_ended_is_not_struck_before_its_end(fall, abgerufen):
    klage(abgerufen, fall)
    beende(abgerufen, fall, Ausgang.ABGEWIESEN)
    with pytest.raises(Ueberholt):
        streiche(abgerufen, fall, "klage")
    streiche(abgerufen, fall, "ausgang")
    assert jetzt(abgerufen).bestandskraft_am is None
    assert status(fall) == Status.BEWILLIGT
    streiche(abgerufen, fall, "klage")
    assert jetzt(abgerufen).bestandskraft_am == DANACH
    assert status(fall) == Status.IN_DURCHFUEHRUNG


def test_a_judgment_stays_once_the_case_is_open_again(fall):
    bescheid = nach_urteil(fall, Art.ABLEHNUNG)
    antrag = Foerderantrag.objects.get(pk=fall.antrag.pk)
    verfahren.entscheide_neu(
        antrag, grund="Urteil", durch=fall.sachbearbeitung, um=um(URTEIL), gesehen=antrag.version
    )
    with pytest.raises(SchrittNichtMoeglich, match="geht das Verfahren schon weiter"):
        streiche(bescheid, fall, "ausgang")


def test_a_waiver_that_the_kommune_has_declared_is_not_struck(fall, abgerufen):
    bekanntgabe.verzichte(abgerufen, durch=fall.zeichnung, um=um(date(2026, 12, 1)))
    with pytest.raises(Ueberholt):
        streiche(abgerufen, fall, "verzicht")
    assert jetzt(abgerufen).verzichtet_von == fall.zeichnung


POST, VERTIPPT = date(2026, 11, 30), date(2026, 11, 24)


def zur_post(fall, am=VERTIPPT, heute=None):
    bescheid = fall.bescheid
    bekanntgabe.gib_zur_post(bescheid, am, durch=fall.sachbearbeitung, um=um(heute or am))
    return bescheid


def test_a_wrong_day_of_posting_is_struck_and_noted_anew(per_post):
    bescheid = zur_post(per_post, heute=POST)
    gesehen = jetzt(bescheid).version
    for _ in range(2):
        streiche(bescheid, per_post, "post", heute=POST, gesehen=gesehen, grund="Vertippt")
    nachher = jetzt(bescheid)
    assert nachher.post_aufgegeben_am is nachher.bekannt_am is nachher.rechtsbehelf_bis is None
    assert bescheid in bekanntgabe.zu_versenden(per_post.sachbearbeitung)
    eintrag = Eintrag.objects.get(handlung="bescheid.posttag_gestrichen")
    assert (eintrag.grund_wort, eintrag.durch) == ("Vertippt", per_post.sachbearbeitung)
    zur_post(per_post, POST)
    assert jetzt(bescheid).bekannt_am == date(2026, 12, 4)
    with pytest.raises(Ueberholt):
        streiche(bescheid, per_post, "post", heute=POST, gesehen=gesehen)
    assert jetzt(bescheid).post_aufgegeben_am == POST


def test_a_notice_that_is_final_by_a_wrong_day_of_posting_is_not_any_more(per_post):
    bescheid = zur_post(per_post)
    zuwendung = make_zuwendung(bescheid=bescheid, kommune=per_post.kommune, veroeffentlicht=False)
    taeglich(date(2027, 1, 4))
    assert status(per_post) == Status.IN_DURCHFUEHRUNG
    streiche(bescheid, per_post, "post")
    assert jetzt(bescheid).bestandskraft_am is None
    assert status(per_post) == Status.BEWILLIGT
    assert not Zuwendung.objects.get(pk=zuwendung.pk).veroeffentlicht
    taeglich(URTEIL)
    assert jetzt(bescheid).bestandskraft_am is None


def test_the_day_of_posting_stays_while_something_hangs_on_it(per_post):
    bescheid = zur_post(per_post)
    klage(bescheid, per_post)
    with pytest.raises(Ueberholt):
        streiche(bescheid, per_post, "post")
    streiche(bescheid, per_post, "klage", heute=KLAGE)
    bekanntgabe.verzichte(bescheid, durch=per_post.zeichnung, um=um(KLAGE))
    with pytest.raises(Ueberholt):
        streiche(bescheid, per_post, "post")
    assert jetzt(bescheid).post_aufgegeben_am == VERTIPPT


@pytest.mark.parametrize("art", [Art.AENDERUNG, Art.WIDERRUF])
def test_the_day_of_posting_of_a_later_notice_and_of_what_it_replaces_stays(per_post, art):
    erster = zur_post(per_post)
    per_post.bescheid = per_post.erlasse(art)
    bekanntgabe.stelle_bereit(per_post.bescheid, um=UM)
    zweiter = zur_post(per_post)
    with pytest.raises(SchrittNichtMoeglich, match="schon einen späteren Bescheid"):
        streiche(erster, per_post, "post")
    with pytest.raises(SchrittNichtMoeglich, match="die es schon gab"):
        streiche(zweiter, per_post, "post")
    assert jetzt(erster).bekannt_am
    assert jetzt(zweiter).bekannt_am


def test_a_notice_that_was_fetched_has_no_day_of_posting(fall, abgerufen):
    with pytest.raises(Ueberholt):
        streiche(abgerufen, fall, "post")
    assert jetzt(abgerufen).bekannt_am


# --- A waiver on paper -------------------------------------------------------------


def test_a_letter_makes_the_notice_final_on_the_day_it_arrived(fall, abgerufen):
    brief(abgerufen, fall, heute=date(2026, 12, 3))
    nachher = jetzt(abgerufen)
    assert nachher.bestandskraft_am == date(2026, 12, 1)
    assert nachher.empfang_bestaetigt_um == um(date(2026, 12, 3))
    assert (nachher.verzicht_erfasst_von, nachher.verzichtet_von) == (fall.sachbearbeitung, None)
    assert nachher.verzicht_ablage == "Papierakte 12"
    assert status(fall) == Status.BESTANDSKRAEFTIG
    worte = [ereignis.wort for ereignis in bekanntgabe.ereignisse(nachher)]
    assert "Verzicht auf Rechtsbehelf mit Brief eingegangen" in worte
    assert not {"Auf Rechtsbehelf verzichtet", "Letzter Tag für einen Rechtsbehelf"} & set(worte)


def test_a_letter_before_the_notice_counts_as_known_waits_for_that_day(per_post):
    bescheid, konto = per_post.bescheid, per_post.sachbearbeitung
    bekanntgabe.gib_zur_post(bescheid, date(2026, 11, 24), durch=konto, um=um(date(2026, 11, 24)))
    brief(bescheid, per_post, date(2026, 11, 26))
    assert jetzt(bescheid).bestandskraft_am is None
    taeglich(date(2026, 11, 28))
    assert jetzt(bescheid).bestandskraft_am == date(2026, 11, 28)


def test_a_letter_noted_twice_is_one(fall, abgerufen):
    for _ in range(2):
        brief(abgerufen, fall)
    with pytest.raises(Ueberholt, match=r"Verzicht vom 01\.12\.2026"):
        brief(abgerufen, fall, date(2026, 12, 2))
    assert handlungen().count("bescheid.verzicht_erfasst") == 1


@pytest.mark.parametrize(
    ("am", "heute", "satz"),
    [
        (date(2026, 12, 2), date(2026, 12, 1), "in der Zukunft"),
        (date(2026, 11, 22), date(2026, 12, 1), "noch nicht erlassen"),
        (date(2026, 11, 23), date(2026, 12, 1), "erst seit dem 24.11.2026"),
        (DANACH, DANACH, "abgelaufen"),
    ],
)
def test_a_letter_comes_between_the_notice_and_the_end_of_the_period(
    fall, abgerufen, am, heute, satz
):
    with pytest.raises(SchrittNichtMoeglich, match=satz):
        brief(abgerufen, fall, am, heute)


def test_no_letter_before_the_notice_is_known(fall, bescheid):
    with pytest.raises(SchrittNichtMoeglich, match="noch nicht bekannt gegeben"):
        brief(bescheid, fall)


def test_no_letter_with_a_suit_or_after_finality(fall, abgerufen):
    klage(abgerufen, fall)
    with pytest.raises(SchrittNichtMoeglich, match="Rechtsbehelf vermerkt"):
        brief(abgerufen, fall, KLAGE)
    streiche(abgerufen, fall, "klage", heute=DANACH)
    with pytest.raises(SchrittNichtMoeglich, match="nicht mehr nötig"):
        brief(abgerufen, fall, KLAGE, DANACH)


def test_a_struck_letter_gives_the_period_back(fall, abgerufen):
    brief(abgerufen, fall)
    streiche(abgerufen, fall, "verzicht", heute=date(2026, 12, 3))
    nachher = jetzt(abgerufen)
    assert (
        nachher.verzichtet_um is nachher.empfang_bestaetigt_um is nachher.bestandskraft_am is None
    )
    assert status(fall) == Status.BEWILLIGT
    klage(abgerufen, fall)
    assert jetzt(abgerufen).rechtsbehelf_am == KLAGE


# --- What can never be -------------------------------------------------------------


@pytest.mark.parametrize(
    "felder",
    [
        {"rechtsbehelf_ausgang": "abgewiesen", "rechtsbehelf_ende_am": URTEIL},
        {"rechtsbehelf_am": KLAGE, "rechtsbehelf_ausgang": "abgewiesen"},
        {"rechtsbehelf_am": KLAGE, "rechtsbehelf_ende_am": URTEIL},
        {
            "rechtsbehelf_am": KLAGE,
            "rechtsbehelf_ausgang": "abgewiesen",
            "rechtsbehelf_ende_am": KLAGE - TAG,
        },
        {"rechtsbehelf_am": KLAGE, "bestandskraft_am": URTEIL},
        {
            "rechtsbehelf_am": KLAGE,
            "rechtsbehelf_ausgang": "stattgegeben",
            "rechtsbehelf_ende_am": URTEIL,
            "bestandskraft_am": URTEIL,
        },
        {
            "rechtsbehelf_am": KLAGE,
            "rechtsbehelf_ausgang": "abgewiesen",
            "rechtsbehelf_ende_am": URTEIL,
            "bestandskraft_am": URTEIL - TAG,
        },
        {"verzichtet_um": UM},
        {"verzichtet_um": UM, "verzicht_eingang_am": KLAGE, "verzicht_ablage": "Akte"},
        {"verzicht_ablage": "Akte"},
    ],
)
def test_the_database_refuses_what_can_never_be(abgerufen, felder):
    with pytest.raises(IntegrityError), transaction.atomic():
        Bekanntgabe.objects.filter(bescheid=abgerufen).update(**felder)


def test_the_database_refuses_a_letter_without_its_place_and_beside_a_suit(fall, abgerufen):
    brief = {
        "verzichtet_um": UM, "verzicht_eingang_am": KLAGE,
        "verzicht_erfasst_von": fall.sachbearbeitung,
    }  # fmt: skip
    alle = Bekanntgabe.objects.filter(bescheid=abgerufen)
    for felder in (brief, brief | {"verzicht_ablage": "Akte", "rechtsbehelf_am": KLAGE}):
        with pytest.raises(IntegrityError), transaction.atomic():
            alle.update(**felder)
    alle.update(**brief, verzicht_ablage="Akte")
