"""Who may see and do what in the admin: one table to read, then every door it might be left by."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.test import RequestFactory

from asskomm.konten.rollen import ROLLEN
from asskomm.pflege import recht
from asskomm.portal.models import VeroeffentlichteZahl
from beratung.models import Beratung
from foerderung.models import Zuwendung
from kommunen.models import Kommune
from tests.factories import (
    make_beratung,
    make_kommune,
    make_meldung,
    make_veroeffentlichte_zahl,
    make_zuwendung,
)

from .formulare import adresse
from .personal import angemeldet, make_personal

pytestmark = pytest.mark.thorough

# s = sehen, n = neu anlegen oder vorschlagen, ä = ändern, l = löschen, e = über einen Vorschlag
# entscheiden; a dash is nothing at all.
TABELLE = """
                                   Redaktion  Sachbearbeitung  Prüfung  Leitung  Fortbildung  Administration  Haushalt
kommunen.praeventionsrat           snä        snäl             s        s        -            s               s
kommunen.ratssitzung               snä        snäl             s        s        -            s               s
kommunen.kooperationsvereinbarung  snä        snäl             s        s        -            s               s
kommunen.modellkommune             snä        snäl             s        s        -            s               s
kommunen.kommune                   s          snä              s        s        s            snä             s
kommunen.kreis                     s          snä              s        s        s            snä             s
kommunen.polizeidirektion          s          snä              s        s        s            snä             s
beratung.beratung                  -          snäl             s        s        -            -               -
beratung.beratungsanfrage          -          s                -        -        -            -               -
beratung.coaching                  -          snäl             s        s        -            -               -
beratung.coach                     -          snä              -        -        -            -               -
beratung.faehigkeit                -          snäl             -        -        -            -               -
beratung.ausschluss                -          snäl             -        -        -            -               -
beratung.sicherheitsanalyse        -          snäl             s        s        -            -               -
beratung.coachinganfrage           -          s                -        -        -            -               -
beratung.coachvorschlag            -          s                -        -        -            -               -
beratung.mandat                    -          s                -        -        -            -               -
beratung.sitzung                   -          s                -        -        -            -               -
beratung.kontingenterweiterung     -          s                -        se       -            -               -
beratung.nachfrage                 -          s                -        -        -            -               -
beratung.wirkung                   -          s                -        -        -            -               -
foerderung.zuwendung               -          snäl             s        s        -            -               s
foerderung.foerderantrag           -          s                s        s        -            -               s
foerderung.entscheidung            -          s                s        se       -            -               s
foerderung.bescheid                -          s                s        s        -            -               s
foerderung.auszahlung              -          s                s        s        -            -               s
foerderung.abschluss               -          s                s        se       -            -               s
foerderung.aenderungsentscheidung  -          s                s        se       -            -               s
foerderung.regelwerk               -          säl              s        s        -            -               s
foerderung.foerderrunde            -          snäl             s        s        -            -               s
foerderung.haushaltsansatz         -          snäl             s        s        -            -               s
foerderung.basiszins               -          snäl             s        s        -            -               s
foerderung.fristverlaengerung      -          sn               s        s        -            -               s
fortbildung.lehrgang               -          s                -        s        snäl         -               -
fortbildung.durchgang              -          s                -        s        snäl         -               -
fortbildung.teilnahme              -          s                -        s        snäl         -               -
portal.meldung                     snäl       s                -        s        -            -               -
portal.kommentar                   säl        s                -        s        -            -               -
portal.veranstaltung               snäl       s                -        s        -            -               -
portal.seite                       snäl       s                -        s        -            -               -
portal.begriff                     snäl       s                -        s        -            -               -
portal.veroeffentlichtezahl        -          snäl             -        sä       -            -               -
portal.stand                       -          s                -        snäl     -            -               -
portal.rueckmeldung                säl        s                -        s        -            -               -
post.nachricht                     -          sä               -        s        -            sä              -
post.tageslauf                     -          s                -        s        -            s               -
post.lebenszeichen                 -          s                -        s        -            s               -
protokoll.eintrag                  -          -                s        s        -            s               -
kommunen.ratsabfrage               -          snä              -        s        -            -               -
kommunen.ratsbestaetigung          -          snä              -        s        -            -               -
kommunen.ratskorrektur             -          sä               -        s        -            -               -
kommunen.mitgliedschaft            -          s                -        -        -            s               -
kommunen.bestellung                -          sn               -        -        -            sne             -
konten.konto                       -          -                -        -        -            snä             -
konten.rollenvergabe               -          -                -        sne      -            sne             -
konten.zweitfaktorverlust          -          -                -        -        -            sne             -
konten.vertretung                  -          -                -        sne      -            sne             -
datenschutz.verzeichnis            -          -                -        s        -            s               -
datenschutz.auskunft               -          -                -        -        -            s               -
datenschutz.faelligkeit            -          -                -        s        -            s               -
datenschutz.loeschlauf             -          -                -        sne      -            sne             -
datenschutz.aufbewahrungssperre    -          -                -        sn       -            sn              -
datenschutz.aufbewahrungsfrist     -          -                -        sn       -            sn              -
auth.group                         -          -                -        -        -            s               -
"""


def tabelle():
    """{(model, role): set of letters}"""
    kopf, *zeilen = TABELLE.strip("\n").splitlines()
    rollen = kopf.split()
    return {
        (modell, rolle): set(rechte.replace("-", ""))
        for modell, *spalten in (zeile.split() for zeile in zeilen)
        for rolle, rechte in zip(rollen, spalten, strict=True)
    }


def test_the_table_names_every_page_and_every_role():
    assert {modell for modell, _ in tabelle()} == {
        m._meta.label_lower for m in admin.site._registry
    }
    assert {rolle for _, rolle in tabelle()} == set(ROLLEN)


@pytest.mark.django_db
@pytest.mark.parametrize("rolle", ROLLEN)
def test_each_role_may_do_what_the_table_says(rolle):
    konto = make_personal(rolle)
    anfrage = RequestFactory().get("/admin/")
    anfrage.user = konto
    for modell, seite in admin.site._registry.items():
        darf = {
            "s": seite.has_view_permission(anfrage),
            "n": seite.has_add_permission(anfrage),
            "ä": seite.has_change_permission(anfrage),
            "l": seite.has_delete_permission(anfrage),
            "e": konto.has_perm(recht("entscheiden", modell)),
        }
        erlaubt = {buchstabe for buchstabe, ja in darf.items() if ja}
        assert erlaubt == tabelle()[modell._meta.label_lower, rolle], modell._meta.label


@pytest.mark.django_db
@pytest.mark.parametrize("rolle", ROLLEN)
def test_start_page_and_lists_follow_the_table(rolle):
    client = angemeldet(make_personal(rolle))
    apps = client.get("/admin/").context["app_list"]
    gezeigt = {modell["model"]._meta.label_lower for app in apps for modell in app["models"]}
    sichtbar = {modell for (modell, r), rechte in tabelle().items() if r == rolle and rechte}
    assert gezeigt == sichtbar
    for modell in admin.site._registry:
        if modell._meta.label_lower not in sichtbar:
            assert client.get(adresse(modell)).status_code == 403, modell._meta.label


@pytest.mark.django_db
def test_redaktion_sees_nothing_of_foerderung_by_any_door(redaktion):
    kommune = make_kommune(name="Zittau")
    geheim = make_zuwendung(kommune=kommune, titel="Streng vertraulich", erschlossen=True,
                            veroeffentlicht=False)  # fmt: skip
    make_beratung(kommune=kommune)
    zahl = make_veroeffentlichte_zahl(
        reihe="foerdermittel_gesamt", beschreibung="Streng vertraulich", veroeffentlicht=False
    )
    start = redaktion.get("/admin/").content.decode()
    aenderungen = redaktion.get("/admin/aenderungen/").content.decode()
    kommunenseite = redaktion.get(adresse(Kommune, "change", kommune.pk)).content.decode()
    for seite in (start, aenderungen, kommunenseite):
        assert "Zuwendung" not in seite
        assert "vertraulich" not in seite
        assert "Beratung" not in seite
    for tuer in (
        adresse(Zuwendung),
        adresse(Zuwendung, "add"),
        adresse(Zuwendung, "change", geheim.pk),
        adresse(Zuwendung, "delete", geheim.pk),
        adresse(Zuwendung, "history", geheim.pk),
        adresse(Beratung),
        adresse(VeroeffentlichteZahl),
        adresse(VeroeffentlichteZahl, "change", zahl.pk),
        "/admin/beratung/",
        "/admin/foerderung/",
    ):
        assert redaktion.get(tuer).status_code in (403, 404), tuer
    nur_dieses = redaktion.get("/admin/aenderungen/?modell=foerderung.zuwendung").content.decode()
    assert "vertraulich" not in nur_dieses


def ueber_kommune(client, anfang):
    """What the list of Kommunen answers to a question about the titles of their grants."""
    antwort = client.get(adresse(Kommune), {"zuwendungen__titel__startswith": anfang})
    liste = antwort.context["cl"].result_list if antwort.status_code == 200 else []
    return antwort.status_code, {kommune.pk for kommune in liste}


@pytest.mark.django_db
def test_lists_cannot_be_asked_about_what_one_may_not_see(redaktion):
    make_zuwendung(titel="Streng vertraulich")
    assert ueber_kommune(redaktion, "Streng") == ueber_kommune(redaktion, "Milde")


@pytest.mark.django_db
def test_choosing_from_a_list_needs_the_right_to_see_what_is_listed(redaktion, anmelden):
    make_kommune(name="Zittau")
    frage = {
        "app_label": "foerderung",
        "model_name": "zuwendung",
        "field_name": "kommune",
        "term": "Zit",
    }
    assert redaktion.get("/admin/autocomplete/", frage).status_code == 200, "Kommunen she may see"
    frage = {"app_label": "kommunen", "model_name": "ratssitzung", "field_name": "rat", "term": ""}
    assert anmelden("Fortbildung").get("/admin/autocomplete/", frage).status_code == 403
    frage = {"app_label": "admin", "model_name": "logentry", "field_name": "user", "term": ""}
    assert redaktion.get("/admin/autocomplete/", frage).status_code == 403


@pytest.mark.django_db
def test_roles_cannot_be_edited(anmelden):
    gruppe = Group.objects.get(name="Redaktion")
    for client in (anmelden("Administration"), anmelden()):
        assert client.get(adresse(Group, "add")).status_code == 403
        seite = client.get(adresse(Group, "change", gruppe.pk))
        assert seite.status_code == 200
        assert not seite.context["has_change_permission"]
        assert "Kommentare: ansehen, ändern, löschen" in seite.content.decode()
        assert client.post(adresse(Group, "change", gruppe.pk), {"name": "x"}).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("felder", [{"is_staff": False}, {"is_active": False}])
def test_who_is_no_staff_gets_the_sign_in_page(felder):
    konto = make_personal("Redaktion")
    client = angemeldet(konto)
    for name, wert in felder.items():
        setattr(konto, name, wert)
    konto.save()
    make_meldung()
    assert client.get("/admin/portal/meldung/").status_code == 302
    assert client.get("/admin/aenderungen/").status_code == 302
