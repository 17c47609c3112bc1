"""Another coach takes over, and access ends 30 days after (F36)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from asskomm.datenschutz import verfahren as datenschutz
from asskomm.post.models import Nachricht
from asskomm.schritt import Ueberholt
from beratung.befugnisse import sicht
from beratung.models import Ausschluss, Coachvertrag, Einsatz, Mandat, Niederschrift, Stufe
from beratung.tagesaufgaben import loesche_eigene_notizen
from beratung.verfahren import wechsel
from beratung.verfahren.begleitung import KeinRecht, Unzulaessig, setze_vertretung
from kommunen.models import Mitgliedschaft, Rolle
from tests.factories import make_coach, make_konto, make_mandat

from .test_grenzen import make_sitzung

pytestmark = pytest.mark.django_db
UM = datetime(2026, 9, 15, 9, tzinfo=UTC)
HEUTE = date(2026, 9, 15)


@pytest.fixture
def koordination():
    return make_konto(rollen=["Sachbearbeitung"])


def wechsle(mandat, coach, durch, ab=HEUTE, **weiteres):
    weiteres.setdefault("gesehen", mandat.version)
    return wechsel.wechsle(mandat, coach, ab=ab, durch=durch, um=UM, **weiteres)


def leitender(mandat):
    return mandat.einsaetze.get(rolle="coach", bis=None).coach


def mit_texten(mandat):
    sitzung = make_sitzung(mandat)
    for stufe in Stufe:
        sitzung.niederschriften.create(
            stufe=stufe, text=f"Text {stufe}", verfasst_von=sitzung.erfasst_von, verfasst_um=UM
        )
    mandat.refresh_from_db()


def lesbar(coach, tag):
    return set(
        Niederschrift.objects.sichtbar_fuer(coach.konto, tag).values_list("stufe", flat=True)
    )


def test_what_the_next_coach_writes_is_not_for_the_one_before(koordination):
    alter, neuer = make_coach(), make_coach()
    mandat = make_mandat(coach=alter)
    mit_texten(mandat)
    wechsle(mandat, neuer, koordination)
    Niederschrift.objects.filter(stufe=Stufe.LPR).delete()
    mandat.sitzungen.get().niederschriften.create(
        stufe=Stufe.LPR, text="Neu", verfasst_von=neuer.konto, verfasst_um=UM
    )
    assert lesbar(alter, HEUTE) == {"eigen", "geteilt"}
    assert lesbar(neuer, HEUTE) == {"geteilt", "lpr"}


def test_texts_go_along_own_notes_do_not(koordination):
    alter, neuer = make_coach(), make_coach()
    mandat = make_mandat(coach=alter)
    mit_texten(mandat)
    wechsle(mandat, neuer, koordination)
    assert leitender(mandat) == neuer
    assert mandat.einsaetze.get(coach=alter).bis == date(2026, 9, 14)
    assert lesbar(neuer, HEUTE) == {"geteilt", "lpr"}
    assert lesbar(alter, HEUTE) == {"geteilt", "lpr", "eigen"}


def test_the_old_coach_reads_for_thirty_days_and_writes_nothing(koordination):
    alter = make_coach()
    mandat = make_mandat(coach=alter)
    wechsle(mandat, make_coach(), koordination)
    eine = sicht(alter.konto, mandat, date(2026, 10, 14))
    assert not eine.begleitet
    assert sicht(alter.konto, mandat, date(2026, 10, 15)) is None
    assert sicht(leitender(mandat).konto, mandat, HEUTE).leitet


def test_own_notes_go_with_the_access(koordination):
    alter = make_coach()
    mandat = make_mandat(coach=alter)
    mit_texten(mandat)
    wechsle(mandat, make_coach(), koordination)
    tag = HEUTE
    while Niederschrift.objects.filter(stufe="eigen").exists():
        assert "eigen" in lesbar(alter, tag) or tag == date(2026, 10, 15)
        tag += timedelta(days=1)
        loesche_eigene_notizen(tag)
    assert tag == date(2026, 10, 15)
    assert Niederschrift.objects.count() == 2


def test_a_note_that_is_held_stays(koordination):
    mandat = make_mandat()
    mit_texten(mandat)
    wechsle(mandat, make_coach(), koordination)
    datenschutz.sperre("beratung.mandat", str(mandat.pk), grund="Streit", durch=koordination, um=UM)
    loesche_eigene_notizen(date(2027, 1, 1))
    assert Niederschrift.objects.filter(stufe="eigen").exists()


def test_who_comes_back_keeps_the_notes(koordination):
    coach = make_coach()
    mandat = make_mandat(coach=coach)
    mit_texten(mandat)
    mandat.einsaetze.update(bis=date(2026, 5, 1))
    Einsatz.objects.create(mandat=mandat, coach=coach, rolle="coach", von=date(2026, 9, 1))
    loesche_eigene_notizen(HEUTE)
    assert Niederschrift.objects.filter(stufe="eigen").exists()


def test_all_are_told_and_no_name_is(koordination):
    alter, neuer = make_coach(), make_coach()
    mandat = make_mandat(coach=alter)
    wechsle(mandat, neuer, koordination)
    mails = {mail.vorlage: mail for mail in Nachricht.objects.all()}
    assert {name: mail.konto for name, mail in mails.items()} == {
        "coaching_einsatz_endet": alter.konto,
        "coaching_einsatz_beginnt": neuer.konto,
        "coaching_coach_gewechselt": mandat.ansprechperson,
    }
    for mail in mails.values():
        for konto in (alter.konto, neuer.konto, mandat.ansprechperson):
            assert konto.name not in mail.text or not konto.name
            assert konto.email not in mail.text


def test_a_deputy_who_takes_the_lead_stands_in_no_more(koordination):
    vertretung = make_coach()
    mandat = make_mandat(vertretung=vertretung)
    wechsle(mandat, vertretung, koordination)
    (einsatz,) = mandat.einsaetze.laufend()
    assert (einsatz.coach, einsatz.rolle) == (vertretung, "coach")


def _ausgeschlossen(coach, mandat):
    kommune = mandat.coaching.kommunen.get()
    Ausschluss.objects.create(coach=coach, kommune=kommune, grund="Verwandt")


def _mitglied(coach, mandat):
    Mitgliedschaft.objects.create(
        konto=coach.konto, kommune=mandat.coaching.kommunen.get(), rolle=Rolle.LESEN,
        gegeben_um=UM, bestaetigt_am=HEUTE,
    )  # fmt: skip


def _ohne_vertrag(coach, mandat):
    Coachvertrag.objects.filter(coach=coach).update(bis=date(2026, 9, 14))


def _belegt(coach, mandat):
    coach.kapazitaet = 1
    coach.save()
    make_mandat(coach=coach)


def _deaktiviert(coach, mandat):
    coach.konto.is_active = False
    coach.konto.save()


@pytest.mark.parametrize(
    "grund", [_ausgeschlossen, _mitglied, _ohne_vertrag, _belegt, _deaktiviert]
)
def test_a_coach_who_cannot_is_refused(grund, koordination):
    mandat, coach = make_mandat(), make_coach()
    grund(coach, mandat)
    with pytest.raises(Unzulaessig) as gefangen:
        wechsle(mandat, coach, koordination)
    assert gefangen.value.feld == "coach"
    assert leitender(mandat) != coach


def test_who_acts_for_the_kommune_does_not_stand_in_either(koordination):
    mandat, coach = make_mandat(), make_coach()
    _mitglied(coach, mandat)
    with pytest.raises(Unzulaessig):
        setze_vertretung(mandat, coach, durch=koordination, um=UM, gesehen=mandat.version)
    assert mandat.einsaetze.count() == 1


def test_a_contract_that_ended_since_is_none(koordination):
    mandat, coach = make_mandat(), make_coach(vertrag=(date(2026, 1, 1), date(2026, 9, 10)))
    with pytest.raises(Unzulaessig):
        wechsle(mandat, coach, koordination, ab=date(2026, 9, 9))


@pytest.mark.parametrize("ab", [date(2026, 9, 16), date(2026, 2, 28)])
def test_the_day_is_within_the_engagement_and_not_ahead(ab, koordination):
    with pytest.raises(Unzulaessig) as gefangen:
        wechsle(make_mandat(), make_coach(), koordination, ab=ab)
    assert gefangen.value.feld == "ab"


def test_not_before_the_present_coach_began(koordination):
    mandat = make_mandat()
    mandat.einsaetze.update(von=date(2026, 9, 10))
    with pytest.raises(Unzulaessig):
        wechsle(mandat, make_coach(), koordination, ab=date(2026, 9, 9))
    alter = leitender(mandat)
    wechsle(mandat, make_coach(), koordination, ab=date(2026, 9, 10))
    assert mandat.einsaetze.get(coach=alter).bis == date(2026, 9, 10)


def test_the_same_form_sent_twice_is_one_change(koordination):
    mandat, neuer = make_mandat(), make_coach()
    for _ in range(2):
        wechsle(mandat, neuer, koordination, gesehen=1)
    assert mandat.einsaetze.count() == 2
    assert Mandat.objects.get(pk=mandat.pk).version == 2


def test_an_overtaken_form_changes_nothing(koordination):
    with pytest.raises(Ueberholt):
        wechsle(make_mandat(version=4), make_coach(), koordination, gesehen=3)


@pytest.mark.parametrize("rolle", ["Leitung", None])
def test_only_coordinators_change_the_coach(rolle):
    mandat = make_mandat()
    durch = make_konto(rollen=[rolle]) if rolle else leitender(mandat).konto
    with pytest.raises(KeinRecht):
        wechsle(mandat, make_coach(), durch)
