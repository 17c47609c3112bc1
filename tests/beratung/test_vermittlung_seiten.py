"""The pages from a request to an engagement: who sees what, what stays typed, how many queries."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from asskomm.konten import einladungslink
from asskomm.konten.models import Konto
from beratung.models import (
    Anfragestand,
    Ausschluss,
    Coach,
    Coachinganfrage,
    Coachvertrag,
    Coachvorschlag,
    Faehigkeit,
    Mandat,
    Niederschrift,
    Stufe,
)
from beratung.verfahren import coach as verfahren
from kommunen.models import Rolle
from tests.factories import (
    make_coach,
    make_kommune,
    make_konto,
    make_kreis,
    make_mandat,
    make_mitglied,
)

from .hilfen_vermittlung import frage_an, make_koordination, sagt_ja, sagt_nein, schlage_vor
from .test_grenzen import make_sitzung

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


@pytest.fixture
def jetzt():
    return timezone.now()


@pytest.fixture
def anmelden(client):
    def melde_an(konto):
        client.force_login(konto)
        return client

    return melde_an


@pytest.fixture
def koordination(anmelden):
    return anmelden(make_koordination())


def baldig(anfrage=None, coach=None, **angaben):
    """A proposal that begins in a month from now."""
    heute = timezone.localdate()
    angaben = {"beginn": heute + timedelta(days=30), "ende": heute + timedelta(days=395)} | angaben
    return schlage_vor(anfrage or frage_an(), coach, um=timezone.now(), **angaben)


def seite(name, *args):
    return reverse(f"beratung:{name}", args=args)


def verstecktes(antwort, name):
    """What a hidden field of the page holds."""
    return re.search(rf'name="{name}" value="([^"]*)"', antwort.text).group(1)


# --- The Kommune asks -----------------------------------------------------------


def test_a_request_in_own_words(anmelden):
    kommune, moderation = make_kommune(), Faehigkeit.objects.create(name="Moderation")
    client = anmelden(make_mitglied(kommune, Rolle.BEARBEITUNG))
    adresse = seite("coaching-anfragen", kommune.kennung)
    marke = verstecktes(client.get(adresse), "marke")
    daten = {"anliegen": "", "faehigkeiten": [moderation.pk], "marke": marke}
    antwort = client.post(adresse, daten)
    assert antwort.status_code == 200
    assert "wobei ein Coach helfen soll" in antwort.text
    assert "checked" in antwort.text
    daten["anliegen"] = "Wir möchten einen Rat gründen."
    for _ in range(2):
        antwort = client.post(adresse, daten, follow=True)
    assert "sucht einen Coach" in antwort.text
    assert Coachinganfrage.objects.get().faehigkeiten.get() == moderation
    daten["marke"] = "f" * 32
    antwort = client.post(adresse, daten)
    assert antwort.status_code == 409
    assert "schon ein Coaching angefragt" in antwort.text
    assert "Wir möchten einen Rat gründen." in antwort.text


def test_it_is_withdrawn_as_it_was_seen(anmelden):
    anfrage = frage_an()
    client = anmelden(anfrage.gestellt_von)
    adresse = seite("coachinganfrage", anfrage.pk)
    version = verstecktes(client.get(adresse), "version")
    baldig(anfrage)
    antwort = client.post(adresse, {"version": version})
    assert antwort.status_code == 409
    assert "inzwischen etwas geändert" in antwort.text
    client.post(adresse, {"version": verstecktes(antwort, "version")})
    anfrage.refresh_from_db()
    assert anfrage.stand == Anfragestand.ZURUECKGEZOGEN


def test_mein_bereich_shows_the_request_and_the_question(anmelden):
    vorschlag = baldig()
    kommune = vorschlag.anfrage.kommune
    bereich = reverse("bereich:kommune", args=[kommune.kennung])
    text = anmelden(vorschlag.anfrage.gestellt_von).get(bereich).text
    assert "Anfrage nach Coaching vom" in text
    assert "schlägt Ihrer Kommune einen Coach vor" in text
    lesend = anmelden(make_mitglied(kommune, Rolle.LESEN)).get(bereich).text
    assert "Anfrage nach Coaching vom" in lesend
    assert "schlägt Ihrer Kommune einen Coach vor" not in lesend


# --- Both sides answer ----------------------------------------------------------


def test_each_side_reads_what_it_needs_and_nothing_more(anmelden):
    coach = make_coach(
        faehigkeiten=[Faehigkeit.objects.create(name="Moderation")], bemerkung="Nur montags"
    )
    vorschlag = baldig(coach=coach, hinweis="Ein Auftakt im Mai.")
    adresse = seite("coachvorschlag", vorschlag.pk)
    kommune = anmelden(vorschlag.anfrage.gestellt_von).get(adresse).text
    assert str(coach) in kommune
    assert "Moderation" in kommune
    assert "Ein Auftakt im Mai." in kommune
    assert coach.konto.email not in kommune or str(coach) == coach.konto.email
    assert "Nur montags" not in kommune
    beim_coach = anmelden(coach.konto).get(adresse).text
    assert "Präventionsrat gründen" in beim_coach
    assert vorschlag.anfrage.gestellt_von.email not in beim_coach
    assert "Nur montags" not in beim_coach


def test_the_place_is_named_once(anmelden):
    kreis = make_kreis()
    anfrage = frage_an(make_kommune(name=kreis.name, art="landkreis", kreis=kreis))
    vorschlag = baldig(anfrage)
    client = anmelden(vorschlag.coach.konto)
    assert f"({kreis})" not in client.get(seite("coachvorschlag", vorschlag.pk)).text
    vorschlag = baldig(frage_an(make_kommune(name="Musterstadt", kreis=kreis)))
    client = anmelden(vorschlag.coach.konto)
    assert f"Musterstadt ({kreis})" in client.get(seite("coachvorschlag", vorschlag.pk)).text


def test_who_chooses_nothing_is_asked_for_the_choice_only(anmelden):
    vorschlag = baldig()
    antwort = anmelden(vorschlag.coach.konto).post(seite("coachvorschlag", vorschlag.pk), {})
    assert list(antwort.context["form"].errors) == ["antwort"]


def test_a_no_needs_a_reason_and_keeps_what_was_typed(anmelden):
    vorschlag = baldig()
    client, adresse = anmelden(vorschlag.coach.konto), seite("coachvorschlag", vorschlag.pk)
    antwort = client.post(adresse, {"antwort": "nein", "grund": ""})
    assert antwort.status_code == 200
    assert "Geben Sie den Grund an" in antwort.text
    assert re.search(r'value="nein"[^>]*checked', antwort.text)
    client.post(adresse, {"antwort": "nein", "grund": "Zu weit weg."})
    vorschlag.refresh_from_db()
    assert vorschlag.coach_grund == "Zu weit weg."


@pytest.mark.parametrize(("seite_", "andere"), [("coach", "kommune"), ("kommune", "coach")])
def test_the_reason_of_one_side_is_never_shown_to_the_other(anmelden, seite_, andere):
    vorschlag = sagt_nein(baldig(), seite_, "Wir hatten Streit.")
    anfragender, coach = vorschlag.anfrage.gestellt_von, vorschlag.coach.konto
    wer = {"coach": coach, "kommune": anfragender}
    adressen = [seite("coachvorschlag", vorschlag.pk)]
    if andere == "kommune":
        adressen.append(seite("coachinganfrage", vorschlag.anfrage_id))
        adressen.append(seite("coaching-anfragen", vorschlag.anfrage.kommune.kennung))
    for adresse in adressen:
        antwort = anmelden(wer[andere]).get(adresse)
        assert antwort.status_code == 200
        assert "Streit" not in antwort.text
    koordination = anmelden(make_koordination()).get(seite("vermitteln", vorschlag.anfrage_id))
    assert "Wir hatten Streit." in koordination.text


def test_after_a_no_the_need_is_not_read_any_more(anmelden):
    vorschlag = sagt_nein(baldig(), "coach")
    text = anmelden(vorschlag.coach.konto).get(seite("coachvorschlag", vorschlag.pk)).text
    assert "Präventionsrat gründen" not in text
    assert "nicht zustande gekommen" in text


def test_the_second_yes_leads_to_the_engagement(anmelden):
    vorschlag = baldig()
    adresse = seite("coachvorschlag", vorschlag.pk)
    for wer in (vorschlag.coach.konto, vorschlag.anfrage.gestellt_von):
        antwort = anmelden(wer).post(adresse, {"antwort": "ja"}, follow=True)
        assert antwort.status_code == 200
    assert "Die Begleitung ist vereinbart" in antwort.text
    assert seite("begleitung", Mandat.objects.get().pk) in antwort.text


def test_who_is_late_reads_why(anmelden):
    vorschlag = baldig()
    sagt_ja(vorschlag, "coach")
    vorschlag.coach.vertraege.all().delete()
    antwort = anmelden(vorschlag.anfrage.gestellt_von).post(
        seite("coachvorschlag", vorschlag.pk), {"antwort": "ja"}
    )
    assert antwort.status_code == 409
    assert "keinen Vertrag mit dem Coach mehr" in antwort.text
    assert Coachinganfrage.objects.get().stand == Anfragestand.OFFEN


def test_a_member_who_only_reads_sends_no_answer(anmelden):
    vorschlag = baldig()
    client = anmelden(make_mitglied(vorschlag.anfrage.kommune, Rolle.LESEN))
    adresse = seite("coachvorschlag", vorschlag.pk)
    assert "Antwort senden" not in client.get(adresse).text
    assert client.post(adresse, {"antwort": "ja"}).status_code == 403


def test_another_coach_and_another_kommune_find_nothing(anmelden):
    vorschlag = baldig()
    fremde = (make_coach().konto, make_mitglied(make_kommune(), Rolle.BEARBEITUNG))
    for konto in fremde:
        client = anmelden(konto)
        for name, nummer in (
            ("coachvorschlag", vorschlag.pk), ("coachinganfrage", vorschlag.anfrage_id),
            ("vermitteln", vorschlag.anfrage_id),
        ):  # fmt: skip
            assert client.get(seite(name, nummer)).status_code == 404
            assert client.post(seite(name, nummer), {"antwort": "ja"}).status_code == 404


# --- The coordinator matches ----------------------------------------------------


def test_the_table_marks_what_fits_and_says_what_does_not(koordination):
    kreis = make_kreis(name="Landkreis Görlitz")
    kommune = make_kommune(kreis=kreis)
    moderation = Faehigkeit.objects.create(name="Moderation")
    passend = make_coach(faehigkeiten=[moderation], kreise=[kreis])
    voll = make_coach(kapazitaet=1)
    make_mandat(coach=voll)
    Ausschluss.objects.create(coach=make_coach(), kommune=kommune, grund="Verwandt")
    make_coach(vertrag=None)
    anfrage = frage_an(kommune, faehigkeiten=[moderation])
    antwort = koordination.get(seite("vermitteln", anfrage.pk))
    assert "Moderation (gewünscht)" in antwort.text
    assert "Landkreis Görlitz (dort liegt die Kommune)" in antwort.text
    for satz in ("Es ist kein Platz frei", "Für die Kommune ausgeschlossen", "gibt es keinen"):
        assert satz in antwort.text
    assert antwort.context["zeilen"][0]["coach"] == passend
    assert antwort.text.count(">Vorschlagen<") == 1
    gefiltert = koordination.get(seite("vermitteln", anfrage.pk), {"frei": "ja"})
    assert [zeile["coach"] for zeile in gefiltert.context["zeilen"]] == [passend]


@pytest.mark.parametrize(
    ("frage", "anzahl"),
    [
        ({"faehigkeit": "{f}"}, 1),
        ({"kreis": "{k}"}, 1),
        ({"frei": "ja"}, 2),
        ({"ab": "2050-01-01", "frei": "ja"}, 0),
        ({"faehigkeit": "99999", "kreis": "abc", "frei": "nein", "ab": "gestern"}, 2),
    ],
)
def test_the_pool_is_filtered_and_unknown_values_are_said(koordination, frage, anzahl):
    faehigkeit, kreis = Faehigkeit.objects.create(name="Moderation"), make_kreis()
    make_coach(faehigkeiten=[faehigkeit], kreise=[kreis])
    make_coach()
    werte = {n: w.format(f=faehigkeit.pk, k=kreis.ags) for n, w in frage.items()}
    antwort = koordination.get(seite("coaches"), werte)
    assert len(antwort.context["zeilen"]) == anzahl
    assert antwort.text.count("Unbekannter Wert im Filter") == (4 if "gestern" in str(frage) else 0)


def test_a_forged_proposal_of_somebody_who_cannot_come_is_refused(koordination):
    anfrage, coach = frage_an(), make_coach()
    Ausschluss.objects.create(coach=coach, kommune=anfrage.kommune, grund="Verwandt")
    adresse = seite("vorschlagen", anfrage.pk, coach.pk)
    assert "Kontingent in Vierteltagen" not in koordination.get(adresse).text
    heute = timezone.localdate()
    daten = {
        "beginn": f"{heute + timedelta(days=9):%d.%m.%Y}",
        "ende": f"{heute + timedelta(days=99):%d.%m.%Y}",
        "kontingent": "40", "version": "1", "hinweis": "Ein Auftakt",
    }  # fmt: skip
    antwort = koordination.post(adresse, daten)
    assert antwort.status_code == 409
    assert "Für die Kommune ausgeschlossen" in antwort.text
    assert "Ein Auftakt" in antwort.text
    assert not Coachvorschlag.objects.exists()


def test_errors_of_a_proposal_stand_at_their_fields(koordination):
    anfrage, nachbarin = frage_an(), make_kommune(name="Nachbarstadt")
    bis = timezone.localdate() + timedelta(days=30)
    coach = make_coach(vertrag=("2020-01-01", bis))
    adresse = seite("vorschlagen", anfrage.pk, coach.pk)
    daten = {
        "beginn": "01.01.2020", "ende": "01.01.2019", "kontingent": "0", "version": "1",
        "weitere_1": nachbarin.pk,
    }  # fmt: skip
    antwort = koordination.post(adresse, daten)
    assert antwort.status_code == 200
    for name, satz in (("beginn", "Vergangenheit"), ("kontingent", "mindestens 1")):
        assert satz in str(antwort.context["form"].errors[name])
    daten |= {
        "beginn": f"{bis + timedelta(days=1):%d.%m.%Y}",
        "ende": f"{bis + timedelta(days=60):%d.%m.%Y}", "kontingent": "40",
    }  # fmt: skip
    antwort = koordination.post(adresse, daten)
    assert "keinen Vertrag" in str(antwort.context["form"].errors["beginn"])
    daten["beginn"] = f"{bis:%d.%m.%Y}"
    antwort = koordination.post(adresse, daten, follow=True)
    assert "Der Coach ist vorgeschlagen" in antwort.text
    assert Coachvorschlag.objects.get().weitere_kommunen.get() == nachbarin


def test_a_proposal_is_taken_back_and_a_request_refused(koordination):
    vorschlag = baldig()
    adresse = seite("vermitteln", vorschlag.anfrage_id)
    antwort = koordination.get(adresse)
    assert "Anfrage ablehnen" not in antwort.text
    daten = {"vorschlag": verstecktes(antwort, "vorschlag")}
    antwort = koordination.post(adresse, daten, follow=True)
    assert "wartet wieder auf einen Coach" in antwort.text
    assert koordination.post(adresse, daten).status_code == 409
    version = verstecktes(antwort, "version")
    antwort = koordination.post(adresse, {"version": version, "grund": ""})
    assert antwort.status_code == 200
    assert "<title>Fehler: Coach für" in antwort.text
    koordination.post(adresse, {"version": version, "grund": "Es fehlt die Beratung."})
    anfrage = Coachinganfrage.objects.get()
    assert anfrage.stand == Anfragestand.ABGELEHNT
    koordination.force_login(anfrage.gestellt_von)
    assert "Es fehlt die Beratung." in koordination.get(seite("coachinganfrage", anfrage.pk)).text


# --- The board ------------------------------------------------------------------


def test_every_row_of_the_board_leads_to_where_to_act(koordination):
    wartend = frage_an()
    vorgeschlagen = baldig()
    ungelesen, ohne, vorbei = (
        make_mandat(),
        make_mandat(ansprechperson=None),
        make_mandat(ende_geplant=date(2026, 6, 1)),
    )
    knapp = make_mandat(kontingent=5)
    sitzung = make_sitzung(ungelesen)
    Niederschrift.objects.create(
        sitzung=sitzung, stufe=Stufe.GETEILT, text="Text", verfasst_von=sitzung.erfasst_von,
        verfasst_um=sitzung.erfasst_um,
    )  # fmt: skip
    make_sitzung(knapp, viertel=4)
    text = koordination.get(seite("tafel")).text
    for adresse in (
        seite("vermitteln", wartend.pk), seite("vermitteln", vorgeschlagen.anfrage_id),
        seite("begleitung", ungelesen.pk), seite("vereinbarung", ohne.pk),
        seite("begleitung", vorbei.pk), seite("begleitung", knapp.pk),
    ):  # fmt: skip
        assert f'href="{adresse}"' in text
    start = koordination.get("/admin/").text
    for satz in (
        "Kommunen warten auf einen Coach", "Vorgeschlagene Coaches: Antwort fehlt",
        "die in der Kommune niemand gelesen hat", "Begleitungen ohne Ansprechperson",
        "fast verbrauchtem Kontingent", "deren geplantes Ende vorbei ist",
    ):  # fmt: skip
        assert satz in start


def test_the_board_names_engagements_whose_coach_cannot_go_on(koordination):
    geht, ohne_konto, ohne_vertrag, bald = (make_mandat() for _ in range(4))
    Konto.objects.filter(coach__einsaetze__mandat=ohne_konto).update(
        is_active=False, deaktiviert_um=timezone.now()
    )
    heute = timezone.localdate()
    for mandat, bis in ((ohne_vertrag, heute - timedelta(days=1)), (bald, heute)):
        Coachvertrag.objects.filter(coach__einsaetze__mandat=mandat).update(bis=bis)
    text = koordination.get(seite("tafel"), {"ansicht": "ohne-coach"}).text
    for mandat, fehlt in ((geht, 0), (ohne_konto, 1), (ohne_vertrag, 1), (bald, 0)):
        assert text.count(f'href="{seite("wechsel", mandat.pk)}"') == fehlt
    assert "Begleitungen ohne Coach" in koordination.get("/admin/").text


def test_one_kind_of_the_board_in_full(koordination):
    for _ in range(7):
        frage_an()
    uebersicht = koordination.get(seite("tafel"))
    assert "(2 weitere)" in uebersicht.text
    alle = koordination.get(seite("tafel"), {"ansicht": "wartend", "seite": "9"})
    assert alle.text.count("Coach vorschlagen<") == 7
    assert "nur eine Seite" in alle.text


@pytest.mark.parametrize("anzahl", [1, 3])
def test_queries_do_not_grow_with_the_rows(koordination, django_assert_num_queries, anzahl):
    faehigkeit = Faehigkeit.objects.create(name="Moderation")
    kreis = make_kreis()
    for _ in range(anzahl):
        coach = make_coach(faehigkeiten=[faehigkeit], kreise=[kreis])
        frage_an()
        baldig(coach=coach)
        make_mandat(coach=coach, ansprechperson=None, ende_geplant=date(2026, 6, 1))
    anfrage = frage_an(faehigkeiten=[faehigkeit])
    koordination.get(seite("tafel"))
    with django_assert_num_queries(TAFEL):
        koordination.get(seite("tafel"))
    with django_assert_num_queries(COACHES):
        koordination.get(seite("coaches"))
    with django_assert_num_queries(VERMITTELN):
        koordination.get(seite("vermitteln", anfrage.pk))


TAFEL, COACHES, VERMITTELN = 23, 11, 14


def test_the_reason_of_a_refusal_survives_the_end_of_the_session(koordination):
    anfrage = frage_an()
    adresse = seite("vermitteln", anfrage.pk)
    marke = verstecktes(koordination.get(adresse), "eingabemarke")
    ohne_sitzung = koordination.__class__()
    ohne_sitzung.post(adresse, {"grund": "Zurzeit kein Coach", "eingabemarke": marke})
    assert "Zurzeit kein Coach" in koordination.get(f"{adresse}?eingaben=1").text
    anfrage.refresh_from_db()
    assert anfrage.stand == Anfragestand.OFFEN


def test_the_bar_leads_coordinators_and_nobody_else_to_advice_and_coaching(koordination, anmelden):
    wege = [f'href="{seite(name)}"' for name in ("tafel", "beratung-arbeitsvorrat")]
    konto = reverse("konten:konto")
    text = koordination.get(konto).text
    assert 0 < text.index(wege[0]) < text.index(wege[1])
    for anderes in (make_konto(rollen=["Redaktion"]), make_coach().konto):
        text = anmelden(anderes).get(konto).text
        assert not any(weg in text for weg in wege)


# --- Coaches and the pool in the admin ------------------------------------------


def test_a_coach_lands_at_the_engagements_and_finds_the_way_back(anmelden):
    client = anmelden(make_coach().konto)
    antwort = client.get(reverse("bereich:start"))
    assert antwort["Location"] == seite("begleitungen")
    assert "Meine Begleitungen" in client.get(reverse("konten:konto")).text
    assert client.get("/admin/").status_code in (302, 403)


def test_a_coach_finds_what_waits_for_an_answer(anmelden):
    vorschlag, fremder = baldig(), baldig()
    client = anmelden(vorschlag.coach.konto)
    text = client.get(seite("begleitungen")).text
    assert seite("coachvorschlag", vorschlag.pk) in text
    assert seite("coachvorschlag", fremder.pk) not in text
    sagt_ja(vorschlag, "coach")
    assert "Auf Ihre Antwort warten" not in client.get(seite("begleitungen")).text


def test_a_forgotten_person_is_not_in_the_pool_any_more(koordination):
    coach = make_coach()
    Konto.objects.filter(pk=coach.konto.pk).update(
        is_active=False, name="", email=f"konto-1{Konto.UNKENNTLICH}"
    )
    assert koordination.get(seite("coaches")).context["zeilen"] == []


def test_a_coach_with_a_kommune_chooses(anmelden):
    kommune = make_kommune()
    konto = make_mitglied(kommune, Rolle.BEARBEITUNG)
    make_coach(konto=konto)
    text = anmelden(konto).get(reverse("bereich:start")).text
    assert str(kommune) in text
    assert "Die Kommunen, die Sie als Coach begleiten." in text


def coach_daten(antwort, **felder):
    form = antwort.context["adminform"].form
    daten = {
        "email": "coach@example.org", "name": "Toni Muster", "kapazitaet": "2", "bemerkung": "",
        "formularmarke": form["formularmarke"].value(),
        "vertraege-TOTAL_FORMS": "2", "vertraege-INITIAL_FORMS": "0",
        "vertraege-0-von": "01.01.2026", "vertraege-0-bis": "31.12.2026",
        "vertraege-1-von": "01.01.2027", "vertraege-1-bis": "31.12.2027",
    }  # fmt: skip
    return daten | felder


def test_a_coach_is_invited_with_contracts_in_one_form(koordination):
    adresse = reverse("admin:beratung_coach_add")
    antwort = koordination.get(adresse)
    daten = coach_daten(antwort, **{"vertraege-1-von": "31.12.2026"})
    antwort = koordination.post(adresse, daten)
    assert "gibt es schon einen Vertrag" in antwort.text
    assert not Coach.objects.exists()
    daten["vertraege-1-von"] = "01.01.2027"
    antwort = koordination.post(adresse, daten, follow=True)
    assert "Die Einladung wird verschickt" in antwort.text
    coach = Coach.objects.get()
    assert coach.vertraege.count() == 2
    assert "eingeladen, gilt bis" in antwort.text
    client = koordination.__class__()
    einladung = client.get(einladungslink.adresse(coach.einladung))
    assert "Begleitung von Kommunen als Coach" in einladung.text


def test_staff_are_refused_at_the_field(koordination):
    adresse = reverse("admin:beratung_coach_add")
    daten = coach_daten(koordination.get(adresse), email=make_koordination().email)
    antwort = koordination.post(adresse, daten)
    assert "kann nicht zugleich Coach sein" in str(
        antwort.context["adminform"].form.errors["email"]
    )


def test_what_only_the_procedure_refuses_stands_above_the_form_of_the_invitation(koordination):
    """The form of another coordinator: its mark is spent."""
    verfahren.lade_coach_ein(
        "erste@example.org", "Kim", kapazitaet=1, durch=make_koordination(), um=timezone.now(),
        marke="f" * 32,
    )  # fmt: skip
    adresse = reverse("admin:beratung_coach_add")
    daten = coach_daten(koordination.get(adresse), formularmarke="f" * 32)
    antwort = koordination.post(adresse, daten)
    assert antwort.status_code == 200
    assert "Dieses Formular ist abgelaufen." in antwort.text
    assert "Toni Muster" in antwort.text
    assert Coach.objects.count() == 1


def test_contracts_move_their_common_border_in_one_go(koordination):
    coach = make_coach(vertrag=("2026-01-01", "2026-06-30"))
    zweiter = coach.vertraege.create(von="2026-07-01", bis="2026-12-31")
    erster = coach.vertraege.exclude(pk=zweiter.pk).get()
    adresse = reverse("admin:beratung_coach_change", args=[coach.pk])
    form = koordination.get(adresse)
    daten = {
        "kapazitaet": "3", "bemerkung": "", "_bearbeitungsstand": "",
        "vertraege-TOTAL_FORMS": "2", "vertraege-INITIAL_FORMS": "2",
        "vertraege-0-id": zweiter.pk, "vertraege-0-coach": coach.pk,
        "vertraege-0-von": "01.09.2026", "vertraege-0-bis": "31.12.2026",
        "vertraege-1-id": erster.pk, "vertraege-1-coach": coach.pk,
        "vertraege-1-von": "01.01.2026", "vertraege-1-bis": "31.08.2026",
    }  # fmt: skip
    for name, wert in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form.text):
        daten.setdefault(name, wert)
    antwort = koordination.post(adresse, daten)
    assert antwort.status_code == 302, antwort.context["errors"]
    erster.refresh_from_db()
    assert erster.bis == date(2026, 8, 31)


def test_an_invitation_is_sent_again_or_withdrawn_on_the_page_of_the_coach(koordination):
    coach = verfahren.lade_coach_ein(
        "coach@example.org", "Toni", kapazitaet=1, durch=make_koordination(), um=timezone.now(),
        marke="f" * 32,
    )  # fmt: skip
    for pfad, satz in (("erneut", "noch einmal geschickt"), ("widerrufen", "ist widerrufen")):
        adresse = reverse(f"admin:beratung_coach_einladung-{pfad}", args=[coach.pk])
        assert koordination.get(adresse).status_code == 200
        assert satz in koordination.post(adresse, follow=True).text
    assert koordination.post(adresse).status_code == 409


def test_the_pool_of_the_admin_is_filtered_by_what_the_pool_says(koordination):
    aktiv, weg = make_coach(), make_coach()
    weg.konto.is_active, weg.konto.deaktiviert_um = False, timezone.now()
    weg.konto.save()
    eingeladen, widerrufen = (
        verfahren.lade_coach_ein(
            f"{marke}@example.org", "Toni", kapazitaet=1, durch=make_koordination(),
            um=timezone.now(), marke=marke * 32,
        )
        for marke in "ef"
    )  # fmt: skip
    verfahren.widerrufe_coach(widerrufen, durch=make_koordination(), um=timezone.now())
    liste = reverse("admin:beratung_coach_changelist")
    for zustand, coach in (("aktiv", aktiv), ("eingeladen", eingeladen), ("deaktiviert", weg)):
        antwort = koordination.get(liste, {"zustand": zustand})
        assert list(antwort.context["cl"].result_list) == [coach]


def test_a_skill_that_somebody_has_stays(koordination):
    benutzt, frei = (Faehigkeit.objects.create(name=name) for name in ("Moderation", "Recht"))
    make_coach(faehigkeiten=[benutzt])
    for faehigkeit, status in ((benutzt, 403), (frei, 200)):
        adresse = reverse("admin:beratung_faehigkeit_delete", args=[faehigkeit.pk])
        assert koordination.get(adresse).status_code == status
