"""Objects for tests, with harmless defaults; a test names only the fields it is about."""

import itertools
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import Group

from asskomm import beispielcode
from asskomm.konten.models import Konto, Rollenvergabe, Vertretung, Zweitfaktorverlust
from asskomm.konten.rollen import ZU_ZWEIT
from asskomm.portal.models import Begriff, Meldung, Seite, Veranstaltung, VeroeffentlichteZahl
from beratung.models import (
    Beratung,
    Coach,
    Coaching,
    Coachvertrag,
    Einsatz,
    Handlungsempfehlung,
    Kontingenterweiterung,
    Mandat,
    Sicherheitsanalyse,
    Wirkung,
)
from foerderung.abschnitte import SCHLUESSEL
from foerderung.anlagen import ablage
from foerderung.models import (
    MIT_BEWILLIGUNG,
    UNEINGEREICHT,
    Abschluss,
    Abschnitt,
    Aenderung,
    Aenderungsentscheidung,
    Anlage,
    Auszahlung,
    Bankverbindung,
    Basiszins,
    Bekanntgabe,
    Beleg,
    Bescheid,
    Buchung,
    Entscheidung,
    Foerderantrag,
    Foerderrunde,
    Haushaltsansatz,
    Regel,
    Regelwerk,
    Rueckforderung,
    Rueckzahlung,
    Status,
    Weiterleitung,
    Zahlungsdatei,
    Zahlungsrueckmeldung,
    Zahlungszeile,
    Zuwendung,
)
from fortbildung.models import (
    BEENDET,
    Anmeldung,
    Durchgang,
    Gruppe,
    Kurstag,
    Lehrgang,
    Modul,
    Teilnahme,
)
from fortbildung.models import Stand as AnmeldungStand
from kommunen.models import (
    Bestellung,
    Kommune,
    Kooperationsvereinbarung,
    Kreis,
    Mitgliedschaft,
    Modellkommune,
    Polizeidirektion,
    Praeventionsrat,
    Ratsabfrage,
    Ratsbestaetigung,
    Ratskorrektur,
    Ratszustand,
    Rolle,
)
from kommunen.tatsachen import Herkunft

_nummern = itertools.count(1)


def make_konto(rollen=(), **felder):
    """An account that may sign in; with roles of the LPR it is staff and has a second factor."""
    felder.setdefault("email", f"person{next(_nummern)}@example.org")
    felder.setdefault("is_staff", bool(rollen))
    konto = Konto.objects.create_user(**felder)
    if konto.is_staff:
        make_zweitfaktor(konto)
    for rolle in rollen:
        gruppe = Group.objects.get(name=rolle)
        if rolle in ZU_ZWEIT:
            make_rollenvergabe(konto=konto, gruppe=gruppe)
        konto.groups.add(gruppe)
    return konto


def make_zweitfaktor(konto):
    """An authenticator app with the secret of the demo accounts."""
    TOTP.activate(konto, beispielcode.GEHEIMNIS)
    return konto


def make_rollenvergabe(**felder):
    """Approved by default."""
    return _vorschlag(Rollenvergabe, felder)


def make_vertretung(**felder):
    """Approved by default; for the year 2026, and proposed before."""
    felder.setdefault("vorgeschlagen_um", datetime(2025, 12, 15, 9, tzinfo=UTC))
    felder.setdefault("beginn", date(2026, 1, 1))
    felder.setdefault("ende", date(2026, 12, 31))
    return _vorschlag(Vertretung, felder)


def make_zweitfaktorverlust(**felder):
    felder.setdefault("ergebnis", Zweitfaktorverlust.Ergebnis.OFFEN)
    return _vorschlag(Zweitfaktorverlust, felder)


def make_bestellung(**felder):
    felder.setdefault("ergebnis", Bestellung.Ergebnis.OFFEN)
    felder.setdefault("email", f"person{next(_nummern)}@example.org")
    felder.setdefault("nachweis", "Schreiben der Bürgermeisterin vom 03.09.2026")
    if "kommune" not in felder:
        felder["kommune"] = make_kommune()
    return _vorschlag(Bestellung, felder)


