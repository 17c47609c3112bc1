"""The LPR checks: Nachforderung, formal and expert check, who works on a case (F12, F13, F58).

Each function is one act: guard, rows, log entry and mails in one transaction. `gesehen` is the
version of the case (of a review: its own) on the page; if that is past, Ueberholt.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from asskomm.formate import tag
from asskomm.konten import vertretung
from asskomm.konten.models import Konto
from asskomm.post.verfahren import stelle_ein
from asskomm.protokoll.handlungen import Handlung
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import SchrittNichtMoeglich, Ueberholt

from ..abschnitte import OEFFENBAR
from ..beccaria import IM_ANTRAG, STANDARDS
from ..befugnisse import RECHTE, Handelnde, handelt_als
from ..fallakte import vorlagen
from ..models import (
    BEENDET,
    Befangenheit,
    Bewertung,
    Foerderantrag,
    Formalpruefung,
    Gutachten,
    Nachforderung,
    Regel,
    Status,
    Vermerk,
)
from ..regelwerk.werte import ganzer_wert
from .schritte import SCHRITTE, KeinRecht, gehe, neue_marke, pruefe_recht, schon_gegangen, sperre
from .zeichnung import beteiligte, stelle_fassung_wieder_her

LPR = tuple(RECHTE)

FORMAL_GEPRUEFT = Handlung("antrag.formalpruefung", "Formale Prüfung gespeichert")
GUTACHTEN_ABGEGEBEN = Handlung("antrag.gutachten", "Fachliche Prüfung abgegeben")
GUTACHTEN_NEU = Handlung("antrag.gutachten_neu", "Eigene fachliche Prüfung neu begonnen")
BEFANGEN = Handlung("antrag.befangenheit", "Befangenheit erklärt")
ZUGEWIESEN = Handlung("antrag.zugewiesen", "Zuständigkeit geändert")
WIEDERVORLAGE = Handlung("antrag.wiedervorlage", "Wiedervorlage geändert")
VERMERKT = Handlung("antrag.vermerk", "Vermerk geschrieben")

GEAENDERT = (
    "Der Vorgang hat sich geändert, während Sie ihn vor sich hatten. Sehen Sie sich den neuen "
    "Stand an und senden Sie das Formular noch einmal, wenn es dann noch passt."
)


@dataclass(frozen=True)
class Antwort:
    """What was answered to one point of the formal check."""

    ergebnis: str
    bemerkung: str = ""


@dataclass(frozen=True)
class Wertung:
    """Score and words for one of the Beccaria standards; no score is not decided yet."""

    punkte: int | None = None
    text: str = ""


# --- Nachforderung -------------------------------------------------------------


@transaction.atomic
def fordere_nach(
    antrag: Foerderantrag,
    abschnitte: Collection[str],
    text: str,
    frist: date,
    *,
    durch: Konto,
    um: datetime,
    gesehen: int,
    marke: UUID,
) -> Nachforderung:
    """Open sections again until the end of the day `frist`, which lies in the future.

    The same form sent twice (`marke`) gives the first Nachforderung again. Raises
    SchrittNichtMoeglich for no or unknown sections, no text, and a day that is not in the future.
    """
    sperre(antrag)
    vorhanden = Nachforderung.objects.filter(marke=marke, antrag=antrag, gestellt_von=durch).first()
    if vorhanden:
        return vorhanden
    gewaehlt = [schluessel for schluessel in OEFFENBAR if schluessel in abschnitte]
    if not gewaehlt or set(abschnitte) - OEFFENBAR.keys():
        raise SchrittNichtMoeglich("Wählen Sie, welche Abschnitte die Kommune ändern soll.")
    if not text.strip():
        raise SchrittNichtMoeglich("Schreiben Sie, was fehlt oder zu ändern ist.")
    if frist <= timezone.localdate(um):
        raise SchrittNichtMoeglich("Die Frist muss in der Zukunft liegen.")
    gehe(
        antrag,
        "nachfordern",
        durch=durch,
        um=um,
        gesehen=gesehen,
        angaben={"abschnitte": gewaehlt, "frist": frist.isoformat()},
    )
    with neue_marke():
        nachforderung = Nachforderung.objects.create(
            antrag=antrag,
            marke=marke,
            abschnitte=gewaehlt,
            text=text,
            frist=frist,
            gestellt_um=um,
            gestellt_von=durch,
        )
    _schreibe_der_kommune(vorlagen.NACHFORDERUNG, antrag, bis=tag(frist))
    return nachforderung


@transaction.atomic
def nimm_nachforderung_zurueck(
    antrag: Foerderantrag, *, durch: Konto, um: datetime, gesehen: int, grund: str
) -> None:
    """The version that was valid all the time stays so; the sections are closed again.

    What the Kommune has typed for it goes, else it would count as a change elsewhere later. Sent
    twice it is done once.
    """
    if schon_gegangen(sperre(antrag), "nachforderung_zuruecknehmen", durch, gesehen):
        return
    gehe(
        antrag, "nachforderung_zuruecknehmen", durch=durch, um=um, gesehen=gesehen, grund=grund
    )  # fmt: skip
    antrag.nachforderungen.offen().update(erledigt_um=um)
    stelle_fassung_wieder_her(antrag, um=um)
    _schreibe_der_kommune(vorlagen.NACHFORDERUNG_ZURUECKGENOMMEN, antrag)


# --- Formal check --------------------------------------------------------------


def stand_vom(antrag: Foerderantrag) -> datetime:
    """When the newest version arrived: what was checked before has to be checked again."""
    neueste = antrag.fassungen.order_by("-nummer").values_list("eingegangen_um", flat=True).first()
    return neueste or antrag.eingereicht_um


@transaction.atomic
def speichere_formale_pruefung(
    antrag: Foerderantrag,
    antworten: Mapping[int, Antwort],
    *,
    durch: Konto,
    um: datetime,
    gesehen: int,
) -> int:
    """Store the answers by number of the point, some or all; returns how many changed.

    Raises SchrittNichtMoeglich where the list is not open, a point is unknown, or "nicht
    erfüllt" or "entfällt" comes without a remark.
    """
    fuer = _handelnd(antrag, durch, Handelnde.SACHBEARBEITUNG)
    jetzt = sperre(antrag)
    _verlange_status(jetzt, Status.EINGEREICHT)
    punkte = {punkt.nummer: punkt for punkt in jetzt.regelwerk.checkliste.all()}
    if antworten.keys() - punkte.keys():
        raise SchrittNichtMoeglich("Diesen Punkt gibt es in der Prüfliste nicht.")
    for nummer, antwort in antworten.items():
        if antwort.ergebnis not in Formalpruefung.Ergebnis.values:
            raise SchrittNichtMoeglich(f"Punkt {nummer}: Wählen Sie ein Ergebnis.")
        if antwort.ergebnis != Formalpruefung.Ergebnis.ERFUELLT and not antwort.bemerkung.strip():
            raise SchrittNichtMoeglich(
                f"Punkt {nummer}: Begründen Sie, warum der Punkt nicht erfüllt ist oder entfällt."
            )
    vorhanden = {
        pruefung.punkt.nummer: pruefung
        for pruefung in jetzt.formalpruefungen.select_related("punkt")
    }
    ab = stand_vom(jetzt)
    geaendert = {
        nummer: antwort
        for nummer, antwort in antworten.items()
        if nummer not in vorhanden
        or vorhanden[nummer].geprueft_um < ab
        or (vorhanden[nummer].ergebnis, vorhanden[nummer].bemerkung)
        != (antwort.ergebnis, antwort.bemerkung)
    }
    if not geaendert:
        return 0
    _zaehle_weiter(antrag, gesehen)
    Formalpruefung.objects.bulk_create(
        [
            Formalpruefung(
                antrag=antrag,
                punkt=punkte[nummer],
                ergebnis=antwort.ergebnis,
                bemerkung=antwort.bemerkung,
                geprueft_um=um,
                geprueft_von=durch,
            )
            for nummer, antwort in geaendert.items()
        ],
        update_conflicts=True,
        unique_fields=["antrag", "punkt"],
        update_fields=["ergebnis", "bemerkung", "geprueft_um", "geprueft_von"],
    )
    protokolliere(
        FORMAL_GEPRUEFT, antrag, durch=durch, fuer=fuer, angaben={"punkte": sorted(geaendert)}
    )
    return len(geaendert)


@transaction.atomic
def schliesse_formale_pruefung_ab(
    antrag: Foerderantrag, *, durch: Konto, um: datetime, gesehen: int, trotzdem: str = ""
) -> None:
    """Every point of the rule set has an answer to the newest version.

    Points that are not fulfilled hold the case back, unless `trotzdem` says why it goes on; the
    log keeps that. Raises SchrittNichtMoeglich with the numbers of the points.
    """
    pruefe_recht(antrag, SCHRITTE["formell_pruefen"], durch)
    jetzt = sperre(antrag)
    ergebnisse = {
        pruefung.punkt_id: pruefung.ergebnis
        for pruefung in jetzt.formalpruefungen.filter(geprueft_um__gte=stand_vom(jetzt))
    }
    punkte = list(jetzt.regelwerk.checkliste.all())
    offen = [punkt.nummer for punkt in punkte if punkt.pk not in ergebnisse]
    unerfuellt = [
        punkt.nummer
        for punkt in punkte
        if ergebnisse.get(punkt.pk) == Formalpruefung.Ergebnis.NICHT_ERFUELLT
    ]
    if jetzt.status == Status.EINGEREICHT and offen:
        raise SchrittNichtMoeglich(f"Beantworten Sie zuerst: {_punkte_in_worten(offen)}.")
    if jetzt.status == Status.EINGEREICHT and unerfuellt and not trotzdem.strip():
        raise SchrittNichtMoeglich(
            f"Nicht erfüllt: {_punkte_in_worten(unerfuellt)}. Fordern Sie nach oder begründen Sie, "
            "warum der Antrag trotzdem weitergeht."
        )
    gehe(
        antrag,
        "formell_pruefen",
        durch=durch,
        um=um,
        gesehen=gesehen,
        grund=trotzdem if unerfuellt else "",
        angaben={"nicht_erfuellt": unerfuellt},
    )


@transaction.atomic
def oeffne_formale_pruefung(
    antrag: Foerderantrag, *, durch: Konto, um: datetime, gesehen: int, grund: str
) -> None:
    """A step back (F26); the answers stay and can be changed. Sent twice it is done once."""
    if schon_gegangen(sperre(antrag), "formelle_pruefung_oeffnen", durch, gesehen):
        return
    gehe(antrag, "formelle_pruefung_oeffnen", durch=durch, um=um, gesehen=gesehen, grund=grund)


# --- Expert check --------------------------------------------------------------


def punkte_hoechstens(antrag: Foerderantrag) -> int:
    """Where the scale of scores ends; the rule set says so."""
    return ganzer_wert(antrag.geltendes_regelwerk, Regel.Schluessel.PUNKTE_HOECHSTENS)


@transaction.atomic
def speichere_gutachten(
    antrag: Foerderantrag,
    wertungen: Mapping[int, Wertung],
    votum: str,
    begruendung: str,
    *,
    durch: Konto,
    um: datetime,
    gesehen: int,
) -> Gutachten:
    """Keep the own review as a draft; `gesehen` is its version on the page, 0 for none yet.

    After a new version of the application it is a new one. Raises SchrittNichtMoeglich for a
    score outside the scale and once it is handed in.
    """
    _handelnd(antrag, durch, Handelnde.PRUEFUNG)
    jetzt = sperre(antrag)
    _verlange_status(jetzt, Status.FORMELL_GEPRUEFT)
    return _speichere_gutachten(
        jetzt, wertungen, votum, begruendung, durch=durch, um=um, gesehen=gesehen
    )


@transaction.atomic
def gib_gutachten_ab(
    antrag: Foerderantrag,
    wertungen: Mapping[int, Wertung],
    votum: str,
    begruendung: str,
    *,
    durch: Konto,
    um: datetime,
    gesehen: int,
) -> Gutachten:
    """Save the review and hand it in: now the others' can be seen, and it cannot be changed.

    Sent twice it is done once. Raises SchrittNichtMoeglich where a score, the vote or its reasons
    are missing, and for another review than the one that is handed in already.
    """
    fuer = _handelnd(antrag, durch, Handelnde.PRUEFUNG)
    jetzt = sperre(antrag)
    _verlange_status(jetzt, Status.FORMELL_GEPRUEFT)
    vorhanden = eigenes_gutachten(jetzt, durch)
    if (
        vorhanden
        and gilt_noch(jetzt, vorhanden)
        and _sagt(vorhanden, wertungen, votum, begruendung)
    ):
        return vorhanden  # the same form sent twice
    ohne = [
        standard.nummer
        for standard in IM_ANTRAG
        if wertungen.get(standard.nummer, Wertung()).punkte is None
    ]
    if ohne:
        raise SchrittNichtMoeglich(
            f"Geben Sie Punkte für diese Schritte an: {', '.join(map(str, ohne))}."
        )
    if votum not in Gutachten.Votum.values or not begruendung.strip():
        raise SchrittNichtMoeglich("Wählen Sie ein Votum und begründen Sie es.")
    gutachten = _speichere_gutachten(
        jetzt, wertungen, votum, begruendung, durch=durch, um=um, gesehen=gesehen
    )
    gutachten.abgegeben_um = um
    gutachten.save(update_fields=["abgegeben_um"])
    _zaehle_weiter(antrag, jetzt.version)
    protokolliere(
        GUTACHTEN_ABGEGEBEN, antrag, durch=durch, fuer=fuer, angaben={"gutachten": gutachten.pk}
    )
    return gutachten


@transaction.atomic
def fasse_gutachten_neu(
    antrag: Foerderantrag, *, durch: Konto, um: datetime, grund: str
) -> Gutachten:
    """The own review was handed in by mistake: a new draft with the same text takes its place.

    The first one stays as a record and counts no more; the log keeps the reason. Sent twice it is
    done once.
    """
    fuer = _handelnd(antrag, durch, Handelnde.PRUEFUNG)
    jetzt = sperre(antrag)
    _verlange_status(jetzt, Status.FORMELL_GEPRUEFT)
    if not grund.strip():
        raise SchrittNichtMoeglich("Geben Sie einen Grund an.")
    altes = eigenes_gutachten(jetzt, durch)
    if altes is None:
        raise Ueberholt("Sie haben noch keine fachliche Prüfung abgegeben.")
    if altes.abgegeben_um is None:
        return altes
    neues = Gutachten.objects.create(
        antrag=antrag,
        von=durch,
        votum=altes.votum,
        begruendung=altes.begruendung,
        version=1,
        begonnen_um=um,
    )
    Bewertung.objects.bulk_create(
        Bewertung(
            gutachten=neues,
            standard=bewertung.standard,
            punkte=bewertung.punkte,
            hoechstens=bewertung.hoechstens,
            text=bewertung.text,
        )
        for bewertung in altes.bewertungen.all()
    )
    _zaehle_weiter(antrag, jetzt.version)
    protokolliere(
        GUTACHTEN_NEU,
        antrag,
        durch=durch,
        fuer=fuer,
        grund=grund,
        angaben={"gutachten": neues.pk, "ersetzt": altes.pk},
    )
    return neues


def eigenes_gutachten(antrag: Foerderantrag, konto: Konto) -> Gutachten | None:
    """The newest review of `konto`, draft or handed in."""
    return antrag.gutachten.filter(von=konto).order_by("pk").last()


def gilt_noch(antrag: Foerderantrag, gutachten: Gutachten) -> bool:
    """Handed in, and on the version of the application that is the newest."""
    return gutachten.abgegeben_um is not None and gutachten.abgegeben_um >= stand_vom(antrag)


def _sagt(gutachten, wertungen, votum, begruendung):
    """Whether the review is this one."""
    gegeben = {nummer: wertung for nummer, wertung in wertungen.items() if wertung != Wertung()}
    bewertungen = gutachten.bewertungen.all()
    return (gutachten.votum, gutachten.begruendung) == (votum, begruendung) and gegeben == {
        bewertung.standard: Wertung(bewertung.punkte, bewertung.text) for bewertung in bewertungen
    }


def _speichere_gutachten(antrag, wertungen, votum, begruendung, *, durch, um, gesehen):
    hoechstens = punkte_hoechstens(antrag)
    for nummer, wertung in wertungen.items():
        if wertung.punkte is not None and not 0 <= wertung.punkte <= hoechstens:
            raise SchrittNichtMoeglich(f"Schritt {nummer}: Möglich sind 0 bis {hoechstens} Punkte.")
    if votum and votum not in Gutachten.Votum.values:
        raise SchrittNichtMoeglich("Dieses Votum gibt es nicht.")
    gutachten = eigenes_gutachten(antrag, durch)
    if gutachten and gilt_noch(antrag, gutachten):
        raise SchrittNichtMoeglich("Ihre fachliche Prüfung ist abgegeben.")
    if gutachten and gutachten.abgegeben_um:
        gutachten = None  # on an older version: it stays as it is, this is a new one
    if (gutachten.version if gutachten else 0) != gesehen:
        raise Ueberholt(
            "Sie haben diese Prüfung inzwischen in einem anderen Fenster gespeichert. "
            "Prüfen Sie Ihre Eingaben und speichern Sie noch einmal."
        )
    if gutachten is None:
        gutachten = Gutachten(antrag=antrag, von=durch, begonnen_um=um)
    gutachten.votum, gutachten.begruendung = votum, begruendung
    gutachten.version += 1
    gutachten.save()
    gutachten.bewertungen.all().delete()
    Bewertung.objects.bulk_create(
        Bewertung(
            gutachten=gutachten,
            standard=standard.nummer,
            punkte=wertung.punkte,
            hoechstens=hoechstens,
            text=wertung.text,
        )
        for standard in STANDARDS
        if (wertung := wertungen.get(standard.nummer, Wertung())) != Wertung()
    )
    return gutachten


@transaction.atomic
def schliesse_fachliche_pruefung_ab(
    antrag: Foerderantrag, *, durch: Konto, um: datetime, gesehen: int
) -> None:
    """Enough reviews on the newest version; those of biased people do not count.

    Sent twice it is done once.
    """
    pruefe_recht(antrag, SCHRITTE["fachlich_pruefen"], durch)
    jetzt = sperre(antrag)
    if schon_gegangen(jetzt, "fachlich_pruefen", durch, gesehen):
        return
    noetig = ganzer_wert(jetzt.regelwerk, Regel.Schluessel.GUTACHTEN_MINDESTENS)
    nummern = list(jetzt.gutachten.zaehlt().order_by("pk").values_list("pk", flat=True))
    if jetzt.status == Status.FORMELL_GEPRUEFT and len(nummern) < noetig:
        raise SchrittNichtMoeglich(
            f"Nötig {'ist eine fachliche Prüfung' if noetig == 1 else f'sind {noetig} fachliche Prüfungen'} "
            f"ohne Befangenheit, abgegeben {'ist' if len(nummern) == 1 else 'sind'} {len(nummern)}."
        )
    gehe(
        antrag,
        "fachlich_pruefen",
        durch=durch,
        um=um,
        gesehen=gesehen,
        angaben={"gutachten": nummern},
    )


@transaction.atomic
def oeffne_fachliche_pruefung(
    antrag: Foerderantrag, *, durch: Konto, um: datetime, gesehen: int, grund: str
) -> None:
    """A step back (F26); the reviews stay, their authors can open their own.

    Sent twice it is done once.
    """
    if schon_gegangen(sperre(antrag), "fachliche_pruefung_oeffnen", durch, gesehen):
        return
    gehe(antrag, "fachliche_pruefung_oeffnen", durch=durch, um=um, gesehen=gesehen, grund=grund)


# --- Who works on a case -------------------------------------------------------


@transaction.atomic
def erklaere_befangenheit(antrag: Foerderantrag, *, durch: Konto, um: datetime, grund: str) -> None:
    """From now on the case does not exist for `durch`; the Leitung is asked to reassign it.

    What the person did before stays in the log, their review counts no more. Declaring it twice
    changes nothing.
    """
    if Befangenheit.objects.filter(antrag=antrag, konto=durch).exists():
        return
    fuer = _handelnd(antrag, durch, *LPR)
    if not grund.strip():
        raise SchrittNichtMoeglich("Geben Sie an, warum Sie befangen sind.")
    sperre(antrag)
    _, neu = Befangenheit.objects.get_or_create(
        antrag=antrag, konto=durch, defaults={"erklaert_um": um}
    )
    if not neu:
        return
    Foerderantrag.objects.filter(pk=antrag.pk, zustaendig=durch).update(zustaendig=None)
    antrag.refresh_from_db()
    protokolliere(BEFANGEN, antrag, durch=durch, fuer=fuer, grund=grund)
    for konto in personal(Handelnde.LEITUNG, antrag):
        stelle_ein(
            vorlagen.BEFANGENHEIT_ERKLAERT, an=konto, gegenstand=antrag, angaben=_angaben(antrag)
        )


def personal(art: Handelnde, antrag: Foerderantrag) -> QuerySet[Konto]:
    """The staff who act as `art` by a right of their own and are not biased in the case."""
    app, recht = RECHTE[art].split(".")
    return (
        Konto.objects.personal()
        .filter(
            groups__permissions__codename=recht,
            groups__permissions__content_type__app_label=app,
        )
        .exclude(pk__in=Befangenheit.objects.filter(antrag=antrag).values("konto"))
        .distinct()
        .order_by("name", "pk")
    )


@transaction.atomic
def weise_zu(
    antrag: Foerderantrag, konto: Konto | None, *, durch: Konto, um: datetime, gesehen: int | None
) -> None:
    """Make somebody of the Sachbearbeitung responsible, or nobody; they are told by mail.

    `gesehen` is the key of who was responsible on the page. It is no step of the procedure, so
    the version of the case stays: the Kommune need not know.
    """
    fuer = _handelnd(antrag, durch, Handelnde.SACHBEARBEITUNG, Handelnde.LEITUNG)
    jetzt = sperre(antrag)
    if jetzt.zustaendig_id == (konto.pk if konto else None):
        return  # e.g. because the form was sent twice
    if jetzt.zustaendig_id != gesehen:
        wer = jetzt.zustaendig or "niemand"
        raise Ueberholt(f"Die Zuständigkeit hat sich inzwischen geändert. Zuständig ist: {wer}.")
    if jetzt.status in BEENDET:
        raise Ueberholt(f"Der Vorgang ist beendet: {jetzt.get_status_display()}.")
    if konto and not personal(Handelnde.SACHBEARBEITUNG, antrag).filter(pk=konto.pk).exists():
        raise SchrittNichtMoeglich(
            "Zuständig werden kann nur eine Person der Sachbearbeitung, die nicht befangen ist."
        )
    Foerderantrag.objects.filter(pk=antrag.pk).update(zustaendig=konto)
    antrag.refresh_from_db()
    angaben = {"um": um.isoformat(timespec="seconds")}
    if konto:
        angaben["konto"] = konto.pk
    protokolliere(ZUGEWIESEN, antrag, durch=durch, fuer=fuer, angaben=angaben)
    if konto and konto != durch:
        stelle_ein(
            vorlagen.VORGANG_ZUGEWIESEN, an=konto, gegenstand=antrag, angaben=_angaben(antrag)
        )


@transaction.atomic
def lege_wieder_vor(
    antrag: Foerderantrag,
    am: date | None,
    grund: str,
    *,
    durch: Konto,
    um: datetime,
    gesehen: date | None,
) -> None:
    """Put the case on the list again on the day `am`, which lies in the future; None ends it.

    `gesehen` is the day that stood on the page. The version of the case stays, see `weise_zu`.
    """
    fuer = _handelnd(antrag, durch, *LPR)
    jetzt = sperre(antrag)
    if am and am <= timezone.localdate(um):
        raise SchrittNichtMoeglich("Die Wiedervorlage muss in der Zukunft liegen.")
    grund = grund.strip() if am else ""
    if (jetzt.wiedervorlage_am, jetzt.wiedervorlage_grund) == (am, grund):
        return
    if jetzt.wiedervorlage_am != gesehen:
        stand = tag(jetzt.wiedervorlage_am) if jetzt.wiedervorlage_am else "keine"
        raise Ueberholt(f"Die Wiedervorlage hat sich inzwischen geändert. Jetzt gilt: {stand}.")
    Foerderantrag.objects.filter(pk=antrag.pk).update(
        wiedervorlage_am=am, wiedervorlage_grund=grund
    )
    antrag.refresh_from_db()
    protokolliere(
        WIEDERVORLAGE,
        antrag,
        durch=durch,
        fuer=fuer,
        grund=grund,
        angaben={"am": am.isoformat()} if am else {},
    )


@transaction.atomic
def schreibe_vermerk(
    antrag: Foerderantrag, text: str, *, durch: Konto, um: datetime, marke: UUID
) -> Vermerk:
    """An internal note. The same form sent twice (`marke`) gives the first note again."""
    fuer = _handelnd(antrag, durch, *LPR)
    sperre(antrag)
    vorhanden = Vermerk.objects.filter(marke=marke, von=durch, antrag=antrag).first()
    if vorhanden:
        return vorhanden
    if not text.strip():
        raise SchrittNichtMoeglich("Schreiben Sie den Vermerk.")
    with neue_marke():
        vermerk = Vermerk.objects.create(antrag=antrag, marke=marke, text=text, von=durch, um=um)
    protokolliere(VERMERKT, antrag, durch=durch, fuer=fuer, angaben={"vermerk": vermerk.pk})
    return vermerk


# --- What the acts are made of -------------------------------------------------


def _handelnd(antrag: Foerderantrag, durch: Konto, *arten: Handelnde) -> Konto | None:
    """In whose deputyship `durch` acts as one of `arten`; None where the right is their own.

    Raises KeinRecht for everybody else, and for people with a conflict of interest.
    """
    moeglich = [art for art in arten if art in handelt_als(durch, antrag)]
    if not moeglich:
        raise KeinRecht(f"Das macht {' oder '.join(art.value for art in arten)}.")
    vertretene = [vertretung.fuer(durch, RECHTE[art], [antrag.zustaendig_id]) for art in moeglich]
    return None if None in vertretene else vertretene[0]


def _verlange_status(antrag, status):
    if antrag.status != status:
        raise Ueberholt(
            f"Das geht nur im Stand „{status.label}“. "
            f"Jetzt ist der Antrag: {antrag.get_status_display()}."
        )


def _zaehle_weiter(antrag, gesehen):
    """The next version of the case, if it is still the one that was seen."""
    passend = Foerderantrag.objects.filter(pk=antrag.pk, version=gesehen)
    if not passend.update(version=F("version") + 1):
        raise Ueberholt(GEAENDERT)
    antrag.refresh_from_db()


def _punkte_in_worten(nummern):
    return ("Punkt " if len(nummern) == 1 else "Punkte ") + ", ".join(map(str, nummern))


def _angaben(antrag):
    return {"nummer": antrag.nummer, "antrag": str(antrag.pk)}


def _schreibe_der_kommune(vorlage, antrag, **weiteres):
    """To everybody who can change or sign the application."""
    for konto in beteiligte(antrag.kommune):
        stelle_ein(vorlage, an=konto, gegenstand=antrag, angaben={**_angaben(antrag), **weiteres})
