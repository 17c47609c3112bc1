"""Lists: found by any spelling, sorted by what a date can mean, as fast with many rows as with one."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from asskomm.portal.models import (
    Begriff,
    Kommentar,
    Meldung,
    Rueckmeldung,
    Seite,
    Stand,
    Veranstaltung,
    VeroeffentlichteZahl,
)
from beratung.models import Beratung, Coaching, Sicherheitsanalyse
from foerderung.models import Zuwendung
from fortbildung.models import Durchgang, Lehrgang, Teilnahme
from kommunen.models import (
    Kommune,
    Kooperationsvereinbarung,
    Kreis,
    Modellkommune,
    Praeventionsrat,
    Ratssitzung,
    Ratszustand,
    Verbundmitgliedschaft,
)
from tests.factories import (
    make_analyse,
    make_begriff,
    make_beratung,
    make_coaching,
    make_durchgang,
    make_kommune,
    make_konto,
    make_kreis,
    make_meldung,
    make_modellkommune,
    make_rat,
    make_ratszustand,
    make_seite,
    make_teilnahme,
    make_veranstaltung,
    make_vereinbarung,
    make_veroeffentlichte_zahl,
    make_zuwendung,
)

from .formulare import adresse, fehler, sende

pytestmark = pytest.mark.thorough


def gefunden(client, modell, **frage):
    antwort = client.get(adresse(modell), frage)
    assert antwort.status_code == 200
    return [str(objekt) for objekt in antwort.context["cl"].result_list]


# --- Search -------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    "eingabe",
    ["Döbeln", "Doebeln", "Dobeln", "döb", "Doblin", "04720", "047", "14522080", "doblin doebeln"],
)
def test_a_kommune_is_found_by_any_spelling_postcode_and_key(redaktion, eingabe):
    make_kommune(name="Döbeln", name_sorbisch="Doblin", plz="04720", ags="14522080")
    make_kommune(name="Zittau", plz="02763")
    assert gefunden(redaktion, Kommune, q=eingabe) == ["Döbeln"]


@pytest.mark.django_db
@pytest.mark.parametrize("eingabe", ["Leipzig", "0472x", "\x00", "%", "_"])
def test_what_is_not_there_is_not_found(redaktion, eingabe):
    make_kommune(name="Döbeln", plz="04720")
    antwort = redaktion.get("/admin/autocomplete/", {
        "app_label": "kommunen", "model_name": "modellkommune", "field_name": "kommune", "term": eingabe,
    })  # fmt: skip
    assert antwort.json()["results"] == []


@pytest.mark.django_db
def test_choosing_a_kommune_tells_merged_ones_apart(redaktion):
    heute = make_kommune(name="Neue Stadt")
    make_kommune(name="Neustadt alt", gueltig_bis=date(2018, 12, 31), nachfolger=heute)
    antwort = redaktion.get("/admin/autocomplete/", {
        "app_label": "kommunen", "model_name": "praeventionsrat", "field_name": "kommunen", "term": "neu",
    })  # fmt: skip
    assert [zeile["text"] for zeile in antwort.json()["results"]] == [
        "Neue Stadt", "Neustadt alt (bis 31.12.2018)",
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("modell", [Praeventionsrat, Kooperationsvereinbarung, Coaching, Beratung,
                                    Sicherheitsanalyse, Zuwendung, Modellkommune])  # fmt: skip
def test_facts_are_found_by_their_kommune_once(sachbearbeitung, modell):
    erzeuge = {
        Praeventionsrat: make_rat, Kooperationsvereinbarung: make_vereinbarung, Coaching: make_coaching,
        Beratung: make_beratung, Sicherheitsanalyse: make_analyse, Zuwendung: make_zuwendung,
        Modellkommune: make_modellkommune,
    }[modell]  # fmt: skip
    doebeln = make_kommune(name="Döbeln")
    if hasattr(modell, "kommunen"):
        erzeuge(kommunen=[doebeln, make_kommune(name="Döbeln-Land")])
    else:
        erzeuge(kommune=doebeln)
    erzeuge()
    assert len(gefunden(sachbearbeitung, modell, q="doebeln")) == 1
    assert len(gefunden(sachbearbeitung, modell, q="dobeln döb")) == 1
    assert gefunden(sachbearbeitung, modell, q="zittau") == []


@pytest.mark.django_db
def test_every_word_may_stand_in_another_field(redaktion):
    make_rat(name="Rat für Sicherheit", kommunen=[make_kommune(name="Görlitz")])
    assert gefunden(redaktion, Praeventionsrat, q="goerlitz fuer") == ["Rat für Sicherheit"]
    assert gefunden(redaktion, Praeventionsrat, q="goerlitz ordnung") == []


# --- Dates, years, filters --------------------------------------------------------


@pytest.mark.django_db
def test_dates_are_shown_as_given_and_sorted_by_the_last_day_they_can_mean(sachbearbeitung):
    for am in ("2020", "2020-11", "2020-12-30", "2021-01-01"):
        make_beratung(am=am, thema=am)
    antwort = sachbearbeitung.get(adresse(Beratung))
    assert [str(b.am) for b in antwort.context["cl"].result_list] == [
        "01.01.2021", "2020", "30.12.2020", "11/2020",
    ]  # fmt: skip
    assert ">11/2020<" in antwort.content.decode()
    assert "o=1" in antwort.content.decode(), "the date column can be sorted"
    assert len(gefunden(sachbearbeitung, Beratung, am_jahr="2020")) == 3
    assert len(gefunden(sachbearbeitung, Beratung, am_jahr="1999")) == 4, "unknown year, unfiltered"


@pytest.mark.django_db
def test_filters_of_the_councils(redaktion):
    heute = timezone.localdate()
    make_rat(name="aktiv", kontakt_email="rat@example.org")
    make_ratszustand(rat=make_rat(name="ruht", aktiv_seit=None, kontakt_telefon="1"), zustand="ruhend",
                     von=str(heute.year - 1))  # fmt: skip
    make_rat(name="ohne", aktiv_seit=None, kontakt_email="ohne@example.org")
    make_rat(name="stumm")
    assert gefunden(redaktion, Praeventionsrat, zustand="aktiv") == ["aktiv", "stumm"]
    assert gefunden(redaktion, Praeventionsrat, zustand="ruhend") == ["ruht"]
    assert gefunden(redaktion, Praeventionsrat, zustand="unsinn") == [
        "aktiv",
        "ohne",
        "ruht",
        "stumm",
    ]
    assert gefunden(redaktion, Praeventionsrat, fehlt="kontakt") == ["stumm"]
    assert gefunden(redaktion, Praeventionsrat, fehlt="zustand") == ["ohne"]


@pytest.mark.django_db
def test_filters_of_kommunen_and_grants(sachbearbeitung):
    bautzen = make_kreis(
        ags="14625", name="Landkreis Bautzen", polizeidirektion=make_kreis().polizeidirektion
    )
    stadt = make_kommune(name="Bautzen", kreis=bautzen)
    make_kommune(name="Alt", gueltig_bis=date(2018, 12, 31), nachfolger=stadt)
    make_zuwendung(kommune=stadt, foerderjahr=2022)
    make_zuwendung(foerderjahr=2021)
    assert gefunden(sachbearbeitung, Kommune, bestehen="nein") == ["Alt"]
    assert gefunden(sachbearbeitung, Kommune, kreis__id__exact=bautzen.pk) == ["Bautzen"]
    assert len(gefunden(sachbearbeitung, Zuwendung, foerderjahr="2022")) == 1
    assert len(gefunden(sachbearbeitung, Zuwendung, kommune__kreis__id__exact=bautzen.pk)) == 1


@pytest.mark.django_db
def test_cohorts_without_results_are_listed_after_their_end(anmelden):
    client = anmelden("Fortbildung")
    fertig = make_teilnahme(durchgang=make_durchgang(bezeichnung="fertig", ende="2020"))
    fertig.abgeschlossen_am = "2020"
    fertig.save()
    make_teilnahme(durchgang=make_durchgang(bezeichnung="offen", ende="2020"))
    make_teilnahme(durchgang=make_durchgang(bezeichnung="läuft", ende="2199"))
    assert [name.split(": ")[1] for name in gefunden(client, Durchgang, fehlt="ergebnis")] == [
        "offen"
    ]


# --- Number of queries ----------------------------------------------------------


def make_kommentar():
    return Kommentar.objects.create(meldung=make_meldung(), text="Gut so")


def make_rueckmeldung():
    return Rueckmeldung.objects.create(text="Der Link führt ins Leere")


def make_sitzung():
    return Ratssitzung.objects.create(rat=make_rat(), am=date(2021, 5, 12), thema="Auftakt")


def make_stand():
    return Stand.objects.create(
        kennzahl="modellkommunen", titel="Modellkommunen", stichtag=date(2021, 2, 6), wert=8,
        einheit="Kommunen", definition="Text", mit_beispieldaten=False, eingefroren_durch=make_konto(),
    )  # fmt: skip


def make_mitglied_im_verbund():
    verbund = make_kommune(art=Kommune.Art.STAEDTEBUND)
    for _ in range(3):
        Verbundmitgliedschaft.objects.create(verbund=verbund, mitglied=make_kommune())
    return verbund


LISTEN = {
    Kommune: make_kommune,
    Kreis: make_kreis,
    Kooperationsvereinbarung: make_vereinbarung,
    Modellkommune: make_modellkommune,
    Praeventionsrat: make_rat,
    Ratssitzung: make_sitzung,
    Beratung: make_beratung,
    Coaching: make_coaching,
    Sicherheitsanalyse: make_analyse,
    Zuwendung: make_zuwendung,
    Lehrgang: lambda: make_durchgang().lehrgang,
    Durchgang: make_durchgang,
    Teilnahme: lambda: make_teilnahme(durchgang=make_durchgang(), kommune=make_kommune()),
    Meldung: make_meldung,
    Kommentar: make_kommentar,
    Veranstaltung: make_veranstaltung,
    Seite: make_seite,
    Begriff: make_begriff,
    VeroeffentlichteZahl: make_veroeffentlichte_zahl,
    Stand: make_stand,
    Rueckmeldung: make_rueckmeldung,
}


@pytest.mark.django_db
@pytest.mark.parametrize("modell", LISTEN)
def test_a_list_asks_the_database_as_often_for_one_row_as_for_four(
    anmelden, django_assert_num_queries, modell
):
    client = anmelden()
    LISTEN[modell]()
    with CaptureQueriesContext(connection) as mit_einer:
        client.get(adresse(modell))
    for _ in range(3):
        LISTEN[modell]()
    with django_assert_num_queries(len(mit_einer)):
        client.get(adresse(modell))
    assert len(mit_einer) <= 16


@pytest.mark.django_db
def test_forms_with_many_rows_ask_no_more_often(anmelden, django_assert_num_queries):
    client = anmelden()
    durchgang = make_durchgang()
    rat = make_rat()
    verbund = make_mitglied_im_verbund()
    make_teilnahme(durchgang=durchgang, kommune=make_kommune())
    meldung = make_kommentar().meldung
    seiten = [
        adresse(Meldung, "change", meldung.pk),
        adresse(Durchgang, "change", durchgang.pk),
        adresse(Praeventionsrat, "change", rat.pk),
        adresse(Kommune, "change", verbund.pk),
    ]
    anzahlen = []
    for seite in seiten:
        client.get(seite)  # what a process looks up once is looked up
        with CaptureQueriesContext(connection) as vorher:
            client.get(seite)
        anzahlen.append(len(vorher))
    for nummer in range(3):
        make_teilnahme(durchgang=durchgang, kommune=make_kommune())
        rat.kommunen.add(make_kommune())
        Verbundmitgliedschaft.objects.create(verbund=verbund, mitglied=make_kommune())
        Kommentar.objects.create(meldung=meldung, text="Gut so")
        rat.mitglieder.create(funktion=f"Leitung {nummer}", institution="Revier")
    Ratszustand.objects.filter(rat=rat).update(bis="2021")
    make_ratszustand(rat=rat, zustand="ruhend", von="2021")
    for seite, anzahl in zip(seiten, anzahlen, strict=True):
        with django_assert_num_queries(anzahl):
            client.get(seite)


@pytest.mark.django_db
def test_start_page_and_changes_ask_no_more_often(anmelden, django_assert_max_num_queries):
    client = anmelden()
    for erzeuge in LISTEN.values():
        erzeuge()
    anzahlen = {}
    for seite in ("/admin/", "/admin/aenderungen/"):
        with CaptureQueriesContext(connection) as vorher:
            client.get(seite)
        anzahlen[seite] = len(vorher)
    for erzeuge in LISTEN.values():
        erzeuge()
        erzeuge()
    # The page of changes shows the newest 50, by now of fewer models.
    for seite, anzahl in anzahlen.items():
        with django_assert_max_num_queries(anzahl):
            client.get(seite)
    # Session and account, own rights and those of deputyships, five for what waits, two for the rest.
    assert anzahlen["/admin/"] <= 12


# --- Nonsense in addresses ------------------------------------------------------

UNSINN = ["abc", "-1", "9" * 30, "1,abc", "\x00"]


@pytest.mark.django_db
@pytest.mark.parametrize("modell", LISTEN)
def test_nonsense_in_the_address_of_a_new_record_fills_in_nothing(anmelden, modell):
    client = anmelden()
    namen = [feld.name for feld in [*modell._meta.fields, *modell._meta.many_to_many]]
    for unsinn in UNSINN:
        antwort = client.get(adresse(modell, "add"), dict.fromkeys(namen, unsinn))
        assert antwort.status_code in (200, 403)


@pytest.mark.django_db
@pytest.mark.parametrize("unsinn", UNSINN)
def test_nonsense_chosen_is_a_mistake_at_the_field(redaktion, unsinn):
    kommune = make_kommune()
    antwort = sende(redaktion, Praeventionsrat, name="Rat", kommunen=[kommune.pk, unsinn])
    assert "kommunen" in fehler(antwort)
    assert sende(redaktion, Modellkommune, kommune=unsinn).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("von", "bis"), [("01.01.0001", "31.12.9999"), ("31.12.1899", "01.01.2200")]
)
def test_days_out_of_the_calendar_filter_nothing_and_say_so(anmelden, von, bis):
    antwort = anmelden().get("/admin/aenderungen/", {"von": von, "bis": bis})
    assert antwort.content.decode().count("Geben Sie ein Jahr zwischen 1900 und 2199 an.") == 2


@pytest.mark.django_db
def test_the_exact_name_is_offered_first(redaktion):
    for name in ("Bernsdorf (Landkreis Zwickau)", "Zwickau-Land", "Zwickau", "Alt Zwickau"):
        make_kommune(name=name)
    antwort = redaktion.get("/admin/autocomplete/", {
        "app_label": "kommunen", "model_name": "praeventionsrat", "field_name": "kommunen", "term": "zwickau",
    })  # fmt: skip
    assert [zeile["text"] for zeile in antwort.json()["results"]] == [
        "Zwickau", "Zwickau-Land", "Alt Zwickau", "Bernsdorf (Landkreis Zwickau)",
    ]  # fmt: skip
