from django.db import migrations

from kommunen.beteiligung import braucht_kommune


class Migration(migrations.Migration):
    dependencies = [("beratung", "0001_beratung_coaching_analyse")]

    operations = [
        braucht_kommune("beratung", "coaching"),
        braucht_kommune("beratung", "sicherheitsanalyse"),
    ]
