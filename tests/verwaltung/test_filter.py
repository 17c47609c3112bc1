"""Addresses nobody made by clicking: a list says what it does not understand, and never breaks."""

from datetime import date

import pytest
from django.contrib import admin
from django.db import models

from asskomm.listen import OHNE_FILTER, OHNE_SEITE
from asskomm.portal.models import Meldung, Seite, Veranstaltung, VeroeffentlichteZahl
from kommunen.models import Kommune, Praeventionsrat, Ratssitzung
from tests.factories import (
    make_kommune,
    make_kreis,
    make_meldung,
    make_rat,
    make_seite,
    make_veranstaltung,
)

from .formulare import adresse, meldungen

pytestmark = pytest.mark.thorough

SEITEN = sorted(admin.site._registry, key=lambda modell: modell._meta.label)
RIESIG = "9" * 20


def namen(antwort):
    return [str(objekt) for objekt in antwort.context["cl"].result_list]


# --- Filters ------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("modell", "frage", "titel"),
    [
        (Kommune, {"art__exact": "\0"}, "Art"),
        (Kommune, {"art__exact": "unsinn"}, "Art"),
        (Kommune, {"kreis__id__exact": "x"}, "Kreis"),
        (Kommune, {"name__startswith": "\0"}, "Name"),
        (Kommune, {"bestehen": "vielleicht"}, "Bestehen"),
        (Praeventionsrat, {"herkunft__exact": "\0"}, "Herkunft"),
        (Praeventionsrat, {"veroeffentlicht__exact": "x"}, "veröffentlicht"),
        (Praeventionsrat, {"zustand": "unsinn"}, "Zustand heute"),
        (Seite, {"rubrik__exact": "\0"}, "Rubrik"),
        (VeroeffentlichteZahl, {"reihe": "\0"}, "Reihe"),
        (Veranstaltung, {"beginn__year": RIESIG}, "Beginn"),
        (Veranstaltung, {"beginn__year": "9999"}, "Beginn"),
        (Veranstaltung, {"beginn__year": "2026", "beginn__month": "13"}, "Beginn"),
        (Veranstaltung, {"beginn__gte": "gestern"}, "Beginn"),
        (Ratssitzung, {"am__year": RIESIG}, "Datum"),
        (Ratssitzung, {"am__year": "2026", "am__month": "2", "am__day": "30"}, "Datum"),
    ],
)  # fmt: skip
def test_an_unknown_value_is_named_and_the_list_shown_without_it(anmelden, modell, frage, titel):
    for _ in range(2):
        make_kreis()
    antwort = anmelden().get(adresse(modell), frage)
    assert antwort.status_code == 200
    assert meldungen(antwort) == [
        f"Unbekannter Wert im Filter „{titel}“. Sie sehen die Liste ohne diesen Filter."
    ]


@pytest.mark.django_db
def test_the_other_filters_stay(redaktion):
    make_kommune(name="Stadt", art=Kommune.Art.STADT)
    make_kommune(name="Gemeinde", art=Kommune.Art.GEMEINDE)
    make_kommune(name="Alt", art=Kommune.Art.STADT, gueltig_bis=date(2018, 12, 31),
                 nachfolger=make_kommune(name="Neu", art=Kommune.Art.GEMEINDE))  # fmt: skip
    antwort = redaktion.get(
        adresse(Kommune), {"art__exact": "stadt", "bestehen": "ja", "kreis__id__exact": "\0"}
    )
    assert namen(antwort) == ["Stadt"]
    assert "art__exact=stadt" in antwort.content.decode()
    assert "kreis__id__exact=%00" not in antwort.content.decode()


@pytest.mark.django_db
def test_a_known_value_without_a_hit_is_no_mistake(redaktion):
    make_meldung()
    antwort = redaktion.get(adresse(Meldung), {"herkunft__exact": "beispiel"})
    assert (namen(antwort), meldungen(antwort)) == ([], [])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("frage", "satz"),
    [
        ({"unsinn": "1"}, OHNE_FILTER),
        ({"konto__password__startswith": "a"}, OHNE_FILTER),
        ({f"x{nummer}": "1" for nummer in range(200)}, OHNE_FILTER),
        ({"p": "7"}, OHNE_SEITE),
        ({"_to_field": "x"}, OHNE_FILTER),
    ],
)  # fmt: skip
def test_other_nonsense_is_named_too(redaktion, frage, satz):
    for nummer in range(51):
        make_seite(titel=f"Seite {nummer}")
    antwort = redaktion.get(adresse(Seite), frage)
    assert meldungen(antwort) == [satz]
    assert len(namen(antwort)) == 50


