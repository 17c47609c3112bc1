"""Only extensions of invented engagements can be removed again."""

from django.db import migrations

VOR = """
CREATE FUNCTION mandat_ist_beispiel(gesucht uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM beratung_mandat WHERE id = gesucht AND herkunft = 'beispiel')
$$;
DROP TRIGGER vieraugen_geht_nicht ON beratung_kontingenterweiterung;
CREATE TRIGGER vieraugen_geht_nicht BEFORE DELETE ON beratung_kontingenterweiterung
    FOR EACH ROW WHEN (NOT mandat_ist_beispiel(OLD.mandat_id))
    EXECUTE FUNCTION vieraugen_abgewiesen();
"""
ZURUECK = """
DROP TRIGGER vieraugen_geht_nicht ON beratung_kontingenterweiterung;
CREATE TRIGGER vieraugen_geht_nicht BEFORE DELETE ON beratung_kontingenterweiterung
    FOR EACH ROW EXECUTE FUNCTION vieraugen_abgewiesen();
DROP FUNCTION mandat_ist_beispiel(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [("beratung", "0012_phasen_und_empfehlungen")]

    operations = [migrations.RunSQL(VOR, ZURUECK)]
