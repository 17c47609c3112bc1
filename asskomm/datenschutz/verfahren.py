"""Periods, holds and deletion runs: every change, with its log entry."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from functools import reduce
from operator import or_

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.utils import timezone

from asskomm.konten import vieraugen
from asskomm.konten.models import Konto
from asskomm.personendaten import (
    Durchfuehrung,
    Loeschregel,
    offene_vorgaenge,
    personendaten,
    regeln,
)
from asskomm.protokoll.auswahl import NUMMER
from asskomm.protokoll.personendaten import KONTO
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import SchrittNichtMoeglich

from . import handlungen
from .fristen import faellige, gueltige_fristen
from .models import Aufbewahrungsfrist, Aufbewahrungssperre, Faelligkeit, Loeschlauf, Loeschposten
from .spuren import verlauf_von, wende_an

# One approval is one transaction: what it holds must end well within the time of a request.
HOECHSTENS = 1000
JE_ABFRAGE = 500
Stand = Loeschposten.Stand

# --- Periods -------------------------------------------------------------------


@transaction.atomic
def lege_frist_fest(frist: Aufbewahrungsfrist, *, durch: Konto, um: datetime) -> Aufbewahrungsfrist:
    """Store a new period; the one before it ends with the day before.

    It begins today at the earliest, so that earlier runs stay explainable.
    """
    if frist.gueltig_ab < timezone.localdate(um):
        raise SchrittNichtMoeglich("Eine Frist gilt frühestens ab heute.")
    if frist.regel not in regeln():
        raise SchrittNichtMoeglich("Für diese Daten gibt es keine Regel.")
    frist.full_clean()
    frist.save(force_insert=True)
    protokolliere(
        handlungen.FRIST_FESTGELEGT,
        frist,
        durch=durch,
        angaben={
            "regel": frist.regel,
            "anzahl": frist.anzahl,
            "einheit": frist.einheit,
            "zu_bestaetigen": frist.zu_bestaetigen,
        },
    )
    return frist


def sofort_faellig(frist: Aufbewahrungsfrist, heute: date) -> int:
    """How many rows are due on the first day of the period."""
    return faellige(regeln()[frist.regel], frist, max(frist.gueltig_ab, heute)).count()


# --- Holds ---------------------------------------------------------------------


@transaction.atomic
def sperre(art: str, nummer: str, *, grund: str, durch: Konto, um: datetime) -> Aufbewahrungssperre:
    """Hold the row `nummer` of the model `art`, e.g. ("konten.konto", "12").

    Raises SchrittNichtMoeglich when there is no such row or no rule could ever delete it.
    """
    _nacheinander()
    if art not in sperrbare_arten():
        raise SchrittNichtMoeglich("Für diese Art von Datensätzen gibt es keine Löschung.")
    modell = apps.get_model(art)
    try:
        NUMMER(nummer)
        vorhanden = modell._base_manager.filter(pk=modell._meta.pk.to_python(nummer)).exists()
    except ValidationError:
        vorhanden = False
    if not vorhanden:
        raise SchrittNichtMoeglich("Diesen Datensatz gibt es nicht. Prüfen Sie Art und Nummer.")
    eintrag = Aufbewahrungssperre(
        gegenstand_art=art,
        gegenstand_nummer=str(modell._meta.pk.to_python(nummer)),
        grund=grund.strip(),
        gesetzt_von=durch,
        gesetzt_um=um,
    )
    eintrag.full_clean()
    eintrag.save(force_insert=True)
    protokolliere(
        handlungen.GESPERRT,
        eintrag,
        durch=durch,
        grund=grund,
        angaben={"art": art, "nummer": eintrag.gegenstand_nummer},
    )
    return eintrag


@transaction.atomic
def hebe_sperre_auf(
    eintrag: Aufbewahrungssperre, *, grund: str, durch: Konto, um: datetime
) -> None:
    if not grund.strip():
        raise SchrittNichtMoeglich("Begründen Sie, warum die Sperre nicht mehr nötig ist.")
    in_kraft = Aufbewahrungssperre.objects.in_kraft().filter(pk=eintrag.pk)
    if not in_kraft.update(aufgehoben_von=durch, aufgehoben_um=um):
        raise SchrittNichtMoeglich("Diese Sperre ist schon aufgehoben.")
    eintrag.refresh_from_db()
    protokolliere(handlungen.SPERRE_AUFGEHOBEN, eintrag, durch=durch, grund=grund)


def _nacheinander() -> None:
    """Until the end of the transaction no hold is set while a run is carried out, or the other
    way round: else a hold could be confirmed for what is being deleted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('asskomm.datenschutz'))")


