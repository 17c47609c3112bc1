"""Members who have signed in, and the moments the tests happen at."""

from datetime import UTC, datetime
from uuid import uuid4

from django.test import Client

from kommunen.mitglieder import verfahren
from kommunen.models import Mitgliedschaft, Rolle

UM = datetime(2026, 9, 1, 8, tzinfo=UTC)


def angemeldet(konto):
    client = Client()
    client.force_login(konto, backend="asskomm.konten.anmeldung.PasswortAnmeldung")
    return client


def lade_ein(kommune, email, *rollen, durch, um=UM, marke=None):
    return verfahren.lade_ein(
        kommune, email, rollen or [Rolle.LESEN], durch=durch, um=um, marke=marke or uuid4()
    )


def rollen_von(konto, kommune):
    laufend = Mitgliedschaft.objects.laufend().filter(konto=konto, kommune=kommune)
    return set(laufend.values_list("rolle", flat=True))


def nummer(konto, kommune):
    """What stands in the addresses of pages about the person."""
    return Mitgliedschaft.objects.filter(konto=konto, kommune=kommune).earliest("pk").pk
