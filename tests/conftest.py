"""The ground every test stands on: a database of its own, a throw-away VAR_DIR, fixed settings."""

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections import Counter

import pytest

from asskomm import datenbank, eingebettet

from . import vorlage

IST_ARBEITER = "PYTEST_XDIST_WORKER" in os.environ


def _freier_name(ordner, kennung):
    """A name for the test database that no other test run uses, and its lock.

    The locks lie in `ordner`; `kennung`, its hash, tells runs of different folders on one server apart.
    The workers of one run share the name; pytest-django adds the number of each.
    """
    if IST_ARBEITER:
        return os.environ["TEST_DATABASE"], None
    nummer = 1
    while True:
        sperre = open(ordner / f"test-{nummer}.sperre", "wb")  # noqa: SIM115
        try:
            fcntl.flock(sperre, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sperre.close()
            nummer += 1
        else:
            return f"test_asskomm_{kennung}_{nummer}", sperre


try:
    ORDNER = eingebettet.ordner()
    KENNUNG = hashlib.sha256(os.fsencode(ORDNER)).hexdigest()[:8]
    NAME, _SPERRE = _freier_name(ORDNER, KENNUNG)
    datenbank.bereitstellen()
except datenbank.Startfehler as fehler:
    pytest.exit(str(fehler), returncode=2)
VAR_DIR = tempfile.mkdtemp(prefix="asskomm-test-")
os.mkdir(os.path.join(VAR_DIR, "static"))

os.environ |= {
    "DJANGO_SETTINGS_MODULE": "asskomm.settings",
    "DEBUG": "0",
    "SECRET_KEY": "nur-fuer-tests",
    "ALLOWED_HOSTS": "testserver,127.0.0.1,localhost",
    "HTTPS": "0",
    "BASE_URL": "http://testserver",
    "BEISPIELDATEN": "0",
    "TRUSTED_PROXIES": "0",
    "VAR_DIR": VAR_DIR,
    "TEST_DATABASE": NAME,
}

import django.db.models  # noqa: E402, F401  else the import of DatabaseOperations goes in a circle
from django.conf import settings  # noqa: E402
from django.db.backends.postgresql.operations import DatabaseOperations  # noqa: E402

# The finders serve the files as they lie in static/, without collecting and hashing them first.
settings.STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
if not IST_ARBEITER:
    os.environ["TEST_ORDNER"] = VAR_DIR  # what the workers of this run share
    os.environ["TEST_VORLAGE"] = vorlage.bereitstellen(KENNUNG)
settings.DATABASES["default"]["TEST"]["TEMPLATE"] = os.environ["TEST_VORLAGE"]
# The test database need not survive a power cut.
settings.DATABASES["default"]["OPTIONS"]["options"] += " -c synchronous_commit=off"
# One round of a fast hash: the tests sign in often and protect nobody's password.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


_sql_flush = DatabaseOperations.sql_flush


def _sql_flush_samt_protokoll(*args, **kwargs):
    """After a test that commits all tables are emptied, the log too: as its owner, just for that."""
    tabellen = [f"protokoll_{name}" for name in ("eintrag", "grund")]
    return [
        *(f"ALTER TABLE {name} DISABLE TRIGGER {name}_bleibt" for name in tabellen),
        *_sql_flush(*args, **kwargs),
        *(f"ALTER TABLE {name} ENABLE TRIGGER {name}_bleibt" for name in tabellen),
    ]


DatabaseOperations.sql_flush = _sql_flush_samt_protokoll


def pytest_collection_modifyitems(items):
    """Which tests are thorough beside those that say so.

    A test that commits has all tables emptied after it, which takes longer than the test. Of a
    long table `sample` leaves the first cases among the fast tests.
    """
    gezaehlt = Counter()
    for item in items:
        marke = item.get_closest_marker("django_db")
        if marke and marke.kwargs.get("transaction"):
            item.add_marker(pytest.mark.thorough)
        if marke := item.get_closest_marker("sample"):
            gezaehlt[item.function] += 1
            if gezaehlt[item.function] > marke.args[0]:
                item.add_marker(pytest.mark.thorough)


def pytest_unconfigure():
    if not IST_ARBEITER:
        vorlage.entferne(f"{NAME}_browser")
    shutil.rmtree(VAR_DIR)
