"""The log's lines: one event begins one line, whatever a visitor has put into an address.

What follows a line, a traceback, is indented, so nothing in it can pass for an event.
"""

import copy
import logging

EINZUG = "    | "
# Django logs the traceback of every request that it refuses with 400 (wrong Host header, too
# large, forbidden lookup). Anybody can send those, and the message says all there is.
ABGEWIESEN = "django.security"


class Zeilenformat(logging.Formatter):
    """Control and other invisible characters are written as \\x0a, \\x1b, \\u2028."""

    def format(self, record):
        # A copy, because a formatter that ran before may have left its own traceback in it.
        record = copy.copy(record)
        record.exc_text = None
        if f"{record.name}.".startswith(f"{ABGEWIESEN}."):
            record.exc_info = record.stack_info = None
        return super().format(record)

    def formatMessage(self, record):
        return sichtbar(super().formatMessage(record))

    def formatException(self, ei):
        return eingerueckt(super().formatException(ei))

    def formatStack(self, stack_info):
        return eingerueckt(super().formatStack(stack_info))


def eingerueckt(text: str) -> str:
    return "\n".join(EINZUG + sichtbar(zeile) for zeile in text.split("\n"))


def sichtbar(text: str) -> str:
    return "".join(z if z.isprintable() else _geschrieben(ord(z)) for z in text)


def _geschrieben(nummer: int) -> str:
    return f"\\x{nummer:02x}" if nummer < 0x100 else f"\\u{nummer:04x}"