def make_entscheidung(**felder):
    """An open proposal to refuse a case that is ready for it."""
    felder.setdefault("ergebnis", Entscheidung.Ergebnis.OFFEN)
    felder.setdefault("art", Entscheidung.Art.ABLEHNUNG)
    if felder["art"] == Entscheidung.Art.ABLEHNUNG:
        felder.setdefault("gruende", "Die Mittel reichen nicht.")
        felder.setdefault("angehoert_am", date(2026, 11, 2))
    if "antrag" not in felder:
        felder["antrag"] = make_antrag(status=Status.ENTSCHEIDUNGSREIF)
    return _vorschlag(Entscheidung, felder)


def make_abschluss(**felder):
    """A proposal to end a case."""
    return _vorschlag(Abschluss, felder)


def make_aenderungsentscheidung(**felder):
    """A proposal to consent to a reported change."""
    felder.setdefault("zustimmen", True)
    felder.setdefault("antwort", "Einverstanden.")
    return _vorschlag(Aenderungsentscheidung, felder)


def _vorschlag(modell, felder):
    """Proposed by one person and, as `ergebnis` says, decided by another."""
    felder.setdefault("begruendung", "Test")
    felder.setdefault("vorgeschlagen_um", datetime(2026, 1, 5, 9, tzinfo=UTC))
    ergebnis = felder.pop("ergebnis", modell.Ergebnis.GENEHMIGT)
    entschieden_von = felder.pop("entschieden_von", None)
    entschieden_fuer = felder.pop("entschieden_fuer", None)
    if "vorgeschlagen_von" not in felder:
        felder["vorgeschlagen_von"] = make_konto()
    vorschlag = modell.objects.create(**felder)
    if ergebnis != modell.Ergebnis.OFFEN:
        vorschlag.ergebnis = ergebnis
        vorschlag.entschieden_von = entschieden_von or make_konto()
        vorschlag.entschieden_fuer = entschieden_fuer
        vorschlag.entschieden_um = datetime(2026, 1, 6, 9, tzinfo=UTC)
        vorschlag.save()
    return vorschlag


def make_mitglied(kommune, *rollen, **felder):
    """A person with these roles in the Kommune and a second factor."""
    konto = make_zweitfaktor(make_konto(**felder))
    for rolle in rollen or [Rolle.LESEN]:
        Mitgliedschaft.objects.create(
            konto=konto,
            kommune=kommune,
            rolle=rolle,
            gegeben_um=datetime(2026, 1, 5, 9, tzinfo=UTC),
            bestaetigt_am=date(2026, 1, 5),
        )
    return konto


def make_kreis(**felder):
    felder.setdefault("ags", "14524")
    if vorhanden := Kreis.objects.filter(ags=felder["ags"]).first():
        return vorhanden
    felder.setdefault("name", "Landkreis Zwickau")
    felder.setdefault("kreisfrei", False)
    felder.setdefault("verwaltungssitz", "Zwickau")
    if "polizeidirektion" not in felder:
        felder["polizeidirektion"], _ = Polizeidirektion.objects.get_or_create(name="Zwickau")
    return Kreis.objects.create(**felder)


def make_kommune(**felder):
    nummer = next(_nummern)
    felder.setdefault("art", Kommune.Art.STADT)
    if felder["art"] == Kommune.Art.STAEDTEBUND:
        felder.setdefault("kuerzel", f"bund-{nummer}")
    elif felder["art"] in (Kommune.Art.VERWALTUNGSVERBAND, Kommune.Art.VERWALTUNGSGEMEINSCHAFT):
        felder.setdefault("verbandsschluessel", f"14{nummer:07}")
    else:
        felder.setdefault("ags", f"14{nummer:06}")
    felder.setdefault("name", f"Musterstadt {nummer}")
    felder.setdefault("name_eindeutig", felder["name"])
    felder.setdefault("name_amtlich", felder["name_eindeutig"])
    felder.setdefault("quelle", "Test")
    if "kreis" not in felder:
        felder["kreis"] = make_kreis()
    return Kommune.objects.create(**felder)


def _tatsache(felder):
    felder.setdefault("quelle", "Test")
    felder.setdefault("veroeffentlicht", True)
    return felder


