"""What the page of a case offers a member of its Kommune: the next thing to do, papers, what else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from asskomm.formate import zeitpunkt
from beratung.beratungen.lage import offene_anfrage
from kommunen.befugnisse import Befugnis, Zugang

from .. import kenntnis
from ..abschnitte import OEFFENBAR
from ..bescheid.stand import empfaengt, stand
from ..models import MIT_NACHWEIS, VOR_ENTSCHEIDUNG, Fassung, Foerderantrag, Status
from ..zeichnung.inhalt import willigt_ein
from .adressen import adresse
from .schrittleiste import Schrittleiste

# The proof has been checked, and nobody has opened the check again.
NACHWEIS_GEPRUEFT = (Status.NACHWEIS_GEPRUEFT, Status.RUECKFORDERUNG, Status.ABGESCHLOSSEN)

# A revoked grant too: that it is revoked the Kommune learns by its notice, not by a missing link.
NACH_BESTANDSKRAFT = (
    Status.BESTANDSKRAEFTIG,
    Status.IN_DURCHFUEHRUNG,
    Status.WIDERRUFEN,
    *MIT_NACHWEIS,
)


@dataclass(frozen=True)
class Weg:
    """A link: its words, and where it leads."""

    wort: str
    adresse: str


def _weg(wort, name, antrag, *weitere):
    return Weg(wort, reverse(f"foerderung:{name}", args=[antrag.pk, *weitere]))


def naechster_schritt(
    antrag: Foerderantrag, zugang: Zugang, leiste: Schrittleiste | None
) -> Weg | None:
    """The one thing that waits for this person now; None where others have to act.

    A draft comes with its `leiste`.
    """
    bearbeitet, zeichnet = zugang.darf(Befugnis.BEARBEITEN), zugang.darf(Befugnis.ZEICHNEN)
    if antrag.status == Status.ENTWURF and bearbeitet:
        wartet = ["pruefen"]
        if leiste.offen["beratung"] and offene_anfrage(antrag.kommune):
            wartet.append("beratung")  # with the LPR
        for seite in leiste.folge:
            if seite.adresse and not seite.ist_fertig and seite.schluessel not in wartet:
                return Weg(f"Weiter mit: {seite.titel}", seite.adresse)
        return Weg("Prüfen und zur Zeichnung geben", adresse(antrag, "pruefen"))
    eigene_uebergabe = antrag.zur_zeichnung_von_id == zugang.konto.pk
    if antrag.status == Status.IN_ZEICHNUNG and zeichnet and not eigene_uebergabe:
        return _weg("Antrag lesen und zeichnen", "antrag-zeichnen", antrag)
    if antrag.status == Status.NACHFORDERUNG and (bearbeitet or zeichnet):
        return _weg("Nachforderung ansehen und beantworten", "antrag-nachforderung", antrag)
    return None


def weitere_wege(antrag: Foerderantrag, zugang: Zugang, heute: date) -> Iterator[Weg]:
    """What else is possible now."""
    if antrag.status == Status.IN_ZEICHNUNG and zugang.darf(Befugnis.BEARBEITEN):
        yield _weg("Aus der Zeichnung zurückholen", "antrag-zurueckholen", antrag)
    if antrag.status in VOR_ENTSCHEIDUNG and zugang.darf(Befugnis.ZEICHNEN):
        yield _weg("Antrag zurückziehen", "antrag-zurueckziehen", antrag)
    if kenntnis.kennt_bewilligung(antrag, heute):
        yield _weg("Auszahlungen ansehen und anfordern", "auszahlungen", antrag)
        if not kenntnis.kenntnis(antrag, heute).unbekannt:
            yield _weg("Belege", "nachweis-belege", antrag)
            yield _weg("Verwendungsnachweis", "nachweis", antrag)
    if antrag.status in NACHWEIS_GEPRUEFT:
        yield _weg("Ergebnis der Prüfung", "nachweis-ergebnis", antrag)
    if kenntnis.kennt_forderung(antrag, heute):
        yield _weg("Rückforderung und Rückzahlungen ansehen", "rueckforderung", antrag)
    if antrag.status in NACH_BESTANDSKRAFT:
        yield _weg("Änderungen melden und ansehen", "aenderungen", antrag)
    if antrag.elektronische_bekanntgabe and empfaengt(zugang):
        yield _weg("Einwilligung in Bescheide im Portal widerrufen", "antrag-einwilligung", antrag)


def papiere(antrag: Foerderantrag, fassungen: list[Fassung]) -> Iterator[tuple[str, list[Weg]]]:
    """What was submitted, the newest first: (words, links)."""
    for fassung in reversed(fassungen):
        wege = [
            Weg(
                "Lesen",
                f"{reverse('foerderung:antrag-ansehen', args=[antrag.pk])}?fassung={fassung.nummer}",
            ),
            _weg("Antrag (PDF)", "antrag-pdf", antrag, fassung.nummer),
            _weg("Eingangsbestätigung (PDF)", "antrag-eingang-pdf", antrag, fassung.nummer),
        ]
        if fassung.nummer > 1:
            wege.append(_weg("Alt und neu vergleichen", "antrag-vergleich", antrag, fassung.nummer))
        wort = f"{fassung.get_art_display()}, eingegangen am {zeitpunkt(fassung.eingegangen_um)}"
        yield wort, wege


def bescheide(antrag: Foerderantrag, zugang: Zugang, heute: date) -> Iterator[tuple[str, Weg]]:
    """Notices with what is to be done about them, the newest first."""
    for bescheid in reversed(kenntnis.bescheide(antrag)):
        wohin = reverse("foerderung:bescheid", args=[antrag.pk, bescheid.pk])
        titel = stand(bescheid.bekanntgabe, zugang, heute).titel
        yield titel, Weg(f"Bescheid {bescheid.nummer}", wohin)


def bescheidweg(antrag: Foerderantrag, fassungen: list[Fassung]) -> str:
    """How coming notices reach the Kommune, in a sentence; empty where none is to come."""
    if not fassungen or antrag.status == Status.ZURUECKGEZOGEN:
        return ""
    mit_der_post = "Künftige Bescheide zu diesem Antrag kommen mit der Post"
    if antrag.elektronische_bekanntgabe:
        return "Künftige Bescheide zu diesem Antrag liegen im Portal zum Abruf bereit."
    if willigt_ein(fassungen[-1].inhalt):
        return (
            f"{mit_der_post}. Ihre Kommune hat die Einwilligung in den Abruf im Portal widerrufen."
        )
    return f"{mit_der_post}."


def nachgefordert(antrag: Foerderantrag, nachforderung) -> list[Weg]:
    """The opened sections in the order of the application."""
    return [
        Weg(titel, adresse(antrag, schluessel))
        for schluessel, titel in OEFFENBAR.items()
        if schluessel in nachforderung.abschnitte
    ]
