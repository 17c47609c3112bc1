"""Forms of the admin pages about data protection."""

from django import forms
from django.core.exceptions import ValidationError

from asskomm.konten.models import Konto
from asskomm.konten.vieraugen_admin import VorschlagForm
from asskomm.personendaten import regeln
from asskomm.pflege import PflegeForm
from asskomm.texteingabe import TextFeld

from .verfahren import sperrbare_arten


class FristForm(PflegeForm):
    """`heute` is set by the admin."""

    regel = forms.ChoiceField(label="Daten")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "regel" in self.fields:
            self.fields["regel"].choices = sorted(
                ((regel.schluessel, regel.titel) for regel in regeln().values()),
                key=lambda paar: paar[1].casefold(),
            )

    def clean_gueltig_ab(self):
        tag = self.cleaned_data["gueltig_ab"]
        if tag < self.heute:
            raise ValidationError("Eine Frist gilt frühestens ab heute.")
        return tag


class SperreForm(PflegeForm):
    gegenstand_art = forms.ChoiceField(label="Art des Datensatzes")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "gegenstand_nummer" in self.fields:  # a hold that is set can only be read
            self.fields["gegenstand_art"].choices = list(sperrbare_arten().items())
            self.fields[
                "gegenstand_nummer"
            ].help_text = (
                "Die Nummer steht in der Adresse der Seite, auf der Sie den Datensatz bearbeiten."
            )


class LoeschlaufForm(VorschlagForm):
    def clean_am(self):
        tag = self.cleaned_data["am"]
        if tag > self.heute:
            raise ValidationError("Der Stichtag liegt in der Zukunft. Noch ist nichts fällig.")
        return tag


class AuskunftForm(forms.Form):
    """Who asks, and how we know that it is that person."""

    email = forms.EmailField(
        label="E-Mail-Adresse des Kontos",
        widget=forms.EmailInput({"class": "vTextField"}),
    )
    grund = TextFeld(
        label="Anlass und Prüfung der Person",
        widget=forms.Textarea({"rows": 4, "class": "vLargeTextField"}),
        help_text=(
            "Zum Beispiel: Schreiben vom 03.09.2026, Identität durch Rückruf über die Zentrale "
            "geprüft. Die Begründung steht im Protokoll."
        ),
    )

    def clean_email(self):
        konto = Konto.objects.filter(
            email=Konto.objects.normalize_email(self.cleaned_data["email"])
        ).first()
        if konto is None or konto.unkenntlich:
            raise ValidationError(
                "Zu dieser Adresse gibt es kein Konto. Sehen Sie auch bei den Rückmeldungen und "
                "Kommentaren nach; sie sind mit keinem Konto verbunden."
            )
        self.konto = konto
        return konto.email
