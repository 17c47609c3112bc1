"""The second half of a case, with one person at every place where somebody can have acted."""

from datetime import timedelta
from decimal import Decimal

from foerderung.models import (
    Aenderung,
    Auszahlung,
    Bankverbindung,
    Beleg,
    Belegkuerzung,
    Buchung,
    Nachweisfassung,
    Nachweispruefung,
    Rueckzahlung,
    Stichprobe,
    Stichprobenfall,
    Umschichtung,
    Verwendungsnachweis,
    Weiterleitung,
    Zahlungsdatei,
    Zahlungsrueckmeldung,
    Zahlungszeile,
)
from tests.factories import make_abschluss, make_aenderungsentscheidung, make_ansatz, make_konto

HUNDERT = Decimal("100.00")


def nach_dem_bescheid(konto, kollege, antrag, um):
    """Payouts, payments, receipts, proof, sample and end of the case; everything is over."""
    am, gehoert, ueber = um.date(), {"antrag": antrag}, "Test"
    Buchung.objects.create(
        **gehoert, art="bewilligt", betrag_euro=HUNDERT, am=am, gebucht_um=um, gebucht_von=konto
    )
    bank = _bankverbindungen(konto, kollege, antrag.kommune, um)
    auszahlung = _auszahlungen(konto, kollege, antrag, bank, um, ueber)
    _zahlungen(konto, auszahlung, um, ueber)
    beleg = Beleg.objects.create(
        **gehoert, belegnummer="1", ausgabenart="material", zweck=ueber,
        zahlungsempfaenger="Test", rechnung_am=am, bezahlt_am=am, betrag_euro=HUNDERT,
        erfasst_um=um, erfasst_von=konto,
    )  # fmt: skip
    Belegkuerzung.objects.create(
        beleg=beleg, betrag_euro=HUNDERT, grund=ueber, gekuerzt_um=um, gekuerzt_von=konto
    )
    Verwendungsnachweis.objects.create(
        **gehoert, eingaben={"felder": {"6a": ueber}}, angelegt_um=um, geaendert_um=um,
        geaendert_von=konto, bereit_um=um, bereit_von=konto, bereit_version=1,
        ergaenzen=ueber, ergaenzen_bis=am,
    )  # fmt: skip
    for nummer, (vorbereitet, gezeichnet) in enumerate([(konto, kollege), (kollege, konto)]):
        fassung = Nachweisfassung.objects.create(
            **gehoert, nummer=nummer, inhalt={"felder": {"6a": ueber}}, pruefsumme="f" * 64,
            eingegangen_um=um, vorbereitet_von=vorbereitet, gezeichnet_von=gezeichnet,
        )  # fmt: skip
    Rueckzahlung.objects.create(
        **gehoert, am=am, betrag_euro=HUNDERT, referenz="Test", erfasst_um=um, erfasst_von=konto,
        storniert_um=um, storniert_von=konto, storno_grund=ueber,
    )  # fmt: skip
    Nachweispruefung.objects.create(
        **gehoert, fassung=fassung, art="plausibilitaet", ausgaben_euro=HUNDERT,
        anerkannt_euro=HUNDERT, zuwendung_euro=HUNDERT, vermerk=ueber, geprueft_um=um,
        geprueft_von=konto,
    )  # fmt: skip
    stichprobe = Stichprobe.objects.create(
        bezeichnung=antrag.nummer, grundgesamtheit=[antrag.nummer],
        pruefsumme=_pruefsumme(antrag),
        anteil_prozent=50, startwert="1", gezogen_um=um, gezogen_von=konto,
    )  # fmt: skip
    Stichprobenfall.objects.create(
        **gehoert, stichprobe=stichprobe, grund="ergaenzt", begruendung=ueber, ergaenzt_um=um,
        ergaenzt_von=konto,
    )  # fmt: skip
    for wer in (
        {"vorgeschlagen_von": konto, "entschieden_von": kollege},
        {"vorgeschlagen_von": kollege, "entschieden_von": konto},
        {"vorgeschlagen_fuer": konto},
        {"entschieden_fuer": konto},
    ):
        make_abschluss(**gehoert, begruendung=ueber, ergebnis="abgelehnt", **wer)
    _aenderungen(konto, kollege, antrag, um, ueber)


