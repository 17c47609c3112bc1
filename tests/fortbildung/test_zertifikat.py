"""Project work, certificate, public check (F43)."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pypdf import PdfReader

from asskomm.portal.zahlen.kennzahlen import KENNZAHLEN
from asskomm.post.models import Nachricht
from asskomm.schritt import SchrittNichtMoeglich
from fortbildung.anmeldung import link
from fortbildung.models import OHNE_PERSON, Anmeldung, Teilnahme, Zertifikat
from fortbildung.verfahren import abschluss, anwesenheit, eigene_angaben, zulassung
from fortbildung.zertifikat import code, papier
from tests.factories import make_konto, make_kurs

from .hilfen import UM, angemeldet, koordination

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
NACH = datetime(2026, 3, 8, 9, tzinfo=UTC)
PRUEFEN = "/fortbildung/zertifikat/"


@pytest.fixture
def leitung():
    return koordination()


@pytest.fixture
def anmeldung(leitung):
    """Somebody who was there on all days."""
    durchgang = make_kurs()
    person = angemeldet(durchgang, name="Änne Größler")
    person = zulassung.lasse_zu(person, "Platz", durch=leitung, um=UM, gesehen=person.version)
    for tag in durchgang.kurstage.all():
        anwesenheit.erfasse(tag, {person.pk: "anwesend"}, durch=leitung, um=NACH)
    person.refresh_from_db()
    return person


@pytest.fixture
def zertifikat(anmeldung, leitung):
    nimm_arbeit_an(anmeldung, leitung)
    return abschluss.stelle_aus(anmeldung, durch=leitung, um=NACH)


def nimm_arbeit_an(anmeldung, leitung, am=date(2026, 3, 7)):
    return abschluss.nimm_projektarbeit_an(
        anmeldung, "Licht am Bahnhof", am, durch=leitung, um=NACH
    )


class TestAusstellen:
    def test_it_takes_all_modules_and_the_project_work(self, anmeldung, leitung):
        with pytest.raises(SchrittNichtMoeglich, match="Projektarbeit"):
            abschluss.stelle_aus(anmeldung, durch=leitung, um=NACH)
        nimm_arbeit_an(anmeldung, leitung)
        tag = anmeldung.durchgang.kurstage.last()
        anwesenheit.erfasse(tag, {anmeldung.pk: "gefehlt"}, durch=leitung, um=NACH)
        with pytest.raises(
            SchrittNichtMoeglich, match="Modul 1: Kriminologie ist nicht vollständig"
        ):
            abschluss.stelle_aus(anmeldung, durch=leitung, um=NACH)

    def test_it_counts_in_the_figures_from_its_day_and_is_one(self, anmeldung, zertifikat, leitung):
        teilnahme = Teilnahme.objects.get()
        assert str(teilnahme.abgeschlossen_am) == "08.03.2026"
        zahl = KENNZAHLEN["fachkraefte"]
        assert zahl.menge(date(2026, 3, 8), 2026).count() == 1
        assert zahl.menge(date(2026, 3, 7), 2026).count() == 0
        assert abschluss.stelle_aus(anmeldung, durch=leitung, um=NACH) == zertifikat

    def test_whoever_broke_off_gets_none(self, anmeldung, leitung):
        nimm_arbeit_an(anmeldung, leitung)
        abschluss.brich_ab(anmeldung, date(2026, 3, 8), durch=leitung, um=NACH)
        with pytest.raises(SchrittNichtMoeglich, match="abgebrochen"):
            abschluss.stelle_aus(anmeldung, durch=leitung, um=NACH)

    @pytest.mark.parametrize("am", [date(2026, 3, 9), date(2026, 3, 5)])
    def test_project_work_has_a_day_within_the_course(self, anmeldung, leitung, am):
        with pytest.raises(SchrittNichtMoeglich):
            nimm_arbeit_an(anmeldung, leitung, am)

    def test_it_stays_as_it_was_issued(self, zertifikat):
        for felder in ({"code": "2222-2222-2222"}, {"inhalt": {}}, {"name": "Jemand anderes"}):
            with pytest.raises(IntegrityError, match="zertifikat_bleibt"), transaction.atomic():
                Zertifikat.objects.filter(pk=zertifikat.pk).update(**felder)
        with pytest.raises(IntegrityError, match="zertifikat_bleibt"), transaction.atomic():
            zertifikat.delete()
        with pytest.raises(IntegrityError, match="zertifikat_name"), transaction.atomic():
            Zertifikat.objects.filter(pk=zertifikat.pk).update(namenspruefwert="")
        assert Zertifikat.objects.filter(pk=zertifikat.pk).update(name="") == 1

    def test_the_person_reads_that_it_is_finished(self, client, anmeldung, zertifikat, leitung):
        satz = "Sie haben den Lehrgang am 08.03.2026 mit Zertifikat abgeschlossen."
        assert satz in client.get(link.adresse(anmeldung)).content.decode()
        abschluss.widerrufe(zertifikat, "Irrtum", durch=leitung, um=NACH)
        assert satz not in client.get(link.adresse(anmeldung)).content.decode()

    def test_while_it_is_valid_its_teilnahme_stays_finished(self, zertifikat):
        for felder in (
            {"abgeschlossen_am": None, "abgebrochen_am": "2026-03-08"},
            {"durchgang": make_kurs()},
        ):
            with (
                pytest.raises(IntegrityError, match="teilnahme_mit_zertifikat"),
                transaction.atomic(),
            ):
                Teilnahme.objects.update(**felder)

    def test_revoked_it_no_longer_counts(self, zertifikat, leitung):
        with pytest.raises(SchrittNichtMoeglich, match="Grund"):
            abschluss.widerrufe(zertifikat, " ", durch=leitung, um=NACH)
        abschluss.widerrufe(zertifikat, "Arbeit war abgeschrieben", durch=leitung, um=NACH)
        assert Teilnahme.objects.get().abgeschlossen_am is None


def test_the_paper_is_accessible_and_the_same_every_time(zertifikat):
    datei = papier.pdf(zertifikat)
    assert papier.pdf(zertifikat) == datei
    leser = PdfReader(BytesIO(datei))
    text = " ".join(seite.extract_text() for seite in leser.pages)
    assert "Änne Größler" in text
    assert zertifikat.code in text
    assert "Licht am Bahnhof" in text
    assert leser.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert leser.trailer["/Root"]["/Lang"].startswith("de")


class TestNeuAusstellen:
    """A misspelt name: revoked, corrected by the person, issued under a code of its own."""

    @pytest.fixture
    def widerrufen(self, zertifikat, leitung):
        return abschluss.widerrufe(zertifikat, "Verschrieben", durch=leitung, um=NACH)

    def berichtige(self, anmeldung, name):
        anmeldung.refresh_from_db()
        angaben = {"name": name, "arbeitgeber_email": anmeldung.arbeitgeber_email}
        return eigene_angaben.aendere(
            anmeldung, angaben, durch=None, um=NACH, gesehen=anmeldung.version
        )

    def test_the_new_one_has_the_corrected_name_and_the_old_code_says_revoked(
        self, client, anmeldung, widerrufen, leitung
    ):
        self.berichtige(anmeldung, "Änne Grössler")
        neu = abschluss.stelle_aus(anmeldung, durch=leitung, um=NACH)
        assert (neu.name, widerrufen.name) == ("Änne Grössler", "Änne Größler")
        assert neu.code != widerrufen.code
        assert abschluss.stelle_aus(anmeldung, durch=leitung, um=NACH) == neu
        for zertifikat, satz in ((widerrufen, "ist widerrufen."), (neu, "ist gültig.")):
            seite = client.post(PRUEFEN, {"code": zertifikat.code}).content.decode()
            assert f"Dieses Zertifikat {satz}" in seite
        assert str(Teilnahme.objects.get().abgeschlossen_am) == "08.03.2026"

    def test_two_are_never_valid_at_once(self, zertifikat, leitung):
        with (
            pytest.raises(IntegrityError, match="zertifikat_einmal_gueltig"),
            transaction.atomic(),
        ):
            Zertifikat.objects.create(
                teilnahme=zertifikat.teilnahme, code="2222-2222-2222", name="Jemand",
                namenspruefwert="x", inhalt={}, ausgestellt_um=NACH, ausgestellt_von=leitung,
            )  # fmt: skip

    def test_the_person_is_told_and_sees_the_new_paper(
        self, client, anmeldung, widerrufen, leitung
    ):
        nachricht = Nachricht.objects.get(vorlage="kurs_zertifikat_widerrufen")
        assert nachricht.adresse == anmeldung.email
        assert "Verschrieben" not in nachricht.text
        adresse = link.adresse(anmeldung)
        assert "Ihr Zertifikat ist widerrufen: Verschrieben" in client.get(adresse).content.decode()
        neu = abschluss.stelle_aus(anmeldung, durch=leitung, um=NACH)
        seite = client.get(adresse).content.decode()
        assert "widerrufen" not in seite
        pdf = client.get(adresse + "zertifikat.pdf")
        assert neu.code in pdf["Content-Disposition"]

    def test_what_was_wrong_can_be_set_right_or_the_course_broken_off(
        self, anmeldung, widerrufen, leitung
    ):
        nimm_arbeit_an(anmeldung, leitung)
        teilnahme = abschluss.brich_ab(anmeldung, date(2026, 3, 8), durch=leitung, um=NACH)
        assert str(teilnahme.abgebrochen_am) == "08.03.2026"

    def test_attendance_can_still_be_corrected(self, anmeldung, widerrufen, leitung):
        for tag in anmeldung.durchgang.kurstage.all():
            anwesenheit.erfasse(tag, {anmeldung.pk: "gefehlt"}, durch=leitung, um=NACH)
        assert Teilnahme.objects.get().zertifikat == widerrufen
        with pytest.raises(SchrittNichtMoeglich, match="nicht vollständig besucht"):
            abschluss.stelle_aus(anmeldung, durch=leitung, um=NACH)

    def test_without_a_name_there_is_none(self, anmeldung, widerrufen, leitung):
        anmeldung.refresh_from_db()
        eigene_angaben.loesche(anmeldung, durch=None, um=NACH, gesehen=anmeldung.version)
        with pytest.raises(SchrittNichtMoeglich, match="Angaben der Person sind gelöscht"):
            abschluss.stelle_aus(anmeldung, durch=leitung, um=NACH)


class TestPruefen:
    def frage(self, client, **daten):
        return client.post(PRUEFEN, daten)

    def test_it_says_valid_and_never_whose(self, client, zertifikat):
        klein = zertifikat.code.lower().replace("-", " ")
        seite = self.frage(client, code=klein).content.decode()
        assert "Dieses Zertifikat ist gültig." in seite
        assert "Größler" not in seite
        assert "Licht am Bahnhof" not in seite

    @pytest.mark.parametrize(
        ("name", "satz"),
        [
            ("änne  groessler", "auf den eingegebenen Namen ausgestellt"),
            ("Änne Müller", "nicht auf den eingegebenen Namen"),
        ],
    )
    def test_a_typed_name_is_compared(self, client, zertifikat, name, satz):
        assert satz in self.frage(client, code=zertifikat.code, name=name).content.decode()

    def test_the_name_is_compared_after_its_deletion_too(self, client, zertifikat):
        Zertifikat.objects.update(name="")
        seite = self.frage(client, code=zertifikat.code, name="Änne Größler").content.decode()
        assert "auf den eingegebenen Namen ausgestellt" in seite

    def test_once_nothing_is_left_of_the_name_the_code_still_answers(self, client, zertifikat):
        Zertifikat.objects.update(name="", namenspruefwert="")
        for _ in range(12):
            seite = self.frage(client, code=zertifikat.code, name="Änne Größler").content.decode()
            assert "Dieses Zertifikat ist gültig." in seite
            assert "Der Name ist gelöscht." in seite

    def test_revoked_is_not_valid(self, client, zertifikat, leitung):
        abschluss.widerrufe(zertifikat, "Irrtum", durch=leitung, um=NACH)
        seite = self.frage(client, code=zertifikat.code).content.decode()
        assert "Dieses Zertifikat ist widerrufen." in seite
        assert "Irrtum" not in seite

    @pytest.mark.parametrize("getippt", ["", "x", "A" * 41, "7KQ2-M9XA-4TPD", "\x00", "＝1+1"])
    def test_whatever_is_typed_is_answered(self, client, getippt):
        antwort = self.frage(client, code=getippt)
        assert antwort.status_code == 200
        assert "ist gültig" not in antwort.content.decode()

    def test_ten_wrong_codes_slow_down_even_the_right_one(self, client, zertifikat):
        for _ in range(12):
            assert self.frage(client, code=zertifikat.code).status_code == 200
        for _ in range(10):
            assert self.frage(client, code="2222-2222-2222").status_code == 200
        antwort = self.frage(client, code=zertifikat.code)
        assert antwort.status_code == 429
        assert zertifikat.code in antwort.content.decode()

    def test_guessing_names_is_slowed_down_too(self, client, zertifikat):
        for _ in range(10):
            frage = self.frage(client, code=zertifikat.code, name="Änne Müller")
            assert frage.status_code == 200
        frage = self.frage(client, code=zertifikat.code, name="Änne Größler")
        assert frage.status_code == 429

    def test_it_sets_no_cookie(self, client):
        assert not client.get(PRUEFEN).cookies


class TestGeloescht:
    """What the person deletes, what the period deletes, and what is left of the paper."""

    @pytest.fixture
    def adressen(self, zertifikat, anmeldung):
        konto = make_konto()
        Anmeldung.objects.filter(pk=anmeldung.pk).update(konto=konto)
        anmeldung.refresh_from_db()
        return {
            "konto": (konto, reverse("fortbildung:zertifikat", args=[anmeldung.pk])),
            "link": (None, link.adresse(anmeldung) + "zertifikat.pdf"),
            "koordination": (
                anmeldung.entschieden_von,
                reverse("fortbildung:koordination-zertifikat", args=[anmeldung.pk]),
            ),
        }

    def mit_papier(self, client, adressen):
        gefunden = set()
        for wer, (konto, adresse) in adressen.items():
            client.force_login(konto) if konto else client.logout()
            if client.get(adresse).status_code == 200:
                gefunden.add(wer)
        return gefunden

    def test_at_request_the_name_goes_from_the_paper_for_everybody_and_the_code_answers(
        self, client, zertifikat, anmeldung, adressen
    ):
        assert self.mit_papier(client, adressen) == {"konto", "link", "koordination"}
        seite = client.get(link.adresse(anmeldung)).content.decode()
        assert "Laden Sie es vorher herunter." in seite
        assert "Den Prüfwert löschen wir 30 Jahre nach der Ausstellung." in seite
        eigene_angaben.loesche(anmeldung, durch=None, um=NACH, gesehen=anmeldung.version)
        zertifikat.refresh_from_db()
        assert zertifikat.name == ""
        assert self.mit_papier(client, adressen) == set()
        frage = {"code": zertifikat.code, "name": "Änne Größler"}
        assert "auf den eingegebenen Namen" in client.post(PRUEFEN, frage).content.decode()

    def test_after_the_period_the_coordinators_still_have_a_copy(self, client, anmeldung, adressen):
        assert (
            "Ihre Anmeldung löschen wir 12 Monate nach dem letzten Kurstag"
            in client.get(link.adresse(anmeldung)).content.decode()
        )
        Anmeldung.objects.filter(pk=anmeldung.pk).update(**OHNE_PERSON)
        assert self.mit_papier(client, adressen) == {"koordination"}
        client.force_login(anmeldung.entschieden_von)
        liste = reverse("fortbildung:koordination-durchgang", args=[anmeldung.durchgang_id])
        assert "Zertifikat für Änne Größler" in client.get(liste).content.decode()


def test_codes_have_no_letters_that_are_mistaken():
    gezogen = "".join(code.neu() for _ in range(200))
    assert not set("01IO") & set(gezogen)


def test_the_paper_is_for_the_person_and_the_coordinators(client, zertifikat, anmeldung, leitung):
    adresse = reverse("fortbildung:zertifikat-link", args=[link.adresse(anmeldung).split("/")[-2]])
    antwort = client.get(adresse)
    assert antwort["Content-Type"] == "application/pdf"
    assert antwort["X-Robots-Tag"].startswith("noindex")
    assert client.get(adresse.replace("anmeldung/", "anmeldung/x")).status_code == 404
    koord = reverse("fortbildung:koordination-zertifikat", args=[anmeldung.pk])
    assert client.get(koord).status_code != 200
