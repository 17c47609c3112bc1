"""The public pages of the courses, the form, and the personal page (F39, F40, F44)."""

from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
from django.utils import timezone

from asskomm import begrenzung
from asskomm.post.models import Nachricht
from asskomm.protokoll.models import Eintrag
from fortbildung.anmeldung import link, views
from fortbildung.models import OHNE_PERSON, Anmeldung, Bedarf, Gruppe, Stand
from fortbildung.verfahren import anmeldung as verfahren
from fortbildung.verfahren import zulassung
from tests.factories import make_anmeldung, make_durchgang, make_konto, make_kurs
from tests.website.formulare import marke

from .hilfen import angemeldet, koordination

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
TAG = timedelta(days=1)


def heute():
    return timezone.localdate()


def offener_kurs(**felder):
    """Open today, with one day in a month."""
    tage = felder.pop("tage", (str(heute() + 30 * TAG),))
    fenster = {"anmeldung_ab": str(heute() - TAG), "anmeldung_bis": str(heute() + TAG)}
    return make_kurs(tage=tage, **fenster | felder)


def inhalt(antwort):
    return antwort.content.decode()


@pytest.fixture
def kurs():
    return offener_kurs()


@pytest.fixture
def sende(client, kurs):
    def _sende(durchgang=kurs, **daten):
        daten = {
            "name": "Änne Größler", "email": "aenne@example.org", "gruppe": "kommune",
            "stelle": "Stadt Görlitz", "funktion": "Koordinierung", "anliegen": "Mehr wissen",
            "marke": marke(f"kursanmeldung-{durchgang.pk}"),
        } | daten  # fmt: skip
        return client.post(f"{durchgang.get_absolute_url()}anmeldung/", daten)

    return _sende


# --- What everybody reads --------------------------------------------------------------


def test_the_list_takes_the_same_queries_for_one_and_for_many(
    client, django_assert_max_num_queries
):
    angemeldet_in(offener_kurs(plaetze=1), 3)
    with django_assert_max_num_queries(4) as eine:
        client.get("/fortbildung/kurse/")
    for _ in range(4):
        angemeldet_in(offener_kurs(plaetze=2), 3)
    with django_assert_max_num_queries(len(eine)):
        assert inhalt(client.get("/fortbildung/kurse/")).count("nur noch Warteliste") == 5


def angemeldet_in(durchgang, anzahl):
    for nummer in range(anzahl):
        stand = Stand.ANGEMELDET if nummer < durchgang.plaetze else Stand.WARTELISTE
        make_anmeldung(durchgang, stand=stand)


def test_only_published_cohorts_with_registration_are_shown(client):
    for durchgang in (make_kurs(veroeffentlicht=False), make_durchgang()):
        assert durchgang.bezeichnung not in inhalt(client.get("/fortbildung/kurse/"))
        for ende in ("", "kurstage.ics", "anmeldung/", "anmeldung/unterwegs/"):
            assert client.get(f"{durchgang.get_absolute_url()}{ende}").status_code == 404
    assert client.get("/fortbildung/kurse/99999999999999999999/").status_code == 404


@pytest.mark.parametrize(
    ("ab", "bis", "wort"),
    [
        (1, 2, "Anmeldung noch nicht offen"),
        (0, 0, "Plätze frei"),
        (-2, -1, "Anmeldung beendet"),
    ],
)
def test_the_window_counts_both_its_days(client, ab, bis, wort):
    durchgang = offener_kurs(
        anmeldung_ab=str(heute() + ab * TAG), anmeldung_bis=str(heute() + bis * TAG)
    )
    seite = inhalt(client.get(durchgang.get_absolute_url()))
    assert wort in seite
    formular = inhalt(client.get(f"{durchgang.get_absolute_url()}anmeldung/"))
    assert ("Anmeldung absenden" in formular) is (ab == bis == 0)
    assert ("Zurzeit ist keine Anmeldung möglich." in formular) is not (ab == bis == 0)


def test_places_are_told_by_group(client):
    durchgang = offener_kurs(plaetze=3, kontingent_polizei=1)
    make_anmeldung(durchgang)
    make_anmeldung(durchgang)
    make_anmeldung(durchgang, stand=Stand.WARTELISTE)
    seite = inhalt(client.get(durchgang.get_absolute_url()))
    assert "Von 3 Plätzen ist 1 frei. 1 Person steht auf der Warteliste." in seite
    assert "Einen Teil der Plätze halten wir" in seite
    zeilen = client.get(durchgang.get_absolute_url()).context["angebot"].je_gruppe
    assert {gruppe: frei for gruppe, frei in zeilen if frei} == {Gruppe.POLIZEI: 1}


