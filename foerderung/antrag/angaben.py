"""The forms of the sections that the draft itself keeps: who applies, what is planned, what is declared."""

from __future__ import annotations

from datetime import date

from django import forms

from asskomm.formate import euro
from asskomm.formularfelder import DatumFeld
from asskomm.mailadresse import MailadressFormfeld
from asskomm.texteingabe import LangtextFeld, TextFeld

from ..beccaria import IM_ANTRAG
from ..models import Erklaerung
from .formular import JA, NEIN, Abschnittsformular, Zeile, Zeilengruppe

JA_NEIN = [(JA, "Ja"), (NEIN, "Nein")]
KEINER = "keiner"
# The five priorities of the directive (RL KommPräv, purpose and priorities).
PRIORITAETEN = {
    "1": "Es folgt aus Lagebildern der Polizei oder aus Entwicklungen vor Ort.",
    "2": "Es hilft, Entwicklungen früh zu erkennen und Strategien zu erarbeiten.",
    "3": "Es bringt Beteiligte zusammen und bündelt Ideen, Geld und Personal.",
    "4": "Das Präventionsgremium vor Ort plant es und setzt es selbst um.",
    "5": "Sein Erfolg lässt sich durch eine Evaluation prüfen.",
}
# No official list is known: these are the topics of projects seen so far.
HANDLUNGSFELDER = {
    "praeventionsrat": "Präventionsrat aufbauen oder weiterentwickeln",
    "jugend": "Kinder und Jugendliche",
    "gewalt": "Gewalt",
    "sucht": "Sucht",
    "eigentum": "Diebstahl, Einbruch und Sachbeschädigung",
    "oeffentlicher_raum": "Öffentlicher Raum, Ordnung und Sauberkeit",
    "sicherheitsgefuehl": "Sicherheitsgefühl",
    "konflikte": "Konflikte und Zusammenleben",
    "extremismus": "Extremismus und Hass",
    "verkehr": "Verkehrssicherheit",
    "aeltere": "Ältere Menschen",
    "sonstiges": "Anderes Thema",
}
ZIELGRUPPENARTEN = [("direkt", "unmittelbar"), ("indirekt", "mittelbar")]


def Text(label, hoechstens, **wahl):
    return TextFeld(label=label, max_length=hoechstens, **wahl)


def Absatz(label, hoechstens, hilfe="", **wahl):
    """A text of several lines; the hint tells its limit."""
    grenze = f"Höchstens {hoechstens:,} Zeichen.".replace(",", ".")
    return LangtextFeld(
        label=label,
        max_length=hoechstens,
        help_text=f"{hilfe} {grenze}".strip(),
        widget=forms.Textarea(attrs={"rows": 6}),
        **wahl,
    )


def JaNein(label, **wahl):
    return forms.ChoiceField(
        label=label, choices=JA_NEIN, widget=forms.RadioSelect,
        error_messages={"required": "Wählen Sie Ja oder Nein."}, **wahl,
    )  # fmt: skip


# --- Antragsteller ---------------------------------------------------------------


class Beteiligte(Zeile):
    kommune = TextFeld(
        label="Name der Kommune",
        max_length=200,
        widget=forms.TextInput(attrs={"list": "kommunen", "autocomplete": "off"}),
        error_messages={"required": "Geben Sie den Namen der Kommune an."},
    )

    def clean_kommune(self):
        name = self.cleaned_data["kommune"]
        kommune = self.umfeld.kommunen.get(name.casefold())
        if kommune:
            return kommune
        if name.casefold() == self.umfeld.antrag.kommune.name_eindeutig.casefold():
            raise forms.ValidationError("Ihre eigene Kommune steht schon im Antrag.")
        raise forms.ValidationError(
            "Diese Kommune gibt es in Sachsen nicht. Prüfen Sie die Schreibweise."
        )


