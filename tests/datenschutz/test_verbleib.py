"""Deletion runs: what remains of a person, and what does not."""

from datetime import timedelta

import pytest
from django.db import connection

from asskomm.datenschutz import verfahren
from asskomm.datenschutz.models import Aufbewahrungsfrist
from asskomm.konten import verfahren as konten
from asskomm.konten.models import Einladung, Konto
from asskomm.portal.models import Rueckmeldung
from asskomm.protokoll.models import Eintrag, Grund
from asskomm.protokoll.pruefung import pruefe
from asskomm.schritt import SchrittNichtMoeglich
from kommunen.models import Bestellung, Mitgliedschaft, Praeventionsrat
from tests.factories import make_bestellung, make_kommune

from .loeschen import (
    ABGELEHNT,
    Stand,
    fuehre_aus,
    make_alten_grund,
    make_aufgeloesten_rat,
    make_deaktiviertes,
    make_kommentar,
    make_nachricht,
    make_rueckmeldung,
    make_verfallene_einladung,
    make_zertifikat,
    spaeter,
    vor,
)
from .person import EMAIL, HEUTE, JETZT, NAME, fuelle, fundstellen, make_person, sitzungen

pytestmark = pytest.mark.thorough


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
