from django.db import migrations


def mindestens_eins(apps, schema_editor):
    apps.get_model("datenschutz", "Aufbewahrungsfrist").objects.filter(anzahl=0).update(anzahl=1)


class Migration(migrations.Migration):
    dependencies = [("datenschutz", "0003_vertretene_zaehlen")]

    operations = [migrations.RunPython(mindestens_eins, migrations.RunPython.noop)]
