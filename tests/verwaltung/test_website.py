"""What the website keeps: moderation, reports, frozen figures, pictures, what waits."""

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from asskomm.portal.aufgaben import aufgaben
from asskomm.portal.models import Kommentar, Meldung, Rueckmeldung, Seite, Stand, Veranstaltung
from asskomm.portal.zahlen.kennzahlen import KENNZAHLEN
from foerderung.models import Zuwendung
from kommunen.models import Kommune
from tests.factories import (
    make_durchgang,
    make_kommune,
    make_meldung,
    make_modellkommune,
    make_rat,
    make_seite,
    make_teilnahme,
    make_veranstaltung,
    make_zuwendung,
)

from .formulare import adresse, fehler, formulardaten, meldungen, sende
from .personal import make_personal

pytestmark = pytest.mark.thorough

ZUSTAND = Kommentar.Zustand


def make_kommentar(**felder):
    felder.setdefault("text", "Das hilft auch bei uns.")
    return Kommentar.objects.create(meldung=make_meldung(), **felder)


# --- Moderation ---------------------------------------------------------------


@pytest.mark.django_db
def test_comments_are_decided_on_as_a_list(redaktion, client):
    gut, schlecht = make_kommentar(text="Danke für den Hinweis"), make_kommentar()
    liste = adresse(Kommentar)
    antwort = redaktion.post(
        liste, {"action": "aktion_freigeben", "_selected_action": [gut.pk]}, follow=True
    )
    assert meldungen(antwort) == ["1 Kommentar freigegeben."]
    redaktion.post(liste, {"action": "aktion_ablehnen", "_selected_action": [schlecht.pk]})
    gut.refresh_from_db()
    schlecht.refresh_from_db()
    assert (gut.zustand, schlecht.zustand) == (ZUSTAND.FREIGEGEBEN, ZUSTAND.ABGELEHNT)
    assert gut.history.first().history_user == redaktion.konto
    assert "Danke für den Hinweis" in client.get(gut.meldung.get_absolute_url()).content.decode()

    nochmal = redaktion.post(
        liste, {"action": "aktion_freigeben", "_selected_action": [gut.pk]}, follow=True
    )
    assert "Über diesen Kommentar ist schon so entschieden." in meldungen(nochmal)[-1]


@pytest.mark.django_db
def test_a_comment_is_decided_on_and_never_edited(redaktion):
    kommentar = make_kommentar(text="Original")
    seite = redaktion.get(adresse(Kommentar, "change", kommentar.pk))
    assert formulardaten(seite).keys() == {"_stand"}, "no field to type in"
    inhalt = seite.content.decode()
    assert 'name="_freigeben"' in inhalt
    assert 'name="_save"' not in inhalt
    ziel = adresse(Kommentar, "change", kommentar.pk)
    assert redaktion.post(ziel, {"_freigeben": "1", "text": "gefälscht"}).status_code == 302
    kommentar.refresh_from_db()
    assert (kommentar.text, kommentar.zustand) == ("Original", ZUSTAND.FREIGEGEBEN)
    redaktion.post(ziel, {"_ablehnen": "1"})
    kommentar.refresh_from_db()
    assert kommentar.zustand == ZUSTAND.ABGELEHNT
    redaktion.post(ziel, {"_save": "1", "zustand": "freigegeben"})
    kommentar.refresh_from_db()
    assert kommentar.zustand == ZUSTAND.ABGELEHNT
    assert redaktion.get(adresse(Kommentar, "add")).status_code == 403


@pytest.mark.django_db
def test_who_may_only_read_comments_decides_on_none(anmelden):
    kommentar, leitung = make_kommentar(), anmelden("Leitung")
    seite = leitung.get(adresse(Kommentar, "change", kommentar.pk)).content.decode()
    assert "_freigeben" not in seite
    assert (
        leitung.post(adresse(Kommentar, "change", kommentar.pk), {"_freigeben": "1"}).status_code
        == 403
    )
    leitung.post(
        adresse(Kommentar), {"action": "aktion_freigeben", "_selected_action": [kommentar.pk]}
    )
    kommentar.refresh_from_db()
    assert kommentar.zustand == ZUSTAND.WARTET


