"""What happens by itself about accounts."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from asskomm.post.tagesaufgaben import tagesaufgabe

from . import verfahren

# So long a person can still be asked why they did not accept.
AUFBEWAHRT = timedelta(days=30)


@tagesaufgabe("konten.abgelaufene_einladungen")
def loesche_abgelaufene_einladungen(heute: date) -> None:
    """Delete invitations that ended 30 days ago or earlier, and accounts without any other."""
    ende = datetime.combine(heute - AUFBEWAHRT, time(), tzinfo=timezone.get_default_timezone())
    verfahren.loesche_abgelaufene(ende)
