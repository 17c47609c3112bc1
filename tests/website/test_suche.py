"""The search: what people type, what is found, and what is never shown."""

import unicodedata
from datetime import date

import pytest
from django.apps import apps
from django.db import connection

from asskomm.portal.suche.anfrage import HOECHSTENS_ZEICHEN, Suchanfrage
from asskomm.portal.suche.gruppen import GRUPPEN
from asskomm.portal.suche.naehe import nahe_namen
from foerderung.models import Zuwendung
from kommunen.faltung import falte
from kommunen.models import Kommune
from kommunen.suchvektor import Suchtext, spalten_neu, suchworte
from kommunen.tatsachen import Herkunft
from tests.factories import (
    make_begriff,
    make_kommune,
    make_meldung,
    make_rat,
    make_seite,
    make_veranstaltung,
    make_zuwendung,
)

pytestmark = pytest.mark.django_db
HEUTE = date(2026, 11, 22)


@pytest.fixture
def finde(client):
    """Titles by group for a search."""

    def _finde(q, **weitere):
        antwort = client.get("/suche/", {"q": q, **weitere})
        assert antwort.status_code == 200
        return {
            abschnitt["schluessel"]: [treffer.titel for treffer in abschnitt["treffer"]]
            for abschnitt in antwort.context.get("abschnitte", [])
        }

    return _finde


def text(antwort):
    return antwort.content.decode()


@pytest.fixture
def doebeln():
    return make_kommune(name="Döbeln", name_amtlich="Döbeln, Stadt", plz="04720")


@pytest.mark.parametrize(
    "q", ["Döbeln", "Doebeln", "dobeln", "DÖBELN", " döb ", "04720", "047", "Do\u0308beln"]
)
def test_a_kommune_is_found_however_it_is_written(finde, doebeln, q):
    assert finde(q)["kommunen"] == ["Döbeln"]


def test_a_kommune_is_found_by_its_sorbian_name(client):
    make_kommune(name="Bautzen", name_sorbisch="Budyšin", name_amtlich="Bautzen / Budyšin, Stadt")
    for q in ("Budyšin", "budysin"):
        seite = text(client.get("/suche/", {"q": q}))
        assert ">Bautzen</a>" in seite
        assert '<span lang="hsb">Budyšin</span>' in seite


def test_a_kommune_is_found_in_quotation_marks(finde, doebeln):
    for q in ("„Döbeln“", '"Döbeln"', "»Döbeln«"):
        assert finde(q)["kommunen"] == ["Döbeln"]


def test_database_and_query_cut_the_same_words():
    klartext = "„Schiefe Ecke“ – Größe, Budyšin…"
    gefunden = Zuwendung.objects.filter(pk=make_zuwendung(titel=klartext).pk).annotate(
        worte=Suchtext("titel")
    )
    assert gefunden.get().worte.split() == suchworte(klartext)
    assert suchworte(klartext) == ["schiefe", "ecke", "grosse", "budysin"]


def test_a_migration_builds_the_columns_anew(finde):
    make_zuwendung(titel="„Schiefe Ecke“")
    with connection.cursor() as zeiger:
        zeiger.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with connection.schema_editor(atomic=False) as schema_editor:
        spalten_neu("foerderung", "Zuwendung").code(apps, schema_editor)
    with connection.cursor() as zeiger:
        assert "zuwendung_suchvektor" in connection.introspection.get_constraints(
            zeiger, Zuwendung._meta.db_table
        )
    assert finde("schiefe")["projekte"] == ["„Schiefe Ecke“"]


def test_no_sign_is_left_in_a_word_and_no_letter_is_lost():
    latein = [chr(n) for n in range(1, 0x250)]
    for zeichen in latein:
        if zeichen.isalnum():
            assert suchworte(zeichen) == [falte(zeichen).replace("\u0307", "")]
        elif unicodedata.category(zeichen)[0] in "PSZC":
            assert suchworte(f"a{zeichen}b") in (["a", "b"], ["ab"])


def test_the_very_name_comes_first(finde):
    for name in ("Neu Plauen", "Plauen-Süd", "Plauen"):
        make_kommune(name=name)
    assert finde("plauen")["kommunen"] == ["Plauen", "Plauen-Süd", "Neu Plauen"]


