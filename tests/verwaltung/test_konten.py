"""Accounts: made by invitation, and who may give rights to whom, and who to nobody."""

import pytest
from django.contrib.auth.models import Group

from asskomm.konten.konto_admin import INZWISCHEN
from asskomm.konten.models import Einladung, Konto, Rollenvergabe, Zweitfaktorverlust
from asskomm.konten.rollen import ROLLEN, ZU_ZWEIT
from asskomm.portal.models import Stand
from asskomm.post.models import Nachricht
from asskomm.protokoll.models import Eintrag
from tests.factories import make_konto, make_rollenvergabe

from .formulare import adresse, fehler, formulardaten, sende
from .personal import angemeldet, make_personal

pytestmark = pytest.mark.thorough

VERGEBEN = "Zu dieser E-Mail-Adresse gibt es schon ein Konto."
SCHRITTE = {
    "einladung-erneut": {},
    "einladung-widerrufen": {},
    "ueberall-abmelden": {},
    "deaktivieren": {"grund": "Ausgeschieden"},
    "aktivieren": {"grund": "Zurück"},
}


@pytest.fixture
def administration(anmelden):
    return anmelden("Administration")


@pytest.fixture
def eingeladen(administration):
    """An account that the administration has invited."""
    sende(administration, Konto, email="kim@example.org", name="Kim Muster")
    return Konto.objects.get(email="kim@example.org")


def gruppe(name):
    return Group.objects.get(name=name).pk


def rollen(konto):
    return {g.name for g in konto.groups.all()}


def handlungen():
    return list(Eintrag.objects.order_by("id").values_list("handlung", flat=True))


# --- Inviting -----------------------------------------------------------------


def test_a_new_colleague_is_invited_with_a_role(administration):
    antwort = sende(
        administration, Konto, email="Kim.Muster@Example.org", name="Kim Muster",
        rollen=[gruppe("Redaktion")],
    )  # fmt: skip
    konto = Konto.objects.get(email="kim.muster@example.org")
    assert antwort.url == adresse(Konto, "change", konto.pk)
    assert konto.eingeladen
    assert konto.is_staff
    assert not konto.has_usable_password()
    assert rollen(konto) == {"Redaktion"}
    assert Nachricht.objects.filter(konto=konto, vorlage="einladung").exists()
    assert handlungen() == ["konto.eingeladen", "rolle.gegeben"]


def test_a_form_sent_twice_is_one_invitation(administration):
    daten = formulardaten(administration.get(adresse(Konto, "add"))) | {"email": "kim@example.org"}
    antworten = [administration.post(adresse(Konto, "add"), daten) for _ in range(2)]
    assert antworten[0].url == antworten[1].url
    assert Einladung.objects.count() == 1


@pytest.mark.parametrize(
    ("email", "satz"),
    [
        ("vorhanden@example.org", VERGEBEN),
        ("Vorhanden@Example.org", VERGEBEN),
        ("keine Adresse", "Geben Sie eine E-Mail-Adresse an"),
    ],
)
def test_mistakes_of_an_invitation_are_said_once(administration, email, satz):
    make_konto(email="vorhanden@example.org")
    gefunden = fehler(sende(administration, Konto, email=email))
    assert list(gefunden) == ["email"]
    assert len(gefunden["email"]) == 1
    assert satz in gefunden["email"][0]
    assert not Einladung.objects.exists()


def test_nobody_sees_or_sets_a_password(administration, eingeladen):
    for ziel in (adresse(Konto, "add"), adresse(Konto, "change", eingeladen.pk)):
        assert "assword" not in administration.get(ziel).content.decode()
    ziel = f"/admin/konten/konto/{eingeladen.pk}/password/"
    daten = {"password1": "Regenschirm-im-Mai", "password2": "Regenschirm-im-Mai"}
    administration.post(ziel, daten)
    sende(administration, Konto, eingeladen.pk, password="x", **daten)
    eingeladen.refresh_from_db()
    assert not eingeladen.has_usable_password()


