"""Cases, decisions and notices in the admin: found, read, never changed there."""

import pytest

from foerderung.models import Befangenheit, Bescheid, Entscheidung, Foerderantrag, Status
from tests.factories import make_antrag, make_kommune, make_konto
from tests.foerderung.bescheid.faelle import make_bescheid

from .hilfen import UM, angemeldet, leitung, sachbearbeitung, text

pytestmark = pytest.mark.django_db
MODELLE = ("foerderantrag", "entscheidung", "bescheid")


def liste(modell, frage=""):
    return f"/admin/foerderung/{modell}/?{frage}"


def test_cases_are_found_filtered_and_lead_to_their_akte():
    antrag = make_antrag(
        status=Status.EINGEREICHT, titel="Nachtwanderer", kommune=make_kommune(name="Döbeln")
    )
    make_antrag(status=Status.BEWILLIGT, titel="Streetwork")
    client = angemeldet(leitung())
    for frage in (f"q={antrag.nummer}", "q=doebeln", "q=Nachtw", "stand=eingereicht"):
        html = text(client.get(liste("foerderantrag", frage)))
        assert f'href="/vorgaenge/{antrag.pk}/">Akte {antrag.nummer}' in html
        assert "Streetwork" not in html
    html = text(client.get(f"/admin/foerderung/foerderantrag/{antrag.pk}/change/"))
    assert "27.000,00" in html
    assert f'href="/vorgaenge/{antrag.pk}/"' in html
    assert f"/antraege/{antrag.pk}/" not in html


def test_drafts_and_cases_with_a_conflict_of_interest_are_not_there():
    konto = sachbearbeitung()
    entwurf = make_antrag(titel="Geheimes Vorhaben")
    befangen = make_antrag(status=Status.EINGEREICHT, titel="Geheimes Vorhaben")
    Befangenheit.objects.create(antrag=befangen, konto=konto, erklaert_um=UM)
    client = angemeldet(konto)
    assert "Geheim" not in text(client.get(liste("foerderantrag")))
    for antrag in (entwurf, befangen):
        antwort = client.get(f"/admin/foerderung/foerderantrag/{antrag.pk}/change/")
        assert antwort.status_code == 302
        assert "Geheim" not in text(client.get(antwort.url))


def test_decisions_and_notices_of_such_cases_are_not_there_either():
    konto, bescheid = leitung(), make_bescheid(make_antrag(status=Status.ABGELEHNT))
    client = angemeldet(konto)
    for modell, objekt in (("bescheid", bescheid), ("entscheidung", bescheid.entscheidung)):
        assert ">Akte KP-" in text(client.get(liste(modell)))
        text(client.get(f"/admin/foerderung/{modell}/{objekt.pk}/change/"))
    Befangenheit.objects.create(antrag=bescheid.antrag, konto=konto, erklaert_um=UM)
    for modell in MODELLE:
        assert ">Akte KP-" not in text(client.get(liste(modell)))


@pytest.mark.parametrize("modell", MODELLE)
def test_no_step_no_delete_and_no_action_happens_in_the_admin(modell):
    bescheid = make_bescheid(make_antrag(status=Status.ABGELEHNT))
    nummer = {
        "foerderantrag": bescheid.antrag_id,
        "entscheidung": bescheid.entscheidung_id,
        "bescheid": bescheid.pk,
    }[modell]
    client = angemeldet(make_konto(["Sachbearbeitung", "Prüfung", "Leitung"]))
    html = text(client.get(liste(modell)))
    assert 'name="action"' not in html
    assert client.get(f"/admin/foerderung/{modell}/add/").status_code == 403
    assert client.post(f"/admin/foerderung/{modell}/{nummer}/delete/").status_code == 403
    seite = f"/admin/foerderung/{modell}/{nummer}/change/"
    assert 'type="submit" value="Sichern"' not in text(client.get(seite))
    assert client.post(seite, {"status": "bestandskraeftig", "art": "widerruf"}).status_code == 403
    assert Foerderantrag.objects.get().status == bescheid.antrag.status
    assert Entscheidung.objects.get().art == bescheid.entscheidung.art
    assert Bescheid.objects.count() == 1
