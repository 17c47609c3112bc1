"""What a notice says: built from the approved data and the text blocks of the case's rule set (F17).

    fehlt = luecken(entscheidung, um=jetzt)       # sentences; empty when the notice can be issued
    bescheid = erlasse(entscheidung, um=jetzt)    # in the transaction of the decision

The content is a dictionary fit for JSON: the facts for machines and, under "schreiben", every word
the document shows (fields of Muster 1c to § 44 SäHO). So a notice that was issued never changes
with the code or the texts. The PDF is set from it whenever somebody asks for it (`dokument`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from asskomm.dokumente import bloecke
from asskomm.dokumente.bloecke import Block
from asskomm.formate import FEST, euro, tag, zeitraum
from asskomm.formularfelder import zahl_text
from asskomm.schritt import SchrittNichtMoeglich

from ..fristen import monate_nach
from ..kanonisch import pruefsumme
from ..models import (
    Bescheid,
    Bescheidanlage,
    Entscheidung,
    Fassung,
    Foerderantrag,
    Regel,
    Regelwerk,
)
from ..regelwerk import werte as regelwerte
from ..regelwerk.bausteine import Fall, bausteine
from ..regelwerk.platzhalter import PLATZHALTER, setze_ein, unbekannte, verwendete
from . import planteil, vordruck
from .zahlwort import betrag_in_worten

Art = Entscheidung.Art
Schluessel = Regel.Schluessel

# Sender of every letter of the funding (DOMAIN 9.1, 3); the post office address is not public.
GESCHAEFTSSTELLE = "Landespräventionsrat Sachsen, Geschäftsstelle"
BEHOERDE = (
    "Freistaat Sachsen",
    "Sächsisches Staatsministerium des Innern",
    GESCHAEFTSSTELLE,
    "lpr@smi.sachsen.de",
)
PROGRAMM = "Richtlinie Kommunale Prävention (RL KommPräv)"
# The only one the rule set knows a rate for; a fixed amount is the exception (Ziffer V).
FINANZIERUNGSART = "Anteilfinanzierung"
BEISPIEL = "Beispieldaten: Dieses Schreiben ist erfunden und hat keine rechtliche Wirkung."
OHNE_UNTERSCHRIFT = (
    "Dieses Schreiben ist elektronisch erstellt und trägt deshalb keine Unterschrift."
)

NEUE_BEWILLIGUNG = (Art.BEWILLIGUNG, Art.TEILBEWILLIGUNG)
TITEL = {
    Art.BEWILLIGUNG: "Zuwendungsbescheid",
    Art.TEILBEWILLIGUNG: "Zuwendungsbescheid",
    Art.ABLEHNUNG: "Ablehnungsbescheid",
    Art.AENDERUNG: "Änderungsbescheid",
    Art.WIDERRUF: "Widerrufsbescheid",
    Art.RUECKFORDERUNG: "Rückforderungsbescheid",
}
# What the delivery of the notice needs once it is issued.
BEKANNTGABE = (Schluessel.ABRUF_TAGE, Schluessel.POSTZUSTELLUNG_TAGE)
ANBEST = "nebenbestimmungen_allgemein"
AUFLAGEN_NACH = "nebenbestimmungen_besondere"
ABWEICHUNGEN_NACH = "zweck"
ZINSTABELLE_NACH = "rueckforderung_zinsen"


class BescheidUnvollstaendig(SchrittNichtMoeglich):
    """Mandatory parts are missing, so there is no notice; `luecken` names them."""

    def __init__(self, luecken: list[str]):
        super().__init__("Der Bescheid ist unvollständig. " + " ".join(luecken))
        self.luecken = luecken


@dataclass
class Sammlung:
    """What a notice is made of, and what is missing for it."""

    entscheidung: Entscheidung
    antrag: Foerderantrag
    regelwerk: Regelwerk | None
    fassung: Fassung | None
    vorbescheid: Bescheid | None
    plan: planteil.Planteil | None
    anlagen: Mapping[str, Bescheidanlage]
    regeln: Mapping[str, Decimal]
    texte: Mapping[str, object]
    um: datetime
    nummer: int
    luecken: list[str] = field(default_factory=list)

    @property
    def aktenzeichen(self) -> str:
        return f"{self.antrag.nummer}-B{self.nummer}"

    def wert(self, schluessel: str) -> Decimal | None:
        """The value of a rule, or a gap."""
        wert = self.regeln.get(schluessel)
        if wert is None:
            self.luecken.append(regelwerte.fehlt(schluessel))
        return wert


def luecken(entscheidung: Entscheidung, *, um: datetime) -> list[str]:
    """What is missing for this notice, in sentences for staff; nothing means it can be issued.

    Works for a proposal as well as for an approved decision.
    """
    sammlung = _sammle(entscheidung, um)
    _inhalt(sammlung)
    return list(dict.fromkeys(sammlung.luecken))


def vorschau(entscheidung: Entscheidung, *, um: datetime) -> dict:
    """The content as it would be issued now, to read before the decision.

    Raises BescheidUnvollstaendig.
    """
    sammlung = _sammle(entscheidung, um)
    inhalt = _inhalt(sammlung)
    if sammlung.luecken:
        raise BescheidUnvollstaendig(list(dict.fromkeys(sammlung.luecken)))
    return inhalt


@transaction.atomic
def erlasse(entscheidung: Entscheidung, *, um: datetime) -> Bescheid:
    """Issue the notice of an approved decision: an immutable row, no PDF.

    Called in the transaction of the decision, with the case locked. The same decision gives its
    notice again and never a second one. Raises BescheidUnvollstaendig.
    """
    vorhanden = Bescheid.objects.filter(entscheidung=entscheidung).first()
    if vorhanden:
        return vorhanden
    if entscheidung.ergebnis != Entscheidung.Ergebnis.GENEHMIGT:
        raise SchrittNichtMoeglich("Über diesen Vorschlag ist noch nicht entschieden.")
    sammlung = _sammle(entscheidung, um)
    inhalt = _inhalt(sammlung)
    if sammlung.luecken:
        raise BescheidUnvollstaendig(list(dict.fromkeys(sammlung.luecken)))
    return Bescheid.objects.create(
        antrag=sammlung.antrag,
        entscheidung=entscheidung,
        nummer=sammlung.nummer,
        art=entscheidung.art,
        inhalt=inhalt,
        pruefsumme=pruefsumme(inhalt),
        regelwerk=sammlung.regelwerk,
        ersetzt=sammlung.vorbescheid,
        erlassen_um=um,
    )


def geltender(antrag: Foerderantrag) -> Bescheid | None:
    """The newest notice that grants money, which a change or a revocation refers to."""
    return antrag.bescheide.filter(art__in=Entscheidung.MIT_BETRAG).order_by("-nummer").first()


# --- Gathering -------------------------------------------------------------------


def _sammle(entscheidung, um):
    antrag = entscheidung.antrag
    regelwerk = antrag.regelwerk
    fassung = antrag.fassungen.order_by("-nummer").first()
    zu_bescheid = entscheidung.art not in Entscheidung.UEBER_ANTRAG
    vorbescheid = geltender(antrag) if zu_bescheid else None
    bisher = antrag.bescheide.aggregate(letzte=Max("nummer"))["letzte"] or 0
    sammlung = Sammlung(
        entscheidung=entscheidung,
        antrag=antrag,
        regelwerk=regelwerk,
        fassung=fassung,
        vorbescheid=vorbescheid,
        plan=planteil.aus_fassung(fassung) if fassung else None,
        anlagen=_dateien(regelwerk) if regelwerk else {},
        regeln=regelwerte.werte(regelwerk) if regelwerk else {},
        texte={t.schluessel: t for t in regelwerk.textbausteine.all()} if regelwerk else {},
        um=um,
        nummer=bisher + 1,
    )
    if regelwerk is None or fassung is None:
        sammlung.luecken.append("Der Antrag ist nicht eingereicht.")
    if zu_bescheid and vorbescheid is None:
        sammlung.luecken.append("Es gibt keinen Bescheid, auf den sich dieser beziehen kann.")
    if fassung and entscheidung.art in Entscheidung.MIT_BETRAG and sammlung.plan is None:
        sammlung.luecken.append("Der Ausgaben- und Finanzierungsplan ist nicht lesbar.")
    return sammlung


def _dateien(regelwerk):
    """The files of the rule set by key, without what is in them."""
    return {a.schluessel: a for a in regelwerk.bescheidanlagen.defer("inhalt")}


def _inhalt(sammlung):
    """The whole content; adds to `sammlung.luecken` what is missing."""
    entscheidung, antrag = sammlung.entscheidung, sammlung.antrag
    zuwendung = _zuwendung(sammlung) if entscheidung.art in Entscheidung.MIT_BETRAG else None
    werte = _werte(sammlung, zuwendung)
    schluessel = bausteine(entscheidung.art, _faelle(sammlung, zuwendung))
    rechtsbehelf = sammlung.wert(Schluessel.RECHTSBEHELF_MONATE)
    for regel in BEKANNTGABE:
        sammlung.wert(regel)
    return {
        "art": str(entscheidung.art),
        "aktenzeichen": sammlung.aktenzeichen,
        "erlassen_am": timezone.localdate(sammlung.um).isoformat(),
        "behoerde": list(BEHOERDE),
        "kommune": {
            "name": str(antrag.kommune),
            "ags": antrag.kommune.ags or "",
            "kennung": antrag.kommune.kennung,
        },
        "antrag": _antragsdaten(sammlung),
        "regelwerk": str(sammlung.regelwerk or ""),
        "zuwendung": zuwendung,
        "ersetzt": _ersetzt(sammlung.vorbescheid),
        **_forderung(entscheidung),
        "rechtsbehelf_monate": int(rechtsbehelf or 0),
        "textbausteine": schluessel,
        "anlagen": [
            {"dateiname": a.dateiname, "bezeichnung": str(a), "sha256": a.sha256}
            for a in sammlung.anlagen.values()
            if entscheidung.art in NEUE_BEWILLIGUNG
        ],
        "schreiben": _schreiben(sammlung, zuwendung, werte, schluessel),
        "vordruck": _vordruck(sammlung),
    }


def _antragsdaten(sammlung):
    antrag, fassung = sammlung.antrag, sammlung.fassung
    return {
        "nummer": antrag.nummer or "",
        "titel": antrag.titel,
        "eingegangen_am": _tag_iso(antrag.eingereicht_um and _tag(antrag.eingereicht_um)),
        "fassung": fassung.nummer if fassung else 0,
        "pruefsumme": fassung.pruefsumme if fassung else "",
        "foerderjahre": list(antrag.runde.jahre),
        "durchfuehrung_von": _tag_iso(antrag.durchfuehrung_von),
        "durchfuehrung_bis": _tag_iso(antrag.durchfuehrung_bis),
        "ausgaben_euro": _betrag(antrag.ausgaben_euro),
        "zuwendung_beantragt_euro": _betrag(antrag.zuwendung_beantragt_euro),
    }


def _zuwendung(sammlung):
    entscheidung = sammlung.entscheidung
    grenze = sammlung.wert(Schluessel.ERSTATTUNG_UNTER)
    monate = sammlung.wert(Schluessel.VERWENDUNGSNACHWEIS_MONATE)
    drittmittel = sammlung.plan.drittmittel_euro if sammlung.plan else Decimal(0)
    eigenanteil = entscheidung.zuwendungsfaehig_euro - entscheidung.betrag_euro - drittmittel
    return {
        "betrag_euro": _betrag(entscheidung.betrag_euro),
        "zuwendungsfaehig_euro": _betrag(entscheidung.zuwendungsfaehig_euro),
        "foerdersatz_prozent": _betrag(entscheidung.foerdersatz),
        "eigenanteil_euro": _betrag(max(eigenanteil, Decimal("0.00"))),
        "finanzierungsart": FINANZIERUNGSART,
        "rueckzahlbar": False,
        "bewilligung_von": entscheidung.bewilligung_von.isoformat(),
        "bewilligung_bis": entscheidung.bewilligung_bis.isoformat(),
        "auszahlung": (
            "erstattung" if grenze is not None and entscheidung.betrag_euro < grenze else "abruf"
        ),
        "nachweis_bis": _tag_iso(monate and monate_nach(entscheidung.bewilligung_bis, int(monate))),
        "haushalt": [
            {
                "jahr": bindung.ansatz.haushaltsjahr,
                "haushaltsstelle": bindung.ansatz.haushaltsstelle,
                "betrag_euro": _betrag(bindung.betrag_euro),
            }
            for bindung in _bindungen(entscheidung)
        ],
    }


def _bindungen(entscheidung):
    if entscheidung.pk is None:
        return []
    return entscheidung.mittelbindungen.select_related("ansatz").order_by("ansatz__haushaltsjahr")


def _ersetzt(vorbescheid):
    if vorbescheid is None:
        return None
    return {
        "aktenzeichen": vorbescheid.inhalt["aktenzeichen"],
        "erlassen_am": vorbescheid.inhalt["erlassen_am"],
        "betrag_euro": vorbescheid.inhalt["zuwendung"]["betrag_euro"],
        "pruefsumme": vorbescheid.pruefsumme,
    }


def _forderung(entscheidung):
    """The claim for machines; nothing in other notices."""
    rueckforderung = getattr(entscheidung, "rueckforderung", None)
    if rueckforderung is None:
        return {}
    return {
        "rueckforderung": {
            "anlass": rueckforderung.anlass,
            "betrag_euro": _betrag(rueckforderung.betrag_euro),
            "zahlbar_bis": rueckforderung.zahlbar_bis.isoformat(),
            "zinsen_bis": rueckforderung.zinsen_bis.isoformat(),
            "aufschlag_prozent": _betrag(rueckforderung.aufschlag_prozent),
            "zinsen_euro": _betrag(rueckforderung.zinsen_euro),
            "zinsen": rueckforderung.tabelle,
        }
    }


def _faelle(sammlung, zuwendung):
    if sammlung.plan and sammlung.plan.hat_personal:
        yield Fall.PERSONAL
    if sammlung.plan and sammlung.plan.leitet_weiter:
        yield Fall.WEITERLEITUNG
    if zuwendung:
        yield Fall.ERSTATTUNG if zuwendung["auszahlung"] == "erstattung" else Fall.ABRUF
    if sammlung.entscheidung.angehoert_am:
        yield Fall.ANHOERUNG
    rueckforderung = getattr(sammlung.entscheidung, "rueckforderung", None)
    if rueckforderung:
        yield Fall.ZINSEN if rueckforderung.zinsen_euro else Fall.OHNE_ZINSEN


# --- Words -----------------------------------------------------------------------


def _werte(sammlung, zuwendung):
    """What the placeholders of the text blocks stand for; what is not known is left out."""
    antrag, entscheidung = sammlung.antrag, sammlung.entscheidung
    werte = {
        "kommune": str(antrag.kommune),
        "titel": antrag.titel,
        "antragsnummer": antrag.nummer,
        "antrag_vom": antrag.eingereicht_um and tag(antrag.eingereicht_um),
        "aktenzeichen": sammlung.aktenzeichen,
        "foerderjahr": antrag.runde.jahre_in_worten,
        "beantragter_betrag": _euro(antrag.zuwendung_beantragt_euro),
        "ausgaben": _euro(antrag.ausgaben_euro),
        "finanzierungsart": FINANZIERUNGSART,
        "erstattung_unter": _euro(sammlung.regeln.get(Schluessel.ERSTATTUNG_UNTER)),
        "gruende": entscheidung.gruende,
        "anhoerung_vom": entscheidung.angehoert_am and tag(entscheidung.angehoert_am),
        "rechtsbehelf_frist": _frist(sammlung.regeln.get(Schluessel.RECHTSBEHELF_MONATE)),
    }
    if zuwendung:
        werte |= {
            "betrag": euro(entscheidung.betrag_euro),
            "betrag_in_worten": _in_worten(entscheidung.betrag_euro),
            "zuwendungsfaehige_ausgaben": euro(entscheidung.zuwendungsfaehig_euro),
            "foerdersatz": f"{zahl_text(entscheidung.foerdersatz)}{FEST}%",
            "eigenanteil": euro(Decimal(zuwendung["eigenanteil_euro"])),
            "beginn": tag(entscheidung.bewilligung_von),
            "ende": tag(entscheidung.bewilligung_bis),
            "nachweis_bis": zuwendung["nachweis_bis"] and _tag_wort(zuwendung["nachweis_bis"]),
        }
    if sammlung.vorbescheid:
        vorher = _ersetzt(sammlung.vorbescheid)
        werte |= {
            "vorbescheid": vorher["aktenzeichen"],
            "vorbescheid_vom": _tag_wort(vorher["erlassen_am"]),
            "bisheriger_betrag": euro(Decimal(vorher["betrag_euro"])),
        }
    if rueckforderung := getattr(entscheidung, "rueckforderung", None):
        werte |= {
            "forderung": euro(rueckforderung.betrag_euro),
            "forderung_in_worten": _in_worten(rueckforderung.betrag_euro),
            "zinsen": euro(rueckforderung.zinsen_euro),
            "zinsen_bis": tag(rueckforderung.zinsen_bis),
            "zinsaufschlag": zahl_text(rueckforderung.aufschlag_prozent),
            "zu_zahlen": euro(rueckforderung.gesamt_euro),
            "zahlbar_bis": tag(rueckforderung.zahlbar_bis),
        }
    return {name: wert for name, wert in werte.items() if wert}


def _schreiben(sammlung, zuwendung, werte, schluessel):
    antrag, entscheidung = sammlung.antrag, sammlung.entscheidung
    art = Art(entscheidung.art)
    inhalt = [block for teil in _teile(sammlung, zuwendung, werte, schluessel) for block in teil]
    return bloecke.schreiben(
        TITEL[art],
        [*inhalt, *_schluss(sammlung), *_anlagen(sammlung, zuwendung)],
        absender=BEHOERDE,
        empfaenger=empfaenger(antrag),
        bezug=[
            ("Datum", tag(sammlung.um)),
            ("Aktenzeichen", sammlung.aktenzeichen),
            *(
                [("Ihr Antrag", f"{antrag.nummer} vom {werte['antrag_vom']}")]
                if antrag.nummer
                else []
            ),
            ("Förderprogramm", PROGRAMM),
        ],
        fusszeile=f"{sammlung.aktenzeichen} · {TITEL[art]}",
        marke=BEISPIEL if antrag.ist_beispiel else None,
    )


def _vordruck(sammlung):
    antrag, art = sammlung.antrag, sammlung.entscheidung.art
    if art not in NEUE_BEWILLIGUNG:
        return None
    return vordruck.inhalt(
        f"{TITEL[art]} {sammlung.aktenzeichen}",
        aktenzeichen=sammlung.aktenzeichen,
        vom=_tag(sammlung.um),
        vorhaben=antrag.titel,
        kommune=empfaenger(antrag),
        behoerde=BEHOERDE[1:],
        marke=BEISPIEL if antrag.ist_beispiel else None,
    )


def empfaenger(antrag: Foerderantrag) -> list[str]:
    """Whom letters to the Kommune are addressed to."""
    kommune = antrag.kommune
    ort = f"{kommune.plz} {kommune.name}" if kommune.plz else ""
    return [zeile for zeile in (kommune.name_amtlich or str(kommune), ort) if zeile]


def _teile(sammlung, zuwendung, werte, schluessel):
    """The numbered sections: text blocks in their order, and what was written for this case."""
    entscheidung, nummer = sammlung.entscheidung, 0
    for name in schluessel:
        nummer += 1
        text = _fuelle(sammlung, name, werte)
        baustein = sammlung.texte.get(name)
        titel = getattr(baustein, "ueberschrift", "") or "Weiteres"
        teil = [bloecke.ueberschrift(2, f"{nummer} {titel}"), *text]
        if nummer == 1 and zuwendung:
            teil.append(_uebersicht(sammlung, zuwendung, werte))
        if name == AUFLAGEN_NACH and entscheidung.auflagen:
            teil += [
                bloecke.ueberschrift(3, "Für Ihr Vorhaben gilt außerdem"),
                *bloecke.text_in_bloecken(entscheidung.auflagen),
            ]
        if name == ZINSTABELLE_NACH:
            teil.append(_zinstabelle(entscheidung.rueckforderung))
        yield teil
        if name == ABWEICHUNGEN_NACH and entscheidung.abweichungen:
            nummer += 1
            yield [
                bloecke.ueberschrift(2, f"{nummer} Abweichungen vom Antrag"),
                *bloecke.text_in_bloecken(entscheidung.abweichungen),
            ]


def _fuelle(sammlung, name, werte) -> list[Block]:
    """One text block with its placeholders filled, or gaps."""
    baustein = sammlung.texte.get(name)
    if baustein is None:
        sammlung.luecken.append(f"Im Regelwerk fehlt der Textbaustein „{name}“.")
        return []
    if fremd := unbekannte(baustein.text):
        sammlung.luecken.append(
            f"Der Textbaustein „{name}“ enthält unbekannte Platzhalter: {', '.join(fremd)}."
        )
        return []
    if offen := [feld for feld in verwendete(baustein.text) if feld not in werte]:
        sammlung.luecken += [f"Es fehlt: {PLATZHALTER[feld]}." for feld in offen]
        return []
    inhalt = bloecke.text_in_bloecken(setze_ein(baustein.text, werte))
    return [_hervorgehoben(block, werte.get("betrag")) for block in inhalt]


def _hervorgehoben(block, betrag):
    """The paragraph that is the sum granted stands out."""
    if betrag and block.get("text", "").startswith(betrag):
        return bloecke.absatz(block["text"], stark=True)
    return block


def _uebersicht(sammlung, zuwendung, werte):
    """The fields of Muster 1c at one glance."""
    entscheidung = sammlung.entscheidung
    zeilen = [
        ("Empfängerin der Zuwendung", werte["kommune"]),
        ("Vorhaben", sammlung.antrag.titel),
        ("Zuwendung", werte["betrag"]),
        ("Art der Förderung", "Projektförderung, nicht rückzahlbarer Zuschuss"),
        ("Finanzierungsart", FINANZIERUNGSART),
        ("Zuwendungsfähige Ausgaben", werte["zuwendungsfaehige_ausgaben"]),
        ("Fördersatz", werte["foerdersatz"]),
        (
            "Bewilligungszeitraum",
            zeitraum(entscheidung.bewilligung_von, entscheidung.bewilligung_bis),
        ),
    ]
    if len(zuwendung["haushalt"]) > 1:
        zeilen += [
            (f"Davon {anteil['jahr']}", euro(Decimal(anteil["betrag_euro"])))
            for anteil in zuwendung["haushalt"]
        ]
    return bloecke.angaben(zeilen)


def _zinstabelle(rueckforderung):
    """Each part of the period with its own amount and rate, and the sum."""
    return bloecke.tabelle(
        ["Von", "Bis", "Tage", "Betrag", "Zinssatz", "Zinsen"],
        [
            [
                _tag_wort(zeile["von"]),
                _tag_wort(zeile["bis"]),
                str(zeile["tage"]),
                euro(Decimal(zeile["betrag"])),
                f"{zahl_text(Decimal(zeile['satz']))}{FEST}%",
                euro(Decimal(zeile["zinsen"])),
            ]
            for zeile in rueckforderung.tabelle
        ],
        breiten=[1.2, 1.2, 0.6, 1.3, 1, 1.1],
        rechts=[2, 3, 4, 5],
        summen=[["Summe", "", "", "", "", euro(rueckforderung.zinsen_euro)]],
    )


def _schluss(sammlung):
    """Who decided: § 37 Abs. 3 VwVfG asks for the name where there is no signature."""
    konto = sammlung.entscheidung.entschieden_von
    return [
        bloecke.absatz(f"Im Auftrag\n{konto or ''}".strip()),
        bloecke.absatz(OHNE_UNTERSCHRIFT),
    ]


def _anlagen(sammlung, zuwendung):
    art = sammlung.entscheidung.art
    anlagen, anhang = [], []
    if art in Entscheidung.MIT_BETRAG and sammlung.plan:
        anlagen.append("Ausgaben- und Finanzierungsplan, am Ende dieses Schreibens")
        anhang = [
            bloecke.neue_seite(),
            bloecke.ueberschrift(2, "Anlage: Ausgaben- und Finanzierungsplan"),
            *sammlung.plan.bloecke,
        ]
    if art in NEUE_BEWILLIGUNG:
        anlagen.append(_anbest(sammlung))
        anlagen.append(_beigefuegt(f"Vordruck „{vordruck.TITEL}“", "als Datei"))
    if not anlagen:
        return []
    return [bloecke.ueberschrift(2, "Anlagen"), bloecke.liste(anlagen), *anhang]


def _anbest(sammlung):
    """Where the general conditions are to be found: in this file, or where they are published.

    Without a file in the rule set, the source of their text block names the address.
    """
    if datei := sammlung.anlagen.get(Bescheidanlage.Schluessel.ANBEST_K):
        return _beigefuegt("ANBest-K", f"als Datei „{datei.dateiname}“")
    baustein = sammlung.texte.get(ANBEST)
    quelle = getattr(baustein, "quelle", "")
    if "http" not in quelle:
        sammlung.luecken.append(
            "Die ANBest-K fehlen: Im Regelwerk liegt keine Datei, und der Textbaustein der "
            "allgemeinen Nebenbestimmungen nennt als Quelle keine Adresse."
        )
    return f"ANBest-K, veröffentlicht: {quelle}"


def _beigefuegt(wort, als):
    """True of the file and of a letter; which of the two it becomes, nobody knows yet."""
    return f"{wort}, beigefügt (elektronisch {als} in diesem Dokument und im Portal)"


# --- Forms of values -------------------------------------------------------------


def _tag(um):
    return timezone.localdate(um)


def _tag_iso(wert):
    return wert.isoformat() if wert else ""


def _tag_wort(iso):
    return tag(datetime.fromisoformat(iso))


def _betrag(wert):
    """1234.5 -> "1234.50"; amounts in JSON are text, never floating point."""
    return "" if wert is None else f"{wert:.2f}"


def _euro(wert):
    return "" if wert is None else euro(wert)


def _frist(monate):
    """In the genitive, as the instruction on remedies says it: "innerhalb eines Monats"."""
    if not monate:
        return ""
    return "eines Monats" if monate == 1 else f"von {int(monate)} Monaten"


def _in_worten(betrag):
    try:
        return betrag_in_worten(betrag)
    except ValueError:
        return ""
