"""The admin of Bestellungen: the LPR gives a Kommune its Verwaltung."""

from django.contrib import admin

from asskomm.konten.vieraugen_admin import VierAugenAdmin

from .mitglieder.verfahren import genehmige_bestellung
from .models import Bestellung, Mitgliedschaft


@admin.register(Bestellung)
class BestellungAdmin(VierAugenAdmin):
    titel_neu = "Verwaltung einer Kommune vorschlagen"
    vorschlagsfelder = ["kommune", "email", "nachweis"]
    detailfelder = ["bisher"]
    autocomplete_fields = ["kommune"]
    search_fields = ["kommune__name", "email"]

    def genehmige(self, vorschlag, *, durch, um, fuer):
        genehmige_bestellung(vorschlag, durch=durch, um=um, fuer=fuer)

    @admin.display(description="Verwaltung bisher")
    def bisher(self, obj):
        """Whoever decides should know whether the Kommune could help itself."""
        personen = Mitgliedschaft.objects.verwaltung(obj.kommune).select_related("konto")
        return ", ".join(str(m.konto) for m in personen) or "niemand"
