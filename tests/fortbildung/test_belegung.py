"""Places of groups and places for all (F39)."""

import pytest
from django.db import IntegrityError, transaction

from fortbildung.belegung import Belegung
from fortbildung.models import Anmeldung, Gruppe, Kurstag, Lehrgang, Modul, Stand
from tests.factories import make_durchgang, make_kurs

from .hilfen import UM, angemeldet, melde_an

K, P, S, A = Gruppe.KOMMUNE, Gruppe.POLIZEI, Gruppe.SOZIALES, Gruppe.ANDERE


@pytest.mark.parametrize(
    ("belegt", "frei"),
    [
        ({}, {K: 7, P: 5, S: 3, A: 3}),
        ({K: 4}, {K: 3, P: 5, S: 3, A: 3}),
        ({K: 6}, {K: 1, P: 3, S: 1, A: 1}),
        ({K: 7}, {K: 0, P: 2, S: 0, A: 0}),
        ({A: 3}, {K: 4, P: 2, S: 0, A: 0}),
        ({K: 4, P: 2, A: 3}, {K: 0, P: 0, S: 0, A: 0}),
        ({K: 4, P: 1, S: 3}, {K: 0, P: 1, S: 0, A: 0}),
    ],
)
def test_a_group_gets_its_own_places_and_then_those_for_all(belegt, frei):
    """9 places: 4 kept for Kommunen, 2 for the police, 3 for everybody."""
    stand = Belegung(9, {K: 4, P: 2}, belegt)
    assert {gruppe: stand.frei_fuer(gruppe) for gruppe in (K, P, S, A)} == frei


@pytest.mark.django_db
class TestDatenbank:
    def test_no_write_takes_a_place_that_is_kept_for_others(self):
        durchgang = make_kurs(plaetze=2, kontingent_polizei=1)
        angemeldet(durchgang, gruppe=K)
        wartend = angemeldet(durchgang, gruppe=K)
        assert wartend.stand == Stand.WARTELISTE
        with pytest.raises(IntegrityError, match="anmeldung_hat_platz"), transaction.atomic():
            Anmeldung.objects.filter(pk=wartend.pk).update(stand=Stand.ANGEMELDET)
        assert angemeldet(durchgang, gruppe=P).stand == Stand.ANGEMELDET

    def test_places_that_are_taken_are_not_taken_away(self):
        durchgang = make_kurs(plaetze=2)
        for _ in range(2):
            angemeldet(durchgang)
        durchgang.plaetze = 1
        with pytest.raises(IntegrityError, match="durchgang_plaetze_bleiben"), transaction.atomic():
            durchgang.save()
        durchgang.plaetze, durchgang.kontingent_polizei = 2, 1
        with pytest.raises(IntegrityError, match="durchgang_plaetze_bleiben"), transaction.atomic():
            durchgang.save()

    def test_the_places_of_the_groups_are_not_more_than_all(self):
        with pytest.raises(IntegrityError, match="durchgang_kontingente_in_plaetzen"):
            make_durchgang(plaetze=5, kontingent_kommune=3, kontingent_polizei=3)

    def test_a_cohort_has_one_module_on_a_day(self):
        durchgang = make_kurs(tage=["2026-03-06"])
        tag = durchgang.kurstage.get()
        with pytest.raises(IntegrityError, match="kurstag_tag_einmal"):
            Kurstag.objects.create(
                durchgang=durchgang, modul=tag.modul, tag=tag.tag,
                von="17:00", bis="18:00", ort="Leipzig",
            )  # fmt: skip

    def test_a_day_takes_a_module_of_its_own_course(self):
        durchgang = make_kurs(tage=[])
        anderer = Lehrgang.objects.create(kuerzel="anderer", name="Anderer", traeger="LPR")
        modul = Modul.objects.create(lehrgang=anderer, nummer=1, titel="Fremd")
        with pytest.raises(IntegrityError, match="kurstag_modul_des_lehrgangs"):
            Kurstag.objects.create(
                durchgang=durchgang, modul=modul, tag="2026-03-06",
                von="09:00", bis="16:00", ort="Leipzig",
            )  # fmt: skip

    def test_an_unconfirmed_registration_holds_no_place(self):
        durchgang = make_kurs(plaetze=1)
        melde_an(durchgang)
        assert angemeldet(durchgang).stand == Stand.ANGEMELDET

    def test_the_same_address_is_registered_once(self):
        durchgang = make_kurs()
        erste = melde_an(durchgang)
        with pytest.raises(IntegrityError, match="anmeldung_einmal"):
            Anmeldung.objects.create(
                durchgang=durchgang, name="B", email=erste.email, gruppe=K, stelle="S",
                funktion="F", eingegangen_um=UM,
            )  # fmt: skip
