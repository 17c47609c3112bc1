"""One person of each kind, and one record for every address that names one."""

import uuid
from datetime import UTC, date, datetime
from functools import cached_property

from django.contrib import admin
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from asskomm.datenschutz.models import (
    Aufbewahrungsfrist,
    Aufbewahrungssperre,
    Auskunft,
    Faelligkeit,
    Loeschlauf,
    Verzeichnis,
)
from asskomm.konten import einladungslink, passwortlink
from asskomm.konten.models import Einladung
from asskomm.portal.models import Kommentar, Rueckmeldung, Stand
from asskomm.post.models import Lebenszeichen, Nachricht, Tageslauf
from asskomm.protokoll.handlungen import EXPORTIERT
from asskomm.protokoll.verfahren import protokolliere
from beratung.models import Ausschluss, Beratungsanfrage, Faehigkeit
from foerderung.kanonisch import pruefsumme as pruefsumme_von
from foerderung.models import (
    Fristverlaengerung,
    Nachforderung,
    Nachweisfassung,
    Status,
    Stichprobe,
    Stichprobenfall,
)
from foerderung.nachweis.fassung import inhalt
from foerderung.nachweis.umfeld import Nachweisumfeld
from foerderung.stichprobe.ziehung import pruefsumme
from fortbildung.anmeldung import link
from fortbildung.models import Befragungszugang, Zertifikat
from kommunen.models import Mitgliedschaft, Ratssitzung, Rolle
from tests import factories
from tests.beratung.begleitungen import erfasse, schritt
from tests.beratung.hilfen_vermittlung import frage_an, schlage_vor
from tests.foerderung.bescheid.faelle import make_bescheid
from tests.foerderung.fallakte.hilfen import make_fassung
from tests.foerderung.zeichnung.hilfen import make_gezeichnet

ROLLE_DES_LPR = {
    "redaktion": "Redaktion",
    "sachbearbeitung": "Sachbearbeitung",
    "pruefung": "Prüfung",
    "leitung": "Leitung",
    "fortbildung": "Fortbildung",
    "administration": "Administration",
}
JETZT = datetime(2026, 1, 5, 9, tzinfo=UTC)


