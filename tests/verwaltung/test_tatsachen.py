"""What all facts share in the admin: publishing, origin, words for what the database refuses."""

from datetime import timedelta
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from django.contrib.admin import site
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from asskomm.pflege import WIRD_GEBRAUCHT
from asskomm.portal.models import Meldung, VeroeffentlichteZahl
from beratung.models import Beratung, Coaching, Sicherheitsanalyse
from foerderung.models import Zuwendung
from fortbildung.models import Durchgang, Teilnahme
from kommunen.models import Kommune, Kooperationsvereinbarung, Modellkommune, Praeventionsrat
from kommunen.tatsachen import Herkunft
from kommunen.tatsachen_admin import Veroeffentlichung
from tests.factories import (
    make_analyse,
    make_beratung,
    make_coaching,
    make_durchgang,
    make_kommune,
    make_kreis,
    make_modellkommune,
    make_rat,
    make_teilnahme,
    make_vereinbarung,
    make_zuwendung,
)

from .formulare import adresse, fehler, meldungen, sende
from .personal import angemeldet, make_personal
from .test_listen import LISTEN

pytestmark = pytest.mark.thorough

PDF = b"%PDF-1.7\nLeer\n%%EOF\n"


def pdf(inhalt=PDF, name="Vereinbarung Zittau.pdf"):
    return SimpleUploadedFile(name, inhalt, content_type="application/pdf")


def aktion(client, objekte, name):
    antwort = client.post(
        adresse(type(objekte[0])),
        {"action": name, "_selected_action": [objekt.pk for objekt in objekte]},
        follow=True,
    )
    return meldungen(antwort)


# --- Publishing ---------------------------------------------------------------


@pytest.mark.django_db
def test_publishing_leaves_a_trace_and_refuses_what_nobody_confirmed(redaktion):
    offen = make_rat(name="Rat Zittau", veroeffentlicht=False)
    erschlossen = make_rat(name="Rat Görlitz", veroeffentlicht=False, erschlossen=True)
    gesagt = aktion(redaktion, [offen, erschlossen], "aktion_veroeffentlichen")
    assert gesagt == [
        "1 Präventionsrat veröffentlicht.",
        "Nicht veröffentlicht, weil nur erschlossen: Rat Görlitz. Bestätigen Sie diese Angaben zuerst.",
    ]
    offen.refresh_from_db()
    erschlossen.refresh_from_db()
    assert (offen.veroeffentlicht, erschlossen.veroeffentlicht) == (True, False)
    assert offen.history.first().history_user == redaktion.konto

    assert aktion(redaktion, [offen], "aktion_zurueckziehen") == [
        "1 Präventionsrat von der Website genommen."
    ]
    offen.refresh_from_db()
    assert not offen.veroeffentlicht
    assert [satz.veroeffentlicht for satz in offen.history.all()[:2]] == [False, True]


AKTIONEN = [
    modell for modell, seite in site._registry.items() if isinstance(seite, Veroeffentlichung)
]


@pytest.mark.django_db
@pytest.mark.parametrize("modell", AKTIONEN)
def test_publishing_works_in_a_searched_and_filtered_list(anmelden, modell):
    client = anmelden()
    objekt = LISTEN[modell]()
    modell.objects.update(veroeffentlicht=False)
    fragen = [{"q": suchwort(modell, objekt)}, *kreisfragen(modell, objekt)]
    for frage in fragen:
        for name, danach in (("veroeffentlichen", True), ("zurueckziehen", False)):
            antwort = client.post(
                adresse(modell) + "?" + urlencode(frage),
                {"action": f"aktion_{name}", "_selected_action": [objekt.pk]},
            )
            assert antwort.status_code == 302
            objekt.refresh_from_db()
            assert objekt.veroeffentlicht is danach, frage


def suchwort(modell, objekt):
    """A word that finds the record."""
    werte = modell.objects.filter(pk=objekt.pk).values_list(*site._registry[modell].search_fields)
    return next(wert for wert in werte[0] if wert).split()[0]


def kreisfragen(modell, objekt):
    """The filter by Kreis, where the list has one."""
    pfade = [f[0] for f in site._registry[modell].list_filter if isinstance(f, tuple)]
    for pfad in pfade:
        kreis = modell.objects.values_list(pfad, flat=True).get(pk=objekt.pk)
        make_kreis(ags="14625", name="Landkreis Bautzen")
        yield {f"{pfad}__id__exact": kreis}


