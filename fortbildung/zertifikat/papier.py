"""The certificate as an accessible PDF; the same certificate gives the same file every time."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from asskomm.dokumente import bloecke
from asskomm.dokumente.satz import setze

from ..models import Zertifikat

BEISPIEL = "Beispieldaten: Dieses Zertifikat gibt es nicht."


def pdf(zertifikat: Zertifikat) -> bytes:
    """Made from what was frozen when it was issued."""
    inhalt = zertifikat.inhalt
    ausgestellt = timezone.localtime(zertifikat.ausgestellt_um)
    adresse = settings.BASE_URL + reverse("fortbildung:zertifikat-pruefen")
    return setze(
        "unterlage",
        bloecke.unterlage(
            "Zertifikat",
            [
                bloecke.absatz(zertifikat.name, stark=True),
                bloecke.absatz(
                    f"hat den Lehrgang „{inhalt['lehrgang']}“ ({inhalt['durchgang']}) besucht und "
                    "mit einer Projektarbeit abgeschlossen."
                ),
                bloecke.angaben(
                    [
                        ("Abschluss", inhalt["abschluss"] or inhalt["lehrgang"]),
                        ("Träger", inhalt["traeger"]),
                        ("Begonnen am", inhalt["begonnen_am"]),
                        ("Ausgestellt am", f"{ausgestellt:%d.%m.%Y}"),
                        ("Projektarbeit", inhalt["projektarbeit"]),
                    ]
                ),
                bloecke.ueberschrift(2, "Module"),
                bloecke.liste(inhalt["module"]),
                bloecke.ueberschrift(2, "Echtheit"),
                bloecke.absatz(
                    f"Prüfcode: {zertifikat.code}. Ob dieses Zertifikat gültig ist, sagt die Seite "
                    f"{adresse}."
                ),
            ],
            fusszeile=f"Zertifikat {zertifikat.code}",
            marke=BEISPIEL if inhalt["beispiel"] else None,
        ),
        am=zertifikat.ausgestellt_um,
    )
