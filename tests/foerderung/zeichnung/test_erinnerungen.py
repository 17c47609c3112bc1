"""Reminders on working days, each once, and what becomes a task of the LPR."""

from datetime import UTC, date, datetime

import pytest

from asskomm.portal.aufgaben import aufgaben
from asskomm.post.models import Nachricht
from asskomm.post.tagesaufgaben import tagesaufgaben
from asskomm.post.vorlagen import vorlagen
from foerderung.models import Foerderrunde, Fristverlaengerung, Status
from foerderung.zeichnung import vorlagen as eigene
from foerderung.zeichnung.tagesaufgaben import (
    erinnere_an_antragsfrist,
    erinnere_an_nachforderung,
)
from kommunen.models import Rolle
from tests.factories import make_antrag, make_konto, make_mitglied, make_runde

from .hilfen import make_eingereicht, make_in_zeichnung, make_nachgefordert

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


@pytest.fixture
def entwurf():
    """Four members, of whom two prepare or sign; the window ends on Thursday, 15 October 2026."""
    antrag = make_antrag()
    for rolle in Rolle:
        make_mitglied(antrag.kommune, rolle, name=rolle.label)
    return antrag


def mails(vorlage="antragsfrist"):
    return sorted(Nachricht.objects.filter(vorlage=vorlage).values_list("konto__name", flat=True))


def laufe(von, bis):
    """The worker on every day from `von` to `bis`; the days on which it wrote."""
    tage = []
    for nummer in range(von.toordinal(), bis.toordinal() + 1):
        vorher = Nachricht.objects.count()
        erinnere_an_antragsfrist(date.fromordinal(nummer))
        if Nachricht.objects.count() > vorher:
            tage.append(date.fromordinal(nummer))
    return tage


def test_both_jobs_run_every_day():
    assert {"foerderung.antragsfrist", "foerderung.nachforderung"} <= set(tagesaufgaben())


def test_fourteen_seven_and_two_working_days_before_the_end(entwurf):
    # 25 September, 6 and 13 October 2026: no public holiday of Saxony lies between.
    assert laufe(date(2026, 9, 1), date(2026, 11, 1)) == [
        date(2026, 9, 25),
        date(2026, 10, 6),
        date(2026, 10, 13),
    ]
    assert mails() == ["Bearbeitung"] * 3 + ["Zeichnung"] * 3


def test_holidays_of_saxony_are_no_working_days(entwurf):
    """Buß- und Bettag, 18 November 2026, and Reformationstag, a Saturday that year."""
    Foerderrunde.objects.update(schluss=date(2026, 11, 19), erinnerungen="1")
    assert laufe(date(2026, 11, 1), date(2026, 11, 19)) == [date(2026, 11, 17)]


def test_the_days_are_data_of_the_round(entwurf):
    Foerderrunde.objects.update(erinnerungen="3")
    assert laufe(date(2026, 9, 1), date(2026, 10, 31)) == [date(2026, 10, 12)]
    Foerderrunde.objects.update(erinnerungen="")
    assert laufe(date(2026, 9, 1), date(2026, 10, 31)) == []


def test_the_same_day_again_writes_nothing(entwurf):
    for _ in range(2):
        erinnere_an_antragsfrist(date(2026, 9, 25))
    assert mails() == ["Bearbeitung", "Zeichnung"]


def test_what_was_missed_follows_once(entwurf):
    erinnere_an_antragsfrist(date(2026, 10, 8))
    assert mails() == ["Bearbeitung", "Zeichnung"]
    assert laufe(date(2026, 10, 9), date(2026, 10, 15)) == [date(2026, 10, 13)]


def test_a_draft_begun_late_gets_the_reminders_that_are_left():
    antrag = make_antrag(angelegt_um=datetime(2026, 10, 8, 9, tzinfo=UTC))
    make_mitglied(antrag.kommune, Rolle.BEARBEITUNG)
    assert laufe(date(2026, 10, 8), date(2026, 10, 15)) == [date(2026, 10, 13)]


