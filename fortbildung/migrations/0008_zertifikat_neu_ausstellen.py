"""After a revocation another certificate can be issued: one of a Teilnahme is valid at a time."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("fortbildung", "0007_teilnahme_mit_zertifikat")]

    operations = [
        migrations.AlterField(
            model_name="zertifikat",
            name="teilnahme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="zertifikate",
                to="fortbildung.teilnahme",
                verbose_name="Teilnahme",
            ),
        ),
        migrations.AddConstraint(
            model_name="zertifikat",
            constraint=models.UniqueConstraint(
                condition=models.Q(("widerrufen_um__isnull", True)),
                fields=("teilnahme",),
                name="zertifikat_einmal_gueltig",
                violation_error_message="Zu dieser Teilnahme gibt es ein gültiges Zertifikat.",
            ),
        ),
    ]
