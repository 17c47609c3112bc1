"""Attachments come and go only while they are open, each exactly once."""

import errno
import os
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from asskomm.protokoll.models import Eintrag
from asskomm.schritt import SchrittNichtMoeglich, Ueberholt
from foerderung.anlagen import verfahren
from foerderung.models import Anlage, Nachforderung, Status
from foerderung.verfahren.schritte import KeinRecht
from kommunen.models import Mitgliedschaft, Rolle
from tests.factories import make_konto, make_mitglied

from . import clamd, dateien
from .hilfen import UM, lade_hoch, make_anlage, make_bearbeitung, make_fall

pytestmark = pytest.mark.django_db

GESCHLOSSEN = [status for status in Status if status != Status.ENTWURF]


def fordere_nach(antrag, *abschnitte):
    Nachforderung.objects.create(
        antrag=antrag, abschnitte=list(abschnitte), text="Fehlt", frist=date(2026, 12, 1),
        gestellt_um=UM, gestellt_von=make_konto(),
    )  # fmt: skip


def test_an_upload_becomes_a_row_with_its_file(dateien_auf_platte):
    antrag = make_fall()
    kim = make_bearbeitung(antrag)
    anlage = make_anlage(antrag, durch=kim, name="../Beschlu\u0308sse\u202e.PDF")
    assert dateien_auf_platte() == [anlage.pfad]
    assert (anlage.dateiname, anlage.art) == ("Beschlüsse.PDF", "ratsbeschluss")
    assert anlage.inhaltstyp == "application/pdf"
    assert anlage.groesse == len(dateien.pdf())
    assert anlage.pruefstand == Anlage.Pruefstand.UNGEPRUEFT
    assert (anlage.hochgeladen_von, anlage.hochgeladen_um) == (kim, UM)
    antrag.refresh_from_db()
    assert (antrag.version, antrag.geaendert_von, antrag.geaendert_um) == (2, kim, UM)
    eintrag = Eintrag.objects.get(handlung="anlage.hochgeladen")
    assert eintrag.angaben == {"art": "ratsbeschluss", "sha256": anlage.sha256}


@pytest.mark.sample(3)
@pytest.mark.parametrize("status", GESCHLOSSEN)
def test_nothing_comes_in_unless_the_draft_is_open(status, dateien_auf_platte):
    antrag = make_fall(status=status)
    with pytest.raises(SchrittNichtMoeglich, match="lassen sich nicht ändern"):
        make_anlage(antrag)
    assert dateien_auf_platte() == []
    assert not Anlage.objects.exists()


@pytest.mark.sample(3)
@pytest.mark.parametrize("status", GESCHLOSSEN)
def test_nothing_goes_unless_the_draft_is_open(status):
    antrag = make_fall()
    kim = make_bearbeitung(antrag)
    da, weg = (
        make_anlage(antrag, durch=kim),
        make_anlage(antrag, durch=kim, schluessel="bildungsabschluss"),
    )
    verfahren.entferne(antrag, weg, durch=kim, um=UM)
    anderer = make_fall(status=status, kommune=antrag.kommune)
    Anlage.objects.update(antrag=anderer)
    with pytest.raises(SchrittNichtMoeglich, match="lassen sich nicht ändern"):
        verfahren.entferne(anderer, da, durch=kim, um=UM)
    with pytest.raises(SchrittNichtMoeglich, match="lassen sich nicht ändern"):
        verfahren.hole_zurueck(anderer, weg, durch=kim, um=UM)
    assert [*Anlage.objects.aktuell()] == [da]


def test_a_nachforderung_opens_attachments_only_if_it_names_them():
    antrag = make_fall(status=Status.NACHFORDERUNG)
    fordere_nach(antrag, "vorhaben")
    with pytest.raises(SchrittNichtMoeglich):
        make_anlage(antrag)
    antrag.nachforderungen.update(abschnitte=["vorhaben", "anlagen"])
    assert make_anlage(antrag).antrag == antrag


def test_the_state_that_counts_is_that_of_the_database(dateien_auf_platte):
    """The page was open while somebody else handed the case to the signature."""
    antrag = make_fall()
    kim = make_bearbeitung(antrag)
    type(antrag).objects.update(status=Status.IN_ZEICHNUNG)
    assert antrag.status == Status.ENTWURF
    with pytest.raises(SchrittNichtMoeglich, match="in Zeichnung"):
        make_anlage(antrag, durch=kim)
    assert dateien_auf_platte() == []


