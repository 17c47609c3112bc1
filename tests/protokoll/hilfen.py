"""Hands for the tests of the log: those that commit, those that tamper, those that work at once."""

import threading
import time
from contextlib import contextmanager

from django.db import connection, connections

from asskomm.protokoll.handlungen import Handlung
from asskomm.protokoll.verfahren import protokolliere

GETAN = Handlung("probe.getan", "Probe getan")
GEPRUEFT = Handlung("probe.geprueft", "Probe geprüft")


def schreibe(anzahl=1, handlung=GETAN, durch=None, **felder):
    """Entries with a number, as after a commit."""
    eintraege = [protokolliere(handlung, durch=durch, **felder) for _ in range(anzahl)]
    verkette()
    for eintrag in eintraege:
        eintrag.refresh_from_db()
    return eintraege


def verkette():
    """Let happen now what otherwise happens at commit."""
    connection.check_constraints()


def sql(befehl, *werte):
    with connection.cursor() as cursor:
        cursor.execute(befehl, werte or None)


@contextmanager
def als_eigentuemer():
    """The owner of the tables has switched the triggers off, in this transaction."""
    for tabelle in ("protokoll_eintrag", "protokoll_grund"):
        sql(f"ALTER TABLE {tabelle} DISABLE TRIGGER USER")
    yield
    verkette()
    for tabelle in ("protokoll_eintrag", "protokoll_grund"):
        sql(f"ALTER TABLE {tabelle} ENABLE TRIGGER USER")


@contextmanager
def als_verwalter_des_servers():
    """A superuser of the database has switched all triggers off for this session."""
    sql("SET LOCAL session_replication_role = replica")
    yield
    sql("SET LOCAL session_replication_role = origin")


def warte_bis_jemand_wartet():
    """Return as soon as another connection to this database is held up by a lock."""
    frist = time.monotonic() + 5
    with connection.cursor() as cursor:
        while time.monotonic() < frist:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0]:
                return
            time.sleep(0.02)
    raise AssertionError("Niemand wartet.")


def zugleich(*arbeiten):
    """Run each function in a thread with a connection of its own; return what they raised."""
    fehler = []

    def laufe(arbeit):
        try:
            arbeit()
        except Exception as ausnahme:
            fehler.append(ausnahme)
        finally:
            connections.close_all()

    faeden = [threading.Thread(target=laufe, args=[arbeit]) for arbeit in arbeiten]
    for faden in faeden:
        faden.start()
    for faden in faeden:
        faden.join()
    return fehler