def _mit_kommunen(modell, felder):
    kommunen = felder.pop("kommunen", None) or [make_kommune()]
    objekt = modell.objects.create(**_tatsache(felder))
    objekt.kommunen.set(kommunen)
    return objekt


def make_vereinbarung(**felder):
    felder.setdefault("unterzeichnet_am", "2020-11-05")
    felder.setdefault("herkunft", Herkunft.PROGRAMMDATEN)
    return _mit_kommunen(Kooperationsvereinbarung, felder)


def make_modellkommune(**felder):
    felder.setdefault("seit", "2019-02-06")
    felder.setdefault("kommune", None)
    felder["kommune"] = felder["kommune"] or make_kommune()
    return Modellkommune.objects.create(**_tatsache(felder))


def make_rat(*, aktiv_seit="2020-05-01", **felder):
    """A council with one open state "aktiv"; `aktiv_seit=None` makes one without any state."""
    felder.setdefault("name", f"Präventionsrat {next(_nummern)}")
    rat = _mit_kommunen(Praeventionsrat, felder)
    if aktiv_seit:
        make_ratszustand(rat=rat, von=aktiv_seit)
    return rat


def make_ratszustand(**felder):
    felder.setdefault("zustand", Ratszustand.Zustand.AKTIV)
    return Ratszustand.objects.create(**felder)


def make_ratsabfrage(**felder):
    """The days of 2027, as the daily job writes them."""
    abfrage = Ratsabfrage.objects.fuer(felder.pop("jahr", 2027))
    for feld, wert in felder.items():
        setattr(abfrage, feld, wert)
    abfrage.save()
    return abfrage


def make_ratsbestaetigung(*, am=date(2026, 1, 5), **felder):
    """Confirmed by telephone; with `am=None` only asked, then `jahr` and the days are needed."""
    if "rat" not in felder:
        felder["rat"] = make_rat()
    if am:
        felder = {
            "jahr": am.year,
            "bestaetigt_am": am,
            "weg": Ratsbestaetigung.Weg.TELEFON,
            "quelle": "Anruf im Ordnungsamt",
            "erfasst_um": datetime(am.year, am.month, am.day, 9, tzinfo=UTC),
            **felder,
        }
        if "erfasst_von" not in felder:
            felder["erfasst_von"] = make_konto()
    return Ratsbestaetigung.objects.create(**felder)


def make_ratskorrektur(**felder):
    """One that waits and asks for another name."""
    if "rat" not in felder:
        felder["rat"] = make_rat()
    if "kommune" not in felder:
        felder["kommune"] = felder["rat"].kommunen.first()
    if "gestellt_von" not in felder:
        felder["gestellt_von"] = make_konto()
    felder.setdefault("gestellt_um", datetime(2026, 1, 5, 9, tzinfo=UTC))
    felder.setdefault("name", "Präventionsrat der Stadt")
    korrektur = Ratskorrektur.objects.create(**felder)
    korrektur.refresh_from_db()
    return korrektur


def make_beratung(**felder):
    felder.setdefault("am", "2020-06-10")
    if "kommune" not in felder:
        felder["kommune"] = make_kommune()
    return Beratung.objects.create(**_tatsache(felder))


def make_coaching(**felder):
    felder.setdefault("beginn", "2020-03-01")
    return _mit_kommunen(Coaching, felder)


def make_coach(*, vertrag=("2020-01-01", "2039-12-31"), faehigkeiten=(), kreise=(), **felder):
    """A coach with a contract over many years; `vertrag=None` for one without."""
    felder.setdefault("kapazitaet", 3)
    felder["konto"] = felder.get("konto") or make_zweitfaktor(make_konto())
    coach = Coach.objects.create(**felder)
    coach.faehigkeiten.set(faehigkeiten)
    coach.kreise.set(kreise)
    if vertrag:
        von, bis = vertrag
        Coachvertrag.objects.create(coach=coach, von=von, bis=bis)
    return coach


