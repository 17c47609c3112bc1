"""The pages: the whole way by forms, what is smuggled in, sent twice, typed wrongly."""

import re
import uuid
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from asskomm.konten import handlungen, vieraugen
from asskomm.protokoll.models import Eintrag
from foerderung.models import (
    Befangenheit,
    Bescheid,
    Empfehlung,
    Entscheidung,
    Foerderantrag,
    Haushaltsansatz,
    Mittelbindung,
    Regel,
    Status,
)
from foerderung.verfahren.entscheidung import mittelfeld
from tests.factories import make_ansatz, make_konto
from tests.foerderung.fallakte.hilfen import angemeldet, text
from tests.protokoll.hilfen import sql

from .akten import Art

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


def adresse(akte, name, *weitere):
    return reverse(f"foerderung:{name}", args=[akte.antrag.pk, *weitere])


def felder(antwort):
    """What the form on the page would send if nobody typed anything."""
    form, daten = antwort.context["form"], {}
    for feld in form:
        wert = feld.value()
        if wert is not None and wert is not False:
            daten[feld.html_name] = "on" if wert is True else str(wert)
    return daten


def sende(akte, konto, name, *weitere, **werte):
    client, ziel = angemeldet(konto), adresse(akte, name, *weitere)
    seite = client.get(ziel)
    assert seite.status_code == 200, seite
    daten = felder(seite) | werte
    return client.post(ziel, {n: w for n, w in daten.items() if w is not None})


def fehler(antwort, status=200):
    assert antwort.status_code == status, antwort
    return {name: " ".join(saetze) for name, saetze in antwort.context["form"].errors.items()}


def entscheide(akte, konto, was="genehmigen", **werte):
    vorschlag = akte.antrag.entscheidungen.order_by("-pk").first()
    daten = {"vorschlag": vorschlag.marke, "gesehen": akte.version, "grund": "Zu früh."}
    return angemeldet(konto).post(adresse(akte, f"entscheidung-{was}"), daten | werte)


# --- The whole way --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("im_portal", "weg", "folge"),
    [
        (True, "zum Abruf im Portal, die Kommune ist einverstanden", "im Portal zum Abruf bereit"),
        (False, "mit der Post, ohne Einwilligung", "Er geht mit der Post an die Kommune"),
    ],
)
def test_who_decides_reads_how_the_notice_goes_out(akte, im_portal, weg, folge):
    Foerderantrag.objects.update(elektronische_bekanntgabe=im_portal)
    sende(akte, akte.sachbearbeitung, "empfehlung", bewilligen="ja", begruendung="Passt.")
    sende(akte, akte.sachbearbeitung, "vorschlagen", "bewilligung", begruendung="Wie empfohlen.")
    seite = text(angemeldet(akte.leitung).get(adresse(akte, "entscheidung")))
    assert weg in seite
    assert folge in seite


def test_from_recommendation_to_revocation_by_forms(akte):
    sach, leitung = akte.sachbearbeitung, akte.leitung
    ziel = adresse(akte, "entscheidung")
    antwort = sende(akte, sach, "empfehlung", bewilligen="ja", begruendung="Passt.")
    assert antwort.url == ziel
    antwort = sende(akte, sach, "vorschlagen", "bewilligung", begruendung="Wie empfohlen.")
    assert antwort.url == ziel
    seite = text(angemeldet(leitung).get(ziel))
    assert "Vorschlag: Bewilligung über 27.000,00" in seite
    assert "Bewilligung genehmigen" in seite
    assert "473.000,00" in seite, "what is free afterwards"
    assert entscheide(akte, leitung).url == ziel
    assert akte.status == Status.BEWILLIGT
    antwort = sende(
        akte, sach, "vorschlagen", "aenderung", betrag_euro="20.000,00", begruendung="Weniger",
        gruende="Es wurde weniger.", angehoert_am="02.11.2026",
        **{mittelfeld(akte.ansatz.pk): "20000"},
    )  # fmt: skip
    assert antwort.url == ziel
    entscheide(akte, leitung)
    assert akte.gebunden == Decimal("20000.00")
    sende(
        akte, sach, "vorschlagen", "widerruf", begruendung="Zweck verfehlt",
        gruende="Der Zweck ist verfehlt.", anhoerung_entbehrlich="Darauf verzichtet",
    )  # fmt: skip
    entscheide(akte, leitung)
    assert akte.status == Status.WIDERRUFEN
    assert akte.gebunden == 0
    seite = text(angemeldet(leitung).get(ziel))
    for wort in ("Bewilligung", "Änderung", "Widerruf", "genehmigt"):
        assert wort in seite


