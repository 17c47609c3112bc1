"""What the Kommune learns of a decision before it may read the notice: that there is one, no more."""

import re
from datetime import date, timedelta
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.urls import get_resolver, reverse

from asskomm.portal.bereich import inhalt
from foerderung.antrag import worte
from foerderung.antrag.verlauf import verlauf, verlauf_fuer_kommune
from foerderung.models import Bekanntgabe, Bescheid, Foerderantrag, Status
from foerderung.verfahren import bekanntgabe as verfahren
from foerderung.verfahren import rechtsbehelf
from kommunen.befugnisse import zugaenge
from tests.factories import make_ansatz, make_antrag
from tests.foerderung.entscheidung.akten import UM, Akte
from tests.verwaltung.personal import angemeldet

from .faelle import Art, make_bescheid

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
HEUTE = date(2026, 12, 1)
ENTSCHIEDEN = "Über den Antrag ist entschieden"
NEU = "Über den Antrag ist neu entschieden"
# Nothing of this stands on a page of the Kommune before the notice may be read. What can always be
# revoked is the consent to notices in the portal.
VERRAET = re.compile(
    r"bewilligt\b|bewilligung|abgelehnt|ablehnung|zuwendungsbescheid|bestandskr"
    r"|(?<!Bescheide im Portal )widerruf",
    re.IGNORECASE,
)


@pytest.fixture
def akte(regelwerk):
    akte = Akte(regelwerk, make_ansatz())
    akte.empfiehl()
    return akte


def entscheide(akte, art=Art.BEWILLIGUNG, **felder):
    akte.schlage_vor(art, **felder)
    return akte.genehmige()


def rufe_ab(akte, bescheid):
    verfahren.rufe_ab(bescheid, durch=akte.zeichnung, um=UM)


def neu_gelesen(akte):
    return Foerderantrag.objects.get(pk=akte.antrag.pk)


def lage(akte, heute=None):
    return worte.lage(neu_gelesen(akte), heute or HEUTE)


def geschehen(akte):
    """What the Kommune reads in the history about decisions, the newest first."""
    alle = verlauf_fuer_kommune(neu_gelesen(akte), HEUTE)
    return [e.text for e in alle if "ntschied" in e.text or "ewilligung" in e.text]


# --- No page tells it --------------------------------------------------------------


def adressen(akte, bescheid):
    """Every page below a case, whether a link leads there or not."""
    werte = {"pk": akte.antrag.pk, "bescheid": bescheid.pk, "nummer": 1, "name": "vordruck"}
    for name, felder in _namen(get_resolver("foerderung.urls").url_patterns):
        if "pk" in felder and felder <= set(werte) and not name.startswith(("fallakte", "akte")):
            yield reverse(f"foerderung:{name}", kwargs={feld: werte[feld] for feld in felder})


def _namen(muster, davor=frozenset()):
    for eines in muster:
        felder = davor | set(eines.pattern.converters)
        if hasattr(eines, "url_patterns"):
            yield from _namen(eines.url_patterns, felder)
        else:
            yield eines.name, felder


def gelesen(client, offen):
    """{address: text} of these pages and of those they lead to, within the area of the Kommune."""
    seiten = {}
    while offen:
        adresse = offen.pop()
        if adresse in seiten or re.search(r"/fassung/.*\.pdf$", adresse):
            continue  # papers of the submission, set from what was frozen then
        antwort = client.get(adresse, follow=True)
        if not antwort.get("Content-Type", "").startswith("text/html"):
            seiten[adresse] = ""
            continue
        html = antwort.content.decode()
        seiten[adresse] = " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())
        for ziel in re.findall(r'href="([^"#?]+)', html):
            if re.match(r"/(mein-bereich|antraege)/", urlsplit(ziel).path):
                offen.append(urlsplit(ziel).path)
    return seiten