def sperrbare_arten() -> dict[str, str]:
    """What can be held: what a rule deletes, and what such a row belongs to."""
    arten = {regel.modell.lower() for regel in regeln().values()}
    arten |= {art for regel in regeln().values() for art in regel.gehoert_zu}
    woerter = {art: str(apps.get_model(art)._meta.verbose_name) for art in arten}
    return dict(sorted(woerter.items(), key=lambda paar: paar[1].casefold()))


# --- Deletion runs ---------------------------------------------------------------


@transaction.atomic
def schlage_loeschlauf_vor(
    lauf: Loeschlauf, *, durch: Konto, um: datetime, fuer: Konto | None = None
) -> Loeschlauf:
    """Collect what is due on the day `lauf.am` and propose to delete it.

    Not more than HOECHSTENS rows; `spaeter` says how many are left for the next run. What is
    held or still open is listed with its reason. Raises SchrittNichtMoeglich when nothing is
    due or another run still waits for its decision.
    """
    vorhanden = Loeschlauf.objects.filter(marke=lauf.marke, vorgeschlagen_von=durch).first()
    if vorhanden:
        return vorhanden
    if lauf.am > timezone.localdate(um):
        raise SchrittNichtMoeglich("Der Stichtag liegt in der Zukunft. Noch ist nichts fällig.")
    if Loeschlauf.objects.offen().exists():
        raise SchrittNichtMoeglich("Ein Löschlauf wartet schon auf die Entscheidung.")
    posten, lauf.spaeter = _sammle(lauf.am)
    if not any(eintrag.stand == Stand.VORGESEHEN for eintrag in posten):
        raise SchrittNichtMoeglich(
            "An diesem Tag ist nichts zu löschen: Nichts ist fällig, "
            "oder was fällig ist, ist gesperrt oder noch offen."
        )
    vieraugen.schlage_vor(lauf, durch=durch, um=um, fuer=fuer)
    for eintrag in posten:
        eintrag.lauf = lauf
    Loeschposten.objects.bulk_create(posten, batch_size=JE_ABFRAGE)
    return lauf


def _sammle(am: date) -> tuple[list[Loeschposten], int]:
    """The rows of a run, and how many due rows it has no room for."""
    posten, frei, spaeter = [], HOECHSTENS, 0
    fristen = gueltige_fristen(am)
    for regel in regeln().values():
        frist = fristen.get(regel.schluessel)
        if frist is None:
            continue
        offen = faellige(regel, frist, am)
        ausgelassen = HOECHSTENS
        zeilen = list(offen.values_list("pk", "faellig_am"))
        for beginn in range(0, len(zeilen), JE_ABFRAGE):
            stueck = zeilen[beginn : beginn + JE_ABFRAGE]
            gruende = auslassungen(regel, [nummer for nummer, _ in stueck])
            for nummer, tag in stueck:
                grund = gruende.get(nummer, "")
                if (ausgelassen if grund else frei) == 0:
                    spaeter += not grund
                    continue
                if grund:
                    ausgelassen -= 1
                else:
                    frei -= 1
                posten.append(
                    Loeschposten(
                        regel=regel.schluessel,
                        frist=frist,
                        art=regel.modell.lower(),
                        nummer=str(nummer),
                        faellig_am=tag,
                        stand=Stand.AUSGELASSEN if grund else Stand.VORGESEHEN,
                        auslassung=grund,
                    )
                )
    return posten, spaeter


@transaction.atomic
def loesche_ohne_lauf(regel: Loeschregel, zeilen: models.QuerySet) -> None:
    """Delete what nobody needs to decide about; what is held or open stays."""
    _nacheinander()
    bleiben = auslassungen(regel, list(zeilen.values_list("pk", flat=True)))
    zeilen.exclude(pk__in=bleiben).delete()


def auslassungen(regel: Loeschregel, nummern: Collection) -> dict:
    """Which of these rows must stay for now, with the key of the reason."""
    gruende = {}
    for vorgang in offene_vorgaenge(regel.modell):
        gruende |= dict.fromkeys(vorgang.offen(nummern), vorgang.schluessel)
    if gesperrt := _in_kraft():
        gruende |= dict.fromkeys(_mittelbare(regel, nummern, gesperrt), Loeschposten.FESTGEHALTEN)
        gruende |= dict.fromkeys(_gesperrte(regel, nummern, gesperrt), Loeschposten.GESPERRT)
    return gruende


def _in_kraft() -> dict[str, set[str]]:
    """The numbers under a hold, by kind."""
    gesperrt = defaultdict(set)
    for art, nummer in Aufbewahrungssperre.objects.in_kraft().values_list(
        "gegenstand_art", "gegenstand_nummer"
    ):
        gesperrt[art].add(nummer)
    return gesperrt


