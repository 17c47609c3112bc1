"""The rules of the check, each at its edge: Nachforderung, formal and expert check, who works on it."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from asskomm.post.models import Nachricht
from asskomm.protokoll.models import Eintrag
from asskomm.schritt import SchrittNichtMoeglich, Ueberholt
from foerderung.models import (
    Befangenheit,
    Formalpruefung,
    Gutachten,
    Nachforderung,
    Status,
    Vermerk,
)
from foerderung.verfahren import aktenfuehrung, fachpruefung, formalpruefung, nachforderungen
from foerderung.verfahren.antragstellung import offene_abschnitte
from foerderung.verfahren.fachpruefung import Wertung
from foerderung.verfahren.formalpruefung import Antwort
from foerderung.verfahren.schritte import KeinRecht, gehe
from kommunen.models import Rolle
from tests.factories import make_konto, make_mitglied, make_vertretung

from .hilfen import (
    ERFUELLT,
    FRIST,
    NICHT,
    SPAETER,
    UM,
    WERTUNGEN,
    beantworte,
    eintraege,
    fordere_nach,
    gib_ab,
    leitung,
    make_fassung,
    make_vorgang,
    pruefende,
    sachbearbeitung,
)

pytestmark = pytest.mark.django_db


# --- Nachforderung -------------------------------------------------------------


def test_a_nachforderung_opens_its_sections_and_tells_the_kommune():
    antrag, durch = make_vorgang(), sachbearbeitung()
    bearbeitung = make_mitglied(antrag.kommune, Rolle.BEARBEITUNG, Rolle.ZEICHNUNG)
    make_mitglied(antrag.kommune, Rolle.LESEN)
    fordere_nach(antrag, durch, abschnitte=["anlagen", "plan"], text="Nur im Portal zu lesen.")
    assert antrag.status == Status.NACHFORDERUNG
    assert offene_abschnitte(antrag) == {"plan", "anlagen"}
    brief = Nachricht.objects.get()
    assert (brief.konto, brief.betreff) == (
        bearbeitung, f"[ASSKomm] Antrag {antrag.nummer}: Nachforderung bis 16.11.2026",
    )  # fmt: skip
    assert "Nur im Portal zu lesen" not in brief.text
    assert eintraege(antrag) == ["antrag.nachfordern"]


@pytest.mark.parametrize(
    ("anders", "satz"),
    [
        ({"abschnitte": []}, "Wählen Sie"),
        ({"abschnitte": ["plan", "status"]}, "Wählen Sie"),
        ({"text": " \n"}, "Schreiben Sie"),
        ({"frist": date(2026, 11, 2)}, "Zukunft"),
        ({"frist": date(2020, 1, 1)}, "Zukunft"),
    ],
)
def test_a_nachforderung_needs_sections_text_and_a_day_to_come(anders, satz):
    antrag = make_vorgang()
    with pytest.raises(SchrittNichtMoeglich, match=satz):
        fordere_nach(antrag, sachbearbeitung(), **anders)
    assert not Nachforderung.objects.exists()
    assert not Nachricht.objects.exists()


def test_the_day_of_a_nachforderung_counts_in_berlin():
    """At 23:30 in UTC the second of November is past in Berlin."""
    antrag, nachts = make_vorgang(), datetime(2026, 11, 2, 23, 30, tzinfo=UTC)
    with pytest.raises(SchrittNichtMoeglich, match="Zukunft"):
        fordere_nach(antrag, sachbearbeitung(), frist=date(2026, 11, 3), um=nachts)
    fordere_nach(antrag, sachbearbeitung(), frist=date(2026, 11, 4), um=nachts)


def test_the_same_form_twice_is_one_nachforderung_to_the_same_person_only():
    antrag, durch, marke = make_vorgang(), sachbearbeitung(), uuid4()
    gesehen = antrag.version
    erste = fordere_nach(antrag, durch, marke=marke)
    assert fordere_nach(antrag, durch, marke=marke, gesehen=gesehen) == erste
    assert eintraege(antrag) == ["antrag.nachfordern"]
    with pytest.raises(Ueberholt):
        fordere_nach(antrag, sachbearbeitung(), marke=marke)


def test_the_mark_of_another_form_is_refused_in_words():
    erster, zweiter, marke = make_vorgang(), make_vorgang(), uuid4()
    fordere_nach(erster, sachbearbeitung(), marke=marke)
    with pytest.raises(SchrittNichtMoeglich, match="Laden Sie die Seite neu"):
        fordere_nach(zweiter, sachbearbeitung(), marke=marke)
    zweiter.refresh_from_db()
    assert zweiter.status == Status.EINGEREICHT
    assert eintraege(zweiter) == []
    aktenfuehrung.schreibe_vermerk(erster, "Rückruf", durch=leitung(), um=UM, marke=marke)
    with pytest.raises(SchrittNichtMoeglich, match="Laden Sie die Seite neu"):
        aktenfuehrung.schreibe_vermerk(erster, "Rückruf", durch=leitung(), um=UM, marke=marke)
    assert Vermerk.objects.count() == 1


def test_what_was_taken_back_is_closed_again_and_the_kommune_hears_of_it():
    antrag, durch = make_vorgang(), sachbearbeitung()
    make_mitglied(antrag.kommune, Rolle.ZEICHNUNG)
    fordere_nach(antrag, durch)
    with pytest.raises(SchrittNichtMoeglich, match="Grund"):
        nachforderungen.nimm_nachforderung_zurueck(
            antrag, durch=durch, um=SPAETER, gesehen=antrag.version, grund=" "
        )
    nachforderungen.nimm_nachforderung_zurueck(
        antrag, durch=durch, um=SPAETER, gesehen=antrag.version, grund="War schon da"
    )
    assert antrag.status == Status.EINGEREICHT
    assert not offene_abschnitte(antrag)
    assert "zurückgenommen" in Nachricht.objects.latest("eingestellt_um").betreff


def test_only_the_sachbearbeitung_asks_for_more():
    antrag = make_vorgang()
    for konto in (pruefende(), leitung(), make_mitglied(antrag.kommune, *Rolle)):
        with pytest.raises(KeinRecht):
            fordere_nach(antrag, konto)


# --- Formal check --------------------------------------------------------------


def test_the_formal_check_can_be_closed_once_every_point_has_an_answer():
    antrag, durch = make_vorgang(punkte=3), sachbearbeitung()

    def schliesse_ab(**weiteres):
        formalpruefung.schliesse_formale_pruefung_ab(
            antrag, durch=durch, um=UM, gesehen=antrag.version, **weiteres
        )

    with pytest.raises(SchrittNichtMoeglich, match="Punkte 1, 2, 3"):
        schliesse_ab()
    beantworte(antrag, durch, {1: ERFUELLT, 3: Antwort("entfaellt", "Kein Personal.")})
    with pytest.raises(SchrittNichtMoeglich, match="Punkt 2"):
        schliesse_ab()
    beantworte(antrag, durch, {2: ERFUELLT})
    schliesse_ab()
    assert antrag.status == Status.FORMELL_GEPRUEFT


def test_a_point_that_is_not_fulfilled_blocks_until_somebody_says_why_it_goes_on():
    antrag, durch = make_vorgang(punkte=2), sachbearbeitung()
    beantworte(antrag, durch, {1: ERFUELLT, 2: NICHT})
    with pytest.raises(SchrittNichtMoeglich, match="Nicht erfüllt: Punkt 2"):
        formalpruefung.schliesse_formale_pruefung_ab(
            antrag, durch=durch, um=UM, gesehen=antrag.version, trotzdem="  "
        )
    formalpruefung.schliesse_formale_pruefung_ab(
        antrag, durch=durch, um=UM, gesehen=antrag.version, trotzdem="Wird nachgereicht."
    )
    eintrag = Eintrag.objects.get(handlung="antrag.formell_pruefen")
    assert (eintrag.grund.text, eintrag.angaben["nicht_erfuellt"]) == ("Wird nachgereicht.", [2])


@pytest.mark.parametrize(
    ("antworten", "satz"),
    [
        ({1: Antwort("nicht_erfuellt")}, "Begründen"),
        ({1: Antwort("entfaellt", " ")}, "Begründen"),
        ({1: Antwort("vielleicht")}, "Wählen"),
        ({9: ERFUELLT}, "gibt es in der Prüfliste nicht"),
    ],
)
def test_an_answer_without_reasons_is_none(antworten, satz):
    antrag = make_vorgang()
    with pytest.raises(SchrittNichtMoeglich, match=satz):
        beantworte(antrag, sachbearbeitung(), {2: ERFUELLT} | antworten)
    assert not Formalpruefung.objects.exists()


def test_a_nachreichung_begins_the_list_anew_and_a_step_back_does_not():
    antrag, durch = make_vorgang(punkte=1), sachbearbeitung()
    make_fassung(antrag, datetime(2026, 10, 1, 8, tzinfo=UTC))
    beantworte(antrag, durch, {1: ERFUELLT})
    formalpruefung.schliesse_formale_pruefung_ab(antrag, durch=durch, um=UM, gesehen=antrag.version)
    formalpruefung.oeffne_formale_pruefung(
        antrag, durch=durch, um=UM, gesehen=antrag.version, grund="Verklickt"
    )
    formalpruefung.schliesse_formale_pruefung_ab(antrag, durch=durch, um=UM, gesehen=antrag.version)
    formalpruefung.oeffne_formale_pruefung(
        antrag, durch=durch, um=UM, gesehen=antrag.version, grund="Verklickt"
    )
    make_fassung(antrag, datetime(2026, 11, 5, 8, tzinfo=UTC), nummer=2)
    with pytest.raises(SchrittNichtMoeglich, match="Punkt 1"):
        formalpruefung.schliesse_formale_pruefung_ab(
            antrag, durch=durch, um=SPAETER, gesehen=antrag.version
        )
    assert beantworte(antrag, durch, {1: ERFUELLT}, um=SPAETER) == 1
    formalpruefung.schliesse_formale_pruefung_ab(
        antrag, durch=durch, um=SPAETER, gesehen=antrag.version
    )


def test_of_two_who_saw_the_same_list_the_second_is_refused():
    antrag, gesehen = make_vorgang(), 1
    beantworte(antrag, sachbearbeitung(), {1: ERFUELLT})
    with pytest.raises(Ueberholt):
        formalpruefung.speichere_formale_pruefung(
            antrag, {1: NICHT}, durch=sachbearbeitung(), um=UM, gesehen=gesehen
        )
    assert Formalpruefung.objects.get().ergebnis == "erfuellt"


def test_the_same_answers_again_change_nothing_and_are_no_conflict():
    antrag, durch = make_vorgang(), sachbearbeitung()
    beantworte(antrag, durch, {1: ERFUELLT})
    assert (
        formalpruefung.speichere_formale_pruefung(
            antrag, {1: ERFUELLT}, durch=durch, um=UM, gesehen=1
        )
        == 0
    )
    assert eintraege(antrag) == ["antrag.formalpruefung"]


@pytest.mark.parametrize(
    "status", [Status.NACHFORDERUNG, Status.FORMELL_GEPRUEFT, Status.BEWILLIGT]
)
def test_the_list_is_open_only_while_the_case_is_eingereicht(status):
    antrag = make_vorgang(status)
    with pytest.raises(Ueberholt, match=antrag.get_status_display()):
        beantworte(antrag, sachbearbeitung(), {1: ERFUELLT})


# --- Expert check --------------------------------------------------------------


def test_the_expert_check_needs_as_many_reviews_as_the_rule_says():
    antrag, eine, andere = (
        make_vorgang(Status.FORMELL_GEPRUEFT, gutachten=2),
        pruefende(),
        pruefende(),
    )
    gib_ab(antrag, eine)
    with pytest.raises(SchrittNichtMoeglich, match="2 fachliche Prüfungen"):
        fachpruefung.schliesse_fachliche_pruefung_ab(
            antrag, durch=eine, um=UM, gesehen=antrag.version
        )
    gib_ab(antrag, andere)
    fachpruefung.schliesse_fachliche_pruefung_ab(antrag, durch=eine, um=UM, gesehen=antrag.version)
    assert antrag.status == Status.FACHLICH_GEPRUEFT


def test_the_review_of_a_biased_person_does_not_count():
    antrag, eine, andere = make_vorgang(Status.FORMELL_GEPRUEFT), pruefende(), pruefende()
    gib_ab(antrag, eine)
    aktenfuehrung.erklaere_befangenheit(antrag, durch=eine, um=UM, grund="Verwandt")
    with pytest.raises(SchrittNichtMoeglich, match="abgegeben sind 0"):
        fachpruefung.schliesse_fachliche_pruefung_ab(
            antrag, durch=andere, um=UM, gesehen=antrag.version
        )


def test_a_review_of_an_older_version_counts_no_more_and_can_be_written_again():
    antrag, durch = make_vorgang(Status.FORMELL_GEPRUEFT), pruefende()
    gib_ab(antrag, durch)
    make_fassung(antrag, datetime(2026, 11, 5, 8, tzinfo=UTC), nummer=2)
    with pytest.raises(SchrittNichtMoeglich, match="abgegeben sind 0"):
        fachpruefung.schliesse_fachliche_pruefung_ab(
            antrag, durch=durch, um=SPAETER, gesehen=antrag.version
        )
    gib_ab(antrag, durch, um=SPAETER)
    fachpruefung.schliesse_fachliche_pruefung_ab(
        antrag, durch=durch, um=SPAETER, gesehen=antrag.version
    )


def test_a_draft_may_have_gaps_and_is_one_per_person():
    antrag, durch = make_vorgang(Status.FORMELL_GEPRUEFT), pruefende()
    fachpruefung.speichere_gutachten(
        antrag, {2: Wertung(None, "Bleibt vage.")}, "", "", durch=durch, um=UM, gesehen=0
    )
    gutachten = Gutachten.objects.get()
    assert (gutachten.abgegeben_um, gutachten.bewertungen.get().text) == (None, "Bleibt vage.")
    with pytest.raises(Ueberholt, match="anderen Fenster"):
        fachpruefung.speichere_gutachten(antrag, WERTUNGEN, "", "", durch=durch, um=UM, gesehen=0)
    fachpruefung.speichere_gutachten(antrag, WERTUNGEN, "", "", durch=durch, um=UM, gesehen=1)
    assert Gutachten.objects.get().bewertungen.count() == 6


@pytest.mark.parametrize(
    ("wertungen", "votum", "gruende", "satz"),
    [
        ({1: Wertung(3)}, "foerdern", "Gut.", "2, 3, 4, 5, 6"),
        (WERTUNGEN, "", "Gut.", "Votum"),
        (WERTUNGEN, "jawohl", "Gut.", "Votum"),
        (WERTUNGEN, "foerdern", " ", "begründen"),
        (WERTUNGEN | {1: Wertung(6)}, "foerdern", "Gut.", "0 bis 5 Punkte"),
        (WERTUNGEN | {1: Wertung(-1)}, "foerdern", "Gut.", "0 bis 5 Punkte"),
    ],
)
def test_a_review_is_handed_in_whole_and_within_the_scale(wertungen, votum, gruende, satz):
    antrag = make_vorgang(Status.FORMELL_GEPRUEFT)
    with pytest.raises(SchrittNichtMoeglich, match=satz):
        fachpruefung.gib_gutachten_ab(
            antrag, wertungen, votum, gruende, durch=pruefende(), um=UM, gesehen=0
        )
    assert not Gutachten.objects.exists()


def test_what_is_handed_in_stays_until_its_author_opens_it():
    antrag, durch = make_vorgang(Status.FORMELL_GEPRUEFT), pruefende()
    gib_ab(antrag, durch)
    with pytest.raises(SchrittNichtMoeglich, match="ist abgegeben"):
        fachpruefung.speichere_gutachten(antrag, WERTUNGEN, "", "", durch=durch, um=UM, gesehen=1)
    with pytest.raises(SchrittNichtMoeglich, match="Grund"):
        fachpruefung.fasse_gutachten_neu(antrag, durch=durch, um=UM, grund="")
    with pytest.raises(Ueberholt):
        fachpruefung.fasse_gutachten_neu(antrag, durch=pruefende(), um=UM, grund="Fremd")
    fachpruefung.fasse_gutachten_neu(antrag, durch=durch, um=UM, grund="Verklickt")
    with pytest.raises(SchrittNichtMoeglich, match="abgegeben sind 0"):
        fachpruefung.schliesse_fachliche_pruefung_ab(
            antrag, durch=durch, um=UM, gesehen=antrag.version
        )
    gib_ab(antrag, durch, gesehen=1)
    fachpruefung.schliesse_fachliche_pruefung_ab(antrag, durch=durch, um=UM, gesehen=antrag.version)
    assert Gutachten.objects.abgegeben().count() == 2
    assert eintraege(antrag) == [
        "antrag.gutachten", "antrag.gutachten_neu", "antrag.gutachten", "antrag.fachlich_pruefen",
    ]  # fmt: skip


def test_handing_in_twice_is_one_review():
    antrag, durch = make_vorgang(Status.FORMELL_GEPRUEFT), pruefende()
    assert gib_ab(antrag, durch) == gib_ab(antrag, durch)
    assert eintraege(antrag) == ["antrag.gutachten"]


def test_steps_without_a_mark_are_taken_once_however_often_they_are_sent():
    antrag, sach, prueft = make_vorgang(Status.FORMELL_GEPRUEFT), sachbearbeitung(), pruefende()
    gib_ab(antrag, prueft)
    for schritt, durch, weiteres in (
        (fachpruefung.schliesse_fachliche_pruefung_ab, prueft, {}),
        (fachpruefung.oeffne_fachliche_pruefung, prueft, {"grund": "Neue Lage"}),
        (formalpruefung.oeffne_formale_pruefung, sach, {"grund": "Neue Lage"}),
    ):
        gesehen = antrag.version
        for _ in range(2):
            schritt(antrag, durch=durch, um=UM, gesehen=gesehen, **weiteres)
        assert antrag.version == gesehen + 1
        with pytest.raises(Ueberholt):
            schritt(antrag, durch=durch, um=UM, gesehen=gesehen - 1, **weiteres)
    fordere_nach(antrag, sach)
    gesehen = antrag.version
    for _ in range(2):
        nachforderungen.nimm_nachforderung_zurueck(
            antrag, durch=sach, um=UM, gesehen=gesehen, grund="Verklickt"
        )
    assert eintraege(antrag)[1:] == [
        "antrag.fachlich_pruefen", "antrag.fachliche_pruefung_oeffnen",
        "antrag.formelle_pruefung_oeffnen", "antrag.nachfordern",
        "antrag.nachforderung_zuruecknehmen",
    ]  # fmt: skip


def test_a_review_is_begun_anew_once_however_often_it_is_sent():
    antrag, durch = make_vorgang(Status.FORMELL_GEPRUEFT), pruefende()
    gib_ab(antrag, durch)
    neues = fachpruefung.fasse_gutachten_neu(antrag, durch=durch, um=UM, grund="Verklickt")
    assert fachpruefung.fasse_gutachten_neu(antrag, durch=durch, um=UM, grund="Verklickt") == neues
    assert eintraege(antrag) == ["antrag.gutachten", "antrag.gutachten_neu"]


def test_another_review_from_a_second_window_is_refused_and_not_lost_in_silence():
    antrag, durch = make_vorgang(Status.FORMELL_GEPRUEFT), pruefende()
    gib_ab(antrag, durch)
    with pytest.raises(SchrittNichtMoeglich, match="ist abgegeben"):
        gib_ab(antrag, durch, WERTUNGEN | {1: Wertung(2, "Anders gesehen")})
    assert Gutachten.objects.get().bewertungen.get(standard=1).punkte == 4


def test_the_database_holds_the_scale():
    antrag, durch = make_vorgang(Status.FORMELL_GEPRUEFT), pruefende()
    entwurf = fachpruefung.speichere_gutachten(
        antrag, WERTUNGEN, "", "", durch=durch, um=UM, gesehen=0
    )
    with pytest.raises(IntegrityError, match="bewertung_in_der_skala"):
        entwurf.bewertungen.update(punkte=6)


def test_the_database_keeps_what_was_handed_in():
    antrag, durch = make_vorgang(Status.FORMELL_GEPRUEFT), pruefende()
    gutachten = gib_ab(antrag, durch)
    with transaction.atomic(), pytest.raises(IntegrityError, match="bleibt"), transaction.atomic():
        gutachten.bewertungen.update(punkte=0)
    with pytest.raises(IntegrityError, match="bleibt"):
        Gutachten.objects.update(votum="nicht_foerdern")


# --- Who works on a case -------------------------------------------------------


def test_whoever_declares_a_conflict_of_interest_is_out_at_once_and_the_leitung_reassigns():
    durch, chefin = sachbearbeitung(), leitung()
    antrag = make_vorgang(zustaendig=durch)
    aktenfuehrung.erklaere_befangenheit(antrag, durch=durch, um=UM, grund="Mein Verein")
    aktenfuehrung.erklaere_befangenheit(antrag, durch=durch, um=UM, grund="Noch einmal")
    assert antrag.zustaendig is None
    assert Nachricht.objects.get().konto == chefin
    assert eintraege(antrag) == ["antrag.befangenheit"]
    with pytest.raises(KeinRecht):
        beantworte(antrag, durch, {1: ERFUELLT})
    with pytest.raises(SchrittNichtMoeglich, match="nicht befangen"):
        aktenfuehrung.weise_zu(antrag, durch, durch=chefin, um=UM, gesehen=None)


def test_a_conflict_of_interest_needs_a_reason_and_somebody_of_the_lpr():
    antrag = make_vorgang()
    with pytest.raises(SchrittNichtMoeglich, match="warum"):
        aktenfuehrung.erklaere_befangenheit(antrag, durch=pruefende(), um=UM, grund="")
    with pytest.raises(KeinRecht):
        aktenfuehrung.erklaere_befangenheit(antrag, durch=make_konto(), um=UM, grund="Test")
    assert not Befangenheit.objects.exists()


def test_a_case_is_given_to_the_sachbearbeitung_who_is_told():
    antrag, chefin, neu = make_vorgang(), leitung(), sachbearbeitung()
    aktenfuehrung.weise_zu(antrag, neu, durch=chefin, um=UM, gesehen=None)
    assert antrag.zustaendig == neu
    assert Nachricht.objects.get().konto == neu
    with pytest.raises(Ueberholt, match=str(neu)):
        aktenfuehrung.weise_zu(antrag, chefin, durch=neu, um=UM, gesehen=None)
    with pytest.raises(SchrittNichtMoeglich, match="Sachbearbeitung"):
        aktenfuehrung.weise_zu(antrag, chefin, durch=neu, um=UM, gesehen=neu.pk)
    with pytest.raises(KeinRecht):
        aktenfuehrung.weise_zu(antrag, None, durch=pruefende(), um=UM, gesehen=neu.pk)


def test_internal_matters_do_not_touch_the_version_the_kommune_works_on():
    antrag, durch = make_vorgang(Status.NACHFORDERUNG), sachbearbeitung()
    vorher = antrag.version
    aktenfuehrung.weise_zu(antrag, durch, durch=durch, um=UM, gesehen=None)
    aktenfuehrung.lege_wieder_vor(antrag, FRIST, "Nachsehen", durch=durch, um=UM, gesehen=None)
    aktenfuehrung.schreibe_vermerk(antrag, "Anruf", durch=durch, um=UM, marke=uuid4())
    aktenfuehrung.erklaere_befangenheit(antrag, durch=pruefende(), um=UM, grund="Test")
    antrag.refresh_from_db()
    assert antrag.version == vorher


def test_a_resubmission_lies_in_the_future_and_knows_what_was_seen():
    antrag, durch = make_vorgang(), pruefende()
    with pytest.raises(SchrittNichtMoeglich, match="Zukunft"):
        aktenfuehrung.lege_wieder_vor(
            antrag, date(2026, 11, 2), "", durch=durch, um=UM, gesehen=None
        )
    aktenfuehrung.lege_wieder_vor(antrag, FRIST, " Nachsehen ", durch=durch, um=UM, gesehen=None)
    assert (antrag.wiedervorlage_am, antrag.wiedervorlage_grund) == (FRIST, "Nachsehen")
    with pytest.raises(Ueberholt, match="16.11.2026"):
        aktenfuehrung.lege_wieder_vor(
            antrag, date(2026, 12, 1), "", durch=durch, um=UM, gesehen=None
        )
    aktenfuehrung.lege_wieder_vor(antrag, None, "egal", durch=durch, um=UM, gesehen=FRIST)
    assert (antrag.wiedervorlage_am, antrag.wiedervorlage_grund) == (None, "")


def test_a_note_is_written_once_and_by_the_lpr():
    antrag, durch, marke = make_vorgang(), leitung(), uuid4()
    for _ in range(2):
        aktenfuehrung.schreibe_vermerk(antrag, "Rückruf am Montag", durch=durch, um=UM, marke=marke)
    assert Vermerk.objects.count() == 1
    with pytest.raises(SchrittNichtMoeglich, match="Schreiben Sie"):
        aktenfuehrung.schreibe_vermerk(antrag, "  ", durch=durch, um=UM, marke=uuid4())
    mitglied = make_mitglied(antrag.kommune, *Rolle)
    with pytest.raises(KeinRecht):
        aktenfuehrung.schreibe_vermerk(antrag, "Von uns", durch=mitglied, um=UM, marke=uuid4())


def test_a_deputy_acts_in_the_name_of_the_represented_person():
    antrag, vertretene, konto = make_vorgang(), sachbearbeitung(), make_konto(["Redaktion"])
    heute = date.today()
    make_vertretung(vertretener=vertretene, vertreter=konto, beginn=heute, ende=heute)
    beantworte(antrag, konto, {1: ERFUELLT})
    assert Formalpruefung.objects.get().geprueft_von == konto
    assert Eintrag.objects.get(handlung="antrag.formalpruefung").fuer == vertretene


def test_steps_back_belong_to_the_role_that_made_the_step():
    antrag = make_vorgang(Status.FACHLICH_GEPRUEFT)
    with pytest.raises(KeinRecht):
        fachpruefung.oeffne_fachliche_pruefung(
            antrag, durch=sachbearbeitung(), um=UM, gesehen=antrag.version, grund="Test"
        )
    fachpruefung.oeffne_fachliche_pruefung(
        antrag, durch=pruefende(), um=UM, gesehen=antrag.version, grund="Test"
    )
    with pytest.raises(KeinRecht):
        formalpruefung.oeffne_formale_pruefung(
            antrag, durch=pruefende(), um=UM, gesehen=antrag.version, grund="Test"
        )
    gehe(
        antrag, "formelle_pruefung_oeffnen", durch=sachbearbeitung(), um=UM,
        gesehen=antrag.version, grund="Test",
    )  # fmt: skip
    assert antrag.status == Status.EINGEREICHT