class Welt:
    """Everything an address can name. Records of a model are made when they are asked for."""

    def __init__(self):
        self.kommune = factories.make_kommune(name="Eigenstadt")
        self.personen = {"anonym": None, "ohne": factories.make_konto()}
        fremde = factories.make_kommune(name="Fremdstadt")
        self.personen["fremd"] = factories.make_mitglied(fremde, Rolle.VERWALTUNG)
        for rolle in Rolle:
            self.personen[rolle.value] = factories.make_mitglied(self.kommune, rolle)
        for person, rolle in ROLLE_DES_LPR.items():
            self.personen[person] = factories.make_konto(rollen=[rolle])
        self.mitglied = factories.make_mitglied(self.kommune, Rolle.LESEN)
        self.coach = factories.make_coach()
        self.personen["coach"] = self.coach.konto
        self._objekte = {}

    def client(self, person) -> Client:
        client = Client(raise_request_exception=False)
        if konto := self.personen[person]:
            client.force_login(konto)
        return client

    def objekt(self, modell):
        """One record of the model, public where it can be."""
        if modell not in self._objekte:
            self._objekte[modell] = self._mache(modell)
        return self._objekte[modell]

    def modell(self, label):
        return {m._meta.label_lower: m for m in admin.site._registry}[label]

    def _mache(self, modell):
        name = modell._meta.label_lower
        if name in EIGENE:
            return EIGENE[name](self)
        vorhanden = modell._default_manager.first()
        return vorhanden or getattr(factories, f"make_{NAMEN.get(name, modell._meta.model_name)}")()

    @cached_property
    def mandat(self):
        """An engagement of the Kommune with the coach."""
        return factories.make_mandat(
            kommunen=[self.kommune], coach=self.coach, ansprechperson=self.personen["bearbeitung"]
        )

    @cached_property
    def nachfrage(self):
        """What is asked about an engagement of the Kommune that ended a year ago."""
        mandat = factories.make_mandat(
            kommunen=[self.kommune], beginn=date(2024, 3, 1), ende_geplant=date(2024, 12, 31),
            beendet_am=date(2024, 12, 31), stand="abgeschlossen", bericht="Fertig",
        )  # fmt: skip
        mandat.einsaetze.update(bis=mandat.beendet_am)
        return mandat.nachfragen.create(monate=12, faellig_am=date(2025, 12, 31))

    @cached_property
    def sitzung(self):
        """A session of the engagement with a step of the Kommune."""
        return erfasse(self.mandat, schritt())

    @cached_property
    def coachvorschlag(self):
        """The coach proposed for a request of the Kommune; both sides have to answer."""
        return schlage_vor(frage_an(self.kommune, durch=self.personen["bearbeitung"]), self.coach)

    @cached_property
    def bescheid(self):
        """A notice of a case of the Kommune, fetched today."""
        antrag = factories.make_antrag(kommune=self.kommune, status=Status.ABGELEHNT)
        return make_bescheid(antrag)

    @cached_property
    def akte(self):
        """A submitted case of the Kommune with its version."""
        antrag = factories.make_antrag(kommune=self.kommune, status=Status.EINGEREICHT)
        make_fassung(antrag, JETZT)
        return antrag

    @cached_property
    def auszahlung(self):
        """Money asked for of a final grant of the Kommune; its account waits for a second one."""
        antrag = factories.make_antrag(kommune=self.kommune, status=Status.IN_DURCHFUEHRUNG)
        make_bescheid(antrag, bewilligt=True)
        return factories.make_auszahlung(antrag=antrag, angefordert_von=self.personen["zeichnung"])

    @cached_property
    def beleg(self):
        """A receipt of the grant that runs; a version of its proof is in."""
        antrag, erfasst = self.auszahlung.antrag, self.personen["bearbeitung"]
        beleg = factories.make_beleg(antrag=antrag, erfasst_von=erfasst)
        gefroren = inhalt(Nachweisumfeld(antrag, timezone.localdate()))
        Nachweisfassung.objects.create(
            antrag=antrag, nummer=1, inhalt=gefroren, pruefsumme=pruefsumme_von(gefroren),
            eingegangen_um=JETZT, vorbereitet_von=erfasst, gezeichnet_von=self.personen["zeichnung"],
        )  # fmt: skip
        return beleg

    @cached_property
    def aenderung(self):
        """A change reported about a running project of the Kommune."""
        return factories.make_aenderung(antrag=self.auszahlung.antrag)

    @cached_property
    def weiterleitung(self):
        """Money of the same grant is passed on."""
        return factories.make_weiterleitung(antrag=self.auszahlung.antrag)

    @cached_property
    def bankverbindung(self):
        """Entered for the Kommune, not confirmed."""
        return factories.make_bankverbindung(kommune=self.kommune, vorgeschlagen_von=self.mitglied)

    @cached_property
    def zahlungszeile(self):
        """A reported payment that fits nothing."""
        return factories.make_zahlungszeile()

    @cached_property
    def rueckzahlung(self):
        """Money that came back on a claim, of whose notice the Kommune knows."""
        return factories.make_rueckzahlung(kommune=self.kommune)

    @cached_property
    def einverstanden(self):
        """A submitted case of the Kommune that has consented to notices in the portal."""
        return factories.make_antrag(
            kommune=self.kommune, status=Status.EINGEREICHT, elektronische_bekanntgabe=True
        )

    @cached_property
    def in_zeichnung(self):
        """A case of the Kommune that another person has handed over."""
        return factories.make_antrag(
            kommune=self.kommune, status=Status.IN_ZEICHNUNG, zur_zeichnung_um=JETZT,
            zur_zeichnung_von=self.mitglied, zeichnende=self.personen["zeichnung"],
        )  # fmt: skip

    @cached_property
    def nachgefordert(self):
        """A case of the Kommune with two versions and one more Nachforderung."""
        antrag = factories.make_antrag(kommune=self.kommune, status=Status.NACHFORDERUNG)
        for nummer in (1, 2):
            make_gezeichnet(
                antrag, nummer, durch=self.personen["zeichnung"], vorbereitet_von=self.mitglied
            )
        Nachforderung.objects.create(
            antrag=antrag, abschnitte=["plan"], text="Test", frist=date(2199, 1, 1),
            gestellt_um=JETZT,
        )  # fmt: skip
        return antrag

    @cached_property
    def beratungsanfrage(self):
        """A request of the Kommune for advice, with an appointment."""
        return Beratungsanfrage.objects.create(
            kommune=self.kommune, anliegen="Test", gestellt_um=JETZT, gestellt_von=self.mitglied,
            stand="geplant", termin_um=JETZT, termin_minuten=60, termin_form="video",
            geplant_um=JETZT, geplant_von=self.mitglied,
        )  # fmt: skip

    @cached_property
    def vorgeschlagen(self):
        """A case of the Kommune about which a decision is proposed."""
        antrag = factories.make_antrag(kommune=self.kommune, status=Status.ENTSCHEIDUNGSREIF)
        return factories.make_entscheidung(antrag=antrag).antrag

    @cached_property
    def kursanmeldung(self):
        """Somebody without a Kommune who has finished a course."""
        wer = self.personen["ohne"]
        anmeldung = factories.make_anmeldung(
            konto=wer, email=wer.email, arbeitgeber_email="chefin@example.org"
        )
        teilnahme = factories.make_teilnahme(durchgang=anmeldung.durchgang, anmeldung=anmeldung)
        Zertifikat.objects.create(
            teilnahme=teilnahme, code="PRBE-2345-6789", name=anmeldung.name,
            namenspruefwert="f" * 64, ausgestellt_um=JETZT, ausgestellt_von=self.mitglied,
            inhalt={
                "lehrgang": "Fachkraft", "durchgang": "2026", "abschluss": "", "traeger": "LPR",
                "begonnen_am": "06.03.2026", "projektarbeit": "Test", "module": ["Test"],
                "beispiel": False,
            },
        )  # fmt: skip
        return anmeldung

    @cached_property
    def befragungszugang(self):
        durchgang = self.kursanmeldung.durchgang
        return Befragungszugang.objects.create(
            anmeldung=self.kursanmeldung, durchgang=durchgang,
            modul=durchgang.kurstage.first().modul,
        )  # fmt: skip

    @cached_property
    def nachweispruefung(self):
        """A proof of the Kommune that waits for its check, with a result that counts all the same."""
        antrag = factories.make_antrag(
            kommune=self.kommune, status=Status.NACHWEIS_EINGEREICHT, entschieden_um=JETZT
        )
        inhalt = {
            "bescheid": {
                "bewilligung_von": "2027-01-01", "bewilligung_bis": "2027-12-31",
                "foerdersatz_prozent": "90.00",
            },
            "zahlen": {
                "ausgaben": [], "einnahmen": [], "verschoben": [],
                "ergebnis": {"ausgaben": "0.00", "eigenleistung": "0.00"},
            },
            "belege": [], "gruppen": [],
        }  # fmt: skip
        fassung = antrag.nachweisfassungen.create(
            nummer=1, inhalt=inhalt, pruefsumme="0" * 64, eingegangen_um=JETZT,
            vorbereitet_von=self.mitglied, gezeichnet_von=self.personen["zeichnung"],
        )  # fmt: skip
        factories.make_beleg(antrag=antrag, erfasst_von=self.mitglied)
        return antrag.nachweispruefungen.create(
            fassung=fassung, art="belege", ausgaben_euro=0, anerkannt_euro=0, zuwendung_euro=0,
            vermerk="Test", geprueft_um=JETZT, geprueft_von=self.mitglied,
        )  # fmt: skip

    @cached_property
    def stichprobe(self):
        """A draw of one case of another Kommune."""
        antrag = factories.make_antrag(status=Status.NACHWEIS_EINGEREICHT, entschieden_um=JETZT)
        faelle = [{"nummer": antrag.nummer, "risiken": []}]
        gezogen = Stichprobe.objects.create(
            bezeichnung="Test", grundgesamtheit=faelle, pruefsumme=pruefsumme(faelle),
            anteil_prozent=50, startwert="1", gezogen_um=JETZT, gezogen_von=self.mitglied,
        )  # fmt: skip
        Stichprobenfall.objects.create(stichprobe=gezogen, antrag=antrag, grund="gezogen")
        return gezogen

    @property
    def meldung(self):
        return self.objekt(self.modell("portal.meldung"))

    @cached_property
    def empfehlung(self):
        """A recommendation of an analysis to the Kommune."""
        return factories.make_empfehlung(kommune=self.kommune)

    @cached_property
    def antrag(self):
        """A draft of the Kommune."""
        return factories.make_antrag(kommune=self.kommune)

    @cached_property
    def rat(self):
        """A council of the Kommune, confirmed this year, with a correction that waits."""
        rat = factories.make_rat(kommunen=[self.kommune])
        factories.make_ratsbestaetigung(rat=rat)
        factories.make_ratskorrektur(rat=rat, kommune=self.kommune)
        return rat

    def argumente(self, name) -> dict:
        """The arguments of the address `name`."""
        if name.startswith("foerderung:anlage"):
            return {"pk": self.antrag.pk, "anlage": factories.make_anlage(self.antrag).pk}
        if name.startswith(("foerderung:antrag-", "foerderung:plan-")) and name not in ARGUMENTE:
            return {"pk": self.antrag.pk}
        if name.startswith("foerderung:fallakte") and name not in ARGUMENTE:
            return {"pk": self.akte.pk}
        if name in ARGUMENTE:
            return ARGUMENTE[name](self)
        if name in ("puls:rat", "puls:korrigieren"):
            return {"kennung": self.kommune.kennung, "nummer": self.rat.pk}
        if name.startswith(("mitglieder:", "bereich:kommune", "puls:")):
            return {"kennung": self.kommune.kennung}
        if name.startswith("portal:kennzahl"):
            return {"schluessel": "kommunen-beraten"}
        return {}


