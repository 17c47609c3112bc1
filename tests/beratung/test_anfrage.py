"""Advice as a procedure: asked for, planned, held, recorded, ended; every step once, in its order."""

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from asskomm.post.models import Nachricht
from asskomm.protokoll.models import Eintrag
from asskomm.schritt import SchrittNichtMoeglich, Ueberholt
from beratung.beratungen.tagesaufgaben import erinnere_an_termine
from beratung.models import Beratung, Beratungsanfrage, Beratungsstand, Wegschritt
from beratung.verfahren import beratung as verfahren
from beratung.verfahren import festhalten, wegschritte
from beratung.verfahren.beratung import Termin
from beratung.verfahren.festhalten import Gehalten, Vereinbart
from kommunen.models import Rolle
from tests.factories import make_beratung, make_kommune, make_konto, make_mitglied

pytestmark = pytest.mark.django_db
UM = datetime(2026, 9, 1, 8, tzinfo=UTC)
# A Thursday: two working days before is the Tuesday.
TERMIN = Termin(datetime(2026, 9, 17, 8, tzinfo=UTC), 90, "vor_ort", "Rathaus, Markt 1", "Lageplan")
GEHALTEN = Gehalten(
    date(2026, 9, 17), "vor_ort", "Bürgermeisterin", "Vandalismus", bemerkung="streng intern",
    schritte=[Vereinbart(Wegschritt.BESCHLUSS, date(2026, 12, 1), "Vorlage im Hauptausschuss")],
)  # fmt: skip


@pytest.fixture
def kommune(settings):
    settings.LPR_POSTFACH = "geschaeftsstelle@example.org"
    return make_kommune(name="Döbeln")


@pytest.fixture
def mitglied(kommune):
    return make_mitglied(kommune, Rolle.BEARBEITUNG, email="amt@example.org")


@pytest.fixture
def lpr():
    return make_konto(rollen=["Sachbearbeitung"])


def frage_an(kommune, durch=None, marke=None, anliegen="Wir planen ein Vorhaben."):
    durch = durch or make_mitglied(kommune, Rolle.BEARBEITUNG)
    return verfahren.frage_an(kommune, anliegen, durch=durch, um=UM, marke=marke or uuid.uuid4())


def plane(anfrage, lpr, termin=TERMIN, um=UM):
    return verfahren.plane(anfrage, termin, durch=lpr, um=um, gesehen=anfrage.version)


def mails(adresse="amt@example.org"):
    return list(Nachricht.objects.filter(adresse=adresse).order_by("eingestellt_um"))


# --- Asking ---------------------------------------------------------------------------


def test_the_office_gets_one_mail_without_what_was_written(kommune):
    anfrage = frage_an(kommune)
    nachricht = Nachricht.objects.get()
    assert nachricht.adresse == "geschaeftsstelle@example.org"
    assert "Döbeln" in nachricht.betreff
    assert "Wir planen" not in nachricht.text
    assert f"/beratung/koordination/{anfrage.pk}/" in nachricht.text


def test_the_same_form_twice_is_one_request(kommune):
    durch, marke = make_mitglied(kommune, Rolle.BEARBEITUNG), uuid.uuid4()
    assert frage_an(kommune, durch, marke) == frage_an(kommune, durch, marke)
    assert Nachricht.objects.count() == 1


def test_there_is_one_open_request_of_a_kommune(kommune, lpr):
    anfrage = frage_an(kommune)
    with pytest.raises(SchrittNichtMoeglich, match="schon eine Beratung angefragt"):
        frage_an(kommune)
    verfahren.schliesse(anfrage, "Doppelt", durch=lpr, um=UM, gesehen=1)
    frage_an(kommune)
    assert Beratungsanfrage.objects.offen().count() == 1


@pytest.mark.parametrize("rolle", [Rolle.LESEN, Rolle.ZEICHNUNG, Rolle.VERWALTUNG])
def test_only_bearbeitung_asks(kommune, rolle):
    with pytest.raises(SchrittNichtMoeglich):
        frage_an(kommune, make_mitglied(kommune, rolle))
    assert not Beratungsanfrage.objects.exists()


