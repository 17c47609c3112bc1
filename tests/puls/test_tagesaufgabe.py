"""The round of a year with the clock moved: asked in January, reminded twice, then shown."""

from datetime import date, timedelta

import pytest

from asskomm.post.models import Nachricht
from asskomm.post.tageslauf import fuehre_aus
from kommunen.models import Mitgliedschaft, Ratsabfrage, Ratsbestaetigung, Ratszustand, Rolle
from kommunen.puls import verfahren
from kommunen.puls.stand import im_gang, nach_erinnerungen, ohne_zugang
from tests.factories import (
    make_kommune,
    make_mitglied,
    make_rat,
    make_ratsabfrage,
    make_ratszustand,
)

from .hilfen import NEUJAHR, UM, bestaetige, frage_taeglich, in_tagen, mails, make_fall, zeile

pytestmark = pytest.mark.django_db
STUFEN = ("vorgemerkt_am", "gefragt_am", "erinnert_am", "erneut_erinnert_am", "offen_ab")


def tage(rat):
    """The steps of the round, in days since New Year."""
    eine = zeile(rat)
    return [None if (am := getattr(eine, s)) is None else (am - NEUJAHR).days for s in STUFEN]


def test_nobody_is_asked_before_the_first_day():
    make_fall()
    verfahren.frage(date(2026, 12, 31))
    assert not Ratsbestaetigung.objects.exists()
    assert not Nachricht.objects.exists()


def test_the_days_of_the_next_year_are_there_to_be_seen_in_autumn():
    verfahren.frage(date(2026, 9, 29))
    assert set(Ratsabfrage.objects.values_list("jahr", flat=True)) == {2026}
    verfahren.frage(date(2026, 10, 1))
    abfrage = Ratsabfrage.objects.get(jahr=2027)
    assert (abfrage.beginn, abfrage.neue_bis) == (NEUJAHR, date(2027, 2, 28))
    assert Ratsabfrage.objects.fuer(2028).neue_bis == date(2028, 2, 29)


def test_a_council_is_asked_and_reminded_twice_and_then_its_note_appears():
    rat, kommune, konto = make_fall()
    frage_taeglich(in_tagen(60))
    assert tage(rat) == [0, 0, 14, 28, 42]
    postfach = rat.kontakt_email
    assert mails("rat_bestaetigen") == sorted(
        [("rat_bestaetigen", konto.email), ("rat_bestaetigen", postfach)]
    )
    assert mails("rat_erinnerung") == sorted(
        [("rat_erinnerung", konto.email), ("rat_erinnerung", postfach)] * 2
    )
    assert not nach_erinnerungen(in_tagen(41)).exists()
    assert nach_erinnerungen(in_tagen(42)).get().rat == rat
    assert im_gang(in_tagen(41)).get().rat == rat


def test_the_job_belongs_to_the_daily_run():
    rat, _, _ = make_fall()
    fuehre_aus(UM)
    assert zeile(rat).gefragt_am == UM.date()


@pytest.mark.parametrize("zu_spaet", [1, 20, 58])
def test_a_round_that_began_late_catches_up_and_keeps_its_distances(zu_spaet):
    rat, _, _ = make_fall()
    frage_taeglich(in_tagen(120), ab=in_tagen(zu_spaet))
    assert tage(rat) == [zu_spaet, zu_spaet, zu_spaet + 14, zu_spaet + 28, zu_spaet + 42]


def test_who_was_not_taken_in_by_the_end_of_february_waits_for_the_next_year():
    rat, _, _ = make_fall()
    frage_taeglich(in_tagen(90), ab=in_tagen(59))
    assert not Ratsbestaetigung.objects.exists()
    verfahren.frage(date(2028, 1, 1))
    assert zeile(rat, 2028).gefragt_am == date(2028, 1, 1)


def test_a_worker_that_rests_between_the_steps_sends_no_two_of_them_at_once():
    rat, _, _ = make_fall()
    verfahren.frage(NEUJAHR)
    frage_taeglich(in_tagen(120), ab=in_tagen(70))
    assert tage(rat) == [0, 0, 70, 84, 98]


def test_the_same_day_twice_asks_once():
    rat, _, _ = make_fall()
    for _ in range(2):
        verfahren.frage(NEUJAHR)
    assert len(mails()) == 2


def test_who_has_confirmed_is_left_in_peace():
    rat, kommune, konto = make_fall()
    verfahren.frage(NEUJAHR)
    bestaetige(rat, kommune, konto)
    frage_taeglich(in_tagen(60), ab=in_tagen(1))
    assert tage(rat) == [0, 0, None, None, None]
    assert not mails("rat_erinnerung")


