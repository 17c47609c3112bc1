"""Pages around the signature: check and hand over, sign, receipt, corrections, comparison, withdrawal.

Also the consent to notices in the portal, which is declared with the signature.
"""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from asskomm.dokumente.abruf import pdf_datei
from asskomm.eingangszeit import eingang_um
from asskomm.konten.eingaben import daten
from asskomm.schritt import SchrittNichtMoeglich
from kommunen.befugnisse import Befugnis

from ..abschnitte import OEFFENBAR
from ..antrag import fassung, frist, worte
from ..antrag.maengel import adresse, maengel
from ..antrag.rahmen import pfad, rahmen
from ..antrag.umfeld import Umfeld
from ..befugnisse import verlangt_akte, verlangt_antrag
from ..bescheid.stand import empfaengt
from ..kanonisch import pruefsumme as pruefsumme_von
from ..models import UNEINGEREICHT, VOR_ENTSCHEIDUNG, Erklaerung, Foerderantrag, Status
from ..verfahren import zeichnung as verfahren
from . import papiere
from .forms import (
    Ablehnungsformular,
    Bereitformular,
    Dokumentformular,
    Grundformular,
    Nachreichungsformular,
    Uebergabeformular,
    Widerrufsformular,
    Zeichnungsformular,
)
from .inhalt import UNTERSCHRIFT, ohne_unterschrift
from .vergleich import vergleiche

FORMULAR = require_http_methods(["GET", "HEAD", "POST"])


# --- Step 7: check, hand over ---------------------------------------------------------


@FORMULAR
@verlangt_antrag(Befugnis.LESEN)
def pruefen(request, antrag):
    """Everything once more, what is open, and the button that hands it over."""
    if request.method == "POST":
        _verlange(request, Befugnis.BEARBEITEN)
        if "bestaetigt" in request.POST or "pruefsumme" in request.POST:
            return _reiche_mit_dokument_ein(request, antrag)
        return _gib_zur_zeichnung(request, antrag)
    if antrag.status not in UNEINGEREICHT:
        return redirect(antrag)
    return _pruefseite(request, antrag)


def _gib_zur_zeichnung(request, antrag):
    formular = Uebergabeformular(
        request.POST,
        antrag=antrag,
        zeichnende=verfahren.zeichnende(antrag.kommune, ausser=request.user),
    )
    if not formular.is_valid():
        return _pruefseite(request, antrag, formular=formular)
    try:
        verfahren.gib_zur_zeichnung(
            antrag,
            an=formular.gewaehlt,
            durch=request.user,
            um=timezone.now(),
            gesehen=formular.cleaned_data["gesehen"],
        )
    except SchrittNichtMoeglich as fehler:
        return _abgewiesen(request, antrag, formular, fehler, _pruefseite)
    messages.success(
        request,
        f"Der Antrag liegt jetzt zur Zeichnung bei {formular.gewaehlt}. Eingereicht ist er erst, "
        "wenn er gezeichnet ist.",
    )
    return redirect(antrag)


def _reiche_mit_dokument_ein(request, antrag):
    formular = _gesendet(request, antrag, Dokumentformular)
    return _unterschreibe(request, antrag, formular, verfahren.reiche_mit_dokument_ein, _pruefseite)


