"""What the LPR sees of members, and what happens by day."""

from datetime import timedelta

import pytest
from django.utils import timezone

from asskomm.portal.aufgaben import aufgaben
from asskomm.post.models import Nachricht
from kommunen.mitglieder.tagesaufgaben import erinnere_an_pruefung
from kommunen.models import Mitgliedschaft, Rolle
from tests.factories import make_kommune, make_konto, make_mitglied

from .hilfen import angemeldet, lade_ein

pytestmark = pytest.mark.django_db
LISTE = "/admin/kommunen/mitgliedschaft/"


@pytest.fixture
def kommune():
    return make_kommune(name="Musterstadt")


@pytest.mark.parametrize(
    ("rolle", "status"),
    [("Administration", 200), ("Sachbearbeitung", 200), ("Redaktion", 403), ("Leitung", 403)],
)
def test_who_at_the_lpr_may_look_members_up(kommune, rolle, status):
    make_mitglied(kommune, name="Mia Mitglied")
    client = angemeldet(make_konto(rollen=[rolle]))
    assert client.get(LISTE).status_code == status
    assert client.get("/mein-bereich/" + kommune.kennung + "/").status_code == 404


def test_the_list_is_only_to_read_and_finds_by_person_kommune_and_state(
    kommune, django_assert_max_num_queries
):
    mia = make_mitglied(kommune, Rolle.VERWALTUNG, name="Mia Mitglied")
    lade_ein(kommune, "neu@example.org", durch=mia)
    make_mitglied(make_kommune(name="Anderswo"), name="Otto Ohnegleichen")
    client = angemeldet(make_konto(rollen=["Administration"]))
    for suche, drin, draussen in [
        ("q=Mia", "Mia Mitglied", "Otto"),
        ("q=musterstadt", "neu@example.org", "Otto"),
        ("stand=offen", "neu@example.org", "Mia"),
        ("stand=aktiv", "Otto", "neu@example.org"),
        (f"kommune__id__exact={kommune.pk}", "Mia", "Otto"),
    ]:
        html = client.get(f"{LISTE}?{suche}").content.decode()
        treffer = html[html.index('id="result_list"') :]
        assert drin in treffer, suche
        assert draussen not in treffer, suche
    eine = Mitgliedschaft.objects.first()
    assert client.get(f"{LISTE}{eine.pk}/change/").status_code == 200
    assert client.get(f"{LISTE}add/").status_code == 403
    assert client.post(f"{LISTE}{eine.pk}/delete/").status_code == 403
    with django_assert_max_num_queries(15):
        client.get(LISTE)


def test_the_page_of_a_kommune_leads_to_its_members(kommune):
    make_mitglied(kommune)
    client = angemeldet(make_konto(rollen=["Administration"]))
    html = client.get(f"/admin/kommunen/kommune/{kommune.pk}/change/").content.decode()
    assert f"{LISTE}?kommune__id__exact={kommune.pk}" in html


def test_kommunen_without_verwaltung_are_a_task_whose_list_has_the_same_length(kommune):
    make_mitglied(kommune)
    make_mitglied(make_kommune(name="Versorgt"), Rolle.VERWALTUNG)
    konto = make_konto(rollen=["Administration"])
    aufgabe = next(
        a for a in aufgaben(konto, timezone.now()) if a.titel == "Kommunen ohne Verwaltung"
    )
    assert aufgabe.anzahl == 1
    html = angemeldet(konto).get(aufgabe.adresse).content.decode()
    treffer = html[html.index('id="result_list"') :]
    assert "Musterstadt" in treffer
    assert "Versorgt" not in treffer


# --- By day --------------------------------------------------------------------


def test_the_verwaltung_is_told_once_when_roles_are_due_and_again_after_30_days(kommune):
    heute = timezone.localdate()
    verwaltung = [make_mitglied(kommune, Rolle.VERWALTUNG, Rolle.LESEN) for _ in range(2)]
    make_mitglied(make_kommune(), Rolle.VERWALTUNG)
    faellig = make_mitglied(kommune, Rolle.LESEN, Rolle.ZEICHNUNG)
    Mitgliedschaft.objects.update(bestaetigt_am=heute)
    erinnere_an_pruefung(heute)
    assert not Nachricht.objects.exists()
    Mitgliedschaft.objects.filter(konto=faellig).update(bestaetigt_am=heute - timedelta(days=400))
    for tag, mails in [(0, 2), (1, 2), (29, 2), (30, 4)]:
        erinnere_an_pruefung(heute + timedelta(days=tag))
        assert Nachricht.objects.count() == mails, tag
    mail = Nachricht.objects.first()
    assert {n.konto for n in Nachricht.objects.all()} == set(verwaltung)
    assert "eine Person" in mail.text
    assert f"/mein-bereich/{kommune.kennung}/mitglieder/pruefen/" in mail.text
    assert mail.betreff == "[ASSKomm] Prüfen Sie, wer für Musterstadt handelt"
