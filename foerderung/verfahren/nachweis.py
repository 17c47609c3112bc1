"""The proof of use of the Kommune: typed by several, declared ready by one, signed by another (F22).

The draft is kept as typed. Whoever signs hands back the hash of what the page showed: receipts,
texts, figures. What is handed in is a Nachweisfassung, which never changes; given back and
handed in again, it is the next one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from asskomm.formate import tag
from asskomm.konten.models import Konto
from asskomm.protokoll.handlungen import Handlung
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import KeinRecht, SchrittNichtMoeglich, Ueberholt
from kommunen.befugnisse import Befugnis, darf

from ..antrag.mangel import Mangel
from ..kanonisch import pruefsumme as pruefsumme_von
from ..models import Foerderantrag, Nachweisfassung, Status, Verwendungsnachweis
from ..nachweis import vorlagen
from ..nachweis.fassung import inhalt
from ..nachweis.maengel import maengel
from ..nachweis.umfeld import Nachweisumfeld
from .aktenfuehrung import WIEDERVORLAGE
from .antragstellung import EntwurfUeberholt
from .belege import hindernis
from .schritte import SCHRITTE, gehe, pruefe_recht, sperre, ueberholt
from .zeichnung import beteiligte, schreibe, zeichnende

BEREIT = Handlung("nachweis.bereit", "Verwendungsnachweis zur Zeichnung bereit gemeldet")
_NICHT_BEREIT = {"bereit_um": None, "bereit_von": None, "bereit_version": None}


class NachweisUnvollstaendig(SchrittNichtMoeglich):
    """There are open points."""

    def __init__(self, offen: Sequence[Mangel]):
        super().__init__("Im Verwendungsnachweis fehlt noch etwas. Prüfen Sie die offenen Punkte.")
        self.maengel = offen


class EigenerNachweis(SchrittNichtMoeglich):
    """Who prepared the proof would sign it."""

    def __init__(self):
        super().__init__(
            "Sie haben diesen Verwendungsnachweis bereit gemeldet. Zeichnen muss eine andere Person."
        )


def faellig_am(umfeld: Nachweisumfeld) -> date | None:
    """The day by which the proof is expected: that of the notice, or of what is to be completed."""
    if umfeld.nachweis.ergaenzen_bis:
        return umfeld.nachweis.ergaenzen_bis
    return umfeld.bewilligung.nachweis_bis if umfeld.bewilligung else None


def ist_bereit(nachweis: Verwendungsnachweis) -> bool:
    """Whether nothing was changed since it was declared ready."""
    return nachweis.bereit_version is not None and nachweis.bereit_version == nachweis.version


@transaction.atomic
def speichere(
    antrag: Foerderantrag,
    eingaben: Mapping,
    *,
    durch: Konto,
    um: datetime,
    gesehen: int,
    seite: UUID | None = None,
) -> Verwendungsnachweis:
    """Store what was typed, right or wrong; `gesehen` is the version of the draft on the page.

    The same text again changes nothing and is no conflict. `seite` marks the page in the browser:
    what that page itself saved in between is no conflict. Raises KeinRecht, SchrittNichtMoeglich
    where the proof is not open, EntwurfUeberholt.
    """
    if not darf(durch, Befugnis.BEARBEITEN, antrag.kommune):
        raise KeinRecht("Den Verwendungsnachweis schreibt eine Person mit der Rolle Bearbeitung.")
    jetzt = sperre(antrag)
    if satz := hindernis(jetzt, timezone.localdate(um)):
        raise SchrittNichtMoeglich(satz)
    nachweis, _ = Verwendungsnachweis.objects.get_or_create(
        antrag=jetzt, defaults={"angelegt_um": um}
    )
    if nachweis.geaendert_um and nachweis.eingaben == eingaben:
        return nachweis
    selbst_gespeichert = seite is not None and nachweis.seite == seite
    if nachweis.version != gesehen and not selbst_gespeichert:
        raise EntwurfUeberholt(
            "Eine andere Person hat den Verwendungsnachweis inzwischen gespeichert.", nachweis
        )
    nachweis.eingaben = eingaben
    nachweis.version += 1
    nachweis.seite, nachweis.geaendert_um, nachweis.geaendert_von = seite, um, durch
    nachweis.save()
    return nachweis


@transaction.atomic
def melde_bereit(
    antrag: Foerderantrag, *, durch: Konto, um: datetime, gesehen: int, stand: int
) -> None:
    """Say that the proof can be signed; any later change of text or receipts undoes it.

    `gesehen` is the version of the case, `stand` that of the draft on the page. Sent twice it is
    done once. Raises NachweisUnvollstaendig.
    """
    if not darf(durch, Befugnis.BEARBEITEN, antrag.kommune):
        raise KeinRecht("Bereit meldet den Nachweis eine Person mit der Rolle Bearbeitung.")
    jetzt = sperre(antrag)
    if satz := hindernis(jetzt, timezone.localdate(um)):
        raise SchrittNichtMoeglich(satz)
    umfeld = Nachweisumfeld(jetzt, timezone.localdate(um))
    nachweis = umfeld.nachweis
    if ist_bereit(nachweis) and nachweis.bereit_von_id == durch.pk:
        return
    if jetzt.version != gesehen or nachweis.version != stand:
        raise Ueberholt(
            "Der Verwendungsnachweis hat sich geändert, während Sie ihn vor sich hatten. Prüfen Sie "
            "ihn noch einmal."
        )
    if offen := maengel(umfeld):
        raise NachweisUnvollstaendig(offen)
    nachweis.bereit_um, nachweis.bereit_von = um, durch
    nachweis.bereit_version = nachweis.version
    nachweis.save(update_fields=list(_NICHT_BEREIT))
    protokolliere(BEREIT, antrag, durch=durch, angaben={"um": um.isoformat(timespec="seconds")})
    bis = faellig_am(umfeld)
    schreibe(
        vorlagen.BEREIT,
        zeichnende(antrag.kommune, ausser=durch),
        antrag,
        bis=tag(bis) if bis else "",
    )


@transaction.atomic
def reiche_ein(
    antrag: Foerderantrag, *, durch: Konto, eingang: datetime, gesehen: int, pruefsumme: str
) -> Nachweisfassung:
    """Sign the proof and hand it in: version with hash, step, log and mails, all or none.

    `pruefsumme` is the hash of what the page showed. The same request again gives the same
    version. Raises KeinRecht, EigenerNachweis, NachweisUnvollstaendig, Ueberholt.
    """
    jetzt = sperre(antrag)
    letzte = jetzt.nachweisfassungen.order_by("-nummer").first()
    if (
        letzte
        and jetzt.status == Status.NACHWEIS_EINGEREICHT
        and (letzte.gezeichnet_von_id, letzte.pruefsumme) == (durch.pk, pruefsumme)
    ):
        antrag.refresh_from_db()
        return letzte
    schritt = SCHRITTE["nachweis_einreichen"]
    pruefe_recht(jetzt, schritt, durch)
    if jetzt.status not in schritt.aus or jetzt.version != gesehen:
        raise ueberholt(jetzt, fuer_kommune=True)
    if satz := hindernis(jetzt, timezone.localdate(eingang)):
        raise SchrittNichtMoeglich(satz)
    umfeld = Nachweisumfeld(jetzt, timezone.localdate(eingang))
    nachweis = umfeld.nachweis
    if not ist_bereit(nachweis):
        raise SchrittNichtMoeglich(
            "Der Verwendungsnachweis ist noch nicht zur Zeichnung bereit, oder er wurde danach "
            "geändert."
        )
    if nachweis.bereit_von_id == durch.pk:
        raise EigenerNachweis
    gefroren = inhalt(umfeld)
    if pruefsumme_von(gefroren) != pruefsumme:
        raise Ueberholt(
            "Der Inhalt ist nicht mehr der, den Sie vor sich hatten. Lesen Sie den neuen Stand, "
            "bevor Sie zeichnen."
        )
    if offen := maengel(umfeld):
        raise NachweisUnvollstaendig(offen)
    neu = Nachweisfassung.objects.create(
        antrag=jetzt,
        nummer=letzte.nummer + 1 if letzte else 1,
        inhalt=gefroren,
        pruefsumme=pruefsumme,
        eingegangen_um=eingang,
        vorbereitet_von=nachweis.bereit_von,
        gezeichnet_von=durch,
    )
    Verwendungsnachweis.objects.filter(pk=nachweis.pk).update(
        ergaenzen="", ergaenzen_bis=None, **_NICHT_BEREIT
    )
    gehe(
        antrag,
        "nachweis_einreichen",
        durch=durch,
        um=eingang,
        gesehen=gesehen,
        angaben={"nachweis": neu.nummer, "pruefsumme": neu.pruefsumme},
    )
    _melde_eingang(antrag, eingang)
    return neu


def _melde_eingang(antrag, eingang):
    ortszeit = timezone.localtime(eingang)
    wann = f"{ortszeit:%d.%m.%Y} um {ortszeit:%H:%M:%S} Uhr"
    schreibe(vorlagen.EINGEGANGEN, beteiligte(antrag.kommune), antrag, eingang=wann)
    if antrag.zustaendig:
        schreibe(vorlagen.EINGEGANGEN_LPR, [antrag.zustaendig], antrag, eingang=wann)
    elif settings.LPR_POSTFACH:
        schreibe(vorlagen.EINGEGANGEN_LPR, [settings.LPR_POSTFACH], antrag, eingang=wann)


# --- Reminders -----------------------------------------------------------------------


@transaction.atomic
def erinnere(antrag: Foerderantrag, bis: date, *, um: datetime, heute: date) -> None:
    """Remind the Kommune; past the day the LPR is told too, and the case is put up for resubmission."""
    jetzt = sperre(antrag)
    nachweis, _ = Verwendungsnachweis.objects.get_or_create(
        antrag=jetzt, defaults={"angelegt_um": um}
    )
    # Whoever has handed in meanwhile is not reminded.
    if jetzt.status != Status.IN_DURCHFUEHRUNG or nachweis.erinnert_am == heute:
        return
    nachweis.erinnert_am = heute
    nachweis.save(update_fields=["erinnert_am"])
    if heute <= bis:
        schreibe(vorlagen.FAELLIG, beteiligte(antrag.kommune), antrag, bis=tag(bis))
        return
    schreibe(vorlagen.UEBERFAELLIG, beteiligte(antrag.kommune), antrag, bis=tag(bis))
    _lege_wieder_vor(jetzt, bis, heute)
    empfaenger = [antrag.zustaendig] if antrag.zustaendig else [settings.LPR_POSTFACH]
    schreibe(vorlagen.UEBERFAELLIG_LPR, filter(None, empfaenger), antrag, bis=tag(bis))


def _lege_wieder_vor(antrag, bis, heute):
    """What staff have noted for an earlier day stays; it comes up anyway."""
    if antrag.wiedervorlage_am and antrag.wiedervorlage_am <= heute:
        return
    grund = f"Der Verwendungsnachweis war bis zum {tag(bis)} fällig."
    Foerderantrag.objects.filter(pk=antrag.pk).update(
        wiedervorlage_am=heute, wiedervorlage_grund=grund
    )
    protokolliere(WIEDERVORLAGE, antrag, durch=None, grund=grund, angaben={"am": heute.isoformat()})
