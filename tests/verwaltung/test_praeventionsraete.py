"""A council is recorded in one go, and its states follow each other."""

from datetime import date
from itertools import combinations_with_replacement, product

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from asskomm.portal.zahlen.kennzahlen import KENNZAHLEN
from kommunen.models import Kartenflaeche, Praeventionsrat, Ratszustand
from kommunen.tatsachen import Herkunft
from kommunen.zustandsfolge import pruefe_zustandsfolge
from tests.factories import make_kommune, make_rat, make_ratszustand

from .formulare import adresse, fehler, sende

pytestmark = pytest.mark.thorough

ZUSTAND = Ratszustand.Zustand
ZWEI_OFFENE = "Ein Präventionsrat hat nur einen Zustand ohne Ende."
LEBT_NICHT_AUF = "Ein aufgelöster Präventionsrat kann nicht wieder aufleben."
UEBERSCHNEIDUNG = "Zwei Zustände überschneiden sich."


def neuer_rat(client, mitglieder, **felder):
    angaben = {
        "name": "Präventionsrat Zittau",
        "kommunen": [kommune.pk for kommune in mitglieder],
        "quelle": "Beschluss 12/2021",
        "veroeffentlicht": "on",
        "zustaende-0-von": "05/2021",
    }
    return sende(client, Praeventionsrat, **angaben | felder)


def raete_auf_der_karte(client):
    return len(client.get("/kommunen/").context["karte"]["punkte"])


def test_new_council_is_at_once_on_the_website_and_in_the_figure(redaktion, client):
    kommune = make_kommune(name="Zittau")
    Kartenflaeche.objects.create(
        kommune=kommune, pfad="M0 0h9v9z", x=4, y=4, radius=3, links=0, oben=0, rechts=9, unten=9
    )
    make_rat()  # so that another council's state is there
    assert raete_auf_der_karte(client) == 0
    assert KENNZAHLEN["praeventionsraete"].wert(date(2021, 5, 31)) == 1

    antwort = neuer_rat(redaktion, [kommune])

    assert antwort.status_code == 302
    rat = Praeventionsrat.objects.get(name="Präventionsrat Zittau")
    assert rat.herkunft == Herkunft.ERFASST
    assert str(rat.zustaende.get()) == "aktiv seit 05/2021"
    assert KENNZAHLEN["praeventionsraete"].wert(date(2021, 5, 30)) == 1
    assert KENNZAHLEN["praeventionsraete"].wert(date(2021, 5, 31)) == 2
    assert rat.name in client.get("/praeventionsraete/").content.decode()
    assert "Zittau" in client.get("/kommunen/").content.decode()
    assert raete_auf_der_karte(client) == 1
    verlauf = redaktion.get(adresse(Praeventionsrat, "history", rat.pk)).content.decode()
    assert redaktion.konto.name in verlauf
    assert "aktiv seit 05/2021" in verlauf


@pytest.mark.parametrize(
    ("felder", "feld", "satz"),
    [
        ({"kommunen": None}, "kommunen", "Wählen Sie mindestens eine Kommune."),
        ({"quelle": None}, "quelle", "Geben Sie hier etwas an."),
        ({"quelle": " "}, "quelle", "Geben Sie hier etwas an."),
        ({"zustaende-0-zustand": "ruhend", "zustaende-0-von": ""}, "zustaende-0-von",
         "Geben Sie an, seit wann dieser Zustand besteht."),
        ({"zustaende-0-von": ""}, "zustaende-0-von",
         "Geben Sie an, seit wann dieser Zustand besteht."),
        ({"zustaende-0-von": "2198"}, "zustaende-0-von", "Dieses Datum liegt in der Zukunft."),
        ({"zustaende-0-von": "31.02.2021"}, "zustaende-0-von", "Geben Sie das Datum so genau an"),
        ({"zustaende-0-bis": "2020"}, "zustaende-0-bis", "Das Ende des Zustands liegt vor seinem"),
        ({"zustaende-0-zustand": "aufgeloest", "zustaende-0-bis": "2022"}, "zustaende-0-bis",
         LEBT_NICHT_AUF),
        ({"erschlossen": "on"}, "veroeffentlicht", "Die Angabe ist nur erschlossen."),
        ({"name": "Rat\x00"}, "name", "unsichtbar"),
        ({"name": "Rat\x07"}, "name", "Der Text enthält ein unsichtbares Steuerzeichen."),
    ],
)  # fmt: skip
def test_what_the_database_refuses_is_said_at_the_field(redaktion, felder, feld, satz):
    antwort = neuer_rat(redaktion, [make_kommune()], **felder)
    assert satz in fehler(antwort).get(feld, [""])[0], fehler(antwort)
    assert not Praeventionsrat.objects.exists()


def test_a_council_without_a_state_is_kept_with_a_warning(redaktion):
    antwort = neuer_rat(redaktion, [make_kommune()], **{"zustaende-TOTAL_FORMS": 0})
    assert antwort.status_code == 302
    warnung = redaktion.get(antwort["Location"]).context["messages"]
    assert any("zählt der Präventionsrat in keiner Kennzahl" in str(satz) for satz in warnung)


def test_a_council_in_foundation_needs_no_date(redaktion):
    antwort = neuer_rat(
        redaktion,
        [make_kommune()],
        **{"zustaende-0-zustand": "in_gruendung", "zustaende-0-von": ""},
    )
    assert antwort.status_code == 302
    assert Ratszustand.objects.get().zustand == ZUSTAND.IN_GRUENDUNG


