"""Reports of the Kommune: each rule with its refusal, two people for a consent, what follows."""

import uuid
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from asskomm.konten.vieraugen import EigeneFreigabe
from asskomm.post.models import Nachricht
from asskomm.protokoll.models import Eintrag
from asskomm.schritt import KeinRecht, SchrittNichtMoeglich, Ueberholt
from foerderung.aenderungen.ansaetze import ansaetze
from foerderung.aenderungen.tagesaufgaben import erinnere_an_aenderungen
from foerderung.models import Aenderung, Entscheidung, Umschichtung
from foerderung.nachweis.umfeld import Nachweisumfeld
from foerderung.nachweis.zahlen import zahlen
from foerderung.verfahren import aenderung as verfahren
from foerderung.verfahren.entscheidung import Unzulaessig
from tests.factories import make_konto, make_mitglied

from .faelle import AN_DER_GRENZE, DARUEBER, JETZT, UM, A, euro, frisch

pytestmark = pytest.mark.django_db


# --- Reporting ---------------------------------------------------------------------


def test_a_shift_within_the_limit_is_a_notice_and_beyond_it_needs_consent(fall):
    assert not fall.verschiebe(AN_DER_GRENZE, durch=fall.bearbeitung).braucht_zustimmung
    fall.nimm_zur_kenntnis(Aenderung.objects.get())
    assert fall.verschiebe(DARUEBER).braucht_zustimmung


def test_a_kind_of_expenditure_that_the_plan_lacks_needs_consent(fall):
    neu = euro(miete="20000.00", honorare="9999.99", material="0.01")
    assert fall.verschiebe(neu).braucht_zustimmung


def test_only_a_signing_person_asks_for_consent(fall):
    with pytest.raises(KeinRecht, match="Rolle Zeichnung"):
        fall.verschiebe(DARUEBER, durch=fall.bearbeitung)
    with pytest.raises(KeinRecht, match="Rolle Zeichnung"):
        fall.verlaengere(durch=fall.bearbeitung)
    assert not Aenderung.objects.exists()


@pytest.mark.parametrize(
    ("art", "felder", "feld", "satz"),
    [
        (A.UMSCHICHTUNG, {"neu": euro(miete="20000.00")}, "neu_personal", "Summe muss gleich"),
        (
            A.UMSCHICHTUNG,
            {"neu": euro(miete="20000.00", honorare="10000.00")},
            "neu_personal",
            "kein Betrag geändert",
        ),
        (
            A.UMSCHICHTUNG,
            {"neu": euro(investiv="10000.00", miete="20000.00")},
            "neu_personal",
            "für jede Ausgabenart",
        ),
        (A.VERLAENGERUNG, {"bis_neu": date(2027, 12, 31)}, "bis_neu", "nach dem bisherigen"),
        (A.VERLAENGERUNG, {}, "bis_neu", "neue Ende"),
        (A.MINDERAUSGABEN, {"ausgaben_neu": Decimal("30000.00")}, "ausgaben_neu", "weniger"),
        (A.MINDERAUSGABEN, {"ausgaben_neu": Decimal("0.00")}, "ausgaben_neu", "mehr als 0"),
        (A.FINANZIERUNG, {"geldgeber": "", "betrag": Decimal(1)}, "geldgeber", "von wem"),
        (A.FINANZIERUNG, {"geldgeber": "Frau Muster", "betrag": Decimal(1)}, "geldgeber", "Frau"),
        (A.FINANZIERUNG, {"geldgeber": "Sparkasse", "betrag": Decimal(0)}, "betrag", "über 0"),
        (A.MITTEILUNG, {"anlass": "wetter"}, "anlass", "worum es geht"),
        (A.MITTEILUNG, {"begruendung": "  "}, "begruendung", "was sich ändert"),
    ],
)
def test_each_rule_is_refused_at_its_field(fall, art, felder, feld, satz):
    with pytest.raises(Unzulaessig) as fehler:
        fall.melde(art, **felder)
    assert satz in fehler.value.felder[feld]
    assert not Aenderung.objects.exists()


