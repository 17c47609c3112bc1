"""Notices in the Fallakte: what was issued, how it becomes known, and what staff note of it (F18)."""

from decimal import Decimal

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from asskomm.dokumente.abruf import pdf_datei
from asskomm.formate import tag
from asskomm.konten.eingaben import daten
from asskomm.schritt import SchrittNichtMoeglich

from ..befugnisse import Handelnde, verlangt_akte
from ..fallakte.forms import Grundformular
from ..fallakte.lage import rechte
from ..fallakte.rahmen import zeige
from ..fallakte.views.versuch import nimm_entgegen
from ..models import Bekanntgabe, Entscheidung
from ..verfahren import bekanntgabe as verfahren
from ..verfahren import rechtsbehelf, zugang
from ..verfahren.schritte import SCHRITTE
from . import dokument
from .forms import (
    NUR_IN_DER_AKTE,
    Ausgangsformular,
    Briefverzichtformular,
    Klageformular,
    Postformular,
    SpaeteKlage,
    Zugangsformular,
)
from .views import als_datei, anlage_als_datei, anlagen

FORMULAR = require_http_methods(["GET", "HEAD", "POST"])
SACHBEARBEITEN = "foerderung.sachbearbeiten"
NEU_AUS = SCHRITTE["neu_entscheiden"].aus
NUR_EIN_VERSEHEN = "Streichen Sie den Vermerk nur, wenn er ein Versehen war."
FOLGEN_DES_STREICHENS = {
    "klage": (
        f"{NUR_EIN_VERSEHEN} Die Frist gilt dann, als stünde er nicht da. Ist sie abgelaufen, wird "
        "der Bescheid sofort bestandskräftig. Hat die Kommune die Klage zurückgenommen, vermerken "
        "Sie stattdessen den Ausgang der Klage."
    ),
    "ausgang": (
        f"{NUR_EIN_VERSEHEN} Die Klage ist dann wieder offen. War der Bescheid durch ihr Ende "
        "bestandskräftig, ist er es nicht mehr."
    ),
    "verzicht": (
        f"{NUR_EIN_VERSEHEN} Die Frist läuft dann, als hätte die Kommune nicht verzichtet. War der "
        "Bescheid durch den Verzicht bestandskräftig, ist er es erst nach dem Ende der Frist."
    ),
    "zugang": (
        f"{NUR_EIN_VERSEHEN} Der Bescheid gilt dann wieder vom Tag der Aufgabe zur Post aus als "
        "bekannt gegeben. Ist die Frist damit abgelaufen, wird er sofort bestandskräftig."
    ),
    "verlust": (
        f"{NUR_EIN_VERSEHEN} Der Brief gilt dann wieder als angekommen, und die Frist läuft vom Tag "
        "seiner Aufgabe zur Post aus. Ist sie abgelaufen, wird der Bescheid sofort bestandskräftig."
    ),
    "post": (
        "Streichen Sie den Tag nur, wenn er falsch ist, und tragen Sie danach den richtigen ein. "
        "Bis dahin gilt der Bescheid nicht als bekannt gegeben, und die Kommune liest ihn nicht im "
        "Portal. War er bestandskräftig, ist er es nicht mehr."
    ),
}


@require_safe
@verlangt_akte()
def bescheide(request, antrag):
    alle = antrag.bescheide.select_related(
        "bekanntgabe__bescheid", "bekanntgabe__verzicht_erfasst_von"
    ).order_by("-nummer")
    bearbeitet = Handelnde.SACHBEARBEITUNG in rechte(request.user)
    return zeige(
        request,
        antrag,
        "foerderung/bescheid/akte.html",
        titel="Bescheide",
        bescheide=[_zeile(bescheid, bearbeitet) for bescheid in alle],
    )


@require_safe
@verlangt_akte()
def pdf(request, antrag, bescheid):
    return als_datei(get_object_or_404(antrag.bescheide, pk=bescheid))


@require_safe
@verlangt_akte()
def anlage(request, antrag, bescheid, name):
    return anlage_als_datei(get_object_or_404(antrag.bescheide, pk=bescheid), name)