def _pruefseite(request, antrag, *, formular=None, status=200):
    jetzt = timezone.now()
    umfeld = Umfeld(antrag, timezone.localdate(jetzt))
    kontext = rahmen(request, antrag, "pruefen", um=jetzt, umfeld=umfeld)
    inhalt = fassung.inhalt(umfeld)
    pruefsumme = pruefsumme_von(inhalt)
    ist_entwurf = antrag.status == Status.ENTWURF
    bearbeitet = request.zugang.darf(Befugnis.BEARBEITEN)
    personen = verfahren.zeichnende(antrag.kommune, ausser=request.user)
    mit_dokument = (
        bearbeitet and not personen and verfahren.mit_dokument_moeglich(antrag, request.user)
    )
    offen = kontext["leiste"].maengel
    if formular is None and bearbeitet and not offen and ist_entwurf:
        if personen:
            formular = Uebergabeformular(daten(request), antrag=antrag, zeichnende=personen)
        elif mit_dokument and _unterschrift(antrag):
            formular = Dokumentformular(daten(request), antrag=antrag, pruefsumme=pruefsumme)
    return render(
        request,
        "foerderung/zeichnung/pruefen.html",
        {
            **kontext,
            "form": formular if ist_entwurf else None,
            "fehler": " ".join(formular.non_field_errors()) if formular and not ist_entwurf else "",
            "offen": offen,
            "gruppen": fassung.gruppen(inhalt),
            "erklaerungen": _erklaerungen(antrag),
            "gruende": _gruende(antrag),
            "bearbeitet": bearbeitet,
            "mit_dokument": mit_dokument,
            "unterschrift": _unterschrift(antrag) if mit_dokument else None,
            "pruefzeichen": papiere.pruefzeichen(pruefsumme_von(ohne_unterschrift(inhalt))),
            "niemand": not personen and not mit_dokument,
            "frist_vorbei": not frist.ist_offen(antrag, jetzt),
        },
        status=status,
    )


def _unterschrift(antrag):
    return antrag.anlagen.aktuell().filter(art=UNTERSCHRIFT).first()


def _gruende(antrag):
    return [
        (OEFFENBAR[schluessel], grund, adresse(antrag, schluessel))
        for schluessel, grund in verfahren.gruende(antrag).items()
    ]


def _erklaerungen(antrag):
    return antrag.geltendes_regelwerk.erklaerungen.filter(art=Erklaerung.Art.BESTAETIGUNG)


# --- Signature --------------------------------------------------------------------------


@FORMULAR
@verlangt_antrag(Befugnis.ZEICHNEN)
def zeichnen(request, antrag):
    """The frozen content, the declarations, and one button; the moment of arrival is the request's."""
    if request.method == "POST":
        return _zeichne(request, antrag)
    if antrag.status != Status.IN_ZEICHNUNG:
        return _nicht_zu_zeichnen(request, antrag)
    return _zeichenseite(request, antrag)


def _zeichne(request, antrag):
    formular = _gesendet(request, antrag, Zeichnungsformular)
    if not formular.is_valid() and antrag.status != Status.IN_ZEICHNUNG:
        return _nicht_zu_zeichnen(request, antrag)
    return _unterschreibe(request, antrag, formular, verfahren.reiche_ein, _zeichenseite)


def _nicht_zu_zeichnen(request, antrag):
    messages.info(
        request,
        f"Dieser Antrag liegt nicht zur Zeichnung. Er ist jetzt: {worte.wort(antrag)}.",
    )
    return redirect(antrag)


def _zeichenseite(request, antrag, *, formular=None, status=200):
    jetzt = timezone.now()
    liegt_vor = antrag.status == Status.IN_ZEICHNUNG
    eigene = antrag.zur_zeichnung_von_id == request.user.pk
    umfeld = Umfeld(antrag, timezone.localdate(jetzt))
    inhalt = fassung.inhalt(umfeld)
    pruefsumme = pruefsumme_von(inhalt)
    offen = maengel(umfeld) if liegt_vor else []
    if formular is None and liegt_vor and not eigene and not offen:
        formular = Zeichnungsformular(daten(request), antrag=antrag, pruefsumme=pruefsumme)
    return _zeige(
        request,
        antrag,
        "foerderung/zeichnung/zeichnen.html",
        titel="Antrag zeichnen",
        status=status,
        form=formular,
        offen=offen,
        liegt_vor=liegt_vor,
        eigene=eigene and liegt_vor,
        abgereist=liegt_vor and not _ist_mitglied(antrag, antrag.zur_zeichnung_von),
        gruppen=fassung.gruppen(inhalt),
        erklaerungen=_erklaerungen(antrag),
        pruefzeichen=papiere.pruefzeichen(pruefsumme),
        frist=frist.satz(antrag, jetzt),
        frist_vorbei=not frist.ist_offen(antrag, jetzt),
    )


