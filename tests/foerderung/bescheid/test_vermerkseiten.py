"""The pages on which staff note suits and waivers on paper, and what the Fallakte says next."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from foerderung.models import Bekanntgabe, Foerderantrag, Status
from foerderung.verfahren import bekanntgabe, rechtsbehelf
from foerderung.verfahren.rechtsbehelf import Ausgang
from tests.foerderung.fallakte.hilfen import feld
from tests.verwaltung.personal import angemeldet

from .faelle import Art, Fall, jetzt

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
TAG = timedelta(days=1)


def text(antwort):
    return " ".join(antwort.content.decode().split())


def adresse(name, bescheid, *weiteres):
    return reverse(f"foerderung:{name}", args=[bescheid.antrag_id, bescheid.pk, *weiteres])


def akte(bescheid):
    return reverse("foerderung:akte-bescheide", args=[bescheid.antrag_id])


def uebersicht(bescheid):
    return reverse("foerderung:fallakte", args=[bescheid.antrag_id])


def bekannt_seit(bescheid, tage, frist=30):
    """Fetched so many days ago; the rest of the period follows."""
    heute = timezone.localdate()
    Bekanntgabe.objects.filter(bescheid=bescheid).update(
        abgerufen_um=timezone.now() - (tage + 1) * TAG,
        bekannt_am=heute - tage * TAG,
        rechtsbehelf_bis=heute + (frist - tage) * TAG,
    )
    return heute


def tippe(tag):
    return f"{tag:%d.%m.%Y}"


@pytest.fixture
def bescheid(regelwerk):
    """Known since ten days, issued twenty days ago."""
    fall = Fall(regelwerk)
    bescheid = fall.erlasse(
        um=timezone.now() - 20 * TAG,
        bewilligung_von=date(2099, 1, 1),
        bewilligung_bis=date(2099, 12, 31),
    )
    return _bekannt(fall, bescheid)


def _bekannt(fall, bescheid):
    bekanntgabe.stelle_bereit(bescheid, um=timezone.now())
    bekanntgabe.rufe_ab(bescheid, durch=fall.bearbeitung, um=timezone.now())
    bekannt_seit(bescheid, 10)
    bescheid.fall = fall
    return bescheid


@pytest.fixture
def client(bescheid):
    return angemeldet(bescheid.fall.sachbearbeitung)


def werde_bestandskraeftig(bescheid):
    """Final since yesterday, by the end of the period."""
    heute = bekannt_seit(bescheid, 40)
    bekanntgabe.werde_bestandskraeftig(
        Bekanntgabe.objects.select_related("bescheid__antrag").get(bescheid=bescheid),
        um=timezone.now(),
    )
    return heute


def verklage(bescheid, ausgang=None):
    heute, durch = timezone.localdate(), bescheid.fall.sachbearbeitung
    rechtsbehelf.erfasse_klage(bescheid, heute - 5 * TAG, "VG", durch=durch, um=timezone.now())
    if ausgang:
        rechtsbehelf.beende_klage(
            bescheid,
            ausgang,
            heute,
            durch=durch,
            um=timezone.now(),
            gesehen=jetzt(bescheid).version,
        )


def test_a_suit_is_ended_on_a_page_that_keeps_what_was_typed(bescheid, client):
    seite = adresse("akte-bescheid-ausgang", bescheid)
    assert client.get(seite).status_code == 302, "no suit yet"
    verklage(bescheid)
    assert seite in text(client.get(akte(bescheid)))
    uebersicht_ = text(client.get(uebersicht(bescheid)))
    assert "Ausgang der Klage vermerken</strong>, zuständig: die Sachbearbeitung" in uebersicht_
    assert seite in uebersicht_
    html = text(client.get(seite))
    gesehen = feld(html, "gesehen")
    leer = text(client.post(seite, {"gesehen": gesehen}))
    assert "Wählen Sie, wie die Klage ausgegangen ist." in leer
    assert "Geben Sie den Tag der Rücknahme oder der Rechtskraft an." in leer
    heute = timezone.localdate()
    eingabe = {"gesehen": gesehen, "ausgang": "abgewiesen", "am": tippe(heute + TAG)}
    antwort = client.post(seite, eingabe)
    assert antwort.status_code == 409
    assert "in der Zukunft" in text(antwort)
    assert tippe(heute + TAG) in text(antwort), "kept"
    eingabe["am"] = tippe(heute)
    for _ in range(2):
        assert client.post(seite, eingabe).status_code == 302
    assert jetzt(bescheid).rechtsbehelf_ausgang == "abgewiesen"
    assert "Klage rechtskräftig abgewiesen" in text(client.get(akte(bescheid)))


def test_a_form_that_was_overtaken_shows_the_present_state_and_can_be_sent_again(bescheid, client):
    verklage(bescheid)
    seite = adresse("akte-bescheid-streichen", bescheid, "klage")
    gesehen = jetzt(bescheid).version
    eingabe = {"gesehen": str(gesehen - 1), "grund": "Verwechselt mit KP-2027-0001"}
    antwort = client.post(seite, eingabe)
    assert antwort.status_code == 409
    html = text(antwort)
    assert "haben sich geändert" in html
    assert "Verwechselt mit KP-2027-0001" in html
    assert feld(html, "gesehen") == str(gesehen)
    assert client.post(seite, eingabe | {"gesehen": str(gesehen)}).status_code == 302
    assert jetzt(bescheid).rechtsbehelf_am is None


@pytest.mark.parametrize("gesehen", ["", "x", "-1", "9" * 30])
def test_a_form_without_its_version_is_no_step(bescheid, client, gesehen):
    verklage(bescheid)
    seite = adresse("akte-bescheid-streichen", bescheid, "klage")
    assert client.post(seite, {"gesehen": gesehen, "grund": "x"}).status_code == 409
    assert jetzt(bescheid).rechtsbehelf_am


def test_what_is_not_noted_cannot_be_struck(bescheid, client):
    for was in ("klage", "ausgang", "verzicht"):
        assert client.get(adresse("akte-bescheid-streichen", bescheid, was)).status_code == 302
    assert client.get(adresse("akte-bescheid-streichen", bescheid, "frist")).status_code == 404
    assert "Vermerk streichen" not in text(client.get(akte(bescheid)))
    verklage(bescheid)
    html = text(client.get(akte(bescheid)))
    assert "Vermerk streichen: Rechtsbehelf" in html
    assert "Verzicht mit Brief vermerken" not in html


def test_a_suit_learned_of_late_asks_for_its_reason(bescheid, client):
    seite = adresse("akte-bescheid-klage", bescheid)
    assert "erst jetzt" not in text(client.get(seite))
    heute = werde_bestandskraeftig(bescheid)
    assert "Rechtsbehelf nachträglich vermerken" in text(client.get(akte(bescheid)))
    assert "nimmt das Portal die Bestandskraft zurück" in text(client.get(seite))
    eingabe = {"am": tippe(heute - 15 * TAG), "vermerk": "VG Leipzig 1 K 1/27"}
    ohne = text(client.post(seite, eingabe))
    assert "Geben Sie an, warum Sie die Klage erst jetzt vermerken." in ohne
    assert "VG Leipzig 1 K 1/27" in ohne
    assert jetzt(bescheid).bestandskraft_am
    antwort = client.post(seite, eingabe | {"grund": "Das Gericht schrieb heute."}, follow=True)
    assert "Der Rechtsbehelf ist vermerkt." in text(antwort)
    assert jetzt(bescheid).bestandskraft_am is None
    verlauf = reverse("foerderung:fallakte-verlauf", args=[bescheid.antrag_id])
    assert "Grund: Das Gericht schrieb heute." in text(client.get(verlauf))


def test_the_kommune_reads_what_happened_in_words(bescheid, client):
    fall = bescheid.fall
    kommune = angemeldet(fall.lesen)
    seite = adresse("bescheid", bescheid)
    verklage(bescheid, Ausgang.ZURUECKGENOMMEN)
    assert "Die Klage gegen den Bescheid ist zurückgenommen" in text(kommune.get(seite))
    client.post(
        adresse("akte-bescheid-streichen", bescheid, "ausgang"),
        {"gesehen": jetzt(bescheid).version, "grund": "Intern: falsche Akte"},
    )
    verklage_ende = {
        "gesehen": jetzt(bescheid).version,
        "ausgang": "stattgegeben",
        "am": tippe(timezone.localdate()),
    }
    client.post(adresse("akte-bescheid-ausgang", bescheid), verklage_ende)
    assert "Das Gericht hat den Bescheid aufgehoben" in text(kommune.get(seite))
    antrag = text(kommune.get(reverse("foerderung:antrag", args=[bescheid.antrag_id])))
    assert "Das Gericht hat den Bescheid aufgehoben" in antrag
    assert "Vermerk über den Ausgang der Klage gestrichen" in antrag
    assert "Intern: falsche Akte" not in antrag


def test_a_quashed_grant_leads_to_a_change_or_a_revocation(bescheid, client):
    verklage(bescheid, Ausgang.STATTGEGEBEN)
    html = text(client.get(uebersicht(bescheid)))
    assert "Änderung oder Widerruf vorschlagen" in html
    assert "Das Gericht hat den Bescheid aufgehoben." in html
    entscheidung = reverse("foerderung:entscheidung", args=[bescheid.antrag_id])
    assert entscheidung in html
    for art in ("aenderung", "widerruf"):
        seite = reverse("foerderung:vorschlagen", args=[bescheid.antrag_id, art])
        assert seite in text(client.get(entscheidung))
        assert client.get(seite).status_code == 200
    vorrat = text(client.get(reverse("foerderung:arbeitsvorrat")))
    assert bescheid.fall.antrag.nummer in vorrat, "in the list of who is in charge"


@pytest.mark.parametrize("art", [Art.ABLEHNUNG, Art.WIDERRUF])
def test_a_quashed_refusal_or_revocation_is_opened_for_a_new_decision(regelwerk, art):
    fall = Fall(regelwerk)
    if art == Art.WIDERRUF:
        fall.erlasse(um=timezone.now() - 20 * TAG)
    bescheid = _bekannt(fall, fall.erlasse(art, um=timezone.now() - 20 * TAG))
    client = angemeldet(fall.sachbearbeitung)
    seite = reverse("foerderung:akte-neu-entscheiden", args=[bescheid.antrag_id])
    assert client.get(seite).status_code == 302, "nothing quashed"
    html = text(client.get(uebersicht(bescheid)))
    assert "Neu entscheiden: Das geht nur, wenn ein Gericht den Bescheid aufgehoben hat." in html
    verklage(bescheid, Ausgang.STATTGEGEBEN)
    assert "Neu entscheiden</strong>, zuständig: die Sachbearbeitung" in text(
        client.get(uebersicht(bescheid))
    )
    gesehen = feld(text(client.get(seite)), "gesehen")
    assert "Geben Sie einen Grund an." in text(client.post(seite, {"gesehen": gesehen}))
    for _ in range(2):
        antwort = client.post(seite, {"gesehen": gesehen, "grund": "Urteil des VG"}, follow=True)
    assert "Der Antrag ist wieder entscheidungsreif." in text(antwort)
    assert Foerderantrag.objects.get(pk=bescheid.antrag_id).status == Status.ENTSCHEIDUNGSREIF
    vorschlagen = reverse("foerderung:vorschlagen", args=[bescheid.antrag_id, "bewilligung"])
    assert client.get(vorschlagen).status_code == 200


def test_a_letter_is_noted(bescheid, client):
    seite, heute = adresse("akte-bescheid-verzicht", bescheid), timezone.localdate()
    leer = text(client.post(seite, {}))
    assert "Geben Sie den Tag an, an dem der Brief einging." in leer
    assert "Geben Sie an, wo der Brief abgelegt ist." in leer
    zu_lang = text(client.post(seite, {"am": tippe(heute), "ablage": "x" * 201}))
    assert "höchstens 200 Zeichen" in zu_lang
    zu_frueh = client.post(seite, {"am": tippe(heute - 15 * TAG), "ablage": "Akte <b>"})
    assert zu_frueh.status_code == 409
    assert "Akte &lt;b&gt;" in text(zu_frueh)
    for _ in range(2):
        antwort = client.post(seite, {"am": tippe(heute), "ablage": "Akte <b>"}, follow=True)
    assert "Der Verzicht ist vermerkt." in text(antwort)
    assert "abgelegt: Akte &lt;b&gt;" in text(antwort)
    assert jetzt(bescheid).bestandskraft_am == heute
    klage = {"am": tippe(heute), "grund": "Spät"}
    danach = client.post(adresse("akte-bescheid-klage", bescheid), klage)
    assert danach.status_code == 409
    assert "auf Rechtsbehelfe verzichtet. Danach ist keine Klage mehr möglich." in text(danach)


def test_a_refused_case_whose_notice_is_to_be_posted_says_so(regelwerk):
    fall = Fall(regelwerk, elektronische_bekanntgabe=False)
    bescheid = fall.erlasse(Art.ABLEHNUNG, um=timezone.now())
    bekanntgabe.stelle_bereit(bescheid, um=timezone.now())
    client = angemeldet(fall.sachbearbeitung)
    html = text(client.get(uebersicht(bescheid)))
    assert "Bescheid zur Post geben</strong>, zuständig: die Sachbearbeitung" in html
    assert adresse("akte-bescheid-post", bescheid) in html
    assert adresse("akte-bescheid-post", bescheid) not in text(
        angemeldet(fall.leitung).get(uebersicht(bescheid))
    )
    bekanntgabe.gib_zur_post(
        bescheid, timezone.localdate(), durch=fall.sachbearbeitung, um=timezone.now()
    )
    assert "Es gibt keinen nächsten Schritt." in text(client.get(uebersicht(bescheid)))


def test_a_wrong_day_of_posting_is_struck_on_a_page(regelwerk):
    fall = Fall(regelwerk, elektronische_bekanntgabe=False)
    erlassen = timezone.now() - 20 * TAG
    bescheid = fall.erlasse(um=erlassen)
    bekanntgabe.stelle_bereit(bescheid, um=erlassen)
    client, heute = angemeldet(fall.sachbearbeitung), timezone.localdate()
    seite = adresse("akte-bescheid-streichen", bescheid, "post")
    assert client.get(seite).status_code == 302, "not posted yet"
    client.post(adresse("akte-bescheid-post", bescheid), {"am": tippe(heute - 15 * TAG)})
    liste = text(client.get(akte(bescheid)))
    assert "Vermerk streichen: Tag der Aufgabe zur Post" in liste
    assert seite in liste
    html = text(client.get(seite))
    assert "tragen Sie danach den richtigen ein" in html
    gesehen = feld(html, "gesehen")
    assert "Geben Sie einen Grund an." in text(client.post(seite, {"gesehen": gesehen}))
    for _ in range(2):
        antwort = client.post(seite, {"gesehen": gesehen, "grund": "Vertippt"}, follow=True)
    assert "Der Vermerk ist gestrichen." in text(antwort)
    assert "Zur Post geben" in text(antwort)
    assert jetzt(bescheid).bekannt_am is None
    kommune = text(angemeldet(fall.lesen).get(reverse("foerderung:antrag", args=[fall.antrag.pk])))
    assert "Die Geschäftsstelle hat den Tag der Aufgabe zur Post gestrichen" in kommune
    assert "Vertippt" not in kommune
    client.post(adresse("akte-bescheid-post", bescheid), {"am": tippe(heute - 5 * TAG)})
    assert jetzt(bescheid).post_aufgegeben_am == heute - 5 * TAG


def test_the_day_of_posting_of_a_change_is_not_offered(regelwerk):
    fall = Fall(regelwerk, elektronische_bekanntgabe=False)
    erlassen = timezone.now() - 20 * TAG
    for art in (Art.BEWILLIGUNG, Art.AENDERUNG):
        bescheid = fall.erlasse(art, um=erlassen)
        bekanntgabe.stelle_bereit(bescheid, um=erlassen)
    bekanntgabe.gib_zur_post(
        bescheid, timezone.localdate(), durch=fall.sachbearbeitung, um=timezone.now()
    )
    client = angemeldet(fall.sachbearbeitung)
    seite = adresse("akte-bescheid-streichen", bescheid, "post")
    assert seite not in text(client.get(akte(bescheid)))
    assert client.get(seite).status_code == 302
    antwort = client.post(seite, {"gesehen": jetzt(bescheid).version, "grund": "Vertippt"})
    assert antwort.status_code == 409
    assert "Der Tag der Aufgabe zur Post bleibt." in text(antwort)
    assert "Vertippt" in text(antwort)


@pytest.fixture
def brief(regelwerk):
    """Posted fifteen days ago, so that it counts as known since eleven."""
    fall = Fall(regelwerk, elektronische_bekanntgabe=False)
    erlassen = timezone.now() - 20 * TAG
    brief = fall.erlasse(um=erlassen)
    bekanntgabe.stelle_bereit(brief, um=erlassen)
    aufgabe = timezone.localdate() - 15 * TAG
    bekanntgabe.gib_zur_post(brief, aufgabe, durch=fall.sachbearbeitung, um=timezone.now())
    brief.fall = fall
    return brief


def test_a_later_arrival_is_noted_on_a_page_that_keeps_what_was_typed(brief):
    client, heute = angemeldet(brief.fall.sachbearbeitung), timezone.localdate()
    seite = adresse("akte-bescheid-zugang", brief)
    assert seite in text(client.get(akte(brief)))
    html = text(client.get(seite))
    assert f"Deshalb gilt der Bescheid am {tippe(heute - 11 * TAG)} als bekannt gegeben." in html
    gesehen = feld(html, "gesehen")
    leer = text(client.post(seite, {"gesehen": gesehen}))
    assert "Geben Sie den Tag an, an dem der Brief ankam." in leer
    assert "Geben Sie einen Grund an." in leer
    for tag, satz in (
        (heute - 16 * TAG, "zur Post."),
        (heute - 11 * TAG, "Dieser Tag bleibt."),
        (heute + TAG, "in der Zukunft"),
    ):
        eingabe = {"gesehen": gesehen, "am": tippe(tag), "grund": "Umschlag <b>"}
        antwort = client.post(seite, eingabe)
        assert antwort.status_code == 409
        assert satz in text(antwort)
        assert tippe(tag) in text(antwort), "kept"
        assert "Umschlag &lt;b&gt;" in text(antwort)
    eingabe["am"] = tippe(heute - 2 * TAG)
    for _ in range(2):
        antwort = client.post(seite, eingabe, follow=True)
    assert "Der spätere Zugang ist vermerkt." in text(antwort)
    assert "Umschlag &lt;b&gt;" in text(antwort)
    assert "Vermerk streichen: Späterer Zugang" in text(antwort)
    assert client.get(seite).status_code == 302, "noted already"
    kommune = angemeldet(brief.fall.lesen)
    bescheid_ = text(kommune.get(adresse("bescheid", brief)))
    assert f"Der Brief kam am {tippe(heute - 2 * TAG)} an." in bescheid_
    assert "Umschlag" not in bescheid_
    antrag = text(kommune.get(reverse("foerderung:antrag", args=[brief.antrag_id])))
    assert "hat vermerkt, dass der Bescheid später ankam" in antrag
    assert "Umschlag" not in antrag


def test_a_letter_that_never_arrived_is_to_be_posted_again(brief):
    client, heute = angemeldet(brief.fall.sachbearbeitung), timezone.localdate()
    seite = adresse("akte-bescheid-zugang-bestritten", brief)
    post = adresse("akte-bescheid-post", brief)
    assert seite in text(client.get(akte(brief)))
    gesehen = feld(text(client.get(seite)), "gesehen")
    assert "Geben Sie einen Grund an." in text(client.post(seite, {"gesehen": gesehen}))
    for _ in range(2):
        antwort = client.post(seite, {"gesehen": gesehen, "grund": "Kam zurück"}, follow=True)
    assert "Geben Sie den Bescheid noch einmal zur Post." in text(antwort)
    assert post in text(antwort)
    assert post in text(client.get(reverse("foerderung:arbeitsvorrat")))
    assert post in text(client.get(uebersicht(brief)))
    assert client.get(seite).status_code == 302, "no letter on its way"
    kommune = angemeldet(brief.fall.lesen)
    bescheid_ = text(kommune.get(adresse("bescheid", brief)))
    assert f"Der Brief vom {tippe(heute - 15 * TAG)} kam nicht an." in bescheid_
    assert "Kam zurück" not in bescheid_
    assert kommune.get(adresse("bescheid-pdf", brief)).status_code == 404
    zu_frueh = client.post(post, {"am": tippe(heute - 15 * TAG)})
    assert "Der neue Brief ging erst danach zur Post." in text(zu_frueh)
    client.post(post, {"am": tippe(heute)})
    assert jetzt(brief).bekannt_am == heute + 4 * TAG


def test_a_final_notice_says_what_the_note_about_its_letter_does(brief):
    client = angemeldet(brief.fall.sachbearbeitung)
    Bekanntgabe.objects.filter(bescheid=brief).update(
        rechtsbehelf_bis=timezone.localdate() - TAG, bestandskraft_am=timezone.localdate()
    )
    for name in ("akte-bescheid-zugang", "akte-bescheid-zugang-bestritten"):
        html = text(client.get(adresse(name, brief)))
        assert "nimmt das Portal die Bestandskraft zurück." in html


def test_the_forms_are_for_the_sachbearbeitung(bescheid):
    verklage(bescheid)
    fall = bescheid.fall
    seiten = [
        adresse("akte-bescheid-ausgang", bescheid),
        adresse("akte-bescheid-verzicht", bescheid),
        adresse("akte-bescheid-zugang", bescheid),
        adresse("akte-bescheid-zugang-bestritten", bescheid),
        adresse("akte-bescheid-streichen", bescheid, "klage"),
        reverse("foerderung:akte-neu-entscheiden", args=[bescheid.antrag_id]),
    ]
    for konto, status in ((fall.leitung, 403), (fall.zeichnung, 404)):
        for seite in seiten:
            assert angemeldet(konto).post(seite, {"grund": "x"}).status_code == status
