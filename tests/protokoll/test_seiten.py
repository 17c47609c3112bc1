"""The log in the admin: who may read it, what can be found, and that nobody can write."""

from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from asskomm.protokoll.models import Eintrag
from asskomm.protokoll.verfahren import Anlass, loesche_grund
from tests.factories import make_konto
from tests.verwaltung.personal import angemeldet, make_personal

from .hilfen import GEPRUEFT, als_eigentuemer, schreibe, sql

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
LISTE = "/admin/protokoll/eintrag/"


@pytest.fixture
def pruefung():
    return angemeldet(make_personal("Prüfung"))


def nummern(antwort):
    return [eintrag.nummer for eintrag in antwort.context["eintraege"]]


def seite(eintrag):
    return reverse("admin:protokoll_eintrag_change", args=[eintrag.pk])


@pytest.mark.parametrize(
    ("rolle", "lesen"),
    [
        ("Redaktion", 403),
        ("Sachbearbeitung", 403),
        ("Fortbildung", 403),
        ("Prüfung", 200),
        ("Leitung", 200),
        ("Administration", 200),
    ],
)
def test_who_may_read(rolle, lesen):
    eintrag = schreibe()[0]
    client = angemeldet(make_personal(rolle))
    assert client.get(LISTE).status_code == lesen
    assert client.get(seite(eintrag)).status_code == lesen
    for format_ in ("csv", "pdf"):
        assert client.post(f"{LISTE}export/", {"format": format_}).status_code == lesen
    assert (LISTE in client.get("/admin/").content.decode()) == (lesen == 200)


def test_strangers_are_sent_to_sign_in(client):
    eintrag = schreibe()[0]
    ohne_verwaltung = angemeldet(make_konto())
    for wer in (client, ohne_verwaltung):
        for adresse in (LISTE, seite(eintrag)):
            assert wer.get(adresse).status_code == 302
        assert wer.post(f"{LISTE}export/", {"format": "csv"}).status_code == 302
    assert Eintrag.objects.count() == 1


@pytest.mark.parametrize("rolle", ["Prüfung", "Leitung", "Administration"])
def test_nobody_writes(rolle):
    eintrag = schreibe()[0]
    client = angemeldet(make_personal(rolle))
    stamm = f"{LISTE}{eintrag.pk}/"
    for adresse in (f"{LISTE}add/", f"{stamm}delete/"):
        assert client.get(adresse).status_code == 403
    aktion = {"action": "delete_selected", "_selected_action": [eintrag.pk]}
    for adresse, daten in (
        (LISTE, aktion),
        (f"{LISTE}add/", {"handlung": "x"}),
        (f"{stamm}change/", {"handlung": "x"}),
        (f"{stamm}delete/", {"post": "yes"}),
    ):
        assert client.post(adresse, daten).status_code == 403
    assert client.get(f"{LISTE}export/").status_code == 405
    assert client.get(f"{stamm}history/").status_code == 404
    assert Eintrag.objects.count() == 1


def test_reading_without_the_right_to_export(pruefung):
    schreibe()
    gruppe = pruefung.konto.groups.get()
    gruppe.permissions.remove(gruppe.permissions.get(codename="exportieren"))
    antwort = pruefung.get(LISTE)
    assert antwort.status_code == 200
    assert "Als CSV" not in antwort.content.decode()
    assert pruefung.post(f"{LISTE}export/", {"format": "csv"}).status_code == 403


@pytest.fixture
def bestand():
    """Six entries on three days; see the numbers in the tests."""
    anna = make_konto(email="anna@example.org", name="Anna")
    berta = make_konto(name="Berta")
    schreibe(durch=anna)  # 1
    schreibe(handlung=GEPRUEFT, gegenstand=anna)  # 2
    schreibe(durch=berta, fuer=anna, gegenstand=berta)  # 3
    schreibe(2)  # 4, 5
    schreibe(handlung=GEPRUEFT, durch=berta)  # 6
    with als_eigentuemer():
        sql(
            "UPDATE protokoll_eintrag SET zeit = timestamptz '2026-03-01 00:00+01'"
            " + (nummer - 1) * interval '12 hours'"
        )
    return {"anna": anna.pk, "berta": berta.pk}


@pytest.mark.parametrize(
    ("anfrage", "erwartet"),
    [
        ({}, [6, 5, 4, 3, 2, 1]),
        ({"handlung": "probe.geprueft"}, [6, 2]),
        ({"person": "{anna}"}, [3, 1]),
        ({"person": "{berta}"}, [6, 3]),
        ({"person": "999999"}, []),
        ({"art": "konten.konto"}, [3, 2]),
        ({"nummer": "{anna}"}, [2]),
        ({"art": "konten.konto", "nummer": "{berta}"}, [3]),
        ({"von": "02.03.2026"}, [6, 5, 4, 3]),
        ({"bis": "01.03.2026"}, [2, 1]),
        ({"von": "02.03.2026", "bis": "02.03.2026"}, [4, 3]),
        ({"handlung": "probe.geprueft", "von": "02.03.2026"}, [6]),
    ],
)
def test_filters_find_newest_first(pruefung, bestand, anfrage, erwartet):
    anfrage = {name: wert.format(**bestand) for name, wert in anfrage.items()}
    antwort = pruefung.get(LISTE, anfrage)
    assert nummern(antwort) == erwartet
    assert not antwort.context["filter"].errors