@pytest.mark.parametrize(
    ("art", "rolle", "elektronisch"),
    [
        (Art.BEWILLIGUNG, "zeichnung", True),
        (Art.BEWILLIGUNG, "lesen", False),
        (Art.ABLEHNUNG, "bearbeitung", True),
        (Art.ABLEHNUNG, "zeichnung", False),
    ],
)
def test_no_page_of_the_kommune_tells_the_result(akte, art, rolle, elektronisch):
    Foerderantrag.objects.update(elektronische_bekanntgabe=elektronisch)
    client = angemeldet(getattr(akte, rolle))
    ansehen = reverse("foerderung:antrag-ansehen", args=[akte.antrag.pk])
    erklaerungen = VERRAET.findall(gelesen(client, [ansehen])[ansehen])
    bescheid = entscheide(akte, art)
    bereich = f"/mein-bereich/{akte.kommune.kennung}/"
    seiten = gelesen(client, ["/mein-bereich/", bereich, *adressen(akte, bescheid)])
    assert len([text for text in seiten.values() if text]) > 12
    verraten = {
        adresse: VERRAET.findall(text)
        for adresse, text in seiten.items()
        if not adresse.endswith("/einwilligung/")  # about the consent, whatever is decided
    }
    assert verraten.pop(ansehen) == erklaerungen, "declarations name the authority"
    assert {adresse: worte for adresse, worte in verraten.items() if worte} == {}
    assert ENTSCHIEDEN in seiten[akte.antrag.get_absolute_url()]
    assert "entschieden" in seiten[bereich]


@pytest.mark.parametrize("art", [Art.BEWILLIGUNG, Art.ABLEHNUNG])
def test_forms_that_come_too_late_do_not_tell_it_either(akte, art):
    bescheid = entscheide(akte, art)
    client = angemeldet(akte.zeichnung)
    stamm = akte.antrag.get_absolute_url()
    for adresse, daten in (
        (f"{stamm}zurueckziehen/", {"gesehen": akte.version, "grund": "Anders"}),
        (f"{stamm}zurueckziehen/", {}),
        (f"{stamm}zeichnen/", {"gesehen": "1", "bestaetigt": "on", "pruefsumme": "0" * 64}),
        (f"{stamm}nachforderung/", {"gesehen": "1", "bestaetigt": "on", "pruefsumme": "0" * 64}),
        (reverse("foerderung:bescheid-verzicht", args=[akte.antrag.pk, bescheid.pk]), {}),
        (
            reverse("foerderung:bescheid-verzicht", args=[akte.antrag.pk, bescheid.pk]),
            {"verzicht": "on"},
        ),
        (reverse("foerderung:bescheid-empfang", args=[akte.antrag.pk, bescheid.pk]), {}),
    ):
        antwort = client.post(adresse, daten, follow=True)
        text = unescape(re.sub(r"<[^>]+>", " ", antwort.content.decode()))
        assert not VERRAET.findall(text), adresse
    bearbeitung = angemeldet(akte.bearbeitung)
    antwort = bearbeitung.post(f"{stamm}vorhaben/", {"titel": "Neu"}, follow=True)
    assert "Der Antrag ist: entschieden." in antwort.content.decode()


# --- The state in words --------------------------------------------------------------


def test_the_result_comes_with_the_notice(akte):
    bescheid = entscheide(akte, Art.ABLEHNUNG)
    bis = bescheid.bekanntgabe.abrufbar_bis
    davor = lage(akte)
    assert (davor.zustand, davor.wort) == ("entschieden", "entschieden")
    assert davor.satz == (
        f"{ENTSCHIEDEN}. Der Bescheid liegt bis zum {bis:%d.%m.%Y} um 24:00 Uhr zum Abruf bereit."
    )
    assert davor.bescheid == reverse("foerderung:bescheid", args=[akte.antrag.pk, bescheid.pk])
    assert "kommt mit der Post" in lage(akte, bis + timedelta(days=1)).satz
    assert geschehen(akte) == [ENTSCHIEDEN]
    rufe_ab(akte, bescheid)
    assert (lage(akte).wort, lage(akte).bescheid) == ("abgelehnt", "")
    assert geschehen(akte) == [f"{ENTSCHIEDEN}: abgelehnt"]


def test_what_comes_by_post_is_told_when_it_counts_as_known(akte):
    Foerderantrag.objects.update(elektronische_bekanntgabe=False)
    bescheid = entscheide(akte)
    assert lage(akte).satz == f"{ENTSCHIEDEN}. Der Bescheid kommt mit der Post."
    gegeben = verfahren.gib_zur_post(bescheid, HEUTE, durch=akte.sachbearbeitung, um=UM)
    assert lage(akte).wort == "entschieden"
    assert lage(akte, gegeben.bekannt_am - timedelta(days=1)).wort == "entschieden"
    assert lage(akte, gegeben.bekannt_am).wort == "bewilligt"


