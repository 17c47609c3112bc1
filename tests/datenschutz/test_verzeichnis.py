"""The register covers every column: what is not declared fails here, by model and field."""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

from asskomm.personendaten import (
    Loeschregel,
    Personendaten,
    Unbedenklich,
    offene_vorgaenge,
    personendaten,
    regeln,
    unbedenklich,
)
from kommunen.zeitangabe import ZeitangabeField

# Types that hold no words, no file and no reference to a person. Any other type is declared.
HARMLOS = (
    models.AutoField,
    models.BooleanField,
    models.DecimalField,
    models.FloatField,
    models.IntegerField,
    models.DateField,
    models.TimeField,
    models.DurationField,
    models.UUIDField,
    ZeitangabeField,
)


def kann_personen_nennen(feld):
    if isinstance(feld, models.ForeignKey):
        return issubclass(feld.related_model, get_user_model())
    if isinstance(feld, models.GeneratedField):
        feld = feld.output_field
    return not isinstance(feld, HARMLOS) and not feld.choices


def modelle():
    return [modell for modell in apps.get_models(include_auto_created=True) if modell._meta.managed]


def nachname(modell):
    """The model whose declarations count: a history copies the fields of another model."""
    return getattr(modell, "instance_type", modell)._meta.label


def erklaerte_felder():
    return {
        (erklaerung.modell, feld)
        for erklaerung in (*personendaten(), *unbedenklich())
        for feld in erklaerung.felder
    }


def nicht_erklaerte(modelle):
    erklaert = erklaerte_felder()
    return [
        f"{modell._meta.label}.{feld.name}"
        for modell in modelle
        for feld in modell._meta.concrete_fields
        if kann_personen_nennen(feld)
        and (modell._meta.label, feld.name) not in erklaert
        and (nachname(modell), feld.name) not in erklaert
    ]


def veraltete(erklaerungen):
    return [
        f"{erklaerung.modell}.{feld}"
        for erklaerung in erklaerungen
        for feld in _alle_felder(erklaerung)
        if not _gibt_es(erklaerung.modell, feld)
    ]


def _alle_felder(erklaerung):
    return (*erklaerung.felder, *getattr(erklaerung, "begleitend", ()))


def _gibt_es(modell, feld):
    try:
        return feld in {f.name for f in apps.get_model(modell)._meta.concrete_fields}
    except LookupError:
        return False


def test_every_column_that_can_name_a_person_is_declared():
    assert nicht_erklaerte(modelle()) == []


def test_every_declaration_is_about_a_column_there_is():
    assert veraltete([*personendaten(), *unbedenklich()]) == []


def test_no_column_is_both_personal_and_harmless():
    persoenlich = {(p.modell, feld) for p in personendaten() for feld in p.felder}
    harmlos = {(u.modell, feld) for u in unbedenklich() for feld in u.felder}
    assert persoenlich & harmlos == set()


@pytest.mark.parametrize(
    "feld",
    [
        models.CharField("Telefon", max_length=40),
        models.TextField("Notiz"),
        models.EmailField("E-Mail"),
        models.FileField("Anlage"),
        models.JSONField("Antworten"),
        models.GenericIPAddressField("Adresse"),
        models.BinaryField("Unterschrift"),
        models.ForeignKey("konten.Konto", models.CASCADE),
    ],
    ids=lambda feld: type(feld).__name__,
)
def test_a_new_column_without_a_declaration_is_named(feld):
    feld.set_attributes_from_name("neues_feld")
    if feld.remote_field:
        feld.remote_field.model = get_user_model()

    class Meta:
        label = "portal.Kommentar"
        concrete_fields = [feld]

    class Kommentar:
        _meta = Meta

    assert nicht_erklaerte([Kommentar]) == [f"portal.Kommentar.{feld.name}"]


def test_a_declaration_left_behind_is_named(monkeypatch):
    monkeypatch.setattr("asskomm.personendaten._personendaten", [])
    monkeypatch.setattr("asskomm.personendaten._unbedenklich", [])
    Unbedenklich("portal.Kommentar", ("gibt_es_nicht",), "Test")
    assert veraltete(unbedenklich()) == ["portal.Kommentar.gibt_es_nicht"]


def test_history_models_are_among_those_looked_at():
    assert "kommunen.HistoricalPraeventionsrat" in {m._meta.label for m in modelle()}


def test_every_declaration_says_what_for_and_on_which_ground():
    for angabe in personendaten():
        assert angabe.zweck, angabe
        assert angabe.rechtsgrundlage, angabe
        assert angabe.ende, angabe
        assert set(angabe.geheim) | set(angabe.vertraulich) <= set(angabe.felder), angabe


def test_every_path_leads_to_an_account(db, django_user_model):
    konto = django_user_model(pk=1, email="a@example.org")
    for angabe in personendaten():
        if angabe.wessen is None or angabe.wessen == "":
            assert angabe.wessen is None or angabe.modell == "konten.Konto"
            continue
        bedingung = angabe.wessen
        bedingung = bedingung(konto) if callable(bedingung) else models.Q(**{bedingung: konto})
        list(apps.get_model(angabe.modell)._base_manager.filter(bedingung)[:1])


def test_every_rule_can_be_asked_and_names_what_it_belongs_to(db):
    for regel in regeln().values():
        assert isinstance(regel, Loeschregel)
        zeilen = regel.bestand().values_list("pk", "frist_tag", *regel.gehoert_zu.values())
        list(zeilen)
        for art in (regel.modell, *regel.gehoert_zu):
            apps.get_model(art)


def test_open_cases_are_about_models_that_a_rule_deletes(db):
    modelle = {regel.modell for regel in regeln().values()}
    modelle |= {modell.lower() for modell in modelle}
    for vorgang in offene_vorgaenge():
        assert vorgang.modell in modelle, vorgang
        assert set(vorgang.offen([])) == set()


def test_every_rule_starts_with_a_period_to_be_confirmed(db):
    from asskomm.datenschutz.models import Aufbewahrungsfrist

    assert set(Aufbewahrungsfrist.objects.values_list("regel", flat=True)) == set(regeln())
    assert not Aufbewahrungsfrist.objects.filter(zu_bestaetigen=False).exists()


def test_declared_ends_are_rules_or_words():
    for angabe in personendaten():
        assert isinstance(angabe, Personendaten)
        assert isinstance(angabe.ende, (Loeschregel, str)), angabe
