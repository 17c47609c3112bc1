"""The base rates in the admin."""

from django.contrib import admin

from asskomm.formate import FEST, tag
from asskomm.formularfelder import zahl_text
from asskomm.pflege import Pflege, PflegeForm

from ...models import Basiszins
from .anzeige import Loeschhindernis, beleg

BLEIBT = "Auf diesem Basiszinssatz beruht ein Rückforderungsbescheid. Er bleibt."


class BasiszinsForm(PflegeForm):
    def clean(self):
        daten = super().clean()
        benutzt = self.instance.pk and self.instance.ist_verwendet()
        for feld in {"ab", "prozent"}.intersection(self.changed_data if benutzt else ()):
            self.add_error(feld, f"{BLEIBT} Bisher: {_bisher(self.initial[feld])}.")
        return daten


def _bisher(wert):
    return tag(wert) if hasattr(wert, "year") else zahl_text(wert)


@admin.register(Basiszins)
class BasiszinsAdmin(Loeschhindernis, Pflege):
    form = BasiszinsForm
    list_display = ["halbjahr", "satz", beleg]
    list_display_links = ["halbjahr"]
    search_fields = ["quelle"]
    fields = ["ab", "prozent", "quelle", "bestaetigt"]

    def loeschhindernis(self, obj):
        return BLEIBT if obj.ist_verwendet() else ""

    @admin.display(description="Halbjahr ab", ordering="ab")
    def halbjahr(self, obj):
        return tag(obj.ab)

    @admin.display(description="Basiszinssatz", ordering="prozent")
    def satz(self, obj):
        return f"{zahl_text(obj.prozent)}{FEST}%"
