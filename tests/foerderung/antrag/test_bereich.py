"""Mein Bereich: drafts and cases, and what of them lies with whom."""

from datetime import UTC, date, datetime

import pytest

from asskomm.portal.bereich import inhalt
from foerderung.models import Nachforderung, Status
from kommunen.befugnisse import zugaenge
from kommunen.models import Rolle
from tests.factories import make_antrag, make_kommune, make_mitglied

pytestmark = pytest.mark.django_db
UM = datetime(2026, 9, 15, 8, tzinfo=UTC)


def zugang(kommune, *rollen):
    (einer,) = zugaenge(make_mitglied(kommune, *rollen))
    return einer


def saetze(zugang, um=UM):
    return [
        f.titel for f in inhalt.faelliges(zugang, um) if "Antrag" in f.titel or "Entw" in f.titel
    ]


def test_a_draft_lies_with_those_who_write_until_the_end_of_the_deadline():
    antrag = make_antrag()
    wer = zugang(antrag.kommune, Rolle.BEARBEITUNG)
    (faellig,) = [f for f in inhalt.faelliges(wer, UM) if "Entwurf" in f.titel]
    assert faellig.bis == date(2026, 10, 15)
    assert saetze(wer, datetime(2026, 10, 15, 21, 59, 59, tzinfo=UTC))
    assert saetze(wer, datetime(2026, 10, 15, 22, 0, tzinfo=UTC)) == []


@pytest.mark.parametrize("rolle", [Rolle.LESEN, Rolle.VERWALTUNG, Rolle.ZEICHNUNG])
def test_a_draft_does_not_lie_with_others(rolle):
    assert saetze(zugang(make_antrag().kommune, rolle)) == []


def test_an_application_to_sign_lies_with_another_person_than_the_sender():
    kommune = make_kommune()
    sendet = zugang(kommune, Rolle.ZEICHNUNG, Rolle.BEARBEITUNG)
    make_antrag(kommune=kommune, status=Status.IN_ZEICHNUNG, zur_zeichnung_von=sendet.konto)
    assert saetze(sendet) == []
    assert len(saetze(zugang(kommune, Rolle.ZEICHNUNG))) == 1


def test_a_nachforderung_lies_with_those_who_write_and_then_with_those_who_sign():
    antrag = make_antrag(status=Status.NACHFORDERUNG)
    nachforderung = Nachforderung.objects.create(
        antrag=antrag, abschnitte=["plan"], text="Es fehlt etwas.", frist=date(2026, 11, 1),
        gestellt_um=UM,
    )  # fmt: skip
    schreibt, zeichnet = (zugang(antrag.kommune, r) for r in (Rolle.BEARBEITUNG, Rolle.ZEICHNUNG))
    assert (len(saetze(schreibt)), len(saetze(zeichnet))) == (1, 0)
    nachforderung.bereit_um, nachforderung.bereit_von = UM, schreibt.konto
    nachforderung.bereit_version = antrag.version
    nachforderung.save()
    assert len(saetze(zeichnet)) == 1


def test_drafts_and_cases_stand_apart_and_only_the_own_ones():
    kommune = make_kommune()
    make_antrag(kommune=kommune, titel="Entwurf A")
    make_antrag(kommune=kommune, status=Status.FORMELL_GEPRUEFT, titel="Fall B")
    make_antrag(titel="Fremd")
    entwuerfe, laufende = inhalt.vorgaenge(zugang(kommune, Rolle.LESEN), UM)
    assert [v.titel for v in entwuerfe] == ["Entwurf A"]
    assert [(v.titel.partition(" · ")[2], v.wort) for v in laufende] == [("Fall B", "in Prüfung")]


def test_the_number_of_queries_does_not_grow(client, django_assert_num_queries):
    kommune = make_kommune()
    client.force_login(make_mitglied(kommune, Rolle.BEARBEITUNG))
    adresse = f"/mein-bereich/{kommune.kennung}/"

    def zaehle():
        with django_assert_num_queries(14):
            assert client.get(adresse).status_code == 200

    make_antrag(kommune=kommune)
    client.get(adresse)  # the session is written
    zaehle()
    for _ in range(3):
        make_antrag(kommune=kommune)
        make_antrag(kommune=kommune, status=Status.EINGEREICHT)
    zaehle()
