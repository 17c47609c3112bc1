"""A folder for attachments that is thrown away, and a virus scanner where a test wants one."""

import os
from functools import lru_cache
from pathlib import Path

import pytest

from foerderung.anlagen import inhaltspruefung

from .clamd import clamd

EINMAL_UNTERSUCHT = lru_cache(maxsize=64)(inhaltspruefung._untersuche)


@pytest.fixture(autouse=True)
def untersuchung(monkeypatch):
    """Each content is looked into once: every look is a process of its own, with the same answer."""
    monkeypatch.setattr(inhaltspruefung, "_untersuche", EINMAL_UNTERSUCHT)


@pytest.fixture(autouse=True)
def anlagenordner(settings, tmp_path):
    """Every test stores attachments in a folder of its own."""
    ordner = tmp_path / "antraege-anlagen"
    settings.STORAGES = settings.STORAGES | {
        "anlagen": settings.STORAGES["anlagen"] | {"OPTIONS": {"location": ordner}}
    }
    return ordner


@pytest.fixture
def dateien_auf_platte(anlagenordner):
    """What lies in the folder now, unfinished files too."""
    return lambda: sorted(os.listdir(anlagenordner)) if Path(anlagenordner).is_dir() else []


@pytest.fixture
def scanner(settings):
    """A scanner that finds nothing, until the test tells it to."""
    with clamd() as dienst:
        settings.CLAMD = dienst.adresse
        yield dienst
