"""Cases take up recommendations of an analysis: those of their own Kommune, and each knows how many run."""

import django.db.models.deletion
from django.db import migrations, models

VOR = """
CREATE FUNCTION aufgriff_der_kommune() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM foerderung_foerderantrag a
        JOIN beratung_handlungsempfehlung e ON e.kommune_id = a.kommune_id
        WHERE a.id = NEW.antrag_id AND e.id = NEW.empfehlung_id
    ) THEN
        RAISE EXCEPTION 'Die Empfehlung ist nicht für die Kommune des Antrags.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'aufgriff_der_kommune';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER aufgriff_der_kommune BEFORE INSERT OR UPDATE ON foerderung_aufgriff
    FOR EACH ROW EXECUTE FUNCTION aufgriff_der_kommune();

CREATE FUNCTION handlungsempfehlung_faelle_stimmt() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    gesucht bigint;
BEGIN
    IF TG_TABLE_NAME = 'beratung_handlungsempfehlung' THEN
        gesucht := NEW.id;
    ELSIF TG_OP = 'DELETE' THEN
        gesucht := OLD.empfehlung_id;
    ELSE
        gesucht := NEW.empfehlung_id;
    END IF;
    IF EXISTS (
        SELECT FROM beratung_handlungsempfehlung e WHERE e.id = gesucht AND e.faelle <> (
            SELECT count(*) FROM foerderung_aufgriff a WHERE a.empfehlung_id = e.id AND a.laeuft
        )
    ) THEN
        RAISE EXCEPTION 'Gezählt sind andere Förderanträge, als die Empfehlung aufgreifen.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'handlungsempfehlung_faelle_stimmt';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER handlungsempfehlung_faelle_stimmt
    AFTER INSERT OR UPDATE OF faelle ON beratung_handlungsempfehlung
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION handlungsempfehlung_faelle_stimmt();
CREATE CONSTRAINT TRIGGER handlungsempfehlung_faelle_stimmt
    AFTER INSERT OR UPDATE OR DELETE ON foerderung_aufgriff
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION handlungsempfehlung_faelle_stimmt();
"""
ZURUECK = """
DROP TRIGGER handlungsempfehlung_faelle_stimmt ON foerderung_aufgriff;
DROP TRIGGER handlungsempfehlung_faelle_stimmt ON beratung_handlungsempfehlung;
DROP FUNCTION handlungsempfehlung_faelle_stimmt();
DROP TRIGGER aufgriff_der_kommune ON foerderung_aufgriff;
DROP FUNCTION aufgriff_der_kommune();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("beratung", "0012_phasen_und_empfehlungen"),
        ("foerderung", "0017_ausgang_der_klage_und_verzicht_mit_brief"),
    ]

    operations = [
        migrations.CreateModel(
            name="Aufgriff",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seit", models.DateTimeField(editable=False, verbose_name="aufgegriffen")),
                (
                    "laeuft",
                    models.BooleanField(default=True, editable=False, verbose_name="läuft"),
                ),
                (
                    "antrag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="aufgriffe",
                        to="foerderung.foerderantrag",
                    ),
                ),
                (
                    "empfehlung",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="aufgriffe",
                        to="beratung.handlungsempfehlung",
                        verbose_name="Empfehlung",
                    ),
                ),
            ],
            options={
                "verbose_name": "aufgegriffene Empfehlung",
                "verbose_name_plural": "aufgegriffene Empfehlungen",
                "ordering": ["pk"],
                "default_permissions": [],
            },
        ),
        migrations.AddConstraint(
            model_name="aufgriff",
            constraint=models.UniqueConstraint(
                fields=("antrag", "empfehlung"), name="aufgriff_einmal"
            ),
        ),
        migrations.RunSQL(VOR, ZURUECK),
    ]
