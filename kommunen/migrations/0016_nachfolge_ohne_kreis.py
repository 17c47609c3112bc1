"""Successors form no circle, and no Kommune ended before there was a Freistaat."""

from django.db import migrations, models

from kommunen.nachfolge import SQL_KEIN_KREIS, SQL_KEIN_KREIS_ZURUECK


class Migration(migrations.Migration):
    dependencies = [
        ("kommunen", "0015_bestellung_nicht_selbst"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="kommune",
            name="kommune_gueltig_bis_spanne",
        ),
        migrations.AddConstraint(
            model_name="kommune",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("gueltig_bis__isnull", True),
                    models.Q(("gueltig_bis__year__gte", 1990), ("gueltig_bis__year__lte", 2199)),
                    _connector="OR",
                ),
                name="kommune_gueltig_bis_spanne",
                violation_error_message="Das Jahr muss zwischen 1990 und 2199 liegen. Prüfen Sie das Datum.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="kommune",
            name="kommune_nicht_eigener_nachfolger",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("nachfolger__isnull", True),
                    models.Q(("nachfolger", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="kommune_nicht_eigener_nachfolger",
                violation_error_message="Eine Kommune kann nicht ihre eigene Rechtsnachfolge sein, auch nicht auf dem Weg über andere Kommunen.",
            ),
        ),
        migrations.RunSQL(SQL_KEIN_KREIS, SQL_KEIN_KREIS_ZURUECK),
    ]
