"""A certificate stays as it was issued: only its revocation and the deletion of the name change it."""

from django.db import migrations

VOR = """
CREATE FUNCTION zertifikat_bleibt() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    frei text[] := ARRAY['name', 'widerrufen_um', 'widerrufen_von_id', 'widerruf_grund'];
BEGIN
    IF TG_OP = 'DELETE' AND (OLD.inhalt ->> 'beispiel')::boolean THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - frei = to_jsonb(OLD) - frei
        AND NEW.name IN (OLD.name, '')
        AND (OLD.widerrufen_um IS NULL OR NEW.widerrufen_um = OLD.widerrufen_um)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Ein Zertifikat bleibt, wie es ausgestellt ist.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'zertifikat_bleibt';
END $$;
CREATE TRIGGER zertifikat_bleibt BEFORE UPDATE OR DELETE ON fortbildung_zertifikat
    FOR EACH ROW EXECUTE FUNCTION zertifikat_bleibt();
"""
ZURUECK = """
DROP TRIGGER zertifikat_bleibt ON fortbildung_zertifikat;
DROP FUNCTION zertifikat_bleibt();
"""


class Migration(migrations.Migration):
    dependencies = [("fortbildung", "0004_plaetze_nie_ueberbelegt")]

    operations = [migrations.RunSQL(VOR, ZURUECK)]
