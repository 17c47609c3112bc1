"""Third-party files are there as released, with version, source and licence."""

import hashlib
import re

import pytest

from asskomm.dokumente.satz import SCHRIFTEN

from . import quellen

KERN_SHA256 = "fc2428f71ee156d7187a3d416bedd5550c3543925204e9ac4b02544e649eb7f8"


def pruefsumme(datei):
    return hashlib.sha256(datei.read_bytes()).hexdigest()


def test_kern_is_unmodified():
    assert pruefsumme(quellen.KERN / "kern.min.css") == KERN_SHA256


@pytest.mark.parametrize(
    "ordner", [quellen.KERN, quellen.SCHRIFT, SCHRIFTEN], ids=lambda pfad: pfad.name
)
def test_every_file_of_a_vendor_folder_is_accounted_for(ordner):
    herkunft = (ordner / "HERKUNFT.md").read_text(encoding="utf-8")
    lizenzen = [datei for datei in ordner.iterdir() if datei.name.startswith("LICENSE")]
    assert lizenzen
    for datei in ordner.iterdir():
        if datei.suffix in (".css", ".ttf", ".woff2"):
            assert datei.name in herkunft
            assert pruefsumme(datei) in herkunft


def test_third_party_notices_name_what_is_shipped():
    hinweise = (quellen.WURZEL / "THIRD-PARTY.md").read_text(encoding="utf-8")
    for name in ("@kern-ux/native", "@fontsource/fira-sans", "© BKG 2025", "Destatis"):
        assert name in hinweise


def test_no_utility_class_of_kern_is_used():
    """Only components, so that a slim build of KERN stays possible."""
    erlaubt = re.compile(
        r"kern-(alert|body|btn|error|fieldset|form-check|form-input|hint|label|title)(__\w+|--[\w-]+)*"
    )
    for vorlage in quellen.vorlagen():
        for name in set(re.findall(r"\bkern-[\w-]+", vorlage.read_text(encoding="utf-8"))):
            assert erlaubt.match(name), f"{quellen.kennung(vorlage)}: {name}"
