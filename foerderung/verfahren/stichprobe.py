"""Drawing a sample of proofs of use, and adding a case to it; no case ever leaves it (F23)."""

from __future__ import annotations

import secrets
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction

from asskomm.formate import FEST
from asskomm.formularfelder import zahl_text
from asskomm.konten import vertretung
from asskomm.konten.models import Konto
from asskomm.protokoll.handlungen import Handlung
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import KeinRecht, SchrittNichtMoeglich, Ueberholt

from ..befugnisse import RECHTE, Handelnde
from ..models import Regel, Status, Stichprobe, Stichprobenfall
from ..regelwerk.werte import fehlt
from ..stichprobe.grundgesamtheit import antraege, grundgesamtheit, mindestanteil
from ..stichprobe.ziehung import Gezogen, pruefsumme, ziehe
from .entscheidung import Unzulaessig
from .pruefung import handelnd
from .schritte import sperre

GEZOGEN = Handlung("stichprobe.gezogen", "Stichprobe gezogen")
IN_STICHPROBE = Handlung("stichprobe.fall", "In eine Stichprobe einbezogen")
ERGAENZT = Handlung("stichprobe.ergaenzt", "Zur Stichprobe hinzugefügt")
# Who draws; who checks does not choose what is checked.
ZIEHT = (Handelnde.SACHBEARBEITUNG, Handelnde.LEITUNG)
ERGAENZEND = (Handelnde.SACHBEARBEITUNG, Handelnde.PRUEFUNG, Handelnde.LEITUNG)
LEER = "Zurzeit gibt es keinen Verwendungsnachweis, der noch in keiner Stichprobe war."
GEAENDERT = (
    "Die Grundgesamtheit hat sich geändert, während Sie die Seite vor sich hatten. Sehen Sie sich "
    "die neue Liste an, und ziehen Sie dann."
)
Grund = Stichprobenfall.Grund


def darf_ziehen(konto: Konto) -> bool:
    return any(konto.has_perm(RECHTE[art]) for art in ZIEHT)


@transaction.atomic
def ziehe_stichprobe(
    bezeichnung: str,
    anteil: Decimal,
    *,
    beispiele: bool,
    gesehen: str,
    durch: Konto,
    um: datetime,
    marke: UUID,
) -> Stichprobe:
    """Draw from all proofs that are in no draw yet; real or invented ones (`beispiele`).

    `gesehen` is the checksum of the population on the page. The same form sent twice is one draw.
    Raises KeinRecht, Ueberholt, SchrittNichtMoeglich for an empty population, and Unzulaessig with
    a sentence for `bezeichnung` or `anteil`.
    """
    recht = next((RECHTE[art] for art in ZIEHT if durch.has_perm(RECHTE[art])), None)
    if recht is None:
        raise KeinRecht(f"Das macht {' oder '.join(art.value for art in ZIEHT)}.")
    vorhanden = Stichprobe.objects.filter(marke=marke, gezogen_von=durch).first()
    if vorhanden:
        return vorhanden
    gesperrt = {a.nummer: a for a in antraege(beispiele=beispiele).select_for_update(of=("self",))}
    alle = grundgesamtheit(beispiele=beispiele)
    if not alle:
        raise SchrittNichtMoeglich(LEER)
    if pruefsumme(alle) != gesehen or gesperrt.keys() != {fall["nummer"] for fall in alle}:
        raise Ueberholt(GEAENDERT)
    bezeichnung = bezeichnung.strip()
    if felder := dict(_maengel(bezeichnung, anteil, mindestanteil(beispiele=beispiele))):
        raise Unzulaessig(felder)
    startwert = secrets.token_hex(32)
    try:
        with transaction.atomic():
            stichprobe = Stichprobe.objects.create(
                marke=marke, bezeichnung=bezeichnung, grundgesamtheit=alle,
                pruefsumme=pruefsumme(alle), anteil_prozent=anteil, startwert=startwert,
                gezogen_um=um, gezogen_von=durch,
            )  # fmt: skip
            lose = ziehe(alle, anteil, startwert)
            Stichprobenfall.objects.bulk_create(
                Stichprobenfall(
                    stichprobe=stichprobe, antrag=gesperrt[los.nummer], grund=los.los.value
                )
                for los in lose
            )
    except IntegrityError as fehler:  # somebody else has drawn these cases just now
        raise Ueberholt(GEAENDERT) from fehler
    fuer = vertretung.fuer(durch, recht)
    protokolliere(
        GEZOGEN, stichprobe, durch=durch, fuer=fuer,
        angaben={"faelle": len(alle), "anteil": str(anteil), "pruefsumme": stichprobe.pruefsumme},
    )  # fmt: skip
    for los in lose:
        protokolliere(
            IN_STICHPROBE, gesperrt[los.nummer], durch=durch, fuer=fuer,
            angaben={"stichprobe": stichprobe.pk, "grund": los.los.value},
        )  # fmt: skip
    return stichprobe


