"""A case takes up recommendations of an analysis: in the draft, at submission, at its end (F37)."""

import pytest
from django.db import connection
from django.db.models import F

from asskomm.schritt import SchrittNichtMoeglich
from beratung.analysen.faelle import faelle
from beratung.models import Handlungsempfehlung
from beratung.verfahren import analyse
from foerderung.antrag.maengel import maengel
from foerderung.antrag.umfeld import Umfeld
from foerderung.models import Aufgriff
from foerderung.verfahren import antragstellung, aufgriff, zeichnung
from tests.factories import make_empfehlung
from tests.foerderung.antrag.eingaben import VORHABEN, mit
from tests.foerderung.zeichnung.hilfen import (
    UM,
    fordere_nach,
    gib,
    inhalt_am_tag,
    make_rathaus,
    reiche_ein,
)
from tests.vieraugen.hilfen import verboten

pytestmark = pytest.mark.django_db


@pytest.fixture
def rathaus():
    return make_rathaus()


@pytest.fixture
def empfehlung(rathaus):
    return make_empfehlung(kommune=rathaus.kommune)


def kreuze_an(rathaus, *empfehlungen, **felder):
    """Save the section with these marks."""
    abschnitt = rathaus.antrag.abschnitte.get(schluessel="vorhaben")
    analyse_pk = str(empfehlungen[0].analyse_id) if empfehlungen else "keiner"
    antragstellung.speichere(
        rathaus.antrag,
        "vorhaben",
        mit(
            VORHABEN,
            **{"sicherheitsanalyse": analyse_pk, "empfehlungen": [str(e.pk) for e in empfehlungen]}
            | felder,
        ),
        durch=rathaus.bearbeitung,
        um=UM,
        gesehen=abschnitt.version,
    )
    rathaus.antrag.refresh_from_db()


def reiche_mit(rathaus, *empfehlungen):
    kreuze_an(rathaus, *empfehlungen)
    gib(rathaus)
    reiche_ein(rathaus)
    rathaus.antrag.refresh_from_db()


def ziehe_zurueck(rathaus):
    zeichnung.ziehe_zurueck(
        rathaus.antrag, durch=rathaus.zeichnung, um=UM, gesehen=rathaus.antrag.version, grund="x"
    )


def stand(empfehlung):
    empfehlung.refresh_from_db()
    return empfehlung.stand, empfehlung.faelle


def saetze(rathaus):
    return [mangel.satz for mangel in maengel(Umfeld(rathaus.antrag, UM.date()))]


def test_a_draft_changes_nothing_a_submission_does(rathaus, empfehlung):
    kreuze_an(rathaus, empfehlung)
    assert stand(empfehlung) == ("offen", 0)
    gib(rathaus)
    reiche_ein(rathaus)
    assert stand(empfehlung) == ("foerderung", 1)
    assert empfehlung.geaendert_von == rathaus.zeichnung
    (fall,) = faelle([empfehlung.pk], UM.date())[empfehlung.pk]
    assert (fall.wort, fall.adresse) == ("eingereicht", rathaus.antrag.get_absolute_url())
    connection.check_constraints()


def test_the_words_are_frozen_in_the_version(rathaus, empfehlung):
    reiche_mit(rathaus, empfehlung)
    Handlungsempfehlung.objects.update(text="Ein anderer Text")
    gruppen = str(rathaus.antrag.fassungen.last().inhalt["gruppen"])
    assert "Papierkörbe am Markt öfter leeren" in gruppen
    assert "Ein anderer Text" not in gruppen
    assert "Ein anderer Text" in str(inhalt_am_tag(rathaus.antrag)["gruppen"])


@pytest.mark.parametrize("jahr", [None, 2027])
def test_withdrawn_it_goes_back_to_what_it_was(rathaus, empfehlung, jahr):
    if jahr:
        analyse.plane(empfehlung, jahr, durch=rathaus.bearbeitung, um=UM, gesehen=1)
    reiche_mit(rathaus, empfehlung)
    ziehe_zurueck(rathaus)
    assert stand(empfehlung) == ("geplant" if jahr else "offen", 0)
    assert empfehlung.geplant_jahr == jahr
    assert not Aufgriff.objects.get().laeuft
    connection.check_constraints()


def test_two_cases_may_take_up_the_same(rathaus, empfehlung):
    reiche_mit(rathaus, empfehlung)
    zweites = make_rathaus()
    type(zweites.antrag).objects.filter(pk=zweites.antrag.pk).update(kommune=rathaus.kommune)
    zweites.antrag.refresh_from_db()
    aufgriff.setze(zweites.antrag, [empfehlung.pk], durch=rathaus.zeichnung, um=UM)
    assert stand(empfehlung) == ("foerderung", 2)
    ziehe_zurueck(rathaus)
    assert stand(empfehlung) == ("foerderung", 1)
    aufgriff.beende(zweites.antrag, durch=None, um=UM)
    aufgriff.beende(zweites.antrag, durch=None, um=UM)
    assert stand(empfehlung) == ("offen", 0)


