"""What happens by itself about the councils, once a day."""

from datetime import date

from asskomm.post.tagesaufgaben import tagesaufgabe

from . import verfahren


@tagesaufgabe("puls.bestaetigung")
def bitte_um_bestaetigung(heute: date) -> None:
    """Ask and remind the Kommunen (F47)."""
    verfahren.frage(heute)
