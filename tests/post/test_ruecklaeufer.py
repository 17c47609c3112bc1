"""Delivery reports as mail servers write them, and everything else that may come in."""

import io
import random
import types

import pytest
from django.core.management import CommandError, call_command

from asskomm.post.models import Nachricht
from asskomm.protokoll.models import Eintrag

from .nachrichten import make_nachricht

Zustand = Nachricht.Zustand

BERICHT = """\
From: MAILER-DAEMON@mx.example.org
To: asskomm@example.org
Subject: Undelivered Mail Returned to Sender
Message-ID: <20261122.1@mx.example.org>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="grenze"

--grenze
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--grenze
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; weg@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--grenze
Content-Type: {art}

Message-ID: {message_id}
Subject: [ASSKomm] Probe
{rest}
--grenze--
"""


def bericht(nachricht, action="failed", status="5.1.1", art="message/rfc822", message_id=None):
    return BERICHT.format(
        action=action,
        status=status,
        art=art,
        message_id=message_id or nachricht.message_id,
        rest="\nGuten Tag," if art == "message/rfc822" else "",
    ).encode()


@pytest.fixture
def nimm(monkeypatch):
    def nimm(inhalt):
        monkeypatch.setattr("sys.stdin", types.SimpleNamespace(buffer=io.BytesIO(inhalt)))
        call_command("nimm_ruecklaeufer", stdout=io.StringIO())

    return nimm


@pytest.mark.django_db
@pytest.mark.parametrize("art", ["message/rfc822", "text/rfc822-headers"])
@pytest.mark.parametrize("status", ["5.1.1", "4.4.7", "5.1.1 (bad destination mailbox)"])
def test_a_failure_for_good_is_noted_once(nimm, art, status):
    nachricht = make_nachricht(zustand=Zustand.GESENDET)
    for _ in range(2):
        nimm(bericht(nachricht, art=art, status=status))
    nachricht.refresh_from_db()
    assert (nachricht.zustand, nachricht.fehler) == (Zustand.ZURUECKGEKOMMEN, status[:5])
    eintrag = Eintrag.objects.get()
    assert (eintrag.handlung, eintrag.durch) == ("post.zurueckgekommen", None)


@pytest.mark.django_db
@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded", ""])
def test_what_is_not_for_good_changes_nothing(nimm, action):
    nachricht = make_nachricht(zustand=Zustand.GESENDET)
    nimm(bericht(nachricht, action=action, status="4.2.0"))
    nachricht.refresh_from_db()
    assert nachricht.zustand == Zustand.GESENDET


@pytest.mark.django_db
@pytest.mark.parametrize("zustand", [Zustand.WARTET, Zustand.FEHLGESCHLAGEN])
def test_a_mail_that_is_not_out_is_left_as_it_is(nimm, zustand):
    nachricht = make_nachricht(zustand=zustand)
    nimm(bericht(nachricht))
    nachricht.refresh_from_db()
    assert nachricht.zustand == zustand


@pytest.mark.django_db
@pytest.mark.parametrize(
    "message_id",
    [
        "<6f9619ff-8b86-4d01-b42d-00cf4fc964ff@testserver>",
        "<6f9619ff-8b86-4d01-b42d-00cf4fc964ff@example.org>",
        "<nichts@testserver>",
        "<",
    ],
)
def test_a_report_about_no_mail_of_ours_is_refused(nimm, message_id):
    with pytest.raises(CommandError) as fehler:
        nimm(bericht(None, message_id=message_id))
    assert fehler.value.returncode == 65


@pytest.mark.django_db
@pytest.mark.parametrize(
    "unsinn",
    [
        b"",
        b"\x00\xff\xfe" * 100,
        b"Subject: Abwesend\n\nIch bin bis Montag nicht im Haus.\n",
        b"Content-Type: message/delivery-status\n\n\x80\x81",
        b"Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/delivery-status",
        b"Content-Type: multipart/report; boundary=\n\n--\n",
        b"Content-Type: text/plain; charset==?utf-8?b?w4??=\n\n",
        b"\n" * 100_000,
    ],
)
def test_nonsense_is_one_sentence(nimm, unsinn):
    with pytest.raises(CommandError) as fehler:
        nimm(unsinn)
    assert fehler.value.returncode == 65
    assert str(fehler.value).endswith(".")


@pytest.mark.django_db
def test_a_damaged_report_is_read_or_refused(nimm):
    nachricht = make_nachricht(zustand=Zustand.GESENDET)
    ganz = bericht(nachricht, art="text/rfc822-headers")
    wuerfel, codes = random.Random(1), set()
    for _ in range(300):
        kaputt = bytearray(ganz[: wuerfel.randrange(len(ganz))])
        for _ in range(min(5, len(kaputt))):
            kaputt[wuerfel.randrange(len(kaputt))] = wuerfel.randrange(256)
        try:
            nimm(bytes(kaputt))
        except CommandError as fehler:
            codes.add(fehler.returncode)
    assert codes == {65}


@pytest.mark.django_db
def test_the_returned_mail_counts_not_what_its_text_quotes(nimm):
    echte, genannte = make_nachricht(zustand=Zustand.GESENDET), make_nachricht()
    text = bericht(echte).replace(b"Guten Tag,", f"Message-ID: {genannte.message_id}".encode())
    nimm(text)
    echte.refresh_from_db()
    assert echte.zustand == Zustand.ZURUECKGEKOMMEN
