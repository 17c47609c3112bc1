"""The forms of the Fallakte: what is typed counts, stays after an error, and nothing is a 500."""

import pytest

from asskomm.post.models import Nachricht
from foerderung.models import (
    Befangenheit,
    Formalpruefung,
    Gutachten,
    Nachforderung,
    Status,
    Vermerk,
)
from foerderung.verfahren import aktenfuehrung, fachpruefung, formalpruefung
from foerderung.verfahren.fachpruefung import Wertung
from kommunen.models import Rolle
from tests.factories import make_konto, make_mitglied

from .hilfen import (
    ERFUELLT,
    NICHT,
    SPAETER,
    UM,
    WERTUNGEN,
    angemeldet,
    beantworte,
    feld,
    fordere_nach,
    gib_ab,
    leitung,
    make_fassung,
    make_vorgang,
    pruefende,
    sachbearbeitung,
    text,
)

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


def akte(antrag, seite=""):
    return f"/vorgaenge/{antrag.pk}/{seite}"


# --- Formal check --------------------------------------------------------------


def test_the_checklist_is_filled_in_bit_by_bit_and_closed():
    antrag, client = make_vorgang(), angemeldet(sachbearbeitung(name="Sina S."))
    html = text(client.get(akte(antrag, "formal/")))
    gesehen = feld(html, "gesehen")
    antwort = client.post(
        akte(antrag, "formal/"), {"gesehen": gesehen, "ergebnis_1": "erfuellt", "speichern": "1"}
    )
    assert antwort.status_code == 302
    html = text(client.get(akte(antrag, "formal/")))
    assert "1 von 2 Punkten sind beantwortet" in html
    assert "Gespeichert: erfüllt, Sina S." in html
    html = text(
        client.post(
            akte(antrag, "formal/"),
            {"gesehen": feld(html, "gesehen"), "ergebnis_1": "erfuellt", "abschliessen": "1"},
        ),
        409,
    )
    assert "Beantworten Sie zuerst: Punkt 2." in html
    antwort = client.post(
        akte(antrag, "formal/"),
        {
            "gesehen": feld(html, "gesehen"),
            "ergebnis_1": "erfuellt",
            "ergebnis_2": "nicht_erfuellt",
            "bemerkung_2": "Fehlt",
            "trotzdem": "Liegt dem Amt vor",
            "abschliessen": "1",
        },
    )
    assert antwort.status_code == 302
    antrag.refresh_from_db()
    assert antrag.status == Status.FORMELL_GEPRUEFT
    assert "Die formale Prüfung ist abgeschlossen." in text(client.get(antwort.url))


def test_answers_without_reasons_are_errors_at_the_field_and_everything_typed_stays():
    antrag, client = make_vorgang(), angemeldet(sachbearbeitung())
    html = text(
        client.post(
            akte(antrag, "formal/"),
            {"gesehen": "1", "ergebnis_1": "nicht_erfuellt", "bemerkung_2": "Was ist das?"},
        )
    )
    assert "Fehler: Formale Prüfung" in html
    assert "Begründen Sie, warum der Punkt nicht erfüllt ist oder entfällt." in html
    assert "2. Frage 2? Wählen Sie ein Ergebnis." in html
    assert "Was ist das?" in html
    assert not Formalpruefung.objects.exists()


def test_an_outdated_checklist_is_refused_with_the_present_answers_and_the_typed_text():
    antrag, client = make_vorgang(), angemeldet(sachbearbeitung())
    beantworte(antrag, sachbearbeitung(name="Simone Schneller"), {1: NICHT})
    eingaben = {"gesehen": "1", "ergebnis_2": "entfaellt", "bemerkung_2": "Mein Satz"}
    html = text(client.post(akte(antrag, "formal/"), eingaben), 409)
    assert "hat sich geändert" in html
    assert "Gespeichert: nicht erfüllt, Simone Schneller" in html
    assert "Mein Satz" in html
    eingaben["gesehen"] = feld(html, "gesehen")
    assert client.post(akte(antrag, "formal/"), eingaben).status_code == 302


@pytest.mark.parametrize("gesehen", ["", "x", "-1", "１", "9" * 40])
def test_a_version_that_is_none_is_an_outdated_page(gesehen):
    antrag, client = make_vorgang(), angemeldet(sachbearbeitung())
    eingaben = {"gesehen": gesehen, "ergebnis_1": "erfuellt"}
    text(client.post(akte(antrag, "formal/"), eingaben), 409)
    assert not Formalpruefung.objects.exists()


