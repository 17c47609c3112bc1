"""Deputies: who has whose rights today, and in whose name an act was done.

The period counts in whole days of Europe/Berlin, first and last included. A deputy has the
roles that the represented person has at that moment, not those which that person has as a
deputy: deputyship is not handed on.
"""

from __future__ import annotations

from django.contrib.auth.backends import BaseBackend
from django.utils import timezone

from .anmeldung import PasswortAnmeldung
from .models import Konto, Vertretung


class Vertretungsrechte(BaseBackend):
    """Adds the rights of the represented people; nobody signs in by it.

    One query for each account and request, whatever is asked and however many deputyships.
    """

    def get_group_permissions(self, user_obj, obj=None):
        if obj is not None or user_obj.is_anonymous or not user_obj.is_active:
            return set()
        return set(_rechte(user_obj))

    def has_module_perms(self, user_obj, app_label):
        rechte = self.get_group_permissions(user_obj)
        return any(recht.startswith(f"{app_label}.") for recht in rechte)


def fuer(konto: Konto, recht: str) -> Konto | None:
    """In whose deputyship `konto` uses the right; None where it is the person's own."""
    if PasswortAnmeldung().has_perm(konto, recht):
        return None
    vertretener = _rechte(konto).get(recht)
    return Konto.objects.filter(pk=vertretener).first() if vertretener else None


def _rechte(konto: Konto) -> dict[str, int]:
    """The rights `konto` has as a deputy, each with the represented account."""
    if not hasattr(konto, "_vertretungsrechte"):
        zeilen = (
            Vertretung.objects.gueltig(timezone.localdate())
            .filter(vertreter=konto, vertretener__groups__permissions__isnull=False)
            .order_by("-vertretener")
            .values_list(
                "vertretener__groups__permissions__content_type__app_label",
                "vertretener__groups__permissions__codename",
                "vertretener",
            )
        )
        konto._vertretungsrechte = {f"{app}.{name}": nummer for app, name, nummer in zeilen}
    return konto._vertretungsrechte
