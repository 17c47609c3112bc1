"""Nobody who works on an open case, and no council named in one, is forgotten meanwhile."""

from datetime import UTC, datetime

import pytest

from asskomm.personendaten import offene_vorgaenge
from foerderung.models import BEENDET, Gutachten, Status
from tests.factories import make_antrag, make_entscheidung, make_konto, make_rat

pytestmark = pytest.mark.django_db


def wartend(modell, nummern):
    vorgaenge = [v for v in offene_vorgaenge(modell) if v.schluessel.startswith("foerderung.")]
    return {nummer for vorgang in vorgaenge for nummer in vorgang.offen(nummern)}


@pytest.mark.parametrize("status", Status)
def test_who_is_part_of_a_case_waits_until_it_has_ended(status):
    konto, andere = make_konto(), make_konto()
    make_antrag(status=status, angelegt_von=konto)
    erwartet = set() if status in BEENDET else {konto.pk}
    assert wartend("konten.konto", [konto.pk, andere.pk]) == erwartet
    assert wartend("konten.konto", [andere.pk]) == set()


def test_every_kind_of_part_counts():
    personen = [make_konto() for _ in range(4)]
    antrag = make_antrag(status=Status.ENTSCHEIDUNGSREIF, zustaendig=personen[0])
    antrag.abschnitte.filter(schluessel="plan").update(geaendert_von=personen[1])
    Gutachten.objects.create(
        antrag=antrag, von=personen[2], begonnen_um=datetime(2026, 11, 2, tzinfo=UTC)
    )
    make_entscheidung(antrag=antrag, vorgeschlagen_von=personen[3])
    nummern = {person.pk for person in personen}
    assert wartend("konten.konto", nummern) == nummern


def test_a_council_named_in_an_open_case_keeps_its_contact():
    rat, anderer = make_rat(), make_rat()
    antrag = make_antrag(status=Status.EINGEREICHT, praeventionsrat=rat)
    nummern = [rat.pk, anderer.pk]
    assert wartend("kommunen.Praeventionsrat", nummern) == {rat.pk}
    type(antrag).objects.update(status=Status.ABGELEHNT, entschieden_um=antrag.eingereicht_um)
    assert wartend("kommunen.Praeventionsrat", nummern) == set()
