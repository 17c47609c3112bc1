"""Sending through a mail server that takes, refuses, disappears and comes back."""

import email
import email.policy
import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from asskomm.post import verfahren
from asskomm.post.models import Nachricht
from asskomm.post.versand import VERSUCHE, Versand, pause
from asskomm.protokoll.models import Eintrag
from tests.factories import make_konto

from .nachrichten import LINKS, MIT_LINK, SCHLICHT, make_nachricht

Zustand = Nachricht.Zustand


def gelesen(umschlag):
    return email.message_from_bytes(umschlag.content, policy=email.policy.default)


# --- A mail that goes out -----------------------------------------------------


@pytest.mark.django_db
def test_a_mail_is_plain_text_with_name_and_message_id_and_marked_as_automatic(mailserver, uhr):
    konto = make_konto(email="anna@example.org", name="Anna Muster")
    nachricht = verfahren.stelle_ein(SCHLICHT, an=konto, angaben={"nummer": "2027-0042"})
    uhr.vor(seconds=1)
    assert Versand().sende_faellige(uhr) == 1
    (umschlag,) = mailserver.mails
    mail = gelesen(umschlag)
    assert umschlag.mail_from == "asskomm@example.org"
    assert umschlag.rcpt_tos == ["anna@example.org"]
    assert mail["Subject"] == "[ASSKomm] Antrag 2027-0042: eingegangen"
    assert mail["Message-ID"] == f"<{nachricht.pk}@testserver>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content_charset() == "utf-8"
    text = mail.get_content()
    assert text.splitlines()[0] == "Guten Tag Anna Muster,"
    nachricht.refresh_from_db()
    assert (nachricht.zustand, nachricht.gesendet_um) == (Zustand.GESENDET, uhr.jetzt)
    assert "Anna" not in nachricht.text


@pytest.mark.django_db
def test_the_one_time_link_is_made_at_sending_and_never_stored(mailserver, uhr):
    nachricht = verfahren.stelle_ein(MIT_LINK, an="a@example.org")
    LINKS["a@example.org"] = "http://testserver/passwort/geheim/"
    uhr.vor(seconds=1)
    Versand().sende_faellige(uhr)
    assert "http://testserver/passwort/geheim/" in gelesen(mailserver.mails[0]).get_content()
    nachricht.refresh_from_db()
    assert "geheim" not in nachricht.text
    assert "[persönlicher Link]" in nachricht.lesbarer_text()


@pytest.mark.django_db
def test_a_mail_no_longer_due_disappears_unsent(mailserver, uhr):
    verfahren.stelle_ein(MIT_LINK, an="niemand@example.org")
    uhr.vor(seconds=1)
    assert Versand().sende_faellige(uhr) == 1
    assert mailserver.mails == []
    assert not Nachricht.objects.exists()


@pytest.mark.django_db
def test_a_mail_of_a_rolled_back_transaction_never_existed(mailserver, uhr):
    with transaction.atomic():
        verfahren.stelle_ein(SCHLICHT, an="a@example.org", angaben={"nummer": 1})
        transaction.set_rollback(True)
    uhr.vor(seconds=1)
    assert Versand().sende_faellige(uhr) == 0
    assert mailserver.mails == []


@pytest.mark.django_db
def test_a_held_mail_stays_and_a_released_one_goes(mailserver, uhr):
    konto = make_konto()
    nachricht = make_nachricht()
    verfahren.halte_an(nachricht, durch=konto)
    assert Versand().sende_faellige(uhr) == 0
    verfahren.gib_frei(nachricht, durch=konto)
    uhr.vor(seconds=1)
    assert Versand().sende_faellige(uhr) == 1


@pytest.mark.django_db
def test_an_error_in_the_link_of_one_mail_stops_no_other(mailserver, uhr, monkeypatch):
    make_nachricht(vorlage="gibt_es_nicht", eingestellt_um=uhr() - timedelta(hours=1))
    make_nachricht()
    assert Versand().sende_faellige(uhr) == 2
    assert len(mailserver.mails) == 1
    assert Nachricht.objects.get(vorlage="gibt_es_nicht").fehler == "KeyError"


# --- A server that says no ----------------------------------------------------


