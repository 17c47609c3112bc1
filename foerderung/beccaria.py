"""The seven Beccaria-Standards: the structure of every Projektbeschreibung.

Source: Landespräventionsrat Niedersachsen, Beccaria-Standards, Stand 11/2005. The questions render
the sub-points in plain words; the official sheet's own wording is binding and was not at hand. That
steps 1 to 6 belong to the application, 6 and 7 to the proof of use, is inferred from the rules.
"""

from __future__ import annotations

from dataclasses import dataclass

QUELLE = (
    "Landespräventionsrat Niedersachsen, Beccaria-Standards, Stand 11/2005 (www.beccaria.de); "
    "sinngemäß zusammengefasst"
)
ZEICHEN = 3_000  # as much as fits on a page of A4


@dataclass(frozen=True)
class Teilfrage:
    """One text field. `schluessel` is the number of the standard and a letter: "1a"."""

    schluessel: str
    frage: str
    hilfe: str
    hoechstens: int = ZEICHEN


@dataclass(frozen=True)
class Standard:
    """One step with its questions, and where it is answered."""

    nummer: int
    titel: str
    worum: str
    teilfragen: tuple[Teilfrage, ...]
    im_antrag: bool = True
    im_nachweis: bool = False

    @property
    def schluessel(self) -> str:
        """The key of its section in an application: "beccaria-1"."""
        return f"beccaria-{self.nummer}"