@pytest.mark.parametrize("unterseite", ["", "anmeldung/"])
def test_an_invented_cohort_carries_the_mark_of_all_others(client, settings, unterseite):
    settings.BEISPIELDATEN = True
    kurs = offener_kurs(herkunft="beispiel")
    seite = inhalt(client.get(f"{kurs.get_absolute_url()}{unterseite}"))
    assert '<span class="assk-chip assk-chip--warnung">' in seite


def test_the_calendar_is_in_utc_and_keeps_its_names(client):
    durchgang = make_kurs(tage=("2026-03-27", "2026-03-30"))
    durchgang.kurstage.update(ort="Görlitz, Rathaus; Saal 1")
    antwort = client.get(f"{durchgang.get_absolute_url()}kurstage.ics")
    assert antwort["Content-Type"] == "text/calendar; charset=utf-8"
    winter, sommer = icalendar.Calendar.from_ical(antwort.content).walk("VEVENT")
    assert winter["dtstart"].dt == datetime(2026, 3, 27, 8, tzinfo=UTC)
    assert sommer["dtstart"].dt == datetime(2026, 3, 30, 7, tzinfo=UTC)
    assert str(sommer["location"]) == "Görlitz, Rathaus; Saal 1"
    assert winter["uid"] != sommer["uid"]
    assert all(len(zeile) <= 75 for zeile in antwort.content.split(b"\r\n"))
    assert client.get(f"{durchgang.get_absolute_url()}kurstage.ics").content == antwort.content


def test_reading_sets_no_cookie(client, kurs):
    for ende in ("", "kurstage.ics", "anmeldung/", "anmeldung/unterwegs/"):
        assert not client.get(f"{kurs.get_absolute_url()}{ende}").cookies


# --- The form ---------------------------------------------------------------------------


def test_a_registration_waits_for_the_button(client, kurs, sende):
    antwort = sende()
    ziel = f"{kurs.get_absolute_url()}anmeldung/unterwegs/"
    assert (antwort.status_code, antwort["Location"]) == (302, f"{ziel}#inhalt")
    assert "aenne" not in inhalt(client.get(ziel))
    anmeldung = Anmeldung.objects.get()
    assert (anmeldung.name, anmeldung.stand) == ("Änne Größler", Stand.UNBESTAETIGT)


@pytest.mark.parametrize(
    ("daten", "feld", "fehler"),
    [
        ({"name": ""}, "name", "Geben Sie Ihren Namen an."),
        ({"email": ""}, "email", "Geben Sie Ihre E-Mail-Adresse an."),
        ({"email": "aenne"}, "email", "E-Mail-Adresse"),
        ({"gruppe": ""}, "gruppe", "Wählen Sie Ihr Arbeitsfeld."),
        ({"gruppe": "abc"}, "gruppe", "Wählen Sie eines der Arbeitsfelder."),
        ({"kommune": "abc"}, "kommune", "Wählen Sie eine Stadt oder Gemeinde aus der Liste."),
        ({"kommune": "9" * 30}, "kommune", "Wählen Sie eine Stadt oder Gemeinde aus der Liste."),
        ({"stelle": " "}, "stelle", "Geben Sie Ihre Dienststelle"),
        ({"funktion": ""}, "funktion", "Geben Sie Ihre Funktion an."),
        ({"anliegen": "x" * 1001}, "anliegen", "höchstens 1000 Zeichen"),
        ({"name": "a\x00b"}, "name", "Steuerzeichen"),
        ({"arbeitgeber_email": "chefin"}, "arbeitgeber_email", "E-Mail-Adresse"),
        ({"marke": "x"}, "__all__", "Das Formular ist abgelaufen."),
        ({"marke": marke("kursanmeldung-0")}, "__all__", "Das Formular ist abgelaufen."),
    ],
)
def test_errors_stand_at_the_field_and_keep_what_was_typed(sende, daten, feld, fehler):
    antwort = sende(**daten)
    assert antwort.status_code == 200
    assert fehler in antwort.context["form"].errors[feld][0]
    for name, wert in {"stelle": "Stadt Görlitz", "anliegen": "Mehr wissen"}.items():
        assert name in daten or wert in inhalt(antwort)
    assert not Anmeldung.objects.exists()


