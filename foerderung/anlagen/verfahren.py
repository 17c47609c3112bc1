"""Attachments come and go while their part of the application is open, and only then (F6)."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce

from asskomm.konten.models import Konto
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import SchrittNichtMoeglich, Ueberholt
from kommunen.befugnisse import Befugnis, darf

from ..abschnitte import ANLAGEN
from ..antrag.worte import wort
from ..models import Anlage, Anlagenart, Foerderantrag
from ..verfahren.antragstellung import offene_abschnitte
from ..verfahren.schritte import KeinRecht, sperre
from . import ablage, handlungen, inhaltspruefung, virenscanner
from .annahme import Eingang, nicht_gespeichert
from .virenscanner import Befund

Pruefstand = Anlage.Pruefstand
# For so long a removed file can be taken back.
BEDENKZEIT = timedelta(hours=24)
# Removed files keep their place for that time; nobody fills the disk by replacing them.
HOECHSTENS_AM_TAG = 200
SCHADPROGRAMM = (
    "In der Datei steckt ein Schadprogramm. Sie ist nicht gespeichert, alles andere bleibt. "
    "Wenden Sie sich an Ihre IT und laden Sie eine saubere Datei hoch."
)
NICHT_MEHR_DA = (
    "Diese Datei hat eine andere Person inzwischen ersetzt oder entfernt. "
    "Sehen Sie sich den neuen Stand an."
)


def lade_hoch(
    antrag: Foerderantrag,
    art: Anlagenart,
    datei: Eingang,
    *,
    durch: Konto,
    um: datetime,
    marke: UUID,
    ersetzt: UUID | None = None,
) -> Anlage:
    """Check the file, store it and write its row; `ersetzt` is the Anlage in whose place it comes.

    The same form sent again (`marke`) gives the same Anlage. Raises ValidationError for the file,
    KeinRecht, SchrittNichtMoeglich where attachments are not open or there is no room, Ueberholt
    where the one to replace is gone. Whatever is raised, nothing has changed.
    """
    if vorhanden := _schon_da(antrag, art, durch, marke, datei):
        return vorhanden
    _pruefe_offen(antrag, durch)
    if datei.fehler:
        raise datei.fehler
    name = inhaltspruefung.dateiname(datei.name)
    dateiart = inhaltspruefung.pruefe(datei.rohling.strom, name)
    pruefstand = _scanne(antrag, art, datei.rohling, durch)
    try:
        abgelegt = datei.rohling.uebernimm()
    except ablage.NichtAbgelegt as fehler:
        raise nicht_gespeichert(fehler) from fehler
    with transaction.atomic():
        try:
            jetzt = sperre(antrag)
            if vorhanden := _schon_da(antrag, art, durch, marke, datei):
                ablage.entferne(abgelegt.pfad)
                return vorhanden
            _pruefe_offen(jetzt, durch)
            if ersetzt:
                _nimm_weg(jetzt, art, ersetzt, um)
            _pruefe_platz(jetzt, art)
            _pruefe_menge(jetzt, um)
            anlage = Anlage.objects.create(
                marke=marke,
                antrag=jetzt,
                art=art.schluessel,
                dateiname=name,
                groesse=abgelegt.groesse,
                inhaltstyp=dateiart.inhaltstyp,
                sha256=abgelegt.sha256,
                pfad=abgelegt.pfad,
                pruefstand=pruefstand,
                hochgeladen_um=um,
                hochgeladen_von=durch,
            )
            angaben = {"art": art.schluessel, "sha256": abgelegt.sha256}
            if ersetzt:
                angaben["ersetzt"] = str(ersetzt)
            protokolliere(handlungen.HOCHGELADEN, anlage, durch=durch, angaben=angaben)
            _vermerke(jetzt, durch, um)
        except BaseException:
            # Not after the commit: if that is in doubt, the row may be there and need its file.
            ablage.entferne(abgelegt.pfad)
            raise
    return anlage


@transaction.atomic
def entferne(antrag: Foerderantrag, anlage: Anlage, *, durch: Konto, um: datetime) -> None:
    """Take a file out of the application; one that is out already stays out without an error."""
    jetzt = sperre(antrag)
    _pruefe_offen(jetzt, durch)
    if Anlage.objects.aktuell().filter(antrag=jetzt, pk=anlage.pk).update(entfernt_um=um):
        protokolliere(handlungen.ENTFERNT, anlage, durch=durch, angaben={"art": anlage.art})
        _vermerke(jetzt, durch, um)


@transaction.atomic
def hole_zurueck(antrag: Foerderantrag, anlage: Anlage, *, durch: Konto, um: datetime) -> None:
    """Undo `entferne` within 24 hours, while there is room; one that is back already is no error."""
    jetzt = sperre(antrag)
    _pruefe_offen(jetzt, durch)
    if Anlage.objects.aktuell().filter(antrag=jetzt, pk=anlage.pk).exists():
        return
    art = jetzt.geltendes_regelwerk.anlagenarten.filter(schluessel=anlage.art).first()
    entfernt = Anlage.objects.filter(
        antrag=jetzt, pk=anlage.pk, entfernt_um__gte=um - BEDENKZEIT
    ).exclude(pruefstand=Pruefstand.BEFALLEN)
    if art is None or not entfernt.exists():
        raise SchrittNichtMoeglich("Diese Datei gibt es nicht mehr. Laden Sie sie neu hoch.")
    _pruefe_platz(jetzt, art)
    entfernt.update(entfernt_um=None)
    protokolliere(handlungen.ZURUECKGEHOLT, anlage, durch=durch, angaben={"art": anlage.art})
    _vermerke(jetzt, durch, um)


def scanne_nach(anlage: Anlage, *, um: datetime) -> Befund:
    """Have a stored file scanned and note what came out; what is infected goes at once."""
    with ablage.oeffne(anlage.pfad) as strom:
        ergebnis = virenscanner.pruefe(strom)
    ungeprueft = Anlage.objects.ungeprueft().filter(pk=anlage.pk)
    if ergebnis.befund == Befund.SAUBER:
        ungeprueft.update(pruefstand=Pruefstand.SAUBER)
    if ergebnis.befund == Befund.BEFALLEN:
        with transaction.atomic():
            if ungeprueft.update(
                pruefstand=Pruefstand.BEFALLEN, entfernt_um=Coalesce("entfernt_um", um)
            ):
                protokolliere(
                    handlungen.BEFALLEN,
                    anlage,
                    durch=None,
                    angaben={"art": anlage.art, "schadprogramm": ergebnis.schadprogramm},
                )
                transaction.on_commit(lambda: ablage.entferne(anlage.pfad))
    return ergebnis.befund


def darf_oeffnen(anlage: Anlage, konto: Konto) -> bool:
    """With a scanner nobody but the person who uploaded it opens a file before it is clean."""
    if anlage.pruefstand == Pruefstand.UNGEPRUEFT:
        return not virenscanner.ist_eingerichtet() or anlage.hochgeladen_von_id == konto.pk
    return anlage.pruefstand == Pruefstand.SAUBER


def _schon_da(antrag, art, durch, marke, datei):
    """What this form has brought before; None the first time. A mark works in its own form only.

    Whoever goes back in the browser and chooses another file sends the same mark: that file must
    not get lost behind the first.
    """
    vorhanden = Anlage.objects.filter(marke=marke).first()
    if vorhanden is None:
        return None
    her = (vorhanden.antrag_id, vorhanden.art, vorhanden.hochgeladen_von_id)
    andere = datei.rohling and datei.rohling.sha256 != vorhanden.sha256
    if her != (antrag.pk, art.schluessel, durch.pk) or andere or vorhanden.entfernt_um:
        raise SchrittNichtMoeglich(
            "Dieses Formular ist schon verbraucht. Wählen Sie die Datei noch einmal aus."
        )
    return vorhanden


def _pruefe_offen(antrag, durch):
    if not darf(durch, Befugnis.BEARBEITEN, antrag.kommune):
        raise KeinRecht("Anlagen ändert eine Person mit der Rolle Bearbeitung.")
    if ANLAGEN not in offene_abschnitte(antrag):
        raise SchrittNichtMoeglich(
            f"Anlagen lassen sich nicht ändern. Der Antrag ist: {wort(antrag)}."
        )


def _scanne(antrag, art, rohling, durch):
    if not virenscanner.ist_eingerichtet():
        return Pruefstand.UNGEPRUEFT
    ergebnis = virenscanner.pruefe(rohling.strom)
    if ergebnis.befund == Befund.BEFALLEN:
        protokolliere(
            handlungen.BEFALLEN,
            antrag,
            durch=durch,
            angaben={"art": art.schluessel, "schadprogramm": ergebnis.schadprogramm},
        )
        raise ValidationError(SCHADPROGRAMM, code="befallen")
    return Pruefstand.SAUBER if ergebnis.befund == Befund.SAUBER else Pruefstand.UNGEPRUEFT


def _nimm_weg(antrag, art, kennung, um):
    alte = Anlage.objects.aktuell().filter(antrag=antrag, art=art.schluessel, pk=kennung)
    if not alte.update(entfernt_um=um):
        raise Ueberholt(NICHT_MEHR_DA)


def _pruefe_platz(antrag, art):
    vorhanden = Anlage.objects.aktuell().filter(antrag=antrag, art=art.schluessel)
    if vorhanden.count() >= art.hoechstens:
        raise SchrittNichtMoeglich(
            "Hier ist kein Platz für eine weitere Datei. Ersetzen oder entfernen Sie eine."
        )


def _pruefe_menge(antrag, um):
    neue = Anlage.objects.filter(antrag=antrag, hochgeladen_um__gt=um - BEDENKZEIT)
    if neue.count() >= HOECHSTENS_AM_TAG:
        raise SchrittNichtMoeglich(
            f"In 24 Stunden nimmt ein Antrag höchstens {HOECHSTENS_AM_TAG} Dateien an. "
            "Laden Sie die übrigen später hoch."
        )


def _vermerke(antrag, durch, um):
    Foerderantrag.objects.filter(pk=antrag.pk).update(
        version=F("version") + 1, geaendert_um=um, geaendert_von=durch
    )