class Antragsteller(Abschnittsformular):
    """Who answers for the application. No bank data: they come with the first request for money."""

    ansprech_name = Text(
        "Name der Ansprechperson",
        150,
        error_messages={"required": "Geben Sie einen Vor- und Nachnamen an."},
    )
    ansprech_funktion = Text(
        "Funktion der Ansprechperson", 150, help_text="Zum Beispiel Fachdienst Ordnung, Koordination Prävention",
        error_messages={"required": "Geben Sie die Funktion an."},
    )  # fmt: skip
    ansprech_email = MailadressFormfeld(
        label="Dienstliche E-Mail-Adresse",
        help_text="Dorthin schreibt die Geschäftsstelle.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    ansprech_telefon = forms.RegexField(
        r"^\+?[0-9][0-9 ()/\-]{4,38}$", label="Dienstliche Telefonnummer", max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        error_messages={
            "required": "Geben Sie eine Telefonnummer an, zum Beispiel 03431 5790.",
            "invalid": "Schreiben Sie die Nummer mit Ziffern, zum Beispiel 03431 5790.",
        },
    )  # fmt: skip
    vertretung_name = Text(
        "Name der Person, die Ihre Kommune vertritt", 150,
        error_messages={"required": "Geben Sie einen Vor- und Nachnamen an."},
    )  # fmt: skip
    vertretung_funktion = Text(
        "Amt dieser Person", 150, help_text="Zum Beispiel Oberbürgermeisterin oder Landrat",
        error_messages={"required": "Geben Sie das Amt an."},
    )  # fmt: skip
    gemeinsam = JaNein("Stellen Sie den Antrag für mehrere Kommunen gemeinsam?")
    federfuehrend = forms.BooleanField(
        label=(
            "Unsere Kommune ist federführend: Sie stellt den Antrag, erhält die Zuwendung und "
            "weist ihre Verwendung nach."
        ),
        required=False,
        help_text="Nur bei einem gemeinsamen Antrag.",
    )
    gruppen = (
        Zeilengruppe(
            "beteiligte", "Beteiligte Kommunen", "Beteiligte Kommune",
            "Beteiligte Kommune hinzufügen", Beteiligte,
            hilfe="Nur bei einem gemeinsamen Antrag: alle außer Ihrer eigenen Kommune.",
            fehlt="Nennen Sie mindestens eine beteiligte Kommune.",
        ),
    )  # fmt: skip
    nach = {"beteiligte": "gemeinsam"}
    ueberschriften = {
        "ansprech_name": "Wen fragt die Geschäftsstelle?",
        "vertretung_name": "Gesetzliche Vertretung",
        "gemeinsam": "Beteiligte",
    }
    begriffe = {
        "vertretung_name": "zeichnungsbefugt",
        "gemeinsam": "antragsteller",
        "federfuehrend": "verwendungsnachweis",
    }

    def pruefe(self, werte):
        if werte.get("gemeinsam") == JA:
            self.verlange("federfuehrend", "Bestätigen Sie, dass Ihre Kommune federführend ist.")

    def gruppe_verlangt(self, gruppe, werte):
        return werte.get("gemeinsam") == JA

    def gruppenfehler(self, werte):
        namen = [zeile["kommune"].pk for zeile in werte["beteiligte"] if "kommune" in zeile]
        if werte.get("gemeinsam") == NEIN and werte["beteiligte"]:
            yield "beteiligte", "Löschen Sie die Zeilen, oder wählen Sie oben Ja."
        elif len(namen) != len(set(namen)):
            yield "beteiligte", "Eine Kommune steht doppelt in der Liste."


# --- Vorhaben --------------------------------------------------------------------


class Zielgruppe(Zeile):
    wer = Text("Wer?", 200, error_messages={"required": "Geben Sie die Zielgruppe an."})
    groesse = Text(
        "Wie viele ungefähr?", 100, help_text="Zum Beispiel 250 Jugendliche im Jahr",
        error_messages={"required": "Geben Sie die ungefähre Zahl an."},
    )  # fmt: skip
    art = forms.ChoiceField(
        label="Wie erreicht?", choices=ZIELGRUPPENARTEN, widget=forms.RadioSelect
    )