def test_who_confirms_before_the_round_is_not_asked():
    rat, kommune, konto = make_fall()
    make_ratsabfrage(beginn=date(2027, 1, 18))
    bestaetige(rat, kommune, konto)
    frage_taeglich(in_tagen(60))
    assert tage(rat) == [None] * 5
    assert not mails()


def test_staff_set_the_days():
    rat, _, _ = make_fall()
    make_ratsabfrage(
        beginn=date(2027, 1, 11), erste_erinnerung_nach=21, zweite_erinnerung_nach=35, nachfrist=7
    )
    frage_taeglich(in_tagen(90))
    assert tage(rat) == [10, 10, 31, 45, 52]


def test_a_kommune_with_several_councils_gets_one_mail_about_all_of_them():
    rat, kommune, konto = make_fall(kontakt_email="")
    zweiter = make_rat(name="Präventionsrat Landkreis", kommunen=[kommune])
    verfahren.frage(NEUJAHR)
    mail = Nachricht.objects.get()
    assert (mail.adresse, mail.gegenstand_nummer) == (konto.email, str(kommune.pk))
    assert str(rat) in mail.text
    assert str(zweiter) in mail.text
    assert f"/mein-bereich/{kommune.kennung}/praeventionsraete/\n" in mail.text


def test_a_council_that_comes_later_waits_until_its_kommune_may_be_written_to_again():
    rat, kommune, konto = make_fall(kontakt_email="")
    frage_taeglich(in_tagen(4))
    zweiter = make_rat(name="Zweiter Rat", kommunen=[kommune])
    frage_taeglich(in_tagen(90), ab=in_tagen(5))
    assert tage(rat)[1:4] == [0, 14, 28]
    assert tage(zweiter)[:4] == [5, 14, 28, 42]
    gesendet = sorted(Nachricht.objects.values_list("betreff", flat=True))
    assert len(gesendet) == 4


@pytest.mark.parametrize("abstand", [13, 14])
def test_between_two_mails_to_a_kommune_lie_fourteen_days(abstand):
    _, kommune, _ = make_fall(kontakt_email="")
    verfahren.frage(NEUJAHR)
    neuer = make_rat(name="Neuer Rat", kommunen=[kommune])
    verfahren.frage(in_tagen(abstand))
    assert (zeile(neuer).gefragt_am is not None) is (abstand == 14)


def test_each_kommune_of_a_joint_council_is_asked():
    rat, kommune, konto = make_fall()
    andere = make_kommune(name="Nachbarstadt")
    rat.kommunen.add(andere)
    nachbarin = make_mitglied(andere, Rolle.BEARBEITUNG)
    make_mitglied(andere, Rolle.LESEN)
    verfahren.frage(NEUJAHR)
    assert {adresse for _, adresse in mails()} == {konto.email, nachbarin.email, rat.kontakt_email}
    assert len(mails()) == 3
    assert Ratsbestaetigung.objects.count() == 1


def test_where_nobody_can_sign_in_staff_call_at_once_and_no_mail_goes():
    rat, kommune, konto = make_fall()
    Mitgliedschaft.objects.all().delete()
    make_mitglied(kommune, Rolle.LESEN)
    verfahren.frage(NEUJAHR)
    assert ohne_zugang(NEUJAHR).get().rat == rat
    frage_taeglich(in_tagen(42), ab=in_tagen(1))
    assert not mails()
    assert tage(rat) == [0, None, None, None, 42]
    assert ohne_zugang(in_tagen(42)).get().rat == rat
    assert not nach_erinnerungen(in_tagen(42)).exists()


def test_once_somebody_can_sign_in_they_are_asked():
    rat, kommune, _ = make_fall()
    Mitgliedschaft.objects.all().delete()
    verfahren.frage(NEUJAHR)
    neue = make_mitglied(kommune, Rolle.BEARBEITUNG)
    verfahren.frage(in_tagen(3))
    assert not ohne_zugang(in_tagen(3)).exists()
    assert ("rat_bestaetigen", neue.email) in mails()


def test_whose_access_comes_before_the_note_is_reminded_first():
    rat, kommune, _ = make_fall()
    Mitgliedschaft.objects.all().delete()
    frage_taeglich(in_tagen(30))
    assert tage(rat) == [0, None, None, None, 42]
    make_mitglied(kommune, Rolle.BEARBEITUNG)
    frage_taeglich(in_tagen(31), ab=in_tagen(31))
    assert tage(rat) == [0, 31, None, None, None]
    assert "bis zum 14.03.2027" in " ".join(Nachricht.objects.first().text.split())
    frage_taeglich(in_tagen(60), ab=in_tagen(32))
    assert tage(rat) == [0, 31, 45, 59, 73]