def test_an_invitation_goes_out_again_or_is_withdrawn(administration, eingeladen):
    einladung = Einladung.objects.get()
    administration.post(adresse(Konto, "einladung-erneut", eingeladen.pk))
    einladung.refresh_from_db()
    assert einladung.folge == 2
    assert Nachricht.objects.filter(konto=eingeladen).count() == 2
    administration.post(adresse(Konto, "einladung-widerrufen", eingeladen.pk))
    einladung.refresh_from_db()
    assert einladung.widerrufen_um
    for schritt in ("einladung-erneut", "einladung-widerrufen"):
        assert administration.post(adresse(Konto, schritt, eingeladen.pk)).status_code == 409


# --- Roles --------------------------------------------------------------------


def test_roles_are_given_and_taken_and_the_history_says_by_whom(administration):
    konto = make_personal("Redaktion", email="kim@example.org")
    sende(administration, Konto, konto.pk, rollen=[gruppe("Fortbildung"), gruppe("Prüfung")])
    assert rollen(konto) == {"Fortbildung", "Prüfung"}
    verlauf = administration.get(adresse(Konto, "history", konto.pk)).content.decode()
    for wort in ("rolle: Fortbildung", "rolle: Prüfung", "rolle: Redaktion", "Rolle entzogen"):
        assert wort in verlauf
    assert administration.konto.name in verlauf
    assert Nachricht.objects.filter(konto=konto, vorlage="rolle_geaendert").exists()


@pytest.mark.parametrize("rolle", ZU_ZWEIT)
def test_a_far_reaching_role_cannot_be_chosen_but_proposed(administration, rolle):
    konto = make_personal("Redaktion")
    antwort = sende(administration, Konto, konto.pk, rollen=[gruppe("Redaktion"), gruppe(rolle)])
    assert "rollen" in fehler(antwort)
    assert rollen(konto) == {"Redaktion"}
    antwort = sende(administration, Konto, email="neu@example.org", rollen=[gruppe(rolle)])
    assert "rollen" in fehler(antwort)
    assert not Konto.objects.filter(email="neu@example.org").exists()
    seite = administration.get(adresse(Konto, "change", konto.pk)).content.decode()
    vorschlagen = f"{adresse(Rollenvergabe, 'add')}?konto={konto.pk}"
    assert vorschlagen in seite
    form = administration.get(vorschlagen).context["adminform"].form
    assert str(form["konto"].value()) == str(konto.pk)
    assert {str(g) for g in form.fields["gruppe"].queryset} == set(ZU_ZWEIT)


def test_one_person_takes_a_far_reaching_role_away(administration):
    konto = make_personal("Leitung")
    sende(administration, Konto, konto.pk, name="Lea")
    assert rollen(konto) == {"Leitung"}, "kept while it is not taken"
    sende(administration, Konto, konto.pk, rollen=None)
    assert not rollen(konto)
    assert Rollenvergabe.objects.get(konto=konto).entzogen_um


def test_who_has_roles_is_staff_and_who_has_none_is_not(administration):
    konto = make_konto()
    sende(administration, Konto, konto.pk, rollen=[gruppe("Redaktion")])
    konto.refresh_from_db()
    assert konto.is_staff
    sende(administration, Konto, konto.pk, rollen=None)
    konto.refresh_from_db()
    assert not konto.is_staff


def test_an_old_page_takes_nothing_away_that_came_since(administration):
    konto = make_personal("Redaktion")
    ziel = adresse(Konto, "change", konto.pk)
    alt = formulardaten(administration.get(ziel))
    konto.groups.add(gruppe("Prüfung"))
    assert fehler(administration.post(ziel, alt)) == {"": [INZWISCHEN]}
    assert rollen(konto) == {"Redaktion", "Prüfung"}


def test_rights_are_no_plain_fields(administration):
    konto = make_personal("Redaktion")
    sende(
        administration, Konto, konto.pk, is_superuser="on", user_permissions=["1"], is_active="",
        is_staff="", groups=[gruppe("Prüfung")], email="anders@example.org", ist_beispiel="on",
    )  # fmt: skip
    vorher = Konto.objects.values().get(pk=konto.pk)
    konto.refresh_from_db()
    assert vorher == Konto.objects.values().get(pk=konto.pk)
    assert (konto.is_active, konto.is_staff, konto.ist_beispiel) == (True, True, False)
    assert not konto.is_superuser
    assert konto.email != "anders@example.org", "whoever could change it could take the account"
    assert rollen(konto) == {"Redaktion"}
    assert not konto.user_permissions.exists()


