"""What waits for staff, as shown on the start page of the admin.

Every number is the length of the list it links to, and nobody reads a number of records
they may not see.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet, Value
from django.urls import reverse
from django.utils import timezone

from asskomm.datenschutz.models import Faelligkeit, Loeschlauf
from asskomm.konten import vertretung
from asskomm.konten.models import Konto, Rollenvergabe, Vertretung, Zweitfaktorverlust
from asskomm.pflege import recht
from asskomm.post.models import Lebenszeichen, Nachricht
from beratung.abschluss.ansichten import AUFGABEN as WIRKUNGSAUFGABEN
from beratung.befugnisse import koordiniert
from beratung.beratungen.ansichten import AUFGABEN as BERATUNGSAUFGABEN
from beratung.beratungen.ansichten import Auswahl
from beratung.models import Beratung, Coaching, Kontingenterweiterung, Sicherheitsanalyse
from beratung.vermittlung.tafel import AUFGABEN as COACHINGAUFGABEN
from foerderung import haushalt, kasse
from foerderung.befugnisse import RECHTE, Handelnde
from foerderung.fallakte.lage import rechte
from foerderung.fallakte.vorrat import MEINE, UEBERFAELLIG, Vorrat
from foerderung.models import Haushaltsansatz, Zahlungszeile, Zuwendung
from foerderung.verfahren.zahlung import anzuordnen
from fortbildung.koordination.ansichten import ANWESENHEIT, ZU_ENTSCHEIDEN
from fortbildung.models import Durchgang
from fortbildung.verfahren.zulassung import RECHT as KOORDINIEREN
from kommunen.befugnisse import kommunen_ohne_verwaltung
from kommunen.models import (
    Bestellung,
    Kommune,
    Kooperationsvereinbarung,
    Modellkommune,
    Praeventionsrat,
    Ratsbestaetigung,
    Ratskorrektur,
)
from kommunen.puls.stand import nach_erinnerungen, ohne_zugang

from .models import Kommentar, Meldung, Rueckmeldung, Veranstaltung, VeroeffentlichteZahl

TATSACHEN = (
    Kooperationsvereinbarung,
    Modellkommune,
    Praeventionsrat,
    Beratung,
    Coaching,
    Sicherheitsanalyse,
    Zuwendung,
    Durchgang,
    Meldung,
    Veranstaltung,
    VeroeffentlichteZahl,
)


@dataclass(frozen=True)
class Art:
    """A kind of task: which records wait on a day, and the filter that lists them."""

    titel: str
    modell: type
    menge: Callable[[date], QuerySet]
    filter: str


# What two people decide: those who can decide see what others have proposed.
VORSCHLAEGE = {
    Rollenvergabe: "Vorgeschlagene Rollen",
    Zweitfaktorverlust: "Zweite Faktoren, die zurückgesetzt werden sollen",
    Vertretung: "Vorgeschlagene Vertretungen",
    Bestellung: "Vorgeschlagene Bestellungen von Verwaltungen",
    Kontingenterweiterung: "Vorgeschlagene Erweiterungen von Kontingenten im Coaching",
    Loeschlauf: "Vorgeschlagene Löschläufe",
}

# Cases of the funding are listed outside the admin.
VORGAENGE = (
    (MEINE, "Vorgänge der Förderung, die bei Ihnen liegen"),
    (UEBERFAELLIG, "Überfällige Vorgänge der Förderung"),
)

# Who watches over the payments.
ZAHLUNGSRECHTE = {RECHTE[Handelnde.LEITUNG], RECHTE[Handelnde.HAUSHALT]}

ARTEN = (
    Art(
        "Kommentare warten auf Prüfung",
        Kommentar,
        lambda heute: Kommentar.objects.wartend(),
        "zustand__exact=wartet",
    ),
    Art(
        "Neue Rückmeldungen zur Barrierefreiheit",
        Rueckmeldung,
        lambda heute: Rueckmeldung.objects.filter(zustand=Rueckmeldung.Zustand.NEU),
        "zustand__exact=neu",
    ),
    Art(
        "Zurückgehaltene Rückmeldungen: Ist es Werbung?",
        Rueckmeldung,
        lambda heute: Rueckmeldung.objects.filter(zustand=Rueckmeldung.Zustand.ZURUECKGEHALTEN),
        "zustand__exact=zurueckgehalten",
    ),
    Art(
        "Löschungen sind fällig",
        Faelligkeit,
        lambda heute: Faelligkeit.objects.all(),
        "anzahl__gt=0",
    ),
    Art(
        "Gebundene Haushaltsmittel weichen von den Bewilligungen ab",
        Haushaltsansatz,
        lambda heute: haushalt.abweichende(),
        "bindung=weicht_ab",
    ),
    Art("Kommunen ohne Verwaltung", Kommune, kommunen_ohne_verwaltung, "verwaltung=fehlt"),
    Art(
        "Sicherheitsanalysen mit überfälliger Phase",
        Sicherheitsanalyse,
        lambda heute: Sicherheitsanalyse.objects.mit_ueberfaelliger_phase(heute),
        "rueckstand=phase",
    ),
    Art(
        "Berichte von Sicherheitsanalysen ohne Empfehlungen",
        Sicherheitsanalyse,
        lambda heute: Sicherheitsanalyse.objects.ohne_empfehlungen(heute),
        "rueckstand=empfehlungen",
    ),
    Art(
        "Präventionsräte ohne Kontakt",
        Praeventionsrat,
        lambda heute: Praeventionsrat.objects.ohne_kontakt(),
        "fehlt=kontakt",
    ),
    Art(
        "Präventionsräte ohne Zustand",
        Praeventionsrat,
        lambda heute: Praeventionsrat.objects.ohne_zustand(),
        "fehlt=zustand",
    ),
    Art(
        "Korrekturen von Kommunen zu ihrem Präventionsrat",
        Ratskorrektur,
        lambda heute: Ratskorrektur.objects.offen(),
        "ergebnis__exact=offen",
    ),
    Art(
        "Präventionsräte am Telefon bestätigen: Niemand kann sich anmelden",
        Ratsbestaetigung,
        ohne_zugang,
        "stand=telefon",
    ),
    Art(
        "Präventionsräte, nach den Erinnerungen nicht bestätigt",
        Ratsbestaetigung,
        nach_erinnerungen,
        "stand=fehlt",
    ),
    Art(
        "Beendete Durchgänge ohne alle Ergebnisse",
        Durchgang,
        lambda heute: Durchgang.objects.nicht_abgerechnet(heute),
        "fehlt=ergebnis",
    ),
    Art(
        "E-Mails, die nicht ankamen",
        Nachricht,
        lambda heute: Nachricht.objects.nicht_zugestellt(),
        "lage=offen",
    ),
    Art(
        "E-Mails, die seit über einer Viertelstunde warten",
        Nachricht,
        lambda heute: Nachricht.objects.ueberfaellig(),
        "lage=ueberfaellig",
    ),
    Art(
        "Der Arbeiter meldet sich nicht: Es gehen keine E-Mails hinaus",
        Lebenszeichen,
        lambda heute: Lebenszeichen.objects.verstummt(),
        "meldung=keine",
    ),
)


@dataclass(frozen=True)
class Aufgabe:
    titel: str
    anzahl: int
    adresse: str


def aufgaben(konto: Konto, um: datetime) -> list[Aufgabe]:
    """What `konto` can do something about at this moment, nothing empty. Five queries at most."""
    heute = timezone.localdate(um)
    return (
        _vorschlaege(konto)
        + _vorgaenge(konto, heute)
        + _listen(konto, um)
        + _offene_arten(konto, heute)
        + _unfertige_tatsachen(konto)
    )


def _vorgaenge(konto, heute):
    """Cases of the funding whose next step is the person's, and those past a date."""
    if not (konto.is_staff and konto.has_perm("foerderung.view_foerderantrag")):
        return []
    anzahlen = Vorrat(konto, rechte(konto), heute).anzahlen()
    liste = reverse("foerderung:arbeitsvorrat")
    return [
        Aufgabe(titel, anzahl, f"{liste}?ansicht={ansicht.schluessel}")
        for ansicht, titel in VORGAENGE
        if (anzahl := anzahlen[f"anzahl_{ansicht.schluessel}"])
    ]


