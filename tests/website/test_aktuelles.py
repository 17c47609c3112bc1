"""The list of Meldungen, one Meldung, its picture."""

import io

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image

from asskomm.portal.bilder import neu_geschrieben
from asskomm.portal.models import Kommentar, Meldung
from kommunen.tatsachen import Herkunft
from tests.factories import make_kommune, make_meldung

pytestmark = pytest.mark.django_db


def text(antwort):
    return antwort.content.decode()


def make_bild():
    puffer = io.BytesIO()
    Image.new("RGB", (40, 20), "green").save(puffer, "PNG")
    return neu_geschrieben(ContentFile(puffer.getvalue()))


def make_meldung_mit_bild(**felder):
    return make_meldung(
        bild=make_bild(), bild_beschreibung="Zwei Menschen", bild_nachweis="Stadt Zittau", **felder
    )


def test_the_list_shows_public_meldungen_newest_first(client):
    make_meldung(titel="Alt", datum="2020")
    make_meldung(titel="Neu", datum="2021-02-06")
    make_meldung(titel="Entwurf", veroeffentlicht=False)
    make_meldung(titel="Erfunden", herkunft=Herkunft.BEISPIEL)
    seite = text(client.get("/aktuelles/"))
    assert seite.index("Neu") < seite.index("Alt")
    assert "Entwurf" not in seite
    assert "Erfunden" not in seite
    assert "2 Meldungen" in seite


def test_invented_meldungen_are_marked_in_demo_mode(client, settings):
    settings.BEISPIELDATEN = True
    meldung = make_meldung(herkunft=Herkunft.BEISPIEL)
    assert "· Beispieldaten" in text(client.get("/aktuelles/"))
    assert "· Beispieldaten" in text(client.get(meldung.get_absolute_url()))


def test_without_meldungen_the_list_says_so(client):
    assert "Es gibt noch keine Meldungen." in text(client.get("/aktuelles/"))


def test_the_list_has_twenty_on_a_page(client):
    for nummer in range(21):
        make_meldung(titel=f"Meldung Nummer {nummer:02}", datum=f"2021-01-{nummer + 1:02}")
    erste, zweite = (text(client.get(f"/aktuelles/?seite={n}")) for n in (1, 2))
    assert "Nummer 20" in erste
    assert "Nummer 00" not in erste
    assert "Nummer 00" in zweite


@pytest.mark.parametrize("seite", ["99", "0", "-1", "x", "²", "1" * 50])
def test_a_page_that_does_not_exist_is_no_dead_end(client, seite):
    make_meldung()
    antwort = client.get("/aktuelles/", {"seite": seite})
    assert antwort.status_code == 200
    assert "Diese Seitenzahl gibt es nicht." in text(antwort)


def test_the_archive_of_a_year_holds_dates_of_every_precision(client):
    make_meldung(titel="Nur das Jahr", datum="2020")
    make_meldung(titel="Nur der Monat", datum="2020-07")
    make_meldung(titel="Silvester", datum="2020-12-31")
    make_meldung(titel="Neujahr", datum="2021-01-01")
    seite = text(client.get("/aktuelles/?jahr=2020"))
    assert "3 Meldungen" in seite
    assert "Neujahr" not in seite
    assert "<h1>Aktuelles 2020</h1>" in seite


@pytest.mark.parametrize("jahr", ["1999", "x", "20 20", "\x00", "2020'--"])
def test_an_unknown_year_gives_a_notice_and_all_meldungen(client, jahr):
    make_meldung(titel="Da")
    seite = text(client.get("/aktuelles/", {"jahr": jahr}))
    assert "Aus diesem Jahr gibt es keine Meldungen." in seite
    assert "Da" in seite


@pytest.mark.parametrize("anzahl", [1, 4])
def test_the_list_asks_the_database_three_times(client, django_assert_num_queries, anzahl):
    for _ in range(anzahl):
        make_meldung().kommunen.add(make_kommune())
    with django_assert_num_queries(3):
        client.get("/aktuelles/")


@pytest.mark.parametrize("anzahl", [1, 4])
def test_a_meldung_asks_the_database_three_times(client, django_assert_num_queries, anzahl):
    meldung = make_meldung()
    meldung.kommunen.set([make_kommune() for _ in range(anzahl)])
    for _ in range(anzahl):
        Kommentar.objects.create(
            meldung=meldung, text="Gut so.", zustand=Kommentar.Zustand.FREIGEGEBEN
        )
    with django_assert_num_queries(3):
        client.get(meldung.get_absolute_url())


