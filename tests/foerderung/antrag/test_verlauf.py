"""The history of a case: in the words of its applicants, and in full for the LPR."""

from datetime import UTC, date, datetime

import pytest
from django.urls import get_resolver

from asskomm.protokoll.handlungen import wort
from asskomm.protokoll.verfahren import protokolliere
from foerderung.antrag.verlauf import ENTSCHEIDUNGEN, FUER_KOMMUNE, verlauf, verlauf_fuer_kommune
from foerderung.models import Status
from foerderung.verfahren import aktenfuehrung
from foerderung.verfahren.schritte import gehe
from kommunen.models import Rolle
from tests.factories import make_antrag, make_konto, make_mitglied

pytestmark = pytest.mark.django_db
UM = datetime(2026, 10, 1, 10, tzinfo=UTC)
HEUTE = date(2026, 10, 1)


def test_every_act_that_is_told_to_applicants_exists():
    get_resolver().url_patterns  # noqa: B018  the acts are registered when the pages are loaded
    assert [s for s in (*FUER_KOMMUNE, *ENTSCHEIDUNGEN) if wort(s) == s] == []


def test_steps_are_told_to_both_sides_with_reason_and_moment():
    antrag = make_antrag(status=Status.IN_ZEICHNUNG)
    zeichnung = make_mitglied(antrag.kommune, Rolle.ZEICHNUNG)
    gehe(antrag, "zeichnung_ablehnen", durch=zeichnung, um=UM, gesehen=1, grund="Der Plan fehlt.")
    (ereignis,) = verlauf_fuer_kommune(antrag, HEUTE)
    assert ereignis.text == "Nicht gezeichnet, zurück in den Entwurf"
    assert (ereignis.um, ereignis.grund) == (UM, "Der Plan fehlt.")
    assert ereignis.wer == f"{zeichnung}, Zeichnung"


def test_of_the_lpr_applicants_read_no_names_no_reasons_and_nothing_internal():
    antrag = make_antrag(status=Status.NACHFORDERUNG)
    staff = make_konto(rollen=["Sachbearbeitung"])
    protokolliere(aktenfuehrung.VERMERKT, antrag, durch=staff, grund="intern")
    gehe(
        antrag, "nachforderung_zuruecknehmen", durch=staff, um=UM, gesehen=1, grund="doch da"
    )  # fmt: skip
    (ereignis,) = verlauf_fuer_kommune(antrag, HEUTE)
    assert (ereignis.wer, ereignis.grund) == ("Geschäftsstelle", "")
    assert len(verlauf(antrag)) == 2
    assert "doch da" in [e.grund for e in verlauf(antrag)]


def test_the_number_of_queries_does_not_grow(django_assert_num_queries):
    antrag = make_antrag()
    for _ in range(3):
        protokolliere(aktenfuehrung.VERMERKT, antrag, durch=make_konto())
    with django_assert_num_queries(1):
        verlauf(antrag)
