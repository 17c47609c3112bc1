"""Which Kommunen a visitor asked for: the filters in the address, read and written in one place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Case, Q, Value, When
from django.http import QueryDict
from django.urls import reverse

from asskomm.formate import zahl
from asskomm.texteingabe import einzeilig
from kommunen.faltung import falte
from kommunen.models import GEMEINDEARTEN, Kommune, KommuneQuerySet, Kreis

from .bausteine import FILTERBAR, Baustein, beteiligt

SUCHTEXT_LAENGE = 100
ALLE = "alle"


@dataclass(frozen=True)
class Auswahl:
    """The filters in force. Without any, these are the Kommunen that take part.

    `suchtext` is a name, a part of one or the beginning of a postcode; it searches every
    existing Kommune, whether it takes part or not. `alle` lists every Gemeinde. `unbekannt` names
    the filters with a value that does not exist; they are left out and the page says so.
    """

    suchtext: str = ""
    kreis: Kreis | None = None
    bausteine: tuple[Baustein, ...] = ()
    alle: bool = False
    unbekannt: tuple[str, ...] = ()

    def kommunen(self, am: date) -> KommuneQuerySet:
        """The Kommunen of this selection that exist on the day `am`, in the order of the list."""
        kommunen = Kommune.objects.gueltig(am)
        if self.suchtext:
            kommunen = self._gesucht(kommunen, am)
        elif self.alle:
            kommunen = kommunen.filter(Q(art__in=GEMEINDEARTEN) | beteiligt(am))
        else:
            kommunen = kommunen.filter(beteiligt(am))
        if self.kreis:
            kommunen = kommunen.filter(kreis=self.kreis)
        for baustein in self.bausteine:
            kommunen = kommunen.filter(pk__in=baustein.kommunen(am))
        return kommunen

    def _gesucht(self, kommunen, am):
        """Hits by name or postcode; who looks for a merged Gemeinde finds its successor.

        Names that begin with the search text come first.
        """
        treffer = Kommune.objects.namens_treffer(self.suchtext)
        beginnt = Q(suchname__startswith=falte(self.suchtext))
        return kommunen.filter(
            Q(pk__in=treffer.order_by()) | Q(pk__in=list(self.aufgegangen(am)))
        ).order_by(Case(When(beginnt, then=Value(0)), default=Value(1)), "sortiername", "pk")

    def aufgegangen(self, am: date) -> dict[int, list[Kommune]]:
        """By their living successor's key the Kommunen meant by the search text that are no more."""
        if not self.suchtext:
            return {}
        treffer = Kommune.objects.namens_treffer(self.suchtext).erloschen(am)
        gruppen = {}
        for frueher in treffer.select_related("nachfolger").order_by("sortiername"):
            gruppen.setdefault(frueher.rechtsnachfolge(am).pk, []).append(frueher)
        return gruppen

    @property
    def umfasst_unbeteiligte(self) -> bool:
        return self.alle or bool(self.suchtext)

    @property
    def ist_postleitzahl(self) -> bool:
        return self.suchtext.isascii() and self.suchtext.isdigit()

    @property
    def url(self) -> str:
        return self._adresse("kommunen:liste")

    @property
    def csv_url(self) -> str:
        return self._adresse("kommunen:csv")

    def _adresse(self, name):
        parameter = QueryDict(mutable=True)
        if self.suchtext:
            parameter["q"] = self.suchtext
        if self.kreis:
            parameter["kreis"] = self.kreis.ags
        parameter.setlist("m", [baustein.schluessel for baustein in self.bausteine])
        if self.alle:
            parameter["umfang"] = ALLE
        anhang = parameter.urlencode()
        return f"{reverse(name)}?{anhang}" if anhang else reverse(name)

    def im_kreis(self, kreis: Kreis | None) -> Auswahl:
        return replace(self, kreis=kreis)

    @property
    def aktive_filter(self) -> list[dict]:
        """The filters in force, each with the address of the list without it."""
        filter_ = []
        if self.suchtext:
            filter_.append((f"„{self.suchtext}“", replace(self, suchtext="")))
        if self.kreis:
            filter_.append((self.kreis.name, self.im_kreis(None)))
        for baustein in self.bausteine:
            andere = tuple(b for b in self.bausteine if b is not baustein)
            filter_.append((baustein.titel, replace(self, bausteine=andere)))
        return [{"titel": titel, "url": auswahl.url} for titel, auswahl in filter_]

    def ueberschrift(self, anzahl: int) -> str:
        """E.g. "5 Kommunen im Landkreis Zwickau mit Präventionsrat und Coaching"."""
        teile = [f"{zahl(anzahl)} {'Kommune' if anzahl == 1 else 'Kommunen'}"]
        if self.suchtext:
            teile.append(f"zu „{self.suchtext}“")
        if self.kreis:
            teile.append(self.kreis.ortsangabe)
        elif self.alle and not self.suchtext:
            teile.append("in Sachsen")
        if self.bausteine:
            *vorne, letzter = [baustein.filtertitel for baustein in self.bausteine]
            teile.append("mit " + (f"{', '.join(vorne)} und {letzter}" if vorne else letzter))
        return " ".join(teile)


def lies_auswahl(parameter: QueryDict, kreise: dict[str, Kreis]) -> Auswahl:
    """Read the filters from the address; `kreise` by their key. Never fails."""
    unbekannt = []
    if (kreis_ags := parameter.get("kreis", "")) and kreis_ags not in kreise:
        unbekannt.append("Landkreis oder kreisfreie Stadt")
    schluessel = set(filter(None, parameter.getlist("m")))
    if schluessel - FILTERBAR.keys():
        unbekannt.append("Nur Kommunen mit")
    if (umfang := parameter.get("umfang", "")) not in ("", ALLE):
        unbekannt.append("Umfang")
    return Auswahl(
        suchtext=einzeilig(parameter.get("q", ""))[:SUCHTEXT_LAENGE].strip(),
        kreis=kreise.get(kreis_ags),
        bausteine=tuple(b for name, b in FILTERBAR.items() if name in schluessel),
        alle=umfang == ALLE,
        unbekannt=tuple(unbekannt),
    )
