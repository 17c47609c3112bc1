"""The end of a case: Sachbearbeitung proposes it, the Leitung decides, and nobody owes anything."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction

from asskomm.formate import euro
from asskomm.konten import vertretung, vieraugen
from asskomm.konten.models import Konto
from asskomm.post.verfahren import stelle_ein
from asskomm.schritt import KeinRecht, SchrittNichtMoeglich

from .. import kasse
from ..befugnisse import RECHTE, Handelnde, handelt_als
from ..models import Abschluss, Auszahlungsstand, Foerderantrag
from ..nachweispruefung import vorlagen
from .aktenfuehrung import personal
from .nachweispruefung import geltende
from .pruefung import angaben_zu
from .schritte import SCHRITTE, gehe, pruefe_recht, sperre, ueberholt
from .zeichnung import beteiligte

SCHRITT = SCHRITTE["abschliessen"]
BEENDETE_AUSZAHLUNG = (
    Auszahlungsstand.GEZAHLT, Auszahlungsstand.ABGELEHNT, Auszahlungsstand.ZURUECKGEZOGEN,
)  # fmt: skip


def hindernisse(antrag: Foerderantrag) -> Iterator[str]:
    """What is missing before the case can end, in sentences for staff."""
    if antrag.status not in SCHRITT.aus:
        yield "Abschließen lässt sich nur ein Vorgang, dessen Verwendungsnachweis geprüft ist."
        return
    if geltende(antrag) is None:
        yield "Zu diesem Vorgang gibt es keine gültige Prüfung des Verwendungsnachweises."
    for auszahlung in antrag.auszahlungen.exclude(stand__in=BEENDETE_AUSZAHLUNG):
        yield (
            f"Die {auszahlung} ist noch nicht erledigt. Ihr Stand: "
            f"{auszahlung.get_stand_display()}."
        )
    konto = kasse.konto(antrag)
    if konto.behalten < konto.nachgewiesen:
        yield (
            f"Noch auszuzahlen sind {euro(konto.nachgewiesen - konto.behalten)}. Die letzte "
            "Auszahlung fordert die Kommune an."
        )
    elif konto.behalten > konto.nachgewiesen:
        yield (
            f"Zurückzuzahlen sind noch {euro(konto.behalten - konto.nachgewiesen)}. Fordern Sie den "
            "Betrag zurück."
        )
    if konto.zinsen_gezahlt < konto.zinsen_gefordert:
        yield f"An Zinsen fehlen noch {euro(konto.zinsen_gefordert - konto.zinsen_gezahlt)}."


def offener(antrag: Foerderantrag) -> Abschluss | None:
    """The proposal that waits for its decision."""
    return (
        Abschluss.objects.offen()
        .filter(antrag=antrag)
        .select_related("vorgeschlagen_von", "vorgeschlagen_fuer", "antrag")
        .first()
    )


def _verlange_fertig(antrag):
    if saetze := list(hindernisse(antrag)):
        raise SchrittNichtMoeglich(" ".join(saetze))


@transaction.atomic
def schlage_vor(
    antrag: Foerderantrag,
    begruendung: str,
    *,
    durch: Konto,
    um: datetime,
    gesehen: int,
    marke: UUID,
) -> Abschluss:
    """Propose to end the case. The same form sent twice is one proposal."""
    jetzt = sperre(antrag)
    if Handelnde.SACHBEARBEITUNG not in handelt_als(durch, jetzt):
        raise KeinRecht(f"Den Abschluss schlägt {Handelnde.SACHBEARBEITUNG.value} vor.")
    vorhanden = Abschluss.objects.filter(marke=marke, vorgeschlagen_von=durch).first()
    if vorhanden:
        return vorhanden
    if jetzt.version != gesehen:
        raise ueberholt(jetzt)
    if offener(jetzt):
        raise SchrittNichtMoeglich("Der Abschluss ist schon vorgeschlagen.")
    _verlange_fertig(jetzt)
    if not begruendung.strip():
        raise SchrittNichtMoeglich("Begründen Sie den Vorschlag.")
    fuer = vertretung.fuer(durch, RECHTE[Handelnde.SACHBEARBEITUNG])
    vorschlag = vieraugen.schlage_vor(
        Abschluss(antrag=jetzt, begruendung=begruendung.strip(), marke=marke),
        durch=durch, um=um, fuer=fuer,
    )  # fmt: skip
    leitung = personal(Handelnde.LEITUNG, jetzt).exclude(pk__in=vieraugen.beteiligte(vorschlag))
    _schreibe(vorlagen.ABSCHLUSS_WARTET, leitung, jetzt)
    return vorschlag


def _leitung(vorschlag, durch):
    """In whose deputyship `durch` decides; refuses everybody but a second person of the Leitung."""
    pruefe_recht(vorschlag.antrag, SCHRITT, durch)
    fuer = vertretung.fuer(durch, RECHTE[Handelnde.LEITUNG], vieraugen.vorschlagende(vorschlag))
    vieraugen.pruefe_zweite_person(vorschlag, durch=durch, fuer=fuer)
    return fuer


def genehmige(vorschlag: Abschluss, *, durch: Konto, um: datetime, gesehen: int) -> None:
    """End the case. Raises SchrittNichtMoeglich where somebody owes something (again)."""
    fuer = _leitung(vorschlag, durch)
    with transaction.atomic():
        jetzt = sperre(vorschlag.antrag)
        if jetzt.version != gesehen:
            raise ueberholt(jetzt)
        _verlange_fertig(jetzt)
        vieraugen.genehmige(vorschlag, durch=durch, um=um, fuer=fuer)
        gehe(
            jetzt, "abschliessen", durch=durch, um=um, gesehen=gesehen, beendet_um=um,
            beteiligt=vieraugen.vorschlagende(vorschlag),
        )  # fmt: skip
        _schreibe(vorlagen.ABGESCHLOSSEN, beteiligte(jetzt.kommune), jetzt)


def lehne_ab(vorschlag: Abschluss, grund: str, *, durch: Konto, um: datetime) -> None:
    """Not yet: the reason is in the log, and who proposed it is told."""
    fuer = _leitung(vorschlag, durch)
    with transaction.atomic():
        vieraugen.lehne_ab(vorschlag, durch=durch, um=um, grund=grund, fuer=fuer)
        _schreibe(vorlagen.ABSCHLUSS_ABGELEHNT, [vorschlag.vorgeschlagen_von], vorschlag.antrag)


def ziehe_zurueck(vorschlag: Abschluss, *, durch: Konto, um: datetime) -> None:
    vieraugen.ziehe_zurueck(vorschlag, durch=durch, um=um)


def _schreibe(vorlage, konten, antrag):
    for konto in konten:
        stelle_ein(vorlage, an=konto, gegenstand=antrag, angaben=angaben_zu(antrag))
