"""The history of invented records goes with them; nobody decided anything there."""

from django.db.models import QuerySet


def entferne(zeilen: QuerySet) -> None:
    """Delete rows of a history table, with what they say of many-to-many relations."""
    for feld in zeilen.model._history_m2m_fields:
        zwischen = getattr(zeilen.model, feld.name).model
        zwischen.objects.filter(history__in=zeilen.values("history_id")).delete()
    zeilen.delete()
