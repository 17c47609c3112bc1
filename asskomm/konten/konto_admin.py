"""The admin of accounts: made by invitation only; rights change only by the procedures."""

import uuid

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.db.models import Exists, OuterRef
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from asskomm.formate import zeitpunkt
from asskomm.pflege import Pflege, PflegeForm, kennzeichen, recht
from asskomm.schritt import SchrittNichtMoeglich

from . import verfahren, vertretung
from .models import Einladung, Konto, Rollenvergabe, Vertretung, Zweitfaktorverlust
from .rollen import ROLLEN, ZU_ZWEIT
from .schritte_admin import Knopf, MitProtokoll, MitSchritten, Schritt, eintraege_zu
from .zweitfaktor import EIGENSTAENDIG

VERGEBEN = "Zu dieser E-Mail-Adresse gibt es schon ein Konto."
INZWISCHEN = "Die Rollen wurden inzwischen geändert. Laden Sie die Seite neu."


def rollenfeld(auch=()):
    """The roles that one person may give, and those of `auch`, which can only be taken away."""
    namen = {*ROLLEN} - {*ZU_ZWEIT} | {*auch}
    return forms.ModelMultipleChoiceField(
        Group.objects.filter(name__in=namen).order_by("name"),
        label="Rollen",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=(
            "Was eine Rolle darf, steht unter „Rollen“. "
            f"{' und '.join(ZU_ZWEIT)} geben zwei Personen gemeinsam; nehmen kann sie eine."
        ),
    )


class EinladenForm(PflegeForm):
    """`formularmarke` is one form in one browser: sent twice, it stays one invitation."""

    rollen = rollenfeld()
    formularmarke = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    class Meta:
        help_texts = {"name": "Die Person kann ihn ändern, wenn sie die Einladung annimmt."}

    def clean_email(self):
        """Says it once; two constraints would say it twice."""
        email = Konto.objects.normalize_email(self.cleaned_data["email"])
        if Konto.objects.filter(email=email).exists():
            raise forms.ValidationError(f"{VERGEBEN} Rollen geben Sie auf der Seite des Kontos.")
        return email


class KontoForm(PflegeForm):
    pass


class KontoMitRollenForm(KontoForm):
    """`rollen_stand` are the roles as the page showed them."""

    rollen = rollenfeld()
    rollen_stand = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        vorhanden = list(self.instance.groups.order_by("pk"))
        self.fields["rollen"].queryset = rollenfeld([g.name for g in vorhanden]).queryset
        self.stand = "-".join(str(gruppe.pk) for gruppe in vorhanden)
        self.initial |= {"rollen": vorhanden, "rollen_stand": self.stand}

    def clean(self):
        daten = super().clean()
        if self.cleaned_data.get("rollen_stand") != self.stand:
            raise forms.ValidationError(INZWISCHEN)
        return daten


# --- Filters ------------------------------------------------------------------


