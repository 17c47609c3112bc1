"""The chain: complete under many writers, closed to changes, made as the very last at commit."""

import threading
from datetime import UTC, datetime
from importlib import import_module

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, OperationalError, connection, transaction

from asskomm.konten.models import Konto
from asskomm.protokoll.models import Eintrag, Grund
from asskomm.protokoll.pruefung import pruefe
from asskomm.protokoll.verfahren import Anlass, loesche_grund, protokolliere
from tests.factories import make_konto

from .hilfen import GEPRUEFT, GETAN, schreibe, sql, verkette, warte_bis_jemand_wartet, zugleich


def nummern():
    return list(Eintrag.objects.order_by("nummer").values_list("nummer", flat=True))


@pytest.mark.django_db(transaction=True)
def test_two_hundred_parallel_writers_leave_one_whole_chain():
    """Twenty connections, ten transactions each; every fifth is rolled back at the end."""
    start = threading.Barrier(20)

    def schreibt(wer):
        start.wait()
        for mal in range(10):
            try:
                with transaction.atomic():
                    protokolliere(
                        GETAN, durch=None, angaben={"wer": wer, "mal": mal}, grund=f"Zum {mal}. Mal"
                    )
                    if mal % 5 == 4:
                        raise ZeroDivisionError
            except ZeroDivisionError:
                pass

    assert not zugleich(*(lambda wer=wer: schreibt(wer) for wer in range(20)))
    erwartet = {(wer, mal) for wer in range(20) for mal in range(10) if mal % 5 != 4}
    angaben = Eintrag.objects.values_list("angaben", flat=True)
    assert sorted((a["wer"], a["mal"]) for a in angaben) == sorted(erwartet)
    assert nummern() == list(range(1, 161))
    ergebnis = pruefe(je_seite=7)
    assert ergebnis.bruch is None
    assert ergebnis.kopf.nummer == 160


@pytest.mark.django_db(transaction=True)
def test_a_commit_waits_for_rows_before_it_locks_the_chain():
    """A foreign key is checked at commit and waits for its row. Its owner then commits, too.

    With the chain locked first, each of the two would wait for the other.
    """
    konto, rolle = make_konto(), Group.objects.create(name="Probe")
    gesperrt = threading.Event()

    def sperrt():
        with transaction.atomic():
            Konto.objects.select_for_update().get(pk=konto.pk)
            gesperrt.set()
            warte_bis_jemand_wartet()
            protokolliere(GETAN, konto, durch=None)

    def verweist():
        gesperrt.wait(5)
        with transaction.atomic():
            protokolliere(GEPRUEFT, konto, durch=None)
            konto.groups.add(rolle)

    assert not zugleich(sperrt, verweist)
    assert nummern() == [1, 2]
    assert pruefe().bruch is None


@pytest.mark.django_db(transaction=True)
def test_repeatable_read_does_not_fork_the_chain():
    """Its snapshot does not show the entries committed since: the commit fails, the act with it."""
    schreibe()

    def schreibt_isoliert():
        with transaction.atomic():
            sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            protokolliere(GETAN, durch=None)
            assert not zugleich(lambda: protokolliere(GEPRUEFT, durch=None))

    with pytest.raises(IntegrityError):
        schreibt_isoliert()
    assert list(Eintrag.objects.order_by("nummer").values_list("nummer", "handlung")) == [
        (1, "probe.getan"),
        (2, "probe.geprueft"),
    ]
    assert pruefe().bruch is None


@pytest.mark.django_db(transaction=True)
def test_a_savepoint_rolled_back_leaves_no_gap():
    with transaction.atomic():
        protokolliere(GETAN, durch=None)
        punkt = transaction.savepoint()
        protokolliere(GEPRUEFT, durch=None)
        transaction.savepoint_rollback(punkt)
        protokolliere(GETAN, durch=None)
    assert list(Eintrag.objects.order_by("nummer").values_list("nummer", "handlung")) == [
        (1, "probe.getan"),
        (2, "probe.getan"),
    ]
    assert pruefe().bruch is None


@pytest.mark.django_db(transaction=True)
def test_act_and_entry_stay_or_go_together():
    konto = make_konto(name="Anna")

    def benenne_um(fehler):
        with transaction.atomic():
            Konto.objects.filter(pk=konto.pk).update(name="Berta")
            protokolliere(GETAN, konto, durch=konto)
            if fehler:
                raise fehler

    with pytest.raises(ZeroDivisionError):
        benenne_um(ZeroDivisionError())
    konto.refresh_from_db()
    assert (konto.name, Eintrag.objects.count()) == ("Anna", 0)
    benenne_um(None)
    konto.refresh_from_db()
    assert (konto.name, Eintrag.objects.count()) == ("Berta", 1)


@pytest.mark.django_db(transaction=True)
def test_an_entry_that_cannot_be_chained_takes_its_act_along():
    """The chain is made at commit; when that fails, nothing of the transaction stays."""
    konto = make_konto(name="Anna")
    schreibe()
    gehalten, halten = threading.Event(), threading.Event()

    def haelt():
        with transaction.atomic():
            sql("SELECT pg_advisory_xact_lock(hashtext('asskomm.protokoll'))")
            gehalten.set()
            halten.wait(5)

    def benennt_um():
        with transaction.atomic():
            sql("SET LOCAL lock_timeout = '100ms'")
            Konto.objects.filter(pk=konto.pk).update(name="Berta")
            protokolliere(GETAN, konto, durch=konto)

    faden = threading.Thread(target=lambda: zugleich(haelt))
    faden.start()
    gehalten.wait(5)
    with pytest.raises(OperationalError, match="lock timeout"):
        benennt_um()
    halten.set()
    faden.join()
    konto.refresh_from_db()
    assert (konto.name, nummern()) == ("Anna", [1])