@pytest.mark.parametrize(
    ("art", "felder"),
    [
        (A.MINDERAUSGABEN, {"ausgaben_neu": Decimal("29999.99")}),
        (A.FINANZIERUNG, {"geldgeber": "Sparkasse", "betrag": Decimal("500.00")}),
        (A.MITTEILUNG, {"anlass": "insolvenz"}),
    ],
)
def test_other_reports_are_notices(fall, art, felder):
    eine = fall.melde(art, durch=fall.bearbeitung, **felder)
    assert not eine.braucht_zustimmung
    assert Eintrag.objects.filter(handlung="aenderung.gemeldet").count() == 1


def test_who_may_report(fall):
    for wer in (fall.lesen, fall.sachbearbeitung, make_konto()):
        with pytest.raises(KeinRecht):
            fall.melde(durch=wer)


def test_a_form_sent_twice_is_one_report(fall):
    marke = uuid.uuid4()
    assert fall.melde(marke=marke) == fall.melde(marke=marke)
    andere = make_mitglied(fall.kommune, "zeichnung")
    with pytest.raises(SchrittNichtMoeglich):
        fall.melde(marke=marke, durch=andere)


def test_one_open_report_of_a_kind(fall):
    fall.verlaengere()
    with pytest.raises(SchrittNichtMoeglich, match="noch offen"):
        fall.verlaengere(date(2028, 6, 30))
    fall.melde()
    fall.melde(anlass="zweck")


def test_nothing_can_be_reported_before_or_after_the_project(fall):
    type(fall.antrag).objects.filter(pk=fall.antrag.pk).update(status="nachweis_eingereicht")
    with pytest.raises(SchrittNichtMoeglich, match="läuft"):
        fall.melde()


def test_nothing_can_be_reported_while_a_notice_is_unknown(fall):
    fall.schlage_vor(Entscheidung.Art.AENDERUNG, um=JETZT, bewilligung_bis=date(2028, 1, 31))
    fall.genehmige(um=JETZT)
    with pytest.raises(SchrittNichtMoeglich, match="noch nicht kennt"):
        fall.melde()