@pytest.mark.django_db
def test_the_list_of_roles_says_it_too(anmelden):
    antwort = anmelden("Administration").get("/admin/auth/group/?id__in=abc", follow=True)
    assert antwort.redirect_chain == []
    (satz,) = meldungen(antwort)
    assert satz.startswith("Unbekannter Wert im Filter")


# --- Actions ------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("nummern", [["x"], ["\0"], ["5,5,x"], ["9" * 30], ["{pk}", "x"], ["⁵"]])
@pytest.mark.parametrize("aktion", ["aktion_veroeffentlichen", "delete_selected"])
def test_a_selection_that_cannot_be_read_does_nothing(redaktion, aktion, nummern):
    seite = make_seite(veroeffentlicht=False)
    nummern = [nummer.format(pk=seite.pk) for nummer in nummern]
    antwort = redaktion.post(
        adresse(Seite), {"action": aktion, "_selected_action": nummern, "post": "yes"}, follow=True
    )
    assert meldungen(antwort) == [
        "Die Auswahl ist nicht lesbar. Es wurde nichts geändert. Wählen Sie in der Liste noch einmal aus."
    ]
    seite.refresh_from_db()
    assert not seite.veroeffentlicht


@pytest.mark.django_db
def test_an_action_on_all_of_a_list_with_an_unknown_filter_does_nothing(redaktion):
    seite = make_seite(veroeffentlicht=False)
    daten = {
        "action": "aktion_veroeffentlichen",
        "_selected_action": [seite.pk],
        "select_across": "1",
    }
    antwort = redaktion.post(f"{adresse(Seite)}?rubrik__exact=%00&q=a", daten, follow=True)
    assert meldungen(antwort) == [
        "Es wurde nichts geändert. Wählen Sie in der Liste noch einmal aus."
    ]
    assert antwort.request["QUERY_STRING"] == "q=a"
    seite.refresh_from_db()
    assert not seite.veroeffentlicht


# --- All pages ----------------------------------------------------------------

UNSINN = [
    "p=&o=&q=&e=&all=", "p=-1&o=x&q=%00&_facets=", "p=99999999999999999999&o=-99.1&q=%ED%A0%80",
    "o=99999999999999999999&e=1&_popup=x", "e=1&p=x&unsinn__gt=%00&pk=x",
    "_facets=True&_changelist_filters=%00%0a&%00=%00",
    "_changelist_filters=p%3D%2500%26e%3D1%26x&id__in=1,%00&id__isnull=x&pk__year=1",
]  # fmt: skip


def unsinn_zu_feldern(modell):
    """Few enough at once that each is tried by itself."""
    arten = {models.DateField: "year", models.DateTimeField: "year"}
    felder = [(f.name, arten.get(type(f), "exact")) for f in modell._meta.get_fields()]
    einzeln = [f"{name}__{art}={RIESIG if art == 'year' else '%00'}" for name, art in felder]
    return ["&".join(einzeln[ab : ab + 15]) for ab in range(0, len(einzeln), 15)]


@pytest.mark.django_db
@pytest.mark.parametrize("modell", SEITEN, ids=lambda modell: modell._meta.label)
def test_no_address_breaks_a_page_of_the_admin(anmelden, modell):
    client = anmelden()
    fragen = [*UNSINN, *unsinn_zu_feldern(modell)]
    gescheitert = []
    versuche = [(adresse(modell), frage) for frage in fragen]
    datensaetze = modell._meta.managed  # else a page of its own, without pages of records
    if datensaetze:
        versuche.append((adresse(modell, "add"), "&".join(fragen)))
    for ziel, frage in versuche:
        status = client.get(f"{ziel}?{frage}", follow=True).status_code
        if status not in (200, 403, 404):
            gescheitert.append((ziel, frage, status))
    for nummer in ("_00", "9" * 30) if datensaetze else ():
        for seite in ("change", "delete", "history"):
            ziel = adresse(modell, seite, nummer)
            status = client.get(f"{ziel}?_changelist_filters=%00%0a", follow=True).status_code
            if status not in (200, 403, 404):
                gescheitert.append((ziel, "", status))
    assert gescheitert == []


@pytest.mark.django_db
@pytest.mark.parametrize("erzeuge", [make_rat, make_veranstaltung, make_meldung])
def test_no_address_breaks_the_form_of_a_record(anmelden, erzeuge):
    objekt, client = erzeuge(), anmelden()
    for seite in ("change", "delete", "history"):
        for frage in ("&".join(UNSINN), "_changelist_filters=%00%0a", "_popup=x"):
            ziel = adresse(type(objekt), seite, objekt.pk)
            assert client.get(f"{ziel}?{frage}").status_code == 200, (seite, frage)
