"""The invented requests for advice: one of each state, played once, and gone without a trace."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from asskomm.post.models import Nachricht
from beratung.models import Beratung, Beratungsanfrage, Beratungsschritt

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.thorough,
    pytest.mark.usefixtures("gespielt", "demo"),
]
BEFEHL = "lade_beispieldaten"


def test_there_is_something_in_every_view_of_the_worklist_and_nobody_is_written_to():
    um, alle = timezone.now(), Beratungsanfrage.objects
    assert [alle.neu().count(), alle.geplant(um).count(), alle.vorbei(um).count()] == [2, 1, 1]
    assert alle.filter(stand="geschlossen").exclude(grund="").count() == 1
    assert all(anfrage.ist_beispiel for anfrage in alle.all())
    assert not Nachricht.objects.filter(vorlage__startswith="beratung_").exists()
    assert Beratungsschritt.objects.filter(beratung__kommune__ags="14522080").count() == 3


def test_a_second_load_adds_nothing_and_leaves_what_people_did():
    anfrage = Beratungsanfrage.objects.neu().first()
    Beratungsanfrage.objects.filter(pk=anfrage.pk).update(anliegen="Geändert", version=7)
    vorher = (Beratungsanfrage.objects.count(), Beratungsschritt.objects.count())
    call_command(BEFEHL, verbosity=0)
    assert (Beratungsanfrage.objects.count(), Beratungsschritt.objects.count()) == vorher
    anfrage.refresh_from_db()
    assert (anfrage.anliegen, anfrage.version) == ("Geändert", 7)


def test_all_of_it_goes():
    call_command("entferne_beispieldaten", verbosity=0)
    assert not Beratungsanfrage.objects.exists()
    assert not Beratungsschritt.objects.exists()
    assert not Beratungsschritt.history.exists()
    assert not Beratung.objects.beispiele().exists()
