"""The admin site of the LPR staff: start page with what waits, and all changes on one page."""

from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from asskomm.konten.views.anmeldung import abmelden
from asskomm.konten.ziele import ist_eigene_seite
from asskomm.pflege import EINTRAEGE_JE_SEITE, lies_seite
from asskomm.verlauf import verlauf

from .aenderungen import Aenderungsfilter, sichtbare_modelle
from .aufgaben import aufgaben

REIHENFOLGE = (
    "kommunen",
    "beratung",
    "foerderung",
    "fortbildung",
    "portal",
    "post",
    "protokoll",
    "konten",
    "datenschutz",
    "auth",
)


class Auswahlliste(AutocompleteJsonView):
    """The entries of an autocomplete field, in the words and order that the admin page has for them."""

    def get_queryset(self):
        treffer = super().get_queryset()
        if hasattr(self.model_admin, "rangfolge"):
            treffer = treffer.order_by(*self.model_admin.rangfolge(self.term))
        return treffer

    def serialize_result(self, obj, to_field_name):
        eintrag = super().serialize_result(obj, to_field_name)
        if hasattr(self.model_admin, "auswahltext"):
            eintrag["text"] = self.model_admin.auswahltext(obj)
        return eintrag


class Verwaltung(AdminSite):
    site_title = "ASSKomm-Verwaltung"
    site_header = "ASSKomm-Verwaltung"
    index_title = "Übersicht"
    site_url = "/"

    def get_urls(self):
        aenderungen = path("aenderungen/", self.admin_view(self.aenderungen), name="aenderungen")
        return [aenderungen, *super().get_urls()]

    def login(self, request, extra_context=None):
        """The admin has no sign-in page of its own."""
        ziel = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index")
        if self.has_permission(request) and ist_eigene_seite(ziel):
            return redirect(ziel)
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(ziel)

    def logout(self, request, extra_context=None):
        return abmelden(request)

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")

    password_change_done = password_change

    def get_app_list(self, request, app_label=None):
        """In the order of the work, not of the alphabet; in an app as its admin.py lists them."""
        apps = self._build_app_dict(request, app_label)
        if "konten" in apps and "auth" in apps:
            rollen = [{**modell, "name": "Rollen"} for modell in apps.pop("auth")["models"]]
            apps["konten"]["models"] += rollen
        return sorted(apps.values(), key=lambda app: REIHENFOLGE.index(app["app_label"]))

    def index(self, request, extra_context=None):
        wartet = aufgaben(request.user, timezone.now())
        return super().index(request, {"aufgaben": wartet, **(extra_context or {})})

    def autocomplete_view(self, request):
        return Auswahlliste.as_view(admin_site=self)(request)

    def aenderungen(self, request):
        filter_ = Aenderungsfilter(request.GET, modelle=sichtbare_modelle(self, request))
        seite = lies_seite(request)
        eintraege, weitere = verlauf(
            filter_.auswahlen(), ab=(seite - 1) * EINTRAEGE_JE_SEITE, anzahl=EINTRAEGE_JE_SEITE
        )
        for eintrag in eintraege:
            if eintrag.modell in self._registry:
                opts = eintrag.modell._meta
                ziel = f"admin:{opts.app_label}_{opts.model_name}_history"
                eintrag.adresse = reverse(ziel, args=[eintrag.nummer])
        request.current_app = self.name
        return TemplateResponse(
            request,
            "admin/aenderungen.html",
            {
                **self.each_context(request),
                "title": "Änderungen und Löschungen",
                "subtitle": None,
                "filter": filter_,
                "eintraege": eintraege,
                "seite": seite,
                "weitere": weitere,
            },
        )
