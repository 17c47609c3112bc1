"""Requests and proposals for tests."""

import uuid
from datetime import UTC, date, datetime

from beratung.models import Coachinganfrage
from beratung.verfahren import vermittlung as verfahren
from kommunen.models import Rolle
from tests.factories import make_coach, make_kommune, make_konto, make_mitglied

UM = datetime(2026, 4, 1, 9, tzinfo=UTC)
BEGINN, ENDE = date(2026, 5, 1), date(2027, 4, 30)


def make_koordination():
    return make_konto(rollen=["Sachbearbeitung"])


def frage_an(kommune=None, *, durch=None, marke=None, faehigkeiten=(), um=UM) -> Coachinganfrage:
    """A request of a member with the role Bearbeitung."""
    kommune = kommune or make_kommune()
    durch = durch or make_mitglied(kommune, Rolle.BEARBEITUNG)
    return verfahren.frage_an(
        kommune,
        "Wir möchten einen Präventionsrat gründen.",
        faehigkeiten,
        durch=durch,
        um=um,
        marke=marke or uuid.uuid4(),
    )


def schlage_vor(anfrage=None, coach=None, *, durch=None, um=UM, **angaben):
    anfrage = anfrage or frage_an()
    angaben = {"beginn": BEGINN, "ende": ENDE, "kontingent": 40} | angaben
    return verfahren.schlage_vor(
        anfrage,
        coach or make_coach(),
        durch=durch or make_koordination(),
        um=um,
        gesehen=anfrage.version,
        **angaben,
    )


def sagt_ja(vorschlag, seite, um=UM):
    return verfahren.stimme_zu(vorschlag, durch=person(vorschlag, seite), um=um)


def sagt_nein(vorschlag, seite, grund="Passt nicht.", um=UM):
    return verfahren.sage_ab(vorschlag, grund, durch=person(vorschlag, seite), um=um)


def person(vorschlag, seite):
    """Who answers for the side."""
    if seite == "coach":
        return vorschlag.coach.konto
    return vorschlag.anfrage.gestellt_von