def test_a_meldung_shows_what_is_known(client):
    kommune = make_kommune(name="Zittau")
    meldung = make_meldung(
        datum="2021-02",
        text="## Der Anfang\n\nEin **guter** Tag.",
        adresse="https://www.medienservice.sachsen.de/medien/news/1",
    )
    meldung.kommunen.add(kommune)
    seite = text(client.get(meldung.get_absolute_url()))
    assert '<time datetime="2021-02">02/2021</time>' in seite
    assert '<h2 id="der-anfang">Der Anfang</h2>' in seite
    assert ">Meldung auf medienservice.sachsen.de</a>" in seite
    assert f'href="{kommune.get_absolute_url()}">Zittau</a>' in seite
    assert "Keine Kommentare bisher." in seite
    assert "Kommentar schreiben" in seite


def test_a_meldung_names_its_source_when_it_is_not_the_original(client):
    meldung = make_meldung(quelle="LPR-Newsletter 8/2020", adresse="https://example.org/1")
    assert "LPR-Newsletter 8/2020" in text(client.get(meldung.get_absolute_url()))
    meldung = make_meldung(quelle="https://example.org/1", adresse="https://example.org/1")
    assert "Quellen" not in text(client.get(meldung.get_absolute_url()))


@pytest.mark.parametrize("felder", [{"veroeffentlicht": False}, {"herkunft": Herkunft.BEISPIEL}])
def test_what_is_not_public_does_not_exist(client, felder):
    meldung = make_meldung(**felder)
    for name in ("meldung", "kommentieren", "kommentar-eingegangen"):
        assert client.get(reverse(f"portal:{name}", args=[meldung.pk])).status_code == 404


def test_an_enormous_number_is_a_404(client):
    assert client.get(f"/aktuelles/{'9' * 30}/").status_code == 404


def test_only_released_comments_are_shown_as_typed(client):
    meldung = make_meldung()
    for wort, zustand in zip(("wartend", "sichtbar", "abgelehnt"), Kommentar.Zustand, strict=True):
        Kommentar.objects.create(
            meldung=meldung, name="<b>Kim</b>", text=f"<i>{wort}</i>\nneue Zeile", zustand=zustand
        )
    seite = text(client.get(meldung.get_absolute_url()))
    assert "&lt;i&gt;sichtbar&lt;/i&gt;<br>neue Zeile" in seite
    assert "&lt;b&gt;Kim&lt;/b&gt;" in seite
    assert "wartend" not in seite
    assert "abgelehnt" not in seite


def test_a_comment_without_a_name_says_so(client):
    meldung = make_meldung()
    Kommentar.objects.create(meldung=meldung, text="Gut", zustand=Kommentar.Zustand.FREIGEGEBEN)
    assert "Ohne Namen" in text(client.get(meldung.get_absolute_url()))


def test_a_meldung_without_comments_offers_none(client):
    meldung = make_meldung(kommentare_erlaubt=False)
    seite = text(client.get(meldung.get_absolute_url()))
    assert "Kommentar schreiben" not in seite
    assert client.get(reverse("portal:kommentieren", args=[meldung.pk])).status_code == 404


def test_the_picture_has_words_a_size_and_a_credit(client):
    meldung = make_meldung_mit_bild()
    seite = text(client.get(meldung.get_absolute_url()))
    assert 'alt="Zwei Menschen" width="40" height="20"' in seite
    assert "Bild: Stadt Zittau" in seite


def bildadresse(meldung):
    kennung = meldung.bild.name.removeprefix("bilder/").removesuffix(".webp")
    return reverse("portal:meldung-bild", args=[meldung.pk, kennung])


def test_the_picture_is_kept_by_browsers_and_never_guessed(client):
    antwort = client.get(bildadresse(make_meldung_mit_bild()))
    assert antwort.status_code == 200
    assert antwort["Content-Type"] == "image/webp"
    assert antwort["X-Content-Type-Options"] == "nosniff"
    assert antwort["Cache-Control"] == "public, max-age=31536000, immutable"
    assert b"".join(antwort)[8:12] == b"WEBP"


def test_the_picture_of_an_unpublished_meldung_does_not_exist(client):
    adresse = bildadresse(meldung := make_meldung_mit_bild())
    Meldung.objects.filter(pk=meldung.pk).update(veroeffentlicht=False)
    assert client.get(adresse).status_code == 404


def test_a_picture_is_found_only_at_its_own_meldung(client):
    adresse = bildadresse(meldung := make_meldung_mit_bild())
    andere = make_meldung()
    assert client.get(adresse.replace(f"/{meldung.pk}/", f"/{andere.pk}/")).status_code == 404


def test_a_lost_file_takes_away_only_the_picture(client):
    meldung = make_meldung_mit_bild()
    meldung.bild.storage.delete(meldung.bild.name)
    antwort = client.get(meldung.get_absolute_url())
    assert antwort.status_code == 200
    assert "<figure" not in text(antwort)
    assert client.get(bildadresse(meldung)).status_code == 404
