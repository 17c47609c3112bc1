"""Personal data in the Postausgang: addresses, and what was written to them."""

from django.contrib.auth import get_user_model
from django.db.models import Case, F, Q, When
from django.db.models.functions import TruncDate

from asskomm.personendaten import (
    OEFFENTLICHE_AUFGABE,
    Durchfuehrung,
    Ende,
    Loeschregel,
    OffenerVorgang,
    Personendaten,
    Unbedenklich,
    Vorschlag,
    WeitereAblage,
    beim_anonymisieren,
)
from asskomm.protokoll.personendaten import KONTO

from .models import Nachricht

Zustand = Nachricht.Zustand


def _bestand():
    """Mails that are done with: sent, or not delivered and dealt with."""
    beendet = Q(zustand=Zustand.GESENDET) | Q(
        zustand__in=Nachricht.NICHT_ZUGESTELLT, erledigt_um__isnull=False
    )
    seit = Case(When(zustand=Zustand.GESENDET, then=F("gesendet_um")), default=F("erledigt_um"))
    return Nachricht.objects.filter(beendet).annotate(frist_tag=TruncDate(seit))


def _mit_offener_post(konten):
    unterwegs = Nachricht.objects.filter(zustand__in=[Zustand.WARTET, Zustand.ANGEHALTEN])
    return set(unterwegs.filter(konto__in=konten).values_list("konto", flat=True))


@beim_anonymisieren
def loesche_post(konten, durchfuehrung: Durchfuehrung) -> None:
    """Delete every mail to these accounts, also what went to the bare address."""
    adressen = get_user_model().objects.filter(pk__in=konten).values("email")
    Nachricht.objects.filter(Q(konto__in=konten) | Q(adresse__in=adressen)).delete()


GESENDET = Loeschregel(
    "post.nachricht",
    "E-Mails im Postausgang",
    "post.Nachricht",
    "ab dem Tag, an dem die E-Mail gesendet oder erledigt wurde",
    Ende.LOESCHEN,
    _bestand,
    Vorschlag(12, "monate"),
)
OffenerVorgang(
    "post.wartet", KONTO, "Eine E-Mail an die Person ist noch nicht gesendet.", _mit_offener_post
)

Personendaten(
    "post.Nachricht",
    ("konto", "adresse", "betreff", "text", "angaben"),
    lambda konto: Q(konto=konto) | Q(adresse=konto.email),
    zweck="E-Mails zu Konten und Vorgängen, mit Nachweis des Versands",
    rechtsgrundlage=OEFFENTLICHE_AUFGABE,
    ende=GESENDET,
    begleitend=("vorlage", "zustand", "eingestellt_um", "gesendet_um"),
)
Personendaten(
    "post.Nachricht",
    ("erledigt_durch",),
    "erledigt_durch",
    zweck="Nachweis, wer eine unzustellbare E-Mail erledigt hat",
    rechtsgrundlage=OEFFENTLICHE_AUFGABE,
    ende=GESENDET,
    begleitend=("erledigt_um",),
)
Unbedenklich(
    "post.Nachricht",
    ("vorlage", "gegenstand_art", "gegenstand_nummer", "fehler"),
    "Schlüsselwörter, Nummern und Fehlercodes",
)
Unbedenklich("post.Tageslauf", ("aufgabe", "fehler"), "Schlüsselwörter und Fehlercodes")
Unbedenklich("post.Lebenszeichen", ("arbeiter", "stoerung"), "Rechnername und Fehlercodes")
WeitereAblage(
    "VAR_DIR/briefkasten",
    "E-Mails mit Adresse, Name und persönlichem Link",
    "Lokaler Briefkasten zum Ausprobieren, nur ohne eingerichteten Mailserver",
    OEFFENTLICHE_AUFGABE,
    "bis zum Tag, nachdem die E-Mail im Postausgang gelöscht ist; im Betrieb mit Mailserver "
    "entsteht die Ablage nicht",
)
WeitereAblage(
    "Mailserver und Postfächer der Empfänger",
    "Gesendete E-Mails",
    "Zustellung",
    OEFFENTLICHE_AUFGABE,
    "nach den Regeln des Betreibers; das Portal hat darauf keinen Einfluss",
)
