"""What the Fallakte shows is what was signed; and what the LPR notes never leaves it."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import URLPattern, get_resolver, reverse
from pypdf import PdfReader

from asskomm.post.models import Nachricht
from foerderung.models import Befangenheit, Regel, Status
from foerderung.verfahren import (
    aktenfuehrung,
    antragstellung,
    fachpruefung,
    formalpruefung,
    nachforderungen,
    zeichnung,
)
from foerderung.verfahren.fachpruefung import Wertung
from kommunen.models import Rolle
from tests.factories import make_anlage, make_konto, make_mitglied
from tests.foerderung.zeichnung.hilfen import (
    gib,
    make_eingereicht,
    make_rathaus,
    reiche_ein,
    wie_gesehen,
)

from .hilfen import (
    FRIST,
    UM,
    angemeldet,
    fordere_nach,
    leitung,
    make_fassung,
    pruefende,
    sachbearbeitung,
    text,
)

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
GEHEIM = "Zimtstern"


@pytest.fixture
def rathaus():
    return make_eingereicht()


@pytest.fixture
def akte(rathaus):
    return f"/vorgaenge/{rathaus.antrag.pk}/"


def aendere(rathaus, schluessel, **felder):
    abschnitt = rathaus.antrag.abschnitte.get(schluessel=schluessel)
    eingaben = {**abschnitt.eingaben, "felder": {**abschnitt.eingaben["felder"], **felder}}
    antragstellung.speichere(
        rathaus.antrag, schluessel, eingaben,
        durch=rathaus.bearbeitung, um=UM, gesehen=abschnitt.version,
    )  # fmt: skip


def test_the_valid_version_stays_to_be_read_while_the_town_hall_changes_it(rathaus, akte):
    fordere_nach(rathaus.antrag, sachbearbeitung(), abschnitte=["vorhaben"])
    aendere(rathaus, "vorhaben", titel="Ganz anders")
    client = angemeldet(sachbearbeitung())
    alt = rathaus.antrag.fassungen.get().inhalt["titel"]
    for seite in ("", "antrag/", "plan/", "unterlagen/", "verlauf/"):
        html = text(client.get(akte + seite))
        assert "Ganz anders" not in html
        assert alt in html


def test_both_versions_can_be_read_and_compared_after_a_nachreichung(rathaus, akte):
    antrag = rathaus.antrag
    fordere_nach(antrag, sachbearbeitung(), abschnitte=["vorhaben"])
    aendere(rathaus, "vorhaben", titel="Ganz anders")
    zeichnung.melde_bereit(antrag, durch=rathaus.bearbeitung, um=UM, gesehen=antrag.version)
    zeichnung.reiche_nach(antrag, durch=rathaus.zeichnung, eingang=UM, **wie_gesehen(antrag))
    client = angemeldet(leitung())
    html = text(client.get(f"{akte}antrag/"))
    assert "Ganz anders" in html
    assert f'href="{akte}vergleich/2/"' in html
    assert "Ganz anders" in text(client.get(f"{akte}vergleich/2/"))
    html = text(client.get(f"{akte}antrag/1/"))
    assert "Fassung 1 (überholt)" in html
    assert client.get(f"{akte}antrag/3/").status_code == 404


def test_the_plan_is_computed_and_names_the_rules_it_breaks(rathaus, akte):
    client = angemeldet(pruefende())
    html = text(client.get(f"{akte}plan/"))
    assert "Der Plan hält alle Regeln" in html
    assert "Anteil der Zuwendung" in html
    inhalt = rathaus.antrag.fassungen.get().inhalt
    felder = inhalt["abschnitte"]["plan"]["felder"]
    (eigenmittel,) = [name for name in felder if name.startswith("eigenmittel")]
    felder[eigenmittel] = "0,00"
    make_fassung(rathaus.antrag, UM, nummer=2, inhalt=inhalt)
    html = text(client.get(f"{akte}plan/"))
    assert "Der Plan hält alle Regeln" not in html
    regel = Regel.objects.get(
        regelwerk=rathaus.antrag.regelwerk, schluessel=Regel.Schluessel.FINANZIERUNG_AUSGEGLICHEN
    )
    assert f"<li>Regel {regel.nummer}: " in html


def test_documents_of_the_version_are_listed_and_only_those():
    rathaus = make_rathaus()
    datei = make_anlage(rathaus.antrag)
    gib(rathaus)
    reiche_ein(rathaus)
    fordere_nach(rathaus.antrag, sachbearbeitung(), abschnitte=["anlagen"])
    neue = make_anlage(rathaus.antrag)
    html = text(angemeldet(leitung()).get(f"/vorgaenge/{rathaus.antrag.pk}/unterlagen/"))
    assert f'href="/antraege/{rathaus.antrag.pk}/anlagen/{datei.pk}/"' in html
    assert str(neue.pk) not in html
    assert datei.sha256 in html


def test_a_nachforderung_taken_back_leaves_nothing_typed_for_it(rathaus):
    antrag, durch = rathaus.antrag, sachbearbeitung()
    fordere_nach(antrag, durch, abschnitte=["vorhaben"])
    aendere(rathaus, "vorhaben", titel="Ganz anders")
    antrag.refresh_from_db()
    nachforderungen.nimm_nachforderung_zurueck(
        antrag, durch=durch, um=UM, gesehen=antrag.version, grund="Liegt vor"
    )
    felder = antrag.abschnitte.get(schluessel="vorhaben").eingaben["felder"]
    assert felder["titel"] == antrag.fassungen.get().inhalt["titel"]


def test_reviewers_read_what_the_kommune_says_beside_each_standard(rathaus, akte):
    formalpruefung.schliesse_formale_pruefung_ab(
        rathaus.antrag, durch=sachbearbeitung(), um=UM, gesehen=rathaus.antrag.version
    )
    html = text(angemeldet(pruefende()).get(f"{akte}fachlich/"))
    assert html.count("Was die Kommune dazu schreibt") == 6


# --- What must not leave the LPR -----------------------------------------------


def adressen_der_kommune(antrag):
    """Every address of the funding about this case (or its Kommune) that is no page of the LPR."""

    def steige(resolver):
        for muster in resolver.url_patterns:
            if not isinstance(muster, URLPattern):
                yield from steige(muster)
            elif muster.name and not muster.name.startswith(("fallakte", "akte-")):
                yield muster.name

    werte = {
        "pk": antrag.pk, "nummer": 1, "kennung": antrag.kommune.kennung, "schluessel": "vorhaben",
    }  # fmt: skip
    (raum,) = (r for r in get_resolver().url_patterns if getattr(r, "app_name", "") == "foerderung")
    for name in sorted(set(steige(raum))):
        for namen in (("pk",), ("pk", "nummer"), ("pk", "schluessel"), ("kennung",), ()):
            try:
                yield reverse(f"foerderung:{name}", kwargs={feld: werte[feld] for feld in namen})
            except Exception:  # noqa: BLE001, S112  other arguments
                continue
            else:
                break


def lesbarer_text(antwort):
    inhalt = b"".join(antwort) if antwort.streaming else antwort.content
    if antwort.headers.get("Content-Type") == "application/pdf":
        return " ".join(seite.extract_text() for seite in PdfReader(io.BytesIO(inhalt)).pages)
    return inhalt.decode(errors="replace")


def test_nothing_the_lpr_notes_reaches_a_page_paper_or_mail_of_the_kommune(rathaus):
    antrag, wir = rathaus.antrag, sachbearbeitung(name=GEHEIM)
    prueft, befangen = pruefende(name=GEHEIM), pruefende(name=GEHEIM)
    schritt = {"durch": wir, "um": UM}
    aktenfuehrung.schreibe_vermerk(antrag, f"{GEHEIM} im Vermerk", marke=uuid4(), **schritt)
    aktenfuehrung.weise_zu(antrag, wir, gesehen=None, **schritt)
    aktenfuehrung.lege_wieder_vor(antrag, FRIST, f"{GEHEIM} nachsehen", gesehen=None, **schritt)
    aktenfuehrung.erklaere_befangenheit(antrag, durch=befangen, um=UM, grund=f"{GEHEIM} befangen")
    formalpruefung.schliesse_formale_pruefung_ab(
        antrag, gesehen=antrag.version, trotzdem=f"{GEHEIM} trotzdem", **schritt
    )
    wertungen = {nummer: Wertung(1, f"{GEHEIM} {nummer}") for nummer in range(1, 7)}
    fachpruefung.gib_gutachten_ab(
        antrag, wertungen, "foerdern", f"{GEHEIM} gut", durch=prueft, um=UM, gesehen=0
    )
    formalpruefung.oeffne_formale_pruefung(
        antrag, gesehen=antrag.version, grund=f"{GEHEIM} zurück", **schritt
    )
    fordere_nach(antrag, wir, um=UM + timedelta(hours=1))
    nachforderungen.nimm_nachforderung_zurueck(
        antrag, gesehen=antrag.version, grund=f"{GEHEIM} doch nicht", **schritt
    )
    mitglied = make_mitglied(antrag.kommune, *Rolle)
    client, besucht = angemeldet(mitglied), 0
    for adresse in [*adressen_der_kommune(antrag), f"/mein-bereich/{antrag.kommune.kennung}/"]:
        antwort = client.get(adresse)
        assert GEHEIM not in lesbarer_text(antwort), adresse
        besucht += antwort.status_code == 200
    assert besucht >= 8
    assert antrag.status == Status.EINGEREICHT
    for brief in Nachricht.objects.exclude(konto__is_staff=True):
        assert GEHEIM not in brief.betreff + brief.text + str(brief.angaben)
    # The staff page has it all.
    html = text(angemeldet(leitung()).get(f"/vorgaenge/{antrag.pk}/verlauf/"))
    assert html.count(GEHEIM) > 8


def test_the_pages_of_a_real_case_ask_as_often_as_those_of_an_empty_one(
    rathaus, akte, django_assert_max_num_queries
):
    client = angemeldet(make_konto(["Sachbearbeitung", "Prüfung", "Leitung"]))
    for seite in ("", "antrag/", "plan/", "unterlagen/", "formal/", "fachlich/", "verlauf/"):
        client.get(akte + seite)
        with django_assert_max_num_queries(15):
            text(client.get(akte + seite))


def test_a_conflict_of_interest_closes_every_page_and_paper(rathaus, akte):
    konto = pruefende()
    Befangenheit.objects.create(antrag=rathaus.antrag, konto=konto, erklaert_um=UM)
    client = angemeldet(konto)
    for seite in (
        "", "antrag/", "antrag/1/", "plan/", "unterlagen/", "verlauf/", "fassung/1/antrag.pdf",
        "vergleich/2/", "fachlich/neu/", "formal/oeffnen/", "zustaendigkeit/",
    ):  # fmt: skip
        assert client.get(akte + seite).status_code == 404, seite


def test_answers_survive_odd_text(rathaus):
    """Umlauts typed in two characters are stored in one, markup is text."""
    client = angemeldet(sachbearbeitung())
    antrag = rathaus.antrag
    eingaben = {"marke": str(uuid4()), "text": "Zwo\u0308nitz <script>alert(1)</script> 🙂"}
    assert client.post(f"/vorgaenge/{antrag.pk}/vermerke/", eingaben).status_code == 302
    html = client.get(f"/vorgaenge/{antrag.pk}/vermerke/").content.decode()
    assert "Zw\u00f6nitz &lt;script&gt;" in html
    eingaben = {"marke": str(uuid4()), "text": "a\x00b"}
    antwort = client.post(f"/vorgaenge/{antrag.pk}/vermerke/", eingaben)
    assert antwort.status_code == 200
    assert antrag.vermerke.count() == 1
