"""How a notice becomes known and final: every edge of the days, and who may do what (F18)."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from asskomm.post.models import Nachricht
from asskomm.protokoll.models import Eintrag
from asskomm.schritt import SchrittNichtMoeglich, Ueberholt
from foerderung.models import Befangenheit, Bekanntgabe, Status, Zuwendung
from foerderung.verfahren import bekanntgabe as verfahren
from foerderung.verfahren import zeichnung
from foerderung.verfahren.schritte import KeinRecht
from kommunen.models import Rolle
from tests.factories import make_konto, make_mitglied, make_zuwendung

from .faelle import ABRUF, UM, Art, handlungen, jetzt, taeglich, um

pytestmark = pytest.mark.django_db
TAG = timedelta(days=1)


# --- Provision -------------------------------------------------------------------


def test_with_consent_it_can_be_fetched_for_ten_days_and_those_who_can_are_told(fall, bescheid):
    bekanntgabe = jetzt(bescheid)
    assert bekanntgabe.weg == "abruf"
    assert bekanntgabe.bereitgestellt_um == UM
    assert bekanntgabe.abrufbar_bis == date(2026, 12, 3)
    assert bekanntgabe.bekannt_am is None
    mails = Nachricht.objects.filter(vorlage="bescheid_liegt_bereit")
    assert {mail.konto for mail in mails} == {fall.bearbeitung, fall.zeichnung}
    for mail in mails:
        assert "03.12.2026" in mail.betreff
        for geheim in ("30.000", "bewilligt", "Zuwendungsbescheid", fall.antrag.titel):
            assert geheim not in mail.text + mail.betreff
    assert handlungen() == ["bescheid.bereitgestellt"]


def test_providing_twice_is_once(bescheid):
    verfahren.stelle_bereit(bescheid, um=UM + TAG)
    assert Bekanntgabe.objects.count() == 1
    assert Nachricht.objects.filter(vorlage="bescheid_liegt_bereit").count() == 2


def test_without_consent_staff_post_it(per_post):
    assert jetzt(per_post.bescheid).weg == "post"
    assert list(verfahren.zu_versenden(per_post.sachbearbeitung)) == [per_post.bescheid]
    (mail,) = Nachricht.objects.filter(vorlage="bescheid_zur_post")
    assert mail.konto == per_post.sachbearbeitung
    assert Nachricht.objects.filter(vorlage="bescheid_per_post").count() == 2
    with pytest.raises(SchrittNichtMoeglich, match="mit der Post"):
        verfahren.rufe_ab(per_post.bescheid, durch=per_post.zeichnung, um=ABRUF)


def test_what_is_to_be_posted_is_hidden_from_who_declared_a_conflict_of_interest(per_post):
    Befangenheit.objects.create(
        antrag=per_post.antrag, konto=per_post.sachbearbeitung, erklaert_um=UM
    )
    assert not verfahren.zu_versenden(per_post.sachbearbeitung).exists()
    assert not verfahren.zu_versenden(per_post.zeichnung).exists()


# --- Retrieval -------------------------------------------------------------------


def test_a_fetched_notice_is_known_the_next_day(fall, abgerufen):
    bekanntgabe = jetzt(abgerufen)
    assert (bekanntgabe.abgerufen_um, bekanntgabe.abgerufen_von) == (ABRUF, fall.bearbeitung)
    assert bekanntgabe.bekannt_am == date(2026, 11, 25)
    assert bekanntgabe.rechtsbehelf_bis == date(2026, 12, 28)  # the 25th and 26th are holidays
    eintrag = Eintrag.objects.get(handlung="bescheid.abgerufen")
    assert eintrag.durch == fall.bearbeitung
    assert eintrag.angaben["bekannt"] == "2026-11-25"


def test_the_day_of_retrieval_is_that_of_saxony(fall, bescheid):
    verfahren.rufe_ab(bescheid, durch=fall.zeichnung, um=datetime(2026, 11, 24, 23, 30, tzinfo=UTC))
    assert jetzt(bescheid).bekannt_am == date(2026, 11, 26)


def test_the_first_retrieval_counts(fall, abgerufen):
    vorher = jetzt(abgerufen)
    verfahren.rufe_ab(abgerufen, durch=fall.zeichnung, um=ABRUF + TAG)
    nachher = jetzt(abgerufen)
    assert nachher.abgerufen_um == vorher.abgerufen_um
    assert nachher.bekannt_am == vorher.bekannt_am
    assert handlungen().count("bescheid.abgerufen") == 1


@pytest.mark.parametrize(
    ("um", "erlaubt"),
    [
        (datetime(2026, 12, 3, 22, 59, 59, tzinfo=UTC), True),
        (datetime(2026, 12, 3, 23, 0, 0, tzinfo=UTC), False),  # midnight in Saxony
    ],
)
def test_it_can_be_fetched_up_to_the_last_second_of_the_tenth_day(fall, bescheid, um, erlaubt):
    if erlaubt:
        verfahren.rufe_ab(bescheid, durch=fall.zeichnung, um=um)
        assert jetzt(bescheid).abgerufen_um == um
    else:
        with pytest.raises(SchrittNichtMoeglich, match=r"bis zum 03\.12\.2026 abrufbar"):
            verfahren.rufe_ab(bescheid, durch=fall.zeichnung, um=um)
        assert jetzt(bescheid).abgerufen_um is None


def test_not_fetched_in_time_it_is_for_staff_to_post(fall, bescheid):
    taeglich(date(2026, 12, 3))
    assert jetzt(bescheid).weg == "abruf"
    taeglich(date(2026, 12, 4))
    taeglich(date(2026, 12, 5))
    assert jetzt(bescheid).weg == "post"
    assert list(verfahren.zu_versenden(fall.sachbearbeitung)) == [bescheid]
    (mail,) = Nachricht.objects.filter(vorlage="bescheid_zur_post")
    assert mail.konto == fall.sachbearbeitung
    assert Nachricht.objects.filter(vorlage="bescheid_per_post").count() == 2
    assert handlungen().count("bescheid.bereitstellung_beendet") == 1
    with pytest.raises(SchrittNichtMoeglich):
        verfahren.rufe_ab(bescheid, durch=fall.zeichnung, um=um(date(2026, 12, 4)))


def test_what_was_fetched_stays_fetched(abgerufen):
    taeglich(date(2026, 12, 10))
    assert jetzt(abgerufen).weg == "abruf"


def test_who_may_fetch(fall, bescheid):
    fremd = make_mitglied(make_zuwendung().kommune, Rolle.ZEICHNUNG)
    verwaltung = make_mitglied(fall.kommune, Rolle.VERWALTUNG)
    for konto in (fall.lesen, verwaltung, fremd, fall.sachbearbeitung, fall.leitung, make_konto()):
        with pytest.raises(KeinRecht):
            verfahren.rufe_ab(bescheid, durch=konto, um=ABRUF)
    assert jetzt(bescheid).abgerufen_um is None
    verfahren.rufe_ab(bescheid, durch=fall.zeichnung, um=ABRUF)


def test_who_has_left_the_kommune_cannot_fetch(fall, bescheid):
    fall.zeichnung.mitgliedschaften.update(beendet_um=UM)
    with pytest.raises(KeinRecht):
        verfahren.rufe_ab(bescheid, durch=fall.zeichnung, um=ABRUF)


# --- By post ---------------------------------------------------------------------


def test_a_posted_notice_is_known_on_the_fourth_day(per_post):
    bescheid = per_post.bescheid
    verfahren.gib_zur_post(
        bescheid, date(2026, 11, 24), durch=per_post.sachbearbeitung, um=um(date(2026, 11, 25))
    )
    bekanntgabe = jetzt(bescheid)
    assert bekanntgabe.bekannt_am == date(2026, 11, 28)
    assert bekanntgabe.rechtsbehelf_bis == date(2026, 12, 28)
    assert not verfahren.ist_lesbar(bekanntgabe, date(2026, 11, 27))
    assert verfahren.ist_lesbar(bekanntgabe, date(2026, 11, 28))
    assert not verfahren.zu_versenden(per_post.sachbearbeitung).exists()


def test_posting_twice_is_once_and_another_day_is_refused(per_post):
    bescheid, konto = per_post.bescheid, per_post.sachbearbeitung
    am, heute = date(2026, 11, 24), um(date(2026, 11, 25))
    verfahren.gib_zur_post(bescheid, am, durch=konto, um=heute)
    verfahren.gib_zur_post(bescheid, am, durch=konto, um=heute)
    with pytest.raises(Ueberholt, match=r"24\.11\.2026"):
        verfahren.gib_zur_post(bescheid, am + TAG, durch=konto, um=heute)
    assert handlungen().count("bescheid.zur_post_gegeben") == 1


@pytest.mark.parametrize(
    ("am", "satz"),
    [(date(2026, 11, 26), "in der Zukunft"), (date(2026, 11, 22), "erst am 23.11.2026 erlassen")],
)
def test_it_is_posted_between_its_issue_and_today(per_post, am, satz):
    with pytest.raises(SchrittNichtMoeglich, match=satz):
        verfahren.gib_zur_post(
            per_post.bescheid, am, durch=per_post.sachbearbeitung, um=um(date(2026, 11, 25))
        )


def test_what_lies_in_the_portal_is_not_posted(fall, bescheid):
    with pytest.raises(SchrittNichtMoeglich, match="im Portal"):
        verfahren.gib_zur_post(bescheid, UM.date(), durch=fall.sachbearbeitung, um=ABRUF)


def test_what_nobody_fetched_is_posted_after_it_could_be_fetched(fall, bescheid):
    bis = jetzt(bescheid).abrufbar_bis
    taeglich(bis + TAG)

    def gib(am):
        return verfahren.gib_zur_post(
            bescheid, am, durch=fall.sachbearbeitung, um=um(bis + 2 * TAG)
        )

    with pytest.raises(SchrittNichtMoeglich, match="im Portal zum Abruf bereit"):
        gib(bis)
    assert jetzt(bescheid).bekannt_am is None
    assert gib(bis + TAG).post_aufgegeben_am == bis + TAG


def test_a_letter_on_its_way_is_neither_confirmed_nor_waived(per_post):
    bescheid, konto = per_post.bescheid, per_post.zeichnung
    with pytest.raises(SchrittNichtMoeglich, match="kommt mit der Post"):
        verfahren.bestaetige_empfang(bescheid, durch=konto, um=ABRUF)
    verfahren.gib_zur_post(bescheid, UM.date(), durch=per_post.sachbearbeitung, um=ABRUF)
    bekannt = jetzt(bescheid).bekannt_am
    for tu in (verfahren.bestaetige_empfang, verfahren.verzichte):
        with pytest.raises(SchrittNichtMoeglich, match="gilt noch nicht als bekannt gegeben"):
            tu(bescheid, durch=konto, um=um(bekannt - TAG))
    assert jetzt(bescheid).empfang_bestaetigt_um is None
    verfahren.bestaetige_empfang(bescheid, durch=konto, um=um(bekannt))
    assert verfahren.verzichte(bescheid, durch=konto, um=um(bekannt)).bestandskraft_am == bekannt


def test_only_the_office_posts(per_post):
    for konto in (per_post.zeichnung, per_post.leitung, make_konto()):
        with pytest.raises(KeinRecht):
            verfahren.gib_zur_post(per_post.bescheid, UM.date(), durch=konto, um=ABRUF)


# --- Receipt and waiver ----------------------------------------------------------


def test_the_receipt_is_confirmed_once(fall, abgerufen):
    verfahren.bestaetige_empfang(abgerufen, durch=fall.bearbeitung, um=ABRUF)
    verfahren.bestaetige_empfang(abgerufen, durch=fall.zeichnung, um=ABRUF + TAG)
    assert jetzt(abgerufen).empfang_bestaetigt_um == ABRUF
    assert handlungen().count("bescheid.empfang_bestaetigt") == 1
    with pytest.raises(KeinRecht):
        verfahren.bestaetige_empfang(abgerufen, durch=fall.lesen, um=ABRUF)


@pytest.mark.parametrize("schritt", [verfahren.bestaetige_empfang, verfahren.verzichte])
def test_nothing_is_confirmed_or_waived_before_it_is_fetched(fall, bescheid, schritt):
    with pytest.raises(SchrittNichtMoeglich, match="zuerst ab"):
        schritt(bescheid, durch=fall.zeichnung, um=ABRUF)


def test_a_waiver_makes_the_notice_final_at_once(fall, abgerufen):
    verfahren.verzichte(abgerufen, durch=fall.zeichnung, um=um(date(2026, 11, 30)))
    bekanntgabe = jetzt(abgerufen)
    assert bekanntgabe.verzichtet_von == fall.zeichnung
    assert bekanntgabe.empfang_bestaetigt_um == um(date(2026, 11, 30))
    assert bekanntgabe.bestandskraft_am == date(2026, 11, 30)
    fall.antrag.refresh_from_db()
    assert fall.antrag.status == Status.BESTANDSKRAEFTIG


def test_a_waiver_on_the_day_of_retrieval_counts_from_the_next_day(fall, abgerufen):
    verfahren.verzichte(abgerufen, durch=fall.zeichnung, um=ABRUF)
    assert jetzt(abgerufen).bestandskraft_am is None
    taeglich(ABRUF.date())
    assert jetzt(abgerufen).bestandskraft_am is None
    taeglich(date(2026, 11, 25))
    assert jetzt(abgerufen).bestandskraft_am == date(2026, 11, 25)


def test_a_waiver_sent_twice_is_one(fall, abgerufen):
    for _ in range(2):
        verfahren.verzichte(abgerufen, durch=fall.zeichnung, um=um(date(2026, 11, 30)))
    assert handlungen().count("bescheid.verzichtet") == 1
    assert handlungen().count("bescheid.bestandskraeftig") == 1


def test_only_the_zeichnung_waives(fall, abgerufen):
    for konto in (fall.bearbeitung, fall.lesen, fall.sachbearbeitung, make_konto()):
        with pytest.raises(KeinRecht):
            verfahren.verzichte(abgerufen, durch=konto, um=ABRUF)
    assert jetzt(abgerufen).verzichtet_um is None


def test_after_the_period_there_is_nothing_to_waive(fall, abgerufen):
    with pytest.raises(SchrittNichtMoeglich, match=r"28\.12\.2026 abgelaufen"):
        verfahren.verzichte(abgerufen, durch=fall.zeichnung, um=um(date(2026, 12, 29)))


# --- Final -----------------------------------------------------------------------


def test_the_notice_is_final_on_the_day_after_the_period(fall, abgerufen):
    taeglich(date(2026, 12, 28))
    fall.antrag.refresh_from_db()
    assert fall.antrag.status == Status.BEWILLIGT
    taeglich(date(2026, 12, 29))
    taeglich(date(2026, 12, 30))
    fall.antrag.refresh_from_db()
    assert fall.antrag.status == Status.BESTANDSKRAEFTIG
    assert jetzt(abgerufen).bestandskraft_am == date(2026, 12, 29)
    assert handlungen().count("bescheid.bestandskraeftig") == 1
    assert Nachricht.objects.filter(vorlage="bescheid_bestandskraeftig").count() == 2


def test_a_run_that_was_missed_is_made_up_with_the_right_day(abgerufen):
    taeglich(date(2027, 1, 7))
    assert jetzt(abgerufen).bestandskraft_am == date(2026, 12, 29)


def test_the_case_begins_with_its_period(fall, abgerufen):
    taeglich(date(2026, 12, 31))
    fall.antrag.refresh_from_db()
    assert fall.antrag.status == Status.BESTANDSKRAEFTIG
    taeglich(date(2027, 1, 1))
    fall.antrag.refresh_from_db()
    assert fall.antrag.status == Status.IN_DURCHFUEHRUNG


def test_a_period_that_has_begun_begins_with_the_waiver(fall):
    bescheid = fall.erlasse(bewilligung_von=date(2026, 11, 1))
    verfahren.stelle_bereit(bescheid, um=UM)
    verfahren.rufe_ab(bescheid, durch=fall.zeichnung, um=ABRUF)
    verfahren.verzichte(bescheid, durch=fall.zeichnung, um=ABRUF + TAG)
    fall.antrag.refresh_from_db()
    assert fall.antrag.status == Status.IN_DURCHFUEHRUNG


def test_a_refusal_becomes_final_and_the_case_stays_refused(fall):
    bescheid = fall.erlasse(Art.ABLEHNUNG)
    verfahren.stelle_bereit(bescheid, um=UM)
    verfahren.rufe_ab(bescheid, durch=fall.bearbeitung, um=ABRUF)
    taeglich(date(2026, 12, 29))
    fall.antrag.refresh_from_db()
    assert jetzt(bescheid).bestandskraft_am == date(2026, 12, 29)
    assert fall.antrag.status == Status.ABGELEHNT


def test_a_revoked_case_does_not_come_back(fall, abgerufen):
    widerruf = fall.erlasse(Art.WIDERRUF)
    verfahren.stelle_bereit(widerruf, um=UM)
    taeglich(date(2026, 12, 29))
    fall.antrag.refresh_from_db()
    assert fall.antrag.status == Status.WIDERRUFEN


def test_a_changed_case_begins_with_the_period_of_the_change(fall, abgerufen):
    aenderung = fall.erlasse(
        Art.AENDERUNG, betrag_euro=Decimal("20000.00"), bewilligung_von=date(2027, 2, 1)
    )
    verfahren.stelle_bereit(aenderung, um=UM)
    taeglich(date(2027, 1, 2))
    fall.antrag.refresh_from_db()
    assert fall.antrag.status == Status.BESTANDSKRAEFTIG
    taeglich(date(2027, 2, 1))
    fall.antrag.refresh_from_db()
    assert fall.antrag.status == Status.IN_DURCHFUEHRUNG


@pytest.mark.parametrize("veroeffentlichen", [True, False])
def test_the_grant_is_published_when_final_if_the_decision_said_so(fall, veroeffentlichen):
    bescheid = fall.erlasse(veroeffentlichen=veroeffentlichen)
    zuwendung = make_zuwendung(bescheid=bescheid, kommune=fall.kommune, veroeffentlicht=False)
    verfahren.stelle_bereit(bescheid, um=UM)
    verfahren.rufe_ab(bescheid, durch=fall.zeichnung, um=ABRUF)
    assert not Zuwendung.objects.get(pk=zuwendung.pk).veroeffentlicht
    taeglich(date(2026, 12, 29))
    assert Zuwendung.objects.get(pk=zuwendung.pk).veroeffentlicht == veroeffentlichen


def test_events_are_told_in_their_order(fall, abgerufen):
    verfahren.bestaetige_empfang(abgerufen, durch=fall.zeichnung, um=ABRUF + timedelta(hours=1))
    taeglich(date(2026, 12, 29))
    assert [ereignis.wort for ereignis in verfahren.ereignisse(jetzt(abgerufen))] == [
        "Erlassen",
        "Zum Abruf bereitgestellt",
        "Abgerufen",
        "Empfang bestätigt",
        "Bekannt gegeben",
        "Letzter Tag für einen Rechtsbehelf",
        "Bestandskräftig",
    ]


def test_after_a_waiver_the_period_is_no_event_any_more(fall, abgerufen):
    verfahren.verzichte(abgerufen, durch=fall.zeichnung, um=ABRUF + TAG)
    worte = [ereignis.wort for ereignis in verfahren.ereignisse(jetzt(abgerufen))]
    assert "Letzter Tag für einen Rechtsbehelf" not in worte
    assert worte[-3:] == ["Auf Rechtsbehelf verzichtet", "Bekannt gegeben", "Bestandskräftig"]


def test_a_day_stands_after_what_happened_on_it(fall, abgerufen):
    morgen = ABRUF + TAG
    verfahren.verzichte(abgerufen, durch=fall.zeichnung, um=morgen)
    taeglich(morgen.date())
    worte = [ereignis.wort for ereignis in verfahren.ereignisse(jetzt(abgerufen))]
    assert worte.index("Auf Rechtsbehelf verzichtet") < worte.index("Bestandskräftig")


def test_after_the_consent_is_taken_back_later_notices_are_posted(fall, bescheid):
    """What is provided already stays as it is."""
    zeichnung.widerrufe_einwilligung(fall.antrag, durch=fall.bearbeitung, um=UM)
    verfahren.rufe_ab(bescheid, durch=fall.bearbeitung, um=ABRUF)
    assert jetzt(bescheid).bekannt_am
    aenderung = fall.erlasse(Art.AENDERUNG)
    verfahren.stelle_bereit(aenderung, um=UM)
    assert jetzt(aenderung).weg == "post"
    assert jetzt(aenderung).bereitgestellt_um is None