@pytest.mark.django_db
def test_a_meldung_shows_its_comments_to_read_only(redaktion):
    kommentar = make_kommentar(text="Unter der Meldung")
    seite = redaktion.get(adresse(Meldung, "change", kommentar.meldung_id)).content.decode()
    assert "Unter der Meldung" in seite
    assert 'name="kommentare-0-text"' not in seite


@pytest.mark.django_db
def test_reports_of_barriers_are_moved_on_and_keep_their_words(redaktion):
    rueckmeldung = Rueckmeldung.objects.create(text="Karte ohne Tastatur", kontakt="a@example.org")
    redaktion.post(
        adresse(Rueckmeldung),
        {"action": "aktion_bearbeiten", "_selected_action": [rueckmeldung.pk]},
    )
    rueckmeldung.refresh_from_db()
    assert rueckmeldung.zustand == Rueckmeldung.Zustand.IN_BEARBEITUNG
    assert rueckmeldung.history.first().history_user == redaktion.konto
    sende(
        redaktion,
        Rueckmeldung,
        rueckmeldung.pk,
        text="anders",
        zustand="erledigt",
        bemerkung="Behoben",
    )
    rueckmeldung.refresh_from_db()
    assert (rueckmeldung.text, rueckmeldung.zustand) == ("Karte ohne Tastatur", "erledigt")
    assert rueckmeldung.bemerkung == "Behoben"
    assert rueckmeldung.nummer in redaktion.get(adresse(Rueckmeldung)).content.decode()


# --- Frozen figures -----------------------------------------------------------


@pytest.mark.django_db
def test_a_stand_keeps_the_figure_as_it_was(leitung):
    make_modellkommune(seit="2019")
    antwort = sende(leitung, Stand, welche="modellkommunen", stichtag="06.02.2021", anlass="Presse")
    assert antwort.status_code == 302
    stand = Stand.objects.get()
    kennzahl = KENNZAHLEN["modellkommunen"]
    assert (stand.wert, stand.einheit, stand.definition) == (1, "Kommunen", kennzahl.definition)
    assert (stand.eingefroren_durch, stand.mit_beispieldaten) == (leitung.konto, False)
    make_modellkommune(seit="2019")
    assert kennzahl.wert(date(2021, 2, 6)) == 2
    sende(
        leitung, Stand, stand.pk, anlass="Pressetext 12", veroeffentlicht="on", wert="99",
        stichtag="01.01.2020", welche="fachkraefte",
    )  # fmt: skip
    stand.refresh_from_db()
    assert (stand.wert, stand.stichtag, stand.kennzahl) == (1, date(2021, 2, 6), "modellkommunen")
    assert (stand.anlass, stand.veroeffentlicht) == ("Pressetext 12", True)


@pytest.mark.django_db
def test_a_stand_with_invented_records_is_public_only_in_demo_mode(leitung, settings):
    settings.BEISPIELDATEN = True
    sende(leitung, Stand, welche="modellkommunen", stichtag="06.02.2021", veroeffentlicht="on")
    stand = Stand.objects.oeffentlich().get()
    assert stand.mit_beispieldaten
    settings.BEISPIELDATEN = False
    assert not Stand.objects.oeffentlich().exists()
    seite = leitung.get(adresse(Stand, "change", stand.pk))
    assert seite.context.get("absolute_url") is None


