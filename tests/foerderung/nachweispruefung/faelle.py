"""A grant of 27.000 euros (90 %) whose proof is put there by hand; all else by the procedure."""

import uuid
from datetime import UTC, date, datetime
from decimal import Decimal

from foerderung.kanonisch import pruefsumme
from foerderung.models import Foerderantrag, Nachweisfassung, Status, Stichprobe, Stichprobenfall
from foerderung.stichprobe.ziehung import pruefsumme as summe_von
from foerderung.verfahren import abschluss, nachweispruefung
from tests.factories import make_konto
from tests.foerderung.auszahlung.faelle import JETZT, Zahlfall, frisch
from tests.foerderung.stichprobe.faelle import ziehe

UM = datetime(2028, 7, 3, 9, tzinfo=UTC)
BIS = date(2028, 8, 1)


class Prueffall(Zahlfall):
    def __init__(self, *args, **felder):
        super().__init__(*args, **felder)
        self.pruefung = make_konto(["Prüfung"], name="Petra Prüfung")

    def zahle(self, ausgaben):
        """Pay the share of this spending."""
        eine = self.freigegeben(ausgaben)
        self.ordne_an(eine)
        eine = frisch(eine)
        self.lies_ein((eine.referenz, str(eine.gilt_euro), JETZT.date()))

    def reiche_nachweis_ein(self, *betraege, verschoben=(), bezahlt_am=None):
        """Receipts R-1, R-2, … and the version that freezes them."""
        neue = [self.beleg(betrag, f"R-{n}") for n, betrag in enumerate(betraege, start=1)]
        summe = sum((beleg.betrag_euro for beleg in neue), Decimal("0.00"))
        inhalt = {
            "bescheid": {
                "bewilligung_von": "2027-01-01", "bewilligung_bis": "2027-12-31",
                "betrag_euro": "27000.00", "foerdersatz_prozent": "90.00",
            },
            "zahlen": {
                "ausgaben": [{"schluessel": "sach", "titel": "Flyer", "soll": "30000.00", "ist": str(summe)}],
                "einnahmen": [{"schluessel": "drittmittel", "titel": "Dritte", "soll": "", "ist": "0.00"}],
                "ergebnis": {"ausgaben": str(summe), "eigenleistung": "0.00"},
                "verschoben": list(verschoben),
            },
            "belege": [
                {"belegnummer": b.belegnummer, "betrag_euro": str(b.betrag_euro),
                 "bezahlt_am": bezahlt_am or "2027-03-01"}
                for b in neue
            ],
            "gruppen": [{"titel": "Was erreicht wurde", "angaben": [["Ziel", "Zwölf Gruppen"]]}],
        }  # fmt: skip
        Foerderantrag.objects.filter(pk=self.antrag.pk).update(status=Status.NACHWEIS_EINGEREICHT)
        self.antrag.refresh_from_db()
        return Nachweisfassung.objects.create(
            antrag=self.antrag, nummer=self.antrag.nachweisfassungen.count() + 1, inhalt=inhalt,
            pruefsumme=pruefsumme(inhalt), eingegangen_um=UM, vorbereitet_von=self.bearbeitung,
            gezeichnet_von=self.zeichnung,
        )  # fmt: skip

    def ziehe(self):
        """Drawn into a sample of its own: the only case of a population always is."""
        return ziehe(self.sachbearbeitung)

    def nicht_gezogen(self):
        """As a draw leaves a case that did not come out."""
        faelle = [{"nummer": self.antrag.nummer, "risiken": []}]
        stichprobe = Stichprobe.objects.create(
            bezeichnung="Test", grundgesamtheit=faelle, pruefsumme=summe_von(faelle),
            anteil_prozent=50, startwert="1", gezogen_um=UM, gezogen_von=self.sachbearbeitung,
        )  # fmt: skip
        Stichprobenfall.objects.create(
            stichprobe=stichprobe, antrag=self.antrag, grund="nicht_gezogen"
        )

    def schliesse_pruefung_ab(
        self, *, durch=None, vermerk="In Ordnung.", belege=True, gesehen=None
    ):
        nachweispruefung.pruefe(
            self.antrag, vermerk, belege_lagen_vor=belege, durch=durch or self.pruefung, um=UM,
            gesehen=gesehen or self.version,
        )  # fmt: skip

    def oeffne(self, *, durch=None, grund="Ein Beleg fehlt"):
        nachweispruefung.oeffne(
            self.antrag, grund, durch=durch or self.pruefung, um=UM, gesehen=self.version
        )

    def schlage_abschluss_vor(self, *, durch=None, begruendung="Alles erledigt.", marke=None):
        return abschluss.schlage_vor(
            self.antrag, begruendung, durch=durch or self.sachbearbeitung, um=UM,
            gesehen=self.version, marke=marke or uuid.uuid4(),
        )  # fmt: skip

    def schliesse_ab(self, *, durch=None):
        abschluss.genehmige(
            abschluss.offener(self.antrag), durch=durch or self.leitung, um=UM, gesehen=self.version
        )
