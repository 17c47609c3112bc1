"""What every page of the admin shares: whole checks, clean text, a readable history.

No model lives here; `kommunen.tatsachen_admin` adds what programme facts have in common.
"""

import re
import uuid
from contextlib import nullcontext

from django import forms
from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import (
    AutocompleteMixin,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
    RelatedFieldWidgetWrapper,
)
from django.contrib.auth import get_permission_codename
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.forms.formsets import DELETION_FIELD_NAME, INITIAL_FORM_COUNT, TOTAL_FORM_COUNT
from django.forms.models import BaseInlineFormSet
from django.http import FileResponse, Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst

from asskomm import fehlertexte
from asskomm.bearbeitungsstand import FELD, Bearbeitungsstand
from asskomm.listen import LesbareListe, passt
from asskomm.schritt import SchrittNichtMoeglich
from asskomm.texteingabe import EMailFeld, TextFeld, bereinigt
from asskomm.verlauf import auswahl_des_objekts, modelle_mit_verlauf, verlauf
from asskomm.zeiteingabe import ZeitpunktFeld

EINTRAEGE_JE_SEITE = 50
ABGELEHNT = (
    "Die Angaben passen nicht zu dem, was schon gespeichert ist. "
    "Laden Sie die Seite neu und prüfen Sie die Angaben."
)
WIRD_GEBRAUCHT = (
    "Löschen ist nicht möglich: Andere Angaben beruhen auf diesem Datensatz. "
    "Ändern oder löschen Sie diese zuerst."
)
ZEILEN_GELOESCHT = (
    "Inzwischen wurden Zeilen gelöscht. Was darin stand, steht hier noch in neuen Zeilen: "
    "Leeren Sie diese, oder speichern Sie noch einmal, um sie wieder anzulegen."
)
SCHON_ABGESCHICKT = (
    "Dieses Formular haben Sie schon abgeschickt. Angelegt ist der Datensatz einmal: Hier ist er. "
    "Wenn Sie inzwischen etwas geändert haben, geben Sie es hier noch einmal ein."
)
SCHON_GELOESCHT = (
    "Dieses Formular haben Sie schon abgeschickt. "
    "Der Datensatz, den es angelegt hat, ist inzwischen gelöscht."
)
MARKE = "_marke"
MARKE_GILT_SEKUNDEN = 7 * 24 * 60 * 60
ALS_NEU = "_saveasnew"
# Also an empty text; what the signs add up to, the field itself reads.
GETIPPTE_ZAHL = re.compile(r"[-+]?[0-9.,\s]*")
OHNE_KOMMUNE = "Wählen Sie mindestens eine Kommune."


# --- Input --------------------------------------------------------------------


class UrlFeld(TextFeld, forms.URLField):
    pass


class KuerzelFeld(TextFeld, forms.SlugField):
    pass


class DezimalFeld(forms.DecimalField):
    """Digits as everywhere in the portal: 1e9 is no number that anybody types on purpose."""

    def to_python(self, value):
        if isinstance(value, str) and not GETIPPTE_ZAHL.fullmatch(value.strip()):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


FORMULARFELDER = {
    models.CharField: {"form_class": TextFeld},
    models.TextField: {"form_class": TextFeld},
    models.EmailField: {"form_class": EMailFeld},
    models.SlugField: {"form_class": KuerzelFeld},
    models.URLField: {"form_class": UrlFeld, "assume_scheme": "https"},
    models.DateTimeField: {"form_class": ZeitpunktFeld},
    # Decimals are shown and read the German way: 1.234,56.
    models.DecimalField: {"form_class": DezimalFeld, "localize": True},
}


class NurSchluessel(AutocompleteMixin):
    """Shows what was chosen, and nothing for what can be no key at all (?kommunen=abc)."""

    def optgroups(self, name, value, attr=None):
        schluessel = self.choices.queryset.model._meta.pk
        return super().optgroups(name, [v for v in value if passt(schluessel, str(v))], attr)


class Auswahl(NurSchluessel, AutocompleteSelect):
    pass


