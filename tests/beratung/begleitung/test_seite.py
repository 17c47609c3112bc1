"""The page of an engagement, what reading it does, and the steps to tick there (F34)."""

import pytest

from kommunen.models import Mitgliedschaft

from ..begleitungen import UM, coach_von
from .seiten import adresse, heute, inhalt, stand

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


def test_the_page_says_what_is_agreed(hole, mandat, sitzung):
    seite = inhalt(hole("liest", adresse("begleitung", mandat)))
    assert "2 von 40 Vierteltagen sind gebucht, das ist ½ Tag." in seite
    assert "Rest: 38 Vierteltage (9½ Tage)." in seite
    assert "Ein Präventionsrat" in seite
    assert str(coach_von(mandat)) in seite


def test_staff_and_coach_see_whether_it_was_opened(hole, mandat, sitzung):
    url = adresse("begleitung", mandat)
    for person in ("coach", "koordination"):
        assert "von der Kommune noch nicht geöffnet" in inhalt(hole(person, url))
    hole("liest", adresse("sitzung", sitzung))
    for person in ("coach", "koordination"):
        assert "von der Kommune geöffnet am <time" in inhalt(hole(person, url))
    assert "von der Kommune" not in inhalt(hole("liest", url))


def test_without_a_contact_person_the_page_says_so(hole, mandat):
    satz = "Diese Begleitung hat keine Ansprechperson"
    assert satz not in inhalt(hole("coach", adresse("begleitung", mandat)))
    Mitgliedschaft.objects.filter(konto=mandat.ansprechperson).update(beendet_um=UM)
    assert satz in inhalt(hole("coach", adresse("begleitung", mandat)))


def test_a_removed_coach_and_deputy_are_not_named(hole, mandat):
    mandat.einsaetze.update(bis=heute())
    seite = inhalt(hole("liest", adresse("begleitung", mandat)))
    assert "zurzeit niemand" in seite


@pytest.mark.parametrize(
    ("person", "methode", "oeffnet"),
    [
        ("liest", "get", True),
        ("bearbeitet", "get", True),
        ("liest", "head", False),
        ("coach", "get", False),
        ("vertretung", "get", False),
        ("koordination", "get", False),
        ("fremde_kommune", "get", False),
    ],
)
def test_only_a_member_who_reads_opens(hole, sitzung, person, methode, oeffnet):
    hole(person, adresse("sitzung", sitzung), methode=methode)
    assert (stand(sitzung).geoeffnet_um is not None) == oeffnet
    assert sitzung.schritte.filter(geoeffnet_um__isnull=False).exists() == oeffnet


def test_the_page_of_the_engagement_opens_nothing(hole, mandat, sitzung):
    hole("liest", adresse("begleitung", mandat))
    assert stand(sitzung).geoeffnet_um is None


@pytest.mark.parametrize(
    ("person", "stati"),
    [
        ("bearbeitet", {"kommune": 302, "coach": 403, "lpr": 403}),
        ("liest", {"kommune": 403, "coach": 403, "lpr": 403}),
        ("coach", {"kommune": 403, "coach": 302, "lpr": 403}),
        ("vertretung", {"kommune": 403, "coach": 302, "lpr": 403}),
        ("koordination", {"kommune": 403, "coach": 403, "lpr": 302}),
        ("fremder_coach", {"kommune": 404, "coach": 404, "lpr": 404}),
        ("fremde_kommune", {"kommune": 404, "coach": 404, "lpr": 404}),
    ],
)
def test_each_side_ticks_its_own(hole, sitzung, person, stati):
    for wer, status in stati.items():
        einer = sitzung.schritte.get(wer=wer)
        url = adresse("schritt", einer)
        assert hole(person, url).status_code == 405
        for _ in range(2):
            assert hole(person, url, {"stand": "erledigt"}).status_code == status
        assert (stand(einer).erledigt_um is not None) == (status == 302)
        assert hole(person, url, {"stand": "offen"}).status_code == status
        assert stand(einer).erledigt_um is None


def test_an_unknown_button_changes_nothing(hole, sitzung):
    einer = sitzung.schritte.get(wer="kommune")
    assert hole("bearbeitet", adresse("schritt", einer), {"stand": "?"}).status_code == 302
    assert stand(einer).erledigt_um is None