def _ist_mitglied(antrag, konto):
    return Foerderantrag.objects.der_kommunen_von(konto).filter(pk=antrag.pk).exists()


@FORMULAR
@verlangt_antrag(Befugnis.ZEICHNEN)
def zeichnung_ablehnen(request, antrag):
    if request.method != "POST" and antrag.status != Status.IN_ZEICHNUNG:
        return _nicht_zu_zeichnen(request, antrag)
    formular = Ablehnungsformular(daten(request), antrag=antrag)
    if request.method == "POST":
        if not formular.is_valid():
            return _ablehnungsseite(request, antrag, formular=formular)
        try:
            verfahren.lehne_zeichnung_ab(
                antrag,
                formular.gruende,
                durch=request.user,
                um=timezone.now(),
                gesehen=formular.cleaned_data["gesehen"],
            )
        except SchrittNichtMoeglich as fehler:
            return _abgewiesen(request, antrag, formular, fehler, _ablehnungsseite)
        messages.success(
            request,
            "Sie haben nicht gezeichnet. Der Antrag ist wieder ein Entwurf, Ihre Gründe stehen bei "
            "den Abschnitten.",
        )
        return redirect(antrag)
    return _ablehnungsseite(request, antrag, formular=formular)


def _ablehnungsseite(request, antrag, *, formular, status=200):
    return _zeige(
        request,
        antrag,
        "foerderung/zeichnung/ablehnen.html",
        titel="Nicht zeichnen",
        status=status,
        form=formular,
    )


@FORMULAR
@verlangt_antrag(Befugnis.BEARBEITEN)
def zurueckholen(request, antrag):
    return _schritt_mit_grund(
        request,
        antrag,
        verfahren.hole_zurueck,
        titel="Aus der Zeichnung zurückholen",
        hilfe="Die Person, die zeichnen sollte, kann ihn lesen.",
        text=(
            "Der Antrag wird wieder ein Entwurf, den Sie ändern können. Danach geben Sie ihn noch "
            "einmal zur Zeichnung. Wer zeichnen sollte, erhält eine E-Mail."
        ),
        danach="Der Antrag ist wieder ein Entwurf.",
        moeglich=antrag.status == Status.IN_ZEICHNUNG,
    )


# --- Receipt, versions ------------------------------------------------------------------


@require_safe
@verlangt_antrag(Befugnis.LESEN)
def eingang(request, antrag):
    """What arrived when, and what happens next; nothing there before the submission."""
    fassungen = list(antrag.fassungen.select_related("vorbereitet_von", "gezeichnet_von"))
    if not fassungen:
        raise Http404
    return _zeige(
        request,
        antrag,
        "foerderung/zeichnung/eingang.html",
        titel="Eingangsbestätigung",
        fassungen=[(eine, papiere.sekundengenau(eine.eingegangen_um)) for eine in fassungen],
        letzte=fassungen[-1],
        sekunde=papiere.sekundengenau(fassungen[-1].eingegangen_um),
    )


@require_safe
@verlangt_antrag(Befugnis.LESEN)
def eingang_pdf(request, antrag, nummer):
    return _pdf(papiere.eingangsbestaetigung(_fassung(antrag, nummer)), antrag, "eingang", nummer)


@require_safe
@verlangt_antrag(Befugnis.LESEN)
def antrag_pdf(request, antrag, nummer):
    return _pdf(papiere.antrag(_fassung(antrag, nummer)), antrag, "antrag", nummer)


@require_safe
@verlangt_akte()
def akte_antrag_pdf(request, antrag, nummer):
    return _pdf(papiere.antrag(_fassung(antrag, nummer)), antrag, "antrag", nummer)


