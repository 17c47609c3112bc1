"""The ledger of each grant, payout requests, orders and payments, the receipt list."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import asskomm.texteingabe

# The ledger: rows are only added; the sums and their bounds follow from them.
VOR = """
CREATE FUNCTION buchung_zaehlt() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    konto foerderung_foerderkonto;
    summe numeric;
BEGIN
    INSERT INTO foerderung_foerderkonto (
        antrag_id, bewilligt, angefordert, freigegeben, angeordnet, gezahlt, nachgewiesen,
        gefordert, zurueckgezahlt, zinsen_gefordert, zinsen_gezahlt
    ) VALUES (NEW.antrag_id, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0) ON CONFLICT DO NOTHING;
    EXECUTE format(
        'UPDATE foerderung_foerderkonto SET %1$I = %1$I + $1 WHERE antrag_id = $2 RETURNING *',
        NEW.art
    ) INTO konto USING NEW.betrag_euro, NEW.antrag_id;
    summe := (to_jsonb(konto) ->> NEW.art)::numeric;
    IF NEW.betrag_euro > 0
        AND NEW.art IN ('angefordert', 'freigegeben', 'angeordnet', 'nachgewiesen')
        AND summe > konto.bewilligt
    THEN
        RAISE EXCEPTION 'Bewilligt sind % Euro, mit dieser Buchung wären % Euro %.',
            konto.bewilligt, summe, NEW.art
            USING ERRCODE = 'check_violation', CONSTRAINT = 'foerderkonto_hoechstens_bewilligt';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER buchung_zaehlt AFTER INSERT ON foerderung_buchung
    FOR EACH ROW EXECUTE FUNCTION buchung_zaehlt();
CREATE TRIGGER buchung_bleibt BEFORE UPDATE OR DELETE ON foerderung_buchung
    FOR EACH ROW EXECUTE FUNCTION antragsteil_bleibt();

CREATE FUNCTION foerderkonto_nur_durch_buchung() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND antrag_ist_beispiel(OLD.antrag_id) THEN
        RETURN OLD;
    END IF;
    -- Depth 1 is a statement of its own, deeper ones come from `buchung_zaehlt`.
    IF TG_OP <> 'DELETE' AND pg_trigger_depth() > 1 THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Ein Förderkonto ändert sich nur durch Buchungen.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'foerderkonto_nur_durch_buchung';
END $$;
CREATE TRIGGER foerderkonto_nur_durch_buchung
    BEFORE INSERT OR UPDATE OR DELETE ON foerderung_foerderkonto
    FOR EACH ROW EXECUTE FUNCTION foerderkonto_nur_durch_buchung();

