"""Addresses of accounts and sign-in. Names without a namespace are those allauth asks for."""

from django.conf import settings
from django.urls import include, path

from .views import anmeldung, einladung, konto, passwort, zweitfaktor

eigene = [
    path("abgemeldet/", anmeldung.abgemeldet, name="abgemeldet"),
    path("anmelden/passwort-vergessen/", passwort.vergessen, name="passwort-vergessen"),
    path("anmelden/neues-passwort/<str:zeichen>/", passwort.neu, name="passwort-neu"),
    path("einladung/<str:zeichen>/", einladung.annehmen, name="einladung"),
    path("konto/", konto.konto, name="konto"),
    path("konto/ueberall-abmelden/", konto.ueberall_abmelden, name="ueberall-abmelden"),
    path("konto/sitzung/", konto.restzeit, name="sitzung"),
]

bestaetigen = [
    path("", zweitfaktor.MitPasswort.as_view(), name="account_reauthenticate"),
    path("code/", zweitfaktor.MitCode.as_view(), name="mfa_reauthenticate"),
    path("passkey/", zweitfaktor.MitPasskey.as_view(), name="mfa_reauthenticate_webauthn"),
]

faktoren = [
    path("", zweitfaktor.Uebersicht.as_view(), name="mfa_index"),
    path("app/", zweitfaktor.AppEinrichten.as_view(), name="mfa_activate_totp"),
    path("app/entfernen/", zweitfaktor.AppEntfernen.as_view(), name="mfa_deactivate_totp"),
    path("passkey/", zweitfaktor.PasskeyEinrichten.as_view(), name="mfa_add_webauthn"),
    path(
        "passkey/<int:pk>/",
        zweitfaktor.PasskeyUmbenennen.as_view(),
        name="mfa_edit_webauthn",
    ),
    path(
        "passkey/<int:pk>/entfernen/",
        zweitfaktor.PasskeyEntfernen.as_view(),
        name="mfa_remove_webauthn",
    ),
    path("notfallcodes/", zweitfaktor.Notfallcodes.as_view(), name="mfa_view_recovery_codes"),
    path(
        "notfallcodes/neu/",
        zweitfaktor.NotfallcodesErzeugen.as_view(),
        name="mfa_generate_recovery_codes",
    ),
]

urlpatterns = [
    path("", include((eigene, "konten"))),
    path("anmelden/", anmeldung.anmelden, name="account_login"),
    path("anmelden/code/", zweitfaktor.Bestaetigen.as_view(), name="mfa_authenticate"),
    path("anmelden/passkey/", zweitfaktor.MitPasskeyAnmelden.as_view(), name="mfa_login_webauthn"),
    path("abmelden/", anmeldung.abmelden, name="account_logout"),
    path("konto/bestaetigen/", include(bestaetigen)),
    path("konto/passwort/", passwort.aendern, name="account_change_password"),
    path("konto/zweiter-faktor/", include(faktoren)),
]

if settings.OIDC_SERVER_URL:
    from . import oidc

    urlpatterns += [
        path("anmelden/zentral/", oidc.anmelden, name="openid_connect_login"),
        path("anmelden/<slug:provider_id>/zurueck/", oidc.zurueck, name="openid_connect_callback"),
    ]
