"""Rounds in the admin (F1)."""

from django.contrib import admin
from django.db.models import Count, Q
from django.utils import timezone

from asskomm.formate import zeitraum
from asskomm.pflege import Pflege, PflegeForm, kennzeichen

from ...models import UNEINGEREICHT, Foerderrunde, Regelwerk
from .anzeige import Loeschhindernis, NurGelesen, herkunft

BLEIBT_WEGEN_ANTRAEGEN = (
    "Zu dieser Runde sind Anträge eingereicht, und Bescheide nennen ihre Förderjahre. Sie bleiben."
)


class FoerderrundeForm(PflegeForm):
    def clean(self):
        daten = super().clean()
        jahr_von = daten.get("jahr_von")
        if jahr_von is not None and jahr_von < 2018:
            self.add_error("jahr_von", "Die Richtlinie gibt es seit 2018. Prüfen Sie das Jahr.")
        eingereicht = self.instance.pk and self.instance.antraege.eingereicht().exists()
        for feld in {"jahr_von", "jahr_bis"}.intersection(self.changed_data) if eingereicht else ():
            self.add_error(feld, f"{BLEIBT_WEGEN_ANTRAEGEN} Bisher: {self.initial[feld]}.")
        beginn, schluss = daten.get("beginn"), daten.get("schluss")
        if beginn and schluss and schluss < beginn:
            # Said here: for days in the wrong order the rule about overlapping has no range.
            self.add_error("schluss", "Der letzte Tag der Frist liegt vor dem ersten.")
        elif beginn and schluss:
            andere = Foerderrunde.objects.exclude(pk=self.instance.pk)
            andere = andere.filter(beginn__lte=schluss, schluss__gte=beginn).first()
            if andere:
                self.add_error(
                    "beginn",
                    f"In dieser Zeit läuft schon die Frist der Runde „{andere}“ "
                    f"({zeitraum(andere.beginn, andere.schluss)}).",
                )
        return daten


@admin.register(Foerderrunde)
class FoerderrundeAdmin(Loeschhindernis, NurGelesen, Pflege):
    form = FoerderrundeForm
    list_display = [
        "__str__", "beginn", "schluss", "stand", "regelwerk", "entwuerfe", "eingereichte",
        herkunft,
    ]  # fmt: skip
    list_select_related = ["regelwerk"]
    search_fields = ["hinweis", "quelle"]
    fields = [
        "jahr_von", "jahr_bis", "beginn", "schluss", "regelwerk", "ersatzzeichnung",
        "erinnerungen", "hinweis", "quelle", "entwuerfe", "eingereichte",
    ]  # fmt: skip
    readonly_fields = ["entwuerfe", "eingereichte"]
    nur_gelesen = {"jahr_von": "von", "jahr_bis": "bis"}

    def get_queryset(self, request):
        """Drafts are counted, never shown: they belong to the Kommunen."""
        return (
            super()
            .get_queryset(request)
            .annotate(
                entwurf_zahl=Count("antraege", Q(antraege__status__in=UNEINGEREICHT)),
                antrag_zahl=Count("antraege", Q(antraege__eingereicht_um__isnull=False)),
            )
        )

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "regelwerk":
            kwargs["queryset"] = Regelwerk.objects.freigegeben()
            kwargs["help_text"] = "Zur Wahl stehen freigegebene Regelwerke."
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        feld = super().formfield_for_dbfield(db_field, request, **kwargs)
        if feld and db_field.name in ("beginn", "schluss"):
            feld.help_text = "Beide Tage zählen ganz, in der Zeit von Berlin."
        return feld

    def loeschhindernis(self, obj):
        anzahl = obj.antraege.count()
        if not anzahl:
            return ""
        wort = "einen Antrag oder Entwurf" if anzahl == 1 else f"{anzahl} Anträge und Entwürfe"
        return f"Löschen ist nicht möglich: Zu dieser Runde gibt es {wort}."

    @admin.display(description="Förderjahr von")
    def von(self, obj):
        return str(obj.jahr_von)

    @admin.display(description="Förderjahr bis")
    def bis(self, obj):
        return str(obj.jahr_bis)

    @admin.display(description="Frist")
    def stand(self, obj):
        heute = timezone.localdate()
        if heute < obj.beginn:
            return kennzeichen("entwurf", "noch nicht offen")
        if heute > obj.schluss:
            return kennzeichen("entwurf", "beendet")
        return kennzeichen("offen", "offen")

    @admin.display(description="Entwürfe", ordering="entwurf_zahl")
    def entwuerfe(self, obj):
        return getattr(obj, "entwurf_zahl", 0)

    @admin.display(description="eingereicht", ordering="antrag_zahl")
    def eingereichte(self, obj):
        return getattr(obj, "antrag_zahl", 0)
