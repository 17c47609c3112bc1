from datetime import date
from decimal import Decimal

import pytest

from asskomm.portal.models import Meldung, VeroeffentlichteZahl
from asskomm.portal.programmdaten import als_satz, ist_mindestwert, ohne_vermerk
from asskomm.portal.zahlen.kennzahlen import KENNZAHLEN
from asskomm.portal.zahlen.reihen import REIHEN
from beratung.models import Beratung, Coaching, Sicherheitsanalyse
from foerderung.models import Zuwendung
from kommunen.models import (
    Kommune,
    Kooperationsvereinbarung,
    Modellkommune,
    Praeventionsrat,
    Ratszustand,
)
from kommunen.tatsachen import Herkunft
from kommunen.zeitangabe import Zeitangabe
from tests.factories import make_vereinbarung

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.thorough,
    pytest.mark.usefixtures("programm"),
]
BEFEHL = "importiere_programmdaten"
STATUS = "kommunen_status.csv"
ALLE = (
    Modellkommune,
    Beratung,
    Kooperationsvereinbarung,
    Praeventionsrat,
    Coaching,
    Sicherheitsanalyse,
    Zuwendung,
)


def vereinbarung(**felder):
    return Kooperationsvereinbarung.objects.get(**felder)


# --- What comes in -------------------------------------------------------------


def test_seventytwo_kommunen_have_facts():
    kommunen = set()
    for modell in ALLE:
        feld = "kommune" if hasattr(modell, "kommune") else "kommunen"
        kommunen |= set(modell.objects.values_list(feld, flat=True))
    assert len(kommunen) == 72


def test_every_record_names_its_source_and_its_origin():
    for modell in [*ALLE, VeroeffentlichteZahl, Meldung]:
        assert not modell.objects.exclude(herkunft=Herkunft.PROGRAMMDATEN).exists()
        assert not modell.objects.filter(quelle="").exists()


def test_the_eight_modellkommunen():
    namen = Modellkommune.objects.oeffentlich().values_list("kommune__name", flat=True)
    assert set(namen) == {
        "Chemnitz", "Freital", "Görlitz", "Leipzig", "Pirna", "Plauen", "Wurzen", "Zwickau",
    }  # fmt: skip


def test_what_was_concluded_comes_in_unpublished_and_marked():
    torgau = vereinbarung(kommunen__name="Torgau")
    assert (torgau.erschlossen, torgau.veroeffentlicht) == (True, False)
    assert "(erschlossen)" in torgau.bemerkung
    assert "erschlossen" not in torgau.inhalt
    for modell in [*ALLE, VeroeffentlichteZahl, Meldung]:
        for satz in modell.objects.all():
            assert satz.veroeffentlicht is not satz.erschlossen
            assert "inferred" not in " ".join(map(str, vars(satz).values()))


def test_a_joint_agreement_is_one_record_of_several_kommunen():
    silberberg = vereinbarung(bezeichnung="Städtebund Silberberg")
    assert silberberg.kommunen.count() == 5
    assert silberberg.polizeidirektion.name == "Chemnitz"
    assert silberberg.veroeffentlicht
    schwarzenberg = Kommune.objects.get(ags="14521550")
    assert schwarzenberg.vereinbarungen.count() == 2
    bund = Kommune.objects.get(kuerzel="staedtebund-silberberg")
    assert set(bund.mitglieder.all()) == set(silberberg.kommunen.all())


def test_one_concluded_row_marks_the_whole_joint_agreement():
    floeha = vereinbarung(bezeichnung="Interkommunaler Gemeindevollzugsdienst um Flöha")
    assert floeha.kommunen.count() == 6
    assert floeha.erschlossen


def test_running_numbers_come_in_where_they_are_clear():
    nummern = Kooperationsvereinbarung.objects.exclude(laufende_nummer=None)
    assert dict(nummern.values_list("laufende_nummer", "kommunen__name")) == {
        30: "Crimmitschau", 42: "Freiberg", 43: "Stollberg/Erzgeb.", 47: "Oelsnitz/Erzgeb.",
        49: "Hartmannsdorf", 52: "Wilsdruff", 56: "Radeberg",
    }  # fmt: skip


def test_a_signing_by_video_says_so():
    videos = Kooperationsvereinbarung.objects.filter(form=Kooperationsvereinbarung.Form.VIDEO)
    assert set(videos.values_list("kommunen__name", flat=True)) == {"Crimmitschau", "Werdau"}