@pytest.mark.django_db
def test_who_may_only_look_cannot_publish(anmelden):
    beratung = make_beratung(veroeffentlicht=False)
    leitung = anmelden("Leitung")
    assert "aktion_veroeffentlichen" not in leitung.get(adresse(Beratung)).content.decode()
    aktion(leitung, [beratung], "aktion_veroeffentlichen")
    beratung.refresh_from_db()
    assert not beratung.veroeffentlicht


@pytest.mark.django_db
def test_origin_and_mark_are_told_in_list_and_form(sachbearbeitung):
    geschlossen = make_beratung(erschlossen=True, veroeffentlicht=False)
    liste = sachbearbeitung.get(adresse(Beratung)).content.decode()
    assert "erschlossen – nicht veröffentlicht" in liste
    seite = sachbearbeitung.get(adresse(Beratung, "change", geschlossen.pk)).content.decode()
    assert "erschlossen – nicht veröffentlicht" in seite
    erfunden = make_beratung(herkunft=Herkunft.BEISPIEL)
    assert (
        "Beispieldaten"
        in sachbearbeitung.get(adresse(Beratung, "change", erfunden.pk)).content.decode()
    )
    assert (
        sachbearbeitung.get(adresse(Beratung)).content.decode().count("kennzeichen--beispiel") == 1
    )


@pytest.mark.django_db
def test_link_to_the_website_is_there_only_when_the_page_is(sachbearbeitung):
    kommune = make_kommune()
    offen, entwurf = make_rat(kommunen=[kommune]), make_rat(veroeffentlicht=False)
    erfunden = make_rat(herkunft=Herkunft.BEISPIEL)

    def link(objekt):
        return sachbearbeitung.get(adresse(type(objekt), "change", objekt.pk)).context.get(
            "absolute_url"
        )

    assert link(offen) == f"/praeventionsraete/{offen.pk}/"
    assert link(entwurf) is None
    assert link(erfunden) is None
    assert link(make_beratung(kommune=kommune)) == f"/kommunen/{kommune.ags}/"
    assert link(make_vereinbarung(kommunen=[kommune])) == f"/kommunen/{kommune.ags}/"
    assert link(kommune) == f"/kommunen/{kommune.ags}/"
    assert sachbearbeitung.get(link(offen)).status_code == 200


# --- What the database refuses, as words at the field ---------------------------

KOMMUNE, KOMMUNEN = "kommune", "kommunen"
GUT = {
    Modellkommune: {"seit": "2019", "quelle": "Presse"},
    Beratung: {"am": "2021", "quelle": "Protokoll"},
    Coaching: {"beginn": "03/2021", "quelle": "Auftrag"},
    Sicherheitsanalyse: {"beginn": "2021", "quelle": "Auftrag"},
    Zuwendung: {"titel": "Saubere Stadt", "foerderjahr": "2021", "betrag_euro": "21.150,50",
                "bewilligt_am": "2021", "quelle": "Bescheid"},
    Meldung: {"titel": "Auftakt", "datum": "2021", "zusammenfassung": "Es geht los.",
              "text": "Es geht los.", "quelle": "LPR"},
    VeroeffentlichteZahl: {"reihe": "Beratungen", "stichtag": "2021", "wert": "40",
                           "einheit": "Beratungen", "beschreibung": "Laut Presse",
                           "quelle": "Presse"},
}  # fmt: skip


def lege_an(client, modell, **felder):
    kommune = make_kommune()
    ziel = {KOMMUNEN: [kommune.pk], KOMMUNE: kommune.pk}
    return sende(client, modell, **{**GUT[modell], **ziel, **felder})


@pytest.mark.parametrize("modell", GUT)
def test_the_good_entry_is_kept_as_recorded_here(anmelden, modell):
    client = anmelden()
    assert lege_an(client, modell).status_code == 302
    objekt = modell.objects.get()
    assert objekt.herkunft == Herkunft.ERFASST
    assert objekt.history.first().history_user == client.konto


