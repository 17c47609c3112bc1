"""What a deletion run has blanked stays blank, whichever import comes afterwards."""

import pytest

from asskomm.datenschutz.spuren import wende_an
from asskomm.personendaten import regeln
from kommunen.models import Praeventionsrat

pytestmark = [pytest.mark.thorough, pytest.mark.django_db, pytest.mark.usefixtures("programm")]
REGEL = "kommunen.kontakt"


def leere(rat):
    """As a run does it, with the history."""
    wende_an(regeln()[REGEL], Praeventionsrat, [rat.pk])
    rat.refresh_from_db()
    assert not any(getattr(rat, feld) for feld in regeln()[REGEL].felder)


def test_invented_contacts_do_not_come_back(rufe, settings):
    settings.BEISPIELDATEN = True
    rufe("lade_beispieldaten")
    rat = Praeventionsrat.objects.beispiele().exclude(kontakt_email="").first()
    kommunen = set(rat.kommunen.all())
    leere(rat)
    ausgabe = rufe("lade_beispieldaten")
    assert f"Präventionsräte – von Hand geändert, bleibt: {rat}" in ausgabe
    assert not Praeventionsrat.objects.get(pk=rat.pk).kontakt_email
    assert set(rat.history.latest().kommunen.values_list("kommune", flat=True)) == {
        kommune.pk for kommune in kommunen
    }, "the history does not say that the council has lost its Kommunen"


def test_contacts_of_the_programme_data_do_not_come_back(rufe):
    rat = Praeventionsrat.objects.first()
    Praeventionsrat.objects.filter(pk=rat.pk).update(quelle="Frühere Quelle")
    leere(rat)
    ausgabe = rufe("importiere_programmdaten")
    assert f"Präventionsräte – von Hand geändert, bleibt: {rat}" in ausgabe
    assert not Praeventionsrat.objects.get(pk=rat.pk).kontakt_email
