"""The value a name is compared with goes when the period of the name is over, too."""

from django.db import migrations, models

FUNKTION = """
CREATE OR REPLACE FUNCTION zertifikat_bleibt() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    frei text[] := ARRAY['name', {frei}'widerrufen_um', 'widerrufen_von_id', 'widerruf_grund'];
BEGIN
    IF TG_OP = 'DELETE' AND (OLD.inhalt ->> 'beispiel')::boolean THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - frei = to_jsonb(OLD) - frei
        AND NEW.name IN (OLD.name, '')
        AND NEW.namenspruefwert IN (OLD.namenspruefwert, '')
        AND (OLD.widerrufen_um IS NULL OR NEW.widerrufen_um = OLD.widerrufen_um)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Ein Zertifikat bleibt, wie es ausgestellt ist.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'zertifikat_bleibt';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("fortbildung", "0008_zertifikat_neu_ausstellen")]

    operations = [
        migrations.AlterField(
            model_name="zertifikat",
            name="namenspruefwert",
            field=models.CharField(blank=True, editable=False, max_length=128),
        ),
        migrations.AddConstraint(
            model_name="zertifikat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("name", ""), models.Q(("namenspruefwert", ""), _negated=True), _connector="OR"
                ),
                name="zertifikat_name_pruefbar",
            ),
        ),
        migrations.RunSQL(FUNKTION.format(frei="'namenspruefwert', "), FUNKTION.format(frei="")),
    ]
