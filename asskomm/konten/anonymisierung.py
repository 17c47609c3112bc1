"""Making a person unrecognisable: the account stays as a number that records refer to."""

from __future__ import annotations

from collections.abc import Collection

from allauth.mfa.models import Authenticator
from django.db import models, transaction
from django.db.models import F, Value
from django.db.models.functions import Cast, Coalesce, Concat

from asskomm.personendaten import GELOESCHT, Durchfuehrung, anonymisierungsschritte
from asskomm.protokoll.personendaten import loesche_gruende_zu
from asskomm.protokoll.verfahren import protokolliere

from . import handlungen
from .models import BekanntesGeraet, Einladung, Konto, Rollenvergabe, Vertretung, Zweitfaktorverlust

UEBER_PERSONEN = (
    (Rollenvergabe, ("konto",)),
    (Zweitfaktorverlust, ("konto",)),
    (Vertretung, ("vertretener", "vertreter")),
)


@transaction.atomic
def anonymisiere(nummern: Collection[int], durchfuehrung: Durchfuehrung) -> None:
    """Remove everything that tells who these accounts were, in all apps.

    Name, address, password, second factors, devices, roles and the texts about the person go;
    what the person did stays and refers to "gelöschtes Konto <Nummer>".
    """
    for schritt in anonymisierungsschritte():
        schritt(nummern, durchfuehrung)
    _loesche_texte_ueber(nummern, durchfuehrung)
    Authenticator.objects.filter(user__in=nummern).delete()
    BekanntesGeraet.objects.filter(konto__in=nummern).delete()
    Konto.groups.through.objects.filter(konto__in=nummern).delete()
    Konto.objects.filter(pk__in=nummern).update(
        name="",
        email=Concat(
            Value("geloescht-"),
            Cast("pk", models.CharField()),
            Value(Konto.UNKENNTLICH),
        ),
        password="!",
        last_login=None,
        is_active=False,
        is_staff=False,
        deaktiviert_um=Coalesce("deaktiviert_um", Value(durchfuehrung.um)),
        sitzungsfolge=F("sitzungsfolge") + 1,
    )
    for konto in Konto.objects.filter(pk__in=nummern).order_by("pk"):
        protokolliere(handlungen.ANONYMISIERT, konto, durch=durchfuehrung.durch)


def _loesche_texte_ueber(nummern, durchfuehrung):
    """What colleagues wrote about the person: reasons of proposals and of acts."""
    for modell, felder in UEBER_PERSONEN:
        betrifft = models.Q()
        for feld in felder:
            betrifft |= models.Q(**{f"{feld}__in": nummern})
        vorgaenge = list(modell.objects.filter(betrifft).values_list("pk", flat=True))
        modell.objects.filter(pk__in=vorgaenge).update(begruendung=GELOESCHT)
        loesche_gruende_zu(modell._meta.label_lower, vorgaenge, durchfuehrung)
    einladungen = list(Einladung.objects.filter(konto__in=nummern).values_list("pk", flat=True))
    loesche_gruende_zu(Einladung._meta.label_lower, einladungen, durchfuehrung)
