"""Pages on which the LPR recommends, proposes and decides, and the budgets (F16, F26)."""

from decimal import ROUND_HALF_UP

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from asskomm.dokumente.satz import setze
from asskomm.formate import FEST, euro, tag
from asskomm.formularfelder import zahl_text
from asskomm.konten import vieraugen
from asskomm.konten.eingaben import daten
from asskomm.konten.handlungen import VORSCHLAG_ABGELEHNT
from asskomm.protokoll.models import Eintrag
from asskomm.schritt import SchrittNichtMoeglich, gesehene_version

from ... import haushalt
from ...befugnisse import RECHTE, Handelnde, verlangt_akte, verlangt_foerderung
from ...bemessung import CENT, Grenzen
from ...bescheid.inhalt import BescheidUnvollstaendig, vorschau
from ...models import BEWILLIGUNG_LAEUFT, RUECKFORDERBAR, Entscheidung, Status
from ...rueckforderung.zinsen import ZinsFehlt
from ...verfahren import entscheidung as verfahren
from ...verfahren import rueckforderung as rueckforderungen
from ..beurteilung import Beurteilung, sieht_gutachten
from ..entscheidungsformulare import (
    FORMULARE,
    HOEHE,
    Ablehnungsgrund,
    Empfehlungsformular,
    Ruecknahmeformular,
    geltende_bewilligung,
)
from ..lage import rechte
from ..pruefstand import pruefstand
from ..rahmen import zeige

FORMULAR = require_http_methods(["GET", "HEAD", "POST"])
Art = Entscheidung.Art
# What can be proposed in which state.
MOEGLICH = {
    Status.ENTSCHEIDUNGSREIF: (Art.BEWILLIGUNG, Art.ABLEHNUNG),
    **dict.fromkeys(BEWILLIGUNG_LAEUFT, (Art.AENDERUNG, Art.WIDERRUF)),
    **dict.fromkeys(RUECKFORDERBAR, (Art.RUECKFORDERUNG,)),
}
VORSCHLAGEN = RECHTE[Handelnde.SACHBEARBEITUNG]
ENTSCHEIDEN = RECHTE[Handelnde.LEITUNG]
ENTWURF = "Vorschau: Dieser Bescheid ist nicht erlassen."


# --- Recommendation ----------------------------------------------------------------


@FORMULAR
@verlangt_akte(VORSCHLAGEN)
def empfehlung(request, antrag):
    """The form beside the facts; in any other state it says what there is."""
    if request.method != "POST" and antrag.status != Status.FACHLICH_GEPRUEFT:
        return redirect("foerderung:entscheidung", antrag.pk)
    formular, status = Empfehlungsformular(daten(request), antrag=antrag), 200
    if request.method == "POST" and formular.is_valid():
        werte = formular.cleaned_data
        try:
            verfahren.empfiehl(
                antrag,
                bemessung=formular.bemessung(),
                haushaltsstelle=werte["haushaltsstelle"],
                begruendung=werte["begruendung"],
                durch=request.user,
                um=timezone.now(),
                gesehen=werte["gesehen"],
                marke=werte["marke"],
            )
        except SchrittNichtMoeglich as fehler:
            status = _nimm_fehler(formular, fehler, antrag)
        else:
            messages.success(request, "Die Empfehlung ist abgegeben.")
            return redirect("foerderung:entscheidung", antrag.pk)
    return zeige(
        request,
        antrag,
        "foerderung/fallakte/empfehlung.html",
        titel="Empfehlung",
        status=status,
        mit_formular=True,
        form=formular,
        beurteilung=_beurteilung(request, antrag),
        ansaetze=verfahren.ansaetze(antrag).order_by("haushaltsjahr", "haushaltsstelle"),
    )


@FORMULAR
@verlangt_akte(VORSCHLAGEN)
def empfehlung_zuruecknehmen(request, antrag):
    formular, status = Ruecknahmeformular(daten(request), antrag=antrag), 200
    if request.method == "POST" and formular.is_valid():
        werte = formular.cleaned_data
        try:
            verfahren.nimm_empfehlung_zurueck(
                antrag,
                durch=request.user,
                um=timezone.now(),
                gesehen=werte["gesehen"],
                grund=werte["grund"],
            )
        except SchrittNichtMoeglich as fehler:
            status = _nimm_fehler(formular, fehler, antrag)
        else:
            messages.success(request, "Die Empfehlung ist zurückgenommen.")
            return redirect("foerderung:fallakte", antrag.pk)
    elif request.method != "POST" and antrag.status != Status.ENTSCHEIDUNGSREIF:
        return redirect("foerderung:entscheidung", antrag.pk)
    return zeige(
        request,
        antrag,
        "foerderung/fallakte/entscheidung_formular.html",
        titel="Empfehlung zurücknehmen",
        status=status,
        mit_formular=True,
        form=formular,
        art="zuruecknehmen",
    )