@pytest.mark.parametrize(
    ("vor", "fehler"),
    [
        (timedelta(), "Das ging sehr schnell."),
        (timedelta(hours=25), "länger als 24 Stunden offen"),
    ],
)
def test_a_mark_of_the_wrong_age_keeps_what_was_typed(kurs, sende, vor, fehler):
    antwort = sende(marke=marke(f"kursanmeldung-{kurs.pk}", vor=vor))
    assert fehler in inhalt(antwort)
    assert "Mehr wissen" in inhalt(antwort)


def test_whatever_is_sent_outside_of_the_window_is_shown_again(sende):
    antwort = sende(offener_kurs(anmeldung_bis=str(heute() - TAG)))
    assert "Die Anmeldung war bis zum" in antwort.context["form"].errors["__all__"][0]
    assert "Mehr wissen" in inhalt(antwort)


def test_the_trap_registers_nobody_and_does_not_tell(kurs, sende):
    antwort = sende(falle="x")
    assert antwort["Location"] == sende()["Location"]
    assert Anmeldung.objects.count() == 1


def test_the_same_form_twice_is_one_registration_and_a_corrected_one_is_not_lost(kurs, sende):
    gleiche = marke(f"kursanmeldung-{kurs.pk}")
    assert {sende(marke=gleiche).status_code for _ in range(2)} == {302}
    antwort = sende(marke=gleiche, email="richtig@example.org")
    assert "haben Sie schon abgesendet" in inhalt(antwort)
    assert "richtig@example.org" in inhalt(antwort)
    neue = antwort.context["form"]["marke"].value()
    assert neue != gleiche
    assert Anmeldung.objects.count() == 1


def test_the_sixth_in_an_hour_waits(sende):
    for nummer in range(begrenzung.HOECHSTENS):
        sende(email=f"person{nummer}@example.org")
    antwort = sende(email="noch@example.org")
    assert antwort.status_code == 429
    assert "noch@example.org" in inhalt(antwort)


def test_a_form_sent_again_does_not_count(kurs, sende):
    angemeldet(kurs, um=timezone.now(), email="schon@example.org")
    vorher = Nachricht.objects.count()
    for email in ("neu@example.org", "schon@example.org"):
        gleiche = marke(f"kursanmeldung-{kurs.pk}")
        for _ in range(begrenzung.HOECHSTENS + 1):
            assert sende(marke=gleiche, email=email).status_code == 302
    assert Nachricht.objects.count() == vorher + 2
    for nummer in range(begrenzung.HOECHSTENS - 2):
        assert sende(email=f"person{nummer}@example.org").status_code == 302
    assert sende(email="noch@example.org").status_code == 429
    assert not Anmeldung.objects.filter(email="noch@example.org").exists()


def test_an_account_does_not_register_and_leave_without_end(client, kurs, sende):
    konto = make_konto()
    client.force_login(konto)
    for _ in range(views.JE_KONTO_AM_TAG):
        assert sende(arbeitgeber_email="chefin@example.org").status_code == 302
        anmeldung = Anmeldung.objects.laufend().get()
        assert sende().status_code == 302  # it is registered: shown, not counted
        verfahren.melde_ab(anmeldung, durch=konto, um=timezone.now(), gesehen=anmeldung.version)
    antwort = sende(arbeitgeber_email="chefin@example.org", anliegen="Mehr wissen")
    assert "heute schon fünfmal" in antwort.context["form"].errors["__all__"][0]
    assert "Mehr wissen" in inhalt(antwort)
    assert not Anmeldung.objects.laufend().exists()
    zustimmungen = Nachricht.objects.filter(vorlage="kurs_zustimmung")
    assert zustimmungen.count() == views.JE_KONTO_AM_TAG
    client.force_login(make_konto())
    assert sende().status_code == 302


def test_nobody_learns_from_the_page_who_is_registered(kurs, sende):
    angemeldet(kurs, um=timezone.now(), email="aenne@example.org")
    zweite, fremde = sende(), sende(email="fremd@example.org")
    for name in ("status_code", "content", "headers"):
        assert getattr(zweite, name) == getattr(fremde, name)


def test_with_an_account_it_leads_to_the_own_page(client, kurs, sende):
    konto = make_konto(name="Kim Konto", email="kim@example.org")
    client.force_login(konto)
    formular = client.get(f"{kurs.get_absolute_url()}anmeldung/")
    assert formular.context["form"]["name"].value() == "Kim Konto"
    assert "email" not in formular.context["form"].fields
    antwort = sende(email="fremd@example.org")
    anmeldung = Anmeldung.objects.get()
    assert (anmeldung.email, anmeldung.stand) == ("kim@example.org", Stand.ANGEMELDET)
    assert antwort["Location"] == f"/fortbildung/meine/{anmeldung.pk}/#inhalt"
    assert "Für Sie ist ein Platz vorgemerkt." in inhalt(client.get(antwort["Location"]))


