"""The one page at which the Kommune and the coach answer a proposal."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from asskomm.konten.eingaben import bewahrt_eingaben, daten
from asskomm.schritt import SchrittNichtMoeglich
from kommunen import bereich
from kommunen.befugnisse import Befugnis, darf, kommunen_von

from ..models import Antwort, Coachvorschlag, Mandat
from ..verfahren import vermittlung as verfahren
from ..vierteltage import in_tagen
from .forms import Antwortformular
from .worte import ausgang


@require_http_methods(["GET", "HEAD", "POST"])
@bewahrt_eingaben
def vorschlag(request, pk):
    """Each side sees what it needs to answer, and nothing of the other's answer but a yes to both."""
    vorschlag = _vorschlag(request, pk)
    ist_coach = vorschlag.coach.konto_id == request.user.pk
    kommune = vorschlag.anfrage.kommune
    if not ist_coach and not kommunen_von(request.user).filter(pk=kommune.pk).exists():
        return redirect("beratung:vermitteln", vorschlag.anfrage_id)
    antwortet = ist_coach or darf(request.user, Befugnis.BEARBEITEN, kommune)
    formular, status = Antwortformular(daten(request)), 200
    if request.method == "POST":
        if not antwortet:
            raise PermissionDenied
        if formular.is_valid():
            try:
                gesagt = _antworte(vorschlag, formular, durch=request.user, um=timezone.now())
            except SchrittNichtMoeglich as fehler:
                formular.add_error(None, str(fehler))
                status, vorschlag = fehler.status, _vorschlag(request, pk)
            else:
                messages.success(request, gesagt)
                return redirect(f"{request.path}#inhalt")
    eigene = "coach" if ist_coach else "kommune"
    mandat = getattr(vorschlag.anfrage, "mandat", None) if vorschlag.angenommen else None
    antwort = getattr(vorschlag, f"{eigene}_antwort")
    return render(
        request,
        f"beratung/vermittlung/vorschlag_{eigene}.html",
        {
            "pfad": _pfad(vorschlag, ist_coach),
            "vorschlag": vorschlag,
            "kommune": kommune,
            "weitere": list(vorschlag.weitere_kommunen.all()),
            "tage": in_tagen(vorschlag.kontingent),
            "lage": ausgang(vorschlag),
            # What was told for an answer is of no use after a no.
            "zeigt_angaben": vorschlag.beendet_um is None or vorschlag.angenommen,
            "eigene_antwort": antwort != Antwort.OFFEN
            and {
                "wort": Antwort(antwort).label,
                "um": getattr(vorschlag, f"{eigene}_um"),
                "grund": getattr(vorschlag, f"{eigene}_grund"),
            },
            "mandat": mandat,
            "begleitung_offen": mandat and _ist_offen(request.user, mandat),
            "ueberschrift_antwort": "Ihre Antwort" if ist_coach else "Antwort Ihrer Kommune",
            "form": formular if _zeigt(formular, antwortet, antwort, vorschlag) else None,
            "antwortet": antwortet,
        },
        status=status,
    )


def _vorschlag(request, pk):
    menge = Coachvorschlag.objects.sichtbar_fuer(request.user).select_related(
        "anfrage__kommune__kreis", "anfrage__mandat", "coach__konto"
    )
    return get_object_or_404(menge.distinct(), pk=pk)


def _zeigt(formular, antwortet, antwort, vorschlag):
    """The form of whoever still has to answer; a refused one stays with what was typed."""
    offen = vorschlag.beendet_um is None and antwort == Antwort.OFFEN
    return antwortet and (offen or (formular.is_bound and formular.errors))


def _ist_offen(konto, mandat):
    return Mandat.objects.sichtbar_fuer(konto, timezone.localdate()).filter(pk=mandat.pk).exists()


def _antworte(vorschlag, formular, *, durch, um):
    if formular.cleaned_data["antwort"] == Antwort.NEIN:
        verfahren.sage_ab(vorschlag, formular.cleaned_data["grund"], durch=durch, um=um)
        return "Ihre Antwort ist gespeichert. Die Koordination sucht einen anderen Weg."
    if verfahren.stimme_zu(vorschlag, durch=durch, um=um).angenommen:
        return "Beide Seiten sind einverstanden. Die Begleitung ist vereinbart."
    return "Ihre Antwort ist gespeichert. Es fehlt noch die Antwort der anderen Seite."


def _pfad(vorschlag, ist_coach):
    if ist_coach:
        return [("Begleitungen", reverse("beratung:begleitungen")), ("Vorschlag", "")]
    kommune = vorschlag.anfrage.kommune
    anfragen = reverse("beratung:coaching-anfragen", args=[kommune.kennung])
    return bereich.pfad(kommune, ("Coaching anfragen", anfragen), ("Vorschlag", ""))
