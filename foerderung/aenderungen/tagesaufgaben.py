"""What happens by itself about reported changes, every day."""

from datetime import date

from asskomm.post.tagesaufgaben import tagesaufgabe

from ..models import Aenderung
from ..verfahren.aenderung import erinnere


@tagesaufgabe("aenderung.liegt")
def erinnere_an_aenderungen(heute: date) -> None:
    """Reports that nobody has answered for too long, once each."""
    offene = Aenderung.objects.offen().filter(erinnert_am__isnull=True)
    for aenderung in offene.select_related("antrag__regelwerk"):
        erinnere(aenderung, heute)
