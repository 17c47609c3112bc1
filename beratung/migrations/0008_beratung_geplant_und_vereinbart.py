import django.db.models.deletion
import django.db.models.expressions
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import asskomm.texteingabe


class Migration(migrations.Migration):
    dependencies = [
        ("beratung", "0007_erweiterung_erbeten_und_wirkung_einmal"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Beratungsschritt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "schritt",
                    models.CharField(
                        choices=[
                            ("beratung", "weitere Beratung"),
                            ("vorvereinbarung", "Vorvereinbarung schließen"),
                            ("beschluss", "Beschluss des Stadt- oder Gemeinderats fassen"),
                            ("vereinbarung", "Kooperationsvereinbarung unterzeichnen"),
                            ("analyse", "Sicherheitsanalyse durchführen"),
                            ("rat", "Kommunalen Präventionsrat gründen oder wiederbeleben"),
                            ("koordinierung", "Koordinierungsstelle besetzen"),
                            ("coaching", "Coaching anfragen"),
                            ("foerderung", "Projekt planen oder Förderung beantragen"),
                            ("evaluation", "Wirkung prüfen oder Verwendung nachweisen"),
                            ("vernetzung", "mit anderen Kommunen vernetzen"),
                        ],
                        max_length=20,
                        verbose_name="Schritt",
                    ),
                ),
                ("bis", models.DateField(blank=True, null=True, verbose_name="bis")),
                (
                    "worte",
                    asskomm.texteingabe.Langtext(
                        blank=True, max_length=1000, verbose_name="was genau"
                    ),
                ),
                (
                    "erledigt_um",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="erledigt"
                    ),
                ),
            ],
            options={
                "verbose_name": "vereinbarter Schritt",
                "verbose_name_plural": "vereinbarte nächste Schritte",
                "ordering": [models.OrderBy(models.F("bis"), nulls_last=True), "pk"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalBeratungsschritt",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "schritt",
                    models.CharField(
                        choices=[
                            ("beratung", "weitere Beratung"),
                            ("vorvereinbarung", "Vorvereinbarung schließen"),
                            ("beschluss", "Beschluss des Stadt- oder Gemeinderats fassen"),
                            ("vereinbarung", "Kooperationsvereinbarung unterzeichnen"),
                            ("analyse", "Sicherheitsanalyse durchführen"),
                            ("rat", "Kommunalen Präventionsrat gründen oder wiederbeleben"),
                            ("koordinierung", "Koordinierungsstelle besetzen"),
                            ("coaching", "Coaching anfragen"),
                            ("foerderung", "Projekt planen oder Förderung beantragen"),
                            ("evaluation", "Wirkung prüfen oder Verwendung nachweisen"),
                            ("vernetzung", "mit anderen Kommunen vernetzen"),
                        ],
                        max_length=20,
                        verbose_name="Schritt",
                    ),
                ),
                ("bis", models.DateField(blank=True, null=True, verbose_name="bis")),
                (
                    "worte",
                    asskomm.texteingabe.Langtext(
                        blank=True, max_length=1000, verbose_name="was genau"
                    ),
                ),
                (
                    "erledigt_um",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="erledigt"
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "historical vereinbarter Schritt",
                "verbose_name_plural": "historical vereinbarte nächste Schritte",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AlterModelOptions(
            name="beratungsanfrage",
            options={
                "default_permissions": ["view"],
                "ordering": ["-gestellt_um"],
                "verbose_name": "Anfrage nach Beratung",
                "verbose_name_plural": "Anfragen nach Beratung",
            },
        ),
        migrations.AddField(
            model_name="beratung",
            name="beraten_von",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="beraten von",
            ),
        ),
        migrations.AddField(
            model_name="beratung",
            name="marke",
            field=models.UUIDField(editable=False, null=True, unique=True),
        ),
        migrations.AddField(
            model_name="beratungsanfrage",
            name="absage_grund",
            field=asskomm.texteingabe.Langtext(
                blank=True, editable=False, max_length=1000, verbose_name="Grund der Absage"
            ),
        ),
        migrations.AddField(
            model_name="beratungsanfrage",
            name="beratung",
            field=models.OneToOneField(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="anfrage",
                to="beratung.beratung",
                verbose_name="Beratung",
            ),
        ),
        migrations.AddField(
            model_name="beratungsanfrage",
            name="erinnert_am",
            field=models.DateField(editable=False, null=True, verbose_name="erinnert"),
        ),
        migrations.AddField(
            model_name="beratungsanfrage",
            name="geplant_um",
            field=models.DateTimeField(editable=False, null=True, verbose_name="geplant"),
        ),
        migrations.AddField(
            model_name="beratungsanfrage",
            name="geplant_von",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="geplant von",
            ),
        ),
        migrations.AddField(
            model_name="beratungsanfrage",
            name="grund",
            field=asskomm.texteingabe.Langtext(
                blank=True, editable=False, max_length=1000, verbose_name="Grund des Abschlusses"
            ),
        ),
        migrations.AddField(
            model_name="beratungsanfrage",
            name="herkunft",
            field=models.CharField(
                choices=[
                    ("erfasst", "vom LPR erfasst"),
                    ("programmdaten", "aus veröffentlichten Quellen übernommen"),
                    ("beispiel", "Beispieldaten"),
                ],
                default="erfasst",
                editable=False,
                max_length=15,
                verbose_name="Herkunft",
            ),
        ),
        migrations.AddField(
            model_name="beratungsanfrage",
            name="stand",
            field=models.CharField(
                choices=[
                    ("neu", "noch ohne Termin"),
                    ("geplant", "Termin steht"),
                    ("beraten", "beraten"),
                    ("geschlossen", "ohne Beratung geschlossen"),
                    ("zurueckgezogen", "zurückgezogen"),
                ],
                default="neu",
                editable=False,
                max_length=15,
                verbose_name="Stand",
            ),
        ),
        migrations.AddField(
            model_name="beratungsanfrage",
            name="termin_form",
            field=models.CharField(
                blank=True,
                choices=[
                    ("vor_ort", "vor Ort"),
                    ("video", "per Videokonferenz"),
                    ("telefon", "am Telefon"),
                    ("veranstaltung", "bei einer Veranstaltung"),
                ],
                editable=False,
                max_length=15,
                verbose_name="Form",
            ),
        ),
        migrations.AddField(
            model_name="beratungsanfrage",
            name="termin_hinweis",
            field=asskomm.texteingabe.Langtext(
                blank=True, editable=False, max_length=2000, verbose_name="Hinweis an die Kommune"
            ),
        ),
        migrations.AddField(
            model_name="beratungsanfrage",
            name="termin_minuten",
            field=models.PositiveSmallIntegerField(
                editable=False, null=True, verbose_name="Dauer in Minuten"
            ),
        ),
        migrations.AddField(
            model_name="beratungsanfrage",
            name="termin_ort",
            field=models.CharField(
                blank=True, editable=False, max_length=300, verbose_name="Ort oder Zugang"
            ),
        ),
        migrations.AddField(
            model_name="beratungsanfrage",
            name="termin_um",
            field=models.DateTimeField(editable=False, null=True, verbose_name="Termin"),
        ),
        migrations.AddField(
            model_name="beratungsanfrage",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="beratungsanfrage",
            name="weg",
            field=models.CharField(
                choices=[
                    ("portal", "im Portal"),
                    ("telefon", "am Telefon"),
                    ("email", "per E-Mail"),
                    ("veranstaltung", "bei einer Veranstaltung"),
                ],
                default="portal",
                editable=False,
                max_length=15,
                verbose_name="eingegangen",
            ),
        ),
        migrations.AddField(
            model_name="historicalberatung",
            name="beraten_von",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="beraten von",
            ),
        ),
        migrations.AddField(
            model_name="historicalberatung",
            name="marke",
            field=models.UUIDField(db_index=True, editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="beratungsanfrage",
            index=models.Index(fields=["stand", "termin_um"], name="beratungsanfrage_stand"),
        ),
        migrations.AddIndex(
            model_name="beratungsanfrage",
            index=models.Index(fields=["kommune", "-gestellt_um"], name="beratungsanfrage_kommune"),
        ),
        migrations.AddField(
            model_name="beratungsschritt",
            name="beratung",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="schritte",
                to="beratung.beratung",
                verbose_name="Beratung",
            ),
        ),
        migrations.AddField(
            model_name="beratungsschritt",
            name="erledigt_von",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="erledigt von",
            ),
        ),
        migrations.AddField(
            model_name="historicalberatungsschritt",
            name="beratung",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="beratung.beratung",
                verbose_name="Beratung",
            ),
        ),
        migrations.AddField(
            model_name="historicalberatungsschritt",
            name="erledigt_von",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="erledigt von",
            ),
        ),
        migrations.AddField(
            model_name="historicalberatungsschritt",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
