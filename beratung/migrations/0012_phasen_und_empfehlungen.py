"""What must never be in an analysis, whoever writes (F37).

No phase begins before an earlier one, by the plan and in fact. A recommendation is for a Kommune
of its analysis, and stays with both.
"""

import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import asskomm.texteingabe

VOR = """
CREATE FUNCTION analysephase_reihenfolge() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    arten text[] := ARRAY['auftakt', 'gebietsprofil', 'befragung', 'auswertung', 'bericht', 'workshop'];
BEGIN
    IF EXISTS (
        SELECT FROM beratung_analysephase a JOIN beratung_analysephase b USING (analyse_id)
        WHERE a.analyse_id = NEW.analyse_id
          AND array_position(arten, a.art::text) < array_position(arten, b.art::text)
          AND (b.von < a.von OR b.geplant_von < a.geplant_von)
    ) THEN
        RAISE EXCEPTION 'Eine Phase beginnt vor einer früheren.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'analysephase_reihenfolge';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER analysephase_reihenfolge
    AFTER INSERT OR UPDATE ON beratung_analysephase
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION analysephase_reihenfolge();

CREATE FUNCTION handlungsempfehlung_kommune_der_analyse() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    gesucht bigint;
BEGIN
    IF TG_TABLE_NAME = 'beratung_handlungsempfehlung' THEN
        gesucht := NEW.analyse_id;
    ELSE
        gesucht := OLD.sicherheitsanalyse_id;
    END IF;
    IF EXISTS (
        SELECT FROM beratung_handlungsempfehlung e
        WHERE e.analyse_id = gesucht AND NOT EXISTS (
            SELECT FROM beratung_sicherheitsanalyse_kommunen k
            WHERE k.sicherheitsanalyse_id = e.analyse_id AND k.kommune_id = e.kommune_id
        )
    ) THEN
        RAISE EXCEPTION 'Die Empfehlung ist für eine Kommune, die nicht zur Analyse gehört.'
            USING ERRCODE = 'check_violation',
                  CONSTRAINT = 'handlungsempfehlung_kommune_der_analyse';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER handlungsempfehlung_kommune_der_analyse
    AFTER INSERT ON beratung_handlungsempfehlung
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION handlungsempfehlung_kommune_der_analyse();
CREATE CONSTRAINT TRIGGER sicherheitsanalyse_behaelt_kommune_mit_empfehlung
    AFTER DELETE OR UPDATE ON beratung_sicherheitsanalyse_kommunen
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION handlungsempfehlung_kommune_der_analyse();

CREATE FUNCTION handlungsempfehlung_bleibt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Eine Empfehlung bleibt bei ihrer Analyse und ihrer Kommune.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'handlungsempfehlung_bleibt';
END $$;
CREATE TRIGGER handlungsempfehlung_bleibt
    BEFORE UPDATE OF analyse_id, kommune_id ON beratung_handlungsempfehlung
    FOR EACH ROW WHEN (NEW.analyse_id <> OLD.analyse_id OR NEW.kommune_id <> OLD.kommune_id)
    EXECUTE FUNCTION handlungsempfehlung_bleibt();
"""
ZURUECK = """
DROP TRIGGER handlungsempfehlung_bleibt ON beratung_handlungsempfehlung;
DROP FUNCTION handlungsempfehlung_bleibt();
DROP TRIGGER sicherheitsanalyse_behaelt_kommune_mit_empfehlung
    ON beratung_sicherheitsanalyse_kommunen;
DROP TRIGGER handlungsempfehlung_kommune_der_analyse ON beratung_handlungsempfehlung;
DROP FUNCTION handlungsempfehlung_kommune_der_analyse();
DROP TRIGGER analysephase_reihenfolge ON beratung_analysephase;
DROP FUNCTION analysephase_reihenfolge();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("beratung", "0011_einladung_der_coaches"),
        ("kommunen", "0016_nachfolge_ohne_kreis"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Analysephase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "art",
                    models.CharField(
                        choices=[
                            ("auftakt", "Auftakt"),
                            ("gebietsprofil", "Gebietsprofil"),
                            ("befragung", "Bürgerbefragung"),
                            ("auswertung", "Auswertung"),
                            ("bericht", "Abschlussbericht"),
                            ("workshop", "Workshop"),
                        ],
                        max_length=15,
                        verbose_name="Phase",
                    ),
                ),
                (
                    "geplant_von",
                    models.DateField(blank=True, null=True, verbose_name="geplant von"),
                ),
                (
                    "geplant_bis",
                    models.DateField(blank=True, null=True, verbose_name="geplant bis"),
                ),
                ("von", models.DateField(blank=True, null=True, verbose_name="begonnen")),
                ("bis", models.DateField(blank=True, null=True, verbose_name="beendet")),
            ],
            options={
                "verbose_name": "Phase",
                "verbose_name_plural": "Phasen",
                "ordering": [
                    models.Case(
                        models.When(art="auftakt", then=0),
                        models.When(art="gebietsprofil", then=1),
                        models.When(art="befragung", then=2),
                        models.When(art="auswertung", then=3),
                        models.When(art="bericht", then=4),
                        models.When(art="workshop", then=5),
                        default=6,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Handlungsempfehlung",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "nummer",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="Nummer",
                    ),
                ),
                (
                    "text",
                    asskomm.texteingabe.Langtext(
                        help_text="Keine Namen.", max_length=500, verbose_name="Empfehlung"
                    ),
                ),
                (
                    "thema",
                    models.CharField(
                        blank=True,
                        help_text="Zum Beispiel Sauberkeit oder Beleuchtung",
                        max_length=100,
                        verbose_name="Thema",
                    ),
                ),
                (
                    "stand",
                    models.CharField(
                        choices=[
                            ("offen", "offen"),
                            ("geplant", "geplant"),
                            ("foerderung", "in Förderung"),
                            ("erledigt", "erledigt"),
                            ("verworfen", "verworfen"),
                        ],
                        default="offen",
                        editable=False,
                        max_length=10,
                        verbose_name="Stand",
                    ),
                ),
                (
                    "geplant_jahr",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        editable=False,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1990),
                            django.core.validators.MaxValueValidator(2199),
                        ],
                        verbose_name="geplant für das Jahr",
                    ),
                ),
                (
                    "erlaeuterung",
                    asskomm.texteingabe.Langtext(
                        blank=True,
                        editable=False,
                        max_length=1000,
                        verbose_name="Was getan wurde oder warum nicht",
                    ),
                ),
                (
                    "faelle",
                    models.PositiveSmallIntegerField(
                        default=0, editable=False, verbose_name="laufende Förderanträge"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "geaendert_um",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="Stand geändert"
                    ),
                ),
            ],
            options={
                "verbose_name": "Handlungsempfehlung",
                "verbose_name_plural": "Handlungsempfehlungen",
                "ordering": ["kommune__sortiername", "nummer"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAnalysephase",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "art",
                    models.CharField(
                        choices=[
                            ("auftakt", "Auftakt"),
                            ("gebietsprofil", "Gebietsprofil"),
                            ("befragung", "Bürgerbefragung"),
                            ("auswertung", "Auswertung"),
                            ("bericht", "Abschlussbericht"),
                            ("workshop", "Workshop"),
                        ],
                        max_length=15,
                        verbose_name="Phase",
                    ),
                ),
                (
                    "geplant_von",
                    models.DateField(blank=True, null=True, verbose_name="geplant von"),
                ),
                (
                    "geplant_bis",
                    models.DateField(blank=True, null=True, verbose_name="geplant bis"),
                ),
                ("von", models.DateField(blank=True, null=True, verbose_name="begonnen")),
                ("bis", models.DateField(blank=True, null=True, verbose_name="beendet")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "historical Phase",
                "verbose_name_plural": "historical Phasen",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalHandlungsempfehlung",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "nummer",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="Nummer",
                    ),
                ),
                (
                    "text",
                    asskomm.texteingabe.Langtext(
                        help_text="Keine Namen.", max_length=500, verbose_name="Empfehlung"
                    ),
                ),
                (
                    "thema",
                    models.CharField(
                        blank=True,
                        help_text="Zum Beispiel Sauberkeit oder Beleuchtung",
                        max_length=100,
                        verbose_name="Thema",
                    ),
                ),
                (
                    "stand",
                    models.CharField(
                        choices=[
                            ("offen", "offen"),
                            ("geplant", "geplant"),
                            ("foerderung", "in Förderung"),
                            ("erledigt", "erledigt"),
                            ("verworfen", "verworfen"),
                        ],
                        default="offen",
                        editable=False,
                        max_length=10,
                        verbose_name="Stand",
                    ),
                ),
                (
                    "geplant_jahr",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        editable=False,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1990),
                            django.core.validators.MaxValueValidator(2199),
                        ],
                        verbose_name="geplant für das Jahr",
                    ),
                ),
                (
                    "erlaeuterung",
                    asskomm.texteingabe.Langtext(
                        blank=True,
                        editable=False,
                        max_length=1000,
                        verbose_name="Was getan wurde oder warum nicht",
                    ),
                ),
                (
                    "faelle",
                    models.PositiveSmallIntegerField(
                        default=0, editable=False, verbose_name="laufende Förderanträge"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "geaendert_um",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="Stand geändert"
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "historical Handlungsempfehlung",
                "verbose_name_plural": "historical Handlungsempfehlungen",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name="historicalsicherheitsanalyse",
            name="auftragnehmer",
            field=models.CharField(
                blank=True,
                help_text="Unternehmen, keine Namen.",
                max_length=200,
                verbose_name="Auftragnehmer",
            ),
        ),
        migrations.AddField(
            model_name="historicalsicherheitsanalyse",
            name="ruecklauf",
            field=models.PositiveIntegerField(
                blank=True,
                help_text="Daraus und aus der Zahl der befragten Personen ergibt sich der Anteil.",
                null=True,
                verbose_name="zurückgekommene Fragebögen",
            ),
        ),
        migrations.AddField(
            model_name="sicherheitsanalyse",
            name="auftragnehmer",
            field=models.CharField(
                blank=True,
                help_text="Unternehmen, keine Namen.",
                max_length=200,
                verbose_name="Auftragnehmer",
            ),
        ),
        migrations.AddField(
            model_name="sicherheitsanalyse",
            name="ruecklauf",
            field=models.PositiveIntegerField(
                blank=True,
                help_text="Daraus und aus der Zahl der befragten Personen ergibt sich der Anteil.",
                null=True,
                verbose_name="zurückgekommene Fragebögen",
            ),
        ),
        migrations.AlterField(
            model_name="historicalsicherheitsanalyse",
            name="ruecklauf_prozent",
            field=models.DecimalField(
                blank=True,
                decimal_places=1,
                help_text="Nur wenn die Quelle keine Zahl der Fragebögen nennt.",
                max_digits=4,
                null=True,
                verbose_name="Rücklauf in Prozent",
            ),
        ),
        migrations.AlterField(
            model_name="sicherheitsanalyse",
            name="ruecklauf_prozent",
            field=models.DecimalField(
                blank=True,
                decimal_places=1,
                help_text="Nur wenn die Quelle keine Zahl der Fragebögen nennt.",
                max_digits=4,
                null=True,
                verbose_name="Rücklauf in Prozent",
            ),
        ),
        migrations.AddConstraint(
            model_name="sicherheitsanalyse",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ruecklauf__isnull", True),
                    models.Q(
                        ("ruecklauf__lte", models.F("stichprobe")),
                        ("stichprobe__gt", 0),
                        ("stichprobe__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="sicherheitsanalyse_ruecklauf_aus_stichprobe",
                violation_error_message="Es können nicht mehr Fragebögen zurückkommen, als Personen befragt wurden.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sicherheitsanalyse",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ruecklauf__isnull", True),
                    ("ruecklauf_prozent__isnull", True),
                    _connector="OR",
                ),
                name="sicherheitsanalyse_ruecklauf_einmal",
                violation_error_message="Geben Sie die Zahl der Fragebögen an oder den Anteil, nicht beides.",
            ),
        ),
        migrations.AddField(
            model_name="analysephase",
            name="analyse",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="phasen",
                to="beratung.sicherheitsanalyse",
                verbose_name="Analyse",
            ),
        ),
        migrations.AddField(
            model_name="handlungsempfehlung",
            name="analyse",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="empfehlungen",
                to="beratung.sicherheitsanalyse",
                verbose_name="Analyse",
            ),
        ),
        migrations.AddField(
            model_name="handlungsempfehlung",
            name="geaendert_von",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="Stand geändert von",
            ),
        ),
        migrations.AddField(
            model_name="handlungsempfehlung",
            name="kommune",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="handlungsempfehlungen",
                to="kommunen.kommune",
                verbose_name="Kommune",
            ),
        ),
        migrations.AddField(
            model_name="historicalanalysephase",
            name="analyse",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="beratung.sicherheitsanalyse",
                verbose_name="Analyse",
            ),
        ),
        migrations.AddField(
            model_name="historicalanalysephase",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalhandlungsempfehlung",
            name="analyse",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="beratung.sicherheitsanalyse",
                verbose_name="Analyse",
            ),
        ),
        migrations.AddField(
            model_name="historicalhandlungsempfehlung",
            name="geaendert_von",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="Stand geändert von",
            ),
        ),
        migrations.AddField(
            model_name="historicalhandlungsempfehlung",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalhandlungsempfehlung",
            name="kommune",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="kommunen.kommune",
                verbose_name="Kommune",
            ),
        ),
        migrations.AddConstraint(
            model_name="analysephase",
            constraint=models.UniqueConstraint(
                fields=("analyse", "art"),
                name="analysephase_einmal",
                violation_error_message="Diese Phase steht schon in der Liste.",
            ),
        ),
        migrations.AddConstraint(
            model_name="analysephase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "art__in",
                        [
                            "auftakt",
                            "gebietsprofil",
                            "befragung",
                            "auswertung",
                            "bericht",
                            "workshop",
                        ],
                    )
                ),
                name="analysephase_bekannt",
            ),
        ),
        migrations.AddConstraint(
            model_name="analysephase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("geplant_bis__isnull", True), ("geplant_von__isnull", True)),
                    models.Q(
                        ("geplant_bis__gte", models.F("geplant_von")),
                        ("geplant_bis__isnull", False),
                        ("geplant_von__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="analysephase_plan",
                violation_error_message="Zum Plan gehören Beginn und Ende, und das Ende liegt nicht vor dem Beginn.",
            ),
        ),
        migrations.AddConstraint(
            model_name="analysephase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("bis__isnull", True),
                    models.Q(("bis__gte", models.F("von")), ("von__isnull", False)),
                    _connector="OR",
                ),
                name="analysephase_verlauf",
                violation_error_message="Das Ende liegt vor dem Beginn, oder der Beginn fehlt.",
            ),
        ),
        migrations.AddConstraint(
            model_name="analysephase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("geplant_von__isnull", False), ("von__isnull", False), _connector="OR"
                ),
                name="analysephase_mit_tagen",
                violation_error_message="Geben Sie an, wann die Phase geplant ist oder wann sie begann.",
            ),
        ),
        migrations.AddConstraint(
            model_name="analysephase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("geplant_von__isnull", True),
                    models.Q(("geplant_von__year__gte", 1990), ("geplant_von__year__lte", 2199)),
                    _connector="OR",
                ),
                name="analysephase_geplant_von_spanne",
                violation_error_message="Das Jahr muss zwischen 1990 und 2199 liegen. Prüfen Sie das Datum.",
            ),
        ),
        migrations.AddConstraint(
            model_name="analysephase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("geplant_bis__isnull", True),
                    models.Q(("geplant_bis__year__gte", 1990), ("geplant_bis__year__lte", 2199)),
                    _connector="OR",
                ),
                name="analysephase_geplant_bis_spanne",
                violation_error_message="Das Jahr muss zwischen 1990 und 2199 liegen. Prüfen Sie das Datum.",
            ),
        ),
        migrations.AddConstraint(
            model_name="analysephase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("von__isnull", True),
                    models.Q(("von__year__gte", 1990), ("von__year__lte", 2199)),
                    _connector="OR",
                ),
                name="analysephase_von_spanne",
                violation_error_message="Das Jahr muss zwischen 1990 und 2199 liegen. Prüfen Sie das Datum.",
            ),
        ),
        migrations.AddConstraint(
            model_name="analysephase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("bis__isnull", True),
                    models.Q(("bis__year__gte", 1990), ("bis__year__lte", 2199)),
                    _connector="OR",
                ),
                name="analysephase_bis_spanne",
                violation_error_message="Das Jahr muss zwischen 1990 und 2199 liegen. Prüfen Sie das Datum.",
            ),
        ),
        migrations.AddIndex(
            model_name="handlungsempfehlung",
            index=models.Index(fields=["kommune", "stand"], name="handlungsempfehlung_stand"),
        ),
        migrations.AddConstraint(
            model_name="handlungsempfehlung",
            constraint=models.UniqueConstraint(
                fields=("analyse", "kommune", "nummer"),
                name="handlungsempfehlung_einmal",
                violation_error_message="Diese Nummer gibt es für die Kommune schon.",
            ),
        ),
        migrations.AddConstraint(
            model_name="handlungsempfehlung",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("text", ""), _negated=True), ("nummer__gte", 1)),
                name="handlungsempfehlung_hat_text",
                violation_error_message="Zur Empfehlung gehören eine Nummer ab 1 und ihr Text.",
            ),
        ),
        migrations.AddConstraint(
            model_name="handlungsempfehlung",
            constraint=models.CheckConstraint(
                condition=models.Q(("text__laenge__lte", 500)),
                name="handlungsempfehlung_text_laenge",
                violation_error_message="Kürzen Sie den Text auf höchstens 500 Zeichen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="handlungsempfehlung",
            constraint=models.CheckConstraint(
                condition=models.Q(("erlaeuterung__laenge__lte", 1000)),
                name="handlungsempfehlung_erlaeuterung_laenge",
                violation_error_message="Kürzen Sie den Text auf höchstens 1000 Zeichen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="handlungsempfehlung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("stand__in", ["offen", "geplant", "foerderung", "erledigt", "verworfen"])
                ),
                name="handlungsempfehlung_stand_bekannt",
            ),
        ),
        migrations.AddConstraint(
            model_name="handlungsempfehlung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("geplant_jahr__isnull", False), ("stand__in", ["geplant", "foerderung"])
                    ),
                    models.Q(
                        ("geplant_jahr__isnull", True),
                        models.Q(("stand", "geplant"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="handlungsempfehlung_geplant_mit_jahr",
            ),
        ),
        migrations.AddConstraint(
            model_name="handlungsempfehlung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("stand__in", ("erledigt", "verworfen")),
                        models.Q(("erlaeuterung", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("stand__in", ("erledigt", "verworfen")), _negated=True),
                        ("erlaeuterung", ""),
                    ),
                    _connector="OR",
                ),
                name="handlungsempfehlung_erlaeutert",
            ),
        ),
        migrations.AddConstraint(
            model_name="handlungsempfehlung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("stand", "erledigt"),
                    models.Q(("faelle__gt", 0), ("stand", "foerderung")),
                    models.Q(models.Q(("stand", "foerderung"), _negated=True), ("faelle", 0)),
                    _connector="OR",
                ),
                name="handlungsempfehlung_stand_und_faelle",
            ),
        ),
        migrations.RunSQL(VOR, ZURUECK),
    ]
