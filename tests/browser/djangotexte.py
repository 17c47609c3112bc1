"""Words of Django's own texts, which no page may show: they say what is wrong, not what to do.

The heading of a form with errors in the admin stays: it asks to correct what stands below.
"""

DJANGOTEXTE = [
    # German
    "zwingend erforderlich",
    "Bitte sicherstellen",
    "Bitte ein ",
    "Bitte eine ",
    "Bitte einen ",
    "Bitte die doppelten",
    "Bitte höchstens",
    "Bitte mindestends",
    "Bitte wählen Sie entweder",
    "keine gültige",
    "kein gültiger",
    "darf nicht leer sein",
    "darf nicht null sein",
    "existiert bereits",
    "ist nicht erlaubt. Erlaubte",
    "Nullzeichen",
    "keine Datei übertragen",
    "übertragene Datei",
    "Staff-Account",
    "Management-Formular",
    "CSRF-Verifizierung",
    "Django-Verwaltung",
    "Django-Systemverwaltung",
    "Seite nicht gefunden",
    # English
    "This field",
    "Enter a ",
    "Ensure th",
    "Select a valid choice",
    "is not a valid",
    "already exists",
    "Please ",
    "No file was submitted",
    "The submitted file",
    "CSRF verification failed",
    "Django administration",
    "Page not found",
    "Not Found",
    "Server Error",
]
