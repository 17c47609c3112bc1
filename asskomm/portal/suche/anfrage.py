"""What a person searches for, cleaned and made into conditions for the database."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection
from django.db.models import Case, F, Q, Value, When

from asskomm.texteingabe import einzeilig
from kommunen.faltung import Falte, falte
from kommunen.models import Kommune
from kommunen.suchvektor import KONFIGURATION, NAME, suchworte

HOECHSTENS_ZEICHEN = 200
HOECHSTENS_WORTE = 10
# Shorter ones occur in nearly every name and text, so they must stand there as they are.
ANFANG_AB_BUCHSTABEN = 3
# Little words that PostgreSQL leaves out in their own spelling; it gets them folded.
KLEINE_WORTE = ("fur", "uber", "konnen", "konnte", "wahrend", "wurde", "wurden")
WORTE_IM_NAMEN = 3
ANFUEHRUNGSZEICHEN = re.compile('["„“”‟‚‘’‛«»‹›]')


@dataclass(frozen=True)
class Suchanfrage:
    """`text` as it is shown again, `worte` folded and without those too common to search for."""

    text: str
    gekuerzt: bool
    worte: tuple[str, ...]

    @classmethod
    def lies(cls, eingabe: str) -> Suchanfrage:
        """Read what was typed: one line in NFC, no control characters, at most 200 letters."""
        text = einzeilig(eingabe)
        gekuerzt = text[:HOECHSTENS_ZEICHEN].strip()
        return cls(gekuerzt, gekuerzt != text, _bedeutsame_worte(gekuerzt))

    def kommunen(self):
        """Kommunen by name or postcode, the best first; also those that no longer exist.

        A Kommune is found when every word occurs in its names, or when its whole name stands
        somewhere in the search text ("Präventionsrat Bad Düben").
        """
        text = einzeilig(ANFUEHRUNGSZEICHEN.sub(" ", self.text))
        gefaltet = falte(text)
        ganze_namen = _wortfolgen(gefaltet)
        return (
            Kommune.objects.annotate(gefaltet=Falte("name"))
            .filter(
                Q(pk__in=Kommune.objects.namens_treffer(text).order_by().values("pk"))
                | Q(gefaltet__in=ganze_namen)
            )
            .order_by(
                Case(
                    When(gefaltet=gefaltet, then=Value(0)),
                    When(gefaltet__in=ganze_namen, then=Value(1)),
                    When(suchname__startswith=gefaltet, then=Value(2)),
                    default=Value(3),
                ),
                "sortiername",
                "pk",
            )
        )

    def finde(self, queryset, kommunen=""):
        """Records in whose text, or in whose Kommune's name, every word occurs; the best first.

        `kommunen` is the field that leads to the Kommune or Kommunen of a record.
        """
        if not self.worte:
            return queryset.none()
        for wort in self.worte:
            treffer = Q(**{NAME: _wort(wort, anfang=True)})
            if kommunen and len(wort) >= ANFANG_AB_BUCHSTABEN:
                treffer |= Q(pk__in=_mit_kommune(queryset.model, kommunen, wort))
            queryset = queryset.filter(treffer)
        genau, anfaenge = _worte(self.worte, anfang=False), _worte(self.worte, anfang=True)
        return queryset.order_by(
            SearchRank(F(NAME), genau).desc(),
            SearchRank(F(NAME), anfaenge).desc(),
            *queryset.model._meta.ordering,
        )


def _mit_kommune(modell, feld, wort):
    """Keys of the records of a Kommune in whose name a word begins with `wort`."""
    kommunen = Kommune.objects.annotate(gefaltet=Falte("name")).filter(gefaltet__regex=rf"\m{wort}")
    return modell.objects.filter(**{f"{feld}__in": kommunen.order_by()}).order_by().values("pk")


def _wort(wort, anfang):
    """One word for PostgreSQL; with `anfang` longer words that begin with it count as well.

    The word consists of letters and digits only, so nothing in it can be an operator.
    """
    zeichen = ":*" if anfang and len(wort) >= ANFANG_AB_BUCHSTABEN else ""
    return SearchQuery(f"'{wort}'{zeichen}", search_type="raw", config=KONFIGURATION)


def _worte(worte, anfang):
    alle = _wort(worte[0], anfang)
    for wort in worte[1:]:
        alle = alle & _wort(wort, anfang)
    return alle


def _bedeutsame_worte(text):
    """The words that say something; "der" and "für" would be in every text or in none."""
    worte = list(dict.fromkeys(suchworte(text)))
    worte = [wort for wort in worte if wort not in KLEINE_WORTE][:HOECHSTENS_WORTE]
    if not worte:
        return ()
    with connection.cursor() as zeiger:
        zeiger.execute(
            "SELECT wort FROM unnest(%s::text[]) WITH ORDINALITY AS eingabe (wort, nummer)"
            " WHERE numnode(plainto_tsquery(%s::regconfig, wort)) > 0 ORDER BY nummer",
            [worte, KONFIGURATION],
        )
        return tuple(wort for (wort,) in zeiger.fetchall())


def _wortfolgen(gefaltet):
    """Every one to three words in a row, as names of Kommunen are written."""
    worte = gefaltet.split()
    return [
        " ".join(worte[anfang : anfang + laenge])
        for laenge in range(1, WORTE_IM_NAMEN + 1)
        for anfang in range(len(worte) - laenge + 1)
    ]
