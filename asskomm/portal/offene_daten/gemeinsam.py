"""Columns that records of several Kommunen share. Read such records with `MIT_KOMMUNEN`."""

from django.db.models import Prefetch

from kommunen.models import Kommune

from .spalten import Spalte, Typ

MIT_KOMMUNEN = Prefetch("kommunen", Kommune.objects.select_related("kreis"))


def _kreise(satz):
    return tuple({kommune.kreis.name: 0 for kommune in satz.kommunen.all() if kommune.kreis})


KOMMUNEN_SPALTEN = (
    Spalte("kommunen", Typ.LISTE, "Namen der Kommunen.",
           lambda satz, am: tuple(k.name_eindeutig for k in satz.kommunen.all())),
    Spalte("kommunen_kennungen", Typ.LISTE, "Ihre Kennungen in derselben Reihenfolge: AGS oder Schlüssel.",
           lambda satz, am: tuple(k.kennung for k in satz.kommunen.all())),
    Spalte("kreise", Typ.LISTE, "Landkreise und Kreisfreie Städte, in denen sie liegen.",
           lambda satz, am: _kreise(satz)),
)  # fmt: skip
BEISPIELDATEN = Spalte(
    "beispieldaten", Typ.JA_NEIN, "Ob der Eintrag erfunden ist.", lambda satz, am: satz.ist_beispiel
)
STAND = Spalte("stand", Typ.TAG, "Stichtag der Datei.", lambda satz, am: am)
QUELLE = Spalte("quelle", Typ.TEXT, "Wo die Angabe herkommt.", lambda satz, am: satz.quelle)
