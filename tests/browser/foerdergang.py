"""Five people and a grant case: what each of them does in the portal, step by step as they see it."""

import json
import re
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import psycopg
from pypdf import PdfWriter

from .portal import BASE_DIR, datenbankadresse

DOEBELN = "14522080"
INHALTE = json.loads(
    Path(BASE_DIR, "asskomm/portal/daten/beispiele/antragsthemen.json").read_text(encoding="utf-8")
)
THEMA = INHALTE["themen"]["nacht"]


def nachweis():
    """A whole PDF with one empty page."""
    schreiber, datei = PdfWriter(), BytesIO()
    schreiber.add_blank_page(595, 842)
    schreiber.write(datei)
    return datei.getvalue()


class Foerdergang:
    """One case on its way; `adresse` is its page for the Kommune, `akte` that for the LPR."""

    def __init__(self, oeffne_kontext, stapel, **wahl):
        self._oeffne, self._stapel, self._wahl = oeffne_kontext, stapel, wahl
        self._seiten = {}

    def als(self, wer):
        """The page of that person; each has a browser context of their own."""
        if wer not in self._seiten:
            context = self._stapel.enter_context(self._oeffne(f"{wer}@example.org", **self._wahl))
            self._seiten[wer] = context.new_page()
        return self._seiten[wer]

    @property
    def nummer_im_pfad(self):
        return re.search(r"/antraege/([0-9a-f-]{36})/", self.adresse)[1]

    @property
    def akte(self):
        return f"/vorgaenge/{self.nummer_im_pfad}/"

    # --- Bearbeitung

    def beginne(self, vorlage="Mit einem leeren Antrag"):
        page = self.als("bearbeitung")
        page.goto(f"/mein-bereich/{DOEBELN}/antraege/neu/")
        liste = page.locator("select[name=vorlage]")  # of many cases; of few there are radios
        if liste.count():
            liste.select_option(
                liste.locator("option", has_text=vorlage).first.get_attribute("value")
            )
        else:
            page.get_by_label(vorlage).check()
        druecke(page, "Neuen Antrag beginnen")
        self.adresse = re.search(r"/antraege/[0-9a-f-]{36}/", page.url)[0]
        return page

    def schreibe_alles(self):
        """Every section as a person fills it in; the plan ends in a sum that fits."""
        self._antragsteller()
        self._vorhaben()
        for nummer in range(1, 7):
            self._beccaria(nummer)
        self._plan()
        self._nachweis()
        self.erklaere()

    def _schritt(self, name):
        page = self.als("bearbeitung")
        page.goto(f"{self.adresse}{name}/")
        return page

    def _antragsteller(self):
        page = self._schritt("antragsteller")
        for feld, text in {
            "ansprech_name": "Kim Muster",
            "ansprech_funktion": "Fachdienst Ordnung",
            "ansprech_email": "ordnung@example.org",
            "ansprech_telefon": "03431 5790",
            "vertretung_name": "Alex Muster",
            "vertretung_funktion": "Oberbürgermeisterin",
        }.items():
            page.locator(f"[name={feld}]").fill(text)
        page.get_by_role("radio", name="Nein").check()
        druecke(page, "Speichern und weiter")

    def _vorhaben(self):
        page, jahr = self._schritt("vorhaben"), self.jahr
        for feld, text in {
            "titel": self.titel,
            "kurzbeschreibung": THEMA["kurz"],
            "ort": "Döbeln, Innenstadt",
            "beginn": f"01.02.{jahr}",
            "ende": f"31.12.{jahr}",
            "weiterfuehrung": "Die Stadt führt die Aufgabe im eigenen Stellenplan weiter.",
        }.items():
            page.locator(f"[name={feld}]").fill(text)
        for feld, wert in {
            "praeventionsrat": "keiner",
            "sicherheitsanalyse": "keiner",
            "weiterleitung": "nein",
            "prioritaeten": "1",
            "handlungsfelder": "konflikte",
        }.items():
            page.locator(f"[name={feld}][value='{wert}']").check()
        self._zeile(
            page, "zielgruppen", "Zielgruppe hinzufügen", wer="Gäste der Altstadt", groesse="800"
        )
        page.locator("[name=zielgruppen-0-art][value=direkt]").check()
        self._zeile(
            page, "zeitplan", "Zeitabschnitt hinzufügen",
            von=f"01.02.{jahr}", bis=f"31.12.{jahr}", was="Alle Maßnahmen",
        )  # fmt: skip
        druecke(page, "Speichern und weiter")

    def _zeile(self, page, gruppe, knopf, **felder):
        if not page.locator(f"[name^={gruppe}-0-]").count():
            druecke(page, knopf)
        for feld, text in felder.items():
            page.locator(f"[name={gruppe}-0-{feld}]").fill(text)

    def _beccaria(self, nummer):
        page = self._schritt(f"beccaria-{nummer}")
        for frage in page.locator("textarea").all():
            schluessel = frage.get_attribute("name").removeprefix("frage_")
            frage.fill(INHALTE["antworten"][schluessel].format(**THEMA))
        druecke(page, "Speichern und weiter")

    def _plan(self):
        """20.000,00 € in all, of which 88 % are asked for."""
        page = self._schritt("plan")
        for feld, text in {"aufgabe": "Nachtschlichter", "stellenanteil": "50", "monate": "11",
                           "betrag": "16.000,00"}.items():  # fmt: skip
            page.locator(f"[name=personal-0-{feld}]").fill(text)
        for feld, wert in {"qualifikation": "beruf", "entgeltgruppe": "5", "stufe": "2"}.items():
            page.locator(f"[name=personal-0-{feld}]").select_option(wert)
        for feld, text in {"wofuer": "Schulung", "anzahl": "4", "einzelbetrag": "1.000,00"}.items():
            page.locator(f"[name=sach-0-{feld}]").fill(text)
        page.locator("[name=sach-0-art]").select_option("honorare")
        for gruppe in ("personal", "sach"):
            jahr = page.locator(f"select[name={gruppe}-0-jahr]")
            if jahr.count():
                jahr.select_option(self.jahr)
        page.locator(f"[name=eigenmittel_{self.jahr}]").fill("2.400,00")
        page.locator(f"[name=zuwendung_{self.jahr}]").fill("17.600,00")
        druecke(page, "Speichern und weiter")

    def _nachweis(self):
        page = self._schritt("anlagen")
        platz = page.locator("form", has=page.locator("input[type=file]")).filter(
            has=page.locator("[id*=bildungsabschluss]")
        )
        platz.locator("input[type=file]").set_input_files(
            {"name": "Zeugnis.pdf", "mimeType": "application/pdf", "buffer": nachweis()}
        )
        with page.expect_navigation():
            platz.locator("button[type=submit]").first.click()

    def erklaere(self):
        page = self._schritt("erklaerungen")
        for haken in page.locator("main input[type=checkbox]").all():
            haken.check()
        for nein in page.locator("main input[type=radio][value=nein]").all():
            nein.check()
        page.locator("[name=beginn_am]").fill(f"01.01.{self.jahr}")
        druecke(page, "Speichern und weiter")

    def bestaetige_uebernommenes(self):
        """What a copy brought along is confirmed section by section (F27)."""
        page = self.als("bearbeitung")
        for name in ("antragsteller", "vorhaben", *(f"beccaria-{n}" for n in range(1, 7)), "plan"):
            page = self._schritt(name)
            for tag in page.locator("main input[name=beginn], main input[name=ende], "
                                    "main input[name^=zeitplan]").all():  # fmt: skip
                tag.fill(tag.input_value().replace(".2026", f".{self.jahr}"))
            page.get_by_label(re.compile("geprüft")).check()
            druecke(page, "Speichern und weiter")

    def gib_zur_zeichnung(self):
        page = self._schritt("pruefen")
        page.get_by_label("Beispiel Zeichnung").check()
        druecke(page, "Zur Zeichnung geben")

    def aendere_plan(self):
        """The answer to what was asked: less for the town, more for training."""
        page = self._schritt("plan")
        page.locator("[name=sach-0-wofuer]").fill("Schulung und Supervision, 4 Tage je 1.000 €")
        druecke(page, "Speichern und weiter")
        page.goto(f"{self.adresse}nachforderung/")
        druecke(page, "Zur Zeichnung bereit melden")

    # --- Zeichnung

    def zeichne(self, knopf="Zeichnen und einreichen", seite="zeichnen"):
        page = self.als("zeichnung")
        page.goto(f"{self.adresse}{seite}/")
        page.locator("[name=bestaetigt]").check()
        druecke(page, knopf)
        return page

    def ziehe_zurueck(self):
        page = self.als("zeichnung")
        page.goto(f"{self.adresse}zurueckziehen/")
        page.locator("[name=grund]").fill("Der Stadtrat hat anders entschieden.")
        druecke(page, "Antrag zurückziehen")

    # --- LPR

    def fordere_nach(self):
        page = self.als("sachbearbeitung")
        page.goto(f"{self.akte}nachforderung/")
        page.get_by_label("Ausgaben und Finanzierung").check()
        page.locator("[name=text]").fill("Nennen Sie die Zahl der Tage und den Tagessatz.")
        bis = datetime.now() + timedelta(days=14)
        page.locator("[name=frist]").fill(f"{bis:%d.%m.%Y}")
        druecke(page, "Nachforderung senden")

    def pruefe_formal(self):
        page = self.als("sachbearbeitung")
        page.goto(f"{self.akte}formal/")
        for ja in page.locator("input[type=radio][value=erfuellt]").all():
            ja.check()
        druecke(page, "Formale Prüfung abschließen")

    def pruefe_fachlich(self):
        page = self.als("pruefung")
        page.goto(f"{self.akte}fachlich/")
        for punkte in page.locator("main input[name^=punkte]").all():
            punkte.fill("4")
        for text in page.locator("main textarea").all():
            text.fill("Nachvollziehbar und belegt.")
        page.locator("[name=votum]").first.check()
        druecke(page, "Fachliche Prüfung abgeben")
        page.goto(f"{self.akte}fachlich/")
        druecke(page, "Fachliche Prüfung abschließen")

    def empfiehl(self, wort):
        page = self.als("sachbearbeitung")
        page.goto(f"{self.akte}empfehlung/")
        page.get_by_label(wort, exact=True).check()
        page.locator("[name=begruendung]").fill("Ergebnis der Prüfung.")
        stelle = page.locator("[name=haushaltsstelle]").first
        if wort == "Bewilligen" and stelle.count():
            stelle.check()
        druecke(page, "Empfehlung abgeben")

    def schlage_bewilligung_vor(self):
        page = self.als("sachbearbeitung")
        page.goto(f"{self.akte}entscheidung/")
        page.get_by_role("link", name="Bewilligung vorschlagen").click()
        page.locator("[name=begruendung]").fill("Wie empfohlen.")
        druecke(page, "Bewilligung vorschlagen")

    def schlage_ablehnung_vor(self):
        page, heute = self.als("sachbearbeitung"), datetime.now()
        page.goto(f"{self.akte}entscheidung/")
        page.get_by_role("link", name="Ablehnung vorschlagen").click()
        page.locator("[name=gruende]").fill("Die Ziele lassen sich nicht prüfen.")
        page.locator("[name=angehoert_am]").fill(f"{heute:%d.%m.%Y}")
        page.locator("[name=begruendung]").fill("Wie empfohlen.")
        druecke(page, "Ablehnung vorschlagen")

    def genehmige(self):
        page = self.als("leitung")
        page.goto(f"{self.akte}entscheidung/")
        druecke(page, re.compile("genehmigen$"))
        return page

    # --- Notice

    def bescheid(self, wer):
        page = self.als(wer)
        page.goto(self.adresse)
        page.get_by_role("link", name=re.compile("^Bescheid [0-9]+$")).click()
        return page

    def verzichte(self):
        page = self.bescheid("zeichnung")
        page.get_by_role("link", name="Verzicht ansehen und erklären").click()
        page.locator("[name=verzicht]").check()
        druecke(page, "Verzicht erklären")

    @staticmethod
    def lasse_einen_tag_vergehen():
        """The notice counts as known the day after it was fetched."""
        with psycopg.connect(datenbankadresse()) as verbindung:
            verbindung.execute(
                "UPDATE foerderung_bekanntgabe SET bekannt_am = bekannt_am - 1 "
                "WHERE bekannt_am > current_date"
            )

    @property
    def jahr(self):
        return str(datetime.now().year + 1)


def druecke(page, knopf):
    """Press a button of the page and wait for what it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=knopf, exact=isinstance(knopf, str)).last.click()