def test_after_a_judgment_it_is_taken_up_again(rathaus, empfehlung):
    reiche_mit(rathaus, empfehlung)
    aufgriff.beende(rathaus.antrag, durch=None, um=UM)
    analyse.verwirf(empfehlung, "Abgelehnt", durch=rathaus.bearbeitung, um=UM, gesehen=3)
    aufgriff.nimm_wieder_auf(rathaus.antrag, durch=rathaus.zeichnung, um=UM)
    assert stand(empfehlung) == ("foerderung", 1)
    aufgriff.nimm_wieder_auf(rathaus.antrag, durch=rathaus.zeichnung, um=UM)
    assert stand(empfehlung) == ("foerderung", 1)


def test_in_foerderung_it_can_be_done_but_not_dropped(rathaus, empfehlung):
    reiche_mit(rathaus, empfehlung)
    empfehlung.refresh_from_db()
    wie = {"durch": rathaus.bearbeitung, "um": UM, "gesehen": empfehlung.version}
    with pytest.raises(SchrittNichtMoeglich, match="greift ein Förderantrag auf"):
        analyse.verwirf(empfehlung, "x", **wie)
    analyse.erledige(empfehlung, "Körbe stehen", **wie)
    assert stand(empfehlung) == ("erledigt", 1)
    assert saetze(rathaus) == [], "a submitted case keeps what it took up"
    analyse.oeffne(empfehlung, durch=rathaus.bearbeitung, um=UM, gesehen=empfehlung.version)
    assert stand(empfehlung) == ("foerderung", 1)
    ziehe_zurueck(rathaus)
    assert stand(empfehlung) == ("offen", 0)


@pytest.mark.parametrize("tat", [analyse.erledige, analyse.verwirf])
def test_done_or_dropped_it_cannot_be_taken_up(rathaus, empfehlung, tat):
    kreuze_an(rathaus, empfehlung)
    assert saetze(rathaus) == []
    tat(empfehlung, "x", durch=rathaus.bearbeitung, um=UM, gesehen=1)
    (satz,) = saetze(rathaus)
    assert "Nehmen Sie sie aus der Auswahl." in satz
    with pytest.raises(SchrittNichtMoeglich):
        aufgriff.setze(rathaus.antrag, [empfehlung.pk], durch=rathaus.zeichnung, um=UM)


def test_an_analysis_needs_a_mark_or_words(rathaus, empfehlung):
    kreuze_an(rathaus, sicherheitsanalyse=str(empfehlung.analyse_id))
    (satz,) = saetze(rathaus)
    assert "Kreuzen Sie eine Empfehlung an" in satz
    kreuze_an(rathaus, empfehlung, sicherheitsanalyse="keiner")
    (satz,) = saetze(rathaus)
    assert "Wählen Sie die Analyse, aus der sie stammen." in satz


def test_the_recommendations_of_others_are_no_choice(rathaus, client):
    eigene, fremde = make_empfehlung(kommune=rathaus.kommune), make_empfehlung(text="Fremde")
    client.force_login(rathaus.bearbeitung)
    seite = client.get(f"/antraege/{rathaus.antrag.pk}/vorhaben/").text
    assert f'name="empfehlungen" value="{eigene.pk}"' in seite
    assert "Fremde" not in seite
    kreuze_an(rathaus, fremde, sicherheitsanalyse=str(eigene.analyse_id))
    assert any("gibt es nicht mehr" in satz for satz in saetze(rathaus))
    verboten(
        "aufgriff_der_kommune",
        lambda: Aufgriff.objects.create(antrag=rathaus.antrag, empfehlung=fremde, seit=UM),
    )


def test_a_kommune_without_recommendations_is_not_asked(rathaus, client):
    client.force_login(rathaus.bearbeitung)
    assert "empfehlungen" not in client.get(f"/antraege/{rathaus.antrag.pk}/vorhaben/").text


def test_a_nachreichung_takes_up_others(rathaus, empfehlung):
    andere = make_empfehlung(analyse=empfehlung.analyse)
    reiche_mit(rathaus, empfehlung)
    fordere_nach(rathaus, "vorhaben")
    rathaus.antrag.refresh_from_db()
    kreuze_an(rathaus, andere)
    assert stand(empfehlung) == ("foerderung", 1)
    aufgriff.setze(rathaus.antrag, [andere.pk], durch=rathaus.zeichnung, um=UM)
    assert (stand(empfehlung), stand(andere)) == (("offen", 0), ("foerderung", 1))
    connection.check_constraints()


def test_what_is_counted_are_the_cases_that_run(rathaus, empfehlung):
    reiche_mit(rathaus, empfehlung)

    def zaehle_anders():
        Handlungsempfehlung.objects.update(faelle=F("faelle") + 1)
        connection.check_constraints()

    verboten("handlungsempfehlung_faelle_stimmt", zaehle_anders)