def test_a_refusal_by_forms(akte):
    sende(akte, akte.sachbearbeitung, "empfehlung", bewilligen="nein", begruendung="Passt nicht.")
    antwort = sende(akte, akte.sachbearbeitung, "vorschlagen", "ablehnung", begruendung="So")
    assert set(fehler(antwort)) == {"gruende"}
    antwort = sende(
        akte, akte.sachbearbeitung, "vorschlagen", "ablehnung", begruendung="So", gruende="Darum"
    )
    assert "§\xa028 VwVfG" in fehler(antwort)["angehoert_am"]
    sende(
        akte, akte.sachbearbeitung, "vorschlagen", "ablehnung", begruendung="So",
        gruende="Darum", angehoert_am="2.11.26",
    )  # fmt: skip
    entscheide(akte, akte.leitung)
    assert akte.status == Status.ABGELEHNT


def test_a_recommendation_is_taken_back_by_a_form(reif):
    antwort = sende(reif, reif.sachbearbeitung, "empfehlung-zuruecknehmen")
    assert "Grund" in fehler(antwort)["grund"]
    sende(reif, reif.sachbearbeitung, "empfehlung-zuruecknehmen", grund="Noch einmal prüfen")
    assert reif.status == Status.FACHLICH_GEPRUEFT


def test_the_form_begins_with_what_was_recommended(reif):
    daten = felder(
        angemeldet(reif.sachbearbeitung).get(adresse(reif, "vorschlagen", "bewilligung"))
    )
    assert daten["betrag_euro"] == "27.000,00"
    assert daten["bewilligung_von"] == "01.01.2027"
    assert daten[mittelfeld(reif.ansatz.pk)] == "27.000,00"


# --- Typed wrongly ----------------------------------------------------------------------

BETRAEGE = [
    ("-5", "ohne Minus"),
    ("1234.56", "mit Komma"),
    ("1,234.56", "mit Komma"),
    ("1e9", "in Euro an"),
    ("１２", "Ziffern 0 bis 9"),
    ("1,234", "höchstens 2 Stellen"),
    ("", "in Euro an"),
    ("viel", "in Euro an"),
    ("27.000,01", "Beantragt sind 27.000,00"),
    ("999999999999", "höchstens"),
]


@pytest.mark.parametrize(("getippt", "satz"), BETRAEGE)
def test_odd_amounts_are_refused_in_german_and_kept(akte, getippt, satz):
    antwort = sende(
        akte, akte.sachbearbeitung, "empfehlung", bewilligen="ja", begruendung="Passt.",
        betrag_euro=getippt,
    )  # fmt: skip
    assert satz in fehler(antwort)["betrag_euro"]
    seite = antwort.content.decode()
    if getippt:
        assert f'value="{getippt}"' in seite
    assert "Passt." in seite
    assert not Empfehlung.objects.exists()


@pytest.mark.parametrize(("satz", "geht"), [("90,01", False), ("90", True), ("90,00 %", True)])
def test_the_rate_ends_at_that_of_the_rule_set(akte, satz, geht):
    antwort = sende(
        akte, akte.sachbearbeitung, "empfehlung", bewilligen="ja", begruendung="Passt.",
        foerdersatz=satz,
    )  # fmt: skip
    if geht:
        assert antwort.status_code == 302
    else:
        assert "höchstens 90\xa0%" in fehler(antwort)["foerdersatz"]