def make_mandat(*, coach=None, vertretung=None, kommunen=None, **felder):
    """A running engagement since 1 March 2026 of one Kommune, with a contact person and a coach."""
    kommunen = kommunen or [make_kommune()]
    felder.setdefault("beginn", date(2026, 3, 1))
    felder.setdefault("ende_geplant", date(2027, 2, 28))
    felder.setdefault("kontingent", 40)
    if "ansprechperson" not in felder:
        felder["ansprechperson"] = make_mitglied(kommunen[0], Rolle.BEARBEITUNG)
    coaching = make_coaching(
        kommunen=kommunen, beginn=felder["beginn"].isoformat(), quelle="Vermittlung durch den LPR"
    )
    mandat = Mandat.objects.create(coaching=coaching, **felder)
    for rolle, person in (("coach", coach or make_coach()), ("vertretung", vertretung)):
        if person:
            Einsatz.objects.create(mandat=mandat, coach=person, rolle=rolle, von=mandat.beginn)
    return mandat


def make_kontingenterweiterung(**felder):
    """Open by default, for a running engagement."""
    felder.setdefault("ergebnis", Kontingenterweiterung.Ergebnis.OFFEN)
    felder.setdefault("viertel", 4)
    if "mandat" not in felder:
        felder["mandat"] = make_mandat()
    return _vorschlag(Kontingenterweiterung, felder)


def make_wirkung(*, mandat=None, verworfen=False, **felder):
    """A confirmed effect of a running engagement; with `verworfen` a declined one."""
    felder.setdefault("art", "rat")
    if felder["art"] != "keine":
        felder.setdefault("beleg", "Beschluss des Stadtrats")
    felder.setdefault("gemeldet_um", datetime(2021, 1, 5, 9, tzinfo=UTC))
    felder.setdefault("gemeldet_von", make_konto())
    felder.setdefault("bestaetigt_um", felder["gemeldet_um"])
    if felder["bestaetigt_um"]:
        felder.setdefault("bestaetigt_von", make_konto())
    if verworfen:
        felder |= {"verworfen_um": felder["gemeldet_um"], "verworfen_grund": "Kein Beleg"}
        felder["verworfen_von"] = make_konto()
    return Wirkung.objects.create(mandat=mandat or make_mandat(), **felder)


def make_analyse(**felder):
    felder.setdefault("beginn", "2021-02-18")
    return _mit_kommunen(Sicherheitsanalyse, felder)


def make_empfehlung(**felder):
    """An open recommendation to the first Kommune of its analysis."""
    if "analyse" not in felder:
        kommune = felder.get("kommune")
        felder["analyse"] = make_analyse(kommunen=[kommune] if kommune else None)
    felder.setdefault("kommune", felder["analyse"].kommunen.first())
    felder.setdefault("nummer", felder["analyse"].empfehlungen.count() + 1)
    felder.setdefault("text", "Papierkörbe am Markt öfter leeren")
    return Handlungsempfehlung.objects.create(**felder)


def make_zuwendung(**felder):
    felder.setdefault("titel", "Saubere Stadt")
    felder.setdefault("betrag_euro", Decimal("21150.00"))
    felder.setdefault("bewilligt_am", "2020-07-15")
    felder.setdefault("foerderjahr", 2020)
    if "kommune" not in felder:
        felder["kommune"] = make_kommune()
    return Zuwendung.objects.create(**_tatsache(felder))


def make_durchgang(**felder):
    felder.setdefault("bezeichnung", f"Durchgang {next(_nummern)}")
    felder.setdefault("beginn", "2020-01-17")
    if "lehrgang" not in felder:
        felder["lehrgang"], _ = Lehrgang.objects.get_or_create(
            kuerzel="beccaria", defaults={"name": "Fachkraft", "traeger": "LPR"}
        )
    return Durchgang.objects.create(**_tatsache(felder))


def make_teilnahme(**felder):
    felder.setdefault("gruppe", Teilnahme.Gruppe.KOMMUNE)
    felder.setdefault("begonnen_am", "2020-01-17")
    if "durchgang" not in felder:
        felder["durchgang"] = make_durchgang()
    return Teilnahme.objects.create(**felder)


