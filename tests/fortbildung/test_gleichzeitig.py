"""Many at once for few places (F40)."""

import threading
from collections import Counter

import pytest
from django.db import connection

from fortbildung.models import Anmeldung, Gruppe, Stand
from fortbildung.verfahren import anmeldung as verfahren
from tests.factories import make_kurs

from .hilfen import UM, melde_an

pytestmark = pytest.mark.django_db(transaction=True)


def zugleich(arbeiter, stuecke, tue):
    """Do `tue` for each of `stuecke` on so many connections at once."""
    start, rest, fehler = threading.Barrier(arbeiter), iter(stuecke), []
    schloss = threading.Lock()

    def laufe():
        start.wait()
        try:
            while True:
                with schloss:
                    stueck = next(rest, None)
                if stueck is None:
                    return
                tue(stueck)
        except Exception as ausnahme:  # noqa: BLE001  the test looks at it
            fehler.append(ausnahme)
        finally:
            connection.close()

    faeden = [threading.Thread(target=laufe) for _ in range(arbeiter)]
    for faden in faeden:
        faden.start()
    for faden in faeden:
        faden.join()
    assert fehler == []


def test_a_hundred_for_25_places_with_quotas():
    """Never more than the places, everybody has a number, and nobody overtakes in their group."""
    durchgang = make_kurs(plaetze=25, kontingent_polizei=8, kontingent_kommune=8)
    gruppen = [Gruppe.KOMMUNE, Gruppe.POLIZEI, Gruppe.SOZIALES, Gruppe.ANDERE]
    offen = [melde_an(durchgang, gruppe=gruppen[nummer % 4]) for nummer in range(100)]
    zugleich(20, offen, lambda anmeldung: verfahren.bestaetige(anmeldung, um=UM))
    alle = list(Anmeldung.objects.order_by("rang"))
    assert [anmeldung.rang for anmeldung in alle] == list(range(1, 101))
    assert Counter(a.stand for a in alle) == {Stand.ANGEMELDET: 25, Stand.WARTELISTE: 75}
    for gruppe in gruppen:
        staende = [a.stand for a in alle if a.gruppe == gruppe]
        assert staende == sorted(staende, key=lambda stand: stand == Stand.WARTELISTE)


def test_one_address_many_times_at_once_is_one_registration():
    durchgang = make_kurs()
    zugleich(8, range(8), lambda _: melde_an(durchgang, email="a@example.org"))
    assert Anmeldung.objects.count() == 1


def test_the_last_place_freed_twice_is_offered_once():
    durchgang = make_kurs(plaetze=2)
    alle = [verfahren.bestaetige(melde_an(durchgang), um=UM) for _ in range(6)]
    zugleich(2, alle[:2], lambda a: verfahren.melde_ab(a, durch=None, um=UM, gesehen=a.version))
    zahl = Counter(Anmeldung.objects.values_list("stand", flat=True))
    assert zahl == {Stand.ABGEMELDET: 2, Stand.ANGEBOTEN: 2, Stand.WARTELISTE: 2}