def test_nothing_personal_in_addresses_mails_and_the_log(kurs, sende):
    antwort = sende(arbeitgeber_email="chefin@example.org")
    anmeldung = verfahren.bestaetige(Anmeldung.objects.get(), um=timezone.now())
    verfahren.stimme_zu(anmeldung, gesehen=anmeldung.version, um=timezone.now())
    verfahren.melde_ab(anmeldung, durch=None, um=timezone.now(), gesehen=anmeldung.version)
    gesagt = [antwort["Location"], link.adresse(anmeldung), link.adresse_der_zustimmung(anmeldung)]
    gesagt += map(str, Nachricht.objects.values_list("betreff", "text", "angaben"))
    gesagt += map(str, Eintrag.objects.values())
    assert len(gesagt) > 8
    for wort in ("Größler", "aenne@", "chefin@", "Görlitz", "Koordinierung", "Mehr wissen"):
        assert not [satz for satz in gesagt if wort in satz]


# --- The personal page --------------------------------------------------------------------


@pytest.fixture(params=["link", "konto"])
def seite(request, client, kurs):
    """A registration, and the address of its page: by the link of the mail, or signed in."""
    jetzt = timezone.now()
    if request.param == "link":
        anmeldung = angemeldet(kurs, um=jetzt)
        return anmeldung, link.adresse(anmeldung)
    konto = make_konto()
    client.force_login(konto)
    anmeldung = make_anmeldung(kurs, konto=konto, email=konto.email, um=jetzt)
    return anmeldung, f"/fortbildung/meine/{anmeldung.pk}/"


def stand(anmeldung):
    anmeldung.refresh_from_db()
    return anmeldung.stand


def test_opening_it_changes_nothing(client, kurs):
    verfahren.melde_an(
        kurs,
        {"name": "A", "email": "a@example.org", "gruppe": "andere", "stelle": "S", "funktion": "F"},
        formular="00000000-0000-0000-0000-000000000001", konto=None, um=timezone.now(),
    )  # fmt: skip
    anmeldung = Anmeldung.objects.get()
    adresse = link.adresse(anmeldung)
    for _ in range(2):
        antwort = client.get(adresse)
        assert "Anmeldung bestätigen" in inhalt(antwort)
        assert "no-store" in antwort["Cache-Control"]
    assert stand(anmeldung) == Stand.UNBESTAETIGT
    for _ in range(2):
        antwort = client.post(adresse, {"schritt": "bestaetigen"})
        assert antwort["Location"] == f"{adresse}#inhalt"
    assert stand(anmeldung) == Stand.ANGEMELDET
    assert anmeldung.rang == 1


def test_leaving_by_the_button_once(client, seite):
    anmeldung, adresse = seite
    version = client.get(adresse).context["anmeldung"].version
    for _ in range(2):
        antwort = client.post(adresse, {"schritt": "abmelden", "version": version})
        assert antwort.status_code == 302
    assert stand(anmeldung) == Stand.ABGEMELDET
    assert Eintrag.objects.filter(handlung="kurs.abgemeldet").count() == 1
    assert "Sie haben sich abgemeldet." in inhalt(client.get(adresse))


@pytest.mark.parametrize("version", ["", "abc", "-1", "9" * 40, "٣", "99"])
def test_an_old_or_odd_version_is_refused(client, seite, version):
    anmeldung, adresse = seite
    antwort = client.post(adresse, {"schritt": "abmelden", "version": version})
    assert antwort.status_code == 409
    assert "hat sich geändert" in inhalt(antwort)
    assert stand(anmeldung) == Stand.ANGEMELDET


@pytest.mark.parametrize("schritt", ["", "gibt-es-nicht", "annehmen", "bedarf"])
def test_a_button_that_is_not_there_does_nothing(client, seite, schritt):
    anmeldung, adresse = seite
    client.post(adresse, {"schritt": schritt, "version": 1, "verpflegung": "vegan"})
    assert stand(anmeldung) == Stand.ANGEMELDET
    assert not Bedarf.objects.exists()


