"""What the LPR fills in to check a proof of use and to end a case."""

from django import forms

from asskomm.formate import tag
from asskomm.formularfelder import DatumFeld, GeldFeld

from ..fallakte.forms import Aktenformular, MitMarke, langtext


class Kuerzungsformular(Aktenformular):
    knopf = "Kürzung speichern"

    betrag = GeldFeld(
        label="Nicht anerkannt",
        help_text="0 hebt eine frühere Kürzung auf.",
        error_messages={"required": "Geben Sie einen Betrag an."},
    )
    grund = langtext(
        "Grund",
        2_000,
        required=False,
        help_text="Die Kommune liest ihn. Nennen Sie keine Personen.",
    )

    def __init__(self, *args, hoechstens, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["betrag"].max_value = hoechstens

    def clean(self):
        daten = super().clean()
        if daten.get("betrag") and not daten.get("grund") and "grund" not in self.errors:
            self.add_error("grund", "Begründen Sie die Kürzung.")
        return daten


class Pruefformular(Aktenformular):
    """A drawn case asks whether the receipts were there."""

    knopf = "Prüfung abschließen"

    vermerk = langtext(
        "Prüfvermerk",
        5_000,
        zeilen=6,
        help_text="Nur für die Geschäftsstelle. Die Kommune sieht ihn nie. Höchstens 5.000 Zeichen.",
        leer="Schreiben Sie einen Prüfvermerk.",
    )

    def __init__(self, *args, mit_belegen, **kwargs):
        super().__init__(*args, **kwargs)
        if mit_belegen:
            self.fields["belege_lagen_vor"] = forms.BooleanField(
                label="Die Belege lagen mir vor, und ich habe sie geprüft.",
                error_messages={
                    "required": "Bestätigen Sie, dass Ihnen die Belege vorlagen, oder fordern Sie sie an."
                },
            )


class Rueckgabeformular(Aktenformular):
    knopf = "Zur Ergänzung zurückgeben"

    was = langtext(
        "Was fehlt?",
        5_000,
        zeilen=6,
        help_text="Der Text steht bei der Kommune im Portal, nicht in der E-Mail. Höchstens 5.000 Zeichen.",
        leer="Schreiben Sie, was fehlt.",
    )
    bis = DatumFeld(label="Frist bis", error_messages={"required": "Geben Sie eine Frist an."})

    def __init__(self, *args, heute, **kwargs):
        super().__init__(*args, **kwargs)
        self.heute = heute

    def clean_bis(self):
        bis = self.cleaned_data["bis"]
        if bis <= self.heute:
            raise forms.ValidationError(f"Geben Sie einen Tag nach dem {tag(self.heute)} an.")
        return bis


class Abschlussvorschlag(MitMarke):
    knopf = "Abschluss vorschlagen"

    begruendung = langtext(
        "Begründung",
        2_000,
        help_text="Nur für die Geschäftsstelle.",
        leer="Begründen Sie den Vorschlag.",
    )