def test_after_a_nachreichung_the_old_answers_are_only_shown():
    antrag, client = make_vorgang(), angemeldet(sachbearbeitung())
    beantworte(antrag, sachbearbeitung(), {1: ERFUELLT, 2: NICHT})
    make_fassung(antrag, SPAETER, nummer=2)
    html = text(client.get(akte(antrag, "formal/")))
    assert "0 von 2 Punkten sind beantwortet" in html
    assert "Vor der Nachreichung: nicht erfüllt (Der Nachweis fehlt.)" in html
    assert "checked" not in html


def test_a_step_back_needs_a_reason():
    antrag, client = make_vorgang(Status.FORMELL_GEPRUEFT), angemeldet(sachbearbeitung())
    html = text(client.get(akte(antrag, "formal/")))
    ziel, eingaben = akte(antrag, "formal/oeffnen/"), {"oeffnen-gesehen": "1", "oeffnen-grund": ""}
    assert ziel in html
    assert "Geben Sie einen Grund an." in text(client.post(ziel, eingaben))
    assert client.post(ziel, eingaben | {"oeffnen-grund": "Verklickt"}).status_code == 302
    antrag.refresh_from_db()
    assert antrag.status == Status.EINGEREICHT
    andere = angemeldet(sachbearbeitung())
    assert "Verklickt" in text(andere.post(ziel, eingaben | {"oeffnen-grund": "Verklickt"}), 409)


# --- Expert check --------------------------------------------------------------

VOLL = {f"punkte_{n}": "4" for n in range(1, 7)} | {
    "votum": "foerdern", "begruendung": "Schlüssig.", "gesehen": "0",
}  # fmt: skip


@pytest.mark.parametrize(
    ("getippt", "satz"),
    [
        ("6", "Geben Sie höchstens 5 an."),
        ("-1", "Geben Sie die Zahl ohne Minus an."),
        ("１２", "Schreiben Sie die Zahl mit den Ziffern 0 bis 9."),
        ("1e9", "Geben Sie eine ganze Zahl an"),
        ("3,5", "Geben Sie eine ganze Zahl an"),
        ("drei", "Geben Sie eine ganze Zahl an"),
    ],
)
def test_a_score_outside_the_scale_is_an_error_at_its_field(getippt, satz):
    antrag, client = make_vorgang(Status.FORMELL_GEPRUEFT), angemeldet(pruefende())
    html = text(
        client.post(akte(antrag, "fachlich/"), VOLL | {"punkte_3": getippt, "abgeben": "1"})
    )
    assert f"Punkte zu Schritt 3: {satz}" in html
    assert f'value="{getippt}"' in html
    assert "Schlüssig." in html
    assert not Gutachten.objects.exists()


def test_a_draft_keeps_gaps_and_handing_in_names_them():
    antrag, client = make_vorgang(Status.FORMELL_GEPRUEFT), angemeldet(pruefende())
    html = text(client.get(akte(antrag, "fachlich/")))
    entwurf = {"gesehen": feld(html, "gesehen"), "text_2": "Zu vage."}
    antwort = client.post(akte(antrag, "fachlich/"), entwurf | {"speichern": "1"})
    assert antwort.status_code == 302
    html = text(client.get(akte(antrag, "fachlich/")))
    assert "Zu vage." in html
    html = text(client.post(akte(antrag, "fachlich/"), entwurf | {"gesehen": "1", "abgeben": "1"}))
    assert "Punkte zu Schritt 6: Geben Sie Punkte an" in html
    assert "Votum: Wählen Sie ein Votum." in html
    assert "Punkte zu Schritt 7: Geben" not in html
    antwort = client.post(
        akte(antrag, "fachlich/"), VOLL | {"gesehen": "1", "punkte_7": "0", "abgeben": "1"}
    )
    assert antwort.status_code == 302
    assert Gutachten.objects.abgegeben().get().bewertungen.count() == 7


