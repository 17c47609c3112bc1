"""The form for the deputy of a coach."""

import pytest
from django.utils import timezone

from asskomm.post.models import Nachricht
from beratung.models import Ausschluss, Mandat, Sitzung, Stufe
from beratung.verfahren import begleitung as verfahren
from beratung.verfahren.begleitung import KeinRecht, Unzulaessig
from tests.factories import make_coach, make_konto

from ..begleitungen import coach_von, erfasse
from .seiten import adresse, heute, inhalt

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


def test_the_coordinator_sets_the_deputy_whose_notes_stay_theirs(hole, mandat, personen):
    bisherige = personen["vertretung"]
    erfasse(
        mandat, durch=bisherige, texte={Stufe.EIGEN: "Nur meins"}, am=heute(), um=timezone.now()
    )
    neue = make_coach()
    url = adresse("vertretung", mandat)
    for _ in range(2):
        gesendet = {"coach": neue.pk, "version": mandat.version}
        assert hole("koordination", url, gesendet).status_code == 302
    einsaetze = mandat.einsaetze.filter(rolle="vertretung").order_by("von")
    mail = Nachricht.objects.get(vorlage="coaching_vertretung")
    assert mail.konto == neue.konto
    assert f"/coaching/{mandat.pk}/" in mail.text
    assert [(e.coach.konto, e.bis) for e in einsaetze] == [(bisherige, heute()), (neue.konto, None)]
    personen["neue"] = neue.konto
    sitzung = Sitzung.objects.get()
    assert "Nur meins" not in inhalt(hole("neue", adresse("sitzung", sitzung)))
    assert "Nur meins" in inhalt(hole("vertretung", adresse("sitzung", sitzung)))
    gesehen = Mandat.objects.get(pk=mandat.pk).version
    assert hole("koordination", url, {"coach": "", "version": gesehen}).status_code == 302
    assert not mandat.einsaetze.laufend().filter(rolle="vertretung").exists()


def test_who_cannot_stand_in_is_not_offered(hole, mandat):
    ausgeschlossen, ohne_vertrag = make_coach(), make_coach(vertrag=None)
    Ausschluss.objects.create(
        coach=ausgeschlossen, kommune=mandat.coaching.kommunen.get(), grund="Verwandt"
    )
    leitet = mandat.einsaetze.get(rolle="coach").coach
    url = adresse("vertretung", mandat)
    for coach in (ausgeschlossen, ohne_vertrag, leitet):
        antwort = hole("koordination", url, {"coach": coach.pk})
        assert "Wählen Sie einen anderen." in str(antwort.context["form"].errors["coach"])
        with pytest.raises(Unzulaessig):
            verfahren.setze_vertretung(
                mandat,
                coach,
                durch=make_konto(["Sachbearbeitung"]),
                um=timezone.now(),
                gesehen=mandat.version,
            )
    with pytest.raises(KeinRecht):
        verfahren.setze_vertretung(
            mandat, None, durch=coach_von(mandat), um=timezone.now(), gesehen=mandat.version
        )


def test_whoever_was_slower_does_not_undo_the_deputy_of_others(hole, mandat):
    schneller, langsamer = make_coach(), make_coach()
    url, gesehen = adresse("vertretung", mandat), mandat.version
    hole("koordination", url, {"coach": schneller.pk, "version": gesehen})
    antwort = hole("koordination", url, {"coach": langsamer.pk, "version": gesehen})
    assert antwort.status_code == 409
    assert "hat die Begleitung inzwischen geändert" in inhalt(antwort)
    assert f"Zurzeit vertritt {schneller}." in inhalt(antwort)
    formular = antwort.context["form"]
    assert formular["coach"].value() == str(langsamer.pk)
    assert mandat.einsaetze.laufend().get(rolle="vertretung").coach == schneller
    nochmal = {"coach": langsamer.pk, "version": formular["version"].value()}
    assert hole("koordination", url, nochmal).status_code == 302
    assert mandat.einsaetze.laufend().get(rolle="vertretung").coach == langsamer
