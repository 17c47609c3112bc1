"""A grant can be changed and revoked from a day on; what binds money stays as it was proposed."""

import uuid

from django.db import migrations, models

VOR = """
CREATE TRIGGER empfehlung_bleibt BEFORE UPDATE OR DELETE ON foerderung_empfehlung
    FOR EACH ROW EXECUTE FUNCTION antragsteil_bleibt();

CREATE FUNCTION mittelbindung_bleibt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' AND EXISTS (
        SELECT FROM foerderung_entscheidung WHERE id = NEW.entscheidung_id AND ergebnis = 'offen'
    ) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' AND antrag_ist_beispiel(
        (SELECT antrag_id FROM foerderung_entscheidung WHERE id = OLD.entscheidung_id)
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'Eine Mittelbindung bleibt, wie sie vorgeschlagen wurde.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'mittelbindung_bleibt';
END $$;
CREATE TRIGGER mittelbindung_bleibt BEFORE INSERT OR UPDATE OR DELETE ON foerderung_mittelbindung
    FOR EACH ROW EXECUTE FUNCTION mittelbindung_bleibt();
"""
ZURUECK = """
DROP TRIGGER mittelbindung_bleibt ON foerderung_mittelbindung;
DROP FUNCTION mittelbindung_bleibt();
DROP TRIGGER empfehlung_bleibt ON foerderung_empfehlung;
"""

GILT_AB = {
    "blank": True,
    "editable": False,
    "help_text": "Nur nach einer Änderung; sonst gilt die Zuwendung ab der Bewilligung.",
    "null": True,
    "verbose_name": "in dieser Höhe seit",
}
BEENDET_AM = {
    "blank": True,
    "editable": False,
    "help_text": "Von diesem Tag an zählt sie nicht mehr.",
    "null": True,
    "verbose_name": "geändert oder widerrufen am",
}


class Migration(migrations.Migration):
    dependencies = [("foerderung", "0010_beispielrunde")]

    operations = [
        migrations.AddField(
            model_name="empfehlung",
            name="marke",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
        *(
            migrations.AddField(
                model_name=modell, name=name, field=models.DateField(**eigenschaften)
            )
            for modell in ("zuwendung", "historicalzuwendung")
            for name, eigenschaften in (("gilt_ab", GILT_AB), ("beendet_am", BEENDET_AM))
        ),
        migrations.AddConstraint(
            model_name="zuwendung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("gilt_ab__isnull", True),
                    ("beendet_am__isnull", True),
                    ("beendet_am__gte", models.F("gilt_ab")),
                    _connector="OR",
                ),
                name="zuwendung_ende_nach_beginn",
            ),
        ),
        migrations.RunSQL(VOR, ZURUECK),
    ]
