"""Two people edit the same record: nobody overwrites what they have not seen."""

import threading

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from asskomm.portal.models import Kommentar, Meldung
from beratung.models import Beratung
from kommunen.models import Praeventionsrat, Ratssitzung
from tests.factories import make_beratung, make_kommune, make_meldung, make_rat, make_ratszustand

from .formulare import adresse, fehler, formulardaten, sende
from .personal import angemeldet, make_personal

pytestmark = pytest.mark.thorough


def geoeffnet(client, objekt):
    """What the form of a record would send if nobody typed anything."""
    return formulardaten(client.get(adresse(type(objekt), "change", objekt.pk)))


def gespeichert(client, objekt, daten):
    ziel = adresse(type(objekt), "change", objekt.pk)
    return client.post(ziel, {name: wert for name, wert in daten.items() if wert is not None})


@pytest.mark.django_db
def test_a_save_on_a_newer_version_is_refused_once(redaktion, sachbearbeitung):
    rat = make_rat(name="Rat A")
    daten = geoeffnet(redaktion, rat)
    sende(sachbearbeitung, Praeventionsrat, rat.pk, schwerpunkte="Sucht")

    antwort = gespeichert(redaktion, rat, daten | {"name": "Rat B"})
    (satz,) = fehler(antwort)[""]
    assert "Sachbearbeitung am " in satz
    assert "Präventionsrat „Rat A“ geändert (Schwerpunkte)." in satz
    assert f'href="{adresse(Praeventionsrat, "history", rat.pk)}"' in antwort.content.decode()
    rat.refresh_from_db()
    assert (rat.name, rat.schwerpunkte) == ("Rat A", "Sucht")
    assert formulardaten(antwort)["name"] == "Rat B", "what was typed is kept"

    assert gespeichert(redaktion, rat, formulardaten(antwort)).status_code == 302
    rat.refresh_from_db()
    assert (rat.name, rat.schwerpunkte) == ("Rat B", ""), "now knowingly"


@pytest.mark.django_db
def test_every_newer_change_is_refused_anew(redaktion, sachbearbeitung):
    beratung = make_beratung()
    antwort = None
    for thema in ("Erstens", "Zweitens"):
        daten = formulardaten(antwort) if antwort else geoeffnet(sachbearbeitung, beratung)
        beratung.thema = thema
        beratung.save()
        antwort = gespeichert(sachbearbeitung, beratung, daten | {"thema": "Meins"})
        assert "Während Sie an diesem Formular" in fehler(antwort)[""][0]
    assert gespeichert(sachbearbeitung, beratung, formulardaten(antwort)).status_code == 302


@pytest.mark.django_db
def test_a_change_of_its_kommunen_counts(redaktion):
    rat = make_rat()
    daten = geoeffnet(redaktion, rat)
    rat.kommunen.add(make_kommune())
    assert "(Kommunen)" in fehler(gespeichert(redaktion, rat, daten | {"name": "Neu"}))[""][0]


@pytest.mark.django_db
@pytest.mark.parametrize("was", ["geändert", "gelöscht", "angelegt"])
def test_a_change_of_its_rows_counts(redaktion, was):
    rat = make_rat(aktiv_seit="2020")
    zustand = rat.zustaende.get()
    daten = geoeffnet(redaktion, rat)
    if was == "angelegt":
        make_ratszustand(rat=rat, zustand="ruhend", von="2010", bis="2011")
    elif was == "geändert":
        zustand.von = "2021"
        zustand.save()
    else:
        zustand.delete()
    antwort = gespeichert(redaktion, rat, daten | {"name": "Neu"})
    assert was in fehler(antwort)[""][0]


@pytest.mark.django_db
def test_what_was_typed_into_a_deleted_row_becomes_a_new_one(redaktion):
    rat = make_rat(aktiv_seit=None)
    make_ratszustand(rat=rat, von="2020", bis="2023")
    make_ratszustand(rat=rat, zustand="ruhend", von="2024")
    daten = geoeffnet(redaktion, rat)
    assert str(daten["zustaende-0-von"]) == "2020"
    rat.zustaende.order_by("pk").first().delete()
    antwort = gespeichert(redaktion, rat, daten | {"zustaende-0-von": "2019"})
    assert "Inzwischen wurden Zeilen gelöscht." in " ".join(fehler(antwort)[""])
    assert 'value="2019"' in antwort.content.decode()
    assert gespeichert(redaktion, rat, formulardaten(antwort)).status_code == 302
    assert sorted(str(z.von) for z in rat.zustaende.all()) == ["2019", "2024"]


