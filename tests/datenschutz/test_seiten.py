"""The pages of data protection: who sees what, and what they do."""

import io
import zipfile
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from asskomm.datenschutz import verfahren
from asskomm.datenschutz.models import Aufbewahrungsfrist, Aufbewahrungssperre, Loeschlauf
from asskomm.portal.models import Kommentar
from asskomm.post.models import Nachricht
from asskomm.protokoll.models import Eintrag, Grund
from tests.factories import make_konto, make_meldung

pytestmark = pytest.mark.thorough

SEITEN = [
    "admin:datenschutz_verzeichnis_changelist",
    "admin:datenschutz_aufbewahrungsfrist_changelist",
    "admin:datenschutz_aufbewahrungssperre_changelist",
    "admin:datenschutz_loeschlauf_changelist",
    "admin:datenschutz_faelligkeit_changelist",
]


def angemeldet(konto):
    client = Client()
    client.konto = konto
    client.force_login(konto)
    return client


@pytest.fixture
def leitung(db):
    return angemeldet(make_konto(["Leitung"], name="Lena Leitung"))


@pytest.fixture
def administration(db):
    return angemeldet(make_konto(["Administration"], name="Adi Administration"))


def make_kommentar(vor_jahren=4):
    kommentar = Kommentar.objects.create(
        meldung=make_meldung(), text="Gut so", zustand=Kommentar.Zustand.FREIGEGEBEN
    )
    um = datetime(date.today().year - vor_jahren, 1, 2, tzinfo=UTC)
    Kommentar.objects.filter(pk=kommentar.pk).update(eingegangen_um=um)
    return kommentar


@pytest.mark.parametrize("seite", SEITEN)
def test_leitung_and_administration_read_the_pages(seite, leitung, administration):
    for client in (leitung, administration):
        assert client.get(reverse(seite)).status_code == 200


@pytest.mark.sample(6)
@pytest.mark.parametrize("rolle", ["Redaktion", "Sachbearbeitung", "Prüfung", "Fortbildung"])
@pytest.mark.parametrize("seite", [*SEITEN, "admin:datenschutz_auskunft_changelist"])
def test_others_do_not(seite, rolle, db):
    assert angemeldet(make_konto([rolle])).get(reverse(seite)).status_code == 403


def test_access_requests_of_others_are_for_the_administration_only(leitung, administration):
    seite = reverse("admin:datenschutz_auskunft_changelist")
    assert leitung.get(seite).status_code == 403
    assert leitung.post(seite, {"email": "a@example.org", "grund": "Brief"}).status_code == 403
    assert administration.get(seite).status_code == 200


def test_the_register_names_fields_purpose_and_what_is_to_be_confirmed(leitung):
    seite = leitung.get(reverse("admin:datenschutz_verzeichnis_changelist")).content.decode()
    assert "Postausgang" in seite
    assert "12 Monate ab dem Tag, an dem das Konto deaktiviert wurde" in seite
    assert "noch zu bestätigen" in seite
    assert "Ohne Personenbezug" in seite


def test_the_register_as_csv_is_an_entry_in_the_log(leitung):
    adresse = reverse("admin:datenschutz_verzeichnis_export")
    assert leitung.get(adresse).status_code == 405
    antwort = leitung.post(adresse)
    assert antwort["Content-Type"].startswith("text/csv")
    assert "Rechtsgrundlage" in antwort.content.decode("utf-8-sig")
    eintrag = Eintrag.objects.get(handlung="datenschutz.verzeichnis_exportiert")
    assert eintrag.durch == leitung.konto


def test_a_run_is_proposed_by_one_and_approved_by_another(leitung, administration):
    kommentar = make_kommentar()
    seite = reverse("admin:datenschutz_loeschlauf_add")
    form = leitung.get(seite).context["adminform"].form
    eingabe = {
        "am": date.today().strftime("%d.%m.%Y"),
        "begruendung": "Monatlicher Lauf",
        "formularmarke": form["formularmarke"].value(),
    }
    assert leitung.post(seite, eingabe).status_code == 302
    lauf = Loeschlauf.objects.get()
    detail = administration.get(reverse("admin:datenschutz_loeschlauf_change", args=[lauf.pk]))
    assert f"Kommentar {kommentar.pk}" in detail.content.decode()
    genehmigen = reverse("admin:datenschutz_loeschlauf_genehmigen", args=[lauf.pk])
    assert leitung.post(genehmigen).status_code == 403
    assert Kommentar.objects.exists()
    assert administration.post(genehmigen).status_code == 302
    assert not Kommentar.objects.exists()
    assert Eintrag.objects.filter(handlung="vorschlag.eigene_freigabe").exists()


def test_with_nothing_due_the_page_says_so(leitung):
    seite = reverse("admin:datenschutz_loeschlauf_add")
    marke = leitung.get(seite).context["adminform"].form["formularmarke"].value()
    eingabe = {"am": date.today().isoformat(), "begruendung": "Probe", "formularmarke": marke}
    antwort = leitung.post(seite, eingabe, follow=True)
    assert "nichts zu löschen" in antwort.content.decode()
    assert not Loeschlauf.objects.exists()


