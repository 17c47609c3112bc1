"""A case with slots for documents, uploads as the procedure and as a browser makes them."""

import io
from datetime import UTC, datetime
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from foerderung.anlagen import verfahren
from foerderung.anlagen.ablage import Rohling
from foerderung.anlagen.annahme import Eingang
from foerderung.models import Anlagenart, Status
from kommunen.models import Rolle
from tests.factories import gib_frei, make_antrag, make_mitglied, make_regelwerk, make_runde

from . import dateien

UM = datetime(2026, 9, 12, 12, 30, tzinfo=UTC)
Pflicht = Anlagenart.Pflicht
ARTEN = (
    ("bildungsabschluss", "Nachweis des Berufsabschlusses", Pflicht.BEI_PERSONAL, 20),
    ("vereinbarung_dritte", "Vereinbarung mit Dritten", Pflicht.BEI_WEITERLEITUNG, 2),
    ("ratsbeschluss", "Beschluss des Rates", Pflicht.FREIWILLIG, 1),
)
PERSONAL = {"plan": {"zeilen": {"personal": [{"aufgabe": "Koordination"}]}}}


def make_fall(**felder):
    """A case whose rule set knows three kinds of documents."""
    regelwerk = make_regelwerk(freigegeben=False)
    for schluessel, bezeichnung, pflicht, hoechstens in ARTEN:
        Anlagenart.objects.create(
            regelwerk=regelwerk,
            schluessel=schluessel,
            bezeichnung=bezeichnung,
            warum="Damit wir prüfen können.",
            pflicht=pflicht,
            hoechstens=hoechstens,
            quelle="Test",
        )
    felder.setdefault("runde", make_runde(regelwerk=gib_frei(regelwerk)))
    return make_antrag(**felder)


def make_bearbeitung(antrag):
    return make_mitglied(antrag.kommune, Rolle.BEARBEITUNG)


def art(antrag, schluessel="ratsbeschluss"):
    return antrag.geltendes_regelwerk.anlagenarten.get(schluessel=schluessel)


def eingang(inhalt, name="Beschluss.pdf"):
    """An upload as it arrives in a view."""
    rohling = Rohling()
    rohling.schreibe(inhalt)
    return Eingang(rohling, name, len(inhalt), None)


def lade_hoch(
    antrag, inhalt, *, durch, schluessel="ratsbeschluss", name="Beschluss.pdf", um=UM, **weiteres
):
    """An upload through the procedure; the request it came with is over afterwards."""
    weiteres.setdefault("marke", uuid4())
    datei = eingang(inhalt, name)
    try:
        return verfahren.lade_hoch(
            antrag, art(antrag, schluessel), datei, durch=durch, um=um, **weiteres
        )
    finally:
        datei.rohling.close()


def make_anlage(antrag, *, durch=None, **weiteres):
    """A PDF that went the whole way."""
    durch = durch or make_bearbeitung(antrag)
    return lade_hoch(antrag, dateien.pdf(), durch=durch, **weiteres)


def seite(antrag):
    return reverse("foerderung:antrag-anlagen", args=[antrag.pk])


def lade(
    client,
    antrag,
    inhalt,
    name="Beschluss.pdf",
    *,
    schluessel="ratsbeschluss",
    marke=None,
    ersetzt=None,
):
    """Send the form of a slot, or the one to replace `ersetzt`."""
    vorsatz = f"ersetzt-{ersetzt.pk}" if ersetzt else schluessel
    adresse = f"{seite(antrag)}?art={schluessel}" + (f"&ersetzt={ersetzt.pk}" if ersetzt else "")
    felder = {f"{vorsatz}-marke": str(marke or uuid4())}
    if inhalt is not None:
        felder[f"{vorsatz}-datei"] = SimpleUploadedFile(name, inhalt)
    return client.post(adresse, felder)


def strom(anlage):
    return io.BytesIO(b"".join(anlage.streaming_content)).getvalue()


def setze_status(antrag, status):
    """By hand: the tests of the procedure take the steps."""
    if status != Status.ENTWURF and antrag.eingereicht_um is None:
        antrag.nummer, antrag.eingereicht_um = "KP-2027-0001", UM
        antrag.regelwerk = antrag.runde.regelwerk
    antrag.status = status
    antrag.save()
