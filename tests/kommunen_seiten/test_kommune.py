"""The page of a Kommune: everything public about it, nothing else, and ways on where it is not."""

import re
from datetime import date
from decimal import Decimal
from html import unescape

import pytest

from beratung.models import Sicherheitsanalyse
from kommunen.models import (
    Gremium,
    Kommune,
    Kooperationsvereinbarung,
    Polizeidirektion,
    Ratsmitglied,
    Ratssitzung,
    Ratszustand,
    Verbundmitgliedschaft,
)
from kommunen.tatsachen import Herkunft
from tests.factories import (
    make_analyse,
    make_beratung,
    make_coaching,
    make_durchgang,
    make_kommune,
    make_kreis,
    make_meldung,
    make_modellkommune,
    make_rat,
    make_ratszustand,
    make_teilnahme,
    make_veranstaltung,
    make_vereinbarung,
    make_zuwendung,
)

from .flaechen import make_flaeche, make_linien

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
Art = Kommune.Art


@pytest.fixture
def zwickau():
    return make_kommune(
        ags="14524330", name="Zwickau", art=Art.GROSSE_KREISSTADT, einwohner=87410,
        flaeche_km2=Decimal("102.58"), zahlen_stand=date(2024, 12, 31), plz="08056",
        plz_mehrere=True,
    )  # fmt: skip


def seite(client, kommune, status=200):
    antwort = client.get(f"/kommunen/{getattr(kommune, 'kennung', None) or kommune.ags}/")
    assert antwort.status_code == status
    return unescape(antwort.content.decode())


def ueberschriften(html):
    haupt = html[html.index("<main") : html.index("</main>")]
    return [
        re.sub(r"<[^>]+>", "", text).strip() for text in re.findall(r"<h2[^>]*>(.*?)</h2>", haupt)
    ]


def merkmal(html, name):
    """The value beside a term, without markup."""
    treffer = re.search(rf"<dt>{name}</dt><dd>(.*?)</dd>", html, re.S)
    return (
        re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", treffer.group(1))).strip() if treffer else None
    )


def verlauf(html):
    liste = re.search(r'<ol class="assk-zeitleiste">(.*?)</ol>', html, re.S).group(1)
    eintraege = re.findall(r"<li>(.*?)</li>", liste, re.S)
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", eintrag)).strip() for eintrag in eintraege]


def test_a_kommune_that_does_not_take_part_says_so_and_shows_the_way(client, zwickau):
    html = seite(client, zwickau)
    assert "<h1>" in html
    assert "Große Kreisstadt im Landkreis Zwickau" in html
    assert ueberschriften(html) == ["Zwickau ist nicht beteiligt", "Auf einen Blick", "Quellen"]
    assert 'href="/programm/weg/"' in html
    assert "Beteiligt seit" not in html


def test_the_official_facts_have_their_day(client, zwickau):
    html = seite(client, zwickau)
    assert merkmal(html, "Einwohnerzahl") == "87.410 ( 31.12.2024 )"
    assert merkmal(html, "Fläche") == "102,58 km² ( 31.12.2024 )"
    assert merkmal(html, "Postleitzahl") == "08056 (Verwaltung; es gibt weitere)"
    assert merkmal(html, "Polizeidirektion") == "Zwickau"


def test_what_is_not_known_is_absent(client):
    html = seite(client, make_kommune())
    for name in ("Einwohnerzahl", "Fläche", "Postleitzahl", "Mitglied im Verbund", "Coaching"):
        assert merkmal(html, name) is None
    assert "k. A." not in html


def test_a_sorbian_name_stands_in_its_language(client):
    bautzen = make_kommune(name="Bautzen", name_sorbisch="Budyšin")
    assert '/ <span lang="hsb">Budyšin</span>' in seite(client, bautzen)


