"""Every mail of the portal: short lines, one link, nobody's name or address."""

import re

import pytest

from asskomm.post.verfahren import stelle_ein
from asskomm.post.vorlagen import (
    BREITE,
    DoppelteVorlage,
    Vorlage,
    fuelle,
    lesbar,
    umbrochen,
    vorlagen,
)
from tests.factories import make_konto

from .nachrichten import SCHLICHT

EIGENE_ADRESSE = "lpr@smi.sachsen.de"


# What the procedures give to each mail; one that is not named here gets nothing.
ANGABEN = {
    "test_schlicht": {"nummer": "2027-0042"},
    "mitglied_beendet": {"kommune": "Musterstadt"},
    "mitglied_rolle": {"kommune": "Musterstadt"},
    "rollen_pruefen": {"kommune": "Musterstadt", "anzahl": 2, "kennung": "14000001"},
    **{
        schluessel: {
            "kommune": "Musterstadt",
            "kennung": "14000001",
            "rat": "Präventionsrat Musterstadt",
            "raete": ["Präventionsrat Musterstadt", "Präventionsrat des Landkreises"],
            "nummer": 7,
            "bis": "11.02.2027",
            "frist": "bis 11.02.2027",
            "uebernommen": False,
        }
        for schluessel in ("rat_bestaetigen", "rat_erinnerung", "ratskorrektur_entschieden")
    },
    **{
        schluessel: {
            "kommune": "Musterstadt",
            "kennung": "14000001",
            "nummer": 7,
            "termin": "01.12.2026 um 10:00 Uhr",
            "form": "vor Ort",
            "ort": "Rathaus, Markt 1",
            "am": "01.12.2026",
        }
        for schluessel in vorlagen()
        if schluessel.startswith("beratung_")
    },
    **{
        schluessel: {
            "nummer": "KP-2027-0042",
            "antrag": "8d3a1f5e-0f4b-4b44-9a0e-0f3c2b1a7d10",
            "aenderung": "8d3a1f5e-0f4b-4b44-9a0e-0f3c2b1a7d11",
            "art": "Verlängerung",
        }
        for schluessel in vorlagen()
        if schluessel.startswith("aenderung_")
    },
    **{
        schluessel: {
            "kommune": "Musterstadt",
            "kommunen": "Musterstadt und Nachbarstadt",
            "tag": "01.12.2026",
            "monate": 6,
            **dict.fromkeys(
                ("anfrage", "vorschlag", "mandat", "sitzung", "nachfrage"),
                "8d3a1f5e-0f4b-4b44-9a0e-0f3c2b1a7d10",
            ),
        }
        for schluessel in vorlagen()
        if schluessel.startswith("coaching_")
    },
    **{
        schluessel: {
            "nummer": "KP-2027-0042",
            "antrag": "8d3a1f5e-0f4b-4b44-9a0e-0f3c2b1a7d10",
            "auszahlung": 2,
            "kommune": "Musterstadt",
            "kennung": "14000001",
            "ab": "02.12.2026",
            "anzahl": 1,
        }
        for schluessel in vorlagen()
        if schluessel.startswith(("auszahlung_", "bankdaten_", "foerderkonten_", "zins_"))
    },
    **{
        schluessel: {
            "nummer": "KP-2027-0042",
            "antrag": "8d3a1f5e-0f4b-4b44-9a0e-0f3c2b1a7d10",
            "bescheid": "8d3a1f5e-0f4b-4b44-9a0e-0f3c2b1a7d11",
            "bis": "03.12.2026",
        }
        for schluessel in (
            "bescheid_liegt_bereit",
            "bescheid_per_post",
            "bescheid_bestandskraeftig",
            "bescheid_zur_post",
            "nachforderung",
            "nachforderung_zurueckgenommen",
            "vorgang_zugewiesen",
            "befangenheit_erklaert",
            "entscheidung_vorgeschlagen",
            "entscheidung_nicht_gefolgt",
            "nachweis_zurueckgegeben",
            "nachweis_geprueft",
            "nachweispruefung_geoeffnet",
            "abschluss_vorgeschlagen",
            "abschluss_abgelehnt",
            "vorgang_abgeschlossen",
        )
    },
    **{
        schluessel: {
            "kommune": "Musterstadt",
            "runde": "Förderung 2027",
            "nummer": "KP-2027-0042",
            "kennung": "8d3a1f5e-0f4b-4b44-9a0e-0f3c2b1a7d10",
            "bis": "15.10.2026",
            "frist": "01.12.2026",
            "eingang": "30.09.2026 um 11:15:27 Uhr",
            "eingereicht": True,
            "in_zeichnung": False,
        }
        for schluessel in (
            "antrag_zur_zeichnung",
            "antrag_zurueckgeholt",
            "antrag_nicht_gezeichnet",
            "antrag_eingegangen",
            "antrag_eingegangen_lpr",
            "antrag_zurueckgezogen",
            "antrag_zurueckgezogen_lpr",
            "nachreichung_bereit",
            "nachreichung_eingegangen",
            "nachreichung_eingegangen_lpr",
            "frist_verlaengert",
            "antragsfrist",
            "nachforderung_faellig",
            "nachforderung_abgelaufen",
            "nachweis_bereit",
            "nachweis_eingegangen",
            "nachweis_eingegangen_lpr",
            "nachweis_faellig",
            "nachweis_ueberfaellig",
            "nachweis_ueberfaellig_lpr",
        )
    },
    "neues_geraet": {"tag": "22.11.2026", "uhrzeit": "15:04"},
}


