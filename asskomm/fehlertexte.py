"""Error texts of form fields in the portal's own words.

Django's texts say what is wrong ("ungültig", "zwingend erforderlich"); ours say what to do.
They replace the defaults of Django's field and validator classes, so that every form speaks
them, those of the admin included. A field or validator with a text of its own keeps it.
"""

from collections.abc import Iterable

from django import forms
from django.core import validators
from django.db import models
from django.forms.formsets import BaseFormSet
from django.forms.models import InlineForeignKeyField

AUSWAHL = "Wählen Sie eine der Möglichkeiten aus."
ZAHL = "Geben Sie eine Zahl an, zum Beispiel 12,5."

# Field class: {code: text}. The placeholders are those of Django's own texts.
FELDER = {
    forms.Field: {"required": "Füllen Sie dieses Feld aus."},
    forms.BooleanField: {"required": "Setzen Sie hier ein Häkchen."},
    forms.CharField: {"required": "Geben Sie hier etwas an."},
    forms.ChoiceField: {"required": AUSWAHL, "invalid_choice": AUSWAHL},
    forms.MultipleChoiceField: {
        "required": "Wählen Sie mindestens eine Möglichkeit aus.",
        "invalid_choice": AUSWAHL,
        "invalid_list": AUSWAHL,
    },
    forms.ModelChoiceField: {"required": AUSWAHL, "invalid_choice": AUSWAHL},
    forms.ModelMultipleChoiceField: {
        "required": "Wählen Sie mindestens eine Möglichkeit aus.",
        "invalid_choice": AUSWAHL,
        "invalid_list": AUSWAHL,
        "invalid_pk_value": AUSWAHL,
    },
    InlineForeignKeyField: {
        "invalid_choice": "Laden Sie die Seite neu und versuchen Sie es noch einmal."
    },
    forms.IntegerField: {
        "required": "Geben Sie eine ganze Zahl an, zum Beispiel 12.",
        "invalid": "Geben Sie eine ganze Zahl an, zum Beispiel 12.",
    },
    forms.FloatField: {"required": ZAHL, "invalid": ZAHL},
    forms.DecimalField: {"required": ZAHL, "invalid": ZAHL},
    forms.DateField: {
        "required": "Geben Sie ein Datum an, zum Beispiel 01.09.2026.",
        "invalid": "Geben Sie ein Datum an, zum Beispiel 01.09.2026.",
    },
    forms.TimeField: {
        "required": "Geben Sie eine Uhrzeit an, zum Beispiel 14:30.",
        "invalid": "Geben Sie eine Uhrzeit an, zum Beispiel 14:30.",
    },
    forms.DateTimeField: {
        "required": "Geben Sie Tag und Uhrzeit an, zum Beispiel 01.09.2026 14:30.",
        "invalid": "Geben Sie Tag und Uhrzeit an, zum Beispiel 01.09.2026 14:30.",
    },
    forms.SplitDateTimeField: {
        "required": "Geben Sie Tag und Uhrzeit an, zum Beispiel 01.09.2026 und 14:30.",
        "invalid_date": "Geben Sie ein Datum an, zum Beispiel 01.09.2026.",
        "invalid_time": "Geben Sie eine Uhrzeit an, zum Beispiel 14:30.",
    },
    forms.DurationField: {
        "invalid": "Geben Sie eine Dauer an, zum Beispiel 01:30:00.",
        "overflow": "Geben Sie eine Dauer zwischen {min_days} und {max_days} Tagen an.",
    },
    forms.EmailField: {
        "required": "Geben Sie eine E-Mail-Adresse an, zum Beispiel name@example.org.",
    },
    forms.URLField: {
        "required": "Geben Sie eine Internetadresse an, zum Beispiel https://www.example.org.",
        "invalid": "Geben Sie eine Internetadresse an, zum Beispiel https://www.example.org.",
    },
    forms.UUIDField: {"invalid": "Laden Sie die Seite neu und versuchen Sie es noch einmal."},
    forms.JSONField: {"invalid": "Schreiben Sie die Angabe als JSON."},
    forms.FileField: {
        "required": "Wählen Sie eine Datei aus.",
        "invalid": "Wählen Sie eine Datei aus.",
        "missing": "Wählen Sie eine Datei aus.",
        "empty": "Die Datei ist leer. Wählen Sie eine andere aus.",
        "max_length": "Kürzen Sie den Dateinamen auf höchstens %(max)d Zeichen. Jetzt sind es %(length)d.",
        "contradiction": "Wählen Sie eine Datei aus oder setzen Sie das Häkchen zum Entfernen, nicht beides.",
    },
    forms.ImageField: {
        "invalid_image": "Wählen Sie ein Bild aus. Diese Datei lässt sich nicht als Bild lesen.",
    },
    forms.MultiValueField: {
        "invalid": "Füllen Sie alle Teile aus.",
        "incomplete": "Füllen Sie alle Teile aus.",
    },
    BaseFormSet: {
        "missing_management_form": "Laden Sie die Seite neu und versuchen Sie es noch einmal.",
        "too_many_forms": "Lassen Sie höchstens %(num)d Zeilen stehen.",
        "too_few_forms": "Füllen Sie mindestens %(num)d Zeilen aus.",
    },
    # Reached where the database rule is checked after the form: doubles and empty values.
    models.Field: {
        "invalid_choice": AUSWAHL,
        "null": "Füllen Sie dieses Feld aus.",
        "blank": "Füllen Sie dieses Feld aus.",
        "unique": "Das gibt es schon. Geben Sie einen anderen Wert für „%(field_label)s“ an.",
        "unique_for_date": "Das gibt es an diesem Tag schon. Geben Sie einen anderen Wert an.",
    },
}

