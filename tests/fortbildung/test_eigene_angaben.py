"""Correcting and deleting one's own record (F44)."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from asskomm.post.models import Nachricht
from asskomm.protokoll.models import Eintrag
from asskomm.schritt import SchrittNichtMoeglich, Ueberholt
from fortbildung.anmeldung import link
from fortbildung.models import Bedarf, Zertifikat
from fortbildung.personendaten import _mit_laufender_anmeldung
from fortbildung.verfahren import (
    abschluss,
    anwesenheit,
    befragung,
    eigene_angaben,
    zulassung,
)
from fortbildung.verfahren import anmeldung as verfahren
from tests.factories import make_konto, make_kurs

from .hilfen import UM, angemeldet, koordination, melde_an

pytestmark = pytest.mark.django_db
NACH = datetime(2026, 3, 8, 9, tzinfo=UTC)
NEU = {
    "name": "Änne Größler", "kommune": None, "stelle": "Schule", "funktion": "Sozialarbeit",
    "anliegen": "", "arbeitgeber_email": "",
}  # fmt: skip


def zugelassen(leitung, **angaben):
    person = angemeldet(make_kurs(), **angaben)
    return zulassung.lasse_zu(person, "Platz", durch=leitung, um=UM, gesehen=person.version)


def da(person, leitung):
    for tag in person.durchgang.kurstage.all():
        anwesenheit.erfasse(tag, {person.pk: "anwesend"}, durch=leitung, um=NACH)
    person.refresh_from_db()


def aendere(person, **felder):
    return eigene_angaben.aendere(person, NEU | felder, durch=None, um=UM, gesehen=person.version)


def loesche(person):
    return eigene_angaben.loesche(person, durch=None, um=UM, gesehen=person.version)


def test_what_was_typed_is_corrected_but_not_on_an_old_page():
    person = angemeldet(make_kurs())
    for _ in range(2):  # sent twice it is done once
        assert aendere(person).version == person.version + 1
    with pytest.raises(Ueberholt):
        aendere(person, name="Anne Größler")
    person.refresh_from_db()
    assert person.name == "Änne Größler"


def test_another_employer_is_asked_anew_and_the_old_link_is_worth_nothing():
    person = angemeldet(make_kurs(), arbeitgeber_email="alt@example.org")
    verfahren.stimme_zu(person, gesehen=person.version, um=UM)
    person.refresh_from_db()
    alt = link.adresse_der_zustimmung(person).split("/")[-2]
    neu = aendere(person, arbeitgeber_email="neu@example.org")
    assert neu.arbeitgeber_bestaetigt_um is None
    assert (
        Nachricht.objects.filter(vorlage="kurs_zustimmung", adresse="neu@example.org").count() == 1
    )
    with pytest.raises(link.LinkGiltNicht):
        link.lies_zustimmung(alt)


def zugestimmt(**angaben):
    person = angemeldet(make_kurs(), arbeitgeber_email="chefin@example.org", **angaben)
    verfahren.stimme_zu(person, gesehen=person.version, um=UM)
    person.refresh_from_db()
    return person


CHEFIN = {"arbeitgeber_email": "chefin@example.org"}


@pytest.mark.parametrize(
    ("felder", "fragt"),
    [
        ({"name": "Jemand anderes"}, True),
        ({"stelle": "Anderes Amt"}, True),
        ({"funktion": "Leitung", "anliegen": "Mehr wissen"}, False),
    ],
)
def test_the_employer_agrees_anew_to_another_name_or_office(felder, fragt):
    person = zugestimmt(name=NEU["name"], stelle=NEU["stelle"])
    alt = link.adresse_der_zustimmung(person).split("/")[-2]
    person = aendere(person, **CHEFIN, **felder)
    assert (person.arbeitgeber_bestaetigt_um is None) is fragt
    fragen = Nachricht.objects.filter(vorlage="kurs_zustimmung", adresse="chefin@example.org")
    assert fragen.count() == 1 + fragt
    assert (
        sum("Deshalb fragen wir Sie" in " ".join(frage.text.split()) for frage in fragen) == fragt
    )
    if fragt:
        with pytest.raises(link.LinkGiltNicht):
            link.lies_zustimmung(alt)


def test_before_the_consent_and_after_the_last_day_nobody_is_asked_twice():
    person = angemeldet(make_kurs(), **CHEFIN)
    aendere(person, **CHEFIN)
    person = zugestimmt()
    person = eigene_angaben.aendere(
        person, NEU | CHEFIN, durch=None, um=NACH, gesehen=person.version
    )
    assert person.arbeitgeber_bestaetigt_um == UM
    assert Nachricht.objects.filter(vorlage="kurs_zustimmung").count() == 2


def test_the_employer_is_not_asked_without_end():
    person = zugestimmt()
    for nummer in range(eigene_angaben.STELLEN_HOECHSTENS - 1):
        person = aendere(person, **CHEFIN, name=f"Person {nummer}")
        verfahren.stimme_zu(person, gesehen=person.version, um=UM)
        person.refresh_from_db()
    with pytest.raises(SchrittNichtMoeglich, match="schon mehrmals gefragt"):
        aendere(person, **CHEFIN, name="Noch eine")


def test_the_log_names_the_fields_and_not_what_they_say():
    person = aendere(angemeldet(make_kurs(), funktion=NEU["funktion"]))
    eintrag = Eintrag.objects.get(handlung="kurs.angaben_geaendert")
    assert eintrag.angaben == {"felder": ["name", "stelle"]}
    aendere(person)
    assert Eintrag.objects.filter(handlung="kurs.angaben_geaendert").count() == 1


def test_the_name_on_a_certificate_is_not_changed_here():
    leitung = koordination()
    person = zugelassen(leitung)
    da(person, leitung)
    abschluss.nimm_projektarbeit_an(person, "Licht", date(2026, 3, 7), durch=leitung, um=NACH)
    abschluss.stelle_aus(person, durch=leitung, um=NACH)
    with pytest.raises(SchrittNichtMoeglich, match="Zertifikat"):
        aendere(person)
    assert "prüfbar" in " ".join(eigene_angaben.was_bleibt(person, date(2026, 3, 8)))
    loesche(person)
    person.refresh_from_db()
    assert person.name == "[gelöscht]"
    assert Zertifikat.objects.get().name == ""


def test_before_the_end_the_page_says_why_not():
    leitung = koordination()
    person = zugelassen(leitung)
    with pytest.raises(SchrittNichtMoeglich, match="zuerst ab"):
        loesche(person)
    da(person, leitung)
    with pytest.raises(SchrittNichtMoeglich, match="läuft noch"):
        loesche(person)
    abschluss.brich_ab(person, date(2026, 3, 8), durch=leitung, um=NACH)
    person.refresh_from_db()
    assert loesche(person).email == "[gelöscht]"


def test_after_leaving_all_goes_and_the_link_with_it(client):
    person = angemeldet(make_kurs(), name="Änne Größler")
    person = verfahren.melde_ab(person, durch=None, um=UM, gesehen=person.version)
    adresse = link.adresse(person)
    assert "Größler" in client.get(adresse).content.decode()
    felder = {"schritt": "loeschen", "version": person.version}
    for _ in range(2):
        antwort = client.post(adresse, felder, follow=True)
        assert "Ihre Angaben sind gelöscht" in antwort.content.decode()
    person.refresh_from_db()
    assert (person.name, person.email) == ("[gelöscht]", "[gelöscht]")


def test_two_deleted_ones_of_a_cohort_do_not_clash():
    durchgang = make_kurs()
    for _ in range(2):
        person = angemeldet(durchgang)
        person = verfahren.melde_ab(person, durch=None, um=UM, gesehen=person.version)
        loesche(person)
    assert not Bedarf.objects.exists()


def test_what_was_typed_stays_when_the_registration_changed_meanwhile(client):
    person = angemeldet(make_kurs())
    aendere(person)
    felder = {**NEU, "kommune": "", "name": "Anne Größler", "schritt": "angaben"}
    antwort = client.post(link.adresse(person), {**felder, "version": person.version})
    assert antwort.status_code == 409
    assert "hat sich geändert" in antwort.text
    assert 'value="Anne Größler"' in antwort.text
    assert "<details open>" in antwort.text
    antwort = client.post(link.adresse(person), {**felder, "version": person.version + 1})
    assert antwort.status_code == 302
    person.refresh_from_db()
    assert person.name == "Anne Größler"


def test_the_form_keeps_what_was_typed_and_says_what_is_wrong(client):
    person = angemeldet(make_kurs())
    felder = {**NEU, "kommune": "", "name": "", "schritt": "angaben", "version": person.version}
    seite = client.post(link.adresse(person), felder).content.decode()
    assert "Geben Sie Ihren Namen an." in seite
    assert 'value="Sozialarbeit"' in seite


def test_with_an_account_it_goes_too(client):
    konto = make_konto()
    client.force_login(konto)
    person = melde_an(make_kurs(), konto=konto)
    person = verfahren.melde_ab(person, durch=konto, um=UM, gesehen=person.version)
    adresse = reverse("fortbildung:anmeldung", args=[person.pk])
    antwort = client.post(adresse, {"schritt": "loeschen", "version": person.version}, follow=True)
    assert "Ihre Angaben sind gelöscht" in antwort.content.decode()
    assert client.get(adresse).status_code == 404


def test_strangers_are_not_asked_again_and_again():
    person = angemeldet(make_kurs())
    for nummer in range(eigene_angaben.STELLEN_HOECHSTENS - 1):
        person = aendere(person, arbeitgeber_email=f"stelle{nummer}@example.org")
    with pytest.raises(SchrittNichtMoeglich, match="schon mehrmals"):
        aendere(person, arbeitgeber_email="noch-eine@example.org")
    assert aendere(person, arbeitgeber_email=person.arbeitgeber_email).name == NEU["name"]


def test_whoever_broke_off_is_on_no_later_list_and_once_deleted_not_asked():
    leitung = koordination()
    person = zugelassen(leitung)
    zulassung.gib_bedarf_an(person, "vegan", "", um=UM)
    da(person, leitung)
    tage = list(person.durchgang.kurstage.all())
    abschluss.brich_ab(person, tage[0].tag, durch=leitung, um=NACH)
    assert not Bedarf.objects.exists()
    assert [person in anwesenheit.erwartete(tag) for tag in tage] == [True] + [False] * (
        len(tage) - 1
    )
    loesche(type(person).objects.get(pk=person.pk))
    assert befragung.frage(date(2026, 3, 8)) == 0


def test_an_account_stays_while_its_address_takes_part():
    konto = make_konto(email="k@example.org")
    angemeldet(make_kurs(), email="k@example.org")
    assert list(_mit_laufender_anmeldung([konto.pk])) == [konto.pk]


def test_who_broke_off_reads_so_and_is_not_asked_for_needs(client):
    leitung = koordination()
    person = zugelassen(leitung)
    da(person, leitung)
    abschluss.brich_ab(person, date(2026, 3, 8), durch=leitung, um=NACH)
    seite = client.get(link.adresse(person)).content.decode()
    assert "Sie haben den Lehrgang am 08.03.2026 abgebrochen." in seite
    assert 'value="bedarf"' not in seite
    with pytest.raises(SchrittNichtMoeglich, match="teilnehmen"):
        zulassung.gib_bedarf_an(person, "vegan", "", um=UM)
