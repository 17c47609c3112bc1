"""The history: who did what when, before and after, deletions and lists included."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from asskomm.verlauf import Auswahl, auswahl_des_objekts, gekuerzt, verlauf
from beratung.models import Beratung
from kommunen.models import Kooperationsvereinbarung, Praeventionsrat, Ratszustand
from tests.factories import (
    make_beratung,
    make_durchgang,
    make_kommune,
    make_konto,
    make_rat,
    make_seite,
    make_teilnahme,
    make_vereinbarung,
    make_zuwendung,
)

from .formulare import adresse, sende

pytestmark = pytest.mark.thorough


def spaeter(modell, **felder):
    """Pretend that what was recorded so far happened a minute earlier, as one save is one step."""
    for satz in modell.history.filter(**felder):
        modell.history.filter(pk=satz.pk).update(
            history_date=satz.history_date - timedelta(minutes=1)
        )


def lies(objekt):
    return verlauf(auswahl_des_objekts(type(objekt), objekt.pk, []))[0]


def als_paare(eintrag):
    return {a.feld: (a.vorher, a.nachher) for a in eintrag.aenderungen}


@pytest.mark.django_db
def test_a_change_names_each_field_with_both_values_in_words():
    beratung = make_beratung(am="2021", form="video", kommune=make_kommune(name="Zittau"))
    spaeter(Beratung)
    beratung.am, beratung.form, beratung.veroeffentlicht = "2021-05", "telefon", False
    beratung.kommune = make_kommune(name="Görlitz")
    beratung.save()
    neu, alt = lies(beratung)
    assert (neu.vorgang_wort, alt.vorgang_wort) == ("geändert", "angelegt")
    assert als_paare(neu) == {
        "Datum": ("2021", "05/2021"),
        "Form": ("per Videokonferenz", "am Telefon"),
        "Veröffentlicht": ("ja", "nein"),
        "Kommune": ("Zittau", "Görlitz"),
    }
    assert alt.person == "ohne Anmeldung"
    assert als_paare(alt)["Herkunft"] == ("–", "vom LPR erfasst")
    assert "Interne Bemerkung" not in als_paare(alt), "empty fields of a new record say nothing"


@pytest.mark.django_db
def test_one_save_with_its_lists_is_one_step():
    zittau, goerlitz = make_kommune(name="Zittau"), make_kommune(name="Görlitz")
    rat = make_rat(kommunen=[zittau], aktiv_seit=None)
    assert Praeventionsrat.history.count() == 2, "the record, then its list"
    assert als_paare(lies(rat)[0])["Kommunen"] == ("–", "Zittau")
    spaeter(Praeventionsrat)
    rat.name = "Gemeinsamer Rat"
    rat.save()
    rat.kommunen.set([goerlitz, zittau])
    neu, _ = lies(rat)
    assert als_paare(neu)["Kommunen"] == ("Zittau", "Görlitz, Zittau")
    assert als_paare(neu)["Name"][1] == "Gemeinsamer Rat"


@pytest.mark.django_db
def test_two_people_in_the_same_second_are_two_steps():
    beratung = make_beratung()
    for email in ("a@example.org", "b@example.org"):
        beratung.thema = email
        beratung._history_user = make_konto(email=email)
        beratung.save()
    assert [eintrag.person for eintrag in lies(beratung)] == [
        "b@example.org", "a@example.org", "ohne Anmeldung",
    ]  # fmt: skip


@pytest.mark.django_db
def test_saving_without_a_change_is_no_step():
    beratung = make_beratung()
    spaeter(Beratung)
    beratung.save()
    assert [eintrag.vorgang_wort for eintrag in lies(beratung)] == ["angelegt"]


@pytest.mark.django_db
def test_a_deleted_record_keeps_its_last_values_and_lists(sachbearbeitung):
    rat = make_rat(name="Rat Zittau", kommunen=[make_kommune(name="Zittau")])
    nummer = rat.pk
    antwort = sachbearbeitung.post(adresse(Praeventionsrat, "delete", nummer), {"post": "yes"})
    assert antwort.status_code == 302
    assert not Praeventionsrat.objects.exists()

    seite = sachbearbeitung.get(adresse(Praeventionsrat, "history", nummer))
    assert "Dieser Datensatz wurde gelöscht." in seite.content.decode()
    geloescht = {e.modell: e for e in seite.context["eintraege"] if e.vorgang_wort == "gelöscht"}
    assert als_paare(geloescht[Praeventionsrat])["Kommunen"] == ("Zittau", "–")
    assert als_paare(geloescht[Praeventionsrat])["Name"] == ("Rat Zittau", "–")
    assert als_paare(geloescht[Ratszustand])["Zustand"] == ("aktiv", "–")
    assert {e.person for e in geloescht.values()} == {"Sachbearbeitung"}

    alle = sachbearbeitung.get("/admin/aenderungen/", {"vorgang": "-"})
    assert [e.gegenstand for e in alle.context["eintraege"] if e.modell is Praeventionsrat] == [
        "Rat Zittau"
    ]


@pytest.mark.django_db
def test_a_record_deleted_through_a_list_is_in_the_history(sachbearbeitung):
    beratung = make_beratung(thema="Graffiti")
    sachbearbeitung.post(
        adresse(Beratung),
        {"action": "delete_selected", "_selected_action": [beratung.pk], "post": "yes"},
    )
    assert als_paare(lies(beratung)[0])["Themen"] == ("Graffiti", "–")


@pytest.mark.django_db
def test_names_of_what_is_gone_are_told_as_gone():
    beratung = make_beratung(kommune=make_kommune(name="Zittau"))
    spaeter(Beratung)
    alte, beratung.kommune = beratung.kommune, make_kommune(name="Görlitz")
    beratung.save()
    nummer = alte.pk
    alte.delete()
    assert als_paare(lies(beratung)[0])["Kommune"] == (f"Kommune {nummer} (gelöscht)", "Görlitz")


@pytest.mark.django_db
def test_history_of_a_council_tells_of_its_states(sachbearbeitung):
    rat = make_rat(aktiv_seit="2020")
    spaeter(Ratszustand)
    sende(sachbearbeitung, Praeventionsrat, rat.pk, **{"zustaende-0-von": "05/2020"})
    seite = sachbearbeitung.get(adresse(Praeventionsrat, "history", rat.pk))
    erster = seite.context["eintraege"][0]
    assert erster.modell is Ratszustand
    assert als_paare(erster) == {"Seit": ("2020", "05/2020")}
    assert "Sachbearbeitung" in seite.content.decode()


@pytest.mark.django_db
def test_filters_of_the_page_of_all_changes(sachbearbeitung):
    heute = timezone.localdate()
    make_zuwendung()
    beratung = make_beratung()
    spaeter(Beratung)
    sende(sachbearbeitung, Beratung, beratung.pk, thema="Neu")

    def gefunden(**filter_):
        antwort = sachbearbeitung.get("/admin/aenderungen/", filter_)
        return [(e.modell.__name__, e.vorgang) for e in antwort.context["eintraege"]]

    assert gefunden(modell="beratung.beratung") == [("Beratung", "~"), ("Beratung", "+")]
    assert gefunden(modell="beratung.beratung", vorgang="~") == [("Beratung", "~")]
    assert gefunden(person=sachbearbeitung.konto.pk) == [("Beratung", "~")]
    assert gefunden(bis=f"{heute - timedelta(days=1):%d.%m.%Y}") == []
    assert len(gefunden(von=f"{heute:%d.%m.%Y}", bis=f"{heute:%d.%m.%Y}")) > 2
    # Nonsense filters nothing, shows the page and says what is wrong.
    unsinn = sachbearbeitung.get(
        "/admin/aenderungen/", {"von": "gestern", "modell": "a", "seite": "x"}
    )
    assert unsinn.status_code == 200
    assert "Geben Sie ein Datum an" in unsinn.content.decode()
    assert len(unsinn.context["eintraege"]) > 2


@pytest.mark.django_db
def test_pages_of_the_history_go_on_where_the_last_one_ended():
    beratung = make_beratung()
    for nummer in range(5):
        spaeter(Beratung)
        beratung.thema = f"Thema {nummer}"
        beratung.save()
    erste, weitere = verlauf([Auswahl(Beratung)], ab=0, anzahl=4)
    assert weitere
    letzte, weitere = verlauf([Auswahl(Beratung)], ab=4, anzahl=4)
    assert not weitere
    themen = [als_paare(e)["Themen"][1] for e in [*erste, *letzte] if "Themen" in als_paare(e)]
    assert themen == [f"Thema {nummer}" for nummer in (4, 3, 2, 1, 0)]


def _aendere(objekte, feld):
    for objekt in objekte:
        spaeter(type(objekt), id=objekt.pk)
        setattr(objekt, feld, "geändert")
        objekt.save()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("erzeuge", "feld"),
    [
        (make_vereinbarung, "inhalt"),
        (make_beratung, "thema"),
        (lambda: make_teilnahme(durchgang=make_durchgang(), kommune=make_kommune()), "gruppe"),
    ],
)
def test_number_of_queries_does_not_grow_with_the_changes(
    django_assert_num_queries, django_assert_max_num_queries, erzeuge, feld
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    erstes = erzeuge()
    _aendere([erstes], feld)
    with CaptureQueriesContext(connection) as mit_einem:
        verlauf([Auswahl(type(erstes))])
    _aendere([erzeuge(), erzeuge(), erstes], feld)
    with django_assert_num_queries(len(mit_einem)):
        eintraege, _ = verlauf([Auswahl(type(erstes))])
    assert len(eintraege) >= 6


@pytest.mark.django_db
def test_of_a_long_text_only_what_differs_is_shown():
    alt = "Erster Absatz.\n\n" + "Langer zweiter Absatz. " * 10 + "\n\nDritter Absatz."
    neu = alt.replace("Dritter", "Letzter")
    assert gekuerzt(alt, neu) == ("[…]\nDritter Absatz.", "[…]\nLetzter Absatz.")
    seite = make_seite(text=alt)
    spaeter(type(seite))
    seite.text, seite.stand = neu, date(2026, 11, 23)
    seite.save()
    assert als_paare(lies(seite)[0]) == {
        "Text": ("[…]\nDritter Absatz.", "[…]\nLetzter Absatz."),
        "Stand": ("22.11.2026", "23.11.2026"),
    }


@pytest.mark.django_db
def test_typed_markup_stays_text(redaktion):
    rat = make_rat(name="<script>alert(1)</script>", beschreibung="<b>fett</b>\nZeile")
    for seite in (adresse(Praeventionsrat, "history", rat.pk), "/admin/aenderungen/"):
        inhalt = redaktion.get(seite).content.decode()
        assert "<script>alert" not in inhalt
        assert "&lt;b&gt;fett&lt;/b&gt;<br>Zeile" in inhalt


@pytest.mark.django_db
def test_history_of_nothing_is_not_found(redaktion):
    assert redaktion.get(adresse(Praeventionsrat, "history", 4711)).status_code == 404
    assert redaktion.get("/admin/kommunen/praeventionsrat/x/history/").status_code == 404
    assert redaktion.get(f"/admin/kommunen/praeventionsrat/{'9' * 30}/history/").status_code == 404


@pytest.mark.django_db
def test_a_document_is_named_as_a_file():
    vereinbarung = make_vereinbarung(dokument="vereinbarungen/a1.pdf")
    assert als_paare(lies(vereinbarung)[0])["Dokument"] == ("–", "Datei a1.pdf")
    assert Kooperationsvereinbarung.history.count() == 2
