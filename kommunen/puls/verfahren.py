"""Every step of the yearly confirmation: asking, confirming, correcting, deciding.

What concerns one council happens one after the other (`_sperre`), and each step asks again
whether the person may take it. `gesehen` is what the page showed (`angaben.Ratsangaben`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from asskomm.formate import tag
from asskomm.konten.models import Konto
from asskomm.mailadresse import gilt, normalform
from asskomm.post.verfahren import stelle_ein
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import KeinRecht, SchrittNichtMoeglich, Ueberholt

from ..befugnisse import Befugnis, darf
from ..models import (
    Kommune,
    Praeventionsrat,
    Ratsabfrage,
    Ratsanschreiben,
    Ratsbestaetigung,
    Ratskorrektur,
    Ratszustand,
)
from ..models.puls import ABSTAND_TAGE
from ..tatsachen import QUELLE_HOECHSTENS
from ..zustandsfolge import pruefe_zustandsfolge
from . import angaben, handlungen, vorlagen
from .stand import offene, zu_bestaetigen, zustaendige

RECHT_TELEFON = "kommunen.add_ratsbestaetigung"
RECHT_KORREKTUR = "kommunen.change_ratskorrektur"
# From here on the plan of the next year is there to be seen and changed.
VORLAUF = timedelta(days=92)
# How the history of a council names what came from its Kommune.
AENDERUNGSGRUND = "Angabe der Kommune"
_FRUEHERE_ANGABE = r"; {wofuer}: Angabe der Kommune [^;]*"


class NichtsGeaendert(SchrittNichtMoeglich):
    """A correction that says what the portal says already."""

    status = 200

    def __init__(self):
        super().__init__(
            "Sie haben nichts geändert. Stimmt alles, gehen Sie zurück und wählen Sie „Stimmt alles“."
        )


# --- The daily job ---------------------------------------------------------------


def frage(heute: date) -> None:
    """Take councils into the round of the year, ask their Kommunen and remind them.

    Every mail that is due goes, however late; none goes twice. A Kommune gets one at most in
    `ABSTAND_TAGE` days, about all of its councils that wait.
    """
    Ratsabfrage.objects.fuer((heute + VORLAUF).year)
    abfrage = Ratsabfrage.objects.fuer(heute.year)
    if heute < abfrage.beginn:
        return
    if heute <= abfrage.neue_bis:
        _nimm_auf(heute)
    wer = zustaendige(heute)
    seit = heute - timedelta(days=ABSTAND_TAGE)
    kuerzlich = Ratsanschreiben.objects.filter(am__gt=seit)
    ruhend = set(kuerzlich.values_list("kommune", flat=True))
    zeilen, faellig = defaultdict(list), defaultdict(list)
    offen = offene(heute).filter(jahr=heute.year).order_by("rat__name", "pk")
    for zeile in offen.select_related("rat").prefetch_related("rat__kommunen"):
        erreichbar = [kommune for kommune in zeile.rat.kommunen.all() if kommune.pk in wer]
        for kommune in erreichbar:
            zeilen[kommune].append(zeile)
        if not erreichbar:
            _schliesse_ohne_zugang(zeile, abfrage, heute)
            continue
        stufe = zeile.naechste_stufe(abfrage, heute)
        anzuschreiben = [kommune for kommune in erreichbar if kommune.pk not in ruhend]
        if stufe and anzuschreiben and _vermerke_stufe(zeile, stufe, abfrage, heute):
            for kommune in anzuschreiben:
                faellig[kommune].append((zeile, stufe))
    geschrieben = set()
    for kommune, stufen in faellig.items():
        _schreibe_an(kommune, wer[kommune.pk], zeilen[kommune], stufen, abfrage, heute, geschrieben)


def _nimm_auf(heute):
    vorhanden = Ratsbestaetigung.objects.filter(jahr=heute.year)
    neue = zu_bestaetigen(heute).exclude(pk__in=vorhanden.values("rat"))
    Ratsbestaetigung.objects.bulk_create(
        [Ratsbestaetigung(rat=rat, jahr=heute.year, vorgemerkt_am=heute) for rat in neue],
        ignore_conflicts=True,  # somebody may confirm at this moment
    )


def _schliesse_ohne_zugang(zeile, abfrage, heute):
    """Nobody can be reminded; the note comes as late as for the others."""
    erinnert = zeile.vorgemerkt_am + timedelta(days=abfrage.zweite_erinnerung_nach)
    if zeile.offen_ab is None and heute >= erinnert:
        offen_ab = heute + timedelta(days=abfrage.nachfrist)
        _noch_offen(zeile).update(offen_ab=offen_ab)


def _vermerke_stufe(zeile, stufe, abfrage, heute) -> bool:
    """False where somebody has confirmed meanwhile.

    A note that the public reads already stays. One that was to come because nobody could answer
    waits for the reminders, now that somebody can.
    """
    felder = {stufe: heute}
    if zeile.offen_ab is None or zeile.offen_ab > heute:
        zuletzt = stufe == "erneut_erinnert_am"
        felder["offen_ab"] = heute + timedelta(days=abfrage.nachfrist) if zuletzt else None
    for feld, wert in felder.items():
        setattr(zeile, feld, wert)
    return bool(_noch_offen(zeile).update(**felder))


def _noch_offen(zeile):
    return Ratsbestaetigung.objects.offen().filter(pk=zeile.pk)


def _schreibe_an(kommune, konten, zeilen, stufen, abfrage, heute, geschrieben):
    """One mail to each person of the Kommune, and one to the office of each council that is due."""
    Ratsanschreiben.objects.create(kommune=kommune, am=heute)
    neu = any(stufe == "gefragt_am" for _, stufe in stufen)
    letzte_tage = [am for zeile, _ in stufen if (am := zeile.bis(abfrage)) >= heute]
    bis = tag(min(letzte_tage)) if letzte_tage else ""
    gegenstand = {
        "gegenstand": kommune,
        "angaben": {
            "kommune": str(kommune),
            "kennung": kommune.kennung,
            "raete": [str(zeile.rat) for zeile in zeilen],
            "nummer": zeilen[0].rat_id if len(zeilen) == 1 else None,
            "bis": bis,
            "frist": f"bis {bis}" if bis else "",
        },
    }
    vorlage = vorlagen.RAT_BESTAETIGEN if neu else vorlagen.RAT_ERINNERUNG
    for konto in konten:
        stelle_ein(vorlage, an=konto, **gegenstand)
    geschrieben |= {konto.email for konto in konten}
    for zeile, stufe in stufen:
        protokolliere(
            handlungen.GEFRAGT,
            zeile,
            durch=None,
            angaben={"kommune": kommune.kennung, "stufe": stufe.removesuffix("_am")},
        )
        postfach = normalform(zeile.rat.kontakt_email)
        if gilt(postfach) and postfach not in geschrieben:
            geschrieben.add(postfach)
            stelle_ein(vorlage, an=postfach, **gegenstand)


# --- The Kommune -----------------------------------------------------------------


@transaction.atomic
def bestaetige(
    rat: Praeventionsrat, kommune: Kommune, *, durch: Konto, um: datetime, gesehen: str
) -> Ratsbestaetigung:
    """All is right. Once a year is enough: a second time gives the first confirmation again."""
    rat = _sperre(rat)
    heute = timezone.localdate(um)
    _verlange_bearbeitung(rat, kommune, durch, heute)
    if vorhanden := bestaetigung_des_jahres(rat, heute.year):
        return vorhanden
    if gesehen != angaben.lies(rat).gesehen:
        raise Ueberholt(
            "Die Angaben haben sich geändert, seit Sie die Seite geöffnet haben. Prüfen Sie den "
            "neuen Stand. Stimmt er, bestätigen Sie ihn noch einmal."
        )
    return _vermerke_bestaetigung(rat, kommune, durch=durch, um=um)


@transaction.atomic
def korrigiere(
    rat: Praeventionsrat,
    kommune: Kommune,
    werte: Mapping[str, Any],
    *,
    durch: Konto,
    um: datetime,
    gesehen: str,
) -> None:
    """Take over the contact, keep everything else for the LPR, and count the year as confirmed.

    `werte` are those of the form, all fields. The same form sent twice is taken once. Raises
    NichtsGeaendert, and Ueberholt where the record or the waiting correction is another one.
    """
    rat = _sperre(rat)
    heute = timezone.localdate(um)
    _verlange_bearbeitung(rat, kommune, durch, heute)
    stand = angaben.lies(rat)
    bisher = stand.gewuenscht
    geaendert = [feld for feld, wert in werte.items() if wert != bisher[feld]]
    if gesehen != stand.gesehen:
        if not geaendert and bestaetigung_des_jahres(rat, heute.year):
            return  # the form was sent twice
        raise Ueberholt(
            "Die Angaben haben sich geändert, seit Sie die Seite geöffnet haben. Was Sie "
            "eingegeben haben, steht noch im Formular. Vergleichen Sie es mit dem neuen Stand und "
            "senden Sie es noch einmal ab."
        )
    if not geaendert:
        raise NichtsGeaendert
    quelle = _angabe_der_kommune(kommune, heute)
    if kontakt := {feld: werte[feld] for feld in angaben.KONTAKT if feld in geaendert}:
        _aendere(rat, kontakt, "Kontakt", quelle)
        protokolliere(
            handlungen.KONTAKT_GEAENDERT,
            rat,
            durch=durch,
            angaben={"kommune": kommune.kennung, "felder": sorted(kontakt)},
        )
    if any(feld in Ratskorrektur.FELDER for feld in geaendert):
        _stelle_korrektur(stand, kommune, werte, durch=durch, um=um)
    if bestaetigung_des_jahres(rat, heute.year) is None:
        _vermerke_bestaetigung(rat, kommune, durch=durch, um=um)


def bestaetigung_des_jahres(rat: Praeventionsrat, jahr: int) -> Ratsbestaetigung | None:
    return Ratsbestaetigung.objects.bestaetigt().filter(rat=rat, jahr=jahr).first()


def _stelle_korrektur(stand, kommune, werte, *, durch, um):
    """In place of one that waits. What says the same as the record needs no decision."""
    rat, ist = stand.rat, stand.ist
    if alte := stand.korrektur:
        _entscheide(
            alte,
            Ratskorrektur.Ergebnis.ERSETZT,
            handlungen.ERSETZT,
            durch=durch,
            um=um,
            vorher=angaben.bisher(alte),
        )
    wunsch = {
        feld: wert
        for feld, wert in werte.items()
        if feld in Ratskorrektur.FELDER and wert != ist[feld]
    }
    if {"zustand", "zustand_seit"} & wunsch.keys():
        wunsch |= {feld: werte[feld] for feld in ("zustand", "zustand_seit")}
    if wunsch.keys() & set(angaben.VORSITZ):
        wunsch |= {feld: werte[feld] for feld in angaben.VORSITZ}
    if not wunsch:
        return
    korrektur = Ratskorrektur.objects.create(
        rat=rat, kommune=kommune, gestellt_um=um, gestellt_von=durch, **wunsch
    )
    protokolliere(
        handlungen.KORRIGIERT,
        korrektur,
        durch=durch,
        angaben={"kommune": kommune.kennung, "felder": sorted(wunsch)},
    )


def _vermerke_bestaetigung(rat, kommune, *, durch, um):
    heute = timezone.localdate(um)
    return _bestaetige_zeile(
        rat,
        heute,
        weg=Ratsbestaetigung.Weg.PORTAL,
        kommune=kommune,
        quelle=_angabe_der_kommune(kommune, heute),
        durch=durch,
        um=um,
    )


def _bestaetige_zeile(rat, am, *, weg, kommune, quelle, durch, um):
    """The row of the year, confirmed; None where it is confirmed already."""
    felder = {
        "bestaetigt_am": am,
        "weg": weg,
        "kommune": kommune,
        "quelle": quelle,
        "erfasst_um": um,
        "erfasst_von": durch,
    }
    zeile, neu = Ratsbestaetigung.objects.get_or_create(rat=rat, jahr=am.year, defaults=felder)
    if not neu:
        if not _noch_offen(zeile).update(**felder):
            return None
        zeile.refresh_from_db()
    wer = {"kommune": kommune.kennung} if kommune else {}
    protokolliere(
        handlungen.BESTAETIGT, zeile, durch=durch, angaben={"jahr": am.year, "weg": str(weg), **wer}
    )
    return zeile


# --- The LPR ---------------------------------------------------------------------


@transaction.atomic
def bestaetige_am_telefon(
    rat: Praeventionsrat, *, am: date, quelle: str, durch: Konto, um: datetime
) -> Ratsbestaetigung:
    """Staff were told on the day `am` that all is right; `quelle` says by which office.

    Raises KeinRecht, and SchrittNichtMoeglich for a day ahead or before last year, for a council
    that is not to be confirmed, and where the year is confirmed already.
    """
    if not (durch.is_staff and durch.has_perm(RECHT_TELEFON)):
        raise KeinRecht("Eine Bestätigung am Telefon erfasst die Sachbearbeitung.")
    heute = timezone.localdate(um)
    if am > heute:
        raise SchrittNichtMoeglich("Dieser Tag liegt in der Zukunft. Prüfen Sie das Datum.")
    if am.year < heute.year - 1:
        raise SchrittNichtMoeglich("Erfassen lässt sich dieses und das vergangene Jahr.")
    rat = _sperre(rat)
    _verlange_bestaetigbar(rat, heute)
    zeile = _bestaetige_zeile(
        rat,
        am,
        weg=Ratsbestaetigung.Weg.TELEFON,
        kommune=None,
        quelle=quelle,
        durch=durch,
        um=um,
    )
    if zeile is None:
        vorhanden = bestaetigung_des_jahres(rat, am.year)
        if (vorhanden.bestaetigt_am, vorhanden.quelle, vorhanden.erfasst_von) == (
            am,
            quelle,
            durch,
        ):
            return vorhanden  # the form was sent twice
        raise SchrittNichtMoeglich(
            f"„{rat}“ ist für {am.year} schon bestätigt, am {tag(vorhanden.bestaetigt_am)}."
        )
    return zeile


@transaction.atomic
def uebernimm(korrektur: Ratskorrektur, *, durch: Konto, um: datetime) -> None:
    """Write what the Kommune asked for into the record, with its word as the source.

    Raises KeinRecht, and SchrittNichtMoeglich where it is decided, or where the states could not
    follow each other; then staff enter the state by hand and take over the rest.
    """
    rat = _sperre_zur_entscheidung(korrektur, durch)
    vorher = angaben.bisher(korrektur)
    quelle = _angabe_der_kommune(korrektur.kommune, timezone.localdate(korrektur.gestellt_um))
    werte = {feld: wert for feld in ("name", "entstehung") if (wert := getattr(korrektur, feld))}
    wofuer = [Ratskorrektur._meta.get_field(feld).verbose_name for feld in werte]
    if korrektur.zustand and _setze_zustand(rat, korrektur, quelle):
        wofuer.append("Zustand")
    if korrektur.vorsitz_funktion:
        _setze_vorsitz(rat, korrektur)
        wofuer.append("Vorsitz")
    if wofuer:
        _aendere(rat, werte, ", ".join(wofuer), quelle)
    _entscheide(
        korrektur,
        Ratskorrektur.Ergebnis.UEBERNOMMEN,
        handlungen.UEBERNOMMEN,
        durch=durch,
        um=um,
        vorher=vorher,
    )
    _melde_ergebnis(korrektur)


@transaction.atomic
def lehne_ab(korrektur: Ratskorrektur, grund: str, *, durch: Konto, um: datetime) -> None:
    """Leave the record as it is; the Kommune reads the reason."""
    _sperre_zur_entscheidung(korrektur, durch)
    if not grund.strip():
        raise SchrittNichtMoeglich("Begründen Sie, warum Sie die Korrektur nicht übernehmen.")
    _entscheide(
        korrektur,
        Ratskorrektur.Ergebnis.ABGELEHNT,
        handlungen.ABGELEHNT,
        durch=durch,
        um=um,
        vorher=angaben.bisher(korrektur),
        grund=grund.strip(),
    )
    _melde_ergebnis(korrektur)


def warum_nicht_zu_entscheiden(korrektur: Ratskorrektur) -> str:
    """In a sentence; empty where it still waits."""
    if korrektur.ergebnis == Ratskorrektur.Ergebnis.OFFEN:
        return ""
    return f"Über diese Korrektur ist schon entschieden: {korrektur.get_ergebnis_display()}."


def _sperre_zur_entscheidung(korrektur, durch):
    if not (durch.is_staff and durch.has_perm(RECHT_KORREKTUR)):
        raise KeinRecht("Über eine Korrektur entscheidet die Sachbearbeitung.")
    return _sperre(korrektur.rat)


def _entscheide(korrektur, ergebnis, handlung, *, durch, um, vorher, grund=""):
    offen = Ratskorrektur.objects.offen().filter(pk=korrektur.pk)
    felder = {
        "ergebnis": ergebnis,
        "entschieden_um": um,
        "entschieden_von": durch,
        "vorher": vorher,
        "grund": grund,
    }
    if not offen.update(**felder):
        korrektur.refresh_from_db()
        raise SchrittNichtMoeglich(warum_nicht_zu_entscheiden(korrektur))
    korrektur.refresh_from_db()
    protokolliere(handlung, korrektur, durch=durch, angaben={"kommune": korrektur.kommune.kennung})


def _melde_ergebnis(korrektur):
    """To who sent it, if that person can still read it."""
    wer, kommune = korrektur.gestellt_von, korrektur.kommune
    if not darf(wer, Befugnis.LESEN, kommune):
        return
    sichtbar = Praeventionsrat.objects.oeffentlich().filter(pk=korrektur.rat_id).exists()
    stelle_ein(
        vorlagen.RATSKORREKTUR_ENTSCHIEDEN,
        an=wer,
        gegenstand=korrektur,
        angaben={
            "rat": str(korrektur.rat),
            "kommune": str(kommune),
            "kennung": kommune.kennung,
            "nummer": korrektur.rat_id if sichtbar else None,
            "uebernommen": korrektur.ergebnis == Ratskorrektur.Ergebnis.UEBERNOMMEN,
            "angaben": any(titel != "Hinweis" for titel, _ in korrektur.angaben),
            "hinweis": bool(korrektur.hinweis),
        },
    )


# --- What the steps are made of --------------------------------------------------


def _sperre(rat):
    """Let steps about one council wait for each other and for its page in the admin."""
    return Praeventionsrat.objects.select_for_update(no_key=True).get(pk=rat.pk)


def _verlange_bearbeitung(rat, kommune, durch, heute):
    if not darf(durch, Befugnis.BEARBEITEN, kommune):
        raise KeinRecht("Die Angaben bestätigt eine Person mit der Rolle Bearbeitung.")
    if not rat.kommunen.filter(pk=kommune.pk).exists():
        raise SchrittNichtMoeglich(f"„{rat}“ gehört nicht mehr zu {kommune}.")
    if kommune.ist_erloschen(heute):
        raise SchrittNichtMoeglich(
            f"{kommune} besteht nicht mehr. Die Angaben bestätigt die Rechtsnachfolge: "
            f"{kommune.rechtsnachfolge(heute)}."
        )
    _verlange_bestaetigbar(rat, heute)


def _verlange_bestaetigbar(rat, heute):
    if not zu_bestaetigen(heute).filter(pk=rat.pk).exists():
        raise SchrittNichtMoeglich(
            f"„{rat}“ ist aufgelöst oder nicht veröffentlicht. Zu bestätigen ist nichts mehr."
        )


def _angabe_der_kommune(kommune, am):
    return f"Angabe der Kommune {kommune} vom {tag(am)}"


def _aendere(rat, werte, wofuer, quelle):
    """Save the values with their source; an older word of a Kommune about the same goes."""
    for feld, wert in werte.items():
        setattr(rat, feld, wert)
    neu = f"; {wofuer}: {quelle}"
    bisher = re.sub(_FRUEHERE_ANGABE.format(wofuer=re.escape(wofuer)), "", rat.quelle)
    if len(bisher) + len(neu) > QUELLE_HOECHSTENS:
        bisher = f"{bisher[: QUELLE_HOECHSTENS - len(neu) - 2]} …"
    rat.quelle = bisher + neu
    rat._change_reason = AENDERUNGSGRUND
    rat.save()


def _setze_zustand(rat, korrektur, quelle) -> bool:
    """End the present state and begin the new one, or correct its day; False if it is so already."""
    zustand, seit = korrektur.zustand, korrektur.zustand_seit
    alle = list(rat.zustaende.all())
    jetziger = next((z for z in alle if z.bis is None), None)
    zu_speichern = []
    if jetziger and jetziger.zustand == zustand:
        if jetziger.von == seit:
            return False
        jetziger.von = seit
        zu_speichern = [jetziger]
    else:
        if jetziger:
            jetziger.bis = seit
            zu_speichern.append(jetziger)
        neuer = Ratszustand(rat=rat, zustand=zustand, von=seit, grundlage=quelle)
        zu_speichern.append(neuer)
        alle.append(neuer)
    try:
        pruefe_zustandsfolge(alle)
        with transaction.atomic():
            for eintrag in zu_speichern:
                eintrag._change_reason = AENDERUNGSGRUND
                eintrag.save()
    except (ValidationError, IntegrityError) as fehler:
        satz = " ".join(fehler.messages) if isinstance(fehler, ValidationError) else ""
        raise SchrittNichtMoeglich(
            f"Dieser Zustand passt nicht zu den bisherigen. {satz} Tragen Sie ihn beim "
            "Präventionsrat von Hand ein und übernehmen Sie die Korrektur danach."
        ) from fehler
    return True


def _setze_vorsitz(rat, korrektur):
    """One chair is replaced; where there are more, the new one is added for staff to sort out."""
    vorsitzende = list(rat.mitglieder.filter(vorsitz=True))
    mitglied = vorsitzende[0] if len(vorsitzende) == 1 else rat.mitglieder.model(rat=rat)
    mitglied.vorsitz = True
    mitglied.funktion = korrektur.vorsitz_funktion
    mitglied.institution = korrektur.vorsitz_institution
    mitglied._change_reason = AENDERUNGSGRUND
    mitglied.save()
