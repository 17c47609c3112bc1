"""Deputies: who has whose rights today, and in whose name an act was done.

The period counts in whole days of Europe/Berlin, first and last included. A deputy has the
roles that the represented person has at that moment, not those which that person has as a
deputy: deputyship is not handed on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

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


def vertretene(konto: Konto, recht: str) -> list[int]:
    """From whom `konto` has the right as a deputy; nobody where it is the person's own."""
    if PasswortAnmeldung().has_perm(konto, recht):
        return []
    return _rechte(konto).get(recht, [])


def fuer(konto: Konto, recht: str, beteiligt: Collection[int] = ()) -> Konto | None:
    """In whose deputyship `konto` uses the right; None where it is the person's own.

    Of several it is one of those who take part in the matter (`beteiligt`), if there is any:
    a deputy of somebody who takes part stays that, whom else they may represent.
    """
    alle = vertretene(konto, recht)
    if not alle:
        return None
    return Konto.objects.get(pk=min(alle, key=lambda nummer: (nummer not in beteiligt, nummer)))


def _rechte(konto: Konto) -> dict[str, list[int]]:
    """The rights `konto` has as a deputy, each with the represented accounts."""
    if not hasattr(konto, "_vertretungsrechte"):
        zeilen = (
            Vertretung.objects.gueltig(timezone.localdate())
            .filter(vertreter=konto, vertretener__groups__permissions__isnull=False)
            .values_list(
                "vertretener__groups__permissions__content_type__app_label",
                "vertretener__groups__permissions__codename",
                "vertretener",
            )
        )
        rechte = defaultdict(list)
        for app, name, nummer in zeilen:
            rechte[f"{app}.{name}"].append(nummer)
        konto._vertretungsrechte = dict(rechte)
    return konto._vertretungsrechte
