"""manage.py and the WSGI application: what is not set up is said in one sentence."""

import os
import string

import pytest

from tests.betrieb.conftest import assert_one_sentence, run

READY = {
    "DATABASE_URL": "postgresql://u@127.0.0.1:1/db",
    "SECRET_KEY": "x" * 60,
    "ALLOWED_HOSTS": "asskomm.example.org",
}
MAIL = {"EMAIL_HOST": "mx.example.org", "DEFAULT_FROM_EMAIL": "ASSKomm <asskomm@example.org>"}


@pytest.mark.sample(1)
@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS"])
@pytest.mark.parametrize("command", [["manage.py", "collectstatic"], ["-c", "import asskomm.wsgi"]])
def test_missing_value_in_production(command, missing):
    env = {name: value for name, value in READY.items() if name != missing}
    assert_one_sentence(run(*command, **env), f"Setzen Sie {missing}")


def test_unreadable_switch():
    assert_one_sentence(
        run("-c", "import asskomm.wsgi", DEBUG="ja", **READY), "DEBUG muss 0 oder 1"
    )


def test_help_needs_no_database(tmp_path):
    result = run("manage.py", "help", DEBUG="1", VAR_DIR=tmp_path / "var")
    assert result.returncode == 0
    assert not (tmp_path / "var").exists()


@pytest.mark.thorough
def test_deploy_check_has_nothing_to_complain_about():
    env = READY | {
        "DATABASE_URL": os.environ["DATABASE_URL"],
        "SECRET_KEY": string.ascii_letters,
        **MAIL,
    }
    result = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **env)
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.sample(1)
@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"DEFAULT_FROM_EMAIL": ""}, "Setzen Sie DEFAULT_FROM_EMAIL"),
        ({"EMAIL_USE_TLS": "1", "EMAIL_USE_SSL": "1"}, "nur eines von EMAIL_USE_TLS"),
        ({"EMAIL_PORT": "smtp"}, "EMAIL_PORT muss eine ganze Zahl"),
    ],
)
def test_half_a_mail_server_stops_the_start(values, words):
    assert_one_sentence(run("-c", "import asskomm.wsgi", **READY | MAIL | values), words)


@pytest.mark.thorough
def test_without_mail_server_the_deploy_check_says_so():
    env = READY | {"DATABASE_URL": os.environ["DATABASE_URL"], "SECRET_KEY": string.ascii_letters}
    assert "EMAIL_HOST" in run("manage.py", "check", "--deploy", **env).stderr