@pytest.mark.django_db
def test_a_row_that_both_delete_is_gone(redaktion):
    rat = make_rat(aktiv_seit=None)
    make_ratszustand(rat=rat, von="2020", bis="2023")
    make_ratszustand(rat=rat, zustand="ruhend", von="2024")
    daten = geoeffnet(redaktion, rat)
    rat.zustaende.order_by("pk").first().delete()
    antwort = gespeichert(redaktion, rat, daten | {"zustaende-0-DELETE": "on"})
    if antwort.status_code == 200:
        antwort = gespeichert(redaktion, rat, formulardaten(antwort))
    assert antwort.status_code == 302
    assert [str(z.von) for z in rat.zustaende.all()] == ["2024"]


@pytest.mark.django_db
def test_a_form_sent_twice_is_no_conflict(redaktion):
    rat = make_rat()
    daten = geoeffnet(redaktion, rat) | {"name": "Neu"}
    for _ in range(2):
        assert gespeichert(redaktion, rat, daten).status_code == 302


@pytest.mark.django_db
def test_comments_that_come_in_meanwhile_disturb_nobody(redaktion):
    meldung = make_meldung()
    daten = geoeffnet(redaktion, meldung)
    Kommentar.objects.create(meldung=meldung, text="Gut so")
    assert gespeichert(redaktion, meldung, daten | {"titel": "Neu"}).status_code == 302
    assert Meldung.objects.get().titel == "Neu"


@pytest.mark.django_db
@pytest.mark.parametrize("stand", [None, "", "x", "1-2-3-4-5-6-7-8", "9" * 40, "²"])
def test_a_form_without_a_readable_version_has_seen_nothing(sachbearbeitung, stand):
    beratung = make_beratung()
    daten = geoeffnet(sachbearbeitung, beratung) | {"thema": "Neu", "_stand": stand}
    antwort = gespeichert(sachbearbeitung, beratung, daten)
    assert "angelegt" in fehler(antwort)[""][0]
    assert gespeichert(sachbearbeitung, beratung, formulardaten(antwort)).status_code == 302


@pytest.mark.django_db
def test_number_of_queries_does_not_grow_with_rows_and_changes(
    redaktion, django_assert_num_queries
):
    def verspaetet(rat, aenderungen):
        daten = geoeffnet(redaktion, rat)
        for nummer in range(aenderungen):
            sitzung = Ratssitzung.objects.filter(rat=rat)[nummer % rat.sitzungen.count()]
            sitzung.beschluesse = f"Beschluss {nummer}"
            sitzung.save()
        with CaptureQueriesContext(connection) as abfragen:
            fehler(gespeichert(redaktion, rat, daten | {"name": "Neu"}))
        return len([a for a in abfragen if "historical" in a["sql"] or "FOR NO KEY" in a["sql"]])

    anzahlen = []
    for zeilen in (1, 4):
        rat = make_rat()
        for nummer in range(zeilen):
            Ratssitzung.objects.create(rat=rat, am=f"2024-01-0{nummer + 1}", thema="Auftakt")
        anzahlen.append(verspaetet(rat, zeilen))
    assert anzahlen[0] == anzahlen[1]


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_once_only_one_wins():
    beratung = make_beratung()
    clients = [angemeldet(make_personal("Sachbearbeitung", name=f"P{n}")) for n in range(4)]
    formulare = [
        geoeffnet(client, beratung) | {"thema": f"Thema {n}"} for n, client in enumerate(clients)
    ]
    start, ergebnisse = threading.Barrier(len(clients)), []

    def speichere(client, daten):
        start.wait()
        try:
            ergebnisse.append(gespeichert(client, beratung, daten).status_code)
        finally:
            connection.close()

    faeden = [
        threading.Thread(target=speichere, args=paar)
        for paar in zip(clients, formulare, strict=True)
    ]
    for faden in faeden:
        faden.start()
    for faden in faeden:
        faden.join()
    assert sorted(ergebnisse) == [200, 200, 200, 302]
    assert Beratung.history.filter(id=beratung.pk).count() == 2
