"""The proof from the first word to the second version: each rule with its refusal."""

import uuid
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from asskomm.post.models import Nachricht
from asskomm.protokoll.models import Eintrag
from asskomm.schritt import KeinRecht, SchrittNichtMoeglich, Ueberholt
from foerderung.antrag.formular import JA
from foerderung.kanonisch import pruefsumme
from foerderung.models import Foerderantrag, Nachweisfassung, Status
from foerderung.nachweis.fassung import eingabe
from foerderung.nachweis.maengel import maengel
from foerderung.nachweis.zahlen import zahlen
from foerderung.verfahren.antragstellung import EntwurfUeberholt
from foerderung.verfahren.nachweis import EigenerNachweis, NachweisUnvollstaendig, ist_bereit

from .faelle import JETZT, dritte, eingaben

pytestmark = pytest.mark.django_db


def felder(fall):
    return {mangel.feld for mangel in maengel(fall.umfeld)}


def test_a_part_of_it_can_be_saved_at_any_time(fall):
    fall.speichere({"felder": {"frage_6a": "Nur das"}, "zeilen": {}})
    assert fall.entwurf.eingaben["felder"] == {"frage_6a": "Nur das"}
    assert "frage_6b" in felder(fall)


def test_two_people_at_once_conflict_and_the_same_page_does_not(fall):
    seite = uuid.uuid4()
    fall.speichere(gesehen=1, seite=seite)
    fall.speichere(eingaben({"frage_6a": "Mehr"}), gesehen=1, seite=seite)
    with pytest.raises(EntwurfUeberholt) as fehler:
        fall.speichere(eingaben({"frage_6a": "Anders"}), gesehen=1, durch=fall.zweite)
    assert fehler.value.jetzt.eingaben["felder"]["frage_6a"] == "Mehr"


def test_who_may_write(fall):
    for konto in (fall.lesen, fall.sachbearbeitung):
        with pytest.raises(KeinRecht):
            fall.speichere(durch=konto)


def test_a_complete_proof_lacks_nothing(fall):
    fall.erfasse()
    fall.speichere()
    assert maengel(fall.umfeld) == []


def test_without_receipts_it_is_incomplete(fall):
    fall.speichere()
    assert [m.satz for m in maengel(fall.umfeld)] == ["Belege: Die Belegliste ist noch leer."]


@pytest.mark.parametrize("feld", ["frage_6a", "frage_7c", "notwendig", "wirtschaftlich", "buecher"])
def test_each_gap_is_named_with_its_place(fall, feld):
    fall.erfasse()
    fall.speichere(eingaben({feld: ""}))
    (mangel,) = maengel(fall.umfeld)
    assert mangel.feld == feld
    assert mangel.adresse.endswith(f"/nachweis/bericht/?pruefen=1#id_{feld}")


def test_where_staff_was_paid_it_must_say_how_things_go_on(fall):
    fall.erfasse()
    fall.speichere(eingaben({"weiterfuehrung": ""}))
    assert not maengel(fall.umfeld)
    fall.erfasse("R-2", ausgabenart="personal", betrag_euro=Decimal("100.00"))
    assert "weiterfuehrung" in felder(fall)


def test_money_of_others_is_named_or_denied(fall):
    fall.erfasse()
    fall.speichere(eingaben({"drittmittel_erhalten": JA}))
    assert felder(fall) == {"drittmittel"}
    fall.speichere(dritte("100,00"))
    assert felder(fall) == set()


def test_more_than_planned_for_a_kind_is_flagged_and_must_be_explained(fall):
    """The plan has 30.000 for rooms; 20 % more may be shifted."""
    fall.erfasse(betrag_euro=Decimal("36000.00"))
    fall.speichere(eingaben({"abweichungen": ""}))
    assert "abweichungen" not in felder(fall)
    fall.erfasse("R-2", betrag_euro=Decimal("0.01"))
    assert "abweichungen" in felder(fall)
    umfeld = fall.umfeld
    assert [p.titel for p in zahlen(umfeld, eingabe(umfeld).werte).verschoben] == ["Miete"]


def test_figures_come_from_plan_receipts_and_payouts(fall):
    fall.erfasse(betrag_euro=Decimal("20000.00"))
    fall.speichere(dritte("5.000,00"))
    umfeld = fall.umfeld
    stand = zahlen(umfeld, eingabe(umfeld).werte)
    assert [(p.titel, p.soll, p.ist, p.abweichung) for p in stand.ausgaben] == [
        ("Miete", Decimal("30000.00"), Decimal("20000.00"), Decimal("-10000.00"))
    ]
    assert {p.schluessel: p.ist for p in stand.einnahmen} == {
        "eigenmittel": Decimal("2000.00"),
        "eigenleistung": Decimal("0.00"),
        "drittmittel": Decimal("5000.00"),
        "zuwendung": Decimal("13000.00"),
    }
    assert stand.abrechnung.offen == Decimal("13000.00")
    assert stand.abrechnung.ungenutzt == Decimal("14000.00")


