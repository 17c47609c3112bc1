"""Every page type of the portal, each form once with errors. The checks go through this table."""

from . import (
    antrag,
    auszahlung,
    begleitung,
    beratung,
    coaching,
    entscheidung,
    fehlerseiten,
    fortbildung,
    konto,
    mein_bereich,
    oeffentlich,
    verwaltung,
    vorgaenge,
)

SEITEN = [
    *oeffentlich.SEITEN,
    *fortbildung.SEITEN,
    *mein_bereich.SEITEN,
    *beratung.SEITEN,
    *coaching.SEITEN,
    *begleitung.SEITEN,
    *antrag.SEITEN,
    *konto.SEITEN,
    *fehlerseiten.SEITEN,
    *vorgaenge.SEITEN,
    *entscheidung.SEITEN,
    *auszahlung.SEITEN,
    *verwaltung.SEITEN,
]