def test_the_reviews_of_others_are_seen_only_after_the_own():
    antrag = make_vorgang(Status.FORMELL_GEPRUEFT, gutachten=2)
    gib_ab(antrag, pruefende(name="Paula Erste"))
    konto = pruefende()
    client = angemeldet(konto)
    html = text(client.get(akte(antrag, "fachlich/")))
    assert "Paula Erste" not in html
    assert "sehen Sie, wenn Sie Ihre eigene abgegeben haben" in html
    fachpruefung.speichere_gutachten(antrag, {}, "", "Entwurf", durch=konto, um=UM, gesehen=0)
    assert "Paula Erste" not in text(client.get(akte(antrag, "fachlich/")))
    gib_ab(antrag, konto, gesehen=1)
    html = text(client.get(akte(antrag, "fachlich/")))
    assert "Prüfung von Paula Erste" in html
    assert "24 von 30" in html


def test_no_page_tells_scores_and_votes_of_others_before_the_own():
    antrag, konto = make_vorgang(Status.FORMELL_GEPRUEFT, gutachten=2), pruefende()
    gib_ab(antrag, pruefende())
    client = angemeldet(konto)
    for seite in ("", "entscheidung/", "vermerke/", "verlauf/"):
        html = text(client.get(akte(antrag, seite)))
        assert "Punkte im Schnitt" not in html
        assert "× fördern" not in html
    assert "4,0 von 5" in text(angemeldet(leitung()).get(akte(antrag, "entscheidung/")))
    gib_ab(antrag, konto, {n: Wertung(2) for n in WERTUNGEN})
    html = text(client.get(akte(antrag, "entscheidung/")))
    assert "3,0 von 5" in html
    assert "2 × fördern" in html


def test_reviews_of_an_older_version_are_in_no_average():
    antrag, konto = make_vorgang(Status.FORMELL_GEPRUEFT), pruefende()
    gib_ab(antrag, pruefende())
    make_fassung(antrag, SPAETER, nummer=2)
    gib_ab(antrag, konto, {n: Wertung(2) for n in WERTUNGEN}, um=SPAETER)
    html = text(angemeldet(konto).get(akte(antrag, "entscheidung/")))
    assert "2,0 von 5" in html
    assert "1 × fördern" in html


def test_a_draft_of_somebody_else_is_never_seen():
    antrag = make_vorgang(Status.FORMELL_GEPRUEFT)
    fachpruefung.speichere_gutachten(
        antrag, {}, "", "Halber Gedanke", durch=pruefende(), um=UM, gesehen=0
    )
    for konto in (sachbearbeitung(), leitung(), pruefende()):
        assert "Halber Gedanke" not in text(angemeldet(konto).get(akte(antrag, "fachlich/")))


def test_after_a_step_back_to_the_formal_check_the_others_stay_hidden():
    antrag = make_vorgang(Status.FORMELL_GEPRUEFT)
    gib_ab(antrag, pruefende(name="Paula Erste"))
    formalpruefung.oeffne_formale_pruefung(
        antrag, durch=sachbearbeitung(), um=UM, gesehen=antrag.version, grund="Test"
    )
    assert "Paula Erste" not in text(angemeldet(pruefende()).get(akte(antrag, "fachlich/")))


def test_the_expert_check_is_closed_by_a_button_and_opened_with_a_reason():
    antrag, konto = make_vorgang(Status.FORMELL_GEPRUEFT), pruefende()
    client = angemeldet(konto)
    ziel = akte(antrag, "fachlich/abschliessen/")
    html = text(client.post(ziel, {"abschluss-gesehen": "1"}), 409)
    assert "Nötig ist eine fachliche Prüfung" in html
    gib_ab(antrag, konto)
    html = text(client.get(akte(antrag, "fachlich/")))
    assert client.post(ziel, {"abschluss-gesehen": "1"}).status_code == 409
    gesehen = feld(html, "abschluss-gesehen")
    assert client.post(ziel, {"abschluss-gesehen": gesehen}).status_code == 302
    antrag.refresh_from_db()
    assert antrag.status == Status.FACHLICH_GEPRUEFT
    zurueck = {"oeffnen-gesehen": str(antrag.version), "oeffnen-grund": "Neue Lage"}
    assert client.post(akte(antrag, "fachlich/oeffnen/"), zurueck).status_code == 302


def test_the_own_review_can_be_written_anew_with_a_reason():
    antrag, konto = make_vorgang(Status.FORMELL_GEPRUEFT), pruefende()
    gib_ab(antrag, konto)
    client, ziel = angemeldet(konto), akte(antrag, "fachlich/neu/")
    assert "Geben Sie einen Grund an." in text(client.post(ziel, {"eigenes-grund": " "}))
    assert client.post(ziel, {"eigenes-grund": "Verklickt"}).status_code == 302
    html = text(client.get(akte(antrag, "fachlich/")))
    assert "Diese zählt nicht mehr" in html
    assert "Schlüssig." in html


