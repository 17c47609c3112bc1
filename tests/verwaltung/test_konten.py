"""Accounts: who may give rights to whom, and who to nobody."""

import pytest
from django.contrib.auth.models import Group

from asskomm.konten.models import Konto
from asskomm.portal.models import Stand
from tests.factories import make_konto

from .formulare import adresse, fehler, sende
from .personal import make_personal

PASSWORT = "Regenschirm-im-Mai"
VERGEBEN = "Zu dieser E-Mail-Adresse gibt es schon ein Konto."


@pytest.fixture
def administration(anmelden):
    return anmelden("Administration")


def gruppe(name):
    return Group.objects.get(name=name).pk


def test_a_new_colleague_gets_an_account_with_a_role(administration, client):
    antwort = sende(
        administration, Konto, email="Kim.Muster@Example.org", name="Kim Muster",
        password1=PASSWORT, password2=PASSWORT, is_staff="on", groups=[gruppe("Redaktion")],
    )  # fmt: skip
    assert antwort.status_code == 302
    konto = Konto.objects.get(name="Kim Muster")
    assert konto.email == "kim.muster@example.org"
    assert not konto.is_superuser
    assert client.login(email="kim.muster@example.org", password=PASSWORT)
    assert client.get("/admin/portal/meldung/").status_code == 200


@pytest.mark.parametrize(
    ("felder", "feld", "satz"),
    [
        ({"password1": "kurz-und-12", "password2": "kurz-und-12"}, "password2", "12 Zeichen"),
        ({"password2": "anders"}, "password2", ""),
        ({"email": "vorhanden@example.org"}, "email", VERGEBEN),
        ({"email": "Vorhanden@Example.org"}, "email", VERGEBEN),
        ({"email": "keine Adresse"}, "email", "Geben Sie eine E-Mail-Adresse an"),
    ],
)
def test_mistakes_of_a_new_account(administration, felder, feld, satz):
    make_konto(email="vorhanden@example.org")
    angaben = {"email": "neu@example.org", "password1": PASSWORT, "password2": PASSWORT}
    gefunden = fehler(sende(administration, Konto, **angaben | felder))
    texte = gefunden.get(feld) or gefunden.get("", [])
    assert any(satz in text for text in texte), gefunden


@pytest.mark.parametrize("email", ["vorhanden@example.org", "Vorhanden@Example.org"])
def test_an_address_that_is_taken_is_said_once(administration, email):
    make_konto(email="vorhanden@example.org")
    konto = make_konto(email="kim@example.org")
    neu = {"email": email, "password1": PASSWORT, "password2": PASSWORT}
    assert fehler(sende(administration, Konto, **neu)) == {"email": [VERGEBEN]}
    assert fehler(sende(administration, Konto, konto.pk, email=email)) == {"email": [VERGEBEN]}


def test_what_people_read_is_called_roles_and_verlauf(administration):
    konto = make_konto(email="kim@example.org")
    seiten = [
        "/admin/", adresse(Konto), adresse(Konto, "change", konto.pk), adresse(Group),
        adresse(Konto, "history", konto.pk), adresse(Group, "change", gruppe("Redaktion")),
    ]  # fmt: skip
    for seite in seiten:
        text = administration.get(seite).content.decode()
        for wort in ("Gruppe", "Änderungshistorie", "Änderungsgeschichte", ">Geschichte"):
            assert wort not in text, (seite, wort)


def test_a_figure_kept_has_a_heading_in_good_german(anmelden):
    text = anmelden().get(adresse(Stand, "add")).content.decode()
    assert "<h1>Stand hinzufügen</h1>" in text
    assert '<html lang="de"' in text, "or the browser does not hyphenate"


def test_roles_are_given_and_the_history_says_by_whom_before_and_after(administration):
    konto = make_personal("Redaktion", email="kim@example.org")
    sende(administration, Konto, konto.pk, groups=[gruppe("Leitung"), gruppe("Prüfung")])
    assert {g.name for g in konto.groups.all()} == {"Leitung", "Prüfung"}
    verlauf = administration.get(adresse(Konto, "history", konto.pk)).content.decode()
    assert "Rollen: Redaktion → Leitung, Prüfung." in verlauf
    assert administration.konto.email in verlauf


