"""Advice before and beside an application (F3): every change of a request, and what was held.

    frage_an | nimm_auf -> plane (again and again) | sage_ab -> halte_fest | schliesse | ziehe_zurueck

Each function locks the request first. `gesehen` is the version that the page showed: whoever
acted in between is not overwritten, and the same form sent twice does its step once.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from asskomm.formate import tag
from asskomm.formate import zeitpunkt as zeitpunkt_text
from asskomm.konten.models import Konto
from asskomm.post.verfahren import stelle_ein
from asskomm.post.vorlagen import Vorlage
from asskomm.protokoll.handlungen import Handlung
from asskomm.protokoll.verfahren import protokolliere
from asskomm.schritt import KeinRecht, SchrittNichtMoeglich, Ueberholt
from asskomm.werktage import werktage_vor
from kommunen.befugnisse import Befugnis, darf, konten_mit
from kommunen.models import Kommune
from kommunen.zeitangabe import Zeitangabe

from .. import handlungen
from ..befugnisse import koordiniert
from ..beratungen import vorlagen
from ..models import (
    OFFENE_STAENDE,
    OHNE_TERMIN,
    Anfrageweg,
    Beratung,
    Beratungsanfrage,
    Beratungsschritt,
    Beratungsstand,
)

# Working days before the appointment on which the Kommune is reminded of it.
ERINNERUNG_VORHER = 2
QUELLE = "Von der Geschäftsstelle des Landespräventionsrates festgehalten"
ZUGANG_FOLGT = "Zugang folgt per E-Mail"
SCHON_ANGEFRAGT = "Ihre Kommune hat schon eine Beratung angefragt."
SCHON_FESTGEHALTEN = (
    "Mit diesem Formular haben Sie schon eine Beratung festgehalten. Berichtigen Sie sie in der "
    "Verwaltung. Für eine weitere öffnen Sie das Formular neu."
)
UEBERHOLT = (
    "Zu dieser Anfrage hat inzwischen jemand gehandelt. Sehen Sie den neuen Stand an und "
    "entscheiden Sie noch einmal."
)


@dataclass(frozen=True)
class Termin:
    """When, how and where. `um` is the moment; without `ort` the way in follows by e-mail."""

    um: datetime
    minuten: int
    form: str
    ort: str = ""
    hinweis: str = ""

    @property
    def felder(self) -> dict:
        return {
            "termin_um": self.um,
            "termin_minuten": self.minuten,
            "termin_form": self.form,
            "termin_ort": self.ort,
            "termin_hinweis": self.hinweis,
        }


@dataclass(frozen=True)
class Vereinbart:
    """One agreed step of the path."""

    schritt: str
    bis: date | None = None
    worte: str = ""


@dataclass(frozen=True)
class Gehalten:
    """An advice as it was held. `vor_der_anfrage`: on purpose earlier than the request."""

    am: date
    form: str
    teilnehmende: str
    thema: str
    bemerkung: str = ""
    oeffentlich: bool = False
    schritte: Collection[Vereinbart] = ()
    vor_der_anfrage: bool = False

    @property
    def felder(self) -> dict:
        return {
            "am": Zeitangabe.vom_tag(self.am),
            "form": self.form,
            "thema": self.thema,
            "teilnehmende": self.teilnehmende,
            "bemerkung": self.bemerkung,
            "veroeffentlicht": self.oeffentlich,
        }

    def ist(self, beratung: Beratung) -> bool:
        """Whether the record says this very thing."""
        schritte = {(s.schritt, s.bis, s.worte) for s in beratung.schritte.all()}
        return schritte == {(s.schritt, s.bis, s.worte) for s in self.schritte} and all(
            getattr(beratung, name) == wert for name, wert in self.felder.items()
        )


# --- Asking ---------------------------------------------------------------------------


def frage_an(
    kommune: Kommune, anliegen: str, *, durch: Konto, um: datetime, marke: UUID
) -> Beratungsanfrage:
    """Ask the LPR office for advice. The same form sent twice (`marke`) is one request.

    Raises SchrittNichtMoeglich without the role Bearbeitung, for a Kommune that exists no longer
    and while another request is open, also one of the same form with other words.
    """
    if not darf(durch, Befugnis.BEARBEITEN, kommune):
        raise SchrittNichtMoeglich("Eine Beratung fragt eine Person mit der Rolle Bearbeitung an.")
    return _lege_an(
        kommune, anliegen, Anfrageweg.PORTAL, handlungen.ANGEFRAGT, durch=durch, um=um, marke=marke
    )


def nimm_auf(
    kommune: Kommune, anliegen: str, weg: str, *, durch: Konto, um: datetime, marke: UUID
) -> Beratungsanfrage:
    """Staff open a request for a Kommune that called, wrote or asked at an event.

    Raises as `frage_an`, and KeinRecht for those who do not coordinate.
    """
    _verlange_recht(durch)
    return _lege_an(kommune, anliegen, weg, handlungen.AUFGENOMMEN, durch=durch, um=um, marke=marke)


def _lege_an(kommune, anliegen, weg, handlung, *, durch, um, marke):
    gesendet = {"marke": marke, "kommune": kommune, "weg": weg, "anliegen": anliegen}
    if vorhanden := Beratungsanfrage.objects.filter(**gesendet).first():
        return vorhanden
    if kommune.ist_erloschen(timezone.localdate(um)):
        raise SchrittNichtMoeglich("Diese Kommune besteht nicht mehr.")
    try:
        with transaction.atomic():
            anfrage = Beratungsanfrage.objects.create(
                **gesendet, gestellt_um=um, gestellt_von=durch
            )
            protokolliere(handlung, anfrage, durch=durch, angaben={"weg": str(weg)})
            if weg == Anfrageweg.PORTAL:
                _schreibe_dem_lpr(vorlagen.ANGEFRAGT, anfrage)
    except IntegrityError as fehler:
        if vorhanden := Beratungsanfrage.objects.filter(**gesendet).first():
            return vorhanden
        raise SchrittNichtMoeglich(
            SCHON_ANGEFRAGT
            if weg == Anfrageweg.PORTAL
            else "Diese Kommune hat schon eine offene Anfrage."
        ) from fehler
    return anfrage


# --- The appointment ------------------------------------------------------------------


@transaction.atomic
def plane(
    anfrage: Beratungsanfrage, termin: Termin, *, durch: Konto, um: datetime, gesehen: int
) -> Beratungsanfrage:
    """Set the appointment, or another one in its place; the Kommune gets a mail.

    Raises KeinRecht, Ueberholt, and SchrittNichtMoeglich for a moment that has passed.
    """
    _verlange_recht(durch)
    anfrage = _sperre(anfrage)
    if _schon_getan(anfrage, gesehen, stand=Beratungsstand.GEPLANT, **termin.felder):
        return anfrage
    _verlange_stand(anfrage, OFFENE_STAENDE, gesehen)
    if termin.um <= um:
        raise SchrittNichtMoeglich("Der Termin liegt in der Vergangenheit.")
    neu = anfrage.stand == Beratungsstand.NEU
    _gehe(
        anfrage,
        handlungen.GEPLANT if neu else handlungen.VERLEGT,
        durch=durch,
        stand=Beratungsstand.GEPLANT,
        **termin.felder,
        geplant_um=um,
        geplant_von=durch,
        erinnert_am=None,
        absage_grund="",
    )
    _schreibe(vorlagen.TERMIN if neu else vorlagen.TERMIN_NEU, anfrage)
    return anfrage


@transaction.atomic
def sage_ab(
    anfrage: Beratungsanfrage, grund: str, *, durch: Konto, um: datetime, gesehen: int
) -> Beratungsanfrage:
    """Cancel the appointment; the request stays open. The Kommune reads the reason in the portal."""
    _verlange_recht(durch)
    anfrage, grund = _sperre(anfrage), _begruendet(grund)
    if _schon_getan(anfrage, gesehen, stand=Beratungsstand.NEU, absage_grund=grund):
        return anfrage
    _verlange_stand(anfrage, (Beratungsstand.GEPLANT,), gesehen)
    war_am = anfrage.termin_um
    _gehe(
        anfrage, handlungen.ABGESAGT, durch=durch, stand=Beratungsstand.NEU, **OHNE_TERMIN,
        absage_grund=grund,
    )  # fmt: skip
    _schreibe(vorlagen.TERMIN_ABGESAGT, anfrage, termin=zeitpunkt_text(war_am))
    return anfrage


def zu_erinnern(heute: date) -> list[Beratungsanfrage]:
    """Those whose appointment is two working days ahead or less and was set before that."""
    menge = Beratungsanfrage.objects.filter(
        stand=Beratungsstand.GEPLANT, termin_um__date__gte=heute, erinnert_am__isnull=True
    ).select_related("kommune")
    return [anfrage for anfrage in menge if _ist_zu_erinnern(anfrage, heute)]


def _ist_zu_erinnern(anfrage, heute):
    ab = werktage_vor(timezone.localdate(anfrage.termin_um), ERINNERUNG_VORHER)
    return timezone.localdate(anfrage.geplant_um) < ab <= heute


@transaction.atomic
def erinnere(anfrage: Beratungsanfrage, *, heute: date) -> None:
    """Remind the Kommune once; nothing when the appointment was moved or cancelled meanwhile."""
    noch = Beratungsanfrage.objects.filter(
        pk=anfrage.pk, stand=Beratungsstand.GEPLANT, termin_um=anfrage.termin_um, erinnert_am=None
    )
    if noch.update(erinnert_am=heute):
        _schreibe(vorlagen.TERMIN_ERINNERUNG, anfrage)


# --- The end --------------------------------------------------------------------------


@transaction.atomic
def halte_fest(
    anfrage: Beratungsanfrage, gehalten: Gehalten, *, durch: Konto, um: datetime, gesehen: int
) -> Beratung:
    """Record the advice that was held: it answers the request and opens the gate of applications.

    Raises KeinRecht, Ueberholt, and SchrittNichtMoeglich for a day ahead, and for one before the
    request unless `gehalten` says so.
    """
    _verlange_recht(durch)
    anfrage = _sperre(anfrage)
    if _schon_getan(
        anfrage, gesehen, stand=Beratungsstand.BERATEN, erledigt_von=durch
    ) and gehalten.ist(anfrage.beratung):
        return anfrage.beratung
    _verlange_stand(anfrage, OFFENE_STAENDE, gesehen)
    if satz := einwand_gegen_tag(gehalten.am, um, anfrage, gehalten.vor_der_anfrage):
        raise SchrittNichtMoeglich(satz)
    beratung = _lege_beratung_an(anfrage.kommune, gehalten, durch)
    _beantworte(anfrage, beratung, durch, um)
    return beratung


@transaction.atomic
def halte_ohne_anfrage_fest(
    kommune: Kommune, gehalten: Gehalten, *, durch: Konto, um: datetime, marke: UUID
) -> Beratung:
    """Record an advice for which nobody asked in the portal. `marke` as in `frage_an`.

    Raises as `halte_fest`, and SchrittNichtMoeglich while the Kommune has an open request: there
    it is recorded; and where the same form comes with another content.
    """
    _verlange_recht(durch)
    # Two of the same form wait for each other here.
    Kommune.objects.select_for_update(of=("self",)).get(pk=kommune.pk)
    if vorhanden := Beratung.objects.filter(marke=marke).first():
        if vorhanden.kommune == kommune and gehalten.ist(vorhanden):
            return vorhanden
        raise SchrittNichtMoeglich(SCHON_FESTGEHALTEN)
    if satz := einwand_gegen_tag(gehalten.am, um):
        raise SchrittNichtMoeglich(satz)
    if kommune.beratungsanfragen.offen().exists():
        raise SchrittNichtMoeglich(
            "Diese Kommune hat eine offene Anfrage. Halten Sie die Beratung bei der Anfrage fest."
        )
    beratung = _lege_beratung_an(kommune, gehalten, durch, marke=marke)
    _schreibe_der_kommune(vorlagen.FESTGEHALTEN, kommune, beratung, am=tag(gehalten.am))
    return beratung


@transaction.atomic
def ordne_zu(beratung: Beratung, *, durch: Konto, um: datetime) -> Beratungsanfrage | None:
    """A Beratung that staff entered as a record answers the open request of its Kommune.

    None where there is no request, or where it was asked after the day of the Beratung.
    """
    anfrage = beratung.kommune.beratungsanfragen.offen().select_for_update(of=("self",)).first()
    if anfrage is None or beratung.am.letzter_tag < timezone.localdate(anfrage.gestellt_um):
        return None
    _beantworte(anfrage, beratung, durch, um)
    return anfrage


@transaction.atomic
def schliesse(
    anfrage: Beratungsanfrage, grund: str, *, durch: Konto, um: datetime, gesehen: int
) -> Beratungsanfrage:
    """End the request without an advice. The Kommune reads the reason in the portal."""
    _verlange_recht(durch)
    anfrage, grund = _sperre(anfrage), _begruendet(grund)
    if _schon_getan(anfrage, gesehen, stand=Beratungsstand.GESCHLOSSEN, grund=grund):
        return anfrage
    _verlange_stand(anfrage, OFFENE_STAENDE, gesehen)
    _gehe(
        anfrage, handlungen.GESCHLOSSEN, durch=durch, stand=Beratungsstand.GESCHLOSSEN,
        grund=grund, erledigt_um=um, erledigt_von=durch,
    )  # fmt: skip
    _schreibe(vorlagen.GESCHLOSSEN, anfrage)
    return anfrage


@transaction.atomic
def ziehe_zurueck(
    anfrage: Beratungsanfrage, grund: str, *, durch: Konto, um: datetime, gesehen: int
) -> Beratungsanfrage:
    """The Kommune needs the advice no longer; the reason may stay empty. Tells the LPR office."""
    anfrage = _sperre(anfrage)
    if not darf(durch, Befugnis.BEARBEITEN, anfrage.kommune):
        raise KeinRecht("Eine Anfrage zieht eine Person mit der Rolle Bearbeitung zurück.")
    grund = grund.strip()
    if _schon_getan(anfrage, gesehen, stand=Beratungsstand.ZURUECKGEZOGEN, grund=grund):
        return anfrage
    _verlange_stand(anfrage, OFFENE_STAENDE, gesehen)
    _gehe(
        anfrage, handlungen.ZURUECKGEZOGEN, durch=durch, stand=Beratungsstand.ZURUECKGEZOGEN,
        grund=grund, erledigt_um=um, erledigt_von=durch,
    )  # fmt: skip
    _schreibe_dem_lpr(vorlagen.ZURUECKGEZOGEN, anfrage)
    return anfrage


@transaction.atomic
def oeffne_wieder(
    anfrage: Beratungsanfrage, grund: str, *, durch: Konto, gesehen: int
) -> Beratungsanfrage:
    """Take back that the LPR ended it, by mistake. The reason stands in the log only.

    A recorded Beratung stays a record; what is wrong in it is corrected in the admin. Raises
    SchrittNichtMoeglich also when the Kommune has asked again meanwhile.
    """
    _verlange_recht(durch)
    anfrage, grund = _sperre(anfrage), _begruendet(grund)
    if _schon_getan(anfrage, gesehen, stand=Beratungsstand.NEU):
        return anfrage
    _verlange_stand(anfrage, (Beratungsstand.BERATEN, Beratungsstand.GESCHLOSSEN), gesehen)
    if anfrage.kommune.beratungsanfragen.offen().exists():
        raise SchrittNichtMoeglich("Diese Kommune hat inzwischen eine neue Anfrage gestellt.")
    _gehe(
        anfrage, handlungen.WIEDER_OFFEN, durch=durch, protokollgrund=grund,
        stand=Beratungsstand.NEU, **OHNE_TERMIN, beratung=None, grund="", erledigt_um=None,
        erledigt_von=None,
    )  # fmt: skip
    return anfrage


def einwand_gegen_tag(
    am: date,
    um: datetime,
    anfrage: Beratungsanfrage | None = None,
    vor_der_anfrage: bool = False,
) -> str:
    """Why an advice cannot have been held on the day `am`, in words; empty when it can."""
    if am > timezone.localdate(um):
        return "Der Tag liegt in der Zukunft. Halten Sie die Beratung fest, wenn sie geführt ist."
    if (
        anfrage
        and not vor_der_anfrage
        and am < (gestellt := timezone.localdate(anfrage.gestellt_um))
    ):
        return (
            f"Die Kommune hat erst am {tag(gestellt)} angefragt. War die Beratung schon vorher, "
            "setzen Sie das Häkchen darunter."
        )
    return ""


# --- The agreed steps -----------------------------------------------------------------


@transaction.atomic
def hake_ab(schritt: Beratungsschritt, *, durch: Konto, um: datetime) -> None:
    """The Kommune has done an agreed step; a second click changes nothing."""
    _verlange_bearbeitung(schritt, durch)
    schritt = Beratungsschritt.objects.select_for_update().get(pk=schritt.pk)
    if schritt.erledigt_um is None:
        schritt.erledigt_um, schritt.erledigt_von = um, durch
        schritt.save()
        protokolliere(handlungen.WEGSCHRITT_ERLEDIGT, schritt, durch=durch)


@transaction.atomic
def oeffne_schritt(schritt: Beratungsschritt, *, durch: Konto) -> None:
    """Take the tick back; a second click changes nothing."""
    _verlange_bearbeitung(schritt, durch)
    schritt = Beratungsschritt.objects.select_for_update().get(pk=schritt.pk)
    if schritt.erledigt_um is not None:
        schritt.erledigt_um = schritt.erledigt_von = None
        schritt.save()
        protokolliere(handlungen.WEGSCHRITT_OFFEN, schritt, durch=durch)


def _verlange_bearbeitung(schritt, durch):
    if not darf(durch, Befugnis.BEARBEITEN, schritt.beratung.kommune):
        raise KeinRecht("Schritte hakt eine Person mit der Rolle Bearbeitung ab.")


# --- Inner parts ----------------------------------------------------------------------


def _lege_beratung_an(kommune, gehalten, durch, **weiteres):
    """The record with its steps, and the entry in the log."""
    beratung = Beratung.objects.create(
        kommune=kommune, **gehalten.felder, quelle=QUELLE, beraten_von=durch, **weiteres
    )
    for eines in gehalten.schritte:
        Beratungsschritt.objects.create(
            beratung=beratung, schritt=eines.schritt, bis=eines.bis, worte=eines.worte
        )
    protokolliere(handlungen.FESTGEHALTEN, beratung, durch=durch)
    return beratung


def _beantworte(anfrage, beratung, durch, um):
    _gehe(
        anfrage, handlungen.ERLEDIGT, durch=durch, stand=Beratungsstand.BERATEN,
        beratung=beratung, erledigt_um=um, erledigt_von=durch,
    )  # fmt: skip
    _schreibe(vorlagen.FESTGEHALTEN, anfrage, am=str(beratung.am))


def _sperre(anfrage):
    menge = Beratungsanfrage.objects.select_for_update(of=("self",)).select_related("kommune")
    return menge.get(pk=anfrage.pk)


def _schon_getan(anfrage, gesehen, **danach) -> bool:
    """Whether the very step was taken from what the page showed: the form came twice."""
    return anfrage.version == gesehen + 1 and all(
        getattr(anfrage, name) == wert for name, wert in danach.items()
    )


def _verlange_stand(anfrage, aus, gesehen):
    if anfrage.version != gesehen:
        raise Ueberholt(UEBERHOLT)
    if anfrage.stand not in aus:
        raise SchrittNichtMoeglich("Der Stand der Anfrage lässt das nicht zu.")


def _gehe(
    anfrage: Beratungsanfrage,
    handlung: Handlung,
    *,
    durch: Konto,
    protokollgrund: str = "",
    **felder,
) -> None:
    """Write the new state of the locked request and its log entry: both or neither."""
    for name, wert in felder.items():
        setattr(anfrage, name, wert)
    anfrage.version += 1
    anfrage.save()
    protokolliere(handlung, anfrage, durch=durch, grund=protokollgrund)


def _verlange_recht(durch):
    if not (durch.is_active and koordiniert(durch)):
        raise KeinRecht("Diesen Schritt macht die Geschäftsstelle des Landespräventionsrates.")


def _begruendet(grund):
    if not grund.strip():
        raise SchrittNichtMoeglich("Geben Sie einen Grund an.")
    return grund.strip()


# --- Mails ----------------------------------------------------------------------------


def ort_oder_zugang(anfrage: Beratungsanfrage) -> str:
    return anfrage.termin_ort or ZUGANG_FOLGT


def _schreibe(vorlage: Vorlage, anfrage, **weiteres):
    angaben = {"nummer": anfrage.pk, **weiteres}
    if anfrage.termin_um:
        angaben = {
            "termin": zeitpunkt_text(anfrage.termin_um),
            "form": anfrage.get_termin_form_display(),
            "ort": ort_oder_zugang(anfrage),
            **angaben,
        }
    _schreibe_der_kommune(vorlage, anfrage.kommune, anfrage, **angaben)


def _schreibe_der_kommune(vorlage, kommune, gegenstand, **angaben):
    for konto in konten_mit(Befugnis.BEARBEITEN, kommune):
        stelle_ein(
            vorlage,
            an=konto,
            gegenstand=gegenstand,
            angaben={"kommune": str(kommune), "kennung": kommune.kennung, **angaben},
        )


def _schreibe_dem_lpr(vorlage, anfrage):
    if settings.LPR_POSTFACH:
        stelle_ein(
            vorlage,
            an=settings.LPR_POSTFACH,
            gegenstand=anfrage,
            angaben={"kommune": str(anfrage.kommune), "nummer": anfrage.pk},
        )
