"""The LPR checks a proof of use: cuts, give back, result, open again (F22, F23).

Nobody checks a proof that was in no draw of a sample, and nobody whose releases have paid for the
case. A drawn case is checked by its receipts. They are asked for with `gib_zurueck`, by post or
for the E-Akte: the Kommune reads what is missing and until when, and hands in again.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from asskomm.formate import euro, tag
from asskomm.konten import vertretung, vieraugen
from asskomm.konten.models import Konto
from asskomm.post.verfahren import stelle_ein
from asskomm.protokoll.handlungen import Handlung
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import KeinRecht, SchrittNichtMoeglich

from .. import kasse
from ..befugnisse import RECHTE, Handelnde, handelt_als
from ..models import (
    Abschluss,
    Beleg,
    Belegkuerzung,
    Buchungsart,
    Foerderantrag,
    Nachweispruefung,
    Status,
    Stichprobenfall,
    Verwendungsnachweis,
)
from ..nachweispruefung import vorlagen
from ..nachweispruefung.ergebnis import fassung, stand
from .pruefung import angaben_zu, verlange_status
from .schritte import SCHRITTE, gehe, pruefe_recht, schon_gegangen, sperre, ueberholt
from .zeichnung import beteiligte

GEKUERZT = Handlung("nachweis.beleg_gekuerzt", "Beleg gekürzt")
UNGEKUERZT = Handlung("nachweis.kuerzung_aufgehoben", "Kürzung eines Belegs aufgehoben")
OHNE_ZIEHUNG = (
    "Der Nachweis war noch in keiner Stichprobe. Erst wenn die Stichprobe gezogen ist, steht fest, "
    "ob seine Belege geprüft werden."
)
OHNE_BELEGE = (
    "Dieser Fall gehört zur Stichprobe. Fordern Sie die Belege an, und bestätigen Sie dann, dass "
    "sie Ihnen vorlagen."
)
FREIGEGEBEN = (
    "Wer eine Auszahlung dieses Vorgangs freigegeben hat oder dabei vertreten wurde, prüft seinen "
    "Verwendungsnachweis nicht."
)
Art = Nachweispruefung.Art


def freigebende(antrag: Foerderantrag) -> set[int]:
    """The accounts that have released a payout of the case, and those they acted for."""
    zeilen = antrag.auszahlungen.values_list("freigegeben_von", "freigegeben_fuer")
    return {konto for zeile in zeilen for konto in zeile} - {None}


def _pruefende(antrag, durch):
    """Refuses who may not check; the attempt of who has released money stays in the log."""
    if Handelnde.PRUEFUNG not in handelt_als(durch, antrag):
        raise KeinRecht(f"Das macht {Handelnde.PRUEFUNG.value}.")
    bezahlt = freigebende(antrag)
    fuer = vertretung.fuer(durch, RECHTE[Handelnde.PRUEFUNG], bezahlt)
    if vieraugen.einwand(bezahlt, durch=durch, fuer=fuer):
        vieraugen.weise_ab(antrag, FREIGEGEBEN, durch=durch, fuer=fuer)
    return fuer


def ziehungsfall(antrag: Foerderantrag) -> Stichprobenfall | None:
    """Whether and why the receipts of the case are looked at; None before the draw."""
    return Stichprobenfall.objects.select_related("stichprobe").filter(antrag=antrag).first()


def geltende(antrag: Foerderantrag) -> Nachweispruefung | None:
    """The check that counts: not opened again since."""
    return antrag.nachweispruefungen.filter(geoeffnet_um__isnull=True).order_by("-pk").first()


def kuerze(beleg: Beleg, betrag: Decimal, grund: str, *, durch: Konto, um: datetime) -> None:
    """What of the receipt does not count, with its reason; 0 takes an earlier cut back."""
    fuer = _pruefende(beleg.antrag, durch)
    with transaction.atomic():
        antrag = sperre(beleg.antrag)
        verlange_status(antrag, Status.NACHWEIS_EINGEREICHT)
        if betrag < 0 or betrag > beleg.betrag_euro:
            raise SchrittNichtMoeglich(
                f"Kürzen lassen sich höchstens {euro(beleg.betrag_euro)}, der Betrag des Belegs."
            )
        if betrag and not grund.strip():
            raise SchrittNichtMoeglich("Begründen Sie die Kürzung.")
        angaben = {"beleg": beleg.pk, "betrag": str(betrag)}
        if not betrag:
            if Belegkuerzung.objects.filter(beleg=beleg).delete()[0]:
                protokolliere(UNGEKUERZT, antrag, durch=durch, fuer=fuer, angaben=angaben)
            return
        Belegkuerzung.objects.update_or_create(
            beleg=beleg,
            defaults={
                "betrag_euro": betrag, "grund": grund.strip(), "gekuerzt_um": um,
                "gekuerzt_von": durch,
            },
        )  # fmt: skip
        protokolliere(GEKUERZT, antrag, durch=durch, fuer=fuer, angaben=angaben)


@transaction.atomic
def gib_zurueck(
    antrag: Foerderantrag, was: str, bis: date, *, durch: Konto, um: datetime, gesehen: int
) -> None:
    """Ask the Kommune to complete the proof or to send its receipts until `bis`, and hand in again."""
    jetzt = sperre(antrag)
    if schon_gegangen(jetzt, "nachweis_zurueckgeben", durch, gesehen):
        return
    pruefe_recht(jetzt, SCHRITTE["nachweis_zurueckgeben"], durch)
    if bis <= timezone.localdate(um):
        raise SchrittNichtMoeglich("Die Frist muss in der Zukunft liegen.")
    Verwendungsnachweis.objects.get_or_create(antrag=jetzt, defaults={"angelegt_um": um})
    gehe(antrag, "nachweis_zurueckgeben", durch=durch, um=um, gesehen=gesehen, grund=was,
         angaben={"bis": bis.isoformat()})  # fmt: skip
    Verwendungsnachweis.objects.filter(antrag=antrag).update(
        ergaenzen=was.strip(), ergaenzen_bis=bis, erinnert_am=None, version=F("version") + 1
    )
    _schreibe_kommune(vorlagen.ZURUECKGEGEBEN, antrag, bis=tag(bis))


def pruefe(
    antrag: Foerderantrag,
    vermerk: str,
    *,
    belege_lagen_vor: bool = False,
    durch: Konto,
    um: datetime,
    gesehen: int,
) -> None:
    """Close the check: result, booking, step, mail. Twice is once.

    Raises KeinRecht, EigeneFreigabe, SchrittNichtMoeglich before the draw, for a drawn case whose
    receipts nobody has seen, and without a note; Ueberholt.
    """
    _pruefende(antrag, durch)
    with transaction.atomic():
        jetzt = sperre(antrag)
        if schon_gegangen(jetzt, "nachweis_pruefen", durch, gesehen):
            return
        if jetzt.status != Status.NACHWEIS_EINGEREICHT or jetzt.version != gesehen:
            raise ueberholt(jetzt)
        fall, nachweis = ziehungsfall(jetzt), fassung(jetzt)
        if fall is None or nachweis is None:
            raise SchrittNichtMoeglich(OHNE_ZIEHUNG)
        if fall.mit_belegen and not belege_lagen_vor:
            raise SchrittNichtMoeglich(OHNE_BELEGE)
        if not vermerk.strip():
            raise SchrittNichtMoeglich("Schreiben Sie einen Prüfvermerk.")
        zahlen = stand(jetzt, nachweis)
        # Checked again after it was opened, the same version has one result; the log keeps both.
        pruefung, _ = Nachweispruefung.objects.update_or_create(
            fassung=nachweis,
            defaults={
                "antrag": jetzt,
                "art": Art.BELEGE if fall.mit_belegen else Art.PLAUSIBILITAET,
                "ausgaben_euro": zahlen.ergebnis.ausgaben,
                "anerkannt_euro": zahlen.ergebnis.anerkannt,
                "zuwendung_euro": zahlen.ergebnis.zuwendung,
                "zurueck_euro": zahlen.abrechnung.zurueck,
                "offen_euro": zahlen.abrechnung.offen,
                "vermerk": vermerk.strip(),
                "geprueft_um": um,
                "geprueft_von": durch,
                "geoeffnet_um": None,
            },
        )
        kasse.buche(
            jetzt, Buchungsart.NACHGEWIESEN, pruefung.zuwendung_euro, um=um, durch=durch,
            nachweispruefung=pruefung,
        )  # fmt: skip
        gehe(
            antrag, "nachweis_pruefen", durch=durch, um=um, gesehen=gesehen,
            angaben={
                "nachweis": nachweis.nummer, "art": pruefung.art,
                "zuwendung": str(pruefung.zuwendung_euro), "zurueck": str(pruefung.zurueck_euro),
                "offen": str(pruefung.offen_euro),
            },
        )  # fmt: skip
        _schreibe_kommune(vorlagen.GEPRUEFT, antrag)


@transaction.atomic
def oeffne(antrag: Foerderantrag, grund: str, *, durch: Konto, um: datetime, gesehen: int) -> None:
    """Check again: the result counts no more, and what was booked is booked back. Twice is once."""
    jetzt = sperre(antrag)
    if schon_gegangen(jetzt, "nachweispruefung_oeffnen", durch, gesehen):
        return
    pruefe_recht(jetzt, SCHRITTE["nachweispruefung_oeffnen"], durch)
    if Abschluss.objects.offen().filter(antrag=jetzt).exists():
        raise SchrittNichtMoeglich(
            "Der Abschluss ist vorgeschlagen. Erst muss darüber entschieden sein."
        )
    pruefung = geltende(jetzt)
    gehe(
        antrag, "nachweispruefung_oeffnen", durch=durch, um=um, gesehen=gesehen, grund=grund
    )  # fmt: skip
    if pruefung:
        Nachweispruefung.objects.filter(pk=pruefung.pk).update(geoeffnet_um=um)
        kasse.buche(
            jetzt, Buchungsart.NACHGEWIESEN, -pruefung.zuwendung_euro, um=um, durch=durch,
            nachweispruefung=pruefung,
        )  # fmt: skip
    _schreibe_kommune(vorlagen.WIEDER_GEOEFFNET, antrag)


def _schreibe_kommune(vorlage, antrag, **weitere):
    angaben = angaben_zu(antrag) | weitere
    for konto in beteiligte(antrag.kommune):
        stelle_ein(vorlage, an=konto, gegenstand=antrag, angaben=angaben)