@require_safe
@verlangt_akte()
def anschrift(request, antrag, bescheid):
    """The sheet that shows in the window of the envelope."""
    gesucht = get_object_or_404(antrag.bescheide, pk=bescheid)
    blatt = dokument.anschriftenblatt(gesucht, [wort for wort, _ in anlagen(gesucht)])
    return pdf_datei(blatt, dokument.name_des_anschriftenblatts(gesucht))


@FORMULAR
@verlangt_akte(SACHBEARBEITEN)
def post(request, antrag, bescheid):
    """With the files that are to be printed, and what the portal knows of the address."""
    gesucht = _bescheid(antrag, bescheid)
    if request.method != "POST" and not _ist_zu_versenden(gesucht.bekanntgabe):
        return redirect("foerderung:akte-bescheide", antrag.pk)
    return _formularseite(
        request,
        antrag,
        Postformular(daten(request)),
        lambda werte, um: verfahren.gib_zur_post(gesucht, werte["am"], durch=request.user, um=um),
        titel="Bescheid zur Post geben",
        satz=(
            "Drucken Sie den Bescheid mit seinen Anlagen aus, ergänzen Sie die Anschrift und geben "
            "Sie ihn zur Post. Tragen Sie dann den Tag ein. Daraus errechnet das Portal, wann er "
            "als bekannt gegeben gilt."
        ),
        meldung="Der Tag ist eingetragen.",
        papiere=gesucht,
    )


# --- Whether the letter arrived -----------------------------------------------------


@FORMULAR
@verlangt_akte(SACHBEARBEITEN)
def zugang_spaeter(request, antrag, bescheid):
    gesucht = _bescheid(antrag, bescheid)
    bekanntgabe = gesucht.bekanntgabe
    if request.method != "POST" and zugang.warum_nicht_spaeter(bekanntgabe):
        return redirect("foerderung:akte-bescheide", antrag.pk)
    formular = Zugangsformular(daten(request), initial={"gesehen": bekanntgabe.version})
    return _formularseite(
        request,
        antrag,
        formular,
        lambda werte, um: zugang.erfasse_zugang(
            gesucht,
            werte["am"],
            grund=werte["grund"],
            durch=request.user,
            um=um,
            gesehen=formular.version,
        ),
        titel="Späteren Zugang vermerken",
        satz=(
            f"{_aufgabe(bekanntgabe)} Kam der Brief später an, gilt der Tag, an dem er wirklich "
            "ankam, und die Frist für eine Klage läuft von da an. Im Zweifel muss die "
            "Geschäftsstelle nachweisen, wann er ankam (§ 41 Abs. 2 Satz 3 VwVfG)."
            + _trotz_bestandskraft(bekanntgabe, "Läuft die Frist dann noch, nimmt")
        ),
        meldung="Der spätere Zugang ist vermerkt. Die Frist läuft ab diesem Tag.",
        bekanntgabe=bekanntgabe,
    )


@FORMULAR
@verlangt_akte(SACHBEARBEITEN)
def zugang_bestritten(request, antrag, bescheid):
    """The posting is void; staff post the notice anew."""
    gesucht = _bescheid(antrag, bescheid)
    bekanntgabe = gesucht.bekanntgabe
    if request.method != "POST" and zugang.warum_nicht_verloren(bekanntgabe):
        return redirect("foerderung:akte-bescheide", antrag.pk)
    formular = Grundformular(
        daten(request),
        knopf="Als nicht angekommen vermerken",
        ziel="",
        hinweis=f"Zum Beispiel: Der Brief kam zurück. {NUR_IN_DER_AKTE}",
        initial={"gesehen": bekanntgabe.version},
    )
    return _formularseite(
        request,
        antrag,
        formular,
        lambda werte, um: zugang.erfasse_verlust(
            gesucht, grund=werte["grund"], durch=request.user, um=um, gesehen=formular.version
        ),
        titel="Zugang bestritten",
        satz=(
            f"{_aufgabe(bekanntgabe)} Kam der Brief nicht an, ist der Bescheid nicht bekannt "
            "gegeben. Bestreitet die Kommune den Zugang, muss die Geschäftsstelle ihn nachweisen "
            "(§ 41 Abs. 2 Satz 3 VwVfG). Mit diesem Vermerk liegt der Bescheid wieder unter „Zur "
            "Post zu geben“, und die Frist für eine Klage beginnt erst mit dem neuen Brief."
            + _trotz_bestandskraft(bekanntgabe, "Mit dem Vermerk nimmt")
        ),
        meldung="Vermerkt. Geben Sie den Bescheid noch einmal zur Post.",
        bekanntgabe=bekanntgabe,
        feld="grund",
    )