def zeilen(*angaben):
    """Form rows of new states: (state, von, bis)."""
    daten = {"zustaende-TOTAL_FORMS": len(angaben)}
    for nummer, (zustand, von, bis) in enumerate(angaben):
        for feld, wert in (("zustand", zustand), ("von", von), ("bis", bis), ("id", "")):
            daten[f"zustaende-{nummer}-{feld}"] = wert
    return daten


@pytest.mark.parametrize(
    ("angaben", "satz"),
    [
        ([("aktiv", "2020", ""), ("ruhend", "2021", "")], ZWEI_OFFENE),
        ([("aktiv", "2020", "2022"), ("ruhend", "2021", "")], UEBERSCHNEIDUNG),
        ([("aufgeloest", "2020", ""), ("in_gruendung", "2021", "2022")], LEBT_NICHT_AUF),
        ([("aufgeloest", "2020", ""), ("aktiv", "2019", "2021")], UEBERSCHNEIDUNG),
        ([("in_gruendung", "", ""), ("aktiv", "2020", "")], ZWEI_OFFENE),
    ],
)
def test_rows_saved_together_must_fit_each_other(redaktion, angaben, satz):
    antwort = neuer_rat(redaktion, [make_kommune()], **zeilen(*angaben))
    assert satz in fehler(antwort)[""][0]
    assert not Praeventionsrat.objects.exists()


def test_one_state_ends_and_the_next_begins_in_one_save(sachbearbeitung):
    rat = make_rat(aktiv_seit="2020-05-01")
    antwort = sende(
        sachbearbeitung, Praeventionsrat, rat.pk,
        **{
            "zustaende-0-bis": "12/2022", "zustaende-TOTAL_FORMS": 2, "zustaende-1-id": "",
            "zustaende-1-rat": rat.pk, "zustaende-1-zustand": "ruhend", "zustaende-1-von": "12/2022",
        },
    )  # fmt: skip
    assert antwort.status_code == 302
    assert [str(z) for z in rat.zustaende.all()] == [
        "aktiv seit 01.05.2020 bis 12/2022",
        "ruhend seit 12/2022",
    ]


def test_two_states_may_swap_their_times(sachbearbeitung):
    """No order of single updates would do that: both are at odds with the other's old dates."""
    rat = make_rat(aktiv_seit=None)
    make_ratszustand(rat=rat, zustand=ZUSTAND.AKTIV, von="2020", bis="2021")
    make_ratszustand(rat=rat, zustand=ZUSTAND.RUHEND, von="2021")
    antwort = sende(
        sachbearbeitung, Praeventionsrat, rat.pk,
        **{
            "zustaende-0-von": "2021", "zustaende-0-bis": "",
            "zustaende-1-von": "2020", "zustaende-1-bis": "2021",
        },
    )  # fmt: skip
    assert antwort.status_code == 302
    assert [str(z) for z in rat.zustaende.all()] == ["ruhend seit 2020 bis 2021", "aktiv seit 2021"]
    werte = {str(satz.von) for satz in Ratszustand.history.all()}
    assert werte == {"2020", "2021"}, "what was laid aside for a moment is not in the history"


def test_a_deleted_state_makes_room_for_a_new_one(sachbearbeitung):
    rat = make_rat(aktiv_seit="2020")
    antwort = sende(
        sachbearbeitung, Praeventionsrat, rat.pk,
        **{
            "zustaende-0-DELETE": "on", "zustaende-TOTAL_FORMS": 2, "zustaende-1-id": "",
            "zustaende-1-rat": rat.pk, "zustaende-1-zustand": "aktiv", "zustaende-1-von": "2019",
        },
    )  # fmt: skip
    assert antwort.status_code == 302
    assert [str(z) for z in rat.zustaende.all()] == ["aktiv seit 2019"]


ANGABEN = [(None, None), (None, "2020"), ("2020", None), ("2020", "2021"), ("2021", None),
           ("2020-12", "2021-01"), ("2021", "2021"), ("2019", "2020-12-30")]  # fmt: skip


@pytest.mark.django_db
def test_form_and_database_agree_on_which_states_fit():
    """Every pair of spans and kinds: what the form lets through, the database takes, and only that."""
    rat = make_rat(aktiv_seit=None)
    arten = (ZUSTAND.IN_GRUENDUNG, ZUSTAND.AKTIV, ZUSTAND.AUFGELOEST)

    def zustand(art, von, bis):
        neuer = Ratszustand(rat=rat, zustand=art, von=von, bis=bis)
        neuer.clean_fields()
        return neuer

    einzelne = [(art, *spanne) for art, spanne in product(arten, ANGABEN)]
    einzelne = [angaben for angaben in einzelne if _datenbank_nimmt([zustand(*angaben)])]
    assert len(einzelne) > 15
    for einer, anderer in combinations_with_replacement(einzelne, 2):
        paar = [zustand(*einer), zustand(*anderer)]
        form, datenbank = _form_nimmt(paar), _datenbank_nimmt(paar)
        # Only the form refuses a span without a day that lies after a dissolution.
        ohne_tag = any(z.bis and z.von and z.von.letzter_tag == z.bis.letzter_tag for z in paar)
        assert form == datenbank or (ohne_tag and not form), [str(z) for z in paar]


def _form_nimmt(zustaende):
    try:
        pruefe_zustandsfolge(zustaende)
    except ValidationError:
        return False
    return True


def _datenbank_nimmt(zustaende):
    try:
        with transaction.atomic():
            Ratszustand.objects.bulk_create(zustaende)
    except IntegrityError:
        return False
    Ratszustand.objects.all()._raw_delete("default")
    return True
