"""The check of a proof: who, when, what it comes to, what is booked; each rule with its refusal."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import Group

from asskomm.konten.models import Konto
from asskomm.konten.vieraugen import EigeneFreigabe
from asskomm.post.models import Nachricht
from asskomm.protokoll.models import Eintrag
from asskomm.schritt import KeinRecht, SchrittNichtMoeglich, Ueberholt
from foerderung import kasse
from foerderung.models import Belegkuerzung, Status
from foerderung.verfahren import nachweispruefung
from foerderung.verfahren.nachweispruefung import geltende

from .faelle import BIS, UM

pytestmark = pytest.mark.django_db


def kuerze(fall, betrag, grund="Skonto nicht abgezogen", nummer="R-1", durch=None):
    beleg = fall.antrag.belege.get(belegnummer=nummer)
    nachweispruefung.kuerze(beleg, Decimal(betrag), grund, durch=durch or fall.pruefung, um=UM)


def test_the_result_is_the_rate_of_what_is_recognised_and_is_booked(gezogen):
    gezogen.schliesse_pruefung_ab()
    pruefung = geltende(gezogen.antrag)
    assert (pruefung.art, pruefung.zuwendung_euro) == ("belege", Decimal("9000.00"))
    assert (pruefung.zurueck_euro, pruefung.offen_euro) == (0, 0)
    assert gezogen.status == Status.NACHWEIS_GEPRUEFT
    assert gezogen.konto.nachgewiesen == Decimal("9000.00")
    assert not kasse.abweichende().exists()
    assert Nachricht.objects.filter(vorlage="nachweis_geprueft").count() == 2


def test_a_cut_lowers_the_grant_and_what_was_paid_too_much_comes_back(gezogen):
    kuerze(gezogen, "1000.00")
    gezogen.schliesse_pruefung_ab()
    pruefung = geltende(gezogen.antrag)
    assert pruefung.ausgaben_euro == Decimal("10000.00")
    assert pruefung.anerkannt_euro == Decimal("9000.00")
    assert (pruefung.zuwendung_euro, pruefung.zurueck_euro) == (
        Decimal("8100.00"),
        Decimal("900.00"),
    )


def test_more_spent_than_paid_for_leaves_an_open_amount(fall):
    fall.zahle("10000.00")
    fall.reiche_nachweis_ein("20000.00")
    fall.ziehe()
    fall.schliesse_pruefung_ab()
    assert geltende(fall.antrag).offen_euro == Decimal("9000.00")


@pytest.mark.parametrize(
    ("betrag", "grund"), [("6000.01", "Zu viel"), ("10.00", " "), ("-1.00", "x")]
)
def test_a_cut_is_within_its_receipt_and_has_a_reason(gezogen, betrag, grund):
    with pytest.raises(SchrittNichtMoeglich):
        kuerze(gezogen, betrag, grund)
    assert not Belegkuerzung.objects.exists()


def test_a_cut_can_be_changed_and_taken_back(gezogen):
    for betrag in ("10.00", "20.00", "0", "0"):
        kuerze(gezogen, betrag)
    assert not Belegkuerzung.objects.exists()
    assert Eintrag.objects.filter(handlung="nachweis.beleg_gekuerzt").count() == 2
    assert Eintrag.objects.filter(handlung="nachweis.kuerzung_aufgehoben").count() == 1


def test_after_the_check_nothing_is_cut(gezogen):
    gezogen.schliesse_pruefung_ab()
    with pytest.raises(Ueberholt):
        kuerze(gezogen, "1.00")


def test_before_the_draw_nothing_is_checked(fall):
    fall.reiche_nachweis_ein("100.00")
    with pytest.raises(SchrittNichtMoeglich, match="noch in keiner Stichprobe"):
        fall.schliesse_pruefung_ab()


def test_a_drawn_case_needs_its_receipts_another_one_does_not(fall):
    fall.reiche_nachweis_ein("100.00")
    fall.nicht_gezogen()
    fall.schliesse_pruefung_ab(belege=False)
    assert geltende(fall.antrag).art == "plausibilitaet"


def test_a_drawn_case_without_receipts_is_refused(gezogen):
    with pytest.raises(SchrittNichtMoeglich, match="Fordern Sie die Belege an"):
        gezogen.schliesse_pruefung_ab(belege=False)
    with pytest.raises(SchrittNichtMoeglich, match="Prüfvermerk"):
        gezogen.schliesse_pruefung_ab(vermerk=" ")


def test_who_released_money_of_the_case_does_not_check_it_and_the_attempt_is_logged(gezogen):
    gezogen.haushalt.groups.add(Group.objects.get(name="Prüfung"))
    beide = Konto.objects.get(pk=gezogen.haushalt.pk)
    for versuch in (
        lambda: gezogen.schliesse_pruefung_ab(durch=beide),
        lambda: kuerze(gezogen, "1.00", durch=beide),
    ):
        with pytest.raises(EigeneFreigabe):
            versuch()
    assert Eintrag.objects.filter(handlung="vorschlag.eigene_freigabe").count() == 2
    assert gezogen.status == Status.NACHWEIS_EINGEREICHT


@pytest.mark.parametrize("wer", ["sachbearbeitung", "leitung", "haushalt", "zeichnung"])
def test_only_the_pruefung_checks(gezogen, wer):
    with pytest.raises(KeinRecht):
        gezogen.schliesse_pruefung_ab(durch=getattr(gezogen, wer))


def test_a_double_click_checks_once_and_an_old_page_not_at_all(gezogen):
    gesehen = gezogen.version
    gezogen.schliesse_pruefung_ab(gesehen=gesehen)
    gezogen.schliesse_pruefung_ab(gesehen=gesehen)
    assert gezogen.konto.nachgewiesen == Decimal("9000.00")
    with pytest.raises(Ueberholt):
        gezogen.schliesse_pruefung_ab(gesehen=gesehen - 1)


def test_opened_again_the_booking_goes_back_and_the_next_result_counts(gezogen):
    gezogen.schliesse_pruefung_ab()
    with pytest.raises(SchrittNichtMoeglich, match="Grund"):
        gezogen.oeffne(grund=" ")
    gezogen.oeffne()
    assert (gezogen.status, gezogen.konto.nachgewiesen) == (Status.NACHWEIS_EINGEREICHT, 0)
    assert geltende(gezogen.antrag) is None
    assert not kasse.abweichende().exists()
    kuerze(gezogen, "1000.00")
    gezogen.schliesse_pruefung_ab()
    assert gezogen.konto.nachgewiesen == Decimal("8100.00")
    assert not kasse.abweichende().exists()


def test_given_back_the_kommune_reads_what_is_missing_until_when(gezogen):
    nachweispruefung.gib_zurueck(
        gezogen.antrag, "Bitte senden Sie die Belege.", BIS, durch=gezogen.sachbearbeitung, um=UM,
        gesehen=gezogen.version,
    )  # fmt: skip
    assert gezogen.status == Status.IN_DURCHFUEHRUNG
    nachweis = gezogen.antrag.nachweis
    assert (nachweis.ergaenzen, nachweis.ergaenzen_bis) == ("Bitte senden Sie die Belege.", BIS)
    mails = Nachricht.objects.filter(vorlage="nachweis_zurueckgegeben")
    assert mails.count() == 2
    assert "01.08.2028" in mails.first().text
    assert "Belege." not in mails.first().text


@pytest.mark.parametrize(
    ("was", "bis", "wer"), [(" ", BIS, "sachbearbeitung"), ("Fehlt", UM.date(), "sachbearbeitung"),
                      ("Fehlt", BIS, "leitung")],
)  # fmt: skip
def test_giving_back_needs_a_reason_a_day_to_come_and_the_sachbearbeitung(gezogen, was, bis, wer):
    with pytest.raises(SchrittNichtMoeglich):
        nachweispruefung.gib_zurueck(
            gezogen.antrag, was, bis, durch=getattr(gezogen, wer), um=UM, gesehen=gezogen.version
        )
    assert gezogen.status == Status.NACHWEIS_EINGEREICHT
