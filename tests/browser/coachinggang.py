"""An engagement and its people: what each of them does in the portal, step by step as they see it."""

from datetime import date, timedelta

import psycopg

from .portal import datenbankadresse, lasse_tag_beginnen

KOMMUNE = "14522080"


class Coachinggang:
    """People by their logins; each has a browser context of their own."""

    def __init__(self, oeffne_kontext, stapel, stelle_uhr):
        self._oeffne, self._stapel, self._stelle = oeffne_kontext, stapel, stelle_uhr
        self._seiten, self.adresse, self.tage = {}, "", 0

    def als(self, wer):
        if wer not in self._seiten:
            context = self._stapel.enter_context(
                self._oeffne(f"{wer}@example.org", java_script_enabled=False)
            )
            self._seiten[wer] = context.new_page()
        return self._seiten[wer]

    def begleitung(self, wer):
        page = self.als(wer)
        page.goto(self.adresse)
        return page

    def gehe_vor(self, tage):
        """So many days pass; then the worker does what is due for advice and coaching."""
        self.tage += tage
        self._stelle(self.tage)
        lasse_tag_beginnen("beratung")

    def erinnerungen(self):
        """How many reminders of this engagement have been mailed."""
        nummer = self.adresse.strip("/").split("/")[-1]
        with psycopg.connect(datenbankadresse()) as verbindung:
            return verbindung.execute(
                "SELECT count(*) FROM post_nachricht "
                "WHERE vorlage = 'coaching_erinnerung' AND gegenstand_nummer = %s",
                [nummer],
            ).fetchone()[0]

    @property
    def heute(self):
        return date.today() + timedelta(days=self.tage)

    # --- What people do

    def frage_an(self):
        page = self.als("bearbeitung")
        page.goto(f"/mein-bereich/{KOMMUNE}/coaching/anfragen/")
        page.get_by_label("Ihr Anliegen").fill("Wir möchten unseren Präventionsrat neu ordnen.")
        page.get_by_label("Moderation und Beteiligung").check()
        page.get_by_role("button", name="Coaching anfragen").click()

    def schlage_vor(self, coach, kontingent):
        page = self.als("sachbearbeitung")
        page.goto("/coaching/koordination/")
        page.get_by_role("row", name="Döbeln").filter(has_text="wartet").get_by_role("link").click()
        page.get_by_role("row", name=f"{coach} Beispieldaten").get_by_role(
            "link", name="Vorschlagen"
        ).click()
        page.get_by_label("Beginn").fill(f"{self.heute:%d.%m.%Y}")
        page.get_by_label("Voraussichtliches Ende").fill(
            f"{self.heute + timedelta(days=300):%d.%m.%Y}"
        )
        page.get_by_label("Kontingent in Vierteltagen").fill(str(kontingent))
        page.get_by_role("button", name="Coach vorschlagen").click()

    def stimme_zu(self, wer, adresse):
        page = self.als(wer)
        page.goto(adresse)
        page.get_by_label("Ja, ich bin einverstanden").check()
        page.get_by_role("button", name="Antwort senden").click()
        return page

    def erfasse(self, viertel, *, geteilt="", lpr="", eigen="", schritt=""):
        page = self.begleitung("coach")
        page.get_by_role("link", name="Sitzung erfassen").click()
        page.get_by_label("Datum der Sitzung").fill(f"{self.heute:%d.%m.%Y}")
        page.get_by_label("vor Ort").check()
        page.get_by_label("Dauer in Vierteltagen").fill(str(viertel))
        page.get_by_label("Teilnehmende nach Funktion").fill("Bürgermeister")
        for feld, text in (("geteilt", geteilt), ("lpr", lpr), ("eigen", eigen)):
            page.locator(f"[name={feld}]").fill(text)
        if schritt:
            page.get_by_label("Schritt 1: Was zu tun ist").fill(schritt)
            page.get_by_label("Kommune", exact=True).check()
        page.get_by_role("button", name="Sitzung erfassen").last.click()
        return page
