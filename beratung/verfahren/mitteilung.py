"""Mails about an engagement: which Kommunen it is, never who takes part or what is written."""

from __future__ import annotations

from asskomm.konten.models import Konto
from asskomm.post.verfahren import stelle_ein
from asskomm.post.vorlagen import Vorlage

from ..begleitung.rahmen import namen
from ..models import Einsatzrolle, Mandat
from .begleitung import erreichbare_ansprechperson


def schreibe(vorlage: Vorlage, an: Konto | str, mandat: Mandat, **weiteres: str | int) -> None:
    """To an account that can sign in, or to the bare address of an office."""
    if isinstance(an, Konto) and not an.is_active:
        return
    angaben = {"kommunen": namen(mandat), "mandat": str(mandat.pk), **weiteres}
    stelle_ein(vorlage, an=an, gegenstand=mandat, angaben=angaben)


def schreibe_ansprechperson(vorlage: Vorlage, mandat: Mandat, **weiteres: str | int) -> bool:
    """False where nobody is there to write to: that is a task for the coordinators."""
    konto = erreichbare_ansprechperson(mandat)
    if konto:
        schreibe(vorlage, konto, mandat, **weiteres)
    return konto is not None


def schreibe_coach(vorlage: Vorlage, mandat: Mandat) -> None:
    """To the coach who leads the engagement."""
    leitend = mandat.einsaetze.laufend().filter(rolle=Einsatzrolle.COACH)
    for einsatz in leitend.select_related("coach__konto"):
        schreibe(vorlage, einsatz.coach.konto, mandat)
