"""Changes during a project, and organisations to which money is passed on (F21, F25)."""

import uuid

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import asskomm.texteingabe

# What was reported and decided stays; consent and refusal are two people's; the active recipients
# of a case never add up to more than its grant.
VOR = """
CREATE FUNCTION aenderung_ist_beispiel(gesucht uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT antrag_ist_beispiel((SELECT antrag_id FROM foerderung_aenderung WHERE id = gesucht))
$$;
CREATE TRIGGER vieraugen_beginnt_offen BEFORE INSERT ON foerderung_aenderungsentscheidung
    FOR EACH ROW WHEN (NEW.ergebnis <> 'offen') EXECUTE FUNCTION vieraugen_abgewiesen();
CREATE TRIGGER vieraugen_bleibt BEFORE UPDATE ON foerderung_aenderungsentscheidung
    FOR EACH ROW EXECUTE FUNCTION vieraugen_bleibt('', '');
CREATE TRIGGER vieraugen_geht_nicht BEFORE DELETE ON foerderung_aenderungsentscheidung
    FOR EACH ROW WHEN (NOT aenderung_ist_beispiel(OLD.aenderung_id))
    EXECUTE FUNCTION vieraugen_abgewiesen();

CREATE FUNCTION aenderung_bleibt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND antrag_ist_beispiel(OLD.antrag_id) THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE'
        AND OLD.stand = 'eingegangen'
        AND (
            NEW.antrag_id, NEW.nummer, NEW.art, NEW.anlass, NEW.braucht_zustimmung,
            NEW.begruendung, NEW.geldgeber, NEW.gemeldet_um, NEW.gemeldet_von_id
        ) = (
            OLD.antrag_id, OLD.nummer, OLD.art, OLD.anlass, OLD.braucht_zustimmung,
            OLD.begruendung, OLD.geldgeber, OLD.gemeldet_um, OLD.gemeldet_von_id
        )
        AND (NEW.bis_neu, NEW.ausgaben_neu_euro, NEW.betrag_euro, NEW.grenze_prozent)
            IS NOT DISTINCT FROM
            (OLD.bis_neu, OLD.ausgaben_neu_euro, OLD.betrag_euro, OLD.grenze_prozent)
        AND (
            NEW.stand NOT IN ('zugestimmt', 'abgelehnt')
            OR EXISTS (
                SELECT FROM foerderung_aenderungsentscheidung e
                WHERE e.aenderung_id = NEW.id AND e.ergebnis = 'genehmigt'
                    AND e.zustimmen = (NEW.stand = 'zugestimmt')
            )
        )
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Was gemeldet oder entschieden ist, bleibt.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'aenderung_bleibt';
END $$;
CREATE TRIGGER aenderung_bleibt BEFORE UPDATE OR DELETE ON foerderung_aenderung
    FOR EACH ROW EXECUTE FUNCTION aenderung_bleibt();
CREATE FUNCTION umschichtung_bleibt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND aenderung_ist_beispiel(OLD.aenderung_id) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'Was gemeldet ist, bleibt.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'umschichtung_bleibt';
END $$;
CREATE TRIGGER umschichtung_bleibt BEFORE UPDATE OR DELETE ON foerderung_umschichtung
    FOR EACH ROW EXECUTE FUNCTION umschichtung_bleibt();

CREATE FUNCTION weiterleitung_hoechstens_bewilligt() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    grenze numeric;
    summe numeric;
BEGIN
    -- Whoever writes two rows of a case at once waits here.
    PERFORM FROM foerderung_foerderantrag WHERE id = NEW.antrag_id FOR UPDATE;
    SELECT bewilligt INTO grenze FROM foerderung_foerderkonto WHERE antrag_id = NEW.antrag_id;
    SELECT coalesce(sum(betrag_euro), 0) INTO summe FROM foerderung_weiterleitung
        WHERE antrag_id = NEW.antrag_id AND stand = 'aktiv';
    IF summe > coalesce(grenze, 0) THEN
        RAISE EXCEPTION 'Weitergeleitet wären % Euro, bewilligt sind % Euro.',
            summe, coalesce(grenze, 0)
            USING ERRCODE = 'check_violation',
                CONSTRAINT = 'weiterleitung_hoechstens_bewilligt';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER weiterleitung_hoechstens_bewilligt AFTER INSERT ON foerderung_weiterleitung
    FOR EACH ROW EXECUTE FUNCTION weiterleitung_hoechstens_bewilligt();
CREATE FUNCTION weiterleitung_bleibt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND antrag_ist_beispiel(OLD.antrag_id) THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE'
        AND OLD.stand = 'aktiv'
        AND (
            NEW.antrag_id, NEW.organisation, NEW.rechtsform, NEW.sitz, NEW.betrag_euro,
            NEW.vereinbart_am, NEW.vereinbarung, NEW.eingetragen_um, NEW.eingetragen_von_id
        ) = (
            OLD.antrag_id, OLD.organisation, OLD.rechtsform, OLD.sitz, OLD.betrag_euro,
            OLD.vereinbart_am, OLD.vereinbarung, OLD.eingetragen_um, OLD.eingetragen_von_id
        )
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Eine Weiterleitung bleibt, wie sie eingetragen ist.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'weiterleitung_bleibt';
END $$;
CREATE TRIGGER weiterleitung_bleibt BEFORE UPDATE OR DELETE ON foerderung_weiterleitung
    FOR EACH ROW EXECUTE FUNCTION weiterleitung_bleibt();
"""
ZURUECK = """
DROP TRIGGER weiterleitung_bleibt ON foerderung_weiterleitung;
DROP FUNCTION weiterleitung_bleibt();
DROP TRIGGER weiterleitung_hoechstens_bewilligt ON foerderung_weiterleitung;
DROP FUNCTION weiterleitung_hoechstens_bewilligt();
DROP TRIGGER umschichtung_bleibt ON foerderung_umschichtung;
DROP FUNCTION umschichtung_bleibt();
DROP TRIGGER aenderung_bleibt ON foerderung_aenderung;
DROP FUNCTION aenderung_bleibt();
DROP TRIGGER vieraugen_geht_nicht ON foerderung_aenderungsentscheidung;
DROP TRIGGER vieraugen_bleibt ON foerderung_aenderungsentscheidung;
DROP TRIGGER vieraugen_beginnt_offen ON foerderung_aenderungsentscheidung;
DROP FUNCTION aenderung_ist_beispiel(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("foerderung", "0022_eine_unentschiedene_auszahlung"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Aenderung",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("marke", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("nummer", models.PositiveSmallIntegerField(verbose_name="Nummer")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="Version"),
                ),
                (
                    "art",
                    models.CharField(
                        choices=[
                            ("umschichtung", "Verschiebung zwischen Ausgabenarten"),
                            ("verlaengerung", "Verlängerung des Bewilligungszeitraums"),
                            ("minderausgaben", "Geringere Ausgaben"),
                            ("finanzierung", "Weitere Mittel von Dritten"),
                            ("mitteilung", "Andere Mitteilung"),
                        ],
                        max_length=20,
                        verbose_name="Art",
                    ),
                ),
                (
                    "anlass",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("zweck", "Der Zweck soll sich ändern"),
                            ("umstaende", "Wichtige Umstände haben sich geändert"),
                            ("nicht_erreichbar", "Der Zweck ist nicht mehr zu erreichen"),
                            (
                                "nicht_verbraucht",
                                "Ausgezahltes Geld wird nicht rechtzeitig verwendet",
                            ),
                            (
                                "gegenstaende",
                                "Angeschaffte Gegenstände werden nicht mehr dafür gebraucht",
                            ),
                            ("insolvenz", "Ein Insolvenzverfahren ist beantragt oder eröffnet"),
                        ],
                        max_length=20,
                        verbose_name="Anlass",
                    ),
                ),
                (
                    "stand",
                    models.CharField(
                        choices=[
                            ("eingegangen", "eingegangen"),
                            ("zur_kenntnis", "zur Kenntnis genommen"),
                            ("zugestimmt", "zugestimmt"),
                            ("abgelehnt", "abgelehnt"),
                            ("zurueckgezogen", "zurückgezogen"),
                        ],
                        default="eingegangen",
                        editable=False,
                        max_length=20,
                        verbose_name="Stand",
                    ),
                ),
                (
                    "braucht_zustimmung",
                    models.BooleanField(editable=False, verbose_name="braucht Zustimmung"),
                ),
                (
                    "grenze_prozent",
                    models.DecimalField(
                        decimal_places=2,
                        editable=False,
                        max_digits=5,
                        null=True,
                        verbose_name="Grenze in Prozent",
                    ),
                ),
                ("bis_neu", models.DateField(blank=True, null=True, verbose_name="neues Ende")),
                (
                    "ausgaben_neu_euro",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="erwartete Ausgaben in Euro",
                    ),
                ),
                (
                    "geldgeber",
                    models.CharField(blank=True, max_length=200, verbose_name="Geldgeber"),
                ),
                (
                    "betrag_euro",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="Betrag in Euro",
                    ),
                ),
                (
                    "begruendung",
                    asskomm.texteingabe.Langtext(max_length=5000, verbose_name="Begründung"),
                ),
                ("gemeldet_um", models.DateTimeField(editable=False, verbose_name="gemeldet")),
                (
                    "erledigt_um",
                    models.DateTimeField(editable=False, null=True, verbose_name="entschieden"),
                ),
                (
                    "antwort",
                    asskomm.texteingabe.Langtext(
                        blank=True, max_length=5000, verbose_name="Antwort an die Kommune"
                    ),
                ),
                (
                    "vermerk",
                    asskomm.texteingabe.Langtext(
                        blank=True, max_length=5000, verbose_name="interner Vermerk"
                    ),
                ),
                (
                    "braucht_bescheid",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="Bescheid ist zu ändern"
                    ),
                ),
                (
                    "erinnert_am",
                    models.DateField(editable=False, null=True, verbose_name="erinnert"),
                ),
                (
                    "antrag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="aenderungen",
                        to="foerderung.foerderantrag",
                    ),
                ),
                (
                    "erledigt_fuer",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="in Vertretung entschieden für",
                    ),
                ),
                (
                    "erledigt_von",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entschieden von",
                    ),
                ),
                (
                    "gemeldet_von",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="gemeldet von",
                    ),
                ),
            ],
            options={
                "verbose_name": "Änderung während des Vorhabens",
                "verbose_name_plural": "Änderungen während des Vorhabens",
                "ordering": ["-nummer"],
                "default_permissions": [],
            },
        ),
        migrations.CreateModel(
            name="Aenderungsentscheidung",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("marke", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "vorgeschlagen_um",
                    models.DateTimeField(editable=False, verbose_name="vorgeschlagen"),
                ),
                ("begruendung", models.TextField(verbose_name="Begründung")),
                (
                    "ergebnis",
                    models.CharField(
                        choices=[
                            ("offen", "offen"),
                            ("genehmigt", "genehmigt"),
                            ("abgelehnt", "abgelehnt"),
                            ("zurueckgezogen", "zurückgezogen"),
                        ],
                        default="offen",
                        editable=False,
                        max_length=20,
                        verbose_name="Ergebnis",
                    ),
                ),
                (
                    "entschieden_um",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="entschieden"
                    ),
                ),
                ("zustimmen", models.BooleanField(verbose_name="zustimmen")),
                (
                    "antwort",
                    asskomm.texteingabe.Langtext(
                        max_length=5000, verbose_name="Antwort an die Kommune"
                    ),
                ),
                (
                    "aenderung",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entscheidungen",
                        to="foerderung.aenderung",
                    ),
                ),
                (
                    "entschieden_fuer",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="in Vertretung entschieden für",
                    ),
                ),
                (
                    "entschieden_von",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entschieden von",
                    ),
                ),
                (
                    "vorgeschlagen_fuer",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="in Vertretung vorgeschlagen für",
                    ),
                ),
                (
                    "vorgeschlagen_von",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="vorgeschlagen von",
                    ),
                ),
            ],
            options={
                "verbose_name": "Entscheidung über eine Änderung",
                "verbose_name_plural": "Entscheidungen über Änderungen",
                "ordering": ["-vorgeschlagen_um"],
                "abstract": False,
                "default_permissions": ["view", "add", "entscheiden"],
            },
        ),
        migrations.CreateModel(
            name="Umschichtung",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ausgabenart", models.CharField(max_length=30, verbose_name="Ausgabenart")),
                (
                    "plan_euro",
                    models.DecimalField(
                        decimal_places=2, max_digits=12, verbose_name="Plan in Euro"
                    ),
                ),
                (
                    "neu_euro",
                    models.DecimalField(
                        decimal_places=2, max_digits=12, verbose_name="neu in Euro"
                    ),
                ),
                (
                    "aenderung",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="umschichtungen",
                        to="foerderung.aenderung",
                    ),
                ),
            ],
            options={
                "verbose_name": "Umschichtung",
                "verbose_name_plural": "Umschichtungen",
                "ordering": ["pk"],
                "default_permissions": [],
            },
        ),
        migrations.CreateModel(
            name="Weiterleitung",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("marke", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("organisation", models.CharField(max_length=200, verbose_name="Organisation")),
                (
                    "rechtsform",
                    models.CharField(
                        choices=[
                            ("verein", "eingetragener Verein"),
                            ("ggmbh", "gemeinnützige GmbH oder UG"),
                            ("gmbh", "GmbH, UG oder AG"),
                            ("genossenschaft", "eingetragene Genossenschaft"),
                            ("stiftung", "Stiftung"),
                            ("koerperschaft", "Körperschaft oder Anstalt des öffentlichen Rechts"),
                            ("kirche", "Kirche oder Religionsgemeinschaft"),
                        ],
                        max_length=20,
                        verbose_name="Rechtsform",
                    ),
                ),
                ("sitz", models.CharField(max_length=100, verbose_name="Sitz")),
                (
                    "betrag_euro",
                    models.DecimalField(
                        decimal_places=2, max_digits=12, verbose_name="Betrag in Euro"
                    ),
                ),
                ("vereinbart_am", models.DateField(verbose_name="Vereinbarung vom")),
                (
                    "vereinbarung",
                    models.CharField(max_length=200, verbose_name="Ablage der Vereinbarung"),
                ),
                (
                    "stand",
                    models.CharField(
                        choices=[("aktiv", "aktiv"), ("beendet", "beendet")],
                        default="aktiv",
                        editable=False,
                        max_length=10,
                        verbose_name="Stand",
                    ),
                ),
                (
                    "eingetragen_um",
                    models.DateTimeField(editable=False, verbose_name="eingetragen"),
                ),
                (
                    "beendet_um",
                    models.DateTimeField(editable=False, null=True, verbose_name="beendet"),
                ),
                ("grund", models.CharField(blank=True, max_length=500, verbose_name="Grund")),
                (
                    "antrag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="weiterleitungen",
                        to="foerderung.foerderantrag",
                    ),
                ),
                (
                    "beendet_von",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="beendet von",
                    ),
                ),
                (
                    "eingetragen_von",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="eingetragen von",
                    ),
                ),
            ],
            options={
                "verbose_name": "Weiterleitung",
                "verbose_name_plural": "Weiterleitungen",
                "ordering": ["-eingetragen_um"],
                "default_permissions": [],
            },
        ),
        migrations.AddIndex(
            model_name="aenderung",
            index=models.Index(fields=["stand", "gemeldet_um"], name="aenderung_stand"),
        ),
        migrations.AddConstraint(
            model_name="aenderung",
            constraint=models.UniqueConstraint(
                fields=("antrag", "nummer"), name="aenderung_nummer"
            ),
        ),
        migrations.AddConstraint(
            model_name="aenderung",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("stand", "eingegangen"), models.Q(("art", "mitteilung"), _negated=True)
                ),
                fields=("antrag", "art"),
                name="aenderung_eine_offene_je_art",
            ),
        ),
        migrations.AddConstraint(
            model_name="aenderung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("bis_neu__isnull", True),
                    models.Q(("bis_neu__year__gte", 1990), ("bis_neu__year__lte", 2199)),
                    _connector="OR",
                ),
                name="aenderung_bis_neu_spanne",
                violation_error_message="Das Jahr muss zwischen 1990 und 2199 liegen. Prüfen Sie das Datum.",
            ),
        ),
        migrations.AddConstraint(
            model_name="aenderung",
            constraint=models.CheckConstraint(
                condition=models.Q(("begruendung__laenge__lte", 5000)),
                name="aenderung_begruendung_laenge",
                violation_error_message="Kürzen Sie den Text auf höchstens 5000 Zeichen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="aenderung",
            constraint=models.CheckConstraint(
                condition=models.Q(("antwort__laenge__lte", 5000)),
                name="aenderung_antwort_laenge",
                violation_error_message="Kürzen Sie den Text auf höchstens 5000 Zeichen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="aenderung",
            constraint=models.CheckConstraint(
                condition=models.Q(("vermerk__laenge__lte", 5000)),
                name="aenderung_vermerk_laenge",
                violation_error_message="Kürzen Sie den Text auf höchstens 5000 Zeichen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="aenderung",
            constraint=models.CheckConstraint(
                condition=models.Q(("begruendung", ""), _negated=True),
                name="aenderung_begruendet",
                violation_error_message="Schreiben Sie, was sich ändert und warum.",
            ),
        ),
        migrations.AddConstraint(
            model_name="aenderung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("anlass", ""),
                        ("art", "umschichtung"),
                        ("ausgaben_neu_euro__isnull", True),
                        ("betrag_euro__isnull", True),
                        ("bis_neu__isnull", True),
                        ("geldgeber", ""),
                        ("grenze_prozent__isnull", False),
                    ),
                    models.Q(
                        ("anlass", ""),
                        ("art", "verlaengerung"),
                        ("ausgaben_neu_euro__isnull", True),
                        ("betrag_euro__isnull", True),
                        ("bis_neu__isnull", False),
                        ("braucht_zustimmung", True),
                        ("geldgeber", ""),
                    ),
                    models.Q(
                        ("anlass", ""),
                        ("art", "minderausgaben"),
                        ("ausgaben_neu_euro__gt", 0),
                        ("betrag_euro__isnull", True),
                        ("bis_neu__isnull", True),
                        ("braucht_zustimmung", False),
                        ("geldgeber", ""),
                    ),
                    models.Q(
                        ("anlass", ""),
                        ("art", "finanzierung"),
                        ("ausgaben_neu_euro__isnull", True),
                        ("betrag_euro__gt", 0),
                        ("bis_neu__isnull", True),
                        ("braucht_zustimmung", False),
                        models.Q(("geldgeber", ""), _negated=True),
                    ),
                    models.Q(
                        (
                            "anlass__in",
                            [
                                "zweck",
                                "umstaende",
                                "nicht_erreichbar",
                                "nicht_verbraucht",
                                "gegenstaende",
                                "insolvenz",
                            ],
                        ),
                        ("art", "mitteilung"),
                        ("ausgaben_neu_euro__isnull", True),
                        ("betrag_euro__isnull", True),
                        ("bis_neu__isnull", True),
                        ("braucht_zustimmung", False),
                        ("geldgeber", ""),
                    ),
                    _connector="OR",
                ),
                name="aenderung_je_art",
            ),
        ),
        migrations.AddConstraint(
            model_name="aenderung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("braucht_bescheid", False),
                        ("erledigt_fuer__isnull", True),
                        ("erledigt_um__isnull", True),
                        ("erledigt_von__isnull", True),
                        ("stand", "eingegangen"),
                    ),
                    models.Q(
                        ("braucht_bescheid", False),
                        ("erledigt_fuer__isnull", True),
                        ("erledigt_um__isnull", False),
                        ("erledigt_von__isnull", False),
                        ("stand", "zurueckgezogen"),
                    ),
                    models.Q(
                        ("braucht_zustimmung", False),
                        ("erledigt_um__isnull", False),
                        ("erledigt_von__isnull", False),
                        ("stand", "zur_kenntnis"),
                        models.Q(("antwort", ""), _negated=True),
                    ),
                    models.Q(
                        ("braucht_zustimmung", True),
                        ("erledigt_um__isnull", False),
                        ("erledigt_von__isnull", False),
                        ("stand__in", ["zugestimmt", "abgelehnt"]),
                        models.Q(("antwort", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="aenderung_stand_passt",
            ),
        ),
        migrations.AddConstraint(
            model_name="aenderungsentscheidung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("entschieden_von", models.F("vorgeschlagen_von")),
                        ("ergebnis", "zurueckgezogen"),
                    ),
                    ("entschieden_von__isnull", True),
                    models.Q(("entschieden_von", models.F("vorgeschlagen_von")), _negated=True),
                    _connector="OR",
                ),
                name="aenderungsentscheidung_zwei_personen",
                violation_error_message="Vorschlagen und entscheiden müssen zwei Personen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="aenderungsentscheidung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("vorgeschlagen_fuer", models.F("vorgeschlagen_von")), _negated=True),
                    models.Q(("entschieden_fuer", models.F("entschieden_von")), _negated=True),
                    models.Q(("entschieden_von", models.F("vorgeschlagen_fuer")), _negated=True),
                    models.Q(("entschieden_fuer", models.F("vorgeschlagen_von")), _negated=True),
                    models.Q(("entschieden_fuer", models.F("vorgeschlagen_fuer")), _negated=True),
                    models.Q(
                        ("entschieden_fuer__isnull", True),
                        ("ergebnis__in", ["genehmigt", "abgelehnt"]),
                        _connector="OR",
                    ),
                ),
                name="aenderungsentscheidung_auch_in_vertretung",
                violation_error_message="Wer vertreten wird, zählt als beteiligt: Vorschlagen und entscheiden müssen zwei Personen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="aenderungsentscheidung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("entschieden_um__isnull", True),
                        ("entschieden_von__isnull", True),
                        ("ergebnis", "offen"),
                    ),
                    models.Q(
                        ("entschieden_um__isnull", False),
                        ("entschieden_von__isnull", False),
                        models.Q(("ergebnis", "offen"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="aenderungsentscheidung_entscheidung_vollstaendig",
                violation_error_message="Zu einer Entscheidung gehören Person und Zeitpunkt.",
            ),
        ),
        migrations.AddConstraint(
            model_name="aenderungsentscheidung",
            constraint=models.CheckConstraint(
                condition=models.Q(("begruendung", ""), _negated=True),
                name="aenderungsentscheidung_begruendet",
                violation_error_message="Begründen Sie den Vorschlag.",
            ),
        ),
        migrations.AddConstraint(
            model_name="aenderungsentscheidung",
            constraint=models.CheckConstraint(
                condition=models.Q(("antwort__laenge__lte", 5000)),
                name="aenderungsentscheidung_antwort_laenge",
                violation_error_message="Kürzen Sie den Text auf höchstens 5000 Zeichen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="aenderungsentscheidung",
            constraint=models.CheckConstraint(
                condition=models.Q(("antwort", ""), _negated=True),
                name="aenderungsentscheidung_mit_antwort",
                violation_error_message="Schreiben Sie, was die Kommune liest.",
            ),
        ),
        migrations.AddConstraint(
            model_name="aenderungsentscheidung",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ergebnis", "offen")),
                fields=("aenderung",),
                name="aenderungsentscheidung_ein_offener_vorschlag",
                violation_error_message="Zu dieser Änderung liegt schon ein Vorschlag vor.",
            ),
        ),
        migrations.AddConstraint(
            model_name="umschichtung",
            constraint=models.UniqueConstraint(
                fields=("aenderung", "ausgabenart"), name="umschichtung_einmal"
            ),
        ),
        migrations.AddConstraint(
            model_name="umschichtung",
            constraint=models.CheckConstraint(
                condition=models.Q(("neu_euro__gte", 0), ("plan_euro__gte", 0)),
                name="umschichtung_betraege",
            ),
        ),
        migrations.AddIndex(
            model_name="weiterleitung",
            index=models.Index(fields=["antrag", "stand"], name="weiterleitung_antrag_stand"),
        ),
        migrations.AddConstraint(
            model_name="weiterleitung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("vereinbart_am__isnull", True),
                    models.Q(
                        ("vereinbart_am__year__gte", 1990), ("vereinbart_am__year__lte", 2199)
                    ),
                    _connector="OR",
                ),
                name="weiterleitung_vereinbart_am_spanne",
                violation_error_message="Das Jahr muss zwischen 1990 und 2199 liegen. Prüfen Sie das Datum.",
            ),
        ),
        migrations.AddConstraint(
            model_name="weiterleitung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "rechtsform__in",
                        [
                            "verein",
                            "ggmbh",
                            "gmbh",
                            "genossenschaft",
                            "stiftung",
                            "koerperschaft",
                            "kirche",
                        ],
                    ),
                    models.Q(("organisation__contains", "@"), _negated=True),
                    models.Q(
                        ("organisation__iregex", "(^|[^[:alpha:]])(e\\.? ?K\\.|Inhaber|Inhaberin)"),
                        _negated=True,
                    ),
                ),
                name="weiterleitung_nur_organisationen",
                violation_error_message="Eintragen lassen sich nur Organisationen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="weiterleitung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("organisation", ""), _negated=True),
                    models.Q(("sitz", ""), _negated=True),
                    models.Q(("vereinbarung", ""), _negated=True),
                ),
                name="weiterleitung_vollstaendig",
                violation_error_message="Organisation, Sitz und Vereinbarung gehören dazu.",
            ),
        ),
        migrations.AddConstraint(
            model_name="weiterleitung",
            constraint=models.CheckConstraint(
                condition=models.Q(("betrag_euro__gt", 0)),
                name="weiterleitung_positiv",
                violation_error_message="Geben Sie einen Betrag über 0 Euro an.",
            ),
        ),
        migrations.AddConstraint(
            model_name="weiterleitung",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stand", "aktiv")),
                fields=("antrag", "organisation"),
                name="weiterleitung_einmal",
                violation_error_message="Diese Organisation steht schon in der Liste.",
            ),
        ),
        migrations.AddConstraint(
            model_name="weiterleitung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("beendet_um__isnull", True),
                        ("beendet_von__isnull", True),
                        ("grund", ""),
                        ("stand", "aktiv"),
                    ),
                    models.Q(
                        ("beendet_um__isnull", False),
                        ("beendet_von__isnull", False),
                        ("stand", "beendet"),
                        models.Q(("grund", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="weiterleitung_ende",
            ),
        ),
        migrations.RunSQL(VOR, ZURUECK),
    ]
