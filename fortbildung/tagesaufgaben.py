"""What happens by itself about courses, once a day."""

from datetime import date

from django.utils import timezone

from asskomm.post.tagesaufgaben import tagesaufgabe

from .models import Bedarf
from .verfahren.anmeldung import unbestaetigte
from .verfahren.befragung import frage


@tagesaufgabe("fortbildung.aufraeumen")
def raeume_auf(heute: date) -> None:
    """Delete registrations that nobody confirmed, and needs once the last day is over (F40)."""
    unbestaetigte(timezone.now()).delete()
    Bedarf.objects.exclude(anmeldung__durchgang__kurstage__tag__gte=heute).delete()


@tagesaufgabe("fortbildung.befragung")
def frage_nach(heute: date) -> None:
    """Ask about the modules that are over."""
    frage(heute)
