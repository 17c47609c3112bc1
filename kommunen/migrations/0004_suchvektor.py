"""The search vector of the public texts, kept by the database itself."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations

import kommunen.suchvektor


class Migration(migrations.Migration):
    dependencies = [
        ("kommunen", "0003_mindestens_eine_kommune"),
    ]

    operations = [
        migrations.AddField(
            model_name="praeventionsrat",
            name="suchvektor",
            field=kommunen.suchvektor.Suchvektor(
                db_persist=True,
                expression=django.contrib.postgres.search.CombinedSearchVector(
                    django.contrib.postgres.search.CombinedSearchVector(
                        django.contrib.postgres.search.SearchVector(
                            kommunen.suchvektor.Suchtext("name"), config="german", weight="A"
                        ),
                        "||",
                        django.contrib.postgres.search.SearchVector(
                            kommunen.suchvektor.Suchtext("schwerpunkte"),
                            config="german",
                            weight="B",
                        ),
                        django.contrib.postgres.search.SearchConfig("german"),
                    ),
                    "||",
                    django.contrib.postgres.search.SearchVector(
                        kommunen.suchvektor.Suchtext("beschreibung"), config="german", weight="C"
                    ),
                    django.contrib.postgres.search.SearchConfig("german"),
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            model_name="praeventionsrat",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["suchvektor"], name="rat_suchvektor"
            ),
        ),
    ]