def _aufgabe(bekanntgabe):
    """What follows from the posting so far; a refused form may be about a letter that is void."""
    if bekanntgabe.post_aufgegeben_am is None:
        return "Dieser Bescheid ist nicht zur Post gegeben."
    return (
        f"Der Brief ging am {tag(bekanntgabe.post_aufgegeben_am)} zur Post. Deshalb gilt der "
        f"Bescheid am {tag(bekanntgabe.bekannt_am)} als bekannt gegeben."
    )


def _trotz_bestandskraft(bekanntgabe, nimmt):
    if bekanntgabe.bestandskraft_am is None:
        return ""
    return (
        f" Der Bescheid ist seit dem {tag(bekanntgabe.bestandskraft_am)} bestandskräftig. {nimmt} "
        "das Portal die Bestandskraft zurück."
    )


# --- Objection and waiver ----------------------------------------------------------


@FORMULAR
@verlangt_akte(SACHBEARBEITEN)
def klage(request, antrag, bescheid):
    """Learned of after the notice counted as final, noting it needs a reason."""
    gesucht = _bescheid(antrag, bescheid)
    seit = gesucht.bekanntgabe.bestandskraft_am
    formular = (SpaeteKlage if seit else Klageformular)(daten(request))
    return _formularseite(
        request,
        antrag,
        formular,
        lambda werte, um: rechtsbehelf.erfasse_klage(
            gesucht,
            werte["am"],
            werte["vermerk"],
            durch=request.user,
            um=um,
            grund=werte.get("grund", ""),
        ),
        titel="Rechtsbehelf vermerken",
        satz=_folgen_der_klage(gesucht, seit),
        meldung="Der Rechtsbehelf ist vermerkt.",
    )


def _folgen_der_klage(bescheid, seit):
    mit_betrag = bescheid.art in Entscheidung.MIT_BETRAG
    if seit is None:
        danach = ", und das Vorhaben kann nicht beginnen" if mit_betrag else ""
        return f"Der Bescheid wird dann nicht bestandskräftig{danach}."
    satz = (
        f"Der Bescheid ist seit dem {tag(seit)} bestandskräftig. Ging die Klage bis zum "
        f"{tag(bescheid.bekanntgabe.rechtsbehelf_bis)} beim Gericht ein, nimmt das Portal die "
        "Bestandskraft zurück."
    )
    if mit_betrag:
        satz += (
            " Was nur wegen der Bestandskraft veröffentlicht ist, steht dann nicht mehr im Portal."
        )
    return satz


@FORMULAR
@verlangt_akte(SACHBEARBEITEN)
def ausgang(request, antrag, bescheid):
    gesucht = _bescheid(antrag, bescheid)
    bekanntgabe = gesucht.bekanntgabe
    if request.method != "POST" and not _ist_offen(bekanntgabe):
        return redirect("foerderung:akte-bescheide", antrag.pk)
    formular = Ausgangsformular(daten(request), initial={"gesehen": bekanntgabe.version})
    return _formularseite(
        request,
        antrag,
        formular,
        lambda werte, um: rechtsbehelf.beende_klage(
            gesucht,
            Bekanntgabe.Ausgang(werte["ausgang"]),
            werte["am"],
            durch=request.user,
            um=um,
            gesehen=formular.version,
        ),
        titel="Ausgang der Klage vermerken",
        satz=(
            "Nach einer Rücknahme oder Abweisung wird der Bescheid bestandskräftig, und der Vorgang "
            "geht weiter. Hat das Gericht ihn aufgehoben, wird er es nie: Dann entscheiden Sie neu."
        ),
        meldung="Der Ausgang der Klage ist vermerkt.",
        bekanntgabe=bekanntgabe,
    )


