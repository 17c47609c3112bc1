"""Typed text as it may be stored and passed on: NFC, without NUL and other control characters.

`TextFeld` is used by every form field that takes text, in public forms and in the admin alike.
"""

import unicodedata

from django import forms
from django.core.exceptions import ValidationError

STEUERZEICHEN_ERLAUBT = "\t\n\r"


def bereinigt(text: str) -> str:
    """The text in NFC. Raises ValidationError when it holds a control character."""
    if any(
        unicodedata.category(zeichen) == "Cc" and zeichen not in STEUERZEICHEN_ERLAUBT
        for zeichen in text
    ):
        raise ValidationError(
            "Der Text enthält ein unsichtbares Steuerzeichen. Geben Sie ihn neu ein.",
            code="steuerzeichen",
        )
    return unicodedata.normalize("NFC", text)


def einzeilig(text: str) -> str:
    """What was typed into a search as one line in NFC; control characters separate like spaces."""
    sichtbar = "".join(z if unicodedata.category(z) != "Cc" else " " for z in text)
    return " ".join(unicodedata.normalize("NFC", sichtbar).split())


def druckbar(text: str) -> str:
    """Without control characters, which neither XML nor iCalendar can carry; line ends become one kind."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(zeichen for zeichen in text if zeichen >= " " or zeichen in "\t\n")


class TextFeld(forms.CharField):
    """A CharField whose value is NFC and free of control characters."""

    def to_python(self, value):
        return bereinigt(super().to_python(value) or "") or self.empty_value
