"""The dataset of the courses. Who took part is not in it."""

from __future__ import annotations

from django.db.models import Count

from fortbildung.models import Durchgang, Kurstag, Lehrgang

from .datensatz import Datensatz, voll
from .gemeinsam import BEISPIELDATEN, QUELLE, STAND
from .spalten import Spalte, Typ


def _saetze(am):
    return (
        Durchgang.objects.oeffentlich()
        .bekannt(am)
        .select_related("lehrgang")
        .annotate(tage=Count("kurstage"))
        .order_by("beginn", "pk")
    )


LEHRGAENGE = Datensatz(
    kennung="lehrgaenge",
    titel="Lehrgänge zur Kriminalprävention",
    beschreibung=(
        "Die Durchgänge der Lehrgänge, die bis zum Stichtag begonnen haben oder für die man sich "
        "bis dahin anmelden konnte."
    ),
    spalten=(
        Spalte("nummer", Typ.GANZE_ZAHL, "Nummer des Durchgangs im Portal.", lambda d, am: d.pk),
        Spalte("lehrgang", Typ.TEXT, "Name des Lehrgangs.", lambda d, am: d.lehrgang.name),
        Spalte("abschluss", Typ.TEXT, "Abschluss, zu dem er führt.",
               lambda d, am: d.lehrgang.abschluss),
        Spalte("traeger", Typ.TEXT, "Träger des Lehrgangs.", lambda d, am: d.lehrgang.traeger),
        Spalte("durchgang", Typ.TEXT, "Bezeichnung des Durchgangs.", lambda d, am: d.bezeichnung),
        Spalte("beginn", Typ.DATUM, "Beginn des Durchgangs.", lambda d, am: d.beginn),
        Spalte("ende", Typ.DATUM, "Ende des Durchgangs, wenn bekannt.", lambda d, am: d.ende),
        Spalte("plaetze", Typ.GANZE_ZAHL, "Zahl der Plätze, wenn bekannt.",
               lambda d, am: d.plaetze),
        Spalte("anmeldung_ab", Typ.TAG, "Erster Tag der Anmeldung im Portal.",
               lambda d, am: d.anmeldung_ab),
        Spalte("anmeldung_bis", Typ.TAG, "Letzter Tag der Anmeldung im Portal.",
               lambda d, am: d.anmeldung_bis),
        Spalte("kurstage", Typ.GANZE_ZAHL, "Zahl der eingetragenen Kurstage.",
               lambda d, am: d.tage),
        BEISPIELDATEN,
        STAND,
        QUELLE,
        Spalte("adresse", Typ.ADRESSE,
               "Seite des Durchgangs; leer bei früheren ohne Anmeldung im Portal.",
               lambda d, am: voll(d.get_absolute_url()) if d.anmeldung_ab else None),
    ),
    saetze=_saetze,
    modelle=(Durchgang, Kurstag, Lehrgang),
    themen=("EDUC", "GOVE"),
    schlagworte=("Fortbildung", "Lehrgang", "Kriminalprävention", "ASSKomm"),
    hinweise=(
        "Träger, Plätze, Tage der Anmeldung und Kurstage sind die zuletzt eingetragenen, "
        "auch in Dateien früherer Stichtage.",
        "Freie Plätze ändern sich täglich und stehen auf der Seite des Durchgangs.",
    ),
)  # fmt: skip