def test_a_kommune_that_is_gone_asks_no_more(kommune):
    kommune.gueltig_bis, kommune.nachfolger = date(2026, 8, 31), make_kommune()
    kommune.save()
    with pytest.raises(SchrittNichtMoeglich, match="besteht nicht mehr"):
        frage_an(kommune)


def test_staff_record_a_call_and_the_office_is_not_written_to(kommune, lpr):
    marke = uuid.uuid4()
    for _ in range(2):
        anfrage = verfahren.nimm_auf(kommune, "Anruf", "telefon", durch=lpr, um=UM, marke=marke)
    assert (anfrage.weg, anfrage.gestellt_von) == ("telefon", lpr)
    assert not Nachricht.objects.exists()
    with pytest.raises(SchrittNichtMoeglich, match="offene Anfrage"):
        verfahren.nimm_auf(kommune, "Anruf", "telefon", durch=lpr, um=UM, marke=uuid.uuid4())


# --- The appointment ------------------------------------------------------------------


def test_the_kommune_reads_when_how_and_where_and_no_name(kommune, mitglied, lpr):
    lpr.name = "Kim Geheim"
    lpr.save()
    make_mitglied(kommune, Rolle.LESEN, email="leser@example.org")
    plane(frage_an(kommune, mitglied), lpr)
    (nachricht,) = mails()
    assert "17.09.2026 um 10:00 Uhr" in nachricht.betreff
    assert "vor Ort" in nachricht.text
    assert "Rathaus, Markt 1" in nachricht.text
    assert "Geheim" not in nachricht.text
    assert "Lageplan" not in nachricht.text
    assert mails("leser@example.org") == []


def test_without_a_place_the_way_in_follows(kommune, mitglied, lpr):
    plane(frage_an(kommune, mitglied), lpr, Termin(TERMIN.um, 60, "video"))
    assert "Zugang folgt per E-Mail" in mails()[0].text


def test_planning_twice_is_once_and_moving_it_tells_again(kommune, mitglied, lpr):
    anfrage = frage_an(kommune, mitglied)
    for _ in range(2):
        geplant = verfahren.plane(anfrage, TERMIN, durch=lpr, um=UM, gesehen=1)
    assert (geplant.stand, geplant.version) == (Beratungsstand.GEPLANT, 2)
    assert len(mails()) == 1
    spaeter = Termin(TERMIN.um + timedelta(days=7), 60, "video")
    assert plane(geplant, lpr, spaeter).termin_um == spaeter.um
    assert "verlegt" in mails()[1].betreff


def test_whoever_saw_an_older_state_overwrites_nothing(kommune, lpr):
    anfrage = frage_an(kommune)
    plane(anfrage, lpr)
    anders = Termin(TERMIN.um, 60, "video")
    with pytest.raises(Ueberholt):
        verfahren.plane(anfrage, anders, durch=make_konto(["Sachbearbeitung"]), um=UM, gesehen=1)
    anfrage.refresh_from_db()
    assert anfrage.termin_form == "vor_ort"


def test_no_appointment_in_the_past(kommune, lpr):
    with pytest.raises(SchrittNichtMoeglich, match="Vergangenheit"):
        plane(frage_an(kommune), lpr, um=TERMIN.um)


def test_a_cancelled_appointment_leaves_the_request_open(kommune, mitglied, lpr):
    anfrage = plane(frage_an(kommune, mitglied), lpr)
    with pytest.raises(SchrittNichtMoeglich, match="Grund"):
        verfahren.sage_ab(anfrage, " ", durch=lpr, um=UM, gesehen=2)
    for _ in range(2):
        offen = verfahren.sage_ab(anfrage, "Erkrankt", durch=lpr, um=UM, gesehen=2)
    assert (offen.stand, offen.termin_um, offen.absage_grund) == ("neu", None, "Erkrankt")
    assert [m.vorlage for m in mails()] == ["beratung_termin", "beratung_termin_abgesagt"]
    assert "Erkrankt" not in mails()[1].text
    assert plane(offen, lpr).absage_grund == ""