STANDARDS = (
    Standard(
        1,
        "Problembeschreibung",
        "Beschreiben Sie, was vor Ort geschieht und warum Sie handeln.",
        (
            Teilfrage(
                "1a",
                "Was genau ist das Problem, und wie zeigt es sich?",
                "Beschreiben Sie, was zu sehen ist, noch nicht die Ursachen.",
            ),
            Teilfrage(
                "1b",
                "Wo und wann tritt das Problem auf?",
                "Nennen Sie Orte, Zeiten und Häufigkeit. Seit wann gibt es das Problem, "
                "und wird es mehr oder weniger?",
            ),
            Teilfrage(
                "1c",
                "Wer ist betroffen?",
                "Unterscheiden Sie, wen das Problem unmittelbar und wen es mittelbar trifft.",
            ),
            Teilfrage(
                "1d",
                "Welche Folgen hat das Problem?",
                "Denken Sie an Betroffene, an das Sicherheitsgefühl, an Kosten und an das "
                "Zusammenleben.",
            ),
            Teilfrage(
                "1e",
                "Welche Lösungen wurden schon versucht, und mit welchem Ergebnis?",
                "Wenn es noch keinen Versuch gab, schreiben Sie das.",
            ),
            Teilfrage(
                "1f",
                "Womit belegen Sie das Problem, und warum müssen Sie handeln?",
                "Belege sind zum Beispiel die Polizeiliche Kriminalstatistik, eine Befragung oder "
                "eine Sicherheitsanalyse. Nennen Sie Zahlen mit Jahr und Quelle.",
            ),
        ),
    ),
    Standard(
        2,
        "Analyse der Entstehungsbedingungen",
        "Erklären Sie, wie das Problem entsteht und wo Ihr Vorhaben ansetzt.",
        (
            Teilfrage(
                "2a",
                "Welche Ursachen nehmen Sie an?",
                "Sagen Sie dazu, auf welche Theorie, Forschung oder Erfahrung Sie sich stützen.",
            ),
            Teilfrage(
                "2b",
                "Welche örtlichen Bedingungen spielen mit?",
                "Zum Beispiel Lage, Bebauung, Angebote für junge Menschen, Zusammenarbeit der "
                "Stellen.",
            ),
            Teilfrage(
                "2c",
                "Welche dieser Ursachen geht Ihr Vorhaben an?",
                "Nennen Sie auch, was Sie nicht beeinflussen können.",
            ),
        ),
    ),
    Standard(
        3,
        "Festlegung der Präventionsziele, Projektziele und Zielgruppen",
        "Legen Sie fest, was sich ändern soll, für wen und woran Sie es erkennen.",
        (
            Teilfrage(
                "3a",
                "Was soll sich ändern?",
                "Das sind Ihre Präventionsziele, zum Beispiel weniger Sachbeschädigungen am Bahnhof.",
            ),
            Teilfrage(
                "3b",
                "Was erreicht Ihr Vorhaben bis wann?",
                "Projektziele sind konkret und messbar und haben ein Datum.",
            ),
            Teilfrage(
                "3c",
                "Woran erkennen Sie, dass die Ziele erreicht sind?",
                "Nennen Sie zu jedem Ziel ein Merkmal, das sich zählen oder beobachten lässt.",
            ),
            Teilfrage(
                "3d",
                "Wen wollen Sie erreichen?",
                "Nennen Sie Zielgruppen, die Sie unmittelbar und mittelbar ansprechen. Wie groß "
                "sind sie, und wie erreichen Sie sie?",
            ),
        ),
    ),
    Standard(
        4,
        "Festlegung der Maßnahmen für die Zielerreichung",
        "Beschreiben Sie, was Sie tun und warum es wirken sollte.",
        (
            Teilfrage(
                "4a",
                "Welche Maßnahmen planen Sie?",
                "Ordnen Sie jede Maßnahme einem Projektziel zu.",
            ),
            Teilfrage(
                "4b",
                "Warum sollten die Maßnahmen wirken?",
                "Beschreiben Sie die angenommene Wirkung und Erfahrungen von anderswo.",
            ),
            Teilfrage(
                "4c",
                "Welche Nebenwirkungen sind möglich?",
                "Zum Beispiel, dass sich das Problem an einen anderen Ort verlagert.",
            ),
            Teilfrage(
                "4d",
                "Wie viel Zeit, Personal, Fachwissen und Geld brauchen Sie?",
                "Die Beträge stehen im Ausgaben- und Finanzierungsplan. Begründen Sie hier den Bedarf.",
            ),
            Teilfrage(
                "4e",
                "Woran sehen Sie den Erfolg jeder Maßnahme?",
                "Nennen Sie zu jeder Maßnahme ein Merkmal.",
            ),
        ),
    ),
    Standard(
        5,
        "Projektkonzeption und Projektdurchführung",
        "Beschreiben Sie, wer was wann übernimmt.",
        (
            Teilfrage(
                "5a",
                "Wer ist verantwortlich, und wer hat welche Rolle?",
                "Nennen Sie Ämter und Funktionen, keine Namen von Personen.",
            ),
            Teilfrage(
                "5b",
                "Welche Partner wirken mit, und was übernehmen sie?",
                "Zum Beispiel Polizei, Schulen, Vereine und freie Träger.",
            ),
            Teilfrage(
                "5c",
                "Wie sieht der Zeitplan mit Meilensteinen aus?",
                "Nennen Sie Monate und die Ergebnisse, die dann vorliegen.",
            ),
            Teilfrage(
                "5d",
                "Wie erreichen und beteiligen Sie die Zielgruppen?",
                "Beschreiben Sie Wege, Orte und Zeiten.",
            ),
            Teilfrage(
                "5e",
                "Welche Mittel stehen bereit, und wie ist das Vorhaben finanziert?",
                "Nennen Sie Räume, Technik, Personal und Geld, die schon da sind.",
            ),
            Teilfrage(
                "5f",
                "Wie halten Sie den Verlauf und Abweichungen fest?",
                "Zum Beispiel in Protokollen, einem Projekttagebuch oder Teilnahmelisten ohne Namen.",
            ),
        ),
    ),
    Standard(
        6,
        "Überprüfung von Umsetzung und Zielerreichung (Evaluation)",
        "Legen Sie vorher fest, wie Sie prüfen, ob das Vorhaben abläuft und wirkt.",
        (
            Teilfrage(
                "6a",
                "Wie prüfen Sie, ob das Vorhaben wie geplant abläuft?",
                "Beschreiben Sie, wer wann auf den Stand schaut und was bei Abweichungen geschieht.",
            ),
            Teilfrage(
                "6b",
                "Wie prüfen Sie, ob das Vorhaben wirkt?",
                "Beziehen Sie sich auf die Ziele aus Schritt 3.",
            ),
            Teilfrage(
                "6c",
                "Mit welchen Methoden und Daten messen Sie, und wann?",
                "Messen Sie möglichst vorher und nachher mit derselben Methode.",
            ),
            Teilfrage(
                "6d",
                "Wer wertet aus?",
                "Sagen Sie, ob Sie selbst auswerten oder jemand von außen.",
            ),
            Teilfrage(
                "6e",
                "Welche Kriterien gelten?",
                "Ab welchem Ergebnis ist ein Ziel erreicht, teilweise erreicht oder verfehlt?",
            ),
        ),
        im_nachweis=True,
    ),
    Standard(
        7,
        "Schlussfolgerungen und Dokumentation",
        "Ziehen Sie nach dem Vorhaben Bilanz.",
        (
            Teilfrage(
                "7a",
                "Was wurde erreicht, was nicht, und warum?",
                "Gehen Sie jedes Projektziel durch.",
            ),
            Teilfrage(
                "7b",
                "Was lernen Sie daraus, und wie geht es weiter?",
                "Beschreiben Sie auch, was andere Kommunen übernehmen können.",
            ),
            Teilfrage(
                "7c",
                "Wie berichten und veröffentlichen Sie?",
                "Nennen Sie Berichte, Sitzungen und Veröffentlichungen.",
            ),
        ),
        im_antrag=False,
        im_nachweis=True,
    ),
)
IM_ANTRAG = tuple(standard for standard in STANDARDS if standard.im_antrag)
IM_NACHWEIS = tuple(standard for standard in STANDARDS if standard.im_nachweis)
