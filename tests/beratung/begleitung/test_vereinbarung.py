"""The form for what is agreed."""

import pytest
from django.utils import timezone

from asskomm.protokoll.models import Eintrag
from asskomm.schritt import SchrittNichtMoeglich, Ueberholt
from beratung.models import Mandat
from beratung.verfahren import begleitung as verfahren
from beratung.verfahren.begleitung import KeinRecht, Unzulaessig, Vereinbarung

from ..begleitungen import TAG
from .seiten import adresse, heute, inhalt, stand

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


def vereinbarungsdaten(mandat, **felder):
    return {
        "ziele": "Neue Ziele", "phase": "strategie",
        "ende_geplant": f"{mandat.ende_geplant:%d.%m.%Y}",
        "ansprechperson": mandat.ansprechperson_id, "version": str(mandat.version),
    } | felder  # fmt: skip


@pytest.mark.parametrize("person", ["coach", "koordination"])
def test_coach_and_coordinator_agree_anew(hole, mandat, person):
    url = adresse("vereinbarung", mandat)
    assert hole(person, url, vereinbarungsdaten(mandat)).status_code == 302
    assert (stand(mandat).ziele, stand(mandat).phase) == ("Neue Ziele", "strategie")
    eintrag = Eintrag.objects.get(handlung="coaching.vereinbart")
    assert eintrag.angaben == {"felder": ["ziele", "phase"]}


def test_somebody_elses_agreement_is_shown_before_it_is_overwritten(hole, mandat):
    url, daten = adresse("vereinbarung", mandat), vereinbarungsdaten(mandat)
    hole("koordination", url, daten | {"ziele": "Vom LPR", "phase": "bestand"})
    antwort = hole("coach", url, daten)
    assert antwort.status_code == 409
    assert {(e.titel, e.gespeichert) for e in antwort.context["konflikt"]} == {
        ("Ziele", "Vom LPR"), ("Phase", "Bestand aufnehmen"),
    }  # fmt: skip
    assert "Neue Ziele" in inhalt(antwort)
    version = antwort.context["form"]["version"].value()
    assert hole("coach", url, daten | {"version": version}).status_code == 302
    assert stand(mandat).ziele == "Neue Ziele"


def test_the_agreed_end_is_not_before_a_session_or_the_beginning(hole, mandat, sitzung):
    url = adresse("vereinbarung", mandat)
    for tag, satz in (
        (sitzung.am - TAG, "war noch eine Sitzung"),
        (mandat.beginn - TAG, "Das Ende liegt nicht davor."),
    ):
        antwort = hole("coach", url, vereinbarungsdaten(mandat, ende_geplant=f"{tag:%d.%m.%Y}"))
        assert satz in str(antwort.context["form"].errors["ende_geplant"])
    tag = f"{sitzung.am:%d.%m.%Y}"
    assert hole("coach", url, vereinbarungsdaten(mandat, ende_geplant=tag)).status_code == 302


def test_the_contact_person_is_a_member(hole, mandat, personen):
    url = adresse("vereinbarung", mandat)
    fremd = vereinbarungsdaten(mandat, ansprechperson=personen["fremde_kommune"].pk)
    antwort = hole("coach", url, fremd)
    assert "kein Mitglied" in str(antwort.context["form"].errors["ansprechperson"])
    neue = vereinbarungsdaten(mandat, ansprechperson=personen["liest"].pk)
    assert hole("coach", url, neue).status_code == 302
    assert stand(mandat).ansprechperson == personen["liest"]


def test_the_procedure_guards_what_the_form_offers(mandat, personen):
    bisher = verfahren.vereinbarung_von(mandat)
    neu = Vereinbarung("Anders", bisher.phase, bisher.ende_geplant, bisher.ansprechperson)
    um = timezone.now()
    for person in ("vertretung", "bearbeitet", "fremder_coach", "niemand"):
        with pytest.raises(KeinRecht):
            verfahren.vereinbare(mandat, neu, version=1, durch=personen[person], um=um)
    with pytest.raises(Ueberholt):
        verfahren.vereinbare(mandat, neu, version=2, durch=personen["coach"], um=um)
    fremd = Vereinbarung("Anders", bisher.phase, bisher.ende_geplant, personen["niemand"])
    with pytest.raises(Unzulaessig):
        verfahren.vereinbare(mandat, fremd, version=1, durch=personen["coach"], um=um)
    Mandat.objects.filter(pk=mandat.pk).update(
        stand="abgeschlossen", beendet_am=heute(), bericht="Fertig"
    )
    with pytest.raises(SchrittNichtMoeglich, match="beendet"):
        verfahren.vereinbare(mandat, neu, version=1, durch=personen["koordination"], um=um)


def test_an_ended_engagement_is_only_read(hole, mandat, sitzung):
    Mandat.objects.filter(pk=mandat.pk).update(
        stand="abgeschlossen", beendet_am=heute(), bericht="Fertig"
    )
    for person in ("koordination", "liest", "coach"):
        seite = hole(person, adresse("begleitung", mandat))
        assert seite.status_code == 200
        for wort in ("Vereinbarung ändern", "Vertretung bestimmen", "Sitzung erfassen", "abhaken"):
            assert wort not in inhalt(seite)
    assert hole("koordination", adresse("vereinbarung", mandat)).status_code == 302
    assert hole("koordination", adresse("vertretung", mandat)).status_code == 302
    assert hole("coach", adresse("sitzung-aendern", sitzung)).status_code == 403