def _nimm_fehler(formular, fehler, antrag):
    """The reason at its place, and the present version in the form: whoever sends it again has
    seen how the case is now. Returns the status of the answer."""
    formular.nimm_fehler(fehler)
    if isinstance(fehler, verfahren.Unzulaessig):
        return 200
    antrag.refresh_from_db()
    formular.setze("gesehen", str(antrag.version))
    return fehler.status


# --- Proposal ----------------------------------------------------------------------


@FORMULAR
@verlangt_akte(VORSCHLAGEN)
def vorschlagen(request, antrag, art):
    if art not in FORMULARE:
        raise Http404
    moeglich = art in MOEGLICH.get(antrag.status, ()) and not verfahren.offener_vorschlag(antrag)
    if request.method != "POST" and not moeglich:
        return redirect("foerderung:entscheidung", antrag.pk)
    formular, status, luecken = FORMULARE[art](daten(request), antrag=antrag), 200, []
    if request.method == "POST" and formular.is_valid():
        vorschlag, mittel = formular.vorschlag()
        forderung = formular.forderung()
        try:
            verfahren.schlage_vor(
                vorschlag,
                mittel,
                durch=request.user,
                um=timezone.now(),
                gesehen=formular.cleaned_data["gesehen"],
                rueckforderung=forderung and rueckforderungen.entwirf(antrag, **forderung),
            )
        except BescheidUnvollstaendig as fehler:
            luecken = fehler.luecken
        except ZinsFehlt as fehler:
            rueckforderungen.melde_fehlenden_zins(antrag, fehler)
            formular.add_error("zinsen_bis", str(fehler))
        except SchrittNichtMoeglich as fehler:
            status = _nimm_fehler(formular, fehler, antrag)
        else:
            messages.success(request, "Vorgeschlagen. Jetzt muss eine zweite Person entscheiden.")
            return redirect("foerderung:entscheidung", antrag.pk)
    return zeige(
        request,
        antrag,
        "foerderung/fallakte/entscheidung_formular.html",
        titel=formular.titel,
        status=status,
        mit_formular=True,
        form=formular,
        art=art,
        luecken=luecken,
        empfehlung=verfahren.empfehlung(antrag),
        bewilligung=geltende_bewilligung(antrag),
        grenzen=Grenzen.von(antrag),
    )


# --- Decision ----------------------------------------------------------------------


@require_safe
@verlangt_akte()
def entscheidung(request, antrag):
    return _seite(request, antrag)


def _seite(request, antrag, *, status=200, fehler="", luecken=(), ablehnung=None):
    """Everything about the decision on one page; who can do something finds the button here."""
    offen = (
        antrag.entscheidungen.offen()
        .select_related("vorgeschlagen_von", "vorgeschlagen_fuer")
        .first()
    )
    empfohlen, bewilligung = verfahren.empfehlung(antrag), geltende_bewilligung(antrag)
    darf_vorschlagen = request.user.has_perm(VORSCHLAGEN)
    kontext = {
        "empfehlung": empfohlen,
        "beurteilung": _beurteilung(request, antrag),
        "vorschlag": offen,
        "vergleich": _vergleich(antrag, empfohlen, bewilligung, offen),
        "erledigte": _erledigte(antrag),
        "vorschlagen": [
            (FORMULARE[art].titel, reverse("foerderung:vorschlagen", args=[antrag.pk, art.value]))
            for art in MOEGLICH.get(antrag.status, ())
            if darf_vorschlagen and offen is None
        ],
        "ruecknehmbar": darf_vorschlagen and antrag.status == Status.ENTSCHEIDUNGSREIF,
        "fehler": fehler,
        "luecken": luecken,
    }
    if offen:
        kontext |= _zum_vorschlag(request, antrag, offen, ablehnung)
    return zeige(
        request,
        antrag,
        "foerderung/fallakte/entscheidung.html",
        titel="Entscheidung",
        status=status,
        mit_formular=bool(offen),
        **kontext,
    )


