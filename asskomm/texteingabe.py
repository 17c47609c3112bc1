"""Typed text as it may be stored and passed on: NFC, one kind of line end, nothing that hides.

`TextFeld` is used by every form field that takes text, in public forms and in the admin alike;
`Langtext` is the column for text of several lines.
"""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

STEUERZEICHEN_ERLAUBT = "\t\n"
UMBRUCH = re.compile(r"\s*[\t\n\u2028\u2029]\s*")
ZEILENENDE = re.compile(r"\r\n?")
# They turn the reading direction or take no room, and come along unseen when text is pasted.
# These are the Default_Ignorable_Code_Points of Unicode and the anchors U+FFF9-FFFB, without what
# people write with: soft hyphens, the joiners U+200C and U+200D and the variation selectors of
# emoji. Blanks that count as letters are in LEERZEICHNUNGEN.
VERSTECKT = re.compile(
    "[\u034f\u061c\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# Letters and signs by their category, but blank on every screen.
LEERZEICHNUNGEN = "\u115f\u1160\u2800\u3164\uffa0"


def bereinigt(text: str) -> str:
    """The text in NFC, with \\n as line end, without hidden characters.

    Raises ValidationError when it holds a control character.
    """
    text = VERSTECKT.sub("", ZEILENENDE.sub("\n", text))
    if any(
        unicodedata.category(zeichen) == "Cc" and zeichen not in STEUERZEICHEN_ERLAUBT
        for zeichen in text
    ):
        raise ValidationError(
            "Der Text enthält ein unsichtbares Steuerzeichen. Geben Sie ihn neu ein.",
            code="steuerzeichen",
        )
    return unicodedata.normalize("NFC", text)


def hat_sichtbares(text: str) -> bool:
    """Whether anybody sees anything of it: a letter, a digit, a sign."""
    return any(
        unicodedata.category(zeichen)[0] in "LNPS" and zeichen not in LEERZEICHNUNGEN
        for zeichen in text
    )


def einzeilig(text: str) -> str:
    """What was typed into a search as one line in NFC; control characters separate like spaces."""
    text = VERSTECKT.sub("", text)
    sichtbar = "".join(z if unicodedata.category(z) != "Cc" else " " for z in text)
    return " ".join(unicodedata.normalize("NFC", sichtbar).split())


def druckbar(text: str) -> str:
    """Without control characters, which neither XML nor iCalendar can carry; line ends become one kind."""
    text = ZEILENENDE.sub("\n", text)
    return "".join(zeichen for zeichen in text if zeichen >= " " or zeichen in "\t\n")


class TextFeld(forms.CharField):
    """A CharField whose value is `bereinigt`; what nobody can see is empty.

    Where the input has one line, breaks and tabs count as spaces, as a browser does it. In a text
    area a line break counts as one character.
    """

    def to_python(self, value):
        text = bereinigt(super().to_python(value) or "")
        if not isinstance(self.widget, forms.Textarea):
            text = UMBRUCH.sub(" ", text)
        if self.strip:
            text = text.strip()
        return text if hat_sichtbares(text) else self.empty_value


class EMailFeld(TextFeld, forms.EmailField):
    """An address to write to. That of an account is stricter, see `asskomm.mailadresse`."""


class LangtextFeld(TextFeld):
    """Says that a text is too long. The browser would cut it off without a word."""

    def widget_attrs(self, widget):
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class Langtext(models.TextField):
    """Text of several lines. Form and import know how long it may be.

    The database knows it by `laenge_constraint`, with the same number.
    """

    def __init__(self, *args, max_length, **kwargs):
        super().__init__(*args, max_length=max_length, **kwargs)
        self.validators.append(MaxLengthValidator(max_length))

    def to_python(self, value):
        value = super().to_python(value)
        return ZEILENENDE.sub("\n", value) if value else value

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return ZEILENENDE.sub("\n", value) if isinstance(value, str) else value

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": LangtextFeld, **kwargs})


def hoechstlaenge(modell: type[models.Model], feld: str) -> int:
    """How long the text of a column may be, for a form that is not made from its model."""
    return modell._meta.get_field(feld).max_length


@Langtext.register_lookup
class Laenge(Length):
    lookup_name = "laenge"


def laenge_constraint(modell: str, feld: str, hoechstens: int) -> models.CheckConstraint:
    """No text is longer than `hoechstens` characters, whoever writes it."""
    return models.CheckConstraint(
        name=f"{modell}_{feld}_laenge",
        condition=Q(**{f"{feld}__laenge__lte": hoechstens}),
        violation_error_message=f"Kürzen Sie den Text auf höchstens {hoechstens} Zeichen.",
    )