@FORMULAR
@verlangt_akte(SACHBEARBEITEN)
def verzicht(request, antrag, bescheid):
    gesucht = _bescheid(antrag, bescheid)
    return _formularseite(
        request,
        antrag,
        Briefverzichtformular(daten(request)),
        lambda werte, um: rechtsbehelf.erfasse_verzicht(
            gesucht, werte["am"], werte["ablage"], durch=request.user, um=um
        ),
        titel="Verzicht mit Brief vermerken",
        satz=(
            "Hat die Kommune mit einem Brief auf Rechtsbehelfe verzichtet, wird der Bescheid an dem "
            "Tag bestandskräftig, an dem der Brief einging."
        ),
        meldung="Der Verzicht ist vermerkt.",
    )


@FORMULAR
@verlangt_akte(SACHBEARBEITEN)
def streichen(request, antrag, bescheid, was):
    """A note that was a mistake."""
    gesucht, vermerk = _bescheid(antrag, bescheid), rechtsbehelf.VERMERKE.get(was)
    if vermerk is None:
        raise Http404
    bekanntgabe = gesucht.bekanntgabe
    if request.method != "POST" and _streichbar(gesucht, bekanntgabe) != vermerk:
        return redirect("foerderung:akte-bescheide", antrag.pk)
    formular = Grundformular(
        daten(request),
        knopf="Vermerk streichen",
        ziel="",
        hinweis="Steht im Verlauf der Akte. Die Kommune sieht ihn nicht.",
        initial={"gesehen": bekanntgabe.version},
    )
    return _formularseite(
        request,
        antrag,
        formular,
        lambda werte, um: rechtsbehelf.streiche(
            gesucht,
            vermerk,
            grund=werte["grund"],
            durch=request.user,
            um=um,
            gesehen=formular.version,
        ),
        titel=f"Vermerk streichen: {vermerk.wort}",
        satz=FOLGEN_DES_STREICHENS[was],
        meldung="Der Vermerk ist gestrichen.",
        bekanntgabe=bekanntgabe,
        feld="grund",
    )


@FORMULAR
@verlangt_akte(SACHBEARBEITEN)
def neu_entscheiden(request, antrag):
    """A court has quashed the refusal or the revocation."""
    aufgehoben = antrag.status in NEU_AUS and rechtsbehelf.ist_aufgehoben(antrag)
    if request.method != "POST" and not aufgehoben:
        return redirect("foerderung:entscheidung", antrag.pk)
    formular = Grundformular(
        daten(request), knopf="Neu entscheiden", ziel="", initial={"gesehen": antrag.version}
    )
    status = nimm_entgegen(
        request,
        antrag,
        formular,
        lambda: rechtsbehelf.entscheide_neu(
            antrag,
            grund=formular.cleaned_data["grund"],
            durch=request.user,
            um=timezone.now(),
            gesehen=formular.version,
        ),
        "Der Antrag ist wieder entscheidungsreif. Schlagen Sie eine Entscheidung vor.",
    )
    if status is None:
        return redirect("foerderung:entscheidung", antrag.pk)
    return _zeige(
        request,
        antrag,
        formular,
        "Neu entscheiden",
        "Das Gericht hat den letzten Bescheid aufgehoben. Der Antrag wird wieder "
        "entscheidungsreif, und zwei Personen entscheiden neu. War es ein Widerruf, bewilligen Sie "
        "noch einmal, damit die Mittel gebunden sind.",
        status,
    )


