"""An e-mail address has one form, and only what is written in it leads to an account."""

import re
import uuid
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.db.models import Value
from django.test import Client

from asskomm.konten import vorlagen
from asskomm.konten.models import Konto
from asskomm.mailadresse import NUR_ASCII, normalform
from asskomm.post.models import Nachricht
from asskomm.post.verfahren import stelle_ein
from asskomm.protokoll.models import Eintrag
from kommunen.models import Bestellung, Rolle
from tests.factories import make_bestellung, make_kommune, make_konto, make_mitglied
from tests.verwaltung.formulare import sende

from .schritte import PASSWORT, ist_angemeldet, melde_an

pytestmark = pytest.mark.django_db
# Each becomes the address on the right by upper(), lower() or NFKC of one library or another.
DOPPELGAENGER = [
    ("le\u017fen@example.org", "lesen@example.org"),
    ("adm\u0131n@example.org", "admin@example.org"),
    ("ADM\u0130N@example.org", "admin@example.org"),
    ("\u212aim@example.org", "kim@example.org"),
    ("kim@e\u017fample.org", "kim@esample.org"),
]
SCHREIBWEISEN = ["kim@example.org", "KIM@example.org", "  Kim@Example.ORG ", "kim@example.org\t"]
KEINE = [
    *[falsch for falsch, _ in DOPPELGAENGER],
    "kim@m\u00fcnchen.de",
    "k\u00edm@example.org",
    "Kim@example.org",
    " kim@example.org",
    "kim@example.org\n",
    "kim muster@example.org",
    '"\x01"@example.org',
    "kim\u200b@example.org",
    "",
]


# --- The form ----------------------------------------------------------------------------------


@pytest.mark.parametrize("schreibweise", SCHREIBWEISEN)
def test_case_and_blanks_around_it_do_not_count(schreibweise):
    assert normalform(schreibweise) == "kim@example.org"


@pytest.mark.parametrize(("falsch", "echt"), DOPPELGAENGER)
def test_a_sign_that_looks_alike_stays_another_sign(falsch, echt):
    assert normalform(falsch) != echt


@pytest.mark.parametrize("adresse", KEINE)
@pytest.mark.parametrize(
    ("bedingung", "lege_an"),
    [
        ("konto_email_form", lambda adresse: Konto.objects.create(email=adresse)),
        ("bestellung_email_form", lambda adresse: make_bestellung(email=adresse)),
        (
            "nachricht_adresse_form",
            lambda adresse: stelle_ein(vorlagen.PASSWORT_VERGESSEN, an=adresse),
        ),
    ],
)
def test_the_database_takes_no_other_form(bedingung, lege_an, adresse):
    with pytest.raises(IntegrityError) as gefangen, transaction.atomic():
        lege_an(Value(adresse))  # past what the column does
    assert gefangen.value.__cause__.diag.constraint_name == bedingung


def test_no_lookup_of_an_address_ignores_case():
    """PostgreSQL folds more than a to A: what is stored in one form is looked up in it."""
    wurzel = Path(__file__).parents[2]
    ordner = ["asskomm", "kommunen", "beratung", "foerderung", "fortbildung"]
    quellen = [pfad for name in ordner for pfad in (wurzel / name).rglob("*.py")]
    muster = re.compile(r"(mail|adresse)__i(exact|contains|startswith|endswith)")
    assert [str(pfad) for pfad in quellen if muster.search(pfad.read_text())] == []


# --- Where addresses come from ---------------------------------------------------------------


@pytest.mark.parametrize("falsch", ["le\u017fen@example.org", "adm\u0131n@example.org"])
def test_a_kommune_cannot_invite_an_address_that_looks_alike(client, falsch):
    kommune = make_kommune()
    client.force_login(make_mitglied(kommune, Rolle.VERWALTUNG))
    daten = {"email": falsch, "rollen": ["lesen"], "marke": str(uuid.uuid4())}
    seite = client.post(f"/mein-bereich/{kommune.kennung}/mitglieder/einladen/", daten)
    assert NUR_ASCII in seite.content.decode()
    assert not Konto.objects.filter(is_active=False).exists()


@pytest.mark.parametrize(
    ("adresse", "daten"),
    [
        ("/admin/konten/konto/add/", {"name": "Kim", "formularmarke": str(uuid.UUID(int=1))}),
        ("/admin/kommunen/bestellung/add/", {"nachweis": "Brief", "begruendung": "Neu"}),
    ],
)
def test_staff_cannot_either(client, adresse, daten):
    kommune = make_kommune()
    client.force_login(make_konto(rollen=["Administration", "Leitung"]))
    vorher = Konto.objects.count()
    daten = daten | {"email": "le\u017fen@example.org", "kommune": kommune.pk}
    assert NUR_ASCII in client.post(adresse, daten).content.decode()
    assert (Konto.objects.count(), Bestellung.objects.count()) == (vorher, 0)


def test_a_proposed_address_is_stored_in_its_one_form(client):
    kommune = make_kommune()
    client.force_login(make_konto(rollen=["Administration"]))
    antwort = sende(
        client,
        Bestellung,
        kommune=kommune.pk,
        email=" Neu@Example.ORG",
        nachweis="Brief",
        begruendung="Neu",
    )
    assert antwort.status_code == 302
    assert Bestellung.objects.get().email == "neu@example.org"


@pytest.mark.parametrize("falsch", ["le\u017fen@example.org", "keine", '"\x01"@example.org'])
def test_the_command_refuses_it_too(falsch):
    with pytest.raises(CommandError):
        call_command("richte_administration_ein", falsch)
    assert not Konto.objects.exists()


# --- Where addresses are typed --------------------------------------------------------------


@pytest.mark.parametrize(("falsch", "echt"), DOPPELGAENGER)
def test_signing_in_with_one_that_looks_alike_finds_nobody(falsch, echt):
    make_konto(email=echt, password=PASSWORT)
    client = Client()
    antwort = melde_an(client, falsch)
    unbekannt = melde_an(Client(), "niemand@example.org")
    assert antwort.status_code == unbekannt.status_code == 200
    assert antwort.context["form"].errors == unbekannt.context["form"].errors
    assert not ist_angemeldet(client)


@pytest.mark.parametrize("schreibweise", SCHREIBWEISEN)
def test_every_spelling_of_the_address_signs_in(client, kim, schreibweise):
    melde_an(client, schreibweise)
    assert ist_angemeldet(client)


def test_all_spellings_share_one_number_of_attempts_and_name_one_account(kim):
    for nummer, schreibweise in enumerate([*SCHREIBWEISEN, "kiM@example.org"]):
        assert melde_an(Client(), schreibweise, f"falsch-{nummer}").status_code == 200
    assert melde_an(Client(), "KIm@example.org", "falsch").status_code == 429
    eintraege = Eintrag.objects.filter(handlung="konto.anmeldung_gescheitert")
    assert {e.gegenstand_nummer for e in eintraege} == {str(kim.pk)}
    assert eintraege.count() == 5


@pytest.mark.parametrize(
    "adresse", [*[falsch for falsch, _ in DOPPELGAENGER], "x" * 245 + "@example.org"]
)
def test_asking_for_a_link_with_an_address_that_can_have_no_account_is_no_error(client, adresse):
    antwort = client.post("/anmelden/passwort-vergessen/", {"email": adresse})
    assert antwort.status_code == 200
    assert not Nachricht.objects.exists()
