"""A typed time of the day in Europe/Berlin, also on the two days on which the clock changes."""

from datetime import UTC, datetime, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone


def ortszeit(zeit: datetime) -> datetime:
    """The moment that the clock showed as `zeit`.

    In October one hour comes twice; then the first is meant (summer time). In March one hour
    does not exist: raises ValidationError.
    """
    moment = timezone.make_aware(zeit)
    try:
        gezeigt = moment.astimezone(UTC).astimezone(timezone.get_current_timezone())
    except OverflowError:  # the first day of all days, on which no clock changed
        return moment
    if gezeigt.replace(tzinfo=None) == zeit:
        return moment
    # Before the change the clock ran an hour behind: what was typed lies in the gap.
    nachher = gezeigt.replace(minute=0, second=0, microsecond=0)
    vorher = nachher - timedelta(hours=1)
    raise ValidationError(
        f"Diese Uhrzeit gibt es am {zeit:%d.%m.%Y} nicht: Die Uhr springt von {vorher:%H:%M} auf "
        f"{nachher:%H:%M}. Geben Sie eine Uhrzeit vor {vorher:%H:%M} oder ab {nachher:%H:%M} an.",
        code="zeitumstellung",
    )


class ZeitpunktFeld(forms.SplitDateTimeField):
    """Day and time."""

    def compress(self, data_list):
        if not data_list:
            return None
        tag, uhrzeit = data_list
        for teil, code in ((tag, "invalid_date"), (uhrzeit, "invalid_time")):
            if teil in self.empty_values:
                raise ValidationError(self.error_messages[code], code=code)
        return ortszeit(datetime.combine(tag, uhrzeit))
