"""A review that was handed in stays with its scores; its author can write another one."""

from django.db import migrations, models
from django.db.models import Q

VOR = """
CREATE FUNCTION bewertung_bleibt() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    nummer bigint;
BEGIN
    nummer := CASE WHEN TG_OP = 'DELETE' THEN OLD.gutachten_id ELSE NEW.gutachten_id END;
    IF EXISTS (
        SELECT FROM foerderung_gutachten
        WHERE id = nummer AND abgegeben_um IS NOT NULL
            AND NOT (TG_OP = 'DELETE' AND antrag_ist_beispiel(antrag_id))
    ) THEN
        RAISE EXCEPTION 'Was abgegeben ist, bleibt.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'bewertung_bleibt';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER bewertung_bleibt BEFORE INSERT OR UPDATE OR DELETE ON foerderung_bewertung
    FOR EACH ROW EXECUTE FUNCTION bewertung_bleibt();
"""
ZURUECK = """
DROP TRIGGER bewertung_bleibt ON foerderung_bewertung;
DROP FUNCTION bewertung_bleibt();
"""


class Migration(migrations.Migration):
    dependencies = [("foerderung", "0014_anlagen_zum_bescheid")]

    operations = [
        migrations.RemoveConstraint(model_name="gutachten", name="gutachten_einmal"),
        migrations.AddConstraint(
            model_name="gutachten",
            constraint=models.UniqueConstraint(
                fields=["antrag", "von"],
                condition=Q(abgegeben_um__isnull=True),
                name="gutachten_ein_entwurf",
            ),
        ),
        migrations.RunSQL(VOR, ZURUECK),
    ]
