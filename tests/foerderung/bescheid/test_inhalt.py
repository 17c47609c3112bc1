"""What a notice says, what it needs, and that it stays."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from foerderung.bescheid import dokument
from foerderung.bescheid.inhalt import BescheidUnvollstaendig, erlasse, luecken, vorschau
from foerderung.kanonisch import kanonisch, pruefsumme
from foerderung.models import Bescheid
from tests.dokumente import struktur
from tests.factories import gib_frei, make_regelwerk
from tests.foerderung.plan import plaene

from .faelle import UM, Art, Fall

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
BOESE = '#panic("x") #read("/etc/passwd") {betrag} *fett* $x$ <a> @b'


def text(bescheid):
    return struktur.text(dokument.pdf(bescheid))


def test_a_grant_has_the_fields_of_the_official_form(fall):
    inhalt = text(fall.erlasse())
    for teil in [
        "Freistaat Sachsen",
        "Landespräventionsrat Sachsen",
        "Zuwendungsbescheid",
        "Aktenzeichen: KP-2027-0042-B1",
        "Datum: 23.11.2026",
        "Ihr Antrag: KP-2027-0042 vom 30.09.2026",
        "Musterstadt",
        "Richtlinie Kommunale Prävention",
        "Nachtwanderer in der Innenstadt",
        "30.000,00 € (in Worten: dreißigtausend Euro)",
        "nicht rückzahlbarer Zuschuss",
        "Anteilfinanzierung",
        "89,69 %",
        "01.01.2027 bis 31.12.2027",
        "ANBest-K",
        "Besondere Nebenbestimmungen",
        "Verwendungsnachweis",
        "Rechtsbehelfsbelehrung",
        "innerhalb eines Monats",
        "Im Auftrag Lea Leitung",
        "Anlage: Ausgaben- und Finanzierungsplan",
        "Flyer <b>",
        "33.450,00 €",
    ]:
        assert teil in inhalt
    assert "Intern" not in inhalt
    assert "Beispieldaten" not in inhalt
    assert "{" not in inhalt


def test_the_pdf_is_accessible_fit_for_the_file_and_holds_the_data(fall):
    bescheid = fall.erlasse()
    pdf = dokument.pdf(bescheid)
    struktur.pruefe(pdf, "Zuwendungsbescheid", akte=True)
    dateien = struktur.eingebettet(pdf)
    daten = json.loads(dateien[dokument.DATEN])
    assert dateien[dokument.DATEN] == kanonisch(bescheid.inhalt)
    assert daten["zuwendung"]["betrag_euro"] == "30000.00"
    assert daten["antrag"]["pruefsumme"] == fall.fassung.pruefsumme
    struktur.pruefe(dateien[dokument.VORDRUCK], "Empfangsbestätigung und Verzicht auf Rechtsbehelf")


def test_the_row_is_hashed_and_builds_the_same_file_each_time(fall):
    bescheid = fall.erlasse()
    erste = dokument.pdf(bescheid)
    gelesen = Bescheid.objects.get()
    assert pruefsumme(gelesen.inhalt) == gelesen.pruefsumme
    assert dokument.pdf(gelesen) == erste


def test_issued_notices_cannot_be_changed_or_deleted(fall):
    bescheid = fall.erlasse()
    for tat in (
        lambda: Bescheid.objects.filter(pk=bescheid.pk).update(inhalt={}),
        bescheid.delete,
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            tat()
    assert Bescheid.objects.get().inhalt == bescheid.inhalt


def test_a_decision_has_one_notice(fall):
    entscheidung = fall.entscheide()
    assert erlasse(entscheidung, um=UM) == erlasse(entscheidung, um=UM)
    assert Bescheid.objects.count() == 1


def test_a_proposal_has_no_notice_but_can_be_read(fall):
    vorschlag = fall.schlage_vor()
    assert luecken(vorschlag, um=UM) == []
    assert vorschau(vorschlag, um=UM)["zuwendung"]["betrag_euro"] == "30000.00"
    with pytest.raises(Exception, match="noch nicht entschieden"):
        erlasse(vorschlag, um=UM)
    assert not Bescheid.objects.exists()


@pytest.mark.parametrize(
    ("betrag", "verfahren"), [("19999.99", "zuerst selbst"), ("20000.00", "auf Anforderung")]
)
def test_smaller_grants_are_paid_by_reimbursement(fall, betrag, verfahren):
    assert verfahren in text(fall.erlasse(betrag_euro=Decimal(betrag)))


def test_the_proof_is_due_after_the_months_of_the_rule_set(fall):
    bescheid = fall.erlasse(bewilligung_bis=date(2027, 6, 30))
    assert bescheid.inhalt["zuwendung"]["nachweis_bis"] == "2028-06-30"
    assert "30.06.2028" in text(bescheid)


def test_own_share_is_what_others_do_not_pay(regelwerk):
    plan = plaene.eingaben(
        {"personal": [plaene.personal()], "drittmittel": [plaene.drittmittel(betrag="450,00")]},
        eigenmittel="4.000,00",
        zuwendung="27.000,00",
    )
    fall = Fall(regelwerk, plan=plan)
    bescheid = fall.erlasse(
        zuwendungsfaehig_euro=Decimal("31450.00"), betrag_euro=Decimal("27000.00")
    )
    assert bescheid.inhalt["zuwendung"]["eigenanteil_euro"] == "4000.00"


def test_staff_costs_and_passing_on_have_their_own_conditions(regelwerk):
    nur_sach = plaene.eingaben(
        {"sach": [plaene.sach(art="weiterleitung")]}, eigenmittel="100,00", zuwendung="900,00"
    )
    ohne = Fall(regelwerk, plan=nur_sach).erlasse()
    assert "nebenbestimmungen_personal" not in ohne.inhalt["textbausteine"]
    assert "nebenbestimmungen_weiterleitung" in ohne.inhalt["textbausteine"]


def test_what_differs_from_the_application_and_special_conditions_are_in_the_notice(fall):
    bescheid = fall.erlasse(
        Art.TEILBEWILLIGUNG,
        betrag_euro=Decimal("25000.00"),
        abweichungen="Ohne Flyer.",
        auflagen="Berichten Sie:\n\n- im Juni\n- im Dezember",
        gruende="Flyer gibt es schon.",
    )
    inhalt = text(bescheid)
    assert "Abweichungen vom Antrag Ohne Flyer." in inhalt
    assert "Für Ihr Vorhaben gilt außerdem Berichten Sie:" in inhalt
    assert "Beantragt hatten Sie 30.000,00 €" in inhalt
    assert "Flyer gibt es schon." in inhalt
    struktur.pruefe(dokument.pdf(bescheid), "Zuwendungsbescheid", akte=True)


def test_a_refusal_gives_reasons_and_remedies_and_no_money(fall):
    bescheid = fall.erlasse(Art.ABLEHNUNG)
    inhalt = text(bescheid)
    assert "lehnen wir ab" in inhalt
    assert "Die Mittel reichen nicht" in inhalt
    assert "02.11.2026" in inhalt, "the day of the hearing"
    assert "Klage" in inhalt
    assert bescheid.inhalt["zuwendung"] is None
    assert dokument.VORDRUCK not in struktur.eingebettet(dokument.pdf(bescheid))
    struktur.pruefe(dokument.pdf(bescheid), "Ablehnungsbescheid", akte=True)


@pytest.mark.parametrize(
    ("art", "titel"), [(Art.AENDERUNG, "Änderungsbescheid"), (Art.WIDERRUF, "Widerrufsbescheid")]
)
def test_change_and_revocation_point_to_the_notice_before(fall, art, titel):
    erster = fall.erlasse()
    felder = {"betrag_euro": Decimal("20000.00")} if art == Art.AENDERUNG else {}
    zweiter = fall.erlasse(art, **felder)
    assert zweiter.ersetzt == erster
    assert zweiter.nummer == 2
    assert zweiter.inhalt["ersetzt"]["pruefsumme"] == erster.pruefsumme
    inhalt = text(zweiter)
    assert "KP-2027-0042-B1 vom 23.11.2026" in inhalt
    assert "30.000,00 €" in inhalt
    struktur.pruefe(dokument.pdf(zweiter), titel, akte=True)


def test_invented_cases_say_so(regelwerk):
    bescheid = Fall(regelwerk, herkunft="beispiel").erlasse()
    assert "keine rechtliche Wirkung" in text(bescheid)


# --- Gaps ------------------------------------------------------------------------


def anderes_regelwerk(fall, regelwerk, *, ohne=(), **texte):
    """A version like the delivered one, but without some blocks or rules, or with other texts."""
    neu = make_regelwerk(freigegeben=False, regeln={})
    for teil in (*regelwerk.regeln.all(), *regelwerk.textbausteine.all()):
        if teil.schluessel in ohne:
            continue
        for feld, wert in texte.get(teil.schluessel, {}).items():
            setattr(teil, feld, wert)
        teil.pk, teil.regelwerk = None, neu
        teil._state.adding = True
        teil.save()
    gib_frei(neu)
    type(fall.antrag).objects.filter(pk=fall.antrag.pk).update(regelwerk=neu)
    fall.antrag.refresh_from_db()


@pytest.mark.parametrize(
    ("ohne", "texte", "luecke"),
    [
        (["rechtsbehelf"], {}, "Im Regelwerk fehlt der Textbaustein „rechtsbehelf“."),
        (["zweck"], {}, "Im Regelwerk fehlt der Textbaustein „zweck“."),
        (["rechtsbehelf_monate"], {}, "„Frist für den Rechtsbehelf“"),
        (["verwendungsnachweis_monate"], {}, "„Frist des Verwendungsnachweises“"),
        (["abruf_tage"], {}, "„Frist für den Abruf eines Bescheids“"),
        (["postzustellung_tage"], {}, "„Bekanntgabe nach Aufgabe zur Post“"),
        (["erstattung_unter"], {}, "„Erstattungsverfahren unter“"),
        ([], {"zweck": {"text": "Für {unfug}."}}, "unbekannte Platzhalter: unfug"),
        ([], {"zweck": {"text": "Gehört am {anhoerung_vom}."}}, "Es fehlt: Tag der Anhörung."),
        ([], {"nebenbestimmungen_allgemein": {"quelle": "Anlage 3a"}}, "Die ANBest-K fehlen"),
    ],
)
def test_a_missing_part_gives_a_gap_and_no_notice(fall, regelwerk, ohne, texte, luecke):
    anderes_regelwerk(fall, regelwerk, ohne=ohne, **texte)
    entscheidung = fall.entscheide()
    assert any(luecke in satz for satz in luecken(entscheidung, um=UM))
    with pytest.raises(BescheidUnvollstaendig) as fehler:
        erlasse(entscheidung, um=UM)
    assert any(luecke in satz for satz in fehler.value.luecken)
    assert not Bescheid.objects.exists()


def test_a_plan_that_cannot_be_read_is_a_gap(regelwerk):
    fall = Fall(regelwerk, plan={"felder": {}, "zeilen": {"sach": [{"wofuer": "x"}]}})
    assert "Der Ausgaben- und Finanzierungsplan ist nicht lesbar." in luecken(
        fall.schlage_vor(), um=UM
    )


def test_a_change_without_a_notice_before_is_a_gap(fall):
    saetze = luecken(fall.schlage_vor(Art.WIDERRUF), um=UM)
    assert "Es gibt keinen Bescheid, auf den sich dieser beziehen kann." in saetze


# --- Odd text --------------------------------------------------------------------


@pytest.mark.parametrize(
    "boese", [BOESE, "😀 אבג", "x" * 5_000, "- a\n- b\n\n\n\n= Titel"], ids=str.__len__
)
def test_typed_text_is_text(regelwerk, boese):
    fall = Fall(regelwerk, titel=boese[:200])
    bescheid = fall.erlasse(Art.TEILBEWILLIGUNG, gruende=boese, auflagen=boese, abweichungen=boese)
    pdf = dokument.pdf(bescheid)
    struktur.pruefe(pdf, "Zuwendungsbescheid", akte=True)
    assert json.loads(struktur.eingebettet(pdf)[dokument.DATEN])["antrag"]["titel"] == boese[:200]
    if boese == BOESE:
        assert struktur.text(pdf).count(BOESE) >= 4, "no placeholder in typed text is filled"
