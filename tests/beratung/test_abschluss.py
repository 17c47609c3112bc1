"""How an engagement ends, and what is asked, answered and confirmed after it (F35)."""

import uuid
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from django.utils import timezone

from asskomm.konten.handlungen import EIGENE_FREIGABE_VERSUCHT
from asskomm.konten.vieraugen import EigeneFreigabe
from asskomm.post.models import Nachricht
from asskomm.protokoll.models import Eintrag
from asskomm.schritt import SchrittNichtMoeglich, Ueberholt
from beratung.models import Einsatz, Mandat, Mandatsstand, Nachfrage, Wirkung
from beratung.tagesaufgaben import frage_nach_wirkungen
from beratung.verfahren import abschluss, kontingent
from beratung.verfahren.begleitung import KeinRecht, Unzulaessig
from kommunen.models import Rolle
from kommunen.zeitangabe import Zeitangabe
from tests.factories import (
    make_coach,
    make_konto,
    make_mandat,
    make_mitglied,
    make_vertretung,
)
from tests.vieraugen.hilfen import verboten

from .test_grenzen import make_sitzung

pytestmark = pytest.mark.django_db
UM = datetime(2026, 9, 15, 9, tzinfo=UTC)
AM = date(2026, 9, 10)
RAT = {"rat": "Beschluss des Stadtrats vom 01.09.2026"}


@pytest.fixture
def koordination():
    return make_konto(rollen=["Sachbearbeitung"])


def schliesse(mandat, durch, wirkungen=RAT, am=AM, bericht="Der Rat arbeitet.", um=UM, **weiteres):
    weiteres.setdefault("gesehen", mandat.version)
    return abschluss.schliesse_ab(
        mandat, am=am, bericht=bericht, wirkungen=wirkungen, durch=durch, um=um, **weiteres
    )


def coach_von(mandat):
    return mandat.einsaetze.get(rolle="coach", bis=None).coach.konto


def texte(vorlage):
    return list(Nachricht.objects.filter(vorlage=vorlage))


# --- The end -----------------------------------------------------------------------


def test_the_coach_closes_with_report_and_effects():
    mandat = make_mandat(vertretung=make_coach())
    coach = coach_von(mandat)
    schliesse(mandat, coach)
    mandat.refresh_from_db()
    assert (mandat.stand, mandat.beendet_am) == (Mandatsstand.ABGESCHLOSSEN, AM)
    assert mandat.bericht == "Der Rat arbeitet."
    mandat.coaching.refresh_from_db()
    assert mandat.coaching.ende == Zeitangabe(2026, 9, 10)
    assert set(mandat.einsaetze.values_list("bis", flat=True)) == {AM}
    assert dict(mandat.wirkungen.values_list("art", "beleg")) == RAT
    assert list(mandat.nachfragen.values_list("monate", "faellig_am")) == [
        (6, date(2027, 3, 10)),
        (12, date(2027, 9, 10)),
    ]
    assert mandat.coaching.history.first().history_user == coach
    eintrag = Eintrag.objects.get(handlung="coaching.abgeschlossen")
    assert eintrag.angaben == {"am": "2026-09-10", "wirkungen": ["rat"]}
    (mail,) = texte("coaching_abgeschlossen")
    assert mail.konto == mandat.ansprechperson
    assert "arbeitet" not in mail.text


def test_a_coordinator_closes_for_a_coach_who_is_gone(koordination):
    mandat = make_mandat()
    mandat.einsaetze.update(bis=date(2026, 8, 1))
    schliesse(mandat, koordination, {"keine": ""})
    assert Mandat.objects.get().stand == Mandatsstand.ABGESCHLOSSEN


@pytest.mark.parametrize("wer", ["vertretung", "kommune", "fremder_coach", "leitung"])
def test_nobody_else_closes(wer):
    vertretung = make_coach()
    mandat = make_mandat(vertretung=vertretung)
    personen = {
        "vertretung": vertretung.konto,
        "kommune": mandat.ansprechperson,
        "fremder_coach": coach_von(make_mandat()),
        "leitung": make_konto(rollen=["Leitung"]),
    }
    with pytest.raises(KeinRecht):
        schliesse(mandat, personen[wer])
    assert Mandat.objects.laufend().filter(pk=mandat.pk).exists()