def test_everything_about_a_kommune_is_on_its_page(client, zwickau):
    make_modellkommune(kommune=zwickau, seit="2019-02-06")
    rat = make_rat(kommunen=[zwickau], aktiv_seit="2019-05-14")
    make_vereinbarung(kommunen=[zwickau], unterzeichnet_am="2020-06-22")
    make_beratung(kommune=zwickau, am="2019-03")
    make_coaching(kommunen=[zwickau], beginn="2020-03-01", ende="2021-03-10")
    make_analyse(kommunen=[zwickau], beginn="2021-02-18")
    make_zuwendung(kommune=zwickau, titel="Streetwork", bewilligt_am="2022")
    make_meldung(titel="Zwickau wird Modellkommune").kommunen.add(zwickau)
    make_veranstaltung(titel="Netzwerktreffen").kommunen.add(zwickau)
    html = seite(client, zwickau)
    assert ueberschriften(html) == [
        "Auf einen Blick", "Kommunaler Präventionsrat", "Kooperationsvereinbarung",
        "Sicherheitsanalyse", "Geförderte Projekte", "Meldungen", "Termine", "Verlauf", "Quellen",
    ]  # fmt: skip
    assert merkmal(html, "Beteiligt seit") == "06.02.2019 , Modellkommune"
    assert "Der Präventionsrat arbeitet seit dem 14.05.2019." in html
    assert f'href="{rat.get_absolute_url()}"' in html
    assert verlauf(html) == [
        "2022 Zuwendung bewilligt: Streetwork",
        "2021 Coaching abgeschlossen",
        "18.02.2021 Sicherheitsanalyse begonnen",
        "2020 Coaching begonnen",
        "22.06.2020 Kooperationsvereinbarung unterzeichnet",
        "14.05.2019 Präventionsrat konstituiert",
        "03/2019 Beratung durch den Landespräventionsrat",
        "06.02.2019 Als Modellkommune gestartet",
    ]
    chips = re.search(r'<ul class="assk-chips".*?</ul>', html, re.S).group(0)
    assert re.findall(r">([^<>]+)</li>", chips) == [
        "Präventionsrat", "Kooperationsvereinbarung", "Coaching", "Sicherheitsanalyse",
        "Geförderte Projekte", "Modellkommune", "Beratung",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "make",
    [
        lambda k, **f: make_modellkommune(kommune=k, **f),
        lambda k, **f: make_rat(kommunen=[k], name="Geheimer Rat", **f),
        lambda k, **f: make_vereinbarung(kommunen=[k], **f),
        lambda k, **f: make_beratung(kommune=k, **f),
        lambda k, **f: make_coaching(kommunen=[k], **f),
        lambda k, **f: make_analyse(kommunen=[k], **f),
        lambda k, **f: make_zuwendung(kommune=k, **f),
        lambda k, **f: make_meldung().kommunen.add(k) if f["veroeffentlicht"] else None,
    ],
)
def test_unpublished_data_is_absent(client, zwickau, make):
    make(zwickau, veroeffentlicht=False, quelle="https://geheim.example.org")
    html = seite(client, zwickau)
    assert ueberschriften(html) == ["Zwickau ist nicht beteiligt", "Auf einen Blick", "Quellen"]
    assert "geheim" not in html.lower()


def test_internal_words_are_absent(client, zwickau):
    make_vereinbarung(
        kommunen=[zwickau], bemerkung="INTERN1", dokument="vereinbarungen/intern2.pdf"
    )
    make_coaching(kommunen=[zwickau], anliegen="INTERN3", beginn="2020-03-17")
    make_beratung(kommune=zwickau, thema="INTERN4", teilnehmende="INTERN5")
    rat = make_rat(kommunen=[zwickau])
    Ratssitzung.objects.create(rat=rat, am=date(2021, 5, 1), thema="INTERN6")
    Ratssitzung.objects.create(
        rat=rat, am=date(2021, 6, 1), thema="Öffentlich", beschluesse="INTERN7",
        oeffentlicher_teil="Der Rat tagte.", veroeffentlicht=True,
    )  # fmt: skip
    html = seite(client, zwickau)
    assert "intern" not in html.lower()
    assert "Der Rat tagte." in html
    assert "17.03.2020" not in html


