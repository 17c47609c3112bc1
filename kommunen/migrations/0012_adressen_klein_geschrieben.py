from django.db import migrations
from django.db.models.functions import Lower, Trim


def schreibe_klein(apps, schema_editor):
    """As the next migration demands it. Accounts and mails have it so already."""
    apps.get_model("kommunen", "Bestellung").objects.update(email=Lower(Trim("email")))


class Migration(migrations.Migration):
    dependencies = [("kommunen", "0011_suchworte_ohne_zeichen")]

    operations = [migrations.RunPython(schreibe_klein, migrations.RunPython.noop)]
