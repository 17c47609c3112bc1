"""Registering, waiting, moving up, admission (F40, F41)."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from asskomm.eingang import SchonAbgesendet
from asskomm.post.models import Nachricht
from asskomm.protokoll.models import Eintrag
from asskomm.schritt import SchrittNichtMoeglich, Ueberholt
from fortbildung.models import Anmeldung, Bedarf, Gruppe, Stand
from fortbildung.tagesaufgaben import raeume_auf
from fortbildung.verfahren import anmeldung as verfahren
from fortbildung.verfahren import zulassung
from tests.factories import anmeldeangaben, make_konto, make_kurs

from .hilfen import STUNDE, UM, angemeldet, koordination, melde_an, staende

pytestmark = pytest.mark.django_db


def post():
    return list(Nachricht.objects.order_by("eingestellt_um").values_list("vorlage", "adresse"))


class TestAnmelden:
    def test_without_an_account_it_counts_after_the_button(self):
        durchgang = make_kurs()
        anmeldung = melde_an(durchgang, email="a@example.org")
        assert (anmeldung.stand, anmeldung.rang) == (Stand.UNBESTAETIGT, None)
        assert post() == [("kurs_bestaetigen", "a@example.org")]
        bestaetigt = verfahren.bestaetige(anmeldung, um=UM + STUNDE)
        assert (bestaetigt.stand, bestaetigt.rang) == (Stand.ANGEMELDET, 1)
        assert verfahren.bestaetige(anmeldung, um=UM + STUNDE).version == bestaetigt.version

    def test_the_link_is_good_for_48_hours_to_the_second(self):
        durchgang = make_kurs()
        erste, zweite = melde_an(durchgang), melde_an(durchgang)
        verfahren.bestaetige(erste, um=UM + timedelta(hours=48))
        with pytest.raises(SchrittNichtMoeglich, match="48 Stunden"):
            verfahren.bestaetige(zweite, um=UM + timedelta(hours=48, seconds=1))

    def test_with_an_account_it_counts_at_once_in_its_own_address(self):
        konto = make_konto(email="k@example.org")
        anmeldung = melde_an(make_kurs(), konto=konto, email="fremd@example.org")
        assert (anmeldung.email, anmeldung.stand) == ("k@example.org", Stand.ANGEMELDET)

    @pytest.mark.parametrize(
        ("um", "satz"),
        [
            (datetime(2025, 12, 31, 22, 59, 59, tzinfo=UTC), "beginnt am 01.01.2026"),
            (datetime(2026, 1, 31, 23, 0, 0, tzinfo=UTC), "bis zum 31.01.2026"),
        ],
    )
    def test_outside_of_the_window_it_is_refused(self, um, satz):
        with pytest.raises(SchrittNichtMoeglich, match=satz):
            melde_an(make_kurs(), um=um)

    @pytest.mark.parametrize(
        "um",
        [
            datetime(2025, 12, 31, 23, 0, 0, tzinfo=UTC),
            datetime(2026, 1, 31, 22, 59, 59, tzinfo=UTC),
        ],
    )
    def test_the_first_and_the_last_second_in_berlin_are_in(self, um):
        assert melde_an(make_kurs(), um=um).pk

    def test_an_unpublished_cohort_takes_nobody(self):
        with pytest.raises(SchrittNichtMoeglich):
            melde_an(make_kurs(veroeffentlicht=False))

    def test_the_same_form_twice_is_one_registration(self):
        durchgang, angaben = make_kurs(), {"formular": uuid4(), **anmeldeangaben()}
        erste = melde_an(durchgang, **angaben)
        assert melde_an(durchgang, **angaben).pk == erste.pk
        assert len(post()) == 1

    def test_the_same_form_with_another_address_is_not_lost(self):
        durchgang, angaben = make_kurs(), {"formular": uuid4(), **anmeldeangaben()}
        melde_an(durchgang, **angaben)
        with pytest.raises(SchonAbgesendet):
            melde_an(durchgang, **angaben | {"email": "richtig@example.org"})

    def test_a_second_registration_shows_the_first_and_tells_only_its_mailbox(self):
        durchgang = make_kurs()
        erste = angemeldet(durchgang, email="a@example.org")
        zweite = melde_an(durchgang, email="A@Example.org", name="Jemand anderes")
        assert zweite.pk == erste.pk
        erste.refresh_from_db()
        assert erste.name != "Jemand anderes"
        assert post()[-1] == ("kurs_schon_angemeldet", "a@example.org")

    def test_what_a_stranger_typed_for_an_address_gives_way_to_its_owner(self):
        durchgang = make_kurs()
        melde_an(durchgang, email="k@example.org", name="Fremde Angaben")
        konto = make_konto(email="k@example.org")
        anmeldung = melde_an(durchgang, konto=konto, name="Kim")
        assert (anmeldung.konto, anmeldung.stand) == (konto, Stand.ANGEMELDET)
        assert anmeldung.name == "Kim"
        assert durchgang.anmeldungen.count() == 1

    def test_whoever_left_may_register_again(self):
        durchgang = make_kurs()
        erste = angemeldet(durchgang, email="a@example.org")
        verfahren.melde_ab(erste, durch=None, um=UM, gesehen=erste.version)
        assert angemeldet(durchgang, email="a@example.org").rang == 2

    def test_the_employer_is_asked_and_agrees_once(self):
        anmeldung = angemeldet(make_kurs(), arbeitgeber_email="chefin@example.org")
        assert ("kurs_zustimmung", "chefin@example.org") in post()
        verfahren.stimme_zu(anmeldung, gesehen=anmeldung.version, um=UM)
        verfahren.stimme_zu(anmeldung, gesehen=anmeldung.version, um=UM + STUNDE)
        anmeldung.refresh_from_db()
        assert anmeldung.arbeitgeber_bestaetigt_um == UM


class TestWarteliste:
    def test_it_is_in_the_order_of_the_confirmations(self):
        durchgang = make_kurs(plaetze=1)
        spaeter, zuerst = melde_an(durchgang), melde_an(durchgang)
        verfahren.bestaetige(zuerst, um=UM)
        verfahren.bestaetige(spaeter, um=UM)
        assert staende(durchgang) == [Stand.ANGEMELDET, Stand.WARTELISTE]
        spaeter.refresh_from_db()
        assert verfahren.warteplatz(spaeter) == 1

    def test_a_freed_place_is_offered_for_72_hours_and_then_to_the_next(self):
        durchgang = make_kurs(plaetze=1)
        erste, zweite, dritte = (angemeldet(durchgang) for _ in range(3))
        verfahren.melde_ab(erste, durch=None, um=UM, gesehen=erste.version)
        zweite.refresh_from_db()
        assert (zweite.stand, zweite.angebot_bis) == (Stand.ANGEBOTEN, UM + 72 * STUNDE)
        assert not verfahren.verfalle(zweite, um=UM + 72 * STUNDE)
        assert verfahren.verfalle(zweite, um=UM + 72 * STUNDE + timedelta(seconds=1))
        assert staende(durchgang) == [Stand.ABGEMELDET, Stand.VERFALLEN, Stand.ANGEBOTEN]
        dritte.refresh_from_db()
        verfahren.nimm_an(dritte, durch=None, um=UM + 80 * STUNDE, gesehen=dritte.version)
        assert staende(durchgang)[2] == Stand.ANGEMELDET

    def test_a_place_of_a_group_passes_over_those_who_cannot_have_it(self):
        durchgang = make_kurs(plaetze=2, kontingent_polizei=1)
        angemeldet(durchgang)
        polizei = angemeldet(durchgang, gruppe=Gruppe.POLIZEI)
        angemeldet(durchgang)
        angemeldet(durchgang, gruppe=Gruppe.POLIZEI)
        verfahren.melde_ab(polizei, durch=None, um=UM, gesehen=polizei.version)
        assert staende(durchgang)[2:] == [Stand.WARTELISTE, Stand.ANGEBOTEN]

    def test_an_offer_taken_too_late_is_refused_and_too_old_a_page_as_well(self):
        durchgang = make_kurs(plaetze=1)
        erste, zweite = angemeldet(durchgang), angemeldet(durchgang)
        verfahren.melde_ab(erste, durch=None, um=UM, gesehen=erste.version)
        zweite.refresh_from_db()
        with pytest.raises(Ueberholt):
            verfahren.nimm_an(zweite, durch=None, um=UM, gesehen=zweite.version - 1)
        with pytest.raises(SchrittNichtMoeglich, match="nächste Person"):
            verfahren.nimm_an(zweite, durch=None, um=UM + 73 * STUNDE, gesehen=zweite.version)

    def test_an_offer_ends_when_the_first_day_begins_and_none_is_made_after(self):
        durchgang = make_kurs(plaetze=1)
        erste, zweite = angemeldet(durchgang), angemeldet(durchgang)
        beginn = datetime(2026, 3, 6, 8, tzinfo=UTC)
        verfahren.melde_ab(erste, durch=None, um=beginn - STUNDE, gesehen=erste.version)
        zweite.refresh_from_db()
        assert zweite.angebot_bis == beginn
        verfahren.verfalle(zweite, um=beginn + timedelta(seconds=1))
        angemeldet(durchgang)
        assert verfahren.ruecke_nach(durchgang, um=beginn) == 0

    def test_leaving_twice_leaves_once(self):
        anmeldung = angemeldet(make_kurs())
        for _ in range(2):
            verfahren.melde_ab(anmeldung, durch=None, um=UM, gesehen=anmeldung.version)
        assert Eintrag.objects.filter(handlung="kurs.abgemeldet").count() == 1


class TestZulassung:
    def test_it_needs_a_reason_and_the_right(self):
        anmeldung = angemeldet(make_kurs())
        with pytest.raises(SchrittNichtMoeglich, match="Grund"):
            zulassung.lasse_zu(
                anmeldung, " ", durch=koordination(), um=UM, gesehen=anmeldung.version
            )
        for konto in (make_konto(), make_konto(["Sachbearbeitung"])):
            with pytest.raises(zulassung.KeinRecht):
                zulassung.lasse_zu(
                    anmeldung, "Platz im Kontingent", durch=konto, um=UM, gesehen=anmeldung.version
                )
        zugelassen = zulassung.lasse_zu(
            anmeldung, "Platz im Kontingent", durch=koordination(), um=UM, gesehen=anmeldung.version
        )
        assert (zugelassen.stand, zugelassen.grund) == (Stand.ZUGELASSEN, "Platz im Kontingent")

    def test_who_waits_is_not_admitted(self):
        durchgang = make_kurs(plaetze=1)
        angemeldet(durchgang)
        wartend = angemeldet(durchgang)
        with pytest.raises(Ueberholt):
            zulassung.lasse_zu(
                wartend, "Grund", durch=koordination(), um=UM, gesehen=wartend.version
            )

    def test_not_before_the_named_employer_has_agreed(self):
        anmeldung = angemeldet(make_kurs(), arbeitgeber_email="chefin@example.org")
        with pytest.raises(SchrittNichtMoeglich, match="noch nicht zugestimmt"):
            zulassung.lasse_zu(
                anmeldung, "Grund", durch=koordination(), um=UM, gesehen=anmeldung.version
            )

    def test_a_refusal_moves_the_next_one_up(self):
        durchgang = make_kurs(plaetze=1)
        erste, _ = angemeldet(durchgang), angemeldet(durchgang)
        zulassung.lehne_ab(erste, "Kein Bezug", durch=koordination(), um=UM, gesehen=erste.version)
        assert staende(durchgang) == [Stand.ABGELEHNT, Stand.ANGEBOTEN]

    def test_needs_are_asked_of_the_admitted_and_go_after_the_last_day(self):
        anmeldung = angemeldet(make_kurs())
        with pytest.raises(SchrittNichtMoeglich):
            zulassung.gib_bedarf_an(anmeldung, "vegan", "", um=UM)
        zulassung.lasse_zu(
            anmeldung, "Grund", durch=koordination(), um=UM, gesehen=anmeldung.version
        )
        zulassung.gib_bedarf_an(anmeldung, "vegan", "", um=UM)
        raeume_auf(datetime(2026, 3, 7).date())
        assert Bedarf.objects.get().verpflegung == "vegan"
        raeume_auf(datetime(2026, 3, 8).date())
        assert not Bedarf.objects.exists()
        assert "vegan" not in str(list(Eintrag.objects.values()))


def test_what_nobody_confirmed_is_deleted(monkeypatch):
    durchgang = make_kurs()
    melde_an(durchgang)
    bestaetigt = angemeldet(durchgang)
    raeume_auf(datetime(2026, 1, 20).date())
    assert list(Anmeldung.objects.all()) == [bestaetigt]


class TestEnde:
    def test_an_unconfirmed_one_past_its_time_does_not_stand_in_the_way(self):
        durchgang, spaeter = make_kurs(), UM + timedelta(hours=49)
        melde_an(durchgang, email="a@example.org")
        neu = melde_an(durchgang, email="a@example.org", um=spaeter)
        assert verfahren.bestaetige(neu, um=spaeter).stand == Stand.ANGEMELDET

    def test_an_account_with_another_address_is_still_the_same_person(self):
        konto, durchgang = make_konto(), make_kurs()
        erste = melde_an(durchgang, konto=konto)
        konto.email = "neu@example.org"
        konto.save()
        assert melde_an(durchgang, konto=konto).pk == erste.pk

    @pytest.mark.parametrize("schritt", ["abmelden", "ablehnen"])
    def test_an_admitted_person_leaves_and_their_needs_go_at_once(self, schritt):
        leitung, person = koordination(), angemeldet(make_kurs())
        person = zulassung.lasse_zu(person, "Platz", durch=leitung, um=UM, gesehen=person.version)
        zulassung.gib_bedarf_an(person, "vegan", "", um=UM)
        if schritt == "abmelden":
            person = verfahren.melde_ab(person, durch=None, um=UM, gesehen=person.version)
        else:
            zulassung.lehne_ab(person, "Doch nicht", durch=leitung, um=UM, gesehen=person.version)
        assert person.grund == "Platz"
        assert not Bedarf.objects.exists()
