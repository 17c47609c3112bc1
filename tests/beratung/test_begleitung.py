"""The pages of an engagement: who meets what, and what each form does (F32-F34, F36)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from asskomm.post.models import Nachricht
from asskomm.protokoll.models import Eintrag
from asskomm.schritt import SchrittNichtMoeglich, Ueberholt
from beratung.models import Ausschluss, Mandat, Sitzung, Stufe
from beratung.verfahren import begleitung as verfahren
from beratung.verfahren import sitzung as sitzungen
from beratung.verfahren.begleitung import KeinRecht, Unzulaessig, Vereinbarung
from kommunen.models import Mitgliedschaft, Rolle
from tests.factories import (
    make_coach,
    make_kommune,
    make_konto,
    make_kreis,
    make_mitglied,
)

from .begleitungen import TAG, UM, coach_von, erfasse, laufendes_mandat, schritt

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


def heute():
    return timezone.localdate()


def inhalt(antwort):
    return antwort.content.decode()


def adresse(name, objekt):
    return reverse(f"beratung:{name}", args=[objekt.pk])


def stand(objekt):
    return type(objekt).objects.get(pk=objekt.pk)


@pytest.fixture
def mandat():
    return laufendes_mandat(heute(), ziele="Ein Präventionsrat")


@pytest.fixture
def sitzung(mandat):
    """Yesterday, with all three texts and a step of each side."""
    return erfasse(
        mandat,
        *(schritt(was=f"Aufgabe {wer}", wer=wer) for wer in ("kommune", "coach", "lpr")),
        texte={
            Stufe.GETEILT: "Text für alle",
            Stufe.LPR: "Text intern",
            Stufe.EIGEN: "Meine Notiz",
        },
        am=heute() - TAG,
        um=timezone.now(),
    )


@pytest.fixture
def personen(mandat):
    """One of each kind in front of the engagement."""
    kommune = mandat.coaching.kommunen.get()
    vertretung = make_coach()
    mandat.einsaetze.create(coach=vertretung, rolle="vertretung", von=mandat.beginn)
    fremd = make_coach()
    laufendes_mandat(heute(), coach=fremd)
    return {
        "coach": coach_von(mandat),
        "vertretung": vertretung.konto,
        "fremder_coach": fremd.konto,
        "koordination": make_konto(["Sachbearbeitung"]),
        "leitung": make_konto(["Leitung"]),
        "liest": make_mitglied(kommune, Rolle.LESEN),
        "bearbeitet": make_mitglied(kommune, Rolle.BEARBEITUNG),
        "fremde_kommune": make_mitglied(make_kommune(), *Rolle),
        "niemand": make_konto(),
    }


@pytest.fixture
def hole(client, personen):
    def _hole(person, url, daten=None, methode=None):
        client.force_login(personen[person])
        if daten is not None:
            return client.post(url, daten)
        return getattr(client, methode or "get")(url)

    return _hole


def sitzungsdaten(**felder):
    return {
        "am": f"{heute() - TAG:%d.%m.%Y}", "form": "video", "viertel": "2",
        "teilnehmende": "Bürgermeisterin", "geteilt": "Für alle", "lpr": "", "eigen": "",
        "marke": str(uuid4()), "schritte": "1",
    } | felder  # fmt: skip


# --- Levels x persons x addresses --------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "liest"),
    [
        ("coach", "Text für alle|Text intern|Meine Notiz"),
        ("vertretung", "Text für alle|Text intern"),
        ("koordination", "Text für alle|Text intern"),
        ("liest", "Text für alle"),
        ("bearbeitet", "Text für alle"),
        ("fremder_coach", None),
        ("leitung", None),
        ("fremde_kommune", None),
        ("niemand", None),
    ],
)
def test_nobody_reads_by_any_address_what_is_not_for_them(hole, mandat, sitzung, person, liest):
    seiten = [
        adresse(name, mandat)
        for name in ("begleitung", "kontakt", "vereinbarung", "vertretung", "sitzung-neu")
    ] + [adresse(name, sitzung) for name in ("sitzung", "sitzung-aendern", "sitzung-stornieren")]
    antworten = {seite: hole(person, seite) for seite in seiten}
    if liest is None:
        assert {antwort.status_code for antwort in antworten.values()} == {404}
    alles = "".join(map(inhalt, antworten.values()))
    for text in ("Text für alle", "Text intern", "Meine Notiz"):
        assert (text in alles) == (text in (liest or "").split("|")), text


@pytest.mark.parametrize(
    ("person", "vereinbarung", "vertretung", "erfassen"),
    [
        ("coach", 200, 403, 200),
        ("vertretung", 403, 403, 200),
        ("koordination", 200, 200, 403),
        ("liest", 403, 403, 403),
        ("bearbeitet", 403, 403, 403),
        ("fremder_coach", 404, 404, 404),
    ],
)
def test_who_opens_which_form(hole, mandat, sitzung, person, vereinbarung, vertretung, erfassen):
    assert hole(person, adresse("vereinbarung", mandat)).status_code == vereinbarung
    assert hole(person, adresse("vertretung", mandat)).status_code == vertretung
    for seite in (
        adresse("sitzung-neu", mandat),
        adresse("sitzung-aendern", sitzung),
        adresse("sitzung-stornieren", sitzung),
    ):
        assert hole(person, seite).status_code == erfassen
        if erfassen != 200:
            assert hole(person, seite, sitzungsdaten()).status_code == erfassen
    assert Sitzung.objects.count() == 1


def test_the_kommune_does_not_learn_which_internal_texts_there_are(hole, mandat, sitzung):
    seite = inhalt(hole("liest", adresse("begleitung", mandat)))
    assert "für den LPR" not in seite
    assert "eigene Notiz" not in seite
    assert "für den LPR, eigene Notiz" in inhalt(hole("coach", adresse("begleitung", mandat)))
    assert "eigene Notiz" not in inhalt(hole("koordination", adresse("begleitung", mandat)))


def test_anonymous_people_go_to_the_login(client, mandat, sitzung):
    for url in (adresse("begleitung", mandat), adresse("sitzung", sitzung), "/coaching/"):
        assert client.get(url).status_code == 302


# --- The list ----------------------------------------------------------------------------


def test_everybody_finds_their_own_engagements(hole, mandat):
    andere = Mandat.objects.exclude(pk=mandat.pk).get
    name = str(mandat.coaching.kommunen.get())
    for person in ("coach", "vertretung", "liest"):
        seite = inhalt(hole(person, "/coaching/"))
        assert name in seite
        assert str(andere().coaching.kommunen.get()) not in seite
    beide = inhalt(hole("koordination", "/coaching/"))
    assert name in beide
    assert str(andere().coaching.kommunen.get()) in beide
    assert name not in inhalt(hole("fremder_coach", "/coaching/"))
    assert hole("fremde_kommune", "/coaching/").status_code == 200
    for person in ("niemand", "leitung"):
        assert hole(person, "/coaching/").status_code == 404


@pytest.mark.parametrize(("tage", "status"), [(0, 200), (30, 200), (31, 404)])
def test_a_coach_reads_thirty_days_after_the_end_and_is_told_so(
    hole, mandat, sitzung, tage, status
):
    hole("coach", "/coaching/")
    letzter = heute() - tage * TAG
    mandat.einsaetze.filter(rolle="coach").update(bis=letzter)
    antwort = hole("coach", adresse("begleitung", mandat))
    assert antwort.status_code == status
    assert hole("coach", adresse("sitzung", sitzung)).status_code == status
    liste = inhalt(hole("coach", "/coaching/"))
    bis = f"{letzter + 30 * TAG:%d.%m.%Y}"
    if status == 200:
        assert bis in inhalt(antwort)
        assert bis in liste
        assert hole("coach", adresse("sitzung-neu", mandat)).status_code == 403
    else:
        assert str(mandat.coaching.kommunen.get()) not in liste


def test_running_engagements_come_before_ended_ones(client):
    coach = make_coach()
    alt, neu = (laufendes_mandat(heute(), coach=coach) for _ in range(2))
    alt.einsaetze.update(bis=heute() - TAG)
    client.force_login(coach.konto)
    zeilen = client.get("/coaching/").context["zeilen"]
    assert [zeile.mandat for zeile in zeilen] == [neu, alt]


def test_coordinators_narrow_the_list_down(client):
    kreis = make_kreis(ags="14730", name="Nordsachsen")
    gelesen = laufendes_mandat(heute(), kommunen=[make_kommune(kreis=kreis)])
    ungelesen = laufendes_mandat(heute(), ansprechperson=None)
    erfasse(ungelesen, am=heute(), um=timezone.now())
    fertig = laufendes_mandat(heute())
    Mandat.objects.filter(pk=fertig.pk).update(
        stand="abgeschlossen", beendet_am=heute(), bericht="Fertig"
    )
    client.force_login(make_konto(["Sachbearbeitung"]))

    def liste(suche):
        return {zeile.mandat for zeile in client.get(f"/coaching/?{suche}").context["zeilen"]}

    assert liste("stand=laufend") == {gelesen, ungelesen}
    assert liste("stand=abgeschlossen") == {fertig}
    assert liste("lage=ungelesen") == {ungelesen}
    assert liste("lage=ohne-ansprechperson") == {ungelesen}
    assert liste("kreis=14730") == {gelesen}
    coach = gelesen.einsaetze.get().coach
    assert liste(f"coach={coach.pk}") == {gelesen}
    assert liste("kreis=14730&stand=abgeschlossen") == set()
    unbekannt = client.get("/coaching/?stand=irgendwie&coach=x&kreis=9&lage=-&seite=99")
    assert len(unbekannt.context["zeilen"]) == 3
    assert inhalt(unbekannt).count("Unbekannter Wert im Filter") == 4


def test_filters_are_for_coordinators_only(hole, mandat):
    seite = inhalt(hole("coach", "/coaching/?stand=abgeschlossen"))
    assert str(mandat.coaching.kommunen.get()) in seite
    assert "Zurücksetzen" not in seite


def test_the_list_and_the_page_cost_the_same_whatever_is_in_them(
    client, django_assert_max_num_queries
):
    coach = make_coach(kapazitaet=20)
    mandat = laufendes_mandat(heute(), coach=coach)
    konten = [
        coach.konto, mandat.ansprechperson, make_konto(["Sachbearbeitung"]),
    ]  # fmt: skip
    sitzung = erfasse(mandat, schritt(), am=heute(), um=timezone.now())

    def zaehle():
        gezaehlt = {}
        for konto in konten:
            client.force_login(konto)
            for url in (
                "/coaching/", adresse("begleitung", mandat), adresse("sitzung", sitzung),
                adresse("kontakt", mandat),
            ):  # fmt: skip
                client.get(url)
                with django_assert_max_num_queries(40) as abfragen:
                    assert client.get(url).status_code == 200
                gezaehlt[konto, url] = len(abfragen)
        return gezaehlt

    einzeln = zaehle()
    for nummer in range(3):
        weiteres = laufendes_mandat(heute(), coach=coach)
        erfasse(weiteres, am=heute(), um=timezone.now())
        erfasse(mandat, schritt(), schritt(wer="lpr"), am=heute(), um=timezone.now())
        sitzung = stand(sitzung)
        sitzungen.korrigiere(
            sitzung, sitzungen.Sitzungsangaben(
                heute(), "video", 2, "Alle", {"geteilt": f"{nummer}", "lpr": f"{nummer}"}
            ), [schritt()], version=sitzung.version, durch=coach.konto, um=timezone.now(),
        )  # fmt: skip
        make_mitglied(mandat.coaching.kommunen.get(), Rolle.BEARBEITUNG)
    assert zaehle() == einzeln


# --- The page ----------------------------------------------------------------------------


def test_the_page_says_what_is_agreed(hole, mandat, sitzung):
    seite = inhalt(hole("liest", adresse("begleitung", mandat)))
    assert "2 von 40 Vierteltagen sind gebucht, das ist ½ Tag." in seite
    assert "Rest: 38 Vierteltage (9½ Tage)." in seite
    assert "Ein Präventionsrat" in seite
    assert str(coach_von(mandat)) in seite


def test_staff_and_coach_see_whether_it_was_opened(hole, mandat, sitzung):
    url = adresse("begleitung", mandat)
    for person in ("coach", "koordination"):
        assert "von der Kommune noch nicht geöffnet" in inhalt(hole(person, url))
    hole("liest", adresse("sitzung", sitzung))
    for person in ("coach", "koordination"):
        assert "von der Kommune geöffnet am <time" in inhalt(hole(person, url))
    assert "von der Kommune" not in inhalt(hole("liest", url))


def test_without_a_contact_person_the_page_says_so(hole, mandat):
    satz = "Diese Begleitung hat keine Ansprechperson"
    assert satz not in inhalt(hole("coach", adresse("begleitung", mandat)))
    Mitgliedschaft.objects.filter(konto=mandat.ansprechperson).update(beendet_um=UM)
    assert satz in inhalt(hole("coach", adresse("begleitung", mandat)))


def test_a_removed_coach_and_deputy_are_not_named(hole, mandat):
    mandat.einsaetze.update(bis=heute())
    seite = inhalt(hole("liest", adresse("begleitung", mandat)))
    assert "zurzeit niemand" in seite


# --- Read state --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "methode", "oeffnet"),
    [
        ("liest", "get", True),
        ("bearbeitet", "get", True),
        ("liest", "head", False),
        ("coach", "get", False),
        ("vertretung", "get", False),
        ("koordination", "get", False),
        ("fremde_kommune", "get", False),
    ],
)
def test_only_a_member_who_reads_opens(hole, sitzung, person, methode, oeffnet):
    hole(person, adresse("sitzung", sitzung), methode=methode)
    assert (stand(sitzung).geoeffnet_um is not None) == oeffnet
    assert sitzung.schritte.filter(geoeffnet_um__isnull=False).exists() == oeffnet


def test_the_page_of_the_engagement_opens_nothing(hole, mandat, sitzung):
    hole("liest", adresse("begleitung", mandat))
    assert stand(sitzung).geoeffnet_um is None


# --- Steps -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "stati"),
    [
        ("bearbeitet", {"kommune": 302, "coach": 403, "lpr": 403}),
        ("liest", {"kommune": 403, "coach": 403, "lpr": 403}),
        ("coach", {"kommune": 403, "coach": 302, "lpr": 403}),
        ("vertretung", {"kommune": 403, "coach": 302, "lpr": 403}),
        ("koordination", {"kommune": 403, "coach": 403, "lpr": 302}),
        ("fremder_coach", {"kommune": 404, "coach": 404, "lpr": 404}),
        ("fremde_kommune", {"kommune": 404, "coach": 404, "lpr": 404}),
    ],
)
def test_each_side_ticks_its_own(hole, sitzung, person, stati):
    for wer, status in stati.items():
        einer = sitzung.schritte.get(wer=wer)
        url = adresse("schritt", einer)
        assert hole(person, url).status_code == 405
        for _ in range(2):
            assert hole(person, url, {"stand": "erledigt"}).status_code == status
        assert (stand(einer).erledigt_um is not None) == (status == 302)
        assert hole(person, url, {"stand": "offen"}).status_code == status
        assert stand(einer).erledigt_um is None


def test_an_unknown_button_changes_nothing(hole, sitzung):
    einer = sitzung.schritte.get(wer="kommune")
    assert hole("bearbeitet", adresse("schritt", einer), {"stand": "?"}).status_code == 302
    assert stand(einer).erledigt_um is None


# --- Record ------------------------------------------------------------------------------


def test_the_coach_records_a_session_with_steps(hole, mandat):
    daten = sitzungsdaten(
        schritte="2",
        **{"schritt-1-was": "Liste erstellen", "schritt-1-wer": "kommune",
           "schritt-1-funktion": "Ordnungsamt", "schritt-1-bis": f"{heute():%d.%m.%Y}"},
    )  # fmt: skip
    antwort = hole("coach", adresse("sitzung-neu", mandat), daten)
    sitzung = Sitzung.objects.get()
    assert antwort.url == f"{adresse('sitzung', sitzung)}#inhalt"
    einer = sitzung.schritte.get()
    assert (einer.was, einer.wer, einer.funktion, einer.bis) == (
        "Liste erstellen", "kommune", "Ordnungsamt", heute(),
    )  # fmt: skip
    # The same form once more leads to the same session.
    assert hole("coach", adresse("sitzung-neu", mandat), daten).url == antwort.url
    assert Sitzung.objects.count() == 1


def test_who_reads_each_text_stands_there_before_one_types(hole, mandat):
    seite = inhalt(hole("coach", adresse("sitzung-neu", mandat)))
    for satz in ("Das lesen alle:", "Das lesen nur Coach, Vertretung", "Das lesen nur Sie."):
        assert satz in seite


@pytest.mark.parametrize(
    ("felder", "satz"),
    [
        ({"am": ""}, "Geben Sie ein Datum an"),
        ({"am": "31.02.2026"}, "Diesen Tag gibt es nicht"),
        ({"am": f"{heute() + TAG:%d.%m.%Y}"}, "liegt in der Zukunft"),
        ({"am": "01.01.2020"}, "beginnt erst am"),
        ({"form": ""}, "Wählen Sie die Form."),
        ({"viertel": "0"}, "Geben Sie mindestens 1 an."),
        ({"viertel": "17"}, "16"),
        ({"viertel": "zwei"}, "Geben Sie eine ganze Zahl an"),
        ({"teilnehmende": ""}, "wer dabei war"),
        ({"geteilt": ""}, "mindestens einen der drei Texte"),
        ({"geteilt": "x" * 10_001}, "10000"),
        ({"marke": "keine"}, "nicht vollständig"),
        ({"schritt-1-was": "Etwas"}, "Wählen Sie, wer zuständig ist."),
        ({"schritt-1-wer": "lpr"}, "Geben Sie an, was zu tun ist."),
        ({"schritt-1-was": "Etwas", "schritt-1-wer": "lpr", "schritt-1-bis": "01.01.2020"},
         "Dieser Tag liegt vor der Sitzung"),
    ],
)  # fmt: skip
def test_errors_stand_at_the_place_and_nothing_typed_is_lost(hole, mandat, felder, satz):
    antwort = hole("coach", adresse("sitzung-neu", mandat), sitzungsdaten(**felder))
    assert antwort.status_code == 200
    seite = inhalt(antwort)
    assert 'id="fehler"' in seite
    assert satz in seite
    for name, wert in felder.items():
        if wert and name != "marke" and "wer" not in name:
            assert wert in seite
    assert not Sitzung.objects.exists()


def test_over_the_contingent_the_rest_is_named_at_the_field(hole, mandat):
    Mandat.objects.update(kontingent=1)
    antwort = hole("coach", adresse("sitzung-neu", mandat), sitzungsdaten(viertel="3"))
    assert antwort.status_code == 200
    assert "Es ist noch 1 Vierteltag frei (¼ Tag)." in str(
        antwort.context["form"].errors["viertel"]
    )
    assert "Für alle" in inhalt(antwort)


def test_a_further_row_keeps_everything_typed_and_checks_nothing(hole, mandat):
    daten = sitzungsdaten(
        am="unfertig", geteilt="Halber Satz", weiterer="1",
        **{"schritt-1-was": "Erster", "schritt-1-wer": "coach"},
    )  # fmt: skip
    antwort = hole("coach", adresse("sitzung-neu", mandat), daten)
    seite = inhalt(antwort)
    assert 'id="fehler"' not in seite
    for wert in ("unfertig", "Halber Satz", "Erster", daten["marke"], "Schritt 2:"):
        assert wert in seite
    assert [z.initial.get("wer") for z in antwort.context["schritte"]][:1] == ["coach"]
    voll = hole("coach", adresse("sitzung-neu", mandat), daten | {"schritte": "20"})
    assert len(voll.context["schritte"]) == 20
    assert "Weiteren Schritt hinzufügen" not in inhalt(voll)
    unsinn = hole("coach", adresse("sitzung-neu", mandat), daten | {"schritte": "9999999"})
    assert unsinn.status_code == 200


def test_text_survives_the_end_of_a_session(client, mandat, sitzung, personen):
    assert verbindet(client, personen["coach"], adresse("sitzung-neu", mandat))


def verbindet(client, konto, url):
    """A form page gives its form the mark by which typed text is kept."""
    client.force_login(konto)
    return 'name="eingabemarke"' in inhalt(client.get(url))


# --- Correct and cancel ------------------------------------------------------------------


def aenderung(sitzung, **felder):
    daten = sitzungsdaten(
        am=f"{sitzung.am:%d.%m.%Y}", form=sitzung.form, viertel=str(sitzung.viertel),
        geteilt="Text für alle", lpr="Text intern", eigen="Meine Notiz",
        version=str(sitzung.version),
    )  # fmt: skip
    return daten | felder


def test_a_correction_is_shown_at_the_text(hole, sitzung):
    url = adresse("sitzung-aendern", sitzung)
    antwort = hole("coach", url, aenderung(sitzung, geteilt="Neuer Text", viertel="4"))
    assert antwort.url == f"{adresse('sitzung', sitzung)}#inhalt"
    seite = inhalt(hole("liest", adresse("sitzung", sitzung)))
    assert "Neuer Text" in seite
    assert "Geändert am" in seite
    assert stand(sitzung.mandat).gebucht == 4


def test_two_people_at_once_get_a_page_with_what_is_stored(hole, sitzung):
    url = adresse("sitzung-aendern", sitzung)
    daten = aenderung(sitzung, lpr="Von der Vertretung", eigen="")
    hole("vertretung", url, daten)
    antwort = hole("coach", url, aenderung(sitzung, geteilt="Vom Coach"))
    assert antwort.status_code == 409
    seite = inhalt(antwort)
    for text in ("inzwischen geändert", "Von der Vertretung", "Vom Coach"):
        assert text in seite
    konflikt = antwort.context["konflikt"]
    assert {eines.titel for eines in konflikt} >= {"Geteilter Text"}
    assert stand(sitzung).niederschriften.get(stufe="lpr").text == "Von der Vertretung"
    # The second time it is done knowingly.
    version = antwort.context["form"]["version"].value()
    nochmal = aenderung(sitzung, geteilt="Vom Coach", version=version)
    assert hole("coach", url, nochmal).status_code == 302


def test_taking_back_a_shared_text_is_said_aloud_or_refused(hole, sitzung):
    url = adresse("sitzung-aendern", sitzung)
    still = hole("coach", url, aenderung(sitzung, geteilt=""))
    assert "bestätigen Sie" in str(still.context["form"].errors["zuruecknehmen"])
    halb = hole("coach", url, aenderung(sitzung, zuruecknehmen="on"))
    assert "steht noch da" in str(halb.context["form"].errors["zuruecknehmen"])
    hole("liest", adresse("sitzung", sitzung))
    zu_spaet = hole("coach", url, aenderung(sitzung, geteilt="", zuruecknehmen="on"))
    assert "nicht mehr zurücknehmen" in str(zu_spaet.context["form"].errors["geteilt"])
    assert sitzung.niederschriften.filter(stufe="geteilt").exists()


def test_an_unread_shared_text_can_be_taken_back(hole, sitzung):
    daten = aenderung(sitzung, geteilt="", zuruecknehmen="on")
    assert hole("coach", adresse("sitzung-aendern", sitzung), daten).status_code == 302
    assert "Text für alle" not in inhalt(hole("liest", adresse("sitzung", sitzung)))


def test_the_kommune_sees_that_a_session_is_cancelled_and_not_why(hole, mandat, sitzung):
    url = adresse("sitzung-stornieren", sitzung)
    ohne = hole("coach", url, {"version": "1", "grund": ""})
    assert "Geben Sie den Grund an." in inhalt(ohne)
    assert hole("coach", url, {"version": "9", "grund": "falsch"}).status_code == 409
    assert hole("coach", url, {"version": "1", "grund": "In der Zeile geirrt"}).status_code == 302
    for name, objekt in (("sitzung", sitzung), ("begleitung", mandat)):
        seite = inhalt(hole("liest", adresse(name, objekt)))
        assert "storniert" in seite
        assert "In der Zeile geirrt" not in seite
    assert "In der Zeile geirrt" in inhalt(hole("coach", adresse("sitzung", sitzung)))
    for seite in ("sitzung-aendern", "sitzung-stornieren"):
        ziel = f"{adresse('sitzung', sitzung)}#inhalt"
        assert hole("coach", adresse(seite, sitzung)).url == ziel
    assert stand(mandat).gebucht == 0


# --- What is agreed ----------------------------------------------------------------------


def vereinbarungsdaten(mandat, **felder):
    return {
        "ziele": "Neue Ziele", "phase": "strategie",
        "ende_geplant": f"{mandat.ende_geplant:%d.%m.%Y}",
        "ansprechperson": mandat.ansprechperson_id, "version": str(mandat.version),
    } | felder  # fmt: skip


@pytest.mark.parametrize("person", ["coach", "koordination"])
def test_coach_and_coordinator_agree_anew(hole, mandat, person):
    url = adresse("vereinbarung", mandat)
    assert hole(person, url, vereinbarungsdaten(mandat)).status_code == 302
    assert (stand(mandat).ziele, stand(mandat).phase) == ("Neue Ziele", "strategie")
    eintrag = Eintrag.objects.get(handlung="coaching.vereinbart")
    assert eintrag.angaben == {"felder": ["ziele", "phase"]}


def test_somebody_elses_agreement_is_shown_before_it_is_overwritten(hole, mandat):
    url, daten = adresse("vereinbarung", mandat), vereinbarungsdaten(mandat)
    hole("koordination", url, daten | {"ziele": "Vom LPR", "phase": "bestand"})
    antwort = hole("coach", url, daten)
    assert antwort.status_code == 409
    assert {(e.titel, e.gespeichert) for e in antwort.context["konflikt"]} == {
        ("Ziele", "Vom LPR"), ("Phase", "Bestand aufnehmen"),
    }  # fmt: skip
    assert "Neue Ziele" in inhalt(antwort)
    version = antwort.context["form"]["version"].value()
    assert hole("coach", url, daten | {"version": version}).status_code == 302
    assert stand(mandat).ziele == "Neue Ziele"


def test_the_agreed_end_is_not_before_a_session_or_the_beginning(hole, mandat, sitzung):
    url = adresse("vereinbarung", mandat)
    for tag, satz in (
        (sitzung.am - TAG, "war noch eine Sitzung"),
        (mandat.beginn - TAG, "Das Ende liegt nicht davor."),
    ):
        antwort = hole("coach", url, vereinbarungsdaten(mandat, ende_geplant=f"{tag:%d.%m.%Y}"))
        assert satz in str(antwort.context["form"].errors["ende_geplant"])
    tag = f"{sitzung.am:%d.%m.%Y}"
    assert hole("coach", url, vereinbarungsdaten(mandat, ende_geplant=tag)).status_code == 302


def test_the_contact_person_is_a_member(hole, mandat, personen):
    url = adresse("vereinbarung", mandat)
    fremd = vereinbarungsdaten(mandat, ansprechperson=personen["fremde_kommune"].pk)
    antwort = hole("coach", url, fremd)
    assert "kein Mitglied" in str(antwort.context["form"].errors["ansprechperson"])
    neue = vereinbarungsdaten(mandat, ansprechperson=personen["liest"].pk)
    assert hole("coach", url, neue).status_code == 302
    assert stand(mandat).ansprechperson == personen["liest"]


def test_the_procedure_guards_what_the_form_offers(mandat, personen):
    bisher = verfahren.vereinbarung_von(mandat)
    neu = Vereinbarung("Anders", bisher.phase, bisher.ende_geplant, bisher.ansprechperson)
    um = timezone.now()
    for person in ("vertretung", "bearbeitet", "fremder_coach", "niemand"):
        with pytest.raises(KeinRecht):
            verfahren.vereinbare(mandat, neu, version=1, durch=personen[person], um=um)
    with pytest.raises(Ueberholt):
        verfahren.vereinbare(mandat, neu, version=2, durch=personen["coach"], um=um)
    fremd = Vereinbarung("Anders", bisher.phase, bisher.ende_geplant, personen["niemand"])
    with pytest.raises(Unzulaessig):
        verfahren.vereinbare(mandat, fremd, version=1, durch=personen["coach"], um=um)
    Mandat.objects.filter(pk=mandat.pk).update(
        stand="abgeschlossen", beendet_am=heute(), bericht="Fertig"
    )
    with pytest.raises(SchrittNichtMoeglich, match="beendet"):
        verfahren.vereinbare(mandat, neu, version=1, durch=personen["koordination"], um=um)


def test_an_ended_engagement_is_only_read(hole, mandat, sitzung):
    Mandat.objects.filter(pk=mandat.pk).update(
        stand="abgeschlossen", beendet_am=heute(), bericht="Fertig"
    )
    for person in ("koordination", "liest", "coach"):
        seite = hole(person, adresse("begleitung", mandat))
        assert seite.status_code == 200
        for wort in ("Vereinbarung ändern", "Vertretung bestimmen", "Sitzung erfassen", "abhaken"):
            assert wort not in inhalt(seite)
    assert hole("koordination", adresse("vereinbarung", mandat)).status_code == 302
    assert hole("koordination", adresse("vertretung", mandat)).status_code == 302
    assert hole("coach", adresse("sitzung-aendern", sitzung)).status_code == 403


# --- The deputy --------------------------------------------------------------------------


def test_the_coordinator_sets_the_deputy_whose_notes_stay_theirs(hole, mandat, personen):
    bisherige = personen["vertretung"]
    erfasse(
        mandat, durch=bisherige, texte={Stufe.EIGEN: "Nur meins"}, am=heute(), um=timezone.now()
    )
    neue = make_coach()
    url = adresse("vertretung", mandat)
    for _ in range(2):
        gesendet = {"coach": neue.pk, "version": mandat.version}
        assert hole("koordination", url, gesendet).status_code == 302
    einsaetze = mandat.einsaetze.filter(rolle="vertretung").order_by("von")
    mail = Nachricht.objects.get(vorlage="coaching_vertretung")
    assert mail.konto == neue.konto
    assert f"/coaching/{mandat.pk}/" in mail.text
    assert [(e.coach.konto, e.bis) for e in einsaetze] == [(bisherige, heute()), (neue.konto, None)]
    personen["neue"] = neue.konto
    sitzung = Sitzung.objects.get()
    assert "Nur meins" not in inhalt(hole("neue", adresse("sitzung", sitzung)))
    assert "Nur meins" in inhalt(hole("vertretung", adresse("sitzung", sitzung)))
    gesehen = Mandat.objects.get(pk=mandat.pk).version
    assert hole("koordination", url, {"coach": "", "version": gesehen}).status_code == 302
    assert not mandat.einsaetze.laufend().filter(rolle="vertretung").exists()


def test_who_cannot_stand_in_is_not_offered(hole, mandat):
    ausgeschlossen, ohne_vertrag = make_coach(), make_coach(vertrag=None)
    Ausschluss.objects.create(
        coach=ausgeschlossen, kommune=mandat.coaching.kommunen.get(), grund="Verwandt"
    )
    leitet = mandat.einsaetze.get(rolle="coach").coach
    url = adresse("vertretung", mandat)
    for coach in (ausgeschlossen, ohne_vertrag, leitet):
        antwort = hole("koordination", url, {"coach": coach.pk})
        assert "Wählen Sie einen anderen." in str(antwort.context["form"].errors["coach"])
        with pytest.raises(Unzulaessig):
            verfahren.setze_vertretung(
                mandat,
                coach,
                durch=make_konto(["Sachbearbeitung"]),
                um=timezone.now(),
                gesehen=mandat.version,
            )
    with pytest.raises(KeinRecht):
        verfahren.setze_vertretung(
            mandat, None, durch=coach_von(mandat), um=timezone.now(), gesehen=mandat.version
        )


def test_whoever_was_slower_does_not_undo_the_deputy_of_others(hole, mandat):
    schneller, langsamer = make_coach(), make_coach()
    url, gesehen = adresse("vertretung", mandat), mandat.version
    hole("koordination", url, {"coach": schneller.pk, "version": gesehen})
    antwort = hole("koordination", url, {"coach": langsamer.pk, "version": gesehen})
    assert antwort.status_code == 409
    assert "hat die Begleitung inzwischen geändert" in inhalt(antwort)
    assert f"Zurzeit vertritt {schneller}." in inhalt(antwort)
    formular = antwort.context["form"]
    assert formular["coach"].value() == str(langsamer.pk)
    assert mandat.einsaetze.laufend().get(rolle="vertretung").coach == schneller
    nochmal = {"coach": langsamer.pk, "version": formular["version"].value()}
    assert hole("koordination", url, nochmal).status_code == 302
    assert mandat.einsaetze.laufend().get(rolle="vertretung").coach == langsamer


# --- Contact data ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "als"),
    [("coach", "coach"), ("vertretung", "coach"), ("koordination", "koordination"),
     ("liest", None), ("bearbeitet", None)],
)  # fmt: skip
def test_looking_at_contact_data_is_logged_without_them(hole, mandat, personen, person, als):
    url = adresse("kontakt", mandat)
    seite = inhalt(hole(person, url))
    eintraege = Eintrag.objects.filter(handlung="coaching.kontakt_angesehen")
    assert coach_von(mandat).email in seite
    if als is None:
        assert not eintraege.exists()
        return
    assert "Ihr Aufruf ist vermerkt" in seite
    for wer in (mandat.ansprechperson, personen["bearbeitet"]):
        assert wer.email in seite
    assert personen["liest"].email not in seite
    eintrag = eintraege.get()
    assert (eintrag.durch, eintrag.gegenstand_nummer) == (personen[person], str(mandat.pk))
    assert eintrag.angaben == {"als": als}
    hole(person, url, methode="head")
    assert eintraege.count() == 1


def test_the_page_of_the_engagement_shows_no_address_and_logs_nothing(hole, mandat):
    seite = inhalt(hole("coach", adresse("begleitung", mandat)))
    assert mandat.ansprechperson.email not in seite
    assert not Eintrag.objects.filter(handlung="coaching.kontakt_angesehen").exists()


def test_choosing_a_contact_person_shows_names_and_is_logged(hole, mandat):
    hole("coach", adresse("vereinbarung", mandat))
    assert Eintrag.objects.filter(handlung="coaching.kontakt_angesehen").count() == 1


def test_no_mail_names_anybody_or_anything(hole, mandat, sitzung):
    for mail in Nachricht.objects.all():
        for wort in (
            "Text",
            "Aufgabe",
            str(coach_von(mandat)),
            str(mandat.coaching.kommunen.get()),
        ):
            assert wort not in mail.text


# --- Several Kommunen --------------------------------------------------------------------


def test_an_engagement_of_two_kommunen_is_open_to_both(client):
    eine, andere = make_kommune(name="Adorf"), make_kommune(name="Zwönitz")
    mandat = laufendes_mandat(heute(), kommunen=[andere, eine])
    client.force_login(make_mitglied(andere, Rolle.LESEN))
    assert "Adorf, Zwönitz" in inhalt(client.get(adresse("begleitung", mandat)))
    assert len(client.get("/coaching/").context["zeilen"]) == 1


def test_who_handed_over_is_not_told_that_nothing_was_shared(client, mandat):
    alt = coach_von(mandat)
    mandat.einsaetze.filter(bis=None).update(bis=heute() - timedelta(days=1))
    neu = make_coach()
    mandat.einsaetze.create(coach=neu, rolle="coach", von=heute())
    spaeter = erfasse(mandat, am=heute(), um=timezone.now())
    for konto, gesagt, kommune in (
        (alt, "kein geteilter Text für Sie", False),
        (neu.konto, "geteilt", True),
    ):
        client.force_login(konto)
        liste = inhalt(client.get(adresse("begleitung", mandat)))
        assert f"<span>{gesagt}" in liste
        seite = inhalt(client.get(adresse("sitzung", spaeter)))
        assert ("<dt>Kommune</dt>" in seite) is kommune
        assert "nichts geteilt" not in liste + seite
