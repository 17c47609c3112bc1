"""Confirming and correcting: who may, what happens to whose word, what is refused."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from asskomm.post.models import Nachricht
from asskomm.protokoll.models import Eintrag
from asskomm.schritt import SchrittNichtMoeglich, Ueberholt
from kommunen.models import (
    Praeventionsrat,
    Ratsbestaetigung,
    Ratskorrektur,
    Ratsmitglied,
    Ratszustand,
    Rolle,
)
from kommunen.puls import verfahren
from kommunen.zeitangabe import Zeitangabe
from tests.factories import (
    make_kommune,
    make_konto,
    make_mitglied,
    make_ratsbestaetigung,
    make_ratskorrektur,
    make_ratszustand,
)

from .hilfen import HEUTE, UM, bestaetige, gesehen, korrigiere, make_fall, werte, zeile

pytestmark = pytest.mark.django_db
Ergebnis = Ratskorrektur.Ergebnis
Zustand = Ratszustand.Zustand


@pytest.fixture
def fall():
    return make_fall(kontakt_telefon="03431 5790", quelle="Amtsblatt 5/2020, https://amt.de/5")


@pytest.fixture
def personal():
    return make_konto(rollen=["Sachbearbeitung"])


def handlungen():
    return list(Eintrag.objects.order_by("pk").values_list("handlung", flat=True))


def angaben_im_protokoll(handlung):
    return Eintrag.objects.get(handlung=handlung).angaben


# --- Confirming ------------------------------------------------------------------


def test_one_click_confirms_the_year_and_changes_nothing_else(fall):
    rat, kommune, konto = fall
    vorher = rat.history.count()
    bestaetige(*fall)
    eine = zeile(rat)
    assert (eine.bestaetigt_am, eine.weg, eine.kommune, eine.erfasst_von) == (
        HEUTE, "portal", kommune, konto
    )  # fmt: skip
    assert eine.quelle == "Angabe der Kommune Musterstadt vom 12.01.2027"
    assert rat.history.count() == vorher
    assert handlungen() == ["rat.bestaetigt"]
    assert angaben_im_protokoll("rat.bestaetigt")["kommune"] == kommune.kennung


def test_a_second_time_gives_the_first_confirmation_again(fall):
    rat, kommune, konto = fall
    erste = bestaetige(*fall)
    alt = gesehen(rat)
    andere = make_mitglied(kommune, Rolle.BEARBEITUNG)
    zweite = verfahren.bestaetige(
        rat, kommune, durch=andere, um=UM + timedelta(days=3), gesehen=alt
    )
    assert zweite == erste
    assert zeile(rat).erfasst_von == konto
    assert handlungen() == ["rat.bestaetigt"]


def test_every_year_is_its_own(fall):
    bestaetige(*fall)
    bestaetige(*fall, um=datetime(2028, 7, 3, 9, tzinfo=UTC))
    assert Ratsbestaetigung.objects.bestaetigt().count() == 2


def test_one_of_several_kommunen_is_enough(fall):
    rat, _, _ = fall
    andere = make_kommune(name="Nachbarstadt")
    rat.kommunen.add(andere)
    bestaetige(rat, andere, make_mitglied(andere, Rolle.BEARBEITUNG))
    assert zeile(rat).kommune == andere


def test_what_changed_since_the_page_was_shown_is_not_confirmed_unseen(fall):
    rat, kommune, konto = fall
    alt = gesehen(rat)
    Ratsmitglied.objects.create(rat=rat, funktion="Leitung", institution="Revier", vorsitz=True)
    with pytest.raises(Ueberholt):
        verfahren.bestaetige(rat, kommune, durch=konto, um=UM, gesehen=alt)
    assert not Ratsbestaetigung.objects.exists()


@pytest.mark.parametrize("rolle", [Rolle.LESEN, Rolle.ZEICHNUNG, Rolle.VERWALTUNG])
def test_other_roles_cannot_confirm(fall, rolle):
    rat, kommune, _ = fall
    with pytest.raises(SchrittNichtMoeglich, match="Rolle Bearbeitung"):
        bestaetige(rat, kommune, make_mitglied(kommune, rolle))


def test_another_kommune_cannot_confirm(fall):
    rat, _, _ = fall
    fremde = make_kommune(name="Fremdstadt")
    with pytest.raises(SchrittNichtMoeglich, match="gehört nicht mehr"):
        bestaetige(rat, fremde, make_mitglied(fremde, Rolle.BEARBEITUNG))


def test_the_kommune_must_exist(fall):
    rat, kommune, konto = fall
    kommune.gueltig_bis, kommune.nachfolger = date(2026, 12, 31), make_kommune(name="Neustadt")
    kommune.save()
    with pytest.raises(SchrittNichtMoeglich, match="Rechtsnachfolge: Neustadt"):
        bestaetige(*fall)


def test_a_council_dissolved_meanwhile_is_refused(fall):
    rat, _, _ = fall
    rat.zustaende.update(bis="2027-01-10")
    make_ratszustand(rat=rat, zustand=Zustand.AUFGELOEST, von="2027-01-10")
    with pytest.raises(SchrittNichtMoeglich, match="aufgelöst"):
        bestaetige(*fall)
    with pytest.raises(SchrittNichtMoeglich, match="aufgelöst"):
        korrigiere(*fall, name="Neu")


# --- Correcting ------------------------------------------------------------------


def test_the_contact_changes_at_once_with_source_history_and_the_names_of_the_fields(fall):
    rat, kommune, konto = fall
    korrigiere(*fall, kontakt_telefon="03431 579-12", kontakt_stelle="Ordnungsamt")
    rat.refresh_from_db()
    assert (rat.kontakt_telefon, rat.kontakt_stelle) == ("03431 579-12", "Ordnungsamt")
    assert rat.quelle == (
        "Amtsblatt 5/2020, https://amt.de/5; Kontakt: Angabe der Kommune Musterstadt vom 12.01.2027"
    )
    assert rat.history.first().history_change_reason == "Angabe der Kommune"
    assert angaben_im_protokoll("rat.kontakt_geaendert") == {
        "kommune": kommune.kennung, "felder": ["kontakt_stelle", "kontakt_telefon"]
    }  # fmt: skip
    assert handlungen() == ["rat.kontakt_geaendert", "rat.bestaetigt"]
    assert not Ratskorrektur.objects.exists()


def test_a_later_contact_takes_the_place_of_the_earlier_source(fall):
    rat, _, _ = fall
    korrigiere(*fall, kontakt_stelle="Ordnungsamt")
    korrigiere(*fall, um=datetime(2028, 1, 4, 9, tzinfo=UTC), kontakt_stelle="Bürgeramt")
    rat.refresh_from_db()
    assert rat.quelle.count("Angabe der Kommune") == 1
    assert rat.quelle.endswith("vom 04.01.2028")


def test_a_long_source_leaves_room_for_the_new_one(fall):
    rat, _, _ = fall
    Praeventionsrat.objects.update(quelle="Q" * 2_000)
    rat.refresh_from_db()
    korrigiere(*fall, kontakt_stelle="Ordnungsamt")
    rat.refresh_from_db()
    assert len(rat.quelle) <= 2_000
    assert rat.quelle.endswith(" …; Kontakt: Angabe der Kommune Musterstadt vom 12.01.2027")


def test_all_else_waits_for_the_lpr_and_the_year_counts_as_confirmed(fall):
    rat, kommune, konto = fall
    korrigiere(*fall, name="Neuer Name", zustand=Zustand.RUHEND, zustand_seit=Zeitangabe(2027, 1))
    rat.refresh_from_db()
    assert rat.name == "Präventionsrat Musterstadt"
    korrektur = Ratskorrektur.objects.get()
    assert korrektur.angaben == [("Name", "Neuer Name"), ("Zustand", "ruhend seit 01/2027")]
    assert zeile(rat).bestaetigt_am == HEUTE
    assert handlungen() == ["rat.korrigiert", "rat.bestaetigt"]
    assert "Neuer Name" not in str(angaben_im_protokoll("rat.korrigiert"))


def test_nothing_changed_is_no_correction(fall):
    with pytest.raises(verfahren.NichtsGeaendert):
        korrigiere(*fall)
    assert not Ratsbestaetigung.objects.exists()


def test_the_spelling_of_the_stored_contact_is_no_change(fall):
    rat, _, _ = fall
    Praeventionsrat.objects.update(kontakt_email="Rat@Example.org", kontakt_stelle=" Amt ")
    rat.refresh_from_db()
    with pytest.raises(verfahren.NichtsGeaendert):
        korrigiere(rat, *fall[1:], kontakt_email="rat@example.org", kontakt_stelle="Amt")


def test_the_same_form_sent_twice_is_taken_once(fall):
    rat, kommune, konto = fall
    getippt, alt = werte(rat, name="Neuer Name", kontakt_stelle="Amt"), gesehen(rat)
    for _ in range(2):
        verfahren.korrigiere(rat, kommune, getippt, durch=konto, um=UM, gesehen=alt)
    assert Ratskorrektur.objects.count() == 1
    assert Ratsbestaetigung.objects.count() == 1


def test_of_two_people_the_second_sees_first_what_the_first_wrote(fall):
    rat, kommune, konto = fall
    alt, meine = gesehen(rat), werte(rat, kontakt_stelle="Mein Amt")
    korrigiere(*fall, kontakt_stelle="Ihr Amt")
    with pytest.raises(Ueberholt):
        verfahren.korrigiere(rat, kommune, meine, durch=konto, um=UM, gesehen=alt)
    rat.refresh_from_db()
    assert rat.kontakt_stelle == "Ihr Amt"
    verfahren.korrigiere(rat, kommune, meine, durch=konto, um=UM, gesehen=gesehen(rat))
    rat.refresh_from_db()
    assert rat.kontakt_stelle == "Mein Amt"


def test_a_later_correction_takes_the_place_of_one_that_waits(fall):
    rat, _, _ = fall
    korrigiere(*fall, name="Neuer Name")
    korrigiere(*fall, hinweis="Drei neue Mitglieder")
    alte, neue = Ratskorrektur.objects.order_by("pk")
    assert alte.ergebnis == Ergebnis.ERSETZT
    assert neue.angaben == [("Name", "Neuer Name"), ("Hinweis", "Drei neue Mitglieder")]


def test_who_takes_the_wish_back_leaves_nothing_to_decide(fall):
    korrigiere(*fall, name="Neuer Name")
    korrigiere(*fall, name="Präventionsrat Musterstadt")
    assert Ratskorrektur.objects.get().ergebnis == Ergebnis.ERSETZT


def test_a_confirmed_year_can_be_corrected_later(fall):
    rat, _, _ = fall
    bestaetige(*fall)
    korrigiere(*fall, um=UM + timedelta(days=100), kontakt_stelle="Bürgeramt")
    rat.refresh_from_db()
    assert rat.kontakt_stelle == "Bürgeramt"
    assert zeile(rat).bestaetigt_am == HEUTE


# --- Deciding --------------------------------------------------------------------


def uebernimm(korrektur, personal):
    verfahren.uebernimm(korrektur, durch=personal, um=UM)


def test_taken_over_in_one_step_with_the_word_of_the_kommune_as_source(fall, personal):
    rat, kommune, konto = fall
    korrigiere(
        *fall, name="Neuer Name", entstehung="reaktiviert",
        zustand=Zustand.RUHEND, zustand_seit=Zeitangabe(2027, 1, 4),
        vorsitz_funktion="Amtsleitung", vorsitz_institution="Ordnungsamt",
    )  # fmt: skip
    korrektur = Ratskorrektur.objects.get()
    uebernimm(korrektur, personal)
    rat.refresh_from_db()
    assert (rat.name, rat.entstehung) == ("Neuer Name", "reaktiviert")
    assert [str(z) for z in rat.zustaende.all()] == [
        "aktiv seit 01.05.2020 bis 04.01.2027", "ruhend seit 04.01.2027"
    ]  # fmt: skip
    assert rat.zustaende.last().grundlage == "Angabe der Kommune Musterstadt vom 12.01.2027"
    assert str(rat.mitglieder.get(vorsitz=True)) == "Amtsleitung, Ordnungsamt"
    assert "Name, Entstehung, Zustand, Vorsitz: Angabe der Kommune" in rat.quelle
    assert (korrektur.ergebnis, korrektur.entschieden_von) == (Ergebnis.UEBERNOMMEN, personal)
    mail = Nachricht.objects.get(vorlage="ratskorrektur_entschieden")
    assert mail.konto == konto
    text = " ".join(mail.text.split())
    assert "übernommen und stehen so auf der Website" in text
    assert "Hinweis" not in text


def test_the_mail_says_what_became_of_a_hint_and_of_a_council_nobody_sees(fall, personal):
    rat, kommune, _ = fall
    liste = f"/mein-bereich/{kommune.kennung}/praeventionsraete/"

    def mail():
        uebernimm(Ratskorrektur.objects.offen().get(), personal)
        return " ".join(Nachricht.objects.order_by("eingestellt_um").last().text.split())

    korrigiere(*fall, hinweis="Drei neue Mitglieder")
    nur_hinweis = mail()
    assert "auf der Website" not in nur_hinweis
    assert "Ihren Hinweis hat die Geschäftsstelle gelesen. Er wird nicht" in nur_hinweis
    korrigiere(*fall, name="Neuer Name", hinweis="Drei neue Mitglieder")
    beides = mail()
    assert "stehen so auf der Website. Ihren Hinweis hat" in beides
    assert f"{liste}{rat.pk}/" in beides
    korrigiere(*fall, name="Noch ein Name")
    rat.refresh_from_db()
    rat.veroeffentlicht = False
    rat.save()
    unsichtbar = mail()
    assert "Die Website zeigt den Präventionsrat zurzeit nicht" in unsichtbar
    assert "stehen so auf der Website" not in unsichtbar
    assert liste in unsichtbar
    assert f"{liste}{rat.pk}/" not in unsichtbar


def test_the_day_of_the_present_state_can_be_corrected(fall, personal):
    rat, _, _ = fall
    korrigiere(*fall, zustand_seit=Zeitangabe(2019, 3))
    uebernimm(Ratskorrektur.objects.get(), personal)
    assert str(rat.zustaende.get()) == "aktiv seit 03/2019"


def test_the_chair_is_replaced_not_doubled(fall, personal):
    rat, _, _ = fall
    Ratsmitglied.objects.create(rat=rat, funktion="Alt", institution="Amt", vorsitz=True)
    korrigiere(*fall, vorsitz_funktion="Neu", vorsitz_institution="Amt")
    uebernimm(Ratskorrektur.objects.get(), personal)
    assert str(rat.mitglieder.get()) == "Neu, Amt"


def test_a_state_that_cannot_follow_is_refused_and_nothing_is_written(fall, personal):
    rat, _, _ = fall
    korrektur = make_ratskorrektur(rat=rat, name="Neu", zustand="ruhend", zustand_seit="2019")
    with pytest.raises(SchrittNichtMoeglich, match="von Hand"):
        uebernimm(korrektur, personal)
    rat.refresh_from_db()
    assert rat.name == "Präventionsrat Musterstadt"
    assert Ratskorrektur.objects.offen().count() == 1


def test_what_staff_entered_by_hand_meanwhile_stays(fall, personal):
    rat, _, _ = fall
    korrektur = make_ratskorrektur(rat=rat, name="Neu", zustand="aktiv", zustand_seit="2020-05-01")
    uebernimm(korrektur, personal)
    assert rat.zustaende.count() == 1


def test_declined_with_a_reason_that_the_kommune_reads(fall, personal):
    rat, _, konto = fall
    korrigiere(*fall, name="Neuer Name")
    korrektur = Ratskorrektur.objects.get()
    with pytest.raises(SchrittNichtMoeglich, match="Begründen Sie"):
        verfahren.lehne_ab(korrektur, " ", durch=personal, um=UM)
    verfahren.lehne_ab(korrektur, "Der Beschluss fehlt.", durch=personal, um=UM)
    assert (korrektur.ergebnis, korrektur.grund) == (Ergebnis.ABGELEHNT, "Der Beschluss fehlt.")
    rat.refresh_from_db()
    assert rat.name == "Präventionsrat Musterstadt"
    mail = Nachricht.objects.get()
    assert mail.konto == konto
    assert "Beschluss fehlt" not in mail.text


def test_a_decision_is_made_once(fall, personal):
    korrigiere(*fall, name="Neuer Name")
    uebernimm(Ratskorrektur.objects.get(), personal)
    with pytest.raises(SchrittNichtMoeglich, match="schon entschieden: übernommen"):
        verfahren.lehne_ab(Ratskorrektur.objects.get(), "Nein", durch=personal, um=UM)


def test_only_staff_with_the_right_decide(fall):
    korrigiere(*fall, name="Neuer Name")
    for wer in (fall[2], make_konto(rollen=["Leitung"]), make_konto(rollen=["Redaktion"])):
        with pytest.raises(SchrittNichtMoeglich):
            uebernimm(Ratskorrektur.objects.get(), wer)


# --- By telephone ----------------------------------------------------------------


def rufe_an(rat, personal, am=HEUTE):
    return verfahren.bestaetige_am_telefon(
        rat, am=am, quelle="Leitung des Ordnungsamts", durch=personal, um=UM
    )


def test_staff_record_a_call_with_its_source(fall, personal):
    rat, _, _ = fall
    verfahren.frage(date(2027, 1, 2))
    rufe_an(rat, personal)
    eine = zeile(rat)
    assert (eine.weg, eine.quelle, eine.kommune) == ("telefon", "Leitung des Ordnungsamts", None)
    assert eine.gefragt_am == date(2027, 1, 2)
    assert handlungen()[-1] == "rat.bestaetigt"


def test_a_call_of_last_year_confirms_last_year(fall, personal):
    assert rufe_an(fall[0], personal, am=date(2026, 12, 30)).jahr == 2026


@pytest.mark.parametrize("am", [date(2027, 1, 13), date(2025, 12, 31)])
def test_a_call_ahead_or_long_ago_is_refused(fall, personal, am):
    with pytest.raises(SchrittNichtMoeglich):
        rufe_an(fall[0], personal, am=am)


def test_a_confirmed_year_needs_no_call(fall, personal):
    bestaetige(*fall)
    with pytest.raises(SchrittNichtMoeglich, match="für 2027 schon bestätigt, am 12.01.2027"):
        rufe_an(fall[0], personal)


def test_the_right_to_record_calls_is_needed(fall):
    with pytest.raises(SchrittNichtMoeglich):
        rufe_an(fall[0], make_konto(rollen=["Leitung"]))


# --- What must never be ----------------------------------------------------------


@pytest.mark.parametrize(
    "felder",
    [
        {"jahr": 2026},  # a second one in the year
        {"am": None, "jahr": 2027},  # neither asked nor confirmed
        {"jahr": 2027},  # confirmed in another year
        {"am": date(2027, 1, 5), "quelle": ""},
        {"am": date(2027, 1, 5), "weg": "portal"},  # by no Kommune
        {"am": None, "jahr": 2027, "vorgemerkt_am": HEUTE, "erinnert_am": HEUTE},
        {"am": None, "jahr": 2027, "vorgemerkt_am": HEUTE, "quelle": "Anruf"},
        {"am": None, "jahr": 2027, "vorgemerkt_am": HEUTE, "gefragt_am": date(2027, 1, 1)},
    ],
)
def test_the_database_refuses_a_confirmation_that_cannot_be(fall, felder):
    rat = fall[0]
    make_ratsbestaetigung(rat=rat)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_ratsbestaetigung(rat=rat, **felder)


@pytest.mark.parametrize(
    "felder",
    [
        {},  # a second one that waits
        {"ergebnis": "abgelehnt", "entschieden_um": UM, "grund": ""},
        {"ergebnis": "uebernommen"},
        {"ergebnis": "ersetzt", "entschieden_um": UM, "name": ""},
        {"ergebnis": "ersetzt", "entschieden_um": UM, "zustand_seit": "2020"},
        {"ergebnis": "ersetzt", "entschieden_um": UM, "vorsitz_funktion": "Amtsleitung"},
    ],
)
def test_the_database_refuses_a_correction_that_cannot_be(fall, personal, felder):
    make_ratskorrektur(rat=fall[0])
    if "entschieden_um" in felder:
        felder = {**felder, "entschieden_von": personal}
    with pytest.raises(IntegrityError), transaction.atomic():
        make_ratskorrektur(rat=fall[0], **felder)
