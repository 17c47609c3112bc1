"""With the decision is filled in as well in whose deputyship it was made; see 0005."""

from django.db import migrations

VOR = """
CREATE OR REPLACE FUNCTION vieraugen_bleibt() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    veraenderlich text[];
BEGIN
    IF OLD.ergebnis = 'offen' THEN
        veraenderlich := ARRAY['ergebnis', 'entschieden_von_id', 'entschieden_fuer_id', 'entschieden_um']
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
"""
ZURUECK = """
CREATE OR REPLACE FUNCTION vieraugen_bleibt() RETURNS trigger LANGUAGE plpgsql AS $$
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
"""


class Migration(migrations.Migration):
    dependencies = [("konten", "0008_vertretene_zaehlen")]

    operations = [migrations.RunSQL(VOR, ZURUECK)]