@pytest.mark.parametrize(
    ("felder", "jahre"),
    [
        ({"beginn": "2020-03-01"}, "seit 2020"),
        ({"beginn": "2020-03-01", "ende": "2020-11"}, "2020"),
        ({"beginn": "2020-03-01", "ende": "2021-03-10"}, "2020 bis 2021"),
        ({"beginn": "2020", "zuletzt_belegt": "2020-12"}, "2020"),
        ({"beginn": "2020", "zuletzt_belegt": "2022-12"}, "2020 bis mindestens 2022"),
    ],
)
def test_of_a_coaching_the_public_learns_the_years(client, zwickau, felder, jahre):
    make_coaching(kommunen=[zwickau], **felder)
    assert merkmal(seite(client, zwickau), "Coaching") == jahre


@pytest.mark.parametrize(("anzahl", "gezeigt"), [(0, None), (2, None), (3, "3"), (4, "4")])
def test_trained_people_are_counted_from_three_on(client, zwickau, anzahl, gezeigt):
    durchgang = make_durchgang()
    for _ in range(anzahl):
        make_teilnahme(durchgang=durchgang, kommune=zwickau, abgeschlossen_am="2020-12-01")
    make_teilnahme(durchgang=durchgang, kommune=zwickau)
    make_teilnahme(
        durchgang=make_durchgang(veroeffentlicht=False), kommune=zwickau, abgeschlossen_am="2020"
    )
    assert merkmal(seite(client, zwickau), "Ausgebildete Fachkräfte") == gezeigt


@pytest.mark.parametrize(
    ("betraege", "ueberblick", "summe"),
    [
        (["38250", "12400.50"], "50.650,50 € in 2 Projekten", "Summe 50.650,50 €"),
        (
            ["100", None],
            "mehr als 100,00 € in 2 Projekten",
            "Summe der veröffentlichten Beträge 100,00 €",
        ),
        ([None], "Beträge nicht veröffentlicht, in 1 Projekt", ""),
    ],
)
def test_grants_are_added_up_as_far_as_they_are_known(client, zwickau, betraege, ueberblick, summe):
    for betrag in betraege:
        make_zuwendung(
            kommune=zwickau, herkunft=Herkunft.PROGRAMMDATEN,
            betrag_euro=Decimal(betrag) if betrag else None,
        )  # fmt: skip
    html = seite(client, zwickau)
    tabelle, fuss = re.search(r"<tbody(.*?)</tbody>(.*?)</table>", html, re.S).groups()
    assert merkmal(html, "Bewilligte Förderung") == ueberblick
    assert re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", fuss)).strip() == summe
    assert ("nicht veröffentlicht" in tabelle) is (None in betraege)


def test_many_grants_lead_to_the_list_of_projects(client, zwickau):
    for nummer in range(11):
        make_zuwendung(kommune=zwickau, titel=f"Projekt {nummer}")
    html = seite(client, zwickau)
    assert "Summe aller 11 Projekte" in html
    assert 'href="/projekte/?kommune=14524330"' in html
    assert len(re.findall(r'<th scope="row" role="rowheader">Projekt', html)) == 10


def test_a_joint_agreement_names_the_others_and_the_police(client, zwickau):
    make_vereinbarung(
        kommunen=[zwickau, make_kommune(name="Glauchau")], unterzeichnet_am="2021-05",
        form=Kooperationsvereinbarung.Form.VIDEO, laufende_nummer=30, ende_am="2022",
        polizeidirektion=Polizeidirektion.objects.get(name="Zwickau"),
    )  # fmt: skip
    html = seite(client, zwickau)
    assert merkmal(html, "Unterzeichnet") == "05/2021 per Videokonferenz"
    assert merkmal(html, "Gemeinsam mit") == "Glauchau"
    assert merkmal(html, "Polizei") == "Polizeidirektion Zwickau"
    assert merkmal(html, "Laufende Nummer") == "30."
    assert merkmal(html, "Beendet") == "2022"
    assert verlauf(html)[0] == "2022 Kooperationsvereinbarung beendet"
    assert 'aria-label="Stand der Beteiligung"' not in html


