"""Every address × every kind of person, against the table in `tabelle.py`."""

from urllib.parse import urlsplit

import pytest
from django.contrib import admin
from django.db import transaction
from django.http import QueryDict
from django.urls import URLPattern, get_resolver, reverse

from tests.verwaltung.test_rollen import tabelle as rollentabelle

from .tabelle import PERSONEN, SEITEN
from .welt import ARGUMENTE, ROLLE_DES_LPR, Welt

# What each page of a model in the admin asks for, in the letters of the table of roles.
ADMINSEITEN = {"changelist": "s", "history": "s", "change": "s", "add": "n", "delete": "l"}
MODELLE = {
    f"{modell._meta.app_label}_{modell._meta.model_name}": modell._meta.label_lower
    for modell in admin.site._registry
}


def adressen() -> dict[str, set[str]]:
    """All named addresses of the project, with their namespaces and the names of their arguments."""

    def steige(resolver, raeume=(), argumente=frozenset()):
        for muster in resolver.url_patterns:
            eigene = argumente | muster.pattern.converters.keys()
            if not isinstance(muster, URLPattern):
                weitere = [muster.namespace] if muster.namespace else []
                yield from steige(muster, [*raeume, *weitere], eigene)
            elif muster.name:
                yield ":".join([*raeume, muster.name]), eigene

    return dict(steige(get_resolver()))


def als_adminseite(name):
    """(model, page) for one of the pages that every model has; None for all others."""
    modell, _, seite = name.removeprefix("admin:").rpartition("_")
    return (MODELLE[modell], seite) if modell in MODELLE and seite in ADMINSEITEN else None


def seitentabelle():
    """{address: {person: answer}}"""
    tabelle = {}
    for zeile in SEITEN.strip().splitlines():
        if zeile.startswith("#") or not zeile.strip():
            continue
        name, *antworten = zeile.split()
        if len(antworten) == 1:
            antworten *= len(PERSONEN)
        assert name not in tabelle, f"{name} steht zweimal in der Tabelle"
        tabelle[name] = dict(zip(PERSONEN, antworten, strict=True))
    return tabelle


def erwartet(name, person):
    if name in seitentabelle():
        return seitentabelle()[name][person]
    if person == "anonym":
        return "an"
    modell, art = als_adminseite(name)
    rechte = rollentabelle().get((modell, ROLLE_DES_LPR.get(person)), set())
    return "." if ADMINSEITEN[art] in rechte else "403"


def adresse(welt, name, argumente):
    """The address with the arguments that lead to a record of the world."""
    if name.startswith("admin:") and argumente & {"object_id", "nummer"} and name not in ARGUMENTE:
        modell = next(m for m in MODELLE if name.startswith(f"admin:{m}_"))
        return reverse(name, args=[welt.objekt(welt.modell(MODELLE[modell])).pk])
    return reverse(name, kwargs=welt.argumente(name))


def antwort(client, ziel, methode="get"):
    """The answer in the words of the table; the admin's own redirect to the login is followed."""
    with transaction.atomic():
        antwort = getattr(client, methode)(ziel)
    if antwort.status_code == 302 and antwort["Location"].startswith(reverse("admin:login")):
        antwort = client.get(antwort["Location"])
    if antwort.status_code == 302 and antwort["Location"].startswith(reverse("account_login")):
        zurueck = QueryDict(urlsplit(antwort["Location"]).query).get("next")
        return "an" if zurueck == ziel else "an*"
    return {200: ".", 301: "->", 302: "->"}.get(antwort.status_code, str(antwort.status_code))


def test_every_address_has_a_line():
    namen = {name for name in adressen() if not als_adminseite(name)}
    assert namen - seitentabelle().keys() == set()
    assert seitentabelle().keys() - adressen().keys() == set()


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("person", PERSONEN)
def test_everybody_meets_what_the_table_says(person):
    welt = Welt()
    client = welt.client(person)
    abweichend = {}
    for name, argumente in adressen().items():
        ziel = adresse(welt, name, argumente)
        if (ist := antwort(client, ziel)) != (soll := erwartet(name, person)):
            abweichend[name] = f"{ist} statt {soll}"
        # Signing out ends the session; the person comes back for the next address.
        if welt.personen[person] and "_auth_user_id" not in client.session:
            client = welt.client(person)
    assert abweichend == {}


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("person", PERSONEN)
def test_who_may_not_see_a_page_cannot_send_its_form_either(person):
    welt = Welt()
    client = welt.client(person)
    offen = {}
    for name, argumente in adressen().items():
        if (soll := erwartet(name, person)) not in ("an", "403", "404"):
            continue
        ziel = adresse(welt, name, argumente)
        ist = antwort(client, ziel, "post")
        if ist not in (soll, "405"):
            offen[name] = f"{ist} statt {soll}"
    assert offen == {}
