"""The dataset of the grants."""

from __future__ import annotations

from foerderung.models import Zuwendung
from foerderung.projekte.auswahl import Projektauswahl

from .datensatz import Datensatz, voll
from .gemeinsam import BEISPIELDATEN, QUELLE, STAND
from .spalten import Spalte, Typ

JE_ABRUF = 1_000


def _saetze(am):
    """The rows of /projekte/ on that day, read in portions: their number has no bound."""
    zuwendungen = Projektauswahl().zuwendungen(am).select_related("kommune__kreis")
    return zuwendungen.iterator(chunk_size=JE_ABRUF)


def _kreis(zuwendung, am):
    kreis = zuwendung.kommune.kreis
    return kreis.name if kreis else None


ZUWENDUNGEN = Datensatz(
    kennung="zuwendungen",
    titel="Zuwendungen nach der Richtlinie Kommunale Prävention",
    beschreibung=(
        "Die veröffentlichten Zuwendungen an Kommunen nach der Richtlinie Kommunale Prävention, "
        "die am Stichtag galten. Empfänger sind immer Kommunen, nie Personen."
    ),
    spalten=(
        Spalte("nummer", Typ.GANZE_ZAHL, "Nummer der Zuwendung im Portal.", lambda z, am: z.pk),
        Spalte("empfaengerin", Typ.TEXT, "Kommune, die die Zuwendung erhält.",
               lambda z, am: z.kommune.name_eindeutig),
        Spalte("empfaengerin_kennung", Typ.TEXT, "Ihr AGS, bei Verbünden Schlüssel oder Kürzel.",
               lambda z, am: z.kommune.kennung),
        Spalte("kreis", Typ.TEXT, "Landkreis oder Kreisfreie Stadt.", _kreis),
        Spalte("vorhaben", Typ.TEXT, "Titel des Vorhabens.", lambda z, am: z.titel),
        Spalte("foerderjahr", Typ.GANZE_ZAHL, "Förderjahr.", lambda z, am: z.foerderjahr),
        Spalte("betrag_euro", Typ.DEZIMALZAHL,
               "Bewilligter Betrag in Euro. Leer, wenn ihn keine Quelle nennt.",
               lambda z, am: z.betrag_euro),
        Spalte("bewilligt_am", Typ.DATUM, "Datum der Bewilligung.", lambda z, am: z.bewilligt_am),
        Spalte("durchfuehrung_von", Typ.DATUM, "Beginn des Vorhabens, wenn bekannt.",
               lambda z, am: z.durchfuehrung_von),
        Spalte("durchfuehrung_bis", Typ.DATUM, "Ende des Vorhabens, wenn bekannt.",
               lambda z, am: z.durchfuehrung_bis),
        BEISPIELDATEN,
        STAND,
        QUELLE,
        Spalte("adresse", Typ.ADRESSE, "Seite der Kommune in diesem Portal.",
               lambda z, am: voll(z.kommune.get_absolute_url())),
    ),
    saetze=_saetze,
    modelle=(Zuwendung,),
    themen=("GOVE", "JUST", "ECON"),
    schlagworte=("Förderung", "Zuwendung", "Kriminalprävention", "Kommunen", "ASSKomm"),
    hinweise=(
        "Fehlt ein Betrag, ist jede Summe der Spalte betrag_euro ein Mindestwert.",
        "Nach einem Änderungsbescheid steht die Zuwendung mit dem neuen Betrag in der Datei, "
        "von dem Tag an, an dem er galt.",
    ),
)  # fmt: skip
