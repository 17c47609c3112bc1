"""Second factors: who must have one, who has one."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.models import Authenticator

from .models import Konto

# What makes an app demand a second factor, e.g. the role Zeichnung in a Kommune.
_PFLICHTEN: list[Callable[[Konto], bool]] = []
EIGENSTAENDIG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def verlange(pflicht: Callable[[Konto], bool]) -> None:
    """Add a rule by which an account needs a second factor. Called when the apps are ready."""
    _PFLICHTEN.append(pflicht)


def ist_pflicht(konto: Konto) -> bool:
    """LPR staff always; others where one of the apps says so."""
    return konto.is_staff or any(pflicht(konto) for pflicht in _PFLICHTEN)


def ist_eingerichtet(konto: Konto) -> bool:
    """True with an authenticator app or a passkey; recovery codes alone are none."""
    return Authenticator.objects.filter(user=konto, type__in=EIGENSTAENDIG).exists()


def entferne_alle(konto: Konto) -> None:
    Authenticator.objects.filter(user=konto).delete()
