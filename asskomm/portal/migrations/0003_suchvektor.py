"""The search vector of the public texts, kept by the database itself."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations

import kommunen.suchvektor


class Migration(migrations.Migration):
    dependencies = [
        ("kommunen", "0004_suchvektor"),
        ("portal", "0002_zwischenspeicher"),
    ]

    operations = [
        migrations.AddField(
            model_name="meldung",
            name="suchvektor",
            field=kommunen.suchvektor.Suchvektor(
                db_persist=True,
                expression=django.contrib.postgres.search.CombinedSearchVector(
                    django.contrib.postgres.search.CombinedSearchVector(
                        django.contrib.postgres.search.SearchVector(
                            kommunen.suchvektor.Suchtext("titel"), config="german", weight="A"
                        ),
                        "||",
                        django.contrib.postgres.search.SearchVector(
                            kommunen.suchvektor.Suchtext("zusammenfassung"),
                            config="german",
                            weight="B",
                        ),
                        django.contrib.postgres.search.SearchConfig("german"),
                    ),
                    "||",
                    django.contrib.postgres.search.SearchVector(
                        kommunen.suchvektor.Suchtext("text"), config="german", weight="C"
                    ),
                    django.contrib.postgres.search.SearchConfig("german"),
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddField(
            model_name="seite",
            name="suchvektor",
            field=kommunen.suchvektor.Suchvektor(
                db_persist=True,
                expression=django.contrib.postgres.search.CombinedSearchVector(
                    django.contrib.postgres.search.CombinedSearchVector(
                        django.contrib.postgres.search.SearchVector(
                            kommunen.suchvektor.Suchtext("titel"), config="german", weight="A"
                        ),
                        "||",
                        django.contrib.postgres.search.SearchVector(
                            kommunen.suchvektor.Suchtext("einleitung"), config="german", weight="B"
                        ),
                        django.contrib.postgres.search.SearchConfig("german"),
                    ),
                    "||",
                    django.contrib.postgres.search.SearchVector(
                        kommunen.suchvektor.Suchtext("text"), config="german", weight="C"
                    ),
                    django.contrib.postgres.search.SearchConfig("german"),
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddField(
            model_name="veranstaltung",
            name="suchvektor",
            field=kommunen.suchvektor.Suchvektor(
                db_persist=True,
                expression=django.contrib.postgres.search.CombinedSearchVector(
                    django.contrib.postgres.search.CombinedSearchVector(
                        django.contrib.postgres.search.SearchVector(
                            kommunen.suchvektor.Suchtext("titel"), config="german", weight="A"
                        ),
                        "||",
                        django.contrib.postgres.search.SearchVector(
                            kommunen.suchvektor.Suchtext("ort"),
                            kommunen.suchvektor.Suchtext("veranstalter"),
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
            model_name="meldung",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["suchvektor"], name="meldung_suchvektor"
            ),
        ),
        migrations.AddIndex(
            model_name="seite",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["suchvektor"], name="seite_suchvektor"
            ),
        ),
        migrations.AddIndex(
            model_name="veranstaltung",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["suchvektor"], name="veranstaltung_suchvektor"
            ),
        ),
    ]
