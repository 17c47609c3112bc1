"""The pages about a notice: of the Kommune and in the Fallakte."""

import uuid
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertRedirects

from foerderung.bescheid import dokument
from foerderung.models import Bekanntgabe, Status
from foerderung.verfahren import bekanntgabe as verfahren
from kommunen.models import Rolle
from tests.dokumente import struktur
from tests.factories import make_kommune, make_mitglied, make_rat
from tests.verwaltung.personal import angemeldet

from .faelle import Art, Fall

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


@pytest.fixture
def bescheid(fall):
    bescheid = fall.erlasse(um=timezone.now())
    verfahren.stelle_bereit(bescheid, um=timezone.now())
    return bescheid


@pytest.fixture
def abgerufen(fall, bescheid):
    verfahren.rufe_ab(bescheid, durch=fall.bearbeitung, um=timezone.now())
    return bescheid


def adresse(name, bescheid):
    return reverse(f"foerderung:{name}", args=[bescheid.antrag_id, bescheid.pk])


def text(antwort):
    return " ".join(antwort.content.decode().split())


def jetzt(bescheid):
    return Bekanntgabe.objects.get(bescheid=bescheid)


# --- The Kommune -----------------------------------------------------------------


def test_the_receipt_tells_the_result_only_with_the_notice(fall, bescheid):
    client = angemeldet(fall.bearbeitung)
    wohin = reverse("foerderung:antrag-eingang", args=[fall.antrag.pk])
    vorher = text(client.get(wohin))
    assert "Über den Antrag ist entschieden." in vorher
    assert "bewilligt" not in vorher
    assert "prüft zuerst" not in vorher
    verfahren.rufe_ab(bescheid, durch=fall.bearbeitung, um=timezone.now())
    assert "Die Zuwendung ist bewilligt." in text(client.get(wohin))


@pytest.mark.parametrize(
    ("vor_tagen", "satz"),
    [(3, "Ab dem {bekannt} finden Sie den Bescheid auch hier."), (4, "Er gilt seit dem {bekannt}")],
)
def test_a_letter_is_read_in_the_portal_from_the_day_on_which_it_counts_as_known(
    regelwerk, vor_tagen, satz
):
    fall = Fall(regelwerk, elektronische_bekanntgabe=False)
    am = timezone.now() - timedelta(days=vor_tagen)
    bescheid = fall.erlasse(um=am)
    verfahren.stelle_bereit(bescheid, um=am)
    verfahren.gib_zur_post(bescheid, timezone.localdate(am), durch=fall.sachbearbeitung, um=am)
    client = angemeldet(fall.bearbeitung)
    inhalt = text(client.get(adresse("bescheid", bescheid)))
    assert satz.format(bekannt=f"{jetzt(bescheid).bekannt_am:%d.%m.%Y}") in inhalt
    lesbar = client.get(adresse("bescheid-pdf", bescheid)).status_code == 200
    assert lesbar == ("30.000,00" in inhalt) == (vor_tagen == 4)


def test_before_it_is_fetched_the_page_says_until_when_and_not_what(fall, bescheid):
    inhalt = text(angemeldet(fall.bearbeitung).get(adresse("bescheid", bescheid)))
    assert "liegt zum Abruf bereit" in inhalt
    assert f"{jetzt(bescheid).abrufbar_bis:%d.%m.%Y}" in inhalt
    assert "Bescheid abrufen" in inhalt
    assert "30.000,00" not in inhalt
    assert "Zuwendungsbescheid" not in inhalt


def test_the_file_is_not_there_before_it_is_fetched(fall, bescheid):
    client = angemeldet(fall.zeichnung)
    assert client.get(adresse("bescheid-pdf", bescheid)).status_code == 404
    antwort = client.get(adresse("bescheid-abrufen", bescheid))
    assertRedirects(antwort, adresse("bescheid", bescheid))
    assert jetzt(bescheid).abgerufen_um is None


def test_it_is_fetched_by_a_button_and_then_downloaded(fall, bescheid):
    client = angemeldet(fall.bearbeitung)
    for _ in range(2):
        antwort = client.post(adresse("bescheid-abrufen", bescheid), follow=True)
        assert antwort.status_code == 200
    inhalt = text(antwort)
    assert "30.000,00" in inhalt
    assert "Bescheid herunterladen" in inhalt
    assert "Empfang bestätigen" in inhalt
    assert "Verzicht ansehen" not in inhalt, "that is for the Zeichnung"
    assert jetzt(bescheid).abgerufen_von == fall.bearbeitung
    datei = client.get(adresse("bescheid-pdf", bescheid))
    assert datei["Content-Type"] == "application/pdf"
    assert datei["Content-Disposition"] == 'attachment; filename="bescheid-kp-2027-0042-b1.pdf"'
    assert {"private", "no-store"} <= set(datei["Cache-Control"].split(", "))
    assert datei.content == dokument.pdf(bescheid)