def _aenderungen(konto, kollege, antrag, um, ueber):
    """Reported, answered and passed on, each by the person and beside them."""
    for nummer, wer in enumerate(
        [{"gemeldet_von": konto, "erledigt_von": kollege}, {"erledigt_von": konto},
         {"erledigt_fuer": konto}],
        start=1,
    ):  # fmt: skip
        personen = {"gemeldet_von": kollege, "erledigt_von": kollege} | wer
        aenderung = Aenderung.objects.create(
            antrag=antrag, nummer=nummer, art="mitteilung", anlass="zweck",
            braucht_zustimmung=False, begruendung=ueber, gemeldet_um=um, stand="zur_kenntnis",
            erledigt_um=um, antwort=ueber, vermerk=ueber, **personen,
        )  # fmt: skip
    Umschichtung.objects.create(
        aenderung=aenderung, ausgabenart="miete", plan_euro=HUNDERT, neu_euro=HUNDERT
    )
    for wer in (
        {"vorgeschlagen_von": konto, "entschieden_von": kollege},
        {"vorgeschlagen_von": kollege, "entschieden_von": konto},
        {"vorgeschlagen_fuer": konto},
        {"entschieden_fuer": konto},
    ):
        make_aenderungsentscheidung(
            aenderung=aenderung, begruendung=ueber, antwort=ueber, ergebnis="abgelehnt", **wer
        )
    for nummer, wer in enumerate([konto, kollege]):
        Weiterleitung.objects.create(
            antrag=antrag, organisation=f"Verein {nummer}", rechtsform="verein", sitz="Test",
            betrag_euro=1, vereinbart_am=um.date(), vereinbarung=ueber, eingetragen_um=um,
            eingetragen_von=wer, stand="beendet", beendet_um=um, grund=ueber,
            beendet_von=kollege if wer == konto else konto,
        )  # fmt: skip


def _pruefsumme(antrag):
    return antrag.pk.hex * 2


def _bankverbindungen(konto, kollege, kommune, um):
    gemeinsam = {
        "kommune": kommune, "iban": "DE02120300000000202051", "vorgeschlagen_um": um,
        "kontoinhaber": "Test",
    }  # fmt: skip
    Bankverbindung.objects.create(
        **gemeinsam, vorgeschlagen_von=konto, stand="verworfen", verworfen_um=um,
        verworfen_von=konto,
    )  # fmt: skip
    return Bankverbindung.objects.create(
        **gemeinsam, vorgeschlagen_von=kollege, stand="bestaetigt", bestaetigt_um=um,
        bestaetigt_von=konto, nutzbar_ab=um.date(),
    )  # fmt: skip


def _auszahlungen(konto, kollege, antrag, bank, um, ueber):
    """One for each thing a person can do with a payout; the last one was paid."""
    ansatz = make_ansatz(haushaltsjahr=2020, haushaltsstelle=antrag.nummer)
    gemeinsam = {
        "antrag": antrag, "verfahren": "erstattung", "ansatz": ansatz, "bankverbindung": bank,
        "ausgaben_euro": HUNDERT, "foerdersatz": 100, "betrag_euro": HUNDERT,
        "anerkannt_euro": HUNDERT, "auszuzahlen_euro": HUNDERT, "erlaeuterung": ueber,
        "kuerzung": ueber, "grund": ueber, "angefordert_um": um, "geprueft_um": um,
        "genehmigt_um": um, "freigegeben_um": um, "beendet_um": um, "stand": "abgelehnt",
    }  # fmt: skip
    datei = Zahlungsdatei.objects.create(
        nummer=antrag.nummer, inhalt=[], anzahl=1, summe_euro=HUNDERT, pruefsumme="f" * 64,
        erstellt_um=um, erstellt_von=konto,
    )  # fmt: skip
    gezahlt = {
        "stand": "gezahlt", "zahlungsdatei": datei, "angeordnet_um": um, "gezahlt_am": um.date()
    }  # fmt: skip
    wege = [
        {f"{schritt}_{art}": konto}
        for schritt in ("geprueft", "genehmigt", "freigegeben")
        for art in ("von", "fuer")
    ]
    wege += [{"angefordert_von": konto, "beendet_von": konto}, gezahlt]
    for nummer, weg in enumerate(wege, start=1):
        wer = {f"{s}_von": make_konto() for s in ("geprueft", "genehmigt", "freigegeben")}
        auszahlung = Auszahlung.objects.create(
            nummer=nummer, referenz=f"{antrag.nummer}-{nummer}",
            **gemeinsam | {"angefordert_von": kollege} | wer | weg,
        )  # fmt: skip
    return auszahlung


def _zahlungen(konto, auszahlung, um, ueber):
    gelesen = Zahlungsrueckmeldung.objects.create(
        dateiname="t.csv",
        sha256=_pruefsumme(auszahlung.antrag),
        eingelesen_um=um,
        eingelesen_von=konto,
    )
    Zahlungszeile.objects.create(
        rueckmeldung=gelesen, nummer=1, referenz="T", betrag_euro=HUNDERT,
        gezahlt_am=(um + timedelta(days=1)).date(), stand="erledigt", auszahlung=auszahlung,
        vermerk=ueber, geklaert_um=um, geklaert_von=konto,
    )  # fmt: skip
