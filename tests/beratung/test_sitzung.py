"""Sessions, their levels, steps, booking and read state as procedures (F33, F34)."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection, transaction

from asskomm.post.models import Nachricht
from asskomm.protokoll.models import Eintrag
from asskomm.schritt import SchrittNichtMoeglich, Ueberholt
from beratung.models import Mandat, Niederschrift, Sitzung, Stufe
from beratung.verfahren import sitzung as verfahren
from beratung.verfahren import sitzungsschritte
from beratung.verfahren.begleitung import KeinRecht, Unzulaessig
from beratung.vierteltage import in_tagen, kontingentsatz, vierteltage
from kommunen.models import Mitgliedschaft, Rolle
from tests.factories import make_coach, make_konto, make_mandat, make_mitglied
from tests.fortbildung.test_gleichzeitig import zugleich

from .begleitungen import TAG, UM, angaben, coach_von, erfasse, schritt

pytestmark = pytest.mark.django_db


def kommune_von(mandat):
    return mandat.coaching.kommunen.get()


def stand(objekt):
    return type(objekt).objects.get(pk=objekt.pk)


def korrigiere(sitzung, *schritte, durch=None, um=UM + TAG, version=None, ruecknahme=False, **neu):
    return verfahren.korrigiere(
        sitzung, angaben(**neu), schritte, version=version or sitzung.version,
        durch=durch or coach_von(sitzung.mandat), um=um, zuruecknehmen=ruecknahme,
    )  # fmt: skip


def storniere(sitzung, grund="doppelt erfasst", *, durch=None, um=UM + TAG, version=None):
    return verfahren.storniere(
        sitzung, grund, version=version or sitzung.version,
        durch=durch or coach_von(sitzung.mandat), um=um,
    )  # fmt: skip


# --- Words -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("anzahl", "tage"),
    [(0, "0 Tage"), (1, "¼ Tag"), (3, "¾ Tag"), (4, "1 Tag"), (5, "1¼ Tage"), (9, "2¼ Tage"),
     (40, "10 Tage")],
)  # fmt: skip
def test_quarter_days_as_days(anzahl, tage):
    assert in_tagen(anzahl) == tage


@pytest.mark.parametrize(
    ("gebucht", "satz"),
    [
        (0, "Von 40 Vierteltagen ist noch keiner gebucht. Rest: 40 Vierteltage (10 Tage)."),
        (1, "1 von 40 Vierteltagen ist gebucht, das ist ¼ Tag. Rest: 39 Vierteltage (9¾ Tage)."),
        (4, "4 von 40 Vierteltagen sind gebucht, das ist 1 Tag. Rest: 36 Vierteltage (9 Tage)."),
        (
            9,
            "9 von 40 Vierteltagen sind gebucht, das sind 2¼ Tage. Rest: 31 Vierteltage (7¾ Tage).",
        ),
        (39, "39 von 40 Vierteltagen sind gebucht, das sind 9¾ Tage. Rest: 1 Vierteltag (¼ Tag)."),
        (
            40,
            "40 von 40 Vierteltagen sind gebucht, das sind 10 Tage. Das Kontingent ist ausgeschöpft.",
        ),
    ],
)
def test_the_contingent_as_a_sentence(gebucht, satz):
    assert kontingentsatz(gebucht, 40) == satz
    assert vierteltage(1) == "1 Vierteltag"


# --- Record ------------------------------------------------------------------


def test_a_session_books_its_quarter_days_and_tells_the_contact_person_by_a_bare_link():
    mandat = make_mandat()
    sitzung = erfasse(mandat, schritt(was="Streng vertraulich"), texte={Stufe.GETEILT: "Geheim"})
    connection.check_constraints()
    assert stand(mandat).gebucht == 2
    mail = Nachricht.objects.get()
    assert mail.konto == mandat.ansprechperson
    assert f"/coaching/sitzungen/{sitzung.pk}/" in mail.text
    for wort in ("Geheim", "vertraulich", str(kommune_von(mandat)), str(coach_von(mandat))):
        assert wort not in mail.text + mail.betreff
    eintrag = Eintrag.objects.get(handlung="coaching.sitzung_erfasst")
    assert eintrag.angaben == {"viertel": 2, "stufen": ["geteilt"], "schritte": 1}


@pytest.mark.parametrize("stufe", [Stufe.LPR, Stufe.EIGEN])
def test_what_is_not_shared_makes_no_mail(stufe):
    erfasse(make_mandat(), texte={stufe: "Intern"})
    assert not Nachricht.objects.exists()


def test_without_a_contact_person_nobody_gets_a_mail():
    mandat = make_mandat()
    Mitgliedschaft.objects.update(beendet_um=UM)
    erfasse(mandat)
    assert not Nachricht.objects.exists()


def test_the_same_form_twice_is_one_session():
    mandat, marke = make_mandat(), uuid4()
    assert erfasse(mandat, marke=marke) == erfasse(mandat, marke=marke)
    assert (Sitzung.objects.count(), stand(mandat).gebucht) == (1, 2)
    assert Nachricht.objects.count() == 1


def test_the_mark_of_somebody_elses_form_is_refused():
    mandat, marke = make_mandat(), uuid4()
    erfasse(mandat, marke=marke)
    fremd = make_mandat()
    with pytest.raises(SchrittNichtMoeglich, match="nicht vollständig"):
        erfasse(fremd, marke=marke)
    assert Sitzung.objects.count() == 1


@pytest.mark.parametrize(
    ("am", "satz"),
    [
        (date(2026, 2, 28), "beginnt erst am 01.03.2026"),
        (date(2026, 3, 1), ""),
        (date(2026, 4, 1), ""),
        (date(2026, 4, 2), "liegt in der Zukunft"),
    ],
)
def test_a_session_lies_between_the_beginning_and_today(am, satz):
    mandat = make_mandat()
    if not satz:
        assert erfasse(mandat, am=am).am == am
        return
    with pytest.raises(Unzulaessig, match=satz) as gefangen:
        erfasse(mandat, am=am)
    assert gefangen.value.feld == "am"


@pytest.mark.parametrize(("am", "geht"), [(date(2026, 3, 20), True), (date(2026, 3, 21), False)])
def test_a_session_is_not_after_the_agreed_end(am, geht):
    mandat = make_mandat(ende_geplant=date(2026, 3, 20))
    if geht:
        erfasse(mandat, am=am)
    else:
        with pytest.raises(Unzulaessig, match="endet am 20.03.2026"):
            erfasse(mandat, am=am)


def test_a_session_has_at_least_one_text():
    with pytest.raises(Unzulaessig) as gefangen:
        erfasse(make_mandat(), texte={Stufe.GETEILT: "", Stufe.LPR: "", Stufe.EIGEN: ""})
    assert gefangen.value.feld == "geteilt"


@pytest.mark.parametrize(
    ("schon", "viertel", "satz"),
    [
        (5, 4, "Es sind noch 3 Vierteltage frei (¾ Tag). Die Koordination kann"),
        (7, 2, "Es ist noch 1 Vierteltag frei (¼ Tag)."),
        (8, 1, "Das Kontingent ist ausgeschöpft."),
    ],
)
def test_over_the_contingent_is_refused_with_the_rest(schon, viertel, satz):
    mandat = make_mandat(kontingent=8)
    erfasse(mandat, viertel=schon)
    with pytest.raises(Unzulaessig) as gefangen:
        erfasse(mandat, viertel=viertel)
    assert satz in str(gefangen.value)
    assert gefangen.value.feld == "viertel"
    assert (Sitzung.objects.count(), stand(mandat).gebucht) == (1, schon)


def test_exactly_the_rest_can_be_booked():
    mandat = make_mandat(kontingent=8)
    erfasse(mandat, viertel=5)
    erfasse(mandat, viertel=3)
    assert stand(mandat).rest == 0


def test_only_the_coach_and_the_deputy_record():
    vertretung = make_coach()
    mandat = make_mandat(vertretung=vertretung)
    erfasse(mandat, durch=vertretung.konto)
    andere = [
        make_coach().konto, make_konto(["Sachbearbeitung"]),
        make_mitglied(kommune_von(mandat), *Rolle),
    ]  # fmt: skip
    for wer in andere:
        with pytest.raises(KeinRecht):
            erfasse(mandat, durch=wer)


def test_who_was_replaced_records_nothing_more():
    mandat = make_mandat()
    frueher = coach_von(mandat)
    mandat.einsaetze.update(bis=date(2026, 3, 31))
    with pytest.raises(KeinRecht):
        erfasse(mandat, durch=frueher)


def test_an_ended_engagement_takes_no_session():
    mandat = make_mandat()
    Mandat.objects.update(stand="abgeschlossen", beendet_am=date(2026, 3, 31), bericht="Fertig")
    with pytest.raises(SchrittNichtMoeglich, match="beendet"):
        erfasse(mandat)


# --- Correct -----------------------------------------------------------------


@pytest.mark.parametrize("viertel", [1, 2, 8])
def test_another_length_books_the_difference(viertel):
    mandat = make_mandat(kontingent=8)
    korrigiere(erfasse(mandat), viertel=viertel)
    connection.check_constraints()
    assert stand(mandat).gebucht == viertel


def test_a_longer_session_over_the_contingent_is_refused():
    sitzung = erfasse(make_mandat(kontingent=8))
    with pytest.raises(Unzulaessig, match="höchstens 8 Vierteltage möglich"):
        korrigiere(sitzung, viertel=9)


def test_a_correction_shows_at_the_text_that_it_changed_and_only_there():
    alt = {Stufe.GETEILT: "Alt", Stufe.LPR: "Intern"}
    sitzung = erfasse(make_mandat(), texte=alt)
    korrigiere(sitzung, texte=alt | {Stufe.GETEILT: "Neu"})
    geaendert = dict(sitzung.niederschriften.values_list("stufe", "geaendert_um"))
    assert geaendert == {Stufe.GETEILT: UM + TAG, Stufe.LPR: None}
    # It is a correction of the same text, no news.
    assert Nachricht.objects.count() == 1


def test_who_saw_another_version_changes_nothing():
    sitzung = erfasse(make_mandat())
    korrigiere(sitzung, teilnehmende="Zwei Personen")
    with pytest.raises(Ueberholt):
        korrigiere(sitzung, version=1, teilnehmende="Drei Personen")
    assert stand(sitzung).teilnehmende == "Zwei Personen"


def test_a_session_does_not_move_behind_the_day_on_which_it_was_recorded():
    with pytest.raises(Unzulaessig, match="am 01.04.2026 erfasst"):
        korrigiere(erfasse(make_mandat()), am=date(2026, 4, 2), um=UM + 30 * TAG)


def test_a_shared_text_is_not_emptied_silently():
    sitzung = erfasse(make_mandat())
    leer = {Stufe.GETEILT: "", Stufe.LPR: "Intern"}
    with pytest.raises(Unzulaessig) as gefangen:
        korrigiere(sitzung, texte=leer)
    assert gefangen.value.feld == "zuruecknehmen"
    korrigiere(sitzung, texte=leer, ruecknahme=True)
    assert [n.stufe for n in sitzung.niederschriften.all()] == [Stufe.LPR]


def test_a_shared_text_that_the_kommune_has_opened_stays():
    mandat = make_mandat()
    sitzung = erfasse(mandat)
    sitzungsschritte.oeffne(sitzung, durch=mandat.ansprechperson, um=UM)
    with pytest.raises(Unzulaessig, match="am 01.04.2026 geöffnet") as gefangen:
        korrigiere(stand(sitzung), texte={Stufe.LPR: "Intern"}, ruecknahme=True)
    assert gefangen.value.feld == "geteilt"
    assert sitzung.niederschriften.get().text == "Wir haben gesprochen."


def test_what_is_shared_later_is_unread_and_told():
    mandat = make_mandat()
    sitzung = erfasse(mandat, texte={Stufe.LPR: "Intern"})
    sitzungsschritte.oeffne(sitzung, durch=mandat.ansprechperson, um=UM)
    korrigiere(stand(sitzung), texte={Stufe.LPR: "Intern", Stufe.GETEILT: "Für Sie"})
    assert stand(sitzung).geoeffnet_um is None
    assert Nachricht.objects.count() == 1


def test_own_notes_of_others_stay_untouched():
    vertretung = make_coach()
    mandat = make_mandat(vertretung=vertretung)
    sitzung = erfasse(mandat, texte={Stufe.GETEILT: "Für alle", Stufe.EIGEN: "Des Coaches"})
    sitzung = korrigiere(
        sitzung, texte={Stufe.GETEILT: "Für alle", Stufe.EIGEN: "Der Vertretung"},
        durch=vertretung.konto,
    )  # fmt: skip
    eigene = Niederschrift.objects.filter(stufe=Stufe.EIGEN)
    assert {n.verfasst_von: n.text for n in eigene} == {
        coach_von(mandat): "Des Coaches", vertretung.konto: "Der Vertretung",
    }  # fmt: skip
    korrigiere(sitzung, durch=vertretung.konto)
    assert eigene.get().text == "Des Coaches"


def test_a_correction_adds_steps():
    sitzung = erfasse(make_mandat(), schritt())
    korrigiere(sitzung, schritt(was="Noch einer"))
    assert sitzung.schritte.count() == 2


# --- Cancel ------------------------------------------------------------------


def test_a_cancelled_session_frees_its_quarter_days_and_ends_its_steps():
    mandat = make_mandat()
    sitzung = erfasse(mandat, schritt())
    assert storniere(sitzung).storno_grund == "doppelt erfasst"
    connection.check_constraints()
    assert stand(mandat).gebucht == 0
    assert not sitzung.schritte.offen().exists()
    for noch_einmal in (lambda: storniere(sitzung), lambda: korrigiere(sitzung, version=2)):
        with pytest.raises(SchrittNichtMoeglich, match="storniert"):
            noch_einmal()


def test_cancelling_needs_a_reason_and_the_version_seen():
    sitzung = erfasse(make_mandat())
    with pytest.raises(Unzulaessig):
        storniere(sitzung, "  ")
    with pytest.raises(Ueberholt):
        storniere(sitzung, version=7)
    with pytest.raises(KeinRecht):
        storniere(sitzung, durch=make_konto(["Sachbearbeitung"]))


# --- Who reads which text ----------------------------------------------------


def test_who_reads_which_level():
    vertretung, fremder = make_coach(), make_coach()
    mandat = make_mandat(vertretung=vertretung)
    make_mandat(coach=fremder)
    erfasse(mandat, texte={stufe: f"Text {stufe}" for stufe in Stufe})
    kommune = kommune_von(mandat)
    beide = [Stufe.GETEILT, Stufe.LPR]
    liest = {
        coach_von(mandat): [*beide, Stufe.EIGEN],
        vertretung.konto: beide,
        make_konto(["Sachbearbeitung"]): beide,
        make_konto(["Leitung"]): [],
        fremder.konto: [],
        make_konto(): [],
    } | {make_mitglied(kommune, rolle): [Stufe.GETEILT] for rolle in Rolle}
    for konto, stufen in liest.items():
        lesbar = Niederschrift.objects.sichtbar_fuer(konto, date(2026, 4, 1))
        assert {n.stufe for n in lesbar} == set(stufen), konto


@pytest.mark.parametrize(("am", "liest"), [(date(2026, 6, 30), True), (date(2026, 7, 1), False)])
def test_thirty_days_after_the_end_the_coach_reads_nothing(am, liest):
    mandat = make_mandat()
    erfasse(mandat, texte=dict.fromkeys(Stufe, "Text"))
    coach = coach_von(mandat)
    mandat.einsaetze.update(bis=date(2026, 5, 31))
    assert Niederschrift.objects.sichtbar_fuer(coach, am).exists() == liest


# --- Read state and ticks ----------------------------------------------------


def test_the_first_member_who_reads_opens_the_session_and_its_steps():
    mandat = make_mandat()
    sitzung = erfasse(mandat, schritt())
    liest = make_mitglied(kommune_von(mandat), Rolle.LESEN)
    assert sitzungsschritte.oeffne(sitzung, durch=liest, um=UM)
    assert not sitzungsschritte.oeffne(sitzung, durch=mandat.ansprechperson, um=UM + TAG)
    geoeffnet = stand(sitzung)
    assert (geoeffnet.geoeffnet_von, geoeffnet.geoeffnet_um) == (liest, UM)
    assert sitzung.schritte.get().geoeffnet_um == UM


def test_who_is_no_member_any_more_opens_nothing():
    mandat = make_mandat()
    sitzung = erfasse(mandat)
    mandat.ansprechperson.mitgliedschaften.update(beendet_um=UM)
    assert not sitzungsschritte.oeffne(sitzung, durch=mandat.ansprechperson, um=UM)


def test_coach_coordinator_and_strangers_open_nothing():
    mandat = make_mandat()
    sitzung = erfasse(mandat)
    for wer in (coach_von(mandat), make_konto(["Sachbearbeitung"]), make_konto()):
        assert not sitzungsschritte.oeffne(sitzung, durch=wer, um=UM)
    assert stand(sitzung).geoeffnet_um is None


@pytest.mark.parametrize("wer", ["kommune", "coach", "lpr"])
def test_each_side_ticks_its_own_steps(wer):
    mandat = make_mandat()
    einer = erfasse(mandat, schritt(wer=wer)).schritte.get()
    seiten = {
        "kommune": mandat.ansprechperson,
        "coach": coach_von(mandat),
        "lpr": make_konto(["Sachbearbeitung"]),
        "liest": make_mitglied(kommune_von(mandat), Rolle.LESEN),
    }
    for seite, konto in seiten.items():
        if seite != wer:
            with pytest.raises(KeinRecht):
                sitzungsschritte.hake_ab(einer, durch=konto, um=UM)
    sitzungsschritte.hake_ab(einer, durch=seiten[wer], um=UM)
    sitzungsschritte.hake_ab(einer, durch=seiten[wer], um=UM + TAG)
    assert (einer.erledigt_um, einer.erledigt_von) == (UM, seiten[wer])
    assert Eintrag.objects.filter(handlung="coaching.schritt_erledigt").count() == 1


@pytest.mark.parametrize(("tage", "geht"), [(14, True), (15, False)])
def test_a_tick_by_mistake_is_taken_back_within_fourteen_days(tage, geht):
    mandat = make_mandat()
    einer = erfasse(mandat, schritt()).schritte.get()
    wer = mandat.ansprechperson
    sitzungsschritte.nimm_zurueck(einer, durch=wer, um=UM)
    sitzungsschritte.hake_ab(einer, durch=wer, um=UM)
    if geht:
        sitzungsschritte.nimm_zurueck(einer, durch=wer, um=UM + tage * TAG)
    else:
        with pytest.raises(SchrittNichtMoeglich, match="über 14 Tagen"):
            sitzungsschritte.nimm_zurueck(einer, durch=wer, um=UM + tage * TAG)
    assert (stand(einer).erledigt_um is None) == geht


def test_steps_of_a_cancelled_session_are_off():
    mandat = make_mandat()
    einer = erfasse(mandat, schritt()).schritte.get()
    storniere(einer.sitzung)
    with pytest.raises(SchrittNichtMoeglich, match="storniert"):
        sitzungsschritte.hake_ab(stand(einer), durch=mandat.ansprechperson, um=UM)


def test_a_ticked_step_was_opened():
    mandat = make_mandat()
    einer = erfasse(mandat, schritt()).schritte.get()
    sitzungsschritte.hake_ab(einer, durch=mandat.ansprechperson, um=UM)
    assert einer.geoeffnet_um == UM


# --- Many at once ------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_many_at_once_for_the_last_quarter_day():
    with transaction.atomic():
        mandat = make_mandat(kontingent=5)
    erfasse(mandat, viertel=4)
    abgewiesen = []

    def buche(_):
        try:
            erfasse(mandat, viertel=1)
        except Unzulaessig as fehler:
            abgewiesen.append(str(fehler))

    zugleich(8, range(8), buche)
    assert len(abgewiesen) == 7
    assert all("ausgeschöpft" in satz for satz in abgewiesen)
    assert (stand(mandat).gebucht, Sitzung.objects.count()) == (5, 2)


@pytest.mark.django_db(transaction=True)
def test_the_same_form_many_times_at_once_is_one_session():
    with transaction.atomic():
        mandat, marke = make_mandat(), uuid4()
    zugleich(6, range(6), lambda _: erfasse(mandat, marke=marke))
    assert (Sitzung.objects.count(), stand(mandat).gebucht) == (1, 2)


@pytest.mark.django_db(transaction=True)
def test_two_corrections_at_once_are_one():
    with transaction.atomic():
        sitzung = erfasse(make_mandat())
    ueberholt = []

    def aendere(viertel):
        try:
            korrigiere(sitzung, viertel=viertel, version=1)
        except Ueberholt:
            ueberholt.append(viertel)

    zugleich(4, range(1, 5), aendere)
    assert len(ueberholt) == 3
    assert stand(sitzung).viertel == stand(sitzung.mandat).gebucht


# --- After the contract ------------------------------------------------------


def test_what_was_held_within_the_contract_can_be_recorded_after_it():
    vertretung = make_coach()
    mandat = make_mandat(
        coach=make_coach(vertrag=("2026-01-01", "2026-03-20")), vertretung=vertretung
    )
    coach = coach_von(mandat)
    with pytest.raises(Unzulaessig, match="Der Vertrag des Coaches endete am 20.03.2026") as fehler:
        erfasse(mandat, am=date(2026, 3, 21))
    assert fehler.value.feld == "am"
    sitzung = erfasse(mandat, am=date(2026, 3, 20))
    with pytest.raises(Unzulaessig, match="20.03.2026"):
        korrigiere(sitzung, durch=vertretung.konto, am=date(2026, 3, 21))
    erfasse(mandat, durch=vertretung.konto, am=date(2026, 3, 21))
    coach.coach.vertraege.create(von="2026-03-22", bis="2026-12-31")
    erfasse(mandat, am=date(2026, 3, 22))
    with pytest.raises(Unzulaessig):
        erfasse(mandat, am=date(2026, 3, 21))


def test_a_session_stays_correctable_when_the_contract_is_shortened():
    mandat = make_mandat()
    sitzung = erfasse(mandat)
    coach_von(mandat).coach.vertraege.update(bis=date(2026, 3, 1))
    assert korrigiere(sitzung, viertel=3).viertel == 3
