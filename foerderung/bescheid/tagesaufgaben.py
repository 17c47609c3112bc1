"""What happens by itself about notices, every day."""

from datetime import date, datetime, time

from django.utils import timezone

from asskomm.post.tagesaufgaben import tagesaufgabe

from ..models import Bekanntgabe
from ..verfahren import bekanntgabe as verfahren


@tagesaufgabe("bescheid.bereitstellung_beenden")
def beende_bereitstellung(heute: date) -> None:
    """What nobody has fetched in time is for staff to post."""
    abgelaufen = Bekanntgabe.objects.filter(
        weg=Bekanntgabe.Weg.ABRUF, abgerufen_um__isnull=True, abrufbar_bis__lt=heute
    )
    for bekanntgabe in abgelaufen.select_related("bescheid__antrag__zustaendig"):
        verfahren.beende_bereitstellung(bekanntgabe, heute=heute)


@tagesaufgabe("bescheid.bestandskraft")
def stelle_bestandskraft_fest(heute: date) -> None:
    """Notices become final, and cases begin whose approved period begins."""
    um = timezone.make_aware(datetime.combine(heute, time.min))
    for bekanntgabe in verfahren.faellige_bestandskraft(heute).select_related(
        "bescheid__antrag", "bescheid__entscheidung"
    ):
        verfahren.werde_bestandskraeftig(bekanntgabe, um=um)
    for antrag in verfahren.vor_durchfuehrung():
        verfahren.beginne_durchfuehrung(antrag, um=um)
