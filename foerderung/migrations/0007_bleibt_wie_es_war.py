"""What was signed, decided, issued or released stays; only invented cases can be removed again."""

from django.db import migrations

VOR = """
CREATE FUNCTION antrag_ist_beispiel(gesucht uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM foerderung_foerderantrag WHERE id = gesucht AND herkunft = 'beispiel'
    )
$$;

CREATE FUNCTION antragsteil_bleibt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND antrag_ist_beispiel(OLD.antrag_id) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'Was gezeichnet oder erlassen ist, bleibt.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'antragsteil_bleibt';
END $$;
CREATE TRIGGER fassung_bleibt BEFORE UPDATE OR DELETE ON foerderung_fassung
    FOR EACH ROW EXECUTE FUNCTION antragsteil_bleibt();
CREATE TRIGGER bescheid_bleibt BEFORE UPDATE OR DELETE ON foerderung_bescheid
    FOR EACH ROW EXECUTE FUNCTION antragsteil_bleibt();
CREATE TRIGGER gutachten_bleibt BEFORE UPDATE ON foerderung_gutachten
    FOR EACH ROW WHEN (OLD.abgegeben_um IS NOT NULL) EXECUTE FUNCTION antragsteil_bleibt();

CREATE FUNCTION antrag_bleibt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.herkunft = 'beispiel' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'Eingereichte Anträge werden nicht gelöscht.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'antrag_bleibt';
END $$;
CREATE TRIGGER antrag_bleibt BEFORE DELETE ON foerderung_foerderantrag
    FOR EACH ROW WHEN (OLD.eingereicht_um IS NOT NULL) EXECUTE FUNCTION antrag_bleibt();

CREATE TRIGGER vieraugen_beginnt_offen BEFORE INSERT ON foerderung_entscheidung
    FOR EACH ROW WHEN (NEW.ergebnis <> 'offen') EXECUTE FUNCTION vieraugen_abgewiesen();
CREATE TRIGGER vieraugen_bleibt BEFORE UPDATE ON foerderung_entscheidung
    FOR EACH ROW EXECUTE FUNCTION vieraugen_bleibt('', '');
CREATE TRIGGER vieraugen_geht_nicht BEFORE DELETE ON foerderung_entscheidung
    FOR EACH ROW WHEN (NOT antrag_ist_beispiel(OLD.antrag_id))
    EXECUTE FUNCTION vieraugen_abgewiesen();

CREATE FUNCTION regelwerk_bleibt() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    nummer bigint;
BEGIN
    nummer := CASE WHEN TG_OP = 'DELETE' THEN OLD.regelwerk_id ELSE NEW.regelwerk_id END;
    IF EXISTS (
        SELECT FROM foerderung_regelwerk
        WHERE freigegeben_um IS NOT NULL
            AND (id = nummer OR (TG_OP = 'UPDATE' AND id = OLD.regelwerk_id))
    ) THEN
        RAISE EXCEPTION 'Ein freigegebenes Regelwerk bleibt, wie es ist.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'regelwerk_bleibt';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE FUNCTION regelwerk_selbst_bleibt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (to_jsonb(NEW) - 'bemerkung') = (to_jsonb(OLD) - 'bemerkung') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Ein freigegebenes Regelwerk bleibt, wie es ist.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'regelwerk_bleibt';
END $$;
CREATE TRIGGER regelwerk_bleibt BEFORE UPDATE OR DELETE ON foerderung_regelwerk
    FOR EACH ROW WHEN (OLD.freigegeben_um IS NOT NULL)
    EXECUTE FUNCTION regelwerk_selbst_bleibt();
"""
TEILE = (
    "regel", "ausnahmegrund", "personalobergrenze", "checklistenpunkt", "anlagenart",
    "erklaerung", "textbaustein",
)  # fmt: skip
VOR += "".join(
    f"""
CREATE TRIGGER regelwerk_bleibt BEFORE INSERT OR UPDATE OR DELETE ON foerderung_{teil}
    FOR EACH ROW EXECUTE FUNCTION regelwerk_bleibt();"""
    for teil in TEILE
)
ZURUECK = (
    "".join(f"DROP TRIGGER regelwerk_bleibt ON foerderung_{teil};\n" for teil in TEILE)
    + """
DROP TRIGGER regelwerk_bleibt ON foerderung_regelwerk;
DROP FUNCTION regelwerk_selbst_bleibt();
DROP FUNCTION regelwerk_bleibt();
DROP TRIGGER vieraugen_geht_nicht ON foerderung_entscheidung;
DROP TRIGGER vieraugen_bleibt ON foerderung_entscheidung;
DROP TRIGGER vieraugen_beginnt_offen ON foerderung_entscheidung;
DROP TRIGGER antrag_bleibt ON foerderung_foerderantrag;
DROP FUNCTION antrag_bleibt();
DROP TRIGGER gutachten_bleibt ON foerderung_gutachten;
DROP TRIGGER bescheid_bleibt ON foerderung_bescheid;
DROP TRIGGER fassung_bleibt ON foerderung_fassung;
DROP FUNCTION antragsteil_bleibt();
DROP FUNCTION antrag_ist_beispiel(uuid);
"""
)


class Migration(migrations.Migration):
    dependencies = [
        ("foerderung", "0006_foerderantraege_und_regelwerk"),
        ("konten", "0009_entscheidung_in_vertretung"),
    ]

    operations = [migrations.RunSQL(VOR, ZURUECK)]
