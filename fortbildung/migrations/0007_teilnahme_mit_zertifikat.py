"""While a certificate is valid, its Teilnahme stays finished and with its cohort."""

from django.db import migrations

VOR = """
CREATE FUNCTION teilnahme_mit_zertifikat() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.abgeschlossen_am IS NULL OR NEW.durchgang_id <> OLD.durchgang_id
            OR NEW.anmeldung_id IS DISTINCT FROM OLD.anmeldung_id)
        AND EXISTS (
            SELECT FROM fortbildung_zertifikat
            WHERE teilnahme_id = NEW.id AND widerrufen_um IS NULL
        )
    THEN
        RAISE EXCEPTION 'Zu dieser Teilnahme gibt es ein gültiges Zertifikat.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'teilnahme_mit_zertifikat';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER teilnahme_mit_zertifikat BEFORE UPDATE ON fortbildung_teilnahme
    FOR EACH ROW WHEN (OLD.abgeschlossen_am IS NOT NULL)
    EXECUTE FUNCTION teilnahme_mit_zertifikat();
"""
ZURUECK = """
DROP TRIGGER teilnahme_mit_zertifikat ON fortbildung_teilnahme;
DROP FUNCTION teilnahme_mit_zertifikat();
"""


class Migration(migrations.Migration):
    dependencies = [("fortbildung", "0006_befragung")]

    operations = [migrations.RunSQL(VOR, ZURUECK)]
