"""What two people decide stays as it was proposed and decided, whoever asks the database."""

from django.db import migrations

# vieraugen_bleibt takes two arguments: the columns, comma separated, that may be filled in
# together with the decision, and those that may still change afterwards. What people wrote may
# be deleted for data protection (asskomm.personendaten.GELOESCHT), never rewritten.
VOR = """
CREATE FUNCTION vieraugen_abgewiesen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Ein Vorschlag bleibt, wie er gemacht und entschieden wurde.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'vieraugen_bleibt';
END $$;

CREATE FUNCTION vieraugen_bleibt() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    veraenderlich text[];
BEGIN
    IF OLD.ergebnis = 'offen' THEN
        veraenderlich := ARRAY['ergebnis', 'entschieden_von_id', 'entschieden_um']
            || string_to_array(TG_ARGV[0], ',');
    ELSE
        veraenderlich := string_to_array(TG_ARGV[1], ',');
    END IF;
    SELECT veraenderlich || coalesce(array_agg(key), '{}') INTO veraenderlich
    FROM jsonb_each_text(to_jsonb(NEW))
    WHERE key IN ('begruendung', 'nachweis', 'email') AND value = '[gelöscht]';
    IF to_jsonb(NEW) - veraenderlich IS DISTINCT FROM to_jsonb(OLD) - veraenderlich THEN
        RAISE EXCEPTION 'Ein Vorschlag bleibt, wie er gemacht und entschieden wurde.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'vieraugen_bleibt';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER vieraugen_beginnt_offen BEFORE INSERT ON konten_rollenvergabe
    FOR EACH ROW WHEN (NEW.ergebnis <> 'offen') EXECUTE FUNCTION vieraugen_abgewiesen();
CREATE TRIGGER vieraugen_bleibt BEFORE UPDATE ON konten_rollenvergabe
    FOR EACH ROW EXECUTE FUNCTION vieraugen_bleibt('', 'entzogen_um');
CREATE TRIGGER vieraugen_endet_einmal BEFORE UPDATE ON konten_rollenvergabe
    FOR EACH ROW WHEN (OLD.entzogen_um <> NEW.entzogen_um OR (OLD.entzogen_um IS NOT NULL AND NEW.entzogen_um IS NULL))
    EXECUTE FUNCTION vieraugen_abgewiesen();
CREATE TRIGGER vieraugen_geht_nicht BEFORE DELETE ON konten_rollenvergabe
    FOR EACH ROW EXECUTE FUNCTION vieraugen_abgewiesen();

CREATE TRIGGER vieraugen_beginnt_offen BEFORE INSERT ON konten_zweitfaktorverlust
    FOR EACH ROW WHEN (NEW.ergebnis <> 'offen') EXECUTE FUNCTION vieraugen_abgewiesen();
CREATE TRIGGER vieraugen_bleibt BEFORE UPDATE ON konten_zweitfaktorverlust
    FOR EACH ROW EXECUTE FUNCTION vieraugen_bleibt('', '');
CREATE TRIGGER vieraugen_geht_nicht BEFORE DELETE ON konten_zweitfaktorverlust
    FOR EACH ROW EXECUTE FUNCTION vieraugen_abgewiesen();

CREATE TRIGGER vieraugen_beginnt_offen BEFORE INSERT ON konten_vertretung
    FOR EACH ROW WHEN (NEW.ergebnis <> 'offen') EXECUTE FUNCTION vieraugen_abgewiesen();
CREATE TRIGGER vieraugen_bleibt BEFORE UPDATE ON konten_vertretung
    FOR EACH ROW EXECUTE FUNCTION vieraugen_bleibt('', 'beendet_um');
CREATE TRIGGER vieraugen_endet_einmal BEFORE UPDATE ON konten_vertretung
    FOR EACH ROW WHEN (OLD.beendet_um <> NEW.beendet_um OR (OLD.beendet_um IS NOT NULL AND NEW.beendet_um IS NULL))
    EXECUTE FUNCTION vieraugen_abgewiesen();
CREATE TRIGGER vieraugen_geht_nicht BEFORE DELETE ON konten_vertretung
    FOR EACH ROW EXECUTE FUNCTION vieraugen_abgewiesen();
"""
ZURUECK = """
DROP TRIGGER vieraugen_geht_nicht ON konten_vertretung;
DROP TRIGGER vieraugen_endet_einmal ON konten_vertretung;
DROP TRIGGER vieraugen_bleibt ON konten_vertretung;
DROP TRIGGER vieraugen_beginnt_offen ON konten_vertretung;
DROP TRIGGER vieraugen_geht_nicht ON konten_zweitfaktorverlust;
DROP TRIGGER vieraugen_bleibt ON konten_zweitfaktorverlust;
DROP TRIGGER vieraugen_beginnt_offen ON konten_zweitfaktorverlust;
DROP TRIGGER vieraugen_geht_nicht ON konten_rollenvergabe;
DROP TRIGGER vieraugen_endet_einmal ON konten_rollenvergabe;
DROP TRIGGER vieraugen_bleibt ON konten_rollenvergabe;
DROP TRIGGER vieraugen_beginnt_offen ON konten_rollenvergabe;
DROP FUNCTION vieraugen_bleibt();
DROP FUNCTION vieraugen_abgewiesen();
"""


class Migration(migrations.Migration):
    dependencies = [("konten", "0004_vorschlaege_bleiben")]

    operations = [migrations.RunSQL(VOR, ZURUECK)]
