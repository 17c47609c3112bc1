"""Who belongs to which Verbund on a day; first and last day count."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from kommunen.models import Kommune, Verbundmitgliedschaft


def _bestehend(am: date) -> QuerySet:
    return Verbundmitgliedschaft.objects.filter(
        Q(von__isnull=True) | Q(von__letzter_tag__lte=am),
        Q(bis__isnull=True) | Q(bis__letzter_tag__gte=am),
    ).order_by()


def mitglieder(verbund: Kommune, am: date) -> QuerySet:
    """The Kommunen in a Verbund."""
    return Kommune.objects.filter(pk__in=_bestehend(am).filter(verbund=verbund).values("mitglied"))


def verbuende(kommune: Kommune, am: date) -> QuerySet:
    """The Verbünde of a Kommune."""
    return Kommune.objects.filter(pk__in=_bestehend(am).filter(mitglied=kommune).values("verbund"))
