"""The pages of a draft: typing, saving in between, rows, what is refused."""

import pytest

from foerderung.models import Abschnitt
from kommunen.models import Rolle
from tests.factories import make_antrag, make_mitglied

pytestmark = pytest.mark.django_db


@pytest.fixture
def antrag():
    return make_antrag()


@pytest.fixture
def bearbeitung(antrag):
    return make_mitglied(antrag.kommune, Rolle.BEARBEITUNG)


@pytest.fixture
def seite(client, bearbeitung, antrag):
    client.force_login(bearbeitung)

    def adresse(schluessel=""):
        return f"/antraege/{antrag.pk}/{schluessel}"

    return adresse


@pytest.mark.parametrize(
    "schluessel", ["", "antragsteller/", "vorhaben/", "beccaria-1/", "beccaria-6/", "erklaerungen/"]
)
def test_every_page_of_an_empty_draft_opens(client, seite, schluessel):
    antwort = client.get(seite(schluessel))
    assert antwort.status_code == 200
    assert "Entwurf, noch nicht eingereicht." in antwort.text


def test_what_was_typed_is_kept_right_or_wrong(client, seite, antrag):
    antwort = client.post(
        seite("vorhaben/"), {"titel": "Nachtwanderer", "beginn": "31.02.2027", "entwurf": "1"}
    )
    assert antwort.status_code == 302
    eingaben = Abschnitt.objects.get(antrag=antrag, schluessel="vorhaben").eingaben
    assert eingaben["felder"]["titel"] == "Nachtwanderer"
    assert eingaben["felder"]["beginn"] == "31.02.2027"
