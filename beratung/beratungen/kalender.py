"""The appointment of an advice as a calendar file."""

from django.urls import reverse

from asskomm import kalenderdatei

from ..models import Beratungsanfrage
from ..verfahren.beratungspost import ort_oder_zugang


def termin(anfrage: Beratungsanfrage) -> bytes:
    """One event. Moved, it keeps its UID: a calendar replaces the old one."""
    kommune = anfrage.kommune
    titel = f"Beratung durch den Landespräventionsrat: {kommune}"
    ereignis = kalenderdatei.ereignis(
        f"beratung-{anfrage.marke}",
        titel,
        beginn=anfrage.termin_um,
        ende=anfrage.termin_ende,
        stand=anfrage.geplant_um,
        ort=f"{anfrage.get_termin_form_display()}, {ort_oder_zugang(anfrage)}",
        adresse=reverse("beratung:beratungsanfrage", args=[kommune.kennung, anfrage.pk]),
        tatsache=anfrage,
    )
    ereignis.add("sequence", anfrage.version)
    return kalenderdatei.kalender(titel, [ereignis])
