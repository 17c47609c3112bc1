"""The invented cohorts: open today, one with places and one full, and gone without a trace."""

from datetime import timedelta

import pytest
from django.utils import timezone

from asskomm.portal.beispiele import kurse
from asskomm.portal.beispiele.gemeinsam import ORDNER
from asskomm.post.models import Nachricht
from fortbildung.models import (
    Anmeldung,
    Anwesenheit,
    Durchgang,
    Kurstag,
    Lehrgang,
    Modul,
    Stand,
    Teilnahme,
)
from fortbildung.verfahren import anmeldung as verfahren
from kommunen.abgleich import Bericht

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.thorough,
    pytest.mark.usefixtures("gespielt", "demo"),
]
BEFEHL = "lade_beispieldaten"


def kurs(ort):
    return Durchgang.objects.get(bezeichnung=f"Beispieldurchgang in {ort}")


def anzahlen(durchgang):
    staende = durchgang.anmeldungen.values_list("stand", flat=True)
    return {Stand(stand): list(staende).count(stand) for stand in staende}


def test_the_course_has_its_four_modules_from_the_programme_data():
    assert list(Lehrgang.objects.get().module.values_list("nummer", "titel")) == [
        (1, "Kriminologie"),
        (2, "Kriminalprävention"),
        (3, "Projektmanagement"),
        (4, "Projektbegleitung"),
    ]


@pytest.mark.parametrize("ort", ["Dresden", "Leipzig"])
def test_each_is_open_now_and_has_two_days_for_each_module(ort):
    heute = timezone.localdate()
    durchgang = kurs(ort)
    assert Durchgang.objects.oeffentlich().anmeldbar(heute).filter(pk=durchgang.pk).exists()
    tage = durchgang.kurstage.all()
    assert {
        modul.kurstage.filter(durchgang=durchgang).count() for modul in Modul.objects.all()
    } == {2}
    assert min(tag.tag for tag in tage) > durchgang.anmeldung_bis
    assert (str(durchgang.beginn), str(durchgang.ende)) == tuple(
        f"{tag.tag:%d.%m.%Y}" for tag in (tage.first(), tage.last())
    )


def test_one_has_places_and_one_a_waiting_list_with_one_offer():
    assert anzahlen(kurs("Dresden")) == {
        Stand.ANGEMELDET: 3, Stand.ZUGELASSEN: 2, Stand.ABGELEHNT: 1, Stand.ABGEMELDET: 1
    }  # fmt: skip
    assert anzahlen(kurs("Leipzig")) == {
        Stand.ANGEMELDET: 3, Stand.ZUGELASSEN: 2, Stand.ABGEMELDET: 1, Stand.ANGEBOTEN: 1,
        Stand.WARTELISTE: 3,
    }  # fmt: skip
    angebot = Anmeldung.objects.get(stand=Stand.ANGEBOTEN)
    assert angebot.konto.email == "bearbeitung@example.org"
    assert angebot.angebot_bis > timezone.now()


def test_nothing_waits_to_be_mailed_and_no_figure_counts_them():
    assert not Nachricht.objects.filter(gegenstand_art="fortbildung.anmeldung").exists()
    assert not Teilnahme.objects.filter(durchgang__in=[kurs("Dresden"), kurs("Leipzig")]).exists()


def test_a_second_run_leaves_them_as_they_are(rufe):
    wartend = kurs("Leipzig").anmeldungen.wartend().first()
    verfahren.melde_ab(wartend, durch=None, um=timezone.now(), gesehen=wartend.version)
    tage = list(Kurstag.objects.values_list("pk", "tag"))
    assert "nichts geändert" in rufe(BEFEHL)
    assert list(Kurstag.objects.values_list("pk", "tag")) == tage
    assert anzahlen(kurs("Leipzig"))[Stand.WARTELISTE] == 2


def laden(tage):
    """Load on a later day, as `make start` does it then."""
    um = timezone.now() + timedelta(days=tage)
    bericht = Bericht()
    kurse.lade(bericht, ORDNER, um)
    posten = bericht.zu(Durchgang)
    return timezone.localdate(um), (len(posten.geaendert), posten.unveraendert)


def test_a_load_a_year_later_shows_two_open_cohorts_again():
    wartend = kurs("Leipzig").anmeldungen.wartend().first()
    verfahren.melde_ab(wartend, durch=None, um=timezone.now(), gesehen=wartend.version)
    nummern = set(Durchgang.objects.values_list("pk", flat=True))
    heute, bericht = laden(365)
    assert bericht == (2, 0)
    offene = Durchgang.objects.oeffentlich().anmeldbar(heute)
    assert {durchgang.pk for durchgang in offene} == {kurs("Dresden").pk, kurs("Leipzig").pk}
    assert {durchgang.pk for durchgang in offene} <= nummern
    assert min(Kurstag.objects.values_list("tag", flat=True)) > heute
    assert Kurstag.objects.count() == 16
    assert anzahlen(kurs("Leipzig"))[Stand.WARTELISTE] == 3
    assert anzahlen(kurs("Dresden"))[Stand.ZUGELASSEN] == 2
    assert not Nachricht.objects.filter(gegenstand_art="fortbildung.anmeldung").exists()
    assert laden(365)[1] == (0, 2)


def test_only_what_nobody_can_register_for_any_more_moves_on():
    bis = {ort: kurs(ort).anmeldung_bis for ort in ("Dresden", "Leipzig")}
    assert laden(10)[1] == (0, 2)
    assert laden(11)[1] == (1, 1)
    assert kurs("Leipzig").anmeldung_bis == bis["Leipzig"] + timedelta(days=11)
    assert kurs("Dresden").anmeldung_bis == bis["Dresden"]


def test_a_cohort_with_attendance_runs_to_its_last_day():
    durchgang = kurs("Leipzig")
    person = durchgang.anmeldungen.filter(stand=Stand.ZUGELASSEN).first()
    Anwesenheit.objects.create(
        anmeldung=person, kurstag=durchgang.kurstage.first(), stand="anwesend"
    )
    rest = (durchgang.kurstage.last().tag - timezone.localdate()).days
    assert laden(rest)[1] == (1, 1)
    assert kurs("Leipzig").anmeldungen.filter(pk=person.pk).exists()
    laden(rest + 1)
    assert not Anmeldung.objects.filter(pk=person.pk).exists()
    assert not Anwesenheit.objects.exists()


def test_removing_takes_them_with_what_people_tried(rufe):
    wartend = kurs("Leipzig").anmeldungen.wartend().first()
    verfahren.melde_ab(wartend, durch=None, um=timezone.now(), gesehen=wartend.version)
    assert "Anmeldungen: 17 entfernt" in rufe("entferne_beispieldaten")
    for menge in (Durchgang.objects, Kurstag.objects, Anmeldung.objects, Kurstag.history):
        assert not menge.exists()
    assert not Nachricht.objects.exists()
    assert Modul.objects.count() == 4
    rufe(BEFEHL)
    assert anzahlen(kurs("Leipzig"))[Stand.WARTELISTE] == 3
