"""How a suit ended, and waivers that came as letters: columns and what must hold between them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("foerderung", "0016_spanne_der_tage"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="bekanntgabe",
            name="bekanntgabe_bestandskraft_nur_bekannt",
        ),
        migrations.RemoveConstraint(
            model_name="bekanntgabe",
            name="bekanntgabe_verzicht_mit_person",
        ),
        migrations.AddField(
            model_name="bekanntgabe",
            name="rechtsbehelf_ausgang",
            field=models.CharField(
                blank=True,
                choices=[
                    ("zurueckgenommen", "zurückgenommen"),
                    ("abgewiesen", "abgewiesen"),
                    ("stattgegeben", "stattgegeben, der Bescheid ist aufgehoben"),
                ],
                max_length=20,
                verbose_name="Ausgang der Klage",
            ),
        ),
        migrations.AddField(
            model_name="bekanntgabe",
            name="rechtsbehelf_ende_am",
            field=models.DateField(null=True, verbose_name="Klage beendet am"),
        ),
        migrations.AddField(
            model_name="bekanntgabe",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name="Stand"),
        ),
        migrations.AddField(
            model_name="bekanntgabe",
            name="verzicht_ablage",
            field=models.CharField(blank=True, max_length=200, verbose_name="Ablage des Verzichts"),
        ),
        migrations.AddField(
            model_name="bekanntgabe",
            name="verzicht_eingang_am",
            field=models.DateField(null=True, verbose_name="Verzicht mit Brief eingegangen am"),
        ),
        migrations.AddField(
            model_name="bekanntgabe",
            name="verzicht_erfasst_von",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="Verzicht vermerkt von",
            ),
        ),
        migrations.AddConstraint(
            model_name="bekanntgabe",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("verzicht_eingang_am__isnull", True),
                    models.Q(
                        ("verzicht_eingang_am__year__gte", 1990),
                        ("verzicht_eingang_am__year__lte", 2199),
                    ),
                    _connector="OR",
                ),
                name="bekanntgabe_verzicht_eingang_am_spanne",
                violation_error_message="Das Jahr muss zwischen 1990 und 2199 liegen. Prüfen Sie das Datum.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bekanntgabe",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("rechtsbehelf_ende_am__isnull", True),
                    models.Q(
                        ("rechtsbehelf_ende_am__year__gte", 1990),
                        ("rechtsbehelf_ende_am__year__lte", 2199),
                    ),
                    _connector="OR",
                ),
                name="bekanntgabe_rechtsbehelf_ende_am_spanne",
                violation_error_message="Das Jahr muss zwischen 1990 und 2199 liegen. Prüfen Sie das Datum.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bekanntgabe",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("rechtsbehelf_ausgang", ""), ("rechtsbehelf_ende_am__isnull", True)),
                    models.Q(
                        ("rechtsbehelf_am__isnull", False),
                        (
                            "rechtsbehelf_ausgang__in",
                            ["zurueckgenommen", "abgewiesen", "stattgegeben"],
                        ),
                        ("rechtsbehelf_ende_am__gte", models.F("rechtsbehelf_am")),
                        ("rechtsbehelf_ende_am__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="bekanntgabe_rechtsbehelf_ausgang",
            ),
        ),
        migrations.AddConstraint(
            model_name="bekanntgabe",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("bestandskraft_am__isnull", True),
                    models.Q(("bekannt_am__isnull", False), ("rechtsbehelf_am__isnull", True)),
                    models.Q(
                        ("bekannt_am__isnull", False),
                        ("bestandskraft_am__gte", models.F("rechtsbehelf_ende_am")),
                        ("rechtsbehelf_ausgang__in", ["zurueckgenommen", "abgewiesen"]),
                    ),
                    _connector="OR",
                ),
                name="bekanntgabe_bestandskraft_nur_bekannt",
            ),
        ),
        migrations.AddConstraint(
            model_name="bekanntgabe",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("verzicht_ablage", ""),
                        ("verzicht_eingang_am__isnull", True),
                        ("verzicht_erfasst_von__isnull", True),
                        ("verzichtet_um__isnull", True),
                        ("verzichtet_von__isnull", True),
                    ),
                    models.Q(
                        ("verzicht_ablage", ""),
                        ("verzicht_eingang_am__isnull", True),
                        ("verzicht_erfasst_von__isnull", True),
                        ("verzichtet_um__isnull", False),
                        ("verzichtet_von__isnull", False),
                    ),
                    models.Q(
                        ("verzicht_eingang_am__isnull", False),
                        ("verzicht_erfasst_von__isnull", False),
                        ("verzichtet_um__isnull", False),
                        ("verzichtet_von__isnull", True),
                        models.Q(("verzicht_ablage", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="bekanntgabe_verzicht_mit_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="bekanntgabe",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("verzichtet_um__isnull", True),
                    ("rechtsbehelf_am__isnull", True),
                    _connector="OR",
                ),
                name="bekanntgabe_verzicht_ohne_rechtsbehelf",
            ),
        ),
    ]