@pytest.mark.django_db
def test_an_entry_can_be_read_at_once_and_gets_its_number_at_commit():
    vorher = datetime.now(UTC)
    eintrag = protokolliere(GETAN, durch=None)
    gelesen = Eintrag.objects.get()
    assert (gelesen.nummer, gelesen.hash) == (None, "")
    assert vorher < gelesen.zeit == eintrag.zeit < datetime.now(UTC)
    verkette()
    assert Eintrag.objects.get().nummer == 1


@pytest.mark.django_db
def test_number_time_and_hash_come_from_the_database_alone():
    Eintrag.objects.create(
        handlung="probe.getan",
        zeit=datetime(2020, 1, 1, tzinfo=UTC),
        nummer=77,
        hash_vorher="a" * 64,
        hash="b" * 64,
    )
    verkette()
    eintrag = Eintrag.objects.get()
    assert eintrag.nummer == 1
    assert eintrag.zeit.year > 2020
    assert pruefe().bruch is None


@pytest.mark.django_db
def test_an_entry_on_its_way_into_the_chain_takes_no_other_place():
    """Before commit an entry can be changed in one way only, whatever the command says."""
    schreibe()
    eintrag = protokolliere(GETAN, durch=None)
    sql("UPDATE protokoll_eintrag SET nummer = 9, handlung = 'x' WHERE id = %s", eintrag.pk)
    eintrag.refresh_from_db()
    assert (eintrag.nummer, eintrag.handlung) == (2, "probe.getan")
    assert pruefe().bruch is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "befehl",
    [
        "UPDATE protokoll_eintrag SET handlung = 'x'",
        "UPDATE protokoll_eintrag SET nummer = NULL, hash = '', hash_vorher = ''",
        "UPDATE protokoll_eintrag SET nummer = nummer + 1",
        "UPDATE protokoll_eintrag SET id = id",
        "DELETE FROM protokoll_eintrag",
        "DELETE FROM protokoll_eintrag WHERE false",
        "TRUNCATE protokoll_eintrag CASCADE",
        "TRUNCATE protokoll_grund",
        "UPDATE protokoll_grund SET text = 'x'",
        "DELETE FROM protokoll_grund",
        "INSERT INTO protokoll_grund (eintrag_id, salz, text)"
        " SELECT id, '', 'x' FROM protokoll_eintrag WHERE grund_pruefwert = ''",
    ],
)
def test_the_database_refuses_to_touch_what_is_written(befehl):
    schreibe()
    schreibe(grund="Weil es so ist")
    with pytest.raises(IntegrityError, match="Protokoll|Begründung"), transaction.atomic():
        sql(befehl)
    assert pruefe().bruch is None
    assert Grund.objects.get().text == "Weil es so ist"


@pytest.mark.django_db
def test_the_log_guards_itself_without_the_help_of_its_reasons():
    """TRUNCATE reaches the reasons, too, and they refuse it; but the entries must not rely on that."""
    schreibe()
    sql("ALTER TABLE protokoll_grund DISABLE TRIGGER USER")
    with pytest.raises(IntegrityError, match="TRUNCATE"), transaction.atomic():
        sql("TRUNCATE protokoll_eintrag CASCADE")


@pytest.mark.django_db
def test_a_deleted_reason_neither_returns_nor_opens_the_door_for_others():
    eintrag, anderer = (schreibe(grund="Weil es so ist")[0] for _ in range(2))
    weg = Grund.objects.get(eintrag=eintrag)
    loesche_grund(eintrag, durch=None, anlass=Anlass.FRIST)
    verkette()
    with pytest.raises(IntegrityError, match="Begründung"), transaction.atomic():
        Grund.objects.create(eintrag=eintrag, salz=weg.salz, text=weg.text)
    with pytest.raises(IntegrityError, match="Begründung"), transaction.atomic():
        Grund.objects.filter(eintrag=anderer).delete()


@pytest.mark.django_db
def test_an_unchained_entry_cannot_be_changed_either():
    protokolliere(GETAN, durch=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        sql("UPDATE protokoll_eintrag SET handlung = 'x'")


@pytest.mark.django_db
def test_the_triggers_can_be_taken_back_and_set_again():
    kette = import_module("asskomm.protokoll.migrations.0002_kette")
    schreibe()
    for befehl in (kette.GRUND_ZURUECK, kette.EINTRAG_ZURUECK):
        sql(befehl)
    with connection.cursor() as cursor:
        cursor.execute("SELECT proname FROM pg_proc WHERE proname LIKE 'protokoll%'")
        assert not cursor.fetchall()
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'protokoll%' AND NOT tgisinternal"
        )
        assert not cursor.fetchall()
    for befehl in (kette.EINTRAG, kette.GRUND):
        sql(befehl)
    schreibe()
    assert pruefe().kopf.nummer == 2
