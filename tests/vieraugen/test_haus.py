"""Whatever is decided by two people, now and later, is held to it by the database."""

from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection

from asskomm.konten.vieraugen import VierAugen
from asskomm.konten.vieraugen_admin import VierAugenAdmin
from asskomm.portal.aufgaben import VORSCHLAEGE
from asskomm.post.admin import NurLesen
from foerderung.fallakte.lage import rechte
from foerderung.fallakte.vorrat import MEINE, Vorrat
from foerderung.models import (
    BEWILLIGUNG_LAEUFT,
    RUECKFORDERBAR,
    Abschluss,
    Aenderungsentscheidung,
    Entscheidung,
    Status,
)
from tests.factories import make_antrag, make_entscheidung, make_konto

pytestmark = pytest.mark.django_db
# Decided in the Fallakte and found in the worklist there; the admin only shows it.
IN_DER_AKTE = {Entscheidung, Abschluss, Aenderungsentscheidung}
ANGEHOERT = {"gruende": "Test", "angehoert_am": date(2026, 12, 7)}
ALLE = {"vieraugen_beginnt_offen", "vieraugen_bleibt", "vieraugen_geht_nicht"}


def arten():
    return [modell for modell in apps.get_models() if issubclass(modell, VierAugen)]


def trigger(modell):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled = 'O'",
            [modell._meta.db_table],
        )
        return {name for (name,) in cursor.fetchall()}


def test_there_are_such_proposals():
    assert len(arten()) >= 4


def test_every_kind_has_the_triggers():
    assert {modell.__name__: ALLE - trigger(modell) for modell in arten()} == {
        modell.__name__: set() for modell in arten()
    }


def test_every_kind_has_the_constraints_and_one_for_each_who_is_affected():
    for modell in arten():
        namen = {bedingung.name for bedingung in modell._meta.constraints}
        name = modell._meta.model_name
        assert f"{name}_zwei_personen" in namen
        assert f"{name}_auch_in_vertretung" in namen
        assert f"{name}_entscheidung_vollstaendig" in namen
        for feld in modell.BETROFFENE:
            assert f"{name}_nicht_durch_{feld}" in namen


def test_every_kind_is_decided_on_the_same_pages_and_waits_on_the_start_page():
    assert set(VORSCHLAEGE) == set(arten()) - IN_DER_AKTE
    for modell in VORSCHLAEGE:
        assert isinstance(admin.site._registry[modell], VierAugenAdmin)
    for modell in IN_DER_AKTE:
        assert isinstance(admin.site._registry[modell], NurLesen)


ART_JE_STATUS = {
    Status.ENTSCHEIDUNGSREIF: "ablehnung",
    **dict.fromkeys(BEWILLIGUNG_LAEUFT, "widerruf"),
    **dict.fromkeys(RUECKFORDERBAR, "rueckforderung"),
}


@pytest.mark.parametrize("status", ART_JE_STATUS)
def test_decisions_wait_with_the_leitung_and_not_with_who_proposed(status):
    leitung, beides = make_konto(["Leitung"]), make_konto(["Sachbearbeitung", "Leitung"])
    antrag = make_antrag(status=status, entschieden_um=datetime(2026, 12, 1, tzinfo=UTC))
    art = {"art": ART_JE_STATUS[status], **ANGEHOERT}
    make_entscheidung(antrag=antrag, vorgeschlagen_von=beides, **art)

    def liegt_bei(konto):
        vorrat = Vorrat(konto, rechte(konto), date(2027, 1, 5))
        return list(vorrat.vorgaenge(MEINE))

    assert liegt_bei(leitung) == [antrag]
    assert liegt_bei(beides) == []
