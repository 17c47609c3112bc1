"""From a request for a coach to an engagement: who may, who can, and what comes of it."""

import uuid
from datetime import date, timedelta

import pytest

from asskomm.konten import verfahren as konten
from asskomm.konten.models import Einladung
from asskomm.post.models import Nachricht
from asskomm.protokoll.models import Eintrag
from asskomm.schritt import SchrittNichtMoeglich, Ueberholt
from beratung.befugnisse import ist_coach
from beratung.models import (
    Anfragestand,
    Ausschluss,
    Coach,
    Coaching,
    Coachinganfrage,
    Coachvorschlag,
    Einsatz,
    Mandat,
)
from beratung.verfahren import coach as coachpool
from beratung.verfahren import vermittlung as verfahren
from kommunen.models import Kommune, Mitgliedschaft, Rolle
from kommunen.tatsachen import Herkunft
from tests.factories import make_coach, make_kommune, make_konto, make_mandat, make_mitglied

from .hilfen_vermittlung import (
    BEGINN,
    ENDE,
    UM,
    frage_an,
    make_koordination,
    person,
    sagt_ja,
    sagt_nein,
    schlage_vor,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def geschaeftsstelle(settings):
    settings.LPR_POSTFACH = "geschaeftsstelle@example.org"


def mails(an):
    return list(Nachricht.objects.filter(adresse=an).values_list("vorlage", flat=True))


# --- Requests -------------------------------------------------------------------


@pytest.mark.parametrize("rolle", [Rolle.LESEN, Rolle.ZEICHNUNG, Rolle.VERWALTUNG])
def test_only_bearbeitung_asks(rolle):
    kommune = make_kommune()
    with pytest.raises(SchrittNichtMoeglich, match="Rolle Bearbeitung"):
        frage_an(kommune, durch=make_mitglied(kommune, rolle))
    assert not Coachinganfrage.objects.exists()


def test_the_same_form_twice_is_one_request_and_one_mail():
    kommune, marke = make_kommune(), uuid.uuid4()
    durch = make_mitglied(kommune, Rolle.BEARBEITUNG)
    eine = frage_an(kommune, durch=durch, marke=marke)
    assert frage_an(kommune, durch=durch, marke=marke) == eine
    assert mails("geschaeftsstelle@example.org") == ["coaching_angefragt"]


def test_there_is_one_open_request_of_a_kommune():
    anfrage = frage_an()
    with pytest.raises(SchrittNichtMoeglich, match="schon ein Coaching angefragt"):
        frage_an(anfrage.kommune)
    verfahren.ziehe_anfrage_zurueck(anfrage, durch=anfrage.gestellt_von, um=UM, gesehen=1)
    frage_an(anfrage.kommune)
    assert Coachinganfrage.objects.wartend().count() == 1


def test_a_kommune_that_is_gone_asks_no_more():
    kommune = make_kommune(gueltig_bis=date(2025, 12, 31), nachfolger=make_kommune())
    with pytest.raises(SchrittNichtMoeglich, match="besteht nicht mehr"):
        frage_an(kommune)


def test_no_mail_says_what_was_written_or_who_is_who():
    vorschlag = schlage_vor(hinweis="Beginnen Sie mit dem Rat.")
    sagt_ja(vorschlag, "kommune")
    sagt_ja(vorschlag, "coach")
    texte = "".join(n.betreff + n.text for n in Nachricht.objects.all())
    for geheim in ("Präventionsrat gründen", "Beginnen Sie", vorschlag.coach.konto.email):
        assert geheim not in texte


def test_withdrawing_ends_the_proposal_and_tells_the_coach():
    vorschlag = schlage_vor()
    anfrage = vorschlag.anfrage
    with pytest.raises(Ueberholt):
        verfahren.ziehe_anfrage_zurueck(anfrage, durch=anfrage.gestellt_von, um=UM, gesehen=1)
    verfahren.ziehe_anfrage_zurueck(anfrage, durch=anfrage.gestellt_von, um=UM, gesehen=2)
    vorschlag.refresh_from_db()
    assert vorschlag.beendet_um
    assert "coaching_vorschlag_beendet" in mails(vorschlag.coach.konto.email)
    with pytest.raises(Ueberholt):
        sagt_ja(vorschlag, "coach")


def test_a_refusal_has_a_reason_and_is_for_coordinators():
    anfrage = frage_an()
    with pytest.raises(SchrittNichtMoeglich, match="Koordination"):
        verfahren.lehne_anfrage_ab(
            anfrage, "Nein", durch=make_konto(rollen=["Leitung"]), um=UM, gesehen=1
        )
    with pytest.raises(SchrittNichtMoeglich, match="Grund"):
        verfahren.lehne_anfrage_ab(anfrage, " ", durch=make_koordination(), um=UM, gesehen=1)
    verfahren.lehne_anfrage_ab(
        anfrage, "Es fehlt die Beratung.", durch=make_koordination(), um=UM, gesehen=1
    )
    anfrage.refresh_from_db()
    assert anfrage.stand == Anfragestand.ABGELEHNT
    assert "coaching_abgelehnt" in mails(anfrage.gestellt_von.email)


# --- Who can be proposed --------------------------------------------------------


@pytest.mark.parametrize(
    ("vertrag", "geht"),
    [
        (("2026-05-01", "2026-05-01"), True),
        (("2026-05-02", "2027-04-30"), False),
        (("2025-05-01", "2026-04-30"), False),
        (None, False),
    ],
)
def test_the_contract_holds_on_the_first_day(vertrag, geht):
    coach = make_coach(vertrag=vertrag)
    if geht:
        schlage_vor(coach=coach)
        return
    with pytest.raises(verfahren.CoachNichtMoeglich, match="keinen Vertrag") as fehler:
        schlage_vor(coach=coach)
    assert fehler.value.feld == "beginn"
    assert not Coachvorschlag.objects.exists()


def test_running_engagements_and_open_proposals_take_up_room():
    coach = make_coach(kapazitaet=2)
    make_mandat(coach=coach)
    offen = schlage_vor(coach=coach)
    anfrage = frage_an()
    with pytest.raises(verfahren.CoachNichtMoeglich, match="kein Platz frei"):
        schlage_vor(anfrage, coach)
    verfahren.nimm_vorschlag_zurueck(offen, durch=make_koordination(), um=UM)
    schlage_vor(anfrage, coach)


def test_deputies_and_ended_engagements_take_up_no_room():
    coach = make_coach(kapazitaet=1)
    make_mandat(vertretung=coach)
    make_mandat(coach=coach).einsaetze.update(bis=date(2026, 3, 31))
    schlage_vor(coach=coach)


def test_conflicts_count_for_further_kommunen_too():
    anfrage, nachbarin = frage_an(), make_kommune()
    coach = make_coach()
    Ausschluss.objects.create(coach=coach, kommune=nachbarin, grund="Verwandt")
    with pytest.raises(verfahren.CoachNichtMoeglich, match="ausgeschlossen"):
        schlage_vor(anfrage, coach, weitere=[nachbarin])
    vorschlag = schlage_vor(anfrage, coach, weitere=[anfrage.kommune])
    assert not vorschlag.weitere_kommunen.exists()


@pytest.mark.parametrize("als", ["anfragend", "weitere"])
def test_nobody_coaches_the_own_kommune(als):
    anfrage, nachbarin = frage_an(), make_kommune()
    eigene = anfrage.kommune if als == "anfragend" else nachbarin
    coach = make_coach(konto=make_mitglied(eigene, Rolle.LESEN))
    with pytest.raises(verfahren.CoachNichtMoeglich, match="handelt selbst"):
        schlage_vor(anfrage, coach, weitere=[nachbarin])


def test_who_cannot_sign_in_is_not_proposed():
    coach = make_coach()
    konten.deaktiviere(coach.konto, durch=make_konto(), um=UM, grund="Wegzug")
    with pytest.raises(verfahren.CoachNichtMoeglich, match="deaktiviert"):
        schlage_vor(coach=coach)


@pytest.mark.parametrize(
    ("angaben", "satz"),
    [
        ({"beginn": date(2026, 3, 31)}, "Vergangenheit"),
        ({"beginn": ENDE + timedelta(days=1)}, "vor dem Beginn"),
    ],
)
def test_the_days_are_in_order_and_ahead(angaben, satz):
    with pytest.raises(verfahren.CoachNichtMoeglich, match=satz):
        schlage_vor(**angaben)


@pytest.mark.parametrize("wer", ["anfragende", "weitere"])
@pytest.mark.parametrize("letzter_tag", [date(2026, 3, 31), BEGINN - timedelta(days=1)])
def test_no_coach_for_a_kommune_that_is_gone_by_the_first_day(wer, letzter_tag):
    anfrage, weitere = frage_an(), make_kommune()
    erlischt(anfrage.kommune if wer == "anfragende" else weitere, letzter_tag)
    anfrage.refresh_from_db()
    with pytest.raises(SchrittNichtMoeglich, match="besteht ab dem"):
        schlage_vor(anfrage, weitere=[Kommune.objects.get(pk=weitere.pk)])
    assert not Coachvorschlag.objects.exists()


@pytest.mark.parametrize("schon_ja", [True, False])
def test_a_kommune_that_is_gone_agrees_no_more(schon_ja):
    vorschlag = schlage_vor()
    if schon_ja:
        sagt_ja(vorschlag, "coach")
    erlischt(vorschlag.anfrage.kommune, date(2026, 4, 10))
    with pytest.raises(verfahren.NichtMehrFrei, match="besteht ab dem 11.04.2026 nicht mehr"):
        sagt_ja(Coachvorschlag.objects.get(), "kommune", um=UM + timedelta(days=20))
    assert Coachinganfrage.objects.get().stand == Anfragestand.OFFEN
    assert not Mandat.objects.exists()


def erlischt(kommune, letzter_tag):
    Kommune.objects.filter(pk=kommune.pk).update(gueltig_bis=letzter_tag, nachfolger=make_kommune())


def test_who_does_not_coordinate_proposes_nobody():
    for durch in (make_konto(rollen=["Leitung"]), make_coach().konto, make_konto()):
        with pytest.raises(SchrittNichtMoeglich, match="Koordination"):
            schlage_vor(durch=durch)


def test_a_request_has_one_open_proposal():
    vorschlag = schlage_vor()
    with pytest.raises(Ueberholt):
        schlage_vor(vorschlag.anfrage)


# --- Answers --------------------------------------------------------------------


def test_the_second_yes_makes_the_engagement():
    nachbarin = make_kommune()
    dort = make_mitglied(nachbarin, Rolle.BEARBEITUNG)
    vorschlag = schlage_vor(weitere=[nachbarin])
    sagt_ja(vorschlag, "coach")
    assert not Mandat.objects.exists()
    sagt_ja(vorschlag, "kommune")
    anfrage = Coachinganfrage.objects.get()
    mandat = Mandat.objects.get()
    assert anfrage.stand == Anfragestand.VERMITTELT
    assert mandat.anfrage == anfrage
    assert mandat.ansprechperson == anfrage.gestellt_von
    assert (mandat.beginn, mandat.ende_geplant, mandat.kontingent) == (BEGINN, ENDE, 40)
    assert mandat.einsaetze.get().coach == vorschlag.coach
    coaching = mandat.coaching
    assert set(coaching.kommunen.all()) == {anfrage.kommune, nachbarin}
    assert str(coaching.beginn) == "01.05.2026"
    assert coaching.quelle == "Vermittlung durch den LPR"  # public: no day
    assert coaching in Coaching.objects.oeffentlich()
    assert Eintrag.objects.filter(handlung="beratung.coaching_vermittelt").count() == 1
    for konto in (anfrage.gestellt_von, vorschlag.coach.konto):
        assert mails(konto.email).count("coaching_vermittelt") == 1
    assert mails(dort.email) == ["coaching_gemeinsam"]


def test_the_public_fact_is_as_invented_as_the_request():
    vorschlag = schlage_vor()
    Coachinganfrage.objects.update(herkunft=Herkunft.BEISPIEL)
    sagt_ja(vorschlag, "coach")
    sagt_ja(vorschlag, "kommune")
    assert Coaching.objects.get().herkunft == Herkunft.BEISPIEL
    assert Mandat.objects.get().herkunft == Herkunft.BEISPIEL


@pytest.mark.parametrize(
    ("vertrag_ab", "einsatz_ab"),
    [("2020-01-01", date(2026, 4, 1)), ("2026-04-20", date(2026, 4, 20)), ("2026-05-01", BEGINN)],
)
def test_the_coach_sees_the_engagement_from_the_agreement_on(vertrag_ab, einsatz_ab):
    vorschlag = schlage_vor(coach=make_coach(vertrag=(vertrag_ab, "2030-12-31")))
    sagt_ja(vorschlag, "coach")
    sagt_ja(vorschlag, "kommune")
    assert Einsatz.objects.get().von == einsatz_ab


def test_who_asked_and_left_is_not_the_contact_person():
    vorschlag = schlage_vor()
    anfrage = vorschlag.anfrage
    andere = make_mitglied(anfrage.kommune, Rolle.BEARBEITUNG)
    anfrage.gestellt_von.mitgliedschaften.update(beendet_um=UM)
    sagt_ja(vorschlag, "coach")
    verfahren.stimme_zu(vorschlag, durch=andere, um=UM)
    assert Mandat.objects.get().ansprechperson is None


@pytest.mark.parametrize("seite", ["coach", "kommune"])
def test_a_yes_said_twice_is_said_once(seite):
    vorschlag = schlage_vor()
    sagt_ja(vorschlag, seite)
    sagt_ja(vorschlag, seite)
    assert Eintrag.objects.filter(handlung="beratung.vorschlag_zugestimmt").count() == 1
    sagt_ja(vorschlag, "coach" if seite == "kommune" else "kommune")
    assert sagt_ja(vorschlag, seite).angenommen
    assert Mandat.objects.count() == 1


@pytest.mark.parametrize("seite", ["coach", "kommune"])
def test_a_no_opens_the_request_again_and_is_remembered(seite):
    vorschlag = schlage_vor()
    with pytest.raises(SchrittNichtMoeglich, match="Grund"):
        sagt_nein(vorschlag, seite, " ")
    sagt_nein(vorschlag, seite, "Wir kennen uns zu gut.")
    sagt_nein(vorschlag, seite, "Wir kennen uns zu gut.")
    anfrage = Coachinganfrage.objects.get()
    assert anfrage.stand == Anfragestand.OFFEN
    assert "coaching_wieder_offen" in mails("geschaeftsstelle@example.org")
    andere = person(vorschlag, "coach" if seite == "kommune" else "kommune")
    assert "coaching_vorschlag_beendet" in mails(andere.email)
    bekannt = verfahren.pool([anfrage.kommune], BEGINN).get(pk=vorschlag.coach.pk)
    assert bekannt.absagen == 1
    with pytest.raises(Ueberholt):
        sagt_ja(vorschlag, seite)


@pytest.mark.parametrize("rolle", [Rolle.LESEN, Rolle.ZEICHNUNG, Rolle.VERWALTUNG, None])
def test_others_do_not_answer(rolle):
    vorschlag = schlage_vor()
    wer = make_mitglied(vorschlag.anfrage.kommune, rolle) if rolle else make_coach().konto
    for tue in (
        lambda: verfahren.stimme_zu(vorschlag, durch=wer, um=UM),
        lambda: verfahren.sage_ab(vorschlag, "Nein", durch=wer, um=UM),
    ):
        with pytest.raises(SchrittNichtMoeglich, match="antworten"):
            tue()


def _tritt_bei(vorschlag):
    """The coach becomes a member of the Kommune."""
    Mitgliedschaft.objects.create(
        konto=vorschlag.coach.konto, kommune=vorschlag.anfrage.kommune, rolle=Rolle.LESEN,
        gegeben_um=UM, bestaetigt_am=UM.date(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("was", "satz"),
    [
        (lambda v: Coach.objects.update(kapazitaet=1), "keinen freien Platz"),
        (lambda v: v.coach.vertraege.update(bis=date(2026, 4, 30)), "keinen Vertrag"),
        (
            lambda v: Ausschluss.objects.create(
                coach=v.coach, kommune=v.anfrage.kommune, grund="Streit"
            ),
            "Voraussetzungen",
        ),
        (_tritt_bei, "Voraussetzungen"),
    ],
)
def test_what_has_changed_by_the_second_yes_opens_the_request_again(was, satz):
    coach = make_coach()
    make_mandat(coach=coach)
    vorschlag = schlage_vor(coach=coach)
    sagt_ja(vorschlag, "coach")
    was(vorschlag)
    with pytest.raises(verfahren.NichtMehrFrei, match=satz):
        sagt_ja(vorschlag, "kommune")
    anfrage, vorschlag = Coachinganfrage.objects.get(), Coachvorschlag.objects.get()
    assert anfrage.stand == Anfragestand.OFFEN
    assert vorschlag.beendet_um
    assert not vorschlag.angenommen
    assert Mandat.objects.count() == 1
    assert "Streit" not in "".join(Nachricht.objects.values_list("text", flat=True))


# --- The pool -------------------------------------------------------------------


def lade_ein(email="coach@example.org", marke=None, durch=None, um=UM):
    return coachpool.lade_coach_ein(
        email, "Toni Muster", kapazitaet=2, durch=durch or make_koordination(), um=um,
        marke=marke or uuid.uuid4(),
    )  # fmt: skip


def test_an_invited_coach_counts_from_the_acceptance_on():
    coach = lade_ein()
    assert not coach.konto.is_staff
    assert not ist_coach(coach.konto)
    coach.vertraege.create(von="2026-01-01", bis="2026-12-31")
    with pytest.raises(verfahren.CoachNichtMoeglich, match="noch nicht angenommen"):
        schlage_vor(coach=coach)
    konten.nimm_an(Einladung.objects.get(), um=UM, name="Toni Muster", passwort="geheim-genug-12")
    coach = Coach.objects.get()
    assert ist_coach(coach.konto)
    schlage_vor(coach=coach)


def test_a_member_who_is_invited_is_no_coach_before_accepting():
    mitglied = make_mitglied(make_kommune(), Rolle.BEARBEITUNG)
    coach = lade_ein(mitglied.email)
    assert coach.konto == mitglied
    assert not ist_coach(mitglied)
    coach.vertraege.create(von="2026-01-01", bis="2026-12-31")
    with pytest.raises(verfahren.CoachNichtMoeglich, match="noch nicht angenommen"):
        schlage_vor(coach=coach)


def test_the_same_invitation_twice_is_one_coach():
    marke, durch = uuid.uuid4(), make_koordination()
    assert lade_ein(marke=marke, durch=durch) == lade_ein(marke=marke, durch=durch)
    assert Einladung.objects.count() == 1


def test_staff_deactivated_accounts_and_known_coaches_are_not_invited():
    with pytest.raises(SchrittNichtMoeglich, match="Landespräventionsrates"):
        lade_ein(make_konto(rollen=["Redaktion"]).email)
    weg = make_konto()
    konten.deaktiviere(weg, durch=make_konto(), um=UM, grund="Wegzug")
    with pytest.raises(SchrittNichtMoeglich, match="deaktiviert"):
        lade_ein(weg.email)
    with pytest.raises(SchrittNichtMoeglich, match="schon Coach"):
        lade_ein(make_coach().konto.email)
    assert not Einladung.objects.exists()


def test_a_withdrawn_invitation_can_be_followed_by_another():
    coach = lade_ein()
    coachpool.widerrufe_coach(coach, durch=make_koordination(), um=UM)
    coach = Coach.objects.select_related("einladung").get()
    with pytest.raises(SchrittNichtMoeglich, match="keine offene Einladung"):
        coachpool.lade_coach_erneut_ein(coach, durch=make_koordination(), um=UM)
    assert lade_ein() == coach
    assert Coach.objects.get().einladung_ist_offen


def test_who_does_not_coordinate_invites_no_coach():
    with pytest.raises(SchrittNichtMoeglich, match="Koordination"):
        lade_ein(durch=make_konto(rollen=["Administration"]))
