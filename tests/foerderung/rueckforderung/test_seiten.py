"""The pages: propose a claim, record what came in, book it back, and what the Kommune reads."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from asskomm.post.models import Nachricht
from foerderung.models import Basiszins, Bekanntgabe, Entscheidung, Rueckforderung, Rueckzahlung
from kommunen.models import Rolle
from tests.factories import make_kommune, make_mitglied
from tests.foerderung.fallakte.hilfen import angemeldet, text
from tests.verwaltung.formulare import fehler
from tests.verwaltung.formulare import sende as sende_admin

from .faelle import ZINSEN_BIS

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


def adresse(geprueft, name, *weitere):
    return reverse(f"foerderung:{name}", args=[geprueft.antrag.pk, *weitere])


def sende(konto, ziel, **werte):
    """Open the page, fill in `werte`, send."""
    client = angemeldet(konto)
    seite = client.get(ziel)
    assert seite.status_code == 200, seite
    felder = {feld.html_name: feld.value() for feld in seite.context["form"]}
    daten = {name: wert for name, wert in (felder | werte).items() if wert is not None}
    return client.post(ziel, daten)


def schlage_vor(geprueft, **werte):
    morgen = timezone.localdate() + timedelta(days=30)
    return sende(
        geprueft.akte.sachbearbeitung,
        adresse(geprueft, "vorschlagen", "rueckforderung"),
        **{
            "forderung_euro": "12.000,00",
            "anlass": "nachweis",
            "zahlbar_bis": f"{morgen:%d.%m.%Y}",
            "zinsen_bis": f"{ZINSEN_BIS:%d.%m.%Y}",
            "gruende": "Nachgewiesen ist weniger.",
            "angehoert_am": f"{timezone.localtime(geprueft.antrag.eingereicht_um):%d.%m.%Y}",
            "begruendung": "Prüfung des Nachweises.",
        }
        | werte,
    )


def bekannt(geprueft):
    bescheid = geprueft.antrag.bescheide.latest("nummer")
    Bekanntgabe.objects.filter(bescheid=bescheid).update(
        abgerufen_um=timezone.now(),
        abgerufen_von=geprueft.akte.leitung,
        bekannt_am=date(2026, 12, 2),
        rechtsbehelf_bis=date(2027, 1, 4),
    )


def test_proposed_by_form_the_page_shows_the_table_of_interest(geprueft):
    assert schlage_vor(geprueft).status_code == 302
    assert Rueckforderung.objects.get().zinsen_euro == Decimal("299.60")
    seite = text(angemeldet(geprueft.akte.leitung).get(adresse(geprueft, "entscheidung"))).replace(
        "\xa0", " "
    )
    for wort in ("Rückforderung von 12.000,00", "109,95", "189,65", "12.299,60"):
        assert wort in seite
    assert "Über die Rückforderung entscheiden" in seite
    assert "Der Basiszinssatz ab dem 01.01.2025 ist nicht bestätigt." in seite
    assert "01.07.2025 ist nicht bestätigt" not in seite
    assert "Künftig gebunden" not in seite


def test_what_is_wrong_stands_at_its_field(geprueft):
    antwort = schlage_vor(geprueft, forderung_euro="12.000,01")
    assert "forderung_euro" in antwort.context["form"].errors
    antwort = schlage_vor(geprueft, zinsen_bis="01.07.2026", zahlbar_bis="01.12.2198")
    assert "Basiszinssatz" in str(antwort.context["form"].errors["zinsen_bis"])
    assert Nachricht.objects.filter(vorlage="zins_fehlt").count() == 1
    assert not Entscheidung.objects.offen().exists()


def test_the_haushalt_records_what_came_in_and_books_it_back(geprueft):
    geprueft.fordere()
    ziel = adresse(geprueft, "akte-rueckforderung")
    werte = {"am": "17.05.2025", "betrag_euro": "300,00", "referenz": "Erstattung"}
    assert sende(geprueft.haushalt, ziel, **werte).status_code == 302
    zahlung = Rueckzahlung.objects.get()
    assert (zahlung.zinsen_euro, zahlung.hauptbetrag_euro) == (Decimal("299.60"), Decimal("0.40"))
    antwort = sende(geprueft.haushalt, ziel, **werte | {"betrag_euro": "12.000,00"})
    assert "betrag_euro" in antwort.context["form"].errors
    zurueck = adresse(geprueft, "akte-rueckzahlung-stornieren", zahlung.marke)
    assert "grund" in sende(geprueft.haushalt, zurueck, grund=" ").context["form"].errors
    assert sende(geprueft.haushalt, zurueck, grund="Falscher Fall").status_code == 302
    assert geprueft.konto.zurueckgezahlt == 0


def test_others_read_and_cannot_record(geprueft):
    client = angemeldet(geprueft.akte.sachbearbeitung)
    ziel = adresse(geprueft, "akte-rueckforderung")
    assert client.get(ziel).context["form"] is None
    werte = {"am": "17.05.2025", "betrag_euro": "1,00", "referenz": "x"}
    assert client.post(ziel, werte).status_code == 302
    assert not Rueckzahlung.objects.exists()


def test_the_kommune_reads_it_with_the_notice_and_no_other_does(geprueft):
    geprueft.fordere()
    mitglied = make_mitglied(geprueft.antrag.kommune, Rolle.LESEN)
    fremd = make_mitglied(make_kommune(), Rolle.ZEICHNUNG)
    ziel = adresse(geprueft, "rueckforderung")
    assert angemeldet(mitglied).get(ziel).status_code == 404
    bekannt(geprueft)
    geprueft.erstatte("299.60")
    seite = text(angemeldet(mitglied).get(ziel)).replace("\xa0", " ")
    assert "Zahlen Sie noch 12.000,00" in seite
    assert "189,65" in seite
    assert ziel in text(angemeldet(mitglied).get(geprueft.antrag.get_absolute_url()))
    assert angemeldet(fremd).get(ziel).status_code == 404


def test_a_rate_in_use_says_in_the_admin_that_it_stays(geprueft):
    geprueft.fordere()
    client = angemeldet(geprueft.akte.sachbearbeitung)
    zins = Basiszins.objects.get(ab=date(2025, 1, 1))
    assert "beruht" in fehler(sende_admin(client, Basiszins, zins.pk, prozent="9,00"))["prozent"][0]
    loeschen = reverse("admin:foerderung_basiszins_delete", args=[zins.pk])
    assert client.post(loeschen, {"post": "yes"}).status_code == 302
    assert Basiszins.objects.get(pk=zins.pk).prozent == Decimal("2.27")
    assert sende_admin(client, Basiszins, zins.pk, bestaetigt="on").status_code == 302


@pytest.mark.parametrize("name", ["akte-rueckforderung", "rueckforderung"])
def test_more_payments_cost_no_more_queries(geprueft, name):
    geprueft.fordere()
    bekannt(geprueft)
    mitglied = make_mitglied(geprueft.antrag.kommune, Rolle.LESEN)
    client = angemeldet(mitglied if name == "rueckforderung" else geprueft.haushalt)

    def anzahl():
        with CaptureQueriesContext(connection) as abfragen:
            assert client.get(adresse(geprueft, name)).status_code == 200
        return len(abfragen)

    anzahl()
    geprueft.erstatte("1.00")
    vorher = anzahl()
    for _ in range(3):
        geprueft.erstatte("1.00")
    assert anzahl() == vorher


def test_a_payout_that_was_not_there_yet_is_not_owed(geprueft):
    assert geprueft.konto.gezahlt == Decimal("12000.00")
    geprueft.zahle("1000.00", am=date(2025, 10, 1))
    entwurf = geprueft.entwirf("1000.00")
    assert (entwurf.tabelle, entwurf.zinsen_euro) == ([], 0)
