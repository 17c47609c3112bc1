"""The reminder to the contact person, with the clock moved (F34)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from asskomm.post.models import Nachricht
from asskomm.post.tagesaufgaben import tagesaufgaben
from beratung.models import Mandat, Stufe
from beratung.tagesaufgaben import erinnere_an_begleitungen
from beratung.verfahren import erinnerung, sitzungsschritte
from beratung.verfahren import sitzung as verfahren
from beratung.verfahren.erinnerung import zu_erinnern
from kommunen.models import Mitgliedschaft
from tests.factories import make_konto, make_mandat

from .begleitungen import TAG, UM, angaben, coach_von, erfasse, schritt

pytestmark = pytest.mark.django_db
# The session of `erfasse` is recorded on 1 April.
ERFASST = UM.date()
FRUEHESTENS = date(2026, 4, 16)
INTERN = {Stufe.LPR: "Intern"}


def erinnerungen():
    return Nachricht.objects.filter(vorlage="coaching_erinnerung")


def laufe(am):
    """The daily job on this day; returns how many mails it wrote."""
    vorher = erinnerungen().count()
    erinnere_an_begleitungen(am)
    return erinnerungen().count() - vorher


def oeffne(mandat, um=UM):
    for sitzung in mandat.sitzungen.all():
        sitzungsschritte.oeffne(sitzung, durch=mandat.ansprechperson, um=um)


def test_a_year_of_days():
    """One mail every fourteen days, from the fifteenth day after the step to the agreed end."""
    mandat = make_mandat(ende_geplant=date(2026, 6, 30))
    erfasse(mandat, schritt())
    tage = [ERFASST + n * TAG for n in range(200) if laufe(ERFASST + n * TAG)]
    assert tage == [FRUEHESTENS + n * 14 * TAG for n in range(6)]
    assert max(tage) <= date(2026, 6, 30)


def test_it_goes_to_the_contact_person_and_holds_only_the_link():
    mandat = make_mandat()
    erfasse(mandat, schritt(was="Vertrauliches"), texte={Stufe.GETEILT: "Geheimes"})
    laufe(FRUEHESTENS)
    mail = erinnerungen().get()
    assert mail.konto == mandat.ansprechperson
    assert f"/coaching/{mandat.pk}/" in mail.text
    for wort in ("Vertrauliches", "Geheimes", str(mandat.coaching.kommunen.get()), "Schritt"):
        assert wort not in mail.text + mail.betreff


@pytest.mark.parametrize(
    ("lage", "erinnert"),
    [
        ("schritt ungeöffnet", True),
        ("schritt geöffnet, ohne Tag", False),
        ("schritt geöffnet, heute fällig", False),
        ("schritt geöffnet, gestern fällig", True),
        ("schritt erledigt", False),
        ("schritt des Coaches", False),
        ("schritt des LPR", False),
        ("text ungelesen", True),
        ("text gelesen", False),
        ("nur interner Text", False),
        ("sitzung storniert", False),
    ],
)
def test_there_is_a_reason_or_no_mail(lage, erinnert):
    mandat = make_mandat()
    if lage.startswith("schritt"):
        wer = {"Coaches": "coach", "LPR": "lpr"}.get(lage.split()[-1], "kommune")
        bis = {"heute": FRUEHESTENS, "gestern": FRUEHESTENS - TAG}.get(lage.split()[-2])
        erfasse(mandat, schritt(wer=wer, bis=bis), texte=INTERN)
    else:
        erfasse(mandat, texte=INTERN if "intern" in lage else {Stufe.GETEILT: "Text"})
    if " ge" in lage or "erledigt" in lage:
        oeffne(mandat)
    sitzung = mandat.sitzungen.get()
    if "erledigt" in lage:
        sitzungsschritte.hake_ab(sitzung.schritte.get(), durch=mandat.ansprechperson, um=UM)
    if "storniert" in lage:
        verfahren.storniere(sitzung, "Irrtum", version=1, durch=coach_von(mandat), um=UM)
    assert laufe(FRUEHESTENS) == erinnert


@pytest.mark.parametrize(("tage", "erinnert"), [(0, False), (13, False), (14, False), (15, True)])
@pytest.mark.parametrize("neues", ["schritt", "text"])
def test_never_within_fourteen_days_of_something_new(neues, tage, erinnert):
    mandat = make_mandat()
    erfasse(mandat, schritt(), texte=INTERN)
    neu_um = datetime(2026, 5, 4, 20, tzinfo=UTC)
    if neues == "schritt":
        erfasse(mandat, schritt(wer="coach"), texte=INTERN, um=neu_um)
    else:
        erfasse(mandat, um=neu_um)
    assert laufe(neu_um.date() + tage * TAG) == erinnert


@pytest.mark.parametrize(("tage", "erinnert"), [(1, False), (13, False), (14, True)])
def test_at_most_one_in_fourteen_days(tage, erinnert):
    mandat = make_mandat()
    erfasse(mandat, schritt())
    assert laufe(FRUEHESTENS)
    assert not laufe(FRUEHESTENS)
    assert laufe(FRUEHESTENS + tage * TAG) == erinnert


@pytest.mark.parametrize(("am", "erinnert"), [(date(2026, 4, 30), True), (date(2026, 5, 1), False)])
def test_it_stops_with_the_agreed_end(am, erinnert):
    erfasse(make_mandat(ende_geplant=date(2026, 4, 30)), schritt())
    assert laufe(am) == erinnert


def test_it_stops_when_the_engagement_is_closed():
    erfasse(make_mandat(), schritt())
    Mandat.objects.update(stand="abgeschlossen", beendet_am=ERFASST, bericht="Fertig")
    assert not laufe(FRUEHESTENS)


@pytest.mark.parametrize("warum", ["niemand", "ausgeschieden", "fremd", "gesperrt"])
def test_without_a_contact_person_there_is_a_task_and_no_mail(warum):
    mandat = make_mandat()
    erfasse(mandat, schritt())
    if warum == "niemand":
        Mandat.objects.update(ansprechperson=None)
    elif warum == "ausgeschieden":
        Mitgliedschaft.objects.update(beendet_um=UM)
    elif warum == "fremd":
        Mandat.objects.update(ansprechperson=make_konto())
    else:
        mandat.ansprechperson.is_active = False
        mandat.ansprechperson.save()
    assert not laufe(FRUEHESTENS)
    assert list(Mandat.objects.ohne_ansprechperson()) == [mandat]


def test_each_engagement_has_its_own_reminder():
    eines, anderes = make_mandat(), make_mandat()
    erfasse(eines, schritt())
    erfasse(anderes, schritt(), um=UM + 3 * TAG)
    assert [laufe(FRUEHESTENS + n * TAG) for n in range(4)] == [1, 0, 0, 1]


def test_who_has_opened_meanwhile_gets_no_mail():
    mandat = make_mandat()
    erfasse(mandat, schritt())
    assert mandat in zu_erinnern(FRUEHESTENS)
    oeffne(mandat, UM + 10 * TAG)
    assert not erinnerung.erinnere(mandat, FRUEHESTENS)
    assert not erinnerungen().exists()


def test_a_correction_of_a_read_text_is_no_reason():
    mandat = make_mandat()
    sitzung = erfasse(mandat)
    oeffne(mandat)
    verfahren.korrigiere(
        sitzung, angaben(texte={Stufe.GETEILT: "Anders"}), version=1, durch=coach_von(mandat),
        um=UM + TAG,
    )  # fmt: skip
    assert not laufe(FRUEHESTENS + timedelta(days=2))


def test_it_runs_every_day_and_costs_the_same_without_reminders(django_assert_num_queries):
    assert tagesaufgaben()["beratung.erinnerung"] is erinnere_an_begleitungen
    for _ in range(3):
        erfasse(make_mandat(), schritt())
    with django_assert_num_queries(1):
        erinnere_an_begleitungen(ERFASST)
