"""Everything public about one Kommune on a day, read with a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property

from django.db.models import Prefetch, Q
from django.utils import timezone

from asskomm.formate import summe, zahl
from beratung.models import Beratung, Coaching, Sicherheitsanalyse
from foerderung.models import Zuwendung
from foerderung.projekte.auswahl import Projektauswahl
from fortbildung.models import Teilnahme
from kommunen.models import (
    VERBUNDARTEN,
    Kommune,
    Kooperationsvereinbarung,
    Modellkommune,
)
from kommunen.zeitangabe import LetzterTag, Zeitangabe

from ..models import Meldung, Veranstaltung
from .auswahl import Auswahl
from .bausteine import BAUSTEINE, Beteiligung, beteiligungen
from .raete import Ratsansicht, mit_einzelheiten, raete_am, stand_der_angaben
from .verbund import mitglieder, verbuende

# Fewer people could be recognised (FUNKTIONEN F50).
MINDESTENS_FACHKRAEFTE = 3
HOECHSTENS_PROJEKTE, HOECHSTENS_MELDUNGEN, HOECHSTENS_TERMINE = 10, 5, 3

_MIT_KOMMUNEN = Prefetch("kommunen", Kommune.objects.order_by("sortiername"))
_BELEGE = {baustein.schluessel: baustein.belege for baustein in BAUSTEINE}


@dataclass
class Steckbrief:
    """The public facts about a Kommune at the end of the day `am`.

    A fact is here from the last day its date can mean, as in the figures; only an announced
    Sicherheitsanalyse lies ahead.
    """

    kommune: Kommune
    am: date

    @cached_property
    def bausteine(self):
        kommune = self.kommune.pk
        return beteiligungen(self.am, [kommune]).get(kommune, Beteiligung()).bausteine

    @cached_property
    def modellkommune(self) -> Modellkommune | None:
        bestehend = Modellkommune.objects.oeffentlich().bestehend(self.am)
        return bestehend.filter(kommune=self.kommune).first()

    @cached_property
    def raete(self) -> list[Ratsansicht]:
        gesucht = raete_am(self.am).filter(pk__in=self.kommune.raete.order_by().values("pk"))
        return [Ratsansicht(rat) for rat in mit_einzelheiten(gesucht, self.am)]

    @cached_property
    def raete_stand(self) -> datetime | None:
        return stand_der_angaben(ansicht.rat for ansicht in self.raete)

    @property
    def kontakte(self) -> list[Ratsansicht]:
        return [ansicht for ansicht in self.raete if ansicht.ist_erreichbar]

    @cached_property
    def vereinbarungen(self) -> list[Kooperationsvereinbarung]:
        """Newest first; those that have ended stay in the list with their end."""
        return list(
            Kooperationsvereinbarung.objects.oeffentlich()
            .filter(kommunen=self.kommune, unterzeichnet_am__letzter_tag__lte=self.am)
            .select_related("polizeidirektion")
            .prefetch_related(_MIT_KOMMUNEN)
            .order_by(LetzterTag("unterzeichnet_am").desc(), "pk")
        )

    @cached_property
    def beratungen(self) -> list[Beratung]:
        return list(Beratung.objects.oeffentlich().bis(self.am).filter(kommune=self.kommune))

    @cached_property
    def coachings(self) -> list[Coaching]:
        begonnen = _BELEGE["coaching"](Coaching.objects.oeffentlich(), self.am)
        return list(begonnen.filter(kommunen=self.kommune).order_by("beginn", "pk"))

    @cached_property
    def analysen(self) -> list[Sicherheitsanalyse]:
        """Those that have begun, and those announced."""
        return list(
            Sicherheitsanalyse.objects.oeffentlich()
            .filter(
                Q(beginn__letzter_tag__lte=self.am)
                | Q(stand=Sicherheitsanalyse.Stand.ANGEKUENDIGT),
                kommunen=self.kommune,
            )
            .prefetch_related(_MIT_KOMMUNEN)
            .order_by(LetzterTag("beginn").desc(), "pk")
        )

    @cached_property
    def zuwendungen(self) -> list[Zuwendung]:
        bewilligt = Zuwendung.objects.oeffentlich().bewilligt(self.am)
        return list(
            bewilligt.filter(kommune=self.kommune).order_by("-foerderjahr", "-bewilligt_am", "pk")
        )

    @property
    def neueste_zuwendungen(self) -> list[Zuwendung]:
        return self.zuwendungen[:HOECHSTENS_PROJEKTE]

    @cached_property
    def summe_euro(self) -> Decimal:
        """What is known to be granted; amounts that no source names add nothing."""
        return sum((z.betrag_euro for z in self.zuwendungen if z.betrag_euro), Decimal("0.00"))

    @cached_property
    def betraege_fehlen(self) -> bool:
        return any(zuwendung.betrag_euro is None for zuwendung in self.zuwendungen)

    @property
    def foerderung_in_worten(self) -> str:
        """E.g. "67.450,00 € in 3 Projekten"; a sum that leaves amounts out is a minimum."""
        anzahl = len(self.zuwendungen)
        projekte = f"{zahl(anzahl)} {'Projekt' if anzahl == 1 else 'Projekten'}"
        if not self.summe_euro:
            return f"Beträge nicht veröffentlicht, in {projekte}"
        return f"{summe(self.summe_euro, self.betraege_fehlen)} in {projekte}"

    @property
    def projekte_url(self) -> str:
        return Projektauswahl(kommune=self.kommune).url

    @property
    def durchfuehrung_bekannt(self) -> bool:
        return any(zuwendung.durchfuehrung_von for zuwendung in self.neueste_zuwendungen)

    @cached_property
    def fachkraefte(self) -> int | None:
        """How many people from here finished the qualification; None below three."""
        abgeschlossen = Teilnahme.objects.oeffentlich().abgeschlossen(self.am)
        anzahl = abgeschlossen.filter(kommune=self.kommune).count()
        return anzahl if anzahl >= MINDESTENS_FACHKRAEFTE else None

    @cached_property
    def meldungen(self) -> list[dict]:
        meldungen = Meldung.objects.oeffentlich().filter(
            kommunen=self.kommune, datum__letzter_tag__lte=self.am
        )
        return [
            {
                "datum": meldung.datum,
                "titel": meldung.titel,
                "url": meldung.get_absolute_url(),
                "ist_beispiel": meldung.ist_beispiel,
            }
            for meldung in meldungen[:HOECHSTENS_MELDUNGEN]
        ]

    @cached_property
    def termine(self) -> list[dict]:
        heute_frueh = timezone.make_aware(datetime.combine(self.am, time.min))
        termine = Veranstaltung.objects.oeffentlich().kommend(heute_frueh)
        return [
            {
                "datum": termin.beginn,
                "titel": termin.titel,
                "url": termin.get_absolute_url(),
                "ist_beispiel": termin.ist_beispiel,
            }
            for termin in termine.filter(kommunen=self.kommune)[:HOECHSTENS_TERMINE]
        ]

    @cached_property
    def verbuende(self) -> list[Kommune]:
        """The Verbünde this Kommune belongs to."""
        return list(verbuende(self.kommune, self.am))

    @cached_property
    def mitglieder(self) -> list[Kommune]:
        """The members, if this is a Verbund."""
        if self.kommune.art not in VERBUNDARTEN:
            return []
        return list(mitglieder(self.kommune, self.am))

    @cached_property
    def beteiligte_angehoerige(self) -> list[Kommune]:
        """Who takes part among the members of a Verbund or the Kommunen of a Landkreis."""
        if self.kommune.art == Kommune.Art.LANDKREIS:
            im_kreis = Auswahl(kreis=self.kommune.kreis).kommunen(self.am)
            return list(im_kreis.exclude(pk=self.kommune.pk))
        teilnahme = beteiligungen(self.am, [mitglied.pk for mitglied in self.mitglieder])
        return [mitglied for mitglied in self.mitglieder if mitglied.pk in teilnahme]

    @cached_property
    def vorgaenger(self) -> list[Kommune]:
        """The former Kommunen that were merged into this one."""
        return list(self.kommune.vorgaenger.erloschen(self.am))

    @cached_property
    def beteiligt_seit(self) -> dict | None:
        """The earliest date of taking part and by what; a council alone may be older than ASSKomm."""
        anfaenge = [
            *(
                (v.unterzeichnet_am, v.unterzeichnet_am, v.get_art_display(), v)
                for v in self.vereinbarungen
            ),
            *((b.am, b.am, "Beratung", b) for b in self.beratungen),
            *((c.beginn, nur_jahr(c.beginn), "Coaching", c) for c in self.coachings),
            *((a.beginn, a.beginn, "Sicherheitsanalyse", a) for a in self.begonnene_analysen),
            *((z.bewilligt_am, z.bewilligt_am, "Förderung", z) for z in self.zuwendungen),
        ]
        if modell := self.modellkommune:
            anfaenge.insert(0, (modell.seit, modell.seit, "Modellkommune", modell))
        if not anfaenge:
            return None
        _, gezeigt, wodurch, tatsache = min(anfaenge, key=lambda anfang: anfang[0])
        return {"datum": gezeigt, "wodurch": wodurch, "ist_beispiel": tatsache.ist_beispiel}

    @property
    def begonnene_analysen(self) -> list[Sicherheitsanalyse]:
        return [a for a in self.analysen if a.stand != Sicherheitsanalyse.Stand.ANGEKUENDIGT]

    @property
    def coachingjahre(self) -> list[dict]:
        """The years of each coaching, and nothing else about it."""
        return [
            {"jahre": _jahre(coaching), "ist_beispiel": coaching.ist_beispiel}
            for coaching in self.coachings
        ]


def nur_jahr(zeitangabe: Zeitangabe) -> Zeitangabe:
    """Of a coaching the public learns the year."""
    return Zeitangabe(zeitangabe.jahr)


def _jahre(coaching):
    beginn = coaching.beginn.jahr
    ende = coaching.ende or coaching.zuletzt_belegt
    if not ende:
        return f"seit {beginn}"
    if ende.jahr == beginn:
        return str(beginn)
    return f"{beginn} bis {'' if coaching.ende else 'mindestens '}{ende.jahr}"