def test_nobody_gives_rights_to_themselves(administration):
    eigenes = administration.konto
    seite = administration.get(adresse(Konto, "change", eigenes.pk))
    assert "rollen" not in seite.context["adminform"].form.fields
    sende(
        administration, Konto, eigenes.pk, name="Neuer Name", rollen=[gruppe("Redaktion")],
        rollen_stand=str(gruppe("Administration")),
    )  # fmt: skip
    eigenes.refresh_from_db()
    assert eigenes.name == "Neuer Name"
    assert rollen(eigenes) == {"Administration"}
    for schritt, daten in SCHRITTE.items():
        ziel = adresse(Konto, schritt, eigenes.pk)
        assert ziel not in seite.content.decode()
        assert administration.get(ziel).status_code == 403
        assert administration.post(ziel, daten).status_code == 403
    eigenes.refresh_from_db()
    assert eigenes.is_active


@pytest.mark.django_db
@pytest.mark.parametrize("rolle", [rolle for rolle in ROLLEN if rolle != "Administration"])
def test_other_roles_cannot_touch_accounts(anmelden, rolle):
    client, konto = anmelden(rolle), make_personal("Redaktion")
    vorher = Konto.objects.values().get(pk=konto.pk)
    ziele = [adresse(Konto), adresse(Konto, "add"), adresse(Konto, "history", konto.pk)]
    ziele += [adresse(Konto, "change", nummer) for nummer in (konto.pk, client.konto.pk)]
    for ziel in ziele:
        assert client.get(ziel).status_code == 403
        assert client.post(ziel, {"is_superuser": "on", "name": "x"}).status_code in (403, 405)
    for schritt, daten in SCHRITTE.items():
        assert client.get(adresse(Konto, schritt, konto.pk)).status_code == 403
        assert client.post(adresse(Konto, schritt, konto.pk), daten).status_code == 403
    assert Konto.objects.values().get(pk=konto.pk) == vorher


# --- Switching off, signing out, second factor ---------------------------------


def test_accounts_are_deactivated_with_a_reason_and_not_deleted(administration):
    konto = make_personal("Redaktion")
    sitzung = angemeldet(konto)
    assert (
        administration.post(adresse(Konto, "delete", konto.pk), {"post": "yes"}).status_code == 403
    )
    ziel = adresse(Konto, "deaktivieren", konto.pk)
    assert administration.get(ziel).status_code == 200
    assert administration.post(ziel, {"grund": ""}).context["form"].errors
    konto.refresh_from_db()
    assert konto.is_active
    administration.post(ziel, {"grund": "Ausgeschieden"})
    konto.refresh_from_db()
    assert (konto.is_active, bool(konto.deaktiviert_um)) == (False, True)
    assert sitzung.get("/admin/").status_code == 302
    assert (
        "Ausgeschieden" in administration.get(adresse(Konto, "history", konto.pk)).content.decode()
    )
    assert administration.post(ziel, {"grund": "Noch einmal"}).status_code == 409
    administration.post(adresse(Konto, "aktivieren", konto.pk), {"grund": "Zurück"})
    konto.refresh_from_db()
    assert (konto.is_active, konto.deaktiviert_um) == (True, None)
    assert handlungen()[-2:] == ["konto.deaktiviert", "konto.aktiviert"]


def test_somebody_is_signed_out_everywhere(administration):
    konto = make_personal("Redaktion")
    sitzung = angemeldet(konto)
    assert sitzung.get("/admin/").status_code == 200
    administration.post(adresse(Konto, "ueberall-abmelden", konto.pk))
    assert sitzung.get("/admin/").status_code == 302
    assert handlungen() == ["konto.ueberall_abgemeldet"]


def test_the_second_factor_is_reset_only_by_a_proposal(administration):
    konto = make_personal("Redaktion")
    seite = administration.get(adresse(Konto, "change", konto.pk)).content.decode()
    assert f"{adresse(Zweitfaktorverlust, 'add')}?konto={konto.pk}" in seite
    eigene = administration.get(adresse(Konto, "change", administration.konto.pk))
    assert f"{adresse(Zweitfaktorverlust, 'add')}?konto=" not in eigene.content.decode()
    gefunden = fehler(
        sende(
            administration,
            Zweitfaktorverlust,
            konto=administration.konto.pk,
            begruendung="Telefon verloren",
        )  # fmt: skip
    )
    assert gefunden == {"konto": ["Den eigenen zweiten Faktor setzen zwei andere zurück."]}


