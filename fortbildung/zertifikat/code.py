"""The code on a certificate, and how a name is compared without being kept readable."""

from __future__ import annotations

import secrets

from django.contrib.auth.hashers import check_password, make_password

from kommunen.faltung import falte

# Without 0 and O, 1 and I, which people take for each other: 32 signs, 60 bits.
ZEICHEN = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
GRUPPEN, JE_GRUPPE = 3, 4


def neu() -> str:
    """A random code such as 7KQ2-M9XA-4TPD."""
    return "-".join(
        "".join(secrets.choice(ZEICHEN) for _ in range(JE_GRUPPE)) for _ in range(GRUPPEN)
    )


def lies(getippt: str) -> str:
    """The code in its one form; blanks, hyphens and small letters do not matter."""
    zeichen = "".join(z for z in getippt.upper() if z.isalnum())
    return "-".join(
        zeichen[stelle : stelle + JE_GRUPPE] for stelle in range(0, len(zeichen), JE_GRUPPE)
    )


def pruefwert(name: str) -> str:
    """A slow salted hash of the folded name: it can be compared, but not read or looked up."""
    return make_password(_gefaltet(name))


def ist_name(pruefwert_: str, name: str) -> bool:
    """Case, umlauts and blanks do not matter; every word does."""
    return check_password(_gefaltet(name), pruefwert_)


def _gefaltet(name):
    return " ".join(falte(name).split())