@pytest.mark.django_db
def test_money_is_kept_with_cents(leitung):
    make_zuwendung(betrag_euro=Decimal("21150.50"), bewilligt_am="2020")
    sende(leitung, Stand, welche="mittel-bewilligt", stichtag="31.12.2020")
    assert Stand.objects.get().wert == Decimal("21150.50")
    assert "21.150,50 Euro" in leitung.get(adresse(Stand)).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("felder", "feld", "satz"),
    [
        (
            {"stichtag": f"{timezone.localdate() + timedelta(days=1):%d.%m.%Y}"},
            "stichtag",
            "in der Zukunft",
        ),
        ({"stichtag": "05.02.2019"}, "stichtag", "Das Programm begann am 06.02.2019."),
        ({"stichtag": ""}, "stichtag", "Geben Sie ein Datum an"),
        ({"welche": "wetter"}, "welche", "Wählen Sie eine der Möglichkeiten aus."),
    ],
)
def test_a_stand_needs_a_day_that_has_an_answer(leitung, felder, feld, satz):
    angaben = {"welche": "modellkommunen", "stichtag": "06.02.2021"} | felder
    gefunden = fehler(sende(leitung, Stand, **angaben))
    assert satz in gefunden[feld][0]
    assert not Stand.objects.exists()


@pytest.mark.django_db
def test_the_first_day_and_today_have_an_answer(leitung):
    for tag in ("06.02.2019", f"{timezone.localdate():%d.%m.%Y}"):
        assert sende(leitung, Stand, welche="modellkommunen", stichtag=tag).status_code == 302


@pytest.mark.django_db
def test_a_published_stand_is_not_deleted(leitung):
    sende(leitung, Stand, welche="modellkommunen", stichtag="06.02.2021", veroeffentlicht="on")
    stand = Stand.objects.get()
    loeschen = adresse(Stand, "delete", stand.pk)
    assert leitung.post(loeschen, {"post": "yes"}).status_code == 403
    leitung.post(
        adresse(Stand), {"action": "delete_selected", "_selected_action": [stand.pk], "post": "yes"}
    )
    assert Stand.objects.exists()
    leitung.post(adresse(Stand), {"action": "aktion_zurueckziehen", "_selected_action": [stand.pk]})
    assert leitung.post(loeschen, {"post": "yes"}).status_code == 302
    assert Stand.history.filter(history_type="-").exists()


# --- Pictures -----------------------------------------------------------------


def foto(breite=2000, hoehe=1000, format_="JPEG"):
    """A picture with the place where it was taken."""
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (51.0, 3.0, 0.0)}
    puffer = io.BytesIO()
    Image.new("RGB", (breite, hoehe), "green").save(puffer, format_, exif=exif)
    return SimpleUploadedFile("Rathaus Zittau.jpg", puffer.getvalue(), content_type="image/jpeg")


def neue_meldung(client, **felder):
    angaben = {
        "titel": "Zittau gründet", "datum": "05.02.2021", "zusammenfassung": "Kurz.", "quelle": "LPR",
        "bild": foto(), "bild_beschreibung": "Das Rathaus", "bild_nachweis": "Foto: LPR",
    }  # fmt: skip
    return sende(client, Meldung, **angaben | felder)


@pytest.mark.django_db
def test_a_picture_is_kept_only_as_we_have_written_it(redaktion, anmelden, client):
    assert neue_meldung(redaktion).status_code == 302
    meldung = Meldung.objects.get()
    assert meldung.bild.name.startswith("bilder/")
    assert meldung.bild.name.endswith(".webp")
    with Image.open(meldung.bild) as bild:
        assert (bild.format, bild.size) == ("WEBP", (1600, 800))
        assert not bild.getexif()
    adresse_des_bilds = adresse(Meldung, "bild", meldung.pk)
    seite = redaktion.get(adresse(Meldung, "change", meldung.pk)).content.decode()
    assert f'src="{adresse_des_bilds}" alt="Das Rathaus"' in seite
    assert redaktion.get(adresse_des_bilds).status_code == 200
    assert anmelden("Fortbildung").get(adresse_des_bilds).status_code == 403
    assert client.get(adresse_des_bilds).status_code == 302
    # Saved again without a new file the picture stays as it is.
    vorher = meldung.bild.name
    assert sende(redaktion, Meldung, meldung.pk, titel="Neu").status_code == 302
    meldung.refresh_from_db()
    assert (meldung.titel, meldung.bild.name) == ("Neu", vorher)


