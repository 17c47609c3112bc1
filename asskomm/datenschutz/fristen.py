"""When a period is over: the day after its last day (§ 187 Abs. 1, § 188 Abs. 2 BGB)."""

from datetime import date

from django.apps import apps as alle_apps
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import F, Func, QuerySet, Value

from asskomm.personendaten import Loeschregel, regeln

from .models import Aufbewahrungsfrist

# Since when the periods count that come with the portal.
VON_ANFANG_AN = date(2026, 1, 1)


class TagDanach(Func):
    """The first day on which the row may go. The database clips 31.01. + 1 month to 28.02."""

    arg_joiner = " + "
    template = "((%(expressions)s)::date + 1)"
    output_field = models.DateField()


def faellig_am(frist: Aufbewahrungsfrist) -> TagDanach:
    anzahl = dict.fromkeys(Aufbewahrungsfrist.Einheit.values, 0)
    anzahl[frist.einheit] = frist.anzahl
    dauer = Func(
        Value(anzahl["jahre"]),
        Value(anzahl["monate"]),
        Value(0),
        Value(anzahl["tage"]),
        function="make_interval",
        output_field=models.DurationField(),
    )
    return TagDanach(F("frist_tag"), dauer)


def faellige(regel: Loeschregel, frist: Aufbewahrungsfrist, am: date) -> QuerySet:
    """Rows whose period is over on the day `am`, with `faellig_am`, the longest due first."""
    return (
        regel.bestand()
        .annotate(faellig_am=faellig_am(frist))
        .filter(faellig_am__lte=am)
        .order_by("faellig_am", "pk")
    )


def gueltige_fristen(am: date) -> dict[str, Aufbewahrungsfrist]:
    """The period of each rule on the day `am`; a rule without one lets nothing become due."""
    return {frist.regel: frist for frist in Aufbewahrungsfrist.objects.gueltig(am)}


def lege_fehlende_an(sender, using=DEFAULT_DB_ALIAS, apps=alle_apps, **_):
    """Give every rule that has no period yet the proposed one, marked as to be confirmed."""
    try:
        fristen = apps.get_model("datenschutz", "Aufbewahrungsfrist").objects.using(using)
    except LookupError:
        return  # the migrations have been taken back
    vorhanden = set(fristen.values_list("regel", flat=True))
    fristen.bulk_create(
        fristen.model(
            regel=regel.schluessel,
            gueltig_ab=VON_ANFANG_AN,
            anzahl=regel.vorschlag.anzahl,
            einheit=regel.vorschlag.einheit,
            quelle=regel.vorschlag.quelle,
            zu_bestaetigen=True,
        )
        for regel in regeln().values()
        if regel.schluessel not in vorhanden
    )
