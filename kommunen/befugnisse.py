"""Who may do what for a Kommune: the one place that answers it.

What the LPR may do stands in `asskomm.konten.rollen`. Pages ask with `@verlangt`, lists and
records with `kommunen_von` and each model's `sichtbar_fuer`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404

from asskomm.konten import zweitfaktor
from asskomm.konten.eingaben import bewahrt_eingaben
from asskomm.konten.models import Konto

from .models import Bestellung, Kommune, KommuneQuerySet, Mitgliedschaft, Rolle


class Befugnis(Enum):
    """What can be done for a Kommune, with the roles that may."""

    LESEN = tuple(Rolle)
    BEARBEITEN = (Rolle.BEARBEITUNG,)
    ZEICHNEN = (Rolle.ZEICHNUNG,)
    MITGLIEDER_VERWALTEN = (Rolle.VERWALTUNG,)


# The same for people who choose a role.
ERKLAERUNG = {
    Rolle.VERWALTUNG: "lädt Mitglieder ein, ändert und beendet deren Rollen",
    Rolle.BEARBEITUNG: "bereitet Anträge und Nachweise vor",
    Rolle.ZEICHNUNG: "gibt für die Kommune verbindliche Erklärungen ab",
    Rolle.LESEN: "sieht alles, ändert nichts",
}

# Whoever signs or gives access needs a second factor (F63).
MIT_ZWEITFAKTOR = (Rolle.ZEICHNUNG, Rolle.VERWALTUNG)


def braucht_zweitfaktor(konto: Konto) -> bool:
    return any(rolle in MIT_ZWEITFAKTOR for z in gemerkte_zugaenge(konto) for rolle in z.rollen)


zweitfaktor.verlange(braucht_zweitfaktor)


def kommunen_von(konto: Konto, befugnis: Befugnis = Befugnis.LESEN) -> KommuneQuerySet:
    """The Kommunen for which `konto` may do this now, each once, by name."""
    aktiv = Mitgliedschaft.objects.aktiv().filter(konto=konto, rolle__in=befugnis.value)
    return Kommune.objects.filter(pk__in=aktiv.values("kommune"))


def darf(konto: Konto, befugnis: Befugnis, kommune: Kommune) -> bool:
    return kommunen_von(konto, befugnis).filter(pk=kommune.pk).exists()


def konten_mit(befugnis: Befugnis, kommune: Kommune) -> list[Konto]:
    """Everybody who may do this for the Kommune now, each once."""
    aktiv = Mitgliedschaft.objects.aktiv().filter(kommune=kommune, rolle__in=befugnis.value)
    return list(Konto.objects.filter(pk__in=aktiv.values("konto")).order_by("pk"))


@dataclass(frozen=True)
class Zugang:
    """What one person may do for one Kommune, as it was when the request began."""

    konto: Konto
    kommune: Kommune
    rollen: tuple[Rolle, ...]
    andere: tuple[Kommune, ...]  # for which the person may act as well
    _antworten: dict = field(default_factory=dict, init=False, repr=False, compare=False)

    def einmal(self, frage: Callable[[Kommune], Any]) -> Any:
        """What `frage` finds for the Kommune, read once for all parts of the page."""
        if frage not in self._antworten:
            self._antworten[frage] = frage(self.kommune)
        return self._antworten[frage]

    def darf(self, befugnis: Befugnis) -> bool:
        return any(rolle in befugnis.value for rolle in self.rollen)


def zugaenge(konto: Konto) -> list[Zugang]:
    """The access of `konto` to each of their Kommunen, by name."""
    rollen: dict[Kommune, set[str]] = {}
    aktiv = Mitgliedschaft.objects.aktiv().filter(konto=konto)
    for mitgliedschaft in aktiv.select_related("kommune__kreis").order_by("kommune__sortiername"):
        rollen.setdefault(mitgliedschaft.kommune, set()).add(mitgliedschaft.rolle)
    return [
        Zugang(
            konto,
            kommune,
            tuple(rolle for rolle in Rolle if rolle in hier),
            tuple(andere for andere in rollen if andere != kommune),
        )
        for kommune, hier in rollen.items()
    ]


def gemerkte_zugaenge(konto: Konto) -> list[Zugang]:
    """Asked once for an account that is at hand: the rule of the second factor and the page."""
    if not hasattr(konto, "_zugaenge"):
        konto._zugaenge = zugaenge(konto)
    return konto._zugaenge


def verlangt(befugnis: Befugnis):
    """For views of one Kommune: `kennung` in the address becomes the argument `kommune`.

    Anonymous people go to the login and find what they typed again (konten.eingaben), a foreign
    Kommune is a 404 like an absent one, and a member without the right gets a 403.
    `request.zugang` tells what else the person may do.
    """

    def fuer(view):
        @wraps(view)
        @bewahrt_eingaben
        def geprueft(request, kennung, **argumente):
            meine = gemerkte_zugaenge(request.user)
            zugang = next((z for z in meine if z.kommune.kennung == kennung), None)
            if zugang is None:
                raise Http404
            if not zugang.darf(befugnis):
                raise PermissionDenied
            request.zugang = zugang
            return view(request, kommune=zugang.kommune, **argumente)

        geprueft.befugnis = befugnis
        return geprueft

    return fuer


def kommunen_ohne_verwaltung(am: date) -> KommuneQuerySet:
    """Kommunen that exist on the day `am` and have or had members, but nobody to invite any.

    An invitation for the role that can still be accepted that day counts as somebody, and so
    does a Bestellung that waits for the second person of the LPR.
    """
    verwaltung = Mitgliedschaft.objects.filter(rolle=Rolle.VERWALTUNG)
    eingeladen = verwaltung.laufend().filter(
        einladung__angenommen_um__isnull=True, einladung__gueltig_bis__date__gte=am
    )
    return (
        Kommune.objects.gueltig(am)
        .filter(
            Q(pk__in=Mitgliedschaft.objects.values("kommune"))
            | Q(pk__in=Bestellung.objects.genehmigt().values("kommune"))
        )
        .exclude(pk__in=verwaltung.aktiv().values("kommune"))
        .exclude(pk__in=eingeladen.values("kommune"))
        .exclude(pk__in=Bestellung.objects.offen().values("kommune"))
    )
