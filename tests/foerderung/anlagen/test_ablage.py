"""Files reach the disk whole or not at all, outside everything that is served."""

import errno
import hashlib
import io
import os
import stat
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation

from foerderung.anlagen import ablage
from foerderung.anlagen.ablage import NichtAbgelegt, Rohling, lege_ab

INHALT = os.urandom(200_000)


def test_a_file_gets_a_random_name_and_its_hash(anlagenordner, dateien_auf_platte):
    abgelegt = lege_ab(io.BytesIO(INHALT))
    assert dateien_auf_platte() == [abgelegt.pfad]
    assert (anlagenordner / abgelegt.pfad).read_bytes() == INHALT
    assert abgelegt.groesse == len(INHALT)
    assert abgelegt.sha256 == hashlib.sha256(INHALT).hexdigest()
    with ablage.oeffne(abgelegt.pfad) as strom:
        assert strom.read() == INHALT


def test_the_same_content_twice_is_two_files(dateien_auf_platte):
    eins, zwei = lege_ab(io.BytesIO(INHALT)), lege_ab(io.BytesIO(INHALT))
    assert eins.pfad != zwei.pfad
    assert len(dateien_auf_platte()) == 2


def test_nobody_writes_to_a_stored_file(anlagenordner):
    ort = anlagenordner / lege_ab(io.BytesIO(b"x")).pfad
    assert stat.S_IMODE(ort.stat().st_mode) == 0o440


def test_the_folder_is_neither_static_nor_media():
    from asskomm import settings as vorgabe

    ordner = vorgabe.STORAGES["anlagen"]["OPTIONS"]["location"]
    for gezeigt in (settings.STATIC_ROOT, settings.MEDIA_ROOT, *settings.STATICFILES_DIRS):
        assert not ordner.is_relative_to(gezeigt)
        assert not gezeigt.is_relative_to(ordner)


def test_nothing_is_there_under_its_name_before_it_is_taken_over(dateien_auf_platte):
    rohling = Rohling()
    rohling.schreibe(INHALT)
    assert dateien_auf_platte() == [f"{rohling.pfad}.teil"]
    rohling.close()
    assert dateien_auf_platte() == []
    rohling.close()


def test_closing_keeps_what_was_taken_over(dateien_auf_platte):
    rohling = Rohling()
    rohling.schreibe(INHALT)
    abgelegt = rohling.uebernimm()
    rohling.close()
    assert dateien_auf_platte() == [abgelegt.pfad]


def test_content_and_folder_reach_the_disk_in_the_right_order(monkeypatch):
    folge = []
    monkeypatch.setattr(os, "fsync", lambda griff: folge.append(_art(griff)))
    umbenannt = os.rename

    def rename(von, nach):
        folge.append("Name")
        umbenannt(von, nach)

    monkeypatch.setattr(os, "rename", rename)
    lege_ab(io.BytesIO(INHALT))
    assert folge == ["Datei", "Name", "Ordner"]


def _art(griff):
    return "Ordner" if stat.S_ISDIR(os.fstat(griff).st_mode) else "Datei"


@pytest.mark.parametrize("nummer", [errno.ENOSPC, errno.EDQUOT])
@pytest.mark.parametrize("stelle", ["fsync", "rename", "open"])
def test_a_full_disk_is_a_sentence_and_leaves_nothing(
    nummer, stelle, monkeypatch, dateien_auf_platte
):
    def voll(*_args, **_kwargs):
        raise OSError(nummer, os.strerror(nummer))

    monkeypatch.setattr(os, stelle, voll)
    with pytest.raises(NichtAbgelegt, match="kein Platz mehr"):
        lege_ab(io.BytesIO(INHALT))
    monkeypatch.undo()
    assert dateien_auf_platte() == []


def test_a_disk_that_fills_up_while_writing_is_a_sentence(monkeypatch, dateien_auf_platte):
    """A file on /dev/full takes no byte; the operating system itself says so."""
    rohling = Rohling()
    rohling.strom.close()
    rohling.strom = open("/dev/full", "w+b", buffering=0)  # noqa: SIM115
    with pytest.raises(NichtAbgelegt, match="kein Platz mehr"):
        rohling.schreibe(INHALT)
    assert dateien_auf_platte() == []


def test_another_failure_of_the_disk_has_its_own_sentence(monkeypatch):
    def kaputt(*_):
        raise OSError(errno.EIO, "I/O error")

    monkeypatch.setattr(os, "fsync", kaputt)
    with pytest.raises(NichtAbgelegt, match="ließ sich nicht speichern"):
        lege_ab(io.BytesIO(INHALT))


def test_removing_twice_is_no_error(dateien_auf_platte):
    pfad = lege_ab(io.BytesIO(INHALT)).pfad
    ablage.entferne(pfad)
    ablage.entferne(pfad)
    assert dateien_auf_platte() == []


@pytest.mark.parametrize("pfad", ["../geheim", "/etc/passwd", "a/../../b"])
def test_no_name_leads_out_of_the_folder(pfad):
    with pytest.raises(SuspiciousFileOperation):
        ablage.oeffne(pfad)
    with pytest.raises(SuspiciousFileOperation):
        ablage.entferne(pfad)


def test_old_files_are_named_and_young_ones_not(anlagenordner):
    jetzt = datetime.now(UTC)
    alt, jung = lege_ab(io.BytesIO(b"1")).pfad, lege_ab(io.BytesIO(b"2")).pfad
    vor_tagen = (jetzt - timedelta(days=2)).timestamp()
    os.utime(anlagenordner / alt, (vor_tagen, vor_tagen))
    assert list(ablage.dateien(aelter_als=jetzt - timedelta(days=1))) == [alt]
    assert jung != alt


def test_without_a_folder_there_are_no_files():
    assert list(ablage.dateien(aelter_als=datetime.now(UTC))) == []
