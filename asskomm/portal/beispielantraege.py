"""Invented grant cases: played through the real steps, at the times at which they would have happened.

Each row of daten/beispiele/antraege.csv is a case and the state it is to reach. Cases that are
there are left alone, whatever people did with them since; a case whose round is still to be open
belongs to the invented round, which runs around the day of loading.
"""

from __future__ import annotations

import csv
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_DOWN, Decimal
from functools import cache
from io import BytesIO
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from asskomm.dokumente import bloecke
from asskomm.dokumente.satz import setze
from asskomm.konten.models import Konto
from asskomm.post.models import Nachricht
from asskomm.werktage import naechster_werktag
from beratung.models import Handlungsempfehlung
from foerderung.abschnitte import SCHLUESSEL
from foerderung.anlagen import ablage
from foerderung.antrag import fassung
from foerderung.antrag.umfeld import Umfeld
from foerderung.beccaria import IM_ANTRAG
from foerderung.bemessung import Grenzen
from foerderung.haushalt import abweichungen
from foerderung.kanonisch import pruefsumme
from foerderung.models import (
    Abschnitt,
    Anlage,
    Aufgriff,
    Befangenheit,
    Bekanntgabe,
    Bescheid,
    Empfehlung,
    Entscheidung,
    Fassung,
    Foerderantrag,
    Foerderrunde,
    Formalpruefung,
    Fristverlaengerung,
    Gutachten,
    Haushaltsansatz,
    Mittelbindung,
    Nachforderung,
    Regelwerk,
    Status,
    Vermerk,
    Zuwendung,
)
from foerderung.verfahren import (
    aktenfuehrung,
    antragstellung,
    aufgriff,
    bekanntgabe,
    entscheidung,
    fachpruefung,
    formalpruefung,
    nachforderungen,
    zeichnung,
)
from kommunen.abgleich import Bericht
from kommunen.models import Kommune, Mitgliedschaft, Rolle

from . import beispielanalysen
from .beispielkonten import KONTEN

ORDNER = Path(__file__).resolve().parent / "daten" / "beispiele"
QUELLE = "Beispieldaten (erfunden)"
NAMENSRAUM = uuid.UUID("5b1d1c0a-6a0b-4f0e-9a3e-0f6f6a0c2027")
HAUSHALTSSTELLE = "Beispiel 03 02/633 01"
ANSATZ_EURO = Decimal("650000.00")
FOERDERSATZ = Decimal("88")
# Days of the invented round before and after the day of loading.
RUNDE_SEIT, RUNDE_NOCH = timedelta(days=20), timedelta(days=40)
# What hangs on a case, in the order in which it can go.
AM_ANTRAG = (
    Entscheidung, Empfehlung, Gutachten, Formalpruefung, Vermerk, Befangenheit, Nachforderung,
    Fristverlaengerung, Anlage, Aufgriff, Fassung,
)  # fmt: skip
# What still waits for the municipality is in the round that is open now.
IN_OFFENER_RUNDE = (Status.ENTWURF, Status.IN_ZEICHNUNG)
NACHGEREICHT = (
    "Die Befragung verwendet beide Male dieselben Fragen. Die Zahlen der Polizei vergleichen wir mit "
    "dem Mittel der drei Jahre davor."
)