def test_an_announced_analysis_is_shown_as_such_and_is_no_event(client, zwickau):
    make_analyse(kommunen=[zwickau], beginn="2199", stand=Sicherheitsanalyse.Stand.ANGEKUENDIGT)
    html = seite(client, zwickau)
    assert merkmal(html, "Geplanter Auftakt") == "2199"
    assert "Zwickau ist nicht beteiligt" in html
    assert "Verlauf" not in ueberschriften(html)


def test_a_finished_analysis_links_its_report(client, zwickau):
    make_analyse(
        kommunen=[zwickau], stand=Sicherheitsanalyse.Stand.ABGESCHLOSSEN, abschluss_am="2023-09-01",
        stichprobe=1000, ruecklauf_prozent=Decimal("39.7"),
        bericht_url="https://www.example.org/bericht.pdf",
    )  # fmt: skip
    html = seite(client, zwickau)
    assert merkmal(html, "Abschlussbericht") == "Bericht vom 01.09.2023 auf example.org"
    assert merkmal(html, "Befragte Personen") == "1.000, davon haben 39,7 % geantwortet"
    assert verlauf(html)[0] == "01.09.2023 Bericht der Sicherheitsanalyse"


def test_facts_of_the_future_are_not_here_yet(client, zwickau):
    make_vereinbarung(kommunen=[zwickau], unterzeichnet_am="2199-01-01")
    make_zuwendung(kommune=zwickau, bewilligt_am="2199")
    make_meldung(datum="2199").kommunen.add(zwickau)
    assert ueberschriften(seite(client, zwickau)) == [
        "Zwickau ist nicht beteiligt", "Auf einen Blick", "Quellen",
    ]  # fmt: skip


def test_a_council_shows_members_by_function_bodies_and_its_mailbox(client, zwickau):
    rat = make_rat(
        kommunen=[zwickau], schwerpunkte="Jugend, Sucht", kontakt_stelle="Ordnungsamt",
        kontakt_email="praevention@example.org", kontakt_telefon="0375 0",
    )  # fmt: skip
    Ratsmitglied.objects.create(rat=rat, funktion="Leitung", institution="Polizeirevier")
    Ratsmitglied.objects.create(rat=rat, funktion="OB", institution="Stadt", vorsitz=True)
    Gremium.objects.create(rat=rat, art=Gremium.Art.LENKUNGSGRUPPE)
    Gremium.objects.create(rat=rat, art=Gremium.Art.ARBEITSGRUPPE, name="Alt", bis="2019")
    html = seite(client, zwickau)
    assert merkmal(html, "Vorsitz") == "OB, Stadt"
    assert merkmal(html, "Mitglieder") == "Leitung, Polizeirevier"
    assert merkmal(html, "Gremien") == "Lenkungsgruppe"
    assert merkmal(html, "Schwerpunkte") == "Jugend, Sucht"
    assert merkmal(html, "Stand").startswith("aktiv Angaben vom ")
    assert '<a href="mailto:praevention@example.org">' in html


def test_a_dissolved_council_is_told_but_cannot_be_reached(client, zwickau):
    rat = make_rat(kommunen=[zwickau], aktiv_seit=None, kontakt_email="weg@example.org")
    make_ratszustand(rat=rat, von="2018", bis="2021-05")
    make_ratszustand(rat=rat, zustand=Ratszustand.Zustand.AUFGELOEST, von="2021-05")
    html = seite(client, zwickau)
    assert "Der Präventionsrat ist seit 05/2021 aufgelöst." in html
    assert "weg@example.org" not in html
    assert verlauf(html) == ["05/2021 Präventionsrat aufgelöst", "2018 Präventionsrat konstituiert"]
    assert "Zwickau ist nicht beteiligt" in html