def test_the_items_of_a_run_come_in_pages(leitung, django_assert_max_num_queries):
    for _ in range(60):
        make_kommentar()
    lauf = verfahren.schlage_loeschlauf_vor(
        Loeschlauf(am=date.today(), begruendung="Probe"),
        durch=make_konto(["Leitung"]),
        um=datetime.now(UTC),
    )
    adresse = reverse("admin:datenschutz_loeschlauf_change", args=[lauf.pk])
    with django_assert_max_num_queries(40):
        erste = leitung.get(adresse).content.decode()
    assert "Weitere Posten" in erste
    assert "Vorige Posten" in leitung.get(f"{adresse}?seite=2").content.decode()


def test_a_hold_is_set_and_lifted_with_reasons(administration):
    kommentar = make_kommentar()
    adresse = reverse("admin:datenschutz_aufbewahrungssperre_add")
    eingabe = {
        "gegenstand_art": "portal.kommentar",
        "gegenstand_nummer": str(kommentar.pk),
        "grund": "Beweis im Verfahren 12/2026",
    }
    assert administration.post(adresse, eingabe).status_code == 302
    sperre = Aufbewahrungssperre.objects.in_kraft().get()
    assert sperre.gesetzt_von == administration.konto
    aufheben = reverse("admin:datenschutz_aufbewahrungssperre_aufheben", args=[sperre.pk])
    assert administration.post(aufheben, {"grund": ""}).status_code == 200
    assert administration.post(aufheben, {"grund": "Verfahren beendet"}).status_code == 302
    sperre.refresh_from_db()
    assert sperre.aufgehoben_um
    assert set(Grund.objects.values_list("text", flat=True)) >= {
        "Beweis im Verfahren 12/2026",
        "Verfahren beendet",
    }


def test_a_hold_on_nothing_comes_back_with_the_sentence_and_the_text(administration):
    eingabe = {"gegenstand_art": "portal.kommentar", "gegenstand_nummer": "0", "grund": "Grund"}
    antwort = administration.post(
        reverse("admin:datenschutz_aufbewahrungssperre_add"), eingabe, follow=True
    )
    assert "Diesen Datensatz gibt es nicht" in antwort.content.decode()
    assert not Aufbewahrungssperre.objects.exists()


def test_a_period_is_replaced_not_changed(leitung):
    alte = Aufbewahrungsfrist.objects.get(regel="portal.kommentar")
    eingabe = {
        "regel": "portal.kommentar",
        "gueltig_ab": date.today().strftime("%d.%m.%Y"),
        "anzahl": "5",
        "einheit": "jahre",
        "quelle": "Entscheidung der Leitung vom 01.11.2026",
    }
    antwort = leitung.post(reverse("admin:datenschutz_aufbewahrungsfrist_add"), eingabe)
    assert antwort.status_code == 302
    gueltig = Aufbewahrungsfrist.objects.gueltig(date.today()).get(regel="portal.kommentar")
    assert (gueltig.dauer, gueltig.zu_bestaetigen) == ("5 Jahre", False)
    assert Aufbewahrungsfrist.objects.filter(pk=alte.pk).exists()
    adresse = reverse("admin:datenschutz_aufbewahrungsfrist_change", args=[alte.pk])
    assert leitung.post(adresse, eingabe).status_code == 403


def test_a_period_does_not_begin_in_the_past(leitung):
    eingabe = {
        "regel": "portal.kommentar",
        "gueltig_ab": "01.01.2020",
        "anzahl": "1",
        "einheit": "tage",
        "quelle": "Test",
    }
    antwort = leitung.post(reverse("admin:datenschutz_aufbewahrungsfrist_add"), eingabe)
    assert "frühestens ab heute" in antwort.content.decode()


def test_what_is_due_is_a_task_on_the_start_page(leitung):
    make_kommentar()
    verfahren.zaehle_faellige(date.today())
    assert "Löschungen sind fällig" in leitung.get(reverse("admin:index")).content.decode()


def test_staff_answer_a_letter_with_a_reason(administration):
    make_konto(email="frau@example.org", name="Frau Frage")
    seite = reverse("admin:datenschutz_auskunft_changelist")
    ohne = administration.post(seite, {"email": "frau@example.org", "grund": ""})
    assert ohne["Content-Type"].startswith("text/html")
    assert not Eintrag.objects.filter(handlung="datenschutz.auskunft_erteilt").exists()
    antwort = administration.post(
        seite, {"email": "Frau@Example.org", "grund": "Schreiben vom 03.09.2026"}
    )
    with zipfile.ZipFile(io.BytesIO(antwort.content)) as archiv:
        assert "Frau Frage" in archiv.read("auskunft.html").decode()
    eintrag = Eintrag.objects.get(handlung="datenschutz.auskunft_erteilt")
    assert eintrag.grund.text == "Schreiben vom 03.09.2026"
    assert "no-store" in antwort["Cache-Control"]


