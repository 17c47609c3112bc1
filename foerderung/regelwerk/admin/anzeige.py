"""How a record shows what it rests on, that it stays once it is used, and years that are only read."""

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.urls import reverse

from asskomm.pflege import kennzeichen

NICHT_BESTAETIGT = "nicht bestätigt"


@admin.display(description="Herkunft", ordering="ist_beispiel")
def herkunft(obj):
    return kennzeichen("beispiel", "Beispieldaten") if obj.ist_beispiel else "erfasst"


@admin.display(description="Beleg")
def beleg(obj):
    """Whether a readable source says so: never only by a box without a tick."""
    if obj.bestaetigt:
        return kennzeichen("erledigt", "bestätigt")
    return kennzeichen("erschlossen", NICHT_BESTAETIGT)


class Loeschhindernis:
    """For records that stay once they are used: whoever deletes reads why, wherever they click."""

    def loeschhindernis(self, obj) -> str:
        raise NotImplementedError

    def delete_view(self, request, object_id, extra_context=None):
        objekt = self.get_object(request, object_id)
        darf = objekt is not None and self.has_delete_permission(request, objekt)
        if darf and (satz := self.loeschhindernis(objekt)):
            self.message_user(request, satz, messages.ERROR)
            ziel = reverse(f"admin:{self._name('change')}", args=[objekt.pk])
            return HttpResponseRedirect(ziel)
        return super().delete_view(request, object_id, extra_context)

    def get_deleted_objects(self, objs, request):
        """The reasons alone: what rests on the records is not for everybody who may delete them."""
        if saetze := [f"{obj}: {satz}" for obj in objs if (satz := self.loeschhindernis(obj))]:
            return [], {}, set(), saetze
        return super().get_deleted_objects(objs, request)


class NurGelesen:
    """Fields that look otherwise where they cannot be changed: a year is no quantity with a dot."""

    nur_gelesen = {}

    def get_fields(self, request, obj=None):
        felder = super().get_fields(request, obj)
        if self.has_change_permission(request, obj):
            return felder
        return [self.nur_gelesen.get(feld, feld) for feld in felder if feld != "bestaetigt"]

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), *self.nur_gelesen.values()]