@require_safe
@verlangt_antrag(Befugnis.BEARBEITEN)
def erklaerung_pdf(request, antrag):
    """The declaration to sign on paper, where nobody else can sign here."""
    if antrag.status != Status.ENTWURF or not verfahren.mit_dokument_moeglich(antrag, request.user):
        raise Http404
    return _pdf(papiere.erklaerung(antrag, am=timezone.now()), antrag, "erklaerung", 0)


def _fassung(antrag, nummer):
    return get_object_or_404(antrag.fassungen.select_related("antrag__kommune"), nummer=nummer)


def _pdf(inhalt, antrag, wort, nummer):
    name = "-".join(filter(None, [antrag.nummer, wort, str(nummer or "")]))
    return pdf_datei(inhalt, f"{name}.pdf")


# --- Comparison -------------------------------------------------------------------------


@require_safe
@verlangt_antrag(Befugnis.LESEN)
def vergleich(request, antrag, nummer):
    kontext = _vergleich(antrag, nummer)
    titel = f"Fassung {nummer} im Vergleich"
    return _zeige(request, antrag, "foerderung/zeichnung/vergleich.html", titel=titel, **kontext)


@require_safe
@verlangt_akte()
def akte_vergleich(request, antrag, nummer):
    """The same for the LPR, with the way back to the Fallakte."""
    titel = f"Fassung {nummer} im Vergleich"
    return render(
        request,
        "foerderung/zeichnung/vergleich.html",
        {
            "antrag": antrag,
            "titel": titel,
            "pfad": [
                ("Vorgänge", reverse("foerderung:arbeitsvorrat")),
                (antrag.nummer, reverse("foerderung:fallakte", args=[antrag.pk])),
                (titel, ""),
            ],
            "zurueck": reverse("foerderung:fallakte", args=[antrag.pk]),
            **_vergleich(antrag, nummer),
        },
    )


def _vergleich(antrag, nummer):
    """Version `nummer` beside the one before; the first has none."""
    neu = get_object_or_404(antrag.fassungen, nummer=nummer, nummer__gt=1)
    alt = get_object_or_404(antrag.fassungen, nummer=nummer - 1)
    return {"alt": alt, "neu": neu, "vergleich": vergleiche(alt.inhalt, neu.inhalt)}


# --- Nachforderung ----------------------------------------------------------------------


@FORMULAR
@verlangt_antrag(Befugnis.LESEN)
def nachforderung(request, antrag):
    """What the LPR asks for, the opened sections, what is changed so far; ready, then signed."""
    if request.method == "POST":
        if "pruefsumme" in request.POST or "bestaetigt" in request.POST:
            return _reiche_nach(request, antrag)
        return _melde_bereit(request, antrag)
    return _nachforderungsseite(request, antrag)


def _melde_bereit(request, antrag):
    _verlange(request, Befugnis.BEARBEITEN)
    umfeld = Umfeld(antrag, timezone.localdate())
    formular = _bereitformular(request.POST, antrag, fassung.inhalt(umfeld))
    if not formular.is_valid():
        return _nachforderungsseite(request, antrag, formular=formular)
    try:
        verfahren.melde_bereit(
            antrag,
            durch=request.user,
            um=timezone.now(),
            gesehen=formular.cleaned_data["gesehen"],
            unveraendert=formular.cleaned_data.get("unveraendert", False),
        )
    except SchrittNichtMoeglich as fehler:
        return _abgewiesen(request, antrag, formular, fehler, _nachforderungsseite)
    messages.success(
        request,
        "Die Nachreichung ist zur Zeichnung bereit. Eingereicht ist sie erst, wenn sie gezeichnet ist.",
    )
    return redirect("foerderung:antrag-nachforderung", antrag.pk)


def _bereitformular(getippt, antrag, inhalt):
    return Bereitformular(
        getippt, antrag=antrag, ist_unveraendert=verfahren.ist_unveraendert(antrag, inhalt)
    )


