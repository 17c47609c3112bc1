"""Extensions of the deadline for one draft in the admin (F1)."""

from django import forms
from django.contrib import admin
from django.utils import timezone

from asskomm.formate import tag
from asskomm.konten.schritte_admin import MitProtokoll, MitSchritten, eintraege_zu
from asskomm.pflege import Pflege

from ...models import UNEINGEREICHT, Foerderantrag, Fristverlaengerung
from .. import verfahren


class EntwurfFeld(forms.ModelChoiceField):
    """Whose draft it is and when it was begun; what is in it belongs to the Kommune."""

    def label_from_instance(self, obj):
        begonnen = tag(obj.angelegt_um)
        return f"{obj.kommune}: {obj.runde}, Frist bis {tag(obj.runde.schluss)}, Entwurf vom {begonnen}"


@admin.register(Fristverlaengerung)
class FristverlaengerungAdmin(MitProtokoll, MitSchritten, Pflege):
    """Given once, never changed: another day is another extension."""

    titel_neu = "Frist verlängern"
    absenden_neu = "Frist verlängern"
    fields = ["antrag", "bis", "begruendung"]
    list_display = ["kommune", "runde", "bis", "gegeben_um", "gegeben_von"]
    list_select_related = ["antrag__kommune", "antrag__runde", "gegeben_von"]
    search_fields = ["antrag__kommune__suchname", "begruendung"]

    def get_fields(self, request, obj=None):
        if obj is None:
            return self.fields
        return ["kommune", "runde", "bis", "begruendung", "gegeben_um", "gegeben_von"]

    def get_readonly_fields(self, request, obj=None):
        return ["kommune", "runde"] if obj is None else self.get_fields(request, obj)

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "antrag":
            offene = Foerderantrag.objects.filter(status__in=UNEINGEREICHT)
            kwargs["queryset"] = offene.select_related("kommune", "runde").order_by(
                "kommune__name", "angelegt_um"
            )
            kwargs["form_class"] = EntwurfFeld
            kwargs["label"] = "Entwurf"
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        verlaengerung = verfahren.verlaengere_frist(
            obj.antrag,
            bis=obj.bis,
            begruendung=obj.begruendung,
            durch=request.user,
            um=timezone.now(),
        )
        obj.pk, obj.gegeben_um = verlaengerung.pk, verlaengerung.gegeben_um
        obj.gegeben_von = request.user

    def eintraege(self, objekt):
        return eintraege_zu({Foerderantrag: [objekt.antrag_id]})

    @admin.display(description="Kommune", ordering="antrag__kommune__name")
    def kommune(self, obj):
        return obj.antrag.kommune

    @admin.display(description="Förderrunde", ordering="antrag__runde__beginn")
    def runde(self, obj):
        return obj.antrag.runde
