"""Terms that forms and pages link to: each is delivered, none leads nowhere."""

import ast
import csv
import re

import pytest
from django import forms
from django.template import engines
from django.test import RequestFactory

from asskomm.portal.models import Begriff
from asskomm.portal.programmdaten import ORDNER
from kommunen.models import Rolle
from tests.factories import make_antrag, make_begriff, make_mitglied
from tests.gestaltung import quellen

LINK = '<a href="/glossar/#begriff-{0}">Was heißt „{1}“?</a>'


# --- What the code names --------------------------------------------------------


def in_vorlagen():
    for vorlage in quellen.vorlagen():
        for tag in re.findall(r"{% begriffe ([^%]*)%}", vorlage.read_text(encoding="utf-8")):
            yield from re.findall(r'"([^"]*)"', tag)


def in_python():
    """Values of `begriffe = {…}` in forms, and of `begriff="…"` in calls."""
    for app in ("asskomm", "kommunen", "beratung", "foerderung", "fortbildung"):
        for datei in (quellen.WURZEL / app).rglob("*.py"):
            text = datei.read_text(encoding="utf-8")
            if "begriff" not in text:
                continue
            for knoten in ast.walk(ast.parse(text)):
                match knoten:
                    case ast.Assign([ast.Name("begriffe")], ast.Dict(_, werte)):
                        yield from (wert.value for wert in werte)
                    case ast.keyword("begriff", ast.Constant(str(wert))):
                        yield wert


def test_every_term_that_the_code_links_to_is_delivered():
    with (ORDNER / "glossar.csv").open(encoding="utf-8", newline="") as datei:
        geliefert = {zeile["kennung"] for zeile in csv.DictReader(datei)}
    verlinkt = {*in_vorlagen(), *in_python()}
    assert len(verlinkt) >= 25
    assert verlinkt <= geliefert


# --- The tags -------------------------------------------------------------------


class Formular(forms.Form):
    begriffe = {"betrag": "eigenanteil"}
    betrag = forms.CharField(label="Betrag", help_text="In Euro")
    titel = forms.CharField(label="Titel")


def zeige(quelltext, mit_seite=True, **kontext):
    vorlage = engines["django"].from_string("{% load glossar %}" + quelltext)
    return vorlage.render(kontext, RequestFactory().get("/") if mit_seite else None)


FELDER = '{% for feld in form %}{% include "kern/field.html" with field=feld only %}{% endfor %}'


@pytest.mark.django_db
def test_a_term_becomes_a_question_that_leads_to_its_answer():
    make_begriff(kennung="eigenanteil", wort="Eigenanteil")
    html = zeige('{% begriffe "eigenanteil" %}')
    assert f'<p class="assk-begriffe">{LINK.format("eigenanteil", "Eigenanteil")}</p>' in html


@pytest.mark.django_db
def test_several_terms_are_a_list_without_those_that_are_not_published():
    make_begriff(kennung="eins", wort="Eins")
    make_begriff(kennung="zwei", wort="<Zwei>")
    make_begriff(kennung="drei", wort="Drei", veroeffentlicht=False)
    html = zeige('{% begriffe "zwei" "drei" "eins" "unbekannt" %}')
    assert html.count("<li>") == 2
    assert html.index("„&lt;Zwei&gt;“") < html.index("„Eins“")
    assert "Drei" not in html
    assert not zeige('{% begriffe "drei" %}').strip()


@pytest.mark.django_db
def test_a_form_shows_the_terms_of_its_fields_below_the_hint():
    make_begriff(kennung="eigenanteil", wort="Eigenanteil")
    html = zeige(FELDER, form=Formular())
    assert html.count("assk-begriffe") == 1
    assert html.index("In Euro") < html.index("Was heißt") < html.index("<input")
    Begriff.objects.update(veroeffentlicht=False)
    ohne = zeige(FELDER, form=Formular())
    assert "assk-begriffe" not in ohne
    assert "In Euro" in ohne


@pytest.mark.django_db
@pytest.mark.parametrize("anzahl", [1, 5])
def test_a_page_asks_once_however_many_terms_it_names(django_assert_num_queries, anzahl):
    for nummer in range(anzahl):
        make_begriff(kennung=f"begriff-{nummer}")
    with django_assert_num_queries(1):
        zeige("{% begriffe 'begriff-0' 'begriff-1' %}" * anzahl + FELDER, form=Formular())


def test_a_form_outside_of_a_page_asks_nothing():
    assert "assk-begriffe" not in zeige(FELDER, mit_seite=False, form=Formular())


# --- Where applicants meet them ---------------------------------------------------


@pytest.mark.django_db
def test_the_check_of_eligibility_explains_its_words_without_a_cookie(client):
    make_begriff(kennung="eigenanteil", wort="Eigenanteil")
    antwort = client.get("/foerderung/eignung/")
    assert LINK.format("eigenanteil", "Eigenanteil") in antwort.text
    assert not antwort.cookies
    Begriff.objects.update(veroeffentlicht=False)
    antwort = client.get("/foerderung/eignung/")
    assert antwort.status_code == 200
    assert "#begriff-" not in antwort.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("schritt", "kennung"),
    [
        ("antragsteller", "zeichnungsbefugt"),
        ("vorhaben", "weiterleitung"),
        ("beccaria-1", "beccaria-standards"),
        ("plan", "eigenanteil"),
        ("plan", "drittmittel"),
    ],
)
def test_the_application_explains_its_words(client, schritt, kennung):
    make_begriff(kennung=kennung, wort="Das Wort")
    antrag = make_antrag()
    client.force_login(make_mitglied(antrag.kommune, Rolle.BEARBEITUNG))
    assert LINK.format(kennung, "Das Wort") in client.get(f"/antraege/{antrag.pk}/{schritt}/").text