def test_once_fetched_everybody_of_the_kommune_may_read_it(fall, abgerufen):
    client = angemeldet(fall.lesen)
    assert "Bescheid herunterladen" in text(client.get(adresse("bescheid", abgerufen)))
    assert client.get(adresse("bescheid-pdf", abgerufen)).status_code == 200


def test_who_only_reads_cannot_fetch(fall, bescheid):
    client = angemeldet(fall.lesen)
    seite = text(client.get(adresse("bescheid", bescheid)))
    assert "Abrufen kann eine Person mit der Rolle Bearbeitung oder Zeichnung" in seite
    assert f'action="{adresse("bescheid-abrufen", bescheid)}' not in seite
    for name in ("bescheid-abrufen", "bescheid-empfang", "bescheid-verzicht"):
        assert client.post(adresse(name, bescheid), {"verzicht": "on"}).status_code == 403
    assert jetzt(bescheid).abgerufen_um is None


def test_too_late_is_said_at_the_place(fall, bescheid):
    Bekanntgabe.objects.update(abrufbar_bis=timezone.localdate() - timedelta(days=1))
    client = angemeldet(fall.zeichnung)
    assert "kommt mit der Post" in text(client.get(adresse("bescheid", bescheid)))
    antwort = client.post(adresse("bescheid-abrufen", bescheid))
    assert antwort.status_code == 409
    assert "Sie erhalten ihn mit der Post." in text(antwort)


def test_receipt_and_waiver(fall, abgerufen):
    client = angemeldet(fall.zeichnung)
    assert client.post(adresse("bescheid-empfang", abgerufen)).status_code == 302
    assert jetzt(abgerufen).empfang_bestaetigt_um
    seite = adresse("bescheid-verzicht", abgerufen)
    assert "nicht zurücknehmen" in text(client.get(seite))
    antwort = client.post(seite, {})
    assert antwort.status_code == 200
    assert "Kreuzen Sie an, dass Sie verzichten." in text(antwort)
    assert jetzt(abgerufen).verzichtet_um is None
    for _ in range(2):
        antwort = client.post(seite, {"verzicht": "on"}, follow=True)
        assert antwort.status_code == 200
    assert "Sie haben auf Rechtsbehelfe verzichtet" in text(antwort)
    assert jetzt(abgerufen).verzichtet_von == fall.zeichnung
    assert client.get(seite).status_code == 302, "nothing left to waive"


def test_after_the_period_nobody_is_told_to_sue_even_before_the_day_is_noted(fall, abgerufen):
    client, seite = angemeldet(fall.lesen), adresse("bescheid", abgerufen)
    heute = timezone.localdate()
    alle = Bekanntgabe.objects.filter(bescheid=abgerufen)
    alle.update(bekannt_am=heute - timedelta(days=30), rechtsbehelf_bis=heute)
    assert "können Sie dagegen klagen" in text(client.get(seite))
    alle.update(rechtsbehelf_bis=heute - timedelta(days=1))
    html = text(client.get(seite))
    assert "können Sie dagegen klagen" not in html
    assert "Die Frist für eine Klage ist abgelaufen" in html
    assert jetzt(abgerufen).bestandskraft_am is None


def test_a_waiver_that_comes_too_late_is_refused_with_the_present_state(fall, abgerufen):
    heute = timezone.localdate()
    Bekanntgabe.objects.update(
        bekannt_am=heute - timedelta(days=60), rechtsbehelf_bis=heute - timedelta(days=1)
    )
    antwort = angemeldet(fall.zeichnung).post(
        adresse("bescheid-verzicht", abgerufen), {"verzicht": "on"}
    )
    assert antwort.status_code == 409
    assert "Ein Verzicht ist nicht mehr nötig." in text(antwort)


@pytest.mark.parametrize("name", ["bescheid-abrufen", "bescheid-empfang"])
def test_acts_only_by_post_and_with_a_token(fall, abgerufen, name):
    client = Client(enforce_csrf_checks=True)
    client.force_login(fall.zeichnung)
    assertRedirects(client.get(adresse(name, abgerufen)), adresse("bescheid", abgerufen))
    assert client.post(adresse(name, abgerufen)).status_code == 403


SEITEN = ["bescheid", "bescheid-pdf", "bescheid-verzicht"]
TATEN = ["bescheid-abrufen", "bescheid-empfang", "bescheid-verzicht"]


def test_a_stranger_meets_nothing(fall, abgerufen):
    fremd = angemeldet(make_mitglied(make_kommune(), Rolle.ZEICHNUNG))
    for name in SEITEN:
        assert fremd.get(adresse(name, abgerufen)).status_code == 404
    for name in TATEN:
        assert fremd.post(adresse(name, abgerufen), {"verzicht": "on"}).status_code == 404
    for name in SEITEN:
        antwort = Client().get(adresse(name, abgerufen))
        assert antwort.status_code == 302
        assert "/anmelden/" in antwort["Location"] or "login" in antwort["Location"]


