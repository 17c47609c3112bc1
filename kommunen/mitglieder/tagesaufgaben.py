"""What happens by itself about members."""

from collections import defaultdict
from datetime import date, timedelta

from asskomm.post.models import Nachricht
from asskomm.post.tagesaufgaben import tagesaufgabe
from asskomm.post.verfahren import stelle_ein

from ..models import Kommune, Mitgliedschaft, Rolle
from . import vorlagen

# How long a Kommune is left in peace after a reminder.
ABSTAND = timedelta(days=30)


@tagesaufgabe("mitglieder.rollen_pruefen")
def erinnere_an_pruefung(heute: date) -> None:
    """Tell the Verwaltung when roles are due for review, and again while they stay due."""
    faellig = defaultdict(set)
    for kommune, konto in Mitgliedschaft.objects.zu_bestaetigen(heute).values_list(
        "kommune", "konto"
    ):
        faellig[kommune].add(konto)
    for kommune in Kommune.objects.filter(pk__in=faellig).exclude(pk__in=_erinnert(heute)):
        angaben = {
            "kommune": str(kommune),
            "kennung": kommune.kennung,
            "anzahl": len(faellig[kommune.pk]),
        }
        for mitgliedschaft in (
            Mitgliedschaft.objects.aktiv()
            .filter(kommune=kommune, rolle=Rolle.VERWALTUNG)
            .select_related("konto")
        ):
            stelle_ein(
                vorlagen.ROLLEN_PRUEFEN,
                an=mitgliedschaft.konto,
                gegenstand=kommune,
                angaben=angaben,
            )


def _erinnert(heute):
    """Numbers of the Kommunen that had this mail less than 30 days ago."""
    letzte = Nachricht.objects.filter(
        vorlage=vorlagen.ROLLEN_PRUEFEN.schluessel,
        eingestellt_um__date__gt=heute - ABSTAND,
    )
    return [int(nummer) for nummer in letzte.values_list("gegenstand_nummer", flat=True)]
