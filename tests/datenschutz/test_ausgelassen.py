"""Deletion runs: what a hold or an open case keeps."""

import threading
from datetime import date

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from asskomm.datenschutz import verfahren
from asskomm.datenschutz.models import Aufbewahrungssperre
from asskomm.konten import verfahren as konten
from asskomm.konten.models import Einladung, Konto
from asskomm.personendaten import ANDERE, personendaten
from asskomm.portal.models import Kommentar
from asskomm.post.models import Nachricht
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import SchrittNichtMoeglich
from tests.factories import (
    make_anmeldung,
    make_bestellung,
    make_coach,
    make_konto,
    make_kurs,
    make_mandat,
    make_rollenvergabe,
    make_teilnahme,
    make_vertretung,
    make_zweitfaktorverlust,
)
from tests.protokoll.hilfen import warte_bis_jemand_wartet, zugleich

from .loeschen import (
    ABGELEHNT,
    Stand,
    begruendung_von,
    fuehre_aus,
    gruppe_leitung,
    make_alte_anmeldung,
    make_aufgeloesten_rat,
    make_deaktiviertes,
    make_kommentar,
    make_nachricht,
    make_rueckmeldung,
    make_verfallene_einladung,
    schlage_vor,
    verjaehrt,
    vor,
)
from .person import EMAIL, GETAN, JETZT, fuelle, fundstellen, make_person

pytestmark = pytest.mark.thorough


def test_what_is_held_is_listed_with_its_reason_and_stays(leitung, zweite):
    gesperrt, frei = make_kommentar(), make_kommentar()
    verfahren.sperre("portal.kommentar", str(gesperrt.pk), grund="Beweis", durch=leitung, um=JETZT)
    lauf = fuehre_aus(leitung, zweite)
    posten = lauf.posten.get(nummer=str(gesperrt.pk))
    assert (posten.stand, posten.auslassung) == (Stand.AUSGELASSEN, "gesperrt")
    assert posten.auslassung_wort == "Eine Löschsperre ist gesetzt."
    assert list(Kommentar.objects.all()) == [gesperrt]
    assert lauf.posten.get(nummer=str(frei.pk)).stand == Stand.ERLEDIGT


def test_a_hold_on_an_account_holds_what_belongs_to_it(leitung, zweite):
    konto = make_deaktiviertes()
    make_nachricht(konto=konto, adresse=konto.email)
    make_kommentar()
    verfahren.sperre("konten.konto", str(konto.pk), grund="Prüfung", durch=leitung, um=JETZT)
    lauf = fuehre_aus(leitung, zweite)
    assert Nachricht.objects.filter(konto=konto).exists()
    assert not Konto.objects.get(pk=konto.pk).unkenntlich
    assert set(lauf.posten.filter(auslassung="gesperrt").values_list("regel", flat=True)) == {
        "konten.konto",
        "post.nachricht",
    }


def test_a_hold_on_an_account_holds_what_names_the_person_in_any_way(leitung, zweite):
    konto = make_deaktiviertes()
    nachricht = make_nachricht(konto=None, adresse=konto.email)
    vertretung = verjaehrt(
        make_vertretung(
            vertretener=konto, vertreter=make_konto(), ende=date(2026, 2, 1), **ABGELEHNT
        )
    )
    make_kommentar()
    verfahren.sperre("konten.konto", str(konto.pk), grund="Prüfung", durch=leitung, um=JETZT)
    fuehre_aus(leitung, zweite)
    assert Nachricht.objects.filter(pk=nachricht.pk).exists()
    assert begruendung_von(vertretung) == "Herr Muster"


def personenbezogene():
    """Every declaration of the register that leads to a person, where a hold can be set."""
    return [
        pytest.param(erklaerung, id=f"{erklaerung.modell}-{erklaerung.felder[0]}")
        for erklaerung in personendaten()
        if erklaerung.wessen is not ANDERE
        and erklaerung.modell.lower() in verfahren.sperrbare_arten()
    ]


