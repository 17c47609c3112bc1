"""Every step from every state by every kind of person: exactly those of the table pass."""

from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.utils import timezone

from asskomm.protokoll.models import Eintrag
from asskomm.schritt import SchrittNichtMoeglich
from foerderung.befugnisse import Handelnde
from foerderung.models import Befangenheit, Status
from foerderung.verfahren.schritte import SCHRITTE, KeinRecht, Ueberholt, gehe
from kommunen.models import Rolle
from tests.factories import make_antrag, make_konto, make_mitglied, make_runde, make_vertretung

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
UM = datetime(2026, 9, 30, 9, tzinfo=UTC)

# The table of FUNKTIONEN once more, by hand: step: from, to, who.
ERWARTET = """
zur_zeichnung_geben          entwurf                                   in_zeichnung       bearbeitung
zeichnung_ablehnen           in_zeichnung                              entwurf            zeichnung
zurueckholen                 in_zeichnung                              entwurf            bearbeitung
einreichen                   in_zeichnung                              eingereicht        zeichnung
mit_dokument_einreichen      entwurf                                   eingereicht        bearbeitung
nachfordern                  eingereicht                               nachforderung      sachbearbeitung
nachreichen                  nachforderung                             eingereicht        zeichnung
nachforderung_zuruecknehmen  nachforderung                             eingereicht        sachbearbeitung
formell_pruefen              eingereicht                               formell_geprueft   sachbearbeitung
formelle_pruefung_oeffnen    formell_geprueft                          eingereicht        sachbearbeitung
fachlich_pruefen             formell_geprueft                          fachlich_geprueft  pruefung
fachliche_pruefung_oeffnen   fachlich_geprueft                         formell_geprueft   pruefung
entscheidungsreif_machen     fachlich_geprueft                         entscheidungsreif  sachbearbeitung
empfehlung_zuruecknehmen     entscheidungsreif                         fachlich_geprueft  sachbearbeitung
bewilligen                   entscheidungsreif                         bewilligt          leitung
ablehnen                     entscheidungsreif                         abgelehnt          leitung
bestandskraft_feststellen    bewilligt                                 bestandskraeftig   system
durchfuehrung_beginnen       bestandskraeftig                          in_durchfuehrung   system
widerrufen                   bewilligt+bestandskraeftig+in_durchfuehrung  widerrufen      leitung
bestandskraft_zuruecknehmen  bestandskraeftig+in_durchfuehrung         bewilligt          sachbearbeitung
neu_entscheiden              abgelehnt+widerrufen                      entscheidungsreif  sachbearbeitung
nachweis_einreichen          in_durchfuehrung                          nachweis_eingereicht  zeichnung
nachweis_zurueckgeben        nachweis_eingereicht                      in_durchfuehrung   sachbearbeitung
nachweis_pruefen             nachweis_eingereicht                      nachweis_geprueft  pruefung
nachweispruefung_oeffnen     nachweis_geprueft                         nachweis_eingereicht  pruefung
zurueckfordern               nachweis_geprueft                         rueckforderung     leitung
abschliessen                 nachweis_geprueft+rueckforderung          abgeschlossen      leitung
zurueckziehen                entwurf+in_zeichnung+eingereicht+nachforderung+formell_geprueft+fachlich_geprueft+entscheidungsreif  zurueckgezogen  zeichnung
"""  # noqa: E501
ZEILEN = [zeile.split() for zeile in ERWARTET.split("\n") if zeile]
PERSONEN = (
    "fremd", "lesen", "bearbeitung", "zeichnung", "verwaltung", "sachbearbeitung", "pruefung",
    "leitung", "haushalt", "redaktion", "administration", "befangen", "system",
)  # fmt: skip


def _person(wer, antrag):
    match wer:
        case "system":
            return None
        case "fremd":
            return make_konto()
        case "lesen" | "bearbeitung" | "zeichnung" | "verwaltung":
            return make_mitglied(antrag.kommune, Rolle(wer))
        case "befangen":
            konto = make_konto(["Sachbearbeitung", "Prüfung", "Leitung"])
            Befangenheit.objects.create(antrag=antrag, konto=konto, erklaert_um=UM)
            return konto
    return make_konto([{"pruefung": "Prüfung"}.get(wer, wer.capitalize())])


