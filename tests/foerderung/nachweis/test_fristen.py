"""Reminders before and after the day of a proof, and what waits in "Mein Bereich"."""

from datetime import UTC, date, datetime

import pytest

from asskomm.post.models import Nachricht
from foerderung.models import Foerderantrag
from foerderung.nachweis.bereich import faelliges
from foerderung.nachweis.grundlagen import bewilligung
from foerderung.nachweis.tagesaufgaben import erinnere_an_nachweise
from kommunen.befugnisse import zugaenge

from .faelle import JETZT

pytestmark = pytest.mark.django_db
# A Sunday. 14, 7 and 2 working days before it are 8, 19 and 28 December: there is Christmas between.
FAELLIG = date(2028, 12, 31)


def vorlagen():
    namen = Nachricht.objects.filter(vorlage__startswith="nachweis_").values_list(
        "vorlage", flat=True
    )
    return sorted(set(namen))


def test_the_notice_says_when_it_is_due(fall):
    assert bewilligung(fall.antrag).nachweis_bis == FAELLIG


def test_once_for_each_step_in_working_days(fall):
    def geschrieben(tag):
        vorher = Nachricht.objects.count()
        erinnere_an_nachweise(tag)
        return Nachricht.objects.count() - vorher

    beteiligte = 3  # two of Bearbeitung, one of Zeichnung
    assert geschrieben(date(2028, 12, 7)) == 0
    assert geschrieben(date(2028, 12, 11)) == beteiligte  # the 8th was missed
    assert geschrieben(date(2028, 12, 12)) == 0
    assert geschrieben(date(2028, 12, 19)) == beteiligte
    assert geschrieben(date(2028, 12, 28)) == beteiligte
    assert geschrieben(FAELLIG) == 0
    assert vorlagen() == ["nachweis_faellig"]


def test_past_the_day_the_lpr_gets_a_task_once(fall):
    erinnere_an_nachweise(date(2029, 1, 1))
    erinnere_an_nachweise(date(2029, 1, 2))
    assert vorlagen() == ["nachweis_ueberfaellig", "nachweis_ueberfaellig_lpr"]
    antrag = Foerderantrag.objects.get()
    assert antrag.wiedervorlage_am == date(2029, 1, 1)
    assert "31.12.2028" in antrag.wiedervorlage_grund
    assert Nachricht.objects.filter(vorlage="nachweis_ueberfaellig_lpr").count() == 1


def test_who_has_handed_in_is_not_reminded(fall):
    fall.mache_bereit()
    fall.reiche_ein()
    Nachricht.objects.all().delete()
    erinnere_an_nachweise(date(2029, 1, 1))
    assert vorlagen() == []


def test_given_back_it_is_due_on_the_day_of_the_completion(fall):
    fall.mache_bereit()
    fall.reiche_ein()
    fall.gib_zurueck(bis=date(2029, 3, 29))
    erinnere_an_nachweise(date(2029, 1, 1))
    assert "nachweis_ueberfaellig" not in vorlagen()


def saetze(konto, um=JETZT):
    (zugang,) = zugaenge(konto)
    return [eintrag.titel for eintrag in faelliges(zugang, um)]


def test_it_waits_for_the_person_whose_turn_it_is(fall):
    assert saetze(fall.bearbeitung, datetime(2027, 6, 1, tzinfo=UTC)) == []
    assert "fehlt der Verwendungsnachweis" in saetze(fall.bearbeitung)[0]
    assert saetze(fall.zeichnung) == []
    assert saetze(fall.lesen) == []
    fall.mache_bereit()
    assert saetze(fall.bearbeitung) == []
    assert "wartet auf Ihre Zeichnung" in saetze(fall.zeichnung)[0]
    fall.reiche_ein()
    assert saetze(fall.zeichnung) == []
    fall.gib_zurueck()
    assert "ist zu ergänzen" in saetze(fall.bearbeitung)[0]
