"""Deletion runs: what is due, what is left out, what two people decide, what remains."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from asskomm.datenschutz import verfahren
from asskomm.datenschutz.fristen import faellige, gueltige_fristen
from asskomm.datenschutz.models import (
    Aufbewahrungsfrist,
    Aufbewahrungssperre,
    Faelligkeit,
    Loeschlauf,
    Loeschposten,
)
from asskomm.datenschutz.tagesaufgaben import (
    leere_briefkasten,
    loesche_abgelaufene_sitzungen,
    melde_faellige,
    vergiss_unbenutzte_geraete,
)
from asskomm.konten import verfahren as konten
from asskomm.konten.models import BekanntesGeraet, Einladung, Konto
from asskomm.konten.vieraugen import EigeneFreigabe
from asskomm.personendaten import ANDERE, GELOESCHT, personendaten, regeln
from asskomm.portal.models import Kommentar, Rueckmeldung
from asskomm.post import briefkasten
from asskomm.post.models import Nachricht
from asskomm.protokoll.models import Eintrag, Grund
from asskomm.protokoll.pruefung import pruefe
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import SchrittNichtMoeglich
from fortbildung.models import Anmeldung, Antwort, Nachholung, Zertifikat
from kommunen.models import Bestellung, Mitgliedschaft, Praeventionsrat, Ratszustand
from tests.factories import (
    make_anmeldung,
    make_bestellung,
    make_coach,
    make_kommune,
    make_konto,
    make_kurs,
    make_mandat,
    make_meldung,
    make_rat,
    make_ratszustand,
    make_rollenvergabe,
    make_teilnahme,
    make_vertretung,
    make_zweitfaktorverlust,
)
from tests.protokoll.hilfen import warte_bis_jemand_wartet, zugleich

from . import begleitung
from .person import EMAIL, GETAN, HEUTE, JETZT, NAME, fuelle, fundstellen, make_person, sitzungen

pytestmark = pytest.mark.thorough

Stand = Loeschposten.Stand


@pytest.fixture
def leitung(db):
    return make_konto(["Leitung"], name="Lena Leitung")


@pytest.fixture
def zweite(db):
    return make_konto(["Administration"], name="Adi Administration")


def vor(jahre=0, tage=0):
    return JETZT.replace(year=JETZT.year - jahre) - timedelta(days=tage)


def schlage_vor(durch, am=HEUTE, um=JETZT):
    return verfahren.schlage_loeschlauf_vor(
        Loeschlauf(am=am, begruendung="Monatlicher Lauf"), durch=durch, um=um
    )


def fuehre_aus(leitung, zweite, um=JETZT):
    lauf = schlage_vor(leitung, am=timezone.localdate(um), um=um)
    verfahren.genehmige(lauf, durch=zweite, um=um)
    return lauf


def spaeter(regel):
    """The database stamps entries of the log itself, so their runs are held in two days."""
    return timezone.now() + timedelta(days=2) if regel == "protokoll.grund" else JETZT


def make_kommentar(um=None, zustand="freigegeben", **felder):
    felder.setdefault("text", "Gut so")
    meldung = felder.pop("meldung", None) or make_meldung()
    kommentar = Kommentar.objects.create(meldung=meldung, zustand=zustand, **felder)
    Kommentar.objects.filter(pk=kommentar.pk).update(eingegangen_um=um or vor(jahre=4))
    return kommentar


def make_rueckmeldung(um=None, **felder):
    felder.setdefault("zustand", Rueckmeldung.Zustand.ERLEDIGT)
    rueckmeldung = Rueckmeldung.objects.create(text="Kein Kontrast", **felder)
    Rueckmeldung.objects.filter(pk=rueckmeldung.pk).update(eingegangen_um=um or vor(jahre=2))
    rueckmeldung.refresh_from_db()
    return rueckmeldung


def make_nachricht(**felder):
    felder.setdefault("zustand", "gesendet")
    felder.setdefault("gesendet_um", vor(jahre=2))
    felder.setdefault("adresse", "a@example.org")
    return Nachricht.objects.create(vorlage="einladung", betreff="B", text="T", **felder)


def make_deaktiviertes(**felder):
    return make_konto(is_active=False, deaktiviert_um=vor(jahre=2), **felder)


def make_verfallene_einladung(konto=None, **felder):
    konto = konto or make_konto(is_active=False)
    return Einladung.objects.create(
        konto=konto,
        eingeladen_um=vor(tage=80),
        gueltig_bis=vor(tage=66),
        **felder,
    )


def make_aufgeloesten_rat():
    rat = make_rat(aktiv_seit=None, kontakt_email="vera@example.org", kontakt_stelle="Vera Muster")
    make_ratszustand(rat=rat, zustand=Ratszustand.Zustand.AUFGELOEST, von="2024-02")
    return rat


def make_verlauf(zeile):
    """The newest row in the history of what somebody deleted two years ago."""
    verlauf, nummer = zeile.history.model, zeile.pk
    zeile.delete()
    verlauf.objects.filter(id=nummer).update(history_date=vor(jahre=2))
    return verlauf.objects.filter(id=nummer).latest("history_id")


def make_alten_grund():
    """Entries take the time of the database; the period is made short instead."""
    Aufbewahrungsfrist.objects.filter(regel="protokoll.grund").update(anzahl=1, einheit="tage")
    return protokolliere(GETAN, durch=None, grund="Herr Muster hat angerufen")


def make_verwaltungseintrag():
    eintrag = LogEntry.objects.create(user=make_konto(), object_repr="x", action_flag=2)
    LogEntry.objects.filter(pk=eintrag.pk).update(action_time=vor(jahre=4))
    return eintrag


def make_aufgehobene_sperre():
    wer = make_konto()
    sperre = verfahren.sperre(
        "portal.kommentar", str(make_kommentar(JETZT).pk), grund="Alt", durch=wer, um=vor(jahre=5)
    )
    verfahren.hebe_sperre_auf(sperre, grund="Vorbei", durch=wer, um=vor(jahre=4))
    return sperre


def make_alten_lauf():
    lauf = Loeschlauf.objects.create(
        am=HEUTE,
        begruendung="Alt",
        vorgeschlagen_von=make_konto(),
        vorgeschlagen_um=vor(jahre=8),
    )
    lauf.ergebnis, lauf.entschieden_von = "abgelehnt", make_konto()
    lauf.entschieden_um = vor(jahre=7)
    lauf.save()
    return lauf


def make_alte_anmeldung(**felder):
    return make_anmeldung(
        make_kurs(tage=("2025-03-06",)), name=NAME, email=EMAIL, konto=make_person(), **felder
    )


def make_zertifikat(jahre=31):
    anmeldung = make_alte_anmeldung(
        stand="zugelassen", entschieden_um=JETZT, entschieden_von=make_konto(), grund="Test"
    )
    teilnahme = make_teilnahme(
        durchgang=anmeldung.durchgang, anmeldung=anmeldung, abgeschlossen_am="2025"
    )
    return Zertifikat.objects.create(
        teilnahme=teilnahme, code="PRBE-2345-6789", name=NAME, namenspruefwert="f" * 64,
        inhalt={}, ausgestellt_um=vor(jahre=jahre), ausgestellt_von=make_konto(),
    )  # fmt: skip


def make_antwort():
    durchgang = make_kurs(tage=("2020-03-06",))
    return Antwort.objects.create(
        durchgang=durchgang, modul=durchgang.kurstage.get().modul,
        inhalt=1, vermittlung=2, organisation=3, freitext=f"{NAME} war laut",
    )  # fmt: skip


def _alt(vorschlag):
    """Decided long ago; the factories decide in 2026, so the period is made short."""
    Aufbewahrungsfrist.objects.filter(regel__startswith=("konten.")).update(
        anzahl=1, einheit="tage"
    )
    Aufbewahrungsfrist.objects.filter(regel="kommunen.bestellung").update(anzahl=1, einheit="tage")
    return vorschlag


ABGELEHNT = {"ergebnis": "abgelehnt", "begruendung": "Herr Muster"}
# For each rule: a row that is due, and what must be true of it when the run has been carried out.
FAELLIG = {
    "konten.konto": (make_deaktiviertes, lambda z: Konto.objects.get(pk=z.pk).unkenntlich),
    "konten.einladung": (
        make_verfallene_einladung,
        lambda z: (
            not Einladung.objects.filter(pk=z.pk).exists()
            and not Konto.objects.kenntlich().filter(pk=z.konto_id).exists()
        ),
    ),
    "konten.geraet": (
        lambda: BekanntesGeraet.objects.create(
            konto=make_konto(), pruefwert="a" * 64, zuletzt_am=vor(jahre=2).date()
        ),
        lambda z: not BekanntesGeraet.objects.exists(),
    ),
    "konten.rollenvergabe": (
        lambda: _alt(make_rollenvergabe(konto=make_konto(), gruppe_id=_gruppe(), **ABGELEHNT)),
        lambda z: _begruendung(z) == GELOESCHT,
    ),
    "konten.zweitfaktorverlust": (
        lambda: _alt(make_zweitfaktorverlust(konto=make_konto(), **ABGELEHNT)),
        lambda z: _begruendung(z) == GELOESCHT,
    ),
    "konten.vertretung": (
        lambda: _alt(
            make_vertretung(
                vertretener=make_konto(),
                vertreter=make_konto(),
                ende=date(2026, 2, 1),
                **ABGELEHNT,
            )
        ),
        lambda z: _begruendung(z) == GELOESCHT,
    ),
    "kommunen.bestellung": (
        lambda: _alt(make_bestellung(**ABGELEHNT)),
        lambda z: Bestellung.objects.filter(
            pk=z.pk, email=GELOESCHT, nachweis=GELOESCHT, begruendung=GELOESCHT
        ).exists(),
    ),
    "kommunen.kontakt": (
        make_aufgeloesten_rat,
        lambda z: Praeventionsrat.objects.get(pk=z.pk).kontakt_email == "",
    ),
    "fortbildung.anmeldung": (
        make_alte_anmeldung,
        lambda z: Anmeldung.objects.filter(
            pk=z.pk, name=GELOESCHT, email=GELOESCHT, stelle=GELOESCHT, konto=None
        ).exists(),
    ),
    "fortbildung.zertifikat": (
        make_zertifikat,
        lambda z: Zertifikat.objects.filter(pk=z.pk, name="", namenspruefwert="").exists(),
    ),
    "fortbildung.antwort": (
        make_antwort,
        lambda z: Antwort.objects.filter(pk=z.pk, freitext="", inhalt=1).exists(),
    ),
    "post.nachricht": (make_nachricht, lambda z: not Nachricht.objects.exists()),
    "protokoll.grund": (
        make_alten_grund,
        lambda z: not Grund.objects.filter(pk=z.pk).exists(),
    ),
    "portal.kommentar": (make_kommentar, lambda z: not Kommentar.objects.exists()),
    "portal.kommentar_abgelehnt": (
        lambda: make_kommentar(vor(jahre=1), zustand="abgelehnt"),
        lambda z: not Kommentar.objects.exists(),
    ),
    "kommunen.kontakt_im_verlauf": (
        lambda: make_verlauf(make_rat(kontakt_email="vera@example.org")),
        lambda z: type(z).objects.get(pk=z.pk).kontakt_email == "",
    ),
    "portal.rueckmeldung_im_verlauf": (
        lambda: make_verlauf(make_rueckmeldung(bemerkung="Anruf")),
        lambda z: not type(z).objects.filter(pk=z.pk).exists(),
    ),
    "portal.rueckmeldung": (make_rueckmeldung, lambda z: not Rueckmeldung.objects.exists()),
    "datenschutz.verwaltung": (
        make_verwaltungseintrag,
        lambda z: not LogEntry.objects.filter(pk=z.pk).exists(),
    ),
    "datenschutz.sperre": (
        make_aufgehobene_sperre,
        lambda z: type(z).objects.get(pk=z.pk).grund == GELOESCHT,
    ),
    "datenschutz.loeschlauf": (make_alten_lauf, lambda z: _begruendung(z) == GELOESCHT),
    **begleitung.FAELLIG,
}


def _gruppe():
    from django.contrib.auth.models import Group

    return Group.objects.get(name="Leitung").pk


def _begruendung(zeile):
    return type(zeile).objects.get(pk=zeile.pk).begruendung


def test_every_rule_has_an_example():
    assert set(FAELLIG) == set(regeln())


@pytest.mark.parametrize("regel", FAELLIG)
def test_what_is_due_by_a_rule_is_gone_after_the_run(regel, leitung, zweite):
    mache, ist_weg = FAELLIG[regel]
    zeile = mache()
    lauf = fuehre_aus(leitung, zweite, spaeter(regel))
    posten = lauf.posten.get(regel=regel, nummer=str(zeile.pk))
    assert (posten.stand, posten.auslassung) == (Stand.ERLEDIGT, "")
    assert ist_weg(zeile)


@pytest.mark.parametrize("regel", FAELLIG)
def test_a_run_finds_nothing_of_it_a_second_time(regel, leitung, zweite):
    zeile = FAELLIG[regel][0]()
    am = fuehre_aus(leitung, zweite, spaeter(regel)).am
    frist = gueltige_fristen(am)[regel]
    assert not faellige(regeln()[regel], frist, am).filter(pk=zeile.pk).exists()


@pytest.mark.parametrize(
    ("am", "faellig"),
    [(date(2026, 11, 21), False), (date(2026, 11, 22), False), (date(2026, 11, 23), True)],
)
def test_a_period_of_years_ends_with_its_last_day(am, faellig, db):
    """§ 188 Abs. 2 BGB: three years from 22.11.2023 are over at the end of 22.11.2026."""
    make_kommentar(datetime(2023, 11, 22, 8, tzinfo=UTC))
    frist = gueltige_fristen(am)["portal.kommentar"]
    assert faellige(regeln()["portal.kommentar"], frist, am).exists() is faellig


def test_the_day_is_that_of_berlin(db):
    """23:30 UTC on the 22nd is the 23rd in Berlin."""
    make_kommentar(datetime(2023, 11, 22, 23, 30, tzinfo=UTC))
    frist = gueltige_fristen(HEUTE)["portal.kommentar"]
    regel = regeln()["portal.kommentar"]
    assert not faellige(regel, frist, date(2026, 11, 23)).exists()
    assert faellige(regel, frist, date(2026, 11, 24)).exists()


def test_a_month_that_lacks_the_day_ends_the_period_with_its_last(db):
    Aufbewahrungsfrist.objects.filter(regel="portal.kommentar").update(anzahl=1, einheit="monate")
    make_kommentar(datetime(2026, 1, 31, 12, tzinfo=UTC))
    regel, frist = regeln()["portal.kommentar"], gueltige_fristen(HEUTE)["portal.kommentar"]
    assert not faellige(regel, frist, date(2026, 2, 28)).exists()
    assert faellige(regel, frist, date(2026, 3, 1)).exists()


def test_without_a_period_nothing_becomes_due(leitung):
    make_kommentar()
    Aufbewahrungsfrist.objects.all().delete()
    with pytest.raises(SchrittNichtMoeglich):
        schlage_vor(leitung)


# --- Two people -------------------------------------------------------------------


def test_the_proposer_cannot_approve_and_nothing_is_deleted(leitung):
    make_kommentar()
    lauf = schlage_vor(leitung)
    with pytest.raises(IntegrityError), transaction.atomic():
        Loeschlauf.objects.filter(pk=lauf.pk).update(
            ergebnis="genehmigt", entschieden_von=leitung, entschieden_um=JETZT
        )
    assert Kommentar.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_attempt_to_approve_ones_own_run_is_logged():
    leitung = make_konto(["Leitung"])
    make_kommentar()
    lauf = schlage_vor(leitung)
    with pytest.raises(EigeneFreigabe):
        verfahren.genehmige(lauf, durch=leitung, um=JETZT)
    assert Kommentar.objects.count() == 1
    assert Eintrag.objects.filter(handlung="vorschlag.eigene_freigabe").exists()


@pytest.mark.django_db(transaction=True)
def test_a_deputy_of_the_proposer_does_not_approve_the_run():
    leitung, vertreter = make_konto(["Leitung"]), make_konto()
    make_kommentar()
    lauf = schlage_vor(leitung)
    with pytest.raises(EigeneFreigabe):
        verfahren.genehmige(lauf, durch=vertreter, um=JETZT, fuer=leitung)
    assert Kommentar.objects.count() == 1
    eintrag = Eintrag.objects.get(handlung="vorschlag.eigene_freigabe")
    assert (eintrag.durch, eintrag.fuer) == (vertreter, leitung)
    with pytest.raises(IntegrityError), transaction.atomic():
        Loeschlauf.objects.filter(pk=lauf.pk).update(
            ergebnis="genehmigt",
            entschieden_von=vertreter,
            entschieden_fuer=leitung,
            entschieden_um=JETZT,
        )
    verfahren.genehmige(lauf, durch=vertreter, um=JETZT, fuer=make_konto(["Administration"]))
    assert not Kommentar.objects.exists()


def test_a_run_is_approved_once(leitung, zweite):
    make_kommentar()
    lauf = fuehre_aus(leitung, zweite)
    with pytest.raises(SchrittNichtMoeglich):
        verfahren.genehmige(lauf, durch=make_konto(["Administration"]), um=JETZT)


def test_only_one_run_waits_at_a_time(leitung, zweite):
    make_kommentar()
    schlage_vor(leitung)
    with pytest.raises(SchrittNichtMoeglich):
        schlage_vor(zweite)


def test_no_run_for_a_day_to_come(leitung):
    make_kommentar(JETZT)
    with pytest.raises(SchrittNichtMoeglich):
        schlage_vor(leitung, am=date(2099, 1, 1))


def test_a_refused_run_deletes_nothing(leitung, zweite):
    from asskomm.konten import vieraugen

    make_kommentar()
    vieraugen.lehne_ab(schlage_vor(leitung), durch=zweite, um=JETZT, grund="Zu früh")
    assert Kommentar.objects.count() == 1
    fuehre_aus(leitung, zweite)
    assert not Kommentar.objects.exists()


# --- Left out ----------------------------------------------------------------------


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
    vertretung = _alt(
        make_vertretung(
            vertretener=konto, vertreter=make_konto(), ende=date(2026, 2, 1), **ABGELEHNT
        )
    )
    make_kommentar()
    verfahren.sperre("konten.konto", str(konto.pk), grund="Prüfung", durch=leitung, um=JETZT)
    fuehre_aus(leitung, zweite)
    assert Nachricht.objects.filter(pk=nachricht.pk).exists()
    assert _begruendung(vertretung) == "Herr Muster"


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
    rolle = make_rollenvergabe(konto=konto, gruppe_id=_gruppe(), **ABGELEHNT)
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


@pytest.mark.parametrize(
    ("tage", "nachgeholt", "faellig"),
    [
        ((), (), False),
        (("2025-11-20",), (), True),
        (("2025-11-20", "2026-12-04"), (), False),
        (("2025-11-20",), ("2026-12-04",), False),
    ],
    ids=["undated", "over", "running", "made up later"],
)
def test_a_registration_stays_until_its_last_day_is_over(tage, nachgeholt, faellig, db):
    anmeldung = make_anmeldung(make_kurs(tage=tage))
    if nachgeholt:
        spaeterer = make_kurs(tage=nachgeholt)
        Nachholung.objects.create(
            anmeldung=anmeldung, durchgang=spaeterer, modul=spaeterer.kurstage.get().modul,
            vereinbart_um=JETZT, vereinbart_von=make_konto(),
        )  # fmt: skip
    regel, frist = regeln()["fortbildung.anmeldung"], gueltige_fristen(HEUTE)
    assert faellige(regel, frist["fortbildung.anmeldung"], HEUTE).exists() is faellig


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


# --- Changed between proposal and approval ------------------------------------------


def test_what_changed_since_the_proposal_is_left_out(leitung, zweite):
    konto, kommentar = make_deaktiviertes(), make_kommentar()
    lauf = schlage_vor(leitung)
    konten.aktiviere(konto, durch=leitung, grund="Kommt zurück")
    verfahren.genehmige(lauf, durch=zweite, um=JETZT)
    posten = lauf.posten.get(regel="konten.konto")
    assert (posten.stand, posten.auslassung) == (Stand.AUSGELASSEN, "geaendert")
    assert not Konto.objects.get(pk=konto.pk).unkenntlich
    assert not Kommentar.objects.filter(pk=kommentar.pk).exists()


def test_a_later_beginning_of_the_period_counts_as_a_change(leitung, zweite):
    """Reactivated and deactivated again, both long enough ago: still not what was proposed."""
    konto = make_deaktiviertes()
    lauf = schlage_vor(leitung)
    Konto.objects.filter(pk=konto.pk).update(deaktiviert_um=vor(jahre=1, tage=30))
    verfahren.genehmige(lauf, durch=zweite, um=JETZT)
    assert lauf.posten.get().auslassung == "geaendert"
    assert not Konto.objects.get(pk=konto.pk).unkenntlich


def test_a_hold_set_after_the_proposal_counts(leitung, zweite):
    kommentar = make_kommentar()
    lauf = schlage_vor(leitung)
    verfahren.sperre("portal.kommentar", str(kommentar.pk), grund="Beweis", durch=zweite, um=JETZT)
    verfahren.genehmige(lauf, durch=zweite, um=JETZT)
    assert lauf.posten.get().auslassung == "gesperrt"
    assert Kommentar.objects.exists()


def test_a_case_opened_after_the_proposal_counts(leitung, zweite):
    rueckmeldung = make_rueckmeldung()
    lauf = schlage_vor(leitung)
    Rueckmeldung.objects.filter(pk=rueckmeldung.pk).update(zustand="in_bearbeitung")
    verfahren.genehmige(lauf, durch=zweite, um=JETZT)
    assert lauf.posten.get().auslassung == "portal.rueckmeldung_offen"
    assert Rueckmeldung.objects.exists()


def test_what_is_gone_already_is_said_so(leitung, zweite):
    kommentar = make_kommentar()
    lauf = schlage_vor(leitung)
    kommentar.delete()
    verfahren.genehmige(lauf, durch=zweite, um=JETZT)
    assert lauf.posten.get().auslassung == "verschwunden"


def test_a_longer_period_since_the_proposal_counts(leitung, zweite):
    make_kommentar()
    lauf = schlage_vor(leitung)
    verfahren.lege_frist_fest(
        Aufbewahrungsfrist(
            regel="portal.kommentar", gueltig_ab=HEUTE, anzahl=10, einheit="jahre", quelle="Test"
        ),
        durch=leitung,
        um=JETZT,
    )
    verfahren.genehmige(lauf, durch=zweite, um=JETZT)
    assert lauf.posten.get().auslassung == "geaendert"
    assert Kommentar.objects.exists()


# --- What remains ---------------------------------------------------------------------


def test_nothing_anywhere_tells_who_the_person_was(leitung, zweite):
    konto = fuelle(make_person())
    teile = ("Zwirnhaupt", EMAIL)
    assert len(fundstellen(*teile)) > 10
    assert sitzungen(konto)
    konten.deaktiviere(konto, durch=leitung, um=vor(jahre=2), grund=f"{NAME} ist gegangen")
    lauf = fuehre_aus(leitung, zweite)
    assert lauf.posten.get(regel="konten.konto").stand == Stand.ERLEDIGT
    assert fundstellen(*teile) == []
    assert sitzungen(konto) == []
    konto.refresh_from_db()
    assert str(konto) == f"gelöschtes Konto {konto.pk}"
    assert konto.email == f"geloescht-{konto.pk}@konto.invalid"
    assert not konto.groups.exists()
    assert not konto.authenticator_set.exists()
    assert not Mitgliedschaft.objects.laufend().filter(konto=konto).exists()
    connection.check_constraints()
    assert pruefe().bruch is None


def test_the_name_on_a_certificate_outlives_the_account(leitung, zweite):
    zertifikat = make_zertifikat(jahre=2)
    konto = zertifikat.teilnahme.anmeldung.konto
    konten.deaktiviere(konto, durch=leitung, um=vor(jahre=2), grund="Gegangen")
    fuehre_aus(leitung, zweite)
    assert Konto.objects.get(pk=konto.pk).unkenntlich
    assert fundstellen("Zwirnhaupt", EMAIL) == ["fortbildung_zertifikat.name: Zwirnhaupt"]


def test_nobody_else_loses_anything_with_the_person(leitung, zweite):
    konto = fuelle(make_person())
    andere = fuelle(make_person(name="Zweite Person", email="zweite@example.org"))
    vorher = fundstellen("zweite@example.org")
    konten.deaktiviere(konto, durch=leitung, um=vor(jahre=2), grund="Gegangen")
    Aufbewahrungsfrist.objects.exclude(regel="konten.konto").update(anzahl=100, einheit="jahre")
    fuehre_aus(leitung, zweite)
    assert fundstellen("zweite@example.org") == vorher
    assert andere.groups.exists()
    assert sitzungen(andere)


def test_an_anonymised_account_does_not_come_back(leitung, zweite):
    konto = make_deaktiviertes()
    fuehre_aus(leitung, zweite)
    konto.refresh_from_db()
    with pytest.raises(SchrittNichtMoeglich):
        konten.aktiviere(konto, durch=leitung, grund="Versehen")


def test_an_invited_person_who_never_came_is_forgotten(leitung, zweite):
    konto = make_person(is_active=False)
    einladung = make_verfallene_einladung(konto)
    make_nachricht(konto=konto, adresse=EMAIL, gesendet_um=vor(tage=80))
    kommune = make_kommune()
    Mitgliedschaft.objects.create(
        konto=konto,
        kommune=kommune,
        rolle="lesen",
        einladung=einladung,
        gegeben_um=vor(tage=80),
        bestaetigt_am=HEUTE,
    )
    fuehre_aus(leitung, zweite)
    assert fundstellen("Zwirnhaupt", EMAIL) == []
    assert not Mitgliedschaft.objects.exists()


def test_a_person_with_another_invitation_stays(leitung, zweite):
    konto = make_person(is_active=False)
    make_verfallene_einladung(konto)
    Einladung.objects.create(
        konto=konto, eingeladen_um=JETZT, gueltig_bis=JETZT + timedelta(days=14)
    )
    fuehre_aus(leitung, zweite)
    assert Konto.objects.get(pk=konto.pk).email == EMAIL


def test_somebody_with_an_account_of_their_own_stays(leitung, zweite):
    konto = make_person()
    make_verfallene_einladung(konto)
    fuehre_aus(leitung, zweite)
    assert not Einladung.objects.exists()
    assert Konto.objects.get(pk=konto.pk).email == EMAIL


def test_an_invited_person_whom_a_bestellung_names_is_forgotten_there_too(leitung, zweite):
    konto = make_person(is_active=False)
    bestellung = make_bestellung(konto=konto, email=EMAIL, nachweis=NAME, **ABGELEHNT)
    make_verfallene_einladung(konto)
    fuehre_aus(leitung, zweite)
    assert fundstellen("Zwirnhaupt", EMAIL) == []
    assert Bestellung.objects.get(pk=bestellung.pk).konto.unkenntlich


def test_history_rows_go_with_the_row(leitung, zweite):
    rueckmeldung = make_rueckmeldung(bemerkung="Anruf von Frau Muster")
    rueckmeldung.bemerkung = "Noch ein Anruf von Frau Muster"
    rueckmeldung.save()
    assert Rueckmeldung.history.filter(id=rueckmeldung.pk).count() == 2
    fuehre_aus(leitung, zweite)
    assert not Rueckmeldung.history.filter(id=rueckmeldung.pk).exists()
    assert fundstellen("Frau Muster") == []


def test_blanked_fields_are_blank_in_the_history_too(leitung, zweite):
    rat = make_aufgeloesten_rat()
    rat.schwerpunkte = "Jugend"
    rat.save()
    saetze = Praeventionsrat.history.filter(id=rat.pk).count()
    fuehre_aus(leitung, zweite)
    assert fundstellen("vera@example.org", "Vera Muster") == []
    assert Praeventionsrat.history.filter(id=rat.pk).count() == saetze + 1, "one about the run"
    assert Praeventionsrat.objects.get(pk=rat.pk).schwerpunkte == "Jugend"


def test_the_run_leaves_counts_in_the_log_and_no_text(leitung, zweite):
    make_kommentar(name="Vera Muster", text="Anruf unter 0351 1234")
    gesperrt = make_kommentar()
    verfahren.sperre("portal.kommentar", str(gesperrt.pk), grund="Beweis", durch=leitung, um=JETZT)
    lauf = fuehre_aus(leitung, zweite)
    eintrag = Eintrag.objects.get(handlung="datenschutz.lauf_ausgefuehrt")
    assert eintrag.durch == zweite
    assert eintrag.angaben == {
        "erledigt": 1,
        "ausgelassen": 1,
        "erledigt.portal.kommentar": 1,
    }
    assert fundstellen("Vera Muster", "0351 1234") == []
    assert lauf.posten.count() == 2


def test_the_log_still_verifies_when_reasons_are_gone(leitung, zweite):
    make_alten_grund()
    connection.check_constraints()
    fuehre_aus(leitung, zweite, spaeter("protokoll.grund"))
    connection.check_constraints()
    assert not Grund.objects.filter(text__contains="Muster").exists()
    ergebnis = pruefe()
    assert ergebnis.bruch is None


def test_what_fails_leaves_everything_as_it_was(leitung, zweite, monkeypatch):
    make_kommentar()
    lauf = schlage_vor(leitung)

    def scheitert(lauf):
        raise RuntimeError("Strom weg")

    monkeypatch.setattr(verfahren, "_bilanz", scheitert)
    with pytest.raises(RuntimeError), transaction.atomic():
        verfahren.genehmige(lauf, durch=zweite, um=JETZT)
    lauf.refresh_from_db()
    assert (lauf.ergebnis, Kommentar.objects.count()) == ("offen", 1)


# --- Many ---------------------------------------------------------------------------


@pytest.mark.thorough
def test_ten_thousand_rows_go_in_bounded_runs(leitung, zweite):
    meldung = make_meldung()
    Kommentar.objects.bulk_create(
        Kommentar(meldung=meldung, text="Gut", zustand="freigegeben") for _ in range(10_000)
    )
    Kommentar.objects.update(eingegangen_um=vor(jahre=4))
    laeufe = 0
    while Kommentar.objects.exists():
        lauf = fuehre_aus(leitung, zweite)
        laeufe += 1
        assert lauf.posten.count() <= verfahren.HOECHSTENS
        assert lauf.spaeter == 10_000 - laeufe * verfahren.HOECHSTENS
    assert laeufe == 10


def test_held_rows_do_not_take_the_place_of_others(leitung, zweite, monkeypatch):
    monkeypatch.setattr(verfahren, "HOECHSTENS", 2)
    for _ in range(3):
        gesperrt = make_kommentar(vor(jahre=5))
        verfahren.sperre(
            "portal.kommentar", str(gesperrt.pk), grund="Beweis", durch=leitung, um=JETZT
        )
    make_kommentar()
    lauf = fuehre_aus(leitung, zweite)
    assert lauf.posten.filter(stand=Stand.ERLEDIGT).count() == 1
    assert lauf.posten.filter(stand=Stand.AUSGELASSEN).count() == 2


# --- Daily ----------------------------------------------------------------------------


def test_the_daily_job_counts_what_could_be_proposed(leitung, zweite):
    make_kommentar()
    gesperrt = make_kommentar()
    verfahren.sperre("portal.kommentar", str(gesperrt.pk), grund="Beweis", durch=leitung, um=JETZT)
    melde_faellige(HEUTE)
    melde_faellige(HEUTE)
    assert list(Faelligkeit.objects.values_list("regel", "anzahl")) == [("portal.kommentar", 1)]
    fuehre_aus(leitung, zweite)
    assert not Faelligkeit.objects.exists()


@pytest.mark.parametrize("art", ["konten.konto", "konten.bekanntesgeraet"])
def test_an_unused_device_stays_while_it_is_held(art, leitung):
    konto, anderes = make_konto(), make_konto()
    geraete = [
        BekanntesGeraet.objects.create(konto=k, pruefwert="a" * 64, zuletzt_am=date(2020, 1, 1))
        for k in (konto, anderes)
    ]
    nummer = konto.pk if art == "konten.konto" else geraete[0].pk
    verfahren.sperre(art, str(nummer), grund="Beweis", durch=leitung, um=JETZT)
    vergiss_unbenutzte_geraete(HEUTE)
    assert list(BekanntesGeraet.objects.all()) == geraete[:1]


def test_ended_sessions_go_by_themselves(db):
    from django.contrib.sessions.models import Session

    Session.objects.create(session_key="alt", session_data="x", expire_date=vor(tage=1))
    Session.objects.create(
        session_key="neu", session_data="x", expire_date=datetime(2099, 1, 1, tzinfo=UTC)
    )
    loesche_abgelaufene_sitzungen(HEUTE)
    assert list(Session.objects.values_list("pk", flat=True)) == ["neu"]


def test_a_deleted_mail_goes_from_the_local_mailbox(db, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    leere_briefkasten(HEUTE)  # nothing was ever sent
    bleibt, geht = make_nachricht(), make_nachricht()
    briefkasten.ordner().mkdir()
    for name in (f"{bleibt.pk}.eml", f"{geht.pk}.eml", "notiz.eml"):
        (briefkasten.ordner() / name).write_text("An: a@example.org")
    geht.delete()
    leere_briefkasten(HEUTE)
    assert {datei.name for datei in briefkasten.ordner().iterdir()} == {
        f"{bleibt.pk}.eml",
        "notiz.eml",
    }