def lade(bericht: Bericht, ordner: Path, um: datetime) -> None:
    """Play every case that is not there yet; the demo accounts exist. Nothing is mailed."""
    with (ordner / "antragsthemen.json").open(encoding="utf-8") as datei:
        inhalte = json.load(datei)
    faelle = zeilen(ordner)
    heute = timezone.localdate(um)
    regelwerk = Regelwerk.objects.freigegeben().order_by("-gilt_ab").first()
    if regelwerk is None:
        return
    offen = _offene_runde(regelwerk, heute)
    personen = _Personen({zeile["kommune"] for zeile in faelle})
    for jahr in {*range(2025, 2028), offen.jahr_von}:
        _stelle_ansatz(jahr)
    letztes_jahr = max(int(zeile["foerderjahr"]) for zeile in faelle)
    posten = bericht.zu(Foerderantrag)
    for nummer, zeile in enumerate(faelle):
        if Foerderantrag.objects.filter(marke=marke(zeile)).exists():
            posten.unveraendert += 1
            continue
        vorher = set(Nachricht.objects.values_list("pk", flat=True))
        runde = offen
        if zeile["ziel"] not in IN_OFFENER_RUNDE:
            jahr = int(zeile["foerderjahr"])
            runde = Foerderrunde.objects.get(jahr_von=jahr, ist_beispiel=False)
        empfehlungen = beispielanalysen.aufgegriffen(ordner, zeile["schluessel"])
        fall = _Fall(zeile, inhalte, runde, personen, marke(zeile), nummer, um, empfehlungen)
        fall.spiele()
        fall.nimm_den_postweg(aufgegeben=int(zeile["foerderjahr"]) < letztes_jahr)
        Nachricht.objects.exclude(pk__in=vorher).delete()
        posten.hinzugefuegt += 1


def zeilen(ordner: Path) -> list[dict[str, str]]:
    """The cases of the file."""
    with (ordner / "antraege.csv").open(encoding="utf-8", newline="") as datei:
        return list(csv.DictReader(datei))


def marke(zeile: dict[str, str]) -> uuid.UUID:
    """By which the case of a row is found again."""
    return uuid.uuid5(NAMENSRAUM, zeile["schluessel"])


def _offene_runde(regelwerk: Regelwerk, heute: date) -> Foerderrunde:
    """The round that is open today: a real one, or the invented one, moved on to the present."""
    echt = Foerderrunde.objects.filter(ist_beispiel=False)
    offen = echt.filter(beginn__lte=heute, schluss__gte=heute).first()
    if offen:
        return offen
    vorige = echt.filter(schluss__lt=heute).order_by("-schluss").first()
    naechste = echt.filter(beginn__gt=heute).order_by("beginn").first()
    beginn, schluss = heute - RUNDE_SEIT, heute + RUNDE_NOCH
    if vorige:
        beginn = max(beginn, vorige.schluss + timedelta(days=1))
    if naechste:
        schluss = min(schluss, naechste.beginn - timedelta(days=1))
    runde = Foerderrunde.objects.filter(ist_beispiel=True).first()
    if runde and runde.beginn <= heute <= runde.schluss:
        return runde
    runde = runde or Foerderrunde(ist_beispiel=True, regelwerk=regelwerk, quelle=QUELLE)
    runde.jahr_von = runde.jahr_bis = heute.year + 1
    runde.beginn, runde.schluss = beginn, schluss
    runde.hinweis = "Beispieldaten: Diese Runde gibt es nur zum Ausprobieren."
    runde.save()
    return runde


def _stelle_ansatz(jahr: int) -> None:
    Haushaltsansatz.objects.get_or_create(
        haushaltsjahr=jahr,
        haushaltsstelle=HAUSHALTSSTELLE,
        defaults={"betrag_euro": ANSATZ_EURO, "quelle": QUELLE, "ist_beispiel": True},
    )


class _Personen:
    """Who acts: demo accounts where a Kommune has them, else the two of the town hall."""

    def __init__(self, kennungen: set[str]):
        self.kommunen = {k.kennung: k for k in Kommune.objects.filter(kennung__in=kennungen)}
        self.sachbearbeitung = self._konto("sachbearbeitung@example.org")
        self.pruefung = self._konto("pruefung@example.org")
        self.leitung = self._konto("leitung@example.org")
        self._rathaus = {k.uebrige: self._konto(k.email) for k in KONTEN if k.uebrige}

    @staticmethod
    def _konto(email):
        return Konto.objects.get(email=email)

    def mit(self, rolle: Rolle, kommune: Kommune, um: datetime) -> Konto:
        """Somebody of the Kommune with the role; the person of the town hall gets it if need be."""
        aktiv = Mitgliedschaft.objects.aktiv().filter(
            kommune=kommune, rolle=rolle, konto__ist_beispiel=True
        )
        vorhanden = aktiv.order_by("pk").first()
        if vorhanden:
            return vorhanden.konto
        konto = self._rathaus[rolle]
        Mitgliedschaft.objects.create(
            konto=konto,
            kommune=kommune,
            rolle=rolle,
            gegeben_um=um,
            bestaetigt_am=timezone.localdate(um),
        )
        return konto


