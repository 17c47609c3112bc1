"""A Kommune reports what changes while its project runs, and the LPR answers (F21).

    melde -> nimm_zur_kenntnis (Sachbearbeitung)                       where a notice is enough
          -> schlage_antwort_vor -> genehmige_antwort (Leitung)        where consent is needed

Which of the two it is the server decides when the report arrives. An accepted extension, and less
money where the Sachbearbeitung says so, is done when a notice has changed the grant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from asskomm.formate import euro, tag
from asskomm.konten import vertretung, vieraugen
from asskomm.konten.models import Konto
from asskomm.post.verfahren import stelle_ein
from asskomm.protokoll.handlungen import Handlung
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import KeinRecht, SchrittNichtMoeglich, Ueberholt

from .. import kenntnis
from ..aenderungen import vorlagen
from ..aenderungen.ansaetze import ansaetze, braucht_zustimmung
from ..befugnisse import RECHTE, Handelnde, handelt_als
from ..bemessung import CENT, NULL
from ..bescheid.inhalt import geltender
from ..klarnamen import nennt_person
from ..models import (
    Aenderung,
    Aenderungsart,
    Aenderungsentscheidung,
    Aenderungsstand,
    Anlass,
    Foerderantrag,
    Regel,
    Status,
    Umschichtung,
)
from ..plan.ausgabenarten import ARTEN
from ..regelwerk.werte import ganzer_wert, wert
from .aktenfuehrung import personal
from .entscheidung import Unzulaessig
from .pruefung import angaben_zu, handelnd
from .schritte import neue_marke, sperre
from .zeichnung import beteiligte

A, S = Aenderungsart, Aenderungsstand
GEMELDET = Handlung("aenderung.gemeldet", "Änderung gemeldet")
ZURUECKGEZOGEN = Handlung("aenderung.zurueckgezogen", "Gemeldete Änderung zurückgezogen")
ZUR_KENNTNIS = Handlung("aenderung.zur_kenntnis", "Änderung zur Kenntnis genommen")
ZUGESTIMMT = Handlung("aenderung.zugestimmt", "Änderung zugestimmt")
ABGELEHNT = Handlung("aenderung.abgelehnt", "Änderung abgelehnt")
# While the project runs.
MELDBAR = (Status.BESTANDSKRAEFTIG, Status.IN_DURCHFUEHRUNG)
# Whose acceptance can change the grant.
MIT_BESCHEID = (A.MINDERAUSGABEN, A.FINANZIERUNG)
NUR_JETZT = "Änderungen lassen sich melden, solange das Vorhaben bewilligt ist und läuft."
NEUER_BESCHEID = (
    "Zu diesem Antrag gibt es einen Bescheid, den Ihre Kommune noch nicht kennt. Rufen Sie ihn "
    "zuerst ab, oder warten Sie auf den Brief."
)
ZEICHNUNG_NOETIG = (
    "Das braucht die Zustimmung der Geschäftsstelle. Beantragen muss es eine Person mit der Rolle "
    "Zeichnung."
)
ZURUECKGEZOGEN_INZWISCHEN = "Die Kommune hat die Meldung zurückgezogen."


@dataclass(frozen=True)
class Meldung:
    """What the Kommune reports; which of the fields count depends on the kind."""

    art: Aenderungsart
    begruendung: str
    anlass: str = ""
    bis_neu: date | None = None
    ausgaben_neu: Decimal | None = None
    geldgeber: str = ""
    betrag: Decimal | None = None
    neu: Mapping[str, Decimal] = field(default_factory=dict)


def hindernis(antrag: Foerderantrag, heute: date) -> str:
    """Why the Kommune cannot report anything today; empty where it can."""
    if kenntnis.kenntnis(antrag, heute).unbekannt:
        return NEUER_BESCHEID
    return "" if antrag.status in MELDBAR else NUR_JETZT


def grenze(antrag: Foerderantrag) -> Decimal:
    """By how many percent a kind of expenditure may go up without consent."""
    return wert(antrag.regelwerk, Regel.Schluessel.UMSCHICHTUNG_PROZENT)


# --- The Kommune -------------------------------------------------------------------


def _verlangt_zustimmung(antrag, meldung):
    """The server decides: an extension always, a shift beyond the limit of the rule set."""
    if meldung.art == A.VERLAENGERUNG:
        return True
    return meldung.art == A.UMSCHICHTUNG and braucht_zustimmung(
        ansaetze(antrag).plan, meldung.neu, grenze(antrag)
    )


def maengel(antrag: Foerderantrag, meldung: Meldung) -> Iterator[tuple[str, str]]:
    """Everything about a report that breaks a rule: field and sentence."""
    if not meldung.begruendung.strip():
        yield "begruendung", "Schreiben Sie, was sich ändert und warum."
    bescheid = geltender(antrag)
    match meldung.art:
        case A.UMSCHICHTUNG:
            yield from _maengel_der_umschichtung(antrag, meldung.neu)
        case A.VERLAENGERUNG:
            bis = date.fromisoformat(bescheid.inhalt["zuwendung"]["bewilligung_bis"])
            if meldung.bis_neu is None:
                yield "bis_neu", "Geben Sie das neue Ende an."
            elif meldung.bis_neu <= bis:
                yield "bis_neu", f"Das neue Ende muss nach dem bisherigen liegen, dem {tag(bis)}."
        case A.MINDERAUSGABEN:
            bisher = bescheid.entscheidung.zuwendungsfaehig_euro
            if not meldung.ausgaben_neu or meldung.ausgaben_neu <= 0:
                yield "ausgaben_neu", "Geben Sie die erwarteten Ausgaben an, mehr als 0 Euro."
            elif meldung.ausgaben_neu >= bisher:
                yield (
                    "ausgaben_neu",
                    f"Der Bescheid geht von {euro(bisher)} aus. Geben Sie weniger an.",
                )
        case A.FINANZIERUNG:
            if not meldung.geldgeber.strip():
                yield "geldgeber", "Geben Sie an, von wem die Mittel kommen."
            elif fund := nennt_person(meldung.geldgeber):
                yield "geldgeber", fund.satz
            if not meldung.betrag or meldung.betrag <= 0:
                yield "betrag", "Geben Sie einen Betrag über 0 Euro an."
        case A.MITTEILUNG if meldung.anlass not in Anlass.values:
            yield "anlass", "Wählen Sie, worum es geht."


def _maengel_der_umschichtung(antrag, neu):
    stand = ansaetze(antrag)
    unbekannt = [art for art in neu if art not in ARTEN]
    erste = next(iter(ARTEN))
    summe = sum(neu.values(), NULL)
    if unbekannt or any(betrag < 0 for betrag in neu.values()):
        yield f"neu_{erste}", "Geben Sie für jede Ausgabenart einen Betrag ab 0 Euro an."
    elif summe != stand.summe:
        yield (
            f"neu_{erste}",
            f"Die Summe muss gleich bleiben: Geplant sind {euro(stand.summe)}, verteilt haben Sie "
            f"{euro(summe)}.",
        )
    elif all(neu.get(art, NULL) == stand.gemeldet.get(art, NULL) for art in ARTEN):
        yield f"neu_{erste}", "Es hat sich kein Betrag geändert."


@transaction.atomic
def melde(
    antrag: Foerderantrag, meldung: Meldung, *, durch: Konto, um: datetime, marke: UUID
) -> Aenderung:
    """Report a change; the same form sent twice is one report.

    Raises KeinRecht, also where consent is needed and `durch` does not sign; SchrittNichtMoeglich
    where nothing can be reported now; Unzulaessig with a sentence for each field.
    """
    jetzt = sperre(antrag)
    vorhanden = Aenderung.objects.filter(marke=marke, antrag=antrag, gemeldet_von=durch).first()
    if vorhanden:
        return vorhanden
    als = handelt_als(durch, jetzt)
    if not als & {Handelnde.BEARBEITUNG, Handelnde.ZEICHNUNG}:
        raise KeinRecht(f"Das meldet {Handelnde.BEARBEITUNG.value} oder Zeichnung.")
    if satz := hindernis(jetzt, timezone.localdate(um)):
        raise SchrittNichtMoeglich(satz)
    if felder := dict(maengel(jetzt, meldung)):
        raise Unzulaessig(felder)
    zustimmung = _verlangt_zustimmung(jetzt, meldung)
    if zustimmung and Handelnde.ZEICHNUNG not in als:
        raise KeinRecht(ZEICHNUNG_NOETIG)
    offene = jetzt.aenderungen.offen().filter(art=meldung.art)
    if meldung.art != A.MITTEILUNG and offene.exists():
        raise SchrittNichtMoeglich(
            "Eine Meldung dieser Art ist noch offen. Ziehen Sie sie zurück, oder warten Sie auf "
            "die Antwort."
        )
    nummer = (jetzt.aenderungen.aggregate(letzte=Max("nummer"))["letzte"] or 0) + 1
    with neue_marke():
        aenderung = Aenderung.objects.create(
            antrag=jetzt,
            marke=marke,
            nummer=nummer,
            art=meldung.art,
            braucht_zustimmung=zustimmung,
            begruendung=meldung.begruendung.strip(),
            gemeldet_um=um,
            gemeldet_von=durch,
            **_felder(jetzt, meldung),
        )
    if meldung.art == A.UMSCHICHTUNG:
        _schreibe_umschichtung(aenderung, meldung.neu)
    _vermerke(GEMELDET, aenderung, durch=durch, um=um)
    _benachrichtige(vorlagen.GEMELDET, _zustaendige(jetzt), aenderung)
    return aenderung


def _felder(antrag, meldung):
    match meldung.art:
        case A.UMSCHICHTUNG:
            return {"grenze_prozent": grenze(antrag)}
        case A.VERLAENGERUNG:
            return {"bis_neu": meldung.bis_neu}
        case A.MINDERAUSGABEN:
            return {"ausgaben_neu_euro": meldung.ausgaben_neu}
        case A.FINANZIERUNG:
            return {"geldgeber": meldung.geldgeber.strip(), "betrag_euro": meldung.betrag}
    return {"anlass": meldung.anlass}


def _schreibe_umschichtung(aenderung, neu):
    plan = ansaetze(aenderung.antrag).plan
    Umschichtung.objects.bulk_create(
        Umschichtung(
            aenderung=aenderung,
            ausgabenart=art,
            plan_euro=plan.get(art, NULL),
            neu_euro=neu.get(art, NULL),
        )
        for art in ARTEN
        if plan.get(art) or neu.get(art)
    )


@transaction.atomic
def ziehe_zurueck(aenderung: Aenderung, *, durch: Konto, um: datetime, gesehen: int) -> None:
    """The Kommune takes back what nobody has decided yet; a proposal of the LPR goes with it."""
    jetzt = _sperre(aenderung)
    if (jetzt.stand, jetzt.version, jetzt.erledigt_von_id) == (
        S.ZURUECKGEZOGEN, gesehen + 1, durch.pk,
    ):  # fmt: skip
        return
    if not handelt_als(durch, jetzt.antrag) & {Handelnde.BEARBEITUNG, Handelnde.ZEICHNUNG}:
        raise KeinRecht(f"Das macht {Handelnde.BEARBEITUNG.value} oder Zeichnung.")
    _beende(jetzt, S.ZURUECKGEZOGEN, durch=durch, um=um, gesehen=gesehen)
    if offen := offener_vorschlag(jetzt):
        vieraugen.lehne_ab(offen, durch=durch, um=um, grund=ZURUECKGEZOGEN_INZWISCHEN)
    _vermerke(ZURUECKGEZOGEN, jetzt, durch=durch, um=um)


# --- The LPR -----------------------------------------------------------------------


@transaction.atomic
def nimm_zur_kenntnis(
    aenderung: Aenderung,
    *,
    antwort: str,
    vermerk: str = "",
    bescheid_aendern: bool = False,
    durch: Konto,
    um: datetime,
    gesehen: int,
) -> None:
    """The Sachbearbeitung notes what needs no consent, and says whether the grant has to change."""
    jetzt = _sperre(aenderung)
    if _ist_beendet(jetzt, S.ZUR_KENNTNIS, durch, gesehen):
        return
    fuer = handelnd(jetzt.antrag, durch, Handelnde.SACHBEARBEITUNG)
    if jetzt.braucht_zustimmung:
        raise SchrittNichtMoeglich(
            "Diese Änderung braucht eine Zustimmung. Schlagen Sie die Antwort vor."
        )
    if not antwort.strip():
        raise Unzulaessig({"antwort": "Schreiben Sie, was die Kommune liest."})
    _beende(
        jetzt,
        S.ZUR_KENNTNIS,
        durch=durch,
        um=um,
        gesehen=gesehen,
        erledigt_fuer=fuer,
        antwort=antwort.strip(),
        vermerk=vermerk.strip(),
        braucht_bescheid=bescheid_aendern and jetzt.art in MIT_BESCHEID,
    )
    _vermerke(ZUR_KENNTNIS, jetzt, durch=durch, fuer=fuer, um=um)
    _benachrichtige(vorlagen.BEANTWORTET, beteiligte(jetzt.antrag.kommune), jetzt)


def offener_vorschlag(aenderung: Aenderung) -> Aenderungsentscheidung | None:
    return (
        Aenderungsentscheidung.objects.offen()
        .filter(aenderung=aenderung)
        .select_related("vorgeschlagen_von", "vorgeschlagen_fuer")
        .first()
    )


@transaction.atomic
def schlage_antwort_vor(
    aenderung: Aenderung,
    *,
    zustimmen: bool,
    antwort: str,
    begruendung: str,
    durch: Konto,
    um: datetime,
    gesehen: int,
    marke: UUID,
) -> Aenderungsentscheidung:
    """Propose consent or refusal with the text for the Kommune; `begruendung` stays inside."""
    jetzt = _sperre(aenderung)
    vorhanden = Aenderungsentscheidung.objects.filter(
        marke=marke, vorgeschlagen_von=durch, aenderung=jetzt
    ).first()
    if vorhanden:
        return vorhanden
    fuer = handelnd(jetzt.antrag, durch, Handelnde.SACHBEARBEITUNG)
    _verlange_offen(jetzt, gesehen)
    if not jetzt.braucht_zustimmung:
        raise SchrittNichtMoeglich("Diese Änderung braucht keine Zustimmung.")
    if offener_vorschlag(jetzt):
        raise SchrittNichtMoeglich("Zu dieser Änderung liegt schon ein Vorschlag vor.")
    fehlt = {
        "antwort": "" if antwort.strip() else "Schreiben Sie, was die Kommune liest.",
        "begruendung": "" if begruendung.strip() else "Begründen Sie den Vorschlag.",
    }
    if felder := {name: satz for name, satz in fehlt.items() if satz}:
        raise Unzulaessig(felder)
    vorschlag = Aenderungsentscheidung(
        aenderung=jetzt,
        marke=marke,
        zustimmen=zustimmen,
        antwort=antwort.strip(),
        begruendung=begruendung.strip(),
    )
    try:
        vorschlag = vieraugen.schlage_vor(vorschlag, durch=durch, um=um, fuer=fuer)
    except ValidationError as fehler:
        raise SchrittNichtMoeglich(" ".join(fehler.messages)) from fehler
    leitung = personal(Handelnde.LEITUNG, jetzt.antrag)
    entscheidende = leitung.exclude(pk__in=vieraugen.beteiligte(vorschlag))
    _benachrichtige(vorlagen.VORGESCHLAGEN, entscheidende, jetzt)
    return vorschlag


def entscheidet_fuer(vorschlag: Aenderungsentscheidung, durch: Konto) -> Konto | None:
    """In whose deputyship `durch` decides; None where the right is their own."""
    return vertretung.fuer(durch, RECHTE[Handelnde.LEITUNG], vieraugen.beteiligte(vorschlag))


def genehmige_antwort(
    vorschlag: Aenderungsentscheidung, *, durch: Konto, um: datetime, gesehen: int
) -> None:
    """The second person decides as proposed. The attempt of who takes part is logged for good."""
    fuer = entscheidet_fuer(vorschlag, durch)
    vieraugen.pruefe_zweite_person(vorschlag, durch=durch, fuer=fuer)
    with transaction.atomic():
        jetzt = _sperre(vorschlag.aenderung)
        _verlange_leitung(jetzt, durch)
        vieraugen.sperre_offenen(vorschlag)
        _verlange_offen(jetzt, gesehen)
        vieraugen.genehmige(vorschlag, durch=durch, um=um, fuer=fuer)
        _beende(
            jetzt,
            S.ZUGESTIMMT if vorschlag.zustimmen else S.ABGELEHNT,
            durch=durch,
            um=um,
            gesehen=gesehen,
            erledigt_fuer=fuer,
            antwort=vorschlag.antwort,
            vermerk=vorschlag.begruendung,
            braucht_bescheid=vorschlag.zustimmen and jetzt.art == A.VERLAENGERUNG,
        )
        handlung = ZUGESTIMMT if vorschlag.zustimmen else ABGELEHNT
        _vermerke(handlung, jetzt, durch=durch, fuer=fuer, um=um)
        _benachrichtige(vorlagen.BEANTWORTET, beteiligte(jetzt.antrag.kommune), jetzt)


@transaction.atomic
def lehne_vorschlag_ab(
    vorschlag: Aenderungsentscheidung, *, durch: Konto, um: datetime, grund: str
) -> None:
    """The Leitung does not follow the proposal; the report waits for another one."""
    jetzt = _sperre(vorschlag.aenderung)
    _verlange_leitung(jetzt, durch)
    fuer = entscheidet_fuer(vorschlag, durch)
    vieraugen.lehne_ab(vorschlag, durch=durch, um=um, grund=grund, fuer=fuer)
    _benachrichtige(vorlagen.VORSCHLAG_ABGELEHNT, [vorschlag.vorgeschlagen_von], jetzt)


def ziehe_vorschlag_zurueck(
    vorschlag: Aenderungsentscheidung, *, durch: Konto, um: datetime
) -> None:
    vieraugen.ziehe_zurueck(vorschlag, durch=durch, um=um)


def _verlange_leitung(aenderung, durch):
    if Handelnde.LEITUNG not in handelt_als(durch, aenderung.antrag):
        raise KeinRecht(f"Darüber entscheidet {Handelnde.LEITUNG.value}.")


# --- What follows --------------------------------------------------------------------


def vorgabe(antrag: Foerderantrag) -> dict:
    """What a notice that changes the grant is filled in with, from accepted reports that wait."""
    werte, entscheidung = {}, geltender(antrag).entscheidung
    for aenderung in antrag.aenderungen.wartet_auf_bescheid().order_by("nummer"):
        if aenderung.art == A.VERLAENGERUNG:
            werte["bewilligung_bis"] = aenderung.bis_neu
        elif aenderung.art == A.MINDERAUSGABEN:
            werte["zuwendungsfaehig_euro"] = aenderung.ausgaben_neu_euro
            betrag = aenderung.ausgaben_neu_euro * entscheidung.foerdersatz / 100
            werte["betrag_euro"] = min(
                betrag.quantize(CENT, ROUND_HALF_UP), entscheidung.betrag_euro
            )
        werte["gruende"] = (
            f"Die Kommune hat am {tag(timezone.localdate(aenderung.gemeldet_um))} gemeldet: "
            f"{aenderung.titel}."
        )
    return werte


def erinnere(aenderung: Aenderung, heute: date) -> None:
    """Once, when a report has waited longer than the LPR gives a Kommune to answer."""
    tage = ganzer_wert(aenderung.antrag.regelwerk, Regel.Schluessel.NACHFORDERUNG_TAGE)
    if timezone.localdate(aenderung.gemeldet_um) + timedelta(days=tage) >= heute:
        return
    offene = Aenderung.objects.offen().filter(pk=aenderung.pk, erinnert_am__isnull=True)
    with transaction.atomic():
        if not offene.update(erinnert_am=heute):
            return
        konten = _zustaendige(aenderung.antrag)
        if vorschlag := offener_vorschlag(aenderung):
            konten = personal(Handelnde.LEITUNG, aenderung.antrag).exclude(
                pk__in=vieraugen.beteiligte(vorschlag)
            )
        _benachrichtige(vorlagen.LIEGT, konten, aenderung)


# --- Shared --------------------------------------------------------------------------


def _sperre(aenderung):
    """The report as it is now with its case; nobody else changes either until the end."""
    antrag = sperre(aenderung.antrag)
    jetzt = Aenderung.objects.select_for_update(of=("self",)).get(pk=aenderung.pk)
    jetzt.antrag = antrag
    return jetzt


def _ist_beendet(aenderung, stand, durch, gesehen):
    """Whether the same form has done it before: a double click sends it twice."""
    return (aenderung.stand, aenderung.version, aenderung.erledigt_von_id) == (
        stand, gesehen + 1, durch.pk,
    )  # fmt: skip


def _verlange_offen(aenderung, gesehen):
    if aenderung.stand != S.EINGEGANGEN or aenderung.version != gesehen:
        raise _ueberholt(aenderung)


def _ueberholt(aenderung):
    return Ueberholt(
        "Die Änderung hat sich geändert, während Sie sie vor sich hatten. "
        f"Jetzt ist sie: {aenderung.get_stand_display()}. Sehen Sie sich den neuen Stand an."
    )


def _beende(aenderung, stand, *, durch, um, gesehen, **felder):
    """The guard is part of the UPDATE."""
    passend = Aenderung.objects.offen().filter(pk=aenderung.pk, version=gesehen)
    if not passend.update(
        stand=stand, version=F("version") + 1, erledigt_um=um, erledigt_von=durch, **felder
    ):
        raise _ueberholt(aenderung)
    antrag = aenderung.antrag
    aenderung.refresh_from_db()
    aenderung.antrag = antrag


def _zustaendige(antrag):
    """Who is in charge of the case, else the whole Sachbearbeitung."""
    alle = personal(Handelnde.SACHBEARBEITUNG, antrag)
    eigene = alle.filter(pk=antrag.zustaendig_id)
    return eigene if antrag.zustaendig_id and eigene.exists() else alle


def _vermerke(handlung, aenderung, *, durch, fuer=None, um):
    protokolliere(
        handlung,
        aenderung.antrag,
        durch=durch,
        fuer=fuer,
        angaben={
            "aenderung": aenderung.nummer,
            "art": aenderung.art,
            "um": um.isoformat(timespec="seconds"),
        },
    )


def _benachrichtige(vorlage, konten, aenderung):
    angaben = {
        **angaben_zu(aenderung.antrag),
        "aenderung": str(aenderung.pk),
        "art": aenderung.get_art_display(),
    }
    for konto in konten:
        stelle_ein(vorlage, an=konto, gegenstand=aenderung.antrag, angaben=angaben)
