"""Who did something: kept with the record, never edited in a form."""

from django.conf import settings
from django.db import models


def person(bezeichnung: str, **weiteres) -> models.ForeignKey:
    """A column for the account that acted."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=bezeichnung,
        **weiteres,
    )
