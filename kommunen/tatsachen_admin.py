"""What the admin pages of all programme facts have in common."""

from django.contrib import admin, messages
from django.contrib.admin.utils import model_ngettext
from django.contrib.admin.widgets import AdminFileWidget
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import ExtractYear
from django.db.models.lookups import Contains
from django.urls import reverse
from django.utils.html import format_html

from asskomm.pflege import Auswahl, Pflege, PflegeFormSet, PflegeInline, kennzeichen
from asskomm.texteingabe import bereinigt

from .faltung import Falte, falte
from .zeitangabe import LetzterTag

GEFALTET = "suchname"


class GefalteteSuche:
    """Search that takes ä = ae = a and finds the records of a Kommune by any of its names.

    Every typed word must occur in one of `search_fields`, which are paths to text.
    """

    def get_search_results(self, request, queryset, search_term):
        try:
            worte = falte(bereinigt(search_term)).split()
        except ValidationError:
            return queryset.none(), False
        pfade = self.get_search_fields(request)
        for wort in worte:
            treffer = Q()
            for pfad in pfade:
                wert = F(pfad) if pfad.endswith(GEFALTET) else Falte(F(pfad))
                treffer |= Q(Contains(wert, wort))
            queryset = queryset.filter(treffer)
        mehrfach = any("kommunen__" in pfad for pfad in pfade)
        return queryset, mehrfach and bool(worte)


def zeitspalte(feld, titel=None):
    """A list column that shows a Zeitangabe as precise as it is and sorts by its last day."""

    @admin.display(description=titel, ordering=LetzterTag(feld), empty_value="–")
    def spalte(obj):
        return getattr(obj, feld)

    spalte.__name__ = feld
    return spalte


def jahresfilter(feld, titel):
    """A filter by the year of the last day that the Zeitangabe `feld` can mean."""

    class Jahr(admin.SimpleListFilter):
        title = titel
        parameter_name = f"{feld}_jahr"

        def lookups(self, request, model_admin):
            jahre = (
                model_admin.model._default_manager.order_by()
                .filter(**{f"{feld}__isnull": False})
                .annotate(jahr=ExtractYear(LetzterTag(feld)))
                .values_list("jahr", flat=True)
                .distinct()
            )
            return [(str(jahr), str(jahr)) for jahr in sorted(jahre, reverse=True)]

        def queryset(self, request, queryset):
            if self.value() not in dict(self.lookup_choices):
                return queryset
            return queryset.annotate(_jahr=ExtractYear(LetzterTag(feld))).filter(
                _jahr=int(self.value())
            )

    return Jahr


def zahlenfilter(feld, titel):
    """A filter by the values of a whole number such as a year, which is shown without a dot."""

    class Zahl(admin.SimpleListFilter):
        title = titel
        parameter_name = feld

        def lookups(self, request, model_admin):
            werte = model_admin.model._default_manager.order_by(f"-{feld}")
            return [
                (str(wert), str(wert)) for wert in werte.values_list(feld, flat=True).distinct()
            ]

        def queryset(self, request, queryset):
            if self.value() not in dict(self.lookup_choices):
                return queryset
            return queryset.filter(**{feld: int(self.value())})

    return Zahl


@admin.display(description="Kommunen")
def kommunen_spalte(obj):
    """Needs `kommunen` prefetched; the sixth and further ones are only counted."""
    namen = sorted(kommune.name_eindeutig for kommune in obj.kommunen.all())
    weitere = f" und {len(namen) - 5} weitere" if len(namen) > 6 else ""
    return ", ".join(namen[:5] if weitere else namen) + weitere


class VorgeladeneAuswahl(Auswahl):
    """An autocomplete field that may know the chosen record's name already."""

    bekannt = None

    def optgroups(self, name, value, attr=None):
        if self.bekannt is None or value != [str(self.bekannt.pk)]:
            return super().optgroups(name, value, attr)
        optionen = [self.create_option(name, self.bekannt.pk, str(self.bekannt), set(value), 0)]
        if not self.is_required:
            optionen.insert(0, self.create_option(name, "", "", False, 0))
        return [(None, optionen, 0)]