# --- Nachforderung -------------------------------------------------------------


def test_a_nachforderung_is_written_and_taken_back_on_one_page(monkeypatch):
    antrag, client = make_vorgang(), angemeldet(sachbearbeitung())
    html = text(client.get(akte(antrag, "nachforderung/")))
    eingaben = {
        "gesehen": feld(html, "gesehen"),
        "marke": feld(html, "marke"),
        "abschnitte": ["plan", "anlagen"],
        "text": "Die Summe fehlt.",
        "frist": feld(html, "frist"),
    }
    assert client.post(akte(antrag, "nachforderung/"), eingaben).status_code == 302
    assert client.post(akte(antrag, "nachforderung/"), eingaben).status_code == 302
    assert Nachforderung.objects.count() == 1
    html = text(client.get(akte(antrag, "nachforderung/")))
    assert "Ausgaben und Finanzierung, Anlagen" in html
    zurueck = {"zurueck-gesehen": feld(html, "zurueck-gesehen"), "zurueck-grund": "Liegt vor"}
    ziel = akte(antrag, "nachforderung/zuruecknehmen/")
    assert client.post(ziel, zurueck).status_code == 302
    antrag.refresh_from_db()
    assert antrag.status == Status.EINGEREICHT


def test_what_is_wrong_with_a_nachforderung_stands_at_its_fields():
    antrag, client = make_vorgang(), angemeldet(sachbearbeitung())
    html = text(client.get(akte(antrag, "nachforderung/")))
    eingaben = {
        "gesehen": "1", "marke": feld(html, "marke"), "frist": "31.02.2030", "text": "Mein Text",
        "abschnitte": ["status"],
    }  # fmt: skip
    html = text(client.post(akte(antrag, "nachforderung/"), eingaben))
    assert "Diesen Tag gibt es nicht." in html
    assert "Diesen Abschnitt gibt es nicht." in html
    assert "Mein Text" in html
    html = text(
        client.post(
            akte(antrag, "nachforderung/"),
            eingaben | {"frist": "01.01.2020", "abschnitte": ["plan"], "text": "x" * 5001},
        )
    )
    assert "Geben Sie einen Tag nach dem" in html
    assert "Kürzen Sie den Text auf höchstens 5.000 Zeichen." in html


def test_a_nachforderung_on_an_outdated_page_keeps_its_text_and_shows_the_state():
    antrag, client = make_vorgang(), angemeldet(sachbearbeitung())
    html = text(client.get(akte(antrag, "nachforderung/")))
    eingaben = {
        "gesehen": feld(html, "gesehen"), "marke": feld(html, "marke"), "frist": "01.01.2100",
        "text": "Mein langer Text", "abschnitte": ["plan"],
    }  # fmt: skip
    fordere_nach(antrag, sachbearbeitung())
    html = text(client.post(akte(antrag, "nachforderung/"), eingaben), 409)
    assert "Jetzt ist er: Nachforderung" in html
    assert "Mein langer Text" in html
    assert "Offene Nachforderung" in html


# --- Notes, people -------------------------------------------------------------


def test_a_note_is_for_the_lpr_and_reaches_no_page_and_no_mail_of_the_kommune():
    antrag = make_vorgang()
    client = angemeldet(pruefende(name="Pia P."))
    html = text(client.get(akte(antrag, "vermerke/")))
    eingaben = {"marke": feld(html, "marke"), "text": "Kommt mir seltsam vor\n=1+1"}
    for _ in range(2):
        assert client.post(akte(antrag, "vermerke/"), eingaben).status_code == 302
    assert Vermerk.objects.count() == 1
    assert "Kommt mir seltsam vor<br>" in text(client.get(akte(antrag, "vermerke/")))
    assert "Schreiben Sie den Vermerk." in text(
        client.post(akte(antrag, "vermerke/"), eingaben | {"text": " \u200b "})
    )
    mitglied = make_mitglied(antrag.kommune, *Rolle)
    for seite in ("", "vermerke/", "formal/", "fachlich/"):
        assert angemeldet(mitglied).get(akte(antrag, seite)).status_code == 404
    fordere_nach(antrag, sachbearbeitung())
    assert not any("seltsam" in brief.text + brief.betreff for brief in Nachricht.objects.all())


