"""May a Kommune apply? Six answers, each with what the rules say to it (F2).

Nothing is stored: the answers come with one request and leave with its answer. A rule's number,
words, value and source come from the rule set; here stands what each answer means under it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from asskomm.formate import tag, zeitraum
from asskomm.quellen import Quelle

from ..models import Foerderrunde, Regel, Regelwerk
from . import werte
from .auskunft import quellen, runde_fuer, wertangabe

S = Regel.Schluessel
MINDESTANTEIL = "den Mindestanteil"


class Urteil(Enum):
    """What an answer means; the value is the word on the chip."""

    PASST = "passt"
    ZU_KLAEREN = "zu klären"
    PASST_NICHT = "passt nicht"

    @property
    def schluessel(self) -> str:
        return self.name.lower()


@dataclass(frozen=True)
class Antwort:
    """One possible answer and what the rules say to it."""

    text: str
    urteil: Urteil
    satz: str


@dataclass(frozen=True)
class Frage:
    schluessel: str
    frage: str
    hilfe: str
    regel: str
    antworten: Mapping[str, Antwort]


@dataclass(frozen=True)
class Auskunft:
    """The outcome for one question: what was answered, what it means and by which rule."""

    frage: str
    antwort: str
    urteil: Urteil
    satz: str
    regel: Regel | None
    wert: str
    quellen: tuple[Quelle, ...]


@dataclass(frozen=True)
class Ergebnis:
    """What all answers together mean; `als_dritter`: the way leads over a Kommune that passes on."""

    auskuenfte: tuple[Auskunft, ...]
    als_dritter: bool

    @property
    def urteil(self) -> Urteil:
        """The worst of all decides."""
        urteile = {auskunft.urteil for auskunft in self.auskuenfte}
        return next(u for u in reversed(Urteil) if u in urteile)

    @property
    def ist_moeglich(self) -> bool:
        return self.urteil is not Urteil.PASST_NICHT

    @property
    def zu_klaeren(self) -> int:
        return sum(auskunft.urteil is Urteil.ZU_KLAEREN for auskunft in self.auskuenfte)


P, K, N = Urteil
VEREIN = "verein"
WER = Frage(
    "wer",
    "Wer stellt den Antrag?",
    "Gemeint ist, wer das Geld erhält und dafür verantwortlich ist.",
    S.KOMMUNALE_KOERPERSCHAFT,
    {
        "gemeinde": Antwort("eine Stadt oder Gemeinde", P, "Städte und Gemeinden stellen Anträge."),
        "landkreis": Antwort("ein Landkreis", P, "Landkreise stellen Anträge."),
        "eigenbetrieb": Antwort(
            "ein Eigenbetrieb einer Kommune",
            P,
            "Eigenbetriebe gehören zu ihrer Kommune. Sie stellt den Antrag.",
        ),
        "verband": Antwort(
            "ein Verwaltungsverband oder Zweckverband",
            K,
            "Die allgemeinen Vorschriften behandeln Verbände wie Kommunen. Ob ein Verband hier "
            "selbst Anträge stellen kann, sagt Ihnen die Geschäftsstelle.",
        ),
        "buendnis": Antwort(
            "mehrere Kommunen gemeinsam",
            K,
            "Ohne eigene Rechtsform stellt eine der Kommunen den Antrag für alle. So verstehen wir "
            "bekannte Beispiele. Klären Sie das in der Beratung.",
        ),
        VEREIN: Antwort(
            "ein Verein, eine Kirche oder ein freier Träger",
            N,
            "Vereine und freie Träger stellen keinen eigenen Antrag. Eine Kommune kann aber den "
            "Antrag stellen und Geld an Sie weiterleiten. Sprechen Sie mit Ihrer Kommune.",
        ),
        "andere": Antwort(
            "jemand anderes",
            N,
            "Anträge stellen nur Kommunen in Sachsen. Wenden Sie sich mit Ihrem Anliegen an Ihre "
            "Kommune.",
        ),
    },
)
WO = Frage(
    "wo",
    "Wo findet das Vorhaben statt?",
    "",
    S.IN_SACHSEN,
    {
        "sachsen": Antwort("in Sachsen", P, "Das Vorhaben findet in Sachsen statt."),
        "teils": Antwort(
            "teils in Sachsen, teils außerhalb",
            K,
            "Gefördert wird, was in Sachsen stattfindet. Wie Sie den anderen Teil abgrenzen, "
            "klären Sie in der Beratung.",
        ),
        "ausserhalb": Antwort(
            "außerhalb von Sachsen", N, "Vorhaben außerhalb von Sachsen werden nicht gefördert."
        ),
    },
)
WOFUER = Frage(
    "wofuer",
    "Wofür brauchen Sie das Geld?",
    "Investitionen sind zum Beispiel Bauten, Fahrzeuge und Anlagen.",
    S.KEINE_INVESTITIONEN,
    {
        "laufend": Antwort(
            "für Personal, Honorare, Veranstaltungen oder Material",
            P,
            "Das sind keine Investitionen.",
        ),
        "teils": Antwort(
            "auch für Investitionen",
            K,
            "Investitionen werden nicht gefördert, die übrigen Ausgaben schon. Lassen Sie "
            "Investitionen aus dem Antrag heraus.",
        ),
        "investition": Antwort(
            "nur für Investitionen",
            N,
            "Investitionen werden nicht gefördert. Fragen Sie die Geschäftsstelle, ob ein anderes "
            "Programm in Betracht kommt.",
        ),
    },
)
BEGONNEN, SPAETER = "begonnen", "spaeter"
BERATUNG = Frage(
    "beratung",
    "Hat die Geschäftsstelle Sie zu diesem Vorhaben beraten?",
    "Gemeint ist die Geschäftsstelle des Landespräventionsrates Sachsen.",
    S.BERATUNG_VORHER,
    {
        "ja": Antwort("ja", P, "Die Beratung liegt vor."),
        "termin": Antwort(
            "noch nicht, ein Termin ist vereinbart",
            K,
            "Reichen Sie den Antrag erst nach dem Gespräch ein. Mit dem Entwurf können Sie vorher "
            "beginnen.",
        ),
        "nein": Antwort(
            "nein",
            K,
            "Vereinbaren Sie ein Gespräch, bevor Sie den Antrag einreichen. Ohne Beratung ist kein "
            "Antrag möglich.",
        ),
    },
)


def fragen(regelwerk: Regelwerk | None, am: date) -> tuple[Frage, ...]:
    """The six questions as they are asked on the day `am`."""
    return WER, WO, WOFUER, _wann(am), _eigenanteil(regelwerk), BERATUNG


def pruefe(
    antworten: Mapping[str, str], gestellt: tuple[Frage, ...], regelwerk: Regelwerk | None
) -> Ergebnis:
    """What the rules say to these answers, one for each of the `fragen`. Raises KeyError for others."""
    regeln = {r.schluessel: r for r in regelwerk.regeln.all()} if regelwerk else {}
    auskuenfte = []
    for frage in gestellt:
        antwort = frage.antworten[antworten[frage.schluessel]]
        schluessel = frage.regel
        if antworten[frage.schluessel] == BEGONNEN:
            schluessel = S.KEIN_VORZEITIGER_BEGINN
        elif antworten[frage.schluessel] == VEREIN:
            schluessel = S.WEITERLEITUNG
        regel = regeln.get(schluessel)
        auskuenfte.append(
            Auskunft(
                frage.frage,
                antwort.text,
                antwort.urteil,
                antwort.satz,
                regel,
                wertangabe(regel) if regel else "",
                tuple(quellen(regel)) if regel else (),
            )
        )
    return Ergebnis(tuple(auskuenfte), antworten[WER.schluessel] == VEREIN)


def _wann(am: date) -> Frage:
    jahre = range(am.year, am.year + 3)
    return Frage(
        "wann",
        "Wann soll das Vorhaben beginnen?",
        "Als Beginn zählt schon ein Vertrag über Lieferungen oder Leistungen.",
        S.ANTRAGSFRIST,
        {
            BEGONNEN: Antwort(
                "es hat schon begonnen",
                N,
                "Ein begonnenes Vorhaben wird nicht gefördert, wenn die Behörde nicht vorher "
                "zugestimmt hat. Haben Sie eine Zustimmung, fragen Sie die Geschäftsstelle.",
            ),
            **{str(jahr): _im_jahr(jahr, am) for jahr in jahre},
            SPAETER: Antwort(
                "später",
                K,
                "Für spätere Jahre ist noch kein Antragsfenster festgelegt. In der Regel geht der "
                "Antrag im Jahr vor dem Beginn ein.",
            ),
        },
    )


def _im_jahr(jahr: int, am: date) -> Antwort:
    text = f"im Jahr {jahr}" if jahr > am.year else f"noch im Jahr {jahr}"
    runde = runde_fuer(jahr, am)
    return Antwort(text, *_fenster_fuer(jahr, runde, am))


def _fenster_fuer(jahr: int, runde: Foerderrunde | None, am: date) -> tuple[Urteil, str]:
    """Whether an application for this year can still arrive, and when."""
    if runde is None:
        return K, (
            f"Für das Förderjahr {jahr} ist noch kein Antragsfenster festgelegt. "
            "Fragen Sie die Geschäftsstelle."
        )
    if runde.schluss < am:
        return N, (
            f"Die Antragsfrist für das Förderjahr {jahr} endete am {tag(runde.schluss)}. "
            "Planen Sie das Vorhaben für ein späteres Jahr."
        )
    if runde.beginn <= am:
        return P, (
            f"Anträge für das Förderjahr {jahr} nehmen wir bis {tag(runde.schluss)}, 24:00 Uhr, an."
        )
    return P, (
        f"Anträge für das Förderjahr {jahr} nehmen wir in dieser Zeit an: "
        f"{zeitraum(runde.beginn, runde.schluss)}."
    )


def _eigenanteil(regelwerk: Regelwerk | None) -> Frage:
    regel = werte.regeln(regelwerk, S.EIGENANTEIL).get(S.EIGENANTEIL) if regelwerk else None
    anteil = f"mindestens {wertangabe(regel)}" if regel and regel.wert else MINDESTANTEIL
    return Frage(
        "eigenanteil",
        f"Kann die Kommune {anteil} der Ausgaben selbst tragen?",
        "Das muss kein Geld sein: Auch eigene Leistungen, eigenes Personal oder Sachmittel zählen.",
        S.EIGENANTEIL,
        {
            "ja": Antwort("ja", P, "Der Eigenanteil reicht aus."),
            "unklar": Antwort(
                "das ist noch offen",
                K,
                "Klären Sie den Eigenanteil, bevor Sie den Antrag einreichen. Er steht im Ausgaben- "
                "und Finanzierungsplan.",
            ),
            "nein": Antwort(
                "nein",
                N,
                "Ohne diesen Eigenanteil ist keine Förderung möglich. Prüfen Sie, ob eigenes "
                "Personal, Räume oder Leistungen als Eigenanteil zählen können.",
            ),
        },
    )