def test_the_table_in_the_code_is_the_one_of_the_specification():
    im_code = {
        (s.schluessel, "+".join(sorted(s.aus)), s.ziel.value, s.wer.name.lower())
        for s in SCHRITTE.values()
    }
    soll = {(n, "+".join(sorted(aus.split("+"))), ziel, wer) for n, aus, ziel, wer in ZEILEN}
    assert im_code == soll
    # Haushalt moves money, never the case.
    assert {s.wer for s in SCHRITTE.values()} == set(Handelnde) - {Handelnde.HAUSHALT}


@pytest.mark.parametrize("wer", PERSONEN)
def test_every_step_from_every_state(wer):
    """One case for each state; a step that passes is undone by its savepoint."""
    make_runde()
    for status in Status:
        antrag = make_antrag(status=status)
        person = _person(wer, antrag)
        for name, aus, ziel, berechtigt in ZEILEN:
            erlaubt = wer == berechtigt and status in aus.split("+")
            _versuche(antrag, name, person, erlaubt, ziel)


def _versuche(antrag, name, person, erlaubt, ziel):
    felder = {}
    if name in ("einreichen", "mit_dokument_einreichen"):
        felder = {
            "eingereicht_um": UM,
            "nummer": f"KP-2027-{antrag.pk.hex[:6]}",
            "regelwerk": antrag.runde.regelwerk,
        }
    if name in ("bewilligen", "ablehnen", "widerrufen"):
        felder = {"entschieden_um": UM}
    argumente = {"durch": person, "um": UM, "gesehen": antrag.version, "grund": "Grund", **felder}
    vorher, punkt = antrag.status, transaction.savepoint()
    try:
        gehe(antrag, name, **argumente)
    except (KeinRecht, Ueberholt):
        gelungen = False
    else:
        gelungen = True
    assert gelungen == erlaubt, (name, vorher, person)
    assert antrag.status == (ziel if erlaubt else vorher)
    transaction.savepoint_rollback(punkt)
    antrag.refresh_from_db()


def test_a_deputy_of_several_acts_for_who_is_in_charge():
    """As the other acts of the procedure: a deputy of somebody who takes part stays that."""
    heute = timezone.localdate()
    andere, zustaendig = (make_konto(["Sachbearbeitung"]) for _ in range(2))
    vertretung = make_konto(is_staff=True)
    for vertretener in (andere, zustaendig):
        make_vertretung(vertretener=vertretener, vertreter=vertretung, beginn=heute, ende=heute)
    antrag = make_antrag(status=Status.EINGEREICHT, zustaendig=zustaendig)
    gehe(antrag, "formell_pruefen", durch=vertretung, um=UM, gesehen=1)
    assert Eintrag.objects.get(handlung="antrag.formell_pruefen").fuer == zustaendig
    gehe(antrag, "formelle_pruefung_oeffnen", durch=vertretung, um=UM, gesehen=2, grund="x",
         beteiligt=[andere.pk])  # fmt: skip
    assert Eintrag.objects.get(handlung="antrag.formelle_pruefung_oeffnen").fuer == andere


def test_a_step_needs_the_version_that_was_seen():
    antrag = make_antrag(status=Status.EINGEREICHT)
    person = make_konto(["Sachbearbeitung"])
    gehe(antrag, "formell_pruefen", durch=person, um=UM, gesehen=antrag.version)
    with pytest.raises(Ueberholt, match="formell geprüft"):
        gehe(antrag, "formell_pruefen", durch=person, um=UM, gesehen=antrag.version - 1)


def test_a_step_with_a_reason_needs_one():
    antrag = make_antrag(status=Status.FORMELL_GEPRUEFT)
    person = make_konto(["Sachbearbeitung"])
    with pytest.raises(SchrittNichtMoeglich, match="Grund"):
        gehe(antrag, "formelle_pruefung_oeffnen", durch=person, um=UM, gesehen=1, grund=" ")
