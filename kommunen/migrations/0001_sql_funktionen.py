"""SQL functions that columns, indexes and constraints of later migrations stand on."""

from django.db import migrations

from kommunen import beteiligung, faltung, zeitangabe


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.RunSQL(zeitangabe.SQL_FUNKTIONEN, zeitangabe.SQL_FUNKTIONEN_ZURUECK),
        migrations.RunSQL(faltung.SQL_FUNKTIONEN, faltung.SQL_FUNKTIONEN_ZURUECK),
        migrations.RunSQL(beteiligung.SQL_FUNKTION, beteiligung.SQL_FUNKTION_ZURUECK),
    ]
