"""The rules of a plan come from the Regelwerk, in one query."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command

from foerderung.models import Ausnahmegrund, Foerderantrag, Foerderrunde, Regel, Regelwerk
from foerderung.plan.rechnung import Obergrenze, Planregeln
from foerderung.plan.regeln import MIT_WERT, OHNE_WERT, planjahre, planregeln

pytestmark = pytest.mark.django_db


@pytest.fixture
def regelwerk():
    return Regelwerk.objects.create(
        bezeichnung="Test", gilt_ab=date(2026, 1, 1), quelle="Für diesen Test"
    )


def nimm_auf(regelwerk, schluessel, nummer, wert=None, einheit="", **weiteres):
    return Regel.objects.create(
        regelwerk=regelwerk,
        schluessel=schluessel,
        nummer=nummer,
        titel=schluessel,
        text="Text",
        wert=wert,
        einheit=einheit,
        quelle="Test",
        **weiteres,
    )


def test_every_rule_of_a_plan_is_one_of_the_rule_set():
    assert {*MIT_WERT, *OHNE_WERT} <= set(Regel.Schluessel.values)
    felder = set(Planregeln.__dataclass_fields__) - {"obergrenzen", "ausnahmegruende"}
    assert felder == {*MIT_WERT, *OHNE_WERT}


def test_rules_are_read_in_one_query(regelwerk, django_assert_num_queries):
    nimm_auf(regelwerk, "hoechstsatz", "R7", Decimal("90"), "prozent", bestaetigt=True)
    nimm_auf(regelwerk, "keine_investitionen", "R5")
    nimm_auf(regelwerk, "in_sachsen", "R2")
    regelwerk.personalobergrenzen.create(
        jahr=2027,
        qualifikation="beruf",
        entgeltgruppe=7,
        stufe=3,
        jahresbetrag_euro=Decimal("56000.10"),
        quelle="Test",
    )
    Ausnahmegrund.objects.create(
        regelwerk=regelwerk, schluessel="bedarf", text="Rasche Reaktion", quelle="Test"
    )
    with django_assert_num_queries(1):
        regeln = planregeln(regelwerk)
    assert regeln.hoechstsatz.wert == Decimal(90)
    assert regeln.hoechstsatz.nummer == "R7"
    assert regeln.hoechstsatz.bestaetigt
    assert not regeln.keine_investitionen.bestaetigt
    assert regeln.eigenanteil is None
    assert regeln.obergrenzen == {
        (2027, "beruf"): Obergrenze(7, 3, Decimal("56000.10"), bestaetigt=False)
    }
    assert regeln.ausnahmegruende == {"bedarf": "Rasche Reaktion"}


def test_rules_of_another_rule_set_do_not_count(regelwerk):
    anderes = Regelwerk.objects.create(
        bezeichnung="Anderes", gilt_ab=date(2025, 1, 1), quelle="Für diesen Test"
    )
    nimm_auf(anderes, "hoechstsatz", "R7", Decimal("80"), "prozent")
    assert planregeln(regelwerk) == Planregeln()


def test_a_limit_without_its_value_is_none(regelwerk):
    nimm_auf(regelwerk, "hoechstsatz", "R7")
    assert planregeln(regelwerk).hoechstsatz is None


@pytest.mark.parametrize(("bis", "jahre"), [(2027, (2027,)), (2029, (2027, 2028, 2029))])
def test_years_of_a_plan_are_those_of_the_round(bis, jahre):
    antrag = Foerderantrag(runde=Foerderrunde(jahr_von=2027, jahr_bis=bis))
    assert planjahre(antrag) == jahre


def test_the_shipped_rule_set_has_every_rule_of_a_plan():
    call_command("importiere_regelwerk", verbosity=0)
    regeln = planregeln(Regelwerk.objects.get())
    assert all(getattr(regeln, name) for name in (*MIT_WERT, *OHNE_WERT))
    assert regeln.hoechstsatz.wert == 90
    assert regeln.eigenanteil.wert == 10
    assert regeln.untergrenze.wert == 10_000
    assert len(regeln.ausnahmegruende) == 3
    grenzen = {
        q: (g.entgeltgruppe, g.stufe) for (j, q), g in regeln.obergrenzen.items() if j == 2027
    }
    assert grenzen == {
        "beruf": (7, 3),
        "fachhochschule": (11, 3),
        "hochschule": (14, 3),
        "fuehrung": (15, 3),
    }