def test_two_councils_are_told_apart(client, zwickau):
    make_rat(kommunen=[zwickau], name="Rat A")
    make_rat(kommunen=[zwickau, make_kommune(name="Werdau")], name="Rat B")
    html = seite(client, zwickau)
    assert ueberschriften(html)[1:3] == ["Rat A", "Rat B"]
    assert merkmal(html, "Gemeinsam für") == "Werdau Zwickau"
    assert {text.split(" ", 1)[1] for text in verlauf(html)} == {
        "Rat A konstituiert", "Rat B konstituiert",
    }  # fmt: skip


def test_invented_records_are_labelled_wherever_they_show(client, zwickau, settings):
    erfunden = {"herkunft": Herkunft.BEISPIEL}
    make_rat(kommunen=[zwickau], kontakt_email="x@example.org", **erfunden)
    make_vereinbarung(kommunen=[zwickau], **erfunden)
    make_coaching(kommunen=[zwickau], **erfunden)
    make_analyse(kommunen=[zwickau], **erfunden)
    make_zuwendung(kommune=zwickau, **erfunden)
    assert "Zwickau ist nicht beteiligt" in seite(client, zwickau)
    settings.BEISPIELDATEN = True
    html = seite(client, zwickau)
    haupt = html[html.index("<main") : html.index('id="quellen"')]
    # beteiligt seit, council, its contact, agreement, coaching, analysis, grant
    assert haupt.count("</svg>Beispieldaten</span>") == 7
    assert all(eintrag.endswith("(Beispieldaten)") for eintrag in verlauf(html))


def test_sources_stand_once_with_what_they_prove(client, zwickau):
    for make in (make_vereinbarung, make_rat):
        make(kommunen=[zwickau], quelle="https://www.example.org/a")
    make_beratung(kommune=zwickau, quelle="Vermerk des LPR")
    html = seite(client, zwickau)
    quellen = html[html.index('id="quellen"') :]
    assert re.findall(r"<li>(.*?)</li>", quellen)[:3] == [
        "Stammdaten: Test",
        '<a href="https://www.example.org/a">Präventionsrat, Vereinbarung: example.org</a>',
        "Beratung: Vermerk des LPR",
    ]


def test_membership_in_a_verbund_is_told_on_both_pages(client, zwickau):
    verbund = make_kommune(art=Art.VERWALTUNGSVERBAND, name="Verwaltungsverband Mulde")
    Verbundmitgliedschaft.objects.create(verbund=verbund, mitglied=zwickau)
    Verbundmitgliedschaft.objects.create(verbund=verbund, mitglied=make_kommune(), bis="2019")
    make_beratung(kommune=zwickau)
    assert merkmal(seite(client, zwickau), "Mitglied im Verbund") == "Verwaltungsverband Mulde"
    html = seite(client, Kommune.objects.get(pk=verbund.pk))
    assert merkmal(html, "Mitglieder") == "Zwickau"
    assert "Verwaltungsverband Mulde ist selbst nicht beteiligt" in html
    assert "Beteiligt sind:" in html


def test_a_landkreis_names_its_kommunen_that_take_part(client, zwickau):
    landkreis = make_kommune(art=Art.LANDKREIS, name="Landkreis Zwickau")
    make_beratung(kommune=zwickau)
    html = seite(client, landkreis)
    assert 'Beteiligt sind: <a href="/kommunen/14524330/">Zwickau</a>.' in html


def test_a_staedtebund_is_found_by_its_kuerzel(client):
    make_kommune(art=Art.STAEDTEBUND, kuerzel="silberberg", name="Silberberg", kreis=None)
    assert client.get("/kommunen/silberberg/").status_code == 200


# --- Not here ---------------------------------------------------------------------


