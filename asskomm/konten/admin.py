"""Accounts, roles, and what two people decide about them."""

from collections import defaultdict
from copy import copy

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from asskomm.listen import LesbareListe

from . import verfahren, zweitfaktor
from .konto_admin import KontoAdmin
from .models import Konto, Rollenvergabe, Vertretung, Zweitfaktorverlust
from .rollen import ZU_ZWEIT
from .schritte_admin import Schritt
from .vieraugen_admin import VierAugenAdmin, VorschlagForm, darf_entscheiden

__all__ = ["KontoAdmin"]

RECHTE = {
    "view": "ansehen",
    "add": "anlegen",
    "change": "ändern",
    "delete": "löschen",
    "entscheiden": "entscheiden",
    "exportieren": "ausgeben",
}

# allauth brings pages that show secrets and change what the procedures decide.
for modell in (EmailAddress, Authenticator):
    if admin.site.is_registered(modell):
        admin.site.unregister(modell)


# --- What two people decide ---------------------------------------------------


def _personal(db_field, kwargs, bestand):
    if db_field.remote_field.model is Konto:
        kwargs["queryset"] = bestand.order_by("name", "email")
    return kwargs


@admin.register(Rollenvergabe)
class RollenvergabeAdmin(VierAugenAdmin):
    titel_neu = "Rolle vorschlagen"
    vorschlagsfelder = ["konto", "gruppe"]
    detailfelder = ["entzogen_um"]
    search_fields = ["konto__name", "konto__email"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        _personal(db_field, kwargs, Konto.objects.filter(is_staff=True, deaktiviert_um=None))
        if db_field.name == "gruppe":
            kwargs["queryset"] = Group.objects.filter(name__in=ZU_ZWEIT)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def genehmige(self, vorschlag, *, durch, um, fuer):
        verfahren.genehmige_rolle(vorschlag, durch=durch, um=um, fuer=fuer)


class ZweitfaktorverlustForm(VorschlagForm):
    def clean_konto(self):
        konto = self.cleaned_data["konto"]
        if not zweitfaktor.ist_eingerichtet(konto):
            raise forms.ValidationError("Diese Person hat keinen zweiten Faktor.")
        return konto


@admin.register(Zweitfaktorverlust)
class ZweitfaktorverlustAdmin(VierAugenAdmin):
    form = ZweitfaktorverlustForm
    titel_neu = "Zurücksetzen des zweiten Faktors vorschlagen"
    vorschlagsfelder = ["konto"]
    autocomplete_fields = ["konto"]
    search_fields = ["konto__name", "konto__email"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        feld = super().formfield_for_dbfield(db_field, request, **kwargs)
        if feld and db_field.name == "begruendung":
            feld.help_text = (
                "Woran haben Sie erkannt, dass die Person selbst darum bittet? "
                "Zum Beispiel: Rückruf unter der dienstlichen Nummer."
            )
        return feld

    def genehmige(self, vorschlag, *, durch, um, fuer):
        verfahren.genehmige_zuruecksetzen(vorschlag, durch=durch, um=um, fuer=fuer)


class VertretungForm(VorschlagForm):
    def clean_ende(self):
        ende = self.cleaned_data["ende"]
        if ende < self.heute:
            raise forms.ValidationError("Der letzte Tag liegt in der Vergangenheit.")
        return ende


def _darf_beenden(seite, request, objekt) -> bool:
    return seite.ist_beteiligt(request, objekt) or darf_entscheiden(seite, request, objekt)


def _laeuft_noch(seite, request, objekt):
    bestand = Vertretung.objects.nicht_vorbei(timezone.localdate())
    if bestand.filter(pk=objekt.pk).exists():
        return None
    return verfahren.SchrittNichtMoeglich(
        "Diese Vertretung ist nicht genehmigt oder schon zu Ende."
    )


def _beende(seite, request, objekt, grund):
    fuer = None if seite.ist_beteiligt(request, objekt) else seite.fuer(request)
    verfahren.beende_vertretung(objekt, durch=request.user, um=timezone.now(), fuer=fuer)


@admin.register(Vertretung)
class VertretungAdmin(VierAugenAdmin):
    """Whoever represents or is represented sees and may end it, without any right to it."""

    form = VertretungForm
    titel_neu = "Vertretung vorschlagen"
    vorschlagsfelder = ["vertretener", "vertreter", "beginn", "ende"]
    detailfelder = ["beendet_um"]
    list_display = ["vorschlag", "beginn", "ende", "beendet_um", "stand", "vorgeschlagen"]
    search_fields = [
        "vertretener__name",
        "vertretener__email",
        "vertreter__name",
        "vertreter__email",
    ]
    schritte = (
        *VierAugenAdmin.schritte,
        Schritt(
            "beenden",
            "Vertretung beenden",
            "Die Vertretung endet sofort, nicht erst am letzten Tag.",
            "Die Vertretung ist beendet.",
            _darf_beenden,
            _laeuft_noch,
            _beende,
        ),
    )

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        _personal(db_field, kwargs, Konto.objects.personal())
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def genehmige(self, vorschlag, *, durch, um, fuer):
        verfahren.genehmige_vertretung(vorschlag, durch=durch, um=um, fuer=fuer)

    def ist_beteiligt(self, request, objekt) -> bool:
        return request.user.pk in (objekt.vertretener_id, objekt.vertreter_id)

    def get_queryset(self, request):
        alle = super().get_queryset(request)
        return alle if super().has_view_permission(request) else alle.mit(request.user)

    def has_view_permission(self, request, obj=None):
        if super().has_view_permission(request, obj):
            return True
        if obj is not None:
            return self.ist_beteiligt(request, obj)
        return request.user.is_staff and Vertretung.objects.mit(request.user).exists()

    def has_module_permission(self, request):
        return super().has_module_permission(request) or self.has_view_permission(request)


# --- Roles --------------------------------------------------------------------

admin.site.unregister(Group)


@admin.register(Group)
class RolleAdmin(LesbareListe, admin.ModelAdmin):
    """To read only: after every `migrate` the roles hold what `rollen.py` says."""

    list_display = ["name", "personen"]
    search_fields = ["name"]
    fields = ["name", "personen", "rechte"]
    readonly_fields = ["name", "personen", "rechte"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.opts = copy(self.opts)
        self.opts.verbose_name, self.opts.verbose_name_plural = "Rolle", "Rollen"

    def get_changelist_instance(self, request):
        liste = super().get_changelist_instance(request)
        liste.opts, liste.title = self.opts, "Rollen"
        return liste

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("user_set")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="Personen")
    def personen(self, obj):
        return ", ".join(str(konto) for konto in obj.user_set.all()) or "niemand"

    @admin.display(description="Rechte")
    def rechte(self, obj):
        """One line for each kind of record."""
        arten = defaultdict(set)
        for recht in obj.permissions.select_related("content_type"):
            modell = recht.content_type.model_class()
            if modell:
                arten[modell._meta.verbose_name_plural].add(recht.codename.partition("_")[0])
        zeilen = (
            (name, ", ".join(wort for art, wort in RECHTE.items() if art in arten[name]))
            for name in sorted(arten)
        )
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}: {}</li>", zeilen))