@pytest.mark.django_db
def test_amounts_are_read_and_shown_the_german_way(sachbearbeitung):
    lege_an(sachbearbeitung, Zuwendung)
    zuwendung = Zuwendung.objects.get()
    assert zuwendung.betrag_euro == Decimal("21150.50")
    seite = sachbearbeitung.get(adresse(Zuwendung, "change", zuwendung.pk)).content.decode()
    assert 'value="21.150,50"' in seite
    liste = sachbearbeitung.get(adresse(Zuwendung)).content.decode()
    assert "21.150,50\N{NO-BREAK SPACE}€" in liste
    assert "2.021" not in liste, "a year is no amount"


MORGEN = f"{timezone.now().date() + timedelta(days=2):%d.%m.%Y}"


@pytest.mark.parametrize(
    ("modell", "felder", "feld", "satz"),
    [
        (Modellkommune, {KOMMUNE: ""}, KOMMUNE, "Wählen Sie eine der Möglichkeiten aus."),
        (Beratung, {"am": ""}, "am", "Geben Sie hier etwas an."),
        (Beratung, {"am": MORGEN}, "am", "Dieses Datum liegt in der Zukunft."),
        (Beratung, {"am": "30.02.2021"}, "am", "Geben Sie das Datum so genau an"),
        (Coaching, {KOMMUNEN: []}, KOMMUNEN, "Wählen Sie mindestens eine Kommune."),
        (Coaching, {"ende": "02/2021"}, "ende", "Das Ende liegt vor dem Beginn."),
        (Coaching, {"ende": "2022", "zuletzt_belegt": "2021"}, "zuletzt_belegt",
         "Mit bekanntem Ende entfällt"),
        (Sicherheitsanalyse, {"stand": "abgeschlossen"}, "abschluss_am",
         "Eine abgeschlossene Analyse hat das Datum"),
        (Sicherheitsanalyse, {"ruecklauf_prozent": "100,1"}, "ruecklauf_prozent",
         "Der Rücklauf liegt zwischen 0 und 100 Prozent."),
        (Zuwendung, {"betrag_euro": ""}, "betrag_euro", "Geben Sie einen Betrag über 0 Euro an."),
        (Zuwendung, {"betrag_euro": "0"}, "betrag_euro", "Geben Sie einen Betrag über 0 Euro an."),
        (Zuwendung, {"betrag_euro": "1e9"}, "betrag_euro", "Geben Sie eine Zahl an"),
        (Zuwendung, {"betrag_euro": "１２"}, "betrag_euro", "Geben Sie eine Zahl an"),
        (Zuwendung, {"foerderjahr": "2017"}, "foerderjahr", "Die Richtlinie gibt es seit 2018."),
        (Zuwendung, {"bewilligt_am": MORGEN}, "bewilligt_am", "Dieses Datum liegt in der Zukunft."),
        (Modellkommune, {"seit": MORGEN}, "seit", "Dieses Datum liegt in der Zukunft."),
        (Sicherheitsanalyse, {"beginn": MORGEN}, "beginn", "Dieses Datum liegt in der Zukunft."),
        (Meldung, {"datum": MORGEN}, "datum", "Dieses Datum liegt in der Zukunft."),
        (VeroeffentlichteZahl, {"stichtag": MORGEN}, "stichtag",
         "Dieses Datum liegt in der Zukunft."),
    ],
)  # fmt: skip
def test_mistakes_are_said_at_the_field(anmelden, modell, felder, feld, satz):
    gefunden = fehler(lege_an(anmelden(), modell, **felder))
    assert list(gefunden) == [feld]
    assert satz in gefunden[feld][0]


@pytest.mark.parametrize(
    ("modell", "felder"),
    [
        (Sicherheitsanalyse, {"stand": "angekuendigt", "beginn": MORGEN}),
        (Coaching, {"beginn": MORGEN}),
        (Beratung, {"am": str(timezone.localdate().year)}),
    ],
)
def test_what_is_planned_or_may_be_past_is_kept(sachbearbeitung, modell, felder):
    assert lege_an(sachbearbeitung, modell, **felder).status_code == 302


@pytest.mark.django_db
def test_a_known_grant_without_amount_can_be_edited(sachbearbeitung):
    """Only what a published source left open may stay open."""
    zuwendung = make_zuwendung(betrag_euro=None, herkunft=Herkunft.PROGRAMMDATEN)
    assert sende(sachbearbeitung, Zuwendung, zuwendung.pk, bemerkung="geprüft").status_code == 302


