"""What must never be in the coaching, whoever writes (F31-F33).

A text keeps its level, its writer and its session. The booked quarter days are the sum of the
sessions. Nobody leads more engagements than they have room for, nor without a contract on the
first day. An extension stays as it was proposed and decided; see konten 0005.
"""

from django.db import migrations

VOR = """
CREATE FUNCTION niederschrift_behaelt_stufe() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Eine Niederschrift behält ihre Sichtbarkeit.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'niederschrift_behaelt_stufe';
END $$;
CREATE TRIGGER niederschrift_behaelt_stufe BEFORE UPDATE ON beratung_niederschrift
    FOR EACH ROW WHEN (
        NEW.stufe <> OLD.stufe OR NEW.sitzung_id <> OLD.sitzung_id
        OR NEW.verfasst_von_id <> OLD.verfasst_von_id
    ) EXECUTE FUNCTION niederschrift_behaelt_stufe();

CREATE FUNCTION mandat_gebucht_stimmt() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    gesucht uuid;
BEGIN
    IF TG_TABLE_NAME = 'beratung_mandat' THEN
        gesucht := NEW.id;
    ELSIF TG_OP = 'DELETE' THEN
        gesucht := OLD.mandat_id;
    ELSE
        gesucht := NEW.mandat_id;
    END IF;
    IF EXISTS (
        SELECT FROM beratung_mandat m WHERE m.id = gesucht AND m.gebucht <> (
            SELECT coalesce(sum(s.viertel), 0) FROM beratung_sitzung s
            WHERE s.mandat_id = m.id AND s.storniert_um IS NULL
        )
    ) THEN
        RAISE EXCEPTION 'Gebucht ist etwas anderes als die Summe der Sitzungen.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'mandat_gebucht_stimmt';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER mandat_gebucht_stimmt
    AFTER INSERT OR UPDATE OF gebucht ON beratung_mandat
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION mandat_gebucht_stimmt();
CREATE CONSTRAINT TRIGGER mandat_gebucht_stimmt
    AFTER INSERT OR DELETE OR UPDATE OF viertel, storniert_um ON beratung_sitzung
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION mandat_gebucht_stimmt();
CREATE FUNCTION sitzung_bleibt_bei_mandat() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Eine Sitzung bleibt bei ihrer Begleitung.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'sitzung_bleibt_bei_mandat';
END $$;
CREATE TRIGGER sitzung_bleibt_bei_mandat BEFORE UPDATE OF mandat_id ON beratung_sitzung
    FOR EACH ROW WHEN (NEW.mandat_id <> OLD.mandat_id)
    EXECUTE FUNCTION sitzung_bleibt_bei_mandat();

CREATE FUNCTION einsatz_moeglich() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    hoechstens integer;
BEGIN
    SELECT kapazitaet INTO hoechstens FROM beratung_coach WHERE id = NEW.coach_id FOR UPDATE;
    IF NOT EXISTS (
        SELECT FROM beratung_coachvertrag
        WHERE coach_id = NEW.coach_id AND NEW.von BETWEEN von AND bis
    ) THEN
        RAISE EXCEPTION 'Der Coach hat an diesem Tag keinen Vertrag.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'einsatz_mit_vertrag';
    END IF;
    IF NEW.bis IS NULL AND NEW.rolle = 'coach' AND hoechstens < (
        SELECT count(*) FROM beratung_einsatz
        WHERE coach_id = NEW.coach_id AND rolle = 'coach' AND bis IS NULL
    ) THEN
        RAISE EXCEPTION 'Der Coach leitet schon so viele Begleitungen, wie er kann.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'einsatz_kapazitaet';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER einsatz_moeglich AFTER INSERT ON beratung_einsatz
    FOR EACH ROW EXECUTE FUNCTION einsatz_moeglich();
CREATE TRIGGER einsatz_weiter_moeglich
    AFTER UPDATE OF coach_id, rolle, von, bis ON beratung_einsatz
    FOR EACH ROW WHEN (
        NEW.coach_id <> OLD.coach_id OR NEW.rolle <> OLD.rolle OR NEW.von <> OLD.von
        OR (NEW.bis IS NULL AND OLD.bis IS NOT NULL)
    ) EXECUTE FUNCTION einsatz_moeglich();

CREATE TRIGGER vieraugen_beginnt_offen BEFORE INSERT ON beratung_kontingenterweiterung
    FOR EACH ROW WHEN (NEW.ergebnis <> 'offen') EXECUTE FUNCTION vieraugen_abgewiesen();
CREATE TRIGGER vieraugen_bleibt BEFORE UPDATE ON beratung_kontingenterweiterung
    FOR EACH ROW EXECUTE FUNCTION vieraugen_bleibt('', '');
CREATE TRIGGER vieraugen_geht_nicht BEFORE DELETE ON beratung_kontingenterweiterung
    FOR EACH ROW EXECUTE FUNCTION vieraugen_abgewiesen();
"""
ZURUECK = """
DROP TRIGGER vieraugen_geht_nicht ON beratung_kontingenterweiterung;
DROP TRIGGER vieraugen_bleibt ON beratung_kontingenterweiterung;
DROP TRIGGER vieraugen_beginnt_offen ON beratung_kontingenterweiterung;
DROP TRIGGER einsatz_weiter_moeglich ON beratung_einsatz;
DROP TRIGGER einsatz_moeglich ON beratung_einsatz;
DROP FUNCTION einsatz_moeglich();
DROP TRIGGER sitzung_bleibt_bei_mandat ON beratung_sitzung;
DROP FUNCTION sitzung_bleibt_bei_mandat();
DROP TRIGGER mandat_gebucht_stimmt ON beratung_sitzung;
DROP TRIGGER mandat_gebucht_stimmt ON beratung_mandat;
DROP FUNCTION mandat_gebucht_stimmt();
DROP TRIGGER niederschrift_behaelt_stufe ON beratung_niederschrift;
DROP FUNCTION niederschrift_behaelt_stufe();
"""


class Migration(migrations.Migration):
    dependencies = [("beratung", "0005_coaches_und_begleitungen")]

    operations = [migrations.RunSQL(VOR, ZURUECK)]
