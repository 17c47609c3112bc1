"""The table behind the shared cache, in which the limits against abuse count."""

from django.core.management import call_command
from django.db import migrations


def lege_an(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("portal", "0001_website")]

    operations = [
        migrations.RunPython(
            lege_an,
            lambda apps, schema_editor: schema_editor.execute("DROP TABLE portal_zwischenspeicher"),
        ),
    ]