@pytest.mark.django_db
def test_a_model_municipality_twice_is_a_mistake(redaktion):
    kommune = make_modellkommune().kommune
    gefunden = fehler(lege_an(redaktion, Modellkommune, kommune=kommune.pk))
    assert "Das gibt es schon." in gefunden[KOMMUNE][0]


@pytest.mark.django_db
def test_typed_text_is_kept_in_its_composed_form(redaktion):
    decomposed = "Zittau fu\u0308r alle"
    angaben = {"name": decomposed, "kommunen": [make_kommune().pk], "quelle": "Q"}
    sende(redaktion, Praeventionsrat, **angaben, **{"zustaende-0-von": "2021"})
    assert Praeventionsrat.objects.get().name == "Zittau für alle"


@pytest.mark.django_db
def test_what_only_the_database_sees_becomes_a_message(redaktion, monkeypatch):
    """Two people at once: the form was fine, the database refuses. What was typed stays."""
    rat = make_rat(name="Alt")

    def gleichzeitig(self, *args, **kwargs):
        fehler = IntegrityError("duplicate")
        raise fehler from _Ursache("praeventionsrat_erschlossen_unveroeffentlicht")

    monkeypatch.setattr(Praeventionsrat, "save", gleichzeitig)
    antwort = sende(redaktion, Praeventionsrat, rat.pk, name="Neu")
    assert "Die Angabe ist nur erschlossen." in fehler(antwort)[""][0]
    assert 'value="Neu"' in antwort.content.decode()


class _Ursache(Exception):
    def __init__(self, name):
        self.diag = type("Diagnose", (), {"constraint_name": name})


@pytest.mark.django_db(transaction=True)
def test_deleting_the_only_kommune_of_a_council_is_refused():
    """The database says so only at the end of the transaction. No role has this right yet."""
    konto = make_personal()
    rolle = konto.groups.get(name="Sachbearbeitung")
    rolle.permissions.add(Permission.objects.get(codename="delete_kommune"))
    client = angemeldet(konto)
    with transaction.atomic():
        rat = make_rat(aktiv_seit=None)
    kommune = rat.kommunen.get()
    antwort = client.post(adresse(Kommune, "delete", kommune.pk), {"post": "yes"}, follow=True)
    assert meldungen(antwort) == [WIRD_GEBRAUCHT]
    antwort = client.post(
        adresse(Kommune),
        {"action": "delete_selected", "_selected_action": [kommune.pk], "post": "yes"},
        follow=True,
    )
    assert meldungen(antwort) == [WIRD_GEBRAUCHT]
    assert Kommune.objects.filter(pk=kommune.pk).exists()


# --- Agreements and their documents ---------------------------------------------


def neue_vereinbarung(client, **felder):
    angaben = {"kommunen": [make_kommune().pk], "unterzeichnet_am": "05.11.2020", "quelle": "Akte",
               "dokument": pdf()}  # fmt: skip
    return sende(client, Kooperationsvereinbarung, **angaben | felder)


def test_a_new_agreement_is_kept_with_its_document(redaktion):
    assert neue_vereinbarung(redaktion).status_code == 302
    vereinbarung = Kooperationsvereinbarung.objects.get()
    assert vereinbarung.dokument.name.startswith("vereinbarungen/")
    assert "Zittau" not in vereinbarung.dokument.name
    assert vereinbarung.dokument.read() == PDF


@pytest.mark.parametrize(
    ("felder", "feld", "satz"),
    [
        ({"kommunen": []}, "kommunen", "Wählen Sie mindestens eine Kommune."),
        ({"dokument": None}, "dokument", "Laden Sie die unterzeichnete Vereinbarung als PDF hoch."),
        ({"dokument": pdf(b"MZ kein PDF")}, "dokument", "keine vollständige PDF-Datei"),
        ({"dokument": pdf(name="v.exe")}, "dokument", "Endungen aus: pdf"),
        ({"unterzeichnet_am": MORGEN}, "unterzeichnet_am", "liegt in der Zukunft"),
        ({"ende_am": "2019"}, "ende_am", "Das Ende liegt vor dem Beginn."),
    ],
)
def test_mistakes_of_an_agreement(redaktion, felder, feld, satz):
    gefunden = fehler(neue_vereinbarung(redaktion, **felder))
    assert list(gefunden) == [feld]
    assert satz in gefunden[feld][0]


