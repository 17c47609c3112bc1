"""The list of engagements: whose are in it, and how coordinators narrow it down."""

import pytest
from django.utils import timezone

from beratung.models import Mandat
from beratung.verfahren import sitzung as sitzungen
from kommunen.models import Rolle
from tests.factories import make_coach, make_kommune, make_konto, make_kreis, make_mitglied

from ..begleitungen import TAG, erfasse, laufendes_mandat, schritt
from .seiten import adresse, heute, inhalt, stand

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


def test_everybody_finds_their_own_engagements(hole, mandat):
    andere = Mandat.objects.exclude(pk=mandat.pk).get
    name = str(mandat.coaching.kommunen.get())
    for person in ("coach", "vertretung", "liest"):
        seite = inhalt(hole(person, "/coaching/"))
        assert name in seite
        assert str(andere().coaching.kommunen.get()) not in seite
    beide = inhalt(hole("koordination", "/coaching/"))
    assert name in beide
    assert str(andere().coaching.kommunen.get()) in beide
    assert name not in inhalt(hole("fremder_coach", "/coaching/"))
    assert hole("fremde_kommune", "/coaching/").status_code == 200
    for person in ("niemand", "leitung"):
        assert hole(person, "/coaching/").status_code == 404


@pytest.mark.parametrize(("tage", "status"), [(0, 200), (30, 200), (31, 404)])
def test_a_coach_reads_thirty_days_after_the_end_and_is_told_so(
    hole, mandat, sitzung, tage, status
):
    hole("coach", "/coaching/")
    letzter = heute() - tage * TAG
    mandat.einsaetze.filter(rolle="coach").update(bis=letzter)
    antwort = hole("coach", adresse("begleitung", mandat))
    assert antwort.status_code == status
    assert hole("coach", adresse("sitzung", sitzung)).status_code == status
    liste = inhalt(hole("coach", "/coaching/"))
    bis = f"{letzter + 30 * TAG:%d.%m.%Y}"
    if status == 200:
        assert bis in inhalt(antwort)
        assert bis in liste
        assert hole("coach", adresse("sitzung-neu", mandat)).status_code == 403
    else:
        assert str(mandat.coaching.kommunen.get()) not in liste


def test_running_engagements_come_before_ended_ones(client):
    coach = make_coach()
    alt, neu = (laufendes_mandat(heute(), coach=coach) for _ in range(2))
    alt.einsaetze.update(bis=heute() - TAG)
    client.force_login(coach.konto)
    zeilen = client.get("/coaching/").context["zeilen"]
    assert [zeile.mandat for zeile in zeilen] == [neu, alt]


def test_coordinators_narrow_the_list_down(client):
    kreis = make_kreis(ags="14730", name="Nordsachsen")
    gelesen = laufendes_mandat(heute(), kommunen=[make_kommune(kreis=kreis)])
    ungelesen = laufendes_mandat(heute(), ansprechperson=None)
    erfasse(ungelesen, am=heute(), um=timezone.now())
    fertig = laufendes_mandat(heute())
    Mandat.objects.filter(pk=fertig.pk).update(
        stand="abgeschlossen", beendet_am=heute(), bericht="Fertig"
    )
    client.force_login(make_konto(["Sachbearbeitung"]))

    def liste(suche):
        return {zeile.mandat for zeile in client.get(f"/coaching/?{suche}").context["zeilen"]}

    assert liste("stand=laufend") == {gelesen, ungelesen}
    assert liste("stand=abgeschlossen") == {fertig}
    assert liste("lage=ungelesen") == {ungelesen}
    assert liste("lage=ohne-ansprechperson") == {ungelesen}
    assert liste("kreis=14730") == {gelesen}
    coach = gelesen.einsaetze.get().coach
    assert liste(f"coach={coach.pk}") == {gelesen}
    assert liste("kreis=14730&stand=abgeschlossen") == set()
    unbekannt = client.get("/coaching/?stand=irgendwie&coach=x&kreis=9&lage=-&seite=99")
    assert len(unbekannt.context["zeilen"]) == 3
    assert inhalt(unbekannt).count("Unbekannter Wert im Filter") == 4


def test_filters_are_for_coordinators_only(hole, mandat):
    seite = inhalt(hole("coach", "/coaching/?stand=abgeschlossen"))
    assert str(mandat.coaching.kommunen.get()) in seite
    assert "Zurücksetzen" not in seite


def test_the_list_and_the_page_cost_the_same_whatever_is_in_them(
    client, django_assert_max_num_queries
):
    coach = make_coach(kapazitaet=20)
    mandat = laufendes_mandat(heute(), coach=coach)
    konten = [
        coach.konto, mandat.ansprechperson, make_konto(["Sachbearbeitung"]),
    ]  # fmt: skip
    sitzung = erfasse(mandat, schritt(), am=heute(), um=timezone.now())

    def zaehle():
        gezaehlt = {}
        for konto in konten:
            client.force_login(konto)
            for url in (
                "/coaching/", adresse("begleitung", mandat), adresse("sitzung", sitzung),
                adresse("kontakt", mandat),
            ):  # fmt: skip
                client.get(url)
                with django_assert_max_num_queries(40) as abfragen:
                    assert client.get(url).status_code == 200
                gezaehlt[konto, url] = len(abfragen)
        return gezaehlt

    einzeln = zaehle()
    for nummer in range(3):
        weiteres = laufendes_mandat(heute(), coach=coach)
        erfasse(weiteres, am=heute(), um=timezone.now())
        erfasse(mandat, schritt(), schritt(wer="lpr"), am=heute(), um=timezone.now())
        sitzung = stand(sitzung)
        sitzungen.korrigiere(
            sitzung, sitzungen.Sitzungsangaben(
                heute(), "video", 2, "Alle", {"geteilt": f"{nummer}", "lpr": f"{nummer}"}
            ), [schritt()], version=sitzung.version, durch=coach.konto, um=timezone.now(),
        )  # fmt: skip
        make_mitglied(mandat.coaching.kommunen.get(), Rolle.BEARBEITUNG)
    assert zaehle() == einzeln
