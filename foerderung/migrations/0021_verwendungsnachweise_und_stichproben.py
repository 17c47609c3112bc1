"""Proofs of use with their versions and checks, samples, the end of a case by two people."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import asskomm.texteingabe

VOR = """
CREATE TRIGGER nachweisfassung_bleibt BEFORE UPDATE OR DELETE ON foerderung_nachweisfassung
    FOR EACH ROW EXECUTE FUNCTION antragsteil_bleibt();

CREATE TRIGGER vieraugen_beginnt_offen BEFORE INSERT ON foerderung_abschluss
    FOR EACH ROW WHEN (NEW.ergebnis <> 'offen') EXECUTE FUNCTION vieraugen_abgewiesen();
CREATE TRIGGER vieraugen_bleibt BEFORE UPDATE ON foerderung_abschluss
    FOR EACH ROW EXECUTE FUNCTION vieraugen_bleibt('', '');
CREATE TRIGGER vieraugen_geht_nicht BEFORE DELETE ON foerderung_abschluss
    FOR EACH ROW WHEN (NOT antrag_ist_beispiel(OLD.antrag_id))
    EXECUTE FUNCTION vieraugen_abgewiesen();

-- A cut is never more than its receipt.
CREATE FUNCTION belegkuerzung_hoechstens() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.betrag_euro > (SELECT betrag_euro FROM foerderung_beleg WHERE id = NEW.beleg_id) THEN
        RAISE EXCEPTION 'Gekürzt wird höchstens der Betrag des Belegs.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'belegkuerzung_hoechstens';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER belegkuerzung_hoechstens BEFORE INSERT OR UPDATE ON foerderung_belegkuerzung
    FOR EACH ROW EXECUTE FUNCTION belegkuerzung_hoechstens();

-- What is claimed with a payout that runs stays as it is.
CREATE FUNCTION beleg_bleibt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND antrag_ist_beispiel(OLD.antrag_id) THEN
        RETURN OLD;
    END IF;
    IF EXISTS (
        SELECT FROM foerderung_auszahlung
        WHERE id = OLD.auszahlung_id AND stand NOT IN ('abgelehnt', 'zurueckgezogen')
    ) THEN
        RAISE EXCEPTION 'Dieser Beleg ist mit einer Auszahlung geltend gemacht.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'beleg_bleibt';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER beleg_bleibt BEFORE UPDATE OR DELETE ON foerderung_beleg
    FOR EACH ROW EXECUTE FUNCTION beleg_bleibt();

-- A draw can be repeated by anybody, so nothing of it changes; cases are added, never removed.
CREATE FUNCTION stichprobe_bleibt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Eine Ziehung bleibt, wie sie ist.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'stichprobe_bleibt';
END $$;
CREATE FUNCTION stichprobenfall_bleibt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND antrag_ist_beispiel(OLD.antrag_id) THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.grund = 'nicht_gezogen' AND NEW.grund = 'ergaenzt'
        AND (NEW.stichprobe_id, NEW.antrag_id) = (OLD.stichprobe_id, OLD.antrag_id)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Ein Fall einer Stichprobe bleibt in ihr.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'stichprobe_bleibt';
END $$;
CREATE TRIGGER stichprobe_bleibt BEFORE UPDATE ON foerderung_stichprobe
    FOR EACH ROW EXECUTE FUNCTION stichprobe_bleibt();
CREATE TRIGGER stichprobenfall_bleibt BEFORE UPDATE OR DELETE ON foerderung_stichprobenfall
    FOR EACH ROW EXECUTE FUNCTION stichprobenfall_bleibt();