def test_the_vorvereinbarung_of_oelsnitz_is_a_coaching_and_an_agreement_of_its_own_kind():
    oelsnitz = Kommune.objects.get(ags="14521450")
    vorab = oelsnitz.vereinbarungen.get(art=Kooperationsvereinbarung.Art.VORVEREINBARUNG)
    assert vorab.unterzeichnet_am == Zeitangabe(2021, 9, 1)
    assert oelsnitz.coachings.count() == 2
    assert oelsnitz.vereinbarungen.count() == 2


def test_a_coaching_counts_only_as_long_as_its_source_says():
    grossenhain = Coaching.objects.get(kommunen__ags="14627060")
    assert (grossenhain.beginn, grossenhain.ende) == (Zeitangabe(2021), None)
    assert grossenhain.zuletzt_belegt == Zeitangabe(2021)


def test_a_council_is_active_since_its_date():
    rat = Praeventionsrat.objects.get(kommunen__name="Zwickau")
    zustand = rat.zustaende.get()
    assert (rat.name, rat.entstehung) == ("Präventionsrat Zwickau", "konstituiert")
    assert (zustand.zustand, zustand.von) == (Ratszustand.Zustand.AKTIV, Zeitangabe(2020, 10, 26))
    assert "unterscheiden die Quellen nicht" in rat.bemerkung


@pytest.mark.parametrize(
    ("kommune", "titel", "betrag"),
    [
        ("Großenhain", "Bürger für unsere saubere Stadt", Decimal("21150.00")),
        ("Flöha", "Interkommunaler Gemeindevollzugsdienst", Decimal("40000.00")),
        ("Colditz", "Colditzer Kulturmarkt", None),
    ],
)
def test_a_grant_has_a_title_and_the_amount_if_one_is_known(kommune, titel, betrag):
    zuwendung = Zuwendung.objects.get(kommune__name=kommune)
    assert (zuwendung.titel, zuwendung.betrag_euro) == (titel, betrag)


def test_an_announced_analysis_is_no_begun_one():
    werdau = Sicherheitsanalyse.objects.get(kommunen__name="Werdau")
    assert werdau.stand == Sicherheitsanalyse.Stand.ANGEKUENDIGT
    bannewitz = Sicherheitsanalyse.objects.get(kommunen__name="Bannewitz")
    assert (bannewitz.stichprobe, bannewitz.ruecklauf_prozent) == (1000, Decimal("39.7"))


def test_a_published_series_has_one_unit():
    reihen = set(VeroeffentlichteZahl.objects.values_list("reihe", "einheit"))
    assert len(dict(reihen)) == len(reihen)
    assert dict(reihen).keys() <= REIHEN.keys()
    assert VeroeffentlichteZahl.objects.count() == 67
    raete = VeroeffentlichteZahl.objects.filter(reihe="kpr_anzahl").order_by("stichtag")
    assert [int(zahl.wert) for zahl in raete] == [16, 19, 21, 25, 28, 28]


def test_minimum_values_are_marked():
    mindestens = VeroeffentlichteZahl.objects.filter(ist_mindestwert=True)
    assert {(zahl.reihe, int(zahl.wert)) for zahl in mindestens} == {
        ("veranstaltung_teilnehmende", 250),
        ("foerdermittel_bewilligt_kumuliert", 420_000),
        ("kommunen_beraten", 100),
        ("coach_pool", 30),
    }


def test_news_are_linked_with_the_kommunen_they_are_about():
    assert Meldung.objects.count() == 69
    zittau = Meldung.objects.get(titel__startswith="Koordinierungsstelle für künftigen")
    assert [str(kommune) for kommune in zittau.kommunen.all()] == ["Zittau"]
    bilanz = Meldung.objects.get(titel__startswith="2 Jahre ASSKomm")
    assert not bilanz.kommunen.exists()


