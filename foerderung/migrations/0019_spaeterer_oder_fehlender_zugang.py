"""A letter that arrived late or not at all: columns and what must hold between the days."""

from django.conf import settings
from django.db import migrations, models

import asskomm.texteingabe


class Migration(migrations.Migration):
    dependencies = [
        ("foerderung", "0018_aufgegriffene_empfehlungen"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="bekanntgabe",
            name="vergeblich_am",
            field=models.DateField(null=True, verbose_name="vergeblich zur Post gegeben am"),
        ),
        migrations.AddField(
            model_name="bekanntgabe",
            name="vergeblich_grund",
            field=asskomm.texteingabe.Langtext(
                blank=True, max_length=2000, verbose_name="Grund für den fehlenden Zugang"
            ),
        ),
        migrations.AddField(
            model_name="bekanntgabe",
            name="zugang_am",
            field=models.DateField(null=True, verbose_name="später angekommen am"),
        ),
        migrations.AddField(
            model_name="bekanntgabe",
            name="zugang_grund",
            field=asskomm.texteingabe.Langtext(
                blank=True, max_length=2000, verbose_name="Grund für den späteren Zugang"
            ),
        ),
        migrations.AddConstraint(
            model_name="bekanntgabe",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("zugang_am__isnull", True),
                    models.Q(("zugang_am__year__gte", 1990), ("zugang_am__year__lte", 2199)),
                    _connector="OR",
                ),
                name="bekanntgabe_zugang_am_spanne",
                violation_error_message="Das Jahr muss zwischen 1990 und 2199 liegen. Prüfen Sie das Datum.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bekanntgabe",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("vergeblich_am__isnull", True),
                    models.Q(
                        ("vergeblich_am__year__gte", 1990), ("vergeblich_am__year__lte", 2199)
                    ),
                    _connector="OR",
                ),
                name="bekanntgabe_vergeblich_am_spanne",
                violation_error_message="Das Jahr muss zwischen 1990 und 2199 liegen. Prüfen Sie das Datum.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bekanntgabe",
            constraint=models.CheckConstraint(
                condition=models.Q(("zugang_grund__laenge__lte", 2000)),
                name="bekanntgabe_zugang_grund_laenge",
                violation_error_message="Kürzen Sie den Text auf höchstens 2000 Zeichen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bekanntgabe",
            constraint=models.CheckConstraint(
                condition=models.Q(("vergeblich_grund__laenge__lte", 2000)),
                name="bekanntgabe_vergeblich_grund_laenge",
                violation_error_message="Kürzen Sie den Text auf höchstens 2000 Zeichen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bekanntgabe",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("zugang_am__isnull", True), ("zugang_grund", "")),
                    models.Q(
                        ("bekannt_am", models.F("zugang_am")),
                        ("bekannt_am__isnull", False),
                        ("post_aufgegeben_am__isnull", False),
                        ("post_aufgegeben_am__lt", models.F("zugang_am")),
                        ("zugang_am__isnull", False),
                        models.Q(("zugang_grund", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="bekanntgabe_spaeter_angekommen",
            ),
        ),
        migrations.AddConstraint(
            model_name="bekanntgabe",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("vergeblich_am__isnull", True), ("vergeblich_grund", "")),
                    models.Q(
                        ("vergeblich_am__isnull", False),
                        ("weg", "post"),
                        models.Q(
                            models.Q(
                                ("bekannt_am__isnull", True), ("post_aufgegeben_am__isnull", True)
                            ),
                            models.Q(
                                ("post_aufgegeben_am__gt", models.F("vergeblich_am")),
                                ("post_aufgegeben_am__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        models.Q(("vergeblich_grund", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="bekanntgabe_vergeblich_zur_post",
            ),
        ),
    ]