def make_kurs(*, plaetze=2, tage=("2026-03-06", "2026-03-07"), **felder):
    """A cohort open for registration from 01.01. to 31.01.2026, with days of its first module."""
    felder = {"anmeldung_ab": "2026-01-01", "anmeldung_bis": "2026-01-31"} | felder
    durchgang = make_durchgang(**{"beginn": "2026-03-06", "plaetze": plaetze} | felder)
    modul, _ = Modul.objects.get_or_create(
        lehrgang=durchgang.lehrgang, nummer=1, defaults={"titel": "Kriminologie"}
    )
    for tag in tage:
        Kurstag.objects.create(
            durchgang=durchgang, modul=modul, tag=tag, von="09:00", bis="16:00", ort="Dresden"
        )
    durchgang.refresh_from_db()
    return durchgang


def anmeldeangaben(**felder):
    """What somebody typed to register."""
    nummer = next(_nummern)
    return {
        "name": f"Person {nummer}",
        "email": f"person{nummer}@example.org",
        "gruppe": Gruppe.KOMMUNE,
        "stelle": "Stadtverwaltung",
        "funktion": "Koordinierungsstelle",
    } | felder


def make_anmeldung(durchgang=None, *, um=datetime(2020, 3, 4, 10, tzinfo=UTC), **felder):
    """A confirmed registration as it stands in the table; `stand` may be any."""
    durchgang = durchgang or make_kurs()
    felder.setdefault("stand", AnmeldungStand.ANGEMELDET)
    felder.setdefault("rang", durchgang.anmeldungen.count() + 1)
    if felder["stand"] in BEENDET:
        felder.setdefault("beendet_um", um)
    return Anmeldung.objects.create(
        durchgang=durchgang, eingegangen_um=um, bestaetigt_um=um, **anmeldeangaben(**felder)
    )


def make_meldung(**felder):
    felder.setdefault("titel", "Zittau gründet einen Präventionsrat")
    felder.setdefault("datum", "2021-02-05")
    felder.setdefault("zusammenfassung", "Die Stadt unterzeichnet mit Polizei und LPR.")
    return Meldung.objects.create(**_tatsache(felder))


def make_veranstaltung(**felder):
    felder.setdefault("titel", "Fachtag")
    felder.setdefault("beginn", datetime(2030, 9, 11, 8, 0, tzinfo=UTC))
    felder.setdefault("ende", datetime(2030, 9, 11, 15, 0, tzinfo=UTC))
    felder.setdefault("ort", "Dresden")
    return Veranstaltung.objects.create(**_tatsache(felder))


def make_seite(**felder):
    felder.setdefault("pfad", f"programm/seite-{next(_nummern)}")
    felder.setdefault("titel", "Coaching")
    felder.setdefault("einleitung", "Wie Begleitung vor Ort geht.")
    felder.setdefault("rubrik", Seite.Rubrik.PROGRAMM)
    felder.setdefault("text", "## Worum es geht\n\nEin Coach begleitet die Kommune.")
    felder.setdefault("stand", date(2026, 11, 22))
    return Seite.objects.create(**felder)


def make_begriff(**felder):
    nummer = next(_nummern)
    felder.setdefault("kennung", f"begriff-{nummer}")
    felder.setdefault("wort", f"Begriff {nummer}")
    felder.setdefault("erklaerung", "Das Wort steht in der Richtlinie.")
    return Begriff.objects.create(**felder)


def make_veroeffentlichte_zahl(**felder):
    felder.setdefault("reihe", "kommunen_beraten")
    felder.setdefault("stichtag", "2021-02-06")
    felder.setdefault("wert", Decimal("102"))
    felder.setdefault("einheit", "Kommunen")
    felder.setdefault("beschreibung", "beratene Kommunen")
    return VeroeffentlichteZahl.objects.create(**_tatsache(felder))