@pytest.mark.parametrize(
    ("heute", "erinnert"),
    [
        (date(2026, 9, 14), 0),
        (date(2026, 9, 15), 1),
        (date(2026, 9, 17), 1),
        (date(2026, 9, 18), 0),
    ],
)
def test_the_reminder_comes_two_working_days_before(kommune, mitglied, lpr, heute, erinnert):
    plane(frage_an(kommune, mitglied), lpr)
    erinnere_an_termine(heute)
    erinnere_an_termine(heute)
    assert [m.vorlage for m in mails()].count("beratung_termin_erinnerung") == erinnert


def test_what_was_planned_in_the_last_two_days_needs_no_reminder(kommune, mitglied, lpr):
    plane(frage_an(kommune, mitglied), lpr, um=datetime(2026, 9, 15, 8, tzinfo=UTC))
    erinnere_an_termine(date(2026, 9, 16))
    assert [m.vorlage for m in mails()] == ["beratung_termin"]


def test_a_moved_appointment_is_reminded_of_again(kommune, mitglied, lpr):
    anfrage = plane(frage_an(kommune, mitglied), lpr)
    erinnere_an_termine(date(2026, 9, 15))
    anfrage.refresh_from_db()
    spaeter = Termin(TERMIN.um + timedelta(days=14), 60, "video")
    plane(anfrage, lpr, spaeter, um=datetime(2026, 9, 16, 8, tzinfo=UTC))
    erinnere_an_termine(date(2026, 9, 29))
    assert [m.vorlage for m in mails()].count("beratung_termin_erinnerung") == 2


# --- The end --------------------------------------------------------------------------


def test_the_record_answers_the_request_once(kommune, mitglied, lpr):
    anfrage, danach = plane(frage_an(kommune, mitglied), lpr), TERMIN.um + timedelta(hours=3)
    for _ in range(2):
        beratung = festhalten.halte_fest(anfrage, GEHALTEN, durch=lpr, um=danach, gesehen=2)
    anfrage.refresh_from_db()
    assert (anfrage.stand, anfrage.beratung) == (Beratungsstand.BERATEN, beratung)
    assert beratung.beraten_von == lpr
    assert not beratung.veroeffentlicht
    schritt = beratung.schritte.get()
    assert (schritt.schritt, schritt.bis) == ("beschluss", date(2026, 12, 1))
    assert Beratung.objects.count() == 1
    letzte = mails()[-1]
    assert "17.09.2026" in letzte.betreff
    assert "intern" not in letzte.text


def test_other_words_from_an_older_page_are_not_lost_in_silence(kommune, mitglied, lpr):
    marke, danach = uuid.uuid4(), TERMIN.um + timedelta(hours=3)
    frage_an(kommune, mitglied, marke)
    with pytest.raises(SchrittNichtMoeglich, match="schon eine Beratung angefragt"):
        frage_an(kommune, mitglied, marke, anliegen="Wir planen noch etwas.")
    anfrage = plane(Beratungsanfrage.objects.get(), lpr)
    wer = {"durch": lpr, "um": danach}
    festhalten.halte_fest(anfrage, GEHALTEN, gesehen=2, **wer)
    ohne = {"kommune": make_kommune(), "marke": uuid.uuid4(), **wer}
    festhalten.halte_ohne_anfrage_fest(gehalten=GEHALTEN, **ohne)
    for anders in (replace(GEHALTEN, thema="Graffiti"), replace(GEHALTEN, schritte=[])):
        with pytest.raises(Ueberholt):
            festhalten.halte_fest(anfrage, anders, gesehen=2, **wer)
        with pytest.raises(SchrittNichtMoeglich, match="schon eine Beratung festgehalten"):
            festhalten.halte_ohne_anfrage_fest(gehalten=anders, **ohne)
    assert list(Beratung.objects.values_list("thema", flat=True)) == ["Vandalismus"] * 2


@pytest.mark.parametrize("um", [datetime(2026, 9, 16, 20, tzinfo=UTC)])
def test_nothing_is_recorded_before_it_was_held(kommune, lpr, um):
    with pytest.raises(SchrittNichtMoeglich, match="Zukunft"):
        festhalten.halte_fest(frage_an(kommune), GEHALTEN, durch=lpr, um=um, gesehen=1)
    assert not Beratung.objects.exists()


