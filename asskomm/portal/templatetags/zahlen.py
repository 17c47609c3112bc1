"""Filters for figures and their sources.

{% load zahlen %}  {{ veroeffentlichte_zahl|veroeffentlichter_wert }}  {{ beleg.quelle|quelle }}
"""

from decimal import Decimal

from django import template

from asskomm.formate import euro_ganz, zahl
from asskomm.quellen import lies_quelle

register = template.Library()
register.filter("quelle", lies_quelle)


@register.filter
def veroeffentlichter_wert(veroeffentlicht):
    """The value with its unit, a minimum as "mehr als 420.000 €"; places only where there are some."""
    wert = veroeffentlicht.wert
    if veroeffentlicht.einheit.startswith("EUR"):
        text = euro_ganz(wert) + veroeffentlicht.einheit.removeprefix("EUR")
    else:
        stellen = 0 if wert == wert.to_integral_value() else 1
        text = f"{zahl(Decimal(wert), stellen)} {veroeffentlicht.einheit}"
    return f"mehr als {text}" if veroeffentlicht.ist_mindestwert else text
