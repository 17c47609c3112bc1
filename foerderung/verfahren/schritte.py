"""The table of steps of a grant case, and the one write that takes a step (FUNKTIONEN, ground rules).

from -> to, by whom: read `SCHRITTE`. What else must hold stands in the function of each step.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from asskomm.konten import vertretung
from asskomm.konten.models import Konto
from asskomm.protokoll.handlungen import Handlung
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import KeinRecht, SchrittNichtMoeglich, Ueberholt

from ..antrag.worte import wort
from ..befugnisse import KOMMUNAL, RECHTE, Handelnde, handelt_als
from ..models import BEWILLIGUNG_LAEUFT, VOR_ENTSCHEIDUNG, Foerderantrag, Status


@dataclass(frozen=True)
class Schritt:
    """From which states a step leads to which, and who takes it.

    `verb` is what a button says, empty for what has none of its own; `geschehen` what the log and
    the history say afterwards, `fuer_kommune` the same for applicants, empty where they need not
    know. A step with `grund` needs a reason.
    """

    schluessel: str
    aus: tuple[Status, ...]
    ziel: Status
    wer: Handelnde
    verb: str
    geschehen: str
    fuer_kommune: str = ""
    mit_grund: bool = False

    @property
    def handlung(self) -> Handlung:
        return HANDLUNGEN[self.schluessel]


S = Status
_TABELLE = (
    # The municipality
    Schritt("zur_zeichnung_geben", (S.ENTWURF,), S.IN_ZEICHNUNG, Handelnde.BEARBEITUNG,
            "Zur Zeichnung geben", "Zur Zeichnung gegeben", "Zur Zeichnung gegeben"),
    Schritt("zeichnung_ablehnen", (S.IN_ZEICHNUNG,), S.ENTWURF, Handelnde.ZEICHNUNG,
            "Zeichnung ablehnen", "Zeichnung abgelehnt", "Nicht gezeichnet, zurück in den Entwurf",
            mit_grund=True),
    Schritt("zurueckholen", (S.IN_ZEICHNUNG,), S.ENTWURF, Handelnde.BEARBEITUNG,
            "Aus der Zeichnung zurückholen", "Aus der Zeichnung zurückgeholt",
            "Aus der Zeichnung zurückgeholt", mit_grund=True),
    Schritt("einreichen", (S.IN_ZEICHNUNG,), S.EINGEREICHT, Handelnde.ZEICHNUNG,
            "Antrag einreichen", "Antrag eingereicht", "Gezeichnet und eingereicht"),
    Schritt("mit_dokument_einreichen", (S.ENTWURF,), S.EINGEREICHT, Handelnde.BEARBEITUNG,
            "Mit unterschriebener Erklärung einreichen",
            "Antrag mit unterschriebener Erklärung eingereicht",
            "Mit unterschriebener Erklärung eingereicht"),
    Schritt("nachreichen", (S.NACHFORDERUNG,), S.EINGEREICHT, Handelnde.ZEICHNUNG,
            "Nachreichung einreichen", "Nachgereicht", "Gezeichnet und nachgereicht"),
    Schritt("zurueckziehen", VOR_ENTSCHEIDUNG, S.ZURUECKGEZOGEN, Handelnde.ZEICHNUNG,
            "Antrag zurückziehen", "Antrag zurückgezogen", "Antrag zurückgezogen", mit_grund=True),
    # The LPR checks
    Schritt("nachfordern", (S.EINGEREICHT,), S.NACHFORDERUNG, Handelnde.SACHBEARBEITUNG,
            "Nachfordern", "Unterlagen nachgefordert", "Die Geschäftsstelle fordert etwas nach"),
    Schritt("nachforderung_zuruecknehmen", (S.NACHFORDERUNG,), S.EINGEREICHT,
            Handelnde.SACHBEARBEITUNG, "Nachforderung zurücknehmen", "Nachforderung zurückgenommen",
            "Die Geschäftsstelle hat die Nachforderung zurückgenommen", mit_grund=True),
    Schritt("formell_pruefen", (S.EINGEREICHT,), S.FORMELL_GEPRUEFT, Handelnde.SACHBEARBEITUNG,
            "Formale Prüfung abschließen", "Formal geprüft", "Formal geprüft"),
    Schritt("fachlich_pruefen", (S.FORMELL_GEPRUEFT,), S.FACHLICH_GEPRUEFT, Handelnde.PRUEFUNG,
            "Fachliche Prüfung abschließen", "Fachlich geprüft", "Fachlich geprüft"),
    Schritt("entscheidungsreif_machen", (S.FACHLICH_GEPRUEFT,), S.ENTSCHEIDUNGSREIF,
            Handelnde.SACHBEARBEITUNG, "Empfehlung abgeben", "Empfehlung abgegeben"),
    # Steps back before the notice (F26), by the role that made the step
    Schritt("formelle_pruefung_oeffnen", (S.FORMELL_GEPRUEFT,), S.EINGEREICHT,
            Handelnde.SACHBEARBEITUNG, "Formale Prüfung wieder öffnen",
            "Formale Prüfung wieder geöffnet", mit_grund=True),
    Schritt("fachliche_pruefung_oeffnen", (S.FACHLICH_GEPRUEFT,), S.FORMELL_GEPRUEFT,
            Handelnde.PRUEFUNG, "Fachliche Prüfung wieder öffnen",
            "Fachliche Prüfung wieder geöffnet", mit_grund=True),
    Schritt("empfehlung_zuruecknehmen", (S.ENTSCHEIDUNGSREIF,), S.FACHLICH_GEPRUEFT,
            Handelnde.SACHBEARBEITUNG, "Empfehlung zurücknehmen", "Empfehlung zurückgenommen",
            mit_grund=True),
    # Decided by the Leitung on a proposal of somebody else
    Schritt("bewilligen", (S.ENTSCHEIDUNGSREIF,), S.BEWILLIGT, Handelnde.LEITUNG,
            "Bewilligen", "Bewilligt", "Über den Antrag ist entschieden: bewilligt"),
    Schritt("ablehnen", (S.ENTSCHEIDUNGSREIF,), S.ABGELEHNT, Handelnde.LEITUNG,
            "Ablehnen", "Abgelehnt", "Über den Antrag ist entschieden: abgelehnt"),
    Schritt("widerrufen", BEWILLIGUNG_LAEUFT, S.WIDERRUFEN, Handelnde.LEITUNG,
            "Bewilligung widerrufen", "Bewilligung widerrufen", "Die Bewilligung ist widerrufen"),
    # After the notice: the proof of use, and what follows from it (F22 to F24)
    Schritt("nachweis_einreichen", (S.IN_DURCHFUEHRUNG,), S.NACHWEIS_EINGEREICHT,
            Handelnde.ZEICHNUNG, "Verwendungsnachweis einreichen", "Verwendungsnachweis eingereicht",
            "Verwendungsnachweis gezeichnet und eingereicht"),
    Schritt("nachweis_zurueckgeben", (S.NACHWEIS_EINGEREICHT,), S.IN_DURCHFUEHRUNG,
            Handelnde.SACHBEARBEITUNG, "Nachweis zur Ergänzung zurückgeben",
            "Verwendungsnachweis zur Ergänzung zurückgegeben",
            "Die Geschäftsstelle bittet, den Verwendungsnachweis zu ergänzen", mit_grund=True),
    Schritt("nachweis_pruefen", (S.NACHWEIS_EINGEREICHT,), S.NACHWEIS_GEPRUEFT, Handelnde.PRUEFUNG,
            "Prüfung des Nachweises abschließen", "Verwendungsnachweis geprüft",
            "Der Verwendungsnachweis ist geprüft"),
    Schritt("nachweispruefung_oeffnen", (S.NACHWEIS_GEPRUEFT,), S.NACHWEIS_EINGEREICHT,
            Handelnde.PRUEFUNG, "Prüfung des Nachweises wieder öffnen",
            "Prüfung des Verwendungsnachweises wieder geöffnet", mit_grund=True),
    Schritt("zurueckfordern", (S.NACHWEIS_GEPRUEFT,), S.RUECKFORDERUNG, Handelnde.LEITUNG,
            "Zurückfordern", "Zurückgefordert", "Ein Teil der Zuwendung wird zurückgefordert"),
    Schritt("abschliessen", (S.NACHWEIS_GEPRUEFT, S.RUECKFORDERUNG), S.ABGESCHLOSSEN,
            Handelnde.LEITUNG, "Vorgang abschließen", "Vorgang abgeschlossen",
            "Der Vorgang ist abgeschlossen"),
    # Out of court: a suit learned of late, and a notice that a court has quashed
    Schritt("bestandskraft_zuruecknehmen", (S.BESTANDSKRAEFTIG, S.IN_DURCHFUEHRUNG), S.BEWILLIGT,
            Handelnde.SACHBEARBEITUNG, "", "Bestandskraft zurückgenommen",
            "Der Bescheid ist nicht mehr bestandskräftig", mit_grund=True),
    Schritt("neu_entscheiden", (S.ABGELEHNT, S.WIDERRUFEN), S.ENTSCHEIDUNGSREIF,
            Handelnde.SACHBEARBEITUNG, "Neu entscheiden", "Nach einem Urteil wieder geöffnet",
            "Über den Antrag wird neu entschieden", mit_grund=True),
    # What follows by itself
    Schritt("bestandskraft_feststellen", (S.BEWILLIGT,), S.BESTANDSKRAEFTIG, Handelnde.SYSTEM,
            "", "Bescheid bestandskräftig", "Der Bescheid ist bestandskräftig"),
    Schritt("durchfuehrung_beginnen", (S.BESTANDSKRAEFTIG,), S.IN_DURCHFUEHRUNG, Handelnde.SYSTEM,
            "", "Bewilligungszeitraum begonnen", "Der Bewilligungszeitraum hat begonnen"),
)  # fmt: skip
SCHRITTE = {schritt.schluessel: schritt for schritt in _TABELLE}
HANDLUNGEN = {
    schritt.schluessel: Handlung(f"antrag.{schritt.schluessel}", schritt.geschehen)
    for schritt in _TABELLE
}


def pruefe_recht(antrag: Foerderantrag, schritt: Schritt, durch: Konto | None) -> None:
    """Raises KeinRecht when `durch` (None is the system) is not who takes this step now."""
    if schritt.wer not in handelt_als(durch, antrag):
        raise KeinRecht(f"Diesen Schritt macht {schritt.wer.value}.")


def in_vertretung_fuer(schritt: Schritt, durch: Konto | None, beteiligt=()) -> Konto | None:
    """In whose deputyship a member of staff takes the step; None where the right is their own."""
    recht = RECHTE.get(schritt.wer)
    return vertretung.fuer(durch, recht, beteiligt) if recht and durch else None


@transaction.atomic
def gehe(
    antrag: Foerderantrag,
    schluessel: str,
    *,
    durch: Konto | None,
    um: datetime,
    gesehen: int,
    grund: str = "",
    angaben: Mapping | None = None,
    beteiligt: Collection[int] | None = None,
    **felder,
) -> None:
    """Take the step: new state, moments in `felder` and log entry, all or none.

    `um` is when it happened, for a submission the moment of arrival; the log writes its own time
    beside it. `gesehen` is the version of the case the person saw. `beteiligt` are the accounts
    that take part in the matter, as in `vertretung.fuer`; unsaid it is who is in charge of the
    case. The guard is part of the UPDATE, so of two at once only one wins; the other gets Ueberholt
    with the present state. Raises KeinRecht, and SchrittNichtMoeglich where the reason is missing.
    """
    schritt = SCHRITTE[schluessel]
    pruefe_recht(antrag, schritt, durch)
    if schritt.mit_grund and not grund.strip():
        raise SchrittNichtMoeglich("Geben Sie einen Grund an.")
    passend = Foerderantrag.objects.filter(pk=antrag.pk, status__in=schritt.aus, version=gesehen)
    vorher, zustaendig = antrag.status, antrag.zustaendig_id
    if not passend.update(
        status=schritt.ziel,
        version=F("version") + 1,
        geaendert_um=um,
        geaendert_von=durch,
        **felder,
    ):
        raise ueberholt(
            Foerderantrag.objects.get(pk=antrag.pk), fuer_kommune=schritt.wer in KOMMUNAL
        )
    antrag.refresh_from_db()
    protokolliere(
        schritt.handlung,
        antrag,
        durch=durch,
        fuer=in_vertretung_fuer(schritt, durch, [zustaendig] if beteiligt is None else beteiligt),
        grund=grund,
        angaben={
            "von": vorher,
            "nach": schritt.ziel.value,
            "um": um.isoformat(timespec="seconds"),
            **(angaben or {}),
        },
    )


def schon_gegangen(jetzt: Foerderantrag, schluessel: str, durch: Konto, gesehen: int) -> bool:
    """Whether the same form has taken the step before: a double click sends it twice."""
    return (jetzt.status, jetzt.version, jetzt.geaendert_von_id) == (
        SCHRITTE[schluessel].ziel, gesehen + 1, durch.pk,
    )  # fmt: skip


@contextmanager
def neue_marke() -> Iterator[None]:
    """Around the row that keeps the mark of a form: one that another form has used is refused."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as fehler:
        raise SchrittNichtMoeglich(
            "Laden Sie die Seite neu, und senden Sie das Formular dort noch einmal."
        ) from fehler


def ueberholt(jetzt: Foerderantrag, *, fuer_kommune: bool = False) -> Ueberholt:
    """What whoever came too late is told about the case as it is now; no result to the Kommune."""
    stand = wort(jetzt) if fuer_kommune else jetzt.get_status_display()
    return Ueberholt(
        "Der Antrag hat sich geändert, während Sie ihn vor sich hatten. "
        f"Jetzt ist er: {stand}. Sehen Sie sich den neuen Stand an."
    )


def sperre(antrag: Foerderantrag) -> Foerderantrag:
    """The case as it is now; nobody else changes it until the end of the transaction."""
    return Foerderantrag.objects.select_for_update(of=("self",)).get(pk=antrag.pk)
