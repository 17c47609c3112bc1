"""The base rates in the admin."""

from django.contrib import admin

from asskomm.formate import FEST, tag
from asskomm.formularfelder import zahl_text
from asskomm.pflege import Pflege

from ...models import Basiszins
from .anzeige import beleg


@admin.register(Basiszins)
class BasiszinsAdmin(Pflege):
    list_display = ["halbjahr", "satz", beleg]
    list_display_links = ["halbjahr"]
    search_fields = ["quelle"]
    fields = ["ab", "prozent", "quelle", "bestaetigt"]

    @admin.display(description="Halbjahr ab", ordering="ab")
    def halbjahr(self, obj):
        return tag(obj.ab)

    @admin.display(description="Basiszinssatz", ordering="prozent")
    def satz(self, obj):
        return f"{zahl_text(obj.prozent)}{FEST}%"
