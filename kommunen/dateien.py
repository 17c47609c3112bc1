"""Checks of uploaded documents by content, and the names under which they are kept."""

import uuid

from django.core.exceptions import ValidationError

HOECHSTENS_BYTES = 20 * 1024 * 1024
PDF_ANFANG, PDF_ENDE = b"%PDF-", b"%%EOF"


def vereinbarung_pfad(vereinbarung, dateiname):
    """A random own name: the name a person gave the file may tell more than it should."""
    return f"vereinbarungen/{uuid.uuid4()}.pdf"


def pruefe_dokument(datei):
    """Accept a whole PDF of at most 20 MB, judged by its content and not by its name."""
    if datei.size > HOECHSTENS_BYTES:
        raise ValidationError("Die Datei ist größer als 20 MB. Laden Sie eine kleinere hoch.")
    datei.seek(0)
    anfang = datei.read(len(PDF_ANFANG))
    datei.seek(max(0, datei.size - 2048))
    ende = datei.read()
    datei.seek(0)
    if anfang != PDF_ANFANG or PDF_ENDE not in ende:
        raise ValidationError(
            "Der Inhalt ist keine vollständige PDF-Datei. Wählen Sie eine andere."
        )
