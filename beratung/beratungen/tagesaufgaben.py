"""What happens by itself about advice, once a day."""

from datetime import date

from asskomm.post.tagesaufgaben import tagesaufgabe

from ..verfahren import beratungserinnerung


@tagesaufgabe("beratung.termin")
def erinnere_an_termine(heute: date) -> None:
    """Two working days before an appointment, or as soon after as the worker runs again."""
    for anfrage in beratungserinnerung.zu_erinnern(heute):
        beratungserinnerung.erinnere(anfrage, heute=heute)