REGELN = {
    Regel.Schluessel.HOECHSTSATZ: ("90", "prozent"),
    Regel.Schluessel.EIGENANTEIL: ("10", "prozent"),
    Regel.Schluessel.UNTERGRENZE: ("10000", "euro"),
    Regel.Schluessel.ERSTATTUNG_UNTER: ("20000", "euro"),
    Regel.Schluessel.KEINE_INVESTITIONEN: (None, ""),
    Regel.Schluessel.FINANZIERUNG_AUSGEGLICHEN: (None, ""),
    Regel.Schluessel.RECHTSBEHELF_MONATE: ("1", "monate"),
    Regel.Schluessel.ABRUF_TAGE: ("10", "tage"),
    Regel.Schluessel.GUTACHTEN_MINDESTENS: ("1", "anzahl"),
    Regel.Schluessel.PUNKTE_HOECHSTENS: ("5", "anzahl"),
    Regel.Schluessel.BEDARF_MONATE: ("2", "monate"),
    Regel.Schluessel.BANKDATEN_WERKTAGE: ("1", "tage"),
    Regel.Schluessel.UMSCHICHTUNG_PROZENT: ("20", "prozent"),
    Regel.Schluessel.STICHPROBE_PROZENT: ("50", "prozent"),
    Regel.Schluessel.ZINSAUFSCHLAG: ("5", "prozent"),
}


def make_regelwerk(*, freigegeben=True, regeln=REGELN, **felder):
    """A released version with the rules of `REGELN`; further parts need freigegeben=False."""
    felder.setdefault("bezeichnung", f"Regelwerk {next(_nummern)}")
    felder.setdefault("gilt_ab", date(2023, 6, 1))
    felder.setdefault("quelle", "Test")
    regelwerk = Regelwerk.objects.create(**felder)
    for nummer, (schluessel, (wert, einheit)) in enumerate(regeln.items(), start=1):
        Regel.objects.create(
            regelwerk=regelwerk,
            schluessel=schluessel,
            nummer=f"R{nummer}",
            titel=schluessel.label,
            text=f"{schluessel.label}.",
            wert=wert and Decimal(wert),
            einheit=einheit,
            quelle="Test",
        )
    return gib_frei(regelwerk) if freigegeben else regelwerk


def gib_frei(regelwerk):
    regelwerk.freigegeben_um = datetime(2024, 1, 8, 9, tzinfo=UTC)
    regelwerk.freigegeben_von = make_konto()
    regelwerk.save()
    return regelwerk


def make_runde(**felder):
    """The call for 2027: 31 August to 15 October 2026."""
    felder.setdefault("jahr_von", 2027)
    felder.setdefault("jahr_bis", felder["jahr_von"])
    felder.setdefault("beginn", date(felder["jahr_von"] - 1, 8, 31))
    felder.setdefault("schluss", date(felder["jahr_von"] - 1, 10, 15))
    felder.setdefault("quelle", "Test")
    vorhanden = Foerderrunde.objects.filter(
        beginn=felder["beginn"], schluss=felder["schluss"]
    ).first()
    if vorhanden:
        return vorhanden
    if "regelwerk" not in felder:
        felder["regelwerk"] = make_regelwerk()
    return Foerderrunde.objects.create(**felder)


def make_basiszins(**felder):
    felder.setdefault("ab", date(2019, 1, 1))
    felder.setdefault("prozent", Decimal("-0.88"))
    felder.setdefault("quelle", "Test")
    return Basiszins.objects.create(**felder)


def make_ansatz(**felder):
    felder.setdefault("haushaltsjahr", 2027)
    felder.setdefault("haushaltsstelle", "03 02/685 01")
    felder.setdefault("betrag_euro", Decimal("500000.00"))
    felder.setdefault("quelle", "Test")
    return Haushaltsansatz.objects.create(**felder)


def make_bankverbindung(**felder):
    """Entered, not confirmed."""
    felder.setdefault("kontoinhaber", "Stadtkasse")
    felder.setdefault("iban", "DE89370400440532013000")
    felder.setdefault("vorgeschlagen_um", datetime(2026, 1, 5, 9, tzinfo=UTC))
    if "vorgeschlagen_von" not in felder:
        felder["vorgeschlagen_von"] = make_konto()
    return Bankverbindung.objects.create(**felder)


