"""What people meet on the pages around the signature."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from asskomm.eingangszeit import SCHLUESSEL
from beratung.models import Beratung
from foerderung.kanonisch import kanonisch
from foerderung.models import Abschnitt, Fassung, Foerderantrag, Foerderrunde, Status
from foerderung.verfahren.antragstellung import speichere
from foerderung.verfahren.zeichnung import ziehe_zurueck
from kommunen.models import Rolle
from tests.dokumente import struktur
from tests.factories import make_antrag, make_konto, make_mitglied
from tests.foerderung.antrag.eingaben import ANTRAGSTELLER, ERKLAERUNGEN, VORHABEN, mit

from .hilfen import (
    UM,
    beende,
    gib,
    make_eingereicht,
    make_in_zeichnung,
    make_nachgefordert,
    make_rathaus,
    reiche_ein,
    wie_gesehen,
)
from .test_nachreichung import aendere, make_anlage, melde_bereit, reiche_nach

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
SCHLUSS = datetime(2026, 10, 15, 22, tzinfo=UTC)


def angemeldet(konto):
    client = Client(raise_request_exception=False)
    client.force_login(konto)
    return client


def adresse(rathaus, ende=""):
    return f"/antraege/{rathaus.antrag.pk}/{ende}"


def text(antwort, status=200):
    assert antwort.status_code == status, (antwort.status_code, antwort)
    return unescape(re.sub(r"\s+", " ", antwort.content.decode()))


def sende(konto, wohin, daten=(), eingang=UM, **weitere):
    return angemeldet(konto).post(wohin, {**dict(daten), **weitere}, **{SCHLUESSEL: eingang})


def versteckt(html):
    return dict(re.findall(r'type="hidden" name="(gesehen|pruefsumme)" value="([^"]*)"', html))


def zeichne(rathaus, konto=None, eingang=UM, **weitere):
    konto = konto or rathaus.zeichnung
    daten = {**wie_gesehen(rathaus.antrag), "bestaetigt": "on", **weitere}
    return sende(konto, adresse(rathaus, "zeichnen/"), daten, eingang)


def stand(rathaus):
    return Foerderantrag.objects.get(pk=rathaus.antrag.pk).status


# --- Step 7 ---------------------------------------------------------------------


class TestCheckPage:
    def test_it_shows_all_of_it_and_hands_it_over(self):
        rathaus = make_rathaus()
        html = text(angemeldet(rathaus.bearbeitung).get(adresse(rathaus, "pruefen/")))
        assert "Schulung und Ausrüstung" in html
        assert "Wortlaut von beginn." in html
        assert "Noch offen" not in html
        antwort = sende(
            rathaus.bearbeitung, adresse(rathaus, "pruefen/"), versteckt(html),
            an=rathaus.zeichnung.pk,
        )  # fmt: skip
        assert antwort.status_code == 302
        assert stand(rathaus) == Status.IN_ZEICHNUNG

    def test_open_points_lead_to_their_field_and_there_is_no_button(self):
        rathaus = make_rathaus(antragsteller=mit(ANTRAGSTELLER, ansprech_name=""))
        html = text(angemeldet(rathaus.bearbeitung).get(adresse(rathaus, "pruefen/")))
        assert "Noch offen: ein Punkt" in html
        assert re.search(r'href="[^"]*/antragsteller/\?pruefen=1#id_ansprech_name"', html)
        assert "Wer zeichnet?" not in html

    def test_nobody_chosen(self):
        rathaus = make_rathaus()
        make_mitglied(rathaus.kommune, Rolle.ZEICHNUNG)
        html = text(sende(rathaus.bearbeitung, adresse(rathaus, "pruefen/"), gesehen=1))
        assert "Fehler: " in html
        assert "Wählen Sie die Person, die zeichnet." in html

    def test_an_outdated_page_shows_the_case_as_it_is_and_keeps_the_choice(self):
        rathaus = make_rathaus()
        gesehen = rathaus.antrag.version
        speichere(
            rathaus.antrag, "vorhaben", mit(VORHABEN, ort="Nord"),
            durch=rathaus.bearbeitung, um=UM, gesehen=1,
        )  # fmt: skip
        html = text(
            sende(
                rathaus.bearbeitung, adresse(rathaus, "pruefen/"),
                gesehen=gesehen, an=rathaus.zeichnung.pk,
            ), 409,
        )  # fmt: skip
        assert "hat sich geändert" in html
        assert re.search(rf'value="{rathaus.zeichnung.pk}"[^>]*checked', html)
        assert versteckt(html)["gesehen"] == str(gesehen + 1)

    def test_whoever_hands_it_over_second_reads_why_not(self):
        rathaus = make_rathaus()
        gesehen = rathaus.antrag.version
        gib(rathaus)
        andere = make_mitglied(rathaus.kommune, Rolle.BEARBEITUNG)
        html = text(
            sende(andere, adresse(rathaus, "pruefen/"), gesehen=gesehen, an=rathaus.zeichnung.pk),
            409,
        )
        assert "hat sich geändert, während Sie ihn vor sich hatten" in html
        assert "liegt zur Zeichnung" in html
        assert "Wer zeichnet?" not in html

    def test_a_draft_that_was_withdrawn_is_not_checked_any_more(self):
        rathaus = make_rathaus()
        ziehe_zurueck(
            rathaus.antrag, durch=rathaus.zeichnung, um=UM, gesehen=rathaus.antrag.version,
            grund="Entfällt.",
        )  # fmt: skip
        client = angemeldet(rathaus.bearbeitung)
        assert client.get(adresse(rathaus, "pruefen/")).url == adresse(rathaus)

    @pytest.mark.parametrize("rolle", [Rolle.LESEN, Rolle.ZEICHNUNG, Rolle.VERWALTUNG])
    def test_others_of_the_kommune_read_but_do_not_send(self, rolle):
        rathaus = make_rathaus()
        konto = make_mitglied(rathaus.kommune, rolle)
        html = text(angemeldet(konto).get(adresse(rathaus, "pruefen/")))
        assert "Wer zeichnet?" not in html
        assert sende(konto, adresse(rathaus, "pruefen/"), gesehen=1, an=konto.pk).status_code == 403
        assert stand(rathaus) == Status.ENTWURF

    def test_where_nobody_else_can_sign_it_says_what_to_do(self):
        rathaus = make_rathaus()
        beende(rathaus.zeichnung, rathaus.kommune)
        Foerderrunde.objects.update(ersatzzeichnung=Foerderrunde.Ersatzzeichnung.KEINE)
        html = text(angemeldet(rathaus.bearbeitung).get(adresse(rathaus, "pruefen/")))
        assert "hat sonst niemand die Rolle Zeichnung" in html
        assert "Vordruck" not in html

    def test_the_way_with_a_signed_paper(self):
        rathaus = make_rathaus()
        beende(rathaus.zeichnung, rathaus.kommune)
        client = angemeldet(rathaus.bearbeitung)
        html = text(client.get(adresse(rathaus, "pruefen/")))
        assert "Vordruck der Erklärung" in html
        assert "pruefsumme" not in html
        papier = client.get(adresse(rathaus, "erklaerung.pdf"))
        struktur.pruefe(papier.content, "Erklärung zum Förderantrag")
        [zeichen] = re.findall(r"Prüfzeichen (\w{4} \w{4} \w{4})", flach(papier.content))
        assert f"hat jetzt das Prüfzeichen <strong>{zeichen}</strong>" in html
        make_anlage(rathaus, "unterschrift")
        html = text(client.get(adresse(rathaus, "pruefen/")))
        antwort = sende(
            rathaus.bearbeitung, adresse(rathaus, "pruefen/"), versteckt(html), bestaetigt="on"
        )
        assert antwort.url.endswith("/eingang/")
        assert "unterschriebene Erklärung hochgeladen" in text(client.get(antwort.url))
        bestaetigung = client.get(adresse(rathaus, "fassung/1/eingang.pdf"))
        assert zeichen in flach(bestaetigung.content)

    def test_who_must_act_is_told_to_all(self):
        rathaus = make_in_zeichnung()
        html = text(angemeldet(make_mitglied(rathaus.kommune)).get(adresse(rathaus, "pruefen/")))
        assert "Kim Muster hat ihn am 30.09.2026 um 11:15 Uhr zur Zeichnung gegeben" in re.sub(
            r"<[^>]+>", "", html
        )
        assert "Gebeten ist Alex Beispiel" in html


def flach(pdf):
    return re.sub(r"\s+", " ", struktur.text(pdf))


# --- Signature --------------------------------------------------------------------


class TestSigning:
    def test_from_the_page_to_the_receipt(self):
        rathaus = make_in_zeichnung()
        client = angemeldet(rathaus.zeichnung)
        html = text(client.get(adresse(rathaus, "zeichnen/")))
        assert "Schulung und Ausrüstung" in html
        assert "Wortlaut von beginn." in html
        daten = versteckt(html)
        assert daten["pruefsumme"] == wie_gesehen(rathaus.antrag)["pruefsumme"]
        antwort = client.post(
            adresse(rathaus, "zeichnen/"), {**daten, "bestaetigt": "on"}, **{SCHLUESSEL: UM}
        )
        assert antwort.url == adresse(rathaus, "eingang/")
        html = text(client.get(antwort.url))
        assert "KP-2027-0001" in html
        assert "30.09.2026 um 11:15:27 Uhr" in html
        wieder = client.post(
            adresse(rathaus, "zeichnen/"), {**daten, "bestaetigt": "on"}, **{SCHLUESSEL: UM}
        )
        assert wieder.url == antwort.url
        assert Fassung.objects.count() == 1

    def test_without_the_tick_nothing_happens(self):
        rathaus = make_in_zeichnung()
        html = text(zeichne(rathaus, bestaetigt=""))
        assert "Bestätigen Sie" in html
        assert stand(rathaus) == Status.IN_ZEICHNUNG

    def test_status_and_amount_in_the_form_change_nothing(self):
        rathaus = make_in_zeichnung()
        zeichne(
            rathaus, status="bewilligt", nummer="KP-2027-7777", zuwendung_beantragt_euro="1",
            eingereicht_um="2020-01-01", kommune="1",
        )  # fmt: skip
        antrag = Foerderantrag.objects.get()
        assert (antrag.status, antrag.nummer, antrag.eingereicht_um) == (
            Status.EINGEREICHT, "KP-2027-0001", UM,
        )  # fmt: skip

    def test_one_microsecond_before_midnight_is_in(self):
        rathaus = make_in_zeichnung()
        assert zeichne(rathaus, eingang=SCHLUSS - timedelta(microseconds=1)).status_code == 302
        html = text(angemeldet(rathaus.zeichnung).get(adresse(rathaus, "eingang/")))
        assert "15.10.2026 um 23:59:59 Uhr" in html

    def test_midnight_is_out_and_says_so(self):
        rathaus = make_in_zeichnung()
        html = text(zeichne(rathaus, eingang=SCHLUSS), 409)
        assert "Ihre Zeichnung ging am 16.10.2026 um 00:00:00 Uhr ein" in html
        assert "Fehler: " in html
        assert stand(rathaus) == Status.IN_ZEICHNUNG

    def test_other_content_than_shown_is_shown_again(self):
        rathaus = make_in_zeichnung()
        gesehen = wie_gesehen(rathaus.antrag)
        Abschnitt.objects.filter(antrag=rathaus.antrag, schluessel="vorhaben").update(
            eingaben=mit(VORHABEN, ort="Woanders")
        )
        html = text(zeichne(rathaus, **gesehen), 409)
        assert "nicht mehr der" in html
        assert "Woanders" in html
        assert versteckt(html)["pruefsumme"] == wie_gesehen(rathaus.antrag)["pruefsumme"]
        assert "checked" not in html

    def test_what_has_become_incomplete_is_named_and_not_signed(self):
        rathaus = make_in_zeichnung()
        Beratung.objects.all().delete()
        html = text(angemeldet(rathaus.zeichnung).get(adresse(rathaus, "zeichnen/")))
        assert "Noch offen: ein Punkt" in html
        assert "pruefsumme" not in html
        assert "fehlt noch etwas" in text(zeichne(rathaus), 409)
        assert stand(rathaus) == Status.IN_ZEICHNUNG

    def test_who_prepared_it_reads_but_does_not_sign(self):
        rathaus = make_rathaus()
        beides = make_mitglied(rathaus.kommune, Rolle.BEARBEITUNG, Rolle.ZEICHNUNG)
        gib(rathaus, durch=beides)
        html = text(angemeldet(beides).get(adresse(rathaus, "zeichnen/")))
        assert "Zeichnen muss eine andere Person" in html
        assert "pruefsumme" not in html
        assert "andere Person" in text(zeichne(rathaus, konto=beides), 409)
        assert stand(rathaus) == Status.IN_ZEICHNUNG

    def test_it_says_that_the_sender_has_left(self):
        rathaus = make_in_zeichnung()
        beende(rathaus.bearbeitung, rathaus.kommune)
        html = text(angemeldet(rathaus.zeichnung).get(adresse(rathaus, "zeichnen/")))
        assert "gehört nicht mehr zu" in html
        assert zeichne(rathaus).status_code == 302

    def test_signed_by_somebody_else_meanwhile(self):
        rathaus = make_in_zeichnung()
        gesehen = wie_gesehen(rathaus.antrag)
        reiche_ein(rathaus)
        andere = make_mitglied(rathaus.kommune, Rolle.ZEICHNUNG)
        html = text(zeichne(rathaus, konto=andere, **gesehen), 409)
        assert "Jetzt ist er: eingereicht" in html

    def test_what_does_not_lie_for_signature_is_explained(self):
        rathaus = make_rathaus()
        antwort = angemeldet(rathaus.zeichnung).get(adresse(rathaus, "zeichnen/"), follow=True)
        assert "liegt nicht zur Zeichnung" in text(antwort)

    @pytest.mark.parametrize("wer", ["fremd", "lpr"])
    @pytest.mark.parametrize(
        "ende",
        ["pruefen/", "zeichnen/", "zeichnen/ablehnen/", "zurueckholen/", "eingang/",
         "fassung/1/antrag.pdf", "fassung/1/eingang.pdf", "vergleich/2/", "nachforderung/",
         "zurueckziehen/", "erklaerung.pdf"],
    )  # fmt: skip
    def test_a_foreign_case_is_not_there(self, wer, ende):
        rathaus = make_in_zeichnung()
        konto = (
            make_konto(["Sachbearbeitung"])
            if wer == "lpr"
            else make_mitglied(make_antrag().kommune, *Rolle)
        )
        assert angemeldet(konto).get(adresse(rathaus, ende)).status_code == 404
        if not ende.endswith("pdf"):
            antwort = sende(konto, adresse(rathaus, ende), wie_gesehen(rathaus.antrag))
            assert antwort.status_code in (404, 405)

    def test_who_declines_the_signature_has_saved_nothing(self):
        rathaus = make_rathaus()
        speichere(
            rathaus.antrag, "vorhaben", mit(VORHABEN, titel="Neu"),
            durch=rathaus.bearbeitung, um=UM, gesehen=1,
        )  # fmt: skip
        gib(rathaus)
        wohin, kommune = adresse(rathaus, "zeichnen/ablehnen/"), rathaus.kommune.kennung
        gesehen = rathaus.antrag.version
        assert sende(rathaus.zeichnung, wohin, gesehen=gesehen, grund_plan="x").status_code == 302
        for seite in (adresse(rathaus), f"/mein-bereich/{kommune}/antraege/neu/"):
            html = re.sub("<[^>]+>", "", text(angemeldet(rathaus.bearbeitung).get(seite)))
            assert "Zuletzt gespeichert am 30.09.2026 um 11:15 Uhr von Kim Muster." in html

    def test_declining_needs_a_reason_and_keeps_what_was_typed(self):
        rathaus = make_in_zeichnung()
        wohin = adresse(rathaus, "zeichnen/ablehnen/")
        html = text(sende(rathaus.zeichnung, wohin, gesehen=rathaus.antrag.version))
        assert "Nennen Sie bei mindestens einem Abschnitt den Grund." in html
        html = text(sende(rathaus.zeichnung, wohin, gesehen=1, grund_plan="Zu teuer"), 409)
        assert "Zu teuer" in html
        antwort = sende(rathaus.zeichnung, wohin, versteckt(html), grund_plan="Zu teuer")
        assert antwort.status_code == 302
        html = text(angemeldet(rathaus.bearbeitung).get(adresse(rathaus, "pruefen/")))
        assert "Der Antrag wurde nicht gezeichnet" in html
        assert "Zu teuer" in html

    def test_taken_back_with_a_reason(self):
        rathaus = make_in_zeichnung()
        wohin = adresse(rathaus, "zurueckholen/")
        html = text(sende(rathaus.bearbeitung, wohin, gesehen=rathaus.antrag.version))
        assert "Geben Sie den Grund an." in html
        assert sende(rathaus.bearbeitung, wohin, versteckt(html), grund="Betrag").status_code == 302
        assert stand(rathaus) == Status.ENTWURF


@pytest.mark.django_db(transaction=True)
def test_the_database_goes_while_submitting_nothing_is_half_and_the_form_works_again():
    rathaus = make_in_zeichnung()
    daten = {**wie_gesehen(rathaus.antrag), "bestaetigt": "on"}
    client = angemeldet(rathaus.zeichnung)
    with connection.cursor() as zeiger:
        zeiger.execute(
            "CREATE FUNCTION abbruch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$;"
            "CREATE TRIGGER abbruch AFTER INSERT ON foerderung_fassung "
            "FOR EACH ROW EXECUTE FUNCTION abbruch()"
        )
    try:
        antwort = client.post(adresse(rathaus, "zeichnen/"), daten, **{SCHLUESSEL: UM})
        html = text(antwort, 503)
        assert "nicht erreichbar" in html
    finally:
        connection.close()
        with connection.cursor() as zeiger:
            zeiger.execute("DROP FUNCTION abbruch() CASCADE")
    assert stand(rathaus) == Status.IN_ZEICHNUNG
    assert not Fassung.objects.exists()
    antwort = client.post(adresse(rathaus, "zeichnen/"), daten, **{SCHLUESSEL: UM})
    assert antwort.url.endswith("/eingang/")
    assert Foerderantrag.objects.get().nummer == "KP-2027-0001"


# --- Receipt, papers, comparison ----------------------------------------------------


class TestPapers:
    def test_the_receipt_is_accessible_and_says_when(self):
        rathaus = make_eingereicht()
        pdf = angemeldet(make_mitglied(rathaus.kommune)).get(
            adresse(rathaus, "fassung/1/eingang.pdf")
        )
        assert pdf["Content-Disposition"] == 'attachment; filename="KP-2027-0001-eingang-1.pdf"'
        assert pdf["Cache-Control"] == "private, no-store"
        assert pdf["Content-Security-Policy"] == "default-src 'none'; sandbox"
        struktur.pruefe(pdf.content, "Eingangsbestätigung KP-2027-0001")
        gelesen = flach(pdf.content)
        assert "30.09.2026 um 11:15:27 Uhr" in gelesen
        assert "Alex Beispiel" in gelesen

    def test_the_whole_application_holds_its_content(self):
        rathaus = make_eingereicht()
        client = angemeldet(rathaus.bearbeitung)
        pdf = client.get(adresse(rathaus, "fassung/1/antrag.pdf")).content
        struktur.pruefe(pdf, "Förderantrag KP-2027-0001", akte=True)
        assert "Schulung und Ausrüstung" in flach(pdf)
        inhalt = rathaus.antrag.fassungen.get().inhalt
        assert struktur.eingebettet(pdf) == {"antrag.json": kanonisch(inhalt)}
        assert client.get(adresse(rathaus, "fassung/1/antrag.pdf")).content == pdf

    def test_what_no_font_knows_makes_no_paper_fail(self):
        rathaus = make_eingereicht(
            vorhaben=mit(VORHABEN, titel="😀 " + "a" * 150, ort="𝔘𝔫𝔦 <b>*x*</b> #panic()")
        )
        for ende in ("antrag.pdf", "eingang.pdf"):
            antwort = angemeldet(rathaus.bearbeitung).get(adresse(rathaus, f"fassung/1/{ende}"))
            assert antwort.status_code == 200
            struktur.lies(antwort.content)

    def test_no_receipt_before_the_submission(self):
        rathaus = make_in_zeichnung()
        client = angemeldet(rathaus.zeichnung)
        assert client.get(adresse(rathaus, "eingang/")).status_code == 404
        assert client.get(adresse(rathaus, "fassung/1/eingang.pdf")).status_code == 404

    def test_old_and_new_side_by_side_for_both_sides(self):
        rathaus = make_nachgefordert()
        aendere(rathaus)
        melde_bereit(rathaus)
        reiche_nach(rathaus)
        client = angemeldet(rathaus.bearbeitung)
        lpr = angemeldet(make_konto(["Sachbearbeitung"]))
        for seite in (
            client.get(adresse(rathaus, "vergleich/2/")),
            lpr.get(f"/vorgaenge/{rathaus.antrag.pk}/vergleich/2/"),
        ):
            html = text(seite)
            assert "Eine Angabe ist geändert" in html
            assert "Genauer." in html
            assert "Gleich geblieben" in html
        assert client.get(adresse(rathaus, "vergleich/1/")).status_code == 404
        assert client.get(adresse(rathaus, "vergleich/3/")).status_code == 404
        assert client.get(f"/vorgaenge/{rathaus.antrag.pk}/vergleich/2/").status_code == 404
        assert lpr.get(f"/vorgaenge/{rathaus.antrag.pk}/fassung/2/antrag.pdf").status_code == 200


# --- Nachforderung, withdrawal --------------------------------------------------------


class TestRequestPage:
    def test_from_the_text_to_the_next_version(self):
        rathaus = make_nachgefordert()
        wohin = adresse(rathaus, "nachforderung/")
        html = text(angemeldet(rathaus.bearbeitung).get(wohin))
        assert "Beschreiben Sie das Problem genauer." in html
        assert "/beccaria-1/" in html
        assert "Es ist nichts geändert." in html
        aendere(rathaus)
        html = text(angemeldet(rathaus.bearbeitung).get(wohin))
        assert "Genauer." in html
        assert sende(rathaus.bearbeitung, wohin, versteckt(html)).status_code == 302
        html = text(angemeldet(rathaus.zeichnung).get(wohin))
        assert "Zeichnen und nachreichen" in html
        antwort = sende(rathaus.zeichnung, wohin, versteckt(html), bestaetigt="on")
        assert antwort.url.endswith("/eingang/")
        html = text(angemeldet(rathaus.zeichnung).get(antwort.url))
        assert "Fassung 2: Nachreichung" in html

    def test_an_answer_without_any_change_needs_a_tick(self):
        rathaus = make_nachgefordert()
        wohin = adresse(rathaus, "nachforderung/")
        html = text(angemeldet(rathaus.bearbeitung).get(wohin))
        assert "Wir antworten, ohne etwas zu ändern." in html
        html = text(sende(rathaus.bearbeitung, wohin, versteckt(html)))
        assert "Bisher ist nichts geändert." in html
        assert 'id="id_unveraendert_error"' in html
        antwort = sende(rathaus.bearbeitung, wohin, versteckt(html), unveraendert="on")
        assert antwort.status_code == 302
        assert "Zeichnen und nachreichen" in text(angemeldet(rathaus.zeichnung).get(wohin))
        aendere(rathaus)
        html = text(angemeldet(rathaus.bearbeitung).get(wohin))
        assert "ohne etwas zu ändern" not in html

    def test_after_the_date_it_is_still_possible_and_says_so(self):
        rathaus = make_nachgefordert()
        rathaus.antrag.nachforderungen.update(frist="2026-10-01")
        html = text(angemeldet(rathaus.bearbeitung).get(adresse(rathaus, "nachforderung/")))
        assert "Der Tag ist vorbei" in html

    @pytest.mark.parametrize(
        ("rolle", "daten"),
        [(Rolle.LESEN, {}), (Rolle.ZEICHNUNG, {}), (Rolle.BEARBEITUNG, {"bestaetigt": "on"})],
    )
    def test_who_may_send_what(self, rolle, daten):
        rathaus = make_nachgefordert()
        konto = make_mitglied(rathaus.kommune, rolle)
        antwort = sende(
            konto, adresse(rathaus, "nachforderung/"), wie_gesehen(rathaus.antrag) if daten else {},
            **daten,
        )  # fmt: skip
        assert antwort.status_code == 403

    def test_a_request_that_was_taken_back_leads_to_the_case(self):
        rathaus = make_eingereicht()
        konto = rathaus.bearbeitung
        wohin = adresse(rathaus, "nachforderung/")
        assert angemeldet(konto).get(wohin).url == adresse(rathaus)
        client = angemeldet(konto)
        html = text(client.post(wohin, {"gesehen": 1}, follow=True))
        assert "Nachgefordert ist zurzeit nichts." in html

    def test_withdrawn_with_a_reason(self):
        rathaus = make_eingereicht()
        wohin = adresse(rathaus, "zurueckziehen/")
        html = text(angemeldet(rathaus.zeichnung).get(wohin))
        assert "lässt sich nicht rückgängig machen" in html
        antwort = sende(rathaus.zeichnung, wohin, versteckt(html), grund="Entfällt.")
        assert antwort.status_code == 302
        assert stand(rathaus) == Status.ZURUECKGEZOGEN
        assert angemeldet(rathaus.zeichnung).get(wohin).url == adresse(rathaus)
        assert sende(rathaus.bearbeitung, wohin, versteckt(html), grund="x").status_code == 403

    def test_the_consent_to_notices_in_the_portal_is_taken_back(self):
        rathaus = make_eingereicht(erklaerungen=mit(ERKLAERUNGEN, elektronische_bekanntgabe="on"))
        wohin, knopf = adresse(rathaus, "einwilligung/"), "Einwilligung in Bescheide im Portal"
        leser = make_mitglied(rathaus.kommune, Rolle.LESEN)
        assert wohin not in text(angemeldet(leser).get(adresse(rathaus)))
        assert sende(leser, wohin).status_code == 403
        kuenftig = "Künftige Bescheide zu diesem Antrag"
        im_portal = f"{kuenftig} liegen im Portal zum Abruf bereit."
        for konto in (rathaus.bearbeitung, rathaus.zeichnung):
            html = text(angemeldet(konto).get(adresse(rathaus)))
            assert wohin in html
            assert im_portal in html
            assert "kommen dann mit der Post" in text(angemeldet(konto).get(wohin))
        assert Foerderantrag.objects.get().elektronische_bekanntgabe, "reading takes nothing back"
        for _ in range(2):
            assert sende(rathaus.bearbeitung, wohin).url == adresse(rathaus)
        assert not Foerderantrag.objects.get().elektronische_bekanntgabe
        html = text(angemeldet(rathaus.zeichnung).get(adresse(rathaus)))
        assert wohin not in html
        assert f"{knopf} widerrufen<span" in html, "in the history"
        for konto in (rathaus.zeichnung, leser):
            html = text(angemeldet(konto).get(adresse(rathaus)))
            assert f"{kuenftig} kommen mit der Post. Ihre Kommune hat die Einwilligung" in html
            assert im_portal not in html
        assert "Kim Muster" in html
        assert angemeldet(rathaus.zeichnung).get(wohin).url == adresse(rathaus)

    def test_the_receipt_says_how_it_goes_on_as_the_case_is_now(self):
        rathaus = make_eingereicht()
        wohin = adresse(rathaus, "eingang/")
        assert "prüft zuerst, ob der Antrag vollständig ist" in text(
            angemeldet(rathaus.bearbeitung).get(wohin)
        )
        ziehe_zurueck(
            rathaus.antrag, durch=rathaus.zeichnung, um=UM,
            gesehen=rathaus.antrag.version, grund="Entfällt.",
        )  # fmt: skip
        html = text(angemeldet(rathaus.bearbeitung).get(wohin))
        assert "Ihre Kommune hat den Antrag zurückgezogen." in html
        assert "prüft zuerst" not in html
        assert "erst nach dem Bescheid" not in html

    def test_a_form_without_its_hidden_fields_is_explained(self):
        rathaus = make_eingereicht()
        html = text(sende(rathaus.zeichnung, adresse(rathaus, "zurueckziehen/"), grund="Weg"))
        assert "nicht vollständig" in html
        assert "Weg" in html

    def test_a_step_by_get_is_none(self):
        rathaus = make_in_zeichnung()
        angemeldet(rathaus.zeichnung).get(
            adresse(rathaus, "zeichnen/"), {**wie_gesehen(rathaus.antrag), "bestaetigt": "on"}
        )
        assert stand(rathaus) == Status.IN_ZEICHNUNG


def test_a_session_that_ends_keeps_the_reason_typed():
    rathaus = make_eingereicht()
    client = angemeldet(rathaus.zeichnung)
    wohin = adresse(rathaus, "zurueckziehen/")
    html = text(client.get(wohin))
    marke = re.search(r'name="eingabemarke" value="([^"]*)"', html)[1]
    client.logout()
    antwort = client.post(wohin, {**versteckt(html), "grund": "Entfällt.", "eingabemarke": marke})
    assert "/anmelden/" in antwort.url
    client.force_login(rathaus.zeichnung)
    html = text(client.get(f"{wohin}?eingaben=1"))
    assert "Entfällt." in html
    assert stand(rathaus) == Status.EINGEREICHT


@pytest.mark.parametrize("seite", ["pruefen/", "zeichnen/", "eingang/", "nachforderung/"])
def test_the_number_of_queries_does_not_grow(seite, django_assert_num_queries):
    mache = {
        "pruefen/": make_rathaus,
        "zeichnen/": make_in_zeichnung,
        "eingang/": make_eingereicht,
        "nachforderung/": lambda: make_nachgefordert("anlagen", "beccaria-1"),
    }[seite]
    rathaus = mache()
    konto = rathaus.zeichnung if seite == "zeichnen/" else rathaus.bearbeitung
    client = angemeldet(konto)
    assert client.get(adresse(rathaus, seite)).status_code == 200  # the session is written
    with CaptureQueriesContext(connection) as eine:
        client.get(adresse(rathaus, seite))
    for _ in range(3):
        make_anlage(rathaus)
        make_mitglied(rathaus.kommune, Rolle.ZEICHNUNG)
    with django_assert_num_queries(len(eine)):
        client.get(adresse(rathaus, seite))
    assert len(eine) <= 27