def test_pauses_double_up_to_an_hour_and_end_after_two_days():
    assert [pause(n) // timedelta(minutes=1) for n in range(1, 9)] == [1, 2, 4, 8, 16, 32, 60, 60]
    alles = sum((pause(n) for n in range(1, VERSUCHE)), timedelta())
    assert timedelta(hours=48) <= alles < timedelta(hours=49)


@pytest.mark.django_db
@pytest.mark.parametrize("stelle", ["RCPT", "DATA"])
def test_not_now_is_tried_again_with_growing_pauses(mailserver, uhr, stelle):
    nachricht, andere = make_nachricht(), make_nachricht(adresse="b@example.org")
    schluessel = nachricht.adresse if stelle == "RCPT" else "DATA"
    mailserver.antworten[schluessel] = "451 4.7.1 Greylisted"
    versand = Versand()
    versand.sende_faellige(uhr)
    nachricht.refresh_from_db()
    assert (nachricht.zustand, nachricht.fehler, nachricht.versuche) == (Zustand.WARTET, "451", 1)
    assert nachricht.naechster_versuch_um == uhr.jetzt + timedelta(minutes=1)
    uhr.vor(seconds=59)
    assert versand.sende_faellige(uhr) == 0
    uhr.vor(seconds=1)
    assert versand.sende_faellige(uhr) >= 1
    nachricht.refresh_from_db()
    assert nachricht.naechster_versuch_um == uhr.jetzt + timedelta(minutes=2)
    mailserver.antworten.clear()
    uhr.vor(minutes=2)
    versand.sende_faellige(uhr)
    assert set(Nachricht.objects.values_list("zustand", flat=True)) == {Zustand.GESENDET}
    assert len(mailserver.mails) == 2
    assert andere.versuche == 0


@pytest.mark.django_db
def test_after_the_last_try_the_mail_becomes_a_task(mailserver, uhr):
    nachricht = make_nachricht(versuche=VERSUCHE - 2)
    mailserver.antworten["RCPT"] = "450 4.2.1 busy"
    versand = Versand()
    versand.sende_faellige(uhr)
    nachricht.refresh_from_db()
    assert nachricht.zustand == Zustand.WARTET
    uhr.vor(hours=1)
    versand.sende_faellige(uhr)
    nachricht.refresh_from_db()
    assert (nachricht.zustand, nachricht.fehler) == (Zustand.FEHLGESCHLAGEN, "450")
    assert Nachricht.objects.nicht_zugestellt().get() == nachricht
    assert Eintrag.objects.get().handlung == "post.fehlgeschlagen"


@pytest.mark.django_db
@pytest.mark.parametrize("stelle", ["RCPT", "DATA"])
def test_never_is_not_tried_again(mailserver, uhr, stelle):
    nachricht, andere = make_nachricht(), make_nachricht(adresse="b@example.org")
    mailserver.antworten[nachricht.adresse] = "550 5.1.1 no such user"
    if stelle == "DATA":
        mailserver.antworten.clear()
        mailserver.antworten["DATA"] = "554 5.7.1 refused"
    Versand().sende_faellige(uhr)
    nachricht.refresh_from_db()
    andere.refresh_from_db()
    assert nachricht.zustand == Zustand.FEHLGESCHLAGEN
    assert nachricht.fehler == ("550" if stelle == "RCPT" else "554")
    if stelle == "RCPT":
        assert andere.zustand == Zustand.GESENDET


@pytest.mark.django_db
def test_an_address_that_fits_into_no_mail_becomes_a_task(mailserver, uhr):
    nachricht = make_nachricht(adresse="a@b@c")
    Versand().sende_faellige(uhr)
    nachricht.refresh_from_db()
    assert nachricht.zustand == Zustand.FEHLGESCHLAGEN
    assert mailserver.mails == []


# --- A server that is away ----------------------------------------------------


@pytest.mark.django_db
def test_an_hour_without_server_costs_no_mail_a_try_and_all_arrive(mailserver, uhr):
    for nummer in range(5):
        make_nachricht(adresse=f"amt{nummer}@example.org")
    mailserver.aus()
    versand = Versand()
    for _ in range(60):
        versand.sende_faellige(uhr)
        uhr.vor(minutes=1)
    assert versand.ausfaelle == 6, "after 0, 1, 3, 7, 15 and 31 minutes"
    assert versand.stoerung == "ConnectionRefusedError"
    assert set(Nachricht.objects.values_list("versuche", "zustand")) == {(0, Zustand.WARTET)}
    mailserver.an()
    uhr.vor(minutes=5)
    versand.sende_faellige(uhr)
    assert sorted(umschlag.rcpt_tos[0] for umschlag in mailserver.mails) == [
        f"amt{nummer}@example.org" for nummer in range(5)
    ]
    assert (versand.stoerung, versand.pause_bis, versand.ausfaelle) == ("", None, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("antwort", ["451 4.3.0 later", "550 5.7.1 sender not allowed"])
def test_a_server_that_refuses_our_sender_is_down_for_every_mail(mailserver, uhr, antwort):
    make_nachricht()
    mailserver.antworten["MAIL"] = antwort
    versand = Versand()
    assert versand.sende_faellige(uhr) == 0
    assert versand.stoerung == antwort[:3]
    assert Nachricht.objects.get().versuche == 0
    mailserver.antworten.clear()
    uhr.vor(minutes=1)
    assert versand.sende_faellige(uhr) == 1


@pytest.mark.django_db
def test_a_connection_that_breaks_over_one_mail_does_not_hold_the_others(
    mailserver, uhr, monkeypatch
):
    boese = make_nachricht(adresse="boese@example.org", eingestellt_um=uhr() - timedelta(hours=1))
    make_nachricht()

    async def handle_rcpt(server, session, envelope, address, options):
        if address == "boese@example.org":
            server.transport.close()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    monkeypatch.setattr(mailserver.empfang, "handle_RCPT", handle_rcpt)
    assert Versand().sende_faellige(uhr) == 2
    boese.refresh_from_db()
    assert (boese.zustand, boese.fehler) == (Zustand.WARTET, "SMTPServerDisconnected")
    assert len(mailserver.mails) == 1


# --- Several at once ----------------------------------------------------------


def nebenher(*aufgaben):
    """Run the functions in threads of their own, each with its own connection to the database."""

    def laufe(aufgabe):
        try:
            aufgabe()
        finally:
            connection.close()

    faeden = [threading.Thread(target=laufe, args=[aufgabe]) for aufgabe in aufgaben]
    for faden in faeden:
        faden.start()
    return faeden


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_send_the_same(mailserver, uhr):
    for nummer in range(60):
        make_nachricht(adresse=f"amt{nummer}@example.org")
    gesendet = []
    for faden in nebenher(*[lambda: gesendet.append(Versand().sende_faellige(uhr))] * 3):
        faden.join()
    assert sum(gesendet) == 60
    assert len({umschlag.rcpt_tos[0] for umschlag in mailserver.mails}) == 60
    assert len(mailserver.mails) == 60


@pytest.mark.django_db(transaction=True)
def test_a_mail_that_is_being_sent_cannot_be_held(mailserver, uhr, monkeypatch):
    unterwegs, weiter = threading.Event(), threading.Event()

    async def handle_data(server, session, envelope):
        unterwegs.set()
        await server.loop.run_in_executor(None, weiter.wait)
        mailserver.mails.append(envelope)
        return "250 OK"

    monkeypatch.setattr(mailserver.empfang, "handle_DATA", handle_data)
    nachricht, konto = make_nachricht(), make_konto()
    (faden,) = nebenher(lambda: Versand().sende_faellige(uhr))
    assert unterwegs.wait(10)
    with pytest.raises(verfahren.SchrittNichtMoeglich):
        verfahren.halte_an(nachricht, durch=konto)
    weiter.set()
    faden.join()
    nachricht.refresh_from_db()
    assert nachricht.zustand == Zustand.GESENDET
    with pytest.raises(verfahren.SchrittNichtMoeglich):
        verfahren.halte_an(nachricht, durch=konto)
    assert not Eintrag.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_held_while_the_worker_runs_is_not_sent(mailserver, uhr):
    konto = make_konto()
    nachrichten = [
        make_nachricht(
            adresse=f"amt{nummer}@example.org",
            eingestellt_um=timezone.now() - timedelta(minutes=100 - nummer),
        )
        for nummer in range(80)
    ]
    (faden,) = nebenher(lambda: Versand().sende_faellige(uhr))
    gehalten = set()
    for nachricht in reversed(nachrichten):
        try:
            verfahren.halte_an(nachricht, durch=konto)
        except verfahren.SchrittNichtMoeglich:
            break
        gehalten.add(nachricht.adresse)
    faden.join()
    gesendet = [umschlag.rcpt_tos[0] for umschlag in mailserver.mails]
    assert gehalten
    assert not gehalten & set(gesendet)
    assert sorted([*gehalten, *gesendet]) == sorted(n.adresse for n in nachrichten)