def make_auszahlung(*, antrag, **felder):
    """Asked for, put there by hand: nothing of it is booked."""
    bank = make_bankverbindung(
        kommune=antrag.kommune, stand="bestaetigt", bestaetigt_um=antrag.angelegt_um,
        bestaetigt_von=make_konto(), nutzbar_ab=date(2026, 1, 7),
    )  # fmt: skip
    felder.setdefault("nummer", 1)
    return Auszahlung.objects.create(
        antrag=antrag, verfahren="abruf", referenz=f"{antrag.nummer}-A1",
        ansatz=make_ansatz(haushaltsstelle=f"03 02/685 {next(_nummern)}"),
        bankverbindung=bank, ausgaben_euro=Decimal("100.00"), foerdersatz=Decimal("90.00"),
        betrag_euro=Decimal("90.00"), bedarf_bis=date(2026, 6, 1), erlaeuterung="Test",
        angefordert_um=datetime(2026, 5, 4, 9, tzinfo=UTC), **felder,
    )  # fmt: skip


def make_beleg(*, antrag, **felder):
    """A receipt of 2026, put there by hand."""
    nummer = next(_nummern)
    tag = date(2026, 3, 2)
    werte = {
        "belegnummer": f"R-{nummer}", "ausgabenart": "miete", "zweck": "Raum für die Gruppen",
        "zahlungsempfaenger": "Vermietung Muster", "rechnung_am": tag, "bezahlt_am": tag,
        "betrag_euro": Decimal("100.00"), "erfasst_um": datetime(2026, 5, 4, 9, tzinfo=UTC),
    }  # fmt: skip
    return Beleg.objects.create(antrag=antrag, **(werte | felder))


def make_zahlungsdatei(**felder):
    felder.setdefault("nummer", f"ZA-2026-{next(_nummern):04}")
    return Zahlungsdatei.objects.create(
        inhalt=[], anzahl=1, summe_euro=1, pruefsumme="0" * 64, erstellt_von=make_konto(),
        erstellt_um=datetime(2026, 5, 4, 9, tzinfo=UTC), **felder,
    )  # fmt: skip


def make_aenderung(*, antrag, **felder):
    """A change reported by somebody, which nobody has answered."""
    felder.setdefault("gemeldet_von", make_konto())
    return Aenderung.objects.create(
        antrag=antrag, nummer=antrag.aenderungen.count() + 1, art="mitteilung", anlass="zweck",
        braucht_zustimmung=False, begruendung="Test", gemeldet_um=datetime(2026, 5, 4, 9, tzinfo=UTC), **felder,
    )  # fmt: skip


def make_weiterleitung(*, antrag):
    """1 euro passed on to an organisation; the grant covers it."""
    um = datetime(2026, 5, 4, 9, tzinfo=UTC)
    Buchung.objects.create(
        antrag=antrag, art="bewilligt", betrag_euro=1, am=um.date(), gebucht_um=um
    )
    return Weiterleitung.objects.create(
        antrag=antrag, organisation="Jugendring e. V.", rechtsform="verein", sitz="Musterstadt",
        betrag_euro=1, vereinbart_am=um.date(), vereinbarung="Az. 1", eingetragen_um=um,
        eingetragen_von=make_konto(),
    )  # fmt: skip


def make_zahlungszeile(**felder):
    rueckmeldung = Zahlungsrueckmeldung.objects.create(
        dateiname="kasse.csv", sha256="0" * 64, eingelesen_von=make_konto(),
        eingelesen_um=datetime(2026, 5, 4, 9, tzinfo=UTC),
    )  # fmt: skip
    return Zahlungszeile.objects.create(
        rueckmeldung=rueckmeldung, nummer=2, referenz="X-1", betrag_euro=1,
        gezahlt_am=date(2026, 5, 4), stand="ohne_treffer", **felder,
    )  # fmt: skip