@pytest.mark.parametrize("rolle", [Rolle.LESEN, Rolle.ZEICHNUNG, Rolle.VERWALTUNG])
def test_only_the_role_bearbeitung_changes_attachments(rolle):
    antrag = make_fall()
    anlage = make_anlage(antrag)
    person = make_mitglied(antrag.kommune, rolle)
    with pytest.raises(KeinRecht):
        make_anlage(antrag, durch=person)
    with pytest.raises(KeinRecht):
        verfahren.entferne(antrag, anlage, durch=person, um=UM)
    with pytest.raises(KeinRecht):
        verfahren.hole_zurueck(antrag, anlage, durch=person, um=UM)


def test_whoever_left_the_kommune_meanwhile_changes_nothing():
    antrag = make_fall()
    kim = make_bearbeitung(antrag)
    Mitgliedschaft.objects.filter(konto=kim).update(beendet_um=UM, beendet_von=kim)
    with pytest.raises(KeinRecht):
        make_anlage(antrag, durch=kim)


def test_the_same_form_twice_is_one_file(dateien_auf_platte):
    antrag = make_fall()
    kim, marke = make_bearbeitung(antrag), uuid4()
    eine = make_anlage(antrag, durch=kim, marke=marke)
    assert make_anlage(antrag, durch=kim, marke=marke) == eine
    assert Eintrag.objects.filter(handlung="anlage.hochgeladen").count() == 1
    antrag.refresh_from_db()
    assert antrag.version == 2


def test_the_mark_of_somebody_else_gives_nothing_away(dateien_auf_platte):
    antrag = make_fall()
    marke = uuid4()
    make_anlage(antrag, marke=marke)
    with pytest.raises(SchrittNichtMoeglich, match="noch einmal"):
        make_anlage(antrag, schluessel="bildungsabschluss", marke=marke)
    assert len(dateien_auf_platte()) == 1


def test_a_slot_takes_as_many_as_it_says(dateien_auf_platte):
    antrag = make_fall()
    kim = make_bearbeitung(antrag)
    for _ in range(2):
        make_anlage(antrag, durch=kim, schluessel="vereinbarung_dritte")
    with pytest.raises(SchrittNichtMoeglich, match="kein Platz für eine weitere Datei"):
        make_anlage(antrag, durch=kim, schluessel="vereinbarung_dritte")
    assert len(dateien_auf_platte()) == 2


def test_nobody_fills_the_disk_by_replacing(monkeypatch):
    monkeypatch.setattr(verfahren, "HOECHSTENS_AM_TAG", 2)
    antrag = make_fall()
    kim = make_bearbeitung(antrag)
    eine = make_anlage(antrag, durch=kim)
    zweite = make_anlage(antrag, durch=kim, ersetzt=eine.pk)
    with pytest.raises(SchrittNichtMoeglich, match="In 24 Stunden"):
        make_anlage(antrag, durch=kim, ersetzt=zweite.pk)
    assert [*Anlage.objects.aktuell()] == [zweite]
    assert make_anlage(antrag, durch=kim, ersetzt=zweite.pk, um=UM + timedelta(hours=24))


def test_replacing_puts_one_file_in_place_of_another():
    antrag = make_fall()
    alte = make_anlage(antrag)
    neue = make_anlage(antrag, ersetzt=alte.pk)
    assert [*Anlage.objects.aktuell()] == [neue]
    alte.refresh_from_db()
    assert alte.entfernt_um == UM


def test_what_somebody_else_replaced_is_not_replaced_again(dateien_auf_platte):
    antrag = make_fall()
    alte = make_anlage(antrag)
    neue = make_anlage(antrag, ersetzt=alte.pk)
    with pytest.raises(Ueberholt, match="inzwischen ersetzt oder entfernt"):
        make_anlage(antrag, ersetzt=alte.pk)
    assert [*Anlage.objects.aktuell()] == [neue]
    assert len(dateien_auf_platte()) == 2


@pytest.mark.parametrize("andere", ["bildungsabschluss", "fremd"])
def test_only_a_file_of_the_same_slot_and_case_is_replaced(andere):
    antrag = make_fall()
    fremd = make_fall() if andere == "fremd" else antrag
    bleibt = make_anlage(fremd, schluessel="ratsbeschluss" if fremd != antrag else andere)
    with pytest.raises(Ueberholt):
        make_anlage(antrag, ersetzt=bleibt.pk)
    assert [*Anlage.objects.aktuell()] == [bleibt]