def _reiche_nach(request, antrag):
    _verlange(request, Befugnis.ZEICHNEN)
    formular = _gesendet(request, antrag, Nachreichungsformular)
    return _unterschreibe(request, antrag, formular, verfahren.reiche_nach, _nachforderungsseite)


def _nachforderungsseite(request, antrag, *, formular=None, status=200):
    jetzt = timezone.now()
    offen = antrag.nachforderungen.offen().select_related("bereit_von").first()
    if antrag.status != Status.NACHFORDERUNG or offen is None:
        messages.info(
            request,
            f"Nachgefordert ist zurzeit nichts. Der Antrag ist jetzt: {worte.wort(antrag)}.",
        )
        return redirect(antrag)
    umfeld = Umfeld(antrag, timezone.localdate(jetzt))
    inhalt = fassung.inhalt(umfeld)
    bereit = verfahren.ist_bereit(antrag, offen)
    liste = maengel(umfeld)
    zeichnet = request.zugang.darf(Befugnis.ZEICHNEN)
    eigene = bereit and offen.bereit_von_id == request.user.pk
    if formular is None and bereit and zeichnet and not eigene:
        formular = Nachreichungsformular(
            daten(request), antrag=antrag, pruefsumme=pruefsumme_von(inhalt)
        )
    elif formular is None and not bereit and not liste and request.zugang.darf(Befugnis.BEARBEITEN):
        formular = _bereitformular(daten(request), antrag, inhalt)
    return _zeige(
        request,
        antrag,
        "foerderung/zeichnung/nachforderung.html",
        titel="Nachforderung",
        status=status,
        nachforderung=offen,
        abschnitte=[
            (OEFFENBAR[schluessel], adresse(antrag, schluessel)) for schluessel in offen.abschnitte
        ],
        vorbei=timezone.localdate(jetzt) > offen.frist,
        offen=liste,
        bereit=bereit,
        eigene=eigene,
        zeichnende=verfahren.zeichnende(
            antrag.kommune, ausser=offen.bereit_von if bereit else None
        ),
        vergleich=vergleiche(antrag.fassungen.last().inhalt, inhalt),
        form=formular,
    )


# --- Withdrawal -------------------------------------------------------------------------


@FORMULAR
@verlangt_antrag(Befugnis.ZEICHNEN)
def zurueckziehen(request, antrag):
    eingereicht = antrag.eingereicht_um is not None
    return _schritt_mit_grund(
        request,
        antrag,
        verfahren.ziehe_zurueck,
        titel="Antrag zurückziehen",
        hilfe="Die Geschäftsstelle kann ihn lesen."
        if eingereicht
        else "Er bleibt bei Ihrem Antrag.",
        text=(
            "Über den Antrag wird dann nicht mehr entschieden. Das lässt sich nicht rückgängig "
            "machen. Alles, was Sie eingereicht haben, bleibt in der Akte."
            if eingereicht
            else "Der Entwurf lässt sich dann nicht mehr ändern und nicht mehr einreichen. Das lässt "
            "sich nicht rückgängig machen. Der Text bleibt sichtbar."
        ),
        danach="Der Antrag ist zurückgezogen.",
        moeglich=antrag.status in VOR_ENTSCHEIDUNG,
    )


# --- Consent to electronic notices ---------------------------------------------------------


@FORMULAR
@verlangt_antrag(Befugnis.LESEN)
def einwilligung(request, antrag):
    """Taken back by whoever could fetch a notice (F18)."""
    if not empfaengt(request.zugang):
        raise PermissionDenied
    kuenftig = "Künftige Bescheide zu diesem Antrag kommen mit der Post."
    if request.method == "POST":
        try:
            verfahren.widerrufe_einwilligung(antrag, durch=request.user, um=timezone.now())
        except SchrittNichtMoeglich as fehler:
            formular = Widerrufsformular(request.POST)
            formular.add_error(None, str(fehler))
            return _einwilligungsseite(request, antrag, formular, status=fehler.status)
        messages.success(request, kuenftig)
        return redirect(antrag)
    if not antrag.elektronische_bekanntgabe:
        messages.info(request, kuenftig)
        return redirect(antrag)
    return _einwilligungsseite(request, antrag, Widerrufsformular())


