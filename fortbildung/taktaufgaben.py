"""What cannot wait for the next day: offers that end, places that become free."""

from django.utils import timezone

from asskomm.post.taktaufgaben import taktaufgabe

from .verfahren import anmeldung as verfahren


@taktaufgabe("fortbildung.plaetze")
def vergib_freie_plaetze(weiter) -> None:
    """End offers that nobody took in time, then offer what is free to those who wait."""
    um = timezone.now()
    for anmeldung in verfahren.abgelaufene_angebote(um).select_related("durchgang"):
        if not weiter():
            return
        verfahren.verfalle(anmeldung, um=um)
    for durchgang in verfahren.mit_freiem_platz():
        if not weiter():
            return
        verfahren.ruecke_nach(durchgang, um=um)