def test_nobody_is_reminded_of_what_is_submitted_or_withdrawn():
    for status in Status:
        if status not in (Status.ENTWURF, Status.IN_ZEICHNUNG):
            make_mitglied(make_antrag(status=status).kommune, Rolle.BEARBEITUNG)
    assert laufe(date(2026, 9, 1), date(2026, 10, 31)) == []


def test_the_reminder_says_that_it_lies_for_signature():
    make_in_zeichnung()
    erinnere_an_antragsfrist(date(2026, 10, 6))
    assert "liegt zur Zeichnung" in Nachricht.objects.filter(vorlage="antragsfrist").first().text


def test_an_extension_has_reminders_of_its_own(entwurf):
    laufe(date(2026, 9, 1), date(2026, 10, 15))
    Fristverlaengerung.objects.create(
        antrag=entwurf, bis=date(2026, 10, 30), begruendung="Störung",
        gegeben_um=datetime(2026, 10, 16, 8, tzinfo=UTC),
    )  # fmt: skip
    assert laufe(date(2026, 10, 16), date(2026, 11, 5)) == [date(2026, 10, 21), date(2026, 10, 28)]


def test_a_round_that_has_not_begun_reminds_of_nothing():
    runde = make_runde(jahr_von=2028)
    antrag = make_antrag(runde=runde, angelegt_um=datetime(2026, 1, 1, tzinfo=UTC))
    make_mitglied(antrag.kommune, Rolle.BEARBEITUNG)
    assert laufe(date(2026, 9, 1), date(2026, 10, 31)) == []


def test_a_request_is_recalled_before_its_day_and_after_it():
    rathaus = make_nachgefordert(frist=date(2026, 12, 1))
    for tag in (date(2026, 11, 26), date(2026, 11, 27), date(2026, 11, 28), date(2026, 12, 1)):
        erinnere_an_nachforderung(tag)
    assert mails("nachforderung_faellig") == ["Alex Beispiel", "Kim Muster"]
    assert rathaus.antrag.nachforderungen.get().erinnert_am == date(2026, 11, 27)
    for tag in (date(2026, 12, 2), date(2026, 12, 3), date(2027, 3, 1)):
        erinnere_an_nachforderung(tag)
    assert mails("nachforderung_abgelaufen") == ["Alex Beispiel", "Kim Muster"]
    rathaus.antrag.refresh_from_db()
    assert rathaus.antrag.status == Status.NACHFORDERUNG


def test_after_its_day_it_is_a_task_of_the_lpr():
    make_nachgefordert(frist=date(2026, 12, 1))
    konto = make_konto(["Sachbearbeitung"])

    def offen(tag):
        um = datetime(2026, 12, tag, 8, tzinfo=UTC)
        return {a.titel: a.anzahl for a in aufgaben(konto, um)}

    assert "Überfällige Vorgänge der Förderung" not in offen(1)
    assert offen(2)["Überfällige Vorgänge der Förderung"] == 1


def test_every_mail_of_the_room_can_be_written():
    """With the angaben its step gives; each once as the town hall and the office get it."""
    angaben = {
        "kommune": "Musterstadt", "runde": "Förderung 2027", "nummer": "KP-2027-0001",
        "kennung": str(make_eingereicht().antrag.pk), "bis": "15.10.2026", "frist": "01.12.2026",
        "eingang": "30.09.2026 um 11:15:27 Uhr", "eingereicht": True, "in_zeichnung": True,
    }  # fmt: skip
    namen = [name for name in dir(eigene) if name.isupper()]
    assert len(namen) == 14
    for name in namen:
        vorlage = vorlagen()[getattr(eigene, name).schluessel]
        betreff, text = vorlage.schreibe(angaben, mit_name=True)
        assert betreff.startswith("[ASSKomm] ")
        assert "http://testserver/" in text
        assert all(len(zeile) <= 72 or "http" in zeile for zeile in text.splitlines()), name
