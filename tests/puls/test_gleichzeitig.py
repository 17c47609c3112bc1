"""Two people at the same moment, on real connections."""

import pytest

from asskomm.protokoll.models import Eintrag
from asskomm.schritt import Ueberholt
from kommunen.models import Ratsbestaetigung, Ratskorrektur, Rolle
from kommunen.puls import verfahren
from tests.factories import make_konto, make_mitglied
from tests.mitglieder.test_gleichzeitig import zugleich

from .hilfen import UM, gesehen, korrigiere, make_fall, werte

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_clicks_at_once_are_one_confirmation():
    rat, kommune, konto = make_fall()
    andere, alt = make_mitglied(kommune, Rolle.BEARBEITUNG), gesehen(rat)
    ausgang = zugleich(
        *(
            lambda wer=wer: verfahren.bestaetige(rat, kommune, durch=wer, um=UM, gesehen=alt)
            for wer in (konto, andere)
        ),
        lambda: verfahren.frage(UM.date()),
    )
    assert ausgang == [None, None, None]
    assert Ratsbestaetigung.objects.bestaetigt().count() == 1
    assert Eintrag.objects.filter(handlung="rat.bestaetigt").count() == 1


def test_of_two_corrections_at_once_one_is_shown_the_other_first():
    rat, kommune, konto = make_fall()
    andere, alt = make_mitglied(kommune, Rolle.BEARBEITUNG), gesehen(rat)
    texte = {konto: werte(rat, name="Eins"), andere: werte(rat, name="Zwei")}
    ausgang = zugleich(
        *(
            lambda wer=wer: verfahren.korrigiere(
                rat, kommune, texte[wer], durch=wer, um=UM, gesehen=alt
            )
            for wer in texte
        )
    )
    assert set(ausgang) == {None, Ueberholt}
    assert Ratskorrektur.objects.count() == 1


def test_two_of_the_lpr_decide_once():
    rat, kommune, konto = make_fall()
    korrigiere(rat, kommune, konto, name="Neuer Name")
    eine, andere = (make_konto(rollen=["Sachbearbeitung"]) for _ in range(2))
    ausgang = zugleich(
        lambda: verfahren.uebernimm(Ratskorrektur.objects.get(), durch=eine, um=UM),
        lambda: verfahren.lehne_ab(Ratskorrektur.objects.get(), "Nein", durch=andere, um=UM),
    )
    assert ausgang.count(None) == 1
    assert Eintrag.objects.filter(handlung__startswith="rat.korrektur_").count() == 1
