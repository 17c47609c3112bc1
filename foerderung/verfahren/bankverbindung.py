"""The account of a Kommune: entered by one person, confirmed by another, used some days later (F19).

No number ever stands in the log or in a mail: the row is named by its key. All members are told,
so that a change that nobody wanted is noticed before money goes there.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from asskomm.formate import tag
from asskomm.konten import vieraugen
from asskomm.konten.models import Konto
from asskomm.post.verfahren import stelle_ein
from asskomm.protokoll.handlungen import Handlung
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import KeinRecht, SchrittNichtMoeglich, Ueberholt
from asskomm.werktage import werktage_nach
from kommunen.befugnisse import Befugnis, darf, konten_mit
from kommunen.models import Kommune

from ..auszahlung import vorlagen
from ..models import Bankverbindung, Regel, Regelwerk
from ..regelwerk.auskunft import massgebend
from ..regelwerk.werte import ganzer_wert

EINGETRAGEN = Handlung("bankverbindung.eingetragen", "Bankverbindung eingetragen")
BESTAETIGT = Handlung("bankverbindung.bestaetigt", "Bankverbindung bestätigt")
VERWORFEN = Handlung("bankverbindung.verworfen", "Bankverbindung verworfen")
ZWEITE_PERSON = "Bestätigen muss eine andere Person als die, die sie eingetragen hat."
WARTET_SCHON = (
    "Eine neue Bankverbindung wartet schon auf die zweite Person. Erst muss sie bestätigt oder "
    "verworfen werden."
)
NICHT_OFFEN = "Diese Bankverbindung ist inzwischen bestätigt oder verworfen."


def wartezeit(um: datetime) -> int:
    """The working days between confirmation and first use, by the rules that count at that moment.

    Before the first rule set came into force that one counts.
    """
    regelwerk = massgebend(um) or Regelwerk.objects.freigegeben().order_by("gilt_ab").first()
    if regelwerk is None:
        raise SchrittNichtMoeglich("Es gibt noch kein freigegebenes Regelwerk.")
    return ganzer_wert(regelwerk, Regel.Schluessel.BANKDATEN_WERKTAGE)


def gueltige(kommune: Kommune, am: date) -> Bankverbindung | None:
    """The account to which money of the Kommune goes on the day `am`."""
    return Bankverbindung.objects.nutzbar(am).filter(kommune=kommune).first()


@transaction.atomic
def trage_ein(
    kommune: Kommune,
    *,
    kontoinhaber: str,
    iban: str,
    bic: str,
    durch: Konto,
    um: datetime,
    marke: UUID,
) -> Bankverbindung:
    """A new account, which a second person has to confirm; the same form sent twice is one.

    `iban` and `bic` come without spaces, checked by the form; the database looks at their shape.
    """
    if not _traegt_ein(durch, kommune):
        raise KeinRecht("Das macht eine Person mit der Rolle Bearbeitung oder Zeichnung.")
    _sperre(kommune)
    vorhanden = Bankverbindung.objects.filter(
        marke=marke, kommune=kommune, vorgeschlagen_von=durch
    ).first()
    if vorhanden:
        return vorhanden
    if Bankverbindung.objects.offen().filter(kommune=kommune).exists():
        raise Ueberholt(WARTET_SCHON)
    try:
        with transaction.atomic():
            neu = Bankverbindung.objects.create(
                kommune=kommune,
                marke=marke,
                kontoinhaber=kontoinhaber,
                iban=iban,
                bic=bic,
                vorgeschlagen_um=um,
                vorgeschlagen_von=durch,
            )
    except IntegrityError as fehler:
        raise SchrittNichtMoeglich("Prüfen Sie Kontoinhaberin, IBAN und BIC.") from fehler
    protokolliere(EINGETRAGEN, neu, durch=durch)
    _schreibe(vorlagen.BANKDATEN_EINGETRAGEN, kommune)
    return neu


def bestaetige(verbindung: Bankverbindung, *, durch: Konto, um: datetime) -> None:
    """The second person confirms; from then on the waiting time runs. Twice is once.

    Raises EigeneFreigabe, and logs the attempt, for who has entered it.
    """
    if not darf(durch, Befugnis.ZEICHNEN, verbindung.kommune):
        raise KeinRecht("Das macht eine Person mit der Rolle Zeichnung.")
    if verbindung.vorgeschlagen_von_id == durch.pk:
        vieraugen.weise_ab(verbindung, ZWEITE_PERSON, durch=durch, fuer=None)
    with transaction.atomic():
        _sperre(verbindung.kommune)
        verbindung.refresh_from_db()
        if verbindung.bestaetigt_von_id == durch.pk:
            return
        ab = werktage_nach(timezone.localdate(um), wartezeit(um))
        _schliesse_ab(
            verbindung,
            stand=Bankverbindung.Stand.BESTAETIGT,
            bestaetigt_um=um,
            bestaetigt_von=durch,
            nutzbar_ab=ab,
        )
        protokolliere(BESTAETIGT, verbindung, durch=durch, angaben={"ab": ab.isoformat()})
        _schreibe(vorlagen.BANKDATEN_BESTAETIGT, verbindung.kommune, ab=tag(ab))


@transaction.atomic
def verwirf(verbindung: Bankverbindung, *, durch: Konto, um: datetime) -> None:
    """It is not to be used; whoever can enter one can discard what waits. Twice is once."""
    if not _traegt_ein(durch, verbindung.kommune):
        raise KeinRecht("Das macht eine Person mit der Rolle Bearbeitung oder Zeichnung.")
    _sperre(verbindung.kommune)
    verbindung.refresh_from_db()
    if verbindung.verworfen_von_id == durch.pk:
        return
    _schliesse_ab(
        verbindung, stand=Bankverbindung.Stand.VERWORFEN, verworfen_um=um, verworfen_von=durch
    )
    protokolliere(VERWORFEN, verbindung, durch=durch)
    _schreibe(vorlagen.BANKDATEN_VERWORFEN, verbindung.kommune)


def bestaetigende(verbindung: Bankverbindung) -> list[Konto]:
    """Who can confirm it: everybody who signs, but for the person who entered it."""
    return [
        konto
        for konto in konten_mit(Befugnis.ZEICHNEN, verbindung.kommune)
        if konto.pk != verbindung.vorgeschlagen_von_id
    ]


def _schliesse_ab(verbindung, **felder):
    if not Bankverbindung.objects.offen().filter(pk=verbindung.pk).update(**felder):
        raise Ueberholt(NICHT_OFFEN)
    verbindung.refresh_from_db()


def _traegt_ein(konto, kommune):
    return darf(konto, Befugnis.BEARBEITEN, kommune) or darf(konto, Befugnis.ZEICHNEN, kommune)


def _sperre(kommune):
    """Nobody else changes accounts of the Kommune until the end of the transaction."""
    Kommune.objects.select_for_update(of=("self",), no_key=True).get(pk=kommune.pk)


def _schreibe(vorlage, kommune, **weitere):
    angaben = {"kommune": str(kommune), "kennung": kommune.kennung, **weitere}
    for konto in konten_mit(Befugnis.LESEN, kommune):
        stelle_ein(vorlage, an=konto, gegenstand=kommune, angaben=angaben)
