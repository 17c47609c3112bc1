"""What public sources say about the programme: facts by AGS, published figures, news.

Each row of kommunen_status.csv is a fact of one Kommune; rows of one `vorgang` are one
record of several Kommunen. A row whose `detail` says "inferred" holds a conclusion: its
record comes in unpublished and marked, until somebody confirms it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from django.utils.text import slugify

from beratung.models import Beratung, Coaching, Sicherheitsanalyse
from foerderung.models import Zuwendung
from fortbildung.models import Lehrgang, Modul
from kommunen.abgleich import Abgleich, Soll
from kommunen.einlesen import (
    Fehlerliste,
    Tabelle,
    Zeile,
    dezimalzahl,
    eines_von,
    ganze_zahl,
    kommune_mit,
    kurztext,
    name_passt,
    pflichttext,
    text,
    zeitangabe,
)
from kommunen.models import (
    Kommune,
    Kooperationsvereinbarung,
    Modellkommune,
    Polizeidirektion,
    Praeventionsrat,
    Ratszustand,
)
from kommunen.tatsachen import Herkunft
from kommunen.zeitangabe import ISO, Zeitangabe

from .models import Meldung, VeroeffentlichteZahl

ORDNER = Path(__file__).resolve().parent / "daten"
ERSCHLOSSEN = "inferred"
EREIGNISSE = (
    "beratung",
    "coaching",
    "foerderung",
    "kooperationsvereinbarung",
    "kpr_konstituiert",
    "modellkommune",
    "sicherheitsanalyse",
)
GEMEINSAM_MOEGLICH = (
    "coaching",
    "kooperationsvereinbarung",
    "kpr_konstituiert",
    "sicherheitsanalyse",
)
VEROEFFENTLICHTE_ZAHLEN = Tabelle(
    "kennzahlen.csv",
    {
        "stichtag": zeitangabe,
        "kennzahl": kurztext(60),
        "wert": dezimalzahl,
        "einheit": kurztext(40),
        "beschreibung": pflichttext,
        "quelle": pflichttext,
    },
    eindeutig=("kennzahl", "stichtag"),
)
MELDUNGEN = Tabelle(
    "meldungen.csv",
    {
        "datum": zeitangabe,
        "titel": kurztext(250),
        "url": kurztext(500),
        "zusammenfassung": kurztext(600),
        "quelle": pflichttext,
    },
    eindeutig=("datum", "titel"),
)
BEZEICHNUNGEN = Tabelle(
    "bezeichnungen.csv",
    {
        "ereignis": eines_von({ereignis: ereignis for ereignis in EREIGNISSE}),
        "datum": zeitangabe,
        "ags": text,
        "vorgang": text,
        "bezeichnung": kurztext(200),
    },
    eindeutig=("ereignis", "datum", "ags", "vorgang"),
)
REIHEN = Tabelle(
    "reihen.csv",
    {"stichtag": zeitangabe, "kennzahl": kurztext(60), "reihe": kurztext(60)},
    eindeutig=("kennzahl", "stichtag"),
)
LEHRGAENGE = Tabelle(
    "lehrgaenge.csv",
    {
        "kuerzel": kurztext(40),
        "name": kurztext(200),
        "abschluss": text,
        "traeger": kurztext(200),
        "beschreibung": text,
    },
    eindeutig=("kuerzel",),
)

MODULE = Tabelle(
    "module.csv",
    {
        "lehrgang": kurztext(40),
        "nummer": ganze_zahl,
        "titel": kurztext(150),
        "inhalt": text,
        "quelle": pflichttext,
    },
    eindeutig=("lehrgang", "nummer"),
)


def _status(kommune):
    return Tabelle(
        "kommunen_status.csv",
        {
            "ags": kommune,
            "name": pflichttext,
            "ereignis": eines_von({ereignis: ereignis for ereignis in EREIGNISSE}),
            "datum": zeitangabe,
            "vorgang": text,
            "detail": pflichttext,
            "quelle": pflichttext,
        },
        eindeutig=("ags", "ereignis", "datum", "vorgang"),
    )


def _staedtebuende(kommune):
    return Tabelle(
        "staedtebuende.csv",
        {
            "kuerzel": kurztext(60),
            "name": kurztext(120),
            "ags": kommune,
            "quelle": pflichttext,
        },
        eindeutig=("kuerzel", "ags"),
    )


def _meldungen_kommunen(kommune):
    return Tabelle(
        "meldungen_kommunen.csv",
        {"datum": zeitangabe, "titel": pflichttext, "ags": kommune},
        eindeutig=("datum", "titel", "ags"),
    )


def importiere(abgleich: Abgleich, ordner: Path, *, entfernen: bool = False) -> None:
    """Bring the records that come from published sources to the state of the files.

    Records that the files no longer name stay and are reported, or go with `entfernen`.
    """
    fehler = abgleich.fehler
    dateien = _Dateien(ordner, fehler)
    fehler.pruefe()
    abgleich.gleiche_ab(
        Kommune.objects.filter(art=Kommune.Art.STAEDTEBUND), "kuerzel", dateien.staedtebuende()
    )
    lehrgaenge = abgleich.gleiche_ab(Lehrgang.objects.all(), "kuerzel", dateien.lehrgaenge())
    for lehrgang in lehrgaenge.values():
        abgleich.gleiche_ab(
            Modul.objects.filter(lehrgang=lehrgang), "nummer", dateien.module(lehrgang)
        )
    datensaetze = dateien.datensaetze()
    fehler.pruefe()
    for modell, soll in datensaetze.items():
        abgleich.gleiche_ab(
            modell.objects.filter(herkunft=Herkunft.PROGRAMMDATEN),
            "import_schluessel",
            soll,
            vollstaendig=True,
            entfernen=entfernen,
        )


class _Dateien:
    """The files of one folder. What is not there of our own additions comes with the portal."""

    def __init__(self, ordner: Path, fehler: Fehlerliste):
        self.fehler = fehler
        kommune = kommune_mit("ags", "dem AGS")
        self.status = _status(kommune).lies(ordner, fehler)
        self.kennzahlen = VEROEFFENTLICHTE_ZAHLEN.lies(ordner, fehler)
        self.meldungen = MELDUNGEN.lies(ordner, fehler)
        (
            self._bezeichnungen, self._reihen, self._lehrgaenge, self._module, self._staedte,
            self._meldungsorte,
        ) = (
            tabelle.lies(ordner if (ordner / tabelle.datei).exists() else ORDNER, fehler)
            for tabelle in [
                BEZEICHNUNGEN, REIHEN, LEHRGAENGE, MODULE, _staedtebuende(kommune),
                _meldungen_kommunen(kommune),
            ]
        )  # fmt: skip
        for zeile in self.status:
            if not name_passt(zeile["ags"], zeile["name"]):
                grund = f"Zum AGS {zeile['ags'].ags} gehört {zeile['ags']}, nicht {zeile['name']}."
                fehler.melde(zeile, "name", grund)

    def staedtebuende(self):
        gruppen = defaultdict(list)
        for zeile in self._staedte:
            gruppen[zeile["kuerzel"]].append(zeile)
        for kuerzel, zeilen in gruppen.items():
            kreise = {zeile["ags"].kreis for zeile in zeilen}
            felder = {
                "art": Kommune.Art.STAEDTEBUND,
                "name": zeilen[0]["name"],
                "name_eindeutig": zeilen[0]["name"],
                "name_amtlich": zeilen[0]["name"],
                "kreis": kreise.pop() if len(kreise) == 1 else None,
                "quelle": zeilen[0]["quelle"],
            }
            mitglieder = [{"mitglied": zeile["ags"], "von": None, "bis": None} for zeile in zeilen]
            yield Soll(kuerzel, felder, zeilen[0], kinder={"mitgliedschaften": mitglieder})

    def lehrgaenge(self):
        for zeile in self._lehrgaenge:
            felder = {name: wert for name, wert in zeile.werte.items() if name != "kuerzel"}
            yield Soll(zeile["kuerzel"], felder, zeile)

    def module(self, lehrgang):
        for zeile in self._module:
            if zeile["lehrgang"] == lehrgang.kuerzel:
                felder = {"lehrgang": lehrgang, "titel": zeile["titel"], "inhalt": zeile["inhalt"]}
                yield Soll(zeile["nummer"], felder, zeile)

    def datensaetze(self) -> dict[type, list[Soll]]:
        """What should be there, by model, so that every model is compared as a whole."""
        ergebnis = {modell: [] for modell in (
            Modellkommune, Beratung, Kooperationsvereinbarung, Praeventionsrat, Coaching,
            Sicherheitsanalyse, Zuwendung, VeroeffentlichteZahl, Meldung,
        )}  # fmt: skip
        direktionen = {direktion.name: direktion for direktion in Polizeidirektion.objects.all()}
        bezeichnungen = {
            tuple(zeile[spalte] for spalte in BEZEICHNUNGEN.eindeutig): zeile["bezeichnung"]
            for zeile in self._bezeichnungen
        }
        for vorgang in self._vorgaenge():
            vorgang.direktion = direktionen.get(vorgang.genannte_direktion)
            vorgang.bezeichnung = bezeichnungen.get(vorgang.bezeichnungsschluessel, "")
            for modell, felder, extra in _DATENSAETZE[vorgang.ereignis](vorgang):
                ergebnis[modell].append(vorgang.soll(modell, felder, **extra))
        ergebnis[VeroeffentlichteZahl] += self._zahlen()
        ergebnis[Meldung] += self._nachrichten()
        return ergebnis

    def _vorgaenge(self):
        gruppen = defaultdict(list)
        for zeile in self.status:
            schluessel = zeile["vorgang"] or f"{zeile['ags'].ags}/{zeile['datum'].iso}"
            gruppen[zeile["ereignis"], schluessel].append(zeile)
        for (ereignis, schluessel), zeilen in gruppen.items():
            erste = zeilen[0]
            if erste["vorgang"] and ereignis not in GEMEINSAM_MOEGLICH:
                grund = f"Ein Ereignis „{ereignis}“ hat nur eine Kommune."
                self.fehler.melde(erste, "vorgang", grund)
                continue
            for zeile in zeilen[1:]:
                for spalte in ("datum", "quelle"):
                    if zeile[spalte] != erste[spalte]:
                        grund = f"Weicht von Zeile {erste.nummer} desselben Vorgangs ab."
                        self.fehler.melde(zeile, spalte, grund)
            yield Vorgang(f"kommunen_status/{ereignis}/{schluessel}", zeilen)

    def _zahlen(self):
        eigene = {(zeile["kennzahl"], zeile["stichtag"]): zeile["reihe"] for zeile in self._reihen}
        einheiten = {}
        for zeile in self.kennzahlen:
            reihe = eigene.get((zeile["kennzahl"], zeile["stichtag"]), zeile["kennzahl"])
            if einheiten.setdefault(reihe, zeile["einheit"]) != zeile["einheit"]:
                grund = (
                    f"Die Reihe „{reihe}“ zählt {einheiten[reihe]}, nicht {zeile['einheit']}. "
                    "Geben Sie der Zahl in reihen.csv eine eigene Reihe."
                )
                self.fehler.melde(zeile, "einheit", grund)
            erschlossen = ERSCHLOSSEN in zeile["beschreibung"]
            felder = {
                "reihe": reihe,
                "stichtag": zeile["stichtag"],
                "wert": zeile["wert"],
                "einheit": zeile["einheit"],
                "beschreibung": als_satz(ohne_vermerk(zeile["beschreibung"])),
                "ist_mindestwert": ist_mindestwert(zeile["beschreibung"], zeile["wert"]),
                **_herkunft(zeile["quelle"], erschlossen),
                "bemerkung": als_satz(zeile["beschreibung"]) if erschlossen else "",
            }
            schluessel = f"kennzahlen/{zeile['kennzahl']}/{zeile['stichtag'].iso}"
            yield Soll(schluessel, felder, zeile)

    def _nachrichten(self):
        orte = defaultdict(list)
        for zeile in self._meldungsorte:
            orte[zeile["datum"], zeile["titel"]].append(zeile["ags"])
        for zeile in self.meldungen:
            erschlossen = ERSCHLOSSEN in zeile["zusammenfassung"]
            felder = {
                "titel": zeile["titel"],
                "datum": zeile["datum"],
                "zusammenfassung": als_satz(ohne_vermerk(zeile["zusammenfassung"])),
                "adresse": zeile["url"],
                **_herkunft(zeile["quelle"], erschlossen),
                "bemerkung": als_satz(zeile["zusammenfassung"]) if erschlossen else "",
            }
            schluessel = f"meldungen/{zeile['datum'].iso}/{slugify(zeile['titel'])[:150]}"
            kommunen = orte[zeile["datum"], zeile["titel"]]
            yield Soll(schluessel, felder, zeile, kommunen=kommunen)


@dataclass
class Vorgang:
    """The rows of one fact: one row, or several Kommunen that did something together."""

    schluessel: str
    zeilen: list[Zeile]
    direktion: Polizeidirektion | None = None
    bezeichnung: str = ""

    @property
    def ereignis(self) -> str:
        return self.zeilen[0]["ereignis"]

    @property
    def datum(self) -> Zeitangabe:
        return self.zeilen[0]["datum"]

    @property
    def kommune(self) -> Kommune:
        return self.zeilen[0]["ags"]

    @property
    def kommunen(self) -> list[Kommune]:
        return [zeile["ags"] for zeile in self.zeilen]

    @cached_property
    def detail(self) -> str:
        """The words of the rows; Kommunen that act together mostly share them."""
        return "; ".join(dict.fromkeys(zeile["detail"] for zeile in self.zeilen))

    @property
    def erschlossen(self) -> bool:
        return ERSCHLOSSEN in self.detail

    @property
    def text(self) -> str:
        """The detail for the public, without the mark of a conclusion."""
        return als_satz(ohne_vermerk(self.detail))

    @property
    def inhalt(self) -> str:
        """The text without clauses that only name the police directorate, which has a field."""
        teile = ohne_vermerk(self.detail).split("; ")
        mehr = [teil for teil in teile if not re.fullmatch(r"Polizeidirektion \w+", teil)]
        return als_satz("; ".join(mehr)) if mehr else ""

    @property
    def genannte_direktion(self) -> str:
        treffer = re.search(r"Polizeidirektion (\w+)", self.detail)
        return treffer[1] if treffer else ""

    @property
    def bezeichnungsschluessel(self):
        vorgang = self.zeilen[0]["vorgang"]
        return self.ereignis, self.datum, "" if vorgang else self.kommune.ags, vorgang

    def soll(self, modell, felder, *, art="", kinder=None, bemerkung=None):
        """The record for `modell`; `art` tells two records of the same row apart."""
        mehrere = any(feld.name == "kommunen" for feld in modell._meta.many_to_many)
        return Soll(
            self.schluessel + (f"/{art}" if art else ""),
            {
                **felder,
                **_herkunft(self.zeilen[0]["quelle"], self.erschlossen),
                "bemerkung": als_satz(self.detail) if bemerkung is None else bemerkung,
            },
            self.zeilen[0],
            kommunen=self.kommunen if mehrere else None,
            kinder=kinder or {},
        )


def _herkunft(quelle, erschlossen):
    return {
        "quelle": quelle,
        "erschlossen": erschlossen,
        "veroeffentlicht": not erschlossen,
        "herkunft": Herkunft.PROGRAMMDATEN,
    }


# --- One function per `ereignis`: model, values, what else belongs to the record ---


def _beratung(vorgang):
    vorgestellt = vorgang.detail.startswith("Vorstellung")
    felder = {
        "kommune": vorgang.kommune,
        "am": vorgang.datum,
        "form": Beratung.Form.VERANSTALTUNG if vorgestellt else "",
        "thema": vorgang.text if vorgestellt else "",
    }
    yield Beratung, felder, {}


def _coaching(vorgang):
    """The sources tell that a coaching ran at a time, not when it ended."""
    yield Coaching, {"beginn": vorgang.datum, "zuletzt_belegt": vorgang.datum}, {}
    if "Vorvereinbarung" in vorgang.detail:
        yield from _vereinbarung(vorgang, Kooperationsvereinbarung.Art.VORVEREINBARUNG)


def _foerderung(vorgang):
    if betrag := re.search(r"(\d{1,3}(?:\.\d{3})*) EUR", vorgang.detail):
        betrag = Decimal(betrag[1].replace(".", ""))
    projekt = re.search(r"»(.+?)«", vorgang.detail)
    felder = {
        "kommune": vorgang.kommune,
        "titel": vorgang.bezeichnung or (projekt[1] if projekt else vorgang.text[:200]),
        "kurzbeschreibung": vorgang.text,
        "foerderjahr": vorgang.datum.jahr,
        "betrag_euro": betrag,
        "bewilligt_am": vorgang.datum,
    }
    yield Zuwendung, felder, {}


def _vereinbarung(vorgang, art=Kooperationsvereinbarung.Art.VEREINBARUNG):
    nummern = re.findall(
        r"(\d+)\. (?:Kommune|Vereinbarung|Kooperationsvereinbarung|Unterzeichnung)\b(?! im )",
        vorgang.detail,
    )
    virtuell = re.search(r"virtuelle|Videokonferenz", vorgang.detail)
    felder = {
        "art": art,
        "bezeichnung": vorgang.bezeichnung,
        "laufende_nummer": int(nummern[0]) if len(nummern) == 1 else None,
        "unterzeichnet_am": vorgang.datum,
        "form": Kooperationsvereinbarung.Form.VIDEO if virtuell else "",
        "polizeidirektion": vorgang.direktion,
        "inhalt": vorgang.inhalt,
    }
    vorab = art == Kooperationsvereinbarung.Art.VORVEREINBARUNG
    extra = {"art": art if vorab else "", "bemerkung": None if vorgang.erschlossen else ""}
    yield Kooperationsvereinbarung, felder, extra


def _rat(vorgang):
    namen = " und ".join(str(kommune) for kommune in vorgang.kommunen)
    zustand = {
        "zustand": Ratszustand.Zustand.AKTIV,
        "von": vorgang.datum,
        "bis": None,
        "grundlage": vorgang.text[:300],
    }
    hinweis = als_satz(vorgang.detail)
    if "reaktiviert" not in hinweis:
        hinweis += " Ob konstituiert oder reaktiviert, unterscheiden die Quellen nicht."
    felder = {
        "name": f"Präventionsrat {namen}",
        "entstehung": Praeventionsrat.Entstehung.KONSTITUIERT,
    }
    yield Praeventionsrat, felder, {"kinder": {"zustaende": [zustand]}, "bemerkung": hinweis}


def _modellkommune(vorgang):
    yield Modellkommune, {"kommune": vorgang.kommune, "seit": vorgang.datum}, {}


def _analyse(vorgang):
    stichprobe = re.search(r"(\d{1,3}(?:\.\d{3})*) (?:Personen|Fragebögen)", vorgang.detail)
    ruecklauf = re.search(r"Rücklauf (?:rund )?(\d+(?:,\d)?) %", vorgang.detail)
    angekuendigt = "angekündigt" in vorgang.detail
    felder = {
        "bezeichnung": vorgang.bezeichnung,
        "stand": Sicherheitsanalyse.Stand.ANGEKUENDIGT
        if angekuendigt
        else Sicherheitsanalyse.Stand.BEGONNEN,
        "beginn": vorgang.datum,
        "stichprobe": int(stichprobe[1].replace(".", "")) if stichprobe else None,
        "ruecklauf_prozent": Decimal(ruecklauf[1].replace(",", ".")) if ruecklauf else None,
    }
    yield Sicherheitsanalyse, felder, {}


_DATENSAETZE = {
    "beratung": _beratung,
    "coaching": _coaching,
    "foerderung": _foerderung,
    "kooperationsvereinbarung": _vereinbarung,
    "kpr_konstituiert": _rat,
    "modellkommune": _modellkommune,
    "sicherheitsanalyse": _analyse,
}


# --- Words ---------------------------------------------------------------------


def als_satz(detail: str) -> str:
    """A remark of the data file as a German sentence with German dates."""
    satz = detail.replace(ERSCHLOSSEN, "erschlossen").replace(" EUR", " Euro")
    satz = re.sub(rf"\b{ISO.pattern}\b(?=\D|$)", _deutsches_datum, satz)
    satz = satz[:1].upper() + satz[1:]
    return satz if satz.endswith((".", "!", "?")) else f"{satz}."


def _deutsches_datum(treffer):
    """A bare year is left alone: four digits may be any number; so is what is no date at all."""
    try:
        return str(Zeitangabe.lies(treffer[0])) if treffer["monat"] else treffer[0]
    except ValueError:
        return treffer[0]


def ohne_vermerk(detail: str) -> str:
    """The remark without the parts that only say what was concluded."""
    ohne_klammern = re.sub(rf"\s*\([^()]*{ERSCHLOSSEN}[^()]*\)", "", detail)
    teile = [
        ", ".join(teil for teil in abschnitt.split(", ") if ERSCHLOSSEN not in teil)
        for abschnitt in ohne_klammern.split("; ")
        if not re.match(rf"\w+ {ERSCHLOSSEN}", abschnitt)
    ]
    return "; ".join(teil for teil in teile if teil) or "Ohne nähere Angabe"


def ist_mindestwert(beschreibung: str, wert: Decimal) -> bool:
    """Whether the source gives the value as a minimum: "mehr als 420.000 EUR"."""
    zahl = f"{wert.normalize():,f}".replace(",", ".")
    return bool(re.search(rf"Mindestwert|\b(?:mehr als|über) {re.escape(zahl)}\b", beschreibung))