@pytest.mark.django_db
def test_who_may_only_look_sees_the_picture(redaktion, anmelden):
    neue_meldung(redaktion)
    meldung = Meldung.objects.get()
    seite = anmelden("Leitung").get(adresse(Meldung, "change", meldung.pk)).content.decode()
    assert adresse(Meldung, "bild", meldung.pk) in seite


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("felder", "feld", "satz"),
    [
        ({"bild_beschreibung": ""}, "bild_beschreibung", "Ein Bild braucht eine Beschreibung"),
        ({"bild_nachweis": ""}, "bild_nachweis", "Ein Bild braucht eine Beschreibung"),
        (
            {"bild": SimpleUploadedFile("a.jpg", b"kein Bild")},
            "bild",
            "lässt sich nicht als Bild lesen",
        ),
        ({"bild": foto(format_="GIF")}, "bild", "kein lesbares Bild"),
        (
            {"bild": SimpleUploadedFile("x.exe", foto().read())},
            "bild",
            "Wählen Sie eine Datei mit einer dieser Endungen aus: jpg, jpeg, png, webp.",
        ),
        ({"datum": "2021-13"}, "datum", "Geben Sie das Datum so genau an"),
        ({"zusammenfassung": "x" * 601}, "zusammenfassung", "höchstens 600 Zeichen"),
    ],
)
def test_mistakes_of_a_meldung(redaktion, felder, feld, satz):
    gefunden = fehler(neue_meldung(redaktion, **felder))
    assert satz in gefunden[feld][0], gefunden


# --- Dates and pages ----------------------------------------------------------


@pytest.mark.django_db
def test_an_end_before_the_beginning_is_said_at_the_end(redaktion):
    termin = make_veranstaltung()
    gefunden = fehler(
        sende(
            redaktion, Veranstaltung, termin.pk, beginn_0="02.09.2030", beginn_1="10:00",
            ende_0="02.09.2030", ende_1="09:59",
        )
    )  # fmt: skip
    assert gefunden == {"ende": ["Das Ende liegt vor dem Beginn."]}


@pytest.mark.django_db
def test_an_address_that_cannot_be_is_said_at_the_address(redaktion):
    seite = make_seite()
    gefunden = fehler(sende(redaktion, Seite, seite.pk, pfad="Über uns"))
    assert "Die Adresse hat nur kleine Buchstaben" in gefunden["pfad"][0]
    gefunden = fehler(sende(redaktion, Seite, seite.pk, pfad=make_seite().pfad))
    assert "Das gibt es schon." in gefunden["pfad"][0]


# --- What waits ---------------------------------------------------------------


def wartet(rolle=None):
    konto = make_personal(rolle)
    return {a.titel: a.anzahl for a in aufgaben(konto, timezone.now())}


