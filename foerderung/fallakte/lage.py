"""What comes next in a case, who does it, and why everything else is not possible now (F58).

Reads a case that `pruefstand.mit_pruefstand` has filled, so a list asks nothing per row.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from django.urls import reverse

from asskomm.konten.models import Konto

from ..befugnisse import KOMMUNAL, RECHTE, Handelnde
from ..models import BEWILLIGUNG_LAEUFT, RUECKFORDERBAR, Auszahlungsstand, Foerderantrag, Status
from ..verfahren.auszahlungspruefung import WER as AUSZAHLUNGSSCHRITTE
from ..verfahren.schritte import SCHRITTE, Schritt

# The next step of each state on the way to the end of the procedure.
WEG = {
    Status.EINGEREICHT: "formell_pruefen",
    Status.NACHFORDERUNG: "nachreichen",
    Status.FORMELL_GEPRUEFT: "fachlich_pruefen",
    Status.FACHLICH_GEPRUEFT: "entscheidungsreif_machen",
    Status.ENTSCHEIDUNGSREIF: "bewilligen",
    Status.BEWILLIGT: "bestandskraft_feststellen",
    Status.BESTANDSKRAEFTIG: "durchfuehrung_beginnen",
    Status.NACHWEIS_EINGEREICHT: "nachweis_pruefen",
    Status.NACHWEIS_GEPRUEFT: "abschliessen",
    Status.RUECKFORDERUNG: "abschliessen",
}
# On which page of the Fallakte staff take a step.
SEITEN = {
    "nachfordern": "fallakte-nachforderung",
    "nachforderung_zuruecknehmen": "fallakte-nachforderung",
    "formell_pruefen": "fallakte-formal",
    "formelle_pruefung_oeffnen": "fallakte-formal",
    "fachlich_pruefen": "fallakte-fachlich",
    "fachliche_pruefung_oeffnen": "fallakte-fachlich",
    "entscheidungsreif_machen": "empfehlung",
    "empfehlung_zuruecknehmen": "empfehlung-zuruecknehmen",
    "bewilligen": "entscheidung",
    "ablehnen": "entscheidung",
    "widerrufen": "entscheidung",
    "zurueckfordern": "entscheidung",
    "neu_entscheiden": "akte-neu-entscheiden",
    "nachweis_zurueckgeben": "akte-nachweis-zurueckgeben",
    "nachweis_pruefen": "akte-nachweis-pruefen",
    "nachweispruefung_oeffnen": "akte-nachweis-oeffnen",
    "abschliessen": "akte-abschluss",
}
AUFGEHOBEN = "Das Gericht hat den Bescheid aufgehoben."
KEINER = "Es gibt keinen nächsten Schritt."


@dataclass(frozen=True)
class Moeglichkeit:
    """A step of the LPR: `adresse` where it can be taken now, else `hindernis` says why not."""

    schritt: Schritt
    adresse: str = ""
    hindernis: str = ""


@dataclass(frozen=True)
class Lage:
    """`was` comes next, done by `wer`; `adresse` leads there where it is the person's own task."""

    was: str
    wer: str
    adresse: str
    offen: str
    moeglich: tuple[Moeglichkeit, ...]
    nicht_moeglich: tuple[Moeglichkeit, ...]


def rechte(konto: Konto) -> frozenset[Handelnde]:
    """As what a member of staff works on cases in which they are not biased; deputyship counts."""
    return frozenset(art for art, recht in RECHTE.items() if konto.has_perm(recht))


def lage(antrag: Foerderantrag, konto: Konto, als: Set[Handelnde]) -> Lage:
    """For a case of `mit_pruefstand`; `als` is what `rechte` says, asked once for a list."""
    alle = [_moeglichkeit(antrag, schritt, konto, als) for schritt in _schritte_der_lpr()]
    was, art, seite, offen = (
        _zum_bescheid(antrag) or _zur_auszahlung(antrag) or _naechster_schritt(antrag, konto)
    )
    wer = "die Kommune" if art in KOMMUNAL else art.value if art else ""
    adresse = seite if art in als else ""
    return Lage(
        was,
        wer,
        adresse,
        offen,
        tuple(m for m in alle if m.adresse),
        tuple(m for m in alle if m.hindernis),
    )