def test_an_offer_is_taken_by_the_button(client):
    durchgang, jetzt = offener_kurs(plaetze=1), timezone.now()
    erste, zweite = angemeldet(durchgang, um=jetzt), angemeldet(durchgang, um=jetzt)
    assert "an 1. Stelle der Warteliste" in inhalt(client.get(link.adresse(zweite)))
    verfahren.melde_ab(erste, durch=None, um=jetzt, gesehen=erste.version)
    version = client.get(link.adresse(zweite)).context["anmeldung"].version
    daten = {"schritt": "annehmen", "version": version}
    assert [client.post(link.adresse(zweite), daten).status_code for _ in range(2)] == [302, 302]
    assert stand(zweite) == Stand.ANGEMELDET


def zugelassen(durchgang, um):
    anmeldung = angemeldet(durchgang, um=um)
    return zulassung.lasse_zu(
        anmeldung, "Passt gut", durch=koordination(), um=um, gesehen=anmeldung.version
    )


def test_needs_are_kept_shown_and_taken_back(client, kurs):
    anmeldung = zugelassen(kurs, timezone.now())
    adresse = link.adresse(anmeldung)
    assert "Passt gut" in inhalt(client.get(adresse))
    client.post(adresse, {"schritt": "bedarf", "verpflegung": "vegan", "unterstuetzung": ""})
    assert 'value="vegan"' in inhalt(client.get(adresse))
    lang = {"schritt": "bedarf", "verpflegung": "x" * 301, "unterstuetzung": "Rampe"}
    antwort = client.post(adresse, lang)
    assert "höchstens 300 Zeichen" in antwort.context["bedarf"].errors["verpflegung"][0]
    assert "Rampe" in inhalt(antwort)
    client.post(adresse, {"schritt": "bedarf", "verpflegung": "", "unterstuetzung": ""})
    assert not Bedarf.objects.exists()


def test_after_the_last_day_nobody_is_asked_what_they_need(client):
    durchgang = make_kurs()
    adresse = link.adresse(zugelassen(durchgang, datetime(2026, 1, 10, 9, tzinfo=UTC)))
    assert "Was Sie an den Kurstagen brauchen" not in inhalt(client.get(adresse))
    antwort = client.post(adresse, {"schritt": "bedarf", "verpflegung": "vegan"})
    assert "Die Kurstage sind vorbei." in inhalt(antwort)
    assert not Bedarf.objects.exists()


def test_a_forged_an_old_and_a_deleted_link(client, kurs):
    anmeldung = angemeldet(kurs, um=timezone.now())
    alter = link.adresse(anmeldung)
    zeichen = alter.strip("/").rpartition("/")[2]
    for falsch in (f"{zeichen}x", "abc", "%00", "ä", link.adresse_der_zustimmung(anmeldung)[24:-1]):
        assert client.get(f"/fortbildung/anmeldung/{falsch}/").status_code == 404
        assert client.post(f"/fortbildung/anmeldung/{falsch}/").status_code == 404
    Anmeldung.objects.update(folge=2)
    assert client.get(alter).status_code == 410
    anmeldung.refresh_from_db()
    Anmeldung.objects.update(**OHNE_PERSON)
    assert client.get(link.adresse_der_zustimmung(anmeldung)).status_code == 404
    assert anmeldung.name not in inhalt(client.get(link.adresse(anmeldung)))


def test_whose_registration_it_is(client, kurs):
    konto = make_konto()
    anmeldung = make_anmeldung(kurs, konto=konto, email=konto.email)
    eigene = f"/fortbildung/meine/{anmeldung.pk}/"
    assert client.get(eigene).status_code == client.get("/fortbildung/meine/").status_code == 302
    client.force_login(make_konto())
    for antwort in (client.get(eigene), client.post(eigene, {"schritt": "abmelden"})):
        assert antwort.status_code == 404
    assert "zu keinem Lehrgang angemeldet" in inhalt(client.get("/fortbildung/meine/"))
    client.force_login(konto)
    assert eigene in inhalt(client.get("/fortbildung/meine/"))


