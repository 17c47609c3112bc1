"""The expert check along the seven Beccaria standards (F13)."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from asskomm.konten.eingaben import daten

from ...antrag.fassung import gruppen
from ...beccaria import STANDARDS
from ...befugnisse import Handelnde, verlangt_akte
from ...models import Gutachten, Status
from ...verfahren import fachpruefung
from ..beurteilung import sieht_gutachten
from ..forms import Abschlussformular, Grundformular, Gutachtenformular
from ..lage import rechte
from ..pruefstand import pruefstand
from ..rahmen import zeige
from .versuch import FORMULAR, nimm_entgegen

PRUEFEN = "foerderung.pruefen"


@FORMULAR
@verlangt_akte()
def fachlich(request, antrag):
    """All reviews that may be seen, and for a reviewer the own one as a form.

    The second button of the form hands it in.
    """
    prueft = Handelnde.PRUEFUNG in rechte(request.user)
    eingaben = daten(request)
    if request.method == "POST" and not prueft:
        raise PermissionDenied
    if eingaben is None or not prueft:
        return _seite(request, antrag)
    abgabe = "abgeben" in request.POST
    formular = _formular(antrag, eingaben, abgabe=abgabe)
    speichere = fachpruefung.gib_gutachten_ab if abgabe else fachpruefung.speichere_gutachten
    status = nimm_entgegen(
        request,
        antrag,
        formular,
        lambda: speichere(
            antrag,
            formular.wertungen(),
            formular.cleaned_data["votum"],
            formular.cleaned_data["begruendung"],
            durch=request.user,
            um=timezone.now(),
            gesehen=formular.version,
        ),
        f"Ihre fachliche Prüfung ist {'abgegeben' if abgabe else 'als Entwurf gespeichert'}.",
    )
    if status is None:
        return redirect("foerderung:fallakte-fachlich", antrag.pk)
    if status == 409:
        eigenes = fachpruefung.eigenes_gutachten(antrag, request.user)
        entwurf = eigenes and eigenes.abgegeben_um is None
        formular.setze("gesehen", eigenes.version if entwurf else 0)
    return _seite(request, antrag, formular=formular, status=status)


@FORMULAR
@verlangt_akte(PRUEFEN)
def gutachten_neu(request, antrag):
    """The own review was handed in by mistake."""
    formular = _neu_fassen(antrag, daten(request))
    status = nimm_entgegen(
        request,
        antrag,
        formular,
        lambda: fachpruefung.fasse_gutachten_neu(
            antrag, durch=request.user, um=timezone.now(), grund=formular.cleaned_data["grund"]
        ),
        "Sie können Ihre fachliche Prüfung wieder ändern.",
    )
    if status is None:
        return redirect("foerderung:fallakte-fachlich", antrag.pk)
    return _seite(request, antrag, neu_fassen=formular, status=status)


@FORMULAR
@verlangt_akte(PRUEFEN)
def fachlich_abschliessen(request, antrag):
    formular = _abschluss(antrag, daten(request))
    status = nimm_entgegen(
        request,
        antrag,
        formular,
        lambda: fachpruefung.schliesse_fachliche_pruefung_ab(
            antrag, durch=request.user, um=timezone.now(), gesehen=formular.version
        ),
        "Die fachliche Prüfung ist abgeschlossen.",
    )
    if status is None:
        return redirect("foerderung:fallakte", antrag.pk)
    return _seite(request, antrag, abschluss=formular, status=status)


@FORMULAR
@verlangt_akte(PRUEFEN)
def fachlich_oeffnen(request, antrag):
    """A step back, with a reason (F26)."""
    formular = _oeffnen(antrag, daten(request))
    status = nimm_entgegen(
        request,
        antrag,
        formular,
        lambda: fachpruefung.oeffne_fachliche_pruefung(
            antrag,
            durch=request.user,
            um=timezone.now(),
            gesehen=formular.version,
            grund=formular.cleaned_data["grund"],
        ),
        "Die fachliche Prüfung ist wieder offen.",
    )
    if status is None:
        return redirect("foerderung:fallakte-fachlich", antrag.pk)
    return _seite(request, antrag, oeffnen=formular, status=status)


def _adresse(name, antrag):
    return reverse(f"foerderung:fallakte-{name}", args=[antrag.pk])


def _formular(antrag, eingaben=None, *, eigenes=None, abgabe=False):
    ist_entwurf = eigenes and eigenes.abgegeben_um is None
    anfang = {"gesehen": eigenes.version if ist_entwurf else 0}
    if eigenes:
        anfang |= {"votum": eigenes.votum, "begruendung": eigenes.begruendung}
        for bewertung in eigenes.bewertungen.all():
            anfang[f"punkte_{bewertung.standard}"] = bewertung.punkte
            anfang[f"text_{bewertung.standard}"] = bewertung.text
    return Gutachtenformular(
        eingaben,
        initial=anfang,
        hoechstens=fachpruefung.punkte_hoechstens(antrag),
        abgabe=abgabe,
    )


def _neu_fassen(antrag, eingaben=None):
    return Grundformular(
        eingaben,
        knopf="Eigene Prüfung neu fassen",
        ziel=_adresse("gutachten-neu", antrag),
        prefix="eigenes",
        initial={"gesehen": antrag.version},
    )


def _abschluss(antrag, eingaben=None):
    return Abschlussformular(
        eingaben,
        knopf="Fachliche Prüfung abschließen",
        ziel=_adresse("fachlich-abschliessen", antrag),
        prefix="abschluss",
        initial={"gesehen": antrag.version},
    )


def _oeffnen(antrag, eingaben=None):
    return Grundformular(
        eingaben,
        knopf="Fachliche Prüfung wieder öffnen",
        ziel=_adresse("fachlich-oeffnen", antrag),
        prefix="oeffnen",
        initial={"gesehen": antrag.version},
    )


def _seite(
    request,
    antrag,
    *,
    formular=None,
    neu_fassen=None,
    abschluss=None,
    oeffnen=None,
    status=200,
):
    alle = list(
        Gutachten.objects.filter(antrag=antrag)
        .select_related("von")
        .prefetch_related("bewertungen")
        .order_by("pk")
    )
    stand = pruefstand(antrag, request.user)
    als = rechte(request.user)
    prueft = Handelnde.PRUEFUNG in als
    offen = stand.status == Status.FORMELL_GEPRUEFT
    eigenes = next((g for g in reversed(alle) if g.von_id == request.user.pk), None)
    if prueft and offen:
        if stand.eigenes_gutachten:
            neu_fassen = neu_fassen or _neu_fassen(antrag)
        elif formular is None:
            formular = _formular(antrag, eigenes=eigenes)
        if stand.genug_gutachten:
            abschluss = abschluss or _abschluss(antrag)
    if prueft and stand.status == Status.FACHLICH_GEPRUEFT:
        oeffnen = oeffnen or _oeffnen(antrag)
    neueste = {g.von_id: g.pk for g in alle}
    abgegebene = [g for g in alle if g.abgegeben_um]
    sichtbar = sieht_gutachten(stand, als)
    gezeigte = [g for g in abgegebene if sichtbar or g.von_id == request.user.pk]
    formulare = [f for f in (formular, neu_fassen, abschluss, oeffnen) if f]
    return zeige(
        request,
        antrag,
        "foerderung/fallakte/fachlich.html",
        titel="Fachliche Prüfung",
        status=status,
        mit_formular=bool(formulare),
        form=next((f for f in formulare if f.is_bound), None),
        formular=formular,
        standards=_standards(antrag, formular) if formular else [],
        neu_fassen=neu_fassen,
        abschluss=abschluss,
        oeffnen=oeffnen,
        gutachten=[_lesbar(g, stand, neueste) for g in gezeigte],
        verborgen=len(abgegebene) - len(gezeigte),
    )


def _standards(antrag, formular):
    """(standard, two fields, what the Kommune says about it in the newest version)."""
    fassung = antrag.fassungen.last()
    for standard, punkte, text in formular.zeilen():
        gruppe = gruppen(fassung.inhalt, nur=standard.schluessel) if fassung else []
        yield standard, punkte, text, [paar for _, paare in gruppe for paar in paare]


def _lesbar(gutachten, stand, neueste):
    je_standard = {b.standard: b for b in gutachten.bewertungen.all()}
    punkte = [b.punkte for b in je_standard.values() if b.punkte is not None]
    return {
        "gutachten": gutachten,
        "alt": gutachten.abgegeben_um < stand.stand_vom,
        "ersetzt": neueste[gutachten.von_id] != gutachten.pk,
        "bewertungen": [(standard, je_standard.get(standard.nummer)) for standard in STANDARDS],
        "summe": sum(punkte),
        "hoechstens": sum(b.hoechstens for b in je_standard.values() if b.punkte is not None),
    }