class Abschnittszeit(Zeile):
    von = DatumFeld(label="Von")
    bis = DatumFeld(label="Bis")
    was = Text("Was geschieht?", 300, error_messages={"required": "Geben Sie an, was geschieht."})

    def clean(self):
        von, bis = self.cleaned_data.get("von"), self.cleaned_data.get("bis")
        if von and bis and bis < von:
            self.add_error("bis", "Das Ende liegt vor dem Beginn.")
        return self.cleaned_data


class Partner(Zeile):
    wer = Text("Wer?", 200, error_messages={"required": "Geben Sie den Partner an."})
    aufgabe = Text(
        "Aufgabe im Vorhaben", 300, error_messages={"required": "Geben Sie die Aufgabe an."}
    )


def _liste(getippt):
    return getippt if isinstance(getippt, list) else []


class Vorhaben(Abschnittsformular):
    titel = Text(
        "Titel des Vorhabens",
        200,
        error_messages={"required": "Geben Sie dem Vorhaben einen Titel."},
    )
    kurzbeschreibung = Absatz(
        "Kurzbeschreibung", 1_500,
        "Zwei bis fünf Sätze: was Sie tun, für wen und was sich ändern soll.",
        error_messages={"required": "Beschreiben Sie das Vorhaben in zwei bis fünf Sätzen."},
    )  # fmt: skip
    ort = Text(
        "Ort", 300, help_text="Ort, Ortsteil, Platz oder Einrichtung in Sachsen",
        error_messages={"required": "Geben Sie den Ort in Sachsen an."},
    )  # fmt: skip
    beginn = DatumFeld(label="Beginn der Durchführung")
    ende = DatumFeld(label="Ende der Durchführung")
    praeventionsrat = forms.ChoiceField(
        label="Zu welchem Präventionsrat gehört das Vorhaben?", widget=forms.RadioSelect
    )
    prioritaeten = forms.MultipleChoiceField(
        label="Welche Schwerpunkte der Richtlinie trifft das Vorhaben?",
        choices=list(PRIORITAETEN.items()), widget=forms.CheckboxSelectMultiple,
        help_text="Sie können mehrere wählen.",
    )  # fmt: skip
    handlungsfelder = forms.MultipleChoiceField(
        label="Zu welchen Themen gehört es?", choices=list(HANDLUNGSFELDER.items()),
        widget=forms.CheckboxSelectMultiple, help_text="Sie können mehrere wählen.",
    )  # fmt: skip
    sicherheitsanalyse = forms.ChoiceField(
        label="Baut das Vorhaben auf einer Sicherheitsanalyse auf?", widget=forms.RadioSelect
    )
    empfehlungen = forms.MultipleChoiceField(
        label="Welche Empfehlungen der Analyse greifen Sie auf?",
        widget=forms.CheckboxSelectMultiple, required=False,
        help_text=(
            "Mit der Einreichung sind sie in Förderung. Erledigte und verworfene stehen nicht zur Wahl."
        ),
        error_messages={
            "invalid_choice": "Eine gewählte Empfehlung gibt es nicht mehr. Prüfen Sie die Auswahl."
        },
    )  # fmt: skip
    handlungsempfehlung = Absatz(
        "Welche Handlungsempfehlung greifen Sie auf?", 1_500,
        "Nur wenn das Vorhaben auf einer Sicherheitsanalyse aufbaut.", required=False,
    )  # fmt: skip
    weiterleitung = JaNein("Leiten Sie Mittel an Dritte weiter, zum Beispiel an einen Verein?")
    weiterleitung_an = Absatz(
        "An wen, und wofür?", 1_000, "Nur wenn Sie Mittel weiterleiten.", required=False
    )
    weiterfuehrung = Absatz(
        "Wie geht es nach der Förderung weiter?", 3_000,
        "Nötig, wenn Sie aus der Zuwendung Personal bezahlen.", required=False,
    )  # fmt: skip
    gruppen = (
        Zeilengruppe(
            "zielgruppen", "Zielgruppen", "Zielgruppe", "Zielgruppe hinzufügen", Zielgruppe,
            fehlt="Nennen Sie mindestens eine Zielgruppe.",
        ),
        Zeilengruppe(
            "zeitplan", "Zeitplan", "Zeitabschnitt", "Zeitabschnitt hinzufügen", Abschnittszeit,
            fehlt="Nennen Sie mindestens einen Zeitabschnitt.",
        ),
        Zeilengruppe(
            "partner", "Partner", "Partner", "Partner hinzufügen", Partner,
            hilfe="Wer mit Ihnen zusammenarbeitet, zum Beispiel Polizei, Schulen oder Vereine. Freiwillig.",
        ),
    )  # fmt: skip
    nach = {
        "zielgruppen": "handlungsfelder",
        "zeitplan": "handlungsfelder",
        "partner": "handlungsfelder",
    }
    ueberschriften = {
        "titel": "Worum es geht",
        "praeventionsrat": "Einordnung",
        "sicherheitsanalyse": "Sicherheitsanalyse",
        "weiterleitung": "Dritte und die Zeit danach",
    }
    begriffe = {
        "beginn": "vorzeitiger-massnahmebeginn",
        "praeventionsrat": "praeventionsrat",
        "handlungsfelder": "handlungsfeld",
        "sicherheitsanalyse": "sicherheitsanalyse",
        "empfehlungen": "handlungsempfehlung",
        "weiterleitung": "weiterleitung",
    }

    def richte_ein(self):
        self.fields["praeventionsrat"].choices = [
            *((pk, str(rat)) for pk, rat in self.umfeld.raete.items()),
            (KEINER, "Zu keinem"),
        ]
        self.fields["sicherheitsanalyse"].choices = [
            *((pk, str(analyse)) for pk, analyse in self.umfeld.analysen.items()),
            (KEINER, "Nein"),
        ]
        self._biete_empfehlungen()

    def _biete_empfehlungen(self):
        """What can be taken up, and what is marked already, even if it cannot (any more)."""
        gewaehlt = {
            *_liste(self.data.get("empfehlungen")),
            *_liste(self.umfeld.eingaben("vorhaben").get("felder", {}).get("empfehlungen")),
        }
        wahl = [
            (pk, f"{empfehlung.bezeichnung}: {empfehlung.text}")
            for pk, empfehlung in self.umfeld.empfehlungen.items()
            if empfehlung.ist_aufgreifbar or pk in gewaehlt
        ]
        if not wahl:
            del self.fields["empfehlungen"]
            return
        self.fields["empfehlungen"].choices = wahl
        text = self.fields["handlungsempfehlung"]
        text.label = "Handlungsempfehlung in eigenen Worten"
        text.help_text = (
            "Nötig, wenn das Vorhaben auf einer Sicherheitsanalyse aufbaut und Sie oben nichts "
            "ankreuzen. Höchstens 1.500 Zeichen."
        )

    def _pruefe_empfehlungen(self, werte):
        """A mark on what is done or dropped stays good in a case that was submitted with it."""
        gewaehlt = werte.get("empfehlungen", [])
        for pk in gewaehlt:
            empfehlung = self.umfeld.empfehlungen[pk]
            if not empfehlung.ist_aufgreifbar and pk not in self.umfeld.aufgegriffen:
                self.melde(
                    "empfehlungen",
                    f"Die {empfehlung.bezeichnung} ist {empfehlung.get_stand_display()}. "
                    "Nehmen Sie sie aus der Auswahl.",
                )
        analyse = werte.get("sicherheitsanalyse")
        if gewaehlt and analyse == KEINER:
            self.melde(
                "sicherheitsanalyse",
                "Sie greifen Empfehlungen auf. Wählen Sie die Analyse, aus der sie stammen.",
            )
        if analyse != KEINER and analyse is not None and not gewaehlt:
            self.verlange(
                "handlungsempfehlung",
                "Kreuzen Sie eine Empfehlung an, oder beschreiben Sie sie hier."
                if "empfehlungen" in self.fields
                else "Nennen Sie die Handlungsempfehlung.",
            )

    def pruefe(self, werte):
        beginn, ende, runde = werte.get("beginn"), werte.get("ende"), self.umfeld.antrag.runde
        erster, letzter = date(runde.jahr_von, 1, 1), date(runde.jahr_bis, 12, 31)
        if beginn and not erster <= beginn <= letzter:
            self.melde(
                "beginn",
                f"Möglich ist ein Beginn vom {erster:%d.%m.%Y} bis zum {letzter:%d.%m.%Y}.",
            )
        if beginn and ende and ende < beginn:
            self.melde("ende", "Das Ende liegt vor dem Beginn.")
        elif ende and ende > letzter:
            self.melde("ende", f"Das Vorhaben endet spätestens am {letzter:%d.%m.%Y}.")
        self._pruefe_empfehlungen(werte)
        if werte.get("weiterleitung") == JA:
            self.verlange("weiterleitung_an", "Nennen Sie, an wen und wofür.")
        self._pruefe_weiterleitung(werte.get("weiterleitung"))
        if self.umfeld.plan.plan.hat_personal:
            self.verlange(
                "weiterfuehrung",
                "Beschreiben Sie, wie die Aufgabe nach der Förderung weitergeht. Ihr Plan enthält "
                "Personalausgaben.",
            )

    def _pruefe_weiterleitung(self, antwort):
        """The answer and the plan say the same: the plan asks for the agreement with the third
        party, and the notice has its conditions from there. An empty plan says nothing yet."""
        plan = self.umfeld.plan.plan
        if antwort == JA and any(plan.zeilen.values()) and not plan.leitet_weiter:
            self.melde(
                "weiterleitung",
                "Unter „Ausgaben und Finanzierung“ steht keine Weiterleitung. Tragen Sie dort eine "
                "Ausgabe der Art „Weiterleitung an Dritte“ ein, oder antworten Sie hier mit Nein.",
            )
        if antwort == NEIN and plan.leitet_weiter:
            self.melde(
                "weiterleitung",
                "Unter „Ausgaben und Finanzierung“ steht eine Weiterleitung an Dritte. Antworten "
                "Sie hier mit Ja, oder wählen Sie dort eine andere Ausgabenart.",
            )

    def gruppenfehler(self, werte):
        beginn, ende = werte.get("beginn"), werte.get("ende")
        if beginn and ende and beginn <= ende:
            for zeile in werte["zeitplan"]:
                von, bis = zeile.get("von"), zeile.get("bis")
                if (von and von < beginn) or (bis and bis > ende):
                    yield (
                        "zeitplan",
                        f"Der Zeitplan liegt in der Zeit vom {beginn:%d.%m.%Y} bis zum "
                        f"{ende:%d.%m.%Y}.",
                    )
                    return