class VorgeladenesFormSet(PflegeFormSet):
    """Hands each row's chosen record to its autocomplete field."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if not form.instance.pk:
            return
        for name, feld in form.fields.items():
            auswahl = getattr(feld.widget, "widget", feld.widget)
            if isinstance(auswahl, VorgeladeneAuswahl):
                auswahl.bekannt = getattr(form.instance, name)


class VorgeladeneInline(PflegeInline):
    """An inline whose autocomplete fields take their names from `vorgeladen`."""

    formset = VorgeladenesFormSet
    auswahl = VorgeladeneAuswahl


class GeschuetzteDatei(AdminFileWidget):
    """The file field of the admin, with a link to the page that asks for the right to see it."""

    def __init__(self, adresse=None, attrs=None):
        super().__init__(attrs)
        self.adresse = adresse

    def is_initial(self, value):
        return bool(value)

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        if context["widget"]["is_initial"]:
            context["widget"]["value"] = _Verweis(self.adresse)
        return context


class _Verweis:
    def __init__(self, url):
        self.url = url

    def __str__(self):
        return "Datei öffnen"


@transaction.atomic
def veroeffentlichen(modeladmin, request, queryset):
    """Publish one by one, so that each gets its entry in the history."""
    erledigt, erschlossen = 0, []
    for objekt in _gesperrt(queryset).filter(veroeffentlicht=False):
        if getattr(objekt, "erschlossen", False):
            erschlossen.append(str(objekt))
            continue
        objekt.veroeffentlicht = True
        objekt.save()
        erledigt += 1
    if erledigt:
        modeladmin.message_user(
            request, f"{_gezaehlt(modeladmin, erledigt)} veröffentlicht.", messages.SUCCESS
        )
    if erschlossen:
        modeladmin.message_user(
            request,
            "Nicht veröffentlicht, weil nur erschlossen: "
            f"{'; '.join(erschlossen)}. Bestätigen Sie diese Angaben zuerst.",
            messages.WARNING,
        )
    if not erledigt and not erschlossen:
        modeladmin.message_user(request, "Die Auswahl ist schon veröffentlicht.", messages.INFO)


@transaction.atomic
def zurueckziehen(modeladmin, request, queryset):
    """Take off the website one by one, so that each gets its entry in the history."""
    erledigt = 0
    for objekt in _gesperrt(queryset).filter(veroeffentlicht=True):
        objekt.veroeffentlicht = False
        objekt.save()
        erledigt += 1
    modeladmin.message_user(
        request,
        f"{_gezaehlt(modeladmin, erledigt)} von der Website genommen.",
        messages.SUCCESS if erledigt else messages.INFO,
    )


def _gesperrt(auswahl):
    """The chosen records, locked. A list that is searched, filtered or counts cannot be."""
    return auswahl.model._default_manager.filter(pk__in=auswahl.values("pk")).select_for_update()


def _gezaehlt(modeladmin, anzahl):
    return f"{anzahl} {model_ngettext(modeladmin.opts, anzahl)}"


class Veroeffentlichung:
    """Actions for every model with the flag `veroeffentlicht`."""

    actions = ["aktion_veroeffentlichen", "aktion_zurueckziehen"]

    @admin.action(description="Ausgewählte veröffentlichen", permissions=["change"])
    def aktion_veroeffentlichen(self, request, queryset):
        veroeffentlichen(self, request, queryset)

    @admin.action(description="Ausgewählte von der Website nehmen", permissions=["change"])
    def aktion_zurueckziehen(self, request, queryset):
        zurueckziehen(self, request, queryset)


class TatsachenAdmin(GefalteteSuche, Veroeffentlichung, Pflege):
    """A page for a programme fact.

    A subclass names `fakten`: the fields of the fact itself, in the order of the form.
    """

    change_form_template = "admin/tatsache_change_form.html"
    readonly_fields = ["herkunft_in_worten"]
    fakten = ()

    def get_fieldsets(self, request, obj=None):
        return [
            (None, {"fields": self.fakten}),
            (
                "Quelle und Veröffentlichung",
                {"fields": ["quelle", "veroeffentlicht", "erschlossen", "bemerkung",
                            "herkunft_in_worten"]},
            ),
        ]  # fmt: skip

    @admin.display(description="Herkunft", ordering="herkunft")
    def herkunft_in_worten(self, obj):
        if obj.ist_beispiel:
            return kennzeichen("beispiel", "Beispieldaten")
        return obj.get_herkunft_display()

    @admin.display(description="Website", ordering="veroeffentlicht")
    def sichtbarkeit(self, obj):
        """Published or not, and that nobody has confirmed it yet."""
        if obj.veroeffentlicht:
            wort = kennzeichen("offen", "veröffentlicht")
        elif obj.erschlossen:
            wort = kennzeichen("erschlossen", "erschlossen – nicht veröffentlicht")
        else:
            wort = kennzeichen("entwurf", "nicht veröffentlicht")
        if obj.ist_beispiel:
            return format_html("{} {}", wort, kennzeichen("beispiel", "Beispieldaten"))
        return wort

    def seite_auf_der_website(self, obj):
        """The fact's own page, else the page of its Kommune."""
        if hasattr(self.model, "get_absolute_url"):
            return super().seite_auf_der_website(obj)
        gespeichert = self.model._default_manager.oeffentlich().filter(pk=obj.pk).first()
        kommune = getattr(gespeichert, "kommune", None)
        if kommune is None and hasattr(gespeichert, "kommunen"):
            kommune = gespeichert.kommunen.first()
        return kommune.get_absolute_url() if kommune else None

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in self.dateien:
            nummer = request.resolver_match.kwargs.get("object_id")
            adresse = (
                reverse(f"admin:{self._name(db_field.name)}", args=[nummer]) if nummer else None
            )
            kwargs["widget"] = GeschuetzteDatei(adresse)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


TATSACHENFILTER = ["veroeffentlicht", "erschlossen", "herkunft"]
