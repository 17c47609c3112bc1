"""The pages: the whole way by forms, what is typed wrongly, who meets what, what is never shown."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from asskomm.protokoll.models import Eintrag
from foerderung.models import Auszahlung, Bankverbindung, Befangenheit, Zahlungsdatei, Zahlungszeile
from tests.factories import make_kommune, make_konto, make_mitglied
from tests.foerderung.fallakte.hilfen import angemeldet, text

from .faelle import ANDERE_IBAN, IBAN, JETZT, Zahlfall, frisch

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
ABRUF = {
    "ausgaben": "10.000,00", "bedarf_bis": "15.03.2027", "erlaeuterung": "Honorare bis März",
}  # fmt: skip


@pytest.fixture(autouse=True)
def jetzt(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: JETZT)


def marke(seite):
    return re.search(r'name="(?:[a-z]+-)?marke" value="([^"]*)"', seite.content.decode())[1]


def bankseite(fall, name="", *weitere):
    return reverse(f"foerderung:bankverbindung{name}", args=[fall.kommune.kennung, *weitere])


def seite(fall, name, *weitere):
    return reverse(f"foerderung:{name}", args=[fall.antrag.pk, *weitere])


# --- Bank data -------------------------------------------------------------------------


def test_two_people_set_up_an_account_by_forms(regelwerk, ansatz):
    fall = Zahlfall(regelwerk, ansatz, mit_bank=False)
    eintragend, ziel = angemeldet(fall.bearbeitung), bankseite(fall)
    daten = {"kontoinhaber": "Stadtkasse", "marke": marke(eintragend.get(ziel))}
    for iban, satz in (
        ("DE89 3704 0044 0532 0130 01", "Diese IBAN stimmt nicht"),
        ("BR15 0000 0000 0000 1093 2840 814P 2", "SEPA"),
        ("", "Geben Sie die IBAN an"),
    ):
        antwort = text(eintragend.post(ziel, daten | {"iban": iban}))
        assert satz in antwort
        assert "Stadtkasse" in antwort
    antwort = text(
        eintragend.post(ziel, daten | {"iban": "DE89 3704 0044 0532 0130 00", "bic": "BNPAFRPP"})
    )
    assert "verschiedenen Ländern" in antwort
    daten |= {"iban": "de89 3704 0044 0532 0130 00", "bic": "cobadeff xxx"}
    for _ in range(2):  # a double click
        assert eintragend.post(ziel, daten).status_code == 302
    offen = Bankverbindung.objects.get()
    assert (offen.iban, offen.bic) == (IBAN, "COBADEFFXXX")
    assert eintragend.post(bankseite(fall, "-bestaetigen", offen.pk)).status_code == 403
    zeichnend = angemeldet(fall.zeichnung)
    assert "Bankverbindung bestätigen" in text(zeichnend.get(ziel))
    bereich = reverse("bereich:kommune", args=[fall.kommune.kennung])
    assert "wartet auf Ihre Bestätigung" in text(zeichnend.get(bereich))
    assert zeichnend.post(bankseite(fall, "-bestaetigen", offen.pk)).status_code == 302
    assert "Gilt ab" in text(zeichnend.get(ziel))


def test_the_own_entry_cannot_be_confirmed_by_a_crafted_post(fall):
    offen = fall.trage_bank_ein(ANDERE_IBAN, um=JETZT, durch=fall.zeichnung)
    antwort = angemeldet(fall.zeichnung).post(bankseite(fall, "-bestaetigen", offen.pk))
    assert "andere Person" in text(antwort, 403)


def test_a_foreign_account_is_not_there(fall):
    fremd = make_mitglied(make_kommune(), "zeichnung", "bearbeitung")
    assert angemeldet(fremd).get(bankseite(fall)).status_code == 404
    eigene = reverse(
        "foerderung:bankverbindung-verwerfen",
        args=[fremd.mitgliedschaften.first().kommune.kennung, Bankverbindung.objects.get().pk],
    )
    assert angemeldet(fremd).post(eigene).status_code == 404
    lesend = angemeldet(fall.lesen)
    assert IBAN[4:8] in text(lesend.get(bankseite(fall)))
    assert lesend.post(bankseite(fall), {}).status_code == 403


# --- The Kommune asks for money ----------------------------------------------------------


def test_from_the_form_to_the_list_and_back(fall):
    client, ziel = angemeldet(fall.zeichnung), seite(fall, "auszahlung-anfordern")
    assert "Auszahlungen ansehen" in text(client.get(seite(fall, "antrag")))
    daten = ABRUF | {"marke": marke(client.get(ziel))}
    berechnet = text(client.post(ziel, daten | {"berechnen": "1"}))
    assert "9.000,00" in berechnet
    assert "18.000,00" in berechnet
    assert not Auszahlung.objects.exists()
    for _ in range(2):
        assert client.post(ziel, daten).status_code == 302
    eine = Auszahlung.objects.get()
    liste = text(client.get(seite(fall, "auszahlungen")))
    assert "noch nicht entschieden" in liste
    assert "1. Anforderung: 9.000,00" in liste
    zurueck = seite(fall, "auszahlung-zurueckziehen", eine.pk)
    assert "geändert" in text(client.post(zurueck, {"gesehen": "9"}), 409)
    assert client.post(zurueck, {"gesehen": "1"}).status_code == 302
    assert frisch(eine).stand == "zurueckgezogen"


@pytest.mark.parametrize(
    ("getippt", "satz"),
    [
        ({"ausgaben": "40.000,00"}, "36.000,00"),
        ({"ausgaben": "0"}, "über 0 Euro"),
        ({"ausgaben": "-1"}, "ohne Minus"),
        ({"ausgaben": "1,234"}, "2 Stellen"),
        ({"bedarf_bis": ""}, "Geben Sie den Tag an"),
        ({"bedarf_bis": "15.12.2027"}, "innerhalb von 2 Monaten"),
    ],
)
@pytest.mark.parametrize("knopf", [{}, {"berechnen": "1"}])
def test_what_is_wrong_stands_at_its_field_and_the_rest_stays(fall, getippt, satz, knopf):
    client, ziel = angemeldet(fall.zeichnung), seite(fall, "auszahlung-anfordern")
    daten = ABRUF | {"marke": marke(client.get(ziel))} | getippt | knopf
    antwort = text(client.post(ziel, daten))
    assert satz in antwort
    assert "Honorare bis März" in antwort
    assert not Auszahlung.objects.exists()


def test_a_reimbursement_is_chosen_from_the_receipts(erstattung):
    client, ziel = angemeldet(erstattung.zeichnung), seite(erstattung, "auszahlung-anfordern")
    assert "Ohne Belegliste" in text(client.get(ziel))
    beleg = erstattung.beleg("100.00", "RE-17")
    seite_ = client.get(ziel)
    assert "RE-17" in text(seite_)
    daten = {"marke": marke(seite_)}
    assert "Ohne Belegliste" in text(client.post(ziel, daten))
    assert client.post(ziel, daten | {"belege": [beleg.pk]}).status_code == 302
    assert Auszahlung.objects.get().betrag_euro == 90


def test_who_meets_the_pages_of_the_kommune(fall):
    eine = fall.fordere_an()
    fremd = angemeldet(make_mitglied(make_kommune(), "zeichnung"))
    for name, weitere in (
        ("auszahlungen", ()), ("auszahlung-anfordern", ()),
        ("auszahlung-zurueckziehen", (eine.pk,)),
    ):  # fmt: skip
        assert fremd.get(seite(fall, name, *weitere)).status_code == 404
        assert fremd.post(seite(fall, name, *weitere)).status_code in (404, 405)
    lesend = angemeldet(fall.lesen)
    assert lesend.get(seite(fall, "auszahlungen")).status_code == 200
    assert lesend.get(seite(fall, "auszahlung-anfordern")).status_code == 403
    assert IBAN not in text(lesend.get(seite(fall, "auszahlungen"))).replace(" ", "")


def test_before_its_notice_is_known_a_grant_shows_nowhere(regelwerk, ansatz):
    fall = Zahlfall.__new__(Zahlfall)
    fall.werde_bestandskraeftig = lambda: None
    fall.__init__(regelwerk, ansatz)
    client = angemeldet(fall.zeichnung)
    assert client.get(seite(fall, "auszahlungen")).status_code == 404
    assert client.get(seite(fall, "auszahlung-anfordern")).status_code == 404
    assert "Auszahlungen" not in text(client.get(seite(fall, "antrag")))


# --- The LPR decides -----------------------------------------------------------------------


def schritt(fall, konto, eine, name, **werte):
    client = angemeldet(konto)
    ziel = seite(fall, "akte-auszahlung-schritt", eine.pk, name)
    daten = {f"{name}-{n}": w for n, w in {"gesehen": frisch(eine).version, **werte}.items()}
    return client.post(ziel, daten)


def test_three_people_by_forms_and_each_finds_it_in_the_worklist(fall):
    eine = fall.fordere_an()
    for konto, wort, name, werte in (
        (fall.sachbearbeitung, "Auszahlung prüfen", "pruefen", {"anerkannt": "10.000,00"}),
        (fall.leitung, "Auszahlung genehmigen", "genehmigen", {}),
        (fall.haushalt, "Auszahlung freigeben", "freigeben", {}),
    ):
        vorrat = text(angemeldet(konto).get(reverse("foerderung:arbeitsvorrat")))
        assert "KP-2027-0042" in vorrat
        assert wort in vorrat
        assert wort in text(angemeldet(konto).get(seite(fall, "fallakte")))
        assert schritt(fall, konto, eine, name, **werte).status_code == 302
    assert frisch(eine).stand == "freigegeben"
    verlauf = text(angemeldet(fall.leitung).get(seite(fall, "fallakte-verlauf")))
    assert "Auszahlung freigegeben" in verlauf


def test_a_refused_step_shows_the_page_with_the_reason_and_what_was_typed(fall):
    eine = fall.fordere_an()
    antwort = schritt(
        fall, fall.sachbearbeitung, eine, "pruefen", anerkannt="5.000,00", kuerzung=""
    )
    assert "Begründen Sie die Kürzung" in text(antwort)
    assert "5.000,00" in text(antwort)
    assert "Das macht" in text(schritt(fall, fall.leitung, eine, "pruefen", anerkannt="1"), 403)
    antwort = schritt(fall, fall.sachbearbeitung, eine, "ablehnen", grund="")
    assert "Geben Sie einen Grund an" in text(antwort)
    alle = make_konto(["Sachbearbeitung", "Leitung"])
    assert schritt(fall, alle, eine, "pruefen", anerkannt="10.000,00").status_code == 302
    assert "drei Personen" in text(schritt(fall, alle, eine, "genehmigen"), 403)
    assert "schon mitgewirkt" in text(angemeldet(alle).get(seite(fall, "akte-auszahlung", eine.pk)))
    assert schritt(fall, alle, eine, "erfunden").status_code == 404


def test_the_whole_number_shows_on_demand_and_the_reading_is_logged(fall):
    eine = fall.fordere_an()
    ziel = seite(fall, "akte-auszahlung", eine.pk)
    lesen = seite(fall, "akte-auszahlung-bankdaten", eine.pk)
    for konto in (fall.sachbearbeitung, fall.haushalt):
        client = angemeldet(konto)
        assert IBAN not in text(client.get(ziel)).replace(" ", "")
        assert IBAN in text(client.post(lesen)).replace(" ", "")
    assert angemeldet(fall.leitung).post(lesen).status_code == 403
    eintraege = Eintrag.objects.filter(handlung="auszahlung.bankdaten_gelesen")
    assert eintraege.count() == 2
    assert IBAN[-4:] not in str([e.angaben for e in eintraege])


def test_biased_people_and_foreign_cases_find_nothing(fall, regelwerk, ansatz):
    eine = fall.fordere_an()
    Befangenheit.objects.create(antrag=fall.antrag, konto=fall.haushalt, erklaert_um=JETZT)
    assert angemeldet(fall.haushalt).get(seite(fall, "akte-auszahlungen")).status_code == 404
    anderer = Zahlfall(regelwerk, ansatz, nummer="KP-2027-0043", mit_bank=False)
    fremde = seite(anderer, "akte-auszahlung", eine.pk)
    assert angemeldet(fall.leitung).get(fremde).status_code == 404


def test_the_pages_ask_the_same_number_of_queries_whatever_there_is(fall):
    def anfragen(konto, ziel):
        client = angemeldet(konto)
        client.get(ziel)
        with CaptureQueriesContext(
            connection,
        ) as gezaehlt:
            assert client.get(ziel).status_code == 200
        return len(gezaehlt)

    seiten = (
        (fall.zeichnung, seite(fall, "auszahlungen")),
        (fall.leitung, seite(fall, "akte-auszahlungen")),
        (fall.haushalt, reverse("foerderung:zahlungen")),
    )
    fall.ordne_an(fall.freigegeben("100.00"))
    fall.freigegeben("100.00")
    vorher = [anfragen(*eine) for eine in seiten]
    for _ in range(3):
        fall.ordne_an(fall.freigegeben("100.00"))
        fall.freigegeben("100.00")
    assert [anfragen(*eine) for eine in seiten] == vorher
    assert max(vorher) <= 40


# --- Payments --------------------------------------------------------------------------------


def lade_hoch(client, inhalt, name="kasse.csv"):
    datei = SimpleUploadedFile(name, inhalt, "text/csv")
    return client.post(reverse("foerderung:zahlungen-einlesen"), {"datei": datei})


def test_order_download_and_take_over_by_forms(fall):
    eine = fall.freigegeben()
    client, liste = angemeldet(fall.haushalt), reverse("foerderung:zahlungen")
    seite_ = client.get(liste)
    assert "KP-2027-0042-A1" in text(seite_)
    daten = {"beispiel": "0", "echt-marke": marke(seite_), "echt-auszahlungen": [str(eine.pk)]}
    for _ in range(2):
        assert client.post(reverse("foerderung:zahlungen-anordnen"), daten).status_code == 302
    datei = Zahlungsdatei.objects.get()
    ziel = reverse("foerderung:zahlungsdatei", args=[datei.nummer])
    erste, zweite = client.post(ziel), client.post(ziel)
    assert erste.content == zweite.content
    assert IBAN in erste.content.decode()
    assert Eintrag.objects.filter(handlung="zahlung.datei_geladen").count() == 2
    assert client.get(ziel).status_code == 302
    inhalt = "Referenz;Betrag;Gezahlt am\r\nKP-2027-0042-A1;9.000,00;01.02.2027\r\nX-1;5,00;01.02.2027\r\n"
    vorschau = lade_hoch(client, inhalt.encode())
    assert "zugeordnet" in text(vorschau)
    assert "keine passende Zahlung" in text(vorschau)
    unterschrieben = re.search(r'name="inhalt" value="([^"]*)"', vorschau.content.decode())[1]
    uebernehmen = reverse("foerderung:zahlungen-uebernehmen")
    assert client.post(uebernehmen, {"inhalt": unterschrieben}).status_code == 302
    assert frisch(eine).stand == "gezahlt"
    client.post(uebernehmen, {"inhalt": unterschrieben})
    assert "schon eingelesen" in text(client.get(liste))
    zeile = Zahlungszeile.objects.zu_klaeren().get()
    klaeren = reverse("foerderung:zahlung-klaeren", args=[zeile.pk])
    assert "Schreiben Sie, wie" in text(client.post(klaeren, {"vermerk": ""}))
    assert client.post(klaeren, {"vermerk": "Gehört zu einem anderen Programm."}).status_code == 302
    kommune = text(angemeldet(fall.zeichnung).get(seite(fall, "auszahlungen")))
    assert "zur Zahlung angeordnet" in kommune
    assert "gezahlt" in kommune


@pytest.mark.parametrize(
    ("inhalt", "satz"),
    [
        (b"", "fehlt die Spalte"),
        (b"Referenz;Betrag\r\nA;1", "Gezahlt am"),
        (b"Referenz;Betrag;Gezahlt am\r\n", "keine Zahlungen"),
        (b"Referenz;Betrag;Gezahlt am\r\nA;x;01.02.2027\r\nB;1,00;32.01.2027", "Zeile 3"),
        (b"Referenz;Betrag;Gezahlt am\r\nA;1,00;02.02.2027", "Zukunft"),
        (b"Referenz;Betrag;Gezahlt am\r\nA;0,00;01.02.2027", "über 0 Euro"),
        (b"\x00\x01\x02", "keine Tabelle"),
        (b"Referenz;Betrag;Gezahlt am\r\n" + b"A;1,00;01.02.2027\r\n" * 2001, "mehr als 2000"),
        (b"x" * (1024 * 1024 + 1), "1 MB"),
    ],
)
def test_what_cannot_be_read_is_named_and_nothing_is_taken_over(fall, inhalt, satz):
    assert satz in text(lade_hoch(angemeldet(fall.haushalt), inhalt), 422)
    assert not Zahlungszeile.objects.exists()


def test_windows_letters_are_read(fall):
    inhalt = "Referenz;Betrag;Gezahlt am;Empfänger\r\nA;1,00;01.02.2027;Stadt Görlitz\r\n"
    assert "keine passende" in text(lade_hoch(angemeldet(fall.haushalt), inhalt.encode("cp1252")))


def test_the_leitung_reads_the_payments_and_others_do_not(fall):
    fall.freigegeben()
    liste = reverse("foerderung:zahlungen")
    leitung = angemeldet(fall.leitung)
    assert "Haushaltssachbearbeitung" in text(leitung.get(liste))
    assert leitung.post(reverse("foerderung:zahlungen-anordnen"), {}).status_code == 403
    assert lade_hoch(leitung, b"x").status_code == 403
    assert angemeldet(fall.sachbearbeitung).get(liste).status_code == 403
    assert angemeldet(fall.zeichnung).get(liste).status_code == 404
    start = reverse("admin:index")
    assert "Freigegebene Auszahlungen" in text(angemeldet(fall.haushalt).get(start))


def test_a_foreign_preview_is_refused(fall):
    client = angemeldet(fall.haushalt)
    antwort = client.post(reverse("foerderung:zahlungen-uebernehmen"), {"inhalt": "x"}, follow=True)
    assert "Vorschau gilt nicht mehr" in text(antwort)