# --- Beccaria --------------------------------------------------------------------


def _beccaria(standard) -> type[Abschnittsformular]:
    """Each sub-question of the standard is a text of its own (DOMAIN 8)."""
    felder = {
        f"frage_{frage.schluessel}": Absatz(
            frage.frage, frage.hoechstens, frage.hilfe,
            error_messages={"required": "Beantworten Sie diese Frage."},
        )
        for frage in standard.teilfragen
    }  # fmt: skip
    return type(
        f"Beccaria{standard.nummer}", (Abschnittsformular,), {**felder, "standard": standard}
    )


# --- Erklärungen -----------------------------------------------------------------


class Erklaerungen(Abschnittsformular):
    """One field for each declaration of the rule set, in its order (F5b).

    Three of them have a consequence the portal knows of: the start of the project, other funding,
    and the consent to electronic notices.
    """

    BEGINN, ANDERE = "beginn", "andere_foerderung"
    begriffe = {
        "beginn": "vorzeitiger-massnahmebeginn",
        "vorsteuer": "vorsteuerabzug",
        "andere_foerderung": "doppelfoerderung",
        "gesamtfinanzierung": "gesamtfinanzierung",
        "zahlungsfaehigkeit": "erstattung",
        "subvention": "subventionserheblich",
        "elektronische_bekanntgabe": "bekanntgabe",
    }

    def richte_ein(self):
        for erklaerung in self.umfeld.erklaerungen:
            self.fields[erklaerung.schluessel] = self._feld(erklaerung)
            if erklaerung.schluessel == self.BEGINN:
                self.fields["beginn_am"] = DatumFeld(
                    label="Tag, an dem das Vorhaben beginnt",
                    help_text=(
                        "Als Beginn gilt schon der erste Vertrag über Lieferungen oder Leistungen. "
                        "TT.MM.JJJJ, zum Beispiel 01.02.2027"
                    ),
                )
                self.fields["zustimmung_am"] = DatumFeld(
                    label="Tag, an dem die Bewilligungsbehörde einem früheren Beginn zugestimmt hat",
                    required=False,
                )

    def _feld(self, erklaerung):
        wahl = {"label": erklaerung.text}
        if erklaerung.art == Erklaerung.Art.JA_NEIN:
            return JaNein(**wahl)
        pflicht = erklaerung.art == Erklaerung.Art.BESTAETIGUNG
        return forms.BooleanField(
            **wahl,
            required=pflicht,
            error_messages={"required": "Bestätigen Sie diese Erklärung."},
        )

    @property
    def ueberschriften(self):
        return {erklaerung.schluessel: erklaerung.titel for erklaerung in self.umfeld.erklaerungen}

    def pruefe(self, werte):
        self._pruefe_beginn(werte)
        self._pruefe_andere(werte)

    def _pruefe_beginn(self, werte):
        """R14: not before the notice, which comes at the earliest for the years of the round."""
        beginn, zustimmung = werte.get("beginn_am"), werte.get("zustimmung_am")
        fruehestens = date(self.umfeld.antrag.runde.jahr_von, 1, 1)
        durchfuehrung = self._beginn_der_durchfuehrung()
        if zustimmung and zustimmung > self.umfeld.am:
            self.melde("zustimmung_am", "Dieser Tag liegt in der Zukunft.")
        elif beginn and durchfuehrung and beginn > durchfuehrung:
            self.melde(
                "beginn_am",
                f"Im Abschnitt Vorhaben beginnt die Durchführung schon am "
                f"{durchfuehrung:%d.%m.%Y}. Ändern Sie einen der beiden Tage.",
            )
        elif beginn and zustimmung and zustimmung > beginn:
            self.melde("zustimmung_am", "Die Zustimmung liegt vor dem Beginn des Vorhabens.")
        elif beginn and not zustimmung and beginn < fruehestens:
            self.melde(
                "beginn_am",
                f"Das Vorhaben beginnt frühestens am {fruehestens:%d.%m.%Y}. Anders ist es nur, "
                "wenn die Bewilligungsbehörde vorher zugestimmt hat.",
            )

    def _beginn_der_durchfuehrung(self):
        """As it is typed in the section of the project; None while it cannot be read."""
        getippt = self.umfeld.eingaben("vorhaben").get("felder", {}).get("beginn", "")
        try:
            return DatumFeld(required=False).clean(getippt)
        except forms.ValidationError:
            return None

    def _pruefe_andere(self, werte):
        """Stelle, amount and state stand in the plan, so that they are typed once."""
        antwort, plan = werte.get(self.ANDERE), self.umfeld.plan.plan
        if antwort == JA and not plan.drittmittel:
            self.melde(
                self.ANDERE,
                "Tragen Sie Stelle, Betrag und Stand im Ausgaben- und Finanzierungsplan unter "
                "Mittel von Dritten ein.",
            )
        elif antwort == JA:
            gesamt = self.umfeld.rechnung.gesamt
            summe = gesamt.drittmittel + gesamt.zuwendung
            if gesamt.ausgaben and summe > gesamt.ausgaben:
                self.melde(
                    self.ANDERE,
                    f"Die andere Förderung und die Zuwendung sind zusammen {euro(summe)}, die "
                    f"Ausgaben nur {euro(gesamt.ausgaben)}. Ändern Sie den Plan.",
                )


FORMULARE: dict[str, type[Abschnittsformular]] = {
    "antragsteller": Antragsteller,
    "vorhaben": Vorhaben,
    **{standard.schluessel: _beccaria(standard) for standard in IM_ANTRAG},
    "erklaerungen": Erklaerungen,
}
