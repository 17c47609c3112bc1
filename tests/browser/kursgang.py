"""A course and its people: what each of them does in the portal, step by step as they see it."""

import re

import psycopg
from psycopg import sql

from .portal import datenbankadresse


class Kursgang:
    """People by their logins; each has a browser context of their own."""

    def __init__(self, oeffne_kontext, stapel):
        self._oeffne, self._stapel = oeffne_kontext, stapel
        self._seiten, self._anmeldungen = {}, {}

    def als(self, wer, **wahl):
        if wer not in self._seiten:
            konto = f"{wer}@example.org" if wer else ""
            context = self._stapel.enter_context(self._oeffne(konto, **wahl))
            self._seiten[wer] = context.new_page()
        return self._seiten[wer]

    # --- What time and other people do

    def lege_an(self, bezeichnung, plaetze):
        """A cohort like the invented one with free places, days included; returns its number."""
        with psycopg.connect(datenbankadresse()) as verbindung:
            vorbild = verbindung.execute(
                "SELECT id FROM fortbildung_durchgang WHERE import_schluessel = %s",
                ["beispiele/kurse/frei"],
            ).fetchone()[0]
            neu = _kopiere(
                verbindung, "fortbildung_durchgang", "id", vorbild,
                bezeichnung=bezeichnung, plaetze=plaetze, import_schluessel=None,
                kontingent_kommune=0, kontingent_polizei=0, kontingent_soziales=0,
            )  # fmt: skip
            _kopiere(verbindung, "fortbildung_kurstag", "durchgang_id", vorbild, durchgang_id=neu)
        return neu

    def lasse_angebote_ablaufen(self, kurs):
        self._setze(
            "UPDATE fortbildung_anmeldung SET angebot_bis = now() - interval '1 minute' "
            "WHERE durchgang_id = %s AND stand = 'angeboten'",
            kurs,
        )

    def lasse_die_kurstage_vergehen(self, kurs):
        self._setze("UPDATE fortbildung_kurstag SET tag = tag - 300 WHERE durchgang_id = %s", kurs)

    @staticmethod
    def _setze(befehl, kurs):
        with psycopg.connect(datenbankadresse()) as verbindung:
            verbindung.execute(befehl, [kurs])

    # --- Participants

    def melde_an(self, wer, kurs):
        page = self.als(wer, java_script_enabled=False)
        page.goto(f"/fortbildung/kurse/{kurs}/anmeldung/")
        page.get_by_label("Vor- und Nachname").fill(f"Kim {wer.title()}")
        page.get_by_label("andere", exact=True).check()
        page.get_by_label("Dienststelle oder Einrichtung").fill("Verein für Nachbarschaft")
        page.get_by_label("Funktion").fill("Ehrenamt")
        page.wait_for_timeout(3_100)  # the form wants to be typed by a person
        page.get_by_role("button", name="Anmeldung absenden").click()
        page.wait_for_url(re.compile("/fortbildung/meine/"))
        self._anmeldungen[wer] = page.url.split("#")[0]
        return page

    def seite(self, wer):
        page = self.als(wer)
        page.goto(self._anmeldungen[wer])
        return page

    # --- Coordinators

    def akte(self, wer):
        page = self.als("fortbildung")
        nummer = self._anmeldungen[wer].rstrip("/").split("/")[-1]
        page.goto(f"/fortbildung/koordination/anmeldungen/{nummer}/")
        return page

    def erfasse(self, kurs, stand_je_modul):
        """Write down each day of the modules that are named and close it; for everybody on it."""
        page = self.als("fortbildung")
        liste = f"/fortbildung/koordination/{kurs}/"
        page.goto(liste)
        tabelle = page.get_by_role("table", name="Kurstage mit Liste und Anwesenheit")
        tage = [
            (
                zeile.locator("td").first.inner_text(),
                zeile.get_by_role("link", name="Anwesenheit").get_attribute("href"),
            )
            for zeile in tabelle.locator("tbody tr").all()
        ]
        for modul, adresse in tage:
            stand = stand_je_modul.get(int(re.search(r"Modul (\d)", modul)[1]))
            if stand is None:
                continue
            page.goto(adresse)
            for auswahl in page.locator("main select").all():
                auswahl.select_option(stand)
            page.get_by_role("button", name="Speichern und Kurstag abschließen").click()
            page.get_by_text("Dieser Kurstag ist abgeschlossen.").wait_for()


def _kopiere(verbindung, tabelle, spalte, wert, **anders):
    """Copy the rows with other values in some columns; returns the number of the last one."""
    spalten = [
        name
        for (name,) in verbindung.execute(
            "SELECT column_name FROM information_schema.columns "
            "WHERE table_name = %s AND column_name <> 'id'",
            [tabelle],
        )
    ]
    werte = [sql.Literal(anders[n]) if n in anders else sql.Identifier(n) for n in spalten]
    befehl = sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {} WHERE {} = {} RETURNING id").format(
        sql.Identifier(tabelle),
        sql.SQL(", ").join(map(sql.Identifier, spalten)),
        sql.SQL(", ").join(werte),
        sql.Identifier(tabelle),
        sql.Identifier(spalte),
        sql.Literal(wert),
    )
    return verbindung.execute(befehl).fetchall()[-1][0]
