"""Words that touch quotation marks, dashes or other signs are found: the columns are built anew."""

from django.db import migrations

from kommunen.suchvektor import spalten_neu


class Migration(migrations.Migration):
    dependencies = [
        ("kommunen", "0010_laenge_der_texte"),
    ]

    operations = [spalten_neu("kommunen", "Praeventionsrat")]