def _maengel(bezeichnung, anteil, mindestens):
    if not bezeichnung:
        yield "bezeichnung", "Geben Sie der Stichprobe einen Namen."
    elif Stichprobe.objects.filter(bezeichnung=bezeichnung).exists():
        yield "bezeichnung", "Diesen Namen hat schon eine andere Stichprobe."
    if mindestens is None:
        yield "anteil", fehlt(Regel.Schluessel.STICHPROBE_PROZENT)
    elif not mindestens <= anteil <= 100:
        yield (
            "anteil",
            f"Der Anteil liegt nach dem Regelwerk zwischen {zahl_text(mindestens)} und 100{FEST}%.",
        )


def wiederholung(stichprobe: Stichprobe) -> list[Gezogen]:
    """The draw once more, from what is stored."""
    return ziehe(stichprobe.grundgesamtheit, stichprobe.anteil_prozent, stichprobe.startwert)


def stimmt(stichprobe: Stichprobe, faelle, lose: list[Gezogen]) -> bool:
    """Whether the stored cases are those of the draw, those added since counted as not drawn."""
    gespeichert = {
        fall.antrag.nummer: Grund.NICHT_GEZOGEN if fall.grund == Grund.ERGAENZT else fall.grund
        for fall in faelle
    }
    gezogen = {los.nummer: los.los.value for los in lose}
    return (
        gezogen == gespeichert and pruefsumme(stichprobe.grundgesamtheit) == stichprobe.pruefsumme
    )


@transaction.atomic
def ergaenze(fall: Stichprobenfall, begruendung: str, *, durch: Konto, um: datetime) -> None:
    """Look at the receipts of this case as well. Twice is once; there is no way back."""
    fuer = handelnd(fall.antrag, durch, *ERGAENZEND)
    antrag = sperre(fall.antrag)
    if not begruendung.strip():
        raise SchrittNichtMoeglich("Begründen Sie, warum der Fall geprüft wird.")
    if antrag.status != Status.NACHWEIS_EINGEREICHT:
        raise SchrittNichtMoeglich(
            "Hinzufügen lässt sich nur ein Fall, dessen Nachweis eingereicht und noch nicht geprüft "
            "ist."
        )
    passend = Stichprobenfall.objects.filter(pk=fall.pk, grund=Grund.NICHT_GEZOGEN)
    if not passend.update(
        grund=Grund.ERGAENZT, begruendung=begruendung.strip(), ergaenzt_um=um, ergaenzt_von=durch
    ):
        fall.refresh_from_db()
        if fall.ergaenzt_von_id == durch.pk:
            return
        raise Ueberholt("Der Fall gehört schon zur Stichprobe.")
    fall.refresh_from_db()
    protokolliere(
        ERGAENZT, antrag, durch=durch, fuer=fuer, grund=begruendung,
        angaben={"stichprobe": fall.stichprobe_id},
    )  # fmt: skip
