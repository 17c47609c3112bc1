"""Words that touch quotation marks, dashes or other signs are found: the columns are built anew."""

from django.db import migrations

from kommunen.suchvektor import spalten_neu


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0008_bild_und_adresse"),
        ("kommunen", "0011_suchworte_ohne_zeichen"),
    ]

    operations = [spalten_neu("portal", "Meldung", "Seite", "Veranstaltung")]