def test_every_row_of_our_own_files_is_used(programmordner):
    namen = {
        *Kooperationsvereinbarung.objects.values_list("bezeichnung", flat=True),
        *Sicherheitsanalyse.objects.values_list("bezeichnung", flat=True),
        *Zuwendung.objects.values_list("titel", flat=True),
    }
    zeilen = (programmordner.pfad / "bezeichnungen.csv").read_text().splitlines()[1:]
    assert sum(zeile.rpartition(",")[2].strip('"') in namen for zeile in zeilen) >= 10
    verknuepfungen = (programmordner.pfad / "meldungen_kommunen.csv").read_text().splitlines()
    assert Meldung.kommunen.through.objects.count() == len(verknuepfungen) - 1
    reihen = (programmordner.pfad / "reihen.csv").read_text().splitlines()[1:]
    eigene = {zeile.rpartition(",")[2] for zeile in reihen}
    assert eigene <= set(VeroeffentlichteZahl.objects.values_list("reihe", flat=True))


def test_the_published_facts_alone_on_the_day_of_the_balance():
    am = date(2021, 2, 6)
    assert {name: int(kennzahl.wert(am)) for name, kennzahl in KENNZAHLEN.items()} == {
        "kommunen-beraten": 5,
        "praeventionsraete": 3,
        "mittel-bewilligt": 0,
        "kommunen-im-coaching": 0,
        "wirkungen-des-coachings": 0,
        "fachkraefte": 0,
        "fortbildung-begonnen": 0,
        "modellkommunen": 8,
        "vereinbarungen": 5,
        "kommunen-mit-vereinbarung": 5,
        "sicherheitsanalysen": 0,
    }


# --- Words ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("detail", "satz"),
    [
        ("per Videokonferenz", "Per Videokonferenz."),
        ("Mittwoch vor 2020-07-15 (Monat belegt)", "Mittwoch vor 15.07.2020 (Monat belegt)."),
        ("Bescheid über 40.000 EUR", "Bescheid über 40.000 Euro."),
        ("seit 2019, Nummer 1234-56", "Seit 2019, Nummer 1234-56."),
    ],
)
def test_a_remark_becomes_a_german_sentence(detail, satz):
    assert als_satz(detail) == satz


@pytest.mark.parametrize(
    ("detail", "rest"),
    [
        ("LPR und Stadt (Jahr inferred)", "LPR und Stadt"),
        ("Leitung Flöha; Datum inferred (Zeitungsbericht ohne Datum)", "Leitung Flöha"),
        ("Betrag nicht genannt, Jahr inferred", "Betrag nicht genannt"),
        ("mit PD Leipzig (inferred) und LPR", "mit PD Leipzig und LPR"),
        ("Jahr inferred", "Ohne nähere Angabe"),
    ],
)
def test_the_public_text_leaves_out_what_was_concluded(detail, rest):
    assert ohne_vermerk(detail) == rest


@pytest.mark.parametrize(
    ("beschreibung", "wert", "mindestens"),
    [
        ("mehr als 420.000 EUR seit Start bewilligt", "420000", True),
        ("Pool von über 30 Coaches", "30", True),
        ("beraten (Mindestwert)", "100", True),
        ("rund 230 Teilnehmende, aus über 80 Kommunen", "230", False),
    ],
)
def test_only_the_value_itself_makes_a_minimum(beschreibung, wert, mindestens):
    assert ist_mindestwert(beschreibung, Decimal(wert)) is mindestens


# --- Running again -------------------------------------------------------------


def test_a_second_run_changes_nothing(rufe):
    vorher = Meldung.history.count()
    assert "nichts geändert (236 Datensätze geprüft)" in rufe(BEFEHL)
    assert Meldung.history.count() == vorher


def test_a_dry_run_keeps_everything(rufe, programmordner):
    programmordner.aendere(STATUS, "30. Kommune;", "31. Kommune;")
    ausgabe = rufe(BEFEHL, ordner=programmordner.pfad, trockenlauf=True)
    assert "Trockenlauf" in ausgabe
    assert "Kooperationsvereinbarungen: 1 geändert, 36 unverändert" in ausgabe
    assert vereinbarung(kommunen__name="Crimmitschau").laufende_nummer == 30


def test_the_three_files_alone_are_enough(rufe, programmordner):
    for datei in programmordner.pfad.iterdir():
        if datei.name not in (STATUS, "kennzahlen.csv", "meldungen.csv") and datei.is_file():
            datei.unlink()
    assert "nichts geändert" in rufe(BEFEHL, ordner=programmordner.pfad)


