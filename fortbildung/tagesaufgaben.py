"""What happens by itself about courses, once a day."""

from datetime import date

from django.utils import timezone

from asskomm.post.tagesaufgaben import tagesaufgabe

from .models import Bedarf
from .verfahren.anmeldung import unbestaetigte


@tagesaufgabe("fortbildung.aufraeumen")
def raeume_auf(heute: date) -> None:
    """Delete registrations that nobody confirmed, and needs once the last day is over (F40)."""
    unbestaetigte(timezone.now()).delete()
    Bedarf.objects.exclude(anmeldung__durchgang__kurstage__tag__gte=heute).delete()