BUCHSTABEN = "Verwenden Sie nur Buchstaben, Ziffern, Unterstriche und Bindestriche."

# Validator class, or a ready-made validator with a text of its own: text.
PRUEFER = [
    (validators.RegexValidator, "Prüfen Sie die Schreibweise."),
    (validators.EmailValidator, "Geben Sie eine E-Mail-Adresse an, zum Beispiel name@example.org."),
    (
        validators.URLValidator,
        "Geben Sie eine Internetadresse an, zum Beispiel https://www.example.org.",
    ),
    (
        validators.DomainNameValidator,
        "Geben Sie einen Namen im Internet an, zum Beispiel www.example.org.",
    ),
    (validators.MinValueValidator, "Geben Sie %(limit_value)s oder mehr an."),
    (validators.MaxValueValidator, "Geben Sie %(limit_value)s oder weniger an."),
    (
        validators.MinLengthValidator,
        "Schreiben Sie mindestens %(limit_value)d Zeichen. Jetzt sind es %(show_value)d.",
    ),
    (
        validators.MaxLengthValidator,
        "Kürzen Sie den Text auf höchstens %(limit_value)d Zeichen. Jetzt sind es %(show_value)d.",
    ),
    (
        validators.FileExtensionValidator,
        "Wählen Sie eine Datei mit einer dieser Endungen aus: %(allowed_extensions)s.",
    ),
    (validators.ProhibitNullCharactersValidator, "Löschen Sie unsichtbare Zeichen aus dem Text."),
    (validators.validate_slug, BUCHSTABEN),
    (validators.validate_unicode_slug, BUCHSTABEN),
]
STELLEN = {
    "invalid": ZAHL,
    "max_digits": "Geben Sie höchstens %(max)s Ziffern an.",
    "max_decimal_places": "Geben Sie höchstens %(max)s Stellen nach dem Komma an.",
    "max_whole_digits": "Geben Sie höchstens %(max)s Stellen vor dem Komma an.",
}


def verletzte_bedingung(fehler: Exception) -> str:
    """The name of the constraint because of which the database refused; empty for other reasons."""
    return getattr(getattr(fehler.__cause__, "diag", None), "constraint_name", None) or ""


def satz_der_bedingung(name: str, modelle: Iterable[type[models.Model]]) -> str:
    """The sentence of the constraint `name` of one of these models; empty if none has it."""
    for modell in modelle:
        for bedingung in modell._meta.constraints:
            if bedingung.name == name:
                return str(bedingung.get_violation_error_message())
    return ""


def einsetzen() -> None:
    """Put the texts in place; called once while the apps are loaded, before any form is imported.

    Form fields copy the defaults when they are created, so a form imported earlier would
    keep Django's texts.
    """
    for klasse, texte in FELDER.items():
        klasse.default_error_messages = getattr(klasse, "default_error_messages", {}) | texte
    for pruefer, text in PRUEFER:
        pruefer.message = text
    validators.DecimalValidator.messages = STELLEN
