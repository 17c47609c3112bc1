"""A case up to its decision, put there by hand: other tests take these steps."""

from datetime import UTC, date, datetime
from decimal import Decimal

from django.utils import timezone

from asskomm.dokumente import bloecke
from asskomm.protokoll.models import Eintrag
from foerderung.bescheid import tagesaufgaben
from foerderung.bescheid.inhalt import erlasse
from foerderung.fristen import abruf_bis, bekannt_am, rechtsbehelf_bis
from foerderung.kanonisch import pruefsumme
from foerderung.models import Bekanntgabe, Bescheid, Entscheidung, Fassung, Foerderrunde, Status
from kommunen.models import Rolle
from tests.factories import make_antrag, make_kommune, make_konto, make_mitglied
from tests.foerderung.plan import plaene

Art = Entscheidung.Art
UM = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
ABRUF = datetime(2026, 11, 24, 10, tzinfo=UTC)
PLAN = plaene.eingaben(
    {"personal": [plaene.personal()], "sach": [plaene.sach(), plaene.sach(wofuer="Flyer <b>")]},
    eigenmittel="3.450,00",
    zuwendung="30.000,00",
)


def um(tag):
    return datetime(tag.year, tag.month, tag.day, 11, tzinfo=UTC)


def taeglich(heute):
    tagesaufgaben.beende_bereitstellung(heute)
    tagesaufgaben.stelle_bestandskraft_fest(heute)


def jetzt(bescheid):
    return Bekanntgabe.objects.get(bescheid=bescheid)


def handlungen():
    """What happened to notices, in its order."""
    return list(
        Eintrag.objects.filter(handlung__startswith="bescheid.")
        .order_by("zeit", "pk")
        .values_list("handlung", flat=True)
    )


def make_bescheid(antrag, *, um=None, bewilligt=False, **inhalt):
    """A notice of few words that was fetched, put there by hand; the case may be in any state.

    It refuses, or with `bewilligt` grants 900 of 1.000 euros for 2026.
    """
    um = um or timezone.now()
    heute = timezone.localdate(um)
    von, durch = make_konto(), make_konto()
    hoehe = {"art": Art.ABLEHNUNG, "angehoert_am": heute}
    if bewilligt:
        hoehe = {
            "art": Art.TEILBEWILLIGUNG,
            "betrag_euro": Decimal("900.00"),
            "zuwendungsfaehig_euro": Decimal("1000.00"),
            "foerdersatz": Decimal("90.00"),
            "bewilligung_von": date(2026, 1, 1),
            "bewilligung_bis": date(2026, 12, 31),
        }
        inhalt["zuwendung"] = {
            "betrag_euro": "900.00",
            "zuwendungsfaehig_euro": "1000.00",
            "foerdersatz_prozent": "90.00",
            "bewilligung_von": "2026-01-01",
            "bewilligung_bis": "2026-12-31",
            "auszahlung": "abruf",
            "nachweis_bis": "2027-12-31",
        }
    entscheidung = Entscheidung.objects.create(
        antrag=antrag,
        gruende="Test",
        begruendung="Test",
        vorgeschlagen_von=von,
        vorgeschlagen_um=um,
        **hoehe,
    )
    aktenzeichen = f"{antrag.nummer}-B1"
    schreiben = bloecke.schreiben(
        "Ablehnungsbescheid",
        [bloecke.absatz("Test")],
        absender=["Geschäftsstelle"],
        empfaenger=[str(antrag.kommune)],
        bezug=[],
        fusszeile=aktenzeichen,
    )
    inhalt = {
        "aktenzeichen": aktenzeichen,
        "erlassen_am": heute.isoformat(),
        "antrag": {"titel": antrag.titel},
        "zuwendung": None,
        "anlagen": [],
        "schreiben": schreiben,
        "vordruck": schreiben,
    } | inhalt
    bescheid = Bescheid.objects.create(
        antrag=antrag,
        entscheidung=entscheidung,
        nummer=1,
        art=entscheidung.art,
        inhalt=inhalt,
        pruefsumme=pruefsumme(inhalt),
        regelwerk=antrag.regelwerk,
        erlassen_um=um,
    )
    Bekanntgabe.objects.create(
        bescheid=bescheid,
        weg=Bekanntgabe.Weg.ABRUF,
        bereitgestellt_um=um,
        abrufbar_bis=abruf_bis(heute, 10),
        abgerufen_um=um,
        abgerufen_von=durch,
        bekannt_am=bekannt_am(heute),
        rechtsbehelf_bis=rechtsbehelf_bis(bekannt_am(heute), 1),
    )
    return bescheid


