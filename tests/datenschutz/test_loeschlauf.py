"""Deletion runs: what two people decide, and what changed before they did."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from asskomm.datenschutz import verfahren
from asskomm.datenschutz.models import Aufbewahrungsfrist, Loeschlauf
from asskomm.konten import verfahren as konten
from asskomm.konten.models import Konto
from asskomm.konten.vieraugen import EigeneFreigabe
from asskomm.portal.models import Kommentar, Rueckmeldung
from asskomm.protokoll.models import Eintrag
from asskomm.schritt import SchrittNichtMoeglich
from tests.factories import make_konto, make_meldung

from .loeschen import (
    Stand,
    fuehre_aus,
    make_deaktiviertes,
    make_kommentar,
    make_rueckmeldung,
    schlage_vor,
    vor,
)
from .person import HEUTE, JETZT

pytestmark = pytest.mark.thorough


def test_the_proposer_cannot_approve_and_nothing_is_deleted(leitung):
    make_kommentar()
    lauf = schlage_vor(leitung)
    with pytest.raises(IntegrityError), transaction.atomic():
        Loeschlauf.objects.filter(pk=lauf.pk).update(
            ergebnis="genehmigt", entschieden_von=leitung, entschieden_um=JETZT
        )
    assert Kommentar.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_attempt_to_approve_ones_own_run_is_logged():
    leitung = make_konto(["Leitung"])
    make_kommentar()
    lauf = schlage_vor(leitung)
    with pytest.raises(EigeneFreigabe):
        verfahren.genehmige(lauf, durch=leitung, um=JETZT)
    assert Kommentar.objects.count() == 1
    assert Eintrag.objects.filter(handlung="vorschlag.eigene_freigabe").exists()


@pytest.mark.django_db(transaction=True)
def test_a_deputy_of_the_proposer_does_not_approve_the_run():
    leitung, vertreter = make_konto(["Leitung"]), make_konto()
    make_kommentar()
    lauf = schlage_vor(leitung)
    with pytest.raises(EigeneFreigabe):
        verfahren.genehmige(lauf, durch=vertreter, um=JETZT, fuer=leitung)
    assert Kommentar.objects.count() == 1
    eintrag = Eintrag.objects.get(handlung="vorschlag.eigene_freigabe")
    assert (eintrag.durch, eintrag.fuer) == (vertreter, leitung)
    with pytest.raises(IntegrityError), transaction.atomic():
        Loeschlauf.objects.filter(pk=lauf.pk).update(
            ergebnis="genehmigt",
            entschieden_von=vertreter,
            entschieden_fuer=leitung,
            entschieden_um=JETZT,
        )
    verfahren.genehmige(lauf, durch=vertreter, um=JETZT, fuer=make_konto(["Administration"]))
    assert not Kommentar.objects.exists()


def test_a_run_is_approved_once(leitung, zweite):
    make_kommentar()
    lauf = fuehre_aus(leitung, zweite)
    with pytest.raises(SchrittNichtMoeglich):
        verfahren.genehmige(lauf, durch=make_konto(["Administration"]), um=JETZT)


def test_only_one_run_waits_at_a_time(leitung, zweite):
    make_kommentar()
    schlage_vor(leitung)
    with pytest.raises(SchrittNichtMoeglich):
        schlage_vor(zweite)


def test_no_run_for_a_day_to_come(leitung):
    make_kommentar(JETZT)
    with pytest.raises(SchrittNichtMoeglich):
        schlage_vor(leitung, am=date(2099, 1, 1))


def test_a_refused_run_deletes_nothing(leitung, zweite):
    from asskomm.konten import vieraugen

    make_kommentar()
    vieraugen.lehne_ab(schlage_vor(leitung), durch=zweite, um=JETZT, grund="Zu früh")
    assert Kommentar.objects.count() == 1
    fuehre_aus(leitung, zweite)
    assert not Kommentar.objects.exists()


def test_what_changed_since_the_proposal_is_left_out(leitung, zweite):
    konto, kommentar = make_deaktiviertes(), make_kommentar()
    lauf = schlage_vor(leitung)
    konten.aktiviere(konto, durch=leitung, grund="Kommt zurück")
    verfahren.genehmige(lauf, durch=zweite, um=JETZT)
    posten = lauf.posten.get(regel="konten.konto")
    assert (posten.stand, posten.auslassung) == (Stand.AUSGELASSEN, "geaendert")
    assert not Konto.objects.get(pk=konto.pk).unkenntlich
    assert not Kommentar.objects.filter(pk=kommentar.pk).exists()


def test_a_later_beginning_of_the_period_counts_as_a_change(leitung, zweite):
    """Reactivated and deactivated again, both long enough ago: still not what was proposed."""
    konto = make_deaktiviertes()
    lauf = schlage_vor(leitung)
    Konto.objects.filter(pk=konto.pk).update(deaktiviert_um=vor(jahre=1, tage=30))
    verfahren.genehmige(lauf, durch=zweite, um=JETZT)
    assert lauf.posten.get().auslassung == "geaendert"
    assert not Konto.objects.get(pk=konto.pk).unkenntlich


def test_a_hold_set_after_the_proposal_counts(leitung, zweite):
    kommentar = make_kommentar()
    lauf = schlage_vor(leitung)
    verfahren.sperre("portal.kommentar", str(kommentar.pk), grund="Beweis", durch=zweite, um=JETZT)
    verfahren.genehmige(lauf, durch=zweite, um=JETZT)
    assert lauf.posten.get().auslassung == "gesperrt"
    assert Kommentar.objects.exists()


def test_a_case_opened_after_the_proposal_counts(leitung, zweite):
    rueckmeldung = make_rueckmeldung()
    lauf = schlage_vor(leitung)
    Rueckmeldung.objects.filter(pk=rueckmeldung.pk).update(zustand="in_bearbeitung")
    verfahren.genehmige(lauf, durch=zweite, um=JETZT)
    assert lauf.posten.get().auslassung == "portal.rueckmeldung_offen"
    assert Rueckmeldung.objects.exists()


def test_what_is_gone_already_is_said_so(leitung, zweite):
    kommentar = make_kommentar()
    lauf = schlage_vor(leitung)
    kommentar.delete()
    verfahren.genehmige(lauf, durch=zweite, um=JETZT)
    assert lauf.posten.get().auslassung == "verschwunden"


def test_a_longer_period_since_the_proposal_counts(leitung, zweite):
    make_kommentar()
    lauf = schlage_vor(leitung)
    verfahren.lege_frist_fest(
        Aufbewahrungsfrist(
            regel="portal.kommentar", gueltig_ab=HEUTE, anzahl=10, einheit="jahre", quelle="Test"
        ),
        durch=leitung,
        um=JETZT,
    )
    verfahren.genehmige(lauf, durch=zweite, um=JETZT)
    assert lauf.posten.get().auslassung == "geaendert"
    assert Kommentar.objects.exists()


def test_what_fails_leaves_everything_as_it_was(leitung, zweite, monkeypatch):
    make_kommentar()
    lauf = schlage_vor(leitung)

    def scheitert(lauf):
        raise RuntimeError("Strom weg")

    monkeypatch.setattr(verfahren, "_bilanz", scheitert)
    with pytest.raises(RuntimeError), transaction.atomic():
        verfahren.genehmige(lauf, durch=zweite, um=JETZT)
    lauf.refresh_from_db()
    assert (lauf.ergebnis, Kommentar.objects.count()) == ("offen", 1)


@pytest.mark.thorough
def test_ten_thousand_rows_go_in_bounded_runs(leitung, zweite):
    meldung = make_meldung()
    Kommentar.objects.bulk_create(
        Kommentar(meldung=meldung, text="Gut", zustand="freigegeben") for _ in range(10_000)
    )
    Kommentar.objects.update(eingegangen_um=vor(jahre=4))
    laeufe = 0
    while Kommentar.objects.exists():
        lauf = fuehre_aus(leitung, zweite)
        laeufe += 1
        assert lauf.posten.count() <= verfahren.HOECHSTENS
        assert lauf.spaeter == 10_000 - laeufe * verfahren.HOECHSTENS
    assert laeufe == 10


def test_held_rows_do_not_take_the_place_of_others(leitung, zweite, monkeypatch):
    monkeypatch.setattr(verfahren, "HOECHSTENS", 2)
    for _ in range(3):
        gesperrt = make_kommentar(vor(jahre=5))
        verfahren.sperre(
            "portal.kommentar", str(gesperrt.pk), grund="Beweis", durch=leitung, um=JETZT
        )
    make_kommentar()
    lauf = fuehre_aus(leitung, zweite)
    assert lauf.posten.filter(stand=Stand.ERLEDIGT).count() == 1
    assert lauf.posten.filter(stand=Stand.AUSGELASSEN).count() == 2