def test_a_change_in_the_file_arrives_with_the_reason_in_the_history(rufe, programmordner):
    programmordner.aendere(STATUS, "30. Kommune;", "31. Kommune;")
    rufe(BEFEHL, ordner=programmordner.pfad)
    geaendert = vereinbarung(kommunen__name="Crimmitschau")
    assert geaendert.laufende_nummer == 31
    assert geaendert.history.first().history_change_reason == BEFEHL


def test_what_staff_changed_stays_and_is_named(rufe, programmordner):
    torgau = vereinbarung(kommunen__name="Torgau")
    torgau.erschlossen, torgau.veroeffentlicht = False, True
    torgau.save()
    programmordner.aendere(STATUS, "30. Kommune;", "31. Kommune;")
    ausgabe = rufe(BEFEHL, ordner=programmordner.pfad)
    assert "von Hand geändert, bleibt: Kooperationsvereinbarung vom 25.06.2021" in ausgabe
    torgau.refresh_from_db()
    assert torgau.veroeffentlicht


def test_what_staff_changed_among_the_parts_of_a_record_stays_too(rufe):
    rat = Praeventionsrat.objects.get(kommunen__name="Zwickau")
    zustand = rat.zustaende.get()
    zustand.bis = "2024-06-30"
    zustand.save()
    assert "von Hand geändert, bleibt: Präventionsrat Zwickau" in rufe(BEFEHL)
    assert rat.zustaende.get().bis == Zeitangabe(2024, 6, 30)


def test_what_staff_related_to_other_kommunen_stays(rufe):
    zittau = vereinbarung(kommunen__name="Zittau")
    zittau.kommunen.add(Kommune.objects.get(name="Löbau"))
    assert "von Hand geändert, bleibt" in rufe(BEFEHL)
    assert zittau.kommunen.count() == 2


def test_what_staff_deleted_does_not_come_back(rufe):
    vereinbarung(kommunen__name="Zittau").delete()
    assert "von Hand gelöscht, bleibt weg: Kooperationsvereinbarung vom 05.02.2021" in rufe(BEFEHL)
    assert not Kooperationsvereinbarung.objects.filter(kommunen__name="Zittau").exists()


def test_what_the_file_no_longer_names_stays_until_somebody_asks_to_remove_it(rufe, programmordner):
    programmordner.loesche_zeile(STATUS, "14626610,Zittau")
    programmordner.loesche_zeile(STATUS, "14524330,Zwickau,kpr_konstituiert")
    rat = Praeventionsrat.objects.get(kommunen__name="Zwickau")
    rat.beschreibung = "Von Hand ergänzt"
    rat.save()
    ausgabe = rufe(BEFEHL, ordner=programmordner.pfad)
    assert "steht nicht mehr in den Dateien, bleibt: Kooperationsvereinbarung vom 05" in ausgabe
    ausgabe = rufe(BEFEHL, ordner=programmordner.pfad, entfernen=True)
    assert "Kooperationsvereinbarungen: 1 entfernt, 36 unverändert" in ausgabe
    assert "von Hand geändert, bleibt: Präventionsrat Zwickau" in ausgabe
    assert not Kooperationsvereinbarung.objects.filter(kommunen__name="Zittau").exists()
    # Removed by the import itself, so the file may bring it back.
    assert "Kooperationsvereinbarungen: 1 hinzugefügt" in rufe(BEFEHL)


# --- Bad files -----------------------------------------------------------------

ZITTAU = "14626610,Zittau,kooperationsvereinbarung,2021-02-05,,"


