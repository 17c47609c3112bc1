"""The public list of funded projects."""

from django.shortcuts import render
from django.utils import timezone

from asskomm.formate import summe
from asskomm.oeffentlich import oeffentlich
from asskomm.seitenzahlen import blaettere
from kommunen.models import Kreis

from .auswahl import foerderjahre, lies_projektauswahl
from .forms import ProjekteFilter


@oeffentlich
def projekte(request):
    """Granted projects, newest first, with the sum of the amounts that are known."""
    heute = timezone.localdate()
    jahre = foerderjahre(heute)
    kreise = {kreis.ags: kreis for kreis in Kreis.objects.all()}
    auswahl = lies_projektauswahl(request.GET, jahre, kreise)
    zuwendungen = auswahl.zuwendungen(heute)
    ohne_betrag = zuwendungen.filter(betrag_euro__isnull=True).count()
    wahl = blaettere(zuwendungen, request.GET.get("seite"))
    return render(
        request,
        "foerderung/projekte.html",
        {
            "pfad": [("Projekte", "")],
            "auswahl": auswahl,
            "form": ProjekteFilter(auswahl, jahre, kreise.values()),
            "ueberschrift": auswahl.ueberschrift(wahl.seite.paginator.count),
            "page_obj": wahl.seite,
            "seitenhinweis": wahl.hinweis,
            "summe": summe(zuwendungen.order_by().summe_euro(), ohne_betrag > 0),
            "ohne_filter": [
                {"titel": f"Ohne den Filter {filter_['titel']}", "url": filter_["url"]}
                for filter_ in auswahl.aktive_filter
            ],
            "ohne_betrag": ohne_betrag,
        },
    )