def test_an_address_without_an_account_is_said_so(administration):
    antwort = administration.post(
        reverse("admin:datenschutz_auskunft_changelist"),
        {"email": "niemand@example.org", "grund": "Brief"},
    )
    assert "kein Konto" in antwort.content.decode()


def lege_frist_an(client, anzahl, **felder):
    eingabe = {
        "regel": "portal.kommentar",
        "gueltig_ab": date.today().strftime("%d.%m.%Y"),
        "anzahl": anzahl,
        "einheit": "tage",
        "quelle": "Test",
        **felder,
    }
    adresse = reverse("admin:datenschutz_aufbewahrungsfrist_add")
    return client.post(adresse, eingabe, follow=True).content.decode()


def test_no_period_is_shorter_than_one(leitung):
    assert "Geben Sie eine Dauer von mindestens 1 an." in lege_frist_an(leitung, "0")
    assert not Aufbewahrungsfrist.objects.filter(quelle="Test").exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Aufbewahrungsfrist.objects.update(anzahl=0)


def test_who_sets_a_period_learns_what_is_due_by_it(leitung):
    make_kommentar()
    seite = lege_frist_an(leitung, "1")
    assert f"Am {date.today():%d.%m.%Y} nach dieser Frist schon fällig: 1." in seite
    assert "eine zweite Person" in seite
    assert "schon fällig" not in lege_frist_an(leitung, "1", regel="portal.rueckmeldung")


ARABISCH = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@pytest.mark.parametrize(
    "schreibweise",
    [lambda n: n.translate(ARABISCH), "+{}".format, "{}-".format, "0_{}".format, lambda n: "x"],
    ids=["arabisch", "plus", "strich", "unterstrich", "wort"],
)
def test_a_number_is_written_in_plain_digits(schreibweise, administration):
    eingabe = {
        "gegenstand_art": "portal.kommentar",
        "gegenstand_nummer": schreibweise(str(make_kommentar().pk)),
        "grund": "Grund",
    }
    antwort = administration.post(
        reverse("admin:datenschutz_aufbewahrungssperre_add"), eingabe, follow=True
    )
    assert "Diesen Datensatz gibt es nicht" in antwort.content.decode()
    assert not Aufbewahrungssperre.objects.exists()


def test_the_message_names_the_number_as_it_is_stored(administration):
    kommentar = make_kommentar()
    eingabe = {
        "gegenstand_art": "portal.kommentar",
        "gegenstand_nummer": f"00{kommentar.pk}",
        "grund": "Grund",
    }
    antwort = administration.post(
        reverse("admin:datenschutz_aufbewahrungssperre_add"), eingabe, follow=True
    )
    assert f"Löschsperre für Kommentar {kommentar.pk}" in antwort.content.decode()


def test_the_page_of_a_hold_opens_whatever_its_state(leitung, administration):
    kommentar = make_kommentar()
    sperre = verfahren.sperre(
        "portal.kommentar",
        str(kommentar.pk),
        grund="Beweis",
        durch=administration.konto,
        um=datetime.now(UTC),
    )
    adresse = reverse("admin:datenschutz_aufbewahrungssperre_change", args=[sperre.pk])
    verlauf = reverse("admin:datenschutz_aufbewahrungssperre_history", args=[sperre.pk])
    for client in (leitung, administration):
        assert "in Kraft" in client.get(adresse).content.decode()
    verfahren.hebe_sperre_auf(
        sperre, grund="Vorbei", durch=administration.konto, um=datetime.now(UTC)
    )
    kommentar.delete()
    for client in (leitung, administration):
        assert "aufgehoben" in client.get(adresse).content.decode()
        assert client.get(verlauf).status_code == 200


def test_the_page_of_a_run_says_why_something_is_left_out(leitung):
    konto = make_konto(is_active=False, deaktiviert_um=datetime(2020, 1, 2, tzinfo=UTC))
    nachricht = Nachricht.objects.create(
        konto=konto,
        adresse=konto.email,
        vorlage="einladung",
        betreff="B",
        text="T",
        zustand="gesendet",
        gesendet_um=datetime.now(UTC),
    )
    make_kommentar()
    wer = make_konto(["Administration"])
    um = datetime.now(UTC)
    verfahren.sperre("post.nachricht", str(nachricht.pk), grund="Beweis", durch=wer, um=um)
    lauf = Loeschlauf(am=date.today(), begruendung="Probe")
    verfahren.schlage_loeschlauf_vor(lauf, durch=wer, um=um)
    seite = leitung.get(reverse("admin:datenschutz_loeschlauf_change", args=[lauf.pk]))
    inhalt = " ".join(seite.content.decode().split())
    satz = "Eine Löschsperre ist für etwas gesetzt, das damit verloren ginge."
    assert f"Konto {konto.pk}</th> <td>ausgelassen: {satz}" in inhalt
