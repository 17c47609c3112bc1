"""The datasets of the figures: those computed here, and those that sources have printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.urls import reverse

from beratung.models import Beratung, Coaching, Sicherheitsanalyse
from foerderung.models import Zuwendung
from fortbildung.models import Durchgang, Teilnahme
from kommunen.models import Kooperationsvereinbarung, Modellkommune, Praeventionsrat, Ratszustand

from ..models import VeroeffentlichteZahl
from ..zahlen.kennzahlen import KENNZAHLEN, Kennzahl, werte
from ..zahlen.reihen import titel_der_reihe
from .datensatz import Datensatz, voll
from .gemeinsam import BEISPIELDATEN, QUELLE, STAND
from .spalten import Spalte, Typ


@dataclass(frozen=True)
class Reihenwert:
    """A figure on one day of its series."""

    kennzahl: Kennzahl
    stichtag: date
    wert: Decimal
    ist_mindestwert: bool

    @property
    def adresse(self) -> str:
        ziel = reverse("portal:kennzahl", args=[self.kennzahl.schluessel])
        return voll(f"{ziel}?stichtag={self.stichtag.isoformat()}")


def _reihenwerte(am) -> Iterator[Reihenwert]:
    """Every figure at the end of each year and on the day `am`."""
    anfragen = [(k, tag) for k in KENNZAHLEN.values() for tag in k.jahresenden(am)]
    ergebnisse = iter(werte(anfragen))
    for kennzahl in KENNZAHLEN.values():
        tage = kennzahl.jahresenden(am)
        for tag, mindestwert in zip(tage, kennzahl.mindestwerte(tage), strict=True):
            yield Reihenwert(kennzahl, tag, next(ergebnisse), mindestwert)


def _veroeffentlichte(am):
    zahlen = VeroeffentlichteZahl.objects.oeffentlich().filter(stichtag__letzter_tag__lte=am)
    return zahlen.order_by("reihe", "stichtag", "pk")


KENNZAHLENREIHEN = Datensatz(
    kennung="kennzahlen",
    titel="Kennzahlen des Programms",
    beschreibung=(
        "Die Zahlen des Programms ASSKomm, aus datierten Angaben berechnet: am Ende jedes Jahres "
        "und am Stichtag, mit Definition."
    ),
    spalten=(
        Spalte("kennzahl", Typ.TEXT, "Kennung der Kennzahl.",
               lambda r, am: r.kennzahl.schluessel),
        Spalte("titel", Typ.TEXT, "Was gezählt wird; bei Zahlen eines Jahres mit dem Jahr.",
               lambda r, am: r.kennzahl.titel_am(r.stichtag)),
        Spalte("stichtag", Typ.TAG, "Tag, an dessen Ende der Wert gilt.",
               lambda r, am: r.stichtag),
        Spalte("wert", Typ.DEZIMALZAHL, "Wert am Stichtag der Zeile.", lambda r, am: r.wert),
        Spalte("einheit", Typ.TEXT, "Einheit des Werts.", lambda r, am: r.kennzahl.einheit),
        Spalte("ist_mindestwert", Typ.JA_NEIN,
               "Ob der Wert höher sein kann, weil ein Betrag nicht veröffentlicht ist.",
               lambda r, am: r.ist_mindestwert),
        Spalte("ist_vorlaeufig", Typ.JA_NEIN,
               "Ob das Jahr, um das es geht, am Stichtag der Zeile noch nicht zu Ende war.",
               lambda r, am: r.kennzahl.ist_vorlaeufig(r.stichtag)),
        Spalte("definition", Typ.TEXT, "Wie der Wert zustande kommt.",
               lambda r, am: r.kennzahl.definition),
        Spalte("beispieldaten", Typ.JA_NEIN, "Ob erfundene Einträge mitgezählt sein können.",
               lambda r, am: settings.BEISPIELDATEN),
        STAND,
        Spalte("quelle", Typ.ADRESSE, "Die Liste hinter der Zahl in diesem Portal.",
               lambda r, am: r.adresse),
    ),
    saetze=_reihenwerte,
    modelle=(
        Beratung, Praeventionsrat, Ratszustand, Zuwendung, Coaching, Teilnahme, Durchgang,
        Modellkommune, Kooperationsvereinbarung, Sicherheitsanalyse,
    ),
    themen=("GOVE", "JUST"),
    schlagworte=("Kennzahlen", "Zeitreihe", "Kriminalprävention", "ASSKomm"),
    hinweise=(
        "Eine Kennzahl gilt für ihren Stichtag. Nennen Sie ihn mit.",
        "Werte verschiedener Kennzahlen haben verschiedene Definitionen und gehören nicht in "
        "dieselbe Reihe.",
    ),
)  # fmt: skip

VEROEFFENTLICHTE_ZAHLEN = Datensatz(
    kennung="veroeffentlichte-zahlen",
    titel="Veröffentlichte Zahlen zum Programm",
    beschreibung=(
        "Zahlen zum Programm ASSKomm, wie sie in Pressetexten und Berichten stehen, mit Wortlaut "
        "und Quelle."
    ),
    spalten=(
        Spalte("reihe", Typ.TEXT, "Kennung der Reihe. Eine Reihe hat eine Definition.",
               lambda z, am: z.reihe),
        Spalte("titel", Typ.TEXT, "Name der Reihe.", lambda z, am: titel_der_reihe(z.reihe)),
        Spalte("stichtag", Typ.DATUM, "Tag, Monat oder Jahr, für das die Quelle die Zahl nennt.",
               lambda z, am: z.stichtag),
        Spalte("wert", Typ.DEZIMALZAHL, "Wert, wie ihn die Quelle nennt.",
               lambda z, am: z.wert.normalize()),
        Spalte("einheit", Typ.TEXT, "Einheit des Werts.", lambda z, am: z.einheit),
        Spalte("ist_mindestwert", Typ.JA_NEIN, "Ob die Quelle von mehr als diesem Wert spricht.",
               lambda z, am: z.ist_mindestwert),
        Spalte("definition", Typ.TEXT, "Wortlaut und Bedeutung nach der Quelle.",
               lambda z, am: z.beschreibung),
        BEISPIELDATEN,
        STAND,
        QUELLE,
    ),
    saetze=_veroeffentlichte,
    modelle=(VeroeffentlichteZahl,),
    themen=("GOVE", "JUST"),
    schlagworte=("Zahlen", "Presse", "Kriminalprävention", "ASSKomm"),
    hinweise=(
        "Jede Reihe steht für sich. Zahlen verschiedener Reihen sind nicht vergleichbar.",
    ),
)  # fmt: skip
