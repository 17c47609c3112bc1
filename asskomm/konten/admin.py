"""Accounts and roles. What a role may do is code; who has it is decided here."""

from collections import defaultdict
from copy import copy

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, BaseUserCreationForm
from django.contrib.auth.models import Group
from django.utils.html import format_html, format_html_join

from asskomm.pflege import Pflege, PflegeForm

from .models import Konto

# What decides over somebody's rights; nobody changes it for their own account.
EIGENE_RECHTE = ["is_active", "is_staff", "groups"]
RECHTE = {"view": "ansehen", "add": "anlegen", "change": "ändern", "delete": "löschen"}


class EinmaligeAdresse:
    """Says once that there is an account already; two constraints would say it twice."""

    def clean_email(self):
        email = Konto.objects.normalize_email(self.cleaned_data["email"])
        if Konto.objects.filter(email=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("Zu dieser E-Mail-Adresse gibt es schon ein Konto.")
        return email


class KontoAnlegen(EinmaligeAdresse, BaseUserCreationForm):
    class Meta:
        model = Konto
        fields = ["email", "name", "is_staff", "groups"]


class KontoForm(EinmaligeAdresse, PflegeForm):
    pass


class Rollenfilter(admin.RelatedFieldListFilter):
    """Django calls them groups."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.title = "Rolle"


class PasswortForm(AdminPasswordChangeForm):
    """Always sets a password: an account that may not sign in any more is switched off."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)
        for feld in self.fields.values():
            feld.required = True


@admin.register(Konto)
class KontoAdmin(Pflege, UserAdmin):
    """Rights come from roles, and from being a superuser; none are given one by one."""

    form = KontoForm
    add_form = KontoAnlegen
    add_form_template = None
    change_password_form = PasswortForm
    change_user_password_template = "admin/konten/konto/passwort.html"
    list_display = ["email", "name", "rollen", "is_staff", "is_active", "last_login"]
    list_filter = ["is_active", "is_staff", ("groups", Rollenfilter)]
    search_fields = ["email", "name"]
    ordering = ["email"]
    readonly_fields = ["passwort", "last_login", "angelegt_um"]
    filter_horizontal = []
    add_fieldsets = [
        (None, {"fields": ["email", "name", "password1", "password2"]}),
        ("Rechte", {"fields": ["is_staff", "groups"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request, obj=None):
        if not obj:
            return self.add_fieldsets
        rechte = [*EIGENE_RECHTE, *(["is_superuser"] if request.user.is_superuser else [])]
        return [
            (None, {"fields": ["email", "name", "passwort"]}),
            ("Rechte", {"fields": rechte}),
            ("Zeiten", {"fields": ["angelegt_um", "last_login"]}),
        ]

    def get_readonly_fields(self, request, obj=None):
        fest = super().get_readonly_fields(request, obj)
        if obj == request.user and not request.user.is_superuser:
            return [*fest, *EIGENE_RECHTE]
        return fest

    def has_change_permission(self, request, obj=None):
        """Only superusers touch a superuser's account, else its password would open all doors."""
        erlaubt = super().has_change_permission(request, obj)
        return erlaubt and (obj is None or not obj.is_superuser or request.user.is_superuser)

    def has_delete_permission(self, request, obj=None):
        erlaubt = super().has_delete_permission(request, obj)
        return erlaubt and (obj is None or not obj.is_superuser or request.user.is_superuser)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "groups":
            kwargs["widget"] = forms.CheckboxSelectMultiple
            kwargs["label"] = "Rollen"
            kwargs["help_text"] = "Was eine Rolle darf, steht unter „Rollen“."
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description="Passwort")
    def passwort(self, obj):
        return format_html('<a href="{}">Passwort neu setzen</a>', "../password/")

    @admin.display(description="Rollen")
    def rollen(self, obj):
        return ", ".join(gruppe.name for gruppe in obj.groups.all()) or "–"

    def construct_change_message(self, request, form, formsets, add=False):
        """For the history: what was changed, before and after, never the password."""
        if isinstance(form, self.change_password_form):
            return "Passwort neu gesetzt."
        if add:
            return f"Konto angelegt. {_vorher_nachher(form, neu=True)}"
        return _vorher_nachher(form) or "Ohne Änderung gespeichert."


def _vorher_nachher(form, neu=False):
    saetze = []
    for name in form.changed_data:
        if name.startswith("password"):
            continue
        nachher = _wort(form.cleaned_data[name])
        vorher = "" if neu else f"{_wort(form.initial.get(name))} → "
        saetze.append(f"{form.fields[name].label}: {vorher}{nachher}.")
    return " ".join(saetze)


def _wort(wert):
    if isinstance(wert, bool):
        return "ja" if wert else "nein"
    if hasattr(wert, "__iter__") and not isinstance(wert, str):
        return ", ".join(sorted(str(teil) for teil in wert)) or "–"
    return str(wert or "–")


admin.site.unregister(Group)


@admin.register(Group)
class RolleAdmin(admin.ModelAdmin):
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
