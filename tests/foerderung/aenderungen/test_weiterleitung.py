"""Money passed on: organisations only, within the grant, with an agreement, and who learns of it."""

import uuid
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from asskomm.formate import FEST
from asskomm.protokoll.models import Eintrag
from asskomm.schritt import KeinRecht, SchrittNichtMoeglich
from foerderung.models import Fassung, Weiterleitung, Zuwendung
from foerderung.verfahren import weiterleitung as verfahren
from foerderung.verfahren.entscheidung import Unzulaessig

from .faelle import JETZT

pytestmark = pytest.mark.django_db


def test_recipients_add_up_to_the_grant_and_no_cent_more(fall):
    fall.leite_weiter(betrag=Decimal("20000.00"))
    with pytest.raises(Unzulaessig) as fehler:
        fall.leite_weiter(organisation="Sportverein e. V.", betrag=Decimal("7000.01"))
    assert fehler.value.felder == {
        "betrag": f"Damit wären 27.000,01{FEST}€ weitergeleitet, bewilligt sind 27.000,00{FEST}€."
    }
    fall.leite_weiter(organisation="Sportverein e. V.", betrag=Decimal("7000.00"))
    assert verfahren.summe(fall.antrag) == Decimal("27000.00")


def test_the_database_keeps_the_sum_too(fall):
    eine = fall.leite_weiter()
    eine.pk, eine.marke, eine.organisation = uuid.uuid4(), uuid.uuid4(), "Zweite e. V."
    with pytest.raises(IntegrityError, match="bewilligt sind 27000"), transaction.atomic():
        eine.save(force_insert=True)


@pytest.mark.parametrize(
    ("felder", "feld"),
    [
        ({"vereinbart_am": None}, "vereinbart_am"),
        ({"vereinbart_am": date(2027, 2, 2)}, "vereinbart_am"),
        ({"vereinbarung": " "}, "vereinbarung"),
        ({"vereinbarung": "bei Herrn Muster"}, "vereinbarung"),
        ({"rechtsform": "einzelperson"}, "rechtsform"),
        ({"rechtsform": ""}, "rechtsform"),
        ({"organisation": ""}, "organisation"),
        ({"organisation": "Frau Kim Muster"}, "organisation"),
        ({"organisation": "kim@example.org"}, "organisation"),
        ({"organisation": "Coaching Muster e.K."}, "organisation"),
        ({"sitz": ""}, "sitz"),
        ({"betrag": Decimal("0.00")}, "betrag"),
    ],
)
def test_each_rule_is_refused_at_its_field(fall, felder, feld):
    with pytest.raises(Unzulaessig) as fehler:
        fall.leite_weiter(**felder)
    assert set(fehler.value.felder) == {feld}
    assert not Weiterleitung.objects.exists()


@pytest.mark.parametrize(
    "felder",
    [
        {"rechtsform": "einzelperson"},
        {"organisation": "Coaching Muster e.K."},
        {"organisation": "kim@example.org"},
        {"vereinbarung": ""},
        {"betrag_euro": 0},
    ],
)
def test_the_database_takes_no_person_and_nothing_half(fall, felder):
    eine = fall.leite_weiter(betrag=Decimal("1.00"))
    werte = {"pk": uuid.uuid4(), "marke": uuid.uuid4(), "organisation": "Zweite e. V."} | felder
    for name, wert in werte.items():
        setattr(eine, name, wert)
    with pytest.raises(IntegrityError), transaction.atomic():
        eine.save(force_insert=True)


def test_only_where_the_application_says_so(fall):
    alt = fall.antrag.fassungen.get(nummer=2)
    abschnitte = alt.inhalt["abschnitte"] | {"vorhaben": {"felder": {"weiterleitung": "nein"}}}
    Fassung.objects.create(
        antrag=fall.antrag, nummer=3, art="antrag", inhalt={"abschnitte": abschnitte},
        pruefsumme="f" * 64, eingegangen_um=alt.eingegangen_um,
        vorbereitet_von=fall.bearbeitung, gezeichnet_von=fall.zeichnung,
    )  # fmt: skip
    with pytest.raises(SchrittNichtMoeglich, match="keine Mittel weiterleitet"):
        fall.leite_weiter()


def test_who_and_when(fall):
    for wer in (fall.lesen, fall.sachbearbeitung):
        with pytest.raises(KeinRecht):
            fall.leite_weiter(durch=wer)
    type(fall.antrag).objects.filter(pk=fall.antrag.pk).update(status="abgeschlossen")
    with pytest.raises(SchrittNichtMoeglich):
        fall.leite_weiter()


def test_a_form_sent_twice_is_one_entry_and_an_organisation_stands_once(fall):
    marke = uuid.uuid4()
    assert fall.leite_weiter(marke=marke) == fall.leite_weiter(marke=marke)
    with pytest.raises(Unzulaessig) as fehler:
        fall.leite_weiter(organisation="JUGENDRING Musterstadt e. V.", betrag=Decimal(1))
    assert "organisation" in fehler.value.felder


def test_what_ended_counts_no_more_and_stays_as_it_was(fall):
    eine = fall.leite_weiter()
    with pytest.raises(Unzulaessig):
        verfahren.beende(eine, grund="", durch=fall.bearbeitung, um=JETZT)
    for _ in range(2):
        verfahren.beende(eine, grund="Betrag geändert", durch=fall.bearbeitung, um=JETZT)
    assert verfahren.summe(fall.antrag) == 0
    fall.leite_weiter(betrag=Decimal("27000.00"))
    for versuch in ({"betrag_euro": 1}, {"stand": "aktiv"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Weiterleitung.objects.filter(pk=eine.pk).update(**versuch)
    eintraege = Eintrag.objects.filter(handlung__startswith="weiterleitung.")
    assert not any("Jugendring" in str(eintrag.angaben) for eintrag in eintraege)


def test_organisations_are_public_with_the_grant(fall):
    fall.leite_weiter()
    am = date(2027, 3, 1)
    assert Weiterleitung.objects.oeffentlich(am).count() == 1
    Zuwendung.objects.update(veroeffentlicht=False)
    assert not Weiterleitung.objects.oeffentlich(am).exists()