def _zum_bescheid(antrag):
    """What a notice asks of staff before anything else can come: what, who, page, why."""
    if _wartet_auf_zweite_person(antrag):
        return None
    art = Handelnde.SACHBEARBEITUNG
    if antrag.zu_versenden:
        return "Bescheid zur Post geben", art, _bescheidseite(antrag, "post", "zu_versenden"), ""
    if antrag.mit_offener_klage:
        return (
            "Ausgang der Klage vermerken",
            art,
            _bescheidseite(antrag, "ausgang", "mit_offener_klage"),
            "Gegen einen Bescheid ist ein Rechtsbehelf vermerkt.",
        )
    if antrag.nach_urteil and antrag.status in BEWILLIGUNG_LAEUFT:
        seite = reverse("foerderung:entscheidung", args=[antrag.pk])
        return "Änderung oder Widerruf vorschlagen", art, seite, AUFGEHOBEN
    if antrag.nach_urteil:
        neu = SCHRITTE["neu_entscheiden"]
        return neu.verb, art, _seite(antrag, neu), AUFGEHOBEN
    return None


def _zur_auszahlung(antrag):
    """The payout that waits for its next person, in the same four."""
    if antrag.auszahlung_offen is None or _wartet_auf_zweite_person(antrag):
        return None
    stand = Auszahlungsstand(antrag.auszahlung_stand)
    seite = reverse("foerderung:akte-auszahlung", args=[antrag.pk, antrag.auszahlung_offen])
    was = {
        Auszahlungsstand.ANGEFORDERT: "Auszahlung prüfen",
        Auszahlungsstand.GEPRUEFT: "Auszahlung genehmigen",
        Auszahlungsstand.GENEHMIGT: "Auszahlung freigeben",
    }[stand]
    return was, AUSZAHLUNGSSCHRITTE[stand], seite, ""


def _bescheidseite(antrag, name, welcher):
    return reverse(f"foerderung:akte-bescheid-{name}", args=[antrag.pk, getattr(antrag, welcher)])


def _naechster_schritt(antrag, konto):
    """The step of the table that comes next, in the same four."""
    if aenderung := _zur_aenderung(antrag):
        return aenderung
    schritt = SCHRITTE.get(_weiter(antrag))
    if schritt is None:
        return KEINER, None, "", ""
    return (
        _in_worten(antrag, schritt),
        _von_wem(antrag, schritt),
        _seite(antrag, schritt),
        _voraussetzung(antrag, schritt, konto),
    )


def _zur_aenderung(antrag):
    """A reported change that waits for an answer, in the same four."""
    if _wartet_auf_zweite_person(antrag):
        return None
    if antrag.vorgeschlagene_aenderung:
        was, art = "Über eine Änderung entscheiden", Handelnde.LEITUNG
    elif antrag.offene_aenderung:
        was, art = "Gemeldete Änderung beantworten", Handelnde.SACHBEARBEITUNG
    else:
        return None
    nummer = antrag.vorgeschlagene_aenderung or antrag.offene_aenderung
    return was, art, reverse("foerderung:akte-aenderung", args=[antrag.pk, nummer]), ""


def _weiter(antrag):
    """On the way to the end; a proposal to change or revoke a grant comes first."""
    if _wartet_auf_zweite_person(antrag):
        return "widerrufen" if antrag.status in BEWILLIGUNG_LAEUFT else "zurueckfordern"
    return WEG.get(antrag.status)


def _wartet_auf_zweite_person(antrag):
    """For a change, a revocation or a claim; what a check ends in, its state says."""
    nach_bescheid = (*BEWILLIGUNG_LAEUFT, *RUECKFORDERBAR)
    return antrag.status in nach_bescheid and antrag.vorschlag_von is not None


