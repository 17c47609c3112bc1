import re
from datetime import date

import pytest

from kommunen.models import (
    GEMEINDEARTEN,
    Kartenflaeche,
    Kartenlinie,
    Kommune,
    Kreis,
    Polizeidirektion,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.thorough,
    pytest.mark.usefixtures("amtliche_daten"),
]
Art = Kommune.Art
HEUTE = date(2026, 11, 22)


def test_everything_official_is_there():
    gemeinden = Kommune.objects.gemeinden().gueltig(HEUTE)
    assert gemeinden.count() == 418
    assert {art: gemeinden.filter(art=art).count() for art in GEMEINDEARTEN} == {
        Art.KREISFREIE_STADT: 3,
        Art.GROSSE_KREISSTADT: 53,
        Art.STADT: 113,
        Art.GEMEINDE: 249,
    }
    assert Kreis.objects.count() == 13
    assert Polizeidirektion.objects.count() == 5
    assert Kommune.objects.filter(art=Art.LANDKREIS).count() == 10
    assert Kommune.objects.filter(art=Art.VERWALTUNGSGEMEINSCHAFT).count() == 64
    assert Kommune.objects.filter(art=Art.VERWALTUNGSVERBAND).count() == 6
    assert sum(gemeinden.values_list("einwohner", flat=True)) == 4_042_422


def test_the_number_of_gemeinden_follows_the_mergers():
    def anzahl(tag):
        return Kommune.objects.gemeinden().gueltig(tag).count()

    # A Gemeinde counts on its last day and its successor from the next day on.
    assert (anzahl(date(2018, 12, 31)), anzahl(date(2019, 1, 1))) == (421, 419)
    assert (anzahl(date(2022, 12, 31)), anzahl(date(2023, 1, 1))) == (419, 418)


@pytest.mark.parametrize(
    ("ags", "bis", "nachfolger", "seit"),
    [
        ("14521030", date(2018, 12, 31), "14521035", date(2019, 1, 1)),
        ("14521050", date(2018, 12, 31), "14521035", date(2019, 1, 1)),
        ("14625540", date(2018, 12, 31), "14625250", None),
        ("14522450", date(2022, 12, 31), "14522275", date(2023, 1, 1)),
        ("14522620", date(2022, 12, 31), "14522275", date(2023, 1, 1)),
    ],
)
def test_a_merged_gemeinde_keeps_its_last_day_and_its_successor(ags, bis, nachfolger, seit):
    kommune = Kommune.objects.get(ags=ags)
    assert kommune.gueltig_bis == bis
    assert kommune.nachfolger.ags == nachfolger
    assert kommune.nachfolger.gueltig_von == seit


def test_names_that_repeat_are_told_apart():
    namen = Kommune.objects.filter(name="Bernsdorf").values_list("name_eindeutig", flat=True)
    assert set(namen) == {"Bernsdorf (Landkreis Zwickau)", "Bernsdorf (Landkreis Bautzen)"}
    alle = Kommune.objects.values_list("name_eindeutig", flat=True)
    assert len(alle) == len(set(alle))


def test_a_gemeinde_has_its_official_values_and_their_source():
    bautzen = Kommune.objects.get(ags="14625020")
    assert bautzen.name_sorbisch == "Budyšin"
    assert (bautzen.plz, bautzen.plz_mehrere) == ("02625", False)
    assert bautzen.zahlen_stand == date(2024, 12, 31)
    assert bautzen.polizeidirektion.name == "Görlitz"
    assert bautzen.quelle == (
        "© Statistisches Bundesamt (Destatis), Gemeindeverzeichnis GV-ISys, "
        "Gebietsstand 30.06.2026; Einwohner und Fläche: 31.12.2024"
    )


def test_a_landkreis_takes_part_under_its_five_digits_and_000():
    landkreis = Kommune.objects.get(ags="14730000")
    assert (str(landkreis), landkreis.kreis.ags) == ("Landkreis Nordsachsen", "14730")


def test_a_verwaltungsgemeinschaft_has_its_members():
    olbersdorf = Kommune.objects.get(verbandsschluessel="146265227")
    assert str(olbersdorf) == "Verwaltungsgemeinschaft Olbersdorf"
    assert {str(mitglied) for mitglied in olbersdorf.mitglieder.all()} == {
        "Bertsdorf-Hörnitz", "Jonsdorf", "Olbersdorf", "Oybin",
    }  # fmt: skip
    assert olbersdorf.einwohner == sum(m.einwohner for m in olbersdorf.mitglieder.all())


