"""The rows of a rule set keep who changed what, like the rule set itself; four more rules."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import asskomm.texteingabe


class Migration(migrations.Migration):
    dependencies = [
        ("foerderung", "0008_anlage_befallen"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                ],
                max_length=30,
                verbose_name="Regel",
            ),
        ),
        migrations.CreateModel(
            name="HistoricalAnlagenart",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("schluessel", models.SlugField(max_length=30, verbose_name="Schlüssel")),
                ("bezeichnung", models.CharField(max_length=200, verbose_name="Bezeichnung")),
                ("warum", models.CharField(max_length=500, verbose_name="Wozu")),
                (
                    "pflicht",
                    models.CharField(
                        choices=[
                            ("immer", "immer"),
                            ("bei_personal", "bei Personalausgaben"),
                            ("bei_weiterleitung", "bei Weiterleitung an Dritte"),
                            ("freiwillig", "freiwillig"),
                        ],
                        max_length=20,
                        verbose_name="Pflicht",
                    ),
                ),
                (
                    "hoechstens",
                    models.PositiveSmallIntegerField(default=1, verbose_name="Dateien höchstens"),
                ),
                ("quelle", models.CharField(max_length=500, verbose_name="Quelle")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "regelwerk",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="foerderung.regelwerk",
                        verbose_name="Regelwerk",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical Anlage zum Antrag",
                "verbose_name_plural": "historical Anlagen zum Antrag",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalAusnahmegrund",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("schluessel", models.SlugField(max_length=30, verbose_name="Schlüssel")),
                ("text", models.CharField(max_length=500, verbose_name="Wortlaut")),
                ("quelle", models.CharField(max_length=500, verbose_name="Quelle")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "regelwerk",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="foerderung.regelwerk",
                        verbose_name="Regelwerk",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical Ausnahme von der Untergrenze",
                "verbose_name_plural": "historical Ausnahmen von der Untergrenze",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalChecklistenpunkt",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("nummer", models.PositiveSmallIntegerField(verbose_name="Nummer")),
                ("frage", models.CharField(max_length=300, verbose_name="Frage")),
                ("hinweis", models.CharField(blank=True, max_length=500, verbose_name="Hinweis")),
                ("quelle", models.CharField(max_length=500, verbose_name="Quelle")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "regelwerk",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="foerderung.regelwerk",
                        verbose_name="Regelwerk",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical Punkt der formalen Prüfung",
                "verbose_name_plural": "historical Punkte der formalen Prüfung",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalErklaerung",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("schluessel", models.SlugField(max_length=30, verbose_name="Schlüssel")),
                (
                    "art",
                    models.CharField(
                        choices=[
                            ("bestaetigung", "zu bestätigen"),
                            ("ja_nein", "mit Ja oder Nein zu beantworten"),
                            ("freiwillig", "freiwillige Einwilligung"),
                        ],
                        max_length=15,
                        verbose_name="Art",
                    ),
                ),
                ("titel", models.CharField(max_length=200, verbose_name="Titel")),
                ("text", asskomm.texteingabe.Langtext(max_length=2000, verbose_name="Wortlaut")),
                ("quelle", models.CharField(max_length=500, verbose_name="Quelle")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "regelwerk",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="foerderung.regelwerk",
                        verbose_name="Regelwerk",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical Erklärung",
                "verbose_name_plural": "historical Erklärungen",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalPersonalobergrenze",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("jahr", models.PositiveSmallIntegerField(verbose_name="Jahr")),
                (
                    "qualifikation",
                    models.CharField(
                        choices=[
                            ("beruf", "abgeschlossene Berufsausbildung"),
                            ("fachhochschule", "abgeschlossene Fachhochschulausbildung"),
                            ("hochschule", "abgeschlossene wissenschaftliche Hochschulausbildung"),
                            (
                                "fuehrung",
                                "wissenschaftliche Hochschulausbildung mit Führungsfunktion",
                            ),
                        ],
                        max_length=20,
                        verbose_name="Qualifikation",
                    ),
                ),
                (
                    "entgeltgruppe",
                    models.PositiveSmallIntegerField(verbose_name="höchste Entgeltgruppe (TV-L)"),
                ),
                ("stufe", models.PositiveSmallIntegerField(verbose_name="höchste Stufe")),
                (
                    "jahresbetrag_euro",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=10,
                        verbose_name="Jahresbetrag einer vollen Stelle in Euro",
                    ),
                ),
                ("quelle", models.CharField(max_length=500, verbose_name="Quelle")),
                ("bestaetigt", models.BooleanField(default=False, verbose_name="bestätigt")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "regelwerk",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="foerderung.regelwerk",
                        verbose_name="Regelwerk",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical Personalobergrenze",
                "verbose_name_plural": "historical Personalobergrenzen",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalRegel",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "schluessel",
                    models.CharField(
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
                        ],
                        max_length=30,
                        verbose_name="Regel",
                    ),
                ),
                ("nummer", models.CharField(max_length=10, verbose_name="Nummer")),
                ("titel", models.CharField(max_length=200, verbose_name="Titel")),
                (
                    "text",
                    asskomm.texteingabe.Langtext(
                        max_length=2000, verbose_name="Wortlaut in einfachen Worten"
                    ),
                ),
                (
                    "wert",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="Wert"
                    ),
                ),
                (
                    "einheit",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("prozent", "Prozent"),
                            ("euro", "Euro"),
                            ("tage", "Tage"),
                            ("monate", "Monate"),
                            ("anzahl", "Anzahl"),
                        ],
                        max_length=10,
                        verbose_name="Einheit",
                    ),
                ),
                ("quelle", models.CharField(max_length=500, verbose_name="Quelle")),
                (
                    "bestaetigt",
                    models.BooleanField(
                        default=False,
                        help_text="Eine zugängliche Quelle belegt den Wert.",
                        verbose_name="bestätigt",
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
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "regelwerk",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="foerderung.regelwerk",
                        verbose_name="Regelwerk",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical Regel",
                "verbose_name_plural": "historical Regeln",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalTextbaustein",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("schluessel", models.SlugField(verbose_name="Schlüssel")),
                (
                    "ueberschrift",
                    models.CharField(blank=True, max_length=200, verbose_name="Überschrift"),
                ),
                ("text", asskomm.texteingabe.Langtext(max_length=10000, verbose_name="Text")),
                ("quelle", models.CharField(blank=True, max_length=500, verbose_name="Quelle")),
                ("bestaetigt", models.BooleanField(default=False, verbose_name="bestätigt")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "regelwerk",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="foerderung.regelwerk",
                        verbose_name="Regelwerk",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical Textbaustein",
                "verbose_name_plural": "historical Textbausteine",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
