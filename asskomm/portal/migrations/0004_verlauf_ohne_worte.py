"""The history of comments and reports keeps who decided what, and no words."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0003_suchvektor"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="historicalkommentar",
            name="name",
        ),
        migrations.RemoveField(
            model_name="historicalkommentar",
            name="text",
        ),
        migrations.RemoveField(
            model_name="historicalrueckmeldung",
            name="adresse",
        ),
        migrations.RemoveField(
            model_name="historicalrueckmeldung",
            name="kontakt",
        ),
        migrations.RemoveField(
            model_name="historicalrueckmeldung",
            name="text",
        ),
    ]
