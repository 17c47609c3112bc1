"""The check before the signature of a proof: everything that is open, each with its place (F22, F30)."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from asskomm.formate import tag

from ..antrag.adressen import PRUEFEN
from ..antrag.mangel import Mangel
from ..models import Foerderantrag
from ..plan.ausgabenarten import ARTEN
from ..verfahren.belege import ausserhalb
from .fassung import eingabe
from .umfeld import Nachweisumfeld
from .zahlen import zahlen

BELEGE, BERICHT = "belege", "bericht"


def adresse(antrag: Foerderantrag, schluessel: str, ziel: str = "") -> str:
    """The page of a part of the proof; with `ziel` it marks what is open and leads there."""
    name = "nachweis-belege" if schluessel == BELEGE else "nachweis-bericht"
    wohin = reverse(f"foerderung:{name}", args=[antrag.pk])
    if schluessel == BELEGE or not ziel:
        return wohin
    return f"{wohin}?{PRUEFEN}=1#{ziel}"


def maengel(umfeld: Nachweisumfeld) -> list[Mangel]:
    """What keeps the proof from being signed; empty when it is complete."""
    return [*_belege(umfeld), *_bericht(umfeld), *_auszahlungen(umfeld)]


def _belege(umfeld) -> Iterator[Mangel]:
    wohin = adresse(umfeld.antrag, BELEGE)
    if not umfeld.beleganzahl:
        yield Mangel(BELEGE, "", "Belege: Die Belegliste ist noch leer.", wohin, fehlt=True)
        return
    grundlage = umfeld.bewilligung
    im_zeitraum = umfeld.antrag.belege.filter(bezahlt_am__range=(grundlage.von, grundlage.bis))
    falsche = umfeld.antrag.belege.exclude(pk__in=im_zeitraum.values("pk"))
    for beleg in falsche[:10]:
        satz = f"Beleg {beleg.belegnummer}, bezahlt am {tag(beleg.bezahlt_am)}: {ausserhalb(grundlage)}"
        yield Mangel(BELEGE, "", satz, wohin)
    for beleg in umfeld.antrag.belege.exclude(ausgabenart__in=ARTEN)[:10]:
        satz = f"Beleg {beleg.belegnummer}: Wählen Sie eine Ausgabenart aus der Liste."
        yield Mangel(BELEGE, "", satz, wohin)


def _bericht(umfeld) -> Iterator[Mangel]:
    form = eingabe(umfeld)
    for fehler in form.fehler():
        wohin = adresse(umfeld.antrag, BERICHT, fehler.ziel)
        yield Mangel(BERICHT, fehler.feld, fehler.text, wohin, fehler.fehlt)
    verschoben = zahlen(umfeld, form.werte).verschoben
    if verschoben and not (form.werte.get("abweichungen") or "abweichungen" in form.form.errors):
        arten = ", ".join(position.titel for position in verschoben)
        satz = f"Erklären Sie, warum mehr ausgegeben wurde als geplant: {arten}."
        wohin = adresse(umfeld.antrag, BERICHT, "id_abweichungen")
        yield Mangel(BERICHT, "abweichungen", satz, wohin, fehlt=True)


def _auszahlungen(umfeld) -> Iterator[Mangel]:
    if auszahlung := umfeld.offener_abruf:
        yield Mangel(
            "auszahlung",
            "",
            f"Über die Auszahlung {auszahlung.nummer} ist noch nicht entschieden. Warten Sie die "
            "Entscheidung ab, oder ziehen Sie die Anforderung zurück.",
            umfeld.antrag.get_absolute_url(),
        )
