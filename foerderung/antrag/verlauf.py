"""The history of a case, read from the log: for its applicants in their words, for the LPR in full."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.dateparse import parse_datetime

from asskomm.protokoll.models import Eintrag

from ..befugnisse import KOMMUNAL, Handelnde
from ..kenntnis import bescheide, ist_lesbar
from ..models import Foerderantrag
from ..verfahren.schritte import SCHRITTE

# What applicants read of acts that are no step; all others are not for them.
FUER_KOMMUNE = {
    "antrag.angelegt": "Entwurf angelegt",
    "antrag.frist_verlaengert": "Die Geschäftsstelle hat die Antragsfrist verlängert",
    "antrag.verspaetet": "Einreichung nach dem Ende der Frist abgewiesen",
    "antrag.nachreichung_bereit": "Nachreichung zur Zeichnung gegeben",
    "antrag.einwilligung_widerrufen": "Einwilligung in Bescheide im Portal widerrufen",
    "antrag.bewilligung_geaendert": "Die Bewilligung ist geändert",
    "bescheid.bereitgestellt": "Ein Bescheid liegt zum Abruf bereit",
    "bescheid.auf_dem_postweg": "Ein Bescheid kommt mit der Post",
    "bescheid.bereitstellung_beendet": "Nicht rechtzeitig abgerufen, der Bescheid kommt mit der Post",
    "bescheid.abgerufen": "Bescheid abgerufen",
    "bescheid.zur_post_gegeben": "Die Geschäftsstelle hat den Bescheid zur Post gegeben",
    "bescheid.posttag_gestrichen": "Die Geschäftsstelle hat den Tag der Aufgabe zur Post gestrichen",
    "bescheid.zugang_spaeter": "Die Geschäftsstelle hat vermerkt, dass der Bescheid später ankam",
    "bescheid.zugang_bestritten": (
        "Die Geschäftsstelle hat vermerkt, dass der Bescheid nicht ankam, und gibt ihn neu zur Post"
    ),
    "bescheid.zugang_gestrichen": "Vermerk über den späteren Zugang gestrichen",
    "bescheid.bestreiten_gestrichen": "Vermerk gestrichen, dass der Bescheid nicht ankam",
    "bescheid.empfang_bestaetigt": "Empfang des Bescheids bestätigt",
    "bescheid.verzichtet": "Auf Rechtsbehelfe verzichtet",
    "bescheid.rechtsbehelf": "Rechtsbehelf vermerkt",
    "bescheid.rechtsbehelf_gestrichen": "Vermerk über einen Rechtsbehelf gestrichen",
    "bescheid.klage_zurueckgenommen": "Klage gegen den Bescheid zurückgenommen",
    "bescheid.klage_abgewiesen": "Klage gegen den Bescheid rechtskräftig abgewiesen",
    "bescheid.aufgehoben": "Das Gericht hat den Bescheid aufgehoben",
    "bescheid.ausgang_gestrichen": "Vermerk über den Ausgang der Klage gestrichen",
    "bescheid.verzicht_erfasst": "Verzicht auf Rechtsbehelfe ist mit Brief eingegangen",
    "bescheid.verzicht_gestrichen": "Vermerk über den Verzicht mit Brief gestrichen",
    "aenderung.gemeldet": "Änderung gemeldet",
    "aenderung.zurueckgezogen": "Gemeldete Änderung zurückgezogen",
    "aenderung.zur_kenntnis": "Änderung zur Kenntnis genommen",
    "aenderung.zugestimmt": "Änderung zugestimmt",
    "aenderung.abgelehnt": "Änderung abgelehnt",
    "weiterleitung.eingetragen": "Weiterleitung eingetragen",
    "weiterleitung.beendet": "Weiterleitung beendet",
    "nachweis.bereit": "Verwendungsnachweis zur Zeichnung bereit gemeldet",
    "auszahlung.angefordert": "Auszahlung angefordert",
    "auszahlung.zurueckgezogen": "Auszahlung zurückgezogen",
    "auszahlung.abgelehnt": "Auszahlung abgelehnt",
    "auszahlung.angehalten": "Auszahlung angehalten",
    "auszahlung.genehmigt": "Auszahlung genehmigt",
    "auszahlung.angeordnet": "Auszahlung zur Zahlung angeordnet",
    "auszahlung.gezahlt": "Auszahlung gezahlt",
}
# Decisions: which one it is, applicants read when they may read its notice.
ENTSCHEIDUNGEN = (
    "antrag.bewilligen",
    "antrag.ablehnen",
    "antrag.widerrufen",
    "antrag.bewilligung_geaendert",
)
ENTSCHIEDEN = "Über den Antrag ist entschieden"
NEU_ENTSCHIEDEN = "Über den Antrag ist neu entschieden"
FUNKTIONEN = {
    Handelnde.BEARBEITUNG: "Bearbeitung",
    Handelnde.ZEICHNUNG: "Zeichnung",
    Handelnde.SACHBEARBEITUNG: "Sachbearbeitung",
    Handelnde.PRUEFUNG: "fachliche Prüfung",
    Handelnde.LEITUNG: "Leitung",
    Handelnde.SYSTEM: "Portal",
}
PORTAL, GESCHAEFTSSTELLE, KOMMUNE = "Portal", "Geschäftsstelle", "Kommune"
_JE_HANDLUNG = {schritt.handlung.schluessel: schritt for schritt in SCHRITTE.values()}


@dataclass(frozen=True)
class Ereignis:
    """One entry: when it happened, what in words, by whom; `grund` is the reason given for it."""

    um: datetime
    text: str
    wer: str
    grund: str = ""


def verlauf(antrag: Foerderantrag) -> list[Ereignis]:
    """Everything, for the LPR; the newest first."""
    return _geordnet(map(_ereignis, _eintraege(antrag)))


def verlauf_fuer_kommune(antrag: Foerderantrag, heute: date) -> list[Ereignis]:
    """For applicants, who see their own people by name, and of the LPR only that it was it."""
    je_entscheidung = {bescheid.entscheidung_id: bescheid for bescheid in bescheide(antrag)}
    return _geordnet(
        _ereignis_fuer_kommune(eintrag, je_entscheidung, heute) for eintrag in _eintraege(antrag)
    )


def _eintraege(antrag):
    return Eintrag.objects.filter(
        gegenstand_art=antrag._meta.label_lower, gegenstand_nummer=str(antrag.pk)
    ).mit_personen()


def _geordnet(ereignisse):
    return sorted((e for e in ereignisse if e.text), key=lambda e: e.um, reverse=True)


def _um(eintrag):
    """A submission happened when it arrived, which may be before the log wrote it down."""
    return parse_datetime(str(eintrag.angaben.get("um", ""))) or eintrag.zeit


def _ereignis(eintrag):
    schritt = _JE_HANDLUNG.get(eintrag.handlung)
    wer = _mit_name(FUNKTIONEN[schritt.wer] if schritt else "", eintrag)
    return Ereignis(_um(eintrag), eintrag.handlung_wort, wer, eintrag.grund_wort)


def _ereignis_fuer_kommune(eintrag, je_entscheidung, heute):
    um, schritt = _um(eintrag), _JE_HANDLUNG.get(eintrag.handlung)
    text = schritt.fuer_kommune if schritt else FUER_KOMMUNE.get(eintrag.handlung, "")
    if eintrag.handlung in ENTSCHEIDUNGEN:
        bescheid = je_entscheidung.get(eintrag.angaben.get("entscheidung"))
        if bescheid is None or not ist_lesbar(bescheid.bekanntgabe, heute):
            text = NEU_ENTSCHIEDEN if bescheid and bescheid.nummer > 1 else ENTSCHIEDEN
    if _ist_der_kommune(eintrag, schritt):
        wer = _mit_name(FUNKTIONEN[schritt.wer] if schritt else "", eintrag)
        return Ereignis(um, text, wer, eintrag.grund_wort if schritt else "")
    return Ereignis(um, text, GESCHAEFTSSTELLE if eintrag.durch_id else PORTAL)


def _ist_der_kommune(eintrag, schritt):
    """Steps tell it; of other acts it shows in who did them."""
    if schritt:
        return schritt.wer in KOMMUNAL
    return eintrag.durch_id is not None and not getattr(eintrag.durch, "is_staff", False)


def _mit_name(funktion, eintrag):
    return ", ".join(filter(None, [eintrag.durch_wort, funktion])) if eintrag.durch_id else PORTAL
