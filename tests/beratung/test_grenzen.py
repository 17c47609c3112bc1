"""What the database never lets into the coaching, whoever writes."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection

from beratung.models import (
    Beratungsanfrage,
    Coachinganfrage,
    Einsatz,
    Mandat,
    Niederschrift,
    Sitzung,
    Stufe,
)
from tests.factories import make_coach, make_kommune, make_konto, make_mandat
from tests.vieraugen.hilfen import verboten

pytestmark = pytest.mark.django_db
UM = datetime(2026, 4, 1, 9, tzinfo=UTC)


def make_sitzung(mandat, viertel=2, **felder):
    """A session, booked against the contingent as the procedure does it."""
    konto = mandat.einsaetze.first().coach.konto
    felder = {"am": date(2026, 3, 31), "form": "vor_ort", "teilnehmende": "Bürgermeister"} | felder
    Mandat.objects.filter(pk=mandat.pk).update(gebucht=mandat.gebucht + viertel)
    return Sitzung.objects.create(
        mandat=mandat, viertel=viertel, erfasst_um=UM, erfasst_von=konto, **felder
    )


def geht_nicht(regel, tat):
    """The database refuses, at the latest at the end of the transaction."""

    def tat_und_ende():
        tat()
        connection.check_constraints()

    verboten(regel, tat_und_ende)


def test_more_than_the_contingent_is_never_booked():
    mandat = make_mandat(kontingent=3)
    geht_nicht("mandat_kontingent_reicht", lambda: make_sitzung(mandat, viertel=4))


def test_what_is_booked_is_the_sum_of_the_sessions():
    mandat = make_mandat()
    sitzung = make_sitzung(mandat)
    geht_nicht("mandat_gebucht_stimmt", lambda: Mandat.objects.update(gebucht=7))
    geht_nicht("mandat_gebucht_stimmt", lambda: Sitzung.objects.update(viertel=5))
    geht_nicht(
        "mandat_gebucht_stimmt",
        lambda: Sitzung.objects.update(storniert_um=UM, storno_grund="doppelt erfasst"),
    )
    geht_nicht("mandat_gebucht_stimmt", lambda: sitzung.delete())


def test_a_session_stays_with_its_engagement():
    make_sitzung(make_mandat())
    geht_nicht("sitzung_bleibt_bei_mandat", lambda: Sitzung.objects.update(mandat=make_mandat()))


def test_a_session_is_not_in_the_future():
    geht_nicht("sitzung_nicht_in_zukunft", lambda: make_sitzung(make_mandat(), am=date(2026, 4, 2)))


def test_a_text_keeps_its_level_and_its_writer():
    sitzung = make_sitzung(make_mandat())
    wer = sitzung.erfasst_von
    for stufe in (Stufe.LPR, Stufe.EIGEN):
        Niederschrift.objects.create(
            sitzung=sitzung, stufe=stufe, text="Text", verfasst_von=wer, verfasst_um=UM
        )
    eigene = Niederschrift.objects.filter(stufe=Stufe.EIGEN)
    geht_nicht("niederschrift_behaelt_stufe", lambda: eigene.update(stufe=Stufe.GETEILT))
    geht_nicht(
        "niederschrift_behaelt_stufe", lambda: eigene.update(verfasst_von=make_coach().konto)
    )
    eigene.update(text="Ein anderer Text")


def test_nobody_leads_more_than_there_is_room_for():
    coach = make_coach(kapazitaet=1)
    erstes, zweites = make_mandat(coach=coach), make_mandat()
    zweites.einsaetze.update(bis=date(2026, 6, 1))
    neu = {"coach": coach, "von": date(2026, 6, 2)}
    geht_nicht(
        "einsatz_kapazitaet", lambda: Einsatz.objects.create(mandat=zweites, rolle="coach", **neu)
    )
    # Standing in does not count, and what has ended leaves room.
    vertretung = Einsatz.objects.create(mandat=zweites, rolle="vertretung", **neu)
    vertretung.delete()
    erstes.einsaetze.update(bis=date(2026, 6, 1))
    Einsatz.objects.create(mandat=zweites, rolle="coach", **neu)
    geht_nicht("einsatz_kapazitaet", lambda: erstes.einsaetze.update(bis=None))


@pytest.mark.parametrize(("von", "geht"), [("2025-12-31", False), ("2026-12-31", True)])
def test_nobody_is_assigned_without_a_contract_for_the_first_day(von, geht):
    coach = make_coach(vertrag=("2026-01-01", "2026-12-31"))
    mandat = make_mandat()
    mandat.einsaetze.update(bis=mandat.beginn)

    def setze_ein():
        Einsatz.objects.create(mandat=mandat, coach=coach, rolle="coach", von=von)

    if geht:
        setze_ein()
    else:
        geht_nicht("einsatz_mit_vertrag", setze_ein)


def test_nobody_stands_in_for_themselves():
    mandat = make_mandat()
    coach = mandat.einsaetze.get().coach
    geht_nicht(
        "einsatz_eine_rolle_je_coach",
        lambda: Einsatz.objects.create(
            mandat=mandat, coach=coach, rolle="vertretung", von=mandat.beginn
        ),
    )


def test_a_request_always_says_what_it_is_about():
    kommune, konto = make_kommune(), make_konto()
    for regel, modell in (
        ("coachinganfrage_mit_anliegen", Coachinganfrage),
        ("beratungsanfrage_mit_anliegen", Beratungsanfrage),
    ):
        gestellt = {"kommune": kommune, "gestellt_um": UM, "gestellt_von": konto}
        geht_nicht(regel, lambda modell=modell, g=gestellt: modell.objects.create(anliegen="", **g))
