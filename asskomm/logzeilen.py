"""The log's lines: one event begins one line, whatever a visitor has put into an address.

What follows a line, a traceback, is indented, so nothing in it can pass for an event.
Personal links stand in no line: whoever reads the log could open them.
"""

import copy
import logging
import re

EINZUG = "    | "
# Django logs the traceback of every request that it refuses with 400 (wrong Host header, too
# large, forbidden lookup). Anybody can send those, and the message says all there is.
ABGEWIESEN = "django.security"
# What makes a link personal: `django.core.signing` (registrations, invitations, surveys), as typed
# or with its colons encoded, and the token of a new password.
ZEICHEN = re.compile(
    r"(?<![\w.-])[\w.-]++(?::|%3[Aa])\w{4,12}(?::|%3[Aa])[\w-]{20,}"
    r"|(?<![0-9a-z])[0-9a-z]++-[0-9a-z]++-[0-9a-f]{32}"
)
STATTDESSEN = "[Link]"


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
        return sichtbar(ohne_links(super().formatMessage(record)))

    def formatException(self, ei):
        return eingerueckt(super().formatException(ei))

    def formatStack(self, stack_info):
        return eingerueckt(super().formatStack(stack_info))


def eingerueckt(text: str) -> str:
    return "\n".join(EINZUG + sichtbar(ohne_links(zeile)) for zeile in text.split("\n"))


def ohne_links(text: str) -> str:
    return ZEICHEN.sub(STATTDESSEN, text)


def sichtbar(text: str) -> str:
    return "".join(z if z.isprintable() else _geschrieben(ord(z)) for z in text)


def _geschrieben(nummer: int) -> str:
    return f"\\x{nummer:02x}" if nummer < 0x100 else f"\\u{nummer:04x}"
