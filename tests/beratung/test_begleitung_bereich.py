"""What engagements are to a Kommune in "Mein Bereich"."""

import pytest
from django.utils import timezone

from beratung.begleitung import bereich
from kommunen.befugnisse import zugaenge
from kommunen.models import Rolle
from tests.factories import make_mitglied

from .begleitungen import erfasse, laufendes_mandat, schritt

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


@pytest.fixture
def mandat():
    return laufendes_mandat(timezone.localdate())


def liegt(konto):
    return [eines.titel for eines in bereich.faelliges(zugaenge(konto)[0], timezone.now())]


def neue_sitzung(mandat, *schritte, **felder):
    jetzt = timezone.now()
    return erfasse(mandat, *schritte, am=timezone.localdate(jetzt), um=jetzt, **felder)


def test_what_is_unread_lies_with_everybody_and_steps_with_those_who_tick(mandat):
    sitzung = neue_sitzung(mandat, schritt(was="Liste erstellen"), schritt(wer="coach"))
    liest = make_mitglied(mandat.coaching.kommunen.get(), Rolle.LESEN)
    assert len(liegt(liest)) == 1
    assert "noch niemand geöffnet" in liegt(liest)[0]
    assert liegt(mandat.ansprechperson)[1:] == ["Aus der Begleitung: Liste erstellen"]
    sitzung.mandat.sitzungen.update(geoeffnet_um=timezone.now(), geoeffnet_von=liest)
    assert liegt(liest) == []


def test_internal_texts_and_engagements_of_others_lie_with_nobody(mandat):
    neue_sitzung(mandat, texte={"lpr": "Intern"})
    neue_sitzung(laufendes_mandat(timezone.localdate()), schritt())
    assert liegt(mandat.ansprechperson) == []


def test_the_engagement_is_a_case_of_its_kommune(client, mandat):
    kommune = mandat.coaching.kommunen.get()
    client.force_login(mandat.ansprechperson)
    seite = client.get(f"/mein-bereich/{kommune.kennung}/").content.decode()
    assert f"/coaching/{mandat.pk}/" in seite
    zugang = zugaenge(mandat.ansprechperson)[0]
    assert [v.zustand for v in bereich.vorgaenge(zugang, timezone.now())] == ["laufend"]


def test_it_costs_the_same_whatever_lies_there(mandat, django_assert_num_queries):
    for _ in range(2):
        zugang = zugaenge(mandat.ansprechperson)[0]
        neue_sitzung(mandat, schritt(), schritt())
        with django_assert_num_queries(3):
            list(bereich.faelliges(zugang, timezone.now()))
            list(bereich.vorgaenge(zugang, timezone.now()))