@pytest.mark.django_db
def test_start_page_counts_what_the_linked_lists_show(anmelden):
    make_kommentar()
    make_kommentar(zustand=ZUSTAND.FREIGEGEBEN)
    Rueckmeldung.objects.create(text="Neu")
    Rueckmeldung.objects.create(text="Werbung", zustand=Rueckmeldung.Zustand.ZURUECKGEHALTEN)
    make_rat(erschlossen=True, veroeffentlicht=False)
    make_rat(veroeffentlicht=False, kontakt_email="rat@example.org", aktiv_seit=None)
    make_zuwendung(veroeffentlicht=False)
    make_teilnahme(durchgang=make_durchgang(ende="2020"))
    client = anmelden()
    liste = client.get("/admin/").context["aufgaben"]
    assert [(a.titel, a.anzahl) for a in liste] == [
        ("Kommentare warten auf Prüfung", 1),
        ("Neue Rückmeldungen zur Barrierefreiheit", 1),
        ("Zurückgehaltene Rückmeldungen: Ist es Werbung?", 1),
        ("Präventionsräte ohne Kontakt", 1),
        ("Präventionsräte ohne Zustand", 1),
        ("Beendete Durchgänge ohne alle Ergebnisse", 1),
        ("Präventionsräte: erschlossene Angaben bestätigen", 1),
        ("Präventionsräte: noch nicht veröffentlicht", 1),
        ("Zuwendungen: noch nicht veröffentlicht", 1),
    ]
    for aufgabe in liste:
        assert client.get(aufgabe.adresse).context["cl"].result_count == aufgabe.anzahl, (
            aufgabe.titel
        )


@pytest.mark.django_db
def test_nobody_is_told_of_what_they_may_not_change():
    make_kommentar()
    make_zuwendung(veroeffentlicht=False)
    make_rat()
    assert set(wartet("Redaktion")) == {
        "Kommentare warten auf Prüfung",
        "Präventionsräte ohne Kontakt",
    }
    assert set(wartet("Sachbearbeitung")) == {
        "Präventionsräte ohne Kontakt", "Zuwendungen: noch nicht veröffentlicht",
    }  # fmt: skip
    for rolle in ("Prüfung", "Leitung", "Fortbildung", "Administration"):
        assert wartet(rolle) == {}


@pytest.mark.django_db
def test_start_page_says_when_nothing_waits(redaktion):
    assert "Zurzeit wartet nichts." in redaktion.get("/admin/").content.decode()


# --- Official data --------------------------------------------------------------


@pytest.mark.django_db
def test_the_key_of_a_kommune_stays_once_it_is_there(sachbearbeitung):
    kommune = make_kommune(name="Zittau", ags="14626610")
    sende(sachbearbeitung, Kommune, kommune.pk, ags="14000000", name_sorbisch="Žitawa")
    kommune.refresh_from_db()
    assert (kommune.ags, kommune.name_sorbisch) == ("14626610", "Žitawa")
    assert sachbearbeitung.get(adresse(Kommune, "delete", kommune.pk)).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("felder", "feld", "satz"),
    [
        ({"ags": "15000001"}, "ags", "Der AGS hat acht Ziffern und beginnt mit 14."),
        ({"ags": "1462661"}, "ags", "Der AGS hat acht Ziffern und beginnt mit 14."),
        ({"ags": ""}, "", "Gemeinden, Städte und Landkreise haben einen AGS"),
        ({"kreis": ""}, "kreis", "Geben Sie den Kreis an."),
        ({"einwohner": "100"}, "zahlen_stand", "Geben Sie an, von welchem Tag die Zahlen sind."),
        ({"plz": "0471"}, "plz", "Die Postleitzahl hat fünf Ziffern."),
        ({"gueltig_bis": "31.12.2020"}, "nachfolger", "braucht den letzten Tag und die Rechtsnachfolge"),
        ({"gueltig_von": "02.01.2021", "gueltig_bis": "01.01.2021"}, "gueltig_bis",
         "Der letzte Tag liegt vor dem ersten."),
        ({"quelle": ""}, "quelle", "Geben Sie hier etwas an."),
    ],
)  # fmt: skip
def test_mistakes_of_a_kommune(sachbearbeitung, felder, feld, satz):
    angaben = {
        "art": "stadt", "name": "Neustadt", "name_eindeutig": "Neustadt", "name_amtlich": "Neustadt",
        "ags": "14627888", "kreis": make_kommune().kreis.pk, "quelle": "Statistik",
    }  # fmt: skip
    gefunden = fehler(sende(sachbearbeitung, Kommune, **angaben | felder))
    assert satz in gefunden[feld][0], gefunden