def test_removing_is_undone_within_a_day():
    antrag = make_fall()
    kim = make_bearbeitung(antrag)
    anlage = make_anlage(antrag, durch=kim)
    verfahren.entferne(antrag, anlage, durch=kim, um=UM)
    verfahren.entferne(antrag, anlage, durch=kim, um=UM + timedelta(hours=1))
    anlage.refresh_from_db()
    assert anlage.entfernt_um == UM
    spaetestens = UM + timedelta(hours=24)
    with pytest.raises(SchrittNichtMoeglich, match="gibt es nicht mehr"):
        verfahren.hole_zurueck(antrag, anlage, durch=kim, um=spaetestens + timedelta(seconds=1))
    verfahren.hole_zurueck(antrag, anlage, durch=kim, um=spaetestens)
    verfahren.hole_zurueck(antrag, anlage, durch=kim, um=spaetestens)
    assert [*Anlage.objects.aktuell()] == [anlage]
    handlungen = [e.handlung for e in Eintrag.objects.filter(handlung__startswith="anlage.")]
    assert sorted(handlungen) == ["anlage.entfernt", "anlage.hochgeladen", "anlage.zurueckgeholt"]


def test_there_is_no_way_back_into_a_full_slot():
    antrag = make_fall()
    alte = make_anlage(antrag)
    make_anlage(antrag, ersetzt=alte.pk)
    with pytest.raises(SchrittNichtMoeglich, match="kein Platz"):
        verfahren.hole_zurueck(antrag, alte, durch=make_bearbeitung(antrag), um=UM)


def test_a_refused_file_leaves_what_was_there(dateien_auf_platte):
    antrag = make_fall()
    alte = make_anlage(antrag)
    kim = make_bearbeitung(antrag)
    with pytest.raises(ValidationError, match="Der Inhalt ist kein PDF"):
        lade_hoch(antrag, b"<html>", durch=kim, ersetzt=alte.pk)
    assert dateien_auf_platte() == [alte.pfad]
    assert [*Anlage.objects.aktuell()] == [alte]


def test_a_full_disk_is_a_sentence_at_the_file(monkeypatch, dateien_auf_platte):
    antrag = make_fall()
    kim = make_bearbeitung(antrag)

    def voll(_griff):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", voll)
    with pytest.raises(ValidationError, match="kein Platz mehr"):
        make_anlage(antrag, durch=kim)
    assert dateien_auf_platte() == []
    assert not Anlage.objects.exists()


def test_when_the_row_cannot_be_written_the_file_goes(monkeypatch, dateien_auf_platte):
    antrag = make_fall()

    def scheitere(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr(verfahren, "protokolliere", scheitere)
    with pytest.raises(RuntimeError):
        make_anlage(antrag)
    assert dateien_auf_platte() == []
    assert not Anlage.objects.exists()


# --- The scanner ---------------------------------------------------------------------


def test_a_clean_file_says_so(scanner):
    anlage = make_anlage(make_fall())
    assert anlage.pruefstand == Anlage.Pruefstand.SAUBER
    assert scanner.empfangen == [dateien.pdf()]


def test_an_infected_file_is_refused_and_logged(scanner, dateien_auf_platte):
    antrag = make_fall()
    alte = make_anlage(antrag)
    scanner.antwort = clamd.BEFALLEN
    with pytest.raises(ValidationError, match="Schadprogramm"):
        make_anlage(antrag, schluessel="bildungsabschluss")
    assert dateien_auf_platte() == [alte.pfad]
    eintrag = Eintrag.objects.get(handlung="anlage.befallen")
    assert eintrag.angaben == {
        "art": "bildungsabschluss",
        "schadprogramm": "Eicar-Test-Signature",
    }


def test_while_the_scanner_is_away_files_wait(settings):
    settings.CLAMD = "127.0.0.1:1"
    antrag = make_fall()
    kim = make_bearbeitung(antrag)
    anlage = make_anlage(antrag, durch=kim)
    assert anlage.pruefstand == Anlage.Pruefstand.UNGEPRUEFT
    assert verfahren.darf_oeffnen(anlage, kim)
    assert not verfahren.darf_oeffnen(anlage, make_bearbeitung(antrag))


def test_without_a_scanner_an_unchecked_file_may_be_opened():
    anlage = make_anlage(make_fall())
    assert verfahren.darf_oeffnen(anlage, make_konto())
