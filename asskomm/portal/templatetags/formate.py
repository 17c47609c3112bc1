"""Filters for numbers and amounts, tags for dates inside <time>.

{% load formate %}
{{ kommune.einwohner|zahl }}   {{ zuwendung.betrag|euro }}   {% datum rat.aktiv_seit %}
"""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.html import format_html

from asskomm import formate

register = template.Library()


def _oder_leer(funktion):
    """A missing value prints nothing: pages leave out what is not known."""

    def filter_(wert, *args):
        return "" if wert is None or wert == "" else funktion(wert, *args)

    return filter_


for _name in ("zahl", "euro", "euro_ganz", "prozent"):
    register.filter(_name, _oder_leer(getattr(formate, _name)))


register.filter("summe", formate.summe)


@register.simple_tag
def datum(wert):
    """01.09.2026 inside <time>; accepts a date, a datetime or a Zeitangabe (2021, 05/2021)."""
    if not wert:
        return ""
    if isinstance(iso := getattr(wert, "iso", None), str):
        return format_html('<time datetime="{}">{}</time>', iso, wert)
    if isinstance(wert, datetime) and timezone.is_aware(wert):
        wert = timezone.localtime(wert)
    return format_html('<time datetime="{}">{}</time>', f"{wert:%Y-%m-%d}", formate.tag(wert))


@register.simple_tag
def zeitpunkt(wert):
    """12.09.2026 um 14:32 Uhr inside <time>; needs an aware datetime."""
    if not wert:
        return ""
    maschinell = timezone.localtime(wert).isoformat(timespec="minutes")
    return format_html('<time datetime="{}">{}</time>', maschinell, formate.zeitpunkt(wert))


@register.simple_tag
def zeitraum(beginn, ende):
    """01.01.2027 bis 31.12.2027, both ends inside <time>; without an end "seit 01.01.2027"."""
    if not beginn:
        return ""
    if not ende:
        return format_html("seit {}", datum(beginn))
    if beginn == ende:
        return datum(beginn)
    return format_html("{} bis {}", datum(beginn), datum(ende))
