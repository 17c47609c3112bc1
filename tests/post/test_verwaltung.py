"""The Postausgang in the admin: what staff read, what they may do, and who they are."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from asskomm.portal.aufgaben import aufgaben
from asskomm.post import briefkasten, verfahren
from asskomm.post.models import Lebenszeichen, Nachricht
from asskomm.protokoll.models import Eintrag
from tests.factories import make_konto
from tests.verwaltung.personal import angemeldet, make_personal

from .nachrichten import MIT_LINK, make_nachricht

pytestmark = pytest.mark.thorough

Zustand = Nachricht.Zustand
LISTE = "/admin/post/nachricht/"
KASTEN = "/admin/post/nachricht/briefkasten/"


@pytest.fixture
def sachbearbeitung(db):
    return angemeldet(make_personal("Sachbearbeitung"))


@pytest.fixture
def leitung(db):
    return angemeldet(make_personal("Leitung"))


def seite(nachricht):
    return f"{LISTE}{nachricht.pk}/change/"


def knopf(client, nachricht, name):
    return client.post(seite(nachricht), {name: "1"})


def test_a_mail_is_read_with_words_where_name_and_link_will_stand(leitung):
    konto = make_konto(name="Anna Muster", email="a@example.org")
    nachricht = verfahren.stelle_ein(MIT_LINK, an=konto, gegenstand=konto)
    text = leitung.get(seite(nachricht)).content.decode()
    assert "Guten Tag [Name]," in text
    assert "[persönlicher Link]" in text
    assert "Anhalten" not in text, "the Leitung reads"
    liste = leitung.get(LISTE).content.decode()
    assert "a@example.org" in liste
    assert "aktion_" not in liste


def test_found_by_address_template_state_and_day(leitung):
    make_nachricht(adresse="a@example.org")
    make_nachricht(adresse="b@example.org", zustand=Zustand.GESENDET, vorlage="test_mit_link")
    for frage, treffer in [
        ({"q": "a@exam"}, {"a@example.org"}),
        ({"zustand__exact": "gesendet"}, {"b@example.org"}),
        ({"vorlage": "test_mit_link"}, {"b@example.org"}),
        ({"eingestellt_um__gte": timezone.now() + timedelta(days=1)}, set()),
        ({"lage": "offen"}, set()),
    ]:
        antwort = leitung.get(LISTE, frage)
        assert antwort.status_code == 200
        assert {n.adresse for n in antwort.context["cl"].result_list} == treffer, frage


@pytest.mark.parametrize(
    ("zustand", "name", "danach", "handlung"),
    [
        (Zustand.WARTET, "_anhalten", Zustand.ANGEHALTEN, "post.angehalten"),
        (Zustand.ANGEHALTEN, "_freigeben", Zustand.WARTET, "post.freigegeben"),
        (Zustand.GESENDET, "_zurueck", Zustand.ZURUECKGEKOMMEN, "post.zurueckgekommen"),
        (Zustand.FEHLGESCHLAGEN, "_erledigt", Zustand.FEHLGESCHLAGEN, "post.erledigt"),
    ],
)
def test_a_step_is_taken_once_and_leaves_an_entry(sachbearbeitung, zustand, name, danach, handlung):
    nachricht = make_nachricht(zustand=zustand)
    assert f'name="{name}"' in sachbearbeitung.get(seite(nachricht)).content.decode()
    for _ in range(2):
        assert knopf(sachbearbeitung, nachricht, name).status_code == 302
    nachricht.refresh_from_db()
    assert nachricht.zustand == danach
    eintrag = Eintrag.objects.get()
    assert (eintrag.handlung, eintrag.durch) == (handlung, sachbearbeitung.konto)
    text = sachbearbeitung.get(seite(nachricht)).content.decode()
    assert eintrag.handlung_wort in text
    assert f'name="{name}"' not in text


@pytest.mark.parametrize("zustand", Zustand)
@pytest.mark.parametrize(
    ("schritt", "aus"),
    [
        (verfahren.halte_an, {Zustand.WARTET}),
        (verfahren.gib_frei, {Zustand.ANGEHALTEN}),
        (verfahren.melde_zurueck, {Zustand.GESENDET}),
        (
            verfahren.sende_erneut,
            {Zustand.GESENDET, Zustand.FEHLGESCHLAGEN, Zustand.ZURUECKGEKOMMEN},
        ),
        (verfahren.vermerke_erledigt, {Zustand.FEHLGESCHLAGEN, Zustand.ZURUECKGEKOMMEN}),
    ],
)
@pytest.mark.django_db
def test_no_step_from_any_other_state(schritt, aus, zustand):
    nachricht, konto = make_nachricht(zustand=zustand), make_konto()
    if zustand in aus:
        schritt(nachricht, durch=konto)
        assert Eintrag.objects.count() == 1
    else:
        with pytest.raises(verfahren.SchrittNichtMoeglich):
            schritt(nachricht, durch=konto)
        assert not Eintrag.objects.exists()


def test_sending_a_sent_mail_again_asks_first(sachbearbeitung):
    nachricht = make_nachricht(zustand=Zustand.GESENDET)
    frage = knopf(sachbearbeitung, nachricht, "_erneut")
    assert frage.status_code == 200
    assert "ein zweites Mal" in frage.content.decode()
    assert Nachricht.objects.count() == 1
    auswahl = {"action": "aktion_erneut", "_selected_action": [str(nachricht.pk)]}
    assert "ein zweites Mal" in sachbearbeitung.post(LISTE, auswahl).content.decode()
    for _ in range(2):
        sachbearbeitung.post(LISTE, {**auswahl, "bestaetigt": "1"})
    neu = Nachricht.objects.get(erneut_von=nachricht)
    assert neu.zustand == Zustand.WARTET
    assert neu.text == nachricht.text
    assert neu.message_id != nachricht.message_id


def test_sending_a_failed_mail_again_takes_the_present_address_and_ends_the_task(sachbearbeitung):
    konto = make_konto(email="alt@example.org")
    nachricht = make_nachricht(zustand=Zustand.FEHLGESCHLAGEN, konto=konto, adresse=konto.email)
    konto.email = "neu@example.org"
    konto.save()
    knopf(sachbearbeitung, nachricht, "_erneut")
    nachricht.refresh_from_db()
    assert nachricht.erledigt_durch == sachbearbeitung.konto
    assert nachricht.erneut.get().adresse == "neu@example.org"
    assert not Nachricht.objects.nicht_zugestellt().exists()


@pytest.mark.parametrize("name", ["_anhalten", "_erneut", "_zurueck"])
def test_who_only_reads_takes_no_step(leitung, name):
    nachricht = make_nachricht()
    assert knopf(leitung, nachricht, name).status_code == 403
    leitung.post(LISTE, {"action": "aktion_anhalten", "_selected_action": [str(nachricht.pk)]})
    nachricht.refresh_from_db()
    assert nachricht.zustand == Zustand.WARTET


def test_nothing_is_added_changed_or_deleted_by_hand(sachbearbeitung):
    nachricht = make_nachricht()
    sachbearbeitung.post(seite(nachricht), {"betreff": "Neu", "zustand": "gesendet"})
    nachricht.refresh_from_db()
    assert (nachricht.betreff, nachricht.zustand) == ("[ASSKomm] Probe", Zustand.WARTET)
    assert sachbearbeitung.get(f"{LISTE}add/").status_code == 403
    assert sachbearbeitung.post(f"{LISTE}{nachricht.pk}/delete/").status_code == 403


# --- Tasks --------------------------------------------------------------------


def test_what_did_not_arrive_and_a_silent_worker_are_tasks(sachbearbeitung, leitung):
    lange_her = timezone.now() - timedelta(minutes=16)
    eben = timezone.now() - timedelta(minutes=14)
    make_nachricht(zustand=Zustand.FEHLGESCHLAGEN)
    make_nachricht(zustand=Zustand.ZURUECKGEKOMMEN)
    make_nachricht(zustand=Zustand.ZURUECKGEKOMMEN, erledigt_um=eben)
    make_nachricht(naechster_versuch_um=lange_her)
    make_nachricht(naechster_versuch_um=eben)
    Lebenszeichen.objects.create(arbeiter="a", gemeldet_um=lange_her)
    Lebenszeichen.objects.create(arbeiter="b", gemeldet_um=eben)
    offen = aufgaben(sachbearbeitung.konto, timezone.now())
    assert [aufgabe.anzahl for aufgabe in offen] == [2, 1, 1]
    for aufgabe in offen:
        liste = sachbearbeitung.get(aufgabe.adresse).context["cl"].result_list
        assert len(liste) == aufgabe.anzahl, aufgabe.titel
    assert aufgaben(leitung.konto, timezone.now()) == []


def test_lists_of_jobs_and_workers_can_be_read(leitung):
    for liste in ("tageslauf", "lebenszeichen"):
        assert leitung.get(f"/admin/post/{liste}/").status_code == 200


def test_as_many_queries_for_three_mails_as_for_one(leitung):
    def zaehle():
        konto = make_konto()
        make_nachricht(konto=konto, gegenstand_art="konten.konto", gegenstand_nummer=konto.pk)
        with CaptureQueriesContext(connection) as abfragen:
            leitung.get(LISTE)
        return len(abfragen)

    zaehle()  # what is read once for all pages
    assert zaehle() == zaehle()


# --- The local mailbox --------------------------------------------------------


@pytest.fixture
def kasten(settings, tmp_path):
    settings.EMAIL_BACKEND = briefkasten.KLASSE
    settings.VAR_DIR = tmp_path
    return tmp_path / "briefkasten"


def lege_ein(**felder):
    felder = {"subject": "[ASSKomm] Probe", "body": "Hallo", "to": ["a@example.org"]} | felder
    EmailMessage(**felder).send()
    return briefkasten.kennungen()[0]


def test_mails_are_files_of_this_account_only_one_for_each_message_id(kasten):
    kopf = {"Message-ID": "<6f9619ff-8b86-4d01-b42d-00cf4fc964ff@testserver>"}
    for _ in range(2):
        lege_ein(headers=kopf)
    lege_ein()
    assert len(list(kasten.iterdir())) == 2
    assert kasten.stat().st_mode & 0o777 == 0o700
    assert all(datei.stat().st_mode & 0o777 == 0o600 for datei in kasten.iterdir())


def test_a_mail_is_shown_as_text_with_links_to_own_pages_only(kasten, leitung):
    kennung = lege_ein(
        body=(
            "<script>alert(1)</script> http://testserver/konto/?a=1&b=2\n"
            "http://testserver.example.com/x http://boese.example/ javascript:alert(1)"
        )
    )
    text = leitung.get(f"{KASTEN}{kennung}/").content.decode()
    brief = text[text.index('<pre class="brieftext">') : text.index("</pre>")]
    assert '<a href="http://testserver/konto/?a=1&amp;b=2">' in brief
    assert brief.count("<a ") == 1
    assert "<script>" not in brief


def test_the_newest_comes_first_and_pages_hold_fifty(kasten, leitung):
    assert "noch keine E-Mails" in leitung.get(KASTEN).content.decode()
    for nummer in range(51):
        lege_ein(subject=f"Nummer {nummer}")
    (kasten / "fremd.eml").write_text("liegt hier")
    erste = leitung.get(KASTEN).content.decode()
    assert erste.index("Nummer 50") < erste.index("Nummer 49")
    assert "Nummer 0<" not in erste
    assert "Nummer 0<" in leitung.get(KASTEN, {"seite": 2}).content.decode()
    assert "Lokaler Briefkasten" in leitung.get(LISTE).content.decode()


@pytest.mark.parametrize(
    "name",
    ["..%2f..%2fsecret_key", "../../secret_key", "fremd", "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"],
)
def test_nothing_but_a_mail_is_ever_read(kasten, leitung, name):
    lege_ein()
    (kasten.parent / "secret_key").write_text("geheim")
    antwort = leitung.get(f"{KASTEN}{name}/")
    assert antwort.status_code in (302, 404)
    assert b"geheim" not in antwort.content


def test_only_for_staff_who_may_read_the_post_and_only_without_mail_server(
    kasten, leitung, client, settings
):
    kennung = lege_ein()
    for adresse in (KASTEN, f"{KASTEN}{kennung}/"):
        assert leitung.get(adresse).status_code == 200
        assert angemeldet(make_personal("Redaktion")).get(adresse).status_code == 403
        assert client.get(adresse).status_code == 302
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    for adresse in (KASTEN, f"{KASTEN}{kennung}/"):
        assert leitung.get(adresse).status_code == 404
    assert "Lokaler Briefkasten" not in leitung.get(LISTE).content.decode()
