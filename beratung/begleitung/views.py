"""The list of engagements, the page of one, what is agreed, the deputy, the contact data."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, F, OuterRef
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from asskomm.formate import tag
from asskomm.konten.eingaben import daten
from asskomm.schritt import SchrittNichtMoeglich, Ueberholt
from asskomm.seitenzahlen import blaettere
from kommunen.befugnisse import zugaenge
from kommunen.models import Kreis

from ..abschluss.block import block
from ..befugnisse import ist_coach, koordiniert, verlangt_begleitung
from ..models import (
    ZUGANG_DANACH,
    Coach,
    Coachingschritt,
    Coachvorschlag,
    Einsatzrolle,
    Mandatsstand,
    Niederschrift,
    Stufe,
)
from ..verfahren import begleitung as verfahren
from ..verfahren.begleitung import Unzulaessig
from ..vierteltage import in_tagen, kontingentsatz, vierteltage
from .auswahl import Auswahl, Zeile, lies_auswahl
from .auswahl import begleitungen as alle_begleitungen
from .forms import Begleitungsfilter, Vereinbarungsformular, Vertretungsformular
from .konflikt import unterschiede
from .lesestand import liest_alles, schrittzeilen, sieht_lesestand
from .rahmen import leitung, namen, pfad, zur_begleitung, zurueck


@require_safe
@login_required
def begleitungen(request):
    """All engagements that the person may open; coordinators narrow them down."""
    heute, alle = timezone.localdate(), koordiniert(request.user)
    if not (alle or ist_coach(request.user) or zugaenge(request.user)):
        raise Http404
    menge, auswahl, form = alle_begleitungen(request.user, heute), Auswahl(), None
    if alle:
        coaches = list(Coach.objects.select_related("konto").order_by("konto__name", "pk"))
        kreise = list(Kreis.objects.all())
        auswahl = lies_auswahl(request.GET, coaches, kreise)
        form = Begleitungsfilter(auswahl, coaches, kreise)
    wahl = blaettere(auswahl.aus(menge, heute), request.GET.get("seite"))
    return render(
        request,
        "beratung/begleitung/begleitungen.html",
        {
            "pfad": [("Begleitungen", "")],
            "auswahl": auswahl,
            "filter": form,
            "page_obj": wahl.seite,
            "seitenhinweis": wahl.hinweis,
            "zeilen": [Zeile(mandat) for mandat in wahl.seite],
            "koordiniert": alle,
            "vorschlaege": []
            if alle
            else list(Coachvorschlag.objects.zu_beantworten(request.user)),
        },
    )


@require_safe
@verlangt_begleitung
def begleitung(request, sicht):
    """One engagement for its Kommune, its coach and the coordinators."""
    mandat, jetzt = sicht.mandat, timezone.now()
    einsaetze = mandat.einsaetze.select_related("coach__konto")
    wahl = blaettere(_sitzungen(sicht), request.GET.get("seite"))
    offene = (
        Coachingschritt.objects.offen()
        .filter(sitzung__mandat=mandat)
        .select_related("sitzung")
        .order_by(F("bis").asc(nulls_last=True), "angelegt_um", "pk")
    )
    for schritt in offene:
        schritt.sitzung.mandat = mandat
    return render(
        request,
        "beratung/begleitung/begleitung.html",
        {
            "pfad": pfad(mandat)[:-1] + [(namen(mandat), "")],
            "mandat": mandat,
            "titel": namen(mandat),
            "kontingent": kontingentsatz(mandat.gebucht, mandat.kontingent),
            "umfang": f"{vierteltage(mandat.kontingent)} ({in_tagen(mandat.kontingent)})",
            "coach": leitung(mandat, einsaetze),
            "vertretung": next((e for e in einsaetze if _vertritt(e)), None),
            "ansprechperson": verfahren.erreichbare_ansprechperson(mandat),
            "sitzungen": wahl.seite,
            "page_obj": wahl.seite,
            "seitenhinweis": wahl.hinweis,
            "schritte": schrittzeilen(sicht, offene, jetzt),
            "sicht": sicht,
            "zugang_satz": _zugang(sicht),
            "lesestand": sieht_lesestand(sicht),
            "liest_alles": liest_alles(sicht),
            "laeuft": mandat.stand == Mandatsstand.LAUFEND,
            "vereinbart": _darf_vereinbaren(sicht),
            "abschluss": block(sicht),
        },
    )


def _vertritt(einsatz):
    return einsatz.rolle == Einsatzrolle.VERTRETUNG and einsatz.bis is None


def _zugang(sicht):
    """Until when a coach whose assignment has ended can still read; else empty."""
    if sicht.einsatz is None or sicht.einsatz.bis is None:
        return ""
    bis = sicht.einsatz.bis + ZUGANG_DANACH
    return f"Sie können diese Begleitung bis zum {tag(bis)} lesen. Ändern können Sie nichts mehr."


def _sitzungen(sicht):
    """Its sessions, each with which levels the person can read there and what is shared."""
    lesbar = Niederschrift.objects.sichtbar_fuer(sicht.konto, sicht.am).filter(
        sitzung=OuterRef("pk")
    )
    return sicht.mandat.sitzungen.annotate(
        hat_geteilten=Exists(lesbar.filter(stufe=Stufe.GETEILT)),
        hat_lpr=Exists(lesbar.filter(stufe=Stufe.LPR)),
        hat_eigenen=Exists(lesbar.filter(stufe=Stufe.EIGEN)),
        hat_schritte=Exists(Coachingschritt.objects.filter(sitzung=OuterRef("pk"))),
    )


def _darf_vereinbaren(sicht):
    laeuft = sicht.mandat.stand == Mandatsstand.LAUFEND
    return laeuft and (sicht.leitet or sicht.koordiniert)


@require_http_methods(["GET", "HEAD", "POST"])
@verlangt_begleitung
def vereinbarung(request, sicht):
    """Goals, phase, end, contact person."""
    mandat = sicht.mandat
    if not (sicht.leitet or sicht.koordiniert):
        raise PermissionDenied
    if not _darf_vereinbaren(sicht):
        messages.error(request, "Die Begleitung ist beendet. Die Vereinbarung bleibt, wie sie ist.")
        return zurueck(zur_begleitung(mandat))
    formular = Vereinbarungsformular(daten(request), mandat=mandat)
    status, konflikt = 200, []
    if request.method == "POST" and formular.is_valid():
        try:
            verfahren.vereinbare(
                mandat,
                formular.vereinbarung,
                version=formular.gesehen,
                durch=request.user,
                um=timezone.now(),
            )
        except Ueberholt as fehler:
            mandat.refresh_from_db()
            konflikt = unterschiede(formular, Vereinbarungsformular(mandat=mandat).initial)
            formular.setze("version", mandat.version)
            status = _zeige(fehler, formular)
        except SchrittNichtMoeglich as fehler:
            status = _zeige(fehler, formular)
        else:
            messages.success(request, "Die Vereinbarung ist gespeichert.")
            return zurueck(zur_begleitung(mandat))
    # The choice of the contact person shows the names of the members.
    if request.method != "HEAD":
        verfahren.vermerke_kontakteinsicht(sicht)
    return render(
        request,
        "beratung/begleitung/vereinbarung.html",
        {
            "pfad": pfad(mandat, ("Vereinbarung", "")),
            "mandat": mandat,
            "form": formular,
            "konflikt": konflikt,
        },
        status=status,
    )


def _zeige(fehler, formular):
    """Put the refusal at the place that it is about; returns the status of the answer."""
    feld = fehler.feld if isinstance(fehler, Unzulaessig) else None
    formular.add_error(feld, str(fehler))
    return fehler.status


@require_http_methods(["GET", "HEAD", "POST"])
@verlangt_begleitung
def vertretung(request, sicht):
    """Who stands in for the coach; only coordinators say."""
    mandat, heute = sicht.mandat, timezone.localdate()
    if not sicht.koordiniert:
        raise PermissionDenied
    if mandat.stand != Mandatsstand.LAUFEND:
        messages.error(request, "Die Begleitung ist beendet. Eine Vertretung ist nicht mehr nötig.")
        return zurueck(zur_begleitung(mandat))
    einsaetze = mandat.einsaetze.laufend().filter(rolle=Einsatzrolle.VERTRETUNG)
    bisher = einsaetze.select_related("coach__konto").first()
    formular = Vertretungsformular(daten(request), mandat=mandat, am=heute, bisher=bisher)
    status = 200
    if request.method == "POST" and formular.is_valid():
        try:
            verfahren.setze_vertretung(
                mandat,
                formular.cleaned_data["coach"],
                durch=request.user,
                um=timezone.now(),
                gesehen=formular.gesehen,
            )
        except SchrittNichtMoeglich as fehler:
            mandat.refresh_from_db()
            formular.setze("version", mandat.version)
            status = _zeige(fehler, formular)
        else:
            messages.success(request, "Die Vertretung ist gespeichert.")
            return zurueck(zur_begleitung(mandat))
    return render(
        request,
        "beratung/begleitung/vertretung.html",
        {
            "pfad": pfad(mandat, ("Vertretung", "")),
            "mandat": mandat,
            "bisher": bisher,
            "form": formular,
        },
        status=status,
    )


@require_safe
@verlangt_begleitung
def kontakt(request, sicht):
    """Names and addresses of the other side. That a coach or coordinator looked is logged (F36)."""
    mandat = sicht.mandat
    zeigt_kommune = sicht.koordiniert or sicht.einsatz is not None
    # HEAD shows nothing, so nobody has looked.
    if zeigt_kommune and request.method == "GET":
        verfahren.vermerke_kontakteinsicht(sicht)
    return render(
        request,
        "beratung/begleitung/kontakt.html",
        {
            "pfad": pfad(mandat, ("Kontakt", "")),
            "titel": namen(mandat),
            "zeigt_kommune": zeigt_kommune,
            "ansprechperson": verfahren.erreichbare_ansprechperson(mandat),
            "weitere": list(verfahren.weitere_bearbeitende(mandat)) if zeigt_kommune else [],
            "einsaetze": mandat.einsaetze.laufend().select_related("coach__konto"),
        },
    )
