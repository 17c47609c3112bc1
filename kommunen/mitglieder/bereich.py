"""What the Verwaltung of a Kommune has to do about its members."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from ..befugnisse import Befugnis, Zugang
from ..bereich import Faelliges
from .personen import Zustand, personen, zu_pruefen

# So long before an invitation ends it is worth asking the person.
VORHER = timedelta(days=3)


def faelliges(zugang: Zugang, um: datetime) -> Iterator[Faelliges]:
    """Roles to review, and invitations that nobody accepts."""
    if not zugang.darf(Befugnis.MITGLIEDER_VERWALTEN):
        return
    kennung = zugang.kommune.kennung
    alle = personen(zugang.kommune, zugang.konto, um)
    if anzahl := len(zu_pruefen(alle, um)):
        wer = "einer Person" if anzahl == 1 else f"von {anzahl} Personen"
        yield Faelliges(
            f"Die Rollen {wer} sind seit über einem Jahr nicht bestätigt.",
            "Rollen prüfen",
            reverse("mitglieder:pruefen", args=[kennung]),
        )
    for person in alle:
        if person.zustand == Zustand.ABGELAUFEN:
            satz, bis = f"Die Einladung an {person.name} ist abgelaufen.", None
        elif person.zustand == Zustand.EINGELADEN and person.einladung.gueltig_bis <= um + VORHER:
            satz = f"Die Einladung an {person.name} ist noch nicht angenommen."
            bis = timezone.localdate(person.einladung.gueltig_bis)
        else:
            continue
        adresse = reverse("mitglieder:rollen", args=[kennung, person.nummer])
        yield Faelliges(satz, "Einladung ansehen", adresse, bis)
