"""Days far outside of any lifetime are refused by form and database, for every date people type."""

from datetime import date, datetime

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from asskomm.portal.models import Seite, Veranstaltung
from beratung.models import Coaching
from kommunen.models import Kommune, Praeventionsrat, Ratssitzung
from kommunen.zeitangabe import SPAETESTES_JAHR
from tests.factories import (
    make_kommune,
    make_rat,
    make_seite,
    make_veranstaltung,
    make_veroeffentlichte_zahl,
)

from .formulare import fehler, sende

pytestmark = pytest.mark.thorough

APPS = ("kommunen", "beratung", "foerderung", "fortbildung", "portal")
# Set by verfahren.py alone, never typed.
AUS_DEM_VERFAHREN = {"mitgliedschaft"}


def getippte_tage():
    for app in APPS:
        for modell in apps.get_app_config(app).get_models():
            if (
                modell.__name__.startswith("Historical")
                or modell._meta.model_name in AUS_DEM_VERFAHREN
            ):
                continue
            for feld in modell._meta.concrete_fields:
                if isinstance(feld, models.DateField) and feld.editable:
                    yield pytest.param(modell, feld.name, id=f"{modell._meta.label}.{feld.name}")


@pytest.mark.parametrize(("modell", "feld"), list(getippte_tage()))
def test_every_typed_day_has_its_span_in_the_database(modell, feld):
    namen = [regel.name for regel in modell._meta.constraints]
    assert f"{modell._meta.model_name}_{feld}_spanne" in namen


@pytest.mark.django_db
@pytest.mark.parametrize("tag", [date(1, 1, 1), date(1989, 12, 31), date(2200, 1, 1)])
def test_a_council_meeting_lies_in_the_span(redaktion, tag):
    rat = make_rat()
    with pytest.raises(IntegrityError, match="ratssitzung_am_spanne"), transaction.atomic():
        Ratssitzung.objects.create(rat=rat, am=tag, thema="Auftakt")
    antwort = sende(redaktion, Ratssitzung, rat=rat.pk, am=f"{tag:%d.%m.}{tag.year:04}", thema="A")
    assert fehler(antwort)["am"] == [
        f"Das Jahr muss zwischen 1990 und {SPAETESTES_JAHR} liegen. Prüfen Sie das Datum."
    ]
    assert not Ratssitzung.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("tag", [date(1990, 1, 1), date(SPAETESTES_JAHR, 12, 31)])
def test_the_edges_of_the_span_are_shown(client, tag):
    rat = make_rat()
    Ratssitzung.objects.create(rat=rat, am=tag, thema="Auftakt", veroeffentlicht=True)
    assert client.get(rat.get_absolute_url()).status_code == 200
    assert client.get(rat.kommunen.get().get_absolute_url()).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("jahr", ["0001", "9999"])
def test_a_date_lies_in_the_span(redaktion, jahr):
    antwort = sende(
        redaktion, Veranstaltung, titel="Fachtag", ort="Dresden", quelle="Test",
        beginn_0=f"01.01.{jahr}", beginn_1="00:00", ende_0=f"02.01.{jahr}", ende_1="00:00",
    )  # fmt: skip
    assert "Prüfen Sie das Datum." in fehler(antwort)["beginn"][0]
    assert not Veranstaltung.objects.exists()


@pytest.mark.django_db
def test_a_date_in_year_one_never_gets_into_the_database():
    termin = make_veranstaltung()
    with pytest.raises(IntegrityError, match="beginn_spanne"), transaction.atomic():
        Veranstaltung.objects.filter(pk=termin.pk).update(
            beginn=timezone.make_aware(datetime(1, 1, 1))
        )
    termin.refresh_from_db()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("modell", "felder"),
    [
        (Kommune, {"gueltig_von": date(1021, 1, 1)}),
        (Kommune, {"zahlen_stand": date(1989, 1, 1)}),
        (Seite, {"stand": date(2201, 1, 1)}),
    ],
)
def test_other_days_too(modell, felder):
    (feld,) = felder
    objekt = make_kommune() if modell is Kommune else make_seite()
    with pytest.raises(IntegrityError, match=f"{feld}_spanne"), transaction.atomic():
        modell.objects.filter(pk=objekt.pk).update(**felder)


@pytest.mark.django_db
def test_a_coaching_begins_within_a_year(sachbearbeitung):
    antwort = sende(
        sachbearbeitung, Coaching, kommunen=[make_kommune().pk], beginn="2198", quelle="Test"
    )
    assert fehler(antwort)["beginn"] == [
        "Der Beginn liegt über ein Jahr voraus. Prüfen Sie das Datum."
    ]


@pytest.mark.django_db
def test_a_published_figure_is_not_negative():
    with pytest.raises(IntegrityError, match="nicht_negativ"):
        make_veroeffentlichte_zahl(wert=-5)


@pytest.mark.django_db
@pytest.mark.parametrize(("von", "bis"), [("2021", "2021"), ("12/2021", "2021")])
def test_a_state_that_counts_on_no_day_is_refused(redaktion, von, bis):
    antwort = sende(
        redaktion, Praeventionsrat, name="Rat", kommunen=[make_kommune().pk], quelle="Test",
        **{"zustaende-0-von": von, "zustaende-0-bis": bis},
    )  # fmt: skip
    assert "zählt an keinem Tag" in fehler(antwort)[""][0]


@pytest.mark.django_db
def test_a_kuerzel_cannot_take_the_place_of_a_key():
    with pytest.raises(IntegrityError, match="kommune_kuerzel_mit_buchstaben"):
        make_kommune(art=Kommune.Art.STAEDTEBUND, kuerzel="14999999")
