"""The forms of a session: record, correct, cancel (F33)."""

import pytest

from beratung.models import Mandat, Sitzung

from ..begleitungen import TAG
from .seiten import adresse, heute, inhalt, sitzungsdaten, stand

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


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