@dataclass
class _Fall:
    """One row of the file on its way."""

    zeile: dict[str, str]
    inhalte: dict
    runde: Foerderrunde
    personen: _Personen
    marke: uuid.UUID
    nummer: int
    jetzt: datetime
    empfehlungen: list[Handlungsempfehlung]

    def __post_init__(self):
        self.kommune = self.personen.kommunen[self.zeile["kommune"]]
        self.thema = self.inhalte["themen"][self.zeile["thema"]]
        self.ziel = Status(self.zeile["ziel"])
        self.bearbeitung = self.personen.mit(Rolle.BEARBEITUNG, self.kommune, self.jetzt)
        self.zeichnung = self.personen.mit(Rolle.ZEICHNUNG, self.kommune, self.jetzt)
        self.beginn = self.runde.beginn + timedelta(days=1 + self.nummer % 5)

    def spiele(self) -> None:
        for schritt in self._weg():
            schritt()

    def nimm_den_postweg(self, *, aufgegeben: bool) -> None:
        """What nobody has fetched in time is for staff to post; `aufgegeben` says that they did."""
        heute = timezone.localdate(self.jetzt)
        for bescheid in Bescheid.objects.filter(antrag=self.antrag).order_by("nummer"):
            weg = bescheid.bekanntgabe
            ab = weg.abrufbar_bis or timezone.localdate(bescheid.erlassen_um)
            if weg.bekannt_am or heute <= ab:
                continue
            am = min(naechster_werktag(ab + timedelta(days=1)), heute)
            bekanntgabe.beende_bereitstellung(weg, heute=am)
            if not aufgegeben:
                continue
            bekanntgabe.gib_zur_post(
                bescheid, am, durch=self.personen.sachbearbeitung, um=self._um(am)
            )
            weg.refresh_from_db()
            danach = weg.rechtsbehelf_bis + timedelta(days=1)
            bekanntgabe.werde_bestandskraeftig(weg, um=self._um(min(danach, heute)))

    def _um(self, am: date) -> datetime:
        um = timezone.make_aware(datetime.combine(am, time(10)))
        return min(um, self.jetzt - timedelta(minutes=1))

    def _weg(self) -> list[Callable[[], None]]:
        """The steps up to the state the case is to reach."""
        antrag = [self._entwerfe, self._gib_zur_zeichnung, self._reiche_ein]
        nachreichung = self._fordere_nach, self._reiche_nach
        pruefung = [*antrag, self._pruefe_formal, self._pruefe_fachlich, self._empfiehl]
        bewilligt = [*pruefung, self._entscheide]
        bestandskraeftig = [*bewilligt, self._rufe_ab]
        return {
            Status.ENTWURF: antrag[:1],
            Status.IN_ZEICHNUNG: antrag[:2],
            # One has answered what was asked for, so that there are two versions to compare.
            Status.EINGEREICHT: [*antrag, *(nachreichung if self.nummer % 7 == 0 else ())],
            Status.ZURUECKGEZOGEN: [*antrag, self._ziehe_zurueck],
            Status.NACHFORDERUNG: [*antrag, self._fordere_nach],
            Status.FORMELL_GEPRUEFT: pruefung[:4],
            Status.FACHLICH_GEPRUEFT: pruefung[:5],
            # Some wait for a proposal, some for the second person.
            Status.ENTSCHEIDUNGSREIF: [*pruefung, *([self._schlage_vor] * (self.nummer % 2))],
            Status.BEWILLIGT: bewilligt,
            Status.ABGELEHNT: bewilligt,
            Status.BESTANDSKRAEFTIG: bestandskraeftig,
            Status.IN_DURCHFUEHRUNG: [*bestandskraeftig, self._beginne],
            Status.WIDERRUFEN: [*bestandskraeftig, self._beginne, self._widerrufe],
        }[self.ziel]

    def _am(self, tage: int, stunde: int = 10) -> datetime:
        """So many days after the beginning of the draft, but never later than now."""
        um = timezone.make_aware(datetime.combine(self.beginn + timedelta(days=tage), time(stunde)))
        return min(um, self.jetzt - timedelta(minutes=1))

    # --- The municipality

    def _entwerfe(self) -> None:
        self.antrag = antragstellung.lege_an(
            self.kommune, self.runde, durch=self.bearbeitung, um=self._am(0), marke=self.marke
        )
        eingaben = self._eingaben()
        # A draft stops half-way, as drafts do.
        geschrieben = SCHLUESSEL[:4] if self.ziel == Status.ENTWURF else SCHLUESSEL
        abschnitte = [a for a in self.antrag.abschnitte.all() if a.schluessel in geschrieben]
        for nummer, abschnitt in enumerate(abschnitte):
            abschnitt.eingaben, abschnitt.version = eingaben[abschnitt.schluessel], 1
            abschnitt.geaendert_um = self._am(nummer // 4, 11 + nummer % 4)
            abschnitt.geaendert_von = self.bearbeitung
        Abschnitt.objects.bulk_update(
            abschnitte, ["eingaben", "version", "geaendert_um", "geaendert_von"]
        )
        self.antrag.titel = self.thema["titel"]
        self.antrag.geaendert_um = abschnitte[-1].geaendert_um
        self.antrag.save(update_fields=["titel", "geaendert_um"])
        if self.thema["personal"] and self.ziel != Status.ENTWURF:
            self._lege_nachweis_bei(self._am(3))

    def _lege_nachweis_bei(self, um: datetime) -> None:
        abgelegt = ablage.lege_ab(BytesIO(_nachweis()))
        Anlage.objects.create(
            marke=uuid.uuid5(self.marke, "nachweis"),
            antrag=self.antrag,
            art="bildungsabschluss",
            dateiname="Nachweis Berufsabschluss (Beispiel).pdf",
            groesse=abgelegt.groesse,
            inhaltstyp="application/pdf",
            sha256=abgelegt.sha256,
            pfad=abgelegt.pfad,
            hochgeladen_um=um,
            hochgeladen_von=self.bearbeitung,
        )

    def _gib_zur_zeichnung(self) -> None:
        zeichnung.gib_zur_zeichnung(
            self.antrag,
            an=self.zeichnung,
            durch=self.bearbeitung,
            um=self._am(5),
            gesehen=self.antrag.version,
        )

    def _reiche_ein(self) -> None:
        eingang = self._am(7, 9)
        gezeigt = fassung.inhalt(Umfeld(self.antrag, timezone.localdate(eingang)))
        zeichnung.reiche_ein(
            self.antrag,
            durch=self.zeichnung,
            eingang=eingang,
            gesehen=self.antrag.version,
            pruefsumme=pruefsumme(gezeigt),
        )
        aktenfuehrung.weise_zu(
            self.antrag,
            self.personen.sachbearbeitung,
            durch=self.personen.sachbearbeitung,
            um=self._am(8),
            gesehen=None,
        )
        self.antrag.refresh_from_db()

    def _reiche_nach(self) -> None:
        um = self.jetzt - timedelta(days=1)
        abschnitt = self.antrag.abschnitte.get(schluessel="beccaria-6")
        felder = abschnitt.eingaben["felder"]
        gemessen = f"{felder['frage_6c']} {NACHGEREICHT}"
        antragstellung.speichere(
            self.antrag,
            abschnitt.schluessel,
            {**abschnitt.eingaben, "felder": {**felder, "frage_6c": gemessen}},
            durch=self.bearbeitung,
            um=um - timedelta(hours=3),
            gesehen=abschnitt.version,
        )
        self.antrag.refresh_from_db()
        zeichnung.melde_bereit(
            self.antrag,
            durch=self.bearbeitung,
            um=um - timedelta(hours=2),
            gesehen=self.antrag.version,
        )
        zeichnung.reiche_nach(
            self.antrag,
            durch=self.zeichnung,
            eingang=um,
            gesehen=self.antrag.version,
            pruefsumme=pruefsumme(fassung.inhalt(Umfeld(self.antrag, timezone.localdate(um)))),
        )

    def _ziehe_zurueck(self) -> None:
        zeichnung.ziehe_zurueck(
            self.antrag,
            durch=self.zeichnung,
            um=self._am(15),
            gesehen=self.antrag.version,
            grund="Der Stadtrat hat das Vorhaben auf das folgende Jahr verschoben.",
        )

    # --- The LPR checks

    def _fordere_nach(self) -> None:
        """Asked a few days ago, so that there is still time to answer."""
        um = max(self._am(10), self.jetzt - timedelta(days=3))
        nachforderungen.fordere_nach(
            self.antrag,
            ["plan", "beccaria-6"],
            "Bitte erläutern Sie, wie Sie die Wirkung messen, und prüfen Sie die Ansätze für "
            "Honorare. Der Plan nennt keinen Tagessatz.",
            timezone.localdate(um) + timedelta(days=18),
            durch=self.personen.sachbearbeitung,
            um=um,
            gesehen=self.antrag.version,
            marke=uuid.uuid5(self.marke, "nachforderung"),
        )

    def _pruefe_formal(self) -> None:
        um, wer = self._am(12), self.personen.sachbearbeitung
        punkte = self.antrag.regelwerk.checkliste.values_list("nummer", flat=True)
        formalpruefung.speichere_formale_pruefung(
            self.antrag,
            {punkt: formalpruefung.Antwort("erfuellt") for punkt in punkte},
            durch=wer,
            um=um,
            gesehen=self.antrag.version,
        )
        self.antrag.refresh_from_db()
        formalpruefung.schliesse_formale_pruefung_ab(
            self.antrag, durch=wer, um=um, gesehen=self.antrag.version
        )

    def _pruefe_fachlich(self) -> None:
        um, wer = self._am(22), self.personen.pruefung
        gut = self.ziel != Status.ABGELEHNT
        wertungen = {
            standard.nummer: fachpruefung.Wertung(
                (4 if (self.nummer + standard.nummer) % 3 else 3) if gut else 1,
                "Nachvollziehbar beschrieben und belegt." if gut else "Belege und Ziele fehlen.",
            )
            for standard in IM_ANTRAG
        }
        fachpruefung.gib_gutachten_ab(
            self.antrag,
            wertungen,
            "foerdern" if gut else "nicht_foerdern",
            "Das Vorhaben folgt den Standards und passt zum Lagebild."
            if gut
            else "Das Vorhaben lässt offen, welches Problem es lösen soll.",
            durch=wer,
            um=um,
            gesehen=0,
        )
        self.antrag.refresh_from_db()
        fachpruefung.schliesse_fachliche_pruefung_ab(
            self.antrag, durch=wer, um=um, gesehen=self.antrag.version
        )

    # --- Decision and notice

    def _empfiehl(self) -> None:
        bemessung = Grenzen.von(self.antrag).vorschlag
        entscheidung.empfiehl(
            self.antrag,
            bemessung=None if self.ziel == Status.ABGELEHNT else bemessung,
            haushaltsstelle=HAUSHALTSSTELLE,
            begruendung="Die Prüfung ergab keine Einwände."
            if self.ziel != Status.ABGELEHNT
            else "Die Ziele sind nicht messbar, die Finanzierung ist nicht hergeleitet.",
            durch=self.personen.sachbearbeitung,
            um=self._am(26),
            gesehen=self.antrag.version,
            marke=uuid.uuid5(self.marke, "empfehlung"),
        )

    def _entscheide(self) -> None:
        self._entscheide_zu_zweit(*self._vorschlag())

    def _schlage_vor(self) -> None:
        vorschlag, mittel, um = self._vorschlag()
        entscheidung.schlage_vor(
            vorschlag,
            mittel,
            durch=self.personen.sachbearbeitung,
            um=um,
            gesehen=self.antrag.version,
        )

    def _vorschlag(self) -> tuple[Entscheidung, dict[int, Decimal], datetime]:
        """A grant that waits to be fetched was decided two days ago."""
        um = self._am(30)
        if self.ziel == Status.BEWILLIGT:
            um = max(um, self.jetzt - timedelta(days=2))
        vorschlag = Entscheidung(
            antrag=self.antrag,
            marke=uuid.uuid5(self.marke, "entscheidung"),
            begruendung="Vorschlag nach der Empfehlung.",
        )
        mittel = {}
        if self.ziel == Status.ABGELEHNT:
            vorschlag.art = Entscheidung.Art.ABLEHNUNG
            vorschlag.gruende = (
                "Das Vorhaben nennt keine messbaren Ziele, und die Ausgaben sind nicht hergeleitet. "
                "Damit lässt sich sein Erfolg nicht prüfen."
            )
            vorschlag.angehoert_am = timezone.localdate(um) - timedelta(days=3)
        else:
            bemessung = Grenzen.von(self.antrag).vorschlag
            vorschlag.art = Entscheidung.Art.BEWILLIGUNG
            vorschlag.zuwendungsfaehig_euro = bemessung.zuwendungsfaehig_euro
            vorschlag.foerdersatz = bemessung.foerdersatz
            vorschlag.betrag_euro = bemessung.betrag_euro
            vorschlag.bewilligung_von = self.antrag.durchfuehrung_von
            vorschlag.bewilligung_bis = self.antrag.durchfuehrung_bis
            ansatz = Haushaltsansatz.objects.get(
                haushaltsjahr=self.runde.jahr_von, haushaltsstelle=HAUSHALTSSTELLE
            )
            mittel = {ansatz.pk: bemessung.betrag_euro}
        return vorschlag, mittel, um

    def _entscheide_zu_zweit(self, vorschlag, mittel, um):
        vorschlag = entscheidung.schlage_vor(
            vorschlag,
            mittel,
            durch=self.personen.sachbearbeitung,
            um=um - timedelta(hours=2),
            gesehen=self.antrag.version,
        )
        self.antrag.refresh_from_db()
        self.bescheid = entscheidung.genehmige(
            vorschlag, durch=self.personen.leitung, um=um, gesehen=self.antrag.version
        )
        self.antrag.refresh_from_db()

    def _rufe_ab(self) -> None:
        um = self._am(32)
        bekanntgabe.rufe_ab(self.bescheid, durch=self.bearbeitung, um=um)
        bekanntgabe.bestaetige_empfang(self.bescheid, durch=self.bearbeitung, um=um)
        bekanntgabe.verzichte(self.bescheid, durch=self.zeichnung, um=self._am(34))
        bekanntgabe.werde_bestandskraeftig(
            Bekanntgabe.objects.get(bescheid=self.bescheid), um=self._am(34, 12)
        )
        self.antrag.refresh_from_db()

    def _beginne(self) -> None:
        erster = timezone.make_aware(datetime.combine(self.antrag.durchfuehrung_von, time(3)))
        bekanntgabe.beginne_durchfuehrung(self.antrag, um=erster)
        self.antrag.refresh_from_db()

    def _widerrufe(self) -> None:
        um = timezone.make_aware(
            datetime.combine(self.antrag.durchfuehrung_von + timedelta(days=95), time(10))
        )
        self._entscheide_zu_zweit(
            Entscheidung(
                antrag=self.antrag,
                art=Entscheidung.Art.WIDERRUF,
                marke=uuid.uuid5(self.marke, "widerruf"),
                begruendung="Die Kommune hat mitgeteilt, dass das Vorhaben nicht stattfindet.",
                gruende=(
                    "Das Vorhaben findet nicht statt, weil die vorgesehene Fläche nicht mehr zur "
                    "Verfügung steht. Der Zweck der Zuwendung wird nicht erreicht."
                ),
                angehoert_am=timezone.localdate(um) - timedelta(days=14),
            ),
            {},
            um,
        )

    # --- What was typed

    def _eingaben(self) -> dict[str, dict]:
        jahr, thema = self.runde.jahr_von, self.thema
        antworten = self.inhalte["antworten"]
        return {
            "antragsteller": {
                "felder": {
                    "ansprech_name": "Kim Beispiel",
                    "ansprech_funktion": "Fachdienst Ordnung",
                    "ansprech_email": "ordnung@example.org",
                    "ansprech_telefon": "0351 000000",
                    "vertretung_name": "Alex Beispiel",
                    "vertretung_funktion": "Leitung der Verwaltung",
                    "gemeinsam": "nein",
                },
                "zeilen": {},
            },
            "vorhaben": self._vorhaben(jahr, thema),
            **{
                standard.schluessel: {
                    "felder": {
                        f"frage_{frage.schluessel}": antworten[frage.schluessel].format(**thema)
                        for frage in standard.teilfragen
                    },
                    "zeilen": {},
                }
                for standard in IM_ANTRAG
            },
            "plan": self._plan(jahr, thema),
            "erklaerungen": {"felder": self._erklaerungen(jahr), "zeilen": {}},
        }

    def _vorhaben(self, jahr, thema):
        return {
            "felder": {
                "titel": thema["titel"],
                "kurzbeschreibung": thema["kurz"],
                "ort": f"{self.kommune}: {thema['orte']}",
                "beginn": f"01.01.{jahr}",
                "ende": f"31.12.{jahr}",
                "praeventionsrat": "keiner",
                "prioritaeten": thema["prioritaeten"],
                "handlungsfelder": thema["handlungsfelder"],
                "sicherheitsanalyse": (
                    str(self.empfehlungen[0].analyse_id) if self.empfehlungen else "keiner"
                ),
                **(
                    {"empfehlungen": [str(empfehlung.pk) for empfehlung in self.empfehlungen]}
                    if self.empfehlungen
                    else {}
                ),
                "weiterleitung": "nein",
                "weiterfuehrung": (
                    "Die Kommune plant die Stelle ab dem folgenden Jahr im eigenen Stellenplan ein. "
                    "Der Beschluss dazu wird im Frühjahr vorbereitet."
                    if thema["personal"]
                    else ""
                ),
            },
            "zeilen": {
                "zielgruppen": [
                    {"wer": thema["zielgruppe"], "groesse": thema["groesse"], "art": "direkt"}
                ],
                "zeitplan": [
                    {"von": f"01.01.{jahr}", "bis": f"31.03.{jahr}", "was": "Absprachen und Ausgangslage"},
                    {"von": f"01.04.{jahr}", "bis": f"31.10.{jahr}", "was": "Maßnahmen"},
                    {"von": f"01.11.{jahr}", "bis": f"31.12.{jahr}", "was": "Auswertung und Bericht"},
                ],
                "partner": [{"wer": "Polizeirevier", "aufgabe": "Lagebild und Beratung"}],
            },
        }  # fmt: skip

    def _plan(self, jahr, thema):
        stellen = [
            {
                "aufgabe": aufgabe,
                "qualifikation": qualifikation,
                "entgeltgruppe": gruppe,
                "stufe": stufe,
                "stellenanteil": anteil,
                "jahr": str(jahr),
                "monate": "12",
                "betrag": betrag,
            }
            for aufgabe, qualifikation, gruppe, stufe, anteil, betrag in thema["personal"]
        ]
        sachen = [
            {
                "wofuer": wofuer,
                "art": art,
                "jahr": str(jahr),
                "anzahl": anzahl,
                "einzelbetrag": einzelbetrag,
            }
            for wofuer, art, anzahl, einzelbetrag in thema["sach"]
        ]
        summe = sum(
            (_zahl(zeile["betrag"]) for zeile in stellen),
            sum((_zahl(z["anzahl"]) * _zahl(z["einzelbetrag"]) for z in sachen), Decimal(0)),
        )
        zuwendung = (summe * FOERDERSATZ / 100).quantize(Decimal(1), rounding=ROUND_DOWN)
        return {
            "felder": {
                f"zuwendung_{jahr}": _geld(zuwendung),
                f"eigenmittel_{jahr}": _geld(summe - zuwendung),
            },
            "zeilen": {"personal": stellen, "sach": sachen, "eigenleistung": [], "drittmittel": []},
        }

    def _erklaerungen(self, jahr):
        felder = {
            erklaerung.schluessel: "nein" if erklaerung.art == erklaerung.Art.JA_NEIN else "on"
            for erklaerung in self.runde.regelwerk.erklaerungen.all()
        }
        return {**felder, "beginn_am": f"01.01.{jahr}"}


@cache
def _nachweis() -> bytes:
    """A document that says of itself that it is invented."""
    inhalt = [bloecke.absatz("Beispieldaten: Dieser Nachweis ist erfunden.")]
    unterlage = bloecke.unterlage(
        "Nachweis des Berufsabschlusses", inhalt, fusszeile=QUELLE, marke="Beispieldaten"
    )
    return setze("unterlage", unterlage, am=timezone.make_aware(datetime(2024, 9, 1)))


def _zahl(text: str) -> Decimal:
    return Decimal(text.replace(".", "").replace(",", "."))


def _geld(betrag: Decimal) -> str:
    return f"{betrag:.2f}".replace(".", ",")


# --- Removing ------------------------------------------------------------------


def entferne(bericht: Bericht) -> None:
    """Remove the invented cases with all that hangs on them, those of demo accounts included.

    The invented round and budgets go too, unless a case that people recorded uses them.
    """
    antraege = Foerderantrag.objects.beispiele()
    bericht.zu(Foerderantrag).entfernt += antraege.count()
    nummern = list(antraege.values_list("pk", flat=True))
    erlassen = Bescheid.objects.filter(antrag__in=nummern).order_by("-nummer")
    bescheide = list(erlassen.values_list("pk", flat=True))
    anlagen = Anlage.objects.filter(antrag__in=nummern)
    pfade = list(anlagen.values_list("pfad", flat=True))
    Zuwendung.history.filter(bescheid__in=bescheide).delete()
    for antrag in antraege.filter(aufgriffe__laeuft=True).distinct():
        aufgriff.beende(antrag, durch=None, um=timezone.now())
    for menge in (
        Zuwendung.objects.filter(bescheid__in=bescheide),
        Bekanntgabe.objects.filter(bescheid__in=bescheide),
        # A notice points to the one it changes or revokes.
        *(Bescheid.objects.filter(pk=nummer) for nummer in bescheide),
        Mittelbindung.objects.filter(entscheidung__antrag__in=nummern),
        *(modell.objects.filter(antrag__in=nummern) for modell in AM_ANTRAG),
    ):
        menge.delete()
    antraege.update(vorgaenger=None)
    antraege.delete()
    for ansatz in abweichungen():
        Haushaltsansatz.objects.filter(pk=ansatz.pk).update(gebunden_euro=ansatz.soll_euro)
    benutzt = Mittelbindung.objects.values("ansatz")
    for menge in (
        Foerderrunde.objects.filter(ist_beispiel=True, antraege__isnull=True),
        Haushaltsansatz.objects.filter(ist_beispiel=True).exclude(pk__in=benutzt),
    ):
        geloescht = list(menge.values_list("pk", flat=True))
        menge.model.objects.filter(pk__in=geloescht).delete()
        menge.model.history.filter(id__in=geloescht).delete()
    transaction.on_commit(lambda: [ablage.entferne(pfad) for pfad in pfade])