def test_a_person_is_made_responsible_and_an_outdated_choice_refused():
    antrag, neu, client = make_vorgang(), sachbearbeitung(name="Neu"), angemeldet(leitung())
    make_konto(["Redaktion"], name="Rita Redaktion")
    ziel = akte(antrag, "zustaendigkeit/")
    html = text(client.get(ziel))
    assert "Rita Redaktion" not in html
    assert "aus der Liste" in text(client.post(ziel, {"gesehen": "", "konto": "999999"}))
    assert client.post(ziel, {"gesehen": "", "konto": neu.pk}).status_code == 302
    html = text(client.post(ziel, {"gesehen": "", "konto": ""}), 409)
    assert "Zuständig ist: Neu" in html
    assert client.post(ziel, {"gesehen": feld(html, "gesehen"), "konto": ""}).status_code == 302
    assert angemeldet(pruefende()).get(ziel).status_code == 403


def test_a_resubmission_is_set_and_ended():
    antrag, client = make_vorgang(), angemeldet(pruefende())
    ziel = akte(antrag, "wiedervorlage/")
    assert "Geben Sie einen Tag nach dem" in text(client.post(ziel, {"am": "01.01.2020"}))
    assert client.post(ziel, {"am": "01.02.2100", "grund": "Nachsehen"}).status_code == 302
    html = text(client.get(akte(antrag)))
    assert "01.02.2100</time>: Nachsehen" in html
    assert "Jetzt gilt: 01.02.2100" in text(client.post(ziel, {"am": ""}), 409)
    assert client.post(ziel, {"gesehen": "2100-02-01", "am": ""}).status_code == 302


def test_a_conflict_of_interest_ends_the_access_at_once():
    antrag, konto = make_vorgang(), pruefende()
    client, ziel = angemeldet(konto), akte(antrag, "befangenheit/")
    assert "Geben Sie einen Grund an." in text(client.post(ziel, {"grund": ""}))
    antwort = client.post(ziel, {"grund": "Mein Schwager leitet den Träger"})
    assert (antwort.status_code, antwort.url) == (302, "/vorgaenge/")
    assert "Die Akte sehen Sie nicht mehr." in text(client.get(antwort.url))
    assert Befangenheit.objects.count() == 1
    for seite in ("", "formal/", "fachlich/", "vermerke/", "befangenheit/", "nachforderung/"):
        assert client.get(akte(antrag, seite)).status_code == 404
        assert client.post(akte(antrag, seite), {"grund": "x"}).status_code in (404, 405)


SEITEN = ("", "formal/", "fachlich/", "nachforderung/", "vermerke/")


@pytest.mark.parametrize("seite", SEITEN)
@pytest.mark.parametrize("status", [s for s in Status if s not in ("entwurf", "in_zeichnung")])
def test_every_page_opens_in_every_state(status, seite):
    antrag, konto = make_vorgang(status), make_konto(["Sachbearbeitung", "Prüfung", "Leitung"])
    assert antrag.nummer in text(angemeldet(konto).get(akte(antrag, seite)))


@pytest.mark.parametrize("seite", SEITEN)
def test_the_number_of_queries_does_not_grow_with_the_case(seite, django_assert_max_num_queries):
    antrag = make_vorgang(Status.FORMELL_GEPRUEFT, punkte=1, gutachten=3)
    konto = leitung()
    client = angemeldet(konto)
    text(client.get(akte(antrag, seite)))

    def zaehle():
        with django_assert_max_num_queries(15) as abfragen:
            text(client.get(akte(antrag, seite)))
        return len(abfragen)

    gib_ab(antrag, pruefende())
    aktenfuehrung.schreibe_vermerk(antrag, "Eins", durch=konto, um=UM, marke=antrag.marke)
    wenig = zaehle()
    for nummer in range(3):
        gib_ab(antrag, pruefende())
        aktenfuehrung.schreibe_vermerk(
            antrag, "Mehr", durch=konto, um=UM, marke=f"{nummer}{str(antrag.marke)[1:]}"
        )
    assert zaehle() == wenig


@pytest.mark.parametrize("seite", ["formal/", "fachlich/", "nachforderung/"])
def test_a_step_of_another_role_is_forbidden(seite):
    antrag = make_vorgang()
    assert angemeldet(leitung()).post(akte(antrag, seite), {"gesehen": "1"}).status_code == 403
