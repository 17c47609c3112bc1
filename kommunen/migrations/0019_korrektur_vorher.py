"""A decided correction keeps what the record said before; for those decided so far nobody knows."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kommunen", "0018_spanne_der_tage")]

    operations = [
        migrations.AddField(
            model_name="ratskorrektur",
            name="vorher",
            field=models.TextField(blank=True, editable=False, verbose_name="bisher"),
        ),
        migrations.AddConstraint(
            model_name="ratskorrektur",
            constraint=models.CheckConstraint(
                condition=models.Q(vorher="") | ~models.Q(ergebnis="offen"),
                name="ratskorrektur_vorher_nach_entscheidung",
            ),
        ),
    ]
