"""What not even the proposal may come from: the person it is about, nor their deputy."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from asskomm.konten import verfahren, vieraugen
from asskomm.konten.models import Konto, Zweitfaktorverlust
from asskomm.schritt import SchrittNichtMoeglich
from kommunen.mitglieder.verfahren import genehmige_bestellung
from kommunen.models import Bestellung, Mitgliedschaft, Rolle
from tests.factories import (
    make_bestellung,
    make_kommune,
    make_konto,
    make_mitglied,
    make_zweitfaktorverlust,
)
from tests.verwaltung.formulare import adresse, fehler, sende

from .hilfen import gruppe, verboten
from .test_zwei_personen import vertretung_von

pytestmark = pytest.mark.django_db
SELBST = "Die eigene Bestellung schlägt niemand vor"
HAT_EINE = "hat eine Verwaltung"


def angaben(kommune, email):
    return {
        "kommune": kommune.pk,
        "email": email,
        "nachweis": "Rückruf über die Zentrale",
        "begruendung": "Die letzte Person ist ausgeschieden.",
    }


@pytest.mark.parametrize("schreibweise", [str, str.upper, lambda email: f" {email} "])
def test_nobody_proposes_themselves_as_verwaltung(erste, schreibweise):
    kommune = make_kommune()
    antwort = sende(erste, Bestellung, **angaben(kommune, schreibweise(erste.konto.email)))
    assert SELBST in " ".join(fehler(antwort)["email"])
    assert not Bestellung.objects.exists()


def test_nor_does_a_deputy(zweite):
    client = vertretung_von(zweite.konto)
    antwort = sende(client, Bestellung, **angaben(make_kommune(), zweite.konto.email))
    assert SELBST in " ".join(fehler(antwort)["email"])
    daten = {"konto": zweite.konto.pk, "begruendung": "Handy weg"}
    antwort = sende(client, Zweitfaktorverlust, **daten)
    assert "zwei andere" in " ".join(fehler(antwort)["konto"])


def test_another_address_that_only_looks_alike_is_another_person(erste):
    Konto.objects.filter(pk=erste.konto.pk).update(email="erste@example.org")
    sende(erste, Bestellung, **angaben(make_kommune(), "erste.x@example.org"))
    assert Bestellung.objects.get().email == "erste.x@example.org"


def test_the_database_refuses_it_by_address_and_by_account():
    person, andere = make_konto(), make_konto()
    for wer in (
        {"vorgeschlagen_von": person},
        {"vorgeschlagen_von": andere, "vorgeschlagen_fuer": person},
    ):
        verboten("bestellung_nicht_selbst", lambda w=wer: make_bestellung(email=person.email, **w))
        verboten(
            "zweitfaktorverlust_nicht_selbst",
            lambda w=wer: make_zweitfaktorverlust(konto=person, **w),
        )
        spaeter = make_bestellung(email=f"neu{len(wer)}@example.org", **wer)
        Konto.objects.filter(pk=person.pk).update(email=spaeter.email)
        bestellungen = Bestellung.objects.filter(pk=spaeter.pk)
        verboten("bestellung_nicht_selbst", lambda b=bestellungen: b.update(konto=person))
        person.refresh_from_db()


def test_the_procedure_refuses_it_too(erste):
    vorschlag = Bestellung(
        kommune=make_kommune(), email=erste.konto.email, nachweis="Brief", begruendung="Neu"
    )
    with pytest.raises(ValidationError, match=SELBST):
        vieraugen.schlage_vor(vorschlag, durch=erste.konto, um=timezone.now())


def test_an_address_that_became_the_proposers_is_not_approved(erste, zweite):
    bestellung = make_bestellung(email="neu@example.org", vorgeschlagen_von=erste.konto)
    Konto.objects.filter(pk=erste.konto.pk).update(email="neu@example.org")
    antwort = zweite.post(adresse(Bestellung, "genehmigen", bestellung.pk))
    assert antwort.status_code == 409
    assert SELBST in antwort.content.decode()
    assert not Mitgliedschaft.objects.exists()


def test_the_person_sees_no_button_before_the_decision_either(erste, zweite):
    bestellung = make_bestellung(email=zweite.konto.email, vorgeschlagen_von=erste.konto)
    seite = zweite.get(adresse(Bestellung, "change", bestellung.pk)).content.decode()
    assert adresse(Bestellung, "genehmigen", bestellung.pk) not in seite
    assert vieraugen.ZWEITE_PERSON in seite


# --- Only for a Kommune that cannot help itself ----------------------------------------


def test_a_kommune_with_a_verwaltung_needs_no_bestellung(erste):
    kommune = make_kommune()
    make_mitglied(kommune, Rolle.VERWALTUNG)
    antwort = sende(erste, Bestellung, **angaben(kommune, "neu@example.org"))
    assert HAT_EINE in " ".join(fehler(antwort)["kommune"])
    assert not Bestellung.objects.exists()


def test_nor_once_it_has_got_one_before_the_approval(erste, zweite):
    bestellung = make_bestellung(vorgeschlagen_von=erste.konto)
    chefin = make_mitglied(bestellung.kommune, Rolle.VERWALTUNG)
    antwort = zweite.post(adresse(Bestellung, "genehmigen", bestellung.pk))
    assert antwort.status_code == 409
    assert HAT_EINE in antwort.content.decode()
    with pytest.raises(SchrittNichtMoeglich):
        genehmige_bestellung(bestellung, durch=zweite.konto, um=timezone.now())
    verfahren.deaktiviere(chefin, durch=zweite.konto, um=timezone.now(), grund="Ausgeschieden")
    assert zweite.post(adresse(Bestellung, "genehmigen", bestellung.pk)).status_code == 302


def test_members_in_other_roles_do_not_help_it(erste):
    kommune = make_kommune()
    make_mitglied(kommune, Rolle.ZEICHNUNG)
    sende(erste, Bestellung, **angaben(kommune, "neu@example.org"))
    assert Bestellung.objects.get().kommune == kommune


# --- Roles of the LPR --------------------------------------------------------------------


def test_nobody_at_the_lpr_gives_themselves_a_role_nor_does_a_deputy(erste):
    vertreter = make_konto(is_staff=True)
    rolle = gruppe("Redaktion")
    for durch, fuer in ((erste.konto, None), (vertreter, erste.konto)):
        with pytest.raises(SchrittNichtMoeglich):
            verfahren.setze_rollen(erste.konto, [rolle], durch=durch, fuer=fuer)
        with pytest.raises(SchrittNichtMoeglich):
            verfahren.lade_personal_ein(
                erste.konto.email,
                [rolle],
                durch=durch,
                fuer=fuer,
                um=timezone.now(),
                marke="6f1b6c9e-0c5e-4c43-9d39-6f4b6b3f9a10",
                name="",
            )
    assert rolle not in erste.konto.groups.all()