def test_a_merged_gemeinde_is_gone_and_names_its_successor(client):
    erbe = make_kommune(name="Jahnatal", ags="14522275")
    ostrau = make_kommune(name="Ostrau", gueltig_bis=date(2022, 12, 31), nachfolger=erbe)
    html = seite(client, ostrau, status=410)
    assert "Ostrau gehört jetzt zu Jahnatal" in html
    assert 'href="/kommunen/14522275/"' in html
    assert verlauf(seite(client, erbe)) == ["01.01.2023 Ostrau gehört jetzt zu Jahnatal"]


def test_the_successor_of_a_successor_is_named(client):
    erbe = make_kommune(name="Döbeln")
    mitte = make_kommune(name="Mochau", gueltig_bis=date(2022, 12, 31), nachfolger=erbe)
    alt = make_kommune(name="Technitz", gueltig_bis=date(2019, 12, 31), nachfolger=mitte)
    assert "Technitz gehört jetzt zu Döbeln" in seite(client, alt, status=410)


def test_a_merger_of_the_future_changes_nothing_yet(client):
    erbe = make_kommune(gueltig_von=date(2199, 1, 1))
    noch_da = make_kommune(gueltig_bis=date(2198, 12, 31), nachfolger=erbe)
    seite(client, noch_da)
    seite(client, erbe, status=404)


@pytest.mark.parametrize("kennung", ["zwickau", "Zwickau", "zwikau", "ZWICKAU"])
def test_a_name_in_the_address_offers_the_kommune(client, zwickau, kennung):
    antwort = client.get(f"/kommunen/{kennung}/")
    assert antwort.status_code == 404
    assert '<a href="/kommunen/14524330/">Zwickau</a>' in antwort.content.decode()


@pytest.mark.parametrize(
    "kennung", ["99999999", "14999", "145243300", "%00", "x" * 500, "%0A", "ä"]
)
def test_an_unknown_key_is_not_found(client, zwickau, kennung):
    assert client.get(f"/kommunen/{kennung}/").status_code == 404


def test_the_key_of_a_kreis_leads_to_its_list(client):
    make_kreis(ags="14524")
    antwort = client.get("/kommunen/14524/")
    assert (antwort.status_code, antwort["Location"]) == (301, "/kommunen/?kreis=14524")


def test_typed_text_is_escaped(client):
    boese = "<script>alert(1)</script>"
    kommune = make_kommune(name=f"A{boese}", quelle=boese)
    make_rat(kommunen=[kommune], name=boese, schwerpunkte=boese, beschreibung=boese, quelle=boese)
    make_zuwendung(kommune=kommune, titel=boese)
    antwort = client.get(f"/kommunen/{kommune.ags}/")
    assert boese not in antwort.content.decode()


def test_the_page_sets_no_cookie(client, zwickau):
    antwort = client.get("/kommunen/14524330/")
    assert not antwort.cookies
    assert antwort["Cache-Control"] == "no-cache"


def test_the_number_of_queries_does_not_grow(client, django_assert_num_queries, zwickau):
    make_flaeche(kreis=zwickau.kreis, seite=1000)
    make_flaeche(kommune=zwickau)
    make_linien()

    def belege():
        make_rat(kommunen=[zwickau])
        make_vereinbarung(kommunen=[zwickau, make_kommune()])
        make_beratung(kommune=zwickau)
        make_coaching(kommunen=[zwickau])
        make_analyse(kommunen=[zwickau, make_kommune()])
        make_zuwendung(kommune=zwickau)
        make_meldung().kommunen.add(zwickau)
        make_veranstaltung().kommunen.add(zwickau)
        verbund = make_kommune(art=Art.STAEDTEBUND)
        Verbundmitgliedschaft.objects.create(verbund=verbund, mitglied=zwickau)

    belege()
    client.get("/kommunen/14524330/")
    with django_assert_num_queries(26):
        client.get("/kommunen/14524330/")
    for _ in range(3):
        belege()
    with django_assert_num_queries(26):
        client.get("/kommunen/14524330/")