def _formularseite(
    request,
    antrag,
    formular,
    schritt,
    *,
    titel,
    satz,
    meldung,
    bekanntgabe=None,
    feld="am",
    papiere=None,
):
    """The form of one act; a refused one says why at `feld`.

    With a `bekanntgabe` the form holds its version, which is read anew after a refusal. `papiere`
    is the notice whose files are needed for the act.
    """
    status = 200
    if request.method == "POST" and formular.is_valid():
        try:
            schritt(formular.cleaned_data, timezone.now())
        except SchrittNichtMoeglich as fehler:
            formular.add_error(feld, str(fehler))
            status = fehler.status
            if bekanntgabe:
                bekanntgabe.refresh_from_db()
                formular.setze("gesehen", bekanntgabe.version)
        else:
            messages.success(request, meldung)
            return redirect("foerderung:akte-bescheide", antrag.pk)
    return _zeige(request, antrag, formular, titel, satz, status, papiere)


def _zeige(request, antrag, formular, titel, satz, status, papiere=None):
    return zeige(
        request,
        antrag,
        "foerderung/bescheid/akte_formular.html",
        titel=titel,
        status=status,
        mit_formular=True,
        form=formular,
        satz=satz,
        bescheid=papiere,
        anlagen=anlagen(papiere) if papiere else (),
        raete=antrag.kommune.raete.exclude(kontakt_anschrift="") if papiere else (),
    )


def _bescheid(antrag, nummer):
    return get_object_or_404(antrag.bescheide.select_related("bekanntgabe"), pk=nummer)


# --- The list ----------------------------------------------------------------------


def _zeile(bescheid, bearbeitet):
    """One notice, what happened to it, and what staff can do now."""
    bekanntgabe, zuwendung = bescheid.bekanntgabe, bescheid.inhalt["zuwendung"]
    return {
        "bescheid": bescheid,
        "titel": bescheid.inhalt["schreiben"]["titel"],
        "aktenzeichen": bescheid.inhalt["aktenzeichen"],
        "betrag": zuwendung and Decimal(zuwendung["betrag_euro"]),
        "bekanntgabe": bekanntgabe,
        "anlagen": anlagen(bescheid),
        "ereignisse": list(verfahren.ereignisse(bekanntgabe)),
        "taten": list(_taten(bescheid, bekanntgabe)) if bearbeitet else [],
    }


def _taten(bescheid, bekanntgabe):
    """What can be noted now: word and address."""

    def tat(wort, name, *weiteres):
        ort = [bescheid.antrag_id, bescheid.pk, *weiteres]
        return wort, reverse(f"foerderung:akte-bescheid-{name}", args=ort)

    if _ist_zu_versenden(bekanntgabe):
        yield tat("Zur Post geben", "post")
    if not zugang.warum_nicht_spaeter(bekanntgabe):
        yield tat("Späteren Zugang vermerken", "zugang")
    if not zugang.warum_nicht_verloren(bekanntgabe):
        yield tat("Zugang bestritten: Brief kam nicht an", "zugang-bestritten")
    if bekanntgabe.bekannt_am and not bekanntgabe.rechtsbehelf_am and not bekanntgabe.verzichtet_um:
        if bekanntgabe.bestandskraft_am:
            yield tat("Rechtsbehelf nachträglich vermerken", "klage")
        else:
            yield tat("Rechtsbehelf vermerken", "klage")
            yield tat("Verzicht mit Brief vermerken", "verzicht")
    if _ist_offen(bekanntgabe):
        yield tat("Ausgang der Klage vermerken", "ausgang")
    if vermerk := _streichbar(bescheid, bekanntgabe):
        yield tat(f"Vermerk streichen: {vermerk.wort}", "streichen", vermerk.schluessel)


def _streichbar(bescheid, bekanntgabe):
    vermerk = rechtsbehelf.streichbar(bekanntgabe)
    if vermerk == rechtsbehelf.VERMERKE["post"] and rechtsbehelf.was_am_posttag_haengt(bescheid):
        return None
    return vermerk


def _ist_zu_versenden(bekanntgabe):
    return bekanntgabe.weg == Bekanntgabe.Weg.POST and bekanntgabe.post_aufgegeben_am is None


def _ist_offen(bekanntgabe):
    return bool(bekanntgabe.rechtsbehelf_am and not bekanntgabe.rechtsbehelf_ausgang)
