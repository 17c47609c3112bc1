"""The worklist: what lies with whom, what is overdue, filters, order, export (F58)."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from asskomm.protokoll.models import Eintrag
from foerderung.befugnisse import Handelnde
from foerderung.fallakte.lage import rechte
from foerderung.fallakte.vorrat import (
    ALLE,
    ANSICHTEN,
    IN_VERTRETUNG,
    MEINE,
    UEBERFAELLIG,
    UNZUGETEILT,
    WIEDERVORLAGEN,
    Vorrat,
)
from foerderung.models import Befangenheit, Entscheidung, Foerderantrag, Nachforderung, Status
from tests.factories import make_antrag, make_kommune, make_konto, make_kreis, make_vertretung

from .hilfen import (
    FRIST,
    UM,
    angemeldet,
    gib_ab,
    leitung,
    make_vorgang,
    pruefende,
    sachbearbeitung,
    text,
)

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
HEUTE = date(2026, 11, 16)


def nummern(konto, ansicht, heute=HEUTE):
    vorrat = Vorrat(konto, rechte(konto), heute)
    menge = vorrat.vorgaenge(ansicht)
    assert vorrat.anzahlen()[f"anzahl_{ansicht.schluessel}"] == menge.count()
    return set(menge.values_list("pk", flat=True))


def fordere_nach_bis(antrag, frist):
    Nachforderung.objects.create(
        antrag=antrag, abschnitte=["plan"], text="Test", frist=frist, gestellt_um=UM
    )


# --- What lies with whom -------------------------------------------------------


def test_with_the_sachbearbeitung_lies_their_own_and_what_nobody_has():
    konto, andere = sachbearbeitung(), sachbearbeitung()
    eigener = make_antrag(status=Status.FORMELL_GEPRUEFT, zustaendig=konto)
    frei = make_antrag(status=Status.EINGEREICHT)
    empfehlen = make_antrag(status=Status.FACHLICH_GEPRUEFT)
    make_antrag(status=Status.EINGEREICHT, zustaendig=andere)
    make_antrag(status=Status.FORMELL_GEPRUEFT)
    make_antrag(status=Status.BEWILLIGT, zustaendig=konto)
    make_antrag()
    assert nummern(konto, MEINE) == {eigener.pk, frei.pk, empfehlen.pk}


def test_with_a_reviewer_lies_what_has_no_review_of_theirs_or_can_be_closed():
    konto, andere = pruefende(), pruefende()
    offen = make_vorgang(Status.FORMELL_GEPRUEFT, gutachten=2)
    eigenes_da = make_vorgang(Status.FORMELL_GEPRUEFT, gutachten=2)
    genug = make_vorgang(Status.FORMELL_GEPRUEFT, gutachten=1)
    make_vorgang(Status.EINGEREICHT)
    gib_ab(offen, andere)
    gib_ab(eigenes_da, konto)
    gib_ab(genug, konto)
    assert nummern(konto, MEINE) == {offen.pk, genug.pk}


def test_with_the_leitung_lies_what_somebody_else_has_proposed():
    konto = leitung()
    vorgeschlagen = make_antrag(status=Status.ENTSCHEIDUNGSREIF)
    Entscheidung.objects.create(
        antrag=vorgeschlagen, art="ablehnung", gruende="Test", anhoerung_entbehrlich="Test",
        begruendung="Test", vorgeschlagen_von=sachbearbeitung(), vorgeschlagen_um=UM,
    )  # fmt: skip
    ohne = make_antrag(status=Status.ENTSCHEIDUNGSREIF)
    assert nummern(konto, MEINE) == {vorgeschlagen.pk}
    assert nummern(sachbearbeitung(), MEINE) == {ohne.pk}


@pytest.mark.parametrize(("frist", "faellig"), [(FRIST - timedelta(1), True), (FRIST, False)])
def test_a_nachforderung_is_overdue_from_the_day_after_its_date(frist, faellig):
    konto, antrag = sachbearbeitung(), make_antrag(status=Status.NACHFORDERUNG)
    fordere_nach_bis(antrag, frist)
    erwartet = {antrag.pk} if faellig else set()
    assert nummern(konto, UEBERFAELLIG) == erwartet
    assert nummern(konto, MEINE) == erwartet


@pytest.mark.parametrize(("am", "faellig"), [(HEUTE, True), (HEUTE + timedelta(1), False)])
def test_a_resubmission_is_due_on_its_day(am, faellig):
    konto = sachbearbeitung()
    antrag = make_antrag(status=Status.BEWILLIGT, zustaendig=konto, wiedervorlage_am=am)
    erwartet = {antrag.pk} if faellig else set()
    assert nummern(konto, UEBERFAELLIG) == erwartet
    assert nummern(konto, MEINE) == erwartet
    assert nummern(konto, WIEDERVORLAGEN) == {antrag.pk}


def test_a_deputy_finds_the_cases_of_the_represented_person_on_the_days_of_the_deputyship():
    vertretene, konto, heute = sachbearbeitung(), pruefende(), timezone.localdate()
    antrag = make_antrag(status=Status.EINGEREICHT, zustaendig=vertretene)
    assert nummern(konto, IN_VERTRETUNG) == set()
    make_vertretung(vertretener=vertretene, vertreter=konto, beginn=heute, ende=heute)
    konto = type(konto).objects.get(pk=konto.pk)
    assert nummern(konto, IN_VERTRETUNG) == {antrag.pk}
    assert rechte(konto) == {Handelnde.SACHBEARBEITUNG, Handelnde.PRUEFUNG}


def test_unassigned_are_those_that_still_need_somebody():
    konto = leitung()
    frei = make_antrag(status=Status.NACHFORDERUNG)
    make_antrag(status=Status.BEWILLIGT)
    make_antrag(status=Status.FORMELL_GEPRUEFT, zustaendig=sachbearbeitung())
    assert nummern(konto, UNZUGETEILT) == {frei.pk}


def test_no_view_holds_a_draft_or_a_case_with_a_conflict_of_interest():
    konto = sachbearbeitung()
    befangen = make_antrag(status=Status.EINGEREICHT, wiedervorlage_am=date(2026, 1, 1))
    Befangenheit.objects.create(antrag=befangen, konto=konto, erklaert_um=UM)
    make_antrag()
    make_antrag(status=Status.IN_ZEICHNUNG)
    for ansicht in ANSICHTEN.values():
        assert nummern(konto, ansicht) == set()


# --- The page ------------------------------------------------------------------


def test_a_row_says_what_comes_next_by_whom_and_why_nothing_else():
    konto, kommune = sachbearbeitung(), make_kommune(name="Zittau")
    antrag = make_vorgang(kommune=kommune, titel="Nachtwanderer <b>")
    html = text(angemeldet(konto).get("/vorgaenge/"))
    assert "Liegt bei mir: 1 Vorgang" in html
    assert f'href="/vorgaenge/{antrag.pk}/formal/">Formal prüfen' in html
    assert "durch die Sachbearbeitung der Geschäftsstelle" in html
    assert "Formale Prüfung abschließen: Punkte der Prüfliste: 0 von 2 beantwortet." in html
    assert "Fachliche Prüfung abschließen: Das geht nur im Stand „formell geprüft“." in html
    assert "27.000,00 €" in html
    assert "seit" not in html.split("<main")[0]


def test_staff_see_how_many_drafts_there_are_and_nothing_of_them():
    make_antrag(titel="Geheimes Vorhaben", kommune=make_kommune(name="Geheimstadt"))
    make_antrag(titel="Geheimes Vorhaben", status=Status.IN_ZEICHNUNG)
    html = text(angemeldet(leitung()).get("/vorgaenge/?ansicht=alle"))
    assert "Förderung 2027: 2 Entwürfe" in html
    assert "Geheim" not in html


@pytest.mark.parametrize(
    ("frage", "treffer"),
    [
        ("q=musterst", "a"),
        ("q=nachtw", "ab"),
        ("status=eingereicht", "a"),
        ("kreis=14625", "b"),
        ("zustaendig=niemand", "a"),
        ("q=NICHTS", ""),
        ("status=entwurf", "ab"),
        ("status=quatsch&kreis=1&runde=x&zustaendig=%00&sortierung=passwort&seite=99", "ab"),
    ],
)
def test_filters_narrow_and_unknown_values_are_named(frage, treffer):
    konto = sachbearbeitung()
    make_antrag(
        status=Status.EINGEREICHT, nummer="KP-2027-000A", kommune=make_kommune(name="Musterstadt")
    )
    make_antrag(
        status=Status.BEWILLIGT, nummer="KP-2027-000B", zustaendig=konto,
        kommune=make_kommune(name="Bautzen", kreis=make_kreis(ags="14625", name="Bautzen")),
    )  # fmt: skip
    html = text(angemeldet(konto).get(f"/vorgaenge/?ansicht=alle&{frage}"))
    assert {n for n in "ab" if f"KP-2027-000{n.upper()}" in html} == set(treffer)
    assert ("Unbekannter Wert im Filter" in html) == ("quatsch" in frage or "entwurf" in frage)
    assert ("Keinen Vorgang gefunden" in html) == (not treffer)


def test_the_number_of_a_case_finds_it():
    antrag = make_antrag(status=Status.EINGEREICHT)
    make_antrag(status=Status.EINGEREICHT)
    html = text(angemeldet(leitung()).get(f"/vorgaenge/?ansicht=alle&q={antrag.nummer.lower()}"))
    assert "Alle: 1 Vorgang" in html
    assert antrag.nummer in html


@pytest.mark.parametrize("spalte", ["nummer", "kommune", "betrag", "stand", "seit", "zustaendig"])
def test_every_column_sorts_both_ways_by_a_link(spalte):
    konto = sachbearbeitung(name="A")
    erste = make_antrag(
        status=Status.EINGEREICHT, kommune=make_kommune(name="Aue"), zustaendig=konto,
        zuwendung_beantragt_euro=1000, geaendert_um=UM - timedelta(9),
    )  # fmt: skip
    zweite = make_antrag(
        status=Status.BEWILLIGT, kommune=make_kommune(name="Zwönitz"), geaendert_um=UM,
        zustaendig=sachbearbeitung(name="B"),
    )  # fmt: skip
    client = angemeldet(konto)
    for vor, erwartet in [("", [erste, zweite]), ("-", [zweite, erste])]:
        html = text(client.get(f"/vorgaenge/?ansicht=alle&sortierung={vor}{spalte}"))
        stellen = [html.index(f'/{antrag.pk}/">{antrag.nummer}') for antrag in erwartet]
        assert stellen == sorted(stellen)
        assert f'aria-sort="{"descending" if vor else "ascending"}"' in html


def test_one_row_and_twenty_cost_the_same_queries(django_assert_num_queries):
    konto = sachbearbeitung()
    client = angemeldet(konto)
    make_vorgang()
    client.get("/vorgaenge/")
    with django_assert_num_queries(12) as eine:
        text(client.get("/vorgaenge/"))
    for _ in range(22):
        make_vorgang(kommune=make_kommune(), zustaendig=konto)
    with django_assert_num_queries(len(eine)):
        html = text(client.get("/vorgaenge/"))
    assert html.count("Formal prüfen") == 20
    assert "Nächste Seite" in html


def test_taking_over_from_a_stale_row_is_refused_with_the_new_state():
    antrag, konto, schneller = make_antrag(status=Status.EINGEREICHT), sachbearbeitung(), None
    client = angemeldet(konto)
    assert "Übernehmen" in text(client.get("/vorgaenge/"))
    schneller = sachbearbeitung(name="Simone Schneller")
    Foerderantrag.objects.update(zustaendig=schneller, status=Status.FORMELL_GEPRUEFT)
    html = text(client.post(f"/vorgaenge/{antrag.pk}/uebernehmen/"), 409)
    assert "Zuständig ist: Simone Schneller" in html
    assert "formell geprüft" in html
    Foerderantrag.objects.update(zustaendig=None)
    assert client.post(f"/vorgaenge/{antrag.pk}/uebernehmen/").status_code == 302
    antrag.refresh_from_db()
    assert antrag.zustaendig == konto


def test_only_what_can_be_taken_over_has_the_button():
    make_antrag(status=Status.ABGELEHNT)
    assert "Übernehmen" not in text(angemeldet(sachbearbeitung()).get("/vorgaenge/?ansicht=alle"))
    make_antrag(status=Status.EINGEREICHT)
    assert "Übernehmen" in text(angemeldet(sachbearbeitung()).get("/vorgaenge/?ansicht=alle"))
    vertreter, heute = pruefende(), timezone.localdate()
    make_vertretung(vertretener=sachbearbeitung(), vertreter=vertreter, beginn=heute, ende=heute)
    assert "Übernehmen" not in text(angemeldet(vertreter).get("/vorgaenge/?ansicht=alle"))


def test_the_export_has_every_chosen_case_is_harmless_and_logged():
    make_antrag(status=Status.EINGEREICHT, titel='=HYPERLINK("http://x")')
    make_antrag(status=Status.BEWILLIGT)
    make_antrag(titel="Entwurf")
    antwort = angemeldet(leitung()).get("/vorgaenge/vorgaenge.csv?ansicht=alle&status=eingereicht")
    zeilen = antwort.content.decode("utf-8-sig").splitlines()
    assert len(zeilen) == 2
    assert "'=HYPERLINK" in zeilen[1]
    assert ";27.000,00;eingereicht;" in zeilen[1]
    eintrag = Eintrag.objects.get(handlung="foerderung.vorgaenge_exportiert")
    assert eintrag.angaben == {"anzahl": 1}


@pytest.mark.parametrize("ansicht", [*ANSICHTEN, ALLE.schluessel])
def test_every_view_opens_empty(ansicht):
    assert "0 Vorgänge" in text(angemeldet(leitung()).get(f"/vorgaenge/?ansicht={ansicht}"))


def test_the_list_is_for_staff_of_the_funding_only():
    for konto in (make_konto(), make_konto(["Redaktion"]), make_konto(["Administration"])):
        for adresse in ("/vorgaenge/", "/vorgaenge/vorgaenge.csv"):
            assert angemeldet(konto).get(adresse).status_code == 404
