"""The one settings file. Every value comes from the environment and is safe by default.

| variable        | default               | meaning                                                    |
|-----------------|-----------------------|------------------------------------------------------------|
| DEBUG           | 0                     | 1 only on a developer's machine                            |
| SECRET_KEY      | none                  | required while DEBUG is off                                |
| ALLOWED_HOSTS   | none                  | exact host names, comma separated; required while DEBUG off|
| DATABASE_URL    | none                  | postgresql://…; without it the embedded server is used     |
| HTTPS           | 1                     | 0 = plain http, for a machine's own use only               |
| BASE_URL        | http://127.0.0.1:8000 | address of the portal in feeds, calendars and mails        |
| BEISPIELDATEN   | 0                     | 1 = demo mode: invented records count, every page says so  |
| TRUSTED_PROXIES | 0                     | number of proxies whose X-Forwarded-For entry is believed  |
| PROXY_BEGINN    | 0                     | 1 = the proxy itself writes X-Request-Start (eingangszeit) |
| VAR_DIR         | ./var                 | uploads, collected static files, embedded database         |
| SITZUNG_MINUTEN | 30                    | a session ends after so many minutes without a click       |
| CLAMD           | none                  | virus scanner for uploads: host:port or unix:/path         |

Sign-in with a central account (OpenID Connect), optional; after setting it run `migrate`:

| variable           | default           | meaning                                                  |
|--------------------|-------------------|----------------------------------------------------------|
| OIDC_SERVER_URL    | none              | address of the provider, without /.well-known/…          |
| OIDC_CLIENT_ID     | none              | given by the provider for <BASE_URL>/anmelden/zentral/…  |
| OIDC_CLIENT_SECRET | none              | likewise                                                 |
| OIDC_NAME          | zentrales Konto   | words on the button: Mit … anmelden                      |
| OIDC_ZWEITFAKTOR   | none              | acr and amr values that count as a second factor         |

Mails, sent by `manage.py arbeiter`:

| variable            | default    | meaning                                                         |
|---------------------|------------|-----------------------------------------------------------------|
| EMAIL_HOST          | none       | mail server; without it mails go to the mailbox of the admin    |
| EMAIL_PORT          | 587 or 465 | 465 with EMAIL_USE_SSL                                          |
| EMAIL_HOST_USER     | none       | account at the mail server                                      |
| EMAIL_HOST_PASSWORD | none       | its password                                                    |
| EMAIL_USE_TLS       | 1          | STARTTLS; 0 = unencrypted, for a mail server on the same machine|
| EMAIL_USE_SSL       | 0          | 1 = TLS from the first byte, in place of STARTTLS               |
| DEFAULT_FROM_EMAIL  | none       | sender; gets the bounces, too; required with EMAIL_HOST         |
| LPR_POSTFACH        | none       | mailbox of the LPR office: new applications are announced there |
"""

import os
import re
import sys
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


def _schalter(name: str, vorgabe: str) -> bool:
    """Read an on/off variable; anything but 0 and 1 is a mistake worth a sentence."""
    wert = os.environ.get(name, vorgabe)
    if wert not in ("0", "1"):
        raise ImproperlyConfigured(f"{name} muss 0 oder 1 sein, ist aber „{wert}“.")
    return wert == "1"


def _zahl(name: str, vorgabe: str) -> int:
    """Read a whole number from 0 up."""
    wert = os.environ.get(name, vorgabe)
    if not wert.isascii() or not wert.isdigit():
        raise ImproperlyConfigured(f"{name} muss eine ganze Zahl ab 0 sein, ist aber „{wert}“.")
    return int(wert)


def _liste(name: str) -> list[str]:
    return [teil.strip() for teil in os.environ.get(name, "").split(",") if teil.strip()]


DEBUG = _schalter("DEBUG", "0")
HTTPS = _schalter("HTTPS", "1")
BEISPIELDATEN = _schalter("BEISPIELDATEN", "0")
TRUSTED_PROXIES = _zahl("TRUSTED_PROXIES", "0")
PROXY_BEGINN = _schalter("PROXY_BEGINN", "0")
BASE_URL = os.environ.get("BASE_URL", "http://127.0.0.1:8000").rstrip("/")
VAR_DIR = Path(os.environ.get("VAR_DIR", BASE_DIR / "var")).resolve()

