"""The datasets of the councils and of the agreements."""

from __future__ import annotations

from kommunen.models import Kooperationsvereinbarung, Praeventionsrat, Ratszustand
from kommunen.zeitangabe import LetzterTag

from ..kommunen.raete import Ratsansicht, raete_am
from .datensatz import Datensatz, voll
from .gemeinsam import BEISPIELDATEN, KOMMUNEN_SPALTEN, MIT_KOMMUNEN, QUELLE, STAND
from .spalten import Spalte, Typ

Art = Kooperationsvereinbarung.Art


def _vereinbarungen(am):
    """Signed by the end of the day `am`; those that have ended stay, with their end."""
    return (
        Kooperationsvereinbarung.objects.oeffentlich()
        .filter(unterzeichnet_am__letzter_tag__lte=am)
        .select_related("polizeidirektion")
        .prefetch_related(MIT_KOMMUNEN)
        .order_by(LetzterTag("unterzeichnet_am"), "pk")
    )


def _beendet_am(vereinbarung, am):
    """The end, once it has come: one that lies ahead was not known by every earlier day."""
    ende = vereinbarung.ende_am
    return ende if ende and ende.letzter_tag <= am else None


RAETE = Datensatz(
    kennung="praeventionsraete",
    titel="Kommunale Präventionsräte",
    beschreibung=(
        "Die kommunalen Präventionsräte in Sachsen mit ihren Kommunen und dem Zustand, in dem sie "
        "am Stichtag waren."
    ),
    spalten=(
        Spalte("nummer", Typ.GANZE_ZAHL, "Nummer des Präventionsrats im Portal.",
               lambda rat, am: rat.pk),
        Spalte("name", Typ.TEXT, "Name des Präventionsrats.", lambda rat, am: rat.name),
        *KOMMUNEN_SPALTEN,
        Spalte("entstehung", Typ.TEXT,
               "konstituiert oder reaktiviert: Ein früheres Gremium arbeitet wieder.",
               lambda rat, am: rat.get_entstehung_display()),
        Spalte("zustand", Typ.TEXT,
               "Zustand am Stichtag: "
               + ", ".join(str(name) for name in Ratszustand.Zustand.labels)
               + ".",
               lambda rat, am: Ratsansicht(rat).zustand_titel),
        Spalte("zustand_seit", Typ.DATUM, "Seit wann er in diesem Zustand ist.",
               lambda rat, am: rat.zustand_seit),
        BEISPIELDATEN,
        STAND,
        QUELLE,
        Spalte("adresse", Typ.ADRESSE, "Seite des Präventionsrats in diesem Portal.",
               lambda rat, am: voll(rat.get_absolute_url())),
    ),
    saetze=lambda am: raete_am(am).filter(zustand__isnull=False),
    modelle=(Praeventionsrat, Ratszustand),
    themen=("GOVE", "JUST"),
    schlagworte=("Präventionsrat", "Kriminalprävention", "Kommunen", "ASSKomm"),
    hinweise=(
        "Räte, zu deren Zustand am Stichtag nichts veröffentlicht war, sind nicht enthalten.",
        "Kontaktdaten stehen auf der Seite des Präventionsrats.",
    ),
)  # fmt: skip

VEREINBARUNGEN = Datensatz(
    kennung="vereinbarungen",
    titel="Kooperationsvereinbarungen",
    beschreibung=(
        "Die Kooperationsvereinbarungen und Vorvereinbarungen zwischen Kommunen, "
        "Landespräventionsrat und Polizei, die bis zum Stichtag unterzeichnet waren."
    ),
    spalten=(
        Spalte("nummer", Typ.GANZE_ZAHL, "Nummer der Vereinbarung im Portal.",
               lambda v, am: v.pk),
        Spalte("art", Typ.TEXT,
               f"{Art.VEREINBARUNG.label} oder {Art.VORVEREINBARUNG.label}.",
               lambda v, am: v.get_art_display()),
        Spalte("laufende_nummer", Typ.GANZE_ZAHL, "Veröffentlichte laufende Nummer, wenn bekannt.",
               lambda v, am: v.laufende_nummer),
        Spalte("bezeichnung", Typ.TEXT, "Name eines Bündnisses, das gemeinsam unterzeichnet hat.",
               lambda v, am: v.bezeichnung),
        *KOMMUNEN_SPALTEN,
        Spalte("unterzeichnet_am", Typ.DATUM, "Datum der Unterzeichnung.",
               lambda v, am: v.unterzeichnet_am),
        Spalte("form", Typ.TEXT, "Wie unterzeichnet wurde, wenn bekannt.",
               lambda v, am: v.get_form_display()),
        Spalte("polizeidirektion", Typ.TEXT, "Beteiligte Polizeidirektion, wenn bekannt.",
               lambda v, am: v.polizeidirektion and v.polizeidirektion.name),
        Spalte("beendet_am", Typ.DATUM, "Ende der Vereinbarung, wenn sie am Stichtag beendet war.",
               _beendet_am),
        BEISPIELDATEN,
        STAND,
        QUELLE,
    ),
    saetze=_vereinbarungen,
    modelle=(Kooperationsvereinbarung,),
    themen=("GOVE", "JUST"),
    schlagworte=("Kooperationsvereinbarung", "Kriminalprävention", "Kommunen", "ASSKomm"),
    hinweise=(
        "Eine gemeinsame Vereinbarung mehrerer Kommunen steht in einer Zeile und zählt einmal.",
    ),
)  # fmt: skip