@pytest.mark.thorough
@pytest.mark.parametrize("erklaerung", personenbezogene())
def test_a_hold_on_anything_of_a_person_keeps_it_and_the_account(erklaerung, leitung, zweite):
    konto = fuelle(make_person())
    konten.deaktiviere(konto, durch=leitung, um=vor(jahre=2), grund="Gegangen")
    zeilen = apps.get_model(erklaerung.modell)._base_manager
    nummer = zeilen.filter(erklaerung.von(konto)).order_by("pk").values_list("pk", flat=True)[0]
    vorher = zeilen.filter(pk=nummer).values_list(*erklaerung.felder).get()
    art = erklaerung.modell.lower()
    verfahren.sperre(art, str(nummer), grund="Beweis", durch=leitung, um=JETZT)
    make_kommentar()
    lauf = fuehre_aus(leitung, zweite)
    posten = lauf.posten.get(regel="konten.konto")
    direkt = "gesperrt" if art == "konten.konto" else "festgehalten"
    assert (posten.stand, posten.auslassung) == (Stand.AUSGELASSEN, direkt)
    assert posten.auslassung_wort.startswith("Eine Löschsperre ist ")
    assert zeilen.filter(pk=nummer).values_list(*erklaerung.felder).get() == vorher
    assert not Konto.objects.get(pk=konto.pk).unkenntlich


@pytest.mark.parametrize("art", ["protokoll.grund", "admin.logentry"])
def test_a_hold_on_what_tells_about_something_of_a_person_keeps_the_account(art, leitung, zweite):
    konto = make_deaktiviertes()
    rolle = make_rollenvergabe(konto=konto, gruppe_id=gruppe_leitung(), **ABGELEHNT)
    if art == "protokoll.grund":
        zeile = protokolliere(GETAN, rolle, durch=leitung, grund="Wegen Herrn Muster").grund
    else:
        zeile = LogEntry.objects.create(
            user=leitung,
            content_type=ContentType.objects.get_for_model(rolle),
            object_id=str(rolle.pk),
            object_repr="Rolle für Herrn Muster",
            action_flag=2,
        )
    verfahren.sperre(art, str(zeile.pk), grund="Beweis", durch=leitung, um=JETZT)
    make_kommentar()
    lauf = fuehre_aus(leitung, zweite)
    assert lauf.posten.get(regel="konten.konto").auslassung == "festgehalten"
    assert fundstellen("Herrn Muster")


def test_a_hold_on_a_mail_keeps_the_invitation_that_would_take_it_along(leitung, zweite):
    konto = make_person(is_active=False)
    einladung = make_verfallene_einladung(konto)
    nachricht = make_nachricht(konto=konto, adresse=EMAIL)
    verfahren.sperre("post.nachricht", str(nachricht.pk), grund="Beweis", durch=leitung, um=JETZT)
    make_kommentar()
    lauf = fuehre_aus(leitung, zweite)
    assert lauf.posten.get(regel="konten.einladung").auslassung == "festgehalten"
    assert Einladung.objects.filter(pk=einladung.pk).exists()
    assert Nachricht.objects.filter(pk=nachricht.pk).exists()


@pytest.mark.parametrize(
    ("regel", "feld"), [("kommunen.kontakt", "kontakt_email"), ("portal.rueckmeldung", "bemerkung")]
)
def test_a_hold_on_a_row_of_the_history_keeps_it(regel, feld, leitung, zweite):
    zeile = make_aufgeloesten_rat() if feld == "kontakt_email" else make_rueckmeldung(bemerkung="B")
    satz = zeile.history.latest()
    modell = type(satz)
    verfahren.sperre(
        modell._meta.label_lower, str(satz.pk), grund="Beweis", durch=leitung, um=JETZT
    )
    make_kommentar()
    lauf = fuehre_aus(leitung, zweite)
    assert lauf.posten.get(regel=regel).auslassung == "festgehalten"
    assert getattr(modell.objects.get(pk=satz.pk), feld) == getattr(satz, feld) != ""


def test_a_hold_on_a_mail_set_after_the_proposal_keeps_the_account(leitung, zweite):
    konto = make_deaktiviertes()
    nachricht = make_nachricht(konto=konto, adresse=konto.email, gesendet_um=JETZT)
    lauf = schlage_vor(leitung)
    verfahren.sperre("post.nachricht", str(nachricht.pk), grund="Beweis", durch=leitung, um=JETZT)
    verfahren.genehmige(lauf, durch=zweite, um=JETZT)
    assert lauf.posten.get().auslassung == "festgehalten"
    assert Nachricht.objects.filter(pk=nachricht.pk).exists()


def test_a_step_that_forgets_a_hold_stops_the_whole_run(leitung, zweite, monkeypatch):
    konto = make_deaktiviertes()
    nachricht = make_nachricht(konto=konto, adresse=konto.email, gesendet_um=JETZT)
    verfahren.sperre("post.nachricht", str(nachricht.pk), grund="Beweis", durch=leitung, um=JETZT)
    monkeypatch.setattr(verfahren, "_mittelbare", lambda *args: set())
    lauf = schlage_vor(leitung)
    with pytest.raises(SchrittNichtMoeglich, match="Löschsperre"):
        verfahren.genehmige(lauf, durch=zweite, um=JETZT)
    lauf.refresh_from_db()
    assert lauf.ergebnis == "offen"
    assert Nachricht.objects.filter(pk=nachricht.pk).exists()
    assert not Konto.objects.get(pk=konto.pk).unkenntlich