def test_a_name_in_the_midst_of_other_words_is_recognised(finde):
    make_kommune(name="Bad Düben")
    make_kommune(name="Düben")
    assert finde("Präventionsrat in Bad Dueben")["kommunen"] == ["Bad Düben", "Düben"]


def test_a_merged_kommune_leads_to_its_successor(client, doebeln):
    alt = make_kommune(name="Technitz")
    Kommune.objects.filter(pk=alt.pk).update(gueltig_bis=date(2020, 1, 1), nachfolger=doebeln)
    seite = text(client.get("/suche/?q=technitz"))
    assert "gehört jetzt zu Döbeln" in seite
    assert f'href="{doebeln.get_absolute_url()}">Technitz</a>' in seite


def test_a_merger_ahead_of_time_is_not_announced(client, doebeln):
    make_kommune(name="Technitz", gueltig_bis=date(2198, 12, 31), nachfolger=doebeln)
    seite = text(client.get("/suche/?q=technitz"))
    assert ">Technitz</a>" in seite
    assert "gehört jetzt zu" not in seite


def test_a_chain_of_mergers_leads_to_the_kommune_of_today(client, doebeln):
    mitte = make_kommune(name="Mochau", gueltig_bis=date(2022, 12, 31), nachfolger=doebeln)
    make_kommune(name="Technitz", gueltig_bis=date(2019, 12, 31), nachfolger=mitte)
    for adresse in ("/suche/?q=technitz", "/suche/?q=technitz&gruppe=kommunen"):
        assert "gehört jetzt zu Döbeln" in text(client.get(adresse))
    liste = text(client.get("/kommunen/?q=technitz"))
    assert "Technitz gehört jetzt dazu" in liste


@pytest.mark.sample(5)
@pytest.mark.parametrize(
    "q", ["Präventionsräte", "praeventionsrat", "PRÄVENTIONSRAT", "Prävention"]
)
@pytest.mark.parametrize(
    ("make", "feld", "gruppe"),
    [
        (make_rat, "name", "raete"),
        (make_meldung, "titel", "meldungen"),
        (make_veranstaltung, "titel", "termine"),
        (make_seite, "titel", "seiten"),
        (make_zuwendung, "titel", "projekte"),
    ],
)
def test_words_are_found_in_every_form(finde, make, feld, gruppe, q):
    make(**{feld: "Der Präventionsrat"})
    assert finde(q)[gruppe] == ["Der Präventionsrat"]


@pytest.mark.sample(6)
@pytest.mark.parametrize(
    ("gespeichert", "q"),
    [
        ("Die Förderung", "Förderungen"),
        ("Kommunen und Städte", "kommune"),
        ("Straftaten", "Straftat"),
        ("Städte/Gemeinden", "Gemeinde"),
        ("Straf·taten", "Straftaten"),
        ("Hilfe für Gemeinden", "für Gemeinden"),
        ("Über die Allianz", "die Allianz über uns"),
        ("Limbach-Oberfrohna", "limbach oberfrohna"),
        ("Stand 2021", "2021"),
        ("Haushalt 2019-2020", "2020"),
        ("Post an lpr@smi.sachsen.de", "lpr@smi.sachsen.de"),
        ("Bis 10.000 Euro", "10.000"),
        ("Straftaten", "Straf·taten"),
        ("Grüße aus Großenhain", "Grossenhain"),
        ("Nachtschlichter im Projekt „Schiefe Ecke“", "Schiefe"),
        ("Nachtschlichter im Projekt „Schiefe Ecke“", "„Schiefe Ecke“"),
        ("Das «Haus»", "Haus"),
        ("Das ‚Haus‘", "haus"),
        ("Streife–Begleitung", "Begleitung"),
        ("Streife—Begleitung…", "begleitung"),
        ("Hof\xa0Ost", "Hof"),
        ("Hof\u2009Ost\u3000Tor", "Ost"),
        ("(Mitternacht)", "Mitternacht"),
        ("[Mitternacht]", "Mitternacht"),
        ("•Mitternacht", "Mitternacht"),
        ("（Mitternacht）", "Mitternacht"),
        ("🎉Mitternacht™", "Mitternacht"),
        ("Wort\xadtrennung", "Worttrennung"),
        ("Nacht_wache", "Wache"),
        ("Coach:innen", "innen"),
        ("Mitternacht", "„Mitternacht“…"),
    ],
)
def test_stems_umlauts_and_little_words_do_not_matter(finde, gespeichert, q):
    make_meldung(titel=gespeichert)
    assert finde(q)["meldungen"] == [gespeichert]


