"""The rule set and the rounds that come with the portal: CSV files, each value with its source.

The rule set is brought in once, as a released version: from then on the database refuses every
change to it, and what the LPR wants otherwise becomes a version of its own. A newer delivery is
another version with another key. Of the rounds and the base rates the usual rule of imports holds:
what staff changed or deleted stays as it is.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from kommunen.abgleich import Abgleich, Soll
from kommunen.einlesen import (
    Tabelle,
    auswahl,
    dezimalzahl,
    ganze_zahl,
    ja_nein,
    kurztext,
    pflichttext,
    tag,
    text,
    wenn_angegeben,
)

from ..models import (
    Anlagenart,
    Basiszins,
    Erklaerung,
    Foerderrunde,
    Personalobergrenze,
    Regel,
    Regelwerk,
)

ORDNER = Path(__file__).resolve().parent.parent / "daten"
QUELLE = kurztext(500)
SCHLUESSEL = kurztext(30)

REGELWERK = Tabelle(
    "regelwerk.csv",
    {
        "schluessel": kurztext(100),
        "bezeichnung": kurztext(200),
        "gilt_ab": tag,
        "quelle": pflichttext,
        "bemerkung": text,
    },
    ("schluessel",),
)
# By related name; the columns are called like the fields.
TEILE = {
    "regeln": Tabelle(
        "regeln.csv",
        {
            "schluessel": auswahl(Regel.Schluessel),
            "nummer": kurztext(10),
            "titel": kurztext(200),
            "text": pflichttext,
            "wert": wenn_angegeben(dezimalzahl),
            "einheit": wenn_angegeben(auswahl(Regel.Einheit), ""),
            "quelle": QUELLE,
            "bestaetigt": ja_nein,
        },
        ("schluessel",),
    ),
    "ausnahmegruende": Tabelle(
        "ausnahmegruende.csv",
        {"schluessel": SCHLUESSEL, "text": kurztext(500), "quelle": QUELLE},
        ("schluessel",),
    ),
    "personalobergrenzen": Tabelle(
        "personalobergrenzen.csv",
        {
            "jahr": ganze_zahl,
            "qualifikation": auswahl(Personalobergrenze.Qualifikation),
            "entgeltgruppe": ganze_zahl,
            "stufe": ganze_zahl,
            "jahresbetrag_euro": dezimalzahl,
            "quelle": QUELLE,
            "bestaetigt": ja_nein,
        },
        ("jahr", "qualifikation"),
    ),
    "checkliste": Tabelle(
        "checkliste.csv",
        {"nummer": ganze_zahl, "frage": kurztext(300), "hinweis": text, "quelle": QUELLE},
        ("nummer",),
    ),
    "anlagenarten": Tabelle(
        "anlagenarten.csv",
        {
            "schluessel": SCHLUESSEL,
            "bezeichnung": kurztext(200),
            "warum": kurztext(500),
            "pflicht": auswahl(Anlagenart.Pflicht),
            "hoechstens": ganze_zahl,
            "quelle": QUELLE,
        },
        ("schluessel",),
    ),
    "erklaerungen": Tabelle(
        "erklaerungen.csv",
        {
            "schluessel": SCHLUESSEL,
            "art": auswahl(Erklaerung.Art),
            "titel": kurztext(200),
            "text": pflichttext,
            "quelle": QUELLE,
        },
        ("schluessel",),
    ),
    "textbausteine": Tabelle(
        "textbausteine.csv",
        {
            "schluessel": kurztext(50),
            "ueberschrift": text,
            "text": pflichttext,
            "quelle": QUELLE,
            "bestaetigt": ja_nein,
        },
        ("schluessel",),
    ),
}
RUNDEN = Tabelle(
    "runden.csv",
    {
        "jahr_von": ganze_zahl,
        "jahr_bis": ganze_zahl,
        "beginn": tag,
        "schluss": tag,
        "hinweis": text,
        "quelle": QUELLE,
    },
    ("jahr_von",),
)
BASISZINSEN = Tabelle(
    "basiszinsen.csv",
    {"ab": tag, "prozent": dezimalzahl, "quelle": QUELLE, "bestaetigt": ja_nein},
    ("ab",),
)


def importiere(abgleich: Abgleich, ordner: Path, *, um: datetime) -> None:
    """Bring in the rule set of `ordner` if it is not there, the rounds that rest on it, and the base rates."""
    koepfe = REGELWERK.lies(ordner, abgleich.fehler)
    teile = {name: tabelle.lies(ordner, abgleich.fehler) for name, tabelle in TEILE.items()}
    runden = RUNDEN.lies(ordner, abgleich.fehler)
    zinsen = BASISZINSEN.lies(ordner, abgleich.fehler)
    if len(koepfe) > 1:
        abgleich.fehler.melde(koepfe[1], "", "Geliefert wird genau ein Regelwerk.")
    abgleich.fehler.pruefe()
    regelwerk = _regelwerk(abgleich, koepfe[0], teile, um)
    if regelwerk is not None:
        _runden(abgleich, runden, regelwerk)
    _basiszinsen(abgleich, zinsen)


def _regelwerk(abgleich, kopf, teile, um):
    """The delivered version, released; None where it is there and staff deleted it."""
    schluessel = kopf["schluessel"]
    if vorhanden := Regelwerk.objects.filter(import_schluessel=schluessel).first():
        abgleich.bericht.zu(Regelwerk).unveraendert += 1
        return vorhanden
    felder = {name: wert for name, wert in kopf.werte.items() if name != "schluessel"}
    kinder = {name: [dict(zeile.werte) for zeile in zeilen] for name, zeilen in teile.items()}
    regelwerk = abgleich.gleiche_ab(
        Regelwerk.objects.all(),
        "import_schluessel",
        [Soll(schluessel, felder, kopf, kinder=kinder)],
    ).get(schluessel)
    if regelwerk is not None:
        regelwerk.freigegeben_um = um
        regelwerk._change_reason = abgleich.grund
        regelwerk.save()
    return regelwerk


def _runden(abgleich, zeilen, regelwerk):
    """What would run into a round of staff stays out: theirs is the one that counts."""
    soll = []
    for zeile in zeilen:
        schluessel = f"runde-{zeile['jahr_von']}"
        andere = Foerderrunde.objects.exclude(import_schluessel=schluessel).filter(
            beginn__lte=zeile["schluss"], schluss__gte=zeile["beginn"]
        )
        if andere.exists():
            abgleich.bericht.hinweise.append(
                f"Förderrunde {zeile['jahr_von']}: nicht eingefügt, in dieser Zeit läuft {andere[0]}."
            )
            continue
        soll.append(Soll(schluessel, {**zeile.werte, "regelwerk": regelwerk}, zeile))
    abgleich.gleiche_ab(Foerderrunde.objects.all(), "import_schluessel", soll)


def _basiszinsen(abgleich, zeilen):
    soll = []
    for zeile in zeilen:
        felder = {name: wert for name, wert in zeile.werte.items() if name != "ab"}
        soll.append(Soll(zeile["ab"], felder, zeile))
    abgleich.gleiche_ab(Basiszins.objects.all(), "ab", soll)
