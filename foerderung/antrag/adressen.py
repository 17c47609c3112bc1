"""Where the pages of an application are, one after the other."""

from django.urls import reverse

from ..abschnitte import ABSCHNITTE, SCHRITTE
from ..models import Foerderantrag, Status
from ..verfahren.antragstellung import offene_abschnitte
from .angaben import FORMULARE

# Leads to a section with everything marked that is open there.
PRUEFEN = "pruefen"
SEITENFOLGE = tuple(
    schluessel
    for schritt in SCHRITTE
    for schluessel in (
        [art.schluessel for art in ABSCHNITTE if art.schritt == schritt.nummer]
        or [schritt.schluessel]
    )
)


class Abschnittswandler:
    """The sections that are typed into here; plan and documents have rooms of their own."""

    regex = "|".join(FORMULARE)

    def to_python(self, value):
        return value

    def to_url(self, value):
        if value not in FORMULARE:
            raise ValueError
        return value


def adresse(antrag: Foerderantrag, schluessel: str, ziel: str = "") -> str:
    """The page of a section or step; with `ziel` it marks what is open and leads to that control."""
    if schluessel in FORMULARE:
        wohin = reverse("foerderung:antrag-schritt", args=[antrag.pk, schluessel])
    else:
        wohin = reverse(f"foerderung:antrag-{schluessel}", args=[antrag.pk])
    return f"{wohin}?{PRUEFEN}=1#{ziel}" if ziel else wohin


def naechste_adresse(antrag: Foerderantrag, schluessel: str) -> str:
    """Where "Speichern und weiter" leads from this page, among what can be changed now."""
    danach = SEITENFOLGE[SEITENFOLGE.index(schluessel) + 1 :]
    if antrag.status == Status.NACHFORDERUNG:
        offen = offene_abschnitte(antrag)
        danach = [weiteres for weiteres in danach if weiteres in offen]
    return adresse(antrag, danach[0]) if danach else antrag.get_absolute_url()