@pytest.mark.parametrize("getippt", ["-5", "1234.56", "１２", "1e9"])
def test_odd_amounts_of_a_year_are_refused_at_that_year(reif, getippt):
    name = mittelfeld(reif.ansatz.pk)
    antwort = sende(
        reif, reif.sachbearbeitung, "vorschlagen", "bewilligung", begruendung="So", **{name: getippt}
    )  # fmt: skip
    assert set(fehler(antwort)) == {name}


def test_end_before_start_and_days_that_do_not_exist(reif):
    def antwort(**werte):
        return sende(
            reif, reif.sachbearbeitung, "vorschlagen", "bewilligung", begruendung="So", **werte
        )

    assert "vor dem Beginn" in fehler(antwort(bewilligung_bis="31.12.2026"))["bewilligung_bis"]
    assert (
        "Diesen Tag gibt es nicht"
        in fehler(antwort(bewilligung_bis="31.02.2027"))["bewilligung_bis"]
    )


@pytest.mark.parametrize("laenge", [10_001, 60_000])
def test_long_texts_are_refused_and_kept(reif, laenge):
    antwort = sende(
        reif, reif.sachbearbeitung, "vorschlagen", "bewilligung", begruendung="So",
        gruende="x" * laenge,
    )  # fmt: skip
    assert "10.000 Zeichen" in fehler(antwort)["gruende"]
    assert "x" * laenge in antwort.content.decode()


def test_several_years_on_the_page(reif):
    spaeter = make_ansatz(haushaltsjahr=2028, betrag_euro=Decimal("10000.00"))
    eins, zwei = mittelfeld(reif.ansatz.pk), mittelfeld(spaeter.pk)

    def antwort(**werte):
        return sende(
            reif, reif.sachbearbeitung, "vorschlagen", "bewilligung", begruendung="So", **werte
        )

    assert "Verteilt sind 26.999,00" in fehler(antwort(**{eins: "17.000,00", zwei: "9.999"}))[eins]
    assert "nur 10.000,00" in fehler(antwort(**{eins: "16.000,00", zwei: "11.000,00"}))[zwei]
    assert antwort(**{eins: "17.000,00", zwei: "10.000,00"}).status_code == 302


# --- Smuggled, doubled, late --------------------------------------------------------------


def test_what_a_form_must_not_say_is_not_heard(reif):
    sende(
        reif, reif.sachbearbeitung, "vorschlagen", "bewilligung", begruendung="So",
        status="bewilligt", ergebnis="genehmigt", art="widerruf", antrag=uuid.uuid4(),
        vorgeschlagen_von=reif.leitung.pk, entschieden_von=reif.leitung.pk,
    )  # fmt: skip
    vorschlag = reif.offen
    assert (vorschlag.art, vorschlag.vorgeschlagen_von) == (Art.BEWILLIGUNG, reif.sachbearbeitung)
    assert reif.status == Status.ENTSCHEIDUNGSREIF


def test_an_amount_smuggled_into_the_approval_changes_nothing(reif):
    reif.schlage_vor(Art.TEILBEWILLIGUNG, betrag_euro=Decimal("20000.00"))
    entscheide(
        reif, reif.leitung, betrag_euro="27000", foerdersatz="100", art="bewilligung",
        **{mittelfeld(reif.ansatz.pk): "1"},
    )  # fmt: skip
    assert reif.gebunden == Decimal("20000.00")
    assert Bescheid.objects.get().entscheidung.betrag_euro == Decimal("20000.00")


def test_a_budget_that_is_none_of_the_case_is_not_bound(reif):
    fremd = make_ansatz(haushaltsjahr=2026)
    sende(
        reif, reif.sachbearbeitung, "vorschlagen", "bewilligung", begruendung="So",
        **{mittelfeld(fremd.pk): "27.000,00"},
    )  # fmt: skip
    assert not Mittelbindung.objects.filter(ansatz=fremd).exists()


