"""What happens by itself about attachments once a day."""

from datetime import date, datetime, time
from functools import partial

from django.db import transaction
from django.utils import timezone

from asskomm.post.tagesaufgaben import tagesaufgabe

from ..models import Anlage
from . import ablage
from .verfahren import BEDENKZEIT


@tagesaufgabe("anlagen.aufraeumen")
def raeume_auf(heute: date) -> None:
    """Delete what was removed more than 24 hours before the day began, and files without a row.

    What a signed version names stays. Files go after the commit: a row without its file would be
    worse than a file without its row, which goes the next day.
    """
    vor = timezone.make_aware(datetime.combine(heute, time())) - BEDENKZEIT
    entfernt = Anlage.objects.filter(entfernt_um__lt=vor)
    behalten = entfernt.in_fassung().values("pk")
    for anlage in entfernt.exclude(pk__in=behalten):
        anlage.delete()
        transaction.on_commit(partial(ablage.entferne, anlage.pfad))
    namen = list(ablage.dateien(aelter_als=vor))
    bekannt = set(Anlage.objects.filter(pfad__in=namen).values_list("pfad", flat=True))
    for name in namen:
        if name not in bekannt:
            transaction.on_commit(partial(ablage.entferne, name))