def test_every_word_must_occur(finde):
    make_meldung(titel="Coaching in Zittau")
    make_meldung(titel="Coaching in Plauen")
    assert finde("Coaching Zittau")["meldungen"] == ["Coaching in Zittau"]


def test_the_name_of_the_kommune_counts_as_a_word_of_its_records(finde):
    zittau = make_kommune(name="Zittau")
    make_zuwendung(titel="Saubere Stadt", kommune=zittau)
    make_meldung(titel="Vereinbarung unterzeichnet").kommunen.add(zittau)
    make_rat(name="KPR Dreiländereck", kommunen=[zittau])
    make_veranstaltung(titel="Fachtag").kommunen.add(zittau)
    assert finde("Zittau stadt")["projekte"] == ["Saubere Stadt"]
    gefunden = finde("zittau")
    assert gefunden["meldungen"] == ["Vereinbarung unterzeichnet"]
    assert gefunden["raete"] == ["KPR Dreiländereck"]
    assert gefunden["termine"] == ["Fachtag"]


def test_the_title_weighs_more_than_the_text_and_the_word_more_than_its_beginning(finde):
    make_meldung(titel="Anderes", text="Ein Coaching beginnt.", datum="2026")
    make_meldung(titel="Coaching", datum="2020")
    make_meldung(titel="Coachingtage", datum="2025")
    assert finde("coaching")["meldungen"] == ["Coaching", "Anderes", "Coachingtage"]


def test_targets_of_links_are_no_words(finde):
    make_seite(titel="Kontakt", text="Siehe [hier](/barrierefreiheit/melden/).")
    assert "seiten" not in finde("barrierefreiheit")


@pytest.mark.parametrize("make", [make_rat, make_meldung, make_veranstaltung, make_zuwendung])
def test_only_what_is_public_is_found(finde, settings, make):
    feld = "name" if make is make_rat else "titel"
    make(**{feld: "Geheimsache"}, veroeffentlicht=False)
    make(**{feld: "Geheimsache"}, herkunft=Herkunft.BEISPIEL)
    assert finde("Geheimsache") == {}
    settings.BEISPIELDATEN = True
    assert sum(map(len, finde("Geheimsache").values())) == 1


def test_unpublished_pages_are_not_found(finde):
    make_seite(titel="Geheimsache", veroeffentlicht=False)
    assert finde("Geheimsache") == {}


@pytest.mark.parametrize("q", ["", " ", "\t\n", "\x00"])
def test_without_words_the_page_helps_to_search(client, q):
    seite = text(client.get("/suche/", {"q": q}))
    assert "So finden Sie mehr" in seite
    assert "Nichts gefunden" not in seite


