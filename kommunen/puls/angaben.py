"""What a Kommune is asked to confirm about a council: as it is, and as it wants it to be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from asskomm.mailadresse import normalform
from asskomm.texteingabe import UMBRUCH
from asskomm.verlauf import Auswahl, neueste_nummern

from ..models import Gremium, Praeventionsrat, Ratskorrektur, Ratsmitglied, Ratszustand

# A Kommune changes these itself; the rest is a Ratskorrektur that the LPR decides.
KONTAKT = ("kontakt_stelle", "kontakt_anschrift", "kontakt_email", "kontakt_telefon", "webseite")
VORSITZ = ("vorsitz_funktion", "vorsitz_institution")


@dataclass(frozen=True)
class Ratsangaben:
    """A council at one moment, with the correction that waits, if one does.

    `gesehen` names all of it: it changes with every change of what the page shows.
    """

    rat: Praeventionsrat
    zustand: Ratszustand | None
    vorsitzende: tuple[Ratsmitglied, ...]
    korrektur: Ratskorrektur | None
    gesehen: str

    @property
    def nennt_vorsitz(self) -> bool:
        """Whether a form can ask for the chair: two or more would not fit into its fields."""
        return len(self.vorsitzende) < 2

    @property
    def ist(self) -> dict[str, Any]:
        """The record, by field of the form and in the spelling that a form gives back."""
        rat, zustand = self.rat, self.zustand
        vorsitz = self.vorsitzende[0] if len(self.vorsitzende) == 1 else None
        return {
            "name": rat.name.strip(),
            "entstehung": rat.entstehung,
            "zustand": zustand.zustand if zustand else "",
            "zustand_seit": zustand.von if zustand else None,
            "vorsitz_funktion": vorsitz.funktion.strip() if vorsitz else "",
            "vorsitz_institution": vorsitz.institution.strip() if vorsitz else "",
            "hinweis": "",
            "kontakt_stelle": UMBRUCH.sub(" ", rat.kontakt_stelle.strip()),
            "kontakt_anschrift": rat.kontakt_anschrift.strip(),
            "kontakt_email": normalform(rat.kontakt_email),
            "kontakt_telefon": rat.kontakt_telefon.strip(),
            "webseite": rat.webseite.strip(),
        }

    @property
    def gewuenscht(self) -> dict[str, Any]:
        """The record with what the waiting correction asks for: what the form begins with."""
        if self.korrektur is None:
            return self.ist
        gewuenscht = {
            feld: wert
            for feld in Ratskorrektur.FELDER
            if (wert := getattr(self.korrektur, feld)) not in ("", None)
        }
        if self.korrektur.zustand:  # "in Gründung" needs no day
            gewuenscht["zustand_seit"] = self.korrektur.zustand_seit
        return {**self.ist, **gewuenscht}


def lies(rat: Praeventionsrat) -> Ratsangaben:
    """The council as it is stored now."""
    korrektur = rat.korrekturen.offen().first()
    nummern = neueste_nummern(
        [
            Auswahl(Praeventionsrat, Q(id=rat.pk)),
            *(Auswahl(modell, Q(rat_id=rat.pk)) for modell in (Ratszustand, Ratsmitglied, Gremium)),
        ]
    )
    return Ratsangaben(
        rat=rat,
        zustand=rat.zustaende.filter(bis__isnull=True).first(),
        vorsitzende=tuple(rat.mitglieder.filter(vorsitz=True)),
        korrektur=korrektur,
        gesehen="-".join(map(str, [*nummern, korrektur.pk if korrektur else 0])),
    )


def bisher(korrektur: Ratskorrektur) -> str:
    """In words what the record says about that which the correction asks for.

    For one that is decided: what it said before the decision.
    """
    if korrektur.ergebnis != Ratskorrektur.Ergebnis.OFFEN:
        return korrektur.vorher
    stand = lies(korrektur.rat)
    zustand = stand.zustand
    worte = {
        "Name": korrektur.rat.name,
        "Entstehung": korrektur.rat.get_entstehung_display(),
        "Zustand": str(zustand) if zustand else "",
        "Vorsitz": "; ".join(map(str, stand.vorsitzende)),
    }
    genannt = [titel for titel, _ in korrektur.angaben if titel in worte]
    return "; ".join(f"{titel}: {worte[titel] or '–'}" for titel in genannt)
