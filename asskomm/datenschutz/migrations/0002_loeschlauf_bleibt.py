"""A Loeschlauf stays as it was proposed and decided; see konten 0005."""

from django.db import migrations

VOR = """
CREATE TRIGGER vieraugen_beginnt_offen BEFORE INSERT ON datenschutz_loeschlauf
    FOR EACH ROW WHEN (NEW.ergebnis <> 'offen') EXECUTE FUNCTION vieraugen_abgewiesen();
CREATE TRIGGER vieraugen_bleibt BEFORE UPDATE ON datenschutz_loeschlauf
    FOR EACH ROW EXECUTE FUNCTION vieraugen_bleibt('', '');
CREATE TRIGGER vieraugen_geht_nicht BEFORE DELETE ON datenschutz_loeschlauf
    FOR EACH ROW EXECUTE FUNCTION vieraugen_abgewiesen();
"""
ZURUECK = """
DROP TRIGGER vieraugen_geht_nicht ON datenschutz_loeschlauf;
DROP TRIGGER vieraugen_bleibt ON datenschutz_loeschlauf;
DROP TRIGGER vieraugen_beginnt_offen ON datenschutz_loeschlauf;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("datenschutz", "0001_fristen_sperren_und_loeschlaeufe"),
        ("konten", "0005_vorschlag_zu_zweit"),
    ]

    operations = [migrations.RunSQL(VOR, ZURUECK)]