class Fall:
    """A case with the people around it; `entscheide` and `erlasse` go on from there."""

    def __init__(self, regelwerk, *, plan=PLAN, **felder):
        self.kommune = make_kommune(name="Musterstadt", plz="01234")
        self.zeichnung = make_mitglied(self.kommune, Rolle.ZEICHNUNG, name="Zoe Zeichnung")
        self.bearbeitung = make_mitglied(self.kommune, Rolle.BEARBEITUNG)
        self.lesen = make_mitglied(self.kommune, Rolle.LESEN)
        self.sachbearbeitung = make_konto(["Sachbearbeitung"], name="Samira Sach")
        self.leitung = make_konto(["Leitung"], name="Lea Leitung")
        runde = Foerderrunde.objects.get(jahr_von=2027)
        werte = {
            "status": Status.ENTSCHEIDUNGSREIF,
            "kommune": self.kommune,
            "runde": runde,
            "regelwerk": regelwerk,
            "nummer": "KP-2027-0042",
            "ausgaben_euro": Decimal("33450.00"),
            "zuwendung_beantragt_euro": Decimal("30000.00"),
            "elektronische_bekanntgabe": True,
            "zustaendig": self.sachbearbeitung,
        }
        self.antrag = make_antrag(**(werte | felder))
        inhalt = {"abschnitte": {"plan": plan}}
        self.fassung = Fassung.objects.create(
            antrag=self.antrag,
            nummer=1,
            art=Fassung.Art.ANTRAG,
            inhalt=inhalt,
            pruefsumme=pruefsumme(inhalt),
            eingegangen_um=self.antrag.eingereicht_um,
            vorbereitet_von=self.bearbeitung,
            gezeichnet_von=self.zeichnung,
        )

    def schlage_vor(self, art=Art.BEWILLIGUNG, **felder):
        if art in (Art.BEWILLIGUNG, Art.TEILBEWILLIGUNG, Art.AENDERUNG):
            felder = {
                "betrag_euro": Decimal("30000.00"),
                "zuwendungsfaehig_euro": Decimal("33450.00"),
                "foerdersatz": Decimal("89.69"),
                "bewilligung_von": date(2027, 1, 1),
                "bewilligung_bis": date(2027, 12, 31),
            } | felder
        if art in (Art.ABLEHNUNG, Art.WIDERRUF):
            felder.setdefault("angehoert_am", date(2026, 11, 2))
        if art != Art.BEWILLIGUNG:
            felder.setdefault("gruende", "Die Mittel reichen nicht für alle Anträge.")
        return Entscheidung.objects.create(
            antrag=self.antrag,
            art=art,
            vorgeschlagen_von=self.sachbearbeitung,
            vorgeschlagen_um=UM,
            begruendung="Intern",
            **felder,
        )

    def entscheide(self, art=Art.BEWILLIGUNG, **felder):
        """Proposed and approved."""
        entscheidung = self.schlage_vor(art, **felder)
        entscheidung.ergebnis = Entscheidung.Ergebnis.GENEHMIGT
        entscheidung.entschieden_von, entscheidung.entschieden_um = self.leitung, UM
        entscheidung.save()
        return entscheidung

    def erlasse(self, art=Art.BEWILLIGUNG, um=UM, **felder):
        bescheid = erlasse(self.entscheide(art, **felder), um=um)
        status = {Art.ABLEHNUNG: Status.ABGELEHNT, Art.WIDERRUF: Status.WIDERRUFEN}
        type(self.antrag).objects.filter(pk=self.antrag.pk).update(
            status=status.get(art, Status.BEWILLIGT), entschieden_um=um
        )
        self.antrag.refresh_from_db()
        return bescheid
