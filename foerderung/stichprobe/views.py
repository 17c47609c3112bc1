"""The samples of the LPR: the population today, each draw with its repetition, a case added (F23)."""

from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from asskomm.csvausgabe import csv_antwort
from asskomm.konten.eingaben import daten
from asskomm.protokoll.handlungen import Handlung
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import SchrittNichtMoeglich
from asskomm.seitenzahlen import blaettere
from kommunen.tatsachen import Herkunft

from ..befugnisse import RECHTE, verlangt_foerderung
from ..models import Foerderantrag, Regel, Status, Stichprobe, Stichprobenfall
from ..verfahren import stichprobe as verfahren
from ..verfahren.entscheidung import Unzulaessig
from .forms import Ergaenzungsformular, Ziehungsformular
from .grundgesamtheit import ERLAEUTERUNGEN, RISIKEN, grundgesamtheit, mindestanteil
from .ziehung import anzahl, pruefsumme

FORMULAR = require_http_methods(["GET", "HEAD", "POST"])
EXPORTIERT = Handlung("stichprobe.exportiert", "Stichprobe als Datei abgerufen")
CSV_KOPF = ("Platz", "Aktenzeichen", "Risiken", "SHA-256 von Startwert|Aktenzeichen", "Ergebnis")
Grund = Stichprobenfall.Grund
GEZOGEN = Q(faelle__grund__in=[Grund.GEZOGEN, Grund.RISIKO, Grund.ERGAENZT])
ERFUNDEN = Exists(
    Stichprobenfall.objects.filter(stichprobe=OuterRef("pk"), antrag__herkunft=Herkunft.BEISPIEL)
)


@dataclass
class Topf:
    """A population of today: of real or of invented cases, with the form to draw from it."""

    beispiele: bool
    faelle: list[dict]
    mindestens: Decimal | None
    formular: Ziehungsformular | None = None

    @property
    def art(self) -> str:
        return "beispiel" if self.beispiele else "echt"

    @property
    def pruefsumme(self) -> str:
        return pruefsumme(self.faelle)

    @property
    def hoechstens_gezogen(self) -> int:
        """How many the least share draws, risks not counted."""
        return anzahl(len(self.faelle), self.mindestens or Decimal(0))

    @property
    def zeilen(self) -> list[tuple[str, list[str]]]:
        return [(f["nummer"], [RISIKEN[r] for r in f["risiken"]]) for f in self.faelle]


@FORMULAR
@verlangt_foerderung
def stichproben(request):
    """Populations and earlier draws; with POST the draw."""
    darf = verfahren.darf_ziehen(request.user)
    if request.method == "POST" and not darf:
        raise PermissionDenied
    eingaben, gebunden, status = daten(request), None, 200
    toepfe = [_topf(beispiele, eingaben, darf) for beispiele in (False, True)]
    topf = next((t for t in toepfe if t.formular is not None and t.formular.is_bound), None)
    if topf is not None:
        gebunden = topf.formular
        if request.method == "POST" and gebunden.is_valid():
            stichprobe, status = _ziehe(request, topf)
            if stichprobe:
                messages.success(request, "Die Stichprobe ist gezogen.")
                return redirect("foerderung:stichprobe", stichprobe.marke)
    gezogen = Stichprobe.objects.annotate(
        umfang=Count("faelle"), in_auswahl=Count("faelle", filter=GEZOGEN), erfunden=ERFUNDEN
    )
    wahl = blaettere(gezogen.order_by("-gezogen_um"), request.GET.get("seite"))
    return render(
        request,
        "foerderung/stichprobe/stichproben.html",
        {
            "pfad": [("Vorgänge", reverse("foerderung:arbeitsvorrat")), ("Stichproben", "")],
            "toepfe": [topf for topf in toepfe if topf.faelle],
            "gebunden": gebunden,
            "page_obj": wahl.seite,
            "seitenhinweis": wahl.hinweis,
            "erlaeuterungen": _erlaeuterungen(),
            "unbestaetigt": _unbestaetigt(),
        },
        status=status,
    )


def _topf(beispiele, eingaben, darf):
    faelle = grundgesamtheit(beispiele=beispiele)
    topf = Topf(beispiele, faelle, mindestanteil(beispiele=beispiele) if faelle else None)
    ist_gemeint = eingaben is not None and eingaben.get("art", "echt") == topf.art
    if darf and (faelle or ist_gemeint):
        topf.formular = Ziehungsformular(
            eingaben if ist_gemeint else None,
            auto_id=f"id_{topf.art}_%s",
            art=topf.art,
            pruefsumme=topf.pruefsumme,
            initial={"anteil": topf.mindestens},
        )
    return topf


