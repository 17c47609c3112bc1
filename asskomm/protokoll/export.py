"""The log as a file. To take it out of the house is an act of its own and leaves an entry."""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models, transaction
from django.http import HttpResponse

from asskomm.csvausgabe import csv_antwort
from asskomm.dokumente.abruf import pdf_datei
from asskomm.dokumente.satz import setze
from asskomm.formate import tag, zahl, zeitpunkt

from .ausnahmen import ausnahmen
from .auswahl import Protokollfilter
from .handlungen import EXPORTIERT
from .models import Eintrag
from .verfahren import protokolliere

KOPF_CSV = (
    "Nummer",
    "Zeit",
    "Schlüssel der Handlung",
    "Handlung",
    "Art des Gegenstands",
    "Nummer des Gegenstands",
    "Gegenstand",
    "Konto",
    "Person",
    "In Vertretung für Konto",
    "In Vertretung für",
    "Angaben",
    "Begründung",
    "Hash des Eintrags davor",
    "Hash",
)
KOPF_PDF = ("Nr.", "Zeit", "Handlung", "Gegenstand", "Wer", "Angaben", "Begründung")


class Format(models.TextChoices):
    CSV = "csv", "CSV"
    PDF = "pdf", "PDF"


# So many entries are written out and set within a few seconds.
HOECHSTENS = {Format.CSV: 20_000, Format.PDF: 2_000}


class ExportNichtMoeglich(Exception):
    """Says in German why; its text may be shown."""


@transaction.atomic
def exportiere(
    filter_: Protokollfilter, format_: Format, *, durch: AbstractBaseUser, am: datetime
) -> HttpResponse:
    """The entries of a valid filter as a download, and the entry about it: both or neither.

    A file always holds all entries of its filter that `durch` may read: where these are too many,
    none is made and ExportNichtMoeglich says so. The entry about it and the PDF tell that some
    may be missing.
    """
    grenze, ausgenommen = HOECHSTENS[format_], ausnahmen(durch)
    eintraege = list(filter_.auswahl().ohne(ausgenommen)[: grenze + 1])
    if not filter_.is_valid():
        raise ExportNichtMoeglich("Prüfen Sie erst die Filter.")
    if len(eintraege) > grenze:
        raise ExportNichtMoeglich(
            f"Als {format_.label} lassen sich höchstens {zahl(grenze)} Einträge ausgeben. "
            "Grenzen Sie die Auswahl ein, zum Beispiel auf einen kürzeren Zeitraum."
        )
    letzter = next((eintrag for eintrag in eintraege if eintrag.nummer), None)
    bis = {"bis_nummer": letzter.nummer, "bis_hash": letzter.hash} if letzter else {}
    name = f"protokoll-{am:%Y-%m-%d}.{format_}"
    if format_ == Format.CSV:
        antwort = csv_antwort(name, KOPF_CSV, map(_zeile_csv, eintraege))
    else:
        antwort = _pdf_antwort(name, filter_, eintraege, letzter, ausgenommen, durch=durch, am=am)
    protokolliere(
        EXPORTIERT,
        durch=durch,
        angaben={
            "format": format_.value,
            "anzahl": len(eintraege),
            **bis,
            **({"mit_ausnahmen": True} if ausgenommen else {}),
            **filter_.angaben(),
        },
    )
    return antwort


def _zeile_csv(eintrag: Eintrag) -> tuple:
    return (
        eintrag.nummer,
        eintrag.zeit.isoformat(),
        eintrag.handlung,
        eintrag.handlung_wort,
        eintrag.gegenstand_art,
        eintrag.gegenstand_nummer,
        eintrag.gegenstand_wort,
        eintrag.durch_id,
        eintrag.durch_wort,
        eintrag.fuer_id,
        eintrag.fuer_wort,
        eintrag.angaben_wort,
        eintrag.grund_wort,
        eintrag.hash_vorher,
        eintrag.hash,
    )


def _pdf_antwort(name, filter_, eintraege, letzter, ausgenommen, *, durch, am) -> HttpResponse:
    angaben = [
        ("Erstellt", f"{zeitpunkt(am)} von {durch}"),
        ("Auswahl", filter_.in_worten()),
        ("Einträge", zahl(len(eintraege))),
    ]
    if letzter:
        angaben.append(("Jüngster Eintrag", f"{letzter.nummer}, Hash {letzter.hash}"))
    if ausgenommen:
        angaben.append(("Nicht enthalten", "; ".join(eine.wort for eine in ausgenommen)))
    daten = {
        "titel": f"Protokoll, Stand {tag(am)}",
        "angaben": angaben,
        "kopf": KOPF_PDF,
        "zeilen": [_zeile_pdf(eintrag) for eintrag in eintraege],
    }
    return pdf_datei(setze("protokoll", daten, am=am), name)


def _zeile_pdf(eintrag: Eintrag) -> tuple[str, ...]:
    wer = eintrag.durch_wort
    if eintrag.fuer_wort:
        wer += f", in Vertretung für {eintrag.fuer_wort}"
    return (
        str(eintrag.nummer or ""),
        zeitpunkt(eintrag.zeit),
        eintrag.handlung_wort,
        eintrag.gegenstand_wort,
        wer,
        eintrag.angaben_wort,
        eintrag.grund_wort,
    )
