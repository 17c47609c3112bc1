"""Several at once: each form counts once, no slot overflows, nobody slips past a step."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection

from asskomm.schritt import SchrittNichtMoeglich
from foerderung.models import Anlage

from .hilfen import make_anlage, make_bearbeitung, make_fall

pytestmark = pytest.mark.django_db(transaction=True)


def gleichzeitig(anzahl, tu):
    def eine(nummer):
        try:
            return tu(nummer)
        except SchrittNichtMoeglich as fehler:
            return str(fehler)
        finally:
            connection.close()

    with ThreadPoolExecutor(anzahl) as faeden:
        return list(faeden.map(eine, range(anzahl)))


def test_a_form_sent_six_times_at_once_is_one_file(dateien_auf_platte):
    antrag = make_fall()
    kim, marke = make_bearbeitung(antrag), uuid4()
    ergebnisse = gleichzeitig(6, lambda _: make_anlage(antrag, durch=kim, marke=marke))
    anlage = Anlage.objects.get()
    assert ergebnisse == [anlage] * 6
    assert [name for name in dateien_auf_platte() if not name.endswith(".teil")] == [anlage.pfad]


def test_a_slot_for_two_takes_two_of_six_at_once(dateien_auf_platte):
    antrag = make_fall()
    kim = make_bearbeitung(antrag)
    ergebnisse = gleichzeitig(
        6, lambda _: make_anlage(antrag, durch=kim, schluessel="vereinbarung_dritte")
    )
    anlagen = [e for e in ergebnisse if isinstance(e, Anlage)]
    assert len(anlagen) == 2
    assert sorted(dateien_auf_platte()) == sorted(anlage.pfad for anlage in anlagen)
    antrag.refresh_from_db()
    assert antrag.version == 3