def test_forms_sent_twice_act_once(akte):
    sach = angemeldet(akte.sachbearbeitung)
    ziel = adresse(akte, "empfehlung")
    daten = felder(sach.get(ziel)) | {"bewilligen": "ja", "begruendung": "Passt."}
    assert sach.post(ziel, daten).url == sach.post(ziel, daten).url
    assert Empfehlung.objects.count() == 1
    ziel = adresse(akte, "vorschlagen", "bewilligung")
    daten = felder(sach.get(ziel)) | {"begruendung": "So"}
    assert sach.post(ziel, daten).url == sach.post(ziel, daten).url
    assert Entscheidung.objects.count() == 1
    assert entscheide(akte, akte.leitung).status_code == 302
    antwort = entscheide(akte, akte.leitung)
    assert vieraugen.SCHON_ENTSCHIEDEN in text(antwort, 409)
    assert Bescheid.objects.count() == 1


def test_what_came_too_late_is_shown_again_with_everything_typed(akte):
    sach, ziel = angemeldet(akte.sachbearbeitung), adresse(akte, "empfehlung")
    daten = felder(sach.get(ziel)) | {"bewilligen": "ja", "begruendung": "Mein langer Text."}
    akte.empfiehl(None, durch=make_konto(["Sachbearbeitung"]))
    antwort = sach.post(ziel, daten)
    seite = text(antwort, 409)
    assert "Mein langer Text." in seite
    assert "Jetzt ist er: entscheidungsreif" in seite


def test_an_old_page_does_not_decide(reif):
    reif.schlage_vor()
    for gesehen in (reif.version - 1, "", "x", "-1", "١", "9" * 30):
        antwort = entscheide(reif, reif.leitung, gesehen=gesehen)
        assert "hat sich geändert" in text(antwort, 409)
    assert reif.status == Status.ENTSCHEIDUNGSREIF


@pytest.mark.sample(3)
@pytest.mark.parametrize("marke", ["", "x", uuid.uuid4(), "\x00", "9" * 400])
@pytest.mark.parametrize("was", ["genehmigen", "ablehnen", "zurueckziehen"])
def test_a_proposal_that_does_not_exist_is_a_404(reif, was, marke):
    reif.schlage_vor()
    konto = reif.sachbearbeitung if was == "zurueckziehen" else reif.leitung
    assert entscheide(reif, konto, was, vorschlag=marke).status_code == 404


def test_forms_without_their_hidden_fields_are_asked_for_again(akte):
    antwort = angemeldet(akte.sachbearbeitung).post(
        adresse(akte, "empfehlung"), {"bewilligen": "nein", "begruendung": "Mein Text"}
    )
    assert "nicht vollständig" in text(antwort)
    assert "Mein Text" in antwort.content.decode()
    assert antwort.context["form"]["marke"].value()


def test_the_reason_survives_the_end_of_the_session(reif):
    """It was sent without a session, and stands in the form again after the sign-in."""
    vorschlag = reif.schlage_vor()
    leitung = angemeldet(reif.leitung)
    seite = leitung.get(adresse(reif, "entscheidung")).content.decode()
    marke = re.search(r'name="eingabemarke" value="([^"]+)"', seite)[1]
    daten = {"vorschlag": vorschlag.marke, "grund": "Mein langer Grund", "eingabemarke": marke}
    ziel = Client().post(adresse(reif, "entscheidung-ablehnen"), daten).url
    zurueck = parse_qs(urlsplit(ziel).query)["next"][0]
    assert "Mein langer Grund" in text(leitung.get(zurueck))
    assert reif.offen


@pytest.mark.parametrize("was", ["genehmigen", "ablehnen", "zurueckziehen"])
def test_steps_are_none_by_a_link(reif, was):
    reif.schlage_vor()
    beides = make_konto(["Sachbearbeitung", "Leitung"])
    assert angemeldet(beides).get(adresse(reif, f"entscheidung-{was}")).status_code == 302
    assert reif.offen


