"""One invented case on its way through the real steps, as far as its row of the file says."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO

from django.utils import timezone

from asskomm.werktage import naechster_werktag
from beratung.models import Handlungsempfehlung
from foerderung.abschnitte import SCHLUESSEL
from foerderung.anlagen import ablage
from foerderung.antrag import fassung
from foerderung.antrag.umfeld import Umfeld
from foerderung.beccaria import IM_ANTRAG
from foerderung.bemessung import Grenzen
from foerderung.kanonisch import pruefsumme
from foerderung.models import (
    Abschnitt,
    Anlage,
    Bekanntgabe,
    Bescheid,
    Entscheidung,
    Foerderrunde,
    Haushaltsansatz,
    Status,
)
from foerderung.verfahren import (
    aktenfuehrung,
    antragstellung,
    bekanntgabe,
    entscheidung,
    fachpruefung,
    formalpruefung,
    nachforderungen,
    zeichnung,
)
from kommunen.models import Rolle

from .eingaben import eingaben, nachweis
from .gemeinsam import zur_stunde
from .personen import Personen

HAUSHALTSSTELLE = "Beispiel 03 02/633 01"
NACHGEREICHT = (
    "Die Befragung verwendet beide Male dieselben Fragen. Die Zahlen der Polizei vergleichen wir mit "
    "dem Mittel der drei Jahre davor."
)


@dataclass
class Fall:
    """One row of the file on its way."""

    zeile: dict[str, str]
    inhalte: dict
    runde: Foerderrunde
    personen: Personen
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
        return min(zur_stunde(am, 10), self.jetzt - timedelta(minutes=1))

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
        um = zur_stunde(self.beginn + timedelta(days=tage), stunde)
        return min(um, self.jetzt - timedelta(minutes=1))

    # --- The municipality

    def _entwerfe(self) -> None:
        self.antrag = antragstellung.lege_an(
            self.kommune, self.runde, durch=self.bearbeitung, um=self._am(0), marke=self.marke
        )
        getippt = eingaben(
            self.kommune, self.runde, self.thema, self.inhalte["antworten"], self.empfehlungen
        )
        # A draft stops half-way, as drafts do.
        geschrieben = SCHLUESSEL[:4] if self.ziel == Status.ENTWURF else SCHLUESSEL
        abschnitte = [a for a in self.antrag.abschnitte.all() if a.schluessel in geschrieben]
        for nummer, abschnitt in enumerate(abschnitte):
            abschnitt.eingaben, abschnitt.version = getippt[abschnitt.schluessel], 1
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
        abgelegt = ablage.lege_ab(BytesIO(nachweis()))
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
        erster = self.antrag.durchfuehrung_von
        bekanntgabe.beginne_durchfuehrung(self.antrag, um=zur_stunde(erster, 3))
        self.antrag.refresh_from_db()

    def _widerrufe(self) -> None:
        um = zur_stunde(self.antrag.durchfuehrung_von + timedelta(days=95), 10)
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
