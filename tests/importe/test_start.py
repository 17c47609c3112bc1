"""What staff may enter never keeps the portal from starting."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from asskomm.starten import IMPORTE, bringe_daten_ein
from kommunen.models import Kommune

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


def test_a_merger_entered_by_staff_disturbs_no_import(programm, capsys):
    zittau = Kommune.objects.get(name="Zittau")
    zittau.gueltig_bis = date(2020, 1, 1)
    zittau.nachfolger = Kommune.objects.get(name="Görlitz")
    zittau.save()
    bringe_daten_ein(IMPORTE)
    ausgabe = capsys.readouterr().out
    assert "Kommunen – von Hand geändert, bleibt: Zittau" in ausgabe
    assert "Achtung" not in ausgabe


def test_with_data_the_start_goes_on_after_an_import_that_fails(programm, capsys):
    zittau = Kommune.objects.get(name="Zittau")
    zittau.name = "Sittau"
    zittau.save()
    with pytest.raises(CommandError) as fehler:
        call_command("importiere_programmdaten")
    bringe_daten_ein(IMPORTE)
    ausgabe = capsys.readouterr().out
    assert f"Achtung: {fehler.value}" in ausgabe
    assert "manage.py importiere_programmdaten" in ausgabe