def _einwilligungsseite(request, antrag, formular, *, status=200):
    return _zeige(
        request,
        antrag,
        "foerderung/zeichnung/grund.html",
        titel="Einwilligung in Bescheide im Portal widerrufen",
        status=status,
        text=(
            "Künftige Bescheide zu diesem Antrag kommen dann mit der Post. Liegt schon ein Bescheid "
            "zum Abruf bereit, ändert sich für ihn nichts. Im Portal lässt sich der Widerruf nicht "
            "rückgängig machen."
        ),
        form=formular,
    )


# --- What the pages are made of -----------------------------------------------------------


def _verlange(request, befugnis):
    """Everybody in the Kommune reads the page, but not everybody sends its form."""
    if not request.zugang.darf(befugnis):
        raise PermissionDenied


def _gesendet(request, antrag, formularart):
    """A signature as it was sent; shown again, it names what the page shows then."""
    jetzt = pruefsumme_von(fassung.inhalt(Umfeld(antrag, timezone.localdate())))
    return formularart(request.POST, antrag=antrag, pruefsumme=jetzt)


def _unterschreibe(request, antrag, formular, tu, seite):
    """The step of a signature; it counts from the moment at which the request arrived."""
    if not formular.is_valid():
        return seite(request, antrag, formular=formular)
    try:
        tu(
            antrag,
            durch=request.user,
            eingang=eingang_um(request),
            gesehen=formular.cleaned_data["gesehen"],
            pruefsumme=formular.cleaned_data["pruefsumme"],
        )
    except SchrittNichtMoeglich as fehler:
        return _abgewiesen(request, antrag, formular, fehler, seite)
    return redirect("foerderung:antrag-eingang", antrag.pk)


def _schritt_mit_grund(request, antrag, tu, *, titel, hilfe, text, danach, moeglich):
    """One step with a reason on a page of its own."""
    formular = Grundformular(daten(request), antrag=antrag, knopf=titel, hilfe=hilfe)

    def seite(request, antrag, *, formular, status=200):
        return _zeige(
            request,
            antrag,
            "foerderung/zeichnung/grund.html",
            titel=titel,
            status=status,
            text=text,
            form=formular,
        )

    if request.method != "POST":
        if not moeglich:
            messages.info(request, f"Das geht nicht mehr. Der Antrag ist: {worte.wort(antrag)}.")
            return redirect(antrag)
        return seite(request, antrag, formular=formular)
    if not formular.is_valid():
        return seite(request, antrag, formular=formular)
    try:
        tu(
            antrag,
            durch=request.user,
            um=timezone.now(),
            gesehen=formular.cleaned_data["gesehen"],
            grund=formular.cleaned_data["grund"],
        )
    except SchrittNichtMoeglich as fehler:
        return _abgewiesen(request, antrag, formular, fehler, seite)
    messages.success(request, danach)
    return redirect(antrag)


def _abgewiesen(request, antrag, formular, fehler, seite):
    """The page again as the case is now, with what was typed and why the step was refused."""
    antrag.refresh_from_db()
    formular.zeige_neu()
    formular.add_error(None, str(fehler))
    return seite(request, antrag, formular=formular, status=fehler.status)


def _zeige(request, antrag, vorlage, *, titel, status=200, **kontext):
    return render(
        request,
        vorlage,
        {
            "antrag": antrag,
            "kommune": antrag.kommune,
            "andere": request.zugang.andere,
            "lage": worte.lage(antrag, timezone.localdate()),
            "titel": titel,
            "pfad": pfad(antrag, titel),
            "zurueck": antrag.get_absolute_url(),
            **kontext,
        },
        status=status,
    )