def test_what_was_reported_stays(fall):
    eine = fall.verschiebe()
    for versuch in (
        lambda: Aenderung.objects.update(begruendung="anders"),
        lambda: Umschichtung.objects.update(neu_euro=1),
        lambda: eine.umschichtungen.all().delete(),
        lambda: Aenderung.objects.update(
            stand="zugestimmt", erledigt_um=JETZT, erledigt_von=fall.leitung, antwort="Ja"
        ),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            versuch()


# --- Taking back and noting ----------------------------------------------------------


def test_the_kommune_takes_back_what_is_undecided_and_the_proposal_goes_with_it(fall):
    eine = fall.verlaengere()
    vorschlag = fall.schlage_antwort_vor(eine)
    verfahren.ziehe_zurueck(eine, durch=fall.bearbeitung, um=JETZT, gesehen=1)
    verfahren.ziehe_zurueck(eine, durch=fall.bearbeitung, um=JETZT, gesehen=1)
    vorschlag.refresh_from_db()
    assert (frisch(eine).stand, vorschlag.ergebnis) == ("zurueckgezogen", "abgelehnt")
    with pytest.raises(Ueberholt):
        verfahren.ziehe_zurueck(eine, durch=fall.zeichnung, um=JETZT, gesehen=1)


def test_a_notice_is_noted_with_an_answer_by_the_sachbearbeitung(fall):
    eine = fall.melde()
    Nachricht.objects.all().delete()
    with pytest.raises(Unzulaessig):
        fall.nimm_zur_kenntnis(eine, antwort=" ")
    for wer in (fall.leitung, fall.zeichnung):
        with pytest.raises(KeinRecht):
            fall.nimm_zur_kenntnis(eine, durch=wer)
    jetzt = fall.nimm_zur_kenntnis(eine, vermerk="Bei der Prüfung beachten.")
    assert (jetzt.stand, jetzt.braucht_bescheid) == ("zur_kenntnis", False)
    mails = Nachricht.objects.filter(vorlage="aenderung_beantwortet")
    assert {m.angaben["nummer"] for m in mails} == {fall.antrag.nummer}
    assert not any("beachten" in str(m.angaben) for m in mails)
    fall.nimm_zur_kenntnis(eine, gesehen=1)  # the same form once more
    with pytest.raises(Ueberholt):
        fall.nimm_zur_kenntnis(eine)


def test_a_consent_is_not_just_noted(fall):
    with pytest.raises(SchrittNichtMoeglich, match="braucht eine Zustimmung"):
        fall.nimm_zur_kenntnis(fall.verlaengere())


# --- Consent: two people -------------------------------------------------------------


def test_two_people_consent(fall):
    eine = fall.verschiebe(DARUEBER)
    fall.schlage_antwort_vor(eine)
    jetzt = fall.entscheide(eine)
    assert (jetzt.stand, jetzt.antwort, jetzt.vermerk) == (
        "zugestimmt", "Einverstanden.", "Nachvollziehbar.",
    )  # fmt: skip
    assert not jetzt.braucht_bescheid


def test_two_people_refuse(fall):
    eine = fall.verlaengere()
    fall.schlage_antwort_vor(eine, zustimmen=False, antwort="Das Haushaltsjahr endet.")
    jetzt = fall.entscheide(eine)
    assert (jetzt.stand, jetzt.braucht_bescheid) == ("abgelehnt", False)


def test_who_proposed_does_not_decide_and_the_attempt_is_logged(fall):
    beides = make_konto(["Sachbearbeitung", "Leitung"])
    eine = fall.verlaengere()
    fall.schlage_antwort_vor(eine, durch=beides)
    with pytest.raises(EigeneFreigabe):
        fall.entscheide(eine, durch=beides)
    assert Eintrag.objects.filter(handlung="vorschlag.eigene_freigabe").count() == 1
    with pytest.raises(KeinRecht):
        fall.entscheide(eine, durch=make_konto(["Sachbearbeitung"]))
    assert frisch(eine).stand == "eingegangen"


def test_a_proposal_needs_its_texts_and_is_made_once(fall):
    eine = fall.verlaengere()
    with pytest.raises(Unzulaessig) as fehler:
        fall.schlage_antwort_vor(eine, antwort="", begruendung="")
    assert set(fehler.value.felder) == {"antwort", "begruendung"}
    marke = uuid.uuid4()
    assert fall.schlage_antwort_vor(eine, marke=marke) == fall.schlage_antwort_vor(
        eine, marke=marke
    )
    with pytest.raises(SchrittNichtMoeglich, match="schon ein Vorschlag"):
        fall.schlage_antwort_vor(eine)
    with pytest.raises(SchrittNichtMoeglich, match="keine Zustimmung"):
        fall.schlage_antwort_vor(fall.melde())


def test_a_proposal_that_is_not_followed_or_withdrawn_makes_room_for_another(fall):
    eine = fall.verlaengere()
    erster = fall.schlage_antwort_vor(eine)
    verfahren.lehne_vorschlag_ab(erster, durch=fall.leitung, um=JETZT, grund="Zu lang")
    zweiter = fall.schlage_antwort_vor(eine)
    verfahren.ziehe_vorschlag_zurueck(zweiter, durch=fall.sachbearbeitung, um=JETZT)
    assert fall.stimme_zu(eine).stand == "zugestimmt"


def test_decided_once(fall):
    eine = fall.verlaengere()
    vorschlag = fall.schlage_antwort_vor(eine)
    fall.entscheide(eine)
    with pytest.raises(SchrittNichtMoeglich):
        verfahren.genehmige_antwort(vorschlag, durch=fall.leitung, um=JETZT, gesehen=1)


# --- What follows --------------------------------------------------------------------


def test_an_extension_is_done_when_a_notice_reaches_as_far(fall):
    eine = fall.stimme_zu(fall.verlaengere(date(2028, 3, 31)))
    wartend = fall.antrag.aenderungen.wartet_auf_bescheid()
    assert list(wartend.all()) == [eine]
    assert verfahren.vorgabe(fall.antrag)["bewilligung_bis"] == date(2028, 3, 31)
    for bis, offen in ((date(2028, 1, 31), True), (date(2028, 3, 31), False)):
        spaeter = JETZT + timedelta(days=1)
        fall.schlage_vor(Entscheidung.Art.AENDERUNG, um=spaeter, bewilligung_bis=bis)
        fall.genehmige(um=spaeter)
        assert wartend.all().exists() is offen


def test_less_expenditure_lowers_the_grant_only_where_the_sachbearbeitung_says_so(fall):
    felder = {"ausgaben_neu": Decimal("20000.00")}
    fall.nimm_zur_kenntnis(fall.melde(A.MINDERAUSGABEN, **felder))
    assert verfahren.vorgabe(fall.antrag) == {}
    fall.nimm_zur_kenntnis(fall.melde(A.MINDERAUSGABEN, **felder), bescheid_aendern=True)
    vorgabe = verfahren.vorgabe(fall.antrag)
    assert vorgabe["zuwendungsfaehig_euro"] == Decimal("20000.00")
    assert vorgabe["betrag_euro"] == Decimal("18000.00")


def test_consent_moves_the_plan_and_a_notice_does_not(fall):
    fall.nimm_zur_kenntnis(fall.verschiebe(AN_DER_GRENZE))
    stand = ansaetze(fall.antrag)
    assert stand.plan == euro(miete="20000.00", honorare="10000.00")
    assert stand.gemeldet == AN_DER_GRENZE
    # 12.000 are noted; another 1.200 are 32 % more than planned, not 10 % more than noted.
    mehr = euro(miete="16800.00", honorare="13200.00")
    assert fall.stimme_zu(fall.verschiebe(mehr)).stand == "zugestimmt"
    stand = ansaetze(fall.antrag)
    assert stand.plan == stand.gemeldet == mehr


def test_what_is_open_or_refused_is_not_reported(fall):
    eine, bewilligt = fall.verschiebe(DARUEBER), euro(miete="20000.00", honorare="10000.00")
    assert ansaetze(fall.antrag).gemeldet == bewilligt
    fall.schlage_antwort_vor(eine, zustimmen=False)
    fall.entscheide(eine)
    assert ansaetze(fall.antrag).gemeldet == bewilligt


def test_an_accepted_shift_counts_as_planned_in_the_proof(fall):
    nummern = iter(range(10))

    def verschoben(honorare):
        fall.antrag.belege.create(
            belegnummer=next(nummern), ausgabenart="honorare", zweck="Kurs", betrag_euro=honorare,
            zahlungsempfaenger="Verein", rechnung_am=UM.date(), bezahlt_am=UM.date(),
            erfasst_um=UM, erfasst_von=fall.bearbeitung,
        )  # fmt: skip
        umfeld = Nachweisumfeld(fall.antrag, JETZT.date())
        return [position.titel for position in zahlen(umfeld, {}).verschoben]

    assert verschoben("14000.00") == ["Honorare"]
    fall.nimm_zur_kenntnis(fall.verschiebe(AN_DER_GRENZE))
    # 12.000 are agreed now, and 20 % more stay possible.
    assert verschoben("400.00") == []
    assert verschoben("0.01") == ["Honorare"]


def test_who_is_in_charge_is_reminded_once_and_the_leitung_where_a_proposal_waits(fall):
    fall.melde()
    fall.schlage_antwort_vor(fall.verlaengere())
    Nachricht.objects.all().delete()
    tage = int(fall.antrag.regelwerk.regeln.get(schluessel="nachforderung_tage").wert)
    letzter = date(2027, 2, 1) + timedelta(days=tage)
    erinnere_an_aenderungen(letzter)
    assert not Nachricht.objects.filter(vorlage="aenderung_liegt").exists()
    for _ in range(2):
        erinnere_an_aenderungen(letzter + timedelta(days=1))
    an = Nachricht.objects.filter(vorlage="aenderung_liegt").values_list("adresse", flat=True)
    assert sorted(an) == sorted([fall.sachbearbeitung.email, fall.leitung.email])


def test_who_declared_a_conflict_of_interest_does_nothing(fall):
    eine = fall.melde()
    fall.antrag.befangenheiten.create(konto=fall.sachbearbeitung, erklaert_um=UM)
    with pytest.raises(KeinRecht):
        fall.nimm_zur_kenntnis(eine)
