"""The plan as tables: in the notice, and in the paper of the whole application."""

import json

import pytest

from asskomm.dokumente import bloecke
from asskomm.dokumente.satz import setze
from foerderung.bescheid.planteil import plan_bloecke
from foerderung.plan.lesen import lies
from foerderung.plan.rechnung import rechne
from tests.dokumente import struktur
from tests.foerderung.plan import plaene

from .faelle import UM

JAHRE = (2027, 2028)
EINGABEN = plaene.eingaben(
    {
        "personal": [plaene.personal()],
        "sach": [plaene.sach(anzahl="2,5", jahr="2028"), plaene.sach(wofuer='#read("x")')],
        "eigenleistung": [
            plaene.eigenleistung(),
            plaene.eigenleistung(art="arbeit", stunden="10", betrag="", bewertung=""),
        ],
        "drittmittel": [plaene.drittmittel()],
    },
    eigenmittel="1.000,00",
    zuwendung="20.000,00",
    eigenmittel_2028="500,00",
    zuwendung_2028="2.000,00",
)


@pytest.fixture
def tabellen():
    plan = lies(EINGABEN, JAHRE).plan
    return list(plan_bloecke(plan, rechne(plan, plaene.REGELN), plaene.REGELN))


def unter(tabellen, titel):
    """What follows the heading, with plain spaces."""
    stelle = tabellen.index(bloecke.ueberschrift(3, titel))
    return json.loads(json.dumps(tabellen[stelle + 1]).replace("\\u00a0", " "))


def test_rows_show_what_was_typed_and_what_they_come_to(tabellen):
    sach = unter(tabellen, "Sachausgaben")
    assert sach["kopf"][-1] == "Summe"
    assert sach["zeilen"][0][-1] == "2.500,00 €"
    assert sach["summen"] == [["", "Summe", "", "", "", "", "3.500,00 €"]]
    eigen = unter(tabellen, "Eigenleistung")
    assert [zeile[-1] for zeile in eigen["zeilen"]] == ["500,00 €", "146,00 €"]


def test_both_sides_by_year(tabellen):
    ausgaben = unter(tabellen, "Ausgaben im Überblick")
    assert ausgaben["kopf"] == ["Position", "2027", "2028", "Gesamt"]
    assert ausgaben["summen"][0][-1] == "35.596,00 €"
    finanzierung = unter(tabellen, "Finanzierung im Überblick")
    assert finanzierung["zeilen"][-1] == [
        "Beantragte Zuwendung",
        "20.000,00 €",
        "2.000,00 €",
        "22.000,00 €",
    ]


def test_shares_and_the_exception_from_the_lower_limit_are_told():
    eingaben = plaene.eingaben(
        {"sach": [plaene.sach()]},
        eigenmittel="115,00",
        zuwendung="885,00",
        ausnahmegrund="bedarf",
        ausnahmebegruendung="Eilt.",
    )
    plan = lies(eingaben, (2027,)).plan
    alle = list(plan_bloecke(plan, rechne(plan, plaene.REGELN), plaene.REGELN))
    ausnahme = unter(alle, "Ausnahme von der Untergrenze")
    assert ausnahme["text"] == "Rasche Reaktion\n\nEilt."
    anteile = next(block for block in alle if block["art"] == "angaben")
    assert [wert.replace("\xa0", " ") for _, wert in anteile["zeilen"]] == ["88,5 %", "11,5 %"]


def test_a_single_year_is_the_whole():
    plan = lies(plaene.eingaben({"sach": [plaene.sach()]}, eigenmittel="100,00"), (2027,)).plan
    alle = list(plan_bloecke(plan, rechne(plan, plaene.REGELN), plaene.REGELN))
    assert unter(alle, "Ausgaben im Überblick")["kopf"] == ["Position", "Gesamt"]
    assert bloecke.ueberschrift(3, "Personalausgaben") not in alle


def test_the_tables_are_accessible(tabellen):
    inhalt = [bloecke.ueberschrift(2, "Plan"), *tabellen]
    pdf = setze("unterlage", bloecke.unterlage("Plan", inhalt, fusszeile="KP"), am=UM)
    struktur.pruefe(pdf, "Plan")
    assert '#read("x")' in struktur.text(pdf)