def _gesperrte(regel, nummern, gesperrt) -> set:
    """Rows that are held themselves, or belong to or tell about what is held."""
    selbst = gesperrt[regel.modell.lower()]
    treffer = {nummer for nummer in nummern if str(nummer) in selbst}
    zeilen = regel.bestand().filter(pk__in=nummern)
    for art, pfad in regel.gehoert_zu.items():
        if gesperrt[art]:
            treffer |= {
                nummer
                for nummer, wozu in zeilen.values_list("pk", pfad)
                if str(wozu) in gesperrt[art]
            }
    if regel.handelt_von:
        treffer |= {
            nummer for nummer, art, ziel in regel.handelt_von(nummern) if ziel in gesperrt[art]
        }
    konten = list(Konto.objects.filter(pk__in=gesperrt[KONTO]))
    for erklaerung in personendaten():
        if konten and erklaerung.ende is regel and erklaerung.modell == regel.modell:
            ihre = zeilen.filter(reduce(or_, map(erklaerung.von, konten)))
            treffer |= set(ihre.values_list("pk", flat=True))
    return treffer


def _mittelbare(regel, nummern, gesperrt) -> set:
    """Rows with which something would go that is held: their history, or what is the person's."""
    treffer = set()
    verlauf = verlauf_von(apps.get_model(regel.modell))
    if verlauf and (saetze := gesperrt[verlauf._meta.label_lower]):
        schluessel = verlauf.instance_type._meta.pk.attname
        treffer |= set(
            verlauf.objects.filter(pk__in=saetze, **{f"{schluessel}__in": nummern}).values_list(
                schluessel, flat=True
            )
        )
    if regel.macht_unkenntlich:
        je_zeile = dict(regel.macht_unkenntlich(nummern))
        gehalten = _konten_mit_gesperrtem(set(je_zeile.values()), gesperrt)
        treffer |= {nummer for nummer, konto in je_zeile.items() if konto in gehalten}
    return treffer


def _konten_mit_gesperrtem(konten: set[int], gesperrt) -> set[int]:
    """Accounts to which something leads that is held, or that what is held tells about."""
    betrifft = defaultdict(set, {art: set(nummern) for art, nummern in gesperrt.items()})
    for regel in regeln().values():
        if regel.handelt_von:
            for _, art, ziel in regel.handelt_von(gesperrt[regel.modell.lower()]):
                betrifft[art].add(ziel)
    offen = list(Konto.objects.filter(pk__in=konten))
    treffer = set()
    for erklaerung in personendaten():
        if nummern := betrifft[erklaerung.modell.lower()]:
            zeilen = apps.get_model(erklaerung.modell)._base_manager.filter(pk__in=nummern)
            treffer |= _die_es_betrifft(zeilen, erklaerung, offen)
    return treffer


def _die_es_betrifft(zeilen, erklaerung, konten: list[Konto]) -> set[int]:
    """Those of `konten` with one of the rows. By halves, as a declaration may be a condition."""
    if not konten or not zeilen.filter(reduce(or_, map(erklaerung.von, konten))).exists():
        return set()
    if len(konten) == 1:
        return {konten[0].pk}
    mitte = len(konten) // 2
    return _die_es_betrifft(zeilen, erklaerung, konten[:mitte]) | _die_es_betrifft(
        zeilen, erklaerung, konten[mitte:]
    )


def _gesperrte_angaben() -> dict[str, list[tuple]]:
    """The personal data of what is held, by kind, as it is now."""
    felder = defaultdict(set)
    for erklaerung in personendaten():
        felder[erklaerung.modell.lower()] |= set(erklaerung.felder)
    gesperrt, angaben = _in_kraft(), {}
    for art in sperrbare_arten():
        modell = apps.get_model(art)
        erklaert = felder[art] | felder[getattr(modell, "instance_type", modell)._meta.label_lower]
        namen = [feld.name for feld in modell._meta.concrete_fields if feld.name in erklaert]
        zeilen = modell._base_manager.filter(pk__in=gesperrt[art])
        angaben[art] = list(zeilen.order_by("pk").values_list("pk", *namen))
    return angaben


