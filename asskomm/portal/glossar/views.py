"""The glossary: every published term on one page, from A to Z."""

from itertools import groupby

from django.db.models import Prefetch
from django.shortcuts import render
from django.views.decorators.http import require_safe

from asskomm.oeffentlich import oeffentlich
from asskomm.quellen import lies_quellen
from kommunen.faltung import sortierform

from ..models import Begriff, Begriffsverweis

OHNE_BUCHSTABEN = "0–9"


@oeffentlich
@require_safe
def glossar(request):
    verweise = Begriffsverweis.objects.filter(ziel__veroeffentlicht=True).select_related("ziel")
    begriffe = (
        Begriff.objects.oeffentlich()
        .defer("suchvektor")
        .prefetch_related(
            Prefetch("verweise", verweise.order_by("ziel__wort"), to_attr="sichtbare_verweise")
        )
    )
    eintraege = [
        {"begriff": begriff, "quellen": lies_quellen(begriff.quellen.splitlines())}
        for begriff in begriffe
    ]
    gruppen = groupby(eintraege, key=lambda eintrag: anfangsbuchstabe(eintrag["begriff"]))
    buchstaben = [
        {"titel": titel, "kennung": f"buchstabe-{titel[0].lower()}", "eintraege": list(gruppe)}
        for titel, gruppe in gruppen
    ]
    return render(
        request,
        "portal/glossar/glossar.html",
        {"pfad": [("Glossar", "")], "buchstaben": buchstaben},
    )


def anfangsbuchstabe(begriff: Begriff) -> str:
    """Under which letter the term stands: Ä under A, digits and signs together."""
    erster = sortierform(begriff.wort)[:1].upper()
    return erster if "A" <= erster <= "Z" else OHNE_BUCHSTABEN
