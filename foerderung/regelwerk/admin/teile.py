"""The rows of a rule set, below its form (F1)."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError

from asskomm.pflege import PflegeForm, PflegeInline

from ...anlagen.inhaltspruefung import PDF, pruefe
from ...models import (
    Anlagenart,
    Ausnahmegrund,
    Bescheidanlage,
    Checklistenpunkt,
    Erklaerung,
    Personalobergrenze,
    Regel,
    Textbaustein,
)
from .. import verfahren
from ..bausteine import verwendung
from ..platzhalter import PLATZHALTER, unbekannte
from .anzeige import NurGelesen, beleg


def ist_aenderbar(request, regelwerk) -> bool:
    """Whether the form has fields: of a draft, and of one that was a draft when it was opened.

    What somebody typed while somebody else released it is shown again with the reason.
    """
    if regelwerk is None or not regelwerk.ist_freigegeben:
        return True
    return request.method == "POST" and "bezeichnung" in request.POST


class TeilInline(NurGelesen, PflegeInline, admin.StackedInline):
    """One below the other: a table with so much text would be wider than any screen."""

    classes = ["collapse"]

    def has_add_permission(self, request, obj=None):
        return super().has_add_permission(request, obj) and ist_aenderbar(request, obj)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and ist_aenderbar(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and ist_aenderbar(request, obj)


class RegelForm(PflegeForm):
    def clean(self):
        daten = super().clean()
        satz = verfahren.mangel(
            daten.get("schluessel"), daten.get("wert"), daten.get("einheit", "")
        )
        if satz and not {"schluessel", "wert", "einheit"} & set(self.errors):
            self.add_error("wert", satz)
        return daten


class RegelInline(TeilInline):
    model = Regel
    form = RegelForm
    fields = [
        "nummer", "schluessel", "titel", "text", "wert", "einheit", "quelle", "bestaetigt", "beleg",
    ]  # fmt: skip
    readonly_fields = ["beleg"]
    beleg = staticmethod(beleg)


class AusnahmegrundInline(TeilInline):
    model = Ausnahmegrund


class PersonalobergrenzeInline(TeilInline):
    model = Personalobergrenze
    fields = [
        "jahr", "qualifikation", "entgeltgruppe", "stufe", "jahresbetrag_euro", "quelle",
        "bestaetigt", "beleg",
    ]  # fmt: skip
    readonly_fields = ["beleg"]
    nur_gelesen = {"jahr": "jahreszahl"}
    beleg = staticmethod(beleg)

    @admin.display(description="Jahr")
    def jahreszahl(self, obj):
        return str(obj.jahr)


class ChecklistenpunktInline(TeilInline):
    model = Checklistenpunkt


class AnlagenartInline(TeilInline):
    model = Anlagenart


class ErklaerungInline(TeilInline):
    model = Erklaerung


class TextbausteinForm(PflegeForm):
    def clean_text(self):
        text = self.cleaned_data["text"]
        if fremde := unbekannte(text):
            genannt = ", ".join(f"{{{name}}}" for name in fremde)
            raise ValidationError(
                f"Kein Platzhalter: {genannt}. Möglich sind: "
                f"{', '.join(f'{{{name}}}' for name in PLATZHALTER)}."
            )
        return text


class TextbausteinInline(TeilInline):
    model = Textbaustein
    form = TextbausteinForm
    fields = ["schluessel", "verwendet", "ueberschrift", "text", "quelle", "bestaetigt", "beleg"]
    readonly_fields = ["verwendet", "beleg"]
    verbose_name_plural = "Textbausteine der Bescheide"
    beleg = staticmethod(beleg)

    @admin.display(description="steht in")
    def verwendet(self, obj):
        return verwendung(obj.schluessel)


class BescheidanlageForm(PflegeForm):
    """The file is taken apart from the row: what is in it is no field to type into."""

    datei = forms.FileField(
        label="Datei",
        required=False,
        help_text="PDF, höchstens 5 MB. Eine neue Datei ersetzt die bisherige.",
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
    )

    def clean_datei(self):
        datei = self.cleaned_data["datei"]
        if datei is None:
            if not self.instance.pk:
                raise ValidationError("Wählen Sie eine PDF-Datei aus.")
            return None
        if datei.size > Bescheidanlage.HOECHSTENS_BYTES:
            raise ValidationError("Die Datei ist größer als 5 MB. Wählen Sie eine kleinere aus.")
        pruefe(datei, datei.name, [PDF])
        self.instance.nimm(datei.read())
        return datei


class BescheidanlageInline(TeilInline):
    model = Bescheidanlage
    form = BescheidanlageForm
    fields = ["schluessel", "datei", "groesse", "sha256", "quelle"]
    readonly_fields = ["groesse", "sha256"]

    def get_fields(self, request, obj=None):
        felder = super().get_fields(request, obj)
        if self.has_change_permission(request, obj):
            return felder
        return [name for name in felder if name != "datei"]