def _beurteilung(request, antrag):
    """Without scores and votes for a reviewer who has not handed in the own review."""
    ganz, stand = Beurteilung.von(antrag), pruefstand(antrag, request.user)
    return ganz if sieht_gutachten(stand, rechte(request.user)) else ganz.ohne_gutachten


def _erledigte(antrag):
    """What is decided or withdrawn, with why a proposal was not followed (the log keeps that)."""
    entscheidungen = list(
        antrag.entscheidungen.exclude(ergebnis=Entscheidung.Ergebnis.OFFEN).select_related(
            "entschieden_von", "entschieden_fuer", "vorgeschlagen_von"
        )
    )
    eintraege = Eintrag.objects.filter(
        handlung=VORSCHLAG_ABGELEHNT.schluessel,
        gegenstand_art=Entscheidung._meta.label_lower,
        gegenstand_nummer__in=[str(entscheidung.pk) for entscheidung in entscheidungen],
    ).mit_personen()
    gruende = {eintrag.gegenstand_nummer: eintrag.grund_wort for eintrag in eintraege}
    return [
        (entscheidung, gruende.get(str(entscheidung.pk), "")) for entscheidung in entscheidungen
    ]


def _zum_vorschlag(request, antrag, offen, ablehnung):
    darf = request.user.has_perm(ENTSCHEIDEN)
    fuer = verfahren.entscheidet_fuer(offen, request.user) if darf else None
    einwand = vieraugen.einwand(vieraugen.beteiligte(offen), durch=request.user, fuer=fuer)
    rueckforderung = getattr(offen, "rueckforderung", None)
    if rueckforderung:  # binds nothing and frees nothing
        wirkung, hinweise = (), list(rueckforderungen.hinweise(rueckforderung))
    else:
        wirkung = haushalt.wirkung(verfahren.gebunden_durch(antrag), offen.mittelbindungen.all())
        hinweise = Grenzen.von(antrag).hinweise(offen.betrag_euro)
    return {
        "wirkung": wirkung,
        "hinweise": hinweise,
        "ueberholt": verfahren.warum_ueberholt(offen, antrag),
        "rueckforderung": rueckforderung,
        "eigener": offen.vorgeschlagen_von_id == request.user.pk,
        "entscheidbar": darf and not einwand,
        "einwand": einwand if darf else "",
        "in_vertretung_fuer": fuer,
        "form": ablehnung or Ablehnungsgrund(),
    }


def _vergleich(antrag, empfohlen, bewilligung, vorschlag):
    """Asked for, recommended, granted so far and proposed beside each other: (head, rows)."""
    beantragt = _beantragt(antrag)
    spalten = [("Beantragt", beantragt)]
    if empfohlen and empfohlen.bewilligen:
        spalten.append(("Empfohlen", [*_hoehe(empfohlen), *beantragt[3:]]))
    if bewilligung:
        spalten.append(("Bewilligt", [*_hoehe(bewilligung), *_zeitraum(bewilligung)]))
    if vorschlag and vorschlag.art in Entscheidung.MIT_BETRAG:
        spalten.append(("Vorgeschlagen", [*_hoehe(vorschlag), *_zeitraum(vorschlag)]))
    namen = ("Zuwendungsfähige Ausgaben", "Fördersatz", "Zuwendung", "Beginn", "Ende")
    return {
        "kopf": [wort for wort, _ in spalten],
        "zeilen": [
            (name, [(wort, werte[nummer]) for wort, werte in spalten])
            for nummer, name in enumerate(namen)
        ],
    }


def _beantragt(antrag):
    satz = antrag.zuwendung_beantragt_euro * 100 / antrag.ausgaben_euro
    return [
        euro(antrag.ausgaben_euro),
        _prozent(satz.quantize(CENT, rounding=ROUND_HALF_UP)),
        euro(antrag.zuwendung_beantragt_euro),
        tag(antrag.durchfuehrung_von),
        tag(antrag.durchfuehrung_bis),
    ]


def _hoehe(quelle):
    faehig, satz, betrag = (getattr(quelle, name) for name in HOEHE)
    return [euro(faehig), _prozent(satz), euro(betrag)]


def _zeitraum(entscheidung):
    return [tag(entscheidung.bewilligung_von), tag(entscheidung.bewilligung_bis)]


def _prozent(satz):
    return f"{zahl_text(satz)}{FEST}%"


def _vorschlag(request, antrag):
    """The proposal the form is about; of another case or none is a 404."""
    alle = antrag.entscheidungen.select_related("vorgeschlagen_von", "antrag")
    try:
        return get_object_or_404(alle, marke=request.POST.get("vorschlag", ""))
    except ValidationError as keine_marke:
        raise Http404 from keine_marke


