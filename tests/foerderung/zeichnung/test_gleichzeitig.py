"""Many requests at the same moment, on real connections."""

import threading

import pytest
from django.db import connection

from asskomm.post.models import Nachricht
from asskomm.protokoll.models import Eintrag
from asskomm.schritt import Ueberholt
from foerderung.models import Fassung, Foerderantrag, Status
from foerderung.verfahren import zeichnung
from kommunen.models import Rolle
from tests.factories import make_mitglied

from .hilfen import UM, make_in_zeichnung, wie_gesehen

pytestmark = pytest.mark.django_db(transaction=True)


def zugleich(*schritte):
    """What each step ended with, all begun at once: its result or its refusal."""
    start, ausgang = threading.Barrier(len(schritte)), [None] * len(schritte)

    def laufe(platz, schritt):
        try:
            connection.ensure_connection()
            start.wait()
            ausgang[platz] = schritt()
        except Exception as fehler:  # noqa: BLE001  the test looks at it
            ausgang[platz] = fehler
        finally:
            connection.close()

    faeden = [threading.Thread(target=laufe, args=paar) for paar in enumerate(schritte)]
    for faden in faeden:
        faden.start()
    for faden in faeden:
        faden.join()
    return ausgang


def einreichen(rathaus, gesehen, durch=None):
    """As a request does it: with a case of its own, read before the others were done."""
    antrag = Foerderantrag.objects.get(pk=rathaus.antrag.pk)
    return lambda: zeichnung.reiche_ein(
        antrag, durch=durch or rathaus.zeichnung, eingang=UM, **gesehen
    )


def test_fifty_submissions_of_one_case_give_one_receipt():
    rathaus = make_in_zeichnung()
    gesehen = wie_gesehen(rathaus.antrag)
    ausgang = zugleich(*(einreichen(rathaus, gesehen) for _ in range(50)))
    eine = Fassung.objects.get()
    assert ausgang == [eine] * 50
    assert Foerderantrag.objects.get().nummer == "KP-2027-0001"
    assert Nachricht.objects.filter(vorlage="antrag_eingegangen").count() == 2
    assert Eintrag.objects.filter(handlung="antrag.einreichen").count() == 1


def test_of_two_signers_one_signs_and_the_other_sees_the_new_state():
    rathaus = make_in_zeichnung()
    gesehen = wie_gesehen(rathaus.antrag)
    andere = make_mitglied(rathaus.kommune, Rolle.ZEICHNUNG)
    ausgang = zugleich(einreichen(rathaus, gesehen), einreichen(rathaus, gesehen, durch=andere))
    eine = Fassung.objects.get()
    assert eine in ausgang
    [fehler] = [ende for ende in ausgang if ende != eine]
    assert isinstance(fehler, Ueberholt)
    assert "eingereicht" in str(fehler)


def test_signed_and_taken_back_at_once_only_one_of_it_happens():
    rathaus = make_in_zeichnung()
    gesehen = wie_gesehen(rathaus.antrag)
    antrag = Foerderantrag.objects.get(pk=rathaus.antrag.pk)
    ausgang = zugleich(
        einreichen(rathaus, gesehen),
        lambda: zeichnung.hole_zurueck(
            antrag, durch=rathaus.bearbeitung, um=UM, gesehen=gesehen["gesehen"], grund="Halt."
        ),
    )
    assert sum(isinstance(ende, Ueberholt) for ende in ausgang) == 1
    jetzt = Foerderantrag.objects.get()
    assert (jetzt.status == Status.EINGEREICHT) == Fassung.objects.exists()


def test_cases_submitted_at_once_get_numbers_without_a_gap():
    faelle = [make_in_zeichnung() for _ in range(10)]
    ausgang = zugleich(*(einreichen(fall, wie_gesehen(fall.antrag)) for fall in faelle))
    assert all(isinstance(ende, Fassung) for ende in ausgang)
    nummern = sorted(Foerderantrag.objects.values_list("nummer", flat=True))
    assert nummern == [f"KP-2027-{nummer:04}" for nummer in range(1, 11)]