class Rollenfilter(admin.RelatedFieldListFilter):
    """Django calls them groups."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.title = "Rolle"


class Zustandsfilter(admin.SimpleListFilter):
    title = "Zustand"
    parameter_name = "zustand"
    BEDINGUNGEN = {
        "aktiv": {"is_active": True},
        "eingeladen": {"is_active": False, "deaktiviert_um__isnull": True},
        "deaktiviert": {"deaktiviert_um__isnull": False},
    }

    def lookups(self, request, model_admin):
        return [(name, name) for name in self.BEDINGUNGEN]

    def queryset(self, request, queryset):
        return queryset.filter(**self.BEDINGUNGEN.get(self.value(), {}))


class Zweitfaktorfilter(admin.SimpleListFilter):
    title = "Zweiter Faktor"
    parameter_name = "zweitfaktor"

    def lookups(self, request, model_admin):
        return [("ja", "eingerichtet"), ("nein", "fehlt")]

    def queryset(self, request, queryset):
        if self.value() not in ("ja", "nein"):
            return queryset
        return queryset.filter(zweitfaktor=self.value() == "ja")


# --- Steps --------------------------------------------------------------------


def _darf(seite, request, konto) -> bool:
    """Nobody decides over the own account here."""
    return konto.pk != request.user.pk and seite.has_change_permission(request, konto)


def _wenn(bedingung, satz):
    """The step is possible for accounts that meet `bedingung`."""
    return lambda seite, request, konto: None if bedingung(konto) else SchrittNichtMoeglich(satz)


def offene_einladung(konto) -> Einladung | None:
    """The last invitation that was neither accepted nor withdrawn; it may have run out."""
    return konto.einladungen.filter(angenommen_um__isnull=True, widerrufen_um__isnull=True).first()


def _deaktiviere(seite, request, konto, grund):
    verfahren.deaktiviere(
        konto, durch=request.user, um=timezone.now(), grund=grund, fuer=seite.fuer(request)
    )


def _aktiviere(seite, request, konto, grund):
    verfahren.aktiviere(konto, durch=request.user, grund=grund, fuer=seite.fuer(request))


def _melde_ab(seite, request, konto, grund):
    verfahren.melde_ueberall_ab(konto, durch=request.user, fuer=seite.fuer(request))


def _zur_einladung(schritt):
    def tue(seite, request, konto, grund):
        einladung = offene_einladung(konto)
        if einladung is None:
            raise SchrittNichtMoeglich(OHNE_EINLADUNG)
        schritt(einladung, durch=request.user, um=timezone.now(), fuer=seite.fuer(request))

    return tue


OHNE_EINLADUNG = "Es gibt keine offene Einladung."
SCHRITTE = (
    Schritt(
        "einladung-erneut",
        "Einladung noch einmal schicken",
        "Die Person bekommt einen neuen Link. Frühere Links gelten nicht mehr.",
        "Die Einladung wird noch einmal geschickt.",
        _darf,
        _wenn(offene_einladung, OHNE_EINLADUNG),
        _zur_einladung(verfahren.lade_erneut_ein),
    ),
    Schritt(
        "einladung-widerrufen",
        "Einladung widerrufen",
        "Der Link in der E-Mail gilt dann nicht mehr.",
        "Die Einladung ist widerrufen.",
        _darf,
        _wenn(offene_einladung, OHNE_EINLADUNG),
        _zur_einladung(verfahren.widerrufe),
    ),
    Schritt(
        "ueberall-abmelden",
        "Überall abmelden",
        "Alle offenen Sitzungen der Person enden. Sie kann sich neu anmelden.",
        "Die Person ist überall abgemeldet.",
        _darf,
        _wenn(lambda konto: konto.is_active, "Dieses Konto ist nicht aktiv."),
        _melde_ab,
    ),
    Schritt(
        "deaktivieren",
        "Konto deaktivieren",
        "Die Person kann sich nicht mehr anmelden, offene Sitzungen enden. Alles andere bleibt.",
        "Das Konto ist deaktiviert.",
        _darf,
        _wenn(lambda konto: konto.is_active, "Dieses Konto ist nicht aktiv."),
        _deaktiviere,
        grund="Begründung",
    ),
    Schritt(
        "aktivieren",
        "Konto wieder aktivieren",
        "Die Person kann sich wieder anmelden und hat die Rollen, die hier stehen.",
        "Das Konto ist wieder aktiv.",
        _darf,
        _wenn(lambda konto: konto.deaktiviert_um, "Dieses Konto ist nicht deaktiviert."),
        _aktiviere,
        grund="Begründung",
    ),
)


# --- Page ---------------------------------------------------------------------


@admin.register(Konto)
class KontoAdmin(MitProtokoll, MitSchritten, Pflege):
    """Nobody sees or sets a password here, and the address is the person's own.

    Who could change the address of an account could take it over.
    """

    form = KontoForm
    schritte = SCHRITTE
    titel_neu = "Person einladen"
    absenden_neu = "Einladung senden"
    list_display = [
        "email",
        "name",
        "rollen_wort",
        "zustand",
        "hat_zweitfaktor",
        "last_login",
    ]
    list_filter = [Zustandsfilter, ("groups", Rollenfilter), Zweitfaktorfilter, "is_staff"]
    search_fields = ["email", "name"]
    ordering = ["email"]

    def get_queryset(self, request):
        faktoren = Authenticator.objects.filter(user=OuterRef("pk"), type__in=EIGENSTAENDIG)
        konten = super().get_queryset(request).annotate(zweitfaktor=Exists(faktoren))
        return konten.prefetch_related("groups")

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return [(None, {"fields": ["email", "name", "rollen", "formularmarke"]})]
        rollen = ["rollen", "rollen_stand"] if _darf(self, request, obj) else ["rollen_wort"]
        return [
            (None, {"fields": ["email", "name"]}),
            ("Rollen", {"fields": [*rollen, "is_staff"]}),
            (
                "Anmeldung",
                {"fields": ["zustand", "einladung", "hat_zweitfaktor", "last_login"]},
            ),
        ]

    def get_readonly_fields(self, request, obj=None):
        if obj is None:
            return ()
        return [
            "email",
            "is_staff",
            "rollen_wort",
            "zustand",
            "einladung",
            "hat_zweitfaktor",
            "last_login",
        ]

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is None:
            kwargs["form"] = EinladenForm
        elif _darf(self, request, obj):
            kwargs["form"] = KontoMitRollenForm
        return super().get_form(request, obj, change=change, **kwargs)

    def has_delete_permission(self, request, obj=None):
        return False

    def lookup_allowed(self, lookup, value, request):
        """Django lets an address filter by every column; so hashes could be guessed bit by bit."""
        return not lookup.startswith("password") and super().lookup_allowed(lookup, value, request)

    def fuer(self, request, art="change"):
        """In whose deputyship the person acts here, if so."""
        return vertretung.fuer(request.user, recht(art, Konto))

    def hinweise_zum_schritt(self, request, objekt):
        if objekt.pk == request.user.pk:
            return ["Das ist Ihr eigenes Konto. Über Ihre Rollen entscheidet eine andere Person."]
        fuer = self.fuer(request)
        return [f"Sie handeln in Vertretung für {fuer}."] if fuer else []

    def knoepfe(self, request, objekt):
        """The steps, and the proposals that are made on pages of their own."""
        vorschlaege = [("Weitreichende Rolle vorschlagen", Rollenvergabe, objekt.is_staff)]
        if objekt.pk != request.user.pk:
            titel = "Zurücksetzen des zweiten Faktors vorschlagen"
            vorschlaege.append((titel, Zweitfaktorverlust, objekt.zweitfaktor))
        return super().knoepfe(request, objekt) + [
            Knopf(titel, f"{reverse(_seite_neu(modell))}?konto={objekt.pk}")
            for titel, modell, moeglich in vorschlaege
            if moeglich
            and not objekt.deaktiviert_um
            and request.user.has_perm(recht("add", modell))
        ]

    def add_view(self, request, form_url="", extra_context=None):
        """The second of two clicks finds the account that the first has invited."""
        if request.method == "POST" and (vorhanden := self._schon_eingeladen(request)):
            return self.response_add(request, vorhanden)
        return super().add_view(request, form_url, extra_context)

    def _schon_eingeladen(self, request):
        try:
            marke = uuid.UUID(request.POST.get("formularmarke", ""))
        except ValueError:
            return None
        return Konto.objects.filter(
            einladungen__marke=marke, einladungen__eingeladen_von=request.user
        ).first()

    def save_model(self, request, obj, form, change):
        if not change:
            einladung = verfahren.lade_personal_ein(
                obj.email,
                form.cleaned_data["rollen"],
                durch=request.user,
                um=timezone.now(),
                marke=form.cleaned_data["formularmarke"],
                name=obj.name,
                fuer=self.fuer(request, "add"),
            )
            obj.pk = einladung.konto_id
            return
        fuer = self.fuer(request)
        verfahren.benenne(obj, form.cleaned_data["name"], durch=request.user, fuer=fuer)
        if "rollen" in form.cleaned_data:
            verfahren.setze_rollen(obj, form.cleaned_data["rollen"], durch=request.user, fuer=fuer)

    def response_add(self, request, obj, post_url_continue=None):
        self.message_user(request, "Die Einladung wird verschickt.", messages.SUCCESS)
        return HttpResponseRedirect(self._ziel(obj))

    def eintraege(self, objekt):
        """About the account, its invitations and what two people decided about it."""
        gegenstaende = {Konto: [objekt.pk]}
        for modell, feld in (
            (Einladung, "konto"),
            (Rollenvergabe, "konto"),
            (Zweitfaktorverlust, "konto"),
            (Vertretung, "vertreter"),
        ):
            gegenstaende[modell] = modell.objects.filter(**{feld: objekt}).values_list(
                "pk", flat=True
            )
        return eintraege_zu(gegenstaende)

    @admin.display(description="Rollen")
    def rollen_wort(self, obj):
        return ", ".join(sorted(gruppe.name for gruppe in obj.groups.all())) or "–"

    @admin.display(description="Zustand")
    def zustand(self, obj):
        if obj.deaktiviert_um:
            return kennzeichen("deaktiviert", f"deaktiviert seit {zeitpunkt(obj.deaktiviert_um)}")
        return kennzeichen("aktiv", "aktiv") if obj.is_active else kennzeichen("neu", "eingeladen")

    @admin.display(description="offene Einladung")
    def einladung(self, obj):
        einladung = offene_einladung(obj)
        if einladung is None:
            return "–"
        wort = "gilt bis" if einladung.gueltig_bis > timezone.now() else "abgelaufen seit"
        return f"{wort} {zeitpunkt(einladung.gueltig_bis)}"

    @admin.display(description="Zweiter Faktor", boolean=True)
    def hat_zweitfaktor(self, obj):
        return obj.zweitfaktor


def _seite_neu(modell):
    return f"admin:{modell._meta.app_label}_{modell._meta.model_name}_add"
