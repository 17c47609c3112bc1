"""What a Kommune says of a recommendation."""

from __future__ import annotations

from datetime import datetime

from django import forms

from asskomm.knopfformular import Knopfformular
from asskomm.texteingabe import LangtextFeld

from ..models import ERLAEUTERUNG_HOECHSTENS, Handlungsempfehlung
from ..verfahren import analyse as verfahren
from ..verfahren.analyse import ERLEDIGEN, OEFFNEN, PLANEN, VERWERFEN


class Standformular(Knopfformular):
    """One step of those that are possible now, with the year or the words that it needs.

    The step that was sent stays one of them, with what was typed for it: the procedure knows
    whether it came twice or somebody was faster.
    """

    knopf = "Stand speichern"

    schritt = forms.ChoiceField(
        label="Was wird aus der Empfehlung?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Wählen Sie, was aus der Empfehlung wird.",
            "invalid_choice": "Wählen Sie, was aus der Empfehlung wird.",
        },
    )
    jahr = forms.ChoiceField(
        label="Jahr",
        required=False,
        help_text="Nur wenn Sie sie planen.",
        error_messages={"invalid_choice": "Wählen Sie eines der Jahre."},
    )
    text = LangtextFeld(
        label="Was Sie getan haben, oder warum Sie sie nicht umsetzen",
        max_length=ERLAEUTERUNG_HOECHSTENS,
        required=False,
        help_text="Nur wenn sie erledigt ist oder Sie sie nicht umsetzen. Höchstens 1.000 Zeichen.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    gesehen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, empfehlung: Handlungsempfehlung, um: datetime, **kwargs):
        kwargs.setdefault("initial", {"gesehen": empfehlung.version})
        super().__init__(*args, **kwargs)
        for feld in ("jahr", "text"):
            self.fields[feld].bedingt = True
        schritte = verfahren.moegliche_schritte(empfehlung)
        gesendet = verfahren.SCHRITTE.get(self.data.get("schritt", ""))
        if gesendet and gesendet not in schritte:
            schritte.append(gesendet)
        self.fields["schritt"].choices = [(s.schluessel, s.verb) for s in schritte]
        if PLANEN in schritte:
            jahre = [(str(jahr), str(jahr)) for jahr in verfahren.jahre(um)]
            self.fields["jahr"].choices = [("", "Jahr wählen"), *jahre]
        else:
            del self.fields["jahr"]
        if schritte == [OEFFNEN]:
            self.fields["schritt"].widget = forms.HiddenInput()
            self.fields["schritt"].initial = OEFFNEN.schluessel
            self.knopf = "Empfehlung wieder öffnen"
            del self.fields["text"]
        elif VERWERFEN not in schritte and ERLEDIGEN in schritte:
            self.fields["text"].label = "Was Sie getan haben"
            self.fields["text"].help_text = "Höchstens 1.000 Zeichen."

    def clean(self):
        daten = super().clean()
        schritt = daten.get("schritt")
        if schritt == PLANEN.schluessel and not daten.get("jahr") and "jahr" not in self.errors:
            self.add_error("jahr", "Wählen Sie das Jahr, für das Sie sie planen.")
        if "text" in self.fields and not daten.get("text") and "text" not in self.errors:
            if schritt == ERLEDIGEN.schluessel:
                self.add_error("text", "Schreiben Sie, was getan wurde.")
            elif schritt == VERWERFEN.schluessel:
                self.add_error("text", "Schreiben Sie, warum Sie die Empfehlung nicht umsetzen.")
        return daten
