"""A Bestellung stays as it was proposed and decided; see konten 0005."""

from django.db import migrations

VOR = """
CREATE TRIGGER vieraugen_beginnt_offen BEFORE INSERT ON kommunen_bestellung
    FOR EACH ROW WHEN (NEW.ergebnis <> 'offen') EXECUTE FUNCTION vieraugen_abgewiesen();
CREATE TRIGGER vieraugen_bleibt BEFORE UPDATE ON kommunen_bestellung
    FOR EACH ROW EXECUTE FUNCTION vieraugen_bleibt('konto_id', '');
CREATE TRIGGER vieraugen_geht_nicht BEFORE DELETE ON kommunen_bestellung
    FOR EACH ROW EXECUTE FUNCTION vieraugen_abgewiesen();

CREATE FUNCTION bestellung_der_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM konten_konto WHERE id = NEW.konto_id AND lower(email) = lower(NEW.email)
    ) THEN
        RAISE EXCEPTION 'Bestellt wird die Person mit der vorgeschlagenen Adresse.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'bestellung_der_person';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER bestellung_der_person BEFORE UPDATE ON kommunen_bestellung
    FOR EACH ROW WHEN (NEW.konto_id IS DISTINCT FROM OLD.konto_id)
    EXECUTE FUNCTION bestellung_der_person();
"""
ZURUECK = """
DROP TRIGGER bestellung_der_person ON kommunen_bestellung;
DROP FUNCTION bestellung_der_person();
DROP TRIGGER vieraugen_geht_nicht ON kommunen_bestellung;
DROP TRIGGER vieraugen_bleibt ON kommunen_bestellung;
DROP TRIGGER vieraugen_beginnt_offen ON kommunen_bestellung;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("kommunen", "0007_bestellung_mit_konto"),
        ("konten", "0005_vorschlag_zu_zweit"),
    ]

    operations = [migrations.RunSQL(VOR, ZURUECK)]
