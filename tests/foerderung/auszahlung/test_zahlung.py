"""Orders to the treasury and what it reports: same bytes, one file each, nothing guessed."""

import hashlib
import uuid
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from asskomm.post.models import Nachricht
from asskomm.post.tageslauf import tagesaufgaben
from asskomm.protokoll.models import Eintrag
from asskomm.schritt import KeinRecht, SchrittNichtMoeglich, Ueberholt
from foerderung import kasse
from foerderung.auszahlung import rueckmeldung, zahlungsdatei
from foerderung.models import Buchung, Foerderantrag, Status, Zahlungsdatei, Zahlungszeile
from foerderung.verfahren import zahlung
from kommunen.tatsachen import Herkunft

from .faelle import ANDERE_IBAN, HEUTE, IBAN, JETZT, Zahlfall, frisch

pytestmark = pytest.mark.django_db
A1 = "KP-2027-0042-A1"


def test_an_order_is_a_file_with_the_same_bytes_for_ever(fall):
    eine = fall.freigegeben()
    datei = fall.ordne_an(eine)
    assert (datei.nummer, datei.anzahl, datei.summe_euro) == ("ZA-2027-0001", 1, Decimal("9000.00"))
    inhalt = zahlung.lade(datei, durch=fall.haushalt)
    assert inhalt == zahlung.lade(Zahlungsdatei.objects.get(), durch=fall.haushalt)
    assert hashlib.sha256(inhalt).hexdigest() == datei.pruefsumme
    assert inhalt.decode().splitlines() == [
        "Referenz;Empfänger;IBAN;BIC;Betrag in Euro;Verwendungszweck",
        f"{A1};Stadtkasse Musterstadt;{IBAN};COBADEFFXXX;9000,00;{A1} Zuwendung RL KommPräv",
    ]
    assert frisch(eine).stand == "angeordnet"
    assert fall.summen() == ("9000.00", "9000.00", "9000.00", "0.00")
    assert Eintrag.objects.filter(handlung="zahlung.datei_geladen").count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        Zahlungsdatei.objects.update(summe_euro=1)


def test_no_cell_of_the_file_is_run_by_a_spreadsheet():
    zeile = dict.fromkeys(zahlungsdatei.SPALTEN, "=1+1")
    assert b";'=1+1" in zahlungsdatei.schreibe([zeile])


def test_a_file_is_ordered_once_and_numbers_go_on(fall):
    eine, marke = fall.freigegeben("100.00"), uuid.uuid4()
    erste = fall.ordne_an(eine, marke=marke)
    assert fall.ordne_an(eine, marke=marke) == erste
    with pytest.raises(Ueberholt):
        fall.ordne_an(eine)
    with pytest.raises(SchrittNichtMoeglich, match="mindestens eine"):
        fall.ordne_an()
    assert fall.ordne_an(fall.freigegeben("200.00")).nummer == "ZA-2027-0002"


def test_only_the_haushalt_orders_and_reads(fall):
    eine = fall.freigegeben()
    for konto in (fall.leitung, fall.sachbearbeitung, fall.zeichnung):
        with pytest.raises(KeinRecht):
            fall.ordne_an(eine, durch=konto)
        with pytest.raises(KeinRecht):
            fall.lies_ein((A1, "9000.00", HEUTE), durch=konto)
    datei = fall.ordne_an(eine)
    with pytest.raises(KeinRecht):
        zahlung.lade(datei, durch=fall.leitung)


def test_what_is_no_longer_final_or_has_another_account_is_not_ordered(fall):
    eine = fall.freigegeben()
    neu = fall.richte_bank_ein(ANDERE_IBAN, JETZT)
    spaeter = datetime.combine(neu.nutzbar_ab, JETZT.timetz())
    with pytest.raises(SchrittNichtMoeglich, match="Bankverbindung"):
        fall.ordne_an(eine, um=spaeter)
    Foerderantrag.objects.filter(pk=fall.antrag.pk).update(status=Status.BEWILLIGT)
    with pytest.raises(Ueberholt):
        fall.ordne_an(eine)


def test_real_and_invented_payments_never_share_a_file(regelwerk, ansatz):
    echter = Zahlfall(regelwerk, ansatz)
    erfundener = Zahlfall(regelwerk, ansatz, nummer="KP-2027-0043")
    echt, erfunden = echter.freigegeben(), erfundener.freigegeben()
    Foerderantrag.objects.filter(pk=erfundener.antrag.pk).update(herkunft=Herkunft.BEISPIEL)
    with pytest.raises(SchrittNichtMoeglich, match="erfundene"):
        echter.ordne_an(echt, erfunden)
    assert not echter.ordne_an(echt).ist_beispiel
    assert echter.ordne_an(erfunden).ist_beispiel


