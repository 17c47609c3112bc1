"""No way round the roles: no single rights, no renamed role, no demo account that becomes real.

Also, somebody begins (`rolle_zu_zweit`) until two people can sign in as Administration;
those invited and the demo accounts do not count. And leaving a far-reaching role by changing
the row of the group ends the Rollenvergabe as deleting it does.
"""

from django.db import migrations

VOR = """
CREATE OR REPLACE FUNCTION rolle_zu_zweit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    rolle text;
BEGIN
    SELECT name INTO rolle FROM auth_group WHERE id = NEW.group_id;
    IF rolle NOT IN ('Leitung', 'Administration') THEN
        RETURN NEW;
    END IF;
    IF EXISTS (
        SELECT FROM konten_rollenvergabe
        WHERE konto_id = NEW.konto_id AND gruppe_id = NEW.group_id
          AND ergebnis = 'genehmigt' AND entzogen_um IS NULL
    ) THEN
        RETURN NEW;
    END IF;
    IF EXISTS (SELECT FROM konten_konto WHERE id = NEW.konto_id AND ist_beispiel) THEN
        RETURN NEW;
    END IF;
    IF rolle = 'Administration' THEN
        -- Of two at once the second waits and counts the first.
        PERFORM FROM auth_group WHERE id = NEW.group_id FOR NO KEY UPDATE;
        IF (
            SELECT count(*) FROM konten_konto_groups z JOIN konten_konto k ON k.id = z.konto_id
            WHERE z.group_id = NEW.group_id AND k.is_active AND NOT k.ist_beispiel
        ) < 2 THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'Die Rolle % geben zwei Personen gemeinsam.', rolle
        USING ERRCODE = 'check_violation', CONSTRAINT = 'rolle_zu_zweit';
END $$;

DROP TRIGGER rolle_entzogen ON konten_konto_groups;
CREATE TRIGGER rolle_entzogen AFTER DELETE OR UPDATE ON konten_konto_groups
    FOR EACH ROW EXECUTE FUNCTION rolle_entzogen();

CREATE FUNCTION rechte_nur_aus_rollen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Rechte kommen nur aus Rollen.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'rechte_nur_aus_rollen';
END $$;
CREATE TRIGGER rechte_nur_aus_rollen BEFORE INSERT OR UPDATE ON konten_konto_user_permissions
    FOR EACH ROW EXECUTE FUNCTION rechte_nur_aus_rollen();

CREATE FUNCTION rolle_heisst_fest() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Rollen werden nicht umbenannt.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'rolle_heisst_fest';
END $$;
CREATE TRIGGER rolle_heisst_fest BEFORE UPDATE ON auth_group
    FOR EACH ROW WHEN (OLD.name <> NEW.name OR OLD.id <> NEW.id)
    EXECUTE FUNCTION rolle_heisst_fest();

CREATE FUNCTION beispiel_bleibt_beispiel() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Ein Beispielkonto bleibt ein Beispielkonto.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'beispiel_bleibt_beispiel';
END $$;
CREATE TRIGGER beispiel_bleibt_beispiel BEFORE UPDATE ON konten_konto
    FOR EACH ROW WHEN (OLD.ist_beispiel AND NOT NEW.ist_beispiel)
    EXECUTE FUNCTION beispiel_bleibt_beispiel();
"""
# rolle_zu_zweit stays as it is here: 0003 drops it on the way back.
ZURUECK = """
DROP TRIGGER beispiel_bleibt_beispiel ON konten_konto;
DROP FUNCTION beispiel_bleibt_beispiel();
DROP TRIGGER rolle_heisst_fest ON auth_group;
DROP FUNCTION rolle_heisst_fest();
DROP TRIGGER rechte_nur_aus_rollen ON konten_konto_user_permissions;
DROP FUNCTION rechte_nur_aus_rollen();
DROP TRIGGER rolle_entzogen ON konten_konto_groups;
CREATE TRIGGER rolle_entzogen AFTER DELETE ON konten_konto_groups
    FOR EACH ROW EXECUTE FUNCTION rolle_entzogen();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("konten", "0005_vorschlag_zu_zweit"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunSQL(VOR, ZURUECK)]
