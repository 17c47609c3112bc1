"""Reports of mail servers that a mail could not be delivered (RFC 3464)."""

import email
import re
import uuid
from dataclasses import dataclass
from email.message import Message

from .models import rechnername

BERICHT, KOPFZEILEN = "message/delivery-status", "text/rfc822-headers"
# What a status may look like in the row: 5.1.1
STATUS = re.compile(r"\d\.\d{1,3}\.\d{1,3}")


class KeinRuecklaeufer(Exception):
    """This is no report about one of our mails; the text says why."""


@dataclass(frozen=True)
class Ruecklaeufer:
    nachricht: uuid.UUID
    endgueltig: bool
    status: str


def lies(inhalt: bytes) -> Ruecklaeufer:
    """Raises KeinRuecklaeufer, whatever the bytes are.

    For good is what the server reports as "failed": it will not try again, even if the status
    begins with 4. "delayed" and the like mean nothing yet.
    """
    teile = list(email.message_from_bytes(inhalt).walk())
    berichte = [teil for teil in teile if teil.get_content_type() == BERICHT]
    if not berichte:
        raise KeinRuecklaeufer("Das ist kein Zustellbericht.")
    kennung = next(filter(None, map(_kennung, teile[1:])), None)
    if kennung is None:
        raise KeinRuecklaeufer("Der Zustellbericht nennt keine E-Mail dieses Portals.")
    bloecke = [block for bericht in berichte for block in _bloecke(bericht)]
    gescheitert = [b for b in bloecke if str(b.get("Action", "")).strip().lower() == "failed"]
    status = STATUS.search(str(gescheitert[0].get("Status", ""))) if gescheitert else None
    return Ruecklaeufer(kennung, bool(gescheitert), status[0] if status else "")


def _bloecke(bericht):
    inhalt = bericht.get_payload()
    return (
        [block for block in inhalt if isinstance(block, Message)] if bericht.is_multipart() else []
    )


def _kennung(teil):
    """Our Message-ID in a part: in the returned mail, or in its headers alone."""
    kopf = teil
    if teil.get_content_type() == KOPFZEILEN:
        kopf = email.message_from_bytes(teil.get_payload(decode=True) or b"")
    treffer = re.fullmatch(
        rf"\s*<([0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}})@{re.escape(rechnername())}>\s*",
        str(kopf.get("Message-ID", "")),
    )
    return uuid.UUID(treffer[1]) if treffer else None
