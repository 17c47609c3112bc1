from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("beratung", "0006_coaching_stimmt_immer")]

    operations = [
        migrations.AddField(
            model_name="mandat",
            name="erweiterung_erbeten_um",
            field=models.DateTimeField(
                editable=False, null=True, verbose_name="Erweiterung erbeten"
            ),
        ),
        migrations.AddField(
            model_name="nachfrage",
            name="erinnert_um",
            field=models.DateTimeField(editable=False, null=True, verbose_name="erinnert"),
        ),
        migrations.AddConstraint(
            model_name="mandat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("stand", "laufend"), ("erweiterung_erbeten_um__isnull", True), _connector="OR"
                ),
                name="mandat_erweiterung_nur_laufend",
            ),
        ),
        migrations.AddConstraint(
            model_name="nachfrage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("erinnert_um__isnull", True),
                    models.Q(
                        ("gestellt_um__isnull", False),
                        ("gestellt_um__lte", models.F("erinnert_um")),
                    ),
                    _connector="OR",
                ),
                name="nachfrage_erinnert_nach_frage",
            ),
        ),
        migrations.AddConstraint(
            model_name="wirkung",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("verworfen_um__isnull", True), models.Q(("art", "keine"), _negated=True)
                ),
                fields=("mandat", "art"),
                name="wirkung_zaehlt_einmal",
                violation_error_message="Diese Wirkung ist schon gemeldet.",
            ),
        ),
    ]