@pytest.mark.parametrize(
    ("angaben", "feld"),
    [
        ({"am": date(2026, 9, 16)}, "am"),
        ({"am": date(2026, 2, 28)}, "am"),
        ({"bericht": "  "}, "bericht"),
        ({"wirkungen": {}}, "arten"),
        ({"wirkungen": {"keine": "", "rat": "Beschluss"}}, "arten"),
        ({"wirkungen": {"antrag": " "}}, "beleg_antrag"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(angaben, feld, koordination):
    mandat = make_mandat()
    with pytest.raises(Unzulaessig) as gefangen:
        schliesse(mandat, koordination, **angaben)
    assert gefangen.value.feld == feld
    assert not Wirkung.objects.exists()


def test_the_end_is_not_before_the_last_session_that_counts(koordination):
    mandat = make_mandat()
    make_sitzung(mandat)
    mandat.refresh_from_db()
    with pytest.raises(Unzulaessig) as gefangen:
        schliesse(mandat, koordination, am=date(2026, 3, 30))
    assert "31.03.2026" in str(gefangen.value)
    schliesse(mandat, koordination, am=date(2026, 3, 31))


def test_the_day_of_today_is_that_in_berlin(koordination):
    kurz_nach_mitternacht = datetime(2026, 9, 14, 22, 30, tzinfo=UTC)
    schliesse(make_mandat(), koordination, am=date(2026, 9, 15), um=kurz_nach_mitternacht)


def test_the_end_is_not_before_the_beginning_that_is_public(koordination):
    mandat = make_mandat()
    mandat.coaching.beginn = "2026-09-12"
    mandat.coaching.save()
    with pytest.raises(Unzulaessig):
        schliesse(mandat, koordination)


def test_the_same_form_sent_twice_is_one_end(koordination):
    mandat = make_mandat()
    version = mandat.version
    for _ in range(2):
        schliesse(mandat, koordination, gesehen=version)
    assert Wirkung.objects.count() == 1
    assert len(texte("coaching_abgeschlossen")) == 1


def test_who_closes_after_another_reads_so(koordination):
    mandat = make_mandat()
    coach = coach_von(mandat)
    schliesse(mandat, koordination, gesehen=1)
    with pytest.raises(abschluss.SchonAbgeschlossen):
        schliesse(mandat, coach, bericht="Mein Bericht.", gesehen=1)


def test_an_overtaken_form_closes_nothing(koordination):
    mandat = make_mandat(version=3)
    with pytest.raises(Ueberholt):
        schliesse(mandat, koordination, gesehen=2)


def test_an_assignment_that_began_after_the_end_ends_on_its_first_day(koordination):
    mandat = make_mandat()
    Einsatz.objects.create(
        mandat=mandat, coach=make_coach(), rolle="vertretung", von=date(2026, 9, 14)
    )
    schliesse(mandat, koordination)
    assert mandat.einsaetze.get(rolle="vertretung").bis == date(2026, 9, 14)


@pytest.mark.parametrize("eigener", [True, False])
def test_open_proposals_for_more_days_end_with_it(eigener, koordination):
    mandat = make_mandat()
    kontingent.erbitte(mandat, durch=coach_von(mandat), um=UM)
    wer = koordination if eigener else make_konto(rollen=["Sachbearbeitung"])
    vorschlag = kontingent.schlage_vor(mandat, 4, "Test", durch=wer, um=UM, marke=uuid.uuid4())
    schliesse(mandat, koordination)
    vorschlag.refresh_from_db()
    assert vorschlag.ergebnis == ("zurueckgezogen" if eigener else "abgelehnt")
    assert Mandat.objects.get().kontingent == 40


def test_a_request_for_more_days_ends_with_it(koordination):
    mandat = make_mandat()
    kontingent.erbitte(mandat, durch=coach_von(mandat), um=UM)
    schliesse(mandat, koordination)
    assert Mandat.objects.get().erweiterung_erbeten_um is None


# --- The questions later -----------------------------------------------------------


@pytest.fixture
def abgeschlossen(koordination):
    mandat = make_mandat()
    schliesse(mandat, koordination)
    Nachricht.objects.all().delete()
    mandat.refresh_from_db()
    return mandat


def test_asked_on_the_day_after_six_and_twelve_months_and_reminded_once(abgeschlossen):
    gefragt = []
    tag = date(2027, 3, 1)
    while tag < date(2027, 11, 1):
        vorher = set(Nachricht.objects.values_list("pk", flat=True))
        frage_nach_wirkungen(tag)
        neue = Nachricht.objects.exclude(pk__in=vorher)
        gefragt += [(tag, mail.vorlage, mail.angaben["monate"]) for mail in neue]
        tag += timedelta(days=1)
    assert gefragt == [
        (date(2027, 3, 10), "coaching_nachfrage", 6),
        (date(2027, 3, 24), "coaching_nachfrage_erinnerung", 6),
        (date(2027, 9, 10), "coaching_nachfrage", 12),
        (date(2027, 9, 24), "coaching_nachfrage_erinnerung", 12),
    ]
    assert all(m.konto == abgeschlossen.ansprechperson for m in Nachricht.objects.all())
    assert list(abgeschlossen.nachfragen.values_list("gestellt_am", "erinnert_am")) == [
        (date(2027, 3, 10), date(2027, 3, 24)),
        (date(2027, 9, 10), date(2027, 9, 24)),
    ]


def test_an_answered_question_is_not_reminded_of(abgeschlossen):
    frage_nach_wirkungen(date(2027, 3, 10))
    frage = abgeschlossen.nachfragen.get(monate=6)
    um = datetime(2027, 3, 11, 9, tzinfo=UTC)
    abschluss.beantworte(frage, {"keine": ""}, durch=abgeschlossen.ansprechperson, um=um)
    frage_nach_wirkungen(date(2027, 3, 24))
    assert not texte("coaching_nachfrage_erinnerung")


@pytest.mark.parametrize("ansprechperson", ["keine", "ausgeschieden", "deaktiviert"])
def test_without_a_contact_person_it_is_a_task(ansprechperson, abgeschlossen):
    konto = abgeschlossen.ansprechperson
    if ansprechperson == "keine":
        Mandat.objects.update(ansprechperson=None)
    elif ansprechperson == "ausgeschieden":
        konto.mitgliedschaften.update(beendet_um=UM)
    else:
        konto.is_active = False
        konto.save()
    frage_nach_wirkungen(date(2027, 3, 10))
    assert not Nachricht.objects.exists()
    offen = Nachfrage.objects.offen(date(2027, 3, 10)).ohne_ansprechperson()
    assert [frage.monate for frage in offen] == [6]


def test_the_kommune_answers(abgeschlossen):
    frage = abgeschlossen.nachfragen.get(monate=6)
    um = datetime(2027, 3, 11, 9, tzinfo=UTC)
    wer = abgeschlossen.ansprechperson
    antwort = {"strategie": "Beschluss 12/2027"}
    for _ in range(2):
        abschluss.beantworte(frage, antwort, durch=wer, um=um)
    frage.refresh_from_db()
    assert (frage.beantwortet_von, frage.beantwortet_um) == (wer, um)
    assert dict(frage.wirkungen.values_list("art", "beleg")) == antwort
    with pytest.raises(SchrittNichtMoeglich):
        abschluss.beantworte(frage, {"keine": ""}, durch=wer, um=um)


def test_an_effect_that_is_reported_counts_once(abgeschlossen, koordination):
    frage = abgeschlossen.nachfragen.get(monate=6)
    um = datetime(2027, 3, 11, 9, tzinfo=UTC)
    with pytest.raises(Unzulaessig):
        abschluss.beantworte(frage, RAT, durch=abgeschlossen.ansprechperson, um=um)
    verboten(
        "wirkung_zaehlt_einmal",
        lambda: Wirkung.objects.create(
            mandat=abgeschlossen, nachfrage=frage, art="rat", beleg="x",
            gemeldet_um=um, gemeldet_von=koordination,
        ),
    )  # fmt: skip
    # A declined one can be reported again, with better evidence.
    wirkung = abgeschlossen.wirkungen.get()
    abschluss.verwirf(wirkung, "Der Beschluss fehlt.", durch=koordination, um=um)
    abschluss.beantworte(frage, RAT, durch=abgeschlossen.ansprechperson, um=um)
    assert abgeschlossen.wirkungen.filter(art="rat").count() == 2


def test_nobody_answers_before_the_day(abgeschlossen):
    frage = abgeschlossen.nachfragen.get(monate=12)
    with pytest.raises(SchrittNichtMoeglich):
        abschluss.beantworte(
            frage, {"keine": ""}, durch=abgeschlossen.ansprechperson,
            um=datetime(2027, 9, 9, 9, tzinfo=UTC),
        )  # fmt: skip


@pytest.mark.parametrize("wer", ["lesen", "fremd", "coach"])
def test_who_cannot_act_for_the_kommune_does_not_answer(wer, abgeschlossen):
    kommune = abgeschlossen.coaching.kommunen.get()
    konto = {
        "lesen": lambda: make_mitglied(kommune, Rolle.LESEN),
        "fremd": lambda: make_mandat().ansprechperson,
        "coach": lambda: abgeschlossen.einsaetze.get().coach.konto,
    }[wer]()
    frage = abgeschlossen.nachfragen.get(monate=6)
    um = datetime(2027, 3, 11, 9, tzinfo=UTC)
    with pytest.raises(KeinRecht):
        abschluss.beantworte(frage, {"keine": ""}, durch=konto, um=um)


# --- What counts -------------------------------------------------------------------


def test_a_second_person_confirms(abgeschlossen, koordination):
    wirkung = abgeschlossen.wirkungen.get()
    with pytest.raises(EigeneFreigabe):
        abschluss.bestaetige(wirkung, durch=koordination, um=UM)
    zweite = make_konto(rollen=["Sachbearbeitung"])
    for _ in range(2):
        abschluss.bestaetige(wirkung, durch=zweite, um=UM)
    wirkung.refresh_from_db()
    assert wirkung.bestaetigt_von == zweite
    with pytest.raises(SchrittNichtMoeglich):
        abschluss.verwirf(wirkung, "Doch nicht.", durch=koordination, um=UM)


def test_the_attempt_to_confirm_the_own_report_is_logged(abgeschlossen, koordination):
    wirkung = abgeschlossen.wirkungen.get()
    with pytest.raises(EigeneFreigabe) as abgewiesen:
        abschluss.bestaetige(wirkung, durch=koordination, um=UM)
    assert "Protokoll" in str(abgewiesen.value)
    eintrag = Eintrag.objects.get(handlung=EIGENE_FREIGABE_VERSUCHT.schluessel)
    assert (eintrag.durch, eintrag.gegenstand_nummer) == (koordination, str(wirkung.pk))


@pytest.mark.parametrize("wer_meldet", ["vertreter", "vertretene"])
def test_a_deputy_is_no_second_person_beside_the_represented_one(wer_meldet):
    heute = timezone.localdate()
    vertreter, vertretene = make_konto(is_staff=True), make_konto(rollen=["Sachbearbeitung"])
    make_vertretung(
        vertreter=vertreter, vertretener=vertretene, beginn=heute, ende=heute,
    )  # fmt: skip
    meldend, zweite = vertreter, vertretene
    if wer_meldet == "vertretene":
        meldend, zweite = vertretene, vertreter
    mandat = make_mandat()
    schliesse(mandat, meldend)
    wirkung = mandat.wirkungen.get()
    assert wirkung.gemeldet_fuer == (vertretene if wer_meldet == "vertreter" else None)
    with pytest.raises(EigeneFreigabe):
        abschluss.bestaetige(wirkung, durch=zweite, um=UM)
    assert Eintrag.objects.filter(handlung=EIGENE_FREIGABE_VERSUCHT.schluessel).exists()
    wirkung.refresh_from_db()
    assert wirkung.bestaetigt_um is None


def test_a_deputy_confirms_in_the_name_of_the_represented_person(abgeschlossen):
    heute = timezone.localdate()
    vertreter, vertretene = make_konto(is_staff=True), make_konto(rollen=["Sachbearbeitung"])
    make_vertretung(
        vertreter=vertreter, vertretener=vertretene, beginn=heute, ende=heute,
    )  # fmt: skip
    wirkung = abschluss.bestaetige(abgeschlossen.wirkungen.get(), durch=vertreter, um=UM)
    assert (wirkung.bestaetigt_von, wirkung.bestaetigt_fuer) == (vertreter, vertretene)
    for felder in (
        {"bestaetigt_fuer": wirkung.gemeldet_von_id},
        {"gemeldet_fuer": vertreter},
        {"gemeldet_fuer": vertretene},
    ):
        verboten("wirkung_auch_in_vertretung", partial(Wirkung.objects.update, **felder))


def test_who_declined_is_kept(abgeschlossen, koordination):
    wirkung = abschluss.verwirf(
        abgeschlossen.wirkungen.get(), "Kein Beleg.", durch=koordination, um=UM
    )
    assert wirkung.verworfen_von == koordination
    verboten("wirkung_verworfen_mit_person", lambda: Wirkung.objects.update(verworfen_von=None))


def test_declining_needs_a_reason_and_a_right(abgeschlossen, koordination):
    wirkung = abgeschlossen.wirkungen.get()
    with pytest.raises(SchrittNichtMoeglich):
        abschluss.verwirf(wirkung, " ", durch=koordination, um=UM)
    for konto in (abgeschlossen.ansprechperson, make_konto(rollen=["Leitung"])):
        with pytest.raises(KeinRecht):
            abschluss.verwirf(wirkung, "Nein.", durch=konto, um=UM)
        with pytest.raises(KeinRecht):
            abschluss.bestaetige(wirkung, durch=konto, um=UM)
    for _ in range(2):
        abschluss.verwirf(wirkung, "Kein Beleg.", durch=koordination, um=UM)
    with pytest.raises(SchrittNichtMoeglich):
        abschluss.bestaetige(wirkung, durch=make_konto(rollen=["Sachbearbeitung"]), um=UM)
    # A reason may name people: it stands at the effect and not in the log.
    assert not Eintrag.objects.filter(handlung="coaching.wirkung_verworfen").exclude(
        grund_pruefwert=""
    )


def test_none_is_nothing_to_confirm(koordination):
    mandat = make_mandat()
    schliesse(mandat, koordination, {"keine": ""})
    with pytest.raises(SchrittNichtMoeglich):
        abschluss.bestaetige(
            mandat.wirkungen.get(), durch=make_konto(rollen=["Sachbearbeitung"]), um=UM
        )
    assert not Wirkung.objects.zu_bestaetigen().exists()