def test_earlier_than_the_request_only_on_purpose(kommune, lpr):
    anfrage, frueher = frage_an(kommune), {"form": "telefon", "teilnehmende": "x", "thema": "y"}
    with pytest.raises(SchrittNichtMoeglich, match=r"erst am 01\.09\.2026"):
        festhalten.halte_fest(
            anfrage, Gehalten(date(2026, 8, 31), **frueher), durch=lpr, um=UM, gesehen=1
        )
    absichtlich = Gehalten(date(2026, 8, 31), **frueher, vor_der_anfrage=True)
    assert festhalten.halte_fest(anfrage, absichtlich, durch=lpr, um=UM, gesehen=1)


def test_without_a_request_twice_is_once_and_an_open_request_comes_first(kommune, mitglied, lpr):
    marke, danach = uuid.uuid4(), TERMIN.um + timedelta(hours=3)
    wer = {"durch": lpr, "um": danach}
    for _ in range(2):
        festhalten.halte_ohne_anfrage_fest(kommune, GEHALTEN, marke=marke, **wer)
    assert Beratung.objects.count() == 1
    assert [m.vorlage for m in mails()] == ["beratung_festgehalten"]
    frage_an(kommune, mitglied)
    with pytest.raises(SchrittNichtMoeglich, match="offene Anfrage"):
        festhalten.halte_ohne_anfrage_fest(kommune, GEHALTEN, marke=uuid.uuid4(), **wer)


def test_closing_without_advice_tells_the_kommune_but_not_why(kommune, mitglied, lpr):
    anfrage = plane(frage_an(kommune, mitglied), lpr)
    for _ in range(2):
        zu = verfahren.schliesse(anfrage, "Kein Bedarf mehr", durch=lpr, um=UM, gesehen=2)
    assert (zu.stand, zu.grund) == (Beratungsstand.GESCHLOSSEN, "Kein Bedarf mehr")
    assert "17.09.2026" in mails()[-1].text
    assert "Kein Bedarf" not in mails()[-1].text
    with pytest.raises(SchrittNichtMoeglich):
        verfahren.schliesse(anfrage, "Noch einmal", durch=lpr, um=UM, gesehen=3)
    assert Eintrag.objects.filter(handlung="beratung.geschlossen").count() == 1


def test_the_kommune_withdraws_and_the_office_reads_it(kommune, mitglied, lpr):
    anfrage = plane(frage_an(kommune, mitglied), lpr)
    for rolle in (Rolle.LESEN, Rolle.ZEICHNUNG):
        with pytest.raises(SchrittNichtMoeglich, match="Bearbeitung"):
            verfahren.ziehe_zurueck(
                anfrage, "", durch=make_mitglied(kommune, rolle), um=UM, gesehen=2
            )
    for _ in range(2):
        weg = verfahren.ziehe_zurueck(anfrage, "Vorbei", durch=mitglied, um=UM, gesehen=2)
    assert weg.stand == Beratungsstand.ZURUECKGEZOGEN
    an_lpr = [m.vorlage for m in mails("geschaeftsstelle@example.org")]
    assert an_lpr == ["beratung_angefragt", "beratung_zurueckgezogen"]


def test_a_wrong_end_is_taken_back_unless_the_kommune_asked_again(kommune, lpr):
    anfrage = frage_an(kommune)
    beratung = festhalten.halte_fest(
        anfrage, GEHALTEN, durch=lpr, um=TERMIN.um + timedelta(hours=3), gesehen=1
    )
    offen = verfahren.oeffne_wieder(anfrage, "Falsche Kommune", durch=lpr, gesehen=2)
    assert (offen.stand, offen.beratung, offen.erledigt_um) == ("neu", None, None)
    beratung.delete()
    verfahren.schliesse(offen, "Doppelt", durch=lpr, um=UM, gesehen=3)
    frage_an(kommune)
    with pytest.raises(SchrittNichtMoeglich, match="neue Anfrage"):
        verfahren.oeffne_wieder(offen, "Versehen", durch=lpr, gesehen=4)