"""
ZURUECK = """
DROP TRIGGER stichprobenfall_bleibt ON foerderung_stichprobenfall;
DROP TRIGGER stichprobe_bleibt ON foerderung_stichprobe;
DROP FUNCTION stichprobenfall_bleibt();
DROP FUNCTION stichprobe_bleibt();
DROP TRIGGER beleg_bleibt ON foerderung_beleg;
DROP FUNCTION beleg_bleibt();
DROP TRIGGER belegkuerzung_hoechstens ON foerderung_belegkuerzung;
DROP FUNCTION belegkuerzung_hoechstens();
DROP TRIGGER vieraugen_geht_nicht ON foerderung_abschluss;
DROP TRIGGER vieraugen_bleibt ON foerderung_abschluss;
DROP TRIGGER vieraugen_beginnt_offen ON foerderung_abschluss;
DROP TRIGGER nachweisfassung_bleibt ON foerderung_nachweisfassung;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("foerderung", "0020_foerderkonto_und_auszahlungen"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Nachweisfassung",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("marke", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("nummer", models.PositiveSmallIntegerField(verbose_name="Nummer")),
                ("inhalt", models.JSONField(verbose_name="Inhalt")),
                ("pruefsumme", models.CharField(max_length=64, verbose_name="Prüfsumme")),
                (
                    "eingegangen_um",
                    models.DateTimeField(editable=False, verbose_name="eingegangen"),
                ),
                (
                    "antrag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="nachweisfassungen",
                        to="foerderung.foerderantrag",
                    ),
                ),
                (
                    "gezeichnet_von",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="gezeichnet von",
                    ),
                ),
                (
                    "vorbereitet_von",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="vorbereitet von",
                    ),
                ),
            ],
            options={
                "verbose_name": "eingereichter Verwendungsnachweis",
                "verbose_name_plural": "eingereichte Verwendungsnachweise",
                "ordering": ["nummer"],
                "default_permissions": [],
            },
        ),
        migrations.CreateModel(
            name="Nachweispruefung",
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
                            ("belege", "anhand der Belege (Stichprobe)"),
                            ("plausibilitaet", "auf Plausibilität"),
                        ],
                        max_length=15,
                        verbose_name="geprüft",
                    ),
                ),
                (
                    "ausgaben_euro",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=12,
                        verbose_name="nachgewiesene Ausgaben in Euro",
                    ),
                ),
                (
                    "anerkannt_euro",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=12,
                        verbose_name="anerkannte zuwendungsfähige Ausgaben in Euro",
                    ),
                ),
                (
                    "zuwendung_euro",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=12,
                        verbose_name="tatsächliche Zuwendung in Euro",
                    ),
                ),
                (
                    "zurueck_euro",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        max_digits=12,
                        verbose_name="zurückzuzahlen in Euro",
                    ),
                ),
                (
                    "offen_euro",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        max_digits=12,
                        verbose_name="noch auszuzahlen in Euro",
                    ),
                ),
                (
                    "vermerk",
                    asskomm.texteingabe.Langtext(max_length=5000, verbose_name="Prüfvermerk"),
                ),
                ("geprueft_um", models.DateTimeField(editable=False, verbose_name="geprüft")),
                (
                    "geoeffnet_um",
                    models.DateTimeField(editable=False, null=True, verbose_name="wieder geöffnet"),
                ),
                (
                    "antrag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="nachweispruefungen",
                        to="foerderung.foerderantrag",
                    ),
                ),
                (
                    "fassung",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pruefung",
                        to="foerderung.nachweisfassung",
                    ),
                ),
                (
                    "geprueft_von",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="geprüft von",
                    ),
                ),
            ],
            options={
                "verbose_name": "Prüfung eines Verwendungsnachweises",
                "verbose_name_plural": "Prüfungen von Verwendungsnachweisen",
                "ordering": ["pk"],
                "default_permissions": [],
            },
        ),
        migrations.AddField(
            model_name="buchung",
            name="nachweispruefung",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="buchungen",
                to="foerderung.nachweispruefung",
            ),
        ),
        migrations.CreateModel(
            name="Stichprobe",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("marke", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "bezeichnung",
                    models.CharField(max_length=100, unique=True, verbose_name="Bezeichnung"),
                ),
                ("grundgesamtheit", models.JSONField(verbose_name="Grundgesamtheit")),
                (
                    "pruefsumme",
                    models.CharField(
                        max_length=64, unique=True, verbose_name="Prüfsumme der Grundgesamtheit"
                    ),
                ),
                (
                    "anteil_prozent",
                    models.DecimalField(
                        decimal_places=2, max_digits=5, verbose_name="Anteil in Prozent"
                    ),
                ),
                ("startwert", models.CharField(max_length=64, verbose_name="Startwert")),
                ("gezogen_um", models.DateTimeField(editable=False, verbose_name="gezogen")),
                (
                    "gezogen_von",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="gezogen von",
                    ),
                ),
            ],
            options={
                "verbose_name": "Stichprobe",
                "verbose_name_plural": "Stichproben",
                "ordering": ["-gezogen_um"],
                "default_permissions": ["view"],
            },
        ),
        migrations.CreateModel(
            name="Stichprobenfall",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "grund",
                    models.CharField(
                        choices=[
                            ("gezogen", "gezogen"),
                            ("risiko", "wegen eines Risikos"),
                            ("ergaenzt", "von der Geschäftsstelle ergänzt"),
                            ("nicht_gezogen", "nicht gezogen"),
                        ],
                        max_length=15,
                        verbose_name="Grund",
                    ),
                ),
                (
                    "begruendung",
                    asskomm.texteingabe.Langtext(
                        blank=True, max_length=2000, verbose_name="Begründung"
                    ),
                ),
                (
                    "ergaenzt_um",
                    models.DateTimeField(editable=False, null=True, verbose_name="ergänzt"),
                ),
                (
                    "antrag",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stichprobenfall",
                        to="foerderung.foerderantrag",
                    ),
                ),
                (
                    "ergaenzt_von",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ergänzt von",
                    ),
                ),
                (
                    "stichprobe",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="faelle",
                        to="foerderung.stichprobe",
                    ),
                ),
            ],
            options={
                "verbose_name": "Fall einer Stichprobe",
                "verbose_name_plural": "Fälle einer Stichprobe",
                "ordering": ["pk"],
                "default_permissions": [],
            },
        ),
        migrations.CreateModel(
            name="Verwendungsnachweis",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("eingaben", models.JSONField(default=dict, verbose_name="Eingaben")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="Stand"),
                ),
                ("seite", models.UUIDField(editable=False, null=True)),
                ("angelegt_um", models.DateTimeField(editable=False, verbose_name="begonnen")),
                (
                    "geaendert_um",
                    models.DateTimeField(editable=False, null=True, verbose_name="gespeichert"),
                ),
                (
                    "bereit_um",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="zur Zeichnung bereit"
                    ),
                ),
                (
                    "bereit_version",
                    models.PositiveIntegerField(null=True, verbose_name="bereit gemeldeter Stand"),
                ),
                (
                    "ergaenzen_bis",
                    models.DateField(editable=False, null=True, verbose_name="zu ergänzen bis"),
                ),
                (
                    "ergaenzen",
                    asskomm.texteingabe.Langtext(
                        blank=True, max_length=5000, verbose_name="Was zu ergänzen ist"
                    ),
                ),
                (
                    "erinnert_am",
                    models.DateField(editable=False, null=True, verbose_name="erinnert"),
                ),
                (
                    "antrag",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="nachweis",
                        to="foerderung.foerderantrag",
                    ),
                ),
                (
                    "bereit_von",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="zur Zeichnung bereit gemeldet von",
                    ),
                ),
                (
                    "geaendert_von",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="gespeichert von",
                    ),
                ),
            ],
            options={
                "verbose_name": "Verwendungsnachweis",
                "verbose_name_plural": "Verwendungsnachweise",
                "ordering": ["antrag"],
                "default_permissions": [],
            },
        ),
        migrations.CreateModel(
            name="Abschluss",
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
                (
                    "antrag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="abschluesse",
                        to="foerderung.foerderantrag",
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
                "verbose_name": "Abschluss",
                "verbose_name_plural": "Abschlüsse",
                "ordering": ["-vorgeschlagen_um"],
                "abstract": False,
                "default_permissions": ["view", "add", "entscheiden"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("entschieden_von", models.F("vorgeschlagen_von")),
                                ("ergebnis", "zurueckgezogen"),
                            ),
                            ("entschieden_von__isnull", True),
                            models.Q(
                                ("entschieden_von", models.F("vorgeschlagen_von")), _negated=True
                            ),
                            _connector="OR",
                        ),
                        name="abschluss_zwei_personen",
                        violation_error_message="Vorschlagen und entscheiden müssen zwei Personen.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("vorgeschlagen_fuer", models.F("vorgeschlagen_von")), _negated=True
                            ),
                            models.Q(
                                ("entschieden_fuer", models.F("entschieden_von")), _negated=True
                            ),
                            models.Q(
                                ("entschieden_von", models.F("vorgeschlagen_fuer")), _negated=True
                            ),
                            models.Q(
                                ("entschieden_fuer", models.F("vorgeschlagen_von")), _negated=True
                            ),
                            models.Q(
                                ("entschieden_fuer", models.F("vorgeschlagen_fuer")), _negated=True
                            ),
                            models.Q(
                                ("entschieden_fuer__isnull", True),
                                ("ergebnis__in", ["genehmigt", "abgelehnt"]),
                                _connector="OR",
                            ),
                        ),
                        name="abschluss_auch_in_vertretung",
                        violation_error_message="Wer vertreten wird, zählt als beteiligt: Vorschlagen und entscheiden müssen zwei Personen.",
                    ),
                    models.CheckConstraint(
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
                        name="abschluss_entscheidung_vollstaendig",
                        violation_error_message="Zu einer Entscheidung gehören Person und Zeitpunkt.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("begruendung", ""), _negated=True),
                        name="abschluss_begruendet",
                        violation_error_message="Begründen Sie den Vorschlag.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ergebnis", "offen")),
                        fields=("antrag",),
                        name="abschluss_ein_offener_vorschlag",
                        violation_error_message="Der Abschluss ist schon vorgeschlagen.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Belegkuerzung",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "betrag_euro",
                    models.DecimalField(
                        decimal_places=2, max_digits=12, verbose_name="nicht anerkannt in Euro"
                    ),
                ),
                ("grund", asskomm.texteingabe.Langtext(max_length=2000, verbose_name="Grund")),
                ("gekuerzt_um", models.DateTimeField(editable=False, verbose_name="gekürzt")),
                (
                    "beleg",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kuerzung",
                        to="foerderung.beleg",
                    ),
                ),
                (
                    "gekuerzt_von",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="gekürzt von",
                    ),
                ),
            ],
            options={
                "verbose_name": "Kürzung eines Belegs",
                "verbose_name_plural": "Kürzungen von Belegen",
                "ordering": ["beleg"],
                "default_permissions": [],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("grund__laenge__lte", 2000)),
                        name="belegkuerzung_grund_laenge",
                        violation_error_message="Kürzen Sie den Text auf höchstens 2000 Zeichen.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("betrag_euro__gt", 0), models.Q(("grund", ""), _negated=True)
                        ),
                        name="belegkuerzung_begruendet",
                        violation_error_message="Begründen Sie die Kürzung.",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="nachweisfassung",
            constraint=models.UniqueConstraint(
                fields=("antrag", "nummer"), name="nachweisfassung_einmal"
            ),
        ),
        migrations.AddConstraint(
            model_name="nachweisfassung",
            constraint=models.CheckConstraint(
                condition=models.Q(("gezeichnet_von", models.F("vorbereitet_von")), _negated=True),
                name="nachweisfassung_zwei_personen",
                violation_error_message="Vorbereiten und zeichnen müssen zwei Personen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="nachweisfassung",
            constraint=models.CheckConstraint(
                condition=models.Q(("pruefsumme__regex", "^[0-9a-f]{64}$")),
                name="nachweisfassung_pruefsumme",
            ),
        ),
        migrations.AddConstraint(
            model_name="nachweispruefung",
            constraint=models.CheckConstraint(
                condition=models.Q(("vermerk__laenge__lte", 5000)),
                name="nachweispruefung_vermerk_laenge",
                violation_error_message="Kürzen Sie den Text auf höchstens 5000 Zeichen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="nachweispruefung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("anerkannt_euro__gte", models.F("zuwendung_euro")),
                    ("ausgaben_euro__gte", models.F("anerkannt_euro")),
                    ("offen_euro__gte", 0),
                    ("zurueck_euro__gte", 0),
                    ("zuwendung_euro__gte", 0),
                    models.Q(("zurueck_euro", 0), ("offen_euro", 0), _connector="OR"),
                ),
                name="nachweispruefung_betraege",
            ),
        ),
        migrations.AddConstraint(
            model_name="nachweispruefung",
            constraint=models.CheckConstraint(
                condition=models.Q(("vermerk", ""), _negated=True),
                name="nachweispruefung_begruendet",
                violation_error_message="Schreiben Sie einen Prüfvermerk.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stichprobe",
            constraint=models.CheckConstraint(
                condition=models.Q(("anteil_prozent__gt", 0), ("anteil_prozent__lte", 100)),
                name="stichprobe_anteil",
                violation_error_message="Der Anteil liegt über 0 und höchstens bei 100 Prozent.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stichprobe",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("grundgesamtheit", []), _negated=True),
                    models.Q(("startwert", ""), _negated=True),
                ),
                name="stichprobe_mit_faellen",
            ),
        ),
        migrations.AddConstraint(
            model_name="stichprobenfall",
            constraint=models.CheckConstraint(
                condition=models.Q(("begruendung__laenge__lte", 2000)),
                name="stichprobenfall_begruendung_laenge",
                violation_error_message="Kürzen Sie den Text auf höchstens 2000 Zeichen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stichprobenfall",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ergaenzt_um__isnull", True),
                        ("ergaenzt_von__isnull", True),
                        models.Q(("grund", "ergaenzt"), _negated=True),
                    ),
                    models.Q(
                        ("ergaenzt_um__isnull", False),
                        ("ergaenzt_von__isnull", False),
                        ("grund", "ergaenzt"),
                        models.Q(("begruendung", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="stichprobenfall_ergaenzt_mit_grund",
                violation_error_message="Begründen Sie, warum der Fall geprüft wird.",
            ),
        ),
        migrations.AddConstraint(
            model_name="verwendungsnachweis",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ergaenzen_bis__isnull", True),
                    models.Q(
                        ("ergaenzen_bis__year__gte", 1990), ("ergaenzen_bis__year__lte", 2199)
                    ),
                    _connector="OR",
                ),
                name="verwendungsnachweis_ergaenzen_bis_spanne",
                violation_error_message="Das Jahr muss zwischen 1990 und 2199 liegen. Prüfen Sie das Datum.",
            ),
        ),
        migrations.AddConstraint(
            model_name="verwendungsnachweis",
            constraint=models.CheckConstraint(
                condition=models.Q(("ergaenzen__laenge__lte", 5000)),
                name="verwendungsnachweis_ergaenzen_laenge",
                violation_error_message="Kürzen Sie den Text auf höchstens 5000 Zeichen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="verwendungsnachweis",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("bereit_um__isnull", True),
                        ("bereit_version__isnull", True),
                        ("bereit_von__isnull", True),
                    ),
                    models.Q(
                        ("bereit_um__isnull", False),
                        ("bereit_version__gt", 0),
                        ("bereit_von__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="verwendungsnachweis_bereit_mit_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="verwendungsnachweis",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ergaenzen", ""), ("ergaenzen_bis__isnull", True)),
                    models.Q(
                        ("ergaenzen_bis__isnull", False), models.Q(("ergaenzen", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="verwendungsnachweis_ergaenzen_mit_frist",
            ),
        ),
        migrations.RunSQL(VOR, ZURUECK),
    ]
