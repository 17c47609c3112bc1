"""Invented coaches, their engagements, and requests that wait for a coach.

What is over lies beside the invented Coachings in daten/beispiele/begleitungen.csv and is written
as it would have been recorded. What runs (laufende_begleitungen.csv) and what is asked for
(coachinganfragen.csv) is played through the real steps, in the weeks before the day of loading.
What is there is left alone, whatever people did with it since.
"""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from asskomm.konten.models import Konto
from beratung.models import (
    Ausschluss,
    Coach,
    Coaching,
    Coachinganfrage,
    Coachingschritt,
    Coachvertrag,
    Coachvorschlag,
    Einsatz,
    Einsatzrolle,
    Faehigkeit,
    Kontingenterweiterung,
    Mandat,
    Mandatsstand,
    Nachfrage,
    Niederschrift,
    Sitzung,
    Stufe,
    Wirkung,
)
from beratung.verfahren import sitzung as sitzungen
from beratung.verfahren import sitzungsschritte, vermittlung
from beratung.verfahren.abschluss import monate_nach
from kommunen.abgleich import Bericht
from kommunen.models import Kommune, Kreis, Mitgliedschaft, Rolle
from kommunen.tatsachen import Herkunft
from kommunen.zeitangabe import Zeitangabe

from . import verlauf
from .gemeinsam import QUELLE, SACHBEARBEITUNG, konto_mit, ohne_mails, zeilen, zur_stunde

NAMENSRAUM = uuid.UUID("5b0a4a52-1f0c-4b53-9d52-5e0f6a3f7c11")
SCHLUESSEL = "beispiele/begleitungen/"
ABGESCHLOSSEN = "beispiele/coachings/"
RATHAUS = "rathaus-bearbeitung@example.org"
# Before the day of loading: when the sessions of running engagements were.
VOR_TAGEN = (140, 95, 50, 20)
BERICHT = (
    "Die vereinbarten Ziele sind besprochen und zum größten Teil erreicht. Die Kommune führt die "
    "Treffen selbst weiter; die Aufgaben sind verteilt."
)
BELEGE = {
    Wirkung.Art.RAT: "Einladung und Niederschrift der ersten Sitzung",
    Wirkung.Art.STRATEGIE: "Beschluss des Stadtrats über die Strategie",
    Wirkung.Art.ANTRAG: "Eingangsbestätigung des Antrags",
    Wirkung.Art.KEINE: "",
}


def lade(bericht: Bericht, ordner: Path, um: datetime) -> None:
    """Bring in what is missing; the demo accounts and the invented Coachings exist."""
    with ohne_mails():
        _lade(bericht, ordner, um)


def _lade(bericht, ordner, um):
    coaches = {z["schluessel"]: _coach(z, bericht, um) for z in zeilen(ordner, "coaches.csv")}
    vorlagen = zeilen(ordner, "sitzungen.csv")
    posten = bericht.zu(Mandat)
    for zeile in zeilen(ordner, "begleitungen.csv"):
        coaching = Coaching.objects.get(import_schluessel=ABGESCHLOSSEN + zeile["coaching"])
        if Mandat.objects.filter(coaching=coaching).exists():
            posten.unveraendert += 1
            continue
        _schreibe_abgeschlossenes(zeile, coaching, coaches, vorlagen, um)
        posten.hinzugefuegt += 1
    for zeile in zeilen(ordner, "laufende_begleitungen.csv"):
        if Coaching.objects.filter(import_schluessel=SCHLUESSEL + zeile["schluessel"]).exists():
            posten.unveraendert += 1
            continue
        _spiele_laufendes(zeile, coaches, vorlagen, um)
        posten.hinzugefuegt += 1
    for nummer, zeile in enumerate(zeilen(ordner, "coachinganfragen.csv")):
        _frage_an(zeile, nummer, coaches, bericht, um)


def _mittags(tag: date) -> datetime:
    return zur_stunde(tag, 15)


# --- Coaches ---------------------------------------------------------------------


