"""The pages of one session: record, read, correct, cancel, tick its steps."""

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from asskomm.konten.eingaben import daten
from asskomm.schritt import SchrittNichtMoeglich, Ueberholt

from ..befugnisse import verlangt_begleitung
from ..models import Stufe
from ..verfahren import sitzung as verfahren
from ..verfahren import sitzungsschritte
from ..verfahren.begleitung import KeinRecht, Unzulaessig
from ..vierteltage import in_tagen, kontingentsatz, vierteltage
from .forms import Schrittzeilen, Sitzungsformular, Stornoformular, getippt
from .konflikt import unterschiede
from .lesestand import darf_erfassen, liest_alles, schrittzeilen, sieht_lesestand, texte
from .rahmen import pfad, verlangt_schritt, verlangt_sitzung, zur_begleitung, zurueck

MEHR = "weiterer"


def _zur_sitzung(sitzung):
    return reverse("beratung:sitzung", args=[sitzung.pk])


@require_http_methods(["GET", "HEAD", "POST"])
@verlangt_begleitung
def neu(request, sicht):
    """Record a session."""
    if not sicht.begleitet:
        raise PermissionDenied
    mandat, heute = sicht.mandat, timezone.localdate()
    gesendet = daten(request)
    wahl = {"mandat": mandat, "spaetestens": heute, "durch": request.user}
    status = 200
    if gesendet is not None and MEHR in gesendet:
        formular = Sitzungsformular(initial=getippt(Sitzungsformular, gesendet), **wahl)
        schritte = Schrittzeilen(gesendet, eine_mehr=True)
    else:
        formular = Sitzungsformular(gesendet, initial={"marke": uuid4()}, **wahl)
        schritte = Schrittzeilen(gesendet)
        if request.method == "POST" and _sind_gueltig(formular, schritte):
            try:
                sitzung = verfahren.erfasse(
                    mandat,
                    formular.angaben,
                    schritte.angaben,
                    durch=request.user,
                    um=timezone.now(),
                    marke=formular.cleaned_data["marke"],
                )
            except SchrittNichtMoeglich as fehler:
                status = _zeige(fehler, formular)
            else:
                messages.success(request, "Die Sitzung ist erfasst.")
                return zurueck(_zur_sitzung(sitzung))
    return _formularseite(
        request, formular, schritte, mandat, "Sitzung erfassen", pfad(mandat, ("Neue Sitzung", "")),
        status=status,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@verlangt_sitzung
def aendern(request, sitzung, sicht):
    """Correct a session, add steps."""
    if not sicht.begleitet:
        raise PermissionDenied
    if sitzung.storniert_um:
        messages.error(request, "Die Sitzung ist storniert. Sie lässt sich nicht mehr ändern.")
        return zurueck(_zur_sitzung(sitzung))
    gespeichert = _gespeichert(sicht, sitzung)
    ruecknehmbar = bool(gespeichert[Stufe.GETEILT]) and sitzung.geoeffnet_um is None
    wahl = {
        "mandat": sicht.mandat,
        "spaetestens": timezone.localdate(sitzung.erfasst_um),
        "durch": request.user,
        "sitzung": sitzung,
        "ruecknehmbar": ruecknehmbar,
    }
    gesendet, status, konflikt = daten(request), 200, []
    if gesendet is not None and MEHR in gesendet:
        formular = Sitzungsformular(initial=getippt(Sitzungsformular, gesendet), **wahl)
        schritte = Schrittzeilen(gesendet, eine_mehr=True)
    else:
        formular = Sitzungsformular(gesendet, initial=gespeichert, **wahl)
        schritte = Schrittzeilen(gesendet)
        if request.method == "POST" and _sind_gueltig(formular, schritte):
            try:
                verfahren.korrigiere(
                    sitzung,
                    formular.angaben,
                    schritte.angaben,
                    version=formular.gesehen,
                    durch=request.user,
                    um=timezone.now(),
                    zuruecknehmen=formular.cleaned_data.get("zuruecknehmen", False),
                )
            except Ueberholt as fehler:
                sitzung.refresh_from_db()
                konflikt = unterschiede(formular, _gespeichert(sicht, sitzung))
                formular.setze("version", sitzung.version)
                status = _zeige(fehler, formular)
            except SchrittNichtMoeglich as fehler:
                status = _zeige(fehler, formular)
            else:
                messages.success(request, "Die Änderung ist gespeichert.")
                return zurueck(_zur_sitzung(sitzung))
    weg = pfad(sicht.mandat, (str(sitzung), _zur_sitzung(sitzung)), ("Ändern", ""))
    return _formularseite(
        request, formular, schritte, sicht.mandat, f"{sitzung} ändern", weg,
        status=status, sitzung=sitzung, konflikt=konflikt,
    )  # fmt: skip


def _gespeichert(sicht, sitzung):
    """The session as the form shows it: the texts are those that the person can write."""
    werte = {text.niederschrift.stufe: text.niederschrift.text for text in texte(sicht, sitzung)}
    return {
        "am": sitzung.am,
        "form": sitzung.form,
        "viertel": sitzung.viertel,
        "teilnehmende": sitzung.teilnehmende,
        "version": sitzung.version,
        **{stufe.value: werte.get(stufe, "") for stufe in Stufe},
    }


def _sind_gueltig(formular, schritte):
    """Checks both, so that all errors show at once."""
    gueltig = formular.is_valid()
    return schritte.sind_gueltig(formular.cleaned_data.get("am")) and gueltig


def _zeige(fehler, formular):
    """Put the refusal at the place that it is about; returns the status of the answer."""
    feld = fehler.feld if isinstance(fehler, Unzulaessig) else None
    formular.add_error(feld if feld in formular.fields else None, str(fehler))
    return fehler.status


def _formularseite(request, formular, schritte, mandat, titel, weg, *, status, **weiteres):
    return render(
        request,
        "beratung/begleitung/sitzung_formular.html",
        {
            "pfad": weg,
            "titel": titel,
            "mandat": mandat,
            "kontingent": kontingentsatz(mandat.gebucht, mandat.kontingent),
            "form": formular,
            "schritte": schritte,
            "mehr": MEHR,
            **weiteres,
        },
        status=status,
    )


@require_safe
@verlangt_sitzung
def sitzung(request, sitzung, sicht):
    """Read a session. When somebody of the Kommune reads it for the first time, that is noted."""
    jetzt = timezone.now()
    schritte = list(sitzung.schritte.select_related("erledigt_von"))
    # HEAD shows nothing, so nobody has read.
    if request.method == "GET" and _ist_neu(sitzung, schritte):
        sitzungsschritte.oeffne(sitzung, durch=request.user, um=jetzt)
    for schritt in schritte:
        schritt.sitzung = sitzung
    lesbare = texte(sicht, sitzung)
    return render(
        request,
        "beratung/begleitung/sitzung.html",
        {
            "pfad": pfad(sicht.mandat, (str(sitzung), "")),
            "sitzung": sitzung,
            "dauer": f"{vierteltage(sitzung.viertel)} ({in_tagen(sitzung.viertel)})",
            "texte": lesbare,
            "hat_geteiltes": bool(schritte)
            or any(text.niederschrift.stufe == Stufe.GETEILT for text in lesbare),
            "schritte": schrittzeilen(sicht, schritte, jetzt),
            "lesestand": sieht_lesestand(sicht),
            "liest_alles": liest_alles(sicht),
            "aenderbar": darf_erfassen(sicht, sitzung),
        },
    )


def _ist_neu(sitzung, schritte):
    return sitzung.geoeffnet_um is None or any(s.geoeffnet_um is None for s in schritte)


@require_http_methods(["GET", "HEAD", "POST"])
@verlangt_sitzung
def stornieren(request, sitzung, sicht):
    """Cancel a session with a reason."""
    if not sicht.begleitet:
        raise PermissionDenied
    if sitzung.storniert_um:
        messages.error(request, "Die Sitzung ist schon storniert.")
        return zurueck(_zur_sitzung(sitzung))
    formular = Stornoformular(daten(request), initial={"version": sitzung.version})
    status = 200
    if request.method == "POST" and formular.is_valid():
        try:
            verfahren.storniere(
                sitzung,
                formular.cleaned_data["grund"],
                version=formular.gesehen,
                durch=request.user,
                um=timezone.now(),
            )
        except Ueberholt as fehler:
            sitzung.refresh_from_db()
            formular.setze("version", sitzung.version)
            status = _zeige(fehler, formular)
        except SchrittNichtMoeglich as fehler:
            status = _zeige(fehler, formular)
        else:
            messages.success(
                request, "Die Sitzung ist storniert. Ihre Vierteltage sind wieder frei."
            )
            return zurueck(_zur_sitzung(sitzung))
    return render(
        request,
        "beratung/begleitung/stornieren.html",
        {
            "pfad": pfad(sicht.mandat, (str(sitzung), _zur_sitzung(sitzung)), ("Stornieren", "")),
            "sitzung": sitzung,
            "dauer": in_tagen(sitzung.viertel),
            "form": formular,
        },
        status=status,
    )


@require_POST
@verlangt_schritt
def schritt(request, schritt, sicht):
    """Tick a step, or take the tick back; the same button twice changes nothing more."""
    tue, satz = {
        "erledigt": (sitzungsschritte.hake_ab, "Der Schritt ist als erledigt vermerkt."),
        "offen": (sitzungsschritte.nimm_zurueck, "Der Schritt ist wieder offen."),
    }.get(request.POST.get("stand"), (None, ""))
    if tue is None:
        messages.error(request, "Das Formular war nicht vollständig. Senden Sie es noch einmal.")
        return redirect(zur_begleitung(sicht.mandat))
    try:
        tue(schritt, durch=request.user, um=timezone.now())
    except KeinRecht as fehler:
        raise PermissionDenied from fehler
    except SchrittNichtMoeglich as fehler:
        messages.error(request, str(fehler))
    else:
        messages.success(request, satz)
    if request.POST.get("von") == "sitzung":
        return redirect(f"{_zur_sitzung(schritt.sitzung)}#schritte")
    return redirect(f"{zur_begleitung(sicht.mandat)}#schritte")
