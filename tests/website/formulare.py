"""Help for tests of public forms: a mark as the page would have shown it."""

from datetime import timedelta

from django.utils import timezone

from asskomm import formularmarke


def marke(zweck, *, vor=timedelta(minutes=1)):
    """A mark of a form that was shown `vor` ago."""
    return formularmarke.neu(zweck, timezone.now() - vor)
