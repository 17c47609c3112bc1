"""The steps of memberships at their edges, with log entry and mail."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from asskomm.konten import verfahren as konten
from asskomm.konten.models import Einladung, Konto
from asskomm.post.models import Nachricht
from asskomm.protokoll.models import Eintrag
from asskomm.schritt import SchrittNichtMoeglich, Ueberholt
from kommunen.befugnisse import Befugnis, darf, kommunen_ohne_verwaltung
from kommunen.mitglieder import verfahren
from kommunen.mitglieder.personen import Zustand, personen
from kommunen.mitglieder.verfahren import EigeneRollen, LetzteVerwaltung
from kommunen.models import Bestellung, Kommune, Mitgliedschaft, Rolle
from tests.factories import make_bestellung, make_kommune, make_konto, make_mitglied
from tests.vieraugen.hilfen import verboten

from .hilfen import UM, lade_ein, rollen_von

pytestmark = pytest.mark.django_db
HEUTE = date(2026, 9, 1)


@pytest.fixture
def kommune():
    return make_kommune(name="Musterstadt")


@pytest.fixture
def verwaltung(kommune):
    return make_mitglied(kommune, Rolle.VERWALTUNG, name="Vera Verwaltung")


def nimm_an(einladung, um=UM):
    konten.nimm_an(einladung, um=um, name="Neue Person", passwort="ein langes passwort 1")


def person(konto, kommune, betrachter, um=UM):
    return next(p for p in personen(kommune, betrachter, um) if p.konto == konto)


# --- Invitations ---------------------------------------------------------------


def test_an_invitation_counts_from_its_acceptance_on(kommune, verwaltung):
    einladung = lade_ein(kommune, "Neu@Example.org", Rolle.BEARBEITUNG, durch=verwaltung)
    neu = Konto.objects.get(email="neu@example.org")
    assert not darf(neu, Befugnis.LESEN, kommune)
    nimm_an(einladung)
    assert darf(neu, Befugnis.BEARBEITEN, kommune)
    assert not darf(neu, Befugnis.ZEICHNEN, kommune)


def test_an_invitation_is_logged_and_mailed(kommune, verwaltung):
    einladung = lade_ein(kommune, "neu@example.org", Rolle.LESEN, Rolle.ZEICHNUNG, durch=verwaltung)
    gegeben = Eintrag.objects.filter(handlung="mitgliedschaft.gegeben")
    assert sorted(eintrag.angaben["rolle"] for eintrag in gegeben) == ["lesen", "zeichnung"]
    assert {eintrag.durch_id for eintrag in gegeben} == {verwaltung.pk}
    mail = Nachricht.objects.get(vorlage="einladung")
    assert (mail.adresse, mail.gegenstand_nummer) == ("neu@example.org", str(einladung.pk))


@pytest.mark.parametrize("email", ["vera@example.org", " Vera@Example.ORG "])
def test_nobody_invites_themselves_into_a_role(kommune, email):
    vera = make_mitglied(kommune, Rolle.VERWALTUNG, email="vera@example.org")
    with pytest.raises(EigeneRollen):
        lade_ein(kommune, email, Rolle.ZEICHNUNG, durch=vera)
    assert rollen_von(vera, kommune) == {"verwaltung"}
    assert not Einladung.objects.exists()
    assert not Nachricht.objects.exists()


def test_nobody_sends_the_own_invitation_again(kommune, verwaltung):
    andere = make_mitglied(kommune, Rolle.VERWALTUNG)
    einladung = lade_ein(kommune, verwaltung.email, Rolle.ZEICHNUNG, durch=andere)
    spaeter = UM + timedelta(days=30)
    with pytest.raises(EigeneRollen):
        verfahren.lade_erneut_ein(kommune, verwaltung, durch=verwaltung, um=spaeter)
    einladung.refresh_from_db()
    assert einladung.gueltig_bis < spaeter
    verfahren.lade_erneut_ein(kommune, verwaltung, durch=andere, um=spaeter)


def test_who_takes_over_the_invited_address_does_not_get_the_role(kommune, verwaltung):
    """The invitation is for the account, whatever address another account gets meanwhile."""
    einladung = lade_ein(kommune, "neu@example.org", Rolle.ZEICHNUNG, durch=verwaltung)
    Konto.objects.filter(pk=einladung.konto_id).update(email="anders@example.org")
    Konto.objects.filter(pk=verwaltung.pk).update(email="neu@example.org")
    verwaltung.refresh_from_db()
    with pytest.raises(EigeneRollen):
        lade_ein(kommune, "neu@example.org", Rolle.ZEICHNUNG, durch=verwaltung)
    nimm_an(einladung)
    assert rollen_von(verwaltung, kommune) == {"verwaltung"}


def test_the_database_knows_nobody_who_gave_themselves_a_role(kommune, verwaltung):
    eigene = Mitgliedschaft.objects.filter(konto=verwaltung)
    verboten("mitgliedschaft_nicht_sich_selbst", lambda: eigene.update(gegeben_von=verwaltung))
    verboten(
        "mitgliedschaft_nicht_sich_selbst",
        lambda: Mitgliedschaft.objects.create(
            konto=verwaltung,
            kommune=kommune,
            rolle=Rolle.ZEICHNUNG,
            gegeben_um=UM,
            gegeben_von=verwaltung,
            bestaetigt_am=HEUTE,
        ),
    )
    einladung = lade_ein(kommune, "neu@example.org", durch=verwaltung)
    verboten(
        "einladung_nicht_sich_selbst",
        lambda: Einladung.objects.filter(pk=einladung.pk).update(konto=verwaltung),
    )


def test_the_same_form_twice_gives_the_same_invitation(kommune, verwaltung):
    marke = uuid4()
    eine = lade_ein(kommune, "neu@example.org", durch=verwaltung, marke=marke)
    assert lade_ein(kommune, "neu@example.org", durch=verwaltung, marke=marke) == eine
    assert Einladung.objects.count() == Mitgliedschaft.objects.filter(konto=eine.konto).count() == 1


@pytest.mark.parametrize(
    ("email", "rolle"), [("andere@example.org", Rolle.LESEN), ("neu@example.org", Rolle.ZEICHNUNG)]
)
def test_the_same_form_with_other_words_is_said_not_swallowed(kommune, verwaltung, email, rolle):
    marke = uuid4()
    lade_ein(kommune, "neu@example.org", durch=verwaltung, marke=marke)
    with pytest.raises(SchrittNichtMoeglich, match="schon eine Person eingeladen"):
        lade_ein(kommune, email, rolle, durch=verwaltung, marke=marke)
    assert not Konto.objects.filter(email="andere@example.org").exists()


def test_a_mark_of_somebody_else_opens_nothing(kommune, verwaltung):
    marke = uuid4()
    lade_ein(kommune, "neu@example.org", durch=verwaltung, marke=marke)
    zweite = make_mitglied(kommune, Rolle.VERWALTUNG)
    with pytest.raises(SchrittNichtMoeglich, match="abgelaufen"):
        lade_ein(kommune, "neu@example.org", durch=zweite, marke=marke)


def test_who_is_invited_or_a_member_already_is_not_invited_again(kommune, verwaltung):
    lade_ein(kommune, "neu@example.org", durch=verwaltung)
    with pytest.raises(SchrittNichtMoeglich, match="schon eingeladen"):
        lade_ein(kommune, "neu@example.org", durch=verwaltung)
    with pytest.raises(SchrittNichtMoeglich, match="hat die Person in Ihrer Kommune schon"):
        lade_ein(kommune, make_mitglied(kommune).email, durch=verwaltung)
    assert Einladung.objects.count() == Nachricht.objects.count() == 1


def test_the_inviter_cannot_tell_whether_there_was_an_account(kommune, verwaltung):
    vorhanden = make_konto(name="Geheime Person")
    deaktiviert = make_konto(name="Ehemalige Person", is_active=False, deaktiviert_um=UM)
    for email in (vorhanden.email, deaktiviert.email, "neu@example.org"):
        einladung = lade_ein(kommune, email, durch=verwaltung)
        gezeigt = person(einladung.konto, kommune, verwaltung)
        assert (gezeigt.name, gezeigt.email, gezeigt.zustand) == (email, "", Zustand.EINGELADEN)
    assert Nachricht.objects.filter(vorlage="einladung").count() == 3


def test_an_invitation_expires_on_the_list_too(kommune, verwaltung):
    einladung = lade_ein(kommune, "neu@example.org", durch=verwaltung)
    ende = einladung.gueltig_bis
    for um, zustand in [(ende - timedelta(seconds=1), "eingeladen"), (ende, "abgelaufen")]:
        assert person(einladung.konto, kommune, verwaltung, um).zustand == zustand


def test_sending_again_renews_the_invitation_after_a_pause(kommune, verwaltung):
    einladung = lade_ein(kommune, "neu@example.org", durch=verwaltung)
    noch_nicht, dann = UM + timedelta(minutes=9), UM + timedelta(minutes=10)
    with pytest.raises(SchrittNichtMoeglich, match="zehn Minuten"):
        verfahren.lade_erneut_ein(kommune, einladung.konto, durch=verwaltung, um=noch_nicht)
    verfahren.lade_erneut_ein(kommune, einladung.konto, durch=verwaltung, um=dann)
    einladung.refresh_from_db()
    assert (einladung.folge, einladung.gueltig_bis) == (2, dann + konten.EINLADUNG_GILT)
    assert Nachricht.objects.filter(vorlage="einladung").count() == 2


def test_nobody_sends_again_what_was_accepted(kommune, verwaltung):
    einladung = lade_ein(kommune, "neu@example.org", durch=verwaltung)
    nimm_an(einladung)
    with pytest.raises(Ueberholt):
        verfahren.lade_erneut_ein(
            kommune, einladung.konto, durch=verwaltung, um=UM + timedelta(days=1)
        )


def test_a_withdrawn_invitation_gives_nothing_and_can_be_followed_by_another(kommune, verwaltung):
    einladung = lade_ein(kommune, "neu@example.org", durch=verwaltung)
    verfahren.setze_rollen(kommune, einladung.konto, [], durch=verwaltung, um=UM)
    with pytest.raises(SchrittNichtMoeglich):
        nimm_an(einladung)
    assert not Nachricht.objects.filter(vorlage="mitglied_beendet").exists()
    lade_ein(kommune, "neu@example.org", durch=verwaltung)
    assert rollen_von(einladung.konto, kommune) == {"lesen"}


def test_an_invitation_withdrawn_by_the_lpr_does_not_block_the_next(kommune, verwaltung):
    einladung = lade_ein(kommune, "neu@example.org", durch=verwaltung)
    konten.widerrufe(einladung, durch=make_konto(rollen=["Administration"]), um=UM)
    assert rollen_von(einladung.konto, kommune) == set()
    lade_ein(kommune, "neu@example.org", durch=verwaltung)
    assert rollen_von(einladung.konto, kommune) == {"lesen"}


def test_a_kommune_takes_people_in_until_its_last_day(verwaltung):
    nachfolger = make_kommune(name="Neustadt")
    alt = make_kommune(name="Altstadt", gueltig_bis=HEUTE, nachfolger=nachfolger)
    chefin = make_mitglied(alt, Rolle.VERWALTUNG)
    lade_ein(alt, "neu@example.org", durch=chefin)
    with pytest.raises(SchrittNichtMoeglich, match="Rechtsnachfolge: Neustadt"):
        lade_ein(alt, "spaet@example.org", durch=chefin, um=UM + timedelta(days=1))


@pytest.mark.parametrize(
    "art", [Kommune.Art.LANDKREIS, Kommune.Art.VERWALTUNGSVERBAND, Kommune.Art.STAEDTEBUND]
)
def test_landkreise_and_verbuende_have_members_too(art):
    kommune = make_kommune(art=art)
    einladung = lade_ein(kommune, "neu@example.org", durch=make_mitglied(kommune, Rolle.VERWALTUNG))
    nimm_an(einladung)
    assert darf(einladung.konto, Befugnis.LESEN, kommune)


# --- Roles ---------------------------------------------------------------------


def test_roles_are_given_and_ended_with_log_and_one_mail(kommune, verwaltung):
    mitglied = make_mitglied(kommune, Rolle.LESEN, Rolle.BEARBEITUNG)
    verfahren.setze_rollen(
        kommune, mitglied, [Rolle.LESEN, Rolle.ZEICHNUNG], durch=verwaltung, um=UM
    )
    assert rollen_von(mitglied, kommune) == {"lesen", "zeichnung"}
    handlungen = Eintrag.objects.values_list("handlung", flat=True)
    assert sorted(handlungen) == ["mitgliedschaft.beendet", "mitgliedschaft.gegeben"]
    mail = Nachricht.objects.get()
    assert (mail.vorlage, mail.konto) == ("mitglied_rolle", mitglied)
    assert "Musterstadt" in mail.text


def test_the_same_roles_again_change_nothing(kommune, verwaltung):
    mitglied = make_mitglied(kommune, Rolle.LESEN)
    verfahren.setze_rollen(kommune, mitglied, [Rolle.LESEN], durch=verwaltung, um=UM)
    assert not Eintrag.objects.exists()
    assert not Nachricht.objects.exists()


def test_a_leaving_colleague_loses_all_roles_here_and_nothing_elsewhere(kommune, verwaltung):
    mitglied = make_mitglied(kommune, *Rolle)
    andere = make_kommune()
    Mitgliedschaft.objects.create(
        konto=mitglied, kommune=andere, rolle="lesen", gegeben_um=UM, bestaetigt_am=HEUTE
    )
    verfahren.setze_rollen(kommune, mitglied, [], durch=verwaltung, um=UM)
    assert rollen_von(mitglied, kommune) == set()
    assert rollen_von(mitglied, andere) == {"lesen"}
    mitglied.refresh_from_db()
    assert mitglied.is_active
    assert Mitgliedschaft.objects.filter(konto=mitglied, kommune=kommune).count() == 4
    assert Nachricht.objects.get().vorlage == "mitglied_beendet"


def test_nobody_changes_their_own_roles(kommune, verwaltung):
    with pytest.raises(SchrittNichtMoeglich, match="eine andere Person"):
        verfahren.setze_rollen(kommune, verwaltung, list(Rolle), durch=verwaltung, um=UM)
    assert rollen_von(verwaltung, kommune) == {"verwaltung"}


@pytest.mark.parametrize("rolle", [Rolle.BEARBEITUNG, Rolle.ZEICHNUNG, Rolle.LESEN])
def test_only_the_verwaltung_of_this_kommune_takes_steps(kommune, rolle):
    mitglied = make_mitglied(kommune)
    fremd = make_mitglied(make_kommune(), Rolle.VERWALTUNG)
    for durch in (make_mitglied(kommune, rolle), fremd):
        with pytest.raises(SchrittNichtMoeglich, match="nicht mehr zur Verwaltung"):
            verfahren.setze_rollen(kommune, mitglied, [], durch=durch, um=UM)
        with pytest.raises(SchrittNichtMoeglich, match="nicht mehr zur Verwaltung"):
            verfahren.bestaetige(kommune, mitglied, durch=durch, um=UM)
        with pytest.raises(SchrittNichtMoeglich, match="nicht mehr zur Verwaltung"):
            lade_ein(kommune, "neu@example.org", durch=durch)


def test_of_two_who_end_each_other_the_second_is_refused(kommune, verwaltung):
    zweite = make_mitglied(kommune, Rolle.VERWALTUNG)
    verfahren.setze_rollen(kommune, zweite, [], durch=verwaltung, um=UM)
    with pytest.raises(SchrittNichtMoeglich, match="nicht mehr zur Verwaltung"):
        verfahren.setze_rollen(kommune, verwaltung, [], durch=zweite, um=UM)
    assert rollen_von(verwaltung, kommune) == {"verwaltung"}


def test_whoever_saw_an_older_state_is_told(kommune, verwaltung):
    mitglied = make_mitglied(kommune)
    gesehen = person(mitglied, kommune, verwaltung).gesehen
    verfahren.setze_rollen(kommune, mitglied, [Rolle.ZEICHNUNG], durch=verwaltung, um=UM)
    for schritt in (
        lambda: verfahren.setze_rollen(
            kommune, mitglied, [Rolle.LESEN], durch=verwaltung, um=UM, gesehen=gesehen
        ),
        lambda: verfahren.bestaetige(kommune, mitglied, durch=verwaltung, um=UM, gesehen=gesehen),
    ):
        with pytest.raises(Ueberholt, match="inzwischen geändert"):
            schritt()
    assert rollen_von(mitglied, kommune) == {"zeichnung"}


def test_further_roles_of_an_invited_person_wait_for_the_same_acceptance(kommune, verwaltung):
    einladung = lade_ein(kommune, "neu@example.org", durch=verwaltung)
    neu = einladung.konto
    verfahren.setze_rollen(kommune, neu, [Rolle.ZEICHNUNG], durch=verwaltung, um=UM)
    assert not darf(neu, Befugnis.ZEICHNEN, kommune)
    nimm_an(einladung)
    assert darf(neu, Befugnis.ZEICHNEN, kommune)
    assert rollen_von(neu, kommune) == {"zeichnung"}


def test_a_member_invited_into_a_further_role_keeps_the_old_one_when_that_is_withdrawn(
    kommune, verwaltung
):
    mitglied = make_mitglied(kommune, Rolle.LESEN)
    einladung = lade_ein(kommune, mitglied.email, Rolle.ZEICHNUNG, durch=verwaltung)
    assert person(mitglied, kommune, verwaltung).rollen == ["Zeichnung (Einladung offen)", "Lesen"]
    verfahren.setze_rollen(kommune, mitglied, [Rolle.LESEN], durch=verwaltung, um=UM)
    einladung.refresh_from_db()
    assert einladung.widerrufen_um == UM
    assert rollen_von(mitglied, kommune) == {"lesen"}


# --- Leaving, and a Kommune without a Verwaltung -------------------------------


def test_a_member_may_leave(kommune, verwaltung):
    mitglied = make_mitglied(kommune, Rolle.LESEN, Rolle.ZEICHNUNG)
    verfahren.verlasse(kommune, durch=mitglied, um=UM)
    assert rollen_von(mitglied, kommune) == set()


def test_the_last_of_the_verwaltung_leaves_only_knowingly(kommune, verwaltung):
    make_mitglied(kommune)
    with pytest.raises(LetzteVerwaltung):
        verfahren.verlasse(kommune, durch=verwaltung, um=UM)
    assert not kommunen_ohne_verwaltung(HEUTE).exists()
    verfahren.verlasse(kommune, durch=verwaltung, um=UM, auch_letzte=True)
    assert list(kommunen_ohne_verwaltung(HEUTE)) == [kommune]


def test_a_kommune_without_verwaltung_is_a_task_until_somebody_can_act(kommune):
    make_mitglied(kommune)
    assert list(kommunen_ohne_verwaltung(HEUTE)) == [kommune]
    bestellung = make_bestellung(kommune=kommune, email="neu@example.org")
    assert not kommunen_ohne_verwaltung(HEUTE).exists()
    verfahren.genehmige_bestellung(bestellung, durch=make_konto(rollen=["Administration"]), um=UM)
    assert bestellung.ergebnis == Bestellung.Ergebnis.GENEHMIGT
    assert not kommunen_ohne_verwaltung(HEUTE + timedelta(days=14)).exists()
    assert list(kommunen_ohne_verwaltung(HEUTE + timedelta(days=15))) == [kommune]
    nimm_an(Einladung.objects.get())
    assert not kommunen_ohne_verwaltung(HEUTE + timedelta(days=15)).exists()


def test_a_deactivated_verwaltung_is_none_and_a_kommune_without_members_no_task(kommune):
    make_kommune()
    chefin = make_mitglied(kommune, Rolle.VERWALTUNG)
    Konto.objects.filter(pk=chefin.pk).update(is_active=False, deaktiviert_um=UM)
    assert list(kommunen_ohne_verwaltung(HEUTE)) == [kommune]


# --- Yearly review -------------------------------------------------------------


def test_roles_are_due_a_year_and_a_day_after_the_last_confirmation(kommune, verwaltung):
    faellig = Mitgliedschaft.objects.filter(konto=verwaltung)
    assert not faellig.zu_bestaetigen(date(2027, 1, 5)).exists()
    assert faellig.zu_bestaetigen(date(2027, 1, 6)).exists()
    betrachtet = person(verwaltung, kommune, verwaltung)
    assert not betrachtet.zu_pruefen(date(2027, 1, 5))
    assert betrachtet.zu_pruefen(date(2027, 1, 6))


def test_a_confirmation_lasts_for_another_year_and_is_logged(kommune, verwaltung):
    mitglied = make_mitglied(kommune, Rolle.LESEN, Rolle.ZEICHNUNG)
    um = datetime(2027, 2, 1, 23, 30, tzinfo=UTC)
    verfahren.bestaetige(kommune, mitglied, durch=verwaltung, um=um)
    tage = Mitgliedschaft.objects.filter(konto=mitglied).values_list("bestaetigt_am", flat=True)
    assert set(tage) == {date(2027, 2, 2)}
    assert Eintrag.objects.filter(handlung="mitgliedschaft.bestaetigt").count() == 2


def test_the_only_person_of_the_verwaltung_confirms_herself(kommune, verwaltung):
    verfahren.bestaetige(kommune, verwaltung, durch=verwaltung, um=UM)
    assert Mitgliedschaft.objects.get(konto=verwaltung).bestaetigt_am == HEUTE