def test_a_note_that_is_there_stays_while_somebody_new_is_asked_and_the_mails_say_so():
    rat, kommune, _ = make_fall()
    Mitgliedschaft.objects.all().delete()
    frage_taeglich(in_tagen(50))
    neue = make_mitglied(kommune, Rolle.BEARBEITUNG)
    frage_taeglich(in_tagen(90), ab=in_tagen(51))
    assert tage(rat) == [0, 51, 65, 79, 42]
    assert nach_erinnerungen(in_tagen(90)).get().rat == rat
    geschrieben = Nachricht.objects.filter(adresse=neue.email)
    assert geschrieben.count() == 3
    for mail in geschrieben:
        assert "bis" not in mail.betreff
        text = " ".join(mail.text.split())
        assert "Auf der Website steht schon, dass die Bestätigung fehlt." in text
        assert "2027" not in text


def test_nobody_speaks_for_a_kommune_that_has_ceased_to_exist():
    rat, kommune, _ = make_fall()
    kommune.gueltig_bis, kommune.nachfolger = date(2026, 12, 31), make_kommune(name="Neustadt")
    kommune.save()
    verfahren.frage(NEUJAHR)
    assert not mails()
    assert ohne_zugang(NEUJAHR).get().rat == rat


@pytest.mark.parametrize("zustand", Ratszustand.Zustand)
def test_all_councils_but_dissolved_ones_are_asked(zustand):
    rat, _, _ = make_fall(aktiv_seit=None)
    make_ratszustand(rat=rat, zustand=zustand, von="2026-05-01")
    verfahren.frage(NEUJAHR)
    assert bool(mails()) is (zustand != Ratszustand.Zustand.AUFGELOEST)


def test_a_council_that_is_dissolved_meanwhile_is_reminded_no_more():
    rat, _, _ = make_fall()
    verfahren.frage(NEUJAHR)
    rat.zustaende.update(bis="2027-01-10")
    make_ratszustand(rat=rat, zustand=Ratszustand.Zustand.AUFGELOEST, von="2027-01-10")
    frage_taeglich(in_tagen(90), ab=in_tagen(10))
    assert not mails("rat_erinnerung")
    assert not im_gang(in_tagen(90)).exists()
    assert not nach_erinnerungen(in_tagen(90)).exists()


def test_what_is_not_public_is_not_asked_about():
    make_fall(veroeffentlicht=False)
    verfahren.frage(NEUJAHR)
    assert not Ratsbestaetigung.objects.exists()


def test_in_the_next_year_the_new_question_takes_the_place_of_the_old_one():
    rat, _, _ = make_fall()
    frage_taeglich(in_tagen(60))
    neujahr = date(2028, 1, 1)
    assert nach_erinnerungen(neujahr).get().jahr == 2027
    verfahren.frage(neujahr)
    assert not nach_erinnerungen(neujahr).exists()
    assert im_gang(neujahr).get().jahr == 2028


@pytest.mark.parametrize(
    ("postfach", "ziel"),
    [("müller@example.org", ""), ("unsinn", ""), ("", ""), ("RAT@Example.org", "rat@example.org")],
)
def test_a_mailbox_that_cannot_be_written_to_stops_nothing(postfach, ziel):
    _, _, konto = make_fall(kontakt_email=postfach)
    verfahren.frage(NEUJAHR)
    assert {adresse for _, adresse in mails()} == {konto.email, ziel} - {""}


def test_the_mail_names_no_person():
    rat, kommune, konto = make_fall()
    verfahren.frage(NEUJAHR)
    for mail in Nachricht.objects.all():
        assert konto.email not in mail.text + mail.betreff
        assert rat.kontakt_email not in mail.text + mail.betreff
        assert "bis zum 11.02.2027" in " ".join(mail.text.split())
        assert f"/praeventionsraete/{rat.pk}/" in mail.text


def test_the_number_of_queries_grows_with_the_mails_only(django_assert_max_num_queries):
    for nummer in range(3):
        make_fall(f"Stadt {nummer}")
    verfahren.frage(NEUJAHR)
    with django_assert_max_num_queries(10):
        verfahren.frage(NEUJAHR + timedelta(days=1))
