"""What is filled in around the signature."""

from django import forms

from asskomm.knopfformular import UNVOLLSTAENDIG, Knopfformular
from asskomm.texteingabe import LangtextFeld

from ..abschnitte import OEFFENBAR

GRUND_HOECHSTENS = 2_000


class Schrittformular(Knopfformular):
    """`gesehen` is the version of the case on the page."""

    gesehen = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args, antrag, **kwargs):
        super().__init__(*args, **kwargs)
        self.antrag = antrag
        if not self.is_bound:
            self.initial["gesehen"] = antrag.version

    def clean(self):
        daten = super().clean()
        if set(self.versteckte) & set(self.errors):
            self.zeige_neu()
            self.add_error(None, UNVOLLSTAENDIG)
        return daten

    @property
    def versteckte(self):
        return [feld.name for feld in self.hidden_fields()]

    def zeige_neu(self):
        """The page shows the case as it is now: with its version, and with all that was typed."""
        for name in self.versteckte:
            self._errors.pop(name, None)
        self.setze("gesehen", self.antrag.version)


class Uebergabeformular(Schrittformular):
    knopf = "Zur Zeichnung geben"

    an = forms.ChoiceField(
        label="Wer zeichnet?",
        widget=forms.RadioSelect,
        help_text="Die Person erhält eine E-Mail. Auch andere mit der Rolle Zeichnung können zeichnen.",
        error_messages={
            "required": "Wählen Sie die Person, die zeichnet.",
            "invalid_choice": "Wählen Sie eine Person, die jetzt zeichnen darf.",
        },
    )  # fmt: skip

    def __init__(self, *args, zeichnende, **kwargs):
        super().__init__(*args, **kwargs)
        self.zeichnende = {str(konto.pk): konto for konto in zeichnende}
        self.fields["an"].choices = [(pk, str(konto)) for pk, konto in self.zeichnende.items()]
        if len(self.zeichnende) == 1 and not self.is_bound:
            self.initial["an"] = next(iter(self.zeichnende))

    @property
    def gewaehlt(self):
        return self.zeichnende[self.cleaned_data["an"]]


class Zeichnungsformular(Schrittformular):
    """The signature: the hash names what the page showed."""

    knopf = "Zeichnen und einreichen"

    bestaetigt = forms.BooleanField(
        error_messages={"required": "Bestätigen Sie, dass Sie für Ihre Kommune zeichnen."}
    )
    pruefsumme = forms.RegexField("^[0-9a-f]{64}$", widget=forms.HiddenInput)

    def __init__(self, *args, pruefsumme, **kwargs):
        self.pruefsumme = pruefsumme
        super().__init__(*args, **kwargs)
        self.fields["bestaetigt"].label = self.satz()
        if not self.is_bound:
            self.initial["pruefsumme"] = pruefsumme

    def satz(self):
        return (
            f"Ich zeichne diesen Antrag für {self.antrag.kommune}. Ich habe ihn gelesen und gebe die "
            "Erklärungen darin ab."
        )

    def zeige_neu(self):
        super().zeige_neu()
        self.setze("pruefsumme", self.pruefsumme)
        self.data.pop("bestaetigt", None)


class Nachreichungsformular(Zeichnungsformular):
    knopf = "Zeichnen und nachreichen"

    def satz(self):
        return (
            f"Ich zeichne diese Nachreichung für {self.antrag.kommune}. Ich habe die Änderungen "
            "gelesen. Die Erklärungen im Antrag gelten auch für sie."
        )


class Dokumentformular(Zeichnungsformular):
    knopf = "Mit unterschriebener Erklärung einreichen"

    bestaetigt = forms.BooleanField(
        error_messages={
            "required": "Vergleichen Sie beides, und bestätigen Sie es, bevor Sie einreichen."
        }
    )

    def satz(self):
        return (
            "Die hochgeladene Erklärung ist unterschrieben von der Person, die "
            f"{self.antrag.kommune} vertritt, und nennt das Prüfzeichen dieses Antrags."
        )


class Bereitformular(Schrittformular):
    """An answer that changes nothing is declared as such."""

    knopf = "Zur Zeichnung bereit melden"

    unveraendert = forms.BooleanField(
        label="Wir antworten, ohne etwas zu ändern.",
        help_text="Nur, wenn in den geöffneten Teilen alles so bleiben soll, wie es eingereicht ist.",
        error_messages={
            "required": "Bisher ist nichts geändert. Ergänzen Sie die geöffneten Teile, oder "
            "kreuzen Sie an, dass Sie ohne Änderung antworten."
        },
    )

    def __init__(self, *args, ist_unveraendert, **kwargs):
        super().__init__(*args, **kwargs)
        if not ist_unveraendert:
            del self.fields["unveraendert"]


class Grundformular(Schrittformular):
    """A step with a reason."""

    grund = LangtextFeld(
        label="Grund",
        max_length=GRUND_HOECHSTENS,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Geben Sie den Grund an."},
    )  # fmt: skip

    def __init__(self, *args, knopf, hilfe, **kwargs):
        self.knopf = knopf
        super().__init__(*args, **kwargs)
        self.fields["grund"].help_text = f"{hilfe} Höchstens 2.000 Zeichen."


class Widerrufsformular(Knopfformular):
    """The consent is taken back whatever the case is now, so nothing is filled in."""

    knopf = "Einwilligung widerrufen"


class Ablehnungsformular(Schrittformular):
    """A reason for each section that is to be changed; at least one."""

    knopf = "Nicht zeichnen und zurückgeben"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for schluessel, titel in OEFFENBAR.items():
            self.fields[f"grund_{schluessel}"] = LangtextFeld(
                label=titel,
                max_length=GRUND_HOECHSTENS,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip

    def clean(self):
        daten = super().clean()
        if not self.errors and not self.gruende:
            raise forms.ValidationError("Nennen Sie bei mindestens einem Abschnitt den Grund.")
        return daten

    @property
    def gruende(self):
        """{key of a section: reason} for those with one."""
        return {
            schluessel: grund
            for schluessel in OEFFENBAR
            if (grund := self.cleaned_data.get(f"grund_{schluessel}", ""))
        }
