"""A far-reaching role is given by two people, whoever asks the database for it."""

from django.db import migrations

# Administration may be given alone while fewer than two people hold it: somebody has to begin.
# The demo accounts open nothing outside the demo mode, so nobody needs to agree to theirs.
VOR = """
CREATE FUNCTION rolle_zu_zweit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    rolle text;
BEGIN
    SELECT name INTO rolle FROM auth_group WHERE id = NEW.group_id;
    IF rolle NOT IN ('Leitung', 'Administration') THEN
        RETURN NEW;
    END IF;
    IF rolle = 'Administration' AND (
        SELECT count(*) FROM konten_konto_groups z JOIN konten_konto k ON k.id = z.konto_id
        WHERE z.group_id = NEW.group_id AND k.deaktiviert_um IS NULL
    ) < 2 THEN
        RETURN NEW;
    END IF;
    IF EXISTS (SELECT FROM konten_konto WHERE id = NEW.konto_id AND ist_beispiel) THEN
        RETURN NEW;
    END IF;
    IF EXISTS (
        SELECT FROM konten_rollenvergabe
        WHERE konto_id = NEW.konto_id AND gruppe_id = NEW.group_id
          AND ergebnis = 'genehmigt' AND entzogen_um IS NULL
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Die Rolle % geben zwei Personen gemeinsam.', rolle
        USING ERRCODE = 'check_violation', CONSTRAINT = 'rolle_zu_zweit';
END $$;

CREATE TRIGGER rolle_zu_zweit BEFORE INSERT OR UPDATE ON konten_konto_groups
    FOR EACH ROW EXECUTE FUNCTION rolle_zu_zweit();

CREATE FUNCTION rolle_entzogen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE konten_rollenvergabe SET entzogen_um = clock_timestamp()
    WHERE konto_id = OLD.konto_id AND gruppe_id = OLD.group_id
      AND ergebnis = 'genehmigt' AND entzogen_um IS NULL;
    RETURN OLD;
END $$;

CREATE TRIGGER rolle_entzogen AFTER DELETE ON konten_konto_groups
    FOR EACH ROW EXECUTE FUNCTION rolle_entzogen();
"""
ZURUECK = """
DROP TRIGGER rolle_entzogen ON konten_konto_groups;
DROP FUNCTION rolle_entzogen();
DROP TRIGGER rolle_zu_zweit ON konten_konto_groups;
DROP FUNCTION rolle_zu_zweit();
"""


class Migration(migrations.Migration):
    dependencies = [("konten", "0002_einladungen_und_freigaben")]

    operations = [migrations.RunSQL(VOR, ZURUECK)]
