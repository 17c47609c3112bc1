"""Typed text: what is taken out of it, what counts as empty, how long it may be."""

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.urls import get_resolver

from asskomm.pflege import FORMULARFELDER
from asskomm.portal.models import Meldung, Veranstaltung
from asskomm.texteingabe import Langtext, TextFeld, bereinigt, einzeilig
from kommunen.zeitangabe import ZeitangabeFormField
from tests.factories import make_meldung

APPS = ("kommunen", "beratung", "foerderung", "fortbildung", "portal")
LANG = Meldung._meta.get_field("text").max_length


@pytest.mark.parametrize(
    ("getippt", "bleibt"),
    [
        ("Rat\u202eetseb", "Ratetseb"),
        ("\ufeffRat", "Rat"),
        ("Prä\u200bven\u2060tion", "Prävention"),
        *(
            (f"Rat{chr(n)}haus", "Rathaus")
            for n in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
        ),
        *(
            (f"Rat{chr(n)}haus", "Rathaus")
            for n in (
                0x34F,
                0x17B4,
                0x180B,
                0x180F,
                0x1BCA0,
                0x1BCA3,
                0x1D173,
                0x1D17A,
                0xE0001,
                0xE0100,
                0xE01EF,
                0xFFF0,
            )
        ),
        ("Pra\u0308vention", "Prävention"),
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        # Needed to write: a soft hyphen, the joiners in Persian and in emoji, variation selectors.
        ("Prä\u00advention", "Prä\u00advention"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d🚒 ❤\ufe0f", "👩\u200d🚒 ❤\ufe0f"),
    ],
)
def test_hidden_characters_go_and_those_that_writing_needs_stay(getippt, bleibt):
    assert bereinigt(getippt) == bleibt


# Nothing of it is stored: codes and words to search with. Telephone numbers are digits and signs;
# allauth's names of passkeys are replaced when the form is made.
NUR_VERGLICHEN = {
    "AppEinrichten.code", "BestaetigungMitCode.code", "CodeEingeben.code", "PasswortVergessen.email",
    "AuskunftForm.email", "KommunenFilter.q", "Antragsteller.ansprech_telefon",
    "PasskeyEinrichten.name", "PasskeyUmbenennen.name",
}  # fmt: skip


def test_every_form_cleans_what_is_typed():
    get_resolver().url_patterns  # noqa: B018  imports the forms of all pages
    unbereinigt = {
        f"{formular.__name__}.{name}"
        for formular in _abgeleitete(forms.BaseForm)
        for name, feld in getattr(formular, "base_fields", {}).items()
        if formular.__module__.split(".")[0] in ("asskomm", *APPS)
        and isinstance(feld, forms.CharField)
        and not isinstance(feld, (TextFeld, ZeitangabeFormField))
        and not isinstance(feld.widget, (forms.HiddenInput, forms.PasswordInput))
    }
    assert unbereinigt <= NUR_VERGLICHEN


def _abgeleitete(klasse):
    for unterklasse in klasse.__subclasses__():
        yield unterklasse
        yield from _abgeleitete(unterklasse)


def test_hidden_characters_do_not_disturb_a_search():
    assert einzeilig(" Zit\u200btau\n Rat ") == "Zittau Rat"


@pytest.mark.parametrize(
    "getippt", ["\u200b", "\u202e", " \u200d\u00ad ", "\u2800", "\u3164", "\u0308", "\n\t"]
)
def test_what_nobody_sees_is_empty(getippt):
    assert TextFeld(required=False).clean(getippt) == ""
    with pytest.raises(ValidationError, match="Geben Sie hier etwas an"):
        TextFeld().clean(getippt)


def test_space_beside_a_hidden_character_goes_with_it():
    assert TextFeld().clean("\u200b Rat \u200b") == "Rat"


@pytest.mark.parametrize("getippt", ["a\nb", "a \r\n b", "a\rb", "a\tb", "a\u2028b", "\na b\n"])
def test_an_input_of_one_line_holds_one_line(getippt):
    assert TextFeld().clean(getippt) == "a b"


@pytest.mark.django_db
def test_titles_and_places_are_one_line():
    for modell, feld in [(Meldung, "titel"), (Veranstaltung, "ort")]:
        titel = FORMULARFELDER[models.CharField]["form_class"]
        formular = forms.modelform_factory(modell, fields=[feld], field_classes={feld: titel})
        daten = formular({feld: "a\r\nb"})
        daten.is_valid()
        assert daten.cleaned_data[feld] == "a b"


def test_a_line_break_counts_once():
    feld = TextFeld(max_length=5, widget=forms.Textarea)
    assert feld.clean("a\r\nb\r\nc") == "a\nb\nc"
    with pytest.raises(ValidationError):
        feld.clean("a\r\nb\r\ncd")


def lange_texte():
    for app in APPS:
        for modell in apps.get_app_config(app).get_models():
            for feld in modell._meta.concrete_fields:
                if isinstance(feld, models.TextField) and feld.editable:
                    yield modell, feld


# What the two-person steps of asskomm.konten and the map bring along is not typed into pages.
ANDERE = {"begruendung", "nachweis", "pfad"}


def test_every_typed_text_has_a_limit():
    ohne = {
        feld.name
        for modell, feld in lange_texte()
        if not isinstance(feld, Langtext)
        and not modell.__name__.startswith("Historical")
        and not feld.generated
    }
    assert ohne <= ANDERE


def test_the_database_knows_each_limit():
    for modell, feld in lange_texte():
        if isinstance(feld, Langtext) and not modell.__name__.startswith("Historical"):
            (regel,) = [
                r for r in modell._meta.constraints if r.name.endswith(f"_{feld.name}_laenge")
            ]
            assert (f"{feld.name}__laenge__lte", feld.max_length) in regel.condition.children


@pytest.mark.django_db
def test_the_limit_holds_in_form_and_database():
    meldung = make_meldung()
    formular = forms.modelform_factory(Meldung, fields=["text"])
    assert formular({"text": "x" * LANG}).is_valid()
    assert formular({"text": "x" * (LANG + 1)}).errors["text"] == [
        f"Kürzen Sie den Text auf höchstens {LANG} Zeichen. Jetzt sind es {LANG + 1}."
    ]
    assert "maxlength" not in str(formular()["text"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Meldung.objects.filter(pk=meldung.pk).update(text="x" * (LANG + 1))


@pytest.mark.django_db
def test_line_ends_are_stored_as_one_kind():
    meldung = make_meldung(text="a\r\nb")
    meldung.refresh_from_db()
    assert meldung.text == "a\nb"
    meldung.text = "c\rd"
    meldung.clean_fields()
    assert meldung.text == "c\nd"
