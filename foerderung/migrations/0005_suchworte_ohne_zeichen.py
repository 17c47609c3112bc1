"""Words that touch quotation marks, dashes or other signs are found: the columns are built anew."""

from django.db import migrations

from kommunen.suchvektor import spalten_neu


class Migration(migrations.Migration):
    dependencies = [
        ("foerderung", "0004_laenge_der_texte"),
        ("kommunen", "0011_suchworte_ohne_zeichen"),
    ]

    operations = [spalten_neu("foerderung", "Zuwendung")]