def test_the_map_has_an_outline_for_every_gemeinde_and_kreis():
    assert Kartenflaeche.objects.filter(kommune__isnull=False).count() == 418
    assert Kartenflaeche.objects.filter(kreis__isnull=False).count() == 13
    assert set(Kartenlinie.objects.values_list("art", flat=True)) == set(Kartenlinie.Art.values)
    for pfad in [*Kartenflaeche.objects.values_list("pfad", flat=True)]:
        assert re.fullmatch(r"(M\d+ \d+l-?\d+(?:[ -]-?\d+)*z)+", pfad)


def test_an_outline_lies_in_its_box_and_its_point_inside():
    for flaeche in Kartenflaeche.objects.all():
        assert 0 <= flaeche.links < flaeche.x - flaeche.radius + 2
        assert flaeche.x + flaeche.radius - 2 < flaeche.rechts <= 9000
        assert 0 <= flaeche.oben < flaeche.y - flaeche.radius + 2
        assert flaeche.y + flaeche.radius - 2 < flaeche.unten <= 6720
        assert flaeche.radius > 0


def test_a_second_run_changes_nothing(rufe):
    vorher = Kommune.history.count()
    assert "nichts geändert (955 Datensätze geprüft)" in rufe("importiere_stammdaten")
    assert Kommune.history.count() == vorher


def test_a_dry_run_tells_and_keeps_everything(rufe, stammordner):
    stammordner.aendere("gemeinden_sachsen.csv", "Radebeul,", "Radebeul-Neu,")
    ausgabe = rufe("importiere_stammdaten", ordner=stammordner.pfad, trockenlauf=True)
    assert "Trockenlauf, nichts wurde gespeichert" in ausgabe
    assert "Kommunen: 1 geändert, 502 unverändert" in ausgabe
    assert "Radebeul-Neu (Name, unterscheidender Name)" in ausgabe
    assert not Kommune.objects.filter(name="Radebeul-Neu").exists()


def test_a_change_in_the_files_arrives_with_its_history(rufe, stammordner):
    stammordner.aendere("gemeinden_sachsen.csv", '"Radebeul, Stadt"', '"Radebeul, Weinstadt"')
    rufe("importiere_stammdaten", ordner=stammordner.pfad)
    radebeul = Kommune.objects.get(ags="14627210")
    assert radebeul.name_amtlich == "Radebeul, Weinstadt"
    assert radebeul.history.first().history_change_reason == "importiere_stammdaten"


def test_what_staff_changed_stays(rufe, stammordner):
    radebeul = Kommune.objects.get(ags="14627210")
    radebeul.plz = "01446"
    radebeul.save()
    stammordner.aendere("gemeinden_sachsen.csv", '"Radebeul, Stadt"', '"Radebeul, Weinstadt"')
    ausgabe = rufe("importiere_stammdaten", ordner=stammordner.pfad)
    assert "Kommunen – von Hand geändert, bleibt: Radebeul" in ausgabe
    radebeul.refresh_from_db()
    assert (radebeul.plz, radebeul.name_amtlich) == ("01446", "Radebeul, Stadt")


def beende_von_hand(ags, nachfolger):
    kommune = Kommune.objects.get(ags=ags)
    kommune.gueltig_bis = date(2020, 1, 1)
    kommune.nachfolger = Kommune.objects.get(ags=nachfolger)
    kommune.save()
    return kommune


@pytest.mark.parametrize("ags", ["14627270", "14730000"])
def test_a_merger_that_staff_knew_first_stays(rufe, ags):
    kommune = beende_von_hand(ags, "14627230")
    ausgabe = rufe("importiere_stammdaten")
    assert f"Kommunen – von Hand geändert, bleibt: {kommune}" in ausgabe
    kommune.refresh_from_db()
    assert (kommune.gueltig_bis, kommune.nachfolger.ags) == (date(2020, 1, 1), "14627230")


def test_a_merger_that_staff_took_back_stays(rufe):
    ostrau = Kommune.objects.get(ags="14522450")
    ostrau.gueltig_bis = ostrau.nachfolger = None
    ostrau.save()
    assert "Kommunen – von Hand geändert, bleibt: Ostrau" in rufe("importiere_stammdaten")
    ostrau.refresh_from_db()
    assert ostrau.gueltig_bis is None


def test_a_gemeinde_that_staff_deleted_stays_away_with_all_that_hangs_on_it(rufe):
    jonsdorf = Kommune.objects.get(name="Jonsdorf")
    jonsdorf.delete()
    ausgabe = rufe("importiere_stammdaten")
    assert "Kommunen – von Hand gelöscht, bleibt weg: Jonsdorf" in ausgabe
    assert not Kommune.objects.filter(name="Jonsdorf").exists()
    assert not Kartenflaeche.objects.filter(kommune__name="Jonsdorf").exists()