def _listen(konto, um):
    """What waits in the lists of the coordinators outside the admin, asked at once."""
    heute, arten = timezone.localdate(um), []
    if koordiniert(konto):
        # An appointment is over at its hour, not at the end of its day.
        arten += [(a.aufgabe, a.menge(um), Auswahl(ansicht=a).url) for a in BERATUNGSAUFGABEN]
        arten += [
            (a.aufgabe, a.menge(heute), a.url) for a in (*COACHINGAUFGABEN, *WIRKUNGSAUFGABEN)
        ]
    if konto.is_staff and ZAHLUNGSRECHTE & konto.get_all_permissions():
        zahlungen = reverse("foerderung:zahlungen")
        arten += [
            ("Förderkonten, die nicht mit ihren Buchungen stimmen", kasse.abweichende(), zahlungen),
            (
                "Gemeldete Zahlungen, die zu klären sind",
                Zahlungszeile.objects.zu_klaeren(),
                zahlungen,
            ),
        ]
    if konto.is_staff and konto.has_perm(RECHTE[Handelnde.HAUSHALT]):
        arten += [
            (
                "Freigegebene Auszahlungen, die anzuordnen sind",
                anzuordnen(konto),
                reverse("foerderung:zahlungen"),
            )
        ]
    if konto.is_staff and konto.has_perm(KOORDINIEREN):
        liste = reverse("fortbildung:koordination")
        arten += [
            (a.aufgabe, a.menge(heute), f"{liste}?ansicht={a.schluessel}")
            for a in (ZU_ENTSCHEIDEN, ANWESENHEIT)
        ]
    zeilen = _zusammen(
        (
            menge.order_by().values(platz=Value(nummer)).annotate(anzahl=Count("pk"))
            for nummer, (_, menge, _) in enumerate(arten)
        ),
        "anzahl",
    )
    return [
        Aufgabe(arten[nummer][0], anzahl, arten[nummer][2]) for nummer, anzahl in zeilen if anzahl
    ]