def _schritte_der_lpr():
    return [schritt for schritt in SCHRITTE.values() if schritt.wer in RECHTE and schritt.verb]


def _moeglichkeit(antrag, schritt, konto, als):
    hindernis = _hindernis(antrag, schritt, konto, als)
    if hindernis:
        return Moeglichkeit(schritt, hindernis=hindernis)
    return Moeglichkeit(schritt, adresse=_seite(antrag, schritt))


def _hindernis(antrag, schritt, konto, als):
    if antrag.status not in schritt.aus:
        worte = " oder ".join(f"„{Status(status).label}“" for status in schritt.aus)
        return f"Das geht nur im Stand {worte}."
    if schritt.wer not in als:
        return f"Das macht {schritt.wer.value}."
    return _voraussetzung(antrag, schritt, konto)


def _voraussetzung(antrag, schritt, konto):
    """What the case itself still lacks for the step."""
    match schritt.schluessel:
        case "formell_pruefen" if antrag.beantwortet < antrag.punkte:
            return f"Punkte der Prüfliste: {antrag.beantwortet} von {antrag.punkte} beantwortet."
        case "fachlich_pruefen" if not antrag.genug_gutachten:
            return (
                f"Fachliche Prüfungen: {antrag.gutachten_da} abgegeben, "
                f"{antrag.gutachten_noetig} nötig."
            )
        case "bewilligen" | "ablehnen" | "widerrufen" | "zurueckfordern" if (
            antrag.vorschlag_von is None
        ):
            return "Es liegt noch kein Vorschlag für die Entscheidung vor."
        case "bewilligen" | "ablehnen" | "widerrufen" | "zurueckfordern" if (
            antrag.vorschlag_von == konto.pk
        ):
            return "Den Vorschlag haben Sie gemacht. Entscheiden muss eine zweite Person."
        case "nachweis_pruefen" if antrag.stichprobe_grund is None:
            return "Der Nachweis war noch in keiner Stichprobe."
        case "abschliessen" if antrag.abschluss_von is None:
            return "Der Abschluss ist noch nicht vorgeschlagen."
        case "abschliessen" if antrag.abschluss_von == konto.pk:
            return "Den Abschluss haben Sie vorgeschlagen. Entscheiden muss eine zweite Person."
        case "neu_entscheiden" if not antrag.nach_urteil:
            return "Das geht nur, wenn ein Gericht den Bescheid aufgehoben hat."
    return ""


def _in_worten(antrag, schritt):
    match schritt.schluessel:
        case "formell_pruefen" if antrag.beantwortet < antrag.punkte:
            return "Formal prüfen"
        case "fachlich_pruefen" if not antrag.genug_gutachten:
            return "Fachlich prüfen"
        case "bewilligen":
            return "Entscheidung vorschlagen" if antrag.vorschlag_von is None else "Entscheiden"
        case "widerrufen":
            return "Über Änderung oder Widerruf entscheiden"
        case "zurueckfordern":
            return "Über die Rückforderung entscheiden"
        case "nachweis_pruefen":
            return "Verwendungsnachweis prüfen"
        case "abschliessen":
            vorgeschlagen = antrag.abschluss_von is not None
            return "Abschluss entscheiden" if vorgeschlagen else "Abschluss vorschlagen"
    return schritt.verb or schritt.geschehen


def _von_wem(antrag, schritt):
    if schritt.schluessel == "bewilligen" and antrag.vorschlag_von is None:
        return Handelnde.SACHBEARBEITUNG
    if schritt.schluessel == "abschliessen" and antrag.abschluss_von is None:
        return Handelnde.SACHBEARBEITUNG
    return schritt.wer


def _seite(antrag, schritt):
    name = SEITEN.get(schritt.schluessel)
    return reverse(f"foerderung:{name}", args=[antrag.pk]) if name else ""
