"""The crispy pack "kern" and the list of errors."""

import re

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Fieldset, Layout, Submit
from crispy_forms.utils import render_crispy_form
from django import forms
from django.template import engines


class Meldung(forms.Form):
    name = forms.CharField(label="Ihr Name", required=False)
    text = forms.CharField(
        label="Was ist passiert?",
        max_length=500,
        widget=forms.Textarea,
        help_text="Höchstens 500 Zeichen.",
    )
    weg = forms.ChoiceField(
        label="Antwort", choices=[("mail", "E-Mail"), ("nein", "keine")], widget=forms.RadioSelect
    )
    kreis = forms.ChoiceField(label="Landkreis", choices=[("", "Alle"), ("14524", "Zwickau")])
    haken = forms.BooleanField(label="Ich stimme zu.")
    stueck = forms.CharField(widget=forms.HiddenInput, required=False)


Zeilen = forms.formset_factory(Meldung, extra=2)


def zeige(quelltext, **kontext):
    kopf = "{% load crispy_forms_filters gestaltung %}"
    return engines["django"].from_string(kopf + quelltext).render(kontext)


def kennungen(html):
    return re.findall(r'\sid="([^"]+)"', html)


def test_only_voluntary_fields_are_marked():
    html = zeige("{{ form|crispy }}", form=Meldung())
    assert html.count("- freiwillig") == 1
    assert re.search(
        r'for="id_name">Ihr Name\s+<span class="kern-label__optional">- freiwillig', html
    )


def test_filter_marks_nothing_as_voluntary():
    html = zeige(
        '{% include "components/filter.html" with form=form name="Filter" ziel="/" only %}',
        form=Meldung(),
    )
    assert "freiwillig" not in html


@pytest.mark.parametrize("daten", [None, {}])
def test_every_label_and_description_points_to_something(daten):
    html = zeige("{{ form|crispy }}", form=Meldung(daten))
    vorhanden = kennungen(html)
    assert len(vorhanden) == len(set(vorhanden))
    ziele = re.findall(r'for="([^"]+)"', html)
    for beschrieben in re.findall(r'aria-describedby="([^"]+)"', html):
        ziele += beschrieben.split()
    assert set(ziele) <= set(vorhanden)


def test_field_with_error_is_marked_described_and_keeps_its_value():
    html = zeige("{{ form|crispy }}", form=Meldung({"text": "x" * 501}))
    textfeld = re.search(r"<textarea[^>]*>", html)[0]
    assert 'aria-invalid="true"' in textfeld
    assert 'aria-describedby="id_text_helptext id_text_error"' in textfeld
    assert "kern-form-input__input--error" in textfeld
    assert "x" * 501 in html
    assert '<span class="assk-unsichtbar">Fehler: </span>Kürzen Sie den Text' in html


def test_group_of_options_is_a_fieldset_with_legend():
    html = zeige("{{ form.weg|as_crispy_field }}", form=Meldung({}))
    assert '<legend class="kern-label">Antwort' in html
    assert 'aria-describedby="id_weg_error"' in html
    assert html.count('type="radio"') == 2


def test_text_area_with_a_limit_gives_it_to_the_script():
    html = zeige("{{ form|crispy }}", form=Meldung())
    assert html.count('data-zeichenzahl="500"') == 1


def test_everything_is_escaped():
    class Boese(forms.Form):
        feld = forms.ChoiceField(
            label="<b>L</b>",
            help_text="<b>H</b>",
            choices=[("<b>", "<b>W</b>")],
            widget=forms.RadioSelect,
        )

    formular = Boese({"feld": "<i>"})
    formular.add_error(None, "<b>F</b>")
    html = zeige("{% fehleruebersicht form %}{{ form|crispy }}", form=formular)
    assert "<b>" not in html
    assert "<i>" not in html
    assert html.count("&lt;b&gt;") >= 4


def test_list_of_errors_follows_the_page_and_leads_to_the_fields():
    formular = Meldung({})
    formular.add_error(None, "Angaben passen nicht zusammen.")
    html = zeige("{% fehleruebersicht form %}", form=formular)
    assert "Bitte prüfen Sie 5 Angaben" in html
    assert re.findall(r'href="#([^"]+)"', html) == [
        "id_name",
        "id_text",
        "id_weg_0",
        "id_kreis",
        "id_haken",
    ]
    seite = zeige("{{ form|crispy }}", form=formular)
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(kennungen(seite))


def test_list_of_errors_uses_the_words_at_the_field():
    html = zeige("{% fehleruebersicht form %}", form=Meldung({}))
    assert "Landkreis: Wählen Sie eine der Möglichkeiten aus." in html
    assert "Was ist passiert? Geben Sie hier etwas an." in html


def test_one_error_is_counted_in_words():
    formular = Meldung({"text": "x", "weg": "mail", "kreis": "14524"})
    assert "Bitte prüfen Sie eine Angabe" in zeige("{% fehleruebersicht form %}", form=formular)


def test_form_and_rows_share_one_list():
    verwaltung = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-1-name": "x"}
    html = zeige("{% fehleruebersicht form zeilen %}", form=Meldung({}), zeilen=Zeilen(verwaltung))
    assert html.count('id="fehler"') == 1
    assert "Zeile 2, Landkreis: Wählen Sie" in html
    assert 'href="#id_form-1-weg_0"' in html
    assert "Zeile 1" not in html


@pytest.mark.parametrize("formular", [Meldung(), Zeilen(), None])
def test_no_list_without_errors(formular):
    assert zeige("{% fehleruebersicht form %}", form=formular).strip() == ""


def test_layout_objects_of_crispy_render():
    formular = Meldung()
    formular.helper = FormHelper()
    formular.helper.layout = Layout(
        Fieldset("Zu Ihnen", "name", css_id="person"),
        Div("text", css_class="assk-stapel"),
        HTML("<p>Danke.</p>"),
        Submit("senden", "Meldung senden"),
    )
    html = render_crispy_form(formular)
    assert '<legend class="kern-label kern-label--large">Zu Ihnen</legend>' in html
    assert "<p>Danke.</p>" in html
    assert re.search(r'class="kern-btn kern-btn--primary"[^>]*name="senden"', html)
    assert "&lt;" not in html


def test_formset_renders_with_its_management_form():
    html = zeige("{{ zeilen|crispy }}", zeilen=Zeilen())
    assert 'name="form-TOTAL_FORMS"' in html
    assert html.count("<textarea") == 2