def _coach(zeile, bericht, um):
    """The coach with a contract that ends so many days after loading; one that is over is renewed."""
    heute, tage = timezone.localdate(um), int(zeile["vertrag_tage"])
    konto, _ = Konto.objects.get_or_create(
        email=zeile["email"],
        defaults={"name": zeile["name"], "ist_beispiel": True, "password": make_password(None)},
    )
    coach, neu = Coach.objects.get_or_create(
        konto=konto,
        defaults={"kapazitaet": int(zeile["kapazitaet"]), "herkunft": Herkunft.BEISPIEL},
    )
    if neu:
        namen = zeile["faehigkeiten"].split(";")
        coach.faehigkeiten.set([Faehigkeit.objects.get_or_create(name=n)[0] for n in namen])
        coach.kreise.set(Kreis.objects.filter(ags__in=zeile["kreise"].split()))
        Coachvertrag.objects.create(
            coach=coach, von=zeile["vertrag_von"], bis=heute + timedelta(days=tage)
        )
        bericht.zu(Coach).hinzugefuegt += 1
        return coach
    bericht.zu(Coach).unveraendert += 1
    if tage > 0 and not coach.vertraege.filter(bis__gte=heute).exists():
        letzter = coach.vertraege.order_by("-bis").first()
        letzter.bis = heute + timedelta(days=tage)
        letzter.save()
    return coach


# --- What is over ----------------------------------------------------------------


def _schreibe_abgeschlossenes(zeile, coaching, coaches, vorlagen, um):
    beginn, ende = coaching.beginn.erster_tag, coaching.ende.letzter_tag
    anzahl = int(zeile["sitzungen"])
    gehalten = [vorlagen[nummer % len(vorlagen)] for nummer in range(anzahl)]
    mandat = Mandat.objects.create(
        coaching=coaching,
        ziele=zeile["ziele"],
        phase=zeile["phase"],
        beginn=beginn,
        ende_geplant=ende,
        kontingent=int(zeile["kontingent"]),
        gebucht=sum(int(vorlage["viertel"]) for vorlage in gehalten),
        stand=Mandatsstand.ABGESCHLOSSEN,
        beendet_am=ende,
        bericht=BERICHT,
        herkunft=Herkunft.BEISPIEL,
    )
    coach = coaches[zeile["coach"]]
    _setze_ein(mandat, coaches, zeile, von=beginn, bis=ende)
    for nummer, vorlage in enumerate(gehalten):
        am = beginn + (ende - beginn) * (nummer + 1) // (anzahl + 1)
        _schreibe_sitzung(mandat, vorlage, am, coach.konto)
    _schreibe_wirkungen(mandat, zeile["wirkungen"].split(), coach.konto, um)


def _setze_ein(mandat, coaches, zeile, *, von, bis=None):
    for rolle, spalte in ((Einsatzrolle.COACH, "coach"), (Einsatzrolle.VERTRETUNG, "vertretung")):
        if zeile[spalte]:
            Einsatz.objects.create(
                mandat=mandat, coach=coaches[zeile[spalte]], rolle=rolle, von=von, bis=bis
            )


def _schreibe_sitzung(mandat, vorlage, am, konto):
    um = _mittags(am)
    sitzung = Sitzung.objects.create(
        mandat=mandat,
        am=am,
        form=vorlage["form"],
        viertel=int(vorlage["viertel"]),
        teilnehmende=vorlage["teilnehmende"],
        erfasst_um=um,
        erfasst_von=konto,
        geoeffnet_um=um + timedelta(days=2),
        geoeffnet_von=konto_mit(RATHAUS),
    )
    for stufe in (Stufe.GETEILT, Stufe.LPR):
        if text := vorlage[stufe.value]:
            Niederschrift.objects.create(
                sitzung=sitzung, stufe=stufe, text=text, verfasst_von=konto, verfasst_um=um
            )
    Coachingschritt.objects.create(
        sitzung=sitzung,
        was=vorlage["schritt"],
        wer=vorlage["wer"],
        funktion=vorlage["funktion"],
        bis=am + timedelta(days=int(vorlage["tage"])),
        angelegt_um=um,
        geoeffnet_um=um + timedelta(days=2),
        erledigt_um=um + timedelta(days=int(vorlage["tage"])),
        erledigt_von=konto,
    )


