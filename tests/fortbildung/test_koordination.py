"""Pages of the coordinators."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from asskomm.portal.aufgaben import aufgaben
from asskomm.protokoll.models import Eintrag
from fortbildung.koordination import raum
from fortbildung.models import Anwesenheit, Bedarf, Modul, Stand, Zertifikat
from fortbildung.verfahren import abschluss, anwesenheit, zulassung
from tests.factories import make_konto, make_kurs

from .hilfen import UM, angemeldet, koordination, melde_an, staende

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


@pytest.fixture
def person(client):
    konto = koordination()
    client.force_login(konto)
    return konto


@pytest.fixture
def kurs():
    """Held on the last two days."""
    heute = timezone.localdate()
    return make_kurs(
        plaetze=3,
        tage=[str(heute - timedelta(days=1)), str(heute), str(heute + timedelta(days=1))],
    )


def seite(anmeldung):
    return reverse("fortbildung:koordination-anmeldung", args=[anmeldung.pk])


def zugelassen(durchgang, durch, **angaben):
    anmeldung = angemeldet(durchgang, **angaben)
    return zulassung.lasse_zu(anmeldung, "Platz", durch=durch, um=UM, gesehen=anmeldung.version)


def entscheide(client, anmeldung, knopf, grund="Platz im Kontingent", version=None):
    return client.post(
        seite(anmeldung),
        {
            "entscheidung-version": version or anmeldung.version,
            "entscheidung-grund": grund,
            knopf: "x",
        },
    )


@pytest.mark.parametrize("rolle", [[], ["Sachbearbeitung"], ["Leitung"], ["Administration"]])
def test_for_nobody_else(client, rolle, kurs):
    anmeldung = angemeldet(kurs)
    client.force_login(make_konto(rolle))
    for name, nummer in (
        ("koordination", None),
        ("koordination-durchgang", kurs.pk),
        ("koordination-anmeldung", anmeldung.pk),
        ("koordination-kurstag", kurs.kurstage.first().pk),
        ("koordination-liste", kurs.kurstage.first().pk),
        ("koordination-xlsx", kurs.pk),
        ("koordination-zertifikat", anmeldung.pk),
    ):
        adresse = reverse(f"fortbildung:{name}", args=[nummer] if nummer else [])
        assert client.get(adresse).status_code == 404, name


def test_the_number_of_queries_does_not_grow(client, person, kurs):
    def zaehle(adresse):
        with CaptureQueriesContext(connection) as anfragen:
            assert client.get(adresse).status_code == 200
        return len(anfragen)

    tag = kurs.kurstage.first().pk
    adressen = [
        reverse("fortbildung:koordination"),
        reverse("fortbildung:koordination-durchgang", args=[kurs.pk]),
        reverse("fortbildung:koordination-kurstag", args=[tag]),
        reverse("fortbildung:koordination-liste", args=[tag]),
    ]
    zugelassen(kurs, person)
    zaehle(adressen[0])  # the first page of a session does more
    wenige = [zaehle(adresse) for adresse in adressen]
    kurs.plaetze = 40
    kurs.save()
    for _ in range(8):
        zugelassen(kurs, person)
    make_kurs()
    assert [zaehle(adresse) for adresse in adressen] == wenige


def test_admission_says_the_reason_to_the_person(client, person, kurs):
    anmeldung = angemeldet(kurs)
    antwort = entscheide(client, anmeldung, "zulassen")
    assert antwort.status_code == 302
    anmeldung.refresh_from_db()
    assert (anmeldung.stand, anmeldung.entschieden_von) == (Stand.ZUGELASSEN, person)


def test_without_a_reason_nothing_happens_and_the_page_says_why(client, person, kurs):
    anmeldung = angemeldet(kurs)
    seite_ = entscheide(client, anmeldung, "zulassen", grund="").content.decode()
    assert "Geben Sie einen Grund an." in seite_
    anmeldung.refresh_from_db()
    assert anmeldung.stand == Stand.ANGEMELDET


def test_an_old_page_is_refused_with_the_text_kept(client, person, kurs):
    anmeldung = angemeldet(kurs)
    antwort = entscheide(client, anmeldung, "zulassen", grund="Mein Grund", version=77)
    assert antwort.status_code == 409
    assert "Mein Grund" in antwort.content.decode()
    assert staende(kurs) == [Stand.ANGEMELDET]


def test_a_form_that_is_no_longer_possible_is_refused(client, person, kurs):
    anmeldung = angemeldet(kurs)
    assert client.post(seite(anmeldung), {"ausstellen": "x"}).status_code == 409
    assert client.post(seite(anmeldung), {}).status_code == 409
    assert not Zertifikat.objects.exists()


@pytest.mark.parametrize("version", ["abc", "-1", "9" * 40, "１２", ""])
def test_an_odd_version_is_an_old_page(client, person, kurs, version):
    anmeldung = angemeldet(kurs)
    antwort = entscheide(client, anmeldung, "zulassen", version=version or " ")
    assert antwort.status_code == 409


def test_attendance_is_kept_and_the_day_closed(client, person, kurs):
    eine, andere = zugelassen(kurs, person), zugelassen(kurs, person)
    tag = kurs.kurstage.first()
    adresse = reverse("fortbildung:koordination-kurstag", args=[tag.pk])
    felder = {f"person_{eine.pk.hex}": "anwesend"}
    seite_ = client.post(adresse, felder | {"schliessen": "x"}).content.decode()
    assert "Zu einer Person fehlt noch der Eintrag." in seite_
    assert not Anwesenheit.objects.exists()
    felder[f"person_{andere.pk.hex}"] = "entschuldigt"
    assert client.post(adresse, felder | {"schliessen": "x"}).status_code == 302
    tag.refresh_from_db()
    assert tag.geschlossen_von == person
    felder[f"person_{andere.pk.hex}"] = "anwesend"
    assert "Geben Sie einen Grund an." in client.post(adresse, felder).content.decode()
    assert client.post(adresse, felder | {"grund": "Kam später"}).status_code == 302


def test_attendance_refuses_what_is_no_entry_and_who_is_not_on_the_list(client, person, kurs):
    eine = zugelassen(kurs, person)
    adresse = reverse("fortbildung:koordination-kurstag", args=[kurs.kurstage.first().pk])
    felder = {f"person_{eine.pk.hex}": "krank", f"person_{uuid4().hex}": "anwesend"}
    assert "Wählen Sie einen der Einträge." in client.post(adresse, felder).content.decode()
    assert not Anwesenheit.objects.exists()


def test_the_page_of_a_coming_day_has_no_form(client, person, kurs):
    zugelassen(kurs, person)
    adresse = reverse("fortbildung:koordination-kurstag", args=[kurs.kurstage.last().pk])
    assert "liegt noch vor Ihnen" in client.get(adresse).content.decode()


def test_the_way_to_the_certificate(client, person, kurs):
    eine = zugelassen(kurs, person, name="Änne Größler")
    kurs.kurstage.last().delete()
    for tag in kurs.kurstage.all():
        adresse = reverse("fortbildung:koordination-kurstag", args=[tag.pk])
        client.post(adresse, {f"person_{eine.pk.hex}": "anwesend"})
    assert "Das fehlt noch" in client.get(seite(eine)).content.decode()
    morgen = timezone.localdate() + timedelta(days=1)
    arbeit = {"projektarbeit": "x", "projektarbeit-thema": "Licht"}
    falsch = client.post(seite(eine), arbeit | {"projektarbeit-am": f"{morgen:%d.%m.%Y}"})
    formular = next(m.form for m in falsch.context["moegliche"] if m.titel == "Projektarbeit")
    assert formular.errors["am"] == ["Dieser Tag liegt in der Zukunft."]
    heute = f"{timezone.localdate():%d.%m.%Y}"
    assert client.post(seite(eine), arbeit | {"projektarbeit-am": heute}).status_code == 302
    for _ in range(2):
        client.post(seite(eine), {"ausstellen": "x"})
    zertifikat = Zertifikat.objects.get()
    pdf = client.get(reverse("fortbildung:koordination-zertifikat", args=[eine.pk]))
    assert pdf["Content-Type"] == "application/pdf"
    widerruf = {"widerrufen": "x", "widerruf-grund": "Irrtum"}
    assert client.post(seite(eine), widerruf).status_code == 302
    zertifikat.refresh_from_db()
    assert zertifikat.widerrufen_um
    papier = reverse("fortbildung:koordination-zertifikat", args=[eine.pk])
    assert client.get(papier).status_code == 404
    assert client.post(seite(eine), {"ausstellen": "x"}).status_code == 409
    assert Zertifikat.objects.count() == 1
    for status in (302, 409):
        assert client.post(seite(eine), {"neu_ausstellen": "x"}).status_code == status
    assert client.get(papier).status_code == 200
    inhalt = client.get(seite(eine)).content.decode()
    assert all(eines.code in inhalt for eines in Zertifikat.objects.all())


def test_guests_are_counted_for_the_room_of_the_days_they_come(client, person):
    gestern, heute = timezone.localdate() - timedelta(days=1), timezone.localdate()
    kurs = make_kurs(plaetze=2, tage=[str(gestern), str(heute)])
    modul = kurs.kurstage.first().modul
    anderes = Modul.objects.create(lehrgang=kurs.lehrgang, nummer=2, titel="Prävention")
    kurs.kurstage.filter(tag=heute).update(modul=anderes)
    for _ in range(2):
        zugelassen(kurs, person)
    gast = zugelassen(make_kurs(tage=["2026-03-06"]), person, name="Gast aus Zittau")
    daten = {"nachholen-modul": modul.pk, "nachholen-durchgang": kurs.pk, "nachholen": "x"}
    gesagt = client.post(seite(gast), daten, follow=True).content.decode()
    satz = f"Am {gestern:%d.%m.%Y} sind damit 3 Personen zu erwarten, bei 2 Plätzen."
    assert satz in gesagt
    antwort = client.get(reverse("fortbildung:koordination-durchgang", args=[kurs.pk]))
    tage = antwort.context["tage"]
    assert [(tag.erwartet, tag.gaeste, tag.ist_zu_voll) for tag in tage] == [
        (3, 1, True), (2, 0, False)
    ]  # fmt: skip
    for text in ("davon 1 Gast", "mehr als die 2 Plätze", "Gast aus Zittau</a>, Modul 1"):
        assert text in antwort.content.decode()


def test_the_room_counts_whom_the_list_of_the_day_expects(person, kurs):
    bleibt, geht = zugelassen(kurs, person), zugelassen(kurs, person)
    gast = zugelassen(make_kurs(tage=["2026-03-06"]), person)
    for tag in kurs.kurstage.all()[:2]:
        anwesenheit.erfasse(tag, {geht.pk: "anwesend"}, durch=person, um=timezone.now())
    gestern = timezone.localdate() - timedelta(days=1)
    abschluss.brich_ab(geht, gestern, durch=person, um=timezone.now())
    modul = kurs.kurstage.first().modul
    anwesenheit.vereinbare_nachholung(gast, modul, kurs, durch=person, um=timezone.now())
    eigene = kurs.anmeldungen.filter(stand=Stand.ZUGELASSEN)
    tage = raum.tage(kurs, eigene, raum.gaeste(kurs))
    gezaehlt = [tag.erwartet for tag in tage]
    assert gezaehlt == [anwesenheit.erwartete(tag.kurstag).count() for tag in tage] == [3, 2, 2]
    assert bleibt in anwesenheit.erwartete(tage[-1].kurstag)


def test_the_list_of_the_day_shows_needs_and_the_file_does_not(client, person, kurs):
    eine = zugelassen(kurs, person, name="=cmd()")
    Bedarf.objects.create(anmeldung=eine, verpflegung="ohne Nüsse", angegeben_um=UM)
    melde_an(kurs)
    liste = reverse("fortbildung:koordination-liste", args=[kurs.kurstage.first().pk])
    assert "ohne Nüsse" in client.get(liste).content.decode()
    datei = client.get(reverse("fortbildung:koordination-xlsx", args=[kurs.pk])).content
    blatt = load_workbook(BytesIO(datei)).active
    werte = [eines.value for zeile in blatt.iter_rows() for eines in zeile]
    assert "'=cmd()" in werte
    assert "ohne Nüsse" not in str(werte)
    assert "f" not in {eines.data_type for zeile in blatt.iter_rows() for eines in zeile}
    assert Eintrag.objects.filter(handlung="kurs.liste_geholt", durch=person).count() == 1


def test_the_start_page_tells_what_waits_and_the_list_holds_as_many(client, person, kurs):
    jetzt = timezone.now()
    assert aufgaben(person, jetzt) == []
    eine = angemeldet(kurs)
    erste = aufgaben(person, jetzt)
    assert [aufgabe.anzahl for aufgabe in erste] == [1]
    assert "ansicht=entscheiden" in erste[0].adresse
    zulassung.lasse_zu(eine, "Platz", durch=person, um=UM, gesehen=eine.version)
    zweite = aufgaben(person, jetzt)
    assert [aufgabe.adresse.split("=")[-1] for aufgabe in zweite] == ["anwesenheit"]
    for aufgabe in (*erste, *zweite):
        seite_ = client.get(aufgabe.adresse).content.decode()
        gezeigt = f'koordination/{kurs.pk}/"' in seite_
        assert gezeigt == (aufgabe in zweite)
    assert client.get(reverse("fortbildung:koordination") + "?ansicht=x").status_code == 200
    assert aufgaben(make_konto(["Leitung"]), jetzt) == []
