"""What happens by itself about engagements, once a day."""

from datetime import date

from asskomm.datenschutz.verfahren import loesche_ohne_lauf
from asskomm.post.tagesaufgaben import tagesaufgabe

from .abschluss.personendaten import NOTIZ
from .models import Nachfrage
from .verfahren.abschluss import erinnere_an, frage_nach
from .verfahren.erinnerung import erinnere, zu_erinnern
from .verfahren.notizen import ohne_zugang


@tagesaufgabe("beratung.wirkung")
def frage_nach_wirkungen(heute: date) -> None:
    """Ask what has come of engagements after 6 and 12 months, and remind once (F35)."""
    offen = Nachfrage.objects.offen(heute).select_related("mandat")
    for nachfrage in offen.filter(gestellt_am__isnull=True).order_by("pk"):
        frage_nach(nachfrage, heute)
    for nachfrage in offen.filter(gestellt_am__isnull=False, erinnert_am=None).order_by("pk"):
        erinnere_an(nachfrage, heute)


@tagesaufgabe("beratung.eigene_notizen")
def loesche_eigene_notizen(heute: date) -> None:
    """Own notes go with the access of their writer (F36); what is held stays."""
    loesche_ohne_lauf(NOTIZ, ohne_zugang(heute))


@tagesaufgabe("beratung.erinnerung")
def erinnere_an_begleitungen(heute: date) -> None:
    """Tell contact persons that something of an engagement lies with their Kommune (F34)."""
    for mandat in zu_erinnern(heute).order_by("pk"):
        erinnere(mandat, heute)
