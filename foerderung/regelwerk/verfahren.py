"""What happens to rule sets and deadlines: releasing a version, beginning the next, extending."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from asskomm.formate import tag
from asskomm.formularfelder import GELD_HOECHSTENS, zahl_text
from asskomm.konten.models import Konto
from asskomm.protokoll.handlungen import Handlung
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import SchrittNichtMoeglich, Ueberholt
from asskomm.verlauf import auswahl_des_objekts, neueste_nummern

from ..antrag import frist
from ..models import TEILE, UNEINGEREICHT, Foerderantrag, Fristverlaengerung, Regel, Regelwerk
from ..verfahren.zeichnung import melde_verlaengerung
from .bausteine import SCHLUESSEL
from .platzhalter import unbekannte

FREIGEGEBEN = Handlung("regelwerk.freigegeben", "Regelwerk freigegeben")
VERSION_ANGELEGT = Handlung("regelwerk.version_angelegt", "Neue Version eines Regelwerks angelegt")
FRIST_VERLAENGERT = Handlung("antrag.frist_verlaengert", "Antragsfrist verlängert")

SCHON_FREIGEGEBEN = "Dieses Regelwerk ist schon freigegeben."
INZWISCHEN_GEAENDERT = (
    "Das Regelwerk wurde geändert, nachdem Sie es sich angesehen haben. Es ist nicht freigegeben. "
    "Sehen Sie sich den neuen Stand an, und geben Sie ihn dann frei."
)
BLEIBT = (
    "Ein freigegebenes Regelwerk bleibt, wie es ist. "
    "Soll etwas anders lauten, machen Sie daraus eine neue Version."
)
# Rules that the portal reckons with, and the unit in which it reads their value.
EINHEITEN = {
    Regel.Schluessel.HOECHSTSATZ: Regel.Einheit.PROZENT,
    Regel.Schluessel.EIGENANTEIL: Regel.Einheit.PROZENT,
    Regel.Schluessel.UNTERGRENZE: Regel.Einheit.EURO,
    Regel.Schluessel.ERSTATTUNG_UNTER: Regel.Einheit.EURO,
    Regel.Schluessel.STUNDENSATZ_EIGENLEISTUNG: Regel.Einheit.EURO,
    Regel.Schluessel.RECHTSBEHELF_MONATE: Regel.Einheit.MONATE,
    Regel.Schluessel.VERWENDUNGSNACHWEIS_MONATE: Regel.Einheit.MONATE,
    Regel.Schluessel.ABRUF_TAGE: Regel.Einheit.TAGE,
    Regel.Schluessel.POSTZUSTELLUNG_TAGE: Regel.Einheit.TAGE,
    Regel.Schluessel.NACHFORDERUNG_TAGE: Regel.Einheit.TAGE,
    Regel.Schluessel.GUTACHTEN_MINDESTENS: Regel.Einheit.ANZAHL,
    Regel.Schluessel.PUNKTE_HOECHSTENS: Regel.Einheit.ANZAHL,
    Regel.Schluessel.BEDARF_MONATE: Regel.Einheit.MONATE,
    Regel.Schluessel.BANKDATEN_WERKTAGE: Regel.Einheit.TAGE,
    Regel.Schluessel.UMSCHICHTUNG_PROZENT: Regel.Einheit.PROZENT,
    Regel.Schluessel.STICHPROBE_PROZENT: Regel.Einheit.PROZENT,
    Regel.Schluessel.ZINSAUFSCHLAG: Regel.Einheit.PROZENT,
}
GANZE = (Regel.Einheit.TAGE, Regel.Einheit.MONATE, Regel.Einheit.ANZAHL)
# What such a value can be, both edges included: with anything else no day and no amount comes out.
SPANNEN = {
    Regel.Einheit.PROZENT: (0, 100),
    Regel.Einheit.EURO: (0, GELD_HOECHSTENS),
    Regel.Einheit.TAGE: (1, 3_650),
    Regel.Einheit.MONATE: (1, 120),
    Regel.Einheit.ANZAHL: (1, 100),
}


def mangel(schluessel: str, wert: Decimal | None, einheit: str) -> str:
    """What is wrong with the value of this rule; empty when the portal can reckon with it."""
    soll = EINHEITEN.get(schluessel)
    if soll is None:
        return ""
    einheitswort = Regel.Einheit(soll).label
    if wert is None:
        return f"Geben Sie den Wert dieser Regel an ({einheitswort})."
    if einheit != soll:
        return f"Diese Regel hat die Einheit {einheitswort}."
    if soll in GANZE and wert != wert.to_integral_value():
        return "Geben Sie eine ganze Zahl an, zum Beispiel 12."
    von, bis = SPANNEN[soll]
    if not von <= wert <= bis:
        wort = "" if soll == Regel.Einheit.ANZAHL else f" {einheitswort}"
        return f"Möglich sind {zahl_text(von)} bis {zahl_text(bis)}{wort}."
    return ""


def luecken(regelwerk: Regelwerk) -> list[str]:
    """What a version lacks before it can be released, in sentences."""
    regeln = {regel.schluessel: regel for regel in regelwerk.regeln.all()}
    saetze = [
        f"Die Regel „{wort}“ fehlt."
        for schluessel, wort in Regel.Schluessel.choices
        if schluessel not in regeln
    ]
    for regel in regeln.values():
        if satz := mangel(regel.schluessel, regel.wert, regel.einheit):
            saetze.append(f"{regel}: {satz}")
    anteile = [regeln.get(s) for s in (Regel.Schluessel.HOECHSTSATZ, Regel.Schluessel.EIGENANTEIL)]
    if all(regel and regel.wert is not None for regel in anteile):
        hoechstsatz, eigenanteil = (regel.wert for regel in anteile)
        if hoechstsatz + eigenanteil > 100:
            saetze.append("Höchstsatz und Eigenanteil ergeben zusammen mehr als 100 Prozent.")
    bausteine = {baustein.schluessel: baustein for baustein in regelwerk.textbausteine.all()}
    saetze += [
        f"Der Textbaustein „{schluessel}“ fehlt."
        for schluessel in SCHLUESSEL
        if schluessel not in bausteine
    ]
    for baustein in bausteine.values():
        saetze += [
            f"Textbaustein „{baustein.schluessel}“: {{{name}}} ist kein Platzhalter."
            for name in unbekannte(baustein.text)
        ]
    for beziehung, wort in [
        ("ausnahmegruende", "Ausnahmen von der Untergrenze"),
        ("personalobergrenzen", "Personalobergrenzen"),
        ("checkliste", "Punkte der formalen Prüfung"),
        ("erklaerungen", "Erklärungen"),
    ]:
        if not getattr(regelwerk, beziehung).exists():
            saetze.append(f"{wort} fehlen.")
    return saetze


def stand(regelwerk: Regelwerk) -> str:
    """By which it shows whether anything in the version was changed since."""
    teile = [(teil, "regelwerk") for teil in TEILE]
    nummern = neueste_nummern(auswahl_des_objekts(Regelwerk, regelwerk.pk, teile))
    return "-".join(map(str, nummern))


@transaction.atomic
def gib_frei(regelwerk: Regelwerk, *, durch: Konto, um: datetime, gesehen: str) -> None:
    """Fix the version for good; from now on rounds can rest on it.

    `gesehen` is its `stand` as the person saw it. Raises SchrittNichtMoeglich, and Ueberholt where
    somebody has changed it since.
    """
    if not durch.has_perm("foerderung.freigeben_regelwerk"):
        raise SchrittNichtMoeglich("Ein Regelwerk gibt die Leitung der Geschäftsstelle frei.")
    regelwerk = Regelwerk.objects.select_for_update(no_key=True).get(pk=regelwerk.pk)
    if regelwerk.ist_freigegeben:
        raise SchrittNichtMoeglich(SCHON_FREIGEGEBEN)
    if stand(regelwerk) != gesehen:
        raise Ueberholt(INZWISCHEN_GEAENDERT)
    if saetze := luecken(regelwerk):
        raise SchrittNichtMoeglich(" ".join(saetze))
    regelwerk.freigegeben_um, regelwerk.freigegeben_von = um, durch
    regelwerk.save()
    protokolliere(FREIGEGEBEN, regelwerk, durch=durch)


def entwurf_daraus(regelwerk: Regelwerk) -> Regelwerk | None:
    """The version that has been begun from this one and is not released yet."""
    return regelwerk.nachfolger.filter(freigegeben_um__isnull=True).first()


@transaction.atomic
def neue_version(regelwerk: Regelwerk, *, durch: Konto) -> Regelwerk:
    """A copy to change, with every row. Of one version there is one such draft at a time."""
    regelwerk = Regelwerk.objects.select_for_update(no_key=True).get(pk=regelwerk.pk)
    if not regelwerk.ist_freigegeben:
        raise SchrittNichtMoeglich("Dieses Regelwerk ist noch nicht freigegeben: Ändern Sie es.")
    if entwurf := entwurf_daraus(regelwerk):
        raise SchrittNichtMoeglich(f"Eine neue Version ist schon angelegt: „{entwurf}“.")
    neu = Regelwerk.objects.create(
        bezeichnung=_freie_bezeichnung(regelwerk.bezeichnung),
        gilt_ab=regelwerk.gilt_ab,
        quelle=regelwerk.quelle,
        bemerkung=regelwerk.bemerkung,
        vorgaenger=regelwerk,
    )
    for teil in TEILE:
        zeilen = list(teil.objects.filter(regelwerk=regelwerk))
        for zeile in zeilen:
            zeile.pk, zeile._state.adding, zeile.regelwerk = None, True, neu
        bulk_create_with_history(zeilen, teil, default_user=durch)
    protokolliere(VERSION_ANGELEGT, neu, durch=durch, angaben={"aus": regelwerk.pk})
    return neu


def _freie_bezeichnung(bisher: str) -> str:
    """The name with the next number that is not taken yet: "… (Version 2)"."""
    stamm, _, ende = bisher.rpartition(" (Version ")
    stamm = stamm if stamm and ende.removesuffix(")").isdecimal() else bisher
    nummer = 2
    while Regelwerk.objects.filter(bezeichnung=f"{stamm[:180]} (Version {nummer})").exists():
        nummer += 1
    return f"{stamm[:180]} (Version {nummer})"


@transaction.atomic
def verlaengere_frist(
    antrag: Foerderantrag, *, bis: date, begruendung: str, durch: Konto, um: datetime
) -> Fristverlaengerung:
    """Let one case arrive until the end of the day `bis`, whether the round has ended or not (F10).

    Raises SchrittNichtMoeglich where the case was handed in, or where the day extends nothing.
    """
    if not durch.has_perm("foerderung.add_fristverlaengerung"):
        raise SchrittNichtMoeglich("Fristen verlängert die Sachbearbeitung der Geschäftsstelle.")
    antrag = Foerderantrag.objects.select_for_update(no_key=True).get(pk=antrag.pk)
    if antrag.status not in UNEINGEREICHT:
        raise SchrittNichtMoeglich("Dieser Antrag ist nicht mehr im Entwurf.")
    if not begruendung.strip():
        raise SchrittNichtMoeglich("Begründen Sie die Verlängerung.")
    gilt = frist.letzter_tag(antrag)
    if bis <= gilt:
        raise SchrittNichtMoeglich(
            f"Die Frist endet schon am {tag(gilt)}. Geben Sie einen späteren Tag an."
        )
    if bis < timezone.localdate(um):
        raise SchrittNichtMoeglich("Dieser Tag ist vorbei. Geben Sie einen späteren an.")
    verlaengerung = Fristverlaengerung.objects.create(
        antrag=antrag, bis=bis, begruendung=begruendung.strip(), gegeben_um=um, gegeben_von=durch
    )
    protokolliere(
        FRIST_VERLAENGERT,
        antrag,
        durch=durch,
        grund=begruendung,
        angaben={"bis": bis.isoformat()},
    )
    melde_verlaengerung(verlaengerung)
    return verlaengerung
