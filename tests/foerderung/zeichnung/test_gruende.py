"""Where the reasons of a declined signature are met: at the sections and in Mein Bereich."""

from datetime import UTC, datetime

import pytest

from asskomm.portal.bereich import inhalt
from foerderung.verfahren import zeichnung
from kommunen.befugnisse import zugaenge

from .hilfen import UM, gib, make_in_zeichnung
from .test_seiten import adresse, angemeldet, text

pytestmark = pytest.mark.django_db
WORTE = "So wurde der Antrag nicht gezeichnet."


@pytest.fixture
def rathaus():
    rathaus = make_in_zeichnung()
    zeichnung.lehne_zeichnung_ab(
        rathaus.antrag,
        {"vorhaben": "Der Titel ist zu lang.", "plan": "Zu teuer.", "anlagen": "Es fehlt eine."},
        durch=rathaus.zeichnung, um=UM, gesehen=rathaus.antrag.version,
    )  # fmt: skip
    return rathaus


@pytest.mark.parametrize(
    ("ende", "grund"),
    [
        ("vorhaben/", "Der Titel ist zu lang."),
        ("plan/", "Zu teuer."),
        ("anlagen/", "Es fehlt eine."),
    ],
)
def test_each_section_shows_its_reason_until_it_is_handed_over_again(rathaus, ende, grund):
    client = angemeldet(rathaus.bearbeitung)
    html = text(client.get(adresse(rathaus, ende)))
    assert WORTE in html
    assert grund in html
    assert WORTE not in text(client.get(adresse(rathaus, "beccaria-1/")))
    gib(rathaus)
    assert WORTE not in text(client.get(adresse(rathaus, ende)))


def test_the_reasons_stand_in_the_order_of_the_application(rathaus):
    rathaus.antrag.refresh_from_db()
    assert list(zeichnung.gruende(rathaus.antrag)) == ["vorhaben", "plan", "anlagen"]


def test_it_lies_with_those_who_write(rathaus):
    um = datetime(2026, 10, 1, tzinfo=UTC)

    def saetze(konto):
        (zugang,) = zugaenge(konto)
        return [f.titel for f in inhalt.faelliges(zugang, um) if "nicht gezeichnet" in f.titel]

    assert len(saetze(rathaus.bearbeitung)) == 1
    assert saetze(rathaus.zeichnung) == []