def test_a_notice_of_another_case_is_not_there(fall, abgerufen, regelwerk):
    anderer = Fall(regelwerk, nummer="KP-2027-0043")
    client = angemeldet(anderer.zeichnung)
    for nummer in (abgerufen.pk, uuid.uuid4()):
        seite = reverse("foerderung:bescheid", args=[anderer.antrag.pk, nummer])
        assert client.get(seite).status_code == 404


def test_by_post_the_page_says_so(regelwerk):
    fall = Fall(regelwerk, elektronische_bekanntgabe=False)
    bescheid = fall.erlasse(um=timezone.now())
    verfahren.stelle_bereit(bescheid, um=timezone.now())
    client = angemeldet(fall.zeichnung)
    assert "Sie müssen nichts tun." in text(client.get(adresse("bescheid", bescheid)))
    assert client.get(adresse("bescheid-pdf", bescheid)).status_code == 404
    heute = timezone.localdate()
    verfahren.gib_zur_post(bescheid, heute, durch=fall.sachbearbeitung, um=timezone.now())
    assert "Der Brief ging am" in text(client.get(adresse("bescheid", bescheid)))
    Bekanntgabe.objects.update(bekannt_am=heute, rechtsbehelf_bis=heute + timedelta(days=30))
    assert client.get(adresse("bescheid-pdf", bescheid)).status_code == 200


# --- The Fallakte ----------------------------------------------------------------


def test_the_file_of_the_case_shows_every_notice(fall, abgerufen):
    zweiter = fall.erlasse(Art.AENDERUNG, um=timezone.now())
    verfahren.stelle_bereit(zweiter, um=timezone.now())
    client = angemeldet(fall.sachbearbeitung)
    seite = client.get(reverse("foerderung:akte-bescheide", args=[fall.antrag.pk]))
    inhalt = text(seite)
    for teil in ("KP-2027-0042-B1", "KP-2027-0042-B2", abgerufen.pruefsumme, "Abruf im Portal"):
        assert teil in inhalt
    datei = client.get(adresse("akte-bescheid-pdf", abgerufen))
    assert datei.content == dokument.pdf(abgerufen)


def test_a_page_of_notices_asks_the_database_the_same_for_one_and_three(
    fall, bescheid, django_assert_max_num_queries
):
    client = angemeldet(fall.leitung)
    seite = reverse("foerderung:akte-bescheide", args=[fall.antrag.pk])
    client.get(seite)
    with django_assert_max_num_queries(60) as eines:
        client.get(seite)
    for _ in range(2):
        verfahren.stelle_bereit(fall.erlasse(Art.AENDERUNG, um=timezone.now()), um=timezone.now())
    with django_assert_max_num_queries(60) as drei:
        client.get(seite)
    assert len(drei) == len(eines)


def test_the_day_of_posting_is_noted(regelwerk):
    fall = Fall(regelwerk, elektronische_bekanntgabe=False)
    bescheid = fall.erlasse(um=timezone.now())
    verfahren.stelle_bereit(bescheid, um=timezone.now())
    client = angemeldet(fall.sachbearbeitung)
    akte = reverse("foerderung:akte-bescheide", args=[fall.antrag.pk])
    assert "Zur Post geben" in text(client.get(akte))
    vorrat = reverse("foerderung:arbeitsvorrat")
    assert adresse("akte-bescheid-post", bescheid) in text(client.get(vorrat))
    assert "Zur Post zu geben" not in text(angemeldet(fall.leitung).get(vorrat))
    seite = adresse("akte-bescheid-post", bescheid)
    for datei in (adresse("akte-bescheid-pdf", bescheid), "anlagen/vordruck/"):
        assert datei in text(client.get(seite)), "what is to be printed"
    for eingabe, satz in [
        ("", "Geben Sie den Tag an"),
        ("31.02.2027", "Diesen Tag gibt es nicht"),
        ("31.12.2099", "in der Zukunft"),
    ]:
        antwort = client.post(seite, {"am": eingabe})
        assert satz in text(antwort)
        assert eingabe in text(antwort), "kept"
    heute = timezone.localdate()
    for _ in range(2):
        assert client.post(seite, {"am": f"{heute:%d.%m.%Y}"}).status_code == 302
    assert jetzt(bescheid).post_aufgegeben_am == heute
    assert "Zur Post geben" not in text(client.get(akte))
    assert "Zur Post zu geben" not in text(client.get(vorrat))
    assert client.get(seite).status_code == 302, "nothing to be done there"
    anderer_tag = client.post(seite, {"am": "01.01.2026"})
    assert anderer_tag.status_code == 409