def make_rueckzahlung(*, kommune):
    """100 euros on a claim for 200 whose notice was fetched, put there by hand: nothing is booked."""
    um = datetime(2026, 5, 4, 9, tzinfo=UTC)
    konto, zweites = make_konto(), make_konto()
    antrag = make_antrag(kommune=kommune, status=Status.RUECKFORDERUNG, entschieden_um=um)
    entscheidung = Entscheidung.objects.create(
        antrag=antrag, art=Entscheidung.Art.RUECKFORDERUNG, gruende="Test", begruendung="Test",
        angehoert_am=um.date(), vorgeschlagen_von=konto, vorgeschlagen_um=um,
    )  # fmt: skip
    forderung = Rueckforderung.objects.create(
        entscheidung=entscheidung, anlass="nachweis", betrag_euro=200, aufschlag_prozent=5,
        zahlbar_bis=date(2026, 8, 1), zinsen_bis=date(2026, 6, 1),
    )  # fmt: skip
    Entscheidung.objects.filter(pk=entscheidung.pk).update(
        ergebnis="genehmigt", entschieden_von=zweites, entschieden_um=um
    )
    bescheid = Bescheid.objects.create(
        antrag=antrag, entscheidung=entscheidung, nummer=1, art=entscheidung.art, inhalt={},
        pruefsumme="0" * 64, regelwerk=antrag.regelwerk, erlassen_um=um,
    )  # fmt: skip
    Bekanntgabe.objects.create(
        bescheid=bescheid, weg="abruf", bereitgestellt_um=um, abrufbar_bis=date(2026, 5, 14),
        abgerufen_um=um, abgerufen_von=konto, bekannt_am=date(2026, 5, 5),
        rechtsbehelf_bis=date(2026, 6, 5),
    )  # fmt: skip
    return Rueckzahlung.objects.create(
        antrag=antrag, rueckforderung=forderung, am=um.date(), betrag_euro=100, referenz="Test",
        erfasst_um=um, erfasst_von=konto,
    )  # fmt: skip


def make_antrag(*, status=Status.ENTWURF, eingaben=None, **felder):
    """A case in any state, with what the state needs; `eingaben` by section.

    It is put there by hand and has no Fassung: tests of the procedure take its steps instead.
    """
    felder.setdefault("angelegt_um", datetime(2026, 9, 1, 8, tzinfo=UTC))
    felder.setdefault("geaendert_um", felder["angelegt_um"])
    felder.setdefault("titel", "Nachtwanderer in der Innenstadt")
    if "kommune" not in felder:
        felder["kommune"] = make_kommune()
    if "runde" not in felder:
        felder["runde"] = make_runde()
    if status not in UNEINGEREICHT:
        nummer = next(_nummern)
        felder.setdefault("eingereicht_um", datetime(2026, 9, 30, 8, tzinfo=UTC))
        felder.setdefault("nummer", f"KP-2027-{nummer:04}")
        felder.setdefault("regelwerk", felder["runde"].regelwerk)
        felder.setdefault("durchfuehrung_von", date(2027, 1, 1))
        felder.setdefault("durchfuehrung_bis", date(2027, 12, 31))
        felder.setdefault("ausgaben_euro", Decimal("30000.00"))
        felder.setdefault("zuwendung_beantragt_euro", Decimal("27000.00"))
    if status in (
        *MIT_BEWILLIGUNG, Status.ABGELEHNT, Status.WIDERRUFEN,
    ):  # fmt: skip
        felder.setdefault("entschieden_um", datetime(2026, 12, 1, 8, tzinfo=UTC))
    antrag = Foerderantrag.objects.create(status=status, **felder)
    Abschnitt.objects.bulk_create(
        Abschnitt(
            antrag=antrag,
            schluessel=schluessel,
            eingaben=(eingaben or {}).get(schluessel, {}),
            version=1 if schluessel in (eingaben or {}) else 0,
        )
        for schluessel in SCHLUESSEL
    )
    return antrag


def make_anlage(antrag, **felder):
    """A file of the case; what is in it says nothing."""
    abgelegt = ablage.lege_ab(BytesIO(b"Inhalt"))
    felder.setdefault("art", "ratsbeschluss")
    felder.setdefault("dateiname", "Beschluss.pdf")
    felder.setdefault("inhaltstyp", "application/pdf")
    felder.setdefault("hochgeladen_um", datetime(2026, 9, 1, 9, tzinfo=UTC))
    if "hochgeladen_von" not in felder:
        felder["hochgeladen_von"] = make_konto()
    return Anlage.objects.create(
        antrag=antrag,
        pfad=abgelegt.pfad,
        groesse=abgelegt.groesse,
        sha256=abgelegt.sha256,
        **felder,
    )
