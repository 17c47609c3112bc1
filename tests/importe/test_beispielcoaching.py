"""The invented engagements: enough to see everything, twice the same, and gone without a trace."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from asskomm.konten.models import Konto
from asskomm.post.models import Nachricht
from beratung.befugnisse import sicht
from beratung.models import (
    Coach,
    Coaching,
    Coachinganfrage,
    Coachvorschlag,
    Faehigkeit,
    Kontingenterweiterung,
    Mandat,
    Mandatsstand,
    Niederschrift,
    Sitzung,
    Stufe,
    Wirkung,
)
from beratung.verfahren import kontingent
from beratung.vermittlung.pool import pool

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.thorough,
    pytest.mark.usefixtures("gespielt", "demo"),
]
BEFEHL = "lade_beispieldaten"


def konto(name):
    return Konto.objects.get(email=f"{name}@example.org")


def test_more_than_forty_engagements_and_24_kommunen_in_2020():
    assert Mandat.objects.count() == 44
    assert Mandat.objects.laufend().count() == 4
    begleitet = Coaching.objects.filter(mandat__isnull=False).im_jahr(2020, date(2021, 2, 6))
    assert len(set(begleitet.values_list("kommunen", flat=True))) == 24
    connection.check_constraints()


def test_nothing_is_mailed():
    assert not Nachricht.objects.exists()


def test_a_coach_sees_the_own_engagements_and_the_kommune_what_is_shared():
    heute = timezone.localdate()
    mandat = Mandat.objects.get(ansprechperson=konto("bearbeitung"))
    assert sicht(konto("coach"), mandat, heute).leitet
    assert sicht(konto("coach2"), mandat, heute) is None
    assert sicht(konto("bearbeitung"), mandat, heute).kommune_bearbeitet
    stufen = {
        wer: set(
            Niederschrift.objects.sichtbar_fuer(konto(wer), heute)
            .filter(sitzung__mandat=mandat)
            .values_list("stufe", flat=True)
        )
        for wer in ("coach", "bearbeitung", "lesen", "sachbearbeitung")
    }
    assert stufen["coach"] == stufen["sachbearbeitung"] == {Stufe.GETEILT, Stufe.LPR}
    assert stufen["bearbeitung"] == stufen["lesen"] == {Stufe.GETEILT}


def test_there_is_something_to_do_for_everybody():
    assert Sitzung.objects.ungelesen().filter(mandat__stand=Mandatsstand.LAUFEND).exists()
    assert Mandat.objects.ohne_ansprechperson().count() == 1
    assert Coachinganfrage.objects.wartend().count() == 2
    assert Coachvorschlag.objects.offen().count() == 1
    assert Wirkung.objects.bestaetigt(timezone.localdate()).count() > 20


def test_a_second_load_changes_nothing():
    vorher = set(Sitzung.objects.values_list("pk", flat=True))
    call_command(BEFEHL, verbosity=0)
    assert set(Sitzung.objects.values_list("pk", flat=True)) == vorher
    assert Mandat.objects.count() == 44


def test_a_contract_that_is_over_is_renewed_by_a_later_load():
    coach, abgelaufen = (Coach.objects.get(konto=konto(n)) for n in ("coach", "coach5"))
    coach.vertraege.update(bis=date(2026, 1, 1))
    call_command(BEFEHL, verbosity=0)
    mit_vertrag = pool([], timezone.localdate()).filter(ohne_vertrag=False)
    assert coach in mit_vertrag
    assert abgelaufen not in mit_vertrag


def test_they_go_without_a_trace_also_what_people_did_with_them():
    mandat = Mandat.objects.get(ansprechperson=konto("bearbeitung"))
    kontingent.schlage_vor(
        mandat,
        8,
        "Der Rat braucht mehr Zeit.",
        durch=konto("sachbearbeitung"),
        um=timezone.now(),
        marke=mandat.pk,
    )
    call_command("entferne_beispieldaten", verbosity=0)
    for modell in (Mandat, Sitzung, Coach, Coachinganfrage, Faehigkeit, Kontingenterweiterung):
        assert not modell.objects.exists(), modell
    assert not Coach.history.exists()