@pytest.mark.django_db
@pytest.mark.parametrize("schluessel", sorted(vorlagen()))
def test_every_mail_keeps_to_the_form(schluessel):
    vorlage = vorlagen()[schluessel]
    konto = make_konto(name="Xaverine Sonderbar", email="xaverine@sonderbar.example")
    nachricht = stelle_ein(vorlage, an=konto, gegenstand=konto, angaben=ANGABEN.get(schluessel))
    text = nachricht.lesbarer_text()
    assert nachricht.betreff.startswith("[ASSKomm] ")
    assert nachricht.betreff.count("ASSKomm") == 1
    assert text.startswith("Guten Tag [Name],\n\n")
    assert "\n-- \nGeschäftsstelle des Landespräventionsrates Sachsen\n" in text
    links = re.findall(r"https?://\S+|\[persönlicher Link\]", text)
    assert len(links) <= 1
    zu_lang = [zeile for zeile in text.splitlines() if len(zeile) > BREITE]
    assert [zeile for zeile in zu_lang if not any(link in zeile for link in links)] == []
    assert set(re.findall(r"\S+@\S+", text)) == {EIGENE_ADRESSE}
    for wort in ("Xaverine", "Sonderbar", "xaverine"):
        assert wort not in nachricht.betreff + nachricht.text
    assert not re.search(r"\b(du|dir|dich|dein\w*|bitte)\b|!", text, re.IGNORECASE)
    assert "\n\n\n" not in text


def test_an_office_is_greeted_without_a_name():
    _, text = SCHLICHT.schreibe({"nummer": 1}, mit_name=False)
    assert text.startswith("Guten Tag,\n")


def test_paragraphs_and_lists_are_broken_at_72_columns():
    _, text = SCHLICHT.schreibe({"nummer": "2027-0042"}, mit_name=False)
    assert (
        "Ihr Antrag 2027-0042 ist am Tag der Frist eingegangen, und das Portal\n"
        "hat ihn der zuständigen Stelle vorgelegt.\n"
        "\n"
        "- Ein erster Punkt, der länger ist als eine Zeile in einer E-Mail, wird\n"
        "  eingerückt.\n"
        "- Ein zweiter Punkt.\n"
        "\n"
        "http://testserver/mein-bereich/\n"
    ) in text
    assert umbrochen("a" * 80) == "a" * 80


def test_text_is_not_html():
    betreff, text = SCHLICHT.schreibe({"nummer": "<b> & 'x'"}, mit_name=False)
    assert "<b> & 'x'" in text
    assert betreff == "[ASSKomm] Antrag <b> & 'x': eingegangen"


def test_nothing_that_is_filled_in_can_pass_for_a_mark():
    betreff, text = SCHLICHT.schreibe({"nummer": "1\ue000\ue001\r\nBcc: x"}, mit_name=True)
    assert betreff == "[ASSKomm] Antrag 1 Bcc: x: eingegangen"
    assert lesbar(text).count("[Name]") == 1
    assert "[persönlicher Link]" not in lesbar(text)
    voll = fuelle(text, name="Anna\nBcc: \ue001", link="http://testserver/geheim/")
    assert voll.startswith("Guten Tag Anna Bcc:,\n")
    assert "geheim" not in voll


def test_a_long_subject_is_shortened():
    betreff, _ = SCHLICHT.schreibe({"nummer": "lang " * 100}, mit_name=False)
    assert len(betreff) <= 200
    assert betreff.endswith(" …")


def test_a_key_is_taken_once():
    with pytest.raises(DoppelteVorlage):
        Vorlage(SCHLICHT.schluessel, "Noch eine")