@pytest.mark.django_db
def test_a_circle_of_successors_is_a_sentence(sachbearbeitung):
    erbe = make_kommune()
    alt = make_kommune(gueltig_bis=date(2022, 12, 31), nachfolger=erbe)
    gefunden = fehler(
        sende(sachbearbeitung, Kommune, erbe.pk, gueltig_bis="31.12.2023", nachfolger=alt.pk)
    )
    assert "nicht auf dem Weg über andere Kommunen" in str(gefunden)


@pytest.mark.django_db
def test_memberships_are_kept_at_the_kommune_and_come_once(sachbearbeitung):
    bund, stadt = make_kommune(art=Kommune.Art.STAEDTEBUND), make_kommune(name="Aue")
    zeile = {"mitgliedschaften-TOTAL_FORMS": 1, "mitgliedschaften-0-mitglied": stadt.pk}
    assert sende(sachbearbeitung, Kommune, bund.pk, **zeile).status_code == 302
    assert list(stadt.verbuende.all()) == [bund]
    doppelt = {"mitgliedschaften-TOTAL_FORMS": 2, "mitgliedschaften-1-mitglied": stadt.pk}
    gefunden = fehler(sende(sachbearbeitung, Kommune, bund.pk, **doppelt))
    assert gefunden == {"mitgliedschaften-1-mitglied": ["Diese Mitgliedschaft besteht schon."]}
    neue = make_kommune().pk
    zweimal = {"mitgliedschaften-TOTAL_FORMS": 3, "mitgliedschaften-1-mitglied": neue,
               "mitgliedschaften-2-mitglied": neue}  # fmt: skip
    gefunden = fehler(sende(sachbearbeitung, Kommune, bund.pk, **zweimal))
    assert gefunden == {"": ["Diese Mitgliedschaft steht zweimal in der Liste."]}
    falsch = {"zugehoerigkeiten-TOTAL_FORMS": 2, "zugehoerigkeiten-1-verbund": make_kommune().pk}
    gefunden = fehler(sende(sachbearbeitung, Kommune, stadt.pk, **falsch))
    assert "Wählen Sie einen Verband" in gefunden["zugehoerigkeiten-1-verbund"][0]


@pytest.mark.django_db
def test_a_kommune_tells_what_is_known_of_it(sachbearbeitung):
    kommune = make_kommune()
    make_rat(kommunen=[kommune])
    make_zuwendung(kommune=kommune)
    bekannt = sachbearbeitung.get(adresse(Kommune, "change", kommune.pk)).context["bekannt"]
    assert {(zeile["titel"], zeile["anzahl"]) for zeile in bekannt} == {
        ("Präventionsräte", 1), ("Zuwendungen", 1),
    }  # fmt: skip
    for zeile in bekannt:
        assert sachbearbeitung.get(zeile["adresse"]).context["cl"].result_count == zeile["anzahl"]
    assert Zuwendung.objects.count() == 1


# --- Deletion -----------------------------------------------------------------


@pytest.mark.django_db
def test_who_deletes_reads_names_and_no_technical_rows(redaktion):
    kommentar = make_kommentar(text="Unter der Meldung")
    meldung = kommentar.meldung
    meldung.kommunen.set([make_kommune(name="Döbeln"), make_kommune()])
    einzeln = redaktion.get(adresse(Meldung, "delete", meldung.pk))
    mehrere = redaktion.post(
        adresse(Meldung), {"action": "delete_selected", "_selected_action": [meldung.pk]}
    )
    for seite in (einzeln, mehrere):
        inhalt = seite.content.decode()
        assert "object (" not in inhalt
        assert "Beziehung" not in inhalt
        assert meldung.titel in inhalt
        assert adresse(Kommentar, "change", kommentar.pk) in inhalt
    assert (
        redaktion.post(adresse(Meldung, "delete", meldung.pk), {"post": "yes"}).status_code == 302
    )
    assert not Meldung.objects.exists()
