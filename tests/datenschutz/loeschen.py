"""What a deletion run can find, and a run over it."""

from datetime import timedelta

from django.utils import timezone

from asskomm.datenschutz import verfahren
from asskomm.datenschutz.models import Aufbewahrungsfrist, Loeschlauf, Loeschposten
from asskomm.konten.models import Einladung
from asskomm.portal.models import Kommentar, Rueckmeldung
from asskomm.post.models import Nachricht
from asskomm.protokoll.verfahren import protokolliere
from fortbildung.models import Zertifikat
from kommunen.models import Ratszustand
from tests.factories import (
    make_anmeldung,
    make_konto,
    make_kurs,
    make_meldung,
    make_rat,
    make_ratszustand,
    make_teilnahme,
)

from .person import EMAIL, GETAN, HEUTE, JETZT, NAME, make_person

Stand = Loeschposten.Stand


def vor(jahre=0, tage=0):
    return JETZT.replace(year=JETZT.year - jahre) - timedelta(days=tage)


def schlage_vor(durch, am=HEUTE, um=JETZT):
    return verfahren.schlage_loeschlauf_vor(
        Loeschlauf(am=am, begruendung="Monatlicher Lauf"), durch=durch, um=um
    )


def fuehre_aus(leitung, zweite, um=JETZT):
    lauf = schlage_vor(leitung, am=timezone.localdate(um), um=um)
    verfahren.genehmige(lauf, durch=zweite, um=um)
    return lauf


def spaeter(regel):
    """The database stamps entries of the log itself, so their runs are held in two days."""
    return timezone.now() + timedelta(days=2) if regel == "protokoll.grund" else JETZT


def make_kommentar(um=None, zustand="freigegeben", **felder):
    felder.setdefault("text", "Gut so")
    meldung = felder.pop("meldung", None) or make_meldung()
    kommentar = Kommentar.objects.create(meldung=meldung, zustand=zustand, **felder)
    Kommentar.objects.filter(pk=kommentar.pk).update(eingegangen_um=um or vor(jahre=4))
    return kommentar


def make_rueckmeldung(um=None, **felder):
    felder.setdefault("zustand", Rueckmeldung.Zustand.ERLEDIGT)
    rueckmeldung = Rueckmeldung.objects.create(text="Kein Kontrast", **felder)
    Rueckmeldung.objects.filter(pk=rueckmeldung.pk).update(eingegangen_um=um or vor(jahre=2))
    rueckmeldung.refresh_from_db()
    return rueckmeldung


def make_nachricht(**felder):
    felder.setdefault("zustand", "gesendet")
    felder.setdefault("gesendet_um", vor(jahre=2))
    felder.setdefault("adresse", "a@example.org")
    return Nachricht.objects.create(vorlage="einladung", betreff="B", text="T", **felder)


def make_deaktiviertes(**felder):
    return make_konto(is_active=False, deaktiviert_um=vor(jahre=2), **felder)


def make_verfallene_einladung(konto=None, **felder):
    konto = konto or make_konto(is_active=False)
    return Einladung.objects.create(
        konto=konto,
        eingeladen_um=vor(tage=80),
        gueltig_bis=vor(tage=66),
        **felder,
    )


def make_aufgeloesten_rat():
    rat = make_rat(aktiv_seit=None, kontakt_email="vera@example.org", kontakt_stelle="Vera Muster")
    make_ratszustand(rat=rat, zustand=Ratszustand.Zustand.AUFGELOEST, von="2024-02")
    return rat


def make_alten_grund():
    """Entries take the time of the database; the period is made short instead."""
    Aufbewahrungsfrist.objects.filter(regel="protokoll.grund").update(anzahl=1, einheit="tage")
    return protokolliere(GETAN, durch=None, grund="Herr Muster hat angerufen")


def make_alte_anmeldung(**felder):
    return make_anmeldung(
        make_kurs(tage=("2025-03-06",)), name=NAME, email=EMAIL, konto=make_person(), **felder
    )


def make_zertifikat(jahre=31):
    anmeldung = make_alte_anmeldung(
        stand="zugelassen", entschieden_um=JETZT, entschieden_von=make_konto(), grund="Test"
    )
    teilnahme = make_teilnahme(
        durchgang=anmeldung.durchgang, anmeldung=anmeldung, abgeschlossen_am="2025"
    )
    return Zertifikat.objects.create(
        teilnahme=teilnahme, code="PRBE-2345-6789", name=NAME, namenspruefwert="f" * 64,
        inhalt={}, ausgestellt_um=vor(jahre=jahre), ausgestellt_von=make_konto(),
    )  # fmt: skip


def verjaehrt(vorschlag):
    """Decided long ago; the factories decide in 2026, so the period is made short."""
    Aufbewahrungsfrist.objects.filter(regel__startswith=("konten.")).update(
        anzahl=1, einheit="tage"
    )
    Aufbewahrungsfrist.objects.filter(regel="kommunen.bestellung").update(anzahl=1, einheit="tage")
    return vorschlag


ABGELEHNT = {"ergebnis": "abgelehnt", "begruendung": "Herr Muster"}


def gruppe_leitung():
    from django.contrib.auth.models import Group

    return Group.objects.get(name="Leitung").pk


def begruendung_von(zeile):
    return type(zeile).objects.get(pk=zeile.pk).begruendung
