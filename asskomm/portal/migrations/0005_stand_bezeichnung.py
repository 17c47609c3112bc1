"""The headings of the admin need a name that fits every case."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0004_verlauf_ohne_worte"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="historicalstand",
            options={
                "get_latest_by": ("history_date", "history_id"),
                "ordering": ("-history_date", "-history_id"),
                "verbose_name": "historical Stand",
                "verbose_name_plural": "historical festgehaltene Stände",
            },
        ),
        migrations.AlterModelOptions(
            name="stand",
            options={
                "ordering": ["-stichtag", "kennzahl"],
                "verbose_name": "Stand",
                "verbose_name_plural": "festgehaltene Stände",
            },
        ),
    ]