@pytest.mark.parametrize("art", ["teilbewilligung", "quatsch", "bewilligt"])
def test_kinds_that_cannot_be_proposed_are_a_404(reif, art):
    client = angemeldet(reif.sachbearbeitung)
    assert client.get(adresse(reif, "vorschlagen", art)).status_code == 404


def test_forms_that_do_not_fit_the_state_lead_to_the_page(reif):
    client = angemeldet(reif.sachbearbeitung)
    for name, weitere in (
        ("empfehlung", ()),
        ("vorschlagen", ("aenderung",)),
        ("vorschlagen", ("widerruf",)),
    ):
        assert client.get(adresse(reif, name, *weitere)).url == adresse(reif, "entscheidung")


# --- Two people -----------------------------------------------------------------------------


def test_own_approval_is_a_403_and_stays_in_the_log(reif):
    beides = make_konto(["Sachbearbeitung", "Leitung"])
    reif.schlage_vor(durch=beides)
    seite = text(angemeldet(beides).get(adresse(reif, "entscheidung")))
    assert "Bewilligung genehmigen" not in seite
    assert vieraugen.ZWEITE_PERSON in seite
    assert vieraugen.ZWEITE_PERSON in text(entscheide(reif, beides), 403)
    assert entscheide(reif, beides, "ablehnen").status_code == 403
    assert Eintrag.objects.filter(
        handlung=handlungen.EIGENE_FREIGABE_VERSUCHT.schluessel, durch=beides
    ).exists()
    assert reif.status == Status.ENTSCHEIDUNGSREIF


def test_the_proposer_without_the_right_is_told_and_logged_too(reif):
    reif.schlage_vor()
    assert entscheide(reif, reif.sachbearbeitung).status_code == 403
    assert Eintrag.objects.filter(handlung=handlungen.EIGENE_FREIGABE_VERSUCHT.schluessel).exists()


def test_who_proposed_takes_it_back_on_the_page(reif):
    reif.schlage_vor()
    andere = make_konto(["Sachbearbeitung"])
    assert "Ihren Vorschlag zurückziehen" not in text(
        angemeldet(andere).get(adresse(reif, "entscheidung"))
    )
    assert entscheide(reif, andere, "zurueckziehen").status_code == 409
    assert entscheide(reif, reif.sachbearbeitung, "zurueckziehen").status_code == 302
    assert not reif.antrag.entscheidungen.offen().exists()


def test_not_following_needs_a_reason(reif):
    reif.schlage_vor()
    antwort = entscheide(reif, reif.leitung, "ablehnen", grund=" ")
    assert "Begründen Sie" in text(antwort)
    assert reif.offen
    entscheide(reif, reif.leitung, "ablehnen", grund="Viel zu früh.")
    assert not reif.antrag.entscheidungen.offen().exists()
    seite = text(angemeldet(reif.sachbearbeitung).get(adresse(reif, "entscheidung")))
    assert "Viel zu früh." in seite, "who proposed it reads why"


def test_an_overtaken_proposal_says_so_and_is_closed_by_the_attempt(reif):
    reif.schlage_vor()
    Foerderantrag.objects.filter(pk=reif.antrag.pk).update(status=Status.ZURUECKGEZOGEN)
    seite = text(angemeldet(reif.leitung).get(adresse(reif, "entscheidung")))
    assert "Der Vorschlag ist überholt." in seite
    assert "Bewilligung genehmigen" not in seite
    assert "zurückgezogen" in text(entscheide(reif, reif.leitung), 409)
    assert not reif.antrag.entscheidungen.offen().exists()


# --- Gaps and short budgets -------------------------------------------------------------------


def ohne_rechtsbehelf():
    sql("ALTER TABLE foerderung_regel DISABLE TRIGGER regelwerk_bleibt")
    Regel.objects.filter(schluessel=Regel.Schluessel.RECHTSBEHELF_MONATE).delete()


