import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import asskomm.protokoll.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Eintrag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "nummer",
                    models.PositiveBigIntegerField(
                        editable=False, null=True, unique=True, verbose_name="Nummer"
                    ),
                ),
                (
                    "zeit",
                    models.DateTimeField(
                        db_default=asskomm.protokoll.models.Uhrzeit(),
                        editable=False,
                        verbose_name="Zeit",
                    ),
                ),
                ("handlung", models.CharField(max_length=100, verbose_name="Handlung")),
                (
                    "gegenstand_art",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="Art des Gegenstands"
                    ),
                ),
                (
                    "gegenstand_nummer",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="Nummer des Gegenstands"
                    ),
                ),
                ("angaben", models.JSONField(blank=True, default=dict, verbose_name="Angaben")),
                (
                    "grund_pruefwert",
                    models.CharField(
                        blank=True, max_length=64, verbose_name="Prüfwert der Begründung"
                    ),
                ),
                (
                    "hash_vorher",
                    models.CharField(
                        blank=True, max_length=64, verbose_name="Hash des Eintrags davor"
                    ),
                ),
                ("hash", models.CharField(blank=True, max_length=64, verbose_name="Hash")),
                (
                    "durch",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="durch",
                    ),
                ),
                (
                    "fuer",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="in Vertretung für",
                    ),
                ),
            ],
            options={
                "verbose_name": "Eintrag im Protokoll",
                "verbose_name_plural": "Protokoll",
                "ordering": ["-nummer", "-id"],
                "permissions": [("exportieren", "Darf das Protokoll exportieren")],
                "default_permissions": ["view"],
            },
        ),
        migrations.CreateModel(
            name="Grund",
            fields=[
                (
                    "eintrag",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="grund",
                        serialize=False,
                        to="protokoll.eintrag",
                        verbose_name="Eintrag",
                    ),
                ),
                ("salz", models.CharField(max_length=64, verbose_name="Salz")),
                ("text", models.TextField(verbose_name="Begründung")),
            ],
            options={
                "verbose_name": "Begründung",
                "verbose_name_plural": "Begründungen",
                "default_permissions": [],
            },
        ),
        migrations.AddIndex(
            model_name="eintrag",
            index=models.Index(
                models.OrderBy(models.F("zeit"), descending=True), name="protokoll_zeit"
            ),
        ),
        migrations.AddIndex(
            model_name="eintrag",
            index=models.Index(
                models.F("handlung"),
                models.OrderBy(models.F("nummer"), descending=True),
                name="protokoll_handlung",
            ),
        ),
        migrations.AddIndex(
            model_name="eintrag",
            index=models.Index(
                models.F("gegenstand_art"),
                models.F("gegenstand_nummer"),
                models.OrderBy(models.F("nummer"), descending=True),
                name="protokoll_gegenstand",
            ),
        ),
        migrations.AddIndex(
            model_name="eintrag",
            index=models.Index(
                models.F("gegenstand_nummer"),
                models.OrderBy(models.F("nummer"), descending=True),
                name="protokoll_gegenstand_nummer",
            ),
        ),
        migrations.AddIndex(
            model_name="eintrag",
            index=models.Index(
                models.F("durch"),
                models.OrderBy(models.F("nummer"), descending=True),
                name="protokoll_durch",
            ),
        ),
        migrations.AddIndex(
            model_name="eintrag",
            index=models.Index(
                models.F("fuer"),
                models.OrderBy(models.F("nummer"), descending=True),
                condition=models.Q(("fuer__isnull", False)),
                name="protokoll_fuer",
            ),
        ),
        migrations.AddConstraint(
            model_name="eintrag",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("hash", ""), ("hash_vorher", ""), ("nummer__isnull", True)),
                    models.Q(
                        ("hash__regex", "^[0-9a-f]{64}$"),
                        ("hash_vorher__regex", "^[0-9a-f]{64}$"),
                        ("nummer__gte", 1),
                    ),
                    _connector="OR",
                ),
                name="protokoll_eintrag_ganz_verkettet",
            ),
        ),
        migrations.AddConstraint(
            model_name="eintrag",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("fuer__isnull", True),
                    models.Q(
                        ("durch__isnull", False),
                        models.Q(("durch", models.F("fuer")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="protokoll_eintrag_vertretung_mit_person",
            ),
        ),
    ]
