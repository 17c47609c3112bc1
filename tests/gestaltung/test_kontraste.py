"""Contrast of the token pairs of GESTALTUNG section 2, in both schemes (axe does not look into SVG)."""

import pytest

from .farben import farbe, kontrast, token

GRUND = "--kern-color-layout-background-default"
TEXT = "--kern-color-layout-text-default"
LEISE = "--kern-color-layout-text-muted"
AKTION = "--kern-color-action-default"
FLAECHE = "--assk-flaeche"
FOKUS = "--kern-color-action-focus-default"
BAND, FUSS = "--assk-gruen-900", "--assk-gruen-950"
BEDEUTUNGEN = ("danger", "warning", "success", "info")

TEXTPAARE = [
    (TEXT, GRUND),
    (TEXT, FLAECHE),
    (TEXT, "--assk-kopf"),
    (LEISE, GRUND),
    (LEISE, FLAECHE),
    (AKTION, GRUND),
    (AKTION, FLAECHE),
    (AKTION, "--assk-kopf"),
    ("--kern-color-action-visited", GRUND),
    ("--kern-color-action-on-default", AKTION),
    ("--kern-color-action-on-default", "--kern-color-action-state-indicator-shade-hover"),
    ("--kern-color-action-on-default", "--kern-color-action-state-indicator-shade-active"),
    ("--assk-weiss", BAND),
    ("--assk-weiss", FUSS),
    ("--assk-weiss", "--assk-gruen-800"),
    (BAND, "--assk-weiss"),
    (BAND, "--assk-gruen-100"),
    ("--kern-color-feedback-danger", GRUND),
    *((TEXT, f"--kern-color-feedback-{art}-background") for art in BEDEUTUNGEN),
    (AKTION, "--kern-color-feedback-warning-background"),
    ("--assk-karte-text", "--assk-karte-saum"),
]
ZEICHENPAARE = [
    *((f"--kern-color-feedback-{art}", GRUND) for art in BEDEUTUNGEN),
    *(
        (f"--kern-color-feedback-{art}", f"--kern-color-feedback-{art}-background")
        for art in BEDEUTUNGEN
    ),
    ("--assk-linie-stark", GRUND),
    ("--kern-color-form-input-border", GRUND),
    ("--kern-color-form-input-border", FLAECHE),
    (FOKUS, GRUND),
    (FOKUS, FLAECHE),
    (FOKUS, "--assk-karte-grund"),
    ("--assk-gold", BAND),
    ("--assk-gold", FUSS),
    ("--assk-gold", "--assk-held-land"),
    ("--assk-gold", "--assk-karte-rand"),
    ("--assk-karte-aktiv", "--assk-karte-grund"),
    ("--assk-karte-voll", "--assk-karte-grund"),
    ("--assk-karte-grenze", "--assk-karte-grund"),
    ("--assk-karte-linie", "--assk-karte-aktiv"),
    ("--assk-balken", GRUND),
    ("--assk-balken-vorlaeufig", GRUND),
]


@pytest.mark.parametrize("schema", ["light", "dark"])
@pytest.mark.parametrize(("vorn", "hinten"), TEXTPAARE)
def test_text_stands_out_from_its_ground(vorn, hinten, schema):
    assert kontrast(vorn, hinten, schema) >= 4.5


@pytest.mark.parametrize("schema", ["light", "dark"])
@pytest.mark.parametrize(("vorn", "hinten"), ZEICHENPAARE)
def test_signs_borders_and_focus_stand_out_from_their_ground(vorn, hinten, schema):
    assert kontrast(vorn, hinten, schema) >= 3


def test_measure_agrees_with_the_published_values():
    assert round(kontrast(TEXT, GRUND, "light"), 1) == 18.1
    assert round(kontrast(AKTION, GRUND, "light"), 1) == 7.8
    assert round(kontrast(AKTION, GRUND, "dark"), 1) == 10.7
    assert kontrast("#777", "#fff", "light") < 4.5


def test_schemes_differ():
    assert token("light")[FOKUS] != token("dark")[FOKUS]
    assert farbe(GRUND, "light") != farbe(GRUND, "dark")
