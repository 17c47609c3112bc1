"""Every day: whether each ledger is what bookings, awards and payouts add up to (F20)."""

from datetime import date

from asskomm.konten.models import Konto
from asskomm.post.tagesaufgaben import tagesaufgabe
from asskomm.post.verfahren import stelle_ein

from .. import kasse
from ..befugnisse import RECHTE, Handelnde
from . import vorlagen


@tagesaufgabe("foerderung.foerderkonten")
def pruefe_foerderkonten(heute: date) -> None:
    """Tell Leitung and Haushalt as long as a ledger differs; which ones shows the page of payments."""
    anzahl = kasse.abweichende().count()
    if not anzahl:
        return
    rechte = [RECHTE[art].split(".")[1] for art in (Handelnde.LEITUNG, Handelnde.HAUSHALT)]
    konten = Konto.objects.personal().filter(
        groups__permissions__codename__in=rechte,
        groups__permissions__content_type__app_label="foerderung",
    )
    for konto in konten.distinct().order_by("pk"):
        stelle_ein(vorlagen.KONTEN_WEICHEN_AB, an=konto, angaben={"anzahl": anzahl})