def test_ready_then_signed_by_another_person_and_frozen(fall):
    fall.mache_bereit()
    fassung = fall.reiche_ein()
    assert fall.frisch.status == Status.NACHWEIS_EINGEREICHT
    assert (fassung.nummer, fassung.pruefsumme) == (1, pruefsumme(fassung.inhalt))
    assert (fassung.vorbereitet_von, fassung.gezeichnet_von) == (fall.bearbeitung, fall.zeichnung)
    assert [b["belegnummer"] for b in fassung.inhalt["belege"]] == ["R-1"]
    assert fassung.inhalt["zahlen"]["ergebnis"]["zuwendung"] == "9000.00"
    post = Nachricht.objects.filter(vorlage__startswith="nachweis_")
    assert set(post.values_list("vorlage", flat=True)) == {
        "nachweis_bereit", "nachweis_eingegangen", "nachweis_eingegangen_lpr",
    }  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Nachweisfassung.objects.update(nummer=7)


def test_the_same_signature_twice_is_one_version(fall):
    fall.mache_bereit()
    gesehen = fall.wie_gesehen()
    assert fall.reiche_ein(**gesehen) == fall.reiche_ein(**gesehen)
    assert Eintrag.objects.filter(handlung="antrag.nachweis_einreichen").count() == 1


def test_who_prepared_it_does_not_sign(fall):
    fall.erfasse()
    fall.speichere()
    fall.melde_bereit()
    fall.entwurf.__class__.objects.update(bereit_von=fall.zeichnung)
    with pytest.raises(EigenerNachweis):
        fall.reiche_ein()
    with pytest.raises(KeinRecht):
        fall.reiche_ein(durch=fall.bearbeitung)


def test_an_incomplete_proof_is_not_ready(fall):
    fall.speichere()
    with pytest.raises(NachweisUnvollstaendig):
        fall.melde_bereit()


def test_any_change_undoes_that_it_is_ready(fall):
    fall.mache_bereit()
    assert ist_bereit(fall.entwurf)
    fall.erfasse("R-2")
    assert not ist_bereit(fall.entwurf)
    fall.melde_bereit()
    fall.speichere(eingaben({"frage_6a": "Neu"}))
    assert not ist_bereit(fall.entwurf)
    with pytest.raises(SchrittNichtMoeglich):
        fall.reiche_ein()


def test_what_is_signed_is_what_was_read(fall):
    fall.mache_bereit()
    with pytest.raises(Ueberholt):
        fall.reiche_ein(pruefsumme="0" * 64)
    with pytest.raises(Ueberholt):
        fall.reiche_ein(gesehen=1)


def test_after_it_is_in_nothing_can_be_changed(fall):
    fall.mache_bereit()
    fall.reiche_ein()
    with pytest.raises(SchrittNichtMoeglich):
        fall.speichere(eingaben({"frage_6a": "Neu"}))
    with pytest.raises(SchrittNichtMoeglich):
        fall.erfasse("R-2")


def test_given_back_it_is_completed_and_becomes_the_second_version(fall):
    fall.mache_bereit()
    fall.reiche_ein()
    fall.gib_zurueck()
    with pytest.raises(SchrittNichtMoeglich):  # ready is said anew
        fall.reiche_ein()
    fall.speichere(eingaben({"frage_7a": "Ergänzt"}))
    fall.melde_bereit()
    assert fall.reiche_ein().nummer == 2
    assert (fall.entwurf.ergaenzen, fall.entwurf.ergaenzen_bis) == ("", None)


def test_a_case_that_is_not_running_has_no_proof_to_write(fall):
    Foerderantrag.objects.filter(pk=fall.antrag.pk).update(status=Status.BESTANDSKRAEFTIG)
    with pytest.raises(SchrittNichtMoeglich):
        fall.speichere()


def test_texts_of_the_log_name_no_receipt(fall):
    fall.mache_bereit()
    fall.reiche_ein()
    geschrieben = "".join(str(e.angaben) for e in Eintrag.objects.all())
    assert "Vermietung Muster" not in geschrieben
    assert JETZT.isoformat(timespec="seconds") in geschrieben
