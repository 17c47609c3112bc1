"""Second factors: who must have one, who has one."""

from __future__ import annotations

import base64
import logging
from collections.abc import Callable

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from .models import Konto

logger = logging.getLogger(__name__)

# What makes an app demand a second factor, e.g. the role Zeichnung in a Kommune.
_PFLICHTEN: list[Callable[[Konto], bool]] = []
EIGENSTAENDIG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
EINGERICHTET = "zweitfaktor_eingerichtet"


def verlange(pflicht: Callable[[Konto], bool]) -> None:
    """Add a rule by which an account needs a second factor. Called when the apps are ready."""
    _PFLICHTEN.append(pflicht)


def ist_pflicht(konto: Konto) -> bool:
    """LPR staff always; others where one of the apps says so."""
    return konto.is_staff or any(pflicht(konto) for pflicht in _PFLICHTEN)


def ist_eingerichtet(konto: Konto) -> bool:
    """True with an authenticator app or a passkey; recovery codes alone are none."""
    return Authenticator.objects.filter(user=konto, type__in=EIGENSTAENDIG).exists()


def fehlt(request: HttpRequest) -> bool:
    """Whether the person who is signed in must set up a second factor first.

    That there is one is remembered in the session: whatever removes one ends all other
    sessions and forgets it in the one at hand. That none is demanded is not remembered,
    because roles change at any time.
    """
    if request.session.get(EINGERICHTET) or not ist_pflicht(request.user):
        return False
    if ist_eingerichtet(request.user):
        request.session[EINGERICHTET] = True
        return False
    return True


def darf_entfernt_werden(authenticator: Authenticator) -> bool:
    """Not the last one while one is demanded."""
    weitere = Authenticator.objects.filter(user=authenticator.user_id, type__in=EIGENSTAENDIG)
    return weitere.exclude(pk=authenticator.pk).exists() or not ist_pflicht(authenticator.user)


def entferne_alle(konto: Konto) -> None:
    Authenticator.objects.filter(user=konto).delete()


def verbrauche(konto: Konto, code: str) -> bool:
    """Use up a code of an authenticator app; False when it was used before.

    allauth remembers a code for one time step, but the tolerance lets it count for three.
    """
    dauer = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
    pruefwert = salted_hmac("konten.code", f"{konto.pk}|{normalize_user_code(code)}").hexdigest()
    return cache.add(f"konten:code:{pruefwert}", 1, dauer)


class ZweitfaktorAdapter(DefaultMFAAdapter):
    """What allauth asks about second factors. Their secrets are encrypted in the database."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": (
            "Dieser Code stimmt nicht oder wurde schon benutzt. Geben Sie den Code ein, "
            "den Ihre App gerade zeigt."
        ),
        "cannot_delete_authenticator": (
            "Ihre Rolle verlangt einen zweiten Faktor. Richten Sie erst einen anderen ein, "
            "dann können Sie diesen entfernen."
        ),
        "cannot_generate_recovery_codes": (
            "Richten Sie zuerst eine Authenticator-App oder einen Passkey ein."
        ),
    }

    def encrypt(self, text):
        return _schluessel().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        """The secret; one that no code fits where the SECRET_KEY was lost."""
        try:
            return _schluessel().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            logger.error("A second factor cannot be read with the present SECRET_KEY.")
            return base64.b32encode(Fernet.generate_key()).decode()

    def can_delete_authenticator(self, authenticator):
        return darf_entfernt_werden(authenticator)

    def generate_authenticator_name(self, user, type):
        anzahl = Authenticator.objects.filter(user=user, type=type).count()
        return f"Passkey {anzahl + 1}"

    def get_public_key_credential_rp_entity(self):
        return super().get_public_key_credential_rp_entity() | {"name": app_settings.TOTP_ISSUER}


def _schluessel():
    schluessel = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        Fernet(
            base64.urlsafe_b64encode(
                salted_hmac("konten.zweitfaktor", "", secret=wert, algorithm="sha256").digest()
            )
        )
        for wert in schluessel
    )