def _ziehe(request, topf):
    """(the draw, None) or (None, status of the page that says why not)."""
    werte = topf.formular.cleaned_data
    try:
        gezogen = verfahren.ziehe_stichprobe(
            werte["bezeichnung"], werte["anteil"], beispiele=topf.beispiele,
            gesehen=werte["gesehen"], durch=request.user, um=timezone.now(), marke=werte["marke"],
        )  # fmt: skip
    except Unzulaessig as fehler:
        for feld, satz in fehler.felder.items():
            topf.formular.add_error(feld, satz)
        return None, 200
    except SchrittNichtMoeglich as fehler:
        topf.formular.add_error(None, str(fehler))
        topf.formular.setze("gesehen", topf.pruefsumme)
        return None, fehler.status
    return gezogen, 302


def _erlaeuterungen():
    return [(RISIKEN[name], satz) for name, satz in ERLAEUTERUNGEN.items()]


def _unbestaetigt():
    """Whether a least share that counts is not confirmed by the LPR yet."""
    regeln = Regel.objects.filter(schluessel=Regel.Schluessel.STICHPROBE_PROZENT, bestaetigt=False)
    return regeln.filter(regelwerk__freigegeben_um__isnull=False).exists()


@FORMULAR
@verlangt_foerderung
def stichprobe(request, marke):
    """A draw: its cases, its repetition, and the form that adds a case; with POST it is added."""
    gezogen, status = _stichprobe(marke), 200
    darf = any(request.user.has_perm(RECHTE[art]) for art in verfahren.ERGAENZEND)
    if request.method == "POST" and not darf:
        raise PermissionDenied
    lesbar = Foerderantrag.objects.fuer_lpr(request.user)
    eingaben = daten(request)
    formular = _ergaenzung(gezogen, lesbar, eingaben) if darf else None
    if request.method == "POST" and formular.is_valid():
        werte = formular.cleaned_data
        try:
            verfahren.ergaenze(
                werte["fall"], werte["begruendung"], durch=request.user, um=timezone.now()
            )
        except SchrittNichtMoeglich as fehler:
            formular.add_error(None, str(fehler))
            status = fehler.status
        else:
            messages.success(request, "Der Fall gehört jetzt zur Stichprobe.")
            return redirect("foerderung:stichprobe", gezogen.marke)
    faelle = list(
        gezogen.faelle.select_related("antrag__kommune", "ergaenzt_von").annotate(
            lesbar=Exists(lesbar.filter(pk=OuterRef("antrag")))
        )
    )
    lose = verfahren.wiederholung(gezogen)
    nach_nummer = {fall.antrag.nummer: fall for fall in faelle}
    return render(
        request,
        "foerderung/stichprobe/stichprobe.html",
        {
            "pfad": [
                ("Vorgänge", reverse("foerderung:arbeitsvorrat")),
                ("Stichproben", reverse("foerderung:stichproben")),
                (gezogen.bezeichnung, ""),
            ],
            "stichprobe": gezogen,
            "stimmt": verfahren.stimmt(gezogen, faelle, lose),
            "zeilen": [
                (los, nach_nummer[los.nummer], [RISIKEN[r] for r in los.risiken]) for los in lose
            ],
            "anzahl_gezogen": anzahl(len(lose), gezogen.anteil_prozent),
            "mit_belegen": sum(fall.mit_belegen for fall in faelle),
            "ergaenzt": [fall for fall in faelle if fall.grund == Grund.ERGAENZT and fall.lesbar],
            "erlaeuterungen": _erlaeuterungen(),
            "form": formular,
        },
        status=status,
    )


def _stichprobe(marke):
    menge = Stichprobe.objects.select_related("gezogen_von").annotate(erfunden=ERFUNDEN)
    return get_object_or_404(menge, marke=marke)


def _ergaenzung(gezogen, lesbar, eingaben):
    """None where nothing is left to add and nothing was typed."""
    moeglich = gezogen.faelle.filter(
        grund=Grund.NICHT_GEZOGEN, antrag__status=Status.NACHWEIS_EINGEREICHT, antrag__in=lesbar
    )
    if eingaben is None and not moeglich.exists():
        return None
    return Ergaenzungsformular(eingaben, faelle=moeglich.select_related("antrag"))


@require_safe
@verlangt_foerderung
@transaction.atomic
def ziehung_csv(request, marke):
    """All that it takes to repeat the draw by hand."""
    gezogen = _stichprobe(marke)
    protokolliere(EXPORTIERT, gezogen, durch=request.user)
    zeilen = [
        (los.platz, los.nummer, ", ".join(RISIKEN[r] for r in los.risiken), los.schluessel,
         Grund(los.los.value).label)
        for los in verfahren.wiederholung(gezogen)
    ]  # fmt: skip
    return csv_antwort("stichprobe.csv", CSV_KOPF, zeilen)
