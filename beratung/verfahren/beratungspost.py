"""The mails about advice: to those of the Kommune who prepare, and to the LPR office."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Model

from asskomm.formate import zeitpunkt as zeitpunkt_text
from asskomm.post.verfahren import stelle_ein
from asskomm.post.vorlagen import Vorlage
from kommunen.befugnisse import Befugnis, konten_mit
from kommunen.models import Kommune

from ..models import Beratungsanfrage

ZUGANG_FOLGT = "Zugang folgt per E-Mail"


def ort_oder_zugang(anfrage: Beratungsanfrage) -> str:
    """Where the advice is, or that the way in follows."""
    return anfrage.termin_ort or ZUGANG_FOLGT


def schreibe(vorlage: Vorlage, anfrage: Beratungsanfrage, **weiteres: str) -> None:
    """To the Kommune, about its request; with the appointment, if there is one."""
    angaben = {"nummer": anfrage.pk, **weiteres}
    if anfrage.termin_um:
        angaben = {
            "termin": zeitpunkt_text(anfrage.termin_um),
            "form": anfrage.get_termin_form_display(),
            "ort": ort_oder_zugang(anfrage),
            **angaben,
        }
    schreibe_der_kommune(vorlage, anfrage.kommune, anfrage, **angaben)


def schreibe_der_kommune(
    vorlage: Vorlage, kommune: Kommune, gegenstand: Model, **angaben: str | int
) -> None:
    """To everybody who prepares for the Kommune."""
    for konto in konten_mit(Befugnis.BEARBEITEN, kommune):
        stelle_ein(
            vorlage,
            an=konto,
            gegenstand=gegenstand,
            angaben={"kommune": str(kommune), "kennung": kommune.kennung, **angaben},
        )


def schreibe_dem_lpr(vorlage: Vorlage, anfrage: Beratungsanfrage) -> None:
    """To the mailbox of the office, where there is one."""
    if settings.LPR_POSTFACH:
        stelle_ein(
            vorlage,
            an=settings.LPR_POSTFACH,
            gegenstand=anfrage,
            angaben={"kommune": str(anfrage.kommune), "nummer": anfrage.pk},
        )