def test_a_lifted_hold_lets_the_row_go(leitung, zweite):
    kommentar = make_kommentar()
    sperre = verfahren.sperre(
        "portal.kommentar", str(kommentar.pk), grund="Beweis", durch=leitung, um=JETZT
    )
    with pytest.raises(SchrittNichtMoeglich):
        schlage_vor(leitung)
    verfahren.hebe_sperre_auf(sperre, grund="Vorbei", durch=leitung, um=JETZT)
    fuehre_aus(leitung, zweite)
    assert not Kommentar.objects.exists()


@pytest.mark.parametrize(
    ("mache", "grund"),
    [
        (lambda: make_kommentar(zustand="wartet"), "portal.kommentar_wartet"),
        (lambda: make_rueckmeldung(zustand="neu"), "portal.rueckmeldung_offen"),
        (lambda: make_rueckmeldung(zustand="in_bearbeitung"), "portal.rueckmeldung_offen"),
        (lambda: _mit_wartender_post(), "post.wartet"),
        (lambda: _mit_offenem_vorschlag(), "konten.vorschlag"),
        (lambda: _mit_offener_bestellung(), "kommunen.bestellung"),
        (lambda: _mit_laufender_anmeldung(), "fortbildung.anmeldung"),
        (lambda: _mit_offener_teilnahme(), "fortbildung.teilnahme"),
        (lambda: _als_coach(), "beratung.coaching"),
        (lambda: _als_ansprechperson(), "beratung.coaching"),
    ],
    ids=[
        "kommentar",
        "neu",
        "in_bearbeitung",
        "post",
        "vorschlag",
        "bestellung",
        "anmeldung",
        "teilnahme",
        "coach",
        "ansprechperson",
    ],  # fmt: skip
)
def test_an_open_case_is_left_out_with_its_reason(mache, grund, leitung, zweite):
    zeile = mache()
    make_kommentar()
    lauf = fuehre_aus(leitung, zweite)
    posten = lauf.posten.get(stand=Stand.AUSGELASSEN)
    assert (posten.nummer, posten.auslassung) == (str(zeile.pk), grund)
    assert posten.auslassung_wort.endswith(".")
    assert type(zeile).objects.filter(pk=zeile.pk).exists()


def _mit_wartender_post():
    konto = make_deaktiviertes()
    make_nachricht(konto=konto, zustand="wartet", gesendet_um=None, naechster_versuch_um=JETZT)
    return konto


def _mit_offenem_vorschlag():
    konto = make_deaktiviertes()
    make_zweitfaktorverlust(konto=konto)
    return konto


def _mit_offener_bestellung():
    konto = make_deaktiviertes()
    make_bestellung(vorgeschlagen_von=konto)
    return konto


def _mit_laufender_anmeldung():
    konto = make_deaktiviertes()
    make_anmeldung(make_kurs(tage=("2026-12-04",)), konto=konto)
    return konto


def _als_coach():
    konto = make_deaktiviertes()
    make_mandat(coach=make_coach(konto=konto))
    return konto


def _als_ansprechperson():
    konto = make_deaktiviertes()
    make_mandat(ansprechperson=konto)
    return konto


def _mit_offener_teilnahme():
    anmeldung = make_alte_anmeldung(um=vor(jahre=2))
    make_teilnahme(durchgang=anmeldung.durchgang, anmeldung=anmeldung)
    return anmeldung


@pytest.mark.django_db(transaction=True)
def test_a_hold_set_while_a_run_is_carried_out_is_not_confirmed_in_vain():
    leitung, zweite = make_konto(["Leitung"]), make_konto(["Administration"])
    kommentar = make_kommentar()
    lauf = schlage_vor(leitung)
    ausgefuehrt = threading.Event()

    def lauf_ausfuehren():
        with transaction.atomic():
            verfahren.genehmige(lauf, durch=zweite, um=JETZT)
            ausgefuehrt.set()
            warte_bis_jemand_wartet()

    def sperren():
        ausgefuehrt.wait(5)
        verfahren.sperre(
            "portal.kommentar", str(kommentar.pk), grund="Beweis", durch=leitung, um=JETZT
        )

    (fehler,) = zugleich(lauf_ausfuehren, sperren)
    assert isinstance(fehler, SchrittNichtMoeglich)
    assert not Aufbewahrungssperre.objects.exists()
    assert not Kommentar.objects.exists()