@pytest.mark.parametrize(
    ("datei", "alt", "neu", "satz"),
    [
        (
            STATUS, ZITTAU, ZITTAU.replace("14626610", "14999999"),
            "kommunen_status.csv, Zeile 114, Spalte „ags“: "
            "Eine Kommune mit dem AGS 14999999 gibt es nicht.",
        ),
        (
            STATUS, ZITTAU, ZITTAU.replace("14626610,Zittau", "14522450,Ostrau"),
            "Ostrau gab es nur bis zum 31.12.2022. Rechtsnachfolge: 14522275 (Jahnatal).",
        ),
        (
            STATUS, ZITTAU, ZITTAU.replace("Zittau", "Görlitz"),
            "Zeile 114, Spalte „name“: Zum AGS 14626610 gehört Zittau, nicht Görlitz.",
        ),
        (
            STATUS, ZITTAU, ZITTAU + "x,y\n" + ZITTAU,
            "Zeile 115, Spalte „ags“: Doppelt: ags, ereignis, datum, vorgang wie in Zeile 114.",
        ),
        (
            STATUS, ZITTAU, ZITTAU.replace("2021-02-05", "2021-02-31"),
            "Zeile 114, Spalte „datum“: „2021-02-31“ ist kein Datum.",
        ),
        (
            STATUS, ZITTAU, ZITTAU.replace("kooperationsvereinbarung", "vertrag"),
            "Zeile 114, Spalte „ereignis“: „vertrag“ ist keine von: beratung, coaching",
        ),
        (
            STATUS, ZITTAU, ZITTAU + "\0",
            "Zeile 114, Spalte „detail“: Enthält ein unsichtbares Steuerzeichen.",
        ),
        (STATUS, "vorgang,detail", "vorgang,text", "Zeile 1: Die Spalte „detail“ fehlt."),
        (STATUS, "detail,quelle", "detail,quelle,neu", "Die Spalte „neu“ ist unbekannt."),
        (
            STATUS, "Oybin,kooperationsvereinbarung,2022-01-14", "Oybin,kooperationsvereinbarung,2022",
            "Spalte „datum“: Weicht von Zeile 17 desselben Vorgangs ab.",
        ),
        (
            STATUS, "Glauchau,beratung,2020-06,,", "Glauchau,beratung,2020-06,gemeinsam,",
            "Spalte „vorgang“: Ein Ereignis „beratung“ hat nur eine Kommune.",
        ),
        (
            STATUS, "47. Vereinbarung;", "42. Vereinbarung;",
            "kommunen_status.csv, Zeile 75: Diese laufende Nummer ist schon vergeben.",
        ),
        (
            "kennzahlen.csv", "2020-09-16,kommunen_beraten,87,Kommunen", "2020-09-16,kommunen_beraten,87,Städte",
            "Spalte „einheit“: Die Reihe „kommunen_beraten“ zählt Kommunen, nicht Städte.",
        ),
        (
            "kennzahlen.csv", "kommunen_beraten,87,", "kommunen_beraten,viele,",
            "Spalte „wert“: „viele“ ist keine Zahl.",
        ),
        (
            "kennzahlen.csv", "2020-09-16,kommunen_beraten", "2020-02-12,kommunen_beraten",
            "Doppelt: kennzahl, stichtag wie in Zeile",
        ),
        (
            "meldungen.csv", "https://zittauer-anzeiger.de/", "zittauer-anzeiger/",
            "meldungen.csv, Zeile 19, Spalte „Adresse des Originals“",
        ),
    ],
)  # fmt: skip
def test_a_bad_row_changes_nothing(fehler_von, programmordner, datei, alt, neu, satz):
    vorher = Kooperationsvereinbarung.history.count(), Meldung.history.count()
    programmordner.aendere(
        STATUS, "14730310,Torgau,foerderung,2021-06,,", "14730310,Torgau,foerderung,2021-07,,"
    )
    programmordner.aendere(datei, alt, neu)
    assert satz in fehler_von(BEFEHL, ordner=programmordner.pfad)
    assert vorher == (Kooperationsvereinbarung.history.count(), Meldung.history.count())
    assert not Zuwendung.objects.filter(bewilligt_am="2021-07").exists()


@pytest.mark.parametrize("datei", [STATUS, "kennzahlen.csv", "meldungen.csv"])
def test_a_file_in_another_encoding_or_empty_changes_nothing(fehler_von, programmordner, datei):
    inhalt = (programmordner.pfad / datei).read_text()
    programmordner.schreibe(datei, inhalt.encode("cp1252"))
    assert f"{datei}, Zeile" in (satz := fehler_von(BEFEHL, ordner=programmordner.pfad))
    assert "Die Datei ist nicht in UTF-8 gespeichert." in satz
    programmordner.schreibe(datei, "")
    assert f"{datei}: Die Datei ist leer." in fehler_von(BEFEHL, ordner=programmordner.pfad)


def test_a_number_that_staff_gave_to_another_agreement_is_a_sentence(fehler_von, programmordner):
    make_vereinbarung(laufende_nummer=57, herkunft=Herkunft.PROGRAMMDATEN)
    programmordner.aendere(STATUS, "56. Kommune;", "57. Kommune;")
    satz = fehler_von(BEFEHL, ordner=programmordner.pfad)
    assert "Zeile 89: Diese laufende Nummer ist schon vergeben." in satz