def _schreibe_wirkungen(mandat, arten, konto, um):
    """Told at the end, confirmed a week later; the questions after it as far as they are due."""
    gemeldet = _mittags(mandat.beendet_am)
    for art in arten:
        bestaetigt = (
            {}
            if art == Wirkung.Art.KEINE
            else {
                "bestaetigt_um": min(gemeldet + timedelta(days=7), um),
                "bestaetigt_von": konto_mit(SACHBEARBEITUNG),
            }
        )
        Wirkung.objects.create(
            mandat=mandat,
            art=art,
            beleg=BELEGE[Wirkung.Art(art)],
            gemeldet_um=gemeldet,
            gemeldet_von=konto,
            **bestaetigt,
        )
    for monate in Nachfrage.Monate:
        Nachfrage.objects.create(
            mandat=mandat, monate=monate, **_beantwortet(mandat, monate, konto, um)
        )


def _beantwortet(mandat, monate, konto, um):
    """Older questions were answered; those of the last weeks are still open."""
    faellig = monate_nach(mandat.beendet_am, monate)
    gefragt = _mittags(faellig)
    felder = {"faellig_am": faellig}
    if gefragt < um:
        felder["gestellt_am"] = faellig
    if gefragt + timedelta(days=60) < um:
        felder |= {"beantwortet_um": gefragt + timedelta(days=9), "beantwortet_von": konto}
    return felder


# --- What runs, and what is asked for ------------------------------------------------


def _spiele_laufendes(zeile, coaches, vorlagen, um):
    heute = timezone.localdate(um)
    kommunen = list(Kommune.objects.filter(kennung__in=zeile["kommunen"].split()))
    beginn = heute - timedelta(days=int(zeile["vor_tagen"]))
    coaching = Coaching.objects.create(
        beginn=Zeitangabe.vom_tag(beginn),
        quelle=QUELLE,
        veroeffentlicht=True,
        herkunft=Herkunft.BEISPIEL,
        import_schluessel=SCHLUESSEL + zeile["schluessel"],
    )
    coaching.kommunen.set(kommunen)
    mandat = Mandat.objects.create(
        coaching=coaching,
        ziele=zeile["ziele"],
        phase=zeile["phase"],
        beginn=beginn,
        ende_geplant=heute + timedelta(days=int(zeile["noch_tage"])),
        kontingent=int(zeile["kontingent"]),
        ansprechperson=_mitglied(zeile["ansprechperson"], kommunen[0], beginn),
        herkunft=Herkunft.BEISPIEL,
    )
    _setze_ein(mandat, coaches, zeile, von=beginn)
    konto = coaches[zeile["coach"]].konto
    vor_tagen = [tage for tage in VOR_TAGEN if tage < int(zeile["vor_tagen"])]
    for nummer, (vorlage, tage) in enumerate(zip(vorlagen, vor_tagen, strict=False)):
        am = heute - timedelta(days=tage)
        sitzung = sitzungen.erfasse(
            mandat,
            _angaben(vorlage, am),
            [_schritt(vorlage, am)],
            durch=konto,
            um=_mittags(am),
            marke=uuid.uuid5(NAMENSRAUM, f"{zeile['schluessel']}/{nummer}"),
        )
        if mandat.ansprechperson and tage != vor_tagen[-1]:
            _lies(sitzung, mandat.ansprechperson, _mittags(am) + timedelta(days=3))


def _angaben(vorlage, am):
    return sitzungen.Sitzungsangaben(
        am=am,
        form=vorlage["form"],
        viertel=int(vorlage["viertel"]),
        teilnehmende=vorlage["teilnehmende"],
        texte={Stufe.GETEILT: vorlage["geteilt"], Stufe.LPR: vorlage["lpr"]},
    )


def _schritt(vorlage, am):
    return sitzungen.Schrittangabe(
        was=vorlage["schritt"],
        wer=vorlage["wer"],
        funktion=vorlage["funktion"],
        bis=am + timedelta(days=int(vorlage["tage"])),
    )


def _lies(sitzung, konto, um):
    sitzungsschritte.oeffne(sitzung, durch=konto, um=um)
    for schritt in sitzung.schritte.filter(wer="kommune"):
        sitzungsschritte.hake_ab(schritt, durch=konto, um=um)


