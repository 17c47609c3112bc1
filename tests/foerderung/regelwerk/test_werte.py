"""What a rule is worth says the version alone: the code knows no value of its own."""

from decimal import Decimal

import pytest

from asskomm.schritt import SchrittNichtMoeglich
from foerderung.fallakte.pruefstand import pruefstand
from foerderung.models import Regel, Status
from foerderung.regelwerk import werte
from foerderung.verfahren import fachpruefung
from tests.factories import REGELN, make_antrag, make_konto, make_regelwerk, make_runde

pytestmark = pytest.mark.django_db
S = Regel.Schluessel


def ohne(*schluessel):
    return make_regelwerk(regeln={s: wert for s, wert in REGELN.items() if s not in schluessel})


def test_the_value_comes_from_the_version_in_one_query(django_assert_num_queries):
    regelwerk = make_regelwerk(regeln=REGELN | {S.PUNKTE_HOECHSTENS: ("7", "anzahl")})
    with django_assert_num_queries(1):
        assert werte.ganzer_wert(regelwerk, S.PUNKTE_HOECHSTENS) == 7
    with django_assert_num_queries(1):
        assert werte.regeln(regelwerk, S.HOECHSTSATZ, S.KEINE_INVESTITIONEN).keys() == {
            S.HOECHSTSATZ
        }
    assert werte.werte(regelwerk)[S.UNTERGRENZE] == Decimal("10000")


def test_a_version_that_says_nothing_is_not_made_up_for():
    regelwerk = ohne(S.PUNKTE_HOECHSTENS, S.GUTACHTEN_MINDESTENS)
    antrag = make_antrag(
        status=Status.FORMELL_GEPRUEFT, runde=make_runde(regelwerk=regelwerk), regelwerk=regelwerk
    )
    with pytest.raises(SchrittNichtMoeglich, match="fehlt der Wert der Regel „Höchste Punktzahl"):
        fachpruefung.punkte_hoechstens(antrag)
    stand = pruefstand(antrag, make_konto())
    assert stand.gutachten_noetig is None
    assert not stand.genug_gutachten