@pytest.mark.parametrize("rollen", [[], ["Leitung"], ["Prüfung"], ["Redaktion"]])
def test_only_coordinators_plan_record_and_close(kommune, rollen):
    anfrage, wer = frage_an(kommune), make_konto(rollen=rollen)
    for schritt in (
        lambda: plane(anfrage, wer),
        lambda: verfahren.sage_ab(anfrage, "x", durch=wer, um=UM, gesehen=1),
        lambda: festhalten.halte_fest(anfrage, GEHALTEN, durch=wer, um=TERMIN.um, gesehen=1),
        lambda: verfahren.schliesse(anfrage, "x", durch=wer, um=UM, gesehen=1),
        lambda: verfahren.oeffne_wieder(anfrage, "x", durch=wer, gesehen=1),
        lambda: verfahren.nimm_auf(kommune, "x", "email", durch=wer, um=UM, marke=uuid.uuid4()),
        lambda: festhalten.halte_ohne_anfrage_fest(
            kommune, GEHALTEN, durch=wer, um=TERMIN.um, marke=uuid.uuid4()
        ),
    ):
        with pytest.raises(verfahren.KeinRecht):
            schritt()
    anfrage.refresh_from_db()
    assert (anfrage.stand, anfrage.version) == (Beratungsstand.NEU, 1)


def test_agreed_steps_are_ticked_off_by_bearbeitung_and_opened_again(kommune, mitglied, lpr):
    beratung = festhalten.halte_ohne_anfrage_fest(
        kommune, GEHALTEN, durch=lpr, um=TERMIN.um + timedelta(hours=3), marke=uuid.uuid4()
    )
    schritt = beratung.schritte.get()
    with pytest.raises(verfahren.KeinRecht):
        wegschritte.hake_ab(schritt, durch=make_mitglied(kommune, Rolle.LESEN), um=UM)
    for spaeter in (0, 1):
        wegschritte.hake_ab(schritt, durch=mitglied, um=UM + timedelta(days=spaeter))
    schritt.refresh_from_db()
    assert (schritt.erledigt_um, schritt.erledigt_von) == (UM, mitglied)
    wegschritte.oeffne_schritt(schritt, durch=mitglied)
    schritt.refresh_from_db()
    assert schritt.erledigt_um is None


def test_the_log_tells_nothing_of_what_was_typed(kommune, mitglied, lpr):
    anfrage = plane(frage_an(kommune, mitglied, anliegen="Ruft Frau Muster an"), lpr)
    festhalten.halte_fest(
        anfrage, GEHALTEN, durch=lpr, um=TERMIN.um + timedelta(hours=3), gesehen=2
    )
    text = str(list(Eintrag.objects.values()))
    assert "Muster" not in text
    assert "intern" not in text


# --- What must never be ----------------------------------------------------------------


@pytest.mark.parametrize(
    "falsch",
    [
        {"stand": "geplant"},
        {"stand": "beraten", "erledigt_um": UM},
        {"stand": "geschlossen", "erledigt_um": UM},
        {"stand": "zurueckgezogen"},
        {"stand": "unbekannt"},
        {"weg": "brieftaube"},
        {"termin_um": UM},
        {"termin_ort": "Rathaus"},
        {"erledigt_um": UM},
    ],
    ids=str,
)
def test_the_database_keeps_a_request_whole(kommune, falsch):
    anfrage = frage_an(kommune)
    if "erledigt_um" in falsch:
        falsch = {**falsch, "erledigt_von": anfrage.gestellt_von}
    with pytest.raises(IntegrityError), transaction.atomic():
        Beratungsanfrage.objects.filter(pk=anfrage.pk).update(**falsch)


def test_on_site_has_a_place(kommune, lpr):
    anfrage = plane(frage_an(kommune), lpr)
    with pytest.raises(IntegrityError), transaction.atomic():
        Beratungsanfrage.objects.filter(pk=anfrage.pk).update(termin_ort="")


@pytest.mark.django_db(transaction=True)
def test_the_answer_is_one_of_the_same_kommune(kommune):
    anfrage, fremde = frage_an(kommune), make_beratung()
    with pytest.raises(IntegrityError):
        Beratungsanfrage.objects.filter(pk=anfrage.pk).update(
            stand="beraten", beratung=fremde, erledigt_um=UM, erledigt_von=anfrage.gestellt_von
        )


def test_a_step_that_nobody_ticked_has_no_person(kommune):
    schritt = make_beratung(kommune=kommune).schritte.create(schritt="rat")
    with pytest.raises(IntegrityError), transaction.atomic():
        type(schritt).objects.filter(pk=schritt.pk).update(erledigt_um=UM)
