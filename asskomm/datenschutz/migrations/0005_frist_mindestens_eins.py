import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("datenschutz", "0004_frist_null_wird_eins")]

    operations = [
        migrations.AlterField(
            model_name="aufbewahrungsfrist",
            name="anzahl",
            field=models.PositiveSmallIntegerField(
                validators=[
                    django.core.validators.MinValueValidator(
                        1, "Geben Sie eine Dauer von mindestens 1 an."
                    )
                ],
                verbose_name="Dauer",
            ),
        ),
        migrations.AddConstraint(
            model_name="aufbewahrungsfrist",
            constraint=models.CheckConstraint(
                condition=models.Q(("anzahl__gte", 1)),
                name="aufbewahrungsfrist_mindestens_eins",
                violation_error_message="Geben Sie eine Dauer von mindestens 1 an.",
            ),
        ),
    ]
