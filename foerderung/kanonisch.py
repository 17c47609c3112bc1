"""Frozen content as bytes that come out the same every time, and their hash."""

import hashlib
import json
from collections.abc import Mapping


def kanonisch(inhalt: Mapping) -> bytes:
    """JSON with sorted keys and no spare space, as UTF-8.

    What PostgreSQL gives back from a jsonb column gives the same bytes as what was stored, as
    long as numbers are whole and amounts are text.
    """
    return json.dumps(
        inhalt, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def pruefsumme(inhalt: Mapping) -> str:
    """The SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(kanonisch(inhalt)).hexdigest()
