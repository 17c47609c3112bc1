from django.db import migrations

from kommunen.beteiligung import braucht_kommune


class Migration(migrations.Migration):
    dependencies = [("kommunen", "0002_kommunen_und_raete")]

    operations = [
        braucht_kommune("kommunen", "kooperationsvereinbarung"),
        braucht_kommune("kommunen", "praeventionsrat"),
    ]
