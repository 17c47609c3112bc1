"""The search vector of the public texts, kept by the database itself."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations

import kommunen.suchvektor


class Migration(migrations.Migration):
    dependencies = [
        ("foerderung", "0001_zuwendung"),
        ("kommunen", "0004_suchvektor"),
    ]

    operations = [
        migrations.AddField(
            model_name="zuwendung",
            name="suchvektor",
            field=kommunen.suchvektor.Suchvektor(
                db_persist=True,
                expression=django.contrib.postgres.search.CombinedSearchVector(
                    django.contrib.postgres.search.SearchVector(
                        kommunen.suchvektor.Suchtext("titel"), config="german", weight="A"
                    ),
                    "||",
                    django.contrib.postgres.search.SearchVector(
                        kommunen.suchvektor.Suchtext("kurzbeschreibung"),
                        config="german",
                        weight="B",
                    ),
                    django.contrib.postgres.search.SearchConfig("german"),
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            model_name="zuwendung",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["suchvektor"], name="zuwendung_suchvektor"
            ),
        ),
    ]