def test_once_the_course_has_begun_nobody_waits_for_a_place(client):
    durchgang, jetzt = offener_kurs(plaetze=1), timezone.now()
    erste, wartet = angemeldet(durchgang, um=jetzt), angemeldet(durchgang, um=jetzt)
    vorbei = "Der Lehrgang hat begonnen"
    adressen = (link.adresse(wartet), durchgang.get_absolute_url())
    assert not [adresse for adresse in adressen if vorbei in inhalt(client.get(adresse))]
    assert "Ihre Anmeldung endet damit." in inhalt(client.get(link.adresse(wartet)))
    assert "Ihr Platz geht an die nächste" in inhalt(client.get(link.adresse(erste)))
    durchgang.kurstage.update(tag=heute() - TAG)
    for adresse in adressen:
        seite = inhalt(client.get(adresse))
        assert vorbei in seite
        assert "Stelle der Warteliste" not in seite
        assert "sind frei" not in seite
    assert "Ihr Platz geht an die nächste" not in inhalt(client.get(link.adresse(erste)))
    assert "Über Ihre Anmeldung wurde nicht entschieden." in inhalt(client.get(link.adresse(erste)))


@pytest.mark.parametrize("wer", [0, 1])
def test_the_mail_about_leaving_speaks_of_a_place_only_where_there_was_one(wer):
    durchgang, jetzt = offener_kurs(plaetze=1), timezone.now()
    anmeldung = [angemeldet(durchgang, um=jetzt) for _ in range(2)][wer]
    verfahren.melde_ab(anmeldung, durch=None, um=jetzt, gesehen=anmeldung.version)
    text = Nachricht.objects.get(vorlage="kurs_abgemeldet").text
    assert ("Ihr Platz geht an" in text) is (wer == 0)


def test_the_own_list_takes_the_same_queries_for_one_and_for_many(
    client, django_assert_max_num_queries
):
    konto = make_konto()
    client.force_login(konto)
    wahl = {"konto": konto, "email": konto.email}
    make_anmeldung(offener_kurs(), **wahl)
    client.get("/fortbildung/meine/")
    with django_assert_max_num_queries(20) as eine:
        client.get("/fortbildung/meine/")
    for _ in range(3):
        make_anmeldung(offener_kurs(), **wahl)
    with django_assert_max_num_queries(len(eine)):
        client.get("/fortbildung/meine/")


# --- The employer -----------------------------------------------------------------------------


def test_the_employer_agrees_with_a_button(client, kurs):
    anmeldung = angemeldet(kurs, um=timezone.now(), arbeitgeber_email="chefin@example.org")
    adresse = link.adresse_der_zustimmung(anmeldung)
    assert anmeldung.name in inhalt(client.get(adresse))
    anmeldung.refresh_from_db()
    assert anmeldung.arbeitgeber_bestaetigt_um is None
    for _ in range(2):
        assert client.post(adresse, {"version": anmeldung.version}).status_code == 302
    assert "Sie haben zugestimmt." in inhalt(client.get(adresse))
    anmeldung.refresh_from_db()
    assert timezone.localdate(anmeldung.arbeitgeber_bestaetigt_um) == date.today()


def test_the_employer_agrees_to_what_was_shown(client, kurs):
    anmeldung = angemeldet(kurs, um=timezone.now(), arbeitgeber_email="chefin@example.org")
    adresse, gesehen = link.adresse_der_zustimmung(anmeldung), anmeldung.version
    Anmeldung.objects.update(name="Jemand anderes", version=gesehen + 1)
    for version in (gesehen, "", "abc"):
        antwort = client.post(adresse, {"version": version})
        assert antwort.status_code == 409
        assert "Prüfen Sie die Angaben noch einmal." in inhalt(antwort)
        assert "Jemand anderes" in inhalt(antwort)
    anmeldung.refresh_from_db()
    assert anmeldung.arbeitgeber_bestaetigt_um is None
    assert client.post(adresse, {"version": gesehen + 1}).status_code == 302


def test_the_employer_of_somebody_who_left_has_nothing_to_do(client, kurs):
    anmeldung = angemeldet(kurs, um=timezone.now(), arbeitgeber_email="chefin@example.org")
    verfahren.melde_ab(anmeldung, durch=None, um=timezone.now(), gesehen=anmeldung.version)
    adresse = link.adresse_der_zustimmung(anmeldung)
    seite = inhalt(client.get(adresse))
    assert "Diese Anmeldung besteht nicht mehr." in seite
    assert anmeldung.name not in seite
    assert client.post(adresse).status_code == 302
    anmeldung.refresh_from_db()
    assert anmeldung.arbeitgeber_bestaetigt_um is None


def test_the_employers_link_opens_only_its_own_page(client, kurs):
    anmeldung = angemeldet(kurs, um=timezone.now())
    zeichen = link.adresse(anmeldung).strip("/").rpartition("/")[2]
    assert client.get(f"/fortbildung/zustimmung/{zeichen}/").status_code == 404
