"""Folding for search and sorting: Python and SQL do the same, and people find what they mean."""

import pytest
from django.db import connection

from kommunen.faltung import _VON, falte, sortierform
from kommunen.models import Kommune
from tests.factories import make_kommune

TEXTE = [
    "Döbeln", "DOEBELN", "Dobeln", "Budyšin", "Kwětanecy při jězoru", "Wojerecy", "Mužakow",
    "Grüna", "Straße", "STRASSE", "ẞ", "Großenhain", "Aue-Bad Schlema", "Reichenbach/O.L.",
    "Neuensalz", "Oelsnitz/Vogtl.", "Łaz", "Çà", "", "a b", "100 %", "O'Neill", _VON,
]  # fmt: skip


def in_sql(funktion, text):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {funktion}(%s)", [text])
        return cursor.fetchone()[0]


@pytest.mark.django_db
@pytest.mark.parametrize("text", TEXTE)
def test_sql_folds_like_python(text):
    assert in_sql("falte", text) == falte(text)
    assert in_sql("sortierform", text) == sortierform(text)


@pytest.mark.parametrize(
    ("getippt", "gemeint"),
    [
        ("Doebeln", "Döbeln"),
        ("Dobeln", "Döbeln"),
        ("döbeln", "Döbeln"),
        ("DÖBELN", "Döbeln"),
        ("Do\u0308beln", "Döbeln"),
        ("Budysin", "Budyšin"),
        ("Grossenhain", "Großenhain"),
        ("GROẞENHAIN", "Großenhain"),
    ],
)
def test_spellings_of_one_name_fold_to_the_same(getippt, gemeint):
    assert falte(getippt) == falte(gemeint)


def test_sorting_keeps_two_letter_vowels_apart_from_umlauts():
    assert sortierform("Oelsnitz") == "oelsnitz"
    assert sortierform("Öderan") == "oderan"


@pytest.mark.django_db
def test_names_sort_as_people_look_them_up():
    for name in ("Zittau", "Öderan", "Oelsnitz", "Aue", "Äsch", "Oschatz"):
        make_kommune(name=name)
    geordnet = Kommune.objects.values_list("name", flat=True)
    assert list(geordnet) == ["Äsch", "Aue", "Öderan", "Oelsnitz", "Oschatz", "Zittau"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("eingabe", "gefunden"),
    [
        ("Doebeln", True), ("Dobeln", True), ("döbeln", True), ("04720", True), ("047", True),
        ("Dob", True), ("", True), ("  ", True), ("Döbeln Land", False),
        ("14720", False), ("%", False), ("_", False), ("\\", False),
    ],
)  # fmt: skip
def test_a_kommune_is_found_by_name_and_postcode(eingabe, gefunden):
    make_kommune(name="Döbeln", name_amtlich="Döbeln, Stadt", plz="04720")
    assert Kommune.objects.namens_treffer(eingabe).exists() is gefunden


@pytest.mark.django_db
@pytest.mark.parametrize("eingabe", ["Budyšin", "Budysin", "budysin", "Bautzen"])
def test_a_kommune_is_found_by_its_sorbian_name(eingabe):
    make_kommune(name="Bautzen", name_amtlich="Bautzen / Budyšin, Stadt", name_sorbisch="Budyšin")
    assert Kommune.objects.namens_treffer(eingabe).exists()