def _vorschlaege(konto):
    modelle = [m for m in VORSCHLAEGE if konto.has_perm(recht("entscheiden", m))]
    zeilen = _zusammen(
        (
            modell.objects.entscheidbar_durch(
                konto, vertretung.vertretene(konto, recht("entscheiden", modell))
            )
            .order_by()
            .values(platz=Value(nummer))
            .annotate(anzahl=Count("pk"))
            for nummer, modell in enumerate(modelle)
        ),
        "anzahl",
    )
    return [
        Aufgabe(VORSCHLAEGE[modelle[nummer]], anzahl, _liste(modelle[nummer], "wartet=mich"))
        for nummer, anzahl in zeilen
        if anzahl
    ]


def _offene_arten(konto, heute):
    arten = [art for art in ARTEN if _darf_aendern(konto, art.modell)]
    anzahlen = _zusammen(
        (
            art.menge(heute).order_by().values(platz=Value(nummer)).annotate(anzahl=Count("pk"))
            for nummer, art in enumerate(arten)
        ),
        "anzahl",
    )
    return [
        Aufgabe(arten[nummer].titel, anzahl, _liste(arten[nummer].modell, arten[nummer].filter))
        for nummer, anzahl in anzahlen
        if anzahl
    ]


def _unfertige_tatsachen(konto):
    """Facts to confirm, then facts that are only not published."""
    modelle = [modell for modell in TATSACHEN if _darf_aendern(konto, modell)]
    erschlossen, entwurf = Q(erschlossen=True), Q(erschlossen=False, veroeffentlicht=False)
    zeilen = _zusammen(
        (
            modell.objects.order_by()
            .values(platz=Value(nummer))
            .annotate(
                zu_bestaetigen=Count("pk", filter=erschlossen),
                entwuerfe=Count("pk", filter=entwurf),
            )
            for nummer, modell in enumerate(modelle)
        ),
        "zu_bestaetigen",
        "entwuerfe",
    )
    bestaetigen = [
        Aufgabe(
            f"{modelle[nummer]._meta.verbose_name_plural}: erschlossene Angaben bestätigen",
            anzahl,
            _liste(modelle[nummer], "erschlossen__exact=1"),
        )
        for nummer, anzahl, _ in zeilen
        if anzahl
    ]
    return bestaetigen + [
        Aufgabe(
            f"{modelle[nummer]._meta.verbose_name_plural}: noch nicht veröffentlicht",
            anzahl,
            _liste(modelle[nummer], "erschlossen__exact=0&veroeffentlicht__exact=0"),
        )
        for nummer, _, anzahl in zeilen
        if anzahl
    ]


def _zusammen(abfragen, *spalten):
    """The rows of several queries, read with one statement."""
    teile = [abfrage.values_list("platz", *spalten) for abfrage in abfragen]
    return sorted(teile[0].union(*teile[1:], all=True)) if teile else []


def _darf_aendern(konto, modell):
    return konto.has_perm(recht("change", modell))


def _liste(modell, filter_):
    seite = f"admin:{modell._meta.app_label}_{modell._meta.model_name}_changelist"
    return f"{reverse(seite)}?{filter_}"
