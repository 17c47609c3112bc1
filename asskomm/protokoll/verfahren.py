"""The only ways to write into the log."""

import hashlib
import re
import secrets
from collections.abc import Mapping

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models, transaction

from .handlungen import GRUND_GELOESCHT, Handlung
from .models import Eintrag, Grund

# Codes, keys, counts and hashes: no space, no @, nothing long enough to tell a story.
KENNWORT = re.compile(r"[\w.:/+=-]{0,100}")


def protokolliere(
    handlung: Handlung,
    gegenstand: models.Model | None = None,
    *,
    durch: AbstractBaseUser | None,
    fuer: AbstractBaseUser | None = None,
    grund: str = "",
    angaben: Mapping[str, str | int | bool | list] | None = None,
) -> Eintrag:
    """Write one entry into the running transaction: it stays or goes with the act.

    `durch` is None where the system acts; `fuer` is the person in whose deputyship `durch`
    acts. `angaben` hold codes, keys, counts and hashes, else ValueError; text that a person
    typed goes into `grund`. The entry can be read at once; its number and hash come at commit.
    """
    art, nummer = _verweis(gegenstand)
    salz, pruefwert = "", ""
    if grund := grund.strip():
        salz = secrets.token_hex(32)
        pruefwert = grund_pruefwert(salz, grund)
    with transaction.atomic():
        eintrag = Eintrag.objects.create(
            handlung=handlung.schluessel,
            gegenstand_art=art,
            gegenstand_nummer=nummer,
            durch=durch,
            fuer=fuer,
            angaben=_geprueft(angaben or {}),
            grund_pruefwert=pruefwert,
        )
        if grund:
            Grund.objects.create(eintrag=eintrag, salz=salz, text=grund)
    return eintrag


def grund_pruefwert(salz: str, text: str) -> str:
    """What an entry keeps of its reason; the salt keeps short reasons from being guessed."""
    return hashlib.sha256((salz + text).encode()).hexdigest()


def _verweis(gegenstand: models.Model | None) -> tuple[str, str]:
    if gegenstand is None:
        return "", ""
    if gegenstand.pk is None:
        raise ValueError("Der Gegenstand ist noch nicht gespeichert.")
    return gegenstand._meta.label_lower, str(gegenstand.pk)


def _geprueft(angaben: Mapping) -> dict:
    for schluessel, wert in angaben.items():
        for teil in (schluessel, *(wert if isinstance(wert, (list, tuple)) else [wert])):
            if not isinstance(teil, (str, int)) or not KENNWORT.fullmatch(str(teil)):
                raise ValueError(f"Keine Angabe für das Protokoll: „{schluessel}“.")
    return dict(angaben)


class Anlass(models.TextChoices):
    """Why the text of a reason was deleted; part of the entry about it."""

    FREMDE_ANGABEN = "fremde_angaben", "Der Text nennt Personen, die er nicht nennen darf"
    VERLANGEN = "verlangen", "Die betroffene Person hat die Löschung verlangt"
    FRIST = "frist", "Die Aufbewahrungsfrist ist abgelaufen"


@transaction.atomic
def loesche_grund(eintrag: Eintrag, *, durch: AbstractBaseUser | None, anlass: Anlass) -> Eintrag:
    """Delete the text of a reason and write the entry that says so; returns that entry.

    The chain keeps the reason's hash. Raises Grund.DoesNotExist where there is no text (any
    more), also for the second of two at once.
    """
    geloescht = protokolliere(
        GRUND_GELOESCHT, eintrag, durch=durch, angaben={"anlass": Anlass(anlass).value}
    )
    _, je_modell = Grund.objects.filter(pk=eintrag.pk).delete()
    if not je_modell:
        raise Grund.DoesNotExist
    return geloescht