CREATE FUNCTION bankverbindung_bleibt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.stand = 'vorgeschlagen' AND (
        NEW.kommune_id, NEW.kontoinhaber, NEW.iban, NEW.bic, NEW.vorgeschlagen_von_id,
        NEW.vorgeschlagen_um
    ) = (
        OLD.kommune_id, OLD.kontoinhaber, OLD.iban, OLD.bic, OLD.vorgeschlagen_von_id,
        OLD.vorgeschlagen_um
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Eine Bankverbindung bleibt, wie sie eingetragen ist.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'bankverbindung_bleibt';
END $$;
CREATE TRIGGER bankverbindung_bleibt BEFORE UPDATE ON foerderung_bankverbindung
    FOR EACH ROW EXECUTE FUNCTION bankverbindung_bleibt();

CREATE FUNCTION zahlungsdatei_bleibt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.ist_beispiel THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'Was zur Zahlung angeordnet ist, bleibt.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'zahlungsdatei_bleibt';
END $$;
CREATE TRIGGER zahlungsdatei_bleibt BEFORE UPDATE OR DELETE ON foerderung_zahlungsdatei
    FOR EACH ROW EXECUTE FUNCTION zahlungsdatei_bleibt();

-- What a Kommune asked for, and what people decided about it, stays too.
CREATE FUNCTION auszahlung_bleibt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND antrag_ist_beispiel(OLD.antrag_id) THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE'
        AND (
            NEW.antrag_id, NEW.nummer, NEW.verfahren, NEW.referenz, NEW.ausgaben_euro,
            NEW.foerdersatz, NEW.betrag_euro, NEW.bankverbindung_id, NEW.angefordert_um,
            NEW.angefordert_von_id
        ) = (
            OLD.antrag_id, OLD.nummer, OLD.verfahren, OLD.referenz, OLD.ausgaben_euro,
            OLD.foerdersatz, OLD.betrag_euro, OLD.bankverbindung_id, OLD.angefordert_um,
            OLD.angefordert_von_id
        )
        AND OLD.stand NOT IN ('gezahlt', 'abgelehnt', 'zurueckgezogen')
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Was angefordert oder gezahlt ist, bleibt.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'auszahlung_bleibt';
END $$;
CREATE TRIGGER auszahlung_bleibt BEFORE UPDATE OR DELETE ON foerderung_auszahlung
    FOR EACH ROW EXECUTE FUNCTION auszahlung_bleibt();

-- The grants that there are already: what binds money now is what was granted.
INSERT INTO foerderung_buchung (antrag_id, art, betrag_euro, am, gebucht_um, bescheid_id)
SELECT DISTINCT ON (a.id) a.id, 'bewilligt', e.betrag_euro,
    (b.erlassen_um AT TIME ZONE 'Europe/Berlin')::date, b.erlassen_um, b.id
FROM foerderung_foerderantrag a
JOIN foerderung_entscheidung e ON e.antrag_id = a.id
JOIN foerderung_bescheid b ON b.entscheidung_id = e.id
WHERE a.status IN ('bewilligt', 'bestandskraeftig', 'in_durchfuehrung')
    AND e.ergebnis = 'genehmigt' AND e.art IN ('bewilligung', 'teilbewilligung', 'aenderung')
ORDER BY a.id, e.id DESC;
"""
ZURUECK = """
DROP TRIGGER auszahlung_bleibt ON foerderung_auszahlung;
DROP FUNCTION auszahlung_bleibt();
DROP TRIGGER zahlungsdatei_bleibt ON foerderung_zahlungsdatei;
DROP FUNCTION zahlungsdatei_bleibt();
DROP TRIGGER bankverbindung_bleibt ON foerderung_bankverbindung;
DROP FUNCTION bankverbindung_bleibt();
DROP TRIGGER foerderkonto_nur_durch_buchung ON foerderung_foerderkonto;
DROP FUNCTION foerderkonto_nur_durch_buchung();
DROP TRIGGER buchung_bleibt ON foerderung_buchung;
DROP TRIGGER buchung_zaehlt ON foerderung_buchung;
DROP FUNCTION buchung_zaehlt();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("beratung", "0016_wirkung_zu_zweit"),
        ("foerderung", "0019_spaeterer_oder_fehlender_zugang"),
        ("kommunen", "0018_spanne_der_tage"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Auszahlung",
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
                    "verfahren",
                    models.CharField(
                        choices=[("abruf", "Abruf im Voraus"), ("erstattung", "Erstattung")],
                        max_length=10,
                        verbose_name="Verfahren",
                    ),
                ),
                (
                    "stand",
                    models.CharField(
                        choices=[
                            ("angefordert", "angefordert"),
                            ("geprueft", "geprüft"),
                            ("genehmigt", "genehmigt"),
                            ("freigegeben", "freigegeben"),
                            ("angeordnet", "zur Zahlung angeordnet"),
                            ("gezahlt", "gezahlt"),
                            ("abgelehnt", "abgelehnt"),
                            ("zurueckgezogen", "zurückgezogen"),
                        ],
                        default="angefordert",
                        editable=False,
                        max_length=15,
                        verbose_name="Stand",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "referenz",
                    models.CharField(max_length=30, unique=True, verbose_name="Verwendungszweck"),
                ),
                (
                    "ausgaben_euro",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=12,
                        verbose_name="zuwendungsfähige Ausgaben in Euro",
                    ),
                ),
                (
                    "foerdersatz",
                    models.DecimalField(
                        decimal_places=2, max_digits=5, verbose_name="Fördersatz in Prozent"
                    ),
                ),
                (
                    "betrag_euro",
                    models.DecimalField(
                        decimal_places=2, max_digits=12, verbose_name="angefordert in Euro"
                    ),
                ),
                (
                    "bedarf_bis",
                    models.DateField(blank=True, null=True, verbose_name="gebraucht bis"),
                ),
                (
                    "erlaeuterung",
                    asskomm.texteingabe.Langtext(blank=True, max_length=2000, verbose_name="Wofür"),
                ),
                (
                    "angefordert_um",
                    models.DateTimeField(editable=False, verbose_name="angefordert"),
                ),
                (
                    "anerkannt_euro",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="anerkannte Ausgaben in Euro",
                    ),
                ),
                (
                    "auszuzahlen_euro",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="auszuzahlen in Euro",
                    ),
                ),
                (
                    "kuerzung",
                    asskomm.texteingabe.Langtext(
                        blank=True, max_length=2000, verbose_name="Grund der Kürzung"
                    ),
                ),
                (
                    "geprueft_um",
                    models.DateTimeField(editable=False, null=True, verbose_name="geprüft"),
                ),
                (
                    "genehmigt_um",
                    models.DateTimeField(editable=False, null=True, verbose_name="genehmigt"),
                ),
                (
                    "freigegeben_um",
                    models.DateTimeField(editable=False, null=True, verbose_name="freigegeben"),
                ),
                (
                    "angeordnet_um",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="zur Zahlung angeordnet"
                    ),
                ),
                (
                    "gezahlt_am",
                    models.DateField(editable=False, null=True, verbose_name="gezahlt am"),
                ),
                (
                    "beendet_um",
                    models.DateTimeField(editable=False, null=True, verbose_name="beendet"),
                ),
                (
                    "grund",
                    asskomm.texteingabe.Langtext(blank=True, max_length=2000, verbose_name="Grund"),
                ),
            ],
            options={
                "verbose_name": "Auszahlung",
                "verbose_name_plural": "Auszahlungen",
                "ordering": ["nummer"],
                "permissions": [
                    ("auszahlung_genehmigen", "Kann Auszahlungen genehmigen"),
                    (
                        "auszahlung_freigeben",
                        "Kann Auszahlungen freigeben und zur Zahlung anordnen",
                    ),
                ],
                "default_permissions": ["view"],
            },
        ),
        migrations.CreateModel(
            name="Bankverbindung",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("marke", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("kontoinhaber", models.CharField(max_length=140, verbose_name="Kontoinhaberin")),
                ("iban", models.CharField(max_length=34, verbose_name="IBAN")),
                ("bic", models.CharField(blank=True, max_length=11, verbose_name="BIC")),
                (
                    "stand",
                    models.CharField(
                        choices=[
                            ("vorgeschlagen", "wartet auf die zweite Person"),
                            ("bestaetigt", "bestätigt"),
                            ("verworfen", "verworfen"),
                        ],
                        default="vorgeschlagen",
                        editable=False,
                        max_length=15,
                        verbose_name="Stand",
                    ),
                ),
                (
                    "vorgeschlagen_um",
                    models.DateTimeField(editable=False, verbose_name="eingetragen"),
                ),
                (
                    "bestaetigt_um",
                    models.DateTimeField(editable=False, null=True, verbose_name="bestätigt"),
                ),
                (
                    "nutzbar_ab",
                    models.DateField(editable=False, null=True, verbose_name="nutzbar ab"),
                ),
                (
                    "verworfen_um",
                    models.DateTimeField(editable=False, null=True, verbose_name="verworfen"),
                ),
            ],
            options={
                "verbose_name": "Bankverbindung",
                "verbose_name_plural": "Bankverbindungen",
                "ordering": ["-vorgeschlagen_um"],
                "default_permissions": [],
            },
        ),
        migrations.CreateModel(
            name="Beleg",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("belegnummer", models.CharField(max_length=50, verbose_name="Belegnummer")),
                ("ausgabenart", models.CharField(max_length=30, verbose_name="Ausgabenart")),
                ("zweck", models.CharField(max_length=200, verbose_name="Wofür")),
                (
                    "zahlungsempfaenger",
                    models.CharField(max_length=140, verbose_name="Zahlungsempfängerin"),
                ),
                ("rechnung_am", models.DateField(verbose_name="Datum der Rechnung")),
                ("bezahlt_am", models.DateField(verbose_name="bezahlt am")),
                (
                    "betrag_euro",
                    models.DecimalField(
                        decimal_places=2, max_digits=12, verbose_name="Betrag in Euro"
                    ),
                ),
                ("erfasst_um", models.DateTimeField(editable=False, verbose_name="erfasst")),
            ],
            options={
                "verbose_name": "Beleg",
                "verbose_name_plural": "Belege",
                "ordering": ["bezahlt_am", "pk"],
                "default_permissions": [],
            },
        ),
        migrations.CreateModel(
            name="Buchung",
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
                            ("bewilligt", "bewilligt"),
                            ("angefordert", "angefordert"),
                            ("freigegeben", "freigegeben"),
                            ("angeordnet", "zur Zahlung angeordnet"),
                            ("gezahlt", "gezahlt"),
                            ("nachgewiesen", "nachgewiesen"),
                            ("gefordert", "zurückgefordert"),
                            ("zurueckgezahlt", "zurückgezahlt"),
                            ("zinsen_gefordert", "Zinsen gefordert"),
                            ("zinsen_gezahlt", "Zinsen gezahlt"),
                        ],
                        max_length=20,
                        verbose_name="Art",
                    ),
                ),
                (
                    "betrag_euro",
                    models.DecimalField(
                        decimal_places=2, max_digits=12, verbose_name="Betrag in Euro"
                    ),
                ),
                ("am", models.DateField(verbose_name="am")),
                ("gebucht_um", models.DateTimeField(editable=False, verbose_name="gebucht")),
            ],
            options={
                "verbose_name": "Buchung",
                "verbose_name_plural": "Buchungen",
                "ordering": ["pk"],
                "default_permissions": [],
            },
        ),
        migrations.CreateModel(
            name="Foerderkonto",
            fields=[
                (
                    "antrag",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="foerderkonto",
                        serialize=False,
                        to="foerderung.foerderantrag",
                    ),
                ),
                (
                    "bewilligt",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        editable=False,
                        max_digits=12,
                        verbose_name="bewilligt in Euro",
                    ),
                ),
                (
                    "angefordert",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        editable=False,
                        max_digits=12,
                        verbose_name="angefordert in Euro",
                    ),
                ),
                (
                    "freigegeben",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        editable=False,
                        max_digits=12,
                        verbose_name="freigegeben in Euro",
                    ),
                ),
                (
                    "angeordnet",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        editable=False,
                        max_digits=12,
                        verbose_name="angeordnet in Euro",
                    ),
                ),
                (
                    "gezahlt",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        editable=False,
                        max_digits=12,
                        verbose_name="gezahlt in Euro",
                    ),
                ),
                (
                    "nachgewiesen",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        editable=False,
                        max_digits=12,
                        verbose_name="nachgewiesen in Euro",
                    ),
                ),
                (
                    "gefordert",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        editable=False,
                        max_digits=12,
                        verbose_name="zurückgefordert in Euro",
                    ),
                ),
                (
                    "zurueckgezahlt",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        editable=False,
                        max_digits=12,
                        verbose_name="zurückgezahlt in Euro",
                    ),
                ),
                (
                    "zinsen_gefordert",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        editable=False,
                        max_digits=12,
                        verbose_name="Zinsen gefordert in Euro",
                    ),
                ),
                (
                    "zinsen_gezahlt",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        editable=False,
                        max_digits=12,
                        verbose_name="Zinsen gezahlt in Euro",
                    ),
                ),
            ],
            options={
                "verbose_name": "Förderkonto",
                "verbose_name_plural": "Förderkonten",
                "default_permissions": ["view"],
            },
        ),
        migrations.CreateModel(
            name="Zahlungsdatei",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nummer", models.CharField(max_length=20, unique=True, verbose_name="Nummer")),
                ("marke", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("inhalt", models.JSONField(verbose_name="Zeilen")),
                ("anzahl", models.PositiveIntegerField(verbose_name="Zahlungen")),
                (
                    "summe_euro",
                    models.DecimalField(
                        decimal_places=2, max_digits=12, verbose_name="Summe in Euro"
                    ),
                ),
                ("pruefsumme", models.CharField(max_length=64, verbose_name="Prüfsumme")),
                (
                    "ist_beispiel",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="Beispieldaten"
                    ),
                ),
                ("erstellt_um", models.DateTimeField(editable=False, verbose_name="erstellt")),
            ],
            options={
                "verbose_name": "Zahlungsdatei",
                "verbose_name_plural": "Zahlungsdateien",
                "ordering": ["-erstellt_um"],
                "default_permissions": ["view"],
            },
        ),
        migrations.CreateModel(
            name="Zahlungsrueckmeldung",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("dateiname", models.CharField(max_length=200, verbose_name="Datei")),
                ("sha256", models.CharField(max_length=64, unique=True, verbose_name="Prüfsumme")),
                ("eingelesen_um", models.DateTimeField(editable=False, verbose_name="eingelesen")),
            ],
            options={
                "verbose_name": "Rückmeldung der Kasse",
                "verbose_name_plural": "Rückmeldungen der Kasse",
                "ordering": ["-eingelesen_um"],
                "default_permissions": [],
            },
        ),
        migrations.CreateModel(
            name="Zahlungszeile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nummer", models.PositiveIntegerField(verbose_name="Zeile")),
                ("referenz", models.CharField(max_length=140, verbose_name="Verwendungszweck")),
                (
                    "betrag_euro",
                    models.DecimalField(
                        decimal_places=2, max_digits=12, verbose_name="Betrag in Euro"
                    ),
                ),
                ("gezahlt_am", models.DateField(verbose_name="gezahlt am")),
                (
                    "stand",
                    models.CharField(
                        choices=[
                            ("zugeordnet", "zugeordnet"),
                            ("ohne_treffer", "keine passende Zahlung"),
                            ("anderer_betrag", "anderer Betrag"),
                            ("doppelt", "doppelt gemeldet"),
                            ("erledigt", "geklärt"),
                        ],
                        max_length=15,
                        verbose_name="Stand",
                    ),
                ),
                (
                    "vermerk",
                    asskomm.texteingabe.Langtext(
                        blank=True, max_length=2000, verbose_name="Wie geklärt"
                    ),
                ),
                (
                    "geklaert_um",
                    models.DateTimeField(editable=False, null=True, verbose_name="geklärt"),
                ),
            ],
            options={
                "verbose_name": "gemeldete Zahlung",
                "verbose_name_plural": "gemeldete Zahlungen",
                "ordering": ["rueckmeldung", "nummer"],
                "default_permissions": [],
            },
        ),
        migrations.RemoveConstraint(
            model_name="foerderantrag",
            name="foerderantrag_status_bekannt",
        ),
        migrations.RemoveConstraint(
            model_name="foerderantrag",
            name="foerderantrag_entscheidung_mit_zeitpunkt",
        ),
        migrations.AlterField(
            model_name="foerderantrag",
            name="status",
            field=models.CharField(
                choices=[
                    ("entwurf", "Entwurf"),
                    ("in_zeichnung", "in Zeichnung"),
                    ("eingereicht", "eingereicht"),
                    ("nachforderung", "Nachforderung"),
                    ("formell_geprueft", "formell geprüft"),
                    ("fachlich_geprueft", "fachlich geprüft"),
                    ("entscheidungsreif", "entscheidungsreif"),
                    ("bewilligt", "bewilligt"),
                    ("abgelehnt", "abgelehnt"),
                    ("zurueckgezogen", "zurückgezogen"),
                    ("bestandskraeftig", "bestandskräftig"),
                    ("in_durchfuehrung", "in Durchführung"),
                    ("nachweis_eingereicht", "Nachweis eingereicht"),
                    ("nachweis_geprueft", "Nachweis geprüft"),
                    ("rueckforderung", "Rückforderung"),
                    ("abgeschlossen", "abgeschlossen"),
                    ("widerrufen", "widerrufen"),
                ],
                default="entwurf",
                editable=False,
                max_length=20,
                verbose_name="Status",
            ),
        ),
        migrations.AlterField(
            model_name="historicalregel",
            name="schluessel",
            field=models.CharField(
                choices=[
                    ("hoechstsatz", "Höchstsatz der Förderung"),
                    ("eigenanteil", "Mindesteigenanteil"),
                    ("untergrenze", "Förderuntergrenze"),
                    ("erstattung_unter", "Erstattungsverfahren unter"),
                    ("keine_investitionen", "Keine Investitionen"),
                    ("finanzierung_ausgeglichen", "Ausgeglichene Finanzierung"),
                    ("personalobergrenze", "Obergrenzen für Personalausgaben"),
                    ("stundensatz_eigenleistung", "Stundensatz für Eigenleistungen"),
                    ("kommunale_koerperschaft", "Antragsberechtigung"),
                    ("in_sachsen", "Vorhaben in Sachsen"),
                    ("beratung_vorher", "Beratung vor dem Antrag"),
                    ("antragsfrist", "Antragsfrist"),
                    ("beccaria", "Projektbeschreibung nach Beccaria"),
                    ("bildungsabschluss", "Nachweis des Berufsabschlusses"),
                    ("weiterleitung", "Weiterleitung an Dritte"),
                    ("kein_vorzeitiger_beginn", "Kein vorzeitiger Beginn"),
                    ("keine_doppelfoerderung", "Keine Doppelförderung"),
                    ("weiterfuehrung", "Weiterführung nach der Förderung"),
                    ("rechtsbehelf_monate", "Frist für den Rechtsbehelf"),
                    ("abruf_tage", "Frist für den Abruf eines Bescheids"),
                    ("postzustellung_tage", "Bekanntgabe nach Aufgabe zur Post"),
                    ("verwendungsnachweis_monate", "Frist des Verwendungsnachweises"),
                    ("nachforderung_tage", "Übliche Frist einer Nachforderung"),
                    ("gutachten_mindestens", "Mindestzahl fachlicher Prüfungen"),
                    ("punkte_hoechstens", "Höchste Punktzahl je Standard"),
                    ("bedarf_monate", "Zeit bis zur Zahlung beim Abruf"),
                    ("bankdaten_werktage", "Wartezeit nach neuen Bankdaten"),
                    ("umschichtung_prozent", "Verschiebung zwischen Ausgabenarten"),
                    ("stichprobe_prozent", "Stichprobe der Verwendungsnachweise"),
                    ("zinsaufschlag", "Zinsen auf Rückforderungen"),
                ],
                max_length=30,
                verbose_name="Regel",
            ),
        ),
        migrations.AlterField(
            model_name="regel",
            name="schluessel",
            field=models.CharField(
                choices=[
                    ("hoechstsatz", "Höchstsatz der Förderung"),
                    ("eigenanteil", "Mindesteigenanteil"),
                    ("untergrenze", "Förderuntergrenze"),
                    ("erstattung_unter", "Erstattungsverfahren unter"),
                    ("keine_investitionen", "Keine Investitionen"),
                    ("finanzierung_ausgeglichen", "Ausgeglichene Finanzierung"),
                    ("personalobergrenze", "Obergrenzen für Personalausgaben"),
                    ("stundensatz_eigenleistung", "Stundensatz für Eigenleistungen"),
                    ("kommunale_koerperschaft", "Antragsberechtigung"),
                    ("in_sachsen", "Vorhaben in Sachsen"),
                    ("beratung_vorher", "Beratung vor dem Antrag"),
                    ("antragsfrist", "Antragsfrist"),
                    ("beccaria", "Projektbeschreibung nach Beccaria"),
                    ("bildungsabschluss", "Nachweis des Berufsabschlusses"),
                    ("weiterleitung", "Weiterleitung an Dritte"),
                    ("kein_vorzeitiger_beginn", "Kein vorzeitiger Beginn"),
                    ("keine_doppelfoerderung", "Keine Doppelförderung"),
                    ("weiterfuehrung", "Weiterführung nach der Förderung"),
                    ("rechtsbehelf_monate", "Frist für den Rechtsbehelf"),
                    ("abruf_tage", "Frist für den Abruf eines Bescheids"),
                    ("postzustellung_tage", "Bekanntgabe nach Aufgabe zur Post"),
                    ("verwendungsnachweis_monate", "Frist des Verwendungsnachweises"),
                    ("nachforderung_tage", "Übliche Frist einer Nachforderung"),
                    ("gutachten_mindestens", "Mindestzahl fachlicher Prüfungen"),
                    ("punkte_hoechstens", "Höchste Punktzahl je Standard"),
                    ("bedarf_monate", "Zeit bis zur Zahlung beim Abruf"),
                    ("bankdaten_werktage", "Wartezeit nach neuen Bankdaten"),
                    ("umschichtung_prozent", "Verschiebung zwischen Ausgabenarten"),
                    ("stichprobe_prozent", "Stichprobe der Verwendungsnachweise"),
                    ("zinsaufschlag", "Zinsen auf Rückforderungen"),
                ],
                max_length=30,
                verbose_name="Regel",
            ),
        ),
        migrations.AddConstraint(
            model_name="foerderantrag",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        [
                            "entwurf",
                            "in_zeichnung",
                            "eingereicht",
                            "nachforderung",
                            "formell_geprueft",
                            "fachlich_geprueft",
                            "entscheidungsreif",
                            "bewilligt",
                            "abgelehnt",
                            "zurueckgezogen",
                            "bestandskraeftig",
                            "in_durchfuehrung",
                            "nachweis_eingereicht",
                            "nachweis_geprueft",
                            "rueckforderung",
                            "abgeschlossen",
                            "widerrufen",
                        ],
                    )
                ),
                name="foerderantrag_status_bekannt",
            ),
        ),
        migrations.AddConstraint(
            model_name="foerderantrag",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "status__in",
                            [
                                "bewilligt",
                                "bestandskraeftig",
                                "in_durchfuehrung",
                                "nachweis_eingereicht",
                                "nachweis_geprueft",
                                "rueckforderung",
                                "abgeschlossen",
                                "abgelehnt",
                                "widerrufen",
                            ],
                        ),
                        _negated=True,
                    ),
                    ("entschieden_um__isnull", False),
                    _connector="OR",
                ),
                name="foerderantrag_entscheidung_mit_zeitpunkt",
            ),
        ),
        migrations.AddField(
            model_name="auszahlung",
            name="angefordert_von",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="angefordert von",
            ),
        ),
        migrations.AddField(
            model_name="auszahlung",
            name="ansatz",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="auszahlungen",
                to="foerderung.haushaltsansatz",
                verbose_name="Haushaltsansatz",
            ),
        ),
        migrations.AddField(
            model_name="auszahlung",
            name="antrag",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="auszahlungen",
                to="foerderung.foerderantrag",
            ),
        ),
        migrations.AddField(
            model_name="auszahlung",
            name="beendet_von",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="beendet von",
            ),
        ),
        migrations.AddField(
            model_name="auszahlung",
            name="freigegeben_fuer",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="in Vertretung freigegeben für",
            ),
        ),
        migrations.AddField(
            model_name="auszahlung",
            name="freigegeben_von",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="freigegeben von",
            ),
        ),
        migrations.AddField(
            model_name="auszahlung",
            name="genehmigt_fuer",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="in Vertretung genehmigt für",
            ),
        ),
        migrations.AddField(
            model_name="auszahlung",
            name="genehmigt_von",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="genehmigt von",
            ),
        ),
        migrations.AddField(
            model_name="auszahlung",
            name="geprueft_fuer",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="in Vertretung geprüft für",
            ),
        ),
        migrations.AddField(
            model_name="auszahlung",
            name="geprueft_von",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="geprüft von",
            ),
        ),
        migrations.AddField(
            model_name="bankverbindung",
            name="bestaetigt_von",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="bestätigt von",
            ),
        ),
        migrations.AddField(
            model_name="bankverbindung",
            name="kommune",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="bankverbindungen",
                to="kommunen.kommune",
            ),
        ),
        migrations.AddField(
            model_name="bankverbindung",
            name="verworfen_von",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="verworfen von",
            ),
        ),
        migrations.AddField(
            model_name="bankverbindung",
            name="vorgeschlagen_von",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="eingetragen von",
            ),
        ),
        migrations.AddField(
            model_name="auszahlung",
            name="bankverbindung",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="auszahlungen",
                to="foerderung.bankverbindung",
                verbose_name="Bankverbindung",
            ),
        ),
        migrations.AddField(
            model_name="beleg",
            name="antrag",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="belege",
                to="foerderung.foerderantrag",
            ),
        ),
        migrations.AddField(
            model_name="beleg",
            name="auszahlung",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="belege",
                to="foerderung.auszahlung",
                verbose_name="geltend gemacht mit",
            ),
        ),
        migrations.AddField(
            model_name="beleg",
            name="erfasst_von",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="erfasst von",
            ),
        ),
        migrations.AddField(
            model_name="buchung",
            name="antrag",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="buchungen",
                to="foerderung.foerderantrag",
            ),
        ),
        migrations.AddField(
            model_name="buchung",
            name="auszahlung",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="buchungen",
                to="foerderung.auszahlung",
            ),
        ),
        migrations.AddField(
            model_name="buchung",
            name="bescheid",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="buchungen",
                to="foerderung.bescheid",
            ),
        ),
        migrations.AddField(
            model_name="buchung",
            name="gebucht_von",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="gebucht von",
            ),
        ),
        migrations.AddConstraint(
            model_name="foerderkonto",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("angefordert__gte", 0),
                    ("angeordnet__gte", 0),
                    ("bewilligt__gte", 0),
                    ("freigegeben__gte", 0),
                    ("gefordert__gte", 0),
                    ("gezahlt__gte", 0),
                    ("nachgewiesen__gte", 0),
                    ("zinsen_gefordert__gte", 0),
                    ("zinsen_gezahlt__gte", 0),
                    ("zurueckgezahlt__gte", 0),
                ),
                name="foerderkonto_nie_negativ",
            ),
        ),
        migrations.AddConstraint(
            model_name="foerderkonto",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("angeordnet__lte", models.F("freigegeben")),
                    ("freigegeben__lte", models.F("angefordert")),
                    ("gezahlt__lte", models.F("angeordnet")),
                ),
                name="foerderkonto_reihenfolge",
            ),
        ),
        migrations.AddConstraint(
            model_name="foerderkonto",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("gefordert__lte", models.F("gezahlt")),
                    ("zurueckgezahlt__lte", models.F("gezahlt")),
                ),
                name="foerderkonto_zurueck_hoechstens_gezahlt",
            ),
        ),
        migrations.AddConstraint(
            model_name="foerderkonto",
            constraint=models.CheckConstraint(
                condition=models.Q(("zinsen_gezahlt__lte", models.F("zinsen_gefordert"))),
                name="foerderkonto_zinsen",
            ),
        ),
        migrations.AddField(
            model_name="zahlungsdatei",
            name="erstellt_von",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="erstellt von",
            ),
        ),
        migrations.AddField(
            model_name="auszahlung",
            name="zahlungsdatei",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="auszahlungen",
                to="foerderung.zahlungsdatei",
            ),
        ),
        migrations.AddField(
            model_name="zahlungsrueckmeldung",
            name="eingelesen_von",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="eingelesen von",
            ),
        ),
        migrations.AddField(
            model_name="zahlungszeile",
            name="auszahlung",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="zahlungszeilen",
                to="foerderung.auszahlung",
            ),
        ),
        migrations.AddField(
            model_name="zahlungszeile",
            name="geklaert_von",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="geklärt von",
            ),
        ),
        migrations.AddField(
            model_name="zahlungszeile",
            name="rueckmeldung",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="zeilen",
                to="foerderung.zahlungsrueckmeldung",
            ),
        ),
        migrations.AddConstraint(
            model_name="bankverbindung",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stand", "vorgeschlagen")),
                fields=("kommune",),
                name="bankverbindung_eine_offene",
                violation_error_message="Eine neue Bankverbindung wartet schon auf die zweite Person.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bankverbindung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kontoinhaber", ""), _negated=True),
                    ("iban__regex", "^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$"),
                    models.Q(
                        ("bic", ""), ("bic__regex", "^[A-Z0-9]{8}([A-Z0-9]{3})?$"), _connector="OR"
                    ),
                ),
                name="bankverbindung_vollstaendig",
            ),
        ),
        migrations.AddConstraint(
            model_name="bankverbindung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("bestaetigt_von__isnull", True),
                    models.Q(("bestaetigt_von", models.F("vorgeschlagen_von")), _negated=True),
                    _connector="OR",
                ),
                name="bankverbindung_zwei_personen",
                violation_error_message="Eintragen und bestätigen müssen zwei Personen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bankverbindung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("bestaetigt_um__isnull", True),
                        ("bestaetigt_von__isnull", True),
                        ("nutzbar_ab__isnull", True),
                        ("stand", "vorgeschlagen"),
                        ("verworfen_um__isnull", True),
                        ("verworfen_von__isnull", True),
                    ),
                    models.Q(
                        ("bestaetigt_um__isnull", False),
                        ("bestaetigt_von__isnull", False),
                        ("nutzbar_ab__isnull", False),
                        ("stand", "bestaetigt"),
                        ("verworfen_um__isnull", True),
                        ("verworfen_von__isnull", True),
                    ),
                    models.Q(
                        ("bestaetigt_um__isnull", True),
                        ("bestaetigt_von__isnull", True),
                        ("nutzbar_ab__isnull", True),
                        ("stand", "verworfen"),
                        ("verworfen_um__isnull", False),
                        ("verworfen_von__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="bankverbindung_stand",
            ),
        ),
        migrations.AddConstraint(
            model_name="beleg",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("rechnung_am__isnull", True),
                    models.Q(("rechnung_am__year__gte", 1990), ("rechnung_am__year__lte", 2199)),
                    _connector="OR",
                ),
                name="beleg_rechnung_am_spanne",
                violation_error_message="Das Jahr muss zwischen 1990 und 2199 liegen. Prüfen Sie das Datum.",
            ),
        ),
        migrations.AddConstraint(
            model_name="beleg",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("bezahlt_am__isnull", True),
                    models.Q(("bezahlt_am__year__gte", 1990), ("bezahlt_am__year__lte", 2199)),
                    _connector="OR",
                ),
                name="beleg_bezahlt_am_spanne",
                violation_error_message="Das Jahr muss zwischen 1990 und 2199 liegen. Prüfen Sie das Datum.",
            ),
        ),
        migrations.AddConstraint(
            model_name="beleg",
            constraint=models.UniqueConstraint(
                fields=("antrag", "belegnummer"),
                name="beleg_nummer_einmal",
                violation_error_message="Diese Belegnummer steht schon in der Liste.",
            ),
        ),
        migrations.AddConstraint(
            model_name="beleg",
            constraint=models.CheckConstraint(
                condition=models.Q(("betrag_euro__gt", 0)),
                name="beleg_positiv",
                violation_error_message="Geben Sie einen Betrag über 0 Euro an.",
            ),
        ),
        migrations.AddConstraint(
            model_name="beleg",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("belegnummer", ""), _negated=True),
                    models.Q(("zweck", ""), _negated=True),
                    models.Q(("ausgabenart", ""), _negated=True),
                    models.Q(("zahlungsempfaenger", ""), _negated=True),
                ),
                name="beleg_vollstaendig",
            ),
        ),
        migrations.AddIndex(
            model_name="buchung",
            index=models.Index(fields=["art", "am"], name="buchung_art_am"),
        ),
        migrations.AddConstraint(
            model_name="buchung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("am__isnull", True),
                    models.Q(("am__year__gte", 1990), ("am__year__lte", 2199)),
                    _connector="OR",
                ),
                name="buchung_am_spanne",
                violation_error_message="Das Jahr muss zwischen 1990 und 2199 liegen. Prüfen Sie das Datum.",
            ),
        ),
        migrations.AddConstraint(
            model_name="buchung",
            constraint=models.CheckConstraint(
                condition=models.Q(("betrag_euro", 0), _negated=True), name="buchung_mit_betrag"
            ),
        ),
        migrations.AddConstraint(
            model_name="buchung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "art__in",
                        [
                            "bewilligt",
                            "angefordert",
                            "freigegeben",
                            "angeordnet",
                            "gezahlt",
                            "nachgewiesen",
                            "gefordert",
                            "zurueckgezahlt",
                            "zinsen_gefordert",
                            "zinsen_gezahlt",
                        ],
                    )
                ),
                name="buchung_art_bekannt",
            ),
        ),
        migrations.AddConstraint(
            model_name="zahlungsdatei",
            constraint=models.CheckConstraint(
                condition=models.Q(("anzahl__gt", 0), ("summe_euro__gt", 0)),
                name="zahlungsdatei_mit_zahlungen",
            ),
        ),
        migrations.AddConstraint(
            model_name="zahlungsdatei",
            constraint=models.CheckConstraint(
                condition=models.Q(("pruefsumme__regex", "^[0-9a-f]{64}$")),
                name="zahlungsdatei_pruefsumme",
            ),
        ),
        migrations.AddIndex(
            model_name="auszahlung",
            index=models.Index(fields=["stand", "angefordert_um"], name="auszahlung_stand"),
        ),
        migrations.AddConstraint(
            model_name="auszahlung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("bedarf_bis__isnull", True),
                    models.Q(("bedarf_bis__year__gte", 1990), ("bedarf_bis__year__lte", 2199)),
                    _connector="OR",
                ),
                name="auszahlung_bedarf_bis_spanne",
                violation_error_message="Das Jahr muss zwischen 1990 und 2199 liegen. Prüfen Sie das Datum.",
            ),
        ),
        migrations.AddConstraint(
            model_name="auszahlung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("gezahlt_am__isnull", True),
                    models.Q(("gezahlt_am__year__gte", 1990), ("gezahlt_am__year__lte", 2199)),
                    _connector="OR",
                ),
                name="auszahlung_gezahlt_am_spanne",
                violation_error_message="Das Jahr muss zwischen 1990 und 2199 liegen. Prüfen Sie das Datum.",
            ),
        ),
        migrations.AddConstraint(
            model_name="auszahlung",
            constraint=models.CheckConstraint(
                condition=models.Q(("erlaeuterung__laenge__lte", 2000)),
                name="auszahlung_erlaeuterung_laenge",
                violation_error_message="Kürzen Sie den Text auf höchstens 2000 Zeichen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="auszahlung",
            constraint=models.CheckConstraint(
                condition=models.Q(("kuerzung__laenge__lte", 2000)),
                name="auszahlung_kuerzung_laenge",
                violation_error_message="Kürzen Sie den Text auf höchstens 2000 Zeichen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="auszahlung",
            constraint=models.CheckConstraint(
                condition=models.Q(("grund__laenge__lte", 2000)),
                name="auszahlung_grund_laenge",
                violation_error_message="Kürzen Sie den Text auf höchstens 2000 Zeichen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="auszahlung",
            constraint=models.UniqueConstraint(
                fields=("antrag", "nummer"), name="auszahlung_nummer_einmal"
            ),
        ),
        migrations.AddConstraint(
            model_name="auszahlung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "stand__in",
                        [
                            "angefordert",
                            "geprueft",
                            "genehmigt",
                            "freigegeben",
                            "angeordnet",
                            "gezahlt",
                            "abgelehnt",
                            "zurueckgezogen",
                        ],
                    )
                ),
                name="auszahlung_stand_bekannt",
            ),
        ),
        migrations.AddConstraint(
            model_name="auszahlung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ausgaben_euro__gt", 0),
                    ("betrag_euro__gt", 0),
                    ("betrag_euro__lte", models.F("ausgaben_euro")),
                    ("foerdersatz__gt", 0),
                    ("foerdersatz__lte", 100),
                ),
                name="auszahlung_betrag",
                violation_error_message="Geben Sie Ausgaben über 0 Euro an.",
            ),
        ),
        migrations.AddConstraint(
            model_name="auszahlung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("bedarf_bis__isnull", False), ("verfahren", "abruf")),
                    models.Q(("bedarf_bis__isnull", True), ("verfahren", "erstattung")),
                    _connector="OR",
                ),
                name="auszahlung_bedarf_beim_abruf",
                violation_error_message="Zu einem Abruf gehört der Tag, bis zu dem Sie das Geld brauchen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="auszahlung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("anerkannt_euro__isnull", True),
                        ("auszuzahlen_euro__isnull", True),
                        ("geprueft_fuer__isnull", True),
                        ("geprueft_um__isnull", True),
                        ("geprueft_von__isnull", True),
                    ),
                    models.Q(
                        ("anerkannt_euro__gt", 0),
                        ("anerkannt_euro__lte", models.F("ausgaben_euro")),
                        ("auszuzahlen_euro__gt", 0),
                        ("auszuzahlen_euro__lte", models.F("betrag_euro")),
                        ("geprueft_um__isnull", False),
                        ("geprueft_von__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="auszahlung_pruefung_vollstaendig",
            ),
        ),
        migrations.AddConstraint(
            model_name="auszahlung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("auszuzahlen_euro__isnull", True),
                    ("auszuzahlen_euro", models.F("betrag_euro")),
                    models.Q(("kuerzung", ""), _negated=True),
                    _connector="OR",
                ),
                name="auszahlung_kuerzung_begruendet",
                violation_error_message="Begründen Sie die Kürzung.",
            ),
        ),
        migrations.AddConstraint(
            model_name="auszahlung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("geprueft_von__isnull", True),
                        ("genehmigt_von__isnull", True),
                        models.Q(("geprueft_von", models.F("genehmigt_von")), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        ("geprueft_von__isnull", True),
                        ("genehmigt_fuer__isnull", True),
                        models.Q(("geprueft_von", models.F("genehmigt_fuer")), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        ("geprueft_fuer__isnull", True),
                        ("genehmigt_von__isnull", True),
                        models.Q(("geprueft_fuer", models.F("genehmigt_von")), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        ("geprueft_fuer__isnull", True),
                        ("genehmigt_fuer__isnull", True),
                        models.Q(("geprueft_fuer", models.F("genehmigt_fuer")), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        ("geprueft_von__isnull", True),
                        ("freigegeben_von__isnull", True),
                        models.Q(("geprueft_von", models.F("freigegeben_von")), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        ("geprueft_von__isnull", True),
                        ("freigegeben_fuer__isnull", True),
                        models.Q(("geprueft_von", models.F("freigegeben_fuer")), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        ("geprueft_fuer__isnull", True),
                        ("freigegeben_von__isnull", True),
                        models.Q(("geprueft_fuer", models.F("freigegeben_von")), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        ("geprueft_fuer__isnull", True),
                        ("freigegeben_fuer__isnull", True),
                        models.Q(("geprueft_fuer", models.F("freigegeben_fuer")), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        ("genehmigt_von__isnull", True),
                        ("freigegeben_von__isnull", True),
                        models.Q(("genehmigt_von", models.F("freigegeben_von")), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        ("genehmigt_von__isnull", True),
                        ("freigegeben_fuer__isnull", True),
                        models.Q(("genehmigt_von", models.F("freigegeben_fuer")), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        ("genehmigt_fuer__isnull", True),
                        ("freigegeben_von__isnull", True),
                        models.Q(("genehmigt_fuer", models.F("freigegeben_von")), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        ("genehmigt_fuer__isnull", True),
                        ("freigegeben_fuer__isnull", True),
                        models.Q(("genehmigt_fuer", models.F("freigegeben_fuer")), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        ("geprueft_von__isnull", True),
                        ("geprueft_fuer__isnull", True),
                        models.Q(("geprueft_von", models.F("geprueft_fuer")), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        ("genehmigt_von__isnull", True),
                        ("genehmigt_fuer__isnull", True),
                        models.Q(("genehmigt_von", models.F("genehmigt_fuer")), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        ("freigegeben_von__isnull", True),
                        ("freigegeben_fuer__isnull", True),
                        models.Q(("freigegeben_von", models.F("freigegeben_fuer")), _negated=True),
                        _connector="OR",
                    ),
                ),
                name="auszahlung_drei_personen",
                violation_error_message="Prüfen, genehmigen und freigeben müssen drei Personen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="auszahlung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(
                            ("genehmigt_fuer__isnull", True),
                            ("genehmigt_um__isnull", True),
                            ("genehmigt_von__isnull", True),
                        ),
                        models.Q(("genehmigt_um__isnull", False), ("genehmigt_von__isnull", False)),
                        _connector="OR",
                    ),
                    models.Q(
                        models.Q(
                            ("freigegeben_fuer__isnull", True),
                            ("freigegeben_um__isnull", True),
                            ("freigegeben_von__isnull", True),
                        ),
                        models.Q(
                            ("freigegeben_um__isnull", False), ("freigegeben_von__isnull", False)
                        ),
                        _connector="OR",
                    ),
                ),
                name="auszahlung_schritte_mit_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="auszahlung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("geprueft_um__isnull", True), ("stand", "angefordert")),
                    models.Q(
                        ("genehmigt_um__isnull", True),
                        ("geprueft_um__isnull", False),
                        ("stand", "geprueft"),
                    ),
                    models.Q(
                        ("freigegeben_um__isnull", True),
                        ("genehmigt_um__isnull", False),
                        ("geprueft_um__isnull", False),
                        ("stand", "genehmigt"),
                    ),
                    models.Q(
                        ("freigegeben_um__isnull", False),
                        ("genehmigt_um__isnull", False),
                        ("geprueft_um__isnull", False),
                        ("stand", "freigegeben"),
                        ("zahlungsdatei__isnull", True),
                    ),
                    models.Q(
                        ("angeordnet_um__isnull", False),
                        ("freigegeben_um__isnull", False),
                        ("gezahlt_am__isnull", True),
                        ("stand", "angeordnet"),
                        ("zahlungsdatei__isnull", False),
                    ),
                    models.Q(
                        ("angeordnet_um__isnull", False),
                        ("freigegeben_um__isnull", False),
                        ("gezahlt_am__isnull", False),
                        ("stand", "gezahlt"),
                        ("zahlungsdatei__isnull", False),
                    ),
                    models.Q(
                        ("beendet_um__isnull", False),
                        ("gezahlt_am__isnull", True),
                        ("stand__in", ["abgelehnt", "zurueckgezogen"]),
                        ("zahlungsdatei__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="auszahlung_stand_passt",
            ),
        ),
        migrations.AddConstraint(
            model_name="auszahlung",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stand", "abgelehnt"), _negated=True),
                    models.Q(("grund", ""), _negated=True),
                    _connector="OR",
                ),
                name="auszahlung_ablehnung_begruendet",
                violation_error_message="Begründen Sie die Ablehnung.",
            ),
        ),
        migrations.AddIndex(
            model_name="zahlungszeile",
            index=models.Index(fields=["stand"], name="zahlungszeile_stand"),
        ),
        migrations.AddConstraint(
            model_name="zahlungszeile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("gezahlt_am__isnull", True),
                    models.Q(("gezahlt_am__year__gte", 1990), ("gezahlt_am__year__lte", 2199)),
                    _connector="OR",
                ),
                name="zahlungszeile_gezahlt_am_spanne",
                violation_error_message="Das Jahr muss zwischen 1990 und 2199 liegen. Prüfen Sie das Datum.",
            ),
        ),
        migrations.AddConstraint(
            model_name="zahlungszeile",
            constraint=models.CheckConstraint(
                condition=models.Q(("vermerk__laenge__lte", 2000)),
                name="zahlungszeile_vermerk_laenge",
                violation_error_message="Kürzen Sie den Text auf höchstens 2000 Zeichen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="zahlungszeile",
            constraint=models.UniqueConstraint(
                fields=("rueckmeldung", "nummer"), name="zahlungszeile_nummer_einmal"
            ),
        ),
        migrations.AddConstraint(
            model_name="zahlungszeile",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stand", "zugeordnet")),
                fields=("auszahlung",),
                name="zahlungszeile_eine_je_auszahlung",
            ),
        ),
        migrations.AddConstraint(
            model_name="zahlungszeile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stand", "zugeordnet"), _negated=True),
                    ("auszahlung__isnull", False),
                    _connector="OR",
                ),
                name="zahlungszeile_zugeordnet",
            ),
        ),
        migrations.AddConstraint(
            model_name="zahlungszeile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stand", "erledigt"), _negated=True),
                    models.Q(
                        ("geklaert_um__isnull", False),
                        ("geklaert_von__isnull", False),
                        models.Q(("vermerk", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="zahlungszeile_geklaert",
                violation_error_message="Schreiben Sie, wie sich die Zeile geklärt hat.",
            ),
        ),
        migrations.RunSQL(VOR, ZURUECK),
    ]
