"""`manage.py pruefe_anlagen`: every file is there and as it was."""

import os
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from foerderung.anlagen import ablage
from foerderung.models import Anlage

from .hilfen import UM, make_anlage, make_fall

pytestmark = pytest.mark.django_db


def pruefe():
    """What the command prints, and its errors."""
    ausgabe, fehler = StringIO(), StringIO()
    try:
        call_command("pruefe_anlagen", stdout=ausgabe, stderr=fehler)
    except CommandError as abbruch:
        fehler.write(str(abbruch))
    return ausgabe.getvalue().strip(), fehler.getvalue().strip()


@pytest.fixture
def anlagen():
    antrag = make_fall()
    return [make_anlage(antrag, schluessel="bildungsabschluss") for _ in range(3)]


def test_all_is_well(anlagen):
    assert pruefe() == ("3 Anlagen geprüft.", "")


def test_each_that_differs_is_named(anlagen, anlagenordner):
    gut, fehlt, anders = anlagen
    ablage.entferne(fehlt.pfad)
    os.chmod(anlagenordner / anders.pfad, 0o600)
    (anlagenordner / anders.pfad).write_bytes(b"x")
    ausgabe, fehler = pruefe()
    assert ausgabe == "3 Anlagen geprüft."
    assert f"Anlage {fehlt.pk}: die Datei fehlt." in fehler
    assert f"Anlage {anders.pk}: die Datei ist verändert." in fehler
    assert str(gut.pk) not in fehler
    assert fehler.endswith("2 Anlagen fehlen oder sind verändert.")


def test_what_an_infection_cost_is_not_missed(anlagen):
    for anlage in anlagen:
        ablage.entferne(anlage.pfad)
    Anlage.objects.update(pruefstand=Anlage.Pruefstand.BEFALLEN, entfernt_um=UM)
    assert pruefe() == ("0 Anlagen geprüft.", "")
