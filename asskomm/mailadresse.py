"""The e-mail address by which an account is known, in its one form: ASCII, lower case, no blanks.

Two addresses are the same if they are equal in this form, and in no other way. Whatever folds
more than A to a (upper() and ILIKE of PostgreSQL, lower() and NFKC of Python) takes `leſen@` for
`lesen@`. Such addresses exist nowhere in practice, so they are refused, not folded.
"""

from __future__ import annotations

import re

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.db.models import Q

from .texteingabe import TextFeld

# Printable ASCII without blank and capitals; the quoted names of RFC 5321 could hold more.
FORM = r"[!-@\[-~]+"
LAENGE = 254
NUR_ASCII = (
    "Schreiben Sie die E-Mail-Adresse ohne Umlaute und Sonderbuchstaben. Erlaubt sind die "
    "Buchstaben a bis z, Ziffern und Zeichen wie Punkt und Bindestrich."
)


def normalform(adresse: str) -> str:
    """Without blanks around it and in lower case; with other letters it stays as it is."""
    adresse = adresse.strip()
    return adresse.lower() if adresse.isascii() else adresse


def pruefe(adresse: str) -> None:
    """Raise ValidationError for what can be no address of an account, in its one form."""
    if not adresse.isascii():
        raise ValidationError(NUR_ASCII, code="nur_ascii")
    validate_email(adresse)
    if not re.fullmatch(FORM, adresse):
        raise ValidationError(validate_email.message, code="invalid")


def gilt(adresse: str) -> bool:
    """Whether an account can have this address."""
    try:
        pruefe(adresse)
    except ValidationError:
        return False
    return len(adresse) <= LAENGE


class MailadressFormfeld(TextFeld, forms.EmailField):
    """For forms without a model."""

    default_validators = [pruefe]

    def __init__(self, **wahl):
        super().__init__(**{"max_length": LAENGE, **wahl})

    def to_python(self, value):
        return normalform(super().to_python(value))


class MailadressFeld(models.EmailField):
    """The column. It is written and compared in the one form, whatever is handed over."""

    default_validators = [pruefe]

    def to_python(self, value):
        value = super().to_python(value)
        return normalform(value) if isinstance(value, str) else value

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return normalform(value) if isinstance(value, str) else value


def mailadress_constraint(modell: str, feld: str, *, oder: Q | None = None):
    """No address is in another form, whoever writes it; `oder` is what stands there instead."""
    in_form = Q(**{f"{feld}__regex": f"^{FORM}$"})
    return models.CheckConstraint(
        name=f"{modell}_{feld}_form",
        condition=in_form | oder if oder else in_form,
        violation_error_message=NUR_ASCII,
    )
