"""Grants in the admin: what came with a notice is only shown, what came from a source is kept."""

from decimal import Decimal

import pytest

from foerderung.models import Zuwendung
from tests.factories import make_zuwendung
from tests.verwaltung.formulare import adresse
from tests.verwaltung.personal import angemeldet

pytestmark = pytest.mark.django_db
VEROEFFENTLICHEN, ZURUECKZIEHEN = "aktion_veroeffentlichen", "aktion_zurueckziehen"


@pytest.fixture
def client(bewilligt):
    return angemeldet(bewilligt.sachbearbeitung)


@pytest.fixture
def beschieden(bewilligt):
    return Zuwendung.objects.get(bescheid__antrag=bewilligt.antrag)


def test_what_was_decided_is_only_shown(client, beschieden):
    seite = client.get(adresse(Zuwendung, "change", beschieden.pk))
    assert not seite.context["has_change_permission"]
    daten = {"titel": "Anders", "betrag_euro": "1", "veroeffentlicht": "on", "_save": "1"}
    assert client.post(adresse(Zuwendung, "change", beschieden.pk), daten).status_code == 403
    geloescht = client.post(adresse(Zuwendung, "delete", beschieden.pk), {"post": "yes"})
    assert geloescht.status_code == 403
    beschieden.refresh_from_db()
    assert (beschieden.betrag_euro, beschieden.veroeffentlicht) == (Decimal("27000.00"), False)


def test_lists_leave_it_out_of_what_they_publish_withdraw_and_delete(client, beschieden):
    quelle = make_zuwendung(veroeffentlicht=False)
    beide = [beschieden.pk, quelle.pk]

    def tue(was, **weiteres):
        daten = {"action": was, "_selected_action": beide, **weiteres}
        return client.post(adresse(Zuwendung), daten, follow=True).content.decode()

    assert "Ausgelassen: 1" in tue(VEROEFFENTLICHEN)
    assert [z.pk for z in Zuwendung.objects.filter(veroeffentlicht=True)] == [quelle.pk]
    Zuwendung.objects.update(veroeffentlicht=True)
    tue(ZURUECKZIEHEN)
    assert [z.pk for z in Zuwendung.objects.filter(veroeffentlicht=True)] == [beschieden.pk]
    tue("delete_selected", post="yes")
    assert Zuwendung.objects.filter(pk=beschieden.pk).exists()


def test_what_a_source_told_is_kept_as_before(client):
    quelle = make_zuwendung()
    seite = client.get(adresse(Zuwendung, "change", quelle.pk))
    assert seite.context["has_change_permission"]
    assert "Ausgewählte veröffentlichen" in client.get(adresse(Zuwendung)).content.decode()