def test_a_name_is_changed_with_an_entry_that_does_not_say_it(administration):
    konto = make_personal("Redaktion", name="Rita Alt")
    sende(administration, Konto, konto.pk, name="Rita Neu")
    eintrag = Eintrag.objects.get()
    assert (eintrag.handlung, eintrag.angaben) == ("konto.angaben_geaendert", {"feld": "name"})


# --- Reading ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("frage", "gefunden"),
    [
        ({"zustand": "aktiv"}, {"admin", "rita"}),
        ({"zustand": "eingeladen"}, {"neu"}),
        ({"zustand": "deaktiviert"}, {"weg"}),
        ({"zweitfaktor": "ja"}, {"admin", "rita"}),
        ({"zweitfaktor": "nein"}, {"neu", "weg"}),
        ({"is_staff__exact": "0"}, {"neu", "weg"}),
    ],
)
@pytest.mark.django_db
def test_accounts_are_filtered(frage, gefunden):
    client = angemeldet(make_personal("Administration", email="admin@example.org"))
    make_personal("Redaktion", email="rita@example.org")
    make_konto(email="neu@example.org", is_active=False)
    make_konto(email="weg@example.org", is_active=False, deaktiviert_um="2026-01-01 12:00Z")
    liste = client.get(adresse(Konto), frage).context["cl"].result_list
    namen = {konto.email.partition("@")[0] for konto in liste}
    assert namen & {"admin", "rita", "neu", "weg"} == gefunden


def test_accounts_are_filtered_by_role(administration):
    konto = make_personal("Redaktion")
    liste = administration.get(adresse(Konto), {"groups__id__exact": gruppe("Redaktion")})
    assert list(liste.context["cl"].result_list) == [konto]


def test_passwords_are_no_filter(administration):
    """Else they could be guessed letter by letter."""
    make_konto(password="Regenschirm-im-Mai")

    def gelistet(anfang):
        antwort = administration.get(adresse(Konto), {"password__startswith": anfang})
        liste = antwort.context["cl"].result_list if antwort.status_code == 200 else []
        return antwort.status_code, {konto.pk for konto in liste}

    assert gelistet("md5") == gelistet("pbkdf2") == gelistet("unsinn")


def test_lists_take_the_same_queries_for_one_and_three(
    administration, django_assert_max_num_queries
):
    def anzahl(modell):
        with django_assert_max_num_queries(40) as gezaehlt:
            assert administration.get(adresse(modell)).status_code == 200
        return len(gezaehlt.captured_queries)

    leitung = Group.objects.get(name="Leitung")
    anzahlen = []
    for _ in range(2):
        make_personal("Redaktion")
        make_rollenvergabe(konto=make_konto(), gruppe=leitung)
        make_rollenvergabe(konto=make_konto(), gruppe=leitung, ergebnis="offen")
        anzahlen.append((anzahl(Konto), anzahl(Rollenvergabe)))
    assert anzahlen[0] == anzahlen[1]


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


# --- What waits ---------------------------------------------------------------


def test_open_proposals_wait_for_those_who_can_decide_and_not_for_who_made_them(anmelden):
    erste, zweite, leitung, redaktion = map(
        anmelden, ("Administration", "Administration", "Leitung", "Redaktion")
    )
    gruppe_leitung = Group.objects.get(name="Leitung")
    make_rollenvergabe(
        ergebnis="offen", konto=zweite.konto, gruppe=gruppe_leitung, vorgeschlagen_von=erste.konto
    )
    make_rollenvergabe(
        ergebnis="offen", konto=make_konto(), gruppe=gruppe_leitung, vorgeschlagen_von=zweite.konto
    )

    def wartet(client):
        aufgaben = client.get("/admin/").context["aufgaben"]
        return [a for a in aufgaben if a.titel == "Vorgeschlagene Rollen"]

    assert [a.anzahl for a in wartet(erste)] == [1]
    assert wartet(zweite) == [], "proposed one, is affected by the other"
    assert [a.anzahl for a in wartet(leitung)] == [2]
    assert wartet(redaktion) == []
    liste = erste.get(wartet(erste)[0].adresse).context["cl"].result_list
    assert [v.vorgeschlagen_von for v in liste] == [zweite.konto]