def genehmige(lauf: Loeschlauf, *, durch: Konto, um: datetime, fuer: Konto | None = None) -> None:
    """The second person approves, and the run is carried out in the same transaction.

    Every row is looked at once more under a lock: changed, gone, held or open by now, it is
    left out with that reason. Raises EigeneFreigabe and logs the attempt. Should the run touch
    what is held all the same, it raises SchrittNichtMoeglich and has done nothing.
    """
    vieraugen.pruefe_zweite_person(lauf, durch=durch, fuer=fuer)
    with transaction.atomic():
        _nacheinander()
        vieraugen.genehmige(lauf, durch=durch, um=um, fuer=fuer)
        durchfuehrung = Durchfuehrung(um=um, durch=durch, lauf=lauf)
        gesperrt = _gesperrte_angaben()
        posten = defaultdict(list)
        for eintrag in lauf.posten.filter(stand=Stand.VORGESEHEN):
            posten[eintrag.regel].append(eintrag)
        for schluessel, regel in regeln().items():
            if posten[schluessel]:
                _fuehre_aus(regel, posten.pop(schluessel), durchfuehrung)
        for verwaist in posten.values():  # the portal has been updated in between
            _lasse_aus(verwaist, Loeschposten.GEAENDERT)
        if _gesperrte_angaben() != gesperrt:  # the last word, whatever a step of an app did
            raise SchrittNichtMoeglich(
                "Der Lauf hätte etwas verändert, für das eine Löschsperre gesetzt ist. "
                "Nichts wurde gelöscht."
            )
        zaehle_faellige(lauf.am)
        protokolliere(
            handlungen.LAUF_AUSGEFUEHRT, lauf, durch=durch, fuer=fuer, angaben=_bilanz(lauf)
        )


def _fuehre_aus(regel, posten, durchfuehrung):
    modell = apps.get_model(regel.modell)
    frist = gueltige_fristen(durchfuehrung.lauf.am).get(regel.schluessel)
    je_nummer = {modell._meta.pk.to_python(eintrag.nummer): eintrag for eintrag in posten}
    # Locked first, so that nothing can change between the second look and the deletion.
    da = set(
        modell._base_manager.filter(pk__in=je_nummer)
        .order_by("pk")
        .select_for_update()
        .values_list("pk", flat=True)
    )
    noch_faellig = {}
    if frist:
        offen = faellige(regel, frist, durchfuehrung.lauf.am).filter(pk__in=da)
        noch_faellig = dict(offen.values_list("pk", "faellig_am"))
    gruende = auslassungen(regel, da)
    ausgelassen, weg = defaultdict(list), []
    for nummer, eintrag in je_nummer.items():
        if nummer not in da:
            ausgelassen[Loeschposten.VERSCHWUNDEN].append(eintrag)
        elif nummer in gruende:
            ausgelassen[gruende[nummer]].append(eintrag)
        elif noch_faellig.get(nummer) != eintrag.faellig_am:
            ausgelassen[Loeschposten.GEAENDERT].append(eintrag)
        else:
            weg.append(nummer)
    for grund, eintraege in ausgelassen.items():
        _lasse_aus(eintraege, grund)
    if not weg:
        return
    if regel.ausfuehren:
        regel.ausfuehren(weg, durchfuehrung)
    else:
        wende_an(regel, modell, weg)
    _setze([je_nummer[nummer] for nummer in weg], stand=Stand.ERLEDIGT)


def _lasse_aus(posten, grund):
    _setze(posten, stand=Stand.AUSGELASSEN, auslassung=grund)


def _setze(posten: Iterable[Loeschposten], **felder):
    Loeschposten.objects.filter(pk__in=[eintrag.pk for eintrag in posten]).update(**felder)


def _bilanz(lauf) -> dict[str, int]:
    """Counts for the log: in all, and done by rule."""
    zeilen = lauf.posten.values_list("regel", "stand").annotate(anzahl=models.Count("pk"))
    bilanz = Counter(erledigt=0, ausgelassen=0)
    for regel, stand, anzahl in zeilen.order_by("regel", "stand"):
        bilanz[str(stand)] += anzahl
        if stand == Stand.ERLEDIGT:
            bilanz[f"erledigt.{regel}"] += anzahl
    return dict(bilanz)


def zaehle_faellige(am: date) -> int:
    """Count for the start page what could be proposed on the day `am`; returns the sum."""
    fristen = gueltige_fristen(am)
    anzahlen = {}
    for schluessel, regel in regeln().items():
        if schluessel in fristen:
            nummern = list(faellige(regel, fristen[schluessel], am).values_list("pk", flat=True))
            anzahlen[schluessel] = len(nummern) - len(auslassungen(regel, nummern))
    Faelligkeit.objects.exclude(regel__in=[r for r, anzahl in anzahlen.items() if anzahl]).delete()
    Faelligkeit.objects.bulk_create(
        [
            Faelligkeit(regel=regel, anzahl=anzahl, gezaehlt_am=am)
            for regel, anzahl in anzahlen.items()
            if anzahl
        ],
        update_conflicts=True,
        unique_fields=["regel"],
        update_fields=["anzahl", "gezaehlt_am"],
    )
    return sum(anzahlen.values())
