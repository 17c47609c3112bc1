"""Lists of the admin: what cannot be read in an address or a selection is a sentence, no error."""

from django.contrib import admin, messages
from django.contrib.admin.exceptions import (
    DisallowedModelAdminLookup,
    DisallowedModelAdminToField,
)
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import NotRelationField, get_fields_from_path
from django.contrib.admin.views.main import ERROR_FLAG, IGNORED_PARAMS, PAGE_VAR
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import DataError, transaction
from django.db.models.constants import LOOKUP_SEP
from django.http import HttpResponseRedirect, QueryDict

from asskomm.texteingabe import bereinigt

UNLESBAR = (
    IncorrectLookupParameters,
    DisallowedModelAdminLookup,
    DisallowedModelAdminToField,
    ValidationError,
    ValueError,
    OverflowError,
    DataError,
)
# To find the filter at fault the list is built once for each; no address of ours has more.
HOECHSTENS_FILTER = 20
OHNE_SEITE = "So viele Seiten hat diese Liste nicht. Sie sehen die erste."
OHNE_FILTER = "Die Adresse enthält einen unbekannten Filter. Sie sehen die Liste ohne ihn."
NICHTS_GEAENDERT = "Es wurde nichts geändert. Wählen Sie in der Liste noch einmal aus."
UNLESBARE_AUSWAHL = f"Die Auswahl ist nicht lesbar. {NICHTS_GEAENDERT}"


class UnlesbareAdresse(Exception):
    """`lesbar` is what is left of the address, `namen` are the parameters that mean nothing."""

    def __init__(self, lesbar: QueryDict, namen: list[str]):
        super().__init__(namen)
        self.lesbar = lesbar
        self.namen = namen


class LesbareListe:
    """For every page of the admin: a list is shown without those filters that mean nothing.

    An action on such a list does nothing: who chose all of it saw a list without the filter.
    """

    def changelist_view(self, request, extra_context=None):
        try:
            return super().changelist_view(request, extra_context)
        except UnlesbareAdresse as fehler:
            if request.method == "POST":
                self.message_user(request, NICHTS_GEAENDERT, messages.ERROR)
                return HttpResponseRedirect(f"{request.path}?{fehler.lesbar.urlencode()}")
            for satz in dict.fromkeys(map(self._satz_zum_filter, fehler.namen)):
                self.message_user(request, satz, messages.WARNING)
            request.GET = fehler.lesbar
            return super().changelist_view(request, extra_context)

    def get_changelist_instance(self, request):
        liste = self._liste(request)
        if liste is not None:
            return liste
        gefragt, lesbar, unlesbar = request.GET, QueryDict(mutable=True), []
        # The page comes last: how many there are depends on the filters.
        namen = sorted(gefragt, key=lambda name: (name == PAGE_VAR, name not in IGNORED_PARAMS))
        for nummer, name in enumerate(namen):
            request.GET = lesbar.copy()
            request.GET.setlist(name, gefragt.getlist(name))
            if name != ERROR_FLAG and nummer < HOECHSTENS_FILTER and self._liste(request):
                lesbar = request.GET
            else:
                unlesbar.append(name)
        request.GET = gefragt
        raise UnlesbareAdresse(lesbar, unlesbar)

    def _liste(self, request):
        """The list as asked for by the address; None when that cannot be read."""
        try:
            # A value that only the database refuses must not take the transaction along.
            with transaction.atomic():
                liste = super().get_changelist_instance(request)
        except UNLESBAR:
            return None
        return None if any(map(_hat_unbekannten_wert, liste.filter_specs)) else liste

    def _satz_zum_filter(self, name) -> str:
        if name == PAGE_VAR:
            return OHNE_SEITE
        titel = self._filtertitel(name)
        if not titel:
            return OHNE_FILTER
        return f"Unbekannter Wert im Filter „{titel}“. Sie sehen die Liste ohne diesen Filter."

    def _filtertitel(self, name) -> str:
        for eintrag in self.list_filter:
            if getattr(eintrag, "parameter_name", None) == name:
                return str(eintrag.title)
        teile = name.split(LOOKUP_SEP)
        for ende in range(len(teile), 0, -1):
            try:
                feld = get_fields_from_path(self.model, LOOKUP_SEP.join(teile[:ende]))[-1]
            except (FieldDoesNotExist, NotRelationField):
                continue
            if ende > 1 and getattr(feld, "primary_key", False):
                continue
            return str(getattr(feld, "verbose_name", ""))
        return ""

    def response_action(self, request, queryset):
        gewaehlt = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if not all(passt(self.model._meta.pk, wert) for wert in gewaehlt):
            self.message_user(request, UNLESBARE_AUSWAHL, messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())
        return super().response_action(request, queryset)


def _hat_unbekannten_wert(spec) -> bool:
    """Django takes any word for a value of a field with choices; its own filters ask nobody."""
    if isinstance(spec, admin.SimpleListFilter):
        wert = spec.value()
        return wert is not None and str(wert) not in {str(w) for w, _ in spec.lookup_choices}
    if isinstance(spec, admin.ChoicesFieldListFilter):
        return not {*(spec.lookup_val or ())} <= {str(w) for w, _ in spec.field.flatchoices}
    return False


def passt(feld, wert: str) -> bool:
    """True when the typed text can be a value of the model field `feld`."""
    try:
        feld.run_validators(feld.to_python(bereinigt(wert)))
    except ValidationError:
        return False
    return True
