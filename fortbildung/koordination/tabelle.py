"""The participants of a cohort as XLSX, without needs and reasons."""

from __future__ import annotations

from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Font

from asskomm.csvausgabe import zelle

from ..models import Anmeldung

SPALTEN = ("Nr.", "Name", "Arbeitsfeld", "Dienststelle", "Kommune", "Funktion", "E-Mail", "Stand")


def teilnehmende(anmeldungen: list[Anmeldung]) -> bytes:
    """One row for each, in the given order. No cell is a formula, whatever was typed."""
    mappe = Workbook()
    blatt = mappe.active
    blatt.title = "Teilnehmende"
    blatt.append(SPALTEN)
    for kopf in blatt[1]:
        kopf.font = Font(bold=True)
    blatt.freeze_panes = "A2"
    for anmeldung in anmeldungen:
        blatt.append(
            [
                anmeldung.rang,
                *map(
                    zelle,
                    (
                        anmeldung.name,
                        anmeldung.get_gruppe_display(),
                        anmeldung.stelle,
                        str(anmeldung.kommune or ""),
                        anmeldung.funktion,
                        anmeldung.email,
                        anmeldung.get_stand_display(),
                    ),
                ),
            ]
        )
    datei = BytesIO()
    mappe.save(datei)
    return datei.getvalue()
