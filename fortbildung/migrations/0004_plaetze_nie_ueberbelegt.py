"""No write gives away more places than there are, nor the places kept for a group (F39, F41)."""

from django.db import migrations

VOR = """
CREATE FUNCTION durchgang_plaetze_reichen(gesucht bigint) RETURNS boolean LANGUAGE sql AS $$
    SELECT coalesce(sum(greatest(0, b.anzahl - CASE b.gruppe
            WHEN 'kommune' THEN d.kontingent_kommune
            WHEN 'polizei' THEN d.kontingent_polizei
            WHEN 'soziales' THEN d.kontingent_soziales
            ELSE 0 END)), 0)
        <= coalesce(d.plaetze, 0) - d.kontingent_kommune - d.kontingent_polizei
            - d.kontingent_soziales
    FROM fortbildung_durchgang d
    LEFT JOIN (
        SELECT durchgang_id, gruppe, count(*) AS anzahl FROM fortbildung_anmeldung
        WHERE stand IN ('angemeldet', 'angeboten', 'zugelassen') AND durchgang_id = gesucht
        GROUP BY durchgang_id, gruppe
    ) b ON b.durchgang_id = d.id
    WHERE d.id = gesucht
    GROUP BY d.id
$$;

CREATE FUNCTION anmeldung_hat_platz() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM fortbildung_durchgang WHERE id = NEW.durchgang_id FOR UPDATE;
    IF NOT durchgang_plaetze_reichen(NEW.durchgang_id) THEN
        RAISE EXCEPTION 'Der Durchgang hat keinen freien Platz.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'anmeldung_hat_platz';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER anmeldung_hat_platz
    AFTER INSERT OR UPDATE OF stand, gruppe, durchgang_id ON fortbildung_anmeldung
    FOR EACH ROW WHEN (NEW.stand IN ('angemeldet', 'angeboten', 'zugelassen'))
    EXECUTE FUNCTION anmeldung_hat_platz();

CREATE FUNCTION durchgang_plaetze_bleiben() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT durchgang_plaetze_reichen(NEW.id) THEN
        RAISE EXCEPTION 'So viele Plätze sind schon vergeben.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'durchgang_plaetze_bleiben';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER durchgang_plaetze_bleiben
    AFTER UPDATE OF plaetze, kontingent_kommune, kontingent_polizei, kontingent_soziales
    ON fortbildung_durchgang
    FOR EACH ROW EXECUTE FUNCTION durchgang_plaetze_bleiben();

CREATE FUNCTION kurstag_modul_des_lehrgangs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM fortbildung_modul m JOIN fortbildung_durchgang d ON d.lehrgang_id = m.lehrgang_id
        WHERE m.id = NEW.modul_id AND d.id = NEW.durchgang_id
    ) THEN
        RAISE EXCEPTION 'Das Modul gehört zu einem anderen Lehrgang.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'kurstag_modul_des_lehrgangs';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER kurstag_modul_des_lehrgangs
    AFTER INSERT OR UPDATE OF modul_id, durchgang_id ON fortbildung_kurstag
    FOR EACH ROW EXECUTE FUNCTION kurstag_modul_des_lehrgangs();
"""
ZURUECK = """
DROP TRIGGER kurstag_modul_des_lehrgangs ON fortbildung_kurstag;
DROP FUNCTION kurstag_modul_des_lehrgangs();
DROP TRIGGER durchgang_plaetze_bleiben ON fortbildung_durchgang;
DROP FUNCTION durchgang_plaetze_bleiben();
DROP TRIGGER anmeldung_hat_platz ON fortbildung_anmeldung;
DROP FUNCTION anmeldung_hat_platz();
DROP FUNCTION durchgang_plaetze_reichen(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("fortbildung", "0003_anmeldung_und_kurstage")]

    operations = [migrations.RunSQL(VOR, ZURUECK)]
