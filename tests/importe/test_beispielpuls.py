"""The invented answers to the yearly question: this year, last year, never, and gone without a trace."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from asskomm.post.models import Nachricht
from kommunen.models import Praeventionsrat, Ratsbestaetigung, Ratskorrektur, Ratszustand
from kommunen.puls.stand import im_gang, mit_bestaetigung, nach_erinnerungen, ohne_zugang

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.thorough,
    pytest.mark.usefixtures("gespielt", "demo"),
]
BEFEHL = "lade_beispieldaten"


@pytest.fixture
def heute():
    return timezone.localdate()


def namen(zeilen):
    return {str(zeile.rat).removeprefix("Präventionsrat ") for zeile in zeilen}


def test_some_are_confirmed_some_were_and_some_never(heute):
    raete = mit_bestaetigung(Praeventionsrat.objects.beispiele(), heute)
    ohne_antwort = {
        str(rat).removeprefix("Präventionsrat "): rat.bestaetigt_am is not None
        for rat in raete.filter(bestaetigung_fehlt=True)
    }
    assert ohne_antwort == {
        "Markranstädt": True, "Kamenz": True, "Hohenstein-Ernstthal": True, "Schkeuditz": True,
        "Burgstädt": False, "Lichtenstein/Sa.": False,
    }  # fmt: skip
    assert Ratsbestaetigung.objects.bestaetigt().count() == 16
    assert set(Ratsbestaetigung.objects.bestaetigt().values_list("weg", flat=True)) == {
        "portal", "telefon"
    }  # fmt: skip


def test_every_task_of_staff_has_something(heute):
    assert namen(ohne_zugang(heute)) == {"Hohenstein-Ernstthal", "Schkeuditz", "Lichtenstein/Sa."}
    assert namen(nach_erinnerungen(heute)) == {"Markranstädt", "Kamenz", "Burgstädt"}
    assert namen(im_gang(heute)) == {"Döbeln"}
    assert Ratskorrektur.objects.offen().get().angaben == [
        ("Vorsitz", "Beigeordneter, Stadtverwaltung")
    ]


def test_no_council_counts_as_changed_by_hand_and_nothing_is_mailed():
    for modell in (Praeventionsrat, Ratszustand):
        assert not modell.history.filter(history_change_reason="Angabe der Kommune").exists()
    assert not Nachricht.objects.filter(vorlage__startswith="rat").exists()


def test_loading_again_changes_nothing():
    vorher = sorted(Ratsbestaetigung.objects.values_list("pk", "bestaetigt_am"))
    call_command(BEFEHL, verbosity=0)
    assert sorted(Ratsbestaetigung.objects.values_list("pk", "bestaetigt_am")) == vorher


def test_removing_leaves_none():
    call_command("entferne_beispieldaten", verbosity=0)
    assert not Ratsbestaetigung.objects.exists()
    assert not Ratskorrektur.objects.exists()
