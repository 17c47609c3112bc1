"""Outlines: the same shape on another sheet, and several areas as one."""

import pytest

from asskomm.portal.kommunen.pfade import auf_blatt, vereinigt_auf_blatt

QUADRAT = "M0 0l100 0 0 100-100 0z"
RECHTS_DAVON = "M100 0l100 0 0 100-100 0z"
FERN = "M500 500l100 0 0 100-100 0z"
MIT_LOCH = "M0 0l300 0 0 300-300 0zM100 100l0 100 100 0 0-100z"
IM_LOCH = "M100 100l100 0 0 100-100 0z"


def test_a_path_is_brought_to_another_sheet():
    assert auf_blatt("M100 200l50 -50 7 0z", 0.1) == "M10 20l5-5 1 0z"
    assert auf_blatt("M100 200l50-50", 2, links=100, oben=150) == "M0 100l100-100"


def test_points_that_fall_together_are_written_once():
    assert auf_blatt("M0 0l1 1 1 0 98 0 0 100z", 0.1) == "M0 0l10 0 0 10z"


def test_a_part_too_small_for_the_sheet_is_left_out():
    assert auf_blatt("M0 0l1 0 0 1zM0 0l100 0 0 100z", 0.1) == "M0 0l10 0 0 10z"


def test_neighbours_lose_the_boundary_between_them():
    pfad = vereinigt_auf_blatt((QUADRAT, RECHTS_DAVON), 0.1)
    assert pfad.count("M") == 1
    assert _punkte(pfad) == {(0, 0), (10, 0), (20, 0), (20, 10), (10, 10), (0, 10)}


def test_areas_apart_stay_apart():
    assert vereinigt_auf_blatt((QUADRAT, FERN), 0.1).count("M") == 2


def test_a_filled_hole_is_gone():
    assert vereinigt_auf_blatt((MIT_LOCH,), 0.1).count("M") == 2
    assert vereinigt_auf_blatt((MIT_LOCH, IM_LOCH), 0.1) == "M0 0l30 0 0 30-30 0z"


@pytest.mark.parametrize("pfade", [(), ("",)])
def test_no_area_is_an_empty_path(pfade):
    assert vereinigt_auf_blatt(pfade, 0.1) == ""


def _punkte(pfad):
    """The absolute points of a path of a single ring."""
    anfang, schritte = pfad.removeprefix("M").removesuffix("z").split("l")
    x, y = map(int, anfang.split())
    punkte = {(x, y)}
    zahlen = [int(zahl) for zahl in schritte.replace("-", " -").split()]
    for dx, dy in zip(zahlen[::2], zahlen[1::2], strict=True):
        x, y = x + dx, y + dy
        punkte.add((x, y))
    return punkte