def _mitglied(email, kommune, am):
    """The demo account, with the role Bearbeitung in the Kommune; nobody for an empty address."""
    if not email:
        return None
    konto = konto_mit(email)
    rolle = {"konto": konto, "kommune": kommune, "rolle": Rolle.BEARBEITUNG}
    if not Mitgliedschaft.objects.laufend().filter(**rolle).exists():
        Mitgliedschaft.objects.create(**rolle, gegeben_um=_mittags(am), bestaetigt_am=am)
    return konto


def _frage_an(zeile, nummer, coaches, bericht, um):
    marke = uuid.uuid5(NAMENSRAUM, f"anfrage/{nummer}")
    posten = bericht.zu(Coachinganfrage)
    if Coachinganfrage.objects.filter(marke=marke).exists():
        posten.unveraendert += 1
        return
    kommune = Kommune.objects.get(kennung=zeile["kommune"])
    gestellt = um - timedelta(days=int(zeile["vor_tagen"]))
    konto = _mitglied(zeile["konto"], kommune, timezone.localdate(gestellt))
    faehigkeiten = Faehigkeit.objects.filter(name__in=zeile["faehigkeiten"].split(";"))
    anfrage = vermittlung.frage_an(
        kommune, zeile["anliegen"], faehigkeiten, durch=konto, um=gestellt, marke=marke
    )
    Coachinganfrage.objects.filter(pk=anfrage.pk).update(herkunft=Herkunft.BEISPIEL)
    anfrage.refresh_from_db()
    posten.hinzugefuegt += 1
    if zeile["coach"]:
        heute = timezone.localdate(um)
        vermittlung.schlage_vor(
            anfrage,
            coaches[zeile["coach"]],
            beginn=heute + timedelta(days=14),
            ende=heute + timedelta(days=380),
            kontingent=24,
            durch=konto_mit(SACHBEARBEITUNG),
            um=gestellt + timedelta(days=3),
            gesehen=anfrage.version,
        )


# --- Removing ----------------------------------------------------------------------


def entferne(bericht: Bericht) -> None:
    """Remove engagements, requests and coaches that were invented, with all that hangs on them.

    The invented Coachings go with the other facts. A coach whom a record of people names stays.
    """
    mandate = list(Mandat.objects.filter(herkunft=Herkunft.BEISPIEL).values_list("pk", flat=True))
    anfragen = Coachinganfrage.objects.filter(herkunft=Herkunft.BEISPIEL)
    bericht.zu(Mandat).entfernt += len(mandate)
    bericht.zu(Coachinganfrage).entfernt += anfragen.count()
    gehalten = Sitzung.objects.filter(mandat__in=mandate)
    for menge in (
        Wirkung.objects.filter(mandat__in=mandate),
        Nachfrage.objects.filter(mandat__in=mandate),
        Kontingenterweiterung.objects.filter(mandat__in=mandate),
        Niederschrift.objects.filter(sitzung__in=gehalten),
        Coachingschritt.objects.filter(sitzung__in=gehalten),
        gehalten,
        Einsatz.objects.filter(mandat__in=mandate),
        Mandat.objects.filter(pk__in=mandate),
        Coachvorschlag.objects.filter(anfrage__in=anfragen),
        anfragen,
    ):
        menge.delete()
    _entferne_coaches(bericht)


def _entferne_coaches(bericht):
    benannt = {
        *Einsatz.objects.values_list("coach", flat=True),
        *Coachvorschlag.objects.values_list("coach", flat=True),
        *Ausschluss.objects.values_list("coach", flat=True),
    }
    coaches = Coach.objects.filter(herkunft=Herkunft.BEISPIEL).exclude(pk__in=benannt)
    nummern = list(coaches.values_list("pk", flat=True))
    bericht.zu(Coach).entfernt += len(nummern)
    Coachvertrag.objects.filter(coach__in=nummern).delete()
    Coach.objects.filter(pk__in=nummern).delete()
    verlauf.entferne(Coachvertrag.history.filter(coach__in=nummern))
    verlauf.entferne(Coach.history.filter(id__in=nummern))
    frei = Faehigkeit.objects.filter(coaches__isnull=True)
    frei.exclude(pk__in=Coachinganfrage.faehigkeiten.through.objects.values("faehigkeit")).delete()