def test_gaps_of_the_notice_are_a_list_on_the_page(reif):
    ohne_rechtsbehelf()
    antwort = sende(
        reif, reif.sachbearbeitung, "vorschlagen", "bewilligung", begruendung="Mein Text"
    )
    seite = text(antwort)
    assert "Der Bescheid ist unvollständig" in seite
    assert 'id="fehler"' in seite  # where the address of the form leads
    assert "Frist für den Rechtsbehelf" in seite
    assert "Mein Text" in seite
    assert not Entscheidung.objects.exists()


def test_gaps_at_the_approval_and_in_the_preview(reif):
    reif.schlage_vor()
    ohne_rechtsbehelf()
    for antwort in (
        entscheide(reif, reif.leitung),
        angemeldet(reif.leitung).get(adresse(reif, "bescheidvorschau")),
    ):
        assert "Der Bescheid ist unvollständig" in text(antwort, 409)
    assert not Bescheid.objects.exists()


def test_a_short_budget_is_said_before_and_at_the_approval(reif):
    reif.schlage_vor()
    Haushaltsansatz.objects.update(betrag_euro=Decimal("26000.00"))
    assert "Die Mittel reichen nicht." in text(
        angemeldet(reif.leitung).get(adresse(reif, "entscheidung"))
    )
    assert "nur 26.000,00" in text(entscheide(reif, reif.leitung), 409)
    assert reif.offen


def test_the_preview_is_a_pdf_that_says_it_is_none(reif):
    client = angemeldet(reif.leitung)
    assert client.get(adresse(reif, "bescheidvorschau")).status_code == 404
    reif.schlage_vor()
    antwort = client.get(adresse(reif, "bescheidvorschau"))
    assert antwort["Content-Type"] == "application/pdf"
    assert antwort.content.startswith(b"%PDF-")


# --- Who sees it, what it costs ----------------------------------------------------------------


@pytest.mark.parametrize("rolle", ["Prüfung", "Leitung"])
def test_forms_of_the_sachbearbeitung_are_closed_to_others(akte, rolle):
    client = angemeldet(make_konto([rolle]))
    assert client.get(adresse(akte, "entscheidung")).status_code == 200
    assert client.get(adresse(akte, "empfehlung")).status_code == 403
    assert client.post(adresse(akte, "empfehlung"), {}).status_code == 403


def test_members_of_the_kommune_never_see_the_decision_before_it_is_made(reif):
    reif.schlage_vor()
    for person in (reif.zeichnung, reif.bearbeitung, make_konto(["Redaktion"])):
        client = angemeldet(person)
        for name in ("entscheidung", "empfehlung", "bescheidvorschau"):
            assert client.get(adresse(reif, name)).status_code == 404


def test_who_is_biased_meets_a_404(reif):
    Befangenheit.objects.create(
        antrag=reif.antrag, konto=reif.leitung, erklaert_um=reif.antrag.eingereicht_um
    )
    assert angemeldet(reif.leitung).get(adresse(reif, "entscheidung")).status_code == 404


def test_the_page_costs_the_same_however_much_was_decided(bewilligt, django_assert_num_queries):
    client, ziel = angemeldet(bewilligt.leitung), adresse(bewilligt, "entscheidung")
    client.get(ziel)
    with CaptureQueriesContext(connection) as einmal:
        client.get(ziel)
    for betrag in ("26000.00", "25000.00", "24000.00"):
        bewilligt.schlage_vor(
            Art.AENDERUNG, betrag_euro=Decimal(betrag), anhoerung_entbehrlich="Verzicht"
        )
        bewilligt.genehmige()
    with django_assert_num_queries(len(einmal)):
        client.get(ziel)


def test_user_text_is_text(reif):
    reif.schlage_vor(begruendung="<script>alert(1)</script>", auflagen="<b>fett</b>")
    seite = angemeldet(reif.leitung).get(adresse(reif, "entscheidung")).content.decode()
    assert "&lt;script&gt;" in seite
    assert not re.search(r"<script>alert|<b>fett", seite)
