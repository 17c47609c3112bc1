"""What happens by itself about engagements, once a day."""

from datetime import date

from django.utils import timezone

from asskomm.post.tagesaufgaben import tagesaufgabe

from .models import Nachfrage
from .verfahren.abschluss import erinnere_an, frage_nach


@tagesaufgabe("beratung.wirkung")
def frage_nach_wirkungen(heute: date) -> None:
    """Ask what has come of engagements after 6 and 12 months, and remind once (F35)."""
    jetzt = timezone.now()
    offen = Nachfrage.objects.offen(heute).select_related("mandat")
    for nachfrage in offen.filter(gestellt_um__isnull=True).order_by("pk"):
        frage_nach(nachfrage, um=jetzt)
    for nachfrage in offen.filter(gestellt_um__isnull=False, erinnert_um=None).order_by("pk"):
        erinnere_an(nachfrage, um=jetzt)