def test_where_the_letter_goes_is_to_be_completed(regelwerk):
    fall = Fall(regelwerk, elektronische_bekanntgabe=False)
    bescheid = fall.erlasse(um=timezone.now())
    verfahren.stelle_bereit(bescheid, um=timezone.now())
    client = angemeldet(fall.sachbearbeitung)
    seite = adresse("akte-bescheid-post", bescheid)
    html = text(client.get(seite))
    assert "01234 Musterstadt" in html
    assert "Straße oder Postfach fehlen." in html
    assert "Als Kontakt des Präventionsrats" not in html
    raete = {"kommunen": [fall.kommune]}
    make_rat(**raete, name="Rat ohne Anschrift")
    make_rat(**raete, name="Rat <b>", kontakt_anschrift="Markt 1\n01234 Musterstadt")
    for antwort in (client.get(seite), client.post(seite, {"am": ""})):
        assert "„Rat &lt;b&gt;“" in text(antwort)
        assert "Markt 1<br>01234 Musterstadt" in text(antwort)
        assert "Rat ohne Anschrift" not in text(antwort)
    blatt = adresse("akte-bescheid-anschrift", bescheid)
    assert blatt in html
    assert client.get(blatt)["Content-Disposition"].endswith('"anschrift-kp-2027-0042-b1.pdf"')
    assert "Anschrift ergänzen" not in text(client.get(adresse("akte-bescheid-klage", bescheid)))


@pytest.mark.parametrize(("plz", "ort"), [("01234", "01234 Musterstadt"), ("", "")])
def test_the_sheet_with_the_address_is_accessible_and_says_what_is_enclosed(regelwerk, plz, ort):
    fall = Fall(regelwerk)
    fall.kommune.plz = plz
    fall.kommune.save()
    fall.antrag.refresh_from_db()
    bescheid = fall.erlasse()
    pdf = dokument.anschriftenblatt(bescheid, ["Vordruck", "ANBest-K"])
    struktur.pruefe(pdf, "Zuwendungsbescheid KP-2027-0042-B1")
    inhalt = struktur.text(pdf)
    teile = ["Geschäftsstelle", "Musterstadt", "Zuwendungsbescheid vom 23.11.2026", "ANBest-K"]
    for teil in [*teile, ort]:
        assert teil in inhalt


def test_an_objection_is_noted(fall, abgerufen):
    client = angemeldet(fall.sachbearbeitung)
    seite = adresse("akte-bescheid-klage", abgerufen)
    heute = timezone.localdate()
    zu_lang = client.post(seite, {"am": f"{heute:%d.%m.%Y}", "vermerk": "x" * 2_001})
    assert zu_lang.status_code == 200
    assert "x" * 2_001 in text(zu_lang)
    antwort = client.post(seite, {"am": f"{heute:%d.%m.%Y}", "vermerk": "VG <b>"}, follow=True)
    assert "VG &lt;b&gt;" in text(antwort)
    assert jetzt(abgerufen).rechtsbehelf_am == heute


def test_who_meets_what_in_the_file_of_the_case(fall, abgerufen):
    seiten = {
        "akte-bescheid-pdf": (200, 200, 404),
        "akte-bescheid-post": (302, 403, 404),
        "akte-bescheid-klage": (200, 403, 404),
    }
    for name, erwartet in seiten.items():
        for konto, status in zip(
            (fall.sachbearbeitung, fall.leitung, fall.zeichnung), erwartet, strict=True
        ):
            assert angemeldet(konto).get(adresse(name, abgerufen)).status_code == status


def test_a_notice_on_its_way_waits_in_mein_bereich(fall, bescheid):
    seite = reverse("bereich:kommune", args=[fall.kommune.kennung])
    assert "liegt ein Bescheid zum Abruf bereit" in text(angemeldet(fall.zeichnung).get(seite))
    assert "zum Abruf bereit" not in text(angemeldet(fall.lesen).get(seite))
    verfahren.rufe_ab(bescheid, durch=fall.zeichnung, um=timezone.now())
    assert "zum Abruf bereit" not in text(angemeldet(fall.zeichnung).get(seite))


def test_the_state_of_the_case_follows_a_waiver_of_an_older_notice(fall):
    bescheid = fall.erlasse(
        um=timezone.now(), bewilligung_von=date(2099, 1, 1), bewilligung_bis=date(2099, 12, 31)
    )
    verfahren.stelle_bereit(bescheid, um=timezone.now())
    verfahren.rufe_ab(bescheid, durch=fall.zeichnung, um=timezone.now() - timedelta(days=2))
    angemeldet(fall.zeichnung).post(adresse("bescheid-verzicht", bescheid), {"verzicht": "on"})
    fall.antrag.refresh_from_db()
    assert fall.antrag.status == Status.BESTANDSKRAEFTIG