SECRET_KEY = os.environ.get("SECRET_KEY", "")
ALLOWED_HOSTS = _liste("ALLOWED_HOSTS")
if DEBUG:
    SECRET_KEY = SECRET_KEY or "nur-fuer-die-entwicklung"
    ALLOWED_HOSTS = ALLOWED_HOSTS or ["127.0.0.1", "localhost", "[::1]"]
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "Setzen Sie SECRET_KEY auf eine lange zufällige Zeichenfolge, "
        "zum Beispiel die Ausgabe von: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
    )
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "Setzen Sie ALLOWED_HOSTS auf die Namen, unter denen das Portal erreichbar ist, "
        "zum Beispiel asskomm.example.org"
    )

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "crispy_forms",
    "csp",
    "simple_history",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "asskomm.protokoll",
    "asskomm.post",
    "asskomm.konten",
    "asskomm.datenschutz",
    "kommunen",
    "beratung",
    "foerderung",
    "fortbildung",
    "asskomm.portal",
    "asskomm.portal.admin_apps.PortalAdminConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "asskomm.oeffentlich.OeffentlicheSeitenMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "asskomm.konten.middleware.KontoMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "asskomm.urls"
WSGI_APPLICATION = "asskomm.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "asskomm.portal.kontext.rahmen",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ("kern",)
CRISPY_TEMPLATE_PACK = "kern"

# --- Database -----------------------------------------------------------------

_DATABASE_URL = os.environ.get("DATABASE_URL", "")
if not _DATABASE_URL.startswith(("postgres://", "postgresql://")):
    raise ImproperlyConfigured(
        "Setzen Sie DATABASE_URL auf eine PostgreSQL-Datenbank, "
        "zum Beispiel postgresql://benutzer:passwort@rechner:5432/asskomm"
    )
try:
    DATABASES = {
        "default": dj_database_url.parse(_DATABASE_URL, conn_max_age=None, conn_health_checks=True)
    }
except ValueError as fehler:
    raise ImproperlyConfigured(
        "DATABASE_URL ist nicht lesbar. Sonderzeichen im Passwort müssen als %XX geschrieben sein."
    ) from fehler
# A socket stands in the query of the address; dbshell looks for it where host and port belong.
for _name in ("host", "port"):
    if _wert := DATABASES["default"].setdefault("OPTIONS", {}).pop(_name, None):
        DATABASES["default"][_name.upper()] = _wert
DATABASES["default"]["OPTIONS"]["options"] = (
    "-c statement_timeout=10s -c lock_timeout=5s -c idle_in_transaction_session_timeout=15s"
)
DATABASES["default"]["TEST"] = {"NAME": os.environ.get("TEST_DATABASE", "test_asskomm")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The limits against abuse count across all workers, so they need one shared place.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_zwischenspeicher",
        # Django pushes out a third of the entries when there are more, also limits that are
        # still running. What has run out goes every day (asskomm.konten.tagesaufgaben).
        "OPTIONS": {"MAX_ENTRIES": sys.maxsize},
    }
}

# --- Accounts -----------------------------------------------------------------

