"""No form speaks Django's own error texts (GESTALTUNG section 11, item 12)."""

import re

import pytest
from django import forms
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.validators import MaxValueValidator, MinLengthValidator, MinValueValidator

# Words of Django's German catalogue that tell people off, or its English ones.
NICHT_UNSERE = re.compile(
    r"zwingend|gültig|Bitte|sicherstellen|erforderlich|This field|Enter a|Ensure|valid"
)

WAHL = [("a", "A"), ("b", "B")]
FELDER = {
    "text": (forms.CharField(max_length=3, min_length=2), ["", "x", "xxxx", "a\x00"]),
    "ganzzahl": (forms.IntegerField(min_value=2, max_value=4), ["", "x", "1", "9"]),
    "kommazahl": (forms.FloatField(), ["", "x"]),
    "dezimal": (
        forms.DecimalField(max_digits=4, decimal_places=2),
        ["", "x", "123,45", "1,234", "12345"],
    ),
    "datum": (forms.DateField(), ["", "31.02.2026", "morgen"]),
    "uhrzeit": (forms.TimeField(), ["", "25:00"]),
    "zeitpunkt": (forms.DateTimeField(), ["", "x"]),
    "dauer": (forms.DurationField(), ["", "x"]),
    "email": (forms.EmailField(), ["", "x@"]),
    "adresse": (forms.URLField(assume_scheme="https"), ["", "https://x y"]),
    "kennung": (forms.SlugField(), ["", "ä ö"]),
    "muster": (forms.RegexField(r"^\d+$"), ["", "x"]),
    "uuid": (forms.UUIDField(), ["", "x"]),
    "json": (forms.JSONField(), ["", "{"]),
    "haken": (forms.BooleanField(), [""]),
    "auswahl": (forms.ChoiceField(choices=WAHL), ["", "c"]),
    "getippt": (forms.TypedChoiceField(choices=WAHL), ["", "c"]),
    "mehrfach": (forms.MultipleChoiceField(choices=WAHL), [[], ["c"]]),
}


@pytest.mark.parametrize(
    ("feld", "eingabe"),
    [(feld, eingabe) for feld, eingaben in FELDER.values() for eingabe in eingaben],
    ids=[
        f"{name}-{nummer}"
        for name, (_, eingaben) in FELDER.items()
        for nummer, _ in enumerate(eingaben)
    ],
)
def test_field_says_what_to_do(feld, eingabe):
    with pytest.raises(forms.ValidationError) as fehler:
        feld.clean(eingabe)
    for text in fehler.value.messages:
        assert not NICHT_UNSERE.search(text)
        assert text.endswith(".")


@pytest.mark.parametrize(
    ("feld", "datei"),
    [
        (forms.FileField(), None),
        (forms.FileField(), SimpleUploadedFile("leer.txt", b"")),
        (forms.FileField(max_length=3), SimpleUploadedFile("lang.txt", b"x")),
        (forms.ImageField(), SimpleUploadedFile("bild.png", b"x")),
        (forms.ImageField(), SimpleUploadedFile("bild.exe", b"x")),
    ],
)
def test_file_field_says_what_to_do(feld, datei):
    with pytest.raises(forms.ValidationError) as fehler:
        feld.clean(datei)
    for text in fehler.value.messages:
        assert not NICHT_UNSERE.search(text)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("feld", "eingabe"),
    [
        (forms.ModelChoiceField(Group.objects.all()), "0"),
        (forms.ModelChoiceField(Group.objects.all()), ""),
        (forms.ModelMultipleChoiceField(Group.objects.all()), ["0"]),
        (forms.ModelMultipleChoiceField(Group.objects.all()), ["x"]),
    ],
)
def test_choice_of_records_says_what_to_do(feld, eingabe):
    with pytest.raises(forms.ValidationError) as fehler:
        feld.clean(eingabe)
    assert not NICHT_UNSERE.search(fehler.value.messages[0])


@pytest.mark.django_db
def test_a_double_is_explained_in_our_words():
    Group.objects.create(name="Doppelt")
    formular = forms.modelform_factory(Group, fields=["name"])({"name": "Doppelt"})
    assert formular.errors["name"] == [
        "Das gibt es schon. Geben Sie einen anderen Wert für „Name“ an."
    ]


def test_formset_says_what_to_do():
    zeilen = forms.formset_factory(
        forms.Form, max_num=1, min_num=1, validate_max=True, validate_min=True
    )
    verwaltung = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0"}
    for daten in ({}, verwaltung):
        for text in zeilen(daten).non_form_errors():
            assert not NICHT_UNSERE.search(text)


def test_own_text_of_a_field_or_validator_wins():
    feld = forms.CharField(
        error_messages={"required": "Geben Sie Ihren Namen an."},
        validators=[MinLengthValidator(3, "Schreiben Sie den Namen aus.")],
    )
    for eingabe, text in (
        ("", "Geben Sie Ihren Namen an."),
        ("ab", "Schreiben Sie den Namen aus."),
    ):
        with pytest.raises(forms.ValidationError, match=text):
            feld.clean(eingabe)


def test_limits_are_named():
    for pruefer, wert in ((MinValueValidator(5), 4), (MaxValueValidator(5), 6)):
        with pytest.raises(forms.ValidationError, match="Geben Sie 5 oder"):
            pruefer(wert)