class Mehrfachauswahl(NurSchluessel, AutocompleteSelectMultiple):
    pass


class DeutscheEingabe:
    """Text typed in the admin is NFC and free of control characters; numbers have a comma."""

    auswahl = Auswahl

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = self.auswahl(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = Mehrfachauswahl(db_field, self.admin_site)
        feld = super().formfield_for_manytomany(db_field, request, **kwargs)
        if feld and db_field.name == "kommunen":
            feld.error_messages["required"] = OHNE_KOMMUNE
        return feld

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if not db_field.choices:
            kwargs = {**FORMULARFELDER.get(type(db_field), {}), **kwargs}
        feld = super().formfield_for_dbfield(db_field, request, **kwargs)
        if feld and isinstance(feld.widget, RelatedFieldWidgetWrapper):
            # Choosing a Kommune is no occasion to invent, rename or delete one.
            feld.widget.can_add_related = feld.widget.can_change_related = False
            feld.widget.can_delete_related = feld.widget.can_view_related = False
        return feld


# --- Forms --------------------------------------------------------------------


class PflegeForm(forms.ModelForm):
    """Checks all constraints of the database and says at the right field what is wrong.

    Django leaves out constraints that touch a field which is not in the form. Here those
    fields keep what is stored, so the whole record is checked.
    `nicht_in_zukunft` names dates of things that have happened. `heute` is set by the admin.
    `datenbank_fehler` is why the database, or a procedure, refused the same post a moment ago,
    `bearbeitungsstand` what others did to the record since the page was shown.
    """

    nicht_in_zukunft = ()
    heute = None
    datenbank_fehler = ""
    bearbeitungsstand = None

    def clean(self):
        daten = super().clean()
        if self.datenbank_fehler:
            raise ValidationError(self.datenbank_fehler)
        if self.bearbeitungsstand and (
            satz := self.bearbeitungsstand.satz_zum_ueberschreiben(self)
        ):
            self.add_error(None, satz)
        for name in self.vergangen():
            angabe = self.cleaned_data.get(name)
            if angabe and angabe.erster_tag > self.heute:
                self.add_error(name, "Dieses Datum liegt in der Zukunft. Prüfen Sie die Angabe.")
        return daten

    def vergangen(self) -> tuple[str, ...]:
        """The dates that must not lie ahead, given the other fields."""
        return self.nicht_in_zukunft

    def nicht_pruefbar(self) -> set[str]:
        """Fields whose constraints cannot be checked here: those with an error already."""
        return set(self.errors) & set(self.fields)

    def _post_clean(self):
        # Django would check the constraints with all fields left out that are not in the form.
        self.instance.validate_constraints = lambda exclude=None: None
        try:
            super()._post_clean()
        finally:
            del self.instance.validate_constraints
        self._pruefe_constraints()

    def _pruefe_constraints(self):
        ausser = self.nicht_pruefbar()
        for modell, constraints in self.instance.get_constraints():
            for constraint in constraints:
                try:
                    constraint.validate(modell, self.instance, exclude=ausser)
                except ValidationError as fehler:
                    self.add_error(self._feld_der_meldung(constraint), fehler.messages)

    def _feld_der_meldung(self, constraint) -> str | None:
        """Where the message belongs: at the one empty field it is about, else at the last."""
        felder = [name for name in genannte_felder(constraint) if name in self.fields]
        if not felder or len(felder) > 3:
            return None
        leer = [name for name in felder if self.cleaned_data.get(name) in (None, "")]
        return leer[0] if len(leer) == 1 else felder[-1]


def genannte_felder(constraint) -> list[str]:
    """The fields a constraint speaks of, in its order."""
    namen = list(getattr(constraint, "fields", ()))
    if isinstance(constraint, models.CheckConstraint):
        namen += _namen(constraint.condition)
    return list(dict.fromkeys(namen))


def _namen(bedingung: Q):
    for teil in bedingung.children:
        if isinstance(teil, Q):
            yield from _namen(teil)
            continue
        name, wert = teil
        if isinstance(wert, F):
            yield wert.name.split("__")[0]
        yield name.split("__")[0]


def satz_zum_fehler(fehler: IntegrityError, modelle) -> str:
    """The words for what the database refused, from the constraint it names."""
    name = fehlertexte.verletzte_bedingung(fehler)
    if name.endswith("_braucht_kommune"):
        return OHNE_KOMMUNE
    return fehlertexte.satz_der_bedingung(name, modelle) or ABGELEHNT


class SchonAngelegt(Exception):
    """Another request with the same mark has made its record first."""


# --- Pages --------------------------------------------------------------------


class Pflege(LesbareListe, DeutscheEingabe, admin.ModelAdmin):
    """A page of the admin.

    `dateien` names the file fields that staff may open, `unveraenderlich` the fields that
    are fixed once the record exists.
    """

    form = PflegeForm
    list_per_page = 50
    show_full_result_count = False
    dateien = ()
    unveraenderlich = ()

    class Media:
        js = ["js/verwaltung.js"]

    # Checks

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.heute = timezone.localdate()
        form.datenbank_fehler = getattr(request, "datenbank_fehler", "")
        form.bearbeitungsstand = getattr(request, "bearbeitungsstand", None)
        return form

    def get_changeform_initial_data(self, request):
        """A time has two inputs: one word of the address cannot fill them."""
        zeiten = {f.name for f in self.opts.fields if isinstance(f, models.DateTimeField)}
        anfang = super().get_changeform_initial_data(request)
        return {name: wert for name, wert in anfang.items() if name not in zeiten}

    def get_readonly_fields(self, request, obj=None):
        fest = self.unveraenderlich if obj else ()
        return [*super().get_readonly_fields(request, obj), *fest]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """What two people do at once only the database or a procedure sees, under their locks.

        Their answer becomes a form error.
        """
        if ALS_NEU in request.POST:  # Django obeys it on every page; a copy would go unchecked
            request.POST = request.POST.copy()
            del request.POST[ALS_NEU]
        try:
            return self._formularseite(request, object_id, form_url, extra_context)
        except SchonAngelegt:
            return self._zum_ersten(request)
        except IntegrityError as fehler:
            modelle = [self.model, *(inline.model for inline in self.inlines)]
            request.datenbank_fehler = satz_zum_fehler(fehler, modelle)
        except SchrittNichtMoeglich as fehler:
            request.datenbank_fehler = str(fehler)
        except ValidationError as fehler:
            request.datenbank_fehler = " ".join(fehler.messages)
        _vergiss_meldungen(request)
        return self._formularseite(request, object_id, form_url, extra_context)

    def _formularseite(self, request, object_id, form_url, extra_context):
        """The state is read before the record, so it is never newer than what the page shows.

        A save locks the rows first: what others save meanwhile is seen or waits.
        """
        sendet = request.method == "POST"
        if sendet and not object_id and (antwort := self._zum_ersten(request)):
            return antwort
        with transaction.atomic() if sendet else nullcontext():
            stand = self._bearbeitungsstand(request, object_id) if object_id else None
            request.bearbeitungsstand = stand
            context = {**(extra_context or {}), "bearbeitungsstand": stand}
            if not object_id:
                context["marke"] = _marke(request) or uuid.uuid4()
            return super().changeform_view(request, object_id, form_url, context)

    def log_addition(self, request, obj, message):
        """The last write of an add form takes its mark, so that both are there or neither.

        Of two requests at once the second waits here for the first and is then taken back.
        """
        schluessel = self._ablage(request)
        if schluessel and not cache.add(schluessel, obj.pk, MARKE_GILT_SEKUNDEN):
            raise SchonAngelegt
        return super().log_addition(request, obj, message)

    def _ablage(self, request) -> str:
        """Where the number of the record lies that this person's form has made."""
        marke = _marke(request)
        return f"angelegt:{self.opts.label_lower}:{request.user.pk}:{marke}" if marke else ""

    def _zum_ersten(self, request):
        """The way to the record that the same form has made already; None if it has not."""
        schluessel = self._ablage(request)
        nummer = cache.get(schluessel) if schluessel else None
        if nummer is None or not self.has_add_permission(request):
            return None
        if not self.model._base_manager.filter(pk=nummer).exists():
            self.message_user(request, SCHON_GELOESCHT, messages.WARNING)
            return HttpResponseRedirect(reverse(f"admin:{self._name('changelist')}"))
        self.message_user(request, SCHON_ABGESCHICKT, messages.WARNING)
        return HttpResponseRedirect(reverse(f"admin:{self._name('change')}", args=[nummer]))

    def _bearbeitungsstand(self, request, object_id):
        """None for records without a history and for those who cannot change anything."""
        try:
            nummer = self.opts.pk.to_python(unquote(object_id))
        except ValidationError:
            return None
        if not self.hat_verlauf or not self.has_change_permission(request):
            return None
        kinder = [
            (inline.model, inline.fk_name or _fremdschluessel(inline.model, self.model))
            for inline in self.inlines
            if inline.model in modelle_mit_verlauf()
            and inline(self.model, self.admin_site).aendert_zeilen(request)
        ]
        gesehen = None
        if request.method == "POST":
            gesehen = request.POST.get(FELD, "")
            _sperre(self.model, pk=nummer)
            for kind, fremdschluessel in kinder:
                _sperre(kind, **{f"{fremdschluessel}_id": nummer})
        return Bearbeitungsstand(
            auswahl_des_objekts(self.model, nummer, kinder),
            gesehen=gesehen,
            adresse=reverse(f"admin:{self._name('history')}", args=[object_id]),
        )

    def _create_formsets(self, request, obj, change):
        formsets, inlines = super()._create_formsets(request, obj, change)
        if stand := getattr(request, "bearbeitungsstand", None):
            stand.formsets = formsets
        return formsets, inlines

    def get_deleted_objects(self, objs, request):
        """What goes too, without the rows that only tie two records together."""
        zeilen, anzahlen, *rest = super().get_deleted_objects(objs, request)
        bindeglieder = [
            m._meta for m in apps.get_models(include_auto_created=True) if m._meta.auto_created
        ]
        anfaenge = tuple(f"{capfirst(opts.verbose_name)}: " for opts in bindeglieder)
        for opts in bindeglieder:
            anzahlen.pop(opts.verbose_name_plural, None)
        return _ohne_zeilen(zeilen, anfaenge), anzahlen, *rest

    def delete_view(self, request, object_id, extra_context=None):
        try:
            return super().delete_view(request, object_id, extra_context)
        except IntegrityError:
            _vergiss_meldungen(request)
            self.message_user(request, WIRD_GEBRAUCHT, messages.ERROR)
            return HttpResponseRedirect(
                reverse(f"admin:{self._name('change')}", args=[unquote(object_id)])
            )

    def response_action(self, request, queryset):
        try:
            with transaction.atomic():
                return super().response_action(request, queryset)
        except IntegrityError:
            _vergiss_meldungen(request)
            self.message_user(request, WIRD_GEBRAUCHT, messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())

    def get_search_results(self, request, queryset, search_term):
        try:
            search_term = bereinigt(search_term)
        except ValidationError:
            return queryset.none(), False
        return super().get_search_results(request, queryset, search_term)

    # Website

    def seite_auf_der_website(self, obj) -> str | None:
        """Address of the public page about `obj` as it is stored; None while there is none."""
        if not hasattr(self.model, "get_absolute_url"):
            return None
        bestand = self.model._default_manager.all()
        if hasattr(bestand, "oeffentlich"):
            bestand = bestand.oeffentlich()
        gespeichert = bestand.filter(pk=obj.pk).first()
        return gespeichert.get_absolute_url() if gespeichert else None

    def get_view_on_site_url(self, obj=None):
        return self.seite_auf_der_website(obj) if obj and obj.pk else None

    # Files

    def get_urls(self):
        eigene = [
            path(
                f"<int:nummer>/{feld}/",
                self.admin_site.admin_view(self.datei_view),
                {"feld": feld},
                name=self._name(feld),
            )
            for feld in self.dateien
        ]
        return eigene + super().get_urls()

    def datei_view(self, request, nummer, feld):
        """An upload, for those who may see its record: to save, never to run or to keep."""
        objekt = get_object_or_404(self.get_queryset(request), pk=nummer)
        if not self.has_view_or_change_permission(request, objekt):
            raise PermissionDenied
        datei = getattr(objekt, feld)
        if not datei or not datei.storage.exists(datei.name):
            raise Http404
        endung = datei.name.rpartition(".")[2]
        return FileResponse(
            datei.open("rb"),
            as_attachment=True,
            filename=f"{self.opts.model_name}-{nummer}.{endung}",
            headers={
                "X-Content-Type-Options": "nosniff",
                "Content-Security-Policy": "default-src 'none'; sandbox",
                "Cache-Control": "private, no-store",
            },
        )

    # History

    @property
    def hat_verlauf(self) -> bool:
        return self.model in modelle_mit_verlauf()

    def history_view(self, request, object_id, extra_context=None):
        """Every change to the record and to what is edited with it, also after its deletion."""
        if not self.hat_verlauf:
            titel = {"title": "Verlauf", **(extra_context or {})}
            return super().history_view(request, object_id, titel)
        try:
            nummer = self.opts.pk.to_python(unquote(object_id))
        except ValidationError as fehler:
            raise Http404 from fehler
        objekt = self.get_queryset(request).filter(pk=nummer).first()
        if not self.has_view_or_change_permission(request, objekt):
            raise PermissionDenied
        kinder = [
            (inline.model, inline.fk_name or _fremdschluessel(inline.model, self.model))
            for inline in self.inlines
            if inline.model in modelle_mit_verlauf()
            and request.user.has_perm(recht("view", inline.model))
        ]
        seite = lies_seite(request)
        eintraege, weitere = verlauf(
            auswahl_des_objekts(self.model, nummer, kinder),
            ab=(seite - 1) * EINTRAEGE_JE_SEITE,
            anzahl=EINTRAEGE_JE_SEITE,
        )
        if objekt is None and not eintraege:
            raise Http404
        context = {
            **self.admin_site.each_context(request),
            "title": f"Verlauf: {objekt or eintraege[0].gegenstand}",
            "subtitle": None,
            "object": objekt,
            "opts": self.opts,
            "eintraege": eintraege,
            "seite": seite,
            "weitere": weitere,
            **(extra_context or {}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/verlauf.html", context)

    def _name(self, seite) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{seite}"


class PflegeFormSet(BaseInlineFormSet):
    """Rows that are gone since the page was shown become new ones: nothing typed is lost."""

    def __init__(self, data=None, files=None, instance=None, **kwargs):
        super().__init__(data, files, instance, **kwargs)
        self.zeilen_geloescht = False
        if self.is_bound and self.management_form.is_valid():
            self._behalte_geloeschte_zeilen()

    def _behalte_geloeschte_zeilen(self):
        vorhanden = {str(zeile.pk) for zeile in self.get_queryset()}
        bisher, insgesamt = self.initial_form_count(), self.total_form_count()
        schluessel = self.model._meta.pk.name

        def wert(nummer, name):
            return self.data.get(f"{self.add_prefix(nummer)}-{name}")

        fehlend = [n for n in range(bisher) if wert(n, schluessel) not in (None, *vorhanden)]
        if not fehlend:
            return
        gewollt = [n for n in fehlend if not wert(n, DELETION_FIELD_NAME)]
        bleibend = [n for n in range(bisher) if n not in fehlend]
        reihenfolge = [*bleibend, *gewollt, *range(bisher, insgesamt)]
        daten = self.data.copy()
        for nummer, vorher in enumerate(reihenfolge):
            alt, neu = f"{self.add_prefix(vorher)}-", f"{self.add_prefix(nummer)}-"
            for name in [n for n in daten if n.startswith(neu)]:
                del daten[name]
            for name in [n for n in self.data if n.startswith(alt)]:
                daten.setlist(neu + name.removeprefix(alt), self.data.getlist(name))
            if vorher in gewollt:
                daten[f"{neu}{schluessel}"] = ""
        kopf = self.management_form.prefix
        daten[f"{kopf}-{TOTAL_FORM_COUNT}"] = str(len(reihenfolge))
        daten[f"{kopf}-{INITIAL_FORM_COUNT}"] = str(len(bleibend))
        self.data = daten
        self.__dict__.pop("management_form", None)
        self.zeilen_geloescht = bool(gewollt)

    def clean(self):
        super().clean()
        if self.zeilen_geloescht:
            raise ValidationError(ZEILEN_GELOESCHT)

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if DELETION_FIELD_NAME in form.fields:
            form.fields[DELETION_FIELD_NAME].widget.attrs["aria-label"] = "Diese Zeile löschen"


class PflegeInline(DeutscheEingabe):
    """For inlines: text and checks as everywhere in the admin.

    `vorgeladen` are the relations that a row needs for its name or its fields: they come
    with the rows, not one by one.
    """

    form = PflegeForm
    formset = PflegeFormSet
    extra = 0
    view_on_site = False
    vorgeladen = ()

    def aendert_zeilen(self, request) -> bool:
        """True when rows that are already there can be changed here or taken away."""
        loescht = self.can_delete and self.has_delete_permission(request)
        return loescht or self.has_change_permission(request)

    def get_queryset(self, request):
        zeilen = super().get_queryset(request)
        return zeilen.select_related(*self.vorgeladen) if self.vorgeladen else zeilen

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """In a table the head is no label of the field below it, so each field has its own."""
        feld = super().formfield_for_dbfield(db_field, request, **kwargs)
        if feld and isinstance(self, admin.TabularInline):
            widget = getattr(feld.widget, "widget", feld.widget)
            widget.attrs["aria-label"] = capfirst(feld.label)
        return feld

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.heute = timezone.localdate()
        return formset


def _ohne_zeilen(zeilen, anfaenge):
    """A nested list of texts without those that begin so, and without lists left empty."""
    behalten = [
        _ohne_zeilen(zeile, anfaenge) if isinstance(zeile, list) else zeile
        for zeile in zeilen
        if isinstance(zeile, list) or not zeile.startswith(anfaenge)
    ]
    return [zeile for zeile in behalten if zeile != []]


def _sperre(modell, **bedingung):
    """Lock these rows until the end of the transaction; new rows may still refer to them."""
    zeilen = modell._base_manager.filter(**bedingung).order_by("pk")
    list(zeilen.select_for_update(no_key=True).values_list("pk"))


def _marke(request) -> str:
    """The mark of one add form in one browser; empty if the form carries none."""
    try:
        return str(uuid.UUID(request.POST.get(MARKE, "")))
    except ValueError:
        return ""


def _vergiss_meldungen(request):
    """Some refusals come only at the end of the transaction, after Django has said "saved"."""
    list(messages.get_messages(request))


def _fremdschluessel(kind, eltern) -> str:
    return next(
        feld.name
        for feld in kind._meta.fields
        if isinstance(feld, models.ForeignKey) and feld.related_model is eltern
    )


def recht(art, modell) -> str:
    """The name of a right as `has_perm` wants it, e.g. beratung.view_coaching."""
    return f"{modell._meta.app_label}.{get_permission_codename(art, modell._meta)}"


def lies_seite(request) -> int:
    """The page asked for by ?seite=; nonsense is the first."""
    eingabe = request.GET.get("seite", "")
    return (
        max(1, int(eingabe)) if eingabe.isascii() and eingabe.isdigit() and len(eingabe) < 6 else 1
    )


def kennzeichen(art, wort):
    """A chip of the admin: always a word, colour only beside it."""
    return format_html('<span class="kennzeichen kennzeichen--{}">{}</span>', art, wort)