@pytest.mark.parametrize(
    ("anfrage", "feld"),
    [
        ({"handlung": "gibt.es.nicht"}, "handlung"),
        ({"art": "gibt.es.nicht"}, "art"),
        ({"person": "anna@example.org"}, "person"),
        ({"person": "9" * 40}, "person"),
        ({"person": "Anna\x00"}, "person"),
        ({"nummer": "Anna Müller"}, "nummer"),
        ({"nummer": "1\n"}, None),
        ({"nummer": "' OR 1=1 --"}, "nummer"),
        ({"von": "gestern"}, "von"),
        ({"von": "31.02.2026"}, "von"),
        ({"bis": "31.12.9999"}, "bis"),
        ({"von": "01.01.0001"}, "von"),
        ({"von": "02.03.2026", "bis": "01.03.2026"}, "bis"),
        ({"seite": "-1"}, None),
        ({"seite": "abc"}, None),
        ({"unbekannt": "1"}, None),
    ],
)
def test_nonsense_filters_nothing_and_says_so(pruefung, bestand, anfrage, feld):
    antwort = pruefung.get(LISTE, anfrage)
    assert antwort.status_code == 200
    assert list(antwort.context["filter"].errors) == ([feld] if feld else [])
    if feld:
        assert 'class="errorlist"' in antwort.content.decode()
    for format_ in ("csv", "pdf"):
        if feld:
            ausgabe = pruefung.post(f"{LISTE}export/?{urlencode(anfrage)}", {"format": format_})
            assert ausgabe.status_code == 302, "no file with another content than was asked for"
    assert not Eintrag.objects.filter(handlung="protokoll.exportiert").exists()


def test_a_page_far_behind_the_end_is_empty(pruefung, bestand):
    antwort = pruefung.get(LISTE, {"seite": "99999"})
    assert antwort.status_code == 200
    assert nummern(antwort) == []


def test_pages_of_fifty(pruefung):
    schreibe(51)
    erste, zweite = pruefung.get(LISTE), pruefung.get(LISTE, {"seite": "2"})
    assert (nummern(erste)[0], nummern(erste)[-1], nummern(zweite)) == (51, 2, [1])
    assert "Ältere Einträge" in erste.content.decode()
    assert "Ältere Einträge" not in zweite.content.decode()
    assert "Einträge: 51" in erste.content.decode()


def test_a_number_in_the_chain_is_a_name_and_no_quantity(pruefung):
    schreibe()
    with als_eigentuemer():
        sql("UPDATE protokoll_eintrag SET nummer = 12345")
    for adresse in (LISTE, seite(Eintrag.objects.get())):
        text = pruefung.get(adresse).content.decode()
        assert "12345" in text
        assert "12.345" not in text


def test_the_queries_do_not_grow_with_the_entries(pruefung):
    def anfragen(anzahl):
        for _ in range(anzahl):
            konto = make_konto()
            schreibe(durch=konto, fuer=make_konto(), gegenstand=konto, grund="Weil es so ist")
        with CaptureQueriesContext(connection) as gezaehlt:
            antwort = pruefung.get(LISTE)
        assert len(nummern(antwort)) == Eintrag.objects.count()
        return len(gezaehlt)

    # Two for the choices, one for what the person must not read, one for the number, one for the
    # page; the rest is the sign-in.
    assert anfragen(1) == anfragen(3) <= 11


def test_the_detail_page_shows_everything(pruefung):
    anna = make_konto(name="Anna")
    eintrag = schreibe(
        durch=anna,
        fuer=make_konto(name="Berta"),
        gegenstand=anna,
        grund="Weil <b>es</b> so ist",
        anzahl=1,
        angaben={"rollen": ["Leitung", "Prüfung"], "ok": True},
    )[0]
    text = pruefung.get(seite(eintrag)).content.decode()
    for stelle in (
        "Probe getan (probe.getan)",
        f"Konto {anna.pk}",
        "Anna",
        "Berta",
        "ok: ja; rollen: Leitung, Prüfung",
        "Weil &lt;b&gt;es&lt;/b&gt; so ist",
        eintrag.hash,
        eintrag.hash_vorher,
        f"{timezone.localtime(eintrag.zeit):%d.%m.%Y um %H:%M:%S} Uhr",
    ):
        assert stelle in text
    assert 'name="_save"' not in text
    assert "/history/" not in text


def test_a_deleted_account_and_a_deleted_reason_are_named_as_such(pruefung):
    anna = make_konto(name="Anna")
    nummer = anna.pk
    eintrag = schreibe(durch=anna, grund="Anna war krank.")[0]
    loesche_grund(eintrag, durch=None, anlass=Anlass.FREMDE_ANGABEN)
    anna.delete()
    for adresse in (LISTE, seite(eintrag)):
        assert f"gelöschtes Konto {nummer}" in pruefung.get(adresse).content.decode()
    text = pruefung.get(seite(eintrag)).content.decode()
    assert "Der Text der Begründung wurde gelöscht." in text
    assert "krank" not in text


def test_the_filters_use_indexes():
    """Each filter has an index that leads to its entries."""
    sql(
        "INSERT INTO protokoll_eintrag (handlung, gegenstand_art, gegenstand_nummer, durch_id,"
        " angaben, grund_pruefwert, hash_vorher, hash) SELECT 'h.' || n % 20, 'a.' || n % 50,"
        " n::text, n, '{}', '', '', '' FROM generate_series(1, 5000) n"
    )
    sql("ANALYZE protokoll_eintrag")
    for bedingung in (
        {"handlung": "h.3"},
        {"gegenstand_art": "a.7", "gegenstand_nummer": "7"},
        {"gegenstand_nummer": "7"},
        {"durch": 7},
        {"zeit__gt": datetime(2099, 1, 1, tzinfo=UTC)},
    ):
        plan = Eintrag.objects.filter(**bedingung)[:50].explain()
        assert "Seq Scan" not in plan, f"{bedingung}: {plan}"