@pytest.mark.parametrize(
    "felder",
    [
        {"is_superuser": "on"},
        {"user_permissions": ["1"]},
    ],
)
def test_administration_cannot_give_what_only_superusers_have(administration, felder):
    konto = make_personal("Redaktion")
    seite = administration.get(adresse(Konto, "change", konto.pk)).content.decode()
    assert "is_superuser" not in seite
    assert "user_permissions" not in seite
    sende(administration, Konto, konto.pk, **felder)
    konto.refresh_from_db()
    assert not konto.is_superuser
    assert not konto.user_permissions.exists()


def test_nobody_gives_rights_to_themselves(administration):
    eigenes = administration.konto
    sende(
        administration, Konto, eigenes.pk, name="Neuer Name", groups=[gruppe("Leitung")],
        is_active="", is_staff="",
    )  # fmt: skip
    eigenes.refresh_from_db()
    assert eigenes.name == "Neuer Name"
    assert [g.name for g in eigenes.groups.all()] == ["Administration"]
    assert eigenes.is_staff
    assert eigenes.is_active


def test_a_superuser_is_out_of_reach_for_administration(administration):
    chef = make_personal(email="chef@example.org")
    assert not administration.get(adresse(Konto, "change", chef.pk)).context[
        "has_change_permission"
    ]
    for tuer in (adresse(Konto, "change", chef.pk), adresse(Konto, "delete", chef.pk)):
        assert administration.post(tuer, {"email": "neu@example.org"}).status_code == 403
    passwort = f"/admin/konten/konto/{chef.pk}/password/"
    assert administration.get(passwort).status_code == 403
    daten = {"password1": PASSWORT, "password2": PASSWORT}
    assert administration.post(passwort, daten).status_code == 403
    chef.refresh_from_db()
    assert chef.email == "chef@example.org"
    assert not chef.check_password(PASSWORT)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "rolle", ["Redaktion", "Sachbearbeitung", "Prüfung", "Leitung", "Fortbildung"]
)
def test_other_roles_cannot_touch_accounts(anmelden, rolle):
    client = anmelden(rolle)
    for tuer in (
        adresse(Konto),
        adresse(Konto, "add"),
        adresse(Konto, "change", client.konto.pk),
        f"/admin/konten/konto/{client.konto.pk}/password/",
    ):
        assert client.get(tuer).status_code == 403
        assert client.post(tuer, {"is_superuser": "on"}).status_code == 403


@pytest.mark.django_db
def test_a_superuser_may_make_another(anmelden):
    chef, konto = anmelden(), make_personal("Redaktion")
    sende(chef, Konto, konto.pk, is_superuser="on")
    konto.refresh_from_db()
    assert konto.is_superuser


def test_a_new_password_is_set_and_noted_without_its_words(administration):
    konto = make_personal("Redaktion")
    seite = f"/admin/konten/konto/{konto.pk}/password/"
    assert administration.get(seite).status_code == 200
    for leer in ({}, {"usable_password": "false", "unset-password": "1"}):
        assert administration.post(seite, leer).context["form"].errors
    antwort = administration.post(seite, {"password1": PASSWORT, "password2": PASSWORT})
    assert antwort.status_code == 302
    konto.refresh_from_db()
    assert konto.check_password(PASSWORT)
    verlauf = administration.get(adresse(Konto, "history", konto.pk)).content.decode()
    assert "Passwort neu gesetzt." in verlauf
    assert PASSWORT not in verlauf


def test_accounts_are_switched_off_and_not_deleted(administration):
    konto = make_personal("Redaktion")
    assert (
        administration.post(adresse(Konto, "delete", konto.pk), {"post": "yes"}).status_code == 403
    )
    sende(administration, Konto, konto.pk, is_active=None)
    konto.refresh_from_db()
    assert not konto.is_active


def test_passwords_are_no_filter(administration):
    assert administration.get(adresse(Konto), {"password__startswith": "a"}).status_code == 400
