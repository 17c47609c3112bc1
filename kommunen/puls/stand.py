"""Which councils are to be confirmed, which are not yet, and what the public reads about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Exists, Max, OuterRef, QuerySet, Subquery

from asskomm.konten.models import Konto

from ..befugnisse import Befugnis
from ..models import Kommune, Mitgliedschaft, Praeventionsrat, Ratsbestaetigung, Ratszustand


def zu_bestaetigen(am: date) -> QuerySet[Praeventionsrat]:
    """What the public reads and what is not dissolved on the day `am`."""
    aufgeloest = Praeventionsrat.objects.im_zustand(Ratszustand.Zustand.AUFGELOEST, am)
    return Praeventionsrat.objects.oeffentlich().exclude(pk__in=aufgeloest.values("pk"))


def zustaendige(am: date) -> dict[int, list[Konto]]:
    """Who can confirm councils on the day `am`, by the key of the Kommune, which still exists."""
    gefunden = defaultdict(list)
    for mitgliedschaft in (
        _mit_zugang().filter(kommune__in=Kommune.objects.gueltig(am)).select_related("konto")
    ):
        gefunden[mitgliedschaft.kommune_id].append(mitgliedschaft.konto)
    return gefunden


def _mit_zugang():
    return (
        Mitgliedschaft.objects.aktiv().filter(rolle__in=Befugnis.BEARBEITEN.value).order_by("konto")
    )


# --- Of a round ------------------------------------------------------------------


def offene(am: date) -> QuerySet[Ratsbestaetigung]:
    """The question of a council that counts on the day `am`, as long as nobody has answered.

    That is the one of the last year in which it was taken in; an older one is overtaken.
    """
    spaeter = Ratsbestaetigung.objects.filter(rat=OuterRef("rat"), jahr__gt=OuterRef("jahr"))
    return (
        Ratsbestaetigung.objects.offen()
        .filter(rat__in=zu_bestaetigen(am).order_by().values("pk"), vorgemerkt_am__lte=am)
        .exclude(Exists(spaeter))
    )


def ohne_zugang(am: date) -> QuerySet[Ratsbestaetigung]:
    """Open ones that nobody from a Kommune can answer in the portal: somebody has to call."""
    return offene(am).exclude(Exists(_kommunen_mit_zugang(am)))


def nach_erinnerungen(am: date) -> QuerySet[Ratsbestaetigung]:
    """Open ones of which the public reads that they are not confirmed, though somebody could."""
    return offene(am).filter(Exists(_kommunen_mit_zugang(am)), offen_ab__lte=am)


def im_gang(am: date) -> QuerySet[Ratsbestaetigung]:
    """Open ones that are asked or reminded as planned."""
    return offene(am).filter(Exists(_kommunen_mit_zugang(am))).exclude(offen_ab__lte=am)


def _kommunen_mit_zugang(am):
    """Kommunen of the council of an outer row for which somebody can sign in."""
    return Praeventionsrat.kommunen.through.objects.filter(
        praeventionsrat=OuterRef("rat"),
        kommune__in=Kommune.objects.gueltig(am)
        .filter(pk__in=_mit_zugang().order_by().values("kommune"))
        .order_by()
        .values("pk"),
    )


# --- For the public --------------------------------------------------------------


def mit_bestaetigung(raete: QuerySet, am: date) -> QuerySet:
    """Councils with `bestaetigt_am` (a day or None) and `bestaetigung_fehlt`.

    It is missing from the day after the reminders were in vain until somebody confirms.
    """
    eigene = Ratsbestaetigung.objects.filter(rat=OuterRef("pk"))
    danach = Ratsbestaetigung.objects.bestaetigt().filter(
        rat=OuterRef("rat"), jahr__gte=OuterRef("jahr")
    )
    letzte = eigene.bestaetigt().filter(bestaetigt_am__lte=am).order_by().values("rat")
    return raete.annotate(
        bestaetigt_am=Subquery(letzte.annotate(tag=Max("bestaetigt_am")).values("tag")),
        bestaetigung_fehlt=Exists(eigene.offen().filter(~Exists(danach), offen_ab__lte=am)),
    )


# --- For a Kommune ---------------------------------------------------------------


def bestaetigungen(raete: Collection[Praeventionsrat]) -> dict[int, list[Ratsbestaetigung]]:
    """What is known of each council, by its key, the newest year first."""
    gefunden = defaultdict(list)
    zeilen = Ratsbestaetigung.objects.filter(rat__in=[rat.pk for rat in raete])
    for zeile in zeilen.select_related("kommune").order_by("-jahr"):
        gefunden[zeile.rat_id].append(zeile)
    return gefunden
