"""A question about the effect is asked and reminded of on a day, by a daily job.

Those asked before keep their day: the job never ran at an hour at which the day in UTC, to which
the database shortens the moment, is another one than in Europe/Berlin.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("beratung", "0014_spanne_der_tage")]

    operations = [
        migrations.RemoveConstraint("nachfrage", "nachfrage_erinnert_nach_frage"),
        migrations.RenameField("nachfrage", "gestellt_um", "gestellt_am"),
        migrations.RenameField("nachfrage", "erinnert_um", "erinnert_am"),
        migrations.AlterField(
            "nachfrage",
            "gestellt_am",
            models.DateField("gestellt", editable=False, null=True),
        ),
        migrations.AlterField(
            "nachfrage",
            "erinnert_am",
            models.DateField("erinnert", editable=False, null=True),
        ),
        migrations.AddConstraint(
            "nachfrage",
            models.CheckConstraint(
                condition=models.Q(erinnert_am__isnull=True)
                | models.Q(gestellt_am__isnull=False, gestellt_am__lte=models.F("erinnert_am")),
                name="nachfrage_erinnert_nach_frage",
            ),
        ),
    ]
