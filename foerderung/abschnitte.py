"""The sections of an application and the seven steps in which they are filled in (GESTALTUNG 6)."""

from __future__ import annotations

from dataclasses import dataclass

ANLAGEN = "anlagen"


@dataclass(frozen=True)
class Abschnittsart:
    """One page of the form; `schluessel` is kept in `models.Abschnitt`."""

    schluessel: str
    schritt: int
    titel: str


@dataclass(frozen=True)
class Antragsschritt:
    nummer: int
    schluessel: str
    titel: str


SCHRITTE = (
    Antragsschritt(1, "beratung", "Beratung"),
    Antragsschritt(2, "antragsteller", "Antragsteller"),
    Antragsschritt(3, "vorhaben", "Vorhaben"),
    Antragsschritt(4, "plan", "Ausgaben und Finanzierung"),
    Antragsschritt(5, "anlagen", "Anlagen"),
    Antragsschritt(6, "erklaerungen", "Erklärungen"),
    Antragsschritt(7, "pruefen", "Prüfen und zur Zeichnung geben"),
)

ABSCHNITTE = (
    Abschnittsart("antragsteller", 2, "Antragsteller"),
    Abschnittsart("vorhaben", 3, "Vorhaben im Überblick"),
    Abschnittsart("beccaria-1", 3, "Problembeschreibung"),
    Abschnittsart("beccaria-2", 3, "Analyse der Entstehungsbedingungen"),
    Abschnittsart("beccaria-3", 3, "Ziele und Zielgruppen"),
    Abschnittsart("beccaria-4", 3, "Maßnahmen"),
    Abschnittsart("beccaria-5", 3, "Konzeption und Durchführung"),
    Abschnittsart("beccaria-6", 3, "Überprüfung"),
    Abschnittsart("plan", 4, "Ausgaben und Finanzierung"),
    Abschnittsart("erklaerungen", 6, "Erklärungen"),
)
SCHLUESSEL = tuple(art.schluessel for art in ABSCHNITTE)
NACH_SCHLUESSEL = {art.schluessel: art for art in ABSCHNITTE}
# What a Nachforderung can open again: the sections, and the documents.
OEFFENBAR = {**{art.schluessel: art.titel for art in ABSCHNITTE}, ANLAGEN: "Anlagen"}
