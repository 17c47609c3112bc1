"""The pages of the samples: what is typed stays after an error, the draw stands there repeated."""

import pytest

from foerderung.models import Befangenheit, Stichprobe, Stichprobenfall
from kommunen.tatsachen import Herkunft
from tests.factories import make_konto
from tests.foerderung.fallakte.hilfen import angemeldet, feld, text

from .faelle import UM, make_nachweis, ziehe

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
LISTE = "/vorgaenge/stichproben/"


def gefuellt(html, **felder):
    return {
        "bezeichnung": "Nachweise 2027", "anteil": "50", "art": "echt",
        "gesehen": feld(html, "gesehen"), "marke": feld(html, "marke"),
    } | felder  # fmt: skip


def test_a_sample_is_drawn_from_the_page(sachbearbeitung):
    for _ in range(3):
        make_nachweis()
    client = angemeldet(sachbearbeitung)
    html = text(client.get(LISTE))
    assert "Noch in keiner Stichprobe: 3 Nachweise" in html
    assert "mindestens 50" in html
    antwort = client.post(LISTE, gefuellt(html, anteil="40", bezeichnung="Meine Ziehung"))
    html = text(antwort)
    assert antwort.status_code == 200
    assert "Der Anteil liegt nach dem Regelwerk zwischen 50 und" in html
    assert 'value="Meine Ziehung"' in html
    antwort = client.post(LISTE, gefuellt(html))
    stichprobe = Stichprobe.objects.get()
    assert antwort["Location"] == f"{LISTE}{stichprobe.marke}/"
    html = text(client.get(antwort["Location"]))
    assert "Es kommen dieselben Fälle heraus" in html
    assert stichprobe.startwert in html


def test_real_and_invented_cases_have_a_form_each(sachbearbeitung):
    make_nachweis()
    make_nachweis(herkunft=Herkunft.BEISPIEL)
    client = angemeldet(sachbearbeitung)
    html = text(client.get(LISTE))
    assert html.count("Stichprobe ziehen") == 2
    zweites = html[html.index("topf-beispiel") :]
    antwort = client.post(LISTE, gefuellt(zweites, art="beispiel", bezeichnung=""))
    assert "Geben Sie der Stichprobe einen Namen." in text(antwort)
    client.post(LISTE, gefuellt(zweites, art="beispiel"))
    assert Stichprobe.objects.get().faelle.get().antrag.ist_beispiel


def test_an_old_page_is_shown_anew_and_can_be_sent_from_there(sachbearbeitung):
    make_nachweis()
    client = angemeldet(sachbearbeitung)
    alt = text(client.get(LISTE))
    make_nachweis()
    antwort = client.post(LISTE, gefuellt(alt))
    assert antwort.status_code == 409
    client.post(LISTE, gefuellt(antwort.content.decode()))
    assert Stichprobe.objects.get().faelle.count() == 2


def test_others_read_but_do_not_draw(regelwerk):
    make_nachweis()
    client = angemeldet(make_konto(["Prüfung"]))
    assert "Stichprobe ziehen" not in text(client.get(LISTE))
    assert client.post(LISTE, {}).status_code == 403
    assert angemeldet(make_konto(["Redaktion"])).get(LISTE).status_code == 404


def test_a_case_is_added_with_its_reason(sachbearbeitung):
    for _ in range(3):
        make_nachweis()
    stichprobe = ziehe(sachbearbeitung)
    seite, client = f"{LISTE}{stichprobe.marke}/", angemeldet(make_konto(["Prüfung"]))
    fall = stichprobe.faelle.get(grund="nicht_gezogen")
    html = text(client.post(seite, {"fall": fall.pk, "begruendung": ""}))
    assert "Begründen Sie, warum der Fall geprüft wird." in html
    assert client.post(seite, {"fall": fall.pk, "begruendung": "Ein Hinweis"}).status_code == 302
    html = text(client.get(seite))
    assert "Ein Hinweis" in html
    assert "Einen Fall hinzufügen" not in html
    # Sent again from an old page: the case is no choice any more.
    html = text(client.post(seite, {"fall": fall.pk, "begruendung": "Noch einmal"}))
    assert "Wählen Sie einen Fall aus der Liste." in html


def test_who_is_biased_sees_the_number_but_nothing_else_of_the_case(sachbearbeitung):
    antrag = make_nachweis()
    stichprobe = ziehe(sachbearbeitung)
    befangen = make_konto(["Prüfung"])
    Befangenheit.objects.create(antrag=antrag, konto=befangen, erklaert_um=UM)
    html = text(angemeldet(befangen).get(f"{LISTE}{stichprobe.marke}/"))
    assert antrag.nummer in html
    assert str(antrag.pk) not in html
    assert str(antrag.kommune) not in html


def test_the_file_holds_all_it_takes_to_repeat_the_draw(sachbearbeitung):
    antrag = make_nachweis(mit_vorjahr=False)
    stichprobe = ziehe(sachbearbeitung)
    antwort = angemeldet(sachbearbeitung).get(f"{LISTE}{stichprobe.marke}/ziehung.csv")
    zeile = antwort.content.decode("utf-8-sig").splitlines()[1].split(";")
    assert zeile[:3] == ["1", antrag.nummer, "erste Zuwendung der Kommune"]
    assert zeile[4] == "gezogen"


def test_more_cases_take_no_more_queries(sachbearbeitung, django_assert_num_queries):
    client = angemeldet(sachbearbeitung)
    for _ in range(3):
        make_nachweis()
    client.get(LISTE)
    with django_assert_num_queries(10):
        client.get(LISTE)
    for _ in range(5):
        make_nachweis()
    with django_assert_num_queries(10):
        client.get(LISTE)
    seite = f"{LISTE}{ziehe(sachbearbeitung).marke}/"
    assert Stichprobenfall.objects.count() == 8
    with django_assert_num_queries(9):
        client.get(seite)
