"""Two at once: one retrieval, one waiver, one notice."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from asskomm.protokoll.models import Eintrag
from asskomm.schritt import SchrittNichtMoeglich
from foerderung.bescheid.inhalt import erlasse
from foerderung.models import Bekanntgabe, Bescheid, Regelwerk, Status
from foerderung.verfahren import bekanntgabe as verfahren
from foerderung.verfahren import rechtsbehelf
from foerderung.verfahren.schritte import sperre

from .faelle import UM, Fall

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.thorough]
ABRUF = datetime(2026, 11, 24, 10, tzinfo=UTC)
ANZAHL = 8


@pytest.fixture
def fall():
    call_command("importiere_regelwerk", verbosity=0)
    return Fall(Regelwerk.objects.get())


def zugleich(tat):
    """Do it in as many threads; raises what one of them raised."""

    def einmal(_):
        try:
            return tat()
        finally:
            connection.close()

    with ThreadPoolExecutor(ANZAHL) as faeden:
        return list(faeden.map(einmal, range(ANZAHL)))


def test_of_many_clicks_at_once_one_counts(fall):
    bescheid = fall.erlasse()
    verfahren.stelle_bereit(bescheid, um=UM)

    def frisch():
        return Bescheid.objects.select_related("antrag").get(pk=bescheid.pk)

    zugleich(lambda: verfahren.rufe_ab(frisch(), durch=fall.zeichnung, um=ABRUF))
    zugleich(
        lambda: verfahren.verzichte(
            frisch(), durch=fall.zeichnung, um=datetime(2026, 11, 26, 10, tzinfo=UTC)
        )
    )
    for handlung in ("bescheid.abgerufen", "bescheid.verzichtet", "bescheid.bestandskraeftig"):
        assert Eintrag.objects.filter(handlung=handlung).count() == 1, handlung
    fall.antrag.refresh_from_db()
    assert fall.antrag.status == Status.BESTANDSKRAEFTIG


def test_a_retrieval_at_the_end_of_the_provision_is_one_or_the_other(fall):
    bescheid = fall.erlasse()
    verfahren.stelle_bereit(bescheid, um=UM)
    letzter = datetime(2026, 12, 3, 22, 59, tzinfo=UTC)
    nummern = iter(range(ANZAHL))

    def tat():
        bekanntgabe = Bekanntgabe.objects.select_related("bescheid__antrag").get()
        if next(nummern) % 2:
            with suppress(SchrittNichtMoeglich):
                verfahren.rufe_ab(bekanntgabe.bescheid, durch=fall.zeichnung, um=letzter)
        else:
            verfahren.beende_bereitstellung(bekanntgabe, heute=date(2026, 12, 4))

    zugleich(tat)
    bekanntgabe = Bekanntgabe.objects.get()
    geschehen = Eintrag.objects.filter(
        handlung__in=["bescheid.abgerufen", "bescheid.bereitstellung_beendet"]
    )
    assert geschehen.count() == 1
    assert (bekanntgabe.weg == "post") == (bekanntgabe.abgerufen_um is None)


def test_of_many_who_note_and_strike_at_once_one_counts(fall):
    bescheid = fall.erlasse()
    verfahren.stelle_bereit(bescheid, um=UM)
    verfahren.rufe_ab(bescheid, durch=fall.zeichnung, um=ABRUF)
    am, spaeter = date(2026, 12, 1), datetime(2026, 12, 30, 10, tzinfo=UTC)

    def frisch():
        return Bescheid.objects.select_related("antrag").get(pk=bescheid.pk)

    werte = {"durch": fall.sachbearbeitung, "um": spaeter}
    zugleich(lambda: rechtsbehelf.erfasse_klage(frisch(), am, "", **werte))
    vermerk, gesehen = rechtsbehelf.VERMERKE["klage"], Bekanntgabe.objects.get().version
    zugleich(lambda: rechtsbehelf.streiche(frisch(), vermerk, grund="x", **werte, gesehen=gesehen))
    for handlung in ("rechtsbehelf", "rechtsbehelf_gestrichen", "bestandskraeftig"):
        assert Eintrag.objects.filter(handlung=f"bescheid.{handlung}").count() == 1, handlung
    fall.antrag.refresh_from_db()
    assert fall.antrag.status == Status.BESTANDSKRAEFTIG


def test_a_decision_gets_one_notice(fall):
    entscheidung = fall.entscheide()
    nummern = {bescheid.pk for bescheid in zugleich(lambda: _erlasse(entscheidung))}
    assert len(nummern) == 1
    assert Bescheid.objects.count() == 1


def _erlasse(entscheidung):
    """As the decision does it: with the case locked."""
    with transaction.atomic():
        sperre(entscheidung.antrag)
        return erlasse(entscheidung, um=UM)
