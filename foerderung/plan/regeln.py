"""What a Regelwerk lays down for plans, read in one query."""

from __future__ import annotations

from decimal import Decimal

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, OuterRef
from django.db.models.functions import Cast, JSONObject

from ..models import Ausnahmegrund, Foerderantrag, Personalobergrenze, Regel, Regelwerk
from .rechnung import Obergrenze, Planregel, Planregeln

# Rules that say nothing without their value; the others forbid something.
MIT_WERT = (
    "hoechstsatz",
    "eigenanteil",
    "untergrenze",
    "erstattung_unter",
    "stundensatz_eigenleistung",
)
OHNE_WERT = (
    "keine_investitionen", "finanzierung_ausgeglichen", "personalobergrenze",
    "keine_doppelfoerderung",
)  # fmt: skip


def planjahre(antrag: Foerderantrag) -> tuple[int, ...]:
    """The years for which the application may plan."""
    return tuple(antrag.runde.jahre)


REGELFELDER = ("schluessel", "nummer", "titel", "text", "wert", "bestaetigt")
GRENZFELDER = (
    "jahr", "qualifikation", "entgeltgruppe", "stufe", "jahresbetrag_euro", "bestaetigt",
)  # fmt: skip
# Read as text, so that no float touches them.
BETRAEGE = ("wert", "jahresbetrag_euro")


def planregeln(regelwerk: Regelwerk) -> Planregeln:
    regeln_zum_plan = Regel.objects.filter(schluessel__in=(*MIT_WERT, *OHNE_WERT))
    gelesen = (
        Regelwerk.objects.filter(pk=regelwerk.pk)
        .order_by()
        .values_list(
            _teile(regeln_zum_plan, REGELFELDER),
            _teile(Personalobergrenze.objects, GRENZFELDER),
            _teile(Ausnahmegrund.objects, ("schluessel", "text")),
        )
        .get()
    )
    regeln, obergrenzen, gruende = gelesen
    return Planregeln(
        **{
            regel["schluessel"]: _regel(regel)
            for regel in regeln
            if regel["wert"] is not None or regel["schluessel"] in OHNE_WERT
        },
        obergrenzen={
            (grenze["jahr"], grenze["qualifikation"]): Obergrenze(
                grenze["entgeltgruppe"],
                grenze["stufe"],
                Decimal(grenze["jahresbetrag_euro"]),
                grenze["bestaetigt"],
            )
            for grenze in obergrenzen
        },
        ausnahmegruende={grund["schluessel"]: grund["text"] for grund in gruende},
    )


def _teile(menge, felder):
    """The rows of the Regelwerk as a list of dicts."""
    zeile = {name: Cast(name, CharField()) if name in BETRAEGE else name for name in felder}
    return ArraySubquery(
        menge.filter(regelwerk=OuterRef("pk")).order_by("pk").values(zeile=JSONObject(**zeile))
    )


def _regel(regel):
    wert = regel["wert"]
    return Planregel(
        regel["nummer"],
        regel["titel"],
        regel["text"],
        None if wert is None else Decimal(wert),
        regel["bestaetigt"],
    )
