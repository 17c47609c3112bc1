"""What must never be in a request for advice; the Beratung that answers it is the Kommune's own."""

from django.db import migrations, models

DERSELBEN_KOMMUNE = """
ALTER TABLE beratung_beratungsanfrage ADD CONSTRAINT beratungsanfrage_beratung_derselben_kommune
    FOREIGN KEY (beratung_id, kommune_id) REFERENCES beratung_beratung (id, kommune_id)
    DEFERRABLE INITIALLY DEFERRED;
"""
ZURUECK = """
ALTER TABLE beratung_beratungsanfrage
    DROP CONSTRAINT beratungsanfrage_beratung_derselben_kommune;
"""


class Migration(migrations.Migration):
    dependencies = [("beratung", "0009_erledigte_anfragen_mit_stand")]

    operations = [
        migrations.RemoveConstraint(
            model_name="beratungsanfrage",
            name="beratungsanfrage_eine_offen",
        ),
        migrations.AddConstraint(
            model_name="beratung",
            constraint=models.UniqueConstraint(
                fields=("id", "kommune"), name="beratung_mit_kommune"
            ),
        ),
        migrations.AddConstraint(
            model_name="beratungsanfrage",
            constraint=models.CheckConstraint(
                condition=models.Q(("termin_hinweis__laenge__lte", 2000)),
                name="beratungsanfrage_termin_hinweis_laenge",
                violation_error_message="Kürzen Sie den Text auf höchstens 2000 Zeichen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="beratungsanfrage",
            constraint=models.CheckConstraint(
                condition=models.Q(("absage_grund__laenge__lte", 1000)),
                name="beratungsanfrage_absage_grund_laenge",
                violation_error_message="Kürzen Sie den Text auf höchstens 1000 Zeichen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="beratungsanfrage",
            constraint=models.CheckConstraint(
                condition=models.Q(("grund__laenge__lte", 1000)),
                name="beratungsanfrage_grund_laenge",
                violation_error_message="Kürzen Sie den Text auf höchstens 1000 Zeichen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="beratungsanfrage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("termin_um__isnull", True),
                    models.Q(("termin_um__year__gte", 1900), ("termin_um__year__lte", 2199)),
                    _connector="OR",
                ),
                name="beratungsanfrage_termin_um_spanne",
                violation_error_message="Das Jahr muss zwischen 1900 und 2199 liegen. Prüfen Sie das Datum.",
            ),
        ),
        migrations.AddConstraint(
            model_name="beratungsanfrage",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stand__in", ("neu", "geplant"))),
                fields=("kommune",),
                name="beratungsanfrage_eine_offen",
                violation_error_message="Ihre Kommune hat schon eine Beratung angefragt.",
            ),
        ),
        migrations.AddConstraint(
            model_name="beratungsanfrage",
            constraint=models.CheckConstraint(
                condition=models.Q(("weg__in", ["portal", "telefon", "email", "veranstaltung"])),
                name="beratungsanfrage_weg_bekannt",
            ),
        ),
        migrations.AddConstraint(
            model_name="beratungsanfrage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("stand__in", ["neu", "geplant", "beraten", "geschlossen", "zurueckgezogen"])
                ),
                name="beratungsanfrage_stand_bekannt",
            ),
        ),
        migrations.AddConstraint(
            model_name="beratungsanfrage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("erledigt_um__isnull", True),
                        ("erledigt_von__isnull", True),
                        ("stand__in", ("neu", "geplant")),
                    ),
                    models.Q(
                        models.Q(("stand__in", ("neu", "geplant")), _negated=True),
                        ("erledigt_um__gte", models.F("gestellt_um")),
                        ("erledigt_von__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="beratungsanfrage_ende_mit_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="beratungsanfrage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stand", "neu"), ("termin_um__isnull", True)),
                    models.Q(("stand", "geplant"), ("termin_um__isnull", False)),
                    models.Q(("stand__in", ("neu", "geplant")), _negated=True),
                    _connector="OR",
                ),
                name="beratungsanfrage_termin_passt_zum_stand",
            ),
        ),
        migrations.AddConstraint(
            model_name="beratungsanfrage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("erinnert_am__isnull", True),
                        ("geplant_um__isnull", True),
                        ("geplant_von__isnull", True),
                        ("termin_form", ""),
                        ("termin_hinweis", ""),
                        ("termin_minuten__isnull", True),
                        ("termin_ort", ""),
                        ("termin_um__isnull", True),
                    ),
                    models.Q(
                        ("geplant_um__isnull", False),
                        ("geplant_von__isnull", False),
                        ("termin_form__in", ["vor_ort", "video", "telefon", "veranstaltung"]),
                        ("termin_minuten__gte", 15),
                        ("termin_minuten__lte", 480),
                        ("termin_um__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="beratungsanfrage_termin_vollstaendig",
            ),
        ),
        migrations.AddConstraint(
            model_name="beratungsanfrage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("termin_form__in", ("vor_ort", "veranstaltung")), _negated=True),
                    models.Q(("termin_ort", ""), _negated=True),
                    _connector="OR",
                ),
                name="beratungsanfrage_termin_mit_ort",
                violation_error_message="Geben Sie an, wo die Beratung stattfindet.",
            ),
        ),
        migrations.AddConstraint(
            model_name="beratungsanfrage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("beratung__isnull", False), ("stand", "beraten")),
                    models.Q(
                        models.Q(("stand", "beraten"), _negated=True), ("beratung__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="beratungsanfrage_beraten_mit_beratung",
            ),
        ),
        migrations.AddConstraint(
            model_name="beratungsanfrage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stand", "geschlossen"), _negated=True),
                    models.Q(("grund", ""), _negated=True),
                    _connector="OR",
                ),
                name="beratungsanfrage_ende_begruendet",
            ),
        ),
        migrations.AddConstraint(
            model_name="beratungsschritt",
            constraint=models.CheckConstraint(
                condition=models.Q(("worte__laenge__lte", 1000)),
                name="beratungsschritt_worte_laenge",
                violation_error_message="Kürzen Sie den Text auf höchstens 1000 Zeichen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="beratungsschritt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("bis__isnull", True),
                    models.Q(("bis__year__gte", 1900), ("bis__year__lte", 2199)),
                    _connector="OR",
                ),
                name="beratungsschritt_bis_spanne",
                violation_error_message="Das Jahr muss zwischen 1900 und 2199 liegen. Prüfen Sie das Datum.",
            ),
        ),
        migrations.AddConstraint(
            model_name="beratungsschritt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "schritt__in",
                        [
                            "beratung",
                            "vorvereinbarung",
                            "beschluss",
                            "vereinbarung",
                            "analyse",
                            "rat",
                            "koordinierung",
                            "coaching",
                            "foerderung",
                            "evaluation",
                            "vernetzung",
                        ],
                    )
                ),
                name="beratungsschritt_bekannt",
            ),
        ),
        migrations.AddConstraint(
            model_name="beratungsschritt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("erledigt_um__isnull", True), ("erledigt_von__isnull", True)),
                    models.Q(("erledigt_um__isnull", False), ("erledigt_von__isnull", False)),
                    _connector="OR",
                ),
                name="beratungsschritt_erledigt_mit_person",
            ),
        ),
        migrations.RunSQL(DERSELBEN_KOMMUNE, ZURUECK),
    ]
