"""The frame of a case: who sees it, what comes next, what it costs the database."""

import pytest

from foerderung.models import Befangenheit, Status
from tests.factories import make_antrag, make_konto

from .hilfen import UM, angemeldet, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def sachbearbeitung():
    return make_konto(["Sachbearbeitung"], name="Sina Sachbearbeitung")


def test_the_frame_says_what_comes_next_and_why_the_rest_is_not_possible(sachbearbeitung):
    antrag = make_antrag(status=Status.FORMELL_GEPRUEFT)
    html = text(angemeldet(sachbearbeitung).get(f"/vorgaenge/{antrag.pk}/"))
    assert "Fachlich prüfen</strong>, zuständig: die fachliche Prüfung" in html
    assert "Nachfordern: Das geht nur im Stand „eingereicht“." in html
    assert "Fachliche Prüfung abschließen: Das macht die fachliche Prüfung" in html


def test_a_draft_and_a_case_with_a_conflict_of_interest_are_not_there(sachbearbeitung):
    entwurf = make_antrag()
    befangen = make_antrag(status=Status.EINGEREICHT)
    Befangenheit.objects.create(antrag=befangen, konto=sachbearbeitung, erklaert_um=UM)
    for antrag in (entwurf, befangen):
        assert angemeldet(sachbearbeitung).get(f"/vorgaenge/{antrag.pk}/").status_code == 404
