"""What the search finds, kind by kind, in the order in which it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from foerderung.models import Zuwendung
from kommunen.models import Praeventionsrat
from kommunen.zeitangabe import Zeitangabe

from ..models import Begriff, Meldung, Seite, Veranstaltung
from ..termine.zeiten import Zeit
from .anfrage import Suchanfrage


@dataclass(frozen=True)
class Treffer:
    """One line of the result. `sorbisch` is a name to be read out in Sorbian."""

    titel: str
    url: str
    text: str = ""
    zeit: str = ""
    datum: Zeitangabe | None = None
    sorbisch: str = ""
    ist_beispiel: bool = False


@dataclass(frozen=True)
class Gruppe:
    """`finde` gives the public records of the day, the best first, `treffer` writes one as a line."""

    schluessel: str
    titel: str
    finde: Callable[[Suchanfrage, date], QuerySet]
    treffer: Callable[[object, date], Treffer]


def _kommune(kommune, heute):
    ziel, text = kommune.rechtsnachfolge(heute), kommune.art_und_lage
    if ziel != kommune:
        text = f"gehört jetzt zu {ziel}"
    return Treffer(
        kommune.name_eindeutig, ziel.get_absolute_url(), text, sorbisch=kommune.name_sorbisch
    )


def _rat(rat, heute):
    orte = ", ".join(str(kommune) for kommune in rat.kommunen.all())
    return Treffer(rat.name, rat.get_absolute_url(), orte, ist_beispiel=rat.ist_beispiel)


def _seite(seite, heute):
    return Treffer(seite.titel, seite.get_absolute_url(), seite.einleitung)


def _begriff(begriff, heute):
    return Treffer(begriff.wort, begriff.get_absolute_url(), begriff.erklaerung)


def _meldung(meldung, heute):
    return Treffer(
        meldung.titel, meldung.get_absolute_url(), meldung.zusammenfassung,
        datum=meldung.datum, ist_beispiel=meldung.ist_beispiel,
    )  # fmt: skip


def _termin(termin, heute):
    return Treffer(
        termin.titel, termin.get_absolute_url(), termin.ort,
        zeit=str(Zeit.von(termin)), ist_beispiel=termin.ist_beispiel,
    )  # fmt: skip


def _projekt(zuwendung, heute):
    return Treffer(
        zuwendung.titel, zuwendung.kommune.get_absolute_url(),
        f"{zuwendung.kommune}, Förderjahr {zuwendung.foerderjahr}",
        ist_beispiel=zuwendung.ist_beispiel,
    )  # fmt: skip


KOMMUNEN = "kommunen"
GRUPPEN = (
    Gruppe(
        KOMMUNEN, "Kommunen",
        lambda anfrage, heute: anfrage.kommunen().select_related("kreis", "nachfolger"),
        _kommune,
    ),
    Gruppe(
        "raete", "Präventionsräte",
        lambda anfrage, heute: anfrage.finde(
            Praeventionsrat.objects.oeffentlich().prefetch_related("kommunen"), "kommunen"
        ),
        _rat,
    ),
    Gruppe(
        "seiten", "Themen und Hilfe",
        lambda anfrage, heute: anfrage.finde(Seite.objects.oeffentlich()),
        _seite,
    ),
    Gruppe(
        "begriffe", "Begriffe im Glossar",
        lambda anfrage, heute: anfrage.finde(Begriff.objects.oeffentlich()),
        _begriff,
    ),
    Gruppe(
        "meldungen", "Meldungen",
        lambda anfrage, heute: anfrage.finde(Meldung.objects.oeffentlich(), "kommunen"),
        _meldung,
    ),
    Gruppe(
        "termine", "Termine",
        lambda anfrage, heute: anfrage.finde(Veranstaltung.objects.oeffentlich(), "kommunen"),
        _termin,
    ),
    Gruppe(
        "projekte", "Geförderte Projekte",
        lambda anfrage, heute: anfrage.finde(
            Zuwendung.objects.oeffentlich().bewilligt(heute).select_related("kommune"), "kommune"
        ),
        _projekt,
    ),
)  # fmt: skip


def bereiche() -> list[dict]:
    """Where to go without a search, as tiles."""
    return [
        {
            "titel": "Kommunen",
            "url": reverse("kommunen:liste"),
            "text": "Wer mitmacht, mit Karte und Filtern.",
        },
        {
            "titel": "Das Programm",
            "url": reverse("portal:seite", args=["programm"]),
            "text": "Was ASSKomm will und welche Hilfe Kommunen erhalten.",
        },
        {
            "titel": "Aktuelles",
            "url": reverse("portal:meldungen"),
            "text": "Meldungen aus den Kommunen und dem Programm.",
        },
    ]
