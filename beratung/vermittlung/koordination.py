"""The coordinators: the board, the pool, and from a request to a proposal."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from asskomm.konten.eingaben import daten
from asskomm.konten.models import Konto
from asskomm.schritt import SchrittNichtMoeglich
from asskomm.seitenzahlen import blaettere
from kommunen.models import Kreis

from ..befugnisse import verlangt_koordination
from ..models import Anfragestand, Coachinganfrage, Faehigkeit
from ..verfahren import vermittlung as verfahren
from ..vierteltage import in_tagen
from .auswahl import lies_auswahl
from .forms import Ablehnung, Poolfilter, Vorschlagsformular, Vorschlagsruecknahme
from .pool import hindernisse, nach_eignung, pool
from .tafel import ANSICHTEN, JE_KASTEN
from .worte import ausgang, seit

FORMULAR = require_http_methods(["GET", "HEAD", "POST"])


def _pfad(*weitere):
    return [("Coaching koordinieren", reverse("beratung:tafel")), *weitere]


# --- The board --------------------------------------------------------------------


@require_safe
@verlangt_koordination
def tafel(request):
    """Everything that waits, a few rows of each kind; one kind in full with `ansicht`."""
    heute = timezone.localdate()
    anzahlen = {ansicht: ansicht.menge(heute).count() for ansicht in ANSICHTEN}
    gewaehlt = next((a for a in ANSICHTEN if a.schluessel == request.GET.get("ansicht")), None)
    kontext = {
        "pfad": _pfad(),
        "ansichten": anzahlen.items(),
        "ansicht": gewaehlt,
        "hinweis": "",
    }
    if gewaehlt:
        wahl = blaettere(gewaehlt.liste(heute), request.GET.get("seite"))
        zeilen = [gewaehlt.zeile(objekt, heute) for objekt in wahl.seite]
        kontext |= {"kaesten": [(gewaehlt, zeilen, 0)], "page_obj": wahl.seite}
        kontext["hinweis"] = wahl.hinweis
    else:
        kontext["kaesten"] = [
            (
                ansicht,
                [ansicht.zeile(objekt, heute) for objekt in ansicht.liste(heute)[:JE_KASTEN]],
                max(anzahl - JE_KASTEN, 0),
            )
            for ansicht, anzahl in anzahlen.items()
        ]
    return render(request, "beratung/vermittlung/tafel.html", kontext)


# --- The pool ---------------------------------------------------------------------


@require_safe
@verlangt_koordination
def coaches(request):
    """All coaches: skills, region, contract, room."""
    return render(
        request,
        "beratung/vermittlung/coaches.html",
        {"pfad": _pfad(("Coaches", "")), **_tabelle(request, [], ())},
    )


def _tabelle(request, kommunen, faehigkeiten):
    """The pool for these Kommunen as the address wants it, in the order of fitness."""
    heute = timezone.localdate()
    alle_faehigkeiten, kreise = list(Faehigkeit.objects.all()), list(Kreis.objects.all())
    auswahl = lies_auswahl(request.GET, request.path, heute, alle_faehigkeiten, kreise)
    coaches = pool(kommunen, auswahl.ab).filter(konto__in=Konto.objects.kenntlich())
    menge = nach_eignung(auswahl.aus(coaches), faehigkeiten, kommunen)
    wahl = blaettere(menge.prefetch_related("faehigkeiten", "kreise"), request.GET.get("seite"))
    gewuenscht = {faehigkeit.pk for faehigkeit in faehigkeiten}
    vor_ort = {kommune.kreis_id for kommune in kommunen}
    return {
        "auswahl": auswahl,
        "filter": Poolfilter(auswahl, alle_faehigkeiten, kreise),
        "page_obj": wahl.seite,
        "seitenhinweis": wahl.hinweis,
        "einladen": [{"titel": "Coach einladen", "url": reverse("admin:beratung_coach_add")}],
        "zeilen": [
            {
                "coach": coach,
                "faehigkeiten": [(f, f.pk in gewuenscht) for f in coach.faehigkeiten.all()],
                "kreise": [(k, k.pk in vor_ort) for k in coach.kreise.all()],
                "hindernisse": hindernisse(coach),
            }
            for coach in wahl.seite
        ],
    }


# --- From a request to a proposal ---------------------------------------------------


@FORMULAR
@verlangt_koordination
def vermitteln(request, pk):
    """A request, what was proposed so far, and the coaches for it."""
    anfrage, heute, status = _anfrage(pk), timezone.localdate(), 200
    ablehnung = Ablehnung(initial={"version": anfrage.version})
    gesendet, eingaben = None, daten(request)
    if eingaben is not None:
        gesendet, tue, gesagt = _schritt(request, eingaben, anfrage)
    if request.method == "POST" and gesendet.is_valid():
        try:
            tue(gesendet)
        except SchrittNichtMoeglich as fehler:
            anfrage = _anfrage(pk)
            if "version" in gesendet.fields:
                gesendet.setze("version", anfrage.version)
            gesendet.add_error(None, str(fehler))
            status = fehler.status
        else:
            messages.success(request, gesagt)
            return redirect(f"{request.path}#inhalt")
    if isinstance(gesendet, Ablehnung):
        ablehnung = gesendet
    offen = anfrage.stand == Anfragestand.OFFEN
    faehigkeiten = list(anfrage.faehigkeiten.all())
    vorschlaege = _vorschlaege(anfrage)
    laufender = next((v for v, _, _ in vorschlaege if v.beendet_um is None), None)
    ruecknahme = None
    if laufender:
        ruecknahme = (
            gesendet
            if isinstance(gesendet, Vorschlagsruecknahme)
            else Vorschlagsruecknahme(initial={"vorschlag": laufender.pk})
        )
    return render(
        request,
        "beratung/vermittlung/vermitteln.html",
        {
            "pfad": _pfad((anfrage.kommune, "")),
            "anfrage": anfrage,
            "seit": seit(anfrage.gestellt_um, heute),
            "faehigkeiten": faehigkeiten,
            "vorschlaege": vorschlaege,
            "mandat": getattr(anfrage, "mandat", None),
            "ruecknahme": ruecknahme,
            "ablehnung": ablehnung if offen else None,
            "offen": offen,
            "form": gesendet,
            **(_tabelle(request, [anfrage.kommune], faehigkeiten) if offen else {}),
        },
        status=status,
    )


def _anfrage(pk):
    menge = Coachinganfrage.objects.select_related("kommune__kreis", "gestellt_von", "mandat")
    return get_object_or_404(menge, pk=pk)


def _vorschlaege(anfrage):
    """What was proposed, the newest first, each with its outcome and its days."""
    menge = anfrage.vorschlaege.select_related("coach__konto", "kommune_von")
    return [
        (vorschlag, ausgang(vorschlag), in_tagen(vorschlag.kontingent))
        for vorschlag in menge.prefetch_related("weitere_kommunen")
    ]


def _schritt(request, eingaben, anfrage):
    """The sent form, what it does, and what the page says then."""
    wer = {"durch": request.user, "um": timezone.now()}
    if "vorschlag" in eingaben:

        def nimm_zurueck(formular):
            vorschlag = anfrage.vorschlaege.filter(pk=formular.cleaned_data["vorschlag"]).first()
            if vorschlag is None:
                raise SchrittNichtMoeglich(verfahren.VORSCHLAG_VORBEI)
            verfahren.nimm_vorschlag_zurueck(vorschlag, **wer)

        gesagt = "Der Vorschlag ist zurückgenommen. Die Anfrage wartet wieder auf einen Coach."
        return Vorschlagsruecknahme(eingaben), nimm_zurueck, gesagt

    def lehne_ab(formular):
        verfahren.lehne_anfrage_ab(
            anfrage, formular.cleaned_data["grund"], gesehen=formular.gesehen, **wer
        )

    return Ablehnung(eingaben), lehne_ab, "Die Anfrage ist abgelehnt. Die Kommune erfährt es."


@FORMULAR
@verlangt_koordination
def vorschlagen(request, pk, nummer):
    """The proposal of one coach: period, contingent, further Kommunen."""
    anfrage, heute, status = _anfrage(pk), timezone.localdate(), 200
    coach = get_object_or_404(pool([anfrage.kommune], heute), pk=nummer)
    formular = Vorschlagsformular(
        daten(request),
        kommune=anfrage.kommune,
        heute=heute,
        initial={"version": anfrage.version, "beginn": request.GET.get("ab", "")},
    )
    if request.method == "POST" and formular.is_valid():
        try:
            _schlage_vor(request, anfrage, coach, formular)
        except SchrittNichtMoeglich as fehler:
            anfrage = _anfrage(pk)
            formular.setze("version", anfrage.version)
            formular.add_error(getattr(fehler, "feld", None), str(fehler))
            status = fehler.status
        else:
            messages.success(
                request, "Der Coach ist vorgeschlagen. Beide Seiten erhalten eine E-Mail."
            )
            ziel = reverse("beratung:vermitteln", args=[anfrage.pk])
            return redirect(f"{ziel}#inhalt")
    return render(
        request,
        "beratung/vermittlung/vorschlagen.html",
        {
            "pfad": _pfad(
                (anfrage.kommune, reverse("beratung:vermitteln", args=[anfrage.pk])),
                ("Coach vorschlagen", ""),
            ),
            "anfrage": anfrage,
            "coach": coach,
            "faehigkeiten": list(coach.faehigkeiten.all()),
            "kreise": list(coach.kreise.all()),
            "vertraege": list(coach.vertraege.filter(bis__gte=heute).order_by("von")),
            "hindernisse": hindernisse(coach),
            "form": formular if formular.is_bound or _kann_kommen(anfrage, coach) else None,
        },
        status=status,
    )


def _kann_kommen(anfrage, coach):
    """Whether a day can be found; a contract may begin later than today."""
    dagegen = {hindernis.name for hindernis in hindernisse(coach)}
    return anfrage.stand == Anfragestand.OFFEN and dagegen <= {"ohne_vertrag"}


def _schlage_vor(request, anfrage, coach, formular):
    angaben = {n: formular.cleaned_data[n] for n in ("beginn", "ende", "kontingent", "hinweis")}
    verfahren.schlage_vor(
        anfrage,
        coach,
        weitere=formular.weitere,
        durch=request.user,
        um=timezone.now(),
        gesehen=formular.gesehen,
        **angaben,
    )
