"""Invented payouts of running cases, through the real steps: some paid, one for each who has to act."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import ROUND_DOWN, Decimal

from django.utils import timezone

from foerderung.auszahlung.rueckmeldung import Lesung, Zahlung
from foerderung.models import (
    Auszahlung,
    Bankverbindung,
    Foerderantrag,
    Status,
    Zahlungsdatei,
    Zahlungsrueckmeldung,
)
from foerderung.verfahren import auszahlung, auszahlungspruefung, bankverbindung, zahlung
from foerderung.verfahren.auszahlung import Grundlage, Verfahren
from kommunen.abgleich import Bericht
from kommunen.models import Kommune, Rolle

from .gemeinsam import HAUSHALT, konto_mit, ohne_mails, zur_stunde
from .personen import Personen

# An account of the examples of the Bundesbank; it belongs to nobody.
IBAN = "DE02120300000000202051"
BIC = "BYLADEM1001"
# How far the second payout of each running case gets, one after the other.
STAENDE = ("angefordert", "geprueft", "genehmigt", "freigegeben", "angeordnet")
ANTEILE = (Decimal("0.4"), Decimal("0.2"))


def lade(bericht: Bericht, um: datetime) -> None:
    """Pay to every running case that has no payout yet; the cases exist. Nothing is mailed."""
    posten = bericht.zu(Auszahlung)
    antraege = Foerderantrag.objects.beispiele().filter(status=Status.IN_DURCHFUEHRUNG)
    faelle = list(antraege.select_related("kommune", "regelwerk").order_by("nummer"))
    personen = Personen({antrag.kommune.kennung for antrag in faelle})
    offene = iter(STAENDE)
    for antrag in faelle:
        if antrag.auszahlungen.exists():
            posten.unveraendert += 1
            continue
        stand = auszahlung.grundlage(antrag)
        if stand is None or stand.verfahren != Verfahren.ABRUF:
            continue
        with ohne_mails():
            spiel = _Spiel(antrag, stand, personen, um)
            posten.hinzugefuegt += spiel.spiele(offene)


class _Spiel:
    """The payouts of one case."""

    def __init__(self, antrag: Foerderantrag, stand: Grundlage, personen: Personen, um: datetime):
        self.antrag, self.stand, self.jetzt = antrag, stand, um
        self.sachbearbeitung, self.leitung = personen.sachbearbeitung, personen.leitung
        self.haushalt = konto_mit(HAUSHALT)
        kommune = antrag.kommune
        self.bearbeitung = personen.mit(Rolle.BEARBEITUNG, kommune, um)
        self.zeichnung = personen.mit(Rolle.ZEICHNUNG, kommune, um)

    def spiele(self, offene: Iterator[str]) -> int:
        """One that is paid in spring, and where the period still runs one that is on its way."""
        heute = timezone.localdate(self.jetzt)
        fruehling = self.stand.von + timedelta(days=60)
        if fruehling + timedelta(days=20) > heute:
            return 0
        self._richte_bank_ein(self.antrag.kommune, fruehling - timedelta(days=20))
        self._gehe(ANTEILE[0], fruehling, "gezahlt")
        vor_kurzem = heute - timedelta(days=6)
        if vor_kurzem + timedelta(days=20) > self.stand.bis:
            return 1
        if (ziel := next(offene, None)) is None:
            return 1
        self._gehe(ANTEILE[1], vor_kurzem, ziel)
        return 2

    def _richte_bank_ein(self, kommune: Kommune, am: date) -> None:
        if Bankverbindung.objects.nutzbar(am + timedelta(days=15)).filter(kommune=kommune).exists():
            return
        neu = bankverbindung.trage_ein(
            kommune,
            kontoinhaber=f"Kasse {kommune.name}",
            iban=IBAN,
            bic=BIC,
            durch=self.bearbeitung,
            um=zur_stunde(am, 9),
            marke=uuid.uuid4(),
        )
        bankverbindung.bestaetige(neu, durch=self.zeichnung, um=zur_stunde(am, 11))

    def _gehe(self, anteil: Decimal, am: date, ziel: str) -> None:
        """Ask for that part of the grant on the day `am`, then a step a day until `ziel`."""
        ganz = self.stand.bewilligt * anteil * 100 / self.stand.foerdersatz
        eine = auszahlung.fordere_an(
            self.antrag,
            durch=self.zeichnung,
            um=zur_stunde(am, 10),
            marke=uuid.uuid5(self.antrag.marke, f"auszahlung-{anteil}"),
            ausgaben=ganz.quantize(Decimal(100), ROUND_DOWN),
            bedarf_bis=am + timedelta(days=20),
            erlaeuterung="Gehälter und Honorare der nächsten Wochen.",
        )
        for tage, name in enumerate(("geprueft", "genehmigt", "freigegeben"), start=1):
            if eine.stand == ziel:
                return
            eine = self._entscheide(eine, name, zur_stunde(am + timedelta(days=tage), 11))
        if ziel == "freigegeben":
            return
        datei = zahlung.ordne_an(
            [eine.pk],
            durch=self.haushalt,
            um=zur_stunde(am + timedelta(days=4), 12),
            marke=uuid.uuid5(eine.marke, "zahlungsdatei"),
        )
        if ziel == "gezahlt":
            wertstellung = am + timedelta(days=7)
            zeile = Zahlung(2, eine.referenz, eine.gilt_euro, wertstellung)
            zahlung.lies_ein(
                Lesung(datei.pruefsumme, (zeile,), ()),
                f"rueckmeldung-{datei.nummer}.csv",
                durch=self.haushalt,
                um=zur_stunde(wertstellung + timedelta(days=1), 9),
            )

    def _entscheide(self, eine: Auszahlung, name: str, um: datetime) -> Auszahlung:
        gesehen = {"um": um, "gesehen": eine.version}
        if name == "geprueft":
            auszahlungspruefung.pruefe(
                eine, anerkannt=eine.ausgaben_euro, durch=self.sachbearbeitung, **gesehen
            )
        elif name == "genehmigt":
            auszahlungspruefung.genehmige(eine, durch=self.leitung, **gesehen)
        else:
            auszahlungspruefung.gib_frei(eine, durch=self.haushalt, **gesehen)
        return Auszahlung.objects.select_related("antrag__kommune").get(pk=eine.pk)


def entferne() -> None:
    """What remains of the invented payments once their cases are gone."""
    Zahlungsdatei.objects.filter(ist_beispiel=True, auszahlungen__isnull=True).delete()
    Zahlungsrueckmeldung.objects.filter(
        zeilen__isnull=True, eingelesen_von__ist_beispiel=True
    ).delete()
    Bankverbindung.objects.filter(
        vorgeschlagen_von__ist_beispiel=True, auszahlungen__isnull=True
    ).delete()