def _meldung(welt):
    meldung = factories.make_meldung(bild_beschreibung="Ein Bild", bild_nachweis="Test")
    meldung.bild.save("bild.webp", ContentFile(b"RIFF"))
    return meldung


def _kommentar(welt):
    return Kommentar.objects.create(meldung=welt.meldung, text="Gut gemacht")


def _stand(welt):
    return Stand.objects.create(
        kennzahl="kommunen-beraten", titel="Kommunen wurden beraten", einheit="Kommunen",
        stichtag=date(2021, 2, 6), wert=1, definition="Test", mit_beispieldaten=False,
        eingefroren_durch=welt.personen["leitung"],
    )  # fmt: skip


EIGENE = {
    "portal.meldung": _meldung,
    "portal.kommentar": _kommentar,
    "portal.stand": _stand,
    "portal.rueckmeldung": lambda welt: Rueckmeldung.objects.create(text="Zu klein"),
    "kommunen.ratssitzung": lambda welt: Ratssitzung.objects.create(
        rat=welt.objekt(welt.modell("kommunen.praeventionsrat")), am=date(2021, 2, 6), thema="Test"
    ),
    "kommunen.kommune": lambda welt: welt.kommune,
    "kommunen.kreis": lambda welt: welt.kommune.kreis,
    "kommunen.polizeidirektion": lambda welt: welt.kommune.kreis.polizeidirektion,
    "kommunen.ratsbestaetigung": lambda welt: welt.rat.bestaetigungen.get(),
    "kommunen.ratskorrektur": lambda welt: welt.rat.korrekturen.get(),
    "kommunen.mitgliedschaft": lambda welt: Mitgliedschaft.objects.first(),
    "konten.konto": lambda welt: welt.mitglied,
    "konten.rollenvergabe": lambda welt: factories.make_rollenvergabe(
        konto=welt.mitglied, gruppe=Group.objects.get(name="Leitung"), ergebnis="offen"
    ),
    "konten.zweitfaktorverlust": lambda welt: factories.make_zweitfaktorverlust(konto=welt.mitglied),
    "konten.vertretung": lambda welt: factories.make_vertretung(
        vertretener=welt.personen["pruefung"], vertreter=welt.mitglied, ergebnis="offen"
    ),
    # A draft and a round without applications: both can be deleted
    "beratung.beratungsanfrage": lambda welt: welt.beratungsanfrage,
    "beratung.coach": lambda welt: welt.coach,
    "beratung.mandat": lambda welt: welt.mandat,
    "beratung.sitzung": lambda welt: welt.sitzung,
    "beratung.nachfrage": lambda welt: welt.nachfrage,
    "beratung.coachinganfrage": lambda welt: welt.coachvorschlag.anfrage,
    "beratung.coachvorschlag": lambda welt: welt.coachvorschlag,
    "beratung.faehigkeit": lambda welt: Faehigkeit.objects.create(name="Moderation"),
    "beratung.ausschluss": lambda welt: Ausschluss.objects.create(
        coach=welt.coach, kommune=factories.make_kommune(), grund="Test"
    ),
    "foerderung.foerderantrag": lambda welt: welt.vorgeschlagen,
    "foerderung.entscheidung": lambda welt: welt.vorgeschlagen.entscheidungen.get(),
    "foerderung.bescheid": lambda welt: welt.bescheid,
    "foerderung.auszahlung": lambda welt: welt.auszahlung,
    "foerderung.abschluss": lambda welt: factories.make_abschluss(
        antrag=welt.auszahlung.antrag, ergebnis="offen"
    ),
    "foerderung.aenderungsentscheidung": lambda welt: factories.make_aenderungsentscheidung(
        aenderung=welt.aenderung, ergebnis="offen"
    ),
    "foerderung.regelwerk": lambda welt: factories.make_regelwerk(freigegeben=False),
    "foerderung.foerderrunde": lambda welt: factories.make_runde(jahr_von=2099),
    "foerderung.fristverlaengerung": lambda welt: Fristverlaengerung.objects.create(
        antrag=factories.make_antrag(kommune=welt.kommune), bis=date(2026, 11, 1),
        begruendung="Test", gegeben_um=JETZT, gegeben_von=welt.personen["sachbearbeitung"],
    ),
    "auth.group": lambda welt: Group.objects.first(),
    "post.nachricht": lambda welt: Nachricht.objects.create(
        vorlage="einladung", adresse="a@example.org", betreff="Test", text="Test",
        naechster_versuch_um=JETZT,
    ),
    "post.tageslauf": lambda welt: Tageslauf.objects.create(
        aufgabe="test", tag=date(2026, 1, 5), naechster_versuch_um=JETZT
    ),
    "post.lebenszeichen": lambda welt: Lebenszeichen.objects.create(
        arbeiter="test", gemeldet_um=JETZT
    ),
    "fortbildung.lehrgang": lambda welt: factories.make_durchgang().lehrgang,
    "protokoll.eintrag": lambda welt: protokolliere(EXPORTIERT, durch=None),
    "datenschutz.loeschlauf": lambda welt: Loeschlauf.objects.create(
        am=date(2026, 1, 5), begruendung="Test", vorgeschlagen_um=JETZT,
        vorgeschlagen_von=welt.personen["ohne"],
    ),
    "datenschutz.aufbewahrungssperre": lambda welt: Aufbewahrungssperre.objects.create(
        gegenstand_art="konten.konto", gegenstand_nummer="1", grund="Test", gesetzt_um=JETZT,
        gesetzt_von=welt.personen["ohne"],
    ),
    "datenschutz.aufbewahrungsfrist": lambda welt: Aufbewahrungsfrist.objects.create(
        regel="test", gueltig_ab=date(2026, 1, 1), anzahl=1, quelle="Test"
    ),
    "datenschutz.faelligkeit": lambda welt: Faelligkeit.objects.create(
        regel="test", anzahl=1, gezaehlt_am=date(2026, 1, 5)
    ),
    "datenschutz.verzeichnis": lambda welt: Verzeichnis(pk=1),
    "datenschutz.auskunft": lambda welt: Auskunft(pk=1),
}  # fmt: skip
NAMEN = {"beratung.sicherheitsanalyse": "analyse", "foerderung.haushaltsansatz": "ansatz",
         "kommunen.kooperationsvereinbarung": "vereinbarung",
         "kommunen.praeventionsrat": "rat", "portal.veroeffentlichtezahl": "veroeffentlichte_zahl"}  # fmt: skip