def test_a_later_notice_leaves_the_known_state_until_it_may_be_read(akte):
    rufe_ab(akte, entscheide(akte))
    geaendert = entscheide(akte, Art.AENDERUNG)
    assert lage(akte).wort == "bewilligt"
    assert "Ein weiterer Bescheid liegt bis zum" in lage(akte).satz
    assert geschehen(akte)[0] == NEU
    rufe_ab(akte, geaendert)
    assert geschehen(akte)[0] == "Die Bewilligung ist geändert"
    widerruf = entscheide(akte, Art.WIDERRUF)
    assert akte.status == Status.WIDERRUFEN
    assert lage(akte).wort == "bewilligt"
    assert geschehen(akte)[0] == NEU
    client = angemeldet(akte.lesen)
    assert "widerruf" not in client.get(akte.antrag.get_absolute_url()).content.decode().lower()
    rufe_ab(akte, widerruf)
    assert lage(akte).wort == "widerrufen"
    assert geschehen(akte)[0] == "Die Bewilligung ist widerrufen"


def test_a_revocation_that_is_not_known_does_not_stop_the_grant(akte):
    """The state goes on as it would without it: what stands still would tell."""
    bescheid = entscheide(akte)
    rufe_ab(akte, bescheid)
    entscheide(akte, Art.WIDERRUF)
    Bekanntgabe.objects.filter(bescheid=bescheid).update(bestandskraft_am=HEUTE)
    von = bescheid.entscheidung.bewilligung_von
    assert lage(akte, von - timedelta(days=1)).wort == "bestandskräftig"
    assert lage(akte, von).wort == "in Durchführung"


def test_the_first_notice_unread_hides_the_second_too(akte):
    entscheide(akte)
    entscheide(akte, Art.WIDERRUF)
    assert lage(akte).wort == "entschieden"
    assert geschehen(akte) == [NEU, ENTSCHIEDEN]


def test_a_decision_after_a_judgment_is_as_unknown_as_the_first(akte):
    ablehnung = entscheide(akte, Art.ABLEHNUNG)
    rufe_ab(akte, ablehnung)
    um = UM + timedelta(days=30)
    handelt = {"durch": akte.sachbearbeitung, "um": um}
    klage = rechtsbehelf.erfasse_klage(ablehnung, date(2026, 12, 9), "Brief", **handelt)
    stattgegeben = Bekanntgabe.Ausgang.STATTGEGEBEN
    rechtsbehelf.beende_klage(
        ablehnung, stattgegeben, date(2026, 12, 20), gesehen=klage.version, **handelt
    )
    assert lage(akte, date(2026, 12, 21)).satz.startswith("Das Gericht hat den letzten Bescheid")
    rechtsbehelf.entscheide_neu(akte.antrag, grund="Urteil", gesehen=akte.version, **handelt)
    assert lage(akte).wort == "in Prüfung"
    entscheide(akte)
    assert (akte.status, lage(akte).wort) == (Status.BEWILLIGT, "entschieden")
    assert NEU in geschehen(akte)
    rufe_ab(akte, Bescheid.objects.get(antrag=akte.antrag, nummer=2))
    assert lage(akte).wort == "bewilligt"


def test_the_lpr_reads_it_at_once(akte):
    entscheide(akte, Art.ABLEHNUNG)
    assert "Abgelehnt" in [ereignis.text for ereignis in verlauf(neu_gelesen(akte))]


# --- Lists ---------------------------------------------------------------------------


def test_the_list_asks_for_all_notices_at_once(akte, django_assert_num_queries):
    def zaehle(worte):
        (zugang,) = zugaenge(akte.lesen)
        with django_assert_num_queries(6):
            vorgaenge = inhalt.vorgaenge(zugang, UM)[1]
        assert {vorgang.wort for vorgang in vorgaenge} == worte

    entscheide(akte)
    zaehle({"entschieden"})
    for _ in range(3):
        make_bescheid(make_antrag(kommune=akte.kommune, status=Status.ABGELEHNT))
    zaehle({"entschieden", "abgelehnt"})
