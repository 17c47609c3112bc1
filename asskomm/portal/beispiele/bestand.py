"""Invented records for trying the portal: loaded and removed as a whole, each one labelled.

They lie as CSV files in daten/beispiele/ and name only Kommunen of which no published fact is
known, so that nothing invented stands beside something real. Together with the real facts
they reproduce the published figures of 06.02.2021.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from pathlib import Path

from django.apps import apps
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from beratung.models import Beratung, Coaching, Sicherheitsanalyse
from foerderung.models import Zuwendung
from fortbildung.models import Durchgang, Lehrgang, Teilnahme
from kommunen.abgleich import Abgleich, Bericht, Soll
from kommunen.einlesen import (
    Fehlerliste,
    Tabelle,
    auswahl,
    dezimalzahl,
    eines_von,
    ganze_zahl,
    ja_nein,
    kommune_mit,
    kurztext,
    liste_von,
    pflichttext,
    tag,
    text,
    wenn_angegeben,
    zeitangabe,
    zeitpunkt,
)
from kommunen.models import (
    Gremium,
    Kooperationsvereinbarung,
    Polizeidirektion,
    Praeventionsrat,
    Ratszustand,
)
from kommunen.tatsachen import Herkunft, Tatsache

from ..models import Kommentar, Meldung, Rueckmeldung, Veranstaltung
from . import analysen, antraege, auszahlungen, beratung, coaching, konten, kurse, puls, verlauf
from .gemeinsam import ORDNER, QUELLE

BILDER = "bilder/beispieldaten"
NAMENSRAUM = uuid.UUID("8c9e6679-7425-40de-944b-e07fc1f90ae7")


def lade(abgleich: Abgleich, ordner: Path) -> None:
    """Bring the invented records to the state of the files, and the demo accounts with them."""
    dateien = _Dateien(ordner, abgleich.fehler)
    abgleich.fehler.pruefe()
    for modell, soll in [
        (Beratung, dateien.beratungen()),
        (Praeventionsrat, dateien.raete()),
        (Coaching, dateien.gemeinsame("coachings", "beginn", "ende", "anliegen")),
        (Sicherheitsanalyse, dateien.gemeinsame(
            "sicherheitsanalysen", "bezeichnung", "stand", "beginn", "abschluss_am", "stichprobe",
            "ruecklauf_prozent",
        )),
        (Kooperationsvereinbarung, dateien.gemeinsame(
            "vereinbarungen", "bezeichnung", "unterzeichnet_am", "form", "polizeidirektion",
            "inhalt", "ende_am",
        )),
        (Zuwendung, dateien.zuwendungen()),
        (Durchgang, dateien.durchgaenge()),
        (Meldung, dateien.meldungen()),
        (Veranstaltung, dateien.veranstaltungen()),
    ]:  # fmt: skip
        abgleich.gleiche_ab(
            _BESTAND.get(modell, modell.objects.beispiele)(),
            "import_schluessel",
            soll,
            vollstaendig=True,
            entfernen=True,
        )
    meldungen = {meldung.import_schluessel: meldung for meldung in Meldung.objects.beispiele()}
    for modell, zeilen, soll in [
        (Kommentar, dateien["kommentare"], dateien.kommentare(meldungen)),
        (Rueckmeldung, dateien["rueckmeldungen"], dateien.rueckmeldungen()),
    ]:
        datensaetze = abgleich.gleiche_ab(modell.objects.all(), "formular", soll)
        _setze_eingang(datensaetze, zeilen)
    konten.lege_an(abgleich.bericht)
    um = timezone.now()
    analysen.lade(abgleich.bericht, ordner, um)
    antraege.lade(abgleich.bericht, ordner, um)
    auszahlungen.lade(abgleich.bericht, um)
    kurse.lade(abgleich.bericht, ordner, um)
    beratung.lade(abgleich.bericht, ordner, um)
    puls.lade(abgleich.bericht, ordner, um)
    coaching.lade(abgleich.bericht, ordner, um)
    transaction.on_commit(lambda: _lege_bilder_ab(ordner, dateien["meldungen"]))


def _ohne_bescheid():
    """Grants of the file; those of invented cases come from their decisions."""
    return Zuwendung.objects.beispiele().filter(bescheid__isnull=True)


def _ohne_anmeldung():
    """Cohorts of the file; those with registration are played."""
    return Durchgang.objects.beispiele().exclude(import_schluessel__startswith=kurse.SCHLUESSEL)


def _ohne_laufende_begleitung():
    """Coachings of the file; those that run are played."""
    return Coaching.objects.beispiele().filter(import_schluessel__startswith=coaching.ABGESCHLOSSEN)


# Where not all invented records of a model are rows of a file.
_BESTAND = {
    Zuwendung: _ohne_bescheid,
    Durchgang: _ohne_anmeldung,
    Coaching: _ohne_laufende_begleitung,
}


class _Dateien:
    """The files of one folder, by name without ending."""

    def __init__(self, ordner: Path, fehler: Fehlerliste):
        self._zeilen = {
            tabelle.datei.removesuffix(".csv"): tabelle.lies(ordner, fehler)
            for tabelle in _tabellen()
        }
        fehler.pruefe()
        self._kinder = defaultdict(lambda: defaultdict(list))
        for name, ort, feld in [
            ("ratszustaende", "raete", "rat"),
            ("gremien", "raete", "rat"),
            ("ratsmitglieder", "raete", "rat"),
            ("ratssitzungen", "raete", "rat"),
            ("teilnahmen", "durchgaenge", "durchgang"),
            ("kommentare", "meldungen", "meldung"),
        ]:
            bekannt = {zeile["schluessel"] for zeile in self[ort]}
            for zeile in self[name]:
                self._kinder[name][zeile[feld]].append(zeile)
                if zeile[feld] not in bekannt:
                    fehler.melde(zeile, feld, f"„{zeile[feld]}“ steht nicht in {ort}.csv.")
        for zeile in self["meldungen"]:
            if zeile["bild"] and not (ordner / zeile["bild"]).is_file():
                fehler.melde(zeile, "bild", "Die Bilddatei fehlt im Ordner.")

    def __getitem__(self, name):
        return self._zeilen[name]

    def beratungen(self):
        for zeile in self["beratungen"]:
            schluessel = f"{zeile['kommune'].kennung}/{zeile['am'].iso}"
            yield _soll("beratungen", schluessel, zeile, dict(zeile.werte))

    def raete(self):
        for zeile in self["raete"]:
            kinder = {
                "zustaende": self._ohne("ratszustaende", zeile, "rat"),
                "gremien": self._ohne("gremien", zeile, "rat"),
                "mitglieder": self._ohne("ratsmitglieder", zeile, "rat"),
                "sitzungen": self._ohne("ratssitzungen", zeile, "rat"),
            }
            felder = _ohne(zeile, "schluessel", "kommunen")
            yield _soll("raete", zeile["schluessel"], zeile, felder, kinder)

    def gemeinsame(self, name, *felder):
        for zeile in self[name]:
            yield _soll(name, zeile["schluessel"], zeile, {feld: zeile[feld] for feld in felder})

    def zuwendungen(self):
        for zeile in self["zuwendungen"]:
            yield _soll("zuwendungen", zeile["schluessel"], zeile, _ohne(zeile, "schluessel"))

    def durchgaenge(self):
        for zeile in self["durchgaenge"]:
            personen = []
            for gruppe in self._kinder["teilnahmen"][zeile["schluessel"]]:
                personen += [_ohne(gruppe, "durchgang", "anzahl")] * gruppe["anzahl"]
            felder = _ohne(zeile, "schluessel")
            yield _soll("durchgaenge", zeile["schluessel"], zeile, felder, {"teilnahmen": personen})

    def meldungen(self):
        for zeile in self["meldungen"]:
            felder = _ohne(zeile, "schluessel", "kommunen")
            felder["bild"] = _bildname(zeile["bild"])
            yield _soll("meldungen", zeile["schluessel"], zeile, felder)

    def veranstaltungen(self):
        for zeile in self["veranstaltungen"]:
            felder = _ohne(zeile, "schluessel", "kommunen")
            felder["kalender_kennung"] = _kennung(zeile)
            yield _soll("veranstaltungen", zeile["schluessel"], zeile, felder)

    def kommentare(self, meldungen):
        for zeile in self["kommentare"]:
            if meldung := meldungen.get(_schluessel("meldungen", zeile["meldung"])):
                felder = _ohne(zeile, "schluessel", "eingegangen_um", "meldung")
                yield Soll(_kennung(zeile), {"meldung": meldung, **felder}, zeile)

    def rueckmeldungen(self):
        for zeile in self["rueckmeldungen"]:
            felder = _ohne(zeile, "schluessel", "eingegangen_um")
            yield Soll(_kennung(zeile), {**felder, "bemerkung": QUELLE}, zeile)

    def _ohne(self, name, eltern, spalte):
        return [_ohne(zeile, spalte) for zeile in self._kinder[name][eltern["schluessel"]]]


def _soll(tabelle, schluessel, zeile, felder, kinder=None):
    return Soll(
        _schluessel(tabelle, schluessel),
        {
            **felder,
            "quelle": QUELLE,
            "veroeffentlicht": True,
            "herkunft": Herkunft.BEISPIEL,
        },
        zeile,
        kommunen=zeile.werte.get("kommunen"),
        kinder=kinder or {},
    )


def _schluessel(tabelle, schluessel):
    return f"beispiele/{tabelle}/{schluessel}"


def _kennung(zeile):
    """The same UUID for the same row on every machine."""
    return uuid.uuid5(NAMENSRAUM, f"{zeile.datei}/{zeile['schluessel']}")


def _ohne(zeile, *spalten):
    return {name: wert for name, wert in zeile.werte.items() if name not in spalten}


def _bildname(datei):
    return f"{BILDER}/{datei}" if datei else ""


def _setze_eingang(datensaetze, zeilen):
    """The time of arrival is set by the database row itself; invented ones get an invented time."""
    for zeile in zeilen:
        if datensatz := datensaetze.get(_kennung(zeile)):
            type(datensatz).objects.filter(pk=datensatz.pk).update(
                eingegangen_um=zeile["eingegangen_um"]
            )


def _lege_bilder_ab(ordner, zeilen):
    """Put the pictures where uploads lie; one that got lost comes back."""
    for zeile in zeilen:
        name = _bildname(zeile["bild"])
        if name and not default_storage.exists(name):
            with (ordner / zeile["bild"]).open("rb") as datei:
                default_storage.save(name, File(datei))


# --- Removing ------------------------------------------------------------------


def entferne(bericht: Bericht) -> None:
    """Remove every invented record with its history, the demo accounts and the pictures.

    What people recorded themselves stays, also what they recorded with a demo account: an
    account that is named in such a record is locked instead of deleted.
    """
    antraege.entferne(bericht)
    auszahlungen.entferne()
    kurse.entferne(bericht)
    beratung.entferne(bericht)
    coaching.entferne(bericht)
    bilder = set(Meldung.objects.beispiele().exclude(bild="").values_list("bild", flat=True))
    for modell in [klasse for klasse in apps.get_models() if issubclass(klasse, Tatsache)]:
        anzahl = modell.objects.filter(herkunft=Herkunft.BEISPIEL).count()
        modell.objects.filter(herkunft=Herkunft.BEISPIEL).delete()
        _entferne_historie(modell)
        bericht.zu(modell).entfernt += anzahl
    kennungen = [
        _kennung(zeile)
        for tabelle in _tabellen()
        if tabelle.datei == "rueckmeldungen.csv"
        for zeile in tabelle.lies(ORDNER, Fehlerliste())
    ]
    rueckmeldungen = Rueckmeldung.objects.filter(formular__in=kennungen)
    bericht.zu(Rueckmeldung).entfernt += rueckmeldungen.count()
    rueckmeldungen.delete()
    Rueckmeldung.history.filter(formular__in=kennungen).delete()
    konten.entferne(bericht)
    transaction.on_commit(lambda: [default_storage.delete(bild) for bild in bilder])


def _entferne_historie(modell):
    """Of invented records and of all that belonged to them."""
    schluessel = set(modell.history.filter(herkunft=Herkunft.BEISPIEL).values_list("id", flat=True))
    for feld in modell._meta.related_objects:
        if feld.field.many_to_one and hasattr(feld.related_model, "history"):
            feld.related_model.history.filter(**{f"{feld.field.attname}__in": schluessel}).delete()
    verlauf.entferne(modell.history.filter(id__in=schluessel))


# --- The files -----------------------------------------------------------------


def _tabellen():
    kommune = kommune_mit("kennung", "der Kennung")
    kommunen = liste_von(kommune)
    direktionen = {direktion.name: direktion for direktion in Polizeidirektion.objects.all()}
    lehrgaenge = {lehrgang.kuerzel: lehrgang for lehrgang in Lehrgang.objects.all()}
    vielleicht = wenn_angegeben(zeitangabe)
    schluessel = kurztext(100)
    return [
        Tabelle(
            "beratungen.csv",
            {
                "kommune": kommune,
                "am": zeitangabe,
                "form": wenn_angegeben(auswahl(Beratung.Form), ""),
                "thema": text,
                "teilnehmende": text,
            },
            eindeutig=("kommune", "am"),
        ),
        Tabelle(
            "raete.csv",
            {
                "schluessel": schluessel,
                "name": kurztext(200),
                "kommunen": kommunen,
                "entstehung": auswahl(Praeventionsrat.Entstehung),
                "beschreibung": text,
                "schwerpunkte": text,
                "kontakt_stelle": text,
                "kontakt_anschrift": text,
                "kontakt_email": text,
                "kontakt_telefon": text,
                "webseite": text,
            },
            eindeutig=("schluessel",),
        ),
        Tabelle(
            "ratszustaende.csv",
            {
                "rat": schluessel,
                "zustand": auswahl(Ratszustand.Zustand),
                "von": vielleicht,
                "bis": vielleicht,
                "grundlage": text,
            },
            eindeutig=("rat", "von"),
        ),
        Tabelle(
            "gremien.csv",
            {
                "rat": schluessel,
                "art": auswahl(Gremium.Art),
                "name": text,
                "von": vielleicht,
                "bis": vielleicht,
            },
            eindeutig=("rat", "art", "name"),
        ),
        Tabelle(
            "ratsmitglieder.csv",
            {
                "rat": schluessel,
                "funktion": kurztext(150),
                "institution": kurztext(200),
                "vorsitz": ja_nein,
            },
            eindeutig=("rat", "funktion", "institution"),
        ),
        Tabelle(
            "ratssitzungen.csv",
            {
                "rat": schluessel,
                "am": tag,
                "thema": kurztext(200),
                "beschluesse": text,
                "oeffentlicher_teil": text,
                "veroeffentlicht": ja_nein,
            },
            eindeutig=("rat", "am", "thema"),
        ),
        Tabelle(
            "coachings.csv",
            {
                "schluessel": schluessel,
                "kommunen": kommunen,
                "beginn": zeitangabe,
                "ende": vielleicht,
                "anliegen": text,
            },
            eindeutig=("schluessel",),
        ),
        Tabelle(
            "sicherheitsanalysen.csv",
            {
                "schluessel": schluessel,
                "kommunen": kommunen,
                "bezeichnung": text,
                "stand": auswahl(Sicherheitsanalyse.Stand),
                "beginn": zeitangabe,
                "abschluss_am": vielleicht,
                "stichprobe": wenn_angegeben(ganze_zahl),
                "ruecklauf_prozent": wenn_angegeben(dezimalzahl),
            },
            eindeutig=("schluessel",),
        ),
        Tabelle(
            "vereinbarungen.csv",
            {
                "schluessel": schluessel,
                "kommunen": kommunen,
                "bezeichnung": text,
                "unterzeichnet_am": zeitangabe,
                "form": wenn_angegeben(auswahl(Kooperationsvereinbarung.Form), ""),
                "polizeidirektion": wenn_angegeben(eines_von(direktionen)),
                "inhalt": text,
                "ende_am": vielleicht,
            },
            eindeutig=("schluessel",),
        ),
        Tabelle(
            "zuwendungen.csv",
            {
                "schluessel": schluessel,
                "kommune": kommune,
                "titel": kurztext(200),
                "kurzbeschreibung": text,
                "foerderjahr": ganze_zahl,
                "betrag_euro": dezimalzahl,
                "bewilligt_am": zeitangabe,
                "durchfuehrung_von": vielleicht,
                "durchfuehrung_bis": vielleicht,
            },
            eindeutig=("schluessel",),
        ),
        Tabelle(
            "durchgaenge.csv",
            {
                "schluessel": schluessel,
                "lehrgang": eines_von(lehrgaenge),
                "bezeichnung": kurztext(150),
                "beginn": zeitangabe,
                "ende": vielleicht,
                "plaetze": wenn_angegeben(ganze_zahl),
            },
            eindeutig=("schluessel",),
        ),
        Tabelle(
            "teilnahmen.csv",
            {
                "durchgang": schluessel,
                "kommune": wenn_angegeben(kommune),
                "gruppe": auswahl(Teilnahme.Gruppe),
                "begonnen_am": zeitangabe,
                "abgeschlossen_am": vielleicht,
                "abgebrochen_am": vielleicht,
                "anzahl": ganze_zahl,
            },
        ),
        Tabelle(
            "meldungen.csv",
            {
                "schluessel": schluessel,
                "titel": kurztext(250),
                "datum": zeitangabe,
                "zusammenfassung": kurztext(600),
                "text": text,
                "bild": text,
                "bild_beschreibung": text,
                "bild_nachweis": text,
                "kommunen": wenn_angegeben(kommunen, ()),
            },
            eindeutig=("schluessel",),
        ),
        Tabelle(
            "kommentare.csv",
            {
                "schluessel": schluessel,
                "meldung": schluessel,
                "name": text,
                "text": pflichttext,
                "zustand": auswahl(Kommentar.Zustand),
                "eingegangen_um": zeitpunkt,
            },
            eindeutig=("schluessel",),
        ),
        Tabelle(
            "veranstaltungen.csv",
            {
                "schluessel": schluessel,
                "titel": kurztext(200),
                "beginn": zeitpunkt,
                "ende": zeitpunkt,
                "ort": kurztext(200),
                "beschreibung": text,
                "veranstalter": text,
                "webseite": text,
                "kommunen": wenn_angegeben(kommunen, ()),
            },
            eindeutig=("schluessel",),
        ),
        Tabelle(
            "rueckmeldungen.csv",
            {
                "schluessel": schluessel,
                "adresse": text,
                "text": pflichttext,
                "kontakt": text,
                "eingegangen_um": zeitpunkt,
            },
            eindeutig=("schluessel",),
        ),
    ]