AUTH_USER_MODEL = "konten.Konto"
AUTHENTICATION_BACKENDS = [
    "asskomm.konten.anmeldung.PasswortAnmeldung",
    "asskomm.konten.vertretung.Vertretungsrechte",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "bereich:start"  # staff start in the admin, see asskomm.konten.ziele
PASSWORD_RESET_TIMEOUT = 2 * 60 * 60

SITZUNG_MINUTEN = _zahl("SITZUNG_MINUTEN", "30")
if SITZUNG_MINUTEN < 6:
    raise ImproperlyConfigured(
        "SITZUNG_MINUTEN muss mindestens 6 sein: Fünf Minuten vor dem Ende fragt das Portal nach."
    )
SESSION_COOKIE_AGE = SITZUNG_MINUTEN * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# Messages in the session, so that they need no cookie of their own.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

ACCOUNT_ADAPTER = "asskomm.konten.adapter.KontoAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
# An invitation reaches the address, which proves it; nobody changes it alone.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
# "key" is the account. Only failed sign-ins count in login_failed. The longer limits keep
# patient guessing hopeless: 100 codes of a second factor a day are one hit in 9 years.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,100/h/ip,5/5m/key,100/d/key",
    "reset_password": "5/m/ip,30/h/ip,3/10m/key",
    "reset_password_from_key": "10/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}

MFA_ADAPTER = "asskomm.konten.zweitfaktor.ZweitfaktorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "ASSKomm"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"

# A central account of the state, optional (asskomm.konten.oidc).
OIDC_SERVER_URL = os.environ.get("OIDC_SERVER_URL", "")
OIDC_KENNUNG = "zentral"
OIDC_NAME = os.environ.get("OIDC_NAME", "zentrales Konto")
OIDC_ZWEITFAKTOR = _liste("OIDC_ZWEITFAKTOR")
_OIDC_CLIENT = [os.environ.get(f"OIDC_CLIENT_{teil}", "") for teil in ("ID", "SECRET")]
if any([OIDC_SERVER_URL, *_OIDC_CLIENT]) and not all([OIDC_SERVER_URL, *_OIDC_CLIENT]):
    raise ImproperlyConfigured(
        "Setzen Sie OIDC_SERVER_URL, OIDC_CLIENT_ID und OIDC_CLIENT_SECRET alle drei oder keines."
    )
if OIDC_SERVER_URL:
    INSTALLED_APPS += ["allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"]
    SOCIALACCOUNT_ADAPTER = "asskomm.konten.oidc.OidcAdapter"
    SOCIALACCOUNT_STORE_TOKENS = False
    # The button is a link: the policy allows forms to send only to the portal itself.
    SOCIALACCOUNT_LOGIN_ON_GET = True
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": OIDC_KENNUNG,
                    "name": OIDC_NAME,
                    "client_id": _OIDC_CLIENT[0],
                    "secret": _OIDC_CLIENT[1],
                    "settings": {"server_url": OIDC_SERVER_URL},
                }
            ],
        }
    }

# --- Mails ---------------------------------------------------------------------

EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_USE_SSL = _schalter("EMAIL_USE_SSL", "0")
EMAIL_USE_TLS = _schalter("EMAIL_USE_TLS", "0" if EMAIL_USE_SSL else "1")
EMAIL_PORT = _zahl("EMAIL_PORT", "465" if EMAIL_USE_SSL else "587")
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_TIMEOUT = 10  # seconds for each answer of the mail server
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "asskomm.post.briefkasten.Briefkasten"
)
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "")
if EMAIL_USE_TLS and EMAIL_USE_SSL:
    raise ImproperlyConfigured("Setzen Sie nur eines von EMAIL_USE_TLS und EMAIL_USE_SSL auf 1.")
if EMAIL_HOST and not DEFAULT_FROM_EMAIL:
    raise ImproperlyConfigured(
        "Setzen Sie DEFAULT_FROM_EMAIL auf den Absender der E-Mails, "
        "zum Beispiel ASSKomm <asskomm@example.org>"
    )
DEFAULT_FROM_EMAIL = DEFAULT_FROM_EMAIL or "ASSKomm <asskomm@localhost>"
LPR_POSTFACH = os.environ.get(
    "LPR_POSTFACH", "geschaeftsstelle@example.org" if BEISPIELDATEN else ""
).strip()

# --- Language and time --------------------------------------------------------

LANGUAGE_CODE = "de"
TIME_ZONE = "Europe/Berlin"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

# --- Static files and uploads -------------------------------------------------

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = VAR_DIR / "medien"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Never inside MEDIA_ROOT or STATIC_ROOT: pages with a check of rights hand these files out.
    "anlagen": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "antraege-anlagen"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4_000  # a plan has up to 300 rows of eight fields
FILE_UPLOAD_PERMISSIONS = 0o640
CLAMD = os.environ.get("CLAMD", "")
if CLAMD and not re.fullmatch(r"unix:/.+|.+:[0-9]{1,5}", CLAMD):
    raise ImproperlyConfigured(
        "Setzen Sie CLAMD auf die Adresse des Virenscanners, "
        "zum Beispiel 127.0.0.1:3310 oder unix:/run/clamav/clamd.ctl"
    )

# --- Safety -------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "script-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-sitzung" if HTTPS else "sitzung"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "asskomm.portal.fehlerseiten.csrf_fehler"

# --- Logging: one line per event, no personal data ----------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "zeile": {
            "()": "asskomm.logzeilen.Zeilenformat",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        },
    },
    "handlers": {"konsole": {"class": "logging.StreamHandler", "formatter": "zeile"}},
    "root": {"handlers": ["konsole"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": []},  # Django's own would write everything again while DEBUG is on
        "django.request": {"level": "ERROR"},
    },
}