def test_a_payment_is_booked_on_its_day_and_the_kommune_is_told(fall):
    eine = fall.freigegeben()
    fall.ordne_an(eine)
    spaeter = datetime(2027, 2, 9, 9, tzinfo=UTC)
    fall.lies_ein((A1, "9000.00", date(2027, 2, 4)), um=spaeter)
    jetzt = frisch(eine)
    assert (jetzt.stand, jetzt.gezahlt_am) == ("gezahlt", date(2027, 2, 4))
    buchung = Buchung.objects.get(art="gezahlt")
    assert (buchung.am, timezone.localdate(buchung.gebucht_um)) == (
        date(2027, 2, 4), date(2027, 2, 9),
    )  # fmt: skip
    an = set(Nachricht.objects.filter(vorlage="auszahlung_gezahlt").values_list("konto", flat=True))
    assert an == {fall.zeichnung.pk, fall.bearbeitung.pk}
    assert not kasse.abweichende().exists()


@pytest.mark.parametrize(
    ("zeile", "stand"),
    [
        (("KP-2027-0042-A9", "9000.00", HEUTE), "ohne_treffer"),
        ((A1, "9000.01", HEUTE), "anderer_betrag"),
        ((A1, "9000.00", date(2027, 1, 31)), "ohne_treffer"),
    ],
)
def test_what_fits_no_order_stays_in_the_list(fall, zeile, stand):
    eine = fall.freigegeben()
    fall.ordne_an(eine)
    fall.lies_ein(zeile)
    offen = Zahlungszeile.objects.zu_klaeren().get()
    assert offen.stand == stand
    assert frisch(eine).stand == "angeordnet"
    assert fall.summen()[3] == "0.00"
    with pytest.raises(SchrittNichtMoeglich, match="Schreiben Sie"):
        zahlung.klaere(offen, " ", durch=fall.haushalt, um=JETZT)
    for _ in range(2):
        zahlung.klaere(offen, "Rückfrage bei der Kasse", durch=fall.haushalt, um=JETZT)
    assert not Zahlungszeile.objects.zu_klaeren().exists()


def test_what_was_never_ordered_is_not_paid(fall):
    eine = fall.freigegeben()
    fall.lies_ein((A1, "9000.00", HEUTE))
    assert Zahlungszeile.objects.get().stand == "ohne_treffer"
    assert frisch(eine).stand == "freigegeben"


def test_a_payment_reported_twice_counts_once(fall):
    fall.ordne_an(fall.freigegeben())
    fall.lies_ein((A1, "9000.00", HEUTE), (A1, "9000.00", HEUTE))
    fall.lies_ein((A1, "9000.00", HEUTE))
    assert sorted(Zahlungszeile.objects.values_list("stand", flat=True)) == [
        "doppelt", "doppelt", "zugeordnet",
    ]  # fmt: skip
    assert fall.summen()[3] == "9000.00"


def test_the_same_file_is_read_once(fall):
    fall.lies_ein(("X", "1.00", HEUTE), sha256="a" * 64)
    with pytest.raises(Ueberholt, match="schon eingelesen"):
        fall.lies_ein(("X", "1.00", HEUTE), sha256="a" * 64)
    assert Zahlungszeile.objects.count() == 1


def test_more_than_a_file_may_hold_is_refused():
    with pytest.raises(ValidationError, match="1 MB"):
        rueckmeldung.lies(b"x" * (rueckmeldung.DATEI_HOECHSTENS + 1), HEUTE)


def test_a_ledger_that_differs_alarms_leitung_and_haushalt(fall):
    aufgabe = tagesaufgaben()["foerderung.foerderkonten"]
    fall.ordne_an(fall.freigegeben())
    aufgabe(HEUTE)
    post = Nachricht.objects.filter(vorlage="foerderkonten_weichen_ab")
    assert not post.exists()
    kasse.buche(
        fall.antrag, kasse.Buchungsart.ANGEFORDERT, Decimal("1.00"), um=JETZT, durch=fall.haushalt
    )
    aufgabe(HEUTE)
    assert {n.konto_id for n in post} == {fall.leitung.pk, fall.haushalt.pk}
