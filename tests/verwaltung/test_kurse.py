"""Cohorts in the Verwaltung: days, places and quotas, and who moves up (F39, F40)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fortbildung.models import Anwesenheit, Durchgang, Kurstag, Lehrgang, Modul, Stand
from tests.factories import make_anmeldung, make_durchgang, make_konto, make_kurs

from .formulare import adresse as seite
from .formulare import fehler, formulardaten, meldungen, sende

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


@pytest.fixture
def client(anmelden):
    return anmelden("Fortbildung")


def zeilen(vorsatz, *angaben, ab=0):
    """Rows added to the inline after `ab` that are there."""
    daten = {f"{vorsatz}-TOTAL_FORMS": ab + len(angaben)}
    for nummer, felder in enumerate(angaben, start=ab):
        daten |= {f"{vorsatz}-{nummer}-{name}": wert for name, wert in felder.items()}
        daten[f"{vorsatz}-{nummer}-id"] = ""
    return daten


def tag(modul, **felder):
    return {"tag": "06.03.2026", "von": "09:00", "bis": "16:00", "modul": modul.pk,
            "ort": "Görlitz"} | felder  # fmt: skip


@pytest.fixture
def modul():
    return make_kurs().kurstage.first().modul


def neuer(client, modul, *tage, **felder):
    angaben = {
        "lehrgang": modul.lehrgang_id, "bezeichnung": "Durchgang 2026", "beginn": "06.03.2026",
        "plaetze": 10, "quelle": "Ausschreibung", "veroeffentlicht": "on",
        "anmeldung_ab": "01.01.2026", "anmeldung_bis": "31.01.2026",
    }  # fmt: skip
    return sende(client, Durchgang, **angaben | felder | zeilen("kurstage", *tage))


def test_a_cohort_with_its_days_is_at_once_on_the_website(client, modul):
    antwort = neuer(client, modul, tag(modul), tag(modul, tag="07.03.2026"))
    assert antwort.status_code == 302
    durchgang = Durchgang.objects.get(bezeichnung="Durchgang 2026")
    assert durchgang.kurstage.count() == 2
    assert "Görlitz" in client.get(durchgang.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("felder", "tage", "feld", "satz"),
    [
        ({"kontingent_polizei": 6, "kontingent_kommune": 5}, [{}], "plaetze",
         "Die Kontingente sind zusammen mehr als die Plätze."),
        ({"plaetze": ""}, [{}], "plaetze", "Zur Anmeldung gehören beide Tage"),
        ({"plaetze": "-1"}, [{}], "plaetze", ""),
        ({"anmeldung_bis": "31.12.2025"}, [{}], "anmeldung_bis",
         "Die Anmeldung endet vor ihrem Beginn."),
        ({"anmeldung_bis": ""}, [{}], "anmeldung_bis", "Zur Anmeldung gehören beide Tage"),
        ({"anmeldung_bis": "07.03.2026"}, [{}], "anmeldung_bis",
         "Die Anmeldung endet nach dem Beginn: 06.03.2026."),
        ({"anmeldung_bis": "07.03.2026", "beginn": "03/2026"}, [{}], "kurstage-0-tag",
         "Die Anmeldung endet erst am 07.03.2026."),
        ({}, [{"tag": "05.03.2026"}], "kurstage-0-tag", "Der Durchgang beginnt erst: 06.03.2026."),
        ({"ende": "06/2026"}, [{}, {"tag": "01.07.2026"}], "kurstage-1-tag",
         "Der Durchgang dauert von 06.03.2026 bis 06/2026."),
        ({"kontakt_email": "lpr"}, [{}], "kontakt_email", "E-Mail-Adresse"),
        ({}, [{}, {}], "kurstage-1-tag", "Dieser Durchgang hat an diesem Tag schon ein Modul."),
        ({}, [{"bis": "09:00"}], "kurstage-0-bis", "Das Ende liegt vor dem Beginn."),
        ({}, [{"tag": "31.02.2026"}], "kurstage-0-tag", "Datum"),
        ({}, [{"ort": ""}], "kurstage-0-ort", "Geben Sie hier etwas an."),
        ({}, [{"modul": "fremd"}], "kurstage-0-modul",
         "Das Modul gehört zu einem anderen Lehrgang."),
    ],
)  # fmt: skip
def test_what_the_database_refuses_is_said_at_the_field(client, modul, felder, tage, feld, satz):
    anderer = Lehrgang.objects.create(kuerzel="anderer", name="Anderer", traeger="LPR")
    fremd = Modul.objects.create(lehrgang=anderer, nummer=1, titel="Fremd")
    tage = [
        tag(modul) | angaben | ({"modul": fremd.pk} if "modul" in angaben else {})
        for angaben in tage
    ]
    antwort = neuer(client, modul, *tage, **felder)
    assert satz in fehler(antwort).get(feld, ["fehlt"])[0], fehler(antwort)
    assert not Durchgang.objects.filter(bezeichnung="Durchgang 2026").exists()


def test_a_cohort_does_not_move_to_another_course_with_its_days(client, modul):
    durchgang = Kurstag.objects.first().durchgang
    anderer = Lehrgang.objects.create(kuerzel="anderer", name="Anderer", traeger="LPR")
    antwort = sende(client, Durchgang, durchgang.pk, lehrgang=anderer.pk)
    assert "anderen Lehrgang" in fehler(antwort)["kurstage-0-modul"][0]


@pytest.mark.parametrize(
    "felder", [{"plaetze": 1}, {"kontingent_polizei": 2}, {"plaetze": ""}], ids=str
)
def test_places_that_are_taken_stay(client, felder):
    durchgang = make_kurs(plaetze=3)
    make_anmeldung(durchgang)
    make_anmeldung(durchgang)
    if felder.get("plaetze") == "":
        felder |= {"anmeldung_ab": "", "anmeldung_bis": ""}
    antwort = sende(client, Durchgang, durchgang.pk, **felder)
    assert "2 Plätze sind schon vergeben." in fehler(antwort)["plaetze"][0]
    durchgang.refresh_from_db()
    assert durchgang.plaetze == 3


def test_more_places_are_offered_at_once(client):
    kommend = str(timezone.localdate().replace(year=timezone.localdate().year + 1, day=1))
    durchgang = make_kurs(plaetze=1, tage=(kommend,))
    make_anmeldung(durchgang)
    wartend = make_anmeldung(durchgang, stand=Stand.WARTELISTE)
    antwort = sende(client, Durchgang, durchgang.pk, plaetze=2)
    assert antwort.status_code == 302
    wartend.refresh_from_db()
    assert wartend.stand == Stand.ANGEBOTEN
    gesagt = meldungen(client.get(antwort["Location"]))
    assert "1 Person von der Warteliste haben wir einen freien Platz angeboten." in gesagt


def test_a_closed_day_and_a_used_module_stay(client, modul):
    durchgang = Kurstag.objects.first().durchgang
    durchgang.kurstage.update(geschlossen_um=timezone.now(), geschlossen_von=make_konto())
    antwort = sende(client, Durchgang, durchgang.pk, **{"kurstage-0-ort": "Zittau"})
    assert "abgeschlossen" in str(fehler(antwort))
    antwort = sende(client, Durchgang, durchgang.pk, **{"kurstage-0-DELETE": "on"})
    assert "abgeschlossen" in str(fehler(antwort))
    antwort = sende(client, Lehrgang, modul.lehrgang_id, **{"module-0-DELETE": "on"})
    assert antwort.status_code == 200
    assert Modul.objects.filter(pk=modul.pk).exists()


def test_a_day_with_attendance_is_not_moved_ahead_and_not_deleted(client):
    durchgang = make_kurs(anmeldung_ab="2025-12-01", anmeldung_bis="2026-01-31")
    erster = durchgang.kurstage.first()
    person = make_anmeldung(durchgang)
    Anwesenheit.objects.create(anmeldung=person, kurstag=erster, stand="anwesend")
    morgen = timezone.localdate() + timedelta(days=1)
    for nummer, erlaubt in ((0, False), (1, True)):
        antwort = sende(
            client, Durchgang, durchgang.pk, **{f"kurstage-{nummer}-tag": f"{morgen:%d.%m.%Y}"}
        )
        assert (antwort.status_code == 302) is erlaubt
        if not erlaubt:
            satz = "Er kann nicht erst bevorstehen."
            assert satz in fehler(antwort)[f"kurstage-{nummer}-tag"][0]
    antwort = sende(client, Durchgang, durchgang.pk, **{"kurstage-0-DELETE": "on"})
    satz = "06.03.2026, Modul 1: Kriminologie: Zu diesem Kurstag ist Anwesenheit erfasst."
    assert fehler(antwort)[""] == [f"{satz} Er bleibt (1 Eintrag)."]
    assert sende(client, Durchgang, durchgang.pk, **{"kurstage-1-DELETE": "on"}).status_code == 302
    assert durchgang.kurstage.get() == erster


def test_modules_are_kept_with_their_course(client, modul):
    antwort = sende(
        client, Lehrgang, modul.lehrgang_id,
        **zeilen("module", {"nummer": 2, "titel": "Kriminalprävention"}, ab=1),
    )  # fmt: skip
    assert antwort.status_code == 302
    antwort = sende(
        client, Lehrgang, modul.lehrgang_id,
        **zeilen("module", {"nummer": 2, "titel": "Noch eins"}, ab=2),
    )  # fmt: skip
    assert fehler(antwort)["module-2-nummer"] == ["Diese Nummer hat schon ein anderes Modul."]


def test_many_days_take_no_more_queries(client, django_assert_max_num_queries):
    einer, vieler = (
        make_kurs(tage=("2026-03-06",)),
        make_kurs(tage=[f"2026-03-{nummer:02}" for nummer in range(1, 21)]),
    )
    with django_assert_max_num_queries(60) as gezaehlt:
        client.get(seite(Durchgang, "change", einer.pk))
    with django_assert_max_num_queries(len(gezaehlt)):
        daten = formulardaten(client.get(seite(Durchgang, "change", vieler.pk)))
    assert daten["kurstage-INITIAL_FORMS"] == 20


def test_a_former_cohort_has_no_page_on_the_website(client):
    antwort = client.get(seite(Durchgang, "change", make_durchgang().pk)).content.decode()
    assert "/fortbildung/kurse/" not in antwort
