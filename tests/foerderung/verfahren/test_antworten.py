"""With which status a page answers a refused step."""

import pytest

from asskomm.konten.vieraugen import EigeneFreigabe
from asskomm.schritt import SchrittNichtMoeglich, Ueberholt
from foerderung.fallakte.views.versuch import nimm_entgegen
from foerderung.verfahren.schritte import KeinRecht
from foerderung.zeichnung import views as zeichnung
from tests.factories import make_antrag

WER_NICHT_DARF = [(KeinRecht, 403), (EigeneFreigabe, 403)]
WAS_NICHT_GEHT = [(SchrittNichtMoeglich, 409), (Ueberholt, 409)]


class Formular:
    """A form that was filled in."""

    def is_valid(self):
        return True

    def add_error(self, feld, satz):
        self.satz = satz

    def setze(self, name, wert):
        pass

    def zeige_neu(self):
        pass


@pytest.mark.django_db
@pytest.mark.parametrize(("art", "status"), [*WER_NICHT_DARF, *WAS_NICHT_GEHT])
def test_the_same_on_both_sides_of_the_counter(rf, art, status):
    antrag, fehler = make_antrag(), art("Das geht nicht.")

    def verweigert():
        raise fehler

    formular = Formular()
    assert nimm_entgegen(rf.post("/"), antrag, formular, verweigert, "") == status
    assert formular.satz == "Das geht nicht."

    def seite(request, antrag, *, formular, status):
        return status

    assert zeichnung._abgewiesen(rf.post("/"), antrag, Formular(), fehler, seite) == status
