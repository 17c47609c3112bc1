"""The worklist of the LPR (F58)."""

from dataclasses import dataclass, replace

from django.db import transaction
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from asskomm.csvausgabe import csv_antwort
from asskomm.formate import tag, zahl
from asskomm.konten import vertretung
from asskomm.protokoll.verfahren import protokolliere
from asskomm.seitenzahlen import blaettere
from kommunen.models import Kreis

from ...befugnisse import RECHTE, Handelnde, verlangt_foerderung
from ...models import BEENDET, Foerderantrag
from ...verfahren.bekanntgabe import zu_versenden
from ..forms import Vorratsfilter
from ..handlungen import VORGAENGE_EXPORTIERT
from ..lage import Lage, Moeglichkeit, lage, rechte
from ..vorrat import ANSICHTEN, lies_auswahl, runden_mit_entwuerfen, vorrat_von, zustaendige

SPALTEN = (
    ("nummer", "Antrag"),
    ("kommune", "Kommune"),
    ("betrag", "Beantragt"),
    ("stand", "Stand"),
    ("seit", "Seit"),
    ("zustaendig", "Zuständig"),
)
CSV_KOPF = (
    "Aktenzeichen", "Kommune", "Vorhaben", "Förderrunde", "Ausgaben in Euro",
    "Beantragte Zuwendung in Euro", "Stand", "seit", "Zuständig", "Wiedervorlage",
    "Nächster Schritt", "durch",
)  # fmt: skip


@dataclass(frozen=True)
class Zeile:
    """A case of the list and what can be done with it."""

    antrag: Foerderantrag
    lage: Lage
    sachbearbeitet: bool  # the person does, by a right of the own

    @property
    def uebernehmbar(self) -> bool:
        """Whether the person can become responsible by one click."""
        frei = self.antrag.zustaendig_id is None and self.antrag.status not in BEENDET
        return frei and self.sachbearbeitet

    @property
    def sonst_nicht(self) -> list[Moeglichkeit]:
        """The steps onwards that are not possible; those back stand in the Fallakte."""
        return [m for m in self.lage.nicht_moeglich if not m.schritt.mit_grund]


@require_safe
@verlangt_foerderung
def arbeitsvorrat(request):
    jetzt, als = timezone.now(), rechte(request.user)
    vorrat = vorrat_von(request.user, als, jetzt)
    runden, kreise, personen = runden_mit_entwuerfen(), list(Kreis.objects.all()), zustaendige()
    auswahl = lies_auswahl(request.GET, runden, kreise, personen)
    wahl = blaettere(auswahl.vorgaenge(vorrat), request.GET.get("seite"))
    anzahlen = vorrat.anzahlen()
    sachbearbeitet = Handelnde.SACHBEARBEITUNG in als
    # Nobody becomes responsible by a right that ends with a deputyship.
    eigenes_recht = sachbearbeitet and not vertretung.vertretene(
        request.user, RECHTE[Handelnde.SACHBEARBEITUNG]
    )
    return render(
        request,
        "foerderung/fallakte/arbeitsvorrat.html",
        {
            "pfad": [("Vorgänge", "")],
            "auswahl": auswahl,
            "ansichten": [
                {
                    "titel": ansicht.titel,
                    "anzahl": anzahlen[f"anzahl_{ansicht.schluessel}"],
                    "url": replace(auswahl, ansicht=ansicht, sortierung="").url,
                    "aktuell": ansicht is auswahl.ansicht,
                }
                for ansicht in ANSICHTEN.values()
            ],
            "form": Vorratsfilter(auswahl, runden, kreise, personen),
            "ueberschrift": auswahl.ueberschrift(wahl.seite.paginator.count),
            "spalten": [
                {
                    "titel": titel,
                    "url": auswahl.sortiert_nach(spalte).url,
                    "richtung": auswahl.richtung(spalte),
                    "ist_zahl": spalte == "betrag",
                }
                for spalte, titel in SPALTEN
            ],
            "page_obj": wahl.seite,
            "seitenhinweis": wahl.hinweis,
            "zeilen": [
                Zeile(antrag, lage(antrag, request.user, als), eigenes_recht)
                for antrag in wahl.seite
            ],
            "heute": timezone.localdate(jetzt),
            "entwuerfe": [runde for runde in runden if runde.entwuerfe],
            "zahlungen": bool(als & {Handelnde.HAUSHALT, Handelnde.LEITUNG}),
            "zu_versenden": zu_versenden(request.user) if sachbearbeitet else (),
            "ohne_filter": [
                {"titel": f"Ohne den Filter {filter_['titel']}", "url": filter_["url"]}
                for filter_ in auswahl.aktive_filter
            ],
        },
    )


@require_safe
@verlangt_foerderung
@transaction.atomic
def arbeitsvorrat_csv(request):
    """The chosen cases, all pages; that somebody took them along stands in the log."""
    als = rechte(request.user)
    auswahl = lies_auswahl(
        request.GET, runden_mit_entwuerfen(), list(Kreis.objects.all()), zustaendige()
    )
    vorgaenge = list(auswahl.vorgaenge(vorrat_von(request.user, als, timezone.now())))
    protokolliere(VORGAENGE_EXPORTIERT, durch=request.user, angaben={"anzahl": len(vorgaenge)})
    return csv_antwort(
        "vorgaenge.csv", CSV_KOPF, [_csv_zeile(antrag, request.user, als) for antrag in vorgaenge]
    )


def _csv_zeile(antrag, konto, als):
    naechstes = lage(antrag, konto, als)
    return (
        antrag.nummer,
        antrag.kommune.name_eindeutig,
        antrag.titel,
        antrag.runde,
        zahl(antrag.ausgaben_euro, 2),
        zahl(antrag.zuwendung_beantragt_euro, 2),
        antrag.get_status_display(),
        tag(antrag.seit),
        antrag.zustaendig,
        antrag.wiedervorlage_am and tag(antrag.wiedervorlage_am),
        naechstes.was,
        naechstes.wer,
    )
