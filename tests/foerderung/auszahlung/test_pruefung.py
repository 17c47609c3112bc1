"""Three people check, approve and release a payout; each refusal, each way back."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from asskomm.konten.vieraugen import EigeneFreigabe
from asskomm.post.models import Nachricht
from asskomm.protokoll.models import Eintrag
from asskomm.schritt import KeinRecht, SchrittNichtMoeglich, Ueberholt
from foerderung import kasse
from foerderung.models import Auszahlung, Befangenheit, Foerderantrag, Status
from foerderung.verfahren import auszahlungspruefung
from foerderung.verfahren.entscheidung import Unzulaessig
from tests.factories import make_konto, make_vertretung

from .faelle import ANDERE_IBAN, JETZT, frisch

pytestmark = pytest.mark.django_db


def test_three_people_take_it_to_the_release(fall):
    eine = fall.freigegeben()
    assert (eine.stand, eine.version) == ("freigegeben", 4)
    assert eine.geprueft_von == fall.sachbearbeitung
    assert eine.genehmigt_von == fall.leitung
    assert eine.freigegeben_von == fall.haushalt
    assert fall.summen() == ("9000.00", "9000.00", "0.00", "0.00")
    assert not kasse.abweichende().exists()


def test_each_of_the_next_people_is_told(fall):
    eine = fall.fordere_an()
    fall.pruefe(eine)
    fall.genehmige_auszahlung(eine)
    post = dict(Nachricht.objects.values_list("vorlage", "konto"))
    assert post["auszahlung_geprueft"] == fall.leitung.pk
    assert post["auszahlung_genehmigt"] == fall.haushalt.pk


def test_a_cut_needs_a_reason_and_lowers_what_counts(fall):
    eine = fall.fordere_an("10000.00")
    with pytest.raises(Unzulaessig, match="Begründen Sie die Kürzung"):
        fall.pruefe(eine, "5000.00")
    for zu_viel_oder_nichts in ("10000.01", "0", "-1"):
        with pytest.raises(Unzulaessig) as fehler:
            fall.pruefe(eine, zu_viel_oder_nichts, kuerzung="Grund")
        assert list(fehler.value.felder) == ["anerkannt"]
    fall.pruefe(eine, "5000.01", kuerzung="Die Hälfte ist erst im Mai fällig.")
    assert frisch(eine).auszuzahlen_euro == Decimal("4500.01")
    assert fall.summen()[0] == "4500.01"
    assert not kasse.abweichende().exists()


def test_everybody_else_is_refused(fall):
    eine = fall.fordere_an()
    with pytest.raises(KeinRecht):
        fall.pruefe(eine, durch=fall.leitung)
    fall.pruefe(eine)
    with pytest.raises(KeinRecht):
        fall.genehmige_auszahlung(eine, durch=fall.haushalt)
    fall.genehmige_auszahlung(eine)
    with pytest.raises(KeinRecht):
        fall.gib_frei(eine, durch=fall.leitung)
    Befangenheit.objects.create(antrag=fall.antrag, konto=fall.haushalt, erklaert_um=JETZT)
    with pytest.raises(KeinRecht):
        fall.gib_frei(eine)


def alle_rollen():
    return make_konto(["Sachbearbeitung", "Leitung", "Haushalt"])


def test_nobody_takes_two_of_the_three_steps_and_the_attempt_is_logged(fall):
    wer, eine = alle_rollen(), fall.fordere_an()
    fall.pruefe(eine, durch=wer)
    with pytest.raises(EigeneFreigabe):
        fall.genehmige_auszahlung(eine, durch=wer)
    fall.genehmige_auszahlung(eine)
    with pytest.raises(EigeneFreigabe):
        fall.gib_frei(eine, durch=wer)
    assert Eintrag.objects.filter(handlung="vorschlag.eigene_freigabe").count() == 2
    assert frisch(eine).stand == "genehmigt"


def test_the_database_refuses_the_same_person_as_well(fall):
    wer, eine = alle_rollen(), fall.fordere_an()
    fall.pruefe(eine, durch=wer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Auszahlung.objects.filter(pk=eine.pk).update(
            stand="genehmigt", genehmigt_um=JETZT, genehmigt_von=wer
        )


def test_a_deputy_of_who_took_part_is_refused_too(fall):
    heute = timezone.localdate()
    vertreterin = make_konto(["Prüfung"])
    make_vertretung(
        vertretener=fall.leitung,
        vertreter=vertreterin,
        beginn=heute,
        ende=heute + timedelta(days=5),
    )
    eine = fall.fordere_an()
    fall.pruefe(eine)
    fall.genehmige_auszahlung(eine, durch=vertreterin)
    assert frisch(eine).genehmigt_fuer == fall.leitung
    with pytest.raises(IntegrityError), transaction.atomic():
        Auszahlung.objects.filter(pk=eine.pk).update(
            stand="freigegeben", freigegeben_um=JETZT, freigegeben_von=fall.leitung
        )


def test_the_same_click_twice_is_one_step(fall):
    eine = fall.fordere_an()
    gesehen = frisch(eine)
    for _ in range(2):
        auszahlungspruefung.pruefe(
            gesehen,
            anerkannt=gesehen.ausgaben_euro,
            durch=fall.sachbearbeitung,
            um=JETZT,
            gesehen=1,
        )
    assert frisch(eine).version == 2


def test_who_saw_an_older_state_is_told(fall):
    eine = fall.fordere_an()
    gesehen = frisch(eine)
    fall.ziehe_zurueck(eine)
    with pytest.raises(Ueberholt, match="zurückgezogen"):
        auszahlungspruefung.pruefe(
            gesehen,
            anerkannt=gesehen.ausgaben_euro,
            durch=fall.sachbearbeitung,
            um=JETZT,
            gesehen=1,
        )


@pytest.mark.parametrize("status", [Status.BEWILLIGT, Status.WIDERRUFEN, Status.ABGESCHLOSSEN])
def test_while_the_grant_is_not_final_nothing_moves_on(fall, status):
    eine = fall.fordere_an()
    fall.pruefe(eine)
    fall.genehmige_auszahlung(eine)
    Foerderantrag.objects.filter(pk=fall.antrag.pk).update(status=status)
    with pytest.raises(SchrittNichtMoeglich, match="bestandskräftig"):
        fall.gib_frei(eine)


def test_a_changed_account_stops_the_release(fall):
    eine = fall.fordere_an()
    fall.pruefe(eine)
    fall.genehmige_auszahlung(eine)
    neu = fall.richte_bank_ein(ANDERE_IBAN, JETZT)
    spaeter = datetime.combine(neu.nutzbar_ab, JETZT.timetz())
    with pytest.raises(SchrittNichtMoeglich, match="Bankverbindung"):
        fall.gib_frei(eine, um=spaeter)
    fall.lehne_ab(eine, durch=fall.haushalt, um=spaeter)
    assert fall.fordere_an(um=spaeter).bankverbindung == neu


# --- Back and out --------------------------------------------------------------------


def test_a_step_back_needs_a_reason_and_leads_to_a_new_check(fall):
    eine = fall.fordere_an()
    fall.pruefe(eine, "5000.00", kuerzung="Grund")
    fall.genehmige_auszahlung(eine)
    with pytest.raises(SchrittNichtMoeglich, match="Grund"):
        fall.gib_zurueck(eine, grund=" ")
    fall.gib_zurueck(eine, durch=fall.haushalt)
    jetzt = frisch(eine)
    assert (jetzt.stand, jetzt.geprueft_von, jetzt.genehmigt_von) == ("angefordert", None, None)
    assert fall.summen()[0] == "9000.00"
    assert Nachricht.objects.filter(
        vorlage="auszahlung_zurueck", konto=fall.sachbearbeitung
    ).exists()


def test_what_is_released_goes_no_step_back_but_can_be_stopped(fall):
    eine = fall.freigegeben()
    with pytest.raises(Ueberholt):
        fall.gib_zurueck(eine)
    with pytest.raises(KeinRecht):
        fall.lehne_ab(eine)
    fall.lehne_ab(eine, durch=fall.haushalt, grund="Die Kommune hat angerufen.")
    assert frisch(eine).stand == "abgelehnt"
    assert Eintrag.objects.filter(handlung="auszahlung.angehalten").exists()
    assert fall.summen() == ("0.00",) * 4


@pytest.mark.parametrize("bis", range(3))
def test_whose_turn_it_is_refuses_with_a_reason_that_no_mail_holds(fall, bis):
    eine = fall.fordere_an()
    weg = (fall.pruefe, fall.genehmige_auszahlung)
    for schritt in weg[:bis]:
        schritt(eine)
    wer = (fall.sachbearbeitung, fall.leitung, fall.haushalt)
    for anderer in set(wer) - {wer[bis]}:
        with pytest.raises(KeinRecht):
            fall.lehne_ab(eine, durch=anderer)
    with pytest.raises(SchrittNichtMoeglich, match="Grund"):
        fall.lehne_ab(eine, durch=wer[bis], grund="")
    fall.lehne_ab(eine, durch=wer[bis], grund="Frau Muster hat noch nichts bezahlt.")
    assert fall.summen() == ("0.00",) * 4
    post = Nachricht.objects.filter(vorlage="auszahlung_abgelehnt")
    assert {n.konto_id for n in post} == {fall.zeichnung.pk, fall.bearbeitung.pk}
    assert not any("Muster" in n.text.replace("Musterstadt", "") for n in post)


def test_what_has_ended_stays(fall):
    eine = fall.fordere_an()
    fall.ziehe_zurueck(eine)
    with pytest.raises(IntegrityError), transaction.atomic():
        Auszahlung.objects.filter(pk=eine.pk).update(stand="angefordert", beendet_um=None)
