"""The LPR decides about a payout: three people check, approve and release it (F19).

    pruefe (Sachbearbeitung) -> genehmige (Leitung) -> gib_frei (Haushalt)

Each step back needs a reason and leads to a new check. Deputies count as themselves and as those
they act for; who tries a second step is refused, and that stands in the log.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from asskomm.formate import euro
from asskomm.konten import vertretung, vieraugen
from asskomm.konten.models import Konto
from asskomm.protokoll.handlungen import Handlung
from asskomm.schritt import KeinRecht, SchrittNichtMoeglich

from ..auszahlung import vorlagen
from ..befugnisse import RECHTE, Handelnde, handelt_als
from ..models import Auszahlung, Auszahlungsstand
from ..models.auszahlung import PERSONEN
from .aktenfuehrung import personal
from .auszahlung import anteil
from .auszahlungsschritt import (
    benachrichtige,
    schreibe,
    sperre_auszahlung,
    ueberholt,
    verlange_zahlbar,
    vermerke,
)
from .bankverbindung import gueltige
from .entscheidung import Unzulaessig

S = Auszahlungsstand
GEPRUEFT = Handlung("auszahlung.geprueft", "Auszahlung geprüft")
GENEHMIGT = Handlung("auszahlung.genehmigt", "Auszahlung genehmigt")
FREIGEGEBEN = Handlung("auszahlung.freigegeben", "Auszahlung freigegeben")
ZURUECK = Handlung("auszahlung.zurueckgegeben", "Auszahlung zur Prüfung zurückgegeben")
# Who takes the next step from each state, and the columns that keep it.
WER = {
    S.ANGEFORDERT: Handelnde.SACHBEARBEITUNG,
    S.GEPRUEFT: Handelnde.LEITUNG,
    S.GENEHMIGT: Handelnde.HAUSHALT,
}
DRITTE_PERSON = (
    "Prüfen, genehmigen und freigeben müssen drei Personen: Sie oder Ihre Vertretung haben an "
    "dieser Auszahlung schon mitgewirkt."
)
BANK_GEWECHSELT = (
    "Die Bankverbindung der Kommune hat sich seit der Anforderung geändert. Lehnen Sie diese "
    "Auszahlung ab, damit die Kommune sie neu anfordert."
)


def beteiligte(auszahlung: Auszahlung) -> set[int]:
    """The accounts that have taken a step which still counts, and those they acted for."""
    return {
        getattr(auszahlung, f"{person}_{art}_id") for person in PERSONEN for art in ("von", "fuer")
    } - {None}


def pruefe(
    auszahlung: Auszahlung,
    *,
    anerkannt: Decimal,
    kuerzung: str = "",
    durch: Konto,
    um: datetime,
    gesehen: int,
) -> None:
    """Recognise the spending, all of it or less with a reason; what counts is its share."""
    _verlange_recht(auszahlung, WER[S.ANGEFORDERT], durch)
    felder = dict(_maengel_der_pruefung(auszahlung, anerkannt, kuerzung))
    if felder:
        raise Unzulaessig(felder)
    voll = anerkannt == auszahlung.ausgaben_euro
    _entscheide(
        auszahlung,
        S.ANGEFORDERT,
        S.GEPRUEFT,
        GEPRUEFT,
        vorlagen.ZU_GENEHMIGEN,
        durch=durch,
        um=um,
        gesehen=gesehen,
        anerkannt_euro=anerkannt,
        auszuzahlen_euro=(
            auszahlung.betrag_euro if voll else anteil(anerkannt, auszahlung.foerdersatz)
        ),
        kuerzung="" if voll else kuerzung.strip(),
    )


def _maengel_der_pruefung(auszahlung, anerkannt, kuerzung):
    if anerkannt <= 0 or anteil(anerkannt, auszahlung.foerdersatz) <= 0:
        yield (
            "anerkannt",
            "Erkennen Sie Ausgaben über 0 Euro an, oder lehnen Sie die Auszahlung ab.",
        )
    elif anerkannt > auszahlung.ausgaben_euro:
        yield (
            "anerkannt",
            f"Anerkennen lassen sich höchstens {euro(auszahlung.ausgaben_euro)}, so viel hat die "
            "Kommune angegeben.",
        )
    elif anerkannt < auszahlung.ausgaben_euro and not kuerzung.strip():
        yield "kuerzung", "Begründen Sie die Kürzung."


def genehmige(auszahlung: Auszahlung, *, durch: Konto, um: datetime, gesehen: int) -> None:
    """The Leitung approves what was checked."""
    _entscheide(
        auszahlung,
        S.GEPRUEFT,
        S.GENEHMIGT,
        GENEHMIGT,
        vorlagen.FREIZUGEBEN,
        durch=durch,
        um=um,
        gesehen=gesehen,
    )


def gib_frei(auszahlung: Auszahlung, *, durch: Konto, um: datetime, gesehen: int) -> None:
    """The Haushalt releases what was approved, if the account is still that of the Kommune."""
    _entscheide(
        auszahlung,
        S.GENEHMIGT,
        S.FREIGEGEBEN,
        FREIGEGEBEN,
        None,
        durch=durch,
        um=um,
        gesehen=gesehen,
    )


def _entscheide(auszahlung, von, ziel, handlung, vorlage, *, durch, um, gesehen, **felder):
    """One of the three steps. The attempt of somebody who takes part is logged for good."""
    art, jetzt = WER[von], Auszahlung.objects.get(pk=auszahlung.pk)
    if _ist_gegangen(jetzt, ziel, durch, gesehen):
        return
    fuer = vertretung.fuer(durch, RECHTE[art], beteiligte(jetzt))
    _verlange_recht(auszahlung, art, durch)
    if jetzt.stand != von:
        raise ueberholt(jetzt)
    if vieraugen.einwand(beteiligte(jetzt), durch=durch, fuer=fuer):
        vieraugen.weise_ab(auszahlung.antrag, DRITTE_PERSON, durch=durch, fuer=fuer)
    with transaction.atomic():
        jetzt = sperre_auszahlung(auszahlung)
        if _ist_gegangen(jetzt, ziel, durch, gesehen):
            return
        verlange_zahlbar(jetzt.antrag)
        if ziel == S.FREIGEGEBEN and not hat_gueltige_bank(jetzt, um):
            raise SchrittNichtMoeglich(BANK_GEWECHSELT)
        schritt = {f"{ziel}_um": um, f"{ziel}_von": durch, f"{ziel}_fuer": fuer}
        schreibe(jetzt, [von], ziel, gesehen=gesehen, durch=durch, um=um, **schritt, **felder)
        vermerke(handlung, jetzt, durch=durch, fuer=fuer, um=um)
        if vorlage:
            naechste = personal(WER[ziel], jetzt.antrag).exclude(pk__in=beteiligte(jetzt))
            benachrichtige(vorlage, naechste, jetzt)


def _verlange_recht(auszahlung, art, durch):
    if art not in handelt_als(durch, auszahlung.antrag):
        raise KeinRecht(f"Das macht {art.value}.")


def _ist_gegangen(auszahlung, ziel, durch, gesehen):
    """Whether the same form has taken the step before: a double click sends it twice."""
    gegangen = ziel, gesehen + 1, durch.pk
    return gegangen == (auszahlung.stand, auszahlung.version, getattr(auszahlung, f"{ziel}_von_id"))


def hat_gueltige_bank(auszahlung: Auszahlung, um: datetime) -> bool:
    """Whether its account is the one that counts for the Kommune now."""
    gilt = gueltige(auszahlung.antrag.kommune, timezone.localdate(um))
    return gilt is not None and gilt.pk == auszahlung.bankverbindung_id


@transaction.atomic
def gib_zurueck(
    auszahlung: Auszahlung, *, grund: str, durch: Konto, um: datetime, gesehen: int
) -> None:
    """Before the release: back to the check, with a reason. What was cut counts again meanwhile."""
    jetzt = sperre_auszahlung(auszahlung)
    rollen = handelt_als(durch, jetzt.antrag) & {*WER.values()}
    if not rollen:
        raise KeinRecht("Das macht die Geschäftsstelle.")
    if not grund.strip():
        raise SchrittNichtMoeglich("Geben Sie einen Grund an.")
    geprueft_von = jetzt.geprueft_von
    leer = {f"{p}_{art}": None for p in PERSONEN for art in ("um", "von", "fuer")}
    schreibe(
        jetzt, [S.GEPRUEFT, S.GENEHMIGT], S.ANGEFORDERT, gesehen=gesehen, durch=durch, um=um,
        anerkannt_euro=None, auszuzahlen_euro=None, kuerzung="", **leer,
    )  # fmt: skip
    recht = RECHTE[min(rollen, key=lambda art: art.name)]
    vermerke(
        ZURUECK, jetzt, durch=durch, fuer=vertretung.fuer(durch, recht), um=um, grund=grund
    )  # fmt: skip
    if geprueft_von and geprueft_von != durch:
        benachrichtige(vorlagen.ZURUECKGEGEBEN, [geprueft_von], jetzt)