def _einladung(welt):
    return Einladung.objects.create(
        konto=welt.mitglied, eingeladen_um=JETZT, gueltig_bis=datetime(2199, 1, 1, tzinfo=UTC)
    )


def _letzter_teil(adresse):
    """The signed part of a personal link."""
    return adresse.strip("/").rpartition("/")[2]


def _zeichen(adresse):
    return lambda welt: {"zeichen": _letzter_teil(adresse(welt.kursanmeldung))}


def _nummer(label):
    return lambda welt: {"nummer": welt.objekt(welt.modell(label)).pk}


ARGUMENTE = {
    "beratung:schritt": lambda welt: {"pk": welt.sitzung.schritte.get().pk},
    "beratung:coaching-anfragen": lambda welt: {"kennung": welt.kommune.kennung},
    "beratung:coachinganfrage": lambda welt: {"pk": welt.coachvorschlag.anfrage_id},
    "beratung:coachvorschlag": lambda welt: {"pk": welt.coachvorschlag.pk},
    "beratung:vermitteln": lambda welt: {"pk": welt.coachvorschlag.anfrage_id},
    "beratung:vorschlagen": lambda welt: {
        "pk": welt.coachvorschlag.anfrage_id, "nummer": welt.coach.pk
    },
    "kommunen:kommune": lambda welt: {"kennung": welt.kommune.kennung},
    "kommunen:rat": lambda welt: {"pk": welt.objekt(welt.modell("kommunen.praeventionsrat")).pk},
    "mitglieder:rollen": lambda welt: {
        "kennung": welt.kommune.kennung, "nummer": welt.mitglied.mitgliedschaften.get().pk
    },
    "mitglieder:beenden": lambda welt: {
        "kennung": welt.kommune.kennung, "nummer": welt.mitglied.mitgliedschaften.get().pk
    },
    "portal:meldung": lambda welt: {"pk": welt.meldung.pk},
    "portal:kommentieren": lambda welt: {"pk": welt.meldung.pk},
    "portal:kommentar-eingegangen": lambda welt: {"pk": welt.meldung.pk},
    "portal:meldung-bild": lambda welt: {
        "pk": welt.meldung.pk, "kennung": welt.meldung.bild.name.rpartition("/")[2].split(".")[0]
    },
    "portal:termin": lambda welt: {"pk": welt.objekt(welt.modell("portal.veranstaltung")).pk},
    "portal:termin-ics": lambda welt: {"pk": welt.objekt(welt.modell("portal.veranstaltung")).pk},
    "portal:barriere-eingegangen": lambda welt: {
        "formular": welt.objekt(welt.modell("portal.rueckmeldung")).formular
    },
    "portal:katalog": lambda welt: {"endung": "jsonld"},
    "portal:datensatz": lambda welt: {"kennung": "kommunen"},
    **{
        f"portal:datensatz-{art}": lambda welt, tag=tag: {
            "kennung": "kommunen", "version": 1, "endung": "csv", **tag
        }
        for art, tag in (("aktuell", {}), ("spalten", {}), ("datei", {"stichtag": "2021-02-06"}))
    },
    "portal:seite": lambda welt: {"pfad": welt.objekt(welt.modell("portal.seite")).pfad},
    "konten:einladung": lambda welt: {
        "zeichen": einladungslink.adresse(_einladung(welt)).strip("/").rpartition("/")[2]
    },
    "konten:passwort-neu": lambda welt: {
        "zeichen": passwortlink.adresse(welt.mitglied).strip("/").rpartition("/")[2]
    },
    "beratung:beratungen": lambda welt: {"kennung": welt.kommune.kennung},
    **{
        f"beratung:{name}": lambda welt: {
            "kennung": welt.kommune.kennung, "pk": welt.beratungsanfrage.pk
        }
        for name in ("beratungsanfrage", "beratungstermin-ics", "beratungsschritt")
    },
    "beratung:beratung-anfrage": lambda welt: {"pk": welt.beratungsanfrage.pk},
    "beratung:analysen": lambda welt: {"kennung": welt.kommune.kennung},
    "beratung:analyse": lambda welt: {
        "kennung": welt.kommune.kennung, "pk": welt.empfehlung.analyse_id
    },
    "beratung:empfehlung": lambda welt: {
        "kennung": welt.kommune.kennung, "pk": welt.empfehlung.pk
    },
    **{
        f"foerderung:{name}": lambda welt: {"pk": welt.nachweispruefung.antrag_id}
        for name in (
            "akte-nachweis", "akte-nachweis-pruefen", "akte-nachweis-zurueckgeben",
            "akte-nachweis-oeffnen", "akte-abschluss", "nachweis-ergebnis",
        )
    },
    "foerderung:akte-nachweis-beleg": lambda welt: {
        "pk": welt.nachweispruefung.antrag_id,
        "beleg": welt.nachweispruefung.antrag.belege.get().pk,
    },
    "foerderung:akte-abschluss-schritt": lambda welt: {
        "pk": welt.nachweispruefung.antrag_id, "schritt": "vorschlagen"
    },
    "foerderung:stichprobe": lambda welt: {"marke": welt.stichprobe.marke},
    "foerderung:stichprobe-csv": lambda welt: {"marke": welt.stichprobe.marke},
    "foerderung:antrag-neu": lambda welt: {"kennung": welt.kommune.kennung},
    "foerderung:antrag": lambda welt: {"pk": welt.antrag.pk},
    "foerderung:antrag-schritt": lambda welt: {"pk": welt.antrag.pk, "schluessel": "vorhaben"},
    "foerderung:empfehlung": lambda welt: {
        "pk": factories.make_antrag(kommune=welt.kommune, status=Status.FACHLICH_GEPRUEFT).pk
    },
    "foerderung:vorschlagen": lambda welt: {
        "pk": factories.make_antrag(kommune=welt.kommune, status=Status.ENTSCHEIDUNGSREIF).pk,
        "art": "ablehnung",
    },
    **{
        f"foerderung:{name}": lambda welt: {"pk": welt.vorgeschlagen.pk}
        for name in (
            "empfehlung-zuruecknehmen", "entscheidung", "bescheidvorschau",
            "entscheidung-genehmigen", "entscheidung-ablehnen", "entscheidung-zurueckziehen",
        )
    },
    "foerderung:antrag-einwilligung": lambda welt: {"pk": welt.einverstanden.pk},
    "foerderung:fallakte-fassung": lambda welt: {"pk": welt.akte.pk, "nummer": 1},
    **{
        f"foerderung:antrag-{name}": lambda welt: {"pk": welt.in_zeichnung.pk}
        for name in ("zeichnen", "zeichnung-ablehnen", "zurueckholen", "zurueckziehen")
    },
    **{
        f"foerderung:antrag-{name}": lambda welt: {"pk": welt.nachgefordert.pk}
        for name in ("eingang", "nachforderung")
    },
    **{
        f"foerderung:{name}": lambda welt: {"pk": welt.nachgefordert.pk, "nummer": 2}
        for name in (
            "antrag-eingang-pdf", "antrag-pdf", "antrag-vergleich", "fallakte-vergleich",
            "fallakte-antrag-pdf",
        )
    },
    **{
        f"foerderung:{name}": lambda welt: {"pk": welt.beleg.antrag_id}
        for name in (
            "nachweis", "nachweis-bericht", "nachweis-belege", "nachweis-beleg-neu",
            "nachweis-belege-xlsx", "nachweis-belegtabelle", "nachweis-belege-uebernehmen",
        )
    },
    **{
        f"foerderung:{name}": lambda welt: {"pk": welt.beleg.antrag_id, "nummer": welt.beleg.pk}
        for name in ("nachweis-beleg", "nachweis-beleg-loeschen")
    },
    **{
        f"foerderung:{name}": lambda welt: {"pk": welt.beleg.antrag_id, "nummer": 1}
        for name in ("nachweis-eingang-pdf", "nachweis-pdf")
    },
    **{
        f"foerderung:{name}": lambda welt: {"pk": welt.auszahlung.antrag_id}
        for name in ("aenderungen", "akte-aenderungen", "weiterleitungen")
    },
    "foerderung:aenderung-melden": lambda welt: {
        "pk": welt.auszahlung.antrag_id, "art": "mitteilung"
    },
    **{
        f"foerderung:{name}": lambda welt: {
            "pk": welt.aenderung.antrag_id, "aenderung": welt.aenderung.pk
        }
        for name in ("aenderung-zurueckziehen", "akte-aenderung")
    },
    "foerderung:akte-aenderung-schritt": lambda welt: {
        "pk": welt.aenderung.antrag_id, "aenderung": welt.aenderung.pk, "schritt": "kenntnis"
    },
    "foerderung:weiterleitung-beenden": lambda welt: {
        "pk": welt.weiterleitung.antrag_id, "weiterleitung": welt.weiterleitung.pk
    },
    "foerderung:bankverbindung": lambda welt: {"kennung": welt.kommune.kennung},
    **{
        f"foerderung:bankverbindung-{name}": lambda welt: {
            "kennung": welt.kommune.kennung, "verbindung": welt.bankverbindung.pk
        }
        for name in ("bestaetigen", "verwerfen")
    },
    **{
        f"foerderung:{name}": lambda welt: {"pk": welt.auszahlung.antrag_id}
        for name in ("auszahlungen", "auszahlung-anfordern", "akte-auszahlungen")
    },
    **{
        f"foerderung:{name}": lambda welt: {
            "pk": welt.auszahlung.antrag_id, "auszahlung": welt.auszahlung.pk
        }
        for name in ("auszahlung-zurueckziehen", "akte-auszahlung", "akte-auszahlung-bankdaten")
    },
    "foerderung:akte-auszahlung-schritt": lambda welt: {
        "pk": welt.auszahlung.antrag_id, "auszahlung": welt.auszahlung.pk, "schritt": "pruefen"
    },
    "foerderung:zahlungsdatei": lambda welt: {"nummer": factories.make_zahlungsdatei().nummer},
    "foerderung:zahlung-klaeren": lambda welt: {"nummer": welt.zahlungszeile.pk},
    "foerderung:rueckforderung": lambda welt: {"pk": welt.rueckzahlung.antrag_id},
    "foerderung:akte-rueckforderung": lambda welt: {"pk": welt.rueckzahlung.antrag_id},
    "foerderung:akte-rueckzahlung-stornieren": lambda welt: {
        "pk": welt.rueckzahlung.antrag_id, "marke": welt.rueckzahlung.marke
    },
    "foerderung:akte-bescheide": lambda welt: {"pk": welt.bescheid.antrag_id},
    "foerderung:akte-neu-entscheiden": lambda welt: {"pk": welt.bescheid.antrag_id},
    "foerderung:akte-bescheid-streichen": lambda welt: {
        "pk": welt.bescheid.antrag_id, "bescheid": welt.bescheid.pk, "was": "klage"
    },
    **{
        f"foerderung:{name}": lambda welt: {
            "pk": welt.bescheid.antrag_id, "bescheid": welt.bescheid.pk
        }
        for name in (
            "bescheid", "bescheid-abrufen", "bescheid-pdf", "bescheid-empfang", "bescheid-verzicht",
            "akte-bescheid-pdf", "akte-bescheid-post", "akte-bescheid-klage",
            "akte-bescheid-verzicht", "akte-bescheid-ausgang", "akte-bescheid-zugang",
            "akte-bescheid-zugang-bestritten", "akte-bescheid-anschrift",
        )
    },
    **{
        f"foerderung:{name}": lambda welt: {
            "pk": welt.bescheid.antrag_id, "bescheid": welt.bescheid.pk, "name": "vordruck"
        }
        for name in ("bescheid-anlage", "akte-bescheid-anlage")
    },
    **{
        f"beratung:{name}": lambda welt: {"pk": welt.mandat.pk}
        for name in (
            "begleitung", "kontakt", "vereinbarung", "vertretung", "sitzung-neu", "erweiterung",
            "wechsel", "abschluss",
        )
    },
    "beratung:nachfrage": lambda welt: {"pk": welt.nachfrage.pk},
    "beratung:wirkung": lambda welt: {"pk": factories.make_wirkung().pk},
    **{
        f"beratung:sitzung{name}": lambda welt: {"pk": welt.sitzung.pk}
        for name in ("", "-aendern", "-stornieren")
    },
    **{
        f"fortbildung:{name}": lambda welt: {"pk": welt.kursanmeldung.durchgang_id}
        for name in (
            "durchgang", "durchgang-ics", "anmelden", "anmeldung-unterwegs",
            "koordination-durchgang", "koordination-xlsx",
        )
    },
    **{
        f"fortbildung:{name}": lambda welt: {"pk": welt.kursanmeldung.pk}
        for name in (
            "anmeldung", "zertifikat", "koordination-anmeldung", "koordination-zertifikat",
        )
    },
    **{
        f"fortbildung:{name}": lambda welt: {
            "pk": welt.kursanmeldung.durchgang.kurstage.first().pk
        }
        for name in ("koordination-kurstag", "koordination-liste")
    },
    "fortbildung:anmeldung-link": _zeichen(link.adresse),
    "fortbildung:zertifikat-link": _zeichen(link.adresse),
    "fortbildung:zustimmung": _zeichen(link.adresse_der_zustimmung),
    "fortbildung:befragung": lambda welt: {
        "zeichen": _letzter_teil(link.adresse_der_befragung(welt.befragungszugang))
    },
    "mfa_edit_webauthn": lambda welt: {"pk": 0},
    "mfa_remove_webauthn": lambda welt: {"pk": 0},
    "admin:app_list": lambda welt: {"app_label": "kommunen"},
    "admin:view_on_site": lambda welt: {
        "content_type_id": ContentType.objects.get_for_model(type(welt.kommune)).pk,
        "object_id": welt.kommune.pk,
    },
    "admin:post_brief": lambda welt: {"kennung": uuid.uuid4()},
}  # fmt: skip