def test_today_is_not_the_future_and_a_running_number_comes_once(redaktion):
    heute = timezone.localdate()
    assert neue_vereinbarung(
        redaktion, unterzeichnet_am=f"{heute:%d.%m.%Y}", laufende_nummer="7"
    ).status_code == 302  # fmt: skip
    assert neue_vereinbarung(redaktion, unterzeichnet_am=str(heute.year)).status_code == 302
    gefunden = fehler(neue_vereinbarung(redaktion, laufende_nummer="7"))
    assert gefunden == {"laufende_nummer": ["Diese laufende Nummer ist schon vergeben."]}


def test_a_document_is_for_those_who_may_see_the_agreement(redaktion, anmelden, client):
    neue_vereinbarung(redaktion)
    nummer = Kooperationsvereinbarung.objects.get().pk
    datei = adresse(Kooperationsvereinbarung, "dokument", nummer)
    seite = redaktion.get(adresse(Kooperationsvereinbarung, "change", nummer)).content.decode()
    assert f'href="{datei}"' in seite

    for wer in (redaktion, anmelden("Prüfung")):
        antwort = wer.get(datei)
        assert antwort.status_code == 200
        assert b"".join(antwort.streaming_content) == PDF
        assert antwort["Content-Disposition"].startswith("attachment")
        assert antwort["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in antwort["Content-Security-Policy"]
        assert {"private", "no-store"} <= set(antwort["Cache-Control"].split(", "))
    assert anmelden("Fortbildung").get(datei).status_code == 403
    assert client.get(datei).status_code == 302
    name = Kooperationsvereinbarung.objects.get().dokument.name
    for oeffentlich in (f"/{name}", f"/media/{name}"):
        assert client.get(oeffentlich).status_code == 404


def test_who_may_only_look_gets_the_document_too(redaktion, anmelden):
    neue_vereinbarung(redaktion)
    nummer = Kooperationsvereinbarung.objects.get().pk
    seite = anmelden("Prüfung").get(adresse(Kooperationsvereinbarung, "change", nummer))
    assert (
        f'href="{adresse(Kooperationsvereinbarung, "dokument", nummer)}"' in seite.content.decode()
    )


@pytest.mark.django_db
def test_a_missing_document_is_not_found(redaktion):
    ohne = make_vereinbarung()
    verloren = make_vereinbarung(dokument="vereinbarungen/verloren.pdf")
    for vereinbarung in (ohne, verloren):
        assert (
            redaktion.get(
                adresse(Kooperationsvereinbarung, "dokument", vereinbarung.pk)
            ).status_code
            == 404
        )


# --- Courses ------------------------------------------------------------------


@pytest.mark.django_db
def test_a_cohort_is_kept_with_its_participants(anmelden):
    client, durchgang = anmelden("Fortbildung"), make_durchgang(ende="2021-06-30")
    kommune = make_kommune(name="Zittau")
    teilnahme = make_teilnahme(durchgang=durchgang, kommune=kommune)
    zeile = {"teilnahmen-TOTAL_FORMS": 2, "teilnahmen-1-durchgang": durchgang.pk,
             "teilnahmen-1-gruppe": "polizei", "teilnahmen-1-begonnen_am": "2020"}  # fmt: skip
    antwort = sende(client, Durchgang, durchgang.pk, **zeile)
    assert antwort.status_code == 302
    assert durchgang.teilnahmen.count() == 2
    gefunden = fehler(
        sende(client, Durchgang, durchgang.pk, **{"teilnahmen-0-abgeschlossen_am": "2021",
                                                  "teilnahmen-0-abgebrochen_am": "2021"})
    )  # fmt: skip
    assert (
        "abgeschlossen oder abgebrochen, nicht beides" in gefunden["teilnahmen-0-abgebrochen_am"][0]
    )
    assert teilnahme.history.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("erzeuge", "modell"),
    [(make_analyse, Sicherheitsanalyse), (make_coaching, Coaching), (make_teilnahme, Teilnahme)],
)
def test_open_forms_can_be_saved_unchanged(anmelden, erzeuge, modell):
    objekt = erzeuge()
    assert sende(anmelden(), modell, objekt.pk).status_code == 302