def test_the_page_helps_without_any_parameter(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/suche/").status_code == 200


@pytest.mark.sample(6)
@pytest.mark.parametrize(
    "q",
    [
        "a", "ß", "7", "'", '"', "\\", "%", "_", "&", "|", "!", "(", ":*", "<->", "a & | b", "'; --",
        "der die das", "für", "\x00Zit\x00tau\x1b", "\ufffd", "\u202e", "😀", "漢字", "www.x.de/a?b=c",
        "{{ 7 }}", "<script>alert(1)</script>", "a" * 200, "\\m(", "z" * 61, "- -", "1" * 60,
    ],
)  # fmt: skip
def test_no_input_breaks_the_search(client, doebeln, q):
    make_meldung(titel="Zittau")
    antwort = client.get("/suche/", {"q": q})
    assert antwort.status_code == 200
    assert "<script>alert" not in text(antwort)
    for gruppe in GRUPPEN:
        assert client.get("/suche/", {"q": q, "gruppe": gruppe.schluessel}).status_code == 200


def test_bytes_that_are_no_text_do_not_break_the_search(client):
    assert client.get("/suche/?q=%ff%fe%00").status_code == 200


def test_a_single_letter_finds_names_that_begin_with_it_first(finde):
    for name in ("Aue", "Bad Elster", "Elsterberg"):
        make_kommune(name=name)
    assert finde("e")["kommunen"][0] == "Elsterberg"


def test_a_very_long_text_is_cut_with_a_notice(client):
    antwort = client.get("/suche/", {"q": "Zittau " * 40})
    assert "Ihr Suchtext war sehr lang." in text(antwort)
    assert len(antwort.context["anfrage"].text) <= HOECHSTENS_ZEICHEN
    antwort = client.get("/suche/", {"q": "Z" * HOECHSTENS_ZEICHEN})
    assert "sehr lang" not in text(antwort)


def test_words_are_few_and_each_counts_once():
    anfrage = Suchanfrage.lies("Rat rat RAT " + " ".join(f"wort{n}" for n in range(50)))
    assert anfrage.worte[:2] == ("rat", "wort0")
    assert len(anfrage.worte) == 10


@pytest.mark.parametrize("q", ["Dobbeln", "Döbelen", "Deobeln"])
def test_near_names_help_when_nothing_is_found(client, doebeln, q):
    seite = text(client.get("/suche/", {"q": q}))
    assert "Nichts gefunden" in seite
    assert f'href="{doebeln.get_absolute_url()}">Döbeln</a>' in seite


def test_near_kommunen_help_when_only_something_else_is_found(client, doebeln):
    make_meldung(titel="Dobelner Kreis")
    seite = text(client.get("/suche/?q=Dobelner"))
    assert "1 Treffer" in seite
    assert ">Döbeln</a>" in seite
    assert "Nichts gefunden" not in seite


def test_near_pages_help_when_nothing_is_found(client):
    make_seite(pfad="programm/praeventionsrat", titel="Kommunaler Präventionsrat")
    seite = text(client.get("/suche/?q=Präfentionsrat"))
    assert ">Kommunaler Präventionsrat</a>" in seite


@pytest.mark.parametrize("q", ["Leichtesprache", "Leichte Sprachen", "leichte-sprache-1"])
def test_near_pages_are_found_by_beginnings_and_written_together(q):
    make_seite(pfad="hilfe/leichte-sprache", titel="Einfach lesen")
    assert [eintrag["titel"] for eintrag in nahe_namen(q, HEUTE)] == ["Einfach lesen"]


def test_nothing_at_all_says_what_to_do(client):
    seite = text(client.get("/suche/?q=xyzxyzxyz"))
    assert "Prüfen Sie die Schreibweise oder suchen Sie mit weniger Wörtern." in seite
    assert "Meinten Sie" not in seite


def test_ten_of_a_kind_are_shown_and_all_of_them_on_their_own_pages(client):
    for nummer in range(21):
        make_meldung(titel=f"Coaching {nummer}")
    antwort = client.get("/suche/?q=coaching")
    assert "Meldungen (21)" in text(antwort)
    assert "gruppe=meldungen" in text(antwort)
    assert len(antwort.context["abschnitte"][0]["treffer"]) == 10
    erste = client.get("/suche/?q=coaching&gruppe=meldungen")
    zweite = client.get("/suche/?q=coaching&gruppe=meldungen&seite=2")
    assert [len(seite.context["treffer"]) for seite in (erste, zweite)] == [20, 1]
    gezeigt = {t.url for seite in (erste, zweite) for t in seite.context["treffer"]}
    assert len(gezeigt) == 21


def test_an_unknown_kind_gives_a_notice_and_everything(client):
    make_meldung(titel="Coaching")
    seite = text(client.get("/suche/?q=coaching&gruppe=nirgends"))
    assert "Diese Auswahl gibt es nicht." in seite
    assert "Meldungen (1)" in seite


@pytest.mark.parametrize("anzahl", [1, 4])
def test_the_number_of_queries_does_not_grow(client, django_assert_num_queries, anzahl):
    for nummer in range(anzahl):
        kommune = make_kommune(name=f"Coaching {nummer}")
        make_rat(name="Coaching", kommunen=[kommune])
        make_seite(titel="Coaching")
        make_begriff(erklaerung="Coaching")
        make_meldung(titel="Coaching").kommunen.add(kommune)
        make_veranstaltung(titel="Coaching")
        make_zuwendung(titel="Coaching", kommune=kommune)
    # little words, seven kinds, and the Kommunen of the councils
    with django_assert_num_queries(9):
        client.get("/suche/?q=coaching")
    with django_assert_num_queries(3):
        client.get("/suche/?q=coaching&gruppe=projekte")


def test_a_change_is_found_at_once(finde):
    meldung = make_meldung(titel="Alt")
    type(meldung).objects.filter(pk=meldung.pk).update(titel="Erneuert")
    assert finde("erneuert")["meldungen"] == ["Erneuert"]