def test_what_staff_added_under_official_keys_stays(rufe, stammordner):
    Kreis.objects.filter(ags="14730").update(name="Nordsachsen")
    landkreis = Kreis.objects.get(ags="14730")
    landkreis.save()
    staedtebund = Kommune.objects.create(
        art=Art.STAEDTEBUND, kuerzel="elbe", name="Elbe", name_eindeutig="Elbe",
        name_amtlich="Elbe", quelle="Vertrag",
    )  # fmt: skip
    ausgabe = rufe("importiere_stammdaten")
    assert "Kreise – von Hand geändert, bleibt: Nordsachsen" in ausgabe
    staedtebund.refresh_from_db()
    assert staedtebund.name == "Elbe"


def test_a_new_merger_ends_a_gemeinde(rufe, stammordner):
    stammordner.loesche_zeile("gemeinden_sachsen.csv", "14627270")
    stammordner.schreibe(
        "gebietsaenderungen.csv",
        (stammordner.pfad / "gebietsaenderungen.csv").read_text()
        + "2027-01-01,,,Eingliederung,14627270,Strehla,14627230,Riesa,14627,,Test\n",
    )
    text = (stammordner.pfad / "kreise_sachsen.csv").read_text()
    stammordner.schreibe("kreise_sachsen.csv", text.replace(",28,239221,", ",27,235577,"))
    karte = (stammordner.pfad / "gemeinden_sachsen_klein.topojson").read_text()
    flaeche = karte.index('{"type":"Polygon","properties":{"ags":"14627270"')
    ende = karte.index('{"type"', flaeche + 5)
    stammordner.schreibe("gemeinden_sachsen_klein.topojson", karte[:flaeche] + karte[ende:])
    rufe("importiere_stammdaten", ordner=stammordner.pfad)
    strehla = Kommune.objects.get(ags="14627270")
    assert (strehla.gueltig_bis, strehla.nachfolger.ags) == (date(2026, 12, 31), "14627230")
    assert not Kartenflaeche.objects.filter(kommune=strehla).exists()


@pytest.mark.parametrize(
    ("datei", "alt", "neu", "satz"),
    [
        (
            "gemeinden_sachsen.csv", "14627210,146270210210", "14627211,146270210210",
            "gemeinden_sachsen.csv, Zeile 312, Spalte „ags“: "
            "Zu Radebeul fehlt die Fläche in gemeinden_sachsen_klein.topojson.",
        ),
        (
            "gemeinden_sachsen.csv", "Große Kreisstadt,14627", "Weltstadt,14627",
            "Spalte „art“: „Weltstadt“ ist keine von: Kreisfreie Stadt, Große Kreisstadt",
        ),
        (
            "gemeinden_sachsen.csv", "146265227,Olbersdorf", "146265999,Olbersdorf",
            "Spalte „verband_schluessel“: Verband 146265999 fehlt in den Dateien.",
        ),
        (
            "kreise_sachsen.csv", "14730,Landkreis Nordsachsen", "14731,Landkreis Nordsachsen",
            "Spalte „kreis_ags“: Kreis 14730 fehlt in den Dateien.",
        ),
        (
            "kreise_sachsen.csv", ",30,199422,", ",30,199423,",
            "kreise_sachsen.csv, Zeile 14, Spalte „einwohner“: "
            "199423, in gemeinden_sachsen.csv sind es 199422.",
        ),
        (
            "gebietsaenderungen.csv", "2023-01-01,,,Neubildung,14522450", ",,,Neubildung,14522450",
            "gebietsaenderungen.csv, Zeile 5, Spalte „datum“: Das Wirkungsdatum fehlt.",
        ),
        (
            "gebietsaenderungen.csv", "14522620,Zschaitz-Ottewig,14522275",
            "14522620,Zschaitz-Ottewig,14522276",
            "Spalte „ags_neu“: Gemeinde 14522276 fehlt in den Dateien.",
        ),
        (
            "gemeinden_sachsen_klein.topojson", '{"type":"Topology"', '{"type" "Topology"',
            "gemeinden_sachsen_klein.topojson, Zeile 1: Die Datei ist kein vollständiges JSON.",
        ),
        (
            "gemeinden_sachsen_klein.topojson", '"landesgrenze"', '"grenze"',
            "gemeinden_sachsen_klein.topojson: Die Datei ist kein TopoJSON",
        ),
    ],
)  # fmt: skip
def test_files_that_disagree_change_nothing(fehler_von, stammordner, datei, alt, neu, satz):
    vorher = Kommune.history.count()
    stammordner.aendere(datei, alt, neu)
    stammordner.aendere("gemeinden_sachsen.csv", '"Pirna, Stadt"', '"Pirna, Elbstadt"')
    assert satz in fehler_von("importiere_stammdaten", ordner=stammordner.pfad)
    assert Kommune.history.count() == vorher
