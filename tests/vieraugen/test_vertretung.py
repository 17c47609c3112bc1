"""A deputy has the rights of somebody else for a time, and stays the own person."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from asskomm.konten import handlungen, verfahren, vertretung
from asskomm.konten.models import Konto, Vertretung
from asskomm.protokoll.models import Eintrag
from asskomm.schritt import SchrittNichtMoeglich
from kommunen.models import Kommune
from tests.factories import make_konto, make_vertretung
from tests.verwaltung.formulare import adresse, fehler, sende
from tests.verwaltung.personal import angemeldet

from .hilfen import verboten

pytestmark = pytest.mark.django_db

RECHT = "portal.add_meldung"
HEUTE = date(2026, 11, 22)


@pytest.fixture
def redaktion():
    return make_konto(["Redaktion"], name="Rita Redaktion")


@pytest.fixture
def vertreter():
    return make_konto(is_staff=True, name="Veit Vertreter")


@pytest.fixture
def uhr(monkeypatch):
    """Set the clock to a moment, given in UTC."""

    def stelle(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return stelle


def frisch(konto):
    """As a new request loads the account."""
    return Konto.objects.get(pk=konto.pk)


def laufend(**felder):
    heute = timezone.localdate()
    felder = {"beginn": heute - timedelta(days=5), "ende": heute + timedelta(days=5)} | felder
    return make_vertretung(**felder)


@pytest.mark.parametrize(
    ("moment", "darf"),
    [
        (datetime(2026, 7, 31, 21, 59, tzinfo=UTC), False),  # 23.59 in Berlin
        (datetime(2026, 7, 31, 22, 0, tzinfo=UTC), True),  # 0.00 on 1 August
        (datetime(2026, 8, 14, 21, 59, tzinfo=UTC), True),
        (datetime(2026, 8, 14, 22, 0, tzinfo=UTC), False),
    ],
)
def test_first_and_last_day_count_as_they_are_in_berlin(redaktion, vertreter, uhr, moment, darf):
    make_vertretung(
        vertreter=vertreter,
        vertretener=redaktion,
        beginn=date(2026, 8, 1),
        ende=date(2026, 8, 14),
    )
    uhr(moment)
    assert frisch(vertreter).has_perm(RECHT) is darf
    assert frisch(vertreter).has_module_perms("portal") is darf


def test_the_deputy_has_the_roles_of_today_and_nothing_else(redaktion, vertreter):
    laufend(vertreter=vertreter, vertretener=redaktion)
    assert frisch(vertreter).get_all_permissions() == frisch(redaktion).get_all_permissions()
    assert not frisch(vertreter).has_module_perms("foerderung")
    redaktion.groups.clear()
    assert not frisch(vertreter).has_perm(RECHT)


@pytest.mark.parametrize("ergebnis", ["offen", "abgelehnt"])
def test_without_approval_there_is_no_deputy(redaktion, vertreter, ergebnis):
    laufend(vertreter=vertreter, vertretener=redaktion, ergebnis=ergebnis)
    assert not frisch(vertreter).has_perm(RECHT)


def test_deputyship_is_not_handed_on_and_goes_one_way(redaktion, vertreter):
    dritte = make_konto(["Prüfung"])
    laufend(vertreter=vertreter, vertretener=redaktion)
    laufend(vertreter=dritte, vertretener=vertreter)
    assert not frisch(dritte).has_perm(RECHT)
    laufend(vertreter=redaktion, vertretener=dritte)
    assert not frisch(dritte).has_perm(RECHT)


def test_the_deputy_goes_on_when_the_represented_is_deactivated(redaktion, vertreter):
    laufend(vertreter=vertreter, vertretener=redaktion)
    verfahren.deaktiviere(redaktion, durch=make_konto(), um=timezone.now(), grund="Ruhestand")
    assert frisch(vertreter).has_perm(RECHT)


def test_a_deactivated_deputy_has_no_rights(redaktion, vertreter):
    laufend(vertreter=vertreter, vertretener=redaktion)
    verfahren.deaktiviere(vertreter, durch=make_konto(), um=timezone.now(), grund="Ruhestand")
    assert not frisch(vertreter).has_perm(RECHT)
    assert not frisch(vertreter).has_module_perms("portal")


def test_rights_cost_the_same_whatever_is_asked(redaktion, vertreter, django_assert_num_queries):
    def frage():
        konto = frisch(vertreter)
        for recht in (RECHT, "foerderung.view_zuwendung", "portal.delete_seite"):
            konto.has_perm(recht)
        konto.has_module_perms("kommunen")

    with django_assert_num_queries(4):  # account, its own rights and roles, deputyships
        frage()
    for vertretener in (redaktion, make_konto(["Prüfung"]), make_konto(["Fortbildung"])):
        laufend(vertreter=vertreter, vertretener=vertretener)
    with django_assert_num_queries(4):
        frage()


def test_an_act_names_the_represented_only_where_it_needs_the_deputyship(redaktion, vertreter):
    laufend(vertreter=vertreter, vertretener=redaktion)
    assert vertretung.fuer(frisch(vertreter), RECHT) == redaktion
    vertreter.groups.set(redaktion.groups.all())
    assert vertretung.fuer(frisch(vertreter), RECHT) is None
    assert vertretung.fuer(frisch(vertreter), "foerderung.view_zuwendung") is None


def test_the_log_names_in_whose_deputyship_an_account_was_changed(vertreter):
    administration = make_konto(["Administration"], name="Alma Administration")
    laufend(vertreter=vertreter, vertretener=administration)
    konto = make_konto(["Prüfung"])
    client = angemeldet(vertreter)
    client.post(adresse(Konto, "deaktivieren", konto.pk), {"grund": "Ausgeschieden"})
    eintrag = Eintrag.objects.get(handlung=handlungen.DEAKTIVIERT.schluessel)
    assert (eintrag.durch, eintrag.fuer) == (vertreter, administration)
    verlauf = client.get(adresse(Konto, "history", konto.pk)).content.decode()
    assert "Veit Vertreter, in Vertretung für Alma Administration" in verlauf
    assert "Ausgeschieden" in verlauf


def test_staff_work_with_the_pages_of_the_represented(redaktion, vertreter):
    client = angemeldet(vertreter)
    assert client.get(adresse(Kommune)).status_code == 403
    laufend(vertreter=vertreter, vertretener=redaktion)
    assert client.get(adresse(Kommune)).status_code == 200


# --- Ending early -------------------------------------------------------------------


@pytest.mark.parametrize("wer", ["vertreter", "vertretener", "administration"])
def test_either_of_them_or_the_administration_ends_it_at_once(redaktion, vertreter, wer):
    eine = laufend(vertreter=vertreter, vertretener=redaktion)
    personen = {
        "vertreter": vertreter,
        "vertretener": redaktion,
        "administration": make_konto(["Administration"]),
    }
    client = angemeldet(personen[wer])
    seite = client.get(adresse(Vertretung, "change", eine.pk)).content.decode()
    ziel = adresse(Vertretung, "beenden", eine.pk)
    assert ziel in seite
    assert client.get(ziel).status_code == 200
    assert frisch(vertreter).has_perm(RECHT)
    assert client.post(ziel).status_code == 302
    assert not frisch(vertreter).has_perm(RECHT)
    eintrag = Eintrag.objects.get(handlung=handlungen.VERTRETUNG_BEENDET.schluessel)
    assert (eintrag.durch, eintrag.fuer) == (personen[wer], None)


def test_it_ends_once(redaktion, vertreter):
    eine = laufend(vertreter=vertreter, vertretener=redaktion)
    verfahren.beende_vertretung(eine, durch=redaktion, um=timezone.now())
    with pytest.raises(SchrittNichtMoeglich):
        verfahren.beende_vertretung(eine, durch=redaktion, um=timezone.now())
    angemeldet(redaktion).get(adresse(Vertretung))


def test_strangers_neither_see_nor_end_it(redaktion, vertreter):
    eine = laufend(vertreter=vertreter, vertretener=redaktion)
    fremder = angemeldet(make_konto(["Prüfung"]))
    assert fremder.get(adresse(Vertretung)).status_code == 403
    for ziel in (adresse(Vertretung, "change", eine.pk), adresse(Vertretung, "beenden", eine.pk)):
        assert fremder.get(ziel).status_code in (302, 403, 404)
    assert fremder.post(adresse(Vertretung, "beenden", eine.pk)).status_code in (403, 404)
    laufend(vertreter=fremder.konto, vertretener=make_konto(["Fortbildung"]))
    assert fremder.post(adresse(Vertretung, "beenden", eine.pk)).status_code == 404
    assert str(redaktion) not in fremder.get(adresse(Vertretung)).content.decode()
    eine.refresh_from_db()
    assert eine.beendet_um is None


# --- Proposing ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("beginn", "ende", "feld", "satz"),
    [
        ("22.11.2026", "21.11.2026", "ende", "Vergangenheit"),
        ("21.11.2026", "22.11.2026", "beginn", "frühestens heute"),
        ("01.01.0001", "22.11.2026", "beginn", "frühestens heute"),
        ("24.11.2026", "23.11.2026", "ende", "vor dem ersten"),
        ("22.11.2026", "23.11.2027", "ende", "höchstens ein Jahr"),
        ("22.11.2026", "31.12.9999", "ende", "höchstens ein Jahr"),
        ("31.12.9999", "31.12.9999", "beginn", "in einem Jahr"),
    ],
)
def test_mistakes_of_a_period(redaktion, vertreter, uhr, beginn, ende, feld, satz):
    client = angemeldet(make_konto(["Leitung"]))
    uhr(datetime(2026, 11, 21, 23, 30, tzinfo=UTC))  # the 22nd in Berlin
    angaben = {"vertretener": redaktion.pk, "vertreter": vertreter.pk, "begruendung": "Urlaub"}
    gefunden = fehler(sende(client, Vertretung, **angaben, beginn=beginn, ende=ende))
    assert satz in " ".join(gefunden[feld])
    assert not Vertretung.objects.exists()


@pytest.mark.parametrize("ende", ["22.11.2026", "22.11.2027"])
def test_a_period_begins_today_and_lasts_a_year_at_most(redaktion, vertreter, uhr, ende):
    client = angemeldet(make_konto(["Leitung"]))
    uhr(datetime(2026, 11, 21, 23, 30, tzinfo=UTC))
    angaben = {"vertretener": redaktion.pk, "vertreter": vertreter.pk, "begruendung": "Urlaub"}
    sende(client, Vertretung, **angaben, beginn="22.11.2026", ende=ende)
    assert Vertretung.objects.get().beginn == HEUTE


@pytest.mark.parametrize(
    ("felder", "regel"),
    [
        ({"beginn": date(2025, 12, 14), "ende": HEUTE}, "vertretung_nicht_rueckwirkend"),
        ({"beginn": date(1, 1, 1), "ende": date(1, 1, 2)}, "vertretung_nicht_rueckwirkend"),
        ({"beginn": date(2026, 12, 16), "ende": date(2027, 1, 5)}, "vertretung_nicht_weit_voraus"),
        ({"ende": date(2027, 1, 2)}, "vertretung_hoechstens_ein_jahr"),
        ({"ende": date(9999, 12, 31)}, "vertretung_hoechstens_ein_jahr"),
    ],
)
def test_the_database_refuses_a_period_that_is_no_cover(redaktion, vertreter, felder, regel):
    """Proposed on 15 December 2025 for 2026."""
    verboten(regel, lambda: make_vertretung(vertreter=vertreter, vertretener=redaktion, **felder))


def test_nobody_represents_themselves(redaktion):
    client = angemeldet(make_konto(["Leitung"]))
    gefunden = fehler(
        sende(
            client,
            Vertretung,
            vertretener=redaktion.pk,
            vertreter=redaktion.pk,
            beginn=f"{timezone.localdate():%d.%m.%Y}",
            ende=f"{timezone.localdate():%d.%m.%Y}",
            begruendung="Urlaub",
        )  # fmt: skip
    )
    assert "Niemand kann sich selbst vertreten." in sum(gefunden.values(), [])


def test_a_period_that_is_over_is_not_approved(redaktion, vertreter):
    vorbei = make_vertretung(
        vertreter=vertreter, vertretener=redaktion, ergebnis="offen", ende=date(2026, 2, 1)
    )
    with pytest.raises(SchrittNichtMoeglich):
        verfahren.genehmige_vertretung(
            vorbei, durch=make_konto(), um=datetime(2026, 2, 1, 23, 0, tzinfo=UTC)
        )
    vorbei.refresh_from_db()
    assert vorbei.ergebnis == "offen"
    verfahren.genehmige_vertretung(
        vorbei, durch=make_konto(), um=datetime(2026, 2, 1, 22, 59, tzinfo=UTC)
    )
    assert vorbei.ergebnis == "genehmigt"