def _gesehen(request):
    return gesehene_version(request.POST.get("gesehen", ""))


@FORMULAR
@verlangt_akte()
def genehmigen(request, antrag):
    """The second person approves. The refusal of one's own proposal is written into the log.

    Like the steps below it is taken by a form of the page of the decision; who comes here
    otherwise, for one after signing in again, is led there.
    """
    if request.method != "POST":
        return redirect("foerderung:entscheidung", antrag.pk)
    vorschlag = _vorschlag(request, antrag)
    eigener = vorschlag.vorgeschlagen_von_id == request.user.pk
    if not (request.user.has_perm(ENTSCHEIDEN) or eigener):
        raise PermissionDenied
    try:
        verfahren.genehmige(
            vorschlag, durch=request.user, um=timezone.now(), gesehen=_gesehen(request)
        )
    except SchrittNichtMoeglich as fehler:
        return _abgewiesen(request, antrag, fehler)
    messages.success(
        request, f"{vorschlag.get_art_display()} genehmigt. Der Bescheid ist erlassen."
    )
    return redirect("foerderung:entscheidung", antrag.pk)


@FORMULAR
@verlangt_akte(ENTSCHEIDEN)
def ablehnen(request, antrag):
    """The second person does not follow the proposal; the case can be proposed anew."""
    if request.method != "POST":
        if getippt := daten(request):
            return _seite(request, antrag, ablehnung=Ablehnungsgrund(getippt))
        return redirect("foerderung:entscheidung", antrag.pk)
    vorschlag, formular = _vorschlag(request, antrag), Ablehnungsgrund(request.POST)
    if not formular.is_valid():
        return _seite(request, antrag, ablehnung=formular)
    try:
        verfahren.lehne_vorschlag_ab(
            vorschlag,
            durch=request.user,
            um=timezone.now(),
            grund=formular.cleaned_data["grund"],
        )
    except SchrittNichtMoeglich as fehler:
        return _abgewiesen(request, antrag, fehler, ablehnung=formular)
    messages.success(request, "Der Vorschlag ist abgelehnt.")
    return redirect("foerderung:entscheidung", antrag.pk)


@FORMULAR
@verlangt_akte(VORSCHLAGEN)
def zurueckziehen(request, antrag):
    if request.method != "POST":
        return redirect("foerderung:entscheidung", antrag.pk)
    try:
        verfahren.ziehe_vorschlag_zurueck(
            _vorschlag(request, antrag), durch=request.user, um=timezone.now()
        )
    except SchrittNichtMoeglich as fehler:
        return _abgewiesen(request, antrag, fehler)
    messages.success(request, "Der Vorschlag ist zurückgezogen.")
    return redirect("foerderung:entscheidung", antrag.pk)


def _abgewiesen(request, antrag, fehler, **kontext):
    """The page as it is now, with the reason."""
    antrag.refresh_from_db()
    return _seite(
        request,
        antrag,
        status=fehler.status,
        fehler="" if isinstance(fehler, BescheidUnvollstaendig) else str(fehler),
        luecken=getattr(fehler, "luecken", ()),
        **kontext,
    )


@require_safe
@verlangt_akte()
def bescheidvorschau(request, antrag):
    """The notice as it would be issued now, marked as not issued."""
    offen = antrag.entscheidungen.offen().first()
    if offen is None:
        raise Http404
    jetzt = timezone.now()
    try:
        schreiben = {**vorschau(offen, um=jetzt)["schreiben"], "marke": ENTWURF}
    except BescheidUnvollstaendig as fehler:
        return _abgewiesen(request, antrag, fehler)
    antwort = HttpResponse(
        setze("schreiben", schreiben, am=timezone.localtime(jetzt)), content_type="application/pdf"
    )
    antwort["Content-Disposition"] = f'inline; filename="vorschau-{antrag.nummer.lower()}.pdf"'
    return antwort


# --- Budgets -----------------------------------------------------------------------


@require_safe
@verlangt_foerderung
def haushaltsuebersicht(request):
    return render(
        request,
        "foerderung/fallakte/haushalt.html",
        {
            "jahre": haushalt.uebersicht(),
            "abweichende": haushalt.abweichungen(),
            "pflegbar": request.user.has_perm("foerderung.change_haushaltsansatz"),
            "pfad": [("Vorgänge", reverse("foerderung:arbeitsvorrat")), ("Haushalt", "")],
        },
    )
