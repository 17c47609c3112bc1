"""Who proposes a Bestellung, or in whose deputyship, is not the person with the address."""

from django.db import migrations

VOR = """
CREATE FUNCTION bestellung_nicht_selbst() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM konten_konto
        WHERE id IN (NEW.vorgeschlagen_von_id, NEW.vorgeschlagen_fuer_id) AND email = NEW.email
    ) THEN
        RAISE EXCEPTION 'Die eigene Bestellung schlagen andere vor.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'bestellung_nicht_selbst';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER bestellung_nicht_selbst BEFORE INSERT ON kommunen_bestellung
    FOR EACH ROW EXECUTE FUNCTION bestellung_nicht_selbst();
"""
ZURUECK = """
DROP TRIGGER bestellung_nicht_selbst ON kommunen_bestellung;
DROP FUNCTION bestellung_nicht_selbst();
"""


class Migration(migrations.Migration):
    dependencies = [("kommunen", "0014_vertretene_zaehlen")]

    operations = [migrations.RunSQL(VOR, ZURUECK)]
